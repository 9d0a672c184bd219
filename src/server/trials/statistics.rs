//! The figures as a team leader meets them: what was meant to come out of the training municipality's past, what is hidden, what is refused,
//! and that a day's work is counted.

use serde_json::json;
use skranke_api::statistics::{Statistics, Today, WeekState};
use skranke_api::tickets::Ticket;
use skranke_domain::appointment::RebookCause;
use skranke_domain::contact::{Channel, Outcome};
use skranke_domain::figures::{Cell, Sum};
use skranke_domain::{DepartmentId, ProcedureId, SiteId};

use super::*;
use crate::routes::counting;

const MAY: &str = "/v1/statistics?site=norrebro&from=2026-05-01&to=2026-05-31&against=2026-04-01..2026-04-30";

impl Office {
    async fn leads(&self, path: &str) -> Reply {
        self.get(path).role(Role::TeamLeader).send().await
    }

    async fn figures(&self, path: &str) -> Statistics {
        let reply = self.leads(path).await;
        assert_eq!(reply.status, StatusCode::OK, "{reply:?}");
        serde_json::from_slice(&reply.body).unwrap()
    }
}

#[tokio::test]
async fn the_leader_reads_how_may_went_and_what_became_better_since_april() {
    let office = Office::open().await;
    let may = office.figures(MAY).await;
    assert_eq!((may.visits.now, may.calls), (Cell::of(4112), Sum { count: 2712, or_more: false }));
    assert_eq!((may.waiting.minutes.median, may.waiting.minutes.ninetieth), (Some(13), Some(29)));
    assert_eq!((may.waiting.within_percent, may.waiting.long), (Some(60), Some(1025)));
    assert_eq!(may.rebooked.all, Sum { count: 138, or_more: false });
    let paper = may.rebooked.causes.iter().find(|line| line.cause == RebookCause::PaperMissing).unwrap();
    assert_eq!((paper.count.now, paper.count.before), (Cell::of(31), Some(Cell::of(58))));
    let meetings: Vec<_> = may.meetings.iter().map(|m| (m.matter.as_str(), m.count, m.minutes.median)).collect();
    assert_eq!(meetings.first(), Some(&("passport-mitid", Cell::of(1204), Some(6))));
    assert_eq!(meetings.last().map(|m| (m.0, m.2)), Some(("divorce", Some(34))));
    let job = may.channels.rows.iter().find(|row| row.group == "new-job").unwrap();
    assert_eq!((job.cells.last(), job.all), (Some(&Cell::Few), Sum { count: 903, or_more: true }));
    assert!(may.against.unwrap().complete);
}

#[tokio::test]
async fn a_week_for_which_a_department_sent_no_data_stays_open() {
    let office = Office::open().await;
    let may = office.figures(MAY).await;
    let week = |day: &str| may.first_contact.iter().find(|w| w.monday.to_string() == day).unwrap();
    assert_eq!((week("2026-05-04").state, week("2026-05-04").percent), (WeekState::Gap, None));
    assert_eq!((week("2026-05-11").state, week("2026-05-11").percent), (WeekState::Counted, Some(70)));
    assert_eq!((week("2026-06-01").state, week("2026-06-01").percent), (WeekState::Provisional, Some(72)));
    assert_eq!(may.first_contact.len(), 12);
    assert_eq!(may.gaps.iter().map(|g| g.tag.as_str()).collect::<Vec<_>>(), ["BIF"]);
    // A department that sent its data is not touched by another one's gap, and the one that did not has nothing in that week.
    let kff = office.figures(&MAY.replace("&from", "&department=kff&from")).await;
    assert!(kff.gaps.is_empty() && kff.first_contact.iter().all(|w| w.state != WeekState::Gap));
    let bif = "/v1/statistics?site=norrebro&department=bif&from=2026-05-04&to=2026-05-10";
    let bif = office.figures(bif).await;
    assert_eq!((bif.visits.now, bif.gaps.len()), (Cell::of(0), 1));
}

