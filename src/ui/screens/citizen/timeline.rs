//! The timeline in the right column: contacts on all channels, appointments, hand-overs and letters in one list by time, what is new marked. What
//! does not live here: what counts as new, and in which order things stand (the desk's).

use iced::keyboard::{Key, key::Named};
use iced::widget::{Column, Row, column, container, row, text::Wrapping};
use iced::{Alignment, Length, Padding};
use jiff::Timestamp;
use skranke_api::appointments::Appointment;
use skranke_api::cases::ContactView;
use skranke_api::handovers::HandoverView;
use skranke_client::outbox::{Deed, Entry, Label};
use skranke_desk::Load;
use skranke_desk::citizen::timeline::{Event, Kind, TimelineLine, Unsent};
use skranke_desk::citizen::{CitizenPage, Step};
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::contact::{Channel, Verified};
use skranke_domain::handover::HandoverState;

use super::course::{self, Course, Message};
use super::{CONTACTS, Message as Page, say, side};
use crate::assets::{Glyph, Icon};
use crate::focus::{ControlState, Role};
use crate::screens::outbox::deed_word;
use crate::screens::words::pick;
use crate::screens::{Scene, sentence};
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::chip::ChipState;
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::{Element, chip, glyph, hline, icon, link, normal};

/// The column of days.
const DAY: f32 = 54.0;
/// The column of channels.
const CHANNEL: f32 = 18.0;
/// How many lines are shown at first, and how many more each time.
const LINES: usize = 20;

/// The page's message.
fn on(message: Message) -> Page {
    Page::Course(message)
}

/// The timeline with its head.
pub(super) fn view<'a>(scene: Scene<'_>, page: &CitizenPage, course: &Course) -> Element<'a, Page> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let all = page.timeline(&desk.session, &desk.pending);
    let mut kinds: Vec<Kind> = all.iter().filter_map(TimelineLine::kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut above = column![head(look, page, course)].spacing(space::S4);
    let news = if is_whole(page) { page.news(&desk.session, &desk.pending) } else { 0 };
    if let Some(looked) = page.last_looked.filter(|_| news > 0) {
        let day = said_moment(scene, looked);
        let words = look.with("citizen-news", &[("count", course::count(news)), ("day", day.into())]);
        let words = look.colored(words, Type::CELL_MEDIUM, t.accent).width(Length::Fill);
        let dot = container(glyph(Glyph::Live, 10.0, t.accent)).padding(Padding::ZERO.top(space::S4));
        above = above.push(row![dot, words].spacing(space::S6));
    }
    if course.choosing {
        above = above.push(choices(look, course, &kinds));
    }
    above = above.extend(course::state(scene, &page.contacts, "citizen-contacts-unknown"));
    above = above.extend(course::state(scene, &page.handovers, "citizen-handovers-unknown"));
    let shown: Vec<&TimelineLine<'_>> =
        all.iter().filter(|line| course.filter.is_none_or(|kind| line.kind().is_none_or(|own| own == kind))).collect();
    if shown.is_empty() && page.contacts.value().is_some() {
        let id = if course.filter.is_some() { "citizen-no-contacts-here" } else { "citizen-no-contacts" };
        above = above.push(look.colored(look.t(id), Type::CELL, t.ink2));
    }
    let mut inside = column![side::inset(above.into())].spacing(space::S4);
    let most = LINES * (course.pages + 1);
    if !shown.is_empty() {
        inside = inside.push(lines(scene, page, course, &shown[..shown.len().min(most)]));
    }
    inside.extend(earlier(look, page, shown.len().saturating_sub(most)).map(side::inset)).into()
}

/// Whether everything that can be news has answered once: before that a count would grow under her eyes.
fn is_whole(page: &CitizenPage) -> bool {
    fn awaited<T>(load: &Load<T>) -> bool {
        matches!(load, Load::Idle | Load::Waiting { .. })
    }
    let parts = [awaited(&page.contacts), awaited(&page.notes), awaited(&page.promises), awaited(&page.handovers)];
    let departments = page.sources.iter().any(|source| source.waiting && source.section.is_none());
    !parts.contains(&true) && !departments
}

