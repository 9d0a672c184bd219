//! The sheet for a life situation: a list of kinds, then its questions and what follows in one list that the keys walk. What lives here: how it
//! looks and its keys. What does not: what was chosen and what comes of it (the desk's sheet).

mod lines;

use iced::widget::{Column, column, container, row, space as gap, text::Wrapping};
use iced::{Alignment, Length};
use skranke_desk::Input;
use skranke_desk::citizen::{CitizenPage, Step};
use skranke_desk::sheets::situation::{Reason, ReasonProblem};
use skranke_desk::sheets::{Facing, SheetInput, SituationInput, SituationSheet};
use skranke_domain::checklist::REASON_CHARS;
use skranke_domain::life_situation::{Answer, LifeSituationKind};

use super::{Begins, dated, facing, frame, input, row_style};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::i18n::Texts;
use crate::screens::citizen::proposed::happened;
use crate::screens::words::pick;
use crate::screens::{Key, Scene};
use crate::theme::scale::{height, radius, space};
use crate::theme::{Look, Type};
use crate::widget::control::{Ring, control};
use crate::widget::field::field_error;
use crate::widget::{Element, check_box, field, icon, key_cap, link};

const FILTER: FocusId = FocusId::new("citizen/sheet/situation/find");
const LINES: FocusId = FocusId::new("citizen/sheet/situation/lines");
const REASON: FocusId = FocusId::new("citizen/sheet/situation/reason");
const SINCE: FocusId = FocusId::new("citizen/sheet/situation/since");

/// How wide the field of a day is, in logical pixels.
const DAY: f32 = 150.0;

/// Where the keyboard begins: it moves on as the sheet does.
pub(super) const fn begins(sheet: &SituationSheet) -> Begins {
    match (&sheet.reason, &sheet.kind) {
        (Some(_), _) => Begins(REASON, Role::TextField),
        (None, None) => Begins(FILTER, Role::TextField),
        (None, Some(_)) => Begins(LINES, Role::List),
    }
}

/// The line that an input led to: it must be seen.
pub(super) fn stepped(before: &SituationInput, sheet: &SituationSheet) -> Option<FocusId> {
    match (before, &sheet.kind) {
        (SituationInput::Step(_), None) => sheet.candidate.as_ref().map(|kind| FILTER.child(kind)),
        (SituationInput::DismissOf(_) | SituationInput::Dismiss, Some(_)) => Some(REASON),
        (SituationInput::Step(_) | SituationInput::Answer(_) | SituationInput::AnswerTo(..), Some(_)) => {
            sheet.at.as_ref().map(lines::id)
        }
        _ => None,
    }
}

/// Something for this sheet.
const fn to(what: SituationInput) -> Input {
    input(SheetInput::Situation(what))
}

/// Its own keys beside `Esc` and `Ctrl ↵`.
pub(super) fn keys(_page: &CitizenPage, sheet: &SituationSheet, _texts: &Texts) -> Vec<Key<Input>> {
    let mut keys = vec![
        Key::in_place("↓", "sheet-key-down", to(SituationInput::Step(Step::Next))),
        Key::in_place("↑", "sheet-key-up", to(SituationInput::Step(Step::Previous))),
    ];
    if sheet.kind.is_some() && sheet.reason.is_none() {
        keys.extend([
            Key::in_place("1", "situation-key-yes", to(SituationInput::Answer(Answer::Yes))),
            Key::in_place("2", "situation-key-no", to(SituationInput::Answer(Answer::No))),
            Key::in_place("3", "situation-key-unsure", to(SituationInput::Answer(Answer::Unsure))),
            Key::in_place("Space", "situation-key-toggle", to(SituationInput::Toggle)),
            Key::in_place("-", "situation-key-dismiss", to(SituationInput::Dismiss)),
        ]);
    }
    keys
}

