//! Warm hand-overs: sending a card to a colleague or a unit, and taking it further. What does not live here: which state follows on which
//! (`skranke_domain::handover`), how they are stored (`store::handovers`).

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use skranke_api::audit::AuditAction;
use skranke_api::events::EventKind;
use skranke_api::handovers::{Card, HandoverChange, HandoverRequest, HandoverView, Receiver};
use skranke_api::{Page, ProblemKind, paths};
use skranke_domain::authority::Role;
use skranke_domain::handover::{CARD_CHARS, HandoverState};
use skranke_domain::{CitizenId, HandoverId};

use super::acting::check_id;
use super::deed::{Deed, check_text};
use super::notes::already;
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{CommandKey, IfMatch, Json, Params, Path, purpose};
use crate::idempotency::{Command, Freshness, Seen, Stored as Answered};
use crate::policy;
use crate::problem::{Answer, Refusal, json};
use crate::store::events::{Audience, News};
use crate::store::handovers::{NewHandover, Step, Stored, Which};
use crate::store::{Conn, cases, citizens, handovers, word};

/// The longest answer to a question of the receiving unit, in characters.
const ANSWER_CHARS: usize = 500;
/// The longest name of a paper, in characters.
const PAPER_CHARS: usize = 300;

/// Hand-overs about a citizen, or in a person's own boxes, newest first. Only who sent them and whom they are for sees them.
#[utoipa::path(get, path = "/v1/handovers", operation_id = "handovers", tag = "citizens",
    params(
        ("citizen" = Option<CitizenId>, Query, description = "About one citizen; with a purpose"),
        ("box" = Option<String>, Query, description = "`in`: for me or my unit; `out`: those that I sent", pattern = "^(in|out)$"),
    ),
    responses((status = 200, body = Page<HandoverView>)))]
pub async fn list(State(app): State<App>, person: Person, params: Params, headers: HeaderMap) -> Answer<Response> {
    let citizen = params.opt::<CitizenId>("citizen")?;
    let mut entry = Entry::new(&person, AuditAction::ReadHandovers);
    let mut conn = app.store.read().await?;
    let which = match (citizen, params.text("box")) {
        (Some(_), Some(_)) => {
            return Err(Refusal::field("?box", "conflict", "a citizen's list has no other filter"));
        }
        (Some(citizen), None) => {
            entry = entry.citizen(citizen).purpose(purpose(&headers)?);
            // Somebody who does not exist has no hand-overs; the list does not tell the two apart.
            Which::Of(citizens::number(&mut conn, citizen).await?.unwrap_or(0))
        }
        (None, Some("in")) => Which::In,
        (None, Some("out")) => Which::Out,
        (None, Some(_)) => return Err(Refusal::field("?box", "word", "`in` or `out` was expected")),
        (None, None) => return Err(Refusal::field("?box", "missing", "a citizen or a box is required")),
    };
    let mut items = Vec::new();
    for stored in handovers::list(&mut conn, which, person.id(), &person.me.department).await? {
        items.push(shown(&mut conn, &person, stored).await?);
    }
    drop(conn);
    app.auditor.record(entry).await?;
    json(&Page { items, next_cursor: None })
}

/// A hand-over as a person may see it: no case of a withheld department in its card, and nobody's name in a withheld unit.
async fn shown(conn: &mut Conn, person: &Person, stored: Stored) -> Answer<HandoverView> {
    let mut view = stored.view;
    let withheld = person.withheld();
    if !withheld.is_empty() {
        view.card.cases = handovers::visible_cases(conn, &view.card.cases, withheld).await?;
    }
    if let Receiver::Unit { department } = &view.receiver
        && person.is_withheld(department.as_str())
    {
        view.taken_by = None;
    }
    Ok(view)
}

/// Hands a citizen over. A withheld department can be handed over to as well: that is how a clerk reaches it.
#[utoipa::path(post, path = "/v1/handovers", operation_id = "handOver", tag = "citizens",
    request_body = HandoverRequest, responses((status = 201, body = HandoverView)))]
