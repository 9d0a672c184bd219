//! Ten thousand who want a hundred times at the same moment: each time is given once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::{Client, StatusCode};
use skranke::api::appointments::BookRequest;
use skranke::api::headers::IDEMPOTENCY_KEY;
use skranke::api::{Problem, ProblemKind, paths};
use skranke::domain::authority::Role;
use skranke::domain::{AppointmentId, CommandId, CounterId};

use crate::support::town::{Town, now};

/// How many ask.
const REQUESTS: usize = 10_000;
/// Over how many connections.
const CONNECTIONS: usize = 64;
/// For how many times.
const TIMES: usize = 100;
/// How long the slowest machine may take.
const LIMIT: Duration = Duration::from_secs(300);

/// The bookings, each time asked for as often as any other, in turn.
async fn wishes(town: &Town) -> Vec<BookRequest> {
    let api = town.api(Role::Clerk);
    let (case, citizen) = (town.registration().await, town.showcase().await);
    let mut times = Vec::new();
    for counter in ["va-1", "bb-1"] {
        let counter = CounterId::parse(counter).unwrap();
        for slot in api.slots(&counter, now(), 15, 50).await.unwrap() {
            times.push((counter.clone(), slot.start));
        }
    }
    assert_eq!(times.len(), TIMES);
    let wish = |at: usize| {
        let (counter, start) = times[at % TIMES].clone();
        BookRequest {
            id: AppointmentId::new(),
            citizen,
            cases: vec![case],
            counter,
            start,
            minutes: 15,
            people: 1,
            with: None,
            interpreter: None,
            language: None,
            replaces: None,
            cause: None,
        }
    };
    (0..REQUESTS).map(wish).collect()
}

#[test]
fn of_ten_thousand_who_want_a_hundred_times_at_once_a_hundred_get_one() {
    let town = Town::quiet();
    // Builds what the clients need beside themselves.
    let _ = town.raw(Role::Clerk);
    town.run(async {
        let clients: Vec<Client> = (0..CONNECTIONS)
            .map(|_| {
                let builder = Client::builder().no_proxy().tls_certs_only(std::iter::empty());
                builder.http2_prior_knowledge().build().unwrap()
            })
            .collect();
        // Each connection is there before the rush: one each, and none is opened twice.
        for client in &clients {
            let reply = client.get(format!("{}{}", town.base_url, paths::HEALTHZ)).send().await.unwrap();
            assert_eq!((reply.status(), reply.version()), (StatusCode::OK, reqwest::Version::HTTP_2));
        }
        let token: Arc<str> = town.tokens.of(Role::Clerk).into();
        let url = format!("{}{}", town.base_url, paths::APPOINTMENTS);
        let wishes = wishes(&town).await;
        let began = Instant::now();
        let asking: Vec<_> = wishes
            .iter()
            .enumerate()
            .map(|(at, wish)| {
                let request = clients[at % CONNECTIONS]
                    .post(&url)
                    .bearer_auth(&token)
                    .header(IDEMPOTENCY_KEY, CommandId::new().to_string())
                    .json(wish);
                tokio::spawn(async move {
                    let reply = request.send().await.unwrap();
                    let status = reply.status();
                    let problem = if status.is_success() { None } else { Some(reply.json::<Problem>().await.unwrap()) };
                    (status, problem)
                })
            })
            .collect();
        let mut given = 0;
        for asked in asking {
            let (status, problem) = tokio::time::timeout(LIMIT, asked).await.expect("an answer in time").unwrap();
            match problem {
                None => {
                    assert_eq!(status, StatusCode::CREATED);
                    given += 1;
                }
                Some(problem) => {
                    assert_eq!((problem.status, problem.known()), (409, Some(ProblemKind::SlotTaken)), "{problem:?}");
                }
            }
        }
        println!(
            "{REQUESTS} bookings of {TIMES} times over {CONNECTIONS} connections: {:.1} s",
            began.elapsed().as_secs_f64()
        );
        assert_eq!(given, TIMES);
        // Each time was given to one.
        let mut held = Vec::new();
        for counter in ["va-1", "bb-1"] {
            let counter = CounterId::parse(counter).unwrap();
            let last = wishes.iter().filter(|wish| wish.counter == counter).map(|wish| wish.start).max().unwrap();
            let days = (now(), last);
            let day = |at: jiff::Timestamp| at.to_zoned(crate::support::window::zone()).date();
            let calendar = town.api(Role::Clerk).calendar(&counter, day(days.0), day(days.1)).await.unwrap();
            held.extend(calendar.items.into_iter().filter(|item| wishes.iter().any(|wish| wish.id == item.id)));
        }
        let mut starts: Vec<_> = held.iter().map(|item| (item.counter.clone(), item.start)).collect();
        starts.sort();
        starts.dedup();
        assert_eq!((held.len(), starts.len()), (TIMES, TIMES));
    });
}
