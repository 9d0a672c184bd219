//! The log: written before the answer leaves, read by the team leader alone, silent about what was typed.

use reqwest::Method;
use serde_json::json;
use skranke::api::audit::{AuditAction, AuditOutcome, AuditRecord};
use skranke::api::citizens::{HiddenField, QueryKind, SearchRequest};
use skranke::api::purpose::PurposeKind;
use skranke::api::{ProblemKind, Purpose, paths};
use skranke::client::{AuditQuery, CaseApi};
use skranke::domain::access::LegalBasis;
use skranke::domain::authority::Role;
use skranke::domain::checklist::ItemAction;
use skranke::domain::{CommandId, SessionId};

use super::{approvable, judgement, open};
use crate::support::town::Town;

async fn log(leader: &CaseApi, query: AuditQuery) -> Vec<AuditRecord> {
    leader.audit(&AuditQuery { limit: Some(200), ..query }, None).await.unwrap().items
}

#[test]
fn searching_opening_and_revealing_stand_in_the_log_with_their_purpose() {
    let town = Town::quiet();
    town.run(async {
        let (clerk, leader) = (town.api(Role::Clerk), town.api(Role::TeamLeader));
        let id = town.showcase().await;
        let me = clerk.me().await.unwrap().id;
        let before = log(&leader, AuditQuery { staff: Some(me), ..AuditQuery::default() }).await.len();
        let why = Purpose {
            basis: Some(LegalBasis::Consent),
            ..Purpose::noted(PurposeKind::Other, Some("værge ringer om flytning".to_owned()))
        };
        let session = SessionId::new();
        for query in ["Wro", "Wrona"] {
            let question = SearchRequest {
                kind: QueryKind::Name,
                query: query.to_owned(),
                purpose: why.clone(),
                session,
                limit: 5,
                born: None,
            };
            clerk.search(&question).await.unwrap();
        }
        clerk.citizen(id, &why).await.unwrap();
        clerk.reveal(id, HiddenField::Cpr, &why).await.unwrap();
        clerk.overview(id, &why).await.unwrap();

        let records = log(&leader, AuditQuery { staff: Some(me), ..AuditQuery::default() }).await;
        let new: Vec<&AuditRecord> = records[..records.len() - before].iter().rev().collect();
        let actions: Vec<AuditAction> = new.iter().map(|record| record.action).collect();
        use AuditAction::{OpenCitizen, ReadOverview, Reveal, Search};
        assert_eq!(actions, [Search, Search, OpenCitizen, Reveal, ReadOverview], "oldest first");
        for record in &new {
            assert_eq!((record.role, record.purpose.as_ref()), (Role::Clerk, Some(&why)));
        }
        assert_eq!((new[0].session, new[1].session), (Some(session), Some(session)));
        assert!(new[2..].iter().all(|record| record.citizen == Some(id)));
        let from_where =
            |record: &&AuditRecord| record.place.as_deref().is_some_and(|place| place.ends_with(", loopback"));
        assert!(new.iter().all(from_where), "from where: {new:?}");
        assert!(new.iter().all(|record| record.staff_name.is_some()), "whose name the leader reads");
        assert_eq!(new[3].note.as_deref(), Some("cpr"));
        let text = format!("{new:?}");
        assert!(!text.contains("Wro"), "what was typed stands nowhere");

        let about = log(&leader, AuditQuery { citizen: Some(id), ..AuditQuery::default() }).await;
        assert!(about.iter().all(|record| record.citizen == Some(id)) && about.len() >= 3);
    });
}

#[test]
fn a_change_and_its_record_are_made_together() {
    let town = Town::quiet();
    town.run(async {
        let (clerk, leader) = (town.api(Role::Clerk), town.api(Role::TeamLeader));
        let case = town.registration().await;
        let view = open(&clerk, case).await.value;
        let (item, command) = (approvable(&view), CommandId::new());
        clerk.change_item(command, case, &item.id, &item.etag, &judgement(ItemAction::Approve)).await.unwrap();
        let records = log(&leader, AuditQuery { citizen: Some(view.row.citizen), ..AuditQuery::default() }).await;
        let mine: Vec<_> = records.iter().filter(|record| record.command == Some(command)).collect();
        assert_eq!(mine.len(), 1);
        assert_eq!((mine[0].action, mine[0].case), (AuditAction::ChangeItem, Some(case)));
        let checked = town.service.verify_audit().await.unwrap();
        assert!(checked as usize >= records.len(), "the whole log fits its chain");
    });
}

#[test]
fn the_log_is_the_team_leaders_and_who_asks_without_right_stands_in_it() {
    let town = Town::quiet();
    town.run(async {
        let id = town.showcase().await;
        for role in [Role::Host, Role::Clerk, Role::Caseworker, Role::Guest] {
            town.raw(role).get(paths::AUDIT).await.refused(ProblemKind::Forbidden);
        }
        town.raw(Role::Guest).open(&paths::citizen(id)).await.refused(ProblemKind::Forbidden);
        let body = json!({ "field": "cpr", "purpose": { "kind": "ticket" } });
        town.raw(Role::Guest).send(Method::POST, &paths::reveal(id), &[], &body).await.refused(ProblemKind::Forbidden);
        let leader = town.api(Role::TeamLeader);
        let guest = town.api(Role::Guest).me().await.unwrap().id;
        let records = log(&leader, AuditQuery { staff: Some(guest), ..AuditQuery::default() }).await;
        let actions: Vec<_> = records.iter().map(|record| (record.action, record.outcome)).collect();
        let refused = AuditOutcome::Refused;
        let expected =
            [(AuditAction::Reveal, refused), (AuditAction::OpenCitizen, refused), (AuditAction::ReadAudit, refused)];
        assert_eq!(actions, expected, "newest first");
        // Reading the log is logged too.
        let own = leader.me().await.unwrap().id;
        let read = log(&leader, AuditQuery { staff: Some(own), ..AuditQuery::default() }).await;
        assert!(read.iter().any(|record| record.action == AuditAction::ReadAudit));
    });
}

#[test]
fn a_refusal_that_found_nobody_tells_the_log_nothing_about_a_citizen() {
    let town = Town::quiet();
    town.run(async {
        let clerk = town.raw(Role::Clerk);
        let id = town.showcase().await;
        let leader = town.api(Role::TeamLeader);
        let about = AuditQuery { citizen: Some(id), ..AuditQuery::default() };
        let before = log(&leader, about.clone()).await.len();
        clerk.get(&paths::citizen(id)).await.refused(ProblemKind::PurposeRequired);
        let opened = log(&leader, about).await;
        let by_clerk = opened.iter().filter(|record| record.role == Role::Clerk).count();
        assert_eq!(by_clerk, 0, "what was refused was not opened");
        assert!(opened.len() >= before);
    });
}
