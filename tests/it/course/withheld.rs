//! A department whose cases a clerk does not see leaves no trace: not in an answer, on the page, in the palette or in what she hears. What a
//! colleague does there is done here, and everything the clerk can ask for must read as it did before.

use futures::StreamExt;
use reqwest::Method;
use serde_json::{Value, json};
use skranke::api::ETag;
use skranke::api::overview::CaseRow;
use skranke::api::paths;
use skranke::client::{Live, events};
use skranke::domain::authority::Role;
use skranke::domain::checklist::ItemAction;
use skranke::domain::{CaseId, ChangeId, CitizenId, CommandId, ContactId, LetterId, NoteId};

use crate::contract::withheld::heard;
use crate::support::town::{Town, now, purpose};
use crate::support::window::{Clerk, english, launch, sit_down};
use crate::support::{PATIENCE, PENSIONER, SHOWCASE};

const MARK: &str = "Et notat fra en kollega";

/// Everything of her that a clerk can ask for, by what it is called.
async fn everything_asked(town: &Town, citizen: CitizenId) -> Vec<(String, Value)> {
    let raw = town.raw(Role::Clerk);
    let income = ChangeId::parse("income").unwrap();
    let mut all = Vec::new();
    for path in [
        paths::citizen(citizen),
        paths::overview(citizen),
        paths::missing(citizen),
        paths::situations(citizen),
        paths::notes(citizen),
        paths::promises(citizen),
        paths::change_touches(citizen, &income),
        format!("{}?citizen={citizen}&limit=100", paths::CONTACTS),
        format!("{}?citizen={citizen}", paths::HANDOVERS),
        format!("{}?citizen={citizen}", paths::APPOINTMENTS),
        format!("{}?citizen={citizen}&limit=200", paths::CASES),
    ] {
        all.push((path.clone(), steady(raw.open(&path).await.fine())));
    }
    let why = json!({ "purpose": purpose() });
    let verification = raw.send(Method::POST, &paths::verification(citizen), &[], &why).await;
    all.push((paths::verification(citizen), steady(verification.fine())));
    all
}

/// An answer without what the clock alone changes.
fn steady(mut answer: Value) -> Value {
    fn walk(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for clock in ["asOf", "tookMs", "lastLooked"] {
                    fields.remove(clock);
                }
                fields.values_mut().for_each(walk);
            }
            Value::Array(items) => items.iter_mut().for_each(walk),
            _ => {}
        }
    }
    walk(&mut answer);
    answer
}

/// A colleague who sees the department's cases works there: judges a paper, asks for papers, registers a contact, begins a case.
async fn works_there(town: &Town, known: &CaseRow, stranger: CitizenId) -> CaseId {
    let raw = town.raw(Role::Caseworker);
    let post = async |path: String, body: Value| {
        let key = CommandId::new().to_string();
        let got = raw.send(Method::POST, &path, &[("idempotency-key", &key)], &body).await;
        assert!((200..300).contains(&got.status), "{path}: {} {}", got.status, got.body);
    };
    let api = town.api(Role::Caseworker);
    let view = api.case(known.id, &purpose()).await.unwrap().value;
    let item = crate::contract::approvable(&view);
    api.change_item(CommandId::new(), known.id, &item.id, &item.etag, &crate::contract::judgement(ItemAction::Approve))
        .await
        .unwrap();
    let contact = json!({
        "id": ContactId::new(), "citizen": known.citizen, "case": known.id, "channel": "counter", "subjects": [known.procedure],
        "outcome": "settled", "forWhom": "own", "verified": "known", "text": "Talte om støtten", "began": now(), "ended": now(),
    });
    post(paths::CONTACTS.to_owned(), contact).await;
    let begun = CaseId::new();
    post(paths::CASES.to_owned(), json!({ "id": begun, "citizen": stranger, "procedure": known.procedure })).await;
    let view = api.case(begun, &purpose()).await.unwrap().value;
    let open: Vec<(_, &ETag)> = view
        .items
        .iter()
        .filter(|item| matches!(item.state, skranke::domain::checklist::ItemState::Missing))
        .map(|item| (item.id.clone(), &item.etag))
        .collect();
    if let Some((item, seen)) = open.first() {
        let letter = json!({
            "id": LetterId::new(), "items": [{ "case": begun, "item": item, "seen": seen }], "language": "da",
            "text": "Vi mangler et papir om støtten.", "channel": "letter", "deadline": "2026-06-23",
        });
        post(paths::letters(stranger), letter).await;
    }
    begun
}

/// Something that the clerk does hear of, after all of it.
async fn marks(town: &Town, citizen: CitizenId) -> NoteId {
    let id = NoteId::new();
    let key = CommandId::new().to_string();
    let note = json!({ "id": id, "kind": "plain", "text": MARK });
    let raw = town.raw(Role::Caseworker);
    let got = raw.send(Method::POST, &paths::notes(citizen), &[("idempotency-key", &key)], &note).await;
    assert_eq!(got.status, 201, "{}", got.body);
    id
}

async fn hidden_case(town: &Town) -> CaseRow {
    let cases = town.showcase_cases(Role::Caseworker).await;
    cases.into_iter().find(|case| case.department.as_str() == "sof").expect("a case that the clerk does not see")
}

