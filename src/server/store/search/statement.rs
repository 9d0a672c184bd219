//! The statements of the search, in one place, so that a test can ask the database how it runs each of them: none reads a table from end
//! to end. What does not live here: what is bound to them.

/// What a hit is made of; see `hit`.
const COLUMNS: &str =
    "c.id, c.given_name, c.surname, c.cpr, c.born, c.street, c.postcode, c.district, c.protected, c.status";

/// The number that came last. It changes when citizens come.
pub const NEWEST: &str = "SELECT MAX(no) FROM citizen";

/// How many keys lie between two, counted to a bound.
pub const COUNT: &str =
    "SELECT COUNT(*) FROM (SELECT 1 FROM search_key WHERE kind = $1 AND key >= $2 AND key < $3 LIMIT $4) k";

/// What further words must be: how a word begins, or a whole word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// A word begins so: bound as `% wor%`.
    Begins,
    /// A word is so: bound as `% word %`.
    Whole,
}

/// Walks the keys between two in order and stops as soon as the page is full, or `most` keys were looked at.
pub fn walk(filters: &[Filter], most: i64, page: usize) -> String {
    let mut sql = format!(
        "SELECT key, citizen, whole FROM
           (SELECT key, citizen, whole FROM search_key WHERE kind = $1 AND key >= $2 AND key < $3 ORDER BY key LIMIT {most}) w
         WHERE 1 = 1"
    );
    for (at, filter) in filters.iter().enumerate() {
        let text = match filter {
            Filter::Begins => "whole",
            Filter::Whole => "(whole || ' ')",
        };
        sql.push_str(&format!(" AND {text} LIKE ${}", at + 4));
    }
    sql.push_str(&format!(" LIMIT {page}"));
    sql
}

/// The distinct keys of a kind: a step through the index a word, however many citizens carry it.
pub fn distinct(most: usize) -> String {
    format!(
        "WITH RECURSIVE word (key) AS (
           SELECT MIN(key) FROM search_key WHERE kind = $1
           UNION ALL
           SELECT (SELECT MIN(s.key) FROM search_key s WHERE s.kind = $1 AND s.key > word.key) FROM word
           WHERE word.key IS NOT NULL
         ) SELECT key FROM word WHERE key IS NOT NULL LIMIT {most}"
    )
}

/// Citizens by their numbers.
pub fn by_numbers(count: usize) -> String {
    let places: Vec<String> = (1..=count).map(|at| format!("${at}")).collect();
    format!("SELECT {COLUMNS}, c.no FROM citizen c WHERE c.no IN ({})", places.join(", "))
}

/// Citizens who were born on a day.
pub fn by_day(most: usize) -> String {
    format!("SELECT {COLUMNS}, c.no FROM citizen c WHERE c.born = $1 ORDER BY c.no LIMIT {most}")
}

/// Citizens by a whole CPR number.
pub fn by_cpr(most: usize) -> String {
    format!("SELECT {COLUMNS}, c.no FROM citizen c WHERE c.cpr = $1 ORDER BY c.no LIMIT {most}")
}

/// Cases by the beginning of their number, without those of departments that are withheld.
pub fn by_case_number(withheld: usize, most: usize) -> String {
    let mut sql = format!(
        "SELECT {COLUMNS}, c.no, f.id, f.number FROM case_file f CROSS JOIN citizen c
         WHERE c.no = f.citizen AND f.number >= $1 AND f.number < $2"
    );
    for at in 0..withheld {
        sql.push_str(&format!(" AND f.department <> ${}", at + 3));
    }
    sql.push_str(&format!(" ORDER BY f.number LIMIT {most}"));
    sql
}
