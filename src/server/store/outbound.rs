//! The outbound queue as it is stored: messages that wait, were sent, were taken back or failed. What does not live here: what they say
//! (`crate::routes::messages`), sending them (`crate::outbound`).

use jiff::Timestamp;
use skranke_api::visits::Told;
use skranke_domain::MessageId;
use skranke_domain::appointment::{MessageChannel, MessageKind, MessageState, MessageTo};
use skranke_domain::citizen::LanguageCode;
use sqlx::AssertSqlSafe;

use super::{Conn, Read, Result, Row, word};

/// What is told of a time: its start and its counter; nothing, where there is none any more.
pub type About = String;

/// A message to keep.
#[derive(Clone, Debug)]
pub struct NewMessage<'a> {
    /// The appointment's number inside this database.
    pub appointment: Option<i64>,
    /// The citizen's.
    pub citizen: i64,
    /// To whom.
    pub to: (MessageTo, &'a str),
    /// What it says.
    pub kind: MessageKind,
    /// How, and where to.
    pub channel: (MessageChannel, &'a str),
    /// In which language.
    pub language: &'a str,
    /// Its subject.
    pub subject: Option<String>,
    /// Its text; none is written when it is sent.
    pub body: Option<String>,
    /// The time it tells of.
    pub about: &'a str,
    /// When it may be sent.
    pub not_before: Timestamp,
}

/// A message as stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its number inside this database.
    pub no: i64,
    /// Its identifier.
    pub id: MessageId,
    /// The appointment's number inside this database.
    pub appointment: Option<i64>,
    /// The citizen's.
    pub citizen: i64,
    /// What it says.
    pub kind: MessageKind,
    /// How.
    pub channel: MessageChannel,
    /// In which language.
    pub language: LanguageCode,
    /// Where to.
    pub address: String,
    /// Its subject.
    pub subject: Option<String>,
    /// Its text.
    pub body: Option<String>,
    /// When it could be sent first.
    pub not_before: Timestamp,
    /// How often it was tried.
    pub attempts: u16,
}

const COLUMNS: &str =
    "no, id, appointment, citizen, kind, channel, language, address, subject, body, not_before, attempts";

fn read(row: &Row) -> Result<Stored> {
    Ok(Stored {
        no: row.int(0)?,
        id: MessageId(row.id(1)?),
        appointment: row.opt_int(2)?,
        citizen: row.int(3)?,
        kind: row.word(4, "kind of message")?,
        channel: row.word(5, "channel")?,
        language: LanguageCode(row.text(6)?),
        address: row.text(7)?,
        subject: row.opt_text(8)?,
        body: row.opt_text(9)?,
        not_before: row.moment(10)?,
        attempts: row.count(11)?,
    })
}

/// Keeps a message until its time.
pub async fn add(conn: &mut Conn, new: &NewMessage<'_>) -> Result<()> {
    sqlx::query(
        "INSERT INTO outbound (id, appointment, citizen, to_kind, to_id, kind, channel, language, address, subject, body, about, state,
                               not_before, attempts, next_try)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'waiting', $13, 0, $13)",
    )
    .bind(MessageId::new().0)
    .bind(new.appointment)
    .bind(new.citizen)
    .bind(word(&new.to.0))
    .bind(new.to.1)
    .bind(word(&new.kind))
    .bind(word(&new.channel.0))
    .bind(new.language)
    .bind(new.channel.1)
    .bind(new.subject.clone())
    .bind(new.body.clone())
    .bind(new.about)
    .bind(new.not_before.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}

/// Whom an appointment told, and will tell: the last first.
pub async fn told_of(conn: &mut Conn, appointment_no: i64) -> Result<Vec<Told>> {
    sqlx::query(
        "SELECT id, to_kind, kind, channel, language, state, next_try, sent_at FROM outbound WHERE appointment = $1 ORDER BY no DESC LIMIT 100",
    )
    .bind(appointment_no)
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        let state = match row.text(5)?.as_str() {
            // One under way is not sent yet.
            "sending" => MessageState::Waiting,
            _ => row.word(5, "state of a message")?,
        };
        Ok(Told {
            id: MessageId(row.id(0)?),
            to: row.word(1, "receiver")?,
            kind: row.word(2, "kind of message")?,
            channel: row.word(3, "channel")?,
            language: LanguageCode(row.text(4)?),
            state,
            at: row.opt_moment(7)?.map_or_else(|| row.moment(6), Ok)?,
        })
    })
    .collect()
}

