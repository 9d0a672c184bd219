//! The decision of a case: proposed, looked at, told, and the case closed with it. What does not live here: which step is possible (the
//! domain), the letter's words and paper (`crate::letter_pdf`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use skranke_api::audit::AuditAction;
use skranke_api::cases::{CaseView, HistoryKind};
use skranke_api::casework::{DecisionChange, DecisionRequest};
use skranke_api::documents::DocumentUse;
use skranke_api::{ETag, ProblemKind, paths};
use skranke_domain::authority::Level;
use skranke_domain::case::Phase;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::contact::{Channel, Outcome};
use skranke_domain::decision::letter::DecisionLetter;
use skranke_domain::decision::{
    DECISION_CHARS, DecisionOutcome, DecisionRefusal, DecisionState, DecisionStep, Eyes, MAX_REASONS, first_state,
    is_told_by, may_propose, rests_on,
};
use skranke_domain::document::{DocumentSource, DocumentState, FileKind, Openness};
use skranke_domain::letter::LetterLanguage;
use skranke_domain::{CaseId, CitizenText, ContactId, DepartmentId, DocumentId, Localized};

use super::acting::Act;
use super::cases::{rights, view, visible};
use super::deed::check_text;
use super::summary::unwritten;
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::clock::local;
use crate::extract::{CommandKey, IfMatch, Json, Path};
use crate::idempotency::{Command, Freshness, Seen, Stored as Answered};
use crate::letter_pdf::letter as paper;
use crate::problem::{Answer, Refusal};
use crate::store::cases::Stored;
use crate::store::contacts::NewContact;
use crate::store::decisions::{self, Decision, Further, NewDecision};
use crate::store::documents::{self, NewDocument};
use crate::store::{Conn, Tx, blobs, cases, contacts, register};

/// Proposes a decision. Where the procedure wants no second pair of eyes for it, it is approved at once and its letter is written.
#[utoipa::path(post, path = "/v1/cases/{case}/decision", operation_id = "proposeDecision", tag = "cases",
    params(("case" = CaseId, Path, description = "The case")),
    request_body = DecisionRequest, responses((status = 201, body = CaseView)))]
