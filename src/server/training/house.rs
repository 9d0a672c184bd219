//! The house in which the training municipality meets its citizens: sites, places, interpreters, who sits where, and how many came in the
//! year before. What does not live here: who comes when (`calendar`). Every name is invented.

use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use skranke_api::appointments::{Counter, Hours, Interpreter, Site};
use skranke_domain::appointment::CounterKind;
use skranke_domain::authority::Role;
use skranke_domain::citizen::{GroundOfStay, LanguageCode};
use skranke_domain::{CounterId, DepartmentId, InterpreterId, Localized, SiteId};

use super::rng::{Ids, Rng};
use super::staff::colleague_id;
use crate::auth::{persona_id, persona_name};
use crate::store::bulk::{Bulk, Rest};
use crate::store::{Conn, Result, StoreError, calendar, meta, word};

pub(super) const fn t(hour: i8, minute: i8) -> Time {
    Time::constant(hour, minute, 0, 0)
}

/// A place, with the slug of the department whose matters alone are settled there.
type Spot = (&'static str, CounterKind, (&'static str, &'static str), bool, Option<&'static str>);

const NORREBRO: &[Spot] = &[
    ("counter-1", CounterKind::Counter, ("Skranke 1", "Counter 1"), true, None),
    ("counter-2", CounterKind::Counter, ("Skranke 2", "Counter 2"), true, None),
    ("counter-3", CounterKind::Counter, ("Skranke 3", "Counter 3"), false, None),
    ("counter-4", CounterKind::Counter, ("Skranke 4", "Counter 4"), false, None),
    ("stand-1", CounterKind::Stand, ("Stander 1", "Stand 1"), true, None),
    ("stand-2", CounterKind::Stand, ("Stander 2", "Stand 2"), true, None),
    ("room-a", CounterKind::Room, ("Lokale A", "Room A"), true, None),
    ("phone-1", CounterKind::Phone, ("Telefon", "Phone"), true, None),
    ("siri-1", CounterKind::Authority, ("SIRI", "SIRI"), true, Some("siri")),
    ("skat-1", CounterKind::Authority, ("Skat", "Tax"), true, Some("skat")),
];

/// The small sites: slug, name, and what their counters are called by.
const SMALL: &[(&str, &str, &str)] = &[
    ("vesterbro", "Vesterbro", "vb-"),
    ("amager", "Amager", "am-"),
    ("valby", "Valby", "va-"),
    ("bispebjerg", "Bispebjerg", "bb-"),
    ("osterbro", "Østerbro", "ob-"),
    ("vanlose", "Vanløse", "vl-"),
];

/// Services that send an interpreter or ring one up. They come to every site.
const INTERPRETERS: &[(&str, &str, &str)] = &[
    ("tolk-pl", "Sprogbroen", "pl"),
    ("tolk-uk", "Dnipro Sprogservice", "uk"),
    ("tolk-en", "Anglia Tolke", "en"),
    ("tolk-ar", "Levant Tolkeservice", "ar"),
    ("tolk-ro", "Karpat Tolkning", "ro"),
];

/// Who sits where beside the personas.
const COLLEAGUES: &[(&str, &str)] = &[
    ("counter-1", "Nina Krogh"),
    ("counter-2", "Omar Hjelm"),
    ("room-a", "Sara Nygaard"),
    ("phone-1", "Jonas Bækgaard"),
    ("ih-1", "Anders Ellebo"),
    ("ih-2", "Pernille Østergreen"),
];

/// The personas' own counters.
const PERSONAS: &[(&str, Role)] = &[("counter-3", Role::Caseworker), ("counter-4", Role::Clerk)];

/// The place at which nobody is on some days, and these days.
const UNMANNED: (&str, &[Weekday]) = ("counter-3", &[Weekday::Tuesday]);

/// Whether somebody is at a place on a day.
#[must_use]
pub fn is_manned(counter: &str, day: Date) -> bool {
    counter != UNMANNED.0 || !UNMANNED.1.contains(&day.weekday())
}

/// The sites of the training municipality; their opening hours are invented.
pub fn sites() -> Result<Vec<Site>> {
    let mut all = vec![
        site(
            ("norrebro", "Nørrebro"),
            NORREBRO.iter().map(spot).collect::<Result<_>>()?,
            [Some(t(16, 0)), Some(t(16, 0)), Some(t(16, 0)), Some(t(18, 0)), Some(t(14, 0))],
        )?,
        site(
            ("international-house", "International House"),
            counters("ih-")?,
            [Some(t(15, 0)), None, Some(t(17, 0)), Some(t(15, 0)), Some(t(14, 0))],
        )?,
    ];
    for (id, name, prefix) in SMALL {
        let closing = [Some(t(15, 0)), Some(t(15, 0)), None, Some(t(18, 0)), Some(t(13, 0))];
        all.push(site((id, name), counters(prefix)?, closing)?);
    }
    Ok(all)
}

fn slug<E>(_: E) -> StoreError {
    StoreError::Value("slug")
}

fn spot((id, kind, (da, en), step_free, department): &Spot) -> Result<Counter> {
    Ok(Counter {
        id: CounterId::parse(id).map_err(slug)?,
        name: Localized::new(*da, *en),
        kind: *kind,
        step_free: *step_free,
        departments: department.iter().map(|id| DepartmentId::parse(id).map_err(slug)).collect::<Result<_>>()?,
    })
}

