//! The sign-in and the lock at an office are drawn without a display: what can be read, which keys work, how it looks.

use std::path::Path;

use iced::Size;
use skranke_client::ClientError;
use skranke_client::events::Live;
use skranke_client::pin::{PinState, Tried};
use skranke_client::sign_in::last::Last;
use skranke_client::sign_in::{SignInError, SignedIn};
use skranke_desk::cold::{ColdInput, Found};
use skranke_desk::signing_in::{SignInInput, Taken, Trouble};
use skranke_desk::{Effect, Input};

use super::*;
use crate::focus::Focus;
use crate::i18n::{Language as Spoken, Texts};
use crate::launch::Personas;
use crate::screens::citizen::tests::world;
use crate::screens::locked;
use crate::testing::Bench;
use crate::theme::{ThemeName, Tokens};

const SIZE: Size = Size::new(1440.0, 900.0);

fn look<'a>(focus: &'a Focus, language: Spoken) -> Look<'a> {
    Look::new(Tokens::light(), Texts::of(language), focus, world::now())
}

fn now() -> jiff::Timestamp {
    world::now().timestamp()
}

fn say(desk: &mut Desk, input: SignInInput) -> Vec<Effect> {
    desk.update(Input::SignIn(input), now())
}

fn ida() -> SignedIn {
    SignedIn { name: "Ida Munk".into(), subject: "ida".into() }
}

/// A window at an office, before anybody signed in.
fn office(keeping: Keeping, keys: Keys) -> Desk {
    let mut desk =
        Desk::new(skranke_domain::authority::Role::Clerk, skranke_desk::settings::Settings::default(), world::tz())
            .with_sign_in(SigningIn::new(keeping, keys));
    let _ = desk.update(Input::Begin, now());
    let _ = say(&mut desk, SignInInput::Resumed(Ok(None)));
    desk
}

/// The citizen's page with everything on it, in a window that somebody signed in to.
fn at_work() -> Desk {
    let mut desk = world::everything().with_sign_in(SigningIn::new(Keeping::Keyring, Keys::OfSystem));
    let _ = desk.update(Input::Begin, now());
    let (me, sites) = (desk.session.me.clone(), desk.session.sites.clone());
    let _ = say(&mut desk, SignInInput::Resumed(Ok(Some(ida()))));
    // What the server said before is still known.
    (desk.session.me, desk.session.sites) = (me, sites);
    desk
}

fn with_words(words: &str) -> SignInScreen {
    SignInScreen { words: Typed::new(words), again: Typed::new(words), ..SignInScreen::default() }
}

/// Draws the sign-in in both languages and gives what can be read in English.
fn drawn(name: &str, desk: &mut Desk, screen: &SignInScreen) -> String {
    let mut said = String::new();
    for (language, code) in [(Spoken::Danish, "da"), (Spoken::English, "en")] {
        desk.settings.language = if code == "da" { Language::Da } else { Language::En };
        let focus = Focus::on(begins(desk).0);
        let look = look(&focus, language);
        let view = screen.view(Scene { look: &look, desk }).unwrap();
        said = save(&format!("{name}-{code}"), Bench::new(view, SIZE));
    }
    said
}

/// Draws the lock in both languages and gives what can be read in English.
fn drawn_lock(name: &str, desk: &Desk, typed: &Typed) -> String {
    let mut said = String::new();
    for (language, code) in [(Spoken::Danish, "da"), (Spoken::English, "en")] {
        let focus = Focus::on(locked::begins(desk).0);
        let look = look(&focus, language);
        let view = locked::view(Scene { look: &look, desk }, Personas::Fixed, typed).unwrap();
        said = save(&format!("{name}-{code}"), Bench::new(view, SIZE));
    }
    said
}

fn save<M>(name: &str, mut bench: Bench<'_, M>) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures/sign-in");
    bench.draw(1.0, ThemeName::Light).save(&folder.join(format!("{name}.png")));
    let named = bench.controls().into_iter().map(|control| {
        assert!(!control.name.is_empty(), "{} has no name", control.id);
        format!("{} {}", control.name, control.value.unwrap_or_default())
    });
    let named: Vec<String> = named.collect();
    [bench.texts(), named].concat().join(" | ")
}

#[test]
fn the_sign_in_says_what_happens_and_where_it_is_kept() {
    let mut desk = office(Keeping::Keyring, Keys::OfSystem);
    let said = drawn("sign-in", &mut desk, &SignInScreen::default());
    assert!(said.contains("browser opens") && said.contains("keyring until you sign out"), "{said}");
    for (why, words) in [
        (NoKeyring::Missing, "has no keyring"),
        (NoKeyring::Locked, "keyring is locked"),
        (NoKeyring::Failed, "keyring refused"),
    ] {
        let mut desk = office(Keeping::EachTime(why), Keys::Nothing);
        let said = drawn("sign-in-each-time", &mut desk, &SignInScreen::default());
        assert!(said.contains("each time") && said.contains(words), "{said}");
    }
}

