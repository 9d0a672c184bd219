//! A citizen's life situations: opened, proposed, declined, answered, dismissed, closed. What does not live here: the question trees (the
//! catalogue), starting cases (`starting`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use jiff::ToSpan;
use jiff::civil::Date;
use skranke_api::audit::AuditAction;
use skranke_api::situations::{
    FollowState, ProposedSituation, SituationChange, SituationList, SituationRequest, SituationView,
};
use skranke_api::{ProblemKind, paths};
use skranke_domain::checklist::REASON_CHARS;
use skranke_domain::citizen::GroundOfStay;
use skranke_domain::life_situation::{Answers, Follow, Happening, LifeSituationKind};
use skranke_domain::{CitizenId, DepartmentId, FollowOnId, SituationId};

use super::acting::{Act, check_id, most_open};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::clock::local;
use crate::extract::{CommandKey, IfMatch, Json, Path, Why};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::{Answer, Refusal, json};
use crate::store::situations::{self, Followed, NewSituation};
use crate::store::{Conn, Tx, cases, register};

/// How long something that happened proposes a situation, in days.
const PROPOSED_DAYS: i64 = 200;
/// How far ahead a situation may be planned, in years.
const AHEAD_YEARS: i16 = 5;

/// A citizen's situations as a role sees them, with the cases of each.
struct Seeing<'a> {
    app: &'a App,
    person: &'a Person,
    citizen: CitizenId,
    cases: Vec<cases::Stored>,
}

impl<'a> Seeing<'a> {
    async fn of(conn: &mut Conn, app: &'a App, person: &'a Person, citizen: (CitizenId, i64)) -> Answer<Self> {
        let cases = cases::in_situations(conn, &app.procedures, citizen.1, person.withheld()).await?;
        Ok(Self { app, person, citizen: citizen.0, cases })
    }

    /// Whether this role sees a situation: a colleague opened it, or one of its cases is one she sees. What only a withheld department
    /// knows is not there.
    fn sees(&self, situation: &situations::Stored) -> bool {
        let opened = situation.opened.as_ref();
        opened.is_some_and(|o| !self.person.is_withheld(o.department.as_str()))
            || self.cases.iter().any(|case| case.row.situation == Some(situation.id))
    }

    fn shows(&self, situation: &situations::Stored) -> bool {
        situation.declined.is_none() && self.sees(situation)
    }

    /// The department by which most roles know of a situation: whoever sees that one hears of its changes.
    fn known_to(&self, situation: &situations::Stored) -> Option<DepartmentId> {
        let cases = self.cases.iter().filter(|case| case.row.situation == Some(situation.id));
        let opener = situation.opened.iter().map(|o| &o.department);
        most_open(opener.chain(cases.map(|case| &case.row.department)))
    }

    async fn view(&self, conn: &mut Conn, situation: &situations::Stored) -> Answer<SituationView> {
        Ok(SituationView {
            id: situation.id,
            citizen: self.citizen,
            kind: situation.kind.clone(),
            since: situation.since,
            by: situation.opened.as_ref().map(|o| o.by.clone()),
            coordinator: situation.coordinator.clone(),
            closed: situation.closed,
            answers: situation.answers.clone(),
            follows: self.follows(conn, situation).await?,
            etag: situation.etag(),
        })
    }

