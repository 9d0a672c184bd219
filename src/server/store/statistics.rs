//! Visits and inquiries as they are counted: rows without anybody in them. What lives here: writing and adding them up. What does not: what
//! of the sums may be shown (`crate::statistics`), which route counts what (`crate::routes::counting`).

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use skranke_domain::appointment::RebookCause;
use skranke_domain::contact::{Channel, Outcome};
use skranke_domain::figures::Minutes;
use skranke_domain::queue::TicketState;
use skranke_domain::{ContactId, DepartmentId, LifeSituationId, ProcedureId, SiteId};
use sqlx::AssertSqlSafe;

use super::{Conn, Read, Result, Row, StoreError, word};
use crate::clock::instant;

/// A visit or inquiry that was dealt with.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    /// Where.
    pub site: &'a str,
    /// Whose matter it was.
    pub department: &'a str,
    /// When.
    pub day: Date,
    /// What about: a slug of the rules of the figures.
    pub matter: &'a str,
    /// On which way.
    pub channel: Channel,
    /// From coming to being called, in whole minutes.
    pub waited: Option<u16>,
    /// How long it took, in whole minutes.
    pub took: Option<u16>,
    /// How it ended, where that is known.
    pub outcome: Option<Outcome>,
    /// What else is counted of it.
    pub marks: Marks,
}

/// What else is counted of a visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// She came at a booked time.
    pub booked: bool,
    /// A stand took it.
    pub stand: bool,
    /// A new contact on the same matter came within 14 days.
    pub repeated: bool,
}

/// The columns of a visit, for loading many.
pub const COLUMNS: &[&str] =
    &["site", "department", "day", "matter", "channel", "waited", "took", "outcome", "booked", "stand", "repeated"];

