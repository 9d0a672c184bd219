//! What stands on the showcase citizen's page beside her cases: notes, promises, a hand-over, benefits, what happened. What does not live
//! here: who she is and her cases (`showcase`).

use jiff::civil::{Date, Time, Weekday};
use jiff::{Timestamp, ToSpan};
use skranke_api::handovers::{Card, CardAnswer, Receiver};
use skranke_domain::authority::Role;
use skranke_domain::contact::Verified;
use skranke_domain::handover::HandoverState;
use skranke_domain::life_situation::Happening;
use skranke_domain::note::{NoteKind, PromiseState};
use skranke_domain::{CaseId, CitizenId, HandoverId, Localized, NoteId, PromiseId, StaffId};

use super::happenings::{DEPOSIT_LOAN, FEE_REDUCTION, Register, Told, paid};
use super::rng::Ids;
use super::showcase::{Showcase, days};
use super::staff::colleague_id;
use crate::auth::{persona_id, persona_name};
use crate::clock::instant;
use crate::store::bulk::{Bulk, Rest};
use crate::store::{Conn, Result, StoreError, handovers, word};

/// What Kalina's attention note says.
pub const ATTENTION: &str =
    "Phone Danuta first about money matters. Kalina is hard of hearing in the left ear: sit to her right.";
/// What was promised her and is overdue.
pub const OVERDUE: &str = "We call about the daycare offer before Thursday";

fn at(today: Date, offset: i64, hour: i8, minute: i8) -> Timestamp {
    instant(days(today, offset), Time::constant(hour, minute, 0, 0))
}

/// The Wednesday of a week that is over: a promise "before Thursday" is overdue since.
fn wednesday_before(today: Date) -> Date {
    let mut day = days(today, -2);
    while day.weekday() != Weekday::Wednesday {
        day = day.checked_sub(1.day()).unwrap_or(day);
        if day == Date::MIN {
            break;
        }
    }
    day
}

/// Writes what stands on Kalina's page, as far as it had happened by `now`.
pub async fn kalina(
    conn: &mut Conn,
    all: &Showcase,
    (ids, today, now): (Ids, Date, Timestamp),
    register: &mut Register,
) -> Result<()> {
    let Some(kalina) = all.home.people.first() else { return Ok(()) };
    for (kind, offset) in [(Happening::Arrived, -22), (Happening::NewJob, -8)] {
        register.told(Told { citizen: kalina.no, kind, day: days(today, offset) });
    }
    register.paid(&paid(kalina.no, "buf", FEE_REDUCTION, days(today, -10), true));
    register.paid(&paid(kalina.no, "okf", DEPOSIT_LOAN, days(today, -6), true));
    notes(conn, kalina.no, ids, today).await?;
    promises(conn, kalina.no, ids, today).await?;
    let daycare = all.cases.first().map(|case| CaseId(case.id));
    handover(conn, kalina.no, daycare, (ids, today)).await?;
    let seen = at(today, -4, 14, 12);
    if seen < now {
        looked(conn, persona_id(Role::Clerk), kalina.id, seen).await?;
    }
    Ok(())
}

async fn notes(conn: &mut Conn, citizen: i64, ids: Ids, today: Date) -> Result<()> {
    let columns = &["id", "citizen", "kind", "text", "expires", "by_id", "by_name", "department", "at", "version"];
    let mut table = Bulk::new("note", columns);
    let nina = colleague_id(ids, "Nina Krogh");
    for (nth, kind, text, expires, by, at) in [
        (
            1,
            NoteKind::Attention,
            ATTENTION,
            None,
            (Some(persona_id(Role::Caseworker)), persona_name(Role::Caseworker)),
            at(today, -7, 13, 40),
        ),
        (
            2,
            NoteKind::Plain,
            "Maja starts school in August: ask whether the place was confirmed.",
            Some(days(today, 14)),
            (nina, "Nina Krogh"),
            at(today, -14, 10, 15),
        ),
    ] {
        table.push([
            NoteId(ids.get("note", nth)).0.into(),
            citizen.into(),
            word(&kind).into(),
            text.into(),
            expires.map(|d: Date| d.to_string()).into(),
            by.0.map(|id: StaffId| id.0).into(),
            by.1.into(),
            "kff".into(),
            at.as_microsecond().into(),
            1_i64.into(),
        ]);
    }
    table.send(conn, Rest::Send).await
}