    /// What became of what follows. A started case that this role may not see leaves it as open as it was.
    async fn follows(&self, conn: &mut Conn, situation: &situations::Stored) -> Answer<Vec<FollowState>> {
        let mut all: Vec<FollowState> = Vec::new();
        for known in situations::follows(conn, situation.id).await? {
            let case = known.case_no.and_then(|no| self.cases.iter().find(|case| case.no == no));
            if known.state == Follow::Started && case.is_none() {
                continue;
            }
            let state = FollowState {
                follow: known.follow,
                state: known.state,
                reason: known.reason,
                case: case.map(|case| case.row.id),
                by: known.by,
                at: Some(known.at),
            };
            put(&mut all, state);
        }
        let kind = self.app.catalogue.life_situation(&situation.kind);
        for follow in kind.iter().flat_map(|kind| &kind.follows) {
            // A case that was there without anybody starting it from here.
            let there = |case: &&cases::Stored| {
                case.row.situation == Some(situation.id) && Some(&case.row.procedure) == follow.procedure.as_ref()
            };
            let Some(case) = self.cases.iter().find(there) else { continue };
            if all.iter().any(|known| known.follow == follow.id && known.state == Follow::Started) {
                continue;
            }
            let state = FollowState {
                follow: follow.id.clone(),
                state: Follow::Started,
                reason: None,
                case: Some(case.row.id),
                by: None,
                at: Some(case.received),
            };
            put(&mut all, state);
        }
        Ok(all)
    }
}

/// A case that was started counts for more than a dismissal before it.
fn put(all: &mut Vec<FollowState>, state: FollowState) {
    match all.iter_mut().find(|known| known.follow == state.follow) {
        Some(known) if known.state != Follow::Started => *known = state,
        Some(_) => {}
        None => all.push(state),
    }
}

/// A situation of a citizen that this role sees; one that is withheld is not there.
pub(super) async fn visible(
    conn: &mut Conn,
    app: &App,
    person: &Person,
    citizen: (CitizenId, i64),
    id: SituationId,
) -> Answer<Option<situations::Stored>> {
    let Some(found) = situations::one(conn, id).await?.filter(|s| s.citizen == citizen.1) else { return Ok(None) };
    let seeing = Seeing::of(conn, app, person, citizen).await?;
    Ok(Some(found).filter(|s| seeing.shows(s)))
}

/// A citizen's life situations: those that were opened, and those that what happened proposes.
#[utoipa::path(get, path = "/v1/citizens/{citizen}/life-situations", operation_id = "situations", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen")),
    responses((status = 200, body = SituationList)))]
pub async fn list(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CitizenId>,
    Why(purpose): Why,
) -> Answer<Response> {
    let list = {
        let mut conn = app.store.read().await?;
        let today = app.clock.today();
        let known = register::known(&mut conn, id, today).await?.ok_or(ProblemKind::NotFound)?;
        let seeing = Seeing::of(&mut conn, &app, &person, (id, known.no)).await?;
        let mut all = situations::of_citizen(&mut conn, known.no).await?;
        all.retain(|situation| seeing.sees(situation));
        let from = today.checked_sub(PROPOSED_DAYS.days()).unwrap_or(today);
        let mut happened = situations::happenings(&mut conn, known.no, from).await?;
        happened.retain(|(_, on)| *on <= today);
        happened.extend(turned_65(known.born, from, today));
        happened.sort_by_key(|(_, on)| std::cmp::Reverse(*on));
        let mut list =
            SituationList { situations: Vec::new(), proposed: proposed(&app, &all, &happened, known.ground) };
        for situation in all.iter().filter(|s| s.declined.is_none()) {
            list.situations.push(seeing.view(&mut conn, situation).await?);
        }
        list
    };
    app.auditor.record(Entry::new(&person, AuditAction::ReadSituations).citizen(id).purpose(purpose)).await?;
    json(&list)
}

/// The day she turned 65, where it lies between two days.
fn turned_65(born: Date, from: Date, to: Date) -> Option<(Happening, Date)> {
    // Who was born on 29 February turns 65 on 1 March.
    let day = Date::new(born.year() + 65, born.month(), born.day())
        .or_else(|_| Date::new(born.year() + 65, born.month() + 1, 1))
        .ok()?;
    (from <= day && day <= to).then_some((Happening::Turned65, day))
}

