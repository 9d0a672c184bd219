//! How words are written for finding. What lives here: normalising (the same when a key is kept and when it is looked up), spellings that
//! sound alike, and how far two words are apart. What does not: the keys' table, which words there are (`near`).

/// Lower-case words: æ as ae, ø as oe, å as aa, accents off, everything that is neither letter nor digit between words.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'æ' | 'ä' => word.push_str("ae"),
            'ø' | 'ö' | 'œ' => word.push_str("oe"),
            'å' => word.push_str("aa"),
            'ß' => word.push_str("ss"),
            'þ' => word.push_str("th"),
            // A ring or two dots that were typed as a sign of their own mean the same as the letter that carries them.
            '\u{30a}' if word.ends_with('a') => word.push('a'),
            '\u{308}' if word.ends_with(['a', 'o']) => word.push('e'),
            '\u{300}'..='\u{36f}' | '\'' | '’' => {}
            c if c.is_ascii_alphanumeric() => word.push(c),
            c if c.is_alphanumeric() => word.push(plain(c)),
            _ => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// A letter without its accent; letters of other scripts stay.
fn plain(c: char) -> char {
    const FAMILIES: &[(&str, char)] = &[
        ("àáâãāăą", 'a'),
        ("çćĉċč", 'c'),
        ("ďđð", 'd'),
        ("èéêëēĕėęě", 'e'),
        ("ĝğġģ", 'g'),
        ("ĥħ", 'h'),
        ("ìíîïĩīĭįı", 'i'),
        ("ĵ", 'j'),
        ("ķ", 'k'),
        ("ĺļľŀł", 'l'),
        ("ñńņňŉ", 'n'),
        ("òóôõōŏő", 'o'),
        ("ŕŗř", 'r'),
        ("śŝşšș", 's'),
        ("ţťŧț", 't'),
        ("ùúûüũūŭůűų", 'u'),
        ("ŵ", 'w'),
        ("ýÿŷ", 'y'),
        ("źżž", 'z'),
    ];
    FAMILIES.iter().find(|(family, _)| family.contains(c)).map_or(c, |(_, base)| *base)
}

/// All words as they are kept beside each key: each after a space, so that ` wor` finds the beginning of a word.
#[must_use]
pub fn key_text(words: &[String]) -> String {
    words.iter().fold(String::new(), |mut all, word| {
        all.push(' ');
        all.push_str(word);
        all
    })
}

/// A phone number's digits without the country's own code.
#[must_use]
pub fn phone_digits(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let trimmed = text.trim_start();
    if trimmed.starts_with("+45") || trimmed.starts_with("0045") {
        let skip = if trimmed.starts_with('+') { 2 } else { 4 };
        return digits.chars().skip(skip).collect();
    }
    digits
}

/// A phone number's digits from the end, so that its last digits are the beginning of a key.
#[must_use]
pub fn phone_end(digits: &str) -> String {
    digits.chars().rev().collect()
}

/// A mail address as it is kept: without the spaces around it, in small letters.
#[must_use]
pub fn email_key(text: &str) -> String {
    text.trim().to_ascii_lowercase()
}

/// A normalised word by its sound: spellings that a clerk cannot hear apart become one. Only for comparing; never kept.
#[must_use]
pub fn fold(word: &str) -> String {
    const SOUNDS: &[(&str, &str)] = &[
        ("sch", "s"),
        ("aa", "a"),
        ("ae", "e"),
        ("oe", "o"),
        ("ue", "u"),
        ("ou", "u"),
        ("ei", "ai"),
        ("ej", "ai"),
        ("aj", "ai"),
        ("ay", "ai"),
        ("ph", "f"),
        ("th", "t"),
        ("dh", "d"),
        ("kh", "k"),
        ("ch", "k"),
        ("ck", "k"),
        ("kj", "k"),
        ("gj", "g"),
        ("hj", "i"),
        ("hv", "v"),
        ("sj", "s"),
        ("sh", "s"),
        ("sz", "s"),
        ("dt", "t"),
        ("ks", "x"),
        ("c", "k"),
        ("q", "k"),
        ("j", "i"),
        ("w", "v"),
        ("y", "u"),
        ("z", "s"),
    ];
    let mut folded = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let (sound, used) = SOUNDS
            .iter()
            .find_map(|(spelt, sound)| rest.starts_with(spelt).then_some((*sound, spelt.len())))
            .unwrap_or((&rest[..first.len_utf8()], first.len_utf8()));
        // A doubled letter sounds like one.
        if !folded.ends_with(sound) {
            folded.push_str(sound);
        }
        rest = &rest[used..];
    }
    folded
}

