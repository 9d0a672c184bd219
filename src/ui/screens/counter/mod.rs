//! The counter: who waits, who is served at both stands, the wrap-up. What lives here: what keys and clicks mean, and the columns. What does
//! not: the queue itself (the desk's), the left column (`queue`), the stands (`stand`), the citizens' pages.

mod matters;
mod measure;
mod mirror;
mod over;
mod queue;
mod rows;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod serving_tests;
pub mod stand;
#[cfg(test)]
mod tests;
mod words;
mod wrap_up;

use iced::widget::{container, operation, row, scrollable, space as gap};
use iced::{Length, Task};
use jiff::Timestamp;
use skranke_api::tickets::{Ticket, TicketChange};
use skranke_desk::citizen::Step;
use skranke_desk::counter::{CounterInput, CounterPage, NoCall, Opening};
use skranke_desk::session::Line;
use skranke_desk::{Desk, Input};
use skranke_domain::TicketId;
use skranke_domain::queue::{TicketState, Triage};

use super::{Action, Key, Scene};
use crate::focus::{FocusId, Role};
use crate::i18n::Texts;
use crate::theme::Look;
use crate::theme::scale::{stroke, width};
use crate::widget::virtual_list::Scrolled;
use crate::widget::{Element, vline};

/// Where the keyboard is when the page opens.
pub const FIRST: FocusId = FocusId::new("counter/queue");

/// After how many minutes somebody who did not come is called once more.
const LATER: u16 = 5;

/// The screen's own state: where the list is scrolled to.
#[derive(Clone, Copy, Debug, Default)]
pub struct CounterScreen {
    scrolled: Scrolled,
}

/// What happens on the screen.
#[derive(Clone, Debug)]
pub enum Message {
    /// Something for the queue.
    Counter(CounterInput),
    /// Something for the desk.
    Desk(Input),
    /// At a stand, or on the wrap-up.
    Stand(stand::Act),
    /// The next or previous line.
    Step(Step),
    /// The first line, or the last.
    End(Step),
    /// So many lines further down.
    Page(isize),
    /// Ask the host about somebody's papers.
    AskHost(TicketId),
    /// The list was scrolled.
    Scrolled(Scrolled),
}

/// Where the keyboard goes while something is laid over the queue.
#[must_use]
pub fn begins(desk: &Desk) -> Option<(FocusId, Role)> {
    over::begins_on(desk)
}

/// How wide the left column is.
fn left(look: &Look<'_>) -> f32 {
    if look.is_wide() { width::COUNTER_LEFT } else { width::COUNTER_LEFT_NARROW }
}

/// Whom the host is asked about (`H`): the chosen one where a paper of hers is missing, else the first of whom one is.
fn host_target(page: &CounterPage, now: Timestamp) -> Option<TicketId> {
    target(page, now, Triage::Missing)
}

/// Who is sent to a stand (`G`): the chosen one where a stand can do it, else the first for whom it can.
fn stand_target(page: &CounterPage, now: Timestamp) -> Option<TicketId> {
    target(page, now, Triage::Stand)
}

fn target(page: &CounterPage, now: Timestamp, triage: Triage) -> Option<TicketId> {
    let fits = |ticket: &&Ticket| ticket.triage == triage && ticket.state == TicketState::Waiting;
    let chosen = page.chosen(now).filter(fits);
    chosen.or_else(|| page.in_order(now).into_iter().find(fits)).map(|ticket| ticket.id)
}

