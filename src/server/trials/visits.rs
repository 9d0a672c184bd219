//! What a visit needs and whom it tells: the plan, the messages with undo, reminder, guard, expiry, the waiting list, calendar feeds.

use std::sync::Mutex;

use async_trait::async_trait;
use skranke_domain::appointment::MessageChannel;

use super::*;
use crate::outbound::{self, Message, SendError, Sender, Way};
use crate::seal::fingerprint;

/// A sender that remembers, and fails as it is told to.
#[derive(Default)]
struct Remembers {
    sent: Mutex<Vec<Message>>,
    fails: Mutex<Option<SendError>>,
}

impl Remembers {
    fn take(&self) -> Vec<Message> {
        std::mem::take(&mut self.sent.lock().unwrap())
    }

    fn fail(&self, error: Option<SendError>) {
        *self.fails.lock().unwrap() = error;
    }
}

#[async_trait]
impl Sender for Remembers {
    async fn send(&self, message: &Message) -> Result<(), SendError> {
        let fails = self.fails.lock().unwrap().clone();
        if let Some(error) = fails {
            return Err(error);
        }
        self.sent.lock().unwrap().push(message.clone());
        Ok(())
    }
}

/// A free time on a Thursday two weeks ahead, far from every other visit of Kalina's.
const FREE_FROM: &str = "2026-06-18T06:30:00Z";

impl Office {
    async fn at(&self, moment: &str, sender: &dyn Sender) -> usize {
        let at: Timestamp = moment.parse().unwrap();
        self.service.move_clock(at);
        outbound::deliver(self.service.app(), sender, at).await.unwrap()
    }

    async fn book(&self, start: &Value) -> Value {
        let case = self.case_of_kalina("cpr-eu-employee").await;
        let body = json!({ "id": Uuid::now_v7(), "citizen": case["citizen"], "cases": [case["id"]], "counter": "counter-4", "start": start,
                           "minutes": 20, "people": 3 });
        let made = self.ask(Method::POST, "/v1/appointments").key(Uuid::now_v7()).json(&body).send().await;
        assert_eq!(made.status, 201, "{made:?}");
        made.json()
    }

    async fn change(&self, view: &Value, body: Value) -> Value {
        let path = format!("/v1/appointments/{}", view["id"].as_str().unwrap());
        let reply = self.ask(Method::PATCH, &path).key(Uuid::now_v7()).seen(&view["etag"]).json(&body).send().await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()
    }

    async fn free(&self) -> Vec<Value> {
        let page = self.get(&format!("/v1/slots?counter=counter-4&minutes=20&limit=9&from={FREE_FROM}")).send().await;
        page.json()["items"].as_array().unwrap().clone()
    }

    async fn plan(&self, body: &Value) -> Reply {
        self.ask(Method::POST, "/v1/appointments/plan").json(body).send().await
    }

    async fn sql(&self, sql: &'static str) {
        sqlx::query(sql).execute(&mut *self.service.app().store.writer().await.unwrap()).await.unwrap();
    }
}

fn has_guard<'a>(plan: &'a Value, guard: &str) -> Option<&'a Value> {
    plan["guards"].as_array().unwrap().iter().find(|g| g["guard"] == guard)
}

/// Whether a text shows somebody's national number: ten digits, with or without a dash after the sixth.
fn shows_cpr(text: &str) -> bool {
    let digits: Vec<bool> = text.replace('-', "").chars().map(|c| c.is_ascii_digit()).collect();
    digits.windows(10).any(|ten| ten.iter().all(|digit| *digit))
}

