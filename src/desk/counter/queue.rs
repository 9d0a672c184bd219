//! The queue as one counter sees it: its groups, who is next there, what is missing before she is called, and how single news joins what is
//! known. What does not live here: changing tickets (`super`), what is laid over the page (`sheets`), the rule of who is next (the domain's).

use jiff::{SignedDuration, Timestamp};
use skranke_api::appointments::Site;
use skranke_api::tickets::{AtWork, Expected, QueueView, Ticket};
use skranke_domain::appointment::CounterKind;
use skranke_domain::queue::{Candidate, CounterSkills, TicketState, Triage, next, order};
use skranke_domain::{CounterId, DepartmentId, StaffId, TicketId};

use super::CounterPage;

/// How long somebody waits at most, where the site does not say.
pub const USUAL_AIM: u16 = 15;

/// The groups of the list, from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Those who wait.
    Waiting,
    /// Called and on their way.
    Called,
    /// Served, and waiting for something.
    Parked,
    /// Away to fetch something.
    Returning,
}

impl Group {
    /// All, in the order in which they stand.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Called, Self::Parked, Self::Returning];

    /// The group of a ticket; none for one who is served or done.
    #[must_use]
    pub const fn of(state: TicketState) -> Option<Self> {
        match state {
            TicketState::Waiting => Some(Self::Waiting),
            TicketState::Called => Some(Self::Called),
            TicketState::Parked => Some(Self::Parked),
            TicketState::Returning => Some(Self::Returning),
            TicketState::Serving | TicketState::Finished | TicketState::Noshow => None,
        }
    }
}

/// Who calls: the person, her counter, and what is settled there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub person: StaffId,
    /// Where.
    pub counter: CounterId,
    /// The departments whose matters are settled there; empty: all.
    pub departments: Vec<DepartmentId>,
}

impl Caller {
    fn skills(&self) -> CounterSkills {
        CounterSkills { counter: self.counter.clone(), staff: Some(self.person), departments: self.departments.clone() }
    }
}

/// What the rule of who is next looks at.
fn candidate(ticket: &Ticket) -> Candidate {
    Candidate {
        id: ticket.id,
        came: ticket.came,
        since: ticket.since,
        booked: ticket.booked,
        not_before: ticket.not_before,
        called: ticket.called,
        department: ticket.department.clone(),
        counter: ticket.counter.clone(),
        staff: ticket.staff.as_ref().map(|staff| staff.id),
    }
}

/// How long somebody has waited.
#[must_use]
pub fn waited(ticket: &Ticket, now: Timestamp) -> SignedDuration {
    now.duration_since(ticket.came).max(SignedDuration::ZERO)
}

/// The same in whole minutes, as the list says it.
#[must_use]
pub fn minutes_waited(ticket: &Ticket, now: Timestamp) -> i64 {
    waited(ticket, now).as_mins()
}

impl CounterPage {
    /// Every ticket that is known.
    #[must_use]
    pub fn tickets(&self) -> &[Ticket] {
        self.queue.value().map(|queue| queue.tickets.as_slice()).unwrap_or_default()
    }

    /// A ticket.
    #[must_use]
    pub fn ticket(&self, id: TicketId) -> Option<&Ticket> {
        self.tickets().iter().find(|ticket| ticket.id == id)
    }

    /// The tickets of a group.
    pub fn group(&self, group: Group) -> impl Iterator<Item = &Ticket> {
        self.tickets().iter().filter(move |ticket| Group::of(ticket.state) == Some(group))
    }

    /// Those who wait, in the order of the rule as it is now.
    #[must_use]
    pub fn in_order(&self, now: Timestamp) -> Vec<&Ticket> {
        let waiting: Vec<&Ticket> = self.group(Group::Waiting).collect();
        let order = order(&waiting.iter().map(|ticket| candidate(ticket)).collect::<Vec<_>>(), now, self.aim());
        order.into_iter().filter_map(|(id, _)| waiting.iter().find(|ticket| ticket.id == id).copied()).collect()
    }

    /// Those that the arrows walk through, in the order in which they stand.
    #[must_use]
    pub fn rows(&self, now: Timestamp) -> Vec<&Ticket> {
        let others = Group::ALL.into_iter().filter(|group| *group != Group::Waiting);
        self.in_order(now).into_iter().chain(others.flat_map(|group| self.group(group))).collect()
    }

