//! Free times: the search for gaps over counters, sites and interpreters. What does not live here: opening hours (`opening`), keeping one of
//! them (`holds`), booking one (`appointments`).

use std::collections::{HashMap, HashSet};

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use skranke_api::Page;
use skranke_api::appointments::{Counter, Interpreter, Site, Slot, SlotQuery};
use skranke_domain::appointment::{CELL_MINUTES, CounterKind, length};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::{CounterId, DepartmentId, ProcedureId, SiteId, StaffId};

pub(super) use super::opening::check_minutes;
pub use super::opening::{hours, open_time};
use crate::App;
use crate::clock::{from_micros, local};
use crate::extract::Params;
use crate::problem::{Answer, Refusal, json};
use crate::store::appointments::{CELL_MICROS, cells, resource_of, site_of};
use crate::store::calendar::{self, Duties};
use crate::store::{Conn, meta};

/// How far ahead free times are looked for, in days.
const HORIZON_DAYS: i64 = 60;
/// How many days one statement reads.
const STRETCH_DAYS: i64 = 7;
/// Free times begin on these minutes: people remember a quarter.
const STEP_MINUTES: i64 = 15;
/// The most free times of one answer.
const MAX_SLOTS: u16 = 50;
/// The most sites of one search.
const MAX_SITES: usize = 40;
/// Before work is before this hour.
const WORK_BEGINS: i8 = 9;

/// The earliest free times, at a counter or over sites: not overlapping at a counter, never in the past, never what somebody holds.
#[utoipa::path(get, path = "/v1/slots", operation_id = "slots", tag = "appointments",
    params(
        ("counter" = Option<CounterId>, Query, description = "At this counter alone"),
        ("sites" = Option<String>, Query, description = "At these sites, with commas between; at all, when it is left out"),
        ("procedure" = Option<ProcedureId>, Query, description = "What for: its department's matters are settled there, and its minutes count where none are said"),
        ("minutes" = Option<u16>, Query, description = "How long: a multiple of five", minimum = 5, maximum = 180, multiple_of = 5),
        ("people" = Option<u16>, Query, description = "How many people come", minimum = 1, maximum = 20),
        ("language" = Option<String>, Query, description = "An interpreter of this language is free then"),
        ("stepFree" = Option<bool>, Query, description = "Reached without a step"),
        ("beforeWork" = Option<bool>, Query, description = "Begins before nine o'clock"),
        ("with" = Option<StaffId>, Query, description = "With this caseworker"),
        ("from" = Option<String>, Query, description = "Not before this moment (RFC 3339); now, when it is left out", format = DateTime),
        ("until" = Option<String>, Query, description = "On this day at the latest", format = Date),
        ("limit" = Option<u16>, Query, description = "How many", minimum = 1, maximum = 50),
    ),
    responses((status = 200, body = Page<Slot>)))]
pub async fn slots(State(app): State<App>, params: Params) -> Answer<Response> {
    let query = read(&params)?;
    let now = app.clock.now();
    let mut conn = app.store.read().await?;
    let sites = meta::sites(&mut conn).await?;
    let wish = Wish::of(&app, &sites, &query, now)?;
    let items = wish.find(&mut conn).await?;
    json(&Page { items, next_cursor: None })
}

fn read(params: &Params) -> Answer<SlotQuery> {
    let sites = params.text("sites").unwrap_or_default();
    let sites = sites.split(',').filter(|slug| !slug.is_empty()).map(|slug| {
        SiteId::parse(slug).map_err(|_| Refusal::field("?sites", "type", "slugs with commas between were expected"))
    });
    let people = params.opt::<u16>("people")?;
    if people.is_some_and(|people| !(1..=20).contains(&people)) {
        return Err(Refusal::field("?people", "range", "one to twenty people"));
    }
    let language = params.text("language").map(|code| LanguageCode(code.to_owned()));
    if language.as_ref().is_some_and(|language| !(2..=3).contains(&language.0.len())) {
        return Err(Refusal::field("?language", "word", "a language code of two or three letters was expected"));
    }
    let query = SlotQuery {
        counter: params.opt("counter")?,
        sites: sites.collect::<Answer<Vec<_>>>()?,
        procedure: params.opt("procedure")?,
        minutes: params.opt("minutes")?,
        people,
        language,
        step_free: params.opt("stepFree")?.unwrap_or_default(),
        before_work: params.opt("beforeWork")?.unwrap_or_default(),
        with: params.opt("with")?,
        from: params.opt("from")?,
        until: params.opt("until")?,
        limit: Some(params.bounded("limit", 3, 1..=MAX_SLOTS)?),
    };
    if query.sites.len() > MAX_SITES {
        return Err(Refusal::field("?sites", "range", format!("{MAX_SITES} sites at most")));
    }
    query.minutes.map_or(Ok(()), |minutes| check_minutes(minutes, "?minutes"))?;
    Ok(query)
}

