//! Documents beside their bytes: announcing one, looking at it, changing what it is evidence for. What does not live here: the bytes
//! (`content`), what its coming does to a checklist (`landing`), documents inside a delivery (`intake`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use skranke_api::audit::AuditAction;
use skranke_api::cases::HistoryKind;
use skranke_api::documents::{DocumentChange, DocumentRequest, DocumentUse, DocumentView, MAX_USES};
use skranke_api::{ProblemKind, paths};
use skranke_domain::document::{DOCUMENT_BYTES, DocumentSource, DocumentState, NAME_CHARS, safe_name};
use skranke_domain::{CaseId, CitizenId, DocumentId};

use super::acting::{Act, check_id};
use super::landing::{Served, served};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{CommandKey, IfMatch, Json, Path, Why};
use crate::idempotency::{Command, Freshness, Seen, Stored as Answered};
use crate::problem::{Answer, Refusal, tagged};
use crate::store::cases::{self, Stored as Case};
use crate::store::documents::{self, NewDocument, Stored};
use crate::store::{Conn, Tx};

/// A document that this person may see; one that is withheld is not there.
pub(super) async fn visible(conn: &mut Conn, person: &Person, id: DocumentId) -> Answer<(Stored, DocumentView)> {
    let stored = documents::one(conn, id).await?.ok_or(ProblemKind::NotFound)?;
    let view = stored.shown(person.withheld()).ok_or(ProblemKind::NotFound)?;
    Ok((stored, view))
}

/// Refuses to bring papers to a case that is closed or to which this person's authority does not reach.
pub(super) fn check_work(app: &App, person: &Person, case: &Case) -> Answer<()> {
    if !cases::is_open(case.row.phase) {
        return Err(Refusal::new(ProblemKind::Transition).detail("the case is closed: nothing is added to it any more"));
    }
    let rights = super::cases::rights(app, person, case);
    if !rights.work {
        return Err(
            Refusal::new(ProblemKind::Forbidden).detail("your authority in this department does not reach so far")
        );
    }
    Ok(())
}

fn check(request: &DocumentRequest) -> Answer<()> {
    check_id(request.id.0)?;
    check_name(&request.name, "/name")?;
    if !(1..=DOCUMENT_BYTES).contains(&request.bytes) {
        return Err(Refusal::field("/bytes", "range", format!("1 to {DOCUMENT_BYTES} bytes")));
    }
    let digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if request.sha256.len() != 64 || !request.sha256.bytes().all(digit) {
        return Err(Refusal::field("/sha256", "type", "64 hexadecimal digits in lower case were expected"));
    }
    if request.source == DocumentSource::Office {
        return Err(Refusal::field("/source", "word", "the office writes its letters itself"));
    }
    if request.uses.len() > MAX_USES {
        return Err(Refusal::field("/uses", "range", format!("{MAX_USES} items at most")));
    }
    Ok(())
}

/// A name has a length; what in it is no name is left out when it is kept (`safe_name`).
pub(super) fn check_name(name: &str, pointer: &str) -> Answer<()> {
    match name.chars().count() {
        0 => Err(Refusal::field(pointer, "missing", "a file name is needed")),
        1..=NAME_CHARS => Ok(()),
        _ => Err(Refusal::field(pointer, "length", format!("{NAME_CHARS} characters at most"))),
    }
}

/// Announces a document of a case; its bytes follow in pieces.
#[utoipa::path(post, path = "/v1/cases/{case}/documents", operation_id = "announceDocument", tag = "documents",
    params(("case" = CaseId, Path, description = "The case it is brought to")),
    request_body = DocumentRequest, responses((status = 201, body = DocumentView)))]
