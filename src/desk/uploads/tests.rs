//! Papers as the clerk meets them: the page follows the item, uploads wait for their turn, scans are taken once.

use std::time::SystemTime;

use jiff::tz::TimeZone;
use serde_json::{Value, json};
use skranke_api::ETag;
use skranke_api::purpose::PurposeKind;
use skranke_client::ClientError;
use skranke_client::http::Tagged;
use skranke_domain::authority::Role;

use super::*;
use crate::Input;
use crate::ask::Reply;
use crate::case::CaseInput;
use crate::case::pane::{PageDrawn, PaneInput, Sight, Unshown};
use crate::citizen::Step;
use crate::effect::Room;
use crate::settings::Settings;

fn now() -> Timestamp {
    "2026-06-09T08:06:00Z".parse().unwrap()
}

fn item(id: &str, state: &str) -> Value {
    json!({
        "id": id, "label": { "da": id, "en": id }, "evidence": null, "citizenText": null, "state": state,
        "due": "before_visit", "suppliedBy": "citizen", "reason": null, "changedBy": null, "changedAt": null,
        "because": null, "becauseFacts": [], "unknownFacts": [], "becauseSaid": [], "group": "other", "paper": null,
        "provenance": { "source": [], "year": null, "certainty": "high", "note": null }, "etag": "v3"
    })
}

fn document(case: CaseId, item: Option<&str>, replaces: Option<DocumentId>) -> Value {
    json!({
        "id": DocumentId::new(), "citizen": CitizenId::new(), "name": "contract.pdf", "kind": "pdf", "bytes": 1000,
        "received": 1000, "sha256": "0".repeat(64), "state": "complete", "source": "upload", "openness": "file",
        "uses": [{ "case": case, "item": item }], "version": if replaces.is_some() { 2 } else { 1 }, "replaces": replaces,
        "at": "2026-06-01T08:00:00Z", "by": "Nina Krogh", "checks": [], "etag": "v1"
    })
}

fn id_of(document: &Value) -> DocumentId {
    serde_json::from_value(document["id"].clone()).unwrap()
}

fn view(case: CaseId, items: &[Value], documents: &[Value]) -> Tagged<skranke_api::cases::CaseView> {
    let row = json!({
        "id": case, "number": "KFF-2026-100001", "citizen": CitizenId::new(), "procedure": "cpr-eu-employee",
        "title": { "da": "CPR-nummer", "en": "CPR number" }, "department": "kff", "situation": null,
        "phase": "received", "column": "awaiting_citizen", "nextStep": "citizen_sends_papers", "responsible": null,
        "deadline": null, "missing": [], "attendance": null, "etag": "v1", "changed": "2026-06-01T08:00:00Z", "changedBy": null,
        "readiness": { "applicable": 2, "settled": 0, "open_before_visit": 2, "open_at_visit": 0, "awaiting_citizen": 1, "to_check": 1 }
    });
    let view = json!({
        "row": row, "citizenName": "Kalina Testrup Wrona", "situation": null, "situationKind": null,
        "procedureVersion": 1, "procedureNewest": 1, "level": "rule_based", "rule": null, "versions": versions(),
        "attendanceMinutes": 20, "received": "2026-05-26T08:00:00Z", "facts": {}, "items": items, "history": [],
        "may": { "judgeItems": true, "book": true, "work": true, "steer": true, "decide": true, "approve": true },
        "responsibleId": null, "collaborators": [], "suspension": null, "related": [], "decision": null, "requests": [],
        "documents": documents, "asks": [], "notes": [], "others": [], "onBehalf": null, "language": "en",
        "exemptFromDigitalPost": false
    });
    Tagged { value: serde_json::from_value(view).unwrap(), etag: ETag::of_version(1) }
}

fn versions() -> Value {
    json!({ "responsible": "v1", "course": "v1", "facts": "v1" })
}

fn desk() -> Desk {
    Desk::new(Role::Caseworker, Settings::default(), TimeZone::UTC)
}

fn tell(desk: &mut Desk, ticket: Ticket, view: Tagged<skranke_api::cases::CaseView>) -> Vec<Effect> {
    desk.update(Input::Reply(ticket, Reply::Case(Box::new(Ok(view)))), now())
}

