//! What keys and clicks mean for free times, the booking being written, the waiting list and the feed. What does not live here: how they look
//! (`find`, `side`, `bring`, `waiting`), their rules (the desk's).

use skranke_api::Purpose;
use skranke_api::purpose::PurposeKind;
use skranke_api::visits::Guard;
use skranke_desk::calendar::booking::{BookingInput, CannotBook, Unfolded};
use skranke_desk::calendar::standing::standing;
use skranke_desk::calendar::waiting::FeedStep;
use skranke_desk::calendar::{CalendarInput, CalendarPage, WaitingInput};
use skranke_desk::citizen::{CitizenInput, CitizenPage, Step};
use skranke_desk::offline::WaitsForLine;
use skranke_desk::sheets::{Opening, SheetInput};
use skranke_desk::{Desk, Input, StandId};
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::{AppointmentId, CitizenId};

use super::Message as Parent;
use crate::focus::{FocusId, Role};
use crate::i18n::Texts;
use crate::screens::{Action, Key};

/// The line in which it is typed what the time is for.
pub(super) const QUERY: FocusId = FocusId::new("calendar/for/query");
/// The button that makes a feed.
pub(super) const MAKE: FocusId = FocusId::new("calendar/feed/make");

/// What happens there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// A step of the finder or the booking.
    Step(BookingInput),
    /// A step of the waiting list, or of the feed.
    Waiting(WaitingInput),
    /// Begin a booking for whoever is open.
    Begin,
    /// Ask for the missing papers first: the letter on her page.
    AskPapers(CitizenId),
    /// Put an address on the clipboard.
    Copy(String),
}

/// A step of the finder or the booking.
pub(super) const fn step(input: BookingInput) -> Parent {
    Parent::Visit(Message::Step(input))
}

/// A step of the waiting list, or of the feed.
pub(super) const fn waiting(input: WaitingInput) -> Parent {
    Parent::Visit(Message::Waiting(input))
}

/// Takes what happened and says what the parent is to do.
pub(super) fn update(message: Message, desk: &Desk) -> Action<Parent> {
    let of = |input| Input::Calendar(CalendarInput::Booking(input));
    match message {
        Message::Step(BookingInput::Choose) => {
            let opens = desk.calendar.as_ref().is_some_and(|page| page.finder.choosing.is_none());
            let typed = desk.calendar.as_ref().is_some_and(|page| page.booking.is_none());
            match opens && typed {
                true => Action::Focus(Some(of(BookingInput::Choose)), QUERY, Role::TextField),
                false => Action::Desk(of(BookingInput::Choose)),
            }
        }
        Message::Step(input) => Action::Desk(of(input)),
        Message::Waiting(input) => Action::Desk(Input::Calendar(CalendarInput::Waiting(input))),
        Message::Begin => Action::Desk(Input::BeginBooking),
        Message::AskPapers(citizen) => ask_papers(citizen, desk),
        Message::Copy(address) => Action::Run(iced::clipboard::write(address)),
    }
}

/// Her page with the letter laid over it; where her papers are not known yet, her page alone.
fn ask_papers(citizen: CitizenId, desk: &Desk) -> Action<Parent> {
    let purpose = Purpose::plain(PurposeKind::Appointment);
    let page = |stand| desk.stands.get(stand).citizen.as_ref().filter(|page: &&CitizenPage| page.id == citizen);
    match StandId::BOTH.into_iter().find(|stand| page(*stand).is_some_and(|page| page.papers().next().is_some())) {
        Some(stand) => Action::DeskAll(vec![
            Input::OpenCitizenAt(stand, citizen, purpose),
            Input::Citizen(CitizenInput::Sheet(SheetInput::Open(Opening::Letter(None)))),
        ]),
        None => Action::Desk(Input::OpenCitizen(citizen, purpose)),
    }
}

/// Why the booking cannot be made yet, if so.
pub(super) fn cannot_book(page: &CalendarPage, desk: &Desk, texts: &Texts, now: jiff::Timestamp) -> Option<String> {
    let Some(booking) = &page.booking else { return Some(no_booking(desk, texts)) };
    if let Some(waits) = waits_for_line(desk, texts, WaitsForLine::Book) {
        return Some(waits);
    }
    booking.cannot_book(now).map(|why| {
        texts.t(match why {
            CannotBook::NoCase => "booking-no-case",
            CannotBook::NoTime => "booking-no-time",
            CannotBook::Past => "booking-past",
            CannotBook::ListAwaited => "booking-list-awaited",
            CannotBook::ListUnknown => "booking-list-unknown-first",
            CannotBook::Warned => "booking-warned-first",
            CannotBook::Holding => "booking-holding",
        })
    })
}

/// Why something waits for the line, while it is broken.
pub(super) fn waits_for_line(desk: &Desk, texts: &Texts, deed: WaitsForLine) -> Option<String> {
    desk.offline_refusal(deed).map(|why| texts.t(crate::app::offline::waits(why.deed)))
}

/// What to do first where no booking is begun.
fn no_booking(desk: &Desk, texts: &Texts) -> String {
    texts.t(if desk.citizen().is_some() { "booking-none-here" } else { "booking-none" })
}

