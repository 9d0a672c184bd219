//! What becomes of a letter that asks for papers after it was sent: its state, its replies, its reminder. What does not live here: sending
//! one (`super`), who may change one (the routes).

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::ETag;
use skranke_api::casework::{CannotView, RequestState, RequestView};
use skranke_domain::case::Phase;
use skranke_domain::checklist::ItemState;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::contact::Channel;
use skranke_domain::{CitizenId, ItemId, LetterId, StaffId};

use crate::store::{Conn, Read, Result, Row, StoreError};

/// A letter as it stands, over all of its cases.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its identifier.
    pub id: LetterId,
    /// The citizen, and her number inside this database.
    pub citizen: (CitizenId, i64),
    /// How it was sent.
    pub channel: Channel,
    /// The last day to answer, itself included.
    pub deadline: Date,
    /// The day of the reminder.
    pub reminder: Option<Date>,
    /// When the reminder was sent.
    pub reminded: Option<Timestamp>,
    /// It was closed.
    pub closed: bool,
    /// Who sent it, by name.
    pub by: (StaffId, String),
    /// The papers that it asks for, with how each stands, by case.
    pub papers: Vec<Paper>,
    /// Its version.
    pub version: i64,
}

/// A paper that a letter asks for.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The case's number inside this database.
    pub case_no: i64,
    /// The item.
    pub item: ItemId,
    /// How it stands; none where the case asks for it no more.
    pub state: Option<ItemState>,
    /// The case takes changes.
    pub open: bool,
}

impl Paper {
    /// Whether the citizen still has to do something about it.
    #[must_use]
    pub fn is_awaited(&self) -> bool {
        self.open && self.state.is_some_and(ItemState::awaits_citizen)
    }
}

impl Request {
    /// Its version as a tag.
    #[must_use]
    pub fn etag(&self) -> ETag {
        ETag::of_version(self.version)
    }

    /// How far it is on a day.
    #[must_use]
    pub fn state(&self, today: Date) -> RequestState {
        state(self.closed, &self.papers, self.deadline, today)
    }

    /// The numbers of its cases that take changes, in the order of the letter.
    #[must_use]
    pub fn open_cases(&self) -> Vec<i64> {
        let mut nos = Vec::new();
        for paper in self.papers.iter().filter(|paper| paper.open) {
            if !nos.contains(&paper.case_no) {
                nos.push(paper.case_no);
            }
        }
        nos
    }
}

/// How far a request is: closed by hand, or because its cases are; answered when nothing is awaited any more; overdue from the day after its
/// last one.
fn state(closed: bool, papers: &[Paper], deadline: Date, today: Date) -> RequestState {
    let awaited = papers.iter().any(Paper::is_awaited);
    if closed || (!awaited && papers.iter().all(|paper| !paper.open)) {
        RequestState::Closed
    } else if !awaited {
        RequestState::Answered
    } else if today > deadline {
        RequestState::Overdue
    } else {
        RequestState::Open
    }
}

const REQUESTS: &str =
    "SELECT l.id, c.id, l.citizen, l.channel, l.deadline, l.reminder, l.reminded_at, l.closed_at, l.by_id,
        COALESCE(l.by_name, s.name, ''), l.version, l.language, l.text, l.at
     FROM letter l JOIN citizen c ON c.no = l.citizen LEFT JOIN staff s ON s.id = l.by_id";

fn read(row: &Row, papers: Vec<Paper>) -> Result<Request> {
    Ok(Request {
        id: LetterId(row.id(0)?),
        citizen: (CitizenId(row.id(1)?), row.int(2)?),
        channel: row.word(3, "channel")?,
        deadline: row.date(4)?,
        reminder: row.opt_text(5)?.map(|day| day.parse().map_err(|_| StoreError::Value("date"))).transpose()?,
        reminded: row.opt_moment(6)?,
        closed: row.opt_int(7)?.is_some(),
        by: (StaffId(row.id(8)?), row.text(9)?),
        papers,
        version: row.int(10)?,
    })
}

