//! Chords as people write them ("Ctrl+K", "Shift+Enter", "?") and the key events a Danish keyboard makes of them.
//! No driver here: this only says which events belong to which key.

use std::fmt;
use std::str::FromStr;

use iced::advanced::graphics::core::SmolStr;
use iced::keyboard::key::{Code, Named, NativeCode, Physical};
use iced::keyboard::{self, Key, Location, Modifiers};

/// A key with the modifiers held while it is pressed.
#[derive(Debug, Clone, PartialEq)]
pub struct Chord {
    written: String,
    modifiers: Modifiers,
    stroke: Stroke,
}

/// A chord that no keyboard has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is no key, expected one as in `Ctrl+K`, `Shift+Enter`, `F6`, `Down`, `a` or `?`")]
pub struct ChordError {
    /// What was written.
    pub written: String,
}

/// One key as the keyboard reports it.
#[derive(Debug, Clone, PartialEq)]
struct Stroke {
    key: Key,
    modified: Key,
    physical: Physical,
    text: Option<SmolStr>,
    needs_shift: bool,
}

impl Chord {
    /// The key that types `character`, Shift included where the Danish layout needs it.
    pub fn typing(character: char) -> Self {
        let stroke = match character {
            '\n' | '\r' => named(Named::Enter, Code::Enter, Some('\r')),
            '\t' => named(Named::Tab, Code::Tab, Some('\t')),
            ' ' => named(Named::Space, Code::Space, Some(' ')),
            _ => character_stroke(character),
        };
        let modifiers = if stroke.needs_shift { Modifiers::SHIFT } else { Modifiers::empty() };
        Self { written: character.to_string(), modifiers, stroke }
    }

    /// The modifiers held.
    pub fn modifiers(&self) -> Modifiers {
        self.modifiers
    }

    /// The events before the key itself: each modifier goes down.
    pub(super) fn hold(&self) -> Vec<keyboard::Event> {
        let mut held = Modifiers::empty();
        let mut events = Vec::new();
        for (modifier, key, code) in MODIFIERS {
            if self.modifiers.contains(modifier) {
                events.push(modifier_pressed(key, code, held));
                held |= modifier;
                events.push(keyboard::Event::ModifiersChanged(held));
            }
        }
        events
    }

    /// The key goes down.
    pub(super) fn press(&self) -> keyboard::Event {
        keyboard::Event::KeyPressed {
            key: self.stroke.key.clone(),
            modified_key: self.modified(),
            physical_key: self.stroke.physical,
            location: Location::Standard,
            modifiers: self.modifiers,
            text: self.text(),
            repeat: false,
        }
    }

    /// The key and then the modifiers go up again.
    pub(super) fn release(&self) -> Vec<keyboard::Event> {
        let mut events = vec![keyboard::Event::KeyReleased {
            key: self.stroke.key.clone(),
            modified_key: self.modified(),
            physical_key: self.stroke.physical,
            location: Location::Standard,
            modifiers: self.modifiers,
        }];
        let mut held = self.modifiers;
        for (modifier, key, code) in MODIFIERS.into_iter().rev() {
            if self.modifiers.contains(modifier) {
                events.push(keyboard::Event::KeyReleased {
                    key: Key::Named(key),
                    modified_key: Key::Named(key),
                    physical_key: Physical::Code(code),
                    location: Location::Left,
                    modifiers: held,
                });
                held -= modifier;
                events.push(keyboard::Event::ModifiersChanged(held));
            }
        }
        events
    }

    fn modified(&self) -> Key {
        if !self.modifiers.shift() {
            return self.stroke.modified.clone();
        }
        match &self.stroke.modified {
            Key::Character(text) => Key::Character(shifted(text)),
            other => other.clone(),
        }
    }