impl CounterScreen {
    /// Takes what happened and says what the parent is to do.
    pub fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        let now = scene.look.now.timestamp();
        let Some(page) = &scene.desk.counter else { return Action::None };
        let rows = || page.rows(now);
        let at = page.chosen(now).and_then(|chosen| rows().iter().position(|ticket| ticket.id == chosen.id));
        match message {
            Message::Counter(input) => Action::Desk(Input::Counter(input)),
            Message::Desk(input) => Action::Desk(input),
            Message::Stand(act) => act.action(),
            Message::Step(step) => self.choose(scene, page, step.from(at, rows().len())),
            Message::End(Step::Previous) => self.choose(scene, page, Some(0)),
            Message::End(Step::Next) => self.choose(scene, page, rows().len().checked_sub(1)),
            Message::Page(by) => {
                let to = at.unwrap_or(0).saturating_add_signed(by).min(rows().len().saturating_sub(1));
                self.choose(scene, page, Some(to))
            }
            Message::AskHost(id) => match page.ticket(id) {
                Some(ticket) => Action::Desk(Input::Counter(CounterInput::AskHelp(asks_host(scene.look, ticket)))),
                None => Action::None,
            },
            Message::Scrolled(scrolled) => {
                self.scrolled = scrolled;
                Action::None
            }
        }
    }

    fn choose(&mut self, scene: Scene<'_>, page: &CounterPage, to: Option<usize>) -> Action<Message> {
        let rows = page.rows(scene.look.now.timestamp());
        let Some(id) = to.and_then(|to| rows.get(to)).map(|ticket| ticket.id) else { return Action::None };
        let task = match rows::place(scene, page, id) {
            Some((top, bottom)) => self.reveal(top, bottom),
            None => Task::none(),
        };
        Action::Both(Input::Counter(CounterInput::Select(id)), task)
    }

    fn reveal(&self, top: f32, bottom: f32) -> Task<Message> {
        let bottom = bottom + 2.0 * stroke::FOCUS;
        let Scrolled { offset, height } = self.scrolled;
        let to = if top < offset {
            top
        } else if bottom > offset + height {
            bottom - height
        } else {
            return Task::none();
        };
        let offset = scrollable::AbsoluteOffset { x: None, y: Some(to) };
        operation::scroll_to(FIRST.child("scroll").widget(), offset)
    }

    /// The page between slab and bar.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let look = scene.look;
        let Some(page) = &scene.desk.counter else { return gap().into() };
        let column = container(queue::column_of(self, scene, page)).width(left(look)).height(Length::Fill);
        let stands = stand::area(scene).map(Message::Stand);
        let all = row![column, vline(look, Length::Fill), container(stands).width(Length::Fill).height(Length::Fill)];
        over::over(scene, page, all.width(Length::Fill).height(Length::Fill).into())
    }

    /// The page's keys.
    pub fn keys(&self, scene: Scene<'_>) -> Vec<Key<Message>> {
        let (desk, texts, now) = (scene.desk, scene.look.texts, scene.look.now.timestamp());
        let Some(page) = &desk.counter else { return Vec::new() };
        if let Some(open) = &page.open {
            return over::keys(page, open);
        }
        let down = matches!(desk.session.line, Line::Down { .. });
        let offline = down.then(|| texts.t("queue-no-line"));
        let receives = desk.caller() == Err(NoCall::Role);
        let mut keys = Vec::new();
        let open = |opening| Message::Counter(CounterInput::Open(opening));
        if receives {
            keys.push(Key::bar("N", "queue-key-new", open(Opening::New)).disabled(offline.clone()));
            keys.push(Key::bar("K", "queue-key-check-in", open(Opening::CheckIn)).disabled(offline.clone()));
        }
        let why = queue::cannot_call(desk, texts, now);
        let next = Key::bar("Space", "queue-call-next", Message::Counter(CounterInput::CallNext)).disabled(why);
        // Who calls nobody has no key for it.
        if !receives {
            keys.push(next);
        }
        keys.extend(self.of_papers(desk, texts, (page, now), offline.as_ref()));
        let other = desk.stands.front().other();
        keys.push(Key::bar("F6", "queue-key-stands", Message::Desk(Input::Stand(other))));
        keys.extend(of_chosen(desk, page, texts, offline.as_ref()));
        keys.extend(stand::keys(desk, texts).into_iter().map(|key| key.map(Message::Stand)));
        keys.extend(of_ticket(desk, (page, now), texts, offline.as_ref()));
        if !receives {
            keys.push(Key::in_place("N", "queue-key-new", open(Opening::New)).disabled(offline.clone()));
            keys.push(Key::in_place("K", "queue-key-check-in", open(Opening::CheckIn)).disabled(offline.clone()));
        }
        let none = page.rows(now).is_empty().then(|| texts.t("queue-nobody-waits"));
        let move_ = |chord, label, message| Key::in_place(chord, label, message).disabled(none.clone());
        keys.extend([
            move_("↑", "queue-key-up", Message::Step(Step::Previous)),
            move_("↓", "queue-key-down", Message::Step(Step::Next)),
            move_("PgUp", "queue-key-page-up", Message::Page(-8)),
            move_("PgDn", "queue-key-page-down", Message::Page(8)),
            move_("Home", "queue-key-first", Message::End(Step::Previous)),
            move_("End", "queue-key-last", Message::End(Step::Next)),
            Key::in_place("A", "queue-key-availability", open(Opening::Availability)).disabled(offline.clone()),
            Key::in_place("Y", "queue-key-staff", open(Opening::Staff)),
            Key::in_place("Q", "queue-key-help", open(Opening::Help)).disabled(offline),
            Key::in_place("U", "queue-key-expected", Message::Counter(CounterInput::Fold)),
            Key::in_place("F5", "calendar-key-ask-again", Message::Counter(CounterInput::AskAgain)),
        ]);
        keys
    }

    /// Sending to a stand and asking the host.
    fn of_papers(
        &self,
        desk: &Desk,
        texts: &Texts,
        (page, now): (&CounterPage, Timestamp),
        offline: Option<&String>,
    ) -> Vec<Key<Message>> {
        let no_stand = page.site(&desk.session).and_then(|site| page.free_stand(site)).is_none();
        let to_stand = stand_target(page, now);
        let stand = match to_stand {
            _ if offline.is_some() => offline.cloned(),
            None => Some(texts.t("queue-nobody-to-stand")),
            Some(_) if no_stand => Some(texts.t("queue-no-stand")),
            Some(_) => None,
        };
        let host = host_target(page, now);
        let asks = offline.cloned().or_else(|| host.is_none().then(|| texts.t("queue-nothing-to-fetch")));
        let mut keys = Vec::new();
        let ignored = CounterInput::Fold;
        let to_stand = to_stand.map_or(ignored, CounterInput::ToStand);
        keys.push(Key::bar("G", "queue-key-to-stand", Message::Counter(to_stand)).disabled(stand));
        match (host, desk.caller() == Err(NoCall::Role)) {
            // The host is who would be asked: she says what she found instead.
            (_, true) => {}
            (Some(id), _) => keys.push(Key::bar("H", "queue-key-host", Message::AskHost(id)).disabled(asks)),
            (None, _) => {
                let nothing = Message::Counter(CounterInput::Fold);
                keys.push(Key::bar("H", "queue-key-host", nothing).disabled(asks));
            }
        }
        keys
    }
}

