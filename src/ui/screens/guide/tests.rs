//! The guide is drawn without a display, and read.

use std::path::Path;

use iced::Size;
use jiff::Zoned;
use jiff::tz::TimeZone;
use serde_json::json;
use skranke_desk::guide::EntryId;
use skranke_desk::settings::Settings;
use skranke_desk::{Desk, Input};
use skranke_domain::TaskId;
use skranke_domain::authority::Role as StaffRole;

use super::*;
use crate::focus::Focus;
use crate::i18n::Language;
use crate::testing::Bench;
use crate::theme::{ThemeName, Tokens};

fn now() -> Zoned {
    "2026-06-09T10:06:00+02:00[Europe/Copenhagen]".parse().expect("a time")
}

fn desk() -> Desk {
    let mut desk =
        Desk::new(StaffRole::Clerk, Settings::default(), TimeZone::get("Europe/Copenhagen").expect("bundled"));
    let text = |da: &str, en: &str| json!({ "da": da, "en": en });
    desk.session.departments = serde_json::from_value(json!({
        "kff": { "id": "kff", "tag": "KFF", "name": text("Kultur- og Fritidsforvaltningen", "Culture and Leisure"),
            "keeper": "municipality", "asked": true, "capabilities": [], "health": "answering", "lastAnswer": null,
            "reach": { "phone": "33 66 33 66", "hours": text("Man-fre 10-18", "Mon-Fri 10-18"),
                "place": text("Nyropsgade 1", "Nyropsgade 1") } },
        "skat": { "id": "skat", "tag": "Skat", "name": text("Skatteforvaltningen", "The Danish tax authority"),
            "keeper": "state", "capabilities": [], "health": "unknown", "lastAnswer": null }
    }))
    .expect("departments");
    let task = |id: &str, title: serde_json::Value, department: &str, standing: &str| {
        json!({
            "id": id, "title": title, "department_2005": "Stat", "department": department, "proposed_2005": true,
            "levels": ["rule_based"], "standing": standing, "life_situations": [],
            "moved_to": if standing == "moved_to_state" { text("Skatteforvaltningen", "The Danish tax authority") } else { json!(null) },
            "provenance": { "source": ["CPH2005"], "year": 2005, "certainty": "low" },
            "guide": {
                "summary": text("Borgeren møder op med sit gamle pas. Billedet tages ved skranken.", "The citizen comes with the old passport. The photo is taken at the counter."),
                "steps": [text("Se det gamle pas", "Look at the old passport"), text("Tag billede og fingeraftryk", "Take photo and fingerprints")],
                "phone": text("Tag dit gamle pas med. Du behøver ikke et billede.", "Bring your old passport. You need no photo."),
                "follow_up": text("Politiet sender passet; borgeren får en SMS.", "The police send the passport; the citizen gets a text message."),
                "links": [{ "title": text("Pas på borger.dk", "Passports on borger.dk"), "address": "https://www.borger.dk" }],
                "taxable": "not_applicable", "income_dependent": "no"
            }
        })
    };
    desk.session.tasks = serde_json::from_value(json!([
        task("passport", text("Pas", "Passport"), "kff", "municipal"),
        task("tax-card", text("Skattekort", "Tax card"), "skat", "moved_to_state"),
        task("licence", text("Kørekort", "Driving licence"), "kff", "municipal"),
    ]))
    .expect("tasks");
    desk.update(Input::OpenGuide(EntryId::Task(TaskId::parse("passport").expect("a slug"))), now().timestamp());
    desk
}

fn with_look(language: Language, theme: ThemeName, size: Size, f: impl FnOnce(&Look<'_>)) {
    let look = Look::new(Tokens::of(theme), Texts::of(language), &Focus::on(FIRST), now());
    f(&Look { width: size.width, height: size.height, ..look });
}

#[test]
fn the_guide_says_how_what_to_say_who_follows_up_and_how_to_reach_them() {
    let (desk, screen) = (desk(), GuideScreen::default());
    let size = Size::new(1440.0, 800.0);
    with_look(Language::English, ThemeName::Light, size, |look| {
        let texts = Bench::new(screen.view(Scene { look, desk: &desk }), size).texts();
        for said in [
            "The citizen comes with the old passport. The photo is taken at the counter.",
            "“Bring your old passport. You need no photo.”",
            "The police send the passport; the citizen gets a text message.",
            "https://www.borger.dk",
            "33 66 33 66",
            "2: decided by rule",
        ] {
            assert!(texts.iter().any(|text| text == said), "{said}: {texts:#?}");
        }
    });
}

#[test]
fn what_the_state_has_taken_over_says_who_solves_it_now() {
    let (mut desk, screen) = (desk(), GuideScreen::default());
    desk.update(Input::Guide(GuideInput::Typed("tax".into())), now().timestamp());
    let size = Size::new(1440.0, 800.0);
    with_look(Language::English, ThemeName::Light, size, |look| {
        let texts = Bench::new(screen.view(Scene { look, desk: &desk }), size).texts();
        let said = "The state has taken this over. Today it is solved by: The Danish tax authority";
        assert!(texts.iter().any(|text| text.replace(['\u{2068}', '\u{2069}'], "") == said), "{texts:#?}");
    });
}

#[test]
fn the_guide_is_drawn() {
    let (desk, screen) = (desk(), GuideScreen::default());
    for (name, language, theme, size) in [
        ("guide-en-light", Language::English, ThemeName::Light, Size::new(1440.0, 800.0)),
        ("guide-da-dark", Language::Danish, ThemeName::Dark, Size::new(1024.0, 720.0)),
    ] {
        with_look(language, theme, size, |look| {
            let mut bench = Bench::new(screen.view(Scene { look, desk: &desk }), size);
            let picture = bench.draw(1.0, theme);
            assert!(picture.pixels().any(|pixel| pixel != picture.pixels().next().expect("a pixel")));
            picture.save(&Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../target/pictures/{name}.png")));
        });
    }
}
