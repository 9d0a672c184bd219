//! The audit log's rows. What lives here: adding a record to its chain, reading, what narrows a search. What does not: what is logged when,
//! and what the chains promise (see `crate::audit`); their heads and tombstones (`audit_heads`).

use jiff::Timestamp;
use skranke_api::Purpose;
use skranke_api::audit::{AccessLogLine, AuditAction, AuditOutcome, AuditRecord};
use skranke_domain::access::Context;
use skranke_domain::{CaseId, CitizenId, CommandId, DepartmentId, SessionId, StaffId};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{Conn, Read, Result, Row, StoreError, from_json, from_word, to_json, word};

/// A record exactly as it is stored, with its links: what a MAC is made over must not pass through any reading first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its place in the log.
    pub seq: i64,
    /// Its chain.
    pub chain: String,
    /// What the MAC is made over: 1 or 2.
    pub form: i64,
    /// When, in microseconds.
    pub at: i64,
    /// Who.
    pub staff: Vec<u8>,
    /// In which role.
    pub role: String,
    /// What.
    pub action: String,
    /// How it ended.
    pub outcome: String,
    /// About whom.
    pub citizen: Option<Vec<u8>>,
    /// About which case.
    pub case: Option<Vec<u8>>,
    /// Why, as JSON.
    pub purpose: Option<String>,
    /// In which palette session.
    pub session: Option<Vec<u8>>,
    /// By which command.
    pub command: Option<Vec<u8>>,
    /// More about it.
    pub note: Option<String>,
    /// On which legal basis.
    pub basis: Option<String>,
    /// Which business was found.
    pub context: Option<String>,
    /// What ties the person to the citizen.
    pub tie: Option<String>,
    /// From where.
    pub place: Option<String>,
    /// HMAC of what was typed.
    pub query_mac: Option<Vec<u8>>,
    /// HMAC over the one before and this record.
    pub mac: Vec<u8>,
}

const COLUMNS: &str = "seq, chain, form, at, staff, role, action, outcome, citizen, case_id, purpose, session, command, note, basis, context, \
                       tie, place, query_mac, mac";

impl Stored {
    /// A record in the form of today, without its MAC yet.
    #[must_use]
    pub fn of(record: &AuditRecord, chain: &str, query_mac: Option<&[u8]>) -> Self {
        let bytes = |id: Option<Uuid>| id.map(|id| id.as_bytes().to_vec());
        Self {
            seq: record.seq,
            chain: chain.to_owned(),
            form: 2,
            at: record.at.as_microsecond(),
            staff: record.staff.0.as_bytes().to_vec(),
            role: word(&record.role),
            action: word(&record.action),
            outcome: word(&record.outcome),
            citizen: bytes(record.citizen.map(|c| c.0)),
            case: bytes(record.case.map(|c| c.0)),
            purpose: record.purpose.as_ref().map(to_json),
            session: bytes(record.session.map(|s| s.0)),
            command: bytes(record.command.map(|c| c.0)),
            note: record.note.clone(),
            basis: record.basis.as_ref().map(word),
            context: record.context.as_ref().map(word),
            tie: record.tie.as_ref().map(word),
            place: record.place.clone(),
            query_mac: query_mac.map(<[u8]>::to_vec),
            mac: Vec::new(),
        }
    }

    /// The record as the contract tells it.
    ///
    /// # Errors
    /// A value is none that the contract knows.
    pub fn record(&self) -> Result<AuditRecord> {
        let id = |bytes: &[u8], what| Uuid::from_slice(bytes).map_err(|_| StoreError::Value(what));
        let opt_id = |bytes: &Option<Vec<u8>>, what| bytes.as_deref().map(|bytes| id(bytes, what)).transpose();
        Ok(AuditRecord {
            seq: self.seq,
            at: Timestamp::from_microsecond(self.at).map_err(|_| StoreError::Value("moment"))?,
            staff: StaffId(id(&self.staff, "staff")?),
            staff_name: None,
            role: from_word(self.role.clone(), "role")?,
            action: from_word(self.action.clone(), "action")?,
            outcome: from_word(self.outcome.clone(), "outcome")?,
            citizen: opt_id(&self.citizen, "citizen")?.map(CitizenId),
            case: opt_id(&self.case, "case")?.map(CaseId),
            purpose: self.purpose.as_deref().map(|text| from_json(text, "purpose")).transpose()?,
            session: opt_id(&self.session, "session")?.map(SessionId),
            command: opt_id(&self.command, "command")?.map(CommandId),
            note: self.note.clone(),
            basis: self.basis.clone().map(|text| from_word(text, "legal basis")).transpose()?,
            context: self.context.clone().map(|text| from_word(text, "context")).transpose()?,
            tie: self.tie.clone().map(|text| from_word(text, "tie")).transpose()?,
            place: self.place.clone(),
        })
    }

