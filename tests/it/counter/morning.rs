//! A full morning at one site: 120 people, four counters, papers that are fetched, hand-overs, people who do not come, and in the middle of it
//! a server and a window that begin anew. What does not live here: single deeds by keyboard (`queue_keys`).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use skranke::api::ETag;
use skranke::api::tickets::{CallNextRequest, Called, CheckInRequest, QueueView, Ticket, TicketChange, TicketRequest};
use skranke::client::CaseApi;
use skranke::desk::{Desk, StandId};
use skranke::domain::authority::Role;
use skranke::domain::contact::Outcome;
use skranke::domain::queue::{CallReason, TicketOrigin, TicketState, Triage};
use skranke::domain::{AppointmentId, CommandId, CounterId, ProcedureId, TicketId};

use super::{at_the_queue, counter, give, site};
use crate::support::town::{Town, now};
use crate::support::window::{english, launch, sit_down};

const TICKETS: usize = 120;
const BOOKED: usize = 20;
const REASONS: [&str; 4] = ["passport", "move-domestic", "mitid", "health-card-doctor"];
/// How long the doors stand open, in minutes.
const OPEN: i64 = 150;
/// Not before this minute the server begins anew.
const HALF: i64 = 55;
/// When somebody would still wait, it is not a morning any more.
const TOO_LATE: i64 = 330;

/// Chance that follows from its seed.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: i64) -> i64 {
        i64::try_from(self.next() % bound.unsigned_abs()).unwrap()
    }
}

/// Who comes.
#[derive(Clone, Copy, Debug)]
enum Arrival {
    Walks(&'static str),
    Booked(AppointmentId),
}

/// What becomes of somebody who is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Served,
    /// Served, with a pause in which another is called.
    Parked,
    /// Goes to fetch a paper.
    Fetches,
    /// Goes on to another counter.
    HandedOver,
    /// Is called once more later.
    Later,
    Noshow,
}

struct Visit {
    ticket: TicketId,
    fate: Fate,
    /// The minute of the next step.
    next: i64,
    serving: bool,
}

/// A counter with whoever works there.
struct Place {
    counter: CounterId,
    role: Role,
    visit: Option<Visit>,
    parked: Vec<(TicketId, i64)>,
    unwrapped: Option<TicketId>,
}

struct Morning {
    town: Town,
    apis: BTreeMap<&'static str, CaseApi>,
    chance: Chance,
    minute: i64,
    seen: HashMap<TicketId, ETag>,
    given: Vec<TicketId>,
    /// Who is away, and until when.
    away: BTreeMap<TicketId, i64>,
    /// Who was called before: she is served at the second time.
    known: HashSet<TicketId>,
    finished: HashSet<TicketId>,
    booked: usize,
    reasons: BTreeSet<String>,
}

fn key(role: Role) -> &'static str {
    match role {
        Role::Clerk => "clerk",
        Role::Caseworker => "caseworker",
        Role::TeamLeader => "leader",
        _ => "host",
    }
}

impl Morning {
    fn new() -> Self {
        let mut morning = Self {
            town: Town::quiet(),
            apis: BTreeMap::new(),
            chance: Chance(20_260_609),
            minute: 0,
            seen: HashMap::new(),
            given: Vec::new(),
            away: BTreeMap::new(),
            known: HashSet::new(),
            finished: HashSet::new(),
            booked: 0,
            reasons: BTreeSet::new(),
        };
        morning.connect();
        morning
    }

    fn connect(&mut self) {
        let roles = [Role::Clerk, Role::Caseworker, Role::TeamLeader, Role::Host];
        self.apis = roles.into_iter().map(|role| (key(role), self.town.api(role))).collect();
    }

    fn moment(&self) -> Timestamp {
        now() + SignedDuration::from_mins(self.minute)
    }

    fn queue(&self) -> QueueView {
        self.town.run(self.apis["leader"].queue(&site())).unwrap()
    }

    fn act(&mut self, role: Role, id: TicketId, change: &TicketChange) -> Ticket {
        let seen = &self.seen[&id];
        let reply = self.town.run(self.apis[key(role)].change_ticket(CommandId::new(), id, seen, change));
        let ticket = reply.unwrap_or_else(|error| panic!("{change:?} by {role:?}: {error:?}")).value;
        self.seen.insert(id, ticket.etag.clone());
        ticket
    }

