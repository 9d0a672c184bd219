//! The sheets over a citizen's page: which view goes with which, and the frame that all share. Every sheet names the citizen and the stand it
//! writes to. What does not live here: what was typed (the desk's sheets).

mod application;
mod change;
pub(crate) mod dated;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod ends_tests;
mod handover;
mod letter;
mod note;
mod promise;
mod situation;
mod verify;
mod wrap_up;

use iced::widget::{column, container, row, space as gap};
use iced::{Alignment, Border, Length, Padding};
use skranke_desk::citizen::{CitizenInput, CitizenPage};
use skranke_desk::session::Line;
use skranke_desk::sheets::{ChangeInput, Facing, LetterInput, Sheet, SheetInput};
use skranke_desk::signing_in::Durability;
use skranke_desk::{Acting, Input};

use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::i18n::Texts;
use crate::screens::{Key, Scene};
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Tokens, Type};
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::panel::raised;
use crate::widget::{Element, hline, icon, lift, primary, quiet, scroll};

/// The open sheet.
pub const SHEET: FocusId = FocusId::new("citizen/sheet");

/// How wide a sheet is at most, and how much of the page it leaves free, in logical pixels.
const WIDE: f32 = 720.0;
const WIDEST: f32 = 960.0;
const BESIDE: f32 = 64.0;
const FREE: f32 = 120.0;
/// The room of a sheet's head, rule, buttons and edges, so that what is filled in scrolls and the buttons stay in sight.
const AROUND: f32 = 112.0;
/// The room that the ring of the keyboard takes beside a control.
const RING: f32 = 6.0;

/// Where the keyboard is when a sheet opens.
pub(crate) struct Begins(pub FocusId, pub Role);

/// Something for the open sheet.
pub(crate) const fn input(input: SheetInput) -> Input {
    Input::Citizen(CitizenInput::Sheet(input))
}

/// Where the keyboard is when this sheet opens.
pub(crate) fn begins(sheet: &Sheet) -> Begins {
    match sheet {
        Sheet::WrapUp(_) => wrap_up::BEGINS,
        Sheet::Note(_) => note::BEGINS,
        Sheet::Promise(_) => promise::BEGINS,
        Sheet::Letter(_) => letter::BEGINS,
        Sheet::Handover(sheet) => handover::begins(sheet),
        Sheet::Situation(sheet) => situation::begins(sheet),
        Sheet::Change(sheet) => change::begins(sheet),
        Sheet::Verify(_) => verify::BEGINS,
        Sheet::Application(_) => application::BEGINS,
    }
}

/// The keys of the open sheet.
pub(crate) fn keys(page: &CitizenPage, sheet: &Sheet, texts: &Texts) -> Vec<Key<Input>> {
    let mut keys = vec![
        Key::in_place("Esc", "key-sheet-leave", input(SheetInput::Leave)),
        Key::in_place("Ctrl ↵", "key-sheet-confirm", input(SheetInput::Confirm)),
    ];
    keys.extend(match sheet {
        Sheet::WrapUp(sheet) => wrap_up::keys(page, sheet, texts),
        Sheet::Note(sheet) => note::keys(page, sheet, texts),
        Sheet::Promise(sheet) => promise::keys(page, sheet, texts),
        Sheet::Letter(sheet) => letter::keys(page, sheet, texts),
        Sheet::Handover(sheet) => handover::keys(page, sheet, texts),
        Sheet::Situation(sheet) => situation::keys(page, sheet, texts),
        Sheet::Change(sheet) => change::keys(page, sheet, texts),
        Sheet::Verify(sheet) => verify::keys(page, sheet, texts),
        Sheet::Application(_) => Vec::new(),
    });
    keys
}

/// A key that leads to a field of the sheet.
fn jump(chord: &'static str, label: &'static str, to: FocusId) -> Key<(FocusId, Role)> {
    Key::in_place(chord, label, (to, Role::TextField))
}

