//! Who may do what: one table that people can read decides every route, and a route without a row does not start. What lives here: the
//! table, the departments each role does not see, and what a person may do with a case. What does not: how a person is known (`auth`).

use skranke_api::ProblemKind::{self, *};
use skranke_api::cases::CaseRights;
use skranke_domain::DepartmentId;
use skranke_domain::authority::{Level, Role};
use skranke_domain::case::Phase;

use crate::auth::{Hand, Person};

/// Whether something is demanded of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Nobody is looked up.
    Not,
    /// The purpose headers are demanded.
    Headers,
    /// The purpose headers are demanded when the query names a citizen.
    ForCitizen,
    /// The purpose headers are read where they are there.
    Optional,
    /// The purpose stands in the body.
    Body,
}

/// What a request carries beside its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carries {
    /// Nothing.
    Nothing,
    /// A JSON body that changes nothing.
    Body,
    /// A JSON body and a command id.
    Command,
    /// A JSON body, a command id and the version that was seen.
    CommandOnVersion,
    /// Bytes at an offset. Sent twice they are written once, because the offset says where they belong: no command id is needed.
    Piece,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The method.
    pub method: &'static str,
    /// The path as the router writes it.
    pub path: &'static str,
    /// Who may: guest, host, clerk, caseworker, team leader. None at all: no sign-in is asked.
    pub who: Option<[bool; 5]>,
    /// Whether a service may that delivers from outside.
    pub services: bool,
    /// Whether a call display may.
    pub displays: bool,
    /// Whether it says why.
    pub purpose: Purpose,
    /// What the request carries.
    pub carries: Carries,
    /// The query parameters it knows.
    pub query: &'static [&'static str],
    /// Media types it can answer with.
    pub answers: &'static [&'static str],
    /// What it refuses with, beside what every route may.
    pub problems: &'static [ProblemKind],
}

const Y: bool = true;
const N: bool = false;
const JSON: &[&str] = &["application/json"];
const OVERVIEW: &[&str] = &["application/json", skranke_api::headers::NDJSON];
const STREAM: &[&str] = &["text/event-stream"];
const CSV: &[&str] = &["text/csv"];
const PDF: &[&str] = &["application/pdf"];
const CALENDAR: &[&str] = &["text/calendar"];
const FILE: &[&str] =
    &["application/octet-stream", "application/pdf", "image/jpeg", "image/png", "image/webp", "image/tiff"];

const BOARD: &[&str] = &[
    "scope",
    "column",
    "situation",
    "department",
    "procedure",
    "due",
    "missing",
    "responsible",
    "municipality",
    "sort",
];
const BOARD_PAGE: &[&str] = &[
    "scope",
    "column",
    "situation",
    "department",
    "procedure",
    "due",
    "missing",
    "responsible",
    "municipality",
    "sort",
    "limit",
    "cursor",
];

type Who = Option<[bool; 5]>;

const fn row(method: &'static str, path: &'static str, who: Who) -> Row {
    Row {
        method,
        path,
        who,
        services: false,
        displays: false,
        purpose: Purpose::Not,
        carries: Carries::Nothing,
        query: &[],
        answers: JSON,
        problems: &[],
    }
}

