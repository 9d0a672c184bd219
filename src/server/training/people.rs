//! People: households with their relations, newcomers, protected persons, guardians. What lives here: who they are. What does not: their
//! cases (`matters`), their names (`names`).

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::Date;
use skranke_domain::CitizenId;
use skranke_domain::citizen::{
    Address, CitizenshipGroup, CivilStatus, DigitalAbility, GroundOfStay, LanguageCode, Protection, RelationKind,
    Representation, RepresentationKind, Status, age_on,
};
use skranke_domain::cpr::{Cpr, Sex};

use super::names::{self, DANISH, FOREIGN, Origin};
use super::rng::{Ids, Rng};
use crate::store::citizens::Profile;

/// The slug of the municipality itself.
pub const HOME: &str = "koebenhavn";

/// A citizen to be.
#[derive(Clone, Debug)]
pub struct Citizen {
    /// Her number inside the database.
    pub no: i64,
    /// Her identifier.
    pub id: CitizenId,
    /// Her number.
    pub cpr: Cpr,
    /// Her birth date.
    pub born: Date,
    /// Given names.
    pub given: String,
    /// Surname.
    pub surname: String,
    /// CPR status.
    pub status: Status,
    /// Civil status.
    pub civil: CivilStatus,
    /// Ground of stay.
    pub ground: GroundOfStay,
    /// Citizenship.
    pub group: CitizenshipGroup,
    /// Address.
    pub address: Option<Address>,
    /// Name and address are protected.
    pub protected: bool,
    /// The citizen with the current number.
    pub current: Option<i64>,
    /// Her municipality's slug.
    pub municipality: String,
    /// The rest.
    pub profile: Profile,
}

/// One relation, seen from one side.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// Whose.
    pub citizen: i64,
    /// To whom.
    pub other: i64,
    /// How.
    pub kind: RelationKind,
    /// At the same address.
    pub same_household: bool,
}

/// What the conditions of procedures ask of a family.
#[derive(Clone, Copy, Debug, Default)]
pub struct Family {
    /// Two adults.
    pub couple: bool,
    /// Children under 18.
    pub children: usize,
    /// They came to the country lately.
    pub newcomer: bool,
}

/// People at one address.
#[derive(Clone, Debug, Default)]
pub struct Household {
    /// The people, adults first.
    pub people: Vec<Citizen>,
    /// Their relations.
    pub links: Vec<Link>,
    /// What conditions ask.
    pub family: Family,
}

/// Makes people one household after another.
pub struct Maker {
    seed: u64,
    /// Identifiers of this seed.
    pub ids: Ids,
    today: Date,
    next_no: i64,
    next_household: u64,
    serials: HashMap<Date, u16>,
}

impl Maker {
    /// A maker for a seed and a day.
    #[must_use]
    pub fn new(seed: u64, today: Date) -> Self {
        Self { seed, ids: Ids::new(seed), today, next_no: 1, next_household: 1, serials: HashMap::new() }
    }

    /// The day for which ages are right.
    #[must_use]
    pub fn today(&self) -> Date {
        self.today
    }

    /// How many people there are.
    #[must_use]
    pub fn made(&self) -> i64 {
        self.next_no - 1
    }

    /// A number that is free on a birthday: day + 60, so that none can be taken for a real one.
    fn cpr(&mut self, born: Date, sex: Sex, rng: &mut Rng) -> Option<Cpr> {
        let count = self.serials.entry(born).or_insert(0);
        // Two numbers a count, one a sex, below a thousand: the first digit is drawn, the other three are never drawn twice.
        let serial = (*count * 2 + u16::from(sex == Sex::Male)) % 1000;
        *count += 1;
        let first = u16::try_from(rng.below(10)).unwrap_or(0);
        Cpr::replacement(born, first * 1000 + serial).ok()
    }

