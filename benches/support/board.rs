//! The board of 100,000 cases: its first page, each filter, a page of the table, and what it costs to begin.

use std::time::{Duration, Instant};

use skranke::api::board::{BoardFilter, BoardSort, DueFilter, MissingFilter, Scope};
use skranke::client::http::CaseApi;
use skranke::domain::authority::Role;
use skranke::domain::case::Column;
use skranke::domain::{DepartmentId, LifeSituationId, MunicipalityId};

use super::{Municipality, Trouble, report};

/// So many citizens have a little over 100,000 open cases between them.
const CITIZENS: u32 = 430_000;
/// How often each is asked for.
const ROUNDS: usize = 40;

pub fn figures() -> Result<(), Trouble> {
    let citizens = std::env::var("SKRANKE_BENCH_BOARD").ok().and_then(|n| n.parse().ok()).unwrap_or(CITIZENS);
    let town = Municipality::of(citizens)?;
    let api = CaseApi::new(town.doorway(Role::Caseworker)?, Role::Caseworker);
    let all = BoardFilter { scope: Scope::All, ..BoardFilter::default() };
    town.runtime.block_on(async {
        let began = Instant::now();
        let view = api.board(&all).await?;
        report(&format!("the first board of {} open cases", view.scopes.all), "-", vec![began.elapsed()]);
        for (what, filter) in filters(&all)? {
            let (mut boards, mut pages) = (Vec::new(), Vec::new());
            for _ in 0..ROUNDS {
                boards.push(timed(api.board(&filter)).await?);
                pages.push(timed(api.board_cases(&filter, 100, None)).await?);
            }
            report(&format!("board: {what}"), "50 ms p95", boards);
            report(&format!("table, 100 lines: {what}"), "50 ms p95", pages);
        }
        let (mut pages, mut cursor) = (Vec::new(), None);
        for _ in 0..ROUNDS {
            let began = Instant::now();
            let page = api.board_cases(&all, 200, cursor.as_ref()).await?;
            pages.push(began.elapsed());
            cursor = page.next_cursor;
        }
        report("table, 200 lines further down", "50 ms p95", pages);
        Ok::<_, Trouble>(())
    })
}

async fn timed<T, E>(asked: impl Future<Output = Result<T, E>>) -> Result<Duration, E> {
    let began = Instant::now();
    asked.await?;
    Ok(began.elapsed())
}

fn filters(all: &BoardFilter) -> Result<Vec<(&'static str, BoardFilter)>, Trouble> {
    let all = || all.clone();
    Ok(vec![
        ("everything", all()),
        ("mine", BoardFilter { scope: Scope::Mine, ..all() }),
        ("team", BoardFilter { scope: Scope::Team, ..all() }),
        ("awaiting citizen", BoardFilter { column: Some(Column::AwaitingCitizen), ..all() }),
        ("one life situation", BoardFilter { situation: Some(LifeSituationId::parse("moving")?), ..all() }),
        ("one department", BoardFilter { department: Some(DepartmentId::parse("buf")?), ..all() }),
        ("another municipality", BoardFilter { municipality: Some(MunicipalityId::parse("greve")?), ..all() }),
        ("past deadline", BoardFilter { due: Some(DueFilter::Past), ..all() }),
        ("waited", BoardFilter { missing: Some(MissingFilter::Waited), ..all() }),
        ("latest deadline first", BoardFilter { sort: BoardSort::LatestDeadline, ..all() }),
        (
            "several at once",
            BoardFilter {
                scope: Scope::Team,
                due: Some(DueFilter::Week),
                missing: Some(MissingFilter::Something),
                municipality: Some(MunicipalityId::parse("koebenhavn")?),
                sort: BoardSort::Deadline,
                ..all()
            },
        ),
    ])
}
