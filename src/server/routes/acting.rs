//! One change under way: what every change of a case or around a citizen leaves behind (history, events). What does not live here: what
//! the changes are (each route), idempotency (`crate::idempotency`).

use jiff::Timestamp;
use skranke_api::cases::HistoryKind;
use skranke_api::events::EventKind;
use skranke_api::{ETag, ProblemKind, paths};
use skranke_domain::authority::Role;
use skranke_domain::checklist::ItemState;
use skranke_domain::life_situation::Follow;
use skranke_domain::procedure::Facts;
use skranke_domain::{CaseId, CitizenId, CommandId, DepartmentId, FollowOnId, ItemId, ProcedureId, SituationId};

use crate::App;
use crate::auth::Person;
use crate::policy;
use crate::problem::{Answer, Refusal};
use crate::store::cases::{self, Happening, NewCase, Stored, add_history};
use crate::store::events::News;
use crate::store::register::{Known, with_said};
use crate::store::situations::{self, Followed};
use crate::store::{Tx, events, items};

/// One change under way.
pub(super) struct Act<'a> {
    /// The service.
    pub app: &'a App,
    /// Who does it.
    pub person: &'a Person,
    /// By which command.
    pub key: CommandId,
    /// When.
    pub now: Timestamp,
}

/// A case to start.
pub(super) struct Start<'a> {
    /// Its identifier.
    pub id: CaseId,
    /// The citizen.
    pub citizen: &'a Known,
    /// The procedure.
    pub procedure: &'a ProcedureId,
    /// The life situation.
    pub situation: Option<SituationId>,
    /// What was said besides what the register knows.
    pub said: &'a Facts,
}

impl Act<'_> {
    /// Writes a line into a case's history.
    pub async fn note(
        &self,
        tx: &mut Tx,
        case_no: i64,
        kind: HistoryKind,
        item: Option<(&ItemId, ItemState)>,
        reason: Option<&str>,
    ) -> Answer<()> {
        let happening = Happening {
            at: self.now,
            by: self.person.signature(),
            kind,
            item: item.map(|(id, _)| id),
            state: item.map(|(_, state)| state),
            reason,
            command: Some(self.key),
        };
        Ok(add_history(tx, case_no, &happening).await?)
    }

    /// Starts a case: its checklist by the catalogue's current version, its history, its event. Gives it as it stands.
    pub async fn start(&self, tx: &mut Tx, start: &Start<'_>) -> Answer<Stored> {
        let procedure = self.app.catalogue.procedure(start.procedure).ok_or(ProblemKind::Internal)?;
        let department = self.app.catalogue.department(&procedure.department);
        let facts = with_said(&start.citizen.facts, start.said);
        // What came by itself has no caseworker yet.
        let own = procedure.department == self.person.me.department && !self.person.is_service();
        let new = NewCase {
            id: start.id,
            citizen: start.citizen.no,
            procedure,
            tag: department.map_or("SAG", |d| d.tag.as_str()).to_uppercase(),
            situation: start.situation,
            responsible: own.then_some((self.person.id(), self.person.me.name.as_str())),
            received: (self.now, crate::clock::local(self.now).date()),
            checklist: &self.app.catalogue.instantiate(procedure, &facts),
            facts: &facts,
        };
        let no = cases::add(tx, &new).await?;
        self.note(tx, no, HistoryKind::Received, None, None).await?;
        self.tell_of_case(tx, no).await
    }

    /// Notes that what follows from a situation was started, and tells whoever may see the case. The situation keeps its version: a case
    /// that a role may not see must not show through it.
    pub async fn follow(
        &self,
        tx: &mut Tx,
        situation: &situations::Stored,
        follow: Option<FollowOnId>,
        case: &Stored,
    ) -> Answer<()> {
        if let Some(follow) = follow {
            let what = Followed {
                follow,
                state: Follow::Started,
                reason: None,
                case_no: Some(case.no),
                by: Some(self.person.me.name.clone()),
                at: self.now,
            };
            situations::follow(tx, situation.id, (self.person.id(), &self.person.me.name), &what).await?;
        }
        let subject = paths::situation(case.row.citizen, situation.id);
        let department = Some(case.row.department.clone());
        self.tell_of_citizen(tx, subject, Some(situation.etag()), case.row.citizen, department).await
    }

    /// Adds a case up again and raises its version; gives it as it stands.
    pub async fn add_up(&self, tx: &mut Tx, case: &Stored) -> Answer<Stored> {
        items::recompute(tx, case.no, case.row.phase, &case.procedure).await?;
        self.tell_of_case(tx, case.no).await
    }

    /// Tells that a case changed; gives it as it stands.
    pub async fn tell_of_case(&self, tx: &mut Tx, no: i64) -> Answer<Stored> {
        let case = cases::by_no(tx, &self.app.procedures, no).await?.ok_or(ProblemKind::Internal)?;
        let news = News {
            etag: Some(case.row.etag.clone()),
            case: Some(case.row.id),
            department: Some(case.row.department.clone()),
            ..self.news(EventKind::CaseChanged, paths::case(case.row.id), case.row.citizen)
        };
        events::add(tx, self.now, &news).await?;
        Ok(case)
    }

    /// Tells of something about a citizen beside her cases. A department that is named keeps it from roles that do not see it.
    pub async fn tell_of_citizen(
        &self,
        tx: &mut Tx,
        subject: String,
        etag: Option<ETag>,
        citizen: CitizenId,
        department: Option<DepartmentId>,
    ) -> Answer<()> {
        let news = News { etag, department, ..self.news(EventKind::CitizenChanged, subject, citizen) };
        Ok(events::add(tx, self.now, &news).await?)
    }

    /// What is told of this change.
    pub fn news(&self, kind: EventKind, subject: String, citizen: CitizenId) -> News {
        News {
            kind,
            subject,
            etag: None,
            actor: self.person.signature().map(|(id, name)| (id, name.to_owned())),
            command: Some(self.key),
            citizen: Some(citizen),
            case: None,
            department: None,
        }
    }
}

/// Refuses a procedure of a department that this role does not see: in the same words whether she has a case there or not.
pub(super) fn not_elsewhere(person: &Person, department: &DepartmentId, pointer: &str) -> Answer<()> {
    if person.is_withheld(department.as_str()) {
        let detail = "this department's cases are not started here: hand the citizen over to it instead";
        return Err(Refusal::field(pointer, "elsewhere", detail));
    }
    Ok(())
}

/// The department that is withheld from the fewest roles.
pub(super) fn most_open<'a>(departments: impl Iterator<Item = &'a DepartmentId>) -> Option<DepartmentId> {
    departments.min_by_key(|id| withheld_from(id)).cloned()
}

/// From how many roles a department is withheld.
pub(super) fn withheld_from(department: &DepartmentId) -> usize {
    Role::ALL.iter().filter(|role| policy::is_withheld(**role, department.as_str())).count()
}

/// Refuses an identifier that is no UUID of version 7.
pub(super) fn check_id(id: uuid::Uuid) -> Answer<()> {
    if id.get_version_num() != 7 {
        return Err(Refusal::field("/id", "type", "a UUID of version 7 was expected"));
    }
    Ok(())
}
