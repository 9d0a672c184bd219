//! Wording a change anew that lies in the outbox: it is opened as its sheet with everything that was typed, and what is sent takes its place.
//! What does not live here: the sheets, what becomes of the entry (the client's outbox).

use jiff::Timestamp;
use skranke_api::Purpose;
use skranke_api::purpose::PurposeKind;
use skranke_client::outbox::{Deed, Entry, EntryState, Label};
use skranke_domain::CommandId;

use crate::acting::acting;
use crate::desk::Desk;
use crate::effect::Effect;
use crate::sheets::{NoteSheet, PromiseSheet, Sheet, WrapUpSheet};
use crate::stands::StandId;

/// Whether what was typed can be worded anew: it is words, and they have not left.
#[must_use]
pub fn can_be_worded_anew(entry: &Entry) -> bool {
    if entry.attempts > 0 && !matches!(entry.state, EntryState::Refused { .. }) {
        return false;
    }
    match &entry.draft.label {
        Label::Item { reason, .. } => reason.is_some() && entry.draft.subject.case.is_some(),
        // What rests is still open where it was written.
        Label::Deed { .. } if entry.draft.hold.is_some() && entry.attempts == 0 => false,
        Label::Deed { deed, .. } => matches!(
            deed,
            Deed::NoteWritten
                | Deed::NoteChanged
                | Deed::PromiseGiven
                | Deed::ContactRegistered
                | Deed::CaseNoteWritten
        ),
        Label::Booking { .. } | Label::Appointment { .. } => false,
    }
}

impl Desk {
    /// Opens a change of the outbox as its sheet, with everything that was typed.
    pub(crate) fn word_anew(&mut self, id: CommandId, now: Timestamp) -> Vec<Effect> {
        let Some(entry) = self.pending.entries.iter().find(|entry| entry.id == id).cloned() else { return Vec::new() };
        if !can_be_worded_anew(&entry) {
            return Vec::new();
        }
        let purpose = Purpose::plain(PurposeKind::Case);
        if let (Label::Item { .. } | Label::Deed { deed: Deed::CaseNoteWritten, .. }, Some(case)) =
            (&entry.draft.label, entry.draft.subject.case)
        {
            let item = match &entry.draft.label {
                Label::Item { item_id, .. } => Some(item_id.clone()),
                _ => None,
            };
            let mut effects = self.open_case(case, item, purpose, now);
            let acting = acting!(self, now);
            if let Some(page) = self.stands.active_mut().case.as_mut() {
                effects.extend(page.reword(&entry, acting));
            }
            return effects;
        }
        let sheet = match &entry.draft.label {
            Label::Deed { deed: Deed::NoteWritten | Deed::NoteChanged, .. } => {
                NoteSheet::of_entry(&entry).map(Sheet::Note)
            }
            Label::Deed { deed: Deed::PromiseGiven, .. } => PromiseSheet::of_entry(&entry).map(Sheet::Promise),
            Label::Deed { deed: Deed::ContactRegistered, .. } => {
                WrapUpSheet::of_entry(&entry, &self.session).map(Sheet::WrapUp)
            }
            _ => None,
        };
        let (Some(sheet), Some(citizen)) = (sheet, entry.draft.subject.citizen) else { return Vec::new() };
        let open_at = StandId::BOTH
            .into_iter()
            .find(|at| self.stands.get(*at).citizen.as_ref().is_some_and(|page| page.id == citizen));
        let stand = open_at.unwrap_or_else(|| self.stands.front());
        let mut effects = self.open_citizen(stand, citizen, purpose, now);
        let acting = acting!(self, now);
        if let Some(page) = self.stands.get_mut(stand).citizen_of(citizen) {
            effects.extend(page.lay_rewording(sheet, acting));
        }
        effects
    }
}
