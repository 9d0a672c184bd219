//! The case page: the checklist as the server knows it with the clerk's own unsent judgements on top. What does not live here: the
//! outbox itself, booking.

mod aside;
pub mod conflict;
mod neighbours;
pub mod pane;
mod presence;
pub mod request;
pub mod work;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_api::Purpose;
use skranke_api::cases::{CaseView, ItemChange, ItemChanged, ItemView};
use skranke_api::casework::{CannotView, RequestView};
use skranke_api::documents::{DocumentCheck, DocumentView};
use skranke_client::ClientError;
use skranke_client::http::Tagged;
use skranke_client::outbox::{Author, Entry, Label};
use skranke_domain::checklist::{ItemAction, ItemRefusal, ItemState, REASON_CHARS};
use skranke_domain::document::DocumentState;
use skranke_domain::readiness::Readiness;
use skranke_domain::{CaseId, CitizenId, CommandId, ItemId};

pub use self::aside::CaseAside;
use self::conflict::{Conflict, ConflictInput};
pub use self::neighbours::Neighbours;
use self::pane::{Pane, PaneInput};
pub use self::presence::Presence;
use self::request::{Beside, RequestInput, RequestPanel};
use self::work::{Work, WorkInput};
use crate::acting::Acting;
use crate::ask::{Question, Reply};
use crate::citizen::{Step, asked_by};
use crate::effect::{Effect, Room, Ticket};
use crate::load::Load;
use crate::need::{NeedSheet, ask_why, missing_in};
use crate::pending::{Pending, PendingItem};
use crate::stands::StandId;

const CASE: u8 = 0;

/// An item as the clerk sees it: the server's word with her own unsent judgement on top.
#[derive(Clone, Debug)]
pub struct ItemShown<'a> {
    /// As the server knows it.
    pub item: &'a ItemView,
    /// The state that is shown.
    pub state: ItemState,
    /// The reason that is shown.
    pub reason: Option<&'a str>,
    /// Her own judgement that is not confirmed yet.
    pub pending: Option<PendingItem<'a>>,
    /// She asked for it in a letter that is not confirmed yet.
    pub asked: bool,
}

/// The dialog that asks why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonDialog {
    /// The item it is about.
    pub item: ItemId,
    /// What is about to be done.
    pub action: ItemAction,
    /// What is typed.
    pub text: String,
    /// Why it does not do yet.
    #[serde(skip)]
    pub error: Option<ItemRefusal>,
    /// Whether the paper is asked for anew when it is rejected.
    pub then: Then,
    /// The judgement in the outbox whose words are changed.
    #[serde(default)]
    pub replaces: Option<CommandId>,
}

/// What follows a judgement with a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Then {
    /// Nothing.
    Nothing,
    /// The paper is ticked in the panel that asks for what is missing.
    Ask,
}

/// The page of one case.
#[derive(Clone, Debug)]
pub struct CasePage {
    /// Which.
    pub id: CaseId,
    /// Why it was opened.
    pub purpose: Purpose,
    /// What asks why it is opened, before anything is shown.
    pub need: Option<NeedSheet>,
    /// The case.
    pub view: Load<Tagged<CaseView>>,
    /// The item that the keys act on.
    pub selected: Option<ItemId>,
    /// The item to choose when the case comes: it was opened for that one.
    pub(crate) wanted: Option<ItemId>,
    /// The dialog that asks why, while it is open.
    pub dialog: Option<ReasonDialog>,
    /// Why the last key did nothing.
    pub refusal: Option<(ItemId, ItemRefusal)>,
    /// Asking for what is missing.
    pub request: RequestPanel,
    /// The document beside the checklist.
    pub pane: Pane,
    /// What is laid over the page.
    pub work: Work,
    /// What two people changed at once.
    pub conflict: Option<Conflict>,
    /// Who else is here.
    pub presence: Presence,
    /// The list that it was opened from.
    pub neighbours: Neighbours,
    /// Reasons that were typed and not sent, so that nothing typed is lost.
    drafts: Vec<ReasonDialog>,
    stand: StandId,
    generation: u64,
}

