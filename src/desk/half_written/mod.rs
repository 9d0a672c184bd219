//! What was typed and not sent, as it outlives the window: taken down from every room, written as bytes that are read back part by part, and
//! offered again after a crash, a close or a sign-out. What does not live here: the disk (the client's outbox), when it is written (the
//! window), the sheets themselves.

mod edit;
mod on_its_way;
mod rooms;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use skranke_domain::{CaseId, CitizenId};

pub use self::edit::can_be_worded_anew;
pub use self::on_its_way::DeedNumber;
use self::on_its_way::OnItsWay;
use crate::calendar::closing::ClosingSheet;
use crate::calendar::ending::CancelSheet;
use crate::calendar::writing::BookingAside;
use crate::case::CaseAside;
use crate::case::work::WorkKind;
use crate::counter::sheets::CounterSheet;
use crate::counter::wrap_up::WrapUp;
use crate::inbox::Replying;
use crate::sheets::SheetKind;
use crate::unfinished::Unfinished;

/// The form in which it is written. Another one is read as far as its parts are understood.
const VERSION: u32 = 1;

/// Something half written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HalfWritten {
    /// When it was typed last.
    pub at: Timestamp,
    /// What.
    pub what: What,
    /// By what it is named while it is offered.
    #[serde(skip)]
    pub number: u64,
}

/// What is half written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "of", rename_all = "snake_case")]
pub enum What {
    /// Sheets about a citizen, and the visit that they belong to.
    Visit(Box<Unfinished>),
    /// What was typed on a case.
    Case(Box<CaseAside>),
    /// What is laid over the queue.
    Queue {
        /// The sheets, the last one last.
        sheets: Vec<CounterSheet>,
        /// The last one was open.
        open: bool,
    },
    /// The wrap-up of somebody who was not identified: nothing of it lies in the outbox.
    WrapUp(Box<WrapUp>),
    /// A booking.
    Booking(Box<BookingAside>),
    /// Cancelling an appointment.
    Cancel(Box<CancelSheet>),
    /// Closing time.
    Closing(Box<ClosingSheet>),
    /// An answer to a hand-over.
    Reply(Replying),
}

/// A piece of it, to be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// A sheet about a citizen.
    Sheet(SheetKind),
    /// A sheet about a case.
    Work(WorkKind),
    /// The reason of a judgement.
    Reason,
    /// Asking for what is missing on a case.
    Request,
    /// Why somebody is called out of order.
    Call,
    /// Sending somebody on.
    Transfer,
    /// A ticket.
    Ticket,
    /// What somebody fetches.
    SendOff,
    /// What help is needed with.
    Help,
    /// The wrap-up of somebody who was not identified.
    WrapUp,
    /// A booking.
    Booking,
    /// Cancelling an appointment.
    Cancel,
    /// Closing time.
    Closing,
    /// An answer to a hand-over.
    Reply,
}

impl HalfWritten {
    pub(crate) const fn new(at: Timestamp, what: What) -> Self {
        Self { at, what, number: 0 }
    }

    /// The citizen's name, or what was called; empty where it is about nobody, or was not known yet.
    #[must_use]
    pub fn whom(&self) -> &str {
        match &self.what {
            What::Visit(visit) => &visit.name,
            What::Case(case) => &case.name,
            What::WrapUp(wrap_up) => &wrap_up.number,
            What::Booking(booking) => &booking.what.citizen_name,
            What::Cancel(sheet) => &sheet.appointment.citizen_short,
            What::Queue { .. } | What::Closing(_) | What::Reply(_) => "",
        }
    }

    /// What it consists of, the last one last.
    #[must_use]
    pub fn pieces(&self) -> Vec<Piece> {
        match &self.what {
            What::Visit(visit) => visit.sheets.iter().map(|sheet| Piece::Sheet(sheet.kind())).collect(),
            What::Case(case) => {
                let request = case.request.is_typed().then_some(Piece::Request);
                let reasons = case.reasons().iter().map(|_| Piece::Reason);
                let sheets = case.work.typed().map(|sheet| Piece::Work(sheet.kind()));
                request.into_iter().chain(reasons).chain(sheets).collect()
            }
            What::Queue { sheets, .. } => sheets.iter().filter_map(piece_of).collect(),
            What::WrapUp(_) => vec![Piece::WrapUp],
            What::Booking(_) => vec![Piece::Booking],
            What::Cancel(_) => vec![Piece::Cancel],
            What::Closing(_) => vec![Piece::Closing],
            What::Reply(_) => vec![Piece::Reply],
        }
    }
}

