//! What is half written in every room, and how each takes it back. What does not live here: its written form (`super`), what is on its way to
//! the outbox (`on_its_way`).

use jiff::Timestamp;

use super::{HalfInput, HalfWritten, Recovered, Spot, What};
use crate::citizen::CitizenPage;
use crate::desk::{Desk, Input, Place};
use crate::effect::Effect;
use crate::sheets::{Sheet, SheetKind};
use crate::stands::StandId;
use crate::unfinished::Unfinished;

impl Desk {
    /// Everything that was typed and not sent, to be kept on disk. Cheap enough for a pause between two keys; writing it as bytes is for
    /// another thread (see [`super::written`]).
    #[must_use]
    pub fn half_written(&self) -> Vec<HalfWritten> {
        let mut all = self.half_written.offered.clone();
        all.extend(self.half_written.on_its_way());
        all.extend(self.unfinished.iter().map(|visit| {
            let at = visit.visit.left.unwrap_or(visit.visit.began);
            HalfWritten::new(at, What::Visit(Box::new(visit.clone())))
        }));
        for stand in StandId::BOTH.map(|at| self.stands.get(at)) {
            all.extend(stand.citizen.as_ref().and_then(|page| self.visit_of(page)));
            all.extend(stand.case.as_ref().map(|page| page.aside()).and_then(|aside| self.case_part(aside)));
        }
        all.extend(self.cases_aside.iter().cloned().filter_map(|aside| self.case_part(aside)));
        if let Some(page) = &self.counter {
            let (sheets, open) = page.typed();
            if !sheets.is_empty() {
                all.push(self.part(Spot::Queue, What::Queue { sheets, open }));
            }
        }
        let nobody = self.serving.wrap_ups.iter().filter(|one| one.is_typed_for_nobody());
        all.extend(nobody.map(|one| self.part(Spot::Queue, What::WrapUp(Box::new(one.clone())))));
        if let Some(page) = &self.calendar {
            let booking = page.booking_aside().map(|booking| What::Booking(Box::new(booking)));
            let cancel = page.typed_cancel().map(|sheet| What::Cancel(Box::new(sheet.clone())));
            let closing = page.typed_closing().map(|sheet| What::Closing(Box::new(sheet.clone())));
            all.extend([booking, cancel, closing].into_iter().flatten().map(|what| self.part(Spot::Calendar, what)));
        }
        all.extend(self.inbox.typed().map(|reply| self.part(Spot::Inbox, What::Reply(reply.clone()))));
        all
    }

    /// She leaves the desk, and somebody else may come: what she typed goes to the disk before it is forgotten here. To be called while it is
    /// still there.
    #[must_use]
    pub fn farewell(&self) -> Option<Effect> {
        self.person().map(|_| Effect::KeepHalfWritten(self.half_written()))
    }

    /// Whether what is done next may be typing: what is kept on disk is looked at again then.
    #[must_use]
    pub const fn types(input: &Input) -> bool {
        !matches!(
            input,
            Input::Begin
                | Input::Reply(..)
                | Input::Wake(_)
                | Input::Live(_)
                | Input::Touched
                | Input::Stand(_)
                | Input::Turn
                | Input::TurnLanguage
                | Input::TurnTo(_)
                | Input::Finder(_)
                | Input::Cases(_)
                | Input::Figures(_)
                | Input::Guide(_)
                | Input::OpenGuide(_)
                | Input::Settings(_)
        )
    }

    /// What is typed where: its time is that of the last key.
    pub(crate) fn note_typing(&mut self, input: &Input, now: Timestamp) {
        let spot = match input {
            Input::Citizen(_) => self.citizen().map(|page| Spot::Citizen(page.id)),
            Input::Case(_) => self.case().map(|page| Spot::Case(page.id)),
            Input::Calendar(_) | Input::BeginBooking => Some(Spot::Calendar),
            Input::Counter(_) | Input::Serving(_) => Some(Spot::Queue),
            Input::Inbox(_) => Some(Spot::Inbox),
            _ => None,
        };
        if let Some(spot) = spot {
            self.half_written.touched.insert(spot, now);
        }
    }

    fn touched(&self, spot: Spot) -> Option<Timestamp> {
        self.half_written.touched.get(&spot).copied()
    }

    pub(super) fn part(&self, spot: Spot, what: What) -> HalfWritten {
        HalfWritten::new(self.touched(spot).unwrap_or_default(), what)
    }

    fn visit_of(&self, page: &CitizenPage) -> Option<HalfWritten> {
        let lays = page.sheet.as_ref().filter(|sheet| sheet.is_worth_keeping()).map(Sheet::kind);
        let sheets: Vec<Sheet> = page.left_sheets().cloned().collect();
        let counts = !sheets.is_empty() || page.visit.has_deeds();
        (counts && !page.visit.finished).then(|| {
            let at = self.touched(Spot::Citizen(page.id)).unwrap_or(page.visit.began);
            HalfWritten::new(at, What::Visit(Box::new(visit_with(page, sheets, lays))))
        })
    }

    fn case_part(&self, aside: crate::case::CaseAside) -> Option<HalfWritten> {
        let spot = Spot::Case(aside.case);
        aside.is_worth_keeping().then(|| self.part(spot, What::Case(Box::new(aside))))
    }

    /// What was half written when a window ended is offered again. A visit in which something was done waits among those that were left
    /// without a wrap-up.
    pub fn take_up(&mut self, recovered: Recovered, now: Timestamp) -> Vec<Effect> {
        self.half_written.unreadable += recovered.unreadable;
        recovered.parts.into_iter().flat_map(|part| self.take_up_part(part, now)).collect()
    }