fn head<'a>(look: &Look<'_>, page: &CitizenPage, course: &Course) -> Element<'a, Page> {
    let t = look.tokens;
    let words = course.filter.map_or_else(|| look.t("citizen-all-channels"), |kind| kind_word(look, kind));
    let turn = if course.choosing { Icon::ChevronUp } else { Icon::ChevronDown };
    let face = row![look.text(words.clone(), Type::LABEL_MEDIUM).wrapping(Wrapping::None), icon(turn, 14.0, t.accent)]
        .spacing(space::S4)
        .align_y(Alignment::Center);
    let name = look.with("citizen-narrow-name", &[("what", words.into())]);
    let narrow = control(look, CONTACTS.child("narrow"), Role::Menu, name, face)
        .padding([0.0, space::S2])
        .state(ControlState::new().expanded(course.choosing))
        .ring(Ring::Around(radius::TAG))
        .on_press(on(Message::Choosing))
        .style(move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(t.accent_soft, radius::TAG).ink(t.accent),
            _ => Style::bare().ink(t.accent),
        });
    let mut title = row![look.strong(look.t("citizen-contacts"))].spacing(space::S8).align_y(Alignment::Center);
    if let Some(all) = page.contacts.value().filter(|all| !all.is_empty()) {
        let words = match all.iter().map(|one| one.at).min().filter(|_| page.earlier.next.is_none()) {
            Some(first) => {
                let first = first.to_zoned(look.now.time_zone().clone()).date();
                let day = say::day_within(look, first);
                look.with("citizen-contacts-since", &[("count", course::count(all.len())), ("day", day.into())])
            }
            None => look.with("citizen-contacts-latest", &[("count", course::count(all.len()))]),
        };
        title = title.push(look.second(words).wrapping(Wrapping::None));
    }
    row![title.width(Length::Fill), Element::from(narrow)].align_y(Alignment::Center).spacing(space::S8).into()
}

/// What the timeline can be narrowed to: everything, and each kind that occurs.
fn choices<'a>(look: &Look<'_>, course: &Course, kinds: &[Kind]) -> Element<'a, Page> {
    let every = std::iter::once(None).chain(kinds.iter().copied().map(Some));
    let chips = every.enumerate().map(|(n, kind)| {
        let state = if course.filter == kind { ChipState::On } else { ChipState::Off };
        let words = kind.map_or_else(|| look.t("citizen-all-channels"), |kind| kind_word(look, kind));
        chip(look, CONTACTS.child("kind").child(n), words, state).on_press(on(Message::Filter(kind))).into()
    });
    let chips = Row::with_children(chips).spacing(space::S6).wrap().vertical_spacing(space::S6);
    container(chips).padding([space::S4, 0.0]).width(Length::Fill).into()
}

fn kind_word(look: &Look<'_>, kind: Kind) -> String {
    look.t(match kind {
        Kind::Channel(channel) => say::channel(channel),
        Kind::Appointments => "citizen-kind-appointments",
        Kind::Handovers => "citizen-kind-handovers",
    })
}

/// What leads further back: lines that are here already, or the next page of the server's.
fn earlier<'a>(look: &Look<'_>, page: &CitizenPage, folded: usize) -> Option<Element<'a, Page>> {
    let before = |words: String| -> Element<'a, Page> {
        let at = Padding::ZERO.left(DAY + CHANNEL + 2.0 * space::S8 - space::S2);
        container(link(look, CONTACTS.child("earlier"), words, Type::CELL_MEDIUM).on_press(on(Message::Earlier)))
            .padding(at)
            .into()
    };
    if page.earlier.waiting {
        return Some(side::bars(look, &[0.6]));
    }
    if let Some(error) = &page.earlier.trouble {
        let again = normal(look, CONTACTS.child("earlier"), look.t("citizen-key-ask-again"))
            .size(ButtonSize::Small)
            .on_press(on(Message::Earlier));
        let said = side::trouble(look, sentence::sentence(look, error));
        return Some(column![said, Element::from(again)].spacing(space::S4).into());
    }
    match (folded, page.earlier.next.is_some()) {
        (0, false) => None,
        (0, true) | (_, true) => Some(before(look.t("citizen-earlier"))),
        (folded, false) => Some(before(look.with("citizen-earlier-count", &[("count", course::count(folded))]))),
    }
}

