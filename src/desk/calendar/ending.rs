//! What becomes of an appointment that is not moved: the citizen is here, she did not come, it is cancelled. What does not live here: who
//! fits the time that becomes free, booking her again (both `booking`'s).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_api::appointments::{Appointment, AppointmentChange, NewTime};
use skranke_api::paths;
use skranke_api::visits::VisitPlan;
use skranke_client::ClientError;
use skranke_client::outbox::{Draft, FieldKey, Label};
use skranke_domain::appointment::{AppointmentStatus, RebookCause};

use super::moving::plan_of;
use super::{CalendarPage, Layer, slot};
use crate::acting::Acting;
use crate::ask::{Question, VisitQuestion};
use crate::effect::Effect;
use crate::load::Load;

/// So long may a reason be, in characters.
pub const MAX_REASON: usize = 500;

/// Why somebody has to come again, on the keys `1`–`5`. Who did not come is written down as that.
pub const CAUSES: [RebookCause; 5] = [
    RebookCause::OwnWish,
    RebookCause::PaperMissing,
    RebookCause::NoInterpreter,
    RebookCause::WeCancelled,
    RebookCause::WrongCounter,
];

/// An appointment that is about to be cancelled.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CancelSheet {
    /// The appointment.
    pub appointment: Appointment,
    /// Why she has to come again.
    pub cause: Option<RebookCause>,
    /// The reason in words.
    pub reason: String,
    /// Whom it tells.
    #[serde(skip)]
    pub plan: Load<VisitPlan>,
    /// The messages stand there word for word.
    #[serde(skip)]
    pub words: bool,
    /// What keeps it from being cancelled, once that was tried.
    #[serde(skip)]
    pub problem: Option<CancelProblem>,
}

/// What keeps an appointment from being cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CancelProblem {
    /// No cause is chosen.
    NoCause,
    /// No reason is written.
    NoReason,
    /// The reason is too long.
    TooLong,
    /// It is not known yet who is told.
    NotSeen,
}

/// What happens with the appointment that is about to be cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CancelInput {
    /// It is asked for (`Del`).
    Begin,
    /// A cause is chosen (`1`–`5`).
    Cause(RebookCause),
    /// The reason is typed.
    Reason(String),
    /// The messages word for word, or not.
    Words,
    /// It is cancelled (`Ctrl ↵`).
    Confirm,
    /// It is put away; what was typed is kept (`Esc`).
    Close,
}

impl CalendarPage {
    /// The chosen appointment.
    #[must_use]
    pub fn chosen(&self) -> Option<&Appointment> {
        self.find_appointment(self.selected?)
    }

    pub(super) fn arrived(&self, acting: Acting<'_>) -> Vec<Effect> {
        self.changed(&AppointmentChange::status(AppointmentStatus::Arrived, None), acting)
    }

    pub(super) fn missed(&self, acting: Acting<'_>) -> Vec<Effect> {
        self.changed(&AppointmentChange::status(AppointmentStatus::Noshow, None), acting)
    }

    fn changed(&self, change: &AppointmentChange, acting: Acting<'_>) -> Vec<Effect> {
        self.chosen().and_then(|appointment| self.write(appointment, change, acting)).into_iter().collect()
    }

    /// Writes a change to the outbox, on what she sees or on what she did before.
    pub(super) fn write(
        &self,
        appointment: &Appointment,
        change: &AppointmentChange,
        acting: Acting<'_>,
    ) -> Option<Effect> {
        // A change that follows the confirmed one is based on what the server has now.
        let seen = self.find_appointment(appointment.id).unwrap_or(appointment);
        let basis = acting.pending.basis(&paths::appointment(appointment.id), Some(&seen.etag))?;
        let label = Label::Appointment {
            citizen_name: appointment.citizen_short.clone(),
            appointment: appointment.id,
            start: appointment.start,
            status: change.status,
            moved_to: change.to.as_ref().map(|to| (to.start, to.counter.clone())),
            reason: change.reason.clone(),
        };
        let author = acting.author(appointment.citizen)?;
        let mut draft = Draft::appointment(author, appointment.id, basis, change, label).ok()?;
        // Its time and its state are set apart: neither takes the other's place while both wait.
        if change.to.is_some() {
            draft.field = FieldKey::new("time");
        }
        Some(Effect::Enqueue(Box::new(draft)))
    }

