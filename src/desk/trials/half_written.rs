//! What is half written outlives the window: as typed, for her alone, part by part; and what could not be kept is in its sheet again.

use proptest::prelude::*;
use skranke_api::appointments::Appointment;
use skranke_domain::appointment::{AppointmentStatus, RebookCause};
use skranke_domain::contact::Outcome;
use skranke_domain::handover::HandoverState;
use skranke_domain::life_situation::Happening;
use skranke_domain::{AppointmentId, AskId, HandoverId, LifeSituationId, TicketId};

use super::*;
use crate::calendar::booking::BookingInput;
use crate::calendar::closing::ClosingInput;
use crate::calendar::ending::{CancelInput, CancelSheet};
use crate::calendar::{CalendarInput, Layer};
use crate::case::request::RequestInput;
use crate::case::work::{
    AnswerSheet, AskInput, CaseNoteInput, CaseSheet, CourseInput, DecideInput, StepSheet, WorkInput, WorkKind,
};
use crate::citizen::CitizenInput;
use crate::counter::wrap_up::WrapUp;
use crate::counter::{CounterInput, Opening as Laying, sheets};
use crate::half_written::{DeedNumber, HalfInput, Piece, Recovered, What, written};
use crate::inbox::Replying;
use crate::sheets::{
    ChangeInput, HandoverInput, LetterInput, NoteInput, Opening, PromiseInput, Sheet, SheetInput, SheetKind,
    SituationInput, Target, WrapUpInput,
};

const TEXT: &str = "Vil have svar pr. brev – ikke telefon";

/// What a new window finds that is started after this one ended: the same person, nothing open.
fn restarted(desk: &Desk) -> Desk {
    let bytes = written(&desk.half_written()).expect("something is half written");
    let mut recovered = Recovered::default();
    recovered.read(&bytes);
    assert_eq!(recovered.unreadable, 0, "{}", String::from_utf8_lossy(&bytes));
    let mut next = fresh();
    next.session.sites = desk.session.sites.clone();
    next.session.situations = desk.session.situations.clone();
    next.update(Input::HalfWritten(HalfInput::Found(recovered)), now());
    next
}

fn as_json(value: &impl serde::Serialize) -> serde_json::Value {
    serde_json::to_value(value).unwrap()
}

pub(super) fn on_sheet(desk: &mut Desk, input: SheetInput) -> Vec<Effect> {
    desk.update(Input::Citizen(CitizenInput::Sheet(input)), now())
}

pub(super) fn at_work(desk: &mut Desk, input: WorkInput) -> Vec<Effect> {
    desk.update(Input::Case(CaseInput::Work(input)), now())
}

pub(super) fn with_citizen() -> (Desk, CitizenId) {
    let mut desk = fresh();
    let citizen = CitizenId::new();
    desk.update(Input::OpenCitizen(citizen, purpose()), now());
    (desk, citizen)
}