#[tokio::test]
async fn the_plan_says_what_to_bring_what_not_and_what_she_reads_in_polish() {
    let office = Office::open().await;
    let case = office.case_of_kalina("cpr-eu-employee").await;
    let slot = office.free().await[0].clone();
    let body = json!({ "citizen": case["citizen"], "cases": [case["id"]], "people": 3,
                       "time": { "counter": "counter-4", "start": slot["start"], "minutes": 30 } });
    let plan = office.plan(&body).await.json();
    assert_eq!((&plan["language"], &plan["minutes"]), (&json!("pl"), &json!(30)));
    assert!(!plan["bring"].as_array().unwrap().is_empty() && !plan["needNot"].as_array().unwrap().is_empty(), "{plan}");
    assert!(plan["needNot"].as_array().unwrap().iter().any(|spared| spared["approved"].is_string()));
    let mail = plan["messages"].as_array().unwrap().iter().find(|m| m["channel"] == "email").unwrap();
    let text = mail["text"].as_str().unwrap();
    assert!(text.starts_with("Dzień dobry") && text.contains("Prosimy zabrać ze sobą"), "{text}");
    assert!(text.contains("czwartek, 18 czerwca 2026") && text.contains("Nørrebro"), "{text}");
    assert!(mail["addressMasked"].as_str().unwrap().contains("•••@•••"));
    let sms = plan["messages"].as_array().unwrap().iter().find(|m| m["channel"] == "sms").unwrap();
    assert!(sms["subject"].is_null() && sms["text"].as_str().unwrap().chars().count() <= 459);
    for told in plan["messages"].as_array().unwrap() {
        assert!(
            !shows_cpr(told["text"].as_str().unwrap()) && !told["text"].as_str().unwrap().contains("Wrona"),
            "{told}"
        );
    }
    assert!(plan["script"].as_array().unwrap().len() > 4);
    assert_eq!(plan["reminder"], "2026-06-16");
    assert_eq!(has_guard(&plan, "no_interpreter").unwrap()["language"], "pl");
    let german = json!({ "citizen": case["citizen"], "cases": [case["id"]], "people": 1, "language": "de" });
    let german = office.plan(&german).await.json();
    assert_eq!((german["language"].as_str(), german["messages"].as_array().unwrap().len()), (Some("de"), 0));
    let arabic = json!({ "citizen": case["citizen"], "cases": [case["id"]], "people": 1, "language": "ar" });
    assert_eq!(
        office.plan(&arabic).await.json()["language"],
        "en",
        "what nobody writes falls back, and the plan says so"
    );
}

#[tokio::test]
async fn the_guard_names_the_missing_paper_a_joined_visit_and_several_cases_in_one() {
    let office = Office::open().await;
    let case = office.case_of_kalina("cpr-eu-employee").await;
    let hers = office.look(&format!("/v1/cases?citizen={}", office.kalina().await)).send().await.json();
    let other =
        hers["items"].as_array().unwrap().iter().find(|c| c["id"] != case["id"] && c["phase"] != "closed").unwrap();
    let this_week = json!({ "counter": "counter-4", "start": "2026-06-11T07:00:00Z", "minutes": 30 });
    let body =
        json!({ "citizen": case["citizen"], "cases": [case["id"], other["id"]], "people": 3, "time": this_week });
    let plan = office.plan(&body).await.json();
    assert_eq!(has_guard(&plan, "covers").unwrap()["titles"].as_array().unwrap().len(), 2, "{plan}");
    assert_eq!(has_guard(&plan, "joins").unwrap()["start"], "2026-06-09T08:20:00Z");
    let asked: Vec<&Value> = plan["bring"].as_array().unwrap().iter().map(|bring| &bring["label"]).collect();
    assert!((1..asked.len()).all(|at| !asked[..at].contains(&asked[at])), "a paper is asked for twice: {asked:?}");
    office.sql("UPDATE checklist_item SET state = 'missing' WHERE state = 'approved'").await;
    let plan = office.plan(&body).await.json();
    let missing = has_guard(&plan, "missing_paper").unwrap();
    assert!(missing["papers"][0]["en"].as_str().unwrap().contains("Passport"), "{missing}");
    assert_eq!(plan["bring"][0]["blocking"], true);
    office.sql("UPDATE case_file SET phase = 'decided' WHERE procedure = 'cpr-eu-employee'").await;
    let plan = office.plan(&body).await.json();
    assert_eq!(has_guard(&plan, "needless").unwrap()["case"], case["id"]);
}

