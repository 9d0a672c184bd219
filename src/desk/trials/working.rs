//! What is done on a case beside its checklist, decisions, and two people at once: what the clerk sees.

use serde_json::{Value, json};
use skranke_api::casework::AskState;
use skranke_client::outbox::Deed;
use skranke_domain::decision::{DecisionOutcome, DecisionRefusal, DecisionStep};

use super::*;
use crate::case::conflict::{ConflictInput, ConflictTrouble, FieldState, Side};
use crate::case::work::{
    AskInput, CaseNoteInput, CaseSheet, CourseInput, DecideInput, FactsInput, RelateInput, SeekInput, StepInput,
    Trouble, WorkInput, WorkKind,
};
use crate::inbox::InboxInput;

const ME: &str = "01890000-0000-7000-8000-000000000001";
const JONAS: &str = "01890000-0000-7000-8000-000000000002";

fn work(desk: &mut Desk, input: WorkInput) -> Vec<Effect> {
    desk.update(Input::Case(CaseInput::Work(input)), now())
}

fn conflict(desk: &mut Desk, input: ConflictInput) -> Vec<Effect> {
    desk.update(Input::Case(CaseInput::Conflict(input)), now())
}

/// The case on the screen, answered anew with something else in it.
fn with(desk: &mut Desk, change: impl FnOnce(&mut Value)) {
    let view = &desk.case().unwrap().view.value().unwrap().value;
    let mut view = serde_json::to_value(view).unwrap();
    change(&mut view);
    let effects = desk.update(Input::Case(CaseInput::AskAgain), now());
    let ticket = asked(&effects, Room::Case(StandId::A), 0);
    let view = Tagged { value: serde_json::from_value(view).unwrap(), etag: ETag::of_version(2) };
    desk.update(Input::Reply(ticket, Reply::Case(Box::new(Ok(view)))), now());
}

fn trouble(desk: &Desk) -> Option<Trouble> {
    desk.case().unwrap().work.trouble
}

fn rule() -> Value {
    let reason = json!({
        "id": "works-here", "outcomes": ["granted"], "title": { "da": "Arbejder her", "en": "Works here" },
        "text": { "da": "Du arbejder i Danmark.", "en": "You work in Denmark." }, "rule": "CPR-loven § 16"
    });
    let provenance = json!({ "source": [], "year": null, "certainty": "high", "note": null });
    json!({ "eyes": "four", "issues": null, "reasons": [reason], "complaint": null, "provenance": provenance })
}

fn decision(by: &str, state: &str) -> Value {
    json!({
        "outcome": "granted", "state": state, "reasons": [], "text": "You work in Denmark.", "language": "en",
        "authority": "kff", "passedTo": null, "proposedBy": by, "proposedByName": "Jonas Bækgaard",
        "proposedAt": "2026-06-09T07:00:00Z", "second": null, "lookedBy": null, "lookedAt": null, "sentBack": null,
        "issuedAt": null, "channel": null, "letter": null, "etag": "v7"
    })
}

fn refused(draft: Draft) -> Entry {
    entry(draft, EntryState::Refused { problem: Problem::new(ProblemKind::Stale) })
}

fn settled(view: &mut Value) {
    for item in view["items"].as_array_mut().unwrap() {
        item["state"] = json!("approved");
    }
}

#[test]
fn a_colleague_is_made_responsible_on_the_version_that_was_seen() {
    let (mut desk, case) = with_case();
    let effects = work(&mut desk, WorkInput::Open(WorkKind::Assign));
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::Ask(ticket, crate::Question::Colleagues(_)) => Some(*ticket),
        _ => None,
    });
    let jonas = json!([{ "id": JONAS, "name": "Jonas Bækgaard", "initials": "JB", "department": "kff", "role": "caseworker", "phone": null }]);
    let found = Reply::Colleagues(Ok(serde_json::from_value(jonas).unwrap()));
    desk.update(Input::Reply(ticket.unwrap(), found), now());
    assert!(enqueued(&work(&mut desk, WorkInput::Confirm)).is_none());
    assert_eq!(trouble(&desk), Some(Trouble::NoReceiver));
    work(&mut desk, WorkInput::Seek(SeekInput::Take));
    let draft = enqueued(&work(&mut desk, WorkInput::Confirm)).expect("a change");
    assert_eq!(draft.resource, skranke_api::paths::responsible(case));
    assert_eq!(draft.body["to"], JONAS);
    assert_eq!(draft.subject.case, Some(case));
    assert!(desk.case().unwrap().work.sheet.is_none(), "the sheet closes");
}

