//! The left column: what the time is for, how long, how many, with what, and the earliest free ones. What does not live here: finding them
//! (the server), the booking itself (see `side`), the month beneath (see `month`).

use iced::widget::{Column, Row, column, container, row};
use iced::{Alignment, Length, Padding};
use skranke_api::appointments::{MAX_MINUTES, Slot};
use skranke_desk::Desk;
use skranke_desk::calendar::CalendarPage;
use skranke_desk::calendar::booking::BookingInput;
use skranke_desk::calendar::finder::{MOST_PEOPLE, With};
use skranke_desk::load::Load;

use super::header::{counter_name, is_slow};
use super::visit::{QUERY, step};
use super::{Message, margins};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::citizen::language;
use crate::screens::sentence::sentence;
use crate::screens::words::pick;
use crate::theme::scale::{height, radius, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::chip::ChipState;
use crate::widget::panel::plate;
use crate::widget::{
    Control, Element, KeyGround, Ring, Status, Style, check_box, chip, control, ellipsis, field, field::field_error,
    icon, key_cap, lead_tail, normal, quiet, skeleton_line,
};

/// Bookings own whole cells of so many minutes.
const STEP: u16 = 5;

/// The left column.
pub(super) fn find<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Element<'a, Message> {
    let Scene { look, .. } = scene;
    let key =
        control(look, "calendar/find", Role::Button, look.t("calendar-key-find"), key_cap(look, "F", KeyGround::Paper))
            .state(ControlState { key: Some("F".to_owned()), ..ControlState::new() })
            .ring(Ring::Around(radius::BADGE))
            .on_press(step(BookingInput::Find));
    let head = row![look.section(look.t("calendar-find")).width(Length::Fill), key].align_y(Alignment::Center);
    column![head, subject(scene, page), amounts(look, page), wishes(scene, page), times(scene, page)]
        .spacing(space::S12)
        .padding(margins())
        .width(Length::Fill)
        .into()
}

/// What it is for; a press, or `/`, lays open what it can be for.
fn subject<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Element<'a, Message> {
    let Scene { look, .. } = scene;
    let t = look.tokens;
    let title = match (&page.booking, &page.finder.procedure) {
        (Some(booking), _) => {
            let more = booking.what.cases.len().saturating_sub(1);
            let title = booking.what.title.as_ref().map(|title| pick(look.texts, title).to_owned());
            let title = title.unwrap_or_else(|| look.t("booking-meeting"));
            match more {
                0 => title,
                more => look.with("booking-title-and", &[("title", title.into()), ("count", more.into())]),
            }
        }
        (None, Some((_, title))) => pick(look.texts, title).to_owned(),
        (None, None) => look.t("booking-anything"),
    };
    let open = page.finder.choosing.is_some();
    let inside = row![
        ellipsis(title.clone(), Type::TITLE).color(t.ink).width(Length::Fill),
        icon(if open { Icon::ChevronUp } else { Icon::ChevronDown }, 14.0, t.ink3),
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center);
    let name = look.with("booking-for-name", &[("title", title.into())]);
    let face = control(look, "calendar/for", Role::Button, name, container(inside).center_y(Length::Fill))
        .padding([0.0, space::S10])
        .height(height::CONTROL)
        .width(Length::Fill)
        .ring(Ring::Around(radius::CONTROL))
        .state(ControlState { key: Some("/".to_owned()), expanded: Some(open), ..ControlState::new() })
        .on_press(step(BookingInput::Choose))
        .style(move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(t.bg, radius::CONTROL).edge(t.edge),
            _ => Style::ground(t.surface, radius::CONTROL).edge(t.edge),
        });
    let mut all = column![look.label(look.t("booking-for")), face].spacing(space::S4).width(Length::Fill);
    if open {
        all = all.push(choices(scene, page));
    }
    all.into()
}

