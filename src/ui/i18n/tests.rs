//! Both languages are complete, every text the program asks for exists, and dates, numbers and names come out as people
//! write them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_syntax::ast;
use fluent_syntax::parser;
use jiff::civil::{date, time};

use super::*;

/// Each id, and each `id.attribute`, with the variables it uses.
fn entries(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for (file, source) in language.files() {
        let resource =
            parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{file}.ftl, {language:?}: {errors:?}"));
        for entry in resource.body {
            let ast::Entry::Message(message) = entry else { continue };
            let patterns = message.value.iter().map(|pattern| (message.id.name.to_owned(), pattern)).chain(
                message.attributes.iter().map(|one| (format!("{}.{}", message.id.name, one.id.name), &one.value)),
            );
            for (id, pattern) in patterns {
                let mut variables = BTreeSet::new();
                in_pattern(pattern, &mut variables);
                let before = all.insert(id.clone(), variables);
                assert!(before.is_none(), "{file}.ftl, {language:?}: {id} is there twice");
            }
        }
    }
    all
}

fn in_pattern(pattern: &ast::Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            in_expression(expression, into);
        }
    }
}

fn in_expression(expression: &ast::Expression<&str>, into: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => in_inline(inline, into),
        ast::Expression::Select { selector, variants } => {
            in_inline(selector, into);
            variants.iter().for_each(|variant| in_pattern(&variant.value, into));
        }
    }
}

fn in_inline(inline: &ast::InlineExpression<&str>, into: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            into.insert(id.name.to_owned());
        }
        ast::InlineExpression::Placeable { expression } => in_expression(expression, into),
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|one| in_inline(one, into))
        }
        _ => {}
    }
}

#[test]
fn danish_and_english_say_the_same_things_about_the_same_things() {
    assert_eq!(entries(Language::Danish), entries(Language::English));
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the crate's own folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|end| end == "rs") {
            into.push(path);
        }
    }
}

/// The text ids that stand as literals in `source`: in `.t("…")`, `.with("…"`, and what a key does (`"key-…"`).
fn literals(source: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for opening in [".t(\"", ".with(\"", "\"key-"] {
        for (at, _) in source.match_indices(opening) {
            let rest = &source[at + opening.len()..];
            let Some(end) = rest.find('"') else { continue };
            let id = &rest[..end];
            let prefix = if opening.ends_with("key-") { "key-" } else { "" };
            if !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c)) {
                ids.push(format!("{prefix}{id}"));
            }
        }
    }
    ids
}

#[test]
fn every_text_a_screen_asks_for_exists() {
    let known = entries(Language::English);
    let mut files = Vec::new();
    sources(Path::new(env!("CARGO_MANIFEST_DIR")), &mut files);
    let (mut asked, mut missing) = (0, Vec::new());
    for file in files.iter().filter(|file| !file.ends_with("i18n/tests.rs")) {
        let source = std::fs::read_to_string(file).expect("a source file");
        for id in literals(&source) {
            asked += 1;
            if !known.contains_key(&id) {
                missing.push(format!("{}: {id}", file.display()));
            }
        }
    }
    assert!(missing.is_empty(), "there are no such texts:\n{}", missing.join("\n"));
    assert!(asked > 10, "the search found only {asked} texts: it no longer finds them");
}

#[test]
fn danish_dates_and_times_have_points() {
    let texts = Texts::new(Language::Danish);
    assert_eq!(texts.day_month(date(2026, 6, 18)), "18. juni");
    assert_eq!(texts.day_month_year(date(2026, 6, 18)), "18. juni 2026");
    assert_eq!(texts.time(time(10, 20, 0, 0)), "10.20");
    assert_eq!(texts.time(time(9, 5, 0, 0)), "09.05");
    assert_eq!(texts.weekday_long(date(2026, 6, 11)), "torsdag");
    assert_eq!(texts.weekday_day_month(date(2026, 6, 11)), "tors. 11. juni");
    assert_eq!(texts.month_year(date(2026, 6, 11)), "juni 2026");
    assert_eq!(texts.time_span(time(14, 0, 0, 0), time(14, 45, 0, 0)), "14.00–14.45");
}

#[test]
fn english_dates_and_times_are_british() {
    let texts = Texts::new(Language::English);
    assert_eq!(texts.day_month(date(2026, 6, 18)), "18 Jun");
    assert_eq!(texts.day_month_year(date(2026, 6, 18)), "18 Jun 2026");
    assert_eq!(texts.time(time(10, 20, 0, 0)), "10:20");
    assert_eq!(texts.weekday_day_month(date(2026, 6, 11)), "Thu 11 Jun");
    assert_eq!(texts.month_year(date(2026, 6, 11)), "June 2026");
}

#[test]
fn a_near_day_is_called_by_its_name() {
    let texts = Texts::new(Language::Danish);
    let today = date(2026, 6, 9);
    assert_eq!(texts.near_day(today, today), "I dag");
    assert_eq!(texts.near_day(date(2026, 6, 10), today), "I morgen");
    assert_eq!(texts.near_day(date(2026, 6, 18), today), "18. juni");
    assert_eq!(texts.near_day(date(2027, 1, 2), today), "2. januar 2027");
}

#[test]
fn numbers_are_grouped_as_the_language_does_it() {
    assert_eq!(Texts::new(Language::Danish).number(650_000), "650.000");
    assert_eq!(Texts::new(Language::English).number(-650_000), "-650,000");
    assert_eq!(Texts::new(Language::Danish).seconds(240), "0,2 s");
    assert_eq!(Texts::new(Language::English).seconds(1_960), "2.0 s");
    assert_eq!(Texts::new(Language::Danish).elapsed(252), "04:12");
    assert_eq!(Texts::new(Language::Danish).elapsed(3_852), "1:04:12");
}

fn small(language: Language, source: &str) -> Texts {
    let mut texts = Texts::new(language);
    let resource = FluentResource::try_new(source.to_owned()).expect("a small text");
    texts.bundle.add_resource_overriding(resource);
    texts
}

#[test]
fn one_is_not_many_and_many_are_grouped() {
    let source = "test-cases = { $n ->\n    [one] { $n } sag\n   *[other] { $n } sager\n}\n";
    let texts = small(Language::Danish, source);
    assert_eq!(texts.with("test-cases", &[("n", 1.into())]), "1 sag");
    assert_eq!(texts.with("test-cases", &[("n", 872_000.into())]), "872.000 sager");
}

#[test]
fn variables_carry_no_invisible_marks() {
    let texts = small(Language::Danish, "test-hello = Hej { $name }.\n    .short = Hej\n");
    assert_eq!(texts.with("test-hello", &[("name", "Åse".into())]), "Hej Åse.");
    assert_eq!(texts.t("test-hello.short"), "Hej");
}

#[test]
fn a_missing_text_shows_its_id() {
    assert_eq!(Texts::new(Language::English).t("not-there"), "⟦not-there⟧");
}

#[test]
fn names_with_å_come_after_ø_and_aa_sorts_as_å() {
    let texts = Texts::new(Language::Danish);
    let mut names = ["Åberg", "Aaen", "Østergård", "Andersen", "Zander", "Æblegård", "Ågård"];
    names.sort_by(|a, b| texts.compare(a, b));
    assert_eq!(names, ["Andersen", "Zander", "Æblegård", "Østergård", "Åberg", "Aaen", "Ågård"]);
}

#[test]
fn a_language_is_known_by_its_code() {
    for language in Language::ALL {
        assert_eq!(Language::from_code(language.code()), Some(language));
        assert_ne!(language.next(), language);
    }
    assert_eq!(Language::from_code("xx"), None);
}
