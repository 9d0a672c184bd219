//! The right column: the booking being written, else the waiting list or the calendar feed. What does not live here: what the visit needs (see
//! `bring`), making the booking (the desk), the chosen appointment (see `popover`).

use iced::widget::{Column, Row, column, container, row, text::Wrapping};
use iced::{Alignment, Length, Padding};
use skranke_desk::calendar::booking::{BookingInput, BookingTrouble, CannotBook};
use skranke_desk::calendar::finder::With;
use skranke_desk::calendar::holding::Hold;
use skranke_desk::calendar::{Booking, CalendarPage};
use skranke_desk::load::Load;
use skranke_desk::session::Line;
use skranke_domain::appointment::RebookCause;

use super::bring::{self, Tint, said_box};
use super::find::staff;
use super::header::counter_name;
use super::visit::step;
use super::{Message, margins, waiting};
use crate::assets::{Glyph, Icon};
use crate::focus::FocusId;
use crate::screens::Scene;
use crate::screens::citizen::language;
use crate::screens::sentence::sentence;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::chip::ChipState;
use crate::widget::panel::plate;
use crate::widget::{Element, Tone, check_box, chip, glyph, hline, icon, normal, primary, quiet, tone_badge};

/// The first word of a fact's line.
const FACT: f32 = 80.0;

/// Why somebody comes again, in the order in which it is offered; a missed one needs no word.
const CAUSES: [(RebookCause, &str); 5] = [
    (RebookCause::OwnWish, "booking-cause-own-wish"),
    (RebookCause::PaperMissing, "booking-cause-paper-missing"),
    (RebookCause::NoInterpreter, "booking-cause-no-interpreter"),
    (RebookCause::WeCancelled, "booking-cause-we-cancelled"),
    (RebookCause::WrongCounter, "booking-cause-wrong-counter"),
];

/// The right column.
pub(super) fn side<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Element<'a, Message> {
    match (&page.feed, &page.waiting, &page.booking) {
        (Some(panel), _, _) => waiting::feed(scene.look, panel).into(),
        (None, Some(panel), _) => waiting::list(scene, page, panel).into(),
        (None, None, Some(booking)) => writing(scene, page, booking).padding(margins()).width(Length::Fill).into(),
        (None, None, None) => Column::new().into(),
    }
}

/// Whether it is what is worked on, in a window where one column must do: until a time is taken, that is the free times.
pub(super) fn comes_first(page: &CalendarPage) -> bool {
    page.booking.as_ref().is_none_or(|booking| booking.slot.is_some()) || page.waiting.is_some() || page.feed.is_some()
}

/// What can be done with the booking; it stays in sight while the rest scrolls.
pub(super) fn deeds<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Option<Element<'a, Message>> {
    let look = scene.look;
    let booking = page.booking.as_ref().filter(|_| page.waiting.is_none() && page.feed.is_none())?;
    let disabled = super::visit::cannot_book(page, scene.desk, look.texts, look.now.timestamp());
    let holding = booking.cannot_book(look.now.timestamp()) == Some(CannotBook::Holding);
    let discard = quiet(look, "calendar/discard", look.t("calendar-key-discard")).on_press(step(BookingInput::Discard));
    let buttons = row![
        primary(look, "calendar/book", look.t("booking-key-book"))
            .key("Ctrl ↵")
            .disabled(disabled.clone().filter(|_| !holding))
            .busy(holding)
            .on_press(step(BookingInput::Book)),
        // A narrow column has no room for its key, which works all the same.
        match look.is_wide() {
            true => discard.key("Esc"),
            false => discard,
        },
    ]
    .spacing(space::S2);
    let mut all = column![].spacing(space::S8).width(Length::Fill);
    // Why it cannot be booked stands there to be read, and not in a tip alone.
    all = match disabled {
        Some(why) => all.push(look.colored(why, Type::CELL, look.tokens.ink2).width(Length::Fill)),
        None => all.extend(bring::sent_when(look, booking)),
    };
    let room = Padding { top: space::S12, right: space::S8, bottom: space::S12, left: space::S16 };
    let all = container(all.push(buttons)).padding(room).width(Length::Fill);
    Some(column![hline(look), all].into())
}

