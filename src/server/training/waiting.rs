//! What visits need in the training municipality: the way to its sites, who is reached where, who waits for an earlier time, what runs out,
//! and what the showcase citizen was told. What does not live here: the calendar itself (`calendar`). Every address is invented.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};
use skranke_api::visits::WaitingRequest;
use skranke_domain::appointment::MessageTo;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::visit::ExpiryKind;
use skranke_domain::{AppointmentId, CitizenId, CitizenText, SiteId, WaitingId};

use super::rng::{Ids, Rng};
use crate::App;
use crate::clock::{from_micros, instant, local};
use crate::problem::Answer;
use crate::routes::messages;
use crate::store::bulk::{Bulk, Rest};
use crate::store::waiting::{NewWish, add};
use crate::store::{Conn, Read, Result, StoreError, cases, meta, to_json, visits, word};

/// How many wait for an earlier time.
const WISHES: i64 = 12;
/// Of so many citizens one has something that runs out.
const EXPIRY_OF: i64 = 40;
/// How many days the things that run out are spread over.
const EXPIRY_SPREAD: i64 = 400;

/// Writes everything, unless it is there already.
pub async fn write(conn: &mut Conn, app: &App, seed: u64, (today, now): (Date, Timestamp)) -> Answer<()> {
    if sqlx::query("SELECT site FROM site_way LIMIT 1").fetch_optional(&mut *conn).await?.is_some() {
        return Ok(());
    }
    ways(&mut *conn).await?;
    reach(&mut *conn).await?;
    expiries(&mut *conn, seed, today).await?;
    told(&mut *conn, app, now).await?;
    Ok(wishes(&mut *conn, seed, today).await?)
}

/// Where each site is and how to get there.
async fn ways(conn: &mut Conn) -> Result<()> {
    let mut table = Bulk::new("site_way", &["site", "address", "way"]);
    for (place, site) in (1_i64..).zip(meta::sites(&mut *conn).await?) {
        let way = CitizenText {
            da: "Gå ind ad hovedindgangen og tag imod et nummer hos værten.".to_owned(),
            en: "Come in by the main entrance and take a number from the host.".to_owned(),
            de: Some("Nehmen Sie den Haupteingang und lassen Sie sich am Empfang eine Nummer geben.".to_owned()),
            pl: Some("Prosimy wejść głównym wejściem i odebrać numerek w recepcji.".to_owned()),
        };
        let address = format!("Prøvegade {}, {}", place * 3 - 2, site.name);
        table.push([site.id.as_str().into(), address.into(), to_json(&way).into()]);
    }
    table.send(conn, Rest::Send).await
}

/// Where interpreters and caseworkers get their mail. Nobody reads it.
async fn reach(conn: &mut Conn) -> Result<()> {
    let mut table = Bulk::new("reach", &["kind", "id", "email"]);
    let mut known = std::collections::HashSet::new();
    for site in meta::sites(&mut *conn).await? {
        for interpreter in &site.interpreters {
            if known.insert(interpreter.id.clone()) {
                let email = format!("{}@tolk.example.dk", interpreter.id);
                table.push([word(&MessageTo::Interpreter).into(), interpreter.id.as_str().into(), email.into()]);
            }
        }
    }
    for (place, row) in (1..).zip(sqlx::query("SELECT id FROM staff ORDER BY no").fetch_all(&mut *conn).await?) {
        let email = format!("medarbejder{place}@borgerservice.example.dk");
        table.push([word(&MessageTo::Caseworker).into(), row.id(0)?.to_string().into(), email.into()]);
    }
    table.send(conn, Rest::Send).await
}

/// Licences, passports, protections and permits that run out in the year to come.
async fn expiries(conn: &mut Conn, seed: u64, today: Date) -> Result<()> {
    let grown_up = today.checked_sub(18.years()).unwrap_or(today);
    let rows =
        sqlx::query("SELECT no FROM citizen WHERE no % $1 = 5 AND born <= $2 AND status = 'resident' ORDER BY no")
            .bind(EXPIRY_OF)
            .bind(grown_up.to_string())
            .fetch_all(&mut *conn)
            .await?;
    let mut table = Bulk::new("expiry", &["citizen", "what", "until"]);
    for row in &rows {
        let no = row.int(0)?;
        let mut rng = Rng::of(seed, "expiry", no.unsigned_abs());
        let what = rng.pick(ExpiryKind::ALL);
        let until = today.checked_add(rng.between(1, EXPIRY_SPREAD).days()).unwrap_or(today);
        table.push([no.into(), word(what).into(), until.to_string().into()]);
    }
    table.send(conn, Rest::Send).await
}

