//! The situation's sheet by keys, and how it, the proposals and what follows look.

use iced::widget::{container, stack};
use iced::{Alignment, Size};
use serde_json::{Value, json};
use skranke_client::outbox::{Draft, Entry, EntryState};
use skranke_desk::effect::Effect;
use skranke_desk::pending::PendingInput;
use skranke_desk::sheets::{Opening, Sheet, SheetInput};
use skranke_desk::{Desk, Input};
use skranke_domain::CommandId;
use skranke_domain::catalogue::Catalogue;

use super::super::{SHEET, begins, keys, view};
use super::*;
use crate::focus::Focus;
use crate::i18n::Language;
use crate::screens::citizen::CitizenScreen;
use crate::screens::citizen::tests::world::{self, everything, known, of};
use crate::testing::Bench;
use crate::theme::{ThemeName, Tokens};

/// A desk with the real catalogue, and what the counter opened and what is proposed.
pub(crate) fn desk() -> Desk {
    let mut desk = everything();
    let catalogue = Catalogue::builtin().unwrap();
    for kind in catalogue.life_situations {
        desk.session.situations.insert(kind.id.clone(), kind);
    }
    desk.session.procedures.extend(catalogue.procedures.into_iter().map(|one| (one.id.clone(), one)));
    desk.session.rules.changes = catalogue.changes;
    for department in catalogue.departments {
        let health = json!({
            "id": department.id, "tag": department.tag, "name": department.name, "keeper": department.keeper, "asked": department.asked,
            "capabilities": [], "health": "unknown", "lastAnswer": null,
        });
        desk.session.departments.entry(department.id).or_insert_with(|| of(health));
    }
    let citizen = world::page(&mut desk).id;
    let id = divorce_id();
    let situation = json!({
        "id": id, "citizen": citizen, "kind": "divorce", "since": "2026-06-01", "by": "Ida Munk", "coordinator": null, "closed": false,
        "answers": { "moves": "yes", "children": "yes", "children-here": "yes" }, "etag": "v4",
        "follows": [
            { "follow": "name", "state": "dismissed", "reason": "Beholder sit navn", "case": null, "by": "Nina Kragh", "at": "2026-06-02T09:00:00Z" },
            { "follow": "housing-benefit", "state": "started", "reason": null, "case": null, "by": "Nina Kragh", "at": "2026-06-02T09:00:00Z" },
        ],
    });
    let proposed = json!([
        { "kind": "new-job", "happening": "new_job", "on": "2026-06-02" },
        { "kind": "marriage", "happening": "married", "on": "2026-05-18" },
        { "kind": "cohabitation", "happening": "married", "on": "2026-05-18" },
    ]);
    let list: Value = json!({ "situations": [situation], "proposed": proposed });
    world::page(&mut desk).situations = known(of(list));
    desk
}

fn divorce_id() -> String {
    "01890000-0000-7000-8000-000000000777".to_owned()
}

/// Presses keys as the sheet's own table has them; gives what goes to the outbox.
fn press(desk: &mut Desk, chords: &[&str]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for chord in chords {
        let table = keys(desk.citizen().unwrap(), desk.sheet().unwrap(), Texts::of(Language::Danish));
        let key = table.into_iter().find(|key| key.chord == *chord).unwrap_or_else(|| panic!("no key {chord}"));
        assert!(key.disabled.is_none());
        drafts.extend(update(desk, key.message));
    }
    drafts
}

fn update(desk: &mut Desk, input: Input) -> Vec<Draft> {
    let effects = desk.update(input, world::now().timestamp());
    let draft = |effect| match effect {
        Effect::Enqueue(draft) => Some(*draft),
        _ => None,
    };
    effects.into_iter().filter_map(draft).collect()
}

fn open(desk: &mut Desk, opening: Opening) {
    update(desk, input(SheetInput::Open(opening)));
}

fn choose(desk: &mut Desk, kind: &str) {
    open(desk, Opening::Situation(skranke_desk::sheets::Target::Choose));
    update(desk, to(SituationInput::Filter(kind.into())));
    update(desk, to(SituationInput::ChooseCandidate));
}

struct Window {
    language: Language,
    theme: ThemeName,
    size: Size,
    focus: Option<FocusId>,
}

const WINDOWS: [(Language, ThemeName, (f32, f32), &str); 3] = [
    (Language::English, ThemeName::Light, (1440.0, 900.0), "en"),
    (Language::Danish, ThemeName::Dark, (1440.0, 900.0), "da-dark"),
    (Language::Danish, ThemeName::Light, (1024.0, 768.0), "da-1024"),
];