/// Two counters; the first is reached without a step.
fn counters(prefix: &str) -> Result<Vec<Counter>> {
    let counter = |n: u8| {
        Ok(Counter {
            id: CounterId::parse(&format!("{prefix}{n}")).map_err(slug)?,
            name: Localized::new(format!("Skranke {n}"), format!("Counter {n}")),
            kind: CounterKind::Counter,
            step_free: n == 1,
            departments: Vec::new(),
        })
    };
    [1, 2].into_iter().map(counter).collect()
}

fn site((id, name): (&str, &str), counters: Vec<Counter>, closing: [Option<Time>; 5]) -> Result<Site> {
    let mut week: Vec<Option<Hours>> =
        closing.into_iter().map(|to| to.map(|to| Hours { from: t(8, 30), to })).collect();
    week.extend([None, None]);
    let interpreters = INTERPRETERS.iter().map(|(id, name, language)| {
        Ok(Interpreter {
            id: InterpreterId::parse(id).map_err(slug)?,
            name: (*name).to_owned(),
            language: LanguageCode((*language).to_owned()),
        })
    });
    Ok(Site {
        id: SiteId::parse(id).map_err(slug)?,
        name: name.to_owned(),
        counters,
        hours: week,
        interpreters: interpreters.collect::<Result<_>>()?,
        aim_minutes: 15,
    })
}

/// Writes the sites.
pub async fn write_sites(conn: &mut Conn) -> Result<()> {
    for (rank, site) in (0_i64..).zip(&sites()?) {
        meta::put_site(&mut *conn, rank, site).await?;
    }
    Ok(())
}

/// Brings a municipality that was made before there was such a house up to it.
pub async fn complete(conn: &mut Conn, seed: u64, today: Date) -> Result<()> {
    if sqlx::query("SELECT id FROM interpreter LIMIT 1").fetch_optional(&mut *conn).await?.is_none() {
        write_sites(&mut *conn).await?;
    }
    write_visits(conn, seed, today).await
}

/// Writes who sits where in weeks that begin on these Mondays.
pub async fn write_duties(conn: &mut Conn, ids: Ids, mondays: impl Iterator<Item = Date>) -> Result<()> {
    let mut all = Vec::new();
    for monday in mondays {
        for offset in 0..5_i64 {
            let Ok(day) = monday.checked_add(offset.days()) else { continue };
            let personas =
                PERSONAS.iter().map(|(place, role)| (*place, Some((persona_id(*role), persona_name(*role)))));
            let known = COLLEAGUES.iter().map(|(place, name)| (*place, colleague_id(ids, name).map(|id| (id, *name))));
            for (place, who) in personas.chain(known) {
                let staff = who.filter(|_| is_manned(place, day));
                all.push(calendar::Duty { day, counter: place, staff });
            }
        }
    }
    calendar::put_duties(conn, &all).await
}

/// How many come in a usual month, by ground of stay, at the site whose people they are.
const COME: &[(GroundOfStay, i64)] = &[
    (GroundOfStay::Danish, 620),
    (GroundOfStay::Nordic, 48),
    (GroundOfStay::EuWorker, 132),
    (GroundOfStay::EuStudent, 26),
    (GroundOfStay::EuSelfEmployed, 14),
    (GroundOfStay::EuSufficientFunds, 11),
    (GroundOfStay::Family, 57),
    (GroundOfStay::Permit, 71),
];

/// Of a hundred of a usual month so many come in each month: students in September and January, workers after them, nobody in July.
const STUDENTS: [i64; 12] = [410, 190, 70, 50, 45, 60, 80, 320, 620, 180, 70, 50];
const OTHERS: [i64; 12] = [112, 104, 101, 97, 99, 96, 71, 103, 118, 106, 101, 83];

/// Writes how many came in the year before a day, unless that is there already.
pub async fn write_visits(conn: &mut Conn, seed: u64, today: Date) -> Result<()> {
    let someone = sqlx::query("SELECT site FROM visit_month LIMIT 1").fetch_optional(&mut *conn).await?;
    if someone.is_some() {
        return Ok(());
    }
    let mut table = Bulk::new("visit_month", &["site", "ground", "year", "month", "count"]);
    for (place, site) in (0_u64..).zip(sites()?) {
        // In percent of the largest.
        let size = match place {
            0 => 100,
            1 => 80,
            _ => 30,
        };
        for back in 0..13_i64 {
            let Ok(day) = today.first_of_month().checked_sub(back.months()) else { continue };
            let month = usize::from(day.month().unsigned_abs()) - 1;
            for (ground, usual) in COME {
                let label =
                    place * 10_000 + u64::from(day.year().unsigned_abs()) * 12 + u64::from(day.month().unsigned_abs());
                let mut rng = Rng::of(seed, &word(ground), label);
                let season = if *ground == GroundOfStay::EuStudent { STUDENTS[month] } else { OTHERS[month] };
                // International House meets the newcomers and hardly anybody else.
                let share = if place == 1 && *ground == GroundOfStay::Danish { 4 } else { size };
                let mut count = usual * season * share / 10_000 * rng.between(93, 107) / 100;
                if back == 0 {
                    count = count * i64::from(today.day() - 1) / 30;
                }
                table.push([
                    site.id.as_str().into(),
                    word(ground).into(),
                    i64::from(day.year()).into(),
                    i64::from(day.month()).into(),
                    count.into(),
                ]);
            }
        }
    }
    table.send(conn, Rest::Send).await
}
