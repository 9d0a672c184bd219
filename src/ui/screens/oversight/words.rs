//! How the oversight says things: deeds of the log, business, purposes, findings, standings. What does not live here: what is shown where.

use jiff::Timestamp;
use skranke_api::access::Finding;
use skranke_api::audit::{AuditAction, AuditOutcome, AuditRecord};
use skranke_api::purpose::PurposeKind;
use skranke_desk::oversight::{OversightPage, Span, Standing};
use skranke_domain::access::{Context, Tie};
use skranke_domain::{CitizenId, StaffId};

use crate::assets::Glyph;
use crate::screens::Scene;
use crate::screens::palette::purpose_word;
use crate::theme::Look;
use crate::widget::Tone;

/// So many of an identifier's characters tell two apart: its end, since its beginning is the time of its making.
const SHORT: usize = 6;
/// What the log says in place of where, of a look that was made without a line.
const OFFLINE: &str = "offline";

/// What was done.
pub(super) const fn action(action: AuditAction) -> &'static str {
    match action {
        AuditAction::Search => "audit-search",
        AuditAction::OpenCitizen => "audit-open-citizen",
        AuditAction::ReadOverview => "audit-read-overview",
        AuditAction::ReadContacts => "audit-read-contacts",
        AuditAction::ReadAppointments => "audit-read-appointments",
        AuditAction::Reveal => "audit-reveal",
        AuditAction::ListCases => "audit-list-cases",
        AuditAction::OpenCase => "audit-open-case",
        AuditAction::ChangeItem => "audit-change-item",
        AuditAction::Book => "audit-book",
        AuditAction::ChangeAppointment => "audit-change-appointment",
        AuditAction::ServeTicket => "audit-serve-ticket",
        AuditAction::ReadMissing => "audit-read-missing",
        AuditAction::ReadNotes => "audit-read-notes",
        AuditAction::ReadPromises => "audit-read-promises",
        AuditAction::ReadSituations => "audit-read-situations",
        AuditAction::ReadHandovers => "audit-read-handovers",
        AuditAction::VerifyCaller => "audit-verify-caller",
        AuditAction::ReadChange => "audit-read-change",
        AuditAction::WriteNote => "audit-write-note",
        AuditAction::WritePromise => "audit-write-promise",
        AuditAction::ChangeSituation => "audit-change-situation",
        AuditAction::StartCase => "audit-start-case",
        AuditAction::ReportChange => "audit-report-change",
        AuditAction::AskForPapers => "audit-ask-for-papers",
        AuditAction::RegisterContact => "audit-register-contact",
        AuditAction::HandOver => "audit-hand-over",
        AuditAction::BringDocument => "audit-bring-document",
        AuditAction::ReadDocument => "audit-read-document",
        AuditAction::ChangeDocument => "audit-change-document",
        AuditAction::TakeIn => "audit-take-in",
        AuditAction::ReadApplications => "audit-read-applications",
        AuditAction::AssignCase => "audit-assign-case",
        AuditAction::SteerCase => "audit-steer-case",
        AuditAction::SayFacts => "audit-say-facts",
        AuditAction::RelateCases => "audit-relate-cases",
        AuditAction::ReadAsks => "audit-read-asks",
        AuditAction::AskColleague => "audit-ask-colleague",
        AuditAction::NoteCase => "audit-note-case",
        AuditAction::ChangeRequest => "audit-change-request",
        AuditAction::Decide => "audit-decide",
        AuditAction::ReadSummary => "audit-read-summary",
        AuditAction::ReadAudit => "audit-read-audit",
        AuditAction::ReadAccessLog => "audit-read-access-log",
        AuditAction::ReadRights => "audit-read-rights",
        AuditAction::TakeRole => "audit-take-role",
        AuditAction::BreakGlass => "audit-break-glass",
        AuditAction::ReviewBreakGlass => "audit-review-break-glass",
        AuditAction::LockSession => "audit-lock-session",
        AuditAction::Retain => "audit-retain",
    }
}

/// Which business made it part of the work, how pressing that is, and what ties who looked to her.
pub(super) fn business(look: &Look<'_>, record: &AuditRecord) -> Option<(String, Option<Tone>)> {
    if let Some(tie) = record.tie {
        let id = match tie {
            Tie::Own => "oversight-tie-own",
            Tie::Relative => "oversight-tie-relative",
            Tie::Colleague => "oversight-tie-colleague",
        };
        return Some((look.t(id), Some(Tone::Alert)));
    }
    let (id, tone) = match record.context? {
        Context::Ticket => ("oversight-context-ticket", None),
        Context::Appointment => ("oversight-context-appointment", None),
        Context::Case => ("oversight-context-case", None),
        Context::Call => ("oversight-context-call", None),
        Context::None => ("oversight-context-none", Some(Tone::Wait)),
    };
    Some((look.t(id), tone))
}

