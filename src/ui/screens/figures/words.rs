//! How the figures are said: periods, counts, causes, channels. What does not live here: what is shown where.

use skranke_api::statistics::{Against, Statistics};
use skranke_domain::appointment::RebookCause;
use skranke_domain::contact::Channel;
use skranke_domain::figures::{Cell, Period, PeriodKind, Sum, week_number};

use crate::theme::Look;

/// A count, grouped.
pub(super) fn number(look: &Look<'_>, count: u32) -> String {
    look.texts.number(i64::from(count))
}

/// A count as it may be shown.
pub(super) fn cell(look: &Look<'_>, cell: Cell) -> String {
    cell.count().map_or_else(|| "<5".to_owned(), |count| number(look, count))
}

/// A sum as it may be shown: "903+" where something hidden is missing in it.
pub(super) fn sum(look: &Look<'_>, sum: Sum) -> String {
    let count = number(look, sum.count);
    if sum.or_more { format!("{count}+") } else { count }
}

/// A share, or a dash where it would tell of too few.
pub(super) fn percent(look: &Look<'_>, percent: Option<u8>) -> String {
    percent.map_or_else(|| "–".to_owned(), |p| look.with("figures-percent", &[("percent", u32::from(p).into())]))
}

/// Minutes, or a dash.
pub(super) fn minutes(minutes: Option<u16>) -> String {
    minutes.map_or_else(|| "–".to_owned(), |m| m.to_string())
}

fn quarter(period: Period) -> u32 {
    // A month: 1 to 12.
    u32::from((period.from().month().unsigned_abs() - 1) / 3 + 1)
}

fn month_name(look: &Look<'_>, period: Period) -> String {
    look.with("figures-month-name", &[("month", format!("m{}", period.from().month()).into())])
}

fn week(period: Period) -> String {
    week_number(period.from()).to_string()
}

/// A period as its chip says it: "May 2026".
pub(super) fn chip(look: &Look<'_>, period: Period) -> String {
    let year = period.from().year().to_string();
    match period.kind() {
        PeriodKind::Month => look.texts.month_year(period.from()),
        PeriodKind::Week => {
            let iso = period.from().iso_week_date().year().to_string();
            look.with("figures-week-of", &[("week", week(period).into()), ("year", iso.into())])
        }
        PeriodKind::Quarter => {
            look.with("figures-quarter-of", &[("quarter", quarter(period).into()), ("year", year.into())])
        }
    }
}

/// A period within a sentence, without its year: "May", "week 22".
pub(super) fn within(look: &Look<'_>, period: Period) -> String {
    match period.kind() {
        PeriodKind::Month => month_name(look, period),
        PeriodKind::Week => look.with("figures-in-week", &[("week", week(period).into())]),
        PeriodKind::Quarter => look.with("figures-in-quarter", &[("quarter", quarter(period).into())]),
    }
}

/// The period of figures.
pub(super) fn period(figures: &Statistics) -> Option<Period> {
    Period::between(figures.from, figures.to)
}

/// The period that figures are compared with, where they can be.
pub(super) fn before(figures: &Statistics) -> Option<Period> {
    let Against { from, to, complete } = figures.against?;
    complete.then(|| Period::between(from, to)).flatten()
}

/// The Fluent id of a cause.
pub(super) const fn cause(cause: RebookCause) -> &'static str {
    match cause {
        RebookCause::OwnWish => "figures-cause-own-wish",
        RebookCause::PaperMissing => "figures-cause-paper-missing",
        RebookCause::NoInterpreter => "figures-cause-no-interpreter",
        RebookCause::WeCancelled => "figures-cause-we-cancelled",
        RebookCause::WrongCounter => "figures-cause-wrong-counter",
        RebookCause::Missed => "figures-cause-missed",
    }
}

/// The Fluent id of a channel.
pub(super) const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Counter => "figures-channel-counter",
        Channel::Phone => "figures-channel-phone",
        Channel::DigitalPost => "figures-channel-digital-post",
        Channel::SelfService => "figures-channel-self-service",
        Channel::Letter => "figures-channel-letter",
        Channel::Email => "figures-channel-email",
        Channel::Sms => "figures-channel-sms",
    }
}
