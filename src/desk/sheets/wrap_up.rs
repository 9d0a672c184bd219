//! The sheet for registering the contact. What lives here: what is filled in already, what was chosen and typed, and the contact that comes of
//! it. What does not: the clock and what was done (the page's visit).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use skranke_api::contacts::ContactRequest;
use skranke_api::overview::Answer;
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft, Entry, Label, Place};
use skranke_domain::case::Phase;
use skranke_domain::contact::{CONTACT_CHARS, Channel, ForWhom, MAX_SUBJECTS, Outcome as Ended, Verified};
use skranke_domain::{CaseId, CommandId, ContactId, LifeSituationId, Localized, ProcedureId};

use super::{Facing, Outcome};
use crate::ask::Reply;
use crate::citizen::{Step, Visit};
use crate::counter::wrap_up::contact_of;
use crate::effect::Effect;
use crate::session::Session;

/// How many of her other open cases are offered as subjects beside those that were touched.
const OFFERED: usize = 3;
/// The longest visit. A page that stood open overnight was no visit of a whole day: then its last hours count.
const LONGEST: SignedDuration = SignedDuration::from_hours(10);
/// How many results of what was typed are shown.
pub const FOUND: usize = 5;

/// A subject of the contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The procedure.
    pub procedure: ProcedureId,
    /// Its name.
    pub title: Localized,
    /// It is one of the contact's subjects.
    pub chosen: bool,
}

/// Something that was found by typing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Found {
    /// A procedure.
    Subject(ProcedureId, Localized),
    /// A kind of life situation.
    Situation(LifeSituationId, Localized),
}

impl Found {
    /// Its name.
    #[must_use]
    pub const fn title(&self) -> &Localized {
        match self {
            Self::Subject(_, title) | Self::Situation(_, title) => title,
        }
    }
}

/// Why it cannot be finished yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody said how it ended.
    NoOutcome,
    /// The line is too long.
    TooLong,
    /// There are more subjects than a contact may have.
    TooManySubjects,
    /// It is not known who is signed in.
    NobodySignedIn,
    /// It could not be written down.
    NotKept,
}

/// What the outcome asks for and this visit did not see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Passed on, and nothing was handed over.
    HandOver,
    /// She must send papers, and no letter asked for them.
    Letter,
    /// A new time, and none was booked.
    Book,
}

/// The sheet while it is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WrapUpSheet {
    /// The channel.
    pub channel: Channel,
    /// What it was about, and what else it may have been.
    pub subjects: Vec<Subject>,
    /// The subject that the keys act on.
    pub active: usize,
    /// The kind of life situation.
    pub situation: Option<LifeSituationId>,
    /// How it ended: nothing is preselected.
    pub outcome: Option<Ended>,
    /// For whom somebody came or rang.
    pub for_whom: ForWhom,
    /// How it was made sure who it is.
    pub verified: Verified,
    /// One line; may be empty.
    pub text: String,
    /// What was typed to find another subject.
    pub query: String,
    /// What it finds.
    #[serde(skip)]
    pub found: Vec<Found>,
    /// What keeps it from being finished, since the last try.
    #[serde(skip)]
    pub trouble: Option<Trouble>,
    /// The contact in the outbox that is worded anew.
    #[serde(default)]
    pub replaces: Option<CommandId>,
    #[serde(default)]
    made: Option<ContactId>,
    /// From when to when, where it is no visit of now.
    #[serde(default)]
    span: Option<(Timestamp, Timestamp)>,
    /// Kinds of life situations that `F` goes through.
    situations: Vec<LifeSituationId>,
    /// The name of the citizen, in case her page has not come back when a visit is finished later.
    name: String,
    changed: bool,
}

/// What happens on it.
#[derive(Clone, Debug)]
pub enum WrapUpInput {
    /// How it ended (`1`–`5`).
    Ended(Ended),
    /// A channel.
    Channel(Channel),
    /// The next channel (`K`).
    NextChannel,
    /// The subject below or above.
    Step(Step),
    /// The active subject is one, or is none (`Space`).
    ToggleActive,
    /// This subject is one, or is none.
    Toggle(usize),
    /// The next life situation that fits, or none (`F`).
    NextSituation,
    /// For whom she came (`O`).
    NextForWhom,
    /// How it was made sure who it is (`V`).
    NextVerified,
    /// The line was typed.
    Text(String),
    /// Words were typed to find a subject or a life situation.
    Query(String),
    /// What was found is taken: the one at this place.
    Take(usize),
}

