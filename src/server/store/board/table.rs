//! The board's table in memory: the few facts of each case that boards filter, count and sort by. What lives here: narrowing and counting,
//! without a database. What does not: reading it and keeping up with changes (`super`), the words of the contract's answer (the route).
//!
//! A filter is any combination of nine conditions; no set of indexes serves them all. One walk through the table does, in a millisecond
//! or two for 100,000 cases, and counts at the same time what each facet would have without its own condition.

use std::collections::HashMap;

use jiff::civil::Date;
use skranke_api::board::{AGES, BoardFilter, BoardSort, DueFilter, Effort, MissingFilter, Scope};
use skranke_domain::StaffId;
use skranke_domain::case::{Column, NextStep};
use uuid::Uuid;

use crate::store::NO_DEADLINE;

/// A text that many cases share, as a small number.
pub type Word = u32;
/// A text that no case has.
const NO_WORD: Word = 0;

/// What boards ask of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number inside the database.
    pub no: i64,
    /// When it was received, in microseconds.
    pub received: i64,
    /// The office's day then.
    pub received_on: Date,
    /// Its deadline.
    pub deadline: Date,
    /// Its column.
    pub column: Column,
    /// What happens next.
    pub next_step: NextStep,
    /// Its department.
    pub department: Word,
    /// Its procedure.
    pub procedure: Word,
    /// The kind of its life situation.
    pub situation: Word,
    /// Its caseworker.
    pub responsible: Option<Uuid>,
    /// The citizen's municipality.
    pub municipality: Word,
    /// When a paper came last that nobody has looked at, in microseconds.
    pub came: Option<i64>,
    /// The day the citizen was asked last.
    pub asked_on: Option<Date>,
    /// The day of the attendance.
    pub attendance_on: Option<Date>,
    /// The day it was closed.
    pub closed_on: Option<Date>,
    /// How many papers are open.
    pub open: u16,
    /// Of these, how many the citizen has to send.
    pub awaited: u16,
    /// The last day of its rest; none where it does not rest.
    pub rests_until: Option<Date>,
}

impl Entry {
    fn is_open(&self) -> bool {
        self.column != Column::Closed
    }

    /// Runs towards its deadline: open, and it does not rest.
    fn runs(&self, today: Date) -> bool {
        self.is_open() && self.rests_until.is_none_or(|until| until < today)
    }
}

/// Texts and their numbers.
#[derive(Clone, Debug)]
pub struct Words {
    texts: Vec<String>,
    numbers: HashMap<String, Word>,
}

impl Default for Words {
    fn default() -> Self {
        Self { texts: vec![String::new()], numbers: HashMap::from([(String::new(), NO_WORD)]) }
    }
}

impl Words {
    /// The number of a text; a new one where it has none.
    pub fn learn(&mut self, text: &str) -> Word {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = Word::try_from(self.texts.len()).unwrap_or(NO_WORD);
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }

    fn of(&self, text: &str) -> Option<Word> {
        self.numbers.get(text).copied()
    }

    fn text(&self, word: Word) -> &str {
        self.texts.get(word as usize).map_or("", String::as_str)
    }
}

/// Who looks, and when.
#[derive(Clone, Copy, Debug)]
pub struct Onlooker<'a> {
    /// Who.
    pub person: StaffId,
    /// Her department.
    pub department: &'a str,
    /// The departments whose cases leave no trace.
    pub withheld: &'a [&'a str],
    /// The office's day.
    pub today: Date,
    /// When the last working day ended, in microseconds.
    pub evening: i64,
}

/// A place in an order: the sort key, then the number.
pub type Place = (i64, i64);

/// A count by text, the most first.
pub type Counts = Vec<(String, u32)>;

/// A column of the board, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many cases.
    pub count: u32,
    /// How many of each age.
    pub ages: [u32; 4],
    /// The first of them, in order.
    pub first: Vec<i64>,
}

/// A case that is about to cross its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Crossing {
    /// Its deadline.
    pub deadline: Date,
    /// The least that takes it further.
    pub effort: Effort,
    /// Its number.
    pub no: i64,
    /// How many papers are open.
    pub open: u16,
}