/// Every sheet about a citizen on which something can be typed, with something typed on it.
fn sheets_with(text: &str) -> Vec<(SheetKind, Vec<SheetInput>)> {
    let kind = LifeSituationId::parse("arriving").unwrap();
    let day = jiff::civil::date(2026, 6, 1);
    let moved = *Happening::ALL.first().unwrap();
    let proposed = Target::Proposed(kind, moved, day);
    vec![
        (
            SheetKind::Note,
            vec![
                SheetInput::Open(Opening::Note(None)),
                SheetInput::Note(NoteInput::OtherKind),
                SheetInput::Note(NoteInput::Typed(text.into())),
                SheetInput::Note(NoteInput::Expires("9. sep".into())),
            ],
        ),
        (
            SheetKind::Promise,
            vec![
                SheetInput::Open(Opening::Promise),
                SheetInput::Promise(PromiseInput::Typed(text.into())),
                SheetInput::Promise(PromiseInput::Due("fre".into())),
            ],
        ),
        (
            SheetKind::Letter,
            vec![SheetInput::Open(Opening::Letter(None)), SheetInput::Letter(LetterInput::Typed(text.into()))],
        ),
        (
            SheetKind::Handover,
            vec![
                SheetInput::Open(Opening::Handover(None)),
                SheetInput::Handover(HandoverInput::Query("suf".into())),
                SheetInput::Handover(HandoverInput::What(text.into())),
                SheetInput::Handover(HandoverInput::Promised(text.into())),
            ],
        ),
        (
            SheetKind::Situation,
            vec![
                SheetInput::Open(Opening::Situation(proposed)),
                SheetInput::Situation(SituationInput::Decline),
                SheetInput::Situation(SituationInput::Reason(text.into())),
                SheetInput::Situation(SituationInput::Since("i går".into())),
            ],
        ),
        (
            SheetKind::Change,
            vec![
                SheetInput::Open(Opening::Change(None)),
                SheetInput::Change(ChangeInput::Text(text.into())),
                SheetInput::Change(ChangeInput::From("1.7.".into())),
            ],
        ),
        (
            SheetKind::WrapUp,
            vec![
                SheetInput::Open(Opening::WrapUp),
                SheetInput::WrapUp(WrapUpInput::Ended(Outcome::Settled)),
                SheetInput::WrapUp(WrapUpInput::Text(text.into())),
            ],
        ),
    ]
}

#[test]
fn every_sheet_about_a_citizen_comes_back_as_it_was_typed_when_she_is_opened_again() {
    for (kind, inputs) in sheets_with(TEXT) {
        let (mut desk, citizen) = with_citizen();
        for input in inputs {
            on_sheet(&mut desk, input);
        }
        let typed = as_json(desk.sheet().unwrap());
        assert!(typed.to_string().contains("brev"), "{typed}");
        let mut next = restarted(&desk);
        assert_eq!(next.half_written.offered.len(), 1, "{kind:?}");
        assert_eq!(next.half_written.offered[0].pieces(), [Piece::Sheet(kind)]);
        assert!(next.sheet().is_none(), "it is offered quietly");
        next.update(Input::OpenCitizen(citizen, purpose()), now());
        assert_eq!(as_json(next.sheet().expect("it is laid again")), typed, "{kind:?}");
        assert!(next.half_written.offered.is_empty(), "and not offered twice");
    }
}

#[test]
fn a_sheet_that_was_left_with_escape_comes_back_with_its_key() {
    let (mut desk, citizen) = with_citizen();
    on_sheet(&mut desk, SheetInput::Open(Opening::Note(None)));
    on_sheet(&mut desk, SheetInput::Note(NoteInput::Typed(TEXT.into())));
    on_sheet(&mut desk, SheetInput::Leave);
    let mut next = restarted(&desk);
    next.update(Input::OpenCitizen(citizen, purpose()), now());
    assert!(next.sheet().is_none(), "it was not open");
    on_sheet(&mut next, SheetInput::Open(Opening::Note(None)));
    assert!(matches!(next.sheet(), Some(Sheet::Note(sheet)) if sheet.text == TEXT));
}

#[test]
fn somebody_elses_page_gets_nothing_of_it() {
    let (mut desk, citizen) = with_citizen();
    on_sheet(&mut desk, SheetInput::Open(Opening::Note(None)));
    on_sheet(&mut desk, SheetInput::Note(NoteInput::Typed(TEXT.into())));
    let mut next = restarted(&desk);
    next.update(Input::OpenCitizen(CitizenId::new(), purpose()), now());
    assert!(next.sheet().is_none());
    on_sheet(&mut next, SheetInput::Open(Opening::Note(None)));
    assert!(matches!(next.sheet(), Some(Sheet::Note(sheet)) if sheet.text.is_empty()));
    next.update(Input::OpenCitizen(citizen, purpose()), now());
    assert!(matches!(next.sheet(), Some(Sheet::Note(sheet)) if sheet.text == TEXT));
}