    /// What the key types. With Ctrl held a letter gives its control character, as the window system reports it.
    fn text(&self) -> Option<SmolStr> {
        let text = self.stroke.text.as_ref()?;
        let text = if self.modifiers.shift() { shifted(text) } else { text.clone() };
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if self.modifiers.control() && letter.is_ascii_alphabetic() => {
                Some(SmolStr::new(char::from(letter.to_ascii_lowercase() as u8 & 0x1f).to_string()))
            }
            _ => Some(text),
        }
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl FromStr for Chord {
    type Err = ChordError;

    /// Letters name keys, so `Ctrl+K` and `ctrl+k` are the same and Shift is written out: `Ctrl+Shift+K`.
    fn from_str(written: &str) -> Result<Self, ChordError> {
        let error = || ChordError { written: written.to_owned() };
        let mut modifiers = Modifiers::empty();
        let mut rest = written.trim();
        // A `+` at the very start is the key itself, also in `Ctrl++`.
        while let Some(plus) = rest.find('+').filter(|plus| *plus > 0) {
            modifiers |= match rest[..plus].trim().to_lowercase().as_str() {
                "ctrl" | "control" => Modifiers::CTRL,
                "shift" => Modifiers::SHIFT,
                "alt" => Modifiers::ALT,
                "super" | "win" | "cmd" => Modifiers::LOGO,
                _ => return Err(error()),
            };
            rest = rest[plus + 1..].trim();
        }
        let mut letters = rest.chars();
        let stroke = match (letters.next(), letters.next()) {
            (Some(letter), None) => character_stroke(first_lower(letter)),
            _ => named_stroke(rest).ok_or_else(error)?,
        };
        if stroke.needs_shift {
            modifiers |= Modifiers::SHIFT;
        }
        Ok(Self { written: written.trim().to_owned(), modifiers, stroke })
    }
}

const MODIFIERS: [(Modifiers, Named, Code); 4] = [
    (Modifiers::CTRL, Named::Control, Code::ControlLeft),
    (Modifiers::ALT, Named::Alt, Code::AltLeft),
    (Modifiers::SHIFT, Named::Shift, Code::ShiftLeft),
    (Modifiers::LOGO, Named::Super, Code::SuperLeft),
];

/// The keys of the Danish layout that carry signs: alone, with Shift, with AltGr, and where they sit.
const SIGNS: &[(char, char, Option<char>, Code)] = &[
    ('½', '§', None, Code::Backquote),
    ('1', '!', None, Code::Digit1),
    ('2', '"', Some('@'), Code::Digit2),
    ('3', '#', Some('£'), Code::Digit3),
    ('4', '¤', Some('$'), Code::Digit4),
    ('5', '%', Some('€'), Code::Digit5),
    ('6', '&', None, Code::Digit6),
    ('7', '/', Some('{'), Code::Digit7),
    ('8', '(', Some('['), Code::Digit8),
    ('9', ')', Some(']'), Code::Digit9),
    ('0', '=', Some('}'), Code::Digit0),
    ('+', '?', None, Code::Minus),
    ('´', '`', Some('|'), Code::Equal),
    ('å', 'Å', None, Code::BracketLeft),
    ('¨', '^', Some('~'), Code::BracketRight),
    ('æ', 'Æ', None, Code::Semicolon),
    ('ø', 'Ø', None, Code::Quote),
    ('\'', '*', None, Code::Backslash),
    ('<', '>', Some('\\'), Code::IntlBackslash),
    (',', ';', None, Code::Comma),
    ('.', ':', None, Code::Period),
    ('-', '_', None, Code::Slash),
];

const LETTERS: [Code; 26] = [
    Code::KeyA,
    Code::KeyB,
    Code::KeyC,
    Code::KeyD,
    Code::KeyE,
    Code::KeyF,
    Code::KeyG,
    Code::KeyH,
    Code::KeyI,
    Code::KeyJ,
    Code::KeyK,
    Code::KeyL,
    Code::KeyM,
    Code::KeyN,
    Code::KeyO,
    Code::KeyP,
    Code::KeyQ,
    Code::KeyR,
    Code::KeyS,
    Code::KeyT,
    Code::KeyU,
    Code::KeyV,
    Code::KeyW,
    Code::KeyX,
    Code::KeyY,
    Code::KeyZ,
];

const NAMED: &[(&str, Named, Code, Option<char>)] = &[
    ("enter", Named::Enter, Code::Enter, Some('\r')),
    ("return", Named::Enter, Code::Enter, Some('\r')),
    ("escape", Named::Escape, Code::Escape, Some('\u{1b}')),
    ("esc", Named::Escape, Code::Escape, Some('\u{1b}')),
    ("tab", Named::Tab, Code::Tab, Some('\t')),
    ("space", Named::Space, Code::Space, Some(' ')),
    ("backspace", Named::Backspace, Code::Backspace, Some('\u{8}')),
    ("delete", Named::Delete, Code::Delete, Some('\u{7f}')),
    ("insert", Named::Insert, Code::Insert, None),
    ("up", Named::ArrowUp, Code::ArrowUp, None),
    ("down", Named::ArrowDown, Code::ArrowDown, None),
    ("left", Named::ArrowLeft, Code::ArrowLeft, None),
    ("right", Named::ArrowRight, Code::ArrowRight, None),
    ("home", Named::Home, Code::Home, None),
    ("end", Named::End, Code::End, None),
    ("pageup", Named::PageUp, Code::PageUp, None),
    ("pagedown", Named::PageDown, Code::PageDown, None),
    ("menu", Named::ContextMenu, Code::ContextMenu, None),
    ("f1", Named::F1, Code::F1, None),
    ("f2", Named::F2, Code::F2, None),
    ("f3", Named::F3, Code::F3, None),
    ("f4", Named::F4, Code::F4, None),
    ("f5", Named::F5, Code::F5, None),
    ("f6", Named::F6, Code::F6, None),
    ("f7", Named::F7, Code::F7, None),
    ("f8", Named::F8, Code::F8, None),
    ("f9", Named::F9, Code::F9, None),
    ("f10", Named::F10, Code::F10, None),
    ("f11", Named::F11, Code::F11, None),
    ("f12", Named::F12, Code::F12, None),
];

fn modifier_pressed(key: Named, code: Code, held: Modifiers) -> keyboard::Event {
    keyboard::Event::KeyPressed {
        key: Key::Named(key),
        modified_key: Key::Named(key),
        physical_key: Physical::Code(code),
        location: Location::Left,
        modifiers: held,
        text: None,
        repeat: false,
    }
}

fn named(key: Named, code: Code, text: Option<char>) -> Stroke {
    Stroke {
        key: Key::Named(key),
        modified: Key::Named(key),
        physical: Physical::Code(code),
        text: text.map(|text| SmolStr::new(text.to_string())),
        needs_shift: false,
    }
}

fn named_stroke(name: &str) -> Option<Stroke> {
    let name = name.to_lowercase();
    let (_, key, code, text) = NAMED.iter().find(|(known, ..)| *known == name)?;
    Some(named(*key, *code, *text))
}

fn character_stroke(character: char) -> Stroke {
    let lower = first_lower(character);
    let typed = |base: char, code: Option<Code>, needs_shift: bool| Stroke {
        key: Key::Character(SmolStr::new(base.to_string())),
        modified: Key::Character(SmolStr::new(character.to_string())),
        physical: code.map_or(Physical::Unidentified(NativeCode::Unidentified), Physical::Code),
        text: Some(SmolStr::new(character.to_string())),
        needs_shift,
    };
    if lower.is_ascii_lowercase() {
        let code = LETTERS.get(usize::from(lower as u8 - b'a')).copied();
        return typed(lower, code, character != lower);
    }
    for (alone, with_shift, with_alt_gr, code) in SIGNS {
        if character == *alone || Some(character) == *with_alt_gr {
            return typed(*alone, Some(*code), false);
        }
        if character == *with_shift {
            return typed(*alone, Some(*code), true);
        }
    }
    // Not on the keyboard (é, say): it arrives as text, as from a compose key.
    typed(lower, None, character != lower)
}

/// What Shift makes of a text: capitals, and the upper sign of a key.
fn shifted(text: &SmolStr) -> SmolStr {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => {
            let sign = SIGNS.iter().find(|(alone, ..)| *alone == letter).map(|(_, upper, ..)| *upper);
            match sign {
                Some(upper) => SmolStr::new(upper.to_string()),
                None => SmolStr::new(letter.to_uppercase().collect::<String>()),
            }
        }
        _ => text.clone(),
    }
}

