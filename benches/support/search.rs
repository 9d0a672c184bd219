//! Search at 5,000 and 650,000 citizens: the time at the server, as its answers say, and the round trip as the client sees it.

use std::time::{Duration, Instant};

use skranke::api::Purpose;
use skranke::api::citizens::{QueryKind, SearchRequest};
use skranke::api::purpose::PurposeKind;
use skranke::client::http::CaseApi;
use skranke::domain::SessionId;
use skranke::domain::authority::Role;

use super::{Municipality, Trouble, report};

/// The size of a large municipality, when nobody says.
const LARGE: u32 = 650_000;

const QUERIES: &[(QueryKind, &str)] = &[
    (QueryKind::Name, "wr"),
    (QueryKind::Name, "wrona"),
    (QueryKind::Name, "kal wro"),
    (QueryKind::Name, "an"),
    (QueryKind::Name, "so an"),
    (QueryKind::Address, "tang"),
    (QueryKind::Address, "plads 4"),
    (QueryKind::Phone, "0012"),
    (QueryKind::CaseNumber, "KFF-2026-1"),
];

pub fn figures() -> Result<(), Trouble> {
    let large = std::env::var("SKRANKE_BENCH_CITIZENS").ok().and_then(|n| n.parse().ok()).unwrap_or(LARGE);
    for citizens in [5_000, large] {
        let town = Municipality::of(citizens)?;
        let api = CaseApi::new(town.doorway(Role::Clerk)?, Role::Clerk);
        let mut server = Vec::new();
        let mut client = Vec::new();
        town.runtime.block_on(async {
            for round in 0..40 {
                for (kind, query) in QUERIES {
                    let request = SearchRequest {
                        kind: *kind,
                        query: (*query).to_owned(),
                        purpose: Purpose::plain(PurposeKind::Ticket),
                        session: SessionId::new(),
                        limit: 8,
                    };
                    let began = Instant::now();
                    let answer = api.search(&request).await?;
                    // The first rounds warm the caches.
                    if round >= 3 {
                        client.push(began.elapsed());
                        server.push(Duration::from_micros(answer.took_us));
                    }
                }
            }
            Ok::<_, Trouble>(())
        })?;
        report(&format!("search among {citizens}, at the server"), "20 ms p95", server);
        report(&format!("search among {citizens}, as the client sees it"), "-", client);
    }
    Ok(())
}