    fn read(row: &Row) -> Result<Self> {
        let bytes = |at: usize| -> Result<Option<Vec<u8>>> { Ok(sqlx::Row::try_get(row, at)?) };
        Ok(Self {
            seq: row.int(0)?,
            chain: row.text(1)?,
            form: row.int(2)?,
            at: row.int(3)?,
            staff: row.bytes(4)?,
            role: row.text(5)?,
            action: row.text(6)?,
            outcome: row.text(7)?,
            citizen: bytes(8)?,
            case: bytes(9)?,
            purpose: row.opt_text(10)?,
            session: bytes(11)?,
            command: bytes(12)?,
            note: row.opt_text(13)?,
            basis: row.opt_text(14)?,
            context: row.opt_text(15)?,
            tie: row.opt_text(16)?,
            place: row.opt_text(17)?,
            query_mac: bytes(18)?,
            mac: row.bytes(19)?,
        })
    }
}

/// The last link of a chain: its place and its MAC.
pub async fn last_link(conn: &mut Conn, chain: &str) -> Result<Option<(i64, Vec<u8>)>> {
    let row = sqlx::query("SELECT seq, mac FROM audit WHERE chain = $1 ORDER BY seq DESC LIMIT 1")
        .bind(chain)
        .fetch_optional(conn)
        .await?;
    row.map(|row| Ok((row.int(0)?, row.bytes(1)?))).transpose()
}

/// The next place in the log. What retention deleted is never used again.
pub async fn next_seq(conn: &mut Conn) -> Result<i64> {
    let row = sqlx::query("SELECT (SELECT MAX(seq) FROM audit), (SELECT MAX(last_seq) FROM audit_tombstone)")
        .fetch_one(conn)
        .await?;
    Ok(row.opt_int(0)?.unwrap_or(0).max(row.opt_int(1)?.unwrap_or(0)) + 1)
}

/// Adds a record.
pub async fn add(conn: &mut Conn, stored: &Stored) -> Result<()> {
    sqlx::query(
        "INSERT INTO audit (seq, chain, form, at, staff, role, action, outcome, citizen, case_id, purpose, session, command, note, basis,
                            context, tie, place, query_mac, mac)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
    )
    .bind(stored.seq)
    .bind(&stored.chain)
    .bind(stored.form)
    .bind(stored.at)
    .bind(&stored.staff)
    .bind(&stored.role)
    .bind(&stored.action)
    .bind(&stored.outcome)
    .bind(&stored.citizen)
    .bind(&stored.case)
    .bind(&stored.purpose)
    .bind(&stored.session)
    .bind(&stored.command)
    .bind(&stored.note)
    .bind(&stored.basis)
    .bind(&stored.context)
    .bind(&stored.tie)
    .bind(&stored.place)
    .bind(&stored.query_mac)
    .bind(&stored.mac)
    .execute(conn)
    .await?;
    Ok(())
}

/// What narrows the log.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// About one citizen.
    pub citizen: Option<CitizenId>,
    /// By one member of staff.
    pub staff: Option<StaffId>,
    /// Of one kind.
    pub action: Option<AuditAction>,
    /// With one end.
    pub outcome: Option<AuditOutcome>,
    /// With one kind of business.
    pub context: Option<Context>,
    /// From this moment …
    pub from: Option<Timestamp>,
    /// … to before this one.
    pub to: Option<Timestamp>,
    /// Before this place.
    pub before: Option<i64>,
}

