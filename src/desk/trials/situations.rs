//! Life situations: the question tree, what follows, starting, dismissing, declining; and a reported change that several departments hear of.

use skranke_api::changes::ChangeTouches;
use skranke_api::situations::SituationList;
use skranke_client::outbox::Basis;
use skranke_domain::catalogue::Catalogue;
use skranke_domain::life_situation::{Answer, Happening};
use skranke_domain::{ChangeId, FollowOnId, LifeSituationId, QuestionId};

use super::*;
use crate::acting::Acting;
use crate::citizen::follow::Standing;
use crate::citizen::{CitizenInput, FollowInput, Step};
use crate::sheets::change::ChangeProblem;
use crate::sheets::situation::{Choice, Line as SheetLine, LineId, ReasonProblem};
use crate::sheets::{ChangeInput, Facing, Opening, Sheet, SheetInput, SituationInput, Target};

const SITUATIONS: u8 = 7;
const SHEET: u8 = 64;

/// A citizen whom the catalogue's situations can be opened for.
fn open_citizen() -> (Desk, CitizenId) {
    let mut desk = desk();
    let catalogue = Catalogue::builtin().unwrap();
    desk.session.situations = catalogue.life_situations.iter().map(|kind| (kind.id.clone(), kind.clone())).collect();
    desk.session.procedures = catalogue.procedures.iter().map(|one| (one.id.clone(), one.clone())).collect();
    desk.session.rules.changes = catalogue.changes.clone();
    let id = CitizenId::new();
    opens(&mut desk, id);
    (desk, id)
}

fn sheet(desk: &mut Desk, input: SheetInput) -> Vec<Effect> {
    desk.update(Input::Citizen(CitizenInput::Sheet(input)), now())
}

fn step(desk: &mut Desk, input: SituationInput) -> Vec<Effect> {
    sheet(desk, SheetInput::Situation(input))
}

fn kind(id: &str) -> LifeSituationId {
    LifeSituationId::parse(id).unwrap()
}

fn follow(id: &str) -> FollowOnId {
    FollowOnId::parse(id).unwrap()
}

fn drafts(effects: &[Effect]) -> Vec<Draft> {
    let draft = |effect: &Effect| match effect {
        Effect::Enqueue(draft) => Some((**draft).clone()),
        _ => None,
    };
    effects.iter().filter_map(draft).collect()
}