fn choices<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Element<'a, Message> {
    let Scene { look, .. } = scene;
    let t = look.tokens;
    let mut all = Column::new().spacing(space::S4).width(Length::Fill);
    match &page.booking {
        Some(booking) if booking.what.choices.is_empty() => {
            all = all.push(look.second(look.t("booking-no-other-case")).width(Length::Fill));
        }
        Some(booking) => {
            for choice in &booking.what.choices {
                let on = booking.what.cases.contains(&choice.case);
                let id = FocusId::new("calendar/for/case").child(choice.case);
                let said = pick(look.texts, &choice.title).to_owned();
                all = all.push(check_box(look, id, said, on).on_press(step(BookingInput::Case(choice.case))));
            }
        }
        None => {
            let Some(choosing) = &page.finder.choosing else { return all.into() };
            let line = field(look, QUERY, look.t("booking-for-query"), choosing.query.clone())
                .hint(look.t("booking-for-hint"))
                .icon(Icon::Search)
                .on_input(|words| step(BookingInput::Query(words)));
            let first = choosing.found.first().map(|(id, _)| step(BookingInput::Procedure(id.clone())));
            all = all.push(match first {
                Some(first) => line.on_submit(first).build(),
                None => line.build(),
            });
            if choosing.found.is_empty() {
                all = all.push(look.second(look.t("booking-for-none")).width(Length::Fill));
            }
            for (id, title) in &choosing.found {
                let said = pick(look.texts, title).to_owned();
                let words = ellipsis(said.clone(), Type::CELL).color(t.ink);
                let chosen = control(
                    look,
                    FocusId::new("calendar/for/procedure").child(id),
                    Role::Button,
                    said,
                    words.width(Length::Fill),
                )
                .padding([space::S4, space::S8])
                .width(Length::Fill)
                .ring(Ring::Around(radius::BADGE))
                .on_press(step(BookingInput::Procedure(id.clone())))
                .style(move |status| match status {
                    Status::Hovered | Status::Pressed => Style::ground(t.bg, radius::BADGE),
                    _ => Style::bare(),
                });
                all = all.push(chosen);
            }
        }
    }
    container(all)
        .padding(space::S8)
        .width(Length::Fill)
        .style(move |_| plate(t.sunken, t.line, radius::CONTROL))
        .into()
}

fn amounts<'a>(look: &Look<'_>, page: &CalendarPage) -> Element<'a, Message> {
    let (minutes, people) = (page.finder.minutes(), page.finder.people);
    let length = Stepper {
        id: FocusId::new("calendar/minutes"),
        label: look.t("calendar-length"),
        value: look.with("calendar-minutes", &[("minutes", minutes.into())]),
        less: (minutes > STEP).then(|| step(BookingInput::Minutes(minutes - STEP))),
        more: (minutes < MAX_MINUTES).then_some(step(BookingInput::Minutes(minutes + STEP))),
    };
    let count = Stepper {
        id: FocusId::new("calendar/people"),
        label: look.t("calendar-people"),
        value: look.texts.number(people.into()),
        less: (people > 1).then(|| step(BookingInput::People(people - 1))),
        more: (people < MOST_PEOPLE).then_some(step(BookingInput::People(people + 1))),
    };
    row![length.view(look), count.view(look)].spacing(space::S8).into()
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
    fn view<'a>(self, look: &Look<'_>) -> Element<'a, Message> {
        let Self { id, label, value, less, more } = self;
        let t = look.tokens;
        let step = |part: &str, picture: Icon, message: Option<Message>| {
            let at_end = message.is_none().then(|| look.t("calendar-no-further"));
            let name = look.with(
                if part == "less" { "calendar-less" } else { "calendar-more" },
                &[("what", label.clone().into()), ("value", value.clone().into())],
            );
            let ink = if at_end.is_some() { t.ink3 } else { t.ink };
            control(look, id.child(part), Role::Button, name, container(icon(picture, 14.0, ink)).center(Length::Fill))
                .width(height::CONTROL - space::S2)
                .height(height::CONTROL - space::S2)
                .ring(Ring::Around(radius::BADGE))
                .state(ControlState::new().disabled(at_end))
                .on_press_maybe(message)
                .style(move |status| match status {
                    Status::Hovered => Style::ground(t.bg, radius::BADGE),
                    Status::Pressed => Style::ground(t.line, radius::BADGE),
                    _ => Style::bare(),
                })
        };
        let shown = look.colored(value.clone(), Type::TITLE, t.ink);
        let inside = row![
            step("less", Icon::Minus, less),
            container(shown.wrapping(iced::widget::text::Wrapping::None)).center_x(Length::Fill),
            step("more", Icon::Plus, more),
        ]
        .align_y(Alignment::Center);
        let face = container(inside)
            .padding(1.0)
            .height(height::CONTROL)
            .width(Length::Fill)
            .style(move |_| plate(t.surface, t.edge, radius::CONTROL));
        column![look.label(label.clone()), face].spacing(space::S4).width(Length::FillPortion(1)).into()
    }
}

