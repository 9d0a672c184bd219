//! The lock: nothing of any citizen, only who is signed in and how to come back. What does not live here: when it locks (the desk).

use iced::widget::{column, container, row, space as gap};
use iced::{Alignment, Length, Padding};
use skranke_desk::StandId;
use skranke_desk::lock::Why;

use super::words::pick;
use super::{Key, Scene};
use crate::assets::Icon;
use crate::focus::{FocusId, Role};
use crate::launch::Personas;
use crate::theme::Type;
use crate::theme::scale::{Weight, height, radius, space};
use crate::widget::control::{Status, Style, control};
use crate::widget::panel::surface;
use crate::widget::{Element, KeyGround, icon, key_cap, mark};

/// The button that the lock opens on.
pub const UNLOCK: FocusId = FocusId::new("locked/unlock");

const TITLE: Type = Type { size: 24.0, line: 30.0, weight: Weight::Semibold };
const LINE: Type = Type { size: 16.0, line: 24.0, weight: Weight::Regular };
const MIDDLE: f32 = 424.0;

/// What happens on the lock.
#[derive(Clone, Debug)]
pub enum Message {
    /// Sign in again.
    Unlock,
    /// Somebody else signs in.
    SomeoneElse,
}

/// The keys that work while it is locked.
pub fn keys() -> Vec<Key<Message>> {
    vec![Key::in_place("↵", "key-unlock", Message::Unlock)]
}

/// The lock.
pub fn view<'a>(scene: Scene<'a>, personas: Personas) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let locked = desk.lock.locked()?;
    let t = look.tokens;
    let me = desk.session.me.value();
    let name = me.map(|me| me.name.clone()).unwrap_or_default();
    let visits = StandId::BOTH.into_iter().filter(|stand| !desk.stands.get(*stand).is_empty()).count();
    let unsent = desk.pending.count();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let waits = look.with(
        "locked-waits",
        &[("name", name.into()), ("visits", number(visits).into()), ("unsent", number(unsent).into())],
    );
    let why = match locked.why {
        Why::Idle => look.with("locked-idle", &[("minutes", i64::from(desk.settings.lock_minutes).into())]),
        Why::Asked => look.t("locked-asked"),
        Why::Demanded => look.t("locked-demanded"),
    };
    let verb = look.t(if locked.opening { "locked-opening" } else { "locked-unlock" });
    let face = row![look.colored(verb.clone(), Type::TITLE, t.focus_ink), key_cap(look, "↵", KeyGround::Paper)]
        .spacing(space::S8)
        .align_y(Alignment::Center);
    let unlock = control(look, UNLOCK, Role::Button, verb, container(face).center_y(Length::Fill))
        .padding([0.0, space::S12])
        .height(40.0)
        .on_press(Message::Unlock)
        .style(move |_| Style::ground(t.focus, radius::CONTROL).edge(t.focus));
    let mut buttons = row![Element::from(unlock)].spacing(space::S10);
    if personas == Personas::Switchable {
        let other = look.t("locked-someone-else");
        let face = look.colored(other.clone(), Type::TITLE, t.slab_ink);
        let other = control(look, "locked/other", Role::Button, other, container(face).center_y(Length::Fill))
            .padding([0.0, space::S12])
            .height(40.0)
            .on_press(Message::SomeoneElse)
            .style(move |status| {
                let touched = matches!(status, Status::Hovered | Status::Pressed);
                Style::ground(if touched { t.slab_field } else { t.slab }, radius::CONTROL).edge(t.slab_line)
            });
        buttons = buttons.push(Element::from(other));
    }
    let trouble = desk.session.me.trouble().map(|error| super::sentence::sentence(look, error));
    let mut middle = column![
        row![icon(Icon::Lock, 24.0, t.slab_ink), look.colored(look.t("locked-title"), TITLE, t.slab_ink)]
            .spacing(space::S12)
            .align_y(Alignment::Center),
        look.colored(waits, LINE, t.slab_ink2),
        buttons,
    ]
    .spacing(space::S16);
    if let Some(trouble) = trouble {
        middle = middle.push(look.colored(trouble, Type::BODY, t.focus));
    }
    middle = middle.push(look.colored(why, Type::CELL, t.slab_ink2));
    let counter = me.and_then(|me| {
        let site = desk.session.sites.iter().find(|site| site.id == me.site)?;
        let counter = site.counters.iter().find(|c| Some(&c.id) == me.counter.as_ref())?;
        Some(format!("{}, {}", pick(look.texts, &counter.name), site.name))
    });
    let today = look.texts.weekday_day_month(look.now.date());
    let time = look.texts.time(look.now.time());
    let place = counter.into_iter().chain([today, time]).collect::<Vec<_>>().join(" · ");
    let top = row![
        mark(22.0),
        look.colored(look.t("app-name"), Type::MARK, t.slab_ink),
        gap().width(Length::Fill),
        look.colored(place, Type::CELL, t.slab_ink2)
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    let whole = column![
        container(top).padding([0.0, space::S16]).center_y(height::SLAB),
        container(container(middle).width(MIDDLE)).center(Length::Fill).padding(Padding::ZERO.bottom(height::SLAB)),
    ];
    Some(surface(t.slab, whole).width(Length::Fill).height(Length::Fill).into())
}
