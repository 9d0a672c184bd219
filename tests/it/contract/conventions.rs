//! What holds for every route: changes are done once, nothing is overwritten, lists go on where they stopped, no national number leaves.

use std::collections::HashSet;

use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use skranke::api::appointments::BookRequest;
use skranke::api::cases::HistoryKind;
use skranke::api::citizens::{AddressView, HiddenField, QueryKind, SearchRequest};
use skranke::api::headers::IDEMPOTENT_REPLAYED;
use skranke::api::{ProblemKind, paths};
use skranke::client::CaseQuery;
use skranke::domain::authority::Role;
use skranke::domain::checklist::ItemAction;
use skranke::domain::cpr::Cpr;
use skranke::domain::{AppointmentId, CommandId, CounterId, SessionId};

use super::{approvable, bookable, judgement, open};
use crate::support::national_numbers;
use crate::support::town::{Town, now, purpose};

#[test]
fn the_same_change_sent_twice_is_made_once_and_answered_alike() {
    let town = Town::quiet();
    town.run(async {
        let (clerk, api) = (town.raw(Role::Clerk), town.api(Role::Clerk));
        let case = town.registration().await;
        let view = open(&api, case).await.value;
        let item = approvable(&view);
        let path = paths::checklist_item(case, &item.id);
        let key = CommandId::new();
        let (number, seen) = (key.to_string(), item.etag.quoted());
        let headers = [("idempotency-key", number.as_str()), ("if-match", seen.as_str())];
        let body = serde_json::to_value(judgement(ItemAction::Approve)).unwrap();

        let first = clerk.send(Method::PATCH, &path, &headers, &body).await;
        assert_eq!(first.header(IDEMPOTENT_REPLAYED), None);
        let answer = first.fine();
        assert_eq!(answer["item"]["state"], json!("approved"));
        // The version it saw is stale by now; it still gets its success and no 412 against itself.
        let again = clerk.send(Method::PATCH, &path, &headers, &body).await;
        assert_eq!(again.header(IDEMPOTENT_REPLAYED), Some("true"));
        assert_eq!((again.fine(), again.header("etag")), (answer, first.header("etag")));

        let other = json!({ "action": "reject", "reason": "Underskrift mangler" });
        clerk.send(Method::PATCH, &path, &headers, &other).await.refused(ProblemKind::KeyReused);
        // The number belongs to the person: somebody else's same number is another change.
        let colleague = town.raw(Role::Caseworker);
        colleague.send(Method::PATCH, &path, &headers, &body).await.refused(ProblemKind::Stale);

        let history = open(&api, case).await.value.history;
        let made = history.iter().filter(|line| line.kind == HistoryKind::Item && line.command == Some(key)).count();
        assert_eq!(made, 1);
    });
}

#[test]
fn two_clerks_on_two_papers_never_meet_and_on_one_paper_the_second_sees_the_first() {
    let town = Town::quiet();
    town.run(async {
        let (ida, mette) = (town.api(Role::Clerk), town.api(Role::Caseworker));
        let case = town.registration().await;
        let view = open(&ida, case).await.value;
        let item = approvable(&view);
        let other = view.items.iter().rfind(|i| i.id != item.id && !i.state.is_settled()).expect("another open item");
        let change = |action| judgement(action);
        ida.change_item(CommandId::new(), case, &item.id, &item.etag, &change(ItemAction::Approve)).await.unwrap();
        mette.change_item(CommandId::new(), case, &other.id, &other.etag, &change(ItemAction::Reject)).await.unwrap();
        let late = mette
            .change_item(CommandId::new(), case, &item.id, &item.etag, &change(ItemAction::Reject))
            .await
            .unwrap_err();
        assert_eq!(late.kind(), Some(ProblemKind::Stale));
        let current = late.problem().unwrap().current.clone().unwrap();
        assert_eq!((&current["state"], &current["changedBy"]), (&json!("approved"), &json!("Ida Mellemgaard")));
    });
}

fn booking(
    case: skranke::domain::CaseId,
    citizen: skranke::domain::CitizenId,
    slot: &skranke::api::appointments::Slot,
) -> BookRequest {
    BookRequest {
        id: AppointmentId::new(),
        citizen,
        cases: vec![case],
        counter: slot.counter.clone(),
        start: slot.start,
        minutes: 30,
        people: 1,
        with: None,
        interpreter: None,
        language: None,
        replaces: None,
        cause: None,
    }
}

