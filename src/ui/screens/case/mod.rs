//! The case page: steps, checklist, the chosen item, history. What lives here: scrolling, which parts are drawn where. What does not: the
//! checklist with its unsent judgements (the desk's case page).

mod checklist;
mod conflict;
mod decision;
mod detail;
mod head;
mod latest;
mod pane;
pub mod reason;
mod request;
pub mod words;
mod work;

use iced::widget::{column, container, row};
use iced::{Length, Task};
use skranke_desk::case::CaseInput;
use skranke_desk::case::conflict::ConflictInput;
use skranke_desk::case::pane::PaneInput;
use skranke_desk::case::request::RequestInput;
use skranke_desk::case::work::WorkInput;
use skranke_desk::citizen::Step;
use skranke_desk::{Desk, Input, Load, Place};
use skranke_domain::ItemId;
use skranke_domain::checklist::ItemAction;

use super::{Action, Key, Scene, sentence};
use crate::focus::FocusId;
use crate::i18n::Texts;
use crate::theme::scale::{space, width};
use crate::widget::{Element, hline, panel::surface, scroll, skeleton_row, vline};

/// The checklist: one stop, arrows move within.
pub const CHECKLIST: FocusId = FocusId::new("case/checklist");

/// The page's own state.
#[derive(Clone, Debug, Default)]
pub struct CaseScreen;

/// What happens on the page.
#[derive(Clone, Debug)]
pub enum Message {
    /// An item was chosen.
    Select(ItemId),
    /// The next or previous item.
    Step(Step),
    /// Judge the chosen item.
    Judge(ItemAction),
    /// Book its attendance.
    Book,
    /// Ask again.
    AskAgain,
    /// To the citizen.
    Citizen,
    /// Send a refused judgement again.
    Retry(skranke_domain::CommandId),
    /// Throw a refused judgement away.
    Discard(skranke_domain::CommandId),
    /// In the panel that asks for what is missing.
    Request(RequestInput),
    /// In the pane that shows a document.
    Pane(PaneInput),
    /// On the sheets.
    Work(WorkInput),
    /// In the dialog that settles a conflict.
    Conflict(ConflictInput),
}

impl CaseScreen {
    /// Takes what happened.
    pub fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        use skranke_desk::pending::PendingInput;
        let case = |input| Action::Desk(Input::Case(input));
        match message {
            Message::Select(item) => case(CaseInput::Select(item)),
            Message::Step(step) => {
                let reveal = stepped(desk, step).map_or_else(Task::none, |id| crate::focus::reveal_task(&item_id(&id)));
                Action::Both(Input::Case(CaseInput::Step(step)), reveal)
            }
            Message::Judge(action) => case(CaseInput::Judge(action)),
            Message::Book => Action::Desk(Input::BeginBooking),
            Message::AskAgain => case(CaseInput::AskAgain),
            Message::Citizen => match (desk.citizen(), desk.case()) {
                (Some(citizen), Some(case)) if citizen_of(case) == Some(citizen.id) => {
                    Action::Desk(Input::Go(Place::Citizen))
                }
                (_, Some(case)) => match citizen_of(case) {
                    Some(id) => Action::Desk(Input::OpenCitizen(id, case.purpose.clone())),
                    None => Action::None,
                },
                _ => Action::None,
            },
            Message::Retry(id) => Action::Desk(Input::Pending(PendingInput::Retry(id))),
            Message::Request(input) => case(CaseInput::Request(input)),
            Message::Pane(input) => case(CaseInput::Pane(input)),
            Message::Work(input) => case(CaseInput::Work(input)),
            Message::Conflict(input) => case(CaseInput::Conflict(input)),
            Message::Discard(id) => Action::Desk(Input::Pending(PendingInput::Discard(id))),
        }
    }

    /// The page's keys.
    #[must_use]
    pub fn keys(&self, desk: &Desk, texts: &Texts) -> Vec<Key<Message>> {
        let view = desk.case().and_then(|page| page.view.value());
        let may = view.map(|v| v.value.may);
        let why = match may {
            None => Some(texts.t("case-not-here-yet")),
            Some(may) if !may.judge_items => Some(texts.t("case-may-not-judge")),
            Some(_) => None,
        };
        let no_booking = match (may, view) {
            (None, _) | (_, None) => Some(texts.t("case-not-here-yet")),
            (Some(may), _) if !may.book => Some(texts.t("case-may-not-book")),
            (_, Some(view)) if view.value.attendance_minutes.is_none() => Some(texts.t("case-nobody-attends")),
            _ => None,
        };
        vec![
            Key::in_place("↓", "case-key-item", Message::Step(Step::Next)),
            Key::in_place("↑", "case-key-item", Message::Step(Step::Previous)),
            Key::bar("A", "case-key-approve", Message::Judge(ItemAction::Approve)).disabled(why.clone()),
            Key::bar("X", "case-key-reject", Message::Judge(ItemAction::Reject)).disabled(why.clone()),
            Key::bar("U", "case-key-not-needed", Message::Judge(ItemAction::NotApplicable)).disabled(why.clone()),
            Key::bar("I", "case-key-waive", Message::Judge(ItemAction::Waive)).disabled(why.clone()),
            Key::bar("O", "case-key-reopen", Message::Judge(ItemAction::Reopen)).disabled(why),
            Key::bar("B", "case-key-book", Message::Book).disabled(no_booking),
            Key::in_place("F5", "case-key-ask-again", Message::AskAgain),
        ]
    }

    /// The page.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let Scene { look, desk } = scene;
        let t = look.tokens;
        let Some(page) = desk.case() else { return column![].into() };
        let Some(view) = page.view.value() else {
            let inside: Element<'a, Message> = match &page.view {
                Load::Failed { error, .. } => sentence::failed(look, error, Message::AskAgain),
                _ => column((0..6).map(|n| skeleton_row(look, n))).into(),
            };
            return surface(t.surface, container(inside).padding(space::S24))
                .width(Length::Fill)
                .height(Length::Fill)
                .into();
        };
        let head = head::view(scene, page, view);
        let list = checklist::view(scene, page);
        let detail = pane::view(scene, page).unwrap_or_else(|| detail::view(scene, page, view));
        let left = surface(t.surface, list).width(width::CASE_LEFT).height(Length::Fill);
        let middle = surface(t.bg, scroll(look, "case/detail", container(detail).padding(space::S16)))
            .width(Length::Fill)
            .height(Length::Fill);
        let mut body = row![left, vline(look, Length::Fill), middle];
        if look.is_wide() {
            let inside = column![request::view(scene, page), decision::view(scene, page), latest::view(scene, view)];
            let right = scroll(look, "case/latest", inside);
            body = body
                .push(vline(look, Length::Fill))
                .push(surface(t.surface, right).width(width::CASE_RIGHT).height(Length::Fill));
        }
        column![head, hline(look), body].height(Length::Fill).into()
    }
}

fn citizen_of(page: &skranke_desk::case::CasePage) -> Option<skranke_domain::CitizenId> {
    page.view.value().map(|v| v.value.row.citizen)
}

/// The item that a step leads to.
fn stepped(desk: &Desk, step: Step) -> Option<ItemId> {
    let page = desk.case()?;
    let items = &page.view.value()?.value.items;
    let at = page.selected.as_ref().and_then(|id| items.iter().position(|i| i.id == *id));
    step.from(at, items.len()).map(|to| items[to].id.clone())
}

/// The id of an item's row.
#[must_use]
pub fn item_id(item: &ItemId) -> FocusId {
    CHECKLIST.child(item)
}
