//! The steps of a booking: begun, a time taken, its list asked for, written to the outbox. What does not live here: which times are free
//! (`finder`), keeping one (`holding`), the rules of double booking (the server's).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_api::Purpose;
use skranke_api::appointments::{Appointment, BookRequest, NewTime, Slot};
use skranke_api::purpose::PurposeKind;
use skranke_api::visits::{Guard, PlanRequest, WaitingRequest};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::{CounterId, WaitingId};

use super::CalendarPage;
use super::booking::{Booking, BookingFor, BookingInput, BookingTrouble, CannotBook, FREE, HOLD, IDENTITY, PLAN};
use super::finder::With;
use super::holding::Hold;
use super::standing::standing;
use crate::acting::Acting;
use crate::ask::{Question, Reply, VisitQuestion, VisitReply};
use crate::effect::{Effect, Ticket};
use crate::load::Load;
use crate::pending::Pending;

/// A booking as it outlives the window: what it is for and which time was wished. That the time was kept for it does not outlive anything.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BookingAside {
    /// What it is for.
    pub what: BookingFor,
    /// The time that was taken.
    wanted: Option<(CounterId, Timestamp)>,
    people: u16,
    minutes: u16,
    language: Option<LanguageCode>,
    earlier: bool,
}

impl CalendarPage {
    /// The booking that is written, if one is.
    pub(crate) fn booking_aside(&self) -> Option<BookingAside> {
        let booking = self.booking.as_ref()?;
        Some(BookingAside {
            what: booking.what.clone(),
            wanted: booking.slot.as_ref().map(|slot| (slot.counter.clone(), slot.start)),
            people: self.finder.people,
            minutes: self.finder.minutes(),
            language: booking.language.clone(),
            earlier: booking.earlier,
        })
    }

    /// Whether the booking goes to the outbox as soon as its time is kept.
    pub(crate) fn books_when_held(&self) -> bool {
        self.booking.as_ref().is_some_and(|booking| booking.when_held)
    }

    /// Goes on with a booking that was written before the window ended, or could not be kept: on the same time, if it is still free.
    pub(crate) fn begin_aside(&mut self, aside: BookingAside, acting: Acting<'_>) -> Vec<Effect> {
        let what = BookingFor { people: aside.people, chosen_minutes: Some(aside.minutes), ..aside.what };
        let day = aside.wanted.as_ref().map(|(_, start)| start.to_zoned(self.tz.clone()).date());
        let effects = self.begin_wanting(what, aside.wanted, acting);
        if let Some(booking) = &mut self.booking {
            booking.language = aside.language;
            booking.earlier = aside.earlier;
        }
        effects.into_iter().chain(day.map(|day| self.go_to(day, acting.now)).unwrap_or_default()).collect()
    }

    /// Begins a booking and finds the first free times.
    pub(crate) fn begin(&mut self, what: BookingFor, acting: Acting<'_>) -> Vec<Effect> {
        self.begin_wanting(what, None, acting)
    }

    /// The same, on a time that is wished already.
    pub(super) fn begin_wanting(
        &mut self,
        what: BookingFor,
        wanted: Option<(CounterId, Timestamp)>,
        acting: Acting<'_>,
    ) -> Vec<Effect> {
        let mut effects = self.give_back();
        self.finder.begin_for(&what);
        if wanted.is_some() {
            self.finder.wanted = wanted;
        }
        if self.finder.wanted.is_none() {
            self.free = Load::Idle;
        }
        self.waiting = None;
        self.feed = None;
        let asks_who = what.cpr_masked.is_none();
        let citizen = what.citizen;
        self.booking = Some(Booking::new(what));
        effects.extend(self.find(acting));
        effects.extend(self.ask_plan(acting));
        if asks_who {
            let question = Question::Citizen(citizen, Purpose::plain(PurposeKind::Appointment));
            effects.push(Effect::Ask(self.asked.next(IDENTITY), question));
        }
        effects
    }

