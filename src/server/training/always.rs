//! People who are always there beside the showcase family, whatever the seed and the size: found by name, and made after everybody else, so
//! that nobody else changes by them. What lives here: exactly who they are. What does not: Kalina (`showcase`, `page`).
//!
//! - **Verner Solbjerg Thestrup**, 67, a Danish pensioner who lives alone, nothing protected. Open cases: housing benefit (UDK, the lease is
//!   missing), personal supplement (SUF, the statement of income is missing), an instalment agreement under review (ØKF). He gets personal
//!   supplement from SUF and pays off a deposit loan at ØKF; both depend on income. He has no case at Skat. A changed income reaches Skat,
//!   UDK, SUF and ØKF.
//! - **Signe Aabo Lindeskov**, 38, divorced on the first of this month (that happened, and no life situation was opened for it yet), with
//!   Alma (9) and Villads (5) at home. Open cases: fee reduction (BUF), for which her statement of income and that of her foreign income are
//!   missing, and a move (KFF), for which the new address is missing: three papers over two departments. Everything else is in order.
//! - **Kalina Wrona**, a number for tax only, born on the showcase citizen's day: a second record of the same person.
//! - **Lauge Thestrup**, 34, who moves (KFF, the new address is missing) and fills in the form at a stand; **Jo Hvidkær**, 47, who fetched a
//!   passport; **Esther Lyngbakke**, 41, divorced, whose move has all its papers; **Crina Ramurel**, 29, whose employment contract SIRI waits
//!   for. They are met in the queue (`queue`).
//! - **Asta Ravnholm Piletoft**, 52, whose number was changed; her former number still finds her and points to the current one.

use jiff::ToSpan;
use jiff::civil::Date;
use skranke_domain::CitizenId;
use skranke_domain::checklist::ItemState::{Approved, Missing};
use skranke_domain::citizen::{
    CitizenshipGroup, CivilStatus, DigitalAbility, GroundOfStay, RelationKind, Representation, RepresentationKind,
    Status,
};
use skranke_domain::cpr::Sex;
use skranke_domain::life_situation::Happening;
use skranke_domain::procedure::{FactValue, Facts};
use uuid::Uuid;

use super::happenings::{DEPOSIT_LOAN, PERSONAL_SUPPLEMENT, Paid, Told, paid};
use super::matters::{Case, Clerkwork, Mood};
use super::names::{self, DANISH, FOREIGN, Origin};
use super::people::{Citizen, Household, Link, Maker};
use super::rng::Rng;
use super::showcase::{Sketch, days, sketched};

/// How many people are always there beside the showcase family, over and above the number that was asked for.
pub const PEOPLE: u32 = 11;

/// People who are always there, with what belongs to them.
#[derive(Default)]
pub struct Always {
    /// The people.
    pub home: Household,
    /// Their cases.
    pub cases: Vec<Case>,
    /// What happened to them.
    pub told: Vec<Told>,
    /// What they are paid.
    pub paid: Vec<Paid>,
}

/// Everybody who is always there.
pub fn everybody(maker: &mut Maker, work: &mut Clerkwork<'_>, seed: u64) -> Option<Always> {
    let mut all = Always::default();
    let mut hand = Hand { maker, seed, next: 1 };
    verner(&mut all, &mut hand, work)?;
    signe(&mut all, &mut hand, work)?;
    kalina_again(&mut all, &mut hand)?;
    asta(&mut all, &mut hand)?;
    queueing(&mut all, &mut hand, work)?;
    Some(all)
}

/// Who stands in the queue, by the place in this file's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queueing {
    /// Lauge Thestrup.
    Lauge = 8,
    /// Jo Hvidkær.
    Jo = 9,
    /// Esther Lyngbakke.
    Esther = 10,
    /// Crina Ramurel.
    Crina = 11,
}

/// The identifier of somebody who is always there, by her place.
fn identifier(ids: super::rng::Ids, nth: i64) -> CitizenId {
    // The department that is down remembers its last answer about those whose identifier is even.
    let mut id = *ids.get("always", nth).as_bytes();
    id[15] &= 0xfe;
    CitizenId(Uuid::from_bytes(id))
}

/// The identifier of somebody who stands in the queue.
#[must_use]
pub fn in_the_queue(ids: super::rng::Ids, who: Queueing) -> CitizenId {
    identifier(ids, who as i64)
}

/// Draws people by hand.
struct Hand<'a> {
    maker: &'a mut Maker,
    seed: u64,
    next: i64,
}

/// A full name with birth date and sex.
type Who<'a> = (&'a str, &'a str, Date, Sex);

