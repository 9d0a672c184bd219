//! One change of the queue under way: its line of history, its events, its record and its answer, in one commit. What does not live here:
//! what the deeds are.

use axum::response::Response;
use http::StatusCode;
use jiff::Timestamp;
use skranke_api::audit::AuditAction;
use skranke_api::events::EventKind;
use skranke_api::purpose::{Purpose, PurposeKind};
use skranke_api::tickets::Ticket;
use skranke_api::{ETag, ProblemKind, paths};
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::queue::TicketDeed;
use skranke_domain::{AppointmentId, SiteId};

use super::{following, shown};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::idempotency::{Command, Freshness, Seen, Stored as Answered};
use crate::problem::{Answer, Refusal};
use crate::store::events::{self, News};
use crate::store::tickets::{self, Line, Stored};
use crate::store::{Tx, word};

/// A change of the queue under way.
pub(in crate::routes) struct Turn<'a> {
    /// The service.
    pub app: &'a App,
    /// Who does it.
    pub person: &'a Person,
    /// When.
    pub now: Timestamp,
    command: Command,
    entries: Vec<Entry>,
}

impl<'a> Turn<'a> {
    /// A change by a person, now.
    pub fn new(app: &'a App, person: &'a Person, command: Command) -> Self {
        // Nobody waits by the microsecond, and whole seconds travel shorter.
        let now = app.clock.now();
        let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
        Self { app, person, now, command, entries: Vec::new() }
    }

    /// What is known of the command.
    pub async fn seen(&self, tx: &mut Tx) -> Answer<Seen> {
        self.command.seen(tx).await
    }

    pub(super) fn news(&self, kind: EventKind, subject: String) -> News {
        News {
            kind,
            subject,
            etag: None,
            actor: self.person.signature().map(|(id, name)| (id, name.to_owned())),
            command: Some(self.command.id),
            // Nobody's page changes by a ticket, and a hall full of screens hears of it.
            citizen: None,
            case: None,
            department: None,
        }
    }

    /// Saves a changed ticket with its line of history and its event; gives it as it stands.
    pub async fn put(&mut self, tx: &mut Tx, stored: &Stored, deed: TicketDeed, said: Option<&str>) -> Answer<Stored> {
        tickets::save(tx, stored).await?;
        self.note(tx, stored, deed, said).await
    }

    /// Adds the line and the event of a deed that is written already; gives the ticket as it stands.
    pub async fn note(&mut self, tx: &mut Tx, stored: &Stored, deed: TicketDeed, said: Option<&str>) -> Answer<Stored> {
        let line = Line { at: self.now, deed, by: self.person.signature(), said, command: Some(self.command.id) };
        tickets::add_line(tx, stored.no, (stored.view.state, stored.view.counter.as_ref()), &line).await?;
        let found = tickets::one(tx, stored.view.id).await?.ok_or(ProblemKind::Internal)?;
        let news = News {
            etag: Some(found.view.etag.clone()),
            ..self.news(EventKind::TicketChanged, paths::ticket(found.view.id))
        };
        events::add(tx, self.now, &news).await?;
        // A ticket that names nobody is a number on a piece of paper.
        if let Some(citizen) = found.view.citizen {
            let entry = Entry::new(self.person, AuditAction::ServeTicket)
                .citizen(citizen)
                .purpose(Purpose::plain(PurposeKind::Ticket))
                .command(self.command.id)
                .note(word(&deed));
            self.entries.push(entry);
        }
        Ok(found)
    }

    /// Tells that somebody at a site can be reached otherwise.
    pub async fn tell_at_work(&self, tx: &mut Tx, site: &SiteId) -> Answer<()> {
        let news = self.news(EventKind::AvailabilityChanged, paths::at_work(site));
        Ok(events::add(tx, self.now, &news).await?)
    }

    /// Tells that something goes on at a stand.
    pub async fn tell_stand(&self, tx: &mut Tx, counter: &skranke_domain::CounterId) -> Answer<()> {
        let news = self.news(EventKind::StandChanged, paths::stand(counter));
        Ok(events::add(tx, self.now, &news).await?)
    }

    /// The appointment follows: she is here, it is done, she did not come. One that is over already stays as it is.
    pub async fn follow(&self, tx: &mut Tx, id: Option<AppointmentId>, status: AppointmentStatus) -> Answer<()> {
        let Some(id) = id else { return Ok(()) };
        following::follow(self, tx, id, status).await
    }

    /// Commits with the answer, and wakes the streams.
    pub async fn done(self, tx: Tx, ticket: &Stored) -> Answer<Response> {
        let view = shown(self.person, ticket);
        let answer = Answered::new(StatusCode::OK, &view, &view.etag)?;
        self.commit(tx, answer).await
    }

    /// The same, for a ticket that was made.
    pub async fn made(self, tx: Tx, ticket: &Stored) -> Answer<Response> {
        let answer = made(&shown(self.person, ticket))?;
        self.commit(tx, answer).await
    }

    /// The same, with an answer of another kind.
    pub async fn commit(self, mut tx: Tx, answer: Answered) -> Answer<Response> {
        if !self.entries.is_empty() {
            self.app.chain.append(&mut tx, &self.entries).await?;
        }
        self.command.keep(&mut tx, self.now, &answer).await?;
        tx.commit().await?;
        self.app.bell.ring();
        Ok(answer.response(Freshness::Fresh))
    }
}

/// The answer for a ticket that was made.
pub(super) fn made(view: &Ticket) -> Answer<Answered> {
    Ok(Answered::new(StatusCode::CREATED, view, &view.etag)?.at(paths::ticket(view.id)))
}

/// The version of an answer that has none of its own.
pub(super) fn no_version() -> ETag {
    ETag::of_version(0)
}

/// Refuses an identifier that is taken.
pub(super) fn taken(error: crate::store::StoreError) -> Refusal {
    if error.is_conflict() { Refusal::new(ProblemKind::AlreadyExists) } else { error.into() }
}
