//! What rests in the outbox on purpose, the wrap-up above all: it is on the disk at once, takes every later wording, and is made once.

use skranke_domain::TicketId;

use super::sending::brisk;
use super::*;
use crate::testing::{Loopback, Reply, soon};

const RESOURCE: &str = "/v1/contacts/01890000-0000-7000-8000-00000000c041";

/// A wrap-up in one of its wordings.
fn wording(person: StaffId, text: &str, at: Timestamp, hold: Hold) -> Draft {
    let author = Author { person, citizen: CitizenId::new(), at };
    let place = Place { resource: RESOURCE.into(), posted_to: paths::CONTACTS.into() };
    let label = Label::Deed {
        citizen_name: "Jo Testrup Hvidkær".into(),
        deed: Deed::ContactRegistered,
        about: None,
        text: text.into(),
    };
    Draft::create(author, place, &json!({ "text": text }), label).unwrap().of_ticket(TicketId::new()).held(hold)
}

/// A wrap-up that rests until a moment.
pub(in crate::outbox) fn wording_until(person: StaffId, until: Timestamp) -> Draft {
    wording(person, "Hentede pas", now(), Hold::until(until))
}

fn after(seconds: i64) -> Timestamp {
    now() + jiff::SignedDuration::from_secs(seconds)
}

fn texts(outbox: &Outbox) -> Vec<String> {
    outbox.list().iter().map(|e| e.draft.body["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_wrap_up_is_on_the_disk_at_once_and_there_with_its_ticket_after_a_crash() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let entry = outbox.enqueue(wording(person, "Hentede pas", now(), Hold::Said)).unwrap();
    let crashed = profile.after_a_crash();
    let again = crashed.open(person).outbox;
    assert_eq!(again.list(), outbox.list());
    assert_eq!(again.list()[0].draft.subject.ticket, entry.draft.subject.ticket);
    // What was typed on after the crash takes the place of what was there.
    again.enqueue(wording(person, "Hentede pas, mangler billede", after(5), Hold::Said)).unwrap();
    assert_eq!(texts(&again), ["Hentede pas, mangler billede"]);
    assert_eq!(again.list()[0].id, entry.id, "still the same command");
}

#[test]
fn every_wording_takes_the_place_of_the_last_and_an_older_one_that_comes_late_does_not() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let rests = Hold::until(after(30));
    let first = outbox.enqueue(wording(person, "M", now(), rests)).unwrap();
    let (early, later) = (outbox.turn(), outbox.turn());
    outbox.enqueue_all_keeping(later, [wording(person, "Man", after(2), rests)], None).unwrap();
    let late = outbox.enqueue_all_keeping(early, [wording(person, "Ma", after(1), rests)], None).unwrap();
    assert_eq!(texts(&outbox), ["Man"]);
    assert_eq!((late[0].id, outbox.list().len()), (first.id, 1));
}

#[test]
fn what_is_typed_after_the_clock_was_set_back_counts_as_well() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let rests = Hold::until(after(30));
    let first = outbox.enqueue(wording(person, "Hentede", now(), rests)).unwrap();
    let back = wording(person, "Hentede pas", after(-7200), rests);
    let second = outbox.enqueue_all_keeping(outbox.turn(), [back], None).unwrap();
    assert_eq!(texts(&outbox), ["Hentede pas"]);
    assert_eq!(second[0].id, first.id);
    // The order is that of the deeds, whatever the clock said at each.
    let other = StaffId::new();
    let profile = Profile::new();
    let outbox = profile.open(other).outbox;
    let mut early = wording(other, "1", after(3600), Hold::Said);
    early.resource = "/v1/contacts/1".into();
    let mut late = wording(other, "2", after(-3600), Hold::Said);
    late.resource = "/v1/contacts/2".into();
    outbox.enqueue_all([early, late]).unwrap();
    assert_eq!(texts(&outbox), ["1", "2"]);
    assert_eq!(texts(&profile.after_a_crash().open(other).outbox), ["1", "2"]);
}

