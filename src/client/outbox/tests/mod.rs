//! The outbox as the clerk meets it: over restarts, in several windows, with damaged files. What does not live here: any interleaving
//! (`any_order.rs`), sending (`sending.rs`).

mod any_order;
mod disk;
mod half;
mod resting;
mod sending;

pub(super) use resting::wording_until;

use std::fs;
use std::path::Path;

use serde_json::json;
use skranke_api::cases::ItemChange;
use skranke_api::paths;
use skranke_domain::checklist::ItemAction;
use skranke_domain::{AppointmentId, CaseId, CitizenId, CounterId, ItemId, Localized};

use super::*;
use skranke_api::ProblemKind;
use skranke_api::appointments::{AppointmentChange, BookRequest};
use skranke_domain::appointment::AppointmentStatus;

/// A profile folder with its key.
struct Profile {
    folder: tempfile::TempDir,
    keys: KeyPlace,
}

impl Profile {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyPlace::TrainingFile(folder.path().join("training.key"));
        Self { folder, keys }
    }

    fn open(&self, person: StaffId) -> Opened {
        Outbox::open(self.folder.path(), &self.keys, person).unwrap()
    }

    /// What a start after `kill -9` finds: the files as they lie on disk at this moment.
    fn after_a_crash(&self) -> Self {
        let crashed = Self::new();
        for file in fs::read_dir(self.folder.path()).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), crashed.folder.path().join(file.file_name())).unwrap();
        }
        crashed
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }
}

fn now() -> Timestamp {
    "2026-06-09T08:15:00Z".parse().unwrap()
}

fn v(n: i64) -> ETag {
    ETag::of_version(n)
}

const REASON: &str = "Lejekontrakten er ikke underskrevet";

/// A judgement of one item of one case.
fn judgement(person: StaffId, case: CaseId, item: &str, action: ItemAction) -> Draft {
    let item = ItemId::parse(item).unwrap();
    let label = Label::Item {
        citizen_name: "Kalina Testrup Wrona".into(),
        case_number: "KFF-2026-117940".into(),
        item_id: item.clone(),
        item: Localized::new("Lejekontrakt", "Lease"),
        action,
        reason: Some(REASON.into()),
    };
    let author = Author { person, citizen: CitizenId::new(), at: now() };
    let change = ItemChange { action, reason: Some(REASON.into()) };
    Draft::item(author, case, &item, v(1), &change, label).unwrap()
}

fn actions(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|e| e.draft.body["action"].as_str().unwrap()).collect()
}

#[test]
fn what_was_put_in_is_there_after_a_crash() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    outbox.enqueue(judgement(person, CaseId::new(), "lease", ItemAction::Reject)).unwrap();
    let sent = outbox.enqueue(judgement(person, CaseId::new(), "passport", ItemAction::Approve)).unwrap();
    outbox.mark_attempted(sent.id, now()).unwrap();
    let crashed = profile.after_a_crash();
    let again = crashed.open(person);
    assert!(again.set_aside.is_empty());
    assert_eq!(again.outbox.list(), outbox.list());
    assert_eq!(again.outbox.list()[1].state, EntryState::Attempted);
    let first = outbox.mark_attempted(sent.id, now()).unwrap();
    assert_eq!(again.outbox.mark_attempted(sent.id, now()).unwrap(), first, "the same request is sent again");
}

#[test]
fn nobody_reads_names_reasons_or_paths_in_the_file() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let case = CaseId::new();
    let entry = outbox.enqueue(judgement(person, case, "lease", ItemAction::Reject)).unwrap();
    outbox.mark_attempted(entry.id, now()).unwrap();
    outbox.refuse(entry.id, Problem::new(ProblemKind::Stale)).unwrap();
    let bytes = fs::read(slot::path(profile.path(), 0)).unwrap();
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|w| w == needle);
    let (person, case) = (person.to_string(), case.to_string());
    for needle in
        ["Kalina", "Wrona", "Lejekontrakt", "KFF-2026", "checklist", "reject", "judgement", "stale", &person, &case]
    {
        assert!(!holds(needle.as_bytes()), "{needle} stands in the file");
    }
    assert!(holds(entry.id.0.as_bytes()), "the search itself works: the record's key is in clear");
}

