//! The paths of the case API. Identifiers in them are opaque; a national number never stands in one.

use skranke_domain::{AppointmentId, CaseId, CitizenId, ItemId, ProcedureId};

/// Liveness.
pub const HEALTHZ: &str = "/healthz";
/// The OpenAPI document.
pub const OPENAPI: &str = "/openapi.json";
/// Who I am.
pub const ME: &str = "/v1/me";
/// Departments and how they are.
pub const DEPARTMENTS: &str = "/v1/departments";
/// Kinds of life situations.
pub const LIFE_SITUATIONS: &str = "/v1/life-situations";
/// Procedures.
pub const PROCEDURES: &str = "/v1/procedures";
/// The task guide's 138 tasks.
pub const TASKS: &str = "/v1/tasks";
/// Search.
pub const SEARCH: &str = "/v1/citizens/search";
/// Cases.
pub const CASES: &str = "/v1/cases";
/// Sites and counters.
pub const SITES: &str = "/v1/sites";
/// Free times.
pub const SLOTS: &str = "/v1/slots";
/// Appointments.
pub const APPOINTMENTS: &str = "/v1/appointments";
/// Contacts.
pub const CONTACTS: &str = "/v1/contacts";
/// Server-sent events.
pub const EVENTS: &str = "/v1/events";
/// The audit log.
pub const AUDIT: &str = "/v1/audit";

/// One citizen.
#[must_use]
pub fn citizen(id: CitizenId) -> String {
    format!("/v1/citizens/{id}")
}

/// One hidden field of a citizen.
#[must_use]
pub fn reveal(id: CitizenId) -> String {
    format!("/v1/citizens/{id}/reveal")
}

/// A citizen's cases over all departments.
#[must_use]
pub fn overview(id: CitizenId) -> String {
    format!("/v1/citizens/{id}/overview")
}

/// One case.
#[must_use]
pub fn case(id: CaseId) -> String {
    format!("/v1/cases/{id}")
}

/// One item of a case's checklist.
#[must_use]
pub fn checklist_item(case: CaseId, item: &ItemId) -> String {
    format!("/v1/cases/{case}/checklist/{item}")
}

/// One appointment.
#[must_use]
pub fn appointment(id: AppointmentId) -> String {
    format!("/v1/appointments/{id}")
}

/// One procedure.
#[must_use]
pub fn procedure(id: &ProcedureId) -> String {
    format!("/v1/procedures/{id}")
}
