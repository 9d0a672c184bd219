//! Citizens as they are stored. What lives here: identity, relations, revealing. What does not: finding them (`search`), their cases.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_api::citizens::{AddressView, CitizenView, Hit};
use skranke_domain::citizen::{Address, DigitalAbility, LanguageCode, Protection, Relation, Representation, age_on};
use skranke_domain::cpr::Cpr;
use skranke_domain::{CitizenId, StaffId};

use super::search::{distance, words};
use super::{Conn, Read, Result, Row, StoreError};

/// What is kept of a citizen without being asked for by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The municipality of residence.
    pub municipality: String,
    /// Protections.
    pub protections: Vec<Protection>,
    /// Languages, best first.
    pub languages: Vec<LanguageCode>,
    /// The language an interpreter is needed for.
    pub interpreter: Option<LanguageCode>,
    /// Who acts for her.
    pub representations: Vec<Representation>,
    /// Her personal adviser.
    pub adviser: Option<String>,
    /// Digital ability.
    pub digital_ability: DigitalAbility,
    /// Exempt from Digital Post.
    pub exempt_from_digital_post: bool,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
}

/// What most routes need of a citizen.
#[derive(Clone, Debug)]
pub struct Brief {
    /// Her number inside this database.
    pub no: i64,
    /// Her identifier.
    pub id: CitizenId,
    /// Given names.
    pub given_name: String,
    /// Surname.
    pub surname: String,
}

impl Brief {
    /// The full name.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.surname)
    }

    /// The name as a calendar shows it: initial and surname.
    #[must_use]
    pub fn short_name(&self) -> String {
        short_name(&self.given_name, &self.surname)
    }
}

/// Initial and last surname: `K. Wrona`.
#[must_use]
pub fn short_name(given_name: &str, surname: &str) -> String {
    let initial = given_name.chars().next().map(|c| format!("{c}. ")).unwrap_or_default();
    format!("{initial}{}", surname.rsplit(' ').next().unwrap_or(surname))
}

/// A citizen by identifier.
pub async fn brief(conn: &mut Conn, id: CitizenId) -> Result<Option<Brief>> {
    let row = sqlx::query("SELECT no, id, given_name, surname FROM citizen WHERE id = $1")
        .bind(id.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| {
        Ok(Brief { no: row.int(0)?, id: CitizenId(row.id(1)?), given_name: row.text(2)?, surname: row.text(3)? })
    })
    .transpose()
}

/// A citizen's number inside this database.
pub async fn number(conn: &mut Conn, id: CitizenId) -> Result<Option<i64>> {
    let row = sqlx::query("SELECT no FROM citizen WHERE id = $1").bind(id.0).fetch_optional(conn).await?;
    row.map(|row| row.int(0)).transpose()
}

/// A citizen's identity, without what is hidden. When somebody looked last and who may be the same person are asked for apart.
pub async fn view(conn: &mut Conn, id: CitizenId, today: Date) -> Result<Option<CitizenView>> {
    let row = sqlx::query(
        "SELECT c.no, c.cpr, c.born, c.given_name, c.surname, c.status, c.civil_status, c.ground, c.street, c.postcode, c.district,
                c.protected, c.profile, cur.id
         FROM citizen c LEFT JOIN citizen cur ON cur.no = c.current WHERE c.id = $1",
    )
    .bind(id.0)
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let cpr = cpr(&row, 1)?;
    let born = row.date(2)?;
    let profile: Profile = row.json(12, "profile")?;
    let relations = relations(conn, row.int(0)?, today).await?;
    Ok(Some(CitizenView {
        id,
        given_name: row.text(3)?,
        surname: row.text(4)?,
        cpr_masked: cpr.to_string(),
        cpr_replacement: cpr.is_replacement(),
        born,
        age: age_on(born, today),
        status: row.word(5, "status")?,
        current: row.opt_id(13)?.map(CitizenId),
        civil_status: row.word(6, "civil status")?,
        address: address_view(&row, 8, 11)?,
        municipality: profile.municipality,
        protections: profile.protections,
        languages: profile.languages,
        interpreter: profile.interpreter,
        relations,
        representations: profile.representations,
        ground_of_stay: row.word(7, "ground of stay")?,
        adviser: profile.adviser,
        digital_ability: profile.digital_ability,
        exempt_from_digital_post: profile.exempt_from_digital_post,
        phone: profile.phone,
        email: profile.email,
        last_looked: None,
        duplicates: Vec::new(),
    }))
}

/// The most others who may be the same person.
const MOST_DUPLICATES: usize = 3;
/// How many of the same birth date are compared: more are born on no day.
const SAME_DAY: u16 = 200;

