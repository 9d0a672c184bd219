use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;
use skranke_api::ProblemKind;
use skranke_api::audit::AuditAction;
use skranke_domain::CitizenId;
use skranke_domain::access::{Context, LegalBasis, Tie};
use sqlx::AssertSqlSafe;

use super::retention::{Dropped, Mode, drop_months, kept_from};
use super::*;
use crate::auth::{Auth, Doorkeeper, PersonaTokens};
use crate::clock::{Clock, Ticker};
use crate::store::{Database, Store, audit as rows, audit_heads};

fn clerk() -> Person {
    let tokens = PersonaTokens::random();
    Doorkeeper::new(&Auth::Training { tokens: tokens.clone() }).person(&tokens.clerk).unwrap().clone()
}

/// A log in memory, its clock in the hand.
struct Office {
    store: Store,
    clock: Arc<Ticker>,
    key: Secret,
    chain: Chain,
}

impl Office {
    async fn open(at: &str) -> Self {
        let store = Store::open(&Database::Memory).await.unwrap();
        let clock = Arc::new(Ticker::new(Clock::Fixed(at.parse::<Timestamp>().unwrap())));
        let key = Secret::random();
        let chain = Chain::new(&key, Arc::clone(&clock));
        Self { store, clock, key, chain }
    }

    /// A server process that starts after the one before.
    fn restart(&mut self) {
        self.chain = Chain::new(&self.key, Arc::clone(&self.clock));
    }

    async fn write(&self, records: usize) {
        let person = clerk();
        for n in 0..records {
            let mut entry = Entry::new(&person, AuditAction::OpenCitizen).citizen(CitizenId::new());
            entry = match n % 3 {
                0 => entry.basis(LegalBasis::Consent).context(Context::Ticket),
                1 => entry.context(Context::None).tie(Tie::Colleague).note("spurgt"),
                _ => entry.refused(),
            };
            let mut tx = self.store.begin().await.unwrap();
            self.chain.append(&mut tx, &[entry]).await.unwrap();
            tx.commit().await.unwrap();
        }
    }

    async fn run(&self, sql: impl Into<String>) -> u64 {
        let mut tx = self.store.begin().await.unwrap();
        let done = sqlx::query(AssertSqlSafe(sql.into())).execute(&mut *tx).await.unwrap().rows_affected();
        tx.commit().await.unwrap();
        done
    }

    async fn verify(&self) -> Result<Checked, Broken> {
        self.verify_with(&[]).await
    }

    async fn verify_with(&self, exported: &[Head]) -> Result<Checked, Broken> {
        self.chain.verify(&mut self.store.read().await.unwrap(), exported).await
    }

    async fn heads(&self) -> Vec<Head> {
        self.chain.export(&mut self.store.read().await.unwrap()).await.unwrap()
    }

    async fn kept_heads(&self) -> Vec<Head> {
        audit_heads::heads(&mut self.store.read().await.unwrap()).await.unwrap()
    }
}

const JUNE: &str = "2026-06-09T08:06:00Z";

