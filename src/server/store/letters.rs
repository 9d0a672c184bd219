//! Letters that ask for papers, and changes that were reported once, with the cases each went to. What does not live here: what they do to
//! the cases (the routes), the contacts that record them (`contacts`), what becomes of a letter after it was sent (`requests`).

use jiff::Timestamp;
use jiff::civil::Date;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::contact::Channel;
use skranke_domain::{ChangeId, ChangeReportId, ContactId, ItemId, LetterId, SituationId, StaffId};

use super::{Conn, Read, Result, word};

pub mod requests;
pub use requests::of_case;

/// A letter to keep, word by word as it was sent.
#[derive(Clone, Debug)]
pub struct NewLetter<'a> {
    /// Its identifier.
    pub id: LetterId,
    /// The citizen.
    pub citizen: i64,
    /// The contact that records it.
    pub contact: ContactId,
    /// The language it is written in.
    pub language: &'a LanguageCode,
    /// How it is sent.
    pub channel: Channel,
    /// The text.
    pub text: &'a str,
    /// The last day she may answer.
    pub deadline: Date,
    /// The day she is reminded; none where no reminder is sent.
    pub reminder: Option<Date>,
    /// When and by whom.
    pub sent: (Timestamp, StaffId, &'a str),
    /// The papers it asks for: case and item.
    pub items: &'a [(i64, ItemId)],
}

/// Keeps a letter.
pub async fn add(conn: &mut Conn, letter: &NewLetter<'_>) -> Result<()> {
    sqlx::query(
        "INSERT INTO letter (id, citizen, contact, language, channel, text, deadline, at, by_id, by_name, reminder)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(letter.id.0)
    .bind(letter.citizen)
    .bind(letter.contact.0)
    .bind(&letter.language.0)
    .bind(word(&letter.channel))
    .bind(letter.text)
    .bind(letter.deadline.to_string())
    .bind(letter.sent.0.as_microsecond())
    .bind(letter.sent.1.0)
    .bind(letter.sent.2)
    .bind(letter.reminder.map(|day| day.to_string()))
    .execute(&mut *conn)
    .await?;
    for (rank, (case_no, item)) in (0_i64..).zip(letter.items) {
        sqlx::query("INSERT INTO letter_item (letter, rank, case_no, item) VALUES ($1, $2, $3, $4)")
            .bind(letter.id.0)
            .bind(rank)
            .bind(*case_no)
            .bind(item.as_str())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// A letter's contact, and the numbers of its cases in their order; none without such a letter.
pub async fn one(conn: &mut Conn, id: LetterId) -> Result<Option<(ContactId, Vec<i64>)>> {
    let row = sqlx::query("SELECT contact FROM letter WHERE id = $1").bind(id.0).fetch_optional(&mut *conn).await?;
    let Some(row) = row else { return Ok(None) };
    let mut cases = Vec::new();
    for item in sqlx::query("SELECT case_no FROM letter_item WHERE letter = $1 ORDER BY rank")
        .bind(id.0)
        .fetch_all(conn)
        .await?
    {
        let no = item.int(0)?;
        if !cases.contains(&no) {
            cases.push(no);
        }
    }
    Ok(Some((ContactId(row.id(0)?), cases)))
}

/// A reported change to keep.
#[derive(Clone, Debug)]
pub struct NewReport<'a> {
    /// Its identifier.
    pub id: ChangeReportId,
    /// The citizen.
    pub citizen: i64,
    /// The contact that records it.
    pub contact: ContactId,
    /// What changed.
    pub change: &'a ChangeId,
    /// From when.
    pub from: Date,
    /// What she said.
    pub text: &'a str,
    /// The life situation.
    pub situation: Option<SituationId>,
    /// When and to whom.
    pub told: (Timestamp, StaffId),
    /// The cases that heard of it, and whether each was there already.
    pub cases: &'a [(i64, bool)],
}

/// Keeps a reported change.
pub async fn add_report(conn: &mut Conn, report: &NewReport<'_>) -> Result<()> {
    sqlx::query(
        "INSERT INTO change_report (id, citizen, change, from_day, text, situation, contact, at, by_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(report.id.0)
    .bind(report.citizen)
    .bind(report.change.as_str())
    .bind(report.from.to_string())
    .bind(report.text)
    .bind(report.situation.map(|s| s.0))
    .bind(report.contact.0)
    .bind(report.told.0.as_microsecond())
    .bind(report.told.1.0)
    .execute(&mut *conn)
    .await?;
    for (rank, (case_no, known)) in (0_i64..).zip(report.cases) {
        sqlx::query("INSERT INTO change_report_case (report, rank, case_no, known) VALUES ($1, $2, $3, $4)")
            .bind(report.id.0)
            .bind(rank)
            .bind(*case_no)
            .bind(i64::from(*known))
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// A reported change's contact, and its cases with whether each was there already; none without such a report.
pub async fn report(conn: &mut Conn, id: ChangeReportId) -> Result<Option<(ContactId, Vec<(i64, bool)>)>> {
    let row =
        sqlx::query("SELECT contact FROM change_report WHERE id = $1").bind(id.0).fetch_optional(&mut *conn).await?;
    let Some(row) = row else { return Ok(None) };
    let cases = sqlx::query("SELECT case_no, known FROM change_report_case WHERE report = $1 ORDER BY rank")
        .bind(id.0)
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| Ok((row.int(0)?, row.int(1)? != 0)))
        .collect::<Result<_>>()?;
    Ok(Some((ContactId(row.id(0)?), cases)))
}