const fn piece_of(sheet: &CounterSheet) -> Option<Piece> {
    match sheet {
        CounterSheet::Call { .. } => Some(Piece::Call),
        CounterSheet::Transfer(_) => Some(Piece::Transfer),
        CounterSheet::New(_) => Some(Piece::Ticket),
        CounterSheet::SendOff { .. } => Some(Piece::SendOff),
        CounterSheet::Help { .. } => Some(Piece::Help),
        CounterSheet::CheckIn { .. }
        | CounterSheet::Staff { .. }
        | CounterSheet::Availability { .. }
        | CounterSheet::Sort { .. } => None,
    }
}

/// As it is written.
#[derive(Serialize)]
struct Written {
    version: u32,
    parts: Vec<Value>,
}

/// As it is read: every part by itself, so that one that is not understood takes no other along.
#[derive(Deserialize)]
struct Read {
    parts: Vec<Value>,
}

/// What was read of what was written.
#[derive(Clone, Debug, Default)]
pub struct Recovered {
    /// What was understood.
    pub parts: Vec<HalfWritten>,
    /// How many parts were not.
    pub unreadable: usize,
}

impl Recovered {
    /// Reads what was written; what is not understood is counted and skipped.
    pub fn read(&mut self, bytes: &[u8]) {
        let Ok(read) = serde_json::from_slice::<Read>(bytes) else {
            self.unreadable += 1;
            return;
        };
        for part in read.parts {
            match serde_json::from_value(part) {
                Ok(part) => self.parts.push(part),
                Err(_) => self.unreadable += 1,
            }
        }
    }
}

/// Everything half written as bytes; none where nothing is. A part without a written form takes no other along.
#[must_use]
pub fn written(parts: &[HalfWritten]) -> Option<Vec<u8>> {
    let parts: Vec<Value> = parts.iter().filter_map(|part| serde_json::to_value(part).ok()).collect();
    if parts.is_empty() {
        return None;
    }
    serde_json::to_vec(&Written { version: VERSION, parts }).ok()
}

/// Where something is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    Citizen(CitizenId),
    Case(CaseId),
    Queue,
    Calendar,
    Inbox,
}

/// What is done with what was half written when a window ended.
#[derive(Clone, Debug)]
pub enum HalfInput {
    /// It was read: it is offered.
    Found(Recovered),
    /// It is gone on with.
    TakeUp(u64),
    /// It is asked whether it is to be thrown away.
    Ask(u64),
    /// It stays.
    Keep,
    /// It is thrown away.
    Discard(u64),
    /// That some of it could not be read was seen.
    Seen,
}

/// What was half written when a window ended and nobody went on with yet, and what is on its way to the outbox.
#[derive(Clone, Debug, Default)]
pub struct Leftovers {
    /// What is offered, the last first.
    pub offered: Vec<HalfWritten>,
    /// How many parts could not be read.
    pub unreadable: usize,
    /// About which it is asked whether it is to be thrown away.
    pub asked: Option<u64>,
    touched: BTreeMap<Spot, Timestamp>,
    on_its_way: Vec<OnItsWay>,
    deed: Option<DeedNumber>,
    numbers: u64,
}

impl Leftovers {
    fn offer(&mut self, part: HalfWritten) {
        self.numbers += 1;
        self.offered.push(HalfWritten { number: self.numbers, ..part });
        self.offered.sort_by_key(|part| std::cmp::Reverse(part.at));
    }

    fn take(&mut self, number: u64) -> Option<HalfWritten> {
        let at = self.offered.iter().position(|part| part.number == number)?;
        Some(self.offered.remove(at))
    }

    fn taken<T>(&mut self, wanted: impl Fn(&What) -> bool, unwrap: impl Fn(What) -> Option<T>) -> Vec<T> {
        let (taken, stay) = std::mem::take(&mut self.offered).into_iter().partition(|part| wanted(&part.what));
        self.offered = stay;
        let taken: Vec<HalfWritten> = taken;
        taken.into_iter().filter_map(|part| unwrap(part.what)).collect()
    }

    /// What is offered about a citizen: her page takes it.
    pub(crate) fn of_citizen(&mut self, citizen: CitizenId) -> Vec<Unfinished> {
        let hers = |what: &What| matches!(what, What::Visit(visit) if visit.citizen == citizen);
        self.taken(hers, |what| match what {
            What::Visit(visit) => Some(*visit),
            _ => None,
        })
    }

    /// What is offered about a case: its page takes it.
    pub(crate) fn of_case(&mut self, case: CaseId) -> Vec<CaseAside> {
        let its = |what: &What| matches!(what, What::Case(aside) if aside.case == case);
        self.taken(its, |what| match what {
            What::Case(aside) => Some(*aside),
            _ => None,
        })
    }
}
