//! Calendars: of a counter, a site's day, a caseworker, an interpreter. What lives here: putting appointments, closed time, columns and load
//! together. What does not: appointments themselves (`appointments`), opening hours (`opening`).

use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::appointments::{Appointment, Block, Calendar, DayLoad, Lane, Site};
use skranke_domain::appointment::{AppointmentStatus, CounterKind};
use skranke_domain::{CounterId, InterpreterId, SiteId, StaffId};

use super::appointments::sight;
use super::opening::{Fill, Manned, closures, days, open_time, whole_day};
use crate::App;
use crate::auth::Person;
use crate::clock::local;
use crate::extract::Params;
use crate::problem::{Answer, Refusal};
use crate::store::appointments::{Touch, Whose, of_stretch, site_of};
use crate::store::calendar::{self, Duties};
use crate::store::{Conn, meta};

/// The most days of a counter's, a caseworker's or an interpreter's calendar.
const MAX_DAYS: i64 = 42;
/// The most days of a whole site's.
const MAX_SITE_DAYS: i64 = 7;

/// Whose calendar.
#[derive(Clone, Debug)]
pub(super) enum Of {
    Counter(CounterId),
    Site(SiteId),
    Staff(StaffId),
    Interpreter(InterpreterId),
}

/// Reads whose calendar is asked for; one alone may be.
pub(super) fn whose(params: &Params) -> Answer<(Of, (Date, Date))> {
    let names = ["counter", "site", "staff", "interpreter"];
    let mut named = names.into_iter().filter(|name| params.text(name).is_some());
    let first = named.next();
    if let Some(second) = named.next() {
        return Err(Refusal::field(format!("?{second}"), "conflict", "one calendar at a time"));
    }
    let of = match first {
        Some("site") => Of::Site(params.need("site")?),
        Some("staff") => Of::Staff(params.need("staff")?),
        Some("interpreter") => Of::Interpreter(params.need("interpreter")?),
        _ => Of::Counter(params.need("counter")?),
    };
    let most = if matches!(of, Of::Site(_)) { MAX_SITE_DAYS } else { MAX_DAYS };
    Ok((of, stretch_of_days(params, most)?))
}

/// Reads the days that are asked for.
pub(super) fn stretch_of_days(params: &Params, most: i64) -> Answer<(Date, Date)> {
    let (from, to) = (params.need::<Date>("from")?, params.need::<Date>("to")?);
    let count = from.until(to).map_or(-1, |span| i64::from(span.get_days()));
    if !(0..most).contains(&count) || from.year() < 1970 {
        return Err(Refusal::field("?to", "range", format!("a day from `from` on, {most} days in all at most")));
    }
    Ok((from, to))
}

/// A calendar under way.
pub(super) struct Reading<'a> {
    pub app: &'a App,
    pub person: &'a Person,
    pub days: (Date, Date),
    pub now: Timestamp,
}

impl Reading<'_> {
    /// The calendar.
    pub async fn of(&self, conn: &mut Conn, of: &Of) -> Answer<Calendar> {
        let sites = meta::sites(conn).await?;
        match of {
            Of::Counter(counter) => {
                let unknown = || Refusal::field("?counter", "unknown", "there is no such counter");
                let site = site_of(&sites, counter).ok_or_else(unknown)?;
                self.places(conn, site, std::slice::from_ref(counter), Columns::Without).await
            }
            Of::Site(id) => {
                let unknown = || Refusal::field("?site", "unknown", "there is no such site");
                let site = sites.iter().find(|site| site.id == *id).ok_or_else(unknown)?;
                let counters: Vec<CounterId> = site.counters.iter().map(|counter| counter.id.clone()).collect();
                self.places(conn, site, &counters, Columns::With).await
            }
            Of::Staff(staff) => self.staff(conn, &sites, *staff).await,
            Of::Interpreter(id) => {
                if !sites.iter().any(|site| site.interpreters.iter().any(|known| known.id == *id)) {
                    return Err(Refusal::field("?interpreter", "unknown", "there is no such interpreter"));
                }
                let items = self.items(conn, &Whose::Interpreter(id)).await?;
                Ok(Calendar { items, blocks: Vec::new(), load: Vec::new(), lanes: Vec::new(), next_cursor: None })
            }
        }
    }

    fn stretch(&self) -> (Timestamp, Timestamp) {
        (whole_day(self.days.0).0, whole_day(self.days.1).1)
    }

    async fn items(&self, conn: &mut Conn, whose: &Whose<'_>) -> Answer<Vec<Appointment>> {
        let (from, to) = self.stretch();
        let stretch = (from, to, Touch::Begin);
        Ok(of_stretch(conn, &self.app.procedures, whose, stretch, (self.now, sight(self.person))).await?)
    }

    async fn places(&self, conn: &mut Conn, site: &Site, counters: &[CounterId], columns: Columns) -> Answer<Calendar> {
        let items = self.items(conn, &Whose::Counters(counters)).await?;
        let mut blocks = calendar::blocks(conn, counters, self.stretch()).await?;
        let duties = calendar::duties(conn, self.days).await?;
        let (mut load, mut lanes, mut shut) = (Vec::new(), Vec::new(), Vec::new());
        for day in days(self.days.0, self.days.1) {
            let mut whole = Fill::default();
            for counter in counters {
                let duty = duties.get(&(day, counter.clone()));
                let manned = if duty == Some(&None) { Manned::Closed } else { Manned::Open };
                shut.extend(closures(site, counter, day, manned));
                let fill = fill(site, day, counter, (manned, &items, &blocks));
                let known = site.counters.iter().find(|known| known.id == *counter);
                if columns == Columns::Without || known.is_some_and(|known| counts(known.kind)) {
                    whole.add(fill);
                }
                if columns == Columns::With && self.days.0 == self.days.1 {
                    lanes.push(Lane {
                        counter: counter.clone(),
                        staff: duty.cloned().flatten(),
                        percent: fill.percent(),
                        closed: fill.bookable <= 0,
                    });
                }
            }
            load.push(whole.load(day));
        }
        blocks.extend(shut);
        blocks.sort_by(|a, b| (a.start, &a.counter).cmp(&(b.start, &b.counter)));
        Ok(Calendar { items, blocks, load, lanes, next_cursor: None })
    }

    /// Where she sits, and who asked for her elsewhere.
    async fn staff(&self, conn: &mut Conn, sites: &[Site], staff: StaffId) -> Answer<Calendar> {
        let duties = calendar::duties(conn, self.days).await?;
        let hers = of_staff(&duties, staff);
        let counters: Vec<CounterId> = {
            let mut all: Vec<CounterId> = hers.iter().map(|(_, counter)| counter.clone()).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let there = |counter: &CounterId, at: Timestamp| hers.contains(&(local(at).date(), counter.clone()));
        let mut items = self.items(conn, &Whose::Staff(staff)).await?;
        let mut blocks: Vec<Block> = Vec::new();
        if !counters.is_empty() {
            let here = self.items(conn, &Whose::Counters(&counters)).await?;
            // Who asked for somebody else is not hers, wherever it is.
            let mine =
                |a: &Appointment| there(&a.counter, a.start) && a.with.as_ref().is_none_or(|with| with.id == staff);
            for item in here.into_iter().filter(mine) {
                if !items.iter().any(|known| known.id == item.id) {
                    items.push(item);
                }
            }
            blocks = calendar::blocks(conn, &counters, self.stretch()).await?;
            blocks.retain(|block| there(&block.counter, block.start));
        }
        items.sort_by_key(|item| item.start);
        let load = days(self.days.0, self.days.1).map(|day| {
            let mut whole = Fill::default();
            for (_, counter) in hers.iter().filter(|(on, _)| *on == day) {
                if let Some(site) = site_of(sites, counter) {
                    whole.add(fill(site, day, counter, (Manned::Open, &items, &blocks)));
                }
            }
            whole.load(day)
        });
        Ok(Calendar { load: load.collect(), items, blocks, lanes: Vec::new(), next_cursor: None })
    }
}

