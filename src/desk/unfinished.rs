//! Visits that were left without a wrap-up because another citizen was opened: they wait on the start page until they are registered. What does
//! not live here: the wrap-up sheet; the clock of a visit (see [`crate::citizen::Visit`]).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use skranke_api::Purpose;
use skranke_domain::CitizenId;

use crate::acting::acting;
use crate::citizen::{CitizenInput, Visit};
use crate::desk::Desk;
use crate::effect::Effect;
use crate::sheets::{Opening, Sheet, SheetInput, SheetKind, WrapUpSheet};
use crate::stands::StandId;

/// Whoever is opened again within this time never left: the visit goes on.
const BACK_SOON: SignedDuration = SignedDuration::from_mins(15);

/// A visit that is not registered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Unfinished {
    /// Whose.
    pub citizen: CitizenId,
    /// Her name.
    pub name: String,
    /// Why she was opened.
    pub purpose: Purpose,
    /// The visit: what was done, and when it began and ended.
    pub visit: Visit,
    /// The sheets that were left with something typed, the wrap-up among them.
    pub(crate) sheets: Vec<Sheet>,
    /// The one that was open when the window ended: it is laid again.
    #[serde(default)]
    pub(crate) lays: Option<SheetKind>,
}

impl Desk {
    /// What goes to the outbox is remembered by the visit it belongs to.
    pub(crate) fn note_deeds(&mut self, effects: &[Effect]) {
        for effect in effects {
            let Effect::Enqueue(draft) = effect else { continue };
            let Some(citizen) = draft.subject.citizen else { continue };
            for stand in self.stands.both_mut() {
                if let Some(page) = stand.citizen_of(citizen) {
                    page.visit.note(draft);
                }
            }
        }
    }

    /// Another citizen is opened where this one stands: what was done and typed waits for its wrap-up.
    pub(crate) fn set_aside(&mut self, at: StandId, now: Timestamp) {
        let acting = acting!(self, now);
        let Some(page) = &mut self.stands.get_mut(at).citizen else { return };
        let mut sheets = page.take_sheets();
        if !page.visit.has_deeds() && sheets.is_empty() {
            return;
        }
        page.visit.left = Some(page.visit.until(now));
        // Filled in while her cases are at hand: they may not be when it is opened again.
        if !sheets.iter().any(|sheet| matches!(sheet, Sheet::WrapUp(_))) {
            sheets.push(Sheet::WrapUp(WrapUpSheet::filled(&crate::sheets::Facing { page, acting })));
        }
        let unfinished = Unfinished {
            citizen: page.id,
            name: page.full_name(),
            purpose: page.purpose.clone(),
            visit: page.visit.clone(),
            sheets,
            lays: None,
        };
        self.unfinished.push(unfinished);
    }

    /// Somebody who left a moment ago is there again: her visit goes on. What was half written of her when a window ended comes back.
    pub(crate) fn go_on(&mut self, at: StandId, citizen: CitizenId, now: Timestamp) -> Vec<Effect> {
        let mut effects = self.visit_goes_on(at, citizen, now);
        for before in self.half_written.of_citizen(citizen) {
            let acting = acting!(self, now);
            let Some(page) = self.stands.get_mut(at).citizen_of(citizen) else { continue };
            effects.extend(page.put_sheets_back(before.sheets, before.lays, acting));
        }
        effects
    }

    fn visit_goes_on(&mut self, at: StandId, citizen: CitizenId, now: Timestamp) -> Vec<Effect> {
        let soon = |one: &Unfinished| one.visit.left.is_none_or(|left| now.duration_since(left) <= BACK_SOON);
        let Some(found) = self.unfinished.iter().rposition(|one| one.citizen == citizen && soon(one)) else {
            return Vec::new();
        };
        let acting = acting!(self, now);
        let Some(page) = self.stands.get_mut(at).citizen_of(citizen) else { return Vec::new() };
        let before = self.unfinished.remove(found);
        page.visit = Visit { left: None, ..before.visit };
        page.put_sheets_back(before.sheets, before.lays, acting)
    }

    /// An unregistered visit is taken up again, with its wrap-up open.
    pub(crate) fn finish_later(&mut self, citizen: CitizenId, now: Timestamp) -> Vec<Effect> {
        let Some(at) = self.unfinished.iter().position(|one| one.citizen == citizen) else { return Vec::new() };
        let before = self.unfinished.remove(at);
        let open_at = StandId::BOTH
            .into_iter()
            .find(|at| self.stands.get(*at).citizen.as_ref().is_some_and(|page| page.id == citizen));
        let stand = open_at.unwrap_or_else(|| self.stands.front());
        let mut effects = self.open_citizen(stand, citizen, before.purpose, now);
        if let Some(page) = self.stands.get_mut(stand).citizen_of(citizen) {
            // She stands there again meanwhile: then both are one contact.
            page.visit = if open_at.is_some() { before.visit.and(&page.visit) } else { before.visit };
            page.keep_sheets(before.sheets);
        }
        effects.extend(self.citizen_step(CitizenInput::Sheet(SheetInput::Open(Opening::WrapUp)), now));
        effects
    }
}
