//! Opening a case at the server: one as it usually is, and one with 60 documents and 300 lines of history.

use std::time::Instant;

use skranke::api::Purpose;
use skranke::api::citizens::{QueryKind, SearchRequest};
use skranke::api::paths;
use skranke::api::purpose::PurposeKind;
use skranke::client::http::{CaseApi, CaseQuery, OutboxRequest};
use skranke::client::outbox::Method;
use skranke::domain::authority::Role;
use skranke::domain::{CaseId, CommandId, DocumentId, ProcedureId, SessionId};

use super::{Municipality, Trouble, report};

/// How much a thick case holds.
const DOCUMENTS: usize = 60;
const LINES: usize = 300;

pub fn figures() -> Result<(), Trouble> {
    let town = Municipality::of(5_000)?;
    let api = CaseApi::new(town.doorway(Role::TeamLeader)?, Role::TeamLeader);
    let purpose = Purpose::noted(PurposeKind::Case, Some("sagsgang".to_owned()));
    let [usual, thick] = town.runtime.block_on(async {
        let usual = case(&api, &purpose, "daycare-place").await?;
        let thick = case(&api, &purpose, "cpr-eu-employee").await?;
        thicken(&api, &purpose, thick).await?;
        let mut all = [Vec::new(), Vec::new()];
        for round in 0..53 {
            for (id, times) in [usual, thick].into_iter().zip(&mut all) {
                let began = Instant::now();
                api.case(id, &purpose).await?;
                if round >= 3 {
                    times.push(began.elapsed());
                }
            }
        }
        Ok::<_, Trouble>(all)
    })?;
    report("a case", "50 ms", usual);
    report(&format!("a case with {DOCUMENTS} documents and {LINES} lines of history"), "50 ms", thick);
    Ok(())
}

/// The showcase citizen's case of a procedure.
async fn case(api: &CaseApi, purpose: &Purpose, procedure: &str) -> Result<CaseId, Trouble> {
    let request = SearchRequest {
        kind: QueryKind::Name,
        query: "wrona kalina testrup".to_owned(),
        born: None,
        purpose: purpose.clone(),
        session: SessionId::new(),
        limit: 1,
    };
    let citizen = api.search(&request).await?.hits.first().map(|hit| hit.citizen);
    let query = CaseQuery {
        citizen,
        procedure: Some(ProcedureId::parse(procedure)?),
        purpose: Some(purpose.clone()),
        ..CaseQuery::default()
    };
    Ok(api.cases(&query, None).await?.items.first().ok_or("she has no such case")?.id)
}

/// Fills a case where it is not full yet: the municipality is kept between runs.
async fn thicken(api: &CaseApi, purpose: &Purpose, case: CaseId) -> Result<(), Trouble> {
    let view = api.case(case, purpose).await?.value;
    let (known, item) = (view.documents.len(), view.items.first().ok_or("its checklist is empty")?.id.clone());
    for at in known..DOCUMENTS {
        let body = serde_json::json!({
            "id": DocumentId::new(), "name": format!("bilag-{at}.pdf"), "bytes": 1000, "sha256": "0".repeat(64),
            "source": "upload", "openness": "file", "uses": [{ "case": case, "item": item }],
        });
        send(api, Method::Post, paths::case_documents(case), body, None).await?;
    }
    for line in 0..if known < DOCUMENTS { LINES } else { 0 } {
        let seen = api.case(case, purpose).await?.value.versions.responsible;
        let to = (line % 2 == 0).then(|| api.me());
        let to = match to {
            Some(me) => Some(me.await?.id),
            None => None,
        };
        send(api, Method::Patch, paths::responsible(case), serde_json::json!({ "to": to }), Some(seen)).await?;
    }
    Ok(())
}

async fn send(
    api: &CaseApi,
    method: Method,
    path: String,
    body: serde_json::Value,
    if_match: Option<skranke::api::ETag>,
) -> Result<(), Trouble> {
    api.send(&OutboxRequest { id: CommandId::new(), method, path, body, if_match }).await?;
    Ok(())
}
