//! The case page: the checklist as the server knows it with the clerk's own unsent judgements on top. What does not live here: the
//! outbox itself, booking.

pub mod conflict;
pub mod pane;
pub mod request;
pub mod work;

use jiff::Timestamp;
use skranke_api::Purpose;
use skranke_api::cases::{CaseView, ItemChange, ItemChanged, ItemView};
use skranke_client::http::Tagged;
use skranke_client::outbox::Author;
use skranke_domain::checklist::{ItemAction, ItemRefusal, ItemState, REASON_CHARS};
use skranke_domain::readiness::Readiness;
use skranke_domain::{CaseId, ItemId};

use self::conflict::{Conflict, ConflictInput};
use self::pane::{Pane, PaneInput};
use self::request::{RequestInput, RequestPanel};
use self::work::{Work, WorkInput};
use crate::acting::Acting;
use crate::ask::{Question, Reply};
use crate::citizen::Step;
use crate::effect::{Effect, Room, Ticket};
use crate::load::Load;
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
}

/// The dialog that asks why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonDialog {
    /// The item it is about.
    pub item: ItemId,
    /// What is about to be done.
    pub action: ItemAction,
    /// What is typed.
    pub text: String,
    /// Why it does not do yet.
    pub error: Option<ItemRefusal>,
}

/// The page of one case.
#[derive(Clone, Debug)]
pub struct CasePage {
    /// Which.
    pub id: CaseId,
    /// Why it was opened.
    pub purpose: Purpose,
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
            view: Load::Idle,
            selected: None,
            wanted: None,
            dialog: None,
            refusal: None,
            request: RequestPanel::default(),
            pane: Pane::default(),
            work: Work::default(),
            conflict: None,
            drafts: Vec::new(),
            stand,
            generation,
        };
        let effects = page.ask(now);
        (page, effects)
    }

    /// Asks for the case (again).
    pub(crate) fn ask(&mut self, now: Timestamp) -> Vec<Effect> {
        self.view.ask(now);
        let ticket = Ticket { room: Room::Case(self.stand), generation: self.generation, slot: CASE };
        vec![Effect::Ask(ticket, Question::Case(self.id, self.purpose.clone()))]
    }

    /// The checklist with unsent judgements on top, in the catalogue's order.
    #[must_use]
    pub fn items<'a>(&'a self, pending: &'a Pending) -> Vec<ItemShown<'a>> {
        let Some(view) = self.view.value() else { return Vec::new() };
        view.value
            .items
            .iter()
            .map(|item| match pending.item(self.id, &item.id) {
                Some(change) => {
                    ItemShown { item, state: change.action.target(), reason: change.reason, pending: Some(change) }
                }
                None => ItemShown { item, state: item.state, reason: item.reason.as_deref(), pending: None },
            })
            .collect()
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
            CaseInput::Reason(text) => {
                if let Some(dialog) = &mut self.dialog {
                    dialog.text = text;
                    dialog.error = None;
                }
                Vec::new()
            }
            CaseInput::Confirm => self.confirm(acting),
            CaseInput::Request(input) => self.request.update(input, acting),
            CaseInput::Pane(input) => self.pane.update(input, acting),
            CaseInput::Work(input) => self.work.update(input, acting),
            CaseInput::Conflict(input) => match &mut self.conflict {
                Some(conflict) => conflict.update(input, acting),
                None => Vec::new(),
            },
            CaseInput::Cancel => {
                if let Some(dialog) = self.dialog.take().filter(|d| !d.text.trim().is_empty()) {
                    self.drafts.retain(|d| (&d.item, d.action) != (&dialog.item, dialog.action));
                    self.drafts.push(dialog);
                }
                Vec::new()
            }
        }
    }

    fn step(&mut self, step: Step) {
        self.refusal = None;
        let Some(view) = self.view.value() else { return };
        let items = &view.value.items;
        let at = self.selected.as_ref().and_then(|id| items.iter().position(|i| i.id == *id));
        if let Some(to) = step.from(at, items.len()) {
            self.selected = Some(items[to].id.clone());
        }
    }

    fn judge(&mut self, action: ItemAction, acting: Acting<'_>) -> Vec<Effect> {
        self.refusal = None;
        let Some(item) = self.selected.clone() else { return Vec::new() };
        if !self.view.value().is_some_and(|v| v.value.may.judge_items) {
            return Vec::new();
        }
        if action.needs_reason() {
            let from = self.state_of(&item, acting.pending);
            // What the rule says apart from the reason, which is asked for next.
            if let Some(refusal) = from.and_then(|s| s.after(action, Some("…")).err()) {
                self.refusal = Some((item, refusal));
                return Vec::new();
            }
            let draft = self.drafts.iter().position(|d| d.item == item && d.action == action);
            self.dialog = Some(match draft {
                Some(at) => self.drafts.remove(at),
                None => ReasonDialog { item, action, text: String::new(), error: None },
            });
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
        self.send(&dialog.item, change, acting)
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

    pub(crate) fn replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) {
        if ticket.generation != self.generation {
            return;
        }
        if let Reply::Case(answer) = reply {
            self.view.answer(*answer, now);
            if self.selected.is_none() {
                let wanted = self.wanted.take();
                self.selected = self.view.value().and_then(|v| {
                    let items = &v.value.items;
                    if let Some(item) = wanted.filter(|id| items.iter().any(|item| item.id == *id)) {
                        return Some(item);
                    }
                    let open = v.value.items.iter().find(|i| !i.state.is_settled());
                    open.or_else(|| v.value.items.first()).map(|i| i.id.clone())
                });
            }
        }
    }
}
