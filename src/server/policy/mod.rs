//! Who may do what: one table that people can read decides every route, and a route without a row does not start. What lives here: what the
//! table's words mean. What does not: the rows (`table`), which departments a role does not see and what opens them (`glass`), what a look at
//! a citizen takes (`need`), what a person may do with a case (`rights`), how a person is known (`auth`).

use skranke_api::ProblemKind::{self, *};
use skranke_domain::authority::Role;

use crate::auth::{Hand, Person};

pub mod glass;
pub mod need;
pub mod rights;
mod table;

pub use glass::{Looked, is_withheld, sees_cases, withheld};
pub use rights::{Attends, Matter, case_rights};
pub use table::TABLE;

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

/// Whose data a route reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// What the service itself keeps, or one thing whose department says whose it is.
    Own,
    /// What other departments know, which takes a legal basis; unless the query names her own department alone.
    Others,
}

/// What a route looks at, where it looks at a citizen: she, or what leads to her.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The citizen stands in the path.
    Citizen,
    /// A case stands in the path.
    Case,
    /// A document stands in the path.
    Document,
    /// The query may name a citizen.
    Query,
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
    /// Whether it reads what other departments know.
    pub reads: Reads,
    /// What the request carries.
    pub carries: Carries,
    /// The query parameters it knows.
    pub query: &'static [&'static str],
    /// Media types it can answer with.
    pub answers: &'static [&'static str],
    /// What it refuses with, beside what every route may.
    pub problems: &'static [ProblemKind],
}

const JSON: &[&str] = &["application/json"];

type Who = Option<[bool; 5]>;

const fn row(method: &'static str, path: &'static str, who: Who) -> Row {
    Row {
        method,
        path,
        who,
        services: false,
        displays: false,
        purpose: Purpose::Not,
        reads: Reads::Own,
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

    const fn others(mut self) -> Self {
        self.reads = Reads::Others;
        self
    }

    /// What a request of this route looks at; none where it opens nobody. An appointment is its own business, and a change follows a look.
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        if self.purpose == Purpose::Not {
            return None;
        }
        [("{citizen}", Subject::Citizen), ("{case}", Subject::Case), ("{document}", Subject::Document)]
            .into_iter()
            .find_map(|(part, subject)| self.path.split('/').any(|p| p == part).then_some(subject))
            .or_else(|| self.query.contains(&"citizen").then_some(Subject::Query))
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
        if self.who.is_some() {
            // A machine, or a sign-in that gives no role here, is refused everywhere but where its row says otherwise.
            kinds.extend([Unauthenticated, Forbidden]);
        }
        if self.purpose != Purpose::Not {
            kinds.push(PurposeRequired);
        }
        if self.subject().is_some() {
            kinds.push(NeedToKnow);
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
