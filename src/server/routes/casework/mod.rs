//! Work on a case beside its checklist, one file a thing that changes apart. What lives here: what every such change has in common. What does
//! not: the decision (`routes::decision`), requests for papers (`routes::letters`), documents.

use axum::response::Response;
use http::StatusCode;
use jiff::Timestamp;
use serde::Serialize;
use skranke_api::audit::AuditAction;
use skranke_api::cases::{CaseRights, CaseView};
use skranke_api::casework::CaseVersions;
use skranke_api::{ETag, ProblemKind};
use skranke_domain::{CaseId, CommandId};

use super::acting::Act;
use super::cases::{rights, view, visible};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::IfMatch;
use crate::idempotency::{Command, Freshness, Seen, Stored as Answered};
use crate::problem::{Answer, Refusal};
use crate::store::cases::{Stored, is_open};
use crate::store::{Tx, casework};

pub mod asks;
pub mod course;
pub mod facts;
pub mod notes;
pub mod presence;
pub mod relations;
pub mod responsible;
pub mod versions;

/// What of a case a change is about: each has its own version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Who is responsible.
    Responsible,
    /// Deadline and suspension.
    Course,
    /// Facts and the procedure's version.
    Facts,
    /// None of these: the case as a whole.
    Whole,
}

impl Part {
    fn etag(self, versions: &CaseVersions, whole: &ETag) -> ETag {
        match self {
            Self::Responsible => versions.responsible.clone(),
            Self::Course => versions.course.clone(),
            Self::Facts => versions.facts.clone(),
            Self::Whole => whole.clone(),
        }
    }
}

/// A change of a case that somebody asked for.
struct Asked<'a> {
    app: &'a App,
    person: &'a Person,
    id: CaseId,
    command: Command,
    part: Part,
}

/// What becomes of it at first.
enum Begun {
    /// It was done before: this is the answer.
    Before(Response),
    /// It may be done, on this case as it stands.
    Now(Tx, Box<Stored>),
}

impl<'a> Asked<'a> {
    fn new<T: Serialize>(
        (app, person): (&'a App, &'a Person),
        (id, part): (CaseId, Part),
        key: CommandId,
        (method, path): (&str, &str),
        body: &T,
    ) -> Answer<Self> {
        Ok(Self { app, person, id, part, command: Command::new(person, key, method, path, body)? })
    }

    /// Finds the case, the answer where the change was done before, and refuses what is based on an old version or comes too late.
    async fn begin(&self, seen: Option<&IfMatch>) -> Answer<Begun> {
        let (app, person) = (self.app, self.person);
        let mut tx = app.store.begin().await?;
        let case = visible(&mut tx, app, person, self.id).await?;
        match self.command.seen(&mut tx).await? {
            Seen::Done(answer) => return Ok(Begun::Before(answer.response(Freshness::Replayed))),
            Seen::Forgotten => {
                let view = view(&mut tx, app, person, case).await?;
                return Ok(Begun::Before(self.answer(&view)?.response(Freshness::Replayed)));
            }
            Seen::Never => {}
        }
        if let Some(seen) = seen {
            let parts = casework::parts(&mut tx, case.no).await?;
            let now = self.part.etag(&parts.versions, &case.row.etag);
            if let IfMatch::Tag(tag) = seen
                && *tag != now
            {
                let current = view(&mut tx, app, person, case).await?;
                return Err(Refusal::stale(&current, now));
            }
            seen.check(&now, || ())?;
        }
        check_open(&case)?;
        Ok(Begun::Now(tx, Box::new(case)))
    }

    /// The change as what leaves its traces.
    fn act(&self) -> Act<'a> {
        Act { app: self.app, person: self.person, key: self.command.id, now: self.app.clock.now() }
    }

    /// What this person may do with the case.
    fn may(&self, case: &Stored) -> CaseRights {
        rights(self.app, self.person, case)
    }

    fn answer(&self, view: &CaseView) -> Answer<Answered> {
        Answered::new(StatusCode::OK, view, &self.part.etag(&view.versions, &view.row.etag))
    }

    /// Adds the case up, commits everything and answers with the case as it stands.
    async fn done(self, mut tx: Tx, case: &Stored, act: &Act<'_>, action: AuditAction) -> Answer<Response> {
        let case = act.add_up(&mut tx, case).await?;
        let view = view(&mut tx, self.app, self.person, case).await?;
        let answer = self.answer(&view)?;
        self.commit(tx, &view, (act.now, action), answer).await
    }

    async fn commit(
        self,
        mut tx: Tx,
        view: &CaseView,
        (now, action): (Timestamp, AuditAction),
        answer: Answered,
    ) -> Answer<Response> {
        let entry =
            Entry::new(self.person, action).citizen(view.row.citizen).case(view.row.id).command(self.command.id);
        self.app.chain.append(&mut tx, &[entry]).await?;
        self.command.keep(&mut tx, now, &answer).await?;
        tx.commit().await?;
        self.app.bell.ring();
        Ok(answer.response(Freshness::Fresh))
    }
}

/// A closed case changes no more, and neither does its history.
fn check_open(case: &Stored) -> Answer<()> {
    if is_open(case.row.phase) {
        return Ok(());
    }
    Err(Refusal::new(ProblemKind::Transition).detail("the case is closed: nothing of it changes any more"))
}

/// Refuses what a person's authority does not reach.
fn check_may(may: bool) -> Answer<()> {
    if may {
        return Ok(());
    }
    Err(Refusal::new(ProblemKind::Forbidden).detail("your authority in this department does not reach so far"))
}
