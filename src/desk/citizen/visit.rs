//! The visit or call a citizen was opened for: its clock, what was done meanwhile, and what the wrap-up can be filled with. What does not
//! live here: the wrap-up sheet.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use skranke_api::Purpose;
use skranke_api::purpose::PurposeKind;
use skranke_client::outbox::{Deed, Draft, Label};
use skranke_domain::contact::{Channel, ForWhom, Verified};
use skranke_domain::{CaseId, ProcedureId, TicketId};

/// A visit or a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// When it began: the duration comes from the clock.
    pub began: Timestamp,
    /// When she left without a wrap-up: the clock of a visit that is finished later stands still since.
    pub left: Option<Timestamp>,
    /// The channel that the purpose suggests.
    pub channel: Channel,
    /// Cases that were opened or changed meanwhile, first touched first.
    pub touched: Vec<CaseId>,
    /// Procedures of cases that were started and changes that were reported meanwhile.
    pub begun: Vec<ProcedureId>,
    /// What was done about her meanwhile, each deed once; what is registered at its end does not count.
    pub deeds: Vec<Deed>,
    /// A time was booked for her meanwhile.
    pub booked: bool,
    /// How it was made sure who it is.
    pub verified: Verified,
    /// For whom somebody came or rang.
    pub for_whom: ForWhom,
    /// The ticket that she came with: the contact of its visit is registered once.
    pub ticket: Option<TicketId>,
    /// It was wrapped up: nobody stands there any more.
    pub finished: bool,
}

impl Visit {
    pub(crate) fn begin(purpose: &Purpose, now: Timestamp) -> Self {
        let channel = match purpose.kind {
            PurposeKind::Call => Channel::Phone,
            PurposeKind::Ticket | PurposeKind::Appointment | PurposeKind::Case | PurposeKind::Other => Channel::Counter,
        };
        Self {
            began: now,
            left: None,
            channel,
            touched: Vec::new(),
            begun: Vec::new(),
            deeds: Vec::new(),
            booked: false,
            verified: Verified::Not,
            for_whom: ForWhom::Own,
            ticket: None,
            finished: false,
        }
    }

    pub(crate) fn touch(&mut self, case: CaseId) {
        if !self.touched.contains(&case) {
            self.touched.push(case);
        }
    }

    /// A change about her goes to the outbox: the wrap-up remembers what it was about, long after it is sent.
    pub(crate) fn note(&mut self, draft: &Draft) {
        if let Some(case) = draft.subject.case {
            self.touch(case);
        }
        match &draft.label {
            Label::Deed { deed: Deed::ContactRegistered | Deed::HandoverChanged, .. } => {}
            Label::Deed { deed, .. } => {
                if !self.deeds.contains(deed) {
                    self.deeds.push(*deed);
                }
                self.note_subjects(*deed, &draft.body);
            }
            Label::Booking { .. } => self.booked = true,
            Label::Item { .. } | Label::Appointment { .. } => {}
        }
    }

    fn note_subjects(&mut self, deed: Deed, body: &Value) {
        let procedures = match deed {
            Deed::CaseStarted => body.get("procedure").into_iter().collect(),
            Deed::ChangeReported => body.get("procedures").and_then(Value::as_array).into_iter().flatten().collect(),
            _ => Vec::new(),
        };
        for procedure in procedures.into_iter().filter_map(Value::as_str) {
            let Ok(procedure) = ProcedureId::parse(procedure) else { continue };
            if !self.begun.contains(&procedure) {
                self.begun.push(procedure);
            }
        }
        if deed == Deed::PapersAsked {
            let items = body.get("items").and_then(Value::as_array).into_iter().flatten();
            for case in items.filter_map(|item| item.get("case")?.as_str()?.parse().ok()) {
                self.touch(case);
            }
        }
    }

    /// This visit and a later one of the same citizen as one contact.
    pub(crate) fn and(mut self, later: &Self) -> Self {
        for case in &later.touched {
            self.touch(*case);
        }
        self.begun.extend(later.begun.iter().filter(|one| !self.begun.contains(one)).cloned().collect::<Vec<_>>());
        self.deeds.extend(later.deeds.iter().filter(|one| !self.deeds.contains(one)).copied().collect::<Vec<_>>());
        self.booked |= later.booked;
        if later.verified != Verified::Not {
            (self.verified, self.for_whom) = (later.verified, later.for_whom);
        }
        Self { left: None, ..self }
    }

    /// Whether something was done that nobody registered: such a visit is not forgotten when another citizen is opened.
    #[must_use]
    pub const fn has_deeds(&self) -> bool {
        !self.deeds.is_empty() || self.booked || !matches!(self.verified, Verified::Not)
    }

    /// Whether this was done meanwhile.
    #[must_use]
    pub fn did(&self, deed: Deed) -> bool {
        self.deeds.contains(&deed)
    }

    /// When it ended, or now while it lasts.
    #[must_use]
    pub fn until(&self, now: Timestamp) -> Timestamp {
        self.left.unwrap_or(now).max(self.began)
    }

    /// Whole seconds since it began; never negative, whatever the clock did.
    #[must_use]
    pub fn seconds(&self, now: Timestamp) -> i64 {
        self.until(now).duration_since(self.began).as_secs()
    }
}
