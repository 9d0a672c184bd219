//! Who is served: which ticket stands at which stand, what its panel needs beside her page, and what the keys of a stand do. What does not
//! live here: the queue (`queue`), how a ticket's change travels (`changes`), a self-service stand's form (`mirror`), the wrap-up (`wrap_up`).

use jiff::Timestamp;
use skranke_api::Purpose;
use skranke_api::appointments::Counter;
use skranke_api::cases::CaseView;
use skranke_api::purpose::PurposeKind;
use skranke_api::tickets::{StandStepState, Ticket, TicketChange};
use skranke_client::ClientError;
use skranke_domain::appointment::CounterKind;
use skranke_domain::queue::TicketState;
use skranke_domain::{CaseId, CitizenId, StaffId, TicketId};

use super::CounterInput;
use super::changes::Moving;
use super::mirror::Mirror;
use super::wrap_up::{WrapUp, WrapUpInput};
use crate::acting::acting;
use crate::ask::{Question, Reply};
use crate::citizen::CitizenPage;
use crate::desk::{Desk, Place};
use crate::effect::{self, Effect, Room};
use crate::load::Load;
use crate::sheets::{Facing, Sheet};
use crate::stands::StandId;

/// The first slot of the counter's questions that belongs to who is served.
pub(crate) const SLOTS: u8 = 128;
/// The cases of the ticket at A, from here on; those of B stand [`PER_STAND`] further.
const MATTERS: u8 = 160;
/// How many cases of a ticket are read for its panel.
const PER_STAND: u8 = 4;

/// Who is served, and what is left of who was.
#[derive(Clone, Debug, Default)]
pub struct Serving {
    /// The wrap-ups that are not saved, the oldest first.
    pub wrap_ups: Vec<WrapUp>,
    /// What could not be done at a stand, since the last deed there.
    pub trouble: Option<(StandId, StandTrouble)>,
    /// The stand whose form fills the room of both.
    pub enlarged: Option<StandId>,
    pub(super) mirrors: [Option<Mirror>; 2],
    pub(super) matters: [Matters; 2],
    pub(super) moving: Vec<Moving>,
    /// Visits whose contact is registered, and whose ticket is not told so yet.
    pub(super) registered: Vec<TicketId>,
    /// Rises with every panel, so that an answer for one ticket never lands on another.
    pub(super) generation: u64,
}

/// The cases that a ticket is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Matters {
    ticket: Option<TicketId>,
    citizen: Option<CitizenId>,
    cases: Vec<(CaseId, Load<CaseView>)>,
    generation: u64,
}

/// Why something could not be done at a stand.
#[derive(Clone, Debug)]
pub enum StandTrouble {
    /// The line is broken: nothing was changed.
    Line,
    /// A colleague changed the ticket meanwhile: it is shown as it stands now.
    Changed,
    /// The server refused.
    Refused(ClientError),
    /// What was typed on her page is not sent yet.
    Unsaved,
}

/// Why somebody cannot be finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFinished {
    /// Nobody is there.
    Nobody,
    /// She is on her way.
    OnHerWay,
    /// The form at the stand is not done.
    FormGoesOn,
}

/// What is done at the stands and with the wrap-ups.
#[derive(Clone, Debug)]
pub enum ServingInput {
    /// She stands at the counter.
    Start(StandId),
    /// She is called again.
    Recall(StandId),
    /// She did not come.
    Noshow(StandId),
    /// She waits for something while another is served.
    Hold(StandId),
    /// She is served.
    Finish(StandId),
    /// Her page, whatever page is open there.
    Open(StandId),
    /// Her form fills the room of both stands, or no longer.
    SeePage(StandId),
    /// Point at the field she is on, or stop pointing.
    Point(StandId),
    /// With the wrap-up that is shown.
    WrapUp(WrapUpInput),
}