fn counter() -> CounterId {
    CounterId::parse("counter-4").unwrap()
}

#[test]
fn one_time_is_booked_once_however_many_ask_at_the_same_moment() {
    let town = Town::quiet();
    town.run(async {
        let api = town.api(Role::Clerk);
        let view = bookable(&town).await;
        let (case, citizen) = (view.row.id, view.row.citizen);
        let slot = api.slots(&counter(), now(), 30, 1).await.unwrap().remove(0);
        let asked = join_all((0..20).map(|_| {
            let (api, wish) = (api.clone(), booking(case, citizen, &slot));
            async move { api.book(CommandId::new(), &wish).await }
        }))
        .await;
        let (booked, refused): (Vec<_>, Vec<_>) = asked.into_iter().partition(Result::is_ok);
        assert_eq!(booked.len(), 1);
        for refusal in refused {
            assert_eq!(refusal.unwrap_err().kind(), Some(ProblemKind::SlotTaken));
        }
        let next = api.slots(&counter(), now(), 30, 1).await.unwrap().remove(0);
        assert!(next.start >= slot.end, "the time that was taken is no longer offered");
    });
}

#[test]
fn the_same_booking_sent_many_times_at_once_is_one_appointment() {
    let town = Town::quiet();
    town.run(async {
        let api = town.api(Role::Clerk);
        let view = bookable(&town).await;
        let (case, citizen) = (view.row.id, view.row.citizen);
        let slot = api.slots(&counter(), now(), 30, 1).await.unwrap().remove(0);
        let (key, wish) = (CommandId::new(), booking(case, citizen, &slot));
        let asked = join_all((0..8).map(|_| {
            let (api, wish) = (api.clone(), wish.clone());
            async move { api.book(key, &wish).await }
        }))
        .await;
        for answer in asked {
            match answer {
                Ok(booked) => assert_eq!(booked.value.id, wish.id),
                Err(error) => assert_eq!(error.kind(), Some(ProblemKind::StillRunning)),
            }
        }
        let hers = api.citizen_appointments(citizen, &purpose()).await.unwrap().items;
        assert_eq!(hers.iter().filter(|a| a.start == slot.start).count(), 1);
        let row = open(&api, case).await.value.row;
        assert_eq!(row.attendance, Some(slot.start), "the booked time shows on the case");
        // Another wish with the identifier of an appointment that is there.
        let taken = api.book(CommandId::new(), &BookRequest { people: 2, ..wish }).await.unwrap_err();
        assert_eq!(taken.kind(), Some(ProblemKind::AlreadyExists));
    });
}

#[test]
fn a_time_that_nobody_can_come_at_is_refused() {
    let town = Town::quiet();
    town.run(async {
        let clerk = town.raw(Role::Clerk);
        let view = bookable(&town).await;
        let (case, citizen) = (view.row.id, view.row.citizen);
        let slot = town.api(Role::Clerk).slots(&counter(), now(), 30, 1).await.unwrap().remove(0);
        let book = async |name: &str, value: Value| {
            let mut body = serde_json::to_value(booking(case, citizen, &slot)).unwrap();
            body[name] = value;
            let key = CommandId::new().to_string();
            clerk.send(Method::POST, paths::APPOINTMENTS, &[("idempotency-key", &key)], &body).await
        };
        for (name, value) in [
            ("start", json!("2026-06-09T07:00:00Z")),
            ("start", json!("2026-06-13T09:00:00Z")),
            ("start", json!("2026-06-10T02:00:00Z")),
            ("start", json!("2026-06-10T09:02:00Z")),
            ("start", json!("tomorrow")),
            ("minutes", json!(7)),
            ("minutes", json!(185)),
            ("people", json!(0)),
            ("counter", json!("counter-99")),
            ("citizen", json!("018cc251-f400-7000-8000-000000000009")),
        ] {
            book(name, value.clone()).await.refused_field(ProblemKind::Invalid, &format!("/{name}"));
        }
        book("cases", json!([])).await.refused_field(ProblemKind::Invalid, "/cases");
        let made = book("people", json!(3)).await;
        assert_eq!(made.status, 201, "{}", made.body);
        assert_eq!(
            made.header("location"),
            Some(format!("/v1/appointments/{}", made.json()["id"].as_str().unwrap()).as_str())
        );
        assert_eq!(
            made.header("etag").map(|tag| tag.trim_matches('"').to_owned()),
            made.json()["etag"].as_str().map(str::to_owned)
        );
    });
}

