//! The palette (`Ctrl K`): citizens, cases and commands in one line. What lives here: which row is active, what the rows say. What does not:
//! what was typed and found (the desk's finder), opening anything (the parent).

mod rows;

use iced::Task;
use iced::widget::{column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::Purpose;
use skranke_api::citizens::AddressView;
use skranke_api::purpose::PurposeKind;
use skranke_desk::finder::{Finder, FinderInput, Reading};
use skranke_desk::{Desk, Input};
use skranke_domain::cpr::CprError;

pub use rows::{Entry, entries, role_word};

use super::{Action, Key, Printed, Scene, sentence};
use crate::assets::Glyph;
use crate::command::Command;
use crate::focus::FocusId;
use crate::i18n::Texts;
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::{
    Element, Found, PaletteParts, Tone, check::radio, field, field::field_error, hline, palette::palette_heading,
    palette::palette_results, palette_frame, palette_row, tone_badge,
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
                self.active = 0;
                Action::Desk(Input::Finder(FinderInput::Typed(text)))
            }
            Message::Move(by) => {
                let count = entries(desk, texts).len();
                self.active = self.active.saturating_add_signed(by).min(count.saturating_sub(1));
                Action::Run(crate::focus::reveal_task(&row_id(self.active)))
            }
            Message::Open => return self.open(self.active, desk, texts),
            Message::OpenAt(at) => return self.open(at, desk, texts),
            Message::NextPurpose => self.purpose_changed(FinderInput::NextPurpose),
            Message::Purpose(kind) => self.purpose_changed(FinderInput::Purpose(kind)),
            Message::Note(note) => Action::Desk(Input::Finder(FinderInput::Note(note))),
        };
        Outcome::Action(Box::new(action))
    }

    fn purpose_changed(&mut self, input: FinderInput) -> Action<Message> {
        Action::Both(Input::Finder(input), Task::none())
    }

    fn open(&mut self, at: usize, desk: &Desk, texts: &Texts) -> Outcome {
        let Some(finder) = &desk.finder else { return Outcome::Action(Box::new(Action::None)) };
        let chosen = entries(desk, texts).into_iter().nth(at);
        let action = match (chosen, finder.purpose()) {
            (Some(Entry::Command { command, .. }), _) => return Outcome::Do(command),
            (Some(Entry::Citizen(hit)), Some(purpose)) => Action::Desk(Input::OpenCitizen(hit.citizen, purpose)),
            (Some(Entry::Case(hit, case)), Some(purpose)) => Action::DeskAll(vec![
                Input::OpenCitizen(hit.citizen, purpose.clone()),
                Input::OpenCase(case.id, purpose),
            ]),
            // Without the words it needs, the purpose does not open anything: the note takes the keyboard.
            (Some(_), None) => Action::Run(crate::focus::focus_task(&NOTE, crate::focus::Role::TextField)),
            (None, _) => Action::None,
        };
        Outcome::Action(Box::new(action))
    }

    /// The palette's keys, which hold while its line takes what is typed.
    pub fn keys(&self) -> Vec<Key<Message>> {
        let mut keys = vec![
            Key::in_place("↓", "palette-key-choose", Message::Move(1)),
            Key::in_place("↑", "palette-key-choose", Message::Move(-1)),
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
        let results = self.results(look, finder, &found, active);
        let preview = preview(look, finder, found.get(active));
        let foot = |caps: &[&str], label: &str| (caps.iter().map(|c| (*c).to_owned()).collect(), look.t(label));
        palette_frame(
            look,
            PaletteParts {
                input: QUERY,
                query: finder.typed.clone(),
                hint: look.t("palette-hint"),
                tally: tally(look, finder),
                results,
                preview,
                keys: (
                    vec![
                        foot(&["↑", "↓"], "palette-key-choose"),
                        foot(&["↵"], "palette-key-open"),
                        foot(&["Alt P"], "palette-key-purpose"),
                    ],
                    vec![
                        foot(&["#"], "palette-prefix-case"),
                        foot(&[">"], "palette-prefix-command"),
                        foot(&["+"], "palette-prefix-phone"),
                    ],
                ),
                tall: TALL.min(look.height - 140.0),
                on_input: Box::new(Message::Typed),
                on_submit: Some(Message::Open),
            },
        )
    }

    fn results<'a>(&self, look: &Look<'_>, finder: &Finder, found: &[Entry], active: usize) -> Element<'a, Message> {
        let mut lines: Vec<Element<'a, Message>> = Vec::new();
        if let Some(sentence) = hint(look, finder) {
            lines.push(container(sentence).padding([space::S8, space::S10]).into());
        }
        if let Some(error) = finder.trouble() {
            let words = sentence::sentence(look, error);
            lines.push(container(field_error(look, words)).padding([space::S8, space::S10]).into());
        }
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
            let shown = Found { active: at == active, key, ..entry.shown(look) };
            lines.push(palette_row(look, row_id(at), query_words(finder), shown).on_press(Message::OpenAt(at)).into());
        }
        palette_results(lines)
    }
}

