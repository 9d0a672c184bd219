//! The waiting list and the calendar feed, in the right column. What lives here: who fits a time that became free, who waits, the feed's
//! address. What does not: who fits best (the server), the booking that comes of it (`side`).

use iced::widget::{Column, column, container, row, text::Wrapping};
use iced::{Alignment, Length};
use skranke_api::visits::{Fit, WaitingView};
use skranke_desk::calendar::waiting::FeedStep;
use skranke_desk::calendar::{CalendarPage, FeedPanel, WaitingInput, WaitingPanel};
use skranke_desk::load::Load;

use super::header::{counter_name, is_slow};
use super::visit::{self, MAKE, waiting};
use super::{Message, margins};
use crate::assets::Glyph;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::citizen::language;
use crate::screens::sentence::sentence;
use crate::screens::words::pick;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::field::field_error;
use crate::widget::panel::plate;
use crate::widget::{
    Element, KeyGround, Ring, Status, Style, control, ellipsis, glyph, hline, key_cap, normal, primary, quiet,
    skeleton_line,
};

/// The control of a wish.
pub(super) fn wish_id(id: skranke_domain::WaitingId) -> FocusId {
    FocusId::new("calendar/waiting").child(id)
}

/// The list.
pub(super) fn list<'a>(scene: Scene<'a>, page: &'a CalendarPage, panel: &'a WaitingPanel) -> Column<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let close = quiet(look, "calendar/waiting/close", look.t("booking-key-close"))
        .size(ButtonSize::Small)
        .key("Esc")
        .on_press(waiting(WaitingInput::Toggle));
    let head = row![look.section(look.t("booking-waiting")).width(Length::Fill), close].align_y(Alignment::Center);
    let mut all = column![head].spacing(space::S12);
    if let Some(free) = &panel.freed {
        all = all.push(fits(scene, page, panel, free));
        all = all.push(hline(look));
    }
    let site = desk.session.sites.iter().find(|site| site.id == panel.site);
    let site = site.map_or_else(|| panel.site.to_string(), |site| site.name.clone());
    match &panel.list {
        Load::Idle => {}
        Load::Waiting { .. } if is_slow(&panel.list, look) => {
            all = all.extend([0.8, 0.6, 0.7].map(|share| skeleton_line(look, share, 12.0)));
        }
        Load::Waiting { .. } => {}
        Load::Failed { error, .. } => {
            all = all.push(field_error(look, look.t("booking-waiting-failed")));
            all = all.push(look.second(sentence(look, error)).width(Length::Fill));
        }
        Load::Known { trouble, .. } => {
            if let Some(error) = trouble {
                all = all.push(field_error(look, look.t("booking-waiting-stale")));
                all = all.push(look.second(sentence(look, error)).width(Length::Fill));
            }
            let count = panel.waiting().count();
            let said = look.with("booking-waiting-count", &[("count", count.into()), ("site", site.into())]);
            all = all.push(look.colored(said, Type::CELL, t.ink2).width(Length::Fill));
            let rows = panel.waiting().enumerate().map(|(at, view)| wish(look, page, (at, view), at == panel.active));
            all = all.push(Column::with_children(rows).spacing(space::S6).width(Length::Fill));
        }
    }
    all.padding(margins()).width(Length::Fill)
}

/// "Thu 11 Jun, 10:20 is free: who fits", and the best of them.
fn fits<'a>(
    scene: Scene<'a>,
    page: &'a CalendarPage,
    panel: &'a WaitingPanel,
    free: &skranke_api::appointments::NewTime,
) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let start = free.start.to_zoned(page.tz().clone());
    let day = look.texts.weekday_day_month(start.date());
    let said = look.with("booking-freed", &[("day", day.into()), ("time", look.texts.time(start.time()).into())]);
    let place = counter_name(look, desk, &free.counter);
    let place = look.with("booking-freed-where", &[("place", place.into()), ("minutes", free.minutes.into())]);
    let head =
        column![look.strong(said).width(Length::Fill), look.colored(place, Type::CELL, t.ink2).width(Length::Fill)];
    let mut all = column![head].spacing(space::S8).width(Length::Fill);
    match &panel.fits {
        Load::Failed { error, .. } => {
            all = all.push(look.second(sentence(look, error)).width(Length::Fill));
        }
        Load::Known { .. } if panel.fitting().next().is_none() => {
            all = all.push(look.colored(look.t("booking-nobody-fits"), Type::CELL, t.ink2).width(Length::Fill));
        }
        Load::Known { .. } => {
            all = all.push(look.label(look.t("booking-who-fits")));
            all = all.extend(panel.fitting().enumerate().map(|(at, fit)| fitting(look, at, fit)));
        }
        Load::Idle | Load::Waiting { .. } => all = all.push(skeleton_line(look, 0.7, 12.0)),
    }
    all.into()
}