/// What happened and nobody opened or declined yet, newest first, each kind once. Where something may lead to one of several situations,
/// one that was opened or declined answers for all of them.
fn proposed(
    app: &App,
    known: &[situations::Stored],
    happened: &[(Happening, Date)],
    ground: GroundOfStay,
) -> Vec<ProposedSituation> {
    let mut all: Vec<ProposedSituation> = Vec::new();
    for (happening, on) in happened {
        let kinds = || app.catalogue.life_situations.iter().filter(|kind| kind.happenings.contains(happening));
        if kinds().any(|kind| known.iter().any(|situation| situation.kind == kind.id && answers(situation, *on))) {
            continue;
        }
        for kind in kinds().filter(|kind| fits(kind, ground)) {
            if all.iter().all(|p| p.kind != kind.id) {
                all.push(ProposedSituation { kind: kind.id.clone(), happening: *happening, on: *on });
            }
        }
    }
    all
}

/// Whether a situation of the proposed kind is the answer to what happened on a day: it is still open, or it was opened or declined since.
fn answers(situation: &situations::Stored, on: Date) -> bool {
    let since = situation.since >= on || situation.opened.as_ref().is_some_and(|o| local(o.at).date() >= on);
    since || !situation.closed
}

/// Whether a kind fits a ground of stay: of the ways to arrive only one is hers. Every other kind fits everybody.
fn fits(kind: &LifeSituationKind, ground: GroundOfStay) -> bool {
    use GroundOfStay::{Danish, EuSelfEmployed, EuStudent, EuSufficientFunds, EuWorker, Family, Nordic, Permit};
    match kind.id.as_str() {
        "arrival-eu-worker" => matches!(ground, EuWorker | EuSelfEmployed | EuSufficientFunds | Nordic),
        "arrival-eu-student" => ground == EuStudent,
        "arrival-non-eu" => ground == Permit,
        "arrival-family" => ground == Family,
        "reentry" => ground == Danish,
        _ => true,
    }
}

/// Opens a life situation, or declines one that was proposed.
#[utoipa::path(post, path = "/v1/citizens/{citizen}/life-situations", operation_id = "openSituation", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen")),
    request_body = SituationRequest, responses((status = 201, body = SituationView)))]
pub async fn open(
    State(app): State<App>,
    person: Person,
    Path(citizen): Path<CitizenId>,
    CommandKey(key): CommandKey,
    Json(request): Json<SituationRequest>,
) -> Answer<Response> {
    let now = app.clock.now();
    let kind = check(&app, &request, local(now).date())?;
    let declined = match &request.declined {
        None => None,
        Some(reason) => Some(reason_in(reason, "/declined")?),
    };
    let command = Command::new(&person, key, "POST", &paths::situations(citizen), &request)?;
    let mut tx = app.store.begin().await?;
    let no = crate::store::citizens::number(&mut tx, citizen).await?.ok_or(ProblemKind::NotFound)?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let found = situations::one(&mut tx, request.id).await?.filter(|s| s.citizen == no);
            let view = present(&mut tx, &app, &person, (citizen, no), found).await?;
            return Ok(created(&view)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    if situations::one(&mut tx, request.id).await?.is_some() {
        return Err(ProblemKind::AlreadyExists.into());
    }
    let new = NewSituation {
        id: request.id,
        citizen: no,
        kind: &kind.id,
        since: request.since,
        happening: request.happening,
        declined,
        answers: &request.answers,
        by: (person.id(), &person.me.name, &person.me.department),
        at: now,
    };
    situations::add(&mut tx, &new).await?;
    let found = situations::one(&mut tx, request.id).await?;
    let view = present(&mut tx, &app, &person, (citizen, no), found).await?;
    let note = if declined.is_some() { format!("declined {}", kind.id) } else { format!("opened {}", kind.id) };
    let answer = created(&view)?;
    finish(
        tx,
        &Act { app: &app, person: &person, key, now },
        &command,
        (&view, note, Some(person.me.department.clone())),
        &answer,
    )
    .await?;
    Ok(answer.response(Freshness::Fresh))
}

async fn present(
    tx: &mut Tx,
    app: &App,
    person: &Person,
    citizen: (CitizenId, i64),
    found: Option<situations::Stored>,
) -> Answer<SituationView> {
    let found = found.ok_or(ProblemKind::NotFound)?;
    let seeing = Seeing::of(tx, app, person, citizen).await?;
    seeing.view(tx, &found).await
}

fn created(view: &SituationView) -> Answer<Stored> {
    Ok(Stored::new(StatusCode::CREATED, view, &view.etag)?.at(paths::situation(view.citizen, view.id)))
}

/// What every change of a situation leaves behind, in the commit that makes it.
async fn finish(
    mut tx: Tx,
    act: &Act<'_>,
    command: &Command,
    (view, note, department): (&SituationView, String, Option<DepartmentId>),
    answer: &Stored,
) -> Answer<()> {
    let subject = paths::situation(view.citizen, view.id);
    act.tell_of_citizen(&mut tx, subject, Some(view.etag.clone()), view.citizen, department).await?;
    let entry = Entry::new(act.person, AuditAction::ChangeSituation).citizen(view.citizen).command(act.key).note(note);
    act.app.chain.append(&mut tx, &[entry]).await?;
    command.keep(&mut tx, act.now, answer).await?;
    tx.commit().await?;
    act.app.bell.ring();
    Ok(())
}

fn check<'a>(app: &'a App, request: &SituationRequest, today: Date) -> Answer<&'a LifeSituationKind> {
    check_id(request.id.0)?;
    let kind = app.catalogue.life_situation(&request.kind);
    let kind = kind.ok_or_else(|| Refusal::field("/kind", "unknown", "there is no such life situation"))?;
    if !(1970..=today.year() + AHEAD_YEARS).contains(&request.since.year()) {
        let detail = format!("a day from 1970 on, {AHEAD_YEARS} years ahead at most");
        return Err(Refusal::field("/since", "range", detail));
    }
    match request.happening {
        Some(happening) if !kind.happenings.contains(&happening) => {
            return Err(Refusal::field("/happening", "word", "this situation is not proposed from that"));
        }
        None if request.declined.is_some() => {
            return Err(Refusal::field("/happening", "missing", "only what something proposed is declined"));
        }
        _ => {}
    }
    check_answers(kind, &request.answers)?;
    Ok(kind)
}

