//! What the palette says in words: how many were found, why nobody was, what to try. What does not live here: the rows.

use skranke_api::citizens::QueryKind;
use skranke_desk::finder::{Finder, Reading, Wanted};
use skranke_domain::cpr::CprError;

use super::rows::is_offline;
use super::{Message, Scene};
use crate::screens::sentence;
use crate::theme::Look;
use crate::widget::{Element, field::field_error};

/// How many were found, and how fast; empty where nothing was asked.
pub fn tally(scene: Scene<'_>, finder: &Finder) -> String {
    let look = scene.look;
    let asked = matches!(finder.reading, Reading::Search(_) | Reading::Colleague(_));
    if !asked || finder.trouble().is_some() || finder.purpose().is_none() || is_offline(scene.desk) {
        return String::new();
    }
    if finder.is_waiting() && finder.hits().is_empty() {
        return look.t("palette-searching");
    }
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    if let Some(Ok(colleagues)) = &finder.colleagues {
        return look.with("palette-tally-colleagues", &[("count", number(colleagues.len()).into())]);
    }
    let answers = || finder.found.iter().filter_map(|f| f.answer.as_ref()?.as_ref().ok());
    let slowest = answers().map(|answer| answer.took_us).max().unwrap_or(0);
    let more = answers().any(|answer| answer.more);
    let id = if more { "palette-tally-more" } else { "palette-tally" };
    let ms = i64::try_from(slowest.div_ceil(1000)).unwrap_or(i64::MAX);
    look.with(id, &[("count", number(finder.hits().len()).into()), ("ms", ms.into())])
}

/// What is said above the rows, or in their place: why nothing was searched, why nobody was found, what went wrong.
pub fn sentences<'a>(scene: Scene<'_>, finder: &Finder) -> Vec<Element<'a, Message>> {
    let look = scene.look;
    let quiet = |words: String| -> Element<'a, Message> { look.second(words).into() };
    let offline = is_offline(scene.desk);
    let mut lines = Vec::new();
    match &finder.reading {
        Reading::Command(_) => return lines,
        _ if offline || finder.is_kept() => lines.push(field_error(look, look.t("palette-kept"))),
        _ => {}
    }
    match &finder.reading {
        Reading::PartialCpr { digits } => {
            let missing = i64::try_from(10usize.saturating_sub(*digits)).unwrap_or(0);
            lines.push(quiet(look.with("palette-cpr-partial", &[("missing", missing.into())])));
        }
        Reading::WrongCpr(error) => lines.push(field_error(look, wrong_cpr(look, error))),
        Reading::DateAlone(day) => {
            let date = look.texts.day_month_year(*day);
            lines.push(quiet(look.with("palette-date-alone", &[("date", date.into())])));
        }
        Reading::Search(_) if finder.purpose().is_none() => lines.push(quiet(look.t("palette-needs-note"))),
        Reading::Search(searches) => {
            let kept = finder.is_kept() && finder.hits().is_empty() && !finder.is_waiting();
            if kept {
                lines.push(quiet(look.t("palette-kept-none")));
            }
            let none =
                !offline && !kept && finder.hits().is_empty() && !finder.is_waiting() && !finder.found.is_empty();
            if none && finder.trouble().is_none() {
                lines.push(quiet(nobody(look, searches)));
                lines.push(quiet(look.t(suggestion(searches))));
            }
        }
        Reading::Colleague(_) => {
            if matches!(&finder.colleagues, Some(Ok(found)) if found.is_empty()) {
                lines.push(quiet(look.t("palette-none-colleague")));
            }
        }
        Reading::Nothing if finder.typed.trim().is_empty() => {
            if !offline {
                lines.push(quiet(look.t("palette-empty")));
            }
        }
        Reading::Nothing => lines.push(quiet(look.t("palette-type-on"))),
        Reading::Command(_) => {}
    }
    // That the line is down is said already.
    if let Some(error) = finder.trouble().filter(|_| !offline) {
        lines.push(field_error(look, sentence::sentence(look, error)));
    }
    lines
}

fn wrong_cpr(look: &Look<'_>, error: &CprError) -> String {
    match error {
        CprError::Length { digits } => {
            let digits = i64::try_from(*digits).unwrap_or(0);
            look.with("palette-cpr-length", &[("digits", digits.into())])
        }
        CprError::NotDigits => look.t("palette-cpr-not-digits"),
        CprError::NoSuchDate => look.t("palette-cpr-no-date"),
    }
}

/// That nobody was found, and where was looked.
fn nobody(look: &Look<'_>, searches: &[Wanted]) -> String {
    let names = searches.iter().any(|wanted| wanted.kind == QueryKind::Name);
    let born = searches.iter().rev().find_map(|wanted| wanted.born);
    let Some(first) = searches.first() else { return String::new() };
    let words = || [("words", first.words.clone().into())];
    match (first.kind, born) {
        (QueryKind::Name | QueryKind::Address, Some(day)) => {
            let date = look.texts.day_month_year(day);
            look.with("palette-none-born", &[("words", first.words.clone().into()), ("date", date.into())])
        }
        (QueryKind::Name | QueryKind::Address, None) if names => look.with("palette-none-name", &words()),
        (QueryKind::Name | QueryKind::Address, None) => look.with("palette-none-address", &words()),
        (QueryKind::Cpr, _) => look.t("palette-none-cpr"),
        (QueryKind::Phone, _) => look.with("palette-none-phone", &words()),
        (QueryKind::Email, _) => look.with("palette-none-email", &words()),
        (QueryKind::CaseNumber, _) => look.with("palette-none-case", &words()),
    }
}

/// The Fluent id of what to try next.
fn suggestion(searches: &[Wanted]) -> &'static str {
    match searches.first().map(|wanted| wanted.kind) {
        Some(QueryKind::Name | QueryKind::Address) if searches.iter().any(|wanted| wanted.born.is_some()) => {
            "palette-try-born"
        }
        Some(QueryKind::Name | QueryKind::Address) => "palette-try-name",
        Some(QueryKind::Cpr) => "palette-try-cpr",
        _ => "palette-try-other",
    }
}
