//! Moving an appointment, by keys or by mouse: where it would stand, whether it can, whom that tells, and taking it back. What does not live
//! here: drawing the ghost, the server's judgement (it alone knows every time that is taken).

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp, ToSpan};
use skranke_api::appointments::{Appointment, AppointmentChange, Calendar, NewTime};
use skranke_api::visits::{PlanRequest, VisitPlan};
use skranke_client::ClientError;
use skranke_client::http::CalendarOf;
use skranke_client::outbox::{EntryState, Label};
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::{AppointmentId, CounterId};

use super::days::View;
use super::{CalendarPage, slot, standing};
use crate::acting::Acting;
use crate::ask::{Question, VisitQuestion};
use crate::effect::{Effect, Wake};
use crate::load::Load;

/// An appointment that is being moved.
#[derive(Clone, Debug)]
pub struct Moving {
    /// The appointment as it stands.
    pub appointment: Appointment,
    /// Where it would stand.
    pub to: NewTime,
    /// What moves it.
    pub by: By,
    /// How far it is.
    pub stage: Stage,
    /// What the move tells whom.
    pub plan: Load<VisitPlan>,
    /// The messages stand there word for word.
    pub words: bool,
    /// What the interpreter has that week, where one comes along.
    pub interpreter: Load<Calendar>,
}

/// What moves an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The keys.
    Keys,
    /// The mouse.
    Mouse,
}

/// How far a move is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A time is looked for.
    Choosing,
    /// The time stands; who is told is shown before it is done.
    Asking,
}

/// Whether an appointment can stand at a time, as far as this window knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It can.
    Free,
    /// It stands there already.
    Same,
    /// Somebody else has it.
    Taken,
    /// The time is not for citizens.
    Closed,
    /// The time is over.
    Past,
}

/// Whether the interpreter can come along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interprets {
    /// None is needed.
    Nobody,
    /// Not known yet, or it could not be asked.
    Unknown,
    /// She is free then.
    Free,
    /// She is not.
    Busy,
}

/// A move that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// The appointment as it stood before.
    pub appointment: Box<Appointment>,
    /// Where it was moved.
    pub to: NewTime,
    /// Which: a later move ends this one's time.
    pub number: u64,
}

/// What happens with the appointment that is being moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoveInput {
    /// It is taken up (`M`).
    Begin,
    /// Earlier or later, in minutes (`↑`, `↓`).
    Minutes(i16),
    /// A day back or forward (`←`, `→` in a week, with `Ctrl` in a day).
    Days(i8),
    /// At another place (`←`, `→` in a day).
    At(CounterId),
    /// The mouse drags it there.
    Drag(AppointmentId, CounterId, Timestamp),
    /// The mouse lets it go.
    Drop,
    /// Who is told is to be shown (`↵`).
    Ask,
    /// The messages word for word, or not (`T`).
    Words,
    /// It is moved (`Ctrl ↵`).
    Confirm,
    /// One step back (`Esc`).
    Cancel,
}

fn minutes(appointment: &Appointment) -> u16 {
    // An appointment takes three hours at most.
    u16::try_from((appointment.end.as_second() - appointment.start.as_second()) / 60).unwrap_or(0)
}

/// When a time that an appointment is moved to ends.
#[must_use]
pub fn end_of(to: &NewTime) -> Timestamp {
    to.start.checked_add(i64::from(to.minutes).minutes()).unwrap_or(to.start)
}

fn meets(start: Timestamp, end: Timestamp, to: &NewTime) -> bool {
    start < end_of(to) && to.start < end
}

impl CalendarPage {
    /// Whether an appointment can be moved at all.
    #[must_use]
    pub const fn can_move(appointment: &Appointment) -> bool {
        matches!(appointment.status, AppointmentStatus::Booked | AppointmentStatus::Arrived)
    }

    /// Whether the appointment that is being moved can stand where it is held, as far as this window knows.
    #[must_use]
    pub fn verdict(&self, moving: &Moving, now: Timestamp) -> Verdict {
        let (to, own) = (&moving.to, &moving.appointment);
        if to.start == own.start && to.counter == own.counter {
            return Verdict::Same;
        }
        if to.start < now {
            return Verdict::Past;
        }
        let Some(known) = self.shown().value() else { return Verdict::Free };
        let closed = |counter: &CounterId| {
            known.blocks.iter().any(|block| block.counter == *counter && meets(block.start, block.end, to))
        };
        let whole_day = known.lanes.iter().any(|lane| lane.counter == to.counter && lane.closed);
        if whole_day || closed(&to.counter) {
            return Verdict::Closed;
        }
        let takes = |a: &&Appointment| {
            a.id != own.id
                && a.counter == to.counter
                && !matches!(a.status, AppointmentStatus::Cancelled | AppointmentStatus::Noshow)
        };
        let taken = known.items.iter().filter(takes).any(|a| meets(a.start, a.end, to));
        if taken { Verdict::Taken } else { Verdict::Free }
    }

