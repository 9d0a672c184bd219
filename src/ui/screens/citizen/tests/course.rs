//! The right column, the sources one by one and very many cases are drawn without a display; notes and promises walk to the outbox.

use iced::keyboard::key::Named;
use skranke_client::outbox::{Deed, Draft, Entry, EntryState};
use skranke_desk::citizen::{CourseInput, timeline::Kind};
use skranke_desk::effect::Effect;
use skranke_desk::pending::PendingInput;
use skranke_desk::sheets::{NoteInput, PromiseInput};
use skranke_domain::CommandId;
use skranke_domain::contact::Channel;
use skranke_domain::note::NoteKind;

use super::*;
use crate::screens::citizen::course::{self, NOTES, PROMISES};
use crate::screens::citizen::sheets;
use crate::screens::citizen::sources::SOURCES;
use crate::widget::dialog::{Lies, modal_at};

fn sheet(input: SheetInput) -> Input {
    Input::Citizen(CitizenInput::Sheet(input))
}

fn now() -> jiff::Timestamp {
    world::now().timestamp()
}

fn drafts(effects: Vec<Effect>) -> Vec<Draft> {
    effects
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Enqueue(draft) => Some(*draft),
            _ => None,
        })
        .collect()
}

/// The outbox has it.
fn queue(desk: &mut Desk, draft: Draft, state: EntryState) {
    let entry = Entry { id: CommandId::new(), draft, created_at: now(), attempts: 0, last_attempt: None, state };
    let mut entries = desk.pending.entries.clone();
    entries.push(entry);
    let _ = desk.update(Input::Pending(PendingInput::Entries(entries)), now());
}

fn at(id: &FocusId) -> Window {
    Window { focus: Focus::on(id.clone()), ..Window::english() }
}

#[test]
fn notes_stand_with_attention_first_and_say_when_they_expire() {
    let said = said(&everything());
    let place = |words: &str| said.find(words).unwrap_or_else(|| panic!("{words}: {said}"));
    assert!(place("sit to her right") < place("Works nights until July"));
    assert!(said.contains("Nina Kragh · Yesterday · expires 30 Jun"), "{said}");
    assert!(said.contains("1 expired note") && !said.contains("Brings the keys"), "what is over is folded");
    assert!(said.contains("Hidden when screen is turned"));
}

#[test]
fn a_note_that_was_written_shows_at_once_and_says_that_it_is_not_sent() {
    let mut desk = everything();
    let _ = desk.update(sheet(SheetInput::Open(Opening::Note(None))), now());
    for input in [NoteInput::Typed(" Bring the letter in Polish ".to_owned()), NoteInput::Expires("+14".to_owned())] {
        let _ = desk.update(sheet(SheetInput::Note(input)), now());
    }
    let _ = desk.update(sheet(SheetInput::Note(NoteInput::Kind(NoteKind::Attention))), now());
    let [draft] = drafts(desk.update(sheet(SheetInput::Confirm), now())).try_into().unwrap();
    assert_eq!((draft.body["expires"].as_str(), draft.body["kind"].as_str()), (Some("2026-06-23"), Some("attention")));
    assert!(desk.sheet().is_none());
    queue(&mut desk, draft, EntryState::Queued);
    let said = said(&desk);
    assert!(said.contains("Bring the letter in Polish | You · Today · expires 23 Jun | Unsent"), "{said}");
}

#[test]
fn a_note_without_words_or_with_a_day_that_is_over_says_what_is_missing_and_loses_nothing() {
    let mut desk = everything();
    let _ = desk.update(sheet(SheetInput::Open(Opening::Note(None))), now());
    assert!(drafts(desk.update(sheet(SheetInput::Confirm), now())).is_empty());
    assert!(in_sheet(&desk).contains("Write what is to be known."));
    let _ = desk.update(sheet(SheetInput::Note(NoteInput::Typed("Late shift".to_owned()))), now());
    for (typed, sentence) in [
        ("32/13", "The calendar has no such day."),
        ("soonish", "Write a day, for example 30/6, +14 or Friday."),
        ("2026-06-01", "That day is over. Choose today or later."),
    ] {
        let _ = desk.update(sheet(SheetInput::Note(NoteInput::Expires(typed.to_owned()))), now());
        assert!(drafts(desk.update(sheet(SheetInput::Confirm), now())).is_empty(), "{typed}");
        let said = in_sheet(&desk);
        assert!(said.contains(sentence), "{typed}: {said}");
    }
    let _ = desk.update(sheet(SheetInput::Leave), now());
    let _ = desk.update(sheet(SheetInput::Open(Opening::Note(None))), now());
    let controls = sheet_controls(&desk);
    assert_eq!(control(&controls, "citizen/sheet/note/text").value.as_deref(), Some("Late shift"));
}