#[tokio::test]
async fn what_lies_before_the_data_is_not_compared() {
    let office = Office::open().await;
    let march = "/v1/statistics?site=norrebro&from=2026-03-01&to=2026-03-31&against=2026-02-01..2026-02-28";
    let march = office.figures(march).await;
    assert_eq!(march.begins.map(|day| day.to_string()).as_deref(), Some("2026-03-02"));
    assert!(!march.against.unwrap().complete && march.visits.before.is_none());
}

#[tokio::test]
async fn only_the_leader_reads_the_figures_and_everybody_at_the_site_how_the_day_goes() {
    let office = Office::open().await;
    for role in [Role::Guest, Role::Host, Role::Clerk, Role::Caseworker] {
        for path in [MAY.to_owned(), MAY.replace("statistics?", "statistics/export?")] {
            let reply = office.get(&path).role(role).send().await;
            assert_eq!((reply.status, reply.kind().as_str()), (StatusCode::FORBIDDEN, "forbidden"), "{role:?} {path}");
        }
        let today = office.get("/v1/statistics/today?site=norrebro").role(role).send().await;
        assert_eq!(today.status.is_success(), role != Role::Guest, "{role:?}");
    }
}

#[tokio::test]
async fn a_span_that_is_no_whole_period_and_a_site_that_is_none_are_refused_in_a_sentence() {
    let office = Office::open().await;
    for (path, pointer) in [
        ("/v1/statistics?site=norrebro&from=2026-05-01&to=2026-05-30", "?to"),
        ("/v1/statistics?site=norrebro&from=2026-05-01&to=2026-05-31&against=2026-04-02..2026-04-30", "?against"),
        ("/v1/statistics?site=norrebro&from=2026-05-01&to=2026-05-31&against=april", "?against"),
        ("/v1/statistics?site=nowhere&from=2026-05-01&to=2026-05-31", "?site"),
        ("/v1/statistics?site=norrebro&department=nobody&from=2026-05-01&to=2026-05-31", "?department"),
    ] {
        let reply = office.leads(path).await;
        assert_eq!(reply.kind(), "invalid", "{path}");
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{path}");
    }
}

#[tokio::test]
async fn the_file_is_read_back_field_by_field_with_the_definitions_in_it() {
    let office = Office::open().await;
    let reply = office.leads(&(MAY.replace("statistics?", "statistics/export?") + "&language=en")).await;
    assert_eq!(reply.status, StatusCode::OK, "{reply:?}");
    assert!(reply.header("content-type").starts_with("text/csv"));
    assert!(reply.header("content-disposition").contains("skranke-norrebro-2026-05-01-2026-05-31.csv"));
    let text = String::from_utf8(reply.body.clone()).unwrap();
    let rows = parsed(text.strip_prefix('\u{feff}').unwrap());
    assert!(rows.iter().all(|row| row.len() == 8), "every line has as many fields as the head");
    let find = |measure: &str, row: &str, column: &str| {
        rows.iter().find(|r| r[0] == measure && r[1] == row && r[2] == column).map(|r| r[5].clone())
    };
    assert_eq!(find("Visits", "All", "").as_deref(), Some("4112"));
    assert_eq!(find("Inquiries by channel", "New job", "Letter").as_deref(), Some("<5"));
    assert_eq!(find("Inquiries by channel", "New job", "All").as_deref(), Some("903+"));
    assert_eq!(rows.iter().filter(|row| row[1] == "Definition" && !row[7].is_empty()).count(), 9);
    assert!(rows.iter().any(|row| row[0] == "Gap" && row[1] == "BIF"));
}

/// RFC 4180.
fn parsed(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match (quoted, letter) {
            (true, '"') if letters.peek() == Some(&'"') => field.extend(letters.next()),
            (true, '"') => quoted = false,
            (true, other) => field.push(other),
            (false, '"') => quoted = true,
            (false, ',') => row.push(std::mem::take(&mut field)),
            (false, '\r') => {}
            (false, '\n') => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            (false, other) => field.push(other),
        }
    }
    rows
}

