//! What the clerk's screen hears of the live line. What does not live here: the real server's events (the root's tests).

use std::pin::Pin;

use serde_json::json;

use super::*;
use crate::testing::{Loopback, Reply, Request, Then, soon};

fn pace() -> LivePace {
    LivePace {
        pause: (Duration::from_millis(1), Duration::from_millis(8)),
        silence: Duration::from_secs(20),
        event_bytes: 4096,
    }
}

/// What the line says, without its pauses.
fn line_of(server: &Loopback) -> Pin<Box<dyn Stream<Item = Live> + Send>> {
    Box::pin(events_at(pace(), server.api()).filter(|said| futures::future::ready(!matches!(said, Live::Waiting(_)))))
}

fn an_event(id: &str, kind: &str) -> String {
    let data = json!({"specversion": "1.0", "id": id, "source": "/v1", "type": kind, "subject": "/v1/cases/x",
        "time": "2026-06-09T08:00:00Z"});
    format!("id: {id}\nevent: {kind}\ndata: {data}\n\n")
}

fn stream_of(text: String, then: Then) -> Reply {
    Reply::Parts { media: MEDIA, parts: vec![text.into_bytes()], then }
}

const CHANGED: &str = "dk.skranke.case.item-changed";

#[tokio::test]
async fn a_line_that_broke_goes_on_after_the_last_event() {
    let server = Loopback::start(|n, request: &Request| match n {
        0 => {
            assert_eq!(request.header("last-event-id"), None);
            stream_of(an_event("sealed-1", CHANGED), Then::Cut)
        }
        _ => stream_of(an_event("sealed-2", CHANGED), Then::StayOpen),
    })
    .await;
    let mut line = line_of(&server);
    assert_eq!(soon(line.next()).await, Some(Live::Connected));
    assert!(matches!(soon(line.next()).await, Some(Live::Event(e)) if e.id == "sealed-1"));
    assert_eq!(soon(line.next()).await, Some(Live::Lost { error: ClientError::Truncated }));
    assert_eq!(soon(line.next()).await, Some(Live::Connected));
    assert!(
        matches!(soon(line.next()).await, Some(Live::Event(e)) if e.id == "sealed-2" && e.kind == EventKind::ItemChanged)
    );
    assert_eq!(server.seen()[1].header("last-event-id"), Some("sealed-1"));
    assert_eq!(server.seen()[1].header("accept"), Some(MEDIA));
}

#[tokio::test]
async fn a_line_that_broke_before_any_event_goes_on_from_where_it_stood() {
    let standing = "id: standing-7\n: standing\n\n".to_owned();
    let server = Loopback::start(move |_, _| stream_of(standing.clone(), Then::Cut)).await;
    let mut line = line_of(&server);
    for _ in 0..2 {
        assert_eq!(soon(line.next()).await, Some(Live::Connected));
        assert_eq!(soon(line.next()).await, Some(Live::Lost { error: ClientError::Truncated }));
    }
    assert_eq!(server.seen()[1].header("last-event-id"), Some("standing-7"));
}

#[tokio::test]
async fn a_line_that_broke_with_no_place_to_go_on_from_asks_for_everything_again() {
    let server = Loopback::start(|_, _| stream_of(": hello\n\n".to_owned(), Then::Cut)).await;
    let mut line = line_of(&server);
    assert_eq!(soon(line.next()).await, Some(Live::Connected));
    assert!(matches!(soon(line.next()).await, Some(Live::Lost { .. })));
    assert_eq!(soon(line.next()).await, Some(Live::Connected));
    assert_eq!(soon(line.next()).await, Some(Live::Resync));
}

#[tokio::test]
async fn a_loss_is_told_once_until_the_line_is_back() {
    let server = Loopback::start(|n, _| match n {
        0..=8 => Reply::html(502),
        _ => stream_of(String::from(": hello\n\n"), Then::StayOpen),
    })
    .await;
    let mut line = line_of(&server);
    assert!(matches!(soon(line.next()).await, Some(Live::Lost { error }) if error.is_line_down()));
    assert_eq!(soon(line.next()).await, Some(Live::Connected));
}

