//! What a clerk can still read when the line is broken, what a thief of the disk cannot, and what the log hears afterwards.

use std::sync::atomic::{AtomicBool, Ordering};

use futures::StreamExt;
use serde_json::json;
use skranke_api::citizens::QueryKind;
use skranke_api::overview::{Answer as Said, OverviewLine};
use skranke_api::paths;
use skranke_api::purpose::PurposeKind;
use skranke_domain::CaseId;

use super::*;
use crate::error::ClientError;
use crate::http::CaseApi;
use crate::testing::{Loopback, Reply};

const NAME: &str = "Bertholdine";
const SURNAME: &str = "Kvistgaard-Prøve";
const CPR: &str = "721190";

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + 60 * minute).unwrap()
}

/// A clock that a test sets.
#[derive(Clone)]
struct Hands(Arc<Mutex<Timestamp>>);

impl Hands {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(at(0))))
    }

    fn set(&self, minute: i64) {
        *self.0.lock().unwrap() = at(minute);
    }

    fn clock(&self) -> ReplicaClock {
        let hands = self.clone();
        Arc::new(move || *hands.0.lock().unwrap())
    }
}

struct Profile {
    folder: tempfile::TempDir,
    hands: Hands,
}

impl Profile {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), hands: Hands::new() }
    }

    fn keys(&self) -> KeyPlace {
        KeyPlace::TrainingFile(self.folder.path().join("training.key"))
    }

    fn open(&self, person: StaffId) -> Replica {
        self.opened(person, Bounds::default()).replica
    }

    fn opened(&self, person: StaffId, bounds: Bounds) -> OpenedReplica {
        let files = self.folder.path().join("server");
        Replica::open_within(bounds, (&files, &self.keys()), person, self.hands.clock()).unwrap()
    }

    fn file(&self, index: usize) -> PathBuf {
        slot::path(&self.folder.path().join("server"), index)
    }
}

fn citizen(id: CitizenId, given: &str, protected: bool) -> serde_json::Value {
    json!({
        "id": id, "givenName": given, "surname": SURNAME, "cprMasked": format!("{CPR}-••••"), "cprReplacement": false,
        "born": "1990-11-12", "age": 35, "status": "resident", "current": null, "civilStatus": "unmarried",
        "address": if protected { json!({ "view": "protected" }) } else {
            json!({ "view": "shown", "street": "Tanglænken 4, 2. tv", "postcode": "2400", "district": "Prøvested" })
        },
        "municipality": "Prøvekøbing", "protections": [], "languages": ["pl"], "interpreter": null, "relations": [],
        "representations": [], "groundOfStay": "eu_worker", "adviser": null, "digitalAbility": "routine",
        "exemptFromDigitalPost": false, "phone": "11223344", "email": null, "lastLooked": null, "duplicates": []
    })
}

fn opened(id: CitizenId) -> Asked {
    Asked::of(&paths::citizen(id), &[]).unwrap()
}

fn see(replica: &Replica, id: CitizenId, given: &str) {
    replica.keep(opened(id), None, citizen(id, given, false).to_string().into_bytes());
}

fn ticket() -> Purpose {
    Purpose::noted(PurposeKind::Ticket, Some("K 042".into()))
}

fn sees(replica: &Replica, id: CitizenId) -> bool {
    replica.recall(&opened(id), Some(&ticket())).is_ok()
}

fn looks(replica: &Replica) -> Vec<OfflineLook> {
    replica
        .shared()
        .spool()
        .batch()
        .map(|(_, all)| all.into_iter().map(|(_, one)| one.look).collect())
        .unwrap_or_default()
}

/// A server of two citizens that can stop answering, and one log.
struct Town {
    server: Loopback,
    down: Arc<AtomicBool>,
    id: CitizenId,
    hidden: CitizenId,
}