    /// A person without family, address or anything special.
    pub fn person(&mut self, origin: &Origin, surname: String, born: Date, sex: Sex) -> Option<Citizen> {
        let no = self.next_no;
        let mut rng = Rng::of(self.seed, "person", no.unsigned_abs());
        let cpr = self.cpr(born, sex, &mut rng)?;
        self.next_no += 1;
        let mut given = origin.given(&mut rng, sex).to_owned();
        if rng.permille(180) {
            let second = origin.given(&mut rng, sex);
            if second != given {
                given = format!("{given} {second}");
            }
        }
        let age = age_on(born, self.today);
        let ability = match age {
            0..=17 => DigitalAbility::Routine,
            18..=64 => *rng.pick(&[
                DigitalAbility::Routine,
                DigitalAbility::Routine,
                DigitalAbility::Professional,
                DigitalAbility::Able,
            ]),
            _ => *rng.pick(&[DigitalAbility::Unsure, DigitalAbility::Able, DigitalAbility::Routine]),
        };
        let profile = Profile {
            municipality: "København".to_owned(),
            protections: if rng.permille(60) { vec![Protection::Marketing] } else { Vec::new() },
            languages: vec![LanguageCode(origin.language.to_owned())],
            interpreter: None,
            representations: Vec::new(),
            adviser: None,
            digital_ability: ability,
            exempt_from_digital_post: ability == DigitalAbility::Unsure && rng.permille(500),
            phone: (age >= 12).then(|| names::phone(no)),
            email: (age >= 15 && rng.permille(700)).then(|| names::email(&given, &surname, no)),
        };
        Some(Citizen {
            no,
            id: CitizenId(self.ids.get("citizen", no)),
            cpr,
            born,
            given,
            surname,
            status: Status::Resident,
            civil: CivilStatus::Unmarried,
            ground: GroundOfStay::Danish,
            group: origin.group,
            address: None,
            protected: false,
            current: None,
            municipality: HOME.to_owned(),
            profile,
        })
    }

    /// The next household.
    pub fn household(&mut self) -> Household {
        let mut rng = Rng::of(self.seed, "household", self.next_household);
        self.next_household += 1;
        let newcomer = rng.permille(90);
        let origin = if newcomer { *rng.pick(FOREIGN) } else { DANISH };
        let surname = origin.surname(&mut rng);
        let shape = rng.below(100);
        let (adults, children) = match shape {
            0..=37 => (1, 0),
            38..=57 => (2, 0),
            58..=82 => (2, 1 + rng.below(3)),
            83..=91 => (1, 1 + rng.below(2)),
            _ => (1, 0),
        };
        let old = shape > 91 || (children == 0 && rng.permille(280));
        let age = match (old, children > 0, newcomer) {
            (_, _, true) => rng.between(21, 48),
            (true, _, _) => rng.between(66, 97),
            (_, true, _) => rng.between(27, 52),
            _ => rng.between(18, 65),
        };
        let mut home = Household { family: Family { couple: adults == 2, children, newcomer }, ..Household::default() };
        let sex = if rng.permille(510) { Sex::Female } else { Sex::Male };
        for adult in 0..adults {
            let apart = if adult == 1 { rng.between(-4, 4).max(18 - age) } else { 0 };
            let born = self.birthday(&mut rng, age + apart);
            let other = if sex == Sex::Female { Sex::Male } else { Sex::Female };
            let surname = if adult == 1 && rng.permille(550) { origin.surname(&mut rng) } else { surname.clone() };
            home.people.extend(self.person(&origin, surname, born, if adult == 0 { sex } else { other }));
        }
        for _ in 0..children {
            let child_age = rng.between(0, 17.min(age - 19).max(0));
            let born = self.birthday(&mut rng, child_age);
            let sex = if rng.permille(490) { Sex::Female } else { Sex::Male };
            home.people.extend(self.person(&origin, surname.clone(), born, sex));
        }
        self.settle(&mut home, adults, origin.group, &mut rng);
        home
    }

    fn birthday(&self, rng: &mut Rng, age: i64) -> Date {
        let days = age * 36_525 / 100 + rng.between(1, 364);
        self.today.checked_sub(days.days()).unwrap_or(Date::constant(1970, 1, 1))
    }