#[test]
fn it_does_not_leave_before_its_moment_and_not_at_all_while_something_is_still_to_be_said() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let entry = outbox.enqueue(wording(person, "", now(), Hold::Said)).unwrap();
    assert!(matches!(outbox.mark_attempted(entry.id, after(3600)), Err(OutboxError::NotReady)));
    outbox.enqueue(wording(person, "", after(1), Hold::until(after(31)))).unwrap();
    assert!(matches!(outbox.mark_attempted(entry.id, after(30)), Err(OutboxError::NotReady)));
    assert!(outbox.mark_attempted(entry.id, after(31)).is_ok());
}

#[test]
fn a_wrap_up_goes_also_when_the_clock_was_set_back() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let entry = outbox.enqueue(wording(person, "", now(), Hold::until(after(30)))).unwrap();
    assert!(outbox.mark_attempted(entry.id, after(-7200)).is_ok());
}

#[test]
fn what_left_is_not_made_a_second_time() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let entry = outbox.enqueue(wording(person, "", now(), Hold::until(now()))).unwrap();
    outbox.mark_attempted(entry.id, now()).unwrap();
    let again = |at| outbox.enqueue(wording(person, "for sent", at, Hold::until(at)));
    assert!(matches!(again(after(1)), Err(OutboxError::AlreadySent)), "it is under way");
    outbox.confirm(entry.id, Some(v(1))).unwrap();
    assert!(matches!(again(after(2)), Err(OutboxError::AlreadySent)), "it is registered");
    assert!(outbox.list().is_empty());
}

#[test]
fn a_wrap_up_that_another_window_left_can_still_be_worded() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let (first, second) = (profile.open(person).outbox, profile.open(person).outbox);
    second.enqueue(wording(person, "Fra det andet vindue", now(), Hold::Said)).unwrap();
    drop(second);
    assert_eq!(first.adopt_free_slots().unwrap(), 1);
    first.enqueue(wording(person, "Talt færdig", after(1), Hold::Said)).unwrap();
    assert_eq!(texts(&first), ["Talt færdig"]);
}

#[tokio::test]
async fn a_wrap_up_waits_for_its_outcome_and_leaves_when_it_is_saved_now() {
    let server = Loopback::start(|_, _| Reply::json(201, &json!({})).with("etag", &v(1).quoted())).await;
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let (tell, mut told) = tokio::sync::mpsc::channel(64);
    tokio::spawn(Sender::run_at(brisk(), outbox.clone(), server.api(), tell));
    outbox.put(wording(person, "Ny tid", Timestamp::now(), Hold::Said)).await.unwrap();
    let beside = outbox.put(judgement(person, CaseId::new(), "lease", ItemAction::Approve)).await.unwrap();
    loop {
        if let OutboxEvent::Confirmed { id, .. } = soon(told.recv()).await.unwrap() {
            assert_eq!(id, beside.id);
            break;
        }
    }
    assert_eq!(outbox.list().len(), 1, "the wrap-up still rests");
    let moment = Timestamp::now();
    outbox.put(wording(person, "Ny tid 18. juni", moment, Hold::until(moment))).await.unwrap();
    loop {
        if let OutboxEvent::Confirmed { .. } = soon(told.recv()).await.unwrap() {
            break;
        }
    }
    let sent: Vec<_> =
        server.seen().iter().filter(|r| r.target.ends_with("contacts")).map(|r| r.body.clone()).collect();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].contains("18. juni"));
}

#[tokio::test]
async fn a_wrap_up_saves_itself_when_its_time_is_up() {
    let server = Loopback::start(|_, _| Reply::json(201, &json!({})).with("etag", &v(1).quoted())).await;
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let (tell, mut told) = tokio::sync::mpsc::channel(64);
    tokio::spawn(Sender::run_at(brisk(), outbox.clone(), server.api(), tell));
    let due = Timestamp::now() + jiff::SignedDuration::from_millis(60);
    outbox.put(wording(person, "Klaret", Timestamp::now(), Hold::until(due))).await.unwrap();
    loop {
        if let OutboxEvent::Confirmed { .. } = soon(told.recv()).await.unwrap() {
            break;
        }
    }
    assert!(Timestamp::now() >= due, "not before its time");
    assert!(outbox.list().is_empty());
}