fn row_id(at: usize) -> FocusId {
    FocusId::new("palette/results").child(at)
}

fn query_words(finder: &Finder) -> &str {
    finder.typed.trim_start_matches(['>', '#', '+'])
}

fn tally(look: &Look<'_>, finder: &Finder) -> String {
    if !matches!(finder.reading, Reading::Search(_)) || finder.trouble().is_some() {
        return String::new();
    }
    if finder.is_waiting() && finder.hits().is_empty() {
        return look.t("palette-searching");
    }
    let slowest = finder
        .found
        .iter()
        .filter_map(|f| f.answer.as_ref()?.as_ref().ok())
        .map(|answer| answer.took_us)
        .max()
        .unwrap_or(0);
    let count = i64::try_from(finder.hits().len()).unwrap_or(i64::MAX);
    let more = finder.found.iter().any(|f| f.answer.as_ref().is_some_and(|a| a.as_ref().is_ok_and(|a| a.more)));
    let id = if more { "palette-tally-more" } else { "palette-tally" };
    look.with(id, &[("count", count.into()), ("ms", i64::try_from(slowest.div_ceil(1000)).unwrap_or(i64::MAX).into())])
}

/// What is said in the place of results: why nothing was searched, or why nothing was found.
fn hint<'a>(look: &Look<'_>, finder: &Finder) -> Option<Element<'a, Message>> {
    let quiet = |id: &str| Some(look.second(look.t(id)).into());
    match &finder.reading {
        Reading::PartialCpr { digits } => {
            let missing = i64::try_from(10usize.saturating_sub(*digits)).unwrap_or(0);
            Some(look.second(look.with("palette-cpr-partial", &[("missing", missing.into())])).into())
        }
        Reading::WrongCpr(error) => {
            let words = match error {
                CprError::Length { digits } => {
                    let digits = i64::try_from(*digits).unwrap_or(0);
                    look.with("palette-cpr-length", &[("digits", digits.into())])
                }
                CprError::NotDigits => look.t("palette-cpr-not-digits"),
                CprError::NoSuchDate => look.t("palette-cpr-no-date"),
            };
            Some(field_error(look, words))
        }
        Reading::Search(_) if finder.purpose().is_none() => quiet("palette-needs-note"),
        Reading::Search(_) if finder.hits().is_empty() && !finder.is_waiting() && finder.trouble().is_none() => {
            (!finder.found.is_empty()).then(|| look.second(look.t("palette-none")).into())
        }
        Reading::Nothing if finder.typed.is_empty() => quiet("palette-empty"),
        Reading::Nothing => quiet("palette-type-on"),
        _ => None,
    }
}

/// Identity only: contents wait for the opening.
fn preview<'a>(look: &Look<'_>, finder: &Finder, entry: Option<&Entry>) -> Element<'a, Message> {
    let t = look.tokens;
    let mut lines = column![].spacing(space::S8);
    if let Some(hit) = entry.and_then(Entry::hit) {
        lines = lines
            .push(look.section(format!("{} {}", hit.given_name, hit.surname)))
            .push(look.second(look.with("palette-age", &[("age", i64::from(hit.age).into())])));
        lines = match &hit.address {
            AddressView::Protected => {
                lines.push(tone_badge(look, Tone::Alert, Glyph::NoAccess, look.t("palette-address-protected")))
            }
            AddressView::Shown(address) => lines
                .push(look.cell(address.street.clone()))
                .push(look.cell(format!("{} {}", address.postcode, address.district))),
            AddressView::Unknown => lines.push(look.second(look.t("palette-address-unknown"))),
        };
        if let Some(id) = rows::status_word(hit.status) {
            lines = lines.push(tone_badge(look, Tone::Wait, Glyph::NotAnswering, look.t(id)));
        }
    }
    let reasons = PurposeKind::ALL.iter().fold(column![].spacing(space::S6), |list, kind| {
        let id = FocusId::new("palette/purpose").child(kind.word());
        list.push(
            radio(look, id, look.t(rows::purpose_word(*kind)), finder.purpose == *kind)
                .on_press(Message::Purpose(*kind)),
        )
    });
    let mut why = column![
        row![look.label(look.t("palette-purpose")), gap().width(Length::Fill)].align_y(Alignment::Center),
        reasons
    ]
    .spacing(space::S8);
    if finder.purpose == PurposeKind::Other {
        why = why.push(
            field(look, NOTE, look.t("palette-note"), finder.note.clone())
                .hint(look.t("palette-note-hint"))
                .width(Length::Fill)
                .on_input(Message::Note)
                .build(),
        );
    }
    let reason = Purpose::plain(finder.purpose);
    let logged =
        look.with("palette-logged", &[("reason", look.t(rows::purpose_word(reason.kind)).to_lowercase().into())]);
    column![lines, gap().height(Length::Fill), hline(look), why, look.text(logged, Type::LABEL).color(t.ink3),]
        .spacing(space::S12)
        .height(Length::Fill)
        .into()
}
