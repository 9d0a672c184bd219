//! The calendar: whose days are shown, an appointment moved and moved back, cancelled, missed, time closed and opened.

use jiff::ToSpan;
use skranke_api::appointments::{Appointment, Calendar, Interpreter, Lane};
use skranke_api::opening::{BlockConflicts, BlockView};
use skranke_client::http::CalendarOf;
use skranke_client::outbox::OutboxEvent;
use skranke_domain::appointment::{AppointmentStatus, CounterKind, RebookCause};
use skranke_domain::{AppointmentId, BlockId, CounterId, SiteId};

use super::*;
use crate::ask::{Question, VisitQuestion, VisitReply};
use crate::calendar::closing::{ClosingInput, ClosingProblem};
use crate::calendar::ending::{CancelInput, CancelProblem};
use crate::calendar::menus::{Called, Group, Menu, Shows};
use crate::calendar::moving::{Interprets, MoveInput, Stage, Verdict};
use crate::calendar::standing::{Unsent, standing};
use crate::calendar::{CalendarInput, Layer, View, Whose, slot};
use crate::effect::Wake;

fn counter(id: &str) -> CounterId {
    CounterId::parse(id).unwrap()
}

fn at(hour: i8, minute: i8) -> Timestamp {
    jiff::civil::date(2026, 6, 9).at(hour, minute, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp()
}

fn appointment(n: u8, at_counter: &str, start: Timestamp) -> Appointment {
    let json = json!({
        "id": AppointmentId::new(), "citizen": CitizenId::new(),
        "citizenShort": format!("P. Nummer{n}"), "cases": [CaseId::new()], "title": null,
        "site": "norrebro", "counter": at_counter, "start": start, "end": start + 30.minutes(), "people": 1,
        "status": "booked", "papers": { "due": 2, "open": 0 }, "readiness": "ready", "etag": "v1"
    });
    serde_json::from_value(json).unwrap()
}

fn day(items: Vec<Appointment>) -> Calendar {
    let lane = |id: &str, closed| Lane { counter: counter(id), staff: None, percent: 50, closed };
    Calendar {
        items,
        blocks: Vec::new(),
        load: Vec::new(),
        lanes: vec![
            lane("counter-3", true),
            lane("counter-4", false),
            lane("stand-1", false),
            lane("stand-2", false),
            lane("room-a", false),
        ],
        next_cursor: None,
    }
}

fn sites() -> serde_json::Value {
    let place = |id: &str, kind: &str| json!({ "id": id, "name": { "da": id, "en": id }, "kind": kind });
    let hours = json!({ "from": "08:00:00", "to": "16:00:00" });
    json!([
        {
            "id": "norrebro", "name": "Nørrebro", "hours": [hours, hours, hours, hours, hours, null, null],
            "counters": [
                place("counter-3", "counter"), place("counter-4", "counter"), place("stand-1", "stand"),
                place("stand-2", "stand"), place("room-a", "room")
            ],
            "interpreters": [{ "id": "polonez", "name": "Polonez Tolke", "language": "pl" }]
        },
        { "id": "valby", "name": "Valby", "hours": [], "counters": [place("valby-1", "counter")] }
    ])
}

/// A desk with the day of its site open.
fn open(items: Vec<Appointment>) -> Desk {
    let mut desk = desk();
    desk.session.sites = serde_json::from_value(sites()).unwrap();
    let effects = desk.update(Input::Go(Place::Calendar), now());
    let ticket = asked(&effects, Room::Calendar, slot::DAY);
    desk.update(Input::Reply(ticket, Reply::Calendar(Ok(day(items)))), now());
    desk
}

fn step(desk: &mut Desk, input: CalendarInput) -> Vec<Effect> {
    desk.update(Input::Calendar(input), now())
}

fn question(effects: &[Effect], wanted: u8) -> Option<&Question> {
    effects.iter().find_map(|effect| match effect {
        Effect::Ask(ticket, question) if ticket.room == Room::Calendar && ticket.slot == wanted => Some(question),
        _ => None,
    })
}

fn plan() -> VisitReply {
    let plan = json!({
        "minutes": 30, "bring": [], "needNot": [], "guards": [], "script": [], "language": "pl",
        "messages": [{ "to": "citizen", "channel": "sms", "addressMasked": "•• •• 12 88", "text": "Nowy termin" }]
    });
    VisitReply::Plan(Box::new(Ok(serde_json::from_value(plan).unwrap())))
}

#[test]
fn nothing_but_her_own_day_is_asked_for_before_the_calendar_is_looked_at() {
    let mut desk = desk();
    let ticket = asked(&desk.update(Input::Begin, now()), Room::Session, 4);
    let sites = serde_json::from_value(sites()).unwrap();
    let effects = desk.update(Input::Reply(ticket, Reply::Sites(Ok(sites))), now());
    let asked: Vec<u8> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Ask(ticket, _) if ticket.room == Room::Calendar => Some(ticket.slot),
            _ => None,
        })
        .collect();
    assert_eq!(asked, [slot::OWN]);
    let effects = desk.update(Input::Go(Place::Calendar), now());
    assert!(matches!(
        question(&effects, slot::DAY),
        Some(Question::Visit(VisitQuestion::Calendar(CalendarOf::Site(site), from, to)))
            if site.as_str() == "norrebro" && from == to
    ));
    assert!(matches!(question(&effects, slot::MONTH), Some(Question::Visit(VisitQuestion::Load(..)))));
}

