//! The training municipality: people, cases, contacts and a full calendar, all invented from a seed and a day, the same every time. What
//! lives here: the order in which it is made. What does not: who is in it (`people`, `matters`, `showcase`), how it is stored (`load`).
//!
//! The day counts because ages, deadlines and the calendar are told from it. Identifiers follow from the seed alone.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use skranke_domain::catalogue::Catalogue;

use crate::store::bulk::Rest;
use crate::store::{Conn, StoreError, dialect, meta};
use crate::{App, Service};

pub mod always;
pub mod arrivals;
pub mod calendar;
pub mod contacts;
pub mod evidence;
pub mod happenings;
pub mod heavy;
pub mod house;
pub mod load;
pub mod matters;
pub mod municipality;
pub mod names;
pub mod page;
pub mod papers;
pub mod people;
pub mod queue;
pub mod rights;
pub mod rng;
pub mod showcase;
pub mod staff;
pub mod stand;
pub mod visits;
pub mod waiting;

/// Citizens when nobody says.
pub const USUAL_CITIZENS: u32 = 5_000;
/// The seed when nobody says; the window's own training municipality uses the same.
pub const USUAL_SEED: u64 = 2005;
/// Fewest citizens: the showcase families and a few neighbours.
pub const FEWEST_CITIZENS: u32 = 50;
/// Most citizens: about as many as live in Copenhagen.
pub const MOST_CITIZENS: u32 = 650_000;

/// What is to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The seed: another seed, another municipality.
    pub seed: u64,
    /// How many citizens (50 to 650,000; what lies outside becomes the nearest), beside the few of [`always`].
    pub citizens: u32,
    /// The day for which it is made.
    pub today: Date,
}

/// How far the making has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being made.
    pub stage: Stage,
    /// How many citizens there are.
    pub done: u32,
    /// How many there will be.
    pub total: u32,
}

/// What is being made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Citizens with their cases and contacts.
    Citizens,
    /// The calendar.
    Calendar,
    /// The database is put in order.
    Finishing,
}

/// What was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Generated {
    /// The seed.
    pub seed: u64,
    /// How many citizens.
    pub citizens: u32,
    /// The day for which it was made.
    pub today: Date,
}