fn check_answers(kind: &LifeSituationKind, answers: &Answers) -> Answer<()> {
    match answers.keys().find(|id| kind.questions.iter().all(|question| question.id != **id)) {
        Some(id) => Err(Refusal::field(format!("/answers/{id}"), "unknown", "this situation has no such question")),
        None => Ok(()),
    }
}

fn reason_in<'a>(text: &'a str, pointer: &str) -> Answer<&'a str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::field(pointer, "missing", "a reason in words was expected"));
    }
    if text.chars().count() > REASON_CHARS {
        return Err(Refusal::field(pointer, "length", format!("at most {REASON_CHARS} characters")));
    }
    Ok(text)
}

/// Changes a life situation: a question answered, something dismissed or taken up again, or closed.
#[utoipa::path(patch, path = "/v1/citizens/{citizen}/life-situations/{situation}", operation_id = "changeSituation", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen"), ("situation" = SituationId, Path, description = "The situation")),
    request_body = SituationChange, responses((status = 200, body = SituationView)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path((citizen, id)): Path<(CitizenId, SituationId)>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<SituationChange>,
) -> Answer<Response> {
    let command = Command::new(&person, key, "PATCH", &paths::situation(citizen, id), &change)?;
    let mut tx = app.store.begin().await?;
    let no = crate::store::citizens::number(&mut tx, citizen).await?.ok_or(ProblemKind::NotFound)?;
    let found = situations::one(&mut tx, id).await?.filter(|s| s.citizen == no).ok_or(ProblemKind::NotFound)?;
    let seeing = Seeing::of(&mut tx, &app, &person, (citizen, no)).await?;
    if !seeing.shows(&found) {
        return Err(ProblemKind::NotFound.into());
    }
    let before = seeing.view(&mut tx, &found).await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => return Ok(Stored::new(StatusCode::OK, &before, &before.etag)?.response(Freshness::Replayed)),
        Seen::Never => {}
    }
    if_match.check(&before.etag, || &before)?;
    let act = Act { app: &app, person: &person, key, now: app.clock.now() };
    let note = apply(&mut tx, &act, found, &before, change).await?;
    let found = situations::one(&mut tx, id).await?.ok_or(ProblemKind::Internal)?;
    let view = seeing.view(&mut tx, &found).await?;
    let answer = Stored::new(StatusCode::OK, &view, &view.etag)?;
    finish(tx, &act, &command, (&view, note, seeing.known_to(&found)), &answer).await?;
    Ok(answer.response(Freshness::Fresh))
}

