//! A chord: a key with the modifiers held with it. Plain characters are matched by what was *produced*, so that the Danish
//! `/` (Shift 7) is `/`, and what AltGr produces is text, never a command.

use std::fmt;
use std::str::FromStr;

use iced::keyboard::key::{Key, Named};
use iced::keyboard::{self, Modifiers};

/// The key of a chord.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChordKey {
    /// A character, in lower case.
    Char(char),
    /// F1 to F12.
    F(u8),
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Tabulator.
    Tab,
    /// The space bar.
    Space,
    /// Delete.
    Delete,
    /// Backspace.
    Backspace,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
}

/// The named keys, as printed and as they can be written.
const NAMES: &[(ChordKey, Named, &[&str])] = &[
    (ChordKey::Enter, Named::Enter, &["↵", "Enter", "Return"]),
    (ChordKey::Escape, Named::Escape, &["Esc", "Escape"]),
    (ChordKey::Tab, Named::Tab, &["Tab"]),
    (ChordKey::Space, Named::Space, &["Space"]),
    (ChordKey::Delete, Named::Delete, &["Del", "Delete"]),
    (ChordKey::Backspace, Named::Backspace, &["Backspace"]),
    (ChordKey::Up, Named::ArrowUp, &["↑", "Up"]),
    (ChordKey::Down, Named::ArrowDown, &["↓", "Down"]),
    (ChordKey::Left, Named::ArrowLeft, &["←", "Left"]),
    (ChordKey::Right, Named::ArrowRight, &["→", "Right"]),
    (ChordKey::PageUp, Named::PageUp, &["PgUp", "PageUp"]),
    (ChordKey::PageDown, Named::PageDown, &["PgDn", "PageDown"]),
    (ChordKey::Home, Named::Home, &["Home"]),
    (ChordKey::End, Named::End, &["End"]),
];

const F_KEYS: [Named; 12] = [
    Named::F1,
    Named::F2,
    Named::F3,
    Named::F4,
    Named::F5,
    Named::F6,
    Named::F7,
    Named::F8,
    Named::F9,
    Named::F10,
    Named::F11,
    Named::F12,
];

impl ChordKey {
    fn named(self) -> Option<Named> {
        match self {
            Self::Char(_) => None,
            Self::F(n) => F_KEYS.get(usize::from(n).checked_sub(1)?).copied(),
            other => NAMES.iter().find(|(key, ..)| *key == other).map(|(_, named, _)| *named),
        }
    }
}

/// A key with the modifiers held with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chord {
    key: ChordKey,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

/// What was written is no chord.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no key: expected something like Ctrl K, F6, Esc, ↵ or ?")]
pub struct ChordError(String);

impl Chord {
    /// A character by itself. Give letters in lower case.
    pub const fn char(key: char) -> Self {
        Self { key: ChordKey::Char(key), ctrl: false, alt: false, shift: false }
    }

    /// A character with Ctrl.
    pub const fn ctrl(key: char) -> Self {
        Self::char(key).with_ctrl()
    }

    /// A character with Alt.
    pub const fn alt(key: char) -> Self {
        Self { alt: true, ..Self::char(key) }
    }

    /// A named key by itself.
    pub const fn named(key: ChordKey) -> Self {
        Self { key, ctrl: false, alt: false, shift: false }
    }

    /// The same with Ctrl.
    pub const fn with_ctrl(self) -> Self {
        Self { ctrl: true, ..self }
    }

    /// The same with Shift.
    pub const fn with_shift(self) -> Self {
        Self { shift: true, ..self }
    }

    /// Its key.
    pub const fn key(self) -> ChordKey {
        self.key
    }

    /// Whether it is a plain character, which belongs to a text field while one has the keyboard.
    pub const fn is_typing(self) -> bool {
        matches!(self.key, ChordKey::Char(_)) && !self.ctrl && !self.alt
    }

