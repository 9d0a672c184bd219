use proptest::prelude::*;

use super::*;
use crate::Localized;
use crate::procedure::facts::{FactDeclaration, FactKind, FactWord};

/// What conditions are made of, and what they are not.
const PARTS: [&str; 24] = [
    "always",
    "and",
    "or",
    "not",
    "in",
    "(",
    ")",
    ",",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "=",
    "person.age",
    "stay.months",
    "person.has_cpr",
    "residence_in_doubt",
    "person.citizenship_group",
    "eu",
    "18",
    "-1",
    "99999999999999999999",
];
const WORDS: [&str; 4] = ["danish", "nordic", "eu", "non_eu"];

fn table() -> FactTable {
    let title = || Localized::new("x", "x");
    let word = |word: &str| FactWord { word: word.to_owned(), title: title() };
    let fact = |name: &str, kind| FactDeclaration { name: name.to_owned(), title: title(), question: None, kind };
    FactTable::from_iter([
        fact("person.age", FactKind::Number),
        fact("stay.months", FactKind::Number),
        fact("person.has_cpr", FactKind::Flag),
        fact("residence_in_doubt", FactKind::Flag),
        fact("person.citizenship_group", FactKind::Word { words: WORDS.map(word).to_vec() }),
    ])
}

fn read(text: &str) -> Condition {
    Condition::parse(text, &table()).unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn known(facts: &[(&str, FactValue)]) -> Facts {
    facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn word(text: &str) -> FactValue {
    FactValue::Word(text.to_owned())
}

fn applies(because: &[&str]) -> Verdict {
    Verdict::Applies { because: because.iter().map(|s| (*s).to_owned()).collect() }
}

fn does_not(because: &[&str]) -> Verdict {
    Verdict::DoesNotApply { because: because.iter().map(|s| (*s).to_owned()).collect() }
}

#[test]
fn an_unconditional_paper_applies_to_everyone() {
    assert_eq!(read("always").evaluate(&Facts::new()), applies(&[]));
    assert_eq!(read("always"), Condition::ALWAYS);
}

#[test]
fn a_health_insurance_form_applies_to_adults_from_the_eu() {
    let rule = read("person.age >= 18 and person.citizenship_group in (eu, nordic)");
    let both = ["person.age", "person.citizenship_group"];
    let adult = ("person.age", FactValue::Number(18));
    let child = ("person.age", FactValue::Number(17));
    assert_eq!(rule.evaluate(&known(&[adult.clone(), (both[1], word("eu"))])), applies(&both));
    assert_eq!(rule.evaluate(&known(&[child.clone(), (both[1], word("eu"))])), does_not(&["person.age"]));
    assert_eq!(
        rule.evaluate(&known(&[child])),
        does_not(&["person.age"]),
        "a child needs none, wherever it comes from"
    );
    assert_eq!(rule.evaluate(&known(&[adult])), Verdict::Unknown { fact: both[1].to_owned() });
    assert_eq!(rule.facts().into_iter().collect::<Vec<_>>(), both);
}

#[test]
fn unknown_never_looks_like_no() {
    let nothing = Facts::new();
    assert_eq!(read("person.has_cpr").evaluate(&nothing), Verdict::Unknown { fact: "person.has_cpr".to_owned() });
    assert_eq!(read("not person.has_cpr").evaluate(&nothing), Verdict::Unknown { fact: "person.has_cpr".to_owned() });
    assert_eq!(
        read("person.citizenship_group != eu").evaluate(&nothing),
        Verdict::Unknown { fact: "person.citizenship_group".to_owned() }
    );
    let wrong_type = known(&[("person.age", word("old"))]);
    assert_eq!(read("person.age > 3").evaluate(&wrong_type), Verdict::Unknown { fact: "person.age".to_owned() });
}

#[test]
fn not_binds_weaker_than_a_comparison_and_and_stronger_than_or() {
    assert_eq!(read("not person.age >= 18").to_string(), "not person.age >= 18");
    assert_eq!(read("not (person.age >= 18)"), read("not person.age >= 18"));
    let flat = "person.has_cpr or residence_in_doubt and person.age < 18";
    assert_eq!(read(flat), read("person.has_cpr or (residence_in_doubt and person.age < 18)"));
    assert_ne!(read(flat), read("(person.has_cpr or residence_in_doubt) and person.age < 18"));
}

#[test]
fn a_mistake_is_named_with_its_column() {
    for (text, column, found, expected) in [
        ("", 1, "the end", "a fact"),
        ("person.agee > 3", 1, "`person.agee`", "did you mean person.age?"),
        ("shoe_size", 1, "`shoe_size`", "a declared fact: person.age, "),
        ("person.age = 3", 12, "`=`", "`==`"),
        ("person.age", 11, "the end", "a comparison, since person.age is a whole number"),
        ("person.age == eu", 15, "`eu`", "a whole number"),
        ("person.age == 99999999999999999999", 15, "99999999999999999999", "a smaller number"),
        (
            "person.citizenship_group == nordik",
            29,
            "`nordik`",
            "one of danish, nordic, eu, non_eu (did you mean nordic?)",
        ),
        ("person.citizenship_group < eu", 26, "`<`", "== or !="),
        ("person.has_cpr == 1", 16, "`==`", "stands alone"),
        ("person.has_cpr in (eu)", 16, "`in`", "stands alone"),
        ("person.age not 3", 16, "3", "`in`"),
        ("person.age in (3", 17, "the end", "`)`"),
        ("person.age in ()", 16, "`)`", "a whole number"),
        ("(person.has_cpr", 16, "the end", "`)`"),
        ("person.has_cpr residence_in_doubt", 16, "`residence_in_doubt`", "`and`, `or` or the end"),
        ("person.has_cpr and always", 20, "`always`", "`always` to stand alone"),
        ("always and person.has_cpr", 8, "`and`", "the end"),
        ("person.has_cpr && person.age > 3", 16, "`&`", "a fact, a value or one of"),
        ("æ", 1, "`æ`", "a fact"),
    ] {
        let mistake = Condition::parse(text, &table()).unwrap_err();
        assert_eq!((mistake.column, mistake.found.as_str()), (column, found), "{text}: {mistake}");
        assert!(mistake.expected.contains(expected), "{text}: {mistake}");
    }
    let deep = format!("{}person.has_cpr{}", "(".repeat(5000), ")".repeat(5000));
    assert!(Condition::parse(&deep, &table()).unwrap_err().expected.contains("at most 32 levels"));
    let denied = format!("{}person.has_cpr", "not ".repeat(5000));
    assert!(Condition::parse(&denied, &table()).unwrap_err().expected.contains("at most 32 levels"));
}

fn leaf() -> impl Strategy<Value = Node> {
    let number = prop_oneof![Just("person.age"), Just("stay.months")];
    let flag = prop_oneof![Just("person.has_cpr"), Just("residence_in_doubt")];
    let by = prop_oneof![
        Just(Comparison::Equal),
        Just(Comparison::NotEqual),
        Just(Comparison::Less),
        Just(Comparison::LessOrEqual),
        Just(Comparison::Greater),
        Just(Comparison::GreaterOrEqual)
    ];
    let literals =
        || prop::collection::vec(prop::sample::select(WORDS.to_vec()).prop_map(|w| Literal::Word(w.to_owned())), 1..4);
    let citizenship = || "person.citizenship_group".to_owned();
    prop_oneof![
        flag.prop_map(|fact| Node::Flag(fact.to_owned())),
        (number, by, -5_i64..25).prop_map(|(fact, by, n)| Node::Compare {
            fact: fact.to_owned(),
            by,
            value: Literal::Number(n)
        }),
        literals().prop_map(move |among| Node::In { fact: citizenship(), among }),
        literals().prop_map(move |among| Node::NotIn { fact: citizenship(), among }),
    ]
}

fn node() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|n| Node::Not(Box::new(n))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Node::And),
            prop::collection::vec(inner, 2..4).prop_map(Node::Or),
        ]
    })
}