    fn comes(&mut self, arrival: Arrival) {
        let host = &self.apis["host"];
        let ticket = match arrival {
            Arrival::Walks(procedure) => {
                let request = TicketRequest {
                    procedure: Some(ProcedureId::parse(procedure).unwrap()),
                    triage: Some(Triage::AllHere),
                    ..give(TicketOrigin::Host)
                };
                self.town.run(host.give_ticket(CommandId::new(), &request)).unwrap().value
            }
            Arrival::Booked(appointment) => {
                let request = CheckInRequest { id: TicketId::new(), appointment };
                self.town.run(host.check_in(CommandId::new(), &request)).unwrap().value
            }
        };
        self.given.push(ticket.id);
        self.seen.insert(ticket.id, ticket.etag);
    }

    /// The arrivals of the morning, the last first: more come in the first half than four counters can serve.
    fn plan(&mut self) -> Vec<(i64, Arrival)> {
        let expected = self.queue().expected;
        let soon = |start: Timestamp| start.duration_since(now()).as_mins();
        let hers = expected.iter().filter(|one| (1..OPEN).contains(&soon(one.start))).take(BOOKED);
        let mut plan: Vec<(i64, Arrival)> = hers
            .map(|one| ((soon(one.start) + self.chance.below(15) - 8).max(0), Arrival::Booked(one.appointment)))
            .collect();
        assert!(!plan.is_empty(), "some are booked this morning, of {}", expected.len());
        self.booked = plan.len();
        while plan.len() < TICKETS {
            let minute = self.chance.below(OPEN).min(self.chance.below(OPEN));
            let reason = REASONS[usize::try_from(self.chance.below(4)).unwrap()];
            plan.push((minute, Arrival::Walks(reason)));
        }
        plan.sort_by_key(|(minute, _)| std::cmp::Reverse(*minute));
        plan
    }

    fn fate(&mut self, id: TicketId) -> Fate {
        if !self.known.insert(id) {
            return Fate::Served;
        }
        match self.chance.below(100) {
            0..10 => Fate::Parked,
            10..18 => Fate::Fetches,
            18..24 => Fate::HandedOver,
            24..30 => Fate::Later,
            30..35 => Fate::Noshow,
            _ => Fate::Served,
        }
    }

    /// A minute at one counter, but for calling the next one.
    fn minute_at(&mut self, place: &mut Place) {
        if let Some(id) = place.unwrapped.take() {
            self.act(place.role, id, &TicketChange::Wrapped);
        }
        if let Some(visit) = place.visit.take_if(|visit| visit.next <= self.minute) {
            place.visit = self.step(place, visit);
        }
        if place.visit.is_none()
            && let Some(at) = place.parked.iter().position(|(_, until)| *until <= self.minute)
        {
            let (id, _) = place.parked.remove(at);
            let went = self.act(place.role, id, &TicketChange::Resume { counter: place.counter.clone() });
            assert_eq!((went.state, went.counter), (TicketState::Serving, Some(place.counter.clone())));
            place.visit = Some(Visit { ticket: id, fate: Fate::Served, next: self.minute + 2, serving: true });
        }
    }

    fn step(&mut self, place: &mut Place, visit: Visit) -> Option<Visit> {
        let (role, id) = (place.role, visit.ticket);
        match (visit.serving, visit.fate) {
            (false, Fate::Noshow) => {
                self.act(role, id, &TicketChange::Noshow);
            }
            (false, Fate::Later) => {
                self.act(role, id, &TicketChange::Later { minutes: 6 });
            }
            (false, fate) => {
                self.act(role, id, &TicketChange::Start);
                let next = self.minute + 2 + self.chance.below(5);
                return Some(Visit { ticket: id, fate, next, serving: true });
            }
            (true, Fate::Parked) => {
                self.act(role, id, &TicketChange::Park { card: "Venter på en kopi".to_owned() });
                place.parked.push((id, self.minute + 4));
            }
            (true, Fate::Fetches) => {
                self.act(role, id, &TicketChange::SendOff { card: "Lejekontrakten".to_owned() });
                self.away.insert(id, self.minute + 12);
            }
            (true, Fate::HandedOver) => {
                let other = if place.counter == counter("counter-2") { "counter-1" } else { "counter-2" };
                let card = "Har vist pas".to_owned();
                self.act(role, id, &TicketChange::Transfer { to: None, counter: Some(counter(other)), card });
            }
            (true, _) => {
                self.act(role, id, &TicketChange::Finish { outcome: Some(Outcome::Settled) });
                assert!(self.finished.insert(id), "nobody is served twice");
                place.unwrapped = Some(id);
            }
        }
        None
    }