fn lines<'a>(scene: Scene<'_>, page: &CitizenPage, course: &Course, shown: &[&TimelineLine<'_>]) -> Element<'a, Page> {
    let look = scene.look;
    let at = course.line.min(shown.len().saturating_sub(1));
    let focused = look.focused(&CONTACTS);
    let active = shown.get(at).map(|line| line_name(scene, line));
    // The rule stands where what is known already begins.
    let seen = |line: &TimelineLine<'_>| page.last_looked.is_some_and(|looked| line.at <= looked);
    let rule = shown
        .iter()
        .rposition(|line| line.news)
        .map(|last| last + 1)
        .filter(|n| shown.get(*n).is_some_and(|line| seen(line)));
    let mut all = Column::new();
    for (n, line) in shown.iter().enumerate() {
        if let Some(looked) = page.last_looked.filter(|_| rule == Some(n)) {
            all = all.push(looked_rule(scene, looked));
        }
        let wanted = opens(page, line);
        all = all.push(drawn(scene, course, line, (n, focused && n == at), wanted));
    }
    let count = shown.len();
    let wanted = shown.get(at).and_then(|line| opens(page, line));
    control(look, CONTACTS, Role::List, look.t("citizen-contacts"), all)
        .width(Length::Fill)
        .state(ControlState::new().active(active))
        .ring(Ring::Hidden)
        .on_key(move |key, modifiers| match key {
            _ if !modifiers.is_empty() => None,
            Key::Named(Named::ArrowDown) => Step::Next.from(Some(at), count).map(|to| on(Message::ChooseLine(to))),
            Key::Named(Named::ArrowUp) => Step::Previous.from(Some(at), count).map(|to| on(Message::ChooseLine(to))),
            Key::Named(Named::Enter) => wanted.clone().map(on),
            _ => None,
        })
        .into()
}

/// What a line leads to: the case it was about, where it is among those shown; the card of a hand-over.
fn opens(page: &CitizenPage, line: &TimelineLine<'_>) -> Option<Message> {
    match line.event {
        Event::Contact(one) => {
            let case = one.case?;
            page.rows().any(|row| row.case.id == case).then_some(Message::Case(case))
        }
        Event::Appointment(one) => {
            let known = |case: &&skranke_domain::CaseId| page.rows().any(|row| row.case.id == **case);
            one.cases.iter().find(known).copied().map(Message::Case)
        }
        Event::Handover(one) => Some(Message::Card(one.id)),
        Event::Unsent(..) => None,
    }
}

/// "You last looked 5 Jun", between what is new and what is not.
fn looked_rule<'a>(scene: Scene<'_>, looked: Timestamp) -> Element<'a, Page> {
    let look = scene.look;
    let accent = look.tokens.accent;
    let words = look.with("citizen-you-looked", &[("day", said_moment(scene, looked).into())]);
    row![hline(look), look.colored(words, Type::LABEL_MEDIUM, accent).wrapping(Wrapping::None), hline(look)]
        .spacing(space::S8)
        .padding([space::S4, side::INSET])
        .align_y(Alignment::Center)
        .into()
}

/// A day within a sentence, today with its time.
fn said_moment(scene: Scene<'_>, at: Timestamp) -> String {
    let Scene { look, desk } = scene;
    let local = at.to_zoned(desk.tz().clone());
    if local.date() == look.now.date() { look.texts.time(local.time()) } else { say::day_within(look, local.date()) }
}

/// What a line says.
struct Words {
    icon: Icon,
    title: String,
    lines: Vec<String>,
    state: Option<(Glyph, iced::Color, String)>,
    unsent: Option<Unsent>,
}

fn words(scene: Scene<'_>, course: &Course, line: &TimelineLine<'_>) -> Words {
    match line.event {
        Event::Contact(one) => contact(scene.look, one),
        Event::Appointment(one) => appointment(scene, one),
        Event::Handover(one) => handover(scene.look, one, course.card == Some(one.id)),
        Event::Unsent(deed, entry, unsent) => not_confirmed(scene.look, deed, entry, unsent),
    }
}

fn line_name(scene: Scene<'_>, line: &TimelineLine<'_>) -> String {
    let look = scene.look;
    let said = words(scene, &Course::default(), line);
    let mut parts = vec![day(scene, line.at), said.title];
    parts.extend(said.lines);
    parts.extend(said.state.map(|(_, _, words)| words));
    parts.extend(said.unsent.map(|unsent| course::unsent_words(look, unsent)));
    if line.news {
        parts.push(look.t("citizen-new-since"));
    }
    parts.join(", ")
}

