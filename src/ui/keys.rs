//! Keys: chords as they are printed and matched, and the one table that feeds the keys themselves, the bar at the bottom and
//! the `?` page. What a command does is the application's and the screens' business.

mod chord;

use iced::keyboard;

pub use chord::{Chord, ChordError, ChordKey};

/// Where a key works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// On every page.
    Everywhere,
    /// On a citizen's page.
    Citizen,
    /// On a case's page.
    Case,
    /// In the calendar.
    Calendar,
    /// In the list of cases.
    Cases,
    /// In the palette.
    Palette,
    /// In a dialog.
    Dialog,
}

impl Place {
    /// All places, as the `?` page lists them.
    pub const ALL: [Self; 7] = [Self::Everywhere, Self::Citizen, Self::Case, Self::Calendar, Self::Cases, Self::Palette, Self::Dialog];

    /// The id of its heading in `components.ftl`.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Everywhere => "place-everywhere",
            Self::Citizen => "place-citizen",
            Self::Case => "place-case",
            Self::Calendar => "place-calendar",
            Self::Cases => "place-cases",
            Self::Palette => "place-palette",
            Self::Dialog => "place-dialog",
        }
    }
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// Open the palette.
    Find,
    /// Go to the citizen.
    GoCitizen,
    /// Go to the list of cases.
    GoCases,
    /// Go to the calendar.
    GoCalendar,
    /// Ask the sources again.
    AskAgain,
    /// Back, or close what lies above.
    Back,
    /// Show all keys.
    Help,
    /// The next density round.
    NextDensity,
    /// Larger text.
    Larger,
    /// Smaller text.
    Smaller,
    /// Take the last thing back.
    Undo,
    /// Send, save, confirm.
    Confirm,
    /// Show the settings.
    Settings,
    /// The other language.
    NextLanguage,
    /// Light or dark.
    NextTheme,
    /// The next control.
    NextControl,
    /// The control before.
    PreviousControl,
    /// The row above.
    Up,
    /// The row below.
    Down,
    /// One page down.
    PageDown,
    /// One page up.
    PageUp,
    /// Open the active row.
    Open,
    /// Open the result of this number.
    OpenResult(u8),
    /// Show the CPR number for ten seconds.
    ShowCpr,
    /// Book an attendance.
    Book,
    /// Start a case.
    NewCase,
    /// Write a note.
    Note,
    /// Open or close a suggestion.
    OpenSuggestion,
    /// Show all facts.
    AllFacts,
    /// Show the contacts, or the history.
    History,
    /// Approve the item.
    Approve,
    /// Reject the item, with a reason.
    Reject,
    /// The item does not apply, with a reason.
    NotNeeded,
    /// Ask the citizen for what is missing.
    Ask,
    /// The next case.
    NextCase,
    /// The case before.
    PreviousCase,
    /// The day before.
    PreviousDay,
    /// The day after.
    NextDay,
    /// Today.
    Today,
    /// Week or day.
    ToggleSpan,
    /// Find a time.
    FindTime,
    /// Take the time of this number.
    TakeTime(u8),
    /// Cancel the appointment.
    CancelAppointment,
    /// Narrow the list.
    Narrow,
}

/// One line of the key table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeyBinding {
    /// The key.
    pub chord: Chord,
    /// What it asks for.
    pub command: Command,
    /// The id of what it does, in words, in `components.ftl`.
    pub label: &'static str,
    /// Where it works.
    pub place: Place,
}

macro_rules! table {
    ($($place:ident { $($chord:expr => $command:expr, label: $label:literal;)* })*) => {
        /// Every key there is. Within a place no key stands twice, and no place takes a key that works everywhere.
        pub const TABLE: &[KeyBinding] = &[$($(KeyBinding { chord: $chord, command: $command, label: $label, place: Place::$place },)*)*];
    };
}

use Command as C;

