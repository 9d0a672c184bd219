//! What is laid over the page: the persona menu, the settings, the list of all keys, the question before leaving.

use iced::widget::{Column, Row, column, container, row};
use iced::{Alignment, Color, Length};
use skranke_desk::settings::{Density, Language, Motion, Renderer, TextStep, Theme};
use skranke_domain::authority::Role as StaffRole;

use super::App;
use super::message::{Command, Message, Overlay};
use super::signing_in::overlays;
use crate::focus::{ControlState, FocusId, Role};
use crate::i18n::Texts;
use crate::key_counts::{self, KEY_COUNTS};
use crate::launch::{Notice, Personas};
use crate::screens::{Scene, palette};
use crate::theme::scale::{height, radius, space};
use crate::theme::{Look, Type};
use crate::widget::dialog::safe_id;
use crate::widget::panel::raised;
use crate::widget::{
    ButtonKind, Control, Dialog, Element, KeyGround, Ring, Status, Style, control, dialog, ellipsis, field, hline,
    key_cap, lift::lift, normal, quiet, scroll, segmented, segmented::Segment,
};

const WIDE: f32 = 560.0;
const KEYS: f32 = 1100.0;
/// How many keys stand beneath each other in the list of all keys, and how wide a column of them is.
const ROWS: usize = 16;
const COLUMN: f32 = 246.0;
const LEAVE: FocusId = FocusId::new("leave");

/// The control that has the keyboard when an overlay opens.
pub(super) fn first(overlay: Overlay) -> (FocusId, Role) {
    let first = match overlay {
        Overlay::Personas => FocusId::new("personas/0"),
        Overlay::Settings => FocusId::new("settings/language/0"),
        Overlay::Keys => FocusId::new("keys/close"),
        Overlay::Leave => safe_id(&LEAVE),
        Overlay::SignOut | Overlay::Pin | Overlay::ForgetPassphrase => return overlays::first(overlay),
    };
    (first, Role::Button)
}

/// What is to be told at the start, as a sentence.
pub(super) fn notice(texts: &Texts, notice: &Notice) -> String {
    match notice {
        Notice::SettingsMistake { mistake } => texts.with("notice-settings", &[("mistake", mistake.clone().into())]),
    }
}

/// The overlay.
pub(super) fn view<'a>(app: &'a App, scene: Scene<'a>, overlay: Overlay) -> Element<'a, Message> {
    let look = scene.look;
    match overlay {
        Overlay::Personas => personas(app, scene),
        Overlay::Settings => settings(scene),
        Overlay::Keys => keys(app, look),
        Overlay::Leave => leave(app, look),
        Overlay::SignOut => overlays::sign_out(app, look),
        Overlay::Pin => overlays::choose_pin(app, look),
        Overlay::ForgetPassphrase => overlays::forget(look),
    }
}

/// A panel of its own that keeps the keyboard until it is closed.
fn sheet<'a>(
    look: &Look<'_>,
    id: &'static str,
    title: String,
    width: f32,
    inside: impl Into<Element<'a, Message>>,
) -> Control<'a, Message> {
    let t = look.tokens;
    let close = quiet(look, FocusId::new(id).child("close"), look.t("overlay-close"))
        .key("Esc")
        .on_press(Message::Do(Command::Close));
    let head =
        row![look.section(title.clone()).width(Length::Fill), Element::from(close.build())].align_y(Alignment::Center);
    let body =
        column![container(head).padding([space::S10, space::S16]), hline(look), container(inside).padding(space::S16)];
    let face = container(body).width(width).style(move |_| raised(&t, Color::TRANSPARENT, radius::DIALOG));
    control(look, id, Role::Dialog, title, lift(look, radius::DIALOG, face))
        .ring(Ring::Hidden)
        .width(Length::Shrink)
        .height(Length::Shrink)
}

fn personas<'a>(app: &'a App, scene: Scene<'a>) -> Element<'a, Message> {
    let look = scene.look;
    let fixed = app.launch.personas == Personas::Fixed;
    let rows = StaffRole::ALL.iter().enumerate().map(|(at, role)| {
        let on = *role == scene.desk.session.persona;
        let name = look.t(palette::role_word(*role));
        let what = look.t(what_word(*role));
        let face = column![look.text(name.clone(), Type::TITLE), look.second(what.clone())];
        let t = look.tokens;
        control(look, FocusId::new("personas").child(at), Role::Radio, format!("{name}. {what}"), face)
            .padding([space::S8, space::S12])
            .width(Length::Fill)
            .state(ControlState::new().checked(on).disabled((fixed && !on).then(|| look.t("persona-fixed"))))
            .ring(Ring::Around(radius::CONTROL))
            .on_press(Message::Do(Command::Persona(*role)))
            .style(move |status| match (on, status) {
                (true, _) => Style::ground(t.accent_soft, radius::CONTROL),
                (false, Status::Hovered | Status::Pressed) => Style::ground(t.bg, radius::CONTROL),
                (false, _) => Style::bare(),
            })
            .into()
    });
    let list = Column::with_children(rows).spacing(space::S6);
    let leave = scene.desk.sign_in.is_some().then(|| overlays::leave(look));
    let inside =
        column![look.second(look.t("persona-explain")), list].spacing(space::S12).extend(today(scene)).extend(leave);
    sheet(look, "personas", look.t("persona-title"), WIDE, inside).into()
}

