//! The left column: what the booking is for, how long, how many, where, and the earliest free times. What does not live here: finding them
//! (the server), the booking itself (see `side`).

use iced::widget::{Column, Row, column, container, row};
use iced::{Alignment, Length, Padding};
use skranke_api::appointments::{MAX_MINUTES, Slot};
use skranke_desk::calendar::{CalendarPage, DEFAULT_MINUTES};
use skranke_desk::load::Load;

use super::header::{counter_name, counters, is_slow};
use super::{Message, cannot_take, margins};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::sentence::sentence;
use crate::screens::words::pick;
use crate::theme::scale::{height, radius, space};
use crate::theme::{Look, Type};
use crate::widget::chip::ChipState;
use crate::widget::panel::plate;
use crate::widget::{
    Element, KeyGround, Ring, Status, Style, chip, control, ellipsis, field::field_error, icon, key_cap, lead_tail,
    skeleton_line,
};

/// Bookings own whole cells of so many minutes.
const STEP: u16 = 5;
/// The most people that one booking is for.
const MOST_PEOPLE: u16 = 20;

/// The left column.
pub(super) fn find<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Element<'a, Message> {
    let Scene { look, .. } = scene;
    let key =
        control(look, "calendar/find", Role::Button, look.t("calendar-key-find"), key_cap(look, "F", KeyGround::Paper))
            .state(ControlState { key: Some("F".to_owned()), ..ControlState::new() })
            .ring(Ring::Around(radius::BADGE))
            .on_press(Message::Find);
    let head = row![look.section(look.t("calendar-find")).width(Length::Fill), key].align_y(Alignment::Center);
    column![head, subject(look, page), amounts(look, page), places(scene, page), times(scene, page)]
        .spacing(space::S12)
        .padding(margins())
        .width(Length::Fill)
        .into()
}

fn subject<'a>(look: &Look<'_>, page: &CalendarPage) -> Element<'a, Message> {
    let t = look.tokens;
    let words: Element<'a, Message> = match &page.booking {
        Some(booking) => {
            let title = booking
                .what
                .title
                .as_ref()
                .map_or_else(|| look.t("calendar-meeting"), |title| pick(look.texts, title).to_owned());
            column![
                ellipsis(title, Type::TITLE).color(t.ink),
                ellipsis(booking.what.citizen_name.clone(), Type::LABEL).color(t.ink2),
            ]
            .into()
        }
        None => look.colored(look.t("calendar-for-nobody"), Type::CELL, t.ink3).into(),
    };
    let plain = page.booking.is_none();
    let face = container(words).padding([space::S6, space::S10]).width(Length::Fill).style(move |_| {
        plate(if plain { t.sunken } else { t.surface }, if plain { t.line } else { t.edge }, radius::CONTROL)
    });
    labelled(look, "calendar-for", face.into())
}

fn labelled<'a>(look: &Look<'_>, label: &str, content: Element<'a, Message>) -> Element<'a, Message> {
    column![look.label(look.t(label)), content].spacing(space::S4).width(Length::Fill).into()
}

fn amounts<'a>(look: &Look<'_>, page: &CalendarPage) -> Element<'a, Message> {
    let what = page.booking.as_ref().map(|booking| &booking.what);
    let why = cannot_take(page, look.texts);
    let minutes = what.map_or(DEFAULT_MINUTES, |what| what.minutes);
    let people = what.map_or(1, |what| what.people);
    let length = Stepper {
        id: FocusId::new("calendar/minutes"),
        label: look.t("calendar-length"),
        value: look.with("calendar-minutes", &[("minutes", minutes.into())]),
        less: (minutes > STEP).then(|| Message::Minutes(minutes - STEP)),
        more: (minutes < MAX_MINUTES).then_some(Message::Minutes(minutes + STEP)),
    };
    let count = Stepper {
        id: FocusId::new("calendar/people"),
        label: look.t("calendar-people"),
        value: look.texts.number(people.into()),
        less: (people > 1).then(|| Message::People(people - 1)),
        more: (people < MOST_PEOPLE).then_some(Message::People(people + 1)),
    };
    row![length.view(look, why.clone()), count.view(look, why)].spacing(space::S8).into()
}

