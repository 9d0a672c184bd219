//! Every deed on a ticket: who may, what it changes, and what follows. What does not live here: which deed a state takes (the domain).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use jiff::ToSpan;
use skranke_api::appointments::{Site, StaffRef};
use skranke_api::handovers::Receiver;
use skranke_api::tickets::{Ticket, TicketChange};
use skranke_api::{ProblemKind, paths};
use skranke_domain::appointment::{AppointmentStatus, CounterKind};
use skranke_domain::authority::Role;
use skranke_domain::queue::{TicketDeed, TicketState, Triage, step};
use skranke_domain::{CaseId, CitizenId, CommandId, CounterId, TicketId};

use super::super::counting;
use super::super::deed::check_text;
use super::giving::{Reason, known, of_reason};
use super::{AT_A_COUNTER, CARD_CHARS, Turn, calling, calling_counter, counter, papers, serving, shown, site};
use crate::App;
use crate::auth::Person;
use crate::extract::{CommandKey, IfMatch, Json, Path};
use crate::idempotency::{Command, Freshness, Seen, Stored as Answered};
use crate::problem::{Answer, Refusal};
use crate::store::tickets::Stored;
use crate::store::{Tx, handovers, stands, tickets};

/// The longest delay of a recall, in minutes.
const LATEST_MINUTES: u16 = 60;

/// Changes a ticket: everything that happens to somebody between the door and the wrap-up.
#[utoipa::path(patch, path = "/v1/tickets/{ticket}", operation_id = "changeTicket", tag = "queue",
    params(("ticket" = TicketId, Path, description = "The ticket")),
    request_body = TicketChange, responses((status = 200, body = Ticket)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path(id): Path<TicketId>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<TicketChange>,
) -> Answer<Response> {
    carry_out(&app, &person, (key, id), Some(&if_match), &change).await
}

