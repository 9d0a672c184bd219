//! What is laid over the queue to be filled in: why somebody is called out of order, to whom she goes on, a new ticket, who has come, what she
//! fetches, what help is needed with, who works here. What does not live here: sending it (`super`), how it looks.

use serde::{Deserialize, Serialize};
use skranke_api::appointments::{Counter, Site};
use skranke_api::handovers::{Colleague, Receiver};
use skranke_api::tickets::{AtWork, CARD_CHARS, Expected, TicketChange, TicketRequest};
use skranke_client::ClientError;
use skranke_domain::authority::Role;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::queue::{Availability, TicketOrigin, Triage};
use skranke_domain::{CitizenId, CounterId, DepartmentId, LifeSituationId, Localized, ProcedureId, StaffId, TicketId};

use super::CounterPage;
use crate::citizen::Step;
use crate::load::Load;
use crate::session::Session;

/// How many are offered at once.
pub const OFFERED: usize = 7;
/// The longest line that asks for help, in characters.
pub const HELP_CHARS: usize = 200;
/// The most people on one ticket.
pub const MOST_PEOPLE: u16 = 20;
/// What one can say of oneself, in the order of the menu.
pub const AVAILABILITY: [Availability; 4] =
    [Availability::Available, Availability::OnHold, Availability::Lunch, Availability::Away];
/// What the host can say about papers, in the order of the menu.
pub const TRIAGE: [Triage; 5] = [Triage::AllHere, Triage::Missing, Triage::Stand, Triage::Elsewhere, Triage::Unknown];

/// What is laid over the queue.
#[derive(Clone, Debug)]
pub struct Open {
    /// Which sheet.
    pub sheet: CounterSheet,
    /// What keeps it from being sent, since the last try.
    pub trouble: Option<Trouble>,
    /// It was sent, and the answer is awaited.
    pub sending: bool,
}

/// The sheets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum CounterSheet {
    /// Somebody is called out of order.
    Call {
        /// Whom.
        ticket: TicketId,
        /// Why.
        reason: String,
    },
    /// She goes on to somebody else.
    Transfer(TransferSheet),
    /// A new ticket.
    New(Box<NewSheet>),
    /// Somebody with a booked time has come.
    CheckIn {
        /// What was typed to find her.
        query: String,
        /// The one that `↵` takes.
        at: usize,
    },
    /// She goes to fetch something.
    SendOff {
        /// Who.
        ticket: TicketId,
        /// What she fetches.
        card: String,
    },
    /// Help is asked for quietly.
    Help {
        /// What with.
        with: String,
    },
    /// Who works here.
    Staff {
        /// The one that the keys act on.
        at: usize,
    },
    /// How one can be reached oneself.
    Availability {
        /// The one that `↵` takes.
        at: usize,
    },
    /// What was found out about papers.
    Sort {
        /// Whose.
        ticket: TicketId,
        /// The one that `↵` takes.
        at: usize,
    },
}

/// To whom somebody goes on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TransferSheet {
    /// Who.
    pub ticket: TicketId,
    /// What was typed to find a receiver.
    pub query: String,
    /// The one that `↵` takes.
    pub at: usize,
    /// To whom, once chosen.
    pub to: Option<Target>,
    /// What the next one must know.
    pub card: String,
    /// Colleagues at other places that the server found.
    #[serde(skip)]
    pub colleagues: Load<Vec<Colleague>>,
}

/// Where somebody can go on to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// A counter, a room or a stand of the site.
    Counter(CounterId, Localized),
    /// A colleague.
    Colleague(StaffId, String),
    /// The queue of a unit.
    Unit(DepartmentId, Localized),
}

/// A ticket while it is written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewSheet {
    /// Its identifier: the same at every try.
    pub id: TicketId,
    /// What was typed to find the reason.
    pub query: String,
    /// The reason that `↵` takes.
    pub at: usize,
    /// What for, once chosen.
    pub reason: Option<(Reason, Localized)>,
    /// How many people.
    pub people: u16,
    /// The language that she needs an interpreter for.
    pub language: Option<LanguageCode>,
    /// What the host notes.
    pub text: String,
    /// What was found out about papers.
    pub triage: Option<Triage>,
    /// She asked for the private room.
    pub private_room: bool,
    /// Who is open at the stand in front, so that the ticket can be hers.
    pub open: Option<(CitizenId, String)>,
    /// The ticket is hers.
    pub hers: bool,
}

