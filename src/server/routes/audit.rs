//! The log as the team leader reads it. What does not live here: writing it (`crate::audit`), what a citizen gets of it (`access_log`).

use axum::extract::State;
use axum::response::Response;
use jiff::civil::{Date, Time};
use skranke_api::audit::{AuditAction, AuditOutcome, AuditRecord};
use skranke_api::{Cursor, Page, ProblemKind};
use skranke_domain::access::Context;
use skranke_domain::{CitizenId, StaffId};

use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::clock::instant;
use crate::extract::Params;
use crate::problem::{Answer, Refusal, json};
use crate::store::audit::{self, Filter};

/// The log, newest first. Reading it is logged too.
#[utoipa::path(get, path = "/v1/audit", operation_id = "auditLog", tag = "audit",
    params(
        ("citizen" = Option<CitizenId>, Query, description = "About one citizen"),
        ("staff" = Option<StaffId>, Query, description = "By one member of staff"),
        ("action" = Option<AuditAction>, Query, description = "Of one kind"),
        ("outcome" = Option<AuditOutcome>, Query, description = "With one end: `refused` finds attempts"),
        ("context" = Option<Context>, Query, description = "With one kind of business: `none` finds looks out of context"),
        ("from" = Option<Date>, Query, description = "The first day"),
        ("to" = Option<Date>, Query, description = "The last day"),
        ("limit" = Option<u16>, Query, description = "Items on the page", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `nextCursor` of the page before, with the same filters"),
    ),
    responses((status = 200, body = Page<AuditRecord>)))]
pub async fn list(State(app): State<App>, person: Person, params: Params) -> Answer<Response> {
    let (from, to): (Option<Date>, Option<Date>) = (params.opt("from")?, params.opt("to")?);
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        return Err(Refusal::field("?to", "range", "the last day is not before the first"));
    }
    // The last day belongs to the span; the calendar's own last day has no day after it and needs no end.
    let after = to.and_then(|to| to.tomorrow().ok());
    let mut filter = Filter {
        citizen: params.opt("citizen")?,
        staff: params.opt("staff")?,
        action: params.word("action")?,
        outcome: params.word("outcome")?,
        context: params.word("context")?,
        from: from.map(|day| instant(day, Time::midnight())),
        to: after.map(|day| instant(day, Time::midnight())),
        before: None,
    };
    let limit = params.limit()?;
    let list = format!("audit {filter:?}");
    if let Some(cursor) = params.text("cursor") {
        let place = app.sealer.open(person.id(), &list, cursor).ok_or(ProblemKind::BadCursor)?;
        filter.before = Some(i64::from_le_bytes(place.try_into().map_err(|_| ProblemKind::BadCursor)?));
    }
    let mut found = audit::list(&mut *app.store.read().await?, filter, limit).await?;
    let more = found.len() > usize::from(limit);
    found.truncate(usize::from(limit));
    let next_cursor =
        found.last().filter(|_| more).map(|last| Cursor(app.sealer.seal(person.id(), &list, &last.seq.to_le_bytes())));
    let mut entry = Entry::new(&person, AuditAction::ReadAudit);
    if let Some(citizen) = filter.citizen {
        entry = entry.citizen(citizen);
    }
    app.auditor.record(entry).await?;
    json(&Page { items: found, next_cursor })
}
