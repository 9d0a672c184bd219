//! What has been kept long enough is deleted: the log by whole months, closed cases by KLE's advice, tickets and half-finished applications
//! after a short while. What lives here: the order of it, and what is told of it. What does not: the log's own rules (`audit::retention`),
//! the statements (`store::retention`).

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use skranke_api::audit::AuditAction;
use skranke_api::events::EventKind;
use skranke_api::paths;
use skranke_domain::{Localized, ProcedureId, StaffId};
use uuid::Uuid;

use crate::App;
use crate::audit::retention::{Dropped, MONTHS, Mode, drop_months};
use crate::audit::{Broken, Entry};
use crate::auth::{Person, self_service};
use crate::clock::{instant, local};
use crate::store::events::News;
use crate::store::retention::{self as rows, Due};
use crate::store::{self, events};

pub mod kle;

use kle::{Kle, KleError};

/// For how many days a visit's ticket is kept, with what was noted before the visit.
pub const TICKET_DAYS: i64 = 90;
/// For how many days a half-finished application is kept.
pub const APPLICATION_DAYS: i64 = 90;
/// Closed cases that nobody advises to delete are listed from this age on, in years.
const LISTED_YEARS: i16 = 5;
/// Cases that are deleted in one commit: whoever waits to write waits no longer than for these.
const AT_ONCE: u16 = 20;

/// For how long things are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Whole months of the log, beside the one that runs.
    pub log_months: u16,
}

impl Default for Terms {
    fn default() -> Self {
        Self { log_months: MONTHS }
    }
}

/// Why nothing was deleted.
#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    /// The log does not verify.
    #[error(transparent)]
    Log(#[from] Broken),
    /// The advice cannot be used.
    #[error(transparent)]
    Kle(#[from] KleError),
    /// The store cannot be read or written.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

/// Closed cases of a KLE number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByNumber {
    /// What it is about, where that is known.
    pub subject: Option<Localized>,
    /// How many were deleted, or would be.
    pub deleted: u64,
    /// How many are old and kept all the same.
    pub kept: u64,
    /// After how many years they are deleted; none: nobody advises it, or they go to the archives.
    pub years: Option<i16>,
}

/// What was deleted, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retained {
    /// Of the log.
    pub log: Dropped,
    /// Of cases, by KLE number; an empty number: the procedure has none.
    pub cases: BTreeMap<String, ByNumber>,
    /// Documents with their bytes.
    pub documents: u64,
    /// Tickets.
    pub tickets: u64,
    /// Half-finished applications.
    pub applications: u64,
}

impl Retained {
    /// How many cases were deleted.
    #[must_use]
    pub fn cases_deleted(&self) -> u64 {
        self.cases.values().map(|one| one.deleted).sum()
    }

    /// Whether nothing was deleted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.log.records + self.cases_deleted() + self.documents + self.tickets + self.applications == 0
    }
}

/// Deletes what has been kept long enough, or says what would be.
///
/// # Errors
/// [`RetentionError`]: a log that does not verify stops everything, because what is deleted is logged.
pub async fn run(app: &App, terms: Terms, mode: Mode) -> Result<Retained, RetentionError> {
    let kle = Kle::builtin()?;
    let mut done =
        Retained { log: drop_months(&app.store, &app.chain, terms.log_months, mode).await?, ..Retained::default() };
    let keeper = Keeper { app, mode, who: keeper(), today: local(app.clock.now()).date() };
    if mode == Mode::ForReal && done.log.records > 0 {
        let what = format!("log {}: {} records", done.log.months.join(" "), done.log.records);
        let mut tx = app.store.begin().await?;
        app.chain.append(&mut tx, &[keeper.entry().note(what)]).await?;
        tx.commit().await.map_err(store::StoreError::from)?;
    }
    keeper.tickets(&mut done).await?;
    keeper.applications(&mut done).await?;
    keeper.cases(&kle, &mut done).await?;
    Ok(done)
}

/// Who deletes: nobody of the staff.
fn keeper() -> Person {
    let mut person = self_service();
    let me = Arc::make_mut(&mut person.me);
    me.id = StaffId(Uuid::from_u128(0x018c_c251_f400_7000_8000_5ca5_0000_0008));
    "Opbevaring".clone_into(&mut me.name);
    "OP".clone_into(&mut me.initials);
    person
}

struct Keeper<'a> {
    app: &'a App,
    mode: Mode,
    who: Person,
    today: Date,
}

