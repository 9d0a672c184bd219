//! What the clerk gets when the server is slow, gone, or answers rubbish. What does not live here: the real server (the root's tests).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use futures::StreamExt;
use serde_json::json;
use skranke_api::citizens::{QueryKind, SearchRequest};
use skranke_api::overview::OverviewLine;
use skranke_api::purpose::PurposeKind;
use skranke_api::{Cursor, ETag, ProblemKind, Purpose};
use skranke_domain::authority::Role;
use skranke_domain::case::Column;
use skranke_domain::{CaseId, CitizenId, CommandId, SessionId};

use super::*;
use crate::endpoint::{DoorwayError, Secret};
use crate::error::ClientError;
use crate::testing::{Loopback, Reply, Then, nobody, quick};

fn a_me() -> serde_json::Value {
    json!({"id": "01890000-0000-7000-8000-000000000001", "name": "Ida Mellemgaard", "initials": "IM", "role": "clerk",
        "department": "kff", "authorities": [], "site": "norrebro", "counter": null, "training": true,
        "municipality": "Prøvekøbing"})
}

fn at_the_counter() -> Purpose {
    Purpose::noted(PurposeKind::Other, Some("søger på vegne af sin søn".into()))
}

fn a_change() -> OutboxRequest {
    OutboxRequest {
        id: CommandId::new(),
        method: Method::Patch,
        path: "/v1/cases/x/checklist/lease".into(),
        body: json!({"action": "approve"}),
        if_match: Some(ETag::of_version(3)),
    }
}

#[tokio::test]
async fn a_read_is_tried_again_when_the_line_breaks_or_the_server_is_starting() {
    let server = Loopback::start(|n, _| match n {
        0 => Reply::Close,
        1 => Reply::problem(ProblemKind::Unavailable).with("retry-after", "0"),
        _ => Reply::json(200, &a_me()),
    })
    .await;
    assert_eq!(server.api().me().await.unwrap().initials, "IM");
    assert_eq!(server.seen().len(), 3);
    assert!(server.seen().iter().all(|r| r.header("authorization") == Some("Bearer token-a") && r.method == "GET"));
}

