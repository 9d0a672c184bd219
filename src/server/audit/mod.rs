//! The audit log: who looked up or changed whom, why, and from where. What lives here: what is to be logged, and the log's parts: the chain
//! of HMACs, its signed heads, the writer that commits the records of reads in groups before their answers leave, and the retention by
//! whole months. What does not: the rows (see `store::audit`), cases and their retention (see `crate::retention`).

use jiff::Timestamp;
use skranke_api::Purpose;
use skranke_api::audit::{AuditAction, AuditOutcome, AuditRecord};
use skranke_domain::access::{Context, LegalBasis, Tie};
use skranke_domain::{BreakGlassId, CaseId, CitizenId, CommandId, SessionId};

use crate::auth::Person;
use crate::seal::Secret;

mod chain;
mod checking;
mod heads;
pub mod place;
pub mod reading;
pub mod retention;
#[cfg(test)]
mod tests;
mod writer;

pub use chain::Chain;
pub use checking::{Broken, Checked, Deleted};
pub use heads::{Head, HeadLineError};
pub use writer::Auditor;

/// How a record names the glass that was looked through: the first words of its note.
#[must_use]
pub fn through(glass: BreakGlassId) -> String {
    format!("glass {glass}")
}

/// What is to be logged.
#[derive(Clone, Debug)]
pub struct Entry {
    record: AuditRecord,
    query_mac: Option<Vec<u8>>,
}

impl Entry {
    /// Something that a person did, from where she sits and where her request came from.
    #[must_use]
    pub fn new(person: &Person, action: AuditAction) -> Self {
        Self {
            record: AuditRecord {
                seq: 0,
                at: Timestamp::UNIX_EPOCH,
                staff: person.id(),
                staff_name: None,
                role: person.role(),
                action,
                outcome: AuditOutcome::Done,
                citizen: None,
                case: None,
                purpose: None,
                session: None,
                command: None,
                note: person.looked.glass.map(through),
                basis: person.looked.basis,
                context: person.looked.context,
                tie: person.looked.tie,
                place: Some(place::of(person)),
            },
            query_mac: None,
        }
    }

    /// About a citizen.
    #[must_use]
    pub fn citizen(mut self, citizen: CitizenId) -> Self {
        self.record.citizen = Some(citizen);
        self
    }

    /// About a case.
    #[must_use]
    pub fn case(mut self, case: CaseId) -> Self {
        self.record.case = Some(case);
        self
    }

    /// Why.
    #[must_use]
    pub fn purpose(mut self, purpose: Purpose) -> Self {
        self.record.purpose = Some(purpose);
        self
    }

    /// In which palette session.
    #[must_use]
    pub fn session(mut self, session: SessionId) -> Self {
        self.record.session = Some(session);
        self
    }

    /// By which command.
    #[must_use]
    pub fn command(mut self, command: CommandId) -> Self {
        self.record.command = Some(command);
        self
    }

    /// More about it; never what was typed. A glass that was looked through stays in front of it.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        let note = note.into();
        self.record.note = Some(match self.record.note.take() {
            Some(before) => format!("{before}; {note}"),
            None => note,
        });
        self
    }

    /// On which legal basis other departments' data were fetched.
    #[must_use]
    pub fn basis(mut self, basis: LegalBasis) -> Self {
        self.record.basis = Some(basis);
        self
    }

    /// Which business made it part of the work.
    #[must_use]
    pub fn context(mut self, context: Context) -> Self {
        self.record.context = Some(context);
        self
    }

    /// What ties the person to the citizen.
    #[must_use]
    pub fn tie(mut self, tie: Tie) -> Self {
        self.record.tie = Some(tie);
        self
    }

    /// From where, in place of what the person's seat and line say.
    #[must_use]
    pub fn place(mut self, place: &str) -> Self {
        self.record.place = Some(place.to_owned());
        self
    }

    /// It was refused.
    #[must_use]
    pub fn refused(mut self) -> Self {
        self.record.outcome = AuditOutcome::Refused;
        self
    }

    /// What was typed, as an HMAC: the same query is recognised, never read.
    #[must_use]
    pub fn query(mut self, key: &Secret, text: &str) -> Self {
        self.query_mac = Some(key.mac(&[text.trim().to_lowercase().as_bytes()]).to_vec());
        self
    }
}