#[test]
fn a_case_rests_only_with_a_reason_and_what_was_typed_survives_escape() {
    let (mut desk, _) = with_case();
    work(&mut desk, WorkInput::Open(WorkKind::Course));
    assert!(enqueued(&work(&mut desk, WorkInput::Confirm)).is_none());
    assert_eq!(trouble(&desk), Some(Trouble::Empty));
    work(&mut desk, WorkInput::Course(CourseInput::Reason("Afventer SIRI".into())));
    work(&mut desk, WorkInput::Close);
    work(&mut desk, WorkInput::Open(WorkKind::Course));
    work(&mut desk, WorkInput::Course(CourseInput::Until("1.6.2020".into())));
    assert!(enqueued(&work(&mut desk, WorkInput::Confirm)).is_none(), "a day that has passed is none");
    work(&mut desk, WorkInput::Course(CourseInput::Until("30.6.".into())));
    let draft = enqueued(&work(&mut desk, WorkInput::Confirm)).expect("a change");
    assert_eq!(draft.body, json!({ "step": "suspend", "reason": "Afventer SIRI", "until": "2026-06-30" }));
}

#[test]
fn a_note_says_whether_the_citizen_may_read_it() {
    let (mut desk, _) = with_case();
    work(&mut desk, WorkInput::Open(WorkKind::Note));
    work(&mut desk, WorkInput::Note(CaseNoteInput::Text("Ringede i dag".into())));
    work(&mut desk, WorkInput::Note(CaseNoteInput::Other));
    let draft = enqueued(&work(&mut desk, WorkInput::Confirm)).expect("a note");
    assert_eq!((&draft.body["openness"], &draft.body["text"]), (&json!("internal"), &json!("Ringede i dag")));
}

#[test]
fn facts_that_nobody_knows_stand_first_and_are_said_by_their_number() {
    let (mut desk, case) = with_case();
    let flag = |name: &str| json!({ "name": name, "title": { "da": name, "en": name }, "kind": "flag" });
    desk.session.rules.facts =
        serde_json::from_value(json!([flag("person.has_cpr"), flag("person.guardian")])).unwrap();
    with(&mut desk, |view| {
        let said = |name: &str| json!({ "name": name, "title": { "da": name, "en": name }, "value": null });
        view["items"][0]["becauseSaid"] = json!([said("person.has_cpr"), said("person.guardian")]);
        view["facts"] = json!({ "person.has_cpr": true });
    });
    work(&mut desk, WorkInput::Open(WorkKind::Facts));
    let Some(CaseSheet::Facts(sheet)) = &desk.case().unwrap().work.sheet else { panic!("the sheet") };
    let names: Vec<&str> = sheet.rows.iter().map(|row| row.fact.name.as_str()).collect();
    assert_eq!(names, ["person.guardian", "person.has_cpr"]);
    work(&mut desk, WorkInput::Facts(FactsInput::Digit(1)));
    let draft = enqueued(&work(&mut desk, WorkInput::Confirm)).expect("a change");
    assert_eq!(draft.body["facts"], json!({ "person.guardian": false }));
    assert_eq!(draft.resource, skranke_api::paths::facts(case));
}

#[test]
fn a_case_is_related_to_another_of_the_same_citizen_by_its_number() {
    let (mut desk, _) = with_case();
    let citizen = desk.case().unwrap().view.value().unwrap().value.row.citizen;
    let effects = work(&mut desk, WorkInput::Open(WorkKind::Relate));
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::Ask(ticket, crate::Question::Overview(..)) => Some(*ticket),
        _ => None,
    });
    let other = CaseId::new();
    let mut lease = row(other, citizen);
    lease["number"] = json!("BUF-2026-7");
    let section = json!({
        "line": "section", "department": "buf", "outcome": "answered", "cases": [lease, row(CaseId::new(), citizen)],
        "situations": [], "papers": [], "benefits": [], "asOf": null, "tookMs": 3
    });
    let line: OverviewLine = serde_json::from_value(section).unwrap();
    desk.update(Input::Reply(ticket.unwrap(), Reply::Overview(Box::new(Ok(line)))), now());
    work(&mut desk, WorkInput::Relate(RelateInput::Query("buf-2026-7".into())));
    let draft = enqueued(&work(&mut desk, WorkInput::Confirm)).expect("a relation");
    assert_eq!(draft.body, json!({ "other": other, "related": "together" }));
}

