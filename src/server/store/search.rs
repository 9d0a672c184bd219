//! Finding citizens by what a clerk types. What lives here: normalising, the prefix keys, and the look-ups, each bounded. What does not:
//! who may see a hit's case (the caller says which departments are withheld), the purpose, the log.

use jiff::civil::Date;
use skranke_api::citizens::{Hit, HitCase};
use skranke_domain::citizen::age_on;
use skranke_domain::cpr::Cpr;
use skranke_domain::{CaseId, CitizenId};
use sqlx::AssertSqlSafe;

use super::{Conn, Read, Result, Row, citizens};

/// What a key is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// A word of the name.
    Name,
    /// The phone number's digits.
    Phone,
    /// A word of the address.
    Address,
}

impl KeyKind {
    /// As stored.
    #[must_use]
    pub const fn code(self) -> i64 {
        match self {
            Self::Name => 1,
            Self::Phone => 2,
            Self::Address => 3,
        }
    }
}

/// The most words of a query that are looked at.
const MAX_WORDS: usize = 8;
/// How far the rarity of a word is counted.
const RARITY_CAP: i64 = 4_000;
/// How many keys of the rarest word are walked at most: a bound on the time that a hopeless query takes. Where it cuts something off,
/// the answer says that there may be more.
const WALK_CAP: i64 = 100_000;

/// The hits of a search and whether there are more.
pub struct Found {
    /// The hits, best first.
    pub hits: Vec<Hit>,
    /// There are more than were asked for.
    pub more: bool,
}

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

/// Whether a word of an address is a key of its own. House numbers, floors and doors are not (half the town lives at number 4, first
/// floor); a postcode is.
#[must_use]
pub fn is_address_key(word: &str) -> bool {
    let number = word.chars().all(|c| c.is_ascii_digit());
    if number { word.len() == 4 } else { !matches!(word, "st" | "tv" | "th" | "mf" | "kl") }
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

const COLUMNS: &str =
    "c.id, c.given_name, c.surname, c.cpr, c.born, c.street, c.postcode, c.district, c.protected, c.status";

fn hit(row: &Row, today: Date) -> Result<Hit> {
    Ok(Hit {
        citizen: CitizenId(row.id(0)?),
        given_name: row.text(1)?,
        surname: row.text(2)?,
        cpr_masked: citizens::cpr(row, 3)?.to_string(),
        age: age_on(row.date(4)?, today),
        address: citizens::address_view(row, 5, 8)?,
        status: row.word(9, "status")?,
        case: None,
    })
}

fn cut(mut hits: Vec<Hit>, limit: u16) -> Found {
    let more = hits.len() > usize::from(limit);
    hits.truncate(usize::from(limit));
    Found { hits, more }
}

/// By parts of a name, in any order.
pub async fn by_name(conn: &mut Conn, query: &str, limit: u16, today: Date) -> Result<Found> {
    by_words(conn, KeyKind::Name, words(query), limit, today).await
}

/// By words and numbers of an address. A protected address is in no key, so it is in no hit and no count.
pub async fn by_address(conn: &mut Conn, query: &str, limit: u16, today: Date) -> Result<Found> {
    by_words(conn, KeyKind::Address, words(query), limit, today).await
}

/// By the beginning of a phone number (three digits at least).
pub async fn by_phone(conn: &mut Conn, query: &str, limit: u16, today: Date) -> Result<Found> {
    let digits = phone_digits(query);
    if digits.len() < 3 {
        return Ok(cut(Vec::new(), limit));
    }
    by_words(conn, KeyKind::Phone, vec![digits], limit, today).await
}

async fn by_words(conn: &mut Conn, kind: KeyKind, mut all: Vec<String>, limit: u16, today: Date) -> Result<Found> {
    all.truncate(MAX_WORDS);
    // What is no key of its own only narrows; a single word is looked up whatever it is, she may still be typing.
    let alone = all.len() == 1;
    let is_key = |word: &String| kind != KeyKind::Address || alone || is_address_key(word);
    let Some((rarity, rarest)) = rarest(conn, kind, all.iter().filter(|w| is_key(w))).await? else {
        return Ok(cut(Vec::new(), limit));
    };
    let rest: Vec<&String> = all.iter().filter(|w| **w != rarest).collect();
    // The inner query walks the keys in order and stops as soon as the page is full; a citizen who is found by two of her words stands
    // there twice, hence the threefold page.
    let page = (usize::from(limit) + 1) * 3;
    let like: String = (0..rest.len()).map(|at| format!(" AND whole LIKE ${}", at + 4)).collect();
    let sql = format!(
        "SELECT {COLUMNS}, k.key FROM (SELECT key, citizen FROM
           (SELECT key, citizen, whole FROM search_key WHERE kind = $1 AND key >= $2 AND key < $3 ORDER BY key LIMIT {WALK_CAP}) w
           WHERE 1 = 1{like} LIMIT {page}) k
         CROSS JOIN citizen c WHERE c.no = k.citizen"
    );
    let mut statement = sqlx::query(AssertSqlSafe(sql)).bind(kind.code()).bind(rarest.clone()).bind(after(&rarest));
    for word in rest {
        // Words hold letters and digits only, so nothing in them is a wildcard.
        statement = statement.bind(format!("% {word}%"));
    }
    let rows = statement.fetch_all(&mut *conn).await?;
    let mut hits: Vec<(String, Hit)> = Vec::new();
    for row in &rows {
        let found = hit(row, today)?;
        if !hits.iter().any(|(_, known)| known.citizen == found.citizen) {
            hits.push((row.text(10)?, found));
        }
    }
    // The whole word before words that only begin with it.
    hits.sort_by(|(ka, a), (kb, b)| {
        (ka, &a.surname, &a.given_name, a.citizen).cmp(&(kb, &b.surname, &b.given_name, b.citizen))
    });
    let mut found = cut(hits.into_iter().map(|(_, found)| found).collect(), limit);
    if !found.more && rows.len() < page && rarity >= RARITY_CAP {
        found.more = count(conn, kind, &rarest, WALK_CAP + 1).await? > WALK_CAP;
    }
    Ok(found)
}

