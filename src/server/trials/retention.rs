//! What has been kept long enough: closed cases by KLE's advice with all that hangs on them, tickets, half-finished applications. What does
//! not live here: the log's own months (`audit::tests`).

use super::need::set;
use super::*;
use crate::audit::retention::Mode;
use crate::retention::{Retained, Terms};
use crate::store::Read;

/// So long after today that what was closed today is due, for numbers with five years.
const LATER: &str = "2031-06-11T08:00:00Z";

async fn retain(office: &Office, mode: Mode) -> Retained {
    // The log is kept: it is what tells of everything else.
    office.service.retain(Terms { log_months: 600 }, mode).await.unwrap()
}

async fn count(office: &Office, sql: &str) -> i64 {
    let mut conn = office.service.app().store.read().await.unwrap();
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    sqlx::query(sql).fetch_one(&mut *conn).await.unwrap().int(0).unwrap()
}

async fn text(office: &Office, sql: &str) -> String {
    let mut conn = office.service.app().store.read().await.unwrap();
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    sqlx::query(sql).fetch_one(&mut *conn).await.unwrap().text(0).unwrap()
}

/// Every table in which something hangs on a case by its number.
async fn tables(office: &Office) -> Vec<String> {
    let mut conn = office.service.app().store.read().await.unwrap();
    let sql = "SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c
        WHERE m.type = 'table' AND c.name IN ('case_no') AND m.name NOT IN ('board_journal') ORDER BY 1";
    let rows = sqlx::query(sql).fetch_all(&mut *conn).await.unwrap();
    rows.iter().map(|row| row.text(0).unwrap()).collect()
}

#[tokio::test]
async fn in_the_training_municipality_nothing_is_due_on_its_first_day() {
    let office = Office::open().await;
    let told = retain(&office, Mode::DryRun).await;
    assert!(told.is_empty(), "{told:?}");
}