#[tokio::test]
async fn a_silent_line_is_noticed_although_nobody_hung_up() {
    let server = Loopback::start(|_, _| stream_of(String::from(": hello\n\n"), Then::StayOpen)).await;
    let pace = LivePace { silence: Duration::from_millis(40), ..pace() };
    let mut line = Box::pin(events_at(pace, server.api()));
    assert_eq!(soon(line.next()).await, Some(Live::Connected));
    assert_eq!(soon(line.next()).await, Some(Live::Lost { error: ClientError::TimedOut }));
    assert!(matches!(soon(line.next()).await, Some(Live::Waiting(_))));
    assert_eq!(soon(line.next()).await, Some(Live::Connected));
}

#[tokio::test]
async fn when_history_is_gone_or_unreadable_everything_is_asked_for_again() {
    let text = [
        an_event("a", "dk.skranke.resync"),
        an_event("b", "dk.skranke.of-a-later-version"),
        "id: c\ndata: {\"type\":\n\n".to_owned(),
        an_event("d", CHANGED),
    ];
    let server = Loopback::start(move |_, _| stream_of(text.concat(), Then::StayOpen)).await;
    let mut line = line_of(&server);
    assert_eq!(soon(line.next()).await, Some(Live::Connected));
    assert_eq!(soon(line.next()).await, Some(Live::Resync), "the server says that history is gone");
    assert_eq!(soon(line.next()).await, Some(Live::Resync), "an event that cannot be read");
    assert!(matches!(soon(line.next()).await, Some(Live::Event(e)) if e.id == "d"));
}

#[tokio::test]
async fn an_event_without_end_and_a_page_instead_of_a_stream_are_no_line() {
    let server = Loopback::start(|n, _| match n {
        0 => Reply::html(200),
        1 => stream_of(": fine\n\n".repeat(2000) + &an_event("a", CHANGED), Then::Cut),
        _ => stream_of(format!("data: {}", "x".repeat(6000)), Then::StayOpen),
    })
    .await;
    let mut line = line_of(&server);
    assert_eq!(soon(line.next()).await, Some(Live::Lost { error: ClientError::Garbage { what: "event stream" } }));
    assert_eq!(soon(line.next()).await, Some(Live::Connected));
    assert!(matches!(soon(line.next()).await, Some(Live::Event(_))), "keep-alives are not counted together");
    assert_eq!(soon(line.next()).await, Some(Live::Lost { error: ClientError::Truncated }));
    assert_eq!(soon(line.next()).await, Some(Live::Connected));
    assert_eq!(soon(line.next()).await, Some(Live::Lost { error: ClientError::TooLarge { limit: 4096 } }));
}

#[tokio::test]
async fn it_says_when_it_is_tried_again_and_a_knock_tries_it_at_once() {
    let server = Loopback::start(|n, _| match n {
        0 => Reply::html(200),
        _ => stream_of(an_event("a", CHANGED), Then::StayOpen),
    })
    .await;
    let api = server.api();
    // Longer than any test waits: without the knock it would not come back.
    let hour = Duration::from_secs(3600);
    let mut line = Box::pin(events_at(LivePace { pause: (hour, hour), ..pace() }, api.clone()));
    assert!(matches!(soon(line.next()).await, Some(Live::Lost { .. })));
    assert!(matches!(soon(line.next()).await, Some(Live::Waiting(pause)) if pause >= hour / 2 && pause <= hour));
    api.try_now();
    assert_eq!(soon(line.next()).await, Some(Live::Connected));
}

#[tokio::test]
async fn closing_the_window_closes_the_line() {
    let mut server = Loopback::start(|_, _| stream_of(String::from(": hello\n\n"), Then::StayOpen)).await;
    let mut line = line_of(&server);
    assert_eq!(soon(line.next()).await, Some(Live::Connected));
    drop(line);
    server.leaving().await;
}
