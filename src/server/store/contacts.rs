//! Contacts on all channels. What lives here: reading and writing them, and which of them a role sees. What does not: how a wrap-up is
//! checked (see `crate::routes::contacts`).

use jiff::Timestamp;
use skranke_api::cases::ContactView;
use skranke_domain::contact::{Channel, ForWhom, Outcome, Verified};
use skranke_domain::{CaseId, CitizenId, ContactId, DepartmentId, LifeSituationId, Localized, ProcedureId, StaffId};
use sqlx::AssertSqlSafe;

use super::{Conn, Read, Result, Row, StoreError, to_json, word};

/// A contact to be written.
#[derive(Clone, Debug)]
pub struct NewContact<'a> {
    /// Its identifier.
    pub id: ContactId,
    /// The citizen's number inside this database.
    pub citizen: i64,
    /// The case it was about, by its number inside this database.
    pub case: Option<i64>,
    /// The channel.
    pub channel: Channel,
    /// When it began.
    pub at: Timestamp,
    /// How long, in minutes.
    pub minutes: Option<u16>,
    /// What it was about, in one line.
    pub text: &'a Localized,
    /// Who took it.
    pub by: (StaffId, &'a str),
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// What it was about, with the departments that keep such cases.
    pub subjects: &'a [(ProcedureId, DepartmentId)],
    /// The life situation.
    pub situation: Option<&'a LifeSituationId>,
    /// For whom she came or rang.
    pub for_whom: Option<ForWhom>,
    /// How it was made sure who it was.
    pub verified: Option<Verified>,
}

/// Writes a contact; gives its number inside this database. One with the same identifier comes back as a conflict.
pub async fn add(conn: &mut Conn, contact: &NewContact<'_>) -> Result<i64> {
    let row = sqlx::query(
        "INSERT INTO contact (id, citizen, case_no, channel, at, minutes, text, by_name, outcome, situation, for_whom, verified)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING no",
    )
    .bind(contact.id.0)
    .bind(contact.citizen)
    .bind(contact.case)
    .bind(word(&contact.channel))
    .bind(contact.at.as_microsecond())
    .bind(contact.minutes.map(i64::from))
    .bind(to_json(contact.text))
    .bind(contact.by.1.to_owned())
    .bind(contact.outcome.as_ref().map(word))
    .bind(contact.situation.map(ToString::to_string))
    .bind(contact.for_whom.as_ref().map(word))
    .bind(contact.verified.as_ref().map(word))
    .fetch_one(&mut *conn)
    .await?;
    let no = row.int(0)?;
    for (rank, (procedure, department)) in (0_i64..).zip(contact.subjects) {
        sqlx::query("INSERT INTO contact_subject (contact, rank, procedure, department) VALUES ($1, $2, $3, $4)")
            .bind(no)
            .bind(rank)
            .bind(procedure.as_str())
            .bind(department.as_str())
            .execute(&mut *conn)
            .await?;
    }
    Ok(no)
}

const COLUMNS: &str =
    "k.no, k.id, f.id, k.channel, k.at, k.minutes, k.text, k.by_name, k.outcome, k.situation, k.for_whom, k.verified";
const FROM: &str = "FROM contact k LEFT JOIN case_file f ON f.no = k.case_no";

/// The condition that hides what a role may not see, with placeholders from a place on: contacts about a withheld department's case, and
/// contacts of which every subject belongs to a withheld department. They are not there at all.
fn seen(withheld: &[&str], first: usize) -> String {
    if withheld.is_empty() {
        return String::new();
    }
    let places: Vec<String> = (first..first + withheld.len()).map(|at| format!("${at}")).collect();
    let places = places.join(", ");
    format!(
        " AND (f.department IS NULL OR f.department NOT IN ({places}))
          AND (NOT EXISTS (SELECT 1 FROM contact_subject s WHERE s.contact = k.no)
               OR EXISTS (SELECT 1 FROM contact_subject s WHERE s.contact = k.no AND s.department NOT IN ({places})))"
    )
}

