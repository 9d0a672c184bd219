//! The rows of the log's heads and tombstones. What lives here: reading and writing them. What does not: their signatures and what they prove
//! (see `crate::audit`).

use jiff::Timestamp;

use super::{Conn, Read, Result, Row};
use crate::audit::Head;

/// What retention left of a chain's beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// The chain.
    pub chain: String,
    /// Its first record.
    pub first_seq: i64,
    /// The last one that was deleted.
    pub last_seq: i64,
    /// How many were deleted.
    pub count: i64,
    /// The MAC of the last one.
    pub mac: Vec<u8>,
    /// When.
    pub at: Timestamp,
    /// Signature over all of this.
    pub signature: Vec<u8>,
}

const COLUMNS: &str = "chain, seq, count, mac, at, sealed, signature";

fn head(row: &Row) -> Result<Head> {
    Ok(Head {
        chain: row.text(0)?,
        seq: row.int(1)?,
        count: row.int(2)?,
        mac: row.bytes(3)?,
        at: row.moment(4)?,
        sealed: row.int(5)? != 0,
        signature: row.bytes(6)?,
    })
}

/// All heads, in the order in which they were made.
pub async fn heads(conn: &mut Conn) -> Result<Vec<Head>> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM audit_head ORDER BY no"));
    sqlx::query(sql).fetch_all(conn).await?.iter().map(head).collect()
}

/// The last head of a chain.
pub async fn last_head(conn: &mut Conn, chain: &str) -> Result<Option<Head>> {
    let sql = format!("SELECT {COLUMNS} FROM audit_head WHERE chain = $1 ORDER BY seq DESC, no DESC LIMIT 1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(chain).fetch_optional(conn).await?;
    row.as_ref().map(head).transpose()
}

/// Keeps a head.
pub async fn add_head(conn: &mut Conn, head: &Head) -> Result<()> {
    sqlx::query(
        "INSERT INTO audit_head (chain, seq, count, mac, at, sealed, signature) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&head.chain)
    .bind(head.seq)
    .bind(head.count)
    .bind(&head.mac)
    .bind(head.at.as_microsecond())
    .bind(i64::from(head.sealed))
    .bind(&head.signature)
    .execute(conn)
    .await?;
    Ok(())
}

/// Deletes a chain's heads.
pub async fn forget_heads(conn: &mut Conn, chain: &str) -> Result<()> {
    sqlx::query("DELETE FROM audit_head WHERE chain = $1").bind(chain).execute(conn).await?;
    Ok(())
}

fn tombstone(row: &Row) -> Result<Tombstone> {
    Ok(Tombstone {
        chain: row.text(0)?,
        first_seq: row.int(1)?,
        last_seq: row.int(2)?,
        count: row.int(3)?,
        mac: row.bytes(4)?,
        at: row.moment(5)?,
        signature: row.bytes(6)?,
    })
}

const TOMBSTONE: &str = "SELECT chain, first_seq, last_seq, count, mac, at, signature FROM audit_tombstone";

/// All tombstones.
pub async fn tombstones(conn: &mut Conn) -> Result<Vec<Tombstone>> {
    let sql = sqlx::AssertSqlSafe(format!("{TOMBSTONE} ORDER BY first_seq"));
    sqlx::query(sql).fetch_all(conn).await?.iter().map(tombstone).collect()
}

/// A chain's tombstone.
pub async fn tombstone_of(conn: &mut Conn, chain: &str) -> Result<Option<Tombstone>> {
    let sql = sqlx::AssertSqlSafe(format!("{TOMBSTONE} WHERE chain = $1"));
    sqlx::query(sql).bind(chain).fetch_optional(conn).await?.as_ref().map(tombstone).transpose()
}

/// Sets a chain's tombstone, in place of the one it has.
pub async fn bury(conn: &mut Conn, one: &Tombstone) -> Result<()> {
    sqlx::query(
        "INSERT INTO audit_tombstone (chain, first_seq, last_seq, count, mac, at, signature) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (chain) DO UPDATE SET first_seq = $2, last_seq = $3, count = $4, mac = $5, at = $6, signature = $7",
    )
    .bind(&one.chain)
    .bind(one.first_seq)
    .bind(one.last_seq)
    .bind(one.count)
    .bind(&one.mac)
    .bind(one.at.as_microsecond())
    .bind(&one.signature)
    .execute(conn)
    .await?;
    Ok(())
}
