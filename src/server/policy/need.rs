//! Need-to-know, in one place: before a route that opens a citizen runs, this finds out who she is, which business there is, what ties the
//! person to her, and which glasses are open, and refuses while something is missing. What does not live here: the rule itself
//! (`skranke_domain::access`), which routes open somebody (the table).
//!
//! What is not there, and what is withheld, takes the same way: nothing is gathered about it, and its route says that there is no such thing.

use std::collections::HashMap;

use axum::body::Body;
use axum::extract::{FromRequestParts, Request};
use http::request::Parts;
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use skranke_api::audit::AuditAction;
use skranke_api::purpose::PurposeKind;
use skranke_api::{Problem, ProblemKind, Purpose as Why};
use skranke_domain::access::{Context, Look};
use skranke_domain::{CaseId, CitizenId, DepartmentId, DocumentId, ProcedureId};

use super::{Looked, Purpose, Reads, Row, Subject, is_withheld, sees_cases};
use crate::App;
use crate::audit::Entry;
use crate::auth::{Hand, Person};
use crate::clock::instant;
use crate::extract::{self, Params};
use crate::problem::{Answer, Refusal};
use crate::store::break_glass::{self, Open};
use crate::store::{self, Conn, Read, StoreError, documents, rights};

/// Whom a request looks at.
struct Found {
    id: CitizenId,
    no: i64,
    protected: bool,
    /// The case that leads to her.
    case: Option<CaseId>,
    /// Whose data it is, where it is one department's.
    department: Option<DepartmentId>,
    /// The glass through which it is seen, and everything of hers that is open.
    looked: Looked,
}

/// Asks whether a person may look at whom a request looks at; gives the request on, with what was found out about the look in its person.
///
/// # Errors
/// [`ProblemKind::NeedToKnow`] says what has to be said first; [`ProblemKind::PurposeRequired`] that nothing was said.
pub async fn ask(app: &App, row: &Row, request: Request, person: &mut Person, refused: AuditAction) -> Answer<Request> {
    let (Some(subject), Hand::Staff) = (row.subject(), person.hand) else { return Ok(request) };
    let (mut parts, body) = request.into_parts();
    let Some(target) = target(app, subject, &mut parts).await? else { return Ok(Request::from_parts(parts, body)) };
    let (why, body) = purpose(app, row, &parts, body).await?;
    let Some(why) = why else {
        // A body without a purpose, or a query that should have said one: its route says what is wrong with it.
        return Ok(Request::from_parts(parts, body));
    };
    let found = {
        let mut conn = app.store.read().await?;
        // Before anything else, and always: whether there is anything to see plays no part in how long it takes to ask.
        let open = break_glass::open(&mut conn, person.id(), app.clock.now()).await?;
        match find(&mut conn, person, target, &open).await? {
            None => return Ok(Request::from_parts(parts, body)),
            Some(found) => {
                let tie = rights::tie(&mut conn, person.id(), (found.id, found.no)).await?;
                let context = context(&mut conn, app, person, &found, why.kind).await?;
                let looked = Looked { tie, context: Some(context), rotated: person.looked.rotated, ..found.looked };
                Found { looked, ..found }
            }
        }
    };
    let elsewhere = reads_elsewhere(row, &parts, person, &found)?;
    let look = Look {
        context: found.looked.context.unwrap_or(Context::None),
        protected: found.protected,
        tie: found.looked.tie,
        reason: why.has_words(),
        acknowledged: why.acknowledged,
        basis: !elsewhere || why.legal_basis().is_some(),
    };
    person.looked = Looked { basis: why.legal_basis().filter(|_| elsewhere), ..found.looked };
    let need = look.need();
    if need.is_met() {
        return Ok(Request::from_parts(parts, body));
    }
    let mut entry = Entry::new(person, refused).citizen(found.id).purpose(why).refused();
    if let Some(case) = found.case {
        entry = entry.case(case);
    }
    app.auditor.record(entry).await?;
    let problem = Problem { need: Some(need), ..Problem::new(ProblemKind::NeedToKnow) };
    Err(Refusal::from(problem))
}