#[tokio::test]
async fn a_read_is_given_up_after_two_more_tries() {
    let server = Loopback::start(|_, _| Reply::html(502)).await;
    let error = server.api().me().await.unwrap_err();
    assert_eq!(error, ClientError::Foreign { status: 502 });
    assert!(error.is_line_down());
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn a_refusal_is_told_at_once_and_never_asked_for_again() {
    for kind in [ProblemKind::NotFound, ProblemKind::Forbidden, ProblemKind::PurposeRequired, ProblemKind::NoDepartment]
    {
        let server = Loopback::start(move |_, _| Reply::problem(kind)).await;
        let error = server.api().citizen(CitizenId::new(), &at_the_counter()).await.unwrap_err();
        assert_eq!(error.kind(), Some(kind));
        assert!(!error.is_line_down());
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_server_that_asks_for_a_long_wait_is_not_waited_for() {
    let server = Loopback::start(|_, _| Reply::problem(ProblemKind::Unavailable).with("retry-after", "30")).await;
    assert!(server.api().me().await.unwrap_err().is_line_down());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_change_leaves_once_whatever_comes_back() {
    for reply in [Reply::Close, Reply::problem(ProblemKind::Unavailable), Reply::html(503)] {
        let server = Loopback::start(move |_, _| reply.clone()).await;
        assert!(server.api().send(&a_change()).await.unwrap_err().is_line_down());
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_change_carries_its_command_its_version_and_brings_the_new_one() {
    let answer = Reply::json(200, &json!({"done": true})).with("etag", "\"v4\"").with("idempotent-replayed", "true");
    let server = Loopback::start(move |_, _| answer.clone()).await;
    let change = a_change();
    let sent = server.api().send(&change).await.unwrap();
    assert_eq!((sent.etag, sent.replayed), (Some(ETag::of_version(4)), true));
    assert_eq!(sent.value, json!({"done": true}));
    let seen = server.seen().remove(0);
    assert_eq!(seen.method, "PATCH");
    assert_eq!(seen.header("idempotency-key"), Some(change.id.to_string().as_str()));
    assert_eq!(seen.header("if-match"), Some("\"v3\""));
    assert_eq!(seen.body, r#"{"action":"approve"}"#);
}

#[tokio::test]
async fn a_cpr_number_stands_in_no_address_and_a_purpose_goes_with_every_opening() {
    let server = Loopback::start(|n, _| match n {
        0 => Reply::json(200, &json!({"hits": [], "more": false, "tookUs": 12})),
        _ => Reply::problem(ProblemKind::NotFound),
    })
    .await;
    let api = server.api();
    let search = SearchRequest {
        kind: QueryKind::Cpr,
        query: "721190-0000".into(),
        born: None,
        purpose: at_the_counter(),
        session: SessionId::new(),
        limit: 8,
    };
    assert!(!api.search(&search).await.unwrap().more);
    let _ = api.case(CaseId::new(), &at_the_counter()).await;
    let seen = server.seen();
    assert_eq!((seen[0].method.as_str(), seen[0].target.as_str()), ("POST", "/v1/citizens/search"));
    assert!(seen[0].body.contains("721190-0000") && !seen[0].headers.iter().any(|(_, v)| v.contains("721190")));
    assert_eq!(seen[0].header("idempotency-key"), None, "a search is no change");
    assert_eq!(seen[1].header("skranke-purpose"), Some("other"));
    let note = seen[1].header("skranke-purpose-note");
    assert_eq!(Purpose::from_headers(Some("other"), note), Ok(at_the_counter()));
}

#[tokio::test]
async fn a_page_of_cases_is_asked_for_with_every_filter() {
    let server = Loopback::start(|_, _| Reply::json(200, &json!({"items": [], "nextCursor": "m/o=re"}))).await;
    let query = CaseQuery {
        column: Some(Column::AwaitingCitizen),
        responsible: Responsible::Me,
        limit: Some(20),
        ..CaseQuery::default()
    };
    let page = server.api().cases(&query, Some(&Cursor("a&b".into()))).await.unwrap();
    assert_eq!(page.next_cursor, Some(Cursor("m/o=re".into())));
    assert_eq!(server.seen()[0].target, "/v1/cases?column=awaiting_citizen&responsible=me&limit=20&cursor=a%26b");
}

#[tokio::test]
async fn rubbish_is_called_rubbish() {
    let half = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 999\r\n\r\n{\"id\":".to_vec();
    let large = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99999999\r\n\r\n".to_vec();
    let endless = Reply::Parts { media: "application/json", parts: vec![vec![b' '; 70_000]; 40], then: Then::StayOpen };
    let limits = Limits { answer_bytes: 1 << 20, retries: 0, ..quick() };
    let limit = limits.answer_bytes;
    for (reply, expected) in [
        (Reply::html(200), ClientError::Garbage { what: "me" }),
        (Reply::json(200, &json!({"id": 7})), ClientError::Garbage { what: "me" }),
        (Reply::json(200, &json!([])), ClientError::Garbage { what: "me" }),
        (Reply::html(404), ClientError::Foreign { status: 404 }),
        (Reply::html(302).with("location", "http://127.0.0.1:1/"), ClientError::Foreign { status: 302 }),
        (Reply::Raw(half), ClientError::Truncated),
        (Reply::Raw(b"220 mail.example.dk ESMTP\r\n".to_vec()), ClientError::Truncated),
        (Reply::Raw(large), ClientError::TooLarge { limit }),
        (endless, ClientError::TooLarge { limit }),
    ] {
        let name = format!("{reply:.60?}");
        let server = Loopback::start(move |_, _| reply.clone()).await;
        assert_eq!(server.api_with(limits.clone()).me().await.unwrap_err(), expected, "{name}");
    }
}

#[tokio::test]
async fn a_case_without_a_version_cannot_be_edited_and_is_refused() {
    let server = Loopback::start(|_, _| Reply::json(200, &a_me())).await;
    let call = Call::get("/v1/me");
    let (_, etag) = server.api().json::<serde_json::Value>(&call, "me").await.unwrap();
    assert_eq!(etag, None);
    let error = server.api().case(CaseId::new(), &at_the_counter()).await.unwrap_err();
    assert!(matches!(error, ClientError::Garbage { .. }));
}

#[tokio::test]
async fn a_server_that_says_nothing_is_given_up_in_time() {
    let server = Loopback::start(|_, _| Reply::Hang).await;
    let limits = Limits { request: Duration::from_millis(60), ..quick() };
    let error = server.api_with(limits).me().await.unwrap_err();
    assert_eq!(error, ClientError::TimedOut);
    assert!(error.is_line_down());
}

#[tokio::test]
async fn leaving_a_screen_cancels_its_request() {
    let mut server = Loopback::start(|_, _| Reply::Hang).await;
    let api = server.api();
    let request = tokio::spawn(async move { api.me().await });
    server.arrival().await;
    request.abort();
    server.leaving().await;
}

#[tokio::test]
async fn an_error_names_no_address_and_nobody() {
    let gone = Endpoint::new(&nobody().await, Secret::new("token-a")).unwrap();
    let port = gone.base_url().rsplit(':').next().unwrap().trim_end_matches('/').to_owned();
    let api = CaseApi::with_limits(Arc::new(crate::Fixed::new(gone)), Role::Clerk, quick());
    let citizen = CitizenId::new();
    let error = api.citizen(citizen, &at_the_counter()).await.unwrap_err();
    assert_eq!(error, ClientError::Offline);
    let mut problem = skranke_api::Problem::new(ProblemKind::Stale);
    problem.current = Some(json!({"reason": "Kalina's lease"}));
    let stale = ClientError::Problem(Box::new(problem));
    for text in [format!("{error} {error:?}"), format!("{stale} {stale:?}")] {
        assert!(!text.contains(&port) && !text.contains(&citizen.to_string()) && !text.contains("Kalina"), "{text}");
    }
}

/// Gives each of its addresses in turn, one further with every loss.
struct Moving {
    places: Vec<Endpoint>,
    losses: AtomicUsize,
}

#[async_trait]
impl Doorway for Moving {
    async fn endpoint(&self, _: Role) -> Result<Endpoint, DoorwayError> {
        let at = self.losses.load(Ordering::SeqCst);
        self.places.get(at).cloned().ok_or(DoorwayError::NoServer)
    }

    async fn lost(&self, seen: &Endpoint) {
        if self.places.get(self.losses.load(Ordering::SeqCst)) == Some(seen) {
            self.losses.fetch_add(1, Ordering::SeqCst);
        }
    }
}

fn moving(places: &[(&str, &str)]) -> Arc<Moving> {
    let places = places.iter().map(|(url, token)| Endpoint::new(url, Secret::new(*token)).unwrap()).collect();
    Arc::new(Moving { places, losses: AtomicUsize::new(0) })
}

#[tokio::test]
async fn a_server_that_moved_is_found_for_reads_and_changes_alike() {
    let server =
        Loopback::start(|n, _| if n == 0 { Reply::json(200, &a_me()) } else { Reply::json(200, &json!({})) }).await;
    let first = moving(&[(&nobody().await, "t"), (&server.url, "t")]);
    CaseApi::with_limits(first, Role::Clerk, quick()).me().await.unwrap();
    let second = moving(&[(&nobody().await, "t"), (&server.url, "t")]);
    CaseApi::with_limits(second, Role::Clerk, quick()).send(&a_change()).await.unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn many_requests_that_find_nobody_look_for_the_server_once() {
    let server = Loopback::start(|_, _| Reply::json(200, &a_me())).await;
    let doorway = moving(&[(&nobody().await, "t"), (&server.url, "t")]);
    let api = CaseApi::with_limits(doorway.clone(), Role::Clerk, quick());
    let all = futures::future::join_all((0..8).map(|_| api.me())).await;
    assert!(all.into_iter().all(|me| me.is_ok()));
    assert_eq!(doorway.losses.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_new_token_is_used_and_without_one_she_is_signed_out() {
    let server = Loopback::start(|_, request| match request.header("authorization") {
        Some("Bearer new") => Reply::json(200, &a_me()),
        _ => Reply::problem(ProblemKind::Unauthenticated),
    })
    .await;
    let renewed = moving(&[(&server.url, "old"), (&server.url, "new")]);
    CaseApi::with_limits(renewed, Role::Clerk, quick()).me().await.unwrap();
    assert_eq!(server.api().me().await.unwrap_err(), ClientError::SignedOut);
    let nothing = moving(&[]);
    let error = CaseApi::with_limits(nothing, Role::Clerk, quick()).me().await.unwrap_err();
    assert_eq!(error, ClientError::Doorway(DoorwayError::NoServer));
    assert!(error.is_line_down());
}

fn a_stream(text: &str, cuts: &[usize], then: Then) -> Reply {
    let mut parts = Vec::new();
    let mut from = 0;
    for cut in cuts.iter().copied().chain([text.len()]) {
        parts.push(text.as_bytes()[from..cut].to_vec());
        from = cut;
    }
    parts.retain(|p| !p.is_empty());
    Reply::Parts { media: "application/x-ndjson", parts, then }
}

fn lines_of(citizen: CitizenId) -> String {
    let first = json!({"line": "departments", "citizen": citizen, "departments": ["kff", "sof"]});
    let second = json!({"line": "section", "department": "sof", "outcome": "withheld", "asOf": null, "tookMs": 3});
    format!("{first}\n{second}\n")
}

#[tokio::test]
async fn sections_arrive_one_by_one_however_the_line_cuts_them() {
    let citizen = CitizenId::new();
    let text = format!("{}{{\"line\":\"end\"}}\n", lines_of(citizen));
    let cuts: Vec<usize> = (1..text.len()).step_by(7).collect();
    let server = Loopback::start(move |_, _| a_stream(&text, &cuts, Then::StayOpen)).await;
    let stream = server.api().overview_stream(citizen, &at_the_counter()).await.unwrap();
    let lines: Vec<_> = stream.map(Result::unwrap).collect().await;
    assert_eq!(lines.len(), 3);
    assert!(matches!(&lines[0], OverviewLine::Departments { departments, .. } if departments.len() == 2));
    assert!(matches!(&lines[1], OverviewLine::Section(s) if s.took_ms == 3));
    assert_eq!(lines[2], OverviewLine::End);
    assert_eq!(server.seen()[0].header("accept"), Some("application/x-ndjson"));
}

#[tokio::test]
async fn an_overview_that_ends_too_soon_says_that_the_rest_is_unknown() {
    let citizen = CitizenId::new();
    for then in [Then::End, Then::Cut] {
        let text = lines_of(citizen);
        let server = Loopback::start(move |_, _| a_stream(&text, &[], then)).await;
        let stream = server.api().overview_stream(citizen, &at_the_counter()).await.unwrap();
        let lines: Vec<_> = stream.collect().await;
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[2], Err(ClientError::Truncated));
    }
}

#[tokio::test]
async fn an_overview_that_stalls_floods_or_babbles_ends_with_the_reason() {
    let citizen = CitizenId::new();
    let limits = Limits { request: Duration::from_millis(80), line_bytes: 4096, ..quick() };
    let flood = "x".repeat(5000);
    for (text, expected) in [
        (lines_of(citizen), ClientError::TimedOut),
        (flood, ClientError::TooLarge { limit: 4096 }),
        ("<html>\n".to_owned(), ClientError::Garbage { what: "line of an overview" }),
    ] {
        let server = Loopback::start(move |_, _| a_stream(&text, &[], Then::StayOpen)).await;
        let api = server.api_with(limits.clone());
        let stream = api.overview_stream(citizen, &at_the_counter()).await.unwrap();
        let last = stream.collect::<Vec<_>>().await.pop().unwrap();
        assert_eq!(last, Err(expected));
    }
}
