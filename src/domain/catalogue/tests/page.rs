//! What the citizen page takes from the catalogue: question trees, papers, rules and changes. What does not live here: their logic.

use super::*;
use crate::checklist::ItemState;
use crate::life_situation::Happening;
use crate::paper::AtCounter;

fn facts(age: i64) -> Facts {
    [("person.age".to_owned(), FactValue::Number(age))].into()
}

/// The departments that hear of a change, and are asked when a citizen is opened, by the procedure that brings it to them.
fn hearing(catalogue: &Catalogue, change: &str, facts: &Facts) -> Vec<(String, String)> {
    let change = catalogue.change(&slug(change)).unwrap();
    catalogue
        .fan_out(change, facts)
        .into_iter()
        .filter(|(_, verdict)| verdict.applies())
        .map(|(fan, _)| catalogue.procedure(&fan.procedure).unwrap())
        .filter(|procedure| catalogue.department(&procedure.department).unwrap().asked)
        .map(|procedure| (procedure.id.to_string(), procedure.department.to_string()))
        .collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn a_changed_income_at_67_reaches_tax_health_and_finance() {
    let heard = hearing(&builtin(), "income", &facts(67));
    let expected = [
        ("tax-card", "skat"),
        ("housing-benefit", "udk"),
        ("personal-supplement", "suf"),
        ("old-age-pension", "udk"),
        ("instalment-review", "okf"),
    ];
    assert_eq!(heard, pairs(&expected));
}

#[test]
fn a_changed_income_at_40_reaches_day_care_instead_of_the_pension() {
    let catalogue = builtin();
    let heard = hearing(&catalogue, "income", &facts(40));
    let expected =
        [("tax-card", "skat"), ("housing-benefit", "udk"), ("fee-reduction", "buf"), ("instalment-review", "okf")];
    assert_eq!(heard, pairs(&expected));
    let all = |age| -> Vec<String> {
        let change = catalogue.change(&slug("income")).unwrap();
        let touched = catalogue.fan_out(change, &facts(age));
        touched.into_iter().filter(|(_, v)| v.applies()).map(|(fan, _)| fan.procedure.to_string()).collect()
    };
    assert!(all(67).contains(&"old-age-pension".to_owned()) && !all(66).contains(&"old-age-pension".to_owned()));
    assert!(all(40).contains(&"housing-benefit".to_owned()) && all(67).contains(&"housing-benefit".to_owned()));
}

#[test]
fn where_the_age_is_unknown_the_supplement_may_be_touched_and_nobody_says_no() {
    let catalogue = builtin();
    let change = catalogue.change(&slug("income")).unwrap();
    let touched = catalogue.fan_out(change, &Facts::new());
    assert_eq!(touched.len(), change.fans_out.len());
    let unknown = Verdict::Unknown { fact: "person.age".to_owned() };
    let of = |procedure: &str| touched.iter().find(|(fan, _)| fan.procedure.as_str() == procedure).unwrap().1.clone();
    assert_eq!((of("personal-supplement"), of("fee-reduction")), (unknown.clone(), unknown));
    assert!(of("tax-card").applies());
}

#[test]
fn a_new_address_a_changed_household_and_a_new_account_reach_their_departments_too() {
    let catalogue = builtin();
    let departments = |change: &str| -> BTreeSet<String> {
        hearing(&catalogue, change, &facts(40)).into_iter().map(|(_, department)| department).collect()
    };
    assert_eq!(departments("address"), ["kff", "tmf", "udk"].map(str::to_owned).into());
    assert_eq!(departments("household"), ["buf", "okf", "udk"].map(str::to_owned).into());
    assert_eq!(departments("bank-account"), ["kff", "okf"].map(str::to_owned).into());
    let mut parent = facts(40);
    parent.insert("family.accompanying_children".to_owned(), FactValue::Flag(true));
    let heard = hearing(&catalogue, "address", &parent);
    assert!(heard.contains(&("school".to_owned(), "buf".to_owned())), "{heard:?}");
}

#[test]
fn every_consequence_is_promised_by_the_department_that_decides_it() {
    let catalogue = builtin();
    for kind in &catalogue.life_situations {
        for follow in &kind.follows {
            let Some(id) = &follow.procedure else { continue };
            let department = &catalogue.procedure(id).unwrap().department;
            assert_eq!(*department, follow.department, "{}: {}", kind.id, follow.id);
        }
    }
}

#[test]
fn whatever_happens_proposes_a_situation() {
    let catalogue = builtin();
    for happening in Happening::ALL {
        let proposed = catalogue.life_situations.iter().any(|kind| kind.happenings.contains(happening));
        assert!(proposed, "{happening:?} proposes nothing");
    }
}

#[test]
fn a_citizen_reads_papers_and_cases_in_her_own_language() {
    let catalogue = builtin();
    let papers = catalogue
        .papers
        .iter()
        .flat_map(|paper| [(paper.id.to_string(), Some(&paper.title)), (paper.id.to_string(), Some(&paper.asks))]);
    let cases =
        catalogue.procedures.iter().map(|procedure| (procedure.id.to_string(), procedure.citizen_title.as_ref()));
    for (name, text) in papers.chain(cases) {
        let text = text.unwrap_or_else(|| panic!("{name} has no title for the citizen"));
        for code in ["da", "en", "de", "pl"] {
            assert!(text.written_in(code).is_some(), "{name} is not written in {code}");
        }
    }
}

#[test]
fn every_paper_that_comes_from_outside_is_of_a_kind_and_every_kind_is_asked_for() {
    let catalogue = builtin();
    let mut used = BTreeSet::new();
    for procedure in &catalogue.procedures {
        for item in &procedure.items {
            used.extend(item.paper.as_ref());
            let office = item.supplied_by.is_office();
            assert_eq!(item.paper.is_none(), office, "{}: {}", procedure.id, item.id);
        }
    }
    let declared: BTreeSet<_> = catalogue.papers.iter().map(|paper| &paper.id).collect();
    assert_eq!(used, declared);
}

#[test]
fn one_tenancy_contract_serves_registration_housing_benefit_and_the_deposit_loan() {
    let catalogue = builtin();
    let asking: Vec<&str> = catalogue
        .procedures
        .iter()
        .filter(|p| p.items.iter().any(|item| item.paper.as_ref().is_some_and(|id| id.as_str() == "tenancy-contract")))
        .map(|p| p.id.as_str())
        .collect();
    for procedure in ["cpr-eu-employee", "housing-benefit", "deposit-loan"] {
        assert!(asking.contains(&procedure), "{procedure} asks for another one");
    }
}

#[test]
fn what_others_must_bring_is_not_offered_at_the_counter() {
    let catalogue = builtin();
    let at_counter = |id: &str| catalogue.paper(&slug(id)).unwrap().at_counter;
    assert_eq!(at_counter("choice-of-doctor"), Some(AtCounter::Choose));
    assert_eq!(at_counter("payment-agreement"), Some(AtCounter::Sign));
    assert_eq!(at_counter("identity-document"), Some(AtCounter::Scan));
    for id in ["host-declaration", "spouse-signature", "custody-consent", "medical-information", "legalisation"] {
        assert_eq!(at_counter(id), None, "{id}");
    }
}

#[test]
fn every_department_that_is_asked_says_what_it_wants_to_know_at_a_hand_over() {
    for department in builtin().departments {
        let questions = department.asks_before_handover.len();
        let expected = if department.asked { 2..=4 } else { 0..=0 };
        assert!(expected.contains(&questions), "{}: {questions}", department.id);
    }
}

#[test]
fn a_case_that_began_before_papers_had_kinds_still_opens() {
    let catalogue = builtin();
    let procedure = catalogue.procedure(&slug("housing-benefit")).unwrap();
    let mut body = serde_json::to_value(procedure).unwrap();
    body.as_object_mut().unwrap().remove("citizen_title").unwrap();
    for item in body["items"].as_array_mut().unwrap() {
        item.as_object_mut().unwrap().remove("paper").unwrap();
    }
    let old: Procedure = serde_json::from_value(body).unwrap();
    assert_eq!(old.items.len(), procedure.items.len());
    assert!(old.citizen_title.is_none() && old.items.iter().all(|item| item.paper.is_none()));
    assert_eq!(catalogue.instantiate(&old, &facts(40)), catalogue.instantiate(procedure, &facts(40)));
}

#[test]
fn the_states_that_await_the_citizen_are_those_a_letter_asks_about() {
    let awaiting: Vec<ItemState> = ItemState::ALL.iter().copied().filter(|state| state.awaits_citizen()).collect();
    assert_eq!(awaiting, [ItemState::Missing, ItemState::Requested, ItemState::Rejected]);
}

#[test]
fn every_kind_of_mistake_in_the_new_files_names_its_line() {
    for (file, from, to, part, expected) in [
        (
            "life-situations.toml",
            "happenings = [\"moved\"]",
            "happenings = [\"moving\"]",
            "happenings = [\"moved\"]",
            "`happenings` is \"moving\", expected one of",
        ),
        (
            "life-situations.toml",
            "after = [{ question = \"children\", answer = \"yes\" }]",
            "after = [{ question = \"childrem\", answer = \"yes\" }]",
            "after = [{ question = \"children\"",
            "unknown question \"childrem\", expected a question of this kind (did you mean children?)",
        ),
        (
            "life-situations.toml",
            "when = [{ question = \"small-children\", answer = \"yes\" }]",
            "when = [{ question = \"small-children\", answer = \"maybe\" }]",
            "when = [{ question = \"small-children\"",
            "`answer` is \"maybe\", expected one of",
        ),
        (
            "life-situations.toml",
            "id = \"partner\", text",
            "id = \"children\", text",
            "id = \"children\", text",
            "question \"children\" a second time",
        ),
        (
            "life-situations.toml",
            "{ id = \"entry-partner\"",
            "{ id = \"entry\"",
            "{ id = \"entry-partner\"",
            "follow-on \"entry\" a second time",
        ),
        (
            "life-situations.toml",
            "when = [{ question = \"school-children\", answer = \"yes\" }]",
            "when = [{ question = \"school-children\", answer = \"yes\" }, { question = \"children\", answer = \"no\" }]",
            "when = [{ question = \"school-children\"",
            "two answers to \"children\" at once",
        ),
        (
            "papers.toml",
            "at_counter = \"scan\"",
            "at_counter = \"scann\"",
            "at_counter = ",
            "`at_counter` is \"scann\"",
        ),
        ("papers.toml", "minutes = 2", "minutes = 200", "[[paper]]", "`minutes` out of bounds"),
        ("papers.toml", "title.de = ", "title.dk = ", "title.de = ", "unknown key `dk`"),
        (
            "papers.toml",
            "id = \"last-passport\"",
            "id = \"identity-document\"",
            "id = \"last-passport\"",
            "paper \"identity-document\" a second time",
        ),
        (
            "procedures/passport.toml",
            "paper = \"last-passport\"",
            "paper = \"lost-passport\"",
            "paper = \"last-passport\"",
            "unknown paper \"lost-passport\", expected a declared paper (did you mean last-passport?)",
        ),
        (
            "procedures/passport.toml",
            "paper = \"other-identification\"",
            "paper = \"last-passport\"",
            "paper = \"other-identification\"",
            "paper \"last-passport\" a second time, expected each paper once in a checklist",
        ),
        ("procedures/passport.toml", "citizen_title.en", "citizen_title.uk", "citizen_title.en", "unknown key `uk`"),
        (
            "settle-now.toml",
            "when = [{ test = \"rejected\" }]",
            "when = [{ test = \"refused\" }]",
            "when = [{ test = \"rejected\" }]",
            "`test` is \"refused\", expected one of past_deadline, deadline_within",
        ),
        (
            "settle-now.toml",
            "when = [{ test = \"deadline_within\", value = 3 }]",
            "when = [{ test = \"deadline_within\" }]",
            "when = [{ test = \"deadline_within\"",
            "no `value`, expected a whole number from 0",
        ),
        (
            "settle-now.toml",
            "when = [{ test = \"rejected\" }]",
            "when = [{ test = \"rejected\", value = 2 }]",
            "when = [{ test = \"rejected\" }]",
            "unknown key `value`",
        ),
        (
            "settle-now.toml",
            "id = \"unlocks\"",
            "id = \"rejected\"",
            "id = \"rejected\"",
            "rule \"rejected\" a second time",
        ),
        (
            "changes.toml",
            "procedure = \"tax-card\"",
            "procedure = \"tax-cards\"",
            "procedure = \"tax-card\"",
            "unknown procedure \"tax-cards\", expected a declared procedure (did you mean tax-card?)",
        ),
        (
            "changes.toml",
            "when = \"person.age >= 65\"",
            "when = \"person.agee >= 65\"",
            "when = \"person.age >= 65\"",
            "in `when` at column 1",
        ),
        (
            "changes.toml",
            "procedure = \"housing-benefit\"",
            "procedure = \"tax-card\"",
            "procedure = \"housing-benefit\"",
            "procedure \"tax-card\" a second time",
        ),
        (
            "changes.toml",
            "situation = \"moving\"",
            "situation = \"movings\"",
            "situation = \"moving\"",
            "unknown life situation \"movings\"",
        ),
        (
            "departments.toml",
            "asks_before_handover = [\n",
            "asks_before_handover = [\n  \"Why?\",\n",
            "asks_before_handover = [",
            "`asks_before_handover` is the text \"Why?\", expected a table",
        ),
    ] {
        // A list's own mistake stands one line below its key.
        let line = line_of(file, part) + usize::from(to.contains("\"Why?\""));
        let mistakes = mistakes_with(file, replaced(from, to));
        let place = format!("assets/catalogue/{file}:{line}: ");
        assert!(
            mistakes.iter().any(|m| m.starts_with(&place) && m.contains(expected)),
            "expected {place}{expected}, found\n{}",
            mistakes.join("\n")
        );
    }
}

#[test]
fn a_question_that_waits_for_itself_is_reported_at_each_question_of_the_circle() {
    let file = "life-situations.toml";
    let id = "{ id = \"children\", text";
    let line = line_of(file, id);
    let mistakes = mistakes_with(file, |text| {
        let (before, after) = text.split_once(id).unwrap();
        let (question, rest) = after.split_once(" },\n").unwrap();
        let circle = "after = [{ question = \"small-children\", answer = \"no\" }]";
        format!("{before}{id}{question}, {circle} }},\n{rest}")
    });
    let told = |line: usize, id: &str| {
        format!(
            "assets/catalogue/{file}:{line}: question \"{id}\" is asked only after itself, expected an `after` that leads \
             back to a question asked at once"
        )
    };
    assert!(mistakes.contains(&told(line, "children")), "{mistakes:?}");
    assert!(mistakes.contains(&told(line + 1, "small-children")), "{mistakes:?}");
}
