//! Colleagues and hand-overs as they are stored. What does not live here: who may take a hand-over how far (see `crate::routes::handovers`).

use jiff::Timestamp;
use skranke_api::ETag;
use skranke_api::handovers::{Card, Colleague, HandoverView, Receiver};
use skranke_domain::handover::HandoverState;
use skranke_domain::{CaseId, CitizenId, DepartmentId, HandoverId, StaffId};
use sqlx::AssertSqlSafe;

use super::search::words;
use super::{Conn, Read, Result, Row, StoreError, to_json, word};

/// The most hand-overs of a list.
pub const MOST: u16 = 100;

fn department(text: &str) -> Result<DepartmentId> {
    DepartmentId::parse(text).map_err(|_| StoreError::Value("department"))
}

fn colleague(row: &Row) -> Result<Colleague> {
    Ok(Colleague {
        id: StaffId(row.id(0)?),
        name: row.text(1)?,
        initials: row.text(2)?,
        department: department(&row.text(3)?)?,
        role: row.word(4, "role")?,
        phone: row.opt_text(5)?,
    })
}

const STAFF: &str = "SELECT id, name, initials, department, role, phone FROM staff";

/// Somebody who works here.
pub async fn staff(conn: &mut Conn, id: StaffId) -> Result<Option<Colleague>> {
    let sql = format!("{STAFF} WHERE id = $1");
    sqlx::query(AssertSqlSafe(sql)).bind(id.0).fetch_optional(conn).await?.map(|row| colleague(&row)).transpose()
}

/// Colleagues of whom every typed word begins a name, or is the beginning of the department's tag; everybody where nothing is typed. A
/// house has some thousand people at most, so they are looked through. `tag` gives a department's tag.
pub async fn colleagues(
    conn: &mut Conn,
    typed: &str,
    limit: u16,
    tag: impl Fn(&DepartmentId) -> String,
) -> Result<Vec<Colleague>> {
    let typed = words(typed);
    let sql = format!("{STAFF} ORDER BY name, no");
    let mut found: Vec<(bool, Colleague)> = Vec::new();
    for row in &sqlx::query(AssertSqlSafe(sql)).fetch_all(conn).await? {
        let known = colleague(row)?;
        let names = words(&known.name);
        let tags = words(&tag(&known.department));
        let begins = |all: &[String], word: &String| all.iter().any(|n| n.starts_with(word.as_str()));
        if typed.iter().all(|word| begins(&names, word) || begins(&tags, word)) {
            // Whoever is called so stands before whoever works at a department that is called so.
            found.push((!typed.iter().any(|word| begins(&names, word)), known));
        }
    }
    found.sort_by_key(|(by_tag, _)| *by_tag);
    found.truncate(usize::from(limit));
    Ok(found.into_iter().map(|(_, known)| known).collect())
}

/// A hand-over as stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its number inside this database.
    pub no: i64,
    /// As a list shows it, with everything in its card.
    pub view: HandoverView,
}

impl Stored {
    /// Whether it is for somebody: by name, or because she works in the unit it went to and did not send it herself.
    #[must_use]
    pub fn is_for(&self, staff: StaffId, department: &DepartmentId) -> bool {
        match &self.view.receiver {
            Receiver::Colleague { id } => *id == staff,
            Receiver::Unit { department: unit } => unit == department && self.view.from != staff,
        }
    }

    /// Whether somebody may see it: who sent it, and whom it is for.
    #[must_use]
    pub fn is_seen_by(&self, staff: StaffId, department: &DepartmentId) -> bool {
        self.view.from == staff || self.is_for(staff, department)
    }
}

const COLUMNS: &str =
    "h.no, h.id, c.id, c.given_name, c.surname, h.to_staff, h.to_department, h.receiver_name, h.card, h.state, h.reply,
    h.from_id, h.from_name, h.taken_by, h.sent, h.changed, h.version";
const FROM: &str = "FROM handover h JOIN citizen c ON c.no = h.citizen";

fn read(row: &Row) -> Result<Stored> {
    let receiver = match (row.opt_id(5)?, row.opt_text(6)?) {
        (Some(id), _) => Receiver::Colleague { id: StaffId(id) },
        (None, Some(unit)) => Receiver::Unit { department: department(&unit)? },
        (None, None) => return Err(StoreError::Value("receiver")),
    };
    let view = HandoverView {
        id: HandoverId(row.id(1)?),
        citizen: CitizenId(row.id(2)?),
        citizen_name: format!("{} {}", row.text(3)?, row.text(4)?),
        receiver,
        receiver_name: row.text(7)?,
        card: row.json(8, "hand-over card")?,
        state: row.word(9, "hand-over state")?,
        reply: row.opt_text(10)?,
        from: StaffId(row.id(11)?),
        from_name: row.text(12)?,
        taken_by: row.opt_text(13)?,
        sent: row.moment(14)?,
        changed: row.moment(15)?,
        etag: ETag::of_version(row.int(16)?),
    };
    Ok(Stored { no: row.int(0)?, view })
}

