//! The paths of the case API. Identifiers in them are opaque; a national number never stands in one.

use skranke_domain::{
    AppointmentId, AskId, BlockId, BreakGlassId, CaseId, ChangeId, CitizenId, ContactId, CounterId, DocumentId,
    HandoverId, ItemId, LetterId, NoteId, ProcedureId, PromiseId, SiteId, SituationId, StaffId, TicketId, WaitingId,
};

/// Liveness.
pub const HEALTHZ: &str = "/healthz";
/// The role of the day.
pub const ROLE: &str = "/v1/me/role";
/// Who may what, and until when.
pub const RIGHTS: &str = "/v1/rights";
/// Glasses that were broken.
pub const BREAK_GLASS: &str = "/v1/break-glass";
/// Look-ups that were made offline, for the log.
pub const OFFLINE_LOOKS: &str = "/v1/audit/offline";
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
/// Keeps a free time for a while.
pub const HOLD: &str = "/v1/slots/hold";
/// What a visit would need.
pub const PLAN: &str = "/v1/appointments/plan";
/// Who waits for an earlier time.
pub const WAITING_LIST: &str = "/v1/waiting-list";
/// Who fits a time that became free.
pub const WAITING_FITS: &str = "/v1/waiting-list/fits";
/// Calendar feeds.
pub const FEEDS: &str = "/v1/feeds";
/// Closed time at counters.
pub const BLOCKS: &str = "/v1/blocks";
/// What a closure would meet.
pub const BLOCK_CONFLICTS: &str = "/v1/blocks/conflicts";
/// How full days are.
pub const LOAD: &str = "/v1/load";
/// The queue.
pub const TICKETS: &str = "/v1/tickets";
/// Somebody with a booked time is here.
pub const CHECK_IN: &str = "/v1/tickets/check-in";
/// Calls who is next.
pub const CALL_NEXT: &str = "/v1/tickets/call-next";
/// How somebody at a counter can be reached.
pub const AVAILABILITY: &str = "/v1/availability";
/// What the call display shows.
pub const DISPLAY: &str = "/v1/display";
/// The figures of a site.
pub const STATISTICS: &str = "/v1/statistics";
/// How the day goes at a site.
pub const STATISTICS_TODAY: &str = "/v1/statistics/today";
/// The figures of a site as a file.
pub const STATISTICS_EXPORT: &str = "/v1/statistics/export";
/// Appointments.
pub const APPOINTMENTS: &str = "/v1/appointments";
/// Contacts.
pub const CONTACTS: &str = "/v1/contacts";
/// What the counter goes by: kinds of paper, rules of "settle now", kinds of change.
pub const RULES: &str = "/v1/rules";
/// Colleagues.
pub const COLLEAGUES: &str = "/v1/colleagues";
/// Hand-overs.
pub const HANDOVERS: &str = "/v1/handovers";
/// Server-sent events.
pub const EVENTS: &str = "/v1/events";
/// The audit log.
pub const AUDIT: &str = "/v1/audit";

/// Deliveries from outside.
pub const INTAKE: &str = "/v1/intake";
/// The board at a glance.
pub const BOARD: &str = "/v1/board";
/// The board's cases, page by page.
pub const BOARD_CASES: &str = "/v1/board/cases";
/// Questions that colleagues asked this person or her unit.
pub const ASKS: &str = "/v1/asks";

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

/// What is missing over all of a citizen's cases.
#[must_use]
pub fn missing(id: CitizenId) -> String {
    format!("/v1/citizens/{id}/missing")
}

/// The questions that verify a caller.
#[must_use]
pub fn verification(id: CitizenId) -> String {
    format!("/v1/citizens/{id}/verification")
}

/// A citizen's notes.
#[must_use]
pub fn notes(id: CitizenId) -> String {
    format!("/v1/citizens/{id}/notes")
}

/// One note.
#[must_use]
pub fn note(citizen: CitizenId, id: NoteId) -> String {
    format!("/v1/citizens/{citizen}/notes/{id}")
}

/// The promises made to a citizen.
#[must_use]
pub fn promises(id: CitizenId) -> String {
    format!("/v1/citizens/{id}/promises")
}

/// One promise.
#[must_use]
pub fn promise(citizen: CitizenId, id: PromiseId) -> String {
    format!("/v1/citizens/{citizen}/promises/{id}")
}

/// A citizen's life situations.
#[must_use]
pub fn situations(id: CitizenId) -> String {
    format!("/v1/citizens/{id}/life-situations")
}

/// One of a citizen's life situations.
#[must_use]
pub fn situation(citizen: CitizenId, id: SituationId) -> String {
    format!("/v1/citizens/{citizen}/life-situations/{id}")
}

/// Letters that ask a citizen for papers.
#[must_use]
pub fn letters(id: CitizenId) -> String {
    format!("/v1/citizens/{id}/information-requests")
}

/// One letter that asks a citizen for papers.
#[must_use]
pub fn letter(citizen: CitizenId, id: LetterId) -> String {
    format!("/v1/citizens/{citizen}/information-requests/{id}")
}

