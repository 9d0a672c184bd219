//! What the citizen page asks for beside her cases, through the real client: rules, notes, promises, life situations, hand-overs, what is
//! missing, one department alone.

use std::collections::BTreeSet;

use futures::StreamExt;
use reqwest::Method;
use serde_json::{Value, json};
use skranke::api::handovers::Receiver;
use skranke::api::notes::NoteView;
use skranke::api::overview::{Answer, OverviewLine};
use skranke::api::{ETag, ProblemKind, paths};
use skranke::domain::authority::Role;
use skranke::domain::handover::HandoverState;
use skranke::domain::life_situation::Follow;
use skranke::domain::note::{NoteKind, PromiseState};
use skranke::domain::{
    CaseId, CitizenId, CommandId, DepartmentId, HandoverId, LifeSituationId, NoteId, PromiseId, SituationId,
};

use crate::support::DIVORCED;
use crate::support::raw::Got;
use crate::support::town::{Town, purpose};

/// Makes something.
async fn make(town: &Town, role: Role, path: &str, body: &Value) -> Got {
    let key = CommandId::new().to_string();
    town.raw(role).send(Method::POST, path, &[("idempotency-key", &key)], body).await
}

/// Changes something that was seen in a version.
async fn change(town: &Town, role: Role, path: &str, seen: &ETag, body: &Value) -> Got {
    let key = CommandId::new().to_string();
    let seen = seen.quoted();
    town.raw(role).send(Method::PATCH, path, &[("idempotency-key", &key), ("if-match", &seen)], body).await
}

async fn note(town: &Town, citizen: CitizenId, id: NoteId) -> Option<NoteView> {
    let all = town.api(Role::Clerk).notes(citizen, &purpose()).await.unwrap();
    all.items.into_iter().find(|one| one.id == id)
}

#[test]
fn the_rules_of_the_office_come_with_papers_settling_and_changes() {
    let town = Town::quiet();
    town.run(async {
        let rules = town.api(Role::Clerk).rules().await.unwrap();
        assert!(!rules.papers.is_empty() && !rules.settle.is_empty());
        assert!(rules.changes.iter().any(|kind| kind.id.as_str() == "income"));
        let kinds = town.api(Role::Clerk).life_situations().await.unwrap();
        assert_eq!(kinds.len(), 21, "the situations of the requirements");
        assert!(kinds.iter().all(|kind| !kind.follows.is_empty()));
    });
}

#[test]
fn a_note_is_written_read_changed_on_the_version_that_was_seen_and_refused_on_an_old_one() {
    let town = Town::quiet();
    town.run(async {
        let citizen = town.showcase().await;
        let id = NoteId::new();
        let written = json!({ "id": id, "kind": "plain", "text": "Vil helst ringes op", "expires": "2026-07-01" });
        assert_eq!(make(&town, Role::Clerk, &paths::notes(citizen), &written).await.status, 201);
        let seen = note(&town, citizen, id).await.expect("the note");
        assert_eq!(
            (seen.kind, seen.text.as_str(), seen.by.as_str()),
            (NoteKind::Plain, "Vil helst ringes op", "Ida Mellemgaard")
        );

        let path = paths::note(citizen, id);
        let changed = json!({ "kind": "attention", "text": "Ring altid op", "expires": null });
        assert_eq!(change(&town, Role::Caseworker, &path, &seen.etag, &changed).await.status, 200);
        let late = json!({ "kind": "plain", "text": "Skriv i stedet" });
        change(&town, Role::Clerk, &path, &seen.etag, &late).await.refused(ProblemKind::Stale);
        let now = note(&town, citizen, id).await.expect("the note");
        assert_eq!((now.kind, now.text.as_str(), now.expires), (NoteKind::Attention, "Ring altid op", None));
        // An attention note stands before any plain one.
        let all = town.api(Role::Clerk).notes(citizen, &purpose()).await.unwrap().items;
        let plain = all.iter().position(|one| one.kind == NoteKind::Plain);
        let attention = all.iter().rposition(|one| one.kind == NoteKind::Attention);
        assert!(attention.unwrap() < plain.unwrap(), "{all:?}");
    });
}

