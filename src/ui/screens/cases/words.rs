//! What a case is said to be on the board: state, age, deadline, what is missing, what happens next. What does not live here: how it is
//! drawn (see `card` and `table`).

use jiff::civil::Date;
use skranke_api::board::{AGES, BoardRow};
use skranke_domain::case::{Column, NextStep};

use crate::assets::Glyph;
use crate::i18n::Texts;
use crate::screens::Scene;
use crate::screens::case::words::shown_column;
use crate::screens::words::{day_within, pick};
use crate::theme::Look;
use crate::widget::{ShownState, Tone};

/// So many days before its deadline a case is shown as pressing.
const NEAR: i64 = 3;

/// The heat of the four ages.
pub(super) const HEAT: [usize; 4] = [1, 2, 3, 5];

/// A short text, how pressing it is, and its shape.
pub(super) struct Said {
    pub words: String,
    pub tone: Option<Tone>,
    pub glyph: Option<Glyph>,
}

impl Said {
    const fn plain(words: String) -> Self {
        Self { words, tone: None, glyph: None }
    }

    const fn toned(words: String, tone: Tone) -> Self {
        Self { words, tone: Some(tone), glyph: None }
    }

    const fn shaped(words: String, tone: Tone, glyph: Glyph) -> Self {
        Self { words, tone: Some(tone), glyph: Some(glyph) }
    }
}

pub(super) fn title<'c>(texts: &Texts, row: &'c BoardRow) -> &'c str {
    pick(texts, &row.case.title)
}

pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// How old a case is, in days.
pub(super) fn age(look: &Look<'_>, row: &BoardRow) -> i64 {
    days_between(row.received, look.now.date()).max(0)
}

/// The name of an age, as the legend has it.
pub(super) fn age_word(look: &Look<'_>, at: usize) -> String {
    match at {
        0 => format!("0–{}", AGES[0]),
        at if at < AGES.len() => format!("{}–{}", AGES[at - 1] + 1, AGES[at]),
        _ => look.with("cases-age-over", &[("days", AGES[2].into())]),
    }
}

pub(super) fn is_late(look: &Look<'_>, row: &BoardRow) -> bool {
    row.case.column != Column::Closed && !row.suspended && row.case.deadline.is_some_and(|day| day < look.now.date())
}

/// Its state as a line of the table says it.
pub(super) fn state(look: &Look<'_>, row: &BoardRow) -> ShownState {
    if is_late(look, row) { ShownState::PastDeadline } else { shown_column(row.case.column) }
}

/// "K. T. Wrona": a card has little room.
pub(super) fn short_name(name: &str) -> String {
    let mut parts: Vec<&str> = name.split_whitespace().collect();
    let Some(last) = parts.pop() else { return String::new() };
    let mut short = String::new();
    for part in parts {
        short.extend(part.chars().next());
        short.push_str(". ");
    }
    short + last
}

fn open(row: &BoardRow) -> i64 {
    i64::from(row.case.readiness.open_before_visit) + i64::from(row.case.readiness.open_at_visit)
}

/// What is missing: the first paper, and the rest of it.
pub(super) fn missing(look: &Look<'_>, row: &BoardRow) -> Option<(String, Option<String>)> {
    if row.case.column == Column::Closed {
        return None;
    }
    let open = open(row);
    match (row.case.missing.as_slice(), open) {
        ([], 0) => None,
        ([], open) => Some((look.with("cases-missing-count", &[("count", open.into())]), None)),
        ([first], ..=1) => Some((pick(look.texts, first).to_owned(), None)),
        ([first, second], ..=2) => {
            let second = pick(look.texts, second);
            let mut letters = second.chars();
            // In a list the second begins small, unless it is an abbreviation.
            let small = second.chars().nth(1).is_some_and(char::is_lowercase);
            let second: String = match (small, letters.next()) {
                (true, Some(first)) => first.to_lowercase().chain(letters).collect(),
                _ => second.to_owned(),
            };
            Some((format!("{}, {second}", pick(look.texts, first)), None))
        }
        ([first, ..], open) => {
            let more = look.with("cases-missing-more", &[("count", (open - 1).max(1).into())]);
            Some((pick(look.texts, first).to_owned(), Some(more)))
        }
    }
}

