//! The citizen page: who she is, which sources answered, her life situations with their cases, her next appointment and her contacts.
//! What lives here: what is unfolded, where the parts are drawn. What does not: what is known of her (the desk's citizen page).

mod case_row;
pub mod course;
mod follows;
mod identity;
mod missing;
mod narrow;
mod offline;
mod plan;
pub(crate) mod proposed;
pub(in crate::screens) mod say;
mod settle;
pub(crate) mod sheets;
mod side;
mod situations;
mod sources;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod tests;
mod timeline;
mod unknown;

use iced::widget::{column, row as across, space as gap, stack};
use iced::{Length, Task};
use skranke_api::Purpose;
use skranke_api::citizens::{AddressView, HiddenField};
use skranke_desk::citizen::{CitizenInput, CitizenPage, Step};
use skranke_desk::need::glass::GlassInput;
use skranke_desk::need::without_words;
use skranke_desk::offline::WaitsForLine;
use skranke_desk::sheets::{Opening, SheetInput, Target};
use skranke_desk::{Desk, Input, Place};
use skranke_domain::{CaseId, CitizenId, DepartmentId, SituationId};

use self::course::Course;
use self::plan::{Plan, Sight};
pub(crate) use self::say::{language, representation};
use super::need::glass;
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

/// The page's own state.
#[derive(Clone, Debug, Default)]
pub struct CitizenScreen {
    /// Which hidden field was asked for last: a refusal does not say.
    asked: Option<HiddenField>,
    /// All facts are unfolded (`I`).
    facts: bool,
    /// The right column is not as the width has it (`Y`): hidden where there is room, a drawer where there is none.
    side_turned: bool,
    /// What of the list of cases is in sight.
    sight: Sight,
    /// What of the right column is unfolded and chosen.
    course: Course,
    /// The source that the arrows act on.
    source: usize,
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
    /// Settle the first, second or third thing that can be settled now.
    Settle(usize),
    /// Book an attendance for the chosen case.
    Book,
    /// Ask every source again.
    AskAgain,
    /// Show what is not sent.
    Outbox,
    /// Open a sheet over the page.
    Sheet(Opening),
    /// Something for the desk's page as it is.
    Page(CitizenInput),
    /// Several things for the desk's page, in order.
    Pages(Vec<CitizenInput>),
    /// All facts, or the essentials.
    Facts,
    /// The right column.
    Side,
    /// So many windows full further down the cases.
    Leaf(isize),
    /// The first case, or the last.
    End(Step),
    /// The list of cases was scrolled.
    Scrolled(Sight),
    /// In the right column.
    Course(course::Message),
    /// A source was chosen.
    Source(usize),
    /// Open in an emergency what a department withholds.
    Glass(Option<DepartmentId>),
}

/// The id of a case's row.
#[must_use]
pub fn case_id(case: CaseId) -> FocusId {
    CASES.child(case)
}

