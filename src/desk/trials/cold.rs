//! The program starts and nobody can be asked: who was signed in last is behind the lock, and what opens it.

use skranke_client::Secret;
use skranke_client::events::Live;
use skranke_client::pin::{PinState, Tried};
use skranke_client::sign_in::last::Last;
use skranke_client::sign_in::{Asking, Keeping, NoKeyring, SignInError, SignedIn};

use super::*;
use crate::cold::{Closed, ColdInput, Found};
use crate::lock::Why;
use crate::offline::OfflineInput;
use crate::session::Line;
use crate::signing_in::{Keys, SignInEffect, SignInInput, SigningIn, Stage, Taken, Taking, Trouble};

fn last() -> Box<Last> {
    let me = json!({
        "id": "01890000-0000-7000-8000-000000000001", "name": "Ida Mellemgaard", "initials": "IM",
        "role": "clerk", "department": "kff", "authorities": [], "site": "norrebro", "counter": "counter-4",
        "training": false, "municipality": "Skovvig"
    });
    let who = SignedIn { name: "Ida Mellemgaard".into(), subject: "ida".into() };
    Box::new(Last { who, me: serde_json::from_value(me).unwrap(), at: "2026-06-09T05:40:00Z".parse().unwrap() })
}

fn say(desk: &mut Desk, input: SignInInput) -> Vec<Effect> {
    desk.update(Input::SignIn(input), now())
}

fn does(effects: &[Effect], wanted: impl Fn(&SignInEffect) -> bool) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::SignIn(effect) if wanted(effect)))
}

fn looks(effects: &[Effect]) -> bool {
    does(effects, |effect| matches!(effect, SignInEffect::LookForLast))
}

fn found(desk: &mut Desk, found: Found) -> Vec<Effect> {
    say(desk, SignInInput::Cold(ColdInput::Found(found)))
}

fn pin(desk: &mut Desk, tried: Tried) -> Vec<Effect> {
    say(desk, SignInInput::Pin(Secret::new("2468")));
    say(desk, SignInInput::PinTried(Some(tried)))
}

fn stage(desk: &Desk) -> Stage {
    desk.sign_in.as_ref().unwrap().stage
}

fn why(desk: &Desk) -> Option<Why> {
    desk.lock.locked().map(|locked| locked.why)
}

/// A window that starts while the provider cannot be reached.
fn started(keys: Keys) -> Desk {
    let keeping = match keys {
        Keys::OfSystem => Keeping::Keyring,
        _ => Keeping::EachTime(NoKeyring::Missing),
    };
    let mut desk =
        Desk::new(Role::Clerk, Settings::default(), TimeZone::UTC).with_sign_in(SigningIn::new(keeping, keys));
    desk.update(Input::Begin, now());
    assert!(looks(&say(&mut desk, SignInInput::Resumed(Err(SignInError::Offline)))));
    desk
}

/// Ida is behind the lock of a window that started without a line.
fn behind() -> Desk {
    let mut desk = started(Keys::OfSystem);
    assert!(found(&mut desk, Found::Hers(last(), PinState::Set { left: 5 })).is_empty());
    desk
}

#[test]
fn who_was_signed_in_last_is_behind_the_lock_and_nothing_is_asked_or_sent() {
    let mut desk = behind();
    assert_eq!((stage(&desk), why(&desk)), (Stage::Restarted, Some(Why::Restarted)));
    assert!(desk.takes_pin() && desk.person().is_none());
    assert_eq!(desk.sign_in.as_ref().unwrap().name(), Some("Ida Mellemgaard"));
    desk.update(Input::Touched, now());
    assert!(desk.update(Input::Lock, now()).is_empty());
    assert!(pin(&mut desk, Tried::Wrong { left: 4 }).is_empty());
    assert_eq!(desk.sign_in.as_ref().unwrap().trouble, Some(Trouble::WrongPin(4)));
    assert!(desk.person().is_none() && why(&desk).is_some());
}

