//! The desk as a whole: one place is open, replies and events find their rooms. What does not live here: what the rooms do with them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use skranke_api::events::{Event, EventKind};
use skranke_api::purpose::PurposeKind;
use skranke_api::{ProblemKind, Purpose};
use skranke_client::events::Live;
use skranke_domain::authority::Role;
use skranke_domain::{CaseId, CitizenId, CounterId, StaffId};

use crate::ask::Reply;
use crate::calendar::{BookingFor, CalendarInput, CalendarPage};
use crate::case::{Acting, CaseInput, CasePage};
use crate::cases::{CasesInput, CasesPage};
use crate::citizen::{CitizenInput, CitizenPage};
use crate::effect::{Effect, Room, Ticket, Wake};
use crate::finder::{Finder, FinderInput};
use crate::pending::{Confirmation, Pending, PendingInput};
use crate::session::{Line, Session};
use crate::settings::Settings;

/// What fills the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    /// Nobody is open.
    #[default]
    Start,
    /// A citizen.
    Citizen,
    /// A case.
    Case,
    /// The list of cases.
    Cases,
    /// The calendar.
    Calendar,
    /// What is not sent yet.
    Outbox,
}

/// Everything that can happen to the desk.
#[derive(Clone, Debug)]
pub enum Input {
    /// The window is there: ask who is signed in.
    Begin,
    /// A reply to a question.
    Reply(Ticket, Reply),
    /// A timer rang.
    Wake(Wake),
    /// News from the server.
    Live(Live),
    /// News from the outbox.
    Pending(PendingInput),
    /// Go somewhere.
    Go(Place),
    /// One step back (`Esc`).
    Back,
    /// Open a citizen; the purpose was given in the palette, or goes with where she was chosen.
    OpenCitizen(CitizenId, Purpose),
    /// Open a case.
    OpenCase(CaseId, Purpose),
    /// In the palette.
    Finder(FinderInput),
    /// On the citizen page.
    Citizen(CitizenInput),
    /// On the case page.
    Case(CaseInput),
    /// On the list of cases.
    Cases(CasesInput),
    /// On the calendar.
    Calendar(CalendarInput),
    /// Write a booking for the open case, or the chosen one (`B`).
    BeginBooking,
    /// Sign in in another role (training only).
    SwitchPersona(Role),
    /// A setting changed.
    Settings(Settings),
}

/// The desk.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Who is signed in.
    pub session: Session,
    /// What fills the window.
    pub place: Place,
    /// The open citizen.
    pub citizen: Option<CitizenPage>,
    /// The open case.
    pub case: Option<CasePage>,
    /// The list of cases, once it was opened.
    pub cases: Option<CasesPage>,
    /// The calendar, once it was opened.
    pub calendar: Option<CalendarPage>,
    /// The palette, while it is open.
    pub finder: Option<Finder>,
    /// What is not confirmed yet.
    pub pending: Pending,
    /// The person's settings.
    pub settings: Settings,
    trail: Vec<Place>,
    tz: TimeZone,
    generation: u64,
}

impl Desk {
    /// An empty desk.
    #[must_use]
    pub fn new(persona: Role, settings: Settings, tz: TimeZone) -> Self {
        Self {
            session: Session::new(persona),
            place: Place::Start,
            citizen: None,
            case: None,
            cases: None,
            calendar: None,
            finder: None,
            pending: Pending::default(),
            settings,
            trail: Vec::new(),
            tz,
            generation: 0,
        }
    }

    /// Who acts, once it is known.
    #[must_use]
    pub fn person(&self) -> Option<StaffId> {
        self.session.me.value().map(|me| me.id)
    }

    /// The office's time zone.
    #[must_use]
    pub const fn tz(&self) -> &TimeZone {
        &self.tz
    }

