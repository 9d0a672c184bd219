//! What is laid over the page for signing in: the question before signing out, the PIN, the forgotten passphrase. What does not live here:
//! what follows from the answers.

use iced::Alignment;
use iced::widget::{Column, column, row};
use skranke_client::pin::{self, PinState};
use skranke_desk::Input;
use skranke_desk::signing_in::{Durability, SignInInput};

use super::PinStep;
use crate::app::App;
use crate::app::message::{Command, Message, Overlay};
use crate::focus::{FocusId, Role};
use crate::screens::gate::{self, Typed};
use crate::screens::sign_in::SignInScreen;
use crate::theme::Look;
use crate::theme::scale::space;
use crate::widget::dialog::safe_id;
use crate::widget::{ButtonKind, Dialog, Element, dialog, normal, quiet};

const SIGN_OUT: FocusId = FocusId::new("sign-out");
const PIN: FocusId = FocusId::new("pin");
const FORGET: FocusId = FocusId::new("forget-passphrase");
const PIN_FIELD: FocusId = FocusId::new("pin/typed");
const PIN_AGAIN: FocusId = FocusId::new("pin/again");

/// The control that has the keyboard when one of them opens.
pub fn first(overlay: Overlay) -> (FocusId, Role) {
    match overlay {
        Overlay::Pin => (PIN_FIELD, Role::TextField),
        Overlay::ForgetPassphrase => (safe_id(&FORGET), Role::Button),
        _ => (safe_id(&SIGN_OUT), Role::Button),
    }
}

/// Why what was typed cannot be a PIN: the id of the sentence.
pub fn pin_amiss(screen: &SignInScreen) -> Option<&'static str> {
    if !pin::is_pin(&screen.pin.secret()) {
        return Some("pin-shape");
    }
    (screen.pin != screen.pin_again).then_some("pin-differs")
}

/// The question before she signs out: what becomes of what is unsent.
pub fn sign_out<'a>(app: &App, look: &Look<'_>) -> Element<'a, Message> {
    let count = i64::try_from(app.desk.pending.count()).unwrap_or(i64::MAX);
    let lost = app.desk.durability == Durability::InMemory && count > 0;
    let id = if lost { "signout-then-lost" } else { "signout-then" };
    dialog(
        look,
        Dialog {
            id: SIGN_OUT,
            title: look.t("signout-title"),
            consequence: look.with(id, &[("unsent", count.into())]),
            body: None,
            verb: (look.t("signout-verb"), Message::Desk(Input::SignIn(SignInInput::SignOut))),
            verb_disabled: None,
            kind: if lost { ButtonKind::Danger } else { ButtonKind::Primary },
            safe: (look.t("signout-stay"), Message::Do(Command::Close)),
        },
    )
    .into()
}

/// Where she chooses a PIN.
pub fn choose_pin<'a>(app: &'a App, look: &Look<'_>) -> Element<'a, Message> {
    let screen = &app.screens.sign_in;
    let field = |id: FocusId, name: &str, typed: &Typed, step: fn(Typed) -> PinStep| {
        let words = (id, look.t(name), look.t(name));
        gate::secret(look, words, typed, move |typed| Message::Pin(step(typed)), Message::Pin(PinStep::Keep))
    };
    let set = app.desk.sign_in.as_ref().is_some_and(|sign_in| sign_in.pin != PinState::Unset);
    let drop = set.then(|| {
        let drop = quiet(look, PIN.child("drop"), look.t("pin-drop")).on_press(Message::Pin(PinStep::Drop));
        Element::from(drop)
    });
    let body: Column<'a, Message> = column![
        field(PIN_FIELD, "pin-digits", &screen.pin, PinStep::Typed),
        field(PIN_AGAIN, "pin-again", &screen.pin_again, PinStep::Again),
    ]
    .spacing(space::S8)
    .extend(drop);
    dialog(
        look,
        Dialog {
            id: PIN,
            title: look.t("pin-title"),
            consequence: look.t("pin-what"),
            body: Some(body.into()),
            verb: (look.t("pin-keep"), Message::Pin(PinStep::Keep)),
            verb_disabled: pin_amiss(screen).map(|id| look.t(id)),
            kind: ButtonKind::Primary,
            safe: (look.t("pin-leave"), Message::Do(Command::Close)),
        },
    )
    .into()
}

/// The question before a forgotten passphrase is given up.
pub fn forget<'a>(look: &Look<'_>) -> Element<'a, Message> {
    dialog(
        look,
        Dialog {
            id: FORGET,
            title: look.t("forget-title"),
            consequence: look.t("forget-then"),
            body: None,
            verb: (look.t("forget-verb"), Message::Desk(Input::SignIn(SignInInput::ForgetPassphrase))),
            verb_disabled: None,
            kind: ButtonKind::Danger,
            safe: (look.t("forget-stay"), Message::Do(Command::Close)),
        },
    )
    .into()
}

/// The line of the settings about the PIN.
pub fn setting<'a>(look: &Look<'_>, pin: PinState) -> Element<'a, Message> {
    let (said, verb) = match pin {
        PinState::Unset => ("pin-none", "pin-choose"),
        PinState::Set { .. } => ("pin-set", "pin-change"),
    };
    let open = normal(look, "settings/pin", look.t(verb)).on_press(Message::Do(Command::Open(Overlay::Pin)));
    row![Element::from(open), look.second(look.t(said))].spacing(space::S12).align_y(Alignment::Center).into()
}

/// What the menu of who is signed in ends with.
pub fn leave<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let out = normal(look, "personas/sign-out", look.t("signout-verb"))
        .key(SIGN_OUT_KEY)
        .on_press(Message::Do(Command::Open(Overlay::SignOut)));
    row![Element::from(out)].into()
}

/// The key that asks whether to sign out.
pub const SIGN_OUT_KEY: &str = "Ctrl Shift L";
