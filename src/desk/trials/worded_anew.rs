//! What lies in the outbox is worded anew in its own place, and what cannot be without something goes with it.

use skranke_client::outbox::Basis;
use skranke_domain::contact::Outcome;

use super::half_written::{at_work, deed, on_sheet, with_citizen};
use super::*;
use crate::case::work::{CaseNoteInput, WorkInput, WorkKind};
use crate::sheets::{NoteInput, Opening, PromiseInput, Sheet, SheetInput, WrapUpInput};

const TEXT: &str = "Vil have svar pr. brev – ikke telefon";

fn refused(draft: Draft) -> Entry {
    entry(draft, EntryState::Refused { problem: Problem::new(ProblemKind::Invalid) })
}

fn unsent(draft: Draft) -> Entry {
    Entry { attempts: 0, last_attempt: None, ..entry(draft, EntryState::Queued) }
}

#[test]
fn a_refused_note_is_opened_with_everything_that_was_typed_and_what_is_sent_takes_its_place() {
    for state in [refused, unsent] {
        let (mut desk, citizen) = with_citizen();
        on_sheet(&mut desk, SheetInput::Open(Opening::Note(None)));
        on_sheet(&mut desk, SheetInput::Note(NoteInput::Typed(TEXT.into())));
        let sent = enqueued(&on_sheet(&mut desk, SheetInput::Confirm)).unwrap();
        let lying = state(sent.clone());
        let id = lying.id;
        let number = deed(&mut desk);
        desk.update(Input::Pending(PendingInput::Kept(number, vec![lying])), now());
        desk.update(Input::Go(Place::Outbox), now());
        desk.update(Input::Pending(PendingInput::Edit(id)), now());
        assert_eq!((desk.place(), desk.citizen().map(|page| page.id)), (Place::Citizen, Some(citizen)));
        assert!(matches!(desk.sheet(), Some(Sheet::Note(sheet)) if sheet.text == TEXT));
        on_sheet(&mut desk, SheetInput::Note(NoteInput::Typed("Vil ringes op".into())));
        // Left and come back to: the same words, and a new note is still a new note.
        on_sheet(&mut desk, SheetInput::Open(Opening::Note(None)));
        assert!(matches!(desk.sheet(), Some(Sheet::Note(sheet)) if sheet.text.is_empty()));
        desk.update(Input::Pending(PendingInput::Edit(id)), now());
        let effects = on_sheet(&mut desk, SheetInput::Confirm);
        let [Effect::Replace(of, draft)] = &effects[..] else { panic!("{effects:?}") };
        assert_eq!((*of, &draft.resource), (id, &sent.resource), "the same note");
        assert_eq!((&draft.body["text"], &draft.body["id"]), (&json!("Vil ringes op"), &sent.body["id"]));
    }
}

