//! Without a line: what is shown and how old it says it is, what waits, what still opens.

use std::time::Duration;

use skranke_api::citizens::SearchAnswer;
use skranke_client::Live;
use skranke_client::http::Kept;

use super::*;
use crate::ask::Question;
use crate::citizen::CitizenInput;
use crate::effect::Wake;
use crate::finder::FinderInput;
use crate::load::Load;
use crate::offline::{NoLine, OfflineInput, WaitsForLine};

fn then() -> Timestamp {
    "2026-06-09T07:40:00Z".parse().unwrap()
}

fn kept(reply: Reply) -> Reply {
    Reply::Kept(Box::new(reply), Box::new(Kept { as_of: then(), why: ClientError::Offline }))
}

fn lose(desk: &mut Desk) {
    desk.update(Input::Live(Live::Lost { error: ClientError::Offline }), now());
}

#[test]
fn what_was_kept_is_shown_as_old_as_it_is_and_not_as_new() {
    let mut desk = desk();
    lose(&mut desk);
    let effects = desk.update(Input::OpenCitizen(CitizenId::new(), purpose()), now());
    let notes = asked(&effects, Room::Citizen(StandId::A), 5);
    desk.update(Input::Reply(notes, kept(Reply::Notes(Ok(Vec::new())))), now());
    let page = desk.citizen().unwrap();
    assert_eq!(page.notes.as_of(), Some(then()));
    assert_eq!(page.notes.trouble(), Some(&ClientError::Offline));
    assert!(page.notes.value().is_some() && !page.notes.is_waiting());
    // What is not kept says that it is unknown.
    let promises = asked(&effects, Room::Citizen(StandId::A), 6);
    desk.update(Input::Reply(promises, Reply::Promises(Err(ClientError::Offline))), now());
    assert!(matches!(desk.citizen().unwrap().promises, Load::Failed { .. }));
}

#[test]
fn a_kept_answer_never_opens_the_lock() {
    let mut desk = desk();
    lose(&mut desk);
    desk.update(Input::Lock, now());
    let me = desk.session.me.value().cloned().unwrap();
    let effects = desk.update(Input::Unlock, now());
    let ticket = asked(&effects, Room::Session, 0);
    desk.update(Input::Reply(ticket, kept(Reply::Me(Ok(me)))), now());
    assert!(desk.lock.locked().is_some());
}

#[test]
fn the_window_says_when_the_line_is_tried_again_and_f5_tries_it_now() {
    let (mut desk, _) = with_case();
    lose(&mut desk);
    desk.update(Input::Live(Live::Waiting(Duration::from_secs(8))), now());
    assert_eq!(desk.offline.next_try.map(|at| at.duration_since(now()).as_secs()), Some(8));
    let effects = desk.update(Input::Offline(OfflineInput::TryNow), now());
    assert!(matches!(effects[..], [Effect::TryNow]));
    assert_eq!(desk.offline.next_try, None, "it is being tried");
    desk.update(Input::OpenCitizen(CitizenId::new(), purpose()), now());
    let effects = desk.update(Input::Citizen(CitizenInput::AskAgain), now());
    assert!(effects.iter().any(|effect| matches!(effect, Effect::TryNow)));
    desk.update(Input::Live(Live::Waiting(Duration::from_secs(8))), now());
    desk.update(Input::Live(Live::Connected), now());
    assert_eq!(desk.offline.next_try, None);
    let effects = desk.update(Input::Citizen(CitizenInput::AskAgain), now());
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::TryNow)), "with a line there is nothing to try");
}

#[test]
fn only_decisions_bookings_moves_and_holds_wait_for_the_line() {
    let (mut desk, _) = with_case();
    for deed in [WaitsForLine::Decide, WaitsForLine::Book, WaitsForLine::Move, WaitsForLine::Hold] {
        assert_eq!(desk.offline_refusal(deed), None);
    }
    lose(&mut desk);
    for deed in [WaitsForLine::Decide, WaitsForLine::Book, WaitsForLine::Move, WaitsForLine::Hold] {
        assert_eq!(desk.offline_refusal(deed), Some(NoLine { deed, since: now() }));
    }
    let draft = enqueued(&desk.update(Input::Case(CaseInput::Judge(ItemAction::Approve)), now()));
    assert_eq!(WaitsForLine::of(&draft.expect("a judgement goes to the outbox")), None);
}

#[test]
fn without_a_line_who_is_found_is_marked_as_found_on_this_machine() {
    let mut desk = desk();
    lose(&mut desk);
    desk.update(Input::Finder(FinderInput::Open), now());
    desk.update(Input::Finder(FinderInput::Typed("wrona".into())), now());
    let generation = desk.finder.as_ref().unwrap().generation();
    let effects = desk.update(Input::Wake(Wake::Search { generation }), now());
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::Ask(ticket, Question::Search(_)) => Some(*ticket),
        _ => None,
    });
    let none = SearchAnswer { hits: Vec::new(), more: false, took_us: 0 };
    desk.update(Input::Reply(asked.expect("a search"), kept(Reply::Search(Ok(none)))), now());
    assert!(desk.finder.as_ref().unwrap().is_kept());
}