/// What a ticket is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// A procedure.
    Procedure(ProcedureId),
    /// A life situation.
    Situation(LifeSituationId),
}

/// What keeps a sheet from being sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// Nothing was said where words are needed.
    NothingSaid,
    /// Too much was said.
    TooLong,
    /// Nobody, or nothing, was chosen.
    NotChosen,
    /// It is not known any more whom it is about.
    Gone,
    /// The server refused, or did not answer.
    Refused(ClientError),
}

/// What happens on a sheet.
#[derive(Clone, Debug)]
pub enum SheetInput {
    /// Words were typed to find something.
    Query(String),
    /// The reason, the card, the note, the line was typed.
    Text(String),
    /// The row below or above.
    Step(Step),
    /// The row that the keys act on (`↵`).
    Take,
    /// This row.
    TakeAt(usize),
    /// Something else than what was chosen.
    Another,
    /// So many people come.
    People(u16),
    /// An interpreter for this language, or none.
    Language(Option<LanguageCode>),
    /// This was found out about papers, or nothing.
    Triage(Option<Triage>),
    /// She asked for the private room, or no longer.
    PrivateRoom,
    /// The ticket is hers who is open, or nobody's.
    Hers,
    /// It is sent as it stands.
    Confirm,
    /// It goes; what was typed is kept.
    Close,
}

impl Open {
    pub(super) const fn new(sheet: CounterSheet) -> Self {
        Self { sheet, trouble: None, sending: false }
    }
}

impl CounterSheet {
    /// The ticket that it is about.
    #[must_use]
    pub fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::Call { ticket, .. } | Self::SendOff { ticket, .. } | Self::Sort { ticket, .. } => Some(*ticket),
            Self::Transfer(sheet) => Some(sheet.ticket),
            Self::New(sheet) => Some(sheet.id),
            Self::CheckIn { .. } | Self::Help { .. } | Self::Staff { .. } | Self::Availability { .. } => None,
        }
    }

    /// Whether something was typed that Escape must not lose.
    pub(super) fn is_worth_keeping(&self) -> bool {
        match self {
            Self::Call { reason: text, .. } | Self::SendOff { card: text, .. } | Self::Help { with: text } => {
                !text.trim().is_empty()
            }
            Self::Transfer(sheet) => sheet.to.is_some() || !sheet.card.trim().is_empty(),
            Self::New(sheet) => sheet.reason.is_some() || !sheet.text.trim().is_empty(),
            Self::CheckIn { .. } | Self::Staff { .. } | Self::Availability { .. } | Self::Sort { .. } => false,
        }
    }

    /// Whether this one, which was put aside, is what the other one would be.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::New(_), Self::New(_)) => true,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other) && self.ticket() == other.ticket(),
        }
    }

    pub(super) const fn text_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Call { reason: text, .. } | Self::SendOff { card: text, .. } | Self::Help { with: text } => {
                Some(text)
            }
            Self::Transfer(sheet) => Some(&mut sheet.card),
            Self::New(sheet) => Some(&mut sheet.text),
            Self::CheckIn { .. } | Self::Staff { .. } | Self::Availability { .. } | Self::Sort { .. } => None,
        }
    }

    /// The search line and the row that it finds, where the sheet still looks for something.
    pub(super) const fn search_mut(&mut self) -> Option<(&mut String, &mut usize)> {
        match self {
            Self::Transfer(TransferSheet { query, at, to: None, .. }) => Some((query, at)),
            Self::New(sheet) if sheet.reason.is_none() => Some((&mut sheet.query, &mut sheet.at)),
            Self::CheckIn { query, at } => Some((query, at)),
            _ => None,
        }
    }

    pub(super) const fn row_mut(&mut self) -> Option<&mut usize> {
        match self {
            Self::Staff { at } | Self::Availability { at } | Self::Sort { at, .. } => Some(at),
            other => match other.search_mut() {
                Some((_, at)) => Some(at),
                None => None,
            },
        }
    }
}

