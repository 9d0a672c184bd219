//! The routes, one file a resource. What lives here: putting them together, and what happens to every request before its route. What does
//! not: the table of who may do what (`policy`).

use std::panic::AssertUnwindSafe;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use http::header;
use skranke_api::ProblemKind;
use skranke_api::audit::AuditAction;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::audit::{Entry, place};
use crate::extract::{self, Params};
use crate::problem::{Answer, Refusal};
use crate::{App, Hosts, linger, policy};

pub mod access_log;
mod acting;
pub mod appointments;
pub mod audit;
pub mod availability;
pub mod blocks;
pub mod board;
pub mod break_glass;
mod calendars;
pub mod cases;
pub mod casework;
pub mod changes;
pub mod checklist;
pub mod citizens;
pub mod colleagues;
pub mod contacts;
pub mod content;
pub mod counting;
pub mod decision;
mod deed;
pub mod display;
pub mod documents;
pub mod events;
pub mod feeds;
pub mod guide;
pub mod handovers;
pub(crate) mod holds;
pub mod intake;
mod landing;
pub mod letters;
pub mod load;
pub mod lock;
pub(crate) mod messages;
pub mod notes;
pub mod offline;
pub mod opening;
pub mod overview;
pub mod plan;
pub mod promises;
pub mod requests;
pub mod rescheduling;
pub mod rights;
pub mod role;
pub mod situations;
pub mod slots;
pub mod stands;
pub mod statistics;
pub mod summary;
pub mod tickets;
pub mod verification;
pub mod waiting;

/// All routes with their descriptions.
pub(crate) fn documented() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(crate::openapi::base())
        .routes(routes!(guide::healthz))
        .routes(routes!(guide::openapi))
        .routes(routes!(guide::me))
        .routes(routes!(role::take))
        .routes(routes!(rights::list))
        .routes(routes!(break_glass::list))
        .routes(routes!(break_glass::review))
        .routes(routes!(break_glass::break_it))
        .routes(routes!(guide::departments))
        .routes(routes!(guide::life_situations))
        .routes(routes!(guide::procedures))
        .routes(routes!(guide::procedure))
        .routes(routes!(guide::tasks))
        .routes(routes!(guide::sites))
        .routes(routes!(guide::rules))
        .routes(routes!(citizens::search))
        .routes(routes!(citizens::citizen))
        .routes(routes!(citizens::reveal))
        .routes(routes!(overview::overview))
        .routes(routes!(overview::missing))
        .routes(routes!(situations::list, situations::open))
        .routes(routes!(situations::change))
        .routes(routes!(changes::touches))
        .routes(routes!(changes::report))
        .routes(routes!(letters::send))
        .routes(routes!(requests::change))
        .routes(routes!(decision::propose, decision::change))
        .routes(routes!(summary::summary))
        .routes(routes!(board::board))
        .routes(routes!(board::cases))
        .routes(routes!(cases::list, cases::start))
        .routes(routes!(cases::one))
        .routes(routes!(casework::responsible::change))
        .routes(routes!(casework::course::change))
        .routes(routes!(casework::facts::change))
        .routes(routes!(casework::versions::lift))
        .routes(routes!(casework::versions::version))
        .routes(routes!(casework::relations::change))
        .routes(routes!(casework::asks::send))
        .routes(routes!(casework::asks::change))
        .routes(routes!(casework::asks::list))
        .routes(routes!(casework::notes::write))
        .routes(routes!(casework::presence::say))
        .routes(routes!(checklist::change))
        .routes(routes!(documents::announce))
        .routes(routes!(documents::one, documents::change))
        .routes(routes!(content::read, content::piece))
        .routes(routes!(intake::take))
        .routes(routes!(intake::half_finished))
        .routes(routes!(slots::slots))
        .routes(routes!(appointments::list, appointments::book))
        .routes(routes!(appointments::one, rescheduling::change))
        .routes(routes!(holds::hold))
        .routes(routes!(blocks::conflicts))
        .routes(routes!(blocks::close))
        .routes(routes!(blocks::open))
        .routes(routes!(load::load))
        .routes(routes!(plan::plan))
        .routes(routes!(waiting::list, waiting::wait))
        .routes(routes!(waiting::change))
        .routes(routes!(waiting::fits))
        .routes(routes!(feeds::file))
        .routes(routes!(feeds::make))
        .routes(routes!(feeds::feed))
        .routes(routes!(tickets::list, tickets::giving::give))
        .routes(routes!(tickets::giving::check_in))
        .routes(routes!(tickets::calling::call_next))
        .routes(routes!(tickets::one, tickets::change::change))
        .routes(routes!(availability::say))
        .routes(routes!(stands::one))
        .routes(routes!(stands::point))
        .routes(routes!(display::show))
        .routes(routes!(contacts::list, contacts::register))
        .routes(routes!(notes::list, notes::write))
        .routes(routes!(notes::change))
        .routes(routes!(promises::list, promises::give))
        .routes(routes!(promises::settle))
        .routes(routes!(verification::questions))
        .routes(routes!(colleagues::list))
        .routes(routes!(handovers::list, handovers::send))
        .routes(routes!(handovers::change))
        .routes(routes!(events::events))
        .routes(routes!(audit::list))
        .routes(routes!(offline::tell))
        .routes(routes!(access_log::read))
        .routes(routes!(lock::lock))
        .routes(routes!(statistics::read))
        .routes(routes!(statistics::now))
        .routes(routes!(statistics::export))
}

