//! The counter: who waits at the site, who is called, served and parked, and who works here. What does not live here: the citizens' pages
//! (see `citizen`), what goes on at the two stands (`serving`), which stand is in front (see `stands`), the rule of who is next (the domain's).

mod changes;
pub mod deeds;
mod mirror;
mod on_desk;
pub mod queue;
pub mod serving;
pub mod sheets;
pub mod wrap_up;

use jiff::Timestamp;
use skranke_api::ProblemKind;
use skranke_api::events::{Event, EventKind};
use skranke_api::tickets::{AtWorkList, AvailabilityRequest, Called, QueueView, Ticket as QueueTicket, TicketChange};
use skranke_client::ClientError;
use skranke_domain::queue::{Availability, CallReason};
use skranke_domain::{CitizenId, SiteId, StaffId, TicketId};

use crate::acting::Acting;
use crate::ask::{Question, QueueQuestion, QueueReply};
use crate::effect::{Effect, Room, Ticket};
use crate::load::Load;
use crate::session::Line;

pub use deeds::{Deed, Doing};
pub use queue::{Caller, Group, host_could_fetch, minutes_waited, waited};
pub use sheets::{CounterSheet, NewSheet, Open, SheetInput, Target, TransferSheet, Trouble};

/// The whole queue.
const QUEUE: u8 = 0;
/// One ticket, because somebody changed it.
const ONE: u8 = 1;
/// What this counter does itself.
const DEED: u8 = 2;
/// Who works here.
const STAFF: u8 = 3;
/// Colleagues who are looked for; each typing has its own slot.
const SEEK: u8 = 64;

/// The counter.
#[derive(Clone, Debug)]
pub struct CounterPage {
    /// The site whose queue it is.
    pub site: SiteId,
    /// The queue.
    pub queue: Load<QueueView>,
    /// The ticket that was chosen.
    pub selected: Option<TicketId>,
    /// What is laid over the queue.
    pub open: Option<Open>,
    /// What was done last, or why it was not.
    pub said: Option<Said>,
    /// Those who are expected are shown one by one.
    pub unfolded: bool,
    /// The ticket that a citizen is being looked for, in the palette.
    pub identifying: Option<TicketId>,
    /// Who was called here just now.
    called: Option<TicketId>,
    /// What is asked for and not answered, or whose answer never came.
    pub(crate) doing: Vec<Doing>,
    kept: Vec<CounterSheet>,
    /// Something changed while the queue was under way: it is asked for once more.
    stale: bool,
    seek: u8,
    generation: u64,
}

/// What was done last, or why it was not.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// She was called, and why it is she.
    Called(String, CallReason),
    /// Nobody waits whom this counter can serve.
    Nobody,
    /// Her paper is missing and the host could fetch it: calling her asks first.
    AskFirst(TicketId),
    /// Somebody changed the ticket meanwhile: what stands now is shown.
    Newer(String),
    /// It was not done, and why. Everything is as it was.
    Failed(Option<String>, ClientError),
    /// No answer came: it may have been done. Doing it again does it once.
    Unsure(Option<String>),
    /// It was done.
    Done(String, Box<TicketChange>),
    /// A ticket was given out.
    Given(String),
    /// Somebody with a booked time has checked in.
    CheckedIn(String),
    /// Help was asked for.
    HelpAsked,
    /// There is no stand that nobody is at.
    NoStand,
    /// It is not done while there is no connection.
    NoLine,
}

/// What happens at the counter.
#[derive(Clone, Debug)]
pub enum CounterInput {
    /// Ask again (`F5`).
    AskAgain,
    /// A ticket was chosen.
    Select(TicketId),
    /// Call who is next (`Space`).
    CallNext,
    /// Do something with a ticket.
    Do(TicketId, TicketChange),
    /// Send somebody to a stand that nobody is at (`G`).
    ToStand(TicketId),
    /// Ask for help in these words (`H`: the host, about somebody's papers).
    AskHelp(String),
    /// No help is needed any more.
    NoHelp,
    /// Come to help a colleague.
    Come(StaffId),
    /// Find out who it is (`I`).
    Identify(TicketId),
    /// Lay something over the queue.
    Open(Opening),
    /// On what is laid over the queue.
    Sheet(SheetInput),
    /// Show those who are expected one by one, or not.
    Fold,
}