/// Why it was not made.
#[derive(Debug, thiserror::Error)]
pub enum TrainingError {
    /// The database holds something already.
    #[error("the database is not empty")]
    NotEmpty,
    /// A procedure that the showcase needs is not in the catalogue.
    #[error("the catalogue lacks what the showcase citizen needs")]
    Catalogue,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The intake refused what was invented: the kind of problem.
    #[error("the intake refused what arrived: {0}")]
    Refused(&'static str),
    /// What visits need could not be written.
    #[error("what visits need cannot be written")]
    Visits,
    /// A paper could not be written.
    #[error("a paper cannot be written: {0}")]
    Documents(std::io::Error),
}

impl From<sqlx::Error> for TrainingError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

const META: &str = "training";
const META_CALENDAR: &str = "training calendar until";

/// What a service's database was generated from; none when it was not.
///
/// # Errors
/// [`TrainingError::Store`].
pub async fn is_generated(service: &Service) -> Result<Option<Generated>, TrainingError> {
    let mut conn = service.app().store.read().await?;
    let Some(text) = meta::get(&mut conn, META).await? else { return Ok(None) };
    let mut parts = text.split(' ');
    let read = (|| {
        Some(Generated {
            seed: parts.next()?.parse().ok()?,
            citizens: parts.next()?.parse().ok()?,
            today: parts.next()?.parse().ok()?,
        })
    })();
    read.map(Some).ok_or(TrainingError::Store(StoreError::Value("training mark")))
}

/// Makes the training municipality in an empty database, in one write: broken off, it leaves nothing.
///
/// # Errors
/// [`TrainingError`].
pub async fn generate(service: &Service, plan: Plan, progress: impl Fn(Progress)) -> Result<Generated, TrainingError> {
    let plan = Plan { citizens: plan.citizens.clamp(FEWEST_CITIZENS, MOST_CITIZENS), ..plan };
    let app = service.app();
    let mut conn = app.store.writer().await?;
    for setting in dialect::BULK_BEGIN {
        sqlx::query(*setting).execute(&mut *conn).await?;
    }
    let made = in_one_write(&mut conn, app, (plan, app.clock.now()), &progress).await;
    progress(Progress { stage: Stage::Finishing, done: plan.citizens, total: plan.citizens });
    for setting in dialect::BULK_END {
        sqlx::query(*setting).execute(&mut *conn).await?;
    }
    made
}

async fn in_one_write(
    conn: &mut Conn,
    app: &App,
    (plan, now): (Plan, Timestamp),
    progress: &impl Fn(Progress),
) -> Result<Generated, TrainingError> {
    use sqlx::Connection as _;
    let mut tx = conn.begin_with(dialect::BEGIN_WRITE).await?;
    let someone = sqlx::query("SELECT no FROM citizen LIMIT 1").fetch_optional(&mut *tx).await?;
    if someone.is_some() {
        return Err(TrainingError::NotEmpty);
    }
    let catalogue = &*app.catalogue;
    let mut made = make_people(&mut tx, app, (plan, now), progress).await?;
    progress(Progress { stage: Stage::Calendar, done: plan.citizens, total: plan.citizens });
    house::write_sites(&mut tx).await?;
    let this = calendar::monday(plan.today);
    let week = |offset: i64| this.checked_add(offset.weeks()).unwrap_or(this);
    let weeks = [(this, 780), (week(1), 520), (week(-1), 620), (week(2), 320), (week(3), 160)];
    let at_counter = at_counter(catalogue);
    let kept = std::mem::take(&mut made.kept);
    let calendar = calendar::Weeks { seed: plan.seed, today: plan.today, procedures: &at_counter, kept };
    calendar.fill(&mut tx, &weeks).await?;
    house::write_duties(&mut tx, rng::Ids::new(plan.seed), weeks.iter().map(|(monday, _)| *monday)).await?;
    house::write_visits(&mut tx, plan.seed, plan.today).await?;
    // After the calendar, so that nobody's time depends on them.
    made.always(&mut tx, plan.seed).await?;
    staff::write(&mut tx, rng::Ids::new(plan.seed)).await?;
    rights::write(&mut tx, plan.today).await?;
    waiting::write(&mut tx, app, plan.seed, (plan.today, now)).await.map_err(|_| TrainingError::Visits)?;
    let generated = Generated { seed: plan.seed, citizens: plan.citizens, today: plan.today };
    meta::set(&mut tx, META, &format!("{} {} {}", plan.seed, plan.citizens, plan.today)).await?;
    meta::set(&mut tx, META_CALENDAR, &week(3).to_string()).await?;
    tx.commit().await?;
    Ok(generated)
}

/// The procedures that are settled at the municipality's own counters, with their minutes.
fn at_counter(catalogue: &Catalogue) -> Vec<(String, u16)> {
    let here = catalogue.procedures.iter().filter(|p| p.attendance.required && p.department.as_str() == "kff");
    here.map(|p| (p.id.to_string(), p.attendance.minutes)).collect()
}

/// What is made from, after the people were made.
struct Made<'a> {
    maker: people::Maker,
    work: matters::Clerkwork<'a>,
    loader: load::Loader<'a>,
    register: happenings::Register,
    kept: Vec<calendar::Kept>,
}

impl Made<'_> {
    /// Adds those who are always there.
    async fn always(&mut self, conn: &mut Conn, seed: u64) -> Result<(), TrainingError> {
        let all = always::everybody(&mut self.maker, &mut self.work, seed).ok_or(TrainingError::Catalogue)?;
        self.loader.household(&all.home);
        all.cases.iter().for_each(|case| self.loader.case(case));
        all.told.iter().for_each(|told| self.register.told(*told));
        all.paid.iter().for_each(|paid| self.register.paid(paid));
        self.loader.send(&mut *conn, Rest::Send).await?;
        Ok(self.register.send(conn, Rest::Send).await?)
    }
}

