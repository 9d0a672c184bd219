//! Documents as rows: what is known of each beside its bytes, and what it is evidence for. What does not live here: the bytes (`blobs`),
//! who may bring or read one (the routes).

use std::collections::HashMap;

use jiff::Timestamp;
use skranke_api::ETag;
use skranke_api::documents::{DocumentCheck, DocumentUse, DocumentView};
use skranke_domain::document::{DocumentSource, DocumentState, FileKind, Openness};
use skranke_domain::{CaseId, CitizenId, CommandId, DocumentId, ItemId, StaffId};
use sqlx::AssertSqlSafe;

use super::{Conn, Read, Result, Row, StoreError, to_json, word};

const COLUMNS: &str =
    "d.no, d.id, d.citizen, c.id, d.home, d.department, d.name, d.kind, d.bytes, d.received, d.sha256, d.state,
    d.source, d.openness, d.paper, d.replaces, d.at, d.by_name, d.command, d.checks, d.version";
const FROM: &str = "FROM document d JOIN citizen c ON c.no = d.citizen";

/// A document as stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its number inside this database.
    pub no: i64,
    /// Its citizen's number inside this database.
    pub citizen_no: i64,
    /// The case that it was brought to.
    pub home: CaseId,
    /// The command that announced it.
    pub command: CommandId,
    /// As a view with all its uses; show it with [`Stored::shown`].
    pub view: DocumentView,
    version: i64,
    department: String,
    /// The department of each use, in their order.
    departments: Vec<String>,
}

impl Stored {
    /// As a role sees it from which some departments are withheld; none where it belongs to those alone.
    #[must_use]
    pub fn shown(&self, withheld: &[&str]) -> Option<DocumentView> {
        let open = |department: &String| !withheld.contains(&department.as_str());
        let mut view = self.view.clone();
        let mut departments = self.departments.iter();
        view.uses.retain(|_| departments.next().is_none_or(open));
        let visible = if self.view.uses.is_empty() { open(&self.department) } else { !view.uses.is_empty() };
        visible.then_some(view)
    }

    /// The department of the case it was brought to.
    #[must_use]
    pub fn department(&self) -> &str {
        &self.department
    }

    /// Counts a change.
    pub fn touch(&mut self) {
        self.version += 1;
        self.view.etag = ETag::of_version(self.version);
    }
}

/// A document to keep.
#[derive(Clone, Debug)]
pub struct NewDocument<'a> {
    /// Its identifier.
    pub id: DocumentId,
    /// Its citizen's number inside this database.
    pub citizen: i64,
    /// The case it is brought to, and that case's department.
    pub home: (CaseId, &'a str),
    /// Its file name, made safe.
    pub name: &'a str,
    /// What it is; none while its bytes are missing.
    pub kind: Option<FileKind>,
    /// Its size.
    pub bytes: u64,
    /// Its sum.
    pub sha256: &'a str,
    /// Whether its bytes are here already.
    pub state: DocumentState,
    /// Where it came from, and who may read it.
    pub origin: (DocumentSource, Openness),
    /// Which version of the paper it is, and of which document.
    pub version: (u32, Option<DocumentId>),
    /// What it is evidence for.
    pub uses: &'a [DocumentUse],
    /// When.
    pub at: Timestamp,
    /// Who brought it; none where it came by itself.
    pub by: Option<(StaffId, &'a str)>,
    /// By which command.
    pub command: CommandId,
    /// What a check of its content found.
    pub checks: &'a [DocumentCheck],
}

fn size(row: &Row, at: usize) -> Result<u64> {
    u64::try_from(row.int(at)?).map_err(|_| StoreError::Value("size"))
}

fn stored_size(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

fn read(row: &Row) -> Result<Stored> {
    let version = row.int(20)?;
    Ok(Stored {
        no: row.int(0)?,
        citizen_no: row.int(2)?,
        home: CaseId(row.id(4)?),
        command: CommandId(row.id(18)?),
        version,
        department: row.text(5)?,
        departments: Vec::new(),
        view: DocumentView {
            id: DocumentId(row.id(1)?),
            citizen: CitizenId(row.id(3)?),
            name: row.text(6)?,
            kind: row.opt_word(7, "kind of file")?,
            bytes: size(row, 8)?,
            received: size(row, 9)?,
            sha256: row.text(10)?,
            state: row.word(11, "state of a document")?,
            source: row.word(12, "source of a document")?,
            openness: row.word(13, "openness")?,
            uses: Vec::new(),
            version: u32::try_from(row.int(14)?).map_err(|_| StoreError::Value("version of a paper"))?,
            replaces: row.opt_id(15)?.map(DocumentId),
            at: row.moment(16)?,
            by: row.opt_text(17)?,
            checks: row.json(19, "checks")?,
            etag: ETag::of_version(version),
        },
    })
}

/// Reads documents with what they are evidence for. `which` is a condition over `d` with one parameter.
async fn some(conn: &mut Conn, which: &str, key: uuid::Uuid) -> Result<Vec<Stored>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE {which} ORDER BY d.no DESC");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(key).fetch_all(&mut *conn).await?;
    let mut found = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
    if found.is_empty() {
        return Ok(found);
    }
    // Of a half-finished application the case is not there yet: its department stands with the document.
    let sql = format!(
        "SELECT d.no, u.case_id, u.item, COALESCE(f.department, d.department) FROM document d
         JOIN document_use u ON u.document = d.no LEFT JOIN case_file f ON f.id = u.case_id WHERE {which} ORDER BY u.document, u.rank"
    );
    let places: HashMap<i64, usize> = found.iter().enumerate().map(|(place, stored)| (stored.no, place)).collect();
    for row in sqlx::query(AssertSqlSafe(sql)).bind(key).fetch_all(conn).await? {
        let Some(stored) = places.get(&row.int(0)?).and_then(|place| found.get_mut(*place)) else { continue };
        let item = row.text(2)?;
        let item =
            if item.is_empty() { None } else { Some(ItemId::parse(&item).map_err(|_| StoreError::Value("item"))?) };
        stored.view.uses.push(DocumentUse { case: CaseId(row.id(1)?), item });
        stored.departments.push(row.text(3)?);
    }
    Ok(found)
}

/// A document; none without one.
pub async fn one(conn: &mut Conn, id: DocumentId) -> Result<Option<Stored>> {
    Ok(some(conn, "d.id = $1", id.0).await?.pop())
}

/// The documents of a case, newest first, as a role sees them from which some departments are withheld.
pub async fn of_case(conn: &mut Conn, case: CaseId, withheld: &[&str]) -> Result<Vec<DocumentView>> {
    let which = "d.no IN (SELECT mine.document FROM document_use mine WHERE mine.case_id = $1)";
    Ok(some(conn, which, case.0).await?.iter().filter_map(|stored| stored.shown(withheld)).collect())
}

/// Everything that was brought to a case first, newest first.
pub async fn at_home(conn: &mut Conn, home: CaseId) -> Result<Vec<Stored>> {
    some(conn, "d.home = $1", home.0).await
}

/// Keeps a document.
pub async fn add(conn: &mut Conn, new: &NewDocument<'_>) -> Result<()> {
    let done = new.state == DocumentState::Complete;
    let row = sqlx::query(
        "INSERT INTO document (id, citizen, home, department, name, kind, bytes, received, sha256, state, source, openness, paper,
                replaces, at, by_id, by_name, command, checks, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 1) RETURNING no",
    )
    .bind(new.id.0)
    .bind(new.citizen)
    .bind(new.home.0.0)
    .bind(new.home.1)
    .bind(new.name)
    .bind(new.kind.as_ref().map(word))
    .bind(stored_size(new.bytes))
    .bind(if done { stored_size(new.bytes) } else { 0 })
    .bind(new.sha256)
    .bind(word(&new.state))
    .bind(word(&new.origin.0))
    .bind(word(&new.origin.1))
    .bind(i64::from(new.version.0))
    .bind(new.version.1.map(|id| id.0))
    .bind(new.at.as_microsecond())
    .bind(new.by.map(|(id, _)| id.0))
    .bind(new.by.map(|(_, name)| name.to_owned()))
    .bind(new.command.0)
    .bind(to_json(&new.checks))
    .fetch_one(&mut *conn)
    .await?;
    set_uses(conn, row.int(0)?, new.uses).await
}

