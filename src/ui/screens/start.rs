//! What fills the window while nobody is open: who is signed in and where, how far the training municipality is, the next appointments
//! at this counter, and the way to look someone up. What does not live here: the palette, the calendar.

pub mod inbox;
mod left;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use iced::widget::{Column, column, container, row, space as gap, svg, text::Wrapping};
use iced::{Alignment, Length};
use jiff::civil::Time;
use skranke_api::Purpose;
use skranke_api::appointments::Appointment;
use skranke_api::me::Me;
use skranke_api::purpose::PurposeKind;
use skranke_desk::half_written::HalfInput;
use skranke_desk::inbox::InboxInput;
use skranke_desk::{Desk, Input, Load};
use skranke_domain::CitizenId;
use skranke_domain::appointment::AppointmentStatus;

use super::words::pick;
use super::{Action, Key, Scene, sentence};
use crate::assets::{self, Icon};
use crate::focus::{FocusId, Role};
use crate::i18n::Texts;
use crate::launch::Startup;
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::panel::plate;
use crate::widget::{
    Element, KeyGround, ShownState, ellipsis, hline, icon, key_cap, normal, panel, scroll, skeleton_line, status,
};

/// How wide the middle of the page is, at most.
const MIDDLE: f32 = 620.0;
/// How many of the next appointments are shown.
const SHOWN: usize = 5;
/// The column of times.
const TIME: f32 = 48.0;
/// The height of an appointment.
const ROW: f32 = 60.0;
/// The side of the mark.
const MARK: f32 = 38.0;
/// The height of the bar of progress.
const BAR: f32 = 8.0;
/// When the morning, and the afternoon, end for a greeting.
const NOON: Time = Time::constant(12, 0, 0, 0);
const EVENING: Time = Time::constant(18, 0, 0, 0);

/// The page's own state.
#[derive(Clone, Debug, Default)]
pub struct StartScreen;

/// What happens on the page.
#[derive(Clone, Debug)]
pub enum Message {
    /// Open a citizen who has an appointment.
    Open(CitizenId),
    /// Ask again who is signed in.
    AskAgain,
    /// In what colleagues handed over.
    Inbox(InboxInput),
    /// Take up a visit that was left without a wrap-up.
    FinishLater(CitizenId),
    /// With what was half written when a window ended.
    HalfWritten(HalfInput),
}

impl StartScreen {
    /// Takes what happened.
    pub fn update(&mut self, message: Message, _desk: &Desk) -> Action<Message> {
        let open = |citizen| Action::Desk(Input::OpenCitizen(citizen, Purpose::plain(PurposeKind::Appointment)));
        match message {
            Message::Open(citizen) => open(citizen),
            Message::AskAgain => Action::Desk(Input::Begin),
            Message::Inbox(input) => Action::Desk(Input::Inbox(input)),
            Message::FinishLater(citizen) => Action::Desk(Input::FinishLater(citizen)),
            Message::HalfWritten(input) => Action::Desk(Input::HalfWritten(input)),
        }
    }

    /// The page's keys.
    #[must_use]
    pub fn keys(&self, desk: &Desk, texts: &Texts) -> Vec<Key<Message>> {
        let signed_in = desk.session.me.value().is_some();
        let nothing = (signed_in && !desk.session.may_see_cases()).then(|| texts.t("start-nothing-to-ask"));
        let again = if signed_in { Message::Inbox(InboxInput::AskAgain) } else { Message::AskAgain };
        let mut keys = left::keys(desk);
        keys.extend(inbox::keys(desk, texts));
        keys.push(Key::in_place("F5", "start-key-ask-again", again).disabled(nothing));
        keys
    }