impl Row {
    const fn why(mut self, purpose: Purpose) -> Self {
        self.purpose = purpose;
        self
    }
    const fn carries(mut self, carries: Carries) -> Self {
        self.carries = carries;
        self
    }
    const fn query(mut self, query: &'static [&'static str]) -> Self {
        self.query = query;
        self
    }
    const fn answers(mut self, answers: &'static [&'static str]) -> Self {
        self.answers = answers;
        self
    }
    const fn services(mut self) -> Self {
        self.services = true;
        self
    }
    const fn displays(mut self) -> Self {
        self.displays = true;
        self
    }
    const fn refuses(mut self, problems: &'static [ProblemKind]) -> Self {
        self.problems = problems;
        self
    }

    /// Whether a role may.
    #[must_use]
    pub fn allows(&self, role: Role) -> bool {
        self.who.is_none_or(|who| who[column(role)])
    }

    /// Whether a person may; a service or a display may where its row says so, whatever its role.
    #[must_use]
    pub fn admits(&self, person: &Person) -> bool {
        match person.hand {
            Hand::Staff => self.allows(person.role()),
            Hand::Service => self.services,
            Hand::Display => self.displays,
        }
    }

    /// Every kind of refusal this route may give.
    #[must_use]
    pub fn refusals(&self) -> Vec<ProblemKind> {
        let mut kinds = vec![NotAcceptable, Invalid, Malformed, Internal, Unavailable];
        if let Some(who) = self.who {
            kinds.push(Unauthenticated);
            if who.contains(&false) {
                kinds.push(Forbidden);
            }
        }
        if self.purpose != Purpose::Not {
            kinds.push(PurposeRequired);
        }
        if self.carries != Carries::Nothing {
            kinds.extend([TooLarge, UnsupportedMedia]);
        }
        if matches!(self.carries, Carries::Command | Carries::CommandOnVersion) {
            kinds.extend([KeyMissing, KeyReused, StillRunning, Forbidden]);
        }
        if self.carries == Carries::Piece {
            kinds.extend([Forbidden, Transition]);
        }
        if self.carries == Carries::CommandOnVersion {
            kinds.extend([Stale, PreconditionRequired, Transition]);
        }
        if self.query.contains(&"cursor") {
            kinds.push(BadCursor);
        }
        kinds.extend_from_slice(self.problems);
        kinds.sort_by_key(|k| (k.status(), k.slug()));
        kinds.dedup();
        kinds
    }
}

