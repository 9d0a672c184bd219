//! One page on a case that prepares the visit: who, why, how it stands, what is open, what to bring. It is the office's own paper and stands
//! in Danish. What does not live here: reading the case.

use jiff::Timestamp;
use skranke_api::cases::{CaseView, HistoryKind, ItemView};
use skranke_domain::case::{Column, Phase};
use skranke_domain::checklist::{Due, ItemState};
use skranke_domain::letter::LetterLanguage;
use skranke_domain::procedure::Supplier;

use super::{Paper, PdfError, Style};
use crate::clock::local;

/// The lines of history that the page shows.
const HISTORY: usize = 5;
/// What stands below the checklist needs this many lines: the last events with their heading.
const BELOW: usize = HISTORY + 3;

/// The page as PDF.
pub(crate) fn write(case: &CaseView, situation: Option<&str>, now: Timestamp) -> Result<Vec<u8>, PdfError> {
    let day = |at: Timestamp| LetterLanguage::Danish.day(local(at).date());
    let mut paper = Paper::new();
    paper.ends(&case.row.number, &format!("Udskrevet {}", moment(now)), Style::FINE)?;
    paper.gap(6.0);
    paper.text(&case.citizen_name, Style::HEADING)?;
    paper.text(&case.row.title.da, Style::SUBHEADING)?;
    paper.gap(8.0);
    let mut fact = |label: &str, value: &str| paper.text(&format!("{label}: {value}"), Style::DENSE);
    if let Some(situation) = situation {
        fact("Livssituation", situation)?;
    }
    fact("Modtaget", &day(case.received))?;
    let deadline = case.row.deadline.map(|deadline| LetterLanguage::Danish.day(deadline));
    fact("Frist", deadline.as_deref().unwrap_or("ingen"))?;
    fact("Sagsbehandler", case.row.responsible.as_deref().unwrap_or("ingen endnu"))?;
    fact("Status", &format!("{} · {}", phase(case.row.phase), column(case.row.column)))?;
    if case.attendance_minutes.is_some() {
        let booked = case.row.attendance.map(moment);
        fact("Fremmøde", booked.as_deref().unwrap_or("ikke booket"))?;
    }
    let sum = &case.row.readiness;
    fact("Tjekliste", &format!("{} af {} i orden", sum.settled, sum.applicable))?;

    let applies: Vec<&ItemView> = case.items.iter().filter(|item| item.state != ItemState::NotApplicable).collect();
    let open: Vec<String> = applies
        .iter()
        .filter(|item| !item.state.is_settled() && item.due == Due::BeforeVisit)
        .map(|item| format!("{} – {}", item.label.da, state(item.state)))
        .collect();
    let bring: Vec<String> = applies
        .iter()
        .filter(|item| !item.state.is_settled() && item.due == Due::AtVisit)
        .map(|item| match (&item.citizen_text, item.supplied_by) {
            (Some(text), Supplier::Citizen) => text.da.clone(),
            _ => item.label.da.clone(),
        })
        .collect();
    let checked: Vec<String> = applies
        .iter()
        .filter(|item| item.state.is_settled())
        .map(|item| match &item.reason {
            Some(reason) => format!("{} – {} ({reason})", item.label.da, state(item.state)),
            None => format!("{} – {}", item.label.da, state(item.state)),
        })
        .collect();
    list(&mut paper, "Mangler før fremmødet", &open)?;
    list(&mut paper, "Ved fremmødet", &bring)?;
    list(&mut paper, "I orden", &checked)?;

    paper.gap(10.0);
    paper.text("Sidst sket", Style::SUBHEADING)?;
    for line in case.history.iter().take(HISTORY) {
        let what = line.item.as_ref().map(|item| format!(": {}", item.da)).unwrap_or_default();
        let reached = line.state.map(|reached| format!(" – {}", state(reached))).unwrap_or_default();
        let by = line.by.as_ref().map(|by| format!(" ({by})")).unwrap_or_default();
        one_line(&mut paper, &format!("{} {}{what}{reached}{by}", moment(line.at), happened(line.kind)))?;
    }
    paper.finish(&format!("Sagsoverblik {}", case.row.number), "da")
}

