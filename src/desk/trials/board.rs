//! The board: pages that come and go, what is marked, assigned, asked, taken back, saved.

use skranke_api::board::{BoardFilter, BoardRow, BoardSort, BoardView, DueFilter, Scope};
use skranke_api::events::{Event, EventKind};
use skranke_api::{Cursor, Page, paths};
use skranke_client::events::Live;
use skranke_client::outbox::{Basis, Deed, Label, OutboxEvent};

use super::*;
use crate::Question;
use crate::board::asking::LetterStep;
use crate::board::layers::{Choice, Layer, LayerInput, Menu, NameProblem};
use crate::board::views::{Layout, TableColumn};
use crate::board::{BoardInput, BoardPage, FilterChange, List};
use crate::citizen::Step;
use crate::effect::Wake;

fn case(n: usize) -> CaseId {
    format!("01890000-0000-7000-8000-{n:012}").parse().unwrap()
}

fn citizen(n: usize) -> CitizenId {
    format!("01890000-0000-7000-9000-{n:012}").parse().unwrap()
}

fn board_row(n: usize) -> serde_json::Value {
    let mut value = row(case(n), citizen(n / 2));
    let more = json!({
        "number": format!("KFF-2026-{:06}", 100_000 + n), "citizenName": format!("Kalina Testrup {n}"), "language": "en",
        "situationKind": null, "municipality": "kobenhavn", "received": "2026-06-01", "responsibleId": null, "initials": null,
        "responsibleEtag": ETag::of_version(n.try_into().unwrap()), "asked": null, "reminder": null, "came": null, "suspended": false
    });
    for (key, part) in more.as_object().unwrap() {
        value[key] = part.clone();
    }
    value
}

fn rows(from: usize, to: usize) -> Vec<BoardRow> {
    (from..to).map(|n| serde_json::from_value(board_row(n)).unwrap()).collect()
}

fn view(cards: &[BoardRow], count: usize) -> BoardView {
    serde_json::from_value(json!({
        "scopes": { "mine": count, "team": count, "all": count },
        "columns": [
            { "column": "in_progress", "count": 0, "ages": [0, 0, 0, 0], "cards": [] },
            { "column": "awaiting_citizen", "count": count, "ages": [0, count, 0, 0], "cards": cards },
            { "column": "ready_for_attendance", "count": 0, "ages": [0, 0, 0, 0], "cards": [] },
            { "column": "closed", "count": 0, "ages": [0, 0, 0, 0], "cards": [] },
        ],
        "pastDeadline": 0, "cameOvernight": 0, "waited": 0, "medianAge": 8,
        "weather": { "crossing": 1, "days": [1, 0, 0, 0, 0, 0, 0], "lines": [{
            "case": case(1), "title": { "da": "CPR-nummer", "en": "CPR number" }, "citizenName": "Kalina Testrup 1",
            "deadline": "2026-06-09", "effort": "ask", "open": 2
        }] },
        "facets": {
            "situations": [], "municipalities": [], "responsible": [],
            "departments": [{ "value": "kff", "title": { "da": "KFF", "en": "KFF" }, "count": count }]
        }
    }))
    .unwrap()
}

fn do_(desk: &mut Desk, input: BoardInput) -> Vec<Effect> {
    desk.update(Input::Cases(input), now())
}

fn layer(desk: &mut Desk, input: LayerInput) -> Vec<Effect> {
    do_(desk, BoardInput::Layer(input))
}

fn page(desk: &Desk) -> &BoardPage {
    desk.cases.as_ref().unwrap()
}

/// The board, open on so many cases of which the first forty came along.
fn open(count: usize) -> Desk {
    let mut desk = desk();
    let effects = desk.update(Input::Go(Place::Cases), now());
    let answer = view(&rows(0, count.min(40)), count);
    desk.update(Input::Reply(asked(&effects, Room::Cases, 0), Reply::Board(Box::new(Ok(answer)))), now());
    desk
}

fn page_asked(effects: &[Effect]) -> Option<(Ticket, Option<Cursor>)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Ask(ticket, Question::BoardCases(_, cursor)) => Some((*ticket, cursor.clone())),
        _ => None,
    })
}