table! {
    Everywhere {
        Chord::ctrl('k') => C::Find, label: "key-find";
        Chord::ctrl('2') => C::GoCitizen, label: "key-go-citizen";
        Chord::ctrl('3') => C::GoCases, label: "key-go-cases";
        Chord::ctrl('4') => C::GoCalendar, label: "key-go-calendar";
        Chord::named(ChordKey::F(5)) => C::AskAgain, label: "key-ask-again";
        Chord::ctrl('z') => C::Undo, label: "key-undo";
        Chord::named(ChordKey::Enter).with_ctrl() => C::Confirm, label: "key-confirm";
        Chord::named(ChordKey::Escape) => C::Back, label: "key-back";
        Chord::char('?') => C::Help, label: "key-help";
        Chord::named(ChordKey::Tab) => C::NextControl, label: "key-next-control";
        Chord::named(ChordKey::Tab).with_shift() => C::PreviousControl, label: "key-previous-control";
        Chord::ctrl('d') => C::NextDensity, label: "key-density";
        Chord::ctrl('+') => C::Larger, label: "key-larger";
        Chord::ctrl('-') => C::Smaller, label: "key-smaller";
        Chord::ctrl(',') => C::Settings, label: "key-settings";
    }
    Citizen {
        Chord::named(ChordKey::Up) => C::Up, label: "key-case-up";
        Chord::named(ChordKey::Down) => C::Down, label: "key-case-down";
        Chord::named(ChordKey::Enter) => C::Open, label: "key-open";
        Chord::char('v') => C::ShowCpr, label: "key-show-cpr";
        Chord::char('b') => C::Book, label: "key-book";
        Chord::char('d') => C::Ask, label: "key-ask";
        Chord::char('c') => C::NewCase, label: "key-new-case";
        Chord::char('n') => C::Note, label: "key-note";
        Chord::char('y') => C::History, label: "key-contacts";
        Chord::char('i') => C::AllFacts, label: "key-all-facts";
        Chord::char('+') => C::OpenSuggestion, label: "key-suggestion";
    }
    Case {
        Chord::named(ChordKey::Up) => C::Up, label: "key-item-up";
        Chord::named(ChordKey::Down) => C::Down, label: "key-item-down";
        Chord::char('a') => C::Approve, label: "key-approve";
        Chord::char('x') => C::Reject, label: "key-reject";
        Chord::char('u') => C::NotNeeded, label: "key-not-needed";
        Chord::char('d') => C::Ask, label: "key-ask";
        Chord::char('b') => C::Book, label: "key-book";
        Chord::char('n') => C::Note, label: "key-note";
        Chord::char('j') => C::NextCase, label: "key-next-case";
        Chord::char('k') => C::PreviousCase, label: "key-previous-case";
        Chord::char('y') => C::History, label: "key-history";
        Chord::named(ChordKey::PageDown) => C::PageDown, label: "key-page-down";
        Chord::named(ChordKey::PageUp) => C::PageUp, label: "key-page-up";
    }
    Calendar {
        Chord::char('f') => C::FindTime, label: "key-find-time";
        Chord::char('1') => C::TakeTime(1), label: "key-take-time";
        Chord::char('2') => C::TakeTime(2), label: "key-take-time";
        Chord::char('3') => C::TakeTime(3), label: "key-take-time";
        Chord::char('b') => C::Book, label: "key-book";
        Chord::named(ChordKey::Left) => C::PreviousDay, label: "key-day-before";
        Chord::named(ChordKey::Right) => C::NextDay, label: "key-day-after";
        Chord::named(ChordKey::Up) => C::Up, label: "key-time-up";
        Chord::named(ChordKey::Down) => C::Down, label: "key-time-down";
        Chord::char('t') => C::Today, label: "key-today";
        Chord::char('v') => C::ToggleSpan, label: "key-week-day";
        Chord::named(ChordKey::Delete) => C::CancelAppointment, label: "key-cancel";
    }
    Cases {
        Chord::named(ChordKey::Up) => C::Up, label: "key-case-up";
        Chord::named(ChordKey::Down) => C::Down, label: "key-case-down";
        Chord::named(ChordKey::Enter) => C::Open, label: "key-open";
        Chord::char('b') => C::Book, label: "key-book";
        Chord::char('d') => C::Ask, label: "key-ask";
        Chord::char('/') => C::Narrow, label: "key-narrow";
    }
    Palette {
        Chord::named(ChordKey::Up) => C::Up, label: "key-result-up";
        Chord::named(ChordKey::Down) => C::Down, label: "key-result-down";
        Chord::named(ChordKey::Enter) => C::Open, label: "key-open";
        Chord::alt('2') => C::OpenResult(2), label: "key-open-result";
        Chord::alt('3') => C::OpenResult(3), label: "key-open-result";
        Chord::alt('4') => C::OpenResult(4), label: "key-open-result";
        Chord::alt('5') => C::OpenResult(5), label: "key-open-result";
        Chord::alt('6') => C::OpenResult(6), label: "key-open-result";
        Chord::alt('7') => C::OpenResult(7), label: "key-open-result";
        Chord::alt('8') => C::OpenResult(8), label: "key-open-result";
        Chord::alt('9') => C::OpenResult(9), label: "key-open-result";
    }
    Dialog {
        Chord::named(ChordKey::Enter) => C::Open, label: "key-press";
    }
}

/// What `event` asks for at `place`: first what works there, then what works everywhere.
pub fn command(place: Place, event: &keyboard::Event) -> Option<Command> {
    let at = |wanted: Place| TABLE.iter().filter(move |binding| binding.place == wanted);
    at(place).chain(at(Place::Everywhere)).find(|binding| binding.chord.matches(event)).map(|binding| binding.command)
}

/// The line of the table for a command at a place, or everywhere: for printing its key.
pub fn binding(place: Place, command: Command) -> Option<&'static KeyBinding> {
    let at = |wanted: Place| TABLE.iter().find(move |binding| binding.place == wanted && binding.command == command);
    at(place).or_else(|| at(Place::Everywhere))
}

/// The lines of the table for a place, in order.
pub fn bindings(place: Place) -> impl Iterator<Item = &'static KeyBinding> {
    TABLE.iter().filter(move |binding| binding.place == place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, Texts};
    use std::collections::HashSet;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for place in Place::ALL {
            let mut seen = HashSet::new();
            for binding in bindings(place) {
                assert!(seen.insert(binding.chord), "{place:?}: {} stands twice", binding.chord);
            }
        }
    }

    #[test]
    fn no_place_takes_a_key_that_works_everywhere() {
        for binding in TABLE.iter().filter(|binding| binding.place != Place::Everywhere) {
            assert!(bindings(Place::Everywhere).all(|other| other.chord != binding.chord), "{} at {:?}", binding.chord, binding.place);
        }
    }

    #[test]
    fn every_key_says_what_it_does_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for binding in TABLE {
                assert!(texts.has(binding.label), "{language:?}: {}", binding.label);
                assert!(texts.has(binding.place.label_key()), "{language:?}: {:?}", binding.place);
            }
        }
    }

    #[test]
    fn every_key_is_read_back_as_it_is_printed() {
        for binding in TABLE {
            assert_eq!(binding.chord.to_string().parse(), Ok(binding.chord));
        }
    }
}