const fn at(stand: StandId) -> usize {
    match stand {
        StandId::A => 0,
        StandId::B => 1,
    }
}

impl Serving {
    /// The wrap-up that is shown: the oldest that is not saved.
    #[must_use]
    pub fn wrap_up(&self) -> Option<&WrapUp> {
        self.wrap_ups.iter().find(|one| !one.is_saved())
    }

    /// How many wait, the one that is shown among them.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.wrap_ups.iter().filter(|one| !one.is_saved()).count()
    }

    pub(super) const fn mirror(&self, stand: StandId) -> Option<&Mirror> {
        self.mirrors[at(stand)].as_ref()
    }

    pub(super) const fn mirror_mut(&mut self, stand: StandId) -> &mut Option<Mirror> {
        &mut self.mirrors[at(stand)]
    }

    fn forget(&mut self, stand: StandId) {
        self.mirrors[at(stand)] = None;
        self.matters[at(stand)] = Matters::default();
        if self.enlarged == Some(stand) {
            self.enlarged = None;
        }
        if self.trouble.as_ref().is_some_and(|(where_, _)| *where_ == stand) {
            self.trouble = None;
        }
    }
}

impl Desk {
    /// The ticket that is served at a stand.
    #[must_use]
    pub fn ticket_at(&self, stand: StandId) -> Option<&Ticket> {
        let id = self.stands.get(stand).ticket?;
        self.counter.as_ref()?.tickets().iter().find(|ticket| ticket.id == id)
    }

    /// The page of whom the ticket at a stand belongs to: never somebody else's who is open there.
    #[must_use]
    pub fn page_at(&self, stand: StandId) -> Option<&CitizenPage> {
        let page = self.stands.get(stand).citizen.as_ref()?;
        match self.ticket_at(stand) {
            Some(ticket) => (ticket.citizen == Some(page.id)).then_some(page),
            None => Some(page),
        }
    }

    /// The cases that the ticket at a stand is about, as far as they are known.
    pub fn matters_at(&self, stand: StandId) -> impl Iterator<Item = &CaseView> {
        let matters = &self.serving.matters[at(stand)];
        let hers = self.stands.get(stand).ticket.is_some() && matters.ticket == self.stands.get(stand).ticket;
        matters.cases.iter().filter(move |_| hers).filter_map(|(_, case)| case.value())
    }

    /// How long she has been served at a stand, in whole seconds; where she is not served yet, none.
    #[must_use]
    pub fn seconds_at(&self, stand: StandId, now: Timestamp) -> Option<u64> {
        let began = match self.ticket_at(stand) {
            Some(ticket) => ticket.began?,
            None => return Some(self.stands.get(stand).citizen.as_ref()?.visit.seconds(now).unsigned_abs()),
        };
        Some(now.duration_since(began).as_secs().max(0).unsigned_abs())
    }

    /// A place by its identifier.
    #[must_use]
    pub fn counter_named(&self, id: &skranke_domain::CounterId) -> Option<&Counter> {
        self.session.sites.iter().flat_map(|site| &site.counters).find(|counter| counter.id == *id)
    }

    /// The ticket at a stand is at a self-service stand, whose form is followed.
    #[must_use]
    pub fn is_self_service(&self, ticket: &Ticket) -> bool {
        let counter = ticket.counter.as_ref().and_then(|id| self.counter_named(id));
        counter.is_some_and(|counter| counter.kind == CounterKind::Stand)
    }

    /// Why she cannot be finished at a stand; none: she can.
    #[must_use]
    pub fn not_finished(&self, stand: StandId) -> Option<NotFinished> {
        let Some(ticket) = self.ticket_at(stand) else { return Some(NotFinished::Nobody) };
        if ticket.state != TicketState::Serving {
            return Some(NotFinished::OnHerWay);
        }
        let session = self.mirror_at(stand).and_then(|view| view.session.as_ref());
        let going = |session: &skranke_api::tickets::StandSession| {
            session.steps.iter().any(|step| matches!(step.state, StandStepState::Going | StandStepState::Open))
        };
        session.is_some_and(going).then_some(NotFinished::FormGoesOn)
    }

