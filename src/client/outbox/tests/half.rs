//! Half-written text on disk: there after a crash, for its writer alone, unreadable to anybody else, and never beside what became of it.

use super::*;

fn texts(outbox: &Outbox) -> Vec<String> {
    let (found, unreadable) = outbox.half_written();
    assert_eq!(unreadable, 0);
    found.into_iter().map(|bytes| String::from_utf8(bytes).unwrap()).collect()
}

fn keep(outbox: &Outbox, text: &str) {
    outbox.keep_half_written(outbox.turn(), Some(text.as_bytes())).unwrap();
}

#[test]
fn what_was_half_written_is_there_after_a_crash_and_not_handed_out_twice() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    keep(&outbox, "Vil have svar pr. b");
    keep(&outbox, "Vil have svar pr. brev");
    let crashed = profile.after_a_crash();
    let again = crashed.open(person).outbox;
    assert_eq!(texts(&again), ["Vil have svar pr. brev"]);
    assert!(texts(&again).is_empty());
    // Whoever took it and crashed before writing it down again finds it once more.
    assert_eq!(texts(&crashed.after_a_crash().open(person).outbox), ["Vil have svar pr. brev"]);
    keep(&again, "Vil have svar pr. brev, ikke telefon");
    assert_eq!(texts(&crashed.after_a_crash().open(person).outbox), ["Vil have svar pr. brev, ikke telefon"]);
    again.keep_half_written(again.turn(), None).unwrap();
    assert!(texts(&crashed.after_a_crash().open(person).outbox).is_empty());
}

#[test]
fn writing_down_before_the_old_was_read_takes_nothing_away() {
    let (profile, person) = (Profile::new(), StaffId::new());
    keep(&profile.open(person).outbox, "fra i går");
    let again = profile.open(person).outbox;
    keep(&again, "fra i dag");
    let mut all = texts(&profile.after_a_crash().open(person).outbox);
    all.sort();
    assert_eq!(all, ["fra i dag", "fra i går"]);
}

#[test]
fn what_comes_late_does_not_undo_what_came_after_it() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let (early, late) = (outbox.turn(), outbox.turn());
    outbox.keep_half_written(late, Some(b"hele ordet")).unwrap();
    outbox.keep_half_written(early, Some(b"hel")).unwrap();
    assert_eq!(texts(&profile.after_a_crash().open(person).outbox), ["hele ordet"]);
}

#[test]
fn what_is_sent_is_not_half_written_any_more_in_the_same_move() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    keep(&outbox, REASON);
    let draft = judgement(person, CaseId::new(), "lease", ItemAction::Reject);
    outbox.enqueue_all_keeping(outbox.turn(), [draft], None).unwrap();
    let again = profile.after_a_crash().open(person).outbox;
    assert_eq!(again.list().len(), 1);
    assert!(texts(&again).is_empty(), "it is in one place, not in both");
    // What is refused keeps what was half written.
    keep(&outbox, "mere");
    let strange = judgement(StaffId::new(), CaseId::new(), "lease", ItemAction::Reject);
    assert!(matches!(outbox.enqueue_all_keeping(outbox.turn(), [strange], None), Err(OutboxError::OtherPerson)));
    assert_eq!(texts(&profile.after_a_crash().open(person).outbox), ["mere"]);
}

#[test]
fn another_person_gets_a_slot_of_her_own_and_sees_nothing() {
    let (profile, mine, hers) = (Profile::new(), StaffId::new(), StaffId::new());
    keep(&profile.open(mine).outbox, "min tekst");
    let other = profile.open(hers).outbox;
    assert!(texts(&other).is_empty());
    assert_eq!(other.slot(), Some(1), "the first holds text of somebody else");
    keep(&other, "hendes tekst");
    assert_eq!(texts(&profile.open(mine).outbox), ["min tekst"]);
}

#[test]
fn what_a_window_left_is_taken_over_with_its_changes_and_once() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let first = profile.open(person).outbox;
    let second = profile.open(person).outbox;
    keep(&first, "det ene vindue");
    keep(&second, "det andet vindue");
    drop(second);
    assert_eq!(first.adopt_free_slots().unwrap(), 0, "no change was left");
    assert_eq!(texts(&first), ["det andet vindue"]);
    assert_eq!(first.adopt_free_slots().unwrap(), 0);
    assert!(texts(&first).is_empty());
    keep(&first, "begge");
    drop(first);
    assert_eq!(texts(&profile.open(person).outbox), ["begge"]);
}

