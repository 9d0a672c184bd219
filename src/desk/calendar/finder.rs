//! What free times are looked for: what for, how long, how many come, with which interpreter, where and with whom. What does not live here:
//! finding them (the server), taking one (`booking`), keeping it (`holding`).

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use skranke_api::appointments::{MAX_MINUTES, Site, Slot, SlotQuery, StaffRef};
use skranke_domain::appointment::{CELL_MINUTES, length};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::{CounterId, Localized, ProcedureId, SiteId, StaffId};

use super::booking::{BookingFor, DEFAULT_MINUTES};
use super::{BookingInput, CalendarPage};
use crate::acting::Acting;
use crate::ask::{Question, SLOTS, VisitQuestion};
use crate::effect::Effect;
use crate::load::Load;
use crate::session::Session;

/// The most people that one booking is for.
pub const MOST_PEOPLE: u16 = 20;
/// How many procedures are shown of what was typed.
pub const FOUND: usize = 6;

/// With whom, or where, it is to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum With {
    /// At the counter that is shown.
    #[default]
    Counter,
    /// With the citizen's own caseworker.
    Own,
    /// With anyone who may settle it.
    Anyone,
}

/// The line in which the matter is typed, while it is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choosing {
    /// What was typed.
    pub query: String,
    /// What it finds: procedures, by name.
    pub found: Vec<(ProcedureId, Localized)>,
}

/// What free times are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finder {
    /// What for, where no booking says it.
    pub procedure: Option<(ProcedureId, Localized)>,
    /// How many people come.
    pub people: u16,
    /// An interpreter of this language is there.
    pub language: Option<LanguageCode>,
    /// Reached without a step.
    pub step_free: bool,
    /// Before nine o'clock.
    pub before_work: bool,
    /// With whom.
    pub with: With,
    /// At these sites, where it is not at one counter; empty: at the site of the counter.
    pub sites: Vec<SiteId>,
    /// The sites are unfolded to be chosen.
    pub choosing_sites: bool,
    /// Later than the first ones: not before this moment.
    pub later: Option<Timestamp>,
    /// On this day at this counter alone, since she comes there anyway.
    pub day: Option<(CounterId, Date)>,
    /// What it is for is being chosen.
    pub choosing: Option<Choosing>,
    /// A time that was chosen before there was a booking: it is taken as soon as one begins.
    pub picked: Option<Slot>,
    /// A time that is taken by itself when the free ones come.
    pub(super) wanted: Option<(CounterId, Timestamp)>,
    chosen_minutes: Option<u16>,
    usual: u16,
    base: u16,
    pub(super) asked: Option<SlotQuery>,
}

impl Default for Finder {
    fn default() -> Self {
        Self {
            procedure: None,
            people: 1,
            language: None,
            step_free: false,
            before_work: false,
            with: With::Counter,
            sites: Vec::new(),
            choosing_sites: false,
            later: None,
            day: None,
            choosing: None,
            picked: None,
            wanted: None,
            chosen_minutes: None,
            usual: DEFAULT_MINUTES,
            base: DEFAULT_MINUTES,
            asked: None,
        }
    }
}

impl Finder {
    /// How long, in minutes: as it was said by hand, else as the matter usually takes for so many people.
    #[must_use]
    pub fn minutes(&self) -> u16 {
        self.chosen_minutes.unwrap_or(self.usual)
    }

    /// Whether the length was said by hand.
    #[must_use]
    pub const fn minutes_are_chosen(&self) -> bool {
        self.chosen_minutes.is_some()
    }

    /// As it begins for a booking: its people, its length, the interpreter she needs. Where and when stay as they were said.
    pub(super) fn begin_for(&mut self, what: &BookingFor) {
        let picked = self.picked.take();
        // A time that was promised on the phone is the one that is booked, in the length that it was found for.
        let minutes = picked.as_ref().map(|_| self.minutes()).or(what.chosen_minutes);
        let wanted = picked.map(|slot| (slot.counter, slot.start));
        *self = Self {
            people: what.people.max(if wanted.is_some() { self.people } else { 1 }),
            language: what.interpreter.clone().or_else(|| self.language.take()),
            step_free: self.step_free,
            before_work: self.before_work,
            with: match self.with {
                With::Own if what.with.is_none() => With::Counter,
                with => with,
            },
            sites: std::mem::take(&mut self.sites),
            wanted,
            chosen_minutes: minutes,
            base: what.minutes,
            ..Self::default()
        };
        self.usual = length(self.base, self.people);
    }

