//! What arrives in the training municipality as time passes: applications, replies, answers of authorities. What lives here: inventing the
//! next one and sending it through the intake like any other. What does not: taking it in (`routes::intake`).
//!
//! Chance follows from the municipality's seed and from how many arrived before; only when they come is the clock's.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use skranke_api::ProblemKind;
use skranke_api::documents::DocumentUse;
use skranke_api::intake::{ApplicationState, CannotGet, IntakeDocument, IntakeKind, IntakeRequest};
use skranke_domain::procedure::{Facts, ItemTemplate, Procedure, Supplier};
use skranke_domain::{CaseId, CitizenId, CommandId, DepartmentId, DocumentId, IntakeId, LetterId, Localized};

use super::papers::{Drawing, Line, pdf};
use super::rng::{Ids, Rng};
use super::{TrainingError, is_generated};
use crate::auth::self_service;
use crate::clock::local;
use crate::routes::{cases as case_routes, intake};
use crate::store::{Conn, Read, cases, meta, register};
use crate::{App, Service};

/// How often something arrives.
pub const EVERY: Duration = Duration::from_secs(4 * 60);
/// How many were sent already.
const META_SENT: &str = "training arrivals";
/// How many candidates are looked at.
const LOOKED_AT: usize = 40;

/// What may arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An application that was sent.
    Application,
    /// A reply to a request for papers.
    Reply,
    /// An authority's answer.
    AuthorityAnswer,
    /// An application that was begun and not sent.
    HalfFinished,
}

impl Kind {
    /// In the order in which they come.
    pub const ALL: [Self; 4] = [Self::Application, Self::Reply, Self::AuthorityAnswer, Self::HalfFinished];
}

/// Procedures that citizens apply for by themselves.
const APPLIED_FOR: &[&str] = &[
    "health-card-doctor",
    "move-domestic",
    "daycare-place",
    "passport",
    "housing-benefit",
    "residence-certificate",
    "resident-parking",
];
/// Why a paper cannot be had.
const WHY: &[&str] = &[
    "My employer is closed until next week and nobody there can sign.",
    "The registry office at home needs three more weeks for the certificate.",
    "My former landlord does not answer my letters.",
];

/// Lets something arrive every few minutes until the service ends. With a clock that stands still nothing arrives by itself.
pub fn start(service: &Service) {
    let app = service.app().clone();
    if !app.clock.runs() {
        return;
    }
    let service = service.clone();
    tokio::spawn(async move {
        for turn in 0_usize.. {
            tokio::select! {
                () = app.stop.cancelled() => break,
                () = tokio::time::sleep(EVERY) => {}
            }
            // Where there is nothing of one kind, the next has its turn.
            for offset in 0..Kind::ALL.len() {
                match one(&service, Kind::ALL[(turn + offset) % Kind::ALL.len()]).await {
                    Ok(None) => {}
                    Ok(Some(_)) => break,
                    Err(error) => {
                        tracing::warn!(%error, "nothing arrived in the training municipality");
                        break;
                    }
                }
            }
        }
    });
}

/// Lets one thing arrive now, through the intake; gives what was sent. None where there is nobody it could come from.
///
/// # Errors
/// [`TrainingError`].
pub async fn one(service: &Service, kind: Kind) -> Result<Option<IntakeRequest>, TrainingError> {
    let app = service.app();
    let Some(generated) = is_generated(service).await? else { return Ok(None) };
    let number = next(app).await?;
    let ids = Ids::new(generated.seed);
    let mut post = Post {
        app,
        rng: Rng::of(generated.seed, "arrival", number.unsigned_abs()),
        ids,
        number,
        documents: Vec::new(),
    };
    let found = match kind {
        Kind::Application => post.application(ApplicationState::Sent).await?,
        Kind::HalfFinished => post.application(ApplicationState::HalfFinished).await?,
        Kind::Reply => post.reply().await?,
        Kind::AuthorityAnswer => post.answer().await?,
    };
    let Some((citizen, what)) = found else { return Ok(None) };
    let request = IntakeRequest { id: IntakeId(ids.get("arrival", number)), citizen, what, documents: post.documents };
    let key = CommandId(ids.get("arrival command", number));
    match intake::deliver(app, &self_service(), key, &request).await {
        Ok(_) => Ok(Some(request)),
        Err(refusal) => {
            let kind = refusal.problem().known().unwrap_or(ProblemKind::Internal);
            Err(TrainingError::Refused(kind.slug()))
        }
    }
}