/// Takes every message back that an appointment still has waiting.
pub async fn withdraw(conn: &mut Conn, appointment_no: i64) -> Result<u64> {
    let done = sqlx::query("UPDATE outbound SET state = 'withdrawn' WHERE appointment = $1 AND state = 'waiting'")
        .bind(appointment_no)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}

/// Takes one message back.
pub async fn withdraw_one(conn: &mut Conn, no: i64) -> Result<()> {
    sqlx::query("UPDATE outbound SET state = 'withdrawn' WHERE no = $1").bind(no).execute(conn).await?;
    Ok(())
}

/// The time that somebody was told last on a channel; none where nothing was sent.
pub async fn last_told(
    conn: &mut Conn,
    appointment_no: i64,
    to: (MessageTo, &str),
    channel: MessageChannel,
) -> Result<Option<About>> {
    let row = sqlx::query(
        "SELECT about FROM outbound WHERE appointment = $1 AND to_kind = $2 AND to_id = $3 AND channel = $4 AND state IN ('sending', 'sent')
         AND kind IN ('confirmation', 'moved', 'cancelled') ORDER BY no DESC LIMIT 1",
    )
    .bind(appointment_no)
    .bind(word(&to.0))
    .bind(to.1)
    .bind(word(&channel))
    .fetch_optional(conn)
    .await?;
    row.map(|row| row.text(0)).transpose()
}

/// Messages whose time has come, the longest due first.
pub async fn due(conn: &mut Conn, now: Timestamp, limit: u16) -> Result<Vec<Stored>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outbound WHERE state = 'waiting' AND next_try <= $1 ORDER BY next_try, no LIMIT {limit}"
    );
    sqlx::query(AssertSqlSafe(sql)).bind(now.as_microsecond()).fetch_all(conn).await?.iter().map(read).collect()
}

/// Notes that a message is under way, with the words it goes with.
pub async fn sending(conn: &mut Conn, no: i64, subject: Option<&str>, body: &str) -> Result<()> {
    sqlx::query(
        "UPDATE outbound SET state = 'sending', attempts = attempts + 1, subject = $2, body = $3 WHERE no = $1",
    )
    .bind(no)
    .bind(subject.map(str::to_owned))
    .bind(body)
    .execute(conn)
    .await?;
    Ok(())
}

/// What became of a message that was under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// It was handed over.
    Sent(Timestamp),
    /// It is tried again then.
    Later(Timestamp, &'a str),
    /// It cannot be sent.
    Failed(&'a str),
}

/// Notes what became of a message that was under way.
pub async fn settle(conn: &mut Conn, no: i64, outcome: Outcome<'_>) -> Result<()> {
    let (state, sent, next, error) = match outcome {
        Outcome::Sent(at) => ("sent", Some(at), None, None),
        Outcome::Later(next, why) => ("waiting", None, Some(next), Some(why)),
        Outcome::Failed(why) => ("failed", None, None, Some(why)),
    };
    sqlx::query(
        "UPDATE outbound SET state = $2, sent_at = $3, next_try = COALESCE($4, next_try), last_error = $5 WHERE no = $1 AND state = 'sending'",
    )
    .bind(no)
    .bind(state)
    .bind(sent.map(Timestamp::as_microsecond))
    .bind(next.map(Timestamp::as_microsecond))
    .bind(error.map(str::to_owned))
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts back what was under way when the service ended: it goes again under the same identifier. Gives how many.
pub async fn resume(conn: &mut Conn) -> Result<u64> {
    let done = sqlx::query("UPDATE outbound SET state = 'waiting' WHERE state = 'sending'").execute(conn).await?;
    Ok(done.rows_affected())
}
