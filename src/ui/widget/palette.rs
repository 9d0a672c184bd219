//! The frame of the palette, 940 px: a line to type in, what was found, a preview, and the keys. What is found, and what the
//! preview may show, is decided elsewhere.

use iced::widget::{Column, Row, column, container, rich_text, row, span, text_input};
use iced::{Alignment, Background, Color, Length};

use super::control::{Control, Ring, Status, Style, control};
use super::field::typed as typed_style;
use super::panel::{raised, surface};
use super::{Element, KeyGround, hline, icon, key_cap, lift, scroll, vline};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::theme::scale::{height, radius, space, width};
use crate::theme::{Look, Type, Weight};

/// The caps of a key and what it does.
pub type KeyHint = (Vec<String>, String);

/// The parts of the palette.
pub struct PaletteParts<'a, Message> {
    /// The id of the line to type in.
    pub input: FocusId,
    /// What was typed.
    pub query: String,
    /// What stands there while nothing is typed.
    pub hint: String,
    /// How many were found, how fast, and where ("8 found in 0.08 s").
    pub tally: String,
    /// The results, made with [`palette_row`] and headings.
    pub results: Element<'a, Message>,
    /// The preview on the right.
    pub preview: Element<'a, Message>,
    /// The keys along the bottom: left and right.
    pub keys: (Vec<KeyHint>, Vec<KeyHint>),
    /// How tall the middle is, in logical pixels.
    pub tall: f32,
    /// What typing gives.
    pub on_input: Box<dyn Fn(String) -> Message + 'a>,
    /// What Enter gives.
    pub on_submit: Option<Message>,
}

/// The id of the scrollable around the palette's results.
pub const RESULTS: &str = "palette/results/scroll";

/// The palette's panel.
pub fn palette_frame<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    parts: PaletteParts<'a, Message>,
) -> Element<'a, Message> {
    const HEAD: f32 = 56.0;
    const FOOT: f32 = 40.0;
    let t = look.tokens;
    let PaletteParts { input, query, hint, tally, results, preview, keys, tall, on_input, on_submit } = parts;
    let line = text_input(&hint, &query)
        .id(input.widget())
        .size(Type::QUERY.size)
        .line_height(iced::widget::text::LineHeight::Absolute(Type::QUERY.line.into()))
        .font(Type::QUERY.weight.font())
        .padding([space::S16, 0.0])
        .width(Length::Fill)
        .on_input(on_input)
        .on_submit_maybe(on_submit)
        .style(move |_, _| typed_style(&t));
    // The caret shows where the keyboard is; a ring round the whole palette would say no more.
    let typed = control(look, input, Role::TextField, look.t("palette-name"), line)
        .value(query)
        .width(Length::Fill)
        .ring(Ring::Hidden);
    let head = row![
        icon(Icon::Search, 20.0, t.accent),
        typed,
        look.colored(tally, Type::CELL, t.ink3),
        key_cap(look, "Esc", KeyGround::Paper),
    ]
    .spacing(space::S12)
    .align_y(Alignment::Center);
    let left = scroll(look, RESULTS, container(results).padding([space::S8, space::S8]).width(Length::Fill));
    let preview_ground =
        container(preview).padding(space::S16).width(width::PALETTE_SIDE).height(Length::Fill).style(move |_| {
            container::Style { background: Some(Background::Color(t.bg)), ..container::Style::default() }
        });
    let middle = row![left, vline(look, Length::Fill), preview_ground].height(tall);
    let hints = |keys: Vec<KeyHint>| {
        Row::with_children(keys.into_iter().map(|(caps, deed)| {
            let caps =
                Row::with_children(caps.iter().map(|cap| key_cap(look, cap, KeyGround::Paper))).spacing(space::S6);
            row![caps, look.colored(deed, Type::LABEL, t.ink2)].spacing(space::S6).align_y(Alignment::Center).into()
        }))
        .spacing(space::S12)
        .align_y(Alignment::Center)
    };
    let foot = row![hints(keys.0), iced::widget::space().width(Length::Fill), hints(keys.1)].align_y(Alignment::Center);
    let panel = container(column![
        container(head).padding([0.0, space::S16]).center_y(HEAD),
        hline(look),
        middle,
        hline(look),
        container(foot).padding([0.0, space::S16]).center_y(FOOT).width(Length::Fill),
    ])
    .width(width::PALETTE)
    .clip(true)
    .style(move |_| raised(&t, Color::TRANSPARENT, radius::DIALOG));
    control(look, "palette", Role::Dialog, look.t("palette-name"), lift(look, radius::DIALOG, panel))
        .ring(Ring::Hidden)
        .width(Length::Shrink)
        .height(Length::Shrink)
        .into()
}

