//! What this counter does with tickets: each is true now or not at all, and done once however often it is asked for. What does not live here:
//! what becomes of the answer (`super`), what is filled in before (`sheets`).

use jiff::Timestamp;
use skranke_api::ETag;
use skranke_api::handovers::Colleague;
use skranke_api::tickets::{AvailabilityRequest, CallNextRequest, CheckInRequest, TicketChange, TicketRequest};
use skranke_client::ClientError;
use skranke_domain::{AppointmentId, CommandId, CounterId, TicketId};

use super::sheets::{self, CounterSheet, MOST_PEOPLE, Open, Target, Trouble, reasons};
use super::{Caller, CounterPage, DEED, Facing, SEEK, Said, SheetInput, host_could_fetch};
use crate::ask::{Question, QueueQuestion};
use crate::effect::Effect;
use crate::session::{Line, Session};

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Call who is next.
    CallNext(CounterId),
    /// Change a ticket, on the version that was seen.
    Change(TicketId, ETag, TicketChange),
    /// Give out a ticket.
    Give(TicketRequest),
    /// Somebody with a booked time has come.
    CheckIn(CheckInRequest),
}

impl Deed {
    /// The ticket that it is about.
    #[must_use]
    pub const fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::CallNext(_) => None,
            Self::Change(id, _, _) => Some(*id),
            Self::Give(request) => Some(request.id),
            Self::CheckIn(request) => Some(request.id),
        }
    }

    /// Whether asking for the other one is asking for this once more.
    fn is_again(&self, other: &Self) -> bool {
        match (self, other) {
            // The version that was seen the first time is what the server knows the command by.
            (Self::Change(id, _, change), Self::Change(other, _, again)) => id == other && change == again,
            (Self::CheckIn(one), Self::CheckIn(other)) => one.appointment == other.appointment,
            (one, other) => one == other,
        }
    }

    fn question(&self, command: CommandId) -> QueueQuestion {
        match self.clone() {
            Self::CallNext(counter) => QueueQuestion::CallNext(command, CallNextRequest { counter }),
            Self::Change(id, seen, change) => QueueQuestion::Change(command, id, seen, change),
            Self::Give(request) => QueueQuestion::Give(command, request),
            Self::CheckIn(request) => QueueQuestion::CheckIn(command, request),
        }
    }
}

/// Something that was asked for.
#[derive(Clone, Debug)]
pub struct Doing {
    /// What.
    pub deed: Deed,
    /// Its command id: the same at every try.
    pub command: CommandId,
    /// The answer is awaited; else none came, and it may have been done.
    pub awaited: bool,
}

/// Who calls, where she may.
pub(super) fn caller(page: &CounterPage, session: &Session) -> Option<Caller> {
    let me = session.me.value()?;
    let counter = me.counter.as_ref()?;
    let known = page.site(session).and_then(|site| site.counters.iter().find(|one| one.id == *counter));
    let departments = known.map(|one| one.departments.clone()).unwrap_or_default();
    Some(Caller { person: me.id, counter: counter.clone(), departments })
}

impl CounterPage {
    /// Asks for a deed. One is never asked for twice at once; one whose answer never came is asked for as the same.
    fn ask_for(&mut self, deed: Deed) -> Vec<Effect> {
        let same = |doing: &&mut Doing| doing.deed.ticket() == deed.ticket() && doing.deed.is_again(&deed);
        if let Some(doing) = self.doing.iter_mut().find(same) {
            if doing.awaited {
                return Vec::new();
            }
            doing.awaited = true;
            let (again, command) = (doing.deed.clone(), doing.command);
            return vec![self.asks(DEED, again.question(command))];
        }
        // Another deed on the same ticket waits for the answer of the first: its version is not known before.
        let busy = |doing: &Doing| doing.awaited && deed.ticket().is_some() && doing.deed.ticket() == deed.ticket();
        if self.doing.iter().any(busy) {
            return Vec::new();
        }
        self.doing.retain(|doing| doing.awaited || doing.deed.ticket() != deed.ticket());
        let command = CommandId::new();
        let question = deed.question(command);
        self.doing.push(Doing { deed, command, awaited: true });
        vec![self.asks(DEED, question)]
    }

