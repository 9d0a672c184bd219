//! The desk without a line: what waits for the line and why, how old what is shown is, who can still be read, when the line is tried again.
//! What does not live here: keeping what was seen (`skranke_client::replica`), the outbox, what the panel looks like.

use jiff::{SignedDuration, Timestamp};
use skranke_client::ClientError;
use skranke_client::http::Kept;
use skranke_client::outbox::{Deed, Draft, Label};

use crate::ask::Reply;
use crate::board::BoardInput;
use crate::calendar::CalendarInput;
use crate::case::CaseInput;
use crate::citizen::CitizenInput;
use crate::counter::CounterInput;
use crate::desk::{Desk, Input};
use crate::effect::{Effect, Room, Ticket};
use crate::figures::FiguresInput;
use crate::session::Line;
use crate::signing_in::Durability;

/// What is known of being without a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offline {
    /// How many citizens can be read from this machine.
    pub readable: usize,
    /// When the line is tried next; none while it is being tried.
    pub next_try: Option<Timestamp>,
    /// Somebody answers who cannot prove to be the server, or the sign-in provider: that is why nothing comes. It is said, and there is no way
    /// past it.
    pub unproved: Option<ClientError>,
}

/// What happens to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfflineInput {
    /// So many citizens can be read from this machine.
    Readable(usize),
    /// What was seen on this machine is open.
    Opened,
    /// Try the line now (`F5`).
    TryNow,
}

/// What cannot be done without a line: it takes what is true now, or somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WaitsForLine {
    /// Deciding, approving, issuing.
    Decide,
    /// Booking a time.
    Book,
    /// Moving an appointment.
    Move,
    /// Keeping a free time while a booking is written.
    Hold,
}

/// Why something cannot be done now: the line is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoLine {
    /// What waits.
    pub deed: WaitsForLine,
    /// Since when nothing comes.
    pub since: Timestamp,
}

impl WaitsForLine {
    /// What a change waits for, if it does; everything else goes into the outbox.
    #[must_use]
    pub const fn of(draft: &Draft) -> Option<Self> {
        match &draft.label {
            Label::Booking { .. } => Some(Self::Book),
            Label::Appointment { moved_to: Some(_), .. } => Some(Self::Move),
            Label::Deed { deed: Deed::DecisionProposed | Deed::DecisionChanged, .. } => Some(Self::Decide),
            Label::Appointment { .. } | Label::Deed { .. } | Label::Item { .. } => None,
        }
    }
}

/// Whether a page is asked for anew by hand (`F5`): a broken line is tried at once then.
pub(crate) const fn asks_again(input: &Input) -> bool {
    matches!(
        input,
        Input::Citizen(CitizenInput::AskAgain)
            | Input::Case(CaseInput::AskAgain)
            | Input::Cases(BoardInput::AskAgain)
            | Input::Calendar(CalendarInput::AskAgain)
            | Input::Counter(CounterInput::AskAgain)
            | Input::Figures(FiguresInput::AskAgain)
    )
}

impl Desk {
    /// Why something that waits for the line cannot be done now; none while there is one.
    #[must_use]
    pub const fn offline_refusal(&self, deed: WaitsForLine) -> Option<NoLine> {
        match self.session.line {
            Line::Down { since } => Some(NoLine { deed, since }),
            Line::Starting | Line::Up => None,
        }
    }

    pub(crate) fn offline_step(&mut self, input: OfflineInput, now: Timestamp) -> Vec<Effect> {
        match input {
            OfflineInput::Readable(people) => {
                self.offline.readable = people;
                Vec::new()
            }
            OfflineInput::Opened => self.kept_is_open(now),
            OfflineInput::TryNow => self.try_now(),
        }
    }

    /// The line is tried at once, where it is broken.
    pub(crate) fn try_now(&mut self) -> Vec<Effect> {
        if !matches!(self.session.line, Line::Down { .. }) {
            return Vec::new();
        }
        self.offline.next_try = None;
        vec![Effect::TryNow]
    }

