//! What becomes of a letter that asks for papers after it was sent: longer time, a reminder, its end. What does not live here: sending one
//! (`letters`), what the citizen answers (`intake`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use jiff::ToSpan;
use jiff::civil::Date;
use skranke_api::audit::AuditAction;
use skranke_api::cases::HistoryKind;
use skranke_api::casework::{RequestChange, RequestStanding, RequestState};
use skranke_api::{ProblemKind, paths};
use skranke_domain::contact::Outcome;
use skranke_domain::{CitizenId, CommandId, ContactId, DepartmentId, LetterId, Localized, ProcedureId, StaffId};

use super::acting::{Act, most_open};
use super::deed::check_text;
use crate::App;
use crate::audit::Entry;
use crate::auth::{Person, self_service};
use crate::clock::local;
use crate::extract::{CommandKey, IfMatch, Json, Path};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::{Answer, Refusal};
use crate::store::contacts::NewContact;
use crate::store::letters::requests::{self, Change, Request};
use crate::store::{Tx, cases, contacts};

/// Changes a letter that was sent: gives the citizen longer, reminds her, or closes it.
#[utoipa::path(patch, path = "/v1/citizens/{citizen}/information-requests/{letter}", operation_id = "changeRequest", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen"), ("letter" = LetterId, Path, description = "The letter")),
    request_body = RequestChange, responses((status = 200, body = RequestStanding)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path((citizen, letter)): Path<(CitizenId, LetterId)>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<RequestChange>,
) -> Answer<Response> {
    let command = Command::new(&person, key, "PATCH", &paths::letter(citizen, letter), &change)?;
    let now = app.clock.now();
    let today = local(now).date();
    let mut tx = app.store.begin().await?;
    let (request, about) = visible(&mut tx, &app, &person, citizen, letter).await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => return Ok(standing(&request, today)?.response(Freshness::Replayed)),
        Seen::Never => {}
    }
    if_match.check(&request.etag(), || shown(&request, today))?;
    if matches!(request.state(today), RequestState::Closed | RequestState::Answered) {
        return Err(Refusal::new(ProblemKind::Transition).detail("nothing is awaited by this letter any more"));
    }
    let act = Act { app: &app, person: &person, key, now };
    let what = match &change {
        RequestChange::Extend { until } => {
            check_until(*until, request.deadline, today)?;
            requests::change(&mut tx, &request, Change::Extended(*until)).await?;
            let day = until.strftime("%-d.%-m.%Y").to_string();
            act.tell(&mut tx, &about, (HistoryKind::RequestChanged, Some(&day))).await?;
            "extend"
        }
        RequestChange::Remind => {
            let by = (person.id(), person.me.name.as_str());
            act.remind(&mut tx, &request, &about, by).await?;
            "remind"
        }
        RequestChange::Close { reason } => {
            check_text(reason, "/reason", 1..=500)?;
            requests::change(&mut tx, &request, Change::Closed(now, reason.trim())).await?;
            act.tell(&mut tx, &about, (HistoryKind::RequestChanged, Some(reason.trim()))).await?;
            "close"
        }
    };
    let entries: Vec<Entry> = about
        .iter()
        .map(|case| {
            let entry = Entry::new(&person, AuditAction::ChangeRequest).citizen(citizen).case(case.row.id);
            entry.command(key).note(what)
        })
        .collect();
    app.chain.append(&mut tx, &entries).await?;
    let request = requests::one(&mut tx, citizen, letter).await?.ok_or(ProblemKind::Internal)?;
    let answer = standing(&request, today)?;
    command.keep(&mut tx, now, &answer).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(answer.response(Freshness::Fresh))
}

/// A letter with its open cases. One of which this role sees no case is not there.
async fn visible(
    tx: &mut Tx,
    app: &App,
    person: &Person,
    citizen: CitizenId,
    letter: LetterId,
) -> Answer<(Request, Vec<cases::Stored>)> {
    let request = requests::one(tx, citizen, letter).await?.ok_or(ProblemKind::NotFound)?;
    let mut seen = false;
    for paper in &request.papers {
        let case = cases::by_no(tx, &app.procedures, paper.case_no).await?.ok_or(ProblemKind::Internal)?;
        seen |= !person.is_withheld(case.row.department.as_str());
    }
    if !seen {
        return Err(ProblemKind::NotFound.into());
    }
    let about = open_cases(tx, app, &request).await?;
    Ok((request, about))
}