    /// Everybody who is free calls at the same moment.
    fn calls(&mut self, places: &mut [Place]) {
        let free: Vec<usize> = (0..places.len()).filter(|at| places[*at].visit.is_none()).collect();
        if free.is_empty() {
            return;
        }
        let before = self.queue();
        let calling = free.iter().map(|at| {
            let place = &places[*at];
            let (api, request) = (&self.apis[key(place.role)], CallNextRequest { counter: place.counter.clone() });
            async move { api.call_next(CommandId::new(), &request).await.unwrap() }
        });
        let called = self.town.run(futures::future::join_all(calling));
        let hers: Vec<TicketId> = called.iter().filter_map(|one| Some(one.ticket.as_ref()?.id)).collect();
        assert_eq!(hers.iter().collect::<HashSet<_>>().len(), hers.len(), "two counters called the same one");
        for (at, called) in free.into_iter().zip(called) {
            self.nobody_is_passed(&before, &hers, &places[at].counter, &called);
            let (Some(ticket), Some(reason)) = (called.ticket, called.reason) else { continue };
            assert!(!self.finished.contains(&ticket.id), "who was served is called again");
            self.reasons.insert(format!("{reason:?}"));
            self.seen.insert(ticket.id, ticket.etag.clone());
            let fate = self.fate(ticket.id);
            places[at].visit = Some(Visit { ticket: ticket.id, fate, next: self.minute + 1, serving: false });
        }
    }

    /// Whoever has waited more than twice the aim, and whom this counter may call, is passed by nobody but who came back or waits longer.
    fn nobody_is_passed(&self, before: &QueueView, hers: &[TicketId], at: &CounterId, called: &Called) {
        let now = self.moment();
        let from = |ticket: &Ticket| ticket.booked.map_or(ticket.came, |booked| booked.max(ticket.came));
        let bound = SignedDuration::from_mins(i64::from(before.aim_minutes) * 2);
        let mut waits = before.tickets.iter().filter(|one| {
            let due = one.not_before.is_none_or(|moment| moment <= now);
            let here = one.staff.is_none() && one.counter.as_ref().is_none_or(|promised| promised == at);
            one.state == TicketState::Waiting && due && here && !hers.contains(&one.id)
        });
        match &called.ticket {
            None => assert!(waits.next().is_none(), "{at} called nobody while somebody waited"),
            Some(_) if called.reason == Some(CallReason::Returned) => {}
            Some(ticket) => {
                let passed = waits.find(|one| now.duration_since(from(one)) > bound && from(one) < from(ticket));
                assert!(passed.is_none(), "{passed:?} is passed by {ticket:?}");
            }
        }
    }

    /// Where everybody stands.
    fn standing(&self) -> Vec<Ticket> {
        by_id(self.queue().tickets)
    }
}

fn by_id(mut tickets: Vec<Ticket>) -> Vec<Ticket> {
    tickets.sort_by_key(|ticket| ticket.id);
    tickets
}

/// Everything that can be left in the middle.
fn all_states(tickets: &[Ticket]) -> bool {
    use TicketState as S;
    let has = |state| tickets.iter().any(|one| one.state == state);
    [S::Waiting, S::Called, S::Serving, S::Parked, S::Returning].into_iter().all(has)
        && tickets.iter().any(|one| one.unwrapped)
}

/// What a window knows of the queue, of its stands and of what is not registered.
fn known(desk: &Desk) -> (Vec<Ticket>, BTreeSet<TicketId>, BTreeSet<TicketId>) {
    let page = desk.counter.as_ref().unwrap();
    let stands = StandId::BOTH.into_iter().filter_map(|at| desk.stands.get(at).ticket).collect();
    let wrap_ups = desk.serving.wrap_ups.iter().map(|one| one.ticket).collect();
    (by_id(page.tickets().to_vec()), stands, wrap_ups)
}