fn writing<'a>(scene: Scene<'a>, page: &'a CalendarPage, booking: &'a Booking) -> Column<'a, Message> {
    let Scene { look, desk } = scene;
    let what = &booking.what;
    let head = row![
        look.section(look.t("booking-head")).width(Length::Fill),
        tone_badge(look, Tone::Wait, Glyph::Waiting, look.t("booking-not-sent")),
    ]
    .align_y(Alignment::Center);
    let mut all = column![head, who(look, page, booking), facts(look, times(scene, page, booking))].spacing(space::S12);
    all = all.extend(trouble(look, page, booking));
    all = all.extend(kept(look, page, booking));
    if matches!(desk.session.line, Line::Down { .. }) {
        all = all.push(caution(look, look.t("booking-line-down")));
    }
    if let Some((_, cause)) = what.replaces {
        all = all.push(again(look, cause));
    }
    all = all.push(bring::needs(scene, page, booking));
    all.push(earlier(look, page, booking))
}

/// Who: her name, and beneath it the number as far as it is shown, and her interpreter.
fn who<'a>(look: &Look<'_>, page: &CalendarPage, booking: &'a Booking) -> Element<'a, Message> {
    let t = look.tokens;
    let what = &booking.what;
    let spoken = booking.slot.as_ref().and_then(|slot| slot.interpreter.as_ref().map(|one| one.language.clone()));
    let spoken = spoken.or_else(|| page.finder.language.clone());
    let second: Vec<String> = what
        .cpr_masked
        .clone()
        .into_iter()
        .chain(spoken.map(|code| look.with("booking-interpreter", &[("language", language(look.texts, &code).into())])))
        .collect();
    let mut all = column![look.strong(what.citizen_name.as_str())].width(Length::Fill);
    if !second.is_empty() {
        all = all.push(look.colored(second.join(" · "), Type::CELL, t.ink2).width(Length::Fill));
    }
    all.into()
}

fn times(scene: Scene<'_>, page: &CalendarPage, booking: &Booking) -> Vec<(&'static str, String)> {
    let Scene { look, desk } = scene;
    let Some(slot) = &booking.slot else {
        return vec![("booking-when", look.t("booking-when-open"))];
    };
    let (start, end) = (slot.start.to_zoned(page.tz().clone()), slot.end.to_zoned(page.tz().clone()));
    let when = look.with(
        "booking-when-what",
        &[
            ("day", look.texts.weekday_day_month(start.date()).into()),
            ("time", look.texts.time_span(start.time(), end.time()).into()),
        ],
    );
    let site = desk.session.sites.iter().find(|site| site.id == slot.site).map(|site| site.name.clone());
    let place: Vec<String> = std::iter::once(counter_name(look, desk, &slot.counter)).chain(site).collect();
    let mut all = vec![("booking-when", when), ("booking-where", place.join(", "))];
    let own = booking.what.with.as_ref().filter(|_| page.finder.with == With::Own);
    let with = slot.staff.as_ref().or(own).map(|one| match desk.person() == Some(one.id) {
        true => look.with("booking-with-you", &[("name", super::find::short_name(&one.name).into())]),
        false => staff(look, desk, one),
    });
    all.extend(with.map(|with| ("booking-with", with)));
    if let Some(interpreter) = &slot.interpreter {
        all.push(("booking-interprets", interpreter.name.clone()));
    }
    all
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

/// What went otherwise than it was wished.
fn trouble<'a>(look: &Look<'_>, page: &CalendarPage, booking: &Booking) -> Option<Element<'a, Message>> {
    let said = match booking.trouble? {
        BookingTrouble::Taken(start) => {
            let start = start.to_zoned(page.tz().clone());
            look.with("booking-taken", &[("time", look.texts.time(start.time()).into())])
        }
        BookingTrouble::NotFree => look.t("booking-not-free"),
        BookingTrouble::Past => look.t("booking-past"),
        BookingTrouble::NotKept => look.t("booking-not-written"),
    };
    Some(said_box(look, Tint::wait(look), said, None, Vec::new()))
}