#[test]
fn enter_on_a_note_changes_it_and_ending_it_lets_it_expire_yesterday() {
    let mut desk = everything();
    let pressed = at(&NOTES).show(&CitizenScreen::default(), &desk, |bench| bench.press(Named::Enter));
    let [Message::Course(course::Message::ChangeNote(id))] = pressed.as_slice() else { panic!("{pressed:?}") };
    let _ = desk.update(sheet(SheetInput::Open(Opening::Note(Some(*id)))), now());
    let _ = desk.update(sheet(SheetInput::Note(NoteInput::EndNow)), now());
    let [draft] = drafts(desk.update(sheet(SheetInput::Confirm), now())).try_into().unwrap();
    assert_eq!(draft.body["expires"].as_str(), Some("2026-06-08"));
    queue(&mut desk, draft, EntryState::Queued);
    let said = said(&desk);
    assert!(!said.contains("sit to her right") && said.contains("2 expired notes"), "{said}");
}

#[test]
fn an_overdue_promise_says_since_when_and_k_keeps_it() {
    let mut desk = everything();
    let before = said(&desk);
    assert!(before.contains("Overdue since Thursday") && before.contains("Due today"), "{before}");
    assert!(before.contains("1 settled promise") && !before.contains("Ask SIRI"));
    let pressed = at(&PROMISES).show(&CitizenScreen::default(), &desk, |bench| bench.type_key("k"));
    let [Message::Course(course::Message::Kept(id))] = pressed.as_slice() else { panic!("{pressed:?}") };
    let kept = Input::Citizen(CitizenInput::Course(CourseInput::Kept(*id)));
    let [draft] = drafts(desk.update(kept.clone(), now())).try_into().unwrap();
    assert_eq!(draft.body["state"].as_str(), Some("kept"));
    queue(&mut desk, draft, EntryState::Queued);
    assert!(said(&desk).contains("2 settled promises"));
    assert!(drafts(desk.update(kept, now())).is_empty(), "once is enough");
}

#[test]
fn a_promise_is_withdrawn_only_with_words() {
    let mut desk = everything();
    let id = desk.citizen().unwrap().promises.value().unwrap()[0].id;
    let _ = desk.update(sheet(SheetInput::Open(Opening::Settle(id))), now());
    assert!(drafts(desk.update(sheet(SheetInput::Confirm), now())).is_empty());
    assert!(in_sheet(&desk).contains("Say why it no longer holds."));
    let _ = desk.update(sheet(SheetInput::Promise(PromiseInput::Typed("She moved".to_owned()))), now());
    let [draft] = drafts(desk.update(sheet(SheetInput::Confirm), now())).try_into().unwrap();
    assert_eq!((draft.body["state"].as_str(), draft.body["outcome"].as_str()), (Some("withdrawn"), Some("She moved")));
}

#[test]
fn a_promise_is_given_with_a_day_on_a_key() {
    let mut desk = everything();
    let _ = desk.update(sheet(SheetInput::Open(Opening::Promise)), now());
    let _ = desk.update(sheet(SheetInput::Promise(PromiseInput::Typed("We call her".to_owned()))), now());
    assert!(drafts(desk.update(sheet(SheetInput::Confirm), now())).is_empty(), "without a day it is no promise");
    assert!(in_sheet(&desk).contains("Say which day."));
    let keys = sheets::keys(desk.citizen().unwrap(), desk.sheet().unwrap(), Texts::of(Language::English));
    let week = keys.into_iter().find(|key| key.chord == "Alt 7").unwrap();
    let _ = desk.update(week.message, now());
    assert!(in_sheet(&desk).contains("Kept in time through Tue 16 Jun."));
    let [draft] = drafts(desk.update(sheet(SheetInput::Confirm), now())).try_into().unwrap();
    assert_eq!(draft.body["due"].as_str(), Some("2026-06-16"));
    queue(&mut desk, draft, EntryState::Queued);
    assert!(said(&desk).contains("We call her"));
}

