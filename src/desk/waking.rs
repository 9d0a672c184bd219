//! Timers that ring: each is brought to whoever set it. What does not live here: setting them (each room's), what they mean.

use jiff::Timestamp;

use crate::desk::Desk;
use crate::effect::{Effect, Wake};

impl Desk {
    pub(crate) fn woken(&mut self, wake: Wake, now: Timestamp) -> Vec<Effect> {
        match wake {
            Wake::Search { generation } => self.finder.as_mut().map(|f| f.woken(generation)).unwrap_or_default(),
            Wake::HideRevealed { stand, generation } => {
                if let Some(page) = &mut self.stands.get_mut(stand).citizen {
                    page.woken(generation);
                }
                Vec::new()
            }
            Wake::Hold { id } => self.calendar.as_mut().map(|page| page.hold_woken(id, now)).unwrap_or_default(),
            Wake::Board => self.board_woken(now),
            Wake::Mirror { stand, number } => self.mirror_woken(stand, number, now),
            Wake::WrapUp { ticket } => self.wrap_up_woken(ticket, now),
            Wake::CalendarUndo { number } => {
                if let Some(page) = &mut self.calendar {
                    page.undo_ends(number);
                }
                Vec::new()
            }
            Wake::BoardUndo { number } => {
                self.board_undo_ends(number);
                Vec::new()
            }
            Wake::Presence { stand, generation } => {
                if let Some(page) = &mut self.stands.get_mut(stand).case {
                    page.presence_woken(generation);
                }
                Vec::new()
            }
            Wake::Lock if self.is_nobodys() => Vec::new(),
            Wake::Lock => self.lock.woken(self.settings.lock_after(), now),
        }
    }
}