/// The statement of a page, and what is bound to it after the place and the two moments.
fn statement(filter: &Filter, limit: u16) -> (String, Vec<Bound>) {
    let mut sql = String::from(
        "SELECT audit.seq, audit.chain, audit.form, audit.at, audit.staff, audit.role, audit.action, audit.outcome, audit.citizen,
                audit.case_id, audit.purpose, audit.session, audit.command, audit.note, audit.basis, audit.context, audit.tie,
                audit.place, audit.query_mac, audit.mac, staff.name
         FROM audit LEFT JOIN staff ON staff.id = audit.staff
         WHERE audit.seq < $1",
    );
    let mut bound = Vec::new();
    // The place rises with the time: where a span of time begins and ends is found by two looks into an index, and the span is walked by
    // place. The moments themselves are asked besides, for a clock that was set back.
    if let Some(from) = filter.from {
        bound.push(Bound::Int(from.as_microsecond()));
        let n = bound.len() + 1;
        sql.push_str(&format!(
            " AND audit.at >= ${n} AND audit.seq >= COALESCE((SELECT seq FROM audit WHERE at >= ${n} ORDER BY at LIMIT 1), {})",
            i64::MAX
        ));
    }
    if let Some(to) = filter.to {
        bound.push(Bound::Int(to.as_microsecond()));
        let n = bound.len() + 1;
        sql.push_str(&format!(
            " AND audit.at < ${n} AND audit.seq <= COALESCE((SELECT seq FROM audit WHERE at < ${n} ORDER BY at DESC LIMIT 1), 0)"
        ));
    }
    let mut narrow = |column: &str, value: Option<Bound>| {
        if let Some(value) = value {
            bound.push(value);
            sql.push_str(&format!(" AND audit.{column} = ${}", bound.len() + 1));
        }
    };
    narrow("citizen", filter.citizen.map(|c| Bound::Id(c.0)));
    narrow("staff", filter.staff.map(|s| Bound::Id(s.0)));
    narrow("action", filter.action.map(|a| Bound::Word(word(&a))));
    narrow("context", filter.context.map(|c| Bound::Word(word(&c))));
    match filter.outcome {
        // Written out, so that the index over the few refused ones serves.
        Some(AuditOutcome::Refused) => sql.push_str(" AND audit.outcome = 'refused'"),
        Some(AuditOutcome::Done) => sql.push_str(" AND audit.outcome = 'done'"),
        None => {}
    }
    sql.push_str(&format!(" ORDER BY audit.seq DESC LIMIT {}", u32::from(limit) + 1));
    (sql, bound)
}

/// A value in a statement.
#[derive(Clone, Debug)]
enum Bound {
    Int(i64),
    Id(Uuid),
    Word(String),
}

/// A page of the log, newest first, one more than asked for where there is more; with the names of the staff.
pub async fn list(conn: &mut Conn, filter: Filter, limit: u16) -> Result<Vec<AuditRecord>> {
    let (sql, bound) = statement(&filter, limit);
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(filter.before.unwrap_or(i64::MAX));
    for value in bound {
        query = match value {
            Bound::Int(number) => query.bind(number),
            Bound::Id(id) => query.bind(id),
            Bound::Word(word) => query.bind(word),
        };
    }
    let rows = query.fetch_all(conn).await?;
    rows.iter().map(|row| Ok(AuditRecord { staff_name: row.opt_text(20)?, ..Stored::read(row)?.record()? })).collect()
}

