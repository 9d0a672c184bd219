//! Notes on her and promises made to her, in the right column: what must be seen first, what is overdue, what is over and folded away. What does
//! not live here: writing one (the sheets), the timeline.

use iced::keyboard::{Key, key::Named};
use iced::widget::{Column, column, container, row, space as gap, stack, text::Wrapping};
use iced::{Alignment, Length, Padding};
use skranke_desk::citizen::timeline::{Kind, NoteNow, PromiseNow, Unsent};
use skranke_desk::citizen::{CitizenInput, CitizenPage, CourseInput, Step};
use skranke_desk::sheets::{Opening, SheetInput};
use skranke_desk::{Desk, Input, Load};
use skranke_domain::note::{NoteKind, PromiseState, Standing, holds, standing};
use skranke_domain::{CaseId, HandoverId, NoteId, PromiseId};

use super::{Message as Page, say, side};
use crate::assets::{Glyph, Icon};
use crate::focus::{ControlState, FocusId, Role, reveal_task};
use crate::screens::{Action, Scene, sentence};
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::list::unsent_mark;
use crate::widget::panel::surface;
use crate::widget::{Element, KeyGround, glyph, icon, key_cap, link, normal};

/// The notes: one stop, arrows move within.
pub const NOTES: FocusId = FocusId::new("citizen/notes");
/// The promises: one stop, arrows move within.
pub const PROMISES: FocusId = FocusId::new("citizen/promises");

/// What of the course is unfolded and chosen.
#[derive(Clone, Debug, Default)]
pub struct Course {
    note: Option<NoteId>,
    promise: Option<PromiseId>,
    /// Notes that hold no more are shown.
    expired: bool,
    /// Promises that are settled are shown.
    settled: bool,
    /// The chosen line of the timeline.
    pub(super) line: usize,
    /// What the timeline is narrowed to.
    pub(super) filter: Option<Kind>,
    /// What it can be narrowed to is unfolded.
    pub(super) choosing: bool,
    /// How often earlier lines were asked for.
    pub(super) pages: usize,
    /// The hand-over whose card is unfolded.
    pub(super) card: Option<HandoverId>,
}

/// What happens in the course.
#[derive(Clone, Debug)]
pub enum Message {
    /// A note was chosen.
    ChooseNote(NoteId),
    /// Change a note.
    ChangeNote(NoteId),
    /// Show notes that hold no more, or fold them.
    Expired,
    /// A promise was chosen.
    ChoosePromise(PromiseId),
    /// A promise was kept.
    Kept(PromiseId),
    /// Settle a promise with words.
    Settle(PromiseId),
    /// Show promises that are settled, or fold them.
    Settled,
    /// A line of the timeline was chosen.
    ChooseLine(usize),
    /// Open a case.
    Case(CaseId),
    /// Unfold the card of a hand-over, or fold it.
    Card(HandoverId),
    /// Show what the timeline can be narrowed to, or fold it.
    Choosing,
    /// Narrow the timeline; none shows everything.
    Filter(Option<Kind>),
    /// Show what was earlier: of what is here, and from the server where all of that is shown.
    Earlier,
}

impl Course {
    /// Takes what happened.
    pub(super) fn update(&mut self, message: Message, desk: &Desk) -> Action<Page> {
        let sheet = |opening| Action::Desk(Input::Citizen(CitizenInput::Sheet(SheetInput::Open(opening))));
        let course = |input| Action::Desk(Input::Citizen(CitizenInput::Course(input)));
        match message {
            Message::ChooseNote(id) => {
                self.note = Some(id);
                return Action::Run(reveal_task(&NOTES.child(id)));
            }
            Message::ChangeNote(id) => {
                self.note = Some(id);
                return sheet(Opening::Note(Some(id)));
            }
            Message::Expired => self.expired = !self.expired,
            Message::ChoosePromise(id) => {
                self.promise = Some(id);
                return Action::Run(reveal_task(&PROMISES.child(id)));
            }
            Message::Kept(id) => return course(CourseInput::Kept(id)),
            Message::Settle(id) => {
                self.promise = Some(id);
                return sheet(Opening::Settle(id));
            }
            Message::Settled => self.settled = !self.settled,
            Message::ChooseLine(line) => {
                self.line = line;
                return Action::Run(reveal_task(&super::CONTACTS.child(line)));
            }
            Message::Case(case) => {
                let Some(page) = desk.citizen() else { return Action::None };
                let open = Input::OpenCase(case, page.purpose.clone());
                return Action::DeskAll(vec![Input::Citizen(CitizenInput::Select(case)), open]);
            }
            Message::Card(card) => self.card = if self.card == Some(card) { None } else { Some(card) },
            Message::Choosing => self.choosing = !self.choosing,
            Message::Filter(filter) => {
                (self.filter, self.line, self.pages) = (filter, 0, 0);
                self.choosing = false;
            }
            Message::Earlier => {
                self.pages += 1;
                return course(CourseInput::Earlier);
            }
        }
        Action::None
    }
}