/// Something said of the open situation sheet as it stands.
fn seen<T>(desk: &Desk, say: impl FnOnce(&crate::sheets::SituationSheet, &Facing<'_>) -> T) -> T {
    let page = desk.citizen().unwrap();
    let language = desk.settings.language;
    let acting = Acting { pending: &desk.pending, session: &desk.session, tz: desk.tz(), language, now: now() };
    match page.sheet.as_ref() {
        Some(Sheet::Situation(open)) => say(open, &Facing { page, acting }),
        other => panic!("{other:?}"),
    }
}

/// The questions that are asked, and which line the keys act on.
fn questions(desk: &Desk) -> (Vec<String>, Option<LineId>) {
    seen(desk, |open, facing| {
        let lines = open.lines(facing);
        let asked = lines.iter().filter_map(|line| match line {
            SheetLine::Question(question, _) => Some(question.id.to_string()),
            SheetLine::Follow(_) => None,
        });
        (asked.collect(), open.active(&lines).map(|at| lines[at].id()))
    })
}

fn starting(desk: &Desk) -> Vec<String> {
    seen(desk, |open, facing| {
        let lines = open.lines(facing);
        let starting = lines.iter().filter_map(|line| match line {
            SheetLine::Follow(line) if line.choice == Choice::Start(true) => Some(line.follow.id.to_string()),
            _ => None,
        });
        starting.collect()
    })
}

fn divorce(desk: &mut Desk) {
    sheet(desk, SheetInput::Open(Opening::Situation(Target::Choose)));
    step(desk, SituationInput::Filter("skilsm".into()));
    step(desk, SituationInput::ChooseCandidate);
}

fn answer_all(desk: &mut Desk, answers: &[Answer]) {
    for answer in answers {
        step(desk, SituationInput::Answer(*answer));
    }
}

/// What is in the outbox, each on its way.
fn written(desk: &mut Desk, drafts: Vec<Draft>) {
    let entries = drafts.into_iter().map(|draft| entry(draft, EntryState::Queued)).collect();
    desk.update(Input::Pending(PendingInput::Entries(entries)), now());
}

/// Tells the page what the server says of her situations.
fn told(desk: &mut Desk, list: serde_json::Value) {
    let effects = desk.update(Input::Citizen(CitizenInput::AskAgain), now());
    let ticket = asked(&effects, Room::Citizen(StandId::A), SITUATIONS);
    let list: SituationList = serde_json::from_value(list).unwrap();
    desk.update(Input::Reply(ticket, Reply::Situations(Box::new(Ok(list)))), now());
}

fn view(id: SituationId, citizen: CitizenId, differs: serde_json::Value) -> serde_json::Value {
    let mut view = json!({
        "id": id, "citizen": citizen, "kind": "divorce", "since": "2026-06-01", "by": "Ida Munk", "coordinator": null, "closed": false,
        "answers": { "moves": "yes", "children": "no", "new-name": "no" }, "follows": [], "etag": "v4",
    });
    for (key, value) in differs.as_object().unwrap() {
        view[key] = value.clone();
    }
    view
}

#[test]
fn a_question_that_the_answers_rule_out_is_never_asked() {
    let (mut desk, _) = open_citizen();
    divorce(&mut desk);
    assert_eq!(questions(&desk).0, ["moves", "children", "new-name"], "of children's homes nothing is asked yet");
    answer_all(&mut desk, &[Answer::Yes, Answer::Yes]);
    let (asked, at) = questions(&desk);
    assert_eq!(asked, ["moves", "children", "children-here", "day-care", "new-name"]);
    assert_eq!(at, Some(LineId::Question(QuestionId::parse("children-here").unwrap())));
    // Back to the former question, and another answer.
    step(&mut desk, SituationInput::Step(Step::Previous));
    step(&mut desk, SituationInput::Answer(Answer::No));
    assert_eq!(questions(&desk).0, ["moves", "children", "new-name"]);
    assert!(!starting(&desk).contains(&"child-benefit".to_owned()));
}

#[test]
fn a_divorce_starts_the_cases_that_follow_and_they_wait_for_it() {
    let (mut desk, citizen) = open_citizen();
    divorce(&mut desk);
    answer_all(&mut desk, &[Answer::Yes, Answer::Yes, Answer::Yes, Answer::Unsure, Answer::No]);
    let start = starting(&desk);
    assert!(start.contains(&"child-benefit".to_owned()) && start.contains(&"school".to_owned()), "{start:?}");
    assert!(!start.contains(&"fee-reduction".to_owned()), "what is not sure is not started unasked");
    step(&mut desk, SituationInput::ToggleOf(follow("tax-card")));
    step(&mut desk, SituationInput::DismissOf(follow("housing-benefit")));
    step(&mut desk, SituationInput::Reason("Ejer sin bolig".into()));
    let drafts = drafts(&sheet(&mut desk, SheetInput::Confirm));
    assert!(desk.citizen().unwrap().sheet.is_none());
    assert!(drafts.iter().all(|draft| draft.subject.citizen == Some(citizen)));
    let opened = &drafts[0];
    assert_eq!(opened.body["answers"]["children-here"], "yes");
    assert_eq!((opened.body["kind"].as_str(), opened.body["since"].as_str()), (Some("divorce"), Some("2026-06-09")));
    let dismissed = &drafts[1];
    assert_eq!(dismissed.resource, opened.resource);
    assert_eq!(
        (dismissed.body["change"].as_str(), dismissed.body["reason"].as_str()),
        (Some("dismiss"), Some("Ejer sin bolig"))
    );
    let cases = &drafts[2..];
    assert!(cases.len() >= 4 && cases.iter().all(|case| case.behind.as_ref() == Some(&opened.resource)));
    assert!(
        cases.iter().all(|case| case.body["situation"] == opened.body["id"] && case.body["citizen"] == json!(citizen))
    );
    let follows: Vec<_> = cases.iter().filter_map(|case| case.body["follow"].as_str()).collect();
    assert!(!follows.contains(&"tax-card") && !follows.contains(&"housing-benefit"), "{follows:?}");
    // It shows at once, with what is started along with it.
    let count = cases.len();
    written(&mut desk, drafts.clone());
    let opening = desk.citizen().unwrap().opening(&desk.session, &desk.pending);
    assert_eq!((opening.len(), opening[0].starting.len()), (1, count));
    assert_eq!(opening[0].title.map(|title| title.en.as_str()), Some("Divorce"));
}

#[test]
fn what_was_answered_for_a_survives_escape_and_never_lands_on_b() {
    let (mut desk, a) = open_citizen();
    divorce(&mut desk);
    answer_all(&mut desk, &[Answer::Yes]);
    sheet(&mut desk, SheetInput::Leave);
    let b = CitizenId::new();
    desk.update(Input::OpenCitizenAt(StandId::B, b, purpose()), now());
    sheet(&mut desk, SheetInput::Open(Opening::Situation(Target::Choose)));
    assert!(seen(&desk, |open, _| open.kind.is_none()), "B begins with nothing chosen");
    step(&mut desk, SituationInput::Choose(kind("moving")));
    let of_b = drafts(&sheet(&mut desk, SheetInput::Confirm));
    assert!(!of_b.is_empty() && of_b.iter().all(|draft| draft.subject.citizen == Some(b)));
    assert!(of_b.iter().all(|draft| !draft.resource.contains(&a.to_string()) && draft.body["kind"] != "divorce"));
    desk.update(Input::Stand(StandId::A), now());
    sheet(&mut desk, SheetInput::Open(Opening::Situation(Target::Choose)));
    assert_eq!(questions(&desk).1, Some(LineId::Question(QuestionId::parse("children").unwrap())));
    let of_a = drafts(&sheet(&mut desk, SheetInput::Confirm));
    assert!(of_a.iter().all(|draft| draft.subject.citizen == Some(a)));
    assert_eq!(of_a[0].body["answers"], json!({ "moves": "yes" }));
}

#[test]
fn a_dismissal_without_words_is_not_sent() {
    let (mut desk, citizen) = open_citizen();
    let id = SituationId::new();
    told(&mut desk, json!({ "situations": [view(id, citizen, json!({}))], "proposed": [] }));
    sheet(&mut desk, SheetInput::Open(Opening::Situation(Target::Open(id))));
    assert!(starting(&desk).is_empty(), "of one that is open nothing is started unasked");
    step(&mut desk, SituationInput::DismissOf(follow("tax-card")));
    assert!(drafts(&sheet(&mut desk, SheetInput::Confirm)).is_empty());
    let problem = |desk: &Desk| seen(desk, |open, _| open.reason.as_ref().and_then(|reason| reason.problem));
    assert_eq!(problem(&desk), Some(ReasonProblem::Missing));
    step(&mut desk, SituationInput::Reason("x".repeat(501)));
    sheet(&mut desk, SheetInput::Confirm);
    assert_eq!(problem(&desk), Some(ReasonProblem::TooLong));
    step(&mut desk, SituationInput::Reason("Arbejder ikke".into()));
    let drafts = drafts(&sheet(&mut desk, SheetInput::Confirm));
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].based_on, Basis::Version(ETag::of_version(4)));
    assert_eq!(drafts[0].body, json!({ "change": "dismiss", "follow": "tax-card", "reason": "Arbejder ikke" }));
    // It is shown as dismissed from now on, and is taken back with one key.
    written(&mut desk, drafts);
    sheet(&mut desk, SheetInput::Open(Opening::Situation(Target::Open(id))));
    step(&mut desk, SituationInput::ToggleOf(follow("tax-card")));
    let back = sheet(&mut desk, SheetInput::Confirm);
    assert_eq!(enqueued(&back).unwrap().body, json!({ "change": "reopen", "follow": "tax-card" }));
}

