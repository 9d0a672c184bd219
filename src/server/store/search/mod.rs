//! Finding citizens by what a clerk types. What lives here: the kinds of look-up, each bounded, the exact before the similar. What does not:
//! who may see a hit's case (the caller says which departments are withheld), the purpose, the log.

use std::collections::HashMap;

use jiff::civil::Date;
use skranke_api::citizens::{Hit, HitCase};
use skranke_domain::citizen::age_on;
use skranke_domain::cpr::Cpr;
use skranke_domain::{CaseId, CitizenId};
use sqlx::AssertSqlSafe;

use super::{Conn, Read, Result, Row, citizens};
use address::Asked;
use statement::Filter;

mod address;
mod near;
pub(crate) mod spelling;
mod statement;
#[cfg(test)]
mod tests;

pub use address::is_address_key;
pub use near::Vocabulary;
pub use spelling::{distance, email_key, key_text, phone_digits, phone_end, words};

/// What a key is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// A word of the name.
    Name,
    /// The phone number's digits.
    Phone,
    /// A word of the address.
    Address,
    /// The mail address.
    Email,
    /// The phone number's digits from the end.
    PhoneEnd,
}

impl KeyKind {
    /// As stored.
    #[must_use]
    pub const fn code(self) -> i64 {
        match self {
            Self::Name => 1,
            Self::Phone => 2,
            Self::Address => 3,
            Self::Email => 4,
            Self::PhoneEnd => 5,
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
/// How many keys are looked at where a house number, or a birth date, chooses among them afterwards.
const NUMBERED_PAGE: usize = 600;
/// How many people born on one day are looked at: many times what a capital has.
const BORN_ON_A_DAY: usize = 2_000;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Sought<'a> {
    /// As it was typed.
    pub text: &'a str,
    /// Only people born on this day.
    pub born: Option<Date>,
    /// How many hits are wanted.
    pub limit: u16,
    /// The day for which ages are right.
    pub today: Date,
}

/// The hits of a search and whether there are more.
#[derive(Debug)]
pub struct Found {
    /// The hits, best first.
    pub hits: Vec<Hit>,
    /// There are more than were asked for.
    pub more: bool,
}

impl Found {
    /// Nobody.
    #[must_use]
    pub const fn nobody() -> Self {
        Self { hits: Vec::new(), more: false }
    }

    fn cut(mut hits: Vec<Hit>, limit: u16, more: bool) -> Self {
        let more = more || hits.len() > usize::from(limit);
        hits.truncate(usize::from(limit));
        Self { hits, more }
    }
}

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
        near: false,
    })
}

/// By parts of a name, in any order; what is spelt alike comes after what is spelt so.
pub async fn by_name(conn: &mut Conn, sought: &Sought<'_>, vocabulary: &Vocabulary) -> Result<Found> {
    by_words(conn, KeyKind::Name, sought, vocabulary).await
}

/// By words and numbers of an address. A protected address is in no key, so it is in no hit and no count.
pub async fn by_address(conn: &mut Conn, sought: &Sought<'_>, vocabulary: &Vocabulary) -> Result<Found> {
    by_words(conn, KeyKind::Address, sought, vocabulary).await
}

/// By the beginning of a phone number (three digits at least), then by its last digits (four at least).
pub async fn by_phone(conn: &mut Conn, sought: &Sought<'_>) -> Result<Found> {
    let digits = phone_digits(sought.text);
    if digits.len() < 3 {
        return Ok(Found::nobody());
    }
    let mut found = by_key(conn, KeyKind::Phone, &digits, sought).await?;
    if found.hits.len() < usize::from(sought.limit) && digits.len() >= 4 {
        let by_end = by_key(conn, KeyKind::PhoneEnd, &phone_end(&digits), sought).await?;
        let new: Vec<Hit> =
            by_end.hits.into_iter().filter(|hit| found.hits.iter().all(|known| known.citizen != hit.citizen)).collect();
        found.hits.extend(new);
        found = Found::cut(found.hits, sought.limit, found.more || by_end.more);
    }
    Ok(found)
}

