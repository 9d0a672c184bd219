//! A server that is killed at random under load: what it acknowledged is there when it comes back, once; its log verifies.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;
use skranke::domain::{CitizenId, CommandId, NoteId};

use super::{Dice, Office, moment, runtime, seed};
use crate::support::raw::Raw;

/// How many write at once.
const WRITERS: usize = 8;

/// One writer: notes, one after the other, each sent again with the same command until somebody answers for it.
async fn write(
    raw: Raw,
    citizens: Vec<CitizenId>,
    who: usize,
    stop: Arc<AtomicBool>,
    made: Arc<Mutex<Vec<(CitizenId, String)>>>,
) {
    let mut n = 0;
    while !stop.load(Ordering::Relaxed) {
        // A page of notes is bounded: they are spread over many people.
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
                    made.lock().unwrap().push((citizen, text));
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

fn no_acknowledged_write_is_lost(kills: usize) {
    let seed = seed();
    let mut dice = Dice::new(seed);
    let mut office = Office::open();
    let runtime = runtime();
    let began = Instant::now();
    let citizens = runtime.block_on(office.citizens(100));
    let (stop, made) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
    let writers: Vec<_> = (0..WRITERS)
        .map(|who| runtime.spawn(write(office.raw("clerk"), citizens.clone(), who, stop.clone(), made.clone())))
        .collect();
    for _ in 0..kills {
        let before = made.lock().unwrap().len();
        runtime.block_on(super::until("a write", || made.lock().unwrap().len() > before));
        moment(dice.below(250));
        office.kill();
        office.serve();
    }
    stop.store(true, Ordering::Relaxed);
    runtime.block_on(async {
        for writer in writers {
            writer.await.unwrap();
        }
        let made = made.lock().unwrap().clone();
        for citizen in &citizens {
            let there = office.notes(*citizen).await;
            for (_, text) in made.iter().filter(|(of, _)| of == citizen) {
                assert_eq!(there.get(text), Some(&1), "{text} was acknowledged");
            }
            assert!(there.values().all(|times| *times == 1), "nothing stands there twice");
        }
        let logged = office.logged().await;
        assert!(logged.values().all(|times| *times == 1));
        println!(
            "seed {seed}: {kills} kills under load of 8 writers, {} writes acknowledged, 0 lost, 0 doubled, {:.1} s",
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
