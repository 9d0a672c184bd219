//! The sheet for a note on a case: internal, or part of the file. What does not live here: notes on citizens.

use serde::{Deserialize, Serialize};
use skranke_api::casework::CaseNoteRequest;
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft, Entry};
use skranke_domain::document::Openness;
use skranke_domain::{CaseNoteId, CommandId};

use super::{CaseFacing, Trouble, allowed, words};

/// The longest note, in characters.
pub const CASE_NOTE_CHARS: usize = 2000;

/// The sheet while it is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CaseNoteSheet {
    /// Part of the file, or internal.
    pub openness: Openness,
    /// What was typed.
    pub text: String,
    /// The note in the outbox that is worded anew, and its identifier.
    #[serde(default)]
    pub replaces: Option<(CommandId, CaseNoteId)>,
}

/// What happens on it.
#[derive(Clone, Debug)]
pub enum CaseNoteInput {
    /// Who may read it.
    Openness(Openness),
    /// The other one.
    Other,
    /// The text was typed.
    Text(String),
}

impl Default for CaseNoteSheet {
    // What tells of the case belongs to its file; whoever wants otherwise says so.
    fn default() -> Self {
        Self { openness: Openness::File, text: String::new(), replaces: None }
    }
}

impl CaseNoteSheet {
    pub(super) fn update(&mut self, input: CaseNoteInput) {
        match input {
            CaseNoteInput::Openness(openness) => self.openness = openness,
            CaseNoteInput::Other => {
                self.openness = match self.openness {
                    Openness::File => Openness::Internal,
                    Openness::Internal => Openness::File,
                }
            }
            CaseNoteInput::Text(text) => self.text = text,
        }
    }

    /// A note as it lies in the outbox: to be worded anew.
    pub(super) fn of_entry(entry: &Entry) -> Option<Self> {
        let request: CaseNoteRequest = serde_json::from_value(entry.draft.body.clone()).ok()?;
        Some(Self { openness: request.openness, text: request.text, replaces: Some((entry.id, request.id)) })
    }

    pub(super) fn draft(&self, facing: &CaseFacing<'_>) -> Result<Draft, Trouble> {
        allowed(facing.view.value.may.work)?;
        let id = self.replaces.map(|(_, note)| note).unwrap_or_default();
        note(id, &words(&self.text, CASE_NOTE_CHARS)?, self.openness, facing)
    }
}

/// A note as it enters the outbox.
pub(crate) fn written(text: &str, openness: Openness, facing: &CaseFacing<'_>) -> Result<Draft, Trouble> {
    note(CaseNoteId::new(), text, openness, facing)
}

fn note(id: CaseNoteId, text: &str, openness: Openness, facing: &CaseFacing<'_>) -> Result<Draft, Trouble> {
    let case = facing.view.value.row.id;
    let request = CaseNoteRequest { id, text: text.to_owned(), openness };
    // Notes have no address of their own; the identifier keeps two of them apart.
    let resource = format!("{}/{}", paths::case_notes(case), request.id);
    facing.create(resource, paths::case_notes(case), &request, facing.label(Deed::CaseNoteWritten, None, text))
}
