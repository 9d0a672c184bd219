//! The key printed beside what it does. Which key that is comes from the key table.

use iced::widget::{container, row};
use iced::{Alignment, Background, Border, Color, Length};

use super::{Element, icon};
use crate::assets::Icon;
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Type};

/// What a key cap lies on, which decides its colours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum KeyGround {
    /// Paper: an edge, thicker below.
    Paper,
    /// A button of paper: a sunken ground without an edge.
    Button,
    /// A filled button: a veil in the button's own text colour.
    Filled(Color),
    /// The slab.
    Slab,
}

/// The room left and right of a key's name.
const SIDE: f32 = 5.0;

/// A key cap for `key`, as printed: `K`, `Ctrl K`, `↵`.
pub fn key_cap<'a, Message: 'a>(look: &Look<'_>, key: &str, ground: KeyGround) -> Element<'a, Message> {
    let t = look.tokens;
    let (text, back, edge, tall) = match ground {
        KeyGround::Paper => (t.ink2, t.surface, t.edge, height::KEY - stroke::LINE),
        KeyGround::Button => (t.ink2, t.sunken, Color::TRANSPARENT, height::KEY - space::S2),
        KeyGround::Filled(text) => (text, t.veil, Color::TRANSPARENT, height::KEY - space::S2),
        KeyGround::Slab => (t.slab_ink2, Color::TRANSPARENT, t.slab_line, height::KEY),
    };
    let (words, enter) = key.strip_suffix('↵').map_or((key, false), |before| (before.trim_end(), true));
    let mut inside = row![].spacing(space::S4).align_y(Alignment::Center);
    if !words.is_empty() {
        inside = inside.push(look.colored(words.to_owned(), Type::LABEL_MEDIUM, text));
    }
    if enter {
        // The bundled font has no such character.
        inside = inside.push(icon(Icon::Enter, 12.0, text));
    }
    let short = key.chars().count() <= 1;
    let face = container(inside)
        .padding(if short { [0.0, 0.0] } else { [0.0, SIDE] })
        .width(if short { Length::Fixed(height::KEY) } else { Length::Shrink })
        .height(tall)
        .align_x(Alignment::Center)
        .align_y(Alignment::Center)
        .style(move |_| plate(back, edge));
    if ground != KeyGround::Paper {
        return face.into();
    }
    // A cap is thicker below: the same shape in the edge's colour shows one pixel beneath.
    container(face).height(height::KEY).style(move |_| plate(edge, edge)).into()
}

fn plate(ground: Color, edge: Color) -> container::Style {
    container::Style {
        background: Some(Background::Color(ground)),
        border: Border {
            color: edge,
            width: if edge == Color::TRANSPARENT { 0.0 } else { stroke::LINE },
            radius: radius::BADGE.into(),
        },
        ..container::Style::default()
    }
}

/// Several caps beside each other, as for the four arrows.
pub fn key_caps<'a, Message: 'a>(look: &Look<'_>, keys: &[&str], ground: KeyGround) -> Element<'a, Message> {
    row(keys.iter().map(|key| key_cap(look, key, ground))).spacing(space::S6).align_y(Alignment::Center).into()
}
