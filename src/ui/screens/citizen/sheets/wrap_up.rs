//! The sheet for registering the contact. What lives here: how it looks and its keys. What does not: what was chosen and typed and what comes of
//! it (the desk's sheet).

use iced::widget::{Column, Row, column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_desk::Input;
use skranke_desk::citizen::{CitizenPage, Step};
use skranke_desk::sheets::wrap_up::{CHANNELS, Found, Hint, Trouble};
use skranke_desk::sheets::{Opening, SheetInput, WrapUpInput, WrapUpSheet};
use skranke_domain::contact::{ForWhom, Outcome, Verified};

use super::{Begins, frame, input, jump};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::i18n::Texts;
use crate::screens::citizen::say;
use crate::screens::words::pick;
use crate::screens::{Key, Scene};
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::field::field_error;
use crate::widget::segmented::Segment;
use crate::widget::{Element, KeyGround, field, icon, key_cap, normal, segmented};

const OUTCOME: FocusId = FocusId::new("citizen/sheet/wrap-up/outcome");
const LINE: FocusId = FocusId::new("citizen/sheet/wrap-up/text");
const QUERY: FocusId = FocusId::new("citizen/sheet/wrap-up/query");
const SUBJECTS: FocusId = FocusId::new("citizen/sheet/wrap-up/subjects");
const PLACE: FocusId = FocusId::new("citizen/sheet/wrap-up");

/// The column of labels.
const LABEL: f32 = 128.0;
/// The keys of the outcomes, in their order.
const DIGITS: [&str; 5] = ["1", "2", "3", "4", "5"];

/// Where the keyboard begins: on no text field, so that letters and digits act.
pub(super) const BEGINS: Begins = Begins(OUTCOME, Role::List);

const fn of(one: WrapUpInput) -> Input {
    input(SheetInput::WrapUp(one))
}

/// Its own keys beside `Esc` and `Ctrl ↵`.
pub(super) fn keys(_page: &CitizenPage, sheet: &WrapUpSheet, texts: &Texts) -> Vec<Key<Input>> {
    let mut keys: Vec<Key<Input>> = DIGITS
        .into_iter()
        .zip(Outcome::ALL)
        .map(|(digit, one)| Key::in_place(digit, outcome_word(*one), of(WrapUpInput::Ended(*one))))
        .collect();
    let nothing = sheet.subjects.is_empty().then(|| texts.t("wrap-up-no-subject"));
    keys.extend([
        Key::in_place("K", "wrap-up-key-channel", of(WrapUpInput::NextChannel)),
        Key::in_place("↓", "wrap-up-key-down", of(WrapUpInput::Step(Step::Next))),
        Key::in_place("↑", "wrap-up-key-up", of(WrapUpInput::Step(Step::Previous))),
        Key::in_place("Space", "wrap-up-key-subject", of(WrapUpInput::ToggleActive)).disabled(nothing),
        Key::in_place("F", "wrap-up-key-situation", of(WrapUpInput::NextSituation)),
        Key::in_place("O", "wrap-up-key-for-whom", of(WrapUpInput::NextForWhom)),
        Key::in_place("V", "wrap-up-key-verified", of(WrapUpInput::NextVerified)),
        Key::in_place("H", "citizen-key-handover", input(SheetInput::Open(Opening::Handover(None)))),
        Key::in_place("L", "citizen-key-letter", input(SheetInput::Open(Opening::Letter(None)))),
    ]);
    if !sheet.found.is_empty() {
        keys.push(Key::in_place("↵", "wrap-up-key-take", of(WrapUpInput::Take(0))));
    }
    keys
}

/// The keys that lead to a field.
pub(super) fn jumps() -> Vec<Key<(FocusId, Role)>> {
    vec![jump("T", "wrap-up-key-line", LINE), jump("A", "wrap-up-key-add", QUERY)]
}

/// The word for how a contact ended, as its button has room for.
const fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Settled => "wrap-up-settled",
        Outcome::MustSendPapers => "wrap-up-must-send-papers",
        Outcome::NewTime => "wrap-up-new-time",
        Outcome::PassedOn => "wrap-up-passed-on",
        Outcome::ReferredElsewhere => "wrap-up-referred",
    }
}

const fn for_whom_word(for_whom: ForWhom) -> &'static str {
    match for_whom {
        ForWhom::Own => "for-whom-own",
        ForWhom::Representative => "for-whom-representative",
        ForWhom::Relative => "for-whom-relative",
        ForWhom::Authority => "for-whom-authority",
    }
}

/// The words for how it was made sure who somebody is.
pub(super) const fn verified_word(verified: Verified) -> &'static str {
    match verified {
        Verified::Not => "verified-not",
        Verified::Document => "verified-document",
        Verified::MitId => "verified-mit-id",
        Verified::Questions => "verified-questions",
        Verified::Known => "verified-known",
    }
}

