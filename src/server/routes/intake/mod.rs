//! What arrives from outside: taking a delivery in once, and the applications that are half finished. What does not live here: what each
//! kind of delivery does (`application`, `reply`, `answer`), documents that a clerk brings (`documents`).

use axum::extract::State;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use skranke_api::audit::AuditAction;
use skranke_api::documents::{DocumentUse, DocumentView, MAX_USES};
use skranke_api::intake::{
    HalfFinished, INTAKE_DOCUMENT_BYTES, IntakeDocument, IntakeKind, IntakeRemark, IntakeRequest, IntakeTaken,
    MAX_INTAKE_DOCUMENTS,
};
use skranke_api::{ETag, Page, ProblemKind, paths};
use skranke_domain::document::{DocumentSource, DocumentState, FileKind, Openness, safe_name};
use skranke_domain::{CaseId, CitizenId, CommandId, DocumentId};

use super::acting::{Act, check_id};
use super::content::{broken, not_taken};
use super::documents::check_name;
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::clock::local;
use crate::extract::{CommandKey, Delivery, Path, Why};
use crate::idempotency::{Command, Freshness, Seen, Stored as Answered};
use crate::problem::{Answer, Refusal, json};
use crate::seal::fingerprint;
use crate::store::blobs::{put, sha256};
use crate::store::cases::Stored as Case;
use crate::store::documents::NewDocument;
use crate::store::intake::Taken;
use crate::store::register::{self, Known};
use crate::store::{Conn, Tx, cases, citizens, documents, intake, items};

mod answer;
mod application;
mod reply;

/// Takes a delivery in: an application, a reply to a request, an authority's answer. The same delivery is taken in once, whoever sends it
/// how often. A reply is never refused because it comes late: `remarks` says where it went.
#[utoipa::path(post, path = "/v1/intake", operation_id = "takeIn", tag = "documents",
    request_body = IntakeRequest, responses((status = 200, body = IntakeTaken)))]
pub async fn take(
    State(app): State<App>,
    person: Person,
    CommandKey(key): CommandKey,
    Delivery(request): Delivery<IntakeRequest>,
) -> Answer<Response> {
    let (answer, freshness) = deliver(&app, &person, key, &request).await?;
    Ok(answer.response(freshness))
}