    /// After a booking: nothing is looked for, and where she looks stays as it is.
    pub(super) fn emptied(&mut self) {
        *self = Self { with: self.with, ..Self::default() };
    }

    pub(super) fn say_minutes(&mut self, minutes: u16) {
        self.chosen_minutes = Some((minutes / CELL_MINUTES * CELL_MINUTES).clamp(CELL_MINUTES, MAX_MINUTES));
    }

    pub(super) fn say_people(&mut self, people: u16) {
        self.people = people.clamp(1, MOST_PEOPLE);
        self.usual = length(self.base, self.people);
    }

    /// The plan knows how long it takes for all its cases.
    pub(super) const fn usual_is(&mut self, minutes: u16) {
        self.usual = minutes;
    }

    fn take_procedure(&mut self, id: ProcedureId, session: &Session) {
        let Some(procedure) = session.procedures.get(&id) else { return };
        self.base = procedure.attendance.minutes.max(CELL_MINUTES);
        self.usual = length(self.base, self.people);
        self.chosen_minutes = None;
        self.procedure = Some((id, procedure.title.clone()));
        self.choosing = None;
    }

    fn typed(&mut self, query: String, session: &Session) {
        let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
        let holds = |title: &Localized| {
            let (da, en) = (title.da.to_lowercase(), title.en.to_lowercase());
            words.iter().all(|word| da.contains(word) || en.contains(word))
        };
        let found = session
            .procedures
            .values()
            .filter(|procedure| procedure.attendance.required && holds(&procedure.title))
            .take(FOUND)
            .map(|procedure| (procedure.id.clone(), procedure.title.clone()))
            .collect();
        self.choosing = Some(Choosing { query, found });
    }

    /// The languages that an interpreter may be asked for, her own first.
    #[must_use]
    pub fn interpreters(&self, what: Option<&BookingFor>, sites: &[Site]) -> Vec<LanguageCode> {
        let mut all: Vec<LanguageCode> = Vec::new();
        let hers = what.into_iter().flat_map(|what| what.interpreter.iter().chain(&what.languages));
        let theirs = sites.iter().flat_map(|site| &site.interpreters).map(|interpreter| &interpreter.language);
        let spoken: Vec<&LanguageCode> = theirs.clone().collect();
        for language in hers.filter(|one| spoken.is_empty() || spoken.contains(one)).chain(theirs) {
            if language.0 != "da" && !all.contains(language) {
                all.push(language.clone());
            }
        }
        // What she needs stands there even where no interpreter of it is known: then no time is found, and that is said.
        if let Some(needed) = what.and_then(|what| what.interpreter.clone()).filter(|needed| !all.contains(needed)) {
            all.insert(0, needed);
        }
        all
    }

    fn next_language(&mut self, what: Option<&BookingFor>, sites: &[Site]) {
        let all = self.interpreters(what, sites);
        let at = self.language.as_ref().and_then(|now| all.iter().position(|one| one == now));
        self.language = match (&self.language, at) {
            (None, _) => all.first().cloned(),
            (Some(_), Some(at)) => all.get(at + 1).cloned(),
            (Some(_), None) => None,
        };
    }

    fn query(
        &self,
        counter: &CounterId,
        what: Option<&BookingFor>,
        (site, me): (&SiteId, Option<StaffId>),
    ) -> SlotQuery {
        let own: Option<&StaffRef> = what.and_then(|what| what.with.as_ref());
        let here = matches!(self.with, With::Counter);
        let procedure = match what {
            Some(what) => what.procedure.clone(),
            None => self.procedure.as_ref().map(|(id, _)| id.clone()),
        };
        let mut query = SlotQuery {
            counter: here.then(|| counter.clone()),
            sites: if here {
                Vec::new()
            } else if self.sites.is_empty() {
                vec![site.clone()]
            } else {
                self.sites.clone()
            },
            procedure,
            minutes: Some(self.minutes()),
            people: Some(self.people),
            language: self.language.clone(),
            step_free: self.step_free,
            before_work: self.before_work,
            with: matches!(self.with, With::Own).then(|| own.map(|own| own.id).or(me)).flatten(),
            from: self.later,
            until: None,
            limit: Some(SLOTS),
        };
        if let Some((counter, day)) = &self.day {
            query.counter = Some(counter.clone());
            query.sites = Vec::new();
            query.with = None;
            query.until = Some(*day);
        }
        query
    }
}