/// Why, by kind and in words.
pub(super) fn purpose(look: &Look<'_>, record: &AuditRecord) -> Option<String> {
    let purpose = record.purpose.as_ref()?;
    let words = purpose.note.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let kind = || look.t(purpose_word(purpose.kind));
    Some(match (purpose.kind, words) {
        (PurposeKind::Other, Some(words)) => words.to_owned(),
        // The words of a choice begin with what she was doing; it is not said twice.
        (_, Some(words)) if words.starts_with(&kind()) => words.to_owned(),
        (_, Some(words)) => format!("{}: {words}", kind()),
        (_, None) => kind(),
    })
}

/// From where; what was read without a line says so.
pub(super) fn place(look: &Look<'_>, record: &AuditRecord) -> Option<String> {
    let place = record.place.as_deref()?;
    Some(if place == OFFLINE { look.t("oversight-offline") } else { place.to_owned() })
}

/// How it ended, and its shape and tone where it calls for somebody.
pub(super) const fn outcome(outcome: AuditOutcome) -> (&'static str, Option<(Tone, Glyph)>) {
    match outcome {
        AuditOutcome::Done => ("oversight-outcome-done", None),
        AuditOutcome::Refused => ("oversight-outcome-refused", Some((Tone::Alert, Glyph::Rejected))),
    }
}

/// Somebody of the staff: by name where it is known.
pub(super) fn colleague(page: &OversightPage, staff: StaffId) -> String {
    page.name(staff).map_or_else(|| short(staff), ToOwned::to_owned)
}

/// Who did it.
pub(super) fn who(page: &OversightPage, record: &AuditRecord) -> String {
    record.staff_name.clone().unwrap_or_else(|| colleague(page, record.staff))
}

/// About whom: by name only where she is open already, since a name would be a look-up of its own.
pub(super) fn whom(scene: Scene<'_>, citizen: CitizenId) -> String {
    let open = scene.desk.citizen().filter(|page| page.id == citizen && page.identity.value().is_some());
    open.map_or_else(|| short(citizen), skranke_desk::citizen::CitizenPage::full_name)
}

/// The end of an identifier.
pub(super) fn short(id: impl ToString) -> String {
    let id = id.to_string();
    let from = id.char_indices().rev().nth(SHORT - 1).map_or(0, |(at, _)| at);
    format!("…{}", &id[from..])
}

/// What else a record says: an emergency opening that it names is told in words, by the end of its identifier.
pub(super) fn more(look: &Look<'_>, note: &str) -> String {
    // As the server writes it: the word, and an identifier.
    const NAMED: &str = "glass ";
    const IDENTIFIER: usize = 36;
    let Some((before, rest)) = note.split_once(NAMED) else { return note.to_owned() };
    match (rest.get(..IDENTIFIER), rest.get(IDENTIFIER..)) {
        (Some(id), Some(after)) if id.parse::<skranke_domain::BreakGlassId>().is_ok() => {
            format!("{before}{}{after}", look.with("oversight-note-glass", &[("which", short(id).into())]))
        }
        _ => note.to_owned(),
    }
}

/// A moment, with its day where that is not today.
pub(super) fn moment(scene: Scene<'_>, at: Timestamp) -> String {
    crate::screens::words::moment(scene.look.texts, at, scene.desk.tz(), scene.look.now.date())
}

/// What the team leader found.
pub(super) const fn finding(finding: Option<Finding>) -> (&'static str, Tone, Glyph) {
    match finding {
        None => ("oversight-not-reviewed", Tone::Wait, Glyph::Waiting),
        Some(Finding::Justified) => ("oversight-justified", Tone::Ok, Glyph::Approved),
        Some(Finding::Discussed) => ("oversight-discussed", Tone::Accent, Glyph::InProgress),
        Some(Finding::Unjustified) => ("oversight-unjustified", Tone::Alert, Glyph::Rejected),
    }
}

/// How far back.
pub(super) const fn span(span: Span) -> &'static str {
    match span {
        Span::Today => "oversight-today",
        Span::Week => "oversight-week",
        Span::Month => "oversight-month",
        Span::All => "oversight-all-time",
    }
}

/// How an authority stands.
pub(super) fn standing(look: &Look<'_>, standing: Standing) -> (String, Tone, Glyph) {
    let day = |day| look.texts.day_month_year(day);
    match standing {
        Standing::Ends(until) => {
            (look.with("oversight-ends", &[("day", day(until).into())]), Tone::Wait, Glyph::Waiting)
        }
        Standing::Expired(until) => {
            (look.with("oversight-expired", &[("day", day(until).into())]), Tone::Alert, Glyph::Overdue)
        }
        Standing::Begins(from) => {
            (look.with("oversight-begins", &[("day", day(from).into())]), Tone::Idle, Glyph::NotNeeded)
        }
        Standing::Holds => (look.t("oversight-holds"), Tone::Ok, Glyph::Live),
        Standing::None => (look.t("oversight-no-authority"), Tone::Idle, Glyph::NotNeeded),
    }
}