    /// Whether the interpreter can come along.
    #[must_use]
    pub fn interprets(&self, moving: &Moving) -> Interprets {
        if moving.appointment.interpreter.is_none() {
            return Interprets::Nobody;
        }
        let Some(known) = moving.interpreter.value() else { return Interprets::Unknown };
        // Another week was not asked for.
        let day = self.date_of(moving.to.start);
        if !(self.monday..=self.friday()).contains(&day) {
            return Interprets::Unknown;
        }
        let busy = known.items.iter().any(|a| {
            a.id != moving.appointment.id
                && !matches!(a.status, AppointmentStatus::Cancelled | AppointmentStatus::Noshow)
                && meets(a.start, a.end, &moving.to)
        });
        if busy { Interprets::Busy } else { Interprets::Free }
    }

    pub(super) fn move_step(&mut self, input: MoveInput, acting: Acting<'_>) -> Vec<Effect> {
        let now = acting.now;
        match input {
            MoveInput::Begin => match self.selected {
                Some(id) => self.take_up(id, By::Keys, now),
                None => Vec::new(),
            },
            MoveInput::Minutes(by) => self.shift(|page, to| page.minutes_on(to.start, by)),
            MoveInput::Days(by) => self.move_days(by, now),
            MoveInput::At(counter) => {
                if let Some(moving) = &mut self.moving {
                    self.lane.clone_from(&counter);
                    moving.to.counter = counter;
                    moving.stage = Stage::Choosing;
                    moving.plan = Load::Idle;
                }
                Vec::new()
            }
            MoveInput::Drag(id, counter, start) => self.drag(id, counter, start, now),
            MoveInput::Drop => self.let_go(now),
            MoveInput::Ask => self.ask_move_plan(now),
            MoveInput::Words => {
                if let Some(moving) = &mut self.moving {
                    moving.words = !moving.words;
                }
                Vec::new()
            }
            MoveInput::Confirm => self.move_it(acting),
            MoveInput::Cancel => {
                match &mut self.moving {
                    Some(moving) if moving.stage == Stage::Asking && moving.by == By::Keys => {
                        moving.stage = Stage::Choosing;
                        moving.plan = Load::Idle;
                    }
                    _ => self.moving = None,
                }
                Vec::new()
            }
        }
    }

    fn take_up(&mut self, id: AppointmentId, by: By, now: Timestamp) -> Vec<Effect> {
        let Some(appointment) = self.find_appointment(id).filter(|a| Self::can_move(a)).cloned() else {
            return Vec::new();
        };
        let to =
            NewTime { counter: appointment.counter.clone(), start: appointment.start, minutes: minutes(&appointment) };
        self.selected = Some(id);
        self.moving = Some(Moving {
            appointment,
            to,
            by,
            stage: Stage::Choosing,
            plan: Load::Idle,
            words: false,
            interpreter: Load::Idle,
        });
        self.ask_interpreter(now)
    }

    fn shift(&mut self, to: impl FnOnce(&Self, &NewTime) -> Timestamp) -> Vec<Effect> {
        if let Some(mut moving) = self.moving.take() {
            moving.to.start = to(self, &moving.to);
            moving.stage = Stage::Choosing;
            moving.plan = Load::Idle;
            self.moving = Some(moving);
        }
        Vec::new()
    }

    /// Earlier or later on the same day, on the next mark of that many minutes.
    fn minutes_on(&self, start: Timestamp, by: i16) -> Timestamp {
        let step = i64::from(by.unsigned_abs().max(1));
        let local = start.to_zoned(self.tz.clone());
        let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
        let to = if by > 0 { (minute / step + 1) * step } else { (minute - 1).div_euclid(step) * step };
        let moved = start.checked_add(SignedDuration::from_mins(to - minute)).unwrap_or(start);
        if self.date_of(moved) == local.date() { moved } else { start }
    }

    /// So many days on, at the same time by the clock on the wall; the calendar goes along.
    fn move_days(&mut self, by: i8, now: Timestamp) -> Vec<Effect> {
        let Some(start) = self.moving.as_ref().map(|moving| moving.to.start) else { return Vec::new() };
        let local = start.to_zoned(self.tz.clone());
        let day = local.date().checked_add(i64::from(by).days()).unwrap_or(local.date());
        let day = super::skip_weekend(day, by);
        let week = self.monday;
        let mut effects = self.go_to(day, now);
        let to = self.at(day, local.time()).unwrap_or(start);
        if let Some(moving) = &mut self.moving {
            moving.to.start = to;
            moving.stage = Stage::Choosing;
            moving.plan = Load::Idle;
        }
        if week != self.monday {
            effects.extend(self.ask_interpreter(now));
        }
        effects
    }

