//! The clerk's job from the first key to the next morning, through the window's real program: keys and clicks, never messages. The server
//! behind it is real, and so is the outbox.

use std::sync::Arc;

use skranke::api::cases::{HistoryKind, ItemChange};
use skranke::desk::Place;
use skranke::desk::citizen::Reveal;
use skranke::domain::CommandId;
use skranke::domain::authority::Role;
use skranke::domain::checklist::{ItemAction, ItemState};
use skranke::ui::Launch;

use crate::support::line::{Fate, Line};
use crate::support::town::{Town, purpose};
use crate::support::window::{english, launch, person, sit_down, zone};
use crate::support::{PATIENCE, SHOWCASE};

const REGISTRATION: &str = "cpr-eu-employee";

fn open(state: ItemState) -> bool {
    matches!(state, ItemState::Missing | ItemState::Requested | ItemState::Received)
}

#[test]
fn she_finds_a_citizen_judges_her_papers_books_and_finds_everything_again_the_next_morning() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));

    ida.open_showcase().open_case(REGISTRATION);
    ida.read_word("case-not-ready");
    let before = ida.desk().case().unwrap().readiness(&ida.desk().pending).unwrap();

    let approved = ida.choose_item(|_, state| state == ItemState::Received);
    ida.press(&["a"]);
    ida.item_becomes(&approved, ItemState::Approved);
    let settled = ida.sentence(
        "case-settled",
        &[("settled", i64::from(before.settled + 1).into()), ("all", i64::from(before.applicable).into())],
    );
    ida.read(&settled);

    let rejected = ida.choose_item(|_, state| state == ItemState::Missing);
    ida.press(&["x"]).read_word("reason-field").type_text("Oversættelsen mangler stempel").press(&["Ctrl+Enter"]);
    ida.until("the dialog closes", |desk| desk.case().unwrap().dialog.is_none());
    ida.read("Oversættelsen mangler stempel");

    let not_needed = ida.choose_item(|id, state| *id != rejected && *id != approved && open(state));
    ida.press(&["u"]).read_word("reason-field").type_text("Ikke relevant her").press(&["Ctrl+Enter"]);
    ida.until("the dialog closes", |desk| desk.case().unwrap().dialog.is_none());
    let expected =
        [(approved, ItemState::Approved), (rejected, ItemState::Rejected), (not_needed, ItemState::NotApplicable)];
    for (id, state) in &expected {
        ida.item_becomes(id, *state);
    }
    ida.everything_sent();

    // Another case that somebody must come for: the first free time, by keys alone.
    let case = town.run(crate::contract::bookable(&town));
    ida.press(&["Ctrl+2"]);
    ida.choose_case(case.row.procedure.as_str()).press(&["b"]);
    ida.until("three free times", |desk| {
        desk.place() == Place::Calendar && desk.calendar.as_ref().is_some_and(|page| page.booking.is_some())
    });
    ida.read_word("booking-not-sent").press(&["f"]);
    ida.books_the_first_time();
    ida.until("an appointment of hers", |desk| {
        let hers = desk.citizen().unwrap().appointments.value();
        desk.pending.count() == 0 && hers.is_some_and(|hers| hers.items.iter().any(|a| a.cases.contains(&case.row.id)))
    });
    let booked =
        town.run(async { town.api(Role::Clerk).case(case.row.id, &purpose()).await.unwrap().value.row.attendance });
    // She is booked for this morning already; the new time stands after that one, and in the calendar with her name.
    let time = ida.texts.time(booked.expect("a booked attendance").to_zoned(zone()).time());
    ida.offered(&time).offered("K. Wrona");
    let one_more = ida.sentence("citizen-appointments-later", &[("count", 1.into())]);
    ida.press(&["Ctrl+2"]).read(&one_more);

    // The next morning.
    ida.driver.close();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.open_showcase().read(&one_more);
    ida.open_case(REGISTRATION);
    for (id, state) in &expected {
        assert!(ida.items().contains(&(id.clone(), *state)), "{id} is still {state:?}");
    }
    let history = town
        .run(async { town.api(Role::Clerk).case(town.registration().await, &purpose()).await.unwrap().value.history });
    let judged =
        history.iter().filter(|line| line.kind == HistoryKind::Item && line.by.as_deref() == Some("Ida Mellemgaard"));
    assert_eq!(judged.filter(|line| line.command.is_some()).count(), 3);
}