/// The sheet.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CitizenPage, sheet: &'a SituationSheet) -> Element<'a, Input> {
    let look = scene.look;
    let facing = facing(scene, page);
    let Some(kind) = sheet.kind_in(&facing) else {
        return frame(
            scene,
            page,
            look.t("situation-which"),
            look.t("situation-verb-choose"),
            kinds(look, sheet, &facing),
        );
    };
    let title = pick(look.texts, &kind.title).to_owned();
    if sheet.is_declining() {
        return frame(scene, page, title, look.t("situation-verb-decline"), declining(look, sheet));
    }
    let count = sheet.to_start(&facing);
    let verb = match (sheet.is_open_already(), count) {
        (false, 0) => look.t("situation-verb-open"),
        (true, 0) => look.t("situation-verb-save"),
        (false, _) => look.with("situation-verb-open-start", &[("count", number(count))]),
        (true, _) => look.with("situation-verb-save-start", &[("count", number(count))]),
    };
    let mut body = column![head(look, page, sheet, &facing)].spacing(space::S12);
    body = body.push(lines::list(scene, sheet, &facing));
    if sheet.is_open_already() {
        let close = check_box(look, "citizen/sheet/situation/close", look.t("situation-close"), sheet.closing)
            .on_press(to(SituationInput::Close(!sheet.closing)));
        body = body.push(close);
    }
    if sheet.unknown {
        body = body.push(field_error(look, look.t("situation-not-known-yet")));
    }
    frame(scene, page, title, verb, body)
}

fn number<'n>(count: usize) -> crate::i18n::Arg<'n> {
    i64::try_from(count).unwrap_or(i64::MAX).into()
}

/// The kinds: a field that narrows them, and all that fit in two columns.
fn kinds<'a>(look: &'a Look<'_>, sheet: &'a SituationSheet, facing: &Facing<'a>) -> Element<'a, Input> {
    let t = look.tokens;
    let find: Element<'a, Input> = field(look, FILTER, look.t("situation-find"), sheet.filter.clone())
        .hint(look.t("situation-find-hint"))
        .icon(Icon::Search)
        .on_input(|text| to(SituationInput::Filter(text)))
        .on_submit(to(SituationInput::ChooseCandidate))
        .build();
    let kinds = sheet.kinds(facing);
    if kinds.is_empty() {
        let id = if sheet.filter.trim().is_empty() { "situation-none-known" } else { "situation-none-fits" };
        return column![find, look.colored(look.t(id), Type::CELL, t.ink2)].spacing(space::S12).into();
    }
    let half = kinds.len().div_ceil(2).max(8);
    let mut columns = row![].spacing(space::S16);
    for part in kinds.chunks(half) {
        let rows = part.iter().map(|kind| kind_row(look, kind, sheet.candidate.as_ref() == Some(&kind.id)));
        columns = columns.push(Column::with_children(rows).width(Length::FillPortion(1)));
    }
    if kinds.len() <= half {
        columns = columns.push(gap().width(Length::FillPortion(1)));
    }
    column![find, columns].spacing(space::S12).into()
}

fn kind_row<'a>(look: &Look<'_>, kind: &LifeSituationKind, candidate: bool) -> Element<'a, Input> {
    let t = look.tokens;
    let title = pick(look.texts, &kind.title).to_owned();
    let picture = icon(Icon::named(&kind.icon).unwrap_or(Icon::Users), 16.0, t.accent);
    let name = crate::widget::ellipsis(title.clone(), if candidate { Type::TITLE } else { Type::BODY }).color(t.ink);
    let mut inside = row![picture, container(name).width(Length::Fill)].spacing(space::S10).align_y(Alignment::Center);
    if candidate {
        inside = inside.push(key_cap(look, "↵", crate::widget::KeyGround::Paper));
    }
    control(look, FILTER.child(&kind.id), Role::ListItem, title, container(inside).center_y(Length::Fill))
        .padding([0.0, space::S8])
        .height(height::CONTROL)
        .width(Length::Fill)
        .ring(Ring::Hidden)
        .state(ControlState::new().selected(candidate))
        .on_press(to(SituationInput::Choose(kind.id.clone())))
        .style(row_style(t, candidate))
        .into()
}