/// What the time must have, as chips that are on or off.
fn wishes<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let finder = &page.finder;
    let what = page.booking.as_ref().map(|booking| &booking.what);
    let wish = |id: &'static str, words: String, on: bool, input: BookingInput| -> Control<'a, Message> {
        let state = if on { ChipState::On } else { ChipState::Off };
        chip(look, FocusId::new("calendar/wish").child(id), words, state).on_press(step(input))
    };
    let mut chips: Vec<Element<'a, Message>> = Vec::new();
    if let Some(day) = &finder.day {
        let words = look.with("booking-that-day", &[("day", look.texts.weekday_day_month(day.1).into())]);
        let id = FocusId::new("calendar/wish").child("day");
        chips.push(chip(look, id, words, ChipState::Removable).on_press(step(BookingInput::AnyDay)).into());
    }
    let offered = finder.language.clone().or_else(|| finder.interpreters(what, &desk.session.sites).into_iter().next());
    if let Some(offered) = offered {
        let spoken = language(look.texts, &offered);
        let words = look.with("booking-interpreter", &[("language", spoken.into())]);
        chips.push(wish("interpreter", words, finder.language.is_some(), BookingInput::Interpreter).into());
    }
    chips.push(wish("step-free", look.t("booking-step-free"), finder.step_free, BookingInput::StepFree).into());
    chips.push(wish("before-work", look.t("booking-before-work"), finder.before_work, BookingInput::BeforeWork).into());
    let with = |with: With| (finder.day.is_none() && finder.with == with, BookingInput::With(with));
    let (on, input) = with(With::Counter);
    chips.push(wish("counter", counter_name(look, desk, &page.counter), on, input).into());
    if let Some(own) = what.and_then(|what| what.with.as_ref()) {
        let (on, input) = with(With::Own);
        let name = staff(look, desk, own);
        chips.push(wish("own", look.with("booking-own", &[("name", name.into())]), on, input).into());
    }
    let (on, input) = with(With::Anyone);
    chips.push(wish("anyone", look.t("booking-anyone"), on, input).into());
    let mut all =
        column![Row::with_children(chips).spacing(space::S6).wrap().vertical_spacing(space::S6)].spacing(space::S8);
    if finder.with != With::Counter && finder.day.is_none() && desk.session.sites.len() > 1 {
        all = all.push(sites(scene, page));
    }
    all.width(Length::Fill).into()
}

/// At which sites, where it is not one counter alone.
fn sites<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let finder = &page.finder;
    let here = finder.sites.is_empty();
    let on = |id: &skranke_domain::SiteId| if here { *id == page.site } else { finder.sites.contains(id) };
    let names: Vec<&str> =
        desk.session.sites.iter().filter(|site| on(&site.id)).map(|site| site.name.as_str()).collect();
    let said = look.with("booking-at-sites", &[("sites", names.join(", ").into())]);
    let more = look.t(if finder.choosing_sites { "booking-sites-fold" } else { "booking-sites-unfold" });
    let head = row![
        ellipsis(said, Type::CELL).color(look.tokens.ink2).width(Length::Fill),
        quiet(look, "calendar/sites", more).size(ButtonSize::Small).on_press(step(BookingInput::Sites)),
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center);
    let mut all = column![head].spacing(space::S6);
    if finder.choosing_sites {
        let chips = desk.session.sites.iter().map(|site| {
            let state = if on(&site.id) { ChipState::On } else { ChipState::Off };
            let id = FocusId::new("calendar/site").child(&site.id);
            chip(look, id, site.name.clone(), state).on_press(step(BookingInput::Site(site.id.clone()))).into()
        });
        all = all.push(Row::with_children(chips).spacing(space::S6).wrap().vertical_spacing(space::S6));
    }
    all.into()
}

fn times<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let mut all = Column::new().spacing(space::S8).width(Length::Fill);
    let length = look.with("calendar-minutes", &[("minutes", page.finder.minutes().into())]);
    let said = |words: String| look.colored(words, Type::CELL, t.ink2).width(Length::Fill);
    match &page.free {
        Load::Idle => all = all.push(said(look.t("booking-free-idle"))),
        Load::Waiting { .. } if is_slow(&page.free, look) => {
            all = all.push(look.label(look.t("booking-earliest")));
            all = all.extend((0..3).map(|_| placeholder(look)));
        }
        Load::Waiting { .. } => {}
        Load::Failed { error, .. } => {
            all = all.push(field_error(look, look.t("booking-free-failed")));
            all = all.push(look.colored(sentence(look, error), Type::CELL, t.ink).width(Length::Fill));
        }
        Load::Known { value, trouble, .. } => {
            if let Some(error) = trouble {
                all = all.push(field_error(look, look.t("booking-free-stale")));
                all = all.push(look.second(sentence(look, error)).width(Length::Fill));
            }
            if value.is_empty() {
                let spoken = page.finder.language.as_ref().map(|code| language(look.texts, code));
                all = all.push(said(match (page.finder.later, spoken) {
                    (Some(_), _) => look.t("booking-free-no-more"),
                    (None, Some(spoken)) => look.with(
                        "booking-free-none-interpreter",
                        &[("length", length.into()), ("language", spoken.into())],
                    ),
                    (None, None) => look.with("booking-free-none", &[("length", length.into())]),
                }));
                if page.finder.later.is_some() {
                    all = all.push(first_ones(look));
                }
            } else {
                all = all.push(look.label(heading(look, page, value)));
                all = all.extend(value.iter().enumerate().map(|(at, slot)| time(scene, page, at, slot)));
                let later = normal(look, "calendar/later", look.t("booking-key-later"))
                    .size(ButtonSize::Small)
                    .key("4")
                    .on_press(step(BookingInput::Later));
                let mut more = row![later].spacing(space::S8);
                if page.finder.later.is_some() {
                    more = more.push(first_ones(look));
                }
                all = all.push(more);
            }
        }
    }
    container(all).padding(Padding { top: space::S4, ..Padding::ZERO }).width(Length::Fill).into()
}