#[test]
fn while_the_browser_is_open_it_says_until_when_and_how_to_stop() {
    let mut desk = office(Keeping::Keyring, Keys::OfSystem);
    let _ = say(&mut desk, SignInInput::Start);
    let said = drawn("sign-in-waiting", &mut desk, &SignInScreen::default());
    assert!(said.contains("10:11") && said.contains("Cancel"), "{said}");
    let chords: Vec<&str> = SignInScreen::default().keys(&desk).into_iter().map(|key| key.chord).collect();
    assert_eq!(chords, ["Esc", "Ctrl Q"]);
    let address =
        "https://login.skovvig.example/authorize?client_id=skranke&state=4fJ0c2Zr8QW1xn5u&code_challenge=1Rk3u0l";
    let _ = say(&mut desk, SignInInput::ByHand(Some(address.into())));
    let said = drawn("sign-in-by-hand", &mut desk, &SignInScreen::default());
    assert!(said.contains(address) && said.contains("Copy the address"), "{said}");
}

#[test]
fn every_trouble_says_what_happened_and_what_to_do() {
    let errors = [
        SignInError::Offline,
        SignInError::Provider("no keys"),
        SignInError::Refused,
        SignInError::Browser,
        SignInError::SomebodyElse,
        SignInError::TimedOut,
        SignInError::Machine("no port is free".into()),
    ];
    let focus = Focus::none();
    for language in Spoken::ALL {
        let look = look(&focus, language);
        let mut all: Vec<Trouble> = errors.iter().cloned().map(Trouble::Failed).collect();
        all.extend([Trouble::NotKnownHere, Trouble::NotTold, Trouble::PinNotTried]);
        all.extend([0, 1, 3].map(Trouble::WrongPin));
        let mut sentences: Vec<String> = all.iter().map(|trouble| gate::sentence(&look, trouble, "Ida Munk")).collect();
        assert!(sentences.iter().all(|sentence| sentence.matches('.').count() >= 2), "{sentences:#?}");
        sentences.sort();
        sentences.dedup();
        assert_eq!(sentences.len(), all.len(), "each has its own");
    }
    let mut desk = office(Keeping::Keyring, Keys::OfSystem);
    let _ = say(&mut desk, SignInInput::Start);
    let number = 1;
    let _ = say(&mut desk, SignInInput::Answered(number, Err(SignInError::Offline)));
    let said = drawn("sign-in-offline", &mut desk, &SignInScreen::default());
    assert!(said.contains("cannot be reached") && said.contains("Sign in"), "{said}");
}

#[test]
fn the_passphrase_is_chosen_twice_and_asked_for_once_and_dots_stand_for_it() {
    let mut desk = office(Keeping::EachTime(NoKeyring::Missing), Keys::Nothing);
    let _ = say(&mut desk, SignInInput::Start);
    let _ = say(&mut desk, SignInInput::Answered(1, Ok(ida())));
    let typed = with_words("tre små kinesere");
    let said = drawn("passphrase", &mut desk, &typed);
    assert!(said.contains("Once more") && !said.contains("kinesere"), "{said}");
    assert!(said.contains(&"•".repeat(16)), "{said}");
    assert!(!format!("{typed:?} {:?}", Message::Words(typed.words.clone())).contains("kinesere"));
    // The reasons why it is not taken.
    let short = SignInScreen { amiss: with_words("kort").amiss(), ..with_words("kort") };
    assert!(drawn("passphrase-short", &mut desk, &short).contains("12 characters"));
    let differs = SignInScreen { again: Typed::new("tre små"), ..with_words("tre små kinesere") };
    assert_eq!(differs.amiss(), Some(Amiss::Differs));
    assert_eq!(typed.amiss(), None);
    // The next time it is asked for once, and another one is told as wrong.
    let _ = say(&mut desk, SignInInput::KeysAre(Keys::Passphrase));
    let _ = say(&mut desk, SignInInput::Passphrase(typed.words.secret()));
    let _ = say(&mut desk, SignInInput::PassphraseTried(Taken::Wrong));
    let said = drawn("passphrase-wrong", &mut desk, &with_words("på Højbro Plads"));
    assert!(
        said.contains("not the passphrase") && said.contains("I forgot it") && !said.contains("Once more"),
        "{said}"
    );
}

#[test]
fn the_lock_at_an_office_shows_nothing_of_any_citizen_whatever_is_open() {
    let mut desk = at_work();
    let _ = desk.update(Input::Lock, now());
    let said = drawn_lock("locked", &desk, &Typed::default());
    assert!(said.contains("opens the browser") && said.contains("Someone else"), "{said}");
    let _ = desk.update(Input::Unlock, now());
    let waiting = drawn_lock("locked-waiting", &desk, &Typed::default());
    let _ = say(&mut desk, SignInInput::Answered(1, Err(SignInError::SomebodyElse)));
    let told = drawn_lock("locked-somebody-else", &desk, &Typed::default());
    assert!(told.contains("Somebody else signed in"), "{told}");
    let page = desk.citizen().unwrap();
    let known = page.identity.value().unwrap();
    let of_her =
        [known.given_name.as_str(), known.surname.as_str(), known.cpr_masked.as_str(), "Danuta", "Leon", "example.dk"];
    for said in [said, waiting, told] {
        for word in of_her {
            assert!(!said.contains(word), "{word} is on the lock: {said}");
        }
    }
}

