//! The sheet that lifts a case to a newer version of its procedure: what differs, line by line. What does not live here: comparing (the
//! server).

use iced::widget::{Column, column, row};
use iced::{Alignment, Length};
use skranke_api::casework::LiftDifference;
use skranke_desk::Load;
use skranke_desk::case::work::{LiftSheet, WorkInput};

use super::{Message, Parts, of, stack};
use crate::assets::Icon;
use crate::screens::words::pick;
use crate::screens::{Scene, sentence};
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::{Element, icon, skeleton_line};

pub(super) fn view<'a>(scene: Scene<'a>, sheet: &'a LiftSheet) -> Parts<'a> {
    let look = scene.look;
    let mut parts: Vec<Element<'a, Message>> = Vec::new();
    match (&sheet.lift, sheet.lift.value()) {
        (_, Some(lift)) => {
            let args = [("from", i64::from(lift.from).into()), ("to", i64::from(lift.to).into())];
            parts.push(look.body(look.with("work-lift-from-to", &args)).into());
            if lift.differences.is_empty() {
                parts.push(look.second(look.t("work-lift-same")).into());
            }
            let lines = lift.differences.iter().map(|one| difference(look, one));
            parts.push(Column::with_children(lines).spacing(space::S8).into());
            parts.push(look.second(look.t("work-lift-then")).into());
        }
        (Load::Failed { error, .. }, None) => parts.push(sentence::failed(look, error, of(WorkInput::LiftAgain))),
        (_, None) => parts.push(skeleton_line(look, 0.6, 12.0)),
    }
    (look.t("work-lift"), look.t("work-lift-verb"), stack(parts))
}

fn difference<'a>(look: &Look<'_>, one: &LiftDifference) -> Element<'a, Message> {
    let t = look.tokens;
    let (picture, label, what) = match one {
        LiftDifference::Added { label, applies } => {
            let what = match applies {
                Some(true) => "work-lift-added",
                Some(false) => "work-lift-added-not",
                None => "work-lift-added-unknown",
            };
            (Icon::Plus, label, look.t(what))
        }
        LiftDifference::Removed { label } => (Icon::Minus, label, look.t("work-lift-removed")),
        LiftDifference::Changed { label, parts, settled } => {
            let parts: Vec<String> = parts.iter().map(|part| look.t(part_word(part))).collect();
            let id = if *settled { "work-lift-changed-settled" } else { "work-lift-changed" };
            (Icon::Pencil, label, look.with(id, &[("parts", parts.join(", ").into())]))
        }
    };
    row![
        icon(picture, 16.0, t.ink2),
        column![look.colored(pick(look.texts, label).to_owned(), Type::TITLE, t.ink), look.second(what)]
            .width(Length::Fill)
    ]
    .spacing(space::S8)
    .align_y(Alignment::Start)
    .into()
}

fn part_word(part: &str) -> &'static str {
    match part {
        "label" => "work-lift-part-label",
        "evidence" => "work-lift-part-evidence",
        "when" => "work-lift-part-when",
        "due" => "work-lift-part-due",
        "supplied_by" => "work-lift-part-supplied-by",
        "citizen_text" => "work-lift-part-citizen-text",
        _ => "work-lift-part-other",
    }
}