#[test]
fn nobody_reads_it_in_the_file() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    keep(&outbox, "Kalina Testrup Wrona, 721190-1234: vil have svar pr. brev");
    for file in fs::read_dir(profile.path()).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        for needle in ["Kalina", "Wrona", "721190", "svar pr. brev", &person.to_string()] {
            assert!(!bytes.windows(needle.len()).any(|w| w == needle.as_bytes()), "{needle} stands in the file");
        }
    }
}

#[test]
fn with_a_key_that_ends_with_the_window_nothing_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::open(folder.path(), &KeyPlace::Memory, StaffId::new()).unwrap().outbox;
    keep(&outbox, "min tekst");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let draft = judgement(outbox.person(), CaseId::new(), "lease", ItemAction::Reject);
    outbox.enqueue_all_keeping(outbox.turn(), [draft], Some(b"mere")).unwrap();
    assert_eq!(outbox.list().len(), 1);
}

#[test]
fn a_record_that_cannot_be_read_is_counted_and_takes_nothing_along() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    keep(&outbox, "min tekst");
    outbox.enqueue(judgement(person, CaseId::new(), "lease", ItemAction::Reject)).unwrap();
    drop(outbox);
    {
        // The last letter of the record is turned: it is no longer what was sealed.
        let database = redb::Database::create(slot::path(profile.path(), 0)).unwrap();
        let table = redb::TableDefinition::<&[u8], &[u8]>::new("half");
        let writing = database.begin_write().unwrap();
        {
            let mut table = writing.open_table(table).unwrap();
            let (key, mut value) = {
                let first = redb::ReadableTable::first(&table).unwrap().unwrap();
                (first.0.value().to_vec(), first.1.value().to_vec())
            };
            *value.last_mut().unwrap() ^= 1;
            table.insert(key.as_slice(), value.as_slice()).unwrap();
        }
        writing.commit().unwrap();
    }
    let again = profile.open(person);
    assert!(again.set_aside.is_empty());
    assert_eq!(again.outbox.list().len(), 1);
    let (found, unreadable) = again.outbox.half_written();
    assert_eq!((found.len(), unreadable), (0, 1));
}

#[test]
fn a_change_is_worded_anew_in_its_own_place() {
    let (profile, person) = (Profile::new(), StaffId::new());
    let outbox = profile.open(person).outbox;
    let case = CaseId::new();
    let first = outbox.enqueue(judgement(person, case, "lease", ItemAction::Reject)).unwrap();
    let other = outbox.enqueue(judgement(person, case, "passport", ItemAction::Approve)).unwrap();
    let worded = |text: &str| {
        let mut draft = judgement(person, case, "lease", ItemAction::Reject);
        draft.body["reason"] = json!(text);
        draft.made_at = now() - jiff::SignedDuration::from_hours(3);
        draft
    };
    // Never sent: the same command, whatever the clock says meanwhile.
    let same = outbox.replace((first.id, worded("Side 2 mangler")), outbox.turn(), None).unwrap();
    assert_eq!((same.id, &same.draft.body["reason"]), (first.id, &json!("Side 2 mangler")));
    assert_eq!(outbox.list().iter().map(|e| e.id).collect::<Vec<_>>(), [first.id, other.id]);
    // Under way: nobody knows what was made of it.
    outbox.mark_attempted(first.id, now()).unwrap();
    let gone = outbox.replace((first.id, worded("x")), outbox.turn(), None);
    assert!(matches!(gone, Err(OutboxError::AlreadySent)), "{gone:?}");
    // Refused: a new command in the old one's place.
    outbox.refuse(first.id, Problem::new(ProblemKind::Invalid)).unwrap();
    let anew = outbox.replace((first.id, worded("Side 3 mangler")), outbox.turn(), Some(None)).unwrap();
    assert_ne!(anew.id, first.id);
    assert_eq!((anew.state.clone(), anew.attempts), (EntryState::Queued, 0));
    assert_eq!(outbox.list().iter().map(|e| e.id).collect::<Vec<_>>(), [anew.id, other.id]);
    assert_eq!(profile.after_a_crash().open(person).outbox.list(), outbox.list());
    assert!(matches!(outbox.replace((first.id, worded("x")), outbox.turn(), None), Err(OutboxError::NoSuchEntry)));
}
