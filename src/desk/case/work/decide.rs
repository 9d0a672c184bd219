//! The sheet that proposes a decision: the outcome that the level allows, its reasons, the words the citizen reads with Danish beside them, who
//! looks at it. What does not live here: approving and issuing (see `step`), the letter's frame (the server).

use serde::{Deserialize, Serialize};
use skranke_api::casework::DecisionRequest;
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft, EntryState, Label};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::decision::{
    DecisionOutcome, DecisionReason, DecisionRefusal, DecisionRule, DecisionState, Eyes, may_decide,
};
use skranke_domain::letter::LetterLanguage;
use skranke_domain::{CitizenText, DepartmentId, Localized, ReasonId, StaffId};

use super::{CaseFacing, Trouble, allowed, words};

/// The longest text of a decision, in characters.
pub const DECISION_CHARS: usize = 6000;
/// The most reasons.
const MOST_REASONS: usize = 10;

/// The sheet while it is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DecideSheet {
    /// What may be decided at this level.
    pub outcomes: Vec<DecisionOutcome>,
    /// What is decided; nothing is preselected where there is a choice.
    pub outcome: Option<DecisionOutcome>,
    /// The reasons that it rests on.
    pub reasons: Vec<ReasonId>,
    /// The language it is written in.
    pub language: LetterLanguage,
    /// What she speaks best, where no decision is written in it.
    pub unwritten: Option<LanguageCode>,
    /// The reasons as the citizen reads them.
    pub text: String,
    /// The text was changed by hand: ticking no longer writes it.
    pub edited: bool,
    /// The authority that the case is passed on to.
    pub passed_to: Option<DepartmentId>,
    /// Who is asked to look at it; none asks whoever may.
    pub second: Option<StaffId>,
}

/// What happens on it.
#[derive(Clone, Debug)]
pub enum DecideInput {
    /// This is decided.
    Outcome(DecisionOutcome),
    /// The outcome by its place (keys).
    OutcomeAt(usize),
    /// A reason is ticked or not.
    Reason(ReasonId),
    /// The next language.
    Language,
    /// The text was typed.
    Text(String),
    /// The words of the catalogue again.
    Rewrite,
    /// Passed on to this authority.
    PassTo(DepartmentId),
    /// This colleague looks at it, or whoever may.
    Second(Option<StaffId>),
}

impl DecideSheet {
    pub(super) fn open(facing: &CaseFacing<'_>) -> Self {
        let case = &facing.view.value;
        let outcomes: Vec<DecisionOutcome> =
            DecisionOutcome::ALL.iter().copied().filter(|one| may_decide(case.level, *one).is_ok()).collect();
        let language = LetterLanguage::for_speaker(std::slice::from_ref(&case.language));
        let unwritten = LetterLanguage::of_code(&case.language).is_none().then(|| case.language.clone());
        let mut sheet = Self {
            outcomes,
            outcome: None,
            reasons: Vec::new(),
            language,
            unwritten,
            text: String::new(),
            edited: false,
            passed_to: None,
            second: None,
        };
        // What came back is gone on with, not begun anew.
        if let Some(back) = case.decision.as_ref().filter(|one| one.state == DecisionState::SentBack) {
            sheet.outcome = Some(back.outcome);
            sheet.reasons.clone_from(&back.reasons);
            sheet.language = LetterLanguage::of_code(&back.language).unwrap_or(language);
            sheet.text.clone_from(&back.text);
            sheet.edited = true;
            sheet.passed_to.clone_from(&back.passed_to);
            sheet.second = back.second;
        }
        sheet
    }

    pub(super) const fn is_touched(&self) -> bool {
        self.edited || self.outcome.is_some() || !self.reasons.is_empty()
    }

    pub(super) fn update(&mut self, input: DecideInput, facing: &CaseFacing<'_>) {
        let rule = facing.view.value.rule.as_ref();
        match input {
            DecideInput::Outcome(outcome) => self.decide(outcome, rule),
            DecideInput::OutcomeAt(at) => {
                if let Some(outcome) = self.outcomes.get(at).copied() {
                    self.decide(outcome, rule);
                }
            }
            DecideInput::Reason(id) => {
                match self.reasons.iter().position(|one| *one == id) {
                    Some(at) => {
                        self.reasons.remove(at);
                    }
                    None => self.reasons.push(id),
                }
                self.write(rule);
            }
            DecideInput::Language => {
                self.language = self.language.next();
                self.unwritten = None;
                self.write(rule);
            }
            DecideInput::Text(text) => {
                self.text = text;
                self.edited = true;
            }
            DecideInput::Rewrite => {
                self.edited = false;
                self.write(rule);
            }
            DecideInput::PassTo(department) => self.passed_to = Some(department),
            DecideInput::Second(second) => self.second = second,
        }
    }

    fn decide(&mut self, outcome: DecisionOutcome, rule: Option<&DecisionRule>) {
        self.outcome = Some(outcome);
        // A reason for granting stands behind no refusal.
        let fits = |id: &ReasonId| reasons(rule, Some(outcome)).any(|reason| reason.id == *id);
        self.reasons.retain(fits);
        self.write(rule);
    }