impl Town {
    async fn start() -> Self {
        let (id, hidden) = (CitizenId::new(), CitizenId::new());
        let down = Arc::new(AtomicBool::new(false));
        let is_down = Arc::clone(&down);
        let server = Loopback::start(move |_, request| {
            if is_down.load(Ordering::SeqCst) {
                return Reply::Close;
            }
            let path = request.target.split('?').next().unwrap_or_default();
            if path == paths::citizen(id) {
                Reply::json(200, &citizen(id, NAME, false)).with("etag", "\"v7\"")
            } else if path == paths::citizen(hidden) {
                Reply::json(200, &citizen(hidden, "Skjult", true))
            } else if path == paths::overview(id) {
                let lines = [
                    json!({ "line": "departments", "citizen": id, "departments": ["kff", "suf"] }),
                    json!({ "line": "section", "department": "kff", "outcome": "answered", "cases": [], "situations": [],
                        "papers": [], "benefits": [], "asOf": null, "tookMs": 3 }),
                    json!({ "line": "section", "department": "suf", "outcome": "withheld", "asOf": null, "tookMs": 1 }),
                    json!({ "line": "end" }),
                ];
                let parts = lines.iter().map(|line| format!("{line}\n").into_bytes()).collect();
                Reply::Parts { media: "application/x-ndjson", parts, then: crate::testing::Then::End }
            } else if path == paths::OFFLINE_LOOKS {
                Reply::json(200, &json!({}))
            } else {
                Reply::problem(ProblemKind::NotFound)
            }
        })
        .await;
        Self { server, down, id, hidden }
    }

    fn cut(&self) {
        self.down.store(true, Ordering::SeqCst);
    }

    fn mend(&self) {
        self.down.store(false, Ordering::SeqCst);
    }

    fn api(&self, replica: &Replica) -> CaseApi {
        let api = self.server.api();
        api.keep_in(replica.clone());
        api
    }
}

#[tokio::test]
async fn who_was_opened_stays_readable_with_her_age_when_the_line_breaks() {
    let (town, profile) = (Town::start().await, Profile::new());
    let replica = profile.open(StaffId::new());
    let api = town.api(&replica);
    api.citizen(town.id, &ticket()).await.unwrap();
    profile.hands.set(20);
    town.cut();
    let (asking, recall) = api.remembering();
    let view = asking.citizen(town.id, &ticket()).await.unwrap();
    assert_eq!(view.given_name, NAME);
    let kept = recall.kept().expect("she is told that this is old");
    assert_eq!(kept.as_of, at(0));
    assert!(kept.why.is_line_down());
    // Whoever does not say that old will do gets none.
    assert!(api.citizen(town.id, &ticket()).await.unwrap_err().is_line_down());
    // Who was never opened here cannot be read.
    let (asking, _) = api.remembering();
    assert!(asking.citizen(CitizenId::new(), &ticket()).await.unwrap_err().is_line_down());
    town.mend();
    api.try_now();
    let (asking, recall) = api.remembering();
    asking.citizen(town.id, &ticket()).await.unwrap();
    assert!(recall.kept().is_none(), "with a line it is new again");
}

#[tokio::test]
async fn every_department_that_answered_then_is_old_now_and_the_withheld_stays_withheld() {
    let (town, profile) = (Town::start().await, Profile::new());
    let replica = profile.open(StaffId::new());
    let api = town.api(&replica);
    let lines = api.overview_stream(town.id, &ticket()).await.unwrap().collect::<Vec<_>>().await;
    assert_eq!(lines.len(), 4);
    profile.hands.set(9);
    town.cut();
    let (asking, recall) = api.remembering();
    let lines: Vec<_> = asking.overview_stream(town.id, &ticket()).await.unwrap().map(Result::unwrap).collect().await;
    assert_eq!(recall.kept().map(|kept| kept.as_of), Some(at(0)));
    let [_, OverviewLine::Section(kff), OverviewLine::Section(suf), OverviewLine::End] = lines.as_slice() else {
        panic!("{lines:?}")
    };
    assert!(matches!(kff.answer, Said::Stale { .. }));
    assert_eq!(kff.as_of, Some(at(0)));
    assert_eq!(suf.answer, Said::Withheld);
    let (asking, _) = api.remembering();
    let one = asking.overview_of(town.id, &ticket(), Some(&"kff".parse().unwrap())).await.unwrap();
    assert_eq!(one.collect::<Vec<_>>().await.len(), 3);
}