fn case_question(effects: &[Effect]) -> Ticket {
    let question = effects.iter().find_map(|effect| match effect {
        Effect::Ask(ticket, crate::Question::Case(..)) => Some(*ticket),
        _ => None,
    });
    question.expect("the case is asked for")
}

fn with(items: &[Value], documents: impl Fn(CaseId) -> Vec<Value>) -> (Desk, CaseId, Vec<Effect>, Vec<DocumentId>) {
    let mut desk = desk();
    let case = CaseId::new();
    let asked = desk.update(Input::OpenCase(case, Purpose::plain(PurposeKind::Case)), now());
    let documents = documents(case);
    let effects = tell(&mut desk, case_question(&asked), view(case, items, &documents));
    (desk, case, effects, documents.iter().map(id_of).collect())
}

fn papers(effects: &[Effect]) -> Vec<&PaperEffect> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Paper(paper) => Some(paper),
            _ => None,
        })
        .collect()
}

fn drawing(effects: &[Effect]) -> Option<(Ticket, PageKey)> {
    papers(effects).into_iter().find_map(|paper| match paper {
        PaperEffect::Draw(ticket, _, key) => Some((*ticket, *key)),
        _ => None,
    })
}

fn pane(desk: &mut Desk, input: PaneInput) -> Vec<Effect> {
    desk.update(Input::Case(CaseInput::Pane(input)), now())
}

fn uploads(desk: &mut Desk, input: UploadsInput) -> Vec<Effect> {
    desk.update(Input::Uploads(input), now())
}

fn orders(effects: &[Effect]) -> Vec<UploadOrder> {
    papers(effects)
        .into_iter()
        .filter_map(|paper| match paper {
            PaperEffect::Upload(order) => Some((**order).clone()),
            _ => None,
        })
        .collect()
}

const PAGES: PageDrawn = PageDrawn { pages: 2, width: 800, height: 1131 };

#[test]
fn the_page_follows_the_chosen_item_and_a_late_page_of_another_paper_is_dropped() {
    let items = [item("contract", "received"), item("passport", "received"), item("lease", "missing")];
    let (mut desk, _, effects, ids) =
        with(&items, |case| vec![document(case, Some("contract"), None), document(case, Some("passport"), None)]);
    let (ticket, first) = drawing(&effects).unwrap();
    assert_eq!(first.document, ids[0]);
    let (_, second) =
        drawing(&desk.update(Input::Case(CaseInput::Select(ItemId::parse("passport").unwrap())), now())).unwrap();
    assert_eq!(second.document, ids[1]);
    desk.update(Input::Reply(ticket, Reply::Page(first, Ok(PAGES))), now());
    assert_eq!(desk.case().unwrap().pane.sight, Sight::Waiting);
    desk.update(Input::Reply(ticket, Reply::Page(second, Err(Unshown::Encrypted))), now());
    assert_eq!(desk.case().unwrap().pane.sight, Sight::Not(Unshown::Encrypted));
    let effects = desk.update(Input::Case(CaseInput::Select(ItemId::parse("lease").unwrap())), now());
    assert!(drawing(&effects).is_none() && desk.case().unwrap().paper().is_none());
}

#[test]
fn pages_zoom_and_turn_stay_within_their_bounds_and_each_is_drawn_once() {
    let (mut desk, _, effects, _) =
        with(&[item("contract", "received")], |case| vec![document(case, Some("contract"), None)]);
    let (ticket, key) = drawing(&effects).unwrap();
    desk.update(Input::Reply(ticket, Reply::Page(key, Ok(PAGES))), now());
    let (_, next) = drawing(&pane(&mut desk, PaneInput::Page(Step::Next))).unwrap();
    assert_eq!((next.page, next.zoom, next.turned), (1, 100, 0));
    assert!(drawing(&pane(&mut desk, PaneInput::Page(Step::Next))).is_none(), "there are two");
    for _ in 0..10 {
        pane(&mut desk, PaneInput::Zoom(Step::Next));
    }
    assert_eq!(desk.case().unwrap().pane.key().unwrap().zoom, 400);
    for _ in 0..4 {
        assert!(drawing(&pane(&mut desk, PaneInput::Turn)).is_some());
    }
    assert_eq!(desk.case().unwrap().pane.turned, 0);
    assert!(drawing(&pane(&mut desk, PaneInput::Versions)).is_none());
    assert!(drawing(&pane(&mut desk, PaneInput::Again)).is_some());
}