    /// What the interpreter who comes along has in the week that is shown.
    fn ask_interpreter(&mut self, now: Timestamp) -> Vec<Effect> {
        let (from, to) = (self.monday, self.friday());
        let ticket = self.fresh(slot::INTERPRETER);
        let Some(moving) = &mut self.moving else { return Vec::new() };
        let Some(interpreter) = moving.appointment.interpreter.as_ref().map(|one| one.id.clone()) else {
            return Vec::new();
        };
        moving.interpreter = Load::Idle;
        moving.interpreter.ask(now);
        let question = VisitQuestion::Calendar(CalendarOf::Interpreter(interpreter), from, to);
        vec![Effect::Ask(ticket, Question::Visit(question))]
    }

    /// A time of a day at the office.
    #[must_use]
    pub fn at(&self, day: jiff::civil::Date, time: Time) -> Option<Timestamp> {
        Some(day.to_datetime(time).to_zoned(self.tz.clone()).ok()?.timestamp())
    }

    fn drag(&mut self, id: AppointmentId, counter: CounterId, start: Timestamp, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        let held = self.moving.as_ref().is_some_and(|m| m.appointment.id == id && m.by == By::Mouse);
        if !held {
            effects.extend(self.take_up(id, By::Mouse, now));
        }
        if let Some(moving) = &mut self.moving {
            moving.to.counter = counter;
            moving.to.start = start;
            moving.stage = Stage::Choosing;
            moving.plan = Load::Idle;
        }
        effects
    }

    /// Let go where it stood, or where it cannot stand, it goes back.
    fn let_go(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(moving) = &self.moving else { return Vec::new() };
        let busy = self.interprets(moving) == Interprets::Busy;
        if self.verdict(moving, now) == Verdict::Free && !busy {
            return self.ask_move_plan(now);
        }
        self.moving = None;
        Vec::new()
    }

    fn ask_move_plan(&mut self, now: Timestamp) -> Vec<Effect> {
        let ticket = self.fresh(slot::MOVE);
        let Some(moving) = &mut self.moving else { return Vec::new() };
        moving.stage = Stage::Asking;
        moving.plan = Load::Idle;
        moving.plan.ask(now);
        let request = plan_of(&moving.appointment, Some(moving.to.clone()));
        vec![Effect::Ask(ticket, Question::Visit(VisitQuestion::Plan(request)))]
    }

    pub(super) fn move_planned(&mut self, answer: Result<VisitPlan, ClientError>, now: Timestamp) {
        if let Some(moving) = &mut self.moving {
            moving.plan.answer(answer, now);
        }
    }

    pub(super) fn interpreter_known(&mut self, answer: Result<Calendar, ClientError>, now: Timestamp) {
        if let Some(moving) = &mut self.moving {
            moving.interpreter.answer(answer, now);
        }
    }

    /// Nobody moves anything without having seen who is told; where that cannot be known, she saw that.
    fn move_it(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let Some(moving) = self.moving.take() else { return Vec::new() };
        let seen = moving.stage == Stage::Asking && matches!(moving.plan, Load::Known { .. } | Load::Failed { .. });
        let effect = self.write(&moving.appointment, &AppointmentChange::moved(moving.to.clone()), acting);
        let Some(effect) = effect.filter(|_| seen && self.verdict(&moving, acting.now) == Verdict::Free) else {
            self.moving = Some(moving);
            return Vec::new();
        };
        self.undos += 1;
        let number = self.undos;
        if self.view == View::Week {
            self.day = self.date_of(moving.to.start);
        }
        self.lane.clone_from(&moving.to.counter);
        self.undo = Some(Undo { appointment: Box::new(moving.appointment), to: moving.to, number });
        vec![effect, Effect::Wake(super::UNDO_FOR, Wake::CalendarUndo { number })]
    }

    /// Takes the last move back: unsent it is thrown away, else it is moved back, and within the minute nobody was told.
    pub(super) fn take_back(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let Some(undo) = self.undo.take() else { return Vec::new() };
        let before = undo.appointment;
        let last = standing::changes(acting.pending, before.id).last();
        let moved = last.filter(|entry| matches!(&entry.draft.label, Label::Appointment { moved_to: Some(_), .. }));
        if let Some(entry) = moved.filter(|entry| !matches!(entry.state, EntryState::Attempted)) {
            return vec![Effect::Discard(entry.id)];
        }
        let to = NewTime { counter: before.counter.clone(), start: before.start, minutes: minutes(&before) };
        let now = self.find_appointment(before.id).unwrap_or(&before);
        self.write(now, &AppointmentChange::moved(to), acting).into_iter().collect()
    }

    pub(crate) fn undo_ends(&mut self, number: u64) {
        if self.undo.as_ref().is_some_and(|undo| undo.number == number) {
            self.undo = None;
        }
    }
}

/// What a move or a cancellation would tell whom.
pub(super) fn plan_of(appointment: &Appointment, time: Option<NewTime>) -> PlanRequest {
    PlanRequest {
        citizen: appointment.citizen,
        cases: appointment.cases.clone(),
        time,
        people: appointment.people.max(1),
        interpreter: appointment.interpreter.as_ref().map(|one| one.id.clone()),
        language: None,
        appointment: Some(appointment.id),
    }
}
