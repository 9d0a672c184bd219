//! The outbox on the line: over real sockets, with a server that fails in every way. What does not live here: the real server.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::mpsc;

use super::*;
use crate::testing::{Loopback, Reply, Request, soon};

struct Desk {
    profile: Profile,
    person: StaffId,
    outbox: Outbox,
    told: mpsc::Receiver<OutboxEvent>,
    sender: tokio::task::JoinHandle<()>,
}

pub(super) fn brisk() -> Pace {
    Pace { at_once: 4, pause: (Duration::from_millis(2), Duration::from_millis(10)) }
}

impl Desk {
    fn new(api: crate::CaseApi) -> Self {
        let (profile, person) = (Profile::new(), StaffId::new());
        let outbox = profile.open(person).outbox;
        Self::on(profile, person, outbox, api)
    }

    fn on(profile: Profile, person: StaffId, outbox: Outbox, api: crate::CaseApi) -> Self {
        let (tell, told) = mpsc::channel(64);
        let sender = tokio::spawn(Sender::run_at(brisk(), outbox.clone(), api, tell));
        Self { profile, person, outbox, told, sender }
    }

    async fn edit(&self, case: CaseId, item: &str, action: ItemAction) -> Entry {
        self.outbox.put(judgement(self.person, case, item, action)).await.unwrap()
    }

    /// The next thing told that is not merely that something leaves.
    async fn next(&mut self) -> OutboxEvent {
        loop {
            match soon(self.told.recv()).await.unwrap() {
                OutboxEvent::Sending(_) => {}
                other => return other,
            }
        }
    }
}

fn key(request: &Request) -> String {
    request.header("idempotency-key").unwrap().to_owned()
}

fn done(version: i64) -> Reply {
    Reply::json(200, &json!({"version": version})).with("etag", &v(version).quoted())
}

#[tokio::test]
async fn an_edit_is_sent_by_itself_and_its_answer_reaches_the_page() {
    let server = Loopback::start(|_, _| done(2)).await;
    let mut desk = Desk::new(server.api());
    let entry = desk.edit(CaseId::new(), "lease", ItemAction::Approve).await;
    match desk.next().await {
        OutboxEvent::Confirmed { id, answer, etag } => {
            assert_eq!((id, etag), (entry.id, Some(v(2))));
            assert_eq!(answer, json!({"version": 2}));
        }
        other => panic!("{other:?}"),
    }
    assert!(desk.outbox.list().is_empty());
    assert_eq!(key(&server.seen()[0]), entry.id.to_string());
}

#[tokio::test]
async fn a_line_that_breaks_before_the_answer_sends_the_same_command_again() {
    let server = Loopback::start(|n, _| if n < 3 { Reply::Close } else { done(2) }).await;
    let mut desk = Desk::new(server.api());
    let entry = desk.edit(CaseId::new(), "lease", ItemAction::Reject).await;
    assert!(matches!(desk.next().await, OutboxEvent::LineDown));
    assert!(matches!(desk.next().await, OutboxEvent::LineUp));
    assert!(matches!(desk.next().await, OutboxEvent::Confirmed { id, .. } if id == entry.id));
    let seen = server.seen();
    assert_eq!(seen.len(), 4);
    for request in &seen {
        assert_eq!((key(request), &request.body), (entry.id.to_string(), &seen[0].body));
        assert_eq!(request.header("if-match"), Some("\"v1\""));
    }
}

