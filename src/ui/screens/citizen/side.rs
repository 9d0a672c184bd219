//! The right column: her next appointment, and beneath it notes, promises and the timeline. What does not live here: those parts (see `course`
//! and `timeline`).

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Length, Padding};
use skranke_api::appointments::{Appointment, Calendar};
use skranke_desk::citizen::CitizenPage;
use skranke_desk::{Desk, Load};

use super::course::{self, Course};
use super::{Message, missing, offline, rule, say, timeline};
use crate::assets::Glyph;
use crate::focus::FocusId;
use crate::screens::words::{moment, pick};
use crate::screens::{Scene, sentence};
use crate::theme::scale::{space, width};
use crate::theme::{Look, Type};
use crate::widget::panel::surface;
use crate::widget::{Element, ellipsis, glyph, hline, scroll, skeleton_line};

/// The right column.
const SIDE: FocusId = FocusId::new("citizen/side");
/// The room between a row's edge and its words, so that its ring and its ground do not touch them, in logical pixels.
pub(super) const INSET: f32 = space::S6;

/// The right column: its parts beneath each other, with a rule between them; all of them scroll together.
pub(super) fn view<'a>(scene: Scene<'_>, page: &CitizenPage, course: &Course) -> Element<'a, Message> {
    let look = scene.look;
    let mut parts: Vec<Element<'a, Message>> = offline::panel(scene, page).map(inset).into_iter().collect();
    parts.push(inset(appointment(scene, page)));
    parts.push(course::notes(scene, page, course));
    parts.extend(course::promises(scene, page, course));
    parts.push(inset(missing::panel(scene, page)));
    parts.push(timeline::view(scene, page, course));
    let mut inside = Column::new().width(Length::Fill);
    for (n, part) in parts.into_iter().enumerate() {
        if n > 0 {
            inside = inside.push(container(hline(look)).padding([0.0, space::S16]));
        }
        inside = inside.push(container(part).padding([space::S12, space::S16 - INSET]).width(Length::Fill));
    }
    let inside = scroll(look, SIDE.child("scroll").widget(), inside);
    let ground = surface(look.tokens.surface, inside).width(Length::Fill).height(Length::Fill);
    row![rule(scene), ground].width(width::CITIZEN_SIDE).height(Length::Fill).into()
}

/// What is no row stands within the rows' edges.
pub(super) fn inset<'a>(part: Element<'a, Message>) -> Element<'a, Message> {
    container(part).padding([0.0, INSET]).width(Length::Fill).into()
}

/// The head of a part, and what stands at its right end.
pub(super) fn head<'a>(look: &Look<'_>, title: String, end: Option<Element<'a, Message>>) -> Element<'a, Message> {
    row![container(look.strong(title)).width(Length::Fill)]
        .extend(end)
        .spacing(space::S8)
        .align_y(Alignment::Center)
        .into()
}

pub(super) fn bars<'a>(look: &Look<'_>, shares: &[f32]) -> Element<'a, Message> {
    Column::with_children(shares.iter().map(|share| skeleton_line(look, *share, 10.0))).spacing(space::S8).into()
}

/// A sentence with the mark of what is old or not known.
pub(super) fn trouble<'a>(look: &Look<'_>, said: String) -> Element<'a, Message> {
    let t = look.tokens;
    row![
        container(glyph(Glyph::NotAnswering, 14.0, t.wait)).padding(Padding::ZERO.top(space::S2)),
        look.colored(said, Type::CELL, t.wait).width(Length::Fill)
    ]
    .spacing(space::S6)
    .into()
}

/// How old something is and why, when asking again failed.
pub(super) fn age<'a, T>(scene: Scene<'_>, load: &Load<T>) -> Option<Element<'a, Message>> {
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
pub(super) fn counter_name(desk: &Desk, look: &Look<'_>, one: &Appointment) -> Option<String> {
    let site = desk.session.sites.iter().find(|site| site.id == one.site)?;
    let counter = site.counters.iter().find(|counter| counter.id == one.counter)?;
    let name = pick(look.texts, &counter.name);
    let mut letters = name.chars();
    let name: String = letters.next().map(|first| first.to_lowercase().chain(letters).collect())?;
    let here = desk.session.me.value().is_none_or(|me| me.site == one.site);
    Some(if here { name } else { format!("{name}, {}", site.name) })
}