fn next<T: Copy + PartialEq>(all: &[T], now: T) -> T {
    let at = all.iter().position(|one| *one == now).unwrap_or(0);
    all.get((at + 1) % all.len().max(1)).copied().unwrap_or(now)
}

/// The channels that somebody is met on; letters and Digital Post register themselves where they are sent.
pub const CHANNELS: [Channel; 4] = [Channel::Counter, Channel::Phone, Channel::Email, Channel::SelfService];

impl WrapUpSheet {
    pub(crate) fn open(facing: &Facing<'_>) -> (Self, Vec<Effect>) {
        (Self::filled(facing), Vec::new())
    }

    /// The sheet with what the visit tells already.
    pub(crate) fn filled(facing: &Facing<'_>) -> Self {
        let visit = &facing.page.visit;
        let mut sheet = Self {
            channel: visit.channel,
            subjects: Vec::new(),
            active: 0,
            situation: None,
            outcome: None,
            for_whom: visit.for_whom,
            verified: visit.verified,
            text: String::new(),
            query: String::new(),
            found: Vec::new(),
            trouble: None,
            replaces: None,
            made: None,
            span: None,
            situations: Vec::new(),
            name: facing.citizen_name(),
            changed: false,
        };
        sheet.catch_up(facing);
        let touched = &visit.touched;
        let open = facing.page.rows().map(|row| row.case).filter(|case| case.phase != Phase::Closed);
        let mut others = Vec::new();
        for case in open.filter(|case| !touched.contains(&case.id)) {
            let known = sheet.subjects.iter().chain(&others).any(|one: &Subject| one.procedure == case.procedure);
            if !known && others.len() < OFFERED {
                let (procedure, title) = (case.procedure.clone(), case.title.clone());
                others.push(Subject { procedure, title, chosen: false });
            }
        }
        sheet.subjects.extend(others);
        sheet
    }

    /// A contact as it lies in the outbox: to be worded anew. None where nobody said yet how it ended: such a one is finished where it is.
    pub(crate) fn of_entry(entry: &Entry, session: &Session) -> Option<Self> {
        let request: ContactRequest = serde_json::from_value(entry.draft.body.clone()).ok()?;
        let title =
            |id: &ProcedureId| session.procedures.get(id).map_or_else(|| plain(id), |known| known.title.clone());
        let subject = |id: &ProcedureId| Subject { procedure: id.clone(), title: title(id), chosen: true };
        let name = match &entry.draft.label {
            Label::Deed { citizen_name, .. } => citizen_name.clone(),
            _ => String::new(),
        };
        Some(Self {
            channel: request.channel,
            subjects: request.subjects.iter().map(subject).collect(),
            active: 0,
            situations: request.situation.iter().cloned().collect(),
            situation: request.situation,
            outcome: Some(request.outcome),
            for_whom: request.for_whom,
            verified: request.verified,
            text: request.text,
            query: String::new(),
            found: Vec::new(),
            trouble: None,
            replaces: Some(entry.id),
            made: Some(request.id),
            span: Some((request.began, request.ended)),
            name,
            changed: true,
        })
    }

    /// What was done since it was filled in, or left: new subjects stand first among those that are chosen.
    pub(crate) fn catch_up(&mut self, facing: &Facing<'_>) {
        if self.replaces.is_some() {
            return;
        }
        let (page, visit, session) = (facing.page, &facing.page.visit, facing.acting.session);
        let groups = page.groups();
        let open = || groups.iter().filter_map(|group| group.situation.filter(|one| !one.closed)).map(|one| one.kind);
        let mut due: Vec<(ProcedureId, Localized)> = Vec::new();
        let mut first = None;
        for case in &visit.touched {
            let Some(row) = page.rows().find(|row| row.case.id == *case).map(|row| row.case) else { continue };
            due.push((row.procedure.clone(), row.title.clone()));
            let home = groups.iter().filter_map(|group| group.situation).find(|one| Some(one.id) == row.situation);
            first = first.or_else(|| home.map(|one| one.kind.clone()));
        }
        for procedure in visit.begun.iter().filter(|procedure| is_ours(procedure, facing)) {
            let title = session.procedures.get(procedure).map(|known| known.title.clone());
            due.push((procedure.clone(), title.unwrap_or_else(|| plain(procedure))));
            let leads = |kind: &&LifeSituationId| {
                let known = session.situations.get(*kind);
                known.is_some_and(|known| known.follows.iter().any(|one| one.procedure.as_ref() == Some(procedure)))
            };
            first = first.or_else(|| open().find(leads).cloned());
        }
        for (procedure, title) in due {
            match self.subjects.iter().position(|one| one.procedure == procedure) {
                None => {
                    let at = self.subjects.iter().take_while(|one| one.chosen).count();
                    self.subjects.insert(at, Subject { procedure, title, chosen: true });
                }
                Some(at) if !self.changed => self.subjects[at].chosen = true,
                Some(_) => {}
            }
        }
        for kind in first.iter().chain(open()) {
            if !self.situations.contains(kind) {
                self.situations.push(kind.clone());
            }
        }
        if !self.changed {
            self.situation = first;
            (self.verified, self.for_whom) = (visit.verified, visit.for_whom);
        } else if self.verified == Verified::Not {
            self.verified = visit.verified;
        }
    }