#[test]
fn a_decision_is_written_from_its_reasons_and_waits_for_papers_and_for_the_line() {
    let (mut desk, case) = with_case();
    with(&mut desk, |view| view["rule"] = rule());
    work(&mut desk, WorkInput::Open(WorkKind::Decide));
    work(&mut desk, WorkInput::Decide(DecideInput::Outcome(DecisionOutcome::Granted)));
    work(&mut desk, WorkInput::Decide(DecideInput::Reason("works-here".parse().unwrap())));
    assert!(enqueued(&work(&mut desk, WorkInput::Confirm)).is_none());
    assert_eq!(trouble(&desk), Some(Trouble::ItemsOpen(2)));
    let Some(CaseSheet::Decide(sheet)) = &desk.case().unwrap().work.sheet else { panic!("the sheet") };
    assert_eq!(sheet.text, "You work in Denmark. (CPR-loven § 16)");
    let danish = sheet.danish(desk.case().unwrap().view.value().unwrap().value.rule.as_ref());
    assert_eq!(danish.as_deref(), Some("Du arbejder i Danmark. (CPR-loven § 16)"));
    with(&mut desk, settled);
    desk.session.line = Line::Down { since: now() };
    assert!(enqueued(&work(&mut desk, WorkInput::Confirm)).is_none());
    assert_eq!(trouble(&desk), Some(Trouble::LineDown));
    desk.session.line = Line::Up;
    let draft = enqueued(&work(&mut desk, WorkInput::Confirm)).expect("a proposal");
    assert_eq!(draft.resource, skranke_api::paths::decision(case));
    assert_eq!((&draft.body["outcome"], &draft.body["language"]), (&json!("granted"), &json!("en")));
}

#[test]
fn what_is_refused_rests_on_no_paper_and_with_guidance_alone_a_case_is_only_passed_on() {
    let (mut desk, _) = with_case();
    work(&mut desk, WorkInput::Open(WorkKind::Decide));
    work(&mut desk, WorkInput::Decide(DecideInput::Outcome(DecisionOutcome::Refused)));
    work(&mut desk, WorkInput::Decide(DecideInput::Text("Du bor her ikke.".into())));
    assert!(enqueued(&work(&mut desk, WorkInput::Confirm)).is_some());
    with(&mut desk, |view| view["level"] = json!("guidance"));
    work(&mut desk, WorkInput::Open(WorkKind::Decide));
    let Some(CaseSheet::Decide(sheet)) = &desk.case().unwrap().work.sheet else { panic!("the sheet") };
    assert_eq!(sheet.outcomes, [DecisionOutcome::PassedOn, DecisionOutcome::Withdrawn]);
    work(&mut desk, WorkInput::Decide(DecideInput::Outcome(DecisionOutcome::PassedOn)));
    work(&mut desk, WorkInput::Decide(DecideInput::Text("SIRI afgør.".into())));
    assert!(enqueued(&work(&mut desk, WorkInput::Confirm)).is_none());
    assert_eq!(trouble(&desk), Some(Trouble::NoAuthority));
}

#[test]
fn who_proposed_never_approves_and_sending_back_needs_a_reason() {
    let (mut desk, _) = with_case();
    with(&mut desk, |view| view["decision"] = decision(ME, "proposed"));
    work(&mut desk, WorkInput::Open(WorkKind::Step(DecisionStep::Approve)));
    assert!(enqueued(&work(&mut desk, WorkInput::Confirm)).is_none());
    assert_eq!(trouble(&desk), Some(Trouble::Rule(DecisionRefusal::SamePerson)));
    with(&mut desk, |view| view["decision"] = decision(JONAS, "proposed"));
    let draft = enqueued(&work(&mut desk, WorkInput::Confirm)).expect("an approval");
    assert_eq!(draft.body["step"], "approve");
    work(&mut desk, WorkInput::Open(WorkKind::Step(DecisionStep::SendBack)));
    assert!(enqueued(&work(&mut desk, WorkInput::Confirm)).is_none());
    assert_eq!(trouble(&desk), Some(Trouble::Empty));
    work(&mut desk, WorkInput::Step(StepInput::Reason("Lønnen mangler".into())));
    assert!(enqueued(&work(&mut desk, WorkInput::Confirm)).is_some());
}

