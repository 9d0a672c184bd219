//! A caller who must show who she is.

use skranke::desk::Desk;
use skranke::desk::sheets::verify::Verdict;
use skranke::desk::sheets::{Sheet, SheetKind, VerifySheet};
use skranke::domain::authority::Role;
use skranke::domain::contact::Verified;

use crate::support::SHOWCASE;
use crate::support::town::Town;
use crate::support::window::{Clerk, english, launch, sit_down};

fn sheet(desk: &Desk) -> Option<&VerifySheet> {
    match desk.sheet() {
        Some(Sheet::Verify(sheet)) => Some(sheet),
        _ => None,
    }
}

/// The questions are there; gives their answers.
fn asked<P: iced::Program<State = skranke::ui::App> + 'static>(clerk: &mut Clerk<P>) -> Vec<String> {
    clerk.sheet_opens(SheetKind::Verify);
    clerk.until("the questions", |desk| sheet(desk).is_some_and(|sheet| sheet.questions.value().is_some()));
    let known = sheet(clerk.desk()).unwrap();
    known.rows().map(|(question, _, _)| question.answer.en.clone()).collect()
}

#[test]
fn a_caller_is_verified_by_two_right_answers_which_are_hidden_until_compared() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.open_citizen(SHOWCASE).press(&["q"]);
    let answers = asked(&mut ida);
    assert!(answers.len() >= 2, "{}", answers.len());
    let should_say =
        |ida: &Clerk<_>, at: usize| ida.sentence("verify-should-say", &[("answer", answers[at].clone().into())]);
    let hidden = ida.word("verify-hidden");
    for at in 0..answers.len() {
        let shown = should_say(&ida, at);
        assert!(!ida.everything().contains(&shown), "no answer is shown before it is compared");
    }
    ida.read(&hidden);
    // One answer at a time, and hidden again with the next question.
    for at in 0..2 {
        let shown = should_say(&ida, at);
        ida.press(&["Space"]).read(&shown);
        if at == 0 {
            ida.press(&["Ctrl+Enter"]);
            assert!(ida.desk().sheet().is_some(), "no answer is right yet");
        }
        ida.press(&["r"]);
        assert!(!ida.everything().contains(&shown), "judged is hidden");
    }
    assert_eq!(sheet(ida.desk()).unwrap().verdict(), Verdict::Verified);
    ida.press(&["Ctrl+Enter"]).sheet_closes();
    assert_eq!(ida.desk().citizen().unwrap().visit.verified, Verified::Questions);
    for at in 0..answers.len() {
        let shown = should_say(&ida, at);
        assert!(!ida.everything().contains(&shown));
    }
    // How she was verified goes along with the contact.
    ida.press(&["w"]).sheet_opens(SheetKind::WrapUp).press(&["1", "Ctrl+Enter"]);
    ida.arrives("the contact, verified by questions", || {
        let contacts = town.run(async { town.contacts_of(town.showcase().await, Role::Clerk).await });
        contacts.iter().any(|one| one.verified == Some(Verified::Questions))
    });
}

#[test]
fn one_wrong_answer_is_one_too_many_and_nothing_of_it_is_kept() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.open_citizen(SHOWCASE).press(&["q"]);
    let answers = asked(&mut ida);
    ida.press(&["r", "f", "r"]).read_word("verify-failed").press(&["Ctrl+Enter"]);
    assert!(ida.desk().sheet().is_some(), "it cannot be confirmed");
    ida.press(&["Escape"]).sheet_closes();
    assert_eq!(ida.desk().citizen().unwrap().visit.verified, Verified::Not);
    let kept = format!("{:?}", ida.desk().citizen().unwrap());
    assert!(answers.iter().filter(|answer| answer.len() > 20).all(|answer| !kept.contains(answer.as_str())));
    // Asked again, everything is asked anew.
    ida.press(&["q"]);
    asked(&mut ida);
    assert_eq!(sheet(ida.desk()).unwrap().verdict(), Verdict::Open(2));
}