#[test]
fn a_promise_a_contact_a_reason_and_a_note_on_a_case_are_worded_anew_in_their_place() {
    let (mut desk, _) = with_citizen();
    on_sheet(&mut desk, SheetInput::Open(Opening::Promise));
    on_sheet(&mut desk, SheetInput::Promise(PromiseInput::Typed(TEXT.into())));
    on_sheet(&mut desk, SheetInput::Promise(PromiseInput::In(3)));
    let promise = refused(enqueued(&on_sheet(&mut desk, SheetInput::Confirm)).unwrap());
    on_sheet(&mut desk, SheetInput::Open(Opening::WrapUp));
    on_sheet(&mut desk, SheetInput::WrapUp(WrapUpInput::Ended(Outcome::Settled)));
    on_sheet(&mut desk, SheetInput::WrapUp(WrapUpInput::Text(TEXT.into())));
    let contact = refused(enqueued(&on_sheet(&mut desk, SheetInput::Confirm)).unwrap());
    let (promise_id, contact_id) = (promise.id, contact.id);
    let contact_body = contact.draft.body.clone();
    desk.update(Input::Pending(PendingInput::Entries(vec![promise, contact])), now());
    desk.update(Input::Pending(PendingInput::Edit(promise_id)), now());
    assert!(matches!(desk.sheet(), Some(Sheet::Promise(sheet)) if sheet.text == TEXT));
    let effects = on_sheet(&mut desk, SheetInput::Confirm);
    assert!(matches!(&effects[..], [Effect::Replace(of, _)] if *of == promise_id), "{effects:?}");
    desk.update(Input::Pending(PendingInput::Edit(contact_id)), now());
    on_sheet(&mut desk, SheetInput::WrapUp(WrapUpInput::Text("Hentede pas".into())));
    let effects = on_sheet(&mut desk, SheetInput::Confirm);
    let [Effect::Replace(of, draft)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((*of, &draft.body["text"]), (contact_id, &json!("Hentede pas")));
    for same in ["id", "began", "ended", "outcome"] {
        assert_eq!(draft.body[same], contact_body[same], "{same}");
    }
    assert!(desk.citizen().is_some(), "whoever stands there now stays");

    let (mut desk, _) = with_case();
    desk.update(Input::Case(CaseInput::Judge(ItemAction::Reject)), now());
    desk.update(Input::Case(CaseInput::Reason(TEXT.into())), now());
    let reason = unsent(enqueued(&desk.update(Input::Case(CaseInput::Confirm), now())).unwrap());
    at_work(&mut desk, WorkInput::Open(WorkKind::Note));
    at_work(&mut desk, WorkInput::Note(CaseNoteInput::Text(TEXT.into())));
    let note = refused(enqueued(&at_work(&mut desk, WorkInput::Confirm)).unwrap());
    let before = desk.clone();
    let (reason_id, note_id) = (reason.id, note.id);
    desk.update(Input::Pending(PendingInput::Entries(vec![reason, note])), now());
    desk.update(Input::Pending(PendingInput::Edit(reason_id)), now());
    let ticket = Ticket { room: Room::Case(StandId::A), generation: desk.case().unwrap().generation(), slot: 0 };
    let view = before.case().unwrap().view.value().unwrap().clone();
    desk.update(Input::Reply(ticket, Reply::Case(Box::new(Ok(view.clone())))), now());
    assert_eq!(desk.case().unwrap().dialog.as_ref().map(|dialog| dialog.text.as_str()), Some(TEXT));
    desk.update(Input::Case(CaseInput::Reason("Siden er skåret over".into())), now());
    let effects = desk.update(Input::Case(CaseInput::Confirm), now());
    assert!(
        matches!(&effects[..], [Effect::Replace(of, draft), ..] if *of == reason_id && draft.body["reason"] == "Siden er skåret over"),
        "{effects:?}"
    );
    desk.update(Input::Pending(PendingInput::Edit(note_id)), now());
    let ticket = Ticket { room: Room::Case(StandId::A), generation: desk.case().unwrap().generation(), slot: 0 };
    desk.update(Input::Reply(ticket, Reply::Case(Box::new(Ok(view)))), now());
    let effects = at_work(&mut desk, WorkInput::Confirm);
    assert!(matches!(&effects[..], [Effect::Replace(of, _), ..] if *of == note_id), "{effects:?}");
}

#[test]
fn a_refused_change_of_a_note_is_sent_again_on_what_stands_now() {
    let (mut desk, citizen) = with_citizen();
    let note = skranke_domain::NoteId::new();
    let standing = json!([{
        "id": note, "citizen": citizen, "kind": "plain", "text": "Ring før ti", "by": "Per Ravnkilde", "department": "kff",
        "at": "2026-06-09T08:00:00Z", "expires": null, "etag": "v7"
    }]);
    let author = skranke_client::outbox::Author { person: desk.person().unwrap(), citizen, at: now() };
    let label = skranke_client::outbox::Label::Deed {
        citizen_name: "Kalina Testrup Wrona".into(),
        deed: skranke_client::outbox::Deed::NoteChanged,
        about: None,
        text: TEXT.into(),
    };
    let of = (skranke_api::paths::note(citizen, note), skranke_client::outbox::FieldKey::new("note"));
    let body = json!({ "kind": "plain", "text": TEXT, "expires": null });
    let draft = Draft::change(author, of, Basis::Version(ETag::of_version(3)), &body, label).unwrap();
    let mut entry = refused(draft);
    assert_eq!(desk.standing(&entry).map(|standing| standing.basis), None, "nothing is known of it");
    if let EntryState::Refused { problem } = &mut entry.state {
        problem.current = Some(json!({ "etag": "v6" }));
    }
    assert_eq!(desk.standing(&entry).unwrap().basis, Basis::Version(ETag::of_version(6)), "as the server said");
    desk.citizen_mut().unwrap().notes.answer(Ok(serde_json::from_value(standing).unwrap()), now());
    assert_eq!(desk.standing(&entry).unwrap().basis, Basis::Version(ETag::of_version(7)), "as her page shows it");
}

#[test]
fn what_cannot_be_without_a_creation_goes_with_it_and_is_named_before() {
    let (mut desk, citizen) = with_citizen();
    on_sheet(&mut desk, SheetInput::Open(Opening::Note(None)));
    on_sheet(&mut desk, SheetInput::Note(NoteInput::Typed(TEXT.into())));
    let created = unsent(enqueued(&on_sheet(&mut desk, SheetInput::Confirm)).unwrap());
    let of = |resource: &str, based_on, behind: Option<&str>| {
        let mut draft = created.draft.clone();
        draft.resource = resource.to_owned();
        draft.based_on = based_on;
        draft.behind = behind.map(str::to_owned);
        unsent(draft)
    };
    let change = of(&created.draft.resource, Basis::After(created.id), None);
    let further = of(&created.draft.resource, Basis::After(change.id), None);
    let behind = of("/v1/elsewhere/1", Basis::Create, Some(&created.draft.resource));
    let own = of("/v1/elsewhere/2", Basis::Create, None);
    let all = vec![created.clone(), change.clone(), further.clone(), behind.clone(), own.clone()];
    desk.update(Input::Pending(PendingInput::Entries(all)), now());
    let along: Vec<CommandId> = desk.pending.goes_along(created.id).map(|entry| entry.id).collect();
    assert_eq!(along, [change.id, further.id, behind.id]);
    assert_eq!(
        desk.pending.goes_along(change.id).count(),
        0,
        "what followed a change goes on, based on what that was based on"
    );
    assert_eq!(desk.pending.waits_for(&further), Some(1));
    assert_eq!(desk.pending.waits_for(&behind), Some(0));
    assert_eq!(desk.pending.waits_for(&own), None);
    let effects = desk.update(Input::Pending(PendingInput::Discard(created.id)), now());
    let gone: Vec<CommandId> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Discard(id) => Some(*id),
            _ => None,
        })
        .collect();
    assert_eq!(gone, [behind.id, further.id, change.id, created.id], "the last first");
    assert!(desk.pending.touches_citizen(citizen), "until the disk did it, it is there");
}