/// A number that goes up and down in steps.
struct Stepper {
    id: FocusId,
    label: String,
    value: String,
    less: Option<Message>,
    more: Option<Message>,
}

impl Stepper {
    fn view<'a>(self, look: &Look<'_>, why_not: Option<String>) -> Element<'a, Message> {
        let Self { id, label, value, less, more } = self;
        let t = look.tokens;
        let off = why_not.is_some();
        let step = |part: &str, picture: Icon, message: Option<Message>| {
            let at_end = message.is_none().then(|| look.t("calendar-no-further"));
            let name = look.with(
                if part == "less" { "calendar-less" } else { "calendar-more" },
                &[("what", label.clone().into()), ("value", value.clone().into())],
            );
            let disabled = why_not.clone().or(at_end);
            let ink = if disabled.is_some() { t.ink3 } else { t.ink };
            control(look, id.child(part), Role::Button, name, container(icon(picture, 14.0, ink)).center(Length::Fill))
                .width(height::CONTROL - space::S2)
                .height(height::CONTROL - space::S2)
                .ring(Ring::Around(radius::BADGE))
                .state(ControlState::new().disabled(disabled.clone()))
                .on_press_maybe(message)
                .style(move |status| match status {
                    Status::Hovered => Style::ground(t.bg, radius::BADGE),
                    Status::Pressed => Style::ground(t.line, radius::BADGE),
                    _ => Style::bare(),
                })
        };
        let shown = look.colored(value.clone(), Type::TITLE, if off { t.ink3 } else { t.ink });
        let inside = row![
            step("less", Icon::Minus, less),
            container(shown.wrapping(iced::widget::text::Wrapping::None)).center_x(Length::Fill),
            step("more", Icon::Plus, more),
        ]
        .align_y(Alignment::Center);
        let face = container(inside).padding(1.0).height(height::CONTROL).width(Length::Fill).style(move |_| {
            plate(if off { t.sunken } else { t.surface }, if off { t.line } else { t.edge }, radius::CONTROL)
        });
        column![look.label(label.clone()), face].spacing(space::S4).width(Length::FillPortion(1)).into()
    }
}

fn places<'a>(scene: Scene<'a>, page: &CalendarPage) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let all = counters(desk, &page.counter);
    if all.is_empty() {
        return labelled(look, "calendar-where", skeleton_line(look, 0.7, height::SMALL));
    }
    let chips = all.iter().map(|counter| {
        let state = if counter.id == page.counter { ChipState::On } else { ChipState::Off };
        chip(look, FocusId::new("calendar/counter").child(&counter.id), pick(look.texts, &counter.name), state)
            .on_press(Message::Counter(counter.id.clone()))
            .into()
    });
    labelled(
        look,
        "calendar-where",
        Row::with_children(chips).spacing(space::S6).wrap().vertical_spacing(space::S6).into(),
    )
}