/// The board, counted.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Mine, team, all.
    pub scopes: [u32; 3],
    /// The columns, in the order of [`COLUMNS`].
    pub columns: [Counted; 4],
    /// Past their deadline.
    pub past: u32,
    /// With papers since the last working day ended.
    pub overnight: u32,
    /// Waited on for over a week.
    pub waited: u32,
    /// The median age of open cases, in days.
    pub median: Option<u32>,
    /// Of each of the next seven days, how many cross.
    pub days: [u32; 7],
    /// Those that cross, soonest first, the least effort first.
    pub crossing: Vec<Crossing>,
    /// How many open cases each life situation has.
    pub situations: Counts,
    /// Each department.
    pub departments: Counts,
    /// Each caseworker, by identifier.
    pub responsible: Vec<(Uuid, u32)>,
    /// Each municipality.
    pub municipalities: Counts,
}

/// The columns in the board's order.
pub const COLUMNS: [Column; 4] =
    [Column::InProgress, Column::AwaitingCitizen, Column::ReadyForAttendance, Column::Closed];

/// After so many days without an answer a case has waited.
const WAITED_DAYS: i32 = 7;
/// How many days of weather there are, today included.
const WEATHER_DAYS: i32 = 7;

/// Conditions that a case fails, one bit each: the facets count what only their own condition rules out.
mod fails {
    pub const SCOPE: u16 = 1;
    pub const SITUATION: u16 = 1 << 1;
    pub const DEPARTMENT: u16 = 1 << 2;
    pub const RESPONSIBLE: u16 = 1 << 3;
    pub const MUNICIPALITY: u16 = 1 << 4;
    /// A condition that no facet stands for.
    pub const OTHER: u16 = 1 << 5;
}

/// Whole days from one day to another.
fn days(from: Date, to: Date) -> i32 {
    day_number(to) - day_number(from)
}

/// A day's number in the Gregorian calendar, counted from 1 March of the year 0: a few whole-number steps, because each case is asked twice.
fn day_number(day: Date) -> i32 {
    let month = i32::from(day.month());
    let year = i32::from(day.year()) - i32::from(month <= 2);
    let days_before = (153 * ((month + 9) % 12) + 2) / 5;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + days_before + i32::from(day.day())
        - 1
}

/// A filter with its texts looked up, for one onlooker.
struct Lens<'a> {
    who: Onlooker<'a>,
    filter: &'a BoardFilter,
    team: Option<Word>,
    withheld: Vec<Word>,
    situation: Option<Option<Word>>,
    department: Option<Option<Word>>,
    procedure: Option<Option<Word>>,
    municipality: Option<Option<Word>>,
    monday: Date,
    week: Date,
    asked_before: Date,
}

impl<'a> Lens<'a> {
    fn new(words: &Words, who: Onlooker<'a>, filter: &'a BoardFilter) -> Self {
        let add = |days: i32| who.today.saturating_add(jiff::Span::new().days(days));
        Self {
            who,
            filter,
            team: words.of(who.department),
            withheld: who.withheld.iter().filter_map(|department| words.of(department)).collect(),
            situation: filter.situation.as_ref().map(|id| words.of(id.as_str())),
            department: filter.department.as_ref().map(|id| words.of(id.as_str())),
            procedure: filter.procedure.as_ref().map(|id| words.of(id.as_str())),
            municipality: filter.municipality.as_ref().map(|id| words.of(id.as_str())),
            monday: add(-i32::from(who.today.weekday().to_monday_zero_offset())),
            week: add(WEATHER_DAYS - 1),
            asked_before: add(-WAITED_DAYS),
        }
    }

    /// Whether a case is on this person's board at all: closed ones are there for the week.
    fn is_there(&self, entry: &Entry) -> bool {
        let closed_before = !entry.is_open() && entry.closed_on.is_none_or(|day| day < self.monday);
        !closed_before && !self.withheld.contains(&entry.department)
    }

    fn in_scope(&self, entry: &Entry, scope: Scope) -> bool {
        match scope {
            Scope::Mine => entry.responsible == Some(self.who.person.0),
            Scope::Team => Some(entry.department) == self.team,
            Scope::All => true,
        }
    }

    fn is_past(&self, entry: &Entry) -> bool {
        entry.runs(self.who.today) && entry.deadline < self.who.today
    }

    fn has_waited(&self, entry: &Entry) -> bool {
        entry.column == Column::AwaitingCitizen && entry.asked_on.is_some_and(|day| day < self.asked_before)
    }

    fn is_due(&self, entry: &Entry, due: DueFilter) -> bool {
        match due {
            DueFilter::Past => self.is_past(entry),
            DueFilter::Today => entry.runs(self.who.today) && entry.deadline == self.who.today,
            DueFilter::Week => entry.runs(self.who.today) && (self.who.today..=self.week).contains(&entry.deadline),
            DueFilter::None => entry.is_open() && entry.deadline == NO_DEADLINE,
        }
    }