    /// The answer to a deed came, or did not. Says whether one was awaited.
    pub(super) fn answered(&mut self, is: impl Fn(&Deed) -> bool, error: Option<&ClientError>) -> bool {
        let Some(at) = self.doing.iter().position(|doing| doing.awaited && is(&doing.deed)) else { return false };
        if error.is_some_and(ClientError::is_line_down) {
            self.doing[at].awaited = false;
        } else {
            self.doing.remove(at);
        }
        true
    }

    /// Whether something is being done with a ticket.
    #[must_use]
    pub fn is_busy(&self, id: TicketId) -> bool {
        self.doing.iter().any(|doing| doing.awaited && doing.deed.ticket() == Some(id))
    }

    /// Whether somebody is being called.
    #[must_use]
    pub fn is_calling(&self) -> bool {
        self.doing.iter().any(|doing| doing.awaited && matches!(doing.deed, Deed::CallNext(_)))
    }

    /// Calls who is next; where the host could fetch what she lacks it asks first.
    pub(super) fn call_next(&mut self, facing: &Facing<'_>) -> Vec<Effect> {
        let Some(caller) = caller(self, facing.acting.session) else { return Vec::new() };
        if !facing.free {
            return Vec::new();
        }
        let next = self.next(&caller, facing.acting.now);
        let asks_first = next.filter(|next| host_could_fetch(next)).map(|next| next.id);
        if let Some(id) = asks_first
            && self.said != Some(Said::AskFirst(id))
        {
            self.said = Some(Said::AskFirst(id));
            return Vec::new();
        }
        self.said = None;
        self.ask_for(Deed::CallNext(caller.counter))
    }

    pub(super) fn change(&mut self, id: TicketId, change: TicketChange) -> Vec<Effect> {
        let Some(seen) = self.ticket(id).map(|ticket| ticket.etag.clone()) else { return Vec::new() };
        self.said = None;
        self.ask_for(Deed::Change(id, seen, change))
    }

    pub(super) fn send_to_stand(&mut self, id: TicketId, facing: &Facing<'_>) -> Vec<Effect> {
        let stand = self.site(facing.acting.session).and_then(|site| self.free_stand(site)).cloned();
        let Some(stand) = stand else {
            self.said = Some(Said::NoStand);
            return Vec::new();
        };
        self.change(id, TicketChange::Transfer { to: None, counter: Some(stand), card: String::new() })
    }

    pub(super) fn sheet_step(&mut self, input: SheetInput, facing: &Facing<'_>) -> Vec<Effect> {
        let session = facing.acting.session;
        let rows = self.sheet_rows(session);
        let Some(open) = &mut self.open else { return Vec::new() };
        if !matches!(input, SheetInput::Step(_) | SheetInput::Confirm) {
            open.trouble = None;
        }
        match input {
            SheetInput::Close => self.close(),
            SheetInput::Query(typed) => {
                if let Some((query, at)) = open.sheet.search_mut() {
                    *query = typed;
                    *at = 0;
                }
                return self.seek(facing);
            }
            SheetInput::Text(typed) => {
                if let Some(text) = open.sheet.text_mut() {
                    *text = typed;
                }
            }
            SheetInput::Step(step) => {
                if let Some(at) = open.sheet.row_mut() {
                    *at = step.from(Some(*at), rows).unwrap_or(0);
                }
            }
            SheetInput::Take => {
                let at = open.sheet.row_mut().map_or(0, |at| *at);
                return self.take(at, facing);
            }
            SheetInput::TakeAt(at) => return self.take(at, facing),
            SheetInput::Confirm => return self.confirm(facing),
            input => write(open, input),
        }
        Vec::new()
    }

