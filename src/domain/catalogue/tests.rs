use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::checklist::Due;
use crate::procedure::facts::FactKind;
use crate::procedure::{Certainty, FactValue, Standing};

mod page;

fn builtin() -> Catalogue {
    Catalogue::builtin().unwrap_or_else(|mistakes| {
        let lines: Vec<String> = mistakes.iter().map(Mistake::to_string).collect();
        panic!("{} mistakes\n{}", lines.len(), lines.join("\n"))
    })
}

/// The mistakes of the built-in files with one of them changed, as a person reads them.
fn mistakes_with(file: &str, change: impl Fn(&str) -> String) -> Vec<String> {
    let name = format!("assets/catalogue/{file}");
    assert!(Catalogue::builtin_files().iter().any(|(n, _)| *n == name), "no file {name}");
    let files: Vec<(&str, String)> = Catalogue::builtin_files()
        .iter()
        .map(|(n, text)| (*n, if *n == name { change(text) } else { (*text).to_owned() }))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(n, text)| (*n, text.as_str())).collect();
    Catalogue::parse(&files).map_or_else(|mistakes| mistakes.iter().map(Mistake::to_string).collect(), |_| Vec::new())
}

/// Replaces the first place where a text stands, and tells its line.
fn replaced<'a>(from: &'a str, to: &'a str) -> impl Fn(&str) -> String + 'a {
    move |text| {
        assert!(text.contains(from), "nothing to replace: {from}");
        text.replacen(from, to, 1)
    }
}

fn line_of(file: &str, part: &str) -> usize {
    let name = format!("assets/catalogue/{file}");
    let (_, text) = Catalogue::builtin_files().iter().find(|(n, _)| *n == name).unwrap();
    1 + text.lines().position(|line| line.contains(part)).unwrap()
}

fn slug<T: std::str::FromStr<Err: fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

#[test]
fn the_catalogue_that_comes_with_the_program_has_no_mistake() {
    let catalogue = builtin();
    assert_eq!(catalogue.tasks.len(), 138);
    assert_eq!(catalogue.life_situations.len(), 21);
    let tags: Vec<&str> = catalogue.departments.iter().filter(|d| d.asked).map(|d| d.tag.as_str()).collect();
    assert_eq!(tags, ["KFF", "BUF", "SUF", "SOF", "TMF", "BIF", "ØKF", "SIRI", "Skat", "UDK"]);
}

#[test]
fn every_file_of_the_catalogue_is_compiled_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/catalogue");
    let mut on_disk = BTreeSet::new();
    for sub in ["", "procedures/"] {
        for entry in std::fs::read_dir(folder.join(sub)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".toml") {
                on_disk.insert(format!("assets/catalogue/{sub}{name}"));
            }
        }
    }
    let compiled: BTreeSet<String> = Catalogue::builtin_files().iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(compiled, on_disk);
}

#[test]
fn the_fifteen_procedures_of_the_front_office_are_there_with_their_papers() {
    let catalogue = builtin();
    for (id, items) in [
        ("cpr-eu-employee", 14),
        ("cpr-eu-student", 13),
        ("cpr-non-eu-permit", 13),
        ("cpr-accompanying-family", 14),
        ("cpr-nordic", 10),
        ("reentry-danish-citizen", 14),
        ("move-domestic", 5),
        ("marriage", 8),
        ("name-change", 4),
        ("passport", 8),
        ("driving-licence-exchange", 8),
        ("health-card-doctor", 4),
        ("residence-certificate", 4),
        ("daycare-place", 5),
        ("housing-benefit", 5),
    ] {
        let procedure = catalogue.procedure(&slug(id)).unwrap_or_else(|| panic!("no {id}"));
        assert_eq!(procedure.items.len(), items, "{id}");
        assert!(procedure.items.iter().all(|item| item.evidence.is_some() && item.citizen_text.is_some()), "{id}");
        assert!(
            !procedure.steps.is_empty() && !procedure.clerk_checks.is_empty() && procedure.deadline.is_some(),
            "{id}"
        );
    }
}

#[test]
fn every_life_situation_has_a_procedure_and_every_linked_one_stands_in_it() {
    let catalogue = builtin();
    for kind in &catalogue.life_situations {
        assert!(catalogue.procedures_of(&kind.id).next().is_some(), "{}", kind.id);
        assert!(!kind.follows.is_empty(), "{}", kind.id);
    }
}

