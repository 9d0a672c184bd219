//! The procedure guide: a list found by words, and beside it how the chosen task is solved. What lives here: where the list is scrolled to,
//! what keys mean. What does not: what is found (the desk's), the entry's page (`page`).

pub(super) mod page;
#[cfg(test)]
mod tests;

use iced::widget::{column, container, row, space as gap};
use iced::{Alignment, Length, Task};
use skranke_desk::citizen::Step;
use skranke_desk::guide::{EntryId, GuideInput, entry, found};
use skranke_desk::{Desk, Input};
use skranke_domain::procedure::Standing;

use super::words::pick;
use super::{Action, Key, Scene};
use crate::assets::{Glyph, Icon};
use crate::focus::{FocusId, Role, focus_task};
use crate::i18n::Texts;
use crate::theme::scale::{height, space, width};
use crate::theme::{Look, Type};
use crate::widget::list::{RowState, title_cell};
use crate::widget::panel::surface;
use crate::widget::virtual_list::Scrolled;
use crate::widget::{
    Element, Tone, VirtualList, field, hline, list_row, scroll, scroll_to_row, tone_badge, virtual_list, vline,
};

/// The list: one stop of the keyboard, the arrows move within it.
pub const FIRST: FocusId = FocusId::new("guide/list");
/// The line that is typed in.
pub const QUERY: FocusId = FocusId::new("guide/query");

/// The guide's own state.
#[derive(Clone, Copy, Debug, Default)]
pub struct GuideScreen {
    scrolled: Scrolled,
}

/// What happens in the guide.
#[derive(Clone, Debug)]
pub enum Message {
    /// Something was typed.
    Typed(String),
    /// An entry was chosen.
    Select(EntryId),
    /// The next or previous entry.
    Step(Step),
    /// The keyboard goes to the line that is typed in.
    Narrow,
    /// The list was scrolled.
    Scrolled(Scrolled),
    /// An address is put on the clipboard.
    Copy(String),
}

impl GuideScreen {
    /// Takes what happened and says what the parent is to do.
    pub fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::Typed(text) => {
                self.scrolled.offset = 0.0;
                let top = iced::widget::operation::scroll_to(
                    FIRST.child("scroll").widget(),
                    iced::widget::scrollable::AbsoluteOffset { x: None, y: Some(0.0) },
                );
                Action::Both(Input::Guide(GuideInput::Typed(text)), top)
            }
            Message::Select(id) => Action::Desk(Input::Guide(GuideInput::Select(id))),
            Message::Step(step) => {
                let rows = found(&desk.session, &desk.guide.typed);
                let at = desk.guide.selected.as_ref().and_then(|id| rows.iter().position(|other| other == id));
                let reveal = step
                    .from(at, rows.len())
                    .map_or_else(Task::none, |to| scroll_to_row(&FIRST, self.scrolled, to, row_height()));
                Action::Both(Input::Guide(GuideInput::Step(step)), reveal)
            }
            Message::Narrow => Action::Run(focus_task(&QUERY, Role::TextField)),
            Message::Scrolled(scrolled) => {
                self.scrolled = scrolled;
                Action::None
            }
            Message::Copy(address) => Action::Run(iced::clipboard::write(address)),
        }
    }

    /// The guide's keys.
    #[must_use]
    pub fn keys(&self, desk: &Desk, texts: &Texts) -> Vec<Key<Message>> {
        let none = found(&desk.session, &desk.guide.typed).is_empty().then(|| texts.t("guide-nothing"));
        vec![
            Key::bar("↑", "guide-key-up", Message::Step(Step::Previous)).disabled(none.clone()),
            Key::bar("↓", "guide-key-down", Message::Step(Step::Next)).disabled(none),
            Key::bar("/", "guide-key-narrow", Message::Narrow),
        ]
    }

    /// The guide between slab and bar.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let look = scene.look;
        let list = surface(look.tokens.surface, self.list(scene)).width(width::CASE_LEFT).height(Length::Fill);
        row![list, vline(look, Length::Fill), container(open(scene)).width(Length::Fill).height(Length::Fill)].into()
    }

    fn list<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let Scene { look, desk } = scene;
        let rows = found(&desk.session, &desk.guide.typed);
        let query = field(look, QUERY, look.t("guide-query"), desk.guide.typed.clone())
            .hint(look.t("guide-query-hint"))
            .icon(Icon::Search)
            .key("/")
            .on_input(Message::Typed)
            .build();
        let count = look.with("guide-count", &[("count", i64::try_from(rows.len()).unwrap_or(0).into())]);
        let head = column![
            row![look.section(look.t("guide-title")), gap().width(Length::Fill), look.label(count)]
                .align_y(Alignment::Center),
            query
        ]
        .spacing(space::S10);
        let chosen = desk.guide.selected.as_ref();
        let active = chosen.and_then(|id| entry(&desk.session, id)?.title()).map(|t| pick(look.texts, t).to_owned());
        let body: Element<'a, Message> = if rows.is_empty() {
            let said = if desk.session.tasks.is_empty() { "guide-waiting" } else { "guide-nothing" };
            container(look.colored(look.t(said), Type::BODY, look.tokens.ink2)).padding(space::S16).into()
        } else {
            let list = VirtualList {
                id: FIRST,
                name: look.t("guide-title"),
                count: rows.len(),
                row_height: row_height(),
                scrolled: self.scrolled,
                active,
                on_scroll: Box::new(Message::Scrolled),
            };
            virtual_list(look, list, |n| line(scene, &rows[n], chosen == Some(&rows[n]))).into()
        };
        column![container(head).padding(space::S16), hline(look), body].height(Length::Fill).into()
    }
}