#[test]
fn stands_lie_in_one_column_and_a_closed_counter_says_so() {
    let desk = open(Vec::new());
    let columns = desk.calendar.as_ref().unwrap().columns(&desk.session.sites);
    let shown: Vec<(usize, CounterKind, bool)> =
        columns.iter().map(|column| (column.counters.len(), column.kind, column.closed)).collect();
    assert_eq!(
        shown,
        [
            (1, CounterKind::Counter, true),
            (1, CounterKind::Counter, false),
            (2, CounterKind::Stand, false),
            (1, CounterKind::Room, false)
        ]
    );
}

#[test]
fn whose_calendar_it_is_is_chosen_by_group_and_asked_for_by_week() {
    let mut desk = open(Vec::new());
    step(&mut desk, CalendarInput::Menu(Some(Menu::Whose)));
    let choices = desk.calendar.as_ref().unwrap().choices(Menu::Whose, &desk.session);
    assert!(choices.windows(2).all(|two| two[0].group <= two[1].group));
    let interpreter = choices.iter().find(|choice| choice.group == Group::Interpreters).unwrap();
    assert_eq!(interpreter.called, Called::Name("Polonez Tolke".into()));
    let effects = step(&mut desk, interpreter.shows.clone().input());
    assert!(matches!(
        question(&effects, slot::WEEK),
        Some(Question::Visit(VisitQuestion::Calendar(CalendarOf::Interpreter(_), ..)))
    ));
    let page = desk.calendar.as_ref().unwrap();
    assert!(page.layer.is_none() && page.view == View::Week && page.week.value().is_none());
    // A site has its own places; hers come back with her own counter.
    let sites = page.choices(Menu::Site, &desk.session);
    assert!(
        matches!(&sites[0].shows, Shows::Site(site, at) if site.as_str() == "norrebro" && at.as_str() == "counter-4")
    );
    let effects = step(&mut desk, sites[1].shows.clone().input());
    assert!(matches!(
        question(&effects, slot::DAY),
        Some(Question::Visit(VisitQuestion::Calendar(CalendarOf::Site(site), ..))) if *site == SiteId::parse("valby").unwrap()
    ));
    assert_eq!(desk.calendar.as_ref().unwrap().counter, counter("valby-1"));
}

