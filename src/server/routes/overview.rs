//! A citizen's cases over all departments, gathered or streamed. What does not live here: asking the departments
//! (`departments::gather`).

use std::collections::HashMap;
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
use skranke_api::overview::{Answer as Said, Missing, MissingOnce, Overview, OverviewLine, PaperView, Section};
use skranke_domain::paper::{MissingPaper, OpenPaper, missing_once};
use skranke_domain::{CitizenId, DepartmentId};

use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::departments::gather::{self, Whom};
use crate::extract::{Params, Path, Why, accepted};
use crate::problem::{Answer, Refusal, json};
use crate::store::citizens;

/// The departments and authorities that are asked about a citizen. Those of the catalogue that keep no cases about persons are not.
pub const ASKED: &[&str] = &["kff", "buf", "suf", "sof", "tmf", "bif", "okf", "siri", "skat", "udk"];

/// A citizen's cases, one section a department: gathered as JSON, or streamed line by line as each department answers.
#[utoipa::path(get, path = "/v1/citizens/{citizen}/overview", operation_id = "overview", tag = "citizens",
    params(
        ("citizen" = CitizenId, Path, description = "The citizen"),
        ("department" = Option<DepartmentId>, Query, description = "Asks this department alone"),
    ),
    responses((status = 200, description = "All sections, or a line each as they come in", content((Overview = "application/json"), (OverviewLine = "application/x-ndjson")))))]
pub async fn overview(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CitizenId>,
    Why(purpose): Why,
    params: Params,
    headers: HeaderMap,
) -> Answer<Response> {
    let whom = match params.opt::<DepartmentId>("department")? {
        None => Whom::All,
        Some(one) if app.departments.all().iter().any(|d| d.descriptor().id == one) => Whom::One(one),
        Some(_) => return Err(Refusal::field("?department", "unknown", "no such department is asked")),
    };
    citizens::number(&mut *app.store.read().await?, id).await?.ok_or(ProblemKind::NotFound)?;
    app.auditor.record(Entry::new(&person, AuditAction::ReadOverview).citizen(id).purpose(purpose)).await?;
    let sections = gather::sections(&app.departments, app.clock.clone(), person.withheld(), id, &whom);
    let order = gather::order(&app.departments, &whom);
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
    // One department that is asked alone says in its own section what became of it.
    if whom == Whom::All && !all.iter().any(|s| matches!(s.answer, Said::Answered { .. } | Said::Stale { .. })) {
        return Err(Refusal::new(ProblemKind::NoDepartment));
    }
    json(&Overview { citizen: id, sections: all })
}

/// What is missing over all of a citizen's cases, each paper once. A department that did not answer, or whose answer is old, is named:
/// what is missing there nobody knows. One that this role does not see is neither asked nor named.
#[utoipa::path(get, path = "/v1/citizens/{citizen}/missing", operation_id = "missing", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen")),
    responses((status = 200, body = Missing)))]
pub async fn missing(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CitizenId>,
    Why(purpose): Why,
) -> Answer<Response> {
    citizens::number(&mut *app.store.read().await?, id).await?.ok_or(ProblemKind::NotFound)?;
    app.auditor.record(Entry::new(&person, AuditAction::ReadMissing).citizen(id).purpose(purpose)).await?;
    let order = gather::order(&app.departments, &Whom::All);
    let sections = gather::sections(&app.departments, app.clock.clone(), person.withheld(), id, &Whom::All);
    let mut all: Vec<Section> = sections.collect().await;
    all.sort_by_key(|s| order.iter().position(|d| *d == s.department));
    json(&once(id, all))
}

fn once(citizen: CitizenId, sections: Vec<Section>) -> Missing {
    let (mut papers, mut unknown): (Vec<PaperView>, Vec<DepartmentId>) = (Vec::new(), Vec::new());
    for Section { department, answer, .. } in sections {
        match answer {
            Said::Answered { papers: open, .. } => papers.extend(open),
            Said::Stale { papers: open, .. } => {
                papers.extend(open);
                unknown.push(department);
            }
            Said::Unavailable { .. } => unknown.push(department),
            Said::Withheld => {}
        }
    }
    // invariant: every use is one of these papers, and no two of them are the same item of the same case.
    let views: HashMap<_, _> = papers.iter().map(|view| ((view.paper.case, &view.paper.item), view)).collect();
    let view = |used: &OpenPaper| views.get(&(used.case, &used.item)).map(|v| (*v).clone());
    let uses = |paper: MissingPaper<'_>| MissingOnce { uses: paper.uses.into_iter().filter_map(view).collect() };
    let papers = missing_once(papers.iter().map(|view| &view.paper)).into_iter().map(uses).collect();
    Missing { citizen, papers, unknown }
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