#[tokio::test]
async fn who_is_protected_takes_a_reason_without_a_line_too() {
    let (town, profile) = (Town::start().await, Profile::new());
    let replica = profile.open(StaffId::new());
    let api = town.api(&replica);
    api.citizen(town.hidden, &ticket()).await.unwrap();
    town.cut();
    let (asking, _) = api.remembering();
    let refused = asking.citizen(town.hidden, &Purpose::plain(PurposeKind::Call)).await.unwrap_err();
    assert_eq!(refused.kind(), Some(ProblemKind::NeedToKnow));
    assert!(refused.problem().unwrap().need.unwrap().protected);
    assert_eq!(replica.untold(), 0, "nothing was shown");
    let (asking, _) = api.remembering();
    assert!(asking.citizen(town.hidden, &ticket()).await.is_ok());
    assert_eq!(replica.untold(), 1);
}

#[tokio::test]
async fn what_was_looked_at_offline_reaches_the_log_once_with_its_reason() {
    let (town, profile) = (Town::start().await, Profile::new());
    let person = StaffId::new();
    let replica = profile.open(person);
    let api = town.api(&replica);
    api.citizen(town.id, &ticket()).await.unwrap();
    town.cut();
    for minute in [3, 4] {
        profile.hands.set(minute);
        api.remembering().0.citizen(town.id, &ticket()).await.unwrap();
    }
    assert!(api.tell_looks().await.unwrap_err().is_line_down());
    // The window ends; the next one tells, with the command that may have arrived already.
    drop((replica, api));
    let replica = profile.open(person);
    let api = town.api(&replica);
    assert_eq!(replica.untold(), 2);
    town.mend();
    api.tell_looks().await.unwrap();
    assert_eq!(replica.untold(), 0);
    let told: Vec<_> = town.server.seen().into_iter().filter(|one| one.target == paths::OFFLINE_LOOKS).collect();
    assert_eq!(told.len(), 2);
    assert_eq!(told[0].header("idempotency-key"), told[1].header("idempotency-key"));
    assert_eq!(told[0].body, told[1].body);
    let said: OfflineLooks = serde_json::from_str(&told[1].body).unwrap();
    let expected = |minute| OfflineLook {
        at: at(minute),
        action: AuditAction::OpenCitizen,
        citizen: Some(town.id),
        case: None,
        purpose: Some(ticket()),
    };
    assert_eq!(said.looks, [expected(3), expected(4)]);
    api.tell_looks().await.unwrap();
    assert_eq!(town.server.seen().iter().filter(|one| one.target == paths::OFFLINE_LOOKS).count(), 2);
}

#[tokio::test]
async fn a_look_that_cannot_be_written_down_shows_nothing() {
    let (town, profile) = (Town::start().await, Profile::new());
    let replica = profile.open(StaffId::new());
    let api = town.api(&replica);
    api.citizen(town.id, &ticket()).await.unwrap();
    replica.flush();
    let body = citizen(town.id, NAME, false).to_string().into_bytes();
    // The disk takes nothing more, while what came last is still in memory.
    replica.shared().lock().closing = true;
    replica.shared().wake.notify_all();
    replica.handle.writer.lock().unwrap().take().unwrap().join().unwrap();
    let asked = opened(town.id);
    let bytes = u64::try_from(body.len()).unwrap();
    let line =
        Line { person: replica.person(), action: asked.action, citizen: asked.citizen, at: at(0), used: at(0), bytes };
    let fresh = Arc::new(Fresh { line, answer: Answer { etag: None, body } });
    replica.shared().lock().fresh.insert(asked.identity, fresh);
    *replica.shared().store.write().unwrap() = None;
    town.cut();
    let refused = api.remembering().0.citizen(town.id, &ticket()).await.unwrap_err();
    assert!(matches!(refused, ClientError::Request { .. }), "{refused:?}");
}

