//! Procedures and administrative tasks: how something is solved, who decides, which papers it takes. What does not live here: reading
//! the catalogue's files (see [`crate::catalogue`]), a citizen's own case.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::authority::Level;
use crate::checklist::{Due, ItemGroup};
use crate::citizen::words;
use crate::{CitizenText, DepartmentId, ItemId, LifeSituationId, Localized, PaperId, ProcedureId, TaskId};

pub mod condition;
pub mod difference;
pub mod facts;

words! {
    /// How sure a fact of the catalogue is.
    Certainty {
        /// An official page says so.
        High,
        /// Another municipality's page, or an older official one.
        Medium,
        /// Own knowledge or old: verify before use.
        Low,
        /// Invented for training; no source.
        Invented,
    }
    /// Who supplies a paper.
    Supplier {
        /// The citizen herself.
        Citizen,
        /// The other parent.
        OtherParent,
        /// The landlord.
        Landlord,
        /// The employer.
        Employer,
        /// A school or university.
        School,
        /// SIRI.
        Siri,
        /// The immigration service (Udlændingestyrelsen).
        Udi,
        /// A doctor.
        Doctor,
        /// A look-up in CPR.
        Cpr,
        /// The clerk.
        Clerk,
        /// A photo booth.
        PhotoBooth,
    }
    /// What became of a task of the 2005 list.
    Standing {
        /// The municipality still solves it.
        Municipal,
        /// The state has taken it over.
        MovedToState,
        /// It exists no more.
        Gone,
        /// Not verified.
        Unverified,
    }
}

impl Supplier {
    /// Whether the office itself looks it up or writes it, so that nobody outside is waited for.
    #[must_use]
    pub const fn is_office(self) -> bool {
        matches!(self, Self::Cpr | Self::Clerk)
    }
}

/// Where a fact comes from and how sure it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Provenance {
    /// Codes of the catalogue's source list.
    #[serde(default)]
    pub source: Vec<String>,
    /// The year the figure was true.
    #[serde(default)]
    pub year: Option<i16>,
    /// How sure.
    pub certainty: Certainty,
    /// A remark for whoever verifies it.
    #[serde(default)]
    pub note: Option<String>,
}

/// A fee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Fee {
    /// What it is for, where a procedure has several (child, adult, pensioner).
    #[serde(default)]
    pub label: Option<Localized>,
    /// In øre (1/100 kr.), so that 559.40 kr. stays exact; none where the amount is unknown.
    pub ore: Option<u32>,
    /// Source, year, certainty.
    pub provenance: Provenance,
}

/// A legal or practical deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Deadline {
    /// In words.
    pub text: Localized,
    /// Whole days after the application was received, where it can be counted; the day itself included.
    #[serde(default)]
    pub days: Option<u16>,
    /// Source, year, certainty.
    pub provenance: Provenance,
}

/// Whether and how the citizen attends in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AttendanceRule {
    /// Whether somebody must come.
    pub required: bool,
    /// Who.
    #[serde(default)]
    pub who: Option<Localized>,
    /// The usual length of the meeting in minutes.
    pub minutes: u16,
    /// Source, year, certainty.
    pub provenance: Provenance,
}

/// One line of a procedure's checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ItemTemplate {
    /// Its slug within the procedure.
    pub id: ItemId,
    /// What the clerk calls it.
    pub label: Localized,
    /// What counts as evidence.
    #[serde(default)]
    pub evidence: Option<Localized>,
    /// The condition under which it applies, as written in the catalogue: `person.age >= 18`.
    pub when: String,
    /// Who supplies it.
    pub supplied_by: Supplier,
    /// When it must be settled.
    pub due: Due,
    /// What the citizen reads.
    #[serde(default)]
    pub citizen_text: Option<Localized>,
    /// What it is about; none stands among the others.
    #[serde(default)]
    pub group: Option<ItemGroup>,
    /// What kind of paper it is, where several checklists ask for the same; none is a paper of this checklist alone.
    #[serde(default)]
    pub paper: Option<PaperId>,
    /// Source, year, certainty.
    pub provenance: Provenance,
}

/// A procedure with one version of its checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Procedure {
    /// Its slug.
    pub id: ProcedureId,
    /// The version of its checklist; a running case keeps the one it began with.
    pub version: u32,
    /// Its name.
    pub title: Localized,
    /// What the citizen calls it: "Registration of your entry".
    #[serde(default)]
    pub citizen_title: Option<CitizenText>,
    /// KLE number (`23.05.12`).
    #[serde(default)]
    pub kle: Option<String>,
    /// Who decides.
    pub department: DepartmentId,
    /// How deep a decision goes.
    pub level: Level,
    /// The life situations it belongs to.
    pub life_situations: Vec<LifeSituationId>,
    /// Attendance in person.
    pub attendance: AttendanceRule,
    /// Its deadline.
    #[serde(default)]
    pub deadline: Option<Deadline>,
    /// Its fees.
    #[serde(default)]
    pub fees: Vec<Fee>,
    /// What a clerk should know besides: limits of authority, exceptions.
    #[serde(default)]
    pub notes: Vec<Localized>,
    /// The way it goes.
    #[serde(default)]
    pub steps: Vec<Localized>,
    /// What the clerk looks at.
    #[serde(default)]
    pub clerk_checks: Vec<Localized>,
    /// The checklist.
    pub items: Vec<ItemTemplate>,
    /// Procedures and matters that usually follow (slugs; some have no procedure of their own yet, see [`Matter`]).
    #[serde(default)]
    pub consequences: Vec<String>,
    /// How it is decided; none where nobody wrote it down: one person decides, with words of her own.
    #[serde(default)]
    pub decision: Option<crate::decision::DecisionRule>,
    /// How it is solved, for whoever has never done it.
    #[serde(default)]
    pub guide: Option<crate::guide::Guide>,
    /// Where its steps and checks come from; item by item, fees and deadline have their own.
    pub provenance: Provenance,
}

/// Something that follows from a procedure and has no procedure of its own yet: MitID, NemKonto, a school place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Matter {
    /// Its slug, as [`Procedure::consequences`] names it.
    pub id: ProcedureId,
    /// Its name.
    pub title: Localized,
    /// Whose it is.
    pub department: DepartmentId,
}

/// A task of the task guide: one of the 138 of the 2005 report, with today's standing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Task {
    /// Its slug.
    pub id: TaskId,
    /// Its name.
    pub title: Localized,
    /// The department's abbreviation in 2005.
    pub department_2005: String,
    /// The department or authority today, where it is known.
    #[serde(default)]
    pub department: Option<DepartmentId>,
    /// Was new in the 2005 proposal.
    pub proposed_2005: bool,
    /// The levels of authority the counter had.
    pub levels: Vec<Level>,
    /// What became of it.
    pub standing: Standing,
    /// Who solves it now, where it moved.
    #[serde(default)]
    pub moved_to: Option<Localized>,
    /// The life situations it belongs to.
    pub life_situations: Vec<LifeSituationId>,
    /// Our procedure for it, where the catalogue has one.
    #[serde(default)]
    pub procedure: Option<ProcedureId>,
    /// How it is solved.
    #[serde(default)]
    pub guide: Option<crate::guide::Guide>,
    /// Source, year, certainty.
    pub provenance: Provenance,
}

/// A fact about a citizen's case that conditions ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum FactValue {
    /// Yes or no.
    Flag(bool),
    /// A whole number (years, months).
    Number(i64),
    /// A word of the condition language.
    Word(String),
}

/// The facts of a case by name: `person.age`, `stay.ground`. A fact that is not there is unknown.
pub type Facts = BTreeMap<String, FactValue>;