    fn is_missing(&self, entry: &Entry, missing: MissingFilter) -> bool {
        match missing {
            MissingFilter::Something => entry.is_open() && entry.awaited > 0,
            MissingFilter::Nothing => entry.is_open() && entry.awaited == 0,
            MissingFilter::ToCheck => entry.is_open() && entry.came.is_some(),
            MissingFilter::Waited => self.has_waited(entry),
        }
    }

    /// The conditions that a case fails.
    fn fails(&self, entry: &Entry) -> u16 {
        let filter = self.filter;
        let other = filter.column.is_some_and(|column| column != entry.column)
            || self.procedure.is_some_and(|word| word != Some(entry.procedure))
            || filter.due.is_some_and(|due| !self.is_due(entry, due))
            || filter.missing.is_some_and(|missing| !self.is_missing(entry, missing));
        let bit = |bit: u16, failed: bool| if failed { bit } else { 0 };
        bit(fails::OTHER, other)
            | bit(fails::SCOPE, !self.in_scope(entry, filter.scope))
            | bit(fails::SITUATION, self.situation.is_some_and(|word| word != Some(entry.situation)))
            | bit(fails::DEPARTMENT, self.department.is_some_and(|word| word != Some(entry.department)))
            | bit(fails::RESPONSIBLE, filter.responsible.is_some_and(|id| entry.responsible != Some(id.0)))
            | bit(fails::MUNICIPALITY, self.municipality.is_some_and(|word| word != Some(entry.municipality)))
    }

    /// The least that takes a case further before its deadline.
    fn effort(&self, entry: &Entry) -> Effort {
        let left = days(self.who.today, entry.deadline);
        match entry.next_step {
            NextStep::Decide | NextStep::Issue | NextStep::None => Effort::Decide,
            NextStep::CheckPapers => Effort::CheckPapers,
            NextStep::BookAttendance => Effort::Book,
            // It is decided at the visit, unless she comes too late.
            NextStep::Attendance if entry.attendance_on.is_some_and(|day| day > entry.deadline) => Effort::Extend,
            NextStep::Attendance => Effort::Decide,
            // Nobody answers a letter on the day it is sent.
            NextStep::CitizenSendsPapers if left < 1 => Effort::Extend,
            NextStep::CitizenSendsPapers if entry.asked_on.is_some() => Effort::Remind,
            NextStep::CitizenSendsPapers => Effort::Ask,
        }
    }
}

/// The place of a case in an order; those without a deadline stand last in both orders by deadline.
#[must_use]
pub fn place(entry: &Entry, sort: BoardSort) -> Place {
    let day = |date: Date| i64::from(days(Date::constant(1970, 1, 1), date));
    let key = match sort {
        BoardSort::Oldest => entry.received,
        BoardSort::Newest => -entry.received,
        BoardSort::Deadline | BoardSort::LatestDeadline if entry.deadline == NO_DEADLINE => i64::MAX,
        BoardSort::Deadline => day(entry.deadline),
        BoardSort::LatestDeadline => -day(entry.deadline),
    };
    (key, entry.no)
}

/// The first of some places in their order.
fn first(mut places: Vec<Place>, most: usize) -> Vec<Place> {
    if places.len() > most && most > 0 {
        places.select_nth_unstable(most - 1);
        places.truncate(most);
    }
    places.sort_unstable();
    places.truncate(most);
    places
}

/// All cases that a board may show.
#[derive(Clone, Debug, Default)]
pub struct Table {
    entries: Vec<Entry>,
    at: HashMap<i64, usize>,
    /// The texts of the entries.
    pub words: Words,
}

impl Table {
    /// Puts a case in, or in the place of what was known of it.
    pub fn put(&mut self, entry: Entry) {
        match self.at.get(&entry.no) {
            Some(at) => self.entries[*at] = entry,
            None => {
                self.at.insert(entry.no, self.entries.len());
                self.entries.push(entry);
            }
        }
    }

    /// How many cases there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The places of the cases that pass a filter, after a place, in the filter's order.
    #[must_use]
    pub fn page(&self, who: Onlooker<'_>, filter: &BoardFilter, after: Option<Place>, most: usize) -> Vec<Place> {
        let lens = Lens::new(&self.words, who, filter);
        let passing = self.entries.iter().filter(|entry| lens.is_there(entry) && lens.fails(entry) == 0);
        let places = passing.map(|entry| place(entry, filter.sort)).filter(|place| after.is_none_or(|at| *place > at));
        first(places.collect(), most)
    }

