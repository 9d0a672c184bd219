//! The left column: how many wait and how long, the button that calls who is next, what was done last, who asks for help, the list, the order
//! in a sentence. What does not live here: the lines of the list (`rows`), the stands, the wrap-up.

use iced::widget::{Column, Row, column, container, row, space as gap};
use iced::{Alignment, Length, Padding};
use skranke_api::tickets::Ticket;
use skranke_desk::Desk;
use skranke_desk::counter::{CounterInput, CounterPage, Opening};
use skranke_desk::session::Line;
use skranke_domain::queue::TicketState;

use super::rows::SIDE;
use super::{CounterScreen, Message, rows, words};
use crate::assets::{Glyph, Icon};
use crate::focus::FocusId;
use crate::screens::Scene;
use crate::screens::sentence::{failed, sentence};
use crate::theme::Type;
use crate::theme::scale::space;
use crate::widget::button::ButtonSize;
use crate::widget::panel::surface;
use crate::widget::{Element, glyph, hline, icon, normal, primary, quiet, skeleton_row};

/// The column.
pub(super) fn column_of<'a>(screen: &CounterScreen, scene: Scene<'a>, page: &'a CounterPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let known = page.queue.value().is_some();
    let mut all = Column::new().push(head(scene, page)).push(call(scene, page)).extend(last(scene, page));
    all = all.extend(old(scene, page)).extend(help(scene, page)).push(hline(look));
    let list: Element<'a, Message> = match page.queue.trouble() {
        Some(error) if !known => {
            container(failed(look, error, Message::Counter(CounterInput::AskAgain))).padding(SIDE).into()
        }
        _ if !known => column((0..5).map(|n| skeleton_row(look, n))).into(),
        _ if rows::lines(page, look.now.timestamp()).is_empty() => empty(scene),
        _ => rows::list(screen, scene, page),
    };
    all = all.push(container(list).height(Length::Fill)).push(hline(look)).push(foot(scene, page));
    surface(t.surface, all.width(Length::Fill).height(Length::Fill)).height(Length::Fill).into()
}

fn head<'a>(scene: Scene<'_>, page: &CounterPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let count = i64::try_from(page.waiting()).unwrap_or(i64::MAX);
    let mut line =
        row![look.section(look.with("queue-waiting", &[("count", count.into())])), gap().width(Length::Fill)]
            .spacing(space::S4)
            .align_y(Alignment::Center);
    if let Some(longest) = page.longest(look.now.timestamp()) {
        let late = longest > i64::from(page.aim());
        let (style, color) = if late { (Type::CELL_STRONG, t.wait) } else { (Type::CELL, t.ink2) };
        line = line
            .push(look.colored(look.t("queue-longest"), Type::CELL, t.ink2))
            .push(look.colored(words::minutes(look, longest), style, color))
            .push(look.colored("·", Type::CELL, t.ink2));
    }
    let aim = look.with("queue-aim", &[("minutes", i64::from(page.aim()).into())]);
    line = line.push(look.colored(aim, Type::CELL, t.ink2));
    container(line).padding(Padding { top: space::S12, right: SIDE, bottom: space::S10, left: SIDE }).into()
}

/// The ticket that the button calls.
fn next<'a>(desk: &Desk, page: &'a CounterPage, now: jiff::Timestamp) -> Option<&'a Ticket> {
    page.next(&desk.caller().ok()?, now)
}

/// Why nobody can be called now, in words.
pub(super) fn cannot_call(desk: &Desk, texts: &crate::i18n::Texts, now: jiff::Timestamp) -> Option<String> {
    let page = desk.counter.as_ref()?;
    match desk.caller() {
        Err(why) => Some(words::no_call(texts, why)),
        Ok(caller) if page.next(&caller, now).is_none() => {
            Some(texts.t(if page.waiting() == 0 { "queue-nobody-waits" } else { "queue-nobody-for-you" }))
        }
        Ok(_) => None,
    }
}

fn call<'a>(scene: Scene<'_>, page: &CounterPage) -> Element<'a, Message> {
    let look = scene.look;
    let now = look.now.timestamp();
    // Who calls nobody receives: her main deed is the ticket.
    let receives = scene.desk.caller() == Err(skranke_desk::counter::NoCall::Role);
    let button = if receives {
        primary(look, "counter/new", look.t("queue-key-new"))
            .key("N")
            .on_press(Message::Counter(CounterInput::Open(Opening::New)))
    } else {
        let label = match next(scene.desk, page, now) {
            Some(ticket) => look.with("queue-call", &[("number", ticket.number.clone().into())]),
            None => look.t("queue-call-next"),
        };
        primary(look, "counter/call", label)
            .key("Space")
            .busy(page.is_calling())
            .disabled(cannot_call(scene.desk, look.texts, now))
            .on_press(Message::Counter(CounterInput::CallNext))
    };
    let button = button.size(ButtonSize::Counter).width(Length::Fill).build();
    container(button).padding(Padding { top: 0.0, right: SIDE, bottom: space::S12, left: SIDE }).into()
}

fn line<'a>(scene: Scene<'_>, shape: Element<'a, Message>, said: String, color: iced::Color) -> Element<'a, Message> {
    let look = scene.look;
    let words = look.colored(said, Type::CELL, color).width(Length::Fill);
    container(row![container(shape).padding(Padding { top: 2.0, ..Padding::ZERO }), words].spacing(space::S6))
        .padding(Padding { top: 0.0, right: SIDE, bottom: space::S10, left: SIDE })
        .into()
}

/// What was done last, or why it was not.
fn last<'a>(scene: Scene<'_>, page: &CounterPage) -> Option<Element<'a, Message>> {
    let look = scene.look;
    let (tone, said) = words::said(look.texts, scene.desk, page.said.as_ref()?);
    let color = tone.color(&look.tokens);
    Some(line(scene, glyph(words::tone_mark(tone), 14.0, color), said, look.tokens.ink))
}

