//! The rules of the figures: which matters are counted together, what is aimed at, what each measure means. They are data
//! (`assets/figures.toml`). What does not live here: counting.

use serde::{Deserialize, Serialize};

use super::Measure;
use crate::{DepartmentId, LifeSituationId, Localized, ProcedureId, SiteId};

const BUILTIN: &str = include_str!("../../../assets/figures.toml");

/// What belongs to none of the groups.
pub const OTHER: &str = "other";

/// The rules of the figures.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureRules {
    /// The groups of matters in the order in which they are shown.
    #[serde(rename = "group")]
    pub groups: Vec<Group>,
    /// What is aimed at: the first that names neither site nor department is everybody's.
    #[serde(rename = "aim")]
    aims: Vec<Aim>,
    /// What each measure means.
    #[serde(rename = "definition")]
    pub definitions: Vec<Definition>,
}

/// Matters that are counted together, by life situation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: Localized,
    /// What it is called where there is little room.
    pub short: Localized,
    /// The kinds of life situation that belong to it.
    #[serde(default)]
    pub situations: Vec<LifeSituationId>,
    /// What meetings of the group are told apart by; empty: they are not.
    #[serde(default)]
    pub matters: Vec<Matter>,
}

/// Meetings that take about as long.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: Localized,
    /// The procedures that belong to it; the first matter of a group also takes what is named nowhere.
    pub procedures: Vec<ProcedureId>,
}

/// What an office aims at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Aims {
    /// How long people should wait at most, in minutes.
    pub waiting_minutes: u16,
    /// Beyond how many minutes a wait is told of by itself.
    pub long_minutes: u16,
    /// How many of a hundred visits should be booked.
    pub booked_percent: u8,
    /// How many people may have to come again because a paper was missing.
    pub paper_missing: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Aim {
    #[serde(default)]
    site: Option<SiteId>,
    #[serde(default)]
    department: Option<DepartmentId>,
    waiting_minutes: Option<u16>,
    long_minutes: Option<u16>,
    booked_percent: Option<u8>,
    paper_missing: Option<u32>,
    /// Where it is from.
    #[serde(rename = "source")]
    _source: String,
}

/// What a measure means.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Which.
    pub measure: Measure,
    /// What it is called.
    pub title: Localized,
    /// What it means.
    pub text: Localized,
}

/// What is wrong with the rules.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// The file cannot be read.
    #[error("figures.toml: {0}")]
    Read(#[from] toml::de::Error),
    /// Something is missing or stands twice.
    #[error("figures.toml: {0}")]
    Wrong(String),
}

