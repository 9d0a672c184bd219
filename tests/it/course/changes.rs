//! One change that is reported once, and every department that hears of it.

use std::collections::BTreeSet;

use skranke::api::cases::HistoryKind;
use skranke::desk::Place;
use skranke::desk::sheets::{Sheet, SheetKind};
use skranke::domain::ChangeId;
use skranke::domain::authority::Role;
use skranke::domain::contact::Outcome;

use crate::support::PENSIONER;
use crate::support::town::{Town, purpose};
use crate::support::window::{english, launch, sit_down};

const SAID: &str = "Pension 14.200 kr. om måneden før skat fra juni";

#[test]
fn a_67_year_old_reports_a_changed_income_and_three_departments_hear_of_it_in_one_visit() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    let verner = town.run(town.named(PENSIONER));
    let before = town.run(town.cases_of(verner, Role::Clerk));
    assert!(before.iter().all(|case| case.department.as_str() != "skat"), "the tax office knows nothing of him yet");

    ida.open_citizen(PENSIONER);
    assert_eq!(ida.desk().citizen().unwrap().identity.value().unwrap().age, 67);
    ida.press(&["m"]).sheet_opens(SheetKind::Change);
    let income = ChangeId::parse("income").unwrap();
    for _ in 0..20 {
        if matches!(ida.desk().sheet(), Some(Sheet::Change(sheet)) if sheet.candidate.as_ref() == Some(&income)) {
            break;
        }
        ida.press(&["Down"]);
    }
    ida.press(&["Enter"]);
    ida.until("what it touches", |desk| match desk.sheet() {
        Some(Sheet::Change(sheet)) => sheet.kind.as_ref() == Some(&income) && !sheet.touched().is_empty(),
        _ => false,
    });
    // Nothing is reported without a word of what changed.
    ida.press(&["Ctrl+Enter"]).sheet_opens(SheetKind::Change).type_text(SAID).read(SAID);
    let touched: BTreeSet<String> = match ida.desk().sheet() {
        Some(Sheet::Change(sheet)) => {
            let known = &ida.desk().session.procedures;
            let hears = sheet.touched().iter().filter(|touched| sheet.hears(touched));
            hears.map(|touched| known[&touched.procedure].department.to_string()).collect()
        }
        other => panic!("the change, not {:?}", other.map(Sheet::kind)),
    };
    let heard = ["skat", "udk", "suf", "okf"];
    assert_eq!(touched, heard.map(str::to_owned).into());
    ida.press(&["Ctrl+Enter"]).sheet_closes();
    // They all heard: in a new case where there was none, in the open one where there was.
    ida.until("a case at the tax office", |desk| {
        let page = desk.citizen().unwrap();
        let seen: BTreeSet<&str> = page.rows().map(|row| row.case.department.as_str()).collect();
        heard.iter().all(|one| seen.contains(one))
    });
    ida.everything_sent();
    assert_eq!(ida.desk().pending.refused(), 0);
    let after = town.run(town.cases_of(verner, Role::Clerk));
    let began: Vec<&str> = after
        .iter()
        .filter(|case| before.iter().all(|known| known.id != case.id))
        .map(|case| case.procedure.as_str())
        .collect();
    assert!(began.contains(&"tax-card") && began.contains(&"old-age-pension"), "{began:?}");
    for known in ["housing-benefit", "personal-supplement", "instalment-review"] {
        assert!(!began.contains(&known), "{known} was there already and is not begun twice");
        let case = before.iter().find(|case| case.procedure.as_str() == known).unwrap();
        let history = town.run(async { town.api(Role::Clerk).case(case.id, &purpose()).await.unwrap().value.history });
        let today = history.iter().filter(|line| line.by.as_deref() == Some("Ida Mellemgaard"));
        assert!(
            today.filter(|line| line.kind != HistoryKind::Received).count() > 0,
            "{known} heard of it: {history:?}"
        );
    }

    // The visit is registered in three keys, with what it was about.
    ida.press(&["w"]).sheet_opens(SheetKind::WrapUp).press(&["1", "Ctrl+Enter"]);
    ida.until("nobody stands here any more", |desk| desk.citizen().is_none() && desk.place() == Place::Start);
    let registered = || {
        let all = town.run(town.contacts_of(verner, Role::Clerk)).into_iter();
        all.filter(|one| one.for_whom.is_some() && one.by.as_deref() == Some("Ida Mellemgaard")).collect::<Vec<_>>()
    };
    ida.arrives("the registered visit", || !registered().is_empty());
    let contacts = town.run(town.contacts_of(verner, Role::Clerk));
    let visits = registered();
    let [visit] = &visits[..] else { panic!("one registered visit: {contacts:?}") };
    assert_eq!(visit.outcome, Some(Outcome::Settled));
    let subjects: BTreeSet<&str> = visit.subjects.iter().map(|one| one.as_str()).collect();
    assert!(
        subjects.is_superset(&BTreeSet::from(["tax-card", "housing-benefit", "personal-supplement"])),
        "{subjects:?}"
    );
    assert!(visit.minutes.is_some(), "the clock says how long it took");
    assert_eq!(visit.by.as_deref(), Some("Ida Mellemgaard"));
    assert!(contacts.iter().any(|one| one.text.da.contains(SAID)), "the change stands in the course: {contacts:?}");
}
