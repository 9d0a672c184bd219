//! Saying why, opening in an emergency, and what the team leader sees of both: through the window's real program by keys, against the real server.

use std::sync::Arc;

use skranke::api::audit::{AuditAction, AuditOutcome};
use skranke::client::http::AuditQuery;
use skranke::desk::figures::Exported;
use skranke::desk::oversight::{Standing, Tab};
use skranke::desk::{Desk, Place};
use skranke::domain::authority::Role;

use crate::support::SHOWCASE;
use crate::support::outside::Somebody;
use crate::support::town::{Town, now};
use crate::support::window::{english, launch, sit_down};

const WHY: &str = "Hun siger, at hun ikke har noget sted at sove";

#[test]
fn a_protected_citizen_opens_with_one_key_more_and_the_log_says_why() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.find_citizen(SHOWCASE).press(&["Enter"]).until("it is asked why", |desk| desk.need().is_some());
    ida.read_word("need-protected");
    assert!(!ida.everything().contains(SHOWCASE), "nothing of her is shown before");
    // She leaves: nothing is open, and nothing is remembered.
    ida.press(&["Escape"]).until("nobody is open", |desk| desk.citizen().is_none() && desk.recent.is_empty());
    assert_eq!(ida.desk().place(), Place::Start);
    ida.find_citizen(SHOWCASE).press(&["Enter"]).until("it is asked why", |desk| desk.need().is_some());
    ida.press(&["2", "Enter"]).whole_page(SHOWCASE);
    let said = ida.word("need-kind-call");
    town.run(async {
        let query = AuditQuery { citizen: Some(town.showcase().await), limit: Some(200), ..AuditQuery::default() };
        let log = town.api(Role::TeamLeader).audit(&query, None).await.unwrap().items;
        let opened = |outcome| log.iter().find(|one| one.action == AuditAction::OpenCitizen && one.outcome == outcome);
        let done = opened(AuditOutcome::Done).expect("she was opened");
        assert_eq!(done.purpose.as_ref().and_then(|purpose| purpose.note.clone()), Some(said));
        assert!(opened(AuditOutcome::Refused).is_some(), "what was refused stands there too");
        assert!(log.iter().all(|one| one.outcome == AuditOutcome::Done || one.action == AuditAction::OpenCitizen));
    });
    // Her cases open under what was said, without another word.
    ida.press(&["Enter"]).until("a case", |desk| desk.case().is_some_and(|case| case.view.value().is_some()));
    assert!(ida.desk().need().is_none());
}

/// What the log says was refused so far, newest first.
fn refused(town: &Town) -> Vec<AuditAction> {
    town.run(async {
        let query = AuditQuery { outcome: Some(AuditOutcome::Refused), limit: Some(200), ..AuditQuery::default() };
        let log = town.api(Role::TeamLeader).audit(&query, None).await.unwrap().items;
        log.into_iter().map(|one| one.action).collect()
    })
}

#[test]
fn one_opening_that_needs_a_reason_leaves_one_refused_line_in_the_log() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.find_citizen(SHOWCASE).press(&["Enter"]).until("it is asked why", |desk| desk.need().is_some());
    assert_eq!(refused(&town), [AuditAction::OpenCitizen]);
    ida.press(&["5", "Escape"]).until("nobody is open", |desk| desk.citizen().is_none());
    ida.find_citizen(SHOWCASE).press(&["Enter"]).until("it is asked why", |desk| desk.need().is_some());
    ida.press(&["Enter"]).whole_page(SHOWCASE);
    assert_eq!(refused(&town), [AuditAction::OpenCitizen; 2], "a line for each time that she opened her");
    // Whatever is asked for from now on goes under what she said.
    ida.press(&["F5"]).until("everything came anew", |desk| {
        let page = desk.citizen().unwrap();
        let course = !page.notes.is_waiting() && !page.handovers.is_waiting() && !page.half_finished.is_waiting();
        let departments = page.sources.iter().all(|source| !source.waiting && !source.lost);
        course && departments && !page.appointments.is_waiting()
    });
    assert!(ida.desk().need().is_none());
    ida.press(&["Enter"]).until("a case", |desk| desk.case().is_some_and(|case| case.view.value().is_some()));
    let case = town.run(crate::contract::bookable(&town));
    ida.press(&["Ctrl+2"]).choose_case(case.row.procedure.as_str()).press(&["b"]).until("the booking", |desk| {
        let page = desk.calendar.as_ref().filter(|page| page.booking.is_some());
        page.is_some_and(|page| !page.free.is_waiting() && page.free.value().is_some())
    });
    assert_eq!(refused(&town).len(), 2);
}

#[test]
fn a_case_found_by_its_number_leaves_one_refused_line_and_opens_with_whose_it_is() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let number = town.run(async { town.showcase_cases(Role::Clerk).await[0].number.clone() });
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.press(&["Ctrl+K"]).type_text(&format!("#{number}")).offered(&number).press(&["Enter"]);
    ida.until("it is asked why", |desk| desk.place() == Place::Case && desk.need().is_some());
    ida.press(&["Enter"]).until("the case", |desk| desk.case().is_some_and(|case| case.view.value().is_some()));
    ida.press(&["Escape"]).whole_page(SHOWCASE);
    assert!(ida.desk().need().is_none(), "she is asked once");
    assert_eq!(refused(&town), [AuditAction::OpenCase]);
}

