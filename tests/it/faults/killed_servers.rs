//! A server that is killed at random under load: what it acknowledged is there when it comes back, once; its log verifies.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;
use skranke::domain::{CitizenId, CommandId, NoteId};

use super::{CITIZENS, Dice, Office, moment, runtime, seed};
use crate::support::raw::Raw;

/// How many write at once.
const WRITERS: usize = 8;

/// How many of the notes acknowledged before a kill are looked at right after it.
const LAST: usize = 3 * WRITERS;

/// A note that the server answered for.
#[derive(Clone)]
struct Made {
    citizen: CitizenId,
    text: String,
    command: String,
}

/// One writer: notes, one after the other, each sent again with the same command until somebody answers for it.
async fn write(raw: Raw, citizens: Vec<CitizenId>, who: usize, stop: Arc<AtomicBool>, made: Arc<Mutex<Vec<Made>>>) {
    let mut n = 0;
    while !stop.load(Ordering::Relaxed) {
        // A page shows a hundred notes: they are spread over many people.
        let citizen = citizens[(n * WRITERS + who) % citizens.len()];
        let text = format!("writer {who}, note {n}");
        let (command, id) = (CommandId::new().to_string(), NoteId::new());
        let body = json!({ "id": id, "kind": "plain", "text": text });
        let path = format!("/v1/citizens/{citizen}/notes");
        loop {
            let request = raw
                .request(reqwest::Method::POST, &path, &[("idempotency-key", &command)])
                .header("content-type", "application/json")
                .body(body.to_string());
            match request.send().await {
                Ok(answer) if answer.status().is_success() => {
                    made.lock().unwrap().push(Made { citizen, text, command });
                    break;
                }
                // Starting, stopping, busy, still running: asked again.
                Ok(answer) if answer.status().is_server_error() || answer.status().as_u16() == 409 => {}
                Ok(answer) => panic!("{}", answer.status()),
                Err(_) if stop.load(Ordering::Relaxed) => return,
                Err(_) => {}
            }
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
        n += 1;
    }
}

/// How many notes a page shows.
const PAGE: usize = 100;

/// Looks whether each of these stands on its page, once; on a page that is full the log alone can tell.
async fn stand_once(office: &Office, made: &[Made]) {
    let mut of: HashMap<CitizenId, Vec<&str>> = HashMap::new();
    made.iter().for_each(|note| of.entry(note.citizen).or_default().push(&note.text));
    for (citizen, texts) in of {
        let there = office.notes(citizen).await;
        for text in texts.iter().filter(|text| there.len() < PAGE || there.contains_key(**text)) {
            assert_eq!(there.get(*text), Some(&1), "{text} was acknowledged");
        }
        assert!(there.values().all(|times| *times == 1), "nothing stands there twice");
    }
}

fn no_acknowledged_write_is_lost(kills: usize) {
    let seed = seed();
    let mut dice = Dice::new(seed);
    let mut office = Office::of(u32::try_from(25 * kills).unwrap().max(CITIZENS));
    let runtime = runtime();
    let began = Instant::now();
    let citizens = runtime.block_on(office.citizens((5 * kills).max(100)));
    let (stop, made) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
    let writers: Vec<_> = (0..WRITERS)
        .map(|who| runtime.spawn(write(office.raw("clerk"), citizens.clone(), who, stop.clone(), made.clone())))
        .collect();
    let count = || made.lock().unwrap().len();
    let all = || made.lock().unwrap().clone();
    for _ in 0..kills {
        let before = count();
        runtime.block_on(super::until("a write", || count() > before));
        moment(dice.below(250));
        office.kill();
        let killed = all();
        office.serve();
        // While the writers go on: what was acknowledged last is what a kill would cost. All of it is looked at in the end.
        runtime.block_on(stand_once(&office, &killed[killed.len().saturating_sub(LAST)..]));
    }
    stop.store(true, Ordering::Relaxed);
    runtime.block_on(async {
        for writer in writers {
            writer.await.unwrap();
        }
        let made = all();
        stand_once(&office, &made).await;
        let logged = office.logged().await;
        assert!(logged.values().all(|times| *times == 1), "nothing was made twice");
        for note in &made {
            assert_eq!(logged.get(&note.command), Some(&1), "the log holds {}", note.text);
        }
        println!(
            "seed {seed}: {kills} kills under load of {WRITERS} writers, {} writes acknowledged, 0 lost, 0 doubled, {:.1} s",
            made.len(),
            began.elapsed().as_secs_f64()
        );
    });
    office.kill();
    let verified = crate::support::process::server()
        .args(["audit", "verify", "--database"])
        .arg(office.path("town.db"))
        .output()
        .unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    println!("{}", String::from_utf8_lossy(&verified.stdout).trim());
}

#[test]
fn a_server_killed_five_times_under_load_loses_no_acknowledged_write() {
    no_acknowledged_write_is_lost(5);
}

#[test]
#[ignore = "the long run"]
fn a_server_killed_two_hundred_times_under_load_loses_no_acknowledged_write() {
    no_acknowledged_write_is_lost(200);
}
