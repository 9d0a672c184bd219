//! What every test stands on: a training town behind a real server on its own port, a window without a window, the binaries as
//! processes, a loopback that can lose answers. What does not live here: what is expected of them.

pub mod line;
pub mod outside;
pub mod process;
pub mod raw;
pub mod town;
pub mod trust;
pub mod window;

use std::time::Duration;

/// How long a test waits for something that usually takes milliseconds: long enough for a machine with much else to do.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The moment at which every town stands still: Tuesday 9 June 2026, 10:06 in Copenhagen.
pub const NOW: &str = "2026-06-09T08:06:00Z";

/// The seed of every town.
pub const SEED: u64 = 2005;

/// How many people live in a town.
pub const CITIZENS: u32 = 300;

/// The citizen that every town has, whatever its seed.
pub const SHOWCASE: &str = "Kalina Testrup Wrona";

/// A pensioner of 67 whom every town has, with cases at three departments that depend on his income.
pub const PENSIONER: &str = "Verner Solbjerg Thestrup";

/// A mother of two whom every town has: just divorced, nothing opened for it, three papers missing over two departments.
pub const DIVORCED: &str = "Signe Aabo Lindeskov";

/// Whether a text holds what looks like a national number: ten digits, perhaps with a hyphen after the sixth.
pub fn national_numbers(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(|word| is_national_number(word)).collect()
}

fn is_national_number(word: &str) -> bool {
    let digits = match word.split_once('-') {
        Some((date, serial)) if date.len() == 6 && serial.len() == 4 => format!("{date}{serial}"),
        Some(_) => return false,
        None => word.to_owned(),
    };
    if digits.len() != 10 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let number = |from: usize| digits[from..from + 2].parse::<u8>().unwrap_or(0);
    (1..=31).contains(&(number(0) % 60)) && number(0) < 92 && (1..=12).contains(&number(2))
}

#[test]
fn what_looks_like_a_national_number_is_seen_and_what_does_not_is_not() {
    assert_eq!(national_numbers("cpr=721190-1234, or 7211901234."), ["721190-1234", "7211901234"]);
    let others = "KFF-2026-117940 018cc251-f400-7000-8000-5ca500000002 1767225600000000 00 00 12 34 991390-1234";
    assert_eq!(national_numbers(others), Vec::<&str>::new());
}