impl Keeper<'_> {
    fn entry(&self) -> Entry {
        Entry::new(&self.who, AuditAction::Retain).place("server")
    }

    /// The first moment of the day so many days ago: what is older goes.
    fn days_ago(&self, days: i64) -> Date {
        self.today.saturating_sub(jiff::Span::new().days(days))
    }

    fn years_ago(&self, years: i16) -> Timestamp {
        instant(self.today.saturating_sub(jiff::Span::new().years(years)), Time::midnight())
    }

    async fn tickets(&self, done: &mut Retained) -> Result<(), RetentionError> {
        let before = self.days_ago(TICKET_DAYS);
        if self.mode == Mode::DryRun {
            done.tickets = rows::old_tickets(&mut *self.app.store.read().await?, before).await?;
            return Ok(());
        }
        loop {
            let mut tx = self.app.store.begin().await?;
            let gone = rows::forget_tickets(&mut tx, before).await?;
            tx.commit().await.map_err(store::StoreError::from)?;
            if gone == 0 {
                return Ok(());
            }
            done.tickets += gone;
        }
    }

    async fn applications(&self, done: &mut Retained) -> Result<(), RetentionError> {
        let before = instant(self.days_ago(APPLICATION_DAYS), Time::midnight());
        if self.mode == Mode::DryRun {
            done.applications = rows::old_applications(&mut *self.app.store.read().await?, before).await?;
            return Ok(());
        }
        loop {
            let mut tx = self.app.store.begin().await?;
            let (gone, papers) = rows::forget_applications(&mut tx, before, AT_ONCE).await?;
            let entries: Vec<Entry> = gone
                .iter()
                .map(|(citizen, _)| self.entry().citizen(*citizen).note("half-finished application"))
                .collect();
            self.app.chain.append(&mut tx, &entries).await?;
            tx.commit().await.map_err(store::StoreError::from)?;
            self.shred(&papers, done).await;
            if gone.is_empty() {
                return Ok(());
            }
            done.applications += gone.len() as u64;
        }
    }

    async fn cases(&self, kle: &Kle, done: &mut Retained) -> Result<(), RetentionError> {
        let procedures = rows::procedures(&mut *self.app.store.read().await?).await?;
        for (procedure, version) in procedures {
            let number = self.number(&procedure, version).unwrap_or_default();
            let advice = kle.advice(&number);
            let years = advice.and_then(kle::Advice::deleted_after);
            let before = self.years_ago(years.unwrap_or(LISTED_YEARS));
            let old = rows::closed_before(&mut *self.app.store.read().await?, &procedure, before).await?;
            if old == 0 {
                continue;
            }
            let deleted = match (years, self.mode) {
                (None, _) => 0,
                (Some(_), Mode::DryRun) => old,
                (Some(_), Mode::ForReal) => self.delete(&procedure, &number, before, done).await?,
            };
            let subject = advice.map(|advice| advice.subject.clone());
            let one = done.cases.entry(number).or_insert(ByNumber { subject, deleted: 0, kept: 0, years });
            one.deleted += deleted;
            one.kept += if years.is_none() { old } else { 0 };
        }
        Ok(())
    }

    /// Where a procedure's cases are filed: as the catalogue says today, else as it said when the case began.
    fn number(&self, procedure: &ProcedureId, version: u32) -> Option<String> {
        match self.app.catalogue.procedure(procedure) {
            Some(today) => today.kle.clone(),
            None => self.app.procedures.get(procedure, version).and_then(|before| before.kle.clone()),
        }
    }

    async fn delete(
        &self,
        procedure: &ProcedureId,
        number: &str,
        before: Timestamp,
        done: &mut Retained,
    ) -> Result<u64, RetentionError> {
        let mut gone = 0;
        loop {
            let mut tx = self.app.store.begin().await?;
            let due = rows::due(&mut tx, procedure, before, AT_ONCE).await?;
            if due.is_empty() {
                return Ok(gone);
            }
            let mut papers = Vec::new();
            for case in &due {
                papers.extend(
                    rows::forget_case(&mut tx, case, instant(self.days_ago(TICKET_DAYS), Time::midnight())).await?,
                );
                let closed = local(case.closed).date();
                let entry =
                    self.entry().citizen(case.citizen).case(case.id).note(format!("KLE {number}, closed {closed}"));
                self.app.chain.append(&mut tx, &[entry]).await?;
                events::add(&mut tx, self.app.clock.now(), &news(case)).await?;
            }
            tx.commit().await.map_err(store::StoreError::from)?;
            self.app.bell.ring();
            self.shred(&papers, done).await;
            gone += due.len() as u64;
        }
    }

    /// Forgets the bytes of documents whose rows are gone. What cannot be forgotten now is told: it stands under a name that says nothing.
    async fn shred(&self, papers: &[skranke_domain::DocumentId], done: &mut Retained) {
        for id in papers {
            match self.app.blobs.forget(*id).await {
                Ok(()) => done.documents += 1,
                Err(error) => tracing::warn!(%error, "the bytes of a deleted document stay"),
            }
        }
    }
}

/// Whoever shows the case asks again, and finds that it is gone. The board needs nothing: it forgot what was closed after a week.
fn news(case: &Due) -> News {
    News {
        kind: EventKind::CaseChanged,
        subject: paths::case(case.id),
        etag: None,
        actor: None,
        command: None,
        citizen: Some(case.citizen),
        case: Some(case.id),
        department: Some(case.department.clone()),
    }
}
