//! The calendar: a site's day or somebody's week, the free times, the booking being written. What lives here: what clicks mean, and the
//! columns. What does not: which keys there are (see `keys`), which days, which appointment (the desk's), the rules of double booking.

mod bring;
mod cancel;
mod closing;
mod day;
mod event;
mod find;
mod grid;
mod header;
mod keys;
mod lanes;
mod menus;
pub mod month;
mod popover;
mod side;
#[cfg(test)]
mod tests;
mod told;
pub mod visit;
mod waiting;
mod week;

use iced::widget::{Column, column, container, row, stack};
use iced::{Alignment, Length, Padding};
use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::Purpose;
use skranke_api::appointments::Appointment;
use skranke_api::purpose::PurposeKind;
use skranke_desk::calendar::booking::BookingInput;
use skranke_desk::calendar::closing::ClosingInput;
use skranke_desk::calendar::ending::CancelInput;
use skranke_desk::calendar::moving::MoveInput;
use skranke_desk::calendar::{CalendarInput, CalendarPage, Layer, View};
use skranke_desk::citizen::Step;
use skranke_desk::{Desk, Input};
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::{AppointmentId, CaseId, CitizenId, CounterId};

use super::{Action, Key, Scene};
use crate::focus::{FocusId, Role, reveal_task};
use crate::i18n::Texts;
use crate::theme::Look;
use crate::theme::scale::{space, width};
use crate::widget::toast::{Toast, ToastSign, toast};
use crate::widget::{Element, hline, panel::surface, scroll, vline};
pub use popover::MoveKey;

/// The sheet of hours: one stop of the keyboard, the arrows move within it.
pub const FIRST: FocusId = FocusId::new("calendar/week");

/// The calendar's own state: nothing, all of it lies on the desk.
#[derive(Clone, Copy, Debug, Default)]
pub struct CalendarScreen;

/// What happens on the calendar's screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Ask again.
    AskAgain,
    /// With free times, the booking being written, the waiting list, the feed.
    Visit(visit::Message),
    /// Something for the calendar as it is.
    Do(CalendarInput),
    /// Another counter.
    Counter(CounterId),
    /// So many days forward or back.
    Day(i8),
    /// So many weeks forward or back.
    Week(i8),
    /// Today.
    Today,
    /// The next or previous appointment of the day.
    Step(Step),
    /// The next or previous column: another place in a day, another day in a week.
    Across(Step),
    /// Another column of the day.
    ToLane(CounterId),
    /// An appointment was chosen.
    Select(AppointmentId),
    /// Open a citizen who has an appointment.
    Open(CitizenId),
    /// Open a case that an appointment is for.
    OpenCase(CaseId),
    /// The citizen of the chosen appointment is here.
    Arrived,
    /// She did not come.
    Missed,
    /// Book again what was missed.
    Again(AppointmentId),
    /// The chosen appointment is to be cancelled.
    Cancel,
    /// Why it is cancelled; the keyboard goes to the reason.
    Cause(skranke_domain::appointment::RebookCause),
    /// With the appointment that is being moved.
    Move(MoveKey),
    /// The one being moved goes to the next or previous column.
    MoveAcross(Step),
    /// The mouse drags an appointment there.
    Dragged(AppointmentId, CounterId, Timestamp),
    /// The mouse lets it go.
    Dropped,
    /// The next or previous of the choices.
    MenuStep(Step),
    /// The choice that the keys act on.
    MenuTake,
    /// A choice.
    MenuTakeAt(usize),
    /// Show what is not sent.
    Outbox,
}

/// The control of an appointment.
fn appointment_id(id: AppointmentId) -> FocusId {
    FocusId::new("calendar/appointment").child(id)
}

/// Whether an appointment still takes its time.
const fn takes_time(appointment: &Appointment) -> bool {
    !matches!(appointment.status, AppointmentStatus::Cancelled | AppointmentStatus::Noshow)
}

/// Whether an appointment is still to come about: it can be ended in one way or another.
const fn can_end(appointment: &Appointment) -> bool {
    matches!(appointment.status, AppointmentStatus::Booked | AppointmentStatus::Arrived)
}