fn facts() -> impl Strategy<Value = Facts> {
    (
        prop::option::of(-5_i64..25),
        prop::option::of(-5_i64..25),
        prop::option::of(any::<bool>()),
        prop::option::of(any::<bool>()),
        prop::option::of(prop::sample::select(WORDS.to_vec())),
    )
        .prop_map(|(age, months, cpr, doubt, group)| {
            let entries = [
                age.map(|n| ("person.age", FactValue::Number(n))),
                months.map(|n| ("stay.months", FactValue::Number(n))),
                cpr.map(|b| ("person.has_cpr", FactValue::Flag(b))),
                doubt.map(|b| ("residence_in_doubt", FactValue::Flag(b))),
                group.map(|w| ("person.citizenship_group", word(w))),
            ];
            entries.into_iter().flatten().map(|(name, value)| (name.to_owned(), value)).collect()
        })
}

fn all_known() -> impl Strategy<Value = Facts> {
    facts().prop_filter("every fact is known", |facts| facts.len() == 5)
}

fn negated(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Applies { because } => Verdict::DoesNotApply { because },
        Verdict::DoesNotApply { because } => Verdict::Applies { because },
        unknown @ Verdict::Unknown { .. } => unknown,
    }
}

fn not(node: Node) -> Node {
    Node::Not(Box::new(node))
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_the_same(node in node()) {
        let condition = Condition(node);
        let printed = condition.to_string();
        prop_assert_eq!(Condition::parse(&printed, &table()), Ok(condition), "{}", printed);
    }

    #[test]
    fn not_turns_every_verdict_round(node in node(), facts in facts()) {
        let plain = Condition(node.clone()).evaluate(&facts);
        prop_assert_eq!(Condition(not(node.clone())).evaluate(&facts), negated(plain.clone()));
        prop_assert_eq!(Condition(not(not(node))).evaluate(&facts), plain);
    }

    #[test]
    fn de_morgan_holds_with_unknown_facts_too(parts in prop::collection::vec(node(), 2..4), facts in facts()) {
        let neither = not(Node::Or(parts.clone()));
        let all_not = Node::And(parts.into_iter().map(not).collect());
        prop_assert_eq!(Condition(neither).evaluate(&facts), Condition(all_not).evaluate(&facts));
    }

    #[test]
    fn with_every_fact_known_there_is_always_an_answer(node in node(), facts in all_known()) {
        let verdict = Condition(node).evaluate(&facts);
        let unknown = matches!(verdict, Verdict::Unknown { .. });
        prop_assert!(!unknown, "{:?}", verdict);
    }

    #[test]
    fn an_answer_stays_when_more_becomes_known(node in node(), facts in all_known(), forgotten in prop::collection::vec(0_usize..5, 0..5)) {
        let condition = Condition(node);
        let less: Facts = facts.iter().enumerate().filter(|(n, _)| !forgotten.contains(n)).map(|(_, (k, v))| (k.clone(), v.clone())).collect();
        let (before, after) = (condition.evaluate(&less), condition.evaluate(&facts));
        if !matches!(before, Verdict::Unknown { .. }) {
            prop_assert_eq!(before.applies(), after.applies());
        }
    }

    #[test]
    fn the_reasons_alone_give_the_same_answer(node in node(), facts in all_known()) {
        let condition = Condition(node);
        let verdict = condition.evaluate(&facts);
        let (Verdict::Applies { because } | Verdict::DoesNotApply { because }) = &verdict else { unreachable!() };
        let reasons: Facts = facts.into_iter().filter(|(name, _)| because.contains(name)).collect();
        prop_assert_eq!(condition.evaluate(&reasons), verdict);
    }

    #[test]
    fn no_text_makes_reading_panic(text in "[a-z0-9_.()=!<>, -æ]{0,40}") {
        let _ = Condition::parse(&text, &table());
    }

    #[test]
    fn no_text_at_all_makes_reading_panic(text in any::<String>()) {
        if let Err(mistake) = Condition::parse(&text, &table()) {
            prop_assert!((1..=text.chars().count() + 1).contains(&mistake.column), "{mistake}");
            prop_assert!(!mistake.expected.is_empty() && !mistake.found.is_empty());
        }
    }

    /// Words of the language in any order are read into something that means the same when it is printed, or refused at a column.
    #[test]
    fn words_in_any_order_are_understood_or_refused(words in prop::collection::vec(prop::sample::select(PARTS.to_vec()), 0..24)) {
        let text = words.join(" ");
        match Condition::parse(&text, &table()) {
            Ok(condition) => {
                let printed = condition.to_string();
                prop_assert_eq!(Condition::parse(&printed, &table()), Ok(condition), "{} printed as {}", text, printed);
            }
            Err(mistake) => prop_assert!(mistake.column <= text.chars().count() + 1, "{text}: {mistake}"),
        }
    }
}