/// The height of a row, its line included.
const fn row_height() -> f32 {
    height::GUIDE
}

fn line<'a>(scene: Scene<'a>, id: &EntryId, chosen: bool) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let Some(one) = entry(&desk.session, id) else { return gap().into() };
    let title = one.title().map(|title| pick(look.texts, title).to_owned()).unwrap_or_default();
    let whose = one.department.map(|department| department.tag.clone());
    let second = match (one.standing(), whose) {
        (Some(Standing::MovedToState), whose) => {
            let to = one.task.and_then(|task| task.moved_to.as_ref()).map(|to| pick(look.texts, to).to_owned());
            Some(look.with("guide-moved-to", &[("to", to.or(whose).unwrap_or_default().into())]))
        }
        (Some(Standing::Gone), _) => Some(look.t("guide-standing-gone")),
        (_, Some(whose)) if one.title().is_some_and(|t| Some(t) == one.department.map(|d| &d.name)) => {
            Some(look.with("guide-authority", &[("tag", whose.into())]))
        }
        (_, whose) => whose,
    };
    let state = if chosen { RowState::Selected } else { RowState::Rest };
    let row = list_row(look, FIRST.child(name_of(id)), title.clone(), state, title_cell(look, title, second))
        .height(row_height() - 1.0)
        .on_press(Message::Select(id.clone()));
    let row = if chosen && look.focused(&FIRST) { row.shown_focused() } else { row };
    column![Element::from(row), hline(look)].into()
}

fn name_of(id: &EntryId) -> String {
    match id {
        EntryId::Task(id) => format!("task/{id}"),
        EntryId::Procedure(id) => format!("procedure/{id}"),
        EntryId::Authority(id) => format!("authority/{id}"),
    }
}

fn open<'a>(scene: Scene<'a>) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    match desk.guide.selected.as_ref().and_then(|id| entry(&desk.session, id)) {
        Some(one) => scroll(look, "guide/page", container(page::view(scene, one)).padding(space::S24)).into(),
        None => {
            container(look.colored(look.t("guide-choose"), Type::LEAD, look.tokens.ink2)).center(Length::Fill).into()
        }
    }
}

/// How a task stands today, as a badge; nothing where the house simply solves it.
fn standing_badge<'a>(look: &Look<'_>, standing: Standing) -> Option<Element<'a, Message>> {
    let (tone, glyph, word) = match standing {
        Standing::Municipal => return None,
        Standing::MovedToState => (Tone::Wait, Glyph::Received, "guide-standing-moved"),
        Standing::Gone => (Tone::Idle, Glyph::NotNeeded, "guide-standing-gone"),
        Standing::Unverified => (Tone::Idle, Glyph::Missing, "guide-standing-unverified"),
    };
    Some(tone_badge(look, tone, glyph, look.t(word)))
}