impl CitizenScreen {
    /// Takes what happened.
    pub fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        let page = desk.citizen();
        let citizen = |input| Action::Desk(Input::Citizen(input));
        match message {
            Message::Select(case) => citizen(CitizenInput::Select(case)),
            Message::Step(step) => match page.and_then(|page| self.stepped(page, desk, |at, len| step.from(at, len))) {
                Some((case, shown)) => Action::Both(Input::Citizen(CitizenInput::Select(case)), shown),
                None => Action::None,
            },
            Message::Leaf(by) => {
                // A window full of rows is far fewer than the range holds.
                let row = plan::density(desk.settings.density).row_height();
                let rows = ((self.sight.height() / row).floor() as isize - 1).max(1).saturating_mul(by);
                let to = |at: Option<usize>, len: usize| {
                    Some(at.unwrap_or(0).saturating_add_signed(rows).min(len.checked_sub(1)?))
                };
                match page.and_then(|page| self.stepped(page, desk, to)) {
                    Some((case, shown)) => Action::Both(Input::Citizen(CitizenInput::Select(case)), shown),
                    None => Action::None,
                }
            }
            Message::End(end) => {
                let to = |_: Option<usize>, len: usize| match end {
                    Step::Next => len.checked_sub(1),
                    Step::Previous => (len > 0).then_some(0),
                };
                match page.and_then(|page| self.stepped(page, desk, to)) {
                    Some((case, shown)) => Action::Both(Input::Citizen(CitizenInput::Select(case)), shown),
                    None => Action::None,
                }
            }
            Message::Scrolled(sight) => {
                self.sight = sight;
                Action::None
            }
            Message::Course(message) => self.course.update(message, desk),
            Message::Glass(department) => Action::Desk(Input::Glass(GlassInput::Open(department))),
            Message::Source(at) => {
                self.source = at;
                Action::None
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
                // Somebody else, as far as anybody knows: what was said about this one is not said about her.
                Some(purpose) => Action::Desk(Input::OpenCitizen(id, without_words(&purpose))),
                None => Action::None,
            },
            Message::Fold(situation) => citizen(CitizenInput::Fold(situation)),
            Message::Reveal(field) => {
                self.asked = Some(field);
                citizen(CitizenInput::Reveal(field))
            }
            Message::Settle(n) => {
                page.and_then(|page| settle::opens(desk, page, n)).map_or(Action::None, Action::DeskAll)
            }
            Message::Book => Action::Desk(Input::BeginBooking),
            Message::AskAgain => citizen(CitizenInput::AskAgain),
            Message::Outbox => Action::Desk(Input::Go(Place::Outbox)),
            Message::Sheet(opening) => citizen(CitizenInput::Sheet(SheetInput::Open(opening))),
            Message::Page(input) => citizen(input),
            Message::Pages(inputs) => Action::DeskAll(inputs.into_iter().map(Input::Citizen).collect()),
            Message::Facts => {
                self.facts = !self.facts;
                Action::None
            }
            Message::Side => {
                self.side_turned = !self.side_turned;
                Action::None
            }
        }
    }

    /// The case that a step leads to, and how it comes into sight: as far as it needs where its row is drawn, else into the middle.
    fn stepped(
        &self,
        page: &CitizenPage,
        desk: &Desk,
        to: impl FnOnce(Option<usize>, usize) -> Option<usize>,
    ) -> Option<(CaseId, Task<Message>)> {
        let plan = Plan::of(page, plan::density(desk.settings.density));
        let order: Vec<CaseId> = plan.order().collect();
        let at = page.selected.and_then(|id| order.iter().position(|case| *case == id));
        let case = *order.get(to(at, order.len())?)?;
        let sight = self.sight.of(page.id);
        let shown = match plan.middle(case, sight).filter(|_| !plan.is_built(case, sight)) {
            Some(y) => {
                let to = iced::widget::scrollable::AbsoluteOffset { x: None, y: Some(y) };
                iced::widget::operation::scroll_to(CASES.child("scroll").widget(), to)
            }
            None => reveal_task(&case_id(case)),
        };
        Some((case, shown))
    }

    /// The page's keys.
    #[must_use]
    pub fn keys(&self, desk: &Desk, texts: &Texts) -> Vec<Key<Message>> {
        let page = desk.citizen();
        let chosen = page.and_then(CitizenPage::selected_row).is_some();
        let no_case = (!chosen).then(|| texts.t("citizen-no-case-chosen"));
        let no_booking = match desk.offline_refusal(WaitsForLine::Book) {
            Some(why) => Some(texts.t(crate::app::offline::waits(why.deed))),
            _ if !chosen => no_case.clone(),
            _ if desk.booking_subject().is_none() => Some(texts.t("citizen-book-nobody-attends")),
            _ => None,
        };
        let open = page.map(|page| page.open_papers(&desk.pending));
        let to_ask = |case| open.as_ref().is_some_and(|open| open.is_to_ask(case));
        let asked = page.and_then(|page| page.selected);
        let no_letter = (!to_ask(None)).then(|| texts.t("citizen-nothing-to-ask"));
        let no_request = no_case.clone().or_else(|| (!to_ask(asked)).then(|| texts.t("citizen-nothing-to-ask-here")));
        let situation = page.and_then(CitizenPage::selected_row).and_then(|row| row.case.situation);
        let no_situation = situation.is_none().then(|| texts.t("citizen-no-situation-chosen"));
        let follows_of = Message::Sheet(Opening::Situation(situation.map_or(Target::Choose, Target::Open)));
        let mut keys = vec![
            Key::in_place("↓", "citizen-key-down", Message::Step(Step::Next)),
            Key::in_place("↑", "citizen-key-up", Message::Step(Step::Previous)),
            Key::in_place("PgDn", "citizen-key-page-down", Message::Leaf(1)),
            Key::in_place("PgUp", "citizen-key-page-up", Message::Leaf(-1)),
            Key::in_place("Home", "citizen-key-first", Message::End(Step::Previous)),
            Key::in_place("End", "citizen-key-last", Message::End(Step::Next)),
            Key::bar("↵", "citizen-key-open", Message::OpenSelected).disabled(no_case),
            Key::bar("B", "citizen-key-book", Message::Book).disabled(no_booking),
            Key::bar("N", "citizen-key-note", Message::Sheet(Opening::Note(None))),
            Key::bar("D", "citizen-key-ask", Message::Sheet(Opening::Letter(asked))).disabled(no_request),
            Key::bar("L", "citizen-key-letter", Message::Sheet(Opening::Letter(None))).disabled(no_letter),
            Key::bar("C", "citizen-key-situation", Message::Sheet(Opening::Situation(Target::Choose))),
            Key::in_place("+", "citizen-key-follows", follows_of).disabled(no_situation),
            Key::bar("M", "citizen-key-change", Message::Sheet(Opening::Change(None))),
            Key::bar("H", "citizen-key-handover", Message::Sheet(Opening::Handover(None))),
            Key::in_place("P", "citizen-key-promise", Message::Sheet(Opening::Promise)),
            Key::in_place("Q", "citizen-key-verify", Message::Sheet(Opening::Verify)),
            Key::in_place("E", "citizen-key-glass", Message::Glass(None)).disabled(glass::refusal(desk, texts)),
            Key::in_place("I", "citizen-key-facts", Message::Facts),
            Key::in_place("Y", "citizen-key-contacts", Message::Side),
            Key::main("W", "citizen-key-finish", Message::Sheet(Opening::WrapUp)),
            Key::in_place("V", "citizen-key-cpr", Message::Reveal(HiddenField::Cpr)),
        ];
        if page.and_then(|page| page.identity.value()).is_some_and(|known| known.address == AddressView::Protected) {
            keys.push(Key::in_place("A", "citizen-key-address", Message::Reveal(HiddenField::Address)));
        }
        keys.push(Key::in_place("F5", "citizen-key-ask-again", Message::AskAgain));
        if let (Some(page), Some(open)) = (page, &open) {
            keys.extend(settle::keys(desk, texts, page, open));
        }
        keys
    }

    /// The page.
    pub fn view<'a>(&self, scene: Scene<'_>) -> Element<'a, Message> {
        let Scene { look, desk } = scene;
        // Nothing of her is there before it is said why.
        let Some(page) = desk.citizen().filter(|page| !page.is_shut()) else {
            return surface(look.tokens.bg, gap()).width(Length::Fill).height(Length::Fill).into();
        };
        let mut top = column![identity::strip(self, scene, page)];
        top = top.extend(identity::notices(self, scene, page)).extend(glass::open_until(scene, page));
        if self.facts {
            top = top.push(identity::all_facts(scene, page));
        }
        top = top.push(sources::line(scene, page, self.source));
        let cases = column![].extend(settle::band(scene, page)).push(situations::list(scene, page, self.sight));
        let cases: Element<'a, Message> = cases.width(Length::Fill).height(Length::Fill).into();
        let body: Element<'a, Message> = match (look.is_wide(), self.side_turned) {
            (true, false) => across![cases, side::view(scene, page, &self.course)].height(Length::Fill).into(),
            (true, true) | (false, false) => cases,
            (false, true) => stack![cases, drawer(scene, page, &self.course)].height(Length::Fill).into(),
        };
        top.push(body).width(Length::Fill).height(Length::Fill).into()
    }
}

/// The right column over the cases, where there is no room beside them.
fn drawer<'a>(scene: Scene<'_>, page: &CitizenPage, course: &Course) -> Element<'a, Message> {
    let column = side::view(scene, page, course);
    let edge = scene.look.tokens.edge;
    let edge = surface(edge, gap().width(crate::theme::scale::stroke::LINE).height(Length::Fill));
    let lid = iced::widget::opaque(across![edge, column].width(width::CITIZEN_SIDE));
    across![gap().width(Length::Fill), lid].height(Length::Fill).into()
}

fn purpose(page: Option<&CitizenPage>) -> Option<Purpose> {
    page.map(|page| page.purpose.clone())
}

/// A rule down the page's height.
fn rule<'a>(scene: Scene<'_>) -> Element<'a, Message> {
    vline(scene.look, Length::Fill)
}
