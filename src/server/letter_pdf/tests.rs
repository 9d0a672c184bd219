use hayro_interpret::hayro_syntax::Pdf;
use jiff::civil::date;
use skranke_domain::catalogue::Catalogue;
use skranke_domain::decision::DecisionOutcome;
use skranke_domain::decision::letter::DecisionLetter;
use skranke_domain::letter::LetterLanguage;

use super::letter::{Head, write};
use super::reading::pages;
use super::*;

/// A refusal in a language, with reasons of a length.
fn refusal(language: LetterLanguage, text: &str) -> Vec<u8> {
    let catalogue = Catalogue::builtin().unwrap();
    let procedure = catalogue.procedure(&"cpr-eu-employee".parse().unwrap()).unwrap();
    let rule = procedure.decision.as_ref();
    let letter = DecisionLetter {
        outcome: DecisionOutcome::Refused,
        matter: procedure.citizen_title.as_ref().unwrap(),
        text,
        language,
        reasons: rule.iter().flat_map(|r| &r.reasons).filter(|r| r.id.as_str() == "no-real-stay").collect(),
        rule,
        authority: &catalogue.department(&procedure.department).unwrap().name,
        passed_to: None,
        day: date(2026, 6, 9),
        from: "Skovvig Kommune",
    };
    let address = ["Åsøvej 3, 2. tv".to_owned(), "9999 Skovvig".to_owned()];
    let head =
        Head { name: "Łucja Wróbel-Ærø", address: &address, number: "KFF-2026-100123", signed: "Mette Brunsgaard" };
    write(&letter, &head).unwrap()
}

/// As one line, so that a broken line hides no sentence.
fn flat(pages: &[String]) -> String {
    pages.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn another_reader_finds_everything_on_the_letter_that_the_citizen_must_know() {
    let pages = pages(&refusal(LetterLanguage::Polish, "Nie otrzymaliśmy umowy najmu ani zaświadczenia o pracy."));
    let text = flat(&pages);
    for part in [
        "Skovvig Kommune",
        "Łucja Wróbel-Ærø",
        "Åsøvej 3, 2. tv",
        "9999 Skovvig",
        "KFF-2026-100123",
        "9 czerwca 2026",
        "decyzja odmowna",
        "Nie otrzymaliśmy umowy najmu ani zaświadczenia o pracy.",
        "CPR-loven § 16",
        "Odwołanie",
        "På dansk",
        "vi siger nej",
        "Du kan klage til CPR-administrationen",
        "Kultur- og Fritidsforvaltningen",
        "Mette Brunsgaard",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains('\u{FFFD}') && !text.contains('?'), "every letter of both languages is drawn: {text}");
}

#[test]
fn a_long_letter_turns_the_page_and_loses_no_word() {
    let words: Vec<String> = (1..=1200).map(|n| format!("ord{n}")).collect();
    let pages = pages(&refusal(LetterLanguage::Danish, &words.join(" ")));
    assert!(pages.len() > 1 && pages.len() < 6, "{}", pages.len());
    let text = flat(&pages);
    for word in &words {
        assert!(text.contains(word.as_str()), "{word}");
    }
    assert!(pages[0].ends_with(&format!("1/{}", pages.len())), "{}", pages[0]);
    assert!(text.contains("Hvis du vil klage"), "what follows follows on the next page");
}

#[test]
fn neither_title_nor_name_of_a_letter_says_who_she_is() {
    let bytes = refusal(LetterLanguage::Danish, "Vi mangler din lejekontrakt.");
    let pdf = Pdf::new(bytes).unwrap();
    let title = String::from_utf8_lossy(pdf.metadata().title.as_deref().unwrap_or_default()).into_owned();
    assert!(!title.contains("Wróbel"), "{title}");
    assert_eq!(letter::file_name("KFF-2026-100123"), "Afgørelse KFF-2026-100123.pdf");
    assert_eq!(summary::file_name("KFF-2026-100123"), "Sagsoverblik-KFF-2026-100123.pdf");
}

#[test]
fn whatever_is_typed_becomes_paper_and_what_the_font_lacks_is_seen() {
    let endless = "x".repeat(3000);
    for text in ["", "\u{7}\u{0}", "مرحبا", "a\n\n\nb", "😀", endless.as_str(), "\u{202E}abc"] {
        let pages = pages(&refusal(LetterLanguage::Danish, text));
        assert!(flat(&pages).contains("Hvis du vil klage"), "{text:?}");
    }
    let arabic = flat(&pages(&refusal(LetterLanguage::Danish, "مرحبا")));
    assert!(arabic.contains("?????"), "{arabic}");
    let long = flat(&pages(&refusal(LetterLanguage::Danish, &endless)));
    assert_eq!(long.matches('x').count(), 3000, "a word that is wider than the paper is cut, not lost");
}

#[test]
fn no_line_is_wider_than_its_room() {
    let cut = face(Face::Regular).unwrap();
    let text = "Vi har bedt dig om papirer, som vi ikke har fået inden fristen. Speciallægepraksisplanlægningsstabiliseringsperiode";
    for width in [40.0, 120.0, 471.0] {
        for line in cut.lines(text, 10.5, width) {
            assert!(cut.width(&line, 10.5) <= width, "{line} at {width}");
        }
    }
}