impl Hand<'_> {
    /// A grown-up or a child with nothing special. What chance would give her is set, so that she is the same in a larger municipality.
    fn person(&mut self, origin: &Origin, (given, surname, born, sex): Who<'_>) -> Option<Citizen> {
        let nth = self.next;
        self.next += 1;
        let mut person = self.maker.person(origin, surname.to_owned(), born, sex)?;
        person.id = identifier(self.maker.ids, nth);
        person.given = given.to_owned();
        person.profile.protections = Vec::new();
        person.profile.digital_ability = DigitalAbility::Able;
        person.profile.exempt_from_digital_post = false;
        person.profile.phone = person.profile.phone.map(|_| names::phone(900_000 + nth));
        person.profile.email = person.profile.phone.as_ref().map(|_| names::email(given, surname, 900_000 + nth));
        Some(person)
    }

    fn address(&self, nth: u64) -> skranke_domain::citizen::Address {
        names::address(&mut Rng::of(self.seed, "always", nth))
    }

    fn today(&self) -> Date {
        self.maker.today()
    }

    /// Somebody's birthday, so that she has been so old for so many days today.
    fn born(&self, years: i16, days: i32) -> Option<Date> {
        self.today().checked_sub(years.years().days(days)).ok()
    }
}

/// The facts that the register and a clerk know of a Danish citizen.
fn facts(age: i64, civil: &str, (children, foreign_income): (bool, bool)) -> Facts {
    let word = |text: &str| FactValue::Word(text.to_owned());
    let flag = FactValue::Flag;
    [
        ("person.age", FactValue::Number(age)),
        ("person.citizenship_group", word("danish")),
        ("person.has_cpr", flag(true)),
        ("person.has_admin_cpr", flag(false)),
        ("person.previously_registered_dk", flag(true)),
        ("person.guardian", flag(false)),
        ("person.civil_status", word(civil)),
        ("stay.ground", word("danish")),
        ("stay.from_country_group", word("danish")),
        ("stay.moved_in", flag(true)),
        ("family.accompanying_children", flag(children)),
        ("family.accompanying_spouse", flag(false)),
        ("family.child_with_one_parent", flag(false)),
        ("family.parents_married", flag(false)),
        ("family.shared_custody", flag(children)),
        ("residence_in_doubt", flag(false)),
        ("wants_fee_reduction", flag(children)),
        ("moved_to_copenhagen_within_3_months", flag(false)),
        ("has_foreign_or_self_employed_income", flag(foreign_income)),
        ("on_behalf_of_other", flag(false)),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

const fn sketch<'a>(
    procedure: &'a str,
    by: &'a str,
    due_in: i64,
    items: &'a [(&'a str, skranke_domain::checklist::ItemState)],
) -> Sketch<'a> {
    Sketch { procedure, situation: None, by, role: None, due_in: Some(due_in), mood: Mood::Awaiting, items }
}

fn verner(all: &mut Always, hand: &mut Hand<'_>, work: &mut Clerkwork<'_>) -> Option<()> {
    let today = hand.today();
    let born = hand.born(67, 100)?;
    let mut verner = hand.person(&DANISH, ("Verner", "Solbjerg Thestrup", born, Sex::Male))?;
    verner.address = Some(hand.address(1));
    verner.civil = CivilStatus::Widowed;
    let known = facts(67, "widowed", (false, false));
    for sketch in [
        sketch(
            "housing-benefit",
            "Udbetaling Danmark",
            12,
            &[("lease", Missing), ("registered-move", Approved), ("household", Approved)],
        ),
        sketch(
            "personal-supplement",
            "Grethe Lyngholm",
            8,
            &[("pension", Approved), ("income", Missing), ("expenses", Approved)],
        ),
        sketch("instalment-review", "Poul Egestrup", 10, &[("claims", Approved), ("income", Approved)]),
    ] {
        all.cases.push(sketched(work, &verner, &sketch, known.clone(), today)?);
    }
    all.paid.push(paid(verner.no, "suf", PERSONAL_SUPPLEMENT, days(today, -90), true));
    all.paid.push(paid(verner.no, "okf", DEPOSIT_LOAN, days(today, -700), true));
    all.home.people.push(verner);
    Some(())
}

