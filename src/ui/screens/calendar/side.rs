//! The right column: the booking being written with what she has to bring, else the chosen appointment. What does not live here: making
//! the booking (the desk), changing an appointment.

use iced::widget::{Column, column, container, row};
use iced::{Alignment, Length};
use jiff::Timestamp;
use skranke_api::appointments::Appointment;
use skranke_desk::calendar::{Booking, CalendarPage};
use skranke_desk::session::Line;
use skranke_domain::appointment::AppointmentStatus;

use super::event::{papers, state};
use super::header::counter_name;
use super::{Message, cannot_book, margins, selected};
use crate::assets::{Glyph, Icon};
use crate::screens::Scene;
use crate::screens::words::pick;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::panel::plate;
use crate::widget::{Element, KeyGround, Tone, glyph, hline, icon, key_caps, normal, primary, quiet, tone_badge};

/// The first word of a fact's line.
const FACT: f32 = 72.0;

/// The right column.
pub(super) fn side<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Element<'a, Message> {
    let all = match (&page.booking, selected(page)) {
        (Some(booking), _) => writing(scene, page, booking),
        (None, Some(appointment)) => chosen(scene, page, appointment),
        (None, None) => nothing(scene.look),
    };
    all.padding(margins()).width(Length::Fill).into()
}

/// What can be done with what the right column shows; it stays in sight while the rest scrolls.
pub(super) fn deeds<'a>(look: &Look<'_>, page: &CalendarPage) -> Option<Element<'a, Message>> {
    let buttons = match (&page.booking, selected(page)) {
        (Some(_), _) => {
            let disabled = cannot_book(page, look.texts);
            row![
                primary(look, "calendar/book", look.t("calendar-key-book"))
                    .key("Ctrl ↵")
                    .disabled(disabled)
                    .on_press(Message::Book),
                quiet(look, "calendar/discard", look.t("calendar-key-discard")).key("Esc").on_press(Message::Discard),
            ]
        }
        (None, Some(appointment)) => {
            let open = primary(look, "calendar/open", look.t("calendar-key-open"))
                .key("↵")
                .on_press(Message::Open(appointment.citizen));
            let case = appointment.cases.first().map(|case| {
                normal(look, "calendar/open-case", look.t("calendar-key-open-case"))
                    .key("C")
                    .on_press(Message::OpenCase(*case))
                    .into()
            });
            row![open].extend(case)
        }
        (None, None) => return None,
    };
    let buttons = container(buttons.spacing(space::S8)).padding([space::S12, space::S16]).width(Length::Fill);
    Some(column![hline(look), buttons].into())
}

fn writing<'a>(scene: Scene<'a>, page: &CalendarPage, booking: &'a Booking) -> Column<'a, Message> {
    let Scene { look, desk } = scene;
    let Booking { what, slot } = booking;
    let head = row![
        look.section(look.t("calendar-booking")).width(Length::Fill),
        tone_badge(look, Tone::Wait, Glyph::Waiting, look.t("calendar-not-booked-yet")),
    ]
    .align_y(Alignment::Center);
    let place = counter_name(look, desk, slot.as_ref().map_or(&page.counter, |slot| &slot.counter));
    let people = look.texts.number(what.people.into());
    let mut all = match slot {
        Some(slot) => when(look, page, slot.start, slot.end),
        None => vec![("calendar-time", look.t("calendar-when-open"))],
    };
    all.extend([("calendar-where", place), ("calendar-people", people)]);
    let facts = facts(look, all);
    let mut all = column![
        head,
        who(look, what.citizen_name.clone(), what.title.as_ref().map(|title| pick(look.texts, title).to_owned())),
        facts
    ]
    .spacing(space::S12);
    all = all.push(match what.open_papers.as_slice() {
        [] => good(look, look.t("calendar-papers-approved"), look.t("calendar-all-approved-why")),
        open => {
            let lines = open.iter().map(|paper| paper_line(look, pick(look.texts, paper).to_owned()));
            column![look.strong(look.t("calendar-must-bring")), Column::with_children(lines).spacing(space::S6)]
                .spacing(space::S8)
                .into()
        }
    });
    if matches!(desk.session.line, Line::Down { .. }) {
        all = all.push(caution(look, look.t("calendar-line-down")));
    }
    all
}