    /// Begins the booking that stands for an appointment that was missed or cancelled: nothing is typed again.
    pub(crate) fn begin_again(&mut self, appointment: &Appointment, acting: Acting<'_>) -> Vec<Effect> {
        self.begin(BookingFor::again(appointment), acting)
    }

    /// Everything that the booking goes by is asked for again.
    pub(super) fn booking_again(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.booking.is_some() || !matches!(self.free, Load::Idle) {
            effects.extend(self.find(acting));
        }
        if let Some(booking) = &mut self.booking {
            booking.planned = None;
            if matches!(booking.hold, Hold::Not(_) | Hold::Gone) {
                effects.extend(self.hold());
            }
        }
        effects.extend(self.ask_plan(acting));
        effects.extend(self.waiting_again(acting));
        effects
    }

    /// Asks what the visit needs, where that may have changed.
    pub(super) fn ask_plan(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let Some(booking) = self.booking.as_mut().filter(|booking| !booking.what.cases.is_empty()) else {
            return Vec::new();
        };
        let slot = booking.slot.as_ref();
        let wanted = PlanRequest {
            citizen: booking.what.citizen,
            cases: booking.what.cases.clone(),
            time: slot.zip(booking.minutes()).map(|(slot, minutes)| NewTime {
                counter: slot.counter.clone(),
                start: slot.start,
                minutes,
            }),
            people: self.finder.people,
            interpreter: slot.and_then(|slot| slot.interpreter.as_ref()).map(|interpreter| interpreter.id.clone()),
            language: booking.language.clone(),
            // The time that it stands for is over or given back: what is told is the new one.
            appointment: None,
        };
        if booking.planned.as_ref() == Some(&wanted) {
            return Vec::new();
        }
        booking.plan.ask(acting.now);
        booking.without_list = false;
        booking.planned = Some(wanted.clone());
        vec![Effect::Ask(self.asked.next(PLAN), Question::Visit(VisitQuestion::Plan(wanted)))]
    }

    pub(super) fn booking_step(&mut self, input: BookingInput, acting: Acting<'_>) -> Vec<Effect> {
        let mut effects = match input {
            BookingInput::Discard | BookingInput::Book => Vec::new(),
            _ => self.renew(acting.now),
        };
        effects.extend(match input {
            BookingInput::Find => {
                self.finder.later = None;
                self.finder.wanted = None;
                self.find(acting)
            }
            BookingInput::Take(at) => self.take(at, acting),
            BookingInput::Book => self.book(acting),
            BookingInput::Discard => {
                let effects = self.give_back();
                self.booking = None;
                self.finder.day = None;
                self.finder.wanted = None;
                self.finder.language = None;
                self.free = Load::Idle;
                for kind in [FREE, PLAN, IDENTITY] {
                    self.asked.forget(kind);
                }
                effects
            }
            BookingInput::Again(id) => {
                // As it stands: that she did not come may not be confirmed yet.
                let known = self.find_appointment(id);
                let appointment = known.map(|one| standing(one, acting.pending).appointment.into_owned());
                appointment.map(|appointment| self.begin_again(&appointment, acting)).unwrap_or_default()
            }
            BookingInput::Join => self.join(acting),
            BookingInput::Case(_)
            | BookingInput::Accept(_)
            | BookingInput::Cover
            | BookingInput::Language
            | BookingInput::Unfold(_)
            | BookingInput::Earlier
            | BookingInput::Cause(_) => {
                let Some(booking) = &mut self.booking else { return effects };
                booking.say(input);
                self.ask_plan(acting)
            }
            input => {
                if let Some(booking) = &mut self.booking {
                    booking.trouble = None;
                }
                self.finder_step(input, acting)
            }
        });
        effects
    }

    fn take(&mut self, at: usize, acting: Acting<'_>) -> Vec<Effect> {
        match self.free.value().and_then(|free| free.get(at)).cloned() {
            Some(slot) => self.take_slot(slot, acting),
            None => Vec::new(),
        }
    }