/// The keys of what is laid open beside the calendar, which takes them for itself.
pub(super) fn panel_keys(_desk: &Desk, page: &CalendarPage, texts: &Texts) -> Option<Vec<Key<Parent>>> {
    if let Some(panel) = &page.feed {
        let close = waiting(WaitingInput::Feed(FeedStep::Toggle));
        let mut keys = vec![
            Key::in_place("Esc", "booking-key-close", close),
            Key::in_place("↵", "booking-key-make-feed", waiting(WaitingInput::Feed(FeedStep::Make))),
        ];
        if let Some(feed) = panel.feed.value() {
            keys.push(Key::in_place("C", "booking-key-copy", Parent::Visit(Message::Copy(feed.path.clone()))));
        }
        return Some(keys);
    }
    let panel = page.waiting.as_ref()?;
    let none = panel.chosen().is_none().then(|| texts.t("booking-nobody-waits"));
    let mut keys = vec![
        Key::in_place("Esc", "booking-key-close", waiting(WaitingInput::Toggle)),
        Key::in_place("E", "booking-key-close", waiting(WaitingInput::Toggle)),
        Key::bar("↑", "booking-key-one-up", waiting(WaitingInput::Step(Step::Previous))).disabled(none.clone()),
        Key::bar("↓", "booking-key-one-down", waiting(WaitingInput::Step(Step::Next))).disabled(none.clone()),
        Key::bar("Del", "booking-key-withdraw", waiting(WaitingInput::Withdraw)).disabled(none),
    ];
    if let Some(chosen) = panel.chosen() {
        keys.push(Key::bar("↵", "calendar-key-open", Parent::Open(chosen.wish.citizen)));
    }
    for (at, chord) in ["1", "2", "3"].into_iter().enumerate().take(panel.fitting().count()) {
        keys.push(Key::in_place(chord, "booking-key-offer", waiting(WaitingInput::Begin(at))));
    }
    keys.push(Key::end("F5", "calendar-key-ask-again", Parent::AskAgain));
    Some(keys)
}

/// The keys of the finder and the booking.
pub(super) fn keys(desk: &Desk, page: &CalendarPage, texts: &Texts) -> Vec<Key<Parent>> {
    let mut keys = vec![Key::bar("F", "calendar-key-find", step(BookingInput::Find))];
    if page.finder.choosing.is_some() {
        keys.push(Key::in_place("Esc", "booking-key-close", step(BookingInput::Choose)));
    }
    keys.push(Key::in_place("/", "booking-key-for", step(BookingInput::Choose)));
    let free = page.free.value().map_or(0, Vec::len);
    for (at, chord) in ["1", "2", "3"].into_iter().enumerate().take(free) {
        keys.push(Key::in_place(chord, "calendar-key-take", step(BookingInput::Take(at))));
    }
    if free > 0 {
        keys.push(Key::in_place("4", "booking-key-later", step(BookingInput::Later)));
    }
    let Some(booking) = &page.booking else {
        let why = match desk.citizen() {
            None => Some(texts.t("booking-none")),
            Some(_) => desk.booking_subject().is_none().then(|| texts.t("booking-nothing-to-attend")),
        };
        let no_line = waits_for_line(desk, texts, WaitsForLine::Book);
        keys.push(Key::bar("B", "booking-key-begin", Parent::Visit(Message::Begin)).disabled(no_line.clone().or(why)));
        if let Some(appointment) = again(desk, page) {
            keys.push(Key::bar("R", "booking-key-again", step(BookingInput::Again(appointment))).disabled(no_line));
        }
        keys.push(Key::bar("E", "booking-key-waiting", waiting(WaitingInput::Toggle)));
        keys.push(Key::in_place("I", "booking-key-feed", waiting(WaitingInput::Feed(FeedStep::Toggle))));
        return keys;
    };
    keys.push(Key::in_place("Ctrl ↵", "booking-key-book", step(BookingInput::Book)).disabled(cannot_book(
        page,
        desk,
        texts,
        jiff::Timestamp::MIN,
    )));
    keys.push(Key::in_place("Esc", "calendar-key-discard", step(BookingInput::Discard)));
    if booking.lacks_list() || !booking.warnings().is_empty() {
        keys.push(Key::in_place("Y", "booking-key-accept", step(BookingInput::Accept(None))));
    }
    let guards = booking.list().map(|plan| plan.guards.as_slice()).unwrap_or_default();
    if guards.iter().any(|guard| matches!(guard, Guard::MissingPaper { .. })) {
        let ask = Parent::Visit(Message::AskPapers(booking.what.citizen));
        keys.push(Key::in_place("A", "booking-key-ask-papers", ask));
    }
    if guards.iter().any(|guard| matches!(guard, Guard::Joins { .. })) {
        keys.push(Key::in_place("J", "booking-key-join", step(BookingInput::Join)));
    }
    if guards.iter().any(|guard| matches!(guard, Guard::CouldCover { .. })) {
        keys.push(Key::in_place("K", "booking-key-cover", step(BookingInput::Cover)));
    }
    if guards.iter().any(|guard| matches!(guard, Guard::NoInterpreter { .. })) {
        keys.push(Key::in_place("G", "booking-key-interpreter", step(BookingInput::Interpreter)));
    }
    if booking.plan.value().is_some() {
        keys.push(Key::in_place("X", "booking-key-texts", step(BookingInput::Unfold(Unfolded::Texts))));
        keys.push(Key::in_place("P", "booking-key-script", step(BookingInput::Unfold(Unfolded::Script))));
        keys.push(Key::in_place("U", "booking-key-language", step(BookingInput::Language)));
    }
    keys.push(match booking.slot {
        Some(_) => Key::in_place("E", "booking-key-earlier", step(BookingInput::Earlier)),
        None => Key::in_place("E", "booking-key-wait", waiting(WaitingInput::Wish)),
    });
    keys
}

/// The chosen appointment, where it was missed or cancelled and can be booked again.
pub(super) fn again(desk: &Desk, page: &CalendarPage) -> Option<AppointmentId> {
    let stands = standing(page.find_appointment(page.selected?)?, &desk.pending);
    let appointment = stands.appointment;
    matches!(appointment.status, AppointmentStatus::Noshow | AppointmentStatus::Cancelled).then_some(appointment.id)
}