#[test]
fn an_answer_about_yesterday_never_lands_on_today() {
    let mut desk = open(Vec::new());
    let first = step(&mut desk, CalendarInput::Day(1));
    let late = asked(&first, Room::Calendar, slot::DAY);
    step(&mut desk, CalendarInput::Day(1));
    desk.update(Input::Reply(late, Reply::Calendar(Ok(day(vec![appointment(1, "counter-4", at(9, 0))])))), now());
    assert!(desk.calendar.as_ref().unwrap().site_day.value().is_none());
}

/// An appointment at counter 4 at 13:00, moved down to 14:00, and its plan known.
fn moved() -> (Desk, Appointment) {
    let one = appointment(1, "counter-4", at(13, 0));
    let mut desk = open(vec![one.clone(), appointment(2, "counter-4", at(13, 30))]);
    step(&mut desk, CalendarInput::Select(one.id));
    step(&mut desk, CalendarInput::Move(MoveInput::Begin));
    for _ in 0..4 {
        step(&mut desk, CalendarInput::Move(MoveInput::Minutes(15)));
    }
    (desk, one)
}

fn told(desk: &mut Desk) {
    let effects = step(desk, CalendarInput::Move(MoveInput::Ask));
    let ticket = asked(&effects, Room::Calendar, slot::MOVE);
    assert!(matches!(
        question(&effects, slot::MOVE),
        Some(Question::Visit(VisitQuestion::Plan(request))) if request.appointment.is_some() && request.time.is_some()
    ));
    desk.update(Input::Reply(ticket, Reply::Visit(plan())), now());
}

#[test]
fn nothing_is_moved_before_who_is_told_was_shown() {
    let (mut desk, one) = moved();
    assert!(enqueued(&step(&mut desk, CalendarInput::Move(MoveInput::Confirm))).is_none());
    assert_eq!(desk.calendar.as_ref().unwrap().moving.as_ref().unwrap().stage, Stage::Choosing);
    let effects = step(&mut desk, CalendarInput::Move(MoveInput::Ask));
    assert!(enqueued(&step(&mut desk, CalendarInput::Move(MoveInput::Confirm))).is_none(), "the answer is awaited");
    let ticket = asked(&effects, Room::Calendar, slot::MOVE);
    desk.update(Input::Reply(ticket, Reply::Visit(plan())), now());
    let effects = step(&mut desk, CalendarInput::Move(MoveInput::Confirm));
    let draft = enqueued(&effects).expect("a change");
    assert_eq!(draft.body["to"]["start"], json!(at(14, 0)));
    assert_eq!(draft.path, skranke_api::paths::appointment(one.id));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Wake(_, Wake::CalendarUndo { .. }))));
}

#[test]
fn where_who_is_told_cannot_be_known_that_is_seen_and_it_can_be_moved() {
    let (mut desk, _) = moved();
    let effects = step(&mut desk, CalendarInput::Move(MoveInput::Ask));
    let ticket = asked(&effects, Room::Calendar, slot::MOVE);
    let failed = VisitReply::Plan(Box::new(Err(ClientError::Offline)));
    desk.update(Input::Reply(ticket, Reply::Visit(failed)), now());
    assert!(enqueued(&step(&mut desk, CalendarInput::Move(MoveInput::Confirm))).is_some());
}

#[test]
fn a_moved_appointment_stands_at_its_new_time_as_soon_as_it_is_on_the_disk() {
    let (mut desk, one) = moved();
    told(&mut desk);
    let draft = enqueued(&step(&mut desk, CalendarInput::Move(MoveInput::Confirm))).unwrap();
    let shown = |desk: &Desk| {
        let page = desk.calendar.as_ref().unwrap();
        let stands = standing(page.find_appointment(one.id).unwrap(), &desk.pending);
        (stands.appointment.start, stands.unsent.map(|unsent| matches!(unsent, Unsent::Refused(_))))
    };
    assert_eq!(shown(&desk), (at(13, 0), None));
    desk.update(Input::Pending(PendingInput::Entries(vec![entry(draft.clone(), EntryState::Queued)])), now());
    assert_eq!(shown(&desk), (at(14, 0), Some(false)));
    // Somebody was first: it stands where it was, and says so.
    let problem = Problem::new(ProblemKind::SlotTaken);
    desk.update(Input::Pending(PendingInput::Entries(vec![entry(draft, EntryState::Refused { problem })])), now());
    assert_eq!(shown(&desk), (at(13, 0), Some(true)));
}

