//! Papers landing on cases: what a document that came, or an answer, does to the items it is for. What does not live here: how it came
//! (`documents`, `content`, `intake`).

use skranke_api::cases::HistoryKind;
use skranke_api::documents::DocumentUse;
use skranke_api::events::EventKind;
use skranke_api::{ETag, paths};
use skranke_domain::checklist::{ItemAction, ItemState};
use skranke_domain::{CaseId, CitizenId, DocumentId, ItemId};

use super::acting::Act;
use crate::auth::Person;
use crate::problem::{Answer, Refusal};
use crate::store::cases::{self, Stored};
use crate::store::events::News;
use crate::store::items::Item;
use crate::store::{Conn, Tx, events, items};

/// A case that a paper is for, with the items; none of them is the case as a whole.
#[derive(Clone, Debug)]
pub(super) struct Served {
    /// The case.
    pub case: Stored,
    /// The items, in the order given.
    pub items: Vec<Option<ItemId>>,
}

/// The cases that uses name, each once. A withheld case, one of somebody else, and one that does not exist are refused in the same words.
pub(super) async fn served(
    conn: &mut Conn,
    (act, citizen): (&Act<'_>, CitizenId),
    uses: &[DocumentUse],
    pointer: &str,
) -> Answer<Vec<Served>> {
    let mut all: Vec<Served> = Vec::new();
    for (at, one) in uses.iter().enumerate() {
        if uses[..at].contains(one) {
            return Err(Refusal::field(format!("{pointer}/{at}"), "duplicate", "this stands twice"));
        }
        let known = match all.iter().position(|known| known.case.row.id == one.case) {
            Some(place) => place,
            None => {
                let case = hers(conn, act, citizen, one.case).await?;
                let unknown = || Refusal::field(format!("{pointer}/{at}/case"), "unknown", "there is no such case");
                all.push(Served { case: case.ok_or_else(unknown)?, items: Vec::new() });
                all.len() - 1
            }
        };
        if let Some(item) = &one.item
            && !items::of_case(conn, all[known].case.no).await?.iter().any(|there| there.id == *item)
        {
            return Err(Refusal::field(format!("{pointer}/{at}/item"), "unknown", "there is no such paper"));
        }
        all[known].items.push(one.item.clone());
    }
    Ok(all)
}

/// A case of this citizen that this person may see.
pub(super) async fn hers(conn: &mut Conn, act: &Act<'_>, citizen: CitizenId, id: CaseId) -> Answer<Option<Stored>> {
    let case = cases::one(conn, &act.app.procedures, id).await?;
    Ok(case.filter(|case| case.row.citizen == citizen && sees(act.person, case)))
}

/// Whether a person may see a case.
pub(super) fn sees(person: &Person, case: &Stored) -> bool {
    !person.is_withheld(case.row.department.as_str())
}

impl Act<'_> {
    /// A document is evidence for items: those that awaited it are received now, every case tells of it in its history and is added up.
    /// Gives the cases as they stand. In a closed case nothing is received; its history still says that something came.
    pub async fn land(
        &self,
        tx: &mut Tx,
        served: &[Served],
        kind: HistoryKind,
        document: Option<(DocumentId, &ETag)>,
    ) -> Answer<Vec<Stored>> {
        let mut stand = Vec::with_capacity(served.len());
        for one in served {
            for item in &one.items {
                let reached = match item {
                    None => None,
                    Some(item) => self.receive(tx, &one.case, item).await?,
                };
                let what = item.as_ref().zip(reached);
                self.note(tx, one.case.no, kind, what, None).await?;
            }
            stand.push(if cases::is_open(one.case.row.phase) {
                self.add_up(tx, &one.case).await?
            } else {
                self.tell_of_case(tx, one.case.no).await?
            });
            if let Some((id, etag)) = document {
                self.tell_of_document(tx, &one.case, id, etag).await?;
            }
        }
        Ok(stand)
    }

    /// Tells whoever may see a case that one of its documents came, moved or changed.
    pub async fn tell_of_document(&self, tx: &mut Tx, case: &Stored, id: DocumentId, etag: &ETag) -> Answer<()> {
        let news = News {
            etag: Some(etag.clone()),
            case: Some(case.row.id),
            department: Some(case.row.department.clone()),
            ..self.news(EventKind::DocumentChanged, paths::document(id), case.row.citizen)
        };
        Ok(events::add(tx, self.now, &news).await?)
    }

    /// Receives an item where it awaits that; gives the state in which it is afterwards.
    pub async fn receive(&self, tx: &mut Tx, case: &Stored, id: &ItemId) -> Answer<Option<ItemState>> {
        self.step(tx, case, id, ItemAction::Receive).await
    }

    /// Takes an item back to missing because the paper it was received with is no evidence for it after all.
    pub async fn give_up(&self, tx: &mut Tx, case: &Stored, id: &ItemId) -> Answer<Option<ItemState>> {
        let list = items::of_case(tx, case.no).await?;
        let Some(item) = list.iter().find(|item| item.id == *id) else { return Ok(None) };
        if item.state != ItemState::Received {
            return Ok(Some(item.state));
        }
        self.step(tx, case, id, ItemAction::Reopen).await
    }

    /// Takes an item a step where the step is possible; gives the state in which it is afterwards. Judged items stay as they are.
    async fn step(&self, tx: &mut Tx, case: &Stored, id: &ItemId, action: ItemAction) -> Answer<Option<ItemState>> {
        let list = items::of_case(tx, case.no).await?;
        let Some(mut item) = list.into_iter().find(|item| item.id == *id) else { return Ok(None) };
        let next = item.state.after(action, None).ok().filter(|_| cases::is_open(case.row.phase));
        let Some(next) = next else { return Ok(Some(item.state)) };
        item.state = next;
        item.reason = None;
        item.changed_by = self.person.signature().map(|(_, name)| name.to_owned());
        item.changed_at = Some(self.now);
        item.version += 1;
        items::save(tx, case.no, &item).await?;
        self.tell_of_item(tx, case, &item).await?;
        Ok(Some(next))
    }

    async fn tell_of_item(&self, tx: &mut Tx, case: &Stored, item: &Item) -> Answer<()> {
        let news = News {
            etag: Some(item.etag()),
            case: Some(case.row.id),
            department: Some(case.row.department.clone()),
            ..self.news(EventKind::ItemChanged, paths::checklist_item(case.row.id, &item.id), case.row.citizen)
        };
        Ok(events::add(tx, self.now, &news).await?)
    }
}