#[test]
fn a_question_to_her_stands_on_the_start_page_until_it_is_answered() {
    let (mut desk, case) = with_case();
    let ask = json!({
        "id": skranke_domain::AskId::new(), "case": case, "caseTitle": { "da": "CPR", "en": "CPR" },
        "citizenName": "Kalina Testrup Wrona", "kind": "expert", "to": { "to": "unit", "department": "kff" },
        "toName": "KFF", "item": null, "text": "Tæller kontrakten?", "state": "open", "reply": null, "repliedBy": null,
        "from": JONAS, "fromName": "Jonas Bækgaard", "at": "2026-06-09T07:00:00Z", "etag": "v1"
    });
    let id = ask["id"].as_str().unwrap().parse().unwrap();
    with(&mut desk, |view| view["asks"] = json!([ask]));
    let ticket = asked(&desk.update(Input::Inbox(InboxInput::AskAgain), now()), Room::Inbox, 1);
    let asks = serde_json::from_value(json!([ask])).unwrap();
    desk.update(Input::Reply(ticket, Reply::Asks(Ok(asks))), now());
    let open = |desk: &Desk| desk.inbox.questions(desk.person(), &desk.pending).count();
    assert_eq!(open(&desk), 1);
    desk.update(Input::Inbox(InboxInput::OpenAsk(id)), now());
    assert_eq!(desk.place(), Place::Case);
    with_asked(&mut desk, &ask);
    work(&mut desk, WorkInput::Open(WorkKind::Answer(id)));
    work(&mut desk, WorkInput::Answer("Ja".into()));
    let draft = enqueued(&work(&mut desk, WorkInput::Confirm)).expect("an answer");
    assert_eq!((&draft.body["state"], &draft.body["reply"]), (&json!(AskState::Answered), &json!("Ja")));
    desk.update(Input::Pending(PendingInput::Entries(vec![entry(draft, EntryState::Queued)])), now());
    assert_eq!(open(&desk), 0);
}

/// The case that is on the screen is answered where it was opened anew.
fn with_asked(desk: &mut Desk, ask: &Value) {
    if desk.case().unwrap().view.value().is_none() {
        let other = with_case().0;
        let mut view = serde_json::to_value(&other.case().unwrap().view.value().unwrap().value).unwrap();
        view["row"]["id"] = json!(desk.case().unwrap().id);
        let effects = desk.update(Input::Case(CaseInput::AskAgain), now());
        let ticket = asked(&effects, Room::Case(StandId::A), 0);
        view["asks"] = json!([ask]);
        let view = Tagged { value: serde_json::from_value(view).unwrap(), etag: ETag::of_version(2) };
        desk.update(Input::Reply(ticket, Reply::Case(Box::new(Ok(view)))), now());
    }
}

#[test]
fn a_question_is_sent_with_the_item_that_it_is_about() {
    let (mut desk, _) = with_case();
    work(&mut desk, WorkInput::Open(WorkKind::Ask));
    work(&mut desk, WorkInput::Ask(AskInput::Text("Tæller kontrakten?".into())));
    work(&mut desk, WorkInput::Ask(AskInput::Item));
    assert!(enqueued(&work(&mut desk, WorkInput::Confirm)).is_none());
    assert_eq!(trouble(&desk), Some(Trouble::NoReceiver));
    let Some(CaseSheet::Ask(sheet)) = &desk.case().unwrap().work.sheet else { panic!("the sheet") };
    assert_eq!(sheet.item.as_ref().map(skranke_domain::ItemId::as_str), Some("passport"));
}

