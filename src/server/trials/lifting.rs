//! A revised procedure: a running case keeps its version, and goes over to the newer one when somebody says so.

use skranke_domain::checklist::Due;
use skranke_domain::{ItemId, Localized};

use super::casework::{change, item, opened, reopened, told};
use super::*;

const PROCEDURE: &str = "cpr-eu-employee";

/// The catalogue with a revised procedure: one paper more, one less, one that reads otherwise.
fn revised() -> Arc<Catalogue> {
    let mut catalogue = (**CATALOGUE).clone();
    let procedure = catalogue.procedures.iter_mut().find(|p| p.id.as_str() == PROCEDURE).unwrap();
    procedure.version += 1;
    let of = |list: &[skranke_domain::procedure::ItemTemplate], id: &str| {
        list.iter().position(|item| item.id.as_str() == id).unwrap()
    };
    procedure.items.remove(of(&procedure.items, "doctor-choice"));
    let address = of(&procedure.items, "proof-of-address");
    procedure.items[address].label = Localized::new("Lejekontrakt", "Rental contract");
    procedure.items[address].due = Due::AtVisit;
    let mut new = procedure.items[address].clone();
    new.id = ItemId::parse("stay-declaration").unwrap();
    new.label = Localized::new("Erklæring om opholdets længde", "Declaration of the length of stay");
    new.when = "stay.ground == eu_worker".to_owned();
    procedure.items.insert(1, new.clone());
    new.id = ItemId::parse("school-declaration").unwrap();
    new.when = "document.language_ok".to_owned();
    procedure.items.push(new);
    Arc::new(catalogue)
}

/// The same municipality under the revised catalogue.
async fn reopen(office: Office, folder: &std::path::Path) -> Office {
    let tokens = office.tokens.clone();
    office.service.close().await;
    let place = Database::File(folder.join("training.db"));
    let service = open(Config { catalogue: revised(), ..config(place, tokens.clone()) }).await.unwrap();
    Office::of(service, tokens)
}

async fn lift(office: &Office, id: &Value) -> Value {
    office.look(&format!("/v1/cases/{}/lift", id.as_str().unwrap())).send().await.json()
}

#[tokio::test]
async fn a_running_case_keeps_its_version_and_is_lifted_with_a_shown_difference() {
    let folder = tempfile::tempdir().unwrap();
    let place = Database::File(folder.path().join("training.db"));
    let office = Office::open_with(|config| Config { database: place, ..config }).await;
    let before = opened(&office, PROCEDURE).await;
    let id = before["row"]["id"].clone();
    let from = before["procedureVersion"].as_u64().unwrap();
    assert_eq!(lift(&office, &id).await, json!({ "from": from, "to": from, "differences": [] }));
    let path = format!("/v1/cases/{}/checklist/doctor-choice", id.as_str().unwrap());
    let reject = json!({ "action": "reject", "reason": "Lægen tager ikke flere" });
    let doctor = office.ask(Method::PATCH, &path).key(Uuid::now_v7()).seen(&item(&before, "doctor-choice")["etag"]);
    assert_eq!(doctor.json(&reject).send().await.status, 200);

    let office = reopen(office, folder.path()).await;
    let kept = opened(&office, PROCEDURE).await;
    assert_eq!((&kept["procedureVersion"], &kept["procedureNewest"]), (&json!(from), &json!(from + 1)));
    assert_eq!(kept["items"].as_array().unwrap().len(), before["items"].as_array().unwrap().len());
    assert_eq!(item(&kept, "proof-of-address")["label"], item(&before, "proof-of-address")["label"]);
    let old = office.get(&format!("/v1/procedures/{PROCEDURE}/versions/{from}")).role(Role::Guest).send().await.json();
    assert!(old["items"].as_array().unwrap().iter().any(|i| i["id"] == "doctor-choice"));
    let none = office.get(&format!("/v1/procedures/{PROCEDURE}/versions/99")).send().await;
    assert_eq!(none.kind(), "not-found");

    let shown = lift(&office, &id).await;
    assert_eq!((&shown["from"], &shown["to"]), (&json!(from), &json!(from + 1)));
    let kinds: Vec<(&str, &str)> = shown["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| (d["kind"].as_str().unwrap(), d["label"]["en"].as_str().unwrap()))
        .collect();
    let declaration = "Declaration of the length of stay";
    assert_eq!(kinds[..2], [("added", declaration), ("changed", "Rental contract")], "{kinds:?}");
    assert_eq!((kinds[2], kinds[3].0, kinds.len()), (("added", declaration), "removed", 4));
    assert_eq!(
        (&shown["differences"][0]["applies"], &shown["differences"][2]["applies"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(shown["differences"][1]["parts"], json!(["label", "due"]));
    assert_eq!(shown["differences"][1]["settled"], false);

    let go = json!({ "procedureVersion": from + 1 });
    let lifted = change(&office, Role::Clerk, &kept, "facts", &go).await;
    assert_eq!(lifted.status, 200, "{lifted:?}");
    let lifted = lifted.json();
    assert_eq!(lifted["procedureVersion"], json!(from + 1));
    assert_eq!(
        (&lifted["items"][1]["id"], &lifted["items"][1]["state"]),
        (&json!("stay-declaration"), &json!("missing"))
    );
    let unknown = item(&lifted, "school-declaration");
    assert_eq!((&unknown["state"], unknown["unknownFacts"].as_array().unwrap().len()), (&json!("missing"), 1));
    let address = item(&lifted, "proof-of-address");
    assert_eq!((&address["state"], &address["label"]["en"]), (&json!("received"), &json!("Rental contract")));
    assert_eq!(address["etag"], item(&kept, "proof-of-address")["etag"], "its state is as it was");
    assert!(lifted["items"].as_array().unwrap().iter().all(|i| i["id"] != "doctor-choice"));
    assert_eq!(told(&lifted, "lifted")["reason"], format!("{from} → {}", from + 1));
    let rejected =
        lifted["history"].as_array().unwrap().iter().find(|l| l["reason"] == "Lægen tager ikke flere").unwrap();
    assert_eq!(rejected["item"], item(&before, "doctor-choice")["label"], "what is gone keeps its name in the history");
    assert_eq!(lift(&office, &id).await["differences"], json!([]));
    let again = change(&office, Role::Clerk, &lifted, "facts", &go).await;
    assert_eq!(again.json()["errors"][0]["pointer"], "/procedureVersion");
    assert_eq!(reopened(&office, &id).await["items"], lifted["items"]);
}