/// What a result shows.
#[derive(Debug, Clone)]
pub struct Found {
    /// Who or what it is.
    pub icon: Icon,
    /// Its first line.
    pub title: String,
    /// Its second line.
    pub second: String,
    /// What stands at the right.
    pub side: String,
    /// The key that opens it, if it has one.
    pub key: Option<String>,
    /// Whether it is the active one.
    pub active: bool,
}

/// A result of the palette: `parts` of its lines that match `query` are marked.
pub fn palette_row<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    query: &str,
    found: Found,
) -> Control<'a, Message> {
    let t = look.tokens;
    let Found { icon: picture, title, second, side, key, active } = found;
    let under = (!second.is_empty()).then(|| highlighted(look, &second, query, Type::LABEL, t.ink2));
    let name = if second.is_empty() { title.clone() } else { format!("{title}, {second}") };
    let lines = column![highlighted(look, &title, query, Type::BODY, t.ink)].push(under).width(Length::Fill).clip(true);
    let mut inside = row![
        icon(picture, 16.0, t.ink3),
        lines,
        look.colored(side, Type::CELL, t.ink2).wrapping(iced::widget::text::Wrapping::None)
    ]
    .spacing(space::S12)
    .align_y(Alignment::Center);
    if let Some(key) = key {
        inside = inside.push(key_cap(look, &key, KeyGround::Paper));
    }
    let strip = surface(
        if active { t.accent } else { Color::TRANSPARENT },
        iced::widget::space().width(space::S4).height(Length::Fill),
    );
    let body = row![strip, container(inside).padding([0.0, space::S8]).center_y(Length::Fill).width(Length::Fill)];
    control(look, id, Role::Row, name, body)
        .width(Length::Fill)
        .height(height::PALETTE_ROW)
        .state(ControlState::new().selected(active))
        .ring(Ring::Row(radius::BADGE))
        .style(move |status| match (active, status) {
            (true, _) => Style::ground(t.accent_soft, radius::BADGE),
            (false, Status::Hovered | Status::Pressed) => Style::ground(t.bg, radius::BADGE),
            (false, _) => Style::bare(),
        })
}

/// A text in which the words of `query` stand out: heavier, on the focus yellow.
pub fn highlighted<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    content: &str,
    query: &str,
    style: Type,
    color: Color,
) -> Element<'a, Message> {
    let t = look.tokens;
    let parts = split(content, query);
    if parts.iter().all(|(_, hit)| !hit) {
        return look.colored(content.to_owned(), style, color).wrapping(iced::widget::text::Wrapping::None).into();
    }
    let spans: Vec<iced::widget::text::Span<'a, ()>> = parts
        .into_iter()
        .map(|(part, hit)| {
            let part = span(part).color(if hit { t.focus_ink } else { color });
            if hit { part.font(Weight::Semibold.font()).background(t.hit) } else { part }
        })
        .collect();
    rich_text(spans)
        .size(style.size)
        .line_height(iced::widget::text::LineHeight::Absolute(style.line.into()))
        .font(style.weight.font())
        .wrapping(iced::widget::text::Wrapping::None)
        .into()
}

/// Cuts `content` where a word of `query` begins one of its own words; case, accents and the two spellings of æ, ø and å do not matter.
fn split(content: &str, query: &str) -> Vec<(String, bool)> {
    let wanted: Vec<Vec<char>> = query
        .split_whitespace()
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect())
        .filter(|word: &Vec<char>| !word.is_empty())
        .collect();
    let letters: Vec<char> = content.chars().collect();
    let mut parts: Vec<(String, bool)> = Vec::new();
    let mut push = |text: &[char], hit: bool| match parts.last_mut() {
        Some((last, is)) if *is == hit => last.extend(text),
        _ => parts.push((text.iter().collect(), hit)),
    };
    let mut at = 0;
    while at < letters.len() {
        let begins = at == 0 || !letters[at - 1].is_alphanumeric();
        let hit = if begins { wanted.iter().filter_map(|word| begun(word, &letters[at..])).max() } else { None };
        let length = hit.unwrap_or(1);
        push(&letters[at..at + length], hit.is_some());
        at += length;
    }
    parts
}

