//! The right column: her next appointment, and her contacts on all channels.

use iced::widget::{Column, column, container, row, space as gap, text::Wrapping};
use iced::{Alignment, Length, Padding};
use skranke_api::appointments::{Appointment, Calendar};
use skranke_api::cases::ContactView;
use skranke_desk::citizen::{CitizenPage, Step};
use skranke_desk::{Desk, Load};
use skranke_domain::contact::Channel;

use super::{CONTACTS, Message, rule, say};
use crate::assets::{Glyph, Icon};
use crate::focus::Role;
use crate::screens::words::{moment, pick};
use crate::screens::{Scene, sentence};
use crate::theme::scale::{radius, space, stroke, width};
use crate::theme::{Look, Type};
use crate::widget::control::{Ring, control};
use crate::widget::panel::surface;
use crate::widget::{Element, ellipsis, glyph, hline, icon, scroll, skeleton_line};

/// The column of days before contacts.
const DAY: f32 = 58.0;
/// The column of channels.
const CHANNEL: f32 = 18.0;

/// The right column.
pub(super) fn view<'a>(scene: Scene<'_>, page: &CitizenPage) -> Element<'a, Message> {
    let look = scene.look;
    let inside = column![
        container(appointment(scene, page)).padding(Padding {
            top: space::S12,
            right: space::S16,
            bottom: space::S12,
            left: space::S16
        }),
        container(hline(look)).padding([0.0, space::S16]),
        contacts(scene, page),
    ];
    let ground = surface(look.tokens.surface, inside).width(Length::Fill).height(Length::Fill);
    row![rule(scene), ground].width(width::CITIZEN_SIDE).height(Length::Fill).into()
}

fn bars<'a>(look: &Look<'_>, shares: &[f32]) -> Element<'a, Message> {
    Column::with_children(shares.iter().map(|share| skeleton_line(look, *share, 10.0))).spacing(space::S8).into()
}

/// A sentence with the mark of what is old or not known.
fn trouble<'a>(look: &Look<'_>, said: String) -> Element<'a, Message> {
    let t = look.tokens;
    row![
        container(glyph(Glyph::NotAnswering, 14.0, t.wait)).padding(Padding::ZERO.top(space::S2)),
        look.colored(said, Type::CELL, t.wait).width(Length::Fill)
    ]
    .spacing(space::S6)
    .into()
}

/// How old something is and why, when asking again failed.
fn age<'a, T>(scene: Scene<'_>, load: &Load<T>) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let Load::Known { at, trouble: Some(error), .. } = load else { return None };
    let at = moment(look.texts, *at, desk.tz(), look.now.date());
    let why = sentence::sentence(look, error);
    Some(trouble(look, look.with("citizen-part-old", &[("time", at.into()), ("why", why.into())])))
}

fn appointment<'a>(scene: Scene<'_>, page: &CitizenPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let mut lines = column![look.label(look.t("citizen-next-appointment"))].spacing(space::S4);
    lines = match &page.appointments {
        Load::Idle => lines,
        Load::Waiting { since } if say::is_slow(look, *since) => lines.push(bars(look, &[0.7, 0.5])),
        Load::Waiting { .. } => lines.push(gap().height(Type::SECTION.line)),
        Load::Failed { error, .. } => lines
            .push(look.colored(look.t("citizen-appointments-unknown"), Type::STRONG, t.ink))
            .push(trouble(look, sentence::sentence(look, error))),
        Load::Known { value, .. } => match page.next_appointment(look.now.timestamp()) {
            Some(next) => lines.extend(booked(scene, next, value)),
            None => lines.push(look.colored(look.t("citizen-no-appointment"), Type::SECTION, t.ink2)),
        },
    };
    lines = lines.extend(age(scene, &page.appointments));
    let unsent = unsent_booking(scene, page);
    lines.extend(unsent).into()
}

