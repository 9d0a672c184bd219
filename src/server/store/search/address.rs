//! What a number means in an address: the house, and after it the floor or the postcode. What does not live here: reading the table.

/// Whether a word of an address is a key of its own. House numbers, floors and doors are not (half the town lives at number 4, first
/// floor); a postcode is.
#[must_use]
pub fn is_address_key(word: &str) -> bool {
    if is_number(word) { word.len() == 4 } else { !matches!(word, "st" | "tv" | "th" | "mf" | "kl") }
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// Up to three digits, and a letter after them perhaps: `4`, `12b`.
fn is_house(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let letters = &word[digits..];
    (1..=3).contains(&digits) && letters.len() <= 1 && letters.bytes().all(|b| b.is_ascii_lowercase())
}

/// What the words of a query ask of an address.
#[derive(Clone, Debug, Default)]
pub struct Asked<'a> {
    /// The house number, with or without its letter.
    house: Option<&'a str>,
    /// Further numbers: a floor, a postcode.
    numbers: Vec<&'a str>,
    /// Everything else.
    words: Vec<&'a str>,
}

impl<'a> Asked<'a> {
    /// Reads the words of a query. The house is the first short number after a word; before the words where none is after them.
    #[must_use]
    pub fn of(all: &'a [String]) -> Self {
        let mut asked = Self::default();
        let after_words = (1..all.len()).find(|at| is_house(&all[*at]) && !is_house(&all[at - 1]));
        let house = after_words.or_else(|| (all.len() > 1 && is_house(&all[0])).then_some(0));
        for (at, word) in all.iter().enumerate() {
            if house == Some(at) {
                asked.house = Some(word);
            } else if is_number(word) && house.is_some_and(|house| at > house) {
                asked.numbers.push(word);
            } else {
                asked.words.push(word);
            }
        }
        asked
    }

    /// Words without any of this meaning: of a name.
    #[must_use]
    pub fn words_only(all: &'a [String]) -> Self {
        Self { words: all.iter().map(String::as_str).collect(), ..Self::default() }
    }

    /// The numbers, the house first.
    pub fn numbers(&self) -> impl Iterator<Item = &'a str> {
        self.house.into_iter().chain(self.numbers.iter().copied())
    }

    /// Whether a number decides, so that more addresses must be looked at than are shown.
    #[must_use]
    pub fn has_number(&self) -> bool {
        self.house.is_some() || !self.numbers.is_empty()
    }

    /// The words that are no house number: for the table to look among.
    #[must_use]
    pub fn words(&self) -> &[&'a str] {
        &self.words
    }

    /// Whether the numbers of an address are the ones asked for: `12` is the house 12 or 12B, never 120, nor the floor.
    #[must_use]
    pub fn numbers_fit(&self, whole: &str) -> bool {
        let all: Vec<&str> = whole.split_whitespace().collect();
        // A road may begin with a number; a house number stands after a word.
        let at = (1..all.len()).find(|at| is_house(all[*at]));
        let house_fits = self.house.is_none_or(|asked| {
            at.is_some_and(|at| is_that_house(asked, all[at])) || all.first().is_some_and(|first| *first == asked)
        });
        let after = &all[at.map_or(0, |at| at + 1)..];
        let fits =
            |number: &&str| after.iter().any(|word| word == number || (number.len() > 2 && word.starts_with(*number)));
        house_fits && self.numbers.iter().all(fits)
    }
}

/// `12` is 12 and 12b; `12b` is 12b alone.
fn is_that_house(asked: &str, house: &str) -> bool {
    house.strip_prefix(asked).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::search::{key_text, words};

    fn fits(query: &str, address: &str) -> bool {
        let query = words(query);
        Asked::of(&query).numbers_fit(&key_text(&words(address)))
    }

    #[test]
    fn number_twelve_is_the_house_and_never_a_hundred_and_twenty_or_a_floor() {
        assert!(fits("tangvej 12", "Tangvej 12, 3. th 2300 København S"));
        assert!(fits("tangvej 12", "Tangvej 12B 2300 København S"));
        assert!(fits("12b tangvej", "Tangvej 12B 2300 København S"));
        assert!(!fits("tangvej 12b", "Tangvej 12 2300 København S"));
        assert!(!fits("tangvej 12", "Tangvej 120 2300 København S"));
        assert!(!fits("tangvej 3", "Tangvej 12, 3. th 2300 København S"));
        assert!(fits("tangvej 12 3", "Tangvej 12, 3. th 2300 København S"));
        assert!(!fits("tangvej 12 4", "Tangvej 12, 3. th 2300 København S"));
        assert!(fits("tangvej 12 2300", "Tangvej 12, 3. th 2300 København S"));
        assert!(!fits("tangvej 12 2400", "Tangvej 12, 3. th 2300 København S"));
        assert!(
            fits("7. tværvej 4", "7. Tværvej 4 2300 København S")
                && fits("7. tværvej", "7. Tværvej 4 2300 København S")
        );
    }

    #[test]
    fn a_house_number_is_no_key_of_its_own_and_a_postcode_is() {
        assert!(!is_address_key("4") && !is_address_key("tv"));
        assert!(is_address_key("2300") && is_address_key("tanglaenken"));
    }
}
