//! What the register itself says of somebody, as conditions ask it. What lives here: facts from her row and her household. What does not:
//! what only she can say (her answers come with the request), the conditions themselves (the domain).

use jiff::civil::Date;
use skranke_domain::CitizenId;
use skranke_domain::citizen::{
    CitizenshipGroup, CivilStatus, GroundOfStay, RelationKind, RepresentationKind, Status, age_on,
};
use skranke_domain::procedure::{FactValue, Facts};

use super::citizens::Profile;
use super::{Conn, Read, Result, word};

/// The fact that nobody can say better than the register.
pub const AGE: &str = "person.age";

/// A citizen with what the register knows of her.
#[derive(Clone, Debug)]
pub struct Known {
    /// Her number inside this database.
    pub no: i64,
    /// Her birth date.
    pub born: Date,
    /// Her status in the register.
    pub status: Status,
    /// Her ground of stay.
    pub ground: GroundOfStay,
    /// She is exempt from Digital Post.
    pub exempt_from_digital_post: bool,
    /// What is known; what is not there is unknown.
    pub facts: Facts,
}

/// Reads what is known of a citizen.
pub async fn known(conn: &mut Conn, id: CitizenId, today: Date) -> Result<Option<Known>> {
    let row = sqlx::query("SELECT no, born, status, civil_status, ground, street, profile FROM citizen WHERE id = $1")
        .bind(id.0)
        .fetch_optional(&mut *conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (no, born) = (row.int(0)?, row.date(1)?);
    let status: Status = row.word(2, "status")?;
    let profile: Profile = row.json(6, "profile")?;
    let home = household(conn, no, today).await?;
    let person = Person {
        born,
        status,
        civil: row.word(3, "civil status")?,
        ground: row.word(4, "ground of stay")?,
        has_address: row.opt_text(5)?.is_some(),
        guardian: profile.representations.iter().any(|r| r.kind == RepresentationKind::Guardian),
    };
    let (ground, facts) = (person.ground, facts(&person, home, today));
    Ok(Some(Known { no, born, status, ground, exempt_from_digital_post: profile.exempt_from_digital_post, facts }))
}

struct Person {
    born: Date,
    status: Status,
    civil: CivilStatus,
    ground: GroundOfStay,
    has_address: bool,
    guardian: bool,
}

/// Who lives with her.
#[derive(Clone, Copy, Debug, Default)]
struct Household {
    children: usize,
    couple: bool,
}

async fn household(conn: &mut Conn, citizen: i64, today: Date) -> Result<Household> {
    let mut home = Household::default();
    let rows = sqlx::query(
        "SELECT r.kind, o.born FROM relation r JOIN citizen o ON o.no = r.other WHERE r.citizen = $1 AND r.same_household = 1",
    )
    .bind(citizen)
    .fetch_all(conn)
    .await?;
    for row in &rows {
        match row.word(0, "relation")? {
            RelationKind::Child if age_on(row.date(1)?, today) < 18 => home.children += 1,
            RelationKind::Spouse | RelationKind::Partner => home.couple = true,
            _ => {}
        }
    }
    Ok(home)
}

/// The citizenship that a ground of stay implies; that of a family member may be any.
const fn group(ground: GroundOfStay) -> Option<CitizenshipGroup> {
    match ground {
        GroundOfStay::Danish => Some(CitizenshipGroup::Danish),
        GroundOfStay::Nordic => Some(CitizenshipGroup::Nordic),
        GroundOfStay::EuWorker
        | GroundOfStay::EuStudent
        | GroundOfStay::EuSelfEmployed
        | GroundOfStay::EuSufficientFunds => Some(CitizenshipGroup::Eu),
        GroundOfStay::Permit => Some(CitizenshipGroup::NonEu),
        GroundOfStay::Family => None,
    }
}

fn facts(person: &Person, home: Household, today: Date) -> Facts {
    let mut facts = Facts::new();
    let mut know = |name: &str, value: FactValue| {
        facts.insert(name.to_owned(), value);
    };
    know(AGE, FactValue::Number(age_on(person.born, today).into()));
    know("person.civil_status", FactValue::Word(word(&person.civil)));
    know("person.guardian", FactValue::Flag(person.guardian));
    know("person.has_cpr", FactValue::Flag(person.status != Status::NotRegistered));
    know("stay.ground", FactValue::Word(word(&person.ground)));
    if let Some(group) = group(person.ground) {
        know("person.citizenship_group", FactValue::Word(word(&group)));
    }
    if person.ground == GroundOfStay::Danish && person.status != Status::NotRegistered {
        know("person.previously_registered_dk", FactValue::Flag(true));
        know("person.has_admin_cpr", FactValue::Flag(false));
    }
    if person.status == Status::Resident && person.has_address {
        know("stay.moved_in", FactValue::Flag(true));
    }
    know("family.accompanying_children", FactValue::Flag(home.children > 0));
    know("family.accompanying_spouse", FactValue::Flag(home.couple));
    know("family.parents_married", FactValue::Flag(person.civil == CivilStatus::Married));
    know("family.child_with_one_parent", FactValue::Flag(home.children > 0 && !home.couple));
    facts
}

/// What the register knows with what was said: she knows better, save for her age.
#[must_use]
pub fn with_said(register: &Facts, said: &Facts) -> Facts {
    let mut facts = register.clone();
    facts.extend(said.iter().filter(|(name, _)| *name != AGE).map(|(name, value)| (name.clone(), value.clone())));
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(ground: GroundOfStay, status: Status) -> Person {
        Person {
            born: "1959-03-02".parse().unwrap(),
            status,
            civil: CivilStatus::Widowed,
            ground,
            has_address: true,
            guardian: false,
        }
    }

    #[test]
    fn what_the_register_does_not_know_stays_unknown() {
        let today = "2026-06-09".parse().unwrap();
        let of = |ground| facts(&person(ground, Status::Resident), Household::default(), today);
        assert_eq!(of(GroundOfStay::Danish)[AGE], FactValue::Number(67));
        assert_eq!(of(GroundOfStay::Permit)["person.citizenship_group"], FactValue::Word("non_eu".to_owned()));
        assert!(!of(GroundOfStay::Family).contains_key("person.citizenship_group"));
        assert!(!of(GroundOfStay::Danish).contains_key("document.language_ok"));
    }

    #[test]
    fn every_fact_of_the_register_is_one_that_conditions_may_ask() {
        let today = "2026-06-09".parse().unwrap();
        let table = skranke_domain::catalogue::Catalogue::builtin().unwrap().facts;
        let home = Household { children: 2, couple: true };
        for ground in GroundOfStay::ALL {
            for status in Status::ALL {
                assert_eq!(table.check(&facts(&person(*ground, *status), home, today)), Ok(()));
            }
        }
    }

    #[test]
    fn she_knows_better_than_the_register_save_for_her_age() {
        let today = "2026-06-09".parse().unwrap();
        let register = facts(&person(GroundOfStay::Danish, Status::Resident), Household::default(), today);
        let said = Facts::from([
            (AGE.to_owned(), FactValue::Number(12)),
            ("person.civil_status".to_owned(), FactValue::Word("divorced".to_owned())),
        ]);
        let both = with_said(&register, &said);
        assert_eq!(both[AGE], FactValue::Number(67));
        assert_eq!(both["person.civil_status"], FactValue::Word("divorced".to_owned()));
    }
}
