//! Two people on one case: what the second could not save, beside what stands now, field by field. Nothing is lost, nothing is preselected.
//! What does not live here: how the outbox holds a refused change, the words of a field.

use std::collections::BTreeMap;

use jiff::Timestamp;
use skranke_api::cases::{HistoryKind, ItemView};
use skranke_api::casework::AskView;
use skranke_api::handovers::Colleague;
use skranke_api::{ETag, ProblemKind, paths};
use skranke_client::outbox::{Basis, Deed, Entry, EntryState, Label};
use skranke_domain::document::Openness;
use skranke_domain::{CommandId, ItemId};

use super::CasePage;
use super::work::note::{CASE_NOTE_CHARS, written};
use super::work::{CALL, CaseFacing};
use crate::acting::Acting;
use crate::ask::Question;
use crate::citizen::Step;
use crate::desk::Desk;
use crate::effect::Effect;
use crate::load::Load;
use crate::pending::Pending;

/// How many fields that are the same stand beneath those that differ.
const SAME: usize = 3;

/// Whose version is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Hers who writes.
    Mine,
    /// Hers who saved.
    Theirs,
}

/// The dialog that settles a conflict, while it is open.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// What was chosen, by the change that was refused.
    pub picks: BTreeMap<CommandId, Side>,
    /// The change that the keys act on.
    pub active: Option<CommandId>,
    /// Why the choices are not saved yet.
    pub trouble: Option<ConflictTrouble>,
    /// Colleagues of the name of her who saved, once they were asked for, for her phone.
    pub colleagues: Load<Vec<Colleague>>,
}

/// Why the choices are not saved yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConflictTrouble {
    /// So many fields were not chosen.
    Unchosen(usize),
    /// What stands now is not here yet.
    NotHereYet,
    /// What is kept of her version could not be written down.
    NotKept,
}

/// What happens in it.
#[derive(Clone, Debug)]
pub enum ConflictInput {
    /// Open it again, after it was left for later.
    Open,
    /// The field below or above.
    Step(Step),
    /// This version of the field that the keys act on.
    Choose(Side),
    /// This version of a field.
    Pick(CommandId, Side),
    /// This version of every field.
    All(Side),
    /// Save the choices. The words of her own versions come along: what is given up is kept as a note.
    Save(Vec<(CommandId, String)>),
    /// Ask for the phone of her who saved.
    Call,
    /// Leave it for later; nothing is lost.
    Later,
}

/// What a field is.
#[derive(Clone, Copy, Debug)]
pub enum FieldOf<'a> {
    /// An item of the checklist.
    Item(&'a ItemView),
    /// Who is responsible.
    Responsible,
    /// Deadline and suspension.
    Course,
    /// Facts, or the version of the procedure.
    Facts,
    /// The decision.
    Decision,
    /// A question to a colleague.
    Ask(&'a AskView),
    /// Something else that was done.
    Deed(Deed),
}

/// How a field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldState {
    /// Two people changed it.
    Differs,
    /// She alone changed it: it goes its way.
    Kept,
    /// Nobody changed it.
    Same,
}

/// A field of the case.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// What it is.
    pub of: FieldOf<'a>,
    /// Her own change, where there is one.
    pub entry: Option<&'a Entry>,
    /// How it stands.
    pub state: FieldState,
    /// Who saved what stands now, and when.
    pub saved: Option<Saved<'a>>,
}

/// Who saved, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved<'a> {
    /// Her name.
    pub by: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

/// What a refused change is sent on when it is sent again.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The version that stands now.
    pub basis: Basis,
    /// What is sent.
    pub body: serde_json::Value,
}

/// Whether a change was refused because somebody was first.
#[must_use]
pub fn is_stale(entry: &Entry) -> bool {
    entry.state.problem().is_some_and(|problem| problem.known() == Some(ProblemKind::Stale))
}

impl Conflict {
    const fn begin(active: Option<CommandId>) -> Self {
        Self { picks: BTreeMap::new(), active, trouble: None, colleagues: Load::Idle }
    }
}

