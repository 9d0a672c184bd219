//! Decisions as they are stored: the one that stands for a case, proposing it, taking it further. What does not live here: who may take which
//! step (`skranke_domain::decision`), the letter's words and paper (`crate::letter_pdf`).

use jiff::Timestamp;
use skranke_api::ETag;
use skranke_api::casework::DecisionView;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::contact::Channel;
use skranke_domain::decision::{DecisionOutcome, DecisionState};
use skranke_domain::{CitizenId, DepartmentId, DocumentId, ReasonId, StaffId};

use super::{Conn, Read, Result, Row, StoreError, to_json, word};

/// A decision as stored.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its number inside this database.
    pub no: i64,
    /// As the window shows it.
    pub view: DecisionView,
    version: i64,
}

/// What is proposed.
#[derive(Clone, Debug)]
pub struct NewDecision<'a> {
    /// The case's number inside this database.
    pub case_no: i64,
    /// What is decided.
    pub outcome: DecisionOutcome,
    /// In which state it begins.
    pub state: DecisionState,
    /// The reasons of the catalogue.
    pub reasons: &'a [ReasonId],
    /// The reasons as the citizen reads them.
    pub text: &'a str,
    /// The language of the text.
    pub language: &'a LanguageCode,
    /// The authority that decides.
    pub authority: &'a DepartmentId,
    /// The authority that the case is passed on to.
    pub passed_to: Option<&'a DepartmentId>,
    /// Who proposes it, and when.
    pub by: (StaffId, &'a str, Timestamp),
    /// Who is asked to look at it.
    pub second: Option<StaffId>,
}

const STANDING: &str = "SELECT no, outcome, state, reasons, text, language, authority, passed_to, proposed_by, proposed_by_name, proposed_at,
        second, looked_by_name, looked_at, sent_back, issued_at, channel, letter, version
     FROM decision WHERE case_no = $1 AND taken_back = 0";

/// The decision that stands for a case.
pub async fn standing(conn: &mut Conn, case_no: i64) -> Result<Option<Decision>> {
    let row = sqlx::query(STANDING).bind(case_no).fetch_optional(conn).await?;
    row.map(|row| read(&row)).transpose()
}

/// The decision of a case, as the window shows it.
pub async fn of_case(conn: &mut Conn, case_no: i64) -> Result<Option<DecisionView>> {
    Ok(standing(conn, case_no).await?.map(|decision| decision.view))
}

fn department(text: &str) -> Result<DepartmentId> {
    DepartmentId::parse(text).map_err(|_| StoreError::Value("department"))
}

fn read(row: &Row) -> Result<Decision> {
    let version = row.int(18)?;
    let passed_to = row.opt_text(7)?;
    let view = DecisionView {
        outcome: row.word(1, "outcome")?,
        state: row.word(2, "decision state")?,
        reasons: row.json(3, "reasons")?,
        text: row.text(4)?,
        language: LanguageCode(row.text(5)?),
        authority: department(&row.text(6)?)?,
        passed_to: passed_to.as_deref().map(department).transpose()?,
        proposed_by: StaffId(row.id(8)?),
        proposed_by_name: row.text(9)?,
        proposed_at: row.moment(10)?,
        second: row.opt_id(11)?.map(StaffId),
        looked_by: row.opt_text(12)?,
        looked_at: row.opt_moment(13)?,
        sent_back: row.opt_text(14)?,
        issued_at: row.opt_moment(15)?,
        channel: row.opt_word::<Channel>(16, "channel")?,
        letter: row.opt_id(17)?.map(DocumentId),
        etag: ETag::of_version(version),
    };
    Ok(Decision { no: row.int(0)?, view, version })
}

