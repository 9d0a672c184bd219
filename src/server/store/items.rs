//! Checklist items and what they add up to. What lives here: reading a checklist, changing one item, adding a case up again. What does
//! not: which steps are allowed (see `skranke_domain::checklist`).

use std::collections::HashMap;

use jiff::Timestamp;
use skranke_api::ETag;
use skranke_api::cases::{FactSaid, ItemView};
use skranke_api::overview::PaperView;
use skranke_domain::case::Phase;
use skranke_domain::checklist::{Due, ItemGroup, ItemState};
use skranke_domain::paper::OpenPaper;
use skranke_domain::procedure::condition::{Condition, Verdict};
use skranke_domain::procedure::facts::{FactKind, FactTable};
use skranke_domain::procedure::{Certainty, FactValue, Facts, ItemTemplate, Procedure, Provenance, Supplier};
use skranke_domain::readiness::{Attendance, Readiness};
use skranke_domain::{DepartmentId, ItemId, Localized};

use super::cases::Stored;
use super::{Conn, Read, Result, Row, StoreError, to_json, word};
use crate::clock::local;

/// The most open papers that a case's row names.
pub const MISSING_SHOWN: usize = 3;

/// An item as stored.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its place in the checklist.
    pub rank: i64,
    /// Its slug.
    pub id: ItemId,
    /// Its state.
    pub state: ItemState,
    /// The reason of the last judgement.
    pub reason: Option<String>,
    /// Who changed it last, by name.
    pub changed_by: Option<String>,
    /// When it changed last.
    pub changed_at: Option<Timestamp>,
    /// Facts that its condition asks and nobody knows.
    pub unknown: Vec<String>,
    /// Its version.
    pub version: i64,
}

impl Item {
    /// Its version as a tag.
    #[must_use]
    pub fn etag(&self) -> ETag {
        ETag::of_version(self.version)
    }

    /// As the window shows it, with the words of the procedure's version and what is known of the case.
    #[must_use]
    pub fn view(&self, procedure: &Procedure, facts: &FactTable, said: &Facts) -> ItemView {
        let fallback;
        let template = match procedure.items.iter().find(|t| t.id == self.id) {
            Some(template) => template,
            None => {
                fallback = forgotten(&self.id);
                &fallback
            }
        };
        let condition = Condition::parse(&template.when, facts).ok();
        let asked = condition.as_ref().map(Condition::facts).unwrap_or_default();
        ItemView {
            id: self.id.clone(),
            label: template.label.clone(),
            evidence: template.evidence.clone(),
            citizen_text: template.citizen_text.clone(),
            state: self.state,
            due: template.due,
            supplied_by: template.supplied_by,
            reason: self.reason.clone(),
            changed_by: self.changed_by.clone(),
            changed_at: self.changed_at,
            because: Some(template.when.clone()).filter(|when| when.trim() != "always"),
            because_facts: asked.iter().map(|name| fact_title(facts, name)).collect(),
            because_said: asked.iter().map(|name| fact_said(facts, said, name)).collect(),
            group: template.group.unwrap_or(ItemGroup::Other),
            paper: template.paper.clone(),
            unknown_facts: self.unknown.iter().map(|name| fact_title(facts, name)).collect(),
            provenance: template.provenance.clone(),
            etag: self.etag(),
        }
    }
}

/// A fact as people read it; one that the catalogue no longer knows stands under its name.
fn fact_title(facts: &FactTable, name: &str) -> Localized {
    facts.get(name).map_or_else(|| Localized::new(name, name), |fact| fact.title.clone())
}

/// A fact with what is known of it, as people read both.
fn fact_said(facts: &FactTable, said: &Facts, name: &str) -> FactSaid {
    let word = |word: &str| match facts.get(name).map(|fact| &fact.kind) {
        Some(FactKind::Word { words }) => {
            words.iter().find(|known| known.word == word).map(|known| known.title.clone())
        }
        _ => None,
    };
    let value = said.get(name).map(|value| match value {
        FactValue::Flag(true) => Localized::new("ja", "yes"),
        FactValue::Flag(false) => Localized::new("nej", "no"),
        FactValue::Number(n) => Localized::new(n.to_string(), n.to_string()),
        FactValue::Word(text) => word(text).unwrap_or_else(|| Localized::new(text.as_str(), text.as_str())),
    });
    FactSaid { name: name.to_owned(), title: fact_title(facts, name), value }
}