impl CasePage {
    /// Her changes that were refused because somebody was first, oldest first.
    fn stale<'a>(&self, pending: &'a Pending) -> impl Iterator<Item = &'a Entry> {
        let case = self.id;
        pending.entries.iter().filter(move |entry| entry.draft.subject.case == Some(case) && is_stale(entry))
    }

    /// How many fields differ; they wait for a choice.
    #[must_use]
    pub fn differing(&self, pending: &Pending) -> usize {
        self.stale(pending).count()
    }

    /// Every field: those that differ, her other changes, and what is the same.
    #[must_use]
    pub fn fields<'a>(&'a self, pending: &'a Pending) -> Vec<Field<'a>> {
        let Some(view) = self.view.value() else { return Vec::new() };
        let case = &view.value;
        let mut fields: Vec<Field<'a>> = Vec::new();
        let mine = pending.entries.iter().filter(|entry| entry.draft.subject.case == Some(self.id));
        for entry in mine {
            let of = self.field_of(entry);
            let state = if is_stale(entry) { FieldState::Differs } else { FieldState::Kept };
            let saved = (state == FieldState::Differs).then(|| self.saved(of)).flatten();
            fields.push(Field { of, entry: Some(entry), state, saved });
        }
        fields.sort_by_key(|field| field.state != FieldState::Differs);
        let touched: Vec<&ItemId> = fields
            .iter()
            .filter_map(|field| match field.of {
                FieldOf::Item(item) => Some(&item.id),
                _ => None,
            })
            .collect();
        // What changed last beside them shows where one stands; all that is the same would hide what differs.
        let mut same: Vec<&ItemView> = case.items.iter().filter(|item| !touched.contains(&&item.id)).collect();
        same.sort_by_key(|item| std::cmp::Reverse(item.changed_at));
        fields.extend(same.into_iter().take(SAME).map(|item| Field {
            of: FieldOf::Item(item),
            entry: None,
            state: FieldState::Same,
            saved: None,
        }));
        fields
    }

    fn field_of(&self, entry: &Entry) -> FieldOf<'_> {
        let items = self.view.value().map(|view| view.value.items.as_slice()).unwrap_or_default();
        let asks = self.view.value().map(|view| view.value.asks.as_slice()).unwrap_or_default();
        let resource = entry.draft.resource.as_str();
        match &entry.draft.label {
            Label::Item { item_id, .. } => match items.iter().find(|item| item.id == *item_id) {
                Some(item) => FieldOf::Item(item),
                None => FieldOf::Deed(Deed::FactsSaid),
            },
            _ if resource == paths::responsible(self.id) => FieldOf::Responsible,
            _ if resource == paths::course(self.id) => FieldOf::Course,
            _ if resource == paths::facts(self.id) => FieldOf::Facts,
            _ if resource == paths::decision(self.id) => FieldOf::Decision,
            Label::Deed { deed, .. } => match asks.iter().find(|ask| resource == paths::ask(self.id, ask.id)) {
                Some(ask) => FieldOf::Ask(ask),
                None => FieldOf::Deed(*deed),
            },
            Label::Booking { .. } | Label::Appointment { .. } => FieldOf::Deed(Deed::CourseChanged),
        }
    }

    /// Who saved what stands in a field now.
    fn saved(&self, of: FieldOf<'_>) -> Option<Saved<'_>> {
        let case = &self.view.value()?.value;
        let of_history = |kinds: &[HistoryKind]| {
            let line = case.history.iter().find(|line| kinds.contains(&line.kind))?;
            Some(Saved { by: line.by.as_deref(), at: line.at })
        };
        match of {
            FieldOf::Item(item) => {
                let item = case.items.iter().find(|one| one.id == item.id)?;
                Some(Saved { by: item.changed_by.as_deref(), at: item.changed_at? })
            }
            FieldOf::Responsible => of_history(&[HistoryKind::Assigned]),
            FieldOf::Course => of_history(&[HistoryKind::Suspended, HistoryKind::Resumed, HistoryKind::Extended]),
            FieldOf::Facts => of_history(&[HistoryKind::FactsSaid, HistoryKind::Lifted]),
            FieldOf::Decision => of_history(&[
                HistoryKind::Proposed,
                HistoryKind::Decided,
                HistoryKind::SentBack,
                HistoryKind::TakenBack,
                HistoryKind::Issued,
            ]),
            FieldOf::Ask(_) => of_history(&[HistoryKind::ColleagueAnswered, HistoryKind::AskedColleague]),
            FieldOf::Deed(Deed::PapersAsked) => of_history(&[HistoryKind::Item, HistoryKind::DocumentCame]),
            FieldOf::Deed(_) => None,
        }
    }

    /// Who saved last among the fields that differ.
    #[must_use]
    pub fn who_saved<'a>(&'a self, pending: &'a Pending) -> Option<Saved<'a>> {
        let saved = self.stale(pending).filter_map(|entry| self.saved(self.field_of(entry)));
        saved.max_by_key(|saved| (saved.by.is_some(), saved.at))
    }

    /// Opens the dialog by itself once a refused change arrives and nothing else is being written, and closes it when all is settled.
    pub(crate) fn meet(&mut self, acting: Acting<'_>, on_screen: bool) {
        let stale: Vec<CommandId> = self.stale(acting.pending).map(|entry| entry.id).collect();
        self.work.put_off.retain(|id| stale.contains(id));
        let Some(first) = stale.first().copied() else {
            self.conflict = None;
            return;
        };
        match &mut self.conflict {
            Some(conflict) => {
                conflict.picks.retain(|id, _| stale.contains(id));
                if !conflict.active.is_some_and(|id| stale.contains(&id)) {
                    conflict.active = Some(first);
                }
            }
            None => {
                let news = stale.iter().any(|id| !self.work.put_off.contains(id));
                let writing = self.dialog.is_some() || self.work.sheet.is_some();
                if on_screen && news && !writing && self.view.value().is_some() {
                    self.conflict = Some(Conflict::begin(Some(first)));
                }
            }
        }
    }

    pub(super) fn conflict_step(&mut self, input: ConflictInput, acting: Acting<'_>) -> Vec<Effect> {
        let stale: Vec<CommandId> = self.stale(acting.pending).map(|entry| entry.id).collect();
        if let ConflictInput::Open = input {
            if !stale.is_empty() {
                self.conflict = Some(Conflict::begin(stale.first().copied()));
            }
            return Vec::new();
        }
        let Some(mut conflict) = self.conflict.take() else { return Vec::new() };
        conflict.trouble = None;
        let mut effects = Vec::new();
        match input {
            ConflictInput::Open => {}
            ConflictInput::Step(step) => {
                let at = conflict.active.and_then(|id| stale.iter().position(|one| *one == id));
                conflict.active = step.from(at, stale.len()).map(|to| stale[to]);
            }
            ConflictInput::Choose(side) => {
                conflict.picks.extend(conflict.active.map(|id| (id, side)));
            }
            ConflictInput::Pick(id, side) => {
                conflict.active = Some(id);
                conflict.picks.insert(id, side);
            }
            ConflictInput::All(side) => conflict.picks.extend(stale.iter().map(|id| (*id, side))),
            ConflictInput::Save(mine) => match self.settled(&conflict, &stale, &mine, acting) {
                Ok(effects) => {
                    // They are settled as soon as the outbox says so; until then the dialog does not come back.
                    self.work.put_off.extend(stale);
                    return effects;
                }
                Err(trouble) => conflict.trouble = Some(trouble),
            },
            ConflictInput::Call => {
                let name = self.who_saved(acting.pending).and_then(|saved| saved.by).map(str::to_owned);
                if let Some(name) = name {
                    conflict.colleagues.ask(acting.now);
                    effects.push(Effect::Ask(self.ticket(CALL), Question::Colleagues(name)));
                }
            }
            ConflictInput::Later => {
                self.work.put_off.extend(stale);
                return effects;
            }
        }
        self.conflict = Some(conflict);
        effects
    }

    fn settled(
        &self,
        conflict: &Conflict,
        stale: &[CommandId],
        mine: &[(CommandId, String)],
        acting: Acting<'_>,
    ) -> Result<Vec<Effect>, ConflictTrouble> {
        let unchosen = stale.iter().filter(|id| !conflict.picks.contains_key(id)).count();
        if unchosen > 0 {
            return Err(ConflictTrouble::Unchosen(unchosen));
        }
        let view = self.view.value().ok_or(ConflictTrouble::NotHereYet)?;
        if self.view.is_waiting() || self.view.trouble().is_some() {
            return Err(ConflictTrouble::NotHereYet);
        }
        let chose = |side: Side| stale.iter().filter(move |id| conflict.picks.get(id) == Some(&side));
        let facing = CaseFacing { page: self, view, acting };
        let mut effects = Vec::new();
        let given_up: Vec<&str> = chose(Side::Theirs)
            .map(|id| mine.iter().find(|(one, _)| one == id).map_or("", |(_, words)| words.as_str()))
            .filter(|words| !words.trim().is_empty())
            .collect();
        // First what is kept, then what is given up: were the program to end between, nothing is lost.
        for text in pieces(&given_up.join("\n"), CASE_NOTE_CHARS) {
            let note = written(&text, Openness::Internal, &facing).map_err(|_| ConflictTrouble::NotKept)?;
            effects.push(Effect::Enqueue(Box::new(note)));
        }
        effects.extend(chose(Side::Theirs).map(|id| Effect::Discard(*id)));
        effects.extend(chose(Side::Mine).map(|id| Effect::Retry(*id)));
        Ok(effects)
    }
}

