//! Notes, promises and the timeline as they stand with what is not confirmed yet, and what of it is news. What does not live here: asking for
//! them (`course`), how they are drawn.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::ETag;
use skranke_api::appointments::Appointment;
use skranke_api::cases::ContactView;
use skranke_api::handovers::HandoverView;
use skranke_api::notes::{NoteChange, NoteRequest, PromiseChange, PromiseRequest};
use skranke_api::overview::CaseRow;
use skranke_api::paths;
use skranke_client::outbox::{Deed, Entry, EntryState};
use skranke_domain::contact::Channel;
use skranke_domain::note::{NoteKind, PromiseState};
use skranke_domain::{NoteId, PromiseId};

use super::CitizenPage;
use crate::pending::Pending;
use crate::session::Session;

/// How far a change of one's own got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// On its way.
    OnItsWay,
    /// It was refused, or waits behind one that was.
    Refused,
}

impl Unsent {
    fn of(entry: &Entry) -> Self {
        match entry.state {
            EntryState::Refused { .. } | EntryState::Held => Self::Refused,
            EntryState::Queued | EntryState::Attempted => Self::OnItsWay,
        }
    }
}

/// A note as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteNow<'a> {
    /// Its identifier.
    pub id: NoteId,
    /// What it is for.
    pub kind: NoteKind,
    /// The text.
    pub text: Cow<'a, str>,
    /// The last day it holds.
    pub expires: Option<Date>,
    /// Who wrote it; none for one's own that is not confirmed.
    pub by: Option<&'a str>,
    /// When it was written or changed last.
    pub at: Timestamp,
    /// The version that the server knows.
    pub etag: Option<&'a ETag>,
    /// It was written or changed here, and that is not confirmed.
    pub unsent: Option<Unsent>,
}

/// A promise as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromiseNow<'a> {
    /// Its identifier.
    pub id: PromiseId,
    /// What was promised.
    pub text: Cow<'a, str>,
    /// The last day it is kept in time.
    pub due: Date,
    /// What became of it.
    pub state: PromiseState,
    /// What came of it.
    pub outcome: Option<Cow<'a, str>>,
    /// Who promised; none for one's own that is not confirmed.
    pub by: Option<&'a str>,
    /// When it was given.
    pub at: Timestamp,
    /// The version that the server knows.
    pub etag: Option<&'a ETag>,
    /// It was given or settled here, and that is not confirmed.
    pub unsent: Option<Unsent>,
}

/// Something that happened, or will.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// A contact.
    Contact(&'a ContactView),
    /// An appointment, past or coming.
    Appointment(&'a Appointment),
    /// A hand-over.
    Handover(&'a HandoverView),
    /// Something that was done here and is not confirmed.
    Unsent(Deed, &'a Entry, Unsent),
}

/// A line of the timeline.
#[derive(Clone, Copy, Debug)]
pub struct TimelineLine<'a> {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Event<'a>,
    /// Somebody else did it since this person looked last.
    pub news: bool,
}

/// What a timeline can be narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Contacts on a channel.
    Channel(Channel),
    /// Appointments.
    Appointments,
    /// Hand-overs.
    Handovers,
}

impl TimelineLine<'_> {
    /// What it counts as; what is not confirmed counts as everything, so that it is never out of sight.
    #[must_use]
    pub const fn kind(&self) -> Option<Kind> {
        match self.event {
            Event::Contact(one) => Some(Kind::Channel(one.channel)),
            Event::Appointment(_) => Some(Kind::Appointments),
            Event::Handover(_) => Some(Kind::Handovers),
            Event::Unsent(..) => None,
        }
    }
}

impl CitizenPage {
    /// Her notes with what was written and changed here: attention first, then the newest.
    #[must_use]
    pub fn notes_as_they_stand<'a>(&'a self, pending: &'a Pending) -> Vec<NoteNow<'a>> {
        let mut all: Vec<NoteNow<'a>> = self
            .notes
            .value()
            .into_iter()
            .flatten()
            .map(|note| NoteNow {
                id: note.id,
                kind: note.kind,
                text: Cow::Borrowed(&note.text),
                expires: note.expires,
                by: Some(&note.by),
                at: note.at,
                etag: Some(&note.etag),
                unsent: None,
            })
            .collect();
        for (deed, entry) in pending.deeds(self.id) {
            let unsent = Some(Unsent::of(entry));
            match deed {
                Deed::NoteWritten => {
                    let Ok(note) = serde_json::from_value::<NoteRequest>(entry.draft.body.clone()) else { continue };
                    // Confirmed a moment ago: the list knows it already.
                    if all.iter().any(|known| known.id == note.id) {
                        continue;
                    }
                    all.push(NoteNow {
                        id: note.id,
                        kind: note.kind,
                        text: Cow::Owned(note.text),
                        expires: note.expires,
                        by: None,
                        at: entry.draft.made_at,
                        etag: None,
                        unsent,
                    });
                }
                Deed::NoteChanged => {
                    let Ok(change) = serde_json::from_value::<NoteChange>(entry.draft.body.clone()) else { continue };
                    let of = all.iter_mut().find(|note| paths::note(self.id, note.id) == entry.draft.resource);
                    let Some(note) = of else { continue };
                    note.unsent = unsent;
                    // A refused change is marked and shown beside what stands: the outbox has its words.
                    if unsent == Some(Unsent::OnItsWay) {
                        (note.kind, note.expires) = (change.kind, change.expires);
                        note.text = Cow::Owned(change.text);
                    }
                }
                _ => {}
            }
        }
        all.sort_by_key(|note| (note.kind, std::cmp::Reverse(note.at)));
        all
    }

