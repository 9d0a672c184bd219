//! The sheet for verifying a caller. What lives here: how it looks and its keys. What does not: when it is enough (the desk's sheet). An answer
//! is drawn for the chosen question alone, and only while it is to be compared.

use iced::widget::{Column, column, container, row};
use iced::{Alignment, Length};
use skranke_api::citizens::{VerifyingKind, VerifyingQuestion};
use skranke_desk::citizen::{CitizenPage, Step};
use skranke_desk::sheets::verify::{Judged, Verdict};
use skranke_desk::sheets::{SheetInput, VerifyInput, VerifySheet};
use skranke_desk::{Input, Load};
use skranke_domain::contact::ForWhom;

use super::{Begins, frame, input};
use crate::assets::{Glyph, Icon};
use crate::focus::{ControlState, FocusId, Role};
use crate::i18n::Texts;
use crate::screens::words::pick;
use crate::screens::{Key, Scene, sentence};
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::panel::plate;
use crate::widget::segmented::Segment;
use crate::widget::{
    Element, KeyGround, Tone, glyph, hline, icon, key_cap, normal, panel, segmented, skeleton_line, tone_badge,
};

const LIST: FocusId = FocusId::new("citizen/sheet/verify/list");
const PLACE: FocusId = FocusId::new("citizen/sheet/verify");

/// Where the keyboard begins.
pub(super) const BEGINS: Begins = Begins(LIST, Role::List);

const fn of(one: VerifyInput) -> Input {
    input(SheetInput::Verify(one))
}

/// Its own keys beside `Esc` and `Ctrl ↵`.
pub(super) fn keys(page: &CitizenPage, sheet: &VerifySheet, texts: &Texts) -> Vec<Key<Input>> {
    let nothing = sheet.rows().next().is_none().then(|| texts.t("verify-nothing-to-judge"));
    let nobody_acts = (!acts(page)).then(|| texts.t("verify-nobody-acts"));
    vec![
        Key::in_place("↓", "verify-key-down", of(VerifyInput::Step(Step::Next))),
        Key::in_place("↑", "verify-key-up", of(VerifyInput::Step(Step::Previous))),
        Key::in_place("Space", "verify-key-show", of(VerifyInput::Show)).disabled(nothing.clone()),
        Key::in_place("R", "verify-key-right", of(VerifyInput::Right)).disabled(nothing.clone()),
        Key::in_place("F", "verify-key-wrong", of(VerifyInput::Wrong)).disabled(nothing),
        Key::in_place("O", "verify-key-for-whom", of(VerifyInput::NextForWhom)).disabled(nobody_acts),
        Key::in_place("F5", "citizen-key-ask-again", of(VerifyInput::AskAgain)),
    ]
}

/// Whether somebody may act for her.
fn acts(page: &CitizenPage) -> bool {
    page.identity.value().is_some_and(|known| !known.representations.is_empty())
}

const fn question_word(kind: VerifyingKind) -> &'static str {
    match kind {
        VerifyingKind::Children => "verify-children",
        VerifyingKind::Address => "verify-address",
        VerifyingKind::LastContact => "verify-last-contact",
        VerifyingKind::OpenCase => "verify-open-case",
        VerifyingKind::NextAppointment => "verify-next-appointment",
        VerifyingKind::Phone => "verify-phone",
    }
}

/// The sheet.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CitizenPage, sheet: &'a VerifySheet) -> Element<'a, Input> {
    let look = scene.look;
    let t = look.tokens;
    let mut body =
        column![look.colored(look.t("verify-how"), Type::BODY, t.ink2)].spacing(space::S12).width(Length::Fill);
    if acts(page) {
        body = body.push(for_whom(look, sheet));
    }
    let inside: Element<'a, Input> = match &sheet.questions {
        Load::Known { .. } => questions(look, sheet),
        Load::Failed { error, .. } => sentence::failed(look, error, of(VerifyInput::AskAgain)),
        Load::Idle | Load::Waiting { .. } => {
            column![skeleton_line(look, 0.6, 12.0), skeleton_line(look, 0.5, 12.0), skeleton_line(look, 0.55, 12.0)]
                .spacing(space::S16)
                .padding([space::S12, 0.0])
                .into()
        }
    };
    // Without questions the list is still where the keyboard is.
    let active = sheet.rows().nth(sheet.active).map(|(one, ..)| look.t(question_word(one.question)));
    let list = control(look, LIST, Role::List, look.t("verify-questions"), inside)
        .width(Length::Fill)
        .ring(if active.is_some() { Ring::Hidden } else { Ring::Around(radius::PANEL) })
        .state(ControlState::new().active(active));
    body = body.push(list);
    if !matches!(sheet.questions, Load::Idle | Load::Waiting { .. }) {
        body = body.push(verdict(look, sheet));
    }
    frame(scene, page, look.t("sheet-verify"), look.t("sheet-verify-verb"), body)
}