fn fitting<'a>(look: &Look<'_>, at: usize, fit: &Fit) -> Element<'a, Message> {
    let t = look.tokens;
    let key = (at + 1).to_string();
    let who = fit.waiting.citizen_short.clone();
    let won = look.with("booking-days-won", &[("days", fit.days_won.into())]);
    let left = match fit.minutes_left {
        0 => look.t("booking-fits-exactly"),
        minutes => look.with("booking-minutes-left", &[("minutes", minutes.into())]),
    };
    let papers = papers(look, fit.ready, fit.waiting.blocking);
    let name = format!("{who}, {won}, {left}, {papers}");
    let (shape, ink) = if fit.ready { (Glyph::Approved, t.ok) } else { (Glyph::Missing, t.wait) };
    let second = row![glyph(shape, 12.0, ink), ellipsis(format!("{papers} · {left}"), Type::LABEL).color(t.ink2)]
        .spacing(space::S6)
        .align_y(Alignment::Center);
    let first = row![
        ellipsis(who, Type::TITLE).color(t.ink).width(Length::Fill),
        look.colored(won, Type::CELL, t.ink2).wrapping(Wrapping::None),
    ]
    .spacing(space::S8);
    let inside = row![key_cap(look, &key, KeyGround::Paper), column![first, second].width(Length::Fill)]
        .spacing(space::S10)
        .align_y(Alignment::Center);
    control(look, FocusId::new("calendar/fits").child(&key), Role::Button, name, inside)
        .padding([space::S6, space::S10])
        .width(Length::Fill)
        .ring(Ring::Around(radius::CONTROL))
        .state(ControlState { key: Some(key), ..ControlState::new() })
        .on_press(waiting(WaitingInput::Begin(at)))
        .style(move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(t.bg, radius::CONTROL).edge(t.edge),
            _ => Style::ground(t.surface, radius::CONTROL).edge(t.line),
        })
        .into()
}

fn papers(look: &Look<'_>, ready: bool, blocking: u16) -> String {
    match (ready, blocking) {
        (true, _) => look.t("booking-papers-ready"),
        (false, 0) => look.t("booking-papers-open"),
        (false, count) => look.with("booking-papers-missing", &[("count", count.into())]),
    }
}

