//! The outbox: what was done here and is not confirmed, in the order in which it is sent. What lives here: which entry the keys act on, the
//! question before something is thrown away. What does not: the entries (the desk's), the disk and the sending (the client's).

mod entry;
#[cfg(test)]
mod tests;

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::Purpose;
use skranke_api::purpose::PurposeKind;
use skranke_client::outbox::{Entry, EntryState};
use skranke_desk::citizen::Step;
use skranke_desk::half_written::can_be_worded_anew;
use skranke_desk::pending::PendingInput;
use skranke_desk::session::Line;
use skranke_desk::{Desk, Input};
use skranke_domain::CommandId;

use super::{Action, Key, Scene};
use crate::assets::{Glyph, Icon};
use crate::focus::{ControlState, FocusId, Role, reveal_task};
use crate::i18n::Texts;
use crate::screens::sentence::sentence;
use crate::screens::words::moment;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::panel::plate;
use crate::widget::{Element, Ring, control, glyph, icon, panel, scroll};
pub(super) use entry::{deed_word, title};

/// The list: one stop of the keyboard, the arrows move within it.
pub const FIRST: FocusId = FocusId::new("outbox/list");

/// The widest the page gets, in logical pixels: sentences stay readable.
const WIDEST: f32 = 860.0;

/// The outbox's own state.
#[derive(Clone, Copy, Debug, Default)]
pub struct OutboxScreen {
    selected: Option<CommandId>,
    /// The entry about which it is asked whether it is to be thrown away.
    asking: Option<CommandId>,
}

/// What happens on the outbox's screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The next or previous entry.
    Step(Step),
    /// An entry was chosen.
    Select(CommandId),
    /// Send a refused entry again.
    Retry(CommandId),
    /// Ask whether an entry is to be thrown away.
    Ask(CommandId),
    /// It stays.
    Keep,
    /// Throw it away.
    Discard(CommandId),
    /// Open the case that an entry is about.
    OpenCase(CommandId),
    /// Word it anew: it is opened as its sheet with everything that was typed.
    Edit(CommandId),
    /// Copy what was typed.
    Copy(CommandId),
}

/// The control of an entry.
fn entry_id(id: CommandId) -> FocusId {
    FocusId::new("outbox/entry").child(id)
}

/// Why an entry cannot be sent again by hand, if so.
fn cannot_retry(entry: &Entry, texts: &Texts) -> Option<String> {
    (!matches!(entry.state, EntryState::Refused { .. })).then(|| texts.t("outbox-only-refused"))
}

/// Why an entry cannot be thrown away, if so.
fn cannot_discard(entry: &Entry, texts: &Texts) -> Option<String> {
    matches!(entry.state, EntryState::Attempted).then(|| texts.t("outbox-under-way"))
}

/// Why an entry cannot be worded anew, if so.
fn cannot_edit(entry: &Entry, texts: &Texts) -> Option<String> {
    match entry.state {
        EntryState::Attempted => Some(texts.t("outbox-edit-under-way")),
        _ => (!can_be_worded_anew(entry)).then(|| texts.t("outbox-edit-no-words")),
    }
}

