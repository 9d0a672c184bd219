//! Saying why, opening in an emergency, the role of the day and the oversight: what the clerk and her team leader see.

use skranke_api::access::{BreakGlassView, Finding, StaffRights};
use skranke_api::audit::AuditRecord;
use skranke_api::me::Me;
use skranke_api::{Cursor, Page};
use skranke_domain::access::{LegalBasis, Need, Tie};
use skranke_domain::{BreakGlassId, DepartmentId, StaffId};

use super::*;
use crate::ask::{OversightQuestion, OversightReply, Question};
use crate::citizen::Step;
use crate::figures::Exported;
use crate::need::NeedInput;
use crate::need::glass::{GlassInput, GlassProblem};
use crate::oversight::{FilterChange, OversightInput, ReviewProblem, Span, Standing, Tab};

const HER: Room = Room::Citizen(StandId::A);
const IDENTITY: u8 = 0;
const OVERVIEW: u8 = 1;

fn refused(need: Need) -> ClientError {
    ClientError::Problem(Box::new(Problem { need: Some(need), ..Problem::new(ProblemKind::NeedToKnow) }))
}

fn asks(reason: Need) -> Reply {
    Reply::Citizen(Box::new(Err(refused(reason))))
}

const PROTECTED: Need = Need { reason: true, out_of_context: false, protected: true, tie: None, basis: false };

/// The purpose that her identity is asked for under.
fn asked_under(effects: &[Effect]) -> Option<Purpose> {
    effects.iter().find_map(|effect| match effect {
        Effect::Ask(_, Question::Citizen(_, purpose)) => Some(purpose.clone()),
        _ => None,
    })
}

fn opened(need: Need) -> (Desk, Ticket) {
    let mut desk = desk();
    let ticket = asked(&desk.update(Input::OpenCitizen(CitizenId::new(), purpose()), now()), HER, IDENTITY);
    desk.update(Input::Reply(ticket, asks(need)), now());
    (desk, ticket)
}

fn say(desk: &mut Desk, input: NeedInput) -> Vec<Effect> {
    desk.update(Input::Need(input), now())
}

#[test]
fn a_protected_citizen_is_asked_about_once_and_everything_goes_under_what_was_said() {
    let (mut desk, before) = opened(PROTECTED);
    assert!(desk.need().is_some() && desk.citizen().unwrap().is_shut());
    let effects = say(&mut desk, NeedInput::Confirm("At the counter".into()));
    let said = asked_under(&effects).expect("she is asked for again");
    assert_eq!(said.note.as_deref(), Some("At the counter"));
    assert!(desk.need().is_none());
    // A refusal that was still on its way does not ask again.
    desk.update(Input::Reply(before, asks(PROTECTED)), now());
    assert!(desk.need().is_none());
    let case = desk.citizen().unwrap().purpose.clone();
    let effects = desk.update(Input::OpenCase(CaseId::new(), case), now());
    let asked = effects.iter().any(|effect| match effect {
        Effect::Ask(_, Question::Case(_, purpose)) => purpose.note.as_deref() == Some("At the counter"),
        _ => false,
    });
    assert!(asked, "her case is opened under the same words");
}

#[test]
fn leaving_shows_nothing_and_keeps_nothing() {
    let (mut desk, _) = opened(PROTECTED);
    say(&mut desk, NeedInput::Typed("half a".into()));
    let effects = say(&mut desk, NeedInput::Leave);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Abandon(Room::Citizen(StandId::A)))));
    assert!(desk.citizen().is_none() && desk.place() == Place::Start);
    assert!(desk.recent.is_empty() && desk.unfinished.is_empty());
}