/// The router, with everything that happens to each request.
pub(crate) fn router(app: App) -> axum::Router {
    let (router, _) = documented().split_for_parts();
    router
        .fallback(|| async { Refusal::new(ProblemKind::NotFound) })
        .method_not_allowed_fallback(|| async { Refusal::new(ProblemKind::MethodNotAllowed) })
        .layer(middleware::from_fn_with_state(app.clone(), guard))
        .layer(middleware::from_fn(linger::linger))
        .layer(middleware::from_fn(survive))
        .with_state(app)
}

/// Turns a panic into a problem, and logs each request without its identifiers.
async fn survive(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "(no route)".to_owned(), |p| p.as_str().to_owned());
    let began = std::time::Instant::now();
    let response = match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => Refusal::new(ProblemKind::Internal).into_response(),
    };
    let took_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    tracing::debug!(%method, route, status = response.status().as_u16(), took_us, "answered");
    response
}

/// Checks the `Host`, knows the person, and asks the policy table.
async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<std::net::SocketAddr>>().map(|peer| peer.0);
    let answer = async {
        match admit(&app, request).await {
            Ok(request) => next.run(request).await,
            Err(refusal) => refusal.into_response(),
        }
    };
    place::within(peer, answer).await
}

async fn admit(app: &App, mut request: Request) -> Answer<Request> {
    if app.hosts == Hosts::Loopback && !is_loopback(&request) {
        return Err(Refusal::new(ProblemKind::Malformed).detail("this service answers on the loopback only"));
    }
    let Some(path) = request.extensions().get::<MatchedPath>().cloned() else { return Ok(request) };
    // A method without a row has no route either: the fallback answers 405.
    let Some(row) = policy::find(request.method().as_str(), path.as_str()) else { return Ok(request) };
    let mut known = None;
    if row.who.is_some() {
        let token = bearer(&request);
        let person = app.door.admit(app, token).await?;
        let person = policy::rights::today(&mut *app.store.read().await?, person, app.clock.today()).await?;
        if !row.admits(&person) {
            if let Some(action) = refused_action(row) {
                app.auditor
                    .record(Entry::new(&person, action).note(format!("{} {}", row.method, row.path)).refused())
                    .await?;
            }
            return Err(ProblemKind::Forbidden.into());
        }
        known = Some(person);
    }
    if extract::accepted(request.headers(), row.answers).is_none() {
        return Err(Refusal::new(ProblemKind::NotAcceptable)
            .detail(format!("this route answers with {}", row.answers.join(" or "))));
    }
    Params::read(request.uri().query().unwrap_or_default())?.only(row.query)?;
    if let Some(mut person) = known {
        let refused = refused_action(row).unwrap_or(AuditAction::OpenCitizen);
        request = policy::need::ask(app, row, request, &mut person, refused).await?;
        request.extensions_mut().insert(person);
    }
    Ok(request)
}

