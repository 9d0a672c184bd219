//! What the database knows about itself, its sites, and the versions of procedures. What does not live here: citizens and cases.

use std::collections::HashMap;
use std::sync::Arc;

use skranke_api::appointments::{Counter, Site};
use skranke_domain::appointment::CounterKind;
use skranke_domain::procedure::Procedure;
use skranke_domain::{CounterId, Localized, ProcedureId, SiteId};

use super::{Conn, Read, Result, StoreError, from_json, to_json};

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

/// The sites with their counters.
pub async fn sites(conn: &mut Conn) -> Result<Vec<Site>> {
    let mut sites = Vec::new();
    for row in sqlx::query("SELECT id, name, hours FROM site ORDER BY rank").fetch_all(&mut *conn).await? {
        let id = SiteId::parse(&row.text(0)?).map_err(|_| StoreError::Value("site"))?;
        sites.push(Site {
            id,
            name: row.text(1)?,
            counters: Vec::new(),
            hours: row.json(2, "opening hours")?,
            interpreters: Vec::new(),
            aim_minutes: 15,
        });
    }
    for row in sqlx::query("SELECT id, site, name FROM counter ORDER BY rank").fetch_all(conn).await? {
        let id = CounterId::parse(&row.text(0)?).map_err(|_| StoreError::Value("counter"))?;
        let site = row.text(1)?;
        let counter = Counter {
            id,
            name: row.json(2, "counter name")?,
            kind: CounterKind::Counter,
            step_free: false,
            departments: Vec::new(),
        };
        if let Some(site) = sites.iter_mut().find(|s| s.id.as_str() == site) {
            site.counters.push(counter);
        }
    }
    Ok(sites)
}

/// Adds a site with its counters, or replaces its name and hours.
pub async fn put_site(conn: &mut Conn, rank: i64, site: &Site) -> Result<()> {
    sqlx::query(
        "INSERT INTO site (id, rank, name, hours) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET rank = excluded.rank, name = excluded.name, hours = excluded.hours",
    )
    .bind(site.id.as_str())
    .bind(rank)
    .bind(&site.name)
    .bind(to_json(&site.hours))
    .execute(&mut *conn)
    .await?;
    for (at, counter) in (0_i64..).zip(&site.counters) {
        sqlx::query(
            "INSERT INTO counter (id, site, rank, name) VALUES ($1, $2, $3, $4)
             ON CONFLICT (id) DO UPDATE SET site = excluded.site, rank = excluded.rank, name = excluded.name",
        )
        .bind(counter.id.as_str())
        .bind(site.id.as_str())
        .bind(rank * 100 + at)
        .bind(to_json(&counter.name))
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
