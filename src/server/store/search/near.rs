//! Tolerance: the words that a misspelt word may mean. What lives here: the distinct words of the keys in memory, the combinations to try,
//! and a bound on both. What does not: how alike two words are (`spelling`), reading citizens.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use sqlx::AssertSqlSafe;
use tokio::sync::RwLock;

use super::address::{Asked, is_address_key};
use super::spelling::{cost, fold, tolerance};
use super::statement::{self, Filter};
use super::{KeyKind, Range, Walk, count, walk};
use crate::store::{Conn, Read, Result};

/// How many words a misspelt word is taken for at most.
const MEANINGS: usize = 24;
/// How many of them are tried together with another misspelt word's.
const TOGETHER: usize = 6;
/// How many combinations of them are tried at most.
const COMBINATIONS: usize = 48;
/// How many keys are walked for all combinations together: what a hopeless query may cost.
const WALK: i64 = 16_000;
/// And for one of them.
const WALK_ONE: i64 = 4_000;
/// How many distinct words are kept at most: several times what a capital has.
const WORDS: usize = 600_000;

/// A distinct word, with what makes most others not worth comparing.
#[derive(Debug)]
struct Known {
    text: String,
    letters: u64,
    sounds: u64,
    length: usize,
    /// How many keys it has, once it was counted; negative before. Only the order of trying depends on it, so it may be a little old.
    keys: AtomicI64,
}

impl Known {
    fn new(text: String) -> Self {
        let (all, sounds, length) = (letters(&text), letters(&fold(&text)), text.chars().count());
        Self { text, letters: all, sounds, length, keys: AtomicI64::new(-1) }
    }

    async fn keys(&self, conn: &mut Conn, kind: KeyKind) -> Result<i64> {
        let known = self.keys.load(Ordering::Relaxed);
        if known >= 0 {
            return Ok(known);
        }
        let counted = count(conn, kind, &Range::only(&self.text), WALK_ONE).await?;
        self.keys.store(counted, Ordering::Relaxed);
        Ok(counted)
    }
}

/// The distinct words of the names and of the addresses that are not protected.
#[derive(Debug, Default)]
struct Lexicon {
    names: Vec<Known>,
    addresses: Vec<Known>,
}

/// The distinct words in memory; read again when citizens came since.
#[derive(Debug, Default)]
pub struct Vocabulary(RwLock<Option<(i64, Arc<Lexicon>)>>);

impl Vocabulary {
    async fn words(&self, conn: &mut Conn) -> Result<Arc<Lexicon>> {
        let newest = sqlx::query(statement::NEWEST).fetch_one(&mut *conn).await?.opt_int(0)?.unwrap_or(0);
        if let Some((at, words)) = self.0.read().await.as_ref()
            && *at == newest
        {
            return Ok(Arc::clone(words));
        }
        let mut kept = self.0.write().await;
        if let Some((at, words)) = kept.as_ref()
            && *at == newest
        {
            return Ok(Arc::clone(words));
        }
        let words = Arc::new(Lexicon {
            names: distinct(conn, KeyKind::Name).await?,
            addresses: distinct(conn, KeyKind::Address).await?,
        });
        *kept = Some((newest, Arc::clone(&words)));
        Ok(words)
    }
}

async fn distinct(conn: &mut Conn, kind: KeyKind) -> Result<Vec<Known>> {
    let rows = sqlx::query(AssertSqlSafe(statement::distinct(WORDS))).bind(kind.code()).fetch_all(conn).await?;
    let mut words = Vec::with_capacity(rows.len());
    for row in &rows {
        let text = row.text(0)?;
        // A number is right or wrong, never nearly right.
        if !text.bytes().any(|b| b.is_ascii_digit()) {
            words.push(Known::new(text));
        }
    }
    Ok(words)
}

/// Which letters a word has, one bit a letter.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |all, c| all | 1 << (u32::from(c) % 64))
}