    fn take_up_part(&mut self, part: HalfWritten, now: Timestamp) -> Vec<Effect> {
        match part.what {
            What::Visit(mut visit) if visit.visit.left.is_some() || visit.visit.has_deeds() => {
                visit.visit.left = visit.visit.left.or(Some(part.at.max(visit.visit.began)));
                self.unfinished.push(*visit);
                Vec::new()
            }
            What::WrapUp(wrap_up) => self.wrap_up_back(*wrap_up, now),
            What::Visit(visit) if self.is_open(&visit) => self.put_visit_back(*visit, now),
            what => {
                self.half_written.offer(HalfWritten { what, ..part });
                Vec::new()
            }
        }
    }

    fn is_open(&self, visit: &Unfinished) -> bool {
        self.page_of(visit).is_some()
    }

    fn page_of(&self, visit: &Unfinished) -> Option<StandId> {
        let hers = |at: &StandId| self.stands.get(*at).citizen.as_ref().is_some_and(|page| page.id == visit.citizen);
        StandId::BOTH.into_iter().find(hers)
    }

    /// Her page takes its sheets back, if it is open; else they are offered.
    pub(super) fn put_visit_back(&mut self, visit: Unfinished, now: Timestamp) -> Vec<Effect> {
        let Some(at) = self.page_of(&visit) else {
            if visit.visit.left.is_some() {
                self.unfinished.push(visit);
            } else {
                self.half_written.offer(HalfWritten::new(now, What::Visit(Box::new(visit))));
            }
            return Vec::new();
        };
        let acting = crate::acting::acting!(self, now);
        match &mut self.stands.get_mut(at).citizen {
            Some(page) => page.put_sheets_back(visit.sheets, visit.lays, acting),
            None => Vec::new(),
        }
    }

    pub(crate) fn half_written_step(&mut self, input: HalfInput, now: Timestamp) -> Vec<Effect> {
        match input {
            HalfInput::Found(recovered) => self.take_up(recovered, now),
            HalfInput::TakeUp(number) => match self.half_written.take(number) {
                Some(part) => self.go_on_with(part, now),
                None => Vec::new(),
            },
            HalfInput::Ask(number) => {
                self.half_written.asked = Some(number);
                Vec::new()
            }
            HalfInput::Keep => {
                self.half_written.asked = None;
                Vec::new()
            }
            HalfInput::Discard(number) => {
                self.half_written.asked = None;
                self.half_written.take(number);
                Vec::new()
            }
            HalfInput::Seen => {
                self.half_written.unreadable = 0;
                Vec::new()
            }
        }
    }

    /// Opens what it is about, with what was typed laid open.
    fn go_on_with(&mut self, part: HalfWritten, now: Timestamp) -> Vec<Effect> {
        match part.what {
            What::Visit(mut visit) => {
                let (citizen, purpose) = (visit.citizen, visit.purpose.clone());
                let at = self.page_of(&visit).unwrap_or_else(|| self.stands.front());
                visit.lays = visit.lays.or_else(|| visit.sheets.last().map(Sheet::kind));
                if self.is_open(&visit) {
                    let mut effects = self.open_citizen(at, citizen, purpose, now);
                    effects.extend(self.put_visit_back(*visit, now));
                    return effects;
                }
                self.half_written.offer(HalfWritten::new(part.at, What::Visit(visit)));
                self.open_citizen(at, citizen, purpose, now)
            }
            What::Case(aside) => {
                let (case, purpose) = (aside.case, aside.purpose.clone());
                self.half_written.offer(HalfWritten::new(part.at, What::Case(Box::new(aside.laid()))));
                self.open_case(case, None, purpose, now)
            }
            What::Queue { sheets, .. } => {
                let effects = self.go(Place::Queue, now);
                match &mut self.counter {
                    Some(page) => page.put_back(sheets, true),
                    None => self.half_written.offer(HalfWritten::new(part.at, What::Queue { sheets, open: true })),
                }
                effects
            }
            What::WrapUp(wrap_up) => self.wrap_up_back(*wrap_up, now),
            What::Booking(booking) => {
                let mut effects = self.go(Place::Calendar, now);
                let acting = crate::acting::acting!(self, now);
                match &mut self.calendar {
                    Some(page) => effects.extend(page.begin_aside(*booking, acting)),
                    None => self.half_written.offer(HalfWritten::new(part.at, What::Booking(booking))),
                }
                effects
            }
            What::Cancel(sheet) => {
                let mut effects = self.go(Place::Calendar, now);
                match &mut self.calendar {
                    Some(page) => effects.extend(page.lay_cancel(*sheet, now)),
                    None => self.half_written.offer(HalfWritten::new(part.at, What::Cancel(sheet))),
                }
                effects
            }
            What::Closing(sheet) => {
                let mut effects = self.go(Place::Calendar, now);
                match &mut self.calendar {
                    Some(page) => effects.extend(page.lay_closing(*sheet, now)),
                    None => self.half_written.offer(HalfWritten::new(part.at, What::Closing(sheet))),
                }
                effects
            }
            What::Reply(reply) => {
                let effects = self.go(Place::Start, now);
                self.inbox.put_back(reply);
                effects
            }
        }
    }
}

/// The visit of a page with these sheets.
pub(super) fn visit_with(page: &CitizenPage, sheets: Vec<Sheet>, lays: Option<SheetKind>) -> Unfinished {
    let (name, purpose, visit) = (page.full_name(), page.purpose.clone(), page.visit.clone());
    Unfinished { citizen: page.id, name, purpose, visit, sheets, lays }
}
