//! The procedure guide: every task of the house and of its neighbours, found by words. What lives here: what is typed, what is found, which
//! entry is open. What does not: the guide's texts (the catalogue's), the palette.

use skranke_domain::guide::{Guide, Reach};
use skranke_domain::procedure::{Procedure, Standing, Task};
use skranke_domain::{DepartmentId, Localized, ProcedureId, TaskId};

use crate::citizen::Step;
use crate::session::Session;

/// An entry of the guide.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntryId {
    /// A task of the list of 138, with the procedure that the catalogue has for it.
    Task(TaskId),
    /// A procedure that no task of the list stands for.
    Procedure(ProcedureId),
    /// A department or authority: where it is, when it is open.
    Authority(DepartmentId),
}

/// An entry with everything that is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Its task.
    pub task: Option<&'a Task>,
    /// Its procedure.
    pub procedure: Option<&'a Procedure>,
    /// The department or authority that solves it today, or that the entry is about.
    pub department: Option<&'a skranke_domain::department::Department>,
}

impl<'a> Entry<'a> {
    /// What it is called.
    #[must_use]
    pub fn title(&self) -> Option<&'a Localized> {
        let task = self.task.map(|task| &task.title);
        task.or_else(|| self.procedure.map(|one| &one.title)).or_else(|| self.department.map(|one| &one.name))
    }

    /// What became of it; a procedure without a task is the house's own.
    #[must_use]
    pub fn standing(&self) -> Option<Standing> {
        match (self.task, self.procedure) {
            (Some(task), _) => Some(task.standing),
            (None, Some(_)) => Some(Standing::Municipal),
            (None, None) => None,
        }
    }

    /// How it is solved: the procedure's own words first, then the task's.
    pub fn guides(&self) -> impl Iterator<Item = &'a Guide> + use<'a> {
        let own = self.procedure.and_then(|procedure| procedure.guide.as_ref());
        own.into_iter().chain(self.task.and_then(|task| task.guide.as_ref()))
    }

    /// How to reach who solves it.
    #[must_use]
    pub fn reach(&self) -> Option<&'a Reach> {
        self.department.and_then(|department| department.reach.as_ref())
    }
}

/// The guide while it is open.
#[derive(Clone, Debug, Default)]
pub struct GuidePage {
    /// What is typed.
    pub typed: String,
    /// The entry that is open.
    pub selected: Option<EntryId>,
}

/// What happens in the guide.
#[derive(Clone, Debug)]
pub enum GuideInput {
    /// Something was typed.
    Typed(String),
    /// An entry was chosen.
    Select(EntryId),
    /// The next or previous entry.
    Step(Step),
}

impl GuidePage {
    pub(crate) fn update(&mut self, input: GuideInput, session: &Session) {
        match input {
            GuideInput::Typed(text) => {
                self.typed = text;
                let found = found(session, &self.typed);
                if !self.selected.as_ref().is_some_and(|chosen| found.contains(chosen)) {
                    self.selected = found.into_iter().next();
                }
            }
            GuideInput::Select(id) => self.selected = Some(id),
            GuideInput::Step(step) => {
                let found = found(session, &self.typed);
                let at = self.selected.as_ref().and_then(|id| found.iter().position(|other| other == id));
                if let Some(to) = step.from(at, found.len()) {
                    self.selected = found.into_iter().nth(to);
                }
            }
        }
    }
}

/// The entry of an identifier with everything that is known of it.
#[must_use]
pub fn entry<'a>(session: &'a Session, id: &EntryId) -> Option<Entry<'a>> {
    let department = |id: &DepartmentId| session.departments.get(id).map(|health| &health.department);
    match id {
        EntryId::Task(id) => {
            let task = session.tasks.iter().find(|task| task.id == *id)?;
            let procedure = task.procedure.as_ref().and_then(|id| session.procedures.get(id));
            let whose = task.department.as_ref().or_else(|| procedure.map(|one| &one.department));
            Some(Entry { task: Some(task), procedure, department: whose.and_then(department) })
        }
        EntryId::Procedure(id) => {
            let procedure = session.procedures.get(id)?;
            Some(Entry { task: None, procedure: Some(procedure), department: department(&procedure.department) })
        }
        EntryId::Authority(id) => Some(Entry { task: None, procedure: None, department: Some(department(id)?) }),
    }
}

/// The entry that tells of a procedure: its task where the list has one.
#[must_use]
pub fn of_procedure(session: &Session, id: &ProcedureId) -> EntryId {
    let task = session.tasks.iter().find(|task| task.procedure.as_ref() == Some(id));
    task.map_or_else(|| EntryId::Procedure(id.clone()), |task| EntryId::Task(task.id.clone()))
}

