//! Words of letters that ask for papers: what is wrong with one, in which language it is. What does not live here: the sheet and the panel
//! where they are written.

use skranke_desk::letters::LetterProblem;
use skranke_domain::letter::LetterLanguage;

use super::citizen::sheets::dated;
use crate::theme::Look;

/// The Fluent id of a language that letters are written in.
#[must_use]
pub const fn language_word(language: LetterLanguage) -> &'static str {
    match language {
        LetterLanguage::Danish => "sheet-letter-danish-word",
        LetterLanguage::English => "sheet-letter-english-word",
        LetterLanguage::German => "sheet-letter-german-word",
        LetterLanguage::Polish => "sheet-letter-polish-word",
    }
}

/// Whether a problem is one of the last day, and stands beneath it.
#[must_use]
pub const fn is_of_deadline(problem: LetterProblem) -> bool {
    matches!(problem, LetterProblem::Date(_) | LetterProblem::Past | LetterProblem::Far)
}

/// What is wrong, as a sentence.
#[must_use]
pub fn words_of(look: &Look<'_>, problem: LetterProblem) -> String {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    match problem {
        LetterProblem::NothingMissing => look.t("citizen-nothing-to-ask"),
        LetterProblem::NothingTicked => look.t("sheet-letter-nothing-ticked"),
        LetterProblem::TooMany { count } => look.with("sheet-letter-too-many", &[("count", number(count).into())]),
        LetterProblem::Changed => look.t("sheet-letter-changed"),
        LetterProblem::Unconfirmed => look.t("request-unconfirmed"),
        LetterProblem::NoText => look.t("sheet-letter-no-text"),
        LetterProblem::TooLong { by } => look.with("sheet-letter-too-long", &[("by", number(by).into())]),
        LetterProblem::Date(problem) => dated::problem(look, problem),
        LetterProblem::Past => look.t("sheet-letter-date-past"),
        LetterProblem::Far => look.t("sheet-letter-date-far"),
        LetterProblem::Nobody => look.t("sheet-letter-nobody"),
    }
}