fn drawn<'a>(
    scene: Scene<'_>,
    course: &Course,
    line: &TimelineLine<'_>,
    (n, ringed): (usize, bool),
    wanted: Option<Message>,
) -> Element<'a, Page> {
    let look = scene.look;
    let t = look.tokens;
    let Words { icon: picture, title, lines, state, unsent } = words(scene, course, line);
    let mut first = row![look.colored(title, Type::CELL_MEDIUM, t.ink)].spacing(space::S8).align_y(Alignment::Center);
    first = first.extend(line.news.then(|| course::fresh(look))).extend(unsent.map(|one| course::mark(look, one)));
    let mut beneath = column![first.wrap()].width(Length::Fill);
    let mut each = lines.into_iter();
    beneath = beneath.extend(each.next().map(|text| look.colored(text, Type::CELL, t.ink2).width(Length::Fill).into()));
    beneath = beneath.extend(state.map(|(shape, color, words)| {
        let shape = container(glyph(shape, 12.0, color)).padding(Padding::ZERO.top(space::S2));
        row![shape, look.colored(words, Type::LABEL_MEDIUM, color).width(Length::Fill)].spacing(space::S4).into()
    }));
    beneath = beneath.extend(each.map(|text| look.label(text).width(Length::Fill).into()));
    // Small things stand a little lower, so that they sit on the line of the larger words beside them.
    let beside = |inside: Element<'a, Page>| container(inside).padding(Padding::ZERO.top(stroke::LINE));
    let when = look.label(day(scene, line.at)).wrapping(Wrapping::None);
    let inside = row![beside(when.into()).width(DAY), beside(icon(picture, 15.0, t.ink2)).width(CHANNEL), beneath,]
        .spacing(space::S8);
    let ground = t.bg;
    let leads = wanted.is_some();
    control(look, CONTACTS.child(n), Role::ListItem, line_name(scene, line), inside)
        .padding([space::S6, side::INSET])
        .width(Length::Fill)
        .ring(Ring::Row(radius::TAG))
        .ringed(ringed)
        .on_press_maybe(wanted.map(on))
        .style(move |status| match status {
            Status::Hovered | Status::Pressed if leads => Style::ground(ground, radius::TAG),
            _ => Style::bare(),
        })
        .into()
}

/// Today's time, else the day; with the year only when it is another one.
fn day(scene: Scene<'_>, at: Timestamp) -> String {
    let Scene { look, desk } = scene;
    let at = at.to_zoned(desk.tz().clone());
    if at.date() == look.now.date() {
        look.texts.time(at.time())
    } else if at.date().year() == look.now.date().year() {
        look.texts.day_month(at.date())
    } else {
        look.texts.month_year(at.date())
    }
}

const fn channel_icon(channel: Channel) -> Icon {
    match channel {
        Channel::Counter => Icon::Counter,
        Channel::Phone => Icon::Phone,
        Channel::DigitalPost => Icon::Mailbox,
        Channel::SelfService => Icon::Globe,
        Channel::Letter => Icon::Mail,
        Channel::Email => Icon::Send,
        Channel::Sms => Icon::Message,
    }
}

fn contact(look: &Look<'_>, one: &ContactView) -> Words {
    let channel = look.t(say::channel(one.channel));
    let title = match one.minutes {
        Some(minutes) => {
            look.with("citizen-contact-minutes", &[("channel", channel.into()), ("minutes", i64::from(minutes).into())])
        }
        None => channel,
    };
    let ended = one.outcome.map(|outcome| look.t(say::outcome(outcome)));
    let ended: Vec<String> = one.by.iter().cloned().chain(ended).collect();
    let mut lines = vec![pick(look.texts, &one.text).to_owned()];
    lines.retain(|line| !line.is_empty());
    if !ended.is_empty() {
        // Without words of its own, who and how stand in their place.
        lines.push(ended.join(" · "));
    }
    Words { icon: channel_icon(one.channel), title, lines, state: None, unsent: None }
}