/// Does a change; gives what the log says of it.
async fn apply(
    tx: &mut Tx,
    act: &Act<'_>,
    mut found: situations::Stored,
    before: &SituationView,
    change: SituationChange,
) -> Answer<String> {
    let not_now = |why: &str| Refusal::new(ProblemKind::Transition).detail(why);
    if found.closed {
        return Err(not_now("the situation is closed"));
    }
    let kind = act.app.catalogue.life_situation(&found.kind).ok_or_else(|| not_now("this kind is no longer used"))?;
    let known = |follow: &FollowOnId| {
        if kind.follows.iter().all(|f| f.id != *follow) {
            return Err(Refusal::field("/follow", "unknown", "nothing of that name follows from this situation"));
        }
        Ok(before.follows.iter().find(|f| f.follow == *follow).map_or(Follow::Open, |f| f.state))
    };
    let note = match change {
        SituationChange::Answer { question, answer } => {
            if kind.questions.iter().all(|q| q.id != question) {
                return Err(Refusal::field("/question", "unknown", "this situation has no such question"));
            }
            let note = format!("answered {question}");
            found.answers.insert(question, answer);
            note
        }
        SituationChange::Dismiss { follow, reason } => {
            let reason = reason_in(&reason, "/reason")?;
            match known(&follow)? {
                Follow::Started => return Err(not_now("a case of it is there already")),
                Follow::Dismissed => return Err(not_now("it is dismissed already")),
                Follow::Open => {}
            }
            let note = format!("dismissed {follow}");
            let what = Followed {
                follow,
                state: Follow::Dismissed,
                reason: Some(reason.to_owned()),
                case_no: None,
                by: Some(act.person.me.name.clone()),
                at: act.now,
            };
            situations::follow(tx, found.id, (act.person.id(), &act.person.me.name), &what).await?;
            note
        }
        SituationChange::Reopen { follow } => {
            if known(&follow)? != Follow::Dismissed {
                return Err(not_now("it is not dismissed"));
            }
            situations::reopen(tx, found.id, &follow).await?;
            format!("reopened {follow}")
        }
        SituationChange::Close => {
            found.closed = true;
            "closed".to_owned()
        }
    };
    situations::save(tx, &found).await?;
    Ok(note)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn whoever_arrives_is_proposed_the_one_way_that_is_hers() {
        let catalogue = skranke_domain::catalogue::Catalogue::builtin().unwrap();
        let arrivals: Vec<_> =
            catalogue.life_situations.iter().filter(|k| k.happenings.contains(&Happening::Arrived)).collect();
        assert!(arrivals.len() > 1);
        for ground in GroundOfStay::ALL {
            assert_eq!(arrivals.iter().filter(|kind| fits(kind, *ground)).count(), 1, "{ground:?}");
        }
    }

    #[test]
    fn the_65th_birthday_proposes_for_a_while_and_then_no_more() {
        let of = |born, today: Date| turned_65(born, today.checked_sub(PROPOSED_DAYS.days()).unwrap(), today);
        let born = date(1961, 4, 2);
        assert_eq!(of(born, date(2026, 4, 1)), None);
        assert_eq!(of(born, date(2026, 4, 2)), Some((Happening::Turned65, date(2026, 4, 2))));
        assert!(of(born, date(2026, 10, 1)).is_some());
        assert_eq!(of(born, date(2026, 11, 30)), None);
        assert_eq!(of(date(1960, 2, 29), date(2025, 3, 5)), Some((Happening::Turned65, date(2025, 3, 1))));
    }
}