/// By the beginning of a mail address (two characters at least).
pub async fn by_email(conn: &mut Conn, sought: &Sought<'_>) -> Result<Found> {
    let key = email_key(sought.text);
    if key.chars().count() < 2 {
        return Ok(Found::nobody());
    }
    by_key(conn, KeyKind::Email, &key, sought).await
}

/// By the beginning of a key that a citizen has one of.
async fn by_key(conn: &mut Conn, kind: KeyKind, key: &str, sought: &Sought<'_>) -> Result<Found> {
    let page = if sought.born.is_some() { NUMBERED_PAGE } else { usize::from(sought.limit) + 1 };
    let rows = walk(conn, &Walk { kind, most: WALK_CAP, page }, &Range::beginning(key), &[]).await?;
    let numbers: Vec<i64> = rows.iter().map(|row| row.citizen).collect();
    let mut hits = read(conn, &numbers, sought).await?;
    let found = numbers.iter().filter_map(|no| hits.remove(no)).collect();
    Ok(Found::cut(found, sought.limit, rows.len() >= page && sought.born.is_some()))
}

async fn by_words(conn: &mut Conn, kind: KeyKind, sought: &Sought<'_>, vocabulary: &Vocabulary) -> Result<Found> {
    let mut all = words(sought.text);
    all.truncate(MAX_WORDS);
    if all.is_empty() {
        return Ok(Found::nobody());
    }
    if let Some(born) = sought.born {
        return by_day(conn, kind, &all, born, sought).await;
    }
    let limit = usize::from(sought.limit);
    let (exact, mut more) = exactly(conn, kind, &all, limit).await?;
    let mut numbers: Vec<i64> = exact.iter().map(|(_, no)| *no).collect();
    let mut near = near::Near::default();
    if numbers.len() < limit && !more {
        near = near::find(conn, (kind, vocabulary), &all, &numbers, limit - numbers.len()).await?;
        more = near.more;
    }
    numbers.extend(near.found.iter().map(|(_, no)| *no));
    let mut hits = read(conn, &numbers, sought).await?;
    // The whole word before words that only begin with it.
    let mut first: Vec<(String, Hit)> =
        exact.into_iter().filter_map(|(key, no)| Some((key, hits.remove(&no)?))).collect();
    first.sort_by(|(ka, a), (kb, b)| ka.cmp(kb).then_with(|| order(a).cmp(&order(b))));
    let mut then: Vec<(u8, Hit)> =
        near.found.into_iter().filter_map(|(cost, no)| Some((cost, Hit { near: true, ..hits.remove(&no)? }))).collect();
    then.sort_by(|(ca, a), (cb, b)| ca.cmp(cb).then_with(|| order(a).cmp(&order(b))));
    let found = first.into_iter().map(|(_, hit)| hit).chain(then.into_iter().map(|(_, hit)| hit)).collect();
    Ok(Found::cut(found, sought.limit, more))
}

fn order(hit: &Hit) -> (&str, &str, CitizenId) {
    (&hit.surname, &hit.given_name, hit.citizen)
}

/// Citizens one of whose words begins with each of the words typed: the key each was found by, and her number. And whether there may be
/// more than these.
async fn exactly(conn: &mut Conn, kind: KeyKind, all: &[String], limit: usize) -> Result<(Vec<(String, i64)>, bool)> {
    let asked = if kind == KeyKind::Address { Asked::of(all) } else { Asked::words_only(all) };
    // What is no key of its own only narrows; a single word is looked up whatever it is, she may still be typing.
    let is_key = |word: &&String| kind != KeyKind::Address || all.len() == 1 || is_address_key(word);
    let Some((rarity, rarest)) = rarest(conn, kind, all.iter().filter(is_key)).await? else {
        return Ok((Vec::new(), false));
    };
    let filters: Vec<(Filter, &str)> =
        all.iter().filter(|word| **word != rarest).map(|word| (Filter::Begins, word.as_str())).collect();
    // A citizen who is found by two of her words stands there twice, hence the threefold page.
    let shown = (limit + 1) * 3;
    let page = if asked.has_number() { NUMBERED_PAGE } else { shown };
    let rows = walk(conn, &Walk { kind, most: WALK_CAP, page }, &Range::beginning(&rarest), &filters).await?;
    let full = rows.len() >= page;
    let mut found: Vec<(String, i64)> = Vec::new();
    for row in rows {
        if found.len() < shown && !found.iter().any(|(_, no)| *no == row.citizen) && asked.numbers_fit(&row.whole) {
            found.push((row.key, row.citizen));
        }
    }
    let more = full
        || (rarity >= RARITY_CAP
            && found.len() <= limit
            && count(conn, kind, &Range::beginning(&rarest), WALK_CAP + 1).await? > WALK_CAP);
    Ok((found, more))
}