    /// Gives a household its address, its relations and what is special about it.
    fn settle(&mut self, home: &mut Household, adults: usize, group: CitizenshipGroup, rng: &mut Rng) {
        let address = names::address(rng);
        let protected = rng.permille(20);
        let married = adults == 2 && rng.permille(620);
        let alone = *rng.pick(&[CivilStatus::Unmarried, CivilStatus::Unmarried, CivilStatus::Divorced]);
        let ground = ground(group, rng);
        let numbers: Vec<i64> = home.people.iter().map(|p| p.no).collect();
        let guardians: Vec<(CitizenId, String)> =
            home.people.iter().take(adults).map(|p| (p.id, format!("{} {}", p.given, p.surname))).collect();
        for (at, person) in home.people.iter_mut().enumerate() {
            person.address = Some(address.clone());
            person.protected = protected;
            if protected {
                person.profile.protections.insert(0, Protection::NameAndAddress);
            }
            person.ground =
                if at == 1 && adults == 2 && ground != GroundOfStay::Danish { GroundOfStay::Family } else { ground };
            if at < adults {
                person.civil = match (married, adults, age_on(person.born, self.today)) {
                    (true, _, _) => CivilStatus::Married,
                    (false, 1, 75..) => CivilStatus::Widowed,
                    (false, 1, 25..) => alone,
                    _ => CivilStatus::Unmarried,
                };
            } else {
                let parent = |(id, name): &(CitizenId, String)| Representation {
                    citizen: Some(*id),
                    name: name.clone(),
                    kind: RepresentationKind::Parent,
                    scope: None,
                    until: None,
                };
                person.profile.representations = guardians.iter().map(parent).collect();
            }
            if home.family.newcomer {
                let other = if rng.permille(600) { Some("en") } else { None };
                person.profile.languages.extend(other.map(|l| LanguageCode(l.to_owned())));
                if other.is_none() || rng.permille(150) {
                    person.profile.interpreter = person.profile.languages.first().cloned();
                }
                if rng.permille(150) {
                    person.status = Status::NotRegistered;
                }
            }
            special(person, at < adults, self.today, rng);
        }
        for (at, citizen) in numbers.iter().enumerate() {
            for (to, other) in numbers.iter().enumerate() {
                let kind = match (at < adults, to < adults) {
                    _ if at == to => continue,
                    (true, true) if married => RelationKind::Spouse,
                    (true, true) => RelationKind::Partner,
                    (true, false) => RelationKind::Child,
                    (false, true) => RelationKind::Parent,
                    (false, false) => RelationKind::Sibling,
                };
                home.links.push(Link { citizen: *citizen, other: *other, kind, same_household: true });
            }
        }
    }

    /// A former self of somebody whose number was changed: found under the old number, pointing to the current one.
    pub fn former(&mut self, now: &Citizen) -> Option<Citizen> {
        let mut rng = Rng::of(self.seed, "former", now.no.unsigned_abs());
        let born = now.born.checked_sub(rng.between(1, 20).days()).ok()?;
        let sex = now.cpr.sex();
        let mut old = self.person(&DANISH, now.surname.clone(), born, sex)?;
        old.given = now.given.clone();
        old.status = Status::ChangedNumber;
        old.current = Some(now.no);
        old.group = now.group;
        old.ground = now.ground;
        old.profile.phone = None;
        old.profile.email = None;
        Some(old)
    }
}

fn ground(group: CitizenshipGroup, rng: &mut Rng) -> GroundOfStay {
    match group {
        CitizenshipGroup::Danish => GroundOfStay::Danish,
        CitizenshipGroup::Nordic => GroundOfStay::Nordic,
        CitizenshipGroup::Eu => *rng.pick(&[
            GroundOfStay::EuWorker,
            GroundOfStay::EuWorker,
            GroundOfStay::EuStudent,
            GroundOfStay::EuSelfEmployed,
            GroundOfStay::EuSufficientFunds,
        ]),
        CitizenshipGroup::NonEu => GroundOfStay::Permit,
    }
}

/// Statuses, guardians, powers of attorney and advisers.
fn special(person: &mut Citizen, adult: bool, today: Date, rng: &mut Rng) {
    let age = age_on(person.born, today);
    if adult && rng.permille(if age >= 80 { 60 } else { 6 }) {
        person.status = Status::Dead;
        person.address = None;
    } else if adult && rng.permille(12) {
        person.status = *rng.pick(&[Status::Departed, Status::Departed, Status::Departed, Status::Disappeared]);
        person.address = None;
    } else if adult && rng.permille(2) {
        person.status = Status::TaxOnly;
        person.address = None;
    }
    let helper = format!("{} {}", DANISH.given(rng, Sex::Female), names::danish_surname(rng));
    let end_of = |years: i16| Date::new(today.year() + years, 12, 31).ok();
    if adult && rng.permille(6) {
        person.profile.representations.push(Representation {
            citizen: None,
            name: helper,
            kind: RepresentationKind::Guardian,
            scope: Some("Økonomiske forhold (værgemålsloven § 5)".to_owned()),
            until: None,
        });
    } else if age >= 70 && rng.permille(110) || adult && rng.permille(8) {
        person.profile.representations.push(Representation {
            citizen: None,
            name: helper,
            kind: RepresentationKind::PowerOfAttorney,
            scope: None,
            until: end_of(i16::from(rng.permille(500))),
        });
    }
    if adult && rng.permille(25) {
        person.profile.adviser = Some((*rng.pick(names::COLLEAGUES)).to_owned());
    }
}