/// Answers a page of a hundred cases out of so many.
fn answer(desk: &mut Desk, ticket: Ticket, cursor: Option<&Cursor>, all: usize) -> Vec<Effect> {
    let from: usize = cursor.map_or(0, |cursor| cursor.0.parse().unwrap());
    let to = (from + 100).min(all);
    let next_cursor = (to < all).then(|| Cursor(to.to_string()));
    let page = Page { items: rows(from, to), next_cursor };
    desk.update(Input::Reply(ticket, Reply::BoardCases(Ok(page))), now())
}

fn table(count: usize) -> Desk {
    let mut desk = open(count);
    let effects = do_(&mut desk, BoardInput::Layout(Layout::Table));
    let (ticket, cursor) = page_asked(&effects).expect("the first page");
    answer(&mut desk, ticket, cursor.as_ref(), count);
    desk
}

#[test]
fn of_very_many_cases_only_those_near_what_is_in_sight_lie_in_memory_and_the_others_come_again() {
    let all = 8_000;
    let mut desk = table(all);
    for at in (0..all).step_by(50) {
        let mut effects = do_(&mut desk, BoardInput::Sight(List::Table, at..at + 25));
        while let Some((ticket, cursor)) = page_asked(&effects) {
            effects = answer(&mut desk, ticket, cursor.as_ref(), all);
        }
    }
    let rows = page(&desk).rows(List::Table);
    assert_eq!(rows.len(), all);
    assert!(rows.kept() <= 3_200, "{} are kept", rows.kept());
    assert!(rows.get(0).is_none() && rows.get(all - 1).is_some());
    // Back at the top the first page is fetched from where it began.
    let effects = do_(&mut desk, BoardInput::Sight(List::Table, 0..25));
    let (ticket, cursor) = page_asked(&effects).expect("it is fetched again");
    assert_eq!(cursor, None);
    answer(&mut desk, ticket, None, all);
    assert_eq!(page(&desk).row(List::Table, 3).unwrap().case.id, case(3));
    assert_eq!(page(&desk).count(List::Table), all);
}

#[test]
fn a_page_is_fetched_once_and_after_a_failure_only_when_she_says_so() {
    let mut desk = table(300);
    let effects = do_(&mut desk, BoardInput::Sight(List::Table, 70..95));
    let (ticket, _) = page_asked(&effects).expect("the second page");
    assert!(page_asked(&do_(&mut desk, BoardInput::Sight(List::Table, 71..96))).is_none(), "it is under way");
    desk.update(Input::Reply(ticket, Reply::BoardCases(Err(ClientError::TimedOut))), now());
    assert!(page_asked(&do_(&mut desk, BoardInput::Sight(List::Table, 72..97))).is_none());
    assert!(page_asked(&do_(&mut desk, BoardInput::More(List::Table))).is_some());
}

#[test]
fn a_column_goes_on_beyond_its_first_cards_without_a_case_standing_twice() {
    let mut desk = open(130);
    let list = List::Column(1);
    let effects = do_(&mut desk, BoardInput::Sight(list, 0..12));
    let (ticket, cursor) = page_asked(&effects).expect("the first page of the column");
    assert_eq!(cursor, None);
    let effects = answer(&mut desk, ticket, None, 130);
    assert!(page_asked(&effects).is_none());
    let effects = do_(&mut desk, BoardInput::Sight(list, 80..92));
    let (ticket, cursor) = page_asked(&effects).expect("the next page");
    answer(&mut desk, ticket, cursor.as_ref(), 130);
    let ids: std::collections::HashSet<_> = page(&desk).rows(list).iter().map(|(_, row)| row.case.id).collect();
    assert_eq!((ids.len(), page(&desk).count(list)), (130, 130));
}

#[test]
fn an_answer_for_the_filter_before_is_dropped() {
    let mut desk = open(5);
    let before = do_(&mut desk, BoardInput::Filter(FilterChange::Scope(Scope::Team)));
    let after = do_(&mut desk, BoardInput::Filter(FilterChange::Scope(Scope::All)));
    let late = Reply::Board(Box::new(Ok(view(&rows(0, 3), 3))));
    desk.update(Input::Reply(asked(&before, Room::Cases, 0), late), now());
    assert!(page(&desk).view.is_waiting(), "the answer for the team is not the answer for all");
    let right = Reply::Board(Box::new(Ok(view(&rows(0, 9), 9))));
    desk.update(Input::Reply(asked(&after, Room::Cases, 0), right), now());
    assert_eq!(page(&desk).count(List::Column(1)), 9);
}