#[test]
fn two_refusals_are_one_sheet_and_what_comes_meanwhile_asks_for_nothing() {
    let mut desk = desk();
    // Without a line everything is asked for at once, and what is kept says itself what it takes.
    desk.update(Input::Live(skranke_client::Live::Lost { error: ClientError::Offline }), now());
    let effects = desk.update(Input::OpenCitizen(CitizenId::new(), purpose()), now());
    let (identity, overview) = (asked(&effects, HER, IDENTITY), asked(&effects, HER, OVERVIEW));
    desk.update(Input::Reply(identity, asks(PROTECTED)), now());
    let line = Reply::Overview(Box::new(Err(refused(Need { basis: true, ..PROTECTED }))));
    desk.update(Input::Reply(overview, line), now());
    let need = desk.need().unwrap().need;
    assert!(need.protected && need.basis);
    let effects = desk.update(Input::Citizen(crate::citizen::CitizenInput::AskAgain), now());
    assert!(asked_under(&effects).is_none(), "nothing is asked for before she says why");
}

#[test]
fn a_relative_warns_and_the_warning_goes_along() {
    let need = Need { tie: Some(Tie::Relative), ..Need { protected: false, ..PROTECTED } };
    let (mut desk, _) = opened(need);
    assert!(say(&mut desk, NeedInput::Confirm("At the counter".into())).is_empty());
    assert!(desk.need().unwrap().problem.is_some());
    say(&mut desk, NeedInput::Acknowledge);
    let effects = say(&mut desk, NeedInput::Confirm("At the counter".into()));
    assert!(asked_under(&effects).unwrap().acknowledged);
}

#[test]
fn on_the_phone_the_visit_becomes_a_call() {
    let (mut desk, _) = opened(PROTECTED);
    say(&mut desk, NeedInput::Kind(PurposeKind::Call));
    say(&mut desk, NeedInput::Confirm("On the phone".into()));
    assert_eq!(desk.citizen().unwrap().visit.channel, skranke_domain::contact::Channel::Phone);
}

#[test]
fn a_case_that_takes_a_reason_opens_its_citizen_under_the_same() {
    let mut desk = desk();
    let (case, citizen) = (CaseId::new(), CitizenId::new());
    let effects = desk.update(Input::OpenCitizen(citizen, purpose()), now());
    let identity = asked(&effects, HER, IDENTITY);
    let effects = desk.update(Input::OpenCase(case, purpose()), now());
    let of_case = asked(&effects, Room::Case(StandId::A), 0);
    desk.update(Input::Reply(identity, asks(PROTECTED)), now());
    desk.update(Input::Reply(of_case, Reply::Case(Box::new(Err(refused(PROTECTED))))), now());
    assert_eq!(desk.place(), Place::Case);
    let effects = say(&mut desk, NeedInput::Confirm("Work on her case".into()));
    let again = asked(&effects, Room::Case(StandId::A), 0);
    let view = json!({
        "row": row(case, citizen), "citizenName": "Kalina Testrup Wrona", "situation": null, "situationKind": null,
        "procedureVersion": 1, "attendanceMinutes": 20, "received": "2026-05-26T08:00:00Z", "facts": {},
        "items": [], "history": [],
        "may": { "judgeItems": true, "book": true, "work": true, "steer": true, "decide": true, "approve": true },
        "procedureNewest": 1, "level": "rule_based", "rule": null, "suspension": null, "decision": null, "related": [],
        "versions": { "responsible": "v1", "course": "v1", "facts": "v1" }, "responsibleId": null, "collaborators": [],
        "requests": [], "documents": [], "asks": [], "notes": [], "others": [], "onBehalf": null, "language": "en",
        "exemptFromDigitalPost": false
    });
    let view = Tagged { value: serde_json::from_value(view).unwrap(), etag: ETag::of_version(1) };
    let effects = desk.update(Input::Reply(again, Reply::Case(Box::new(Ok(view)))), now());
    assert_eq!(asked_under(&effects).unwrap().note.as_deref(), Some("Work on her case"));
    assert!(!desk.citizen().unwrap().is_shut());
}

