//! Who else is on the case, and saying what one does there oneself. What does not live here: how long a presence holds (the server's).

use std::time::Duration;

use jiff::Timestamp;
use skranke_api::casework::{Doing, PRESENCE_SECONDS, PresenceRequest, PresenceView};
use skranke_domain::ItemId;

use super::CasePage;
use crate::ask::Question;
use crate::effect::{Effect, Room, Ticket, Wake};

/// The slot of its questions in the case's room.
pub(super) const PRESENCE: u8 = 1;

/// Who is on the case.
#[derive(Clone, Debug, Default)]
pub struct Presence {
    /// Everybody else, in the order in which they came.
    pub others: Vec<PresenceView>,
    said: Option<PresenceRequest>,
    waking: bool,
}

impl CasePage {
    /// Says what she does here where it is not what was said last; renewed for as long as the case is on the screen.
    pub(crate) fn presence_follows(&mut self, on_screen: bool, now: Timestamp) -> Vec<Effect> {
        // Nobody is anywhere before it is known that she may be here.
        if self.view.value().is_none() {
            return Vec::new();
        }
        let doing = if on_screen { self.doing(now) } else { PresenceRequest { doing: Doing::Left, item: None } };
        let said = self.presence.said.as_ref();
        let news = match said {
            None => doing.doing != Doing::Left,
            Some(said) => *said != doing,
        };
        let mut effects = Vec::new();
        if news {
            effects.push(self.say(doing.clone()));
            self.presence.said = (doing.doing != Doing::Left).then_some(doing);
        }
        if on_screen && !self.presence.waking {
            self.presence.waking = true;
            let wake = Wake::Presence { stand: self.stand, generation: self.generation };
            effects.push(Effect::Wake(Duration::from_secs(PRESENCE_SECONDS * 2 / 3), wake));
        }
        effects
    }

    /// What was said is about to be forgotten: it is said again by whoever is still here.
    pub(crate) fn presence_woken(&mut self, generation: u64) {
        if generation == self.generation {
            self.presence.waking = false;
            self.presence.said = None;
        }
    }

    /// What is said when the page goes.
    pub(crate) fn leaving(&self) -> Option<Effect> {
        self.presence.said.as_ref().map(|_| self.say(PresenceRequest { doing: Doing::Left, item: None }))
    }

    fn say(&self, request: PresenceRequest) -> Effect {
        let ticket = Ticket { room: Room::Case(self.stand), generation: self.generation, slot: PRESENCE };
        Effect::Ask(ticket, Question::Presence(self.id, request))
    }

    fn doing(&self, now: Timestamp) -> PresenceRequest {
        let editing = |item: Option<ItemId>| PresenceRequest { doing: Doing::Editing, item };
        match &self.dialog {
            Some(dialog) => editing(Some(dialog.item.clone())),
            None if self.work.sheet.is_some() || self.request.is_writing(now) => editing(None),
            None => PresenceRequest { doing: Doing::Reading, item: None },
        }
    }
}