    /// Counts the board by a filter, with the first cases of each column.
    #[must_use]
    pub fn tally(&self, who: Onlooker<'_>, filter: &BoardFilter, cards: usize) -> Tally {
        let lens = Lens::new(&self.words, who, filter);
        let mut tally = Tally::default();
        let mut places: [Vec<Place>; 4] = Default::default();
        let mut ages = Vec::new();
        let mut facets = Facets::new(self.words.texts.len());
        for entry in self.entries.iter().filter(|entry| lens.is_there(entry)) {
            let fails = lens.fails(entry);
            if fails & !fails::SCOPE == 0 && entry.is_open() {
                for (count, scope) in tally.scopes.iter_mut().zip([Scope::Mine, Scope::Team, Scope::All]) {
                    *count += u32::from(lens.in_scope(entry, scope));
                }
            }
            if entry.is_open() {
                facets.count(entry, fails);
            }
            if fails != 0 {
                continue;
            }
            let age = days(entry.received_on, who.today).max(0);
            let column = COLUMNS.iter().position(|column| *column == entry.column).unwrap_or(0);
            tally.columns[column].count += 1;
            tally.columns[column].ages[AGES.iter().filter(|limit| i64::from(age) > **limit).count()] += 1;
            places[column].push(place(entry, filter.sort));
            if entry.is_open() {
                ages.push(age);
                tally.past += u32::from(lens.is_past(entry));
                tally.overnight += u32::from(entry.came.is_some_and(|at| at >= who.evening));
                tally.waited += u32::from(lens.has_waited(entry));
                if lens.is_due(entry, DueFilter::Week) {
                    let left = usize::try_from(days(who.today, entry.deadline)).unwrap_or(0);
                    tally.days[left.min(6)] += 1;
                    let (effort, deadline) = (lens.effort(entry), entry.deadline);
                    tally.crossing.push(Crossing { deadline, effort, no: entry.no, open: entry.open });
                }
            }
        }
        for (column, places) in tally.columns.iter_mut().zip(places) {
            column.first = first(places, cards).into_iter().map(|(_, no)| no).collect();
        }
        let middle = ages.len() / 2;
        if !ages.is_empty() {
            tally.median = u32::try_from(*ages.select_nth_unstable(middle).1).ok();
        }
        tally.crossing.sort_unstable();
        facets.tell(&self.words, &mut tally);
        tally
    }
}

/// What each facet counts: one number a text.
struct Facets {
    situations: Vec<u32>,
    departments: Vec<u32>,
    municipalities: Vec<u32>,
    responsible: HashMap<Uuid, u32>,
}

impl Facets {
    fn new(words: usize) -> Self {
        let none = vec![0; words];
        Self { situations: none.clone(), departments: none.clone(), municipalities: none, responsible: HashMap::new() }
    }

    fn count(&mut self, entry: &Entry, fails: u16) {
        for (counts, word, own) in [
            (&mut self.situations, entry.situation, fails::SITUATION),
            (&mut self.departments, entry.department, fails::DEPARTMENT),
            (&mut self.municipalities, entry.municipality, fails::MUNICIPALITY),
        ] {
            if fails & !own == 0
                && let Some(count) = counts.get_mut(word as usize)
            {
                *count += 1;
            }
        }
        if fails & !fails::RESPONSIBLE == 0
            && let Some(id) = entry.responsible
        {
            *self.responsible.entry(id).or_default() += 1;
        }
    }

    fn tell(self, words: &Words, tally: &mut Tally) {
        let named = |counts: Vec<u32>| {
            let there = (0..).zip(counts).filter(|(word, count)| *word != NO_WORD && *count > 0);
            let mut all: Counts = there.map(|(word, count)| (words.text(word).to_owned(), count)).collect();
            all.sort_by(|(a, left), (b, right)| right.cmp(left).then_with(|| a.cmp(b)));
            all
        };
        tally.situations = named(self.situations);
        tally.departments = named(self.departments);
        tally.municipalities = named(self.municipalities);
        tally.responsible = self.responsible.into_iter().collect();
        tally.responsible.sort_by_key(|(id, count)| (u32::MAX - count, *id));
    }
}

#[cfg(test)]
mod tests;