/// Takes a delivery in, however it came to this process.
pub(crate) async fn deliver(
    app: &App,
    person: &Person,
    key: CommandId,
    request: &IntakeRequest,
) -> Answer<(Answered, Freshness)> {
    check_id(request.id.0)?;
    let brought = read_documents(&request.documents)?;
    let print = fingerprint(&[&serde_json::to_vec(request).map_err(|_| ProblemKind::Internal)?]).to_vec();
    let command = Command::new(person, key, "POST", paths::INTAKE, request)?;
    let mut tx = app.store.begin().await?;
    if let Seen::Done(answer) = command.seen(&mut tx).await? {
        return Ok((answer, Freshness::Replayed));
    }
    if let Some(taken) = intake::taken(&mut tx, request.id).await? {
        if taken.fingerprint != print {
            return Err(Refusal::field("/id", "conflict", "another delivery came with this identifier"));
        }
        let body: IntakeTaken = serde_json::from_str(&taken.answer).map_err(|_| ProblemKind::Internal)?;
        return Ok((answered(&body)?, Freshness::Replayed));
    }
    for (at, one) in brought.iter().enumerate() {
        if documents::one(&mut tx, one.id).await?.is_some() {
            return Err(Refusal::field(format!("/documents/{at}/id"), "conflict", "there is such a document already"));
        }
    }
    let now = app.clock.now();
    let known = register::known(&mut tx, request.citizen, local(now).date()).await?;
    let known = known.ok_or_else(|| Refusal::field("/citizen", "unknown", "there is no such citizen"))?;
    let act = Act { app, person, key, now };
    let mut way = Way { act: &act, citizen: request.citizen, known: &known, brought: &brought, remarks: Vec::new() };
    let (cases, note) = match &request.what {
        IntakeKind::Application { case, procedure, situation, facts, state } => {
            let wanted = application::Wanted { case: *case, procedure, situation: *situation, facts, state: *state };
            (way.application(&mut tx, &wanted).await?, "application")
        }
        IntakeKind::Reply { request, cannot, text } => {
            (way.reply(&mut tx, *request, &reply::Said { cannot, text }).await?, "reply")
        }
        IntakeKind::AuthorityAnswer { authority, case, item, text } => {
            let told = answer::Told { authority, case: *case, item: item.as_ref(), text };
            (way.answer(&mut tx, &told).await?, "answer of an authority")
        }
    };
    let remarks = std::mem::take(&mut way.remarks);
    let entry = Entry::new(person, AuditAction::TakeIn).citizen(request.citizen).command(key).note(note);
    let mut entries: Vec<Entry> = cases.iter().map(|case| entry.clone().case(case.row.id)).collect();
    if entries.is_empty() {
        entries.push(entry);
    }
    app.chain.append(&mut tx, &entries).await?;
    let mut body = IntakeTaken { id: request.id, cases: Vec::new(), documents: Vec::new(), remarks };
    body.cases.extend(cases.into_iter().map(|case| case.row));
    for one in &brought {
        let stored = documents::one(&mut tx, one.id).await?;
        body.documents.extend(stored.and_then(|stored| stored.shown(person.withheld())));
    }
    let answer = answered(&body)?;
    let text = serde_json::to_string(&body).map_err(|_| ProblemKind::Internal)?;
    intake::remember(&mut tx, request.id, &Taken { fingerprint: print, answer: text }, now).await?;
    command.keep(&mut tx, now, &answer).await?;
    // Bytes that lie there without a row are nobody's document; a row without its bytes would be half of one.
    for one in &brought {
        put(&*app.blobs, one.id, &one.content).await.map_err(|error| broken(&error))?;
    }
    tx.commit().await?;
    app.bell.ring();
    Ok((answer, Freshness::Fresh))
}

/// A delivery never changes once it is taken in, so its answer has one version.
fn answered(body: &IntakeTaken) -> Answer<Answered> {
    Answered::new(StatusCode::OK, body, &ETag::of_version(1))
}

/// A document of a delivery, read and checked.
struct Brought<'a> {
    id: DocumentId,
    name: String,
    kind: FileKind,
    content: Vec<u8>,
    sha256: String,
    uses: &'a [DocumentUse],
}

fn read_documents(sent: &[IntakeDocument]) -> Answer<Vec<Brought<'_>>> {
    if sent.len() > MAX_INTAKE_DOCUMENTS {
        return Err(Refusal::field("/documents", "range", format!("{MAX_INTAKE_DOCUMENTS} documents at most")));
    }
    let mut all: Vec<Brought<'_>> = Vec::with_capacity(sent.len());
    for (at, one) in sent.iter().enumerate() {
        let field = |name: &str| format!("/documents/{at}/{name}");
        if one.id.0.get_version_num() != 7 {
            return Err(Refusal::field(field("id"), "type", "a UUID of version 7 was expected"));
        }
        if all.iter().any(|other| other.id == one.id) {
            return Err(Refusal::field(field("id"), "duplicate", "this document stands twice"));
        }
        check_name(&one.name, &field("name"))?;
        if one.items.len() > MAX_USES {
            return Err(Refusal::field(field("items"), "range", format!("{MAX_USES} items at most")));
        }
        let content = STANDARD.decode(&one.content);
        let content = content.map_err(|_| Refusal::field(field("content"), "type", "base64 was expected"))?;
        if !(1..=INTAKE_DOCUMENT_BYTES).contains(&content.len()) {
            return Err(Refusal::field(field("content"), "range", format!("1 to {INTAKE_DOCUMENT_BYTES} bytes")));
        }
        all.push(Brought {
            id: one.id,
            name: safe_name(&one.name),
            kind: FileKind::of(&content).ok_or_else(|| not_taken(&field("content")))?,
            sha256: sha256(&content),
            content,
            uses: &one.items,
        });
    }
    Ok(all)
}

/// A delivery on its way into the office.
struct Way<'a> {
    act: &'a Act<'a>,
    citizen: CitizenId,
    known: &'a Known,
    brought: &'a [Brought<'a>],
    remarks: Vec<IntakeRemark>,
}