/// The sheet.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CitizenPage, sheet: &'a WrapUpSheet) -> Element<'a, Input> {
    let look = scene.look;
    let mut body = column![clock(scene, page), outcomes(look, sheet)].spacing(space::S10).width(Length::Fill);
    body = body.push(match hint(look, page, sheet) {
        Some(hint) => hint,
        None => gap().height(0.0).into(),
    });
    body = body
        .push(line(look, "wrap-up-channel", channels(look, sheet), "K"))
        .push(top_line(look, "wrap-up-subjects", subjects(look, sheet)))
        .push(line(look, "wrap-up-situation", situation(scene, sheet), "F"))
        .push(line(
            look,
            "wrap-up-for-whom",
            value(
                look,
                "for-whom",
                ("wrap-up-for-whom", look.t(for_whom_word(sheet.for_whom))),
                WrapUpInput::NextForWhom,
            ),
            "O",
        ))
        .push(line(
            look,
            "wrap-up-verified",
            value(
                look,
                "verified",
                ("wrap-up-verified", look.t(verified_word(sheet.verified))),
                WrapUpInput::NextVerified,
            ),
            "V",
        ));
    let too_long = (sheet.trouble == Some(Trouble::TooLong)).then(|| look.t("wrap-up-too-long"));
    let typed: Element<'a, Input> = field(look, LINE, look.t("wrap-up-line"), sheet.text.clone())
        .hint(look.t("wrap-up-line-hint"))
        .key("T")
        .error(too_long)
        .width(Length::Fill)
        .on_input(|text| of(WrapUpInput::Text(text)))
        .build();
    body = body.push(top_line(look, "wrap-up-line", typed));
    if let Some(trouble @ (Trouble::NobodySignedIn | Trouble::NotKept)) = sheet.trouble {
        let word = if trouble == Trouble::NotKept { "sheet-not-kept" } else { "sheet-nobody-signed-in" };
        body = body.push(field_error(look, look.t(word)));
    }
    frame(scene, page, look.t("sheet-wrap-up"), look.t("sheet-wrap-up-verb"), body)
}

/// A label, what it is about, and the key that changes it at the right.
fn line<'a>(look: &Look<'_>, label: &str, inside: Element<'a, Input>, key: &str) -> Element<'a, Input> {
    row![
        container(look.label(look.t(label))).width(LABEL),
        container(inside).width(Length::Fill),
        key_cap(look, key, KeyGround::Paper)
    ]
    .spacing(space::S12)
    .align_y(Alignment::Center)
    .into()
}

/// The same for something taller than a line.
fn top_line<'a>(look: &Look<'_>, label: &str, inside: impl Into<Element<'a, Input>>) -> Element<'a, Input> {
    row![container(look.label(look.t(label))).width(LABEL).padding([space::S6, 0.0]), inside.into()]
        .spacing(space::S12)
        .into()
}

/// How long it has taken, by the clock, and since when.
fn clock<'a>(scene: Scene<'_>, page: &CitizenPage) -> Element<'a, Input> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let now = look.now.timestamp();
    let seconds = u64::try_from(page.visit.seconds(now)).unwrap_or(0);
    let began = look.texts.time(page.visit.began.to_zoned(desk.tz().clone()).time());
    let words = match page.visit.left {
        Some(left) => {
            let left = look.texts.time(left.to_zoned(desk.tz().clone()).time());
            look.with("wrap-up-lasted", &[("began", began.into()), ("left", left.into())])
        }
        None => look.with("wrap-up-since", &[("began", began.into())]),
    };
    row![
        container(look.label(look.t("wrap-up-duration"))).width(LABEL),
        look.colored(look.texts.elapsed(seconds), Type::SECTION, t.ink),
        look.colored(words, Type::CELL, t.ink2),
    ]
    .spacing(space::S12)
    .align_y(Alignment::Center)
    .into()
}

