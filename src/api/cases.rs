//! Cases and their checklists.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_domain::authority::Level;
use skranke_domain::checklist::{Due, ItemAction, ItemGroup, ItemState};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::contact::{Channel, ForWhom, Outcome, Verified};
use skranke_domain::decision::DecisionRule;
use skranke_domain::procedure::{Facts, Provenance, Supplier};
use skranke_domain::{
    CaseId, CitizenId, CommandId, ContactId, ItemId, LifeSituationId, Localized, PaperId, ProcedureId, StaffId,
};

use crate::ETag;
use crate::casework::{
    AskView, CaseNoteView, CaseVersions, DecisionView, PresenceView, RelatedCase, RequestView, Suspension,
};
use crate::documents::DocumentView;
use crate::overview::{CaseRow, Situation};

/// A case with its checklist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CaseView {
    /// The case as a row; its version is the `ETag` header's.
    pub row: CaseRow,
    /// The citizen's full name, for the trail.
    pub citizen_name: String,
    /// The life situation.
    pub situation: Option<Situation>,
    /// The kind of that life situation.
    pub situation_kind: Option<LifeSituationId>,
    /// The version of the procedure the case keeps.
    pub procedure_version: u32,
    /// The usual length of its meeting in minutes; none when nobody attends.
    pub attendance_minutes: Option<u16>,
    /// When it was received.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub received: Timestamp,
    /// The facts its conditions were asked with.
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub facts: Facts,
    /// The checklist, in the catalogue's order.
    pub items: Vec<ItemView>,
    /// The last of what happened, newest first.
    pub history: Vec<HistoryLine>,
    /// What this person may do with it.
    pub may: CaseRights,
    /// The newest version of its procedure.
    pub procedure_newest: u32,
    /// How deep its decision goes.
    pub level: Level,
    /// How it is decided, by the version that it keeps.
    pub rule: Option<DecisionRule>,
    /// The versions of what changes apart.
    pub versions: CaseVersions,
    /// The caseworker.
    pub responsible_id: Option<StaffId>,
    /// Others who work on it, in the order in which they came.
    pub collaborators: Vec<Collaborator>,
    /// It rests.
    pub suspension: Option<Suspension>,
    /// Cases that belong together with it.
    pub related: Vec<RelatedCase>,
    /// Its decision.
    pub decision: Option<DecisionView>,
    /// Requests for its papers, newest first.
    pub requests: Vec<RequestView>,
    /// Its documents, newest first.
    pub documents: Vec<DocumentView>,
    /// Questions to colleagues, newest first.
    pub asks: Vec<AskView>,
    /// Notes, newest first.
    pub notes: Vec<CaseNoteView>,
    /// Who else is here now.
    pub others: Vec<PresenceView>,
    /// Who finished the application on her behalf, by name.
    pub on_behalf: Option<String>,
    /// The language she is written to in.
    pub language: LanguageCode,
    /// She is exempt from Digital Post.
    pub exempt_from_digital_post: bool,
}

/// Somebody who works on a case beside the one who is responsible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Collaborator {
    /// Who.
    pub staff: StaffId,
    /// Her name.
    pub name: String,
    /// Her initials.
    pub initials: String,
}

/// A fact that decided about an item, with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FactSaid {
    /// As conditions write it: `person.age`.
    pub name: String,
    /// As people read it.
    pub title: Localized,
    /// What is known, as people read it; none where nobody knows.
    pub value: Option<Localized>,
}

/// What a person may do with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CaseRights {
    /// Judge items of the checklist.
    pub judge_items: bool,
    /// Book its attendance.
    pub book: bool,
    /// Ask the citizen for papers, bring documents, say facts, write notes.
    pub work: bool,
    /// Make somebody responsible, rest it, give it more time.
    pub steer: bool,
    /// Propose its decision.
    pub decide: bool,
    /// Approve a decision that somebody else proposed.
    pub approve: bool,
}