/// The purpose of a request, and its body, read where the purpose stands there.
async fn purpose(app: &App, row: &Row, parts: &Parts, body: Body) -> Answer<(Option<Why>, Body)> {
    match row.purpose {
        Purpose::Not => Ok((None, body)),
        Purpose::Headers => Ok((Some(extract::purpose(&parts.headers)?), body)),
        Purpose::Optional => Ok((extract::optional_purpose(&parts.headers)?, body)),
        Purpose::ForCitizen => {
            let names = Params::read(parts.uri.query().unwrap_or_default())?.text("citizen").is_some();
            Ok((if names { Some(extract::purpose(&parts.headers)?) } else { None }, body))
        }
        Purpose::Body => {
            #[derive(serde::Deserialize)]
            struct Said {
                purpose: Why,
            }
            let bytes = extract::body(Request::from_parts(parts.clone(), body), app.body_limit).await?;
            // What cannot be read here, or does not do, the route refuses as well: the same type stands in its body.
            let said = serde_json::from_slice::<Said>(&bytes).ok().map(|said| said.purpose);
            let said = said.filter(|why| why.check().is_ok());
            Ok((said, Body::from(bytes)))
        }
    }
}

/// What a request names.
#[derive(Clone, Copy)]
enum Target {
    Citizen(CitizenId),
    Case(CaseId),
    Document(DocumentId),
}

async fn target(app: &App, subject: Subject, parts: &mut Parts) -> Answer<Option<Target>> {
    if subject == Subject::Query {
        let query = Params::read(parts.uri.query().unwrap_or_default())?;
        return Ok(query.opt("citizen")?.map(Target::Citizen));
    }
    let named = axum::extract::Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
    let named = named.map_err(|_| ProblemKind::NotFound)?.0;
    let text = |name: &str| named.get(name).map(String::as_str).unwrap_or_default();
    let missing = |_| Refusal::from(ProblemKind::NotFound);
    Ok(Some(match subject {
        Subject::Citizen => Target::Citizen(text("citizen").parse().map_err(missing)?),
        Subject::Case => Target::Case(text("case").parse().map_err(missing)?),
        Subject::Document | Subject::Query => Target::Document(text("document").parse().map_err(missing)?),
    }))
}

/// Whom something leads to; none where it is not there, or not for this person.
async fn find(conn: &mut Conn, person: &Person, target: Target, open: &[Open]) -> Answer<Option<Found>> {
    const HER: &str = "SELECT c.id, c.no, c.protected, NULL, NULL FROM citizen c WHERE c.id = $1";
    const HIS_CASE: &str =
        "SELECT c.id, c.no, c.protected, f.department, f.id FROM case_file f JOIN citizen c ON c.no = f.citizen
        WHERE f.id = $1";
    let (sql, key) = match target {
        Target::Citizen(id) => (HER, id.0),
        Target::Case(id) => (HIS_CASE, id.0),
        Target::Document(id) => {
            let Some(stored) = documents::one(conn, id).await? else { return Ok(None) };
            let Some(mut found) = read(conn, HER, stored.view.citizen.0).await? else { return Ok(None) };
            found.looked = through(person, &found, open);
            let hidden = sight(person, found.looked);
            found.department = DepartmentId::parse(stored.department()).ok();
            return Ok(stored.shown(hidden).map(|_| found));
        }
    };
    let Some(mut found) = read(conn, sql, key).await? else { return Ok(None) };
    found.looked = through(person, &found, open);
    let hidden = sight(person, found.looked);
    let seen = found.department.as_ref().is_none_or(|department| !hidden.contains(&department.as_str()));
    Ok(seen.then_some(found))
}

async fn read(conn: &mut Conn, sql: &'static str, key: uuid::Uuid) -> store::Result<Option<Found>> {
    let Some(row) = sqlx::query(sql).bind(key).fetch_optional(conn).await? else { return Ok(None) };
    let department =
        row.opt_text(3)?.map(|text| DepartmentId::parse(&text).map_err(|_| StoreError::Value("department")));
    Ok(Some(Found {
        id: CitizenId(row.id(0)?),
        no: row.int(1)?,
        protected: row.int(2)? != 0,
        case: row.opt_id(4)?.map(CaseId),
        department: department.transpose()?,
        looked: Looked::default(),
    }))
}