#[test]
fn a_colleague_at_another_window_sees_it_without_asking() {
    let town = Town::quiet();
    let (hers, his) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut ida = sit_down(launch(&town, hers.path(), Role::Clerk, english()));
    let mut mette = sit_down(launch(&town, his.path(), Role::Caseworker, english()));
    ida.open_showcase().open_case(REGISTRATION);
    mette.open_showcase().open_case(REGISTRATION);
    let item = ida.choose_item(|_, state| state == ItemState::Received);
    ida.press(&["a"]).item_becomes(&item, ItemState::Approved);
    mette.item_becomes(&item, ItemState::Approved);
    mette.read("Ida Mellemgaard");
}

#[test]
fn a_colleague_who_was_first_is_not_overwritten_and_nothing_typed_is_lost() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    // Her line brings no news, so that she judges what is no longer so.
    let line = Line::to(&town.base_url);
    line.will(Fate::NoNews);
    let doorway = Arc::new(town.doorway_at(&line.url));
    let mut ida = sit_down(Launch { doorway, ..launch(&town, profile.path(), Role::Clerk, english()) });
    ida.open_showcase().open_case(REGISTRATION);
    let item = ida.choose_item(|_, state| state == ItemState::Received);
    town.run(async {
        let api = town.api(Role::Caseworker);
        let case = api.case(town.registration().await, &purpose()).await.unwrap().value;
        let seen = case.items.iter().find(|i| i.id == item).unwrap();
        let change = ItemChange { action: ItemAction::Approve, reason: None };
        api.change_item(CommandId::new(), case.row.id, &item, &seen.etag, &change).await.unwrap();
    });
    ida.press(&["x"]).read_word("reason-field").type_text("Underskrift mangler").press(&["Ctrl+Enter"]);
    ida.until("the refusal", |desk| desk.pending.refused() == 1);
    // What stands now and what she typed, side by side, and nothing chosen for her.
    ida.read("Underskrift mangler").read_word("conflict-all-mine").read_word("conflict-later").read("Mette Brunsgaard");
    assert!(ida.desk().case().unwrap().conflict.as_ref().unwrap().picks.is_empty(), "nothing is chosen for her");
    let stands = town.run(async {
        let case = town.api(Role::Caseworker).case(town.registration().await, &purpose()).await.unwrap().value;
        case.items.into_iter().find(|i| i.id == item).unwrap().state
    });
    assert_eq!(stands, ItemState::Approved, "the colleague's word stands until she decides");
    let mine = ida.word("conflict-all-mine");
    ida.driver.click_text(&mine).unwrap();
    ida.press(&["Ctrl+Enter"]);
    ida.item_becomes(&item, ItemState::Rejected).everything_sent().read("Underskrift mangler");
}

#[test]
fn a_cpr_number_is_shown_for_ten_seconds_on_v_and_hidden_again_by_the_same_key() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.open_showcase();
    assert!(ida.driver.sees("721190-••••"), "masked by default");
    ida.press(&["v"]);
    ida.until("the number", |desk| matches!(desk.citizen().unwrap().reveal, Reveal::Shown(_)));
    let shown = match &ida.desk().citizen().unwrap().reveal {
        Reveal::Shown(shown) => shown.value.clone(),
        other => panic!("{other:?}"),
    };
    ida.read(&shown).press(&["v"]);
    ida.driver.wait_gone(&shown, PATIENCE).unwrap();
    ida.read_word("citizen-protected");
}

#[test]
fn a_wrong_cpr_number_gets_a_sentence_beside_the_field_and_nothing_is_sent() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    let searches = |town: &Town| {
        town.run(async {
            let log = town.api(Role::TeamLeader).audit(&skranke::client::AuditQuery::default(), None).await.unwrap();
            log.items
                .iter()
                .filter(|r| r.action == skranke::api::audit::AuditAction::Search && r.role == Role::Clerk)
                .count()
        })
    };
    ida.press(&["Ctrl+K"]).type_text("721190-12");
    let partial = ida.sentence("palette-cpr-partial", &[("missing", 2.into())]);
    ida.read(&partial).press(&["Escape", "Ctrl+K"]).type_text("992299-1234");
    ida.read_word("palette-cpr-no-date");
    assert_eq!(searches(&town), 0);
}