/// The page's message.
fn on(message: Message) -> Page {
    Page::Course(message)
}

/// Her notes: those that hold, attention first; the others folded; and the way to write one.
pub(super) fn notes<'a>(scene: Scene<'_>, page: &CitizenPage, course: &Course) -> Element<'a, Page> {
    let Scene { look, desk } = scene;
    let today = look.now.date();
    let (mut shown, over): (Vec<_>, Vec<_>) =
        page.notes_as_they_stand(&desk.pending).into_iter().partition(|note| holds(note.expires, today));
    let expired = over.len();
    if course.expired {
        shown.extend(over);
    }
    let hidden = look.label(look.t("citizen-notes-hidden-when-turned")).wrapping(Wrapping::None);
    let head = side::head(look, look.t("citizen-notes"), Some(hidden.into()));
    let mut lines = column![side::inset(head)].spacing(space::S6);
    lines = lines.extend(state(scene, &page.notes, "citizen-notes-unknown").into_iter().map(side::inset));
    if !shown.is_empty() {
        let at = course.note.and_then(|id| shown.iter().position(|note| note.id == id)).unwrap_or(0);
        let focused = look.focused(&NOTES);
        let active = note_name(look, &shown[at]);
        let rows = shown.iter().enumerate().map(|(n, note)| note_row(scene, page, note, focused && n == at));
        let ids: Vec<NoteId> = shown.iter().map(|note| note.id).collect();
        let list = control(look, NOTES, Role::List, look.t("citizen-notes"), Column::with_children(rows))
            .width(Length::Fill)
            .state(ControlState::new().active(Some(active)))
            .ring(Ring::Hidden)
            .on_key(move |key, modifiers| match key {
                _ if !modifiers.is_empty() => None,
                Key::Named(Named::ArrowDown) => step(&ids, at, Step::Next).map(|id| on(Message::ChooseNote(id))),
                Key::Named(Named::ArrowUp) => step(&ids, at, Step::Previous).map(|id| on(Message::ChooseNote(id))),
                Key::Named(Named::Enter) => Some(on(Message::ChangeNote(ids[at]))),
                _ => None,
            });
        lines = lines.push(list);
    }
    if expired > 0 {
        let id = if course.expired { "citizen-notes-fold" } else { "citizen-notes-expired" };
        let words = look.with(id, &[("count", count(expired))]);
        let fold = link(look, "citizen/notes-expired", words, Type::CELL_MEDIUM)
            .state(ControlState::new().expanded(course.expired))
            .on_press(on(Message::Expired));
        lines = lines.push(side::inset(fold.into()));
    }
    let promise =
        normal(look, "citizen/promise", look.t("citizen-key-promise")).key("P").on_press(Page::Sheet(Opening::Promise));
    let writes = row![write(look), Element::from(promise)].spacing(space::S8).align_y(Alignment::Center);
    lines.push(side::inset(writes.into())).into()
}

/// What leads to a new note: it looks like the field it opens.
fn write<'a>(look: &Look<'_>) -> Element<'a, Page> {
    let t = look.tokens;
    let words = look.t("citizen-note-write");
    let inside = row![
        container(look.colored(words.clone(), Type::BODY, t.ink3).wrapping(Wrapping::None)).width(Length::Fill),
        key_cap(look, "N", KeyGround::Paper)
    ]
    .align_y(Alignment::Center);
    let state = ControlState { key: Some("N".to_owned()), ..ControlState::new() };
    control(look, "citizen/note", Role::Button, words, container(inside).center_y(Length::Fill))
        .padding(Padding { top: 0.0, right: space::S6, bottom: 0.0, left: space::S10 })
        .width(Length::Fill)
        .height(height::CONTROL)
        .ring(Ring::Around(radius::CONTROL))
        .state(state)
        .on_press(Page::Sheet(Opening::Note(None)))
        .style(move |status| {
            let ground = if matches!(status, Status::Hovered | Status::Pressed) { t.bg } else { t.surface };
            Style::ground(ground, radius::CONTROL).edge(t.edge)
        })
        .into()
}