/// What the file is called.
pub(crate) fn file_name(number: &str) -> String {
    format!("Sagsoverblik-{number}.pdf")
}

/// A list that never pushes what follows it off the page: what has no room is counted.
fn list(paper: &mut Paper, heading: &str, lines: &[String]) -> Result<(), PdfError> {
    paper.gap(10.0);
    paper.text(&format!("{heading} ({})", lines.len()), Style::SUBHEADING)?;
    for (at, line) in lines.iter().enumerate() {
        let left = lines.len() - at;
        if left > 1 && paper.room_for(Style::DENSE) <= BELOW + 4 {
            return one_line(paper, &format!("… og {left} til"));
        }
        one_line(paper, &format!("• {line}"))?;
    }
    Ok(())
}

/// Longer lines are cut: the page must suffice.
fn one_line(paper: &mut Paper, text: &str) -> Result<(), PdfError> {
    const CHARS: usize = 92;
    if text.chars().count() <= CHARS {
        return paper.indented(text, Style::DENSE, 8.0);
    }
    let short: String = text.chars().take(CHARS - 1).collect();
    paper.indented(&format!("{}…", short.trim_end()), Style::DENSE, 8.0)
}

fn moment(at: Timestamp) -> String {
    let at = local(at);
    format!("{} kl. {:02}.{:02}", LetterLanguage::Danish.day(at.date()), at.hour(), at.minute())
}

const fn state(state: ItemState) -> &'static str {
    match state {
        ItemState::Missing => "mangler",
        ItemState::Requested => "bedt om",
        ItemState::Received => "modtaget, ikke set på",
        ItemState::Approved => "godkendt",
        ItemState::Rejected => "afvist",
        ItemState::Waived => "fraveget",
        ItemState::NotApplicable => "gælder ikke",
    }
}

const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Received => "modtaget",
        Phase::Informed => "oplyst",
        Phase::Decided => "afgjort",
        Phase::Executed => "udført",
        Phase::Closed => "afsluttet",
    }
}

const fn column(column: Column) -> &'static str {
    match column {
        Column::InProgress => "vi arbejder på den",
        Column::AwaitingCitizen => "afventer borgeren",
        Column::ReadyForAttendance => "klar til fremmøde",
        Column::Closed => "lukket",
    }
}

const fn happened(kind: HistoryKind) -> &'static str {
    match kind {
        HistoryKind::Received => "modtaget",
        HistoryKind::Item => "vurderet",
        HistoryKind::Asked => "bedt om",
        HistoryKind::ChangeReported => "ændring meldt",
        HistoryKind::DocumentCame => "dokument kom",
        HistoryKind::DocumentMoved => "dokument flyttet",
        HistoryKind::Replied => "borgeren svarede",
        HistoryKind::Reminded => "mindet om",
        HistoryKind::RequestChanged => "høring ændret",
        HistoryKind::Assigned => "fordelt",
        HistoryKind::Suspended => "sat i bero",
        HistoryKind::Resumed => "genoptaget",
        HistoryKind::Extended => "frist forlænget",
        HistoryKind::FactsSaid => "oplysninger noteret",
        HistoryKind::Lifted => "ny version af proceduren",
        HistoryKind::Related => "knyttet til anden sag",
        HistoryKind::Proposed => "afgørelse foreslået",
        HistoryKind::SentBack => "afgørelse sendt tilbage",
        HistoryKind::TakenBack => "forslag trukket tilbage",
        HistoryKind::Issued => "afgørelse sendt",
        HistoryKind::AskedColleague => "kollega spurgt",
        HistoryKind::ColleagueAnswered => "kollega svarede",
        HistoryKind::Noted => "notat skrevet",
        HistoryKind::AuthorityAnswered => "myndighed svarede",
        HistoryKind::OnBehalf => "ansøgning gjort færdig for borgeren",
        HistoryKind::Booked => "tid booket",
        HistoryKind::Moved => "tid flyttet",
        HistoryKind::Cancelled => "tid aflyst",
        HistoryKind::Decided => "afgjort",
        HistoryKind::Closed => "lukket",
    }
}