#[tokio::test]
async fn a_plan_for_somebody_elses_or_a_withheld_case_is_refused_as_unknown() {
    let office = Office::open().await;
    let case = office.case_of_kalina("cpr-eu-employee").await;
    let refused = |change: Value| {
        let mut body = json!({ "citizen": case["citizen"], "cases": [case["id"]], "people": 1 });
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let office = &office;
        async move {
            let reply = office.plan(&body).await;
            assert_eq!(reply.kind(), "invalid", "{body}");
            reply.json()["errors"][0]["pointer"].as_str().unwrap().to_owned()
        }
    };
    assert_eq!(refused(json!({ "cases": [Uuid::now_v7()] })).await, "/cases/0");
    assert_eq!(refused(json!({ "cases": [case["id"], case["id"]] })).await, "/cases/1");
    assert_eq!(refused(json!({ "cases": [] })).await, "/cases");
    assert_eq!(refused(json!({ "people": 0 })).await, "/people");
    assert_eq!(refused(json!({ "citizen": Uuid::now_v7() })).await, "/citizen");
    assert_eq!(refused(json!({ "appointment": Uuid::now_v7() })).await, "/appointment");
    assert_eq!(refused(json!({ "language": "polish" })).await, "/language");
    let time =
        |counter: &str, minutes: u16| json!({ "time": { "counter": counter, "start": FREE_FROM, "minutes": minutes } });
    assert_eq!(refused(time("counter-99", 30)).await, "/time/counter");
    assert_eq!(refused(time("counter-4", 7)).await, "/time/minutes");
    office.sql("UPDATE case_file SET department = 'sof' WHERE procedure = 'cpr-eu-employee'").await;
    assert_eq!(refused(json!({})).await, "/cases/0", "a clerk does not see it");
    let body = json!({ "citizen": case["citizen"], "cases": [case["id"]], "people": 1,
                       "time": { "counter": "counter-4", "start": FREE_FROM, "minutes": 30 } });
    let seen = office.ask(Method::POST, "/v1/appointments/plan").role(Role::Caseworker).json(&body).send().await.json();
    assert!(!seen["bring"].as_array().unwrap().is_empty());
    let mail = seen["messages"][0]["text"].as_str().unwrap();
    assert!(!mail.contains("•"), "no message names the papers of such a department: {mail}");
}

#[tokio::test]
async fn a_booking_taken_back_within_the_minute_tells_nobody_and_one_that_stands_tells_her_on_both_ways() {
    let office = Office::open().await;
    let sender = Remembers::default();
    let free = office.free().await;
    let made = office.book(&free[0]["start"]).await;
    office.at("2026-06-09T08:06:40Z", &sender).await;
    assert!(sender.take().is_empty(), "a minute passes first");
    office.change(&made, json!({ "status": "cancelled", "reason": "Forkert dag" })).await;
    office.at("2026-06-09T08:30:00Z", &sender).await;
    assert!(sender.take().is_empty());

    let made = office.book(&free[0]["start"]).await;
    office.at("2026-06-09T08:40:00Z", &sender).await;
    let sent = sender.take();
    assert_eq!(sent.len(), 2, "{sent:?}");
    let mail = sent.iter().find(|m| m.channel == MessageChannel::Email).unwrap();
    assert!(mail.subject.as_deref().unwrap().contains("18 czerwca 2026") && !shows_cpr(&mail.text), "{}", mail.text);
    assert!(mail.text.contains("Prosimy zabrać ze sobą"));

    // Moved and moved back within a minute: she knows what is true.
    let moved = json!({ "to": { "counter": "counter-4", "start": free[1]["start"], "minutes": 20 } });
    let there = office.change(&made, moved.clone()).await;
    let back = json!({ "to": { "counter": "counter-4", "start": free[0]["start"], "minutes": 20 } });
    let back = office.change(&there, back).await;
    office.at("2026-06-09T09:00:00Z", &sender).await;
    assert!(sender.take().is_empty());

    let there = office.change(&back, moved).await;
    office.at("2026-06-09T09:10:00Z", &sender).await;
    let sent = sender.take();
    assert!(sent.len() == 2 && sent[0].subject.as_deref().unwrap().contains("Zmiana terminu"), "{sent:?}");
    office.change(&there, json!({ "status": "cancelled", "reason": "Borgeren er syg" })).await;
    office.at("2026-06-09T09:20:00Z", &sender).await;
    let sent = sender.take();
    assert!(sent.len() == 2 && sent[0].text.contains("odwołana"), "{sent:?}");
    office.at("2026-06-20T09:20:00Z", &sender).await;
    assert!(sender.take().is_empty(), "no reminder of a time that does not stand");
}

