//! The form at a self-service stand as the citizen sees it, beside her ticket: to be read, never written in; and pointing at the field she is
//! on. What does not live here: asking for it (the desk's), the stand's own window.

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Border, Length};
use skranke_api::tickets::{StandField, StandSession, StandStep, StandStepState, Ticket};
use skranke_desk::counter::serving::ServingInput;
use skranke_desk::{Desk, StandId};

use super::stand::{Act, reason, sunken};
use crate::assets::{Glyph, Icon};
use crate::focus::{FocusId, Role};
use crate::screens::words::{moment, pick};
use crate::screens::{Key, Scene};
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::{Element, KeyGround, Ring, Tone, control, ellipsis, glyph, hline, icon, key_cap, normal};

/// So long on one field is worth a word, in seconds.
const LONG: u64 = 30;
/// A step's row.
const ROW: f32 = 35.0;
/// How wide a field is that expects something short.
const SHORT: f32 = 150.0;

const AREA: FocusId = FocusId::new("counter/mirror");

/// What goes on at the stand.
pub(super) fn view<'a>(scene: Scene<'a>, stand: StandId, ticket: &Ticket) -> Element<'a, Act> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let seen = desk.mirror_at(stand);
    let session = seen.and_then(|view| view.session.as_ref());
    let title = session.map_or_else(|| reason(look, ticket), |session| pick(look.texts, &session.title).to_owned());
    let mut all = column![container(look.colored(title, Type::STRONG, t.ink)).padding([space::S2, 0.0])];
    match session {
        Some(session) => {
            all = all.push(steps(scene, session)).push(gap().height(space::S16)).push(page(scene, stand, session))
        }
        None => {
            let id = if seen.is_some() { "mirror-nobody" } else { "mirror-waiting" };
            all = all.push(look.colored(look.t(id), Type::CELL, t.ink2));
        }
    }
    all.into()
}

fn steps<'a>(scene: Scene<'a>, session: &StandSession) -> Element<'a, Act> {
    let look = scene.look;
    let t = look.tokens;
    let mut list = Column::new();
    for step in &session.steps {
        let (shape, tone, word) = standing(scene, step);
        let ink = if step.state == StandStepState::Done { t.ink2 } else { t.ink };
        let line = row![
            glyph(shape, 15.0, tone.color(&t)),
            container(ellipsis(pick(look.texts, &step.label), Type::BODY).color(ink)).width(Length::Fill),
            look.colored(word, Type::CELL_MEDIUM, tone.color(&t)),
        ]
        .spacing(space::S8)
        .align_y(Alignment::Center);
        list = list.push(container(line).center_y(ROW).width(Length::Fill)).push(hline(look));
    }
    list.into()
}

fn standing(scene: Scene<'_>, step: &StandStep) -> (Glyph, Tone, String) {
    let Scene { look, desk } = scene;
    match step.state {
        StandStepState::Done => {
            let at = step.at.map(|at| moment(look.texts, at, desk.tz(), look.now.date()));
            (Glyph::Approved, Tone::Ok, at.unwrap_or_else(|| look.t("mirror-done")))
        }
        StandStepState::Going => (Glyph::InProgress, Tone::Accent, look.t("mirror-going")),
        StandStepState::Open => (Glyph::Missing, Tone::Alert, look.t("mirror-open")),
        StandStepState::Automatic => (Glyph::NotNeeded, Tone::Idle, look.t("mirror-automatic")),
    }
}

/// The page of the form, field by field.
fn page<'a>(scene: Scene<'a>, stand: StandId, session: &'a StandSession) -> Element<'a, Act> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let args = [("page", i64::from(session.page).into()), ("pages", i64::from(session.pages).into())];
    let live = match desk.mirror_trouble(stand).and(desk.mirror_as_of(stand)) {
        Some(at) => look.with("mirror-old", &[("time", moment(look.texts, at, desk.tz(), look.now.date()).into())]),
        None => look.t("mirror-live"),
    };
    let head =
        row![look.colored(look.with("mirror-seen", &args), Type::STRONG, t.ink).width(Length::Fill), look.label(live)]
            .align_y(Alignment::Center);
    let mut form =
        column![look.colored(pick(look.texts, &session.heading).to_owned(), Type::STRONG, t.ink)].spacing(space::S10);
    for field in &session.fields {
        form = form.push(shown(look, stand, field, session.pointed.as_ref() == Some(&field.id)));
    }
    let mut all = column![head, sunken(look, form)].spacing(space::S8);
    all = all.extend(hint(scene, session));
    all.into()
}

