//! The calendar feed: an address from which a calendar program reads a caseworker's times. What does not live here: what stands in it (the
//! server's).

use jiff::Timestamp;
use skranke_api::visits::Feed;
use skranke_client::ClientError;
use skranke_domain::CommandId;

use super::CalendarPage;
use super::booking::FEED;
use crate::ask::{Question, VisitQuestion};
use crate::effect::Effect;
use crate::load::Load;

/// The panel of the feed while it is open.
#[derive(Clone, Debug, Default)]
pub struct FeedPanel {
    /// The feed, once it was made here. Its address is never kept: whoever lost it makes a new one.
    pub feed: Load<Feed>,
    /// The command that makes it: asked again after a broken line, it makes no second one.
    command: Option<CommandId>,
}

impl CalendarPage {
    pub(super) fn toggle_feed(&mut self) {
        self.feed = match self.feed.take() {
            Some(_) => None,
            None => Some(FeedPanel::default()),
        };
    }

    pub(super) fn make_feed(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(panel) = self.feed.as_mut().filter(|panel| !panel.feed.is_waiting()) else { return Vec::new() };
        let command = *panel.command.get_or_insert_with(CommandId::new);
        panel.feed = Load::Waiting { since: now };
        vec![Effect::Ask(self.asked.next(FEED), Question::Visit(VisitQuestion::Feed(command)))]
    }

    pub(super) fn feed_made(&mut self, answer: Result<Feed, ClientError>, now: Timestamp) {
        let Some(panel) = &mut self.feed else { return };
        // What was answered is done with; after a broken line nobody knows, and the same command is asked again.
        if answer.as_ref().map_or_else(|error| error.kind().is_some(), |_| true) {
            panel.command = None;
        }
        panel.feed.answer(answer, now);
    }
}
