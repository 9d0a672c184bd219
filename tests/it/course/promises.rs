//! Promises that are overdue, and kept.

use skranke::domain::authority::Role;
use skranke::domain::note::PromiseState;
use skranke::server::training::page::OVERDUE;

use crate::support::town::{Town, purpose};
use crate::support::window::{english, launch, sit_down};
use crate::support::{PATIENCE, SHOWCASE};

#[test]
fn an_overdue_promise_is_seen_and_kept() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.open_citizen(SHOWCASE);
    let (promise, due) = {
        let known = ida.desk().citizen().unwrap().promises.value().unwrap();
        let first = known.first().expect("a promise");
        assert_eq!(first.text, OVERDUE, "what is overdue stands first");
        (first.id, first.due)
    };
    let day = ida.texts.weekday_long(due);
    let overdue = ida.sentence("citizen-promise-overdue", &[("day", day.into())]);
    ida.read(OVERDUE).read(&overdue);

    let state = || {
        town.run(async {
            let all = town.api(Role::Caseworker).promises(town.showcase().await, &purpose()).await.unwrap();
            all.items.into_iter().find(|one| one.id == promise).expect("it stays to be seen").state
        })
    };
    assert_eq!(state(), PromiseState::Open);
    ida.tab_to("citizen/promises").press(&["k"]);
    ida.driver.wait_gone(&overdue, PATIENCE).unwrap();
    ida.arrives("it is kept", || state() == PromiseState::Kept);
    assert!(!ida.driver.sees(&overdue));
    // The next morning it is still settled.
    ida.driver.close();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.open_citizen(SHOWCASE);
    assert!(!ida.driver.sees(&overdue));
}
