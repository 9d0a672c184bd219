//! What the desk wants done by somebody with hands.

use std::time::Duration;

use skranke_client::http::FiguresOf;
use skranke_client::outbox::Draft;
use skranke_domain::authority::Role;
use skranke_domain::{AppointmentId, CaseId, CitizenId, CommandId, TicketId};

use crate::ask::Question;
use crate::half_written::HalfWritten;
use crate::offline::NoLine;
use crate::settings::Settings;
use crate::signing_in::SignInEffect;
use crate::stands::StandId;
use crate::uploads::PaperEffect;

/// Names one request: which room asked, and which of its askings it was. A reply whose ticket no longer holds is dropped, so an answer
/// for A never lands on B.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket {
    /// Who asked.
    pub room: Room,
    /// Which asking; rises with every new subject.
    pub generation: u64,
    /// Which of the room's questions.
    pub slot: u8,
}

/// The rooms that ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Room {
    /// Who is signed in and what the office knows.
    Session,
    /// The palette.
    Finder,
    /// The citizen page of a stand.
    Citizen(StandId),
    /// The case page of a stand.
    Case(StandId),
    /// The calendar.
    Calendar,
    /// Free times, the booking being written, the waiting list: walking through the weeks leaves their questions alone.
    Booking,
    /// The queue, the stands' tickets and the mirrored form.
    Counter,
    /// The figures.
    Figures,
    /// The log, the glasses that were broken, who may what.
    Oversight,
    /// The board.
    Cases,
    /// What colleagues handed over.
    Inbox,
}

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wake {
    /// Typing paused: search.
    Search {
        /// Which typing.
        generation: u64,
    },
    /// The revealed number is hidden again.
    HideRevealed {
        /// Whose page.
        stand: StandId,
        /// Which showing.
        generation: u64,
    },
    /// What one does on a case is about to be forgotten by the others.
    Presence {
        /// Whose page.
        stand: StandId,
        /// Which case's page it was.
        generation: u64,
    },
    /// Perhaps nobody touched anything for long enough.
    Lock,
    /// A time that is kept for a booking perhaps is no longer.
    Hold {
        /// The booking's appointment.
        id: AppointmentId,
    },
    /// The form at a self-service stand is looked at again.
    Mirror {
        /// Where it is followed.
        stand: StandId,
        /// Which following it is.
        number: u64,
    },
    /// A wrap-up that lies in no outbox is due.
    WrapUp {
        /// Whose.
        ticket: TicketId,
    },
    /// News of cases paused: the board asks again.
    Board,
    /// A move on the calendar can no longer be taken back by one key.
    CalendarUndo {
        /// Which.
        number: u64,
    },
    /// What was assigned on the board can no longer be taken back by one key.
    BoardUndo {
        /// Which.
        number: u64,
    },
}

/// What the desk wants done.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Ask the case API; replies come back with the ticket.
    Ask(Ticket, Question),
    /// Nobody waits for these replies any more.
    Abandon(Room),
    /// Write a change to the outbox, durably; the entry comes back as [`crate::pending::PendingInput::Written`].
    Enqueue(Box<Draft>),
    /// Keep this on disk as half written, before anything else is done: whoever typed it leaves.
    KeepHalfWritten(Vec<HalfWritten>),
    /// Word a change in the outbox anew: it takes the old one's place.
    Replace(CommandId, Box<Draft>),
    /// Throw an unsent or refused change away.
    Discard(CommandId),
    /// Send a refused change again, on the version that stands now.
    Retry(CommandId),
    /// Come back after a while.
    Wake(Duration, Wake),
    /// Sign in in another role.
    SwitchPersona(Role),
    /// What signing in at an office, unlocking and the PIN need.
    SignIn(SignInEffect),
    /// Sign out: here, at the provider, and whatever the office's policy wipes with it.
    SignOut,
    /// Say that nothing was changed: without a line this machine could not keep it.
    NotKept,
    /// Try the broken line at once.
    TryNow,
    /// Say that nothing was changed: it waits for the line.
    NoLine(NoLine),
    /// Remember these.
    SaveSettings(Settings),
    /// Something with papers: files, pages, uploads.
    Paper(PaperEffect),
    /// Let her say where the figures are saved, fetch them as a file and write it there.
    ExportFigures(Box<FiguresOf>),
    /// Let her say where the look-ups about a citizen are saved, fetch them as a page and write it there.
    SaveLookUps(CitizenId),
    /// Open the page on a case that is printed before the visit.
    OpenSummary(CaseId),
}
