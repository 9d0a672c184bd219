//! What asks why somebody is opened: calm, one key where the choice says enough. What lives here: how it looks and its keys. What does not: what was
//! chosen and typed, and the purpose that comes of it (the desk's).

pub mod glass;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
pub mod why;

use iced::keyboard::key::{Key as Pressed, Named};
use iced::widget::{Column, Row, column, container, row, space as gap};
use iced::{Alignment, Length, Padding};
use skranke_api::purpose::{NOTE_CHARS, PurposeKind};
use skranke_desk::citizen::Step;
use skranke_desk::need::{NeedInput, NeedProblem, NeedSheet};
use skranke_desk::{Desk, Input};
use skranke_domain::access::{LegalBasis, Tie};

use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::i18n::Texts;
use crate::screens::{Key, Scene};
use crate::theme::scale::{height, radius, space};
use crate::theme::{Look, Type};
use crate::widget::field::field_error;
use crate::widget::panel::raised;
use crate::widget::{
    Element, KeyGround, Ring, Status, Style, check_box, control, field, hline, icon, key_cap, lift, primary, quiet,
    radio, scroll,
};

/// The sheet.
pub const SHEET: FocusId = FocusId::new("need");
/// The choices: one stop, arrows and digits choose.
pub const CHOICES: FocusId = FocusId::new("need/choices");
/// Her own words.
pub const WORDS: FocusId = FocusId::new("need/words");

/// How wide it is at most, and how much of the page it leaves free, in logical pixels.
const WIDE: f32 = 560.0;
const FREE: f32 = 120.0;
/// Its head and its buttons, so that what is between them scrolls.
const AROUND: f32 = 130.0;
/// The room that the ring of the keyboard takes beside a control.
const RING: f32 = 6.0;

/// The keys of the choices.
const DIGITS: [&str; 5] = ["1", "2", "3", "4", "5"];
/// The keys of the legal bases.
pub(super) const BASES: [&str; 5] = ["Alt 1", "Alt 2", "Alt 3", "Alt 4", "Alt 5"];

const fn input(input: NeedInput) -> Input {
    Input::Need(input)
}

/// What she is doing, as a choice; the same words go to the log where she types none.
const fn kind_word(kind: PurposeKind) -> &'static str {
    match kind {
        PurposeKind::Ticket => "need-kind-ticket",
        PurposeKind::Call => "need-kind-call",
        PurposeKind::Appointment => "need-kind-appointment",
        PurposeKind::Case => "need-kind-case",
        PurposeKind::Other => "need-kind-other",
    }
}

/// A legal basis.
pub(crate) const fn basis_word(basis: LegalBasis) -> &'static str {
    match basis {
        LegalBasis::Guidance => "basis-guidance",
        LegalBasis::Application => "basis-application",
        LegalBasis::Consent => "basis-consent",
        LegalBasis::Statute => "basis-statute",
        LegalBasis::VitalInterest => "basis-vital",
    }
}

/// Where the keyboard is when it opens, and when her own words are chosen.
#[must_use]
pub fn begins(desk: &Desk) -> Option<(FocusId, Role)> {
    let sheet = desk.need()?;
    Some(match sheet.kind {
        PurposeKind::Other => (WORDS, Role::TextField),
        _ => (CHOICES, Role::List),
    })
}

fn confirm(texts: &Texts, sheet: &NeedSheet) -> Input {
    input(NeedInput::Confirm(texts.t(kind_word(sheet.kind))))
}

/// Its keys.
#[must_use]
pub fn keys(desk: &Desk, texts: &Texts) -> Option<Vec<Key<Input>>> {
    let sheet = desk.need()?;
    let mut keys = vec![
        Key::in_place("Esc", "need-key-leave", input(NeedInput::Leave)),
        Key::in_place("↵", "need-key-open", confirm(texts, sheet)),
    ];
    let kinds = DIGITS.into_iter().zip(PurposeKind::ALL);
    keys.extend(kinds.map(|(key, kind)| Key::in_place(key, kind_word(kind), input(NeedInput::Kind(kind)))));
    if sheet.asks_basis() {
        let bases = BASES.into_iter().zip(LegalBasis::ALL);
        keys.extend(bases.map(|(key, basis)| Key::in_place(key, basis_word(*basis), input(NeedInput::Basis(*basis)))));
    }
    if sheet.need.tie.is_some() {
        keys.push(Key::in_place("Alt A", "need-key-acknowledge", input(NeedInput::Acknowledge)));
    }
    Some(keys)
}