/// Every sheet about a case on which something can be typed.
fn work_with(text: &str) -> Vec<CaseSheet> {
    let (mut desk, _) = with_case();
    let mut all = Vec::new();
    let typed: [(WorkKind, WorkInput); 5] = [
        (WorkKind::Note, WorkInput::Note(CaseNoteInput::Text(text.into()))),
        (WorkKind::Ask, WorkInput::Ask(AskInput::Text(text.into()))),
        (WorkKind::Course, WorkInput::Course(CourseInput::Reason(text.into()))),
        (WorkKind::Decide, WorkInput::Decide(DecideInput::Text(text.into()))),
        (WorkKind::Facts, WorkInput::Facts(crate::case::work::FactsInput::Typed("people".into(), text.into()))),
    ];
    for (kind, input) in typed {
        at_work(&mut desk, WorkInput::Open(kind));
        at_work(&mut desk, input);
        all.push(desk.case().unwrap().work.sheet.clone().unwrap());
    }
    all.push(CaseSheet::Answer(AnswerSheet {
        ask: AskId::new(),
        state: skranke_api::casework::AskState::Answered,
        text: text.into(),
    }));
    all.push(CaseSheet::Step(StepSheet {
        step: skranke_domain::decision::DecisionStep::SendBack,
        reason: text.into(),
        channel: skranke_domain::contact::Channel::Letter,
    }));
    all
}

/// The case of a desk is opened on another one, and its view comes.
fn reopened(next: &mut Desk, before: &Desk) {
    let page = before.case().unwrap();
    let effects = next.update(Input::OpenCase(page.id, purpose()), now());
    let ticket = asked(&effects, Room::Case(StandId::A), 0);
    let view = page.view.value().unwrap().clone();
    next.update(Input::Reply(ticket, Reply::Case(Box::new(Ok(view)))), now());
}

#[test]
fn every_sheet_about_a_case_comes_back_as_it_was_typed_once_the_case_is_known() {
    for sheet in work_with(TEXT) {
        let (mut desk, _) = with_case();
        let typed = as_json(&sheet);
        let kind = sheet.kind();
        desk.stands.active_mut().case.as_mut().unwrap().work.sheet = Some(sheet);
        let mut next = restarted(&desk);
        assert_eq!(next.half_written.offered[0].pieces(), [Piece::Work(kind)]);
        assert_eq!(next.half_written.offered[0].whom(), "Kalina Testrup Wrona");
        reopened(&mut next, &desk);
        let back = next.case().unwrap().work.sheet.as_ref().expect("it is laid again");
        assert_eq!(as_json(back), typed, "{kind:?}");
    }
}

#[test]
fn the_reason_of_a_judgement_and_the_letter_beside_the_case_come_back() {
    let (mut desk, _) = with_case();
    desk.update(Input::Case(CaseInput::Request(RequestInput::Typed(TEXT.into()))), now());
    desk.update(Input::Case(CaseInput::Judge(ItemAction::Reject)), now());
    desk.update(Input::Case(CaseInput::Reason("Siden er skåret over".into())), now());
    let mut next = restarted(&desk);
    assert_eq!(next.half_written.offered[0].pieces(), [Piece::Request, Piece::Reason]);
    reopened(&mut next, &desk);
    let page = next.case().unwrap();
    assert_eq!(page.dialog.as_ref().map(|dialog| dialog.text.as_str()), Some("Siden er skåret over"));
    assert_eq!(page.request.letter.as_ref().map(|letter| letter.text.as_str()), Some(TEXT));
}

#[test]
fn what_is_laid_over_the_queue_comes_back() {
    let mut desk = fresh();
    desk.update(Input::Go(Place::Queue), now());
    for (opening, text) in [
        (Laying::Help, "Kan nogen komme"),
        (Laying::Call(TicketId::new()), TEXT),
        (Laying::Transfer(TicketId::new()), TEXT),
        (Laying::SendOff(TicketId::new()), TEXT),
        (Laying::New, "Har barn med"),
    ] {
        desk.update(Input::Counter(CounterInput::Open(opening)), now());
        desk.update(Input::Counter(CounterInput::Sheet(sheets::SheetInput::Text(text.into()))), now());
    }
    let before = as_json(&desk.counter.as_ref().unwrap().typed().0);
    let mut next = restarted(&desk);
    let offered = &next.half_written.offered[0];
    assert_eq!(
        offered.pieces(),
        [Piece::Help, Piece::Call, Piece::Transfer, Piece::SendOff, Piece::Ticket],
        "in the order they were typed"
    );
    let number = offered.number;
    next.update(Input::HalfWritten(HalfInput::TakeUp(number)), now());
    assert_eq!(next.place(), Place::Queue);
    let page = next.counter.as_ref().unwrap();
    assert!(
        matches!(&page.open, Some(open) if matches!(&open.sheet, sheets::CounterSheet::New(new) if new.text == "Har barn med"))
    );
    assert_eq!(as_json(&page.typed().0), before);
}

