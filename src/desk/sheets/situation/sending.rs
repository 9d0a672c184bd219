//! How the sheet for a life situation ends: the changes that come of what was chosen. What does not live here: choosing.

use jiff::civil::Date;
use skranke_api::paths;
use skranke_api::situations::{SituationChange, SituationRequest};
use skranke_client::outbox::{Basis, Deed, Draft, FieldKey, Label, Place};
use skranke_domain::life_situation::Answers;
use skranke_domain::{CommandId, FollowOnId, LifeSituationId, Localized, SituationId};

use super::{Facing, FollowLine, Line, Outcome, Reason, SituationInput, SituationSheet};
use crate::citizen::follow::{Standing, case_draft};
use crate::effect::Effect;

impl SituationSheet {
    pub(crate) fn confirm(&mut self, facing: &Facing<'_>) -> Outcome {
        // A reason field that was opened and left empty dismisses nothing.
        let begun = |reason: &Reason| reason.follow.is_some() && reason.text.trim().is_empty();
        if self.reason.as_ref().is_some_and(begun) && self.changes_something(facing) {
            self.reason = None;
        }
        if !self.take_reason() {
            return Outcome::not_yet();
        }
        let Some(author) = facing.author() else { return self.not_known() };
        if self.is_declining() {
            return Outcome::send(self.declined(facing).unwrap_or_default());
        }
        if self.kind.is_none() {
            self.update(SituationInput::ChooseCandidate, facing);
            return Outcome::not_yet();
        }
        let drafts = if self.is_open_already() {
            let mut drafts = Vec::new();
            let changes = self.changes();
            if !changes.is_empty() {
                let seen = facing.page.situation(self.id).map(|view| &view.etag);
                let path = paths::situation(facing.page.id, self.id);
                let Some(basis) = facing.acting.pending.basis(&path, seen) else { return self.not_known() };
                drafts.extend(self.change_drafts(changes, &basis, facing));
            }
            drafts
        } else {
            let since = match self.day(facing.acting.today()) {
                Ok(since) => since,
                Err(problem) => {
                    self.since_problem = Some(problem);
                    return Outcome::not_yet();
                }
            };
            let Some(opened) = self.opening(since, facing) else { return self.not_known() };
            // What is dismissed at once follows the creation in the outbox, which knows its place in the chain.
            let behind = Basis::After(CommandId::new());
            std::iter::once(opened).chain(self.change_drafts(self.dismissals(), &behind, facing)).collect()
        };
        let lines = self.lines(facing);
        let starting = lines.iter().filter(|line| line.starts()).filter_map(|line| match line {
            Line::Follow(line) => case_draft(author, facing.citizen_name(), self.id, line.follow),
            Line::Question(..) => None,
        });
        let refused = lines.iter().filter(|line| line.starts()).filter_map(|line| match line {
            Line::Follow(FollowLine { standing: Standing::Refused(entry), .. }) => Some(Effect::Discard(entry.id)),
            _ => None,
        });
        let enqueued = drafts.into_iter().chain(starting).map(|draft| Effect::Enqueue(Box::new(draft)));
        Outcome::Done(refused.chain(enqueued).collect())
    }

    fn not_known(&mut self) -> Outcome {
        self.unknown = true;
        Outcome::not_yet()
    }

    fn changes_something(&self, facing: &Facing<'_>) -> bool {
        !self.is_open_already() || !self.changes().is_empty() || self.to_start(facing) > 0
    }

    fn label(&self, deed: Deed, text: &str, facing: &Facing<'_>) -> Label {
        facing.label(deed, self.kind_in(facing).map(|kind| kind.title.clone()), text)
    }

    /// Opens the situation.
    fn opening(&self, since: Date, facing: &Facing<'_>) -> Option<Draft> {
        let request = SituationRequest {
            id: self.id,
            kind: self.kind.clone()?,
            since,
            happening: self.proposed().map(|(happening, _)| happening),
            declined: None,
            answers: self.answers.clone(),
        };
        let label = self.label(Deed::SituationOpened, "", facing);
        Draft::create(facing.author()?, place(&request, facing), &request, label).ok()
    }