impl Way<'_> {
    fn remark(&mut self, what: IntakeRemark) {
        if !self.remarks.contains(&what) {
            self.remarks.push(what);
        }
    }

    /// Keeps a document of the delivery: what it is for was checked.
    async fn bring(
        &self,
        tx: &mut Tx,
        (home, department): (CaseId, &str),
        document: &Brought<'_>,
        (source, uses): (DocumentSource, &[DocumentUse]),
    ) -> Answer<ETag> {
        let before = self.before(tx, uses).await?;
        let new = NewDocument {
            id: document.id,
            citizen: self.known.no,
            home: (home, department),
            name: &document.name,
            kind: Some(document.kind),
            bytes: document.content.len() as u64,
            sha256: &document.sha256,
            state: DocumentState::Complete,
            origin: (source, Openness::File),
            version: before.map_or((1, None), |(id, version)| (version.saturating_add(1), Some(id))),
            uses,
            at: self.act.now,
            by: self.act.person.signature(),
            command: self.act.key,
            checks: &[],
        };
        documents::add(tx, &new).await?;
        Ok(ETag::of_version(1))
    }

    /// The document that a new one takes the place of: the newest one for the same item, where that item awaits another.
    async fn before(&self, tx: &mut Tx, uses: &[DocumentUse]) -> Answer<Option<(DocumentId, u32)>> {
        for one in uses {
            let Some(item) = &one.item else { continue };
            let Some(case) = cases::one(tx, &self.act.app.procedures, one.case).await? else { continue };
            let list = items::of_case(tx, case.no).await?;
            if !list.iter().any(|there| there.id == *item && there.state.awaits_citizen()) {
                continue;
            }
            // What lies with departments that this person does not see is nobody's earlier version.
            let known = documents::of_case(tx, one.case, self.act.person.withheld()).await?;
            let serves = |view: &&DocumentView| view.state == DocumentState::Complete && view.uses.contains(one);
            if let Some(older) = known.iter().find(serves) {
                return Ok(Some((older.id, older.version)));
            }
        }
        Ok(None)
    }

    /// Where what a citizen sends came from: a clerk who sends it for her brought it.
    fn source(&self) -> DocumentSource {
        if self.act.person.is_service() { DocumentSource::SelfService } else { DocumentSource::Upload }
    }
}

/// Applications that a citizen began and did not send, newest first.
#[utoipa::path(get, path = "/v1/citizens/{citizen}/applications", operation_id = "halfFinished", tag = "documents",
    params(("citizen" = CitizenId, Path, description = "The citizen")),
    responses((status = 200, body = Page<HalfFinished>)))]
pub async fn half_finished(
    State(app): State<App>,
    person: Person,
    Path(citizen): Path<CitizenId>,
    Why(purpose): Why,
) -> Answer<Response> {
    let withheld = person.withheld();
    let items = {
        let mut conn = app.store.read().await?;
        let no = citizens::number(&mut conn, citizen).await?.ok_or(ProblemKind::NotFound)?;
        let mut items = Vec::new();
        for one in intake::applications(&mut conn, no, withheld).await? {
            let documents = documents_of(&mut conn, one.case, withheld).await?;
            let intake::Application { case, procedure, facts, at, .. } = one;
            items.push(HalfFinished { case, procedure, facts, documents, at });
        }
        items
    };
    let entry = Entry::new(&person, AuditAction::ReadApplications).citizen(citizen).purpose(purpose);
    app.auditor.record(entry).await?;
    json(&Page { items, next_cursor: None })
}

async fn documents_of(conn: &mut Conn, case: CaseId, withheld: &[&str]) -> Answer<Vec<DocumentView>> {
    Ok(documents::at_home(conn, case).await?.iter().filter_map(|stored| stored.shown(withheld)).collect())
}

/// A case once among others.
fn once(cases: &mut Vec<Case>, case: Case) {
    match cases.iter_mut().find(|known| known.no == case.no) {
        Some(known) => *known = case,
        None => cases.push(case),
    }
}