fn chosen<'a>(scene: Scene<'a>, page: &CalendarPage, appointment: &'a Appointment) -> Column<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let title = appointment.title.as_ref().map(|title| pick(look.texts, title).to_owned());
    let mut head = row![look.section(look.t("calendar-appointment")).width(Length::Fill)].align_y(Alignment::Center);
    if let Some(state) = state(look, appointment.status) {
        let (tone, shape) = match appointment.status {
            AppointmentStatus::Arrived => (Tone::Ok, Glyph::Ready),
            AppointmentStatus::Proposed => (Tone::Wait, Glyph::Waiting),
            _ => (Tone::Idle, Glyph::Closed),
        };
        head = head.push(tone_badge(look, tone, shape, state));
    }
    let mut all = when(look, page, appointment.start, appointment.end);
    all.push(("calendar-where", counter_name(look, desk, &appointment.counter)));
    all.push(("calendar-people", look.texts.number(appointment.people.into())));
    let facts = facts(look, all);
    let due = look.with("calendar-papers-due", &[("due", appointment.papers.due.into())]);
    let ready: Element<'a, Message> = match appointment.papers.open {
        0 => good(look, papers(look, appointment), due),
        _ => {
            let words = column![look.colored(papers(look, appointment), Type::STRONG, t.wait), look.second(due)];
            let inside =
                row![container(glyph(Glyph::Missing, 14.0, t.wait)).padding([3.0, 0.0]), words].spacing(space::S8);
            container(inside)
                .padding([space::S8, space::S12])
                .width(Length::Fill)
                .style(move |_| plate(t.wait_soft, t.line, radius::PANEL))
                .into()
        }
    };
    let mut all = column![head, who(look, appointment.citizen_short.clone(), title), facts, ready].spacing(space::S12);
    if appointment.cases.len() > 1 {
        all = all.push(look.second(look.with("calendar-covers", &[("count", appointment.cases.len().into())])));
    }
    all
}

fn nothing<'a>(look: &Look<'_>) -> Column<'a, Message> {
    let t = look.tokens;
    let line = |keys: &[&str], words: &str| -> Element<'a, Message> {
        row![
            container(key_caps(look, keys, KeyGround::Paper)).width(FACT - space::S12),
            look.colored(look.t(words), Type::CELL, t.ink2).width(Length::Fill),
        ]
        .spacing(space::S10)
        .into()
    };
    column![
        look.section(look.t("calendar-appointment")),
        look.colored(look.t("calendar-none-chosen"), Type::BODY, t.ink2),
        line(&["↑", "↓"], "calendar-hint-choose"),
        line(&["B"], "calendar-hint-book"),
    ]
    .spacing(space::S12)
}

/// When something is: its day, and its time beneath.
fn when(look: &Look<'_>, page: &CalendarPage, start: Timestamp, end: Timestamp) -> Vec<(&'static str, String)> {
    let (start, end) = (start.to_zoned(page.tz().clone()), end.to_zoned(page.tz().clone()));
    vec![
        ("calendar-day-label", look.texts.weekday_day_month(start.date())),
        ("calendar-time", look.texts.time_span(start.time(), end.time())),
    ]
}

fn who<'a>(look: &Look<'_>, name: String, title: Option<String>) -> Element<'a, Message> {
    let t = look.tokens;
    let mut all = column![look.strong(name)].width(Length::Fill);
    if let Some(title) = title {
        all = all.push(look.colored(title, Type::CELL, t.ink2));
    }
    all.into()
}

fn facts<'a>(look: &Look<'_>, facts: Vec<(&'static str, String)>) -> Element<'a, Message> {
    let t = look.tokens;
    let mut all = Column::new();
    for (n, (label, value)) in facts.into_iter().enumerate() {
        if n > 0 {
            all = all.push(hline(look));
        }
        let line = row![
            container(look.colored(look.t(label), Type::CELL, t.ink3)).width(FACT),
            look.colored(value, Type::TITLE, t.ink).width(Length::Fill),
        ];
        all = all.push(container(line.align_y(Alignment::Center)).padding([space::S6, space::S10]).width(Length::Fill));
    }
    container(all).padding(1.0).width(Length::Fill).style(move |_| plate(t.surface, t.line, radius::CONTROL)).into()
}

fn paper_line<'a>(look: &Look<'_>, paper: String) -> Element<'a, Message> {
    let t = look.tokens;
    row![
        container(glyph(Glyph::Missing, 13.0, t.alert)).padding([3.0, 0.0]),
        look.colored(paper, Type::CELL_MEDIUM, t.ink).width(Length::Fill),
    ]
    .spacing(space::S8)
    .into()
}

fn good<'a>(look: &Look<'_>, said: String, why: String) -> Element<'a, Message> {
    let t = look.tokens;
    let words = column![look.colored(said, Type::STRONG, t.ok), look.colored(why, Type::LABEL, t.ink2)];
    let inside = row![container(glyph(Glyph::Approved, 14.0, t.ok)).padding([3.0, 0.0]), words].spacing(space::S8);
    container(inside)
        .padding([space::S8, space::S12])
        .width(Length::Fill)
        .style(move |_| plate(t.ok_soft, t.ok_soft, radius::PANEL))
        .into()
}

fn caution<'a>(look: &Look<'_>, said: String) -> Element<'a, Message> {
    let t = look.tokens;
    let inside = row![
        container(icon(Icon::CloudOff, 16.0, t.wait)).padding([1.0, 0.0]),
        look.colored(said, Type::CELL, t.ink).width(Length::Fill),
    ]
    .spacing(space::S8);
    container(inside)
        .padding([space::S8, space::S12])
        .width(Length::Fill)
        .style(move |_| plate(t.wait_soft, t.line, radius::PANEL))
        .into()
}
