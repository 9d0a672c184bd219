//! The queue as a part of the desk: who calls, who stands where after a call, whom a ticket belongs to. What does not live here: what the
//! page itself does (`super`), what goes on at the two stands (`serving`).

use jiff::Timestamp;
use skranke_api::Purpose;
use skranke_api::events::Event;
use skranke_api::purpose::PurposeKind;
use skranke_api::tickets::{Ticket as QueueTicket, TicketChange};
use skranke_domain::authority::Role;
use skranke_domain::queue::TicketState;
use skranke_domain::{CitizenId, TicketId};

use super::{Caller, CounterInput, CounterPage, Facing, NoCall, deeds};
use crate::acting::acting;
use crate::ask::Reply;
use crate::desk::{Desk, Place};
use crate::effect::{Effect, Room, Ticket};
use crate::finder::Finder;
use crate::session::Line;
use crate::stands::StandId;

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

    /// The one who calls, or why nobody can be called now.
    ///
    /// # Errors
    /// Why nobody can be called.
    pub fn caller(&self) -> Result<Caller, NoCall> {
        if matches!(self.session.line, Line::Down { .. }) {
            return Err(NoCall::Line);
        }
        let (Some(page), Some(me)) = (&self.counter, self.session.me.value()) else { return Err(NoCall::NotKnown) };
        if matches!(me.role, Role::Host | Role::Guest) {
            return Err(NoCall::Role);
        }
        if page.queue.value().is_none() {
            return Err(NoCall::NotKnown);
        }
        let caller = deeds::caller(page, &self.session).ok_or(NoCall::NoCounter)?;
        if self.free_stand().is_none() { Err(NoCall::StandsTaken) } else { Ok(caller) }
    }

    /// The stand for the next who is called: the first that nobody stands at.
    #[must_use]
    pub fn free_stand(&self) -> Option<StandId> {
        StandId::BOTH.into_iter().find(|at| self.stands.get(*at).is_empty())
    }

    /// The ticket of the stand in front.
    #[must_use]
    pub fn ticket_in_front(&self) -> Option<&QueueTicket> {
        self.counter.as_ref()?.ticket(self.stands.active().ticket?)
    }

    pub(crate) fn counter_step(&mut self, input: CounterInput, now: Timestamp) -> Vec<Effect> {
        if let CounterInput::Identify(ticket) = input {
            return self.identify(ticket);
        }
        let open = self.citizen().filter(|_| self.stands.active().ticket.is_none());
        let open = open.filter(|page| page.identity.value().is_some()).map(|page| (page.id, page.full_name()));
        let facing = Facing { open, free: self.free_stand().is_some(), acting: acting!(self, now) };
        self.counter.as_mut().map(|page| page.update(input, &facing)).unwrap_or_default()
    }

    pub(crate) fn counter_replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) -> Vec<Effect> {
        let Some(page) = &mut self.counter else { return Vec::new() };
        if ticket.generation != page.generation {
            return Vec::new();
        }
        let mut effects = match reply {
            Reply::Colleagues(answer) => {
                page.colleagues_found(ticket.slot, answer, now);
                Vec::new()
            }
            Reply::Queue(reply) => page.replied(ticket.slot, reply, now),
            _ => Vec::new(),
        };
        effects.extend(self.take_up_mine(now));
        effects
    }

    /// An event of the queue, of who works here, or of a stand.
    pub(crate) fn counter_heard(&mut self, event: &Event, now: Timestamp) -> Vec<Effect> {
        match &mut self.counter {
            Some(page) => page.heard(event, now),
            None => Vec::new(),
        }
    }

    /// Whoever is called or served at this counter stands at one of the stands: after a call, and after the window was opened anew. While
    /// the clerk is not at the queue nobody appears at a stand by herself. Who was called just now is in front.
    fn take_up_mine(&mut self, now: Timestamp) -> Vec<Effect> {
        let called = self.counter.as_mut().and_then(|page| page.called.take());
        let Some(page) = self.counter.as_ref().filter(|_| self.place() == Place::Queue) else { return Vec::new() };
        let Some(caller) = deeds::caller(page, &self.session) else { return Vec::new() };
        let is_mine = |ticket: &&QueueTicket| {
            matches!(ticket.state, TicketState::Called | TicketState::Serving)
                && ticket.counter.as_ref() == Some(&caller.counter)
                && ticket.staff.as_ref().is_some_and(|staff| staff.id == caller.person)
                && !self.is_leaving(ticket.id)
        };
        let mine: Vec<QueueTicket> = page.tickets().iter().filter(is_mine).cloned().collect();
        let effects: Vec<Effect> = mine.into_iter().flat_map(|ticket| self.called(&ticket, now)).collect();
        if let Some(at) = called.and_then(|id| self.stand_of(id)).filter(|at| *at != self.stands.front()) {
            self.stands.bring_to_front(at);
            self.stands.active_mut().enter(Place::Queue);
        }
        effects
    }

    /// The stand that a ticket stands at.
    fn stand_of(&self, id: TicketId) -> Option<StandId> {
        StandId::BOTH.into_iter().find(|at| self.stands.get(*at).ticket == Some(id))
    }

    /// Somebody is called here: she comes to the stand that is free, A first, with her page where it is known who she is. What is on the
    /// screen stays there.
    fn called(&mut self, ticket: &QueueTicket, now: Timestamp) -> Vec<Effect> {
        if self.stand_of(ticket.id).is_some() {
            return Vec::new();
        }
        // She may be open already, because she was looked up while she waited.
        let hers = |at: &StandId| {
            let stand = self.stands.get(*at);
            stand.ticket.is_none() && stand.citizen.as_ref().is_some_and(|page| Some(page.id) == ticket.citizen)
        };
        let Some(at) = StandId::BOTH.into_iter().find(hers).or_else(|| self.free_stand()) else { return Vec::new() };
        let known = self.stands.get(at).citizen.is_some();
        self.stands.get_mut(at).ticket = Some(ticket.id);
        let Some(citizen) = ticket.citizen.filter(|_| !known) else { return Vec::new() };
        let (front, place) = (self.stands.front(), self.stands.get(at).place);
        let (finder, turned) = (self.finder.take(), self.turned.take());
        let purpose = Purpose::noted(PurposeKind::Ticket, Some(ticket.number.clone()));
        let mut effects = self.open_citizen(at, citizen, purpose, now);
        // Somebody may be looked for, or look at the turned screen, at this moment: that goes on.
        effects.retain(|effect| !matches!(effect, Effect::Abandon(Room::Finder)));
        (self.finder, self.turned) = (finder, turned);
        let stand = self.stands.get_mut(at);
        stand.ticket = Some(ticket.id);
        stand.enter(place);
        self.stands.bring_to_front(front);
        effects
    }

    /// Who it is is looked up in the palette; whoever is chosen there is she.
    fn identify(&mut self, ticket: TicketId) -> Vec<Effect> {
        let generation = self.next_generation();
        let Some(page) = &mut self.counter else { return Vec::new() };
        page.identifying = Some(ticket);
        page.close();
        self.finder = Some(Finder::new(PurposeKind::Ticket, generation));
        Vec::new()
    }

    /// Whether whoever is chosen in the palette is the one who has a ticket.
    #[must_use]
    pub fn is_identifying(&self) -> bool {
        self.finder.is_some() && self.counter.as_ref().is_some_and(|page| page.identifying.is_some())
    }

    /// A citizen was chosen in the palette while it was asked who has a ticket: it is hers. None where nobody asked.
    pub(crate) fn identified(&mut self, citizen: CitizenId, now: Timestamp) -> Option<Vec<Effect>> {
        self.finder.as_ref()?;
        let ticket = self.counter.as_mut()?.identifying.take()?;
        self.finder = None;
        let mut effects = vec![Effect::Abandon(Room::Finder)];
        let change = TicketChange::Identify { citizen, cases: Vec::new() };
        effects.extend(self.counter_step(CounterInput::Do(ticket, change), now));
        Some(effects)
    }
}
