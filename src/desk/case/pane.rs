//! The document beside the checklist: which one, which page, how large, how turned. What does not live here: drawing pages (the window's),
//! the bytes' way here (`crate::uploads`).

use skranke_domain::DocumentId;

use crate::acting::Acting;
use crate::effect::Effect;

/// The pane that shows a document.
#[derive(Clone, Debug, Default)]
pub struct Pane {
    /// Which document is shown; none shows the chosen item's words.
    pub document: Option<DocumentId>,
}

/// What happens in the pane.
#[derive(Clone, Debug)]
pub enum PaneInput {
    /// Another document.
    Show(DocumentId),
}

impl Pane {
    pub(crate) fn update(&mut self, input: PaneInput, _acting: Acting<'_>) -> Vec<Effect> {
        match input {
            PaneInput::Show(document) => self.document = Some(document),
        }
        Vec::new()
    }
}
