//! Who may what in the training municipality, until when, and who of the staff is a citizen of it too. What lives here: the dates and the choice.
//! What does not: the personas' authority itself (`crate::auth`), who works here (`staff`).
//!
//! Ida's authority over SIRI's tasks ends in three weeks, and hers over TMF is for two tasks. Ida and Mette are citizens here as well: the first
//! two women of the municipality, after the showcase families, who have relatives and nothing under way, so that nobody meets them by chance.

use jiff::ToSpan;
use jiff::civil::Date;
use skranke_api::me::Me;
use skranke_domain::authority::{Authority, Level, Role};
use skranke_domain::{DepartmentId, ProcedureId, StaffId};

use crate::auth::{persona, persona_id};
use crate::store::{Conn, Read, Result, StoreError, rights};

/// In how many days the first authority ends.
const ENDS_IN: i64 = 21;
/// Where those who are made for the showcase end.
const SHOWCASE: i64 = 20;
/// How far the choice looks: it finds somebody among the first households.
const LOOKED_THROUGH: i64 = 3000;

/// Keeps what everybody may, told from a day, and who of them is a citizen here. Done again, it renews the dates and moves nobody.
pub async fn write(conn: &mut Conn, today: Date) -> Result<()> {
    for role in [Role::Host, Role::Clerk, Role::Caseworker, Role::TeamLeader, Role::Guest] {
        let mut me = persona(role);
        if role == Role::Clerk {
            limit(&mut me, today);
        }
        rights::keep(conn, &me).await?;
    }
    let rows = sqlx::query("SELECT id, name, department, role FROM staff ORDER BY no").fetch_all(&mut *conn).await?;
    let personas: Vec<StaffId> = Role::ALL.iter().copied().map(persona_id).collect();
    for (at, row) in (0_i64..).zip(&rows) {
        let id = StaffId(row.id(0)?);
        if personas.contains(&id) {
            continue;
        }
        let department = DepartmentId::parse(&row.text(2)?).map_err(|_| StoreError::Value("department"))?;
        let role: Role = row.word(3, "role")?;
        let usual = persona(role);
        let mut me = Me { id, name: row.text(1)?, role, roles: vec![role], department: department.clone(), ..usual };
        if department.as_str() != "kff" {
            // A year at a time, each from her own day on.
            let from = today.checked_sub((30 + 7 * at).days()).unwrap_or(today);
            let until = from.checked_add(1.year()).ok();
            me.authorities = vec![Authority { from: Some(from), until, ..Authority::of(department, Level::Judgement) }];
        }
        rights::keep(conn, &me).await?;
    }
    own_records(conn, today).await
}

/// Limits what Ida may: one authority by its end, one to its tasks.
fn limit(me: &mut Me, today: Date) {
    let tasks = ["resident-parking", "outdoor-serving"];
    for authority in &mut me.authorities {
        match authority.department.as_str() {
            "siri" => authority.until = today.checked_add(ENDS_IN.days()).ok(),
            "tmf" => authority.procedures = tasks.iter().filter_map(|task| ProcedureId::parse(task).ok()).collect(),
            _ => {}
        }
    }
}

/// Says who of the staff is a citizen here, where nobody is yet.
async fn own_records(conn: &mut Conn, today: Date) -> Result<()> {
    let known = sqlx::query("SELECT 1 FROM staff WHERE citizen IS NOT NULL LIMIT 1").fetch_optional(&mut *conn).await?;
    if known.is_some() {
        return Ok(());
    }
    // Grown up, with relatives, nothing protected; she and hers have no case, no time and no ticket. Two of one family would be each
    // other's relatives, so the second is nobody's relative of the first.
    let adult = today.checked_sub(25.years()).unwrap_or(today);
    let rows = sqlx::query(
        "SELECT c.id, c.no FROM citizen c WHERE c.no > $1 AND c.no <= $2 AND c.protected = 0 AND c.current IS NULL AND c.born < $3
            AND substr(c.cpr, 10, 1) IN ('0', '2', '4', '6', '8') AND c.status = 'resident'
            AND (SELECT COUNT(*) FROM relation r WHERE r.citizen = c.no) >= 2
            AND NOT EXISTS (SELECT 1 FROM case_file f WHERE f.citizen = c.no)
            AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.citizen = c.no)
            AND NOT EXISTS (SELECT 1 FROM relation r JOIN case_file f ON f.citizen = r.other WHERE r.citizen = c.no)
            AND NOT EXISTS (SELECT 1 FROM relation r JOIN appointment a ON a.citizen = r.other WHERE r.citizen = c.no)
         ORDER BY c.no LIMIT 12",
    )
    .bind(SHOWCASE)
    .bind(LOOKED_THROUGH)
    .bind(adult.to_string())
    .fetch_all(&mut *conn)
    .await?;
    let mut chosen: Vec<i64> = Vec::new();
    for row in rows {
        let (id, no) = (row.id(0)?, row.int(1)?);
        let Some(role) = [Role::Clerk, Role::Caseworker].get(chosen.len()) else { break };
        let near = sqlx::query("SELECT 1 FROM relation WHERE citizen = $1 AND other = $2")
            .bind(no)
            .bind(chosen.last().copied().unwrap_or(0))
            .fetch_optional(&mut *conn)
            .await?;
        if near.is_none() {
            sqlx::query("UPDATE staff SET citizen = $1 WHERE id = $2")
                .bind(id)
                .bind(persona_id(*role).0)
                .execute(&mut *conn)
                .await?;
            chosen.push(no);
        }
    }
    Ok(())
}