/// What can be laid over the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Why somebody is called out of order.
    Call(TicketId),
    /// To whom somebody goes on.
    Transfer(TicketId),
    /// A new ticket.
    New,
    /// Who has come.
    CheckIn,
    /// What somebody fetches.
    SendOff(TicketId),
    /// What help is needed with.
    Help,
    /// Who works here.
    Staff,
    /// How one can be reached.
    Availability,
    /// What was found out about somebody's papers.
    Sort(TicketId),
}

/// Why nobody can be called now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCall {
    /// There is no connection.
    Line,
    /// The queue is not known.
    NotKnown,
    /// This role calls nobody.
    Role,
    /// She sits at no counter.
    NoCounter,
    /// Somebody stands at both stands.
    StandsTaken,
}

/// What a step at the counter is handed.
pub(crate) struct Facing<'a> {
    pub(crate) acting: Acting<'a>,
    /// Who is open at the stand in front.
    pub(crate) open: Option<(CitizenId, String)>,
    /// There is a stand for somebody who is called.
    pub(crate) free: bool,
}

impl CounterPage {
    pub(crate) fn open(site: SiteId, generation: u64, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut page = Self {
            site,
            queue: Load::Idle,
            selected: None,
            open: None,
            said: None,
            unfolded: false,
            identifying: None,
            called: None,
            doing: Vec::new(),
            kept: Vec::new(),
            stale: false,
            seek: 0,
            generation,
        };
        let effects = page.ask(now);
        (page, effects)
    }

    const fn to(&self, slot: u8) -> Ticket {
        Ticket { room: Room::Counter, generation: self.generation, slot }
    }

    #[cfg(test)]
    pub(crate) const fn generation_for_tests(&self) -> u64 {
        self.generation
    }

    pub(crate) fn asks(&self, slot: u8, question: QueueQuestion) -> Effect {
        Effect::Ask(self.to(slot), Question::Queue(question))
    }

    /// Asks for the queue (again). While an answer is under way one more asking follows it, never ten.
    pub(crate) fn ask(&mut self, now: Timestamp) -> Vec<Effect> {
        if self.queue.is_waiting() {
            self.stale = true;
            return Vec::new();
        }
        self.queue.ask(now);
        vec![self.asks(QUEUE, QueueQuestion::Queue(self.site.clone()))]
    }

    /// Asks for one ticket.
    pub(crate) fn ask_one(&self, id: TicketId) -> Effect {
        self.asks(ONE, QueueQuestion::Ticket(id))
    }

    /// How somebody who works here can be reached.
    #[must_use]
    pub fn availability(&self, person: StaffId) -> Option<Availability> {
        self.at_work(person).map(|one| one.availability)
    }

    fn put_staff(&mut self, list: AtWorkList) {
        if let Some(queue) = self.queue.value_mut() {
            queue.staff = list.staff;
        }
    }

    /// Lays something over the queue: what was typed there before is still there.
    fn lay(&mut self, opening: Opening, facing: &Facing<'_>) -> Vec<Effect> {
        let sheet = match opening {
            Opening::Call(ticket) => CounterSheet::Call { ticket, reason: String::new() },
            Opening::Transfer(ticket) => CounterSheet::Transfer(TransferSheet {
                ticket,
                query: String::new(),
                at: 0,
                to: None,
                card: String::new(),
                colleagues: Load::Idle,
            }),
            Opening::New => CounterSheet::New(Box::new(NewSheet::open(facing.open.clone()))),
            Opening::CheckIn => CounterSheet::CheckIn { query: String::new(), at: 0 },
            Opening::SendOff(ticket) => CounterSheet::SendOff { ticket, card: String::new() },
            Opening::Help => CounterSheet::Help { with: String::new() },
            Opening::Staff => {
                let help = |one: &skranke_api::tickets::AtWork| one.wants_help.is_some() && one.helper.is_none();
                CounterSheet::Staff { at: self.staff().iter().position(help).unwrap_or(0) }
            }
            Opening::Availability => {
                let mine = facing.acting.person().and_then(|me| self.availability(me));
                let at = sheets::AVAILABILITY.iter().position(|one| Some(*one) == mine);
                CounterSheet::Availability { at: at.unwrap_or(0) }
            }
            Opening::Sort(ticket) => {
                let triage = self.ticket(ticket).map(|one| one.triage);
                let at = sheets::TRIAGE.iter().position(|one| Some(*one) == triage).unwrap_or(0);
                CounterSheet::Sort { ticket, at }
            }
        };
        self.close();
        let kept = self.kept.iter().position(|one| one.is_same(&sheet)).map(|at| self.kept.remove(at));
        let mut sheet = kept.unwrap_or(sheet);
        if let CounterSheet::New(new) = &mut sheet {
            // Another citizen may be open since: the ticket is never hers by accident.
            if new.open != facing.open {
                new.open.clone_from(&facing.open);
                new.hers = false;
            }
        }
        self.open = Some(Open::new(sheet));
        self.said = None;
        Vec::new()
    }

