use std::sync::LazyLock;

use proptest::prelude::*;
use uuid::Uuid;

use super::message::{self, Place, Thing, Things, Word};
use super::*;
use crate::Localized;
use crate::catalogue::Catalogue;
use crate::letter::LetterLanguage;

const TODAY: Date = Date::constant(2026, 6, 9);

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::builtin().unwrap());

fn procedure(id: &str) -> Procedure {
    CATALOGUE.procedure(&id.parse().unwrap()).unwrap().clone()
}

fn lines<'a>(case: u128, procedure: &'a Procedure, state: ItemState) -> Vec<Line<'a>> {
    let line = |template| Line {
        case: CaseId(Uuid::from_u128(case)),
        department: &procedure.department,
        template,
        state,
        changed: Some(TODAY),
    };
    procedure.items.iter().map(line).collect()
}

fn names<'a>(needs: &Needs<'a>) -> Vec<&'a str> {
    needs.bring.iter().map(|need| need.line.template.id.as_str()).collect()
}

#[test]
fn what_blocks_stands_first_and_what_the_office_looks_up_is_not_brought() {
    let procedure = procedure("cpr-eu-employee");
    let lines = lines(1, &procedure, ItemState::Missing);
    let needs = needs(&lines, &[], TODAY);
    assert!(needs.is_blocked());
    let blocking: Vec<bool> = needs.bring.iter().map(|need| need.blocking).collect();
    assert!(blocking.windows(2).all(|pair| pair[0] || !pair[1]), "{blocking:?}");
    assert!(names(&needs).contains(&"originals"), "her originals are hers to bring");
    assert!(
        needs
            .bring
            .iter()
            .all(|need| need.line.template.due == Due::AtVisit || !need.line.template.supplied_by.is_office())
    );
    assert!(needs.need_not.is_empty());
}

#[test]
fn a_paper_that_was_approved_for_another_case_lately_is_not_asked_for_again() {
    let procedure = procedure("cpr-eu-employee");
    let lines = lines(1, &procedure, ItemState::Requested);
    let paper = lines[0].template.paper.clone().unwrap();
    let held = |approved| [Held { paper: paper.clone(), approved }];
    let lately = needs(&lines, &held(Date::constant(2026, 3, 1)), TODAY);
    assert!(!names(&lately).contains(&lines[0].template.id.as_str()));
    assert_eq!(lately.need_not[0].approved, Some(Date::constant(2026, 3, 1)));
    let long_ago = needs(&lines, &held(Date::constant(2025, 3, 1)), TODAY);
    assert!(names(&long_ago).contains(&lines[0].template.id.as_str()) && long_ago.need_not.is_empty());
}

#[test]
fn a_paper_that_came_and_awaits_a_look_is_neither_brought_nor_called_approved() {
    let procedure = procedure("cpr-eu-employee");
    let lines = lines(1, &procedure, ItemState::Received);
    let needs = needs(&lines, &[], TODAY);
    assert!(needs.bring.is_empty() && needs.need_not.is_empty());
}

#[test]
fn nobody_comes_for_a_case_that_is_decided() {
    let procedure = procedure("cpr-eu-employee");
    let open = lines(1, &procedure, ItemState::Missing);
    assert!(!is_needless(Phase::Received, &procedure, &open));
    assert!(is_needless(Phase::Decided, &procedure, &open));
}

#[test]
fn a_sunday_and_the_monday_after_it_lie_in_two_weeks() {
    let day = |day| Date::constant(2026, 6, day);
    assert!(same_week(day(8), day(14)) && !same_week(day(14), day(15)));
    assert!(same_week(Date::constant(2026, 12, 31), Date::constant(2027, 1, 1)), "a week over the year's end");
}

#[test]
fn the_longest_procedure_says_how_long_a_visit_takes() {
    let (a, b) = (procedure("cpr-eu-employee"), procedure("passport"));
    let longest = a.attendance.minutes.max(b.attendance.minutes);
    assert_eq!(minutes([&a, &b], 1), appointment::length(longest, 1));
    assert_eq!(minutes([&a, &b], 4), appointment::length(longest, 4));
}

fn place<'a>(counter: &'a Localized) -> Place<'a> {
    Place {
        at: Date::constant(2026, 6, 9).at(10, 20, 0, 0),
        minutes: 30,
        site: "Nørrebro",
        counter,
        address: Some("Prøvegade 1"),
        way: None,
        people: 3,
        interpreter: true,
    }
}

fn things(names: &[&str]) -> Things {
    let bring = names.iter().map(|name| Thing { name: (*name).to_owned(), blocking: true, approved: None }).collect();
    Things { bring, need_not: vec![Thing { name: "Your photo".to_owned(), blocking: false, approved: Some(TODAY) }] }
}

