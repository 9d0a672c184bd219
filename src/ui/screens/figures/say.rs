//! The sentence that leads the figures: what matters most of the period, in words, its numbers standing out. What does not live here: the
//! numbers themselves.

use iced::widget::{Row, row};
use skranke_api::statistics::Statistics;
use skranke_domain::appointment::RebookCause;
use skranke_domain::figures::Cell;

use super::{Message, words};
use crate::theme::{Look, Type, Weight};
use crate::widget::Element;

/// The room between two words.
const BETWEEN: f32 = 5.5;

/// What the sentence says; words between asterisks stand out.
pub(super) fn said(look: &Look<'_>, figures: &Statistics) -> String {
    if figures.visits.now == (Cell::Count { count: 0 }) && figures.calls.count == 0 {
        return look.t("figures-nobody");
    }
    let parts = [rebooked(look, figures), paper(look, figures), waited(look, figures)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn rebooked(look: &Look<'_>, figures: &Statistics) -> Option<String> {
    let period = words::within(look, words::period(figures)?);
    let all = figures.rebooked.all;
    let id = match (all.count, all.or_more) {
        (_, true) if all.count > 0 => "figures-say-rebooked-more",
        // Nothing but what is hidden: no number can be said.
        (_, true) => return None,
        (0, false) => "figures-say-rebooked-nobody",
        (1, false) => "figures-say-rebooked-one",
        (_, false) => "figures-say-rebooked",
    };
    let known: Vec<(&str, crate::i18n::Arg<'_>)> = match id {
        "figures-say-rebooked-nobody" | "figures-say-rebooked-one" => vec![("period", period.into())],
        _ => vec![("period", period.into()), ("count", all.count.into())],
    };
    Some(look.with(id, &known))
}

fn paper(look: &Look<'_>, figures: &Statistics) -> Option<String> {
    let line = figures.rebooked.causes.iter().find(|line| line.cause == RebookCause::PaperMissing)?;
    let count = line.count.now.count()?;
    let before = line.count.before.and_then(Cell::count).zip(words::before(figures));
    let Some((earlier, period)) = before else {
        return (count > 0).then(|| look.with("figures-say-paper", &[("count", count.into())]));
    };
    let period = words::within(look, period);
    let id = match count.cmp(&earlier) {
        std::cmp::Ordering::Less => "figures-say-paper-down",
        std::cmp::Ordering::Greater => "figures-say-paper-up",
        std::cmp::Ordering::Equal => {
            return Some(look.with("figures-say-paper-same", &[("count", count.into()), ("period", period.into())]));
        }
    };
    Some(look.with(id, &[("count", count.into()), ("before", earlier.into()), ("period", period.into())]))
}

fn waited(look: &Look<'_>, figures: &Statistics) -> Option<String> {
    let minutes = u32::from(figures.waiting.minutes.median?);
    let Some(long) = figures.waiting.long.filter(|long| *long > 0) else {
        return Some(look.with("figures-say-waited", &[("minutes", minutes.into())]));
    };
    let args =
        [("minutes", minutes.into()), ("count", long.into()), ("long", u32::from(figures.aims.long_minutes).into())];
    Some(look.with("figures-say-waited-long", &args))
}

/// The sentence, broken where the window ends.
pub(super) fn sentence<'a>(look: &Look<'_>, said: &str) -> Element<'a, Message> {
    let mut bold = false;
    let mut all: Vec<Element<'a, Message>> = Vec::new();
    for word in said.split(' ') {
        // A word may change its weight inside: "minutes*;".
        let mut parts = row![];
        for (at, part) in word.split('*').enumerate() {
            bold ^= at > 0;
            if !part.is_empty() {
                let weight = if bold { Weight::Semibold } else { Weight::Regular };
                parts = parts.push(look.colored(part.to_owned(), Type::LEAD.weight(weight), look.tokens.ink));
            }
        }
        all.push(parts.into());
    }
    Row::with_children(all).spacing(BETWEEN).wrap().vertical_spacing(0.0).into()
}