    /// The page.
    pub fn view<'a>(&self, scene: Scene<'a>, startup: &Startup) -> Element<'a, Message> {
        let middle = container(self.middle(scene, startup)).max_width(MIDDLE).width(Length::Fill);
        let left = !scene.desk.unfinished.is_empty() || left::is_any(scene.desk);
        if left || inbox::waiting(scene.desk) > 0 || inbox::questions(scene.desk) > 0 {
            // What waits may be more than the window is tall.
            let page = container(middle).padding([space::S24 * 2.0, space::S24]).center_x(Length::Fill);
            return scroll(scene.look, "start/scroll", page).into();
        }
        let page = column![gap().height(Length::FillPortion(1)), middle, gap().height(Length::FillPortion(3))]
            .align_x(Alignment::Center);
        let page = container(page.width(Length::Fill).height(Length::Fill)).padding(space::S24);
        page.width(Length::Fill).height(Length::Fill).into()
    }

    fn middle<'a>(&self, scene: Scene<'a>, startup: &Startup) -> Element<'a, Message> {
        let Scene { look, desk } = scene;
        let parts = match (startup, &desk.session.me) {
            (_, Load::Known { value, .. }) => signed_in(scene, value),
            (Startup::Failed(why), _) => failed(look, why),
            (Startup::Generating { done, total }, _) => generating(look, *done, *total),
            (Startup::SetAside(path), _) => set_aside(look, &path.display().to_string()),
            (_, Load::Failed { error, .. }) => {
                let closed = desk.sign_in.as_ref().and_then(|sign_in| sign_in.closed);
                let mut parts = vec![
                    heading(look, look.t("start-not-signed-in")),
                    sentence::failed(look, error, Message::AskAgain),
                ];
                parts.extend(closed.map(|why| lead(look, look.t(super::sign_in::closed(why)))));
                parts
            }
            (Startup::Finding, _) => {
                vec![heading(look, look.t("start-finding")), lead(look, look.t("start-finding-what"))]
            }
            (Startup::Ready, _) => vec![heading(look, look.t("start-signing-in")), skeleton_line(look, 0.6, 12.0)],
        };
        Column::with_children(parts).spacing(space::S16).into()
    }
}

/// The mark and a heading.
fn heading<'a>(look: &Look<'_>, words: String) -> Element<'a, Message> {
    let color = look.tokens.accent;
    let mark = svg(assets::mark()).width(MARK).height(MARK).style(move |_, _| svg::Style { color: Some(color) });
    row![mark, look.colored(words, Type { size: 26.0, line: 32.0, ..Type::NAME }, look.tokens.ink)]
        .spacing(14.0)
        .align_y(Alignment::Center)
        .into()
}

/// A sentence under the heading.
fn lead<'a>(look: &Look<'_>, words: String) -> Element<'a, Message> {
    look.colored(words, Type { size: 16.0, line: 24.0, ..Type::BODY }, look.tokens.ink2).into()
}

fn signed_in<'a>(scene: Scene<'a>, me: &Me) -> Vec<Element<'a, Message>> {
    let Scene { look, .. } = scene;
    let now = look.now.time();
    let greeting = match now {
        time if time < NOON => "start-morning",
        time if time < EVENING => "start-afternoon",
        _ => "start-evening",
    };
    let first = me.name.split_whitespace().next().unwrap_or(&me.name).to_owned();
    let mut parts = vec![heading(look, look.with(greeting, &[("name", first.into())]))];
    let next = shown(scene);
    parts.push(lead(look, what_next(scene, next.first().copied())));
    if !next.is_empty() {
        let rows = next.into_iter().enumerate().flat_map(|(at, one)| {
            let rule = (at > 0).then(|| hline(look));
            rule.into_iter().chain([appointment(scene, one)])
        });
        parts.push(panel(look, Column::with_children(rows)).padding(stroke::LINE).width(Length::Fill).into());
    }
    parts.extend(left::left(scene));
    parts.extend(inbox::unfinished(scene));
    parts.extend(inbox::inbox(scene));
    parts.extend(inbox::asks(scene));
    parts.push(find(look));
    parts.push(place(scene, me));
    parts
}