/// The row after a step among ids.
pub(super) fn step<T: Copy>(ids: &[T], at: usize, step: Step) -> Option<T> {
    step.from(Some(at), ids.len()).and_then(|to| ids.get(to)).copied()
}

fn note_name(look: &Look<'_>, note: &NoteNow<'_>) -> String {
    let kind = match note.kind {
        NoteKind::Attention => look.t("note-kind-attention"),
        NoteKind::Plain => look.t("note-kind-plain"),
    };
    let mut said = format!("{kind}: {}, {}", note.text, beneath(look, note));
    if let Some(unsent) = note.unsent {
        said = format!("{said}, {}", unsent_words(look, unsent));
    }
    said
}

/// Who, when, until when.
fn beneath(look: &Look<'_>, note: &NoteNow<'_>) -> String {
    let today = look.now.date();
    let at = note.at.to_zoned(look.now.time_zone().clone()).date();
    let mut said: Vec<String> = vec![note.by.map_or_else(|| look.t("citizen-by-you"), ToOwned::to_owned)];
    said.push(look.texts.near_day(at, today));
    if let Some(day) = note.expires {
        let id = if holds(Some(day), today) { "citizen-note-expires" } else { "citizen-note-expired" };
        said.push(look.with(id, &[("day", say::day_within(look, day).into())]));
    }
    said.join(" · ")
}

fn note_row<'a>(scene: Scene<'_>, page: &CitizenPage, note: &NoteNow<'_>, ringed: bool) -> Element<'a, Page> {
    let look = scene.look;
    let t = look.tokens;
    let holds = holds(note.expires, look.now.date());
    let edge = match note.kind {
        NoteKind::Attention if holds => t.wait,
        NoteKind::Attention | NoteKind::Plain => t.line,
    };
    let ink = if holds { t.ink } else { t.ink2 };
    let news = note.by.is_some() && page.is_news(&scene.desk.session, note.at, note.by);
    let mut second = row![look.label(beneath(look, note))].spacing(space::S8).align_y(Alignment::Center);
    second = second.extend(note.unsent.map(|unsent| mark(look, unsent))).extend(news.then(|| fresh(look)));
    let words = column![
        look.colored(note.text.to_string(), Type::CELL, ink).width(Length::Fill),
        second.wrap().vertical_spacing(space::S2),
    ]
    .width(Length::Fill);
    // The edge is as tall as the words beside it.
    let bar = surface(edge, gap().width(stroke::FOCUS).height(Length::Fill));
    let inside = stack![container(words).padding(Padding::ZERO.left(stroke::FOCUS + space::S8)), bar];
    let id = note.id;
    control(look, NOTES.child(id), Role::ListItem, note_name(look, note), inside)
        .padding([space::S4, side::INSET])
        .width(Length::Fill)
        .height(Length::Shrink)
        .ring(Ring::Row(radius::TAG))
        .ringed(ringed)
        .on_press(on(Message::ChangeNote(id)))
        .style(move |status| touched(t.bg, status))
        .into()
}

fn touched(ground: iced::Color, status: Status) -> Style {
    match status {
        Status::Hovered | Status::Pressed => Style::ground(ground, radius::TAG),
        _ => Style::bare(),
    }
}