fn appointment() -> Appointment {
    let start: Timestamp = "2026-06-10T09:00:00Z".parse().unwrap();
    let json = json!({
        "id": AppointmentId::new(), "citizen": CitizenId::new(), "citizenShort": "P. Nummer", "cases": [CaseId::new()],
        "title": null, "site": "norrebro", "counter": "counter-4", "start": start, "end": "2026-06-10T09:30:00Z", "people": 1,
        "status": "booked", "papers": { "due": 2, "open": 0 }, "readiness": "ready", "etag": "v1"
    });
    serde_json::from_value(json).unwrap()
}

fn cancelling(appointment: Appointment) -> CancelSheet {
    CancelSheet {
        appointment,
        cause: Some(RebookCause::OwnWish),
        reason: TEXT.into(),
        plan: crate::Load::Idle,
        words: false,
        problem: None,
    }
}

#[test]
fn a_booking_a_cancellation_and_a_closing_time_are_gone_on_with() {
    let (mut desk, _) = with_case();
    desk.update(Input::BeginBooking, now());
    desk.update(Input::Calendar(CalendarInput::Booking(BookingInput::Earlier)), now());
    desk.update(Input::Calendar(CalendarInput::Booking(BookingInput::People(3))), now());
    let what = desk.calendar.as_ref().unwrap().booking.as_ref().unwrap().what.clone();
    desk.update(Input::Calendar(CalendarInput::Closing(ClosingInput::Open)), now());
    desk.update(Input::Calendar(CalendarInput::Closing(ClosingInput::From("9".into()))), now());
    desk.update(Input::Calendar(CalendarInput::Closing(ClosingInput::Text(TEXT.into()))), now());
    let mut next = restarted(&desk);
    let take_up = |next: &mut Desk, wanted: Piece| {
        let offered = next.half_written.offered.iter().find(|part| part.pieces() == [wanted]);
        let number = offered.unwrap_or_else(|| panic!("{wanted:?}")).number;
        next.update(Input::HalfWritten(HalfInput::TakeUp(number)), now())
    };
    take_up(&mut next, Piece::Booking);
    let page = next.calendar.as_ref().unwrap();
    let booking = page.booking.as_ref().unwrap();
    assert_eq!((booking.what.cases.clone(), booking.earlier), (what.cases, true));
    assert_eq!(page.finder.people, 3);
    take_up(&mut next, Piece::Closing);
    let Some(Layer::Closing(sheet)) = &next.calendar.as_ref().unwrap().layer else { panic!("laid again") };
    assert_eq!((sheet.from.as_str(), sheet.text.as_str()), ("9", TEXT));

    desk.calendar.as_mut().unwrap().layer = Some(Layer::Cancel(Box::new(cancelling(appointment()))));
    let mut next = restarted(&desk);
    take_up(&mut next, Piece::Cancel);
    let Some(Layer::Cancel(sheet)) = &next.calendar.as_ref().unwrap().layer else { panic!("laid again") };
    assert_eq!((sheet.reason.as_str(), sheet.cause), (TEXT, Some(RebookCause::OwnWish)));
    assert!(sheet.plan.is_waiting(), "whom it tells is asked for anew");
    assert_eq!(sheet.appointment.status, AppointmentStatus::Booked);
}