fn changed(n: usize) -> Input {
    Input::Live(Live::Event(Box::new(Event {
        specversion: "1.0".to_owned(),
        id: format!("e-{n}"),
        source: "/v1".to_owned(),
        kind: EventKind::CaseChanged,
        subject: paths::case(case(n)),
        time: now(),
        etag: None,
        actor: None,
        actorname: None,
        commandid: None,
        citizenid: Some(citizen(n / 2)),
        caseid: Some(case(n)),
    })))
}

#[test]
fn a_busy_minute_is_one_question_and_no_card_moves_under_her_hand() {
    let mut desk = open(5);
    let wakes = |effects: &[Effect]| effects.iter().filter(|e| matches!(e, Effect::Wake(_, Wake::Board))).count();
    let first = desk.update(changed(3), now());
    let second = desk.update(changed(4), now());
    assert_eq!((wakes(&first), wakes(&second)), (1, 0));
    let effects = desk.update(Input::Wake(Wake::Board), now());
    let ticket = asked(&effects, Room::Cases, 0);
    // Case 0 is gone from the column, case 9 came to its top, case 3 changed hands.
    let mut cards = rows(1, 5);
    cards[2].initials = Some("TH".to_owned());
    cards.insert(0, rows(9, 10).remove(0));
    desk.update(Input::Reply(ticket, Reply::Board(Box::new(Ok(view(&cards, 6))))), now());
    let list = List::Column(1);
    let stand: Vec<_> = (0..5).map(|n| page(&desk).row(list, n).unwrap().case.id).collect();
    assert_eq!(stand, (0..5).map(case).collect::<Vec<_>>());
    assert_eq!(page(&desk).row(list, 3).unwrap().initials.as_deref(), Some("TH"));
    assert_eq!(page(&desk).moved, 1);
    // They move when she asks.
    let effects = do_(&mut desk, BoardInput::AskAgain);
    let answer = Reply::Board(Box::new(Ok(view(&cards, 6))));
    desk.update(Input::Reply(asked(&effects, Room::Cases, 0), answer), now());
    assert_eq!(page(&desk).row(list, 0).unwrap().case.id, case(9));
    assert_eq!(page(&desk).moved, 0);
}

fn colleague(n: u8, name: &str) -> serde_json::Value {
    json!({
        "id": format!("01890000-0000-7000-8000-0000000002{n:02}"), "name": name, "initials": "TH", "department": "kff",
        "role": "caseworker", "phone": null
    })
}

fn assign(desk: &mut Desk) -> Vec<Draft> {
    for n in [1, 2] {
        do_(desk, BoardInput::Select(case(n)));
        do_(desk, BoardInput::Mark);
    }
    let effects = do_(desk, BoardInput::Assign);
    let found = serde_json::from_value(json!([colleague(1, "Tove Hjortlund"), colleague(2, "Per Ravnkilde")])).unwrap();
    desk.update(Input::Reply(asked(&effects, Room::Cases, 6), Reply::Colleagues(Ok(found))), now());
    layer(desk, LayerInput::Typed("tov".to_owned()));
    let effects = layer(desk, LayerInput::Take);
    drafts(&effects)
}

fn drafts(effects: &[Effect]) -> Vec<Draft> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Enqueue(draft) => Some((**draft).clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn two_marked_cases_go_to_a_colleague_each_on_the_version_that_was_seen() {
    let mut desk = open(5);
    let sent = assign(&mut desk);
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0].path, paths::responsible(case(1)));
    assert_eq!(sent[0].based_on, Basis::Version(ETag::of_version(1)));
    assert_eq!(sent[1].body, json!({ "to": "01890000-0000-7000-8000-000000000201" }));
    assert!(matches!(&sent[0].label, Label::Deed { deed: Deed::CaseAssigned, text, .. } if text == "Tove Hjortlund"));
    let page = page(&desk);
    assert!(page.marked.is_empty() && page.layer.is_none());
    assert_eq!(page.row(List::Column(1), 1).unwrap().initials.as_deref(), Some("TH"));
}

