//! Two people on one case: what the second could not save, beside what stands now, field by field. Nothing is lost, nothing is preselected.
//! What does not live here: how the outbox holds a refused change.

use crate::acting::Acting;
use crate::effect::Effect;

/// The dialog that settles a conflict, while it is open.
#[derive(Clone, Debug, Default)]
pub struct Conflict {}

/// What happens in it.
#[derive(Clone, Debug)]
pub enum ConflictInput {
    /// Leave it for later; nothing is lost.
    Later,
}

impl Conflict {
    pub(crate) fn update(&mut self, _input: ConflictInput, _acting: Acting<'_>) -> Vec<Effect> {
        Vec::new()
    }
}