    /// Whether `event` is this chord being pressed.
    pub fn matches(&self, event: &keyboard::Event) -> bool {
        let keyboard::Event::KeyPressed { key, modified_key, physical_key, modifiers, .. } = event else {
            return false;
        };
        let (ctrl, alt) = (modifiers.control(), modifiers.alt());
        if modifiers.logo() || ctrl != self.ctrl || alt != self.alt {
            return false;
        }
        match self.key {
            ChordKey::Char(wanted) if ctrl || alt => {
                // With Ctrl or Alt a key produces no text, so the key itself counts, wherever the layout is not Latin too.
                let plain = key.to_latin(*physical_key).is_some_and(|c| same(c, wanted));
                (plain || produced(modified_key).is_some_and(|c| same(c, wanted)))
                    && self.shift_fits(wanted, *modifiers)
            }
            ChordKey::Char(wanted) => {
                produced(modified_key).is_some_and(|c| same(c, wanted))
                    && self.shift_fits(wanted, *modifiers)
                    && !by_alt_gr(key, modified_key, *modifiers)
            }
            named => named.named().is_some_and(|named| *key == Key::Named(named)) && modifiers.shift() == self.shift,
        }
    }

    /// For letters Shift must be as asked; other characters may need it to be produced at all.
    fn shift_fits(&self, wanted: char, modifiers: Modifiers) -> bool {
        !wanted.is_alphabetic() || modifiers.shift() == self.shift
    }
}

fn same(c: char, wanted: char) -> bool {
    c.to_lowercase().eq(std::iter::once(wanted))
}

fn produced(key: &Key) -> Option<char> {
    let Key::Character(text) = key else { return None };
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Without Shift only AltGr makes another character of a key.
fn by_alt_gr(key: &Key, modified: &Key, modifiers: Modifiers) -> bool {
    match (produced(key), produced(modified)) {
        (Some(plain), Some(modified)) => !modifiers.shift() && !plain.to_lowercase().eq(modified.to_lowercase()),
        _ => false,
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl "), (self.alt, "Alt "), (self.shift, "Shift ")] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.key {
            ChordKey::Char(c) => write!(f, "{}", c.to_uppercase()),
            ChordKey::F(n) => write!(f, "F{n}"),
            other => f.write_str(NAMES.iter().find(|(key, ..)| *key == other).map_or("", |(.., names)| names[0])),
        }
    }
}

impl FromStr for Chord {
    type Err = ChordError;

