//! What can be settled now, what is missing, and the one letter that asks for it.

use jiff::civil::date;
use skranke_api::changes::OfficeRules;
use skranke_api::contacts::LetterRequest;
use skranke_client::outbox::OutboxEvent;
use skranke_domain::catalogue::Catalogue;
use skranke_domain::contact::Channel;
use skranke_domain::holidays::is_closed_day;
use skranke_domain::letter::LetterLanguage;

use super::*;
use crate::citizen::{CitizenInput, Step};
use crate::sheets::letter::LetterProblem;
use crate::sheets::{LetterInput, LetterSheet, Opening, Sheet, SheetInput};

const KFF: u8 = 1;
const SIRI: u8 = 2;

fn case(n: u8) -> CaseId {
    format!("01890000-0000-7000-8000-0000000001{n:02}").parse().unwrap()
}

fn paper(n: u8, department: &str, item: &str, kind: Option<&str>, differs: serde_json::Value) -> serde_json::Value {
    let mut paper = json!({
        "case": case(n), "caseTitle": { "da": format!("Sag {n}"), "en": format!("Case {n}") }, "department": department, "item": item,
        "paper": kind, "label": { "da": item, "en": item }, "citizenText": { "da": format!("Send {item}."), "en": format!("Send {item}.") },
        "state": "missing", "due": "before_visit", "suppliedBy": "citizen", "requested": null, "deadline": null, "unlocks": false,
        "etag": format!("v{n}"),
    });
    for (key, value) in differs.as_object().unwrap() {
        paper[key] = value.clone();
    }
    paper
}