/// What comes next at this counter, as far as it is known.
fn what_next(scene: Scene<'_>, next: Option<&Appointment>) -> String {
    let Scene { look, desk } = scene;
    let known = desk.calendar.as_ref().is_some_and(|page| page.own.value().is_some());
    match next {
        Some(next) => {
            let time = look.texts.time(next.start.to_zoned(desk.tz().clone()).time());
            let minutes = next.start.duration_since(look.now.timestamp()).as_mins();
            let who = if minutes < 1 {
                look.with("start-next-now", &[("time", time.into())])
            } else if minutes < 120 {
                look.with("start-next-in", &[("time", time.into()), ("minutes", minutes.into())])
            } else {
                look.with("start-next", &[("time", time.into())])
            };
            let papers = match (next.papers.due, next.papers.open) {
                (0, _) => None,
                (due, 0) => Some(look.with("start-papers-approved", &[("count", i64::from(due).into())])),
                (_, open) => Some(look.with("start-papers-open", &[("count", i64::from(open).into())])),
            };
            papers.map_or(who.clone(), |papers| format!("{who} {papers}"))
        }
        None if known => look.t("start-nobody-booked"),
        None => look.t("start-look-up"),
    }
}

/// Today's next appointments at her own counter, as far as they are known.
fn shown<'d>(scene: Scene<'d>) -> Vec<&'d Appointment> {
    let Scene { look, desk } = scene;
    let Some(page) = &desk.calendar else { return Vec::new() };
    let now = look.now.timestamp();
    let coming = page.own_on(look.now.date()).filter(|one| {
        let open = matches!(one.status, AppointmentStatus::Booked | AppointmentStatus::Arrived);
        open && one.end > now
    });
    coming.take(SHOWN).collect()
}

fn appointment<'a>(scene: Scene<'_>, one: &Appointment) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let time = look.texts.time(one.start.to_zoned(desk.tz().clone()).time());
    let who = one.citizen_short.clone();
    let about = one.title.as_ref().map_or_else(|| look.t("start-no-case"), |title| pick(look.texts, title).to_owned());
    let (shape, word) = match (one.papers.due, one.papers.open) {
        (_, 0) => (ShownState::Ready, look.t("state-ready")),
        (due, open) => {
            let args = [("open", i64::from(open).into()), ("due", i64::from(due).into())];
            (ShownState::Missing, look.with("start-papers", &args))
        }
    };
    let name = format!("{time}, {who}, {about}, {word}");
    let words = column![ellipsis(who, Type::TITLE).color(t.ink), ellipsis(about, Type::CELL).color(t.ink2)];
    let inside = row![
        container(look.colored(time, Type::STRONG, t.ink)).width(TIME),
        words.width(Length::Fill),
        status(look, shape, Some(word))
    ]
    .spacing(space::S12)
    .align_y(Alignment::Center);
    control(
        look,
        FocusId::new("start/appointment").child(one.id),
        Role::Row,
        name,
        container(inside).center_y(Length::Fill).width(Length::Fill),
    )
    .padding([0.0, 14.0])
    .height(ROW)
    .width(Length::Fill)
    .ring(Ring::Row(radius::PANEL - stroke::LINE))
    .on_press(Message::Open(one.citizen))
    .style(move |status| match status {
        Status::Hovered | Status::Pressed => Style::ground(t.bg, radius::PANEL - stroke::LINE),
        _ => Style::ground(t.surface, radius::PANEL - stroke::LINE),
    })
    .into()
}

/// The way to the palette.
fn find<'a>(look: &Look<'_>) -> Element<'a, Message> {
    row![
        look.colored(look.t("start-or-look-up"), Type::CELL, look.tokens.ink2).wrapping(Wrapping::None),
        key_cap(look, "Ctrl K", KeyGround::Paper)
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center)
    .into()
}