/// Attempts on somebody's data are logged also when they are refused.
fn refused_action(row: &policy::Row) -> Option<AuditAction> {
    Some(match row.path {
        "/v1/citizens/search" => AuditAction::Search,
        "/v1/citizens/{citizen}" => AuditAction::OpenCitizen,
        "/v1/citizens/{citizen}/reveal" => AuditAction::Reveal,
        "/v1/me/role" => AuditAction::TakeRole,
        "/v1/rights" => AuditAction::ReadRights,
        "/v1/break-glass" | "/v1/break-glass/{glass}" => AuditAction::ReviewBreakGlass,
        "/v1/citizens/{citizen}/break-glass" => AuditAction::BreakGlass,
        "/v1/citizens/{citizen}/overview" => AuditAction::ReadOverview,
        "/v1/citizens/{citizen}/missing" => AuditAction::ReadMissing,
        "/v1/citizens/{citizen}/life-situations" if row.method == "GET" => AuditAction::ReadSituations,
        "/v1/citizens/{citizen}/life-situations" | "/v1/citizens/{citizen}/life-situations/{situation}" => {
            AuditAction::ChangeSituation
        }
        "/v1/citizens/{citizen}/changes/{change}" => AuditAction::ReadChange,
        "/v1/citizens/{citizen}/changes" => AuditAction::ReportChange,
        "/v1/citizens/{citizen}/information-requests" => AuditAction::AskForPapers,
        "/v1/citizens/{citizen}/information-requests/{letter}" => AuditAction::ChangeRequest,
        "/v1/cases/{case}/decision" => AuditAction::Decide,
        "/v1/cases/{case}/summary" => AuditAction::ReadSummary,
        "/v1/cases" if row.method == "POST" => AuditAction::StartCase,
        "/v1/cases" | "/v1/board" | "/v1/board/cases" => AuditAction::ListCases,
        "/v1/cases/{case}" | "/v1/cases/{case}/lift" | "/v1/cases/{case}/presence" => AuditAction::OpenCase,
        "/v1/cases/{case}/responsible" => AuditAction::AssignCase,
        "/v1/cases/{case}/course" => AuditAction::SteerCase,
        "/v1/cases/{case}/facts" => AuditAction::SayFacts,
        "/v1/cases/{case}/relations" => AuditAction::RelateCases,
        "/v1/cases/{case}/asks" | "/v1/cases/{case}/asks/{ask}" => AuditAction::AskColleague,
        "/v1/cases/{case}/notes" => AuditAction::NoteCase,
        "/v1/asks" => AuditAction::ReadAsks,
        "/v1/cases/{case}/checklist/{item}" => AuditAction::ChangeItem,
        "/v1/cases/{case}/documents" | "/v1/documents/{document}/content" if row.method != "GET" => {
            AuditAction::BringDocument
        }
        "/v1/documents/{document}" if row.method == "PATCH" => AuditAction::ChangeDocument,
        "/v1/documents/{document}" | "/v1/documents/{document}/content" => AuditAction::ReadDocument,
        "/v1/intake" => AuditAction::TakeIn,
        "/v1/citizens/{citizen}/applications" => AuditAction::ReadApplications,
        "/v1/contacts" if row.method == "POST" => AuditAction::RegisterContact,
        "/v1/contacts" => AuditAction::ReadContacts,
        "/v1/citizens/{citizen}/notes" if row.method == "GET" => AuditAction::ReadNotes,
        "/v1/citizens/{citizen}/notes" | "/v1/citizens/{citizen}/notes/{note}" => AuditAction::WriteNote,
        "/v1/citizens/{citizen}/promises" if row.method == "GET" => AuditAction::ReadPromises,
        "/v1/citizens/{citizen}/promises" | "/v1/citizens/{citizen}/promises/{promise}" => AuditAction::WritePromise,
        "/v1/citizens/{citizen}/verification" => AuditAction::VerifyCaller,
        "/v1/handovers" if row.method == "GET" => AuditAction::ReadHandovers,
        "/v1/handovers" | "/v1/handovers/{handover}" => AuditAction::HandOver,
        "/v1/appointments/plan" | "/v1/appointments/{appointment}/ics" => AuditAction::ReadAppointments,
        "/v1/waiting-list" | "/v1/waiting-list/fits" if row.method == "GET" => AuditAction::ReadAppointments,
        "/v1/waiting-list" | "/v1/waiting-list/{waiting}" => AuditAction::ChangeAppointment,
        "/v1/slots/hold" => AuditAction::Book,
        "/v1/blocks" | "/v1/blocks/conflicts" | "/v1/blocks/{block}" => AuditAction::ChangeAppointment,
        "/v1/appointments" if row.method == "POST" => AuditAction::Book,
        "/v1/appointments" | "/v1/appointments/{appointment}" if row.method == "GET" => AuditAction::ReadAppointments,
        "/v1/appointments/{appointment}" => AuditAction::ChangeAppointment,
        "/v1/tickets/check-in" | "/v1/tickets/call-next" | "/v1/tickets/{ticket}" if row.method != "GET" => {
            AuditAction::ServeTicket
        }
        "/v1/audit" => AuditAction::ReadAudit,
        "/v1/citizens/{citizen}/access-log" => AuditAction::ReadAccessLog,
        "/v1/staff/{staff}/lock" => AuditAction::LockSession,
        _ => return None,
    })
}

fn bearer(request: &Request) -> Option<&str> {
    let value = extract::header(request.headers(), &header::AUTHORIZATION)?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// Whether a request was addressed to the loopback by one of its own names. A request without a host comes from no browser.
fn is_loopback(request: &Request) -> bool {
    let host = match extract::header(request.headers(), &header::HOST) {
        Some(host) => host,
        None => match request.uri().authority() {
            Some(authority) => authority.as_str(),
            None => return !request.headers().contains_key(header::HOST),
        },
    };
    let name = host
        .strip_prefix('[')
        .and_then(|h| h.split(']').next())
        .unwrap_or_else(|| host.split(':').next().unwrap_or_default());
    matches!(name, "127.0.0.1" | "localhost" | "::1")
}