    /// What was typed on what is laid over the queue, the open sheet last, and whether it is open.
    pub(crate) fn typed(&self) -> (Vec<CounterSheet>, bool) {
        let open = self.open.as_ref().map(|open| &open.sheet).filter(|sheet| sheet.is_worth_keeping());
        let kept = self.kept.iter().filter(|one| open.is_none_or(|open| !one.is_same(open)));
        (kept.chain(open).cloned().collect(), open.is_some())
    }

    /// Sheets that were typed before the window ended: the last one is laid, where nothing is.
    pub(crate) fn put_back(&mut self, sheets: Vec<CounterSheet>, lays: bool) {
        for sheet in sheets {
            if !self.kept.iter().any(|one| one.is_same(&sheet)) {
                self.kept.push(sheet);
            }
        }
        if lays && self.open.is_none() {
            self.open = self.kept.pop().map(Open::new);
        }
    }

    /// What is laid over the queue goes; what was typed there is kept.
    pub(crate) fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if open.sheet.is_worth_keeping() {
            self.kept.retain(|one| !one.is_same(&open.sheet));
            self.kept.push(open.sheet);
        }
    }

    pub(crate) fn update(&mut self, input: CounterInput, facing: &Facing<'_>) -> Vec<Effect> {
        let now = facing.acting.now;
        let line_down = matches!(facing.acting.session.line, Line::Down { .. });
        match input {
            CounterInput::AskAgain => self.ask(now),
            CounterInput::Select(id) => {
                self.selected = Some(id);
                self.said = None;
                Vec::new()
            }
            CounterInput::Fold => {
                self.unfolded = !self.unfolded;
                Vec::new()
            }
            CounterInput::Open(opening) => self.lay(opening, facing),
            CounterInput::Sheet(input) => self.sheet_step(input, facing),
            // What is true now or not at all is not kept for later.
            _ if line_down => {
                self.said = Some(Said::NoLine);
                Vec::new()
            }
            CounterInput::CallNext => self.call_next(facing),
            CounterInput::Do(id, change) => self.change(id, change),
            CounterInput::ToStand(id) => self.send_to_stand(id, facing),
            CounterInput::AskHelp(with) => {
                self.said = Some(Said::HelpAsked);
                vec![self.availability_says(AvailabilityRequest::Help { site: self.site.clone(), with })]
            }
            CounterInput::NoHelp => {
                vec![self.availability_says(AvailabilityRequest::NoHelp { site: self.site.clone() })]
            }
            CounterInput::Come(to) => {
                vec![self.availability_says(AvailabilityRequest::Come { site: self.site.clone(), to })]
            }
            // The palette is the desk's.
            CounterInput::Identify(_) => Vec::new(),
        }
    }

    pub(crate) fn availability_says(&self, request: AvailabilityRequest) -> Effect {
        self.asks(STAFF, QueueQuestion::Availability(request))
    }

    /// Takes a reply. What came of a ticket that is known now is returned: the stands follow it.
    fn replied(&mut self, slot: u8, reply: QueueReply, now: Timestamp) -> Vec<Effect> {
        match reply {
            QueueReply::Queue(answer) => {
                self.queue.answer(*answer, now);
                if std::mem::take(&mut self.stale) { self.ask(now) } else { Vec::new() }
            }
            QueueReply::AtWork(Ok(list)) => {
                self.put_staff(list);
                let done = matches!(&self.open, Some(open) if open.sending && open.sheet.ticket().is_none());
                if done {
                    self.open = None;
                }
                Vec::new()
            }
            QueueReply::AtWork(Err(error)) => {
                self.refused(None, error);
                Vec::new()
            }
            QueueReply::Called(answer) => self.called_answered(*answer, now),
            QueueReply::Ticket(id, answer) if slot == DEED => self.deed_answered(id, *answer),
            QueueReply::Ticket(id, answer) => self.one_answered(id, *answer, now),
            QueueReply::Stand(..) => Vec::new(),
        }
    }

    fn called_answered(&mut self, answer: Result<Called, ClientError>, now: Timestamp) -> Vec<Effect> {
        let answered = self.answered(|deed| matches!(deed, Deed::CallNext(_)), answer.as_ref().err());
        if !answered {
            return Vec::new();
        }
        match answer {
            Ok(Called { ticket: Some(ticket), reason }) => {
                self.said = Some(Said::Called(ticket.number.clone(), reason.unwrap_or(CallReason::LongestWait)));
                self.selected = None;
                self.called = Some(ticket.id);
                self.put(ticket);
                Vec::new()
            }
            Ok(Called { ticket: None, .. }) => {
                // The list here said otherwise, or the button could not have been pressed.
                self.said = Some(Said::Nobody);
                self.ask(now)
            }
            Err(error) => {
                self.refused(None, error);
                self.ask(now)
            }
        }
    }

    fn deed_answered(
        &mut self,
        id: TicketId,
        answer: Result<skranke_client::http::Tagged<QueueTicket>, ClientError>,
    ) -> Vec<Effect> {
        let deed = self.doing.iter().find(|doing| doing.awaited && doing.deed.ticket() == Some(id));
        let Some(deed) = deed.map(|doing| doing.deed.clone()) else { return Vec::new() };
        self.answered(|deed| deed.ticket() == Some(id), answer.as_ref().err());
        let number = self.ticket(id).map(|ticket| ticket.number.clone());
        match answer {
            Ok(tagged) => {
                let number = tagged.value.number.clone();
                if matches!(deed, Deed::Change(_, _, TicketChange::Call { .. } | TicketChange::Resume { .. })) {
                    self.selected = None;
                    self.called = Some(id);
                }
                self.said = Some(match deed {
                    Deed::Give(_) => Said::Given(number),
                    Deed::CheckIn(_) => Said::CheckedIn(number),
                    Deed::Change(_, _, TicketChange::Call { .. }) => Said::Called(number, CallReason::Chosen),
                    Deed::Change(_, _, change) => Said::Done(number, Box::new(change)),
                    Deed::CallNext(_) => Said::Called(number, CallReason::LongestWait),
                });
                if self.open.as_ref().is_some_and(|open| open.sending) {
                    self.open = None;
                }
                self.put(tagged.value);
                Vec::new()
            }
            Err(error) => {
                let stale = error.kind() == Some(ProblemKind::Stale);
                let ask = vec![self.ask_one(id)];
                self.refused(number.clone(), error);
                if let (true, Some(number)) = (stale, number) {
                    self.said = Some(Said::Newer(number));
                }
                ask
            }
        }
    }

    fn one_answered(
        &mut self,
        id: TicketId,
        answer: Result<skranke_client::http::Tagged<QueueTicket>, ClientError>,
        now: Timestamp,
    ) -> Vec<Effect> {
        match answer {
            Ok(tagged) => {
                self.put(tagged.value);
                Vec::new()
            }
            // It is gone: done, or not for this role.
            Err(error) if error.kind() == Some(ProblemKind::NotFound) => {
                if let Some(queue) = self.queue.value_mut() {
                    queue.tickets.retain(|ticket| ticket.id != id);
                }
                Vec::new()
            }
            Err(_) => self.ask(now),
        }
    }

    /// One ticket as it stands now.
    fn put(&mut self, ticket: QueueTicket) {
        if let Some(queue) = self.queue.value_mut() {
            queue::merge(queue, ticket);
        }
    }

    /// It was not done: the sheet says why, or the line beneath the button does.
    fn refused(&mut self, number: Option<String>, error: ClientError) {
        let said = if error.is_line_down() { Said::Unsure(number) } else { Said::Failed(number, error.clone()) };
        match &mut self.open {
            Some(open) if open.sending => {
                open.sending = false;
                open.trouble = Some(Trouble::Refused(error));
            }
            _ => self.said = Some(said),
        }
    }

    /// Something changed at the site.
    fn heard(&mut self, event: &Event, now: Timestamp) -> Vec<Effect> {
        let ticket = || event.subject.rsplit('/').next().and_then(|id| id.parse::<TicketId>().ok());
        match (event.kind, ticket()) {
            (EventKind::TicketChanged, Some(id)) => {
                // The answer to what one did oneself says it already.
                let own = event.commandid.is_some_and(|id| self.doing.iter().any(|doing| doing.command == id));
                let known = self.ticket(id).is_some_and(|ticket| {
                    event.etag.as_ref().is_some_and(|etag| ticket.etag.version() >= etag.version())
                });
                if own || known { Vec::new() } else { vec![self.ask_one(id)] }
            }
            (EventKind::TicketChanged, None) | (EventKind::AvailabilityChanged, _) => self.ask(now),
            _ => Vec::new(),
        }
    }
}
