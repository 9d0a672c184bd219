//! The overview of a citizen with 872 cases, from asking to the last line; and opening citizens in the window, from Enter to the painted frame.

use std::time::{Duration, Instant};

use futures::StreamExt;
use skranke::api::Purpose;
use skranke::api::citizens::{QueryKind, SearchRequest};
use skranke::api::overview::{Answer, OverviewLine};
use skranke::api::purpose::PurposeKind;
use skranke::client::http::CaseApi;
use skranke::desk::citizen::CitizenPage;
use skranke::domain::SessionId;
use skranke::domain::authority::Role;
use skranke::ui::App;
use skranke::ui::headless::Repaint;

use super::frames::seated;
use super::{Municipality, Trouble, report};

const PATIENCE: Duration = Duration::from_secs(30);
const QUIET: Duration = Duration::from_millis(300);
/// The surname of the citizen with very many cases.
const HEAVY: &str = "Sagsager";

pub fn figures() -> Result<(), Trouble> {
    let town = Municipality::of(5_000)?;
    let api = CaseApi::new(town.doorway(Role::Caseworker)?, Role::Caseworker);
    let purpose = Purpose::noted(PurposeKind::Case, Some("sagsgang".to_owned()));
    let mut times = Vec::new();
    let mut cases = 0;
    town.runtime.block_on(async {
        let request = SearchRequest {
            kind: QueryKind::Name,
            query: HEAVY.to_owned(),
            born: None,
            purpose: purpose.clone(),
            session: SessionId::new(),
            limit: 1,
        };
        let found = api.search(&request).await?;
        let citizen = found.hits.first().ok_or("nobody has 872 cases")?.citizen;
        for round in 0..33 {
            let began = Instant::now();
            let mut lines = api.overview_stream(citizen, &purpose).await?;
            cases = 0;
            while let Some(line) = lines.next().await {
                if let OverviewLine::Section(section) = line?
                    && let Answer::Answered { cases: these, .. } = section.answer
                {
                    cases += these.len();
                }
            }
            if round >= 3 {
                times.push(began.elapsed());
            }
        }
        Ok::<_, Trouble>(())
    })?;
    report(&format!("overview of a citizen with {cases} cases"), "100 ms", times);
    opened(&town)
}

/// Opens the citizen with very many cases and another one in turn.
fn opened(town: &Municipality) -> Result<(), Trouble> {
    let home = tempfile::tempdir()?;
    let mut driver = seated(town, home.path())?;
    driver.settle(QUIET, PATIENCE)?;
    let (mut first_of, mut since_enter, mut all_of) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..24 {
        let heavy = round % 2 == 0;
        driver.press("Ctrl+K")?;
        driver.type_text(if heavy { "sagsager torben" } else { "wrona kalina" });
        driver.settle(QUIET, PATIENCE)?;
        // What the window paints next is what changes from here.
        driver.measure_frame(Repaint::Full);
        let began = Instant::now();
        driver.press("Enter")?;
        driver.pump(|driver| sections(driver.state()) > 0, PATIENCE)?;
        let arrived = Instant::now();
        driver.measure_frame(Repaint::Changes);
        if round >= 2 {
            first_of.push(arrived.elapsed());
            since_enter.push(began.elapsed());
        }
        driver.pump(|driver| driver.state().desk.citizen().is_some_and(is_complete), PATIENCE)?;
        driver.measure_frame(Repaint::Changes);
        if round >= 2 && heavy {
            all_of.push(began.elapsed());
        }
        driver.settle(QUIET, PATIENCE)?;
    }
    driver.close();
    report("a section at the desk → painted", "50 ms", first_of);
    report("Enter → first section painted", "-", since_enter);
    report("872 cases: from Enter to painted", "100 ms", all_of);
    Ok(())
}

/// How many departments have answered.
fn sections(app: &App) -> usize {
    let page = app.desk.citizen();
    page.map_or(0, |page| page.sources.iter().filter(|source| source.section.is_some()).count())
}

/// Whether every department has answered.
fn is_complete(page: &CitizenPage) -> bool {
    !page.sources.is_empty() && page.sources.iter().all(|source| source.section.is_some() && !source.waiting)
}