#[test]
fn the_right_pin_opens_the_day_with_what_is_kept_and_as_old_as_it_is() {
    let mut desk = behind();
    let effects = pin(&mut desk, Tried::Right);
    let at = |wanted: fn(&SignInEffect) -> bool| {
        effects.iter().position(|effect| matches!(effect, Effect::SignIn(effect) if wanted(effect)))
    };
    let let_in = at(|effect| matches!(effect, SignInEffect::LetIn));
    let enter = at(|effect| matches!(effect, SignInEffect::Enter));
    assert!(let_in.is_some() && let_in < enter, "it is known that she has no tokens before the lines open");
    assert!(does(&effects, |effect| matches!(effect, SignInEffect::Opened)));
    assert_eq!((stage(&desk), why(&desk), desk.person()), (Stage::In, None, Some(last().me.id)));
    assert_eq!((desk.session.me.as_of(), desk.session.is_kept()), (Some(last().at), true));
    assert!(matches!(desk.session.line, Line::Down { .. }));
    // What was seen here is asked for as soon as it is open.
    let effects = desk.update(Input::Offline(OfflineInput::Opened), now());
    for slot in 0..=6 {
        asked(&effects, Room::Session, slot);
    }
    let me = asked(&effects, Room::Session, 0);
    desk.update(Input::Reply(me, Reply::Me(Err(ClientError::Offline))), now());
    assert!(desk.person().is_some() && desk.session.is_kept());
    // The line is back: the server says anew who she is.
    let effects = desk.update(Input::Live(Live::Connected), now());
    let me = asked(&effects, Room::Session, 0);
    desk.update(Input::Reply(me, Reply::Me(Ok(last().me))), now());
    assert!(!desk.session.is_kept() && desk.session.me.trouble().is_none());
    assert!(desk.update(Input::Offline(OfflineInput::Opened), now()).is_empty(), "nothing is asked twice");
}

#[test]
fn where_the_server_cannot_be_reached_it_is_the_same_and_its_answer_opens_without_a_pin() {
    let mut desk = Desk::new(Role::Clerk, Settings::default(), TimeZone::UTC)
        .with_sign_in(SigningIn::new(Keeping::Keyring, Keys::OfSystem));
    desk.update(Input::Begin, now());
    let effects = say(&mut desk, SignInInput::Resumed(Ok(Some(last().who))));
    let ticket = asked(&effects, Room::Session, 0);
    // A refusal is none of it.
    let mut refused = desk.clone();
    let problem = Problem::new(ProblemKind::Forbidden);
    for error in [ClientError::Problem(Box::new(problem)), ClientError::SignedOut, ClientError::Garbage { what: "me" }]
    {
        assert!(!looks(&refused.update(Input::Reply(ticket, Reply::Me(Err(error))), now())));
    }
    assert!(looks(&desk.update(Input::Reply(ticket, Reply::Me(Err(ClientError::Truncated))), now())));
    found(&mut desk, Found::Hers(last(), PinState::Set { left: 5 }));
    assert!(desk.takes_pin() && desk.is_signing_in());
    let effects = desk.update(Input::Live(Live::Connected), now());
    let ticket = asked(&effects, Room::Session, 0);
    desk.update(Input::Reply(ticket, Reply::Me(Ok(last().me))), now());
    assert_eq!((stage(&desk), why(&desk), desk.session.is_kept()), (Stage::In, None, false));
}

#[test]
fn without_a_pin_with_none_left_or_with_nothing_kept_the_window_stays_closed_and_says_why() {
    for closed in [Closed::NothingKept, Closed::NoPin, Closed::PinSpent, Closed::TooOld] {
        let mut desk = started(Keys::OfSystem);
        found(&mut desk, Found::Nobody(closed));
        let sign_in = desk.sign_in.as_ref().unwrap();
        assert_eq!((sign_in.stage, sign_in.closed), (Stage::Out, Some(closed)));
        assert_eq!(sign_in.trouble, Some(Trouble::Failed(SignInError::Offline)));
        assert!(!desk.takes_pin() && why(&desk).is_none());
    }
    // What is refused is no broken line.
    for error in [SignInError::Refused, SignInError::Provider("nonsense")] {
        let mut desk = Desk::new(Role::Clerk, Settings::default(), TimeZone::UTC)
            .with_sign_in(SigningIn::new(Keeping::Keyring, Keys::OfSystem));
        desk.update(Input::Begin, now());
        assert!(!looks(&say(&mut desk, SignInInput::Resumed(Err(error)))));
        assert_eq!(stage(&desk), Stage::Out);
        found(&mut desk, Found::Hers(last(), PinState::Set { left: 5 }));
        assert_eq!(stage(&desk), Stage::Out, "an answer that nobody waits for opens nothing");
    }
}

