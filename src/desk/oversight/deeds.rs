//! What the team leader does there: reviewing an emergency, locking a colleague's windows. Each is asked once more before it is done. What does not
//! live here: what is looked at.

use jiff::Timestamp;
use skranke_api::access::{BreakGlassView, Finding, REASON_CHARS, ReviewRequest};
use skranke_api::{ETag, ProblemKind};
use skranke_client::ClientError;
use skranke_domain::{BreakGlassId, CommandId, StaffId};

use super::{LOCK, OversightPage, REVIEW, Tab};
use crate::acting::Acting;
use crate::ask::OversightQuestion;
use crate::effect::Effect;

/// A review while it is written.
#[derive(Clone, Debug)]
pub struct ReviewSheet {
    /// What it is of.
    pub id: BreakGlassId,
    /// What was found.
    pub finding: Finding,
    /// In words.
    pub note: String,
    /// What kept it from being sent.
    pub problem: Option<ReviewProblem>,
    /// What the server answered, where it was not taken.
    pub trouble: Option<ClientError>,
    /// It is on its way.
    pub sending: bool,
    seen: ETag,
    /// What was sent last: the same again is the same deed.
    sent: Option<(ReviewRequest, CommandId)>,
}

/// Why a review is not sent yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewProblem {
    /// Words are needed unless it was right.
    NoWords,
    /// So many characters too long.
    TooLong(usize),
}

/// The question before somebody's windows are locked.
#[derive(Clone, Debug)]
pub struct LockQuestion {
    /// Whose.
    pub staff: StaffId,
    /// Her name.
    pub name: String,
    /// It is on its way.
    pub sending: bool,
    /// What the server answered, where it was not done.
    pub trouble: Option<ClientError>,
    command: CommandId,
}

impl ReviewSheet {
    fn check(&self) -> Result<Option<String>, ReviewProblem> {
        let words = self.note.trim();
        match words.chars().count() {
            0 if self.finding == Finding::Justified => Ok(None),
            0 => Err(ReviewProblem::NoWords),
            long if long > REASON_CHARS => Err(ReviewProblem::TooLong(long - REASON_CHARS)),
            _ => Ok(Some(words.to_owned())),
        }
    }
}

impl OversightPage {
    pub(super) fn begin_review(&mut self, finding: Finding) {
        if self.tab != Tab::Emergencies {
            return;
        }
        let Some((id, seen)) = self.chosen_glass().map(|one| (one.id, one.etag.clone())) else { return };
        // What was typed about the same one goes on.
        let note = self.review.take().filter(|open| open.id == id).map(|open| open.note).unwrap_or_default();
        let sheet = ReviewSheet { id, finding, note, problem: None, trouble: None, sending: false, seen, sent: None };
        self.review = Some(sheet);
    }

    pub(super) fn note(&mut self, note: String) {
        if let Some(sheet) = &mut self.review {
            sheet.note = note;
            sheet.problem = None;
        }
    }

    pub(super) fn ask_to_lock(&mut self, acting: Acting<'_>) {
        let me = acting.person();
        let chosen = self.chosen_right(acting.today()).filter(|line| Some(line.staff.staff) != me);
        self.locking = chosen.filter(|_| self.tab == Tab::Rights).map(|line| LockQuestion {
            staff: line.staff.staff,
            name: line.staff.name.clone(),
            sending: false,
            trouble: None,
            command: CommandId::new(),
        });
    }

    pub(super) fn leave(&mut self) {
        (self.review, self.locking) = (None, None);
    }

    pub(super) fn confirm(&mut self) -> Vec<Effect> {
        if let Some(question) = self.locking.as_mut().filter(|question| !question.sending) {
            (question.sending, question.trouble) = (true, None);
            let asked = OversightQuestion::Lock(question.staff, question.command);
            return vec![self.question(LOCK, asked)];
        }
        let Some(sheet) = self.review.as_mut().filter(|sheet| !sheet.sending) else { return Vec::new() };
        let note = match sheet.check() {
            Ok(note) => note,
            Err(problem) => {
                sheet.problem = Some(problem);
                return Vec::new();
            }
        };
        let request = ReviewRequest { finding: sheet.finding, note };
        let same = sheet.sent.take().filter(|(sent, _)| *sent == request);
        let command = same.map_or_else(CommandId::new, |(_, command)| command);
        sheet.sent = Some((request.clone(), command));
        (sheet.sending, sheet.trouble) = (true, None);
        let (id, seen) = (sheet.id, sheet.seen.clone());
        vec![self.question(REVIEW, OversightQuestion::Review { id, request, command, seen })]
    }

    pub(super) fn reviewed(&mut self, answer: Result<BreakGlassView, ClientError>, now: Timestamp) -> Vec<Effect> {
        match answer {
            Ok(view) => {
                self.review = None;
                let place = self.glasses.value_mut().and_then(|all| all.iter_mut().find(|one| one.id == view.id));
                if let Some(place) = place {
                    *place = view;
                }
                Vec::new()
            }
            Err(error) => {
                let stale = error.kind() == Some(ProblemKind::Stale);
                if let Some(sheet) = &mut self.review {
                    (sheet.sending, sheet.trouble) = (false, Some(error));
                }
                // Somebody was first: what stands now is fetched, and what was typed stays.
                if stale { self.ask_glasses(now) } else { Vec::new() }
            }
        }
    }

    /// The glasses came anew: a review that is being written is of what stands now.
    pub(super) fn review_follows(&mut self) {
        let Some(sheet) = &mut self.review else { return };
        let stands = self.glasses.value().and_then(|all| all.iter().find(|one| one.id == sheet.id));
        if let Some(view) = stands.filter(|view| view.etag != sheet.seen) {
            (sheet.seen, sheet.sent) = (view.etag.clone(), None);
        }
    }

    pub(super) fn lock_answered(&mut self, staff: StaffId, answer: Result<(), ClientError>) {
        match answer {
            Ok(()) => (self.locking, self.locked) = (None, Some(staff)),
            Err(error) => {
                if let Some(question) = self.locking.as_mut().filter(|question| question.staff == staff) {
                    (question.sending, question.trouble) = (false, Some(error));
                }
            }
        }
    }
}