#[test]
fn she_changes_her_mind_before_it_left_and_only_the_last_word_is_sent() {
    let (profile, person, case) = (Profile::new(), StaffId::new(), CaseId::new());
    let outbox = profile.open(person).outbox;
    let first = outbox.enqueue(judgement(person, case, "lease", ItemAction::Reject)).unwrap();
    let second = outbox.enqueue(judgement(person, case, "lease", ItemAction::Approve)).unwrap();
    assert_eq!(second.id, first.id);
    assert_eq!(second.draft.based_on, Basis::Version(v(1)));
    assert_eq!(actions(&outbox.list()), ["approve"]);
    outbox.enqueue(judgement(person, case, "passport", ItemAction::Waive)).unwrap();
    assert_eq!(outbox.list().len(), 2, "another item is another thing");
}

#[test]
fn she_changes_her_mind_after_it_left_and_both_are_sent_in_order() {
    let (profile, person, case) = (Profile::new(), StaffId::new(), CaseId::new());
    let outbox = profile.open(person).outbox;
    let first = outbox.enqueue(judgement(person, case, "lease", ItemAction::Reject)).unwrap();
    outbox.mark_attempted(first.id, now()).unwrap();
    let second = outbox.enqueue(judgement(person, case, "lease", ItemAction::Approve)).unwrap();
    assert_ne!(second.id, first.id);
    assert_eq!(second.draft.based_on, Basis::After(first.id));
    assert!(matches!(outbox.mark_attempted(second.id, now()), Err(OutboxError::NotReady)));
    assert!(matches!(outbox.discard(first.id), Err(OutboxError::OutcomeUnknown)));
    outbox.confirm(first.id, Some(v(2))).unwrap();
    let request = profile.after_a_crash().open(person).outbox.mark_attempted(second.id, now()).unwrap();
    assert_eq!(request.if_match, Some(v(2)));
}

#[test]
fn an_edit_written_while_the_answer_came_fits_the_new_version() {
    let (profile, person, case) = (Profile::new(), StaffId::new(), CaseId::new());
    let outbox = profile.open(person).outbox;
    let first = outbox.enqueue(judgement(person, case, "lease", ItemAction::Reject)).unwrap();
    outbox.mark_attempted(first.id, now()).unwrap();
    outbox.confirm(first.id, Some(v(2))).unwrap();
    let on_the_old = outbox.enqueue(judgement(person, case, "lease", ItemAction::Approve)).unwrap();
    assert_eq!(on_the_old.draft.based_on, Basis::Version(v(2)));
    outbox.discard(on_the_old.id).unwrap();
    let after = Draft { based_on: Basis::After(first.id), ..judgement(person, case, "lease", ItemAction::Approve) };
    assert_eq!(outbox.enqueue(after).unwrap().draft.based_on, Basis::Version(v(2)));
    let unknown = Draft {
        based_on: Basis::After(CommandId::new()),
        ..judgement(person, CaseId::new(), "lease", ItemAction::Approve)
    };
    assert!(matches!(outbox.enqueue(unknown), Err(OutboxError::UnknownBasis)));
}

#[test]
fn a_refusal_holds_its_own_item_and_nothing_else() {
    let (profile, person, case) = (Profile::new(), StaffId::new(), CaseId::new());
    let outbox = profile.open(person).outbox;
    let refused = outbox.enqueue(judgement(person, case, "lease", ItemAction::Reject)).unwrap();
    outbox.mark_attempted(refused.id, now()).unwrap();
    let behind = outbox.enqueue(judgement(person, case, "lease", ItemAction::Approve)).unwrap();
    let other = outbox.enqueue(judgement(person, case, "passport", ItemAction::Approve)).unwrap();
    outbox.refuse(refused.id, Problem::new(ProblemKind::Stale)).unwrap();
    let states: Vec<_> = outbox.list().into_iter().map(|e| format!("{:?}", e.state)).collect();
    assert_eq!(states, ["Refused(urn:skranke:problem:stale)", "Held", "Queued"]);
    assert_eq!(outbox.ready().iter().map(|e| e.id).collect::<Vec<_>>(), [other.id]);
    assert_eq!(outbox.list()[0].draft.body["reason"], REASON, "all that was typed comes back");
    let again = outbox.retry(refused.id, Basis::Version(v(9)), refused.draft.body.clone(), now()).unwrap();
    assert_ne!(again.id, refused.id);
    let chain = outbox.pending_for(&refused.draft.resource);
    assert_eq!(chain.iter().map(|e| e.id).collect::<Vec<_>>(), [again.id, behind.id]);
    assert_eq!(chain[1].draft.based_on, Basis::After(again.id));
    assert_eq!(outbox.mark_attempted(again.id, now()).unwrap().if_match, Some(v(9)));
}