#[tokio::test]
async fn two_days_before_she_reads_what_is_missing_then_and_the_day_before_only_if_it_blocks() {
    let office = Office::open().await;
    let sender = Remembers::default();
    let made = office.book(&office.free().await[0]["start"]).await;
    office.at("2026-06-09T08:10:00Z", &sender).await;
    sender.take();
    let told = office.look(&format!("/v1/appointments/{}", made["id"].as_str().unwrap())).send().await.json();
    let kinds: Vec<&str> = told["told"].as_array().unwrap().iter().map(|t| t["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["reminder", "reminder", "confirmation", "confirmation"], "{told}");
    assert_eq!((&told["told"][0]["state"], &told["told"][2]["state"]), (&json!("waiting"), &json!("sent")));
    office.sql("UPDATE checklist_item SET state = 'missing' WHERE state = 'approved'").await;
    office.at("2026-06-16T07:59:00Z", &sender).await;
    assert!(sender.take().is_empty());
    office.at("2026-06-16T08:00:00Z", &sender).await;
    let sent = sender.take();
    assert_eq!(sent.len(), 2);
    assert!(sent[0].text.contains("paszport") && sent[0].text.contains("Przypominamy"), "{}", sent[0].text);
    office.at("2026-06-17T12:00:00Z", &sender).await;
    let sent = sender.take();
    assert!(sent.len() == 2 && sent[0].text.contains("wciąż brakuje"), "{sent:?}");
    let case = office.case(made["cases"][0].as_str().unwrap()).await;
    assert_eq!(case["history"][0]["kind"], "reminded", "whoever has the case sees it: {}", case["history"][0]);
    office.at("2026-06-17T13:00:00Z", &sender).await;
    assert!(sender.take().is_empty(), "once");
}

#[tokio::test]
async fn the_guard_is_silent_when_all_is_there_and_says_so_when_nobody_has_to_come() {
    for (change, words) in [
        ("UPDATE checklist_item SET state = 'approved'", None),
        ("UPDATE case_file SET phase = 'decided' WHERE procedure = 'cpr-eu-employee'", Some("Nie trzeba przychodzić")),
    ] {
        let office = Office::open().await;
        let sender = Remembers::default();
        office.book(&office.free().await[0]["start"]).await;
        office.at("2026-06-16T08:00:00Z", &sender).await;
        sender.take();
        office.sql(change).await;
        office.at("2026-06-17T12:00:00Z", &sender).await;
        let sent = sender.take();
        assert_eq!(sent.len(), if words.is_some() { 2 } else { 0 }, "{change}");
        assert!(words.is_none_or(|words| sent[0].subject.as_deref().unwrap().contains(words)), "{sent:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_sent_is_tried_again_and_given_up_after_a_day_and_a_restart_goes_on() {
    let office = Office::open().await;
    let sender = Remembers::default();
    let made = office.book(&office.free().await[0]["start"]).await;
    sender.fail(Some(SendError::Later("the mail server cannot be reached".to_owned())));
    office.at("2026-06-09T08:08:00Z", &sender).await;
    sender.fail(None);
    assert_eq!(office.at("2026-06-09T08:08:10Z", &sender).await, 0, "not at once again");
    assert_eq!(office.at("2026-06-09T08:12:00Z", &sender).await, 2);
    let first: Vec<_> = sender.take().into_iter().map(|m| m.id).collect();
    // The service ended while they were under way: they go again under the same identifiers.
    office.sql("UPDATE outbound SET state = 'sending' WHERE kind = 'confirmation' AND state = 'sent' AND appointment IN (SELECT MAX(no) FROM appointment)").await;
    assert_eq!(office.at("2026-06-09T08:20:00Z", &sender).await, 0);
    outbound::resume(&office.service.app().store).await.unwrap();
    assert_eq!(office.at("2026-06-09T08:20:01Z", &sender).await, 2);
    let again: Vec<_> = sender.take().into_iter().map(|m| m.id).collect();
    assert_eq!(first, again);

    let moved = json!({ "to": { "counter": "counter-4", "start": office.free().await[3]["start"], "minutes": 20 } });
    office.change(&made, moved).await;
    sender.fail(Some(SendError::Later("the mail server cannot be reached".to_owned())));
    for hour in 9..=31 {
        let at: Timestamp = "2026-06-09T00:30:00Z".parse().unwrap();
        let at = at.checked_add(jiff::Span::new().hours(hour)).unwrap();
        office.at(&at.to_string(), &sender).await;
    }
    let path = format!("/v1/appointments/{}", made["id"].as_str().unwrap());
    let told = office.look(&path).send().await.json()["told"].clone();
    let failed = |told: &Value| told.as_array().unwrap().iter().filter(|t| t["state"] == "failed").count();
    assert_eq!(failed(&told), 0, "a day is not over: {told}");
    office.at("2026-06-10T09:40:00Z", &sender).await;
    let told = office.look(&path).send().await.json()["told"].clone();
    assert_eq!(failed(&told), 2, "{told}");
    sender.fail(None);
    office.at("2026-06-11T09:40:00Z", &sender).await;
    assert!(sender.take().is_empty(), "given up is given up");
}

#[tokio::test]
async fn in_training_messages_become_files_named_by_the_message() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("messages");
    let office = Office::open_with(|config| Config { way: Way::FolderAt(inside.clone()), ..config }).await;
    office.book(&office.free().await[0]["start"]).await;
    office.service.move_clock("2026-06-09T08:10:00Z".parse().unwrap());
    assert_eq!(office.service.send_due().await.unwrap(), 2);
    let mut names: Vec<String> =
        std::fs::read_dir(&inside).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_by_key(|name| name.ends_with(".txt"));
    assert!(names.len() == 2 && names[0].ends_with(".eml") && names[1].ends_with(".txt"), "{names:?}");
    assert!(Uuid::parse_str(names[0].trim_end_matches(".eml")).is_ok());
    let mail = std::fs::read_to_string(inside.join(&names[0])).unwrap();
    assert!(mail.starts_with("To: ") && mail.contains("\r\n\r\nDzień dobry"), "{mail}");
    assert_eq!(office.service.send_due().await.unwrap(), 0);
}

#[tokio::test]
async fn who_is_exempt_has_no_mail_and_no_phone_is_told_by_nobody_and_the_script_is_there() {
    let office = Office::open().await;
    office.sql("UPDATE citizen SET profile = json_set(profile, '$.exempt_from_digital_post', json('true'), '$.phone', NULL) WHERE no = 1").await;
    let case = office.case_of_kalina("cpr-eu-employee").await;
    let body = json!({ "citizen": case["citizen"], "cases": [case["id"]], "people": 1,
                       "time": { "counter": "counter-4", "start": office.free().await[0]["start"], "minutes": 20 } });
    let plan = office.plan(&body).await.json();
    assert_eq!(plan["messages"], json!([]), "{plan}");
    assert!(plan["reminder"].is_null() && plan["script"].as_array().unwrap().len() > 3);
}

#[tokio::test]
async fn what_runs_out_is_told_once_a_month_before() {
    let office = Office::open().await;
    let sender = Remembers::default();
    office.sql("DELETE FROM expiry").await;
    office.sql("INSERT INTO expiry (citizen, what, until) VALUES (1, 'driving_licence', '2026-07-09'), (1, 'name_protection', '2026-06-20'), (1, 'passport', '2026-07-10'), (1, 'residence_permit', '2026-06-01')").await;
    assert_eq!(office.service.remind_due().await.unwrap(), 2);
    assert_eq!(office.service.remind_due().await.unwrap(), 0);
    office.at("2026-06-09T08:10:00Z", &sender).await;
    let sent = sender.take();
    let phone: Vec<&Message> = sent.iter().filter(|m| m.channel == MessageChannel::Sms).collect();
    assert_eq!((sent.len(), phone.len()), (3, 1), "a protection is not named on a phone: {sent:?}");
    assert!(phone[0].text.contains("Prawo jazdy") && phone[0].text.contains("9 lipca 2026"), "{}", phone[0].text);
    office.service.move_clock("2026-06-10T08:00:00Z".parse().unwrap());
    assert_eq!(office.service.remind_due().await.unwrap(), 1, "the passport's month begins");
}

#[tokio::test]
async fn who_waits_for_an_earlier_time_fits_by_length_papers_and_patience() {
    let office = Office::open().await;
    office.sql("DELETE FROM waiting_site").await;
    // Three citizens with a case each: one whose papers are all there, and two whose are not.
    let cases = office.get("/v1/cases?department=kff&limit=200").send().await.json();
    let mut three: Vec<&Value> = Vec::new();
    for ready in [true, false, false] {
        let found = cases["items"].as_array().unwrap().iter().find(|case| {
            let open = case["readiness"]["open_before_visit"] == 0;
            let awaits = case["readiness"]["awaiting_citizen"] != 0;
            (if ready { open } else { awaits })
                && case["phase"] != "closed"
                && three.iter().all(|known| known["citizen"] != case["citizen"])
        });
        three.push(found.unwrap());
    }
    for (at, minutes) in [(1, 40), (2, 20), (0, 20)] {
        let case = three[at];
        let wish = json!({ "id": Uuid::now_v7(), "citizen": case["citizen"], "cases": [case["id"]], "minutes": minutes, "people": 1,
                           "sites": ["norrebro"], "before": "2026-07-01" });
        let made = office.ask(Method::POST, "/v1/waiting-list").key(Uuid::now_v7()).json(&wish).send().await;
        assert_eq!(made.status, 201, "{made:?}");
    }
    let list = office.get("/v1/waiting-list?site=norrebro").send().await.json();
    let whose = |list: &Value| -> Vec<Value> {
        let of = |item: &Value| item.get("waiting").unwrap_or(item)["citizen"].clone();
        list["items"].as_array().unwrap().iter().map(of).collect()
    };
    let of = |at: usize| three[at]["citizen"].clone();
    assert_eq!(whose(&list), [of(1), of(2), of(0)], "who waits longest stands first");
    let fits = |minutes: u16| {
        office
            .get(&format!("/v1/waiting-list/fits?counter=counter-4&start=2026-06-11T07:00:00Z&minutes={minutes}"))
            .send()
    };
    assert_eq!(whose(&fits(180).await.json()), [of(0), of(1), of(2)], "papers ready first, then who waits longest");
    let short = fits(30).await.json();
    assert_eq!(whose(&short), [of(0), of(2)], "and only who fits");
    assert_eq!((&short["items"][0]["minutesLeft"], &short["items"][0]["daysWon"]), (&json!(10), &json!(20)));
    assert_eq!((&short["items"][0]["ready"], &short["items"][1]["ready"]), (&json!(true), &json!(false)));
    let last = "/v1/waiting-list/fits?counter=counter-4&start=2026-12-01T08:00:00Z&minutes=60";
    assert_eq!(office.get(last).send().await.json()["items"], json!([]), "that would not be earlier");
    for (path, pointer) in [
        ("/v1/waiting-list", "?site"),
        ("/v1/waiting-list?site=atlantis", "?site"),
        ("/v1/waiting-list/fits?counter=counter-99&start=2026-06-11T07:00:00Z&minutes=20", "?counter"),
        ("/v1/waiting-list/fits?counter=counter-4&start=noon&minutes=20", "?start"),
        ("/v1/waiting-list/fits?counter=counter-4&start=2026-06-11T07:00:00Z&minutes=1", "?minutes"),
    ] {
        let reply = office.get(path).send().await;
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{path}");
    }
    assert_eq!(office.get("/v1/waiting-list?site=norrebro").role(Role::Host).send().await.status, 403);
}

#[tokio::test]
async fn an_earlier_time_that_she_takes_ends_her_wish_by_itself() {
    let office = Office::open().await;
    let free = office.free().await;
    let made = office.book(&free[0]["start"]).await;
    let wish = json!({ "id": Uuid::now_v7(), "citizen": made["citizen"], "appointment": made["id"], "cases": made["cases"], "minutes": 20,
                       "people": 3, "sites": ["norrebro"], "before": "2026-06-18" });
    let ask = |body: Value| office.ask(Method::POST, "/v1/waiting-list").key(Uuid::now_v7()).json(&body).send();
    for (name, value, pointer) in [
        ("before", json!("2026-06-09"), "/before"),
        ("before", json!("2026-06-19"), "/before"),
        ("minutes", json!(3), "/minutes"),
        ("people", json!(0), "/people"),
        ("sites", json!([]), "/sites"),
        ("sites", json!(["atlantis"]), "/sites/0"),
        ("cases", json!([Uuid::now_v7()]), "/cases/0"),
        ("appointment", json!(Uuid::now_v7()), "/appointment"),
        ("id", json!(Uuid::nil()), "/id"),
    ] {
        let mut wrong = wish.clone();
        wrong[name] = value;
        let reply = ask(wrong.clone()).await;
        assert_eq!(reply.kind(), "invalid", "{wrong}");
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{wrong}");
    }
    let made_wish = ask(wish.clone()).await;
    assert_eq!(made_wish.status, 201, "{made_wish:?}");
    assert_eq!(
        (made_wish.json()["state"].clone(), made_wish.json()["has"].clone()),
        (json!("waiting"), made["start"].clone())
    );
    assert_eq!(ask(wish.clone()).await.kind(), "already-exists");
    let earlier =
        office.get("/v1/slots?counter=counter-4&minutes=20&limit=1&from=2026-06-15T06:30:00Z").send().await.json();
    let to = json!({ "to": { "counter": "counter-4", "start": earlier["items"][0]["start"], "minutes": 20 } });
    office.change(&made, to).await;
    let mine =
        office.look(&format!("/v1/waiting-list?citizen={}", made["citizen"].as_str().unwrap())).send().await.json();
    assert_eq!(mine["items"][0]["state"], "taken", "{mine}");
    let path = made_wish.header("location").to_owned();
    let end = |etag: &Value, state: &str| {
        office.ask(Method::PATCH, &path).key(Uuid::now_v7()).seen(etag).json(&json!({ "state": state })).send()
    };
    assert_eq!(end(&made_wish.json()["etag"], "withdrawn").await.kind(), "stale");
    assert_eq!(end(&mine["items"][0]["etag"], "withdrawn").await.kind(), "not-possible-now");
}

#[tokio::test]
async fn a_feed_shows_times_places_and_initials_and_nothing_else() {
    let office = Office::open().await;
    let make = |key| office.ask(Method::POST, "/v1/feeds").key(key).json(&json!({})).send();
    let key = Uuid::now_v7();
    let first = make(key).await;
    assert_eq!(first.status, 201, "{first:?}");
    assert_eq!(make(key).await.json(), first.json(), "asked again the same comes back");
    let path = first.json()["path"].as_str().unwrap().to_owned();
    let staff = first.json()["staff"].as_str().unwrap().parse::<Uuid>().unwrap();
    let app = office.service.app();
    sqlx::query("UPDATE appointment SET with_staff = $1 WHERE citizen = 1")
        .bind(staff)
        .execute(&mut *app.store.writer().await.unwrap())
        .await
        .unwrap();
    let feed = office.get(&path).nobody().send().await;
    assert_eq!(feed.header("content-type"), "text/calendar; charset=utf-8");
    let text = String::from_utf8(feed.body.clone()).unwrap();
    let calendar = ical::IcalParser::new(text.as_bytes()).next().unwrap().unwrap();
    assert!(!calendar.events.is_empty(), "{text}");
    assert!(text.contains("SUMMARY:Borgerservice: KW") && text.contains("DTSTART:20260609T082000Z"), "{text}");
    assert!(!text.contains("Wrona") && !text.contains("Kalina") && !shows_cpr(&text.replace("2026", "")), "{text}");
    let again = office.get(&path).nobody().header("if-none-match", feed.header("etag")).send().await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    for wrong in ["0".repeat(64), "nothing".to_owned(), path.trim_start_matches("/v1/feeds/").to_uppercase()] {
        assert_eq!(office.get(&format!("/v1/feeds/{wrong}")).nobody().send().await.kind(), "not-found", "{wrong}");
    }
    let second = make(Uuid::now_v7()).await.json();
    assert_ne!(second["path"], path.as_str());
    assert_eq!(office.get(&path).nobody().send().await.kind(), "not-found", "the new one makes the old one void");
    assert_eq!(make(key).await.kind(), "not-found", "nor is a void one handed out again");
    let kept = sqlx::query("SELECT answer FROM command WHERE id = $1")
        .bind(key)
        .fetch_one(&mut *app.store.read().await.unwrap())
        .await
        .unwrap();
    let secret = path.trim_start_matches("/v1/feeds/");
    assert!(!crate::store::Read::text(&kept, 0).unwrap().contains(secret), "the secret is kept nowhere");
    assert_ne!(fingerprint(&[secret.as_bytes()]), [0; 32]);
}

#[tokio::test]
async fn an_appointment_is_read_by_a_calendar_program() {
    let office = Office::open().await;
    let made = office.book(&office.free().await[0]["start"]).await;
    let path = format!("/v1/appointments/{}/ics", made["id"].as_str().unwrap());
    let file = office.get(&path).role(Role::Host).send().await;
    let text = String::from_utf8(file.body).unwrap();
    let calendar = ical::IcalParser::new(text.as_bytes()).next().unwrap().unwrap();
    let value = |name: &str| {
        let event = &calendar.events[0];
        event.properties.iter().find(|p| p.name == name).and_then(|p| p.value.clone()).unwrap_or_default()
    };
    let start = made["start"].as_str().unwrap().replace(['-', ':'], "");
    assert_eq!((value("DTSTART"), value("STATUS"), value("SEQUENCE")), (start, "CONFIRMED".into(), "0".into()));
    assert!(value("LOCATION").contains("Skranke 4") && value("SUMMARY").ends_with("KW"));
    let nothing = format!("/v1/appointments/{}/ics", Uuid::now_v7());
    assert_eq!(office.get(&nothing).send().await.kind(), "not-found");
    assert_eq!(office.get(&path).nobody().send().await.kind(), "unauthenticated");
}
