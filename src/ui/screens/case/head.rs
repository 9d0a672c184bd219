//! The head of the case page: the trail back to the citizen, the case's name and state, its steps.

use iced::widget::{column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::cases::CaseView;
use skranke_client::http::Tagged;
use skranke_desk::case::CasePage;
use skranke_domain::case::Phase;
use skranke_domain::readiness::Readiness;

use super::{Message, words};
use crate::assets::{Glyph, Icon};
use crate::screens::Scene;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::panel::{plate, surface};
use crate::widget::{Element, badge, check::link, ellipsis, glyph, icon};

pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CasePage, view: &'a Tagged<CaseView>) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let case = &view.value;
    let arrow = || icon(Icon::ChevronRight, 14.0, t.ink3);
    let mut trail = row![
        link(look, "case/citizen", case.citizen_name.clone(), Type::CELL_MEDIUM).on_press(Message::Citizen),
        arrow(),
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center);
    if let Some(kind) = case.situation_kind.as_ref().and_then(|id| desk.session.situations.get(id)) {
        trail = trail
            .push(look.colored(words::say(look.texts, &kind.title).to_owned(), Type::CELL_MEDIUM, t.ink2))
            .push(arrow());
    }
    trail = trail
        .push(look.colored(desk.session.tag(&case.row.department).to_owned(), Type::CELL_STRONG, t.ink2))
        .push(look.colored(case.row.number.clone(), Type::CELL, t.ink2))
        .push(gap().width(Length::Fill))
        .push(age(scene, page));
    let sum = page.readiness(&desk.pending).unwrap_or(case.row.readiness);
    let column = sum.column(case.row.phase);
    let title = words::say(look.texts, &case.row.title).to_owned();
    let mut line = row![
        container(ellipsis(title, Type::NAME).color(t.ink)).max_width(620.0),
        badge(look, words::shown_column(column), None),
        look.colored(deadline(look, case), Type::CELL, t.ink2),
        gap().width(Length::Fill),
    ]
    .spacing(space::S12)
    .align_y(Alignment::Center);
    if look.is_wide() {
        line = line.push(steps(look, case, sum));
    }
    surface(t.surface, container(column![trail, line].spacing(space::S8)).padding([space::S10, space::S16]))
        .width(Length::Fill)
        .into()
}

/// How old what is shown is, when asking again failed.
fn age<'a>(scene: Scene<'a>, page: &'a CasePage) -> Element<'a, Message> {
    let look = scene.look;
    match (page.view.trouble(), page.view.as_of()) {
        (Some(_), Some(at)) => {
            let time = look.texts.time(at.to_zoned(scene.desk.tz().clone()).time());
            let words = look.with("case-shown-as-at", &[("time", time.into())]);
            row![
                glyph(Glyph::NotAnswering, 14.0, look.tokens.wait),
                look.colored(words, Type::LABEL_MEDIUM, look.tokens.wait)
            ]
            .spacing(space::S6)
            .align_y(Alignment::Center)
            .into()
        }
        _ => gap().width(0.0).into(),
    }
}

fn deadline(look: &Look<'_>, case: &CaseView) -> String {
    let responsible = case.row.responsible.clone().unwrap_or_else(|| look.t("case-nobody"));
    match case.row.deadline {
        Some(date) => {
            let today = look.now.date();
            let days = i64::from((date - today).get_days());
            let id = if days < 0 { "case-deadline-past" } else { "case-deadline" };
            look.with(
                id,
                &[
                    ("date", look.texts.day_month(date).into()),
                    ("days", days.abs().into()),
                    ("responsible", responsible.into()),
                ],
            )
        }
        None => look.with("case-no-deadline", &[("responsible", responsible.into())]),
    }
}

/// Received, documents, attendance, decision, issued.
fn steps<'a>(look: &Look<'_>, case: &CaseView, sum: Readiness) -> Element<'a, Message> {
    let decided = matches!(case.row.phase, Phase::Decided | Phase::Executed | Phase::Closed);
    let issued = matches!(case.row.phase, Phase::Executed | Phase::Closed);
    let attends = case.attendance_minutes.is_some();
    let mut stages = vec![("step-received", true), ("step-documents", decided || sum.ready_for_attendance())];
    if attends {
        stages.push(("step-attendance", decided || sum.ready_for_decision()));
    }
    stages.push(("step-decision", decided));
    stages.push(("step-issued", issued));
    let current = stages.iter().position(|(_, done)| !done);
    let t = look.tokens;
    let mut line = row![].spacing(space::S8).align_y(Alignment::Center);
    for (at, (id, done)) in stages.iter().enumerate() {
        if at > 0 {
            let color = if *done { t.ok } else { t.line };
            line = line.push(surface(color, gap().width(14.0).height(2.0)));
        }
        let is_current = current == Some(at);
        let mark: Element<'a, Message> = if *done {
            glyph(Glyph::Approved, 20.0, t.ok)
        } else {
            let (ground, edge, ink) =
                if is_current { (t.accent, t.accent, t.on_accent) } else { (t.surface, t.edge, t.ink2) };
            container(look.colored((at + 1).to_string(), Type::LABEL_STRONG, ink))
                .center_x(20.0)
                .center_y(20.0)
                .style(move |_| plate(ground, edge, radius::CHIP))
                .into()
        };
        let style = if is_current { Type::CELL_STRONG } else { Type::CELL };
        let ink = if *done || is_current { t.ink } else { t.ink2 };
        line =
            line.push(row![mark, look.colored(look.t(id), style, ink)].spacing(space::S6).align_y(Alignment::Center));
    }
    line.into()
}
