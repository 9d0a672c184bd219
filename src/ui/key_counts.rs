//! How many keys the counter's most frequent deeds take, as the sequences that are pressed: printed in the list of all keys (`?`) and pressed one by
//! one by the tests, so that neither can claim what the other does not do.

/// What stands in a sequence for letters that are typed; they do not count as keys.
pub const LETTERS: &str = "…";

/// Finding a citizen and opening her.
pub const FIND: &[&str] = &["Ctrl K", LETTERS, "↵"];
/// Finding a citizen whose name and address are protected, and saying why she is opened.
pub const FIND_PROTECTED: &[&str] = &["Ctrl K", LETTERS, "↵", "↵"];
/// Showing a hidden CPR number.
pub const REVEAL: &[&str] = &["V"];
/// Registering a contact whose fields are right as they are filled in.
pub const REGISTER: &[&str] = &["W", "1", "Ctrl ↵"];
/// Registering a contact when channel, subject, life situation, for whom, outcome and line are all changed once.
pub const REGISTER_ALL: &[&str] = &["W", "K", "Space", "F", "O", "1", "T", LETTERS, "Ctrl ↵"];
/// Handing a citizen over: who, what, that the rest the unit asks is not known, send.
pub const HAND_OVER: &[&str] = &["H", LETTERS, "↵", LETTERS, "Ctrl U", "Ctrl ↵"];

/// The most keys that a registration may take, with every field changed once.
pub const REGISTER_AT_MOST: usize = 8;

/// A deed with its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyCount {
    /// The Fluent id of what is done.
    pub label: &'static str,
    /// The sequence.
    pub keys: &'static [&'static str],
}

/// The deeds that are counted.
pub const KEY_COUNTS: &[KeyCount] = &[
    KeyCount { label: "key-count-find", keys: FIND },
    KeyCount { label: "key-count-find-protected", keys: FIND_PROTECTED },
    KeyCount { label: "key-count-reveal", keys: REVEAL },
    KeyCount { label: "key-count-register", keys: REGISTER },
    KeyCount { label: "key-count-register-all", keys: REGISTER_ALL },
    KeyCount { label: "key-count-hand-over", keys: HAND_OVER },
];

/// How many keys a sequence takes, without the letters that are typed.
#[must_use]
pub fn count(keys: &[&str]) -> usize {
    keys.iter().filter(|key| **key != LETTERS).count()
}

/// Whether letters are typed in it.
#[must_use]
pub fn has_letters(keys: &[&str]) -> bool {
    keys.contains(&LETTERS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, Texts};
    use crate::keys::Chord;

    #[test]
    fn every_sequence_is_made_of_keys_that_there_are() {
        for deed in KEY_COUNTS {
            for key in deed.keys.iter().filter(|key| **key != LETTERS) {
                assert!(key.parse::<Chord>().is_ok(), "{key}");
            }
            for language in Language::ALL {
                assert!(Texts::of(language).has(deed.label), "{}", deed.label);
            }
        }
    }

    #[test]
    fn a_contact_is_registered_in_three_keys_and_with_everything_changed_in_eight() {
        assert_eq!(count(REGISTER), 3);
        assert!(count(REGISTER_ALL) <= REGISTER_AT_MOST);
    }
}
