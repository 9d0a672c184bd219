//! How a ticket's change travels: true now or never, save what must not be lost because the line broke (that she was served, and that the
//! contact is registered), which is asked again with the same command. What does not live here: what the keys of a stand mean (`serving`).

use jiff::Timestamp;
use skranke_api::ProblemKind;
use skranke_api::tickets::{Ticket, TicketChange};
use skranke_client::ClientError;
use skranke_domain::queue::{TicketDeed, step};
use skranke_domain::{CommandId, TicketId};

use super::queue::merge;
use super::serving::{SLOTS, StandTrouble};
use crate::ask::{Question, QueueQuestion, QueueReply};
use crate::desk::Desk;
use crate::effect::{self, Effect, Room};
use crate::stands::StandId;

const CHANGE: u8 = SLOTS;
/// A ticket is looked at anew because somebody was first.
const LOOK: u8 = SLOTS + 1;
/// The form at A; that at B stands one further.
pub(super) const FORM: u8 = SLOTS + 2;

/// A change that is not answered.
#[derive(Clone, Debug)]
pub(super) struct Moving {
    pub(super) ticket: TicketId,
    pub(super) change: TicketChange,
    /// Where it is said if it cannot be done.
    stand: Option<StandId>,
    command: CommandId,
    how: How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// Behind another change of its ticket.
    Behind,
    /// Asked.
    Asked,
    /// The line broke: asked again when it is back, with the same command.
    Line,
    /// Somebody was first: asked again on what stands then.
    Looking,
}

impl Moving {
    /// It is asked until it is answered: the visit is over, whatever the line does.
    const fn lasts(&self) -> bool {
        matches!(self.change, TicketChange::Finish { .. } | TicketChange::Wrapped)
    }

    const fn fits(&self, ticket: &Ticket) -> bool {
        let deed = match self.change {
            TicketChange::Finish { .. } => TicketDeed::Finish,
            TicketChange::Wrapped if !ticket.unwrapped => return false,
            _ => TicketDeed::Wrap,
        };
        step(ticket.state, deed).is_ok()
    }
}

impl Desk {
    /// Changes a ticket on the version that is known; behind what is still under way for it.
    pub(super) fn change_ticket(
        &mut self,
        ticket: TicketId,
        change: TicketChange,
        stand: Option<StandId>,
        now: Timestamp,
    ) -> Vec<Effect> {
        let same = |one: &Moving| one.ticket == ticket && one.change == change;
        if self.serving.moving.iter().any(same) {
            return Vec::new();
        }
        let (command, how) = (CommandId::new(), How::Behind);
        self.serving.moving.push(Moving { ticket, change, stand, command, how });
        self.move_on(ticket, now)
    }

    /// The first change of a ticket that is not asked yet is asked.
    fn move_on(&mut self, ticket: TicketId, _now: Timestamp) -> Vec<Effect> {
        let seen = self.counter.as_ref().and_then(|page| page.ticket(ticket)).map(|known| known.etag.clone());
        let Some(first) = self.serving.moving.iter_mut().find(|one| one.ticket == ticket) else { return Vec::new() };
        let Some(seen) = seen else {
            // It is not in the queue any more: nothing is left to be changed.
            self.serving.moving.retain(|one| one.ticket != ticket);
            return Vec::new();
        };
        if first.how != How::Behind {
            return Vec::new();
        }
        first.how = How::Asked;
        let question = QueueQuestion::Change(first.command, ticket, seen, first.change.clone());
        vec![self.ask_serving(CHANGE, question)]
    }

    pub(super) fn ask_serving(&self, slot: u8, question: QueueQuestion) -> Effect {
        Effect::Ask(effect::Ticket { room: Room::Counter, generation: 0, slot }, Question::Queue(question))
    }

    /// The line is back: what must not be lost is asked again.
    pub(crate) fn serving_line_up(&mut self, now: Timestamp) -> Vec<Effect> {
        let waiting: Vec<TicketId> =
            self.serving.moving.iter().filter(|one| one.how == How::Line).map(|one| one.ticket).collect();
        for one in self.serving.moving.iter_mut().filter(|one| one.how == How::Line) {
            one.how = How::Behind;
        }
        waiting.into_iter().flat_map(|ticket| self.move_on(ticket, now)).collect()
    }

    pub(super) fn queue_replied(&mut self, asked: effect::Ticket, reply: QueueReply, now: Timestamp) -> Vec<Effect> {
        match reply {
            QueueReply::Ticket(id, answer) => match (*answer, asked.slot) {
                (Ok(tagged), CHANGE) => self.changed(id, tagged.value, now),
                (Ok(tagged), _) => self.looked(id, tagged.value, now),
                (Err(error), CHANGE) => self.not_changed(id, error, now),
                (Err(_), _) => {
                    self.serving.moving.retain(|one| one.ticket != id || one.how != How::Looking);
                    self.move_on(id, now)
                }
            },
            QueueReply::Stand(counter, answer) => self.form_came(asked, &counter, *answer, now),
            _ => Vec::new(),
        }
    }

    fn put_ticket(&mut self, ticket: Ticket) {
        if let Some(queue) = self.counter.as_mut().and_then(|page| page.queue.value_mut()) {
            merge(queue, ticket);
        }
    }

    fn changed(&mut self, id: TicketId, ticket: Ticket, now: Timestamp) -> Vec<Effect> {
        if let Some(done) = self.serving.moving.iter().position(|one| one.ticket == id && one.how == How::Asked) {
            self.serving.moving.remove(done);
        }
        if !ticket.unwrapped {
            self.serving.registered.retain(|one| *one != id);
        }
        self.put_ticket(ticket);
        self.move_on(id, now)
    }

    fn looked(&mut self, id: TicketId, ticket: Ticket, now: Timestamp) -> Vec<Effect> {
        self.serving.moving.retain(|one| one.ticket != id || one.how != How::Looking || one.fits(&ticket));
        for one in self.serving.moving.iter_mut().filter(|one| one.ticket == id && one.how == How::Looking) {
            // It was refused as it was, so that it is another command now.
            (one.how, one.command) = (How::Behind, CommandId::new());
        }
        self.put_ticket(ticket);
        self.move_on(id, now)
    }

    fn not_changed(&mut self, id: TicketId, error: ClientError, now: Timestamp) -> Vec<Effect> {
        let Some(at) = self.serving.moving.iter().position(|one| one.ticket == id && one.how == How::Asked) else {
            return Vec::new();
        };
        let (lasts, stand) = (self.serving.moving[at].lasts(), self.serving.moving[at].stand);
        let kind = error.kind();
        let was_first = matches!(kind, Some(ProblemKind::Stale | ProblemKind::Transition));
        if lasts && error.is_line_down() {
            self.serving.moving[at].how = How::Line;
            return Vec::new();
        }
        if lasts && was_first {
            self.serving.moving[at].how = How::Looking;
        } else {
            self.serving.moving.remove(at);
            self.serving.trouble = stand.map(|stand| {
                let trouble = match kind {
                    _ if error.is_line_down() => StandTrouble::Line,
                    Some(ProblemKind::Stale) => StandTrouble::Changed,
                    _ => StandTrouble::Refused(error),
                };
                (stand, trouble)
            });
        }
        if was_first {
            return vec![self.ask_serving(LOOK, QueueQuestion::Ticket(id))];
        }
        self.move_on(id, now)
    }
}