#[test]
fn the_first_hits_appear_while_she_types_and_say_who_without_a_number() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.press(&["Ctrl+K"]).type_text("wro").offered("Wrona, Kalina");
    ida.driver.type_text("na danuta");
    let gone = |seen: &skranke::ui::headless::Seen| !seen.text.contains("Wrona, Kalina");
    ida.driver.pump(|window| window.seen().iter().all(gone), PATIENCE).unwrap();
    ida.press(&["Escape"]);
    assert!(ida.desk().finder.is_none());
    // The reason is one key away, and "another reason" wants words before anybody is opened.
    ida.press(&["Ctrl+K"]).type_text("wrona kal").offered("Wrona, Kalina");
    ida.press(&["Alt+P", "Alt+P", "Alt+P", "Alt+P"]).read_word("palette-note-hint");
    let finder = ida.desk().finder.as_ref().unwrap();
    assert_eq!((finder.typed.as_str(), ida.desk().citizen().is_none()), ("wrona kal", true), "a command types nothing");
}

#[test]
fn in_training_one_department_is_late_one_is_down_one_is_withheld_and_the_page_says_so() {
    let town = Town::usual();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.press(&["Ctrl+K"])
        .type_text("wrona kal")
        .offered("Wrona, Kalina")
        .press(&["Enter"])
        .says_why_if_asked()
        .read(SHOWCASE);
    ida.until("the quick departments", |desk| {
        desk.citizen().is_some_and(|page| page.sources.iter().filter(|source| !source.waiting).count() >= 7)
    });
    assert!(ida.desk().citizen().unwrap().sources.iter().any(|source| source.waiting), "the late one is still awaited");
    ida.until("all departments", |desk| desk.citizen().unwrap().sources.iter().all(|source| !source.waiting));
    ida.read_word("source-no-access");
    ida.read("BIF");
    let seen = ida.driver.texts().join("\n");
    let down =
        [ida.sentence("source-stale", &[("time", "09:12".into())]), ida.word("citizen-source-unknown-not-absent")];
    assert!(down.iter().any(|words| seen.contains(words.as_str())), "{down:?} in {seen}");
    assert!(!seen.contains(&ida.word("citizen-no-cases")));
}

#[test]
fn what_she_set_up_survives_the_night() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.press(&["Ctrl+D", "Ctrl++", "Ctrl++"]);
    ida.press(&["Ctrl+K"]).type_text(">dansk").press(&["Enter"]);
    ida.read(&skranke::ui::i18n::Texts::of(skranke::ui::i18n::Language::Danish).t("nav-calendar"));
    ida.press(&["Ctrl+K"]).type_text(">mørk").press(&["Enter"]);
    let file = profile.path().join("settings.toml");
    ida.driver.pump(|_| std::fs::read_to_string(&file).is_ok_and(|text| text.contains("dark")), PATIENCE).unwrap();
    let set = ida.desk().settings.clone();
    assert_eq!(set.text_percent, 120);
    ida.driver.close();
    let ida = sit_down(launch(&town, profile.path(), Role::Clerk, person(skranke::desk::settings::Language::En)));
    assert_eq!(ida.desk().settings, set);
}

#[test]
fn another_persona_sees_another_desk() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.open_showcase();
    let withheld =
        |desk: &skranke::desk::Desk| desk.citizen().unwrap().rows().any(|row| row.case.department.as_str() == "sof");
    assert!(!withheld(ida.desk()));
    ida.press(&["Ctrl+P"]).read_word("persona-title");
    let caseworker = format!("{}. {}", ida.word("role-caseworker"), ida.word("role-caseworker-what"));
    ida.driver.click_text(&caseworker).unwrap();
    ida.until("the caseworker", |desk| desk.session.me.value().is_some_and(|me| me.role == Role::Caseworker));
    assert!(ida.desk().citizen().is_none(), "nothing of the clerk's lies on the caseworker's desk");
    ida.open_showcase();
    assert!(withheld(ida.desk()));
}

#[test]
fn enter_right_after_the_last_letter_opens_who_was_typed_and_nobody_found_before() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    // Something else was found by the first letters, and stands there still when Enter comes.
    ida.press(&["Ctrl+K"]).type_text("thestrup").offered("Thestrup, Verner");
    for _ in 0.."thestrup".len() {
        ida.press(&["Backspace"]);
    }
    ida.type_text("wrona kal").press(&["Enter"]).says_why_if_asked();
    ida.until("somebody is open", |desk| desk.citizen().is_some_and(|page| page.identity.value().is_some()));
    assert_eq!(ida.desk().citizen().unwrap().full_name(), SHOWCASE);
}