#[test]
fn what_follows_a_change_that_is_given_up_goes_on_from_where_that_began() {
    let (profile, person, case) = (Profile::new(), StaffId::new(), CaseId::new());
    let outbox = profile.open(person).outbox;
    let refused = outbox.enqueue(judgement(person, case, "lease", ItemAction::Reject)).unwrap();
    outbox.mark_attempted(refused.id, now()).unwrap();
    let behind = outbox.enqueue(judgement(person, case, "lease", ItemAction::Approve)).unwrap();
    outbox.refuse(refused.id, Problem::new(ProblemKind::Transition)).unwrap();
    outbox.discard(refused.id).unwrap();
    assert_eq!(outbox.mark_attempted(behind.id, now()).unwrap().if_match, Some(v(1)));
}

fn a_booking(person: StaffId) -> (AppointmentId, Draft) {
    let id = AppointmentId::new();
    let booking = BookRequest {
        id,
        citizen: CitizenId::new(),
        cases: vec![CaseId::new()],
        counter: CounterId::parse("counter-4").unwrap(),
        start: now(),
        minutes: 30,
        people: 1,
        with: None,
        interpreter: None,
        language: None,
        replaces: None,
        cause: None,
    };
    let label = Label::Booking {
        citizen_name: "Kalina Testrup Wrona".into(),
        title: None,
        appointment: id,
        counter: booking.counter.clone(),
        start: now(),
        minutes: 30,
    };
    let author = Author { person, citizen: booking.citizen, at: now() };
    (id, Draft::booking(author, &booking, label).unwrap())
}

fn a_cancellation(person: StaffId, id: AppointmentId, based_on: Basis) -> Draft {
    let change = AppointmentChange::status(AppointmentStatus::Cancelled, Some("syg".into()));
    let label = Label::Appointment {
        citizen_name: "Kalina Testrup Wrona".into(),
        appointment: id,
        start: now(),
        status: change.status,
        moved_to: None,
        reason: change.reason.clone(),
    };
    let author = Author { person, citizen: CitizenId::new(), at: now() };
    Draft::appointment(author, id, based_on, &change, label).unwrap()
}

#[test]
fn a_booking_can_be_cancelled_before_it_was_sent_and_two_bookings_do_not_wait_for_each_other() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let (id, draft) = a_booking(person);
    let booked = outbox.enqueue(draft).unwrap();
    let other = outbox.enqueue(a_booking(person).1).unwrap();
    let cancelled = outbox.enqueue(a_cancellation(person, id, Basis::After(booked.id))).unwrap();
    assert_eq!(outbox.ready().iter().map(|e| e.id).collect::<Vec<_>>(), [booked.id, other.id]);
    let request = outbox.mark_attempted(booked.id, now()).unwrap();
    assert_eq!((request.method, request.path.as_str(), &request.if_match), (Method::Post, paths::APPOINTMENTS, &None));
    outbox.confirm(booked.id, Some(v(1))).unwrap();
    let request = outbox.mark_attempted(cancelled.id, now()).unwrap();
    assert_eq!((request.path, request.if_match), (paths::appointment(id), Some(v(1))));
}

#[test]
fn a_cancellation_of_a_booking_that_was_given_up_comes_back_to_her() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let (id, draft) = a_booking(person);
    let booked = outbox.enqueue(draft).unwrap();
    outbox.mark_attempted(booked.id, now()).unwrap();
    let cancelled = outbox.enqueue(a_cancellation(person, id, Basis::After(booked.id))).unwrap();
    outbox.refuse(booked.id, Problem::new(ProblemKind::SlotTaken)).unwrap();
    outbox.discard(booked.id).unwrap();
    let left = outbox.list();
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].id, left[0].state.problem().unwrap().status), (cancelled.id, 428));
}