    /// Declines what the same thing proposes: every kind of it that nobody decided about.
    fn declined(&self, facing: &Facing<'_>) -> Option<Vec<Draft>> {
        let (happening, on) = self.proposed()?;
        let reason = self.reason.as_ref()?.text.trim().to_owned();
        let acting = facing.acting;
        let proposals = facing.page.proposals(acting.session, acting.pending);
        let mut kinds: Vec<LifeSituationId> = proposals
            .iter()
            .filter(|proposal| proposal.happening == happening && proposal.on == on)
            .flat_map(|proposal| proposal.kinds.iter().map(|kind| (*kind).clone()))
            .collect();
        if kinds.is_empty() {
            kinds.extend(self.kind.clone());
        }
        let author = facing.author()?;
        let drafts = kinds.into_iter().filter_map(|kind| {
            let about = acting.session.situations.get(&kind).map(|known| known.title.clone());
            let request = SituationRequest {
                id: SituationId::new(),
                kind,
                since: on,
                happening: Some(happening),
                declined: Some(reason.clone()),
                answers: Answers::new(),
            };
            let label = facing.label(Deed::SituationDeclined, about, reason.clone());
            Draft::create(author, place(&request, facing), &request, label).ok()
        });
        Some(drafts.collect())
    }

    fn dismissals(&self) -> Vec<(String, SituationChange)> {
        let dismiss = |(follow, reason): (&FollowOnId, &String)| {
            (format!("follow/{follow}"), SituationChange::Dismiss { follow: follow.clone(), reason: reason.clone() })
        };
        self.dismissed.iter().map(dismiss).collect()
    }

    /// What changes of a situation that is there, each with the name of its part.
    fn changes(&self) -> Vec<(String, SituationChange)> {
        let answers = self.answers.iter().map(|(question, answer)| {
            (format!("answer/{question}"), SituationChange::Answer { question: question.clone(), answer: *answer })
        });
        let reopened = self
            .reopened
            .iter()
            .map(|follow| (format!("follow/{follow}"), SituationChange::Reopen { follow: follow.clone() }));
        let closed = self.closing.then(|| ("closed".to_owned(), SituationChange::Close));
        answers.chain(self.dismissals()).chain(reopened).chain(closed).collect()
    }

    fn change_drafts(&self, changes: Vec<(String, SituationChange)>, basis: &Basis, facing: &Facing<'_>) -> Vec<Draft> {
        let Some(author) = facing.author() else { return Vec::new() };
        let path = paths::situation(facing.page.id, self.id);
        let draft = |(field, change): (String, SituationChange)| {
            let text = match &change {
                SituationChange::Dismiss { reason, .. } => reason.as_str(),
                _ => "",
            };
            let about = self.name_of(&change, facing);
            let label = facing.label(Deed::SituationChanged, about, text);
            Draft::change(author, (path.clone(), FieldKey::new(field)), basis.clone(), &change, label).ok()
        };
        changes.into_iter().filter_map(draft).collect()
    }

    /// What a change is about, by name: what follows, else the situation.
    fn name_of(&self, change: &SituationChange, facing: &Facing<'_>) -> Option<Localized> {
        let kind = self.kind_in(facing)?;
        match change {
            SituationChange::Dismiss { follow, .. } | SituationChange::Reopen { follow } => {
                kind.follows.iter().find(|one| one.id == *follow).map(|one| one.title.clone())
            }
            SituationChange::Answer { .. } | SituationChange::Close => Some(kind.title.clone()),
        }
    }
}

fn place(request: &SituationRequest, facing: &Facing<'_>) -> Place {
    let citizen = facing.page.id;
    Place { resource: paths::situation(citizen, request.id), posted_to: paths::situations(citizen) }
}
