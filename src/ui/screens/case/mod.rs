//! The case page: head, checklist, the chosen item or its document, and on the right what is asked for, the decision, the last lines. What
//! lives here: its keys, which parts are drawn where. What does not: the checklist with its unsent judgements (the desk's case page).

mod checklist;
mod conflict;
mod decision;
mod detail;
mod head;
mod latest;
pub mod over;
pub(crate) mod pane;
pub mod reason;
pub mod request;
mod sent;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
pub mod words;
mod work;

pub(crate) use work::kind_word;

use iced::widget::{column, container, opaque, row, space as gap, stack};
use iced::{Length, Task};
use jiff::civil::Date;
use skranke_api::cases::CaseView;
use skranke_desk::case::conflict::ConflictInput;
use skranke_desk::case::pane::PaneInput;
use skranke_desk::case::request::{ChangeKind, RequestInput};
use skranke_desk::case::work::{WorkInput, WorkKind};
use skranke_desk::case::{CaseInput, CasePage};
use skranke_desk::citizen::Step;
use skranke_desk::uploads::UploadsInput;
use skranke_desk::{Desk, Input, Load, Place};
use skranke_domain::case::Phase;
use skranke_domain::checklist::{ItemAction, ItemState};
use skranke_domain::{CaseId, ItemId};

use super::need::why::{Right, may_not};
use super::{Action, Key, Scene, guide, sentence};
use crate::focus::{FocusId, Role};
use crate::i18n::Texts;
use crate::theme::scale::{space, width};
use crate::widget::{Element, hline, panel::surface, scroll, skeleton_row, vline};

/// The checklist: one stop, arrows move within.
pub const CHECKLIST: FocusId = FocusId::new("case/checklist");

/// The left column where the right one is a drawer.
pub(crate) const LEFT_NARROW: f32 = 340.0;

/// What the right side shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Side {
    /// Where there is room for a column what belongs there; else nothing.
    #[default]
    Closed,
    /// What belongs there, over the page.
    Open,
    /// All of what happened.
    History,
}

impl Side {
    const fn is_open(self) -> bool {
        !matches!(self, Self::Closed)
    }
}

/// The page's own state.
#[derive(Clone, Debug, Default)]
pub struct CaseScreen {
    /// Whether there is room for the right column beside the page; told by the window.
    pub wide: bool,
    /// The day, told by the window.
    pub today: Option<Date>,
    /// The pages of documents that were drawn.
    pub shelf: pane::Shelf,
    side: Side,
    /// Whose guide stands in the middle, in the place of its papers.
    guide: Option<CaseId>,
    /// Whose side it is: another case begins as it always does.
    of: Option<CaseId>,
}