/// What happens on the case page.
#[derive(Clone, Debug)]
pub enum CaseInput {
    /// Ask again.
    AskAgain,
    /// An item was chosen.
    Select(ItemId),
    /// The next or previous item.
    Step(Step),
    /// A key on the chosen item: approve, reject, waive, not applicable, reopen.
    Judge(ItemAction),
    /// The chosen item is asked for.
    Ask,
    /// The reason is typed.
    Reason(String),
    /// The reason is given.
    Confirm,
    /// The dialog is left; what was typed stays.
    Cancel,
    /// In the panel that asks for what is missing.
    Request(RequestInput),
    /// In the pane that shows a document.
    Pane(PaneInput),
    /// On the sheets.
    Work(WorkInput),
    /// In the dialog that settles a conflict.
    Conflict(ConflictInput),
}

impl CasePage {
    pub(crate) fn open(
        id: CaseId,
        purpose: Purpose,
        (stand, generation): (StandId, u64),
        now: Timestamp,
    ) -> (Self, Vec<Effect>) {
        let mut page = Self {
            id,
            purpose,
            need: None,
            view: Load::Idle,
            selected: None,
            wanted: None,
            dialog: None,
            refusal: None,
            request: RequestPanel::default(),
            pane: Pane::default(),
            work: Work::default(),
            conflict: None,
            presence: Presence::default(),
            neighbours: Neighbours::default(),
            drafts: Vec::new(),
            stand,
            generation,
        };
        let effects = page.ask(now);
        (page, effects)
    }

    /// Nothing is shown before she says why.
    #[must_use]
    pub const fn is_shut(&self) -> bool {
        self.need.is_some() && self.view.value().is_none()
    }

    /// Whether it is somebody's case and was opened under a purpose, and nobody wants to know more.
    pub(crate) fn is_open_under(&self, citizen: CitizenId, purpose: &Purpose) -> bool {
        let hers = self.view.value().is_some_and(|view| view.value.row.citizen == citizen);
        hers && self.need.is_none() && self.purpose == *purpose
    }

    /// It is said why: the case is asked for under that purpose.
    pub(crate) fn open_because(&mut self, purpose: Purpose, now: Timestamp) -> Vec<Effect> {
        self.need = None;
        self.generation += 1;
        self.purpose = purpose;
        self.ask(now)
    }

    /// Asks for the case (again).
    pub(crate) fn ask(&mut self, now: Timestamp) -> Vec<Effect> {
        // While she is asked why, nothing is asked for: it goes under what she says.
        if self.need.is_some() {
            return Vec::new();
        }
        self.view.ask(now);
        let ticket = Ticket { room: Room::Case(self.stand), generation: self.generation, slot: CASE };
        vec![Effect::Ask(ticket, Question::Case(self.id, self.purpose.clone()))]
    }

    /// The checklist with unsent judgements on top, in its groups, and in the catalogue's order within each.
    #[must_use]
    pub fn items<'a>(&'a self, pending: &'a Pending) -> Vec<ItemShown<'a>> {
        self.view.value().map(|view| shown(&view.value, pending)).unwrap_or_default()
    }

    /// The newest document that came for an item, whole.
    #[must_use]
    pub fn document_of(&self, item: &ItemId) -> Option<&DocumentView> {
        self.view.value()?.value.documents.iter().find(|document| {
            let serves = document.uses.iter().any(|used| used.case == self.id && used.item.as_ref() == Some(item));
            serves && document.state == DocumentState::Complete
        })
    }

    /// What is wrong with the newest document of an item.
    pub fn failed_checks(&self, item: &ItemId) -> impl Iterator<Item = &DocumentCheck> {
        self.document_of(item).into_iter().flat_map(|document| &document.checks).filter(|check| !check.passed)
    }

    /// The newest request that asks for an item and still awaits her.
    #[must_use]
    pub fn request_for(&self, item: &ItemId) -> Option<&RequestView> {
        let requests = &self.view.value()?.value.requests;
        requests.iter().find(|one| request::is_open(one) && one.items.contains(item))
    }

    /// Why she cannot get a paper, in her words, while nobody has settled it.
    #[must_use]
    pub fn cannot_get(&self, item: &ItemId) -> Option<&CannotView> {
        let view = &self.view.value()?.value;
        view.items.iter().find(|one| one.id == *item && !one.state.is_settled())?;
        view.requests.iter().flat_map(|one| &one.cannot).find(|cannot| cannot.item == *item)
    }

    /// Whether approving an item needs a word: a check on its paper failed, or another proof is accepted in its place.
    #[must_use]
    pub fn approval_needs_reason(&self, item: &ItemId) -> bool {
        self.failed_checks(item).next().is_some() || self.cannot_get(item).is_some()
    }