#[tokio::test]
async fn without_a_line_only_who_was_opened_here_is_found_and_the_search_is_logged_once() {
    let (town, profile) = (Town::start().await, Profile::new());
    let (mine, hers) = (StaffId::new(), StaffId::new());
    let other = CitizenId::new();
    let replica = profile.open(hers);
    see(&replica, other, NAME);
    drop(replica);
    let replica = profile.open(mine);
    let api = town.api(&replica);
    api.citizen(town.id, &ticket()).await.unwrap();
    town.cut();
    let session = SessionId::new();
    let search = async |kind, query: &str| {
        let request = SearchRequest { kind, query: query.into(), born: None, purpose: ticket(), session, limit: 8 };
        api.remembering().0.search(&request).await.unwrap().hits
    };
    let hits = search(QueryKind::Name, "berth kvist").await;
    assert_eq!(hits.iter().map(|hit| hit.citizen).collect::<Vec<_>>(), [town.id], "what a colleague saw is not there");
    assert!(search(QueryKind::Name, "wrona").await.is_empty());
    assert!(search(QueryKind::Cpr, &format!("{CPR}0006")).await[0].near, "her last digits are not kept");
    assert_eq!(search(QueryKind::Address, "tanglæ").await.len(), 1);
    assert_eq!(search(QueryKind::Phone, "11 22 33 44").await.len(), 1);
    let logged = looks(&replica);
    assert_eq!(logged.len(), 1);
    assert_eq!((logged[0].action, logged[0].citizen), (AuditAction::Search, None));
}

#[test]
fn a_colleague_on_the_same_machine_sees_nothing_of_it() {
    let profile = Profile::new();
    let id = CitizenId::new();
    let person = StaffId::new();
    let replica = profile.open(person);
    see(&replica, id, NAME);
    assert!(sees(&replica, id), "before it is written too");
    drop(replica);
    let colleague = profile.open(StaffId::new());
    assert!(!sees(&colleague, id));
    assert_eq!((colleague.people(), colleague.untold()), (0, 0));
    drop(colleague);
    let again = profile.open(person);
    assert!(sees(&again, id), "she herself sees it after a restart");
    assert_eq!(again.people(), 1);
    assert_eq!(again.untold(), 2, "her looks waited for her");
}

