//! One letter that asks for papers over several cases and departments. What does not live here: its words (the client writes them, a clerk
//! reads them), which papers are missing (`overview`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use jiff::ToSpan;
use jiff::civil::Date;
use skranke_api::audit::AuditAction;
use skranke_api::cases::HistoryKind;
use skranke_api::contacts::{LETTER_CHARS, LetterItem, LetterRequest, LetterSent, MAX_LETTER_ITEMS};
use skranke_api::{ETag, Problem, ProblemKind, paths};
use skranke_domain::checklist::{ItemAction, ItemState};
use skranke_domain::contact::{Channel, Outcome};
use skranke_domain::{CitizenId, ContactId, DepartmentId, ItemId, LetterId, Localized, ProcedureId};

use super::acting::{Act, check_id, most_open, withheld_from};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::clock::local;
use crate::extract::{CommandKey, Json, Path};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::{Answer, Refusal};
use crate::store::contacts::NewContact;
use crate::store::items::Item;
use crate::store::letters::NewLetter;
use crate::store::register::{self, Known};
use crate::store::{Conn, Tx, cases, contacts, items, letters};

/// Asks for papers in one letter: every paper becomes requested, or none.
#[utoipa::path(post, path = "/v1/citizens/{citizen}/information-requests", operation_id = "askForPapers", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen")),
    request_body = LetterRequest, responses((status = 201, body = LetterSent)))]
pub async fn send(
    State(app): State<App>,
    person: Person,
    Path(citizen): Path<CitizenId>,
    CommandKey(key): CommandKey,
    Json(request): Json<LetterRequest>,
) -> Answer<Response> {
    let now = app.clock.now();
    check(&request, local(now).date())?;
    let command = Command::new(&person, key, "POST", &paths::letters(citizen), &request)?;
    let mut tx = app.store.begin().await?;
    let known = register::known(&mut tx, citizen, local(now).date()).await?.ok_or(ProblemKind::NotFound)?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let body = present(&mut tx, &app, &person, citizen, request.id).await?;
            return Ok(sent(&body.ok_or(ProblemKind::NotFound)?, citizen)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    if letters::one(&mut tx, request.id).await?.is_some() {
        return Err(ProblemKind::AlreadyExists.into());
    }
    check_channel(&known, request.channel)?;
    let asked = asked(&mut tx, &app, &person, citizen, &request.items).await?;
    let act = Act { app: &app, person: &person, key, now };
    let contact = ContactId::new();
    let mut entries = Vec::new();
    for one in &asked {
        act.ask(&mut tx, one).await?;
        let entry = Entry::new(&person, AuditAction::AskForPapers).citizen(citizen).case(one.case.row.id);
        entries.push(entry.command(key).note(one.items.iter().map(|i| i.id.as_str()).collect::<Vec<_>>().join(" ")));
    }
    act.record_letter(&mut tx, (citizen, known.no), contact, request.channel, &asked).await?;
    let all: Vec<(i64, ItemId)> =
        asked.iter().flat_map(|one| one.items.iter().map(|item| (one.case.no, item.id.clone()))).collect();
    let letter = NewLetter {
        id: request.id,
        citizen: known.no,
        contact,
        language: &request.language,
        channel: request.channel,
        text: &request.text,
        deadline: request.deadline,
        reminder: request.reminder,
        sent: (now, person.id(), &person.me.name),
        items: &all,
    };
    letters::add(&mut tx, &letter).await?;
    app.chain.append(&mut tx, &entries).await?;
    let body = present(&mut tx, &app, &person, citizen, request.id).await?.ok_or(ProblemKind::Internal)?;
    let answer = sent(&body, citizen)?;
    command.keep(&mut tx, now, &answer).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(answer.response(Freshness::Fresh))
}

/// The letter as it was sent; what becomes of it afterwards counts on (see `requests`).
fn sent(body: &LetterSent, citizen: CitizenId) -> Answer<Stored> {
    Ok(Stored::new(StatusCode::CREATED, body, &ETag::of_version(1))?.at(paths::letter(citizen, body.id)))
}

async fn present(
    conn: &mut Conn,
    app: &App,
    person: &Person,
    citizen: CitizenId,
    id: LetterId,
) -> Answer<Option<LetterSent>> {
    let Some((contact, nos)) = letters::one(conn, id).await? else { return Ok(None) };
    let mut rows = Vec::with_capacity(nos.len());
    for no in nos {
        rows.extend(cases::by_no(conn, &app.procedures, no).await?.map(|case| case.row));
    }
    let contact = contacts::one(conn, citizen, contact, person.withheld()).await?;
    Ok(contact.map(|contact| LetterSent { id, contact, cases: rows }))
}

fn check(request: &LetterRequest, today: Date) -> Answer<()> {
    check_id(request.id.0)?;
    if !(1..=MAX_LETTER_ITEMS).contains(&request.items.len()) {
        return Err(Refusal::field("/items", "range", format!("1 to {MAX_LETTER_ITEMS} papers")));
    }
    for (at, item) in request.items.iter().enumerate() {
        if request.items[..at].iter().any(|other| (other.case, &other.item) == (item.case, &item.item)) {
            return Err(Refusal::field(format!("/items/{at}"), "duplicate", "this paper stands twice"));
        }
    }
    let language = request.language.0.as_str();
    if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
        return Err(Refusal::field("/language", "word", "a language code of two or three letters was expected"));
    }
    if request.text.trim().is_empty() || request.text.chars().count() > LETTER_CHARS {
        return Err(Refusal::field("/text", "length", format!("1 to {LETTER_CHARS} characters")));
    }
    if !matches!(request.channel, Channel::DigitalPost | Channel::Letter | Channel::Email | Channel::Counter) {
        return Err(Refusal::field(
            "/channel",
            "word",
            "Digital Post, a letter, an e-mail or the counter was expected",
        ));
    }
    let last = today.checked_add(1.year()).unwrap_or(today);
    if request.deadline < today || request.deadline > last {
        return Err(Refusal::field("/deadline", "range", "a day from today on, a year ahead at most"));
    }
    if request.reminder.is_some_and(|day| day <= today || day > request.deadline) {
        return Err(Refusal::field("/reminder", "range", "a day after today, the last day to answer at the latest"));
    }
    Ok(())
}

