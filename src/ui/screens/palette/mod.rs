//! The palette (`Ctrl K`): citizens, cases, addresses, colleagues and deeds in one line. What lives here: which row is active, how it is
//! laid out. What does not: what was typed and found (the desk's finder), what the rows say (`rows`), opening anything (the parent).

mod deeds;
mod preview;
mod rows;
mod say;
#[cfg(test)]
mod tests;

use iced::Task;
use iced::widget::{container, space as gap};
use skranke_api::Purpose;
use skranke_api::purpose::PurposeKind;
use skranke_desk::finder::{Finder, FinderInput};
use skranke_desk::{Desk, Input};
use skranke_domain::CitizenId;

pub use deeds::How;
pub use rows::{Entry, entries, purpose_word, role_word};

use super::{Action, Key, Printed, Scene};
use crate::command::Command;
use crate::focus::FocusId;
use crate::i18n::Texts;
use crate::theme::scale::space;
use crate::widget::{
    Element, Found, PaletteParts, palette::palette_heading, palette::palette_results, palette_frame, palette_row,
};

/// The line to type in.
pub const QUERY: FocusId = FocusId::new("palette/query");
/// The words that go with the purpose.
pub const NOTE: FocusId = FocusId::new("palette/note");

const TALL: f32 = 456.0;

/// The palette's own state.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    active: usize,
    /// She moved to a row herself since the last letter: what she chose is what opens.
    moved: bool,
    /// Enter came before the answer to what was typed: the first row of that answer opens, never one of an earlier answer.
    waits: Option<Stand>,
}

/// What happens in the palette.
#[derive(Clone, Debug)]
pub enum Message {
    /// Something was typed.
    Typed(String),
    /// The active row moves.
    Move(isize),
    /// The active row is opened.
    Open,
    /// The active row's citizen is opened at the stand that is not in front.
    OpenOther,
    /// Row `n` is opened.
    OpenAt(usize),
    /// The next purpose.
    NextPurpose,
    /// A purpose was chosen.
    Purpose(PurposeKind),
    /// The words that go with it.
    Note(String),
}

/// What the palette wants of its parent.
#[derive(Debug)]
pub enum Outcome {
    /// Something for the desk, or to run.
    Action(Box<Action<Message>>),
    /// One of the window's commands; the palette closes.
    Do(Command),
}

impl Palette {
    /// Takes what happened.
    pub fn update(&mut self, message: Message, desk: &Desk, texts: &Texts) -> Outcome {
        let action = match message {
            Message::Typed(text) => {
                *self = Self::default();
                Action::Desk(Input::Finder(FinderInput::Typed(text)))
            }
            Message::Move(by) => {
                let last = entries(desk, texts).len().saturating_sub(1);
                self.active = self.chosen(desk, texts).saturating_add_signed(by).min(last);
                (self.moved, self.waits) = (true, None);
                Action::Run(crate::focus::reveal_task(&row_id(self.active)))
            }
            Message::Open => return self.enter(Stand::Front, desk, texts),
            Message::OpenOther => return self.enter(Stand::Other, desk, texts),
            Message::OpenAt(at) => return open(at, Stand::Front, desk, texts),
            Message::NextPurpose => self.purpose_changed(FinderInput::NextPurpose),
            Message::Purpose(kind) => self.purpose_changed(FinderInput::Purpose(kind)),
            Message::Note(note) => Action::Desk(Input::Finder(FinderInput::Note(note))),
        };
        Outcome::Action(Box::new(action))
    }

    fn purpose_changed(&mut self, input: FinderInput) -> Action<Message> {
        Action::Both(Input::Finder(input), Task::none())
    }

    /// Opens the active row, or waits for the answer to what was typed.
    fn enter(&mut self, stand: Stand, desk: &Desk, texts: &Texts) -> Outcome {
        if !self.moved && desk.finder.as_ref().is_some_and(Finder::is_waiting) {
            self.waits = Some(stand);
            return Outcome::Action(Box::new(Action::None));
        }
        open(self.chosen(desk, texts), stand, desk, texts)
    }

    /// What follows once the answer that Enter waited for is there.
    pub fn answered(&mut self, desk: &Desk, texts: &Texts) -> Option<Outcome> {
        if desk.finder.as_ref().is_none_or(Finder::is_waiting) {
            return None;
        }
        let stand = self.waits.take()?;
        Some(open(self.chosen(desk, texts), stand, desk, texts))
    }

    /// The active row: the last one where fewer came since the arrow was pressed.
    fn chosen(&self, desk: &Desk, texts: &Texts) -> usize {
        self.active.min(entries(desk, texts).len().saturating_sub(1))
    }

    /// The palette's keys, which hold while its line takes what is typed.
    pub fn keys(&self) -> Vec<Key<Message>> {
        let mut keys = vec![
            Key::in_place("↓", "palette-key-choose", Message::Move(1)),
            Key::in_place("↑", "palette-key-choose", Message::Move(-1)),
            Key::in_place("↵", "palette-key-open", Message::Open),
            Key::in_place("Shift ↵", "palette-key-other-stand", Message::OpenOther),
            Key::in_place("Alt P", "palette-key-purpose", Message::NextPurpose),
        ];
        const OPEN: [&str; 8] = ["Alt 2", "Alt 3", "Alt 4", "Alt 5", "Alt 6", "Alt 7", "Alt 8", "Alt 9"];
        keys.extend(OPEN.iter().enumerate().map(|(n, chord)| Key {
            chord,
            label: "palette-key-result",
            message: Message::OpenAt(n + 1),
            printed: Printed::InPlace,
            disabled: None,
        }));
        keys
    }

