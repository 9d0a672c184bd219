//! What can be done from the palette: on the page of the open citizen, at the two stands, in the window. What does not live here: doing it.

use skranke_api::handovers::Receiver;
use skranke_desk::citizen::CitizenInput;
use skranke_desk::need::glass::GlassInput;
use skranke_desk::oversight::OversightInput;
use skranke_desk::settings::{Language, TextStep, Theme};
use skranke_desk::sheets::{Opening, SheetInput, Target};
use skranke_desk::{Desk, Input, Place};
use skranke_domain::StaffId;
use skranke_domain::authority::Role;

use super::rows::{is_offline, role_word};
use crate::assets::Icon;
use crate::command::{Command, Overlay};
use crate::i18n::Texts;

/// Something to do.
#[derive(Clone, Debug)]
pub struct Deed {
    /// What it does, in words.
    pub label: String,
    /// Its picture.
    pub icon: Icon,
    /// The key that does the same where it works.
    pub key: Option<&'static str>,
    /// How.
    pub how: How,
}

/// How something is done.
#[derive(Clone, Debug)]
pub enum How {
    /// By the window.
    Window(Command),
    /// By the desk.
    Desk(Vec<Input>),
}

/// Everything that can be done now: with the citizen first.
#[must_use]
pub fn all(desk: &Desk, texts: &Texts) -> Vec<Deed> {
    let mut all = with_citizen(desk, texts);
    all.extend(at_stands(desk, texts));
    all.extend(in_window(desk, texts));
    all
}

/// Handing the open citizen over to a colleague.
#[must_use]
pub fn hand_over_to(desk: &Desk, colleague: StaffId) -> Option<Vec<Input>> {
    desk.citizen()?;
    Some(sheet(desk, Opening::Handover(Some(Receiver::Colleague { id: colleague }))))
}

/// The citizen at the stand in front as a list calls her: initial and last surname.
#[must_use]
pub fn her_name(desk: &Desk) -> Option<String> {
    let known = desk.citizen()?.identity.value()?;
    let initial = known.given_name.chars().next().map(|c| format!("{c}. ")).unwrap_or_default();
    Some(format!("{initial}{}", known.surname.rsplit(' ').next().unwrap_or(&known.surname)))
}

fn sheet(desk: &Desk, opening: Opening) -> Vec<Input> {
    let open = Input::Citizen(CitizenInput::Sheet(SheetInput::Open(opening)));
    match desk.place() {
        Place::Citizen => vec![open],
        _ => vec![Input::Go(Place::Citizen), open],
    }
}

fn with_citizen(desk: &Desk, texts: &Texts) -> Vec<Deed> {
    let Some(name) = her_name(desk) else { return Vec::new() };
    let deed = |id, icon, key, inputs| Deed {
        label: texts.with(id, &[("name", name.clone().into())]),
        icon,
        key: Some(key),
        how: How::Desk(inputs),
    };
    let open = |id, icon, key, opening| deed(id, icon, key, sheet(desk, opening));
    let mut all = Vec::new();
    // A time is only offered by the server.
    if desk.booking_subject().is_some() && !is_offline(desk) {
        all.push(deed("palette-do-book", Icon::Calendar, "B", vec![Input::BeginBooking]));
    }
    all.extend([
        open("palette-do-letter", Icon::Mail, "L", Opening::Letter(None)),
        open("palette-do-handover", Icon::Handshake, "H", Opening::Handover(None)),
        open("palette-do-note", Icon::Pencil, "N", Opening::Note(None)),
        open("palette-do-promise", Icon::Hand, "P", Opening::Promise),
        open("palette-do-situation", Icon::Plus, "C", Opening::Situation(Target::Choose)),
        open("palette-do-change", Icon::Refresh, "M", Opening::Change(None)),
        open("palette-do-verify", Icon::BadgeCheck, "Q", Opening::Verify),
        open("palette-do-finish", Icon::Check, "W", Opening::WrapUp),
    ]);
    if crate::screens::need::glass::refusal(desk, texts).is_none() {
        let open = Input::Glass(GlassInput::Open(None));
        let inputs = if desk.place() == Place::Citizen { vec![open] } else { vec![Input::Go(Place::Citizen), open] };
        all.push(Deed { label: texts.t("citizen-key-glass"), ..deed("palette-do-note", Icon::LockOpen, "E", inputs) });
    }
    let leads = desk.session.me.value().is_some_and(|me| me.role == Role::TeamLeader);
    if let Some(page) = desk.citizen().filter(|_| leads) {
        let about = vec![Input::Oversight(OversightInput::About(page.id))];
        all.push(Deed { key: None, ..deed("palette-do-look-ups", Icon::Eye, "", about) });
    }
    all
}