pub async fn propose(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CaseId>,
    CommandKey(key): CommandKey,
    Json(request): Json<DecisionRequest>,
) -> Answer<Response> {
    let command = Command::new(&person, key, "POST", &paths::decision(id), &request)?;
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    let case = visible(&mut tx, &app, &person, id).await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            return Ok(answer(&mut tx, &app, &person, case, StatusCode::CREATED).await?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    allowed(&app, &person, &case, Step::Propose)?;
    check(&app, &case, &request)?;
    let standing = decisions::standing(&mut tx, case.no).await?;
    may_propose(
        request.outcome,
        case.procedure.level,
        case.row.readiness,
        standing.as_ref().map(|decision| decision.view.state),
    )
    .map_err(refusal)?;
    let eyes = case.procedure.decision.as_ref().map_or(Eyes::Two, |rule| rule.eyes);
    let state = first_state(request.outcome, eyes);
    let new = NewDecision {
        case_no: case.no,
        outcome: request.outcome,
        state,
        reasons: &request.reasons,
        text: request.text.trim(),
        language: &request.language,
        authority: &case.row.department,
        passed_to: request.passed_to.as_ref(),
        by: (person.id(), &person.me.name, now),
        second: request.second,
    };
    decisions::add(&mut tx, &new).await?;
    let act = Act { app: &app, person: &person, key, now };
    act.note(&mut tx, case.no, HistoryKind::Proposed, None, None).await?;
    let case = if state == DecisionState::Approved {
        act.decided(&mut tx, case).await?
    } else {
        act.add_up(&mut tx, &case).await?
    };
    act.finish(tx, case, (command, "propose"), StatusCode::CREATED).await
}

/// Takes a decision a step further: approve, send back, take back, issue. What was issued never changes again, and its case is closed.
#[utoipa::path(patch, path = "/v1/cases/{case}/decision", operation_id = "changeDecision", tag = "cases",
    params(("case" = CaseId, Path, description = "The case")),
    request_body = DecisionChange, responses((status = 200, body = CaseView)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CaseId>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<DecisionChange>,
) -> Answer<Response> {
    let command = Command::new(&person, key, "PATCH", &paths::decision(id), &change)?;
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    let case = visible(&mut tx, &app, &person, id).await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            return Ok(answer(&mut tx, &app, &person, case, StatusCode::OK).await?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    let decision = decisions::standing(&mut tx, case.no).await?.ok_or(ProblemKind::NotFound)?;
    if_match.check(&decision.view.etag, || &decision.view)?;
    allowed(&app, &person, &case, Step::of(change.step))?;
    let view = &decision.view;
    let reason = change.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if let Some(reason) = reason {
        check_text(reason, "/reason", 1..=500)?;
    }
    let next = view.state.after(change.step, (person.id(), view.proposed_by), reason).map_err(refusal)?;
    let act = Act { app: &app, person: &person, key, now };
    let by = (person.id(), person.me.name.as_str(), now);
    let case = match (change.step, next) {
        (DecisionStep::Approve, Some(state)) => {
            rests_on(view.outcome, case.row.readiness).map_err(refusal)?;
            decisions::further(&mut tx, &decision, Further::Looked { state, by, reason: None }).await?;
            act.decided(&mut tx, case).await?
        }
        (DecisionStep::SendBack, Some(state)) => {
            decisions::further(&mut tx, &decision, Further::Looked { state, by, reason }).await?;
            act.note(&mut tx, case.no, HistoryKind::SentBack, None, reason).await?;
            act.add_up(&mut tx, &case).await?
        }
        (DecisionStep::Issue, Some(_)) => act.issue(&mut tx, case, &decision, change.channel).await?,
        _ => {
            decisions::further(&mut tx, &decision, Further::TakenBack).await?;
            act.note(&mut tx, case.no, HistoryKind::TakenBack, None, reason).await?;
            act.add_up(&mut tx, &case).await?
        }
    };
    let what = match change.step {
        DecisionStep::Approve => "approve",
        DecisionStep::SendBack => "send back",
        DecisionStep::Withdraw => "take back",
        DecisionStep::Issue => "issue",
    };
    act.finish(tx, case, (command, what), StatusCode::OK).await
}

/// The case with its decision's version; the case's own where none stands any more.
async fn answer(conn: &mut Conn, app: &App, person: &Person, case: Stored, status: StatusCode) -> Answer<Answered> {
    let id = case.row.id;
    let view = view(conn, app, person, case).await?;
    let etag: ETag = view.decision.as_ref().map_or(&view.row.etag, |decision| &decision.etag).clone();
    let answer = Answered::new(status, &view, &etag)?;
    Ok(if status == StatusCode::CREATED { answer.at(paths::decision(id)) } else { answer })
}

/// What somebody needs the right to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Propose,
    Look,
}

impl Step {
    const fn of(step: DecisionStep) -> Self {
        match step {
            DecisionStep::Approve | DecisionStep::SendBack => Self::Look,
            DecisionStep::Withdraw | DecisionStep::Issue => Self::Propose,
        }
    }
}

fn allowed(app: &App, person: &Person, case: &Stored, step: Step) -> Answer<()> {
    if !cases::is_open(case.row.phase) {
        return Err(Refusal::new(ProblemKind::Transition).detail("the case is closed"));
    }
    let may = rights(app, person, case);
    let holds = match step {
        Step::Propose => may.decide,
        Step::Look => may.approve,
    };
    if holds { Ok(()) } else { Err(refusal(DecisionRefusal::Level)) }
}

fn check(app: &App, case: &Stored, request: &DecisionRequest) -> Answer<()> {
    check_text(&request.text, "/text", 1..=DECISION_CHARS)?;
    let language = request.language.0.as_str();
    if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
        return Err(Refusal::field("/language", "word", "a language code of two or three letters was expected"));
    }
    if request.reasons.len() > MAX_REASONS {
        return Err(Refusal::field("/reasons", "range", format!("at most {MAX_REASONS} reasons")));
    }
    for (at, id) in request.reasons.iter().enumerate() {
        let pointer = format!("/reasons/{at}");
        if request.reasons[..at].contains(id) {
            return Err(Refusal::field(pointer, "duplicate", "this reason stands twice"));
        }
        let known = case.procedure.decision.iter().flat_map(|rule| &rule.reasons).find(|reason| reason.id == *id);
        let known = known.ok_or_else(|| Refusal::field(&pointer, "unknown", "the procedure knows no such reason"))?;
        if !known.outcomes.contains(&request.outcome) {
            return Err(Refusal::field(pointer, "conflict", "this reason does not stand behind such an outcome"));
        }
    }
    check_authority(app, case, request)
}