/// An item that the catalogue no longer names: it is still shown, under its slug.
fn forgotten(id: &ItemId) -> ItemTemplate {
    ItemTemplate {
        id: id.clone(),
        label: Localized::new(id.as_str(), id.as_str()),
        evidence: None,
        when: "always".to_owned(),
        supplied_by: Supplier::Citizen,
        due: Due::BeforeVisit,
        citizen_text: None,
        paper: None,
        group: None,
        provenance: Provenance { source: Vec::new(), year: None, certainty: Certainty::Low, note: None },
    }
}

/// A case's checklist in its order.
pub async fn of_case(conn: &mut Conn, case_no: i64) -> Result<Vec<Item>> {
    sqlx::query(
        "SELECT rank, item, state, reason, changed_by, changed_at, unknown, version FROM checklist_item WHERE case_no = $1 ORDER BY rank",
    )
    .bind(case_no)
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        Ok(Item {
            rank: row.int(0)?,
            id: ItemId::parse(&row.text(1)?).map_err(|_| StoreError::Value("item"))?,
            state: row.word(2, "item state")?,
            reason: row.opt_text(3)?,
            changed_by: row.opt_text(4)?,
            changed_at: row.opt_moment(5)?,
            unknown: row.json(6, "unknown facts")?,
            version: row.int(7)?,
        })
    })
    .collect()
}

