//! The first implementation of a department: the municipality's own store. What does not live here: connectors to other systems.

use std::sync::Arc;

use async_trait::async_trait;
use skranke_api::me::Capability;
use skranke_domain::CitizenId;
use skranke_domain::department::Department as Descriptor;

use super::{Department, DepartmentProblem, Report};
use crate::store::meta::Procedures;
use crate::store::{self, Store};

/// A department whose cases are kept in the municipality's own store.
pub struct OwnStore {
    descriptor: Descriptor,
    store: Store,
    procedures: Arc<Procedures>,
}

impl OwnStore {
    /// A department over the store.
    #[must_use]
    pub fn new(descriptor: Descriptor, store: Store, procedures: Arc<Procedures>) -> Self {
        Self { descriptor, store, procedures }
    }

    async fn read(&self, citizen: CitizenId) -> store::Result<Report> {
        let mut conn = self.store.read().await?;
        let Some(no) = store::citizens::number(&mut conn, citizen).await? else { return Ok(Report::default()) };
        let stored = store::cases::of_citizen(&mut conn, &self.procedures, no, &self.descriptor.id).await?;
        let papers = store::items::open_papers(&mut conn, no, &self.descriptor.id, &stored).await?;
        let benefits = store::situations::benefits(&mut conn, no, &self.descriptor.id).await?;
        let cases: Vec<_> = stored.into_iter().map(|case| case.row).collect();
        let mut situations = if cases.iter().any(|c| c.situation.is_some()) {
            store::cases::situations_of(&mut conn, no).await?
        } else {
            Vec::new()
        };
        // Only situations of these cases: a situation that only a withheld department knows must not show through another one.
        situations.retain(|s| cases.iter().any(|c| c.situation == Some(s.id)));
        Ok(Report { cases, situations, papers, benefits })
    }
}

#[async_trait]
impl Department for OwnStore {
    fn descriptor(&self) -> &Descriptor {
        &self.descriptor
    }

    fn capabilities(&self) -> &'static [Capability] {
        &[Capability::Cases, Capability::Checklists, Capability::Versions]
    }

    async fn cases(&self, citizen: CitizenId) -> Result<Report, DepartmentProblem> {
        self.read(citizen).await.map_err(|error| {
            tracing::error!(%error, department = %self.descriptor.id, "the department's cases cannot be read");
            DepartmentProblem::Unreadable
        })
    }
}