/// Among the people born on a day: few enough to compare each, so that here every word may be misspelt.
async fn by_day(conn: &mut Conn, kind: KeyKind, all: &[String], born: Date, sought: &Sought<'_>) -> Result<Found> {
    let asked = if kind == KeyKind::Address { Asked::of(all) } else { Asked::words_only(all) };
    let rows =
        sqlx::query(AssertSqlSafe(statement::by_day(BORN_ON_A_DAY))).bind(born.to_string()).fetch_all(conn).await?;
    let mut hits: Vec<(u8, Hit)> = Vec::new();
    for row in &rows {
        let text = match kind {
            KeyKind::Address if row.int(8)? != 0 => continue,
            KeyKind::Address => {
                [row.opt_text(5)?, row.opt_text(6)?, row.opt_text(7)?].map(Option::unwrap_or_default).join(" ")
            }
            _ => format!("{} {}", row.text(1)?, row.text(2)?),
        };
        let hers = words(&text);
        let cost: Option<u8> = asked
            .words()
            .iter()
            .map(|typed| hers.iter().filter_map(|word| spelling::cost(typed, word)).min())
            .try_fold(0_u8, |sum, cost| Some(sum.saturating_add(cost?)));
        if let Some(cost) = cost.filter(|_| asked.numbers_fit(&key_text(&hers))) {
            hits.push((cost, Hit { near: cost > 0, ..hit(row, sought.today)? }));
        }
    }
    hits.sort_by(|(ca, a), (cb, b)| ca.cmp(cb).then_with(|| order(a).cmp(&order(b))));
    Ok(Found::cut(hits.into_iter().map(|(_, hit)| hit).collect(), sought.limit, rows.len() >= BORN_ON_A_DAY))
}

/// Reads citizens by their numbers; whoever was not born on the day asked for is left out.
async fn read(conn: &mut Conn, numbers: &[i64], sought: &Sought<'_>) -> Result<HashMap<i64, Hit>> {
    if numbers.is_empty() {
        return Ok(HashMap::new());
    }
    let mut statement = sqlx::query(AssertSqlSafe(statement::by_numbers(numbers.len())));
    for no in numbers {
        statement = statement.bind(*no);
    }
    let mut hits = HashMap::with_capacity(numbers.len());
    for row in statement.fetch_all(conn).await? {
        if is_born_so(&row, sought)? {
            hits.insert(row.int(10)?, hit(&row, sought.today)?);
        }
    }
    Ok(hits)
}

fn is_born_so(row: &Row, sought: &Sought<'_>) -> Result<bool> {
    Ok(match sought.born {
        Some(born) => row.date(4)? == born,
        None => true,
    })
}

/// Keys from one up to another.
#[derive(Clone, Debug)]
struct Range {
    from: String,
    below: String,
}

impl Range {
    /// All that begin with a word.
    fn beginning(word: &str) -> Self {
        Self { from: word.to_owned(), below: after(word) }
    }

    /// The word alone: nothing in a key comes before a letter, and a space does.
    fn only(word: &str) -> Self {
        Self { from: word.to_owned(), below: format!("{word} ") }
    }
}

/// The bounds of a walk through the keys.
struct Walk {
    kind: KeyKind,
    most: i64,
    page: usize,
}