#[test]
fn a_promise_is_made_and_kept_and_an_overdue_one_stands_first() {
    let town = Town::quiet();
    town.run(async {
        let citizen = town.showcase().await;
        let all = town.api(Role::Clerk).promises(citizen, &purpose()).await.unwrap().items;
        assert!(all.first().is_some_and(|first| first.due < "2026-06-09".parse().unwrap()), "{all:?}");
        let id = PromiseId::new();
        let given = json!({ "id": id, "text": "Vi skriver i morgen", "due": "2026-06-10" });
        assert_eq!(make(&town, Role::Clerk, &paths::promises(citizen), &given).await.status, 201);
        let find = async || {
            let all = town.api(Role::Caseworker).promises(citizen, &purpose()).await.unwrap().items;
            all.into_iter().find(|one| one.id == id).expect("the promise")
        };
        let promise = find().await;
        assert_eq!(promise.state, PromiseState::Open);
        let kept = json!({ "state": "kept", "outcome": "Skrevet" });
        let path = paths::promise(citizen, id);
        assert_eq!(change(&town, Role::Clerk, &path, &promise.etag, &kept).await.status, 200);
        let promise = find().await;
        assert_eq!((promise.state, promise.outcome.as_deref()), (PromiseState::Kept, Some("Skrevet")));
    });
}

#[test]
fn a_situation_is_opened_once_and_what_it_brings_is_dismissed_with_words_alone() {
    let town = Town::quiet();
    town.run(async {
        let api = town.api(Role::Clerk);
        let citizen = town.named(DIVORCED).await;
        let divorce = LifeSituationId::parse("divorce").unwrap();
        let list = api.situations(citizen, &purpose()).await.unwrap();
        let proposed = list.proposed.iter().find(|one| one.kind == divorce).expect("it is proposed");
        let id = SituationId::new();
        let open = json!({
            "id": id, "kind": "divorce", "since": proposed.on, "happening": proposed.happening, "answers": { "moves": "yes" },
        });
        assert_eq!(make(&town, Role::Clerk, &paths::situations(citizen), &open).await.status, 201);
        make(&town, Role::Clerk, &paths::situations(citizen), &open).await.refused(ProblemKind::AlreadyExists);
        let find = async || {
            let list = api.situations(citizen, &purpose()).await.unwrap();
            assert!(list.proposed.iter().all(|one| one.kind != divorce), "opened is proposed no more");
            list.situations.into_iter().find(|one| one.id == id).expect("the situation")
        };
        let seen = find().await;
        let path = paths::situation(citizen, id);
        let wordless = json!({ "change": "dismiss", "follow": "deposit-loan", "reason": " " });
        change(&town, Role::Clerk, &path, &seen.etag, &wordless).await.refused(ProblemKind::Invalid);
        let dismiss = json!({ "change": "dismiss", "follow": "deposit-loan", "reason": "Låner ikke" });
        assert_eq!(change(&town, Role::Clerk, &path, &seen.etag, &dismiss).await.status, 200);
        let now = find().await;
        let left_out = now.follows.iter().find(|one| one.follow.as_str() == "deposit-loan").unwrap();
        assert_eq!((left_out.state, left_out.reason.as_deref()), (Follow::Dismissed, Some("Låner ikke")));
        assert_ne!(now.etag, seen.etag);
    });
}