/// Whether a calendar has columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Columns {
    With,
    Without,
}

fn of_staff(duties: &Duties, staff: StaffId) -> Vec<(Date, CounterId)> {
    let hers = |(_, who): &(&(Date, CounterId), &Option<skranke_api::appointments::StaffRef>)| {
        who.as_ref().is_some_and(|who| who.id == staff)
    };
    duties.iter().filter(hers).map(|(place, _)| place.clone()).collect()
}

fn fill(
    site: &Site,
    day: Date,
    counter: &CounterId,
    (manned, items, blocks): (Manned, &[Appointment], &[Block]),
) -> Fill {
    let Some(open) = open_time(site, day).filter(|_| manned == Manned::Open) else { return Fill::default() };
    let micros = |start: Timestamp, end: Timestamp| (start.as_microsecond(), end.as_microsecond());
    let booked: Vec<_> = items.iter().filter(|a| a.counter == *counter).map(|a| micros(a.start, a.end)).collect();
    let closed: Vec<_> = blocks.iter().filter(|b| b.counter == *counter).map(|b| micros(b.start, b.end)).collect();
    Fill::of(open, &booked, &closed)
}

/// Whether a place counts when a site's days are told to be full: where its own people meet citizens. Stands and other authorities' desks
/// are not theirs to fill.
const fn counts(kind: CounterKind) -> bool {
    match kind {
        CounterKind::Counter | CounterKind::Room | CounterKind::Phone => true,
        CounterKind::Stand | CounterKind::Authority => false,
    }
}

/// How full the open days of a site are, over all places that count.
pub(super) async fn load_of_site(
    conn: &mut Conn,
    site: &Site,
    (first, last): (Date, Date),
    now: Timestamp,
) -> Answer<Vec<DayLoad>> {
    let counters: Vec<&CounterId> =
        site.counters.iter().filter(|counter| counts(counter.kind)).map(|counter| &counter.id).collect();
    let stretch = (whole_day(first).0, whole_day(last).1);
    let taken = calendar::taken(conn, (&counters, &[]), stretch, now).await?;
    let duties = calendar::duties(conn, (first, last)).await?;
    let mut all = Vec::new();
    for day in days(first, last) {
        let Some(open) = open_time(site, day) else { continue };
        let mut whole = Fill::default();
        for counter in &counters {
            if duties.get(&(day, (*counter).clone())) == Some(&None) {
                continue;
            }
            let of = |closed: bool| {
                taken
                    .iter()
                    .filter(move |t| t.closed == closed && t.resource == counter.as_str())
                    .filter(|t| t.start < open.1 && t.end > open.0)
                    .map(|t| (t.start.as_microsecond(), t.end.as_microsecond()))
                    .collect::<Vec<_>>()
            };
            whole.add(Fill::of(open, &of(false), &of(true)));
        }
        if whole.bookable > 0 {
            all.push(whole.load(day));
        }
    }
    Ok(all)
}

/// Whether an appointment still takes place.
pub(super) const fn stands(status: AppointmentStatus) -> bool {
    matches!(status, AppointmentStatus::Proposed | AppointmentStatus::Booked | AppointmentStatus::Arrived)
}
