//! Two clients at once, and a client that is killed between the key and the answer: nothing lost, nothing made twice. Against the real
//! binaries, over a line that breaks where it hurts most.

use std::sync::OnceLock;

use serde_json::Value;
use skranke::domain::authority::Role;
use skranke::ui::i18n::{Language, Texts};

use crate::support::SHOWCASE;
use crate::support::line::{Fate, Line};
use crate::support::process::{Running, Server, play, play_at};
use crate::support::raw::Raw;
use crate::support::town::Town;

const CASE: &str = "CPR number: EU citizen, employee";
const PAPER: &str = "Passport or national ID card";

fn words() -> &'static Texts {
    Texts::of(Language::English)
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// The number of the case that these tests change: the same in every town.
fn case_number() -> &'static str {
    static NUMBER: OnceLock<String> = OnceLock::new();
    NUMBER.get_or_init(|| {
        let town = Town::quiet();
        let cases = town.run(town.showcase_cases(Role::Clerk));
        cases.into_iter().find(|case| case.procedure.as_str() == "cpr-eu-employee").expect("her registration").number
    })
}

/// The keys that lead to the passport of the citizen that every town has, in her registration: the number finds the case.
fn to_the_checklist() -> String {
    [
        "key Ctrl+K".to_owned(),
        format!("type {}", quoted(case_number())),
        format!("wait-for {} within 60s", quoted(SHOWCASE)),
        "key Enter".to_owned(),
        // She is protected: it is asked why, and the first answer fits.
        format!("expect {} within 60s", quoted(&words().t("need-title"))),
        "key Enter".to_owned(),
        format!("expect {} within 60s", quoted(CASE)),
        format!("expect {} within 60s", quoted(&words().t("case-not-ready"))),
        format!("click {}", quoted(PAPER)),
    ]
    .join("\n")
}

fn unsent() -> String {
    words().with("slab-unsent", &[("count", 1.into())])
}

/// What the server knows of changes to papers: the records of its log.
fn changes(server: &Server) -> Vec<Value> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let leader = Raw::new(&server.url, Some(&server.token("teamLeader")));
        let log = leader.get("/v1/audit?limit=200").await.fine();
        let records = log["items"].as_array().unwrap().clone();
        records.into_iter().filter(|record| record["action"] == "change_item").collect()
    })
}

/// The history of the case that was changed, as far as commands made it.
fn history(server: &Server, case: &str) -> Vec<Value> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let leader = Raw::new(&server.url, Some(&server.token("caseworker")));
        let view = leader.open(&format!("/v1/cases/{case}")).await.fine();
        let lines = view["history"].as_array().unwrap().clone();
        lines.into_iter().filter(|line| line["command"].is_string()).collect()
    })
}

/// Presses approve while the line does its worst, is killed, starts again: made exactly once.
fn killed_while(fate: Fate, end: impl FnOnce(Running, &mut Line)) {
    let server = Server::start();
    let mut line = Line::to(&server.url);
    let home = tempfile::tempdir().unwrap();
    line.will(fate);
    let script = format!(
        "{}\nkey O\nexpect {} within 30s\nlog \"pressed\"\nexpect \"the end of the day\" within 300s\n",
        to_the_checklist(),
        quoted(&unsent()),
    );
    let mut window = Running::start(&mut play_at(home.path(), &script, &line.url, &server.tokens));
    window.says("pressed");
    end(window, &mut line);
    let made_before = changes(&server);
    assert_eq!(
        made_before.len(),
        usize::from(fate == Fate::AnswerLost),
        "the line did what it should: {}",
        line.what()
    );

    line.will(Fate::Passes);
    let again = format!("{}\nexpect-not {} within 60s\nlog \"sent\"\n", to_the_checklist(), quoted(&unsent()),);
    let ended = Running::start(&mut play_at(home.path(), &again, &line.url, &server.tokens)).end();
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    let made = changes(&server);
    assert_eq!(made.len(), 1, "exactly once: {made:?}");
    let case = made[0]["case"].as_str().unwrap();
    let lines = history(&server, case);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert_eq!((&lines[0]["command"], &lines[0]["state"]), (&made[0]["command"], &Value::from("missing")));

    // A third start finds nothing left to send.
    let ended = Running::start(&mut play_at(home.path(), &again, &line.url, &server.tokens)).end();
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    assert_eq!(changes(&server).len(), 1);
}

#[test]
fn killed_before_the_change_arrived_it_is_sent_on_the_next_start_once() {
    killed_while(Fate::RequestLost, |window, line| {
        assert_eq!(line.lost(), Fate::RequestLost);
        window.kill();
    });
}

#[test]
fn killed_after_the_change_was_made_and_before_the_answer_it_is_not_made_twice() {
    killed_while(Fate::AnswerLost, |window, line| {
        assert_eq!(line.lost(), Fate::AnswerLost);
        window.kill();
    });
}

const NOTE: &str = "Vil have svar pr. brev";
const LINE: &str = "Spurgte om indrejsen";

/// The keys that lead to the page of the citizen that every town has, until everything of it is there.
fn to_her_page() -> String {
    [
        "key Ctrl+K".to_owned(),
        // In small letters, so that what is typed is not taken for who is found.
        format!("type {}", quoted(&SHOWCASE.to_lowercase())),
        format!("wait-for {} within 60s", quoted(SHOWCASE)),
        "key Enter".to_owned(),
        // She is protected: it is asked why, and the first answer fits.
        format!("expect {} within 60s", quoted(&words().t("need-title"))),
        "key Enter".to_owned(),
        format!("expect {} within 60s", quoted(CASE)),
        format!("expect {} within 60s", quoted(skranke::server::training::page::OVERDUE)),
    ]
    .join("\n")
}