fn withheld() -> (Desk, DepartmentId) {
    let mut desk = desk();
    let id = CitizenId::new();
    let overview = asked(&opens(&mut desk, id), HER, OVERVIEW);
    let mut line = |value| {
        let line: OverviewLine = serde_json::from_value(value).unwrap();
        desk.update(Input::Reply(overview, Reply::Overview(Box::new(Ok(line)))), now());
    };
    line(json!({ "line": "departments", "citizen": id, "departments": ["kff", "sof"] }));
    line(json!({ "line": "section", "department": "sof", "outcome": "withheld", "asOf": null, "tookMs": 3 }));
    (desk, DepartmentId::parse("sof").unwrap())
}

fn glass(desk: &mut Desk, input: GlassInput) -> Vec<Effect> {
    desk.update(Input::Glass(input), now())
}

fn broken(citizen: CitizenId) -> BreakGlassView {
    serde_json::from_value(json!({
        "id": BreakGlassId::new(), "etag": "v1", "staff": StaffId::new(), "staffName": "Ida Mellemgaard", "citizen": citizen,
        "citizenName": "Kalina Testrup Wrona", "department": "sof", "reason": "She does not answer her phone", "basis": "vital_interest",
        "at": "2026-06-09T08:06:00Z", "until": "2026-06-09T09:06:00Z", "looks": 0, "review": null
    }))
    .unwrap()
}

#[test]
fn an_emergency_takes_words_opens_one_department_and_fetches_it() {
    let (mut desk, sof) = withheld();
    glass(&mut desk, GlassInput::Open(None));
    assert_eq!(desk.glass().unwrap().department, sof);
    assert!(glass(&mut desk, GlassInput::Confirm).is_empty());
    assert_eq!(desk.glass().unwrap().problem, Some(GlassProblem::TooShort(10)));
    glass(&mut desk, GlassInput::Typed("She does not answer her phone".into()));
    let effects = glass(&mut desk, GlassInput::Confirm);
    let [Effect::Ask(ticket, Question::Oversight(OversightQuestion::BreakGlass(citizen, request, first)))] =
        &effects[..]
    else {
        panic!("{effects:?}")
    };
    assert_eq!((request.department.clone(), request.basis), (sof.clone(), LegalBasis::VitalInterest));
    assert!(glass(&mut desk, GlassInput::Confirm).is_empty(), "it is sent once");
    // The line breaks: the same again is the same deed.
    let lost = Reply::Oversight(OversightReply::Opened(Box::new(Err(ClientError::TimedOut))));
    desk.update(Input::Reply(*ticket, lost), now());
    let effects = glass(&mut desk, GlassInput::Confirm);
    assert!(
        matches!(&effects[..], [Effect::Ask(_, Question::Oversight(OversightQuestion::BreakGlass(_, _, again)))] if again == first)
    );
    let view = Reply::Oversight(OversightReply::Opened(Box::new(Ok(broken(*citizen)))));
    let effects = desk.update(Input::Reply(*ticket, view), now());
    let fetched =
        effects.iter().any(|effect| matches!(effect, Effect::Ask(_, Question::Overview(_, _, Some(d))) if *d == sof));
    assert!(fetched && desk.glass().is_none());
    let page = desk.citizen().unwrap();
    assert_eq!(page.opened_now(now()).count(), 1);
    let later = "2026-06-09T09:06:00Z".parse().unwrap();
    assert_eq!(page.opened_now(later).count(), 0, "after an hour nothing says that it is open");
}

#[test]
fn what_was_typed_about_an_emergency_survives_leaving() {
    let (mut desk, _) = withheld();
    glass(&mut desk, GlassInput::Open(None));
    glass(&mut desk, GlassInput::Typed("She does not".into()));
    glass(&mut desk, GlassInput::Leave);
    assert!(desk.glass().is_none());
    glass(&mut desk, GlassInput::Open(None));
    assert_eq!(desk.glass().unwrap().typed, "She does not");
}

#[test]
fn where_nothing_is_withheld_nothing_can_be_opened_in_an_emergency() {
    let mut desk = desk();
    desk.update(Input::OpenCitizen(CitizenId::new(), purpose()), now());
    glass(&mut desk, GlassInput::Open(None));
    assert!(desk.glass().is_none());
}