    /// How many wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.group(Group::Waiting).count()
    }

    /// How long people should wait at most, in minutes.
    #[must_use]
    pub fn aim(&self) -> u16 {
        self.queue.value().map(|queue| queue.aim_minutes).filter(|aim| *aim > 0).unwrap_or(USUAL_AIM)
    }

    /// How long the one who has waited longest has waited, in minutes.
    #[must_use]
    pub fn longest(&self, now: Timestamp) -> Option<i64> {
        self.group(Group::Waiting).map(|ticket| minutes_waited(ticket, now)).max()
    }

    /// The ticket that the keys act on: the chosen one, else the first.
    #[must_use]
    pub fn chosen(&self, now: Timestamp) -> Option<&Ticket> {
        let rows = self.rows(now);
        let chosen = self.selected.and_then(|id| rows.iter().find(|ticket| ticket.id == id)).copied();
        chosen.or_else(|| rows.first().copied())
    }

    /// Who would be called next at a counter.
    #[must_use]
    pub fn next(&self, caller: &Caller, now: Timestamp) -> Option<&Ticket> {
        let waiting: Vec<Candidate> = self.group(Group::Waiting).map(candidate).collect();
        let (id, _) = next(&waiting, &caller.skills(), now, self.aim())?;
        self.ticket(id)
    }

    /// The stand that somebody can be sent to: nobody is there, and nobody is promised to it.
    #[must_use]
    pub fn free_stand<'a>(&self, site: &'a Site) -> Option<&'a CounterId> {
        let taken = |counter: &CounterId| {
            self.tickets().iter().any(|ticket| {
                let gone = matches!(ticket.state, TicketState::Finished | TicketState::Noshow);
                !gone && ticket.counter.as_ref() == Some(counter)
            })
        };
        let mut stands = site.counters.iter().filter(|counter| counter.kind == CounterKind::Stand);
        stands.find(|counter| !taken(&counter.id)).map(|counter| &counter.id)
    }

    /// Who works here.
    #[must_use]
    pub fn staff(&self) -> &[AtWork] {
        self.queue.value().map(|queue| queue.staff.as_slice()).unwrap_or_default()
    }

    /// How somebody can be reached.
    #[must_use]
    pub fn at_work(&self, person: StaffId) -> Option<&AtWork> {
        self.staff().iter().find(|one| one.staff.id == person)
    }

    /// Colleagues who ask for help and whom nobody helps yet.
    pub fn asking_for_help(&self, me: Option<StaffId>) -> impl Iterator<Item = &AtWork> {
        self.staff().iter().filter(move |one| {
            one.wants_help.is_some() && one.helper.is_none() && me.is_none_or(|me| one.staff.id != me)
        })
    }

    /// Booked for today and not here yet.
    #[must_use]
    pub fn expected(&self) -> &[Expected] {
        self.queue.value().map(|queue| queue.expected.as_slice()).unwrap_or_default()
    }
}

/// Whether the host could fetch what is missing, so that calling asks first.
#[must_use]
pub const fn host_could_fetch(ticket: &Ticket) -> bool {
    matches!(ticket.triage, Triage::Missing) && matches!(ticket.state, TicketState::Waiting)
}

/// One ticket as it stands now joins the queue; what is older than what is known changes nothing. Says whether it did.
pub(super) fn merge(queue: &mut QueueView, ticket: Ticket) -> bool {
    let at = queue.tickets.iter().position(|known| known.id == ticket.id);
    if let Some(known) = at.and_then(|at| queue.tickets.get(at))
        && known.etag.version() > ticket.etag.version()
    {
        return false;
    }
    // Who is here is not expected any more.
    queue.expected.retain(|one| Some(one.appointment) != ticket.appointment);
    let done = ticket.state == TicketState::Noshow || (ticket.state == TicketState::Finished && !ticket.unwrapped);
    let at_other_site = ticket.site != queue.site;
    match at {
        Some(at) if done || at_other_site => {
            queue.tickets.remove(at);
        }
        Some(at) => queue.tickets[at] = ticket,
        None if done || at_other_site => return false,
        None => queue.tickets.push(ticket),
    }
    true
}