fn for_whom<'a>(look: &Look<'_>, sheet: &VerifySheet) -> Element<'a, Input> {
    let chosen = usize::from(sheet.for_whom != ForWhom::Own);
    let segments = ["for-whom-own", "for-whom-representative"]
        .map(|word| Segment { label: look.t(word), on_press: of(VerifyInput::NextForWhom) });
    row![
        look.label(look.t("verify-for-whom")),
        segmented(look, PLACE.child("for-whom"), chosen, segments),
        key_cap(look, "O", KeyGround::Paper)
    ]
    .spacing(space::S12)
    .align_y(Alignment::Center)
    .into()
}

fn questions<'a>(look: &'a Look<'a>, sheet: &'a VerifySheet) -> Element<'a, Input> {
    let rows = sheet.rows().enumerate().flat_map(|(at, (question, judged, shown))| {
        let rule = (at > 0).then(|| hline(look));
        rule.into_iter().chain([one(look, (at, at == sheet.active), question, (judged, shown))])
    });
    let rows: Vec<Element<'a, Input>> = rows.collect();
    panel(look, Column::with_children(rows)).padding(stroke::FOCUS).width(Length::Fill).into()
}

/// A question: what to ask, what she should say while it is to be compared, and how it was answered.
fn one<'a>(
    look: &'a Look<'a>,
    (at, active): (usize, bool),
    question: &VerifyingQuestion,
    (judged, shown): (Judged, bool),
) -> Element<'a, Input> {
    let t = look.tokens;
    let asked = look.t(question_word(question.question));
    let answer: Element<'a, Input> = if shown {
        let words = look.with("verify-should-say", &[("answer", pick(look.texts, &question.answer).to_owned().into())]);
        look.colored(words, Type::CELL_STRONG, t.accent).into()
    } else {
        row![icon(Icon::EyeOff, 13.0, t.ink3), look.colored(look.t("verify-hidden"), Type::LABEL, t.ink3)]
            .spacing(space::S6)
            .align_y(Alignment::Center)
            .into()
    };
    let mut line =
        row![column![look.colored(asked.clone(), Type::TITLE, t.ink), answer].spacing(space::S2).width(Length::Fill)]
            .spacing(space::S10)
            .align_y(Alignment::Center);
    match judged {
        Judged::Right => line = line.push(tone_badge(look, Tone::Ok, Glyph::Approved, look.t("verify-right"))),
        Judged::Wrong => line = line.push(tone_badge(look, Tone::Alert, Glyph::Rejected, look.t("verify-wrong"))),
        Judged::Open => {}
    }
    if active {
        let button = |key: &'static str, word: &str, one: VerifyInput| {
            Element::from(
                normal(look, PLACE.child(word), look.t(word)).size(ButtonSize::Small).key(key).on_press(of(one)),
            )
        };
        let show = if shown { "verify-key-hide" } else { "verify-show" };
        line = line
            .push(button("Space", show, VerifyInput::Show))
            .push(button("R", "verify-key-right", VerifyInput::Right))
            .push(button("F", "verify-key-wrong", VerifyInput::Wrong));
    }
    let state = match judged {
        Judged::Right => Some(look.t("verify-right")),
        Judged::Wrong => Some(look.t("verify-wrong")),
        Judged::Open => None,
    };
    let name = [Some(asked), state].into_iter().flatten().collect::<Vec<_>>().join(", ");
    control(look, LIST.child(at), Role::ListItem, name, line)
        .padding([space::S6, space::S10])
        .width(Length::Fill)
        .state(ControlState::new().selected(active))
        .ring(Ring::Row(radius::TAG))
        .ringed(active && look.focused(&LIST))
        .on_press(of(VerifyInput::Choose(at)))
        .style(move |status| match (active, status) {
            (true, _) => Style::ground(t.accent_soft, radius::TAG),
            (false, Status::Hovered | Status::Pressed) => Style::ground(t.bg, radius::TAG),
            (false, _) => Style::bare(),
        })
        .into()
}

/// What the answers add up to, and what to do.
fn verdict<'a>(look: &Look<'_>, sheet: &VerifySheet) -> Element<'a, Input> {
    let t = look.tokens;
    let (shape, color, soft, words) = match sheet.verdict() {
        Verdict::Verified => (Glyph::Approved, t.ok, t.ok_soft, look.t("verify-verified")),
        Verdict::Failed => (Glyph::Rejected, t.alert, t.alert_soft, look.t("verify-failed")),
        Verdict::Open(needed) => {
            let word = if sheet.too_early { "verify-too-early" } else { "verify-needed" };
            let words = look.with(word, &[("count", i64::try_from(needed).unwrap_or(0).into())]);
            let (color, soft) = if sheet.too_early { (t.alert, t.alert_soft) } else { (t.idle, t.idle_soft) };
            (Glyph::InProgress, color, soft, words)
        }
    };
    let line =
        row![glyph(shape, 16.0, color), look.colored(words.clone(), Type::CELL_MEDIUM, color).width(Length::Fill)]
            .spacing(space::S8)
            .align_y(Alignment::Center);
    let edge = t.line;
    let face = container(line)
        .padding([space::S8, space::S12])
        .width(Length::Fill)
        .style(move |_| plate(soft, edge, radius::PANEL));
    control(look, PLACE.child("verdict"), Role::Status, words, face).ring(Ring::Hidden).width(Length::Fill).into()
}
