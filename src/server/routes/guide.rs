//! What is not about citizens: who I am, departments, life situations, procedures, tasks, sites. What does not live here: the catalogue
//! itself (see the domain).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use serde::Serialize;
use skranke_api::appointments::Site;
use skranke_api::changes::OfficeRules;
use skranke_api::me::{DepartmentHealth, Health, Me};
use skranke_api::{Page, ProblemKind};
use skranke_domain::ProcedureId;
use skranke_domain::authority::Role;
use skranke_domain::life_situation::LifeSituationKind;
use skranke_domain::procedure::{Procedure, Task};
use utoipa::ToSchema;

use crate::App;
use crate::auth::Person;
use crate::extract::Path;
use crate::problem::{Answer, json, raw_json};
use crate::store;

/// The service answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct Healthz {
    /// `ok`.
    status: &'static str,
}

fn page<T>(items: Vec<T>) -> Page<T> {
    Page { items, next_cursor: None }
}

/// Liveness.
#[utoipa::path(get, path = "/healthz", operation_id = "healthz", tag = "service", responses((status = 200, body = Healthz)))]
pub async fn healthz() -> Answer<Response> {
    json(&Healthz { status: "ok" })
}

/// This document.
#[utoipa::path(get, path = "/openapi.json", operation_id = "openapi", tag = "service", responses((status = 200, body = Object)))]
pub async fn openapi(State(app): State<App>) -> Response {
    raw_json(StatusCode::OK, app.openapi.clone().into_bytes())
}

/// Who I am: role of the day, authorities, site and counter.
#[utoipa::path(get, path = "/v1/me", operation_id = "me", tag = "guide", responses((status = 200, body = Me)))]
pub async fn me(person: Person) -> Answer<Response> {
    json(&*person.me)
}

/// The departments: what each can do, and how it answered last.
#[utoipa::path(get, path = "/v1/departments", operation_id = "departments", tag = "guide", responses((status = 200, body = Page<DepartmentHealth>)))]
pub async fn departments(State(app): State<App>, person: Person) -> Answer<Response> {
    let all = app.departments.all().iter().map(|department| {
        let descriptor = department.descriptor();
        // A guest and a host are shown no department's cases; for them it is withheld as a whole.
        let withheld = person.is_withheld(descriptor.id.as_str()) || matches!(person.role(), Role::Guest | Role::Host);
        let (health, last_answer) =
            if withheld { (Health::Withheld, None) } else { app.departments.health(&descriptor.id) };
        DepartmentHealth {
            department: descriptor.clone(),
            capabilities: department.capabilities().to_vec(),
            health,
            last_answer,
        }
    });
    // Departments whose systems nobody asks yet are named all the same: procedures and follow-ups speak of them.
    let asked: Vec<DepartmentHealth> = all.collect();
    let others = app.catalogue.departments.iter().filter(|d| asked.iter().all(|a| a.department.id != d.id));
    let others = others.map(|department| DepartmentHealth {
        department: department.clone(),
        capabilities: Vec::new(),
        health: Health::Unknown,
        last_answer: None,
    });
    let others: Vec<DepartmentHealth> = others.collect();
    json(&page(asked.into_iter().chain(others).collect()))
}

/// The kinds of life situation: what to ask first, and what usually follows.
#[utoipa::path(get, path = "/v1/life-situations", operation_id = "lifeSituations", tag = "guide", responses((status = 200, body = Page<LifeSituationKind>)))]
pub async fn life_situations(State(app): State<App>) -> Answer<Response> {
    json(&page(app.catalogue.life_situations.iter().collect()))
}

/// The procedures with their checklists.
#[utoipa::path(get, path = "/v1/procedures", operation_id = "procedures", tag = "guide", responses((status = 200, body = Page<Procedure>)))]
pub async fn procedures(State(app): State<App>) -> Answer<Response> {
    json(&page(app.catalogue.procedures.iter().collect()))
}

/// One procedure with its checklist.
#[utoipa::path(get, path = "/v1/procedures/{procedure}", operation_id = "procedure", tag = "guide",
    params(("procedure" = ProcedureId, Path, description = "Its slug")),
    responses((status = 200, body = Procedure)))]
pub async fn procedure(State(app): State<App>, Path(id): Path<ProcedureId>) -> Answer<Response> {
    json(app.catalogue.procedure(&id).ok_or(ProblemKind::NotFound)?)
}

/// The task guide.
#[utoipa::path(get, path = "/v1/tasks", operation_id = "tasks", tag = "guide", responses((status = 200, body = Page<Task>)))]
pub async fn tasks(State(app): State<App>) -> Answer<Response> {
    json(&page(app.catalogue.tasks.iter().collect()))
}

/// What the counter goes by: kinds of paper, the rules of "settle now", kinds of change.
#[utoipa::path(get, path = "/v1/rules", operation_id = "rules", tag = "guide", responses((status = 200, body = OfficeRules)))]
pub async fn rules(State(app): State<App>) -> Answer<Response> {
    json(&OfficeRules {
        papers: app.catalogue.papers.clone(),
        settle: app.catalogue.settle_rules.clone(),
        changes: app.catalogue.changes.clone(),
        facts: app.catalogue.facts.iter().cloned().collect(),
    })
}

/// Sites with their counters and opening hours.
#[utoipa::path(get, path = "/v1/sites", operation_id = "sites", tag = "guide", responses((status = 200, body = Page<Site>)))]
pub async fn sites(State(app): State<App>) -> Answer<Response> {
    let sites = store::meta::sites(&mut *app.store.read().await?).await?;
    json(&page(sites))
}