/// The entries that typed words find: those whose name begins so before those that only say so; each group by name.
#[must_use]
pub fn found(session: &Session, typed: &str) -> Vec<EntryId> {
    let wanted: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let mut all: Vec<(u8, String, EntryId)> = Vec::new();
    for id in every(session) {
        let Some(one) = entry(session, &id) else { continue };
        let Some(title) = one.title() else { continue };
        let rank = rank(&one, title, &wanted);
        if let Some(rank) = rank {
            all.push((rank, title.da.to_lowercase(), id));
        }
    }
    all.sort();
    all.into_iter().map(|(_, _, id)| id).collect()
}

/// Every entry there is: the tasks, the procedures that no task stands for, the authorities.
fn every(session: &Session) -> impl Iterator<Item = EntryId> {
    let tasks = session.tasks.iter().map(|task| EntryId::Task(task.id.clone()));
    let told = |id: &ProcedureId| session.tasks.iter().any(|task| task.procedure.as_ref() == Some(id));
    let procedures = session.procedures.keys().filter(move |id| !told(id)).cloned().map(EntryId::Procedure);
    tasks.chain(procedures).chain(session.departments.keys().cloned().map(EntryId::Authority))
}

/// How well an entry fits: 0 its name begins with the words, 1 words of its name do, 2 words of its guide do, 3 an authority that fits.
fn rank(one: &Entry<'_>, title: &Localized, wanted: &[String]) -> Option<u8> {
    let authority = u8::from(one.task.is_none() && one.procedure.is_none());
    if wanted.is_empty() {
        return Some(authority);
    }
    let names = [&title.da, &title.en].map(|name| name.to_lowercase());
    let procedure =
        one.procedure.into_iter().flat_map(|one| [one.title.da.to_lowercase(), one.title.en.to_lowercase()]);
    if authority == 0 && names.iter().any(|name| name.starts_with(&wanted.join(" "))) {
        return Some(0);
    }
    let mut named = names.clone().into_iter().chain(procedure);
    if named.any(|name| words_begin(&name, wanted)) {
        return Some(1 + 2 * authority);
    }
    let mut told = one.guides().filter_map(|guide| guide.summary.as_ref());
    told.any(|text| words_begin(&text.da.to_lowercase(), wanted) || words_begin(&text.en.to_lowercase(), wanted))
        .then_some(2 + authority)
}

fn words_begin(text: &str, wanted: &[String]) -> bool {
    let words = || text.split(|c: char| !c.is_alphanumeric());
    wanted.iter().all(|word| words().any(|have| have.starts_with(word.as_str())))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use skranke_domain::authority::Role;

    use super::*;

    fn session() -> Session {
        let task = |id: &str, da: &str, en: &str, standing: &str| {
            json!({
                "id": id, "title": { "da": da, "en": en }, "department_2005": "KSR", "department": null, "proposed_2005": false,
                "levels": ["guidance"], "standing": standing, "moved_to": null, "life_situations": [],
                "procedure": null, "provenance": { "source": [], "certainty": "low" },
                "guide": { "summary": { "da": format!("Sådan gør man: {da}"), "en": format!("How to: {en}. A photo is taken at the counter") } }
            })
        };
        let tasks = json!([
            task("licence", "Kørekort", "Driving licence", "municipal"),
            task("passport", "Pas", "Passport", "municipal"),
            task("tax-card", "Skattekort", "Tax card", "moved_to_state"),
            task("childcare", "Børnepasning", "Childcare", "municipal"),
        ]);
        let mut session = Session::new(Role::Guest);
        session.tasks = serde_json::from_value(tasks).unwrap();
        session
    }

    #[test]
    fn typing_pas_finds_the_passport_first_in_either_language() {
        for typed in ["pas", "PAS", "passp"] {
            let found = found(&session(), typed);
            assert_eq!(found.first(), Some(&EntryId::Task(TaskId::parse("passport").unwrap())), "{typed}");
        }
    }

    #[test]
    fn a_word_of_the_guide_finds_too_but_after_names() {
        assert_eq!(found(&session(), "photo").len(), 4);
        assert!(found(&session(), "photo zebra").is_empty());
    }

    #[test]
    fn the_arrows_walk_through_what_was_found_and_typing_keeps_the_chosen_one_while_it_fits() {
        let session = session();
        let mut page = GuidePage::default();
        page.update(GuideInput::Typed("photo".into()), &session);
        let first = page.selected.clone();
        assert!(first.is_some());
        page.update(GuideInput::Step(Step::Next), &session);
        assert_ne!(page.selected, first);
        page.update(GuideInput::Typed("nothing is called so".into()), &session);
        assert_eq!(page.selected, None);
    }
}
