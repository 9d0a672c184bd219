//! What went wrong, as a sentence for the clerk: what happened, what is safe, what to do. What does not live here: what is wrong with
//! what was typed (each field says that itself), technical detail (the log has it).

use iced::widget::{column, container, row};
use iced::{Alignment, Length};
use skranke_api::{Problem, ProblemKind};
use skranke_client::endpoint::DoorwayError;
use skranke_client::{ClientError, Untrusted};

use crate::assets::Icon;
use crate::i18n::Texts;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::panel::plate;
use crate::widget::{Element, icon, normal};

/// What went wrong with a request, in the person's language.
pub fn sentence(look: &Look<'_>, error: &ClientError) -> String {
    spoken(look.texts, error)
}

/// The same, where there are only texts.
pub fn spoken(texts: &Texts, error: &ClientError) -> String {
    match error {
        ClientError::Offline => texts.t("error-offline"),
        ClientError::Certificate(reason) => untrusted(texts, Unproved::Server, *reason),
        ClientError::Doorway(DoorwayError::Certificate(reason)) => untrusted(texts, Unproved::Provider, *reason),
        ClientError::TimedOut => texts.t("error-timed-out"),
        ClientError::Truncated => texts.t("error-truncated"),
        ClientError::Problem(problem) => problem_spoken(texts, problem),
        ClientError::Foreign { status } => texts.with("error-foreign", &[("status", status.to_string().into())]),
        ClientError::Garbage { .. } => texts.t("error-garbage"),
        ClientError::TooLarge { .. } => texts.t("error-too-large"),
        ClientError::SignedOut | ClientError::Doorway(DoorwayError::SignedOut) => texts.t("error-signed-out"),
        ClientError::Doorway(DoorwayError::NoServer) => texts.t("error-no-server"),
        ClientError::Doorway(DoorwayError::Failed(_)) => texts.t("error-doorway"),
        ClientError::Request { .. } => texts.t("error-request"),
    }
}

/// Who could not prove who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unproved {
    /// Whoever answers in the case server's place.
    Server,
    /// The sign-in provider.
    Provider,
}

/// What is wrong with a certificate, and that there is no way past it.
pub fn untrusted(texts: &Texts, who: Unproved, reason: Untrusted) -> String {
    let who = match who {
        Unproved::Server => "server",
        Unproved::Provider => "provider",
    };
    let why = match reason {
        Untrusted::UnknownIssuer => "unknown-issuer",
        Untrusted::Expired => "expired",
        Untrusted::NotYetValid => "not-yet-valid",
        Untrusted::WrongName => "wrong-name",
        Untrusted::Other => "other",
    };
    texts.with("error-certificate", &[("who", who.into()), ("why", why.into())])
}

/// Why the server refused, in the person's language.
pub fn problem(look: &Look<'_>, problem: &Problem) -> String {
    problem_spoken(look.texts, problem)
}

/// The same, where there are only texts.
pub fn problem_spoken(texts: &Texts, problem: &Problem) -> String {
    match problem.known() {
        Some(kind) => texts.t(kind_word(kind)),
        None => texts.with("problem-unknown", &[("status", problem.status.to_string().into())]),
    }
}