#[test]
fn a_second_window_takes_another_slot_and_its_unsent_changes_are_adopted_when_it_ends() {
    let (profile, person, case) = (Profile::new(), StaffId::new(), CaseId::new());
    let first = profile.open(person).outbox;
    let second = profile.open(person).outbox;
    assert_eq!((first.slot(), second.slot()), (Some(0), Some(1)));
    let own = first.enqueue(judgement(person, CaseId::new(), "lease", ItemAction::Approve)).unwrap();
    let sent = second.enqueue(judgement(person, case, "lease", ItemAction::Reject)).unwrap();
    second.mark_attempted(sent.id, now()).unwrap();
    let behind = second.enqueue(judgement(person, case, "lease", ItemAction::Approve)).unwrap();
    assert_eq!(first.adopt_free_slots().unwrap(), 0, "a window that runs keeps its own");
    drop(second);
    assert_eq!(first.adopt_free_slots().unwrap(), 2);
    assert_eq!(first.adopt_free_slots().unwrap(), 0);
    assert_eq!(first.list().iter().map(|e| e.id).collect::<Vec<_>>(), [own.id, sent.id, behind.id]);
    assert_eq!(first.mark_attempted(sent.id, now()).unwrap().if_match, Some(v(1)));
    let expected = first.list();
    drop(first);
    let again = profile.open(person);
    assert_eq!((again.adopted, again.outbox.slot(), again.outbox.list()), (0, Some(0), expected));
    again.outbox.confirm(sent.id, Some(v(2))).unwrap();
    drop(again);
    let left: Vec<_> = profile.open(person).outbox.list().into_iter().map(|e| e.id).collect();
    assert_eq!(left, [own.id, behind.id], "what was confirmed does not come back from the other slot");
}

#[test]
fn an_adopted_edit_of_an_item_waits_for_her_own() {
    let (profile, person, case) = (Profile::new(), StaffId::new(), CaseId::new());
    let (first, second) = (profile.open(person).outbox, profile.open(person).outbox);
    let own = first.enqueue(judgement(person, case, "lease", ItemAction::Approve)).unwrap();
    let adopted = second.enqueue(judgement(person, case, "lease", ItemAction::Reject)).unwrap();
    drop(second);
    assert_eq!(first.adopt_free_slots().unwrap(), 1);
    assert!(matches!(first.mark_attempted(adopted.id, now()), Err(OutboxError::NotReady)));
    first.mark_attempted(own.id, now()).unwrap();
    first.confirm(own.id, Some(v(2))).unwrap();
    let request = first.mark_attempted(adopted.id, now()).unwrap();
    assert_eq!(request.if_match, Some(v(1)), "it never saw the other's change: the server will say so");
}

#[test]
fn a_start_adopts_what_a_killed_window_left_and_a_crash_while_adopting_doubles_nothing() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let (first, second) = (profile.open(person).outbox, profile.open(person).outbox);
    let left = second.enqueue(judgement(person, CaseId::new(), "lease", ItemAction::Approve)).unwrap();
    let left_behind = fs::read(slot::path(profile.path(), 1)).unwrap();
    drop((first, second));
    let opened = profile.open(person);
    assert_eq!(opened.adopted, 1);
    drop(opened);
    // The crash came after the own slot was written and before the other was emptied.
    fs::write(slot::path(profile.path(), 1), left_behind).unwrap();
    let opened = profile.open(person);
    assert_eq!(opened.adopted, 0);
    assert_eq!(opened.outbox.list().iter().map(|e| e.id).collect::<Vec<_>>(), [left.id]);
    let edit = Draft { resource: left.draft.resource.clone(), path: left.draft.path.clone(), ..left.draft.clone() };
    assert_ne!(opened.outbox.enqueue(edit).unwrap().id, left.id, "an adopted change keeps its body");
}

#[test]
fn another_persons_changes_are_left_alone_and_wait_for_her() {
    let (profile, ida, mette) = (Profile::new(), StaffId::new(), StaffId::new());
    let outbox = profile.open(ida).outbox;
    let hers = outbox.enqueue(judgement(ida, CaseId::new(), "lease", ItemAction::Approve)).unwrap();
    assert!(matches!(
        outbox.enqueue(judgement(mette, CaseId::new(), "lease", ItemAction::Approve)),
        Err(OutboxError::OtherPerson)
    ));
    drop(outbox);
    let other = profile.open(mette);
    assert_eq!((other.outbox.slot(), other.adopted, other.outbox.list().len()), (Some(1), 0, 0));
    other.outbox.enqueue(judgement(mette, CaseId::new(), "lease", ItemAction::Approve)).unwrap();
    let again = profile.open(ida);
    assert_eq!(again.outbox.list().iter().map(|e| e.id).collect::<Vec<_>>(), [hers.id]);
}