/// The promises that are to be kept, the overdue ones first; those settled folded. Nothing where there never was one.
pub(super) fn promises<'a>(scene: Scene<'_>, page: &CitizenPage, course: &Course) -> Option<Element<'a, Page>> {
    let Scene { look, desk } = scene;
    let (mut shown, settled): (Vec<_>, Vec<_>) =
        page.promises_as_they_stand(&desk.pending).into_iter().partition(|one| one.state == PromiseState::Open);
    let quiet = shown.is_empty() && settled.is_empty();
    if quiet && page.promises.trouble().is_none() {
        return None;
    }
    let over = settled.len();
    if course.settled {
        shown.extend(settled);
    }
    let head = side::head(look, look.t("citizen-promises"), None);
    let mut lines = column![side::inset(head)].spacing(space::S4);
    lines = lines.extend(state(scene, &page.promises, "citizen-promises-unknown").into_iter().map(side::inset));
    if !shown.is_empty() {
        let at = course.promise.and_then(|id| shown.iter().position(|one| one.id == id)).unwrap_or(0);
        let focused = look.focused(&PROMISES);
        let active = promise_name(look, &shown[at]);
        let rows =
            shown.iter().enumerate().map(|(n, one)| promise_row(scene, page, one, (focused && n == at, n == at)));
        let ids: Vec<PromiseId> = shown.iter().map(|one| one.id).collect();
        let keeps = shown[at].state == PromiseState::Open;
        let list = control(look, PROMISES, Role::List, look.t("citizen-promises"), Column::with_children(rows))
            .width(Length::Fill)
            .state(ControlState::new().active(Some(active)))
            .ring(Ring::Hidden)
            .on_key(move |key, modifiers| match key {
                _ if !modifiers.is_empty() => None,
                Key::Named(Named::ArrowDown) => step(&ids, at, Step::Next).map(|id| on(Message::ChoosePromise(id))),
                Key::Named(Named::ArrowUp) => step(&ids, at, Step::Previous).map(|id| on(Message::ChoosePromise(id))),
                Key::Named(Named::Enter) => Some(on(Message::Settle(ids[at]))),
                Key::Character(typed) if keeps && typed.eq_ignore_ascii_case("k") => Some(on(Message::Kept(ids[at]))),
                _ => None,
            });
        lines = lines.push(list);
    }
    if over > 0 {
        let id = if course.settled { "citizen-promises-fold" } else { "citizen-promises-settled" };
        let words = look.with(id, &[("count", count(over))]);
        let fold = link(look, "citizen/promises-settled", words, Type::CELL_MEDIUM)
            .state(ControlState::new().expanded(course.settled))
            .on_press(on(Message::Settled));
        lines = lines.push(side::inset(fold.into()));
    }
    Some(lines.into())
}

/// How a promise stands, in words: what is overdue says since when.
pub(super) fn stands(look: &Look<'_>, one: &PromiseNow<'_>) -> String {
    let today = look.now.date();
    let (id, day) = match standing(one.state, one.due, today) {
        Standing::Overdue => {
            let days = today.since(one.due).map_or(i32::MAX, |span| span.get_days());
            let day = if days < 7 { look.texts.weekday_long(one.due) } else { say::day_within(look, one.due) };
            ("citizen-promise-overdue", day)
        }
        Standing::Today => ("citizen-promise-today", String::new()),
        Standing::Ahead => ("citizen-promise-ahead", say::day_within(look, one.due)),
        Standing::Settled if one.state == PromiseState::Kept => {
            ("citizen-promise-kept", say::day_within(look, one.due))
        }
        Standing::Settled => ("citizen-promise-withdrawn", say::day_within(look, one.due)),
    };
    look.with(id, &[("day", day.into())])
}

fn promise_name(look: &Look<'_>, one: &PromiseNow<'_>) -> String {
    let mut said = format!("{}, {}", stands(look, one), one.text);
    if let Some(unsent) = one.unsent {
        said = format!("{said}, {}", unsent_words(look, unsent));
    }
    said
}

fn promise_row<'a>(
    scene: Scene<'_>,
    page: &CitizenPage,
    one: &PromiseNow<'_>,
    (ringed, active): (bool, bool),
) -> Element<'a, Page> {
    let look = scene.look;
    let t = look.tokens;
    let id = one.id;
    let (shape, color) = match standing(one.state, one.due, look.now.date()) {
        Standing::Overdue => (Glyph::Overdue, t.alert),
        Standing::Today => (Glyph::Waiting, t.wait),
        Standing::Ahead => (Glyph::Missing, t.ink2),
        Standing::Settled if one.state == PromiseState::Kept => (Glyph::Approved, t.ok),
        Standing::Settled => (Glyph::NotNeeded, t.idle),
    };
    let open = one.state == PromiseState::Open;
    let mut second = row![look.colored(stands(look, one), Type::LABEL_MEDIUM, color)].spacing(space::S8);
    second = second.push(look.label(one.by.map_or_else(|| look.t("citizen-by-you"), ToOwned::to_owned)));
    second = second.extend(one.unsent.map(|unsent| mark(look, unsent)));
    second = second.extend(
        page.is_news(&scene.desk.session, one.at, one.by)
            .then_some(())
            .and_then(|()| one.by.is_some().then(|| fresh(look))),
    );
    let mut words = column![
        look.colored(one.text.to_string(), Type::CELL, if open { t.ink } else { t.ink2 }).width(Length::Fill),
        second.align_y(Alignment::Center).wrap().vertical_spacing(space::S2),
    ]
    .width(Length::Fill);
    words = words.extend(one.outcome.as_ref().map(|outcome| look.second(outcome.to_string()).into()));
    let shape = container(glyph(shape, 14.0, color)).padding(Padding::ZERO.top(space::S2));
    let mut inside = row![shape, words].spacing(space::S8);
    if open {
        let mut face = row![look.text(look.t("citizen-promise-keep"), Type::LABEL_MEDIUM).wrapping(Wrapping::None)]
            .spacing(space::S6)
            .align_y(Alignment::Center);
        if active {
            face = face.push(key_cap(look, "K", KeyGround::Button));
        }
        let name = look.with("citizen-promise-keep-name", &[("text", one.text.to_string().into())]);
        let keep = control(
            look,
            PROMISES.child(id).child("keep"),
            Role::ListItem,
            name,
            container(face).center_y(Length::Fill),
        )
        .height(height::SMALL)
        .padding(Padding { top: 0.0, right: if active { space::S4 } else { space::S8 }, bottom: 0.0, left: space::S8 })
        .on_press(on(Message::Kept(id)))
        .style(move |status| {
            let ground = if matches!(status, Status::Hovered | Status::Pressed) { t.bg } else { t.surface };
            Style::ground(ground, radius::CONTROL).edge(t.edge).ink(t.ink)
        });
        inside = inside.push(keep);
    }
    control(look, PROMISES.child(id), Role::ListItem, promise_name(look, one), inside)
        .padding([space::S4, side::INSET])
        .width(Length::Fill)
        .ring(Ring::Row(radius::TAG))
        .ringed(ringed)
        .on_press(on(Message::Settle(id)))
        .style(move |status| touched(t.bg, status))
        .into()
}

