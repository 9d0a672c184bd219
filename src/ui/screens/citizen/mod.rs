//! The citizen page: who she is, which sources answered, her life situations with their cases, her next appointment and her contacts.
//! What lives here: what is unfolded, where the parts are drawn. What does not: what is known of her (the desk's citizen page).

mod case_row;
mod identity;
mod narrow;
mod say;
mod side;
mod situations;
mod sources;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod tests;
mod unknown;

use iced::widget::{column, row as across, space as gap, stack};
use iced::{Length, Task};
use skranke_api::Purpose;
use skranke_api::citizens::{AddressView, HiddenField};
use skranke_desk::citizen::{CitizenInput, CitizenPage, Step};
use skranke_desk::session::Line;
use skranke_desk::{Desk, Input};
use skranke_domain::{CaseId, CitizenId, SituationId};

use super::{Action, Key, Scene};
use crate::focus::{FocusId, reveal_task};
use crate::i18n::Texts;
use crate::theme::scale::width;
use crate::widget::{Element, panel::surface, vline};

/// The list of cases: one stop, arrows move within.
pub const CASES: FocusId = FocusId::new("citizen/cases");
/// Where the keyboard is when the page opens.
pub const FIRST: FocusId = CASES;
/// The list of contacts.
pub const CONTACTS: FocusId = FocusId::new("citizen/contacts");

/// How far an arrow scrolls the contacts, in logical pixels.
const CONTACT_STEP: f32 = 60.0;

/// The page's own state.
#[derive(Clone, Debug, Default)]
pub struct CitizenScreen {
    /// Which hidden field was asked for last: a refusal does not say.
    asked: Option<HiddenField>,
    /// All facts are unfolded (`I`).
    facts: bool,
    /// The right column is not as the width has it (`Y`): hidden where there is room, a drawer where there is none.
    side_turned: bool,
}

/// What happens on the page.
#[derive(Clone, Debug)]
pub enum Message {
    /// A case was chosen.
    Select(CaseId),
    /// The next or previous case.
    Step(Step),
    /// Open the chosen case.
    OpenSelected,
    /// Open a case.
    Open(CaseId),
    /// Open another citizen: the one who carries the current number.
    OpenCitizen(CitizenId),
    /// Fold or unfold a life situation.
    Fold(SituationId),
    /// Show a hidden field, or hide it again.
    Reveal(HiddenField),
    /// Book an attendance for the chosen case.
    Book,
    /// Ask every source again.
    AskAgain,
    /// All facts, or the essentials.
    Facts,
    /// The right column.
    Side,
    /// Up or down in the contacts.
    Contacts(Step),
}

/// The id of a case's row.
#[must_use]
pub fn case_id(case: CaseId) -> FocusId {
    CASES.child(case)
}