/// What the host is asked, in the words of the window.
fn asks_host(look: &Look<'_>, ticket: &Ticket) -> String {
    let papers = words::named(look.texts, ticket);
    let id = if papers.is_some() { "queue-asks-host" } else { "queue-asks-host-some" };
    look.with(id, &[("number", ticket.number.clone().into()), ("papers", papers.unwrap_or_default().into())])
}

/// The keys of a line that was chosen among those who do not wait: they come before those of the stand in front.
fn of_chosen(desk: &Desk, page: &CounterPage, texts: &Texts, offline: Option<&String>) -> Vec<Key<Message>> {
    let Some(ticket) = page.selected.and_then(|id| page.ticket(id)) else { return Vec::new() };
    let front = desk.stands.active().ticket == Some(ticket.id);
    let deed = |chord, label, change| {
        let message = Message::Counter(CounterInput::Do(ticket.id, change));
        Key::in_place(chord, label, message).disabled(offline.cloned())
    };
    match ticket.state {
        TicketState::Called if !front => vec![
            deed("R", "queue-key-recall", TicketChange::Recall),
            deed("O", "queue-key-noshow", TicketChange::Noshow),
            deed("L", "queue-key-later", TicketChange::Later { minutes: LATER }),
        ],
        TicketState::Parked => {
            let counter = desk.session.me.value().and_then(|me| me.counter.clone());
            let Some(counter) = counter else { return Vec::new() };
            let full = desk.free_stand().is_none().then(|| texts.t("queue-no-call-stands"));
            let resume = |chord| deed(chord, "queue-key-resume", TicketChange::Resume { counter: counter.clone() });
            vec![
                resume("P").disabled(offline.cloned().or_else(|| full.clone())),
                resume("↵").disabled(offline.cloned().or(full)),
            ]
        }
        TicketState::Returning => {
            vec![
                deed("B", "queue-key-back", TicketChange::Back),
                deed("↵", "queue-key-back", TicketChange::Back),
                deed("O", "queue-key-noshow", TicketChange::Noshow),
            ]
        }
        _ => Vec::new(),
    }
}