/// How far the time is kept.
fn kept<'a>(look: &Look<'_>, page: &CalendarPage, booking: &Booking) -> Option<Element<'a, Message>> {
    let t = look.tokens;
    let (shape, ink, said) = match &booking.hold {
        Hold::No => return None,
        Hold::Asked => (Glyph::Waiting, t.ink3, look.t("booking-keeping")),
        Hold::Kept { until, .. } => {
            let until = until.to_zoned(page.tz().clone());
            let time = look.texts.time(until.time());
            (Glyph::Approved, t.ok, look.with("booking-kept", &[("time", time.into())]))
        }
        Hold::Gone => (Glyph::Waiting, t.wait, look.t("booking-no-longer-kept")),
        Hold::Not(error) => {
            (Glyph::Missing, t.wait, look.with("booking-cannot-keep", &[("why", sentence(look, error).into())]))
        }
    };
    let line = row![
        container(glyph(shape, 13.0, ink)).padding([2.0, 0.0]),
        look.colored(said, Type::CELL, if matches!(booking.hold, Hold::Kept { .. }) { t.ink2 } else { t.ink })
            .width(Length::Fill),
    ];
    Some(line.spacing(space::S8).into())
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

/// It stands for another appointment: why she comes again is asked for the figures, and known where she did not come.
fn again<'a>(look: &Look<'_>, cause: Option<RebookCause>) -> Element<'a, Message> {
    let Some(cause) = cause else {
        return look.colored(look.t("booking-after-missed"), Type::CELL, look.tokens.ink2).width(Length::Fill).into();
    };
    let chips = CAUSES.into_iter().enumerate().map(|(n, (one, word))| {
        let state = if one == cause { ChipState::On } else { ChipState::Off };
        let id = FocusId::new("calendar/cause").child(n);
        chip(look, id, look.t(word), state).on_press(step(BookingInput::Cause(one))).into()
    });
    column![
        look.label(look.t("booking-comes-again")),
        Row::with_children(chips).spacing(space::S6).wrap().vertical_spacing(space::S6)
    ]
    .spacing(space::S6)
    .width(Length::Fill)
    .into()
}

/// She wants an earlier time too; with no time taken, she is put on the list and nothing is booked.
fn earlier<'a>(look: &'a Look<'_>, page: &CalendarPage, booking: &'a Booking) -> Element<'a, Message> {
    if booking.slot.is_some() {
        let said = look.t("booking-wants-earlier");
        let tick = check_box(look, "calendar/earlier", said, booking.earlier).on_press(step(BookingInput::Earlier));
        return row![tick, crate::widget::key_cap(look, "E", crate::widget::KeyGround::Paper)]
            .spacing(space::S8)
            .align_y(Alignment::Center)
            .into();
    }
    if !matches!(page.free, Load::Known { .. }) || booking.what.cases.is_empty() {
        return Column::new().into();
    }
    let wish = super::visit::waiting(skranke_desk::calendar::WaitingInput::Wish);
    column![
        look.colored(look.t("booking-no-time-suits"), Type::CELL, look.tokens.ink2)
            .width(Length::Fill)
            .wrapping(Wrapping::Word),
        normal(look, "calendar/wish-earlier", look.t("booking-key-wait"))
            .size(ButtonSize::Small)
            .key("E")
            .on_press(wish),
    ]
    .spacing(space::S6)
    .into()
}