    /// Whether seconds are shown: somebody is served, or a wrap-up saves itself.
    #[must_use]
    pub fn counts_seconds(&self) -> bool {
        StandId::BOTH.into_iter().any(|stand| !self.stands.get(stand).is_empty()) || self.serving.wrap_up().is_some()
    }

    pub(crate) fn serving_step(&mut self, input: ServingInput, now: Timestamp) -> Vec<Effect> {
        match input {
            ServingInput::Start(stand) => self.change_at(stand, TicketState::Called, TicketChange::Start, now),
            ServingInput::Recall(stand) => self.change_at(stand, TicketState::Called, TicketChange::Recall, now),
            ServingInput::Noshow(stand) => self.change_at(stand, TicketState::Called, TicketChange::Noshow, now),
            ServingInput::Hold(stand) => {
                let park = TicketChange::Park { card: String::new() };
                self.change_at(stand, TicketState::Serving, park, now)
            }
            ServingInput::Finish(stand) => self.finish_at(stand, now),
            ServingInput::Open(stand) => self.open_hers(stand, now),
            ServingInput::SeePage(stand) => {
                let open = self.serving.enlarged == Some(stand);
                self.serving.enlarged = (!open && self.mirror_at(stand).is_some()).then_some(stand);
                if self.serving.enlarged.is_some() {
                    // What fills the room is what the keys act on.
                    self.stands.bring_to_front(stand);
                    self.stands.get_mut(stand).enter(Place::Queue);
                    self.turned = None;
                }
                Vec::new()
            }
            ServingInput::Point(stand) => self.point_at(stand),
            ServingInput::WrapUp(input) => self.wrap_up_step(input, now),
        }
    }