    /// What the checklist adds up to as shown. A refused judgement does not count.
    #[must_use]
    pub fn readiness(&self, pending: &Pending) -> Option<Readiness> {
        self.view.value()?;
        Some(Readiness::of(self.items(pending).into_iter().map(|shown| {
            let counted = match &shown.pending {
                Some(change) if change.is_refused() => shown.item.state,
                _ => shown.state,
            };
            (counted, shown.item.due)
        })))
    }

    /// The chosen item.
    #[must_use]
    pub fn selected_item(&self) -> Option<&ItemView> {
        let id = self.selected.as_ref()?;
        self.view.value()?.value.items.iter().find(|i| i.id == *id)
    }

    pub(crate) fn update(&mut self, input: CaseInput, acting: Acting<'_>) -> Vec<Effect> {
        match input {
            CaseInput::AskAgain => self.ask(acting.now),
            CaseInput::Select(item) => {
                self.selected = Some(item);
                self.refusal = None;
                Vec::new()
            }
            CaseInput::Step(step) => {
                self.step(step);
                Vec::new()
            }
            CaseInput::Judge(action) => self.judge(action, acting),
            CaseInput::Ask => {
                self.ask_for(acting);
                Vec::new()
            }
            CaseInput::Reason(text) => {
                if let Some(dialog) = &mut self.dialog {
                    dialog.text = text;
                    dialog.error = None;
                }
                Vec::new()
            }
            CaseInput::Confirm => self.confirm(acting),
            CaseInput::Request(input) => self.on_request(input, acting),
            CaseInput::Pane(input) => self.pane_step(input),
            CaseInput::Work(input) => self.work_step(input, acting),
            CaseInput::Conflict(input) => self.conflict_step(input, acting),
            CaseInput::Cancel => {
                if let Some(dialog) = self.dialog.take().filter(|d| !d.text.trim().is_empty()) {
                    let same = |d: &ReasonDialog| {
                        (&d.item, d.action, d.replaces) == (&dialog.item, dialog.action, dialog.replaces)
                    };
                    self.drafts.retain(|d| !same(d));
                    self.drafts.push(dialog);
                }
                Vec::new()
            }
        }
    }

    fn step(&mut self, step: Step) {
        self.refusal = None;
        if let Some(item) = self.stepped(step) {
            self.selected = Some(item);
        }
    }

    /// The item that a step leads to, in the order of the checklist.
    #[must_use]
    pub fn stepped(&self, step: Step) -> Option<ItemId> {
        let items = ordered(&self.view.value()?.value);
        let at = self.selected.as_ref().and_then(|id| items.iter().position(|item| item.id == *id));
        step.from(at, items.len()).map(|to| items[to].id.clone())
    }

    fn on_request(&mut self, input: RequestInput, acting: Acting<'_>) -> Vec<Effect> {
        let Self { request, view, .. } = self;
        let Some(view) = view.value() else { return Vec::new() };
        if !view.value.may.work {
            return Vec::new();
        }
        let items = shown(&view.value, acting.pending);
        request.update(input, Beside { view: &view.value, items: &items, acting })
    }

    /// Brings the panels in step with the case and the outbox.
    pub(crate) fn follow(&mut self, acting: Acting<'_>) {
        let Self { request, view, .. } = self;
        let Some(view) = view.value() else { return };
        let items = shown(&view.value, acting.pending);
        request.follow(Beside { view: &view.value, items: &items, acting });
    }

    /// The chosen item is ticked in the panel. What came and is not in order is rejected first: the reason says what is wrong with it.
    fn ask_for(&mut self, acting: Acting<'_>) {
        self.refusal = None;
        let Some(item) = self.selected.clone() else { return };
        if self.state_of(&item, acting.pending) == Some(ItemState::Received) {
            let wrong: Vec<&str> = self.failed_checks(&item).map(|check| acting.pick(&check.what)).collect();
            let said = wrong.join(". ");
            self.open_dialog(item, ItemAction::Reject, (said, Then::Ask), acting);
            return;
        }
        let Self { request, view, .. } = self;
        if let Some(view) = view.value() {
            let items = shown(&view.value, acting.pending);
            request.want(item, Beside { view: &view.value, items: &items, acting });
        }
    }