/// A case is passed on to an authority that is named and that the office knows. What we only guide on goes to the authority that decides it;
/// what we decide ourselves goes elsewhere or nowhere.
fn check_authority(app: &App, case: &Stored, request: &DecisionRequest) -> Answer<()> {
    let wrong = |code: &str, detail: &str| Err(Refusal::field("/passedTo", code, detail));
    match (&request.passed_to, request.outcome == DecisionOutcome::PassedOn) {
        (None, true) => wrong("missing", "say which authority decides"),
        (Some(_), false) => wrong("conflict", "only a case that is passed on goes to another authority"),
        (Some(to), true) if app.catalogue.department(to).is_none() => wrong("unknown", "there is no such authority"),
        (Some(to), true) if *to == case.row.department && case.procedure.level != Level::Guidance => {
            wrong("conflict", "the case lies at that authority already")
        }
        _ => Ok(()),
    }
}

fn refusal(error: DecisionRefusal) -> Refusal {
    let said = error.to_string();
    match error {
        DecisionRefusal::ItemsOpen | DecisionRefusal::NotNow(_) => Refusal::new(ProblemKind::Transition).detail(said),
        DecisionRefusal::AlreadyProposed => Refusal::new(ProblemKind::AlreadyExists).detail(said),
        DecisionRefusal::SamePerson | DecisionRefusal::Level | DecisionRefusal::NotHers => {
            Refusal::new(ProblemKind::Forbidden).detail(said)
        }
        DecisionRefusal::NeedsReason => Refusal::field("/reason", "missing", said),
        DecisionRefusal::OnlyGuided => Refusal::field("/outcome", "conflict", said),
    }
}

