//! Why something is not allowed, from what is known of her authorities: the window says what is missing and not merely that something is. What does
//! not live here: the rule itself (the server's).

use jiff::civil::Date;
use skranke_api::me::Me;
use skranke_domain::authority::{Authority, Level, Role};
use skranke_domain::{DepartmentId, ProcedureId};

/// What she lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacks {
    /// Her role works on no cases.
    Role,
    /// Any authority in the department.
    Department,
    /// Authority over this task: hers covers others of the department.
    Task,
    /// Authority as deep as this takes.
    Level {
        /// As deep as hers goes.
        has: Level,
        /// As deep as it takes.
        needs: Level,
    },
    /// Hers ended on that day.
    Expired(Date),
    /// Hers begins on that day.
    Begins(Date),
}

/// What she lacks to act on a task as deep as `needs`; none where her authorities do.
#[must_use]
pub fn lacks(
    me: &Me,
    (department, procedure): (&DepartmentId, &ProcedureId),
    needs: Level,
    today: Date,
) -> Option<Lacks> {
    if matches!(me.role, Role::Host | Role::Guest) {
        return Some(Lacks::Role);
    }
    let hers = || me.authorities.iter().filter(|one| one.department == *department);
    let covering = || hers().filter(|one| one.covers(department, Some(procedure)));
    let holding = covering().filter(|one| one.holds_on(today)).map(|one| one.level).max();
    if holding.is_some_and(|level| level >= needs) {
        return None;
    }
    let deep: Vec<&Authority> = covering().filter(|one| one.level >= needs).collect();
    let ended = deep.iter().filter_map(|one| one.until).filter(|until| *until < today).max();
    let begins = deep.iter().filter_map(|one| one.from).filter(|from| *from > today).min();
    Some(match (begins, ended, holding) {
        (Some(from), ..) => Lacks::Begins(from),
        (None, Some(until), _) => Lacks::Expired(until),
        (None, None, Some(has)) => Lacks::Level { has, needs },
        (None, None, None) => match covering().map(|one| one.level).max() {
            Some(has) => Lacks::Level { has, needs },
            None if hers().next().is_some() => Lacks::Task,
            None => Lacks::Department,
        },
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    fn me(role: &str, authorities: serde_json::Value) -> Me {
        serde_json::from_value(json!({
            "id": "01890000-0000-7000-8000-000000000001", "name": "Ida Mellemgaard", "initials": "IM", "role": role,
            "department": "kff", "authorities": authorities, "site": "norrebro", "counter": null, "training": true,
            "municipality": "København"
        }))
        .unwrap()
    }

    fn why(me: &Me, needs: Level) -> Option<Lacks> {
        let (kff, task) = (DepartmentId::parse("kff").unwrap(), ProcedureId::parse("cpr-eu-employee").unwrap());
        lacks(me, (&kff, &task), needs, date(2026, 6, 9))
    }

    #[test]
    fn authority_that_is_deep_enough_today_lacks_nothing() {
        let one = json!([{ "department": "kff", "level": "rule_based", "from": "2026-06-09", "until": "2026-06-09" }]);
        assert_eq!(why(&me("clerk", one), Level::RuleBased), None);
    }

    #[test]
    fn what_is_missing_is_named_department_task_or_level() {
        let other = json!([{ "department": "sof", "level": "judgement", "until": null }]);
        assert_eq!(why(&me("clerk", other), Level::Guidance), Some(Lacks::Department));
        let task = json!([{ "department": "kff", "procedures": ["passport"], "level": "judgement", "until": null }]);
        assert_eq!(why(&me("clerk", task), Level::Guidance), Some(Lacks::Task));
        let low = json!([{ "department": "kff", "level": "guidance", "until": null }]);
        let lacks = Lacks::Level { has: Level::Guidance, needs: Level::Judgement };
        assert_eq!(why(&me("clerk", low), Level::Judgement), Some(lacks));
        assert_eq!(why(&me("host", json!([])), Level::Guidance), Some(Lacks::Role));
    }

    #[test]
    fn what_ended_or_has_not_begun_is_told_with_its_day() {
        let ended = json!([{ "department": "kff", "level": "judgement", "until": "2026-06-08" }]);
        assert_eq!(why(&me("clerk", ended), Level::RuleBased), Some(Lacks::Expired(date(2026, 6, 8))));
        let begins = json!([
            { "department": "kff", "level": "judgement", "until": "2026-06-01" },
            { "department": "kff", "level": "rule_based", "from": "2026-07-01", "until": null },
            { "department": "kff", "level": "guidance", "until": null }
        ]);
        assert_eq!(why(&me("clerk", begins), Level::RuleBased), Some(Lacks::Begins(date(2026, 7, 1))));
    }
}