/// Which of her own roles she works in today, where she may take more than one.
fn today<'a>(scene: Scene<'_>) -> Option<Element<'a, Message>> {
    let look = scene.look;
    let me = scene.desk.session.me.value().filter(|me| me.roles.len() > 1)?;
    let chosen = me.roles.iter().position(|role| *role == me.role).unwrap_or_default();
    let all = me.roles.iter().map(|role| Segment {
        label: look.t(palette::role_word(*role)),
        on_press: Message::Do(Command::TakeRole(*role)),
    });
    let all: Vec<_> = all.collect();
    let inside = column![look.strong(look.t("role-today-title")), segmented(look, "personas/today", chosen, all)];
    Some(inside.spacing(space::S6).into())
}

const fn what_word(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Host => "role-host-what",
        StaffRole::Clerk => "role-clerk-what",
        StaffRole::Caseworker => "role-caseworker-what",
        StaffRole::TeamLeader => "role-team-leader-what",
        StaffRole::Guest => "role-guest-what",
    }
}

/// One of a few values, all of them in sight.
fn choice<'a, T: PartialEq + Copy>(
    look: &Look<'_>,
    (id, label): (&'static str, &str),
    now: T,
    values: &[(T, &str)],
    command: impl Fn(T) -> Command,
) -> Element<'a, Message> {
    let chosen = values.iter().position(|(value, _)| *value == now).unwrap_or(0);
    let segments = values
        .iter()
        .map(|(value, word)| Segment { label: look.t(word), on_press: Message::Do(command(*value)) })
        .collect::<Vec<_>>();
    line(look, label, segmented(look, id, chosen, segments))
}

fn line<'a>(look: &Look<'_>, label: &str, value: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    row![container(look.body(look.t(label))).width(160.0), value.into()]
        .spacing(space::S12)
        .align_y(Alignment::Center)
        .height(height::CONTROL)
        .into()
}

fn settings<'a>(scene: Scene<'a>) -> Element<'a, Message> {
    let look = scene.look;
    let now = &scene.desk.settings;
    let percent = look.with("settings-percent", &[("percent", i64::from(now.text_percent).into())]);
    let text = row![
        Element::from(
            normal(look, "settings/smaller", look.t("settings-smaller"))
                .key("Ctrl -")
                .on_press(Message::Do(Command::Text(TextStep::Smaller)))
        ),
        container(look.strong(percent)).center_x(70.0),
        Element::from(
            normal(look, "settings/larger", look.t("settings-larger"))
                .key("Ctrl +")
                .on_press(Message::Do(Command::Text(TextStep::Larger)))
        ),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    let inside = column![
        choice(
            look,
            ("settings/language", "settings-language"),
            now.language,
            &[(Language::Da, "language-danish"), (Language::En, "language-english")],
            Command::Language
        ),
        choice(
            look,
            ("settings/theme", "settings-theme"),
            now.theme,
            &[(Theme::Light, "theme-light"), (Theme::Dark, "theme-dark")],
            Command::Theme
        ),
        choice(
            look,
            ("settings/density", "settings-density"),
            now.density,
            &[
                (Density::Calm, "density-calm"),
                (Density::Standard, "density-standard"),
                (Density::Dense, "density-dense")
            ],
            Command::SetDensity
        ),
        line(look, "settings-text", text),
        choice(
            look,
            ("settings/motion", "settings-motion"),
            now.motion,
            &[(Motion::Full, "motion-full"), (Motion::Reduced, "motion-reduced")],
            Command::Motion
        ),
        choice(
            look,
            ("settings/lock", "settings-lock"),
            now.lock_minutes,
            &[(1, "lock-after-1"), (3, "lock-after-3"), (5, "lock-after-5"), (15, "lock-after-15")],
            Command::LockAfter
        ),
        choice(
            look,
            ("settings/renderer", "settings-renderer"),
            now.renderer,
            &[
                (Renderer::Software, "renderer-software"),
                (Renderer::Gpu, "renderer-gpu"),
                (Renderer::Auto, "renderer-auto")
            ],
            Command::Renderer
        ),
        look.second(look.t("settings-renderer-when")),
        line(look, "settings-scanner", scanner(look, now.scanner_folder.as_deref())),
    ]
    .extend(scene.desk.sign_in.as_ref().map(|one| line(look, "settings-pin", overlays::setting(look, one.pin))))
    .spacing(space::S10);
    sheet(look, "settings", look.t("settings-title"), WIDE, inside).into()
}