#[test]
fn an_answer_to_a_hand_over_comes_back_when_it_is_answered() {
    let mut desk = fresh();
    let handover = HandoverId::new();
    desk.inbox.replying = Some(Replying { handover, state: HandoverState::Done, text: TEXT.into(), trouble: None });
    let mut next = restarted(&desk);
    let number = next.half_written.offered[0].number;
    next.update(Input::HalfWritten(HalfInput::TakeUp(number)), now());
    assert_eq!(next.inbox.typed().map(|one| (one.handover, one.text.as_str())), Some((handover, TEXT)));
}

#[test]
fn the_wrap_up_of_somebody_unknown_is_typed_on_although_the_queue_tells_of_it_too() {
    let mut desk = fresh();
    let wrap_up: WrapUp = serde_json::from_value(json!({
        "ticket": TicketId::new(), "number": "K 042", "citizen": null, "name": "", "reason": null, "channel": "counter",
        "outcome": null, "situation": null, "text": TEXT, "began": now(), "ended": now(), "due": null, "situations": [],
        "subjects": [], "case": null, "for_whom": "own", "verified": "not", "from_queue": false
    }))
    .unwrap();
    desk.serving.wrap_ups.push(wrap_up.clone());
    let next = restarted(&desk);
    let back = next.serving.wrap_up().expect("it waits");
    assert_eq!((back.text.as_str(), back.number.as_str()), (TEXT, "K 042"));
    assert!(back.due.is_some(), "and saves itself");
}

#[test]
fn a_visit_in_which_something_was_done_waits_for_its_wrap_up_after_a_crash() {
    let (mut desk, citizen) = with_citizen();
    on_sheet(&mut desk, SheetInput::Open(Opening::Note(None)));
    on_sheet(&mut desk, SheetInput::Note(NoteInput::Typed(TEXT.into())));
    let sent = on_sheet(&mut desk, SheetInput::Confirm);
    let number = deed(&mut desk);
    desk.update(
        Input::Pending(PendingInput::Kept(number, vec![entry(enqueued(&sent).unwrap(), EntryState::Queued)])),
        now(),
    );
    let mut next = restarted(&desk);
    assert_eq!(next.unfinished.len(), 1);
    assert_eq!(next.unfinished[0].citizen, citizen);
    assert!(next.half_written.offered.is_empty());
    next.update(Input::FinishLater(citizen), now());
    assert!(matches!(next.sheet(), Some(Sheet::WrapUp(_))));
    assert!(next.citizen().unwrap().visit.has_deeds());
}

#[test]
fn what_is_not_understood_takes_nothing_else_along_and_is_counted() {
    let (mut desk, _) = with_citizen();
    on_sheet(&mut desk, SheetInput::Open(Opening::Note(None)));
    on_sheet(&mut desk, SheetInput::Note(NoteInput::Typed(TEXT.into())));
    let mut value: serde_json::Value = serde_json::from_slice(&written(&desk.half_written()).unwrap()).unwrap();
    value["version"] = json!(99);
    let parts = value["parts"].as_array_mut().unwrap();
    parts.insert(0, json!({ "at": now(), "what": { "kind": "dictation", "of": { "text": "x" } } }));
    parts.push(json!("nonsense"));
    parts[1]["new"] = json!(true);
    let mut recovered = Recovered::default();
    recovered.read(value.to_string().as_bytes());
    recovered.read(b"\xff\x00 no text at all");
    recovered.read(b"{\"parts\": 7}");
    assert_eq!((recovered.parts.len(), recovered.unreadable), (1, 4));
    let mut next = fresh();
    next.update(Input::HalfWritten(HalfInput::Found(recovered)), now());
    assert_eq!((next.half_written.offered.len(), next.half_written.unreadable), (1, 4));
    next.update(Input::HalfWritten(HalfInput::Seen), now());
    assert_eq!(next.half_written.unreadable, 0);
}