fn whole_missing(look: &Look<'_>, row: &BoardRow) -> Option<String> {
    missing(look, row).map(|(first, more)| format!("{first}{}", more.unwrap_or_default()))
}

/// When a case is attended, as a column says it: "Today 10:20", "Wed 11:00".
fn attended(scene: Scene<'_>, row: &BoardRow) -> Option<String> {
    let look = scene.look;
    let at = row.case.attendance?.to_zoned(scene.desk.tz().clone());
    let (day, today) = (at.date(), look.now.date());
    let within_week = (2..7).contains(&days_between(today, day));
    let day = if within_week { look.texts.weekday(day) } else { look.texts.near_day(day, today) };
    Some(format!("{day} {}", look.texts.time(at.time())))
}

/// What stands at the right of a card: when it is attended, by when it must be done, since when it is closed.
pub(super) fn when(scene: Scene<'_>, row: &BoardRow) -> Option<Said> {
    let look = scene.look;
    let today = look.now.date();
    let case = &row.case;
    if case.column == Column::Closed {
        let day = case.changed.to_zoned(scene.desk.tz().clone()).date();
        return Some(Said::plain(look.texts.near_day(day, today)));
    }
    if case.column == Column::ReadyForAttendance {
        if let Some(at) = attended(scene, row) {
            return Some(Said::plain(at));
        }
        if case.next_step == NextStep::BookAttendance {
            return Some(Said::toned(look.t("cases-not-booked"), Tone::Wait));
        }
    }
    let day = case.deadline?;
    let left = days_between(today, day);
    Some(if is_late(look, row) {
        Said::toned(look.with("cases-days-late", &[("days", (-left).into())]), Tone::Alert)
    } else if left <= NEAR && !row.suspended {
        Said::toned(look.texts.near_day(day, today), Tone::Alert)
    } else {
        Said::plain(look.texts.near_day(day, today))
    })
}

/// The deadline as the table says it.
pub(super) fn deadline(scene: Scene<'_>, row: &BoardRow) -> Option<Said> {
    let look = scene.look;
    if row.case.column == Column::ReadyForAttendance
        && let Some(at) = attended(scene, row)
    {
        return Some(Said::plain(at));
    }
    let (today, day) = (look.now.date(), row.case.deadline?);
    let words = look.texts.near_day(day, today);
    let pressing = row.case.column != Column::Closed && !row.suspended && days_between(today, day) <= NEAR;
    Some(if pressing { Said::toned(words, Tone::Alert) } else { Said::plain(words) })
}

/// The line of a card that says how it stands; none where there is nothing to say beyond its column.
pub(super) fn line(scene: Scene<'_>, row: &BoardRow) -> Option<Said> {
    let look = scene.look;
    let case = &row.case;
    if row.suspended && case.column != Column::Closed {
        return Some(Said::shaped(look.t("cases-line-rests"), Tone::Idle, Glyph::Waiting));
    }
    match case.column {
        Column::Closed => Some(Said::shaped(look.t("state-closed"), Tone::Idle, Glyph::Closed)),
        Column::AwaitingCitizen => whole_missing(look, row)
            .map(|words| Said::shaped(words, Tone::Alert, Glyph::Missing))
            .or_else(|| late(look, row)),
        Column::InProgress => late(look, row)
            .or_else(|| {
                (case.readiness.to_check > 0).then(|| {
                    let count = [("count", i64::from(case.readiness.to_check).into())];
                    Said::shaped(look.with("cases-line-check", &count), Tone::Accent, Glyph::Received)
                })
            })
            .or_else(|| match case.next_step {
                NextStep::Decide => Some(Said::shaped(look.t("cases-step-decide"), Tone::Accent, Glyph::InProgress)),
                NextStep::Issue => Some(Said::shaped(look.t("cases-step-issue"), Tone::Accent, Glyph::InProgress)),
                _ => None,
            }),
        Column::ReadyForAttendance if case.attendance.is_none() && case.next_step == NextStep::BookAttendance => {
            Some(Said::shaped(look.t("cases-line-no-time"), Tone::Alert, Glyph::Overdue))
        }
        Column::ReadyForAttendance => {
            let args = [
                ("settled", i64::from(case.readiness.settled).into()),
                ("all", i64::from(case.readiness.applicable).into()),
            ];
            Some(Said::shaped(look.with("cases-line-approved", &args), Tone::Ok, Glyph::Approved))
        }
    }
}