/// Writes how far a document's bytes have come, and who may read it.
pub async fn save(conn: &mut Conn, stored: &Stored) -> Result<()> {
    let view = &stored.view;
    sqlx::query("UPDATE document SET kind = $1, received = $2, state = $3, openness = $4, version = $5 WHERE no = $6")
        .bind(view.kind.as_ref().map(word))
        .bind(stored_size(view.received))
        .bind(word(&view.state))
        .bind(word(&view.openness))
        .bind(stored.version)
        .bind(stored.no)
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes what a document is evidence for, in this order.
pub async fn set_uses(conn: &mut Conn, no: i64, uses: &[DocumentUse]) -> Result<()> {
    sqlx::query("DELETE FROM document_use WHERE document = $1").bind(no).execute(&mut *conn).await?;
    for (rank, one) in (0_i64..).zip(uses) {
        sqlx::query("INSERT INTO document_use (document, case_id, item, rank) VALUES ($1, $2, $3, $4)")
            .bind(no)
            .bind(one.case.0)
            .bind(one.item.as_ref().map_or("", ItemId::as_str))
            .bind(rank)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Drops a document that never became whole.
pub async fn drop_unfinished(conn: &mut Conn, no: i64) -> Result<()> {
    sqlx::query("DELETE FROM document_use WHERE document = $1").bind(no).execute(&mut *conn).await?;
    sqlx::query("DELETE FROM document WHERE no = $1").bind(no).execute(conn).await?;
    Ok(())
}

/// Documents that were announced before a moment and never finished.
pub async fn unfinished_before(conn: &mut Conn, moment: Timestamp) -> Result<Vec<(i64, DocumentId)>> {
    sqlx::query("SELECT no, id FROM document WHERE state = 'uploading' AND at < $1")
        .bind(moment.as_microsecond())
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| Ok((row.int(0)?, DocumentId(row.id(1)?))))
        .collect()
}

/// Whether a whole document other than this one is evidence for an item.
pub async fn another_serves(conn: &mut Conn, used: &DocumentUse, no: i64) -> Result<bool> {
    let Some(item) = &used.item else { return Ok(false) };
    let row = sqlx::query(
        "SELECT u.document FROM document_use u JOIN document d ON d.no = u.document
         WHERE u.case_id = $1 AND u.item = $2 AND u.document <> $3 AND d.state = 'complete' LIMIT 1",
    )
    .bind(used.case.0)
    .bind(item.as_str())
    .bind(no)
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}
