//! The command ids of changes that were done, with their answers for a while. What does not live here: the rules (see `idempotency`).

use jiff::Timestamp;
use skranke_domain::{CommandId, StaffId};

use super::{Conn, Read, Result};

/// A change that was done.
pub struct Known {
    /// What the request looked like.
    pub fingerprint: Vec<u8>,
    /// The stored answer; none when it has expired.
    pub answer: Option<String>,
}

/// Looks a command id up.
pub async fn find(conn: &mut Conn, person: StaffId, id: CommandId) -> Result<Option<Known>> {
    let row = sqlx::query("SELECT fingerprint, answer FROM command WHERE person = $1 AND id = $2")
        .bind(person.0)
        .bind(id.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| Ok(Known { fingerprint: row.bytes(0)?, answer: row.opt_text(1)? })).transpose()
}

/// Remembers a change with its answer.
pub async fn add(
    conn: &mut Conn,
    key: (StaffId, CommandId),
    fingerprint: &[u8; 32],
    at: Timestamp,
    answer: &str,
) -> Result<()> {
    sqlx::query("INSERT INTO command (person, id, fingerprint, at, answer) VALUES ($1, $2, $3, $4, $5)")
        .bind(key.0.0)
        .bind(key.1.0)
        .bind(fingerprint.to_vec())
        .bind(at.as_microsecond())
        .bind(answer)
        .execute(conn)
        .await?;
    Ok(())
}

/// Lets answers expire that are older than a moment; the ids stay.
pub async fn expire(conn: &mut Conn, before: Timestamp) -> Result<u64> {
    let done = sqlx::query("UPDATE command SET answer = NULL WHERE answer IS NOT NULL AND at < $1")
        .bind(before.as_microsecond())
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}
