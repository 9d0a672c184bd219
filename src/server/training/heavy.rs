//! The citizen with very many cases, who is always there: what an overview takes is measured on him. What does not live here: everybody
//! else (`people`, `matters`, `showcase`).

use jiff::ToSpan;
use jiff::civil::Date;
use skranke_domain::citizen::{CitizenshipGroup, CivilStatus};
use skranke_domain::cpr::Sex;

use super::matters::{Brief, Clerkwork, Mood};
use super::names::{self, DANISH};
use super::people::{Family, Maker};
use super::rng::Rng;
use super::showcase::Showcase;

/// How many cases the citizen with very many cases has: the figure of a case store that took 34 s for one citizen.
pub const HEAVY_CASES: usize = 872;

/// Somebody with very many cases, nearly all closed.
pub fn heavy(maker: &mut Maker, work: &mut Clerkwork<'_>, seed: u64) -> Option<Showcase> {
    let today = maker.today();
    let mut person = maker.person(&DANISH, "Sagsager".to_owned(), Date::constant(1951, 8, 17), Sex::Male)?;
    person.given = "Torben".to_owned();
    person.address = Some(names::address(&mut Rng::of(seed, "showcase", 3)));
    person.group = CitizenshipGroup::Danish;
    person.civil = CivilStatus::Widowed;
    let mut all = Showcase::default();
    let asked: Vec<usize> = work
        .catalogue
        .procedures
        .iter()
        .enumerate()
        .filter(|(_, p)| super::matters::is_by_chance(p))
        .map(|(at, _)| at)
        .collect();
    let mut rng = Rng::of(seed, "showcase", 4);
    for kind in ["moving", "third-age", "illness"] {
        all.situations.extend(work.situation(
            person.no,
            kind,
            today.checked_sub(rng.between(10, 900).days()).unwrap_or(today),
            None,
        ));
    }
    for nth in 0..HEAVY_CASES {
        let mood = match nth % 40 {
            0 => Mood::Awaiting,
            1 => Mood::ToCheck,
            2 => Mood::Ready,
            _ => Mood::Closed,
        };
        let situation = Some(rng.pick(&all.situations).id);
        let facts = super::matters::facts(&person, Family::default(), today, &mut rng);
        let brief = Brief {
            citizen: &person,
            procedure: *rng.pick(&asked),
            situation,
            mood,
            facts,
            due_in: rng.between(-5, 40),
        };
        all.cases.extend(work.case(brief));
    }
    all.home.people = vec![person];
    Some(all)
}