/// The same, for the training municipality, which knows what it sees.
pub async fn carry_out(
    app: &App,
    person: &Person,
    (key, id): (CommandId, TicketId),
    if_match: Option<&IfMatch>,
    change: &TicketChange,
) -> Answer<Response> {
    let mut turn = Turn::new(app, person, Command::new(person, key, "PATCH", &paths::ticket(id), change)?);
    let mut tx = app.store.begin().await?;
    let mut stored = tickets::one(&mut tx, id).await?.ok_or(ProblemKind::NotFound)?;
    match turn.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let view = shown(person, &stored);
            return Ok(Answered::new(StatusCode::OK, &view, &view.etag)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    check_role(person, stored.view.state, change)?;
    if let Some(if_match) = if_match {
        if_match.check(&stored.view.etag, || shown(person, &stored))?;
    }
    let place = site(&mut tx, &stored.view.site.clone(), "/counter").await?;
    let deed = deed(&place, change);
    let after = step(stored.view.state, deed)
        .map_err(|refused| Refusal::not_now(&shown(person, &stored), refused.to_string()))?;
    let before = (stored.view.state, stored.view.counter.clone(), stored.view.staff.clone());
    let said = apply(&mut turn, &mut tx, (&place, &mut stored), (deed, after), change).await?;
    let mut stored = turn.put(&mut tx, &stored, deed, said.as_deref()).await?;
    stand(&turn, &mut tx, (&before, &stored)).await?;
    let (was, is) = (before.0 == TicketState::Serving, stored.view.state == TicketState::Serving);
    if is && let Some(here) = stored.view.counter.clone() {
        serving::begins(&turn, &mut tx, &place, &here).await?;
    }
    if was && (!is || before.1 != stored.view.counter) {
        serving::ends(&turn, &mut tx, &place, before.2.map(|staff| staff.id)).await?;
    }
    let status = match deed {
        TicketDeed::Start => Some(AppointmentStatus::Arrived),
        TicketDeed::Finish => Some(AppointmentStatus::Fulfilled),
        TicketDeed::Noshow => Some(AppointmentStatus::Noshow),
        _ => None,
    };
    if let Some(status) = status {
        turn.follow(&mut tx, stored.view.appointment, status).await?;
    }
    if deed == TicketDeed::Identify {
        stored = tickets::one(&mut tx, id).await?.ok_or(ProblemKind::Internal)?;
    }
    turn.done(tx, &stored).await
}

/// What a host may do: everything at the door, nothing at the counter.
fn check_role(person: &Person, state: TicketState, change: &TicketChange) -> Answer<()> {
    use TicketChange as C;
    let at_the_door = match change {
        C::Sort { .. } | C::Identify { .. } | C::Room { .. } | C::Back | C::Later { .. } | C::SendOff { .. } => true,
        C::Transfer { .. } => state == TicketState::Waiting,
        C::Call { .. }
        | C::Recall
        | C::Start
        | C::Park { .. }
        | C::Resume { .. }
        | C::Finish { .. }
        | C::Wrapped
        | C::Noshow => false,
    };
    if person.role() == Role::Host && !at_the_door {
        return Err(Refusal::new(ProblemKind::Forbidden).detail("who serves at a counter does this"));
    }
    Ok(())
}

fn deed(site: &Site, change: &TicketChange) -> TicketDeed {
    use TicketChange as C;
    let is_stand = |id: &CounterId| site.counters.iter().any(|c| c.id == *id && c.kind == CounterKind::Stand);
    match change {
        C::Call { .. } => TicketDeed::Call,
        C::Recall => TicketDeed::Recall,
        C::Start => TicketDeed::Start,
        C::Park { .. } => TicketDeed::Park,
        C::Resume { .. } => TicketDeed::Resume,
        C::Transfer { counter: Some(id), .. } if is_stand(id) => TicketDeed::ToStand,
        C::Transfer { .. } => TicketDeed::Transfer,
        C::Finish { .. } => TicketDeed::Finish,
        C::Wrapped => TicketDeed::Wrap,
        C::Noshow => TicketDeed::Noshow,
        C::Later { .. } => TicketDeed::Later,
        C::SendOff { .. } => TicketDeed::SendOff,
        C::Back => TicketDeed::Back,
        C::Identify { .. } => TicketDeed::Identify,
        C::Sort { .. } => TicketDeed::Sort,
        C::Room { .. } => TicketDeed::Room,
    }
}

/// What was said with a deed; an empty card is none.
fn card(text: &str, pointer: &str) -> Answer<Option<String>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    check_text(text, pointer, 1..=CARD_CHARS)?;
    Ok(Some(text.to_owned()))
}