/// What is withheld behind the glasses that are open to a person about a citizen.
fn through(person: &Person, found: &Found, open: &[Open]) -> Looked {
    let role = person.role();
    let here: Vec<&Open> =
        open.iter().filter(|glass| glass.citizen == found.id && is_withheld(role, glass.department.as_str())).collect();
    let Some(newest) = here.first().filter(|_| sees_cases(role)) else { return Looked::default() };
    let departments: Vec<&DepartmentId> = here.iter().map(|glass| &glass.department).collect();
    Looked::default().through(newest.id, role, &departments)
}

/// What a person does not see in a look.
fn sight(person: &Person, looked: Looked) -> &'static [&'static str] {
    Person { looked, ..person.clone() }.withheld()
}

/// Whether a request reads what other departments know.
fn reads_elsewhere(row: &Row, parts: &Parts, person: &Person, found: &Found) -> Answer<bool> {
    let own = &person.me.department;
    if row.reads == Reads::Others {
        let asked = Params::read(parts.uri.query().unwrap_or_default())?.opt::<DepartmentId>("department")?;
        return Ok(asked.is_none_or(|asked| asked != *own));
    }
    Ok(found.department.as_ref().is_some_and(|department| department != own))
}

/// Which business there is: a ticket at her site today, an appointment from yesterday to tomorrow, an open case within the person's authority
/// or of which she is in charge; else that the citizen is said to be on the phone.
async fn context(conn: &mut Conn, app: &App, person: &Person, found: &Found, said: PurposeKind) -> Answer<Context> {
    let today = app.clock.today();
    let row = sqlx::query(
        "SELECT EXISTS (SELECT 1 FROM ticket WHERE citizen = $1 AND day = $2 AND site = $3),
                EXISTS (SELECT 1 FROM appointment WHERE citizen = $1 AND start_at >= $4 AND start_at < $5 AND status <> 'cancelled')",
    )
    .bind(found.no)
    .bind(today.to_string())
    .bind(person.me.site.as_str())
    .bind(begins(today, -1).as_microsecond())
    .bind(begins(today, 2).as_microsecond())
    .fetch_one(&mut *conn)
    .await?;
    if row.int(0)? != 0 {
        return Ok(Context::Ticket);
    }
    if row.int(1)? != 0 {
        return Ok(Context::Appointment);
    }
    if has_case(conn, person, found, today).await? {
        return Ok(Context::Case);
    }
    Ok(if said == PurposeKind::Call { Context::Call } else { Context::None })
}

/// Whether she has an open case that the person sees, and over whose task the person has authority or of which she is in charge.
async fn has_case(conn: &mut Conn, person: &Person, found: &Found, today: Date) -> Answer<bool> {
    if !sees_cases(person.role()) {
        return Ok(false);
    }
    let hidden = sight(person, found.looked);
    let rows = sqlx::query(
        "SELECT DISTINCT department, procedure, responsible_id FROM case_file WHERE citizen = $1 AND phase <> 'closed'",
    )
    .bind(found.no)
    .fetch_all(conn)
    .await?;
    for row in rows {
        let department = DepartmentId::parse(&row.text(0)?).map_err(|_| StoreError::Value("department"))?;
        let procedure = ProcedureId::parse(&row.text(1)?).map_err(|_| StoreError::Value("procedure"))?;
        let hers = row.opt_id(2)?.is_some_and(|responsible| responsible == person.id().0);
        let covers = || {
            let mut held = person.me.authorities.iter().filter(|authority| authority.holds_on(today));
            held.any(|authority| authority.covers(&department, Some(&procedure)))
        };
        if !hidden.contains(&department.as_str()) && (hers || covers()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// When a day begins that lies some days from another.
fn begins(today: Date, days: i64) -> jiff::Timestamp {
    instant(today.checked_add(days.days()).unwrap_or(today), Time::midnight())
}