/// What happens on the page.
#[derive(Clone, Debug)]
pub enum Message {
    /// An item was chosen.
    Select(ItemId),
    /// The next or previous item.
    Step(Step),
    /// Judge the chosen item.
    Judge(ItemAction),
    /// Ask for the chosen item.
    Ask,
    /// Book its attendance.
    Book,
    /// Ask again.
    AskAgain,
    /// To the citizen.
    Citizen,
    /// The next or previous case of the list.
    Next(Step),
    /// The right column where it is a drawer, or all of what happened.
    Side,
    /// All of what happened, or the last lines again.
    History,
    /// The guide to this kind of case beside it, or its papers again.
    Guide,
    /// Something on the guide's page.
    OnGuide(guide::Message),
    /// Send a refused judgement again.
    Retry(skranke_domain::CommandId),
    /// Throw a refused judgement away.
    Discard(skranke_domain::CommandId),
    /// In the panel that asks for what is missing.
    Request(RequestInput),
    /// In the pane that shows a document.
    Pane(PaneInput),
    /// Of documents on their way.
    Uploads(UploadsInput),
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
                let to = desk.case().and_then(|page| page.stepped(step));
                let reveal = to.map_or_else(Task::none, |id| crate::focus::reveal_task(&item_id(&id)));
                Action::Both(Input::Case(CaseInput::Step(step)), reveal)
            }
            Message::Judge(action) => case(CaseInput::Judge(action)),
            Message::Ask => self.ask(desk),
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
            Message::Next(step) => Action::Desk(Input::NextCase(step)),
            Message::Side => {
                let (shut, open) = if self.wide { (Side::Closed, Side::History) } else { (Side::Closed, Side::Open) };
                let was_open = self.side(desk).is_open();
                self.show(desk, if was_open { shut } else { open });
                // The keyboard does not stay in what is gone.
                if was_open { Action::Focus(None, CHECKLIST, Role::List) } else { Action::None }
            }
            Message::History => {
                let shown = self.side(desk);
                self.show(desk, if shown == Side::History { Side::Open } else { Side::History });
                Action::None
            }
            Message::Guide => {
                let here = desk.case().map(|page| page.id);
                self.guide = here.filter(|_| self.guide != here);
                Action::None
            }
            Message::OnGuide(guide::Message::Copy(address)) => Action::Run(iced::clipboard::write(address)),
            Message::OnGuide(_) => Action::None,
            Message::Retry(id) => Action::Desk(Input::Pending(PendingInput::Retry(id))),
            Message::Request(input) => {
                let form = matches!(&input, RequestInput::Change(_, ChangeKind::Extend | ChangeKind::Close));
                let input = Input::Case(CaseInput::Request(input));
                if form { Action::Focus(Some(input), sent::TYPED, Role::TextField) } else { Action::Desk(input) }
            }
            Message::Pane(input) => case(CaseInput::Pane(input)),
            Message::Uploads(input) => Action::Desk(Input::Uploads(input)),
            Message::Work(input) => case(CaseInput::Work(input)),
            Message::Conflict(input) => case(CaseInput::Conflict(input)),
            Message::Discard(id) => Action::Desk(Input::Pending(PendingInput::Discard(id))),
        }
    }

    /// The chosen item is asked for, and the keyboard goes where the letter is. What came is rejected first, in a dialog of its own.
    fn ask(&mut self, desk: &Desk) -> Action<Message> {
        let ask = Input::Case(CaseInput::Ask);
        let Some(page) = desk.case() else { return Action::None };
        let items = page.items(&desk.pending);
        let chosen = items.iter().find(|shown| Some(&shown.item.id) == page.selected.as_ref());
        if chosen.is_some_and(|shown| shown.state == ItemState::Received) {
            return Action::Desk(ask);
        }
        self.show(desk, Side::Open);
        let papers = page.request.letter.as_ref().map(|letter| letter.papers.as_slice()).unwrap_or_default();
        let here = papers.iter().find(|paper| Some(&paper.item) == page.selected.as_ref()).or_else(|| papers.first());
        match here {
            Some(paper) => Action::Focus(Some(ask), request::paper_id(&paper.item), Role::CheckBox),
            None => Action::Desk(ask),
        }
    }

    fn side(&self, desk: &Desk) -> Side {
        if self.of.is_some() && self.of == desk.case().map(|page| page.id) { self.side } else { Side::Closed }
    }

    fn show(&mut self, desk: &Desk, side: Side) {
        self.side = side;
        self.of = desk.case().map(|page| page.id);
    }

    /// The page's keys.
    #[must_use]
    pub fn keys(&self, desk: &Desk, texts: &Texts) -> Vec<Key<Message>> {
        let view = desk.case().and_then(|page| page.view.value());
        let may = view.map(|v| v.value.may);
        // What nobody may any more is no matter of her role.
        let closed = view.is_some_and(|v| v.value.row.phase == Phase::Closed);
        let without = |has: Option<bool>, right: Right| match (has, view) {
            (Some(true), _) => None,
            (Some(false), Some(view)) => Some(may_not(desk, texts, (&view.value, right), self.today)),
            _ => Some(texts.t("case-not-here-yet")),
        };
        let why = without(may.map(|may| may.judge_items), Right::Judge);
        let no_work = without(may.map(|may| may.work), Right::Work);
        let no_steer = without(may.map(|may| may.steer), Right::Steer);
        let no_booking = match may.map(|may| may.book) {
            None => Some(texts.t("case-not-here-yet")),
            Some(false) => Some(texts.t(if closed { "case-is-closed" } else { "case-may-not-book" })),
            Some(true) => None,
        };
        let no_booking = no_booking.or_else(|| {
            let nobody = view.is_some_and(|view| view.value.attendance_minutes.is_none());
            nobody.then(|| texts.t("case-nobody-attends"))
        });
        let beside = |step, word| {
            let page = desk.case();
            let other = page.and_then(|page| page.neighbours.beside(page.id, step));
            other.is_none().then(|| texts.t(word))
        };
        let side = self.side(desk);
        // The letter is sent from where it can be read alone.
        let unread =
            (side == Side::History || (!self.wide && !side.is_open())).then(|| texts.t("request-not-in-sight"));
        let work = |kind| Message::Work(WorkInput::Open(kind));
        let mut keys = vec![
            Key::in_place("↓", "case-key-item", Message::Step(Step::Next)),
            Key::in_place("↑", "case-key-item", Message::Step(Step::Previous)),
            Key::in_place("A", "case-key-approve", Message::Judge(ItemAction::Approve)).disabled(why.clone()),
            Key::in_place("X", "case-key-reject", Message::Judge(ItemAction::Reject)).disabled(why.clone()),
            Key::in_place("U", "case-key-not-needed", Message::Judge(ItemAction::NotApplicable)).disabled(why.clone()),
            Key::in_place("I", "case-key-waive", Message::Judge(ItemAction::Waive)).disabled(why.clone()),
            Key::in_place("O", "case-key-reopen", Message::Judge(ItemAction::Reopen)).disabled(why),
            Key::in_place("D", "case-key-ask", Message::Ask).disabled(no_work.clone()),
            Key::in_place("Ctrl ↵", "request-send", Message::Request(RequestInput::Send))
                .disabled(no_work.clone().or(unread)),
            Key::in_place("Y", "case-key-latest", Message::Side),
            Key::bar("J", "case-key-next", Message::Next(Step::Next)).disabled(beside(Step::Next, "case-last-of-list")),
            Key::bar("K", "case-key-previous", Message::Next(Step::Previous))
                .disabled(beside(Step::Previous, "case-first-of-list")),
            Key::bar("N", "case-key-note", work(WorkKind::Note)).disabled(no_work),
            Key::bar("R", "case-key-assign", work(WorkKind::Assign)).disabled(no_steer),
            Key::bar("B", "case-key-book", Message::Book).disabled(no_booking),
            Key::bar("P", "case-key-print", Message::Work(WorkInput::Summary))
                .disabled(view.is_none().then(|| texts.t("case-not-here-yet"))),
            Key::in_place("H", "case-key-guide", Message::Guide),
            Key::in_place("F5", "case-key-ask-again", Message::AskAgain),
        ];
        keys.extend(pane::keys(desk, texts, self.today));
        keys.extend(decision::keys(desk, texts, self.today));
        if side.is_open() {
            keys.push(Key::in_place("Esc", "case-key-close-side", Message::Side));
        }
        keys
    }

    /// The page.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let Scene { look, desk } = scene;
        let t = look.tokens;
        // Nothing of it is there before it is said why.
        let Some(page) = desk.case().filter(|page| !page.is_shut()) else {
            return surface(t.bg, gap()).width(Length::Fill).height(Length::Fill).into();
        };
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
        let side = self.side(desk);
        let wide = look.is_wide();
        let list = checklist::view(scene, page, &view.value);
        let left = if wide { width::CASE_LEFT } else { LEFT_NARROW };
        let left = surface(t.surface, list).width(left).height(Length::Fill);
        let middle = match self.guide == Some(page.id) {
            true => beside(scene, &view.value),
            false => pane::view(&self.shelf, scene, page, || detail::view(scene, page, view)),
        };
        let mut body = row![left, vline(look, Length::Fill), middle];
        if wide {
            body = body.push(vline(look, Length::Fill)).push(right(scene, page, &view.value, side));
        }
        let mut body = stack![body].width(Length::Fill).height(Length::Fill);
        if !wide && side.is_open() {
            let drawer = row![vline(look, Length::Fill), right(scene, page, &view.value, side)];
            body = body.push(row![gap().width(Length::Fill), opaque(drawer)]);
        }
        let head = head::view(scene, side, page, view);
        column![head, hline(look), body].height(Length::Fill).into()
    }
}