    pub(crate) fn update(&mut self, input: WrapUpInput, facing: &Facing<'_>) -> Vec<Effect> {
        if !matches!(input, WrapUpInput::Step(_)) {
            self.changed = true;
        }
        self.trouble = None;
        match input {
            WrapUpInput::Ended(outcome) => self.outcome = Some(outcome),
            WrapUpInput::Channel(channel) => self.channel = channel,
            WrapUpInput::NextChannel => self.channel = next(&CHANNELS, self.channel),
            WrapUpInput::Step(step) => {
                self.active = step.from(Some(self.active), self.subjects.len()).unwrap_or(0);
            }
            WrapUpInput::ToggleActive => self.toggle(self.active),
            WrapUpInput::Toggle(at) => {
                self.active = at;
                self.toggle(at);
            }
            WrapUpInput::NextSituation => {
                self.situation = match &self.situation {
                    None => self.situations.first().cloned(),
                    Some(now) => {
                        let at = self.situations.iter().position(|kind| kind == now);
                        at.and_then(|at| self.situations.get(at + 1)).cloned()
                    }
                };
            }
            WrapUpInput::NextForWhom => self.for_whom = next(ForWhom::ALL, self.for_whom),
            WrapUpInput::NextVerified => self.verified = next(Verified::ALL, self.verified),
            WrapUpInput::Text(text) => self.text = text,
            WrapUpInput::Query(query) => {
                self.found = find(&query, facing);
                self.query = query;
            }
            WrapUpInput::Take(at) => self.take(at),
        }
        Vec::new()
    }

    fn toggle(&mut self, at: usize) {
        let chosen = self.chosen().count();
        match self.subjects.get_mut(at) {
            Some(one) if !one.chosen && chosen >= MAX_SUBJECTS => self.trouble = Some(Trouble::TooManySubjects),
            Some(one) => one.chosen = !one.chosen,
            None => {}
        }
    }

    fn take(&mut self, at: usize) {
        match self.found.get(at).cloned() {
            Some(Found::Situation(kind, _)) => {
                if !self.situations.contains(&kind) {
                    self.situations.push(kind.clone());
                }
                self.situation = Some(kind);
            }
            Some(Found::Subject(procedure, title)) => {
                let at = self.subjects.iter().position(|one| one.procedure == procedure).unwrap_or_else(|| {
                    self.subjects.push(Subject { procedure, title, chosen: false });
                    self.subjects.len() - 1
                });
                self.active = at;
                if !self.subjects[at].chosen {
                    self.toggle(at);
                }
            }
            None => return,
        }
        self.query.clear();
        self.found.clear();
    }

    /// The subjects that are chosen.
    pub fn chosen(&self) -> impl Iterator<Item = &Subject> {
        self.subjects.iter().filter(|one| one.chosen)
    }

    /// Kinds of life situations that fit.
    pub(crate) fn offered(&self) -> &[LifeSituationId] {
        &self.situations
    }

    /// What the outcome asks for and this visit did not see: a hint, never a block.
    #[must_use]
    pub fn hint(&self, visit: &Visit) -> Option<Hint> {
        match self.outcome? {
            Ended::PassedOn => (!visit.did(Deed::HandedOver)).then_some(Hint::HandOver),
            Ended::MustSendPapers => (!visit.did(Deed::PapersAsked)).then_some(Hint::Letter),
            Ended::NewTime => (!visit.booked).then_some(Hint::Book),
            Ended::Settled | Ended::ReferredElsewhere => None,
        }
    }

