//! Thousands of writes over a line that does its worst: the client's own outbox and sender, the real server, exactly once each.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use skranke::api::notes::{NoteChange, NoteRequest};
use skranke::api::{ETag, paths};
use skranke::client::endpoint::{Endpoint, Fixed, Secret};
use skranke::client::outbox::{Author, Basis, Deed, Draft, FieldKey, Label, Outbox, Pace, Place, Sender};
use skranke::client::{CaseApi, KeyPlace, Limits};
use skranke::domain::authority::Role;
use skranke::domain::note::NoteKind;
use skranke::domain::{CitizenId, NoteId};

use super::storm::Storm;
use super::{Dice, Office, runtime, seed, until};

fn label(deed: Deed, text: &str) -> Label {
    Label::Deed { citizen_name: String::new(), deed, about: None, text: text.to_owned() }
}

/// Writes `count` changes: half of them new notes, half of them changes of those, in an order by the seed.
fn every_write_is_made_exactly_once(count: usize, on: usize) {
    let seed = seed();
    let office = Office::open();
    let storm = Storm::to(&office.url(), seed);
    let profile = tempfile::tempdir().unwrap();
    let runtime = runtime();
    let began = Instant::now();
    let expected = runtime.block_on(async {
        let citizens = office.citizens(on).await;
        let endpoint = Endpoint::new(&storm.url, Secret::new(office.token("clerk"))).unwrap();
        let limits = Limits { pause: (Duration::from_millis(1), Duration::from_millis(5)), ..Limits::default() };
        let api = CaseApi::with_limits(Arc::new(Fixed::new(endpoint)), Role::Clerk, limits);
        let person = api.me().await.unwrap().id;
        let key = KeyPlace::TrainingFile(profile.path().join("training.key"));
        let outbox = Outbox::open(profile.path(), &key, person).unwrap().outbox;

        let mut dice = Dice::new(seed);
        let mut expected: HashMap<CitizenId, Vec<String>> = HashMap::new();
        let mut drafts = Vec::new();
        for n in 0..count / 2 {
            let citizen = citizens[usize::try_from(dice.below(citizens.len() as u64)).unwrap()];
            let author = Author { person, citizen, at: Timestamp::now() };
            let id = NoteId::new();
            let (first, last) = (format!("note {n}, first"), format!("note {n}, last"));
            let request = NoteRequest { id, kind: NoteKind::Plain, text: first.clone(), expires: None };
            let place = Place { resource: paths::note(citizen, id), posted_to: paths::notes(citizen) };
            drafts.push(Draft::create(author, place, &request, label(Deed::NoteWritten, &first)).unwrap());
            // What it is based on is not there yet: behind the note in the outbox it waits for it.
            let change = NoteChange { kind: NoteKind::Plain, text: last.clone(), expires: None };
            let path = (paths::note(citizen, id), FieldKey::new("note"));
            let basis = Basis::Version(ETag::of_version(1));
            drafts.push(Draft::change(author, path, basis, &change, label(Deed::NoteChanged, &last)).unwrap());
            expected.entry(citizen).or_default().push(last);
        }
        let (tell, mut news) = tokio::sync::mpsc::channel(64);
        tokio::spawn(async move { while news.recv().await.is_some() {} });
        let pace = Pace { at_once: 4, pause: (Duration::from_millis(1), Duration::from_millis(20)) };
        let sending = tokio::spawn(Sender::run_at(pace, outbox.clone(), api, tell));
        for some in drafts.chunks(50) {
            let (outbox, some) = (outbox.clone(), some.to_vec());
            tokio::task::spawn_blocking(move || outbox.enqueue_all(some).unwrap()).await.unwrap();
        }
        until("the end of the outbox", || outbox.list().is_empty()).await;
        sending.abort();
        expected
    });
    let took = began.elapsed();
    runtime.block_on(async {
        for (citizen, texts) in &expected {
            let there = office.notes(*citizen).await;
            for text in texts {
                assert_eq!(there.get(text), Some(&1), "{text} stands there once, as it was changed last");
            }
            assert_eq!(there.keys().filter(|text| text.ends_with("first")).count(), 0, "no change was lost");
        }
        let logged = office.logged().await;
        assert!(logged.values().all(|times| *times == 1), "nothing was made twice");
        println!(
            "seed {seed}: {count} writes, {} commands in the log once each, 0 lost, 0 doubled, {:.1} s; the line: {storm}",
            logged.len(),
            took.as_secs_f64()
        );
    });
}

#[test]
fn four_hundred_writes_over_a_broken_line_are_made_exactly_once_each() {
    every_write_is_made_exactly_once(400, 20);
}

#[test]
#[ignore = "the long run"]
fn ten_thousand_writes_over_a_broken_line_are_made_exactly_once_each() {
    every_write_is_made_exactly_once(10_000, 100);
}
