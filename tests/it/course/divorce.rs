//! A life situation from what happened, through its questions, to started cases.

use std::collections::BTreeSet;

use skranke::desk::Desk;
use skranke::desk::citizen::follow::Standing;
use skranke::desk::sheets::situation::{LineId, ReasonProblem};
use skranke::desk::sheets::{Sheet, SheetKind, SituationSheet};
use skranke::domain::authority::Role;
use skranke::domain::life_situation::Follow;
use skranke::domain::{FollowOnId, LifeSituationId};

use crate::support::DIVORCED;
use crate::support::town::{Town, purpose};
use crate::support::window::{english, launch, sit_down};

const WHY: &str = "Hun har sparet op og låner ikke";

fn sheet(desk: &Desk) -> Option<&SituationSheet> {
    match desk.sheet() {
        Some(Sheet::Situation(sheet)) => Some(sheet),
        _ => None,
    }
}

#[test]
fn a_divorce_goes_from_its_questions_to_started_cases() {
    let town = Town::quiet();
    let (hers, his) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut ida = sit_down(launch(&town, hers.path(), Role::Clerk, english()));
    let mut mette = sit_down(launch(&town, his.path(), Role::Caseworker, english()));
    let divorce = LifeSituationId::parse("divorce").unwrap();
    let deposit = FollowOnId::parse("deposit-loan").unwrap();
    mette.open_citizen(DIVORCED);
    ida.open_citizen(DIVORCED);
    let proposed = |desk: &Desk| {
        let page = desk.citizen().unwrap();
        page.proposals(&desk.session, &desk.pending).iter().any(|one| one.kinds.contains(&&divorce))
    };
    assert!(proposed(ida.desk()), "what happened proposes it");
    let before: Vec<_> = town.run(async { town.cases_of(town.named(DIVORCED).await, Role::Clerk).await });

    // The questions, one after the other: each answer leads to the next.
    ida.tab_to("citizen/proposed/0/divorce").press(&["Enter"]).sheet_opens(SheetKind::Situation);
    for (question, key) in
        [("moves", "1"), ("children", "1"), ("children-here", "1"), ("day-care", "1"), ("new-name", "2")]
    {
        let text = {
            let desk = ida.desk();
            let kind = &desk.session.situations[&divorce];
            kind.questions.iter().find(|one| one.id.as_str() == question).unwrap().text.en.clone()
        };
        ida.read(&text).press(&[key]);
    }
    // What does not follow here is dismissed with words, and not without.
    for _ in 0..40 {
        if sheet(ida.desk()).and_then(|sheet| sheet.at.clone()) == Some(LineId::Follow(deposit.clone())) {
            break;
        }
        ida.press(&["Down"]);
    }
    ida.press(&["-"]).until("a reason is asked for", |desk| sheet(desk).is_some_and(|sheet| sheet.reason.is_some()));
    ida.press(&["Enter"]).until("words are needed", |desk| {
        let reason = sheet(desk).and_then(|sheet| sheet.reason.as_ref());
        reason.is_some_and(|reason| reason.problem == Some(ReasonProblem::Missing))
    });
    ida.type_text(WHY).press(&["Enter"]);
    ida.until("the reason is taken", |desk| sheet(desk).is_some_and(|sheet| sheet.reason.is_none())).read(WHY);
    let id = town.run(town.named(DIVORCED));
    ida.press(&["Ctrl+Enter"]).sheet_closes().arrives("the situation and its cases", || {
        let opened = town.run(async { town.api(Role::Clerk).situations(id, &purpose()).await.unwrap() });
        let began = town.run(town.cases_of(id, Role::Clerk)).len() > before.len();
        began && opened.situations.iter().any(|one| one.kind == divorce && !one.follows.is_empty())
    });

    let (list, after) = town.run(async {
        let list = town.api(Role::Clerk).situations(id, &purpose()).await.unwrap();
        (list, town.cases_of(id, Role::Clerk).await)
    });
    assert!(list.proposed.iter().all(|one| one.kind != divorce), "what was opened is proposed no more");
    let opened = list.situations.iter().find(|one| one.kind == divorce).expect("the situation");
    assert_eq!(opened.answers.len(), 5);
    let left_out = opened.follows.iter().find(|one| one.follow == deposit).expect("what was dismissed");
    assert_eq!((left_out.state, left_out.reason.as_deref()), (Follow::Dismissed, Some(WHY)));
    let began: Vec<_> = after.iter().filter(|case| before.iter().all(|known| known.id != case.id)).collect();
    let departments: BTreeSet<&str> = began.iter().map(|case| case.department.as_str()).collect();
    assert!(departments.len() >= 2, "{departments:?}");
    assert!(began.iter().all(|case| case.situation == Some(opened.id)));
    assert!(began.iter().all(|case| case.procedure.as_str() != "deposit-loan"));
    let procedures: BTreeSet<&str> = began.iter().map(|case| case.procedure.as_str()).collect();
    assert_eq!(procedures.len(), began.len(), "each is started once: {procedures:?}");

    // A colleague who has her open sees it without asking: every case of a department that is asked when she is opened.
    let asked: Vec<_> = mette.desk().citizen().unwrap().sources.iter().map(|one| one.department.clone()).collect();
    let shown: Vec<_> = began.iter().filter(|case| asked.contains(&case.department)).collect();
    assert!(shown.iter().map(|case| case.department.as_str()).collect::<BTreeSet<_>>().len() >= 2, "{shown:?}");
    mette.until("the situation at the other window", |desk| {
        let page = desk.citizen().unwrap();
        page.situations.value().is_some_and(|list| list.situations.iter().any(|one| one.id == opened.id))
            && shown.iter().all(|case| page.rows().any(|row| row.case.id == case.id))
    });
    let title = mette.desk().session.situations[&divorce].title.en.clone();
    mette.read(&title);

    // The next morning it is still dismissed, and the sheet says why.
    ida.driver.close();
    let mut ida = sit_down(launch(&town, hers.path(), Role::Clerk, english()));
    ida.open_citizen(DIVORCED);
    assert!(!proposed(ida.desk()));
    let desk = ida.desk();
    let page = desk.citizen().unwrap();
    let follow = desk.session.situations[&divorce].follows.iter().find(|one| one.id == deposit).unwrap();
    let standing = page.standing(opened.id, follow, &page.started(), &desk.pending);
    assert!(matches!(standing, Standing::Dismissed(said) if said.reason == WHY), "{standing:?}");
    ida.tab_to("citizen/follows/").press(&["Enter"]).sheet_opens(SheetKind::Situation).read(WHY);
}