#[tokio::test]
async fn a_closed_case_goes_after_the_advised_years_with_all_that_hangs_on_it() {
    let office = Office::open().await;
    // The case with most behind it, closed today; all other cases stay open whatever their age.
    set(&office, "UPDATE case_file SET closed_at = NULL, phase = 'received' WHERE phase = 'closed'".to_owned()).await;
    let no = count(
        &office,
        "SELECT f.no FROM case_file f WHERE f.procedure = 'cpr-eu-employee' AND f.no < (SELECT MAX(no) FROM case_file)
         ORDER BY (SELECT COUNT(*) FROM case_history h WHERE h.case_no = f.no) + (SELECT COUNT(*) FROM document d WHERE d.home = f.id) DESC LIMIT 1",
    )
    .await;
    let now = office.service.app().clock.now().as_microsecond();
    let whose = format!("(SELECT citizen FROM case_file WHERE no = {no})");
    for sql in [
        format!("UPDATE case_file SET phase = 'closed', closed_at = {now} WHERE no = {no}"),
        format!(
            "INSERT INTO case_note (id, case_no, text, openness, by_id, by_name, at) VALUES (randomblob(16), {no}, 'x', 'internal', x'00', 'x', {now})"
        ),
        format!(
            "INSERT INTO letter (id, citizen, contact, language, channel, text, deadline, at, by_id) VALUES (x'0101', {whose}, x'0102', 'da', 'letter', 'x', '2026-07-01', {now}, x'00')"
        ),
        format!("INSERT INTO letter_item (letter, rank, case_no, item) VALUES (x'0101', 99, {no}, 'x')"),
        "INSERT INTO letter_reply (letter, text, at) VALUES (x'0101', 'x', 1)".to_owned(),
        format!(
            "INSERT INTO contact (id, citizen, channel, at, text) VALUES (x'0102', {whose}, 'letter', {now}, '{{}}')"
        ),
        format!("INSERT INTO case_relation (case_no, other) SELECT {no}, MIN(no) FROM case_file"),
        format!("INSERT INTO case_relation (case_no, other) SELECT MIN(no), {no} FROM case_file"),
        format!(
            "INSERT INTO change_report (id, citizen, change, from_day, text, contact, at, by_id) VALUES (x'0103', {whose}, 'moved', '2026-06-01', 'x', x'0104', {now}, x'00')"
        ),
        format!("INSERT INTO change_report_case (report, rank, case_no, known) VALUES (x'0103', 0, {no}, 1)"),
    ] {
        set(&office, sql).await;
    }
    let before = count(&office, "SELECT COUNT(*) FROM case_file").await;
    let papers = count(
        &office,
        &format!(
            "SELECT COUNT(*) FROM document d WHERE d.home = (SELECT id FROM case_file WHERE no = {no}) AND NOT EXISTS
             (SELECT 1 FROM document_use u JOIN case_file f ON f.id = u.case_id WHERE u.document = d.no AND f.no <> {no})"
        ),
    )
    .await;
    assert!(count(&office, &format!("SELECT COUNT(*) FROM checklist_item WHERE case_no = {no}")).await > 0);

    // Five years to the day it is still there.
    office.service.move_clock("2031-06-09T08:06:00Z".parse().unwrap());
    assert_eq!(retain(&office, Mode::ForReal).await.cases_deleted(), 0);
    office.service.move_clock(LATER.parse().unwrap());
    let told = retain(&office, Mode::DryRun).await;
    assert_eq!((told.cases["23.05.12"].deleted, told.cases["23.05.12"].years), (1, Some(5)));
    assert_eq!(count(&office, "SELECT COUNT(*) FROM case_file").await, before, "only told");
    let done = retain(&office, Mode::ForReal).await;
    assert_eq!(done.cases["23.05.12"].deleted, 1, "{done:?}");
    assert_eq!(i64::try_from(done.documents), Ok(papers));

    assert_eq!(count(&office, "SELECT COUNT(*) FROM case_file").await, before - 1, "nothing open was touched");
    for column in tables(&office).await {
        let table = column.split('.').next().unwrap();
        assert_eq!(count(&office, &format!("SELECT COUNT(*) FROM {table} WHERE case_no = {no}")).await, 0, "{column}");
    }
    for left in [
        format!("SELECT COUNT(*) FROM case_relation WHERE other = {no}"),
        "SELECT COUNT(*) FROM letter WHERE id = x'0101'".to_owned(),
        "SELECT COUNT(*) FROM letter_reply WHERE letter = x'0101'".to_owned(),
        "SELECT COUNT(*) FROM contact WHERE id = x'0102'".to_owned(),
        "SELECT COUNT(*) FROM change_report WHERE id = x'0103'".to_owned(),
        "SELECT COUNT(*) FROM document d WHERE NOT EXISTS (SELECT 1 FROM case_file f WHERE f.id = d.home)
           AND NOT EXISTS (SELECT 1 FROM application a WHERE a.case_id = d.home)"
            .to_owned(),
        "SELECT COUNT(*) FROM document_use u WHERE NOT EXISTS (SELECT 1 FROM document d WHERE d.no = u.document)"
            .to_owned(),
    ] {
        assert_eq!(count(&office, &left).await, 0, "{left}");
    }
    // The log tells that, not what.
    let record = "SELECT note || ' ' || place FROM audit WHERE action = 'retain' AND case_id IS NOT NULL";
    assert_eq!(text(&office, record).await, "KLE 23.05.12, closed 2026-06-09 server");
    let event = "SELECT kind FROM event ORDER BY seq DESC LIMIT 1";
    assert_eq!(text(&office, event).await, "dk.skranke.case.changed");
    assert!(office.service.verify_audit().await.is_ok());
}

#[tokio::test]
async fn cases_that_nobody_advises_to_delete_are_kept_and_listed() {
    let office = Office::open().await;
    set(&office, "UPDATE case_file SET phase = 'closed', closed_at = received".to_owned()).await;
    let of = async |procedure: &str| {
        count(&office, &format!("SELECT COUNT(*) FROM case_file WHERE procedure = '{procedure}'")).await
    };
    let (daycare, cards) = (of("daycare-place").await, of("health-card-doctor").await);
    assert!(daycare > 0 && cards > 0);
    office.service.move_clock("2046-06-09T08:06:00Z".parse().unwrap());
    let done = retain(&office, Mode::ForReal).await;
    let kept = |number: &str| done.cases.get(number).map_or(0, |one| one.kept);
    assert!(kept("29.03.04") > 0 && kept("") > 0, "{done:?}");
    assert!(done.cases["23.05.12"].deleted > 0 && done.cases["23.05.12"].kept == 0);
    assert_eq!((of("daycare-place").await, of("health-card-doctor").await), (daycare, cards));
    assert_eq!(retain(&office, Mode::ForReal).await.cases_deleted(), 0, "and once is enough");
}