/// The keys of a ticket: whoever stands at the stand in front where it is hers to be changed, else the line that the keys act on.
fn of_ticket(
    desk: &Desk,
    (page, now): (&CounterPage, Timestamp),
    texts: &Texts,
    offline: Option<&String>,
) -> Vec<Key<Message>> {
    let front = desk.ticket_in_front();
    let chosen = page.chosen(now);
    let waiting = chosen.filter(|ticket| ticket.state == TicketState::Waiting);
    let open = |opening| Message::Counter(CounterInput::Open(opening));
    let mut keys = Vec::new();
    if let Some(ticket) = front.filter(|ticket| ticket.state == TicketState::Called) {
        let later = TicketChange::Later { minutes: LATER };
        let message = Message::Counter(CounterInput::Do(ticket.id, later));
        keys.push(Key::in_place("L", "queue-key-later", message).disabled(offline.cloned()));
    }
    if let Some(ticket) = waiting {
        let why = match desk.caller() {
            Err(why) => Some(words::no_call(texts, why)),
            Ok(_) => None,
        };
        for chord in ["C", "↵"] {
            keys.push(
                Key::in_place(chord, "queue-key-call-chosen", open(Opening::Call(ticket.id))).disabled(why.clone()),
            );
        }
        keys.push(Key::in_place("S", "queue-key-sort", open(Opening::Sort(ticket.id))).disabled(offline.cloned()));
    }
    // Whom she has before her goes first: the line in the list is somebody else.
    if let Some(ticket) = front.or(waiting) {
        keys.push(
            Key::in_place("X", "queue-key-transfer", open(Opening::Transfer(ticket.id))).disabled(offline.cloned()),
        );
        let send = open(Opening::SendOff(ticket.id));
        keys.push(Key::in_place("B", "queue-key-send-off", send).disabled(offline.cloned()));
    }
    let unknown = front.filter(|ticket| ticket.citizen.is_none()).or(waiting.filter(|ticket| ticket.citizen.is_none()));
    if let Some(ticket) = unknown {
        let message = Message::Counter(CounterInput::Identify(ticket.id));
        keys.push(Key::in_place("I", "queue-key-identify", message).disabled(offline.cloned()));
    }
    if let Some(ticket) = waiting.or(front) {
        let change = TicketChange::Room { private_room: !ticket.private_room };
        let message = Message::Counter(CounterInput::Do(ticket.id, change));
        keys.push(Key::in_place("V", "queue-private-room", message).disabled(offline.cloned()));
    }
    keys
}