/// The keys of the open sheet that lead to a field: letters that act only while no text field has the keyboard.
pub(crate) fn jumps(sheet: &Sheet) -> Vec<Key<(FocusId, Role)>> {
    match sheet {
        Sheet::WrapUp(_) => wrap_up::jumps(),
        _ => Vec::new(),
    }
}

/// The row that the keys of a sheet act on, where an input moved to it: it must be seen.
pub(crate) fn stepped(before: &Input, sheet: &Sheet) -> Option<FocusId> {
    match (before, sheet) {
        (Input::Citizen(CitizenInput::Sheet(SheetInput::Letter(LetterInput::Step(_)))), Sheet::Letter(sheet)) => {
            letter::active(sheet)
        }
        (Input::Citizen(CitizenInput::Sheet(SheetInput::Situation(input))), Sheet::Situation(sheet)) => {
            situation::stepped(input, sheet)
        }
        (Input::Citizen(CitizenInput::Sheet(SheetInput::Change(ChangeInput::Step(_)))), Sheet::Change(sheet)) => {
            change::active(sheet)
        }
        _ => None,
    }
}

/// The open sheet of the page in front.
pub(crate) fn view(scene: Scene<'_>) -> Option<Element<'_, Input>> {
    let page = scene.desk.citizen()?;
    let sheet = scene.desk.sheet()?;
    Some(match sheet {
        Sheet::WrapUp(sheet) => wrap_up::view(scene, page, sheet),
        Sheet::Note(sheet) => note::view(scene, page, sheet),
        Sheet::Promise(sheet) => promise::view(scene, page, sheet),
        Sheet::Letter(sheet) => letter::view(scene, page, sheet),
        Sheet::Handover(sheet) => handover::view(scene, page, sheet),
        Sheet::Situation(sheet) => situation::view(scene, page, sheet),
        Sheet::Change(sheet) => change::view(scene, page, sheet),
        Sheet::Verify(sheet) => verify::view(scene, page, sheet),
        Sheet::Application(sheet) => application::view(scene, page, sheet),
    })
}

/// What a sheet sees of its page, as the desk shows it now.
pub(crate) fn facing<'a>(scene: Scene<'a>, page: &'a CitizenPage) -> Facing<'a> {
    let desk = scene.desk;
    let now = scene.look.now.timestamp();
    Facing {
        page,
        acting: Acting {
            pending: &desk.pending,
            session: &desk.session,
            tz: desk.tz(),
            language: desk.settings.language,
            now,
        },
    }
}

/// The ground of a row in a list of a sheet: soft while the keys act on it.
pub(crate) fn row_style(t: Tokens, active: bool) -> impl Fn(Status) -> Style {
    move |status| match (active, status) {
        (true, _) => Style::ground(t.accent_soft, radius::TAG),
        (false, Status::Hovered | Status::Pressed) => Style::ground(t.bg, radius::TAG),
        (false, _) => Style::bare(),
    }
}

/// The square of a check box in a row, to be pressed by itself.
pub(crate) fn tick<'a>(look: &Look<'_>, id: FocusId, name: String, on: bool, press: Input) -> Element<'a, Input> {
    let t = look.tokens;
    let inside: Element<'a, Input> =
        if on { icon(Icon::Check, 12.0, t.on_accent) } else { gap().width(12.0).height(12.0).into() };
    let face = container(inside).center(16.0).style(move |_| container::Style {
        background: Some(if on { t.accent } else { t.surface }.into()),
        border: Border { color: if on { t.accent } else { t.edge }, width: stroke::LINE, radius: radius::TAG.into() },
        ..container::Style::default()
    });
    control(look, id, Role::ListItem, name, face)
        .ring(Ring::Hidden)
        .state(ControlState::new().checked(on))
        .on_press(press)
        .into()
}

/// The frame of every sheet: what it is, whom it goes to, what is filled in, and how it ends.
pub(crate) fn frame<'a>(
    scene: Scene<'a>,
    page: &'a CitizenPage,
    title: String,
    verb: String,
    body: impl Into<Element<'a, Input>>,
) -> Element<'a, Input> {
    framed(scene, page, (title, verb), WIDE, body)
}

