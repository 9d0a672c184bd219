//! The sheet for a case's course: rest it, go on with it, give it more time. What does not live here: what was typed (the desk's).

use iced::Length;
use iced::widget::{column, row};
use skranke_desk::case::work::course::CourseStep;
use skranke_desk::case::work::{CaseFacing, CourseInput, CourseSheet, Trouble, WorkInput};

use super::{Message, Parts, SHEET, of, radios, stack, text_error, trouble_words};
use crate::focus::FocusId;
use crate::screens::{Key, Scene};
use crate::theme::Type;
use crate::theme::scale::space;
use crate::widget::{Element, Prose, field, prose};

/// The field for the reason.
pub(super) const REASON: FocusId = FocusId::new("case/sheet/course/reason");
const UNTIL: FocusId = FocusId::new("case/sheet/course/until");
const DAY: f32 = 180.0;

pub(super) fn keys() -> Vec<Key<Message>> {
    vec![Key::in_place("Alt A", "work-key-course", of(WorkInput::Course(CourseInput::Next)))]
}

const fn word(step: CourseStep) -> &'static str {
    match step {
        CourseStep::Rest => "work-rest",
        CourseStep::Resume => "work-resume",
        CourseStep::Extend => "work-extend",
    }
}

pub(super) fn view<'a>(scene: Scene<'a>, facing: CaseFacing<'a>, sheet: &'a CourseSheet) -> Parts<'a> {
    let look = scene.look;
    let case = &facing.view.value;
    let course = |input| of(WorkInput::Course(input));
    let mut parts: Vec<Element<'a, Message>> = Vec::new();
    let steps =
        sheet.steps.iter().map(|step| (look.t(word(*step)), *step == sheet.step, course(CourseInput::Choose(*step))));
    parts.push(radios(look, (SHEET.child("step"), look.t("work-course-what")), steps));
    if let Some(rest) = &case.suspension {
        let since = look.texts.day_month(rest.since);
        let words = look.with("work-rests", &[("since", since.into()), ("reason", rest.reason.clone().into())]);
        parts.push(look.second(words).into());
    }
    if let Some(deadline) = case.row.deadline {
        let day = look.texts.day_month_year(deadline);
        parts.push(look.second(look.with("work-deadline-now", &[("day", day.into())])).into());
    }
    let means = match sheet.step {
        CourseStep::Rest => "work-rest-means",
        CourseStep::Resume => "work-resume-means",
        CourseStep::Extend => "work-extend-means",
    };
    parts.push(look.colored(look.t(means), Type::CELL, look.tokens.ink2).into());
    if sheet.step != CourseStep::Resume {
        let error = match facing.page.work.trouble {
            Some(trouble @ (Trouble::Day(_) | Trouble::TooEarly)) => Some(trouble_words(look.texts, trouble)),
            _ => None,
        };
        let label = if sheet.step == CourseStep::Rest { "work-rest-until" } else { "work-extend-until" };
        let until: Element<'a, Message> = field(look, UNTIL, look.t(label), sheet.until.clone())
            .labelled()
            .hint(look.t("sheet-day-hint"))
            .width(DAY)
            .error(error)
            .on_input(move |day| course(CourseInput::Until(day)))
            .build();
        let understood = match sheet.day(look.now.date()) {
            Ok(Some(day)) => format!("{} {}", look.texts.weekday_long(day), look.texts.day_month_year(day)),
            Ok(None) => look.t("work-rest-open-end"),
            Err(_) => String::new(),
        };
        parts.push(column![row![until].width(Length::Fill), look.second(understood)].spacing(space::S4).into());
        parts.push(prose(
            look,
            Prose {
                id: REASON,
                name: look.t("work-course-reason"),
                hint: look.t("work-course-reason-hint"),
                value: sheet.reason.clone(),
                error: text_error(look, facing.page),
                lines: 3,
                on_input: Box::new(move |text| course(CourseInput::Reason(text))),
            },
        ));
    }
    (look.t("work-course"), look.t(word(sheet.step)), stack(parts))
}