fn appointment(scene: Scene<'_>, one: &Appointment) -> Words {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let start = one.start.to_zoned(desk.tz().clone());
    // Today's time stands before the line already.
    let time = (start.date() != look.now.date()).then(|| look.texts.time(start.time()));
    let place: Vec<String> = time.into_iter().chain(side::counter_name(desk, look, one)).collect();
    let title = match place.is_empty() {
        true => look.t("citizen-appointment-line-plain"),
        false => look.with("citizen-appointment-line", &[("place", place.join(", ").into())]),
    };
    let coming = one.end > look.now.timestamp();
    let state = match one.status {
        AppointmentStatus::Proposed => Some((Glyph::Waiting, t.ink2, "citizen-appointment-proposed")),
        AppointmentStatus::Booked if coming => Some((Glyph::Waiting, t.accent, "citizen-appointment-coming")),
        AppointmentStatus::Booked => Some((Glyph::Missing, t.ink2, "citizen-appointment-past")),
        AppointmentStatus::Arrived => Some((Glyph::InProgress, t.accent, "citizen-appointment-arrived")),
        AppointmentStatus::Fulfilled => Some((Glyph::Approved, t.ok, "citizen-appointment-fulfilled")),
        AppointmentStatus::Cancelled => Some((Glyph::NotNeeded, t.idle, "citizen-appointment-cancelled")),
        AppointmentStatus::Noshow => Some((Glyph::Overdue, t.alert, "citizen-appointment-noshow")),
    };
    let state = state.map(|(shape, color, id)| (shape, color, look.t(id)));
    let lines = one.title.iter().map(|title| pick(look.texts, title).to_owned()).collect();
    Words { icon: Icon::Calendar, title, lines, state, unsent: None }
}

fn handover(look: &Look<'_>, one: &HandoverView, unfolded: bool) -> Words {
    let t = look.tokens;
    let title = look.with("citizen-handed-to", &[("who", one.receiver_name.clone().into())]);
    let by = one.taken_by.clone().unwrap_or_else(|| one.receiver_name.clone());
    let (shape, color, id) = match one.state {
        HandoverState::Sent => (Glyph::Waiting, t.wait, "citizen-handover-sent"),
        HandoverState::Accepted => (Glyph::InProgress, t.accent, "citizen-handover-accepted"),
        HandoverState::Done => (Glyph::Approved, t.ok, "citizen-handover-done"),
        HandoverState::Returned => (Glyph::Overdue, t.alert, "citizen-handover-returned"),
        HandoverState::Withdrawn => (Glyph::NotNeeded, t.idle, "citizen-handover-withdrawn"),
    };
    let mut said = look.with(id, &[("who", by.into())]);
    if let Some(reply) = one.reply.as_deref().map(str::trim).filter(|reply| !reply.is_empty()) {
        said = format!("{said}: {reply}");
    }
    let mut lines = vec![one.card.what.clone(), one.from_name.clone()];
    if unfolded {
        let card = &one.card;
        lines.push(look.with("citizen-card-verified", &[("how", look.t(verified(card.verified)).into())]));
        if !card.promised.trim().is_empty() {
            lines.push(look.with("citizen-card-promised", &[("what", card.promised.clone().into())]));
        }
        if !card.missing.is_empty() {
            let papers: Vec<&str> = card.missing.iter().map(|paper| pick(look.texts, paper)).collect();
            lines.push(look.with("citizen-card-missing", &[("papers", papers.join(", ").into())]));
        }
        for answer in &card.answers {
            let question = pick(look.texts, &answer.question);
            let said =
                if answer.answer.trim().is_empty() { look.t("citizen-not-known") } else { answer.answer.clone() };
            lines.push(format!("{question} {said}"));
        }
    }
    Words { icon: Icon::Handshake, title, lines, state: Some((shape, color, said)), unsent: None }
}

/// How it was made sure who somebody is.
pub(super) const fn verified(how: Verified) -> &'static str {
    match how {
        Verified::Not => "citizen-verified-not",
        Verified::Document => "citizen-verified-document",
        Verified::MitId => "citizen-verified-mitid",
        Verified::Questions => "citizen-verified-questions",
        Verified::Known => "citizen-verified-known",
    }
}

fn not_confirmed(look: &Look<'_>, deed: Deed, entry: &Entry, unsent: Unsent) -> Words {
    let (about, text) = match &entry.draft.label {
        Label::Deed { about, text, .. } => (about.as_ref(), text.as_str()),
        _ => (None, ""),
    };
    let about = about.map(|about| pick(look.texts, about).to_owned());
    // A letter is long; its first line says which it is.
    let text = text.lines().map(str::trim).find(|line| !line.is_empty()).map(ToOwned::to_owned);
    let icon = match deed {
        Deed::HandedOver | Deed::HandoverChanged => Icon::Handshake,
        Deed::PapersAsked => Icon::Mail,
        Deed::ChangeReported => Icon::Pencil,
        _ => Icon::Counter,
    };
    let lines = about.into_iter().chain(text).collect();
    Words { icon, title: look.t(deed_word(deed)), lines, state: None, unsent: Some(unsent) }
}