/// A key on the way.
struct Walked {
    key: String,
    citizen: i64,
    whole: String,
}

async fn walk(conn: &mut Conn, bounds: &Walk, range: &Range, others: &[(Filter, &str)]) -> Result<Vec<Walked>> {
    let filters: Vec<Filter> = others.iter().map(|(filter, _)| *filter).collect();
    let sql = statement::walk(&filters, bounds.most, bounds.page);
    let mut statement =
        sqlx::query(AssertSqlSafe(sql)).bind(bounds.kind.code()).bind(range.from.clone()).bind(range.below.clone());
    for (filter, word) in others {
        // Words hold letters and digits only, so nothing in them is a wildcard.
        statement = statement.bind(match filter {
            Filter::Begins => format!("% {word}%"),
            Filter::Whole => format!("% {word} %"),
        });
    }
    let rows = statement.fetch_all(conn).await?;
    rows.iter().map(|row| Ok(Walked { key: row.text(0)?, citizen: row.int(1)?, whole: row.text(2)? })).collect()
}

/// The word with the fewest keys, and how many it has; counting stops early, and is spared for a single word.
async fn rarest(conn: &mut Conn, kind: KeyKind, all: impl Iterator<Item = &String>) -> Result<Option<(i64, String)>> {
    let all: Vec<&String> = all.collect();
    if let [only] = all.as_slice() {
        return Ok(Some((RARITY_CAP, (*only).clone())));
    }
    let mut best: Option<(i64, usize, String)> = None;
    for word in all {
        let counted = count(conn, kind, &Range::beginning(word), RARITY_CAP).await?;
        let rank = (counted, usize::MAX - word.len(), word.clone());
        if best.as_ref().is_none_or(|known| rank < *known) {
            best = Some(rank);
        }
    }
    Ok(best.map(|(rarity, _, word)| (rarity, word)))
}

/// How many keys there are; counted to a bound.
async fn count(conn: &mut Conn, kind: KeyKind, range: &Range, bound: i64) -> Result<i64> {
    let row = sqlx::query(statement::COUNT)
        .bind(kind.code())
        .bind(range.from.clone())
        .bind(range.below.clone())
        .bind(bound)
        .fetch_one(conn)
        .await?;
    row.int(0)
}

/// The first text after all that begin with a word.
fn after(word: &str) -> String {
    format!("{word}\u{10ffff}")
}

/// By a complete CPR number. Two citizens can carry it after a mistake (a double number); both are shown.
pub async fn by_cpr(conn: &mut Conn, cpr: &Cpr, sought: &Sought<'_>) -> Result<Found> {
    let sql = statement::by_cpr(usize::from(sought.limit) + 1);
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(cpr.digits()).fetch_all(conn).await?;
    let mut hits = Vec::new();
    for row in &rows {
        if is_born_so(row, sought)? {
            hits.push(hit(row, sought.today)?);
        }
    }
    Ok(Found::cut(hits, sought.limit, false))
}

/// By the beginning of a case number, in departments that are not withheld.
pub async fn by_case_number(conn: &mut Conn, sought: &Sought<'_>, withheld: &[&str]) -> Result<Found> {
    // Ø stays in a number's tag as people write it; hyphens may be missing at the end only.
    let number = sought.text.trim().to_uppercase();
    if number.chars().count() < 3 {
        return Ok(Found::nobody());
    }
    let sql = statement::by_case_number(withheld.len(), usize::from(sought.limit) + 1);
    let mut statement = sqlx::query(AssertSqlSafe(sql)).bind(number.clone()).bind(after(&number));
    for department in withheld {
        statement = statement.bind((*department).to_owned());
    }
    let mut hits = Vec::new();
    for row in statement.fetch_all(conn).await? {
        if is_born_so(&row, sought)? {
            let case = HitCase { id: CaseId(row.id(11)?), number: row.text(12)? };
            hits.push(Hit { case: Some(case), ..hit(&row, sought.today)? });
        }
    }
    Ok(Found::cut(hits, sought.limit, false))
}
