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
}