/// Two refused changes of hers: a judgement and who is responsible; and a note that goes its way.
fn two_people() -> (Desk, Vec<Entry>) {
    let (mut desk, _) = with_case();
    let judged = enqueued(&desk.update(Input::Case(CaseInput::Judge(ItemAction::Approve)), now())).unwrap();
    with(&mut desk, |view| view["responsibleId"] = json!(JONAS));
    work(&mut desk, WorkInput::Open(WorkKind::Assign));
    work(&mut desk, WorkInput::Assign(crate::case::work::AssignInput::Release));
    let released = enqueued(&work(&mut desk, WorkInput::Confirm)).unwrap();
    work(&mut desk, WorkInput::Open(WorkKind::Note));
    work(&mut desk, WorkInput::Note(CaseNoteInput::Text("Hun kommer torsdag".into())));
    let note = enqueued(&work(&mut desk, WorkInput::Confirm)).unwrap();
    let entries = vec![refused(judged), refused(released), entry(note, EntryState::Queued)];
    desk.update(Input::Pending(PendingInput::Entries(entries.clone())), now());
    (desk, entries)
}

#[test]
fn when_somebody_saved_first_both_versions_are_shown_and_nothing_is_preselected() {
    let (mut desk, entries) = two_people();
    let page = desk.case().unwrap();
    let open = page.conflict.as_ref().expect("it opens by itself");
    assert!(open.picks.is_empty());
    let states: Vec<FieldState> = page.fields(&desk.pending).iter().map(|field| field.state).collect();
    assert_eq!(states, [FieldState::Differs, FieldState::Differs, FieldState::Kept, FieldState::Same]);
    assert!(conflict(&mut desk, ConflictInput::Save(Vec::new())).is_empty());
    assert_eq!(desk.case().unwrap().conflict.as_ref().unwrap().trouble, Some(ConflictTrouble::Unchosen(2)));
    // Esc keeps writing: it does not open again by itself, and can be opened.
    conflict(&mut desk, ConflictInput::Later);
    desk.update(Input::Pending(PendingInput::Entries(entries)), now());
    assert!(desk.case().unwrap().conflict.is_none());
    assert_eq!(desk.case().unwrap().differing(&desk.pending), 2);
    conflict(&mut desk, ConflictInput::Open);
    assert!(desk.case().unwrap().conflict.is_some());
}

#[test]
fn what_is_given_up_in_a_conflict_is_kept_as_an_internal_note_and_the_rest_is_sent_on_what_stands_now() {
    let (mut desk, entries) = two_people();
    with(&mut desk, |view| {
        view["items"][0]["etag"] = json!("v9");
        view["versions"]["responsible"] = json!("v5");
    });
    conflict(&mut desk, ConflictInput::Pick(entries[0].id, Side::Mine));
    conflict(&mut desk, ConflictInput::Pick(entries[1].id, Side::Theirs));
    let mine = vec![(entries[0].id, "Pas: Godkendt".to_owned()), (entries[1].id, "Ansvarlig: ingen".to_owned())];
    let effects = conflict(&mut desk, ConflictInput::Save(mine));
    let note = enqueued(&effects).expect("a note");
    assert_eq!((&note.body["text"], &note.body["openness"]), (&json!("Ansvarlig: ingen"), &json!("internal")));
    let at = |wanted: fn(&Effect) -> bool| effects.iter().position(wanted).expect("an effect");
    let kept = at(|effect| matches!(effect, Effect::Enqueue(_)));
    let gone = at(|effect| matches!(effect, Effect::Discard(_)));
    assert!(kept < gone, "what is kept is written before anything is thrown away");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Discard(id) if *id == entries[1].id)));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Retry(id) if *id == entries[0].id)));
    let version = |tag: &str| skranke_client::outbox::Basis::Version(serde_json::from_value(json!(tag)).unwrap());
    assert_eq!(desk.standing(&entries[0]).unwrap().basis, version("v9"));
    assert_eq!(desk.standing(&entries[1]).unwrap().basis, version("v5"));
    assert!(desk.case().unwrap().conflict.is_none());
}

#[test]
fn a_conflict_does_not_interrupt_what_is_being_written() {
    let (mut desk, _) = with_case();
    let judged = enqueued(&desk.update(Input::Case(CaseInput::Judge(ItemAction::Approve)), now())).unwrap();
    work(&mut desk, WorkInput::Open(WorkKind::Note));
    desk.update(Input::Pending(PendingInput::Entries(vec![refused(judged)])), now());
    assert!(desk.case().unwrap().conflict.is_none());
    work(&mut desk, WorkInput::Close);
    assert!(desk.case().unwrap().conflict.is_some());
    assert_eq!(
        desk.pending.case_deeds(desk.case().unwrap().id).filter(|(deed, _)| *deed == Deed::CaseNoteWritten).count(),
        0
    );
}