pub async fn announce(
    State(app): State<App>,
    person: Person,
    Path(case): Path<CaseId>,
    CommandKey(key): CommandKey,
    Json(request): Json<DocumentRequest>,
) -> Answer<Response> {
    check(&request)?;
    let command = Command::new(&person, key, "POST", &paths::case_documents(case), &request)?;
    let mut tx = app.store.begin().await?;
    let home = super::cases::visible(&mut tx, &app, &person, case).await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let (_, view) = visible(&mut tx, &person, request.id).await?;
            return Ok(announced(&view)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    if documents::one(&mut tx, request.id).await?.is_some() {
        return Err(ProblemKind::AlreadyExists.into());
    }
    check_work(&app, &person, &home)?;
    let act = Act { app: &app, person: &person, key, now: app.clock.now() };
    let replaced = replaced(&mut tx, &person, &request, home.row.citizen).await?;
    let mut uses = request.uses.clone();
    if let Some(older) = replaced.as_ref().filter(|_| uses.is_empty()) {
        // A newer version is evidence for what the older one was, as far as that still takes papers.
        for one in &older.uses {
            let case = super::landing::hers(&mut tx, &act, home.row.citizen, one.case).await?;
            if case.is_some_and(|case| check_work(&app, &person, &case).is_ok()) {
                uses.push(one.clone());
            }
        }
    }
    if !uses.iter().any(|one| one.case == case) {
        uses.push(DocumentUse { case, item: None });
    }
    for one in &served(&mut tx, (&act, home.row.citizen), &uses, "/uses").await? {
        check_work(&app, &person, &one.case)?;
    }
    let new = NewDocument {
        id: request.id,
        citizen: home.citizen_no,
        home: (case, home.row.department.as_str()),
        name: &safe_name(&request.name),
        kind: None,
        bytes: request.bytes,
        sha256: &request.sha256,
        state: DocumentState::Uploading,
        origin: (request.source, request.openness),
        version: (replaced.map_or(1, |older| older.version.saturating_add(1)), request.replaces),
        uses: &uses,
        at: act.now,
        by: person.signature(),
        command: key,
        checks: &[],
    };
    documents::add(&mut tx, &new).await?;
    let (_, view) = visible(&mut tx, &person, request.id).await?;
    let entry = Entry::new(&person, AuditAction::BringDocument).citizen(home.row.citizen).case(case).command(key);
    app.chain.append(&mut tx, &[entry.note("announced")]).await?;
    act.tell_of_document(&mut tx, &home, view.id, &view.etag).await?;
    let answer = announced(&view)?;
    command.keep(&mut tx, act.now, &answer).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(answer.response(Freshness::Fresh))
}

fn announced(view: &DocumentView) -> Answer<Answered> {
    Ok(Answered::new(StatusCode::CREATED, view, &view.etag)?.at(paths::document(view.id)))
}

/// The document that this one is a newer version of; another citizen's is refused in the same words as one that is not there.
async fn replaced(
    tx: &mut Tx,
    person: &Person,
    request: &DocumentRequest,
    citizen: CitizenId,
) -> Answer<Option<DocumentView>> {
    let Some(id) = request.replaces else { return Ok(None) };
    let older = documents::one(tx, id).await?.and_then(|older| older.shown(person.withheld()));
    let older = older.filter(|older| older.citizen == citizen);
    older.map(Some).ok_or_else(|| Refusal::field("/replaces", "unknown", "there is no such document"))
}

/// A document beside its bytes.
#[utoipa::path(get, path = "/v1/documents/{document}", operation_id = "document", tag = "documents",
    params(("document" = DocumentId, Path, description = "The document")),
    responses((status = 200, body = DocumentView)))]
pub async fn one(
    State(app): State<App>,
    person: Person,
    Path(id): Path<DocumentId>,
    Why(purpose): Why,
) -> Answer<Response> {
    let (stored, view) = {
        let mut conn = app.store.read().await?;
        visible(&mut conn, &person, id).await?
    };
    let entry = Entry::new(&person, AuditAction::ReadDocument).citizen(view.citizen).case(stored.home);
    app.auditor.record(entry.purpose(purpose).note("description")).await?;
    tagged(&view, &view.etag)
}