#[test]
fn nine_windows_are_one_too_many() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let open: Vec<_> = (0..slot::SLOTS).map(|_| profile.open(person).outbox).collect();
    assert!(matches!(Outbox::open(profile.path(), &profile.keys, person), Err(OutboxError::NoFreeSlot)));
    drop(open);
    assert_eq!(profile.open(person).outbox.slot(), Some(0));
}

#[test]
fn a_file_that_is_no_outbox_is_set_aside_with_its_path_and_the_day_begins() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let rubbish = b"this was a shopping list once, and it is longer than a header ".repeat(80);
    fs::write(slot::path(profile.path(), 0), &rubbish).unwrap();
    let opened = profile.open(person);
    assert_eq!(opened.set_aside.len(), 1);
    assert_eq!(fs::read(&opened.set_aside[0]).unwrap(), rubbish, "never deleted");
    opened.outbox.enqueue(judgement(person, CaseId::new(), "lease", ItemAction::Approve)).unwrap();
}

#[test]
fn a_file_sealed_with_another_key_is_set_aside_and_opens_again_with_its_own() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let entry =
        profile.open(person).outbox.enqueue(judgement(person, CaseId::new(), "lease", ItemAction::Approve)).unwrap();
    let key = profile.path().join("training.key");
    let old_key = fs::read(&key).unwrap();
    fs::write(&key, [7; 32]).unwrap();
    let opened = profile.open(person);
    assert!(opened.outbox.list().is_empty());
    let aside = opened.set_aside[0].clone();
    drop(opened);
    fs::write(&key, old_key).unwrap();
    fs::rename(aside, slot::path(profile.path(), 3)).unwrap();
    // The fresh file in slot 0 belongs to the other key now and is put aside in its turn.
    let again = profile.open(person);
    assert_eq!((again.adopted, again.set_aside.len()), (1, 1));
    assert_eq!(again.outbox.list()[0].id, entry.id);
}

#[test]
fn a_file_damaged_anywhere_never_stops_the_start_and_shows_nothing_false() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    for item in ["lease", "passport", "photo"] {
        outbox.enqueue(judgement(person, CaseId::new(), item, ItemAction::Approve)).unwrap();
    }
    let whole = outbox.list();
    drop(outbox);
    let file = slot::path(profile.path(), 0);
    let bytes = fs::read(&file).unwrap();
    let cuts = [1, 9, 64, 320, 4096, 5000, bytes.len() / 2, bytes.len() - 1];
    let mut images: Vec<Vec<u8>> = cuts.iter().map(|cut| bytes[..*cut].to_vec()).collect();
    for at in (0..bytes.len()).step_by(bytes.len() / 60) {
        let mut image = bytes.clone();
        for byte in &mut image[at..(at + 24).min(bytes.len())] {
            *byte ^= 0xa5;
        }
        images.push(image);
    }
    let mut noticed = 0;
    for image in images {
        let damaged = profile.after_a_crash();
        fs::write(slot::path(damaged.path(), 0), &image).unwrap();
        let opened = damaged.open(person);
        let list = opened.outbox.list();
        assert!(list.iter().all(|e| whole.contains(e)), "an entry changed");
        if list.len() < whole.len() {
            assert_eq!(opened.set_aside.len(), 1, "something is missing and nobody was told");
        }
        noticed += opened.set_aside.len();
        opened.outbox.enqueue(judgement(person, CaseId::new(), "lease", ItemAction::Approve)).unwrap();
    }
    assert!(noticed > 8, "the damage was felt");
}