/// The number of the next arrival; it is never given twice.
async fn next(app: &App) -> Result<i64, TrainingError> {
    let mut tx = app.store.begin().await?;
    let sent: i64 = meta::get(&mut tx, META_SENT).await?.and_then(|n| n.parse().ok()).unwrap_or(0);
    meta::set(&mut tx, META_SENT, &(sent + 1).to_string()).await?;
    tx.commit().await?;
    Ok(sent + 1)
}

/// A delivery in the making.
struct Post<'a> {
    app: &'a App,
    rng: Rng,
    ids: Ids,
    number: i64,
    documents: Vec<IntakeDocument>,
}

type Found = Option<(CitizenId, IntakeKind)>;

impl Post<'_> {
    /// Adds an invented paper for an item.
    fn enclose(&mut self, template: &ItemTemplate, case: CaseId) {
        let nth = i64::try_from(self.documents.len()).unwrap_or(0);
        let title = &template.label.da;
        let (bytes, ending) = if self.rng.permille(300) {
            let mut sheet = Drawing::new(420, 300, 15);
            sheet.fill((20, 20), (380, 260), 13);
            sheet.write((40, 40), 4, "FOTO AF ET PAPIR");
            for line in 0..6 {
                sheet.fill((40, 90 + line * 28), (self.rng.below(120) + 200, 8), 6);
            }
            (sheet.png(), "png")
        } else {
            let lines = vec![
                Line::heading(title.clone()),
                Line::plain("Sendt gennem selvbetjeningen. Alt her er opfundet."),
                Line::plain(template.evidence.as_ref().map_or_else(String::new, |words| words.da.clone())),
            ];
            (pdf(&[lines]), "pdf")
        };
        self.documents.push(IntakeDocument {
            id: DocumentId(self.ids.get("arrival document", self.number * 100 + nth)),
            name: format!("{}.{ending}", title.chars().take(80).collect::<String>()),
            content: STANDARD.encode(bytes),
            items: vec![DocumentUse { case, item: Some(template.id.clone()) }],
        });
    }

    async fn application(&mut self, state: ApplicationState) -> Result<Found, TrainingError> {
        let app = self.app;
        let mut conn = app.store.read().await?;
        let last = sqlx::query("SELECT MAX(no) FROM citizen").fetch_one(&mut *conn).await?.opt_int(0)?.unwrap_or(0);
        let today = local(app.clock.now()).date();
        for _ in 0..LOOKED_AT {
            let slug = self.rng.word(APPLIED_FOR);
            let no = self.rng.between(1, last.max(1));
            let Some(procedure) = app.catalogue.procedures.iter().find(|p| p.id.as_str() == slug) else {
                continue;
            };
            let row = sqlx::query("SELECT id FROM citizen WHERE no = $1").bind(no).fetch_optional(&mut *conn).await?;
            let Some(citizen) = row.map(|row| row.id(0)).transpose()?.map(CitizenId) else { continue };
            let Some(known) = register::known(&mut conn, citizen, today).await? else { continue };
            let open = cases::open_of_procedure(&mut conn, &app.procedures, no, &procedure.id).await?;
            if case_routes::check_current(&known).is_err() || open.is_some() {
                continue;
            }
            let case = CaseId(self.ids.get("arrival case", self.number));
            let sent = if state == ApplicationState::Sent { 2 } else { 1 };
            for template in asked_of_her(procedure).take(sent) {
                self.enclose(template, case);
            }
            let procedure = procedure.id.clone();
            let facts = Facts::new();
            return Ok(Some((citizen, IntakeKind::Application { case, procedure, situation: None, facts, state })));
        }
        Ok(None)
    }

    async fn reply(&mut self) -> Result<Found, TrainingError> {
        let app = self.app;
        let mut conn = app.store.read().await?;
        let letters = waiting(&mut conn).await?;
        if letters.is_empty() {
            return Ok(None);
        }
        let (letter, citizen) = *self.rng.pick(&letters);
        let rows = sqlx::query(
            "SELECT l.case_no, i.item FROM letter_item l JOIN checklist_item i ON i.case_no = l.case_no AND i.item = l.item
             WHERE l.letter = $1 AND i.state = 'requested' ORDER BY l.rank LIMIT 20",
        )
        .bind(letter.0)
        .fetch_all(&mut *conn)
        .await?;
        let mut cannot = Vec::new();
        for row in &rows {
            let Some(case) = cases::by_no(&mut conn, &app.procedures, row.int(0)?).await? else { continue };
            let slug = row.text(1)?;
            let Some(template) = case.procedure.items.iter().find(|t| t.id.as_str() == slug) else { continue };
            if !cases::is_open(case.row.phase) {
                continue;
            }
            if self.rng.permille(200) {
                let why = self.rng.word(WHY).to_owned();
                cannot.push(CannotGet { case: case.row.id, item: template.id.clone(), why });
            } else {
                self.enclose(template, case.row.id);
            }
        }
        let text = if self.rng.permille(400) { "I hope this is what you need. Thank you!" } else { "" };
        if self.documents.is_empty() && cannot.is_empty() {
            return Ok(None);
        }
        Ok(Some((citizen, IntakeKind::Reply { request: letter, cannot, text: text.to_owned() })))
    }

    async fn answer(&mut self) -> Result<Found, TrainingError> {
        let app = self.app;
        let mut conn = app.store.read().await?;
        let mut awaited = Vec::new();
        for procedure in &app.catalogue.procedures {
            awaited.extend(procedure.items.iter().filter_map(|t| Some((procedure, t, authority(t.supplied_by)?))));
        }
        for _ in 0..LOOKED_AT.min(awaited.len()) {
            let (procedure, template, authority) = *self.rng.pick(&awaited);
            let rows = sqlx::query(
                "SELECT f.no FROM case_file f JOIN checklist_item i ON i.case_no = f.no
                 WHERE f.procedure = $1 AND f.phase <> 'closed' AND i.item = $2 AND i.state IN ('missing', 'requested')
                 ORDER BY f.no LIMIT 40",
            )
            .bind(procedure.id.as_str())
            .bind(template.id.as_str())
            .fetch_all(&mut *conn)
            .await?;
            let (Some(row), Ok(authority)) = (rows.get(self.rng.below(rows.len())), DepartmentId::parse(authority))
            else {
                continue;
            };
            let Some(case) = cases::by_no(&mut conn, &app.procedures, row.int(0)?).await? else { continue };
            self.enclose(template, case.row.id);
            let text = Localized::new(
                format!("Vi svarer på jeres spørgsmål. Vedlagt: {}.", template.label.da),
                format!("We answer your question. Enclosed: {}.", template.label.en),
            );
            let what =
                IntakeKind::AuthorityAnswer { authority, case: case.row.id, item: Some(template.id.clone()), text };
            return Ok(Some((case.row.citizen, what)));
        }
        Ok(None)
    }
}

/// The authority that supplies a paper.
const fn authority(supplier: Supplier) -> Option<&'static str> {
    match supplier {
        Supplier::Siri => Some("siri"),
        Supplier::Udi => Some("udlst"),
        _ => None,
    }
}

/// Papers that a procedure asks of the citizen.
fn asked_of_her(procedure: &Procedure) -> impl Iterator<Item = &ItemTemplate> {
    procedure.items.iter().filter(|template| template.supplied_by == Supplier::Citizen && template.when == "always")
}

/// Letters that ask for papers which have not come, oldest first, with their citizens.
async fn waiting(conn: &mut Conn) -> Result<Vec<(LetterId, CitizenId)>, TrainingError> {
    let rows = sqlx::query(
        "SELECT l.id, c.id FROM letter l JOIN citizen c ON c.no = l.citizen
         WHERE EXISTS (SELECT 1 FROM letter_item a JOIN checklist_item i ON i.case_no = a.case_no AND i.item = a.item
                       WHERE a.letter = l.id AND i.state = 'requested')
         ORDER BY l.at LIMIT 40",
    )
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| Ok((LetterId(row.id(0)?), CitizenId(row.id(1)?)))).collect()
}
