//! The overview of a citizen with 872 cases, from asking to the last line.

use std::time::Instant;

use futures::StreamExt;
use skranke::api::Purpose;
use skranke::api::citizens::{QueryKind, SearchRequest};
use skranke::api::overview::{Answer, OverviewLine};
use skranke::api::purpose::PurposeKind;
use skranke::client::http::CaseApi;
use skranke::domain::SessionId;
use skranke::domain::authority::Role;

use super::{Municipality, Trouble, report};

/// The surname of the citizen with very many cases.
const HEAVY: &str = "Sagsager";

pub fn figures() -> Result<(), Trouble> {
    let town = Municipality::of(5_000)?;
    let api = CaseApi::new(town.doorway(Role::Caseworker)?, Role::Caseworker);
    let purpose = Purpose::plain(PurposeKind::Case);
    let mut times = Vec::new();
    let mut cases = 0;
    town.runtime.block_on(async {
        let request = SearchRequest {
            kind: QueryKind::Name,
            query: HEAVY.to_owned(),
            purpose: purpose.clone(),
            session: SessionId::new(),
            limit: 1,
        };
        let found = api.search(&request).await?;
        let citizen = found.hits.first().ok_or("nobody has 872 cases")?.citizen;
        for round in 0..33 {
            let began = Instant::now();
            let mut lines = api.overview_stream(citizen, &purpose).await?;
            cases = 0;
            while let Some(line) = lines.next().await {
                if let OverviewLine::Section(section) = line?
                    && let Answer::Answered { cases: these, .. } = section.answer
                {
                    cases += these.len();
                }
            }
            if round >= 3 {
                times.push(began.elapsed());
            }
        }
        Ok::<_, Trouble>(())
    })?;
    report(&format!("overview of a citizen with {cases} cases"), "100 ms", times);
    Ok(())
}