/// Changes that a citizen reports.
#[must_use]
pub fn changes(id: CitizenId) -> String {
    format!("/v1/citizens/{id}/changes")
}

/// What a change touches for a citizen.
#[must_use]
pub fn change_touches(citizen: CitizenId, id: &ChangeId) -> String {
    format!("/v1/citizens/{citizen}/changes/{id}")
}

/// One contact.
#[must_use]
pub fn contact(id: ContactId) -> String {
    format!("/v1/contacts/{id}")
}

/// One hand-over.
#[must_use]
pub fn handover(id: HandoverId) -> String {
    format!("/v1/handovers/{id}")
}

/// Who is responsible for a case.
#[must_use]
pub fn responsible(case: CaseId) -> String {
    format!("/v1/cases/{case}/responsible")
}

/// A case's course: its deadline, whether it rests.
#[must_use]
pub fn course(case: CaseId) -> String {
    format!("/v1/cases/{case}/course")
}

/// The facts of a case and the version of its procedure.
#[must_use]
pub fn facts(case: CaseId) -> String {
    format!("/v1/cases/{case}/facts")
}

/// What a newer version of its procedure would change for a case.
#[must_use]
pub fn lift(case: CaseId) -> String {
    format!("/v1/cases/{case}/lift")
}

/// Cases that belong together.
#[must_use]
pub fn relations(case: CaseId) -> String {
    format!("/v1/cases/{case}/relations")
}

/// The decision of a case.
#[must_use]
pub fn decision(case: CaseId) -> String {
    format!("/v1/cases/{case}/decision")
}

/// Questions to colleagues about a case.
#[must_use]
pub fn asks(case: CaseId) -> String {
    format!("/v1/cases/{case}/asks")
}

/// One question to a colleague.
#[must_use]
pub fn ask(case: CaseId, id: AskId) -> String {
    format!("/v1/cases/{case}/asks/{id}")
}

/// Notes on a case.
#[must_use]
pub fn case_notes(case: CaseId) -> String {
    format!("/v1/cases/{case}/notes")
}

/// Who is on a case.
#[must_use]
pub fn presence(case: CaseId) -> String {
    format!("/v1/cases/{case}/presence")
}

/// One page on a case, to print before the visit (PDF).
#[must_use]
pub fn summary(case: CaseId) -> String {
    format!("/v1/cases/{case}/summary")
}

/// The documents of a case.
#[must_use]
pub fn case_documents(case: CaseId) -> String {
    format!("/v1/cases/{case}/documents")
}

/// One document.
#[must_use]
pub fn document(id: DocumentId) -> String {
    format!("/v1/documents/{id}")
}

/// The bytes of a document.
#[must_use]
pub fn content(id: DocumentId) -> String {
    format!("/v1/documents/{id}/content")
}

/// Applications that a citizen began and did not send.
#[must_use]
pub fn half_finished(citizen: CitizenId) -> String {
    format!("/v1/citizens/{citizen}/applications")
}

/// One version of a procedure.
#[must_use]
pub fn procedure_version(id: &ProcedureId, version: u32) -> String {
    format!("/v1/procedures/{id}/versions/{version}")
}

/// One appointment as a calendar program reads it (iCalendar).
#[must_use]
pub fn appointment_ics(id: AppointmentId) -> String {
    format!("/v1/appointments/{id}/ics")
}

/// One wish for an earlier time.
#[must_use]
pub fn waiting(id: WaitingId) -> String {
    format!("/v1/waiting-list/{id}")
}

/// One stretch of closed time.
#[must_use]
pub fn block(id: BlockId) -> String {
    format!("/v1/blocks/{id}")
}

/// One ticket.
#[must_use]
pub fn ticket(id: TicketId) -> String {
    format!("/v1/tickets/{id}")
}

/// Who works at a site: what an event about it names.
#[must_use]
pub fn at_work(site: &SiteId) -> String {
    format!("{AVAILABILITY}?site={site}")
}

/// What goes on at a stand.
#[must_use]
pub fn stand(counter: &CounterId) -> String {
    format!("/v1/stands/{counter}")
}

/// Points at a field of a stand's form.
#[must_use]
pub fn point(counter: &CounterId) -> String {
    format!("/v1/stands/{counter}/point")
}

/// Opening what is withheld about a citizen, in an emergency.
#[must_use]
pub fn break_glass_of(citizen: CitizenId) -> String {
    format!("/v1/citizens/{citizen}/break-glass")
}

/// One glass that was broken.
#[must_use]
pub fn break_glass(id: BreakGlassId) -> String {
    format!("/v1/break-glass/{id}")
}

/// The look-ups about a citizen, without names of the staff.
#[must_use]
pub fn access_log(citizen: CitizenId) -> String {
    format!("/v1/citizens/{citizen}/access-log")
}

/// Locks somebody's windows.
#[must_use]
pub fn lock(staff: StaffId) -> String {
    format!("/v1/staff/{staff}/lock")
}
