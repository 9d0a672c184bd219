//! The citizen: who she is, who belongs to her, who acts for her, what protects her. What does not live here: her cases, her contacts.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::CitizenId;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
        }
    )+};
}
pub(crate) use words;

words! {
    /// CPR status (codes as published by Statistics Denmark).
    Status {
        /// 01, 03: active, resident in Denmark.
        Resident,
        /// 05, 07: active, resident in Greenland.
        Greenland,
        /// 20: inactive, a number for tax only.
        TaxOnly,
        /// No number yet: known under a replacement number.
        NotRegistered,
        /// 30: annulled.
        Annulled,
        /// 50: a double number, deleted.
        Deleted,
        /// 60: changed number; always follow the reference to the current one.
        ChangedNumber,
        /// 70: disappeared (forsvundet).
        Disappeared,
        /// 80: departed (udrejst).
        Departed,
        /// 90: dead.
        Dead,
    }
    /// Civil status (CPR: U, G, F, E, P, O, L).
    CivilStatus {
        /// Never married.
        Unmarried,
        /// Married.
        Married,
        /// Divorced.
        Divorced,
        /// Widowed.
        Widowed,
        /// Registered partnership.
        Partnership,
    }
    /// Protections registered in CPR.
    Protection {
        /// 0001: name and address (CPR-loven § 28).
        NameAndAddress,
        /// 0002: local directory.
        LocalDirectory,
        /// 0003: marketing.
        Marketing,
        /// 0004: research.
        Research,
        /// Credit warning.
        CreditWarning,
    }
    /// How somebody is related to the citizen.
    RelationKind {
        /// Husband or wife, registered partner.
        Spouse,
        /// Cohabiting partner.
        Partner,
        /// A child of hers.
        Child,
        /// A parent of hers.
        Parent,
        /// A brother or sister.
        Sibling,
    }
    /// In which quality somebody acts for the citizen.
    RepresentationKind {
        /// Power of attorney (fuldmagt).
        PowerOfAttorney,
        /// Guardian (værge).
        Guardian,
        /// A parent with custody, for a child.
        Parent,
    }
    /// On what ground she stays in the country.
    GroundOfStay {
        /// Danish citizen.
        Danish,
        /// Nordic citizen.
        Nordic,
        /// EU citizen, worker.
        EuWorker,
        /// EU citizen, student.
        EuStudent,
        /// EU citizen, self-employed.
        EuSelfEmployed,
        /// EU citizen with sufficient funds.
        EuSufficientFunds,
        /// Family member of somebody with a ground of stay.
        Family,
        /// Residence permit (outside EU and the Nordic countries).
        Permit,
    }
    /// Digital ability, after the four profiles of the service's own survey.
    DigitalAbility {
        /// Unsure: wants a person.
        Unsure,
        /// Able with help.
        Able,
        /// Routine.
        Routine,
        /// Professional.
        Professional,
    }
    /// Which citizenship group the rules ask for.
    CitizenshipGroup {
        /// Danish.
        Danish,
        /// Nordic.
        Nordic,
        /// EU, EEA or Switzerland.
        Eu,
        /// Everyone else.
        NonEu,
    }
}

/// A postal address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Address {
    /// Road, number, floor and door: `Tanglænken 4, 2. tv`.
    pub street: String,
    /// Four digits.
    pub postcode: String,
    /// Postal district.
    pub district: String,
}

/// A relation to another citizen, as the identity strip shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Relation {
    /// Who.
    pub citizen: CitizenId,
    /// How related.
    pub kind: RelationKind,
    /// The given name.
    pub given_name: String,
    /// Age in whole years.
    pub age: u16,
    /// Lives at the same address.
    pub same_household: bool,
}

/// Somebody who may act for the citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Representation {
    /// Who acts, where that is a citizen we know.
    pub citizen: Option<CitizenId>,
    /// The full name of who acts.
    pub name: String,
    /// In which quality.
    pub kind: RepresentationKind,
    /// What it covers, in words; none means everything.
    pub scope: Option<String>,
    /// The last day it holds.
    pub until: Option<Date>,
}

/// A language she speaks, as an ISO 639-1 code (`pl`, `da`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct LanguageCode(pub String);

/// Age in whole years on a day.
#[must_use]
pub fn age_on(birth: Date, today: Date) -> u16 {
    let years = i32::from(today.year()) - i32::from(birth.year());
    let had_birthday = (today.month(), today.day()) >= (birth.month(), birth.day());
    u16::try_from(if had_birthday { years } else { years - 1 }).unwrap_or(0)
}