    /// Takes something that happened and says what is to be done.
    pub fn update(&mut self, input: Input, now: Timestamp) -> Vec<Effect> {
        match input {
            Input::Begin => self.session.ask(now),
            Input::Reply(ticket, reply) => self.replied(ticket, reply, now),
            Input::Wake(Wake::Search { generation }) => {
                self.finder.as_mut().map(|f| f.woken(generation)).unwrap_or_default()
            }
            Input::Wake(Wake::HideRevealed { generation }) => {
                if let Some(page) = &mut self.citizen {
                    page.woken(generation);
                }
                Vec::new()
            }
            Input::Live(live) => self.live(live, now),
            Input::Pending(input) => self.pending_news(input, now),
            Input::Go(place) => self.go(place, now),
            Input::Back => self.back(),
            Input::OpenCitizen(id, purpose) => self.open_citizen(id, purpose, now),
            Input::OpenCase(id, purpose) => self.open_case(id, purpose, now),
            Input::Finder(FinderInput::Open) => {
                self.finder = Some(Finder::new(self.likely_purpose(), self.next_generation()));
                Vec::new()
            }
            Input::Finder(FinderInput::Close) => {
                self.finder = None;
                vec![Effect::Abandon(Room::Finder)]
            }
            Input::Finder(input) => self.finder.as_mut().map(|f| f.update(input)).unwrap_or_default(),
            Input::Citizen(input) => self.citizen.as_mut().map(|p| p.update(input, now)).unwrap_or_default(),
            Input::Case(input) => {
                let acting = Acting { pending: &self.pending, person: self.session.me.value().map(|me| me.id), now };
                self.case.as_mut().map(|p| p.update(input, acting)).unwrap_or_default()
            }
            Input::Cases(input) => self.cases.as_mut().map(|p| p.update(input)).unwrap_or_default(),
            Input::Calendar(input) => self.calendar_step(input, now),
            Input::BeginBooking => self.begin_booking(now),
            Input::SwitchPersona(role) => self.switch_persona(role),
            Input::Settings(settings) => {
                self.settings = settings.within_bounds();
                vec![Effect::SaveSettings(self.settings.clone())]
            }
        }
    }

    fn next_generation(&mut self) -> u64 {
        // Rooms raise their own generations too; a leap keeps the next subject's apart from the last one's.
        self.generation += 1_000_000;
        self.generation
    }

    /// The purpose that what she is doing suggests.
    fn likely_purpose(&self) -> PurposeKind {
        match (self.place, self.session.persona) {
            (Place::Case | Place::Cases, _) | (_, Role::Caseworker | Role::TeamLeader) => PurposeKind::Case,
            (Place::Calendar, _) => PurposeKind::Appointment,
            _ => PurposeKind::Ticket,
        }
    }

    fn enter(&mut self, place: Place) {
        if self.place != place {
            self.trail.retain(|p| *p != place);
            self.trail.push(self.place);
            self.place = place;
        }
    }

    fn back(&mut self) -> Vec<Effect> {
        if let Some(place) = self.trail.pop() {
            self.place = place;
        }
        Vec::new()
    }

    fn go(&mut self, place: Place, now: Timestamp) -> Vec<Effect> {
        let effects = match place {
            Place::Citizen if self.citizen.is_none() => return Vec::new(),
            Place::Case if self.case.is_none() => return Vec::new(),
            Place::Cases if self.cases.is_none() => {
                let (page, effects) = CasesPage::open(self.next_generation());
                self.cases = Some(page);
                effects
            }
            Place::Calendar => self.ready_calendar(now),
            _ => Vec::new(),
        };
        self.enter(place);
        effects
    }

    fn ready_calendar(&mut self, now: Timestamp) -> Vec<Effect> {
        if let Some(page) = &mut self.calendar {
            return page.ask(now);
        }
        let Some(counter) = self.my_counter() else { return Vec::new() };
        let (page, effects) = CalendarPage::open(counter, self.tz.clone(), self.next_generation(), now);
        self.calendar = Some(page);
        effects
    }

    fn my_counter(&self) -> Option<CounterId> {
        let me = self.session.me.value()?;
        me.counter.clone().or_else(|| {
            let site = self.session.sites.iter().find(|s| s.id == me.site).or_else(|| self.session.sites.first())?;
            site.counters.first().map(|c| c.id.clone())
        })
    }

    fn open_citizen(&mut self, id: CitizenId, purpose: Purpose, now: Timestamp) -> Vec<Effect> {
        self.finder = None;
        let generation = self.next_generation();
        let (page, mut effects) = CitizenPage::open(id, purpose, generation, now);
        self.citizen = Some(page);
        if self.place == Place::Case {
            self.place = Place::Start;
        }
        self.case = None;
        self.trail.retain(|p| *p != Place::Case);
        self.enter(Place::Citizen);
        effects.insert(0, Effect::Abandon(Room::Finder));
        effects
    }

    fn open_case(&mut self, id: CaseId, purpose: Purpose, now: Timestamp) -> Vec<Effect> {
        self.finder = None;
        let generation = self.next_generation();
        let (page, effects) = CasePage::open(id, purpose, generation, now);
        self.case = Some(page);
        self.enter(Place::Case);
        let mut all = vec![Effect::Abandon(Room::Finder), Effect::Abandon(Room::Case)];
        all.extend(effects);
        all
    }