#[test]
fn the_confirmation_says_when_where_what_to_bring_and_how_to_cancel_in_every_language() {
    let counter = Localized::new("Skranke 4", "Counter 4");
    for language in LetterLanguage::ALL {
        let mail = message::mail(Word::Confirmed, &place(&counter), &things(&["Your passport"]), *language);
        assert!(mail.text.contains("Your passport *") && mail.text.contains("Nørrebro"), "{}", mail.text);
        assert!(mail.text.contains("Borgerservice") && mail.text.contains("30"), "{}", mail.text);
        assert!(!mail.text.contains(['{', '}']) && !mail.subject.contains(['{', '}']), "{mail:?}");
        for word in [Word::Moved, Word::Cancelled, Word::Reminder, Word::Missing, Word::Needless] {
            let mail = message::mail(word, &place(&counter), &things(&[]), *language);
            let sms = message::sms(word, &place(&counter), &things(&["A"]), *language);
            let script = message::script(word, Some(&place(&counter)), &things(&["A"]), *language);
            for text in script.iter().chain([&mail.subject, &mail.text, &sms]) {
                assert!(!text.contains(['{', '}']) && !text.trim().is_empty(), "{text}");
            }
        }
    }
    assert_eq!(message::when(place(&counter).at, LetterLanguage::Danish), "tirsdag den 9. juni 2026 kl. 10.20");
    let cancelled =
        message::mail(Word::Cancelled, &place(&counter), &things(&["Your passport"]), LetterLanguage::English);
    assert!(!cancelled.text.contains("passport"));
}

#[test]
fn a_text_message_names_what_fits_into_three_parts_and_counts_the_rest() {
    let counter = Localized::new("Skranke 4", "Counter 4");
    let long = ["Zezwolenie na pobyt albo zaświadczenie o pobycie wydane przez urząd"; 12];
    let text = message::sms(Word::Confirmed, &place(&counter), &things(&long), LetterLanguage::Polish);
    assert!(message::sms_parts(&text) <= message::SMS_PARTS && text.contains("i jeszcze"), "{text}");
    assert!(text.contains("zaswiadczenie"), "letters that phones lack stand under the nearest: {text}");
}

#[test]
fn an_address_is_recognised_and_not_read() {
    assert_eq!(message::masked_email("kalina.wrona@post.example.pl"), "k•••@•••.pl");
    assert_eq!(message::masked_phone("+45 12 34 12 88"), "•• •• 12 88");
    assert_eq!(message::masked_phone("12"), "•• •• •• ••");
    assert_eq!(message::masked_email(""), "•••@•••");
}

#[test]
fn a_protection_that_runs_out_is_not_named_on_a_phone() {
    for language in LetterLanguage::ALL {
        for kind in ExpiryKind::ALL {
            let mail = message::expiry(*kind, TODAY, *language);
            assert!(!mail.text.contains('{') && !mail.subject.contains('{'), "{mail:?}");
        }
        assert_eq!(message::expiry_sms(ExpiryKind::NameProtection, TODAY, *language), None);
        assert!(message::sms_parts(&message::expiry_sms(ExpiryKind::Passport, TODAY, *language).unwrap()) <= 2);
    }
}

proptest! {
    #[test]
    fn every_open_paper_of_hers_is_brought_once_or_spared_and_never_both(
        states in prop::collection::vec((prop::sample::select(ItemState::ALL.to_vec()), prop::sample::select(ItemState::ALL.to_vec())), 60),
        ago in 0_i64..400,
    ) {
        let (a, b) = (procedure("cpr-eu-employee"), procedure("cpr-accompanying-family"));
        let mut all = lines(1, &a, ItemState::Missing);
        all.extend(lines(2, &b, ItemState::Missing));
        for (line, (one, other)) in all.iter_mut().zip(&states) {
            line.state = if line.case.0.as_u128() == 1 { *one } else { *other };
        }
        let paper = all[0].template.paper.clone().unwrap();
        let approved = TODAY.checked_sub(jiff::Span::new().days(ago)).unwrap();
        let needs = needs(&all, &[Held { paper, approved }], TODAY);
        let key = |template: &ItemTemplate, case: CaseId| template.paper.as_ref().map_or_else(|| format!("{case:?}{}", template.id), ToString::to_string);
        let brought: Vec<String> = needs.bring.iter().map(|need| key(need.line.template, need.line.case)).collect();
        let mut once = brought.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), brought.len(), "a paper is asked for twice");
        for spared in &needs.need_not {
            if let Some(paper) = &spared.template.paper {
                prop_assert!(!brought.contains(&paper.to_string()));
            }
        }
        for need in &needs.bring {
            prop_assert!(need.line.state.awaits_citizen());
        }
        prop_assert!(needs.bring.windows(2).all(|pair| pair[0].blocking || !pair[1].blocking));
    }

    #[test]
    fn a_text_message_has_only_letters_that_every_phone_shows(text in "\\PC{0,300}") {
        let plain = message::plain(&text);
        prop_assert_eq!(message::plain(&plain), plain.clone());
        prop_assert!(message::sms_parts(&plain) >= 1);
    }
}
