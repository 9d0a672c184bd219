//! Asking for what is missing from the case page, who else is there, and the way through a list of cases.

use serde_json::json;
use skranke_api::casework::Doing;
use skranke_api::contacts::LetterRequest;
use skranke_client::outbox::EntryState;
use skranke_domain::checklist::{ItemAction, ItemState};
use skranke_domain::contact::Channel;

use super::*;
use crate::Question;
use crate::case::request::{ChangeKind, RequestInput};
use crate::citizen::Step;
use crate::letters::LetterProblem;

fn on_letter(desk: &mut Desk, input: RequestInput) -> Vec<Effect> {
    desk.update(Input::Case(CaseInput::Request(input)), now())
}

fn letter(desk: &Desk) -> &crate::case::request::Asking {
    desk.case().unwrap().request.letter.as_ref().expect("a letter")
}

/// The case with something else about it, as the server answers next.
fn answer(desk: &mut Desk, change: impl FnOnce(&mut skranke_api::cases::CaseView)) {
    let effects = desk.update(Input::Case(CaseInput::AskAgain), now());
    let ticket = asked(&effects, Room::Case(StandId::A), 0);
    let mut value = desk.case().unwrap().view.value().unwrap().value.clone();
    change(&mut value);
    let view = Tagged { value, etag: ETag::of_version(2) };
    desk.update(Input::Reply(ticket, Reply::Case(Box::new(Ok(view)))), now());
}

fn presences(effects: &[Effect]) -> Vec<Doing> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Ask(_, Question::Presence(_, request)) => Some(request.doing),
            _ => None,
        })
        .collect()
}

#[test]
fn the_letter_asks_for_what_is_missing_and_goes_through_the_outbox() {
    let (mut desk, case) = with_case();
    let items: Vec<String> = letter(&desk).ticked().map(|paper| paper.item.to_string()).collect();
    assert_eq!(items, ["lease"], "what came awaits a look, not the citizen");
    assert!(!letter(&desk).text.is_empty(), "nothing is sent that was not shown");
    let draft = enqueued(&on_letter(&mut desk, RequestInput::Send)).expect("a letter");
    assert_eq!(draft.subject.case, Some(case));
    let request: LetterRequest = serde_json::from_value(draft.body.clone()).unwrap();
    assert_eq!((request.channel, request.language.0.as_str()), (Channel::DigitalPost, "en"));
    assert_eq!(request.deadline.to_string(), "2026-06-23");
    assert_eq!(request.reminder.map(|day| day.to_string()).as_deref(), Some("2026-06-19"));
    assert_eq!(request.items[0].seen, ETag::of_version(3));
    desk.update(Input::Pending(PendingInput::Entries(vec![entry(draft, EntryState::Queued)])), now());
    let page = desk.case().unwrap();
    assert_eq!(page.items(&desk.pending)[1].state, ItemState::Requested, "and stands as asked for at once");
    assert!(letter(&desk).papers.is_empty() && !page.request.is_sending());
}

#[test]
fn a_letter_that_could_not_be_written_down_comes_back_as_it_was() {
    let (mut desk, _) = with_case();
    on_letter(&mut desk, RequestInput::Typed("Send the lease, please.".into()));
    assert!(enqueued(&on_letter(&mut desk, RequestInput::Send)).is_some());
    assert!(desk.case().unwrap().request.is_sending());
    desk.update(Input::Pending(PendingInput::NotWritten("the disk is full".into())), now());
    assert_eq!(letter(&desk).text, "Send the lease, please.");
}

#[test]
fn without_a_tick_or_with_a_day_that_is_past_nothing_is_sent() {
    let (mut desk, _) = with_case();
    on_letter(&mut desk, RequestInput::Toggle("lease".parse().unwrap()));
    assert!(enqueued(&on_letter(&mut desk, RequestInput::Send)).is_none());
    assert_eq!(letter(&desk).problem, Some(LetterProblem::NothingTicked));
    on_letter(&mut desk, RequestInput::Toggle("lease".parse().unwrap()));
    on_letter(&mut desk, RequestInput::Deadline("1.6.2026".into()));
    assert!(enqueued(&on_letter(&mut desk, RequestInput::Send)).is_none());
    assert_eq!(letter(&desk).problem, Some(LetterProblem::Past));
    assert!(!letter(&desk).text.contains("1 June"), "a day that cannot be meant never enters the letter");
}

#[test]
fn a_paper_that_turned_up_while_she_read_is_not_asked_for_unread() {
    let (mut desk, _) = with_case();
    answer(&mut desk, |view| view.items[0].state = ItemState::Rejected);
    assert_eq!(letter(&desk).ticked().count(), 2);
    assert!(enqueued(&on_letter(&mut desk, RequestInput::Send)).is_none());
    assert_eq!(letter(&desk).problem, Some(LetterProblem::Changed));
    assert!(enqueued(&on_letter(&mut desk, RequestInput::Send)).is_some(), "now she has read it");
}