#[tokio::test]
async fn a_killed_window_sends_its_edit_at_the_next_start_with_the_same_command() {
    let mut server = Loopback::start(|n, _| if n == 0 { Reply::Hang } else { done(2) }).await;
    let desk = Desk::new(server.api());
    let entry = desk.edit(CaseId::new(), "lease", ItemAction::Approve).await;
    let first = server.arrival().await;
    let after = desk.profile.after_a_crash();
    desk.sender.abort();
    let opened = after.open(desk.person);
    let mut again = Desk::on(after, desk.person, opened.outbox, server.api());
    assert!(matches!(again.next().await, OutboxEvent::Confirmed { id, .. } if id == entry.id));
    let second = server.arrival().await;
    assert_eq!((key(&second), &second.body), (key(&first), &first.body));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn two_edits_of_one_item_are_sent_one_after_the_other_each_on_the_version_before() {
    let mut server = Loopback::start(|n, _| match n {
        // The second edit is written while the first one waits for its answer.
        0 => Reply::Close,
        n => done(i64::try_from(n).unwrap() + 1),
    })
    .await;
    let mut desk = Desk::new(server.api());
    let case = CaseId::new();
    let first = desk.edit(case, "lease", ItemAction::Reject).await;
    server.arrival().await;
    let second = desk.edit(case, "lease", ItemAction::Approve).await;
    assert_ne!(first.id, second.id);
    let mut confirmed = Vec::new();
    while confirmed.len() < 2 {
        if let OutboxEvent::Confirmed { id, .. } = desk.next().await {
            confirmed.push(id);
        }
    }
    assert_eq!(confirmed, [first.id, second.id]);
    let seen = server.seen();
    let sent: Vec<_> = seen.iter().map(|r| (key(r), r.header("if-match").unwrap().to_owned())).collect();
    let (one, two) = (first.id.to_string(), second.id.to_string());
    assert_eq!(sent, [(one.clone(), "\"v1\"".into()), (one, "\"v1\"".into()), (two, "\"v2\"".into())]);
}

#[tokio::test]
async fn a_stale_edit_comes_back_to_her_while_the_others_go_on() {
    let server =
        Loopback::start(
            |_, request| {
                if request.target.ends_with("/lease") { Reply::problem(ProblemKind::Stale) } else { done(2) }
            },
        )
        .await;
    let mut desk = Desk::new(server.api());
    let case = CaseId::new();
    let lease = desk.edit(case, "lease", ItemAction::Reject).await;
    match desk.next().await {
        OutboxEvent::Refused { id, problem } => {
            assert_eq!((id, problem.known()), (lease.id, Some(ProblemKind::Stale)));
        }
        other => panic!("{other:?}"),
    }
    let held = desk.edit(case, "lease", ItemAction::Approve).await;
    let passport = desk.edit(case, "passport", ItemAction::Approve).await;
    assert!(matches!(desk.next().await, OutboxEvent::Confirmed { id, .. } if id == passport.id));
    let left: Vec<_> = desk.outbox.list().into_iter().map(|e| e.id).collect();
    assert_eq!(left, [lease.id, held.id]);
    assert_eq!(server.seen().iter().filter(|r| r.target.ends_with("/lease")).count(), 1);
}

#[tokio::test]
async fn a_server_in_trouble_or_still_at_it_is_asked_again_and_nothing_else_waits() {
    let mut lease = 0;
    let server = Loopback::start(move |_, request| {
        if !request.target.ends_with("/lease") {
            return done(2);
        }
        lease += 1;
        match lease {
            1 => Reply::problem(ProblemKind::Internal),
            2 => Reply::problem(ProblemKind::StillRunning),
            3 => Reply::html(200),
            _ => done(2),
        }
    })
    .await;
    let mut desk = Desk::new(server.api());
    let (case, other) = (CaseId::new(), CaseId::new());
    let lease = desk.edit(case, "lease", ItemAction::Approve).await;
    let passport = desk.edit(other, "passport", ItemAction::Approve).await;
    let mut confirmed = Vec::new();
    let mut postponed = 0;
    while confirmed.len() < 2 {
        match desk.next().await {
            OutboxEvent::Confirmed { id, .. } => confirmed.push(id),
            OutboxEvent::Postponed { id, .. } => {
                assert_eq!(id, lease.id);
                postponed += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(postponed, 3);
    confirmed.sort();
    assert_eq!(confirmed, [lease.id, passport.id]);
}

#[tokio::test]
async fn signed_out_nothing_is_sent_until_she_signs_in_again() {
    let signed_in = Arc::new(AtomicBool::new(false));
    let seen_by_server = signed_in.clone();
    let server = Loopback::start(move |_, _| {
        if seen_by_server.load(Ordering::SeqCst) { done(2) } else { Reply::problem(ProblemKind::Unauthenticated) }
    })
    .await;
    let api = server.api();
    let mut desk = Desk::new(api.clone());
    let first = desk.edit(CaseId::new(), "lease", ItemAction::Approve).await;
    assert!(matches!(desk.next().await, OutboxEvent::SignedOut));
    let second = desk.edit(CaseId::new(), "passport", ItemAction::Approve).await;
    assert!(desk.outbox.list().iter().all(Entry::is_on_its_way), "nothing is refused");
    signed_in.store(true, Ordering::SeqCst);
    api.sign_in_again().await;
    for _ in 0..2 {
        assert!(matches!(desk.next().await, OutboxEvent::Confirmed { .. }));
    }
    let mut keys: Vec<_> = server.seen().iter().map(key).collect();
    keys[1..].sort();
    assert_eq!(keys, [first.id.to_string(), first.id.to_string(), second.id.to_string()], "nothing left meanwhile");
}

#[tokio::test]
async fn at_most_four_resources_are_written_at_once() {
    let mut server = Loopback::start(|n, _| if n < 4 { Reply::Hang } else { done(2) }).await;
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    for _ in 0..6 {
        outbox.enqueue(judgement(person, CaseId::new(), "lease", ItemAction::Approve)).unwrap();
    }
    let limits = crate::Limits { request: Duration::from_millis(400), ..crate::testing::quick() };
    let mut desk = Desk::on(profile, person, outbox, server.api_with(limits));
    for _ in 0..4 {
        server.arrival().await;
    }
    let under_way = desk.outbox.list().iter().filter(|e| e.state == EntryState::Attempted).count();
    assert_eq!((under_way, server.seen().len()), (4, 4));
    assert!(matches!(desk.next().await, OutboxEvent::LineDown));
    let mut confirmed = 0;
    while confirmed < 6 {
        if matches!(desk.next().await, OutboxEvent::Confirmed { .. }) {
            confirmed += 1;
        }
    }
}

#[tokio::test]
async fn the_sender_ends_when_nobody_listens_any_more() {
    let server = Loopback::start(|_, _| done(2)).await;
    let Desk { told, sender, .. } = Desk::new(server.api());
    drop(told);
    soon(sender).await.unwrap();
}
