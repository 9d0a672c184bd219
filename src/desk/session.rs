//! Who is signed in, and what the office knows: departments, life situations, procedures, sites. What does not live here: signing in.

use std::collections::BTreeMap;

use jiff::Timestamp;
use skranke_api::appointments::Site;
use skranke_api::changes::OfficeRules;
use skranke_api::me::{DepartmentHealth, Me};
use skranke_client::ClientError;
use skranke_domain::authority::Role;
use skranke_domain::life_situation::LifeSituationKind;
use skranke_domain::procedure::{Procedure, Task};
use skranke_domain::{CommandId, DepartmentId, LifeSituationId, ProcedureId};

use crate::ask::{OversightQuestion, OversightReply, Question, Reply};
use crate::effect::{Effect, Room, Ticket};
use crate::load::Load;

const ROLE: u8 = 7;

/// The line to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing was heard yet.
    Starting,
    /// Events come.
    Up,
    /// Nothing comes since.
    Down {
        /// Since when.
        since: Timestamp,
    },
}

/// Who is signed in and what the office knows.
#[derive(Clone, Debug)]
pub struct Session {
    /// The role that was asked for.
    pub persona: Role,
    /// Who.
    pub me: Load<Me>,
    /// The departments as they were when asked.
    pub departments: BTreeMap<DepartmentId, DepartmentHealth>,
    /// The kinds of life situations.
    pub situations: BTreeMap<LifeSituationId, LifeSituationKind>,
    /// The procedures.
    pub procedures: BTreeMap<ProcedureId, Procedure>,
    /// The tasks of the guide.
    pub tasks: Vec<Task>,
    /// The sites.
    pub sites: Vec<Site>,
    /// What the counter goes by.
    pub rules: OfficeRules,
    /// The line to the server.
    pub line: Line,
    /// Who is signed in was read on this machine; the server said it earlier and not in this window.
    kept: bool,
    generation: u64,
}

impl Session {
    pub(crate) const fn new(persona: Role) -> Self {
        Self {
            persona,
            me: Load::Idle,
            departments: BTreeMap::new(),
            situations: BTreeMap::new(),
            procedures: BTreeMap::new(),
            tasks: Vec::new(),
            sites: Vec::new(),
            rules: OfficeRules { papers: Vec::new(), settle: Vec::new(), changes: Vec::new(), facts: Vec::new() },
            line: Line::Starting,
            kept: false,
            generation: 0,
        }
    }

    /// The server said earlier who she is, and cannot be asked now.
    pub(crate) fn was_told(&mut self, me: Me, at: Timestamp) {
        self.me = Load::Known { value: me, at, refreshing: false, trouble: Some(ClientError::Offline) };
        self.kept = true;
    }

    /// Whether who is signed in was read on this machine and not yet said by the server.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        self.kept
    }

    /// Asks who is signed in and what the office knows.
    pub(crate) fn ask(&mut self, now: Timestamp) -> Vec<Effect> {
        self.generation += 1;
        self.me.ask(now);
        let ticket = |slot| Ticket { room: Room::Session, generation: self.generation, slot };
        vec![
            Effect::Abandon(Room::Session),
            Effect::Ask(ticket(0), Question::Me),
            Effect::Ask(ticket(1), Question::Departments),
            Effect::Ask(ticket(2), Question::LifeSituations),
            Effect::Ask(ticket(3), Question::Procedures),
            Effect::Ask(ticket(4), Question::Sites),
            Effect::Ask(ticket(5), Question::Rules),
            Effect::Ask(ticket(6), Question::Tasks),
        ]
    }

    /// Asks anew who is signed in, and nothing else.
    pub(crate) fn ask_me(&mut self, now: Timestamp) -> Vec<Effect> {
        self.me.ask(now);
        vec![Effect::Ask(Ticket { room: Room::Session, generation: self.generation, slot: 0 }, Question::Me)]
    }

    pub(crate) fn replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) {
        if ticket.generation != self.generation {
            return;
        }
        match reply {
            Reply::Me(answer) => {
                self.kept &= answer.is_err();
                self.me.answer(answer, now);
            }
            Reply::Oversight(OversightReply::Role(answer)) => {
                if let Ok(me) = *answer {
                    self.me.answer(Ok(me), now);
                }
            }
            Reply::Departments(Ok(all)) => {
                self.departments = all.into_iter().map(|d| (d.department.id.clone(), d)).collect();
            }
            Reply::LifeSituations(Ok(all)) => {
                self.situations = all.into_iter().map(|k| (k.id.clone(), k)).collect();
            }
            Reply::Procedures(Ok(all)) => {
                self.procedures = all.into_iter().map(|p| (p.id.clone(), p)).collect();
            }
            Reply::Tasks(Ok(tasks)) => self.tasks = tasks,
            Reply::Sites(Ok(sites)) => self.sites = sites,
            Reply::Rules(answer) => {
                if let Ok(rules) = *answer {
                    self.rules = rules;
                }
            }
            _ => {}
        }
    }

    /// Takes a role for the rest of the day.
    pub(crate) fn take_role(&self, role: Role) -> Vec<Effect> {
        let may = self.me.value().is_some_and(|me| me.role != role && me.roles.contains(&role));
        let question = || Question::Oversight(OversightQuestion::TakeRole(role, CommandId::new()));
        let ticket = Ticket { room: Room::Session, generation: self.generation, slot: ROLE };
        may.then(|| Effect::Ask(ticket, question())).into_iter().collect()
    }

    /// Whether the signed-in role sees citizens at all: a guest reads the task guide and nothing else.
    #[must_use]
    pub fn may_see_citizens(&self) -> bool {
        self.me.value().is_some_and(|me| me.role != Role::Guest)
    }

    /// Whether the signed-in role sees contents of cases: a host sees who comes and when, not what for.
    #[must_use]
    pub fn may_see_cases(&self) -> bool {
        self.me.value().is_some_and(|me| !matches!(me.role, Role::Guest | Role::Host))
    }

    /// The tag that stands before a case: `KFF`.
    #[must_use]
    pub fn tag<'a>(&'a self, department: &'a DepartmentId) -> &'a str {
        self.departments.get(department).map_or(department.as_str(), |d| d.department.tag.as_str())
    }
}