/// The look-ups about a citizen as she gets them, newest first.
pub async fn told(conn: &mut Conn, citizen: CitizenId, limit: u16) -> Result<Vec<AccessLogLine>> {
    let rows = sqlx::query(
        "SELECT audit.at, audit.role, staff.department, audit.action, audit.outcome, audit.purpose, audit.basis
         FROM audit LEFT JOIN staff ON staff.id = audit.staff WHERE audit.citizen = $1 ORDER BY audit.seq DESC LIMIT $2",
    )
    .bind(citizen.0)
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let purpose: Option<Purpose> = row.opt_text(5)?.map(|text| from_json(&text, "purpose")).transpose()?;
            let named = row.opt_word(6, "legal basis")?;
            Ok(AccessLogLine {
                at: row.moment(0)?,
                role: row.word(1, "role")?,
                department: row.opt_text(2)?.and_then(|id| DepartmentId::parse(&id).ok()),
                action: row.word(3, "action")?,
                outcome: row.word(4, "outcome")?,
                purpose: purpose.as_ref().map(|purpose| purpose.kind),
                basis: named.or_else(|| purpose.and_then(|purpose| purpose.basis)),
            })
        })
        .collect()
}

/// How the database goes about a page; for the test that no search walks the whole log.
#[cfg(test)]
pub async fn explain(conn: &mut Conn, filter: Filter) -> Result<String> {
    let (sql, bound) = statement(&filter, 50);
    let mut query = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).bind(i64::MAX);
    for value in bound {
        query = match value {
            Bound::Int(number) => query.bind(number),
            Bound::Id(id) => query.bind(id),
            Bound::Word(word) => query.bind(word),
        };
    }
    let rows = query.fetch_all(conn).await?;
    let lines: Result<Vec<String>> = rows.iter().map(|row| row.text(3)).collect();
    Ok(lines?.join("\n"))
}

/// A row while verifying: its place, and what it holds where that can be read at all.
pub type Raw = (i64, Result<Stored>);

/// Rows of all chains after a place, in order, for verifying.
pub async fn after(conn: &mut Conn, seq: i64, limit: u16) -> Result<Vec<Raw>> {
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE seq > $1 ORDER BY seq LIMIT {limit}");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(seq).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.int(0)?, Stored::read(row)))).collect()
}

/// Rows of one chain after a place, in order.
pub async fn of_chain(conn: &mut Conn, chain: &str, seq: i64, limit: u16) -> Result<Vec<Raw>> {
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE chain = $1 AND seq > $2 ORDER BY seq LIMIT {limit}");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(chain).bind(seq).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.int(0)?, Stored::read(row)))).collect()
}

/// The names of all chains: as many looks into an index as there are chains, however long they are.
pub async fn chains(conn: &mut Conn) -> Result<Vec<String>> {
    let mut chains: Vec<String> = Vec::new();
    loop {
        let after = chains.last().map_or("", String::as_str);
        let row =
            sqlx::query("SELECT MIN(chain) FROM audit WHERE chain > $1").bind(after).fetch_one(&mut *conn).await?;
        match row.opt_text(0)? {
            Some(next) => chains.push(next),
            None => return Ok(chains),
        }
    }
}

/// How many records of a chain stand after a place.
pub async fn count_after(conn: &mut Conn, chain: &str, seq: i64) -> Result<i64> {
    let row = sqlx::query("SELECT COUNT(*) FROM audit WHERE chain = $1 AND seq > $2").bind(chain).bind(seq);
    row.fetch_one(conn).await?.int(0)
}

/// Deletes a chain's records up to and with a place; gives how many there were.
pub async fn forget(conn: &mut Conn, chain: &str, up_to: i64) -> Result<u64> {
    let done = sqlx::query("DELETE FROM audit WHERE chain = $1 AND seq <= $2").bind(chain).bind(up_to);
    Ok(done.execute(conn).await?.rows_affected())
}

/// When the oldest record was made that retention left; none where retention never deleted anything.
pub async fn kept_since(conn: &mut Conn) -> Result<Option<Timestamp>> {
    let row = sqlx::query("SELECT at FROM audit WHERE EXISTS (SELECT 1 FROM audit_tombstone) ORDER BY seq LIMIT 1");
    let row = row.fetch_optional(conn).await?;
    row.map(|row| row.moment(0)).transpose()
}

/// When the last record of a person was written; for tests and the team leader's page.
pub async fn last_at(conn: &mut Conn, staff: StaffId) -> Result<Option<Timestamp>> {
    let row = sqlx::query("SELECT MAX(at) FROM audit WHERE staff = $1").bind(staff.0).fetch_one(conn).await?;
    row.opt_moment(0)
}