/// What the showcase citizen was told of her time a week ago, and what she will be told.
async fn told(conn: &mut Conn, app: &App, now: Timestamp) -> Answer<()> {
    let rows = sqlx::query("SELECT no FROM appointment WHERE citizen = 1 AND status = 'booked' AND start_at > $1")
        .bind(now.as_microsecond())
        .fetch_all(&mut *conn)
        .await?;
    let week = from_micros(now.as_microsecond() - 7 * 86_400_000_000);
    for row in &rows {
        messages::tell(&mut *conn, app, row.int(0)?, week).await?;
    }
    sqlx::query(
        "UPDATE outbound SET state = 'sent', sent_at = not_before, attempts = 1, body = COALESCE(body, '') WHERE state = 'waiting' AND not_before <= $1",
    )
    .bind(now.as_microsecond())
    .execute(&mut *conn)
    .await?;
    // The guard has looked where its hour is past.
    sqlx::query("DELETE FROM visit_guard WHERE at <= $1").bind(now.as_microsecond()).execute(conn).await?;
    Ok(())
}

/// People with a time some weeks ahead who would rather come sooner.
async fn wishes(conn: &mut Conn, seed: u64, today: Date) -> Result<()> {
    let from = today.checked_add(3.days()).unwrap_or(today);
    let rows = sqlx::query(
        "SELECT a.no, a.id, c.id, a.start_at, a.end_at, a.people, c.no, k.site FROM appointment a JOIN citizen c ON c.no = a.citizen
         JOIN counter k ON k.id = a.counter WHERE a.start_at >= $1 AND a.status = 'booked' AND c.no <> 1 ORDER BY a.start_at DESC, a.no LIMIT $2",
    )
    .bind(instant(from, Time::midnight()).as_microsecond())
    .bind(WISHES * 2)
    .fetch_all(&mut *conn)
    .await?;
    let ids = Ids::new(seed);
    // One wish a person, every other of the latest times.
    for (place, row) in (0_i64..).zip(rows.iter().step_by(2)) {
        let start = row.moment(3)?;
        let nos =
            sqlx::query("SELECT case_no FROM appointment_case WHERE appointment = $1 ORDER BY rank").bind(row.int(0)?);
        let nos = nos.fetch_all(&mut *conn).await?.iter().map(|row| row.int(0)).collect::<Result<Vec<_>>>()?;
        let wish = WaitingRequest {
            id: WaitingId(ids.get("waiting", place)),
            citizen: CitizenId(row.id(2)?),
            appointment: Some(AppointmentId(row.id(1)?)),
            cases: cases::ids(&mut *conn, &nos).await?,
            minutes: u16::try_from((row.int(4)? - row.int(3)?) / 60_000_000)
                .map_err(|_| StoreError::Value("minutes"))?,
            people: row.count(5)?,
            language: language(&mut *conn, row.int(6)?, place).await?,
            sites: vec![SiteId::parse(&row.text(7)?).map_err(|_| StoreError::Value("site"))?],
            before: local(start).date(),
        };
        let asked = today.checked_sub((1 + place * 5 % 17).days()).unwrap_or(today);
        let new = NewWish {
            wish: &wish,
            citizen: row.int(6)?,
            appointment: Some(row.int(0)?),
            cases: &nos,
            since: instant(asked, Time::constant(11, 30, 0, 0)),
        };
        add(&mut *conn, &new).await?;
    }
    Ok(())
}

/// Every fifth needs an interpreter of her own language, where she needs one at all.
async fn language(conn: &mut Conn, citizen: i64, place: i64) -> Result<Option<LanguageCode>> {
    if place % 5 != 0 {
        return Ok(None);
    }
    let whom = visits::whom(conn, citizen).await?;

    Ok(whom.and_then(|whom| whom.profile.interpreter))
}