fn me(role: &str, roles: &[&str]) -> Me {
    serde_json::from_value(json!({
        "id": "01890000-0000-7000-8000-000000000004", "name": "Grethe Vintermark", "initials": "GV", "role": role, "roles": roles,
        "department": "kff", "authorities": [], "site": "norrebro", "counter": null, "training": true, "municipality": "København"
    }))
    .unwrap()
}

fn leader() -> Desk {
    let mut desk = Desk::new(Role::TeamLeader, Settings::default(), TimeZone::UTC);
    let ticket = asked(&desk.update(Input::Begin, now()), Room::Session, 0);
    desk.update(Input::Reply(ticket, Reply::Me(Ok(me("team_leader", &["team_leader", "clerk"])))), now());
    desk
}

#[test]
fn another_role_for_the_day_asks_for_everything_again_and_leaves_what_is_the_leaders() {
    let mut desk = leader();
    desk.update(Input::Go(Place::Oversight), now());
    desk.update(Input::OpenCitizen(CitizenId::new(), purpose()), now());
    assert!(desk.update(Input::TakeRole(Role::Caseworker), now()).is_empty(), "not one of hers");
    let effects = desk.update(Input::TakeRole(Role::Clerk), now());
    let [Effect::Ask(ticket, Question::Oversight(OversightQuestion::TakeRole(Role::Clerk, _)))] = effects[..] else {
        panic!("{effects:?}")
    };
    let taken = Reply::Oversight(OversightReply::Role(Box::new(Ok(me("clerk", &["team_leader", "clerk"])))));
    let effects = desk.update(Input::Reply(ticket, taken), now());
    assert!(asked_under(&effects).is_some(), "what another role withheld is asked for again");
    assert!(desk.oversight.is_none());
    desk.update(Input::Back, now());
    assert_ne!(desk.place(), Place::Oversight);
}

fn record(seq: i64, citizen: Option<CitizenId>, staff: StaffId) -> AuditRecord {
    serde_json::from_value(json!({
        "seq": seq, "at": "2026-06-09T08:00:00Z", "staff": staff, "role": "clerk", "action": "open_citizen", "outcome": "done",
        "citizen": citizen, "case": null, "purpose": { "kind": "ticket" }, "session": null, "command": null, "note": null
    }))
    .unwrap()
}

fn oversee(desk: &mut Desk, input: OversightInput) -> Vec<Effect> {
    desk.update(Input::Oversight(input), now())
}

fn log_question(effects: &[Effect]) -> (Ticket, skranke_client::http::AuditQuery, Option<Cursor>) {
    let found = effects.iter().find_map(|effect| match effect {
        Effect::Ask(ticket, Question::Oversight(OversightQuestion::Log(query, cursor))) => {
            Some((*ticket, (**query).clone(), cursor.clone()))
        }
        _ => None,
    });
    found.expect("the log is asked for")
}

fn tell(desk: &mut Desk, ticket: Ticket, items: Vec<AuditRecord>, next: Option<&str>) {
    let page = Page { items, next_cursor: next.map(|next| Cursor(next.to_owned())) };
    desk.update(Input::Reply(ticket, Reply::Oversight(OversightReply::Log(Ok(page)))), now());
}

#[test]
fn the_leader_looks_through_the_log_and_older_lines_follow() {
    let mut desk = leader();
    let effects = desk.update(Input::Go(Place::Oversight), now());
    let (ticket, query, _) = log_question(&effects);
    assert_eq!(query.from.map(|day| day.to_string()).as_deref(), Some("2026-06-03"));
    let (ida, kalina) = (StaffId::new(), CitizenId::new());
    tell(&mut desk, ticket, vec![record(9, Some(kalina), ida), record(8, None, StaffId::new())], Some("older"));
    let effects = oversee(&mut desk, OversightInput::Step(Step::Next));
    let (more, _, cursor) = log_question(&effects);
    assert_eq!(cursor, Some(Cursor("older".to_owned())));
    assert!(oversee(&mut desk, OversightInput::More).is_empty(), "older lines are asked for once");
    tell(&mut desk, more, vec![record(8, None, ida), record(7, None, ida)], None);
    let seqs: Vec<i64> = desk.oversight.as_ref().unwrap().log.records.value().unwrap().iter().map(|r| r.seq).collect();
    assert_eq!(seqs, [9, 8, 7], "a line that was here already is not there twice");
}

