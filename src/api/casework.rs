//! Work on a case beside its checklist: who is responsible, its course, its facts, its decision, questions to colleagues, notes, presence.
//! Each has its own version, so two people who change two of them never meet.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::contact::Channel;
use skranke_domain::decision::{DecisionOutcome, DecisionState, DecisionStep};
use skranke_domain::document::Openness;
use skranke_domain::procedure::Facts;
use skranke_domain::{
    AskId, CaseId, CaseNoteId, DepartmentId, DocumentId, ItemId, LetterId, Localized, ProcedureId, ReasonId, StaffId,
};

use crate::ETag;
use crate::handovers::Receiver;

/// The versions of what changes apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CaseVersions {
    /// Who is responsible (`/responsible`).
    pub responsible: ETag,
    /// Deadline and suspension (`/course`).
    pub course: ETag,
    /// Facts and the procedure's version (`/facts`).
    pub facts: ETag,
}

/// Makes somebody responsible, or nobody (`PATCH …/responsible`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResponsibleChange {
    /// Who; none releases the case.
    pub to: Option<StaffId>,
}

/// Changes a case's course (`PATCH …/course`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
pub enum CourseChange {
    /// Rests it: its deadline does not run.
    Suspend {
        /// Why (1 to 500 characters).
        #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 500))]
        reason: String,
        /// Until which day, itself included; none until somebody resumes it.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
        until: Option<Date>,
    },
    /// Goes on with it: its deadline moves by the days that it rested.
    Resume,
    /// Gives it more time; the citizen is told why (forvaltningsloven, god forvaltningsskik).
    Extend {
        /// The new deadline, the day itself included.
        #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
        until: Date,
        /// Why (1 to 500 characters).
        #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 500))]
        reason: String,
    },
}

/// A suspension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Suspension {
    /// Since when.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub since: Date,
    /// Until which day, itself included.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
}

/// Says facts, or lifts the case to another version of its procedure (`PATCH …/facts`). Items follow their conditions at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FactsChange {
    /// What is known now; what is not named stays.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub facts: Facts,
    /// The version of the procedure to go over to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure_version: Option<u32>,
}

/// What a newer version of the procedure would change for a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LiftView {
    /// The version that the case keeps.
    pub from: u32,
    /// The newest version.
    pub to: u32,
    /// What differs, in the order of the newer checklist; empty where nothing does.
    pub differences: Vec<LiftDifference>,
}

/// A difference between two versions of a checklist, for one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum LiftDifference {
    /// An item is new.
    Added {
        /// Its name.
        label: Localized,
        /// Whether it applies to this citizen; none where nobody knows yet.
        applies: Option<bool>,
    },
    /// An item is gone; what was decided about it stays in the history.
    Removed {
        /// Its name.
        label: Localized,
    },
    /// An item reads otherwise.
    Changed {
        /// Its name now.
        label: Localized,
        /// What changed: `label`, `evidence`, `when`, `due`, `supplied_by`, `citizen_text`.
        parts: Vec<String>,
        /// It was settled, and stays so.
        settled: bool,
    },
}

/// Relates a case to another of the same citizen, or parts them (`POST …/relations`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RelationRequest {
    /// The other case.
    pub other: CaseId,
    /// Whether they belong together from now on.
    pub related: Related,
}

/// Whether two cases belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Related {
    /// They do.
    Together,
    /// They do not.
    Apart,
}

/// A related case, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RelatedCase {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Its name.
    pub title: Localized,
    /// Its column on the board.
    pub column: skranke_domain::case::Column,
    /// The department.
    pub department: DepartmentId,
}

