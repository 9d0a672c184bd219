//! Contacts on all channels and how they ended. What does not live here: letters and documents themselves.

use crate::citizen::words;
use serde::{Deserialize, Serialize};

words! {
    /// The channel of a contact.
    Channel {
        /// In person at a counter.
        Counter,
        /// By phone.
        Phone,
        /// Digital Post.
        DigitalPost,
        /// Self-service.
        SelfService,
        /// Letter.
        Letter,
        /// E-mail.
        Email,
        /// Text message.
        Sms,
    }
    /// How a contact ended.
    Outcome {
        /// Settled at first contact.
        Settled,
        /// The citizen must send papers.
        MustSendPapers,
        /// A new time was booked.
        NewTime,
        /// Passed on to a colleague or unit.
        PassedOn,
        /// Referred to another authority.
        ReferredElsewhere,
    }
    /// For whom somebody came or rang.
    ForWhom {
        /// For herself.
        Own,
        /// Somebody who acts for her: power of attorney, guardian, parent.
        Representative,
        /// A relative or friend without power to act: nothing is told.
        Relative,
        /// Another authority or unit.
        Authority,
    }
    /// How it was made sure who it is.
    Verified {
        /// Nobody checked.
        Not,
        /// An identity document was seen.
        Document,
        /// MitID.
        MitId,
        /// Questions were answered on the phone.
        Questions,
        /// The clerk knows her.
        Known,
    }
}

/// The longest line about a contact, in characters.
pub const CONTACT_CHARS: usize = 500;
/// The most subjects of one contact.
pub const MAX_SUBJECTS: usize = 12;