#[test]
fn a_change_that_was_refused_says_so_and_what_stands_stays() {
    let mut desk = everything();
    let id = desk.citizen().unwrap().promises.value().unwrap()[0].id;
    let kept = Input::Citizen(CitizenInput::Course(CourseInput::Kept(id)));
    let [draft] = drafts(desk.update(kept, now())).try_into().unwrap();
    let problem = of(json!({ "type": "urn:skranke:problem:conflict", "title": "Conflict", "status": 409 }));
    queue(&mut desk, draft, EntryState::Refused { problem });
    let said = said(&desk);
    assert!(said.contains("Overdue since Thursday") && said.contains("not accepted"), "{said}");
}

#[test]
fn one_list_by_time_holds_contacts_appointments_and_hand_overs() {
    let shown = said(&everything());
    let place = |words: &str| shown.find(words).unwrap_or_else(|| panic!("{words}: {shown}"));
    let order = ["Appointment, counter 4", "Took ticket", "Asked which contract", "Handed over to BIF, reception"];
    assert!(order.windows(2).all(|pair| place(pair[0]) < place(pair[1])), "{shown}");
    assert!(shown.contains("Done by Tove Hjortlund: Test booked for 24 June"));
    let mut desk = everything();
    let mut screen = CitizenScreen::default();
    let narrowed = course::Message::Filter(Some(Kind::Channel(Channel::Phone)));
    let _ = screen.update(Message::Course(narrowed), &desk);
    let texts = Window::english().show(&screen, &desk, |bench| bench.texts().join(" | "));
    assert!(texts.contains("Asked which contract") && !texts.contains("Took ticket"));
    world::page(&mut desk).contacts = Load::Waiting { since: world::before(10) };
    assert!(!said(&desk).contains("No contacts yet"), "unknown is not none");
}

#[test]
fn what_others_did_since_she_was_opened_last_is_marked_and_counted() {
    let mut desk = everything();
    let shown = said(&desk);
    // A case, a note, three contacts and an answer to a hand-over.
    assert!(shown.contains("6 things changed since you last looked, 5 Jun"), "{shown}");
    assert!(shown.contains("You last looked 5 Jun"));
    let controls = Window::english().show(&CitizenScreen::default(), &desk, |bench| bench.controls());
    assert!(control(&controls, case_id(world::case_id(4)).as_str()).name.contains("new since you last looked"));
    assert!(!control(&controls, case_id(world::case_id(2)).as_str()).name.contains("new since"));
    world::page(&mut desk).last_looked = None;
    assert!(!said(&desk).contains("last looked"), "who never looked has nothing to compare with");
}

#[test]
fn a_hand_over_unfolds_its_card() {
    let desk = everything();
    let mut screen = CitizenScreen::default();
    let id = desk.citizen().unwrap().handovers.value().unwrap()[0].id;
    let _ = screen.update(Message::Course(course::Message::Card(id)), &desk);
    let texts = Window::english().show(&screen, &desk, |bench| bench.texts().join(" | "));
    assert!(texts.contains("Missing: Passport") && texts.contains("Which language? Polish"), "{texts}");
}

#[test]
fn every_source_can_be_asked_again_by_itself() {
    let mut desk = everything();
    let screen = CitizenScreen { source: 1, ..CitizenScreen::default() };
    let pressed = at(&SOURCES).show(&screen, &desk, |bench| bench.press(Named::Enter));
    let [Message::Page(CitizenInput::AskDepartment(department))] = pressed.as_slice() else { panic!("{pressed:?}") };
    assert_eq!(department.as_str(), "buf");
    let _ = desk.update(Input::Citizen(CitizenInput::AskDepartment(department.clone())), now());
    assert!(desk.citizen().unwrap().sources[1].waiting);
    let controls = Window::english().show(&screen, &desk, |bench| bench.controls());
    assert!(control(&controls, "citizen/sources/buf").state.busy);
    // What is withheld is not asked again; its place opens it in an emergency.
    let screen = CitizenScreen { source: 0, ..CitizenScreen::default() };
    let withheld =
        desk.citizen().unwrap().sources.iter().position(|source| source.department.as_str() == "sof").unwrap();
    let screen = CitizenScreen { source: withheld, ..screen };
    let pressed = at(&SOURCES).show(&screen, &desk, |bench| bench.press(Named::Enter));
    assert!(
        !pressed.iter().any(|message| matches!(message, Message::Page(CitizenInput::AskDepartment(_)))),
        "{pressed:?}"
    );
}