impl OutboxScreen {
    /// The entry that the keys act on: the chosen one, else the first that waits for her, else the first.
    fn active<'a>(&self, desk: &'a Desk) -> Option<&'a Entry> {
        let entries = &desk.pending.entries;
        let chosen = self.selected.and_then(|id| entries.iter().find(|e| e.id == id));
        chosen.or_else(|| entries.iter().find(|e| e.state.problem().is_some())).or_else(|| entries.first())
    }

    /// The entry about which it is asked, while it is there and may still be thrown away.
    fn asked<'a>(&self, desk: &'a Desk) -> Option<&'a Entry> {
        let id = self.asking?;
        desk.pending.entries.iter().find(|e| e.id == id && !matches!(e.state, EntryState::Attempted))
    }

    /// Takes what happened and says what the parent is to do.
    pub fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        let pending = |input| Action::Desk(Input::Pending(input));
        match message {
            Message::Step(step) => {
                let entries = &desk.pending.entries;
                let at = self.active(desk).and_then(|active| entries.iter().position(|e| e.id == active.id));
                self.asking = None;
                match step.from(at, entries.len()).and_then(|to| entries.get(to)) {
                    Some(entry) => {
                        self.selected = Some(entry.id);
                        Action::Run(reveal_task(&entry_id(entry.id)))
                    }
                    None => Action::None,
                }
            }
            Message::Select(id) => {
                self.selected = Some(id);
                self.asking = self.asking.filter(|asked| *asked == id);
                Action::None
            }
            Message::Retry(id) => pending(PendingInput::Retry(id)),
            Message::Ask(id) => {
                self.selected = Some(id);
                self.asking = Some(id);
                Action::None
            }
            Message::Keep => {
                self.asking = None;
                Action::None
            }
            Message::Discard(id) => {
                self.asking = None;
                pending(PendingInput::Discard(id))
            }
            Message::Edit(id) => pending(PendingInput::Edit(id)),
            Message::Copy(id) => {
                let words = desk.pending.entries.iter().find(|e| e.id == id).and_then(|e| entry::words(&e.draft.label));
                // As after every copy, the window takes it out of the clipboard again.
                words.map_or(Action::None, |words| Action::Run(iced::clipboard::write(words.to_owned())))
            }
            Message::OpenCase(id) => {
                let case = desk.pending.entries.iter().find(|e| e.id == id).and_then(|e| e.draft.subject.case);
                match case {
                    Some(case) => Action::Desk(Input::OpenCase(case, Purpose::plain(PurposeKind::Case))),
                    None => Action::None,
                }
            }
        }
    }

    /// The outbox between slab and bar.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let Scene { look, desk } = scene;
        let entries = &desk.pending.entries;
        let mut all = column![head(look, desk)].spacing(space::S12).width(Length::Fill).max_width(WIDEST);
        if desk.pending.trouble.is_some() {
            all = all.push(notice(look, Icon::TriangleAlert, look.t("outbox-not-written")));
        }
        all = all.push(line(scene));
        let active = self.active(desk);
        let rows: Element<'a, Message> = if !desk.pending.known {
            // Where it could not be read, the notice above says so.
            if desk.pending.trouble.is_some() { gap().into() } else { reading(look) }
        } else if entries.is_empty() {
            nothing(look)
        } else {
            let asked = self.asked(desk).map(|e| e.id);
            let rows = entries.iter().enumerate().map(|(n, one)| {
                let standing = entry::Standing {
                    number: n + 1,
                    active: active.is_some_and(|e| e.id == one.id),
                    asked: asked == Some(one.id),
                };
                entry::view(scene, one, standing)
            });
            panel(look, crate::widget::list::ruled(look, rows)).padding(1.0).width(Length::Fill).into()
        };
        let list = control(look, FIRST, Role::List, look.t("outbox-name"), rows)
            .width(Length::Fill)
            .ring(if entries.is_empty() { Ring::Around(radius::PANEL) } else { Ring::Hidden })
            .state(ControlState::new().active(active.map(|e| title(scene, e))));
        let page = container(all.push(list)).padding(space::S24).center_x(Length::Fill);
        scroll(look, "outbox/scroll", page).into()
    }

    /// The outbox's keys.
    pub fn keys(&self, desk: &Desk, texts: &Texts) -> Vec<Key<Message>> {
        let mut keys = Vec::new();
        if let Some(asked) = self.asked(desk) {
            keys.push(Key::in_place("Esc", "outbox-key-keep", Message::Keep));
            keys.push(Key::in_place("Ctrl ↵", "outbox-key-discard", Message::Discard(asked.id)));
            if entry::words(&asked.draft.label).is_some() {
                keys.push(Key::in_place("Ctrl C", "outbox-key-copy", Message::Copy(asked.id)));
            }
        }
        let Some(active) = self.active(desk) else { return keys };
        keys.push(Key::bar("↑", "outbox-key-up", Message::Step(Step::Previous)));
        keys.push(Key::bar("↓", "outbox-key-down", Message::Step(Step::Next)));
        if active.draft.subject.case.is_some() {
            keys.push(Key::bar("↵", "outbox-key-open-case", Message::OpenCase(active.id)));
        }
        keys.push(Key::bar("E", "outbox-key-edit", Message::Edit(active.id)).disabled(cannot_edit(active, texts)));
        keys.push(Key::bar("R", "outbox-key-retry", Message::Retry(active.id)).disabled(cannot_retry(active, texts)));
        keys.push(
            Key::bar("Del", "outbox-key-discard", Message::Ask(active.id)).disabled(cannot_discard(active, texts)),
        );
        keys
    }
}