    /// Reads `Ctrl K`, `Ctrl+K`, `F6`, `Esc`, `↵`, `?` and the like; names without regard to case.
    fn from_str(text: &str) -> Result<Self, ChordError> {
        let wrong = || ChordError(text.to_owned());
        let mut chord = Self::named(ChordKey::Enter);
        let mut rest = text.trim();
        loop {
            let held = ["ctrl", "alt", "shift"].into_iter().find_map(|name| {
                let (head, tail) = rest.split_at_checked(name.len())?;
                let tail = tail.strip_prefix([' ', '+'])?;
                (head.eq_ignore_ascii_case(name) && !tail.is_empty()).then_some((name, tail))
            });
            match held {
                Some(("ctrl", tail)) => (chord.ctrl, rest) = (true, tail.trim_start()),
                Some(("alt", tail)) => (chord.alt, rest) = (true, tail.trim_start()),
                Some((_, tail)) => (chord.shift, rest) = (true, tail.trim_start()),
                None => break,
            }
        }
        let mut chars = rest.chars();
        chord.key = match (chars.next(), chars.next()) {
            _ if NAMES.iter().any(|(.., names)| names.iter().any(|name| name.eq_ignore_ascii_case(rest))) => {
                let found = NAMES.iter().find(|(.., names)| names.iter().any(|name| name.eq_ignore_ascii_case(rest)));
                found.map(|(key, ..)| *key).ok_or_else(wrong)?
            }
            (Some(only), None) => ChordKey::Char(only.to_lowercase().next().ok_or_else(wrong)?),
            (Some('F' | 'f'), Some(_)) => {
                let n: u8 = rest[1..].parse().map_err(|_| wrong())?;
                if !(1..=12).contains(&n) {
                    return Err(wrong());
                }
                ChordKey::F(n)
            }
            _ => return Err(wrong()),
        };
        Ok(chord)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::keyboard::key::{Code, Physical};
    use iced::keyboard::{Event, Location};

    fn press(plain: &str, produced: &str, code: Code, modifiers: Modifiers) -> Event {
        Event::KeyPressed {
            key: Key::Character(plain.into()),
            modified_key: Key::Character(produced.into()),
            physical_key: Physical::Code(code),
            location: Location::Standard,
            modifiers,
            text: Some(produced.into()),
            repeat: false,
        }
    }

    fn named(named: Named, modifiers: Modifiers) -> Event {
        Event::KeyPressed {
            key: Key::Named(named),
            modified_key: Key::Named(named),
            physical_key: Physical::Code(Code::Enter),
            location: Location::Standard,
            modifiers,
            text: None,
            repeat: false,
        }
    }

    fn chord(text: &str) -> Chord {
        text.parse().expect("a chord")
    }

    #[test]
    fn the_danish_slash_on_shift_seven_is_a_slash() {
        let event = press("7", "/", Code::Digit7, Modifiers::SHIFT);
        assert!(chord("/").matches(&event));
        assert!(!chord("7").matches(&event));
    }

    #[test]
    fn the_danish_question_mark_on_shift_plus_is_one() {
        assert!(chord("?").matches(&press("+", "?", Code::Minus, Modifiers::SHIFT)));
    }

    #[test]
    fn what_altgr_produces_is_never_a_command() {
        // On X11 AltGr shows in no modifier; on Windows it arrives as Ctrl and Alt together.
        assert!(!chord("+").matches(&press("q", "+", Code::KeyQ, Modifiers::empty())));
        assert!(!chord("e").matches(&press("e", "€", Code::KeyE, Modifiers::empty())));
        assert!(!chord("Ctrl Q").matches(&press("q", "@", Code::KeyQ, Modifiers::CTRL | Modifiers::ALT)));
        assert!(!chord("Alt 2").matches(&press("2", "@", Code::Digit2, Modifiers::CTRL | Modifiers::ALT)));
    }

    #[test]
    fn a_letter_works_with_caps_lock_but_not_with_shift() {
        assert!(chord("V").matches(&press("v", "V", Code::KeyV, Modifiers::empty())));
        assert!(!chord("V").matches(&press("v", "V", Code::KeyV, Modifiers::SHIFT)));
        assert!(!chord("V").matches(&press("v", "v", Code::KeyV, Modifiers::CTRL)));
    }

    #[test]
    fn ctrl_k_works_on_a_keyboard_that_is_not_latin() {
        assert!(chord("Ctrl K").matches(&press("л", "л", Code::KeyK, Modifiers::CTRL)));
    }

    #[test]
    fn ctrl_plus_works_where_plus_needs_shift_and_where_it_does_not() {
        assert!(chord("Ctrl +").matches(&press("+", "+", Code::Minus, Modifiers::CTRL)));
        assert!(chord("Ctrl +").matches(&press("=", "+", Code::Equal, Modifiers::CTRL | Modifiers::SHIFT)));
    }

    #[test]
    fn named_keys_want_exactly_their_modifiers() {
        assert!(chord("Esc").matches(&named(Named::Escape, Modifiers::empty())));
        assert!(chord("Shift ↵").matches(&named(Named::Enter, Modifiers::SHIFT)));
        assert!(!chord("↵").matches(&named(Named::Enter, Modifiers::CTRL)));
        assert!(chord("F6").matches(&named(Named::F6, Modifiers::empty())));
    }

    #[test]
    fn chords_are_read_in_both_ways_of_writing() {
        assert_eq!(chord("Ctrl+K"), chord("ctrl k"));
        assert_eq!(chord("Ctrl++").to_string(), "Ctrl +");
        assert_eq!(chord("Shift+Enter").to_string(), "Shift ↵");
        assert_eq!(chord("pgdn").to_string(), "PgDn");
        assert_eq!(chord("?").to_string(), "?");
        for wrong in ["", "F13", "Ctrl", "Hyper K", "F"] {
            let read = wrong.parse::<Chord>();
            assert!(read.is_err() || wrong == "F", "{wrong}: {read:?}");
        }
    }

    #[test]
    fn only_plain_characters_belong_to_a_text_field() {
        assert!(chord("A").is_typing());
        assert!(!chord("Ctrl A").is_typing() && !chord("Esc").is_typing() && !chord("Alt 2").is_typing());
    }
}
