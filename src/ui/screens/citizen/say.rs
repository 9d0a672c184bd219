//! What the citizen page says of identities, cases and contacts, as words. What does not live here: how any of it is drawn.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use skranke_api::overview::CaseRow;
use skranke_domain::case::{Column, NextStep};
use skranke_domain::citizen::{
    CivilStatus, DigitalAbility, GroundOfStay, LanguageCode, Protection, Relation, RelationKind, Representation,
    RepresentationKind, Status,
};
use skranke_domain::contact::{Channel, Outcome};

use crate::i18n::Texts;
use crate::screens::words::pick;
use crate::theme::Look;
use crate::widget::Tone;

/// How long an answer may take before a skeleton stands in its place.
const PATIENCE: SignedDuration = SignedDuration::from_millis(150);

/// Whether something asked for at `since` has been awaited long enough to show that it is awaited.
pub(super) fn is_slow(look: &Look<'_>, since: Timestamp) -> bool {
    look.now.timestamp().duration_since(since) >= PATIENCE
}

/// A day as it stands inside a sentence: "today", "18 Jun".
pub(super) fn day_within(look: &Look<'_>, day: Date) -> String {
    crate::screens::words::day_within(look.texts, day, look.now.date())
}

/// A day and time as they stand inside a sentence: "today 10:20".
pub(super) fn moment_within(look: &Look<'_>, at: Timestamp, tz: &TimeZone) -> String {
    let at = at.to_zoned(tz.clone());
    look.with(
        "citizen-day-and-time",
        &[("day", day_within(look, at.date()).into()), ("time", look.texts.time(at.time()).into())],
    )
}

/// The Fluent id of a status that is not the plain one, and how it calls for attention.
pub(super) const fn status(status: Status) -> Option<(&'static str, Tone)> {
    Some(match status {
        Status::Resident => return None,
        Status::Greenland => ("citizen-status-greenland", Tone::Wait),
        Status::TaxOnly => ("citizen-status-tax-only", Tone::Wait),
        Status::NotRegistered => ("citizen-status-not-registered", Tone::Accent),
        Status::Annulled => ("citizen-status-annulled", Tone::Alert),
        Status::Deleted => ("citizen-status-deleted", Tone::Alert),
        Status::ChangedNumber => ("citizen-status-changed-number", Tone::Alert),
        Status::Disappeared => ("citizen-status-disappeared", Tone::Alert),
        Status::Departed => ("citizen-status-departed", Tone::Wait),
        Status::Dead => ("citizen-status-dead", Tone::Alert),
    })
}

/// The word of a ground of stay.
pub(in crate::screens) const fn ground(ground: GroundOfStay) -> &'static str {
    match ground {
        GroundOfStay::Danish => "citizen-ground-danish",
        GroundOfStay::Nordic => "citizen-ground-nordic",
        GroundOfStay::EuWorker => "citizen-ground-eu-worker",
        GroundOfStay::EuStudent => "citizen-ground-eu-student",
        GroundOfStay::EuSelfEmployed => "citizen-ground-eu-self-employed",
        GroundOfStay::EuSufficientFunds => "citizen-ground-eu-sufficient-funds",
        GroundOfStay::Family => "citizen-ground-family",
        GroundOfStay::Permit => "citizen-ground-permit",
    }
}

pub(super) const fn civil_status(status: CivilStatus) -> &'static str {
    match status {
        CivilStatus::Unmarried => "citizen-civil-unmarried",
        CivilStatus::Married => "citizen-civil-married",
        CivilStatus::Divorced => "citizen-civil-divorced",
        CivilStatus::Widowed => "citizen-civil-widowed",
        CivilStatus::Partnership => "citizen-civil-partnership",
    }
}

pub(super) const fn ability(ability: DigitalAbility) -> &'static str {
    match ability {
        DigitalAbility::Unsure => "citizen-ability-unsure",
        DigitalAbility::Able => "citizen-ability-able",
        DigitalAbility::Routine => "citizen-ability-routine",
        DigitalAbility::Professional => "citizen-ability-professional",
    }
}

pub(super) const fn protection(protection: Protection) -> &'static str {
    match protection {
        Protection::NameAndAddress => "citizen-protection-name-and-address",
        Protection::LocalDirectory => "citizen-protection-local-directory",
        Protection::Marketing => "citizen-protection-marketing",
        Protection::Research => "citizen-protection-research",
        Protection::CreditWarning => "citizen-protection-credit-warning",
    }
}

const fn relation_kind(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Spouse => "citizen-relation-spouse",
        RelationKind::Partner => "citizen-relation-partner",
        RelationKind::Child => "citizen-relation-child",
        RelationKind::Parent => "citizen-relation-parent",
        RelationKind::Sibling => "citizen-relation-sibling",
    }
}