/// Proposes a decision (`POST …/decision`). Where the procedure wants no second pair of eyes, it is approved at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecisionRequest {
    /// What is decided.
    pub outcome: DecisionOutcome,
    /// The reasons of the catalogue that it rests on (at most 10).
    #[cfg_attr(feature = "schema", schema(max_items = 10))]
    pub reasons: Vec<ReasonId>,
    /// The reasons as the citizen reads them (1 to 6000 characters).
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 6000))]
    pub text: String,
    /// The language of the text.
    pub language: LanguageCode,
    /// The authority that a case is passed on to; required for that outcome alone.
    #[serde(default)]
    pub passed_to: Option<DepartmentId>,
    /// Who is asked to look at it; none asks whoever may.
    #[serde(default)]
    pub second: Option<StaffId>,
}

/// Takes a decision a step further (`PATCH …/decision`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecisionChange {
    /// The step.
    pub step: DecisionStep,
    /// Why; required to send it back.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_length = 500))]
    pub reason: Option<String>,
    /// How it is told; required to issue it: Digital Post, letter, e-mail or at the counter.
    #[serde(default)]
    pub channel: Option<Channel>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DecisionView {
    /// What is decided.
    pub outcome: DecisionOutcome,
    /// How far it is.
    pub state: DecisionState,
    /// The reasons of the catalogue.
    pub reasons: Vec<ReasonId>,
    /// The reasons as the citizen reads them.
    pub text: String,
    /// The language of the text.
    pub language: LanguageCode,
    /// The authority that decides.
    pub authority: DepartmentId,
    /// The authority that the case is passed on to.
    pub passed_to: Option<DepartmentId>,
    /// Who proposed it.
    pub proposed_by: StaffId,
    /// Her name.
    pub proposed_by_name: String,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub proposed_at: Timestamp,
    /// Who is asked to look at it.
    pub second: Option<StaffId>,
    /// Who approved it or sent it back, by name.
    pub looked_by: Option<String>,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub looked_at: Option<Timestamp>,
    /// Why it was sent back.
    pub sent_back: Option<String>,
    /// When it was told to the citizen, and how.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub issued_at: Option<Timestamp>,
    /// How it was told.
    pub channel: Option<Channel>,
    /// The letter, once it is approved.
    pub letter: Option<DocumentId>,
    /// Its version.
    pub etag: ETag,
}

/// What a colleague is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AskKind {
    /// What she knows of the matter.
    Expert,
    /// To look at it too.
    SecondEyes,
    /// To have heard of it.
    Mention,
    /// The case goes back to her who had it.
    HandBack,
}

/// How far a question to a colleague is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AskState {
    /// It waits.
    Open,
    /// It was answered.
    Answered,
    /// It was taken back.
    TakenBack,
}

/// Asks a colleague about a case (`POST …/asks`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AskRequest {
    /// The identifier that the client made.
    pub id: AskId,
    /// What for.
    pub kind: AskKind,
    /// Whom.
    pub to: Receiver,
    /// The item it is about.
    #[serde(default)]
    pub item: Option<ItemId>,
    /// The question (1 to 1000 characters).
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 1000))]
    pub text: String,
}

/// Answers a question or takes it back (`PATCH …/asks/{ask}`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AskChange {
    /// The state it goes to: answered or taken back.
    pub state: AskState,
    /// The answer; required for an answer.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_length = 1000))]
    pub reply: Option<String>,
}

/// A question to a colleague.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AskView {
    /// Its identifier.
    pub id: AskId,
    /// The case.
    pub case: CaseId,
    /// The case's name, for the receiver's list.
    pub case_title: Localized,
    /// The citizen's name, for the receiver's list.
    pub citizen_name: String,
    /// What for.
    pub kind: AskKind,
    /// To whom.
    pub to: Receiver,
    /// The receiver's name.
    pub to_name: String,
    /// The item it is about.
    pub item: Option<ItemId>,
    /// The question.
    pub text: String,
    /// How far it is.
    pub state: AskState,
    /// The answer.
    pub reply: Option<String>,
    /// Who answered, by name.
    pub replied_by: Option<String>,
    /// Who asked.
    pub from: StaffId,
    /// Her name.
    pub from_name: String,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Its version.
    pub etag: ETag,
}