#[test]
fn a_newer_version_takes_the_place_of_the_older_which_can_still_be_looked_at() {
    let (mut desk, case, _, ids) =
        with(&[item("contract", "rejected")], |case| vec![document(case, Some("contract"), None)]);
    let older = document(case, Some("contract"), None);
    let mut older = older;
    older["id"] = json!(ids[0]);
    let newer = document(case, Some("contract"), Some(ids[0]));
    let asked = desk.update(Input::Case(CaseInput::AskAgain), now());
    let effects =
        tell(&mut desk, case_question(&asked), view(case, &[item("contract", "received")], &[newer.clone(), older]));
    assert_eq!(drawing(&effects).unwrap().1.document, id_of(&newer));
    let page = desk.case().unwrap();
    assert_eq!(page.papers().len(), 1);
    assert_eq!(page.versions().iter().map(|version| version.id).collect::<Vec<_>>(), [id_of(&newer), ids[0]]);
    assert_eq!(drawing(&pane(&mut desk, PaneInput::Show(ids[0]))).unwrap().1.document, ids[0]);
    // Whatever else happens, what was chosen on purpose stays.
    pane(&mut desk, PaneInput::Turn);
    assert_eq!(desk.case().unwrap().pane.document, Some(ids[0]));
}

#[test]
fn a_typed_path_becomes_an_upload_for_the_chosen_item() {
    let (mut desk, case, ..) = with(&[item("contract", "missing")], |_| Vec::new());
    pane(&mut desk, PaneInput::Bring);
    pane(&mut desk, PaneInput::Take);
    assert!(desk.case().unwrap().pane.bring.as_ref().unwrap().empty, "nothing was typed, and the line says so");
    pane(&mut desk, PaneInput::Typed("\"/scans/a b.pdf\"".into()));
    let order = orders(&pane(&mut desk, PaneInput::Take)).pop().unwrap();
    assert_eq!(order.path, PathBuf::from("/scans/a b.pdf"));
    assert_eq!(order.uses, [DocumentUse { case, item: Some(ItemId::parse("contract").unwrap()) }]);
    assert_eq!((order.source, order.replaces), (DocumentSource::Upload, None));
    assert!(desk.case().unwrap().pane.bring.is_none());
}

#[test]
fn what_is_brought_after_a_rejection_is_a_newer_version_unless_the_clerk_says_no() {
    let (mut desk, _, _, ids) =
        with(&[item("contract", "rejected")], |case| vec![document(case, Some("contract"), None)]);
    let order = orders(&uploads(&mut desk, UploadsInput::Dropped("/scans/new.pdf".into()))).pop().unwrap();
    assert_eq!(order.replaces, Some(ids[0]));
    pane(&mut desk, PaneInput::Bring);
    pane(&mut desk, PaneInput::Replaces(false));
    pane(&mut desk, PaneInput::Typed("/scans/other.pdf".into()));
    assert_eq!(orders(&pane(&mut desk, PaneInput::Take)).pop().unwrap().replaces, None);
}

#[test]
fn a_file_that_is_dropped_where_no_case_is_open_goes_nowhere() {
    let mut desk = desk();
    assert!(uploads(&mut desk, UploadsInput::Dropped("/scans/a.pdf".into())).is_empty());
    assert!(desk.uploads.list.is_empty());
}

#[test]
fn two_are_sent_at_a_time_and_the_case_is_asked_for_when_one_is_here() {
    let (mut desk, case, ..) = with(&[item("contract", "missing")], |_| Vec::new());
    let target = desk.case().unwrap().target().unwrap();
    let paths = ["/a.pdf", "/b.pdf", "/c.pdf"].map(PathBuf::from).to_vec();
    let started = orders(&uploads(&mut desk, UploadsInput::Bring(target, paths)));
    assert_eq!(started.len(), AT_ONCE);
    let first = started[0].id;
    uploads(&mut desk, UploadsInput::Progress(first, Progress::Sending { sent: 250, bytes: 1000 }));
    assert_eq!(desk.uploads.list[0].share(), Some(0.25));
    let done: skranke_api::documents::DocumentView =
        serde_json::from_value(document(case, Some("contract"), None)).unwrap();
    let effects = uploads(&mut desk, UploadsInput::Progress(first, Progress::Done(Box::new(done))));
    case_question(&effects);
    assert_eq!(orders(&effects).len(), 1, "the third goes now");
    let second = started[1].id;
    let effects = uploads(&mut desk, UploadsInput::Cancel(second));
    assert!(papers(&effects).iter().any(|paper| matches!(paper, PaperEffect::Cancel(id) if *id == second)));
    assert_eq!(desk.uploads.of_case(case).count(), 1);
}

