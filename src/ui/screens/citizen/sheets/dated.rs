//! What a sheet says beside a typed day: which day was understood, and what is wrong with one that was not. What does not live here: reading
//! it (the desk's `dates`).

use iced::widget::{container, text::Wrapping};
use iced::{Alignment, Padding};
use jiff::civil::Date;
use skranke_desk::dates::DateProblem;

use crate::theme::scale::{height, space};
use crate::theme::{Look, Type};
use crate::widget::Element;

/// How tall a labelled field is, in logical pixels.
const LINE: f32 = Type::LABEL.line + space::S2 + height::CONTROL;

/// The sentence about a day that was not understood.
pub(crate) fn problem(look: &Look<'_>, problem: DateProblem) -> String {
    look.t(match problem {
        DateProblem::Empty => "date-empty",
        DateProblem::NotADate => "date-not-a-date",
        DateProblem::NoSuchDay => "date-no-such-day",
    })
}

/// The day that was understood, beside its field: "= Tue 9 Jun".
pub(crate) fn understood<'a, M: 'a>(look: &Look<'_>, day: Option<Date>, today: Date) -> Element<'a, M> {
    let words = day.map(|day| {
        let said = if day == today { look.texts.near_day(day, today) } else { look.texts.weekday_day_month(day) };
        let said = if day.year() == today.year() { said } else { format!("{said} {}", day.year()) };
        look.with("date-understood", &[("day", said.into())])
    });
    beside(look.colored(words.unwrap_or_default(), Type::CELL, look.tokens.ink2).wrapping(Wrapping::None))
}

/// A line of words beside a labelled field, at the height of what is typed in it.
pub(crate) fn beside<'a, M: 'a>(words: impl Into<Element<'a, M>>) -> Element<'a, M> {
    container(words)
        .height(LINE)
        .align_y(Alignment::End)
        .padding(Padding::ZERO.bottom((height::CONTROL - Type::CELL.line) / 2.0))
        .into()
}