fn signe(all: &mut Always, hand: &mut Hand<'_>, work: &mut Clerkwork<'_>) -> Option<()> {
    let today = hand.today();
    let born = [hand.born(38, 140)?, hand.born(9, 70)?, hand.born(5, 200)?];
    let mut signe = hand.person(&DANISH, ("Signe", "Aabo Lindeskov", born[0], Sex::Female))?;
    let mut alma = hand.person(&DANISH, ("Alma", "Lindeskov", born[1], Sex::Female))?;
    let mut villads = hand.person(&DANISH, ("Villads", "Lindeskov", born[2], Sex::Male))?;
    signe.civil = CivilStatus::Divorced;
    let address = hand.address(2);
    for person in [&mut signe, &mut alma, &mut villads] {
        person.address = Some(address.clone());
    }
    for child in [&mut alma, &mut villads] {
        child.profile.representations = vec![Representation {
            citizen: Some(signe.id),
            name: "Signe Aabo Lindeskov".to_owned(),
            kind: RepresentationKind::Parent,
            scope: None,
            until: None,
        }];
    }
    let known = facts(38, "divorced", (true, true));
    for sketch in [
        sketch(
            "fee-reduction",
            "Lone Vinterager",
            9,
            &[("child-in-care", Approved), ("income", Missing), ("foreign-income", Missing)],
        ),
        sketch(
            "move-domestic",
            "Nina Krogh",
            4,
            &[("identity", Approved), ("new-address", Missing), ("doctor-choice", Approved), ("protection", Approved)],
        ),
    ] {
        all.cases.push(sketched(work, &signe, &sketch, known.clone(), today)?);
    }
    all.told.push(Told { citizen: signe.no, kind: Happening::Divorced, day: today.first_of_month() });
    use RelationKind::{Child, Parent, Sibling};
    for (citizen, other, kind) in [
        (&signe, &alma, Child),
        (&signe, &villads, Child),
        (&alma, &signe, Parent),
        (&villads, &signe, Parent),
        (&alma, &villads, Sibling),
        (&villads, &alma, Sibling),
    ] {
        all.home.links.push(Link { citizen: citizen.no, other: other.no, kind, same_household: true });
    }
    all.home.people.extend([signe, alma, villads]);
    Some(())
}

/// Before she moved here she worked from across the border, under a number for tax only.
fn kalina_again(all: &mut Always, hand: &mut Hand<'_>) -> Option<()> {
    let mut again = hand.person(&FOREIGN[0], ("Kalina", "Wrona", super::showcase::KALINA_BORN, Sex::Female))?;
    again.status = Status::TaxOnly;
    again.ground = GroundOfStay::EuWorker;
    again.profile.phone = None;
    again.profile.email = None;
    all.home.people.push(again);
    Some(())
}

fn asta(all: &mut Always, hand: &mut Hand<'_>) -> Option<()> {
    let (born, mistaken) = (hand.born(52, 33)?, hand.born(52, 43)?);
    let mut asta = hand.person(&DANISH, ("Asta", "Ravnholm Piletoft", born, Sex::Female))?;
    asta.address = Some(hand.address(3));
    let mut former = hand.person(&DANISH, ("Asta", "Ravnholm Piletoft", mistaken, Sex::Female))?;
    former.status = Status::ChangedNumber;
    former.current = Some(asta.no);
    former.group = CitizenshipGroup::Danish;
    former.profile.phone = None;
    former.profile.email = None;
    all.home.people.extend([asta, former]);
    Some(())
}

/// Those who are met in the queue, in the order of [`Queueing`].
fn queueing(all: &mut Always, hand: &mut Hand<'_>, work: &mut Clerkwork<'_>) -> Option<()> {
    let today = hand.today();
    let born = [hand.born(34, 12)?, hand.born(47, 301)?, hand.born(41, 77)?, hand.born(29, 190)?];
    let mut lauge = hand.person(&DANISH, ("Lauge", "Thestrup", born[0], Sex::Male))?;
    let mut jo = hand.person(&DANISH, ("Jo", "Hvidkær", born[1], Sex::Female))?;
    let mut esther = hand.person(&DANISH, ("Esther", "Lyngbakke", born[2], Sex::Female))?;
    let mut crina = hand.person(&FOREIGN[2], ("Crina", "Ramurel", born[3], Sex::Female))?;
    for (nth, person) in (4_u64..).zip([&mut lauge, &mut jo, &mut esther, &mut crina]) {
        person.address = Some(hand.address(nth));
    }
    esther.civil = CivilStatus::Divorced;
    crina.ground = GroundOfStay::EuWorker;
    let moved = [("identity", Approved), ("doctor-choice", Approved), ("protection", Approved)];
    let with = |state| [moved.as_slice(), &[("new-address", state)]].concat();
    let (asked, here) = (with(Missing), with(Approved));
    let contract = [
        ("id-document", Approved),
        ("application-od1", Approved),
        ("employment", Missing),
        ("employer-confirmed", Approved),
        ("proof-of-pay", Approved),
    ];
    let mut hers = facts(29, "unmarried", (false, false));
    for (name, word) in
        [("person.citizenship_group", "eu"), ("stay.ground", "eu_worker"), ("stay.from_country_group", "eu")]
    {
        hers.insert(name.to_owned(), FactValue::Word(word.to_owned()));
    }
    let danish = |age, civil| facts(age, civil, (false, false));
    for (person, sketch, known) in [
        (&lauge, sketch("move-domestic", "Nina Krogh", 5, &asked), danish(34, "unmarried")),
        (&esther, sketch("move-domestic", "Nina Krogh", 6, &here), danish(41, "divorced")),
        (&crina, sketch("eu-residence-certificate", "SIRI, team 3", 11, &contract), hers),
    ] {
        all.cases.push(sketched(work, person, &sketch, known, today)?);
    }
    all.home.people.extend([lauge, jo, esther, crina]);
    Some(())
}
