//! The board: its counts, its pages. What does not live here: how cases are narrowed and counted (`store::board::table`), changing them.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use skranke_api::audit::AuditAction;
use skranke_api::board::{
    BoardColumn, BoardFilter, BoardRow, BoardSort, BoardView, DueFilter, FIRST_CARDS, Facet, Facets, MissingFilter,
    Scope, ScopeCounts, Weather, WeatherLine,
};
use skranke_api::{Cursor, Page, ProblemKind};
use skranke_domain::case::Column;
use skranke_domain::holidays::is_closed_day;
use skranke_domain::{DepartmentId, LifeSituationId, Localized, MunicipalityId, ProcedureId, StaffId};

use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::clock::{instant, local};
use crate::extract::Params;
use crate::problem::{Answer, json};
use crate::store::board::table::{COLUMNS, Counted, Counts, Onlooker, Tally};
use crate::store::board::{self, table};
use crate::store::{Conn, Result};

/// The most a person is offered to filter by.
const FACETS: usize = 60;
/// The most cases of the deadline weather that are named.
const LINES: usize = 12;
/// When a working day ends: what comes later came overnight.
const EVENING: Time = Time::constant(16, 0, 0, 0);
/// No row of free days is longer.
const FREE_DAYS: i64 = 14;

/// The board at a glance. Closed cases are there for the week in which they were closed.
#[utoipa::path(get, path = "/v1/board", operation_id = "board", tag = "cases",
    params(
        ("scope" = Option<Scope>, Query, description = "Whose; one's own when nobody says"),
        ("column" = Option<Column>, Query, description = "In one column"),
        ("situation" = Option<LifeSituationId>, Query, description = "Of one life situation"),
        ("department" = Option<DepartmentId>, Query, description = "At one department"),
        ("procedure" = Option<ProcedureId>, Query, description = "Of one procedure"),
        ("due" = Option<DueFilter>, Query, description = "With such a deadline"),
        ("missing" = Option<MissingFilter>, Query, description = "With such papers"),
        ("responsible" = Option<StaffId>, Query, description = "Of one caseworker"),
        ("municipality" = Option<MunicipalityId>, Query, description = "Of citizens of one municipality"),
        ("sort" = Option<BoardSort>, Query, description = "In which order; oldest first when nobody says"),
    ),
    responses((status = 200, body = BoardView)))]
pub async fn board(State(app): State<App>, person: Person, params: Params) -> Answer<Response> {
    let filter = filter(&params)?;
    let now = app.clock.now();
    let view = {
        let mut conn = app.store.read().await?;
        let tally = {
            let table = app.board.now(&mut conn, local(now).date()).await?;
            table.tally(onlooker(&person, now), &filter, usize::from(FIRST_CARDS))
        };
        view(&mut conn, &app, tally, local(now).date()).await?
    };
    app.auditor.record(Entry::new(&person, AuditAction::ListCases)).await?;
    json(&view)
}

/// The board's cases, page by page, in the order asked for. Closed ones are there for the week in which they were closed.
#[utoipa::path(get, path = "/v1/board/cases", operation_id = "boardCases", tag = "cases",
    params(
        ("scope" = Option<Scope>, Query, description = "Whose; one's own when nobody says"),
        ("column" = Option<Column>, Query, description = "In one column"),
        ("situation" = Option<LifeSituationId>, Query, description = "Of one life situation"),
        ("department" = Option<DepartmentId>, Query, description = "At one department"),
        ("procedure" = Option<ProcedureId>, Query, description = "Of one procedure"),
        ("due" = Option<DueFilter>, Query, description = "With such a deadline"),
        ("missing" = Option<MissingFilter>, Query, description = "With such papers"),
        ("responsible" = Option<StaffId>, Query, description = "Of one caseworker"),
        ("municipality" = Option<MunicipalityId>, Query, description = "Of citizens of one municipality"),
        ("sort" = Option<BoardSort>, Query, description = "In which order; oldest first when nobody says"),
        ("limit" = Option<u16>, Query, description = "Items on the page", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `nextCursor` of the page before, with the same filter"),
    ),
    responses((status = 200, body = Page<BoardRow>)))]
pub async fn cases(State(app): State<App>, person: Person, params: Params) -> Answer<Response> {
    let filter = filter(&params)?;
    let limit = usize::from(params.limit()?);
    // The cursor belongs to this very list: the same filter, the same order.
    let list = format!("board {filter:?}");
    let after: Option<table::Place> = match params.text("cursor") {
        None => None,
        Some(cursor) => {
            let place = app.sealer.open(person.id(), &list, cursor).ok_or(ProblemKind::BadCursor)?;
            Some(serde_json::from_slice(&place).map_err(|_| ProblemKind::BadCursor)?)
        }
    };
    let now = app.clock.now();
    let page = {
        let mut conn = app.store.read().await?;
        let mut places = {
            let table = app.board.now(&mut conn, local(now).date()).await?;
            table.page(onlooker(&person, now), &filter, after, limit + 1)
        };
        let more = places.len() > limit;
        places.truncate(limit);
        let next_cursor = places
            .last()
            .filter(|_| more)
            .and_then(|last| Some(Cursor(app.sealer.seal(person.id(), &list, &serde_json::to_vec(last).ok()?))));
        let nos: Vec<i64> = places.into_iter().map(|(_, no)| no).collect();
        let mut rows = board::rows(&mut conn, &app.procedures, &nos, local(now).date()).await?;
        Page { items: nos.iter().filter_map(|no| rows.remove(no)).collect::<Vec<BoardRow>>(), next_cursor }
    };
    app.auditor.record(Entry::new(&person, AuditAction::ListCases)).await?;
    json(&page)
}