/// A word of a combination: how a word begins, as it was typed, or a word that it is taken for.
#[derive(Clone, Copy, Debug)]
struct Meaning<'a> {
    word: &'a str,
    cost: u8,
    known: Option<&'a Known>,
}

impl Meaning<'_> {
    fn range(&self) -> Range {
        if self.known.is_none() { Range::beginning(self.word) } else { Range::only(self.word) }
    }

    const fn filter(&self) -> Filter {
        if self.known.is_none() { Filter::Begins } else { Filter::Whole }
    }
}

/// The words that one typed word may mean, itself first, the likeliest next.
fn meanings<'a>(typed: &'a str, known: &'a [Known]) -> Vec<Meaning<'a>> {
    let mut found = vec![Meaning { word: typed, cost: 0, known: None }];
    let length = typed.chars().count();
    if length < 3 || typed.bytes().any(|b| b.is_ascii_digit()) {
        return found;
    }
    let (mask, sounds, allowed) = (letters(typed), letters(&fold(typed)), tolerance(length));
    let mut near: Vec<Meaning<'_>> = known
        .iter()
        .filter(|word| {
            // Each letter that the word lacks is a mistake of its own; whatever sounds alike has all of its sounds.
            let lacking = (mask & !word.letters).count_ones() as usize;
            (lacking <= allowed && word.length + allowed >= length) || sounds & !word.sounds == 0
        })
        .filter_map(|word| {
            let cost = cost(typed, &word.text).filter(|cost| *cost > 0)?;
            Some(Meaning { word: &word.text, cost, known: Some(word) })
        })
        .collect();
    near.sort_by(|a, b| (a.cost, a.word.len(), a.word).cmp(&(b.cost, b.word.len(), b.word)));
    near.truncate(MEANINGS);
    found.extend(near);
    found
}

/// One way to take all words of a query.
#[derive(Clone, Debug)]
struct Combination<'a> {
    parts: Vec<Meaning<'a>>,
    cost: u8,
}

impl<'a> Combination<'a> {
    fn of(typed: &[Meaning<'a>], changes: &[(usize, Meaning<'a>)]) -> Self {
        let mut parts = typed.to_vec();
        for (at, meaning) in changes {
            parts[*at] = *meaning;
        }
        Self { cost: parts.iter().map(|part| part.cost).sum(), parts }
    }
}

/// The ways to take a query's words with one of them misspelt, or two; the likeliest first.
fn combinations<'a>(all: &[Vec<Meaning<'a>>]) -> Vec<Combination<'a>> {
    let typed: Vec<Meaning<'_>> = all.iter().filter_map(|meanings| meanings.first().copied()).collect();
    let mut ways = Vec::new();
    for (at, one) in all.iter().enumerate() {
        ways.extend(one.iter().skip(1).map(|meaning| Combination::of(&typed, &[(at, *meaning)])));
        for (other_at, other) in all.iter().enumerate().skip(at + 1) {
            for first in one.iter().skip(1).take(TOGETHER) {
                let both = |second: &Meaning<'a>| Combination::of(&typed, &[(at, *first), (other_at, *second)]);
                ways.extend(other.iter().skip(1).take(TOGETHER).map(both));
            }
        }
    }
    ways.sort_by_key(|way| way.cost);
    ways.truncate(COMBINATIONS);
    ways
}

/// Whom tolerance found.
#[derive(Debug, Default)]
pub struct Near {
    /// How far off, and the citizen's number; the nearest first.
    pub found: Vec<(u8, i64)>,
    /// There may be more.
    pub more: bool,
}