/// The Fluent id of a problem's sentence.
const fn kind_word(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Malformed => "problem-malformed",
        ProblemKind::PurposeRequired => "problem-purpose-required",
        ProblemKind::BadCursor => "problem-bad-cursor",
        ProblemKind::KeyMissing => "problem-key-missing",
        ProblemKind::Unauthenticated => "problem-unauthenticated",
        ProblemKind::Forbidden => "problem-forbidden",
        ProblemKind::NeedToKnow => "problem-need-to-know",
        ProblemKind::NotFound => "problem-not-found",
        ProblemKind::MethodNotAllowed => "problem-method-not-allowed",
        ProblemKind::NotAcceptable => "problem-not-acceptable",
        ProblemKind::StillRunning => "problem-still-running",
        ProblemKind::SlotTaken => "problem-slot-taken",
        ProblemKind::AlreadyExists => "problem-already-exists",
        ProblemKind::Transition => "problem-transition",
        ProblemKind::Stale => "problem-stale",
        ProblemKind::TooLarge => "problem-too-large",
        ProblemKind::UnsupportedMedia => "problem-unsupported-media",
        ProblemKind::Invalid => "problem-invalid",
        ProblemKind::KeyReused => "problem-key-reused",
        ProblemKind::PreconditionRequired => "problem-precondition-required",
        ProblemKind::HeadersTooLarge => "problem-headers-too-large",
        ProblemKind::Internal => "problem-internal",
        ProblemKind::NoDepartment => "problem-no-department",
        ProblemKind::DepartmentDown => "problem-department-down",
        ProblemKind::Unavailable => "problem-unavailable",
        ProblemKind::DepartmentSlow => "problem-department-slow",
    }
}

/// What stands where something could not be fetched at all: the sentence, and the way to ask again.
pub fn failed<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    error: &ClientError,
    ask_again: Message,
) -> Element<'a, Message> {
    let t = look.tokens;
    let heading =
        row![icon(Icon::TriangleAlert, 16.0, t.wait), look.colored(look.t("error-heading"), Type::STRONG, t.ink)]
            .spacing(space::S8)
            .align_y(Alignment::Center);
    let again =
        normal(look, "failed/again", look.t("error-ask-again")).size(ButtonSize::Small).key("F5").on_press(ask_again);
    let inside = column![heading, look.colored(sentence(look, error), Type::BODY, t.ink2).width(Length::Fill), again]
        .spacing(space::S8);
    container(inside)
        .padding(space::S12)
        .width(Length::Fill)
        .style(move |_| plate(t.wait_soft, t.line, radius::PANEL))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn all_errors() -> Vec<ClientError> {
        let mut all = vec![
            ClientError::Offline,
            ClientError::TimedOut,
            ClientError::Truncated,
            ClientError::Foreign { status: 502 },
            ClientError::Garbage { what: "JSON" },
            ClientError::TooLarge { limit: 1 },
            ClientError::SignedOut,
            ClientError::Doorway(DoorwayError::NoServer),
            ClientError::Doorway(DoorwayError::SignedOut),
            ClientError::Doorway(DoorwayError::Failed("folder".to_owned())),
            ClientError::Request { what: "header" },
        ];
        all.extend(Untrusted::ALL.map(ClientError::Certificate));
        all.extend(Untrusted::ALL.map(|reason| ClientError::Doorway(DoorwayError::Certificate(reason))));
        all.extend(ProblemKind::ALL.iter().map(|kind| ClientError::Problem(Box::new(Problem::new(*kind)))));
        all
    }

    #[test]
    fn every_error_is_a_whole_sentence_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for error in all_errors() {
                let said = spoken(&texts, &error);
                assert!(!said.contains('⟦') && said.ends_with('.') && said.split(' ').count() > 3, "{error:?}: {said}");
                for banned in ["invalid", "error occurred", "please wait", "ugyldig", "vent venligst"] {
                    assert!(!said.to_lowercase().contains(banned), "{error:?}: {said}");
                }
            }
        }
    }

    #[test]
    fn each_thing_that_is_wrong_with_a_certificate_is_told_in_its_own_words() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let mut said: Vec<String> = [Unproved::Server, Unproved::Provider]
                .into_iter()
                .flat_map(|who| Untrusted::ALL.map(|reason| untrusted(&texts, who, reason)))
                .collect();
            said.sort();
            said.dedup();
            assert_eq!(said.len(), 2 * Untrusted::ALL.len(), "{said:?}");
        }
    }

    #[test]
    fn a_problem_nobody_knows_is_told_with_its_number() {
        let texts = Texts::new(Language::English);
        let strange = Problem { kind: "urn:other".to_owned(), status: 418, ..Problem::new(ProblemKind::Malformed) };
        assert!(problem_spoken(&texts, &strange).contains("418"));
    }
}
