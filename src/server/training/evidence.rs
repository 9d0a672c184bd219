//! The papers that lie with the showcase citizen's cases, and what a look at their content found. What does not live here: writing files
//! (`papers`), who she is (`showcase`).

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use skranke_api::documents::{DocumentCheck, DocumentUse};
use skranke_domain::authority::Role;
use skranke_domain::catalogue::Catalogue;
use skranke_domain::document::{DocumentSource, DocumentState, FileKind, Openness};
use skranke_domain::{CaseId, CommandId, DocumentId, ItemId, Localized, StaffId};

use super::papers::{Drawing, Line, pdf};
use super::people::Citizen;
use super::rng::Ids;
use super::showcase::{Showcase, days};
use super::staff::colleague_id;
use super::{Plan, TrainingError};
use crate::auth::{persona_id, persona_name};
use crate::clock::instant;
use crate::store::Conn;
use crate::store::blobs::{BlobStore, put, sha256};
use crate::store::documents::{self, NewDocument};

/// A paper to lay with cases.
struct Paper<'a> {
    /// Its place among the showcase's papers; its identifier follows from it.
    nth: i64,
    name: &'a str,
    kind: FileKind,
    bytes: Vec<u8>,
    /// Days from today, hour and minute.
    at: (i64, i8, i8),
    by: Option<(StaffId, &'a str)>,
    source: DocumentSource,
    /// Procedures and their items.
    uses: &'a [(&'a str, &'a str)],
    checks: Vec<DocumentCheck>,
}

/// Lays Kalina's papers with her cases, as far as they had come by `now`.
pub async fn kalina(
    conn: &mut Conn,
    (blobs, catalogue): (&dyn BlobStore, &Catalogue),
    all: &Showcase,
    (ids, plan, now): (Ids, Plan, Timestamp),
) -> Result<(), TrainingError> {
    let Some(kalina) = all.home.people.first() else { return Ok(()) };
    for paper in papers(kalina, ids, plan.today) {
        let (offset, hour, minute) = paper.at;
        let at = instant(days(plan.today, offset), Time::constant(hour, minute, 0, 0)).min(now);
        let mut uses = Vec::new();
        let mut home = None;
        for (procedure, item) in paper.uses {
            let kept = catalogue.procedures.iter().position(|known| known.id.as_str() == *procedure);
            let case = all.cases.iter().find(|case| Some(case.procedure) == kept).ok_or(TrainingError::Catalogue)?;
            let department = &catalogue.procedures[case.procedure].department;
            home.get_or_insert((CaseId(case.id), department.as_str()));
            let item = ItemId::parse(item).map_err(|_| TrainingError::Catalogue)?;
            uses.push(DocumentUse { case: CaseId(case.id), item: Some(item) });
        }
        let id = DocumentId(ids.get("showcase document", paper.nth));
        let new = NewDocument {
            id,
            citizen: kalina.no,
            home: home.ok_or(TrainingError::Catalogue)?,
            name: paper.name,
            kind: Some(paper.kind),
            bytes: paper.bytes.len() as u64,
            sha256: &sha256(&paper.bytes),
            state: DocumentState::Complete,
            origin: (paper.source, Openness::File),
            version: (1, None),
            uses: &uses,
            at,
            by: paper.by,
            command: CommandId(ids.get("showcase document command", paper.nth)),
            checks: &paper.checks,
        };
        documents::add(&mut *conn, &new).await?;
        put(blobs, id, &paper.bytes).await.map_err(TrainingError::Documents)?;
    }
    Ok(())
}

fn papers(kalina: &Citizen, ids: Ids, today: Date) -> Vec<Paper<'static>> {
    let check = |da, en, passed| DocumentCheck { what: Localized::new(da, en), passed };
    let clerk = (persona_id(Role::Clerk), persona_name(Role::Clerk));
    let nina = colleague_id(ids, "Nina Krogh").map(|id| (id, "Nina Krogh"));
    let name = format!("{} {}", kalina.given, kalina.surname);
    let begins = first_of_june(today);
    vec![
        Paper {
            nth: 1,
            name: "Pas.png",
            kind: FileKind::Png,
            bytes: passport(),
            at: (-14, 10, 2),
            by: nina,
            source: DocumentSource::Scanner,
            uses: &[("cpr-eu-employee", "id-document"), ("eu-residence-certificate", "id-document")],
            checks: vec![check("Navn som i CPR", "Name as in CPR", true), check("Gyldigt", "Valid", true)],
        },
        Paper {
            nth: 2,
            name: "Lejekontrakt.pdf",
            kind: FileKind::Pdf,
            bytes: tenancy(&name, today),
            at: (-7, 11, 30),
            by: None,
            source: DocumentSource::SelfService,
            uses: &[("cpr-eu-employee", "proof-of-address"), ("deposit-loan", "lease")],
            checks: vec![
                check("Navn som i CPR", "Name as in CPR", true),
                check("Underskrevet af begge", "Signed by both", true),
            ],
        },
        Paper {
            nth: 3,
            name: "Ansættelseskontrakt.pdf",
            kind: FileKind::Pdf,
            bytes: employment(&name, begins),
            at: (0, 10, 5),
            by: Some(clerk),
            source: DocumentSource::Scanner,
            uses: &[("eu-residence-certificate", "employment")],
            checks: vec![
                check("Navn som i CPR", "Name as in CPR", true),
                check("Tiltrædelse 1. juni", "Start date 1 Jun", true),
                check("37 timer", "37 hours", true),
                check("Arbejdsgiver har ikke skrevet under", "Employer has not signed", false),
            ],
        },
    ]
}