async fn promises(conn: &mut Conn, citizen: i64, ids: Ids, today: Date) -> Result<()> {
    let columns = &["id", "citizen", "text", "due", "state", "by_id", "by_name", "department", "at", "version"];
    let mut table = Bulk::new("promise", columns);
    let overdue = wednesday_before(today);
    let given = instant(overdue.checked_sub(2.days()).unwrap_or(overdue), Time::constant(11, 5, 0, 0));
    for (nth, text, due, at) in [
        (1, OVERDUE, overdue, given),
        (2, "We tell her when the tax card has reached her employer", days(today, 3), at(today, -1, 13, 26)),
    ] {
        table.push([
            PromiseId(ids.get("promise", nth)).0.into(),
            citizen.into(),
            text.into(),
            due.to_string().into(),
            word(&PromiseState::Open).into(),
            colleague_id(ids, "Nina Krogh").map(|id| id.0).into(),
            "Nina Krogh".into(),
            "kff".into(),
            at.as_microsecond().into(),
            1_i64.into(),
        ]);
    }
    table.send(conn, Rest::Send).await
}

/// A hand-over from the clerk to the daycare caseworker that came back with a question.
async fn handover(conn: &mut Conn, citizen: i64, case: Option<CaseId>, (ids, today): (Ids, Date)) -> Result<()> {
    let Some(per) = colleague_id(ids, "Per Ravnkilde") else { return Ok(()) };
    let answer = |question: (&str, &str), answer: &str| CardAnswer {
        question: Localized::new(question.0, question.1),
        answer: answer.to_owned(),
    };
    let card = Card {
        what: "Does Leon keep his daycare place when the family moves?".to_owned(),
        verified: Verified::Document,
        promised: "You call her about it before Thursday".to_owned(),
        missing: vec![Localized::new("Behovsdato og ønsker", "Date of need and choices")],
        cases: case.into_iter().collect(),
        answers: vec![
            answer(
                (
                    "Hvilket barn gælder det, og hvor går barnet i dag?",
                    "Which child is it about, and where does the child go today?",
                ),
                "Leon, 3 years old; at home with his mother",
            ),
            answer(("Hvem har forældremyndigheden?", "Who has custody?"), "Kalina alone"),
        ],
    };
    let id = HandoverId(ids.get("handover", 1));
    let new = handovers::NewHandover {
        id,
        citizen,
        from: (persona_id(Role::Clerk), persona_name(Role::Clerk)),
        to: (&Receiver::Colleague { id: per }, "Per Ravnkilde"),
        card: &card,
        at: at(today, -7, 10, 20),
    };
    handovers::add(conn, &new).await?;
    let stored = handovers::one(conn, id).await?.ok_or(StoreError::Value("hand-over"))?;
    let step = handovers::Step {
        state: HandoverState::Returned,
        reply: Some("From which day does she need the place at the new address? Send it again with the date."),
        taken_by: Some("Per Ravnkilde"),
        at: at(today, -4, 9, 5),
    };
    handovers::step(conn, stored.no, &step).await
}

async fn looked(conn: &mut Conn, staff: StaffId, citizen: CitizenId, at: Timestamp) -> Result<()> {
    let mut table = Bulk::new("looked", &["staff", "citizen", "at"]);
    table.push([staff.0.into(), citizen.0.into(), at.as_microsecond().into()]);
    table.send(conn, Rest::Send).await
}
