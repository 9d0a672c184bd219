//! The desk as a whole: the stands and the places that fill the window. What does not live here: what the rooms do, how replies and events
//! find them (see `hearing`).

use jiff::Timestamp;
use jiff::tz::TimeZone;
use skranke_api::Purpose;
use skranke_api::purpose::PurposeKind;
use skranke_client::events::Live;
use skranke_domain::authority::Role;
use skranke_domain::{CaseId, CitizenId, ItemId, StaffId};

use crate::acting::acting;
use crate::ask::Reply;
use crate::board::{BoardInput, BoardPage};
use crate::calendar::{CalendarInput, CalendarPage, Home};
use crate::case::{CaseAside, CaseInput, CasePage};
use crate::citizen::{CitizenInput, CitizenPage, Step};
use crate::counter::serving::{Serving, ServingInput};
use crate::counter::{CounterInput, CounterPage};
use crate::effect::{Effect, Room, Ticket, Wake};
use crate::figures::{FiguresInput, FiguresPage};
use crate::finder::{Finder, FinderInput};
use crate::guide::{EntryId, GuideInput, GuidePage};
use crate::half_written::{HalfInput, Leftovers};
use crate::inbox::{Inbox, InboxInput};
use crate::lock::{Lock, Why};
use crate::need::NeedInput;
use crate::need::glass::GlassInput;
use crate::offline::{Offline, OfflineInput, asks_again};
use crate::oversight::{OversightInput, OversightPage};
use crate::pending::{Pending, PendingInput};
use crate::session::Session;
use crate::settings::Settings;
use crate::sheets::Sheet;
use crate::signing_in::{Durability, SignInInput, SigningIn, every_room};
use crate::stands::{Recent, StandId, Stands};
use crate::turned::Turned;
use crate::unfinished::Unfinished;
use crate::uploads::{Uploads, UploadsInput};

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
    /// The board of cases.
    Cases,
    /// The calendar.
    Calendar,
    /// The queue and who is served.
    Queue,
    /// The figures.
    Figures,
    /// The log, the glasses that were broken, who may what.
    Oversight,
    /// What is not sent yet.
    Outbox,
    /// The procedure guide.
    Guide,
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
    /// Open a citizen at the stand in front; the purpose was given in the palette, or goes with where she was chosen.
    OpenCitizen(CitizenId, Purpose),
    /// Open a citizen at a stand, which comes to the front.
    OpenCitizenAt(StandId, CitizenId, Purpose),
    /// Open a case.
    OpenCase(CaseId, Purpose),
    /// Open a citizen at a stand, which comes to the front, and one of her cases before her: she was found by its number.
    OpenCaseOf(StandId, CitizenId, CaseId, Purpose),
    /// Open a case at one of its items: what was chosen is what the keys act on.
    OpenCaseAt(CaseId, ItemId, Purpose),
    /// Bring a stand to the front (`F6` brings the other one).
    Stand(StandId),
    /// Turn the screen to the citizen, or back (`F8`).
    Turn,
    /// The turned page in the next language.
    TurnLanguage,
    /// The turned page in a language that it is written in.
    TurnTo(&'static str),
    /// Somebody touched a key or the mouse.
    Touched,
    /// Lock (`Ctrl L`).
    Lock,
    /// Sign in again.
    Unlock,
    /// Signing in at an office, and signing out.
    SignIn(SignInInput),
    /// Whether changes survive the end of the program.
    Durability(Durability),
    /// Without a line: who can be read, trying it now.
    Offline(OfflineInput),
    /// In the palette.
    Finder(FinderInput),
    /// On the citizen page.
    Citizen(CitizenInput),
    /// Take up a visit that was left without a wrap-up, and finish it.
    FinishLater(CitizenId),
    /// With what was half written when a window ended.
    HalfWritten(HalfInput),
    /// In the inbox on the start page.
    Inbox(InboxInput),
    /// On the case page.
    Case(CaseInput),
    /// The next or previous case of the list that the open one was opened from.
    NextCase(Step),
    /// On the board.
    Cases(BoardInput),
    /// On the calendar.
    Calendar(CalendarInput),
    /// At the counter.
    Counter(CounterInput),
    /// At the stands, and with the wrap-ups.
    Serving(ServingInput),
    /// On the figures.
    Figures(FiguresInput),
    /// In the oversight.
    Oversight(OversightInput),
    /// On what asks why somebody is opened.
    Need(NeedInput),
    /// On what opens a withheld department in an emergency.
    Glass(GlassInput),
    /// Take a role for the rest of the day.
    TakeRole(Role),
    /// In the guide.
    Guide(GuideInput),
    /// Open the guide at an entry.
    OpenGuide(EntryId),
    /// With documents on their way in.
    Uploads(UploadsInput),
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
    /// The two stands: who is open, which is in front.
    pub stands: Stands,
    /// Citizens who were open in this window, the last one first.
    pub recent: Vec<Recent>,
    /// What colleagues handed over.
    pub inbox: Inbox,
    /// Visits that were left without a wrap-up, oldest first.
    pub unfinished: Vec<Unfinished>,
    /// What was typed on cases that are closed.
    pub(crate) cases_aside: Vec<CaseAside>,
    /// The screen that faces the citizen, while it does.
    pub turned: Option<Turned>,
    /// Whether the window is locked.
    pub lock: Lock,
    /// Signing in at an office; none in training.
    pub sign_in: Option<SigningIn>,
    /// Whether changes survive the end of the program.
    pub durability: Durability,
    /// What is known of being without a line.
    pub offline: Offline,
    /// The board, once it was opened.
    pub cases: Option<BoardPage>,
    /// The calendar, once it was opened.
    pub calendar: Option<CalendarPage>,
    /// The queue and who is served, once it is known where she works.
    pub counter: Option<CounterPage>,
    /// Who is served at the stands, and what is left of who was.
    pub serving: Serving,
    /// The figures, once they were opened.
    pub figures: Option<FiguresPage>,
    /// The oversight, once it was opened or told of something.
    pub oversight: Option<OversightPage>,
    /// The procedure guide.
    pub guide: GuidePage,
    /// The palette, while it is open.
    pub finder: Option<Finder>,
    /// What is not confirmed yet.
    pub pending: Pending,
    /// What was half written when a window ended, and what is on its way to the outbox.
    pub half_written: Leftovers,
    /// Documents on their way in.
    pub uploads: Uploads,
    /// The person's settings.
    pub settings: Settings,
    pub(crate) tz: TimeZone,
    generation: u64,
}

