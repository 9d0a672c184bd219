//! The sheets of the case page: assign, rest and extend, ask a colleague, write a note, say facts, lift, relate, decide. What lives here:
//! which one is open. What does not: each of them (a file each).

use crate::acting::Acting;
use crate::effect::Effect;

/// The sheet that is laid over the case page.
#[derive(Clone, Debug)]
pub enum CaseSheet {}

/// What happens on the sheets.
#[derive(Clone, Debug)]
pub enum WorkInput {
    /// Leave the sheet; what was typed stays.
    Close,
}

/// The sheets of one case: the open one, and what was typed in others.
#[derive(Clone, Debug, Default)]
pub struct Work {
    /// The open one.
    pub sheet: Option<CaseSheet>,
}

impl Work {
    pub(crate) fn update(&mut self, input: WorkInput, _acting: Acting<'_>) -> Vec<Effect> {
        match input {
            WorkInput::Close => self.sheet = None,
        }
        Vec::new()
    }
}