/// A place that is looked at.
struct Place<'a> {
    site: &'a Site,
    counter: &'a Counter,
}

/// What is looked for.
struct Wish<'a> {
    places: Vec<Place<'a>>,
    query: &'a SlotQuery,
    cells: i64,
    from: Timestamp,
    last: Date,
    now: Timestamp,
}

impl<'a> Wish<'a> {
    fn of(app: &App, sites: &'a [Site], query: &'a SlotQuery, now: Timestamp) -> Answer<Self> {
        let procedure = query.procedure.as_ref().map(|id| {
            let unknown = || Refusal::field("?procedure", "unknown", "there is no such procedure");
            app.catalogue.procedure(id).ok_or_else(unknown)
        });
        let procedure = procedure.transpose()?;
        let minutes = match (query.minutes, procedure) {
            (Some(minutes), _) => minutes,
            (None, Some(procedure)) => length(procedure.attendance.minutes, query.people.unwrap_or(1)),
            (None, None) => {
                return Err(Refusal::field("?minutes", "missing", "how long, or what for: one of the two is needed"));
            }
        };
        if let Some(slug) = query.sites.iter().find(|slug| !sites.iter().any(|site| site.id == **slug)) {
            return Err(Refusal::field("?sites", "unknown", format!("there is no site {slug}")));
        }
        let mut places = Vec::new();
        if let Some(id) = &query.counter {
            let unknown = || Refusal::field("?counter", "unknown", "there is no such counter");
            let site = site_of(sites, id).ok_or_else(unknown)?;
            let counter = site.counters.iter().find(|counter| counter.id == *id).ok_or_else(unknown)?;
            if query.sites.is_empty() || query.sites.contains(&site.id) {
                places.push(Place { site, counter });
            }
        } else {
            let asked = |site: &&Site| query.sites.is_empty() || query.sites.contains(&site.id);
            for site in sites.iter().filter(asked) {
                places.extend(site.counters.iter().map(|counter| Place { site, counter }));
            }
            places.retain(|place| is_for_meetings(place.counter, procedure.map(|p| &p.department)));
        }
        places.retain(|place| {
            let settles = procedure.is_none_or(|p| {
                place.counter.departments.is_empty() || place.counter.departments.contains(&p.department)
            });
            let language = query.language.as_ref();
            let heard = language.is_none_or(|l| place.site.interpreters.iter().any(|i| i.language == *l));
            settles && heard && (!query.step_free || place.counter.step_free)
        });
        let from = query.from.unwrap_or(now).max(now);
        let today = local(from).date();
        let horizon = today.checked_add((HORIZON_DAYS - 1).days()).unwrap_or(today);
        let last = query.until.map_or(horizon, |until| until.min(horizon));
        Ok(Self { places, query, cells: i64::from(minutes / CELL_MINUTES), from, last, now })
    }

