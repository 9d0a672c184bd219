//! Between `Ctrl ↵` and the disk: what was typed is held until the outbox has it, and comes back to its sheet where it was not taken. What
//! does not live here: the outbox, what is half written otherwise (`rooms`).

use jiff::Timestamp;

use super::rooms::visit_with;
use super::{HalfWritten, Leftovers, Spot, What};
use crate::calendar::booking::BookingInput;
use crate::calendar::ending::CancelInput;
use crate::calendar::{CalendarInput, Layer};
use crate::case::CaseInput;
use crate::case::work::WorkInput;
use crate::citizen::CitizenInput;
use crate::desk::{Desk, Input};
use crate::effect::{Effect, Room};
use crate::inbox::InboxInput;
use crate::sheets::SheetInput;

/// Names what went to the outbox in one move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeedNumber(u64);

/// What was typed and is on its way to the outbox.
#[derive(Clone, Debug)]
pub(super) struct OnItsWay {
    number: DeedNumber,
    part: HalfWritten,
}

impl Leftovers {
    /// What is on its way to the outbox: until it is there, it is half written.
    pub(super) fn on_its_way(&self) -> impl Iterator<Item = HalfWritten> {
        self.on_its_way.iter().map(|one| one.part.clone())
    }

    /// Whether something is on its way to the outbox.
    #[must_use]
    pub const fn is_sending(&self) -> bool {
        !self.on_its_way.is_empty()
    }

    /// The name of what went to the outbox with the last step, if what was typed went along.
    pub const fn deed(&mut self) -> Option<DeedNumber> {
        self.deed.take()
    }

    /// The outbox has it.
    pub(crate) fn is_kept(&mut self, number: DeedNumber) {
        self.on_its_way.retain(|one| one.number != number);
    }
}

impl Desk {
    /// Everything half written but what goes to the outbox with this deed: what lies on the disk once it is there.
    #[must_use]
    pub fn half_written_beside(&self, number: Option<DeedNumber>) -> Vec<HalfWritten> {
        let Some(number) = number else { return self.half_written() };
        let mut without = self.half_written.clone();
        without.is_kept(number);
        let mut all = self.half_written();
        // What is on its way stands behind what is offered.
        let (offered, sending) = (without.offered.len(), self.half_written.on_its_way.len());
        all.splice(offered..offered + sending, without.on_its_way());
        all
    }

    /// What would be sent by a step, as it was typed.
    pub(crate) fn typed_for(&self, input: &Input, now: Timestamp) -> Option<HalfWritten> {
        let (spot, what) = match input {
            Input::Citizen(CitizenInput::Sheet(SheetInput::Confirm)) => {
                let page = self.citizen()?;
                let sheet = page.sheet.as_ref().filter(|sheet| sheet.is_worth_keeping())?;
                let mut visit = visit_with(page, vec![sheet.clone()], Some(sheet.kind()));
                if let (crate::sheets::SheetKind::WrapUp, None) = (sheet.kind(), sheet.replaces()) {
                    // Her page goes with it: it would wait among the visits that were left.
                    visit.visit.left = Some(visit.visit.until(now));
                }
                (Spot::Citizen(page.id), What::Visit(Box::new(visit)))
            }
            Input::Case(CaseInput::Work(WorkInput::Confirm)) => {
                let page = self.case()?;
                let sheet = page.work.sheet.clone()?;
                (Spot::Case(page.id), What::Case(Box::new(page.aside().only(Some(sheet), None))))
            }
            Input::Case(CaseInput::Confirm) => {
                let page = self.case()?;
                let dialog = page.dialog.clone()?;
                (Spot::Case(page.id), What::Case(Box::new(page.aside().only(None, Some(dialog)))))
            }
            Input::Calendar(CalendarInput::Cancel(CancelInput::Confirm)) => match &self.calendar.as_ref()?.layer {
                Some(Layer::Cancel(sheet)) => (Spot::Calendar, What::Cancel(sheet.clone())),
                _ => return None,
            },
            Input::Calendar(CalendarInput::Booking(BookingInput::Book)) => {
                (Spot::Calendar, What::Booking(Box::new(self.calendar.as_ref()?.booking_aside()?)))
            }
            // The booking waited for its time to be kept.
            Input::Reply(ticket, _) if ticket.room == Room::Booking => {
                let page = self.calendar.as_ref().filter(|page| page.books_when_held())?;
                (Spot::Calendar, What::Booking(Box::new(page.booking_aside()?)))
            }
            Input::Inbox(InboxInput::Confirm) => (Spot::Inbox, What::Reply(self.inbox.replying.clone()?)),
            _ => return None,
        };
        Some(self.part(spot, what))
    }

    /// After a step: what it sent is held until the outbox has it.
    pub(crate) fn note_sending(&mut self, typed: Option<HalfWritten>, effects: &[Effect]) {
        let sends = effects.iter().any(|effect| matches!(effect, Effect::Enqueue(_) | Effect::Replace(..)));
        let Some(part) = typed.filter(|_| sends) else { return };
        self.half_written.numbers += 1;
        let number = DeedNumber(self.half_written.numbers);
        self.half_written.on_its_way.push(OnItsWay { number, part });
        self.half_written.deed = Some(number);
    }

    /// It could not be kept: what was typed is in its sheet again.
    pub(crate) fn comes_back(&mut self, number: Option<DeedNumber>, now: Timestamp) -> Vec<Effect> {
        // A wrap-up says itself that it goes; it does not.
        self.wrap_ups_not_kept();
        let Some(at) = self.half_written.on_its_way.iter().position(|one| Some(one.number) == number) else {
            return Vec::new();
        };
        let part = self.half_written.on_its_way.remove(at).part;
        match part.what {
            What::Visit(visit) => self.put_visit_back(*visit, now),
            What::Case(aside) => {
                let pages = self.stands.both_mut().into_iter().filter_map(|stand| stand.case.as_mut());
                match pages.into_iter().find(|page| page.id == aside.case) {
                    Some(page) => page.put_back(*aside),
                    None => self.half_written.offer(HalfWritten::new(part.at, What::Case(aside))),
                }
                Vec::new()
            }
            What::Cancel(sheet) => match &mut self.calendar {
                Some(page) => page.lay_cancel(*sheet, now),
                None => Vec::new(),
            },
            What::Booking(booking) => {
                let acting = crate::acting::acting!(self, now);
                match &mut self.calendar {
                    Some(page) => page.begin_aside(*booking, acting),
                    None => Vec::new(),
                }
            }
            What::Reply(reply) => {
                self.inbox.put_back(reply);
                Vec::new()
            }
            What::Queue { .. } | What::WrapUp(_) | What::Closing(_) => Vec::new(),
        }
    }
}
