//! One page on a case that prepares the visit. What does not live here: what stands on it (`crate::letter_pdf::summary`).

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use skranke_api::ProblemKind;
use skranke_api::audit::AuditAction;
use skranke_domain::CaseId;

use super::cases::{view, visible};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{Path, Why};
use crate::letter_pdf::{PdfError, summary as page};
use crate::problem::{Answer, Refusal};

/// One page on a case, to print before the visit.
#[utoipa::path(get, path = "/v1/cases/{case}/summary", operation_id = "caseSummary", tag = "cases",
    params(("case" = CaseId, Path, description = "The case")),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>)))]
pub async fn summary(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CaseId>,
    Why(purpose): Why,
) -> Answer<Response> {
    let case = {
        let mut conn = app.store.read().await?;
        let case = visible(&mut conn, &app, &person, id).await?;
        view(&mut conn, &app, &person, case).await?
    };
    let kind = case.situation_kind.as_ref().and_then(|kind| app.catalogue.life_situation(kind));
    let bytes =
        page::write(&case, kind.map(|kind| kind.title.da.as_str()), app.clock.now()).map_err(|e| unwritten(&e))?;
    let entry = Entry::new(&person, AuditAction::ReadSummary).citizen(case.row.citizen).case(id).purpose(purpose);
    app.auditor.record(entry).await?;
    Ok(pdf(bytes, &page::file_name(&case.row.number)))
}

/// A paper that could not be made: our own fault, and told as such.
pub(super) fn unwritten(error: &PdfError) -> Refusal {
    tracing::error!(%error, "a paper cannot be written");
    ProblemKind::Internal.into()
}

/// A PDF as an answer. Its name is made of a case number alone.
pub(super) fn pdf(bytes: Vec<u8>, name: &str) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let safe: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')).collect();
    if let Ok(value) = HeaderValue::from_str(&format!("inline; filename=\"{safe}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