/// The appointments that the arrows walk through: those of the day, or of its column, in order of time.
fn of_the_day<'d>(page: &'d CalendarPage, desk: &Desk) -> Vec<&'d Appointment> {
    let lane = match page.view {
        View::Day => page.columns(&desk.session.sites).into_iter().find(|column| column.holds(&page.lane)),
        View::Week => None,
    };
    let here = |a: &&Appointment| match page.view {
        View::Week => true,
        View::Day => lane.as_ref().map_or(a.counter == page.lane, |lane| lane.holds(&a.counter)),
    };
    let stands = |a: &&Appointment| skranke_desk::calendar::days::stands(a);
    page.on(page.day).filter(stands).filter(here).collect()
}

/// The chosen appointment, where it is one of the day that the keys act on.
fn selected(page: &CalendarPage) -> Option<&Appointment> {
    let id = page.selected?;
    page.on(page.day).filter(|a| skranke_desk::calendar::days::stands(a)).find(|a| a.id == id)
}

/// How far it is from the day that the keys act on.
fn days_to(page: &CalendarPage, day: Date) -> i8 {
    // Days of one week: it fits.
    i8::try_from(page.day.until(day).map_or(0, |span| span.get_days())).unwrap_or(0)
}

/// Where the keyboard goes while something is laid over the calendar.
#[must_use]
pub fn begins(desk: &Desk) -> Option<(FocusId, Role)> {
    let page = desk.calendar.as_ref().filter(|_| desk.place() == skranke_desk::Place::Calendar)?;
    Some(match page.layer.as_ref()? {
        Layer::Menu { at, .. } => (menus::MENU.child(*at), Role::MenuItem),
        Layer::Cancel(sheet) if sheet.cause.is_some() => (cancel::REASON, Role::TextField),
        Layer::Cancel(_) => (cancel::CAUSES_ID.child(0), Role::Radio),
        Layer::Closing(_) => (closing::FROM, Role::TextField),
    })
}