    /// The line is tried again after so long.
    pub(crate) fn next_try_in(&mut self, pause: std::time::Duration, now: Timestamp) -> Vec<Effect> {
        let pause = SignedDuration::try_from(pause).unwrap_or_default();
        self.offline.next_try = now.checked_add(pause).ok();
        Vec::new()
    }

    /// The desk as it is, where what comes now may be something that waits for the line. What is not of her own hands is taken as ever.
    pub(crate) fn before_what_waits(&self, input: &Input) -> Option<Box<Self>> {
        let hers =
            !matches!(input, Input::Reply(..) | Input::Live(_) | Input::Pending(_) | Input::Wake(_) | Input::SignIn(_));
        (hers && matches!(self.session.line, Line::Down { .. })).then(|| Box::new(self.clone()))
    }

    /// Everything is as it was, what she typed above all, where what she did waits for the line; and she is told why.
    pub(crate) fn waits_for_line(&mut self, before: Option<Box<Self>>, effects: Vec<Effect>) -> Vec<Effect> {
        let waits = effects.iter().find_map(|effect| match effect {
            Effect::Enqueue(draft) | Effect::Replace(_, draft) => WaitsForLine::of(draft),
            _ => None,
        });
        match (before, waits.and_then(|deed| self.offline_refusal(deed))) {
            (Some(before), Some(why)) => {
                *self = *before;
                vec![Effect::NoLine(why)]
            }
            _ => effects,
        }
    }

    /// An answer came from what is kept on this machine: it is shown as old as it is.
    pub(crate) fn kept_replied(&mut self, ticket: Ticket, reply: Reply, kept: &Kept, now: Timestamp) -> Vec<Effect> {
        let search = matches!(reply, Reply::Search(_));
        let reply = match reply {
            // Who is signed in is said by the server or by nobody.
            Reply::Me(_) => Reply::Me(Err(kept.why.clone())),
            other => other,
        };
        let effects = self.replied(ticket, reply, now);
        let Kept { as_of, why } = kept;
        match ticket.room {
            Room::Citizen(stand) => {
                if let Some(page) = &mut self.stands.get_mut(stand).citizen {
                    page.aged(ticket, *as_of, why);
                }
            }
            Room::Case(stand) => {
                if let Some(page) = &mut self.stands.get_mut(stand).case {
                    page.aged(ticket, *as_of, why);
                }
            }
            Room::Calendar => {
                if let Some(page) = &mut self.calendar {
                    page.aged(ticket, *as_of, why);
                }
            }
            Room::Counter => {
                if let Some(page) = &mut self.counter {
                    page.queue.aged(*as_of, why);
                }
            }
            Room::Cases => {
                if let Some(page) = &mut self.cases {
                    page.aged(ticket.slot, *as_of, why);
                }
            }
            Room::Inbox => self.inbox.aged(ticket, *as_of, why),
            Room::Finder if search => {
                if let Some(finder) = &mut self.finder {
                    finder.aged(ticket);
                }
            }
            Room::Session | Room::Finder | Room::Booking | Room::Figures | Room::Oversight => {}
        }
        effects
    }
}

/// Changes that could not be kept are not made.
impl Desk {
    /// The desk as it is, where what comes now must not be changed: nothing reaches the server, and nothing would survive on this machine. What
    /// is not of her own hands (answers, news, clocks) is taken as ever.
    pub(crate) fn before_what_cannot_be_kept(&self, input: &Input) -> Option<Box<Self>> {
        let hers = !matches!(
            input,
            Input::Reply(..)
                | Input::Live(_)
                | Input::Pending(_)
                | Input::Wake(_)
                | Input::SignIn(_)
                | Input::Durability(_)
        );
        let nowhere = self.durability == Durability::InMemory && matches!(self.session.line, Line::Down { .. });
        (hers && nowhere).then(|| Box::new(self.clone()))
    }

    /// Everything is as it was, what she typed above all; and she is told why.
    pub(crate) fn not_kept(&mut self, before: Box<Self>) -> Vec<Effect> {
        *self = *before;
        vec![Effect::NotKept]
    }
}
