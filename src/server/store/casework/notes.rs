//! Notes on a case. They are never changed: what was wrong is corrected by another. What does not live here: notes on a citizen
//! (`store::notes`).

use jiff::Timestamp;
use skranke_api::casework::{CaseNoteRequest, CaseNoteView};
use skranke_domain::{CaseNoteId, StaffId};

use super::super::{Conn, Read, Result, Row, word};

/// A case's notes, newest first.
pub(super) const OF_CASE: &str =
    "SELECT id, text, openness, by_name, at FROM case_note WHERE case_no = $1 ORDER BY at DESC, no DESC";

fn read(row: &Row) -> Result<CaseNoteView> {
    Ok(CaseNoteView {
        id: CaseNoteId(row.id(0)?),
        text: row.text(1)?,
        openness: row.word(2, "openness")?,
        by: row.text(3)?,
        at: row.moment(4)?,
    })
}

/// A case's notes, newest first.
pub async fn of_case(conn: &mut Conn, case_no: i64) -> Result<Vec<CaseNoteView>> {
    sqlx::query(OF_CASE).bind(case_no).fetch_all(conn).await?.iter().map(read).collect()
}

/// One note of a case.
pub async fn one(conn: &mut Conn, case_no: i64, id: CaseNoteId) -> Result<Option<CaseNoteView>> {
    let row = sqlx::query("SELECT id, text, openness, by_name, at FROM case_note WHERE id = $1 AND case_no = $2")
        .bind(id.0)
        .bind(case_no)
        .fetch_optional(conn)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// Writes a note. One with the same identifier comes back as a conflict.
pub async fn add(
    conn: &mut Conn,
    case_no: i64,
    note: &CaseNoteRequest,
    by: (StaffId, &str),
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO case_note (id, case_no, text, openness, by_id, by_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(note.id.0)
    .bind(case_no)
    .bind(note.text.trim().to_owned())
    .bind(word(&note.openness))
    .bind(by.0.0)
    .bind(by.1.to_owned())
    .bind(at.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}