#[test]
fn filters_are_taken_from_the_chosen_line_and_late_answers_to_others_are_not_shown() {
    let mut desk = leader();
    let (ida, kalina) = (StaffId::new(), CitizenId::new());
    let (ticket, ..) = log_question(&desk.update(Input::Go(Place::Oversight), now()));
    tell(&mut desk, ticket, vec![record(9, Some(kalina), ida)], None);
    let (by_ida, query, _) = log_question(&oversee(&mut desk, OversightInput::Filter(FilterChange::Staff)));
    assert_eq!(query.staff, Some(ida));
    tell(&mut desk, ticket, vec![record(1, None, StaffId::new())], None);
    assert!(desk.oversight.as_ref().unwrap().log.records.value().is_none(), "another question's answer");
    tell(&mut desk, by_ida, vec![record(9, Some(kalina), ida)], None);
    let (_, query, _) = log_question(&oversee(&mut desk, OversightInput::Filter(FilterChange::Citizen)));
    assert_eq!((query.staff, query.citizen), (Some(ida), Some(kalina)));
    let (_, query, _) = log_question(&oversee(&mut desk, OversightInput::Filter(FilterChange::Nothing)));
    assert_eq!((query.staff, query.citizen), (None, None));
}

#[test]
fn look_ups_about_a_citizen_are_all_the_log_holds_and_are_saved_once() {
    let mut desk = leader();
    let kalina = CitizenId::new();
    let (_, query, _) = log_question(&oversee(&mut desk, OversightInput::About(kalina)));
    assert_eq!((query.citizen, query.from), (Some(kalina), None));
    assert_eq!(desk.place(), Place::Oversight);
    assert_eq!(desk.oversight.as_ref().unwrap().log.filter.span, Span::All);
    let effects = oversee(&mut desk, OversightInput::Export);
    assert!(matches!(effects[..], [Effect::SaveLookUps(id)] if id == kalina));
    assert!(oversee(&mut desk, OversightInput::Export).is_empty());
    oversee(&mut desk, OversightInput::Exported(Exported::Left));
    assert!(!oversee(&mut desk, OversightInput::Export).is_empty());
}

#[test]
fn a_clerk_has_no_oversight() {
    let mut desk = desk();
    let effects = desk.update(Input::Go(Place::Oversight), now());
    assert!(desk.oversight.is_none() && !effects.iter().any(|effect| matches!(effect, Effect::Ask(..))));
    assert!(oversee(&mut desk, OversightInput::About(CitizenId::new())).is_empty());
    assert!(desk.place() != Place::Oversight || desk.oversight.is_none());
}

