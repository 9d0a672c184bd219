//! Signing in at an office, the lock there, the PIN, the passphrase, signing out: what the clerk sees, step by step.

use skranke_api::events::{Event, EventKind};
use skranke_client::Secret;
use skranke_client::events::Live;
use skranke_client::pin::{PinState, Tried};
use skranke_client::sign_in::{Asking, Keeping, NoKeyring, SignInError, SignedIn};

use super::*;
use crate::cold::{Closed, ColdInput, Found};
use crate::effect::Wake;
use crate::lock::Why;
use crate::signing_in::{Durability, Keys, SignInEffect, SignInInput, SigningIn, Stage, Taken, Taking, Trouble};

fn who(subject: &str) -> SignedIn {
    SignedIn { name: "Ida Mellemgaard".into(), subject: subject.into() }
}

fn office(keys: Keys) -> Desk {
    let keeping = match keys {
        Keys::OfSystem => Keeping::Keyring,
        _ => Keeping::EachTime(NoKeyring::Missing),
    };
    Desk::new(Role::Clerk, Settings::default(), TimeZone::UTC).with_sign_in(SigningIn::new(keeping, keys))
}

fn say(desk: &mut Desk, input: SignInInput) -> Vec<Effect> {
    desk.update(Input::SignIn(input), now())
}

/// The number of the asking that opens the browser.
fn asking(effects: &[Effect], how: Asking) -> u64 {
    let asking = effects.iter().find_map(|effect| match effect {
        Effect::SignIn(SignInEffect::Browser(number, asked)) if *asked == how => Some(*number),
        _ => None,
    });
    asking.expect("the browser opens")
}

fn does(effects: &[Effect], wanted: impl Fn(&SignInEffect) -> bool) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::SignIn(effect) if wanted(effect)))
}

fn stage(desk: &Desk) -> Stage {
    desk.sign_in.as_ref().unwrap().stage
}

fn trouble(desk: &Desk) -> Option<Trouble> {
    desk.sign_in.as_ref().unwrap().trouble.clone()
}

fn me(id: u8) -> skranke_api::me::Me {
    let me = json!({
        "id": format!("01890000-0000-7000-8000-0000000000{id:02}"), "name": "Ida Mellemgaard", "initials": "IM",
        "role": "clerk", "department": "kff", "authorities": [], "site": "norrebro", "counter": "counter-4",
        "training": false, "municipality": "Skovvig"
    });
    serde_json::from_value(me).unwrap()
}

/// Ida signed in through the browser, and the server knows her.
fn signed_in() -> Desk {
    let mut desk = office(Keys::OfSystem);
    desk.update(Input::Begin, now());
    say(&mut desk, SignInInput::Resumed(Ok(None)));
    let number = asking(&say(&mut desk, SignInInput::Start), Asking::Anew);
    let effects = say(&mut desk, SignInInput::Answered(number, Ok(who("ida"))));
    let ticket = asked(&effects, Room::Session, 0);
    desk.update(Input::Reply(ticket, Reply::Me(Ok(me(1)))), now());
    desk
}

fn line_breaks(desk: &mut Desk) {
    desk.update(Input::Live(Live::Lost { error: ClientError::Offline }), now());
}

fn note_half_written(desk: &mut Desk) -> CitizenId {
    let citizen = CitizenId::new();
    desk.update(Input::OpenCitizen(citizen, purpose()), now());
    citizen
}

#[test]
fn nothing_is_asked_of_the_server_before_somebody_is_signed_in() {
    let mut desk = office(Keys::OfSystem);
    let begun = desk.update(Input::Begin, now());
    assert!(matches!(begun[..], [Effect::SignIn(SignInEffect::Resume)]));
    assert!(say(&mut desk, SignInInput::Resumed(Ok(None))).is_empty());
    assert_eq!((stage(&desk), trouble(&desk)), (Stage::Out, None));
    assert!(desk.update(Input::Touched, now()).is_empty(), "nobody is there who could be locked out");
    desk.update(Input::Lock, now());
    assert!(desk.lock.locked().is_none());
}

#[test]
fn who_is_remembered_goes_on_without_a_browser() {
    let mut desk = office(Keys::OfSystem);
    desk.update(Input::Begin, now());
    let effects = say(&mut desk, SignInInput::Resumed(Ok(Some(who("ida")))));
    assert!(does(&effects, |effect| matches!(effect, SignInEffect::Enter)));
    asked(&effects, Room::Session, 0);
    assert!(!desk.is_signing_in());
}