/// Why it is proposed, since when it is, who holds it together.
fn head<'a>(
    look: &'a Look<'_>,
    page: &'a CitizenPage,
    sheet: &'a SituationSheet,
    facing: &Facing<'a>,
) -> Element<'a, Input> {
    let t = look.tokens;
    if sheet.is_open_already() {
        let view = page.situation(sheet.id);
        let mut said = Vec::new();
        if let Some(view) = view {
            let day = crate::screens::words::day_within(look.texts, view.since, look.now.date());
            let id = if view.since > look.now.date() { "citizen-planned" } else { "citizen-since" };
            said.push(look.with(id, &[("day", day.into())]));
            said.extend(view.by.as_ref().map(|by| look.with("situation-opened-by", &[("who", by.clone().into())])));
            said.extend(
                view.coordinator.as_ref().map(|who| look.with("citizen-held-together", &[("who", who.clone().into())])),
            );
        } else {
            said.push(look.t("situation-answers-unknown"));
        }
        return look.colored(said.join(" · "), Type::CELL, t.ink2).into();
    }
    let mut all = column![].spacing(space::S10);
    if let Some((happening, on)) = sheet.proposed() {
        let words = happened(look, happening, on);
        all = all.push(
            row![icon(Icon::Bell, 16.0, t.accent), look.colored(words, Type::CELL, t.ink)]
                .spacing(space::S8)
                .align_y(Alignment::Center),
        );
    }
    let today = facing.acting.today();
    let since: Element<'a, Input> = field(look, SINCE, look.t("situation-since"), sheet.since.clone())
        .labelled()
        .hint(look.texts.day_month(today))
        .width(DAY)
        .error(sheet.since_problem.map(|problem| dated::problem(look, problem)))
        .on_input(|text| to(SituationInput::Since(text)))
        .build();
    let mut day = row![since, dated::understood(look, sheet.day(today).ok(), today)].spacing(space::S10);
    day = day.push(gap().width(Length::Fill));
    if matches!(sheet.target, skranke_desk::sheets::Target::Choose) {
        let other = link(look, "citizen/sheet/situation/other", look.t("situation-other"), Type::CELL)
            .on_press(to(SituationInput::OtherKind));
        day = day.push(dated::beside(other));
    }
    all.push(day).into()
}

/// Why the proposal is declined.
fn declining<'a>(look: &'a Look<'_>, sheet: &'a SituationSheet) -> Element<'a, Input> {
    let mut all = column![].spacing(space::S12);
    if let Some((happening, on)) = sheet.proposed() {
        all = all.push(look.colored(happened(look, happening, on), Type::CELL, look.tokens.ink));
    }
    all.push(reason_field(look, sheet.reason.as_ref(), "situation-decline-reason")).into()
}

/// The field for a reason.
fn reason_field<'a>(look: &'a Look<'_>, reason: Option<&Reason>, label: &str) -> Element<'a, Input> {
    let (text, problem) = reason.map(|reason| (reason.text.clone(), reason.problem)).unwrap_or_default();
    field(look, REASON, look.t(label), text)
        .labelled()
        .hint(look.t("situation-reason-hint"))
        .error(problem.map(|problem| match problem {
            ReasonProblem::Missing => look.t("situation-reason-missing"),
            ReasonProblem::TooLong => look.with("situation-reason-too-long", &[("count", number(REASON_CHARS))]),
        }))
        .on_input(|text| to(SituationInput::Reason(text)))
        .on_submit(to(SituationInput::ReasonDone))
        .build()
}

/// A heading within the sheet, with something at its end.
fn heading<'a>(look: &Look<'_>, words: String, end: impl Into<Element<'a, Input>>) -> Element<'a, Input> {
    row![look.strong(words).wrapping(Wrapping::None), gap().width(Length::Fill), end.into()]
        .align_y(Alignment::Center)
        .into()
}

/// The corner of a row's ring.
const CORNER: f32 = radius::TAG;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
