//! Which questions of the booking are out, and which answer counts. What does not live here: what is asked.

use crate::effect::{Room, Ticket};

/// How many kinds of questions there are.
const KINDS: usize = 8;

/// The questions of the booking, by kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    serial: u64,
    last: [u64; KINDS],
    out: [bool; KINDS],
}

impl Asked {
    /// None yet; `from` is a number that no earlier page used.
    pub(super) const fn new(from: u64) -> Self {
        Self { serial: from, last: [0; KINDS], out: [false; KINDS] }
    }

    /// The ticket of a new question of a kind: an answer to the one before no longer counts.
    pub(super) fn next(&mut self, kind: u8) -> Ticket {
        self.serial += 1;
        let at = usize::from(kind) % KINDS;
        (self.last[at], self.out[at]) = (self.serial, true);
        Ticket { room: Room::Booking, generation: self.serial, slot: kind }
    }

    /// An answer came: whether it counts.
    pub(super) fn back(&mut self, ticket: Ticket) -> bool {
        let at = usize::from(ticket.slot) % KINDS;
        let last = self.last[at] == ticket.generation;
        if last {
            self.out[at] = false;
        }
        last
    }

    /// Nobody waits for an answer of this kind any more.
    pub(super) fn forget(&mut self, kind: u8) {
        let at = usize::from(kind) % KINDS;
        (self.last[at], self.out[at]) = (0, false);
    }

    /// Whether an answer of this kind is awaited.
    pub(super) fn is_out(&self, kind: u8) -> bool {
        self.out[usize::from(kind) % KINDS]
    }
}