impl CalendarScreen {
    /// Takes what happened and says what the parent is to do.
    pub fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        let input = match message {
            Message::AskAgain => CalendarInput::AskAgain,
            Message::Visit(message) => return visit::update(message, desk),
            Message::Do(input) => input,
            Message::Counter(counter) => CalendarInput::Counter(counter),
            Message::Day(by) => CalendarInput::Day(by),
            Message::Week(by) => CalendarInput::Week(by),
            Message::Today => CalendarInput::Today,
            Message::Select(id) => CalendarInput::Select(id),
            Message::Step(step) => return Self::step(step, desk),
            Message::Across(step) => return Self::across(step, desk),
            Message::ToLane(counter) => CalendarInput::Lane(counter),
            Message::Open(citizen) => {
                return Action::Desk(Input::OpenCitizen(citizen, Purpose::plain(PurposeKind::Appointment)));
            }
            Message::OpenCase(case) => {
                return Action::Desk(Input::OpenCase(case, Purpose::plain(PurposeKind::Appointment)));
            }
            Message::Arrived => CalendarInput::Arrived,
            Message::Missed => CalendarInput::Missed,
            Message::Again(id) => CalendarInput::Booking(BookingInput::Again(id)),
            Message::Cancel => CalendarInput::Cancel(CancelInput::Begin),
            Message::Cause(cause) => CalendarInput::Cancel(CancelInput::Cause(cause)),
            Message::Move(key) => key.input(),
            Message::MoveAcross(step) => return Self::move_across(step, desk),
            Message::Dragged(id, counter, start) => CalendarInput::Move(MoveInput::Drag(id, counter, start)),
            Message::Dropped => CalendarInput::Move(MoveInput::Drop),
            Message::MenuStep(step) => return Self::menu_step(step, desk),
            Message::MenuTake => return Self::menu_take(None, desk),
            Message::MenuTakeAt(at) => return Self::menu_take(Some(at), desk),
            Message::Outbox => return Action::Desk(Input::Go(skranke_desk::Place::Outbox)),
        };
        Action::Desk(Input::Calendar(input))
    }

    fn step(step: Step, desk: &Desk) -> Action<Message> {
        let Some(page) = &desk.calendar else { return Action::None };
        let day = of_the_day(page, desk);
        let at = selected(page).and_then(|chosen| day.iter().position(|a| a.id == chosen.id));
        match step.from(at, day.len()).and_then(|to| day.get(to)) {
            Some(appointment) => {
                let chosen = Input::Calendar(CalendarInput::Select(appointment.id));
                Action::Both(chosen, reveal_task(&appointment_id(appointment.id)))
            }
            None => Action::None,
        }
    }

    /// The next place in a day, at about the same time; the next day in a week.
    fn across(step: Step, desk: &Desk) -> Action<Message> {
        let Some(page) = &desk.calendar else { return Action::None };
        if page.view == View::Week {
            let by = if step == Step::Next { 1 } else { -1 };
            return Action::Desk(Input::Calendar(CalendarInput::Day(by)));
        }
        let Some(lane) = next_lane(page, desk, &page.lane, step) else { return Action::None };
        let at = selected(page).map(|chosen| chosen.start);
        let moved = Input::Calendar(CalendarInput::Lane(lane.clone()));
        let near = at.and_then(|at| {
            let columns = page.columns(&desk.session.sites);
            let column = columns.into_iter().find(|column| column.holds(&lane))?;
            let stands = |a: &&Appointment| skranke_desk::calendar::days::stands(a) && column.holds(&a.counter);
            page.on(page.day).filter(stands).min_by_key(|a| (a.start.as_second() - at.as_second()).abs())
        });
        match near {
            Some(near) => {
                let inputs = vec![moved, Input::Calendar(CalendarInput::Select(near.id))];
                Action::DeskAll(inputs)
            }
            None => Action::Desk(moved),
        }
    }

    fn move_across(step: Step, desk: &Desk) -> Action<Message> {
        let Some(page) = &desk.calendar else { return Action::None };
        let Some(moving) = &page.moving else { return Action::None };
        let input = match page.view {
            View::Week => MoveInput::Days(if step == Step::Next { 1 } else { -1 }),
            View::Day => match next_lane(page, desk, &moving.to.counter, step) {
                Some(lane) => MoveInput::At(lane),
                None => return Action::None,
            },
        };
        Action::Desk(Input::Calendar(CalendarInput::Move(input)))
    }

    fn menu_step(step: Step, desk: &Desk) -> Action<Message> {
        let Some(page) = &desk.calendar else { return Action::None };
        let Some(Layer::Menu { menu, at }) = page.layer else { return Action::None };
        let count = page.choices(menu, &desk.session).len();
        match step.from(Some(at), count) {
            Some(to) => Action::Desk(Input::Calendar(CalendarInput::MenuAt(to))),
            None => Action::None,
        }
    }

    fn menu_take(at: Option<usize>, desk: &Desk) -> Action<Message> {
        let Some(page) = &desk.calendar else { return Action::None };
        let Some(Layer::Menu { menu, at: here }) = page.layer else { return Action::None };
        match page.choices(menu, &desk.session).into_iter().nth(at.unwrap_or(here)) {
            Some(choice) => Action::Desk(Input::Calendar(choice.shows.input())),
            None => Action::None,
        }
    }

    /// The calendar between slab and bar.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let look = scene.look;
        let t = look.tokens;
        let Some(page) = &scene.desk.calendar else { return header::nothing_known(scene) };
        let middle = container(week::middle(scene, page)).width(Length::Fill).height(Length::Fill);
        let beside = page.booking.is_some() || page.waiting.is_some() || page.feed.is_some();
        let find = column![find::find(scene, page), hline(look), month::view(scene, page)];
        let pane = |content, width| surface(t.surface, content).width(width).height(Length::Fill);
        let mut columns = row![];
        if look.is_wide() {
            columns = columns
                .push(pane(scrolled(look, "calendar/find/scroll", find.into()), width::CALENDAR_LEFT))
                .push(vline(look, Length::Fill))
                .push(middle);
            if beside {
                let side = column![scrolled(look, "calendar/side/scroll", side::side(scene, page))]
                    .extend(side::deeds(scene, page));
                columns = columns.push(vline(look, Length::Fill)).push(pane(side.into(), width::CALENDAR_RIGHT));
            }
        } else {
            // What stands at the right elsewhere goes beneath what is looked for, and booking stays in sight.
            let find = find::find(scene, page);
            let both = if beside && side::comes_first(page) {
                column![side::side(scene, page), hline(look), find]
            } else if beside {
                column![find, hline(look), side::side(scene, page)]
            } else {
                column![find, hline(look), month::view(scene, page)]
            };
            let mut left = column![scrolled(look, "calendar/find/scroll", both.into())];
            if beside {
                left = left.extend(side::deeds(scene, page));
            }
            columns =
                columns.push(pane(left.into(), width::CALENDAR_LEFT)).push(vline(look, Length::Fill)).push(middle);
        }
        let under: Element<'a, Message> = columns.width(Length::Fill).height(Length::Fill).into();
        let under = stack![under, feet(scene, page)].width(Length::Fill).height(Length::Fill).into();
        menus::over(scene, page, under)
    }

    /// The calendar's keys.
    pub fn keys(&self, desk: &Desk, texts: &Texts) -> Vec<Key<Message>> {
        desk.calendar.as_ref().map(|page| keys::keys(desk, page, texts)).unwrap_or_default()
    }
}

