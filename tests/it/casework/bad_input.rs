//! What arrives and will not do: no document, a damaged one, a name with a path, the same reply twice, a reply to a request that was closed.
//! Nothing of it is lost, and nobody's checklist is changed by it.

use reqwest::Method;
use serde_json::{Value, json};
use skranke::api::{ProblemKind, paths};
use skranke::desk::case::pane::{Sight, Unshown};
use skranke::domain::authority::Role;
use skranke::domain::checklist::ItemState;
use skranke::domain::{CaseId, CitizenId, CommandId};

use super::{SISTER, applies, case_of, delivered, delivery, document, item, paper, reply, state_of};
use crate::support::town::Town;
use crate::support::window::{english, launch, sit_down};

const PROCEDURE: &str = "cpr-eu-employee";
const ADDRESS: &str = "proof-of-address";

fn applied(town: &Town) -> (CitizenId, CaseId) {
    let danuta = town.run(town.named(SISTER));
    (danuta, applies(town, danuta, PROCEDURE, &json!({}), |_| Vec::new()))
}

#[test]
fn a_reply_sent_twice_comes_once_and_one_to_a_closed_request_is_kept_with_a_word_about_it() {
    let town = Town::quiet();
    let (danuta, case) = applied(&town);
    let profile = tempfile::tempdir().unwrap();
    let mut mette = sit_down(launch(&town, profile.path(), Role::Caseworker, english()));
    mette.opens(SISTER, PROCEDURE);
    let request = mette.asks_for(ADDRESS);
    let first = reply(danuta, request, vec![paper("../../etc/lejekontrakt.pdf", &[(case, ADDRESS)])]);
    let answer = delivered(&town, &first);
    assert_eq!(delivered(&town, &first), answer, "the same delivery is taken in once");
    mette.item_becomes(&item(ADDRESS), ItemState::Received);
    let came = case_of(&town, case, Role::Caseworker);
    assert_eq!(came.documents.len(), 1);
    let name = &came.documents[0].name;
    assert!(!name.contains('/') && !name.contains(".."), "a name, not a path: {name}");

    // She closes the request; what comes afterwards lies with the case all the same.
    let etag = format!("\"{}\"", json!(came.requests[0].etag).as_str().unwrap());
    let key = CommandId::new().to_string();
    let closed = town.run(async {
        let headers = [("idempotency-key", key.as_str()), ("if-match", etag.as_str())];
        let close = json!({ "step": "close", "reason": "Papiret er her" });
        town.raw(Role::Caseworker).send(Method::PATCH, &paths::letter(danuta, request), &headers, &close).await
    });
    closed.fine();
    let late = delivered(&town, &reply(danuta, request, vec![paper("sent.pdf", &[(case, ADDRESS)])]));
    assert_eq!(late["remarks"], json!(["nothing_awaited"]), "the sender is told");
    assert_eq!(late["documents"].as_array().map(Vec::len), Some(1), "{late}");
    let after = case_of(&town, case, Role::Caseworker);
    assert_eq!((after.documents.len(), state_of(&after, ADDRESS)), (2, ItemState::Received));
    mette.until("it is on the open page", |desk| {
        let view = desk.case().and_then(|page| page.view.value());
        view.is_some_and(|view| view.value.documents.len() == 2)
    });
}

#[test]
fn what_is_no_document_is_refused_by_name_and_a_damaged_one_says_so_in_its_place() {
    let town = Town::quiet();
    let (danuta, case) = applied(&town);
    let profile = tempfile::tempdir().unwrap();
    let mut mette = sit_down(launch(&town, profile.path(), Role::Caseworker, english()));
    mette.opens(SISTER, PROCEDURE);
    let request = mette.asks_for(ADDRESS);
    let what = json!({ "kind": "reply", "request": request, "text": "Her er det." });
    let sent =
        |bytes: &[u8]| -> Value { delivery(danuta, &what, vec![document("kontrakt.pdf", bytes, &[(case, ADDRESS)])]) };
    let key = CommandId::new().to_string();
    let refused = town.run(async {
        let service = town.self_service();
        service.send(Method::POST, paths::INTAKE, &[("idempotency-key", &key)], &sent(b"MZ no document")).await
    });
    refused.refused_field(ProblemKind::Invalid, "/documents/0/content");
    assert_eq!(
        state_of(&case_of(&town, case, Role::Caseworker), ADDRESS),
        ItemState::Requested,
        "nothing was taken in"
    );

    delivered(&town, &sent(b"%PDF-1.7\nand nothing that follows from it\n%%EOF\n"));
    mette.item_becomes(&item(ADDRESS), ItemState::Received).chooses(ADDRESS);
    mette.until("the pane knows", |desk| desk.case().unwrap().pane.sight == Sight::Not(Unshown::Broken));
    mette.read_word("pane-broken");
}