/// The folder that the scanner writes to, as a path.
fn scanner<'a>(look: &'a Look<'a>, folder: Option<&std::path::Path>) -> Element<'a, Message> {
    let typed = folder.map(|folder| folder.display().to_string()).unwrap_or_default();
    field(look, "settings/scanner", look.t("settings-scanner"), typed)
        .hint(look.t("settings-scanner-hint"))
        .on_input(Message::ScannerFolder)
        .build()
}

/// Every key that works on this page and on every page, from the one table that feeds the keyboard.
fn keys<'a>(app: &'a App, look: &Look<'_>) -> Element<'a, Message> {
    let here = app.screen_keys().into_iter().map(|k| (k.chord, k.label)).collect::<Vec<_>>();
    let everywhere = app.window_keys().into_iter().map(|k| (k.chord, k.label)).collect::<Vec<_>>();
    let list = |title: &str, keys: Vec<(&'static str, &'static str)>| {
        let mut seen = Vec::new();
        let rows = keys.into_iter().filter_map(|(chord, label)| {
            (!seen.contains(&chord)).then(|| seen.push(chord))?;
            let cap = container(key_cap(look, chord, KeyGround::Paper)).width(74.0);
            let line = row![cap, ellipsis(look.t(label), Type::CELL)].spacing(space::S8).align_y(Alignment::Center);
            Some(Element::from(line.height(24.0)))
        });
        let mut columns = Row::new().spacing(space::S16);
        let mut rows = rows.peekable();
        while rows.peek().is_some() {
            columns = columns.push(Column::with_children(rows.by_ref().take(ROWS).collect::<Vec<_>>()).width(COLUMN));
        }
        column![look.strong(look.t(title)), columns].spacing(space::S6)
    };
    let lists = row![list("keys-here", here), list("keys-everywhere", everywhere)].spacing(space::S24).wrap();
    // The counts come first: they fit every window, and the rest scrolls where it does not.
    let inside = column![key_counts(look), hline(look), lists.vertical_spacing(space::S12)].spacing(space::S12);
    let inside = container(scroll(look, "keys/scroll", inside)).max_height((look.height - 140.0).max(200.0));
    let wide = KEYS.min(look.width - 48.0);
    sheet(look, "keys", look.t("keys-title"), wide, inside).into()
}

/// How many keys the most frequent deeds take, as the tests press them.
fn key_counts<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let rows = KEY_COUNTS.iter().map(|deed| {
        let t = look.tokens;
        let caps = deed.keys.iter().map(|key| match *key {
            key_counts::LETTERS => look.colored(look.t("key-count-letters"), Type::CELL, t.ink2).into(),
            key => key_cap(look, key, KeyGround::Paper),
        });
        let caps: Vec<Element<'a, Message>> = caps.collect();
        let word = if key_counts::has_letters(deed.keys) { "key-count-with-letters" } else { "key-count" };
        let count = i64::try_from(key_counts::count(deed.keys)).unwrap_or(i64::MAX);
        row![
            container(look.cell(look.t(deed.label))).width(230.0),
            container(look.cell(look.with(word, &[("count", count.into())]))).width(150.0),
            Row::with_children(caps).spacing(space::S6).align_y(Alignment::Center),
        ]
        .spacing(space::S8)
        .align_y(Alignment::Center)
        .height(26.0)
        .into()
    });
    let rows: Vec<Element<'a, Message>> = rows.collect();
    column![look.strong(look.t("key-counts")), Column::with_children(rows)].spacing(space::S6).into()
}

fn leave<'a>(app: &'a App, look: &Look<'_>) -> Element<'a, Message> {
    let count = i64::try_from(app.desk.pending.count()).unwrap_or(i64::MAX);
    dialog(
        look,
        Dialog {
            id: LEAVE,
            title: look.t("leave-title"),
            consequence: look.with("leave-then", &[("count", count.into())]),
            body: None,
            verb: (look.t("leave-verb"), Message::Do(Command::Quit)),
            verb_disabled: None,
            kind: ButtonKind::Danger,
            safe: (look.t("leave-stay"), Message::Do(Command::Close)),
        },
    )
    .into()
}
