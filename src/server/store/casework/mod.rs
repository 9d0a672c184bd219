//! A case beside its checklist: who is responsible, its course, its facts, the cases it belongs with, who works on it. What does not live
//! here: questions to colleagues (`asks`), notes (`notes`), what a change leaves behind (the routes).

use std::collections::HashMap;

use jiff::civil::Date;
use skranke_api::ETag;
use skranke_api::cases::Collaborator;
use skranke_api::casework::{CaseVersions, RelatedCase, Suspension};
use skranke_domain::checklist::ItemState;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::letter::LetterLanguage;
use skranke_domain::procedure::Facts;
use skranke_domain::{ItemId, StaffId};
use sqlx::AssertSqlSafe;

use super::cases::{self, Stored};
use super::citizens::Profile;
use super::items::Item;
use super::meta::Procedures;
use super::{Conn, NO_DEADLINE, Read, Result, StoreError, from_word, to_json, word};

pub mod asks;
pub mod notes;

/// What of a case changes apart, with the version of each.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The versions.
    pub versions: CaseVersions,
    /// The caseworker, where she is somebody who works here.
    pub responsible: Option<StaffId>,
    /// Its last suspension; see [`Parts::rests_on`].
    pub suspension: Option<Suspension>,
}

impl Parts {
    /// Its suspension, where it rests on a day: one with a last day ends by itself.
    #[must_use]
    pub fn rests_on(&self, day: Date) -> Option<&Suspension> {
        self.suspension.as_ref().filter(|rest| rest.until.is_none_or(|until| until >= day))
    }
}

/// What of a case changes apart.
pub async fn parts(conn: &mut Conn, case_no: i64) -> Result<Parts> {
    let row = sqlx::query(
        "SELECT responsible_version, course_version, facts_version, responsible_id, rests_since, rests_until, rests_why
         FROM case_file WHERE no = $1",
    )
    .bind(case_no)
    .fetch_one(conn)
    .await?;
    let day = |text: Option<String>| {
        text.map(|text| text.parse::<Date>().map_err(|_| StoreError::Value("day of rest"))).transpose()
    };
    let until = day(row.opt_text(5)?)?;
    let reason = row.opt_text(6)?.unwrap_or_default();
    Ok(Parts {
        versions: CaseVersions {
            responsible: ETag::of_version(row.int(0)?),
            course: ETag::of_version(row.int(1)?),
            facts: ETag::of_version(row.int(2)?),
        },
        responsible: row.opt_id(3)?.map(StaffId),
        suspension: day(row.opt_text(4)?)?.map(|since| Suspension { since, until, reason }),
    })
}

/// Makes somebody responsible, or nobody.
pub async fn set_responsible(conn: &mut Conn, case_no: i64, who: Option<(StaffId, &str)>) -> Result<()> {
    sqlx::query(
        "UPDATE case_file SET responsible = $1, responsible_id = $2, responsible_version = responsible_version + 1 WHERE no = $3",
    )
    .bind(who.map(|(_, name)| name.to_owned()))
    .bind(who.map(|(id, _)| id.0))
    .bind(case_no)
    .execute(conn)
    .await?;
    Ok(())
}