/// How it ended: five, none of them preselected.
fn outcomes<'a>(look: &Look<'_>, sheet: &WrapUpSheet) -> Element<'a, Input> {
    let t = look.tokens;
    let buttons = DIGITS.into_iter().zip(Outcome::ALL).map(|(digit, one)| {
        let on = sheet.outcome == Some(*one);
        let label = look.t(outcome_word(*one));
        let face = row![
            key_cap(look, digit, KeyGround::Paper),
            look.text(label.clone(), if on { Type::CELL_STRONG } else { Type::CELL_MEDIUM })
        ]
        .spacing(space::S8)
        .align_y(Alignment::Center);
        control(look, OUTCOME.child(digit), Role::Radio, label, container(face).center_y(Length::Fill))
            .padding([0.0, space::S10])
            .height(height::CONTROL)
            .state(ControlState { key: Some(digit.to_owned()), ..ControlState::new().checked(on) })
            .ring(Ring::Around(radius::CONTROL))
            .on_press(of(WrapUpInput::Ended(*one)))
            .style(move |status| match (on, status) {
                (true, _) => {
                    let mut style = Style::ground(t.accent_soft, radius::CONTROL).edge(t.accent).ink(t.accent);
                    style.border.width = stroke::STRONG;
                    style
                }
                (false, Status::Hovered | Status::Pressed) => {
                    Style::ground(t.bg, radius::CONTROL).edge(t.edge).ink(t.ink)
                }
                (false, _) => Style::ground(t.surface, radius::CONTROL).edge(t.edge).ink(t.ink),
            })
            .into()
    });
    let all: Vec<Element<'a, Input>> = buttons.collect();
    let group = control(
        look,
        OUTCOME,
        Role::List,
        look.t("wrap-up-outcome"),
        Row::with_children(all).spacing(space::S8).wrap().vertical_spacing(space::S8),
    )
    .padding(stroke::FOCUS)
    .width(Length::Fill)
    .ring(Ring::Around(radius::CONTROL))
    .state(ControlState::new().active(sheet.outcome.map(|one| look.t(outcome_word(one)))));
    let mut all = column![look.label(look.t("wrap-up-outcome")), group].spacing(space::S4);
    if sheet.trouble == Some(Trouble::NoOutcome) {
        all = all.push(field_error(look, look.t("wrap-up-no-outcome")));
    }
    all.into()
}

/// What the outcome asks for and this visit did not see.
fn hint<'a>(look: &Look<'_>, page: &CitizenPage, sheet: &WrapUpSheet) -> Option<Element<'a, Input>> {
    let t = look.tokens;
    let (words, button) = match sheet.hint(&page.visit)? {
        Hint::HandOver => ("wrap-up-hint-hand-over", Some(("H", "citizen-key-handover", Opening::Handover(None)))),
        Hint::Letter => ("wrap-up-hint-letter", Some(("L", "citizen-key-letter", Opening::Letter(None)))),
        Hint::Book => ("wrap-up-hint-book", None),
    };
    let mut inside =
        row![icon(Icon::Info, 16.0, t.wait), look.colored(look.t(words), Type::CELL, t.ink).width(Length::Fill)]
            .spacing(space::S8)
            .align_y(Alignment::Center);
    if let Some((key, word, opening)) = button {
        let id = PLACE.child("hint");
        let open = normal(look, id, look.t(word)).size(crate::widget::button::ButtonSize::Small).key(key);
        inside = inside.push(Element::from(open.on_press(input(SheetInput::Open(opening)))));
    }
    let ground = t.wait_soft;
    let line = t.line;
    Some(
        container(inside)
            .padding([space::S6, space::S10])
            .width(Length::Fill)
            .style(move |_| crate::widget::panel::plate(ground, line, radius::PANEL))
            .into(),
    )
}

fn channels<'a>(look: &Look<'_>, sheet: &WrapUpSheet) -> Element<'a, Input> {
    let chosen = CHANNELS.iter().position(|one| *one == sheet.channel).unwrap_or(usize::MAX);
    let segments = CHANNELS
        .iter()
        .map(|one| Segment { label: look.t(say::channel(*one)), on_press: of(WrapUpInput::Channel(*one)) });
    segmented(look, PLACE.child("channel"), chosen, segments)
}