/// The table. Columns: guest, host, clerk, caseworker, team leader.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    //                                                       guest host clerk casew leader
    row("GET",   "/healthz",                                 None),
    row("GET",   "/openapi.json",                            None),
    row("GET",   "/v1/me",                                   Some([Y, Y, Y, Y, Y])),
    row("GET",   "/v1/departments",                          Some([Y, Y, Y, Y, Y])),
    row("GET",   "/v1/life-situations",                      Some([Y, Y, Y, Y, Y])),
    row("GET",   "/v1/procedures",                           Some([Y, Y, Y, Y, Y])),
    row("GET",   "/v1/procedures/{procedure}",               Some([Y, Y, Y, Y, Y])).refuses(&[NotFound]),
    row("GET",   "/v1/procedures/{procedure}/versions/{version}", Some([Y, Y, Y, Y, Y])).refuses(&[NotFound]),
    row("GET",   "/v1/tasks",                                Some([Y, Y, Y, Y, Y])),
    row("GET",   "/v1/sites",                                Some([Y, Y, Y, Y, Y])),
    row("GET",   "/v1/rules",                                Some([Y, Y, Y, Y, Y])),
    row("POST",  "/v1/citizens/search",                      Some([N, Y, Y, Y, Y])).why(Purpose::Body).carries(Carries::Body),
    row("GET",   "/v1/citizens/{citizen}",                   Some([N, Y, Y, Y, Y])).why(Purpose::Headers).refuses(&[NotFound]),
    row("POST",  "/v1/citizens/{citizen}/reveal",            Some([N, Y, Y, Y, Y])).why(Purpose::Body).carries(Carries::Body).refuses(&[NotFound]),
    row("GET",   "/v1/citizens/{citizen}/overview",          Some([N, N, Y, Y, Y])).why(Purpose::Headers).query(&["department"]).answers(OVERVIEW).refuses(&[NotFound, NoDepartment]),
    row("GET",   "/v1/citizens/{citizen}/missing",           Some([N, N, Y, Y, Y])).why(Purpose::Headers).refuses(&[NotFound]),
    row("GET",   "/v1/citizens/{citizen}/life-situations",   Some([N, N, Y, Y, Y])).why(Purpose::Headers).refuses(&[NotFound]),
    row("POST",  "/v1/citizens/{citizen}/life-situations",   Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[NotFound, AlreadyExists]),
    row("PATCH", "/v1/citizens/{citizen}/life-situations/{situation}", Some([N, N, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound]),
    row("GET",   "/v1/citizens/{citizen}/changes/{change}",  Some([N, N, Y, Y, Y])).why(Purpose::Headers).refuses(&[NotFound]),
    row("POST",  "/v1/citizens/{citizen}/changes",           Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[NotFound, AlreadyExists]),
    row("POST",  "/v1/citizens/{citizen}/information-requests", Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[NotFound, AlreadyExists, Stale, Transition]),
    row("GET",   "/v1/board",                                Some([N, N, Y, Y, Y])).query(BOARD),
    row("GET",   "/v1/board/cases",                          Some([N, N, Y, Y, Y])).query(BOARD_PAGE),
    row("PATCH", "/v1/citizens/{citizen}/information-requests/{letter}", Some([N, N, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound]),
    row("GET",   "/v1/cases",                                Some([N, N, Y, Y, Y])).why(Purpose::Optional).query(&["citizen", "column", "department", "procedure", "responsible", "limit", "cursor"]),
    row("POST",  "/v1/cases",                                Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[AlreadyExists]),
    row("GET",   "/v1/cases/{case}",                         Some([N, N, Y, Y, Y])).why(Purpose::Headers).refuses(&[NotFound]),
    row("PATCH", "/v1/cases/{case}/responsible",             Some([N, N, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound]),
    row("PATCH", "/v1/cases/{case}/course",                  Some([N, N, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound]),
    row("PATCH", "/v1/cases/{case}/facts",                   Some([N, N, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound]),
    row("GET",   "/v1/cases/{case}/lift",                    Some([N, N, Y, Y, Y])).why(Purpose::Headers).refuses(&[NotFound]),
    row("POST",  "/v1/cases/{case}/relations",               Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[NotFound, Transition]),
    row("POST",  "/v1/cases/{case}/decision",                Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[NotFound, AlreadyExists, Transition]),
    row("PATCH", "/v1/cases/{case}/decision",                Some([N, N, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound]),
    row("GET",   "/v1/cases/{case}/summary",                 Some([N, N, Y, Y, Y])).why(Purpose::Headers).answers(PDF).refuses(&[NotFound]),
    row("POST",  "/v1/cases/{case}/asks",                    Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[NotFound, AlreadyExists, Transition]),
    row("PATCH", "/v1/cases/{case}/asks/{ask}",              Some([N, N, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound]),
    row("GET",   "/v1/asks",                                 Some([N, N, Y, Y, Y])),
    row("POST",  "/v1/cases/{case}/notes",                   Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[NotFound, AlreadyExists, Transition]),
    row("POST",  "/v1/cases/{case}/presence",                Some([N, N, Y, Y, Y])).carries(Carries::Body).refuses(&[NotFound]),
    row("PATCH", "/v1/cases/{case}/checklist/{item}",        Some([N, N, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound]),
    row("POST",  "/v1/cases/{case}/documents",               Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[NotFound, AlreadyExists, Transition]),
    row("GET",   "/v1/documents/{document}",                 Some([N, N, Y, Y, Y])).why(Purpose::Headers).refuses(&[NotFound]),
    row("PATCH", "/v1/documents/{document}",                 Some([N, N, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound]),
    row("GET",   "/v1/documents/{document}/content",         Some([N, N, Y, Y, Y])).why(Purpose::Headers).answers(FILE).refuses(&[NotFound, Transition]),
    row("PATCH", "/v1/documents/{document}/content",         Some([N, N, Y, Y, Y])).carries(Carries::Piece).refuses(&[NotFound]),
    row("POST",  "/v1/intake",                               Some([N, N, Y, Y, Y])).services().carries(Carries::Command).refuses(&[AlreadyExists]),
    row("GET",   "/v1/citizens/{citizen}/applications",      Some([N, N, Y, Y, Y])).why(Purpose::Headers).refuses(&[NotFound]),
    row("GET",   "/v1/slots",                                Some([N, Y, Y, Y, Y])).query(&["counter", "sites", "procedure", "minutes", "people", "language", "stepFree", "beforeWork", "with", "from", "until", "limit"]),
    row("POST",  "/v1/slots/hold",                           Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[SlotTaken, AlreadyExists, Transition, NotFound]),
    row("POST",  "/v1/blocks",                               Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[AlreadyExists, Transition, NotFound]),
    row("POST",  "/v1/blocks/conflicts",                     Some([N, N, Y, Y, Y])).carries(Carries::Body),
    row("PATCH", "/v1/blocks/{block}",                       Some([N, N, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound]),
    row("GET",   "/v1/load",                                 Some([N, Y, Y, Y, Y])).query(&["site", "from", "to"]),
    row("GET",   "/v1/appointments",                         Some([N, Y, Y, Y, Y])).why(Purpose::ForCitizen).query(&["counter", "site", "staff", "interpreter", "from", "to", "citizen"]),
    row("POST",  "/v1/appointments",                         Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[SlotTaken, AlreadyExists]),
    row("GET",   "/v1/appointments/{appointment}",           Some([N, Y, Y, Y, Y])).why(Purpose::Optional).refuses(&[NotFound]),
    row("PATCH", "/v1/appointments/{appointment}",           Some([N, Y, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound, SlotTaken]),
    row("GET",   "/v1/tickets",                              Some([N, Y, Y, Y, Y])).query(&["site"]),
    row("POST",  "/v1/tickets",                              Some([N, Y, Y, Y, Y])).services().carries(Carries::Command).refuses(&[AlreadyExists]),
    row("POST",  "/v1/tickets/check-in",                     Some([N, Y, Y, Y, Y])).services().carries(Carries::Command).refuses(&[AlreadyExists, Transition]),
    row("POST",  "/v1/tickets/call-next",                    Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[Transition]),
    row("GET",   "/v1/tickets/{ticket}",                     Some([N, Y, Y, Y, Y])).refuses(&[NotFound]),
    row("PATCH", "/v1/tickets/{ticket}",                     Some([N, Y, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound]),
    row("POST",  "/v1/availability",                         Some([N, Y, Y, Y, Y])).carries(Carries::Body),
    row("GET",   "/v1/stands/{counter}",                     Some([N, N, Y, Y, Y])).refuses(&[NotFound]),
    row("POST",  "/v1/stands/{counter}/point",               Some([N, N, Y, Y, Y])).carries(Carries::Body).refuses(&[NotFound, Transition]),
    row("GET",   "/v1/display",                              Some([N, Y, Y, Y, Y])).displays().query(&["site"]),
    row("POST",  "/v1/appointments/plan",                    Some([N, N, Y, Y, Y])).carries(Carries::Body),
    row("GET",   "/v1/appointments/{appointment}/ics",       Some([N, Y, Y, Y, Y])).why(Purpose::Optional).answers(CALENDAR).refuses(&[NotFound]),
    row("GET",   "/v1/waiting-list",                         Some([N, N, Y, Y, Y])).why(Purpose::ForCitizen).query(&["site", "citizen"]).refuses(&[NotFound]),
    row("POST",  "/v1/waiting-list",                         Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[AlreadyExists]),
    row("PATCH", "/v1/waiting-list/{waiting}",               Some([N, N, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound]),
    row("GET",   "/v1/waiting-list/fits",                    Some([N, N, Y, Y, Y])).query(&["counter", "start", "minutes"]),
    row("POST",  "/v1/feeds",                                Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[NotFound]),
    row("GET",   "/v1/feeds/{feed}",                         None).answers(CALENDAR).refuses(&[NotFound]),
    row("GET",   "/v1/contacts",                             Some([N, N, Y, Y, Y])).why(Purpose::Headers).query(&["citizen", "limit", "cursor"]),
    row("POST",  "/v1/contacts",                             Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[AlreadyExists]),
    row("GET",   "/v1/citizens/{citizen}/notes",             Some([N, N, Y, Y, Y])).why(Purpose::Headers).refuses(&[NotFound]),
    row("POST",  "/v1/citizens/{citizen}/notes",             Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[NotFound, AlreadyExists]),
    row("PATCH", "/v1/citizens/{citizen}/notes/{note}",      Some([N, N, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound]),
    row("GET",   "/v1/citizens/{citizen}/promises",          Some([N, N, Y, Y, Y])).why(Purpose::Headers).refuses(&[NotFound]),
    row("POST",  "/v1/citizens/{citizen}/promises",          Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[NotFound, AlreadyExists]),
    row("PATCH", "/v1/citizens/{citizen}/promises/{promise}", Some([N, N, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound]),
    row("POST",  "/v1/citizens/{citizen}/verification",      Some([N, N, Y, Y, Y])).why(Purpose::Body).carries(Carries::Body).refuses(&[NotFound]),
    row("GET",   "/v1/colleagues",                           Some([N, Y, Y, Y, Y])).query(&["q", "limit"]),
    row("GET",   "/v1/handovers",                            Some([N, N, Y, Y, Y])).why(Purpose::ForCitizen).query(&["citizen", "box"]),
    row("POST",  "/v1/handovers",                            Some([N, N, Y, Y, Y])).carries(Carries::Command).refuses(&[NotFound, AlreadyExists]),
    row("PATCH", "/v1/handovers/{handover}",                 Some([N, N, Y, Y, Y])).carries(Carries::CommandOnVersion).refuses(&[NotFound]),
    row("GET",   "/v1/events",                               Some([N, Y, Y, Y, Y])).displays().answers(STREAM),
    row("GET",   "/v1/audit",                                Some([N, N, N, N, Y])).query(&["citizen", "staff", "limit", "cursor"]),
    row("GET",   "/v1/statistics",                           Some([N, N, N, N, Y])).query(&["site", "department", "from", "to", "against"]),
    row("GET",   "/v1/statistics/today",                     Some([N, Y, Y, Y, Y])).query(&["site"]),
    row("GET",   "/v1/statistics/export",                    Some([N, N, N, N, Y])).query(&["site", "department", "from", "to", "against", "language"]).answers(CSV),
];

/// Departments whose cases a role does not see. They leave no trace: no count, no event, no hit, no gap.
#[must_use]
pub const fn withheld(role: Role) -> &'static [&'static str] {
    match role {
        Role::Guest | Role::Host | Role::Clerk => &["sof"],
        Role::Caseworker | Role::TeamLeader => &[],
    }
}

/// Whether a department's cases are kept from a role.
#[must_use]
pub fn is_withheld(role: Role, department: &str) -> bool {
    withheld(role).contains(&department)
}

/// Whether a role sees contents of cases at all; a host sees who comes and when, not what for.
#[must_use]
pub const fn sees_cases(role: Role) -> bool {
    matches!(role, Role::Clerk | Role::Caseworker | Role::TeamLeader)
}

/// What a person may do with a case of a department, whose decision goes as deep as `level`.
///
/// To work on a case takes any authority in its department. Judging its papers and steering it takes rule-based authority, or guidance
/// where guidance is all that the procedure gives; a decision takes the procedure's own level, and a second pair of eyes a caseworker's
/// or a team leader's.
#[must_use]
pub fn case_rights(
    person: &Person,
    department: &DepartmentId,
    level: Level,
    phase: Phase,
    today: jiff::civil::Date,
    attendance: Attends,
) -> CaseRights {
    let here = phase != Phase::Closed && sees_cases(person.role());
    let may = |level: Level| here && person.may(department, level, today);
    let judge_items = may(level.min(Level::RuleBased));
    let decide = may(level);
    CaseRights {
        judge_items,
        book: here && attendance == Attends::InPerson,
        work: may(Level::Guidance),
        steer: judge_items,
        decide,
        approve: decide && matches!(person.role(), Role::Caseworker | Role::TeamLeader),
    }
}

/// Whether somebody comes for a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attends {
    /// The citizen comes.
    InPerson,
    /// Nobody has to come.
    Not,
}

/// The row of a route.
#[must_use]
pub fn find(method: &str, path: &str) -> Option<&'static Row> {
    let method = if method == "HEAD" { "GET" } else { method };
    TABLE.iter().find(|row| row.method == method && row.path == path)
}

const fn column(role: Role) -> usize {
    match role {
        Role::Guest => 0,
        Role::Host => 1,
        Role::Clerk => 2,
        Role::Caseworker => 3,
        Role::TeamLeader => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_reads_the_guide_and_nothing_else() {
        let allowed: Vec<&str> =
            TABLE.iter().filter(|r| r.who.is_some() && r.allows(Role::Guest)).map(|r| r.path).collect();
        assert_eq!(
            allowed,
            [
                "/v1/me",
                "/v1/departments",
                "/v1/life-situations",
                "/v1/procedures",
                "/v1/procedures/{procedure}",
                "/v1/procedures/{procedure}/versions/{version}",
                "/v1/tasks",
                "/v1/sites",
                "/v1/rules"
            ]
        );
    }

    #[test]
    fn the_log_is_the_team_leaders() {
        let row = find("GET", "/v1/audit").unwrap();
        assert_eq!(Role::ALL.iter().filter(|r| row.allows(**r)).collect::<Vec<_>>(), [&Role::TeamLeader]);
    }

    #[test]
    fn no_route_has_two_rows() {
        for (at, row) in TABLE.iter().enumerate() {
            assert!(
                !TABLE[..at].iter().any(|other| other.method == row.method && other.path == row.path),
                "{}",
                row.path
            );
        }
    }
}
