//! What a role does not see, and what opens it. What lives here: the departments that are withheld, and a person's sight during one request.
//! What does not: breaking the glass (`routes::break_glass`), finding out which glasses are open (`need`, `crate::events`).

use std::sync::LazyLock;

use skranke_domain::access::{Context, LegalBasis, Tie};
use skranke_domain::authority::Role;
use skranke_domain::{BreakGlassId, DepartmentId};

use crate::auth::Person;

/// Departments whose cases a role does not see. They leave no trace: no count, no event, no hit, no gap.
#[must_use]
pub const fn withheld(role: Role) -> &'static [&'static str] {
    match role {
        Role::Guest | Role::Host | Role::Clerk => &["sof"],
        Role::Caseworker | Role::TeamLeader => &[],
    }
}

/// Whether a department's cases are kept from a role.
#[must_use]
pub fn is_withheld(role: Role, department: &str) -> bool {
    withheld(role).contains(&department)
}

/// Whether a role sees contents of cases at all; a host sees who comes and when, not what for.
#[must_use]
pub const fn sees_cases(role: Role) -> bool {
    matches!(role, Role::Clerk | Role::Caseworker | Role::TeamLeader)
}

/// What was found out about a look at a citizen before its route ran. The log's records take it from here.
#[derive(Clone, Copy, Debug, Default)]
pub struct Looked {
    /// The business that was found; none where nobody asked.
    pub context: Option<Context>,
    /// What ties the person to the citizen.
    pub tie: Option<Tie>,
    /// The legal basis, where other departments' data are read.
    pub basis: Option<LegalBasis>,
    /// She is in a role that she took for the day.
    pub rotated: bool,
    /// The glass through which more is seen than the role sees.
    pub glass: Option<BreakGlassId>,
    /// What stays withheld behind that glass; none where there is none.
    pub(super) sight: Option<&'static [&'static str]>,
}

impl Looked {
    /// A look through a glass that is open: what stays withheld is the role's list without these departments.
    #[must_use]
    pub fn through(self, glass: BreakGlassId, role: Role, opened: &[&DepartmentId]) -> Self {
        Self { glass: Some(glass), sight: Some(without(role, opened)), ..self }
    }
}

/// Every part of a role's list, by the bits of what is left out: a part of a list that is known beforehand is known beforehand too.
static PARTS: LazyLock<[Vec<Vec<&'static str>>; 5]> = LazyLock::new(|| {
    let parts = |role: Role| -> Vec<Vec<&'static str>> {
        let whole = withheld(role);
        let left = |out: usize| whole.iter().enumerate().filter(move |(at, _)| out & (1 << at) == 0);
        (0..1_usize << whole.len()).map(|out| left(out).map(|(_, department)| *department).collect()).collect()
    };
    [Role::Host, Role::Clerk, Role::Caseworker, Role::TeamLeader, Role::Guest].map(parts)
});

/// A role's list without some departments.
fn without(role: Role, opened: &[&DepartmentId]) -> &'static [&'static str] {
    let place = match role {
        Role::Host => 0,
        Role::Clerk => 1,
        Role::Caseworker => 2,
        Role::TeamLeader => 3,
        Role::Guest => 4,
    };
    let whole = withheld(role);
    let out = opened.iter().filter_map(|open| whole.iter().position(|department| *department == open.as_str()));
    let out = out.fold(0, |bits, at| bits | 1 << at);
    PARTS.get(place).and_then(|parts| parts.get(out)).map_or(whole, Vec::as_slice)
}

impl Person {
    /// The departments that are kept from this person in this request: her role's, save what an open glass shows of the citizen whom the
    /// request looks at.
    #[must_use]
    pub fn withheld(&self) -> &'static [&'static str] {
        self.looked.sight.unwrap_or_else(|| withheld(self.role()))
    }

    /// Whether a department's cases are kept from this person in this request.
    #[must_use]
    pub fn is_withheld(&self, department: &str) -> bool {
        self.withheld().contains(&department)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glass_opens_what_is_named_and_nothing_else() {
        let of = |slug: &str| DepartmentId::parse(slug).unwrap();
        assert_eq!(without(Role::Clerk, &[&of("sof")]), [] as [&str; 0]);
        assert_eq!(without(Role::Clerk, &[&of("kff")]), ["sof"]);
        assert_eq!(without(Role::TeamLeader, &[&of("sof")]), [] as [&str; 0]);
    }
}
