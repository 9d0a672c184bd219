//! The identity strip of windows without room for a right column: one line with what must never be dropped. The rest is under
//! "All facts" (`I`).

use iced::widget::{Row, container, row, space as gap, text::Wrapping};
use iced::{Alignment, Length};
use skranke_api::citizens::{AddressView, CitizenView, HiddenField};
use skranke_desk::citizen::CitizenPage;

use super::identity::{self, Shown};
use super::{CitizenScreen, Message, say};
use crate::assets::Icon;
use crate::focus::{ControlState, Role};
use crate::screens::Scene;
use crate::theme::scale::{height, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::control::control;
use crate::widget::ellipsis::text_width;
use crate::widget::{Element, KeyGround, Tone, ellipsis, icon, key_cap, link};

/// The height of the strip on one line.
const STRIP: f32 = 41.0;
/// What something that ends in an ellipsis needs to say something.
const TELLING: f32 = 150.0;
/// The widest a name or an address gets on it.
const WIDEST: f32 = 240.0;

/// How tall the strip is at this width.
pub(super) fn strip_height(look: &Look<'_>) -> f32 {
    if look.is_wide() { height::IDENTITY } else { STRIP }
}

/// The strip on one line.
pub(super) fn strip<'a>(
    screen: &CitizenScreen,
    scene: Scene<'_>,
    page: &CitizenPage,
    known: &CitizenView,
) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let name = container(ellipsis(identity::name(known), Type::SECTION).color(t.ink)).max_width(WIDEST);
    let mut line = row![name, identity::cpr_digits(look, page, known), key(look, page, HiddenField::Cpr)];
    line = line.push(look.colored(known.age.to_string(), Type::BODY, t.ink2));
    line = line.extend(identity::status(look, known));
    line = match &known.address {
        AddressView::Shown(address) => {
            line.push(container(ellipsis(address.street.clone(), Type::BODY).color(t.ink)).max_width(WIDEST))
        }
        AddressView::Protected => {
            let value: Element<'a, Message> = match identity::shown(page, HiddenField::Address) {
                Shown::Open(value) => container(ellipsis(value, Type::TITLE).color(t.alert)).max_width(WIDEST).into(),
                _ => identity::protected(look),
            };
            line.push(value).push(key(look, page, HiddenField::Address))
        }
        AddressView::Unknown => {
            line.push(look.colored(look.t("citizen-no-address"), Type::BODY, t.ink2).wrapping(Wrapping::None))
        }
    };
    line = line.extend(identity::interpreter(look, known));
    // What is left is shared by what ends in an ellipsis; all of it stands under "All facts".
    let telling = |picture: Icon, color: iced::Color, said: String| -> Element<'a, Message> {
        row![icon(picture, 15.0, color), ellipsis(said, Type::BODY).color(t.ink)]
            .spacing(space::S6)
            .align_y(Alignment::Center)
            .width(Length::Fill)
            .into()
    };
    let mut rest: Vec<Element<'a, Message>> = Vec::new();
    let ends = known.representations.first().is_some_and(|one| say::acts_tone(look, one).is_some());
    rest.extend(super::course::first_attention(scene, page));
    if let Some(first) = known.representations.first() {
        let tone = say::acts_tone(look, first);
        let color = tone.map_or(t.ink2, |tone| tone.color(&t));
        let id = match tone {
            Some(Tone::Alert) => "citizen-acts-short-ended",
            Some(_) => "citizen-acts-short-ends",
            None => "citizen-acts-short",
        };
        let day = first.until.map(|day| look.texts.day_month(day)).unwrap_or_default();
        let who = look.with(id, &[("name", first.name.clone().into()), ("day", day.into())]);
        // What ends soon, or is over, comes before everything else.
        rest.insert(if ends { 0 } else { rest.len() }, telling(Icon::Handshake, color, who));
    }
    if let Some(who) = &known.adviser {
        rest.push(telling(Icon::UserCheck, t.accent, who.clone()));
    }
    let room = ((look.width - fixed_width(look, known)) / TELLING).floor() as usize;
    rest.truncate(room.max(if ends { 2 } else { 1 }));
    let line = line.push(Row::with_children(rest).spacing(space::S12).width(Length::Fill));
    let word = if screen.facts { "citizen-fewer-facts" } else { "citizen-key-facts" };
    let all = row![
        link(look, "citizen/facts", look.t(word), Type::CELL_MEDIUM).on_press(Message::Facts),
        key_cap(look, "I", KeyGround::Paper),
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center);
    row![line.spacing(space::S12).align_y(Alignment::Center).width(Length::Fill), all]
        .spacing(space::S12)
        .align_y(Alignment::Center)
        .into()
}

/// About how wide everything on the line is that is not cut: its words, and the keys, badges and gaps between them.
fn fixed_width(look: &Look<'_>, known: &CitizenView) -> f32 {
    const BETWEEN: f32 = 210.0;
    let wide = |words: &str| text_width(words, Type::BODY).min(WIDEST);
    let address = match &known.address {
        AddressView::Shown(address) => wide(&address.street),
        AddressView::Protected => wide(&look.t("citizen-address-protected")) + 76.0,
        AddressView::Unknown => wide(&look.t("citizen-no-address")),
    };
    let interpreter = known.interpreter.as_ref().map_or(0.0, |code| 36.0 + wide(&say::language(look.texts, code)));
    let status = say::status(known.status).map_or(0.0, |(id, _)| 46.0 + wide(&look.t(id)));
    let name = text_width(&identity::name(known), Type::SECTION).min(WIDEST);
    name + wide(&known.cpr_masked) + address + interpreter + status + wide(&look.t("citizen-key-facts")) + BETWEEN
}

/// The key of a hidden field, which is also its button.
fn key<'a>(look: &Look<'_>, page: &CitizenPage, field: HiddenField) -> Element<'a, Message> {
    let (id, key, name) = match field {
        HiddenField::Cpr => ("citizen/show-cpr", "V", "citizen-key-cpr"),
        HiddenField::Address => ("citizen/show-address", "A", "citizen-key-address"),
    };
    let shown = identity::shown(page, field);
    let state =
        ControlState { key: Some(key.to_owned()), busy: matches!(shown, Shown::Fetching), ..ControlState::new() }
            .checked(matches!(shown, Shown::Open(_)));
    let face: Element<'a, Message> = match shown {
        Shown::Fetching => look.colored(look.t("citizen-fetching"), Type::LABEL, look.tokens.ink2).into(),
        _ => key_cap(look, key, KeyGround::Paper),
    };
    control(look, id, Role::Button, look.t(name), row![face, gap().width(stroke::STRONG)])
        .state(state)
        .on_press(Message::Reveal(field))
        .into()
}