#[tokio::test]
async fn a_record_that_was_edited_is_named_with_its_time() {
    for column in [
        "note = 'x'",
        "context = 'case'",
        "basis = NULL",
        "tie = 'own'",
        "place = 'elsewhere'",
        "staff = x'00'",
        "form = 1",
        "form = 9",
    ] {
        let office = Office::open(JUNE).await;
        office.write(7).await;
        assert_eq!(office.verify().await.unwrap().records, 7);
        office.run(format!("UPDATE audit SET {column} WHERE seq = 4")).await;
        match office.verify().await {
            Err(Broken::Record { seq: 4, at }) => assert_eq!(at.to_string()[..10], JUNE[..10]),
            other => panic!("{column}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn what_is_gone_from_the_middle_is_a_gap() {
    let office = Office::open(JUNE).await;
    office.write(9).await;
    office.run("DELETE FROM audit WHERE seq IN (4, 5)").await;
    assert!(matches!(office.verify().await, Err(Broken::Gap { from: 4, to: 5 })));
    let office = Office::open(JUNE).await;
    office.write(9).await;
    office.run("DELETE FROM audit WHERE seq < 4").await;
    assert!(matches!(office.verify().await, Err(Broken::Gap { from: 1, to: 3 })), "the beginning too");
}

#[tokio::test]
async fn a_cut_off_end_is_found_by_the_stored_head_and_by_an_exported_one() {
    let office = Office::open(JUNE).await;
    office.write(5).await;
    office.chain.mark(&office.store).await.unwrap();
    office.write(3).await;
    let exported = office.heads().await;
    assert_eq!(
        exported.iter().map(|head| head.seq).collect::<Vec<_>>(),
        [5, 8],
        "the kept head, and how far it is now"
    );
    assert_eq!(
        office.verify_with(&exported).await.unwrap(),
        Checked { records: 8, chains: 1, heads: 3, deleted: None }
    );
    // Past the stored head only the exported one tells.
    office.run("DELETE FROM audit WHERE seq > 6").await;
    assert_eq!(office.verify().await.unwrap().records, 6);
    assert!(matches!(office.verify_with(&exported).await, Err(Broken::Truncated { last: Some(6), head: 8, .. })));
    // Going on after the cut hides nothing.
    office.write(4).await;
    assert_eq!(office.verify().await.unwrap().records, 10);
    assert!(matches!(office.verify_with(&exported).await, Err(Broken::Truncated { head: 8, .. })));
    office.run("DELETE FROM audit WHERE seq > 3").await;
    let cut = office.verify().await;
    assert!(matches!(cut, Err(Broken::Truncated { last: Some(3), head: 5, .. })), "{cut:?}");
}

#[tokio::test]
async fn records_that_were_put_in_or_moved_are_found() {
    let copy = "INSERT INTO audit SELECT 6, chain, at, staff, role, action, outcome, citizen, case_id, purpose, session, command, note, query_mac,
                mac, form, basis, context, tie, place FROM audit WHERE seq = 5";
    for (damage, first) in [
        (copy, 6),
        (
            "UPDATE audit SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3); UPDATE audit SET seq = -seq WHERE seq < 0",
            2,
        ),
    ] {
        let office = Office::open(JUNE).await;
        office.write(5).await;
        for one in damage.split(';') {
            assert!(office.run(one).await > 0, "{one}");
        }
        match office.verify().await {
            Err(Broken::Record { seq, .. }) => assert_eq!(seq, first, "{damage}"),
            other => panic!("{damage}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn records_that_changed_chains_and_whole_chains_that_are_gone_are_found() {
    let mut office = Office::open(JUNE).await;
    office.write(4).await;
    office.chain.seal(&office.store).await.unwrap();
    let first = office.chain.name(office.clock.now());
    office.restart();
    office.write(4).await;
    office.chain.seal(&office.store).await.unwrap();
    let second = office.chain.name(office.clock.now());
    assert_eq!(office.verify().await.unwrap(), Checked { records: 8, chains: 2, heads: 2, deleted: None });

    office.run(format!("UPDATE audit SET chain = '{second}' WHERE seq = 4")).await;
    assert!(matches!(office.verify().await, Err(Broken::Record { seq: 4, .. })));
    office.run(format!("UPDATE audit SET chain = '{first}' WHERE seq = 4")).await;
    assert!(office.verify().await.is_ok());

    office.run(format!("DELETE FROM audit WHERE chain = '{first}'")).await;
    assert!(matches!(office.verify().await, Err(Broken::Gap { from: 1, to: 4 })), "the first chain leaves a gap");
    let mut office = Office::open(JUNE).await;
    office.write(4).await;
    office.restart();
    office.write(4).await;
    office.chain.seal(&office.store).await.unwrap();
    office.run("DELETE FROM audit WHERE seq > 4").await;
    assert!(
        matches!(office.verify().await, Err(Broken::Truncated { last: None, head: 8, .. })),
        "the last one its head"
    );
}

#[tokio::test]
async fn heads_that_were_tampered_with_are_named() {
    for column in
        ["seq = 3", "count = 3", "mac = x'00'", "sealed = 0", "signature = x'00'", "at = at + 1", "chain = '2026-06/x'"]
    {
        let office = Office::open(JUNE).await;
        office.write(4).await;
        office.chain.seal(&office.store).await.unwrap();
        office.run(format!("UPDATE audit_head SET {column}")).await;
        assert!(matches!(office.verify().await, Err(Broken::Head(_))), "{column}");
    }
    let office = Office::open(JUNE).await;
    office.write(4).await;
    let mut exported = office.heads().await;
    exported[0].seq = 2;
    assert!(matches!(office.verify_with(&exported).await, Err(Broken::Exported(2))));
}

#[tokio::test]
async fn another_key_is_told_apart_from_a_broken_log() {
    let office = Office::open(JUNE).await;
    office.write(4).await;
    let other = Chain::new(&Secret::random(), Arc::clone(&office.clock));
    let found = other.verify(&mut office.store.read().await.unwrap(), &[]).await;
    assert!(matches!(found, Err(Broken::WrongKey)), "{found:?}");
    office.chain.seal(&office.store).await.unwrap();
    let found = other.verify(&mut office.store.read().await.unwrap(), &[]).await;
    assert!(matches!(found, Err(Broken::WrongKey)), "{found:?}");
}

#[tokio::test]
async fn a_log_from_before_this_form_goes_on_verifying() {
    let office = Office::open(JUNE).await;
    office.write(1).await;
    // As the version before wrote it.
    let chain = office.chain.name(office.clock.now());
    let before = rows::last_link(&mut office.store.read().await.unwrap(), &chain).await.unwrap().unwrap().1;
    let mut record = Entry::new(&clerk(), AuditAction::Reveal).citizen(CitizenId::new()).note("cpr").record;
    (record.seq, record.at, record.place) = (2, office.clock.now(), None);
    let mut old = rows::Stored { form: 1, ..rows::Stored::of(&record, &chain, None) };
    old.mac = office.chain.mac(&old, &before).unwrap();
    let mut tx = office.store.begin().await.unwrap();
    rows::add(&mut tx, &old).await.unwrap();
    tx.commit().await.unwrap();
    office.write(2).await;
    assert_eq!(office.verify().await.unwrap().records, 4);
    office.run("UPDATE audit SET note = 'name' WHERE seq = 2").await;
    assert!(matches!(office.verify().await, Err(Broken::Record { seq: 2, .. })));
    office.run("UPDATE audit SET note = 'cpr', context = 'ticket' WHERE seq = 2").await;
    assert!(
        matches!(office.verify().await, Err(Broken::Record { seq: 2, .. })),
        "nothing is written into it afterwards"
    );
}

#[tokio::test]
async fn a_month_that_is_over_is_sealed_with_the_first_record_of_the_next() {
    let office = Office::open(JUNE).await;
    office.write(3).await;
    office.clock.move_to("2026-07-01T08:00:00Z".parse().unwrap());
    office.write(1).await;
    let heads = office.kept_heads().await;
    assert_eq!(heads.iter().map(|head| (head.seq, head.count, head.sealed)).collect::<Vec<_>>(), [(3, 3, true)]);
    // Nothing was written since the quarter before: no head is added.
    office.chain.mark(&office.store).await.unwrap();
    office.chain.mark(&office.store).await.unwrap();
    assert_eq!(office.kept_heads().await.len(), 2);
}

#[tokio::test]
async fn what_a_process_left_that_died_is_sealed_by_the_next_but_never_what_was_changed() {
    let mut office = Office::open(JUNE).await;
    office.write(3).await;
    office.restart();
    office.run("UPDATE audit SET note = 'x' WHERE seq = 2").await;
    office.chain.seal_left(&office.store).await.unwrap();
    assert!(office.kept_heads().await.is_empty(), "a changed record gets no signature");
    let mut office = Office::open(JUNE).await;
    office.write(3).await;
    office.clock.move_to("2026-07-01T08:00:00Z".parse().unwrap());
    office.restart();
    office.chain.seal_left(&office.store).await.unwrap();
    assert!(office.kept_heads().await[0].sealed);
}

#[tokio::test]
async fn whole_months_are_deleted_and_the_rest_still_verifies() {
    assert_eq!(kept_from("2026-06-30".parse().unwrap(), 6), "2025-12");
    assert_eq!(kept_from("2026-01-01".parse().unwrap(), 0), "2026-01");
    let mut office = Office::open("2025-10-09T08:06:00Z").await;
    for month in ["2025-10", "2025-11", "2025-12", "2026-01", "2026-06"] {
        office.clock.move_to(format!("{month}-15T09:00:00Z").parse().unwrap());
        office.restart();
        office.write(10).await;
    }
    let exported = office.heads().await;
    let drop = async |mode| drop_months(&office.store, &office.chain, 6, mode).await.unwrap();
    let told = drop(Mode::DryRun).await;
    assert_eq!((told.records, told.chains, told.months.join(" ")), (20, 2, "2025-10 2025-11".to_owned()));
    assert_eq!(office.verify().await.unwrap().records, 50, "only told");
    assert_eq!(drop(Mode::ForReal).await, told);
    let checked = office.verify_with(&exported).await.unwrap();
    assert_eq!(checked.deleted, Some(Deleted { records: 20, month: "2025-11".to_owned() }));
    assert_eq!(checked.records, 30);
    assert_eq!(drop(Mode::ForReal).await, Dropped::default(), "and once is enough");
    office.write(1).await;
    assert_eq!(office.verify().await.unwrap().records, 31);

    // What stands for the deleted ones is as safe as they were.
    office.run("UPDATE audit_tombstone SET count = count - 1 WHERE first_seq = 1").await;
    assert!(matches!(office.verify().await, Err(Broken::Tombstone(1, 10))));
    office.run("DELETE FROM audit_tombstone WHERE first_seq = 1").await;
    assert!(matches!(office.verify().await, Err(Broken::Gap { from: 1, to: 10 })));
}

#[tokio::test]
async fn a_broken_log_is_never_deleted() {
    let mut office = Office::open("2025-10-09T08:06:00Z").await;
    office.write(5).await;
    office.clock.move_to(JUNE.parse().unwrap());
    office.restart();
    office.write(1).await;
    office.run("UPDATE audit SET note = 'x' WHERE seq = 3").await;
    let found = drop_months(&office.store, &office.chain, 6, Mode::ForReal).await;
    assert!(matches!(found, Err(Broken::Record { seq: 3, .. })));
    assert_eq!(office.run("UPDATE audit SET at = at").await, 6, "all are still there");
}

#[tokio::test]
async fn without_a_log_there_is_no_answer() {
    let office = Office::open(JUNE).await;
    let auditor = Auditor::start(office.store.clone(), office.chain.clone());
    auditor.record(Entry::new(&clerk(), AuditAction::Search)).await.unwrap();
    assert_eq!(office.verify().await.unwrap().records, 1);
    office.store.close().await;
    let refusal = auditor.record(Entry::new(&clerk(), AuditAction::Search)).await.unwrap_err();
    assert_eq!(refusal.problem().known(), Some(ProblemKind::Unavailable));
}

#[test]
fn heads_survive_being_written_as_lines_and_a_bad_line_is_named() {
    let head = Head {
        chain: "2026-06/abc".to_owned(),
        seq: 7,
        count: 7,
        mac: vec![0, 255, 16],
        at: JUNE.parse().unwrap(),
        sealed: true,
        signature: vec![1],
    };
    let text = format!("{}\n\n{}\n", head.line(), head.line());
    assert_eq!(Head::read_lines(&text).unwrap(), [head.clone(), head]);
    let error = Head::read_lines(&format!("{text}rubbish")).unwrap_err();
    assert_eq!(error.line, 4);
}

/// Some damage that somebody with the database, but without the key, may do.
fn damage() -> impl Strategy<Value = String> {
    let texts = prop::sample::select(vec![
        "note", "purpose", "role", "action", "outcome", "basis", "context", "tie", "place", "chain",
    ]);
    let bytes = prop::sample::select(vec!["staff", "citizen", "case_id", "session", "command", "query_mac", "mac"]);
    let numbers = prop::sample::select(vec!["at", "form"]);
    prop_oneof![
        (texts, 1..=40_i64, "[a-z{}\" ]{0,6}")
            .prop_map(|(column, seq, value)| { format!("UPDATE audit SET {column} = '{value}' WHERE seq = {seq}") }),
        (bytes, 1..=40_i64, prop::collection::vec(any::<u8>(), 0..32)).prop_map(|(column, seq, value)| {
            let hex: String = value.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("UPDATE audit SET {column} = x'{hex}' WHERE seq = {seq}")
        }),
        (numbers, 1..=40_i64, -3..=3_i64)
            .prop_map(|(column, seq, by)| { format!("UPDATE audit SET {column} = {column} + {by} WHERE seq = {seq}") }),
        (1..=40_i64, 0..=5_i64)
            .prop_map(|(seq, more)| { format!("DELETE FROM audit WHERE seq BETWEEN {seq} AND {}", seq + more) }),
        (1..=40_i64, 1..=40_i64).prop_map(|(one, other)| {
            format!("UPDATE audit SET mac = (SELECT mac FROM audit WHERE seq = {other}) WHERE seq = {one}")
        }),
        (1..=40_i64, 41..=45_i64).prop_map(|(one, to)| format!("UPDATE audit SET seq = {to} WHERE seq = {one}")),
    ]
}

/// Everything in the log, so that damage that changed nothing is told apart.
async fn all(office: &Office) -> Vec<(i64, String)> {
    let rows = rows::after(&mut office.store.read().await.unwrap(), i64::MIN, 1000).await.unwrap();
    rows.into_iter().map(|(seq, row)| (seq, format!("{row:?}"))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_without_the_key_goes_unseen(blows in prop::collection::vec(damage(), 1..4)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut office = Office::open(JUNE).await;
            office.write(20).await;
            office.restart();
            office.write(20).await;
            let exported = office.heads().await;
            let whole = all(&office).await;
            for blow in &blows {
                let mut tx = office.store.begin().await.unwrap();
                // A column that may not be empty refuses some of it.
                let _ = sqlx::query(AssertSqlSafe(blow.clone())).execute(&mut *tx).await;
                tx.commit().await.unwrap();
            }
            let changed = all(&office).await != whole;
            let found = office.verify_with(&exported).await;
            prop_assert_eq!(found.is_err(), changed, "{:?}: {:?}", blows, found);
            Ok(())
        })?;
    }
}