/// Where she sits, in which role; and that a training municipality holds nobody real.
fn place<'a>(scene: Scene<'_>, me: &Me) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let site = desk.session.sites.iter().find(|site| site.id == me.site);
    let counter = site.and_then(|site| site.counters.iter().find(|counter| me.counter.as_ref() == Some(&counter.id)));
    let mut parts: Vec<String> = vec![look.t(role_word(me.role))];
    parts.extend(counter.map(|counter| pick(look.texts, &counter.name).to_owned()));
    parts.extend(site.map(|site| site.name.clone()));
    parts.push(me.municipality.clone());
    let mut lines = column![line(look, Icon::MapPin, parts.join(" · "))].spacing(space::S4);
    if me.training {
        lines = lines.push(line(look, Icon::Info, look.t("start-training")));
    }
    container(lines).padding(iced::Padding::ZERO.top(space::S8)).into()
}

fn line<'a>(look: &Look<'_>, picture: Icon, words: String) -> Element<'a, Message> {
    let ink = look.tokens.ink3;
    row![icon(picture, 14.0, ink), look.colored(words, Type::CELL, ink)]
        .spacing(space::S6)
        .align_y(Alignment::Center)
        .into()
}

const fn role_word(role: skranke_domain::authority::Role) -> &'static str {
    use skranke_domain::authority::Role as One;
    match role {
        One::Host => "start-role-host",
        One::Clerk => "start-role-clerk",
        One::Caseworker => "start-role-caseworker",
        One::TeamLeader => "start-role-team-leader",
        One::Guest => "start-role-guest",
    }
}

/// The training municipality is being made: how many citizens there are already.
fn generating<'a>(look: &Look<'_>, done: u32, total: u32) -> Vec<Element<'a, Message>> {
    let t = look.tokens;
    let args = [("done", i64::from(done).into()), ("total", i64::from(total).into())];
    // Whole per cent, 0 to 100.
    let percent = u16::try_from(u64::from(done.min(total)) * 100 / u64::from(total.max(1))).unwrap_or(100);
    let part = |portion: u16, color| {
        container(gap().width(Length::Fill).height(BAR))
            .width(Length::FillPortion(portion))
            .style(move |_| plate(color, iced::Color::TRANSPARENT, BAR / 2.0))
    };
    let mut bar = row![].width(Length::Fill);
    if percent > 0 {
        bar = bar.push(part(percent, t.accent));
    }
    if percent < 100 {
        bar = bar.push(gap().width(Length::FillPortion(100 - percent)));
    }
    let bar = container(bar).width(Length::Fill).style(move |_| plate(t.line, iced::Color::TRANSPARENT, BAR / 2.0));
    vec![
        heading(look, look.t("start-generating")),
        lead(look, look.t("start-generating-what")),
        column![bar, look.second(look.with("start-generating-progress", &args))].spacing(space::S6).into(),
    ]
}

fn set_aside<'a>(look: &Look<'_>, path: &str) -> Vec<Element<'a, Message>> {
    vec![heading(look, look.t("start-set-aside")), lead(look, look.t("start-set-aside-what")), shown_path(look, path)]
}

fn shown_path<'a>(look: &Look<'_>, path: &str) -> Element<'a, Message> {
    let t = look.tokens;
    container(look.colored(path.to_owned(), Type::CELL, t.ink).wrapping(Wrapping::WordOrGlyph))
        .padding([space::S8, space::S12])
        .width(Length::Fill)
        .style(move |_| plate(t.surface, t.line, radius::PANEL))
        .into()
}

fn failed<'a>(look: &Look<'_>, why: &str) -> Vec<Element<'a, Message>> {
    let again = normal(look, "start/again", look.t("start-key-ask-again")).key("F5").on_press(Message::AskAgain);
    vec![
        heading(look, look.t("start-failed")),
        lead(look, look.t("start-failed-what")),
        shown_path(look, why),
        row![Element::from(again)].into(),
    ]
}
