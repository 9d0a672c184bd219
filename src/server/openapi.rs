//! The OpenAPI document. What lives here: its frame, and what every operation has because the policy table says so: security, headers,
//! refusals. What does not: the operations themselves (they stand beside their routes) and the types (`skranke-api`).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use skranke_api::headers::{IDEMPOTENCY_KEY, IDEMPOTENT_REPLAYED, PROBLEM_JSON, PURPOSE, PURPOSE_NOTE, UPLOAD_OFFSET};
use skranke_api::purpose::PurposeKind;
use skranke_api::{FieldError, Problem, ProblemKind};
use utoipa::OpenApi;

use crate::policy::{Carries, Purpose, Row, TABLE};
use crate::routes;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Skranke case API",
        description = "One remote API behind a citizen service's counter. Conventions: problems (RFC 9457) from every layer, a strong ETag a thing, a command id a change, sealed cursors, a purpose where somebody is looked up.",
        version = "1",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    tags(
        (name = "service", description = "The service itself"),
        (name = "guide", description = "What the office knows"),
        (name = "citizens", description = "Citizens and what belongs to them"),
        (name = "cases", description = "Cases and their checklists"),
        (name = "documents", description = "Documents and what arrives from outside"),
        (name = "appointments", description = "Counters, free times and appointments"),
        (name = "statistics", description = "The figures of a site, without anybody in them"),
        (name = "queue", description = "Who waits, who is called, who works where"),
        (name = "events", description = "What happens, as it happens"),
        (name = "audit", description = "The log")
    ),
    components(schemas(
        Problem,
        FieldError,
        // Named by query parameters alone.
        skranke_api::board::Scope,
        skranke_api::board::BoardSort,
        skranke_api::board::DueFilter,
        skranke_api::board::MissingFilter,
        skranke_api::statistics::ExportLanguage,
        skranke_api::audit::AuditAction,
        skranke_api::audit::AuditOutcome,
        skranke_domain::access::Context
    ))
)]
struct Frame;

/// The frame that the routes are put into.
pub(crate) fn base() -> utoipa::openapi::OpenApi {
    Frame::openapi()
}

