//! Questions to the case API and their replies, and the one function that carries a question out. What does not live here: who
//! asks, and what becomes of the reply.

mod figures;
mod oversight;
mod queue;
mod visits;

use futures::stream::{self, BoxStream, StreamExt};
use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::appointments::{Calendar, Site, Slot};
use skranke_api::board::{BoardFilter, BoardRow, BoardView};
use skranke_api::cases::{CaseView, ContactView};
use skranke_api::casework::{AskView, LiftView, PresenceRequest, Presences};
use skranke_api::changes::{ChangeTouches, OfficeRules};
use skranke_api::citizens::{CitizenView, HiddenField, Revealed, SearchAnswer, SearchRequest, Verification};
use skranke_api::handovers::{Colleague, HandoverView};
use skranke_api::intake::HalfFinished;
use skranke_api::me::{DepartmentHealth, Me};
use skranke_api::notes::{NoteView, PromiseView};
use skranke_api::overview::{CaseRow, OverviewLine};
use skranke_api::situations::SituationList;
use skranke_api::{Cursor, Page, Purpose};
use skranke_client::ClientError;
use skranke_client::http::{CaseApi, CaseQuery, Kept, Tagged};
use skranke_domain::life_situation::LifeSituationKind;
use skranke_domain::procedure::{Procedure, Task};
use skranke_domain::{CaseId, ChangeId, CitizenId, CounterId, DepartmentId};

pub use figures::{FiguresQuestion, FiguresReply};
pub use oversight::{OversightQuestion, OversightReply};
pub use queue::{QueueQuestion, QueueReply};
pub use visits::{VisitQuestion, VisitReply};

/// A question to the case API.
#[derive(Clone, Debug)]
pub enum Question {
    /// Who am I.
    Me,
    /// The departments.
    Departments,
    /// Kinds of life situations.
    LifeSituations,
    /// The procedures.
    Procedures,
    /// The tasks of the guide.
    Tasks,
    /// Sites and counters.
    Sites,
    /// A search.
    Search(SearchRequest),
    /// A citizen's identity.
    Citizen(CitizenId, Purpose),
    /// A citizen's cases, department by department; or those of one department alone.
    Overview(CitizenId, Purpose, Option<DepartmentId>),
    /// A citizen's contacts, newest first.
    Contacts(CitizenId, Purpose),
    /// A citizen's contacts from a place further back.
    EarlierContacts(CitizenId, Purpose, Cursor),
    /// A citizen's appointments.
    CitizenAppointments(CitizenId, Purpose),
    /// A hidden field.
    Reveal(CitizenId, HiddenField, Purpose),
    /// A case.
    Case(CaseId, Purpose),
    /// A stretch of days at a counter, the last day included.
    Calendar(CounterId, Date, Date),
    /// Free times at a counter.
    Slots {
        /// The counter.
        counter: CounterId,
        /// Not before.
        from: Timestamp,
        /// How long.
        minutes: u16,
    },
    /// A page of cases.
    Cases(CaseQuery, Option<Cursor>),
    /// What the counter goes by.
    Rules,
    /// A citizen's notes.
    Notes(CitizenId, Purpose),
    /// The promises made to a citizen.
    Promises(CitizenId, Purpose),
    /// A citizen's life situations.
    Situations(CitizenId, Purpose),
    /// What a change touches for a citizen.
    ChangeTouches(CitizenId, ChangeId, Purpose),
    /// The questions that verify a caller.
    Verification(CitizenId, Purpose),
    /// Hand-overs about a citizen.
    HandoversOf(CitizenId, Purpose),
    /// Hand-overs that came to this person or her unit.
    HandoversIn,
    /// Colleagues by name or department.
    Colleagues(String),
    /// The board at a glance.
    Board(BoardFilter),
    /// A page of the board's cases.
    BoardCases(BoardFilter, Option<Cursor>),
    /// Questions that colleagues asked this person or her unit, and those she asked.
    Asks,
    /// What a newer version of its procedure would change for a case.
    Lift(CaseId, Purpose),
    /// Applications that a citizen began and did not send.
    HalfFinished(CitizenId, Purpose),
    /// Say what one does on a case, and hear who else is there.
    Presence(CaseId, PresenceRequest),
    /// About visits.
    Visit(VisitQuestion),
    /// About the queue.
    Queue(QueueQuestion),
    /// About the figures.
    Figures(FiguresQuestion),
    /// About rights and the log.
    Oversight(OversightQuestion),
}

