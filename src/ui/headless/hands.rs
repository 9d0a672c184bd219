//! Keyboard and mouse: presses, types, points, clicks and scrolls as a person does, never by sending messages.
//! Each step ends when the program has done everything that needs no waiting.

use std::mem;

use iced::advanced::mouse::{self, Button, ScrollDelta};
use iced::keyboard;
use iced::mouse::Cursor;
use iced::{Event, Point, Program};

use super::driver::Driver;
use super::error::DriverError;
use super::keys::Chord;

impl<P: Program + 'static> Driver<P> {
    /// Presses and lets go of a key: `Ctrl+K`, `Enter`, `Down`, `a`, `F6`, `Shift+Enter`, `?`. Letters name keys, so
    /// `K` is the key without Shift.
    ///
    /// # Errors
    /// There is no such key.
    pub fn press(&mut self, chord: &str) -> Result<&mut Self, DriverError> {
        let chord: Chord = chord.parse()?;
        Ok(self.strike(&chord))
    }

    /// Presses and lets go of a key that was read before.
    pub fn strike(&mut self, chord: &Chord) -> &mut Self {
        self.keyboard(chord.hold());
        self.keyboard(vec![chord.press()]);
        self.keyboard(chord.release())
    }

    /// Types a text, one key for each letter; a line break is Enter.
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.strike(&Chord::typing(letter));
        }
        self
    }

    /// Points somewhere, in logical pixels.
    pub fn move_to(&mut self, position: Point) -> &mut Self {
        if self.exited {
            return self;
        }
        let entered = mem::replace(&mut self.cursor, Cursor::Available(position)) == Cursor::Unavailable;
        if entered {
            self.event(Event::Mouse(mouse::Event::CursorEntered));
        }
        self.event(Event::Mouse(mouse::Event::CursorMoved { position }))
    }

    /// Takes the mouse out of the window: nothing is hovered any more.
    pub fn move_away(&mut self) -> &mut Self {
        self.cursor = Cursor::Unavailable;
        self.event(Event::Mouse(mouse::Event::CursorLeft))
    }

    /// Clicks somewhere, in logical pixels.
    pub fn click(&mut self, position: Point) -> &mut Self {
        self.click_with(Button::Left, position)
    }

    /// Clicks with a button of choice.
    pub fn click_with(&mut self, button: Button, position: Point) -> &mut Self {
        self.move_to(position);
        self.event(Event::Mouse(mouse::Event::ButtonPressed(button)));
        self.event(Event::Mouse(mouse::Event::ButtonReleased(button)))
    }

    /// Clicks in the middle of what [`Driver::find`] finds.
    ///
    /// # Errors
    /// Nothing on the screen reads so.
    pub fn click_text(&mut self, needle: &str) -> Result<&mut Self, DriverError> {
        match self.find(needle) {
            Some(seen) => Ok(self.click(seen.center())),
            None => Err(DriverError::NotSeen {
                needle: needle.to_owned(),
                waited: std::time::Duration::ZERO,
                seen: self.texts(),
            }),
        }
    }

    /// Turns the wheel over a place; negative lines go down the page.
    pub fn scroll(&mut self, position: Point, lines: f32) -> &mut Self {
        self.move_to(position);
        self.event(Event::Mouse(mouse::Event::WheelScrolled { delta: ScrollDelta::Lines { x: 0.0, y: lines } }))
    }

    /// One turn with these events, so that everything they set off is done before the next ones.
    fn keyboard(&mut self, events: Vec<keyboard::Event>) -> &mut Self {
        if events.is_empty() {
            return self;
        }
        self.turn();
        if !self.exited {
            self.events.extend(events.into_iter().map(Event::Keyboard));
            self.turn();
        }
        self
    }
}