fn times<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let mut all = Column::new().spacing(space::S8).width(Length::Fill);
    let minutes = page.booking.as_ref().map_or(DEFAULT_MINUTES, |booking| booking.what.minutes);
    let length = look.with("calendar-minutes", &[("minutes", minutes.into())]);
    let said = |id: &str, args: &[(&str, crate::i18n::Arg<'_>)]| look.colored(look.with(id, args), Type::CELL, t.ink2);
    match &page.free {
        Load::Idle => all = all.push(said("calendar-free-idle", &[])),
        Load::Waiting { .. } if is_slow(&page.free, look) => {
            all = all.push(look.label(look.t("calendar-earliest")));
            all = all.extend((0..3).map(|_| placeholder(look)));
        }
        Load::Waiting { .. } => {}
        Load::Failed { error, .. } => {
            all = all.push(field_error(look, look.t("calendar-free-failed")));
            all = all.push(look.colored(sentence(look, error), Type::CELL, t.ink));
        }
        Load::Known { value, trouble, .. } => {
            if let Some(error) = trouble {
                all = all.push(field_error(look, look.t("calendar-free-stale")));
                all = all.push(look.second(sentence(look, error)));
            }
            if value.is_empty() {
                all = all.push(said("calendar-free-none", &[("length", length.into())]));
            } else {
                all = all.push(look.label(look.t("calendar-earliest")));
                all = all.extend(value.iter().enumerate().map(|(at, slot)| time(scene, page, at, slot)));
            }
        }
    }
    container(all).padding(Padding { top: space::S4, ..Padding::ZERO }).width(Length::Fill).into()
}

/// The height of a free time.
const CARD: f32 = 50.0;

fn placeholder<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let t = look.tokens;
    let lines = column![skeleton_line(look, 0.6, 11.0), skeleton_line(look, 0.35, 9.0)].spacing(space::S8);
    container(lines)
        .padding([0.0, space::S12])
        .center_y(CARD)
        .width(Length::Fill)
        .style(move |_| plate(t.surface, t.line, radius::CONTROL))
        .into()
}

fn time<'a>(scene: Scene<'a>, page: &CalendarPage, at: usize, slot: &Slot) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let chosen = page.booking.as_ref().and_then(|booking| booking.slot.as_ref()) == Some(slot);
    let start = slot.start.to_zoned(page.tz().clone());
    let end = slot.end.to_zoned(page.tz().clone());
    let place = counter_name(look, desk, &slot.counter);
    // A slot lies within a day.
    let minutes = (slot.end.as_second() - slot.start.as_second()) / 60;
    let length = look.with("calendar-minutes", &[("minutes", minutes.into())]);
    let key = (at + 1).to_string();
    let day = look.texts.weekday_day_month(start.date());
    let name = look.with(
        "calendar-take-name",
        &[
            ("day", day.clone().into()),
            ("time", look.texts.time_span(start.time(), end.time()).into()),
            ("place", place.clone().into()),
        ],
    );
    // The day may be cut, its time never.
    let hour = look.with("calendar-comma-time", &[("time", look.texts.time(start.time()).into())]);
    let when = lead_tail(
        ellipsis(day, Type::TITLE).color(t.ink),
        look.colored(hour, Type::TITLE, t.ink).wrapping(iced::widget::text::Wrapping::None),
        0.0,
    );
    let second = look.with("calendar-place-and-length", &[("place", place.into()), ("length", length.into())]);
    let words = column![when, ellipsis(second, Type::LABEL).color(t.ink2)].width(Length::Fill);
    let inside = row![key_cap(look, &key, KeyGround::Paper), words].spacing(space::S10).align_y(Alignment::Center);
    let disabled = cannot_take(page, look.texts);
    let tip = disabled.clone().map(|why| look.colored(why, Type::LABEL, t.slab_ink));
    let mut card = control(
        look,
        FocusId::new("calendar/free").child(&key),
        Role::Radio,
        name,
        container(inside).center_y(Length::Fill),
    )
    .padding([0.0, space::S10])
    .width(Length::Fill)
    .height(CARD)
    .ring(Ring::Around(radius::CONTROL))
    .state(ControlState { key: Some(key), checked: Some(chosen), disabled, ..ControlState::new() })
    .on_press(Message::Take(at))
    .style(move |status| match (chosen, status) {
        (true, _) => Style::ground(t.accent_soft, radius::CONTROL).edge(t.accent),
        (false, Status::Hovered | Status::Pressed) => Style::ground(t.bg, radius::CONTROL).edge(t.edge),
        (false, _) => Style::ground(t.surface, radius::CONTROL).edge(t.line),
    });
    if let Some(tip) = tip {
        card = card.tip(tip);
    }
    card.into()
}
