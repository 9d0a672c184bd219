//! What usually follows from a life situation: how each of it fits the answers, what became of it, and starting its case with one key. What
//! does not live here: the question trees (the catalogue), opening situations and dismissing (the sheet).

use std::collections::BTreeSet;

use skranke_api::changes::CaseRequest;
use skranke_api::overview::Answer as Section;
use skranke_api::paths;
use skranke_api::situations::{ProposedSituation, SituationChange, SituationRequest, SituationView};
use skranke_client::outbox::{Author, Deed, Draft, Entry, EntryState, Label, Place};
use skranke_domain::case::Column;
use skranke_domain::life_situation::{Answers, Fit, Follow, FollowOn, Happening, LifeSituationKind};
use skranke_domain::procedure::Facts;
use skranke_domain::{CaseId, DepartmentId, FollowOnId, LifeSituationId, Localized, ProcedureId, SituationId};

use super::CitizenPage;
use crate::acting::Acting;
use crate::effect::Effect;
use crate::pending::Pending;
use crate::session::Session;

/// What is done about it on the page itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FollowInput {
    /// Start its case (`+`).
    Start(SituationId, FollowOnId),
    /// The keys act on this one.
    Select(SituationId, FollowOnId),
}

/// Something that usually follows, for this citizen.
#[derive(Clone, Copy, Debug)]
pub struct Following<'a> {
    /// What.
    pub follow: &'a FollowOn,
    /// How it fits the answers.
    pub fit: Fit,
    /// What became of it.
    pub standing: Standing<'a>,
}

/// What became of something that usually follows.
#[derive(Clone, Copy, Debug)]
pub enum Standing<'a> {
    /// Nobody decided: a case can be started.
    Open,
    /// A case is on its way to the server, or just arrived there.
    Starting,
    /// The server refused to start the case; this is the entry.
    Refused(&'a Entry),
    /// There is a case of it, by its identifier where this role may see it.
    Started(Option<CaseId>),
    /// Somebody said that it does not follow here.
    Dismissed(Dismissal<'a>),
    /// No procedure of ours, or no cases that we could show: another authority has it.
    Elsewhere,
    /// The department's cases are withheld from this role: the citizen is handed over.
    Withheld,
}

/// Why something does not follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dismissal<'a> {
    /// The words that were given.
    pub reason: &'a str,
    /// Who, by name; none where this person did just now.
    pub by: Option<&'a str>,
    /// It is not confirmed yet.
    pub unsent: bool,
}

/// The cases that are there, made once and asked for each thing that follows.
#[derive(Clone, Debug)]
pub struct Started<'a> {
    open: BTreeSet<&'a ProcedureId>,
    within: BTreeSet<(SituationId, &'a ProcedureId)>,
    /// Cases by department and name, for what has no procedure of ours.
    named: BTreeSet<(&'a DepartmentId, &'a str)>,
}

/// A life situation that was opened here and is not confirmed.
#[derive(Clone, Debug)]
pub struct Opening<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// Its kind's name.
    pub title: Option<&'a Localized>,
    /// What is started along with it.
    pub starting: Vec<&'a Localized>,
}

/// What one thing that happened proposes: one kind of situation, or several of which at most one fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal<'a> {
    /// What happened.
    pub happening: Happening,
    /// When.
    pub on: jiff::civil::Date,
    /// The kinds.
    pub kinds: Vec<&'a LifeSituationId>,
}