#[test]
fn a_confirmed_move_does_not_jump_back_while_the_day_is_asked_for_again() {
    let (mut desk, one) = moved();
    told(&mut desk);
    let draft = enqueued(&step(&mut desk, CalendarInput::Move(MoveInput::Confirm))).unwrap();
    let sent = entry(draft, EntryState::Attempted);
    let id = sent.id;
    desk.update(Input::Pending(PendingInput::Entries(vec![sent])), now());
    let answer = Appointment { start: at(14, 0), end: at(14, 30), etag: ETag::of_version(2), ..one.clone() };
    let answer = serde_json::to_value(answer).unwrap();
    let confirmed = OutboxEvent::Confirmed { id, etag: Some(ETag::of_version(2)), answer };
    desk.update(Input::Pending(PendingInput::News(confirmed, Vec::new())), now());
    let page = desk.calendar.as_ref().unwrap();
    assert_eq!(page.find_appointment(one.id).unwrap().start, at(14, 0));
    // Taking it back goes on from the version that the server has now.
    let draft = enqueued(&step(&mut desk, CalendarInput::Undo)).expect("it is moved back");
    assert_eq!(draft.body["to"]["start"], json!(at(13, 0)));
    assert_eq!(draft.based_on, skranke_client::outbox::Basis::Version(ETag::of_version(2)));
    assert!(enqueued(&step(&mut desk, CalendarInput::Undo)).is_none(), "once");
}

#[test]
fn a_move_that_was_not_sent_is_simply_thrown_away() {
    let (mut desk, _) = moved();
    told(&mut desk);
    let draft = enqueued(&step(&mut desk, CalendarInput::Move(MoveInput::Confirm))).unwrap();
    let queued = entry(draft, EntryState::Queued);
    let id = queued.id;
    desk.update(Input::Pending(PendingInput::Entries(vec![queued])), now());
    assert!(matches!(step(&mut desk, CalendarInput::Undo).as_slice(), [Effect::Discard(gone)] if *gone == id));
}

#[test]
fn after_a_minute_a_move_is_no_longer_taken_back_by_one_key() {
    let (mut desk, _) = moved();
    told(&mut desk);
    let effects = step(&mut desk, CalendarInput::Move(MoveInput::Confirm));
    let wake = effects.iter().find_map(|effect| match effect {
        Effect::Wake(_, wake @ Wake::CalendarUndo { .. }) => Some(*wake),
        _ => None,
    });
    desk.update(Input::Wake(wake.unwrap()), now());
    assert!(desk.calendar.as_ref().unwrap().undo.is_none());
}

#[test]
fn a_time_that_is_taken_closed_or_over_is_not_moved_to() {
    let (mut desk, _) = moved();
    let verdict = |desk: &Desk| {
        let page = desk.calendar.as_ref().unwrap();
        page.verdict(page.moving.as_ref().unwrap(), now())
    };
    assert_eq!(verdict(&desk), Verdict::Free);
    step(&mut desk, CalendarInput::Move(MoveInput::Minutes(-15)));
    assert_eq!(verdict(&desk), Verdict::Taken);
    step(&mut desk, CalendarInput::Move(MoveInput::At(counter("counter-3"))));
    assert_eq!(verdict(&desk), Verdict::Closed);
    step(&mut desk, CalendarInput::Move(MoveInput::At(counter("room-a"))));
    assert_eq!(verdict(&desk), Verdict::Free);
    for _ in 0..30 {
        step(&mut desk, CalendarInput::Move(MoveInput::Minutes(-15)));
    }
    assert_eq!(verdict(&desk), Verdict::Past);
    told(&mut desk);
    assert!(enqueued(&step(&mut desk, CalendarInput::Move(MoveInput::Confirm))).is_none());
}