impl Window {
    fn all(focus: Option<&FocusId>) -> impl Iterator<Item = (Self, &'static str)> {
        WINDOWS.into_iter().map(move |(language, theme, (width, height), name)| {
            (Self { language, theme, size: Size::new(width, height), focus: focus.cloned() }, name)
        })
    }

    fn bench<T>(&self, desk: &Desk, check: impl FnOnce(&mut Bench<'_, Input>) -> T) -> T {
        let focus = match (&self.focus, desk.sheet()) {
            (Some(focus), _) => Focus::on(focus.clone()),
            (None, Some(sheet)) => Focus::on(begins(sheet).0),
            (None, None) => Focus::none(),
        };
        let look = Look::new(Tokens::of(self.theme), Texts::of(self.language), &focus, world::now());
        let look = Look { width: self.size.width, height: self.size.height, ..look };
        let scene = Scene { look: &look, desk };
        let page = CitizenScreen::default().view(scene).map(|_| input(SheetInput::Leave));
        let laid = view(scene).map(|sheet| {
            container(sheet)
                .width(Length::Fill)
                .height(Length::Fill)
                .align_x(Alignment::Center)
                .align_y(Alignment::Center)
        });
        let all = stack![page].extend(laid.map(Element::from));
        check(&mut Bench::new(all, self.size))
    }

    fn draw(&self, desk: &Desk, name: &str) {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../target/pictures/{name}.png"));
        self.bench(desk, |bench| bench.draw(1.0, self.theme).save(&path));
    }
}

fn draw(desk: &Desk, name: &str) {
    for (window, suffix) in Window::all(None) {
        window.draw(desk, &format!("{name}-{suffix}"));
    }
}

fn said(desk: &Desk, language: Language) -> String {
    let window = Window { language, theme: ThemeName::Light, size: Size::new(1440.0, 900.0), focus: None };
    window.bench(desk, |bench| bench.texts().join(" | "))
}

#[test]
fn keys_alone_lead_from_the_divorce_to_its_started_cases() {
    let mut desk = desk();
    choose(&mut desk, "divorce");
    // She moves, has children who live with her and go to day care, and keeps her name.
    let drafts = press(&mut desk, &["1", "1", "1", "1", "2", "Ctrl ↵"]);
    assert!(desk.sheet().is_none());
    let started: Vec<_> = drafts.iter().filter_map(|draft| draft.body.get("follow")?.as_str()).collect();
    for follow in ["address", "deposit-loan", "daycare", "fee-reduction", "school"] {
        assert!(started.contains(&follow), "{follow} of {started:?}");
    }
    for follow in ["name", "custody", "divorce"] {
        assert!(!started.contains(&follow), "no name is changed, and the agency of family law has its own cases");
    }
    // The page shows it at once.
    let entry = |draft: Draft| Entry {
        id: CommandId::new(),
        created_at: draft.made_at,
        draft,
        attempts: 0,
        last_attempt: None,
        state: EntryState::Queued,
    };
    update(&mut desk, Input::Pending(PendingInput::Entries(drafts.into_iter().map(entry).collect())));
    assert!(said(&desk, Language::English).contains("Opened here, not sent yet"));
    draw(&desk, "situation-opened-unsent");
}

#[test]
fn what_does_not_follow_needs_a_reason_and_says_so_in_words() {
    let mut desk = desk();
    open(&mut desk, Opening::Situation(skranke_desk::sheets::Target::Open(divorce_id().parse().unwrap())));
    assert!(said(&desk, Language::English).contains("Nina Kragh: Beholder sit navn"), "a dismissal says who and why");
    let down = ["↓"; 30];
    press(&mut desk, &down);
    // From the last line up to one that can be dismissed.
    while !matches!(desk.sheet(), Some(Sheet::Situation(sheet)) if sheet.reason.is_some()) {
        press(&mut desk, &["-"]);
        if matches!(desk.sheet(), Some(Sheet::Situation(sheet)) if sheet.reason.is_none()) {
            press(&mut desk, &["↑"]);
        }
    }
    assert_eq!(begins(desk.sheet().unwrap()).0, REASON, "the keyboard is in the field of the reason");
    assert!(press(&mut desk, &["Ctrl ↵"]).is_empty());
    assert!(said(&desk, Language::English).contains("Write why."));
    assert!(said(&desk, Language::Danish).contains("Skriv hvorfor."));
    draw(&desk, "situation-dismiss");
    update(&mut desk, to(SituationInput::Reason("Har ingen børn her".into())));
    let drafts = press(&mut desk, &["Ctrl ↵"]);
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].body["reason"], "Har ingen børn her");
}

