//! What is on the screen, read from the widgets themselves: texts, values of fields, names of controls, and where
//! they can be seen; and waiting for it. Nothing is changed here, and pixels are not looked at.

use std::any::Any;
use std::time::Duration;

use iced::advanced::widget::operation::{Outcome, TextInput};
use iced::advanced::widget::{Id, Operation};
use iced::{Point, Program, Rectangle, Size, Vector};

use super::driver::Driver;
use super::error::DriverError;

/// Gives the accessible name of a control that reports itself through `Operation::custom`.
pub type NameOf = fn(&mut dyn Any) -> Option<String>;

/// One thing that can be read on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// Its text, spaces unified as in [`plain`].
    pub text: String,
    /// The part of it inside the window and inside every scrolled area around it, in logical pixels.
    pub bounds: Rectangle,
    /// What kind of thing it is.
    pub kind: Kind,
}

/// Where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text on the screen.
    Text,
    /// The value of an input field, or its placeholder while it is empty.
    Field,
    /// The accessible name of a control; it need not be drawn.
    Name,
}

impl Seen {
    /// The middle of what can be seen of it.
    pub fn center(&self) -> Point {
        self.bounds.center()
    }
}

/// Text as people read it: hard and narrow spaces are spaces, and marks of writing direction are not there.
pub fn plain(text: &str) -> String {
    text.chars()
        .filter(|letter| !matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}'))
        .map(|letter| if matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2007}') { ' ' } else { letter })
        .collect()
}

/// Walks the widgets and notes every text that can be seen.
pub(super) struct Reading {
    name_of: Option<NameOf>,
    seen: Vec<Seen>,
    /// What is left of the window inside the scrolled areas above the current widget.
    clip: Rectangle,
    /// How far those areas are scrolled together.
    scrolled: Vector,
    /// The area that reported itself last; what it holds follows with the next traversal.
    entering: Option<(Rectangle, Vector)>,
}

impl Reading {
    pub(super) fn new(window: Size, name_of: Option<NameOf>) -> Self {
        Self { name_of, seen: Vec::new(), clip: Rectangle::with_size(window), scrolled: Vector::ZERO, entering: None }
    }

    pub(super) fn into_seen(self) -> Vec<Seen> {
        self.seen
    }

    fn note(&mut self, bounds: Rectangle, text: &str, kind: Kind) {
        let text = plain(text);
        if text.trim().is_empty() {
            return;
        }
        if let Some(bounds) = (bounds - self.scrolled).intersection(&self.clip) {
            self.seen.push(Seen { text, bounds, kind });
        }
    }
}

impl Operation for Reading {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let (clip, scrolled) = (self.clip, self.scrolled);
        if let Some((bounds, translation)) = self.entering.take() {
            self.clip = (bounds - scrolled).intersection(&clip).unwrap_or(Rectangle::with_size(Size::ZERO));
            self.scrolled = scrolled + translation;
        }
        operate(self);
        self.clip = clip;
        self.scrolled = scrolled;
        self.entering = None;
    }

    fn container(&mut self, _id: Option<&Id>, _bounds: Rectangle) {
        self.entering = None;
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        _content_bounds: Rectangle,
        translation: Vector,
        _state: &mut dyn iced::advanced::widget::operation::Scrollable,
    ) {
        self.entering = Some((bounds, translation));
    }

    fn text_input(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn TextInput) {
        let text = state.text().to_owned();
        self.note(bounds, &text, Kind::Field);
    }

    fn text(&mut self, _id: Option<&Id>, bounds: Rectangle, text: &str) {
        self.note(bounds, text, Kind::Text);
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        if let Some(name) = self.name_of.and_then(|name_of| name_of(state)) {
            self.note(bounds, &name, Kind::Name);
        }
    }

    fn finish(&self) -> Outcome<()> {
        Outcome::None
    }
}

/// The thing meant by a text in `click "…"`: the first that reads exactly so, else the first control of that name,
/// else the first that holds it.
pub(super) fn meant<'a>(seen: &'a [Seen], needle: &str) -> Option<&'a Seen> {
    let needle = plain(needle);
    let needle = needle.trim();
    let read = |seen: &&Seen| seen.kind != Kind::Name;
    seen.iter()
        .filter(read)
        .find(|seen| seen.text.trim() == needle)
        .or_else(|| seen.iter().find(|seen| seen.kind == Kind::Name && seen.text.trim() == needle))
        .or_else(|| seen.iter().filter(read).find(|seen| seen.text.contains(needle)))
}

