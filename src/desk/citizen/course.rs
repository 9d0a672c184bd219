//! The course of contacts, notes, promises, life situations and hand-overs: what is done about it without a sheet. What does not live here:
//! asking for it (`asking`), writing new ones (the sheets), how it stands with what is not confirmed (`timeline`).

use jiff::Timestamp;
use skranke_api::cases::ContactView;
use skranke_api::notes::PromiseChange;
use skranke_api::{Cursor, Page, paths};
use skranke_client::ClientError;
use skranke_client::outbox::{Deed, Draft, FieldKey, Label};
use skranke_domain::PromiseId;
use skranke_domain::note::PromiseState;

use super::{CitizenPage, EARLIER};
use crate::acting::Acting;
use crate::ask::Question;
use crate::effect::Effect;

/// What is done without a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CourseInput {
    /// A promise was kept.
    Kept(PromiseId),
    /// Fetch earlier contacts.
    Earlier,
}

/// How far back the contacts reach.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// Where the next page begins; none when all of them are here.
    pub next: Option<Cursor>,
    /// More was asked for.
    pub waiting: bool,
    /// Why more could not be fetched.
    pub trouble: Option<ClientError>,
    /// More than the first page is here.
    turned: bool,
}

impl CitizenPage {
    pub(super) fn on_course(&mut self, input: &CourseInput, acting: Acting<'_>) -> Vec<Effect> {
        match input {
            CourseInput::Kept(promise) => self
                .settle(*promise, PromiseState::Kept, None, acting)
                .map(|draft| Effect::Enqueue(Box::new(draft)))
                .into_iter()
                .collect(),
            CourseInput::Earlier => {
                let Some(cursor) = self.earlier.next.clone().filter(|_| !self.earlier.waiting) else {
                    return Vec::new();
                };
                self.earlier.waiting = true;
                self.earlier.trouble = None;
                vec![self.question(EARLIER, Question::EarlierContacts(self.id, self.purpose.clone(), cursor))]
            }
        }
    }

    /// The change that settles a promise, or opens it again; none where there is nothing to settle, or nothing to base it on.
    pub(crate) fn settle(
        &self,
        id: PromiseId,
        state: PromiseState,
        outcome: Option<String>,
        acting: Acting<'_>,
    ) -> Option<Draft> {
        let promise = self.promises_as_they_stand(acting.pending).into_iter().find(|one| one.id == id)?;
        if promise.state == state {
            return None;
        }
        let path = paths::promise(self.id, id);
        let basis = acting.pending.basis(&path, promise.etag)?;
        let label = Label::Deed {
            citizen_name: self.full_name(),
            deed: Deed::PromiseSettled,
            about: None,
            text: outcome.clone().unwrap_or_else(|| promise.text.to_string()),
        };
        let change = PromiseChange { state, outcome };
        Draft::change(acting.author(self.id)?, (path, FieldKey::new("state")), basis, &change, label).ok()
    }

    /// The newest contacts came. Earlier ones that are here stay, so that nothing that is being read goes away.
    pub(super) fn contacts_came(&mut self, answer: Result<Page<ContactView>, ClientError>, now: Timestamp) {
        let answer = answer.map(|page| {
            let mut items = page.items;
            let last = items.last().map(|one| one.at);
            if let (true, Some(known), Some(last)) = (self.earlier.turned, self.contacts.value(), last) {
                let new: Vec<_> = items.iter().map(|one| one.id).collect();
                items.extend(known.iter().filter(|one| one.at <= last && !new.contains(&one.id)).cloned());
            } else {
                self.earlier = Earlier { next: page.next_cursor, ..Earlier::default() };
            }
            items
        });
        self.contacts.answer(answer, now);
    }

    /// Earlier contacts came.
    pub(super) fn earlier_came(&mut self, answer: Result<Page<ContactView>, ClientError>) {
        self.earlier.waiting = false;
        match answer {
            Ok(page) => {
                self.earlier = Earlier { next: page.next_cursor, turned: true, ..Earlier::default() };
                if let Some(known) = self.contacts.value_mut() {
                    let new = page.items.into_iter().filter(|one| known.iter().all(|other| other.id != one.id));
                    let new: Vec<_> = new.collect();
                    known.extend(new);
                }
            }
            Err(error) => self.earlier.trouble = Some(error),
        }
    }
}