impl CitizenScreen {
    /// Takes what happened.
    pub fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        let page = desk.citizen.as_ref();
        let citizen = |input| Action::Desk(Input::Citizen(input));
        match message {
            Message::Select(case) => citizen(CitizenInput::Select(case)),
            Message::Step(step) => {
                let reveal = page
                    .and_then(|page| stepped(page, step))
                    .map_or_else(Task::none, |case| reveal_task(&case_id(case)));
                Action::Both(Input::Citizen(CitizenInput::Step(step)), reveal)
            }
            Message::OpenSelected => {
                match page.and_then(|page| Some((page.selected_row()?.case.id, page.purpose.clone()))) {
                    Some((case, purpose)) => Action::Desk(Input::OpenCase(case, purpose)),
                    None => Action::None,
                }
            }
            Message::Open(case) => match purpose(page) {
                Some(purpose) => {
                    Action::DeskAll(vec![Input::Citizen(CitizenInput::Select(case)), Input::OpenCase(case, purpose)])
                }
                None => Action::None,
            },
            Message::OpenCitizen(id) => match purpose(page) {
                Some(purpose) => Action::Desk(Input::OpenCitizen(id, purpose)),
                None => Action::None,
            },
            Message::Fold(situation) => citizen(CitizenInput::Fold(situation)),
            Message::Reveal(field) => {
                self.asked = Some(field);
                citizen(CitizenInput::Reveal(field))
            }
            Message::Book => Action::Desk(Input::BeginBooking),
            Message::AskAgain => citizen(CitizenInput::AskAgain),
            Message::Facts => {
                self.facts = !self.facts;
                Action::None
            }
            Message::Side => {
                self.side_turned = !self.side_turned;
                Action::None
            }
            Message::Contacts(step) => {
                let y = match step {
                    Step::Next => CONTACT_STEP,
                    Step::Previous => -CONTACT_STEP,
                };
                let by = iced::widget::scrollable::AbsoluteOffset { x: 0.0, y };
                Action::Run(iced::widget::operation::scroll_by(CONTACTS.child("scroll").widget(), by))
            }
        }
    }

    /// The page's keys.
    #[must_use]
    pub fn keys(&self, desk: &Desk, texts: &Texts) -> Vec<Key<Message>> {
        let page = desk.citizen.as_ref();
        let chosen = page.and_then(CitizenPage::selected_row).is_some();
        let no_case = (!chosen).then(|| texts.t("citizen-no-case-chosen"));
        let no_booking = match desk.session.line {
            Line::Down { .. } => Some(texts.t("citizen-book-offline")),
            _ if !chosen => no_case.clone(),
            _ if desk.booking_subject().is_none() => Some(texts.t("citizen-book-nobody-attends")),
            _ => None,
        };
        let mut keys = vec![
            Key::in_place("↓", "citizen-key-down", Message::Step(Step::Next)),
            Key::in_place("↑", "citizen-key-up", Message::Step(Step::Previous)),
            Key::bar("↵", "citizen-key-open", Message::OpenSelected).disabled(no_case),
            Key::bar("B", "citizen-key-book", Message::Book).disabled(no_booking),
            Key::bar("I", "citizen-key-facts", Message::Facts),
            Key::bar("Y", "citizen-key-contacts", Message::Side),
            Key::in_place("V", "citizen-key-cpr", Message::Reveal(HiddenField::Cpr)),
        ];
        if page.and_then(|page| page.identity.value()).is_some_and(|known| known.address == AddressView::Protected) {
            keys.push(Key::in_place("A", "citizen-key-address", Message::Reveal(HiddenField::Address)));
        }
        keys.push(Key::in_place("F5", "citizen-key-ask-again", Message::AskAgain));
        keys
    }

    /// The page.
    pub fn view<'a>(&self, scene: Scene<'_>) -> Element<'a, Message> {
        let Scene { look, desk } = scene;
        let Some(page) = &desk.citizen else { return gap().into() };
        let mut top = column![identity::strip(self, scene, page)];
        top = top.extend(identity::notices(self, scene, page));
        if self.facts {
            top = top.push(identity::all_facts(scene, page));
        }
        top = top.push(sources::line(scene, page));
        let cases = situations::list(scene, page);
        let body: Element<'a, Message> = match (look.is_wide(), self.side_turned) {
            (true, false) => across![cases, side::view(scene, page)].height(Length::Fill).into(),
            (true, true) | (false, false) => cases,
            (false, true) => stack![cases, drawer(scene, page)].height(Length::Fill).into(),
        };
        top.push(body).width(Length::Fill).height(Length::Fill).into()
    }
}

/// The right column over the cases, where there is no room beside them.
fn drawer<'a>(scene: Scene<'_>, page: &CitizenPage) -> Element<'a, Message> {
    let column = side::view(scene, page);
    let edge = scene.look.tokens.edge;
    let edge = surface(edge, gap().width(crate::theme::scale::stroke::LINE).height(Length::Fill));
    let lid = iced::widget::opaque(across![edge, column].width(width::CITIZEN_SIDE));
    across![gap().width(Length::Fill), lid].height(Length::Fill).into()
}

fn purpose(page: Option<&CitizenPage>) -> Option<Purpose> {
    page.map(|page| page.purpose.clone())
}

/// The cases in the order in which they are shown, without those folded away.
fn order(page: &CitizenPage) -> Vec<CaseId> {
    let groups = page.groups();
    let open = groups.iter().filter(|group| !page.is_folded(group));
    open.flat_map(|group| group.rows.iter().map(|row| row.case.id)).collect()
}

/// The case that a step leads to.
fn stepped(page: &CitizenPage, step: Step) -> Option<CaseId> {
    let order = order(page);
    let at = page.selected.and_then(|id| order.iter().position(|case| *case == id));
    step.from(at, order.len()).map(|to| order[to])
}

/// A rule down the page's height.
fn rule<'a>(scene: Scene<'_>) -> Element<'a, Message> {
    vline(scene.look, Length::Fill)
}