#[test]
fn what_is_remembered_and_no_longer_serves_is_no_error_of_hers() {
    let mut desk = office(Keys::OfSystem);
    desk.update(Input::Begin, now());
    say(&mut desk, SignInInput::Resumed(Err(SignInError::Refused)));
    assert_eq!((stage(&desk), trouble(&desk)), (Stage::Out, None));
    let mut desk = office(Keys::OfSystem);
    desk.update(Input::Begin, now());
    say(&mut desk, SignInInput::Resumed(Err(SignInError::Offline)));
    // First it is looked whether somebody's PIN opens what this machine keeps.
    assert_eq!((stage(&desk), trouble(&desk)), (Stage::Resuming, None));
    let nobody = ColdInput::Found(Found::Nobody(Closed::NothingKept));
    say(&mut desk, SignInInput::Cold(nobody));
    assert_eq!(trouble(&desk), Some(Trouble::Failed(SignInError::Offline)));
}

#[test]
fn a_browser_that_was_given_up_signs_nobody_in_when_it_comes_back_late() {
    let mut desk = office(Keys::OfSystem);
    desk.update(Input::Begin, now());
    say(&mut desk, SignInInput::Resumed(Ok(None)));
    let first = asking(&say(&mut desk, SignInInput::Start), Asking::Anew);
    assert!(say(&mut desk, SignInInput::Start).is_empty(), "one browser at a time");
    assert!(does(&say(&mut desk, SignInInput::GiveUp), |effect| matches!(effect, SignInEffect::GiveUp)));
    assert!(say(&mut desk, SignInInput::Answered(first, Ok(who("ida")))).is_empty());
    assert_eq!(stage(&desk), Stage::Out);
    let second = asking(&say(&mut desk, SignInInput::Start), Asking::Anew);
    say(&mut desk, SignInInput::Answered(first, Ok(who("ida"))));
    assert_eq!(stage(&desk), Stage::Out, "the first browser is nobody's any more");
    say(&mut desk, SignInInput::Answered(second, Err(SignInError::TimedOut)));
    assert_eq!(trouble(&desk), Some(Trouble::Failed(SignInError::TimedOut)));
}

#[test]
fn unlocking_at_an_office_is_signing_in_again_and_leads_back_to_where_she_was() {
    let mut desk = signed_in();
    let citizen = note_half_written(&mut desk);
    let effects = desk.update(Input::Lock, now());
    assert!(does(&effects, |effect| matches!(effect, SignInEffect::Locked)));
    let number = asking(&desk.update(Input::Unlock, now()), Asking::Again);
    assert!(desk.update(Input::Unlock, now()).is_empty(), "one browser at a time");
    let effects = say(&mut desk, SignInInput::Answered(number, Ok(who("ida"))));
    assert!(desk.lock.locked().is_none());
    assert!(does(&effects, |effect| matches!(effect, SignInEffect::Enter)), "the lines open with the new token");
    assert!(does(&effects, |effect| matches!(effect, SignInEffect::Opened)));
    assert_eq!(desk.citizen().map(|page| page.id), Some(citizen));
}

#[test]
fn somebody_else_is_told_and_the_window_stays_locked_until_she_is_signed_out() {
    let mut desk = signed_in();
    note_half_written(&mut desk);
    desk.update(Input::Lock, now());
    for answer in [Ok(who("per")), Err(SignInError::SomebodyElse)] {
        let number = asking(&desk.update(Input::Unlock, now()), Asking::Again);
        say(&mut desk, SignInInput::Answered(number, answer));
        assert!(desk.lock.locked().is_some_and(|locked| !locked.opening));
        assert_eq!(trouble(&desk), Some(Trouble::Failed(SignInError::SomebodyElse)));
    }
    let effects = say(&mut desk, SignInInput::SignOut);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::SignOut)));
    assert!(desk.lock.locked().is_none() && desk.citizen().is_none() && desk.session.me.value().is_none());
    assert_eq!(stage(&desk), Stage::Leaving);
    say(&mut desk, SignInInput::SignedOut(Ok(())));
    assert_eq!((stage(&desk), trouble(&desk)), (Stage::Out, None));
}

#[test]
fn a_token_of_somebody_else_never_takes_over_what_is_open() {
    let mut desk = signed_in();
    let citizen = note_half_written(&mut desk);
    let ticket = Ticket { room: Room::Session, generation: 1, slot: 0 };
    desk.update(Input::Reply(ticket, Reply::Me(Ok(me(2)))), now());
    assert!(desk.lock.locked().is_some());
    assert_eq!(desk.person(), Some(me(1).id), "what is open is still hers");
    assert_eq!(desk.citizen().map(|page| page.id), Some(citizen));
}