#[test]
fn every_control_of_the_sheets_has_a_name_and_no_text_is_missing() {
    let mut desks = Vec::new();
    let mut one = desk();
    open(&mut one, Opening::Situation(skranke_desk::sheets::Target::Choose));
    desks.push(one);
    let mut one = desk();
    choose(&mut one, "divorce");
    press(&mut one, &["1", "1"]);
    desks.push(one);
    let mut one = desk();
    open(&mut one, Opening::Situation(skranke_desk::sheets::Target::Open(divorce_id().parse().unwrap())));
    desks.push(one);
    let mut one = desk();
    open(&mut one, Opening::Change(None));
    desks.push(one);
    let mut one = desk();
    open(&mut one, Opening::Change(Some(skranke_domain::ChangeId::parse("income").unwrap())));
    desks.push(one);
    for desk in &desks {
        for (window, _) in Window::all(None) {
            let (controls, texts) = window.bench(desk, |bench| (bench.controls(), bench.texts()));
            assert!(!texts.iter().any(|text| text.contains('⟦')), "{texts:?}");
            let of_sheet = controls.iter().filter(|one| one.id.as_str().starts_with(SHEET.as_str()));
            for one in of_sheet {
                assert!(!one.name.trim().is_empty() && !one.name.contains('⟦'), "{:?}", one.id);
            }
            let ids: std::collections::HashSet<_> = controls.iter().map(|one| &one.id).collect();
            assert_eq!(ids.len(), controls.len(), "an id stands twice");
        }
    }
}

#[test]
fn pictures_of_situations_and_changes() {
    let mut one = desk();
    draw(&one, "situation-page");
    let first = one.citizen().unwrap().groups()[0].situation.unwrap().id;
    let list = FocusId::new("citizen/follows").child(first);
    for (window, suffix) in Window::all(Some(&list)) {
        window.draw(&one, &format!("situation-follows-{suffix}"));
    }
    open(&mut one, Opening::Situation(skranke_desk::sheets::Target::Choose));
    draw(&one, "situation-choose");
    choose(&mut one, "divorce");
    press(&mut one, &["1", "1"]);
    draw(&one, "situation-tree");
    press(&mut one, &["1", "3", "2"]);
    draw(&one, "situation-answered");
    let mut one = desk();
    open(&mut one, Opening::Situation(skranke_desk::sheets::Target::Open(divorce_id().parse().unwrap())));
    draw(&one, "situation-open");
    let mut one = desk();
    open(&mut one, Opening::Change(None));
    draw(&one, "change-choose");
    open(&mut one, Opening::Change(Some(skranke_domain::ChangeId::parse("income").unwrap())));
    draw(&one, "change-waiting");
    let touched = |procedure: &str, da: &str, en: &str, certain: bool| json!({ "procedure": procedure, "because": { "da": da, "en": en }, "certain": certain, "case": null });
    let touches = json!({ "change": "income", "touches": [
        touched("tax-card", "Forskudsopgørelsen skal følge indkomsten", "The tax card must follow the income", true),
        touched("housing-benefit", "Boligstøtte afhænger af husstandens indkomst", "Housing benefit depends on the household's income", true),
        touched("old-age-pension", "Pensionstillægget afhænger af indkomsten", "The pension supplement depends on income", true),
        touched("instalment-review", "Afdrag følger betalingsevnen", "Instalments follow the ability to pay", false),
    ]});
    if let Some(Sheet::Change(sheet)) = &mut world::page(&mut one).sheet {
        sheet.touches = known(of(touches));
        sheet.text = "Fra 14.000 til 9.500 kr. om måneden".into();
        sheet.from = "1/7".into();
    }
    draw(&one, "change-touches");
    assert!(said(&one, Language::English).contains("Report it to 3 places"));
}

#[test]
fn the_plus_key_shows_what_follows_from_the_situation_of_the_chosen_case() {
    use crate::keys::Chord;
    let desk = desk();
    let table = CitizenScreen::default().keys(&desk, Texts::of(Language::English));
    let key = table.iter().find(|key| key.chord == "+").unwrap();
    let chosen = desk.citizen().unwrap().selected_row().unwrap().case.situation.unwrap();
    assert!(matches!(&key.message, crate::screens::citizen::Message::Sheet(Opening::Situation(
        skranke_desk::sheets::Target::Open(id))) if *id == chosen));
    for chord in ["+", "-", "Space", "1"] {
        assert!(chord.parse::<Chord>().is_ok(), "{chord}");
    }
}