    fn open_hers(&mut self, stand: StandId, now: Timestamp) -> Vec<Effect> {
        let page = self.stands.get(stand).citizen.as_ref().map(|page| page.id);
        let ticket = self.ticket_at(stand).map(|ticket| (ticket.citizen, ticket.number.clone()));
        match ticket {
            Some((Some(citizen), number)) if page != Some(citizen) => {
                let purpose = Purpose::noted(PurposeKind::Ticket, Some(number));
                self.open_citizen(stand, citizen, purpose, now)
            }
            _ if page.is_some() => {
                self.stands.bring_to_front(stand);
                self.stands.get_mut(stand).enter(Place::Citizen);
                self.turned = None;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// A deed of the queue with whoever stands here: it is done now, or said not to be.
    fn change_at(&mut self, stand: StandId, from: TicketState, change: TicketChange, now: Timestamp) -> Vec<Effect> {
        self.serving.trouble = None;
        let Some(id) = self.ticket_at(stand).filter(|ticket| ticket.state == from).map(|ticket| ticket.id) else {
            return Vec::new();
        };
        self.counter_step(CounterInput::Do(id, change), now)
    }

    /// She leaves: what is to be registered is in the outbox before anything else happens.
    fn finish_at(&mut self, stand: StandId, now: Timestamp) -> Vec<Effect> {
        self.serving.trouble = None;
        if self.not_finished(stand).is_some() {
            return Vec::new();
        }
        let Some(ticket) = self.ticket_at(stand).cloned() else { return Vec::new() };
        let unsaved = |page: &CitizenPage| page.left_sheets().any(|sheet| !matches!(sheet, Sheet::WrapUp(_)));
        if self.page_at(stand).is_some_and(unsaved) {
            self.serving.trouble = Some((stand, StandTrouble::Unsaved));
            return Vec::new();
        }
        let mut wrap_up = WrapUp::of_ticket(&ticket, now);
        let acting = acting!(self, now);
        if let Some(page) = self.page_at(stand) {
            wrap_up.fill(&Facing { page, acting });
        }
        let mut effects = wrap_up.keep(acting);
        let nobody = wrap_up.citizen.is_none();
        let outcome = wrap_up.outcome;
        self.serving.wrap_ups.retain(|one| one.ticket != ticket.id);
        self.serving.wrap_ups.push(wrap_up);
        if nobody {
            // Who was not identified has no contact: how it ended goes with the ticket, once it is said or its time is up.
            effects.extend(super::wrap_up::wake(ticket.id));
        } else {
            effects.extend(self.change_ticket(ticket.id, TicketChange::Finish { outcome }, None, now));
        }
        effects.extend(self.leave_stand(stand, Leaving::Served, now));
        effects
    }

    /// Nobody stands there any more. Whose page is open there and is not hers stays.
    pub(super) fn leave_stand(&mut self, stand: StandId, how: Leaving, now: Timestamp) -> Vec<Effect> {
        let hers = self.page_at(stand).is_some() || self.stands.get(stand).citizen.is_none();
        self.serving.forget(stand);
        if !hers {
            self.stands.get_mut(stand).ticket = None;
            return Vec::new();
        }
        if how == Leaving::Aside {
            let waits = self.ticket_at(stand).is_some_and(|ticket| ticket.state == TicketState::Parked);
            // Who goes on elsewhere has her contact there; what was done here is one of its own.
            if let Some(page) = self.stands.get_mut(stand).citizen.as_mut().filter(|_| !waits) {
                page.visit.ticket = None;
            }
            self.set_aside(stand, now);
        }
        let mut effects = vec![Effect::Abandon(Room::Citizen(stand)), Effect::Abandon(Room::Case(stand))];
        effects.extend(self.put_case_aside(stand));
        let place = self.stands.get(stand).place;
        let left = self.stands.get_mut(stand);
        left.clear();
        if !matches!(place, Place::Citizen | Place::Case) {
            left.enter(place);
        }
        if self.turned.as_ref().is_some_and(|turned| turned.stand == stand) {
            self.turned = None;
        }
        effects
    }

    /// The sheet on her page registered the contact of a visit that has a ticket: the ticket is over too.
    pub(crate) fn sheet_finished(&mut self, stand: StandId, effects: &[Effect], now: Timestamp) -> Vec<Effect> {
        let Some(id) = self.ticket_at(stand).filter(|_| self.page_at(stand).is_some()).map(|ticket| ticket.id) else {
            return Vec::new();
        };
        let outcome = effects.iter().find_map(|effect| match effect {
            Effect::Enqueue(draft) if draft.subject.ticket == Some(id) => {
                draft.body.get("outcome").and_then(|word| serde_json::from_value(word.clone()).ok())
            }
            _ => None,
        });
        self.serving.forget(stand);
        let mut all = Vec::new();
        if self.ticket_at(stand).is_some_and(|ticket| ticket.state == TicketState::Called) {
            all.extend(self.change_ticket(id, TicketChange::Start, None, now));
        }
        all.extend(self.change_ticket(id, TicketChange::Finish { outcome }, None, now));
        all
    }

    /// Keeps the stands, the forms and the wrap-ups in step with the queue and the outbox, whatever happened.
    pub(crate) fn serving_follow(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(me) = self.person() else { return Vec::new() };
        let mut effects = self.wrap_ups_follow(me);
        if self.serving.enlarged.is_some_and(|stand| stand != self.stands.front()) {
            self.serving.enlarged = None;
        }
        if self.counter.as_ref().is_none_or(|page| page.queue.value().is_none()) {
            return effects;
        }
        for stand in StandId::BOTH {
            let Some(id) = self.stands.get(stand).ticket else { continue };
            match self.ticket_at(stand) {
                Some(ticket) if is_served(ticket, me) && !self.is_leaving(id) => {}
                Some(ticket) if ticket.state.is_over() => effects.extend(self.leave_stand(stand, Leaving::Served, now)),
                _ => effects.extend(self.leave_stand(stand, Leaving::Aside, now)),
            }
        }
        let at_stands: Vec<Ticket> = self
            .counter
            .iter()
            .flat_map(|page| page.tickets())
            .filter(|ticket| is_served(ticket, me) && self.is_self_service(ticket))
            .cloned()
            .collect();
        for ticket in at_stands {
            let stands = StandId::BOTH.into_iter().any(|stand| self.stands.get(stand).ticket == Some(ticket.id));
            if !stands && !self.is_leaving(ticket.id) && self.place() == Place::Queue {
                effects.extend(self.place_ticket(&ticket, now));
            }
        }
        for stand in StandId::BOTH {
            effects.extend(self.panel_follows(stand, now));
        }
        effects
    }

    /// The ticket is on its way out: it stands at no stand any more, whatever the queue still says.
    pub(super) fn is_leaving(&self, id: TicketId) -> bool {
        let ends = |one: &Moving| one.ticket == id && matches!(one.change, TicketChange::Finish { .. });
        self.serving.moving.iter().any(ends) || self.serving.wrap_ups.iter().any(|one| one.ticket == id)
    }

    /// Somebody at a self-service stand whom this clerk follows is put where nobody stands, at B first.
    fn place_ticket(&mut self, ticket: &Ticket, now: Timestamp) -> Vec<Effect> {
        let citizen = ticket.citizen;
        let order = [StandId::B, StandId::A];
        let free = |stand: &StandId| self.stands.get(*stand).is_empty();
        let opened = |stand: &StandId| {
            let stand = self.stands.get(*stand);
            stand.ticket.is_none() && citizen.is_some() && stand.citizen.as_ref().map(|page| page.id) == citizen
        };
        let Some(stand) = order.into_iter().find(opened).or_else(|| order.into_iter().find(free)) else {
            return Vec::new();
        };
        self.stands.get_mut(stand).ticket = Some(ticket.id);
        citizen.map(|citizen| self.open_beside(stand, (citizen, &ticket.number), now)).unwrap_or_default()
    }

    /// Opens her page at a stand while what is on the screen stays there.
    fn open_beside(&mut self, stand: StandId, (citizen, number): (CitizenId, &str), now: Timestamp) -> Vec<Effect> {
        if self.stands.get(stand).citizen.as_ref().is_some_and(|page| page.id == citizen) {
            return Vec::new();
        }
        let (front, place) = (self.stands.front(), self.stands.get(stand).place);
        let (finder, turned) = (self.finder.take(), self.turned.take());
        let purpose = Purpose::noted(PurposeKind::Ticket, Some(number.to_owned()));
        let mut effects = self.open_citizen(stand, citizen, purpose, now);
        effects.retain(|effect| !matches!(effect, Effect::Abandon(Room::Finder)));
        (self.finder, self.turned) = (finder, turned.filter(|turned| turned.stand != stand));
        self.stands.bring_to_front(front);
        if place != Place::Citizen {
            self.stands.get_mut(stand).enter(place);
        }
        effects
    }

    /// What the panel of a stand needs of its ticket is asked for once, and again when the ticket is another.
    fn panel_follows(&mut self, stand: StandId, now: Timestamp) -> Vec<Effect> {
        let mut effects = self.mirror_follows(stand, now);
        let Some(ticket) = self.ticket_at(stand) else { return effects };
        let (id, citizen, began, number) = (ticket.id, ticket.citizen, ticket.began, ticket.number.clone());
        let cases: Vec<CaseId> = ticket.cases.iter().copied().take(usize::from(PER_STAND)).collect();
        // Who was identified while she stood there.
        if let Some(citizen) = citizen.filter(|_| self.stands.get(stand).citizen.is_none()) {
            effects.extend(self.open_beside(stand, (citizen, &number), now));
        }
        if let Some(page) = self.stands.get_mut(stand).citizen.as_mut().filter(|page| Some(page.id) == citizen) {
            page.visit.ticket = Some(id);
            page.visit.began = began.unwrap_or(page.visit.began);
        }
        let matters = &self.serving.matters[at(stand)];
        let known = matters.ticket == Some(id) && matters.citizen == citizen;
        let same = matters.cases.iter().map(|(case, _)| *case).eq(cases.iter().copied());
        if known && same {
            return effects;
        }
        self.serving.generation += 1;
        let generation = self.serving.generation;
        let cases = cases.into_iter().map(|case| (case, Load::Waiting { since: now })).collect();
        self.serving.matters[at(stand)] = Matters { ticket: Some(id), citizen, cases, generation };
        effects.extend(self.ask_matters(stand, None, now));
        effects
    }

    /// Asks for the cases of a ticket, or for one of them.
    fn ask_matters(&mut self, stand: StandId, only: Option<CaseId>, now: Timestamp) -> Vec<Effect> {
        // Who may not see cases is told of none.
        if !self.session.may_see_cases() {
            return Vec::new();
        }
        // Her ticket's number says why: nothing more is asked about who is served.
        let number = self.ticket_at(stand).map(|ticket| ticket.number.clone());
        let matters = &mut self.serving.matters[at(stand)];
        let generation = matters.generation;
        let first = MATTERS + if stand == StandId::A { 0 } else { PER_STAND };
        let wanted = (first..).zip(&mut matters.cases).filter(|(_, (id, _))| only.is_none_or(|only| only == *id));
        wanted
            .map(|(slot, (id, case))| {
                case.ask(now);
                let purpose = Purpose::noted(PurposeKind::Ticket, number.clone());
                Effect::Ask(effect::Ticket { room: Room::Counter, generation, slot }, Question::Case(*id, purpose))
            })
            .collect()
    }

    /// Something about a case changed: the panel that shows it asks again.
    pub(crate) fn matters_heard(&mut self, case: Option<CaseId>, now: Timestamp) -> Vec<Effect> {
        let Some(case) = case else { return Vec::new() };
        let mut effects = Vec::new();
        for stand in StandId::BOTH {
            if self.serving.matters[at(stand)].cases.iter().any(|(id, _)| *id == case) {
                effects.extend(self.ask_matters(stand, Some(case), now));
            }
        }
        effects
    }

    /// A reply to a question of who is served.
    pub(crate) fn serving_replied(&mut self, asked: effect::Ticket, reply: Reply, now: Timestamp) -> Vec<Effect> {
        match reply {
            Reply::Case(answer) => {
                let fits = |matters: &&mut Matters| matters.generation == asked.generation && asked.generation > 0;
                let Some(matters) = self.serving.matters.iter_mut().find(fits) else { return Vec::new() };
                let at = usize::from((asked.slot - MATTERS) % PER_STAND);
                if let Some((id, case)) = matters.cases.get_mut(at) {
                    let answer = answer.map(|tagged| tagged.value);
                    // What was asked for is what counts, and nothing that another case says.
                    if answer.as_ref().map_or(true, |view| view.row.id == *id) {
                        case.answer(answer, now);
                    }
                }
                Vec::new()
            }
            Reply::Queue(reply) => self.queue_replied(asked, reply, now),
            _ => Vec::new(),
        }
    }
}

/// How somebody leaves a stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaving {
    /// She is served: what is to be registered is kept already.
    Served,
    /// She waits for something, or went elsewhere: what was typed waits for its wrap-up.
    Aside,
}

/// Whether a ticket is called or served by this person.
fn is_served(ticket: &Ticket, me: StaffId) -> bool {
    let mine = ticket.staff.as_ref().is_some_and(|staff| staff.id == me);
    mine && matches!(ticket.state, TicketState::Called | TicketState::Serving)
}
