//! The palette is drawn without a display; what it offers, and what its keys open.

use std::path::Path;

use iced::Size;
use serde_json::{Value, json};
use skranke_api::citizens::{SearchAnswer, SearchRequest};
use skranke_client::ClientError;
use skranke_desk::citizen::CitizenInput;
use skranke_desk::effect::{Effect, Wake};
use skranke_desk::session::Line;
use skranke_desk::sheets::{Opening, SheetInput};
use skranke_desk::stands::Recent;
use skranke_desk::{Question, Reply, StandId};

use super::*;
use crate::focus::Focus;
use crate::i18n::Language;
use crate::screens::citizen::tests::world;
use crate::testing::Bench;
use crate::theme::{Look, ThemeName, Tokens};

const SIZE: Size = Size::new(980.0, 600.0);

fn id(n: u32) -> String {
    format!("019ea000-0000-7000-8000-{n:012}")
}

fn person(n: u32, name: (&str, &str), cpr: &str, address: Value) -> Value {
    json!({
        "citizen": id(n), "givenName": name.0, "surname": name.1, "cprMasked": format!("{cpr}-••••"), "age": 35,
        "address": address, "status": "resident", "case": null,
    })
}

fn lives(street: &str) -> Value {
    json!({ "view": "shown", "street": street, "postcode": "2300", "district": "København S" })
}

fn with(mut value: Value, key: &str, what: Value) -> Value {
    value[key] = what;
    value
}

fn wronas() -> Vec<Value> {
    vec![
        person(1, ("Kalina Testrup", "Wrona"), "721190", json!({ "view": "protected" })),
        person(2, ("Danuta", "Wrona"), "640488", lives("Tanglænken 4, 2. tv")),
        with(person(3, ("Ida", "Vronska-Bell"), "611203", lives("Rosinvej 12")), "near", json!(true)),
    ]
}

fn on_plads() -> Vec<Value> {
    vec![person(4, ("Søren", "Østergreen"), "710850", lives("Wronskys Plads 4"))]
}

fn colleagues() -> Value {
    json!([
        { "id": id(60), "name": "Nina Krogh", "initials": "NK", "department": "kff", "role": "clerk", "phone": "00 33 12 04" },
        { "id": id(61), "name": "Nina Aabo", "initials": "NA", "department": "buf", "role": "caseworker", "phone": null },
    ])
}

fn answer(hits: &[Value]) -> Result<SearchAnswer, ClientError> {
    Ok(world::of(json!({ "hits": hits, "more": false, "tookUs": 800 })))
}

fn opened() -> Desk {
    let mut desk = world::everything();
    let _ = desk.update(Input::Finder(FinderInput::Open), world::now().timestamp());
    desk
}

/// Types, and answers what is asked.
fn found(desk: &mut Desk, typed: &str, reply: impl Fn(&SearchRequest) -> Result<SearchAnswer, ClientError>) {
    let now = world::now().timestamp();
    let _ = desk.update(Input::Finder(FinderInput::Typed(typed.into())), now);
    let generation = desk.finder.as_ref().unwrap().generation();
    for effect in desk.update(Input::Wake(Wake::Search { generation }), now) {
        let (ticket, reply) = match effect {
            Effect::Ask(ticket, Question::Search(request)) => (ticket, Reply::Search(reply(&request))),
            Effect::Ask(ticket, Question::Colleagues(_)) => (ticket, Reply::Colleagues(Ok(world::of(colleagues())))),
            _ => continue,
        };
        let _ = desk.update(Input::Reply(ticket, reply), now);
    }
}

fn wron(desk: &mut Desk) {
    found(desk, "wron", |request| match request.kind {
        skranke_api::citizens::QueryKind::Name => answer(&wronas()),
        _ => answer(&on_plads()),
    });
}

/// A citizen who was open before.
fn recent(n: u32, given: &str, surname: &str) -> Recent {
    Recent {
        citizen: id(n).parse().unwrap(),
        given_name: given.to_owned(),
        surname: surname.to_owned(),
        cpr_masked: "640488-••••".to_owned(),
        age: 38,
        address: world::of(lives("Tanglænken 4, 2. tv")),
        purpose: Purpose::plain(PurposeKind::Call),
    }
}