#[test]
fn the_office_locks_her_window_from_afar() {
    let mut desk = signed_in();
    let event = json!({
        "specversion": "1.0", "id": "1", "source": "/v1", "type": "dk.skranke.session.lock", "subject": "/v1/me",
        "time": "2026-06-09T08:06:00Z"
    });
    let event: Event = serde_json::from_value(event).unwrap();
    assert_eq!(event.kind, EventKind::LockDemanded);
    let effects = desk.update(Input::Live(Live::Event(Box::new(event))), now());
    assert_eq!(desk.lock.locked().map(|locked| locked.why), Some(Why::Demanded));
    assert!(does(&effects, |effect| matches!(effect, SignInEffect::Locked)));
}

#[test]
fn a_sign_in_that_was_taken_back_locks_and_keeps_what_is_open() {
    let mut desk = signed_in();
    let citizen = note_half_written(&mut desk);
    say(&mut desk, SignInInput::Ended);
    assert_eq!(desk.lock.locked().map(|locked| locked.why), Some(Why::Ended));
    assert_eq!(desk.citizen().map(|page| page.id), Some(citizen));
    let number = asking(&desk.update(Input::Unlock, now()), Asking::Again);
    say(&mut desk, SignInInput::Answered(number, Ok(who("ida"))));
    assert!(desk.lock.locked().is_none());
    assert_eq!(desk.citizen().map(|page| page.id), Some(citizen));
}

#[test]
fn whom_the_server_does_not_know_is_told_so_and_signed_out() {
    let mut desk = office(Keys::OfSystem);
    desk.update(Input::Begin, now());
    say(&mut desk, SignInInput::Resumed(Ok(Some(who("ida")))));
    let effects = say(&mut desk, SignInInput::Ended);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::SignOut)));
    say(&mut desk, SignInInput::SignedOut(Ok(())));
    assert_eq!((stage(&desk), trouble(&desk)), (Stage::Out, Some(Trouble::NotKnownHere)));
    let mut desk = office(Keys::OfSystem);
    say(&mut desk, SignInInput::Ended);
    assert_eq!(stage(&desk), Stage::Resuming, "nobody was signed in yet");
}

#[test]
fn a_pin_opens_the_lock_only_while_nobody_can_be_asked() {
    let mut desk = signed_in();
    say(&mut desk, SignInInput::PinIs(PinState::Set { left: 5 }));
    desk.update(Input::Lock, now());
    let pin = || SignInInput::Pin(Secret::new("2468"));
    assert!(!desk.takes_pin() && say(&mut desk, pin()).is_empty(), "with a line the provider is asked");
    line_breaks(&mut desk);
    assert!(desk.takes_pin());
    assert!(does(&say(&mut desk, pin()), |effect| matches!(effect, SignInEffect::Pin(_))));
    say(&mut desk, SignInInput::PinTried(Some(Tried::Wrong { left: 4 })));
    assert_eq!(trouble(&desk), Some(Trouble::WrongPin(4)));
    assert!(desk.lock.locked().is_some_and(|locked| !locked.opening));
    say(&mut desk, pin());
    say(&mut desk, SignInInput::PinTried(None));
    assert_eq!(trouble(&desk), Some(Trouble::PinNotTried));
    say(&mut desk, pin());
    let effects = say(&mut desk, SignInInput::PinTried(Some(Tried::Right)));
    assert!(desk.lock.locked().is_none());
    assert!(does(&effects, |effect| matches!(effect, SignInEffect::Opened)));
}

#[test]
fn after_five_wrong_pins_only_signing_in_helps() {
    let mut desk = signed_in();
    say(&mut desk, SignInInput::PinIs(PinState::Set { left: 1 }));
    desk.update(Input::Lock, now());
    line_breaks(&mut desk);
    say(&mut desk, SignInInput::Pin(Secret::new("1111")));
    say(&mut desk, SignInInput::PinTried(Some(Tried::Wrong { left: 0 })));
    assert!(!desk.takes_pin());
    assert!(say(&mut desk, SignInInput::Pin(Secret::new("2468"))).is_empty());
    let number = asking(&desk.update(Input::Unlock, now()), Asking::Again);
    let effects = say(&mut desk, SignInInput::Answered(number, Ok(who("ida"))));
    assert!(does(&effects, |effect| matches!(effect, SignInEffect::RenewPin)), "all tries are hers again");
}