/// Changes the ticket as the deed says; gives what was said with it.
async fn apply(
    turn: &mut Turn<'_>,
    tx: &mut Tx,
    (place, stored): (&Site, &mut Stored),
    (deed, after): (TicketDeed, TicketState),
    change: &TicketChange,
) -> Answer<Option<String>> {
    use TicketChange as C;
    let now = turn.now;
    let me = turn.person.signature().map(|(id, name)| StaffRef { id, name: name.to_owned() });
    let mut said = None;
    match change {
        C::Call { counter, reason } => {
            check_text(reason, "/reason", 1..=CARD_CHARS)?;
            calling_counter(place, counter)?;
            calling::call(turn, tx, stored, counter).await?;
            said = Some(reason.trim().to_owned());
        }
        C::Recall => {
            stored.last_call = Some(now);
            stored.view.calls = stored.view.calls.saturating_add(1);
        }
        C::Start => {
            stored.view.began = stored.view.began.or(Some(now));
            stored.view.staff = me.or(stored.view.staff.take());
        }
        C::Park { card: text } => {
            stored.view.card = card(text, "/card")?;
            said = stored.view.card.clone();
        }
        C::Resume { counter } => {
            calling_counter(place, counter)?;
            check_room(tx, stored, counter).await?;
            stored.view.counter = Some(counter.clone());
            stored.view.staff = me.or(stored.view.staff.take());
        }
        C::Transfer { to, counter, card: text } => {
            stored.view.card = card(text, "/card")?;
            said = stored.view.card.clone();
            let goal = goal(to.as_ref(), counter.as_ref())?;
            if deed == TicketDeed::ToStand {
                to_stand(turn, tx, stored, (goal, me)).await?;
            } else {
                transfer(turn, tx, (place, stored), goal).await?;
            }
        }
        C::Finish { outcome } => {
            stored.outcome = *outcome;
            stored.view.ended = Some(now);
            stored.view.unwrapped = true;
            counting::ticket_finished(tx, turn.app, turn.person, (&stored.view, *outcome)).await?;
        }
        C::Wrapped => {
            if !stored.view.unwrapped {
                return Err(Refusal::not_now(&shown(turn.person, stored), "the wrap-up is registered already"));
            }
            stored.view.unwrapped = false;
        }
        C::Noshow => stored.view.ended = Some(now),
        C::Later { minutes } => {
            if !(1..=LATEST_MINUTES).contains(minutes) {
                return Err(Refusal::field("/minutes", "range", format!("1 to {LATEST_MINUTES} minutes")));
            }
            stored.view.not_before = now.checked_add(i64::from(*minutes).minutes()).ok();
            (stored.view.counter, stored.view.staff) = (None, None);
        }
        C::SendOff { card: text } => {
            stored.view.card = card(text, "/card")?;
            said = stored.view.card.clone();
            // She comes back to whom she left; a stand waits for nobody.
            let at_stand = |c: &skranke_api::appointments::Counter| {
                c.kind == CounterKind::Stand && Some(&c.id) == stored.view.counter.as_ref()
            };
            if place.counters.iter().any(at_stand) {
                stored.view.counter = None;
            }
        }
        C::Back => stored.view.not_before = None,
        C::Identify { citizen, cases } => identify(turn, tx, (place, stored), (*citizen, cases)).await?,
        C::Sort { triage } => {
            // What was found out from her cases stays true while it says the same.
            if stored.view.triage != *triage {
                stored.view.papers.clear();
            }
            stored.view.triage = *triage;
        }
        C::Room { private_room } => stored.view.private_room = *private_room,
    }
    if stored.view.state != after {
        stored.view.since = now;
    }
    stored.view.state = after;
    Ok(said)
}

async fn check_room(tx: &mut Tx, stored: &Stored, counter: &CounterId) -> Answer<()> {
    if tickets::at_counter(tx, &stored.view.site, counter, stored.view.id).await? >= AT_A_COUNTER {
        let detail = "two are at this counter already: finish with one, park her or hand her over";
        return Err(Refusal::new(ProblemKind::Transition).detail(detail));
    }
    Ok(())
}

