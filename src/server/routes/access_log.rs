//! What a citizen learns of the look-ups about her: what, when and why, in which department, and nobody of the staff. What does not live
//! here: the log as the team leader reads it (`audit`), how the page for her is written (`crate::letter_pdf::access`).

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, header};
use skranke_api::ProblemKind;
use skranke_api::audit::{AccessLog, AuditAction};
use skranke_api::statistics::ExportLanguage;
use skranke_domain::CitizenId;

use super::summary::{pdf, unwritten};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{Params, Path, accepted};
use crate::letter_pdf::access as page;
use crate::problem::{Answer, json};
use crate::store::{audit, citizens};

/// The most lines that are given at once.
const MOST: u16 = 1_000;

/// The look-ups about a citizen without names of the staff (Datatilsynet 6 June 2024, after C-579/21): for the screen, or as a page that she
/// can be given.
#[utoipa::path(get, path = "/v1/citizens/{citizen}/access-log", operation_id = "accessLog", tag = "audit",
    params(
        ("citizen" = CitizenId, Path, description = "The citizen"),
        ("language" = Option<ExportLanguage>, Query, description = "The language of the page; Danish when nobody says"),
    ),
    responses((status = 200, content((AccessLog = "application/json"), (Vec<u8> = "application/pdf")))))]
pub async fn read(
    State(app): State<App>,
    person: Person,
    Path(citizen): Path<CitizenId>,
    params: Params,
    headers: HeaderMap,
) -> Answer<Response> {
    let language = params.word::<ExportLanguage>("language")?.unwrap_or(ExportLanguage::Da);
    let (brief, log) = {
        let mut conn = app.store.read().await?;
        let brief = citizens::brief(&mut conn, citizen).await?.ok_or(ProblemKind::NotFound)?;
        let mut lines = audit::told(&mut conn, citizen, MOST + 1).await?;
        let more = lines.len() > usize::from(MOST);
        lines.truncate(usize::from(MOST));
        (brief, AccessLog { citizen, since: audit::kept_since(&mut conn).await?, lines, more })
    };
    let wants_page = accepted(&headers, &["application/json", "application/pdf"]) == Some("application/pdf");
    let answer = if wants_page {
        let whose = format!("{} {}", brief.given_name, brief.surname);
        let bytes = page::write(&log, &whose, &app.catalogue, app.clock.now(), language).map_err(|e| unwritten(&e))?;
        pdf(bytes, page::file_name(language))
    } else {
        json(&log)?
    };
    let entry = Entry::new(&person, AuditAction::ReadAccessLog).citizen(citizen);
    app.auditor.record(if wants_page { entry.note("pdf") } else { entry }).await?;
    Ok(vary(answer))
}

/// The same address answers with two forms: whatever keeps answers must ask again for the other one.
fn vary(mut answer: Response) -> Response {
    answer.headers_mut().insert(header::VARY, http::HeaderValue::from_static("accept"));
    answer
}