/// The word with the fewest keys, and how many it has; counting stops early, and is spared for a single word.
async fn rarest(conn: &mut Conn, kind: KeyKind, all: impl Iterator<Item = &String>) -> Result<Option<(i64, String)>> {
    let all: Vec<&String> = all.collect();
    if let [only] = all.as_slice() {
        return Ok(Some((RARITY_CAP, (*only).clone())));
    }
    let mut best: Option<(i64, usize, String)> = None;
    for word in all {
        let rank = (count(conn, kind, word, RARITY_CAP).await?, usize::MAX - word.len(), word.clone());
        if best.as_ref().is_none_or(|known| rank < *known) {
            best = Some(rank);
        }
    }
    Ok(best.map(|(rarity, _, word)| (rarity, word)))
}

/// How many keys begin with a word; counted to a bound.
async fn count(conn: &mut Conn, kind: KeyKind, word: &str, bound: i64) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM search_key WHERE kind = $1 AND key >= $2 AND key < $3 LIMIT $4) k";
    let row =
        sqlx::query(sql).bind(kind.code()).bind(word.to_owned()).bind(after(word)).bind(bound).fetch_one(conn).await?;
    row.int(0)
}

/// The first text after all that begin with a word.
fn after(word: &str) -> String {
    format!("{word}\u{10ffff}")
}

/// By a complete CPR number. Two citizens can carry it after a mistake (a double number); both are shown.
pub async fn by_cpr(conn: &mut Conn, cpr: &Cpr, limit: u16, today: Date) -> Result<Found> {
    let sql = format!("SELECT {COLUMNS} FROM citizen c WHERE c.cpr = $1 ORDER BY c.no LIMIT {}", limit + 1);
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(cpr.digits()).fetch_all(conn).await?;
    Ok(cut(rows.iter().map(|row| hit(row, today)).collect::<Result<_>>()?, limit))
}

/// By the beginning of a case number, in departments that are not withheld.
pub async fn by_case_number(conn: &mut Conn, query: &str, limit: u16, today: Date, withheld: &[&str]) -> Result<Found> {
    // Ø stays in a number's tag as people write it; hyphens may be missing at the end only.
    let number = query.trim().to_uppercase();
    if number.chars().count() < 3 {
        return Ok(cut(Vec::new(), limit));
    }
    let mut sql = format!(
        "SELECT {COLUMNS}, f.id, f.number FROM case_file f JOIN citizen c ON c.no = f.citizen WHERE f.number >= $1 AND f.number < $2"
    );
    for at in 0..withheld.len() {
        sql.push_str(&format!(" AND f.department <> ${}", at + 3));
    }
    sql.push_str(&format!(" ORDER BY f.number LIMIT {}", limit + 1));
    let mut statement = sqlx::query(AssertSqlSafe(sql)).bind(number.clone()).bind(after(&number));
    for department in withheld {
        statement = statement.bind((*department).to_owned());
    }
    let hits = statement
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            let mut found = hit(row, today)?;
            found.case = Some(HitCase { id: CaseId(row.id(10)?), number: row.text(11)? });
            Ok(found)
        })
        .collect::<Result<_>>()?;
    Ok(cut(hits, limit))
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
    }

    #[test]
    fn a_phone_number_is_found_with_and_without_the_country_code() {
        assert_eq!(phone_digits("+45 00 12 34 56"), "00123456");
        assert_eq!(phone_digits("0045 00 12 34"), "001234");
        assert_eq!(phone_digits("00 12 34 56"), "00123456");
    }
}