/// A reply.
#[derive(Clone, Debug)]
pub enum Reply {
    /// To [`Question::Me`].
    Me(Result<Me, ClientError>),
    /// To [`Question::Departments`].
    Departments(Result<Vec<DepartmentHealth>, ClientError>),
    /// To [`Question::LifeSituations`].
    LifeSituations(Result<Vec<LifeSituationKind>, ClientError>),
    /// To [`Question::Procedures`].
    Procedures(Result<Vec<Procedure>, ClientError>),
    /// To [`Question::Tasks`].
    Tasks(Result<Vec<Task>, ClientError>),
    /// To [`Question::Sites`].
    Sites(Result<Vec<Site>, ClientError>),
    /// To [`Question::Search`].
    Search(Result<SearchAnswer, ClientError>),
    /// To [`Question::Citizen`].
    Citizen(Box<Result<CitizenView, ClientError>>),
    /// One line of the answer to [`Question::Overview`].
    Overview(Box<Result<OverviewLine, ClientError>>),
    /// To [`Question::Contacts`] and [`Question::EarlierContacts`].
    Contacts(Result<Page<ContactView>, ClientError>),
    /// To [`Question::CitizenAppointments`] and [`Question::Calendar`].
    Calendar(Result<Calendar, ClientError>),
    /// To [`Question::Reveal`].
    Revealed(Result<Revealed, ClientError>),
    /// To [`Question::Case`].
    Case(Box<Result<Tagged<CaseView>, ClientError>>),
    /// To [`Question::Slots`].
    Slots(Result<Vec<Slot>, ClientError>),
    /// To [`Question::Cases`].
    Cases(Result<Page<CaseRow>, ClientError>),
    /// To [`Question::Rules`].
    Rules(Box<Result<OfficeRules, ClientError>>),
    /// To [`Question::Notes`].
    Notes(Result<Vec<NoteView>, ClientError>),
    /// To [`Question::Promises`].
    Promises(Result<Vec<PromiseView>, ClientError>),
    /// To [`Question::Situations`].
    Situations(Box<Result<SituationList, ClientError>>),
    /// To [`Question::ChangeTouches`].
    ChangeTouches(Result<ChangeTouches, ClientError>),
    /// To [`Question::Verification`].
    Verification(Result<Verification, ClientError>),
    /// To [`Question::HandoversOf`] and [`Question::HandoversIn`].
    Handovers(Result<Vec<HandoverView>, ClientError>),
    /// To [`Question::Colleagues`].
    Colleagues(Result<Vec<Colleague>, ClientError>),
    /// To [`Question::Board`].
    Board(Box<Result<BoardView, ClientError>>),
    /// To [`Question::BoardCases`].
    BoardCases(Result<Page<BoardRow>, ClientError>),
    /// To [`Question::Asks`].
    Asks(Result<Vec<AskView>, ClientError>),
    /// To [`Question::Lift`].
    Lift(Result<LiftView, ClientError>),
    /// To [`Question::HalfFinished`].
    HalfFinished(Result<Vec<HalfFinished>, ClientError>),
    /// To [`Question::Presence`].
    Presence(Result<Presences, ClientError>),
    /// To [`Question::Visit`].
    Visit(VisitReply),
    /// To [`Question::Queue`].
    Queue(QueueReply),
    /// To [`Question::Figures`].
    Figures(FiguresReply),
    /// To [`Question::Oversight`].
    Oversight(OversightReply),
    /// To any question, from what is kept on this machine: the line is broken.
    Kept(Box<Reply>, Box<Kept>),
    /// A page of a document was drawn, or was not.
    Page(crate::case::pane::PageKey, Result<crate::case::pane::PageDrawn, crate::case::pane::Unshown>),
}

/// How many cases of the board are asked for at once.
pub const BOARD_PAGE: u16 = 100;
/// How many free times are asked for at once: they stand on the keys `1`–`3`.
pub const SLOTS: u16 = 3;

/// Carries a question out; where the line is broken with what is kept, saying so. Dropping the stream cancels the request.
pub fn answer(api: CaseApi, question: Question) -> BoxStream<'static, Reply> {
    let (api, recall) = api.remembering();
    let aged = move |reply| match recall.kept() {
        Some(kept) => Reply::Kept(Box::new(reply), Box::new(kept.clone())),
        None => reply,
    };
    replies(api, question).map(aged).boxed()
}