/// What is asked for, the decision, and the last lines; or all lines in their place.
fn right<'a>(scene: Scene<'a>, page: &'a CasePage, view: &'a CaseView, side: Side) -> Element<'a, Message> {
    let look = scene.look;
    let inside: Element<'a, Message> = if side == Side::History {
        latest::all(scene, view)
    } else {
        let parts = column![request::view(scene, page, view), hline(look), decision::view(scene, page)];
        let parts = scroll(look, "case/right", parts).height(Length::Fill);
        column![parts, hline(look), latest::few(scene, view)].height(Length::Fill).into()
    };
    surface(look.tokens.surface, inside).width(width::CASE_RIGHT).height(Length::Fill).into()
}

/// The guide to this kind of case, in the middle.
fn beside<'a>(scene: Scene<'a>, case: &'a CaseView) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let id = skranke_desk::guide::of_procedure(&desk.session, &case.row.procedure);
    let page: Element<'a, Message> = match skranke_desk::guide::entry(&desk.session, &id) {
        Some(one) => guide::page::narrow(scene, one).map(Message::OnGuide),
        None => look.second(look.t("guide-not-written")).into(),
    };
    let page = scroll(look, "case/guide", container(page).padding(space::S16)).height(Length::Fill);
    surface(look.tokens.bg, page).width(Length::Fill).height(Length::Fill).into()
}

fn citizen_of(page: &CasePage) -> Option<skranke_domain::CitizenId> {
    page.view.value().map(|v| v.value.row.citizen)
}

/// The id of an item's row.
#[must_use]
pub fn item_id(item: &ItemId) -> FocusId {
    CHECKLIST.child(item)
}