/// A booking that was made here and is not confirmed.
fn unsent_booking<'a>(scene: Scene<'_>, page: &CitizenPage) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let mine = desk.pending.bookings().find(|one| one.entry.draft.subject.citizen == Some(page.id))?;
    let accent = look.tokens.accent;
    let when = say::capital(&say::moment_within(look, mine.start, desk.tz()));
    let said = look.with("citizen-unsent-booking", &[("when", when.into())]);
    Some(
        row![glyph(Glyph::Unsent, 14.0, accent), ellipsis(said, Type::CELL_MEDIUM).color(accent)]
            .spacing(space::S6)
            .align_y(Alignment::Center)
            .into(),
    )
}

fn booked<'a>(scene: Scene<'_>, next: &Appointment, all: &Calendar) -> Vec<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let when = say::capital(&say::moment_within(look, next.start, desk.tz()));
    let line = match counter_name(desk, look, next) {
        Some(counter) => look.with("citizen-appointment-at", &[("when", when.into()), ("counter", counter.into())]),
        None => when,
    };
    let mut lines: Vec<Element<'a, Message>> = vec![look.section(line).into()];
    if let Some(title) = &next.title {
        lines.push(ellipsis(pick(look.texts, title), Type::CELL).color(t.ink2).into());
    }
    let papers = next.papers;
    let (shape, color, words) = match (papers.due, papers.open) {
        (0, _) => (Glyph::Ready, t.ok, look.t("citizen-papers-none-due")),
        (due, 0) => (Glyph::Ready, t.ok, look.with("citizen-papers-approved", &[("count", i64::from(due).into())])),
        (due, open) => {
            let args = [("open", i64::from(open).into()), ("due", i64::from(due).into())];
            (Glyph::Missing, t.alert, look.with("citizen-papers-open", &args))
        }
    };
    lines.push(
        row![glyph(shape, 14.0, color), ellipsis(words, Type::CELL_MEDIUM).color(color)]
            .spacing(space::S6)
            .align_y(Alignment::Center)
            .into(),
    );
    let later = all.items.iter().filter(|one| one.start > next.start && one.status == next.status).count();
    if later > 0 {
        let later = i64::try_from(later).unwrap_or(i64::MAX);
        lines.push(look.second(look.with("citizen-appointments-later", &[("count", later.into())])).into());
    }
    lines
}

/// The counter's name as it stands inside a line: "counter 4"; with its site when that is not the clerk's own.
fn counter_name(desk: &Desk, look: &Look<'_>, one: &Appointment) -> Option<String> {
    let site = desk.session.sites.iter().find(|site| site.id == one.site)?;
    let counter = site.counters.iter().find(|counter| counter.id == one.counter)?;
    let name = pick(look.texts, &counter.name);
    let mut letters = name.chars();
    let name: String = letters.next().map(|first| first.to_lowercase().chain(letters).collect())?;
    let here = desk.session.me.value().is_none_or(|me| me.site == one.site);
    Some(if here { name } else { format!("{name}, {}", site.name) })
}