fn replies(api: CaseApi, question: Question) -> BoxStream<'static, Reply> {
    match question {
        Question::Me => once(async move { Reply::Me(api.me().await) }),
        Question::Departments => once(async move { Reply::Departments(api.departments().await) }),
        Question::LifeSituations => once(async move { Reply::LifeSituations(api.life_situations().await) }),
        Question::Procedures => once(async move { Reply::Procedures(api.procedures().await) }),
        Question::Tasks => once(async move { Reply::Tasks(api.tasks().await) }),
        Question::Sites => once(async move { Reply::Sites(api.sites().await) }),
        Question::Search(request) => once(async move { Reply::Search(api.search(&request).await) }),
        Question::Citizen(id, purpose) => {
            once(async move { Reply::Citizen(Box::new(api.citizen(id, &purpose).await)) })
        }
        Question::Overview(id, purpose, department) => stream::once(async move {
            match api.overview_of(id, &purpose, department.as_ref()).await {
                Ok(lines) => lines.map(|line| Reply::Overview(Box::new(line))).boxed(),
                Err(error) => once(async move { Reply::Overview(Box::new(Err(error))) }),
            }
        })
        .flatten()
        .boxed(),
        Question::Contacts(id, purpose) => once(async move { Reply::Contacts(api.contacts(id, &purpose, None).await) }),
        Question::EarlierContacts(id, purpose, cursor) => {
            once(async move { Reply::Contacts(api.contacts(id, &purpose, Some(&cursor)).await) })
        }
        Question::CitizenAppointments(id, purpose) => {
            once(async move { Reply::Calendar(api.citizen_appointments(id, &purpose).await) })
        }
        Question::Reveal(id, field, purpose) => {
            once(async move { Reply::Revealed(api.reveal(id, field, &purpose).await) })
        }
        Question::Case(id, purpose) => once(async move { Reply::Case(Box::new(api.case(id, &purpose).await)) }),
        Question::Calendar(counter, from, to) => {
            once(async move { Reply::Calendar(api.calendar(&counter, from, to).await) })
        }
        Question::Slots { counter, from, minutes } => {
            once(async move { Reply::Slots(api.slots(&counter, from, minutes, SLOTS).await) })
        }
        Question::Cases(query, cursor) => once(async move { Reply::Cases(api.cases(&query, cursor.as_ref()).await) }),
        Question::Rules => once(async move { Reply::Rules(Box::new(api.rules().await)) }),
        Question::Notes(id, purpose) => once(async move { Reply::Notes(items(api.notes(id, &purpose).await)) }),
        Question::Promises(id, purpose) => {
            once(async move { Reply::Promises(items(api.promises(id, &purpose).await)) })
        }
        Question::Situations(id, purpose) => {
            once(async move { Reply::Situations(Box::new(api.situations(id, &purpose).await)) })
        }
        Question::ChangeTouches(id, change, purpose) => {
            once(async move { Reply::ChangeTouches(api.change_touches(id, &change, &purpose).await) })
        }
        Question::Verification(id, purpose) => {
            once(async move { Reply::Verification(api.verification(id, &purpose).await) })
        }
        Question::HandoversOf(id, purpose) => {
            once(async move { Reply::Handovers(items(api.handovers_of(id, &purpose).await)) })
        }
        Question::HandoversIn => once(async move { Reply::Handovers(items(api.handovers_in().await)) }),
        Question::Colleagues(words) => once(async move { Reply::Colleagues(items(api.colleagues(&words).await)) }),
        Question::Board(filter) => once(async move { Reply::Board(Box::new(api.board(&filter).await)) }),
        Question::BoardCases(filter, cursor) => {
            once(async move { Reply::BoardCases(api.board_cases(&filter, BOARD_PAGE, cursor.as_ref()).await) })
        }
        Question::Asks => once(async move { Reply::Asks(items(api.asks().await)) }),
        Question::Lift(case, purpose) => once(async move { Reply::Lift(api.lift(case, &purpose).await) }),
        Question::HalfFinished(id, purpose) => {
            once(async move { Reply::HalfFinished(items(api.half_finished(id, &purpose).await)) })
        }
        Question::Visit(question) => once(visits::answer(api, question)),
        Question::Queue(question) => once(queue::answer(api, question)),
        Question::Figures(question) => once(figures::answer(api, question)),
        Question::Oversight(question) => once(oversight::answer(api, question)),
        Question::Presence(case, request) => once(async move { Reply::Presence(api.presence(case, &request).await) }),
    }
}

/// The items of a list that fits on one page.
fn items<T>(page: Result<Page<T>, ClientError>) -> Result<Vec<T>, ClientError> {
    page.map(|page| page.items)
}

fn once(reply: impl Future<Output = Reply> + Send + 'static) -> BoxStream<'static, Reply> {
    stream::once(reply).boxed()
}
