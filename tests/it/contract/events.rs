//! The event stream: what changed, heard without asking, resumed where it broke off, with nobody's data in it.

use eventsource_stream::Eventsource;
use futures::{Stream, StreamExt};
use reqwest::Method;
use skranke::api::events::{Event, EventKind};
use skranke::api::{ProblemKind, paths};
use skranke::client::{CaseApi, Live, events};
use skranke::domain::authority::Role;
use skranke::domain::checklist::{ItemAction, ItemState};
use skranke::domain::{CaseId, CommandId, ItemId};

use super::{judgement, open};
use crate::support::raw::Raw;
use crate::support::town::Town;
use crate::support::{PATIENCE, national_numbers};

/// What the stream itself says, with the ids that a client resumes from.
struct Line {
    id: String,
    event: Option<Event>,
    data: String,
}

async fn listen(raw: &Raw, after: Option<&str>) -> impl Stream<Item = Line> + Unpin + use<> {
    let mut request = raw.request(Method::GET, paths::EVENTS, &[("accept", "text/event-stream")]);
    if let Some(id) = after {
        request = request.header("last-event-id", id);
    }
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    let media = response.headers()["content-type"].to_str().unwrap().to_owned();
    assert!(media.starts_with("text/event-stream"), "{media}");
    let lines = response.bytes_stream().eventsource().filter_map(async |line| {
        let line = line.ok()?;
        let event = serde_json::from_str(&line.data).ok();
        (!line.data.is_empty()).then_some(Line { id: line.id, event, data: line.data })
    });
    Box::pin(lines)
}

async fn next(lines: &mut (impl Stream<Item = Line> + Unpin)) -> Line {
    tokio::time::timeout(PATIENCE, lines.next()).await.expect("an event within the time").expect("the stream goes on")
}

/// Turns one paper round: what is missing is approved, what is judged is missing again.
async fn turn(api: &CaseApi, case: CaseId) -> CommandId {
    let view = open(api, case).await.value;
    let item = view.items.iter().find(|item| item.id == paper()).unwrap();
    let action = if item.state == ItemState::Missing { ItemAction::Approve } else { ItemAction::Reopen };
    let command = CommandId::new();
    api.change_item(command, case, &item.id, &item.etag, &judgement(action)).await.unwrap();
    command
}

fn paper() -> ItemId {
    ItemId::parse("id-document").unwrap()
}

#[test]
fn a_colleagues_change_is_heard_with_her_name_and_nobodys_data() {
    let town = Town::quiet();
    town.run(async {
        let (ida, mette) = (town.api(Role::Clerk), town.api(Role::Caseworker));
        let case = town.registration().await;
        let mut hers = Box::pin(events(ida));
        assert_eq!(hers.next().await, Some(Live::Connected));
        turn(&mette, case).await;
        let command = turn(&mette, case).await;
        let mut last = None;
        while last.as_ref().is_none_or(|event: &Event| event.commandid != Some(command)) {
            match tokio::time::timeout(PATIENCE, hers.next()).await.expect("heard in time") {
                Some(Live::Event(event)) => last = Some(*event),
                other => panic!("an event was expected: {other:?}"),
            }
        }
        let event = last.unwrap();
        assert_eq!(event.kind, EventKind::ItemChanged);
        assert_eq!(event.subject, paths::checklist_item(case, &paper()));
        assert_eq!((event.caseid, event.specversion.as_str()), (Some(case), "1.0"));
        assert_eq!(event.actorname.as_deref(), Some("Mette Brunsgaard"));
        let view = open(&mette, case).await.value;
        let item = view.items.iter().find(|item| item.id == paper()).unwrap();
        assert_eq!(event.etag.as_ref(), Some(&item.etag));
        let text = serde_json::to_string(&event).unwrap();
        assert!(!text.contains("Wrona") && national_numbers(&text).is_empty(), "{text}");
    });
}

#[test]
fn a_broken_line_goes_on_where_it_broke_with_nothing_lost_or_told_twice() {
    let town = Town::quiet();
    town.run(async {
        let (raw, mette) = (town.raw(Role::Clerk), town.api(Role::Caseworker));
        let case = town.registration().await;
        let mut line = listen(&raw, None).await;
        let first = turn(&mette, case).await;
        let heard = next(&mut line).await;
        assert_eq!(heard.event.unwrap().commandid, Some(first));
        drop(line);

        let missed = [turn(&mette, case).await, turn(&mette, case).await];
        let mut line = listen(&raw, Some(&heard.id)).await;
        let live = turn(&mette, case).await;
        for expected in missed.into_iter().chain([live]) {
            assert_eq!(next(&mut line).await.event.unwrap().commandid, Some(expected));
        }
    });
}

#[test]
fn a_place_that_is_not_hers_begins_with_resync() {
    let town = Town::quiet();
    town.run(async {
        let (clerk, colleague) = (town.raw(Role::Clerk), town.raw(Role::Caseworker));
        let case = town.registration().await;
        let mut theirs = listen(&colleague, None).await;
        turn(&town.api(Role::Caseworker), case).await;
        let foreign = next(&mut theirs).await.id;
        for id in [foreign.as_str(), "rubbish"] {
            let mut line = listen(&clerk, Some(id)).await;
            let said = next(&mut line).await;
            assert_eq!(said.event.unwrap().kind, EventKind::Resync, "{}", said.data);
            // From there on the line is a line like any other.
            let command = turn(&town.api(Role::Caseworker), case).await;
            assert_eq!(next(&mut line).await.event.unwrap().commandid, Some(command));
            turn(&town.api(Role::Caseworker), case).await;
        }
    });
}

#[test]
fn the_ids_of_events_tell_nothing() {
    let town = Town::quiet();
    town.run(async {
        let (clerk, mette) = (town.raw(Role::Clerk), town.api(Role::Caseworker));
        let case = town.registration().await;
        let (mut a, mut b) = (listen(&clerk, None).await, listen(&town.raw(Role::TeamLeader), None).await);
        turn(&mette, case).await;
        let (a, b) = (next(&mut a).await.id, next(&mut b).await.id);
        assert_ne!(a, b, "sealed for each person apart");
        assert!(a.len() > 30 && !a.bytes().all(|byte| byte.is_ascii_digit()), "no number that can be counted: {a}");
    });
}

#[test]
fn a_host_hears_who_comes_and_not_what_for() {
    let town = Town::quiet();
    town.run(async {
        use skranke::api::appointments::BookRequest;
        use skranke::domain::{AppointmentId, CounterId};
        let (host, api) = (town.raw(Role::Host), town.api(Role::Clerk));
        let (case, citizen) = (town.registration().await, town.showcase().await);
        let mut line = listen(&host, None).await;
        turn(&api, case).await;
        let counter = CounterId::parse("counter-4").unwrap();
        let slot = api.slots(&counter, crate::support::town::now(), 30, 1).await.unwrap().remove(0);
        let wish = BookRequest {
            id: AppointmentId::new(),
            citizen,
            cases: vec![case],
            counter,
            start: slot.start,
            minutes: 30,
            people: 1,
            with: None,
            interpreter: None,
            language: None,
            replaces: None,
            cause: None,
        };
        api.book(CommandId::new(), &wish).await.unwrap();
        let event = next(&mut line).await.event.unwrap();
        assert_eq!((event.kind, event.caseid), (EventKind::AppointmentBooked, None), "the first thing she hears");
        host.open(&paths::case(case)).await.refused(ProblemKind::Forbidden);
    });
}