    fn take_slot(&mut self, slot: Slot, acting: Acting<'_>) -> Vec<Effect> {
        let day = slot.start.to_zoned(self.tz.clone()).date();
        let mut effects = Vec::new();
        match &mut self.booking {
            // The same key again neither gives the time back nor asks for it anew.
            Some(booking)
                if booking.slot.as_ref() == Some(&slot) && !matches!(booking.hold, Hold::Gone | Hold::Not(_)) => {}
            Some(_) => {
                effects.extend(self.give_back());
                if let Some(booking) = &mut self.booking {
                    booking.slot = Some(slot);
                    booking.trouble = None;
                }
                effects.extend(self.hold());
                effects.extend(self.ask_plan(acting));
            }
            None => self.finder.picked = Some(slot),
        }
        effects.extend(self.go_to(day, acting.now));
        effects
    }

    /// Times on the day on which she comes anyway, at the same counter.
    fn join(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let joins = self.booking.as_ref().and_then(|booking| {
            booking.list()?.guards.iter().find_map(|guard| match guard {
                Guard::Joins { start, counter, .. } => Some((counter.clone(), *start)),
                _ => None,
            })
        });
        let Some((counter, start)) = joins else { return Vec::new() };
        let day = start.to_zoned(self.tz.clone()).date();
        self.finder.day = Some((counter, day));
        self.finder.later = None;
        let mut effects = self.sought_anew(acting);
        effects.extend(self.go_to(day, acting.now));
        effects
    }

    fn book(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let Some(booking) = &mut self.booking else { return Vec::new() };
        match booking.cannot_book(acting.now) {
            None => {}
            Some(CannotBook::Past) => {
                let mut effects = self.give_back();
                if let Some(booking) = &mut self.booking {
                    booking.trouble = Some(BookingTrouble::Past);
                }
                effects.extend(self.find(acting));
                return effects;
            }
            Some(_) => return Vec::new(),
        }
        let is_over = |until: &Timestamp| *until <= acting.now;
        match &booking.hold {
            Hold::Asked => {
                booking.when_held = true;
                Vec::new()
            }
            // It is no longer kept: whether it is still free shows at once, and not only in the outbox.
            Hold::Gone => {
                booking.when_held = true;
                self.hold()
            }
            Hold::Kept { until, .. } if is_over(until) => {
                booking.hold = Hold::Gone;
                booking.when_held = true;
                self.hold()
            }
            Hold::No | Hold::Kept { .. } | Hold::Not(_) => self.enqueue(acting),
        }
    }

    /// Writes the booking to the outbox, with the wish for an earlier time behind it.
    pub(super) fn enqueue(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let Some(booking) = &mut self.booking else { return Vec::new() };
        let (Some(slot), Some(minutes), Some(person)) = (&booking.slot, booking.minutes(), acting.person()) else {
            return Vec::new();
        };
        let what = &booking.what;
        let request = BookRequest {
            id: booking.id,
            citizen: what.citizen,
            cases: what.cases.clone(),
            counter: slot.counter.clone(),
            start: slot.start,
            minutes,
            people: self.finder.people,
            with: (self.finder.with == With::Own).then(|| what.with.as_ref().map(|own| own.id)).flatten(),
            interpreter: slot.interpreter.as_ref().map(|interpreter| interpreter.id.clone()),
            language: booking.language.clone(),
            replaces: what.replaces.map(|(id, _)| id),
            cause: what.replaces.and_then(|(_, cause)| cause),
        };
        let Some(draft) = Pending::draft_booking(person, &request, what, acting.now) else {
            booking.trouble = Some(BookingTrouble::NotKept);
            return Vec::new();
        };
        let mut effects = vec![Effect::Enqueue(Box::new(draft))];
        let day = slot.start.to_zoned(self.tz.clone()).date();
        if booking.earlier {
            let wish = WaitingRequest {
                id: WaitingId::new(),
                citizen: what.citizen,
                appointment: Some(request.id),
                cases: what.cases.clone(),
                minutes,
                people: request.people,
                language: self.finder.language.clone(),
                sites: vec![slot.site.clone()],
                before: day,
            };
            effects.extend(super::waiting::wish(&wish, what, Some(request.id), acting));
        }
        if let Some(wish) = &what.wish {
            effects.extend(wish.taken(what, request.id, acting));
        }
        self.booked = Some(request.id);
        self.booked();
        effects
    }