    /// The promises made to her with what was promised and settled here: soonest due first.
    #[must_use]
    pub fn promises_as_they_stand<'a>(&'a self, pending: &'a Pending) -> Vec<PromiseNow<'a>> {
        let mut all: Vec<PromiseNow<'a>> = self
            .promises
            .value()
            .into_iter()
            .flatten()
            .map(|one| PromiseNow {
                id: one.id,
                text: Cow::Borrowed(&one.text),
                due: one.due,
                state: one.state,
                outcome: one.outcome.as_deref().map(Cow::Borrowed),
                by: Some(&one.by),
                at: one.at,
                etag: Some(&one.etag),
                unsent: None,
            })
            .collect();
        for (deed, entry) in pending.deeds(self.id) {
            let unsent = Some(Unsent::of(entry));
            match deed {
                Deed::PromiseGiven => {
                    let Ok(one) = serde_json::from_value::<PromiseRequest>(entry.draft.body.clone()) else { continue };
                    if all.iter().any(|known| known.id == one.id) {
                        continue;
                    }
                    all.push(PromiseNow {
                        id: one.id,
                        text: Cow::Owned(one.text),
                        due: one.due,
                        state: PromiseState::Open,
                        outcome: None,
                        by: None,
                        at: entry.draft.made_at,
                        etag: None,
                        unsent,
                    });
                }
                Deed::PromiseSettled => {
                    let Ok(change) = serde_json::from_value::<PromiseChange>(entry.draft.body.clone()) else {
                        continue;
                    };
                    let of = all.iter_mut().find(|one| paths::promise(self.id, one.id) == entry.draft.resource);
                    let Some(one) = of else { continue };
                    one.unsent = unsent;
                    if unsent == Some(Unsent::OnItsWay) {
                        one.state = change.state;
                        one.outcome = change.outcome.map(Cow::Owned);
                    }
                }
                _ => {}
            }
        }
        all.sort_by_key(|one| (one.state, one.due, one.at));
        all
    }

    /// Contacts on all channels, appointments past and coming, hand-overs and letters, with what was done here: the newest first, what comes
    /// before that.
    #[must_use]
    pub fn timeline<'a>(&'a self, session: &Session, pending: &'a Pending) -> Vec<TimelineLine<'a>> {
        let contacts = self.contacts.value().into_iter().flatten().map(|one| TimelineLine {
            at: one.at,
            event: Event::Contact(one),
            news: self.is_news(session, one.at, one.by.as_deref()),
        });
        let items = self.appointments.value().into_iter().flat_map(|calendar| &calendar.items);
        let appointments = items.map(|one| TimelineLine { at: one.start, event: Event::Appointment(one), news: false });
        let handovers = self.handovers.value().into_iter().flatten().map(|one| {
            // What she sent is hers; what became of it is somebody else's doing.
            let by = (one.changed == one.sent).then_some(one.from_name.as_str()).or(one.taken_by.as_deref());
            TimelineLine { at: one.sent, event: Event::Handover(one), news: self.is_news(session, one.changed, by) }
        });
        let unsent = pending.deeds(self.id).filter(|(deed, _)| {
            matches!(
                deed,
                Deed::ContactRegistered
                    | Deed::HandedOver
                    | Deed::HandoverChanged
                    | Deed::PapersAsked
                    | Deed::ChangeReported
            )
        });
        let unsent = unsent.map(|(deed, entry)| TimelineLine {
            at: entry.draft.made_at,
            event: Event::Unsent(deed, entry, Unsent::of(entry)),
            news: false,
        });
        let mut all: Vec<_> = contacts.chain(appointments).chain(handovers).chain(unsent).collect();
        all.sort_by_key(|line| std::cmp::Reverse(line.at));
        all
    }

    /// Whether somebody else did something since this person looked last.
    #[must_use]
    pub fn is_news(&self, session: &Session, at: Timestamp, by: Option<&str>) -> bool {
        let mine = by.is_some_and(|by| session.me.value().is_some_and(|me| me.name == by));
        !mine && self.last_looked.is_some_and(|looked| at > looked)
    }

    /// Whether somebody else changed a case since this person looked last.
    #[must_use]
    pub fn is_case_news(&self, session: &Session, case: &CaseRow) -> bool {
        self.is_news(session, case.changed, case.changed_by.as_deref())
    }

    /// How many things others did since this person looked last, as far as is known.
    #[must_use]
    pub fn news(&self, session: &Session, pending: &Pending) -> usize {
        if self.last_looked.is_none() {
            return 0;
        }
        let cases = self.rows().filter(|row| self.is_case_news(session, row.case)).count();
        let notes = self.notes.value().into_iter().flatten();
        let notes = notes.filter(|note| self.is_news(session, note.at, Some(&note.by))).count();
        let promises = self.promises.value().into_iter().flatten();
        let promises = promises.filter(|one| self.is_news(session, one.at, Some(&one.by))).count();
        cases + notes + promises + self.timeline(session, pending).iter().filter(|line| line.news).count()
    }
}