/// What it was about: those that are chosen have a tick; beneath is the way to any other.
fn subjects<'a>(look: &'a Look<'a>, sheet: &'a WrapUpSheet) -> Element<'a, Input> {
    let t = look.tokens;
    let mut all = Column::new().spacing(space::S6).width(Length::Fill);
    if !sheet.subjects.is_empty() {
        let rows = sheet.subjects.iter().enumerate().map(|(at, one)| {
            let name = pick(look.texts, &one.title).to_owned();
            let active = at == sheet.active;
            let ringed = look.focused(&SUBJECTS) && active;
            let line = row![tick(look, one.chosen), look.colored(name.clone(), Type::CELL, t.ink).width(Length::Fill),]
                .push(active.then(|| key_cap(look, "Space", KeyGround::Paper)))
                .spacing(space::S8)
                .align_y(Alignment::Center);
            control(look, SUBJECTS.child(at), Role::ListItem, name, line)
                .padding([space::S2, space::S6])
                .height(height::SMALL)
                .width(Length::Fill)
                .state(ControlState::new().checked(one.chosen).selected(active))
                .ring(Ring::Row(radius::TAG))
                .ringed(ringed)
                .on_press(of(WrapUpInput::Toggle(at)))
                .style(move |status| match (active, status) {
                    (true, _) => Style::ground(t.accent_soft, radius::TAG),
                    (false, Status::Hovered | Status::Pressed) => Style::ground(t.bg, radius::TAG),
                    (false, _) => Style::bare(),
                })
                .into()
        });
        let list = Column::with_children(rows.collect::<Vec<Element<'a, Input>>>());
        let active = sheet.subjects.get(sheet.active).map(|one| pick(look.texts, &one.title).to_owned());
        let list = control(look, SUBJECTS, Role::List, look.t("wrap-up-subjects"), list)
            .padding([stroke::FOCUS, 0.0])
            .width(Length::Fill)
            .ring(Ring::Hidden)
            .state(ControlState::new().active(active));
        all = all.push(list);
    }
    let error = (sheet.trouble == Some(Trouble::TooManySubjects)).then(|| look.t("wrap-up-too-many"));
    let typed: Element<'a, Input> = field(look, QUERY, look.t("wrap-up-add"), sheet.query.clone())
        .hint(look.t("wrap-up-add-hint"))
        .icon(Icon::Plus)
        .key("A")
        .error(error)
        .width(Length::Fill)
        .on_input(|text| of(WrapUpInput::Query(text)))
        .build();
    all = all.push(typed);
    if !sheet.found.is_empty() {
        let rows = sheet.found.iter().enumerate().map(|(at, one)| found(look, at, one));
        all = all.push(Column::with_children(rows.collect::<Vec<_>>()));
    } else if !sheet.query.trim().is_empty() {
        all = all.push(look.second(look.t("wrap-up-found-nothing")));
    }
    all.into()
}

fn tick<'a>(look: &Look<'_>, on: bool) -> Element<'a, Input> {
    let t = look.tokens;
    let mark: Element<'a, Input> =
        if on { icon(Icon::Check, 12.0, t.on_accent) } else { gap().width(12.0).height(12.0).into() };
    container(mark)
        .center(16.0)
        .style(move |_| {
            let (ground, edge) = if on { (t.accent, t.accent) } else { (t.surface, t.edge) };
            crate::widget::panel::plate(ground, edge, radius::TAG)
        })
        .into()
}

fn found<'a>(look: &Look<'_>, at: usize, one: &Found) -> Element<'a, Input> {
    let t = look.tokens;
    let title = pick(look.texts, one.title()).to_owned();
    let kind = look.t(match one {
        Found::Subject(..) => "wrap-up-found-subject",
        Found::Situation(..) => "wrap-up-found-situation",
    });
    let line = row![
        look.colored(title.clone(), Type::CELL, t.ink).width(Length::Fill),
        look.colored(kind.clone(), Type::LABEL, t.ink3)
    ]
    .push((at == 0).then(|| key_cap(look, "↵", KeyGround::Paper)))
    .spacing(space::S8)
    .align_y(Alignment::Center);
    control(look, PLACE.child("found").child(at), Role::Row, format!("{title}, {kind}"), line)
        .padding([space::S2, space::S10])
        .height(height::SMALL)
        .width(Length::Fill)
        .ring(Ring::Row(radius::TAG))
        .on_press(of(WrapUpInput::Take(at)))
        .style(move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(t.accent_soft, radius::TAG),
            _ => Style::ground(t.bg, radius::TAG),
        })
        .into()
}

fn situation<'a>(scene: Scene<'_>, sheet: &WrapUpSheet) -> Element<'a, Input> {
    let look = scene.look;
    let named = sheet.situation.as_ref().map(|kind| {
        let known = scene.desk.session.situations.get(kind);
        known.map_or_else(|| kind.to_string(), |known| pick(look.texts, &known.title).to_owned())
    });
    let word = named.unwrap_or_else(|| look.t("wrap-up-no-situation"));
    value(look, "situation", ("wrap-up-situation", word), WrapUpInput::NextSituation)
}

/// What stands there, on a button that goes to the next.
fn value<'a>(look: &Look<'_>, id: &str, (label, word): (&str, String), next: WrapUpInput) -> Element<'a, Input> {
    let t = look.tokens;
    let name = format!("{}: {word}", look.t(label));
    let inside = row![look.colored(word, Type::CELL_MEDIUM, t.ink), icon(Icon::ChevronDown, 14.0, t.ink3)]
        .spacing(space::S8)
        .align_y(Alignment::Center);
    control(look, PLACE.child(id), Role::Button, name, container(inside).center_y(Length::Fill))
        .padding([0.0, space::S10])
        .height(height::SMALL)
        .ring(Ring::Around(radius::CONTROL))
        .on_press(of(next))
        .style(move |status| {
            let ground = if matches!(status, Status::Hovered | Status::Pressed) { t.bg } else { t.surface };
            Style::ground(ground, radius::CONTROL).edge(t.line)
        })
        .into()
}