#[test]
fn without_a_place_for_keys_nothing_is_written_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let person = StaffId::new();
    let outbox = Outbox::open(folder.path(), &KeyPlace::Memory, person).unwrap().outbox;
    outbox.enqueue(judgement(person, CaseId::new(), "lease", ItemAction::Approve)).unwrap();
    assert_eq!((outbox.is_durable(), outbox.list().len()), (false, 1));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_log_line_of_an_entry_names_nobody() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let entry = outbox.enqueue(judgement(person, CaseId::new(), "lease", ItemAction::Reject)).unwrap();
    let mut problem = Problem::new(ProblemKind::Stale);
    problem.current = Some(json!({"changedBy": "Mette Brunsgaard"}));
    outbox.mark_attempted(entry.id, now()).unwrap();
    outbox.refuse(entry.id, problem).unwrap();
    let text = format!("{:?} {outbox:?}", outbox.list());
    for word in ["Kalina", "Lejekontrakt", "KFF-2026", "Mette", "checklist"] {
        assert!(!text.contains(word), "{text}");
    }
}

/// Something new, perhaps behind something else that must be there first.
fn a_creation(person: StaffId, resource: &str, behind: Option<&str>) -> Draft {
    let author = Author { person, citizen: CitizenId::new(), at: now() };
    let place = Place { resource: resource.to_owned(), posted_to: "/v1/things".to_owned() };
    let label =
        Label::Deed { citizen_name: "Kalina".into(), deed: Deed::CaseStarted, about: None, text: String::new() };
    let draft = Draft::create(author, place, &json!({ "of": resource }), label).unwrap();
    match behind {
        Some(first) => draft.behind(first.to_owned()),
        None => draft,
    }
}

#[test]
fn a_case_waits_for_the_life_situation_it_is_started_in() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let situation = outbox.enqueue(a_creation(person, "/s/1", None)).unwrap();
    let case = outbox.enqueue(a_creation(person, "/c/1", Some("/s/1"))).unwrap();
    let other = outbox.enqueue(a_creation(person, "/c/2", Some("/s/2"))).unwrap();
    let ready = |outbox: &Outbox| outbox.ready().iter().map(|e| e.id).collect::<Vec<_>>();
    assert_eq!(ready(&outbox), [situation.id, other.id], "nothing waits for what nobody creates");
    assert!(matches!(outbox.mark_attempted(case.id, now()), Err(OutboxError::NotReady)));
    outbox.mark_attempted(situation.id, now()).unwrap();
    // Under way is not yet there, and a restart does not forget what waits for what.
    let again = profile.after_a_crash().open(person).outbox;
    assert_eq!(ready(&again), [situation.id, other.id]);
    again.confirm(situation.id, Some(v(1))).unwrap();
    assert_eq!(ready(&again), [case.id, other.id]);
}

#[test]
fn a_case_is_held_while_its_life_situation_is_refused_and_comes_back_when_that_is_given_up() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let situation = outbox.enqueue(a_creation(person, "/s/1", None)).unwrap();
    let case = outbox.enqueue(a_creation(person, "/c/1", Some("/s/1"))).unwrap();
    outbox.mark_attempted(situation.id, now()).unwrap();
    outbox.refuse(situation.id, Problem::new(ProblemKind::Invalid)).unwrap();
    assert_eq!(outbox.list()[1].state, EntryState::Held);
    let retried = outbox.retry(situation.id, Basis::Create, json!({}), now()).unwrap();
    assert_eq!(outbox.list()[1].state, EntryState::Queued);
    assert_eq!(outbox.ready().iter().map(|e| e.id).collect::<Vec<_>>(), [retried.id]);
    outbox.discard(retried.id).unwrap();
    let left = outbox.list();
    assert_eq!(left.iter().map(|e| e.id).collect::<Vec<_>>(), [case.id]);
    let problem = left[0].state.problem().expect("it comes back to the clerk");
    assert_eq!(problem.known(), Some(ProblemKind::PreconditionRequired));
    assert!(outbox.ready().is_empty());
}

#[test]
fn changes_made_in_one_go_are_all_there_or_none_of_them() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let both = [a_creation(person, "/s/1", None), a_creation(person, "/c/1", Some("/s/1"))];
    let put = outbox.enqueue_all(both).unwrap();
    assert_eq!(profile.after_a_crash().open(person).outbox.list(), put);
    let strange = [a_creation(person, "/s/2", None), a_creation(StaffId::new(), "/c/2", Some("/s/2"))];
    assert!(matches!(outbox.enqueue_all(strange), Err(OutboxError::OtherPerson)));
    assert_eq!(outbox.list(), put);
}