    /// Colleagues at other places are looked for as soon as something is typed.
    fn seek(&mut self, facing: &Facing<'_>) -> Vec<Effect> {
        let Some(Open { sheet: CounterSheet::Transfer(sheet), .. }) = &mut self.open else { return Vec::new() };
        let typed = sheet.query.trim().to_owned();
        if typed.is_empty() || matches!(facing.acting.session.line, Line::Down { .. }) {
            return Vec::new();
        }
        sheet.colleagues.ask(facing.acting.now);
        self.seek = (self.seek + 1) % 64;
        vec![Effect::Ask(self.to(SEEK + self.seek), Question::Colleagues(typed))]
    }

    pub(super) fn colleagues_found(&mut self, slot: u8, answer: Result<Vec<Colleague>, ClientError>, now: Timestamp) {
        if slot != SEEK + self.seek {
            return;
        }
        if let Some(Open { sheet: CounterSheet::Transfer(sheet), .. }) = &mut self.open {
            sheet.colleagues.answer(answer, now);
        }
    }

    /// A row of the sheet is taken.
    fn take(&mut self, at: usize, facing: &Facing<'_>) -> Vec<Effect> {
        let session = facing.acting.session;
        let Some(open) = &self.open else { return Vec::new() };
        match &open.sheet {
            CounterSheet::Transfer(sheet) if sheet.to.is_none() => {
                let target = self.targets(sheet, session).into_iter().nth(at);
                if let Some(Open { sheet: CounterSheet::Transfer(sheet), .. }) = &mut self.open {
                    sheet.to = target;
                }
            }
            CounterSheet::New(sheet) if sheet.reason.is_none() => {
                let reason = reasons(sheet, session).into_iter().nth(at);
                if let Some(Open { sheet: CounterSheet::New(sheet), .. }) = &mut self.open {
                    sheet.reason = reason;
                }
            }
            CounterSheet::CheckIn { query, .. } => {
                if let Some(appointment) = self.arrivals(query).get(at).map(|one| one.appointment) {
                    return self.check_in(appointment, facing);
                }
            }
            CounterSheet::Staff { .. } => {
                let asks = self.colleague_at(at).filter(|one| one.wants_help.is_some() && one.helper.is_none());
                let to = asks.map(|one| one.staff.id).filter(|id| Some(*id) != facing.acting.person());
                if let Some(to) = to {
                    return self.says(AvailabilityRequest::Come { site: self.site.clone(), to }, facing);
                }
            }
            CounterSheet::Availability { .. } => {
                if let Some(availability) = sheets::AVAILABILITY.get(at).copied() {
                    let counter = session.me.value().and_then(|me| me.counter.clone());
                    let site = self.site.clone();
                    return self.says(AvailabilityRequest::State { site, counter, availability }, facing);
                }
            }
            CounterSheet::Sort { ticket, .. } => {
                let ticket = *ticket;
                if let Some(triage) = sheets::TRIAGE.get(at).copied() {
                    return self.send(ticket, Ok(TicketChange::Sort { triage }), facing);
                }
            }
            CounterSheet::Call { .. }
            | CounterSheet::SendOff { .. }
            | CounterSheet::Help { .. }
            | CounterSheet::Transfer(_)
            | CounterSheet::New(_) => return self.confirm(facing),
        }
        Vec::new()
    }