/// Writes a visit.
pub async fn add(conn: &mut Conn, visit: &Visit<'_>) -> Result<()> {
    sqlx::query(
        "INSERT INTO visit (site, department, day, matter, channel, waited, took, outcome, booked, stand, repeated)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(visit.site)
    .bind(visit.department)
    .bind(visit.day.to_string())
    .bind(visit.matter)
    .bind(word(&visit.channel))
    .bind(visit.waited.map(i64::from))
    .bind(visit.took.map(i64::from))
    .bind(visit.outcome.as_ref().map(word))
    .bind(i64::from(visit.marks.booked))
    .bind(i64::from(visit.marks.stand))
    .bind(i64::from(visit.marks.repeated))
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives a visit of the day that has no outcome yet the one of its wrap-up; says whether there was one. Which of several alike it is does not
/// matter: no row leads to anybody.
pub async fn wrap_up(conn: &mut Conn, site: &str, (day, matter): (Date, &str), outcome: Outcome) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE visit SET outcome = $1 WHERE no = (SELECT no FROM visit
         WHERE site = $2 AND channel = $3 AND day = $4 AND matter = $5 AND outcome IS NULL ORDER BY no DESC LIMIT 1)",
    )
    .bind(word(&outcome))
    .bind(site)
    .bind(word(&Channel::Counter))
    .bind(day.to_string())
    .bind(matter)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Notes that a visit or inquiry of a day was not the last about its matter. Which of several alike it is does not matter.
pub async fn repeat(conn: &mut Conn, site: &str, (day, matter): (Date, &str), channel: Channel) -> Result<()> {
    sqlx::query(
        "UPDATE visit SET repeated = 1 WHERE no = (SELECT no FROM visit
         WHERE site = $1 AND channel = $2 AND day = $3 AND matter = $4 AND outcome = $5 AND repeated = 0 LIMIT 1)",
    )
    .bind(site)
    .bind(word(&channel))
    .bind(day.to_string())
    .bind(matter)
    .bind(word(&Outcome::Settled))
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes that somebody has to come again.
pub async fn add_rebooking(
    conn: &mut Conn,
    (site, department): (&SiteId, &DepartmentId),
    (day, matter): (Date, &str),
    cause: RebookCause,
) -> Result<()> {
    sqlx::query("INSERT INTO rebooking (site, department, day, matter, cause) VALUES ($1, $2, $3, $4, $5)")
        .bind(site.as_str())
        .bind(department.as_str())
        .bind(day.to_string())
        .bind(matter)
        .bind(word(&cause))
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes that a department sent no data for some days.
pub async fn add_gap(conn: &mut Conn, site: &str, department: &str, (from, to): (Date, Date)) -> Result<()> {
    sqlx::query(
        "INSERT INTO visit_gap (site, department, from_day, to_day) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(site)
    .bind(department)
    .bind(from.to_string())
    .bind(to.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// What is added up: a site, perhaps one department of it, some days.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The site.
    pub site: &'a SiteId,
    /// One department alone.
    pub department: Option<&'a DepartmentId>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Scope<'_> {
    /// Adds up visits or inquiries of a channel.
    async fn counted(&self, conn: &mut Conn, select: &str, and: &str, channel: Channel) -> Result<Vec<Row>> {
        let (what, group) = (select, select.split(", COUNT").next().unwrap_or_default());
        let group = if group == select { String::new() } else { format!("GROUP BY {group}") };
        let mut sql =
            format!("SELECT {what} FROM visit WHERE site = $1 AND channel = $2 AND day >= $3 AND day <= $4 {and}");
        if self.department.is_some() {
            sql.push_str(" AND department = $5");
        }
        sql.push_str(&format!(" {group}"));
        let mut query = sqlx::query(AssertSqlSafe(sql))
            .bind(self.site.as_str().to_owned())
            .bind(word(&channel))
            .bind(self.from.to_string())
            .bind(self.to.to_string());
        if let Some(department) = self.department {
            query = query.bind(department.as_str().to_owned());
        }
        Ok(query.fetch_all(conn).await?)
    }

    /// How long people waited.
    pub async fn waits(&self, conn: &mut Conn) -> Result<Minutes> {
        let rows = self.counted(conn, "waited, COUNT(*)", "AND waited IS NOT NULL", Channel::Counter).await?;
        rows.iter().map(|row| Ok((row.count(0)?, whole(row, 1)?))).collect()
    }

    /// How long meetings took, by matter: at a counter or a stand, so that no difference tells how many went to a stand.
    pub async fn meetings(&self, conn: &mut Conn) -> Result<Vec<(String, u16, u32)>> {
        let and = "AND took IS NOT NULL";
        let rows = self.counted(conn, "matter, took, COUNT(*)", and, Channel::Counter).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.count(1)?, whole(row, 2)?))).collect()
    }

    /// How long stands were used for.
    pub async fn stand_times(&self, conn: &mut Conn) -> Result<Minutes> {
        let and = "AND took IS NOT NULL AND stand = 1";
        let rows = self.counted(conn, "took, COUNT(*)", and, Channel::Counter).await?;
        rows.iter().map(|row| Ok((row.count(0)?, whole(row, 1)?))).collect()
    }

    /// How many came or asked on a channel, by matter.
    pub async fn inquiries(&self, conn: &mut Conn, channel: Channel) -> Result<Vec<(String, u32)>> {
        let rows = self.counted(conn, "matter, COUNT(*)", "", channel).await?;
        rows.iter().map(|row| Ok((row.text(0)?, whole(row, 1)?))).collect()
    }

    /// Visits, and how many of them were booked, and a stand's.
    pub async fn shares(&self, conn: &mut Conn) -> Result<(u32, u32, u32)> {
        let select = "COUNT(*), COALESCE(SUM(booked), 0), COALESCE(SUM(stand), 0)";
        let rows = self.counted(conn, select, "", Channel::Counter).await?;
        rows.first().map_or(Ok((0, 0, 0)), |row| Ok((whole(row, 0)?, whole(row, 1)?, whole(row, 2)?)))
    }

    /// Day by day: visits of which it is known how they ended, and how many of them were settled and stayed so.
    pub async fn settled(&self, conn: &mut Conn) -> Result<Vec<(Date, u32, u32)>> {
        let select = "day, COUNT(*), SUM(outcome = 'settled' AND repeated = 0)";
        let rows = self.counted(conn, select, "AND outcome IS NOT NULL", Channel::Counter).await?;
        rows.iter().map(|row| Ok((row.date(0)?, whole(row, 1)?, whole(row, 2)?))).collect()
    }

    /// How many had to come again, by cause.
    pub async fn rebooked(&self, conn: &mut Conn) -> Result<Vec<(RebookCause, u32)>> {
        let only = if self.department.is_some() { "AND department = $4" } else { "" };
        let sql = format!(
            "SELECT cause, COUNT(*) FROM rebooking WHERE site = $1 AND day >= $2 AND day <= $3 {only} GROUP BY cause"
        );
        let mut query = sqlx::query(AssertSqlSafe(sql))
            .bind(self.site.as_str().to_owned())
            .bind(self.from.to_string())
            .bind(self.to.to_string());
        if let Some(department) = self.department {
            query = query.bind(department.as_str().to_owned());
        }
        let rows = query.fetch_all(conn).await?;
        rows.iter().map(|row| Ok((row.word(0, "cause")?, whole(row, 1)?))).collect()
    }

    /// Which departments sent no data, and when.
    pub async fn gaps(&self, conn: &mut Conn) -> Result<Vec<(DepartmentId, Date, Date)>> {
        let rows = sqlx::query(
            "SELECT department, from_day, to_day FROM visit_gap
             WHERE site = $1 AND from_day <= $2 AND to_day >= $3 ORDER BY from_day, department",
        )
        .bind(self.site.as_str())
        .bind(self.to.to_string())
        .bind(self.from.to_string())
        .fetch_all(conn)
        .await?;
        let all = rows.iter().map(|row| Ok((department(row, 0)?, row.date(1)?, row.date(2)?)));
        let all = all.collect::<Result<Vec<_>>>()?;
        Ok(all.into_iter().filter(|(id, ..)| self.department.is_none_or(|only| only == id)).collect())
    }

    /// The departments that anything was counted of, also where they sent no data.
    pub async fn departments(&self, conn: &mut Conn) -> Result<Vec<DepartmentId>> {
        let rows = sqlx::query(
            "SELECT DISTINCT department FROM visit WHERE site = $1 AND channel = $2 AND day >= $3 AND day <= $4
             UNION SELECT department FROM visit_gap WHERE site = $1 AND from_day <= $4 AND to_day >= $3",
        )
        .bind(self.site.as_str())
        .bind(word(&Channel::Counter))
        .bind(self.from.to_string())
        .bind(self.to.to_string())
        .fetch_all(conn)
        .await?;
        rows.iter().map(|row| department(row, 0)).collect()
    }

    /// The first day of the site that anything is known of.
    pub async fn begins(&self, conn: &mut Conn) -> Result<Option<Date>> {
        let row = sqlx::query("SELECT MIN(day) FROM visit WHERE site = $1 AND channel = $2")
            .bind(self.site.as_str())
            .bind(word(&Channel::Counter))
            .fetch_one(conn)
            .await?;
        row.opt_text(0)?.map(|day| day.parse().map_err(|_| StoreError::Value("date"))).transpose()
    }
}

fn whole(row: &Row, at: usize) -> Result<u32> {
    u32::try_from(row.int(at)?).map_err(|_| StoreError::Value("count"))
}

fn department(row: &Row, at: usize) -> Result<DepartmentId> {
    DepartmentId::parse(&row.text(at)?).map_err(|_| StoreError::Value("department"))
}

/// How a day goes at a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayCounts {
    /// How many wait.
    pub waiting: u16,
    /// How long the one waits who has waited longest, in minutes.
    pub longest: Option<u16>,
    /// How many were served.
    pub served: u32,
    /// How many came.
    pub came: u32,
    /// How many of them came at a booked time.
    pub booked: u32,
    /// Counters at which somebody works.
    pub open: u16,
}

/// How the day goes at a site, without what a role may not see.
pub async fn today(
    conn: &mut Conn,
    site: &SiteId,
    (day, now): (Date, Timestamp),
    withheld: &[&str],
) -> Result<DayCounts> {
    let places: Vec<String> = (3..3 + withheld.len()).map(|at| format!("${at}")).collect();
    let seen = if withheld.is_empty() {
        String::new()
    } else {
        format!(" AND (department IS NULL OR department NOT IN ({}))", places.join(", "))
    };
    let sql = format!(
        "SELECT state, COUNT(*), SUM(booked IS NOT NULL), MIN(came) FROM ticket WHERE site = $1 AND day = $2{seen} GROUP BY state"
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(site.as_str().to_owned()).bind(day.to_string());
    for department in withheld {
        query = query.bind((*department).to_owned());
    }
    let mut counts = DayCounts::default();
    for row in &query.fetch_all(&mut *conn).await? {
        let (state, all): (TicketState, u32) = (row.word(0, "ticket state")?, whole(row, 1)?);
        if state == TicketState::Noshow {
            continue;
        }
        counts.came += all;
        counts.booked += whole(row, 2)?;
        match state {
            TicketState::Waiting => {
                counts.waiting = u16::try_from(all).unwrap_or(u16::MAX);
                let micros = now.as_microsecond() - row.moment(3)?.as_microsecond();
                counts.longest = u16::try_from(micros.max(0) / 60_000_000).ok();
            }
            TicketState::Finished => counts.served = all,
            _ => {}
        }
    }
    let row = sqlx::query(
        "SELECT COUNT(DISTINCT counter) FROM availability
         WHERE site = $1 AND since >= $2 AND counter IS NOT NULL AND state IN ('available', 'busy', 'on_hold')",
    )
    .bind(site.as_str())
    .bind(instant(day, Time::midnight()).as_microsecond())
    .fetch_one(conn)
    .await?;
    counts.open = row.count(0)?;
    Ok(counts)
}

/// What a citizen's contact was about: its channel, when it began, how it ended, the situation, the first subject.
pub type ContactMatter = (Channel, Timestamp, Outcome, Option<LifeSituationId>, Option<ProcedureId>);

/// A citizen's other contacts between two moments, the last first. Those of which it is not known how they ended say nothing.
pub async fn contacts_between(
    conn: &mut Conn,
    citizen: i64,
    this: ContactId,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<ContactMatter>> {
    let rows = sqlx::query(
        "SELECT k.channel, k.at, k.outcome, k.situation,
         (SELECT s.procedure FROM contact_subject s WHERE s.contact = k.no ORDER BY s.rank LIMIT 1)
         FROM contact k WHERE k.citizen = $1 AND k.at >= $2 AND k.at <= $3 AND k.id <> $4 AND k.outcome IS NOT NULL
         ORDER BY k.at DESC, k.no DESC LIMIT 50",
    )
    .bind(citizen)
    .bind(from.as_microsecond())
    .bind(to.as_microsecond())
    .bind(this.0)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let situation = row.opt_text(3)?.map(|id| LifeSituationId::parse(&id)).transpose();
            let subject = row.opt_text(4)?.map(|id| ProcedureId::parse(&id)).transpose();
            let situation = situation.map_err(|_| StoreError::Value("life situation"))?;
            let subject = subject.map_err(|_| StoreError::Value("procedure"))?;
            Ok((row.word(0, "channel")?, row.moment(1)?, row.word(2, "outcome")?, situation, subject))
        })
        .collect()
}