#[test]
fn an_interpreter_is_asked_about_and_a_busy_one_is_said() {
    let polish: Interpreter =
        serde_json::from_value(json!({ "id": "polonez", "name": "Polonez Tolke", "language": "pl" })).unwrap();
    let one = Appointment { interpreter: Some(polish), ..appointment(1, "counter-4", at(13, 0)) };
    let mut desk = open(vec![one.clone()]);
    step(&mut desk, CalendarInput::Select(one.id));
    let effects = step(&mut desk, CalendarInput::Move(MoveInput::Begin));
    let ticket = asked(&effects, Room::Calendar, slot::INTERPRETER);
    let interprets = |desk: &Desk| {
        let page = desk.calendar.as_ref().unwrap();
        page.interprets(page.moving.as_ref().unwrap())
    };
    assert_eq!(interprets(&desk), Interprets::Unknown);
    let week = day(vec![one.clone(), appointment(9, "valby-1", at(14, 0))]);
    desk.update(Input::Reply(ticket, Reply::Calendar(Ok(week))), now());
    assert_eq!(interprets(&desk), Interprets::Free, "her own visit does not keep her");
    for _ in 0..4 {
        step(&mut desk, CalendarInput::Move(MoveInput::Minutes(15)));
    }
    assert_eq!(interprets(&desk), Interprets::Busy);
}

#[test]
fn the_mouse_lets_go_on_a_taken_time_and_it_goes_back() {
    let (one, other) = (appointment(1, "counter-4", at(13, 0)), appointment(2, "room-a", at(11, 0)));
    let mut desk = open(vec![one.clone(), other]);
    let drag = |start| CalendarInput::Move(MoveInput::Drag(one.id, counter("room-a"), start));
    step(&mut desk, drag(at(11, 15)));
    step(&mut desk, CalendarInput::Move(MoveInput::Drop));
    assert!(desk.calendar.as_ref().unwrap().moving.is_none());
    step(&mut desk, drag(at(12, 0)));
    let effects = step(&mut desk, CalendarInput::Move(MoveInput::Drop));
    assert!(question(&effects, slot::MOVE).is_some(), "who is told is asked for");
}

#[test]
fn a_cancellation_needs_a_cause_a_reason_and_who_is_told_and_frees_the_time() {
    let one = appointment(1, "counter-4", at(13, 0));
    let mut desk = open(vec![one.clone()]);
    step(&mut desk, CalendarInput::Select(one.id));
    step(&mut desk, CalendarInput::Cancel(CancelInput::Begin));
    let cancel = |desk: &mut Desk, input| step(desk, CalendarInput::Cancel(input));
    let problem = |desk: &Desk| match &desk.calendar.as_ref().unwrap().layer {
        Some(Layer::Cancel(sheet)) => sheet.problem,
        other => panic!("{other:?}"),
    };
    assert!(enqueued(&cancel(&mut desk, CancelInput::Confirm)).is_none());
    assert_eq!(problem(&desk), Some(CancelProblem::NoCause));
    cancel(&mut desk, CancelInput::Cause(RebookCause::PaperMissing));
    cancel(&mut desk, CancelInput::Confirm);
    assert_eq!(problem(&desk), Some(CancelProblem::NoReason));
    cancel(&mut desk, CancelInput::Reason("Lejekontrakten kommer først fredag".into()));
    cancel(&mut desk, CancelInput::Confirm);
    assert_eq!(problem(&desk), Some(CancelProblem::NotSeen));
    // Leaving it keeps what was typed.
    cancel(&mut desk, CancelInput::Close);
    assert!(desk.calendar.as_ref().unwrap().layer.is_none());
    let effects = cancel(&mut desk, CancelInput::Begin);
    let ticket = asked(&effects, Room::Calendar, slot::CANCEL);
    desk.update(Input::Reply(ticket, Reply::Visit(plan())), now());
    let effects = cancel(&mut desk, CancelInput::Confirm);
    let draft = enqueued(&effects).expect("a change");
    assert!(effects.iter().any(|effect| matches!(
        effect,
        Effect::Ask(_, Question::Visit(VisitQuestion::Fits(free))) if free.start == one.start && free.minutes == 30
    )));
    assert_eq!(draft.body["status"], "cancelled");
    assert_eq!(draft.body["cause"], "paper_missing");
    assert_eq!(draft.body["reason"], "Lejekontrakten kommer først fredag");
}