pub async fn send(
    State(app): State<App>,
    person: Person,
    CommandKey(key): CommandKey,
    Json(request): Json<HandoverRequest>,
) -> Answer<Response> {
    check_id(request.id.0)?;
    let card = checked(&request.card)?;
    let command = Command::new(&person, key, "POST", paths::HANDOVERS, &request)?;
    let mut tx = app.store.begin().await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let stored = visible(&mut tx, &person, request.id).await?;
            return Ok(made(&shown(&mut tx, &person, stored).await?)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    let citizen = citizens::number(&mut tx, request.citizen).await?;
    let citizen = citizen.ok_or_else(|| Refusal::field("/citizen", "unknown", "there is no such citizen"))?;
    let name = receiver_name(&mut tx, &app, &person, &request.receiver).await?;
    for (at, id) in card.cases.iter().enumerate() {
        let case = cases::one(&mut tx, &app.procedures, *id).await?;
        // A withheld case and one of somebody else are refused in the same words as one that does not exist.
        case.filter(|c| c.row.citizen == request.citizen && !person.is_withheld(c.row.department.as_str()))
            .ok_or_else(|| Refusal::field(format!("/card/cases/{at}"), "unknown", "this citizen has no such case"))?;
    }
    let deed = Deed::new(&app, &person, command);
    let new = NewHandover {
        id: request.id,
        citizen,
        from: (person.id(), &person.me.name),
        to: (&request.receiver, &name),
        card: &card,
        at: deed.now,
    };
    handovers::add(&mut tx, &new).await.map_err(already)?;
    let stored = visible(&mut tx, &person, request.id).await?;
    let (news, audience) = told(&deed, &stored.view);
    let view = shown(&mut tx, &person, stored).await?;
    let entry = Entry::new(&person, AuditAction::HandOver).citizen(request.citizen).note(word(&view.state));
    deed.done(tx, made(&view)?, (&news, Some(&audience)), entry).await
}

/// Takes a hand-over further: the receiver accepts it, does it or gives it back; the sender withdraws it or sends it again.
#[utoipa::path(patch, path = "/v1/handovers/{handover}", operation_id = "changeHandover", tag = "citizens",
    params(("handover" = HandoverId, Path, description = "The hand-over")),
    request_body = HandoverChange, responses((status = 200, body = HandoverView)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path(id): Path<HandoverId>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<HandoverChange>,
) -> Answer<Response> {
    let command = Command::new(&person, key, "PATCH", &paths::handover(id), &change)?;
    let mut tx = app.store.begin().await?;
    let stored = visible(&mut tx, &person, id).await?;
    let view = shown(&mut tx, &person, stored.clone()).await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            return Ok(Answered::new(StatusCode::OK, &view, &view.etag)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    if_match.check(&view.etag, || &view)?;
    let reply = change.reply.as_deref().map(str::trim).filter(|r| !r.is_empty());
    check_text(reply.unwrap_or_default(), "/reply", 0..=CARD_CHARS)?;
    if change.state.needs_words() && reply.is_none() {
        return Err(Refusal::field("/reply", "missing", "say what came of it, or why it comes back"));
    }
    check_who(&stored, &person, change.state)?;
    if !view.state.may_become(change.state) {
        let detail = format!("{:?} does not become {:?}", view.state, change.state);
        return Err(Refusal::new(ProblemKind::Transition).detail(detail));
    }
    let deed = Deed::new(&app, &person, command);
    let known = &stored.view;
    let step = Step {
        state: change.state,
        reply: reply.or(known.reply.as_deref()),
        taken_by: match change.state {
            HandoverState::Sent => None,
            HandoverState::Withdrawn => known.taken_by.as_deref(),
            HandoverState::Accepted => Some(&person.me.name),
            HandoverState::Done | HandoverState::Returned => Some(known.taken_by.as_deref().unwrap_or(&person.me.name)),
        },
        at: deed.now,
    };
    handovers::step(&mut tx, stored.no, &step).await?;
    let stored = visible(&mut tx, &person, id).await?;
    let (news, audience) = told(&deed, &stored.view);
    let view = shown(&mut tx, &person, stored).await?;
    let entry = Entry::new(&person, AuditAction::HandOver).citizen(view.citizen).note(word(&view.state));
    let answer = Answered::new(StatusCode::OK, &view, &view.etag)?;
    deed.done(tx, answer, (&news, Some(&audience)), entry).await
}

/// A hand-over that this person may see; any other is not there.
async fn visible(conn: &mut Conn, person: &Person, id: HandoverId) -> Answer<Stored> {
    let stored = handovers::one(conn, id).await?;
    Ok(stored.filter(|h| h.is_seen_by(person.id(), &person.me.department)).ok_or(ProblemKind::NotFound)?)
}

fn made(view: &HandoverView) -> Answer<Answered> {
    Ok(Answered::new(StatusCode::CREATED, view, &view.etag)?.at(paths::handover(view.id)))
}

/// The sender takes back and sends again; the receiver accepts, does and gives back.
fn check_who(stored: &Stored, person: &Person, next: HandoverState) -> Answer<()> {
    let (may, detail) = match next {
        HandoverState::Sent | HandoverState::Withdrawn => {
            (stored.view.from == person.id(), "only who sent it takes it back or sends it again")
        }
        HandoverState::Accepted | HandoverState::Done | HandoverState::Returned => (
            stored.is_for(person.id(), &person.me.department),
            "only whom it is for takes it, does it or gives it back",
        ),
    };
    if may { Ok(()) } else { Err(Refusal::new(ProblemKind::Forbidden).detail(detail)) }
}

/// What is told of a hand-over, and to whom: to its two sides alone. Of a unit that some may not see into, nobody's name is told.
fn told(deed: &Deed<'_>, view: &HandoverView) -> (News, Audience) {
    let mut news = deed.news(EventKind::HandoverChanged, paths::handover(view.id), &view.etag, view.citizen);
    let mut audience = Audience { staff: vec![view.from], departments: Vec::new() };
    match &view.receiver {
        Receiver::Colleague { id } => audience.staff.push(*id),
        Receiver::Unit { department } => {
            if Role::ALL.iter().any(|role| policy::sees_cases(*role) && policy::is_withheld(*role, department.as_str()))
            {
                news.actor = None;
            }
            audience.departments.push(department.clone());
        }
    }
    (news, audience)
}

/// What the receiver is called; one who cannot take a citizen over is refused.
async fn receiver_name(conn: &mut Conn, app: &App, person: &Person, receiver: &Receiver) -> Answer<String> {
    match receiver {
        Receiver::Unit { department } => app
            .catalogue
            .department(department)
            .map(|d| d.name.da.clone())
            .ok_or_else(|| Refusal::field("/receiver/department", "unknown", "there is no such department")),
        Receiver::Colleague { id } if *id == person.id() => {
            Err(Refusal::field("/receiver/id", "self", "nobody hands over to herself"))
        }
        Receiver::Colleague { id } => {
            let colleague = handovers::staff(conn, *id).await?;
            let colleague =
                colleague.ok_or_else(|| Refusal::field("/receiver/id", "unknown", "there is no such colleague"))?;
            if !policy::sees_cases(colleague.role) {
                return Err(Refusal::field("/receiver/id", "role", "this colleague serves no citizens today"));
            }
            Ok(colleague.name)
        }
    }
}

/// A card with its texts trimmed, each within its bounds.
fn checked(card: &Card) -> Answer<Card> {
    check_text(&card.what, "/card/what", 1..=CARD_CHARS)?;
    check_text(&card.promised, "/card/promised", 0..=CARD_CHARS)?;
    for (pointer, count, most) in [
        ("/card/missing", card.missing.len(), 60),
        ("/card/cases", card.cases.len(), 10),
        ("/card/answers", card.answers.len(), 10),
    ] {
        if count > most {
            return Err(Refusal::field(pointer, "range", format!("at most {most}")));
        }
    }
    for (at, paper) in card.missing.iter().enumerate() {
        check_text(&paper.da, &format!("/card/missing/{at}/da"), 1..=PAPER_CHARS)?;
        check_text(&paper.en, &format!("/card/missing/{at}/en"), 1..=PAPER_CHARS)?;
    }
    for (at, answer) in card.answers.iter().enumerate() {
        check_text(&answer.question.da, &format!("/card/answers/{at}/question/da"), 1..=ANSWER_CHARS)?;
        check_text(&answer.question.en, &format!("/card/answers/{at}/question/en"), 1..=ANSWER_CHARS)?;
        check_text(&answer.answer, &format!("/card/answers/{at}/answer"), 0..=ANSWER_CHARS)?;
    }
    for (at, id) in card.cases.iter().enumerate() {
        if card.cases[..at].contains(id) {
            return Err(Refusal::field(format!("/card/cases/{at}"), "duplicate", "this case stands twice"));
        }
    }
    let mut card = card.clone();
    card.what = card.what.trim().to_owned();
    card.promised = card.promised.trim().to_owned();
    for answer in &mut card.answers {
        answer.answer = answer.answer.trim().to_owned();
    }
    Ok(card)
}
