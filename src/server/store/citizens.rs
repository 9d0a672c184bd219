//! Citizens as they are stored. What lives here: identity, relations, revealing. What does not: finding them (`search`), their cases.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_api::citizens::{AddressView, CitizenView};
use skranke_domain::CitizenId;
use skranke_domain::citizen::{Address, DigitalAbility, LanguageCode, Protection, Relation, Representation, age_on};
use skranke_domain::cpr::Cpr;

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

/// A citizen's identity, without what is hidden.
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
    }))
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
