//! What every change beside cases and appointments leaves behind: its event, its record in the log and its answer, in one commit. What does
//! not live here: the changes themselves.

use axum::response::Response;
use jiff::Timestamp;
use skranke_api::ETag;
use skranke_api::events::EventKind;
use skranke_domain::{CitizenId, DepartmentId};

use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::idempotency::{Command, Freshness, Stored};
use crate::problem::{Answer, Refusal};
use crate::store::events::{Audience, News};
use crate::store::{Tx, events};

/// The fewest and the most characters of a text, told as one sentence.
pub(super) fn check_text(text: &str, pointer: &str, range: std::ops::RangeInclusive<usize>) -> Answer<()> {
    let length = text.trim().chars().count();
    if range.contains(&length) {
        return Ok(());
    }
    let (code, detail) = match length {
        0 => ("missing", "a few words are needed".to_owned()),
        _ => ("length", format!("{} to {} characters", range.start(), range.end())),
    };
    Err(Refusal::field(pointer, code, detail))
}

/// A change under way.
pub(super) struct Deed<'a> {
    app: &'a App,
    person: &'a Person,
    command: Command,
    /// When it is done.
    pub now: Timestamp,
}

impl<'a> Deed<'a> {
    /// A change by a person, now.
    pub(super) fn new(app: &'a App, person: &'a Person, command: Command) -> Self {
        Self { app, person, command, now: app.clock.now() }
    }

    /// What is told of it.
    pub(super) fn news(&self, kind: EventKind, subject: String, etag: &ETag, citizen: CitizenId) -> News {
        News {
            kind,
            subject,
            etag: Some(etag.clone()),
            actor: Some((self.person.id(), self.person.me.name.clone())),
            command: Some(self.command.id),
            citizen: Some(citizen),
            case: None,
            department: None,
        }
    }

    /// The same, told only to those who may see what a department does.
    pub(super) fn news_of(&self, subject: String, etag: &ETag, citizen: CitizenId, department: &DepartmentId) -> News {
        News { department: Some(department.clone()), ..self.news(EventKind::CitizenChanged, subject, etag, citizen) }
    }

    /// Commits the change with its event, its record and its answer, and wakes the streams.
    pub(super) async fn done(
        self,
        mut tx: Tx,
        answer: Stored,
        (news, audience): (&News, Option<&Audience>),
        entry: Entry,
    ) -> Answer<Response> {
        events::add_for(&mut tx, self.now, news, audience).await?;
        self.app.chain.append(&mut tx, &[entry.command(self.command.id)]).await?;
        self.command.keep(&mut tx, self.now, &answer).await?;
        tx.commit().await?;
        self.app.bell.ring();
        Ok(answer.response(Freshness::Fresh))
    }
}