#[tokio::test]
async fn a_paper_that_another_case_uses_goes_over_to_it() {
    let office = Office::open().await;
    set(&office, "UPDATE case_file SET closed_at = NULL, phase = 'received' WHERE phase = 'closed'".to_owned()).await;
    let paper = "SELECT d.no FROM document d JOIN case_file f ON f.id = d.home
        WHERE f.procedure = 'cpr-eu-employee' AND d.state = 'complete' AND f.no < (SELECT MAX(no) FROM case_file) ORDER BY d.no LIMIT 1";
    let paper = count(&office, paper).await;
    let home = format!("(SELECT home FROM document WHERE no = {paper})");
    let other = count(
        &office,
        &format!("SELECT no FROM case_file WHERE department <> 'kff' AND id <> {home} ORDER BY no LIMIT 1"),
    )
    .await;
    let now = office.service.app().clock.now().as_microsecond();
    set(&office, format!("INSERT INTO document_use (document, case_id, item, rank) SELECT {paper}, id, '', -1 FROM case_file WHERE no = {other}")).await;
    set(&office, format!("UPDATE case_file SET phase = 'closed', closed_at = {now} WHERE id = {home}")).await;
    office.service.move_clock(LATER.parse().unwrap());
    assert_eq!(retain(&office, Mode::ForReal).await.cases_deleted(), 1);
    let there = format!(
        "SELECT COUNT(*) FROM document d JOIN case_file f ON f.id = d.home AND f.department = d.department WHERE d.no = {paper} AND f.no = {other}"
    );
    assert_eq!(count(&office, &there).await, 1);
}

#[tokio::test]
async fn tickets_and_half_finished_applications_go_after_ninety_days_and_figures_stay() {
    let office = Office::open().await;
    crate::training::queue::begin(&office.service).await.unwrap();
    let (tickets, visits) =
        (count(&office, "SELECT COUNT(*) FROM ticket").await, count(&office, "SELECT COUNT(*) FROM visit").await);
    let now = office.service.app().clock.now().as_microsecond();
    for sql in [
        format!("INSERT INTO application (case_id, citizen, procedure, department, facts, at) SELECT x'02010000000000000000000000000000', MIN(no), 'passport', 'kff', '{{}}', {now} FROM citizen"),
        format!("INSERT INTO document (id, citizen, home, department, name, bytes, received, sha256, state, source, openness, paper, at, command, checks, version)
                 SELECT randomblob(16), MIN(no), x'02010000000000000000000000000000', 'kff', 'x', 1, 1, '', 'complete', 'citizen', 'open', 1, {now}, x'00', '[]', 1 FROM citizen"),
    ] {
        set(&office, sql).await;
    }
    let applications = count(&office, "SELECT COUNT(*) FROM application").await;
    assert!(tickets > 0 && applications > 0, "{tickets} {applications}");
    office.service.move_clock("2026-12-01T08:06:00Z".parse().unwrap());
    let told = retain(&office, Mode::DryRun).await;
    assert_eq!((i64::try_from(told.tickets), i64::try_from(told.applications)), (Ok(tickets), Ok(applications)));
    let done = retain(&office, Mode::ForReal).await;
    assert_eq!((done.tickets, done.applications), (told.tickets, told.applications));
    for table in ["ticket", "ticket_history", "ticket_case", "ticket_number", "application"] {
        assert_eq!(count(&office, &format!("SELECT COUNT(*) FROM {table}")).await, 0, "{table}");
    }
    assert_eq!(
        count(&office, "SELECT COUNT(*) FROM document WHERE home = x'02010000000000000000000000000000'").await,
        0
    );
    assert_eq!(count(&office, "SELECT COUNT(*) FROM visit").await, visits);
}

#[tokio::test]
async fn no_retention_walks_through_all_the_cases_there_ever_were() {
    // Without anything in it the database chooses its ways as if all tables were large.
    let store = crate::store::Store::open(&Database::Memory).await.unwrap();
    let mut conn = store.read().await.unwrap();
    for sql in crate::store::retention::statements() {
        let rows =
            sqlx::query(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).fetch_all(&mut *conn).await.unwrap();
        for row in rows {
            let line = row.text(3).unwrap();
            assert!(!line.starts_with("SCAN "), "{sql}: {line}");
        }
    }
}