fn late(look: &Look<'_>, row: &BoardRow) -> Option<Said> {
    is_late(look, row).then(|| Said::shaped(look.t("state-past-deadline"), Tone::Alert, Glyph::Overdue))
}

/// What happens next, with its day where it has one.
pub(super) fn step(scene: Scene<'_>, row: &BoardRow) -> Option<String> {
    let look = scene.look;
    let today = look.now.date();
    let dated = |id: &str, day: Date| look.with(id, &[("day", day_within(look.texts, day, today).into())]);
    if row.suspended && row.case.column != Column::Closed {
        return Some(look.t("cases-line-rests"));
    }
    Some(match (row.case.next_step, row.case.attendance) {
        (NextStep::Attendance, Some(at)) => {
            let at = at.to_zoned(scene.desk.tz().clone());
            if at.date() == today {
                look.with("cases-step-attendance-today", &[("time", look.texts.time(at.time()).into())])
            } else {
                look.t("cases-step-attendance")
            }
        }
        (NextStep::Attendance, None) => look.t("cases-step-attendance"),
        (NextStep::CitizenSendsPapers, _) => match (row.reminder, row.asked) {
            (Some(day), _) if day > today => dated("cases-step-reminder", day),
            (_, Some(day)) => dated("cases-step-asked", day),
            _ => look.t("cases-step-citizen-sends"),
        },
        (NextStep::CheckPapers, _) => look.with("cases-step-check", &[("count", row.case.readiness.to_check.into())]),
        (NextStep::BookAttendance, _) => look.t("cases-step-book"),
        (NextStep::Decide, _) => look.t("cases-step-decide"),
        (NextStep::Issue, _) => look.t("cases-step-issue"),
        (NextStep::None, _) => return None,
    })
}

/// The kind of life situation.
pub(super) fn situation(scene: Scene<'_>, row: &BoardRow) -> Option<String> {
    let kind = scene.desk.session.situations.get(row.situation_kind.as_ref()?)?;
    Some(pick(scene.look.texts, &kind.title).to_owned())
}

/// What a screen reader says of a case.
pub(super) fn name(scene: Scene<'_>, row: &BoardRow) -> String {
    let Scene { look, desk } = scene;
    let case = &row.case;
    let deadline = case
        .deadline
        .map(|day| look.with("cases-deadline-name", &[("day", day_within(look.texts, day, look.now.date()).into())]));
    let missing = whole_missing(look, row).map(|papers| look.with("cases-missing-name", &[("papers", papers.into())]));
    let parts = [
        Some(title(look.texts, row).to_owned()),
        Some(row.citizen_name.clone()),
        Some(case.number.clone()),
        Some(desk.session.tag(&case.department).to_owned()),
        Some(look.t(state(look, row).word_key())),
        Some(look.with("cases-age-name", &[("days", age(look, row).into())])),
        deadline,
        missing,
        step(scene, row),
        case.responsible.as_ref().map(|who| look.with("cases-responsible-name", &[("name", who.clone().into())])),
        desk.pending.touches_case(case.id).then(|| look.t("state-unsent-short")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_says_the_surname_whole_and_the_rest_by_letters() {
        assert_eq!(short_name("Kalina Teresa Wrona"), "K. T. Wrona");
        assert_eq!(short_name("Wrona"), "Wrona");
        assert_eq!(short_name("Åse Ømark"), "Å. Ømark");
        assert_eq!(short_name(""), "");
    }
}