#[test]
fn what_is_thrown_away_is_not_kept_any_more_and_what_nobody_took_up_is() {
    let (mut desk, _) = with_citizen();
    on_sheet(&mut desk, SheetInput::Open(Opening::Note(None)));
    on_sheet(&mut desk, SheetInput::Note(NoteInput::Typed(TEXT.into())));
    let mut next = restarted(&restarted(&desk));
    let number = next.half_written.offered[0].number;
    assert_eq!(next.half_written().len(), 1, "a second crash loses nothing either");
    next.update(Input::HalfWritten(HalfInput::Ask(number)), now());
    assert_eq!(next.half_written().len(), 1, "asking throws nothing away");
    next.update(Input::HalfWritten(HalfInput::Discard(number)), now());
    assert!(next.half_written().is_empty());
}

#[test]
fn nothing_typed_is_nothing_kept() {
    let (mut desk, _) = with_citizen();
    on_sheet(&mut desk, SheetInput::Open(Opening::Note(None)));
    assert!(desk.half_written().is_empty());
    let (desk, _) = with_case();
    assert!(desk.half_written().is_empty(), "a letter that the program wrote is not typed");
    assert_eq!(written(&[]), None);
}

#[test]
fn another_persona_and_signing_out_say_goodbye_to_what_was_typed_before_it_is_forgotten() {
    let (mut desk, _) = with_citizen();
    on_sheet(&mut desk, SheetInput::Open(Opening::Note(None)));
    on_sheet(&mut desk, SheetInput::Note(NoteInput::Typed(TEXT.into())));
    let effects = desk.update(Input::SwitchPersona(Role::Caseworker), now());
    let Some(Effect::KeepHalfWritten(parts)) = effects.first() else { panic!("first of all: {effects:?}") };
    assert!(as_json(parts).to_string().contains("brev"));
    assert!(desk.half_written().is_empty());
}

pub(super) fn deed(desk: &mut Desk) -> Option<DeedNumber> {
    desk.half_written.deed()
}

#[test]
fn a_note_that_the_disk_did_not_take_is_in_its_sheet_again_and_nothing_is_pending() {
    let (mut desk, _) = with_citizen();
    on_sheet(&mut desk, SheetInput::Open(Opening::Note(None)));
    on_sheet(&mut desk, SheetInput::Note(NoteInput::Typed(TEXT.into())));
    let typed = as_json(desk.sheet().unwrap());
    assert!(enqueued(&on_sheet(&mut desk, SheetInput::Confirm)).is_some());
    assert!(desk.sheet().is_none());
    let number = deed(&mut desk);
    assert!(number.is_some() && desk.half_written.is_sending());
    assert!(as_json(&desk.half_written()).to_string().contains("brev"), "until the disk has it, it is half written");
    assert!(!as_json(&desk.half_written_beside(number)).to_string().contains("\"note\""), "with the entry it is not");
    desk.update(Input::Pending(PendingInput::NotKept(number, "Disken er fuld".into())), now());
    assert_eq!(as_json(desk.sheet().unwrap()), typed);
    assert!(desk.pending.trouble.as_ref().is_some_and(|said| said.contains("fuld")));
    assert_eq!(desk.pending.count(), 0);
    assert!(!desk.half_written.is_sending());
}

#[test]
fn a_wrap_up_that_the_disk_did_not_take_waits_on_the_start_page() {
    let (mut desk, citizen) = with_citizen();
    for input in [
        SheetInput::Open(Opening::WrapUp),
        SheetInput::WrapUp(WrapUpInput::Ended(Outcome::Settled)),
        SheetInput::WrapUp(WrapUpInput::Text(TEXT.into())),
        SheetInput::Confirm,
    ] {
        on_sheet(&mut desk, input);
    }
    assert!(desk.citizen().is_none(), "she has left");
    let number = deed(&mut desk);
    desk.update(Input::Pending(PendingInput::NotKept(number, "Disken er fuld".into())), now());
    assert_eq!(desk.unfinished.len(), 1);
    desk.update(Input::FinishLater(citizen), now());
    assert!(
        matches!(desk.sheet(), Some(Sheet::WrapUp(sheet)) if sheet.text == TEXT && sheet.outcome == Some(Outcome::Settled))
    );
}

