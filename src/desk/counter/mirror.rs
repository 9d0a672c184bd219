//! The form at a self-service stand as the citizen sees it: followed while she is there, to be read only; and pointing at the field she is
//! on. What does not live here: the form itself (the stand's), her ticket (`serving`).

use std::time::Duration;

use jiff::Timestamp;
use skranke_api::tickets::{PointRequest, StandView};
use skranke_client::ClientError;
use skranke_domain::{CounterId, TicketId};

use super::changes::FORM;
use super::serving::StandTrouble;
use crate::ask::QueueQuestion;
use crate::desk::{Desk, Place};
use crate::effect::{self, Effect, Wake};
use crate::load::Load;
use crate::stands::StandId;

/// How often the form is asked for while it is in sight and no news comes.
const EVERY: Duration = Duration::from_secs(3);

/// A form that is followed.
#[derive(Clone, Debug)]
pub(super) struct Mirror {
    counter: CounterId,
    ticket: TicketId,
    view: Load<StandView>,
    /// Which following it is: a timer of an earlier one does nothing.
    number: u64,
}

impl Desk {
    /// What goes on at the self-service stand that is followed at a stand.
    #[must_use]
    pub fn mirror_at(&self, stand: StandId) -> Option<&StandView> {
        let mirror = self.serving.mirror(stand)?;
        let hers = |view: &&StandView| view.session.as_ref().is_none_or(|session| session.ticket == mirror.ticket);
        // Whoever came to the stand after her is nobody whom this panel shows.
        mirror.view.value().filter(hers)
    }

    /// Since when what is shown of the form is old, where the line is broken.
    #[must_use]
    pub fn mirror_trouble(&self, stand: StandId) -> Option<&ClientError> {
        self.serving.mirror(stand)?.view.trouble()
    }

    /// As at when the form is shown.
    #[must_use]
    pub fn mirror_as_of(&self, stand: StandId) -> Option<Timestamp> {
        self.serving.mirror(stand)?.view.as_of()
    }

    /// The form is followed exactly while its ticket stands there.
    pub(super) fn mirror_follows(&mut self, stand: StandId, now: Timestamp) -> Vec<Effect> {
        let ticket = self.ticket_at(stand).filter(|ticket| self.is_self_service(ticket));
        let Some((counter, ticket)) = ticket.and_then(|ticket| Some((ticket.counter.clone()?, ticket.id))) else {
            *self.serving.mirror_mut(stand) = None;
            return Vec::new();
        };
        let same = |mirror: &Mirror| mirror.counter == counter && mirror.ticket == ticket;
        if self.serving.mirror(stand).is_some_and(same) {
            return Vec::new();
        }
        self.serving.generation += 1;
        let number = self.serving.generation;
        *self.serving.mirror_mut(stand) = Some(Mirror { counter, ticket, view: Load::Idle, number });
        let mut effects = self.ask_form(stand, now);
        effects.push(Effect::Wake(EVERY, Wake::Mirror { stand, number }));
        effects
    }

    fn ask_form(&mut self, stand: StandId, now: Timestamp) -> Vec<Effect> {
        let Some(mirror) = self.serving.mirror_mut(stand) else { return Vec::new() };
        if mirror.view.is_waiting() {
            return Vec::new();
        }
        mirror.view.ask(now);
        let (counter, generation) = (mirror.counter.clone(), mirror.number);
        vec![self.of_form(stand, generation, QueueQuestion::Stand(counter))]
    }

    fn of_form(&self, stand: StandId, generation: u64, question: QueueQuestion) -> Effect {
        let slot = FORM + if stand == StandId::A { 0 } else { 1 };
        match self.ask_serving(slot, question) {
            Effect::Ask(ticket, question) => Effect::Ask(effect::Ticket { generation, ..ticket }, question),
            other => other,
        }
    }

    /// Something was typed at a stand.
    pub(crate) fn form_heard(&mut self, subject: &str, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        for stand in StandId::BOTH {
            let named = |mirror: &Mirror| subject.rsplit('/').next() == Some(mirror.counter.as_str());
            if self.serving.mirror(stand).is_some_and(named) {
                effects.extend(self.ask_form(stand, now));
            }
        }
        effects
    }

    pub(crate) fn mirror_woken(&mut self, stand: StandId, number: u64, now: Timestamp) -> Vec<Effect> {
        if self.serving.mirror(stand).is_none_or(|mirror| mirror.number != number) {
            return Vec::new();
        }
        let mut effects = vec![Effect::Wake(EVERY, Wake::Mirror { stand, number })];
        if self.place() == Place::Queue && self.lock.locked().is_none() {
            effects.extend(self.ask_form(stand, now));
        }
        effects
    }

    pub(super) fn form_came(
        &mut self,
        asked: effect::Ticket,
        counter: &CounterId,
        answer: Result<StandView, ClientError>,
        now: Timestamp,
    ) -> Vec<Effect> {
        let stand = if asked.slot == FORM { StandId::A } else { StandId::B };
        let Some(mirror) = self.serving.mirror_mut(stand) else { return Vec::new() };
        if mirror.number == asked.generation && mirror.counter == *counter {
            mirror.view.answer(answer, now);
        }
        Vec::new()
    }

    /// Points at the field she is on; a second time stops pointing.
    pub(super) fn point_at(&mut self, stand: StandId) -> Vec<Effect> {
        self.serving.trouble = None;
        if self.line_is_down() {
            self.serving.trouble = Some((stand, StandTrouble::Line));
            return Vec::new();
        }
        let Some(session) = self.mirror_at(stand).and_then(|view| view.session.as_ref()) else { return Vec::new() };
        let active = session.fields.iter().find(|field| field.active).map(|field| field.id.clone());
        let field = active.filter(|active| session.pointed.as_ref() != Some(active));
        let Some(mirror) = self.serving.mirror(stand) else { return Vec::new() };
        let question = QueueQuestion::Point(mirror.counter.clone(), PointRequest { field });
        vec![self.of_form(stand, mirror.number, question)]
    }

    fn line_is_down(&self) -> bool {
        matches!(self.session.line, crate::session::Line::Down { .. })
    }
}