fn contacts<'a>(scene: Scene<'_>, page: &CitizenPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let mut head = row![look.strong(look.t("citizen-contacts"))].spacing(space::S8).align_y(Alignment::Center);
    let mut lines: Vec<Element<'a, Message>> = Vec::new();
    match &page.contacts {
        Load::Idle => {}
        Load::Waiting { since } if say::is_slow(look, *since) => lines.push(bars(look, &[0.8, 0.6, 0.7, 0.5])),
        Load::Waiting { .. } => {}
        Load::Failed { error, .. } => {
            lines.push(look.colored(look.t("citizen-contacts-unknown"), Type::STRONG, t.ink).into());
            lines.push(trouble(look, sentence::sentence(look, error)));
        }
        Load::Known { value, .. } if value.is_empty() => {
            lines.push(look.colored(look.t("citizen-no-contacts"), Type::CELL, t.ink2).into());
        }
        Load::Known { value, .. } => {
            let count = i64::try_from(value.len()).unwrap_or(i64::MAX);
            let first = value.iter().map(|one| one.at).min().map(|at| at.to_zoned(scene.desk.tz().clone()).date());
            if let Some(first) = first {
                let day = say::day_within(look, first);
                let said = look.with("citizen-contacts-since", &[("count", count.into()), ("day", day.into())]);
                head = head.push(look.second(said).wrapping(Wrapping::None));
            }
            lines.extend(value.iter().map(|one| contact(scene, one)));
        }
    }
    let mut inside = Column::new().spacing(space::S4);
    inside = inside.extend(age(scene, &page.contacts)).extend(lines);
    let padding = Padding { top: 0.0, right: space::S16, bottom: space::S12, left: space::S16 };
    let inside = container(inside).padding(padding).width(Length::Fill);
    let list = scroll(look, CONTACTS.child("scroll").widget(), inside);
    let list = control(look, CONTACTS, Role::List, look.t("citizen-contacts"), list)
        .width(Length::Fill)
        .height(Length::Fill)
        .ring(Ring::Row(radius::TAG))
        .on_key(|key, modifiers| {
            use iced::keyboard::{Key, key::Named};
            match key {
                Key::Named(Named::ArrowDown) if modifiers.is_empty() => Some(Message::Contacts(Step::Next)),
                Key::Named(Named::ArrowUp) if modifiers.is_empty() => Some(Message::Contacts(Step::Previous)),
                _ => None,
            }
        });
    column![
        container(head).padding(Padding { top: space::S10, right: space::S16, bottom: space::S4, left: space::S16 }),
        list
    ]
    .height(Length::Fill)
    .into()
}

const fn channel_icon(channel: Channel) -> Icon {
    match channel {
        Channel::Counter => Icon::Counter,
        Channel::Phone => Icon::Phone,
        Channel::DigitalPost => Icon::Mailbox,
        Channel::SelfService => Icon::Globe,
        Channel::Letter => Icon::Mail,
        Channel::Email => Icon::Send,
        Channel::Sms => Icon::Message,
    }
}

fn contact<'a>(scene: Scene<'_>, one: &ContactView) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let at = one.at.to_zoned(desk.tz().clone());
    let day = if at.date() == look.now.date() { look.texts.time(at.time()) } else { short_day(look, at.date()) };
    let channel = look.t(say::channel(one.channel));
    let title = match one.minutes {
        Some(minutes) => {
            look.with("citizen-contact-minutes", &[("channel", channel.into()), ("minutes", i64::from(minutes).into())])
        }
        None => channel,
    };
    let mut lines = column![
        look.colored(title, Type::CELL_MEDIUM, t.ink),
        look.colored(pick(look.texts, &one.text).to_owned(), Type::CELL, t.ink2).width(Length::Fill)
    ];
    let ended: Vec<String> =
        one.by.iter().cloned().chain(one.outcome.map(|outcome| look.t(say::outcome(outcome)))).collect();
    if !ended.is_empty() {
        lines = lines.push(look.label(ended.join(" · ")));
    }
    // Small things stand a little lower, so that they sit on the line of the larger words beside them.
    let beside = |inside: Element<'a, Message>| container(inside).padding(Padding::ZERO.top(stroke::LINE));
    row![
        beside(look.label(day).into()).width(DAY),
        beside(icon(channel_icon(one.channel), 15.0, t.ink2)).width(CHANNEL),
        lines.width(Length::Fill),
    ]
    .spacing(space::S8)
    .padding([space::S6, 0.0])
    .into()
}

/// A day in the narrow column: with the year only when it is another one.
fn short_day(look: &Look<'_>, day: jiff::civil::Date) -> String {
    if day.year() == look.now.date().year() { look.texts.day_month(day) } else { look.texts.month_year(day) }
}