const fn representation_kind(kind: RepresentationKind) -> &'static str {
    match kind {
        RepresentationKind::PowerOfAttorney => "citizen-acts-power-of-attorney",
        RepresentationKind::Guardian => "citizen-acts-guardian",
        RepresentationKind::Parent => "citizen-acts-parent",
    }
}

pub(super) const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Counter => "citizen-channel-counter",
        Channel::Phone => "citizen-channel-phone",
        Channel::DigitalPost => "citizen-channel-digital-post",
        Channel::SelfService => "citizen-channel-self-service",
        Channel::Letter => "citizen-channel-letter",
        Channel::Email => "citizen-channel-email",
        Channel::Sms => "citizen-channel-sms",
    }
}

pub(super) const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Settled => "citizen-outcome-settled",
        Outcome::MustSendPapers => "citizen-outcome-must-send-papers",
        Outcome::NewTime => "citizen-outcome-new-time",
        Outcome::PassedOn => "citizen-outcome-passed-on",
        Outcome::ReferredElsewhere => "citizen-outcome-referred-elsewhere",
    }
}

/// A language by its name; one that has none here by its code.
pub(crate) fn language(texts: &Texts, code: &LanguageCode) -> String {
    let id = format!("language-{}", code.0.to_ascii_lowercase());
    if texts.has(&id) { texts.t(&id) } else { code.0.to_uppercase() }
}

/// Languages, the first with a capital: "Polish, English".
pub(super) fn languages(texts: &Texts, codes: &[LanguageCode]) -> String {
    let all: Vec<String> = codes.iter().map(|code| language(texts, code)).collect();
    capital(&all.join(", "))
}

/// With a capital, as a value that stands alone begins.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// "Leon, 3 · Maja, 7".
pub(super) fn people<'a>(relations: impl IntoIterator<Item = &'a Relation>) -> String {
    let each = relations.into_iter().map(|one| format!("{}, {}", one.given_name, one.age));
    each.collect::<Vec<_>>().join(" · ")
}

/// "Spouse, 2 children".
pub(super) fn relation_kinds<'a>(look: &Look<'_>, relations: impl IntoIterator<Item = &'a Relation>) -> String {
    let all: Vec<RelationKind> = relations.into_iter().map(|one| one.kind).collect();
    let each = RelationKind::ALL.iter().filter_map(|kind| {
        let count = all.iter().filter(|one| *one == kind).count();
        let count = i64::try_from(count).ok().filter(|count| *count > 0)?;
        Some(look.with(relation_kind(*kind), &[("count", count.into())]))
    });
    capital(&each.collect::<Vec<_>>().join(", "))
}

/// In which quality somebody acts, for what and for how long: "Power of attorney, money matters, to 31 Dec 2026".
pub(crate) fn representation(look: &Look<'_>, one: &Representation) -> String {
    let mut said = look.t(representation_kind(one.kind));
    if let Some(scope) = one.scope.as_deref().map(str::trim).filter(|scope| !scope.is_empty()) {
        said = format!("{said}, {scope}");
    }
    match one.until {
        Some(until) => {
            let id = match acts_tone(look, one) {
                Some(Tone::Alert) => "citizen-acts-ended",
                Some(_) => "citizen-acts-expires-soon",
                None => "citizen-acts-until",
            };
            look.with(id, &[("what", said.into()), ("day", look.texts.day_month_year(until).into())])
        }
        None => said,
    }
}

/// How loudly it is said how long somebody may act: over, or over within thirty days.
pub(super) fn acts_tone(look: &Look<'_>, one: &Representation) -> Option<Tone> {
    let today = look.now.date();
    let until = one.until?;
    if until < today {
        return Some(Tone::Alert);
    }
    (until <= today.saturating_add(jiff::Span::new().days(30))).then_some(Tone::Wait)
}

/// What happens next with a case, as a word within a line.
fn step(look: &Look<'_>, case: &CaseRow, tz: &TimeZone) -> String {
    match (case.next_step, case.attendance) {
        (NextStep::Attendance, Some(at)) => {
            look.with("citizen-step-attendance-at", &[("when", moment_within(look, at, tz).into())])
        }
        (NextStep::Attendance, None) => look.t("citizen-step-attendance"),
        (NextStep::CitizenSendsPapers, _) => look.t("citizen-step-citizen-sends-papers"),
        (NextStep::CheckPapers, _) => {
            look.with("citizen-step-check-papers", &[("count", i64::from(case.readiness.to_check).into())])
        }
        (NextStep::BookAttendance, _) => look.t("citizen-step-book-attendance"),
        (NextStep::Decide, _) => look.t("citizen-step-decide"),
        (NextStep::Issue, _) => look.t("citizen-step-issue"),
        (NextStep::None, _) => look.t("citizen-step-none"),
    }
}