#[test]
fn a_note_on_a_case_and_a_reason_that_the_disk_did_not_take_are_there_again() {
    let (mut desk, _) = with_case();
    at_work(&mut desk, WorkInput::Open(WorkKind::Note));
    at_work(&mut desk, WorkInput::Note(CaseNoteInput::Text(TEXT.into())));
    at_work(&mut desk, WorkInput::Confirm);
    let number = deed(&mut desk);
    desk.update(Input::Pending(PendingInput::NotKept(number, "x".into())), now());
    let sheet = desk.case().unwrap().work.sheet.as_ref();
    assert!(matches!(sheet, Some(CaseSheet::Note(sheet)) if sheet.text == TEXT), "{sheet:?}");
    at_work(&mut desk, WorkInput::Close);

    desk.update(Input::Case(CaseInput::Judge(ItemAction::Reject)), now());
    desk.update(Input::Case(CaseInput::Reason(TEXT.into())), now());
    desk.update(Input::Case(CaseInput::Confirm), now());
    let number = deed(&mut desk);
    assert!(number.is_some());
    desk.update(Input::Pending(PendingInput::NotKept(number, "x".into())), now());
    assert_eq!(desk.case().unwrap().dialog.as_ref().map(|dialog| dialog.text.as_str()), Some(TEXT));
}

#[test]
fn a_cancellation_that_the_disk_did_not_take_is_laid_again() {
    let (mut desk, _) = with_case();
    desk.update(Input::Go(Place::Calendar), now());
    let appointment = appointment();
    let mut sheet = cancelling(appointment);
    sheet.plan.answer(Err(ClientError::Offline), now());
    let page = desk.calendar.as_mut().unwrap();
    page.own.answer(
        Ok(serde_json::from_value(
            json!({ "items": [sheet.appointment], "blocks": [], "load": [], "lanes": [], "nextCursor": null }),
        )
        .unwrap()),
        now(),
    );
    page.layer = Some(Layer::Cancel(Box::new(sheet)));
    let effects = desk.update(Input::Calendar(CalendarInput::Cancel(CancelInput::Confirm)), now());
    assert!(enqueued(&effects).is_some(), "{effects:?}");
    let number = deed(&mut desk);
    desk.update(Input::Pending(PendingInput::NotKept(number, "x".into())), now());
    assert!(matches!(&desk.calendar.as_ref().unwrap().layer, Some(Layer::Cancel(sheet)) if sheet.reason == TEXT));
}

#[test]
fn a_desk_full_of_long_texts_is_taken_down_between_two_keys() {
    let mut desk = fresh();
    let text = "Vil have svar pr. brev. ".repeat(100);
    for _ in 0..30 {
        desk.update(Input::OpenCitizen(CitizenId::new(), purpose()), now());
        for (_, inputs) in sheets_with(&text) {
            inputs.into_iter().for_each(|input| drop(on_sheet(&mut desk, input)));
        }
    }
    let (began, parts) = (std::time::Instant::now(), desk.half_written());
    let taken = began.elapsed();
    let (began, bytes) = (std::time::Instant::now(), written(&parts).unwrap());
    println!("{} parts in {taken:?}; {} bytes written in {:?}", parts.len(), bytes.len(), began.elapsed());
    assert_eq!(parts.len(), 30);
    // A frame of the window; built for tests, beside everything else that runs.
    assert!(taken < std::time::Duration::from_millis(16), "{taken:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever is typed, in whatever script: what is taken up is what was typed.
    #[test]
    fn what_was_typed_is_what_is_taken_up(text in "\\PC{1,60}", at in 0usize..7) {
        prop_assume!(!text.trim().is_empty());
        let (_, inputs) = sheets_with(&text).swap_remove(at);
        let (mut desk, citizen) = with_citizen();
        for input in inputs {
            on_sheet(&mut desk, input);
        }
        let typed = as_json(desk.sheet().unwrap());
        let mut next = restarted(&desk);
        next.update(Input::OpenCitizen(citizen, purpose()), now());
        prop_assert_eq!(as_json(next.sheet().unwrap()), typed);
        prop_assert!(matches!(&desk.half_written()[0].what, What::Visit(_)));
    }
}

/// A window that has just started, with the same person at it.
fn fresh() -> Desk {
    desk()
}