/// The sheet, while it asks.
#[must_use]
pub fn view<'a>(scene: Scene<'a>) -> Option<Element<'a, Input>> {
    let look = scene.look;
    let sheet = scene.desk.need()?;
    let t = look.tokens;
    let title = look.t("need-title");
    let head = row![icon(Icon::Shield, 20.0, t.accent), look.section(title.clone())]
        .spacing(space::S8)
        .align_y(Alignment::Center);
    let mut body = column![because(look, sheet)].spacing(space::S12).width(Length::Fill);
    body = body.push(choices(look, sheet)).push(words(look, sheet));
    if sheet.asks_basis() {
        let wrong = (sheet.problem == Some(NeedProblem::NoBasis)).then(|| look.t("need-no-basis"));
        body = body.push(bases(look, SHEET.child("basis"), sheet.basis, wrong, |basis| input(NeedInput::Basis(basis))));
    }
    if let Some(tie) = sheet.need.tie {
        body = body.push(acknowledge(look, sheet, tie));
    }
    // What scrolls clips: the ring of the keyboard keeps its room inside.
    let body = container(body).padding(Padding::from([RING, RING]));
    let body = container(scroll(look, "need/scroll", body)).max_height((look.height - FREE - AROUND).max(160.0));
    let foot = look.colored(look.t("need-foot"), Type::LABEL, t.ink2);
    let buttons = row![
        Element::from(
            primary(look, SHEET.child("verb"), look.t("need-open")).key("↵").on_press(confirm(look.texts, sheet))
        ),
        Element::from(
            quiet(look, SHEET.child("leave"), look.t("need-leave")).key("Esc").on_press(input(NeedInput::Leave))
        ),
        gap().width(Length::Fill),
        foot,
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    let beside = |part: Element<'a, Input>| container(part).padding([0.0, RING]).width(Length::Fill);
    let (top, bottom) = (beside(hline(look)), beside(hline(look)));
    let inside = column![beside(head.into()), top, body, bottom, beside(buttons.into())];
    let inside = inside.spacing(space::S12 - RING).width(Length::Fill);
    let face = container(inside)
        .padding([14.0, space::S16 - RING])
        .width(WIDE.min(look.width - 64.0))
        .style(move |_| raised(&t, t.edge, radius::DIALOG));
    let said =
        format!("{title} {}", reasons(look, sheet).into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(" "));
    let sheet = control(look, SHEET, Role::Dialog, said, lift(look, radius::DIALOG, face));
    Some(sheet.ring(Ring::Hidden).width(Length::Shrink).height(Length::Shrink).into())
}

/// What is between the page and her.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// She is protected.
    Protected,
    /// Somebody near.
    Near,
    /// Nothing explains it.
    Plain,
}

/// Why it is asked, as sentences.
fn reasons(look: &Look<'_>, sheet: &NeedSheet) -> Vec<(Mark, String)> {
    let need = sheet.need;
    let mut all = Vec::new();
    if need.protected {
        all.push((Mark::Protected, look.t("need-protected")));
    }
    match need.tie {
        Some(Tie::Own) => all.push((Mark::Near, look.t("need-own"))),
        Some(Tie::Relative) => all.push((Mark::Near, look.t("need-relative"))),
        Some(Tie::Colleague) => all.push((Mark::Near, look.t("need-colleague"))),
        None => {}
    }
    if need.out_of_context {
        all.push((Mark::Plain, look.t("need-out-of-context")));
    }
    if need.basis {
        all.push((Mark::Plain, look.t("need-basis")));
    }
    if all.is_empty() {
        all.push((Mark::Plain, look.t("need-reason")));
    }
    all
}

fn because<'a>(look: &Look<'_>, sheet: &NeedSheet) -> Element<'a, Input> {
    let t = look.tokens;
    let lines = reasons(look, sheet).into_iter().map(|(mark, words)| {
        let (picture, ink, style) = match mark {
            Mark::Protected => (Icon::Lock, t.alert, Type::STRONG),
            Mark::Near => (Icon::TriangleAlert, t.wait, Type::STRONG),
            Mark::Plain => (Icon::Info, t.ink2, Type::BODY),
        };
        let words = look.colored(words, style, t.ink).width(Length::Fill);
        row![container(icon(picture, 15.0, ink)).padding([2.0, 0.0]), words].spacing(space::S8).into()
    });
    Column::with_children(lines).spacing(space::S6).into()
}