impl CitizenPage {
    /// The cases that are there.
    #[must_use]
    pub fn started(&self) -> Started<'_> {
        let mut started = Started { open: BTreeSet::new(), within: BTreeSet::new(), named: BTreeSet::new() };
        for row in self.rows() {
            if row.case.column != Column::Closed {
                started.open.insert(&row.case.procedure);
            }
            if let Some(situation) = row.case.situation {
                started.within.insert((situation, &row.case.procedure));
            }
            started.named.insert((&row.case.department, row.case.title.en.as_str()));
        }
        started
    }

    /// The situation as the server keeps it, where that is known.
    #[must_use]
    pub fn situation(&self, id: SituationId) -> Option<&SituationView> {
        self.situations.value()?.situations.iter().find(|view| view.id == id)
    }

    /// The answers given in a situation, those not confirmed included.
    #[must_use]
    pub fn answers(&self, id: SituationId, pending: &Pending) -> Answers {
        let mut answers = self.situation(id).map(|view| view.answers.clone()).unwrap_or_default();
        for change in self.pending_changes(id, pending) {
            if let (SituationChange::Answer { question, answer }, _) = change {
                answers.insert(question, answer);
            }
        }
        answers
    }

    /// Her own unconfirmed changes of a situation, oldest first, each with its entry; refused ones count for nothing.
    fn pending_changes<'a>(
        &'a self,
        id: SituationId,
        pending: &'a Pending,
    ) -> impl Iterator<Item = (SituationChange, &'a Entry)> {
        let path = paths::situation(self.id, id);
        pending
            .deeds(self.id)
            .filter(|(deed, _)| *deed == Deed::SituationChanged)
            .filter(move |(_, entry)| entry.draft.resource == path && !is_refused(entry))
            .filter_map(|(_, entry)| Some((serde_json::from_value(entry.draft.body.clone()).ok()?, entry)))
    }

    /// Whether a department's cases are withheld from this role.
    #[must_use]
    pub fn withholds(&self, department: &DepartmentId) -> bool {
        let withheld = |source: &super::Source| {
            source.department == *department
                && matches!(source.section.as_ref().map(|section| &section.answer), Some(Section::Withheld))
        };
        self.sources.iter().any(withheld)
    }

    /// What follows from a situation of a kind, or may, in the catalogue's order; what the answers rule out is left out.
    #[must_use]
    pub fn following<'a>(
        &'a self,
        id: SituationId,
        kind: &'a LifeSituationKind,
        started: &Started<'a>,
        pending: &'a Pending,
    ) -> Vec<Following<'a>> {
        let answers = self.answers(id, pending);
        let mut all: Vec<Following<'a>> = kind
            .follows
            .iter()
            .map(|follow| Following { follow, fit: follow.fit(&answers), standing: Standing::Open })
            .filter(|following| following.fit != Fit::RuledOut)
            .collect();
        for following in &mut all {
            following.standing = self.standing(id, following.follow, started, pending);
        }
        all
    }

    /// What became of one thing that follows.
    #[must_use]
    pub fn standing<'a>(
        &'a self,
        id: SituationId,
        follow: &'a FollowOn,
        started: &Started<'a>,
        pending: &'a Pending,
    ) -> Standing<'a> {
        let known = self.situation(id).and_then(|view| view.follows.iter().find(|state| state.follow == follow.id));
        if let Some(state) = known.filter(|state| state.state == Follow::Started) {
            return Standing::Started(state.case);
        }
        if started.has(Some(id), follow) {
            return Standing::Started(None);
        }
        if let Some(entry) = self.starting(id, follow, pending) {
            return if is_refused(entry) { Standing::Refused(entry) } else { Standing::Starting };
        }
        // The answer came, and what it means for the page is asked for just now: it must not look open again meanwhile.
        if self.begun.contains(&(id, follow.id.clone())) && self.is_asking() {
            return Standing::Starting;
        }
        if self.withholds(&follow.department) {
            return Standing::Withheld;
        }
        match self.dismissal(id, follow, pending) {
            Some(dismissal) => Standing::Dismissed(dismissal),
            None if follow.procedure.is_none() || self.only_refers_to(&follow.department) => Standing::Elsewhere,
            None => Standing::Open,
        }
    }

    /// Whether a department keeps no cases that the page could show: she is told whose it is, and nothing is started.
    fn only_refers_to(&self, department: &DepartmentId) -> bool {
        !self.sources.is_empty() && self.sources.iter().all(|source| source.department != *department)
    }

    fn dismissal<'a>(&'a self, id: SituationId, follow: &FollowOn, pending: &'a Pending) -> Option<Dismissal<'a>> {
        let last = self.pending_changes(id, pending).filter_map(|(change, entry)| match change {
            SituationChange::Dismiss { follow: which, .. } if which == follow.id => Some(Some(entry)),
            SituationChange::Reopen { follow: which } if which == follow.id => Some(None),
            _ => None,
        });
        if let Some(decided) = last.last() {
            let reason = decided?.draft.body.get("reason")?.as_str()?;
            return Some(Dismissal { reason, by: None, unsent: true });
        }
        let state = self.situation(id)?.follows.iter().find(|state| state.follow == follow.id)?;
        (state.state == Follow::Dismissed).then(|| Dismissal {
            reason: state.reason.as_deref().unwrap_or_default(),
            by: state.by.as_deref(),
            unsent: false,
        })
    }

    fn starting<'a>(&self, id: SituationId, follow: &FollowOn, pending: &'a Pending) -> Option<&'a Entry> {
        let named = |entry: &Entry, name: &str, value: &str| {
            entry.draft.body.get(name).and_then(serde_json::Value::as_str) == Some(value)
        };
        let id = id.to_string();
        let all = pending.deeds(self.id).filter(|(deed, _)| *deed == Deed::CaseStarted).map(|(_, entry)| entry);
        all.filter(|entry| named(entry, "situation", &id) && named(entry, "follow", follow.id.as_str())).last()
    }

    fn is_asking(&self) -> bool {
        self.situations.is_waiting() || self.sources.iter().any(|source| source.waiting)
    }

    /// The kind of a situation, from wherever it is known.
    #[must_use]
    pub fn kind_of(&self, id: SituationId) -> Option<&LifeSituationId> {
        let ours = self.situation(id).map(|view| &view.kind);
        ours.or_else(|| {
            self.groups().into_iter().filter_map(|group| group.situation).find(|s| s.id == id).map(|s| s.kind)
        })
    }

    pub(super) fn on_follow(&mut self, input: &FollowInput, acting: Acting<'_>) -> Vec<Effect> {
        let (situation, follow) = match input {
            FollowInput::Start(situation, follow) => (situation, follow),
            FollowInput::Select(situation, follow) => {
                self.follow = Some((*situation, follow.clone()));
                return Vec::new();
            }
        };
        let kind = self.kind_of(*situation).and_then(|kind| acting.session.situations.get(kind));
        let Some(found) = kind.and_then(|kind| kind.follows.iter().find(|one| one.id == *follow)) else {
            return Vec::new();
        };
        let mut effects = Vec::new();
        match self.standing(*situation, found, &self.started(), acting.pending) {
            Standing::Open => {}
            // Trying anew takes the refused one's place.
            Standing::Refused(entry) => effects.push(Effect::Discard(entry.id)),
            _ => return Vec::new(),
        }
        let Some(author) = acting.author(self.id) else { return Vec::new() };
        let Some(draft) = case_draft(author, self.full_name(), *situation, found) else { return Vec::new() };
        self.begun.push((*situation, follow.clone()));
        effects.push(Effect::Enqueue(Box::new(draft)));
        effects
    }

    /// Situations that were opened here and are not confirmed.
    #[must_use]
    pub fn opening<'a>(&'a self, session: &'a Session, pending: &'a Pending) -> Vec<Opening<'a>> {
        let known = |id: &str| {
            self.situations.value().is_some_and(|list| list.situations.iter().any(|view| view.id.to_string() == id))
        };
        pending
            .deeds(self.id)
            .filter(|(deed, _)| *deed == Deed::SituationOpened)
            .filter(|(_, entry)| entry.draft.body.get("id").and_then(|id| id.as_str()).is_some_and(|id| !known(id)))
            .map(|(_, entry)| Opening {
                entry,
                title: title_of(entry, session),
                starting: pending
                    .deeds(self.id)
                    .filter(|(deed, other)| {
                        *deed == Deed::CaseStarted && other.draft.behind.as_deref() == Some(&entry.draft.resource)
                    })
                    .filter_map(|(_, other)| match &other.draft.label {
                        Label::Deed { about, .. } => about.as_ref(),
                        _ => None,
                    })
                    .collect(),
            })
            .collect()
    }

    /// What happened and nobody opened or declined a situation for, newest first. What is open already, or on its way, answers all that
    /// the same thing proposes: one arrival is one situation.
    #[must_use]
    pub fn proposals<'a>(&'a self, session: &Session, pending: &Pending) -> Vec<Proposal<'a>> {
        let Some(list) = self.situations.value() else { return Vec::new() };
        let decided: Vec<SituationRequest> = pending
            .deeds(self.id)
            .filter(|(deed, _)| matches!(deed, Deed::SituationOpened | Deed::SituationDeclined))
            .filter(|(_, entry)| !is_refused(entry))
            .filter_map(|(_, entry)| serde_json::from_value(entry.draft.body.clone()).ok())
            .collect();
        let answers = |kind: &LifeSituationId, happening: Happening| {
            session.situations.get(kind).is_some_and(|kind| kind.happenings.contains(&happening))
        };
        let answered = |one: &ProposedSituation| {
            let open = list.situations.iter().filter(|view| !view.closed);
            open.map(|view| &view.kind).any(|kind| answers(kind, one.happening))
                || decided.iter().any(|request| {
                    request.kind == one.kind || (request.declined.is_none() && answers(&request.kind, one.happening))
                })
        };
        let mut all: Vec<Proposal<'a>> = Vec::new();
        for one in list.proposed.iter().filter(|one| !answered(one)) {
            match all.iter_mut().find(|known| known.happening == one.happening && known.on == one.on) {
                Some(known) => known.kinds.push(&one.kind),
                None => all.push(Proposal { happening: one.happening, on: one.on, kinds: vec![&one.kind] }),
            }
        }
        all
    }
}