fn filter(params: &Params) -> Answer<BoardFilter> {
    Ok(BoardFilter {
        scope: params.word("scope")?.unwrap_or_default(),
        column: params.word("column")?,
        situation: params.opt("situation")?,
        department: params.opt("department")?,
        procedure: params.opt("procedure")?,
        due: params.word("due")?,
        missing: params.word("missing")?,
        responsible: params.opt("responsible")?,
        municipality: params.opt("municipality")?,
        sort: params.word("sort")?.unwrap_or_default(),
    })
}

fn onlooker(person: &Person, now: Timestamp) -> Onlooker<'_> {
    let today = local(now).date();
    Onlooker {
        person: person.id(),
        department: person.me.department.as_str(),
        withheld: person.withheld(),
        today,
        evening: evening_before(today).as_microsecond(),
    }
}

/// When the last working day before a day ended.
fn evening_before(today: Date) -> Timestamp {
    let back = |days: i64| today.saturating_sub(jiff::Span::new().days(days));
    let worked = (1..=FREE_DAYS).map(back).find(|day| !is_closed_day(*day));
    instant(worked.unwrap_or_else(|| back(1)), EVENING)
}

async fn view(conn: &mut Conn, app: &App, mut tally: Tally, today: Date) -> Result<BoardView> {
    let columns = std::mem::take(&mut tally.columns);
    let crossing = std::mem::take(&mut tally.crossing);
    let lines = &crossing[..crossing.len().min(LINES)];
    let shown: Vec<i64> = columns
        .iter()
        .flat_map(|column| column.first.iter().copied())
        .chain(lines.iter().map(|line| line.no))
        .collect();
    let rows = board::rows(conn, &app.procedures, &shown, today).await?;
    let weather = Weather {
        crossing: u32::try_from(crossing.len()).unwrap_or(u32::MAX),
        days: tally.days,
        lines: lines
            .iter()
            .filter_map(|line| {
                let row = rows.get(&line.no)?;
                Some(WeatherLine {
                    case: row.case.id,
                    title: row.case.title.clone(),
                    citizen_name: row.citizen_name.clone(),
                    deadline: line.deadline,
                    effort: line.effort,
                    open: line.open,
                })
            })
            .collect(),
    };
    let column = |(column, counted): (Column, Counted)| BoardColumn {
        column,
        count: counted.count,
        ages: counted.ages,
        cards: counted.first.iter().filter_map(|no| rows.get(no).cloned()).collect(),
    };
    let [mine, team, all] = tally.scopes;
    Ok(BoardView {
        scopes: ScopeCounts { mine, team, all },
        columns: COLUMNS.into_iter().zip(columns).map(column).collect(),
        past_deadline: tally.past,
        came_overnight: tally.overnight,
        waited: tally.waited,
        median_age: tally.median,
        weather,
        facets: facets(conn, app, tally).await?,
    })
}

async fn facets(conn: &mut Conn, app: &App, tally: Tally) -> Result<Facets> {
    let names = board::names(conn).await?;
    let catalogue = &app.catalogue;
    let plain = |text: &str| Localized::new(text, text);
    let named = |counts: Counts, title: &dyn Fn(&str) -> Option<Localized>| -> Vec<Facet> {
        let facet = |(value, count): (String, u32)| Facet {
            title: title(&value).unwrap_or_else(|| plain(&value)),
            value,
            count,
        };
        counts.into_iter().take(FACETS).map(facet).collect()
    };
    let situation =
        |slug: &str| catalogue.life_situations.iter().find(|k| k.id.as_str() == slug).map(|k| k.title.clone());
    let department = |slug: &str| catalogue.departments.iter().find(|d| d.id.as_str() == slug).map(|d| d.name.clone());
    let municipality =
        |slug: &str| catalogue.municipalities.iter().find(|m| m.id.as_str() == slug).map(|m| plain(&m.name));
    let person =
        |(id, count): (uuid::Uuid, u32)| Some(Facet { value: id.to_string(), title: plain(names.get(&id)?), count });
    Ok(Facets {
        situations: named(tally.situations, &situation),
        departments: named(tally.departments, &department),
        responsible: tally.responsible.into_iter().filter_map(person).take(FACETS).collect(),
        municipalities: named(tally.municipalities, &municipality),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_came_over_the_weekend_came_overnight() {
        // Monday 8 June 2026, after Constitution Day on Friday: the last working day was Thursday.
        assert_eq!(local(evening_before(date(2026, 6, 8))), date(2026, 6, 4).at(16, 0, 0, 0));
        assert_eq!(local(evening_before(date(2026, 6, 10))), date(2026, 6, 9).at(16, 0, 0, 0));
        assert_eq!(local(evening_before(date(2026, 4, 7))), date(2026, 4, 1).at(16, 0, 0, 0), "Easter is long");
    }
}
