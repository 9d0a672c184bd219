//! The procedure guide: how a task is solved, what to say on the phone, where to send somebody. What does not live here: checklists (see
//! [`crate::procedure`]), the window.

use serde::{Deserialize, Serialize};

use crate::Localized;
use crate::citizen::words;

words! {
    /// Whether something is taxed, depends on income, and the like.
    YesNo {
        /// Yes.
        Yes,
        /// No.
        No,
        /// It depends; the remark says on what.
        Depends,
        /// It makes no sense here.
        NotApplicable,
    }
}

/// How a task is solved. Every part may be missing; what is missing is shown as not written yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Guide {
    /// In a sentence or two.
    #[serde(default)]
    pub summary: Option<Localized>,
    /// The steps.
    #[serde(default)]
    pub steps: Vec<Localized>,
    /// What to say on the phone.
    #[serde(default)]
    pub phone: Option<Localized>,
    /// Who follows up.
    #[serde(default)]
    pub follow_up: Option<Localized>,
    /// Links to pages of the authority.
    #[serde(default)]
    pub links: Vec<GuideLink>,
    /// Forms to send.
    #[serde(default)]
    pub forms: Vec<GuideLink>,
    /// Whether what is paid out is taxed.
    #[serde(default)]
    pub taxable: Option<YesNo>,
    /// Whether it depends on income.
    #[serde(default)]
    pub income_dependent: Option<YesNo>,
    /// A remark on tax and income.
    #[serde(default)]
    pub money_note: Option<Localized>,
    /// Where to complain.
    #[serde(default)]
    pub complaint: Option<Localized>,
}

/// A page or form to point somebody to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GuideLink {
    /// What it is.
    pub title: Localized,
    /// Its address, `https` only; a form may have none.
    #[serde(default)]
    pub address: Option<String>,
}

/// How to reach a department or authority.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reach {
    /// Its phone number.
    #[serde(default)]
    pub phone: Option<String>,
    /// When it answers.
    #[serde(default)]
    pub phone_hours: Option<Localized>,
    /// When one may come.
    #[serde(default)]
    pub hours: Option<Localized>,
    /// Where.
    #[serde(default)]
    pub place: Option<Localized>,
    /// Its page.
    #[serde(default)]
    pub page: Option<String>,
    /// Where to complain about it.
    #[serde(default)]
    pub complaint: Option<Localized>,
}
