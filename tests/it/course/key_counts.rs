//! The deeds whose keys are counted: the very sequences that the list of all keys prints are pressed here.

use skranke::api::cases::ContactView;
use skranke::desk::citizen::Reveal;
use skranke::desk::sheets::Sheet;
use skranke::desk::{Desk, Place};
use skranke::domain::authority::Role;
use skranke::domain::contact::{Channel, ForWhom, Outcome};
use skranke::ui::key_counts::{
    FIND, FIND_PROTECTED, HAND_OVER, KEY_COUNTS, LETTERS, REGISTER, REGISTER_ALL, REGISTER_AT_MOST, REVEAL, count,
    has_letters,
};

use super::receiver;
use crate::support::town::{Town, purpose};
use crate::support::window::{Clerk, english, launch, sit_down};
use crate::support::{DIVORCED, SHOWCASE};

/// What the desk is like once something was typed.
type So = fn(&Desk) -> bool;

/// A key as it is printed, as it is pressed.
fn chord(printed: &str) -> String {
    printed.replace('↵', "Enter").replace(' ', "+")
}

/// Presses a sequence; where letters stand in it they are typed, and what is to be waited for after each part is waited for.
fn does<P: iced::Program<State = skranke::ui::App> + 'static>(
    clerk: &mut Clerk<P>,
    keys: &[&str],
    letters: &[(&str, So)],
) {
    let mut letters = letters.iter();
    for key in keys {
        if *key == LETTERS {
            let (typed, so) = letters.next().expect("letters for each gap");
            clerk.type_text(typed).until(&format!("what comes of `{typed}`"), so);
        } else {
            clerk.press(&[&chord(key)]);
        }
    }
    assert!(letters.next().is_none(), "every letter was typed");
}

fn mine(town: &Town) -> Vec<ContactView> {
    let all = town.run(async { town.contacts_of(town.showcase().await, Role::Clerk).await });
    all.into_iter().filter(|one| one.by.as_deref() == Some("Ida Mellemgaard")).collect()
}

#[test]
fn finding_revealing_registering_and_handing_over_take_the_keys_that_are_printed() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    let found =
        |desk: &Desk| desk.finder.as_ref().is_some_and(|finder| !finder.is_waiting() && !finder.hits().is_empty());

    does(&mut ida, FIND, &[("signe aabo lindeskov", found)]);
    ida.whole_page(DIVORCED);
    // Of somebody protected it is asked why, and the choice that stands there takes one key.
    let (last, first) = FIND_PROTECTED.split_last().expect("keys");
    does(&mut ida, first, &[("kalina testrup wrona", found)]);
    ida.until("it is asked why", |desk| desk.need().is_some());
    does(&mut ida, &[last], &[]);
    ida.whole_page(SHOWCASE);
    does(&mut ida, REVEAL, &[]);
    ida.until("the number", |desk| matches!(desk.citizen().unwrap().reveal, Reveal::Shown(_)));

    let before = mine(&town).len();
    does(&mut ida, REGISTER, &[]);
    ida.until("nobody stands here", |desk| desk.place() == Place::Start && desk.citizen().is_none());
    ida.arrives("the contact", || mine(&town).len() == before + 1);
    assert_eq!(mine(&town)[0].outcome, Some(Outcome::Settled));

    // With every field changed once: channel, subject, situation, for whom, outcome, line.
    ida.open_citizen(SHOWCASE);
    does(&mut ida, REGISTER_ALL, &[("Spurgte om pladsen", |desk| matches!(desk.sheet(), Some(Sheet::WrapUp(_))))]);
    ida.until("nobody stands here", |desk| desk.citizen().is_none());
    ida.arrives("the contact", || mine(&town).len() == before + 2);
    let contact = mine(&town).remove(0);
    assert_ne!(contact.channel, Channel::Counter, "the channel was changed");
    assert!(!contact.subjects.is_empty() && contact.situation.is_some(), "{contact:?}");
    assert_ne!(contact.for_whom, Some(ForWhom::Own));
    assert_eq!((contact.outcome, contact.text.da.as_str()), (Some(Outcome::Settled), "Spurgte om pladsen"));

    let to = receiver(&town, Role::Caseworker);
    ida.open_citizen(SHOWCASE);
    let offered = |desk: &Desk| {
        let Some(Sheet::Handover(sheet)) = desk.sheet() else { return false };
        sheet.candidates.first().is_some_and(|one| one.name.da == "Mette Brunsgaard")
    };
    does(&mut ida, HAND_OVER, &[("mette brunsgaard", offered), ("Vil høre om pladsen", |desk| desk.sheet().is_some())]);
    ida.sheet_closes().arrives("the hand-over", || {
        let sent = town
            .run(async { town.api(Role::Clerk).handovers_of(town.showcase().await, &purpose()).await.unwrap().items });
        sent.iter().any(|one| one.receiver == to && one.card.what.contains("Vil høre om pladsen"))
    });
}

#[test]
fn the_list_of_all_keys_prints_the_counts_and_registering_takes_eight_at_most() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.driver.resize(iced::Size::new(1440.0, 2400.0));
    ida.press(&["?"]).read_word("key-counts");
    let printed = ida.driver.texts();
    for deed in KEY_COUNTS {
        let label = ida.word(deed.label);
        let word = if has_letters(deed.keys) { "key-count-with-letters" } else { "key-count" };
        let keys = i64::try_from(count(deed.keys)).unwrap();
        let counted = ida.sentence(word, &[("count", keys.into())]);
        let at = printed.iter().position(|text| *text == label).unwrap_or_else(|| panic!("{label} in {printed:?}"));
        assert_eq!(printed[at + 1], counted, "beside {label}");
        // The caps beside it are the sequence itself.
        let caps: Vec<&str> = printed[at + 2..].iter().map(String::as_str).take(2 * deed.keys.len()).collect();
        let caps = caps.join(" ");
        for key in deed.keys.iter().filter(|key| **key != LETTERS) {
            // Enter is drawn, not written.
            for cap in key.split(' ').filter(|cap| *cap != "↵") {
                assert!(caps.contains(cap), "{cap} beside {label}: {caps}");
            }
        }
    }
    for keys in [REGISTER, REGISTER_ALL] {
        assert!(count(keys) <= REGISTER_AT_MOST && REGISTER_AT_MOST == 8, "{keys:?}");
    }
}