/// A text in pieces that a note can hold.
fn pieces(text: &str, most: usize) -> Vec<String> {
    let letters: Vec<char> = text.trim().chars().collect();
    letters.chunks(most).map(|piece| piece.iter().collect()).collect()
}

impl Desk {
    /// What a change is sent on when it is sent again: the version of the thing as the page shows it now, else as the server said when it
    /// refused; for a letter the versions of the items that it names.
    #[must_use]
    pub fn standing(&self, entry: &Entry) -> Option<Standing> {
        let said = match &entry.state {
            EntryState::Refused { problem } => problem.current.as_ref().and_then(|now| now.get("etag")),
            _ => None,
        };
        let said: Option<ETag> = said.and_then(|tag| serde_json::from_value(tag.clone()).ok());
        let Some(case) = entry.draft.subject.case else {
            let etag = self.shown_beside_cases(entry).or(said).filter(|_| entry.draft.based_on != Basis::Create)?;
            return Some(Standing { basis: Basis::Version(etag), body: entry.draft.body.clone() });
        };
        let view = self.case_of(case).and_then(|page| page.view.value()).map(|view| &view.value);
        let body = entry.draft.body.clone();
        if let (Label::Deed { deed: Deed::PapersAsked, .. }, Some(view)) = (&entry.draft.label, view) {
            let mut body = body;
            for asked in body.get_mut("items").and_then(|items| items.as_array_mut()).into_iter().flatten() {
                let of_case = asked.get("case").and_then(|id| id.as_str()) == Some(case.to_string().as_str());
                let item = view.items.iter().find(|item| asked["item"].as_str() == Some(item.id.as_str()));
                if let (true, Some(item)) = (of_case, item) {
                    asked["seen"] = serde_json::json!(item.etag);
                }
            }
            return Some(Standing { basis: entry.draft.based_on.clone(), body });
        }
        let resource = entry.draft.resource.as_str();
        let shown = view.and_then(|view| match &entry.draft.label {
            Label::Item { item_id, .. } => view.items.iter().find(|item| item.id == *item_id).map(|item| &item.etag),
            _ if resource == paths::responsible(case) => Some(&view.versions.responsible),
            _ if resource == paths::course(case) => Some(&view.versions.course),
            _ if resource == paths::facts(case) => Some(&view.versions.facts),
            _ if resource == paths::decision(case) => view.decision.as_ref().map(|decision| &decision.etag),
            _ => view.asks.iter().find(|ask| resource == paths::ask(case, ask.id)).map(|ask| &ask.etag),
        });
        // What was created has no version to be based on.
        if entry.draft.based_on == Basis::Create {
            return None;
        }
        shown.cloned().or(said).map(|etag| Standing { basis: Basis::Version(etag), body })
    }