/// Words that only the department's case knows.
fn traces(case: &CaseRow) -> Vec<String> {
    let mut all = vec![case.id.to_string(), case.number.clone(), case.title.da.clone(), case.title.en.clone()];
    all.extend(case.responsible.clone());
    all.extend(["Samtale om støtte", "Conversation about support", "Talte om støtten"].map(str::to_owned));
    all
}

#[test]
fn a_withheld_department_leaves_no_trace_in_any_answer() {
    let town = Town::quiet();
    town.run(async {
        let case = hidden_case(&town).await;
        let (known, unknown) = (case.citizen, town.named(PENSIONER).await);
        let before = [everything_asked(&town, known).await, everything_asked(&town, unknown).await];
        for (path, answer) in before.iter().flatten() {
            let said = answer.to_string();
            for trace in traces(&case) {
                assert!(!said.contains(&trace), "{path} tells `{trace}`");
            }
        }
        // A life situation that only the department knows of is not there either.
        let situations = town.api(Role::Caseworker).situations(known, &purpose()).await.unwrap();
        let hers = situations.situations.iter().find(|one| Some(one.id) == case.situation).expect("its situation");
        let clerks = town.api(Role::Clerk).situations(known, &purpose()).await.unwrap();
        assert!(clerks.situations.iter().all(|one| one.id != hers.id));

        let begun = works_there(&town, &case, unknown).await;
        let after = [everything_asked(&town, known).await, everything_asked(&town, unknown).await];
        for (was, is) in before.iter().flatten().zip(after.iter().flatten()) {
            assert_eq!(was, is);
        }
        // The colleague sees what she did.
        let seen = town.cases_of(unknown, Role::Caseworker).await;
        assert!(seen.iter().any(|one| one.id == begun));
    });
}

#[test]
fn a_withheld_department_leaves_no_trace_in_what_is_heard() {
    let town = Town::quiet();
    town.run(async {
        let case = hidden_case(&town).await;
        let unknown = town.named(PENSIONER).await;
        let mut hers = Box::pin(events(town.api(Role::Clerk)));
        let mut theirs = Box::pin(events(town.api(Role::Caseworker)));
        assert_eq!(hers.next().await, Some(Live::Connected));
        assert_eq!(theirs.next().await, Some(Live::Connected));
        works_there(&town, &case, unknown).await;
        let last = paths::note(case.citizen, marks(&town, case.citizen).await);
        let (known, hidden) = (heard(hers, &last).await, heard(theirs, &last).await);
        assert_eq!(known, [last]);
        assert!(hidden.len() > 3, "the colleague hears of each: {hidden:?}");
    });
}

/// What can be read of the department on the page in front.
fn said_of_it<P: iced::Program<State = skranke::ui::App> + 'static>(clerk: &mut Clerk<P>) -> Vec<String> {
    let mut all: Vec<String> = clerk.driver.seen().into_iter().map(|seen| seen.text).collect();
    all.retain(|text| text.contains("SOF"));
    all.sort();
    all.dedup();
    all
}

#[test]
fn a_withheld_department_leaves_no_trace_on_the_page_or_in_the_palette() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let case = town.run(hidden_case(&town));
    let traces = traces(&case);
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    // Tall, so that the whole page is in sight.
    ida.driver.resize(iced::Size::new(1440.0, 2000.0));
    ida.open_citizen(PENSIONER).read_word("source-no-access");
    let of_him = said_of_it(&mut ida);
    assert!(!of_him.is_empty());
    ida.press(&["F6"]).open_citizen(SHOWCASE).read_word("source-no-access");
    let _ = ida.driver.settle(std::time::Duration::from_millis(200), PATIENCE);
    assert_eq!(said_of_it(&mut ida), of_him, "the same is said of who is known there and who is not");
    let before = ida.everything();
    for trace in &traces {
        assert!(!before.contains(trace), "the page tells `{trace}`:\n{before}");
    }

    // What a colleague does there moves nothing on the screen, up to something that the clerk may hear of.
    let stranger = town.run(town.named(PENSIONER));
    town.run(works_there(&town, &case, stranger));
    town.run(marks(&town, case.citizen));
    ida.read(MARK);
    let _ = ida.driver.settle(std::time::Duration::from_millis(200), PATIENCE);
    let after = ida.everything();
    for trace in &traces {
        assert!(!after.contains(trace), "the page tells `{trace}`:\n{after}");
    }
    let page = ida.desk().citizen().unwrap();
    assert!(page.rows().all(|row| row.case.department.as_str() != "sof"));
    assert_eq!(said_of_it(&mut ida), of_him);

    // Its number finds nobody, its name nothing.
    for typed in [case.number.as_str(), &format!("#{}", case.number), &case.title.en.to_lowercase()] {
        ida.press(&["Ctrl+K"]).type_text(typed);
        ida.until("the search is over", |desk| desk.finder.as_ref().is_some_and(|finder| !finder.is_waiting()));
        let finder = ida.desk().finder.as_ref().unwrap();
        assert!(finder.hits().is_empty(), "{typed} finds {:?}", finder.hits());
        ida.press(&["Escape"]);
    }
}