impl Desk {
    /// An empty desk.
    #[must_use]
    pub fn new(persona: Role, settings: Settings, tz: TimeZone) -> Self {
        Self {
            session: Session::new(persona),
            stands: Stands::default(),
            recent: Vec::new(),
            inbox: Inbox::default(),
            unfinished: Vec::new(),
            cases_aside: Vec::new(),
            turned: None,
            lock: Lock::default(),
            sign_in: None,
            durability: Durability::default(),
            offline: Offline::default(),
            cases: None,
            calendar: None,
            counter: None,
            serving: Serving::default(),
            figures: None,
            oversight: None,
            guide: GuidePage::default(),
            finder: None,
            pending: Pending::default(),
            half_written: Leftovers::default(),
            uploads: Uploads::default(),
            settings,
            tz,
            generation: 0,
        }
    }

    /// Who acts, once it is known.
    #[must_use]
    pub fn person(&self) -> Option<StaffId> {
        self.session.me.value().map(|me| me.id)
    }

    /// What fills the window.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.stands.active().place
    }

    /// The citizen at the stand in front.
    #[must_use]
    pub const fn citizen(&self) -> Option<&CitizenPage> {
        self.stands.active().citizen.as_ref()
    }

    /// The citizen at the stand in front, to be set up as a test needs her.
    #[cfg(any(test, feature = "testing"))]
    pub const fn citizen_mut(&mut self) -> Option<&mut CitizenPage> {
        self.stands.active_mut().citizen.as_mut()
    }

    /// The case that is open at the stand in front.
    #[must_use]
    pub const fn case(&self) -> Option<&CasePage> {
        self.stands.active().case.as_ref()
    }

    /// The sheet that is laid over the page in front.
    #[must_use]
    pub fn sheet(&self) -> Option<&Sheet> {
        (self.place() == Place::Citizen).then(|| self.citizen()?.sheet.as_ref())?
    }

    /// The office's time zone.
    #[must_use]
    pub const fn tz(&self) -> &TimeZone {
        &self.tz
    }

    /// Takes something that happened and says what is to be done.
    pub fn update(&mut self, input: Input, now: Timestamp) -> Vec<Effect> {
        let was_locked = self.lock.locked().is_some();
        let before = self.before_what_cannot_be_kept(&input);
        let before_line = self.before_what_waits(&input);
        let asks_again = asks_again(&input);
        let typed = self.typed_for(&input, now);
        self.note_typing(&input, now);
        let mut effects = self.step(input, now);
        self.under_what_was_said(&mut effects);
        self.note_sending(typed, &effects);
        if asks_again {
            effects.extend(self.try_now());
        }
        self.note_deeds(&effects);
        effects.extend(self.cases_follow(now));
        effects.extend(self.serving_follow(now));
        effects.extend(self.freed_followed(now));
        self.lock_told(was_locked, &mut effects);
        if let Some(before) = before
            && effects.iter().any(|effect| matches!(effect, Effect::Enqueue(_) | Effect::Replace(..)))
        {
            return self.not_kept(before);
        }
        let effects = self.waits_for_line(before_line, effects);
        self.follow_papers(effects, now)
    }

    fn step(&mut self, input: Input, now: Timestamp) -> Vec<Effect> {
        match input {
            Input::Begin => self.begin(now),
            Input::Reply(ticket, reply) => self.replied(ticket, reply, now),
            Input::Wake(wake) => self.woken(wake, now),
            Input::Live(live) => self.live(live, now),
            Input::Pending(input) => self.pending_news(input, now),
            Input::Go(place) => self.go(place, now),
            Input::Back => {
                self.stands.active_mut().back();
                Vec::new()
            }
            Input::OpenCitizen(id, purpose) => {
                let at = self.stands.front();
                self.identified(id, now).unwrap_or_else(|| self.open_citizen(at, id, purpose, now))
            }
            Input::OpenCitizenAt(stand, id, purpose) => {
                self.identified(id, now).unwrap_or_else(|| self.open_citizen(stand, id, purpose, now))
            }
            Input::OpenCase(id, purpose) => self.open_case(id, None, purpose, now),
            Input::OpenCaseOf(at, citizen, id, purpose) => self.open_case_of(at, (citizen, id), purpose, now),
            Input::OpenCaseAt(id, item, purpose) => self.open_case(id, Some(item), purpose, now),
            Input::Stand(stand) => {
                let at_queue = self.place() == Place::Queue;
                self.stands.bring_to_front(stand);
                if at_queue {
                    // Both stands are in sight there: the keys go to the other one.
                    self.stands.get_mut(stand).enter(Place::Queue);
                }
                self.turned = None;
                Vec::new()
            }
            Input::Turn => {
                self.turn();
                Vec::new()
            }
            Input::TurnLanguage => {
                if let Some(turned) = &mut self.turned {
                    turned.next_language();
                }
                Vec::new()
            }
            Input::TurnTo(code) => {
                if let Some(turned) = &mut self.turned {
                    turned.speak(code);
                }
                Vec::new()
            }
            Input::Touched if self.is_nobodys() => Vec::new(),
            Input::Touched => self.lock.touched(self.settings.lock_after(), now),
            Input::Lock if self.is_nobodys() => Vec::new(),
            Input::Lock => {
                self.lock.lock(Why::Asked, now);
                Vec::new()
            }
            Input::Unlock => self.unlock(now),
            Input::SignIn(input) => self.sign_in_step(input, now),
            Input::Durability(durability) => {
                self.durability = durability;
                Vec::new()
            }
            Input::Offline(input) => self.offline_step(input, now),
            Input::Finder(input) => self.finder_step(input),
            Input::Citizen(input) => self.citizen_step(input, now),
            Input::FinishLater(citizen) => self.finish_later(citizen, now),
            Input::HalfWritten(input) => self.half_written_step(input, now),
            Input::Inbox(input) => self.inbox_step(input, now),
            Input::Case(input) => self.case_step(input, now),
            Input::NextCase(step) => self.step_case(step, now),
            Input::Cases(input) => self.board_step(input, now),
            Input::Calendar(input) => self.calendar_step(input, now),
            Input::Counter(input) => self.counter_step(input, now),
            Input::Serving(input) => self.serving_step(input, now),
            Input::Figures(input) => self.figures_step(input, now),
            Input::Oversight(input) => self.oversight_step(input, now),
            Input::Need(input) => self.need_step(input, now),
            Input::Glass(input) => self.glass_step(input),
            Input::TakeRole(role) => self.session.take_role(role),
            Input::Guide(input) => {
                self.guide.update(input, &self.session);
                Vec::new()
            }
            Input::OpenGuide(entry) => {
                self.guide = GuidePage { typed: String::new(), selected: Some(entry) };
                self.finder = None;
                self.stands.active_mut().enter(Place::Guide);
                vec![Effect::Abandon(Room::Finder)]
            }
            Input::BeginBooking => self.begin_booking(now),
            Input::Uploads(input) => self.uploads_step(input, now),
            Input::SwitchPersona(role) => self.switch_persona(role),
            Input::Settings(settings) => {
                let folder = std::mem::replace(&mut self.settings, settings.within_bounds()).scanner_folder;
                let mut effects = vec![Effect::SaveSettings(self.settings.clone())];
                if folder != self.settings.scanner_folder {
                    effects.extend(self.watch_scanner());
                }
                effects
            }
        }
    }

    fn finder_step(&mut self, input: FinderInput) -> Vec<Effect> {
        match input {
            FinderInput::Open => {
                self.finder = Some(Finder::new(self.likely_purpose(), self.next_generation()));
                Vec::new()
            }
            FinderInput::Close => {
                self.finder = None;
                if let Some(page) = &mut self.counter {
                    page.identifying = None;
                }
                vec![Effect::Abandon(Room::Finder)]
            }
            input => self.finder.as_mut().map(|f| f.update(input)).unwrap_or_default(),
        }
    }

    pub(crate) fn citizen_step(&mut self, input: CitizenInput, now: Timestamp) -> Vec<Effect> {
        let front = self.stands.front();
        let acting = acting!(self, now);
        let stand = self.stands.get_mut(front);
        let Some(page) = &mut stand.citizen else { return Vec::new() };
        let mut effects = page.update(input, acting);
        if page.visit.finished {
            let ticket = self.sheet_finished(front, &effects, now);
            effects.extend(ticket);
            effects.extend([Effect::Abandon(Room::Citizen(front)), Effect::Abandon(Room::Case(front))]);
            effects.extend(self.put_case_aside(front));
            self.stands.get_mut(front).clear();
            self.turned = None;
        }
        effects
    }

    fn case_step(&mut self, input: CaseInput, now: Timestamp) -> Vec<Effect> {
        let acting = acting!(self, now);
        self.stands.active_mut().case.as_mut().map(|page| page.update(input, acting)).unwrap_or_default()
    }

    fn turn(&mut self) {
        // Whose ticket is served stands before the screen: a page of somebody else who was looked up is never turned to her.
        let hers = self.page_at(self.stands.front()).and_then(|page| page.identity.value());
        self.turned = match (&self.turned, hers) {
            (None, Some(known)) => Some(Turned::new(self.stands.front(), &known.languages)),
            _ => None,
        };
    }

    pub(crate) fn next_generation(&mut self) -> u64 {
        // Rooms raise their own generations too; a leap keeps the next subject's apart from the last one's.
        self.generation += 1_000_000;
        self.generation
    }

    /// The purpose that what she is doing suggests.
    fn likely_purpose(&self) -> PurposeKind {
        let role = self.session.me.value().map_or(self.session.persona, |me| me.role);
        match (self.place(), role) {
            (Place::Case | Place::Cases, _) | (_, Role::Caseworker | Role::TeamLeader) => PurposeKind::Case,
            (Place::Calendar, _) => PurposeKind::Appointment,
            _ => PurposeKind::Ticket,
        }
    }

    pub(crate) fn go(&mut self, place: Place, now: Timestamp) -> Vec<Effect> {
        let effects = match place {
            Place::Citizen if self.citizen().is_none() => return Vec::new(),
            Place::Case if self.case().is_none() => return Vec::new(),
            Place::Cases => self.ready_board(now),
            Place::Calendar => self.open_calendar(now),
            Place::Queue => self.ready_counter(now),
            Place::Figures => self.ready_figures(now),
            Place::Oversight => self.ready_oversight(now),
            _ => Vec::new(),
        };
        self.stands.active_mut().enter(place);
        effects
    }

    pub(crate) fn ready_calendar(&mut self, now: Timestamp) -> Vec<Effect> {
        if let Some(page) = &mut self.calendar {
            return page.ask(now);
        }
        let Some(home) = self.home() else { return Vec::new() };
        let (page, effects) = CalendarPage::open(home, self.tz.clone(), self.next_generation(), now);
        self.calendar = Some(page);
        effects
    }

    fn open_calendar(&mut self, now: Timestamp) -> Vec<Effect> {
        if self.calendar.is_none() {
            self.ready_calendar(now);
        }
        self.calendar.as_mut().map(|page| page.show(now)).unwrap_or_default()
    }

    /// Where she works: her own counter, else the first of her site.
    fn home(&self) -> Option<Home> {
        let me = self.session.me.value()?;
        if let Some(counter) = &me.counter {
            return Some(Home { site: me.site.clone(), counter: counter.clone() });
        }
        let site = self.session.sites.iter().find(|s| s.id == me.site).or_else(|| self.session.sites.first())?;
        Some(Home { site: site.id.clone(), counter: site.counters.first()?.id.clone() })
    }

    pub(crate) fn open_citizen(&mut self, at: StandId, id: CitizenId, purpose: Purpose, now: Timestamp) -> Vec<Effect> {
        let asking = self.how_to_ask(at, id, &purpose, now);
        self.finder = None;
        self.turned = None;
        self.stands.bring_to_front(at);
        let mut effects = vec![Effect::Abandon(Room::Finder), Effect::Abandon(Room::Case(at))];
        effects.extend(self.put_case_aside(at));
        // She stands there already: what is known, typed and timed of her stays, and everything is asked for again.
        if self.stands.get(at).citizen.as_ref().is_some_and(|page| page.id == id) {
            let stand = self.stands.get_mut(at);
            stand.trail.retain(|p| *p != Place::Case);
            stand.place = Place::Citizen;
            effects.extend(self.citizen_step(CitizenInput::AskAgain, now));
            return effects;
        }
        let generation = self.next_generation();
        self.set_aside(at, now);
        let (page, asked) = CitizenPage::open(id, (purpose, asking), (at, generation), now);
        let stand = self.stands.get_mut(at);
        stand.citizen = Some(page);
        if stand.place == Place::Case {
            stand.place = Place::Start;
        }
        stand.trail.retain(|p| *p != Place::Case);
        stand.enter(Place::Citizen);
        effects.extend(asked);
        effects.extend(self.go_on(at, id, now));
        effects
    }

    pub(crate) fn open_case(
        &mut self,
        id: CaseId,
        item: Option<ItemId>,
        purpose: Purpose,
        now: Timestamp,
    ) -> Vec<Effect> {
        self.finder = None;
        let at = self.stands.front();
        let generation = self.next_generation();
        let (mut page, asked) = CasePage::open(id, purpose, (at, generation), now);
        page.wanted = item;
        page.neighbours = self.neighbours(id);
        let farewell = self.put_case_aside(at);
        self.take_up_case(&mut page);
        let stand = self.stands.get_mut(at);
        if let Some(citizen) = stand.citizen.as_mut().filter(|page| page.rows().any(|row| row.case.id == id)) {
            citizen.visit.touch(id);
        }
        stand.case = Some(page);
        stand.enter(Place::Case);
        let mut all = vec![Effect::Abandon(Room::Finder), Effect::Abandon(Room::Case(at))];
        all.extend(farewell);
        all.extend(asked);
        all
    }

    /// A desk with nobody's things on it. Numbers go on, so that no answer for who was here lands on who comes.
    pub(crate) fn clear(&mut self, role: Role) {
        let generation = self.next_generation();
        *self = Self { generation, ..Self::new(role, self.settings.clone(), self.tz.clone()) };
    }

    fn switch_persona(&mut self, role: Role) -> Vec<Effect> {
        let farewell = self.farewell();
        self.clear(role);
        let abandoned = every_room().map(Effect::Abandon);
        farewell.into_iter().chain(abandoned).chain([Effect::SwitchPersona(role)]).collect()
    }
}
