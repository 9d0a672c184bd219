//! The facts of a case and the version of its procedure: items follow their conditions at once. What does not live here: what a newer version
//! would change (`versions`), what a condition means (the domain).

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use skranke_api::audit::AuditAction;
use skranke_api::cases::{CaseView, HistoryKind};
use skranke_api::casework::FactsChange;
use skranke_api::{ProblemKind, paths};
use skranke_domain::CaseId;
use skranke_domain::checklist::{ItemState, LastWord};
use skranke_domain::procedure::condition::Verdict;
use skranke_domain::procedure::{Facts, Procedure};

use super::super::cases::check_facts;
use super::{Asked, Begun, Part, check_may};
use crate::App;
use crate::auth::Person;
use crate::extract::{CommandKey, IfMatch, Json, Path};
use crate::problem::{Answer, Refusal};
use crate::store::cases::{self, Happening, Stored, add_history};
use crate::store::casework::{self, Ruled};
use crate::store::items::{self, Item};
use crate::store::{Tx, register};

/// Says facts of a case, or takes it over to the newest version of its procedure. Items follow their conditions at once.
#[utoipa::path(patch, path = "/v1/cases/{case}/facts", operation_id = "sayFacts", tag = "cases",
    params(("case" = CaseId, Path, description = "The case")),
    request_body = FactsChange, responses((status = 200, body = CaseView)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CaseId>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<FactsChange>,
) -> Answer<Response> {
    check(&app, &change)?;
    let path = paths::facts(id);
    let asked = Asked::new((&app, &person), (id, Part::Facts), key, ("PATCH", &path), &change)?;
    let (mut tx, case) = match asked.begin(Some(&if_match)).await? {
        Begun::Before(response) => return Ok(response),
        Begun::Now(tx, case) => (tx, case),
    };
    check_may(asked.may(&case).work)?;
    let procedure = match change.procedure_version {
        None => case.procedure.as_ref(),
        Some(version) => newer(&app, &case, version)?,
    };
    let act = asked.act();
    let facts = register::with_said(&case.facts()?, &change.facts);
    let verdicts = app.catalogue.instantiate(procedure, &facts);
    let known = items::of_case(&mut tx, case.no).await?;
    let mut before = casework::states_before(&mut tx, case.no).await?;
    let mut list = Vec::with_capacity(verdicts.len());
    let mut changed = Vec::new();
    for (item, verdict) in &verdicts {
        let (ruled, how) = match known.iter().find(|known| known.id == *item) {
            Some(known) => ruled(known.clone(), before.remove(item), verdict, act.now),
            None => (added(item.clone(), verdict), How::New),
        };
        if how != How::Same {
            changed.push((ruled.clone(), how));
        }
        list.push(ruled);
    }
    casework::set_facts(&mut tx, case.no, &facts, procedure.version).await?;
    if procedure.version == case.procedure.version {
        let rows: Vec<Ruled> = changed.iter().filter(|(_, how)| *how != How::New).map(|(r, _)| r.clone()).collect();
        casework::save_ruled(&mut tx, case.no, &rows).await?;
    } else {
        casework::replace_items(&mut tx, case.no, &list).await?;
    }
    if !change.facts.is_empty() {
        act.note(&mut tx, case.no, HistoryKind::FactsSaid, None, Some(&titles(&app, &change.facts))).await?;
    }
    if procedure.version != case.procedure.version {
        let versions = format!("{} → {}", case.procedure.version, procedure.version);
        act.note(&mut tx, case.no, HistoryKind::Lifted, None, Some(&versions)).await?;
    }
    for (ruled, how) in &changed {
        if matches!(how, How::New | How::State) {
            // The facts did it, not she who said them.
            let happening = Happening {
                at: act.now,
                by: None,
                kind: HistoryKind::Item,
                item: Some(&ruled.item.id),
                state: Some(ruled.item.state),
                reason: None,
                command: Some(key),
            };
            add_history(&mut tx, case.no, &happening).await?;
        }
    }
    let case = reread(&mut tx, &app, &case).await?;
    asked.done(tx, &case, &act, AuditAction::SayFacts).await
}

fn check(app: &App, change: &FactsChange) -> Answer<()> {
    if change.facts.is_empty() && change.procedure_version.is_none() {
        return Err(Refusal::field("/facts", "missing", "a fact or a version is needed"));
    }
    if change.facts.contains_key(register::AGE) {
        return Err(Refusal::field("/facts/person.age", "conflict", "the register knows her age"));
    }
    check_facts(app, &change.facts)
}

async fn reread(tx: &mut Tx, app: &App, case: &Stored) -> Answer<Stored> {
    Ok(cases::by_no(tx, &app.procedures, case.no).await?.ok_or(ProblemKind::Internal)?)
}

/// The newest version of a case's procedure; a case goes over to no other, and never back.
fn newer<'a>(app: &'a App, case: &Stored, version: u32) -> Answer<&'a Procedure> {
    let newest = app.catalogue.procedure(&case.row.procedure);
    newest.filter(|newest| newest.version == version && version > case.procedure.version).ok_or_else(|| {
        Refusal::field(
            "/procedureVersion",
            "range",
            "a newer version than the case's own, and the newest, was expected",
        )
    })
}

/// What new facts did to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// Nothing.
    Same,
    /// What nobody knows of it is another fact now.
    Unknown,
    /// Its state follows its condition.
    State,
    /// It is new.
    New,
}

fn unknown(verdict: &Verdict) -> Vec<String> {
    match verdict {
        Verdict::Unknown { fact } => vec![fact.clone()],
        Verdict::Applies { .. } | Verdict::DoesNotApply { .. } => Vec::new(),
    }
}

/// An item as new facts leave it.
fn ruled(mut item: Item, before: Option<ItemState>, verdict: &Verdict, now: Timestamp) -> (Ruled, How) {
    let unknown = unknown(verdict);
    // What the facts decided carries nobody's name.
    let last = match item.changed_by {
        Some(_) => LastWord::Person,
        None => LastWord::Facts { before },
    };
    let state = item.state.after_facts(last, verdict);
    if state != item.state {
        let kept = (state == ItemState::NotApplicable).then_some(item.state);
        item.state = state;
        item.reason = None;
        item.changed_by = None;
        item.changed_at = Some(now);
        item.unknown = unknown;
        item.version += 1;
        return (Ruled { item, before: kept }, How::State);
    }
    if item.unknown != unknown {
        item.unknown = unknown;
        item.version += 1;
        return (Ruled { item, before }, How::Unknown);
    }
    (Ruled { item, before }, How::Same)
}

fn added(id: skranke_domain::ItemId, verdict: &Verdict) -> Ruled {
    let state = match verdict {
        Verdict::DoesNotApply { .. } => ItemState::NotApplicable,
        Verdict::Applies { .. } | Verdict::Unknown { .. } => ItemState::Missing,
    };
    let unknown = unknown(verdict);
    let item = Item { rank: 0, id, state, reason: None, changed_by: None, changed_at: None, unknown, version: 1 };
    Ruled { item, before: None }
}

/// The facts as people read them, never what was said of them: the history is read by more people than the facts.
fn titles(app: &App, facts: &Facts) -> String {
    let title =
        |name: &String| app.catalogue.facts.get(name).map_or_else(|| name.clone(), |fact| fact.title.da.clone());
    facts.keys().map(title).collect::<Vec<_>>().join(", ")
}
