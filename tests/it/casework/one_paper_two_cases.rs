//! One paper that two cases need: asked for once, sent once, received in both, approved in each by itself.

use skranke::desk::sheets::{Sheet, SheetKind};
use skranke::domain::authority::Role;
use skranke::domain::checklist::ItemState;
use skranke::domain::{CaseId, LetterId};

use super::{case_of, delivered, item, paper, reply, state_of};
use crate::support::SHOWCASE;
use crate::support::town::Town;
use crate::support::window::{english, launch, sit_down};

const DOCTOR: &str = "doctor-choice";
const TWO: [&str; 2] = ["cpr-eu-employee", "move-domestic"];

#[test]
fn one_paper_serves_two_cases_and_is_approved_in_each_by_itself() {
    let town = Town::quiet();
    let kalina = town.run(town.showcase());
    let cases: Vec<CaseId> = {
        let rows = town.run(town.showcase_cases(Role::Caseworker));
        TWO.iter().map(|slug| rows.iter().find(|row| row.procedure.as_str() == *slug).unwrap().id).collect()
    };
    let [registration, moving] = [cases[0], cases[1]];
    let profile = tempfile::tempdir().unwrap();
    let mut mette = sit_down(launch(&town, profile.path(), Role::Caseworker, english()));

    // What is there will not do in either.
    mette.open_citizen(SHOWCASE);
    for procedure in TWO {
        mette.press(&["Ctrl+2"]).open_case(procedure);
        let id = mette.chooses(DOCTOR);
        mette.press(&["x"]).read_word("reason-field").type_text("Lægen tager ikke flere").press(&["Ctrl+Enter"]);
        mette.item_becomes(&id, ItemState::Rejected).everything_sent();
    }

    // One letter asks once for both.
    mette.press(&["Ctrl+2"]).until("both are known to be missing", |desk| {
        let page = desk.citizen().unwrap();
        let answered = page.sources.iter().all(|source| !source.waiting);
        answered && page.open_papers(&desk.pending).is_to_ask(None)
    });
    mette.press(&["l"]).sheet_opens(SheetKind::Letter);
    let asked = match mette.desk().sheet() {
        Some(Sheet::Letter(sheet)) => sheet.ticked().find(|paper| {
            let of = |case| paper.uses.iter().any(|used| used.case == case);
            of(registration) && of(moving)
        }),
        _ => None,
    };
    assert!(asked.is_some(), "one paper of the letter unlocks both cases");
    mette.press(&["Ctrl+Enter"]).sheet_closes().everything_sent();
    let requests: Vec<LetterId> =
        cases.iter().map(|case| case_of(&town, *case, Role::Caseworker).requests[0].id).collect();
    assert_eq!(requests[0], requests[1], "one letter");

    // One paper comes, and both have it.
    mette.open_case(TWO[0]);
    let uses = [(registration, DOCTOR), (moving, DOCTOR)];
    delivered(&town, &reply(kalina, requests[0], vec![paper("laegevalg.pdf", &uses)]));
    mette.item_becomes(&item(DOCTOR), ItemState::Received);
    let of = |case: CaseId| case_of(&town, case, Role::Caseworker);
    let [here, there] = [of(registration), of(moving)];
    assert_eq!(here.documents[0].id, there.documents[0].id, "it is one paper");
    assert_eq!(here.documents[0].uses.len(), 2);
    assert_eq!(state_of(&there, DOCTOR), ItemState::Received);
    mette.chooses(DOCTOR);
    mette.until("it stands beside", |desk| desk.case().unwrap().pane.document == Some(here.documents[0].id));

    // Approved here, it still waits for a look there.
    mette.approves(DOCTOR).everything_sent();
    assert_eq!(state_of(&of(registration), DOCTOR), ItemState::Approved);
    assert_eq!(state_of(&of(moving), DOCTOR), ItemState::Received);
    mette.press(&["Ctrl+2"]).open_case(TWO[1]).approves(DOCTOR).everything_sent();
    assert_eq!(state_of(&of(moving), DOCTOR), ItemState::Approved);
}