/// Writes a note on a case (`POST …/notes`). A note is never changed: what was wrong is corrected by another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CaseNoteRequest {
    /// The identifier that the client made.
    pub id: CaseNoteId,
    /// The text (1 to 2000 characters).
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 2000))]
    pub text: String,
    /// Part of the file, or internal.
    pub openness: Openness,
}

/// A note on a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CaseNoteView {
    /// Its identifier.
    pub id: CaseNoteId,
    /// The text.
    pub text: String,
    /// Part of the file, or internal.
    pub openness: Openness,
    /// Who wrote it, by name.
    pub by: String,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
}

/// Says what one does on a case (`POST …/presence`); it holds for [`PRESENCE_SECONDS`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PresenceRequest {
    /// What one does.
    pub doing: Doing,
    /// The item that is edited.
    #[serde(default)]
    pub item: Option<ItemId>,
}

/// How long a presence holds without being said again, in seconds.
pub const PRESENCE_SECONDS: u64 = 90;

/// What somebody does on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// Reads.
    Reading,
    /// Edits an item, or writes a request or a decision.
    Editing,
    /// Has left.
    Left,
}

/// Somebody else who is on a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PresenceView {
    /// Who.
    pub staff: StaffId,
    /// Her name.
    pub name: String,
    /// Her initials.
    pub initials: String,
    /// What she does: reads or edits.
    pub doing: Doing,
    /// The item that she edits, by name.
    pub item: Option<Localized>,
}

/// Everybody else on a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Presences {
    /// In the order in which they came.
    pub others: Vec<PresenceView>,
}

/// How far a request for papers is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// It awaits the citizen, and its day has not passed.
    Open,
    /// Its day has passed.
    Overdue,
    /// Everything came.
    Answered,
    /// The office closed it.
    Closed,
}

/// A request for papers, as a case shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RequestView {
    /// Its identifier.
    pub id: LetterId,
    /// How far it is.
    pub state: RequestState,
    /// The items of this case that it asks for.
    pub items: Vec<ItemId>,
    /// The language it is written in.
    pub language: LanguageCode,
    /// The text as it was sent.
    pub text: String,
    /// How it was sent.
    pub channel: Channel,
    /// The last day to answer, itself included.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub deadline: Date,
    /// The day of the reminder; none where none is sent.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub reminder: Option<Date>,
    /// The reminder was sent.
    pub reminded: bool,
    /// When it was sent.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub sent: Timestamp,
    /// Who sent it, by name.
    pub by: String,
    /// Papers that she cannot get, and why, in her words.
    pub cannot: Vec<CannotView>,
    /// What she wrote besides.
    pub replied: Option<String>,
    /// Its version.
    pub etag: ETag,
}

/// A paper that the citizen cannot get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CannotView {
    /// The item.
    pub item: ItemId,
    /// Why, in her words.
    pub why: String,
}

/// Changes a request that was sent (`PATCH /v1/citizens/{citizen}/information-requests/{letter}`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
pub enum RequestChange {
    /// Gives her longer.
    Extend {
        /// The new last day, itself included.
        #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
        until: Date,
    },
    /// Reminds her now.
    Remind,
    /// Closes it: nothing more is awaited by it.
    Close {
        /// Why (1 to 500 characters).
        #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 500))]
        reason: String,
    },
}

/// A request after it was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RequestStanding {
    /// Its identifier.
    pub id: LetterId,
    /// How far it is, over all of its cases.
    pub state: RequestState,
    /// The last day to answer, itself included.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub deadline: Date,
    /// The day of the reminder; none where none is sent.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub reminder: Option<Date>,
    /// The reminder was sent.
    pub reminded: bool,
    /// Its version.
    pub etag: ETag,
}

/// The procedure of a case with the version that it keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct KeptProcedure {
    /// The procedure.
    pub id: ProcedureId,
    /// The version that the case keeps.
    pub version: u32,
    /// The newest version of the catalogue.
    pub newest: u32,
}