/// Back to the earliest.
fn first_ones<'a>(look: &Look<'_>) -> Element<'a, Message> {
    quiet(look, "calendar/first", look.t("booking-first-ones"))
        .size(ButtonSize::Small)
        .on_press(step(BookingInput::Find))
        .into()
}

/// "Earliest three · interpreter is free in all".
fn heading(look: &Look<'_>, page: &CalendarPage, free: &[Slot]) -> String {
    let first = look.t(if page.finder.later.is_some() { "booking-later-three" } else { "booking-earliest" });
    match &page.finder.language {
        Some(_) if free.iter().all(|slot| slot.interpreter.is_some()) => {
            look.with("booking-interpreter-free", &[("first", first.into())])
        }
        _ => first,
    }
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

/// Somebody who works here: "you", or her first name and an initial.
pub(super) fn staff(look: &Look<'_>, desk: &Desk, who: &skranke_api::appointments::StaffRef) -> String {
    if desk.person() == Some(who.id) {
        return look.t("booking-you");
    }
    short_name(&who.name)
}

/// "Nina Krogh" as a card says it: "Nina K."
pub(super) fn short_name(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default().to_owned();
    match words.next_back().and_then(|last| last.chars().next()) {
        Some(initial) => format!("{first} {initial}."),
        None => first,
    }
}

/// Where a time is and with whom: "Counter 4, you"; with the site where it is not the one that is shown.
fn place<'a>(scene: Scene<'a>, page: &CalendarPage, slot: &Slot) -> String {
    let Scene { look, desk } = scene;
    let mut parts = vec![counter_name(look, desk, &slot.counter)];
    if slot.site != page.site {
        parts.extend(desk.session.sites.iter().find(|site| site.id == slot.site).map(|site| site.name.clone()));
    }
    parts.extend(slot.staff.as_ref().map(|who| staff(look, desk, who)));
    parts.join(", ")
}

fn time<'a>(scene: Scene<'a>, page: &CalendarPage, at: usize, slot: &Slot) -> Element<'a, Message> {
    let Scene { look, .. } = scene;
    let t = look.tokens;
    let taken = page.booking.as_ref().map_or(page.finder.picked.as_ref(), |booking| booking.slot.as_ref());
    let chosen = taken.is_some_and(|taken| taken.counter == slot.counter && taken.start == slot.start);
    let start = slot.start.to_zoned(page.tz().clone());
    let end = slot.end.to_zoned(page.tz().clone());
    let place = place(scene, page, slot);
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
    let words = column![when, ellipsis(place, Type::LABEL).color(t.ink2)].width(Length::Fill);
    let inside = row![
        key_cap(look, &key, KeyGround::Paper),
        words,
        look.colored(length, Type::CELL, t.ink2).wrapping(iced::widget::text::Wrapping::None),
    ]
    .spacing(space::S10)
    .align_y(Alignment::Center);
    control(
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
    .state(ControlState { key: Some(key), checked: Some(chosen), ..ControlState::new() })
    .on_press(step(BookingInput::Take(at)))
    .style(move |status| match (chosen, status) {
        (true, _) => Style::ground(t.accent_soft, radius::CONTROL).edge(t.accent),
        (false, Status::Hovered | Status::Pressed) => Style::ground(t.bg, radius::CONTROL).edge(t.edge),
        (false, _) => Style::ground(t.surface, radius::CONTROL).edge(t.line),
    })
    .into()
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn a_colleague_is_called_by_first_name_and_initial() {
        assert_eq!(short_name("Nina Krogh"), "Nina K.");
        assert_eq!(short_name("Anna Maria Åberg"), "Anna Å.");
        assert_eq!(short_name("Nina"), "Nina");
    }
}