#[test]
fn housing_benefit_has_moved_to_the_state_and_the_licence_fee_is_gone() {
    let catalogue = builtin();
    let task = |id: &str| catalogue.task(&slug(id)).unwrap();
    assert_eq!(task("housing-benefit").standing, Standing::MovedToState);
    assert_eq!(task("licence-reduction").standing, Standing::Gone);
    assert_eq!(task("digital-signature").standing, Standing::Gone);
    assert_eq!(task("change-of-address").standing, Standing::Municipal);
    assert_eq!(catalogue.tasks.iter().filter(|task| task.department_2005 == "FAF").count(), 43);
}

#[test]
fn what_was_invented_says_so() {
    let catalogue = builtin();
    let procedure = catalogue.procedure(&slug("cpr-eu-employee")).unwrap();
    assert_eq!(procedure.attendance.provenance.certainty, Certainty::Invented);
    let originals = procedure.items.iter().find(|item| item.id.as_str() == "originals").unwrap();
    assert_eq!((originals.due, originals.provenance.certainty), (Due::AtVisit, Certainty::Invented));
    let fee = catalogue.procedure(&slug("name-change")).unwrap().fees.first().unwrap();
    assert_eq!((fee.ore, fee.provenance.year, fee.provenance.certainty), (Some(55_940), Some(2023), Certainty::Medium));
}