fn choices<'a>(look: &Look<'_>, sheet: &NeedSheet) -> Element<'a, Input> {
    let t = look.tokens;
    let focused = look.focused(&CHOICES);
    let rows = DIGITS.into_iter().zip(PurposeKind::ALL).map(|(key, kind)| {
        let on = kind == sheet.kind;
        let word = look.t(kind_word(kind));
        let style = if on { Type::CELL_STRONG } else { Type::CELL };
        let face = row![key_cap(look, key, KeyGround::Paper), look.colored(word.clone(), style, t.ink)]
            .spacing(space::S10)
            .align_y(Alignment::Center);
        control(look, CHOICES.child(key), Role::ListItem, word, container(face).center_y(Length::Fill))
            .padding([0.0, space::S8])
            .width(Length::Fill)
            .height(height::TABLE)
            .ring(Ring::Row(radius::TAG))
            .ringed(focused && on)
            .state(ControlState::new().selected(on))
            .on_press(input(NeedInput::Kind(kind)))
            .style(move |status| match (on, status) {
                (true, _) => Style::ground(t.accent_soft, radius::TAG),
                (false, Status::Hovered | Status::Pressed) => Style::ground(t.bg, radius::TAG),
                (false, _) => Style::bare(),
            })
            .into()
    });
    let list = Column::with_children(rows).spacing(space::S2);
    let active = look.t(kind_word(sheet.kind));
    control(look, CHOICES, Role::List, look.t("need-choices"), list)
        .width(Length::Fill)
        .ring(Ring::Hidden)
        .state(ControlState::new().active(Some(active)))
        .on_key(|key, modifiers| match key {
            _ if !modifiers.is_empty() => None,
            Pressed::Named(Named::ArrowDown) => Some(input(NeedInput::Step(Step::Next))),
            Pressed::Named(Named::ArrowUp) => Some(input(NeedInput::Step(Step::Previous))),
            _ => None,
        })
        .into()
}

fn words<'a>(look: &'a Look<'a>, sheet: &NeedSheet) -> Element<'a, Input> {
    let t = look.tokens;
    let wrong = match sheet.problem {
        Some(NeedProblem::NoWords) => Some(look.t("need-no-words")),
        Some(NeedProblem::TooLong(by)) => Some(look.with("need-too-long", &[("by", count(by))])),
        _ => None,
    };
    let own = sheet.kind == PurposeKind::Other;
    let hint = look.t(if own { "need-words-hint" } else { kind_word(sheet.kind) });
    let typed: Element<'a, Input> = field(look, WORDS, look.t("need-words"), sheet.typed.clone())
        .hint(hint)
        .error(wrong)
        .width(Length::Fill)
        .on_input(|typed| input(NeedInput::Typed(typed)))
        .build();
    let left = look.with("need-left", &[("left", count(sheet.left())), ("most", count(NOTE_CHARS))]);
    let label =
        row![look.label(look.t("need-words")), gap().width(Length::Fill), look.colored(left, Type::LABEL, t.ink3)];
    column![label, typed].spacing(space::S4).into()
}

/// The legal bases, all in sight, each with its key.
pub(super) fn bases<'a>(
    look: &Look<'_>,
    id: FocusId,
    chosen: Option<LegalBasis>,
    wrong: Option<String>,
    press: impl Fn(LegalBasis) -> Input,
) -> Element<'a, Input> {
    let lines = BASES.into_iter().zip(LegalBasis::ALL).map(|(key, basis)| {
        let one =
            radio(look, id.child(key), look.t(basis_word(*basis)), chosen == Some(*basis)).on_press(press(*basis));
        Row::new()
            .push(container(key_cap(look, key, KeyGround::Paper)).width(48.0))
            .push(Element::from(one))
            .spacing(space::S4)
            .align_y(Alignment::Center)
            .into()
    });
    let lines: Column<'a, Input, _, _> =
        Column::with_children(lines.collect::<Vec<Element<'a, Input>>>()).spacing(space::S2);
    column![look.label(look.t("need-basis-label")), lines]
        .extend(wrong.map(|wrong| field_error(look, wrong)))
        .spacing(space::S4)
        .into()
}

fn acknowledge<'a>(look: &Look<'_>, sheet: &NeedSheet, tie: Tie) -> Element<'a, Input> {
    let word = look.t(match tie {
        Tie::Own => "need-acknowledge-own",
        Tie::Relative => "need-acknowledge-relative",
        Tie::Colleague => "need-acknowledge-colleague",
    });
    let tick =
        check_box(look, SHEET.child("acknowledge"), word, sheet.acknowledged).on_press(input(NeedInput::Acknowledge));
    let line = row![Element::from(tick), key_cap(look, "Alt A", KeyGround::Paper)]
        .spacing(space::S6)
        .align_y(Alignment::Center);
    let wrong = (sheet.problem == Some(NeedProblem::NotAcknowledged))
        .then(|| field_error(look, look.t("need-not-acknowledged")));
    column![line].extend(wrong).spacing(space::S4).into()
}

pub(super) fn count(count: usize) -> crate::i18n::Arg<'static> {
    i64::try_from(count).unwrap_or(i64::MAX).into()
}
