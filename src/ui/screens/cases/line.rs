//! A case as one dense line: state, department, case, deadline, what is missing, next step, who. What does not live here: the list.

use iced::widget::text::Wrapping;
use iced::widget::{column, container, row};
use iced::{Alignment, Length};
use skranke_api::overview::CaseRow;
use skranke_domain::case::{Column, NextStep};

use super::{FIRST, Message, ROW, title};
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::case::words::shown_column;
use crate::screens::words::{day_within, pick};
use crate::theme::scale::{radius, space, stroke, width};
use crate::theme::{Look, Type};
use crate::widget::list::{HeadCell, RowState, Sorted, unsent_mark};
use crate::widget::panel::surface;
use crate::widget::{
    Element, Ring, ShownState, cell, control, department, ellipsis, hline, lead_tail, row_ground, status, table_head,
};

/// How wide the columns are; the case takes what is left.
struct Columns {
    status: f32,
    deadline: f32,
    missing: f32,
    step: f32,
    /// Goes first where there is no room.
    responsible: Option<f32>,
}

impl Columns {
    const fn of(wide: bool) -> Self {
        if wide {
            Self {
                status: 148.0,
                deadline: 96.0,
                missing: 210.0,
                step: 200.0,
                responsible: Some(width::CASE_RESPONSIBLE),
            }
        } else {
            Self { status: 140.0, deadline: 92.0, missing: 150.0, step: 150.0, responsible: None }
        }
    }
}

/// The head over the rows.
pub(super) fn head<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let columns = Columns::of(look.is_wide());
    let cell = |word: &str, width: Length, sorted: Sorted| HeadCell { label: look.t(word), width, sorted };
    let mut cells = vec![
        cell("cases-head-status", columns.status.into(), Sorted::No),
        cell("cases-head-department", width::CASE_TAG.into(), Sorted::No),
        cell("cases-head-case", Length::Fill, Sorted::No),
        cell("cases-head-deadline", columns.deadline.into(), Sorted::Up),
        cell("cases-head-missing", columns.missing.into(), Sorted::No),
        cell("cases-head-step", columns.step.into(), Sorted::No),
    ];
    cells.extend(columns.responsible.map(|wide| cell("cases-head-responsible", wide.into(), Sorted::No)));
    // The rows' list keeps room for their ring.
    let head = container(table_head(look, cells)).padding([0.0, stroke::FOCUS]).center_y(30.0);
    surface(look.tokens.bg, head).width(Length::Fill).into()
}

fn is_late(look: &Look<'_>, case: &CaseRow) -> bool {
    case.column != Column::Closed && case.deadline.is_some_and(|day| day < look.now.date())
}

fn state(look: &Look<'_>, case: &CaseRow) -> ShownState {
    if is_late(look, case) { ShownState::PastDeadline } else { shown_column(case.column) }
}

/// The first open paper, and how many more there are in words.
fn missing(look: &Look<'_>, case: &CaseRow) -> Option<(String, Option<String>)> {
    if case.column == Column::Closed {
        return None;
    }
    let open = i64::from(case.readiness.open_before_visit) + i64::from(case.readiness.open_at_visit);
    let more = (open > 1).then(|| look.with("cases-missing-more", &[("count", (open - 1).into())]));
    match case.missing.first() {
        Some(first) => Some((pick(look.texts, first).to_owned(), more)),
        None => (open > 0).then(|| (look.with("cases-missing-count", &[("count", open.into())]), None)),
    }
}

fn step(scene: Scene<'_>, case: &CaseRow) -> Option<String> {
    let look = scene.look;
    Some(match (case.next_step, case.attendance) {
        (NextStep::Attendance, Some(at)) => {
            let at = at.to_zoned(scene.desk.tz().clone());
            let day = day_within(look.texts, at.date(), look.now.date());
            look.with("cases-step-attendance-at", &[("day", day.into()), ("time", look.texts.time(at.time()).into())])
        }
        (NextStep::Attendance, None) => look.t("cases-step-attendance"),
        (NextStep::CitizenSendsPapers, _) => look.t("cases-step-citizen-sends"),
        (NextStep::CheckPapers, _) => look.with("cases-step-check", &[("count", case.readiness.to_check.into())]),
        (NextStep::BookAttendance, _) => look.t("cases-step-book"),
        (NextStep::Decide, _) => look.t("cases-step-decide"),
        (NextStep::Issue, _) => look.t("cases-step-issue"),
        (NextStep::None, _) => return None,
    })
}