fn words_of(query: &str) -> Vec<String> {
    query.split_whitespace().map(str::to_lowercase).collect()
}

/// Whether every word begins a word of one of the texts.
fn fits(words: &[String], texts: &[&str]) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    words.iter().all(|word| {
        let mut parts = texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        parts.any(|part| part.starts_with(word.as_str()))
    })
}

impl CounterPage {
    /// Where somebody can go on to: counters and colleagues here first, then units, then who works elsewhere.
    #[must_use]
    pub fn targets(&self, sheet: &TransferSheet, session: &Session) -> Vec<Target> {
        let words = words_of(&sheet.query);
        let me = session.me.value();
        let mine = me.and_then(|me| me.counter.as_ref());
        let counters = self.site(session).map(|site| site.counters.as_slice()).unwrap_or_default();
        let counter = |one: &Counter| {
            (Some(&one.id) != mine && fits(&words, &[&one.name.da, &one.name.en]))
                .then(|| Target::Counter(one.id.clone(), one.name.clone()))
        };
        let here = self.staff().iter().filter(|one| me.is_none_or(|me| me.id != one.staff.id));
        let here = here.filter(|one| fits(&words, &[&one.staff.name]));
        let mut all: Vec<Target> = here.map(|one| Target::Colleague(one.staff.id, one.staff.name.clone())).collect();
        // While nothing is typed, places and people take turns: neither hides the other.
        let places: Vec<Target> = counters.iter().filter_map(counter).collect();
        if words.is_empty() {
            all.truncate(OFFERED - places.len().min(OFFERED / 2));
        }
        all.splice(0..0, places.into_iter().take(if words.is_empty() { OFFERED / 2 } else { OFFERED }));
        if !words.is_empty() {
            let units = session.departments.values().map(|health| &health.department);
            let units = units.filter(|unit| unit.asked && fits(&words, &[&unit.name.da, &unit.name.en, &unit.tag]));
            all.extend(units.map(|unit| Target::Unit(unit.id.clone(), unit.name.clone())));
            let found = sheet.colleagues.value().map(Vec::as_slice).unwrap_or_default();
            for one in found.iter().filter(|one| !matches!(one.role, Role::Host | Role::Guest)) {
                let known = all.iter().any(|other| matches!(other, Target::Colleague(id, _) if *id == one.id));
                if !known && me.is_none_or(|me| me.id != one.id) && fits(&words, &[&one.name, &one.initials]) {
                    all.push(Target::Colleague(one.id, one.name.clone()));
                }
            }
        }
        all.truncate(OFFERED);
        all
    }

    /// The site whose queue it is.
    #[must_use]
    pub fn site<'a>(&self, session: &'a Session) -> Option<&'a Site> {
        session.sites.iter().find(|site| site.id == self.site)
    }

    /// Who is expected and fits what was typed.
    #[must_use]
    pub fn arrivals(&self, query: &str) -> Vec<&Expected> {
        let words = words_of(query);
        self.expected().iter().filter(|one| fits(&words, &[&one.citizen_short])).collect()
    }

    /// How many rows the sheet that is open offers.
    pub(super) fn sheet_rows(&self, session: &Session) -> usize {
        match self.open.as_ref().map(|open| &open.sheet) {
            Some(CounterSheet::Transfer(sheet)) if sheet.to.is_none() => self.targets(sheet, session).len(),
            Some(CounterSheet::New(sheet)) if sheet.reason.is_none() => reasons(sheet, session).len(),
            Some(CounterSheet::CheckIn { query, .. }) => self.arrivals(query).len(),
            Some(CounterSheet::Staff { .. }) => self.staff().len(),
            Some(CounterSheet::Availability { .. }) => AVAILABILITY.len(),
            Some(CounterSheet::Sort { .. }) => TRIAGE.len(),
            _ => 0,
        }
    }

    /// The colleague that the keys act on in the list of who works here.
    #[must_use]
    pub fn colleague_at(&self, at: usize) -> Option<&AtWork> {
        self.staff().get(at)
    }
}

