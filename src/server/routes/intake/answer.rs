//! Another authority's answer about a case: what it says, and the item that it settles or leaves open. What does not live here: asking
//! authorities.

use skranke_api::cases::HistoryKind;
use skranke_api::documents::DocumentUse;
use skranke_api::intake::IntakeRemark;
use skranke_domain::document::DocumentSource;
use skranke_domain::{CaseId, DepartmentId, ItemId, Localized};

use super::Way;
use crate::problem::{Answer, Refusal};
use crate::routes::deed::check_text;
use crate::routes::landing::{Served, hers};
use crate::store::cases::{self, Stored as Case};
use crate::store::{Tx, items};

/// The longest answer, in characters.
const TEXT_CHARS: usize = 2000;

/// What an authority says.
pub(super) struct Told<'a> {
    pub authority: &'a DepartmentId,
    pub case: CaseId,
    pub item: Option<&'a ItemId>,
    pub text: &'a Localized,
}

impl Way<'_> {
    /// Takes an answer in: its words stand in the history, its item is received, its documents lie with that.
    pub(super) async fn answer(&mut self, tx: &mut Tx, told: &Told<'_>) -> Answer<Vec<Case>> {
        let authority = self.act.app.catalogue.department(told.authority);
        let authority =
            authority.ok_or_else(|| Refusal::field("/what/authority", "unknown", "there is no such authority"))?;
        check_text(&told.text.da, "/what/text/da", 1..=TEXT_CHARS)?;
        let case = hers(tx, self.act, self.citizen, told.case).await?;
        let case = case.ok_or_else(|| Refusal::field("/what/case", "unknown", "she has no such case"))?;
        let list = items::of_case(tx, case.no).await?;
        let known = |item: &ItemId| list.iter().any(|there| there.id == *item);
        if !told.item.is_none_or(known) {
            return Err(Refusal::field("/what/item", "unknown", "there is no such paper"));
        }
        for (at, document) in self.brought.iter().enumerate() {
            for (place, one) in document.uses.iter().enumerate() {
                let twice = document.uses[..place].contains(one);
                if twice || one.case != told.case || !one.item.as_ref().is_none_or(known) {
                    let pointer = format!("/documents/{at}/items/{place}");
                    return Err(Refusal::field(pointer, "unknown", "the answer is about no such paper"));
                }
            }
        }
        let open = cases::is_open(case.row.phase);
        if !open {
            self.remark(IntakeRemark::CaseClosed);
        }
        let before = told.item.and_then(|item| list.iter().find(|there| there.id == *item));
        if open && before.is_some_and(|item| item.state.is_settled()) {
            self.remark(IntakeRemark::JudgedAlready);
        }
        let reached = match told.item {
            Some(item) => self.act.receive(tx, &case, item).await?,
            None => None,
        };
        let words = format!("{}: {}", authority.tag, told.text.da.trim());
        let what = told.item.zip(reached);
        self.act.note(tx, case.no, HistoryKind::AuthorityAnswered, what, Some(&words)).await?;
        for document in self.brought {
            let mut uses = document.uses.to_vec();
            if uses.is_empty() {
                uses.push(DocumentUse { case: told.case, item: told.item.cloned() });
            }
            if !open {
                uses = vec![DocumentUse { case: told.case, item: None }];
            }
            let place = (told.case, case.row.department.as_str());
            let etag = self.bring(tx, place, document, (DocumentSource::Authority, &uses)).await?;
            let items = uses.into_iter().map(|one| one.item).collect();
            let served = [Served { case: case.clone(), items }];
            self.act.land(tx, &served, HistoryKind::DocumentCame, Some((document.id, &etag))).await?;
        }
        let stands = if open { self.act.add_up(tx, &case).await? } else { self.act.tell_of_case(tx, case.no).await? };
        Ok(vec![stands])
    }
}