/// Changes what a document is evidence for, or who may ever read it. A paper that awaited a look because of it alone is missing again.
#[utoipa::path(patch, path = "/v1/documents/{document}", operation_id = "changeDocument", tag = "documents",
    params(("document" = DocumentId, Path, description = "The document")),
    request_body = DocumentChange, responses((status = 200, body = DocumentView)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path(id): Path<DocumentId>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<DocumentChange>,
) -> Answer<Response> {
    let command = Command::new(&person, key, "PATCH", &paths::document(id), &change)?;
    let mut tx = app.store.begin().await?;
    let (mut stored, view) = visible(&mut tx, &person, id).await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            return Ok(Answered::new(StatusCode::OK, &view, &view.etag)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    if_match.check(&view.etag, || &view)?;
    let act = Act { app: &app, person: &person, key, now: app.clock.now() };
    let more = served(&mut tx, (&act, view.citizen), &change.also_for, "/alsoFor").await?;
    let less = served(&mut tx, (&act, view.citizen), &change.no_longer_for, "/noLongerFor").await?;
    let mine = served(&mut tx, (&act, view.citizen), &view.uses, "/uses").await?;
    // Who may ever read it concerns every case it stands in; a move only those that it goes to or leaves.
    let touched: Vec<&Served> = if change.openness.is_some() { mine.iter().collect() } else { Vec::new() };
    for one in touched.into_iter().chain(&more).chain(&less) {
        check_work(&app, &person, &one.case)?;
    }
    let uses = moved(&stored.view.uses, &view.uses, &change)?;
    documents::set_uses(&mut tx, stored.no, &uses).await?;
    stored.view.openness = change.openness.unwrap_or(stored.view.openness);
    stored.touch();
    documents::save(&mut tx, &stored).await?;
    let etag = stored.view.etag.clone();
    if stored.view.state == DocumentState::Complete {
        act.take_away(&mut tx, &stored, &less).await?;
        act.land(&mut tx, &more, HistoryKind::DocumentMoved, None).await?;
    }
    let mut told: Vec<CaseId> = Vec::new();
    for one in mine.iter().chain(&more) {
        if !told.contains(&one.case.row.id) {
            told.push(one.case.row.id);
            act.tell_of_document(&mut tx, &one.case, id, &etag).await?;
        }
    }
    let entry = Entry::new(&person, AuditAction::ChangeDocument).citizen(view.citizen).case(stored.home).command(key);
    app.chain.append(&mut tx, &[entry]).await?;
    let (_, view) = visible(&mut tx, &person, id).await?;
    let answer = Answered::new(StatusCode::OK, &view, &etag)?;
    command.keep(&mut tx, act.now, &answer).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(answer.response(Freshness::Fresh))
}

/// What a document is evidence for after a change. It never falls out of the last case it stands in: then it belongs to that as a whole.
fn moved(all: &[DocumentUse], shown: &[DocumentUse], change: &DocumentChange) -> Answer<Vec<DocumentUse>> {
    for (at, one) in change.no_longer_for.iter().enumerate() {
        if !shown.contains(one) {
            return Err(Refusal::field(format!("/noLongerFor/{at}"), "unknown", "it is no evidence for that"));
        }
    }
    for (at, one) in change.also_for.iter().enumerate() {
        if shown.contains(one) {
            return Err(Refusal::field(format!("/alsoFor/{at}"), "duplicate", "it is evidence for that already"));
        }
    }
    let mut uses: Vec<DocumentUse> = all.iter().filter(|one| !change.no_longer_for.contains(one)).cloned().collect();
    uses.extend(change.also_for.iter().cloned());
    if uses.len() > MAX_USES {
        return Err(Refusal::field("/alsoFor", "range", format!("{MAX_USES} items at most")));
    }
    if uses.is_empty() {
        uses.extend(change.no_longer_for.last().map(|last| DocumentUse { case: last.case, item: None }));
    }
    Ok(uses)
}

impl Act<'_> {
    /// A document is no evidence for these items after all.
    async fn take_away(&self, tx: &mut Tx, document: &Stored, less: &[Served]) -> Answer<()> {
        for one in less {
            for item in one.items.iter().flatten() {
                let used = DocumentUse { case: one.case.row.id, item: Some(item.clone()) };
                let reached = if documents::another_serves(tx, &used, document.no).await? {
                    None
                } else {
                    self.give_up(tx, &one.case, item).await?
                };
                let what = reached.map(|state| (item, state));
                self.note(tx, one.case.no, HistoryKind::DocumentMoved, what, None).await?;
            }
            self.add_up(tx, &one.case).await?;
        }
        Ok(())
    }
}