/// Proposes a decision; one that was sent back makes room for it. Versions go on, so that what was seen of the old one is stale.
pub async fn add(conn: &mut Conn, new: &NewDecision<'_>) -> Result<()> {
    sqlx::query("UPDATE decision SET taken_back = 1 WHERE case_no = $1 AND taken_back = 0")
        .bind(new.case_no)
        .execute(&mut *conn)
        .await?;
    sqlx::query(
        "INSERT INTO decision (case_no, outcome, state, reasons, text, language, authority, passed_to, proposed_by, proposed_by_name,
                proposed_at, second, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
                (SELECT COALESCE(MAX(d.version), 0) + 1 FROM decision d WHERE d.case_no = $1))",
    )
    .bind(new.case_no)
    .bind(word(&new.outcome))
    .bind(word(&new.state))
    .bind(to_json(&new.reasons))
    .bind(new.text)
    .bind(&new.language.0)
    .bind(new.authority.as_str())
    .bind(new.passed_to.map(ToString::to_string))
    .bind(new.by.0.0)
    .bind(new.by.1)
    .bind(new.by.2.as_microsecond())
    .bind(new.second.map(|s| s.0))
    .execute(conn)
    .await?;
    Ok(())
}

/// How a decision goes on.
#[derive(Clone, Copy, Debug)]
pub enum Further<'a> {
    /// Somebody approved it or sent it back, with a reason.
    Looked {
        /// The state it reached.
        state: DecisionState,
        /// Who and when.
        by: (StaffId, &'a str, Timestamp),
        /// Why it was sent back.
        reason: Option<&'a str>,
    },
    /// Who proposed it took it back.
    TakenBack,
    /// It was told to the citizen.
    Issued {
        /// When.
        at: Timestamp,
        /// How.
        channel: Channel,
    },
}

/// Takes a decision further and raises its version.
pub async fn further(conn: &mut Conn, decision: &Decision, step: Further<'_>) -> Result<()> {
    let version = decision.version + 1;
    let statement = match step {
        Further::Looked { state, by: (id, name, at), reason } => sqlx::query(
            "UPDATE decision SET version = $1, state = $2, looked_by = $3, looked_by_name = $4, looked_at = $5, sent_back = $6 WHERE no = $7",
        )
        .bind(version)
        .bind(word(&state))
        .bind(id.0)
        .bind(name.to_owned())
        .bind(at.as_microsecond())
        .bind(reason.map(str::to_owned)),
        Further::TakenBack => sqlx::query("UPDATE decision SET version = $1, taken_back = 1 WHERE no = $2").bind(version),
        Further::Issued { at, channel } => {
            sqlx::query("UPDATE decision SET version = $1, state = $2, issued_at = $3, channel = $4 WHERE no = $5")
                .bind(version)
                .bind(word(&DecisionState::Issued))
                .bind(at.as_microsecond())
                .bind(word(&channel))
        }
    };
    statement.bind(decision.no).execute(conn).await?;
    Ok(())
}

/// Notes which document is a decision's letter.
pub async fn set_letter(conn: &mut Conn, decision: &Decision, letter: DocumentId) -> Result<()> {
    sqlx::query("UPDATE decision SET letter = $1 WHERE no = $2").bind(letter.0).bind(decision.no).execute(conn).await?;
    Ok(())
}

/// To whom a letter goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// Her full name.
    pub name: String,
    /// The lines of her address; none where it is protected or unknown, so that it stands on no paper that lies about.
    pub address: Vec<String>,
}

/// To whom a letter to a citizen goes.
pub async fn addressee(conn: &mut Conn, citizen: CitizenId) -> Result<Option<Addressee>> {
    let row =
        sqlx::query("SELECT given_name, surname, street, postcode, district, protected FROM citizen WHERE id = $1")
            .bind(citizen.0)
            .fetch_optional(conn)
            .await?;
    let Some(row) = row else { return Ok(None) };
    let mut address = Vec::new();
    if row.int(5)? == 0
        && let Some(street) = row.opt_text(2)?
    {
        let place = [row.opt_text(3)?, row.opt_text(4)?].into_iter().flatten().collect::<Vec<_>>().join(" ");
        address.extend([street, place].into_iter().filter(|line| !line.is_empty()));
    }
    Ok(Some(Addressee { name: format!("{} {}", row.text(0)?, row.text(1)?), address }))
}
