//! The counter: who waits at the site, who is called, served and parked, who works here, and the wrap-up of who left. What does not live
//! here: the citizens' pages (see `citizen`), which stand is in front (see `stands`), the rule of who is next (the server's).

use jiff::Timestamp;
use skranke_api::events::{Event, EventKind};
use skranke_api::tickets::QueueView;
use skranke_domain::SiteId;
use skranke_domain::queue::TicketState;

use crate::acting::{Acting, acting};
use crate::ask::{Question, QueueQuestion, QueueReply, Reply};
use crate::desk::Desk;
use crate::effect::{Effect, Room, Ticket};
use crate::load::Load;

/// The counter.
#[derive(Clone, Debug)]
pub struct CounterPage {
    /// The site whose queue it is.
    pub site: SiteId,
    /// The queue.
    pub queue: Load<QueueView>,
    generation: u64,
}

/// What happens at the counter.
#[derive(Clone, Debug)]
pub enum CounterInput {
    /// Ask again.
    AskAgain,
}

impl CounterPage {
    pub(crate) fn open(site: SiteId, generation: u64, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut page = Self { site, queue: Load::Idle, generation };
        let effects = page.ask(now);
        (page, effects)
    }

    /// How many wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        let all = self.queue.value().map(|queue| queue.tickets.as_slice()).unwrap_or_default();
        all.iter().filter(|ticket| ticket.state == TicketState::Waiting).count()
    }

    const fn ticket(&self, slot: u8) -> Ticket {
        Ticket { room: Room::Counter, generation: self.generation, slot }
    }

    /// Asks for the queue (again).
    pub(crate) fn ask(&mut self, now: Timestamp) -> Vec<Effect> {
        self.queue.ask(now);
        vec![Effect::Ask(self.ticket(0), Question::Queue(QueueQuestion::Queue(self.site.clone())))]
    }

    pub(crate) fn update(&mut self, input: CounterInput, acting: Acting<'_>) -> Vec<Effect> {
        match input {
            CounterInput::AskAgain => self.ask(acting.now),
        }
    }

    pub(crate) fn replied(&mut self, ticket: Ticket, reply: QueueReply, now: Timestamp) -> Vec<Effect> {
        if ticket.generation != self.generation {
            return Vec::new();
        }
        if let QueueReply::Queue(answer) = reply {
            self.queue.answer(*answer, now);
        }
        Vec::new()
    }

    /// Something changed at the site.
    pub(crate) fn heard(&mut self, _event: &Event, now: Timestamp) -> Vec<Effect> {
        self.ask(now)
    }
}

impl Desk {
    /// The queue of the site that she works at, once it is known.
    pub(crate) fn ready_counter(&mut self, now: Timestamp) -> Vec<Effect> {
        if let Some(page) = &mut self.counter {
            return page.ask(now);
        }
        let Some(site) = self.session.me.value().map(|me| me.site.clone()) else { return Vec::new() };
        let (page, effects) = CounterPage::open(site, self.next_generation(), now);
        self.counter = Some(page);
        effects
    }

    pub(crate) fn counter_step(&mut self, input: CounterInput, now: Timestamp) -> Vec<Effect> {
        let acting = acting!(self, now);
        self.counter.as_mut().map(|page| page.update(input, acting)).unwrap_or_default()
    }

    pub(crate) fn counter_replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) -> Vec<Effect> {
        let (Some(page), Reply::Queue(reply)) = (&mut self.counter, reply) else { return Vec::new() };
        page.replied(ticket, reply, now)
    }

    /// An event of the queue, of who works here, or of a stand.
    pub(crate) fn counter_heard(&mut self, event: &Event, now: Timestamp) -> Vec<Effect> {
        let of_the_counter =
            matches!(event.kind, EventKind::TicketChanged | EventKind::AvailabilityChanged | EventKind::StandChanged);
        match &mut self.counter {
            Some(page) if of_the_counter => page.heard(event, now),
            _ => Vec::new(),
        }
    }
}