fn at_stands(desk: &Desk, texts: &Texts) -> Vec<Deed> {
    let other = desk.stands.front().other();
    let mut all = Vec::new();
    if !desk.stands.get(other).is_empty() {
        all.push(Deed {
            label: texts.with("palette-do-stand", &[("stand", other.letter().into())]),
            icon: Icon::ArrowRight,
            key: Some("F6"),
            how: How::Desk(vec![Input::Stand(other)]),
        });
    }
    if crate::screens::turned::can_turn(desk) {
        all.push(of_desk(texts, "key-turn", Icon::Monitor, "F8", Input::Turn));
    }
    all.push(of_desk(texts, "key-lock", Icon::Lock, "Ctrl L", Input::Lock));
    all
}

fn of_desk(texts: &Texts, id: &str, icon: Icon, key: &'static str, input: Input) -> Deed {
    Deed { label: texts.t(id), icon, key: Some(key), how: How::Desk(vec![input]) }
}

fn in_window(desk: &Desk, texts: &Texts) -> Vec<Deed> {
    let deed = |label, key, command| Deed { label, icon: Icon::ArrowRight, key, how: How::Window(command) };
    let command = |id: &str, key: Option<&'static str>, command| deed(texts.t(id), key, command);
    let mut all = vec![
        command("command-queue", Some("Ctrl 1"), Command::Go(Place::Queue)),
        command("command-cases", Some("Ctrl 3"), Command::Go(Place::Cases)),
        command("command-calendar", Some("Ctrl 4"), Command::Go(Place::Calendar)),
        command("command-figures", Some("Ctrl 5"), Command::Go(Place::Figures)),
        command("command-guide", Some("Ctrl 7"), Command::Go(Place::Guide)),
        command("command-outbox", Some("Ctrl 6"), Command::Go(Place::Outbox)),
        command("command-settings", Some("Ctrl ,"), Command::Open(Overlay::Settings)),
        command("command-personas", Some("Ctrl P"), Command::Open(Overlay::Personas)),
        command("command-keys", Some("?"), Command::Open(Overlay::Keys)),
    ];
    if desk.session.me.value().is_some_and(|me| me.role == Role::TeamLeader) {
        all.push(command("command-oversight", Some("Ctrl 8"), Command::Go(Place::Oversight)));
    }
    if desk.citizen().is_some() {
        all.insert(0, command("command-citizen", Some("Ctrl 2"), Command::Go(Place::Citizen)));
    }
    if desk.sign_in.is_some() {
        all.push(command("key-sign-out", Some("Ctrl Shift L"), Command::Open(Overlay::SignOut)));
        all.push(command("pin-title", None, Command::Open(Overlay::Pin)));
    }
    all.push(match desk.settings.language {
        Language::Da => command("command-english", None, Command::Language(Language::En)),
        Language::En => command("command-danish", None, Command::Language(Language::Da)),
    });
    all.push(match desk.settings.theme {
        Theme::Light => command("command-dark", None, Command::Theme(Theme::Dark)),
        Theme::Dark => command("command-light", None, Command::Theme(Theme::Light)),
    });
    all.extend([
        command("command-density", Some("Ctrl D"), Command::Density),
        command("command-larger", Some("Ctrl +"), Command::Text(TextStep::Larger)),
        command("command-smaller", Some("Ctrl -"), Command::Text(TextStep::Smaller)),
        command("command-gallery", None, Command::Gallery),
        command("command-quit", Some("Ctrl Q"), Command::Quit),
    ]);
    let me = desk.session.me.value();
    let hers = me.into_iter().flat_map(|me| me.roles.iter().filter(|role| **role != me.role));
    all.extend(hers.map(|role| {
        let label = texts.with("command-take-role", &[("role", texts.t(role_word(*role)).into())]);
        deed(label, None, Command::TakeRole(*role))
    }));
    // At an office the provider says who she is.
    let training = desk.sign_in.is_none();
    all.extend(Role::ALL.iter().filter(|role| training && **role != desk.session.persona).map(|role| {
        let label = texts.with("command-persona", &[("role", texts.t(role_word(*role)).into())]);
        deed(label, None, Command::Persona(*role))
    }));
    all
}