#[test]
fn one_key_starts_what_follows_and_it_does_not_look_open_again() {
    let (mut desk, citizen) = open_citizen();
    let id = SituationId::new();
    told(&mut desk, json!({ "situations": [view(id, citizen, json!({}))], "proposed": [] }));
    let standing = |desk: &Desk| {
        let page = desk.citizen().unwrap();
        let kind = &desk.session.situations[&kind("divorce")];
        let all = page.following(id, kind, &page.started(), &desk.pending);
        let of_tax = all.iter().find(|one| one.follow.id == follow("tax-card")).map(|one| one.standing);
        format!(
            "{:?}",
            of_tax.map(|standing| match standing {
                Standing::Open => "open",
                Standing::Starting => "starting",
                Standing::Refused(_) => "refused",
                Standing::Started(_) => "started",
                _ => "other",
            })
        )
    };
    assert_eq!(standing(&desk), "Some(\"open\")");
    let start = || Input::Citizen(CitizenInput::Follow(FollowInput::Start(id, follow("tax-card"))));
    let draft = enqueued(&desk.update(start(), now())).expect("a case");
    assert_eq!((draft.body["procedure"].as_str(), draft.subject.citizen), (Some("tax-card"), Some(citizen)));
    let entry = entry(draft, EntryState::Queued);
    desk.update(Input::Pending(PendingInput::Entries(vec![entry.clone()])), now());
    assert_eq!(standing(&desk), "Some(\"starting\")");
    assert!(drafts(&desk.update(start(), now())).is_empty(), "a second press starts no second case");
    let refused = Entry { state: EntryState::Refused { problem: Problem::new(ProblemKind::Invalid) }, ..entry.clone() };
    desk.update(Input::Pending(PendingInput::Entries(vec![refused])), now());
    assert_eq!(standing(&desk), "Some(\"refused\")");
    desk.update(Input::Pending(PendingInput::Entries(vec![entry.clone()])), now());
    let confirmed = skranke_client::outbox::OutboxEvent::Confirmed { id: entry.id, answer: json!({}), etag: None };
    let effects = desk.update(Input::Pending(PendingInput::News(confirmed, Vec::new())), now());
    assert_eq!(standing(&desk), "Some(\"starting\")", "until the page knows of the case");
    let follows = json!([{ "follow": "tax-card", "state": "started", "reason": null, "case": CaseId::new(), "by": null, "at": null }]);
    let ticket = asked(&effects, Room::Citizen(StandId::A), SITUATIONS);
    let list = json!({ "situations": [view(id, citizen, json!({ "follows": follows }))], "proposed": [] });
    let list: SituationList = serde_json::from_value(list).unwrap();
    desk.update(Input::Reply(ticket, Reply::Situations(Box::new(Ok(list)))), now());
    assert_eq!(standing(&desk), "Some(\"started\")");
}