impl CalendarPage {
    /// Asks for free times. What is shown meanwhile stays where it is.
    pub(super) fn find(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let what = self.booking.as_ref().map(|booking| &booking.what);
        let mut query = self.finder.query(&self.counter, what, (&self.site, acting.person()));
        if let Some((_, day)) = &self.finder.day {
            query.from = day.to_zoned(self.tz.clone()).ok().map(|start| start.timestamp().max(acting.now));
        } else if let Some((counter, start)) = &self.finder.wanted {
            // The moment that is wanted may lie behind nearer ones: it is looked for by itself.
            query.counter = Some(counter.clone());
            query.sites = Vec::new();
            query.with = None;
            query.from = Some(*start);
        }
        query.from = Some(query.from.unwrap_or(acting.now));
        if self.finder.asked.as_ref().is_some_and(|asked| !same_but_now(asked, &query)) {
            self.free = Load::Idle;
        }
        self.free.ask(acting.now);
        self.finder.asked = Some(query.clone());
        vec![Effect::Ask(self.asked.next(super::booking::FREE), Question::Visit(VisitQuestion::Free(query)))]
    }

    /// What was said about the time that is looked for.
    pub(super) fn finder_step(&mut self, input: BookingInput, acting: Acting<'_>) -> Vec<Effect> {
        let session = acting.session;
        match input {
            BookingInput::Minutes(minutes) => self.finder.say_minutes(minutes),
            BookingInput::People(people) => self.finder.say_people(people),
            BookingInput::Interpreter => {
                let what = self.booking.as_ref().map(|booking| &booking.what);
                self.finder.next_language(what, &session.sites);
            }
            BookingInput::StepFree => self.finder.step_free = !self.finder.step_free,
            BookingInput::BeforeWork => self.finder.before_work = !self.finder.before_work,
            BookingInput::With(with) => self.finder.with = with,
            BookingInput::Site(site) => match self.finder.sites.iter().position(|one| *one == site) {
                Some(at) => drop(self.finder.sites.remove(at)),
                None => self.finder.sites.push(site),
            },
            BookingInput::Sites => {
                self.finder.choosing_sites = !self.finder.choosing_sites;
                return Vec::new();
            }
            BookingInput::Choose => {
                match self.finder.choosing.take() {
                    Some(_) => {}
                    None => self.finder.typed(String::new(), session),
                }
                return Vec::new();
            }
            BookingInput::Query(query) => {
                self.finder.typed(query, session);
                return Vec::new();
            }
            BookingInput::Procedure(id) => self.finder.take_procedure(id, session),
            BookingInput::Later => {
                let last = self.free.value().and_then(|free| free.last()).map(|slot| slot.start);
                self.finder.later = last.and_then(|start| start.checked_add(i64::from(CELL_MINUTES).minutes()).ok());
                self.finder.wanted = None;
                return self.find(acting);
            }
            BookingInput::AnyDay => self.finder.day = None,
            _ => return Vec::new(),
        }
        self.finder.later = None;
        self.sought_anew(acting)
    }

    /// Something that the time must have changed: one that was taken and does not have it is given back.
    pub(super) fn sought_anew(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        self.finder.wanted = None;
        self.finder.picked = None;
        let mut effects = self.give_back();
        effects.extend(self.find(acting));
        effects.extend(self.ask_plan(acting));
        effects
    }

    /// The counter that is shown is another one.
    pub(super) fn counter_chosen(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        if self.finder.with != With::Counter || matches!(self.free, Load::Idle) && self.booking.is_none() {
            return Vec::new();
        }
        self.finder.day = None;
        self.finder.later = None;
        self.sought_anew(acting)
    }
}

/// Whether two searches differ in nothing but the moment they were made at.
fn same_but_now(a: &SlotQuery, b: &SlotQuery) -> bool {
    SlotQuery { from: None, ..a.clone() } == SlotQuery { from: None, ..b.clone() }
}