    /// The booking is in the outbox: the form empties.
    fn booked(&mut self) {
        self.booking = None;
        self.free = Load::Idle;
        self.finder.emptied();
        for kind in [FREE, PLAN, IDENTITY] {
            self.asked.forget(kind);
        }
    }

    /// A reply to a question of the booking.
    pub(crate) fn booking_replied(&mut self, ticket: Ticket, reply: Reply, acting: Acting<'_>) -> Vec<Effect> {
        let now = acting.now;
        if let Reply::Visit(VisitReply::Held(answer)) = reply {
            return if ticket.slot == HOLD { self.held(ticket, *answer, acting) } else { Vec::new() };
        }
        if !self.asked.back(ticket) {
            return Vec::new();
        }
        match reply {
            Reply::Slots(answer) => {
                self.free.answer(answer, now);
                self.take_wanted(acting)
            }
            Reply::Visit(VisitReply::Plan(answer)) => {
                if let Some(booking) = &mut self.booking {
                    let old = booking.what.replaces.map(|(id, _)| id);
                    let is_old =
                        |guard: &Guard| matches!(guard, Guard::Joins { appointment, .. } if Some(*appointment) == old);
                    let answer = answer.map(|mut plan| {
                        plan.guards.retain(|guard| !is_old(guard));
                        plan
                    });
                    booking.plan.answer(answer, now);
                }
                self.follow_plan(acting)
            }
            Reply::Citizen(answer) => {
                if let (Some(booking), Ok(known)) = (&mut self.booking, *answer)
                    && booking.what.citizen == known.id
                {
                    let needs = known.interpreter.clone().filter(|_| booking.what.interpreter.is_none());
                    booking.what.citizen_name = format!("{} {}", known.given_name, known.surname);
                    booking.what.cpr_masked = Some(known.cpr_masked);
                    booking.what.languages = known.languages;
                    // She needs one, and nobody said otherwise: it is on by itself.
                    if needs.is_some() && self.finder.language.is_none() && booking.slot.is_none() {
                        booking.what.interpreter = needs.clone();
                        self.finder.language = needs;
                        return self.find(acting);
                    }
                    booking.what.interpreter = booking.what.interpreter.take().or(needs);
                }
                Vec::new()
            }
            Reply::Visit(reply) => {
                self.waiting_replied(reply, now);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// The time that was promised is among the free ones: it is taken. If it is not, that is said.
    fn take_wanted(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let (Some((counter, start)), Some(booking)) = (self.finder.wanted.take(), &mut self.booking) else {
            return Vec::new();
        };
        let Some(free) = self.free.value().filter(|_| self.free.trouble().is_none()) else { return Vec::new() };
        match free.iter().find(|slot| slot.counter == counter && slot.start == start).cloned() {
            Some(slot) => self.take_slot(slot, acting),
            None => {
                booking.trouble = Some(BookingTrouble::NotFree);
                Vec::new()
            }
        }
    }

    /// The plan knows how long the visit takes: a time that is too short is kept longer, or the free ones are looked for anew.
    fn follow_plan(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let Some(plan) = self.booking.as_ref().and_then(Booking::list) else { return Vec::new() };
        let minutes = plan.minutes;
        if self.finder.minutes() == minutes || self.finder.minutes_are_chosen() {
            self.finder.usual_is(minutes);
            return Vec::new();
        }
        self.finder.usual_is(minutes);
        let mut effects = Vec::new();
        if let Some(booking) = &mut self.booking
            && let Some(slot) = &mut booking.slot
        {
            if let Ok(end) = slot.start.checked_add(jiff::SignedDuration::from_mins(i64::from(minutes))) {
                slot.end = end;
            }
            effects.extend(self.hold());
            effects.extend(self.ask_plan(acting));
        }
        effects.extend(self.find(acting));
        effects
    }
}
