//! The figures for the team leader: which site and period, compared with which. What does not live here: how they are counted (the server's),
//! how they are drawn.

use jiff::Timestamp;

use crate::acting::{Acting, acting};
use crate::ask::Reply;
use crate::desk::Desk;
use crate::effect::{Effect, Ticket};

/// The figures.
#[derive(Clone, Debug, Default)]
pub struct FiguresPage {}

/// What happens on the figures.
#[derive(Clone, Debug)]
pub enum FiguresInput {
    /// Ask again.
    AskAgain,
}

impl FiguresPage {
    pub(crate) fn update(&mut self, input: FiguresInput, _acting: Acting<'_>) -> Vec<Effect> {
        match input {
            FiguresInput::AskAgain => Vec::new(),
        }
    }
}

impl Desk {
    pub(crate) fn ready_figures(&mut self, _now: Timestamp) -> Vec<Effect> {
        self.figures.get_or_insert_default();
        Vec::new()
    }

    pub(crate) fn figures_step(&mut self, input: FiguresInput, now: Timestamp) -> Vec<Effect> {
        let acting = acting!(self, now);
        self.figures.as_mut().map(|page| page.update(input, acting)).unwrap_or_default()
    }

    pub(crate) fn figures_replied(&mut self, _ticket: Ticket, _reply: Reply, _now: Timestamp) -> Vec<Effect> {
        Vec::new()
    }
}
