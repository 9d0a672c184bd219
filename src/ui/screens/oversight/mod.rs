//! The oversight for the team leader: the log, emergencies, who may what. What lives here: what keys and clicks mean, where the lists are scrolled to,
//! which parts lie where. What does not: the tables (`log`, `emergencies`, `rights`), what is laid over (`over`), what is asked (the desk's).

mod emergencies;
mod head;
mod log;
pub(crate) mod over;
mod rights;
mod table;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod words;

use iced::Length;
use iced::widget::{column, container, row};
use skranke_api::Purpose;
use skranke_api::access::Finding;
use skranke_api::purpose::PurposeKind;
use skranke_desk::citizen::Step;
use skranke_desk::figures::Exported;
use skranke_desk::oversight::{FilterChange, OversightInput, OversightPage, Tab};
use skranke_desk::{Desk, Input};
use skranke_domain::CitizenId;

use super::{Action, Key, Scene};
use crate::focus::FocusId;
use crate::i18n::Texts;
use crate::theme::scale::space;
use crate::widget::virtual_list::Scrolled;
use crate::widget::{Element, hline, scroll_to_row, vline};

/// The list of the open tab: one stop of the keyboard, the arrows move within it.
pub const FIRST: FocusId = FocusId::new("oversight/list");

/// The height of a row with its line.
const ROW: f32 = crate::theme::scale::height::TABLE;

/// The screen's own state: where the list of each tab is scrolled to.
#[derive(Clone, Copy, Debug, Default)]
pub struct OversightScreen {
    scrolled: [Scrolled; 3],
}

/// What happens on the screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// Something for the desk.
    Do(OversightInput),
    /// The next or previous row.
    Step(Step),
    /// A list was scrolled.
    Scrolled(Tab, Scrolled),
    /// Open the citizen whom the chosen row is about.
    OpenCitizen(CitizenId),
}

const fn of(input: OversightInput) -> Message {
    Message::Do(input)
}

const fn place(tab: Tab) -> usize {
    match tab {
        Tab::Log => 0,
        Tab::Emergencies => 1,
        Tab::Rights => 2,
    }
}

/// The row that the keys act on, and how many there are.
fn stand(page: &OversightPage, today: jiff::civil::Date) -> (Option<usize>, usize) {
    match page.tab {
        Tab::Log => (page.log.place(), page.log.records.value().map_or(0, Vec::len)),
        Tab::Emergencies => {
            let all = page.glasses.value().map_or(&[][..], Vec::as_slice);
            (page.chosen_glass().and_then(|chosen| all.iter().position(|one| one.id == chosen.id)), all.len())
        }
        Tab::Rights => {
            let count = page.right_lines(today).len();
            (count.checked_sub(1).map(|last| page.right.min(last)), count)
        }
    }
}

/// Whom the chosen row is about.
fn chosen_citizen(page: &OversightPage) -> Option<CitizenId> {
    match page.tab {
        Tab::Log => page.log.record()?.citizen,
        Tab::Emergencies => page.chosen_glass().map(|one| one.citizen),
        Tab::Rights => None,
    }
}

impl OversightScreen {
    /// Takes what happened and says what the parent is to do.
    pub fn update(&mut self, message: Message, (desk, today): (&Desk, jiff::civil::Date)) -> Action<Message> {
        match message {
            Message::Do(input) => Action::Desk(Input::Oversight(input)),
            Message::Step(step) => {
                let moved = Input::Oversight(OversightInput::Step(step));
                let Some(page) = &desk.oversight else { return Action::None };
                let (at, count) = stand(page, today);
                match step.from(at, count) {
                    Some(to) => {
                        let shown = scroll_to_row(&FIRST, self.scrolled[place(page.tab)], to, ROW);
                        Action::Both(moved, shown)
                    }
                    None => Action::None,
                }
            }
            Message::Scrolled(tab, scrolled) => {
                self.scrolled[place(tab)] = scrolled;
                Action::None
            }
            // To look at whom the log is about is a look-up as any other: it is asked why.
            Message::OpenCitizen(id) => Action::Desk(Input::OpenCitizen(id, Purpose::plain(PurposeKind::Case))),
        }
    }

    fn scrolled(&self, tab: Tab) -> Scrolled {
        self.scrolled[place(tab)]
    }

