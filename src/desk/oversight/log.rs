//! The log as it is looked through: which records, those that came, the one that the keys act on. What does not live here: asking.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use skranke_api::audit::{AuditAction, AuditOutcome, AuditRecord};
use skranke_api::{Cursor, Page};
use skranke_client::ClientError;
use skranke_client::http::AuditQuery;
use skranke_domain::access::Context;
use skranke_domain::{CitizenId, StaffId};

use crate::citizen::Step;
use crate::load::Load;

/// How many records are asked for at once.
const RECORDS: u16 = 100;
/// So many rows before the last, older ones are asked for.
const NEAR: usize = 10;

/// How far back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Span {
    /// Today.
    Today,
    /// The last seven days.
    #[default]
    Week,
    /// The last thirty days.
    Month,
    /// All that the log holds.
    All,
}

impl Span {
    /// All of them, the shortest first.
    pub const ALL: [Self; 4] = [Self::Today, Self::Week, Self::Month, Self::All];

    /// The next longer one; the longest is followed by the shortest.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|span| *span == self).unwrap_or_default();
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    fn from(self, today: Date) -> Option<Date> {
        let days = match self {
            Self::Today => 0,
            Self::Week => 6,
            Self::Month => 29,
            Self::All => return None,
        };
        today.checked_sub(days.days()).ok()
    }
}

/// Which records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// About this citizen.
    pub citizen: Option<CitizenId>,
    /// By this colleague.
    pub staff: Option<StaffId>,
    /// Of this kind.
    pub action: Option<AuditAction>,
    /// Refused ones alone.
    pub outcome: Option<AuditOutcome>,
    /// Those for which no business was found.
    pub context: Option<Context>,
    /// How far back.
    pub span: Span,
}

impl LogFilter {
    /// The question that it is.
    #[must_use]
    pub fn query(&self, today: Date) -> AuditQuery {
        AuditQuery {
            citizen: self.citizen,
            staff: self.staff,
            action: self.action,
            outcome: self.outcome,
            context: self.context,
            from: self.span.from(today),
            to: None,
            limit: Some(RECORDS),
        }
    }

    /// Whether anything beside the time is left out.
    #[must_use]
    pub fn narrows(&self) -> bool {
        Self { span: Span::default(), ..self.clone() } != Self::default()
    }
}

/// Other records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterChange {
    /// Those about the open citizen, else about the chosen record's; or about everybody again.
    Citizen,
    /// Those by who did the chosen one; or by everybody again.
    Staff,
    /// Those of the chosen one's kind; or of all kinds again.
    Action,
    /// Refused ones alone; or all again.
    Refused,
    /// Those without any business; or all again.
    OutOfContext,
    /// The next span of time.
    Span,
    /// All of them again.
    Nothing,
}

/// The records that came.
#[derive(Clone, Debug, Default)]
pub struct LogList {
    /// Which.
    pub filter: LogFilter,
    /// They, newest first.
    pub records: Load<Vec<AuditRecord>>,
    /// Where the older ones begin; none when all of them are here.
    pub next: Option<Cursor>,
    /// Older ones are asked for.
    pub asking_more: bool,
    /// Why older ones could not be fetched.
    pub more_trouble: Option<ClientError>,
    /// The record that the keys act on.
    pub chosen: Option<i64>,
    /// All of it is shown.
    pub opened: bool,
}

impl LogList {
    /// The record that the keys act on: the chosen one, else the newest.
    #[must_use]
    pub fn record(&self) -> Option<&AuditRecord> {
        let all = self.records.value()?;
        self.chosen.and_then(|seq| all.iter().find(|one| one.seq == seq)).or_else(|| all.first())
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Option<usize> {
        let chosen = self.record()?.seq;
        self.records.value()?.iter().position(|one| one.seq == chosen)
    }

    pub(super) fn step(&mut self, step: Step) {
        let Some(all) = self.records.value() else { return };
        self.chosen = step.from(self.place(), all.len()).map(|to| all[to].seq);
    }

    pub(super) fn is_near_the_end(&self) -> bool {
        let count = self.records.value().map_or(0, Vec::len);
        self.place().is_some_and(|at| at + NEAR >= count)
    }

    /// Changes which records are asked for; says whether they are others.
    pub(super) fn change(&mut self, change: FilterChange, open: Option<CitizenId>) -> bool {
        let chosen = self.record().map(|one| (one.citizen, one.staff, one.action));
        let filter = &mut self.filter;
        let before = filter.clone();
        match change {
            FilterChange::Citizen => {
                let wanted = open.or_else(|| chosen.and_then(|(citizen, ..)| citizen));
                filter.citizen = wanted.filter(|_| filter.citizen.is_none());
            }
            FilterChange::Staff => filter.staff = chosen.map(|(_, staff, _)| staff).filter(|_| filter.staff.is_none()),
            FilterChange::Action => {
                filter.action = chosen.map(|(.., action)| action).filter(|_| filter.action.is_none());
            }
            FilterChange::Refused => {
                filter.outcome = Some(AuditOutcome::Refused).filter(|_| filter.outcome.is_none());
            }
            FilterChange::OutOfContext => filter.context = Some(Context::None).filter(|_| filter.context.is_none()),
            FilterChange::Span => filter.span = filter.span.next(),
            FilterChange::Nothing => *filter = LogFilter::default(),
        }
        *filter != before
    }

    pub(super) fn came(&mut self, answer: Result<Page<AuditRecord>, ClientError>, now: Timestamp) {
        let answer = answer.map(|page| {
            self.next = page.next_cursor;
            self.asking_more = false;
            self.more_trouble = None;
            page.items
        });
        self.records.answer(answer, now);
        self.opened &= self.record().is_some();
    }

    pub(super) fn more_came(&mut self, answer: Result<Page<AuditRecord>, ClientError>) {
        self.asking_more = false;
        match answer {
            Ok(page) => {
                self.next = page.next_cursor;
                if let Some(known) = self.records.value_mut() {
                    // What was here already stays as it is.
                    let oldest = known.last().map_or(i64::MAX, |one| one.seq);
                    known.extend(page.items.into_iter().filter(|one| one.seq < oldest));
                }
            }
            Err(error) => self.more_trouble = Some(error),
        }
    }
}