/// How many letters may be missing, added, wrong or swapped in a word as long as this one.
#[must_use]
pub const fn tolerance(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// The fewest letters to add, leave out, replace or swap with the neighbour until `typed` is `word`, and until it is how `word` begins
/// with the last letter right.
#[must_use]
pub fn distance(typed: &[char], word: &[char]) -> Distance {
    let width = word.len() + 1;
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..width).collect();
    for (row, a) in typed.iter().enumerate() {
        let mut now = Vec::with_capacity(width);
        now.push(row + 1);
        for (column, b) in word.iter().enumerate() {
            let mut best = (last[column + 1] + 1).min(now[column] + 1).min(last[column] + usize::from(a != b));
            let swapped = row > 0 && column > 0 && typed[row - 1] == *b && word[column - 1] == *a;
            if let (true, Some(two_back)) = (swapped, column.checked_sub(1).and_then(|at| before.get(at))) {
                best = best.min(two_back + 1);
            }
            now.push(best);
        }
        before = std::mem::replace(&mut last, now);
    }
    // Whoever is still typing may have made a mistake before the last letter; after it, everything would be the beginning of everything.
    let (one, two) = (typed.last(), typed.len().checked_sub(2).and_then(|at| typed.get(at)));
    let ends_so = |column: usize| {
        let swapped = column > 1 && two.is_some() && two == word.get(column - 1) && one == word.get(column - 2);
        one == word.get(column - 1) || swapped
    };
    let beginning = (1..width).filter(|column| ends_so(*column)).map(|column| last[column]).min();
    Distance { whole: last[word.len()], beginning: beginning.unwrap_or(usize::MAX) }
}

/// How far a typed word is from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Distance {
    /// From the whole word.
    pub whole: usize,
    /// From the beginning of it that fits best and ends with the same letter.
    pub beginning: usize,
}

/// What it costs to take a typed word for another: nothing where the other begins so, more the less alike they are; none where they are
/// too far apart.
#[must_use]
pub fn cost(typed: &str, word: &str) -> Option<u8> {
    if word.starts_with(typed) {
        return Some(0);
    }
    let typed_letters: Vec<char> = typed.chars().collect();
    if typed_letters.len() >= 3 {
        let (a, b) = (fold(typed), fold(word));
        if a == b {
            return Some(1);
        }
        // Whoever is still typing has only begun the word; two sounds are too few to tell it from others.
        if a.len() >= 3 && b.starts_with(&a) {
            return Some(2);
        }
    }
    let allowed = tolerance(typed_letters.len());
    if allowed == 0 {
        return None;
    }
    let word: Vec<char> = word.chars().collect();
    let far = distance(&typed_letters, &word);
    match (far.whole, far.beginning) {
        (whole, _) if whole <= allowed => Some(if whole == 1 { 2 } else { 4 }),
        (_, beginning) if beginning <= allowed => Some(if beginning == 1 { 3 } else { 5 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_and_foreign_letters_are_found_however_they_are_typed() {
        assert_eq!(words("Østergreen Åkjær-Aabo"), ["oestergreen", "aakjaer", "aabo"]);
        assert_eq!(words("AAKJÆR"), ["aakjaer"]);
        assert_eq!(words("Żaneta Łącka d'Été"), ["zaneta", "lacka", "dete"]);
        assert_eq!(words("Tanglænken 4, 2. tv"), ["tanglaenken", "4", "2", "tv"]);
        assert_eq!(words("  %_ "), Vec::<String>::new());
        assert_eq!(words("A\u{30a}se Ga\u{308}rd Go\u{308}ran Rene\u{301}"), words("Åse Gärd Göran René"));
    }

    #[test]
    fn a_phone_number_is_found_with_and_without_the_country_code() {
        assert_eq!(phone_digits("+45 00 12 34 56"), "00123456");
        assert_eq!(phone_digits("0045 00 12 34"), "001234");
        assert_eq!(phone_digits("00 12 34 56"), "00123456");
    }

    #[test]
    fn spellings_that_sound_alike_are_one() {
        for (a, b) in [
            ("Müller", "Myller"),
            ("Åbo", "Abo"),
            ("Østergreen", "Ostergreen"),
            ("Kjær", "Kær"),
            ("Christiansen", "Kristjansen"),
            ("Thomsen", "Tomsen"),
            ("Schmidt", "Smith"),
            ("Wronska", "Vronska"),
            ("Hjalte", "Jalte"),
            ("Mikkel", "Michel"),
        ] {
            let (x, y) = (words(a).remove(0), words(b).remove(0));
            assert!(cost(&x, &y).is_some_and(|c| c > 0), "{a} {b}: {} {}", fold(&x), fold(&y));
            assert!(cost(&y, &x).is_some(), "{b} {a}");
        }
    }

    #[test]
    fn one_letter_in_four_and_two_in_eight_may_be_missing_added_wrong_or_swapped() {
        for typed in ["wrna", "wronna", "wroma", "wrnoa", "erona", "rona"] {
            assert!(cost(typed, "wrona").is_some(), "{typed}");
        }
        assert_eq!(cost("wrkkna", "wrona"), None);
        assert_eq!(cost("bo", "ba"), None, "a short word is what it is");
        assert!(cost("oesetrgren", "oestergreen").is_some(), "two mistakes in a long word");
        assert_eq!(cost("oesxtyrgrin", "oestergreen"), None);
        assert!(cost("wrnoa", "wrona") < cost("wrnoa", "wronaland"), "a whole word before the beginning of one");
    }

    #[test]
    fn the_last_digits_of_a_phone_number_are_the_beginning_of_a_key() {
        assert!(phone_end("00041722").starts_with(&phone_end("1722")));
    }
}