/// What a ticket can be for and fits what was typed: situations first while nothing is, then whatever begins so.
#[must_use]
pub fn reasons(sheet: &NewSheet, session: &Session) -> Vec<(Reason, Localized)> {
    let words = words_of(&sheet.query);
    let situations = session.situations.values().filter(|one| fits(&words, &[&one.title.da, &one.title.en]));
    let situations = situations.map(|one| (Reason::Situation(one.id.clone()), one.title.clone()));
    let procedures = session.procedures.values().filter(|one| fits(&words, &[&one.title.da, &one.title.en]));
    let procedures = procedures.map(|one| (Reason::Procedure(one.id.clone()), one.title.clone()));
    let mut all: Vec<(Reason, Localized)> = situations.collect();
    if !words.is_empty() {
        all.extend(procedures);
        let begins = |title: &Localized| {
            let whole = sheet.query.trim().to_lowercase();
            title.da.to_lowercase().starts_with(&whole) || title.en.to_lowercase().starts_with(&whole)
        };
        all.sort_by_key(|(_, title)| !begins(title));
    }
    all.truncate(OFFERED);
    all
}

/// Words as they are sent: not too many.
fn said(text: &str, most: usize) -> Result<String, Trouble> {
    let text = text.trim();
    if text.chars().count() > most { Err(Trouble::TooLong) } else { Ok(text.to_owned()) }
}

pub(super) fn call(reason: &str, counter: CounterId) -> Result<TicketChange, Trouble> {
    let reason = said(reason, CARD_CHARS)?;
    if reason.is_empty() { Err(Trouble::NothingSaid) } else { Ok(TicketChange::Call { counter, reason }) }
}

pub(super) fn send_off(card: &str) -> Result<TicketChange, Trouble> {
    Ok(TicketChange::SendOff { card: said(card, CARD_CHARS)? })
}

pub(super) fn help(with: &str) -> Result<String, Trouble> {
    said(with, HELP_CHARS)
}

impl TransferSheet {
    pub(super) fn change(&self) -> Result<TicketChange, Trouble> {
        let card = said(&self.card, CARD_CHARS)?;
        let (to, counter) = match self.to.as_ref().ok_or(Trouble::NotChosen)? {
            Target::Counter(counter, _) => (None, Some(counter.clone())),
            Target::Colleague(id, _) => (Some(Receiver::Colleague { id: *id }), None),
            Target::Unit(department, _) => (Some(Receiver::Unit { department: department.clone() }), None),
        };
        Ok(TicketChange::Transfer { to, counter, card })
    }
}

impl NewSheet {
    pub(super) fn open(open: Option<(CitizenId, String)>) -> Self {
        Self {
            id: TicketId::new(),
            query: String::new(),
            at: 0,
            reason: None,
            people: 1,
            language: None,
            text: String::new(),
            triage: None,
            private_room: false,
            open,
            hers: false,
        }
    }

    pub(super) fn request(&self, page: &CounterPage) -> Result<TicketRequest, Trouble> {
        let (procedure, situation) = match &self.reason.as_ref().ok_or(Trouble::NotChosen)?.0 {
            Reason::Procedure(id) => (Some(id.clone()), None),
            Reason::Situation(id) => (None, Some(id.clone())),
        };
        Ok(TicketRequest {
            id: self.id,
            site: page.site.clone(),
            origin: TicketOrigin::Host,
            procedure,
            situation,
            text: said(&self.text, CARD_CHARS)?,
            people: self.people,
            language: self.language.clone(),
            citizen: self.open.as_ref().filter(|_| self.hers).map(|(id, _)| *id),
            cases: Vec::new(),
            triage: self.triage,
            private_room: self.private_room,
        })
    }

    /// The languages that an interpreter can be asked for: those that somebody of the site interprets.
    #[must_use]
    pub fn languages(site: Option<&Site>) -> Vec<LanguageCode> {
        let mut all: Vec<LanguageCode> = Vec::new();
        for one in site.map(|site| site.interpreters.as_slice()).unwrap_or_default() {
            if !all.contains(&one.language) {
                all.push(one.language.clone());
            }
        }
        all
    }
}