    pub(super) fn cancel_step(&mut self, input: CancelInput, acting: Acting<'_>) -> Vec<Effect> {
        if let CancelInput::Begin = input {
            return self.begin_cancelling(acting.now);
        }
        if let CancelInput::Close = input {
            self.put_layer_away();
            return Vec::new();
        }
        let Some(Layer::Cancel(sheet)) = &mut self.layer else { return Vec::new() };
        match input {
            CancelInput::Begin | CancelInput::Close => {}
            CancelInput::Cause(cause) => {
                sheet.cause = Some(cause);
                sheet.problem = None;
            }
            CancelInput::Reason(text) => {
                sheet.reason = text;
                sheet.problem = None;
            }
            CancelInput::Words => sheet.words = !sheet.words,
            CancelInput::Confirm => return self.cancel_it(acting),
        }
        Vec::new()
    }

    fn begin_cancelling(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(appointment) = self.chosen().filter(|a| Self::can_move(a)).cloned() else { return Vec::new() };
        let kept = self.kept_cancel.take().filter(|kept| kept.appointment.id == appointment.id);
        let mut plan = Load::Idle;
        plan.ask(now);
        let request = plan_of(&appointment, None);
        let (cause, reason) = kept.map_or((None, String::new()), |kept| (kept.cause, kept.reason));
        let sheet = CancelSheet { appointment, cause, reason, plan, words: false, problem: None };
        self.layer = Some(Layer::Cancel(Box::new(sheet)));
        vec![Effect::Ask(self.fresh(slot::CANCEL), Question::Visit(VisitQuestion::Plan(request)))]
    }

    /// What was typed on the sheet that cancels, open or put away.
    pub(crate) fn typed_cancel(&self) -> Option<&CancelSheet> {
        let open = match &self.layer {
            Some(Layer::Cancel(sheet)) => Some(sheet.as_ref()),
            _ => None,
        };
        let typed = |sheet: &&CancelSheet| sheet.cause.is_some() || !sheet.reason.trim().is_empty();
        open.or(self.kept_cancel.as_deref()).filter(typed)
    }

    /// The sheet with what was typed before the window ended, or with what could not be kept.
    pub(crate) fn lay_cancel(&mut self, sheet: CancelSheet, now: Timestamp) -> Vec<Effect> {
        let mut plan = Load::Idle;
        plan.ask(now);
        let request = plan_of(&sheet.appointment, None);
        let day = self.date_of(sheet.appointment.start);
        let mut effects = self.go_to(day, now);
        self.selected = Some(sheet.appointment.id);
        self.layer = Some(Layer::Cancel(Box::new(CancelSheet { plan, ..sheet })));
        effects.push(Effect::Ask(self.fresh(slot::CANCEL), Question::Visit(VisitQuestion::Plan(request))));
        effects
    }

    pub(super) fn cancel_planned(&mut self, answer: Result<VisitPlan, ClientError>, now: Timestamp) {
        if let Some(Layer::Cancel(sheet)) = &mut self.layer {
            sheet.plan.answer(answer, now);
        }
    }

    fn cancel_it(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let Some(Layer::Cancel(sheet)) = &mut self.layer else { return Vec::new() };
        let reason = sheet.reason.trim().to_owned();
        sheet.problem = if sheet.cause.is_none() {
            Some(CancelProblem::NoCause)
        } else if reason.is_empty() {
            Some(CancelProblem::NoReason)
        } else if reason.chars().count() > MAX_REASON {
            Some(CancelProblem::TooLong)
        } else if !matches!(sheet.plan, Load::Known { .. } | Load::Failed { .. }) {
            Some(CancelProblem::NotSeen)
        } else {
            None
        };
        if sheet.problem.is_some() {
            return Vec::new();
        }
        let (appointment, cause) = (sheet.appointment.clone(), sheet.cause);
        let change =
            AppointmentChange { cause, ..AppointmentChange::status(AppointmentStatus::Cancelled, Some(reason)) };
        let Some(effect) = self.write(&appointment, &change, acting) else { return Vec::new() };
        self.layer = None;
        self.selected = None;
        if appointment.start > acting.now {
            let minutes = (appointment.end.as_second() - appointment.start.as_second()) / 60;
            self.freed = Some(NewTime {
                counter: appointment.counter,
                start: appointment.start,
                // An appointment takes three hours at most.
                minutes: u16::try_from(minutes).unwrap_or(0),
            });
        }
        vec![effect]
    }
}