fn head<'a>(look: &Look<'_>, desk: &Desk) -> Element<'a, Message> {
    let t = look.tokens;
    let count = i64::try_from(desk.pending.count()).unwrap_or(i64::MAX);
    let refused = i64::try_from(desk.pending.refused()).unwrap_or(i64::MAX);
    let mut all = row![look.name(look.t("outbox-title")), gap().width(Length::Fill)]
        .spacing(space::S12)
        .align_y(Alignment::Center);
    if refused > 0 {
        let words = look.with("outbox-refused-count", &[("count", refused.into())]);
        all = all.push(crate::widget::tone_badge(look, crate::widget::Tone::Alert, Glyph::Rejected, words));
    }
    if count > 0 {
        all = all.push(look.colored(look.with("outbox-count", &[("count", count.into())]), Type::BODY, t.ink2));
    }
    all.into()
}

/// How the line to the server is, and what that means for what lies here.
fn line<'a>(scene: Scene<'_>) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    match desk.session.line {
        Line::Down { since } => {
            let since = moment(look.texts, since, desk.tz(), look.now.date());
            let down = look.with("outbox-line-down", &[("since", since.into())]);
            let why = desk.offline.unproved.as_ref().map(|error| sentence(look, error));
            notice(look, Icon::CloudOff, why.into_iter().chain([down]).collect::<Vec<_>>().join(" "))
        }
        _ if desk.pending.entries.is_empty() => gap().into(),
        Line::Starting => look.colored(look.t("outbox-line-starting"), Type::BODY, look.tokens.ink2).into(),
        Line::Up => look.colored(look.t("outbox-line-up"), Type::BODY, look.tokens.ink2).into(),
    }
}

fn notice<'a>(look: &Look<'_>, picture: Icon, said: String) -> Element<'a, Message> {
    let t = look.tokens;
    let inside = row![
        container(icon(picture, 16.0, t.wait)).padding([2.0, 0.0]),
        look.colored(said, Type::BODY, t.ink).width(Length::Fill),
    ]
    .spacing(space::S10);
    container(inside)
        .padding([space::S10, space::S12])
        .width(Length::Fill)
        .style(move |_| plate(t.wait_soft, t.line, radius::PANEL))
        .into()
}

/// It is not known yet what lies here.
fn reading<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let words = look.colored(look.t("outbox-reading"), Type::BODY, look.tokens.ink2);
    panel(look, words).padding(space::S24).width(Length::Fill).into()
}

fn nothing<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let t = look.tokens;
    let words: Column<'a, Message> = column![
        row![glyph(Glyph::Approved, 18.0, t.ok), look.section(look.t("outbox-empty"))]
            .spacing(space::S10)
            .align_y(Alignment::Center),
        look.colored(look.t("outbox-empty-why"), Type::BODY, t.ink2),
    ]
    .spacing(space::S6);
    panel(look, words).padding(space::S24).width(Length::Fill).into()
}