/// One hand-over.
pub async fn one(conn: &mut Conn, id: HandoverId) -> Result<Option<Stored>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE h.id = $1");
    sqlx::query(AssertSqlSafe(sql)).bind(id.0).fetch_optional(conn).await?.map(|row| read(&row)).transpose()
}

/// Which hand-overs a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those about a citizen, by her number inside this database, that somebody sent or that are for her.
    Of(i64),
    /// Those for somebody.
    In,
    /// Those that somebody sent.
    Out,
}

/// Hand-overs as somebody of a department sees them, newest first.
pub async fn list(conn: &mut Conn, which: Which, staff: StaffId, unit: &DepartmentId) -> Result<Vec<Stored>> {
    // Each box is read along its own index, the newest first, so that years of hand-overs cost nothing.
    let by = |condition: &str, name: &str| {
        format!(
            "SELECT no FROM (SELECT no FROM handover WHERE {condition} ORDER BY sent DESC, no DESC LIMIT {MOST}) {name}"
        )
    };
    let condition = match which {
        Which::Of(no) => format!(
            "h.citizen = {no} AND (h.from_id = $1 OR h.to_staff = $1 OR (h.to_department = $2 AND h.from_id <> $1))"
        ),
        Which::In => format!(
            "h.no IN ({} UNION ALL {})",
            by("to_staff = $1", "mine"),
            by("to_department = $2 AND from_id <> $1", "ours")
        ),
        Which::Out => "h.from_id = $1".to_owned(),
    };
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE {condition} ORDER BY h.sent DESC, h.no DESC LIMIT {MOST}");
    let mut statement = sqlx::query(AssertSqlSafe(sql)).bind(staff.0);
    if which != Which::Out {
        statement = statement.bind(unit.as_str());
    }
    statement.fetch_all(conn).await?.iter().map(read).collect()
}

/// Those of some cases that belong to departments that are not withheld.
pub async fn visible_cases(conn: &mut Conn, ids: &[CaseId], withheld: &[&str]) -> Result<Vec<CaseId>> {
    let mut seen = Vec::with_capacity(ids.len());
    for id in ids {
        let row =
            sqlx::query("SELECT department FROM case_file WHERE id = $1").bind(id.0).fetch_optional(&mut *conn).await?;
        if row.map(|row| row.text(0)).transpose()?.is_some_and(|d| !withheld.contains(&d.as_str())) {
            seen.push(*id);
        }
    }
    Ok(seen)
}

/// A hand-over to be written.
#[derive(Clone, Debug)]
pub struct NewHandover<'a> {
    /// Its identifier.
    pub id: HandoverId,
    /// The citizen's number inside this database.
    pub citizen: i64,
    /// Who sends it.
    pub from: (StaffId, &'a str),
    /// To whom, and what that is called.
    pub to: (&'a Receiver, &'a str),
    /// The card.
    pub card: &'a Card,
    /// When.
    pub at: Timestamp,
}

/// Writes a hand-over. One with the same identifier comes back as a conflict.
pub async fn add(conn: &mut Conn, new: &NewHandover<'_>) -> Result<()> {
    let (staff, unit) = match new.to.0 {
        Receiver::Colleague { id } => (Some(id.0), None),
        Receiver::Unit { department } => (None, Some(department.to_string())),
    };
    sqlx::query(
        "INSERT INTO handover (id, citizen, from_id, from_name, to_staff, to_department, receiver_name, card, state, sent, changed, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, 1)",
    )
    .bind(new.id.0)
    .bind(new.citizen)
    .bind(new.from.0.0)
    .bind(new.from.1.to_owned())
    .bind(staff)
    .bind(unit)
    .bind(new.to.1.to_owned())
    .bind(to_json(new.card))
    .bind(word(&HandoverState::Sent))
    .bind(new.at.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}

/// How far a hand-over comes.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// The state it goes to.
    pub state: HandoverState,
    /// What came of it, or why it comes back.
    pub reply: Option<&'a str>,
    /// Who has it now.
    pub taken_by: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

/// Takes a hand-over further.
pub async fn step(conn: &mut Conn, no: i64, step: &Step<'_>) -> Result<()> {
    sqlx::query(
        "UPDATE handover SET state = $1, reply = $2, taken_by = $3, changed = $4, version = version + 1 WHERE no = $5",
    )
    .bind(word(&step.state))
    .bind(step.reply.map(str::to_owned))
    .bind(step.taken_by.map(str::to_owned))
    .bind(step.at.as_microsecond())
    .bind(no)
    .execute(conn)
    .await?;
    Ok(())
}