const PAPERS: &str = "SELECT li.letter, li.case_no, li.item, ci.state, f.phase, f.department
     FROM letter_item li JOIN case_file f ON f.no = li.case_no
     LEFT JOIN checklist_item ci ON ci.case_no = li.case_no AND ci.item = li.item";

fn paper(row: &Row) -> Result<Paper> {
    Ok(Paper {
        case_no: row.int(1)?,
        item: ItemId::parse(&row.text(2)?).map_err(|_| StoreError::Value("item"))?,
        state: row.opt_word(3, "item state")?,
        open: row.word::<Phase>(4, "phase")? != Phase::Closed,
    })
}

async fn papers(conn: &mut Conn, letter: LetterId) -> Result<Vec<Paper>> {
    let sql = sqlx::AssertSqlSafe(format!("{PAPERS} WHERE li.letter = $1 ORDER BY li.rank"));
    sqlx::query(sql).bind(letter.0).fetch_all(conn).await?.iter().map(paper).collect()
}

/// A letter of a citizen; none without such a letter.
pub async fn one(conn: &mut Conn, citizen: CitizenId, id: LetterId) -> Result<Option<Request>> {
    let sql = sqlx::AssertSqlSafe(format!("{REQUESTS} WHERE l.id = $1 AND c.id = $2"));
    let row = sqlx::query(sql).bind(id.0).bind(citizen.0).fetch_optional(&mut *conn).await?;
    let Some(row) = row else { return Ok(None) };
    let papers = papers(conn, id).await?;
    read(&row, papers).map(Some)
}

/// The letters whose reminder is due on a day and was not sent.
pub async fn due(conn: &mut Conn, today: Date) -> Result<Vec<Request>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{REQUESTS} WHERE l.reminder IS NOT NULL AND l.reminder <= $1 AND l.reminded_at IS NULL AND l.closed_at IS NULL ORDER BY l.at"
    ));
    let rows = sqlx::query(sql).bind(today.to_string()).fetch_all(&mut *conn).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let papers = papers(conn, LetterId(row.id(0)?)).await?;
        found.push(read(row, papers)?);
    }
    Ok(found)
}

/// The requests for a case's papers, newest first, as a role sees them from which some departments are withheld. Of a letter that asks for
/// papers of such a department too, its words are not shown: they would name them.
pub async fn of_case(conn: &mut Conn, case_no: i64, today: Date, withheld: &[&str]) -> Result<Vec<RequestView>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{REQUESTS} WHERE l.id IN (SELECT mine.letter FROM letter_item mine WHERE mine.case_no = $1) ORDER BY l.at DESC"
    ));
    let rows = sqlx::query(sql).bind(case_no).fetch_all(&mut *conn).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut mixed: Vec<uuid::Uuid> = Vec::new();
    let mut asked: HashMap<uuid::Uuid, Vec<Paper>> = HashMap::new();
    let sql = sqlx::AssertSqlSafe(format!(
        "{PAPERS} WHERE li.letter IN (SELECT mine.letter FROM letter_item mine WHERE mine.case_no = $1) ORDER BY li.letter, li.rank"
    ));
    for row in &sqlx::query(sql).bind(case_no).fetch_all(&mut *conn).await? {
        let letter = row.id(0)?;
        if withheld.contains(&row.text(5)?.as_str()) {
            mixed.push(letter);
        }
        let paper = paper(row)?;
        if paper.case_no == case_no {
            asked.entry(letter).or_default().push(paper);
        }
    }
    let mut cannot: HashMap<uuid::Uuid, Vec<CannotView>> = HashMap::new();
    for row in &sqlx::query("SELECT letter, item, why FROM letter_cannot WHERE case_no = $1 ORDER BY at, item")
        .bind(case_no)
        .fetch_all(&mut *conn)
        .await?
    {
        let item = ItemId::parse(&row.text(1)?).map_err(|_| StoreError::Value("item"))?;
        cannot.entry(row.id(0)?).or_default().push(CannotView { item, why: row.text(2)? });
    }
    let mut replied: HashMap<uuid::Uuid, Vec<String>> = HashMap::new();
    for row in &sqlx::query(
        "SELECT letter, text FROM letter_reply WHERE letter IN (SELECT mine.letter FROM letter_item mine WHERE mine.case_no = $1) ORDER BY no",
    )
    .bind(case_no)
    .fetch_all(conn)
    .await?
    {
        replied.entry(row.id(0)?).or_default().push(row.text(1)?);
    }
    rows.iter()
        .map(|row| {
            let letter = row.id(0)?;
            let request = read(row, asked.remove(&letter).unwrap_or_default())?;
            let whole = !mixed.contains(&letter);
            let replies = replied.remove(&letter).filter(|_| whole);
            Ok(RequestView {
                id: request.id,
                state: request.state(today),
                items: request.papers.iter().map(|paper| paper.item.clone()).collect(),
                language: LanguageCode(row.text(11)?),
                text: if whole { row.text(12)? } else { String::new() },
                channel: request.channel,
                deadline: request.deadline,
                reminder: request.reminder,
                reminded: request.reminded.is_some(),
                sent: row.moment(13)?,
                etag: request.etag(),
                by: request.by.1,
                cannot: cannot.remove(&letter).unwrap_or_default(),
                replied: replies.map(|texts| texts.join("\n\n")),
            })
        })
        .collect()
}