#[test]
fn an_emergency_is_reviewed_with_words_unless_it_was_right() {
    let mut desk = leader();
    desk.update(Input::Go(Place::Oversight), now());
    let effects = oversee(&mut desk, OversightInput::Tab(Tab::Emergencies));
    let ticket = asked(&effects, Room::Oversight, 2);
    let view = broken(CitizenId::new());
    let glasses = Reply::Oversight(OversightReply::Glasses(Ok(vec![view.clone()])));
    desk.update(Input::Reply(ticket, glasses), now());
    assert_eq!(desk.oversight.as_ref().unwrap().unreviewed(), 1);
    oversee(&mut desk, OversightInput::Review(Finding::Discussed));
    assert!(oversee(&mut desk, OversightInput::Confirm).is_empty());
    assert_eq!(desk.oversight.as_ref().unwrap().review.as_ref().unwrap().problem, Some(ReviewProblem::NoWords));
    oversee(&mut desk, OversightInput::Note("We talked on Tuesday".into()));
    oversee(&mut desk, OversightInput::Review(Finding::Justified));
    let open = desk.oversight.as_ref().unwrap().review.clone().unwrap();
    assert_eq!(
        (open.finding, open.note.as_str()),
        (Finding::Justified, "We talked on Tuesday"),
        "what was typed stays"
    );
    let effects = oversee(&mut desk, OversightInput::Confirm);
    let [Effect::Ask(ticket, Question::Oversight(OversightQuestion::Review { seen, request, .. }))] = &effects[..]
    else {
        panic!("{effects:?}")
    };
    assert_eq!((seen, request.finding), (&view.etag, Finding::Justified));
    let review = json!({ "finding": "justified", "note": null, "by": StaffId::new(), "at": "2026-06-09T08:10:00Z" });
    let reviewed = BreakGlassView { review: serde_json::from_value(review).unwrap(), ..view };
    desk.update(Input::Reply(*ticket, Reply::Oversight(OversightReply::Reviewed(Box::new(Ok(reviewed))))), now());
    let page = desk.oversight.as_ref().unwrap();
    assert!(page.review.is_none() && page.unreviewed() == 0);
}

#[test]
fn what_ends_soon_stands_first_and_her_own_windows_are_not_locked_from_there() {
    let mut desk = leader();
    desk.update(Input::Go(Place::Oversight), now());
    let ticket = asked(&oversee(&mut desk, OversightInput::Tab(Tab::Rights)), Room::Oversight, 3);
    let staff = |name: &str, id: &str, authorities: serde_json::Value| -> StaffRights {
        serde_json::from_value(json!({
            "staff": id, "name": name, "department": "kff", "role": "clerk", "roles": ["clerk"], "authorities": authorities,
            "claimedAt": null
        }))
        .unwrap()
    };
    let holds = json!([{ "department": "kff", "level": "guidance", "until": null }]);
    let ended = json!([{ "department": "kff", "level": "guidance", "until": "2026-05-01" }]);
    let soon = json!([{ "department": "kff", "level": "guidance", "until": "2026-06-20" }]);
    let all = vec![
        staff("Anders", "01890000-0000-7000-8000-000000000011", holds),
        staff("Bodil", "01890000-0000-7000-8000-000000000012", ended),
        staff("Grethe Vintermark", "01890000-0000-7000-8000-000000000004", soon),
        staff("Christian", "01890000-0000-7000-8000-000000000013", json!([])),
    ];
    desk.update(Input::Reply(ticket, Reply::Oversight(OversightReply::Rights(Ok(all)))), now());
    let page = desk.oversight.as_ref().unwrap();
    let today = jiff::civil::date(2026, 6, 9);
    let names: Vec<&str> = page.right_lines(today).iter().map(|line| line.staff.name.as_str()).collect();
    assert_eq!(names, ["Grethe Vintermark", "Bodil", "Anders", "Christian"]);
    assert!(matches!(page.right_lines(today)[1].standing, Standing::Expired(_)));
    oversee(&mut desk, OversightInput::Lock);
    assert!(desk.oversight.as_ref().unwrap().locking.is_none(), "the first row is she herself");
    oversee(&mut desk, OversightInput::Step(Step::Next));
    oversee(&mut desk, OversightInput::Lock);
    let effects = oversee(&mut desk, OversightInput::Confirm);
    let [Effect::Ask(ticket, Question::Oversight(OversightQuestion::Lock(bodil, _)))] = effects[..] else {
        panic!("{effects:?}")
    };
    desk.update(Input::Reply(ticket, Reply::Oversight(OversightReply::Locked(bodil, Ok(())))), now());
    let page = desk.oversight.as_ref().unwrap();
    assert!(page.locking.is_none() && page.locked == Some(bodil));
}
