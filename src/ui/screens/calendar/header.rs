//! What stands above the week: which week, which counter, how to get to another, what the signs mean, how old all of it is.

use iced::widget::text::Wrapping;
use iced::widget::{column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::appointments::Counter;
use skranke_desk::Desk;
use skranke_desk::calendar::menus::Menu;
use skranke_desk::calendar::{CalendarInput, CalendarPage, View, Whose};
use skranke_desk::load::Load;
use skranke_domain::CounterId;

use super::Message;
use super::event::Kind;
use crate::assets::{Glyph, Icon};
use crate::screens::Scene;
use crate::screens::sentence::sentence;
use crate::screens::words::{moment, pick};
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::panel::{plate, surface};
use crate::widget::segmented::{Segment, segmented};
use crate::widget::{Element, ellipsis, glyph, icon, normal, tip_text};

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

/// The line above the sheet: which day of which site or whose week, the way to others, what the day holds, what the signs mean.
pub(super) fn title<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let title = match page.view {
        View::Day => look.with(
            "calendar-title-day",
            &[("day", look.texts.weekday_day_month(page.day).into()), ("site", site_name(desk, page).into())],
        ),
        View::Week => look.with(
            "calendar-title",
            &[
                ("week", page.monday.iso_week_date().week().into()),
                ("counter", whose_name(look, desk, &page.whose).into()),
            ],
        ),
    };
    let step = |id: &'static str, picture: Icon, (name, key): (&str, &str), message: Message| -> Element<'a, Message> {
        let name = look.t(name);
        let tip = tip_text(look, format!("{name}  {key}"));
        normal(look, id, "").icon(picture).size(ButtonSize::Small).name(name).on_press(message).build().tip(tip).into()
    };
    let (back, on, back_word, on_word) = match page.view {
        View::Day => {
            (Message::Day(-1), Message::Day(1), ("calendar-key-day-before", "←"), ("calendar-key-day-after", "→"))
        }
        View::Week => {
            (Message::Week(-1), Message::Week(1), ("calendar-week-before", "PgUp"), ("calendar-week-after", "PgDn"))
        }
    };
    let walk = row![
        step("calendar/week-before", Icon::ChevronLeft, back_word, back),
        normal(look, "calendar/today", look.t("calendar-key-today"))
            .size(ButtonSize::Small)
            .key("T")
            .on_press(Message::Today),
        step("calendar/week-after", Icon::ChevronRight, on_word, on),
    ]
    .spacing(space::S4);
    let segment =
        |word: &str, view: View| Segment { label: look.t(word), on_press: Message::Do(CalendarInput::View(view)) };
    let views = segmented(
        look,
        "calendar/view",
        usize::from(page.view == View::Day),
        [segment("calendar-view-week", View::Week), segment("calendar-view-day", View::Day)],
    );
    let whose = normal(look, "calendar/whose", "")
        .icon(Icon::Users)
        .name(look.t("calendar-key-whose"))
        .size(ButtonSize::Small)
        .key("W")
        .on_press(Message::Do(CalendarInput::Menu(Some(Menu::Whose))));
    let site = normal(look, "calendar/site", "")
        .icon(Icon::MapPin)
        .name(look.t("calendar-key-site"))
        .size(ButtonSize::Small)
        .key("S")
        .on_press(Message::Do(CalendarInput::Menu(Some(Menu::Site))));
    let title = ellipsis(title, Type::SECTION).color(look.tokens.ink);
    let mut line = row![title, views, walk, whose].spacing(space::S8).align_y(Alignment::Center);
    if desk.session.sites.len() > 1 && look.is_wide() {
        line = line.push(site);
    }
    line = line.push(gap().width(Length::Fill));
    let beside = page.booking.is_some() || page.waiting.is_some() || page.feed.is_some();
    if look.is_wide() && !beside {
        line = line.extend(legend(scene, page));
    }
    container(line).padding([0.0, space::S16]).center_y(46.0).width(Length::Fill).into()
}

/// What the day holds in a sentence, and what the signs mean.
fn legend<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Vec<Element<'a, Message>> {
    let look = scene.look;
    let t = look.tokens;
    let mut all = Vec::new();
    match page.view {
        View::Day => all.extend(sums(scene, page)),
        View::Week => {
            let swatch = surface(t.heat[4], gap().width(7.0).height(16.0));
            all.push(sign(look, swatch, "calendar-legend-load"));
        }
    }
    all.push(sign(look, glyph(Glyph::Approved, 13.0, t.ok), "calendar-legend-ready"));
    all.push(sign(look, glyph(Glyph::Missing, 13.0, t.wait), "calendar-legend-missing"));
    all
}

/// "41 booked · 7 with papers missing · 9 free": only when all of it is known.
fn sums<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let day = page.site_day.value()?;
    let columns = page.columns(&desk.session.sites);
    let standing = skranke_desk::calendar::standing::all(day, &desk.pending);
    let booked = standing.iter().filter(|one| super::takes_time(&one.appointment));
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let lacking = booked.clone().filter(|one| Kind::of(&one.appointment) == Kind::Missing).count();
    let free = super::day::free(scene, page, &columns);
    let word = |id: &str, number: i64, color: iced::Color| -> [Element<'a, Message>; 2] {
        [
            look.colored(look.texts.number(number), Type::CELL_STRONG, color).wrapping(Wrapping::None).into(),
            look.colored(look.with(id, &[("count", number.into())]), Type::CELL, t.ink2)
                .wrapping(Wrapping::None)
                .into(),
        ]
    };
    let dot = || Element::from(look.colored("·", Type::CELL, t.ink3));
    let mut all = row![].spacing(space::S4).align_y(Alignment::Center);
    all = all.extend(word("calendar-sum-booked", count(booked.count()), t.ink));
    if lacking > 0 {
        all = all.push(dot()).extend(word("calendar-sum-missing", count(lacking), t.wait));
    }
    all = all.push(dot()).extend(word("calendar-sum-free", free, t.ink));
    Some(container(all).padding(iced::Padding { right: space::S8, ..iced::Padding::ZERO }).into())
}

/// The name of the site that is shown.
pub(super) fn site_name(desk: &Desk, page: &CalendarPage) -> String {
    desk.session
        .sites
        .iter()
        .find(|site| site.id == page.site)
        .map_or_else(|| page.site.to_string(), |s| s.name.clone())
}

/// Whose week it is.
fn whose_name(look: &Look<'_>, desk: &Desk, whose: &Whose) -> String {
    match whose {
        Whose::Counter(counter) => counter_name(look, desk, counter),
        Whose::Staff(staff) => staff.name.clone(),
        Whose::Interpreter(one) => one.name.clone(),
    }
}

fn sign<'a>(look: &Look<'_>, shape: impl Into<Element<'a, Message>>, word: &str) -> Element<'a, Message> {
    let word = look.colored(look.t(word), Type::CELL, look.tokens.ink2).wrapping(Wrapping::None);
    row![shape.into(), word, gap().width(space::S4)].spacing(space::S6).align_y(Alignment::Center).into()
}

/// What is wrong with the week as shown, if anything: how old it is, why, and what to do.
pub(super) fn trouble<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let Load::Known { at, trouble: Some(error), .. } = page.shown() else { return None };
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