/// How many letters of a text a word covers, where the text begins with it.
fn begun(word: &[char], letters: &[char]) -> Option<usize> {
    let (mut want, mut have) = (0, 0);
    while want < word.len() {
        let letter = letters.get(have)?.to_lowercase().next()?;
        let (typed, rest) = (word[want], &word[want..]);
        let same = |a: &char, b: &char| b.to_lowercase().eq(std::iter::once(*a));
        let ahead = letters.get(have..have + 2).unwrap_or_default();
        if spelt(typed).is_some_and(|two| ahead.len() == 2 && two.iter().zip(ahead).all(|(a, b)| same(a, b))) {
            (want, have) = (want + 1, have + 2);
        } else if letter != typed && spelt(letter).is_some_and(|two| rest.starts_with(&two)) {
            (want, have) = (want + 2, have + 1);
        } else if bare(letter) == bare(typed) {
            (want, have) = (want + 1, have + 1);
        } else {
            return None;
        }
    }
    Some(have)
}

/// How a letter is written where a keyboard lacks it.
const fn spelt(letter: char) -> Option<[char; 2]> {
    match letter {
        'æ' | 'ä' => Some(['a', 'e']),
        'ø' | 'ö' => Some(['o', 'e']),
        'å' => Some(['a', 'a']),
        _ => None,
    }
}

/// A letter without its accent, as far as names here have them.
fn bare(letter: char) -> char {
    const FAMILIES: &[(&str, char)] = &[
        ("àáâãäåāăąæ", 'a'),
        ("çćč", 'c'),
        ("èéêëēėęě", 'e'),
        ("ğ", 'g'),
        ("ìíîïīı", 'i'),
        ("ł", 'l'),
        ("ñńň", 'n'),
        ("òóôõöøőō", 'o'),
        ("řŕ", 'r'),
        ("śşšș", 's'),
        ("ţťț", 't'),
        ("ùúûüūůű", 'u'),
        ("ýÿ", 'y'),
        ("źżž", 'z'),
    ];
    FAMILIES.iter().find(|(family, _)| family.contains(letter)).map_or(letter, |(_, base)| *base)
}

/// A heading between kinds of results.
pub fn palette_heading<'a, Message: 'a>(look: &Look<'_>, title: impl Into<String>) -> Element<'a, Message> {
    container(look.label(title.into()))
        .padding(iced::Padding { top: space::S6, right: 0.0, bottom: space::S4, left: space::S10 })
        .into()
}

/// Results and headings beneath each other.
pub fn palette_results<'a, Message: 'a>(rows: impl IntoIterator<Item = Element<'a, Message>>) -> Element<'a, Message> {
    Column::with_children(rows).width(Length::Fill).into()
}

#[cfg(test)]
mod tests {
    use super::split;

    fn marked(content: &str, query: &str) -> String {
        split(content, query).into_iter().map(|(part, hit)| if hit { format!("[{part}]") } else { part }).collect()
    }

    #[test]
    fn the_beginning_of_a_word_is_marked_whatever_its_case() {
        assert_eq!(marked("Wrona, Kalina", "wron"), "[Wron]a, Kalina");
        assert_eq!(marked("Østergård 4", "øster 4"), "[Øster]gård [4]");
    }

    #[test]
    fn accents_and_the_spelling_of_danish_letters_do_not_matter() {
        assert_eq!(marked("Østergreen, Åse", "oester aase"), "[Øster]green, [Åse]");
        assert_eq!(marked("Østergreen, Åse", "oster as"), "[Øster]green, [Ås]e");
        assert_eq!(marked("Aabo, Moestrup", "åb møs"), "[Aab]o, [Moes]trup");
        assert_eq!(marked("Łucja Małolas", "lucja malo"), "[Łucja] [Mało]las");
        assert_eq!(marked("Oehlers", "oeh"), "[Oeh]lers");
        assert_eq!(marked("Wrona, Kalina", "wrona,"), "[Wrona], Kalina");
    }

    #[test]
    fn the_middle_of_a_word_is_not() {
        assert_eq!(marked("Kalina", "lina"), "Kalina");
        assert_eq!(marked("Kalina", ""), "Kalina");
    }
}