/// Finds citizens whose words are nearly the ones typed, other than those in `known`, until there are `wanted`.
pub async fn find(
    conn: &mut Conn,
    (kind, vocabulary): (KeyKind, &Vocabulary),
    all: &[String],
    known: &[i64],
    wanted: usize,
) -> Result<Near> {
    let mut near = Near::default();
    let asked = if kind == KeyKind::Address { Asked::of(all) } else { Asked::words_only(all) };
    if asked.words().is_empty() {
        return Ok(near);
    }
    let lexicon = vocabulary.words(conn).await?;
    let words = if kind == KeyKind::Address { &lexicon.addresses } else { &lexicon.names };
    let all: Vec<Vec<Meaning<'_>>> = asked.words().iter().map(|word| meanings(word, words)).collect();
    let mut typed: HashMap<&str, i64> = HashMap::new();
    let mut left = WALK;
    for way in combinations(&all) {
        let mut rarest: Option<(i64, usize)> = None;
        for (at, part) in way.parts.iter().enumerate() {
            if kind == KeyKind::Address && !is_address_key(part.word) {
                continue;
            }
            let keys = match (part.known, typed.get(part.word)) {
                (Some(known), _) => known.keys(conn, kind).await?,
                (None, Some(counted)) => *counted,
                (None, None) => {
                    let counted = count(conn, kind, &part.range(), WALK_ONE).await?;
                    *typed.entry(part.word).or_insert(counted)
                }
            };
            if rarest.is_none_or(|(least, _)| keys < least) {
                rarest = Some((keys, at));
            }
        }
        let Some((keys, at)) = rarest else { continue };
        if keys == 0 {
            continue;
        }
        left -= keys;
        if left < 0 {
            near.more = true;
            break;
        }
        let others = way.parts.iter().enumerate().filter(|(other, _)| *other != at);
        let mut filters: Vec<(Filter, &str)> = others.map(|(_, part)| (part.filter(), part.word)).collect();
        filters.extend(asked.numbers().map(|number| (Filter::Begins, number)));
        let page = if asked.has_number() { super::NUMBERED_PAGE } else { (wanted + 1) * 2 + known.len() };
        let bounds = Walk { kind, most: WALK_ONE, page };
        let rows = walk(conn, &bounds, &way.parts[at].range(), &filters).await?;
        near.more |= rows.len() >= page || keys >= WALK_ONE;
        for row in rows {
            let new = !known.contains(&row.citizen) && !near.found.iter().any(|(_, no)| *no == row.citizen);
            if new && asked.numbers_fit(&row.whole) {
                near.found.push((way.cost, row.citizen));
            }
        }
        if near.found.len() > wanted {
            break;
        }
    }
    Ok(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(words: &[&str]) -> Vec<Known> {
        words.iter().map(|word| Known::new((*word).to_owned())).collect()
    }

    fn meant(typed: &str, words: &[&str]) -> Vec<String> {
        meanings(typed, &known(words)).into_iter().skip(1).map(|m| m.word.to_owned()).collect()
    }

    #[test]
    fn what_sounds_alike_comes_before_what_is_a_letter_off() {
        let words = ["wrona", "vrona", "wronska", "brona", "oestergreen", "anna"];
        assert_eq!(meant("wrona", &words), ["vrona", "brona"]);
        assert_eq!(meant("wrnoa", &words)[0], "wrona");
        assert_eq!(meant("rona", &words), ["brona", "vrona", "wrona"], "the first letter may be the missing one");
        assert_eq!(meant("ostergren", &words), ["oestergreen"]);
        assert_eq!(meant("an", &words), Vec::<String>::new());
    }

    #[test]
    fn two_misspelt_words_are_tried_after_one() {
        let words = ["kalina", "wrona"];
        let known = known(&words);
        let all: Vec<Vec<Meaning<'_>>> = ["kalinna", "wrnoa"].iter().map(|w| meanings(w, &known)).collect();
        let ways = combinations(&all);
        let last: Vec<&str> = ways.last().unwrap().parts.iter().map(|m| m.word).collect();
        assert_eq!(last, words);
        assert!(ways.is_sorted_by_key(|way| way.cost));
    }
}