/// The first of June of the year in which she came.
fn first_of_june(today: Date) -> Date {
    Date::new(today.year(), 6, 1).unwrap_or(today)
}

/// The running text of an invented contract.
const TERMS: &[&str] = &[
    "1. Medarbejderen ansættes som bager og har sit daglige arbejde i butikken.",
    "2. Den ugentlige arbejdstid er 37 timer. Arbejdsdagen begynder kl. 5.00.",
    "3. Lønnen betales bagud den sidste hverdag i måneden.",
    "4. De første tre måneder er en prøvetid med 14 dages gensidigt varsel.",
    "5. Ferie optjenes og holdes efter ferieloven.",
];

/// An employment contract of two pages that the employer has not signed.
fn employment(name: &str, begins: Date) -> Vec<u8> {
    let mut first = vec![
        Line::heading("Ansættelseskontrakt"),
        Line::plain("Tangholm Bageri ApS · CVR 00 00 12 34"),
        Line::plain(""),
        Line::bold(format!("Medarbejder:      {name}")),
        Line::bold("Stilling:         Bager, 37 timer"),
        Line::bold(format!("Tiltrædelse:      {}. juni {}", begins.day(), begins.year())),
        Line::bold("Løn pr. måned:    29.850 kr."),
        Line::plain(""),
    ];
    first.extend(TERMS.iter().map(|term| Line::plain(*term)));
    let second = vec![
        Line::heading("Underskrifter"),
        Line::plain(""),
        Line::plain("Medarbejder:"),
        Line::bold(name),
        Line::plain(format!("1/{}-{}", begins.month(), begins.year() % 100)),
        Line::plain(""),
        Line::plain("Arbejdsgiver:"),
        Line::plain("____________________________"),
        Line::plain("Side 2 af 2"),
    ];
    pdf(&[first, second])
}

/// A rental contract of one page, signed by both.
fn tenancy(name: &str, today: Date) -> Vec<u8> {
    let from = days(today, -22).first_of_month();
    pdf(&[vec![
        Line::heading("Lejekontrakt"),
        Line::plain("Tidsbegrænset leje af en lejlighed"),
        Line::plain(""),
        Line::bold("Udlejer:    Ejendomsselskabet Askelunden ApS, CVR 00 00 43 21"),
        Line::bold(format!("Lejer:      {name}")),
        Line::bold("Lejemål:    Den adresse, der er meldt til folkeregisteret, 2. sal til venstre"),
        Line::bold(format!("Lejen begynder {}. {}. {}", from.day(), from.month(), from.year())),
        Line::plain(""),
        Line::plain("Lejligheden har to værelser og bebos af lejeren og hendes to børn."),
        Line::plain("Lejen er 11.400 kr. om måneden og betales den første hverdag."),
        Line::plain("Depositum: 34.200 kr."),
        Line::plain(""),
        Line::plain("Underskrevet af begge parter."),
        Line::bold(format!("{name}                    Ejendomsselskabet Askelunden ApS")),
    ]])
}

/// The page of a passport with the photograph: a drawn head, names, no number of anybody's.
fn passport() -> Vec<u8> {
    let mut page = Drawing::new(640, 450, 14);
    page.fill((0, 0), (640, 46), 10);
    page.write((24, 12), 4, "RZECZPOSPOLITA POLSKA  PASZPORT");
    page.fill((30, 80), (170, 220), 12);
    page.disc((115, 160), 44, 7);
    page.disc((115, 292), 78, 5);
    page.fill((30, 300), (170, 72), 14);
    for (at, text) in ["TESTRUP WRONA", "KALINA", "POLSKA", "12 LIS 1990"].iter().enumerate() {
        page.write((230, 84 + at * 52), 5, text);
    }
    page.fill((0, 372), (640, 78), 15);
    page.write((16, 386), 4, "P<POLTESTRUP<WRONA<<KALINA<<<<<<<<<<<<");
    page.write((16, 418), 4, "XX0000000<0POL9011127F<<<<<<<<<<<<<<<0");
    page.png()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_paper_is_what_its_name_says() {
        let name = "Kalina Testrup Wrona";
        let today = Date::constant(2026, 6, 9);
        for (bytes, kind) in [
            (employment(name, first_of_june(today)), FileKind::Pdf),
            (tenancy(name, today), FileKind::Pdf),
            (passport(), FileKind::Png),
        ] {
            assert_eq!(FileKind::of(&bytes), Some(kind));
        }
    }
}
