//! Registering a contact at wrap-up, and asking for what is missing in one letter.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::contact::{Channel, ForWhom, Outcome, Verified};
use skranke_domain::{CaseId, CitizenId, ContactId, ItemId, LetterId, LifeSituationId, ProcedureId};

use crate::ETag;
use crate::cases::ContactView;
use crate::overview::CaseRow;

/// The most items of one letter.
pub const MAX_LETTER_ITEMS: usize = 60;
/// The longest letter, in characters.
pub const LETTER_CHARS: usize = 6000;

/// Registers a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContactRequest {
    /// The identifier that the client made.
    pub id: ContactId,
    /// The citizen.
    pub citizen: CitizenId,
    /// The case it was about, where it was about one.
    #[serde(default)]
    pub case: Option<CaseId>,
    /// The channel.
    pub channel: Channel,
    /// What it was about (12 procedures at most).
    #[cfg_attr(feature = "schema", schema(max_items = 12))]
    pub subjects: Vec<ProcedureId>,
    /// The life situation, for the figures.
    #[serde(default)]
    pub situation: Option<LifeSituationId>,
    /// How it ended.
    pub outcome: Outcome,
    /// For whom she came or rang.
    pub for_whom: ForWhom,
    /// How it was made sure who it is.
    pub verified: Verified,
    /// One line; may be empty.
    #[cfg_attr(feature = "schema", schema(max_length = 500))]
    pub text: String,
    /// When it began, by the clock.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub began: Timestamp,
    /// When it ended, by the clock.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub ended: Timestamp,
}

/// One letter that asks for several papers over several cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LetterRequest {
    /// The identifier that the client made.
    pub id: LetterId,
    /// The papers it asks for (1 to 60 items).
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 60))]
    pub items: Vec<LetterItem>,
    /// The language it is written in.
    pub language: LanguageCode,
    /// The text as it is sent (1 to 6000 characters).
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 6000))]
    pub text: String,
    /// How it is sent: Digital Post, letter or e-mail; or printed and given to her at the counter.
    pub channel: Channel,
    /// The last day she may answer.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub deadline: Date,
    /// The day she is reminded, before that day; none sends no reminder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub reminder: Option<Date>,
}

/// A paper that a letter asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LetterItem {
    /// The case.
    pub case: CaseId,
    /// The item of its checklist.
    pub item: ItemId,
    /// The version of the item that was seen.
    pub seen: ETag,
}

/// The answer to a letter: the contact that records it, and the cases as they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LetterSent {
    /// The letter.
    pub id: LetterId,
    /// The contact that records it.
    pub contact: ContactView,
    /// The cases whose items are requested now.
    pub cases: Vec<CaseRow>,
}