#[test]
fn what_was_assigned_is_given_back_by_one_key_save_what_somebody_changed_since() {
    let mut desk = open(5);
    let sent = assign(&mut desk);
    let entries: Vec<Entry> = sent.into_iter().map(|draft| entry(draft, EntryState::Attempted)).collect();
    desk.update(Input::Pending(PendingInput::Entries(entries.clone())), now());
    // The first is confirmed, with its new version; the second was given to somebody else meanwhile.
    let confirmed = OutboxEvent::Confirmed { id: entries[0].id, answer: json!({}), etag: Some(ETag::of_version(12)) };
    desk.update(Input::Pending(PendingInput::News(confirmed, entries[1..].to_vec())), now());
    let mut cards = rows(0, 5);
    let person = |n: u8| Some(format!("01890000-0000-7000-8000-0000000002{n:02}").parse().unwrap());
    (cards[1].responsible_id, cards[2].responsible_id) = (person(1), person(2));
    let effects = desk.update(Input::Wake(Wake::Board), now());
    let ticket = asked(&effects, Room::Cases, 0);
    desk.update(Input::Reply(ticket, Reply::Board(Box::new(Ok(view(&cards, 5))))), now());
    let back = drafts(&do_(&mut desk, BoardInput::Undo));
    assert_eq!(back.len(), 1, "{back:?}");
    assert_eq!(back[0].path, paths::responsible(case(1)));
    assert_eq!(back[0].based_on, Basis::Version(ETag::of_version(12)));
    assert_eq!(back[0].body, json!({ "to": null }));
    assert!(page(&desk).undo.is_none());
}

#[test]
fn eight_seconds_later_nothing_is_taken_back_by_one_key() {
    let mut desk = open(5);
    assign(&mut desk);
    let number = page(&desk).undo.as_ref().map(|undo| undo.number).unwrap();
    desk.update(Input::Wake(Wake::BoardUndo { number }), now());
    assert!(drafts(&do_(&mut desk, BoardInput::Undo)).is_empty());
}

#[test]
fn a_view_is_saved_with_its_filters_order_and_columns_and_comes_back_after_a_restart() {
    let mut desk = open(5);
    do_(&mut desk, BoardInput::Filter(FilterChange::Due(Some(DueFilter::Week))));
    do_(&mut desk, BoardInput::Filter(FilterChange::Sort(BoardSort::Deadline)));
    do_(&mut desk, BoardInput::Layout(Layout::Table));
    layer(&mut desk, LayerInput::Columns);
    layer(&mut desk, LayerInput::MoveColumn(Step::Next));
    layer(&mut desk, LayerInput::Close);
    layer(&mut desk, LayerInput::SaveView);
    layer(&mut desk, LayerInput::Confirm);
    assert!(matches!(&page(&desk).layer, Some(Layer::Name(sheet)) if sheet.problem == Some(NameProblem::Empty)));
    layer(&mut desk, LayerInput::Typed("  Frister ".to_owned()));
    let effects = layer(&mut desk, LayerInput::Confirm);
    let saved = effects.iter().find_map(|effect| match effect {
        Effect::SaveSettings(settings) => Some(settings.clone()),
        _ => None,
    });
    let saved = serde_json::to_string(&saved.expect("it is saved")).unwrap();
    // Another window, another day.
    let settings: Settings = serde_json::from_str(&saved).unwrap();
    let mut desk = Desk::new(Role::Caseworker, settings.within_bounds(), TimeZone::UTC);
    desk.update(Input::Go(Place::Cases), now());
    assert_eq!(page(&desk).columns[0].column, TableColumn::Department, "the columns are as she left them");
    let effects = do_(&mut desk, BoardInput::View(0));
    let filter = BoardFilter { due: Some(DueFilter::Week), sort: BoardSort::Deadline, ..BoardFilter::default() };
    assert_eq!(page(&desk).filter, filter);
    assert_eq!((page(&desk).layout, page(&desk).in_view), (Layout::Table, Some(0)));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Ask(_, Question::Board(asked)) if *asked == filter)));
}

