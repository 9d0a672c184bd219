//! A citizen's reply to a request for papers: her papers, those she cannot get and why, what she writes. What does not live here: the
//! request itself (`letters`). A reply is taken in whenever it comes: nothing she sends is lost.

use skranke_api::cases::HistoryKind;
use skranke_api::documents::DocumentUse;
use skranke_api::intake::{CannotGet, IntakeRemark};
use skranke_domain::checklist::ItemState;
use skranke_domain::{CaseId, ItemId, LetterId};

use super::{Brought, Way, once};
use crate::problem::{Answer, Refusal};
use crate::routes::deed::check_text;
use crate::routes::landing::{Served, sees};
use crate::store::cases::{self, Stored as Case};
use crate::store::{Tx, intake, items};

/// The longest reason why a paper cannot be had, in characters.
const WHY_CHARS: usize = 500;
/// The longest text of a reply, in characters.
const TEXT_CHARS: usize = 2000;

/// What a reply says.
pub(super) struct Said<'a> {
    pub cannot: &'a [CannotGet],
    pub text: &'a str,
}

/// A case of the request with the papers that it asks for, and their states before the reply.
struct Asked {
    case: Case,
    papers: Vec<(ItemId, ItemState)>,
}

impl Asked {
    fn state(&self, item: &ItemId) -> Option<ItemState> {
        self.papers.iter().find(|(id, _)| id == item).map(|(_, state)| *state)
    }
}

impl Way<'_> {
    /// Takes a reply in.
    pub(super) async fn reply(&mut self, tx: &mut Tx, letter: LetterId, said: &Said<'_>) -> Answer<Vec<Case>> {
        let asked = self.asked(tx, letter).await?;
        check(said, &asked, self.brought)?;
        let awaited = asked.iter().any(|one| one.papers.iter().any(|(_, state)| state.awaits_citizen()));
        if !awaited || intake::is_closed(tx, letter).await? {
            self.remark(IntakeRemark::NothingAwaited);
        }
        for one in &asked {
            self.act.note(tx, one.case.no, HistoryKind::Replied, None, None).await?;
        }
        let brought = self.brought;
        for document in brought {
            self.lay(tx, document, &asked).await?;
        }
        for one in said.cannot {
            let Some(of) = asked.iter().find(|of| of.case.row.id == one.case) else { continue };
            let why = one.why.trim();
            intake::cannot(tx, letter, (of.case.no, &one.item), why, self.act.now).await?;
            let what = of.state(&one.item).map(|state| (&one.item, state));
            self.act.note(tx, of.case.no, HistoryKind::Replied, what, Some(why)).await?;
        }
        if !said.text.trim().is_empty() {
            intake::wrote(tx, letter, said.text.trim(), self.act.now).await?;
        }
        let mut stand = Vec::new();
        for one in &asked {
            // The caseworker hears of a reply also where it brought nothing.
            let open = cases::is_open(one.case.row.phase);
            once(
                &mut stand,
                if open {
                    self.act.add_up(tx, &one.case).await?
                } else {
                    self.act.tell_of_case(tx, one.case.no).await?
                },
            );
        }
        Ok(stand)
    }

    /// The cases that a request asks for papers of, as far as this person sees them.
    async fn asked(&self, tx: &mut Tx, letter: LetterId) -> Answer<Vec<Asked>> {
        let unknown = || Refusal::field("/what/request", "unknown", "she was sent no such request");
        let (citizen, papers) = intake::asked_for(tx, letter).await?.ok_or_else(unknown)?;
        if citizen != self.known.no {
            return Err(unknown());
        }
        let mut all: Vec<Asked> = Vec::new();
        for (case_no, item) in papers {
            let place = match all.iter().position(|one| one.case.no == case_no) {
                Some(place) => place,
                None => {
                    let case = cases::by_no(tx, &self.act.app.procedures, case_no).await?;
                    let Some(case) = case.filter(|case| sees(self.act.person, case)) else { continue };
                    all.push(Asked { case, papers: Vec::new() });
                    all.len() - 1
                }
            };
            let list = items::of_case(tx, case_no).await?;
            // A newer checklist may lack it: what comes for it belongs to the case as a whole.
            if let Some(there) = list.iter().find(|there| there.id == item) {
                all[place].papers.push((item, there.state));
            }
        }
        if all.is_empty() { Err(unknown()) } else { Ok(all) }
    }

    /// Lays a document where it belongs.
    async fn lay(&mut self, tx: &mut Tx, document: &Brought<'_>, asked: &[Asked]) -> Answer<()> {
        let whole = |one: &Asked| DocumentUse { case: one.case.row.id, item: None };
        let wanted: Vec<DocumentUse> =
            if document.uses.is_empty() { asked.iter().map(whole).collect() } else { document.uses.to_vec() };
        let mut uses: Vec<DocumentUse> = Vec::new();
        let mut served: Vec<Served> = Vec::new();
        for mut used in wanted {
            let Some(one) = asked.iter().find(|one| one.case.row.id == used.case) else { continue };
            if !cases::is_open(one.case.row.phase) {
                self.remark(IntakeRemark::CaseClosed);
                used.item = None;
            }
            if used.item.as_ref().and_then(|item| one.state(item)).is_some_and(ItemState::is_settled) {
                self.remark(IntakeRemark::JudgedAlready);
            }
            if uses.contains(&used) {
                continue;
            }
            match served.iter_mut().find(|known| known.case.no == one.case.no) {
                Some(known) => known.items.push(used.item.clone()),
                None => served.push(Served { case: one.case.clone(), items: vec![used.item.clone()] }),
            }
            uses.push(used);
        }
        let Some(home) = served.first() else { return Ok(()) };
        let place = (home.case.row.id, home.case.row.department.as_str());
        let etag = self.bring(tx, place, document, (self.source(), &uses)).await?;
        self.act.land(tx, &served, HistoryKind::DocumentCame, Some((document.id, &etag))).await?;
        Ok(())
    }
}

fn check(said: &Said<'_>, asked: &[Asked], brought: &[Brought<'_>]) -> Answer<()> {
    if brought.is_empty() && said.cannot.is_empty() && said.text.trim().is_empty() {
        return Err(Refusal::field("/what/text", "missing", "a reply brings a paper, a reason or a few words"));
    }
    if said.text.chars().count() > TEXT_CHARS {
        return Err(Refusal::field("/what/text", "length", format!("{TEXT_CHARS} characters at most")));
    }
    let of = |case: CaseId| asked.iter().find(|one| one.case.row.id == case);
    for (at, one) in said.cannot.iter().enumerate() {
        check_text(&one.why, &format!("/what/cannot/{at}/why"), 1..=WHY_CHARS)?;
        if of(one.case).and_then(|of| of.state(&one.item)).is_none() {
            let detail = "the request asks for no such paper";
            return Err(Refusal::field(format!("/what/cannot/{at}"), "unknown", detail));
        }
    }
    for (at, document) in brought.iter().enumerate() {
        for (place, one) in document.uses.iter().enumerate() {
            let fits = of(one.case).is_some_and(|of| one.item.as_ref().is_none_or(|item| of.state(item).is_some()));
            if !fits {
                let pointer = format!("/documents/{at}/items/{place}");
                return Err(Refusal::field(pointer, "unknown", "the request asks for no such paper"));
            }
        }
    }
    Ok(())
}