#[test]
fn a_paper_she_has_just_rejected_is_asked_for_once_that_is_confirmed() {
    let (mut desk, _) = with_case();
    desk.update(Input::Case(CaseInput::Ask), now());
    desk.update(Input::Case(CaseInput::Reason("One page is missing".into())), now());
    let draft = enqueued(&desk.update(Input::Case(CaseInput::Confirm), now())).expect("a judgement");
    desk.update(Input::Pending(PendingInput::Entries(vec![entry(draft, EntryState::Queued)])), now());
    assert!(letter(&desk).papers.iter().any(|paper| paper.item.as_str() == "passport" && paper.on));
    assert!(enqueued(&on_letter(&mut desk, RequestInput::Send)).is_none());
    assert_eq!(letter(&desk).problem, Some(LetterProblem::Unconfirmed));
    desk.update(Input::Pending(PendingInput::Entries(Vec::new())), now());
    answer(&mut desk, |view| view.items[0].state = ItemState::Rejected);
    assert_eq!(letter(&desk).ticked().count(), 2);
}

#[test]
fn a_request_is_given_longer_only_by_a_later_day() {
    let (mut desk, _) = with_case();
    let request = json!({
        "id": "01890000-0000-7000-8000-000000000070", "state": "open", "items": ["lease"], "language": "en", "text": "…",
        "channel": "digital_post", "deadline": "2026-06-23", "reminder": null, "reminded": false, "sent": "2026-06-09T08:00:00Z",
        "by": "Ida", "cannot": [], "replied": null, "etag": "v1"
    });
    answer(&mut desk, |view| view.requests = vec![serde_json::from_value(request).unwrap()]);
    let id = desk.case().unwrap().view.value().unwrap().value.requests[0].id;
    on_letter(&mut desk, RequestInput::Change(id, ChangeKind::Extend));
    on_letter(&mut desk, RequestInput::ChangeTyped("20/6".into()));
    assert!(enqueued(&on_letter(&mut desk, RequestInput::ChangeConfirm)).is_none());
    on_letter(&mut desk, RequestInput::ChangeTyped("1/7".into()));
    let draft = enqueued(&on_letter(&mut desk, RequestInput::ChangeConfirm)).expect("a change");
    assert_eq!(draft.body, json!({ "step": "extend", "until": "2026-07-01" }));
    assert!(desk.case().unwrap().request.changing.is_none());
}

#[test]
fn others_hear_that_she_reads_writes_and_leaves_and_nothing_twice() {
    let (mut desk, case) = with_case();
    assert!(presences(&desk.update(Input::Touched, now())).is_empty(), "it was said when the case came");
    let judging = desk.update(Input::Case(CaseInput::Judge(ItemAction::Reject)), now());
    assert_eq!(presences(&judging), [Doing::Editing]);
    assert_eq!(presences(&desk.update(Input::Case(CaseInput::Cancel), now())), [Doing::Reading]);
    assert_eq!(presences(&desk.update(Input::Go(Place::Calendar), now())), [Doing::Left]);
    assert_eq!(presences(&desk.update(Input::Go(Place::Case), now())), [Doing::Reading]);
    assert_eq!(presences(&desk.update(Input::Lock, now())), [Doing::Left]);
    let again = desk.update(Input::OpenCase(CaseId::new(), purpose()), now());
    assert!(presences(&again).is_empty(), "of a case that has not come nobody says anything");
    assert_ne!(desk.case().unwrap().id, case);
}

#[test]
fn presence_is_renewed_while_the_case_is_on_the_screen_and_never_elsewhere() {
    let (mut desk, _) = with_case();
    let effects = desk.update(Input::Case(CaseInput::AskAgain), now());
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Wake(..))), "one clock is enough");
    let generation = desk.case().unwrap().generation();
    let wake = || Input::Wake(crate::effect::Wake::Presence { stand: StandId::A, generation });
    let rung = desk.update(wake(), now());
    assert_eq!(presences(&rung), [Doing::Reading]);
    assert!(rung.iter().any(|effect| matches!(effect, Effect::Wake(..))));
    desk.update(Input::Go(Place::Calendar), now());
    let rung = desk.update(wake(), now());
    assert!(presences(&rung).is_empty() && !rung.iter().any(|effect| matches!(effect, Effect::Wake(..))));
}

#[test]
fn a_citizens_cases_are_gone_through_in_the_order_in_which_they_stood() {
    let mut desk = desk();
    let citizen = CitizenId::new();
    let overview = asked(&opens(&mut desk, citizen), Room::Citizen(StandId::A), 1);
    let cases: Vec<CaseId> = (0..3).map(|_| CaseId::new()).collect();
    let rows: Vec<_> = cases.iter().map(|case| row(*case, citizen)).collect();
    let lines = [
        json!({ "line": "departments", "citizen": citizen, "departments": ["kff"] }),
        json!({
            "line": "section", "department": "kff", "outcome": "answered", "cases": rows, "asOf": null, "tookMs": 3,
            "papers": [], "benefits": [], "situations": []
        }),
    ];
    for line in lines {
        let line = serde_json::from_value(line).unwrap();
        desk.update(Input::Reply(overview, Reply::Overview(Box::new(Ok(line)))), now());
    }
    let order: Vec<CaseId> = desk.citizen().unwrap().rows().map(|row| row.case.id).collect();
    assert_eq!(order.len(), cases.len());
    desk.update(Input::OpenCase(order[0], purpose()), now());
    for expected in [order[1], order[2], order[2]] {
        desk.update(Input::NextCase(Step::Next), now());
        assert_eq!(desk.case().unwrap().id, expected);
    }
    desk.update(Input::NextCase(Step::Previous), now());
    assert_eq!(desk.case().unwrap().neighbours.place(order[1]), Some((2, 3)));
    assert_eq!(desk.case().unwrap().id, order[1]);
    desk.update(Input::Back, now());
    assert_eq!(desk.place(), Place::Citizen, "back leads to the list, not through every case");
}