    /// The palette; empty when it is not open.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let Scene { look, desk } = scene;
        let Some(finder) = &desk.finder else { return gap().into() };
        let found = entries(desk, look.texts);
        let active = self.active.min(found.len().saturating_sub(1));
        let foot = |caps: &[&str], deed: String| (caps.iter().map(|c| (*c).to_owned()).collect(), deed);
        let other = desk.stands.front().other().letter();
        palette_frame(
            look,
            PaletteParts {
                input: QUERY,
                query: finder.typed.clone(),
                hint: look.t("palette-hint"),
                tally: say::tally(scene, finder),
                results: results(scene, finder, &found, active),
                preview: preview::preview(scene, finder, found.get(active)),
                keys: (
                    vec![
                        foot(&["↑", "↓"], look.t("palette-key-choose")),
                        foot(&["↵"], look.t("palette-key-open")),
                        foot(&["Shift ↵"], look.with("palette-key-open-stand", &[("stand", other.into())])),
                        foot(&["Alt P"], look.t("palette-key-purpose")),
                    ],
                    vec![
                        foot(&["#"], look.t("palette-prefix-case")),
                        foot(&[">"], look.t("palette-prefix-command")),
                        foot(&["@"], look.t("palette-prefix-colleague")),
                        foot(&["+"], look.t("palette-prefix-phone")),
                    ],
                ),
                tall: TALL.min(look.height - 140.0),
                on_input: Box::new(Message::Typed),
                // Enter stands in the table of keys, because Shift makes another of it.
                on_submit: None,
            },
        )
    }
}

/// Where a citizen is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    Front,
    Other,
}

/// Opens a row.
fn open(at: usize, stand: Stand, desk: &Desk, texts: &Texts) -> Outcome {
    let Some(finder) = &desk.finder else { return Outcome::Action(Box::new(Action::None)) };
    let found = entries(desk, texts);
    let chosen = found.into_iter().nth(at);
    let at_stand = |citizen: CitizenId, purpose: Purpose| match stand {
        Stand::Front => Input::OpenCitizen(citizen, purpose),
        Stand::Other => Input::OpenCitizenAt(desk.stands.front().other(), citizen, purpose),
    };
    let closing = |inputs: Vec<Input>| {
        Action::DeskAll(std::iter::once(Input::Finder(FinderInput::Close)).chain(inputs).collect())
    };
    let action = match (chosen, finder.purpose()) {
        (Some(Entry::Deed(deed)), _) if stand == Stand::Front => match deed.how {
            How::Window(command) => return Outcome::Do(command),
            How::Desk(inputs) => closing(inputs),
        },
        (Some(Entry::Colleague(colleague)), _) if stand == Stand::Front => {
            deeds::hand_over_to(desk, colleague.id).map_or(Action::None, closing)
        }
        (Some(Entry::Guide(id)), _) => closing(vec![Input::OpenGuide(id)]),
        (Some(Entry::Deed(_) | Entry::Colleague(_)), _) => Action::None,
        (Some(Entry::Citizen(hit) | Entry::Address(hit)), Some(purpose)) => {
            Action::Desk(at_stand(hit.citizen, purpose))
        }
        (Some(Entry::Recent(recent)), Some(purpose)) => Action::Desk(at_stand(recent.citizen, purpose)),
        // While it is asked who has a ticket, her case says who she is and is not opened.
        (Some(Entry::Case(hit, _)), Some(purpose)) if desk.is_identifying() => {
            Action::Desk(at_stand(hit.citizen, purpose))
        }
        (Some(Entry::Case(hit, case)), Some(purpose)) => {
            let front = desk.stands.front();
            let at = if stand == Stand::Front { front } else { front.other() };
            Action::Desk(Input::OpenCaseOf(at, hit.citizen, case.id, purpose))
        }
        // Without the words it needs, the purpose does not open anything: the note takes the keyboard.
        (Some(_), None) => Action::Run(crate::focus::focus_task(&NOTE, crate::focus::Role::TextField)),
        (None, _) => Action::None,
    };
    Outcome::Action(Box::new(action))
}

fn results<'a>(scene: Scene<'_>, finder: &Finder, found: &[Entry], active: usize) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let mut lines: Vec<Element<'a, Message>> = say::sentences(scene, finder)
        .into_iter()
        .map(|sentence| container(sentence).padding([space::S8, space::S10]).into())
        .collect();
    let mut heading = None;
    for (at, entry) in found.iter().enumerate() {
        if heading != Some(entry.group()) {
            heading = Some(entry.group());
            lines.push(palette_heading(look, look.t(entry.group())));
        }
        let key = match at {
            _ if at == active => Some("↵".to_owned()),
            1..=8 => Some(format!("Alt {}", at + 1)),
            _ => None,
        };
        let shown = Found { active: at == active, key, ..entry.shown(look, desk) };
        lines.push(palette_row(look, row_id(at), rows::marked(finder), shown).on_press(Message::OpenAt(at)).into());
    }
    palette_results(lines)
}

fn row_id(at: usize) -> FocusId {
    FocusId::new("palette/results").child(at)
}