#[test]
fn what_an_authority_keeps_for_itself_is_referred_and_not_started() {
    let (mut desk, citizen) = open_citizen();
    let overview = desk.update(Input::Citizen(CitizenInput::AskAgain), now());
    let ticket = asked(&overview, Room::Citizen(StandId::A), 1);
    let line = json!({ "line": "departments", "citizen": citizen, "departments": ["kff", "buf", "skat"] });
    let line: OverviewLine = serde_json::from_value(line).unwrap();
    desk.update(Input::Reply(ticket, Reply::Overview(Box::new(Ok(line)))), now());
    divorce(&mut desk);
    answer_all(&mut desk, &[Answer::Yes, Answer::No, Answer::No]);
    assert_eq!(starting(&desk), ["address", "tax-card"], "the others have no cases that the page could show");
}

#[test]
fn another_answer_later_starts_what_it_brings_along_and_nothing_else() {
    let (mut desk, citizen) = open_citizen();
    let id = SituationId::new();
    told(&mut desk, json!({ "situations": [view(id, citizen, json!({}))], "proposed": [] }));
    sheet(&mut desk, SheetInput::Open(Opening::Situation(Target::Open(id))));
    step(&mut desk, SituationInput::AnswerTo(QuestionId::parse("new-name").unwrap(), Answer::Yes));
    assert_eq!(starting(&desk), ["name"]);
    let drafts = drafts(&sheet(&mut desk, SheetInput::Confirm));
    let bodies: Vec<_> = drafts.iter().map(|draft| draft.body.clone()).collect();
    assert_eq!(bodies[0], json!({ "change": "answer", "question": "new-name", "answer": "yes" }));
    assert_eq!((bodies.len(), bodies[1]["procedure"].as_str()), (2, Some("name-change")));
}