#[test]
fn a_single_eu_employee_needs_no_certificates() {
    let catalogue = builtin();
    let procedure = catalogue.procedure(&slug("cpr-eu-employee")).unwrap();
    let word = |w: &str| FactValue::Word(w.to_owned());
    let mut facts: Facts = [
        ("person.age", FactValue::Number(35)),
        ("person.citizenship_group", word("eu")),
        ("person.civil_status", word("unmarried")),
        ("stay.ground", word("eu_worker")),
        ("stay.from_country_group", word("eu")),
        ("family.accompanying_children", FactValue::Flag(false)),
        ("document.legalisation", word("none")),
        ("document.language_ok", FactValue::Flag(true)),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    assert_eq!(catalogue.facts.check(&facts), Ok(()));
    let applying = |facts: &Facts| -> Vec<String> {
        catalogue
            .instantiate(procedure, facts)
            .into_iter()
            .filter(|(_, v)| v.applies())
            .map(|(id, _)| id.to_string())
            .collect()
    };
    let papers = ["id-document", "eu-residence-document", "employment", "proof-of-address"];
    assert_eq!(
        applying(&facts),
        [&papers[..], &["attendance", "health-insurance-country", "doctor-choice", "originals"]].concat()
    );

    facts.insert("person.civil_status".to_owned(), word("married"));
    assert!(applying(&facts).contains(&"marriage-certificate".to_owned()));

    facts.remove("person.civil_status");
    let unknown = catalogue.instantiate(procedure, &facts);
    let fact = "person.civil_status".to_owned();
    assert!(
        unknown.contains(&(slug("marriage-certificate"), Verdict::Unknown { fact })),
        "unknown is neither yes nor no"
    );
}

#[test]
fn a_condition_that_no_catalogue_can_read_is_left_to_a_person() {
    let catalogue = builtin();
    let mut old = catalogue.procedure(&slug("passport")).unwrap().clone();
    old.items[0].when = "shoe_size > 40".to_owned();
    let verdicts = catalogue.instantiate(&old, &Facts::new());
    assert_eq!(verdicts[0].1, Verdict::Unknown { fact: "shoe_size > 40".to_owned() });
}

#[test]
fn the_words_of_facts_are_those_of_the_citizen() {
    let catalogue = builtin();
    let words = |name: &str| -> BTreeSet<String> {
        match &catalogue.facts.get(name).unwrap().kind {
            FactKind::Word { words } => words.iter().map(|w| w.word.clone()).collect(),
            _ => panic!("{name} is no word"),
        }
    };
    assert_eq!(words("stay.ground"), wire_words(crate::citizen::GroundOfStay::ALL));
    assert_eq!(words("person.civil_status"), wire_words(crate::citizen::CivilStatus::ALL));
    assert_eq!(words("person.citizenship_group"), wire_words(crate::citizen::CitizenshipGroup::ALL));
    assert_eq!(words("stay.from_country_group"), wire_words(crate::citizen::CitizenshipGroup::ALL));
}

/// The words of an enumeration as the wire writes them.
fn wire_words<T: Serialize>(all: &[T]) -> BTreeSet<String> {
    all.iter().map(|value| serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_catalogue_holds_nothing_that_reads_as_a_cpr_number() {
    for (name, text) in Catalogue::builtin_files() {
        for word in text.split(|c: char| !c.is_ascii_digit() && c != '-') {
            assert!(crate::cpr::Cpr::parse(word).is_err(), "{name}: {word}");
        }
    }
}

#[test]
fn an_unknown_department_is_reported_with_file_line_and_the_nearest_one() {
    let file = "procedures/passport.toml";
    let line = line_of(file, "department = ");
    let mistakes = mistakes_with(file, replaced("department = \"kff\"", "department = \"kkf\""));
    assert_eq!(
        mistakes,
        [format!(
            "assets/catalogue/{file}:{line}: unknown department \"kkf\", expected a declared department (did you mean kff?)"
        )]
    );
}

#[test]
fn a_broken_condition_is_reported_with_its_column() {
    let file = "procedures/cpr-eu-employee.toml";
    let line = line_of(file, "when = \"person.citizenship_group == eu\"");
    let mistakes = mistakes_with(file, replaced("person.citizenship_group == eu", "person.citizenship_group == ue"));
    assert_eq!(
        mistakes,
        [format!(
            "assets/catalogue/{file}:{line}: in `when` at column 29: `ue`, expected one of danish, nordic, eu, non_eu"
        )]
    );
}

#[test]
fn every_kind_of_mistake_names_its_line() {
    for (file, from, to, part, expected) in [
        (
            "life-situations.toml",
            "procedure = \"cpr-eu-employee\"",
            "procedure = \"cpr-eu-employe\"",
            "cpr-eu-employee",
            "did you mean cpr-eu-employee?",
        ),
        (
            "tasks.toml",
            "life_situations = [\"home-purchase\"]",
            "life_situations = [\"home-purchases\"]",
            "[\"home-purchase\"]",
            "unknown life situation",
        ),
        (
            "tasks.toml",
            "id = \"local-plans\"",
            "id = \"bbr\"",
            "id = \"local-plans\"",
            "task \"bbr\" a second time, expected another name: it stands in",
        ),
        (
            "tasks.toml",
            "standing = \"municipal\"",
            "standing = \"local\"",
            "standing = \"municipal\"",
            "`standing` is \"local\", expected one of `municipal`",
        ),
        (
            "tasks.toml",
            "title.en = \"Local plans and urban renewal plans\"",
            "title.en = \"\"",
            "Local plans and urban",
            "`en` is empty, expected a text",
        ),
        (
            "tasks.toml",
            "source = [\"CPH2005\", \"K\"]",
            "source = [\"CPH2004\", \"K\"]",
            "\"CPH2005\", \"K\"",
            "did you mean CPH2005?",
        ),
        (
            "departments.toml",
            "id = \"buf\"",
            "id = \"Buf\"",
            "id = \"buf\"",
            "`id` is \"Buf\", expected a name of 1 to 64 lower-case letters",
        ),
        (
            "departments.toml",
            "keeper = \"state\"",
            "keeeper = \"state\"",
            "keeper = \"state\"",
            "unknown key `keeeper`, expected `keeper`",
        ),
        (
            "departments.toml",
            "asked = true",
            "asked = \"yes\"",
            "asked = true",
            "`asked` is the text \"yes\", expected true or false",
        ),
        (
            "facts.toml",
            "kind = \"number\"",
            "kind = \"numbr\"",
            "kind = \"number\"",
            "`kind` is \"numbr\", expected one of",
        ),
        (
            "procedures/passport.toml",
            "version = 1",
            "version = \"1\"",
            "version = 1",
            "`version` is the text \"1\", expected a whole number from 1",
        ),
        ("procedures/passport.toml", "version = 1", "version = -1", "version = 1", "`version` is the number -1"),
        (
            "procedures/passport.toml",
            "id = \"passport\"",
            "id = \"pass\"",
            "id = \"passport\"",
            "expected a file called pass.toml",
        ),
        (
            "procedures/passport.toml",
            "id = \"photo\"",
            "id = \"last-passport\"",
            "id = \"photo\"",
            "item \"last-passport\" a second time",
        ),
        ("procedures/passport.toml", "kle = \"23.09.02\"", "kle = \"23.9\"", "kle = ", "expected a KLE number"),
        (
            "procedures/passport.toml",
            "label.en = \"Fingerprints\"",
            "label.en = \"Fingerprints \"",
            "\"Fingerprints\"",
            "begins or ends with a space",
        ),
        (
            "procedures/name-change.toml",
            "\"driving-licence-renewal\"",
            "\"driving-licence-renewals\"",
            "driving-licence-renewal",
            "unknown procedure or matter",
        ),
    ] {
        let line = line_of(file, part);
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
fn a_missing_translation_and_an_invention_without_a_note_are_reported_where_they_are() {
    let file = "procedures/marriage.toml";
    let line = line_of(file, "label.en = \"Two witnesses\"") - 1;
    let mistakes = mistakes_with(file, replaced("label.en = \"Two witnesses\"\n", ""));
    assert_eq!(mistakes, [format!("assets/catalogue/{file}:{line}: no `en`, expected a text")]);

    let file = "procedures/training-tax-card.toml";
    let line = line_of(file, "provenance = {");
    let without = mistakes_with(file, |text| {
        let (before, after) = text.split_once("certainty = \"invented\", note = ").unwrap();
        let (_, rest) = after.split_once(" }").unwrap();
        format!("{before}certainty = \"invented\" }}{rest}")
    });
    assert_eq!(without.len(), 1, "{without:?}");
    assert!(
        without[0].starts_with(&format!("assets/catalogue/{file}:{line}: certainty \"invented\" without a `note`")),
        "{}",
        without[0]
    );
}

#[test]
fn a_fee_without_a_year_and_a_visit_without_attendance_are_reported() {
    let mistakes = mistakes_with("procedures/health-card-doctor.toml", replaced("year = 2024, ", ""));
    assert!(mistakes.iter().any(|m| m.contains("a fee without a `year`")), "{mistakes:?}");
    let mistakes =
        mistakes_with("procedures/health-card-doctor.toml", replaced("due = \"before_visit\"", "due = \"at_visit\""));
    assert!(mistakes.iter().any(|m| m.contains("due at the visit, but no attendance")), "{mistakes:?}");
    let mistakes = mistakes_with("procedures/marriage.toml", replaced("due = \"at_visit\"", "due = \"before_visit\""));
    assert!(mistakes.iter().any(|m| m.contains("attendance, but no item that is due at the visit")), "{mistakes:?}");
}

#[test]
fn all_mistakes_are_reported_at_once_broken_toml_too() {
    let file = "departments.toml";
    let broken = mistakes_with(file, |text| {
        text.replacen("tag = \"KFF\"", "tag = KFF", 1).replacen("tag = \"BUF\"", "tag = 7", 1)
    });
    let at = |part: &str| format!("assets/catalogue/{file}:{}: ", line_of(file, part));
    assert!(broken.iter().any(|m| m.starts_with(&at("tag = \"KFF\""))), "{broken:?}");
    assert!(broken.iter().any(|m| m.starts_with(&at("tag = \"BUF\"")) && m.contains("the number 7")), "{broken:?}");
}

#[test]
fn a_file_that_is_missing_or_unknown_or_doubled_is_named() {
    let mut files: Vec<(&str, &str)> = Catalogue::builtin_files().to_vec();
    let tasks = files.iter().position(|(name, _)| name.ends_with("tasks.toml")).unwrap();
    let (_, text) = files.remove(tasks);
    files.push(("assets/catalogue/task.toml", text));
    files.push(("elsewhere/departments.toml", ""));
    let mistakes: Vec<String> = Catalogue::parse(&files).unwrap_err().iter().map(Mistake::to_string).collect();
    assert!(mistakes.iter().any(|m| m.starts_with("tasks.toml:1: no such file")), "{mistakes:?}");
    assert!(
        mistakes.iter().any(|m| m.starts_with("assets/catalogue/task.toml:1: a file that the catalogue does not know")),
        "{mistakes:?}"
    );
    assert!(
        mistakes.iter().any(|m| m.starts_with("elsewhere/departments.toml:1: a file of this name a second time")),
        "{mistakes:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_damaged_file_never_makes_reading_panic(
        file in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        length in 0_usize..40,
        instead in "[\\[\\]{}=\"a-zæ0-9\n ]{0,6}",
    ) {
        let (name, text) = *file.get(Catalogue::builtin_files());
        let chars: Vec<char> = text.chars().collect();
        let from = at.index(chars.len());
        let to = (from + length).min(chars.len());
        let damaged: String = chars[..from].iter().chain(&instead.chars().collect::<Vec<_>>()).chain(&chars[to..]).collect();
        let files: Vec<(&str, &str)> =
            Catalogue::builtin_files().iter().map(|(n, t)| if *n == name { (*n, damaged.as_str()) } else { (*n, *t) }).collect();
        if let Err(mistakes) = Catalogue::parse(&files) {
            prop_assert!(!mistakes.is_empty());
            for mistake in mistakes {
                let lines = files.iter().find(|(n, _)| *n == mistake.file).map_or(1, |(_, t)| t.split('\n').count());
                prop_assert!((1..=lines).contains(&mistake.line), "{}", mistake);
            }
        }
    }
}