/// Others who may be the same person: born on the same day, of a similar name. Relatives (twins share a day and a name) and records that
/// point to each other are not.
pub async fn duplicates(conn: &mut Conn, of: &CitizenView, today: Date) -> Result<Vec<Hit>> {
    let sql = format!(
        "SELECT c.id, c.given_name, c.surname, c.cpr, c.street, c.postcode, c.district, c.protected, c.status
         FROM citizen me JOIN citizen c ON c.born = me.born AND c.no <> me.no
         WHERE me.id = $1 AND (c.current IS NULL OR c.current <> me.no) AND (me.current IS NULL OR me.current <> c.no)
           AND NOT EXISTS (SELECT 1 FROM relation r WHERE r.citizen = me.no AND r.other = c.no)
         ORDER BY c.no LIMIT {SAME_DAY}"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(of.id.0).fetch_all(conn).await?;
    let mut found = Vec::new();
    for row in &rows {
        let (given_name, surname) = (row.text(1)?, row.text(2)?);
        let Some(far) = unlike((&of.given_name, &of.surname), (&given_name, &surname)) else { continue };
        let hit = Hit {
            citizen: CitizenId(row.id(0)?),
            given_name,
            surname,
            cpr_masked: cpr(row, 3)?.to_string(),
            age: age_on(of.born, today),
            address: address_view(row, 4, 7)?,
            status: row.word(8, "status")?,
            case: None,
            near: true,
        };
        found.push((far, hit));
    }
    found.sort_by_key(|(far, _)| *far);
    found.truncate(MOST_DUPLICATES);
    Ok(found.into_iter().map(|(_, hit)| hit).collect())
}

/// How unlike two names (given names, surnames) are, where they may be one person's: they share a surname, or two letters at most differ.
fn unlike(a: (&str, &str), b: (&str, &str)) -> Option<usize> {
    let whole =
        |(given, surname): (&str, &str)| words(&format!("{given} {surname}")).join(" ").chars().collect::<Vec<_>>();
    let far = distance(&whole(a), &whole(b)).whole;
    let theirs = words(b.1);
    (far <= 2 || words(a.1).iter().any(|word| theirs.contains(word))).then_some(far)
}

/// When somebody had last opened a citizen before a moment: by the log, or by what was known when the log began.
pub async fn last_looked(
    conn: &mut Conn,
    staff: StaffId,
    citizen: CitizenId,
    before: Timestamp,
) -> Result<Option<Timestamp>> {
    // The words stand in the statement so that the index on looks alone is used; only what is younger than `before` is walked over.
    let row = sqlx::query(
        "SELECT at FROM audit WHERE citizen = $1 AND staff = $2 AND action = 'open_citizen' AND outcome = 'done' AND at < $3
         ORDER BY seq DESC LIMIT 1",
    )
    .bind(citizen.0)
    .bind(staff.0)
    .bind(before.as_microsecond())
    .fetch_optional(&mut *conn)
    .await?;
    if let Some(row) = row {
        return row.moment(0).map(Some);
    }
    let row = sqlx::query("SELECT at FROM looked WHERE staff = $1 AND citizen = $2 AND at < $3")
        .bind(staff.0)
        .bind(citizen.0)
        .bind(before.as_microsecond())
        .fetch_optional(conn)
        .await?;
    row.map(|row| row.moment(0)).transpose()
}

/// The whole CPR number.
pub async fn reveal_cpr(conn: &mut Conn, id: CitizenId) -> Result<Option<String>> {
    let row = sqlx::query("SELECT cpr FROM citizen WHERE id = $1").bind(id.0).fetch_optional(conn).await?;
    row.map(|row| Ok(cpr(&row, 0)?.reveal())).transpose()
}

/// The address on one line, protected or not: outer none without such a citizen, inner none without an address.
pub async fn reveal_address(conn: &mut Conn, id: CitizenId) -> Result<Option<Option<String>>> {
    let row = sqlx::query("SELECT street, postcode, district FROM citizen WHERE id = $1")
        .bind(id.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| Ok(address(&row, 0)?.map(|a| format!("{}, {} {}", a.street, a.postcode, a.district)))).transpose()
}

/// Reads a CPR number out of a row.
pub(super) fn cpr(row: &Row, at: usize) -> Result<Cpr> {
    Cpr::parse(&row.text(at)?).map_err(|_| StoreError::Value("CPR number"))
}

fn address(row: &Row, at: usize) -> Result<Option<Address>> {
    Ok(match (row.opt_text(at)?, row.opt_text(at + 1)?, row.opt_text(at + 2)?) {
        (Some(street), Some(postcode), Some(district)) => Some(Address { street, postcode, district }),
        _ => None,
    })
}

/// Reads an address as it may be shown: three columns from `at`, and the mark of protection.
pub(super) fn address_view(row: &Row, at: usize, protected: usize) -> Result<AddressView> {
    if row.int(protected)? != 0 {
        return Ok(AddressView::Protected);
    }
    Ok(address(row, at)?.map_or(AddressView::Unknown, AddressView::Shown))
}

async fn relations(conn: &mut Conn, no: i64, today: Date) -> Result<Vec<Relation>> {
    sqlx::query(
        "SELECT o.id, r.kind, o.given_name, o.born, r.same_household FROM relation r JOIN citizen o ON o.no = r.other
         WHERE r.citizen = $1 ORDER BY o.born DESC, o.no",
    )
    .bind(no)
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        Ok(Relation {
            citizen: CitizenId(row.id(0)?),
            kind: row.word(1, "relation")?,
            given_name: row.text(2)?,
            age: age_on(row.date(3)?, today),
            same_household: row.int(4)? != 0,
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_surname_or_a_slip_of_the_pen_is_similar_and_a_stranger_is_not() {
        assert!(unlike(("Kalina", "Testrup Wrona"), ("Kalina", "Wrona")).is_some());
        assert_eq!(unlike(("Åse", "Kjærgaard"), ("Aase", "Kjaergaard")), Some(0));
        assert_eq!(unlike(("Line", "Mosebo"), ("Lene", "Mosebro")), Some(2));
        assert_eq!(unlike(("Line", "Mosebo"), ("Holger", "Ravnlund")), None);
    }
}