#[test]
fn who_did_not_come_and_who_is_here_go_through_the_outbox() {
    let one = appointment(1, "counter-4", at(7, 30));
    let mut desk = open(vec![one.clone()]);
    step(&mut desk, CalendarInput::Select(one.id));
    let draft = enqueued(&step(&mut desk, CalendarInput::Missed)).unwrap();
    assert_eq!(draft.body, json!({ "status": "noshow" }));
    desk.update(Input::Pending(PendingInput::Entries(vec![entry(draft, EntryState::Queued)])), now());
    let page = desk.calendar.as_ref().unwrap();
    let stands = standing(page.chosen().unwrap(), &desk.pending);
    assert_eq!(stands.appointment.status, AppointmentStatus::Noshow);
    let draft = enqueued(&step(&mut desk, CalendarInput::Arrived)).unwrap();
    assert_eq!(draft.body, json!({ "status": "arrived" }));
}

fn closing(desk: &mut Desk, input: ClosingInput) -> Vec<Effect> {
    step(desk, CalendarInput::Closing(input))
}

fn sheet(desk: &Desk) -> &crate::calendar::closing::ClosingSheet {
    match &desk.calendar.as_ref().unwrap().layer {
        Some(Layer::Closing(sheet)) => sheet,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_a_closure_meets_is_seen_before_it_is_saved_and_goes_with_it() {
    let mut desk = open(Vec::new());
    closing(&mut desk, ClosingInput::Open);
    closing(&mut desk, ClosingInput::Save);
    assert!(matches!(sheet(&desk).problem, Some(ClosingProblem::From)));
    closing(&mut desk, ClosingInput::From("13".into()));
    let effects = closing(&mut desk, ClosingInput::To("12".into()));
    assert!(question(&effects, slot::CONFLICTS).is_none(), "it ends before it begins");
    closing(&mut desk, ClosingInput::Save);
    assert!(matches!(sheet(&desk).problem, Some(ClosingProblem::Order)));
    let effects = closing(&mut desk, ClosingInput::To("14.30".into()));
    let ticket = asked(&effects, Room::Calendar, slot::CONFLICTS);
    assert!(question(&closing(&mut desk, ClosingInput::Save), slot::CLOSING).is_none());
    assert!(matches!(sheet(&desk).problem, Some(ClosingProblem::NotSeen)));
    let met = appointment(1, "counter-4", at(13, 0));
    let conflicts = VisitReply::Conflicts(Ok(BlockConflicts { appointments: vec![met.clone()] }));
    desk.update(Input::Reply(ticket, Reply::Visit(conflicts)), now());
    let effects = closing(&mut desk, ClosingInput::Save);
    let Some(Question::Visit(VisitQuestion::Close(command, request))) = question(&effects, slot::CLOSING) else {
        panic!("{effects:?}")
    };
    assert_eq!((request.start, request.end, &request.seen), (at(13, 0), at(14, 30), &vec![met.id]));
    // The line broke: the same command is asked again, so that it is done once.
    let (command, ticket) = (*command, asked(&effects, Room::Calendar, slot::CLOSING));
    let lost = VisitReply::Closed(Box::new(Err(ClientError::Offline)));
    desk.update(Input::Reply(ticket, Reply::Visit(lost)), now());
    assert!(matches!(sheet(&desk).problem, Some(ClosingProblem::Refused(_))));
    let effects = closing(&mut desk, ClosingInput::Save);
    assert!(matches!(
        question(&effects, slot::CLOSING),
        Some(Question::Visit(VisitQuestion::Close(again, _))) if *again == command
    ));
    // Somebody was booked there meanwhile: the list is asked for anew.
    let ticket = asked(&effects, Room::Calendar, slot::CLOSING);
    let refused = ClientError::Problem(Box::new(Problem::new(ProblemKind::Transition)));
    let effects = desk.update(Input::Reply(ticket, Reply::Visit(VisitReply::Closed(Box::new(Err(refused))))), now());
    assert!(question(&effects, slot::CONFLICTS).is_some());
    assert!(matches!(sheet(&desk).problem, Some(ClosingProblem::MetMeanwhile)));
}

#[test]
fn closed_time_opens_again_and_the_sheet_stays_for_more() {
    let mut desk = open(Vec::new());
    closing(&mut desk, ClosingInput::Open);
    let id = BlockId::new();
    let effects = closing(&mut desk, ClosingInput::Reopen(id, ETag::of_version(3), counter("counter-4")));
    let ticket = asked(&effects, Room::Calendar, slot::CLOSING);
    assert!(matches!(
        question(&effects, slot::CLOSING),
        Some(Question::Visit(VisitQuestion::Open(_, block, seen, change)))
            if *block == id && *seen == ETag::of_version(3) && change.opens == [counter("counter-4")]
    ));
    let view = BlockView { id, blocks: Vec::new(), conflicts: Vec::new(), etag: ETag::of_version(4) };
    let opened = Tagged { value: view, etag: ETag::of_version(4) };
    let effects = desk.update(Input::Reply(ticket, Reply::Visit(VisitReply::Closed(Box::new(Ok(opened))))), now());
    assert!(question(&effects, slot::DAY).is_some(), "the day is asked for again");
    assert!(!sheet(&desk).saving);
}

#[test]
fn what_was_typed_of_a_closure_survives_escape() {
    let mut desk = open(Vec::new());
    closing(&mut desk, ClosingInput::Open);
    closing(&mut desk, ClosingInput::Text("Brandøvelse".into()));
    closing(&mut desk, ClosingInput::Close);
    closing(&mut desk, ClosingInput::Open);
    assert_eq!(sheet(&desk).text, "Brandøvelse");
}

#[test]
fn a_week_of_her_own_counter_comes_with_v_and_the_day_comes_back() {
    let mut desk = open(Vec::new());
    let effects = step(&mut desk, CalendarInput::View(View::Week));
    assert!(matches!(question(&effects, slot::WEEK), Some(Question::Calendar(at, ..)) if *at == counter("counter-4")));
    assert_eq!(desk.calendar.as_ref().unwrap().whose, Whose::Counter(counter("counter-4")));
    let effects = step(&mut desk, CalendarInput::View(View::Day));
    assert!(question(&effects, slot::DAY).is_some());
}

#[test]
fn a_move_to_another_day_takes_the_calendar_along_and_skips_the_weekend() {
    let (mut desk, one) = moved();
    let effects = step(&mut desk, CalendarInput::Move(MoveInput::Days(1)));
    assert!(question(&effects, slot::DAY).is_some());
    let held = |desk: &Desk| desk.calendar.as_ref().unwrap().moving.as_ref().unwrap().to.start;
    assert_eq!(held(&desk), at(14, 0) + 24.hours());
    for _ in 0..3 {
        step(&mut desk, CalendarInput::Move(MoveInput::Days(1)));
    }
    assert_eq!(held(&desk), at(14, 0) + (6 * 24).hours(), "Monday follows Friday");
    assert_eq!(desk.calendar.as_ref().unwrap().day, jiff::civil::date(2026, 6, 15));
    step(&mut desk, CalendarInput::Move(MoveInput::Cancel));
    assert_eq!(one.start, at(13, 0));
    assert!(desk.calendar.as_ref().unwrap().moving.is_none());
}