/// The document as it is checked in and served: OpenAPI 3.1, pretty-printed, in a stable order.
#[must_use]
pub fn openapi_json() -> String {
    let mut document = raw();
    for row in TABLE {
        if let Some(operation) = document.pointer_mut(&pointer(row)).and_then(Value::as_object_mut) {
            complete(row, operation);
        }
    }
    document["components"]["securitySchemes"] = json!({
        "bearer": { "type": "http", "scheme": "bearer", "description": "An access token; in training the persona's token" }
    });
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn raw() -> Value {
    let document = routes::documented().into_openapi();
    serde_json::to_value(document).unwrap_or_default()
}

fn pointer(row: &Row) -> String {
    format!("/paths/{}/{}", row.path.replace('/', "~1"), row.method.to_ascii_lowercase())
}

/// Whether table and routes fit: every route has a row, every row a route, and both know the same query parameters.
pub(crate) fn check_policy() -> Result<(), String> {
    let document = raw();
    let paths = document["paths"].as_object().cloned().unwrap_or_default();
    for (path, item) in &paths {
        for method in item.as_object().into_iter().flat_map(Map::keys) {
            if crate::policy::find(&method.to_ascii_uppercase(), path).is_none() {
                return Err(format!("{method} {path} has no row"));
            }
        }
    }
    for row in TABLE {
        let operation =
            document.pointer(&pointer(row)).ok_or_else(|| format!("{} {} has no route", row.method, row.path))?;
        let mut documented: Vec<&str> =
            parameters(operation).filter(|p| p["in"] == "query").filter_map(|p| p["name"].as_str()).collect();
        let mut known = row.query.to_vec();
        documented.sort_unstable();
        known.sort_unstable();
        if documented != known {
            return Err(format!(
                "{} {}: the query is documented as {documented:?} and known as {known:?}",
                row.method, row.path
            ));
        }
    }
    Ok(())
}

fn parameters(operation: &Value) -> impl Iterator<Item = &Value> {
    operation["parameters"].as_array().into_iter().flatten()
}

/// Adds what the table says to an operation.
fn complete(row: &Row, operation: &mut Map<String, Value>) {
    operation.insert("security".to_owned(), if row.who.is_some() { json!([{ "bearer": [] }]) } else { json!([]) });
    let mut parameters = operation.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
    parameters.extend(header_parameters(row));
    if !parameters.is_empty() {
        operation.insert("parameters".to_owned(), Value::Array(parameters));
    }
    let mut by_status: BTreeMap<u16, Vec<ProblemKind>> = BTreeMap::new();
    for kind in row.refusals() {
        by_status.entry(kind.status()).or_default().push(kind);
    }
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    for (status, answer) in responses.iter_mut() {
        let description = if status == "201" { "Made" } else { "Done" };
        if answer["description"].as_str().is_none_or(str::is_empty) {
            answer["description"] = json!(description);
        }
        let headers = success_headers(row, status);
        if !headers.is_empty() {
            answer["headers"] = Value::Object(headers);
        }
    }
    for (status, kinds) in by_status {
        let lines: Vec<String> = kinds.iter().map(|k| format!("`{}`: {}", k.slug(), k.title())).collect();
        let mut answer = json!({
            "description": lines.join("; "),
            "content": { PROBLEM_JSON: { "schema": { "$ref": "#/components/schemas/Problem" } } }
        });
        let headers = match status {
            401 => json!({ "WWW-Authenticate": text_header("How to sign in") }),
            412 => json!({ "ETag": text_header("The version that stands now") }),
            503 => json!({ "Retry-After": { "description": "Seconds to wait", "schema": { "type": "integer" } } }),
            _ => Value::Null,
        };
        if !headers.is_null() {
            answer["headers"] = headers;
        }
        responses.insert(status.to_string(), answer);
    }
}

fn text_header(description: &str) -> Value {
    json!({ "description": description, "schema": { "type": "string" } })
}

fn success_headers(row: &Row, status: &str) -> Map<String, Value> {
    let mut headers = Map::new();
    // What is told or taken and stands nowhere as a thing has no version.
    let plain = ["/v1/audit/offline", "/v1/me/role", "/v1/staff/{staff}/lock"].contains(&row.path);
    let versioned = matches!(row.carries, Carries::Command | Carries::CommandOnVersion) && !plain
        || matches!(
            (row.method, row.path),
            (
                "GET",
                "/v1/cases/{case}"
                    | "/v1/appointments/{appointment}"
                    | "/v1/documents/{document}"
                    | "/v1/tickets/{ticket}"
            )
        );
    if versioned {
        let mut etag = text_header("The version of what is answered");
        etag["required"] = json!(true);
        headers.insert("ETag".to_owned(), etag);
    }
    if status == "201" {
        let mut location = text_header("The path of what was made");
        location["required"] = json!(true);
        headers.insert("Location".to_owned(), location);
    }
    if matches!(row.carries, Carries::Command | Carries::CommandOnVersion) {
        headers.insert(
            IDEMPOTENT_REPLAYED.to_owned(),
            text_header("`true` when this command was done before and its answer is given again"),
        );
    }
    headers
}

fn header_parameters(row: &Row) -> Vec<Value> {
    let parameter = |name: &str, required: bool, description: &str, schema: Value| json!({ "name": name, "in": "header", "required": required, "description": description, "schema": schema });
    let mut all = Vec::new();
    if matches!(row.purpose, Purpose::Headers | Purpose::ForCitizen | Purpose::Optional) {
        let words: Vec<&str> = PurposeKind::ALL.iter().map(|kind| kind.word()).collect();
        let required = row.purpose == Purpose::Headers;
        let why = "Why; `other` needs a note. Written to the log before the answer leaves";
        all.push(parameter(PURPOSE, required, why, json!({ "type": "string", "enum": words })));
        let note =
            "The words or the reference that go with the purpose: percent-encoded UTF-8 of at most 200 characters";
        all.push(parameter(
            PURPOSE_NOTE,
            false,
            note,
            json!({ "type": "string", "pattern": "^([A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})*$" }),
        ));
    }
    if matches!(row.carries, Carries::Command | Carries::CommandOnVersion) {
        let pattern = "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$";
        let what = "The command id (UUIDv7): the same change sent twice carries the same id and is done once";
        all.push(parameter(IDEMPOTENCY_KEY, true, what, json!({ "type": "string", "pattern": pattern })));
    }
    if row.carries == Carries::Piece {
        let what =
            "The place of the first byte, from 0: `received` of the document. Sent twice, a piece is written once";
        all.push(parameter(UPLOAD_OFFSET, true, what, json!({ "type": "integer", "minimum": 0 })));
    }
    if row.carries == Carries::CommandOnVersion {
        let what = "The version that was seen: one strong entity tag in quotes";
        all.push(parameter("if-match", true, what, json!({ "type": "string", "pattern": "^\"[!#-~]{1,64}\"$" })));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_has_a_row_and_every_row_a_route() {
        assert_eq!(check_policy(), Ok(()));
    }

    #[test]
    fn the_checked_in_document_is_the_generated_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/openapi.json");
        let checked_in = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            checked_in == openapi_json(),
            "assets/openapi.json differs: write it anew with `skranke-server openapi`"
        );
    }

    #[test]
    fn every_operation_says_what_it_refuses_with() {
        let document: Value = serde_json::from_str(&openapi_json()).unwrap();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        for row in TABLE {
            let operation = document.pointer(&pointer(row)).unwrap();
            assert!(operation["operationId"].is_string(), "{}", row.path);
            for kind in row.refusals() {
                assert!(operation["responses"][kind.status().to_string()].is_object(), "{} {:?}", row.path, kind);
            }
        }
    }
}