#[test]
fn a_view_is_renamed_and_thrown_away_from_its_menu() {
    let mut desk = open(5);
    for name in ["Første", "Anden"] {
        layer(&mut desk, LayerInput::SaveView);
        layer(&mut desk, LayerInput::Typed(name.to_owned()));
        layer(&mut desk, LayerInput::Confirm);
    }
    layer(&mut desk, LayerInput::Menu(Menu::Views));
    let choices = page(&desk).choices(Menu::Views, &desk.settings.views);
    let at = |wanted: &Choice| choices.iter().position(|choice| choice == wanted).expect("it is there");
    layer(&mut desk, LayerInput::TakeAt(at(&Choice::Rename(1))));
    layer(&mut desk, LayerInput::Typed("FØRSTE".to_owned()));
    layer(&mut desk, LayerInput::Confirm);
    assert!(matches!(&page(&desk).layer, Some(Layer::Name(sheet)) if sheet.problem == Some(NameProblem::Taken)));
    layer(&mut desk, LayerInput::Typed("Tredje".to_owned()));
    layer(&mut desk, LayerInput::Confirm);
    layer(&mut desk, LayerInput::Menu(Menu::Views));
    layer(&mut desk, LayerInput::TakeAt(at(&Choice::Delete(1))));
    let names: Vec<_> = desk.settings.views.iter().map(|view| view.name.as_str()).collect();
    assert_eq!(names, ["Første"]);
}

#[test]
fn typing_narrows_what_came_and_says_how_much_was_looked_through() {
    let mut desk = table(3_000);
    let mut effects = do_(&mut desk, BoardInput::Narrow("testrup 77".to_owned()));
    while let Some((ticket, cursor)) = page_asked(&effects) {
        effects = answer(&mut desk, ticket, cursor.as_ref(), 3_000);
    }
    do_(&mut desk, BoardInput::Sight(List::Table, 0..25));
    let looked = page(&desk).looked_through(List::Table).expect("the list goes on");
    assert!((1_000..1_300).contains(&looked), "{looked}");
    assert!(page(&desk).may_look_further());
    // 77, 177 and so on to 1077, and 770 to 779.
    assert_eq!(page(&desk).count(List::Table), 20);
    assert_eq!(page(&desk).row(List::Table, 0).unwrap().case.id, case(77));
}

#[test]
fn the_deadline_of_the_week_that_is_chosen_opens_its_case() {
    let mut desk = open(5);
    layer(&mut desk, LayerInput::Weather);
    let effects = layer(&mut desk, LayerInput::Take);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Ask(_, Question::Case(id, _)) if *id == case(1))));
    assert_eq!(desk.place(), Place::Case);
    assert!(page(&desk).layer.is_none());
}

#[test]
fn two_cases_of_one_citizen_make_one_letter_and_nothing_goes_before_it_was_shown() {
    let mut desk = open(6);
    for n in [2, 3, 4] {
        do_(&mut desk, BoardInput::MarkCase(case(n)));
    }
    let effects = do_(&mut desk, BoardInput::Ask);
    let Some(Layer::Ask(sheet)) = &page(&desk).layer else { panic!("the letters") };
    assert_eq!((sheet.steps.len(), sheet.steps[0].cases.len()), (2, 2));
    assert!(drafts(&effects).is_empty());
    assert!(drafts(&layer(&mut desk, LayerInput::Confirm)).is_empty(), "her papers are still being fetched");
    layer(&mut desk, LayerInput::Letter(LetterStep::Next));
    // One case after the other is fetched; one does not come.
    let effects = desk.update(
        Input::Reply(asked(&effects, Room::Cases, 7), Reply::Case(Box::new(Err(ClientError::TimedOut)))),
        now(),
    );
    let next = effects.iter().any(|effect| matches!(effect, Effect::Ask(_, Question::Case(id, _)) if *id == case(3)));
    assert!(next, "{effects:?}");
    let Some(Layer::Ask(sheet)) = &page(&desk).layer else { panic!("the letters") };
    assert_eq!((sheet.steps[0].trouble.clone(), sheet.steps[0].awaited), (Some(ClientError::TimedOut), 1));
    assert!(sheet.steps[1].trouble.is_none());
}
