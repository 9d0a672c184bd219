//! What registers tell of people, and what departments pay them. What lives here: whom chance gives what. What does not: the life situations
//! that are proposed from it (`crate::store::situations`).

use jiff::ToSpan;
use jiff::civil::Date;
use skranke_domain::Localized;
use skranke_domain::citizen::{CivilStatus, age_on};
use skranke_domain::life_situation::Happening;

use super::people::{Citizen, Household};
use super::rng::Rng;
use crate::store::bulk::{Bulk, Rest};
use crate::store::{Conn, Result, to_json, word};

/// Something that happened to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// To whom.
    pub citizen: i64,
    /// What.
    pub kind: Happening,
    /// When.
    pub day: Date,
}

/// Something a department pays somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paid {
    /// To whom.
    pub citizen: i64,
    /// By which department.
    pub department: &'static str,
    /// What it is called.
    pub title: Localized,
    /// Since when.
    pub since: Option<Date>,
    /// The last day, where it ends.
    pub until: Option<Date>,
    /// Whether it depends on income.
    pub income_dependent: bool,
}

/// A benefit that does not end.
#[must_use]
pub fn paid(citizen: i64, department: &'static str, title: (&str, &str), since: Date, income_dependent: bool) -> Paid {
    let title = Localized::new(title.0, title.1);
    Paid { citizen, department, title, since: Some(since), until: None, income_dependent }
}

/// What SUF pays pensioners with little else.
pub const PERSONAL_SUPPLEMENT: (&str, &str) = ("Personligt tillæg", "Personal supplement");
/// What ØKF lends for the deposit of a flat.
pub const DEPOSIT_LOAN: (&str, &str) = ("Lån til indskud", "Loan for rent deposit");
/// What BUF pays of a daycare place.
pub const FEE_REDUCTION: (&str, &str) = ("Økonomisk friplads", "Fee reduction for daycare");

/// The tables on their way.
pub struct Register {
    seed: u64,
    today: Date,
    happening: Bulk,
    benefit: Bulk,
}

impl Register {
    /// Empty tables for a seed and a day.
    #[must_use]
    pub fn new(seed: u64, today: Date) -> Self {
        let benefit = &["citizen", "department", "title", "since", "until", "income_dependent"];
        Self {
            seed,
            today,
            happening: Bulk::new("happening", &["citizen", "kind", "day"]),
            benefit: Bulk::new("benefit", benefit),
        }
    }

    /// Adds what happened.
    pub fn told(&mut self, told: Told) {
        self.happening.push([told.citizen.into(), word(&told.kind).into(), told.day.to_string().into()]);
    }

    /// Adds what is paid.
    pub fn paid(&mut self, paid: &Paid) {
        self.benefit.push([
            paid.citizen.into(),
            paid.department.into(),
            to_json(&paid.title).into(),
            paid.since.map(|d| d.to_string()).into(),
            paid.until.map(|d| d.to_string()).into(),
            paid.income_dependent.into(),
        ]);
    }

    /// Adds what chance has for a household. Each person draws from a stream of her own, so that nothing else changes by it.
    pub fn household(&mut self, home: &Household) {
        for person in &home.people {
            let mut rng = Rng::of(self.seed, "happening", person.no.unsigned_abs());
            let age = age_on(person.born, self.today);
            if age < 18 || person.address.is_none() {
                continue;
            }
            if let Some(kind) = happening(person, age, home, self.today, &mut rng) {
                let day = match kind {
                    Happening::ChildBorn => youngest(home).unwrap_or(self.today),
                    _ => self.ago(rng.between(1, 190)),
                };
                self.told(Told { citizen: person.no, kind, day });
            }
            for benefit in benefits(person, age, home, &mut rng) {
                let since = self.ago(rng.between(60, 900));
                self.paid(&paid(person.no, benefit.0, benefit.1, since, true));
            }
        }
    }

    fn ago(&self, days: i64) -> Date {
        self.today.checked_sub(days.days()).unwrap_or(self.today)
    }

    /// Sends what has come together.
    pub async fn send(&mut self, conn: &mut Conn, rest: Rest) -> Result<()> {
        for table in [&mut self.happening, &mut self.benefit] {
            if rest == Rest::Send || table.waiting() >= 250 {
                table.send(&mut *conn, rest).await?;
            }
        }
        Ok(())
    }
}

fn youngest(home: &Household) -> Option<Date> {
    home.people.iter().map(|p| p.born).max()
}

/// One thing at most happened to somebody lately; a birth to everybody whose child it is.
fn happening(person: &Citizen, age: u16, home: &Household, today: Date, rng: &mut Rng) -> Option<Happening> {
    let newborn = youngest(home).is_some_and(|born| born.checked_add(200.days()).is_ok_and(|until| until >= today));
    let drawn = rng.below(1000);
    if newborn && home.family.children > 0 {
        return Some(Happening::ChildBorn);
    }
    Some(match (drawn, person.civil, age) {
        (0..30, ..) => Happening::Moved,
        (30..150, CivilStatus::Divorced, _) => Happening::Divorced,
        (150..190, CivilStatus::Married, ..60) => Happening::Married,
        (190..210, _, ..65) => Happening::NewJob,
        (210..225, _, ..65) => Happening::JobEnded,
        (225..290, CivilStatus::Widowed, _) => Happening::Bereaved,
        (290..300, ..) => Happening::DocumentExpired,
        (300..500, ..) if home.family.newcomer => Happening::Arrived,
        _ => return None,
    })
}

/// A benefit: its department and its name.
type Benefit = (&'static str, (&'static str, &'static str));

fn benefits(person: &Citizen, age: u16, home: &Household, rng: &mut Rng) -> Vec<Benefit> {
    let mut all = Vec::new();
    let small_children = home.people.iter().any(|p| p.born > person.born && home.family.children > 0);
    if age >= 67 && rng.permille(160) {
        all.push(("suf", PERSONAL_SUPPLEMENT));
    }
    if small_children && rng.permille(110) {
        all.push(("buf", FEE_REDUCTION));
    }
    if rng.permille(30) {
        all.push(("okf", DEPOSIT_LOAN));
    }
    all
}