/// To whom or where somebody is handed.
#[derive(Clone, Copy)]
enum Goal<'a> {
    To(&'a Receiver),
    Counter(&'a CounterId),
}

fn goal<'a>(to: Option<&'a Receiver>, counter: Option<&'a CounterId>) -> Answer<Goal<'a>> {
    match (to, counter) {
        (Some(to), None) => Ok(Goal::To(to)),
        (None, Some(counter)) => Ok(Goal::Counter(counter)),
        (Some(_), Some(_)) => Err(Refusal::field("/counter", "conflict", "a receiver or a counter, not both")),
        (None, None) => Err(Refusal::field("/to", "missing", "a receiver or a counter is needed")),
    }
}

/// Sends her to a stand: she begins there at once, and whoever sent her follows her.
async fn to_stand(
    turn: &Turn<'_>,
    tx: &mut Tx,
    stored: &mut Stored,
    (goal, me): (Goal<'_>, Option<StaffRef>),
) -> Answer<()> {
    let Goal::Counter(stand) = goal else { return Err(ProblemKind::Internal.into()) };
    let view = &mut stored.view;
    if tickets::at_counter(tx, &view.site, stand, view.id).await? > 0 || view.counter.as_ref() == Some(stand) {
        return Err(Refusal::new(ProblemKind::Transition).detail("somebody is at this stand already"));
    }
    view.called = view.called.or(Some(turn.now));
    view.began = view.began.or(Some(turn.now));
    view.counter = Some(stand.clone());
    view.staff = me;
    view.not_before = None;
    Ok(())
}

/// Hands her to a colleague, a unit or a counter. She keeps the moment at which she came, so she does not wait a second time.
async fn transfer(turn: &Turn<'_>, tx: &mut Tx, (place, stored): (&Site, &mut Stored), goal: Goal<'_>) -> Answer<()> {
    let view = &mut stored.view;
    // Moving from one state to the same is a hand-over too: a promise begins now.
    view.since = turn.now;
    view.not_before = None;
    match goal {
        Goal::Counter(id) => {
            counter(place, id)?;
            (view.counter, view.staff) = (Some(id.clone()), None);
        }
        Goal::To(Receiver::Colleague { id }) => {
            let colleague = handovers::staff(tx, *id).await?;
            let colleague =
                colleague.ok_or_else(|| Refusal::field("/to/id", "unknown", "nobody of that identifier works here"))?;
            view.staff = Some(StaffRef { id: colleague.id, name: colleague.name });
            view.counter = None;
        }
        Goal::To(Receiver::Unit { department }) => {
            if turn.app.catalogue.department(department).is_none() {
                return Err(Refusal::field("/to/department", "unknown", "there is no such department"));
            }
            // A unit with a counter of its own in the house is waited for there.
            let own =
                place.counters.iter().find(|c| c.kind != CounterKind::Stand && c.departments.contains(department));
            (view.counter, view.staff) = (own.map(|c| c.id.clone()), None);
            view.department = Some(department.clone());
        }
    }
    Ok(())
}

/// Links a ticket to a citizen and her cases; what their papers say is found out anew.
async fn identify(
    turn: &Turn<'_>,
    tx: &mut Tx,
    (place, stored): (&Site, &mut Stored),
    (id, named): (CitizenId, &[CaseId]),
) -> Answer<()> {
    if named.len() > 10 {
        return Err(Refusal::field("/cases", "range", "ten cases at most"));
    }
    let citizen = known(tx, id).await?;
    let reason = Reason { procedure: stored.view.procedure.as_ref(), situation: stored.view.situation.as_ref() };
    let hers = of_reason(tx, turn.app, turn.person, &citizen, named, &reason).await?;
    let nos: Vec<i64> = hers.iter().map(|case| case.no).collect();
    tickets::link(tx, stored.no, &nos).await?;
    stored.citizen_no = Some(citizen.no);
    let (triage, papers) = papers::sorted(tx, turn.app, place, &hers).await?;
    if triage != Triage::Unknown {
        (stored.view.triage, stored.view.papers) = (triage, papers);
    }
    Ok(())
}

/// What goes on at a stand begins and ends with the ticket there.
async fn stand(
    turn: &Turn<'_>,
    tx: &mut Tx,
    (before, stored): (&(TicketState, Option<CounterId>, Option<StaffRef>), &Stored),
) -> Answer<()> {
    let (was, is) = (before.1.as_ref(), stored.view.counter.as_ref());
    let left = before.0 == TicketState::Serving && (stored.view.state != TicketState::Serving || was != is);
    if let Some(from) = was.filter(|_| left)
        && stands::at(tx, from).await?.is_some_and(|session| session.ticket == stored.view.id)
    {
        stands::end(tx, stored.view.id).await?;
        turn.tell_stand(tx, from).await?;
    }
    let site = site(tx, &stored.view.site, "/counter").await?;
    let here = is.and_then(|id| site.counters.iter().find(|c| c.id == *id && c.kind == CounterKind::Stand));
    if let Some(here) = here.filter(|_| stored.view.state == TicketState::Serving && (left || was != is)) {
        stands::begin(tx, &here.id, stored.view.id, turn.now).await?;
        turn.tell_stand(tx, &here.id).await?;
    }
    Ok(())
}