async fn open_cases(tx: &mut Tx, app: &App, request: &Request) -> Answer<Vec<cases::Stored>> {
    let mut found = Vec::new();
    for no in request.open_cases() {
        found.extend(cases::by_no(tx, &app.procedures, no).await?);
    }
    Ok(found)
}

fn check_until(until: Date, deadline: Date, today: Date) -> Answer<()> {
    let last = today.checked_add(1.year()).unwrap_or(today);
    if until <= deadline || until < today || until > last {
        let detail = "a day after the one that stands, from today on, a year ahead at most";
        return Err(Refusal::field("/until", "range", detail));
    }
    Ok(())
}

fn shown(request: &Request, today: Date) -> RequestStanding {
    RequestStanding {
        id: request.id,
        state: request.state(today),
        deadline: request.deadline,
        reminder: request.reminder,
        reminded: request.reminded.is_some(),
        etag: request.etag(),
    }
}

fn standing(request: &Request, today: Date) -> Answer<Stored> {
    Stored::new(StatusCode::OK, &shown(request, today), &request.etag())
}

impl Act<'_> {
    /// Notes a change of a letter in each of its open cases, and tells of them.
    async fn tell(
        &self,
        tx: &mut Tx,
        about: &[cases::Stored],
        (kind, reason): (HistoryKind, Option<&str>),
    ) -> Answer<()> {
        for case in about {
            self.note(tx, case.no, kind, None, reason).await?;
            self.add_up(tx, case).await?;
        }
        Ok(())
    }

    /// Reminds the citizen: by the letter's own channel, as a contact of whoever sent it or reminds now.
    async fn remind(&self, tx: &mut Tx, request: &Request, about: &[cases::Stored], by: (StaffId, &str)) -> Answer<()> {
        requests::change(tx, request, Change::Reminded(self.now)).await?;
        let mut subjects: Vec<(ProcedureId, DepartmentId)> = Vec::new();
        for case in about {
            let subject = (case.row.procedure.clone(), case.row.department.clone());
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
        let contact = NewContact {
            id: ContactId::new(),
            citizen: request.citizen.1,
            case: if let [only] = about { Some(only.no) } else { None },
            channel: request.channel,
            at: self.now,
            minutes: None,
            text: &Localized::new("Mindet om papirer, der mangler", "Reminded of papers that are missing"),
            by,
            outcome: Some(Outcome::MustSendPapers),
            subjects: &subjects,
            situation: None,
            for_whom: None,
            verified: None,
        };
        contacts::add(tx, &contact).await?;
        let open = most_open(about.iter().map(|case| &case.row.department));
        self.tell_of_citizen(tx, paths::contact(contact.id), None, request.citizen.0, open).await?;
        self.tell(tx, about, (HistoryKind::Reminded, None)).await
    }
}

/// Sends the reminders that are due on a day, each once, and gives how many. A letter that was answered or overtaken by its deadline needs
/// none any more. Nobody sits there: the log names the service, the contact whoever sent the letter.
pub(crate) async fn remind_due(app: &App, today: Date) -> Answer<usize> {
    let service = self_service();
    let mut tx = app.store.begin().await?;
    let now = app.clock.now();
    let mut sent = 0;
    for request in requests::due(&mut tx, today).await? {
        if request.state(today) != RequestState::Open {
            continue;
        }
        let about = open_cases(&mut tx, app, &request).await?;
        let act = Act { app, person: &service, key: CommandId::new(), now };
        let by = (request.by.0, request.by.1.as_str());
        act.remind(&mut tx, &request, &about, by).await?;
        let entries: Vec<Entry> = about
            .iter()
            .map(|case| {
                let entry = Entry::new(&service, AuditAction::ChangeRequest).citizen(request.citizen.0);
                entry.case(case.row.id).command(act.key).note("remind by itself")
            })
            .collect();
        app.chain.append(&mut tx, &entries).await?;
        sent += 1;
    }
    tx.commit().await?;
    if sent > 0 {
        app.bell.ring();
    }
    Ok(sent)
}
