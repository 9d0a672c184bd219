//! The panel that stands in the right column while the line is broken: what is unsent and in which order, when the line is tried again, what can
//! be done meanwhile and what waits. What does not live here: the outbox's own page, what waits and why (the desk's).

use iced::widget::{Column, column, container, row};
use iced::{Alignment, Length, Padding};
use skranke_client::outbox::{Entry, Label};
use skranke_desk::citizen::CitizenPage;
use skranke_desk::session::Line;
use skranke_desk::signing_in::Durability;

use super::Message;
use crate::assets::Glyph;
use crate::focus::FocusId;
use crate::screens::sentence::sentence;
use crate::screens::{Scene, outbox};
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::{Element, ellipsis, glyph, hline, normal, quiet};

/// The panel's own controls.
const PANEL: FocusId = FocusId::new("citizen/offline");
/// As many changes stand here; all of them stand on the outbox's page.
const ENTRIES: usize = 5;

/// The panel, while the line is broken.
pub(super) fn panel<'a>(scene: Scene<'_>, page: &CitizenPage) -> Option<Element<'a, Message>> {
    let Line::Down { since } = scene.desk.session.line else { return None };
    let look = scene.look;
    let unsent = scene.desk.pending.count();
    let time = look.texts.time(since.to_zoned(scene.desk.tz().clone()).time());
    let keeps = scene.desk.durability != Durability::InMemory;
    let why = scene.desk.offline.unproved.as_ref().map(|error| sentence(look, error));
    let lost = look.with("offline-lost", &[("time", time.into())]);
    let kept = look.t(if keeps { "offline-kept" } else { "offline-not-kept" });
    let said = [Some(lost), why, Some(kept), Some(next_try(scene))].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let count = look.label(look.with("offline-unsent", &[("count", number(unsent).into())]));
    let head = row![container(look.section(look.t("offline-panel"))).width(Length::Fill), count];
    let mut parts = column![head.align_y(Alignment::Center), look.second(said).width(Length::Fill)].spacing(space::S6);
    for (at, entry) in scene.desk.pending.entries.iter().take(ENTRIES).enumerate() {
        parts = parts.push(hline(look)).push(line(scene, page, (at + 1, entry)));
    }
    if unsent > ENTRIES {
        parts = parts.push(look.second(look.with("offline-more", &[("count", number(unsent - ENTRIES).into())])));
    }
    let buttons = row![
        normal(look, PANEL.child("try"), look.t("offline-try"))
            .size(ButtonSize::Small)
            .key("F5")
            .on_press(Message::AskAgain),
        quiet(look, PANEL.child("outbox"), look.t("offline-open-outbox"))
            .size(ButtonSize::Small)
            .key("Ctrl 6")
            .on_press(Message::Outbox),
    ]
    .spacing(space::S8);
    parts = parts.push(container(buttons).padding(Padding::ZERO.top(space::S4)));
    parts = parts.push(container(hline(look)).padding([space::S6, 0.0])).push(can(scene, keeps));
    Some(parts.width(Length::Fill).into())
}

/// When the line is tried again: a clock that runs down.
fn next_try(scene: Scene<'_>) -> String {
    let look = scene.look;
    let left = scene.desk.offline.next_try.map(|at| at.duration_since(look.now.timestamp()).as_secs());
    match left {
        Some(left @ 1..) => {
            let time = format!("{}:{:02}", left / 60, left % 60);
            look.with("offline-next", &[("time", time.into())])
        }
        Some(_) | None => look.t("offline-trying"),
    }
}

/// A change that is not sent: its place in the order, what it is, when it was made, and what it says.
fn line<'a>(scene: Scene<'_>, page: &CitizenPage, (at, entry): (usize, &Entry)) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let args = [("number", number(at).into()), ("what", outbox::title(scene, entry).into())];
    let made = look.texts.time(entry.created_at.to_zoned(desk.tz().clone()).time());
    let what = ellipsis(look.with("offline-entry", &args), Type::CELL_MEDIUM).color(t.ink);
    let first =
        row![container(what).width(Length::Fill), look.label(made)].spacing(space::S8).align_y(Alignment::Center);
    let (name, text) = match &entry.draft.label {
        Label::Deed { citizen_name, text, .. } => (citizen_name, Some(text)),
        Label::Item { citizen_name, reason, .. } | Label::Appointment { citizen_name, reason, .. } => {
            (citizen_name, reason.as_ref())
        }
        Label::Booking { citizen_name, .. } => (citizen_name, None),
    };
    let text = text.filter(|text| !text.trim().is_empty());
    let quoted = text.map(|text| look.with("offline-quote", &[("text", text.trim().to_owned().into())]));
    // Whose page it is stands above; of somebody else it is said.
    let hers = entry.draft.subject.citizen == Some(page.id) && quoted.is_some();
    let second = [(!hers).then(|| name.clone()), quoted].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    column![first, ellipsis(second, Type::CELL).color(t.ink2)].spacing(space::S2).into()
}

/// What can be done without a line, and what cannot.
fn can<'a>(scene: Scene<'_>, keeps: bool) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let read = look.with("offline-can-read", &[("count", number(desk.offline.readable).into())]);
    let mut able = vec![read];
    if keeps {
        able.extend(["offline-can-write", "offline-can-half"].map(|id| look.t(id)));
    }
    let able = able.into_iter().map(|said| point(look, (Glyph::Approved, t.ok), (said, t.ink)));
    let unable = ["offline-cannot-decide", "offline-cannot-book", "offline-cannot-find"];
    let unable = unable.map(|id| point(look, (Glyph::NotNeeded, t.ink2), (look.t(id), t.ink2)));
    Column::new()
        .push(look.strong(look.t("offline-can")))
        .extend(able)
        .push(container(look.strong(look.t("offline-cannot"))).padding(Padding::ZERO.top(space::S6)))
        .extend(unable)
        .spacing(space::S6)
        .width(Length::Fill)
        .into()
}

fn point<'a>(
    look: &Look<'_>,
    (mark, tone): (Glyph, iced::Color),
    (said, ink): (String, iced::Color),
) -> Element<'a, Message> {
    row![
        container(glyph(mark, 14.0, tone)).padding(Padding::ZERO.top(space::S2)),
        look.colored(said, Type::CELL, ink).width(Length::Fill)
    ]
    .spacing(space::S8)
    .into()
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
