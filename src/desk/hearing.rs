//! What the desk hears: replies, events of the server, news of the outbox, each brought to the pages it is about. What does not live here:
//! asking, what the pages do with it.

use jiff::Timestamp;
use skranke_api::ProblemKind;
use skranke_api::events::{Event, EventKind};
use skranke_api::overview::CaseRow;
use skranke_client::events::Live;
use skranke_client::outbox::{Deed, OutboxEvent};
use skranke_domain::authority::Role;
use skranke_domain::{CaseId, CitizenId, CommandId};

use crate::acting::acting;
use crate::ask::Reply;
use crate::citizen::{CitizenInput, asked_by};
use crate::cold::Told;
use crate::desk::{Desk, Place};
use crate::effect::{Effect, Room, Ticket};
use crate::lock::{SignedIn, Why};
use crate::pending::{Confirmation, PendingInput};
use crate::session::Line;
use crate::stands::{RECENT, Recent, StandId};

impl Desk {
    pub(crate) fn replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) -> Vec<Effect> {
        if let Reply::Kept(reply, kept) = reply {
            return self.kept_replied(ticket, *reply, &kept, now);
        }
        match ticket.room {
            Room::Session => return self.session_replied(ticket, reply, now),
            Room::Finder => {
                if let Some(finder) = &mut self.finder {
                    finder.replied(ticket, reply);
                }
            }
            Room::Citizen(stand) => {
                let acting = acting!(self, now);
                let Some(page) = &mut self.stands.get_mut(stand).citizen else { return Vec::new() };
                let known = page.identity.value().is_some();
                let effects = page.replied(ticket, reply, acting);
                if !known {
                    self.remember(stand);
                }
                return effects;
            }
            Room::Case(stand) if ticket.slot >= crate::case::work::SLOTS => {
                let acting = acting!(self, now);
                if let Some(page) = &mut self.stands.get_mut(stand).case {
                    page.work_replied(ticket, reply, acting);
                }
            }
            Room::Case(stand) => {
                let page =
                    self.stands.get_mut(stand).case.as_mut().filter(|page| page.generation() == ticket.generation);
                let Some(page) = page else { return Vec::new() };
                page.replied(ticket, reply, now);
                let effects = self.one_reason(stand, now);
                let page = self.stands.get_mut(stand).case.as_mut();
                let Some(page) = page else { return effects };
                if let Some(row) = page.view.value().map(|view| view.value.row.clone()) {
                    self.put_row(&row);
                }
                return effects;
            }
            Room::Calendar => {
                return self.calendar.as_mut().map(|page| page.replied(ticket, reply, now)).unwrap_or_default();
            }
            Room::Booking => return self.booking_replied(ticket, reply, now),
            Room::Counter if ticket.slot >= crate::counter::serving::SLOTS => {
                return self.serving_replied(ticket, reply, now);
            }
            Room::Counter => return self.counter_replied(ticket, reply, now),
            Room::Figures => return self.figures_replied(ticket, reply, now),
            Room::Oversight => return self.oversight_replied(ticket, reply, now),
            Room::Cases => return self.board_replied(ticket, reply, now),
            Room::Inbox => self.inbox.replied(ticket, reply, now),
        }
        Vec::new()
    }

    fn session_replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) -> Vec<Effect> {
        let before = self.person();
        let rights = self.session.me.value().map(|me| (me.role, me.authorities.clone()));
        if let (Reply::Me(Ok(me)), Some(person)) = (&reply, before)
            && me.id != person
        {
            return self.somebody_else(now);
        }
        let signed_in = match &reply {
            Reply::Me(Ok(me)) if before.is_none_or(|person| person == me.id) => Some(SignedIn::Again),
            Reply::Me(_) => Some(SignedIn::Refused),
            _ => None,
        };
        let told = Told::of(&reply);
        self.session.replied(ticket, reply, now);
        let mut effects = told.map(|told| self.told_who(told, now)).unwrap_or_default();
        if let Some(how) = signed_in {
            effects.extend(self.lock.opened(how, self.settings.lock_after(), now));
        }
        // The start page shows who comes next at her counter, so the calendar is fetched as soon as the counter is known.
        if self.calendar.is_none() && !self.session.sites.is_empty() && self.session.may_see_citizens() {
            effects.extend(self.ready_calendar(now));
        }
        // The slab says how many wait, wherever she is.
        if self.counter.is_none() && self.session.may_see_citizens() {
            effects.extend(self.ready_counter(now));
        }
        // A guest reads the guide and nothing else.
        if before.is_none() && self.session.me.value().is_some_and(|me| me.role == Role::Guest) {
            self.stands.active_mut().enter(Place::Guide);
        }
        // A host's day is the queue.
        if before.is_none() && self.session.me.value().is_some_and(|me| me.role == Role::Host) {
            self.stands.active_mut().enter(Place::Queue);
        }
        if before.is_none() && self.person().is_some() && self.session.may_see_cases() {
            effects.extend(self.inbox.ask(now));
        }
        let now_may = self.session.me.value().map(|me| (me.role, me.authorities.clone()));
        if before.is_some() && rights != now_may {
            effects.extend(self.rights_changed(now));
        }
        effects
    }

    /// She may other things than a moment ago: what is on the screen is asked for again, and what is no longer hers is left.
    fn rights_changed(&mut self, now: Timestamp) -> Vec<Effect> {
        if self.session.me.value().is_some_and(|me| me.role != Role::TeamLeader) {
            (self.figures, self.oversight) = (None, None);
            for stand in self.stands.both_mut() {
                if matches!(stand.place, Place::Figures | Place::Oversight) {
                    stand.place = Place::Start;
                }
                stand.trail.retain(|place| !matches!(place, Place::Figures | Place::Oversight));
            }
        }
        self.ask_everything(now)
    }

    /// The palette remembers who was open.
    fn remember(&mut self, stand: StandId) {
        let Some(page) = &self.stands.get(stand).citizen else { return };
        let Some(known) = page.identity.value() else { return };
        let recent = Recent {
            citizen: page.id,
            given_name: known.given_name.clone(),
            surname: known.surname.clone(),
            cpr_masked: known.cpr_masked.clone(),
            age: known.age,
            address: known.address.clone(),
            purpose: page.purpose.clone(),
        };
        self.recent.retain(|other| other.citizen != recent.citizen);
        self.recent.insert(0, recent);
        self.recent.truncate(RECENT);
    }

    /// A case changed: its row follows wherever it stands.
    fn put_row(&mut self, row: &CaseRow) {
        for stand in self.stands.both_mut() {
            if let Some(page) = stand.citizen_of(row.citizen) {
                page.put_row(row);
            }
        }
        if let Some(cases) = &mut self.cases {
            cases.put_row(row);
        }
    }

    pub(crate) fn live(&mut self, live: Live, now: Timestamp) -> Vec<Effect> {
        match live {
            Live::Connected => {
                let was_down = matches!(self.session.line, Line::Down { .. });
                self.session.line = Line::Up;
                (self.offline.next_try, self.offline.unproved) = (None, None);
                let mut effects = Vec::new();
                if self.session.me.value().is_none() || self.session.is_kept() {
                    effects.extend(self.session.ask(now));
                }
                if was_down {
                    effects.extend(self.ask_everything(now));
                    effects.extend(self.serving_line_up(now));
                }
                effects
            }
            // A role without events (a guest) has a line all the same.
            Live::Lost { error } if error.kind() == Some(ProblemKind::Forbidden) => {
                self.session.line = Line::Up;
                Vec::new()
            }
            Live::Lost { error } => {
                self.offline.unproved = error.untrusted().is_some().then_some(error);
                if !matches!(self.session.line, Line::Down { .. }) {
                    self.session.line = Line::Down { since: now };
                }
                Vec::new()
            }
            Live::Resync => self.ask_everything(now),
            Live::Waiting(pause) => self.next_try_in(pause, now),
            Live::Event(event) => self.event(&event, now),
        }
    }

    /// What is on the screen may be old: ask for all of it again, keeping it in sight meanwhile.
    fn ask_everything(&mut self, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        let acting = acting!(self, now);
        for stand in self.stands.both_mut() {
            if let Some(page) = &mut stand.citizen {
                effects.extend(page.update(CitizenInput::AskAgain, acting));
            }
            if let Some(page) = &mut stand.case {
                effects.extend(page.ask(now));
            }
        }
        effects.extend(self.board_heard(None));
        if let Some(page) = &mut self.calendar {
            effects.extend(page.ask(now));
        }
        if let Some(page) = &mut self.counter {
            effects.extend(page.ask(now));
        }
        if self.session.may_see_cases() {
            effects.extend(self.inbox.ask(now));
        }
        effects
    }

    fn event(&mut self, event: &Event, now: Timestamp) -> Vec<Effect> {
        let own_echo = event.commandid.is_some_and(|id| self.pending.knows(id));
        let mut effects = Vec::new();
        if event.caseid.is_some() && !own_echo && event.kind != EventKind::Presence {
            effects.extend(self.board_heard(event.caseid));
        }
        if event.kind != EventKind::Presence {
            effects.extend(self.matters_heard(event.caseid, now));
        }
        if event.kind == EventKind::StandChanged {
            effects.extend(self.form_heard(&event.subject, now));
        }
        if matches!(event.kind, EventKind::ItemChanged | EventKind::CaseChanged) {
            effects.extend(self.readiness_heard(event.caseid, now));
        }
        match event.kind {
            EventKind::Resync => return self.ask_everything(now),
            EventKind::LockDemanded => self.lock.lock(Why::Demanded, now),
            EventKind::RightsChanged => effects.extend(self.session.ask_me(now)),
            EventKind::BreakGlassChanged => effects.extend(self.glass_heard(now)),
            EventKind::ItemChanged | EventKind::CaseChanged if own_echo => {}
            EventKind::ItemChanged | EventKind::CaseChanged => {
                for at in StandId::BOTH {
                    let stand = self.stands.get_mut(at);
                    let on_screen = stand.case.as_mut().filter(|page| Some(page.id) == event.caseid);
                    let shown = on_screen.is_some();
                    effects.extend(on_screen.map(|page| page.ask(now)).unwrap_or_default());
                    let Some(page) = stand.citizen.as_mut().filter(|page| Some(page.id) == event.citizenid) else {
                        continue;
                    };
                    // A case that is on the screen brings its row along; what else her page says of it is asked for.
                    let acting = acting!(self, now);
                    effects.extend(if shown {
                        page.ask_appointments(now)
                    } else {
                        page.update(CitizenInput::AskAgain, acting)
                    });
                }
            }
            EventKind::AppointmentBooked | EventKind::AppointmentChanged => {
                if let Some(page) = self.calendar.as_mut() {
                    effects.extend(page.ask(now));
                }
                if let Some(id) = event.citizenid.filter(|_| !own_echo) {
                    effects.extend(self.ask_again(id, now));
                }
                for stand in self.stands.both_mut() {
                    if let Some(page) = stand.case.as_mut().filter(|page| Some(page.id) == event.caseid) {
                        effects.extend(page.ask(now));
                    }
                }
            }
            EventKind::TicketChanged | EventKind::AvailabilityChanged | EventKind::StandChanged => {
                effects.extend(self.counter_heard(event, now));
                effects.extend(self.figures_heard(event, now));
            }
            EventKind::WaitingListChanged | EventKind::OpeningChanged => {
                effects.extend(self.waiting_heard(now));
                if let Some(page) = self.calendar.as_mut() {
                    effects.extend(page.ask(now));
                }
            }
            EventKind::Presence | EventKind::DocumentChanged if own_echo => {}
            EventKind::Presence if event.actor.is_some() && event.actor == self.person() => {}
            EventKind::Presence | EventKind::DocumentChanged | EventKind::AskChanged => {
                if event.kind == EventKind::AskChanged && self.session.may_see_cases() {
                    effects.extend(self.inbox.ask(now));
                }
                for stand in self.stands.both_mut() {
                    if let Some(page) = stand.case.as_mut().filter(|page| Some(page.id) == event.caseid) {
                        effects.extend(page.ask(now));
                    }
                }
            }
            EventKind::CitizenChanged if own_echo => {}
            EventKind::CitizenChanged => {
                effects.extend(event.citizenid.map(|id| self.ask_course(id, now)).unwrap_or_default())
            }
            EventKind::HandoverChanged => {
                effects.extend(self.inbox.ask(now));
                effects.extend(event.citizenid.map(|id| self.ask_course(id, now)).unwrap_or_default());
            }
        }
        effects
    }

    /// The papers of a case changed: an appointment for it may be ready now, or no longer. Her own change counts too.
    fn readiness_heard(&mut self, case: Option<CaseId>, now: Timestamp) -> Vec<Effect> {
        let page = self.calendar.as_mut().filter(|page| case.is_some_and(|case| page.knows_case(case)));
        page.map(|page| page.ask(now)).unwrap_or_default()
    }

    /// Asks for all of a citizen's page again, wherever it stands.
    fn ask_again(&mut self, id: CitizenId, now: Timestamp) -> Vec<Effect> {
        let acting = acting!(self, now);
        let mut effects = Vec::new();
        for stand in self.stands.both_mut() {
            if let Some(page) = stand.citizen_of(id) {
                effects.extend(page.update(CitizenInput::AskAgain, acting));
            }
        }
        effects
    }

    /// Asks for a citizen's course again, wherever her page stands.
    fn ask_course(&mut self, id: CitizenId, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        for stand in self.stands.both_mut() {
            if let Some(page) = stand.citizen_of(id) {
                effects.extend(page.ask_course(now));
            }
        }
        effects
    }

    pub(crate) fn pending_news(&mut self, input: PendingInput, now: Timestamp) -> Vec<Effect> {
        if let PendingInput::Line(line) = &input {
            match (line, self.session.line) {
                (Line::Down { .. }, Line::Down { .. }) => {}
                (line, _) => {
                    self.session.line = *line;
                    // Whoever takes the next break for its own finds no reason of an earlier one.
                    self.offline.unproved = None;
                }
            }
        }
        if let PendingInput::News(OutboxEvent::Confirmed { id, etag, .. }, _) = &input {
            self.letter_confirmed(*id, now);
            self.board_assigned(*id, etag.as_ref());
        }
        let wrapped = match &input {
            PendingInput::News(OutboxEvent::Confirmed { id, .. }, _) => self.contact_confirmed(*id, now),
            _ => Vec::new(),
        };
        let back = match &input {
            PendingInput::Kept(number, _) => {
                number.iter().for_each(|number| self.half_written.is_kept(*number));
                Vec::new()
            }
            PendingInput::NotKept(number, _) => self.comes_back(*number, now),
            PendingInput::Edit(id) => return self.word_anew(*id, now),
            _ => Vec::new(),
        };
        let (confirmations, mut effects) = self.pending.update(input);
        effects.extend(back);
        effects.extend(wrapped);
        effects.extend(self.contact_refused(now));
        for confirmation in confirmations {
            effects.extend(self.confirmed(confirmation, now));
        }
        effects
    }

    /// The answer to a letter names no papers: what it asked for stands in the entry, which goes with the confirmation.
    fn letter_confirmed(&mut self, id: CommandId, now: Timestamp) {
        let Some(entry) = self.pending.entries.iter().find(|entry| entry.id == id) else { return };
        let (Some(items), Some(citizen)) = (asked_by(entry), entry.draft.subject.citizen) else { return };
        let today = now.to_zoned(self.tz.clone()).date();
        for stand in self.stands.both_mut() {
            if let Some(page) = stand.citizen_of(citizen) {
                page.papers_asked(&items, today);
            }
        }
    }

    fn confirmed(&mut self, confirmation: Confirmation, now: Timestamp) -> Vec<Effect> {
        let mut effects = self.board_confirmed(&confirmation);
        match confirmation {
            Confirmation::Item(changed) => {
                for stand in self.stands.both_mut() {
                    if let Some(page) = stand.case.as_mut().filter(|p| p.id == changed.case.id) {
                        page.confirmed(&changed);
                        // The history follows.
                        effects.extend(page.ask(now));
                    }
                    // Her appointments and the list of what is missing say how many papers are open.
                    if let Some(page) = stand.citizen_of(changed.case.citizen) {
                        page.item_confirmed(&changed);
                        effects.extend(page.ask_appointments(now));
                        effects.extend(page.ask_department(changed.case.department.clone(), now));
                    }
                }
                self.put_row(&changed.case);
            }
            Confirmation::Booked(appointment) => {
                if let Some(page) = &mut self.calendar {
                    page.put(&appointment);
                    effects.extend(page.ask(now));
                }
                // Not her appointments alone: the row of the case says what is next.
                effects.extend(self.ask_again(appointment.citizen, now));
                for stand in self.stands.both_mut() {
                    if let Some(page) = stand.case.as_mut().filter(|p| appointment.cases.contains(&p.id)) {
                        effects.extend(page.ask(now));
                    }
                }
            }
            // What starts or touches cases shows in the departments' answers too.
            Confirmation::Citizen(
                id,
                Deed::CaseStarted | Deed::ChangeReported | Deed::PapersAsked | Deed::ApplicationFinished,
            ) => {
                effects.extend(self.ask_again(id, now));
            }
            Confirmation::Citizen(id, Deed::HandoverChanged) => {
                effects.extend(self.inbox.ask(now));
                effects.extend(self.ask_course(id, now));
            }
            Confirmation::Citizen(id, _) => effects.extend(self.ask_course(id, now)),
            Confirmation::Case(case, citizen, deed) => {
                for stand in self.stands.both_mut() {
                    if let Some(page) = stand.case.as_mut().filter(|page| page.id == case) {
                        effects.extend(page.ask(now));
                    }
                }
                effects.extend(match deed {
                    Deed::AskChanged | Deed::ColleagueAsked => self.inbox.ask(now),
                    Deed::CaseAssigned
                    | Deed::CourseChanged
                    | Deed::FactsSaid
                    | Deed::DecisionProposed
                    | Deed::DecisionChanged
                    | Deed::PapersAsked => self.ask_again(citizen, now),
                    _ => self.ask_course(citizen, now),
                });
            }
            Confirmation::Refused => {
                // Somebody was first: show what stands now beside what was typed.
                for stand in self.stands.both_mut() {
                    if let Some(page) = &mut stand.case {
                        effects.extend(page.ask(now));
                    }
                    if let Some(page) = &mut stand.citizen {
                        effects.extend(page.ask_course(now));
                    }
                }
                if let Some(page) = &mut self.calendar {
                    effects.extend(page.ask(now));
                }
            }
        }
        effects
    }
}
