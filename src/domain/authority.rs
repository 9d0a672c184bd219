//! Who may act: roles, and the level of authority per department. What does not live here: the server's table of routes.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::citizen::words;
use crate::{DepartmentId, ProcedureId};

words! {
    /// The role of the day: staff rotate between front and back office.
    Role {
        /// Receives, triages.
        Host,
        /// Serves citizens at the counter and on the phone.
        Clerk,
        /// Works through applications.
        Caseworker,
        /// Leads the team, reviews the log.
        TeamLeader,
        /// Reads the task guide and nothing else.
        Guest,
    }
    /// The level of authority (the 2005 report's three depths).
    Level {
        /// 1: guidance.
        Guidance,
        /// 2: rule-based decision.
        RuleBased,
        /// 3: professional judgement.
        Judgement,
    }
}

/// On which department and tasks, how deep and for how long somebody may act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Authority {
    /// The department.
    pub department: DepartmentId,
    /// The tasks it covers, by their procedures; none named: all of the department.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub procedures: Vec<ProcedureId>,
    /// The deepest level.
    pub level: Level,
    /// The first day it holds.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub from: Option<Date>,
    /// The last day it holds.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub until: Option<Date>,
}

impl Authority {
    /// Authority over all tasks of a department, without an end.
    #[must_use]
    pub const fn of(department: DepartmentId, level: Level) -> Self {
        Self { department, procedures: Vec::new(), level, from: None, until: None }
    }

    /// Whether it holds on a day: the first and the last day belong to it.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| until >= day)
    }

    /// Whether it covers a task. Where no task is named, whether it covers anything of the department.
    #[must_use]
    pub fn covers(&self, department: &DepartmentId, procedure: Option<&ProcedureId>) -> bool {
        self.department == *department
            && (self.procedures.is_empty() || procedure.is_none_or(|one| self.procedures.contains(one)))
    }
}
