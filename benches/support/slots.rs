//! The search for free times over eight sites and four weeks: as the municipality is, with an interpreter, and when every time is taken.

use std::time::{Duration, Instant};

use jiff::{Timestamp, ToSpan};
use skranke::api::appointments::SlotQuery;
use skranke::api::opening::BlockRequest;
use skranke::client::http::CaseApi;
use skranke::domain::appointment::BlockKind;
use skranke::domain::authority::Role;
use skranke::domain::citizen::LanguageCode;
use skranke::domain::{BlockId, CommandId, ProcedureId};

use super::{MOMENT, Municipality, Trouble, report};

/// A municipality of the usual size, made anew: closures of an earlier run would fill it.
const CITIZENS: u32 = 5_001;
/// How often each is asked for.
const ROUNDS: usize = 100;

pub fn figures() -> Result<(), Trouble> {
    let folder = super::kept().join(format!("municipality-{CITIZENS}"));
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let town = Municipality::of(CITIZENS)?;
    let api = CaseApi::new(town.doorway(Role::Caseworker)?, Role::Caseworker);
    let moment: Timestamp = MOMENT.parse()?;
    let until = moment.checked_add((28 * 24).hours())?.to_zoned(jiff::tz::TimeZone::UTC).date();
    let all = SlotQuery { minutes: Some(30), until: Some(until), limit: Some(3), ..SlotQuery::default() };
    town.runtime.block_on(async {
        let searches = [
            ("the three earliest", all.clone()),
            ("fifty", SlotQuery { limit: Some(50), ..all.clone() }),
            (
                "an EU registration of three, with a Polish interpreter",
                SlotQuery {
                    procedure: Some(ProcedureId::parse("cpr-eu-employee")?),
                    minutes: None,
                    people: Some(3),
                    language: Some(LanguageCode("pl".to_owned())),
                    ..all.clone()
                },
            ),
            ("before work, without a step", SlotQuery { before_work: true, step_free: true, ..all.clone() }),
            ("three hours, fifty of them", SlotQuery { minutes: Some(180), limit: Some(50), ..all.clone() }),
        ];
        for (what, query) in searches {
            measure(&api, &format!("8 sites, 4 weeks: {what}"), &query).await?;
        }
        for weeks in [2, 4] {
            fill(&api, moment, weeks).await?;
            measure(&api, &format!("8 sites, 4 weeks, {weeks} of them full: the three earliest"), &all).await?;
        }
        Ok::<_, Trouble>(())
    })
}

async fn measure(api: &CaseApi, what: &str, query: &SlotQuery) -> Result<(), Trouble> {
    let mut times: Vec<Duration> = Vec::with_capacity(ROUNDS);
    let mut found = 0;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        found = api.free_times(query).await?.len();
        times.push(began.elapsed());
    }
    report(&format!("{what} ({found} found)"), "50 ms p95", times);
    Ok(())
}

/// Closes the first weeks at every counter, in pieces of half an hour: as many rows as a full calendar has.
async fn fill(api: &CaseApi, moment: Timestamp, weeks: i64) -> Result<(), Trouble> {
    let counters: Vec<_> = api.sites().await?.into_iter().flat_map(|site| site.counters).map(|c| c.id).collect();
    let midnight = moment.checked_sub((moment.as_second() % 86_400).seconds())?;
    for day in (weeks - 2) * 7..weeks * 7 + 1 {
        for piece in 12..34 {
            let start = midnight.checked_add((day * 24 * 60 + piece * 30).minutes())?;
            if start < moment {
                continue;
            }
            let mut request = BlockRequest {
                id: BlockId::new(),
                counters: counters.clone(),
                start,
                end: start.checked_add(30.minutes())?,
                kind: BlockKind::Training,
                text: String::new(),
                seen: Vec::new(),
            };
            let met = api.block_conflicts(&request).await?;
            request.seen = met.appointments.iter().map(|appointment| appointment.id).collect();
            api.close_time(CommandId::new(), &request).await?;
        }
    }
    Ok(())
}