/// A field as it stands on the stand's screen. It is no field here: nothing can be typed in it.
fn shown<'a>(look: &Look<'_>, stand: StandId, field: &'a StandField, pointed: bool) -> Element<'a, Act> {
    let t = look.tokens;
    let label = pick(look.texts, &field.label);
    let hint = field.hint.as_ref().map(|hint| pick(look.texts, hint).to_owned()).unwrap_or_default();
    let empty = field.value.is_empty();
    let (edge, wide) = if field.active { (t.accent, stroke::STRONG) } else { (t.edge, stroke::LINE) };
    let words = if empty { hint } else { field.value.clone() };
    let mut inside = row![ellipsis(words, Type::BODY).color(if empty { t.ink3 } else { t.ink })]
        .spacing(stroke::LINE)
        .align_y(Alignment::Center);
    if field.active {
        // Where she types. It does not blink: nothing here moves by itself.
        let caret = container(gap().width(stroke::LINE).height(18.0))
            .style(move |_| container::Style { background: Some(t.ink.into()), ..container::Style::default() });
        inside = inside.push(caret);
    }
    if pointed {
        inside = inside.push(gap().width(Length::Fill)).push(icon(Icon::Hand, 16.0, t.wait));
    }
    let short = field.hint.is_some() && !field.active && field.value.chars().count() <= 12;
    let ground = t.surface;
    let box_ = container(container(inside).center_y(Length::Fill).padding([0.0, space::S10]))
        .width(if short { Length::Fixed(SHORT) } else { Length::Fill })
        .height(height::CONTROL)
        .style(move |_| container::Style {
            background: Some(ground.into()),
            border: Border { color: edge, width: wide, radius: radius::CONTROL.into() },
            ..container::Style::default()
        });
    let name = if empty {
        look.with("mirror-field-empty", &[("label", label.to_owned().into())])
    } else {
        look.with("mirror-field", &[("label", label.to_owned().into()), ("value", field.value.clone().into())])
    };
    let lines = column![look.label(label.to_owned()), box_].spacing(space::S4);
    let id = AREA.child(stand.letter()).child(field.id.as_str());
    control(look, id, Role::Status, name, lines).width(Length::Fill).ring(Ring::Hidden).into()
}

/// She has been on one field for a while: pointing at it helps.
fn hint<'a>(scene: Scene<'a>, session: &StandSession) -> Option<Element<'a, Act>> {
    let look = scene.look;
    let t = look.tokens;
    let line = |shape: Glyph, words: String, key: bool| {
        let mut line = row![glyph(shape, 14.0, t.wait), look.colored(words, Type::CELL_MEDIUM, t.wait)]
            .spacing(space::S8)
            .align_y(Alignment::Center);
        if key {
            line = line.push(key_cap(look, "T", KeyGround::Paper));
        }
        line.into()
    };
    let active = session.fields.iter().find(|field| field.active)?;
    if session.pointed.as_ref() == Some(&active.id) {
        return Some(line(Glyph::Waiting, look.t("mirror-pointed"), false));
    }
    let on = look.now.timestamp().duration_since(session.on_field_since).as_secs().max(0).unsigned_abs();
    if on < LONG {
        return None;
    }
    let words = if on < 120 {
        look.with("mirror-on-field", &[("seconds", i64::try_from(on).unwrap_or(0).into())])
    } else {
        look.with("mirror-on-field-minutes", &[("minutes", i64::try_from(on / 60).unwrap_or(0).into())])
    };
    Some(line(Glyph::Waiting, words, true))
}

/// What can be done beside a form that is followed.
pub(super) fn deeds<'a>(scene: Scene<'a>, stand: StandId) -> Vec<Element<'a, Act>> {
    let Scene { look, desk } = scene;
    let Some(session) = desk.mirror_at(stand).and_then(|view| view.session.as_ref()) else { return Vec::new() };
    let id = |name: &'static str| AREA.child(stand.letter()).child(name);
    let mine = followed(desk) == Some(stand);
    let see = if desk.serving.enlarged == Some(stand) { "stand-see-less" } else { "stand-see-page" };
    let active = session.fields.iter().find(|field| field.active);
    let points = active.is_some_and(|field| session.pointed.as_ref() == Some(&field.id));
    let mut see = normal(look, id("see"), look.t(see)).on_press(Act::serving(ServingInput::SeePage(stand)));
    let mut point = normal(look, id("point"), look.t(if points { "stand-point-stop" } else { "stand-point" }))
        .on_press(Act::serving(ServingInput::Point(stand)));
    if mine {
        (see, point) = (see.key("E"), point.key("T"));
    }
    let mut all: Vec<Element<'a, Act>> = vec![see.into()];
    if active.is_some() {
        all.push(point.into());
    }
    all
}

/// The form that the keys act on: that of the stand in front, else the other's.
fn followed(desk: &Desk) -> Option<StandId> {
    let front = desk.stands.front();
    let goes_on = |stand: &StandId| desk.mirror_at(*stand).is_some_and(|view| view.session.is_some());
    [front, front.other()].into_iter().find(goes_on)
}

/// The keys of a form that is followed.
pub(super) fn keys(desk: &Desk) -> Vec<Key<Act>> {
    let Some(stand) = followed(desk) else { return Vec::new() };
    vec![
        Key::in_place("E", "stand-key-see", Act::serving(ServingInput::SeePage(stand))),
        Key::in_place("T", "stand-key-point", Act::serving(ServingInput::Point(stand))),
    ]
}