#[test]
fn an_emergency_opens_one_department_and_the_team_leader_reviews_it() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.open_showcase();
    let withheld = |desk: &Desk| desk.citizen().map_or(0, |page| page.withheld().count());
    assert_eq!(withheld(ida.desk()), 1, "one department keeps its cases from a clerk");
    ida.press(&["e"]).until("what opens it", |desk| desk.glass().is_some());
    assert_eq!(ida.at().as_deref(), Some("glass/words"), "an emergency begins with typing");
    ida.press(&["Escape"]).until("it is left", |desk| desk.glass().is_none());
    ida.press(&["e"]).until("what opens it, again", |desk| desk.glass().is_some());
    // Too few words open nothing.
    ida.press(&["Ctrl+Enter"])
        .until("what is missing", |desk| desk.glass().is_some_and(|glass| glass.problem.is_some()));
    ida.type_text(WHY).press(&["Ctrl+Enter"]);
    ida.until("it is open", |desk| {
        desk.glass().is_none() && withheld(desk) == 0 && desk.citizen().is_some_and(|page| !page.opened.is_empty())
    });
    let until = ida.desk().citizen().unwrap().opened[0].until.to_zoned(ida.desk().tz().clone());
    let args = [("department", "SOF".into()), ("time", ida.texts.time(until.time()).into())];
    let said = ida.sentence("glass-open-until", &args);
    ida.read(&said);

    let home = tempfile::tempdir().unwrap();
    let mut grethe = sit_down(launch(&town, home.path(), Role::TeamLeader, english()));
    grethe.press(&["Ctrl+8", "2"]).until("the emergencies", |desk| {
        desk.oversight.as_ref().is_some_and(|page| page.tab == Tab::Emergencies && page.unreviewed() == 1)
    });
    grethe.read(WHY).press(&["u", "Ctrl+Enter"]).until("words are asked for", |desk| {
        let review = desk.oversight.as_ref().and_then(|page| page.review.as_ref());
        review.is_some_and(|review| review.problem.is_some())
    });
    grethe.press(&["Escape", "j", "Ctrl+Enter"]).until("it is reviewed", |desk| {
        desk.oversight.as_ref().is_some_and(|page| page.review.is_none() && page.unreviewed() == 0)
    });
    grethe.press(&["1"]).read_word("audit-break-glass").read_word("audit-review-break-glass");
}

#[test]
fn the_look_ups_that_a_citizen_gets_name_nobody_of_the_staff() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let file = profile.path().join("opslag.pdf");
    let outside = Somebody { saves: Some(file.clone()), ..Somebody::default() };
    let settings = launch(&town, profile.path(), Role::TeamLeader, english());
    let mut grethe = sit_down(skranke::ui::Launch { outside: Arc::new(outside), ..settings });
    grethe.open_showcase().press(&["Ctrl+8"]).until("the log", |desk| {
        desk.oversight.as_ref().is_some_and(|page| page.log.records.value().is_some_and(|log| !log.is_empty()))
    });
    // Whoever is open is whom the log is about with one key.
    let her = grethe.desk().citizen().map(|page| page.id);
    grethe.press(&["c"]).until("the look-ups about her", |desk| {
        let log = desk.oversight.as_ref().map(|page| &page.log);
        log.is_some_and(|log| log.filter.citizen == her && log.records.value().is_some())
    });
    grethe.press(&["Ctrl+e"]).until("it is saved", |desk| {
        matches!(desk.oversight.as_ref().and_then(|page| page.exported.as_ref()), Some(Exported::Written(_)))
    });
    let page = std::fs::read(&file).unwrap();
    assert!(page.starts_with(b"%PDF-"), "it is a page that can be printed");
    let names = town.run(async {
        let (leader, clerk) =
            (town.api(Role::TeamLeader).me().await.unwrap(), town.api(Role::Clerk).me().await.unwrap());
        [leader.name, clerk.name]
    });
    let has = |name: &String| page.windows(name.len()).any(|part| part == name.as_bytes());
    assert!(!names.iter().any(has));
    town.run(async {
        let told = town.api(Role::TeamLeader).access_log(her.unwrap()).await.unwrap();
        assert!(!told.lines.is_empty());
        let told = serde_json::to_string(&told).unwrap();
        assert!(!names.iter().any(|name| told.contains(name)), "{told}");
    });
}

#[test]
fn a_clerk_has_no_oversight_and_a_leader_sees_who_may_what() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.press(&["Ctrl+8"]);
    assert_eq!(ida.desk().place(), Place::Start);
    let nav = ida.word("nav-oversight");
    assert!(!ida.everything().contains(&nav));
    let home = tempfile::tempdir().unwrap();
    let mut grethe = sit_down(launch(&town, home.path(), Role::TeamLeader, english()));
    grethe
        .press(&["Ctrl+8", "3"])
        .until("who may what", |desk| desk.oversight.as_ref().is_some_and(|page| page.rights.value().is_some()));
    // What ends within thirty days stands first: Ida's authority over SIRI's tasks.
    let today = now().to_zoned(grethe.desk().tz().clone()).date();
    let first = grethe.desk().oversight.as_ref().unwrap().right_lines(today)[0].standing;
    assert!(matches!(first, Standing::Ends(_)), "{first:?}");
}