#[test]
fn a_closed_situation_starts_nothing_and_stands_last_and_folded() {
    let (mut desk, citizen) = open_citizen();
    let (id, closed) = (SituationId::new(), SituationId::new());
    let old = view(closed, citizen, json!({ "since": "2020-01-01", "closed": true }));
    told(&mut desk, json!({ "situations": [old, view(id, citizen, json!({}))], "proposed": [] }));
    let page = desk.citizen().unwrap();
    let groups = page.groups();
    assert_eq!(groups.iter().map(|group| group.situation.unwrap().id).collect::<Vec<_>>(), [id, closed]);
    assert_eq!(groups.iter().map(|group| page.is_folded(group)).collect::<Vec<_>>(), [false, true]);
    sheet(&mut desk, SheetInput::Open(Opening::Situation(Target::Open(id))));
    step(&mut desk, SituationInput::ToggleOf(follow("tax-card")));
    step(&mut desk, SituationInput::Close(true));
    let drafts = drafts(&sheet(&mut desk, SheetInput::Confirm));
    assert_eq!(drafts.iter().map(|draft| draft.body.clone()).collect::<Vec<_>>(), [json!({ "change": "close" })]);
}

#[test]
fn one_arrival_is_one_situation_and_declining_it_needs_words() {
    let (mut desk, _) = open_citizen();
    let kinds = ["arrival-eu-worker", "arrival-eu-student", "reentry"];
    let proposed: Vec<_> =
        kinds.iter().map(|kind| json!({ "kind": kind, "happening": "arrived", "on": "2026-05-18" })).collect();
    told(&mut desk, json!({ "situations": [], "proposed": proposed }));
    let proposals = |desk: &Desk| {
        let page = desk.citizen().unwrap();
        page.proposals(&desk.session, &desk.pending).iter().map(|one| one.kinds.len()).collect::<Vec<_>>()
    };
    assert_eq!(proposals(&desk), [3], "one line, three kinds to choose from");
    let on = "2026-05-18".parse().unwrap();
    let target = Target::Proposed(kind("reentry"), Happening::Arrived, on);
    sheet(&mut desk, SheetInput::Open(Opening::Situation(target.clone())));
    let opened = drafts(&sheet(&mut desk, SheetInput::Confirm));
    assert_eq!(
        (opened[0].body["since"].as_str(), opened[0].body["happening"].as_str()),
        (Some("2026-05-18"), Some("arrived"))
    );
    written(&mut desk, opened);
    assert!(proposals(&desk).is_empty(), "the arrival is answered, whichever kind it was");
    desk.update(Input::Pending(PendingInput::Entries(Vec::new())), now());
    sheet(&mut desk, SheetInput::Open(Opening::Situation(target)));
    step(&mut desk, SituationInput::Decline);
    assert!(drafts(&sheet(&mut desk, SheetInput::Confirm)).is_empty());
    step(&mut desk, SituationInput::Reason("På ferie".into()));
    let declined = drafts(&sheet(&mut desk, SheetInput::Confirm));
    assert_eq!(declined.len(), 3);
    assert!(declined.iter().all(|draft| draft.body["declined"] == "På ferie" && draft.behind.is_none()));
    written(&mut desk, declined);
    assert!(proposals(&desk).is_empty());
}

#[test]
fn a_day_that_does_not_exist_keeps_the_sheet_open() {
    let (mut desk, _) = open_citizen();
    divorce(&mut desk);
    step(&mut desk, SituationInput::Since("31/6".into()));
    assert!(drafts(&sheet(&mut desk, SheetInput::Confirm)).is_empty());
    assert_eq!(seen(&desk, |open, _| open.since_problem), Some(crate::dates::DateProblem::NoSuchDay));
    step(&mut desk, SituationInput::Since("1/7".into()));
    assert_eq!(drafts(&sheet(&mut desk, SheetInput::Confirm))[0].body["since"], "2026-07-01");
}

fn change(desk: &mut Desk, input: ChangeInput) -> Vec<Effect> {
    sheet(desk, SheetInput::Change(input))
}

fn problem(desk: &Desk) -> Option<ChangeProblem> {
    match desk.sheet() {
        Some(Sheet::Change(open)) => open.problem,
        other => panic!("{other:?}"),
    }
}