/// Sets a case's deadline and its suspension.
pub async fn set_course(
    conn: &mut Conn,
    case_no: i64,
    deadline: Option<Date>,
    suspension: Option<&Suspension>,
) -> Result<()> {
    sqlx::query(
        "UPDATE case_file SET deadline = $1, rests_since = $2, rests_until = $3, rests_why = $4, course_version = course_version + 1
         WHERE no = $5",
    )
    .bind(deadline.unwrap_or(NO_DEADLINE).to_string())
    .bind(suspension.map(|rest| rest.since.to_string()))
    .bind(suspension.and_then(|rest| rest.until).map(|until| until.to_string()))
    .bind(suspension.map(|rest| rest.reason.clone()))
    .bind(case_no)
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps what is known now, and the version of the procedure by which it is asked.
pub async fn set_facts(conn: &mut Conn, case_no: i64, facts: &Facts, version: u32) -> Result<()> {
    sqlx::query(
        "UPDATE case_file SET facts = $1, procedure_version = $2, facts_version = facts_version + 1 WHERE no = $3",
    )
    .bind(to_json(facts))
    .bind(i64::from(version))
    .bind(case_no)
    .execute(conn)
    .await?;
    Ok(())
}

/// The states that items had before the facts said that they do not apply.
pub async fn states_before(conn: &mut Conn, case_no: i64) -> Result<HashMap<ItemId, ItemState>> {
    sqlx::query("SELECT item, before FROM checklist_item WHERE case_no = $1 AND before IS NOT NULL")
        .bind(case_no)
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            let item = ItemId::parse(&row.text(0)?).map_err(|_| StoreError::Value("item"))?;
            Ok((item, from_word(row.text(1)?, "item state")?))
        })
        .collect()
}

/// An item as the facts leave it: with what it was before they said that it does not apply.
#[derive(Clone, Debug)]
pub struct Ruled {
    /// The item.
    pub item: Item,
    /// Its state before.
    pub before: Option<ItemState>,
}

/// Writes the items that new facts changed.
pub async fn save_ruled(conn: &mut Conn, case_no: i64, ruled: &[Ruled]) -> Result<()> {
    for Ruled { item, before } in ruled {
        sqlx::query(
            "UPDATE checklist_item SET state = $1, reason = $2, changed_by = $3, changed_at = $4, unknown = $5, before = $6, version = $7
             WHERE case_no = $8 AND item = $9",
        )
        .bind(word(&item.state))
        .bind(item.reason.clone())
        .bind(item.changed_by.clone())
        .bind(item.changed_at.map(jiff::Timestamp::as_microsecond))
        .bind(to_json(&item.unknown))
        .bind(before.as_ref().map(word))
        .bind(item.version)
        .bind(case_no)
        .bind(item.id.as_str())
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Writes a checklist anew, in the order given. What is left out is gone from it; the history keeps what was decided about it.
pub async fn replace_items(conn: &mut Conn, case_no: i64, ruled: &[Ruled]) -> Result<()> {
    sqlx::query("DELETE FROM checklist_item WHERE case_no = $1").bind(case_no).execute(&mut *conn).await?;
    for (rank, Ruled { item, .. }) in (0_i64..).zip(ruled) {
        sqlx::query(
            "INSERT INTO checklist_item (case_no, rank, item, state, unknown, version) VALUES ($1, $2, $3, '', '', 0)",
        )
        .bind(case_no)
        .bind(rank)
        .bind(item.id.as_str())
        .execute(&mut *conn)
        .await?;
    }
    save_ruled(conn, case_no, ruled).await
}

/// Relates two cases, or parts them; tells whether that changed anything.
pub async fn relate(conn: &mut Conn, one: i64, other: i64, together: Together) -> Result<bool> {
    let mut changed = 0;
    for (case, to) in [(one, other), (other, one)] {
        let sql = match together {
            Together::Yes => "INSERT INTO case_relation (case_no, other) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            Together::No => "DELETE FROM case_relation WHERE case_no = $1 AND other = $2",
        };
        changed += sqlx::query(sql).bind(case).bind(to).execute(&mut *conn).await?.rows_affected();
    }
    Ok(changed > 0)
}

/// Whether two cases belong together from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Together {
    /// They do.
    Yes,
    /// They do not.
    No,
}

/// The cases that belong together with a case, of departments that are not withheld, in the order of their numbers.
pub async fn related(
    conn: &mut Conn,
    procedures: &Procedures,
    case_no: i64,
    withheld: &[&str],
) -> Result<Vec<RelatedCase>> {
    let rows =
        sqlx::query("SELECT other FROM case_relation WHERE case_no = $1").bind(case_no).fetch_all(&mut *conn).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let Some(case) = cases::by_no(conn, procedures, row.int(0)?).await? else { continue };
        let row = case.row;
        if !withheld.contains(&row.department.as_str()) {
            all.push(RelatedCase {
                id: row.id,
                number: row.number,
                title: row.title,
                column: row.column,
                department: row.department,
            });
        }
    }
    Ok(all)
}