/// A window and the server begin anew: everybody stands where she stood.
fn begins_anew(morning: &mut Morning, profile: &std::path::Path) {
    let before = morning.standing();
    let open = |morning: &Morning| {
        let mut launch = launch(&morning.town, profile, Role::Clerk, english());
        launch.clock = skranke::ui::Clock::Still(morning.moment());
        let mut ida = sit_down(launch);
        at_the_queue(&mut ida);
        let mine = morning.standing().into_iter().filter(|one| {
            let here = one.counter == Some(counter("counter-4"));
            here && matches!(one.state, TicketState::Called | TicketState::Serving)
        });
        let mine: BTreeSet<TicketId> = mine.map(|one| one.id).collect();
        ida.until("who is here stands at a stand", |desk| known(desk).1 == mine);
        ida
    };
    let ida = open(morning);
    let was = known(ida.desk());
    assert_eq!(was.0, before);
    ida.driver.close();

    let moment = morning.moment();
    morning.town.restart(moment);
    morning.connect();
    assert_eq!(morning.standing(), before, "the server knows everything it knew");
    let ida = open(morning);
    assert_eq!(known(ida.desk()), was, "and so does the window");
    ida.driver.close();
}

#[test]
fn a_full_morning_at_four_counters_starves_nobody_and_goes_on_where_it_was_after_a_new_start() {
    let mut morning = Morning::new();
    let profile = tempfile::tempdir().unwrap();
    let places = [
        ("counter-1", Role::Clerk),
        ("counter-2", Role::TeamLeader),
        ("counter-3", Role::Caseworker),
        ("counter-4", Role::Clerk),
    ];
    let mut places = places.map(|(name, role)| Place {
        counter: counter(name),
        role,
        visit: None,
        parked: Vec::new(),
        unwrapped: None,
    });
    let mut plan = morning.plan();
    let mut anew = false;
    while !plan.is_empty() || !morning.standing().is_empty() {
        morning.town.service.move_clock(morning.moment());
        while let Some((_, arrival)) = plan.pop_if(|(minute, _)| *minute <= morning.minute) {
            morning.comes(arrival);
        }
        let back: Vec<TicketId> =
            morning.away.iter().filter(|(_, until)| **until <= morning.minute).map(|(id, _)| *id).collect();
        for id in back {
            morning.away.remove(&id);
            morning.act(Role::Host, id, &TicketChange::Back);
        }
        for place in &mut places {
            morning.minute_at(place);
        }
        morning.calls(&mut places);
        if !anew && morning.minute >= HALF && all_states(&morning.standing()) {
            begins_anew(&mut morning, profile.path());
            anew = true;
        }
        morning.minute += 1;
        assert!(morning.minute < TOO_LATE, "somebody still waits: {:?}", morning.standing().first());
    }
    assert!(anew, "every state was there at once, once");

    let minutes = morning.minute;
    let mut waits = Vec::new();
    let mut noshows = 0;
    for id in &morning.given {
        let ticket = morning.town.run(morning.apis["leader"].ticket(*id)).unwrap().value;
        let called = ticket.called.expect("everybody was called");
        let ended = ticket.ended.expect("and it ended");
        if ticket.state == TicketState::Noshow {
            noshows += 1;
            assert!(ticket.came <= called && called <= ended, "{ticket:?}");
            continue;
        }
        let began = ticket.began.expect("and began");
        assert_eq!((ticket.state, ticket.unwrapped), (TicketState::Finished, false));
        assert!(ticket.came <= called && called <= began && began <= ended, "{ticket:?}");
        assert!(morning.finished.contains(id));
        waits.push(called.duration_since(ticket.came).as_mins());
    }
    waits.sort_unstable();
    let (median, longest) = (waits[waits.len() / 2], waits[waits.len() - 1]);
    println!(
        "{TICKETS} tickets, {} of them booked, in {minutes} minutes at four counters: {} served, {noshows} did not come; waiting: median {median}, \
         longest {longest} minutes; called because {:?}",
        morning.booked,
        waits.len(),
        morning.reasons
    );
    assert_eq!((morning.given.len(), waits.len() + noshows), (TICKETS, TICKETS));
    assert!(noshows > 0 && longest > 15, "the hall was full at times: {longest}");
}