impl FigureRules {
    /// Reads the rules.
    ///
    /// # Errors
    /// [`RulesError`].
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        let rules: Self = toml::from_str(text)?;
        let wrong = |what: String| Err(RulesError::Wrong(what));
        let mut seen = std::collections::BTreeSet::new();
        for id in rules.groups.iter().flat_map(|g| g.matters.iter().map(|m| &m.id).chain([&g.id])) {
            if !seen.insert(id) {
                return wrong(format!("`{id}` stands twice"));
            }
        }
        if rules.groups.last().is_none_or(|group| group.id != OTHER) {
            return wrong(format!("the last group must be `{OTHER}`"));
        }
        if let Some(measure) = Measure::ALL.iter().find(|m| rules.definitions.iter().all(|d| d.measure != **m)) {
            return wrong(format!("{measure:?} is not defined"));
        }
        let whole = |aim: &Aim| {
            aim.waiting_minutes.is_some()
                && aim.long_minutes.is_some()
                && aim.booked_percent.is_some()
                && aim.paper_missing.is_some()
        };
        if !rules.aims.iter().any(|aim| aim.site.is_none() && aim.department.is_none() && whole(aim)) {
            return wrong("one aim must hold for every site and department, and name everything".to_owned());
        }
        Ok(rules)
    }

    /// The rules that come with the program.
    ///
    /// # Errors
    /// See [`FigureRules::parse`]; a test keeps the built-in file free of mistakes.
    pub fn builtin() -> Result<Self, RulesError> {
        Self::parse(BUILTIN)
    }

    /// A group by its slug.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The group that a matter belongs to; a group without matters is its own.
    #[must_use]
    pub fn group_of(&self, matter: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == matter || group.matters.iter().any(|m| m.id == matter))
    }

    /// The slug under which a visit or inquiry is counted. `of` gives the life situations of a procedure.
    #[must_use]
    pub fn matter<'a>(
        &'a self,
        situation: Option<&LifeSituationId>,
        procedure: Option<&ProcedureId>,
        of: impl Fn(&ProcedureId) -> Vec<LifeSituationId>,
    ) -> &'a str {
        let named =
            |group: &'a Group| group.matters.iter().find(|m| procedure.is_some_and(|p| m.procedures.contains(p)));
        let by_situation = |situation: &LifeSituationId| self.groups.iter().find(|g| g.situations.contains(situation));
        let group = match (situation.and_then(by_situation), procedure) {
            (Some(group), _) => Some(group),
            (None, Some(procedure)) => match self.groups.iter().find_map(named) {
                Some(matter) => return &matter.id,
                None => of(procedure).iter().find_map(by_situation),
            },
            (None, None) => None,
        };
        let Some(group) = group else { return OTHER };
        named(group).or(group.matters.first()).map_or(&group.id, |matter| &matter.id)
    }

    /// What is aimed at at a site, of a department: what names both goes before what names one, and that before what names none.
    #[must_use]
    pub fn aims(&self, site: &SiteId, department: Option<&DepartmentId>) -> Aims {
        let mut fitting: Vec<&Aim> = self
            .aims
            .iter()
            .filter(|aim| aim.site.as_ref().is_none_or(|s| s == site))
            .filter(|aim| aim.department.as_ref().is_none_or(|d| Some(d) == department))
            .collect();
        fitting.sort_by_key(|aim| {
            std::cmp::Reverse(usize::from(aim.site.is_some()) + usize::from(aim.department.is_some()))
        });
        let find = |of: &dyn Fn(&Aim) -> Option<u32>| fitting.iter().find_map(|aim| of(aim)).unwrap_or_default();
        let small = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
        Aims {
            waiting_minutes: small(find(&|aim| aim.waiting_minutes.map(u32::from))),
            long_minutes: small(find(&|aim| aim.long_minutes.map(u32::from))),
            booked_percent: u8::try_from(find(&|aim| aim.booked_percent.map(u32::from))).unwrap_or(100),
            paper_missing: find(&|aim| aim.paper_missing),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn the_rules_that_come_with_the_program_name_situations_and_procedures_that_exist() {
        let (rules, catalogue) = (FigureRules::builtin().unwrap(), Catalogue::builtin().unwrap());
        for group in &rules.groups {
            assert!(group.situations.iter().all(|id| catalogue.life_situation(id).is_some()), "{}", group.id);
            let procedures = || group.matters.iter().flat_map(|m| &m.procedures);
            assert!(procedures().all(|id| catalogue.procedure(id).is_some()), "{}", group.id);
        }
        for kind in &catalogue.life_situations {
            let groups = rules.groups.iter().filter(|g| g.situations.contains(&kind.id)).count();
            assert_eq!(groups, 1, "{} belongs to {groups} groups", kind.id);
        }
    }

    #[test]
    fn a_visit_is_counted_by_its_situation_and_where_nobody_said_one_by_its_procedure() {
        let (rules, catalogue) = (FigureRules::builtin().unwrap(), Catalogue::builtin().unwrap());
        let of = |id: &ProcedureId| catalogue.procedure(id).map(|p| p.life_situations.clone()).unwrap_or_default();
        let procedure = |id: &str| ProcedureId::parse(id).unwrap();
        let situation = |id: &str| LifeSituationId::parse(id).unwrap();
        assert_eq!(rules.matter(Some(&situation("lost-id")), None, of), "passport-mitid");
        assert_eq!(rules.matter(None, Some(&procedure("health-card-doctor")), of), "health-card");
        assert_eq!(rules.matter(Some(&situation("moving")), Some(&procedure("health-card-doctor")), of), "moving");
        assert_eq!(rules.matter(None, Some(&procedure("marriage")), of), "family");
        assert_eq!(rules.matter(None, None, of), OTHER);
        assert_eq!(rules.group_of("health-card").unwrap().id, "cards");
    }

    #[test]
    fn the_nearest_aim_counts() {
        let text = BUILTIN.to_owned()
            + "\n[[aim]]\nsite = \"norrebro\"\nwaiting_minutes = 12\nsource = \"test\"\n\n[[aim]]\nsite = \"norrebro\"\ndepartment = \"kff\"\nwaiting_minutes = 10\nsource = \"test\"\n";
        let rules = FigureRules::parse(&text).unwrap();
        let (here, there) = (SiteId::parse("norrebro").unwrap(), SiteId::parse("international-house").unwrap());
        let kff = DepartmentId::parse("kff").unwrap();
        assert_eq!(rules.aims(&here, Some(&kff)).waiting_minutes, 10);
        assert_eq!(rules.aims(&here, None).waiting_minutes, 12);
        assert_eq!((rules.aims(&there, None).waiting_minutes, rules.aims(&there, None).booked_percent), (15, 70));
    }

    #[test]
    fn rules_that_lack_something_are_refused() {
        assert!(FigureRules::parse("group = []\naim = []\ndefinition = []").is_err());
        assert!(FigureRules::parse(&BUILTIN.replace("measure = \"waiting\"", "measure = \"visits\"")).is_err());
    }
}
