//! Need-to-know: when a look at a citizen is plainly part of the work, and when somebody has to say why first. What lives here: ties between
//! staff and citizens, legal bases, the rule itself. What does not: finding out what is true of a look (the server's), who may act on a
//! department (see [`crate::authority`]).

use serde::{Deserialize, Serialize};

use crate::citizen::words;

words! {
    /// What ties a member of staff to a citizen beside the work.
    Tie {
        /// It is she herself.
        Own,
        /// A relative, or somebody of her household.
        Relative,
        /// A colleague.
        Colleague,
    }
    /// On which legal basis another department's data are fetched.
    LegalBasis {
        /// The citizen herself asks and is guided (forvaltningsloven § 7).
        Guidance,
        /// An application is worked on, and what it takes is fetched (forvaltningsloven § 29, law no. 544/2005).
        Application,
        /// The citizen consents (forvaltningsloven § 28, 2, 1).
        Consent,
        /// A law says so; the note names it (forvaltningsloven § 28, 2, 2).
        Statute,
        /// Somebody's life or health is in danger (databeskyttelsesforordningen art. 6, 1, d).
        VitalInterest,
    }
    /// Which business makes a look part of the work.
    Context {
        /// A ticket of hers waits, is called or served at this site.
        Ticket,
        /// She has an appointment about now.
        Appointment,
        /// She has an open case within the person's authority.
        Case,
        /// She is said to be on the phone.
        Call,
        /// None was found.
        None,
    }
}

impl LegalBasis {
    /// The word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Guidance => "guidance",
            Self::Application => "application",
            Self::Consent => "consent",
            Self::Statute => "statute",
            Self::VitalInterest => "vital_interest",
        }
    }
}

/// What is true of a look at a citizen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The business that was found.
    pub context: Context,
    /// Her name or address is protected (CPR-loven § 28), or she has another protection.
    pub protected: bool,
    /// What ties the person to her.
    pub tie: Option<Tie>,
    /// Words say why.
    pub reason: bool,
    /// The person saw the warning and goes on.
    pub acknowledged: bool,
    /// A legal basis is named, or follows from the purpose.
    pub basis: bool,
}

/// What has to be said before a citizen is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Need {
    /// Words that say why.
    pub reason: bool,
    /// Because no ticket, call, appointment or case was found.
    pub out_of_context: bool,
    /// Because she is protected.
    pub protected: bool,
    /// The warning about this tie has to be acknowledged.
    pub tie: Option<Tie>,
    /// A legal basis.
    pub basis: bool,
}

impl Need {
    /// Whether nothing is missing.
    #[must_use]
    pub const fn is_met(&self) -> bool {
        !self.reason && self.tie.is_none() && !self.basis
    }
}

impl Look {
    /// What is missing. Without any business a reason is asked for; of a protected citizen and of somebody near always; who is near is
    /// warned of besides; data of other departments take a legal basis.
    #[must_use]
    pub fn need(&self) -> Need {
        let out_of_context = self.context == Context::None;
        let asks = out_of_context || self.protected || self.tie.is_some();
        Need {
            reason: asks && !self.reason,
            out_of_context: out_of_context && !self.reason,
            protected: self.protected && !self.reason,
            tie: self.tie.filter(|_| !self.acknowledged),
            basis: !self.basis,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look =
        Look { context: Context::Ticket, protected: false, tie: None, reason: false, acknowledged: false, basis: true };

    #[test]
    fn who_has_a_ticket_a_call_an_appointment_or_a_case_is_opened_without_a_word() {
        for context in [Context::Ticket, Context::Call, Context::Appointment, Context::Case] {
            assert!(Look { context, ..PLAIN }.need().is_met());
        }
    }

    #[test]
    fn without_any_business_a_reason_is_asked_for() {
        let look = Look { context: Context::None, ..PLAIN };
        assert!(look.need().reason && look.need().out_of_context);
        assert!(Look { reason: true, ..look }.need().is_met());
    }

    #[test]
    fn a_protected_citizen_takes_a_reason_always() {
        let look = Look { protected: true, ..PLAIN };
        assert!(look.need().reason && look.need().protected && !look.need().out_of_context);
        assert!(Look { reason: true, ..look }.need().is_met());
    }

    #[test]
    fn a_reason_alone_does_not_open_a_relative() {
        let look = Look { tie: Some(Tie::Relative), reason: true, ..PLAIN };
        assert_eq!(look.need().tie, Some(Tie::Relative));
        assert!(Look { acknowledged: true, ..look }.need().is_met());
        assert!(Look { acknowledged: true, reason: false, ..look }.need().reason);
    }
}