impl<P: Program + 'static> Driver<P> {
    /// Everything on the screen with its place, in the order of the widgets. Text scrolled out of view is not there.
    pub fn seen(&mut self) -> Vec<Seen> {
        let mut reading = Reading::new(self.logical_size(), self.name_of);
        self.with_interface(|interface, renderer, _, _, _| interface.operate(renderer, &mut reading));
        reading.into_seen()
    }

    /// The texts on the screen: texts and the values (or placeholders) of fields.
    pub fn texts(&mut self) -> Vec<String> {
        let seen = self.seen().into_iter();
        seen.filter(|seen| seen.kind != Kind::Name).map(|seen| seen.text).collect()
    }

    /// Whether `needle` is part of any text on the screen.
    pub fn sees(&mut self, needle: &str) -> bool {
        let needle = plain(needle);
        self.texts().iter().any(|text| text.contains(&needle))
    }

    /// The thing on the screen that `needle` means: an exact text before a control's name before a part of a text.
    pub fn find(&mut self, needle: &str) -> Option<Seen> {
        meant(&self.seen(), needle).cloned()
    }

    /// Waits until `needle` can be read somewhere on the screen.
    ///
    /// # Errors
    /// It could not within `timeout`; the error lists what could be read.
    pub fn wait_for(&mut self, needle: &str, timeout: Duration) -> Result<&mut Self, DriverError> {
        match self.pump(|driver| driver.sees(needle), timeout) {
            Ok(()) => Ok(self),
            Err(DriverError::TimedOut { waited, seen }) => {
                Err(DriverError::NotSeen { needle: needle.to_owned(), waited, seen })
            }
            Err(error) => Err(error),
        }
    }

    /// Waits until `needle` can no longer be read on the screen.
    ///
    /// # Errors
    /// It still could after `timeout`.
    pub fn wait_gone(&mut self, needle: &str, timeout: Duration) -> Result<&mut Self, DriverError> {
        match self.pump(|driver| !driver.sees(needle), timeout) {
            Ok(()) => Ok(self),
            Err(DriverError::TimedOut { waited, seen }) => {
                Err(DriverError::StillSeen { needle: needle.to_owned(), waited, seen })
            }
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str, kind: Kind) -> Seen {
        Seen { text: text.to_owned(), bounds: Rectangle::with_size(Size::new(1.0, 1.0)), kind }
    }

    #[test]
    fn numbers_are_found_with_the_space_people_type() {
        assert_eq!(plain("10\u{202f}000 kr\u{a0}i \u{2068}Aarhus\u{2069}"), "10 000 kr i Aarhus");
    }

    #[test]
    fn the_name_of_an_icon_button_is_known_and_only_where_it_can_be_seen() {
        fn name_of(state: &mut dyn Any) -> Option<String> {
            state.downcast_ref::<&str>().map(|name| (*name).to_owned())
        }
        let button = |x| Rectangle::new(Point::new(x, 0.0), Size::new(20.0, 20.0));
        let mut reading = Reading::new(Size::new(100.0, 50.0), Some(name_of));
        reading.custom(None, button(90.0), &mut "Luk");
        reading.custom(None, button(200.0), &mut "Uden for vinduet");
        reading.custom(None, button(0.0), &mut 7_u8);
        let seen = reading.into_seen();
        assert_eq!(seen.len(), 1);
        assert_eq!((seen[0].text.as_str(), seen[0].kind), ("Luk", Kind::Name));
        assert_eq!(seen[0].center(), Point::new(95.0, 10.0), "the middle of what is inside the window");
    }

    #[test]
    fn a_click_means_the_exact_text_before_a_control_before_a_part() {
        let all = [
            seen("Book a time", Kind::Text),
            seen("Close", Kind::Name),
            seen("Closed cases", Kind::Text),
            seen("Book", Kind::Text),
        ];
        assert_eq!(meant(&all, "Book"), Some(&all[3]));
        assert_eq!(meant(&all, "Close"), Some(&all[1]));
        assert_eq!(meant(&all, "a time"), Some(&all[0]));
        assert_eq!(meant(&all, "Cancel"), None);
    }
}