/// The same for a sheet that shows two texts beside each other.
pub(crate) fn wide_frame<'a>(
    scene: Scene<'a>,
    page: &'a CitizenPage,
    (title, verb): (String, String),
    body: impl Into<Element<'a, Input>>,
) -> Element<'a, Input> {
    framed(scene, page, (title, verb), WIDEST, body)
}

fn framed<'a>(
    scene: Scene<'a>,
    page: &'a CitizenPage,
    (title, verb): (String, String),
    wide: f32,
    body: impl Into<Element<'a, Input>>,
) -> Element<'a, Input> {
    let look = scene.look;
    let stand = scene.desk.stands.front().letter();
    let whom = look.with("sheet-to", &[("stand", stand.into()), ("name", page.full_name().into())]);
    let verb = (verb, input(SheetInput::Confirm));
    let mut body = column![body.into()].spacing(space::S12);
    // Only while it matters: with a line what she writes is sent before the window ends.
    let down = matches!(scene.desk.session.line, Line::Down { .. });
    if down && scene.desk.durability == Durability::InMemory {
        body = body.push(look.colored(look.t("half-nowhere"), Type::CELL, look.tokens.wait).width(Length::Fill));
    }
    lay(look, Laid { id: SHEET, title, whom, verb, leave: input(SheetInput::Leave), wide }, body)
}

/// What a sheet is made of beside what is filled in.
pub(crate) struct Laid<Message> {
    /// Its id; its buttons are its children `verb` and `leave`.
    pub id: FocusId,
    /// What it is.
    pub title: String,
    /// Whom it goes to.
    pub whom: String,
    /// What is done, and what that gives.
    pub verb: (String, Message),
    /// Leaving it; what was typed stays.
    pub leave: Message,
    /// How wide it is at most.
    pub wide: f32,
}

/// The width of a sheet, and of one that shows two texts beside each other.
pub(crate) const WIDTHS: [f32; 2] = [WIDE, WIDEST];

/// A sheet over a page: its head, what is filled in, its buttons.
pub(crate) fn lay<'a, Message: Clone + 'a>(
    look: &'a Look<'a>,
    laid: Laid<Message>,
    body: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let t = look.tokens;
    let Laid { id, title, whom, verb, leave, wide } = laid;
    let head =
        row![look.section(title.clone()), gap().width(Length::Fill), look.colored(whom.clone(), Type::CELL, t.ink2)]
            .align_y(Alignment::Center)
            .spacing(space::S16);
    let buttons = row![
        Element::from(primary(look, id.child("verb"), verb.0).key("Ctrl ↵").on_press(verb.1)),
        Element::from(quiet(look, id.child("leave"), look.t("sheet-leave")).key("Esc").on_press(leave)),
    ]
    .spacing(space::S8);
    // What scrolls clips: the ring of the keyboard keeps its room inside.
    let body = container(body).padding(Padding::from([RING, RING]).right(space::S16));
    let body = container(scroll(look, id.child("scroll").widget(), body)).max_height(look.height - FREE - AROUND);
    let beside = |part: Element<'a, Message>| container(part).padding([0.0, RING]).width(Length::Fill);
    let inside = column![beside(head.into()), beside(hline(look)), body, beside(buttons.into())]
        .spacing(space::S12 - RING)
        .width(Length::Fill);
    let face = container(inside)
        .padding([14.0, space::S16 - RING])
        .width(wide.min(look.width - BESIDE))
        .max_height(look.height - FREE)
        .style(move |_| raised(&t, t.edge, radius::DIALOG));
    control(look, id, Role::Dialog, format!("{title} {whom}"), lift(look, radius::DIALOG, face))
        .ring(Ring::Hidden)
        .width(Length::Shrink)
        .height(Length::Shrink)
        .into()
}