/// Who did something on a case, in the order in which they came. Lines from before this database know a name alone.
const COLLABORATORS: &str = "SELECT s.id, s.name, s.initials, MIN(h.no) FROM case_history h
     JOIN staff s ON s.id = h.by_id WHERE h.case_no = $1 GROUP BY s.no
     UNION ALL
     SELECT s.id, s.name, s.initials, MIN(h.no) FROM case_history h
     JOIN staff s ON s.name = h.by_name WHERE h.case_no = $1 AND h.by_id IS NULL GROUP BY s.no";

/// Colleagues who did something on a case, in the order in which they came, without the one who is responsible.
pub async fn collaborators(conn: &mut Conn, case: &Stored, responsible: Option<StaffId>) -> Result<Vec<Collaborator>> {
    let mut found: Vec<(i64, Collaborator)> = Vec::new();
    for row in &sqlx::query(COLLABORATORS).bind(case.no).fetch_all(conn).await? {
        let one = Collaborator { staff: StaffId(row.id(0)?), name: row.text(1)?, initials: row.text(2)? };
        let is_responsible = match responsible {
            Some(id) => id == one.staff,
            None => case.row.responsible.as_ref() == Some(&one.name),
        };
        if !is_responsible {
            found.push((row.int(3)?, one));
        }
    }
    found.sort_by_key(|(first, _)| *first);
    let mut all: Vec<Collaborator> = Vec::with_capacity(found.len());
    for (_, one) in found {
        if all.iter().all(|known| known.staff != one.staff) {
            all.push(one);
        }
    }
    Ok(all)
}

/// Who finished the application on the citizen's behalf, by name.
pub async fn on_behalf(conn: &mut Conn, case_no: i64) -> Result<Option<String>> {
    let row =
        sqlx::query("SELECT by_name FROM case_history WHERE case_no = $1 AND kind = 'on_behalf' ORDER BY no LIMIT 1")
            .bind(case_no)
            .fetch_optional(conn)
            .await?;
    Ok(row.map(|row| row.opt_text(0)).transpose()?.flatten())
}

/// In which language a citizen is written to, and whether she is exempt from Digital Post.
pub async fn written_to(conn: &mut Conn, citizen: i64) -> Result<(LanguageCode, bool)> {
    let sql = "SELECT profile FROM citizen WHERE no = $1".to_owned();
    let row = sqlx::query(AssertSqlSafe(sql)).bind(citizen).fetch_one(conn).await?;
    let profile: Profile = row.json(0, "profile")?;
    let language = LetterLanguage::for_speaker(&profile.languages);
    Ok((LanguageCode(language.code().to_owned()), profile.exempt_from_digital_post))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Database;
    use crate::store::{Store, cases};

    /// Everything that opening a case asks by, besides the case itself.
    #[tokio::test]
    async fn opening_a_case_walks_through_nobody_elses() {
        let store = Store::open(&Database::Memory).await.unwrap();
        let mut conn = store.read().await.unwrap();
        for sql in [
            COLLABORATORS,
            asks::OF_CASE,
            notes::OF_CASE,
            cases::HISTORY,
            "SELECT other FROM case_relation WHERE case_no = $1",
        ] {
            let rows = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).bind(1).bind(2);
            let plan: Vec<String> =
                rows.fetch_all(&mut *conn).await.unwrap().iter().map(|row| row.text(3).unwrap()).collect();
            assert!(plan.iter().all(|step| !step.contains("SCAN")), "{sql}: {plan:?}");
            assert!(plan.iter().any(|step| step.contains("case_no=?")), "{sql}: {plan:?}");
        }
    }
}