/// How many of the things at a path carry a text, as a colleague reads them.
fn carrying(server: &Server, list: impl Fn(&str) -> String, text: &str) -> usize {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let colleague = Raw::new(&server.url, Some(&server.token("caseworker")));
        let search = serde_json::json!({
            "kind": "name", "query": SHOWCASE, "purpose": { "kind": "ticket" }, "session": skranke::domain::SessionId::new(), "limit": 1,
        });
        let found = colleague.send(reqwest::Method::POST, "/v1/citizens/search", &[], &search).await.fine();
        let citizen = found["hits"][0]["citizen"].as_str().unwrap().to_owned();
        let all = colleague.open(&list(&citizen)).await.fine();
        let items = all["items"].as_array().unwrap();
        items.iter().filter(|item| item["text"].as_str() == Some(text) || item["text"]["da"].as_str() == Some(text)).count()
    })
}

/// Writes something on her page while the line does its worst, is killed, starts again: written exactly once.
fn written_once(fate: Fate, keys: &str, list: impl Fn(&str) -> String, text: &str) {
    let server = Server::start();
    let mut line = Line::to(&server.url);
    let home = tempfile::tempdir().unwrap();
    line.will(fate);
    let script = format!(
        "{}\n{keys}\nexpect {} within 30s\nlog \"written\"\nexpect \"the end of the day\" within 300s\n",
        to_her_page(),
        quoted(&unsent()),
    );
    let mut window = Running::start(&mut play_at(home.path(), &script, &line.url, &server.tokens));
    window.says("written");
    assert_eq!(line.lost(), fate);
    window.kill();
    assert_eq!(carrying(&server, &list, text), usize::from(fate == Fate::AnswerLost), "the line did what it should");

    line.will(Fate::Passes);
    let again = format!("{}\nexpect-not {} within 60s\n", to_her_page(), quoted(&unsent()));
    for start in ["the next start", "the one after it"] {
        let ended = Running::start(&mut play_at(home.path(), &again, &line.url, &server.tokens)).end();
        assert_eq!(ended.code(), Some(0), "{start}: {ended:?}");
        assert_eq!(carrying(&server, &list, text), 1, "{start}");
    }
}

#[test]
fn killed_with_a_note_on_its_way_the_note_is_written_once() {
    let keys = format!("key N\ntype {}\nkey Ctrl+Enter", quoted(NOTE));
    for fate in [Fate::RequestLost, Fate::AnswerLost] {
        written_once(fate, &keys, |citizen| format!("/v1/citizens/{citizen}/notes"), NOTE);
    }
}

#[test]
fn killed_with_a_contact_on_its_way_the_contact_is_registered_once() {
    let keys = format!("key W\nkey 1\nkey T\ntype {}\nkey Ctrl+Enter", quoted(LINE));
    for fate in [Fate::RequestLost, Fate::AnswerLost] {
        written_once(fate, &keys, |citizen| format!("/v1/contacts?citizen={citizen}&limit=100"), LINE);
    }
}

#[test]
fn a_process_that_ends_itself_in_the_middle_loses_nothing_either() {
    let server = Server::start();
    let line = Line::to(&server.url);
    line.will(Fate::RequestLost);
    let home = tempfile::tempdir().unwrap();
    let script = format!("{}\nkey O\nexpect {} within 30s\nkill\n", to_the_checklist(), quoted(&unsent()));
    let ended = Running::start(&mut play_at(home.path(), &script, &line.url, &server.tokens)).end();
    assert_eq!(ended.code(), None, "ended by a signal, not by its own hand: {ended:?}");
    assert!(changes(&server).is_empty());
    line.will(Fate::Passes);
    let again = format!("{}\nexpect-not {} within 60s\n", to_the_checklist(), quoted(&unsent()));
    let ended = Running::start(&mut play_at(home.path(), &again, &line.url, &server.tokens)).end();
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    assert_eq!(changes(&server).len(), 1);
}

#[test]
fn a_second_client_sees_the_first_ones_edit_without_asking() {
    let home = tempfile::tempdir().unwrap();
    let reopened = words().t("state-missing").to_lowercase();
    let line = words().with("history-item", &[("item", PAPER.into()), ("state", reopened.into())]);
    let watch = format!(
        "{}\nexpect-not {line} within 5s\nlog \"looking\"\nexpect {line} within 60s\nlog \"seen\"\n",
        to_the_checklist(),
        line = quoted(&line),
    );
    let work = format!("{}\nkey O\nlog \"pressed\"\nexpect \"the end of the day\" within 300s\n", to_the_checklist());
    let mut watching = Running::start(&mut play(home.path(), &watch));
    watching.says("looking");
    let mut working = Running::start(&mut play(home.path(), &work));
    working.says("pressed");
    watching.says("seen");
    let watched = watching.end();
    assert_eq!(watched.code(), Some(0), "{watched:?}");
    working.kill();
}

#[test]
fn when_the_serving_client_ends_a_survivor_serves_the_same_municipality() {
    let home = tempfile::tempdir().unwrap();
    // The first window serves until the second one looks; then the second is alone and still finds the citizen and opens the case.
    let serve = format!("{}\nlog \"looking\"\nexpect \"the end of the day\" within 300s\n", to_the_checklist());
    let survive = format!("log \"looking\"\n{}\nlog \"alive\"\n", to_the_checklist());
    let mut serving = Running::start(&mut play(home.path(), &serve));
    serving.says("looking");
    let mut surviving = Running::start(&mut play(home.path(), &survive));
    surviving.says("looking");
    serving.kill();
    surviving.says("alive");
    let survived = surviving.end();
    assert_eq!(survived.code(), Some(0), "{survived:?}");
}