    fn switch_persona(&mut self, role: Role) -> Vec<Effect> {
        let settings = self.settings.clone();
        let generation = self.next_generation();
        *self = Self { generation, ..Self::new(role, settings, self.tz.clone()) };
        let rooms = [Room::Session, Room::Finder, Room::Citizen, Room::Case, Room::Calendar, Room::Cases];
        rooms.into_iter().map(Effect::Abandon).chain([Effect::SwitchPersona(role)]).collect()
    }

    fn begin_booking(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(what) = self.booking_subject() else { return Vec::new() };
        let mut effects = self.go(Place::Calendar, now);
        if let Some(calendar) = &mut self.calendar {
            effects.extend(calendar.begin(what, now));
        }
        effects
    }

    /// What a booking would be for: the open case, else the chosen row of the citizen page.
    #[must_use]
    pub fn booking_subject(&self) -> Option<BookingFor> {
        match self.place {
            Place::Case => {
                let view = &self.case.as_ref()?.view.value()?.value;
                view.may.book.then_some(())?;
                let minutes = view.attendance_minutes?;
                Some(BookingFor {
                    citizen: view.row.citizen,
                    citizen_name: view.citizen_name.clone(),
                    cases: vec![view.row.id],
                    title: Some(view.row.title.clone()),
                    open_papers: view.row.missing.clone(),
                    minutes,
                    people: 1,
                })
            }
            Place::Citizen => {
                let page = self.citizen.as_ref()?;
                let row = page.selected_row()?.case;
                let identity = page.identity.value()?;
                let rule = self.session.procedures.get(&row.procedure).map(|p| &p.attendance)?;
                rule.required.then(|| BookingFor {
                    citizen: row.citizen,
                    citizen_name: format!("{} {}", identity.given_name, identity.surname),
                    cases: vec![row.id],
                    title: Some(row.title.clone()),
                    open_papers: row.missing.clone(),
                    minutes: rule.minutes,
                    people: 1,
                })
            }
            _ => None,
        }
    }

    fn calendar_step(&mut self, input: CalendarInput, now: Timestamp) -> Vec<Effect> {
        let Some(page) = &mut self.calendar else { return Vec::new() };
        let outcome = page.update(input, now);
        let mut effects = outcome.effects;
        if let (Some((request, what)), Some(person)) = (outcome.book, self.person()) {
            let draft = Pending::draft_booking(person, &request, &what, now);
            effects.extend(draft.map(|d| Effect::Enqueue(Box::new(d))));
            if let Some(page) = &mut self.calendar {
                page.booked();
            }
        }
        effects
    }

