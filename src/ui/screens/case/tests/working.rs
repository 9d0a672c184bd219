//! The decision, the sheets and the dialog of two people at once as they look: drawn without a display, every control with a name.

use iced::widget::column;
use skranke_api::{Problem, ProblemKind};
use skranke_client::outbox::{Draft, Entry, EntryState};
use skranke_desk::case::conflict::Side;
use skranke_desk::case::work::{AssignInput, CaseNoteInput, DecideInput};
use skranke_desk::pending::PendingInput;
use skranke_domain::decision::{DecisionOutcome, DecisionStep};
use skranke_domain::{CommandId, ReasonId};

use super::*;
use crate::screens::case::over;
use crate::widget::dialog::{Lies, modal_at};

type Way = (Language, ThemeName);
const WAYS: [(Way, Size); 3] = [
    ((Language::English, ThemeName::Light), WINDOW),
    ((Language::Danish, ThemeName::Dark), WINDOW),
    ((Language::Danish, ThemeName::Light), SMALL),
];

/// The page with what is laid over it.
fn over_page<T>(
    desk: &Desk,
    (language, theme): Way,
    window: Size,
    check: impl FnOnce(&mut Bench<'_, Message>) -> T,
) -> T {
    let texts = Texts::new(language);
    let focus = over::begins(desk).map_or_else(|| Focus::on(CHECKLIST), |(id, _)| Focus::on(id));
    let look =
        Look { width: window.width, height: window.height, ..Look::new(Tokens::of(theme), &texts, &focus, now()) };
    let screen = CaseScreen { wide: window.width > 1279.0, ..CaseScreen::default() };
    let scene = Scene { look: &look, desk };
    let page = column![screen.view(scene)].height(Length::Fill);
    let laid = modal_at(&look, page, over::view(scene), Lies::Centre, None);
    check(&mut Bench::new(laid, window))
}

fn drawn(name: &str, desk: &Desk) {
    for (way, window) in WAYS {
        let pixels = over_page(desk, way, window, |bench| bench.draw(1.0, way.1));
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures");
        let theme = if way.1 == ThemeName::Dark { "dark" } else { "light" };
        pixels.save(&folder.join(format!("{name}-{}-{theme}-{}.png", way.0.code(), window.width)));
        over_page(desk, way, window, |bench| {
            let controls = bench.controls();
            for control in &controls {
                assert!(!control.name.trim().is_empty(), "{name}: {} has no name", control.id.as_str());
                let twice = controls.iter().filter(|one| one.id == control.id).count();
                assert_eq!(twice, 1, "{name}: {} stands twice", control.id.as_str());
            }
        });
    }
}

fn words(desk: &Desk) -> Vec<String> {
    over_page(desk, (Language::English, ThemeName::Light), WINDOW, |bench| bench.texts())
}

fn work(desk: &mut Desk, input: WorkInput) -> Vec<Effect> {
    desk.update(Input::Case(CaseInput::Work(input)), now().timestamp())
}

fn draft(effects: Vec<Effect>) -> Draft {
    let found = effects.into_iter().find_map(|effect| match effect {
        Effect::Enqueue(draft) => Some(*draft),
        _ => None,
    });
    found.expect("a change")
}

fn entry(draft: Draft, state: EntryState) -> Entry {
    let at = now().timestamp();
    Entry { id: CommandId::new(), draft, created_at: at, attempts: 1, last_attempt: Some(at), state }
}

fn rule() -> Value {
    let reason = |id: &str, da: &str, en: &str| {
        json!({
            "id": id, "outcomes": ["granted"], "title": { "da": da, "en": en }, "rule": "EU-opholdsbekendtgørelsen § 3",
            "text": { "da": format!("{da}. Derfor har du ret til ophold."), "en": format!("{en}. That gives you the right to stay.") }
        })
    };
    let reasons = [
        reason("works", "Du arbejder i Danmark", "You work in Denmark"),
        reason("pay", "Din løn er dokumenteret", "Your pay is documented"),
    ];
    let both = json!({ "da": "Du får et opholdsbevis.", "en": "You get a residence certificate." });
    let complaint = json!({ "da": "Du kan klage inden fire uger.", "en": "You may complain within four weeks." });
    let provenance = json!({ "source": [], "year": null, "certainty": "invented", "note": null });
    json!({ "eyes": "four", "issues": both, "reasons": reasons, "complaint": complaint, "provenance": provenance })
}

fn decision(state: &str) -> Value {
    json!({
        "outcome": "granted", "state": state, "reasons": ["works"], "text": "You work in Denmark. That gives you the right to stay.",
        "language": "en", "authority": "siri", "passedTo": null, "proposedBy": "019ea000-0000-7000-8000-000000000901",
        "proposedByName": "Jonas Bækgaard", "proposedAt": "2026-06-09T07:00:00Z", "second": null, "lookedBy": null, "lookedAt": null,
        "sentBack": null, "issuedAt": null, "channel": null, "letter": null, "etag": "v7"
    })
}

fn settled(view: &mut Value) {
    for item in view["items"].as_array_mut().unwrap() {
        item["state"] = json!("approved");
    }
}

#[test]
fn the_decision_is_locked_while_papers_are_open_and_says_who_may_be_second() {
    let desk = opened(|view| view["rule"] = rule());
    drawn("work-decision-locked", &desk);
    let said = words(&desk);
    assert!(has(&said, "Locked:") && has(&said, "Approved by a second pair of eyes"), "{said:?}");
}

#[test]
fn a_proposed_decision_is_approved_by_another_who_reads_the_letter_first() {
    let mut desk = opened(|view| {
        settled(view);
        view["rule"] = rule();
        view["decision"] = decision("proposed");
    });
    assert!(has(&words(&desk), "Jonas Bækgaard"));
    let _ = work(&mut desk, WorkInput::Open(WorkKind::Step(DecisionStep::Approve)));
    drawn("work-approve", &desk);
    let said = words(&desk);
    assert!(has(&said, "You work in Denmark.") && has(&said, "within four weeks"), "{said:?}");
}

#[test]
fn the_words_of_a_decision_stand_beside_the_danish_ones() {
    let mut desk = opened(|view| {
        settled(view);
        view["rule"] = rule();
    });
    let _ = work(&mut desk, WorkInput::Open(WorkKind::Decide));
    let _ = work(&mut desk, WorkInput::Decide(DecideInput::Outcome(DecisionOutcome::Granted)));
    let reason: ReasonId = "works".parse().unwrap();
    let _ = work(&mut desk, WorkInput::Decide(DecideInput::Reason(reason)));
    drawn("work-decide", &desk);
    assert!(has(&words(&desk), "Derfor har du ret til ophold"));
}

#[test]
fn every_other_sheet_is_drawn_with_a_name_for_every_control() {
    for (name, kind) in [
        ("work-assign", WorkKind::Assign),
        ("work-course", WorkKind::Course),
        ("work-ask", WorkKind::Ask),
        ("work-note", WorkKind::Note),
        ("work-facts", WorkKind::Facts),
        ("work-lift", WorkKind::Lift),
        ("work-relate", WorkKind::Relate),
    ] {
        let mut desk = opened(|view| view["facts"] = json!({ "stay.ground": "eu_worker", "person.has_cpr": true }));
        let fact = |name: &str, en: &str| json!({ "name": name, "kind": "flag", "title": { "da": en, "en": en }, "question": { "da": en, "en": format!("{en}?") } });
        let facts = json!([fact("person.has_cpr", "Has a CPR number"), fact("person.guardian", "Has a guardian")]);
        desk.session.rules.facts = serde_json::from_value(facts).unwrap();
        let _ = work(&mut desk, WorkInput::Open(kind));
        assert!(desk.case().unwrap().work.sheet.is_some(), "{name}");
        drawn(name, &desk);
    }
}

/// Two people on one case: her judgement and who is responsible were refused, her note goes its way.
fn two_people() -> Desk {
    let mut desk = opened(|_| {});
    let mut items = desk.case().unwrap().view.value().unwrap().value.items.iter();
    let open = items.find(|item| item.state == ItemState::Received).unwrap().id.clone();
    let _ = desk.update(Input::Case(CaseInput::Select(open)), now().timestamp());
    let _ = desk.update(Input::Case(CaseInput::Judge(ItemAction::Waive)), now().timestamp());
    let _ = desk.update(
        Input::Case(CaseInput::Reason(format!("Lønsedlen er nok. {}", "Arbejdsgiveren svarer ikke. ".repeat(8)))),
        now().timestamp(),
    );
    let judged = draft(desk.update(Input::Case(CaseInput::Confirm), now().timestamp()));
    let _ = work(&mut desk, WorkInput::Open(WorkKind::Assign));
    let _ = work(&mut desk, WorkInput::Assign(AssignInput::Release));
    let released = draft(work(&mut desk, WorkInput::Confirm));
    let _ = work(&mut desk, WorkInput::Open(WorkKind::Note));
    let _ = work(&mut desk, WorkInput::Note(CaseNoteInput::Text("Hun tager kontrakten med på torsdag.".into())));
    let note = draft(work(&mut desk, WorkInput::Confirm));
    let refused = |draft| entry(draft, EntryState::Refused { problem: Problem::new(ProblemKind::Stale) });
    let entries = vec![refused(judged), refused(released), entry(note, EntryState::Queued)];
    let _ = desk.update(Input::Pending(PendingInput::Entries(entries)), now().timestamp());
    desk
}

#[test]
fn two_people_on_one_case_see_both_versions_field_by_field() {
    let mut desk = two_people();
    assert!(desk.case().unwrap().conflict.is_some(), "it opens by itself");
    drawn("conflict-open", &desk);
    let said = words(&desk);
    assert!(has(&said, "2 fields differ") && has(&said, "saved this case while you were writing"), "{said:?}");
    assert!(has(&said, "Lønsedlen er nok") && has(&said, "not touched"), "{said:?}");
    let _ = desk.update(Input::Case(CaseInput::Conflict(ConflictInput::All(Side::Theirs))), now().timestamp());
    drawn("conflict-chosen", &desk);
    let _ = desk.update(Input::Case(CaseInput::Conflict(ConflictInput::Later)), now().timestamp());
    assert!(has(&words(&desk), "2 fields were changed by somebody else"));
}

#[test]
fn no_two_keys_of_the_page_and_its_sheets_are_the_same() {
    let mut desk = opened(|_| {});
    let texts = Texts::of(Language::English);
    let alone = |keys: &[Key<Message>]| {
        for key in keys {
            assert_eq!(keys.iter().filter(|one| one.chord == key.chord).count(), 1, "{} stands twice", key.chord);
        }
    };
    alone(&screen().keys(&desk, texts));
    for kind in [WorkKind::Assign, WorkKind::Course, WorkKind::Ask, WorkKind::Note, WorkKind::Facts, WorkKind::Decide] {
        let _ = work(&mut desk, WorkInput::Open(kind));
        alone(&over::keys(&desk, texts).unwrap());
    }
}