    /// The text follows what is ticked, until it is changed by hand.
    fn write(&mut self, rule: Option<&DecisionRule>) {
        if !self.edited {
            self.text = composed(rule, &self.reasons, self.language);
        }
    }

    /// The reasons in Danish, to stand beside a text in another language.
    #[must_use]
    pub fn danish(&self, rule: Option<&DecisionRule>) -> Option<String> {
        (self.language != LetterLanguage::Danish).then(|| composed(rule, &self.reasons, LetterLanguage::Danish))
    }

    /// Whether a second pair of eyes looks at what is decided.
    #[must_use]
    pub fn is_looked_at_twice(&self, rule: Option<&DecisionRule>) -> bool {
        rule.is_some_and(|rule| rule.eyes == Eyes::Four)
            && self.outcome.is_some_and(DecisionOutcome::is_looked_at_twice)
    }

    /// Departments that a case may be passed on to, by name.
    #[must_use]
    pub fn authorities<'a>(&self, facing: &CaseFacing<'a>) -> Vec<(&'a DepartmentId, &'a Localized)> {
        let own = &facing.view.value.row.department;
        let all = facing.acting.session.departments.iter().filter(|(id, _)| *id != own);
        let mut all: Vec<_> = all.map(|(id, health)| (id, &health.department.name)).collect();
        all.sort_by(|a, b| facing.acting.pick(a.1).cmp(facing.acting.pick(b.1)));
        all
    }

    pub(super) fn drafts(&self, facing: &CaseFacing<'_>) -> Result<Vec<Draft>, Trouble> {
        let case = &facing.view.value;
        allowed(case.may.decide)?;
        facing.line()?;
        if case.decision.as_ref().is_some_and(|one| one.state != DecisionState::SentBack) {
            return Err(Trouble::Rule(DecisionRefusal::AlreadyProposed));
        }
        let outcome = self.outcome.ok_or(Trouble::NothingChosen)?;
        may_decide(case.level, outcome).map_err(Trouble::Rule)?;
        if outcome.needs_papers() {
            if is_unsent(facing) {
                return Err(Trouble::Unsent);
            }
            let open = open_items(facing);
            if open > 0 {
                return Err(Trouble::ItemsOpen(open));
            }
        }
        let passed_to = match (outcome, &self.passed_to) {
            (DecisionOutcome::PassedOn, None) => return Err(Trouble::NoAuthority),
            (DecisionOutcome::PassedOn, Some(to)) => Some(to.clone()),
            _ => None,
        };
        let text = words(&self.text, DECISION_CHARS)?;
        let second = self.second.filter(|_| self.is_looked_at_twice(case.rule.as_ref()));
        if second.is_some() && second == facing.acting.person() {
            return Err(Trouble::Rule(DecisionRefusal::SamePerson));
        }
        let request = DecisionRequest {
            outcome,
            reasons: self.reasons.iter().take(MOST_REASONS).cloned().collect(),
            text: text.clone(),
            language: LanguageCode(self.language.code().to_owned()),
            passed_to,
            second,
        };
        let path = paths::decision(case.row.id);
        let label = facing.label(Deed::DecisionProposed, Some(case.row.title.clone()), text);
        Ok(vec![facing.create(path.clone(), path, &request, label)?])
    }
}

/// The reasons of a rule that fit an outcome.
pub fn reasons(rule: Option<&DecisionRule>, outcome: Option<DecisionOutcome>) -> impl Iterator<Item = &DecisionReason> {
    let all = rule.map(|rule| rule.reasons.as_slice()).unwrap_or_default();
    all.iter().filter(move |reason| outcome.is_some_and(|outcome| reason.outcomes.contains(&outcome)))
}

/// The words of the catalogue in a language, each with the rule that it rests on, in the catalogue's order.
#[must_use]
pub fn composed(rule: Option<&DecisionRule>, ticked: &[ReasonId], language: LetterLanguage) -> String {
    let all = rule.map(|rule| rule.reasons.as_slice()).unwrap_or_default();
    let said: Vec<String> = all
        .iter()
        .filter(|reason| ticked.contains(&reason.id))
        .map(|reason| {
            let text = in_language(&reason.text, language);
            match &reason.rule {
                Some(rule) => format!("{text} ({rule})"),
                None => text.to_owned(),
            }
        })
        .collect();
    said.join("\n\n")
}

/// A text for citizens in a language, or in English where it was not written in it.
#[must_use]
pub fn in_language(text: &CitizenText, language: LetterLanguage) -> &str {
    text.written_in(language.code()).unwrap_or(&text.en)
}

/// How many items must be settled before something is granted, as the server knows them.
pub(crate) fn open_items(facing: &CaseFacing<'_>) -> usize {
    let items = &facing.view.value.items;
    items.iter().filter(|item| !item.state.is_settled()).count()
}

/// Whether a judgement of hers is on its way.
fn is_unsent(facing: &CaseFacing<'_>) -> bool {
    let case = facing.view.value.row.id;
    facing.acting.pending.entries.iter().any(|entry| {
        entry.draft.subject.case == Some(case)
            && matches!(entry.draft.label, Label::Item { .. })
            && matches!(entry.state, EntryState::Queued | EntryState::Attempted)
    })
}
