//! A citizen's life situations: opened by a clerk or proposed from what happened, their answers, and what became of what usually follows.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_domain::life_situation::{Answer, Answers, Follow, Happening};
use skranke_domain::{CaseId, CitizenId, FollowOnId, LifeSituationId, QuestionId, SituationId};

use crate::ETag;

/// All of a citizen's situations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SituationList {
    /// Those that were opened, newest day first; closed ones last.
    pub situations: Vec<SituationView>,
    /// Those that what happened proposes, and nobody opened or declined yet.
    pub proposed: Vec<ProposedSituation>,
}

/// A situation as it was opened for her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SituationView {
    /// Its identifier.
    pub id: SituationId,
    /// The citizen.
    pub citizen: CitizenId,
    /// Its kind.
    pub kind: LifeSituationId,
    /// Since when, or planned for when.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub since: Date,
    /// Who opened it, by name; none for what departments reported.
    pub by: Option<String>,
    /// Who holds it together, with department.
    pub coordinator: Option<String>,
    /// It is closed: nothing more follows.
    pub closed: bool,
    /// The answers given so far.
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub answers: Answers,
    /// What somebody decided about, or started; what is not named is open.
    pub follows: Vec<FollowState>,
    /// Its own version.
    pub etag: ETag,
}

/// What became of something that usually follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FollowState {
    /// Which.
    pub follow: FollowOnId,
    /// What became of it.
    pub state: Follow,
    /// Why it was dismissed.
    pub reason: Option<String>,
    /// The case that was started, where this role may see it.
    pub case: Option<CaseId>,
    /// Who, by name.
    pub by: Option<String>,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub at: Option<Timestamp>,
}

/// A situation that something that happened proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProposedSituation {
    /// The kind that is proposed.
    pub kind: LifeSituationId,
    /// What happened.
    pub happening: Happening,
    /// When it happened.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub on: Date,
}

/// Opens a situation, or declines one that was proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SituationRequest {
    /// The identifier that the client made.
    pub id: SituationId,
    /// The kind.
    pub kind: LifeSituationId,
    /// Since when, or planned for when.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub since: Date,
    /// What proposed it, where something did.
    #[serde(default)]
    pub happening: Option<Happening>,
    /// Why a proposed one is declined; without it the situation is opened.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_length = 500))]
    pub declined: Option<String>,
    /// The answers that are known already.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub answers: Answers,
}

/// Changes a situation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "change", rename_all = "snake_case", deny_unknown_fields)]
pub enum SituationChange {
    /// A question was answered.
    Answer {
        /// Which.
        question: QuestionId,
        /// With what.
        answer: Answer,
    },
    /// Something that usually follows does not here.
    Dismiss {
        /// Which.
        follow: FollowOnId,
        /// Why (1 to 500 characters).
        #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 500))]
        reason: String,
    },
    /// A dismissal was a mistake.
    Reopen {
        /// Which.
        follow: FollowOnId,
    },
    /// Nothing more follows.
    Close,
}