fn show<T>(desk: &Desk, language: Language, tokens: Tokens, check: impl FnOnce(&mut Bench<'_, Message>) -> T) -> T {
    let focus = Focus::on(QUERY);
    let look = Look::new(tokens, Texts::of(language), &focus, world::now());
    let palette = Palette::default();
    let view = palette.view(Scene { look: &look, desk });
    check(&mut Bench::new(view, SIZE))
}

fn said(desk: &Desk) -> String {
    show(desk, Language::English, Tokens::light(), |bench| bench.texts().join(" | "))
}

fn groups(desk: &Desk) -> Vec<&'static str> {
    let mut groups: Vec<&str> = entries(desk, Texts::of(Language::English)).iter().map(Entry::group).collect();
    groups.dedup();
    groups
}

fn inputs(outcome: Outcome) -> Vec<Input> {
    match outcome {
        Outcome::Action(action) => match *action {
            Action::Desk(input) => vec![input],
            Action::DeskAll(inputs) => inputs,
            Action::None => Vec::new(),
            other => panic!("{other:?}"),
        },
        Outcome::Do(command) => panic!("{command:?}"),
    }
}

fn press(desk: &Desk, at: usize, message: Message) -> Vec<Input> {
    inputs(Palette { active: at, moved: true, waits: None }.update(message, desk, Texts::of(Language::English)))
}

#[test]
fn what_is_found_stands_in_groups_and_similar_names_say_so() {
    let mut desk = opened();
    wron(&mut desk);
    assert_eq!(groups(&desk), ["palette-citizens", "palette-addresses", "palette-do"]);
    let said = said(&desk);
    assert!(said.contains("similar spelling") && said.contains("address protected"), "{said}");
    assert!(said.contains("4 found in 1 ms"), "{said}");
}

#[test]
fn what_can_be_done_with_the_open_citizen_is_found_by_her_name() {
    let mut desk = opened();
    wron(&mut desk);
    let offered: Vec<String> = entries(&desk, Texts::of(Language::English))
        .into_iter()
        .filter_map(|entry| match entry {
            Entry::Deed(deed) => Some(deed.label),
            _ => None,
        })
        .collect();
    assert!(offered.iter().all(|label| label.contains("K. Wrona")), "{offered:?}");
    assert!(!offered.is_empty());
}

#[test]
fn enter_opens_at_this_stand_and_shift_enter_at_the_other() {
    let mut desk = opened();
    wron(&mut desk);
    let danuta = id(2).parse().unwrap();
    assert!(matches!(press(&desk, 1, Message::Open).as_slice(), [Input::OpenCitizen(who, _)] if *who == danuta));
    assert!(matches!(
        press(&desk, 1, Message::OpenOther).as_slice(),
        [Input::OpenCitizenAt(StandId::B, who, _)] if *who == danuta
    ));
    assert!(matches!(press(&desk, 0, Message::OpenAt(1)).as_slice(), [Input::OpenCitizen(who, _)] if *who == danuta));
    assert!(said(&desk).contains("open in stand B"));
}

#[test]
fn a_colleague_takes_the_open_citizen_over() {
    let mut desk = opened();
    found(&mut desk, "@nina", |_| panic!("no citizen is searched"));
    assert_eq!(groups(&desk), ["palette-colleagues"]);
    let text = said(&desk);
    assert!(text.contains("Nina Krogh") && text.contains("00 33 12 04") && text.contains("KFF"), "{text}");
    let pressed = press(&desk, 0, Message::Open);
    assert!(
        pressed.iter().any(|input| matches!(
            input,
            Input::Citizen(CitizenInput::Sheet(SheetInput::Open(Opening::Handover(Some(_)))))
        )),
        "{pressed:?}"
    );
}

#[test]
fn before_anything_is_typed_those_who_were_open_stand_there() {
    let mut desk = opened();
    desk.recent = vec![recent(2, "Danuta", "Wrona"), recent(4, "Søren", "Østergreen")];
    assert_eq!(groups(&desk), ["palette-recent", "palette-do"]);
    let danuta = id(2).parse().unwrap();
    assert!(matches!(press(&desk, 0, Message::Open).as_slice(), [Input::OpenCitizen(who, _)] if *who == danuta));
}