#[test]
fn the_file_tells_neither_names_nor_numbers_nor_who_was_looked_at() {
    let profile = Profile::new();
    let (id, case, person) = (CitizenId::new(), CaseId::new(), StaffId::new());
    let replica = profile.open(person);
    see(&replica, id, NAME);
    let of_case = Asked::of(&paths::case(case), &[]).unwrap();
    replica.keep(
        of_case.clone(),
        Some(&ETag::of_version(4)),
        json!({ "row": { "citizen": id }, "citizenName": NAME }).to_string().into_bytes(),
    );
    replica.flush();
    let kept = replica.recall(&of_case, Some(&ticket())).unwrap();
    assert_eq!(kept.etag, Some(ETag::of_version(4)));
    let logged = looks(&replica);
    assert_eq!((logged[0].case, logged[0].citizen), (Some(case), Some(id)), "a look at her case is a look at her");
    drop(replica);
    let bytes = std::fs::read(profile.file(0)).unwrap();
    let has = |needle: &[u8]| bytes.windows(needle.len()).any(|part| part == needle);
    let known =
        [NAME, SURNAME, "Kvistgaard", CPR, "Tanglænken", "11223344", "K 042", "/v1/", "open_citizen", "givenName"];
    for known in known.map(str::to_owned).into_iter().chain([id.to_string(), case.to_string(), person.to_string()]) {
        assert!(!has(known.as_bytes()), "the file tells {known}");
    }
    for id in [id.0, case.0, person.0] {
        assert!(!has(id.as_bytes()), "the file tells an identifier");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(profile.file(0)).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn with_another_key_nothing_opens_and_the_file_is_set_aside() {
    let profile = Profile::new();
    let (id, person) = (CitizenId::new(), StaffId::new());
    let replica = profile.open(person);
    see(&replica, id, NAME);
    drop(replica);
    std::fs::write(profile.folder.path().join("training.key"), [7; 32]).unwrap();
    let opened = profile.opened(person, Bounds::default());
    assert_eq!(opened.set_aside.len(), 1);
    assert!(!sees(&opened.replica, id));
}

#[test]
fn a_file_of_nonsense_is_set_aside_and_the_window_goes_on() {
    let profile = Profile::new();
    let (id, person) = (CitizenId::new(), StaffId::new());
    drop(profile.open(person));
    std::fs::write(profile.file(0), b"nothing that a database would say".repeat(400)).unwrap();
    let opened = profile.opened(person, Bounds::default());
    assert_eq!(opened.set_aside.len(), 1);
    see(&opened.replica, id, NAME);
    assert!(sees(&opened.replica, id));
}

#[test]
fn who_was_looked_at_longest_ago_goes_first_and_nothing_stays_longer_than_it_may() {
    let profile = Profile::new();
    let person = StaffId::new();
    let size = u64::try_from(citizen(CitizenId::new(), NAME, false).to_string().len()).unwrap();
    let bounds = Bounds { bytes: 3 * size, age: SignedDuration::from_mins(100), ..Bounds::default() };
    let replica = profile.opened(person, bounds).replica;
    let all: Vec<CitizenId> = (0..4).map(|_| CitizenId::new()).collect();
    for (minute, id) in (0..).zip(&all[..3]) {
        profile.hands.set(minute);
        see(&replica, *id, NAME);
        replica.flush();
    }
    // The first is looked at again, so that the second is the one longest ago.
    profile.hands.set(10);
    assert!(sees(&replica, all[0]));
    profile.hands.set(11);
    see(&replica, all[3], NAME);
    replica.flush();
    let left: Vec<bool> = all.iter().map(|id| replica.has(&opened(*id))).collect();
    assert_eq!(left, [true, false, true, true]);
    profile.hands.set(103);
    let left: Vec<bool> = all.iter().map(|id| replica.has(&opened(*id))).collect();
    assert_eq!(left, [false, false, false, true], "what is too old is not given");
    let large = Bounds { answer_bytes: 16, ..Bounds::default() };
    drop(replica);
    let replica = profile.opened(person, large).replica;
    see(&replica, all[1], NAME);
    replica.flush();
    assert!(!replica.has(&opened(all[1])), "what is too large is not kept");
}

#[test]
fn signing_out_wipes_what_was_seen_and_keeps_only_what_the_log_must_hear() {
    let profile = Profile::new();
    let (id, person) = (CitizenId::new(), StaffId::new());
    let replica = profile.open(person);
    see(&replica, id, NAME);
    replica.flush();
    assert!(sees(&replica, id));
    replica.wipe().unwrap();
    assert!(!sees(&replica, id));
    drop(replica);
    assert!(profile.file(0).exists(), "a look waits for the log");
    let replica = profile.open(person);
    assert!(!sees(&replica, id));
    let (command, told) = replica.batch().unwrap().unwrap();
    assert_eq!(told.looks.len(), 1);
    replica.told(command).unwrap();
    replica.wipe().unwrap();
    assert!(!profile.file(0).exists());
}

#[test]
fn wiping_leaves_what_a_colleague_saw() {
    let profile = Profile::new();
    let (id, hers, mine) = (CitizenId::new(), StaffId::new(), StaffId::new());
    let replica = profile.open(hers);
    see(&replica, id, NAME);
    drop(replica);
    let replica = profile.open(mine);
    see(&replica, id, NAME);
    replica.flush();
    replica.wipe().unwrap();
    drop(replica);
    assert!(sees(&profile.open(hers), id));
    assert!(!sees(&profile.open(mine), id));
}

#[test]
fn two_windows_have_a_file_each_and_the_looks_of_the_one_that_ended_are_told() {
    let profile = Profile::new();
    let (id, person) = (CitizenId::new(), StaffId::new());
    let (first, second) = (profile.open(person), profile.open(person));
    see(&first, id, NAME);
    see(&second, id, NAME);
    assert!(sees(&first, id) && sees(&second, id));
    drop(second);
    drop(first);
    let window = profile.open(person);
    assert_eq!(window.untold(), 2);
    drop(window);
    assert_eq!(profile.open(person).untold(), 2, "none of them twice");
}

#[test]
fn without_a_lasting_key_nothing_is_written() {
    let profile = Profile::new();
    let files = profile.folder.path().join("server");
    let (id, person) = (CitizenId::new(), StaffId::new());
    let replica = Replica::open(&files, &KeyPlace::Memory, person, profile.hands.clock()).unwrap().replica;
    see(&replica, id, NAME);
    replica.flush();
    assert!(sees(&replica, id), "within this window it is readable");
    assert!(!files.exists());
}

#[test]
fn many_looks_are_told_in_their_order_and_in_batches_that_the_log_takes() {
    let person = StaffId::new();
    let look = |minute| OfflineLook {
        at: at(minute),
        action: AuditAction::OpenCitizen,
        citizen: Some(CitizenId::new()),
        case: None,
        purpose: Some(ticket()),
    };
    let mut spool = Spool::default();
    let written = spool.numbered((0..501).map(|minute| spool::spooled(person, look(minute))).collect());
    spool.written(written);
    let (first, batch) = spool.batch().unwrap();
    assert_eq!(batch.len(), 500);
    assert!(batch.windows(2).all(|pair| pair[0].1.look.at < pair[1].1.look.at));
    spool.written(batch.clone());
    assert_eq!(spool.batch().unwrap().0, first, "the same command until the log has it");
    let more = spool.numbered(vec![spool::spooled(person, look(600))]);
    spool.written(more);
    assert_eq!(spool.batch().unwrap().1.len(), 500, "what came since is not slipped in");
    spool.forgotten(&spool.of_batch(first));
    let (second, rest) = spool.batch().unwrap();
    assert_ne!(second, first);
    assert_eq!(rest.len(), 2);
}

#[test]
fn under_other_rights_everything_is_forgotten_and_asked_for_anew() {
    let profile = Profile::new();
    let (id, person) = (CitizenId::new(), StaffId::new());
    let replica = profile.open(person);
    assert!(!replica.under("caseworker, all of KFF").unwrap());
    see(&replica, id, NAME);
    replica.flush();
    assert!(!replica.under("caseworker, all of KFF").unwrap());
    assert!(sees(&replica, id));
    drop(replica);
    let replica = profile.open(person);
    assert!(!replica.under("caseworker, all of KFF").unwrap());
    assert!(sees(&replica, id), "the same rights after a restart");
    assert!(replica.under("host").unwrap());
    assert!(!sees(&replica, id));
    assert!(!replica.under("host").unwrap());
}

#[test]
fn she_finds_what_she_saw_whichever_window_comes_first() {
    let profile = Profile::new();
    let (id, hers, mine) = (CitizenId::new(), StaffId::new(), StaffId::new());
    let (first, second) = (profile.open(hers), profile.open(mine));
    see(&first, id, NAME);
    see(&second, id, NAME);
    drop((first, second));
    let window = profile.open(mine);
    assert!(sees(&window, id), "though the first file is free too");
    assert!(sees(&profile.open(hers), id));
}