    async fn find(&self, conn: &mut Conn) -> Answer<Vec<Slot>> {
        let mut found = Vec::new();
        let limit = usize::from(self.query.limit.unwrap_or(3));
        let mut first = local(self.from).date();
        while first <= self.last && found.len() < limit && !self.places.is_empty() {
            let last = first.checked_add((STRETCH_DAYS - 1).days()).unwrap_or(first).min(self.last);
            let taken = Bits::read(conn, self, (first, last)).await?;
            let duties = calendar::duties(conn, (first, last)).await?;
            for day in super::opening::days(first, last) {
                self.day(day, &taken, &duties, &mut found);
                if found.len() >= limit {
                    break;
                }
            }
            match last.tomorrow() {
                Ok(next) if next > first => first = next,
                _ => break,
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    /// The free times of a day over all places, the earliest first; the same moment at one site is one offer.
    fn day(&self, day: Date, taken: &Bits, duties: &Duties, found: &mut Vec<Slot>) {
        let mut all: Vec<(i64, usize, Slot)> = Vec::new();
        for (rank, place) in self.places.iter().enumerate() {
            let duty = duties.get(&(day, place.counter.id.clone()));
            // Nobody is there; or somebody else than was asked for.
            let staff = match duty {
                Some(None) => continue,
                Some(Some(staff)) => Some(staff),
                None => None,
            };
            if self.query.with.is_some_and(|with| staff.is_none_or(|staff| staff.id != with)) {
                continue;
            }
            let Some((open, close)) = open_time(place.site, day) else { continue };
            self.gaps(place, taken, (open, close), |cell, interpreter| {
                let slot = Slot {
                    site: place.site.id.clone(),
                    counter: place.counter.id.clone(),
                    start: at_cell(cell),
                    end: at_cell(cell + self.cells),
                    staff: staff.cloned(),
                    interpreter: interpreter.cloned(),
                };
                all.push((cell, rank, slot));
            });
        }
        all.sort_by_key(|(cell, rank, _)| (*cell, *rank));
        let mut offered: HashSet<(i64, SiteId)> = HashSet::new();
        let new = |(cell, _, slot): &(i64, usize, Slot)| offered.insert((*cell, slot.site.clone()));
        found.extend(all.into_iter().filter(new).map(|(_, _, slot)| slot));
    }

    fn gaps(
        &self,
        place: &Place<'a>,
        taken: &Bits,
        (open, close): (Timestamp, Timestamp),
        mut free: impl FnMut(i64, Option<&Interpreter>),
    ) {
        let (all, step) = (cells(open, close), STEP_MINUTES / i64::from(CELL_MINUTES));
        let here = taken.of(place.counter.id.as_str());
        let mut cell = all.start;
        while cell + self.cells <= all.end {
            // At the quarter hours, and right after somebody.
            let fits = (cell - all.start) % step == 0 || here.is_some_and(|here| taken.has(here, cell - 1));
            let start = at_cell(cell);
            if start < self.from || !fits {
                cell += 1;
                continue;
            }
            if self.query.before_work && local(start).hour() >= WORK_BEGINS {
                break;
            }
            if let Some(last) = here.and_then(|here| taken.last_in(here, cell..cell + self.cells)) {
                cell = last + 1;
                continue;
            }
            let interpreter = self.query.language.as_ref().map(|language| {
                let speaks = |interpreter: &&Interpreter| interpreter.language == *language;
                place.site.interpreters.iter().filter(speaks).find(|interpreter| {
                    let hers = taken.of(&resource_of(&interpreter.id));
                    hers.is_none_or(|hers| taken.last_in(hers, cell..cell + self.cells).is_none())
                })
            });
            match interpreter {
                // Nobody who interprets is free then.
                Some(None) => cell += 1,
                Some(Some(who)) => {
                    free(cell, Some(who));
                    cell += self.cells;
                }
                None => {
                    free(cell, None);
                    cell += self.cells;
                }
            }
        }
    }
}

/// Where somebody is met who did not ask for a place: not at stands and phones, and at an authority's desk for its own matters alone.
fn is_for_meetings(counter: &Counter, department: Option<&DepartmentId>) -> bool {
    match counter.kind {
        CounterKind::Counter | CounterKind::Room => true,
        CounterKind::Stand | CounterKind::Phone => false,
        CounterKind::Authority => department.is_some_and(|department| counter.departments.contains(department)),
    }
}

fn at_cell(cell: i64) -> Timestamp {
    from_micros(cell.saturating_mul(CELL_MICROS))
}

/// What is taken in a stretch of days, a bit for each cell of each place.
struct Bits {
    first: i64,
    words: usize,
    places: HashMap<String, usize>,
    bits: Vec<u64>,
}

impl Bits {
    async fn read(conn: &mut Conn, wish: &Wish<'_>, (first, last): (Date, Date)) -> Answer<Self> {
        let (from, to) = (super::opening::whole_day(first).0, super::opening::whole_day(last).1);
        let counters: Vec<&CounterId> = wish.places.iter().map(|place| &place.counter.id).collect();
        let mut interpreters = Vec::new();
        if let Some(language) = &wish.query.language {
            let all = wish.places.iter().flat_map(|place| &place.site.interpreters);
            interpreters.extend(all.filter(|i| i.language == *language).map(|i| &i.id));
            interpreters.sort_unstable();
            interpreters.dedup();
        }
        let all = cells(from, to);
        let words = usize::try_from((all.end - all.start + 63) / 64).unwrap_or(0);
        let mut bits = Self { first: all.start, words, places: HashMap::new(), bits: Vec::new() };
        for taken in calendar::taken(conn, (&counters, &interpreters), (from, to), wish.now).await? {
            let next = bits.places.len();
            let place = *bits.places.entry(taken.resource).or_insert(next);
            bits.bits.resize(bits.places.len() * words, 0);
            for cell in cells(taken.start.max(from), taken.end.min(to)) {
                bits.set(place, cell);
            }
        }
        Ok(bits)
    }

    fn of(&self, resource: &str) -> Option<usize> {
        self.places.get(resource).copied()
    }

    fn place_of(&self, place: usize, cell: i64) -> Option<(usize, u32)> {
        let at = usize::try_from(cell - self.first).ok().filter(|at| at / 64 < self.words)?;
        Some((place * self.words + at / 64, u32::try_from(at % 64).unwrap_or(0)))
    }

    fn set(&mut self, place: usize, cell: i64) {
        if let Some((word, bit)) = self.place_of(place, cell) {
            self.bits[word] |= 1 << bit;
        }
    }

    fn has(&self, place: usize, cell: i64) -> bool {
        self.place_of(place, cell).is_some_and(|(word, bit)| self.bits[word] >> bit & 1 == 1)
    }

    /// The last cell of some that is taken.
    fn last_in(&self, place: usize, cells: std::ops::Range<i64>) -> Option<i64> {
        cells.rev().find(|cell| self.has(place, *cell))
    }
}