/// The column beside another, by its first place.
fn next_lane(page: &CalendarPage, desk: &Desk, from: &CounterId, step: Step) -> Option<CounterId> {
    let columns = page.columns(&desk.session.sites);
    let at = columns.iter().position(|column| column.holds(from));
    let to = step.from(at, columns.len())?;
    columns.into_iter().nth(to)?.counters.into_iter().next()
}

/// What lies at the foot of the sheet: a move that can be taken back.
fn feet<'a>(scene: Scene<'a>, page: &CalendarPage) -> Element<'a, Message> {
    let look = scene.look;
    let mut feet = Column::new().spacing(space::S8).align_x(Alignment::Center);
    if let Some(undo) = &page.undo {
        let last = skranke_desk::calendar::standing::changes(&scene.desk.pending, undo.appointment.id).last();
        let refused = last.and_then(|entry| entry.state.problem());
        let local = |at: Timestamp| at.to_zoned(page.tz().clone());
        let who = undo.appointment.citizen_short.clone();
        let said = match refused {
            // Somebody was first: it stands where it was.
            Some(problem) => look.with(
                "calendar-move-refused",
                &[
                    ("who", who.into()),
                    ("time", look.texts.time(local(undo.appointment.start).time()).into()),
                    ("why", super::sentence::problem(look, problem).into()),
                ],
            ),
            None => look.with(
                "calendar-moved",
                &[
                    ("who", who.into()),
                    ("day", look.texts.weekday_day_month(local(undo.to.start).date()).into()),
                    ("time", look.texts.time(local(undo.to.start).time()).into()),
                ],
            ),
        };
        let undo = Some(Message::Do(CalendarInput::Undo));
        feet = feet.push(
            container(toast(look, "calendar/undo", Toast { sign: ToastSign::Done, said, undo })).max_width(560.0),
        );
    }
    container(feet)
        .width(Length::Fill)
        .height(Length::Fill)
        .align_x(Alignment::Center)
        .align_y(Alignment::End)
        .padding(Padding { bottom: space::S16, ..Padding::ZERO })
        .into()
}

/// Closing is laid open, or put away.
const fn closing_open() -> Message {
    Message::Do(CalendarInput::Closing(ClosingInput::Open))
}

/// A column that scrolls by itself where the window is too low for it.
fn scrolled<'a>(look: &Look<'_>, id: &'static str, content: Element<'a, Message>) -> Element<'a, Message> {
    scroll(look, id, container(content).width(Length::Fill)).into()
}

/// The room round the content of a side column.
const fn margins() -> Padding {
    Padding { top: space::S12, right: space::S16, bottom: space::S16, left: space::S16 }
}
