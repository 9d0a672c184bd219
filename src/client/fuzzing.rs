//! What the fuzzers reach of this room. What does not live here: the fuzzers (`tests/fuzz`).

/// Reads a stream of events that comes in pieces of so many bytes; gives what it tells, and whether it was refused.
#[must_use]
pub fn events(stream: &[u8], piece: usize) -> Vec<String> {
    crate::events::told(stream, piece)
}