/// What happens next with a case: under its title, or in a column of its own.
pub(super) fn next_step(look: &Look<'_>, case: &CaseRow, tz: &TimeZone) -> String {
    let step = step(look, case, tz);
    if case.next_step == NextStep::None || !look.density.two_lines() {
        return capital(&step);
    }
    look.with("citizen-next", &[("step", step.into())])
}

/// Whether a deadline passed while the case was open.
pub(super) fn is_late(look: &Look<'_>, case: &CaseRow) -> bool {
    case.column != Column::Closed && case.deadline.is_some_and(|day| day < look.now.date())
}

/// How many papers the citizen has to send. What came and awaits a look is not missing.
pub(super) fn missing_papers(case: &CaseRow) -> u16 {
    if case.column == Column::Closed {
        return 0;
    }
    case.readiness.awaiting_citizen.max(u16::try_from(case.missing.len()).unwrap_or(u16::MAX))
}

/// What a case lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Missing {
    /// Nothing.
    Nothing,
    /// Nothing before the visit; so many papers are settled there.
    AtVisit(u16),
    /// This first, and how many more besides, in words.
    Papers(String, Option<String>),
}

impl Missing {
    pub(super) fn of(look: &Look<'_>, case: &CaseRow) -> Self {
        let sum = case.readiness;
        let count = i64::from(missing_papers(case));
        match case.missing.first() {
            _ if case.column == Column::Closed => Self::Nothing,
            Some(first) => {
                let more = count - 1;
                let more = (more > 0).then(|| look.with("citizen-missing-more", &[("count", more.into())]));
                Self::Papers(pick(look.texts, first).to_owned(), more)
            }
            None if count > 0 => Self::Papers(look.with("citizen-missing-count", &[("count", count.into())]), None),
            None if sum.open_before_visit == 0 && sum.open_at_visit > 0 => Self::AtVisit(sum.open_at_visit),
            None => Self::Nothing,
        }
    }

    /// In one piece, for the row's name.
    pub(super) fn whole(&self, look: &Look<'_>) -> String {
        match self {
            Self::Nothing => look.t("citizen-missing-nothing"),
            Self::AtVisit(count) => look.with("citizen-missing-at-visit", &[("count", i64::from(*count).into())]),
            Self::Papers(first, None) => first.clone(),
            Self::Papers(first, Some(more)) => format!("{first}{more}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    const LANGUAGES: &str = "da en de pl uk ru ro bg lt lv et es fr it pt nl sv no nb fi is fo kl ar fa ps ur hi so ti am tr ku sr bs hr \
        sq el hu cs sk vi th tl zh ja ko bn ta ne sw he ka mk sl ms id si km pa";

    #[test]
    fn every_word_of_an_identity_is_there_in_both_languages() {
        let mut ids: Vec<&str> = Status::ALL.iter().filter_map(|one| status(*one)).map(|(id, _)| id).collect();
        ids.extend(GroundOfStay::ALL.iter().map(|one| ground(*one)));
        ids.extend(CivilStatus::ALL.iter().map(|one| civil_status(*one)));
        ids.extend(DigitalAbility::ALL.iter().map(|one| ability(*one)));
        ids.extend(Protection::ALL.iter().map(|one| protection(*one)));
        ids.extend(RelationKind::ALL.iter().map(|one| relation_kind(*one)));
        ids.extend(RepresentationKind::ALL.iter().map(|one| representation_kind(*one)));
        ids.extend(Channel::ALL.iter().map(|one| channel(*one)));
        ids.extend(Outcome::ALL.iter().map(|one| outcome(*one)));
        for language in Language::ALL {
            let texts = Texts::new(language);
            for id in &ids {
                assert!(texts.has(id), "{language:?}: {id}");
            }
            for code in LANGUAGES.split_whitespace() {
                assert!(texts.has(&format!("language-{code}")), "{language:?}: {code}");
            }
        }
    }

    #[test]
    fn a_language_without_a_name_is_told_by_its_code() {
        let texts = Texts::new(Language::English);
        assert_eq!(language(&texts, &LanguageCode("xx".to_owned())), "XX");
        assert_eq!(
            languages(&texts, &[LanguageCode("pl".to_owned()), LanguageCode("en".to_owned())]),
            "Polish, English"
        );
        let texts = Texts::new(Language::Danish);
        assert_eq!(
            languages(&texts, &[LanguageCode("pl".to_owned()), LanguageCode("en".to_owned())]),
            "Polsk, engelsk"
        );
    }
}
