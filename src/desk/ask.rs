//! Questions to the case API and their replies, and the one function that carries a question out. What does not live here: who
//! asks, and what becomes of the reply.

use futures::stream::{self, BoxStream, StreamExt};
use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::appointments::{Calendar, Site, Slot};
use skranke_api::cases::{CaseView, ContactView};
use skranke_api::citizens::{CitizenView, HiddenField, Revealed, SearchAnswer, SearchRequest};
use skranke_api::me::{DepartmentHealth, Me};
use skranke_api::overview::{CaseRow, OverviewLine};
use skranke_api::{Cursor, Page, Purpose};
use skranke_client::ClientError;
use skranke_client::http::{CaseApi, CaseQuery, Tagged};
use skranke_domain::life_situation::LifeSituationKind;
use skranke_domain::procedure::Procedure;
use skranke_domain::{CaseId, CitizenId, CounterId};

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
    /// Sites and counters.
    Sites,
    /// A search.
    Search(SearchRequest),
    /// A citizen's identity.
    Citizen(CitizenId, Purpose),
    /// A citizen's cases, department by department.
    Overview(CitizenId, Purpose),
    /// A citizen's contacts, newest first.
    Contacts(CitizenId, Purpose),
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
    /// To [`Question::Sites`].
    Sites(Result<Vec<Site>, ClientError>),
    /// To [`Question::Search`].
    Search(Result<SearchAnswer, ClientError>),
    /// To [`Question::Citizen`].
    Citizen(Box<Result<CitizenView, ClientError>>),
    /// One line of the answer to [`Question::Overview`].
    Overview(Box<Result<OverviewLine, ClientError>>),
    /// To [`Question::Contacts`].
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
}

/// How many free times are asked for at once: they stand on the keys `1`–`3`.
pub const SLOTS: u16 = 3;

/// Carries a question out. Dropping the stream cancels the request.
pub fn answer(api: CaseApi, question: Question) -> BoxStream<'static, Reply> {
    match question {
        Question::Me => once(async move { Reply::Me(api.me().await) }),
        Question::Departments => once(async move { Reply::Departments(api.departments().await) }),
        Question::LifeSituations => once(async move { Reply::LifeSituations(api.life_situations().await) }),
        Question::Procedures => once(async move { Reply::Procedures(api.procedures().await) }),
        Question::Sites => once(async move { Reply::Sites(api.sites().await) }),
        Question::Search(request) => once(async move { Reply::Search(api.search(&request).await) }),
        Question::Citizen(id, purpose) => {
            once(async move { Reply::Citizen(Box::new(api.citizen(id, &purpose).await)) })
        }
        Question::Overview(id, purpose) => stream::once(async move {
            match api.overview_stream(id, &purpose).await {
                Ok(lines) => lines.map(|line| Reply::Overview(Box::new(line))).boxed(),
                Err(error) => once(async move { Reply::Overview(Box::new(Err(error))) }),
            }
        })
        .flatten()
        .boxed(),
        Question::Contacts(id, purpose) => once(async move { Reply::Contacts(api.contacts(id, &purpose, None).await) }),
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
    }
}

fn once(reply: impl Future<Output = Reply> + Send + 'static) -> BoxStream<'static, Reply> {
    stream::once(reply).boxed()
}