    /// The version of something about a citizen that no case holds, as her page or the inbox shows it.
    fn shown_beside_cases(&self, entry: &Entry) -> Option<ETag> {
        use crate::stands::StandId;
        let (citizen, resource) = (entry.draft.subject.citizen?, entry.draft.resource.as_str());
        let handovers = self.inbox.handovers.value().map(Vec::as_slice).unwrap_or_default();
        if let Some(handover) = handovers.iter().find(|one| paths::handover(one.id) == resource) {
            return Some(handover.etag.clone());
        }
        let pages = StandId::BOTH.into_iter().filter_map(|stand| self.stands.get(stand).citizen.as_ref());
        let page = pages.into_iter().find(|page| page.id == citizen)?;
        let notes = page.notes.value().map(Vec::as_slice).unwrap_or_default().iter();
        let promises = page.promises.value().map(Vec::as_slice).unwrap_or_default().iter();
        let situations = page.situations.value().map(|list| list.situations.as_slice()).unwrap_or_default().iter();
        let notes = notes.map(|one| (paths::note(citizen, one.id), &one.etag));
        let promises = promises.map(|one| (paths::promise(citizen, one.id), &one.etag));
        let situations = situations.map(|one| (paths::situation(citizen, one.id), &one.etag));
        notes.chain(promises).chain(situations).find(|(path, _)| path == resource).map(|(_, etag)| etag.clone())
    }

    fn case_of(&self, case: skranke_domain::CaseId) -> Option<&CasePage> {
        use crate::stands::StandId;
        let pages = StandId::BOTH.into_iter().filter_map(|stand| self.stands.get(stand).case.as_ref());
        pages.into_iter().find(|page| page.id == case)
    }
}