    fn replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) -> Vec<Effect> {
        match ticket.room {
            Room::Session => {
                self.session.replied(ticket, reply, now);
                // The start page shows who comes next at her counter, so the calendar is fetched as soon as the counter is known.
                if self.calendar.is_none() && !self.session.sites.is_empty() && self.session.may_see_citizens() {
                    return self.ready_calendar(now);
                }
            }
            Room::Finder => {
                if let Some(finder) = &mut self.finder {
                    finder.replied(ticket, reply);
                }
            }
            Room::Citizen => {
                if let Some(page) = &mut self.citizen {
                    return page.replied(ticket, reply, now);
                }
            }
            Room::Case => {
                if let Some(page) = &mut self.case {
                    page.replied(ticket, reply, now);
                    if let (Some(view), Some(citizen)) = (page.view.value(), &mut self.citizen) {
                        citizen.put_row(&view.value.row);
                    }
                    if let (Some(view), Some(cases)) = (page.view.value(), &mut self.cases) {
                        cases.put_row(&view.value.row);
                    }
                }
            }
            Room::Calendar => {
                if let Some(page) = &mut self.calendar {
                    page.replied(ticket, reply, now);
                }
            }
            Room::Cases => {
                if let Some(page) = &mut self.cases {
                    page.replied(ticket, reply, now);
                }
            }
        }
        Vec::new()
    }

    fn live(&mut self, live: Live, now: Timestamp) -> Vec<Effect> {
        match live {
            Live::Connected => {
                let was_down = matches!(self.session.line, Line::Down { .. });
                self.session.line = Line::Up;
                let mut effects = Vec::new();
                if self.session.me.value().is_none() {
                    effects.extend(self.session.ask(now));
                }
                if was_down {
                    effects.extend(self.ask_everything(now));
                }
                effects
            }
            // A role without events (a guest) has a line all the same.
            Live::Lost { error } if error.kind() == Some(ProblemKind::Forbidden) => {
                self.session.line = Line::Up;
                Vec::new()
            }
            Live::Lost { .. } => {
                if !matches!(self.session.line, Line::Down { .. }) {
                    self.session.line = Line::Down { since: now };
                }
                Vec::new()
            }
            Live::Resync => self.ask_everything(now),
            Live::Event(event) => self.event(&event, now),
        }
    }

    /// What is on the screen may be old: ask for all of it again, keeping it in sight meanwhile.
    fn ask_everything(&mut self, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(page) = &mut self.citizen {
            effects.extend(page.update(CitizenInput::AskAgain, now));
        }
        if let Some(page) = &mut self.case {
            effects.extend(page.ask(now));
        }
        if let Some(page) = &mut self.calendar {
            effects.extend(page.ask(now));
        }
        effects
    }

    fn event(&mut self, event: &Event, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event.kind {
            EventKind::Resync => return self.ask_everything(now),
            EventKind::ItemChanged | EventKind::CaseChanged => {
                let own_echo = event.commandid.is_some_and(|id| self.pending.knows(id));
                if let Some(page) = self.case.as_mut().filter(|p| Some(p.id) == event.caseid && !own_echo) {
                    effects.extend(page.ask(now));
                }
                let touches = |p: &&mut CitizenPage| Some(p.id) == event.citizenid;
                let on_screen = self.case.as_ref().is_some_and(|p| Some(p.id) == event.caseid);
                if let Some(page) = self.citizen.as_mut().filter(touches).filter(|_| !own_echo) {
                    // A case that is on the screen brings its row along; what else her page says of it is asked for.
                    effects.extend(if on_screen {
                        page.ask_appointments(now)
                    } else {
                        page.update(CitizenInput::AskAgain, now)
                    });
                }
            }
            EventKind::AppointmentBooked | EventKind::AppointmentChanged => {
                if let Some(page) = self.calendar.as_mut() {
                    effects.extend(page.ask(now));
                }
                let own_echo = event.commandid.is_some_and(|id| self.pending.knows(id));
                if let Some(page) = self.citizen.as_mut().filter(|p| Some(p.id) == event.citizenid && !own_echo) {
                    effects.extend(page.update(CitizenInput::AskAgain, now));
                }
                if let Some(page) = self.case.as_mut().filter(|p| Some(p.id) == event.caseid) {
                    effects.extend(page.ask(now));
                }
            }
        }
        effects
    }

    fn pending_news(&mut self, input: PendingInput, now: Timestamp) -> Vec<Effect> {
        if let PendingInput::Line(line) = &input {
            match (line, self.session.line) {
                (Line::Down { .. }, Line::Down { .. }) => {}
                (line, _) => self.session.line = *line,
            }
        }
        let (confirmations, mut effects) = self.pending.update(input);
        for confirmation in confirmations {
            match confirmation {
                Confirmation::Item(changed) => {
                    if let Some(page) = self.case.as_mut().filter(|p| p.id == changed.case.id) {
                        page.confirmed(&changed);
                        // The history follows.
                        effects.extend(page.ask(now));
                    }
                    if let Some(page) = &mut self.citizen {
                        page.put_row(&changed.case);
                    }
                    // Her appointments say how many papers are open.
                    if let Some(page) = self.citizen.as_mut().filter(|p| p.id == changed.case.citizen) {
                        effects.extend(page.ask_appointments(now));
                    }
                    if let Some(page) = &mut self.cases {
                        page.put_row(&changed.case);
                    }
                }
                Confirmation::Booked(appointment) => {
                    if let Some(page) = &mut self.calendar {
                        effects.extend(page.ask(now));
                    }
                    // Not her appointments alone: the row of the case says what is next.
                    if let Some(page) = self.citizen.as_mut().filter(|p| p.id == appointment.citizen) {
                        effects.extend(page.update(CitizenInput::AskAgain, now));
                    }
                    if let Some(page) = self.case.as_mut().filter(|p| appointment.cases.contains(&p.id)) {
                        effects.extend(page.ask(now));
                    }
                }
                Confirmation::Refused => {
                    // Somebody was first: show what stands now beside what was typed.
                    if let Some(page) = &mut self.case {
                        effects.extend(page.ask(now));
                    }
                    if let Some(page) = &mut self.calendar {
                        effects.extend(page.ask(now));
                    }
                }
            }
        }
        effects
    }
}
