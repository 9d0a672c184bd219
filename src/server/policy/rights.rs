//! What a person may do: her authority by department, task, level and day, what it makes of a case, and who she is today. What does not live
//! here: which routes a role has (`table`), what she may look at (`need`).

use std::sync::Arc;

use jiff::civil::Date;
use skranke_api::cases::CaseRights;
use skranke_domain::authority::{Level, Role};
use skranke_domain::case::Phase;
use skranke_domain::{DepartmentId, ProcedureId};

use super::{is_withheld, sees_cases};
use crate::auth::{Hand, Person};
use crate::store::{self, Conn, rights};

impl Person {
    /// Whether her authority over a task of a department reaches a level on a day. Where no task is named: over anything of it.
    #[must_use]
    pub fn may(&self, department: &DepartmentId, procedure: Option<&ProcedureId>, level: Level, today: Date) -> bool {
        let mut held = self.me.authorities.iter().filter(|a| a.level >= level && a.holds_on(today));
        held.any(|a| a.covers(department, procedure))
    }
}

/// Whether somebody comes for a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attends {
    /// The citizen comes.
    InPerson,
    /// Nobody has to come.
    Not,
}

/// A case, as far as it decides who may do what with it.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'a> {
    /// Whose it is.
    pub department: &'a DepartmentId,
    /// The task.
    pub procedure: &'a ProcedureId,
    /// How deep its decision goes.
    pub level: Level,
    /// How far it has come.
    pub phase: Phase,
    /// Whether somebody comes for it.
    pub attendance: Attends,
}

/// What a person may do with a case.
///
/// To work on a case takes any authority over its task. Judging its papers and steering it takes rule-based authority, or guidance where
/// guidance is all that the procedure gives; a decision takes the procedure's own level, and a second pair of eyes a caseworker's or a team
/// leader's. What is seen through a broken glass is read and nothing else.
#[must_use]
pub fn case_rights(person: &Person, matter: Matter<'_>, today: Date) -> CaseRights {
    let role = person.role();
    let here = matter.phase != Phase::Closed && sees_cases(role) && !is_withheld(role, matter.department.as_str());
    let may = |level: Level| here && person.may(matter.department, Some(matter.procedure), level, today);
    let judge_items = may(matter.level.min(Level::RuleBased));
    let decide = may(matter.level);
    CaseRights {
        judge_items,
        book: here && matter.attendance == Attends::InPerson,
        work: may(Level::Guidance),
        steer: judge_items,
        decide,
        approve: decide && matches!(role, Role::Caseworker | Role::TeamLeader),
    }
}

/// A person as she is today: in the role that she took for the day, with what the office remembers of her rights. What a sign-in claims about
/// her stands in its token and is newer than what is remembered.
///
/// # Errors
/// The store cannot be read.
pub async fn today(conn: &mut Conn, mut person: Person, today: Date) -> store::Result<Person> {
    if person.hand != Hand::Staff {
        return Ok(person);
    }
    let Some(known) = rights::of_today(conn, person.id(), today).await? else { return Ok(person) };
    let me = Arc::make_mut(&mut person.me);
    if let Some((roles, authorities)) = known.kept {
        me.roles = roles;
        me.authorities = authorities;
    }
    // A role that is no longer hers was taken before it was lost.
    if let Some(role) = known.taken.filter(|role| me.roles.contains(role)) {
        me.role = role;
        person.looked.rotated = true;
    }
    Ok(person)
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use skranke_domain::authority::Authority;

    use super::*;
    use crate::auth::{Auth, Doorkeeper, PersonaTokens};

    const TODAY: Date = jiff::civil::date(2026, 6, 9);

    fn clerk(authorities: Vec<Authority>) -> Person {
        let tokens = PersonaTokens::random();
        let door = Doorkeeper::new(&Auth::Training { tokens: tokens.clone() });
        let mut person = door.person(&tokens.clerk).unwrap().clone();
        Arc::make_mut(&mut person.me).authorities = authorities;
        person
    }

    #[test]
    fn an_authority_reaches_its_tasks_its_level_and_its_days_and_no_further() {
        let kff = DepartmentId::parse("kff").unwrap();
        let (passport, marriage) = (ProcedureId::parse("passport").unwrap(), ProcedureId::parse("marriage").unwrap());
        let person = clerk(vec![Authority {
            procedures: vec![passport.clone()],
            from: Some(TODAY),
            until: Some(TODAY),
            ..Authority::of(kff.clone(), Level::RuleBased)
        }]);
        let may = |procedure, level, day| person.may(&kff, Some(procedure), level, day);
        assert!(may(&passport, Level::RuleBased, TODAY));
        assert!(!may(&marriage, Level::Guidance, TODAY));
        assert!(!may(&passport, Level::Judgement, TODAY));
        assert!(!may(&passport, Level::RuleBased, TODAY.checked_add(1.day()).unwrap()));
        assert!(!may(&passport, Level::RuleBased, TODAY.checked_sub(1.day()).unwrap()));
        assert!(person.may(&kff, None, Level::Guidance, TODAY), "something of the department is hers");
    }
}