    /// The sheet is sent as it stands; it goes when the answer comes, and stays with the reason when it was refused.
    fn confirm(&mut self, facing: &Facing<'_>) -> Vec<Effect> {
        let session = facing.acting.session;
        let Some(open) = self.open.as_ref().filter(|open| !open.sending) else { return Vec::new() };
        match &open.sheet {
            CounterSheet::Call { ticket, reason } => {
                let change =
                    caller(self, session).map_or(Err(Trouble::Gone), |caller| sheets::call(reason, caller.counter));
                self.send(*ticket, change, facing)
            }
            CounterSheet::SendOff { ticket, card } => self.send(*ticket, sheets::send_off(card), facing),
            CounterSheet::Transfer(sheet) => self.send(sheet.ticket, sheet.change(), facing),
            CounterSheet::Help { with } => match sheets::help(with) {
                Ok(with) => self.says(AvailabilityRequest::Help { site: self.site.clone(), with }, facing),
                Err(trouble) => self.trouble(trouble),
            },
            CounterSheet::New(sheet) => match sheet.request(self) {
                Ok(_) if is_down(facing) => self.trouble(Trouble::Refused(ClientError::Offline)),
                Ok(request) => self.sending(Deed::Give(request)),
                Err(trouble) => self.trouble(trouble),
            },
            CounterSheet::CheckIn { at, .. }
            | CounterSheet::Staff { at }
            | CounterSheet::Availability { at }
            | CounterSheet::Sort { at, .. } => {
                let at = *at;
                self.take(at, facing)
            }
        }
    }

    fn check_in(&mut self, appointment: AppointmentId, facing: &Facing<'_>) -> Vec<Effect> {
        if is_down(facing) {
            return self.trouble(Trouble::Refused(ClientError::Offline));
        }
        // At a second try the ticket keeps the identifier of the first.
        let before = self.doing.iter().find_map(|doing| match &doing.deed {
            Deed::CheckIn(request) if request.appointment == appointment => Some(request.id),
            _ => None,
        });
        let id = before.unwrap_or_else(TicketId::new);
        self.sending(Deed::CheckIn(CheckInRequest { id, appointment }))
    }

    fn send(&mut self, id: TicketId, change: Result<TicketChange, Trouble>, facing: &Facing<'_>) -> Vec<Effect> {
        let change = match change {
            Ok(_) if is_down(facing) => return self.trouble(Trouble::Refused(ClientError::Offline)),
            Ok(change) => change,
            Err(trouble) => return self.trouble(trouble),
        };
        match self.ticket(id).map(|ticket| ticket.etag.clone()) {
            Some(seen) => self.sending(Deed::Change(id, seen, change)),
            None => self.trouble(Trouble::Gone),
        }
    }

    fn says(&mut self, request: AvailabilityRequest, facing: &Facing<'_>) -> Vec<Effect> {
        if is_down(facing) {
            return self.trouble(Trouble::Refused(ClientError::Offline));
        }
        if let Some(open) = &mut self.open {
            open.sending = true;
        }
        if matches!(request, AvailabilityRequest::Help { .. }) {
            self.said = Some(Said::HelpAsked);
        }
        vec![self.availability_says(request)]
    }

    fn sending(&mut self, deed: Deed) -> Vec<Effect> {
        let effects = self.ask_for(deed);
        if let Some(open) = self.open.as_mut().filter(|_| !effects.is_empty()) {
            open.sending = true;
        }
        effects
    }

    fn trouble(&mut self, trouble: Trouble) -> Vec<Effect> {
        if let Some(open) = &mut self.open {
            open.trouble = Some(trouble);
        }
        Vec::new()
    }
}

const fn is_down(facing: &Facing<'_>) -> bool {
    matches!(facing.acting.session.line, Line::Down { .. })
}

/// What is filled in beside lines and rows.
fn write(open: &mut Open, input: SheetInput) {
    match (&mut open.sheet, input) {
        (CounterSheet::Transfer(sheet), SheetInput::Another) => sheet.to = None::<Target>,
        (CounterSheet::New(sheet), SheetInput::Another) => sheet.reason = None,
        (CounterSheet::New(sheet), SheetInput::People(people)) => sheet.people = people.clamp(1, MOST_PEOPLE),
        (CounterSheet::New(sheet), SheetInput::Language(language)) => sheet.language = language,
        (CounterSheet::New(sheet), SheetInput::Triage(triage)) => sheet.triage = triage,
        (CounterSheet::New(sheet), SheetInput::PrivateRoom) => sheet.private_room = !sheet.private_room,
        (CounterSheet::New(sheet), SheetInput::Hers) => sheet.hers = !sheet.hers && sheet.open.is_some(),
        _ => {}
    }
}