fn first_lower(character: char) -> char {
    character.to_lowercase().next().unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(chord: &Chord) -> (Key, Key, Physical, Modifiers, Option<String>) {
        match chord.press() {
            keyboard::Event::KeyPressed { key, modified_key, physical_key, modifiers, text, .. } => {
                (key, modified_key, physical_key, modifiers, text.map(|text| text.to_string()))
            }
            other => panic!("{other:?} is no key press"),
        }
    }

    fn sign(text: &str) -> Key {
        Key::Character(SmolStr::new(text))
    }

    #[test]
    fn ctrl_k_arrives_as_the_window_system_sends_it() {
        let chord: Chord = "Ctrl+K".parse().unwrap();
        let expected = (sign("k"), sign("k"), Physical::Code(Code::KeyK), Modifiers::CTRL, Some("\u{b}".to_owned()));
        assert_eq!(pressed(&chord), expected);
        assert_eq!(chord.hold().last(), Some(&keyboard::Event::ModifiersChanged(Modifiers::CTRL)));
        assert_eq!(chord.release().last(), Some(&keyboard::Event::ModifiersChanged(Modifiers::empty())));
    }

    #[test]
    fn a_question_mark_is_shift_and_plus_on_a_danish_keyboard() {
        let expected = (sign("+"), sign("?"), Physical::Code(Code::Minus), Modifiers::SHIFT, Some("?".to_owned()));
        assert_eq!(pressed(&"?".parse().unwrap()), expected);
        assert_eq!(pressed(&"Shift++".parse().unwrap()), expected);
    }

    #[test]
    fn plus_is_a_key_as_well_as_the_sign_between_keys() {
        assert_eq!(pressed(&"+".parse().unwrap()).1, sign("+"));
        let (_, modified, _, modifiers, _) = pressed(&"Ctrl++".parse().unwrap());
        assert_eq!((modified, modifiers), (sign("+"), Modifiers::CTRL));
    }

    #[test]
    fn a_letter_names_its_key_and_shift_is_written_out() {
        assert_eq!(pressed(&"V".parse().unwrap()).4, Some("v".to_owned()));
        assert_eq!(pressed(&"Shift+v".parse().unwrap()).4, Some("V".to_owned()));
        assert_eq!(pressed(&"Ctrl+Shift+Å".parse().unwrap()).1, sign("Å"));
    }

    #[test]
    fn typing_keeps_capitals_and_danish_letters() {
        for (character, code, modifiers) in [
            ('Å', Code::BracketLeft, Modifiers::SHIFT),
            ('ø', Code::Quote, Modifiers::empty()),
            ('Q', Code::KeyQ, Modifiers::SHIFT),
            ('@', Code::Digit2, Modifiers::empty()),
            ('-', Code::Slash, Modifiers::empty()),
        ] {
            let (_, _, physical, held, text) = pressed(&Chord::typing(character));
            assert_eq!((physical, held, text), (Physical::Code(code), modifiers, Some(character.to_string())));
        }
        assert_eq!(pressed(&Chord::typing('é')).4, Some("é".to_owned()));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for wrong in ["Crtl+K", "Entr", "", "Ctrl+", "Ctrl+Shift+", "F13+a"] {
            assert_eq!(wrong.parse::<Chord>(), Err(ChordError { written: wrong.to_owned() }));
        }
    }
}
