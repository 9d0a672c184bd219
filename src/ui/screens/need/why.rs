//! Why something is not allowed, naming the authority that is missing. What does not live here: finding out which (the desk's).

use jiff::civil::Date;
use skranke_api::cases::CaseView;
use skranke_desk::Desk;
use skranke_desk::rights::{Lacks, lacks};
use skranke_domain::authority::Level;
use skranke_domain::case::Phase;

use crate::i18n::Texts;
use crate::screens::palette::role_word;

/// The word of a level.
pub(crate) const fn level_word(level: Level) -> &'static str {
    match level {
        Level::Guidance => "level-guidance",
        Level::RuleBased => "level-rule-based",
        Level::Judgement => "level-judgement",
    }
}

/// What one of her authorities would have to be like to act on a case as deep as `needs`; none where hers are, and something else stands in the way.
#[must_use]
pub fn missing(desk: &Desk, texts: &Texts, (case, needs): (&CaseView, Level), today: Date) -> Option<String> {
    let me = desk.session.me.value()?;
    let (department, procedure) = (&case.row.department, &case.row.procedure);
    let tag = || desk.session.tag(department).to_owned();
    let day = |day: Date| texts.day_month_year(day);
    Some(match lacks(me, (department, procedure), needs, today)? {
        Lacks::Role => texts.with("lacks-role", &[("role", texts.t(role_word(me.role)).into())]),
        Lacks::Department => texts.with("lacks-department", &[("department", tag().into())]),
        Lacks::Task => texts.with("lacks-task", &[("department", tag().into())]),
        Lacks::Level { has, needs } => texts.with(
            "lacks-level",
            &[
                ("department", tag().into()),
                ("has", texts.t(level_word(has)).into()),
                ("needs", texts.t(level_word(needs)).into()),
            ],
        ),
        Lacks::Expired(until) => {
            texts.with("lacks-expired", &[("department", tag().into()), ("day", day(until).into())])
        }
        Lacks::Begins(from) => texts.with("lacks-begins", &[("department", tag().into()), ("day", day(from).into())]),
    })
}

/// What is to be done with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Judge its papers.
    Judge,
    /// Ask and write in it.
    Work,
    /// Assign it, change its course.
    Steer,
    /// Bring papers to it.
    Bring,
    /// Decide it.
    Decide,
}

impl Right {
    /// As deep as it takes, of a case that is decided at `level`.
    fn needs(self, level: Level) -> Level {
        match self {
            Self::Judge | Self::Steer => level.min(Level::RuleBased),
            Self::Work | Self::Bring => Level::Guidance,
            Self::Decide => level,
        }
    }

    /// What is said where no authority of hers explains it.
    const fn word(self) -> &'static str {
        match self {
            Self::Judge => "case-may-not-judge",
            Self::Work => "case-may-not-work",
            Self::Steer => "case-may-not-steer",
            Self::Bring => "pane-may-not-bring",
            Self::Decide => "decision-refused-level",
        }
    }
}

/// Why she may not do that with a case.
#[must_use]
pub fn may_not(desk: &Desk, texts: &Texts, (case, right): (&CaseView, Right), today: Option<Date>) -> String {
    if case.row.phase == Phase::Closed {
        return texts.t("case-is-closed");
    }
    let lacks = today.and_then(|today| missing(desk, texts, (case, right.needs(case.level)), today));
    lacks.unwrap_or_else(|| texts.t(right.word()))
}