async fn make_people<'a>(
    conn: &mut Conn,
    app: &'a App,
    (plan, now): (Plan, Timestamp),
    progress: &impl Fn(Progress),
) -> Result<Made<'a>, TrainingError> {
    let catalogue = &*app.catalogue;
    let mut maker = people::Maker::new(plan.seed, plan.today);
    let mut work = matters::Clerkwork::new(catalogue, plan.seed, plan.today);
    let mut loader = load::Loader::new(catalogue, maker.ids);
    let mut register = happenings::Register::new(plan.seed, plan.today);
    let mut kept = Vec::new();
    let kalina = showcase::kalina(&mut maker, &mut work, plan.seed).ok_or(TrainingError::Catalogue)?;
    let heavy = heavy::heavy(&mut maker, &mut work, plan.seed).ok_or(TrainingError::Catalogue)?;
    for all in [&kalina, &heavy] {
        loader.household(&all.home);
        all.situations.iter().for_each(|s| loader.situation(s));
        all.cases.iter().for_each(|c| loader.case(c));
        // What is told of today has not happened before its hour.
        all.contacts.iter().filter(|c| c.at <= now).for_each(|c| loader.contact(c));
        kept.extend(all.kept.iter().cloned());
    }
    loader.send(&mut *conn, Rest::Send).await?;
    page::kalina(&mut *conn, &kalina, (maker.ids, plan.today, now), &mut register).await?;
    evidence::kalina(&mut *conn, (&*app.blobs, catalogue), &kalina, (maker.ids, plan, now)).await?;
    let total = i64::from(plan.citizens);
    let elsewhere = municipality::Elsewhere::new(plan.seed, &catalogue.municipalities);
    let mut told = 0;
    while maker.made() < total {
        let mut home = maker.household();
        let over = usize::try_from((maker.made() - total).max(0)).unwrap_or(0);
        home.people.truncate(home.people.len() - over.min(home.people.len()));
        home.links.retain(|l| l.citizen <= total && l.other <= total);
        elsewhere.settle(&mut home);
        for person in &home.people {
            let (situations, cases) = work.of(person, home.family);
            situations.iter().for_each(|s| loader.situation(s));
            cases.iter().for_each(|c| loader.case(c));
            contacts::of(plan.seed, maker.ids, person.no, &cases, plan.today).iter().for_each(|c| loader.contact(c));
        }
        loader.household(&home);
        register.household(&home);
        // One in five hundred carries a new number; the old one still finds her.
        let renumbered = home.people.first().filter(|p| p.no % 500 == 3 && maker.made() < total);
        if let Some(former) = renumbered.and_then(|now| maker.former(now)) {
            loader.person(&former);
        }
        loader.send(&mut *conn, Rest::Keep).await?;
        register.send(&mut *conn, Rest::Keep).await?;
        let done = maker.made().min(total);
        if done - told >= 1000 || done == total {
            told = done;
            progress(Progress {
                stage: Stage::Citizens,
                done: u32::try_from(done).unwrap_or(plan.citizens),
                total: plan.citizens,
            });
        }
    }
    loader.send(&mut *conn, Rest::Send).await?;
    register.send(&mut *conn, Rest::Send).await?;
    Ok(Made { maker, work, loader, register, kept })
}

/// Keeps an older training municipality up with the day: fills the weeks of the calendar that have come near since, and adds the colleagues
/// to one that was made before there were any. Does nothing when they are there already.
///
/// # Errors
/// [`TrainingError::Store`].
pub async fn extend_to_today(service: &Service, today: Date) -> Result<(), TrainingError> {
    let Some(generated) = is_generated(service).await? else { return Ok(()) };
    let app = service.app();
    let mut tx = app.store.begin().await?;
    staff::write(&mut tx, rng::Ids::new(generated.seed)).await?;
    rights::write(&mut tx, today).await?;
    house::complete(&mut tx, generated.seed, today).await?;
    let at = (today, app.clock.now());
    waiting::write(&mut tx, app, generated.seed, at).await.map_err(|_| TrainingError::Visits)?;
    let until: Option<Date> = meta::get(&mut tx, META_CALENDAR).await?.and_then(|d| d.parse().ok());
    let this = calendar::monday(today);
    let wanted = [0, 1, 2].map(|offset: i64| this.checked_add(offset.weeks()).unwrap_or(this));
    house::write_duties(&mut tx, rng::Ids::new(generated.seed), wanted.into_iter()).await?;
    let weeks: Vec<(Date, usize)> = wanted
        .into_iter()
        .zip([780, 520, 320])
        .filter(|(monday, _)| until.is_none_or(|until| *monday > until))
        .collect();
    let Some((last, _)) = weeks.last().copied() else {
        tx.commit().await?;
        return Ok(());
    };
    let at_counter = at_counter(&app.catalogue);
    let calendar = calendar::Weeks { seed: generated.seed, today, procedures: &at_counter, kept: Vec::new() };
    calendar.fill(&mut tx, &weeks).await?;
    meta::set(&mut tx, META_CALENDAR, &last.to_string()).await?;
    tx.commit().await?;
    Ok(())
}