#[tokio::test]
async fn a_visit_counts_once_with_its_ticket_and_its_wrap_up_and_nobody_stands_in_it() {
    let office = Office::open().await;
    let app = office.service.app();
    let (site, kff) = (SiteId::parse("norrebro").unwrap(), DepartmentId::parse("kff").unwrap());
    let moving = ProcedureId::parse("move-domestic").unwrap();
    let june = "/v1/statistics?site=norrebro&from=2026-06-01&to=2026-06-30";
    let before = office.figures(june).await;
    let ticket: Ticket = serde_json::from_value(json!({
        "id": Uuid::now_v7(), "number": "K 001", "site": "norrebro", "origin": "host",
        "reason": { "da": "Flytning", "en": "Moving" }, "procedure": "move-domestic", "people": 1, "triage": "unknown",
        "minutes": 15, "state": "finished", "since": "2026-06-09T07:40:00Z", "booked": "2026-06-09T07:05:00Z",
        "came": "2026-06-09T07:00:00Z", "called": "2026-06-09T07:21:30Z", "calls": 1,
        "began": "2026-06-09T07:22:00Z", "ended": "2026-06-09T07:40:00Z", "etag": "v1"
    }))
    .unwrap();
    let leader = app.door.person(office.tokens.of(Role::TeamLeader)).unwrap();
    let mut tx = app.store.begin().await.unwrap();
    counting::ticket_finished(&mut tx, app, leader, (&ticket, None)).await.unwrap();
    counting::rebooked(
        &mut tx,
        app,
        (&site, &kff),
        ("2026-06-09".parse().unwrap(), Some(&moving)),
        RebookCause::PaperMissing,
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let after = office.figures(june).await;
    assert_eq!(after.visits.now.count(), before.visits.now.count().map(|n| n + 1));
    assert_eq!(after.waiting.long, before.waiting.long.map(|n| n + 1), "twenty-one minutes");
    let paper = |f: &Statistics| {
        f.rebooked.causes.iter().find(|c| c.cause == RebookCause::PaperMissing).and_then(|c| c.count.now.count())
    };
    assert_eq!(paper(&after), paper(&before).map(|n| n + 1));
    let columns = sqlx::query("SELECT name FROM pragma_table_info('visit')")
        .fetch_all(&mut *app.store.read().await.unwrap())
        .await
        .unwrap();
    let names: Vec<String> = columns.iter().map(|row| sqlx::Row::get(row, 0)).collect();
    assert!(names.iter().all(|n| !["citizen", "staff", "by", "at", "came"].contains(&n.as_str())), "{names:?}");
}

#[tokio::test]
async fn who_comes_back_about_the_same_matter_was_not_settled_at_first_contact() {
    let office = Office::open().await;
    let citizen = office.kalina().await;
    let count = async |and: &str| -> i64 {
        let sql = format!("SELECT COUNT(*) FROM visit WHERE day >= '2026-06-09' AND {and}");
        let mut conn = office.service.app().store.read().await.unwrap();
        sqlx::Row::get(&sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_one(&mut *conn).await.unwrap(), 0)
    };
    let register = async |began: &str, ended: &str, channel: Channel, outcome: Outcome| {
        let request = json!({
            "id": Uuid::now_v7(), "citizen": citizen, "channel": channel, "subjects": ["move-domestic"],
            "outcome": outcome, "forWhom": "own", "verified": "known", "text": "", "began": began, "ended": ended
        });
        let reply = office.ask(Method::POST, "/v1/contacts").key(Uuid::now_v7()).json(&request).send().await;
        assert_eq!(reply.status, StatusCode::CREATED, "{reply:?}");
    };
    register("2026-06-09T07:00:00Z", "2026-06-09T07:10:00Z", Channel::Phone, Outcome::Settled).await;
    assert_eq!((count("channel = 'phone'").await, count("repeated = 1").await), (1, 0));
    register("2026-06-09T07:30:00Z", "2026-06-09T07:41:00Z", Channel::Counter, Outcome::Settled).await;
    assert_eq!((count("channel = 'counter' AND took = 11").await, count("repeated = 1").await), (1, 1));
}

#[tokio::test]
async fn the_day_begins_with_nobody_waiting_and_no_share_of_nobody() {
    let office = Office::open().await;
    let reply = office.get("/v1/statistics/today?site=international-house").role(Role::Host).send().await;
    let today: Today = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!((today.waiting, today.longest, today.served, today.booked_percent), (0, None, 0, None));
    assert_eq!(today.aim_minutes, 15);
}