/// Who is exempt from Digital Post would never read it there.
fn check_channel(known: &Known, channel: Channel) -> Answer<()> {
    if channel == Channel::DigitalPost && known.exempt_from_digital_post {
        return Err(Refusal::field("/channel", "conflict", "she is exempt from Digital Post: send a letter"));
    }
    Ok(())
}

/// The papers that are asked for of one case.
struct Asked {
    case: cases::Stored,
    items: Vec<Item>,
}

/// The papers by their cases, in the order of the letter. If anything does not fit, everything that does not is named and nothing is done.
async fn asked(
    tx: &mut Tx,
    app: &App,
    person: &Person,
    citizen: CitizenId,
    wanted: &[LetterItem],
) -> Answer<Vec<Asked>> {
    let mut all: Vec<Asked> = Vec::new();
    let mut stale = Problem::new(ProblemKind::Stale);
    let mut not_now = Problem::new(ProblemKind::Transition);
    for (at, one) in wanted.iter().enumerate() {
        let case = cases::one(tx, &app.procedures, one.case).await?;
        // A withheld case and one of somebody else are refused in the same words as one that does not exist.
        let case = case.filter(|c| c.row.citizen == citizen && !person.is_withheld(c.row.department.as_str()));
        let unknown = |field: &str| Refusal::field(format!("/items/{at}/{field}"), "unknown", "there is no such paper");
        let case = case.ok_or_else(|| unknown("case"))?;
        let found = items::of_case(tx, case.no).await?.into_iter().find(|item| item.id == one.item);
        let mut item = found.ok_or_else(|| unknown("item"))?;
        if case.procedure.items.iter().any(|t| t.id == item.id && t.supplied_by.is_office()) {
            let detail = "the office looks this up itself: nobody is asked for it";
            return Err(Refusal::field(format!("/items/{at}/item"), "conflict", detail));
        }
        if item.etag() != one.seen {
            stale = stale.field(format!("/items/{at}/seen"), "stale", "somebody changed this paper meanwhile");
        }
        match item.state.after(ItemAction::Request, None) {
            Ok(state) if cases::is_open(case.row.phase) => item.state = state,
            Ok(_) => not_now = not_now.field(format!("/items/{at}"), "closed", "the case is closed"),
            Err(error) => not_now = not_now.field(format!("/items/{at}"), "state", error.to_string()),
        }
        match all.iter_mut().find(|known| known.case.no == case.no) {
            Some(known) => known.items.push(item),
            None => all.push(Asked { case, items: vec![item] }),
        }
    }
    if !stale.errors.is_empty() {
        return Err(stale.into());
    }
    if !not_now.errors.is_empty() {
        return Err(not_now.detail("a paper is not missing any more, or its case is closed").into());
    }
    Ok(all)
}

impl Act<'_> {
    /// Marks a case's papers as requested and adds the case up.
    async fn ask(&self, tx: &mut Tx, asked: &Asked) -> Answer<()> {
        for item in &asked.items {
            let mut item = item.clone();
            item.reason = None;
            item.changed_by = Some(self.person.me.name.clone());
            item.changed_at = Some(self.now);
            item.version += 1;
            items::save(tx, asked.case.no, &item).await?;
            let what = Some((&item.id, ItemState::Requested));
            self.note(tx, asked.case.no, HistoryKind::Asked, what, None).await?;
        }
        self.add_up(tx, &asked.case).await?;
        Ok(())
    }

    /// Records the letter as a contact.
    async fn record_letter(
        &self,
        tx: &mut Tx,
        citizen: (CitizenId, i64),
        id: ContactId,
        channel: Channel,
        asked: &[Asked],
    ) -> Answer<()> {
        let departments = || asked.iter().map(|one| &one.case.row.department);
        let mut subjects: Vec<(ProcedureId, DepartmentId)> = Vec::new();
        for one in asked {
            let subject = (one.case.row.procedure.clone(), one.case.row.department.clone());
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
        let case = if let [only] = asked { Some(only.case.no) } else { None };
        let contact = NewContact {
            id,
            citizen: citizen.1,
            case,
            channel,
            at: self.now,
            minutes: None,
            text: &summary(asked),
            by: (self.person.id(), &self.person.me.name),
            outcome: Some(Outcome::MustSendPapers),
            subjects: &subjects,
            situation: None,
            for_whom: None,
            verified: None,
        };
        contacts::add(tx, &contact).await?;
        self.tell_of_citizen(tx, paths::contact(id), None, citizen.0, most_open(departments())).await
    }
}

/// What the contact says. Where some roles see only a part of the cases, no number tells them how many more there are.
fn summary(asked: &[Asked]) -> Localized {
    let mut hidden = asked.iter().map(|one| withheld_from(&one.case.row.department));
    let alike = hidden.next().is_none_or(|first| hidden.all(|other| other == first));
    match asked.iter().map(|one| one.items.len()).sum::<usize>() {
        _ if !alike => Localized::new("Bad om papirer i ét brev", "Asked for papers in one letter"),
        1 => Localized::new("Bad om 1 papir i et brev", "Asked for 1 paper in a letter"),
        n => Localized::new(format!("Bad om {n} papirer i ét brev"), format!("Asked for {n} papers in one letter")),
    }
}