    pub(crate) fn confirm(&mut self, facing: &Facing<'_>) -> Outcome {
        match self.draft(facing) {
            // A contact that is worded anew ended long ago: whoever stands here now stays.
            Ok(draft) if self.replaces.is_some() => Outcome::instead(self.replaces, Some(draft)),
            Ok(draft) => Outcome::Finished(vec![Effect::Enqueue(Box::new(draft))]),
            Err(trouble) => {
                self.trouble = Some(trouble);
                Outcome::not_yet()
            }
        }
    }

    fn draft(&self, facing: &Facing<'_>) -> Result<Draft, Trouble> {
        let outcome = self.outcome.ok_or(Trouble::NoOutcome)?;
        let author = facing.author().ok_or(Trouble::NobodySignedIn)?;
        let text = self.text.trim();
        if text.chars().count() > CONTACT_CHARS {
            return Err(Trouble::TooLong);
        }
        let visit = &facing.page.visit;
        let (began, ended) = match self.span {
            Some(span) => span,
            None => (visit.began, visit.until(facing.acting.now)),
        };
        let request = ContactRequest {
            id: self.made.or_else(|| visit.ticket.map(contact_of)).unwrap_or_default(),
            citizen: author.citizen,
            case: self.only_case(facing),
            channel: self.channel,
            subjects: self.chosen().map(|one| one.procedure.clone()).take(MAX_SUBJECTS).collect(),
            situation: self.situation.clone(),
            outcome,
            for_whom: self.for_whom,
            verified: self.verified,
            text: text.to_owned(),
            began: began.max(ended - LONGEST),
            ended,
        };
        let place = Place { resource: paths::contact(request.id), posted_to: paths::CONTACTS.to_owned() };
        let citizen_name = Some(facing.citizen_name()).filter(|name| !name.is_empty()).unwrap_or(self.name.clone());
        let about = self.chosen().next().map(|one| one.title.clone());
        let label = Label::Deed { citizen_name, deed: Deed::ContactRegistered, about, text: text.to_owned() };
        let draft = Draft::create(author, place, &request, label).map_err(|_| Trouble::NotKept)?;
        Ok(match visit.ticket {
            Some(ticket) => draft.of_ticket(ticket),
            None => draft,
        })
    }

    /// The case, where the contact was about one alone.
    pub(crate) fn only_case(&self, facing: &Facing<'_>) -> Option<CaseId> {
        match facing.page.visit.touched.as_slice() {
            [only] => {
                let row = facing.page.rows().find(|row| row.case.id == *only)?;
                self.chosen().any(|one| one.procedure == row.case.procedure).then_some(*only)
            }
            _ => None,
        }
    }

    pub(crate) fn replied(&mut self, _slot: u8, _reply: Reply, _facing: &Facing<'_>) {}

    /// Whether something was typed that Escape must not lose.
    pub(crate) const fn is_worth_keeping(&self) -> bool {
        self.changed
    }
}

/// A procedure that the catalogue in hand does not name.
fn plain(procedure: &ProcedureId) -> Localized {
    Localized { da: procedure.to_string(), en: procedure.to_string() }
}

/// Whether this role registers contacts about a procedure: a withheld department registers its own.
fn is_ours(procedure: &ProcedureId, facing: &Facing<'_>) -> bool {
    let Some(known) = facing.acting.session.procedures.get(procedure) else { return true };
    let source = facing.page.sources.iter().find(|source| source.department == known.department);
    !source.and_then(|source| source.section.as_ref()).is_some_and(|one| matches!(one.answer, Answer::Withheld))
}

/// Procedures and life situations whose name, in either language, holds every word.
fn find(query: &str, facing: &Facing<'_>) -> Vec<Found> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let fits = |title: &Localized| {
        let (da, en) = (title.da.to_lowercase(), title.en.to_lowercase());
        words.iter().all(|word| da.contains(word)) || words.iter().all(|word| en.contains(word))
    };
    let session = facing.acting.session;
    let procedures = session.procedures.iter().filter(|(id, known)| fits(&known.title) && is_ours(id, facing));
    let situations = session.situations.iter().filter(|(_, known)| fits(&known.title));
    procedures
        .map(|(id, known)| Found::Subject(id.clone(), known.title.clone()))
        .chain(situations.map(|(id, known)| Found::Situation(id.clone(), known.title.clone())))
        .take(FOUND)
        .collect()
}
