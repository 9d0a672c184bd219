//! The sheet for a note on a case: internal, or part of the file. What does not live here: notes on citizens.

use skranke_api::casework::CaseNoteRequest;
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft};
use skranke_domain::CaseNoteId;
use skranke_domain::document::Openness;

use super::{CaseFacing, Trouble, allowed, words};

/// The longest note, in characters.
pub const CASE_NOTE_CHARS: usize = 2000;

/// The sheet while it is open.
#[derive(Clone, Debug)]
pub struct CaseNoteSheet {
    /// Part of the file, or internal.
    pub openness: Openness,
    /// What was typed.
    pub text: String,
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
        Self { openness: Openness::File, text: String::new() }
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

    pub(super) fn draft(&self, facing: &CaseFacing<'_>) -> Result<Draft, Trouble> {
        allowed(facing.view.value.may.work)?;
        written(&words(&self.text, CASE_NOTE_CHARS)?, self.openness, facing)
    }
}

/// A note as it enters the outbox.
pub(crate) fn written(text: &str, openness: Openness, facing: &CaseFacing<'_>) -> Result<Draft, Trouble> {
    let case = facing.view.value.row.id;
    let request = CaseNoteRequest { id: CaseNoteId::new(), text: text.to_owned(), openness };
    // Notes have no address of their own; the identifier keeps two of them apart.
    let resource = format!("{}/{}", paths::case_notes(case), request.id);
    facing.create(resource, paths::case_notes(case), &request, facing.label(Deed::CaseNoteWritten, None, text))
}
