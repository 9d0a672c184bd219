//! What the lock and the sign-in have in common: a dark page with one thing in its middle and nothing of any citizen. What does not live here:
//! what stands in the middle (`locked.rs`, `sign_in`).

use iced::widget::{Column, Row, column, container, row, space as gap, text_input};
use iced::{Alignment, Background, Border, Color, Length, Padding};
use skranke_client::Secret;
use skranke_client::sign_in::{PATIENCE, SignInError};
use skranke_desk::signing_in::{Browser, Trouble};

use super::Scene;
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::sentence::{Unproved, untrusted};
use crate::theme::scale::{Weight, height, radius, space};
use crate::theme::{Look, Type};
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::panel::surface;
use crate::widget::{Element, KeyGround, icon, key_cap, mark};

const TITLE: Type = Type { size: 24.0, line: 30.0, weight: Weight::Semibold };
const LINE: Type = Type { size: 16.0, line: 24.0, weight: Weight::Regular };
const MIDDLE: f32 = 424.0;
const BUTTON: f32 = 40.0;
const FIELD: f32 = 44.0;

/// What is typed and never shown, logged or written down: dots stand for it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Typed(String);

impl Typed {
    /// What was typed so far.
    pub fn new(typed: impl Into<String>) -> Self {
        Self(typed.into())
    }

    /// Nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many characters.
    pub fn len(&self) -> usize {
        self.0.chars().count()
    }

    /// For whoever tries it.
    pub fn secret(&self) -> Secret {
        Secret::new(self.0.clone())
    }

    /// The characters, for the field that hides them.
    pub(crate) fn shown_hidden(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed(…)")
    }
}

/// The whole page: the mark at the left of its top, `place` at the right, `middle` in the middle.
pub fn page<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    place: impl Into<Element<'a, Message>>,
    middle: Column<'a, Message, crate::widget::Theme, crate::widget::Renderer>,
) -> Element<'a, Message> {
    let t = look.tokens;
    let top = row![
        mark(22.0),
        look.colored(look.t("app-name"), Type::MARK, t.slab_ink),
        gap().width(Length::Fill),
        place.into()
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    let middle = container(middle.spacing(space::S16)).width(MIDDLE);
    let whole = column![
        container(top).padding([0.0, space::S16]).center_y(height::SLAB),
        container(middle).center(Length::Fill).padding(Padding::ZERO.bottom(height::SLAB)),
    ];
    surface(t.slab, whole).width(Length::Fill).height(Length::Fill).into()
}

/// What stands at the right of the top.
pub fn place<'a, Message: 'a>(look: &Look<'_>, words: String) -> Element<'a, Message> {
    look.colored(words, Type::CELL, look.tokens.slab_ink2).into()
}

/// The heading with its picture.
pub fn title<'a, Message: 'a>(look: &Look<'_>, picture: Icon, words: String) -> Element<'a, Message> {
    let ink = look.tokens.slab_ink;
    row![icon(picture, 24.0, ink), look.colored(words, TITLE, ink)]
        .spacing(space::S12)
        .align_y(Alignment::Center)
        .into()
}

/// What is the matter, in a sentence or two.
pub fn line<'a, Message: 'a>(look: &Look<'_>, words: String) -> Element<'a, Message> {
    look.colored(words, LINE, look.tokens.slab_ink2).into()
}

/// What is good to know.
pub fn small<'a, Message: 'a>(look: &Look<'_>, words: String) -> Element<'a, Message> {
    look.colored(words, Type::CELL, look.tokens.slab_ink2).into()
}

/// What went wrong and what helps.
pub fn trouble<'a, Message: 'a>(look: &Look<'_>, words: String) -> Element<'a, Message> {
    let ink = look.tokens.focus;
    row![icon(Icon::Info, 18.0, ink), look.colored(words, Type::BODY, ink).width(Length::Fill)]
        .spacing(space::S8)
        .into()
}

/// Buttons beside each other.
pub fn buttons<'a, Message: 'a>(
    all: impl IntoIterator<Item = Element<'a, Message>>,
) -> Row<'a, Message, crate::widget::Theme, crate::widget::Renderer> {
    Row::with_children(all).spacing(space::S10)
}

/// The one main action.
pub fn main<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: FocusId,
    (verb, key): (String, &str),
    message: Message,
) -> Element<'a, Message> {
    let t = look.tokens;
    let face = row![look.colored(verb.clone(), Type::TITLE, t.focus_ink), key_cap(look, key, KeyGround::Paper)]
        .spacing(space::S8)
        .align_y(Alignment::Center);
    control(look, id, Role::Button, verb, container(face).center_y(Length::Fill))
        .padding([0.0, space::S12])
        .height(BUTTON)
        .state(ControlState { key: Some(key.to_owned()), ..ControlState::new() })
        .ring(Ring::Around(radius::CONTROL))
        .on_press(message)
        .style(move |_| Style::ground(t.focus, radius::CONTROL).edge(t.focus))
        .into()
}

/// Another action.
pub fn side<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: FocusId,
    (verb, key): (String, Option<&str>),
    message: Message,
) -> Element<'a, Message> {
    let t = look.tokens;
    let cap = key.map(|key| key_cap(look, key, KeyGround::Slab));
    let face = row![look.colored(verb.clone(), Type::TITLE, t.slab_ink)]
        .extend(cap)
        .spacing(space::S8)
        .align_y(Alignment::Center);
    control(look, id, Role::Button, verb, container(face).center_y(Length::Fill))
        .padding([0.0, space::S12])
        .height(BUTTON)
        .state(ControlState { key: key.map(str::to_owned), ..ControlState::new() })
        .on_press(message)
        .style(move |status| {
            let touched = matches!(status, Status::Hovered | Status::Pressed);
            Style::ground(if touched { t.slab_field } else { t.slab }, radius::CONTROL).edge(t.slab_line)
        })
        .into()
}

