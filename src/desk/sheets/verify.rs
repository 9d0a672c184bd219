//! The sheet for verifying a caller. What lives here: which questions were answered right or wrong, and when that is enough. What does not: the
//! questions (the server chooses them). The answers are gone when the sheet is closed; they enter no outbox, log or page.

use skranke_api::citizens::{Verification, VerifyingQuestion};
use skranke_domain::contact::{ForWhom, Verified};

use super::{Facing, Outcome};
use crate::ask::{Question, Reply};
use crate::citizen::Step;
use crate::effect::Effect;
use crate::load::Load;

/// How many questions a caller must answer right. One wrong answer is one too many: nothing is told then, whatever else she knows.
pub const RIGHT_NEEDED: usize = 2;

/// How a question was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Judged {
    /// It was not asked, or not judged.
    #[default]
    Open,
    /// Right.
    Right,
    /// Wrong.
    Wrong,
}

/// What the answers add up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// So many right ones are still needed.
    Open(usize),
    /// It is she.
    Verified,
    /// An answer was wrong, or there are too few questions: no information is given.
    Failed,
}

/// The sheet while it is open.
#[derive(Clone, Debug)]
pub struct VerifySheet {
    /// The questions.
    pub questions: Load<Verification>,
    /// The question that the keys act on.
    pub active: usize,
    /// Its answer is shown, to be compared.
    pub shown: bool,
    /// For whom she rings.
    pub for_whom: ForWhom,
    /// It was tried before it was enough.
    pub too_early: bool,
    judged: Vec<Judged>,
}

/// What happens on it.
#[derive(Clone, Debug)]
pub enum VerifyInput {
    /// The question below or above.
    Step(Step),
    /// This question.
    Choose(usize),
    /// Show the active question's answer, or hide it (`Space`).
    Show,
    /// The answer was right (`R`).
    Right,
    /// The answer was wrong (`F`).
    Wrong,
    /// She rings for herself, or acts for the citizen (`O`).
    NextForWhom,
    /// Ask for the questions again (`F5`).
    AskAgain,
}

impl VerifySheet {
    pub(crate) fn open(facing: &Facing<'_>) -> (Self, Vec<Effect>) {
        let mut sheet = Self {
            questions: Load::Idle,
            active: 0,
            shown: false,
            for_whom: facing.page.visit.for_whom,
            too_early: false,
            judged: Vec::new(),
        };
        let effects = sheet.ask(facing);
        (sheet, effects)
    }

    fn ask(&mut self, facing: &Facing<'_>) -> Vec<Effect> {
        self.questions.ask(facing.acting.now);
        vec![facing.ask(0, Question::Verification(facing.page.id, facing.page.purpose.clone()))]
    }

    /// The questions, each with how it was answered; its answer alone where it is to be shown.
    pub fn rows(&self) -> impl Iterator<Item = (&VerifyingQuestion, Judged, bool)> {
        let questions = self.questions.value().map(|known| known.questions.as_slice()).unwrap_or_default();
        questions.iter().enumerate().map(|(at, question)| {
            let judged = self.judged.get(at).copied().unwrap_or_default();
            (question, judged, self.shown && at == self.active)
        })
    }

    fn len(&self) -> usize {
        self.questions.value().map_or(0, |known| known.questions.len())
    }

    /// What the answers add up to: see [`RIGHT_NEEDED`].
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let count = |wanted| self.judged.iter().filter(|one| **one == wanted).count();
        let (right, wrong) = (count(Judged::Right), count(Judged::Wrong));
        let too_few = self.questions.value().is_some() && self.len() < RIGHT_NEEDED;
        match RIGHT_NEEDED.saturating_sub(right) {
            _ if wrong > 0 || too_few => Verdict::Failed,
            0 => Verdict::Verified,
            needed => Verdict::Open(needed),
        }
    }

    pub(crate) fn update(&mut self, input: VerifyInput, facing: &Facing<'_>) -> Vec<Effect> {
        self.too_early = false;
        match input {
            VerifyInput::Step(step) => {
                let to = step.from(Some(self.active), self.len()).unwrap_or(0);
                self.choose(to);
            }
            VerifyInput::Choose(at) => self.choose(at),
            VerifyInput::Show => self.shown = !self.shown && self.len() > 0,
            VerifyInput::Right => self.judge(Judged::Right),
            VerifyInput::Wrong => self.judge(Judged::Wrong),
            VerifyInput::NextForWhom => {
                self.for_whom = match self.for_whom {
                    ForWhom::Own => ForWhom::Representative,
                    _ => ForWhom::Own,
                };
            }
            VerifyInput::AskAgain => return self.ask(facing),
        }
        Vec::new()
    }

    fn choose(&mut self, at: usize) {
        if at != self.active {
            self.shown = false;
        }
        self.active = at.min(self.len().saturating_sub(1));
    }

    /// Judges the active question; the same key again takes it back. The next open one is asked then.
    fn judge(&mut self, judged: Judged) {
        let active = self.active;
        let Some(one) = self.judged.get_mut(active) else { return };
        if *one == judged {
            *one = Judged::Open;
            return;
        }
        *one = judged;
        self.shown = false;
        let open = |at: &usize| self.judged.get(*at) == Some(&Judged::Open);
        if let Some(to) = (active + 1..self.judged.len()).chain(0..active).find(open) {
            self.active = to;
        }
    }

    pub(crate) fn confirm(&mut self, _facing: &Facing<'_>) -> Outcome {
        if self.verdict() == Verdict::Verified {
            return Outcome::Verified(Verified::Questions, self.for_whom);
        }
        self.too_early = true;
        Outcome::not_yet()
    }

    pub(crate) fn replied(&mut self, slot: u8, reply: Reply, facing: &Facing<'_>) {
        if let (0, Reply::Verification(answer)) = (slot, reply) {
            self.questions.answer(answer, facing.acting.now);
            self.judged = vec![Judged::Open; self.len()];
            (self.active, self.shown) = (0, false);
        }
    }

    /// Nothing is kept: the answers are not to lie about.
    #[expect(clippy::unused_self, reason = "every sheet is asked the same")]
    pub(crate) const fn is_worth_keeping(&self) -> bool {
        false
    }
}
