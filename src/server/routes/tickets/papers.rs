//! What a ticket's cases say about papers, found out at the door: all here, one missing, a stand could do it, it belongs elsewhere. What
//! does not live here: the checklists.

use skranke_api::appointments::Site;
use skranke_domain::Localized;
use skranke_domain::checklist::Due;
use skranke_domain::department::Keeper;
use skranke_domain::queue::Triage;

use super::super::acting::withheld_from;
use crate::App;
use crate::problem::Answer;
use crate::store::cases::{self, is_open};
use crate::store::{Tx, items};

/// The most papers that a line of the queue names.
const NAMED: usize = 3;

/// What the cases say. Those of a department that is withheld from anybody are left out: everybody in the room reads the answer.
pub(crate) async fn sorted(
    tx: &mut Tx,
    app: &App,
    site: &Site,
    all: &[cases::Stored],
) -> Answer<(Triage, Vec<Localized>)> {
    let told: Vec<&cases::Stored> =
        all.iter().filter(|c| is_open(c.row.phase) && withheld_from(&c.row.department) == 0).collect();
    if told.is_empty() {
        return Ok((Triage::Unknown, Vec::new()));
    }
    let mut missing: Vec<Localized> = Vec::new();
    for case in &told {
        for item in items::of_case(tx, case.no).await? {
            let Some(template) = case.procedure.items.iter().find(|t| t.id == item.id) else { continue };
            let hers = template.due == Due::BeforeVisit && !template.supplied_by.is_office();
            if hers && item.state.awaits_citizen() && !missing.contains(&template.label) {
                missing.push(template.label.clone());
            }
        }
    }
    let elsewhere = |case: &&&cases::Stored| {
        let department = app.catalogue.department(&case.row.department);
        let here = site.counters.iter().any(|counter| counter.departments.contains(&case.row.department));
        !here && department.is_some_and(|d| d.keeper == Keeper::State)
    };
    if told.iter().filter(elsewhere).count() == told.len() {
        let mut names: Vec<Localized> = Vec::new();
        for case in told {
            let name = app.catalogue.department(&case.row.department).map(|d| d.name.clone());
            names.extend(name.filter(|name| !names.contains(name)));
        }
        names.truncate(NAMED);
        return Ok((Triage::Elsewhere, names));
    }
    if !missing.is_empty() {
        missing.truncate(NAMED);
        return Ok((Triage::Missing, missing));
    }
    let at_a_stand = told.iter().all(|case| !case.procedure.attendance.required);
    Ok((if at_a_stand { Triage::Stand } else { Triage::AllHere }, Vec::new()))
}
