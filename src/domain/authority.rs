//! Who may act: roles, and the level of authority per department. What does not live here: the server's table of routes.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::DepartmentId;
use crate::citizen::words;

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

/// On which department and how deep somebody may act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Authority {
    /// The department.
    pub department: DepartmentId,
    /// The deepest level.
    pub level: Level,
    /// The last day it holds.
    pub until: Option<Date>,
}
