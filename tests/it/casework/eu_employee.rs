//! A newcomer with work: her application, what is asked for, her answer, the visit, and a decision that two people carry.

use serde_json::json;
use skranke::api::cases::HistoryKind;
use skranke::desk::case::work::WorkKind;
use skranke::domain::authority::Role;
use skranke::domain::case::{Column, Phase};
use skranke::domain::checklist::ItemState;
use skranke::domain::decision::{DecisionState, DecisionStep};

use super::{SISTER, applies, case_of, delivered, item, paper, reply, state_of};
use crate::support::town::Town;
use crate::support::window::{Clerk, english, launch, sit_down};

const PROCEDURE: &str = "cpr-eu-employee";
const ADDRESS: &str = "proof-of-address";

/// Waits until a sheet of the case is open.
#[track_caller]
fn sheet<P: iced::Program<State = skranke::ui::App> + 'static>(clerk: &mut Clerk<P>, kind: WorkKind) {
    clerk.until("the sheet", |desk| {
        let open = desk.case().and_then(|page| page.work.sheet.as_ref());
        open.is_some_and(|sheet| sheet.kind() == kind)
    });
}

/// Waits until the page shows the decision so.
#[track_caller]
fn decision<P: iced::Program<State = skranke::ui::App> + 'static>(clerk: &mut Clerk<P>, state: DecisionState) {
    clerk.until(&format!("the decision is {state:?}"), |desk| {
        let view = desk.case().and_then(|page| page.view.value());
        view.and_then(|view| view.value.decision.as_ref()).is_some_and(|one| one.state == state)
    });
}

#[test]
fn an_eu_employee_from_her_application_to_a_decision_that_two_people_carry() {
    let town = Town::quiet();
    let danuta = town.run(town.named(SISTER));
    let facts = json!({
        "person.citizenship_group": "eu", "person.civil_status": "unmarried", "stay.ground": "eu_worker",
        "stay.from_country_group": "eu", "family.accompanying_children": false, "document.legalisation": "none",
        "document.language_ok": true
    });
    let case = applies(&town, danuta, PROCEDURE, &facts, |case| {
        let came = ["id-document", "eu-residence-document", "employment", "health-insurance-country", "doctor-choice"];
        came.iter().map(|one| paper(&format!("{one}.pdf"), &[(case, one)])).collect()
    });
    assert_eq!(state_of(&case_of(&town, case, Role::Caseworker), ADDRESS), ItemState::Missing);

    // The caseworker finds the case and asks for the paper that is missing.
    let (hers, leaders) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut mette = sit_down(launch(&town, hers.path(), Role::Caseworker, english()));
    mette.opens(SISTER, PROCEDURE);
    assert_eq!(mette.case().row.id, case);
    let asked: Vec<String> = {
        let letter = mette.desk().case().unwrap().request.letter.as_ref().unwrap();
        letter.ticked().map(|one| one.item.to_string()).collect()
    };
    assert_eq!(asked, [ADDRESS], "what is missing is ticked, and nothing else");
    let text = mette.desk().case().unwrap().request.letter.as_ref().unwrap().text.clone();
    assert!(!text.is_empty() && crate::support::national_numbers(&text).is_empty());
    let request = mette.asks_for(ADDRESS);
    let sent = case_of(&town, case, Role::Caseworker);
    assert_eq!(sent.requests[0].text, text, "what she read is what was sent");

    // Her reply is on the open page without anybody asking for it.
    delivered(&town, &reply(danuta, request, vec![paper("lejekontrakt.pdf", &[(case, ADDRESS)])]));
    mette.item_becomes(&item(ADDRESS), ItemState::Received);
    mette.until("the paper came along", |desk| desk.case().unwrap().document_of(&item(ADDRESS)).is_some());

    // Everything before the visit is in order; then the visit.
    mette.approves_what_came().read_word("case-ready").books();
    for at_visit in ["attendance", "originals"] {
        mette.approves(at_visit);
    }
    mette.everything_sent();

    // She proposes, with the reason of the catalogue.
    mette.press(&["g"]);
    sheet(&mut mette, WorkKind::Decide);
    mette.press(&["1"]).tab_to("case/sheet/reason").press(&["Space", "Ctrl+Enter"]);
    decision(&mut mette, DecisionState::Proposed);
    mette.everything_sent();
    let proposed = case_of(&town, case, Role::TeamLeader);
    let decided = proposed.decision.as_ref().unwrap();
    assert_eq!((decided.proposed_by_name.as_str(), proposed.row.phase), ("Mette Brunsgaard", Phase::Informed));
    assert!(!decided.text.is_empty() && decided.letter.is_none());
    // Who proposes does not approve, and reads why.
    mette.press(&["g"]).read_word("decision-refused-same");
    assert!(mette.desk().case().unwrap().work.sheet.is_none());

    // Somebody else approves it and tells her.
    let mut karen = sit_down(launch(&town, leaders.path(), Role::TeamLeader, english()));
    karen.opens(SISTER, PROCEDURE).press(&["g"]);
    sheet(&mut karen, WorkKind::Step(DecisionStep::Approve));
    karen.press(&["Ctrl+Enter"]);
    decision(&mut karen, DecisionState::Approved);
    karen.everything_sent().press(&["g"]);
    sheet(&mut karen, WorkKind::Step(DecisionStep::Issue));
    karen.press(&["Ctrl+Enter"]);
    decision(&mut karen, DecisionState::Issued);
    karen.everything_sent();

    // The case is closed at every window, and nothing in it changes any more.
    decision(&mut mette, DecisionState::Issued);
    let closed = case_of(&town, case, Role::Caseworker);
    assert_eq!((closed.row.phase, closed.row.column), (Phase::Closed, Column::Closed));
    let kinds: Vec<HistoryKind> = closed.history.iter().map(|line| line.kind).collect();
    for kind in [HistoryKind::Closed, HistoryKind::Issued, HistoryKind::Decided, HistoryKind::Proposed] {
        assert!(kinds.contains(&kind), "{kind:?} in {kinds:?}");
    }
    mette.chooses("id-document");
    mette.press(&["o"]).read_word("case-is-closed").press(&["a"]).read_word("case-is-closed");
    assert_eq!(mette.desk().pending.count(), 0);
    let after = case_of(&town, case, Role::Caseworker);
    assert_eq!((after.history, after.items), (closed.history, closed.items));
}