#[test]
fn a_list_is_read_page_by_page_without_gap_or_repetition() {
    let town = Town::quiet();
    town.run(async {
        let api = town.api(Role::Caseworker);
        let all = |limit| CaseQuery { limit: Some(limit), ..CaseQuery::default() };
        let (mut seen, mut deadlines, mut cursor) = (HashSet::new(), Vec::new(), None);
        loop {
            let page = api.cases(&all(37), cursor.as_ref()).await.unwrap();
            assert!(page.items.len() <= 37);
            for row in &page.items {
                assert!(seen.insert(row.id), "{} stands on two pages", row.number);
                deadlines.push(row.deadline);
            }
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert!(seen.len() > 100, "a town has many cases, not {}", seen.len());
        let first_without = deadlines.iter().position(Option::is_none).unwrap_or(deadlines.len());
        assert!(deadlines[..first_without].is_sorted() && deadlines[first_without..].iter().all(Option::is_none));
    });
}

#[test]
fn a_cursor_serves_the_person_and_the_list_it_was_given_for() {
    let town = Town::quiet();
    town.run(async {
        let clerk = town.raw(Role::Clerk);
        let page = clerk.get("/v1/cases?limit=5").await.fine();
        let cursor = page["nextCursor"].as_str().unwrap();
        clerk.get(&format!("/v1/cases?limit=9&cursor={cursor}")).await.fine();
        let elsewhere = format!("/v1/cases?limit=5&column=closed&cursor={cursor}");
        clerk.get(&elsewhere).await.refused(ProblemKind::BadCursor);
        let colleague = town.raw(Role::Caseworker);
        colleague.get(&format!("/v1/cases?limit=5&cursor={cursor}")).await.refused(ProblemKind::BadCursor);
        let leader = town.raw(Role::TeamLeader);
        leader.get(&format!("/v1/audit?cursor={cursor}")).await.refused(ProblemKind::BadCursor);
        let mut bent = cursor.to_owned();
        bent.replace_range(4..5, if bent.as_bytes()[4] == b'A' { "B" } else { "A" });
        clerk.get(&format!("/v1/cases?limit=5&cursor={bent}")).await.refused(ProblemKind::BadCursor);
    });
}

#[test]
fn no_national_number_leaves_the_server_unasked() {
    let town = Town::quiet();
    town.run(async {
        let clerk = town.raw(Role::Clerk);
        let (id, case) = (town.showcase().await, town.registration().await);
        let of_citizen = |path: &str| format!("{path}?citizen={id}");
        for path in [
            paths::citizen(id),
            paths::overview(id),
            paths::case(case),
            of_citizen(paths::CONTACTS),
            of_citizen(paths::APPOINTMENTS),
            "/v1/cases?limit=200".to_owned(),
        ] {
            let got = clerk.open(&path).await;
            got.fine();
            assert_eq!(national_numbers(&got.body), Vec::<&str>::new(), "{path}");
            assert_eq!(got.header("cache-control"), Some("no-store"), "{path}");
        }
        let api = town.api(Role::Clerk);
        let seen = api.citizen(id, &purpose()).await.unwrap();
        assert!(seen.cpr_masked.ends_with("••••"), "{}", seen.cpr_masked);
        let shown = api.reveal(id, HiddenField::Cpr, &purpose()).await.unwrap().value;
        let cpr = Cpr::parse(&shown).unwrap();
        assert_eq!((cpr.birth_date(), &shown[..2]), (seen.born, "72"), "an invented number: the day is raised by 60");
    });
}

#[test]
fn a_protected_address_is_neither_shown_nor_found_but_can_be_asked_for() {
    let town = Town::quiet();
    town.run(async {
        let (api, id) = (town.api(Role::Clerk), town.showcase().await);
        let seen = api.citizen(id, &purpose()).await.unwrap();
        assert_eq!(seen.address, AddressView::Protected);
        let address = api.reveal(id, HiddenField::Address, &purpose()).await.unwrap().value;
        let street = address.split(',').next().unwrap().trim().to_owned();
        let question = SearchRequest {
            kind: QueryKind::Address,
            query: street,
            purpose: purpose(),
            session: SessionId::new(),
            limit: 20,
            born: None,
        };
        let hits = api.search(&question).await.unwrap().hits;
        assert!(hits.iter().all(|hit| hit.citizen != id));
        let overview = town.raw(Role::Clerk).open(&paths::overview(id)).await;
        assert!(!overview.body.contains(&question.query));
    });
}