/// A field whose content is shown as dots.
pub fn secret<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    (id, name, hint): (FocusId, String, String),
    typed: &Typed,
    on_input: impl Fn(Typed) -> Message + 'a,
    on_submit: Message,
) -> Element<'a, Message> {
    let t = look.tokens;
    let (ink, faint, selection) = (t.ink, t.ink3, t.accent_soft);
    let kind = Type { size: 18.0, line: 24.0, ..Type::BODY };
    let input = text_input("", typed.shown_hidden())
        .id(id.widget())
        .secure(true)
        .size(kind.size)
        .line_height(iced::widget::text::LineHeight::Absolute(kind.line.into()))
        .font(kind.weight.font())
        .padding([(FIELD - kind.line) / 2.0, 0.0])
        .width(Length::Fill)
        .on_input(move |typed| on_input(Typed::new(typed)))
        .on_submit(on_submit)
        .style(move |_, _| text_input::Style {
            background: Background::Color(Color::TRANSPARENT),
            border: Border::default(),
            icon: faint,
            placeholder: faint,
            value: ink,
            selection,
        });
    let inside = row![input, look.colored(hint, Type::CELL, faint)].spacing(space::S8).align_y(Alignment::Center);
    control(look, id, Role::TextField, name, container(inside).center_y(Length::Fill))
        .padding([0.0, space::S12])
        .width(Length::Fill)
        .height(FIELD)
        .value("•".repeat(typed.len()))
        .ring(Ring::Around(radius::CONTROL))
        .style(move |_| Style::ground(t.surface, radius::CONTROL).edge(t.edge))
        .into()
}

/// What waits for the browser: until when, how to stop, and the address where none could be opened.
pub fn waiting<'a, Message: Clone + 'a>(
    scene: Scene<'_>,
    browser: &Browser,
    (stop, give_up): (FocusId, Message),
    copy: impl Fn(String) -> Message,
) -> Vec<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let until = browser.since.checked_add(PATIENCE).unwrap_or(browser.since).to_zoned(desk.tz().clone());
    let until = [("time", look.texts.time(until.time()).into())];
    let stop = side(look, stop, (look.t("signin-cancel"), Some("Esc")), give_up);
    match &browser.by_hand {
        None => vec![line(look, look.with("signin-waiting", &until)), buttons([stop]).into()],
        Some(address) => {
            let t = look.tokens;
            let shown = look
                .colored(address.clone(), Type::CELL, t.slab_ink)
                .wrapping(iced::widget::text::Wrapping::WordOrGlyph)
                .width(Length::Fill);
            let shown = container(shown)
                .padding([space::S8, space::S12])
                .width(Length::Fill)
                .style(move |_| crate::widget::panel::plate(t.slab_field, t.slab_line, radius::CONTROL));
            let copied = side(look, COPY, (look.t("signin-copy-address"), None), copy(address.clone()));
            vec![line(look, look.with("signin-by-hand", &until)), shown.into(), buttons([copied, stop]).into()]
        }
    }
}

/// An action in the corner, that nobody comes for.
pub fn corner<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: FocusId,
    word: String,
    message: Message,
) -> Element<'a, Message> {
    let t = look.tokens;
    let face = look.colored(word.clone(), Type::CELL, t.slab_ink2);
    control(look, id, Role::Button, word, container(face).center_y(Length::Fill))
        .padding([0.0, space::S8])
        .height(height::CONTROL)
        .on_press(message)
        .style(move |status| {
            let touched = matches!(status, Status::Hovered | Status::Pressed);
            Style::ground(if touched { t.slab_field } else { t.slab }, radius::CONTROL)
        })
        .into()
}

/// The button that copies the address.
pub const COPY: FocusId = FocusId::new("gate/copy");

/// What went wrong, as a sentence: what happened, what is safe, what to do.
pub fn sentence(look: &Look<'_>, trouble: &Trouble, name: &str) -> String {
    let because = |id, reason: &str| look.with(id, &[("reason", reason.to_owned().into())]);
    match trouble {
        Trouble::Failed(error) => match error {
            SignInError::Offline => look.t("signin-error-offline"),
            SignInError::Certificate(reason) => untrusted(look.texts, Unproved::Provider, *reason),
            SignInError::Provider(what) => because("signin-error-provider", what),
            SignInError::Refused => look.t("signin-error-refused"),
            SignInError::Browser => look.t("signin-error-browser"),
            SignInError::SomebodyElse => look.with("signin-error-somebody-else", &[("name", name.to_owned().into())]),
            SignInError::TimedOut => look.t("signin-error-timed-out"),
            SignInError::Machine(why) => because("signin-error-machine", why),
        },
        Trouble::NotKnownHere => look.t("signin-error-not-known-here"),
        Trouble::NotTold => look.t("signin-error-not-told"),
        Trouble::WrongPin(left) => look.with("locked-pin-wrong", &[("left", i64::from(*left).into())]),
        Trouble::PinNotTried => look.t("locked-pin-not-tried"),
    }
}