    /// The page between slab and bar.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let Scene { look, desk } = scene;
        let Some(page) = &desk.oversight else {
            let known = desk.session.me.value().is_some();
            let words = look.t(if known { "oversight-leaders-only" } else { "oversight-waiting-who" });
            return container(look.body(words)).padding(space::S24).into();
        };
        let (table, side) = match page.tab {
            Tab::Log => (log::table(self, scene, page), log::side(scene, page)),
            Tab::Emergencies => (emergencies::table(self, scene, page), emergencies::side(scene, page)),
            Tab::Rights => (rights::table(self, scene, page), None),
        };
        let mut body = row![container(table).width(Length::Fill).height(Length::Fill)].height(Length::Fill);
        if let Some(side) = side {
            body = body.push(vline(look, Length::Fill)).push(side);
        }
        column![head::head(scene, page), hline(look), body, hline(look), head::foot(scene, page)]
            .width(Length::Fill)
            .height(Length::Fill)
            .into()
    }

    /// The page's keys.
    pub fn keys(&self, desk: &Desk, texts: &Texts) -> Vec<Key<Message>> {
        let Some(page) = &desk.oversight else { return Vec::new() };
        let mut keys = vec![
            Key::in_place("1", "oversight-key-log", of(OversightInput::Tab(Tab::Log))),
            Key::in_place("2", "oversight-key-emergencies", of(OversightInput::Tab(Tab::Emergencies))),
            Key::in_place("3", "oversight-key-rights", of(OversightInput::Tab(Tab::Rights))),
            Key::in_place("↓", "oversight-key-down", Message::Step(Step::Next)),
            Key::in_place("↑", "oversight-key-up", Message::Step(Step::Previous)),
        ];
        let nobody = || texts.t("oversight-no-row");
        match page.tab {
            Tab::Log => keys.extend(log_keys(page, desk, texts)),
            Tab::Emergencies => {
                let none = page.chosen_glass().is_none().then(nobody);
                for (key, label, finding) in [
                    ("J", "oversight-key-justified", Finding::Justified),
                    ("D", "oversight-key-discussed", Finding::Discussed),
                    ("U", "oversight-key-unjustified", Finding::Unjustified),
                ] {
                    keys.push(Key::bar(key, label, of(OversightInput::Review(finding))).disabled(none.clone()));
                }
            }
            Tab::Rights => {
                let key = Key::bar("L", "oversight-key-lock", of(OversightInput::Lock));
                keys.push(key.disabled(cannot_lock(page, desk, texts)));
            }
        }
        if page.tab != Tab::Rights {
            let whom = chosen_citizen(page);
            let open = whom.map(Message::OpenCitizen).unwrap_or(Message::Step(Step::Next));
            let none = whom.is_none().then(|| texts.t("oversight-nobody-named"));
            keys.push(Key::bar("O", "oversight-key-open", open).disabled(none));
        }
        keys.push(Key::end("F5", "oversight-key-ask-again", of(OversightInput::AskAgain)));
        keys
    }
}

/// Why the chosen person's windows cannot be locked from here.
fn cannot_lock(page: &OversightPage, desk: &Desk, texts: &Texts) -> Option<String> {
    let lines = page.rights.value().map_or(&[][..], Vec::as_slice);
    if lines.is_empty() {
        return Some(texts.t("oversight-no-row"));
    }
    let me = desk.person();
    let alone = lines.iter().all(|line| Some(line.staff) == me);
    alone.then(|| texts.t("oversight-lock-own"))
}

fn log_keys(page: &OversightPage, _desk: &Desk, texts: &Texts) -> Vec<Key<Message>> {
    let filter = |change| of(OversightInput::Filter(change));
    let none = page.log.record().is_none().then(|| texts.t("oversight-no-row"));
    let of_nobody = page.log.filter.citizen.is_none().then(|| texts.t("oversight-export-whose"));
    let writing = (page.exported == Some(Exported::Writing)).then(|| texts.t("oversight-export-writing"));
    let set = &page.log.filter;
    let unless = |on: bool| none.clone().filter(|_| !on);
    vec![
        Key::bar("↵", "oversight-key-details", of(OversightInput::Details)).disabled(none.clone()),
        Key::bar("C", "oversight-key-citizen", filter(FilterChange::Citizen)),
        Key::bar("K", "oversight-key-colleague", filter(FilterChange::Staff)).disabled(unless(set.staff.is_some())),
        Key::bar("A", "oversight-key-action", filter(FilterChange::Action)).disabled(unless(set.action.is_some())),
        Key::bar("R", "oversight-key-refused", filter(FilterChange::Refused)),
        Key::bar("X", "oversight-key-out-of-context", filter(FilterChange::OutOfContext)),
        Key::bar("T", "oversight-key-span", filter(FilterChange::Span)),
        Key::in_place("Z", "oversight-key-all", filter(FilterChange::Nothing)),
        Key::in_place("+", "oversight-key-more", of(OversightInput::More))
            .disabled(page.log.next.is_none().then(|| texts.t("oversight-no-more"))),
        Key::in_place("Ctrl E", "oversight-key-export", of(OversightInput::Export)).disabled(of_nobody.or(writing)),
    ]
}