#[test]
fn after_five_wrong_pins_she_signs_in_and_nobody_else_comes_in_her_place() {
    let mut desk = behind();
    for left in (0..5).rev() {
        pin(&mut desk, Tried::Wrong { left });
    }
    assert!(!desk.takes_pin() && pin(&mut desk, Tried::Right).is_empty() && desk.person().is_none());
    let asking = |effects: Vec<Effect>| {
        let number = effects.iter().find_map(|effect| match effect {
            Effect::SignIn(SignInEffect::Browser(number, Asking::Again)) => Some(*number),
            _ => None,
        });
        number.expect("the browser opens")
    };
    let number = asking(desk.update(Input::Unlock, now()));
    let per = SignedIn { name: "Per Holmager".into(), subject: "per".into() };
    say(&mut desk, SignInInput::Answered(number, Ok(per)));
    assert!(why(&desk).is_some());
    let number = asking(desk.update(Input::Unlock, now()));
    let effects = say(&mut desk, SignInInput::Answered(number, Ok(last().who)));
    assert_eq!((stage(&desk), why(&desk)), (Stage::In, None));
    asked(&effects, Room::Session, 0);
    assert!(!desk.session.is_kept(), "she begins as on any day");
}

#[test]
fn who_is_refused_when_the_line_is_back_is_locked_out_and_her_pin_no_longer_helps() {
    for ends in [true, false] {
        let mut desk = behind();
        pin(&mut desk, Tried::Right);
        let citizen = CitizenId::new();
        desk.update(Input::OpenCitizen(citizen, purpose()), now());
        let effects = if ends {
            say(&mut desk, SignInInput::Ended)
        } else {
            let effects = desk.update(Input::Live(Live::Connected), now());
            let ticket = asked(&effects, Room::Session, 0);
            let problem = Problem::new(ProblemKind::Forbidden);
            desk.update(Input::Reply(ticket, Reply::Me(Err(ClientError::Problem(Box::new(problem))))), now())
        };
        assert!(does(&effects, |effect| matches!(effect, SignInEffect::ForgetLast)));
        assert_eq!(why(&desk), Some(Why::Ended));
        desk.update(Input::Live(Live::Lost { error: ClientError::Offline }), now());
        assert!(!desk.takes_pin(), "somebody could be asked, and said no");
        assert_eq!(desk.citizen().map(|page| page.id), Some(citizen), "what she had open waits for her");
    }
}

#[test]
fn a_passphrase_opens_what_it_is_the_key_of_and_names_nobody_before() {
    let mut desk = started(Keys::Nothing);
    found(&mut desk, Found::Words);
    assert_eq!(stage(&desk), Stage::Words(Taking::Asked));
    assert!(desk.sign_in.as_ref().unwrap().name().is_none());
    let words = || SignInInput::Passphrase(Secret::new("tre små kinesere"));
    assert!(does(&say(&mut desk, words()), |effect| matches!(effect, SignInEffect::OpenLast(_))));
    assert!(say(&mut desk, words()).is_empty(), "one try at a time");
    say(&mut desk, SignInInput::Cold(ColdInput::Opened(Err(Taken::Wrong))));
    assert_eq!((stage(&desk), desk.person()), (Stage::Words(Taking::Wrong), None));
    say(&mut desk, words());
    let effects = say(&mut desk, SignInInput::Cold(ColdInput::Opened(Ok(last()))));
    assert!(does(&effects, |effect| matches!(effect, SignInEffect::LetIn)));
    assert_eq!((stage(&desk), desk.person()), (Stage::In, Some(last().me.id)));
    assert_eq!(desk.sign_in.as_ref().unwrap().name(), Some("Ida Mellemgaard"));
}

#[test]
fn signing_out_at_the_lock_leaves_nobody_there() {
    let mut desk = behind();
    let effects = say(&mut desk, SignInInput::SignOut);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::SignOut)));
    assert_eq!((stage(&desk), why(&desk)), (Stage::Leaving, None));
    assert!(desk.sign_in.as_ref().unwrap().name().is_none());
    assert!(pin(&mut desk, Tried::Right).is_empty() && desk.person().is_none());
}
