//! What stands above the week: which week, which counter, how to get to another, what the signs mean, how old all of it is.

use iced::widget::{column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::appointments::Counter;
use skranke_desk::Desk;
use skranke_desk::calendar::CalendarPage;
use skranke_desk::load::Load;
use skranke_domain::CounterId;

use super::Message;
use crate::assets::{Glyph, Icon};
use crate::screens::Scene;
use crate::screens::sentence::sentence;
use crate::screens::words::{moment, pick};
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::panel::{plate, surface};
use crate::widget::{Element, glyph, icon, normal, tip_text};

/// How long an answer may take before its place is marked, in milliseconds.
const PATIENCE: i64 = 150;

/// Whether something has been awaited so long that it shows.
pub(super) fn is_slow<T>(load: &Load<T>, look: &Look<'_>) -> bool {
    match load {
        Load::Waiting { since } => look.now.timestamp().as_millisecond() - since.as_millisecond() >= PATIENCE,
        _ => false,
    }
}

/// The counters of her site, else of the first; the one being shown is always among them.
pub(super) fn counters<'a>(desk: &'a Desk, shown: &CounterId) -> &'a [Counter] {
    let sites = &desk.session.sites;
    sites
        .iter()
        .find(|site| site.counters.iter().any(|c| c.id == *shown))
        .or_else(|| {
            let mine = desk.session.me.value().map(|me| &me.site)?;
            sites.iter().find(|site| site.id == *mine)
        })
        .or_else(|| sites.first())
        .map_or(&[], |site| &site.counters)
}

/// A counter's name; its identifier while the names are not known.
pub(super) fn counter_name(look: &Look<'_>, desk: &Desk, id: &CounterId) -> String {
    let all = desk.session.sites.iter().flat_map(|site| &site.counters);
    all.clone().find(|c| c.id == *id).map_or_else(|| id.to_string(), |c| pick(look.texts, &c.name).to_owned())
}

/// The line with the week's number.
pub(super) fn title<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let title = look.with(
        "calendar-title",
        &[
            ("week", page.monday.iso_week_date().week().into()),
            ("counter", counter_name(look, desk, &page.counter).into()),
        ],
    );
    let step = |id: &'static str, picture: Icon, (name, key): (&str, &str), message: Message| -> Element<'a, Message> {
        let name = look.t(name);
        let tip = tip_text(look, format!("{name}  {key}"));
        normal(look, id, "").icon(picture).size(ButtonSize::Small).name(name).on_press(message).build().tip(tip).into()
    };
    let walk = row![
        step("calendar/week-before", Icon::ChevronLeft, ("calendar-week-before", "PgUp"), Message::Week(-1)),
        normal(look, "calendar/today", look.t("calendar-key-today"))
            .size(ButtonSize::Small)
            .key("T")
            .on_press(Message::Today),
        step("calendar/week-after", Icon::ChevronRight, ("calendar-week-after", "PgDn"), Message::Week(1)),
    ]
    .spacing(space::S4);
    let mut line = row![look.section(title), gap().width(space::S4), walk, gap().width(Length::Fill)]
        .spacing(space::S8)
        .align_y(Alignment::Center);
    if look.is_wide() {
        let swatch = surface(t.heat[4], gap().width(7.0).height(16.0));
        line = line
            .push(sign(look, swatch, "calendar-legend-load"))
            .push(sign(look, glyph(Glyph::Approved, 13.0, t.ok), "calendar-legend-ready"))
            .push(sign(look, glyph(Glyph::Missing, 13.0, t.wait), "calendar-legend-missing"));
    }
    container(line).padding([0.0, space::S16]).center_y(46.0).width(Length::Fill).into()
}

fn sign<'a>(look: &Look<'_>, shape: impl Into<Element<'a, Message>>, word: &str) -> Element<'a, Message> {
    let word = look.colored(look.t(word), Type::CELL, look.tokens.ink2);
    row![shape.into(), word, gap().width(space::S4)].spacing(space::S6).align_y(Alignment::Center).into()
}

/// What is wrong with the week as shown, if anything: how old it is, why, and what to do.
pub(super) fn trouble<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let Load::Known { at, trouble: Some(error), .. } = &page.week else { return None };
    let at = moment(look.texts, *at, desk.tz(), look.now.date());
    let said = look.with("calendar-stale", &[("time", at.into()), ("why", sentence(look, error).into())]);
    Some(notice(look, said, "calendar/ask-again-stale"))
}

/// A sentence about something that is not as it should be, with the way to ask again.
pub(super) fn notice<'a>(look: &Look<'_>, said: String, id: &'static str) -> Element<'a, Message> {
    let t = look.tokens;
    let again = normal(look, id, look.t("calendar-key-ask-again"))
        .size(ButtonSize::Small)
        .key("F5")
        .on_press(Message::AskAgain);
    let inside = row![
        icon(Icon::TriangleAlert, 16.0, t.wait),
        look.colored(said, Type::CELL, t.ink).width(Length::Fill),
        again,
    ]
    .spacing(space::S10)
    .align_y(Alignment::Center);
    container(inside)
        .padding([space::S8, space::S12])
        .width(Length::Fill)
        .style(move |_| plate(t.wait_soft, t.line, radius::PANEL))
        .into()
}

/// The page while it is not even known at which counter she sits.
pub(super) fn nothing_known(scene: Scene<'_>) -> Element<'_, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let said: Element<'_, Message> = match &desk.session.me {
        Load::Failed { error, .. } => notice(look, sentence(look, error), "calendar/ask-again-me"),
        Load::Known { .. } if desk.session.sites.is_empty() => {
            look.colored(look.t("calendar-no-counters"), Type::BODY, t.ink2).into()
        }
        _ => look.colored(look.t("calendar-opening"), Type::BODY, t.ink2).into(),
    };
    container(column![said].max_width(560.0)).padding(space::S24).center(Length::Fill).into()
}