/// Writes a changed item.
pub async fn save(conn: &mut Conn, case_no: i64, item: &Item) -> Result<()> {
    sqlx::query(
        "UPDATE checklist_item SET state = $1, reason = $2, changed_by = $3, changed_at = $4, version = $5 WHERE case_no = $6 AND rank = $7",
    )
    .bind(word(&item.state))
    .bind(item.reason.clone())
    .bind(item.changed_by.clone())
    .bind(item.changed_at.map(Timestamp::as_microsecond))
    .bind(item.version)
    .bind(case_no)
    .bind(item.rank)
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes a new case's checklist: what applies is missing, what does not is not demanded, and what nobody knows stands open until
/// somebody asks. Unknown is neither yes nor no.
pub async fn add(conn: &mut Conn, case_no: i64, checklist: &[(ItemId, Verdict)]) -> Result<()> {
    for (rank, (item, verdict)) in (0_i64..).zip(checklist) {
        let (state, unknown) = match verdict {
            Verdict::Applies { .. } => (ItemState::Missing, Vec::new()),
            Verdict::DoesNotApply { .. } => (ItemState::NotApplicable, Vec::new()),
            Verdict::Unknown { fact } => (ItemState::Missing, vec![fact.as_str()]),
        };
        sqlx::query(
            "INSERT INTO checklist_item (case_no, rank, item, state, unknown, version) VALUES ($1, $2, $3, $4, $5, 1)",
        )
        .bind(case_no)
        .bind(rank)
        .bind(item.as_str())
        .bind(word(&state))
        .bind(to_json(&unknown))
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// The open papers of a citizen's cases at a department.
pub(super) const OPEN_PAPERS: &str =
    "SELECT i.case_no, i.item, i.state, i.changed_at, i.version FROM case_file f JOIN checklist_item i ON i.case_no = f.no
     WHERE f.citizen = $1 AND f.department = $2 AND f.phase <> 'closed'
           AND i.state IN ('missing', 'requested', 'received', 'rejected')
     ORDER BY f.deadline, f.no, i.rank";

/// The open papers of a citizen's cases at a department, in the order of the cases; closed ones have none.
pub async fn open_papers(
    conn: &mut Conn,
    citizen: i64,
    department: &DepartmentId,
    cases: &[Stored],
) -> Result<Vec<PaperView>> {
    let rows = sqlx::query(OPEN_PAPERS).bind(citizen).bind(department.as_str()).fetch_all(conn).await?;
    let by_no: HashMap<i64, &Stored> = cases.iter().map(|case| (case.no, case)).collect();
    let mut papers = Vec::with_capacity(rows.len());
    for same_case in rows.chunk_by(|a, b| matches!((a.int(0), b.int(0)), (Ok(a), Ok(b)) if a == b)) {
        let Some(case) = by_no.get(&same_case[0].int(0)?) else { continue };
        let first = papers.len();
        for row in same_case {
            papers.push(open_paper(row, case)?);
        }
        unlock(&mut papers[first..]);
    }
    Ok(papers)
}

fn open_paper(row: &Row, case: &Stored) -> Result<PaperView> {
    let id = ItemId::parse(&row.text(1)?).map_err(|_| StoreError::Value("item"))?;
    let fallback;
    let template = match case.procedure.items.iter().find(|t| t.id == id) {
        Some(template) => template,
        None => {
            fallback = forgotten(&id);
            &fallback
        }
    };
    let state: ItemState = row.word(2, "item state")?;
    let changed = row.opt_moment(3)?.map(|at| local(at).date());
    let paper = OpenPaper {
        case: case.row.id,
        case_title: case.row.title.clone(),
        department: case.row.department.clone(),
        paper: template.paper.clone(),
        label: template.label.clone(),
        citizen_text: template.citizen_text.clone(),
        state,
        due: template.due,
        supplied_by: template.supplied_by,
        requested: changed.filter(|_| state == ItemState::Requested),
        deadline: case.row.deadline,
        unlocks: false,
        item: id,
    };
    Ok(PaperView { paper, etag: ETag::of_version(row.int(4)?) })
}

/// Marks the one open paper that its case waits for before the visit; where none is due before it, the only open one.
fn unlock(papers: &mut [PaperView]) {
    let before = |view: &PaperView| view.paper.due == Due::BeforeVisit;
    match papers.iter().filter(|view| before(view)).count() {
        0 => {
            if let [only] = papers {
                only.paper.unlocks = true;
            }
        }
        1 => papers.iter_mut().for_each(|view| view.paper.unlocks = before(view)),
        _ => {}
    }
}

/// What a checklist adds up to: everything of a case that is derived and never typed in.
#[derive(Clone, Debug)]
pub struct Sum {
    /// The phase.
    pub phase: Phase,
    /// What the items add up to.
    pub readiness: Readiness,
    /// Items due before the visit, settled or not.
    pub papers_due: u16,
    /// The first open papers.
    pub missing: Vec<ItemId>,
}

/// Adds a checklist up. A case moves between received and informed by its papers alone; later phases are set by decisions.
#[must_use]
pub fn add_up<'a>(
    phase: Phase,
    procedure: &Procedure,
    items: impl Iterator<Item = (&'a ItemId, ItemState)> + Clone,
) -> Sum {
    let due = |id: &ItemId| procedure.items.iter().find(|t| t.id == *id).map_or(Due::BeforeVisit, |t| t.due);
    let readiness = Readiness::of(items.clone().map(|(id, state)| (state, due(id))));
    let phase = match phase {
        Phase::Received | Phase::Informed if readiness.ready_for_attendance() => Phase::Informed,
        Phase::Received | Phase::Informed => Phase::Received,
        later => later,
    };
    let papers_due =
        items.clone().filter(|(id, state)| *state != ItemState::NotApplicable && due(id) == Due::BeforeVisit).count();
    let missing = items
        .filter(|(id, state)| state.awaits_citizen() && due(id) == Due::BeforeVisit && phase != Phase::Closed)
        .map(|(id, _)| id.clone())
        .take(MISSING_SHOWN)
        .collect();
    Sum { phase, readiness, papers_due: u16::try_from(papers_due).unwrap_or(u16::MAX), missing }
}

/// Adds a case up again after its items or its attendance changed, and raises its version.
pub async fn recompute(conn: &mut Conn, case_no: i64, phase: Phase, procedure: &Procedure) -> Result<()> {
    let items = of_case(conn, case_no).await?;
    let sum = add_up(phase, procedure, items.iter().map(|i| (&i.id, i.state)));
    let row = sqlx::query(
        "SELECT MIN(a.start_at) FROM appointment_case ac JOIN appointment a ON a.no = ac.appointment
         WHERE ac.case_no = $1 AND a.status IN ('proposed', 'booked', 'arrived')",
    )
    .bind(case_no)
    .fetch_one(&mut *conn)
    .await?;
    let attendance = row.opt_int(0)?;
    let last = |state: ItemState| {
        let there = items.iter().filter(|item| item.state == state && sum.phase != Phase::Closed);
        there.filter_map(|item| item.changed_at).max().map(Timestamp::as_microsecond)
    };
    let booked = if attendance.is_some() { Attendance::Booked } else { Attendance::NotBooked };
    sqlx::query(
        "UPDATE case_file SET phase = $1, board_column = $2, next_step = $3, readiness = $4, papers_due = $5, missing = $6,
                attendance = $7, came_at = $9, version = version + 1,
                asked_at = (SELECT MAX(a.at) FROM (SELECT $10 AS at UNION ALL SELECT l.at FROM letter_item li
                            JOIN letter l ON l.id = li.letter WHERE li.case_no = $8) a)
         WHERE no = $8",
    )
    .bind(word(&sum.phase))
    .bind(word(&sum.readiness.column(sum.phase)))
    .bind(word(&sum.readiness.next_step(sum.phase, booked)))
    .bind(to_json(&sum.readiness))
    .bind(i64::from(sum.papers_due))
    .bind(to_json(&sum.missing))
    .bind(attendance)
    .bind(case_no)
    .bind(last(ItemState::Received))
    .bind(last(ItemState::Requested))
    .execute(conn)
    .await?;
    Ok(())
}