    fn open_dialog(&mut self, item: ItemId, action: ItemAction, (said, then): (String, Then), acting: Acting<'_>) {
        if !self.view.value().is_some_and(|v| v.value.may.judge_items) {
            return;
        }
        // What the rule says apart from the reason, which is asked for next.
        let refusal = self.state_of(&item, acting.pending).and_then(|s| s.after(action, Some("…")).err());
        if let Some(refusal) = refusal {
            self.refusal = Some((item, refusal));
            return;
        }
        let typed = |d: &ReasonDialog| d.item == item && d.action == action && d.replaces.is_none();
        let draft = self.drafts.iter().position(typed);
        self.dialog = Some(match draft {
            Some(at) => ReasonDialog { then, ..self.drafts.remove(at) },
            None => ReasonDialog { item, action, text: said, error: None, then, replaces: None },
        });
    }

    fn judge(&mut self, action: ItemAction, acting: Acting<'_>) -> Vec<Effect> {
        self.refusal = None;
        let Some(item) = self.selected.clone() else { return Vec::new() };
        if !self.view.value().is_some_and(|v| v.value.may.judge_items) {
            return Vec::new();
        }
        if action.needs_reason() || (action == ItemAction::Approve && self.approval_needs_reason(&item)) {
            self.open_dialog(item, action, (String::new(), Then::Nothing), acting);
            return Vec::new();
        }
        self.send(&item, ItemChange { action, reason: None }, acting)
    }

    fn confirm(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let Some(mut dialog) = self.dialog.take() else { return Vec::new() };
        let reason = dialog.text.trim().to_owned();
        let error = if reason.is_empty() {
            Some(ItemRefusal::NeedsReason(dialog.action))
        } else if reason.chars().count() > REASON_CHARS {
            Some(ItemRefusal::ReasonTooLong)
        } else {
            None
        };
        if error.is_some() {
            dialog.error = error;
            self.dialog = Some(dialog);
            return Vec::new();
        }
        let change = ItemChange { action: dialog.action, reason: Some(reason) };
        let effects = match dialog.replaces.filter(|id| acting.pending.entries.iter().any(|e| e.id == *id)) {
            Some(id) => self.reworded(id, &dialog.item, &change, acting),
            None => self.send(&dialog.item, change, acting),
        };
        let Self { request, view, .. } = self;
        if let (Then::Ask, Some(view)) = (dialog.then, view.value()) {
            let items = shown(&view.value, acting.pending);
            request.want(dialog.item, Beside { view: &view.value, items: &items, acting });
        }
        effects
    }

    fn send(&mut self, item: &ItemId, change: ItemChange, acting: Acting<'_>) -> Vec<Effect> {
        let (Some(person), Some(view)) = (acting.person(), self.view.value()) else { return Vec::new() };
        let Some(known) = view.value.items.iter().find(|i| i.id == *item) else { return Vec::new() };
        let (pending, now) = (acting.pending, acting.now);
        let from = self.state_of(item, pending).unwrap_or(known.state);
        if let Err(refusal) = from.after(change.action, change.reason.as_deref()) {
            self.refusal = Some((item.clone(), refusal));
            return Vec::new();
        }
        let author = Author { person, citizen: view.value.row.citizen, at: now };
        let Some(draft) = Pending::draft_item(author, &view.value, known, &change) else { return Vec::new() };
        // A new judgement takes the place of one that was refused.
        let refused = pending.item(self.id, item).filter(PendingItem::is_refused).map(|p| Effect::Discard(p.entry.id));
        refused.into_iter().chain([Effect::Enqueue(Box::new(draft))]).collect()
    }

    /// The same judgement in other words, in the place of the one that waits or was refused.
    fn reworded(&self, id: CommandId, item: &ItemId, change: &ItemChange, acting: Acting<'_>) -> Vec<Effect> {
        let draft = self.view.value().and_then(|view| {
            let known = view.value.items.iter().find(|one| one.id == *item)?;
            Pending::draft_item(acting.author(view.value.row.citizen)?, &view.value, known, change)
        });
        draft.map(|draft| Effect::Replace(id, Box::new(draft))).into_iter().collect()
    }

    /// Opens the dialog with what was typed, whatever the item's state: the judgement is there already.
    fn lay_reason(&mut self, item: &ItemId, action: ItemAction) {
        let typed = |d: &ReasonDialog| d.item == *item && d.action == action;
        let Some(at) = self.drafts.iter().rposition(typed).filter(|_| self.dialog.is_none()) else { return };
        self.selected = Some(item.clone());
        self.dialog = Some(self.drafts.remove(at));
    }