#[test]
fn without_a_line_the_pin_opens_the_lock_and_its_digits_are_dots() {
    let mut desk = at_work();
    let _ = say(&mut desk, SignInInput::PinIs(PinState::Set { left: 5 }));
    let _ = desk.update(Input::Lock, now());
    assert_eq!(locked::begins(&desk), (locked::UNLOCK, Role::Button), "with a line she signs in");
    let _ = desk.update(Input::Live(Live::Lost { error: ClientError::Offline }), now());
    assert_eq!(locked::begins(&desk), (locked::PIN, Role::TextField));
    let said = drawn_lock("locked-offline", &desk, &Typed::new("2468"));
    assert!(said.contains("••••") && !said.contains("2468") && said.contains("no connection"), "{said}");
    let _ = say(&mut desk, SignInInput::Pin(Typed::new("2468").secret()));
    let _ = say(&mut desk, SignInInput::PinTried(Some(Tried::Wrong { left: 4 })));
    assert!(drawn_lock("locked-wrong-pin", &desk, &Typed::default()).contains("4 tries are left"));
    let _ = say(&mut desk, SignInInput::Pin(Typed::new("2468").secret()));
    let _ = say(&mut desk, SignInInput::PinTried(Some(Tried::Wrong { left: 0 })));
    let said = drawn_lock("locked-spent", &desk, &Typed::default());
    assert!(said.contains("Only signing in") && !said.contains("PIN opens the window"), "{said}");
}

#[test]
fn a_sign_in_that_ended_says_that_nothing_typed_is_lost() {
    let mut desk = at_work();
    let _ = say(&mut desk, SignInInput::Ended);
    let said = drawn_lock("locked-ended", &desk, &Typed::default());
    assert!(said.contains("has ended") && said.contains("is still here"), "{said}");
}

/// A window that starts where nobody can be asked, and what this machine keeps.
fn restarted(keys: Keys, found: Found) -> Desk {
    let keeping = if keys == Keys::OfSystem { Keeping::Keyring } else { Keeping::EachTime(NoKeyring::Missing) };
    let mut desk =
        Desk::new(skranke_domain::authority::Role::Clerk, skranke_desk::settings::Settings::default(), world::tz())
            .with_sign_in(SigningIn::new(keeping, keys));
    let _ = desk.update(Input::Begin, now());
    let _ = say(&mut desk, SignInInput::Resumed(Err(SignInError::Offline)));
    let _ = say(&mut desk, SignInInput::Cold(ColdInput::Found(found)));
    desk
}

#[test]
fn a_window_that_starts_in_an_outage_says_whose_it_is_and_that_her_pin_opens_it() {
    let me = world::everything().session.me.value().cloned().unwrap();
    let last = Box::new(Last { who: ida(), me, at: now() });
    let desk = restarted(Keys::OfSystem, Found::Hers(last, PinState::Set { left: 5 }));
    assert_eq!(locked::begins(&desk), (locked::PIN, Role::TextField));
    let said = drawn_lock("locked-restarted", &desk, &Typed::new("2468"));
    for words in ["Ida Munk was signed in", "PIN opens the window", "could ask nobody", "Someone else"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("2468"), "{said}");
}

#[test]
fn where_nothing_opens_in_an_outage_it_says_why() {
    let mut all = Vec::new();
    for why in [Closed::NothingKept, Closed::NoPin, Closed::PinSpent, Closed::TooOld] {
        let mut desk = restarted(Keys::OfSystem, Found::Nobody(why));
        let said = drawn("sign-in-closed", &mut desk, &SignInScreen::default());
        assert!(said.contains("cannot be reached") && said.contains("Sign in"), "{said}");
        all.push(said);
    }
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 4, "each has its own sentence");
}

#[test]
fn without_a_keyring_her_passphrase_is_asked_for_in_an_outage_and_nobody_is_named() {
    let mut desk = restarted(Keys::Nothing, Found::Words);
    assert_eq!(begins(&desk), (WORDS, Role::TextField));
    let typed = with_words("tre små kinesere");
    let said = drawn("passphrase-offline", &mut desk, &typed);
    assert!(said.contains("no connection") && !said.contains("kinesere") && !said.contains("Ida"), "{said}");
    let chords: Vec<&str> = typed.keys(&desk).into_iter().map(|key| key.chord).collect();
    assert_eq!(chords, ["↵", "Ctrl Q"]);
    let _ = say(&mut desk, SignInInput::Passphrase(typed.words.secret()));
    let _ = say(&mut desk, SignInInput::Cold(ColdInput::Opened(Err(Taken::Wrong))));
    assert!(drawn("passphrase-offline-wrong", &mut desk, &typed).contains("not the passphrase"));
    // She may try to sign in instead, and comes back here where that fails.
    let _ = say(&mut desk, SignInInput::Start);
    assert!(drawn("passphrase-offline-browser", &mut desk, &typed).contains("Cancel"));
    let _ = say(&mut desk, SignInInput::GiveUp);
    assert_eq!(begins(&desk), (WORDS, Role::TextField));
}