/// A citizen's contacts, newest first, one more than asked for where there is more.
pub async fn of_citizen(
    conn: &mut Conn,
    citizen: (i64, CitizenId),
    withheld: &[&str],
    before: Option<(Timestamp, i64)>,
    limit: u16,
) -> Result<Vec<(i64, ContactView)>> {
    let mut sql = format!("SELECT {COLUMNS} {FROM} WHERE k.citizen = $1");
    let mut next = 2;
    if before.is_some() {
        sql.push_str(" AND (k.at, k.no) < ($2, $3)");
        next = 4;
    }
    sql.push_str(&seen(withheld, next));
    sql.push_str(&format!(" ORDER BY k.at DESC, k.no DESC LIMIT {}", u32::from(limit) + 1));
    let mut statement = sqlx::query(AssertSqlSafe(sql)).bind(citizen.0);
    if let Some((at, no)) = before {
        statement = statement.bind(at.as_microsecond()).bind(no);
    }
    for department in withheld {
        statement = statement.bind((*department).to_owned());
    }
    let mut found = statement
        .fetch_all(&mut *conn)
        .await?
        .iter()
        .map(|row| Ok((row.int(0)?, read(row, citizen.1)?)))
        .collect::<Result<Vec<_>>>()?;
    fill_subjects(conn, &mut found, withheld).await?;
    Ok(found)
}

/// One contact of a citizen as a role sees it.
pub async fn one(conn: &mut Conn, citizen: CitizenId, id: ContactId, withheld: &[&str]) -> Result<Option<ContactView>> {
    let sql = format!(
        "SELECT {COLUMNS} {FROM} JOIN citizen c ON c.no = k.citizen WHERE k.id = $1 AND c.id = $2{}",
        seen(withheld, 3)
    );
    let mut statement = sqlx::query(AssertSqlSafe(sql)).bind(id.0).bind(citizen.0);
    for department in withheld {
        statement = statement.bind((*department).to_owned());
    }
    let Some(row) = statement.fetch_optional(&mut *conn).await? else { return Ok(None) };
    let mut found = vec![(row.int(0)?, read(&row, citizen)?)];
    fill_subjects(conn, &mut found, withheld).await?;
    Ok(found.pop().map(|(_, view)| view))
}

fn read(row: &Row, citizen: CitizenId) -> Result<ContactView> {
    let situation = row.opt_text(9)?;
    Ok(ContactView {
        id: ContactId(row.id(1)?),
        citizen,
        case: row.opt_id(2)?.map(CaseId),
        channel: row.word(3, "channel")?,
        at: row.moment(4)?,
        minutes: row.opt_int(5)?.and_then(|m| u16::try_from(m).ok()),
        text: row.json(6, "contact text")?,
        by: row.opt_text(7)?,
        outcome: row.opt_word(8, "outcome")?,
        subjects: Vec::new(),
        situation: situation
            .map(|s| LifeSituationId::parse(&s).map_err(|_| StoreError::Value("life situation")))
            .transpose()?,
        for_whom: row.opt_word(10, "for whom")?,
        verified: row.opt_word(11, "verified")?,
    })
}

/// Adds what each contact was about, save what belongs to a withheld department.
async fn fill_subjects(conn: &mut Conn, all: &mut [(i64, ContactView)], withheld: &[&str]) -> Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    let places: Vec<String> = (1..=all.len()).map(|at| format!("${at}")).collect();
    let sql = format!(
        "SELECT contact, procedure, department FROM contact_subject WHERE contact IN ({}) ORDER BY contact, rank",
        places.join(", ")
    );
    let mut statement = sqlx::query(AssertSqlSafe(sql));
    for (no, _) in all.iter() {
        statement = statement.bind(*no);
    }
    for row in &statement.fetch_all(conn).await? {
        if withheld.contains(&row.text(2)?.as_str()) {
            continue;
        }
        let no = row.int(0)?;
        let subject = ProcedureId::parse(&row.text(1)?).map_err(|_| StoreError::Value("procedure"))?;
        if let Some((_, view)) = all.iter_mut().find(|(known, _)| *known == no) {
            view.subjects.push(subject);
        }
    }
    Ok(())
}