impl Act<'_> {
    /// What an approved decision brings: the case is decided, and the letter is written and lies with its papers.
    async fn decided(&self, tx: &mut Tx, mut case: Stored) -> Answer<Stored> {
        let decision = decisions::standing(tx, case.no).await?.ok_or(ProblemKind::Internal)?;
        self.write_letter(tx, &case, &decision).await?;
        self.note(tx, case.no, HistoryKind::Decided, None, None).await?;
        case.row.phase = Phase::Decided;
        self.add_up(tx, &case).await
    }

    /// Writes the letter and keeps it as a document of the case. If the change does not go through, the bytes lie there and nothing names them.
    async fn write_letter(&self, tx: &mut Tx, case: &Stored, decision: &Decision) -> Answer<()> {
        let addressee = decisions::addressee(tx, case.row.citizen).await?.ok_or(ProblemKind::Internal)?;
        let view = &decision.view;
        let rule = case.procedure.decision.as_ref();
        let name = |id: &DepartmentId| match self.app.catalogue.department(id) {
            Some(department) => department.name.clone(),
            None => Localized::new(id.as_str(), id.as_str()),
        };
        let title = &case.procedure.title;
        let fallback = CitizenText { da: title.da.clone(), en: title.en.clone(), de: None, pl: None };
        let passed_to = view.passed_to.as_ref().map(name);
        let letter = DecisionLetter {
            outcome: view.outcome,
            matter: case.procedure.citizen_title.as_ref().unwrap_or(&fallback),
            text: &view.text,
            language: written_in(&view.language),
            reasons: rule
                .iter()
                .flat_map(|rule| &rule.reasons)
                .filter(|reason| view.reasons.contains(&reason.id))
                .collect(),
            rule,
            authority: &name(&view.authority),
            passed_to: passed_to.as_ref(),
            day: local(self.now).date(),
            from: &self.person.me.municipality,
        };
        let head = paper::Head {
            name: &addressee.name,
            address: &addressee.address,
            number: &case.row.number,
            signed: &view.proposed_by_name,
        };
        let bytes = paper::write(&letter, &head).map_err(|e| unwritten(&e))?;
        let id = DocumentId::new();
        blobs::put(&*self.app.blobs, id, &bytes).await.map_err(|error| {
            tracing::error!(%error, "a letter cannot be kept");
            Refusal::new(ProblemKind::Internal)
        })?;
        let new = NewDocument {
            id,
            citizen: case.citizen_no,
            home: (case.row.id, case.row.department.as_str()),
            name: &paper::file_name(&case.row.number),
            kind: Some(FileKind::Pdf),
            bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            sha256: &blobs::sha256(&bytes),
            state: DocumentState::Complete,
            origin: (DocumentSource::Office, Openness::File),
            version: (1, None),
            uses: &[DocumentUse { case: case.row.id, item: None }],
            at: self.now,
            by: Some((self.person.id(), &self.person.me.name)),
            command: self.key,
            checks: &[],
        };
        documents::add(tx, &new).await?;
        Ok(decisions::set_letter(tx, decision, id).await?)
    }

    /// Tells the citizen: the letter is recorded as a contact, and the case is carried out and closed in one step.
    async fn issue(
        &self,
        tx: &mut Tx,
        mut case: Stored,
        decision: &Decision,
        channel: Option<Channel>,
    ) -> Answer<Stored> {
        let channel = channel.ok_or_else(|| Refusal::field("/channel", "missing", "say how it is told"))?;
        if !is_told_by(channel) {
            let detail = "Digital Post, a letter, an e-mail or the counter was expected";
            return Err(Refusal::field("/channel", "word", detail));
        }
        let known =
            register::known(tx, case.row.citizen, local(self.now).date()).await?.ok_or(ProblemKind::Internal)?;
        if channel == Channel::DigitalPost && known.exempt_from_digital_post {
            return Err(Refusal::field("/channel", "conflict", "she is exempt from Digital Post: send a letter"));
        }
        let further = Further::Issued { at: self.now, channel };
        decisions::further(tx, decision, further).await?;
        let title = &case.procedure.title;
        let passed_on = decision.view.outcome == DecisionOutcome::PassedOn;
        let text = if passed_on {
            Localized::new(format!("Sendt videre: {}", title.da), format!("Passed on: {}", title.en))
        } else {
            Localized::new(format!("Afgørelse sendt: {}", title.da), format!("Decision sent: {}", title.en))
        };
        let contact = NewContact {
            id: ContactId::new(),
            citizen: case.citizen_no,
            case: Some(case.no),
            channel,
            at: self.now,
            minutes: None,
            text: &text,
            by: (self.person.id(), &self.person.me.name),
            outcome: Some(if passed_on { Outcome::ReferredElsewhere } else { Outcome::Settled }),
            subjects: &[(case.row.procedure.clone(), case.row.department.clone())],
            situation: None,
            for_whom: None,
            verified: None,
        };
        contacts::add(tx, &contact).await?;
        let department = Some(case.row.department.clone());
        self.tell_of_citizen(tx, paths::contact(contact.id), None, case.row.citizen, department).await?;
        self.note(tx, case.no, HistoryKind::Issued, None, None).await?;
        self.note(tx, case.no, HistoryKind::Closed, None, None).await?;
        case.row.phase = Phase::Closed;
        self.add_up(tx, &case).await
    }

    /// Commits the change with its record and its answer.
    async fn finish(
        &self,
        mut tx: Tx,
        case: Stored,
        (command, what): (Command, &str),
        status: StatusCode,
    ) -> Answer<Response> {
        let entry = Entry::new(self.person, AuditAction::Decide).citizen(case.row.citizen).case(case.row.id);
        self.app.chain.append(&mut tx, &[entry.command(self.key).note(what)]).await?;
        let answer = answer(&mut tx, self.app, self.person, case, status).await?;
        command.keep(&mut tx, self.now, &answer).await?;
        tx.commit().await?;
        self.app.bell.ring();
        Ok(answer.response(Freshness::Fresh))
    }
}

/// The language of a letter: a language in which letters have no phrases gets those in English.
fn written_in(language: &LanguageCode) -> LetterLanguage {
    LetterLanguage::of_code(language).unwrap_or(LetterLanguage::English)
}