#[test]
fn with_the_line_down_those_who_were_open_are_still_found_and_it_says_so() {
    let mut desk = opened();
    desk.recent = vec![recent(2, "Danuta", "Wrona"), recent(4, "Søren", "Østergreen")];
    desk.session.line = Line::Down { since: world::now().timestamp() };
    found(&mut desk, "wron", |_| Err(ClientError::Truncated));
    let text = said(&desk);
    assert!(
        text.contains("No connection: only citizens opened on this machine")
            && text.contains("Wrona, Danuta") | text.contains("Danuta Wrona"),
        "{text}"
    );
    assert!(!text.contains("Østergreen"), "{text}");
    assert!(!text.contains("Nobody with"), "nobody was looked up: {text}");
}

#[test]
fn nobody_found_says_where_was_looked_and_what_to_try() {
    let mut desk = opened();
    found(&mut desk, "xyzzyx", |_| answer(&[]));
    let text = said(&desk);
    assert!(text.contains("like “xyzzyx”") && text.contains("birth date") && text.contains('+'), "{text}");
    found(&mut desk, "xyz 12.11.90", |_| answer(&[]));
    assert!(said(&desk).contains("12 Nov 1990"), "{}", said(&desk));
    let _ = desk.update(Input::Finder(FinderInput::Typed("12.11.90".into())), world::now().timestamp());
    assert!(said(&desk).contains("Write a name beside it"));
}

#[test]
fn the_keys_beside_the_deeds_are_those_of_the_citizen_page() {
    let desk = opened();
    let texts = Texts::of(Language::English);
    let page: Vec<&str> =
        crate::screens::citizen::CitizenScreen::default().keys(&desk, texts).iter().map(|k| k.chord).collect();
    for deed in deeds::all(&desk, texts) {
        if let (How::Desk(inputs), Some(key)) = (&deed.how, deed.key)
            && inputs.iter().any(|input| matches!(input, Input::Citizen(_) | Input::BeginBooking))
        {
            assert!(page.contains(&key), "{}: {key} is not among {page:?}", deed.label);
        }
    }
}

fn pictures() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures")
}

fn draw(desk: &Desk, name: &str) {
    for language in [Language::English, Language::Danish] {
        for (theme, tokens) in [(ThemeName::Light, Tokens::light()), (ThemeName::Dark, Tokens::dark())] {
            show(desk, language, tokens, |bench| {
                for control in bench.controls() {
                    assert!(!control.name.trim().is_empty(), "{name}: {control:?}");
                }
                let picture = bench.draw(1.0, theme);
                assert!(
                    picture.pixels().collect::<std::collections::HashSet<_>>().len() > 20,
                    "{name} is nearly blank"
                );
                let theme = if theme == ThemeName::Light { "light" } else { "dark" };
                picture.save(&pictures().join(format!("{name}-{}-{theme}.png", language.code())));
            });
        }
    }
}

#[test]
fn the_palette_is_drawn_in_every_state() {
    let mut desk = opened();
    desk.recent = vec![recent(2, "Danuta", "Wrona"), recent(4, "Søren", "Østergreen")];
    draw(&desk, "palette-recent");
    let mut typing = desk.clone();
    let _ = typing.update(Input::Finder(FinderInput::Typed("w".into())), world::now().timestamp());
    draw(&typing, "palette-typing");
    let mut results = desk.clone();
    wron(&mut results);
    draw(&results, "palette-results");
    let mut colleague = desk.clone();
    found(&mut colleague, "@nina", |_| answer(&[]));
    draw(&colleague, "palette-colleagues");
    let mut nobody = desk.clone();
    found(&mut nobody, "xyzzyx", |_| answer(&[]));
    draw(&nobody, "palette-none");
    desk.session.line = Line::Down { since: world::now().timestamp() };
    found(&mut desk, "wron", |_| Err(ClientError::Truncated));
    draw(&desk, "palette-offline");
}