/// What is done to a letter that was sent.
#[derive(Clone, Copy, Debug)]
pub enum Change<'a> {
    /// She gets longer.
    Extended(Date),
    /// She was reminded.
    Reminded(Timestamp),
    /// Nothing more is awaited by it.
    Closed(Timestamp, &'a str),
}

/// Changes a letter and raises its version.
pub async fn change(conn: &mut Conn, request: &Request, change: Change<'_>) -> Result<()> {
    let version = request.version + 1;
    let statement = match change {
        Change::Extended(until) => sqlx::query("UPDATE letter SET version = $1, deadline = $2 WHERE id = $3")
            .bind(version)
            .bind(until.to_string()),
        Change::Reminded(at) => sqlx::query("UPDATE letter SET version = $1, reminded_at = $2 WHERE id = $3")
            .bind(version)
            .bind(at.as_microsecond()),
        Change::Closed(at, why) => {
            sqlx::query("UPDATE letter SET version = $1, closed_at = $2, closed_why = $3 WHERE id = $4")
                .bind(version)
                .bind(at.as_microsecond())
                .bind(why.to_owned())
        }
    };
    statement.bind(request.id.0).execute(conn).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(state: ItemState, open: bool) -> Paper {
        Paper { case_no: 1, item: "lease".parse().unwrap(), state: Some(state), open }
    }

    #[test]
    fn the_last_day_to_answer_is_still_in_time_and_the_next_is_not() {
        let deadline: Date = "2026-06-23".parse().unwrap();
        let awaited = [paper(ItemState::Requested, true), paper(ItemState::Approved, true)];
        assert_eq!(state(false, &awaited, deadline, deadline), RequestState::Open);
        assert_eq!(state(false, &awaited, deadline, deadline.tomorrow().unwrap()), RequestState::Overdue);
        assert_eq!(state(true, &awaited, deadline, deadline), RequestState::Closed);
    }

    #[test]
    fn a_request_is_answered_when_nothing_is_awaited_and_closed_with_its_case() {
        let day: Date = "2026-06-23".parse().unwrap();
        for came in [ItemState::Received, ItemState::Approved, ItemState::Waived, ItemState::NotApplicable] {
            assert_eq!(state(false, &[paper(came, true)], day, day), RequestState::Answered, "{came:?}");
        }
        assert_eq!(
            state(false, &[paper(ItemState::Rejected, true)], day, day),
            RequestState::Open,
            "it is awaited anew"
        );
        assert_eq!(state(false, &[paper(ItemState::Requested, false)], day, day), RequestState::Closed);
    }
}