#[test]
fn a_hand_over_reaches_its_colleague_and_only_she_takes_it() {
    let town = Town::quiet();
    town.run(async {
        let (clerk, colleague) = (town.api(Role::Clerk), town.api(Role::Caseworker));
        let citizen = town.showcase().await;
        let found = clerk.colleagues("brunsgaard").await.unwrap().items;
        let [mette] = &found[..] else { panic!("one of that name: {found:?}") };
        let id = HandoverId::new();
        let card = json!({
            "what": "Beholder hun pladsen?", "verified": "document", "promised": "", "missing": [], "cases": [], "answers": [],
        });
        let sent = json!({ "id": id, "citizen": citizen, "receiver": Receiver::Colleague { id: mette.id }, "card": card });
        let made = make(&town, Role::Clerk, paths::HANDOVERS, &sent).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let inbox = colleague.handovers_in().await.unwrap().items;
        let came = inbox.iter().find(|one| one.id == id).expect("in her inbox");
        assert_eq!(came.state, HandoverState::Sent);
        assert!(clerk.handovers_in().await.unwrap().items.iter().all(|one| one.id != id), "not in the sender's");

        let path = paths::handover(id);
        let accept = json!({ "state": "accepted" });
        change(&town, Role::Clerk, &path, &came.etag, &accept).await.refused(ProblemKind::Forbidden);
        assert_eq!(change(&town, Role::Caseworker, &path, &came.etag, &accept).await.status, 200);
        let about = clerk.handovers_of(citizen, &purpose()).await.unwrap().items;
        let now = about.iter().find(|one| one.id == id).unwrap();
        assert_eq!((now.state, now.taken_by.as_deref()), (HandoverState::Accepted, Some("Mette Brunsgaard")));
        let done = json!({ "state": "done" });
        change(&town, Role::Caseworker, &path, &now.etag, &done).await.refused(ProblemKind::Invalid);
    });
}

#[test]
fn what_is_missing_names_each_paper_once_and_departments_of_which_it_is_not_known() {
    let town = Town::quiet();
    town.run(async {
        let citizen = town.showcase().await;
        let missing = town.api(Role::Clerk).missing(citizen, &purpose()).await.unwrap();
        assert!(!missing.papers.is_empty() && missing.unknown.is_empty());
        let mut kinds = BTreeSet::new();
        for paper in &missing.papers {
            assert!(!paper.uses.is_empty());
            if let Some(kind) = &paper.uses[0].paper.paper {
                assert!(kinds.insert(kind.clone()), "{kind} stands twice");
            }
            assert!(paper.uses.iter().all(|used| used.paper.department.as_str() != "sof"));
        }
    });
    // A paper that a second department asks for too is missing once, for both.
    town.run(async {
        let citizen = town.named(DIVORCED).await;
        let count = async || town.api(Role::Clerk).missing(citizen, &purpose()).await.unwrap().papers;
        let before = count().await;
        assert!(before.iter().all(|paper| paper.uses.len() == 1));
        let begin = json!({ "id": CaseId::new(), "citizen": citizen, "procedure": "housing-benefit" });
        assert_eq!(make(&town, Role::Clerk, paths::CASES, &begin).await.status, 201);
        let after = count().await;
        let shared = after.iter().find(|paper| paper.uses.len() > 1).expect("a paper that both ask for");
        let departments: BTreeSet<&str> = shared.uses.iter().map(|used| used.paper.department.as_str()).collect();
        assert_eq!(departments, BTreeSet::from(["buf", "udk"]));
    });
    let town = Town::usual();
    town.run(async {
        let missing = town.api(Role::Clerk).missing(town.showcase().await, &purpose()).await.unwrap();
        assert_eq!(missing.unknown, [DepartmentId::parse("bif").unwrap()], "down is not none");
    });
}

#[test]
fn one_department_alone_can_be_asked_again() {
    let town = Town::quiet();
    town.run(async {
        let (api, citizen) = (town.api(Role::Clerk), town.showcase().await);
        let buf = DepartmentId::parse("buf").unwrap();
        let lines: Vec<_> = api.overview_of(citizen, &purpose(), Some(&buf)).await.unwrap().collect().await;
        let mut answered = Vec::new();
        for line in lines {
            if let OverviewLine::Section(section) = line.unwrap() {
                assert!(matches!(section.answer, Answer::Answered { .. }));
                answered.push(section.department);
            }
        }
        assert_eq!(answered, [buf]);
        // A withheld one says the same alone as among the others.
        let sof = DepartmentId::parse("sof").unwrap();
        let lines: Vec<_> = api.overview_of(citizen, &purpose(), Some(&sof)).await.unwrap().collect().await;
        let withheld = lines.into_iter().filter_map(|line| match line.unwrap() {
            OverviewLine::Section(section) => Some(section.answer),
            _ => None,
        });
        assert_eq!(withheld.collect::<Vec<_>>(), [Answer::Withheld]);
    });
}