/// An item of a case's checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ItemView {
    /// Its slug.
    pub id: ItemId,
    /// What the clerk calls it.
    pub label: Localized,
    /// What counts as evidence.
    pub evidence: Option<Localized>,
    /// What the citizen reads.
    pub citizen_text: Option<Localized>,
    /// Its state.
    pub state: ItemState,
    /// When it must be settled.
    pub due: Due,
    /// Who supplies it.
    pub supplied_by: Supplier,
    /// The reason of the last judgement.
    pub reason: Option<String>,
    /// Who changed it last, by name; none for the system.
    pub changed_by: Option<String>,
    /// When it changed last.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub changed_at: Option<Timestamp>,
    /// The condition that makes it apply, as written in the catalogue; none for items that always apply.
    pub because: Option<String>,
    /// The facts that this condition asks, as people read them.
    pub because_facts: Vec<Localized>,
    /// Those of them that nobody knows yet.
    pub unknown_facts: Vec<Localized>,
    /// The same facts with what is known of each.
    pub because_said: Vec<FactSaid>,
    /// What it is about.
    pub group: ItemGroup,
    /// What kind of paper it is.
    pub paper: Option<PaperId>,
    /// Source, year, certainty.
    pub provenance: Provenance,
    /// Its own version.
    pub etag: ETag,
}

/// A judgement of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ItemChange {
    /// What is done.
    pub action: ItemAction,
    /// Why; required for reject, waive and not applicable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(max_length = 500))]
    pub reason: Option<String>,
}

/// The answer to a judgement: the item and what the case adds up to now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ItemChanged {
    /// The item as it stands.
    pub item: ItemView,
    /// The case as it stands.
    pub case: CaseRow,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HistoryKind {
    /// The case was received.
    Received,
    /// An item changed.
    Item,
    /// An attendance was booked.
    Booked,
    /// An attendance was cancelled.
    Cancelled,
    /// The time was moved.
    Moved,
    /// It was decided.
    Decided,
    /// It was closed.
    Closed,
    /// The citizen was asked for papers in a letter.
    Asked,
    /// A change was reported that touches it.
    ChangeReported,
    /// A document came.
    DocumentCame,
    /// A document was taken from an item, or given to another.
    DocumentMoved,
    /// The citizen replied.
    Replied,
    /// The citizen was reminded.
    Reminded,
    /// A request was closed or given longer.
    RequestChanged,
    /// Somebody became responsible, or nobody.
    Assigned,
    /// It rests.
    Suspended,
    /// It goes on.
    Resumed,
    /// Its deadline moved.
    Extended,
    /// Facts were said.
    FactsSaid,
    /// It went over to another version of its procedure.
    Lifted,
    /// It was related to another case, or parted.
    Related,
    /// A decision was proposed.
    Proposed,
    /// A proposed decision was sent back.
    SentBack,
    /// A proposed decision was taken back.
    TakenBack,
    /// The decision was told to the citizen.
    Issued,
    /// A colleague was asked.
    AskedColleague,
    /// A colleague answered.
    ColleagueAnswered,
    /// A note was written.
    Noted,
    /// An authority answered.
    AuthorityAnswered,
    /// The application was finished on the citizen's behalf.
    OnBehalf,
}

/// A line of a case's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HistoryLine {
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Who, by name; none for the system.
    pub by: Option<String>,
    /// Who, by identifier.
    pub by_id: Option<StaffId>,
    /// What.
    pub kind: HistoryKind,
    /// The item it is about.
    pub item: Option<Localized>,
    /// The state it reached.
    pub state: Option<ItemState>,
    /// The reason given.
    pub reason: Option<String>,
    /// The command that did it.
    pub command: Option<CommandId>,
}

/// A contact on any channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ContactView {
    /// Its identifier.
    pub id: ContactId,
    /// The citizen.
    pub citizen: CitizenId,
    /// The case it was about, where it was about one that this role may see.
    pub case: Option<CaseId>,
    /// The channel.
    pub channel: Channel,
    /// When it began.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// How long, in minutes.
    pub minutes: Option<u16>,
    /// What it was about, in one line.
    pub text: Localized,
    /// Who took it, by name.
    pub by: Option<String>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// What it was about.
    #[serde(default)]
    pub subjects: Vec<ProcedureId>,
    /// The life situation it belonged to.
    #[serde(default)]
    pub situation: Option<LifeSituationId>,
    /// For whom she came or rang.
    #[serde(default)]
    pub for_whom: Option<ForWhom>,
    /// How it was made sure who it was.
    #[serde(default)]
    pub verified: Option<Verified>,
}
