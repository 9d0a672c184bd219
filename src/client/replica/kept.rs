//! Which answers are kept on the machine, and as what a look at them is logged. What is not named here is never kept: revealed fields,
//! answers that verify a caller, searches, the log, documents. What does not live here: keeping.

use std::fmt::Write as _;

use skranke_api::Purpose;
use skranke_api::audit::{AuditAction, OfflineLook};
use skranke_domain::{CaseId, CitizenId};

use jiff::Timestamp;

/// A question whose answer is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The question as it is told from others: path and query, without the purpose.
    pub(crate) identity: String,
    /// What a look at the answer is in the log; none for what the log says nothing of.
    pub(crate) action: Option<AuditAction>,
    /// About whom.
    pub(crate) citizen: Option<CitizenId>,
    /// About which case.
    pub(crate) case: Option<CaseId>,
}

impl Asked {
    /// What is kept of the answer to a read; none where nothing is.
    pub(crate) fn of(path: &str, query: &[(&'static str, String)]) -> Option<Self> {
        let value = |name: &str| query.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        // Further pages are asked for by a place that only the server understands.
        if value("cursor").is_some() {
            return None;
        }
        let named = |name: &str| value(name).and_then(|id| id.parse::<CitizenId>().ok());
        let segments: Vec<&str> = path.strip_prefix("/v1/")?.split('/').collect();
        let (action, citizen, case) = match segments.as_slice() {
            ["departments" | "life-situations" | "procedures" | "tasks" | "sites" | "rules"] => (None, None, None),
            ["citizens", id] => (Some(AuditAction::OpenCitizen), Some(id.parse().ok()?), None),
            ["citizens", id, part] => {
                let action = match *part {
                    // Of one department alone is a part of the whole, which is kept.
                    "overview" if value("department").is_none() => AuditAction::ReadOverview,
                    "missing" => AuditAction::ReadMissing,
                    "notes" => AuditAction::ReadNotes,
                    "promises" => AuditAction::ReadPromises,
                    "life-situations" => AuditAction::ReadSituations,
                    "applications" => AuditAction::ReadApplications,
                    _ => return None,
                };
                (Some(action), Some(id.parse().ok()?), None)
            }
            ["contacts"] => (Some(AuditAction::ReadContacts), Some(named("citizen")?), None),
            ["handovers"] => match named("citizen") {
                Some(citizen) => (Some(AuditAction::ReadHandovers), Some(citizen), None),
                None => (None, None, None),
            },
            ["appointments"] => match named("citizen") {
                Some(citizen) => (Some(AuditAction::ReadAppointments), Some(citizen), None),
                None => (None, None, None),
            },
            ["cases"] => (Some(AuditAction::ListCases), named("citizen"), None),
            ["cases", id] => (Some(AuditAction::OpenCase), None, Some(id.parse().ok()?)),
            ["board"] | ["board", "cases"] => (Some(AuditAction::ListCases), None, None),
            ["tickets"] => (None, None, None),
            _ => return None,
        };
        let mut identity = path.to_owned();
        for (at, (name, value)) in query.iter().enumerate() {
            // Writing to a string does not fail.
            let _ = write!(identity, "{}{name}={value}", if at == 0 { '?' } else { '&' });
        }
        Some(Self { identity, action, citizen, case })
    }

    /// What the log is told of a look at the answer.
    pub(crate) fn look(&self, purpose: Option<&Purpose>, at: Timestamp) -> Option<OfflineLook> {
        let purpose = purpose.cloned();
        Some(OfflineLook { at, action: self.action?, citizen: self.citizen, case: self.case, purpose })
    }
}

#[cfg(test)]
mod tests {
    use skranke_api::paths;

    use super::*;

    fn of(path: &str) -> Option<Asked> {
        Asked::of(path, &[])
    }

    #[test]
    fn what_was_hidden_what_verifies_and_what_was_searched_for_is_never_kept() {
        let (citizen, case) = (CitizenId::new(), CaseId::new());
        for path in [
            paths::SEARCH.to_owned(),
            paths::reveal(citizen),
            paths::verification(citizen),
            paths::access_log(citizen),
            paths::AUDIT.to_owned(),
            paths::RIGHTS.to_owned(),
            paths::BREAK_GLASS.to_owned(),
            paths::COLLEAGUES.to_owned(),
            paths::SLOTS.to_owned(),
            paths::EVENTS.to_owned(),
            paths::ME.to_owned(),
            paths::summary(case),
            paths::content(skranke_domain::DocumentId::new()),
        ] {
            assert_eq!(of(&path), None, "{path}");
        }
    }

    #[test]
    fn a_citizen_and_a_case_are_logged_as_what_they_are() {
        let (citizen, case) = (CitizenId::new(), CaseId::new());
        let opened = of(&paths::citizen(citizen)).unwrap();
        assert_eq!((opened.action, opened.citizen), (Some(AuditAction::OpenCitizen), Some(citizen)));
        let read = of(&paths::notes(citizen)).unwrap();
        assert_eq!((read.action, read.citizen), (Some(AuditAction::ReadNotes), Some(citizen)));
        let opened = of(&paths::case(case)).unwrap();
        assert_eq!((opened.action, opened.case), (Some(AuditAction::OpenCase), Some(case)));
        assert_eq!(of(paths::DEPARTMENTS).unwrap().action, None);
    }

    #[test]
    fn everything_that_a_page_about_her_shows_is_kept() {
        use AuditAction as A;
        let id = CitizenId::new();
        let parts = [
            (paths::citizen(id), A::OpenCitizen),
            (paths::overview(id), A::ReadOverview),
            (paths::missing(id), A::ReadMissing),
            (paths::notes(id), A::ReadNotes),
            (paths::promises(id), A::ReadPromises),
            (paths::situations(id), A::ReadSituations),
            (paths::half_finished(id), A::ReadApplications),
        ];
        for (path, action) in parts {
            assert_eq!(of(&path).and_then(|asked| asked.action), Some(action), "{path}");
        }
        for path in [paths::CONTACTS, paths::HANDOVERS, paths::APPOINTMENTS, paths::CASES] {
            let asked = Asked::of(path, &[("citizen", id.to_string())]);
            assert_eq!(asked.and_then(|asked| asked.citizen), Some(id), "{path}");
        }
        let office = [paths::DEPARTMENTS, paths::LIFE_SITUATIONS, paths::PROCEDURES, paths::TASKS, paths::SITES];
        for path in office.into_iter().chain([paths::RULES, paths::TICKETS, paths::BOARD, paths::BOARD_CASES]) {
            assert!(of(path).is_some(), "{path}");
        }
    }

    #[test]
    fn only_first_pages_are_kept() {
        let citizen = CitizenId::new();
        let whose = ("citizen", citizen.to_string());
        assert!(Asked::of(paths::CONTACTS, std::slice::from_ref(&whose)).is_some());
        assert!(Asked::of(paths::CONTACTS, &[whose, ("cursor", "x".to_owned())]).is_none());
    }
}
