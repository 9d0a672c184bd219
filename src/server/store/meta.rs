//! What the database knows about itself, its sites, and the versions of procedures. What does not live here: citizens and cases.

use std::collections::HashMap;
use std::sync::Arc;

use skranke_api::appointments::{Counter, Interpreter, Site};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::procedure::Procedure;
use skranke_domain::{CounterId, InterpreterId, Localized, ProcedureId, SiteId};

use super::{Conn, Read, Result, StoreError, from_json, to_json, word};

/// A remembered word.
pub async fn get(conn: &mut Conn, name: &str) -> Result<Option<String>> {
    let row = sqlx::query("SELECT value FROM meta WHERE name = $1").bind(name).fetch_optional(conn).await?;
    row.map(|row| row.text(0)).transpose()
}

/// Remembers a word.
pub async fn set(conn: &mut Conn, name: &str, value: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .bind(name)
    .bind(value)
    .execute(conn)
    .await?;
    Ok(())
}

/// The sites with their counters and interpreters.
pub async fn sites(conn: &mut Conn) -> Result<Vec<Site>> {
    let mut sites = Vec::new();
    for row in sqlx::query("SELECT id, name, hours, aim_minutes FROM site ORDER BY rank").fetch_all(&mut *conn).await? {
        let id = SiteId::parse(&row.text(0)?).map_err(|_| StoreError::Value("site"))?;
        sites.push(Site {
            id,
            name: row.text(1)?,
            counters: Vec::new(),
            hours: row.json(2, "opening hours")?,
            interpreters: Vec::new(),
            aim_minutes: row.count(3)?,
        });
    }
    let counters = "SELECT id, site, name, kind, step_free, departments FROM counter ORDER BY rank";
    for row in sqlx::query(counters).fetch_all(&mut *conn).await? {
        let id = CounterId::parse(&row.text(0)?).map_err(|_| StoreError::Value("counter"))?;
        let site = row.text(1)?;
        let counter = Counter {
            id,
            name: row.json(2, "counter name")?,
            kind: row.word(3, "kind of counter")?,
            step_free: row.int(4)? != 0,
            departments: row.json(5, "departments of a counter")?,
        };
        if let Some(site) = sites.iter_mut().find(|s| s.id.as_str() == site) {
            site.counters.push(counter);
        }
    }
    let interpreters = "SELECT site, id, name, language FROM interpreter ORDER BY site, rank";
    for row in sqlx::query(interpreters).fetch_all(conn).await? {
        let site = row.text(0)?;
        if let Some(site) = sites.iter_mut().find(|s| s.id.as_str() == site) {
            site.interpreters.push(Interpreter {
                id: InterpreterId::parse(&row.text(1)?).map_err(|_| StoreError::Value("interpreter"))?,
                name: row.text(2)?,
                language: LanguageCode(row.text(3)?),
            });
        }
    }
    Ok(sites)
}

/// Adds a site with its counters and interpreters, or replaces what it says of them.
pub async fn put_site(conn: &mut Conn, rank: i64, site: &Site) -> Result<()> {
    sqlx::query(
        "INSERT INTO site (id, rank, name, hours, aim_minutes) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET rank = excluded.rank, name = excluded.name, hours = excluded.hours,
                aim_minutes = excluded.aim_minutes",
    )
    .bind(site.id.as_str())
    .bind(rank)
    .bind(&site.name)
    .bind(to_json(&site.hours))
    .bind(i64::from(site.aim_minutes))
    .execute(&mut *conn)
    .await?;
    for (at, counter) in (0_i64..).zip(&site.counters) {
        sqlx::query(
            "INSERT INTO counter (id, site, rank, name, kind, step_free, departments) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (id) DO UPDATE SET site = excluded.site, rank = excluded.rank, name = excluded.name, kind = excluded.kind,
                    step_free = excluded.step_free, departments = excluded.departments",
        )
        .bind(counter.id.as_str())
        .bind(site.id.as_str())
        .bind(rank * 100 + at)
        .bind(to_json(&counter.name))
        .bind(word(&counter.kind))
        .bind(i64::from(counter.step_free))
        .bind(to_json(&counter.departments))
        .execute(&mut *conn)
        .await?;
    }
    for (at, interpreter) in (0_i64..).zip(&site.interpreters) {
        sqlx::query(
            "INSERT INTO interpreter (site, rank, id, name, language) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (site, id) DO UPDATE SET rank = excluded.rank, name = excluded.name, language = excluded.language",
        )
        .bind(site.id.as_str())
        .bind(at)
        .bind(interpreter.id.as_str())
        .bind(&interpreter.name)
        .bind(&interpreter.language.0)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Every version of a procedure that a case may have begun with.
#[derive(Clone, Debug, Default)]
pub struct Procedures(HashMap<(ProcedureId, u32), Arc<Procedure>>);

impl Procedures {
    /// A procedure at a version.
    #[must_use]
    pub fn get(&self, id: &ProcedureId, version: u32) -> Option<&Arc<Procedure>> {
        self.0.get(&(id.clone(), version))
    }

    /// What the newest version of a procedure that has an item calls it.
    #[must_use]
    pub fn item_label(&self, id: &ProcedureId, item: &str) -> Option<&Localized> {
        let versions = self.0.iter().filter(|((procedure, _), _)| procedure == id);
        let labels = versions.filter_map(|((_, version), procedure)| {
            let template = procedure.items.iter().find(|template| template.id.as_str() == item)?;
            Some((version, &template.label))
        });
        labels.max_by_key(|(version, _)| **version).map(|(_, label)| label)
    }
}

/// Remembers the catalogue's versions and reads all that were ever remembered. Corrected texts of one version replace the old ones.
pub async fn remember_procedures(conn: &mut Conn, current: &[Procedure]) -> Result<Procedures> {
    let mut known = HashMap::new();
    for row in sqlx::query("SELECT body FROM procedure_version").fetch_all(&mut *conn).await? {
        let body = row.text(0)?;
        let procedure: Procedure = from_json(&body, "procedure")?;
        known.insert((procedure.id.clone(), procedure.version), (body, Arc::new(procedure)));
    }
    for procedure in current {
        let key = (procedure.id.clone(), procedure.version);
        let body = to_json(procedure);
        if known.get(&key).is_some_and(|(stored, _)| *stored == body) {
            continue;
        }
        sqlx::query(
            "INSERT INTO procedure_version (procedure, version, body) VALUES ($1, $2, $3)
             ON CONFLICT (procedure, version) DO UPDATE SET body = excluded.body",
        )
        .bind(procedure.id.as_str())
        .bind(i64::from(procedure.version))
        .bind(&body)
        .execute(&mut *conn)
        .await?;
        known.insert(key, (body, Arc::new(procedure.clone())));
    }
    Ok(Procedures(known.into_iter().map(|(key, (_, procedure))| (key, procedure)).collect()))
}