fn touches(change: &str) -> ChangeTouches {
    let touched = |procedure: &str, certain: bool| json!({ "procedure": procedure, "because": { "da": "Fordi", "en": "Because" }, "certain": certain, "case": null });
    let all = [
        touched("tax-card", true),
        touched("housing-benefit", true),
        touched("old-age-pension", true),
        touched("instalment-review", false),
    ];
    serde_json::from_value(json!({ "change": change, "touches": all })).unwrap()
}

#[test]
fn a_changed_income_is_reported_once_and_every_department_hears_of_it() {
    let (mut desk, citizen) = open_citizen();
    sheet(&mut desk, SheetInput::Open(Opening::Change(None)));
    let effects = change(&mut desk, ChangeInput::Choose(ChangeId::parse("income").unwrap()));
    let ticket = asked(&effects, Room::Citizen(StandId::A), SHEET + 1);
    change(&mut desk, ChangeInput::Text("Fra 14.000 til 9.500 kr. om måneden".into()));
    assert!(drafts(&sheet(&mut desk, SheetInput::Confirm)).is_empty());
    assert_eq!(problem(&desk), Some(ChangeProblem::TouchesUnknown), "unknown never looks like nobody");
    desk.update(Input::Reply(ticket, Reply::ChangeTouches(Ok(touches("income")))), now());
    change(&mut desk, ChangeInput::From("1/7".into()));
    let drafts = drafts(&sheet(&mut desk, SheetInput::Confirm));
    assert_eq!(drafts.len(), 1);
    let body = &drafts[0].body;
    assert_eq!(
        body["procedures"],
        json!(["tax-card", "housing-benefit", "old-age-pension"]),
        "what is not sure was not chosen"
    );
    assert_eq!((body["from"].as_str(), body["change"].as_str()), (Some("2026-07-01"), Some("income")));
    assert_eq!(drafts[0].subject.citizen, Some(citizen));
    assert!(drafts[0].path.contains(&citizen.to_string()));
}

#[test]
fn a_change_says_what_is_missing_and_loses_nothing_that_was_typed() {
    let (mut desk, _) = open_citizen();
    let mut effects = sheet(&mut desk, SheetInput::Open(Opening::Change(Some(ChangeId::parse("income").unwrap()))));
    let first = asked(&effects, Room::Citizen(StandId::A), SHEET + 1);
    effects = change(&mut desk, ChangeInput::Choose(ChangeId::parse("address").unwrap()));
    let second = asked(&effects, Room::Citizen(StandId::A), SHEET + 2);
    desk.update(Input::Reply(first, Reply::ChangeTouches(Ok(touches("income")))), now());
    let touched = |desk: &Desk| match desk.sheet() {
        Some(Sheet::Change(open)) => open.touched().len(),
        other => panic!("{other:?}"),
    };
    assert_eq!(touched(&desk), 0, "an answer about another kind is not for this one");
    desk.update(Input::Reply(second, Reply::ChangeTouches(Ok(touches("address")))), now());
    assert_eq!(touched(&desk), 4);
    sheet(&mut desk, SheetInput::Confirm);
    assert_eq!(problem(&desk), Some(ChangeProblem::NoText));
    change(&mut desk, ChangeInput::Text("Flytter".into()));
    for procedure in ["tax-card", "housing-benefit", "old-age-pension"] {
        change(&mut desk, ChangeInput::ToggleOf(skranke_domain::ProcedureId::parse(procedure).unwrap()));
    }
    sheet(&mut desk, SheetInput::Confirm);
    assert_eq!(problem(&desk), Some(ChangeProblem::NobodyHears));
    change(&mut desk, ChangeInput::From("soon".into()));
    sheet(&mut desk, SheetInput::Confirm);
    assert!(matches!(problem(&desk), Some(ChangeProblem::From(_))));
    sheet(&mut desk, SheetInput::Leave);
    sheet(&mut desk, SheetInput::Open(Opening::Change(Some(ChangeId::parse("income").unwrap()))));
    sheet(&mut desk, SheetInput::Leave);
    sheet(&mut desk, SheetInput::Open(Opening::Change(None)));
    assert!(matches!(desk.sheet(), Some(Sheet::Change(open)) if open.text == "Flytter" && open.from == "soon"));
}
