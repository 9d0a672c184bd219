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

/// What is searched, and born when.
type Query = (QueryKind, &'static str, Option<&'static str>);

/// The usual: as people type.
const USUAL: &[Query] = &[
    (QueryKind::Name, "wr", None),
    (QueryKind::Name, "wrona", None),
    (QueryKind::Name, "kal wro", None),
    (QueryKind::Name, "an", None),
    (QueryKind::Name, "so an", None),
    (QueryKind::Address, "tang", None),
    (QueryKind::Address, "plads 4", None),
    (QueryKind::Address, "tanglænken 12", None),
    (QueryKind::Phone, "0012", None),
    (QueryKind::CaseNumber, "KFF-2026-1", None),
];

/// With a mistake: the exact search comes back with too few, and the similar words are tried.
const SIMILAR: &[Query] = &[
    (QueryKind::Name, "wrnoa", None),
    (QueryKind::Name, "kalinna wrnoa", None),
    (QueryKind::Name, "anderss jonass", None),
    (QueryKind::Name, "ostergren", None),
    (QueryKind::Name, "sorren tanggard", None),
    (QueryKind::Name, "xyzzyx", None),
    (QueryKind::Address, "tanglenken 12", None),
];

/// A name and a day of birth, a road and a number, the end of a phone number.
const TOGETHER: &[Query] = &[
    (QueryKind::Name, "wrona", Some("1990-11-12")),
    (QueryKind::Name, "an", Some("1985-03-05")),
    (QueryKind::Name, "jonass", Some("1971-07-01")),
    (QueryKind::Address, "kandisvej 12", Some("1964-02-02")),
    (QueryKind::Address, "tangvej 12 2300", None),
    (QueryKind::Phone, "1722", None),
];

const EMAIL: &[Query] = &[
    (QueryKind::Email, "kalina.wrona", None),
    (QueryKind::Email, "an", None),
    (QueryKind::Email, "soeren.", None),
    (QueryKind::Email, "nobody.at.all@example.dk", None),
];

pub fn figures() -> Result<(), Trouble> {
    let large = std::env::var("SKRANKE_BENCH_CITIZENS").ok().and_then(|n| n.parse().ok()).unwrap_or(LARGE);
    for citizens in [5_000, large] {
        let town = Municipality::of(citizens)?;
        let api = CaseApi::new(town.doorway(Role::Clerk)?, Role::Clerk);
        for (what, queries) in [("usual", USUAL), ("similar", SIMILAR), ("together", TOGETHER), ("e-mail", EMAIL)] {
            let (server, client) = town.runtime.block_on(measure(&api, queries))?;
            report(&format!("search among {citizens}, {what}, at the server"), "20 ms p95", server);
            report(&format!("search among {citizens}, {what}, as the client sees it"), "-", client);
        }
    }
    Ok(())
}

async fn measure(api: &CaseApi, queries: &[Query]) -> Result<(Vec<Duration>, Vec<Duration>), Trouble> {
    let (mut server, mut client) = (Vec::new(), Vec::new());
    for round in 0..40 {
        for (kind, query, born) in queries {
            let request = SearchRequest {
                kind: *kind,
                query: (*query).to_owned(),
                born: born.map(str::parse).transpose()?,
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
    Ok((server, client))
}