impl Started<'_> {
    /// Whether there is a case of something that follows: in this situation, or an open one anywhere.
    #[must_use]
    pub fn has(&self, situation: Option<SituationId>, follow: &FollowOn) -> bool {
        match &follow.procedure {
            Some(procedure) => {
                self.open.contains(procedure) || situation.is_some_and(|id| self.within.contains(&(id, procedure)))
            }
            None => self.named.contains(&(&follow.department, follow.title.en.as_str())),
        }
    }
}

fn is_refused(entry: &Entry) -> bool {
    matches!(entry.state, EntryState::Refused { .. })
}

fn title_of<'a>(entry: &'a Entry, session: &'a Session) -> Option<&'a Localized> {
    let kind = entry.draft.body.get("kind")?.as_str()?;
    session.situations.values().find(|known| known.id.as_str() == kind).map(|kind| &kind.title)
}

/// Starts the case of something that follows. It waits for its situation where that is not confirmed itself.
pub(crate) fn case_draft(
    author: Author,
    citizen_name: String,
    situation: SituationId,
    follow: &FollowOn,
) -> Option<Draft> {
    let id = CaseId::new();
    let request = CaseRequest {
        id,
        citizen: author.citizen,
        procedure: follow.procedure.clone()?,
        situation: Some(situation),
        follow: Some(follow.id.clone()),
        facts: Facts::default(),
    };
    let place = Place { resource: paths::case(id), posted_to: paths::CASES.to_owned() };
    let label =
        Label::Deed { citizen_name, deed: Deed::CaseStarted, about: Some(follow.title.clone()), text: String::new() };
    let draft = Draft::create(author, place, &request, label).ok()?;
    Some(draft.behind(paths::situation(author.citizen, situation)))
}