/// Since when the list is old, where it is.
fn old<'a>(scene: Scene<'_>, page: &CounterPage) -> Option<Element<'a, Message>> {
    let look = scene.look;
    let at = page.queue.as_of()?;
    let down = matches!(scene.desk.session.line, Line::Down { .. });
    let why = match page.queue.trouble() {
        Some(error) => sentence(look, error),
        None if down => look.t("queue-no-line"),
        None => return None,
    };
    let time = look.texts.time(at.to_zoned(scene.desk.tz().clone()).time());
    let said = look.with("queue-stale", &[("time", time.into()), ("why", why.into())]);
    Some(line(scene, glyph(Glyph::NotAnswering, 14.0, look.tokens.wait), said, look.tokens.ink2))
}

/// Colleagues who ask quietly for help, and what one asks for oneself.
fn help<'a>(scene: Scene<'_>, page: &CounterPage) -> Vec<Element<'a, Message>> {
    let look = scene.look;
    let t = look.tokens;
    let me = scene.desk.person();
    let mut all: Vec<Element<'a, Message>> = page
        .asking_for_help(me)
        .map(|one| {
            let come = quiet(look, FocusId::new("counter/come").child(one.staff.id), look.t("queue-come"))
                .size(ButtonSize::Small)
                .on_press(Message::Counter(CounterInput::Come(one.staff.id)));
            let words = look.colored(words::asks_for_help(look, one), Type::CELL, t.ink).width(Length::Fill);
            let inside = row![icon(Icon::Hand, 15.0, t.accent), words, Element::from(come)]
                .spacing(space::S6)
                .align_y(Alignment::Center);
            surface(t.accent_soft, container(inside).padding([space::S4, SIDE])).width(Length::Fill).into()
        })
        .collect();
    let mine = me.and_then(|me| page.at_work(me)).filter(|one| one.wants_help.is_some());
    if let Some(one) = mine {
        let said = match &one.helper {
            Some(helper) => look.with("queue-help-comes", &[("name", helper.name.clone().into())]),
            None => look.t("queue-help-waits"),
        };
        let enough = quiet(look, "counter/no-help", look.t("queue-no-help"))
            .size(ButtonSize::Small)
            .on_press(Message::Counter(CounterInput::NoHelp));
        let words = look.colored(said, Type::CELL, t.ink).width(Length::Fill);
        let inside = row![icon(Icon::Hand, 15.0, t.accent), words, Element::from(enough)]
            .spacing(space::S6)
            .align_y(Alignment::Center);
        all.push(surface(t.accent_soft, container(inside).padding([space::S4, SIDE])).width(Length::Fill).into());
    }
    all
}

fn empty<'a>(scene: Scene<'_>) -> Element<'a, Message> {
    let look = scene.look;
    let inside = look.colored(look.t("queue-empty"), Type::BODY, look.tokens.ink2);
    container(inside).padding(space::S24).center_x(Length::Fill).into()
}

/// How one can be reached, who works here, and the order in a sentence.
fn foot<'a>(scene: Scene<'_>, page: &CounterPage) -> Element<'a, Message> {
    let look = scene.look;
    let open = |opening| Message::Counter(CounterInput::Open(opening));
    let mine = scene.desk.person().and_then(|me| page.availability(me));
    let me = mine.map_or_else(|| look.t("queue-me-unknown"), |mine| look.t(words::availability_word(mine)));
    let here = page.staff().iter().filter(|one| Some(one.staff.id) != scene.desk.person()).count();
    let colleagues = look.with("queue-colleagues", &[("count", i64::try_from(here).unwrap_or(0).into())]);
    let buttons = Row::new()
        .push(Element::from(
            normal(look, "counter/me", me.clone())
                .name(look.with("queue-me", &[("state", me.into())]))
                .size(ButtonSize::Small)
                .key("A")
                .on_press(open(Opening::Availability)),
        ))
        .push(Element::from(
            normal(look, "counter/staff", colleagues).size(ButtonSize::Small).key("Y").on_press(open(Opening::Staff)),
        ))
        .push(Element::from(
            normal(look, "counter/help", look.t("queue-key-help"))
                .size(ButtonSize::Small)
                .key("Q")
                .on_press(open(Opening::Help)),
        ))
        .spacing(space::S8)
        .wrap()
        .vertical_spacing(space::S6);
    let sentence = look.colored(order(scene, page), Type::CELL, look.tokens.ink2).width(Length::Fill);
    container(column![buttons, sentence].spacing(space::S8)).padding([space::S10, SIDE]).into()
}

/// The order in a sentence, and who is booked next.
fn order(scene: Scene<'_>, page: &CounterPage) -> String {
    let look = scene.look;
    let time = |at: jiff::Timestamp| look.texts.time(at.to_zoned(scene.desk.tz().clone()).time());
    let served = page.tickets().iter().filter(|ticket| ticket.state == TicketState::Serving);
    let mine = served.filter(|ticket| ticket.staff.as_ref().map(|one| one.id) == scene.desk.person());
    let with_you = mine.filter_map(|ticket| Some((ticket.booked?, ticket.citizen_short.clone()?))).min();
    let rule = look.t("queue-order");
    let more = match (with_you, page.expected().first()) {
        (Some((at, name)), _) => Some(("queue-with-you", at, name)),
        (None, Some(next)) => Some(("queue-next-booked", next.start, next.citizen_short.clone())),
        (None, None) => None,
    };
    match more {
        Some((id, at, name)) => {
            format!("{rule} {}", look.with(id, &[("time", time(at).into()), ("name", name.into())]))
        }
        None => rule,
    }
}
