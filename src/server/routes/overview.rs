//! A citizen's cases over all departments, gathered or streamed. What does not live here: asking the departments
//! (`departments::gather`).

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use futures::StreamExt;
use http::{HeaderMap, HeaderValue, header};
use skranke_api::ProblemKind;
use skranke_api::audit::AuditAction;
use skranke_api::headers::NDJSON;
use skranke_api::overview::{Answer as Said, Overview, OverviewLine, Section};
use skranke_domain::CitizenId;

use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::departments::gather;
use crate::extract::{Path, Why, accepted};
use crate::problem::{Answer, Refusal, json};
use crate::store::citizens;

/// The departments and authorities that are asked about a citizen. Those of the catalogue that keep no cases about persons are not.
pub const ASKED: &[&str] = &["kff", "buf", "suf", "sof", "tmf", "bif", "okf", "siri", "skat"];

/// A citizen's cases, one section a department: gathered as JSON, or streamed line by line as each department answers.
#[utoipa::path(get, path = "/v1/citizens/{citizen}/overview", operation_id = "overview", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen")),
    responses((status = 200, description = "All sections, or a line each as they come in", content((Overview = "application/json"), (OverviewLine = "application/x-ndjson")))))]
pub async fn overview(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CitizenId>,
    Why(purpose): Why,
    headers: HeaderMap,
) -> Answer<Response> {
    citizens::number(&mut *app.store.read().await?, id).await?.ok_or(ProblemKind::NotFound)?;
    app.auditor.record(Entry::new(&person, AuditAction::ReadOverview).citizen(id).purpose(purpose)).await?;
    let sections = gather::sections(&app.departments, app.clock.clone(), person.role(), id);
    let order = gather::order(&app.departments);
    if accepted(&headers, &["application/json", NDJSON]) == Some(NDJSON) {
        let first = OverviewLine::Departments { citizen: id, departments: order };
        let lines = futures::stream::iter([first])
            .chain(sections.map(OverviewLine::Section))
            .chain(futures::stream::iter([OverviewLine::End]))
            .map(|line| Ok::<Bytes, Infallible>(write(&line)));
        let mut response = Response::new(Body::from_stream(lines));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(NDJSON));
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        return Ok(response);
    }
    let mut all: Vec<Section> = sections.collect().await;
    all.sort_by_key(|s| order.iter().position(|d| *d == s.department));
    if !all.iter().any(|s| matches!(s.answer, Said::Answered { .. } | Said::Stale { .. })) {
        return Err(Refusal::new(ProblemKind::NoDepartment));
    }
    json(&Overview { citizen: id, sections: all })
}

/// A line. One that could not be written ends the stream without its end, so that the client knows the rest is unknown.
fn write(line: &OverviewLine) -> Bytes {
    match serde_json::to_vec(line) {
        Ok(mut bytes) => {
            bytes.push(b'\n');
            bytes.into()
        }
        Err(error) => {
            tracing::error!(%error, "a line of an overview cannot be written");
            Bytes::from_static(b"\n")
        }
    }
}