/// What a screen reader says of a case.
pub(super) fn name(scene: Scene<'_>, case: &CaseRow) -> String {
    let Scene { look, desk } = scene;
    let deadline = case
        .deadline
        .map(|day| look.with("cases-deadline-name", &[("day", day_within(look.texts, day, look.now.date()).into())]));
    let missing = missing(look, case).map(|(first, more)| {
        look.with("cases-missing-name", &[("papers", format!("{first}{}", more.unwrap_or_default()).into())])
    });
    let parts = [
        Some(title(look.texts, case).to_owned()),
        Some(case.number.clone()),
        Some(desk.session.tag(&case.department).to_owned()),
        Some(look.t(state(look, case).word_key())),
        deadline,
        missing,
        step(scene, case),
        desk.pending.touches_case(case.id).then(|| look.t("state-unsent-short")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The line of a case, and whether it is the one that the keys act on.
pub(super) fn view<'a>(scene: Scene<'a>, case: &CaseRow, selected: bool) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let columns = Columns::of(look.is_wide());
    let closed = case.column == Column::Closed;
    let number = look.colored(case.number.clone(), Type::LABEL, t.ink3).wrapping(Wrapping::None);
    let mut tail = row![number].spacing(space::S8).align_y(Alignment::Center);
    if desk.pending.touches_case(case.id) {
        tail = tail.push(unsent_mark(look));
    }
    let lead = ellipsis(title(look.texts, case), Type::CELL_MEDIUM).color(if closed { t.ink2 } else { t.ink });
    let near = !closed && case.deadline.is_some_and(|day| day <= look.now.date().tomorrow().unwrap_or(day));
    let deadline: Element<'a, Message> = match case.deadline {
        None => ellipsis("–", Type::CELL).color(t.ink3).into(),
        Some(day) => {
            let words = look.texts.near_day(day, look.now.date());
            let (style, color) = match (near, closed) {
                (true, _) => (Type::CELL_STRONG, t.alert),
                (false, true) => (Type::CELL, t.ink3),
                (false, false) => (Type::CELL, t.ink),
            };
            ellipsis(words, style).color(color).into()
        }
    };
    let missing: Element<'a, Message> = match missing(look, case) {
        None => ellipsis("–", Type::CELL).color(t.ink3).into(),
        Some((first, None)) => ellipsis(first, Type::CELL).color(t.ink).into(),
        Some((first, Some(more))) => {
            let more = look.colored(more, Type::CELL, t.ink).wrapping(Wrapping::None);
            lead_tail(ellipsis(first, Type::CELL).color(t.ink), more, 0.0).into()
        }
    };
    let mut cells = row![
        container(status(look, state(look, case), None)).width(columns.status),
        container(department(look, desk.session.tag(&case.department))).width(width::CASE_TAG),
        container(lead_tail(lead, tail, space::S8)).width(Length::Fill),
        container(deadline).width(columns.deadline),
        container(missing).width(columns.missing),
        cell(step(scene, case).unwrap_or_else(|| "–".to_owned()), t.ink2, columns.step),
    ];
    if let Some(wide) = columns.responsible {
        let me = desk.session.me.value().map(|me| me.name.as_str());
        cells = cells.push(match case.responsible.as_deref() {
            Some(who) if Some(who) == me => cell(look.t("cases-you"), t.ink, wide),
            Some(who) => cell(who, t.ink2, wide),
            None => cell("–", t.ink3, wide),
        });
    }
    let inside =
        container(cells.spacing(space::S12).align_y(Alignment::Center)).center_y(Length::Fill).width(Length::Fill);
    let standing = if selected { RowState::Selected } else { RowState::Rest };
    let id = case.id;
    let built = control(look, FocusId::new("cases/row").child(id), Role::Row, name(scene, case), inside)
        .padding([0.0, space::S12])
        .width(Length::Fill)
        .height(ROW - stroke::LINE)
        .ring(Ring::Row(radius::TAG))
        .state(ControlState::new().selected(selected))
        .on_press(Message::Select(id))
        .on_double_press(Message::Open(id))
        // The list is the stop of the keyboard; its chosen row wears the ring.
        .ringed(selected && look.focused(&FIRST))
        .style(move |status| row_ground(&t, standing, status));
    column![built, hline(look)].into()
}