#[test]
fn of_872_cases_few_are_drawn_and_every_one_is_reached_by_keyboard() {
    let mut desk = world::heavy(872);
    let mut screen = CitizenScreen::default();
    let rows = |screen: &CitizenScreen, desk: &Desk| {
        let controls = Window::english().show(screen, desk, |bench| bench.controls());
        controls
            .into_iter()
            .filter(|one| one.id.as_str().starts_with("citizen/cases/") && one.role == crate::focus::Role::ListItem)
            .count()
    };
    assert!((20..70).contains(&rows(&screen, &desk)), "{}", rows(&screen, &desk));
    let mut seen = std::collections::HashSet::new();
    for _ in 0..872 {
        seen.insert(desk.citizen().unwrap().selected);
        match screen.update(Message::Step(Step::Next), &desk) {
            Action::Both(input, _) => drop(desk.update(input, now())),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(seen.len(), 872);
}

#[test]
fn who_may_act_for_her_is_told_before_it_ends_and_after() {
    let acts = |until: &str| {
        let mut desk = everything();
        let mut other = world::identity();
        other["representations"][0]["until"] = json!(until);
        world::page(&mut desk).identity = known(of(other));
        said(&desk)
    };
    assert!(acts("2026-06-30").contains("Power of attorney, ends 30 Jun 2026"));
    assert!(acts("2026-06-01").contains("Power of attorney, ended 1 Jun 2026"));
    assert!(acts("2026-12-31").contains("Power of attorney to 31 Dec 2026"));
}

#[test]
fn somebody_who_may_be_the_same_person_is_named_with_the_way_to_her() {
    let mut desk = everything();
    let mut other = world::identity();
    other["duplicates"] = json!([{
        "citizen": world::case_id(70), "givenName": "Karolina", "surname": "Wrona", "cprMasked": "721190-••••", "age": 35,
        "address": { "view": "unknown" }, "status": "resident", "case": null,
    }]);
    world::page(&mut desk).identity = known(of(other));
    assert!(said(&desk).contains("Perhaps the same person: Karolina Wrona, 721190-••••, 35 years."));
}

/// The texts of the open sheet.
fn in_sheet(desk: &Desk) -> String {
    over(desk, |bench| bench.texts().join(" | "))
}

fn sheet_controls(desk: &Desk) -> Vec<ControlInfo> {
    over(desk, |bench| bench.controls())
}

fn over<T>(desk: &Desk, check: impl FnOnce(&mut Bench<'_, Input>) -> T) -> T {
    let window = Window::english();
    let look = window.look();
    let view = sheets::view(Scene { look: &look, desk }).unwrap();
    check(&mut Bench::new(view, window.size))
}

fn draw_sheet(window: &Window, desk: &Desk, name: &str) {
    let look = window.look();
    let scene = Scene { look: &look, desk };
    let page = CitizenScreen::default().view(scene).map(|_| Input::Back);
    let view = modal_at(&look, page, sheets::view(scene), Lies::Centre, None);
    Bench::new(view, window.size).draw(1.0, window.theme).save(&pictures().join(format!("{name}.png")));
}

#[test]
fn the_course_is_drawn_in_its_states_for_the_eye() {
    let screen = CitizenScreen::default();
    let window = Window::english();
    world_of_pictures(&screen, &window);
    let mut desk = everything();
    let _ = desk.update(sheet(SheetInput::Open(Opening::Note(None))), now());
    for (theme, language, name) in
        [(ThemeName::Light, Language::English, "sheet-note"), (ThemeName::Dark, Language::Danish, "sheet-note-dark-da")]
    {
        draw_sheet(
            &Window { theme, language, focus: Focus::on("citizen/sheet/note/text"), ..window.clone() },
            &desk,
            name,
        );
    }
    let id = desk.citizen().unwrap().notes.value().unwrap()[1].id;
    let _ = desk.update(sheet(SheetInput::Open(Opening::Note(Some(id)))), now());
    draw_sheet(&window, &desk, "sheet-note-change");
    let _ = desk.update(sheet(SheetInput::Open(Opening::Promise)), now());
    let _ = desk.update(sheet(SheetInput::Confirm), now());
    draw_sheet(&window, &desk, "sheet-promise");
    draw_sheet(&Window { language: Language::Danish, ..window.clone().narrow() }, &desk, "sheet-promise-narrow-da");
    let id = desk.citizen().unwrap().promises.value().unwrap()[0].id;
    let _ = desk.update(sheet(SheetInput::Open(Opening::Settle(id))), now());
    draw_sheet(&window, &desk, "sheet-settle");
}

fn world_of_pictures(screen: &CitizenScreen, window: &Window) {
    let heavy = world::heavy(872);
    window.draw(screen, &heavy, "citizen-872");
    let mut desk = everything();
    let page = world::page(&mut desk);
    let mut identity = world::identity();
    identity["adviser"] = json!("Signe Aabo, SOF");
    identity["exemptFromDigitalPost"] = json!(true);
    identity["representations"][0]["until"] = json!("2026-06-30");
    identity["duplicates"] = json!([{
        "citizen": world::case_id(70), "givenName": "Karolina", "surname": "Wrona", "cprMasked": "721190-••••", "age": 35,
        "address": { "view": "unknown" }, "status": "resident", "case": null,
    }]);
    page.identity = known(of(identity));
    page.visit.verified = skranke_domain::contact::Verified::Questions;
    for n in [Opening::Note(None), Opening::Promise] {
        let _ = desk.update(sheet(SheetInput::Open(n.clone())), now());
        let (typed, day) = match n {
            Opening::Note(_) => (
                SheetInput::Note(NoteInput::Typed("Comes with her sister on Friday.".to_owned())),
                SheetInput::Note(NoteInput::Expires("+7".to_owned())),
            ),
            _ => (
                SheetInput::Promise(PromiseInput::Typed("Call before Friday".to_owned())),
                SheetInput::Promise(PromiseInput::In(3)),
            ),
        };
        let _ = desk.update(sheet(typed), now());
        let _ = desk.update(sheet(day), now());
        let [draft] = drafts(desk.update(sheet(SheetInput::Confirm), now())).try_into().unwrap();
        queue(&mut desk, draft, EntryState::Queued);
    }
    desk.session.line = Line::Down { since: now() };
    assert!(desk.pending.deeds(desk.citizen().unwrap().id).any(|(deed, _)| deed == Deed::PromiseGiven));
    let full = CitizenScreen { facts: true, ..CitizenScreen::default() };
    for (size, name) in
        [((1440.0, 900.0), "1440"), ((1024.0, 768.0), "1024"), ((960.0, 600.0), "960"), ((1920.0, 1080.0), "1920")]
    {
        let window = Window { size: Size::new(size.0, size.1), focus: Focus::on(PROMISES), ..window.clone() };
        window.draw(screen, &desk, &format!("course-{name}"));
        window.draw(&full, &desk, &format!("course-facts-{name}"));
    }
    let mut folded = CitizenScreen { side_turned: false, ..CitizenScreen::default() };
    for message in [course::Message::Expired, course::Message::Settled, course::Message::Choosing] {
        let _ = folded.update(Message::Course(message), &desk);
    }
    let tall = Window {
        size: Size::new(1440.0, 1700.0),
        theme: ThemeName::Dark,
        language: Language::Danish,
        ..window.clone()
    };
    tall.draw(&folded, &desk, "course-tall-dark-da");
    let mut waiting = everything();
    let page = world::page(&mut waiting);
    page.notes = Load::Waiting { since: world::before(400) };
    page.promises = Load::Failed { error: dead(), at: now() };
    page.contacts = Load::Waiting { since: world::before(400) };
    page.handovers = Load::Failed { error: dead(), at: now() };
    window.draw(screen, &waiting, "course-waiting");
}