#[test]
fn an_answer_about_a_pin_that_nobody_typed_opens_nothing() {
    let mut desk = signed_in();
    desk.update(Input::Lock, now());
    say(&mut desk, SignInInput::PinTried(Some(Tried::Right)));
    assert!(desk.lock.locked().is_some());
}

#[test]
fn without_a_keyring_she_says_how_unsent_work_is_kept_before_the_day_begins() {
    let mut desk = office(Keys::Nothing);
    desk.update(Input::Begin, now());
    let effects = say(&mut desk, SignInInput::Resumed(Ok(Some(who("ida")))));
    assert!(does(&effects, |effect| matches!(effect, SignInEffect::LookForPassphrase)));
    assert!(matches!(effects[..], [Effect::Wake(_, Wake::Lock), _]), "who walks away here is locked out too");
    say(&mut desk, SignInInput::KeysAre(Keys::Passphrase));
    say(&mut desk, SignInInput::Passphrase(Secret::new("tre små kinesere")));
    say(&mut desk, SignInInput::PassphraseTried(Taken::Wrong));
    assert_eq!(stage(&desk), Stage::Keeping(Taking::Wrong));
    say(&mut desk, SignInInput::Passphrase(Secret::new("på Højbro Plads")));
    let effects = say(&mut desk, SignInInput::PassphraseTried(Taken::Right));
    assert!(does(&effects, |effect| matches!(effect, SignInEffect::Enter)));
    asked(&effects, Room::Session, 0);
    // Whoever comes next chooses for herself.
    let ticket = asked(&effects, Room::Session, 0);
    desk.update(Input::Reply(ticket, Reply::Me(Ok(me(1)))), now());
    say(&mut desk, SignInInput::SignOut);
    say(&mut desk, SignInInput::SignedOut(Ok(())));
    let number = asking(&say(&mut desk, SignInInput::Start), Asking::Anew);
    say(&mut desk, SignInInput::Answered(number, Ok(who("per"))));
    assert_eq!(stage(&desk), Stage::Keeping(Taking::Asked));
    let effects = say(&mut desk, SignInInput::KeepNothing);
    asked(&effects, Room::Session, 0);
}

#[test]
fn a_forgotten_passphrase_is_given_up_only_where_one_was_chosen() {
    let mut desk = office(Keys::Nothing);
    desk.update(Input::Begin, now());
    say(&mut desk, SignInInput::Resumed(Ok(Some(who("ida")))));
    assert!(say(&mut desk, SignInInput::ForgetPassphrase).is_empty());
    say(&mut desk, SignInInput::KeysAre(Keys::Passphrase));
    let effects = say(&mut desk, SignInInput::ForgetPassphrase);
    assert!(does(&effects, |effect| matches!(effect, SignInEffect::ForgetPassphrase)));
}

#[test]
fn without_a_line_and_with_nothing_kept_a_change_is_refused_and_what_she_typed_stays() {
    let (mut desk, case) = with_case();
    desk.update(Input::Durability(Durability::InMemory), now());
    let approve = || Input::Case(CaseInput::Judge(ItemAction::Approve));
    line_breaks(&mut desk);
    let before = format!("{:?}", desk.case().unwrap());
    let effects = desk.update(approve(), now());
    assert!(matches!(effects[..], [Effect::NotKept]), "{effects:?}");
    assert_eq!(format!("{:?}", desk.case().unwrap()), before, "everything is as it was");
    desk.update(Input::Live(Live::Connected), now());
    let sent = enqueued(&desk.update(approve(), now())).expect("with a line it is sent");
    assert_eq!(sent.subject.case, Some(case));
    // What is kept on disk may be changed without a line.
    let (mut desk, _) = with_case();
    line_breaks(&mut desk);
    assert!(enqueued(&desk.update(approve(), now())).is_some());
}

#[test]
fn what_the_clerk_typed_to_be_secret_is_in_no_debug_output() {
    let inputs = [
        SignInInput::Pin(Secret::new("86420975")),
        SignInInput::ChoosePin(Some(Secret::new("86420975"))),
        SignInInput::Passphrase(Secret::new("86420975")),
    ];
    assert!(!format!("{inputs:?}").contains("86420975"));
    let effects = [
        SignInEffect::Pin(Secret::new("86420975")),
        SignInEffect::ChoosePin(Some(Secret::new("86420975"))),
        SignInEffect::Passphrase(Secret::new("86420975")),
    ];
    assert!(!format!("{effects:?}").contains("86420975"));
}