/// What stands where a part has not answered, does not answer, or is old.
pub(super) fn state<'a, T>(scene: Scene<'_>, load: &Load<T>, unknown: &str) -> Vec<Element<'a, Page>> {
    let look = scene.look;
    match load {
        Load::Waiting { since } if say::is_slow(look, *since) => vec![side::bars(look, &[0.8, 0.5])],
        Load::Idle | Load::Waiting { .. } => Vec::new(),
        Load::Failed { error, .. } => vec![
            look.colored(look.t(unknown), Type::STRONG, look.tokens.ink).into(),
            side::trouble(look, sentence::sentence(look, error)),
        ],
        Load::Known { .. } => side::age(scene, load).into_iter().collect(),
    }
}

/// The mark of what was done here and is not confirmed, or was not accepted.
pub(super) fn mark<'a>(look: &Look<'_>, unsent: Unsent) -> Element<'a, Page> {
    match unsent {
        Unsent::OnItsWay => unsent_mark(look),
        Unsent::Refused => {
            let alert = look.tokens.alert;
            let words = look.colored(unsent_words(look, unsent), Type::LABEL_MEDIUM, alert).wrapping(Wrapping::None);
            row![glyph(Glyph::Rejected, 12.0, alert), words].spacing(space::S4).align_y(Alignment::Center).into()
        }
    }
}

pub(super) fn unsent_words(look: &Look<'_>, unsent: Unsent) -> String {
    look.t(match unsent {
        Unsent::OnItsWay => "state-unsent-short",
        Unsent::Refused => "citizen-refused-short",
    })
}

/// The mark of what others did since this person looked last: a dot and a word.
pub(super) fn fresh<'a>(look: &Look<'_>) -> Element<'a, Page> {
    let accent = look.tokens.accent;
    let words = look.colored(look.t("citizen-new"), Type::LABEL_MEDIUM, accent).wrapping(Wrapping::None);
    row![glyph(Glyph::Live, 8.0, accent), words].spacing(space::S4).align_y(Alignment::Center).into()
}

pub(super) fn count(n: usize) -> crate::i18n::Arg<'static> {
    i64::try_from(n).unwrap_or(i64::MAX).into()
}

/// The short form of the first attention note, for windows without a right column.
pub(super) fn first_attention<'a>(scene: Scene<'_>, page: &CitizenPage) -> Option<Element<'a, Page>> {
    let Scene { look, desk } = scene;
    let today = look.now.date();
    let all = page.notes_as_they_stand(&desk.pending);
    let first = all.iter().find(|note| note.kind == NoteKind::Attention && holds(note.expires, today))?;
    let text = crate::widget::ellipsis(first.text.to_string(), Type::BODY).color(look.tokens.ink);
    Some(
        row![icon(Icon::Note, 15.0, look.tokens.wait), text]
            .spacing(space::S6)
            .align_y(Alignment::Center)
            .width(Length::Fill)
            .into(),
    )
}