    /// The words of a judgement in the outbox are changed; what was typed to that end before comes back.
    pub(crate) fn reword(&mut self, entry: &Entry, acting: Acting<'_>) -> Vec<Effect> {
        let Label::Item { item_id, action, reason, .. } = &entry.draft.label else {
            self.work.lays = Some(work::Laid::Edit(Box::new(entry.clone())));
            return self.lay_again(acting);
        };
        if !self.drafts.iter().any(|d| d.replaces == Some(entry.id)) {
            let (item, text) = (item_id.clone(), reason.clone().unwrap_or_default());
            let replaces = Some(entry.id);
            self.drafts.push(ReasonDialog { item, action: *action, text, error: None, then: Then::Nothing, replaces });
        }
        self.work.lays = Some(work::Laid::Reason(item_id.clone(), *action));
        self.lay_again(acting)
    }

    fn state_of(&self, item: &ItemId, pending: &Pending) -> Option<ItemState> {
        self.items(pending).iter().find(|s| s.item.id == *item).map(|s| match &s.pending {
            Some(change) if change.is_refused() => s.item.state,
            _ => s.state,
        })
    }

    /// A judgement was confirmed: item and sums follow at once, without asking.
    pub(crate) fn confirmed(&mut self, changed: &ItemChanged) {
        if changed.case.id != self.id {
            return;
        }
        if let Some(view) = self.view.value_mut() {
            view.value.row = changed.case.clone();
            view.etag = changed.case.etag.clone();
            if let Some(place) = view.value.items.iter_mut().find(|i| i.id == changed.item.id) {
                *place = changed.item.clone();
            }
        }
    }

    pub(crate) const fn generation(&self) -> u64 {
        self.generation
    }

    /// The answer to a question was kept on this machine.
    pub(crate) fn aged(&mut self, ticket: Ticket, as_of: Timestamp, why: &ClientError) {
        if ticket.generation == self.generation && ticket.slot == CASE {
            self.view.aged(as_of, why);
        }
    }

    pub(crate) fn replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) {
        if ticket.generation != self.generation {
            return;
        }
        if let Some(need) = missing_in(&reply) {
            ask_why(&mut self.need, need, &self.purpose);
        }
        match reply {
            Reply::Case(answer) => {
                self.view.answer(*answer, now);
                if let Some(view) = self.view.value() {
                    self.presence.others.clone_from(&view.value.others);
                }
                self.choose_first();
            }
            Reply::Page(key, drawn) => self.pane.drawn(key, drawn),
            Reply::Presence(Ok(presences)) => self.presence.others = presences.others,
            _ => {}
        }
    }

    /// A case that has come opens at the item it was opened for, else at the first that is open.
    fn choose_first(&mut self) {
        if self.selected.is_some() {
            return;
        }
        let wanted = self.wanted.take();
        self.selected = self.view.value().and_then(|v| {
            let items = ordered(&v.value);
            if let Some(item) = wanted.filter(|id| items.iter().any(|item| item.id == *id)) {
                return Some(item);
            }
            let open = items.iter().find(|i| !i.state.is_settled());
            open.or_else(|| items.first()).map(|i| i.id.clone())
        });
    }
}

/// The items in their groups, and in the catalogue's order within each.
fn ordered(view: &CaseView) -> Vec<&ItemView> {
    let mut items: Vec<&ItemView> = view.items.iter().collect();
    items.sort_by_key(|item| item.group);
    items
}

fn shown<'a>(view: &'a CaseView, pending: &'a Pending) -> Vec<ItemShown<'a>> {
    let case = view.row.id;
    let asked: Vec<ItemId> = pending
        .case_deeds(case)
        .filter(|(_, entry)| entry.state.problem().is_none())
        .filter_map(|(_, entry)| asked_by(entry))
        .flatten()
        .filter(|item| item.case == case)
        .map(|item| item.item)
        .collect();
    let one = |item: &'a ItemView| {
        let change = pending.item(case, &item.id);
        let asked = change.is_none() && asked.contains(&item.id) && item.state.awaits_citizen();
        let (state, reason) = match &change {
            Some(change) => (change.action.target(), change.reason),
            None if asked => (ItemState::Requested, None),
            None => (item.state, item.reason.as_deref()),
        };
        ItemShown { item, state, reason, pending: change, asked }
    };
    ordered(view).into_iter().map(one).collect()
}