#[test]
fn after_a_broken_line_the_same_document_goes_on_and_after_a_changed_file_another_begins() {
    let (mut desk, ..) = with(&[item("contract", "missing")], |_| Vec::new());
    let target = desk.case().unwrap().target().unwrap();
    let order = orders(&uploads(&mut desk, UploadsInput::Bring(target, vec!["/a.pdf".into()]))).pop().unwrap();
    let fail = |desk: &mut Desk, id, error| uploads(desk, UploadsInput::Progress(id, Progress::Failed(error)));
    fail(&mut desk, order.id, UploadError::Client(ClientError::TimedOut));
    let again = orders(&uploads(&mut desk, UploadsInput::Retry(order.id))).pop().unwrap();
    assert_eq!((again.id, again.command), (order.id, order.command));
    fail(&mut desk, order.id, UploadError::File(FileError::Changed));
    let anew = orders(&uploads(&mut desk, UploadsInput::Retry(order.id))).pop().unwrap();
    assert!(anew.id != order.id && anew.command != order.command);
    // News of the one that ended are nobody's.
    fail(&mut desk, order.id, UploadError::Damaged);
    assert_eq!(desk.uploads.list[0].state, UploadState::Checking);
    fail(&mut desk, anew.id, UploadError::File(FileError::NotTaken));
    uploads(&mut desk, UploadsInput::Dismiss(anew.id));
    assert!(desk.uploads.list.is_empty());
}

#[test]
fn a_scan_is_taken_once_and_put_aside_when_it_is_here() {
    let (mut desk, case, ..) = with(&[item("contract", "missing")], |_| Vec::new());
    let scan = |name: &str| Scan { path: PathBuf::from(name), bytes: 10, at: SystemTime::UNIX_EPOCH };
    uploads(&mut desk, UploadsInput::Scans(ScanNews::Waiting(vec![scan("/s/new.pdf"), scan("/s/old.pdf")])));
    let order = orders(&uploads(&mut desk, UploadsInput::TakeScan)).pop().unwrap();
    assert_eq!((order.path.to_str(), order.source), (Some("/s/new.pdf"), DocumentSource::Scanner));
    assert_eq!(desk.uploads.waiting_scans().count(), 1, "what is on its way waits no more");
    let done: skranke_api::documents::DocumentView =
        serde_json::from_value(document(case, Some("contract"), None)).unwrap();
    let effects = uploads(&mut desk, UploadsInput::Progress(order.id, Progress::Done(Box::new(done))));
    assert!(papers(&effects).iter().any(|paper| matches!(paper, PaperEffect::PutAside(path) if *path == order.path)));
}

#[test]
fn the_scanners_folder_is_watched_from_the_start_and_when_it_changes() {
    let mut desk = desk();
    let watched = |effects: &[Effect]| {
        papers(effects).into_iter().find_map(|paper| match paper {
            PaperEffect::Watch(folder) => Some(folder.clone()),
            _ => None,
        })
    };
    assert_eq!(watched(&desk.update(Input::Begin, now())), Some(None));
    let settings = Settings { scanner_folder: Some("/scans".into()), ..desk.settings.clone() };
    assert_eq!(watched(&desk.update(Input::Settings(settings.clone()), now())), Some(Some("/scans".into())));
    assert_eq!(watched(&desk.update(Input::Settings(settings), now())), None);
}

#[test]
fn a_page_belongs_to_the_stand_that_asked() {
    let (mut desk, _, effects, _) =
        with(&[item("contract", "received")], |case| vec![document(case, Some("contract"), None)]);
    let (ticket, key) = drawing(&effects).unwrap();
    assert_eq!(ticket.room, Room::Case(StandId::A));
    desk.update(Input::Stand(StandId::B), now());
    desk.update(Input::Reply(ticket, Reply::Page(key, Ok(PAGES))), now());
    let page = desk.stands.get(StandId::A).case.as_ref().unwrap();
    assert_eq!(page.pane.sight, Sight::Shown(PAGES));
}