fn wish<'a>(
    look: &'a Look<'_>,
    page: &CalendarPage,
    (at, view): (usize, &'a WaitingView),
    active: bool,
) -> Element<'a, Message> {
    let t = look.tokens;
    let who = view.citizen_short.clone();
    let title = view.title.as_ref().map(|title| pick(look.texts, title).to_owned());
    let before = match view.has {
        Some(has) => {
            let has = has.to_zoned(page.tz().clone());
            look.with("booking-has-time", &[("day", look.texts.weekday_day_month(has.date()).into())])
        }
        None => look.with("booking-before", &[("day", look.texts.weekday_day_month(view.wish.before).into())]),
    };
    let mut facts = vec![look.with("calendar-minutes", &[("minutes", view.wish.minutes.into())])];
    if view.wish.people > 1 {
        facts.push(look.with("booking-people", &[("count", view.wish.people.into())]));
    }
    facts.extend(
        view.wish
            .language
            .as_ref()
            .map(|code| look.with("booking-interpreter", &[("language", language(look.texts, code).into())])),
    );
    let papers = papers(look, view.blocking == 0, view.blocking);
    let name = [Some(who.clone()), title.clone(), Some(before.clone()), Some(facts.join(", ")), Some(papers.clone())];
    let name = name.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let (shape, ink) = if view.blocking == 0 { (Glyph::Approved, t.ok) } else { (Glyph::Missing, t.wait) };
    let first = row![
        ellipsis(who, Type::TITLE).color(t.ink).width(Length::Fill),
        look.colored(before, Type::LABEL, t.ink2).wrapping(Wrapping::None),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    let mut words = column![first].width(Length::Fill);
    if let Some(title) = title {
        words = words.push(ellipsis(title, Type::CELL).color(t.ink2).width(Length::Fill));
    }
    words = words.push(ellipsis(facts.join(" · "), Type::LABEL).color(t.ink2).width(Length::Fill));
    words = words.push(
        row![glyph(shape, 12.0, ink), ellipsis(papers, Type::LABEL).color(ink).width(Length::Fill)]
            .spacing(space::S6)
            .align_y(Alignment::Center),
    );
    if active {
        let end = normal(look, wish_id(view.wish.id).child("withdraw"), look.t("booking-key-withdraw"))
            .size(ButtonSize::Small)
            .key("Del")
            .on_press(waiting(WaitingInput::Withdraw));
        let open = quiet(look, wish_id(view.wish.id).child("open"), look.t("calendar-key-open"))
            .size(ButtonSize::Small)
            .key("↵")
            .on_press(Message::Open(view.wish.citizen));
        let deeds = row![end, open].spacing(space::S6);
        words = words.push(container(deeds).padding(iced::Padding { top: space::S6, ..iced::Padding::ZERO }));
    }
    control(look, wish_id(view.wish.id), Role::Row, name, words)
        .padding([space::S6, space::S10])
        .width(Length::Fill)
        .ring(Ring::Around(radius::CONTROL))
        .state(ControlState::new().selected(active))
        .on_press(waiting(WaitingInput::Choose(at)))
        .style(move |status| match (active, status) {
            (true, _) => Style::ground(t.accent_soft, radius::CONTROL).edge(t.accent),
            (false, Status::Hovered | Status::Pressed) => Style::ground(t.bg, radius::CONTROL).edge(t.edge),
            (false, _) => Style::ground(t.surface, radius::CONTROL).edge(t.line),
        })
        .into()
}

/// The feed.
pub(super) fn feed<'a>(look: &'a Look<'_>, panel: &'a FeedPanel) -> Column<'a, Message> {
    let t = look.tokens;
    let close = quiet(look, "calendar/feed/close", look.t("booking-key-close"))
        .size(ButtonSize::Small)
        .key("Esc")
        .on_press(waiting(WaitingInput::Feed(FeedStep::Toggle)));
    let head = row![look.section(look.t("booking-feed")).width(Length::Fill), close].align_y(Alignment::Center);
    let said = |id: &str| look.colored(look.t(id), Type::CELL, t.ink).width(Length::Fill);
    let mut all = column![head, said("booking-feed-what"), said("booking-feed-secret")].spacing(space::S12);
    match &panel.feed {
        Load::Known { value, .. } => {
            let address =
                container(look.colored(value.path.as_str(), Type::CELL, t.ink).wrapping(Wrapping::WordOrGlyph))
                    .padding([space::S8, space::S10])
                    .width(Length::Fill)
                    .style(move |_| plate(t.sunken, t.line, radius::CONTROL));
            let copy = normal(look, "calendar/feed/copy", look.t("booking-key-copy"))
                .key("C")
                .on_press(Message::Visit(visit::Message::Copy(value.path.clone())));
            all = all.push(address).push(copy).push(said("booking-feed-once"));
        }
        Load::Failed { error, .. } => {
            all = all.push(field_error(look, look.t("booking-feed-failed")));
            all = all.push(look.second(sentence(look, error)).width(Length::Fill));
        }
        Load::Idle | Load::Waiting { .. } => {}
    }
    let word = look.t(if panel.feed.value().is_some() { "booking-key-new-feed" } else { "booking-key-make-feed" });
    let make = primary(look, MAKE, word)
        .key("↵")
        .busy(panel.feed.is_waiting())
        .on_press(waiting(WaitingInput::Feed(FeedStep::Make)));
    all.push(make).padding(margins()).width(Length::Fill)
}