/// KFF waits for a lease and a doctor, SIRI for the same lease and for a contract that it asked for.
fn answers() -> [(&'static str, Vec<serde_json::Value>); 2] {
    [
        (
            "kff",
            vec![
                paper(KFF, "kff", "lease", Some("tenancy-contract"), json!({ "deadline": "2026-06-10" })),
                paper(KFF, "kff", "doctor", Some("choice-of-doctor"), json!({})),
            ],
        ),
        (
            "siri",
            vec![
                paper(SIRI, "siri", "address", Some("tenancy-contract"), json!({ "deadline": "2026-06-18" })),
                paper(SIRI, "siri", "contract", Some("employment-contract"), json!({ "state": "requested" })),
            ],
        ),
    ]
}

struct Open {
    desk: Desk,
    citizen: CitizenId,
    overview: Ticket,
}

impl Open {
    /// A citizen who speaks `languages` stands there; nothing was answered yet.
    fn speaking(languages: &[&str]) -> Self {
        let mut desk = desk();
        let catalogue = Catalogue::builtin().unwrap();
        desk.session.rules = OfficeRules {
            papers: catalogue.papers,
            settle: catalogue.settle_rules,
            changes: Vec::new(),
            facts: Vec::new(),
        };
        let citizen = CitizenId::new();
        let effects = opens(&mut desk, citizen);
        let overview = asked(&effects, Room::Citizen(StandId::A), 1);
        let identity = json!({
            "id": citizen, "givenName": "Kalina Testrup", "surname": "Wrona", "cprMasked": "721190-••••", "cprReplacement": true,
            "born": "1990-11-12", "age": 35, "status": "resident", "current": null, "civilStatus": "divorced",
            "address": { "view": "protected" }, "municipality": "Skovvig Kommune", "protections": [], "languages": languages,
            "interpreter": null, "relations": [], "representations": [], "groundOfStay": "eu_worker", "adviser": null,
            "digitalAbility": "able", "exemptFromDigitalPost": false, "phone": null, "email": null, "lastLooked": null, "duplicates": [],
        });
        let ticket = asked(&effects, Room::Citizen(StandId::A), 0);
        let reply = Reply::Citizen(Box::new(Ok(serde_json::from_value(identity).unwrap())));
        desk.update(Input::Reply(ticket, reply), now());
        let mut open = Self { desk, citizen, overview };
        open.line(json!({ "line": "departments", "citizen": citizen, "departments": ["kff", "siri"] }));
        open
    }

    /// The same, and both departments answered.
    fn answered() -> Self {
        let mut open = Self::speaking(&["pl", "en"]);
        for (department, papers) in answers() {
            open.says(department, "answered", &papers);
        }
        open
    }

    fn line(&mut self, line: serde_json::Value) {
        let line: OverviewLine = serde_json::from_value(line).unwrap();
        self.desk.update(Input::Reply(self.overview, Reply::Overview(Box::new(Ok(line)))), now());
    }

    fn says(&mut self, department: &str, outcome: &str, papers: &[serde_json::Value]) {
        let mut line =
            json!({ "line": "section", "department": department, "outcome": outcome, "asOf": null, "tookMs": 3 });
        if outcome != "withheld" {
            line["cases"] = json!([]);
            line["situations"] = json!([]);
            line["papers"] = json!(papers);
            line["benefits"] = json!([]);
        }
        self.line(line);
    }

    fn sheet_input(&mut self, input: SheetInput) -> Vec<Effect> {
        self.desk.update(Input::Citizen(CitizenInput::Sheet(input)), now())
    }

    fn letter(&mut self, input: LetterInput) {
        self.sheet_input(SheetInput::Letter(input));
    }

    fn open_letter(&mut self, of: Option<CaseId>) {
        self.sheet_input(SheetInput::Open(Opening::Letter(of)));
    }

    fn sheet(&self) -> &LetterSheet {
        let Some(Sheet::Letter(sheet)) = self.desk.sheet() else { panic!("no letter is open") };
        sheet
    }

    fn confirm(&mut self) -> Option<Draft> {
        enqueued(&self.sheet_input(SheetInput::Confirm))
    }

    fn pending(&mut self, entries: Vec<Entry>) {
        self.desk.update(Input::Pending(PendingInput::Entries(entries)), now());
    }

    /// The items that may be settled now, best first.
    fn settle(&self) -> Vec<String> {
        let open = self.desk.citizen().unwrap().open_papers(&self.desk.pending);
        let things = open.settle_now(&self.desk.session.rules, date(2026, 6, 9));
        things.iter().map(|thing| thing.paper.first().item.to_string()).collect()
    }

    /// The missing papers, each with how many cases it is for.
    fn missing(&self) -> Vec<(String, usize)> {
        let open = self.desk.citizen().unwrap().open_papers(&self.desk.pending);
        open.missing().iter().map(|paper| (paper.first().item.to_string(), paper.uses.len())).collect()
    }

    /// The clerk's judgement of an item, as the outbox keeps it.
    fn judgement(&self, n: u8, item: &str, state: EntryState) -> Entry {
        let (person, id) = (self.desk.person().unwrap(), skranke_domain::ItemId::parse(item).unwrap());
        let author = skranke_client::outbox::Author { person, citizen: self.citizen, at: now() };
        let change = skranke_api::cases::ItemChange { action: ItemAction::Approve, reason: None };
        let label = skranke_client::outbox::Label::Item {
            citizen_name: String::new(),
            case_number: String::new(),
            item_id: id.clone(),
            item: skranke_domain::Localized::new(item, item),
            action: ItemAction::Approve,
            reason: None,
        };
        entry(Draft::item(author, case(n), &id, ETag::of_version(1), &change, label).unwrap(), state)
    }
}

fn refused() -> EntryState {
    EntryState::Refused { problem: Problem::new(ProblemKind::Stale) }
}

fn sent(draft: &Draft) -> LetterRequest {
    serde_json::from_value(draft.body.clone()).unwrap()
}

#[test]
fn what_was_just_approved_is_settled_no_more_and_a_refused_one_comes_back() {
    let mut open = Open::answered();
    assert_eq!(open.settle(), ["lease", "contract", "doctor"]);
    open.pending(vec![open.judgement(KFF, "doctor", EntryState::Queued)]);
    assert_eq!(open.settle(), ["lease", "contract"], "the doctor is chosen");
    assert_eq!(open.missing(), [("lease".to_owned(), 2), ("contract".to_owned(), 1)]);
    let unlocks = |open: &Open| {
        let papers = open.desk.citizen().unwrap().open_papers(&open.desk.pending);
        papers.missing()[0].unlocked().count()
    };
    assert_eq!(unlocks(&open), 1, "the lease is the last paper of its case now");
    open.pending(vec![open.judgement(KFF, "doctor", refused())]);
    assert_eq!(open.settle(), ["lease", "contract", "doctor"]);
    assert_eq!(unlocks(&open), 0);
}

#[test]
fn a_judgement_about_somebody_elses_case_changes_nothing_here() {
    let mut open = Open::answered();
    let mut other = open.judgement(KFF, "doctor", EntryState::Queued);
    other.draft.subject.citizen = Some(CitizenId::new());
    open.pending(vec![other]);
    assert_eq!(open.settle(), ["lease", "contract", "doctor"]);
}

#[test]
fn what_an_old_answer_says_is_missing_but_not_offered_as_settled_now() {
    let mut open = Open::speaking(&[]);
    let [(kff, papers), _] = answers();
    let problem = json!(Problem::new(ProblemKind::DepartmentSlow));
    open.line(json!({
        "line": "section", "department": kff, "outcome": "stale", "cases": [], "situations": [], "papers": papers, "benefits": [],
        "problem": problem, "asOf": "2026-06-09T07:12:00Z", "tookMs": 2000
    }));
    assert_eq!(open.settle(), Vec::<String>::new());
    assert_eq!(open.missing().len(), 2);
}

#[test]
fn a_withheld_department_contributes_nothing() {
    let mut open = Open::speaking(&[]);
    open.says("kff", "withheld", &[]);
    open.says("siri", "withheld", &[]);
    assert!(open.settle().is_empty() && open.missing().is_empty());
    open.open_letter(None);
    assert!(open.sheet().papers.is_empty());
    assert!(open.confirm().is_none());
    assert_eq!(open.sheet().problem, Some(LetterProblem::NothingMissing));
}

#[test]
fn one_letter_asks_for_each_paper_once_over_both_departments() {
    let mut open = Open::answered();
    open.open_letter(None);
    let draft = open.confirm().expect("a letter");
    assert!(open.desk.sheet().is_none(), "it is done");
    let request = sent(&draft);
    let items: Vec<_> = request.items.iter().map(|one| (one.case, one.item.to_string())).collect();
    let expected = [(case(KFF), "lease"), (case(SIRI), "address"), (case(KFF), "doctor")];
    assert_eq!(
        items,
        expected.map(|(case, item)| (case, item.to_owned())),
        "what was asked for before is not asked for again"
    );
    assert_eq!(request.text.matches("• ").count(), 2, "{}", request.text);
    assert!(request.text.contains("umow"), "the lease is asked for in Polish: {}", request.text);
    assert_eq!((request.language.0.as_str(), request.channel), ("pl", Channel::DigitalPost));
    assert_eq!(draft.path, skranke_api::paths::letters(open.citizen));
    assert_eq!(draft.subject.citizen, Some(open.citizen));
    for secret in ["Kalina", "Wrona", "721190"] {
        assert!(!request.text.contains(secret) && !draft.path.contains(secret));
    }
    open.pending(vec![entry(draft, EntryState::Queued)]);
    open.open_letter(None);
    assert!(open.sheet().papers.is_empty(), "an unsent letter has asked already");
}

#[test]
fn a_letter_for_one_case_leaves_the_others_out_but_asks_for_a_shared_paper_once() {
    let mut open = Open::answered();
    open.open_letter(Some(case(SIRI)));
    let request = sent(&open.confirm().expect("a letter"));
    let items: Vec<_> = request.items.iter().map(|one| one.item.to_string()).collect();
    assert_eq!(items, ["lease", "address"]);
}

#[test]
fn a_confirmed_letter_has_asked_before_the_departments_say_so() {
    let mut open = Open::answered();
    open.open_letter(None);
    let entry = entry(open.confirm().expect("a letter"), EntryState::Queued);
    open.pending(vec![entry.clone()]);
    let news = OutboxEvent::Confirmed { id: entry.id, answer: json!({}), etag: None };
    open.desk.update(Input::Pending(PendingInput::News(news, Vec::new())), now());
    let papers = open.desk.citizen().unwrap().open_papers(&open.desk.pending);
    assert!(!papers.is_to_ask(None));
    assert!(papers.missing().iter().all(|paper| paper.uses.iter().all(|used| used.state == ItemState::Requested)));
}

#[test]
fn a_confirmed_judgement_does_not_bring_the_paper_back_while_the_department_is_asked_again() {
    let mut open = Open::answered();
    let doctor = open.judgement(KFF, "doctor", EntryState::Queued);
    open.pending(vec![doctor.clone()]);
    let answer = json!({ "item": item("doctor", "approved"), "case": row(case(KFF), open.citizen) });
    let news = OutboxEvent::Confirmed { id: doctor.id, answer, etag: None };
    open.desk.update(Input::Pending(PendingInput::News(news, Vec::new())), now());
    assert_eq!(open.settle(), ["lease", "contract"]);
}

#[test]
fn a_refused_letter_has_asked_for_nothing() {
    let mut open = Open::answered();
    open.open_letter(None);
    let draft = open.confirm().expect("a letter");
    open.pending(vec![entry(draft, refused())]);
    assert!(open.desk.citizen().unwrap().open_papers(&open.desk.pending).is_to_ask(None));
}

#[test]
fn what_was_typed_into_the_letter_survives_ticking_language_and_escape() {
    let mut open = Open::answered();
    open.open_letter(None);
    open.letter(LetterInput::Language(LetterLanguage::English));
    let own = format!("{}\n\nBring the original too.", open.sheet().text);
    open.letter(LetterInput::Typed(own.clone()));
    open.letter(LetterInput::ToggleActive);
    open.letter(LetterInput::Language(LetterLanguage::German));
    assert_eq!((open.sheet().text.as_str(), open.sheet().edited), (own.as_str(), true));
    open.sheet_input(SheetInput::Leave);
    open.open_letter(Some(case(KFF)));
    assert!(!open.sheet().edited, "the letter for one case is another one");
    open.sheet_input(SheetInput::Leave);
    open.open_letter(None);
    assert_eq!((open.sheet().text.as_str(), open.sheet().ticked().count()), (own.as_str(), 1));
    open.letter(LetterInput::Anew);
    assert!(!open.sheet().edited && !open.sheet().text.contains("Bring the original"));
    assert_eq!(open.sheet().text, open.sheet().written(LetterLanguage::German));
}

#[test]
fn the_text_follows_what_is_ticked_until_it_is_edited() {
    let mut open = Open::answered();
    open.open_letter(None);
    let both = open.sheet().text.clone();
    open.letter(LetterInput::Step(Step::Next));
    open.letter(LetterInput::ToggleActive);
    assert!(open.sheet().text.len() < both.len());
    open.letter(LetterInput::Typed("x".to_owned()));
    open.letter(LetterInput::Typed(open.sheet().written(LetterLanguage::Polish)));
    assert!(!open.sheet().edited, "typed back to what it was");
    open.letter(LetterInput::All);
    assert_eq!(open.sheet().text, both);
}

#[test]
fn the_deadline_is_never_a_weekend_or_holiday() {
    let mut open = Open::answered();
    open.open_letter(None);
    assert_eq!(open.sheet().answer_by().map(|by| by.day), Ok(date(2026, 6, 23)), "in fourteen days");
    for days in 0..300 {
        open.letter(LetterInput::Deadline(format!("+{days}")));
        let by = open.sheet().answer_by().unwrap();
        assert!(!is_closed_day(by.day) && by.day >= by.typed, "+{days}: {by:?}");
    }
    open.letter(LetterInput::Deadline("24.12.2026".to_owned()));
    assert_eq!(open.sheet().answer_by().map(|by| (by.day, by.typed)), Ok((date(2026, 12, 28), date(2026, 12, 24))));
    assert_eq!(sent(&open.confirm().expect("a letter")).deadline, date(2026, 12, 28));
}

#[test]
fn a_deadline_that_is_past_or_no_date_is_told_and_nothing_is_lost() {
    for (typed, problem) in [
        ("8.6.2026", LetterProblem::Past),
        ("24.12.2031", LetterProblem::Far),
        ("soon", LetterProblem::Date(crate::dates::DateProblem::NotADate)),
    ] {
        let mut open = Open::answered();
        open.open_letter(None);
        let text = open.sheet().text.clone();
        open.letter(LetterInput::Deadline(typed.to_owned()));
        assert!(open.confirm().is_none());
        let sheet = open.sheet();
        assert_eq!(
            (sheet.problem, sheet.deadline.as_str(), sheet.text.as_str()),
            (Some(problem), typed, text.as_str())
        );
    }
}

#[test]
fn a_letter_without_papers_or_words_is_not_sent() {
    let mut open = Open::answered();
    open.open_letter(None);
    open.letter(LetterInput::All);
    assert!(open.confirm().is_none());
    assert_eq!(open.sheet().problem, Some(LetterProblem::NothingTicked));
    open.letter(LetterInput::All);
    open.letter(LetterInput::Typed("  ".to_owned()));
    assert!(open.confirm().is_none());
    assert_eq!(open.sheet().problem, Some(LetterProblem::NoText));
    open.letter(LetterInput::Typed("x".repeat(6001)));
    assert!(open.confirm().is_none());
    assert_eq!(open.sheet().problem, Some(LetterProblem::TooLong { by: 1 }));
}

#[test]
fn a_paper_that_came_meanwhile_must_be_read_about_before_the_letter_goes() {
    let mut open = Open::answered();
    open.open_letter(None);
    let doctor = open.judgement(KFF, "doctor", EntryState::Queued);
    open.pending(vec![doctor]);
    assert!(open.confirm().is_none());
    assert_eq!(open.sheet().problem, Some(LetterProblem::Changed));
    assert_eq!(open.sheet().papers.len(), 1);
    let request = sent(&open.confirm().expect("she read it"));
    assert_eq!(request.items.len(), 2);
}

#[test]
fn a_late_departments_papers_join_the_letter_only_where_they_are_seen() {
    let mut open = Open::speaking(&["ar"]);
    let [(kff, first), (siri, second)] = answers();
    open.says(kff, "answered", &first);
    open.open_letter(None);
    assert_eq!(open.sheet().language, LetterLanguage::English);
    assert_eq!(open.sheet().unwritten.as_ref().map(|code| code.0.as_str()), Some("ar"));
    let mut wanted = second.clone();
    wanted[1]["state"] = json!("missing");
    open.says(siri, "answered", &wanted);
    let request = sent(&open.confirm().expect("a letter"));
    assert_eq!(request.text.matches("• ").count(), 2, "the contract was not shown");
    assert!(request.items.iter().all(|one| one.item.as_str() != "contract"));
    open.open_letter(None);
    assert_eq!(open.sheet().papers.len(), 3);
}
