//! What is laid over the queue, as it looks and which keys it has. What does not live here: what comes of it (the desk's counter).

use iced::widget::{Column, Row, column, container, row};
use iced::{Alignment, Length};
use skranke_desk::Desk;
use skranke_desk::citizen::Step;
use skranke_desk::counter::sheets::{AVAILABILITY, MOST_PEOPLE, TRIAGE, reasons};
use skranke_desk::counter::{
    CounterInput, CounterPage, CounterSheet, NewSheet, Open, SheetInput, Target, TransferSheet,
};
use skranke_domain::TicketId;

use super::{Message, words};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::words::pick;
use crate::screens::{Key, Scene};
use crate::theme::scale::{radius, space, stroke, width};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::chip::{ChipState, chip};
use crate::widget::dialog::modal;
use crate::widget::field::field_error;
use crate::widget::panel::raised;
use crate::widget::segmented::{Segment, segmented};
use crate::widget::{
    Element, Ring, RowState, control, ellipsis, field, glyph, lift, normal, primary, quiet, row_ground, scroll,
};

const ID: FocusId = FocusId::new("counter/sheet");
const QUERY: FocusId = FocusId::new("counter/sheet/query");
const TEXT: FocusId = FocusId::new("counter/sheet/text");
const LIST: FocusId = FocusId::new("counter/sheet/list");

const WIDE: f32 = 560.0;
/// The height of a row that is offered.
const ROW: f32 = 36.0;
/// So many rows stand beneath each other before they scroll.
const ROWS: u8 = 8;

const fn on(input: SheetInput) -> Message {
    Message::Counter(CounterInput::Sheet(input))
}

/// Where the keyboard goes while something is laid over the queue.
pub(super) fn begins(page: &CounterPage) -> Option<(FocusId, Role)> {
    Some(match &page.open.as_ref()?.sheet {
        CounterSheet::Transfer(sheet) if sheet.to.is_none() => (QUERY, Role::TextField),
        CounterSheet::New(sheet) if sheet.reason.is_none() => (QUERY, Role::TextField),
        CounterSheet::CheckIn { .. } => (QUERY, Role::TextField),
        CounterSheet::Staff { at } | CounterSheet::Availability { at } | CounterSheet::Sort { at, .. } => {
            (LIST.child(*at), Role::ListItem)
        }
        _ => (TEXT, Role::TextField),
    })
}

/// The keys of what is laid over the queue.
pub(super) fn keys(page: &CounterPage, open: &Open) -> Vec<Key<Message>> {
    let mut keys = vec![Key::in_place("Esc", "key-close", on(SheetInput::Close))];
    let steps = [
        Key::bar("↑", "queue-key-up", on(SheetInput::Step(Step::Previous))),
        Key::bar("↓", "queue-key-down", on(SheetInput::Step(Step::Next))),
    ];
    let take = |label| Key::bar("↵", label, on(SheetInput::Take));
    match &open.sheet {
        CounterSheet::Call { .. } => keys.push(Key::in_place("Ctrl ↵", "queue-verb-call", on(SheetInput::Confirm))),
        CounterSheet::SendOff { .. } => {
            keys.push(Key::in_place("Ctrl ↵", "queue-verb-send-off", on(SheetInput::Confirm)));
        }
        CounterSheet::Help { .. } => keys.push(Key::in_place("Ctrl ↵", "queue-verb-help", on(SheetInput::Confirm))),
        CounterSheet::Transfer(sheet) => {
            if sheet.to.is_none() {
                keys.extend(steps);
                keys.push(take("queue-key-choose"));
            } else {
                keys.push(Key::in_place("Ctrl R", "queue-key-another", on(SheetInput::Another)));
            }
            keys.push(Key::in_place("Ctrl ↵", "queue-verb-transfer", on(SheetInput::Confirm)));
        }
        CounterSheet::New(sheet) => {
            if sheet.reason.is_none() {
                keys.extend(steps);
                keys.push(take("queue-key-choose"));
            } else {
                keys.push(Key::in_place("Ctrl R", "queue-key-another", on(SheetInput::Another)));
                keys.extend(form_keys(sheet));
            }
            keys.push(Key::in_place("Ctrl ↵", "queue-verb-give", on(SheetInput::Confirm)));
        }
        CounterSheet::CheckIn { .. } => {
            keys.extend(steps);
            keys.push(take("queue-verb-check-in"));
        }
        CounterSheet::Staff { at } => {
            keys.extend(steps);
            let asks = page.colleague_at(*at).is_some_and(|one| one.wants_help.is_some() && one.helper.is_none());
            if asks {
                keys.push(take("queue-come"));
            }
            keys.push(Key::in_place("Y", "key-close", on(SheetInput::Close)));
        }
        CounterSheet::Availability { .. } => {
            keys.extend(steps);
            keys.push(take("queue-key-choose"));
            for (at, chord) in ["1", "2", "3", "4"].into_iter().enumerate() {
                keys.push(Key::in_place(chord, "queue-key-choose", on(SheetInput::TakeAt(at))));
            }
            // The key that opened it goes on to the next.
            keys.push(Key::in_place("A", "queue-key-down", on(SheetInput::Step(Step::Next))));
        }
        CounterSheet::Sort { .. } => {
            keys.extend(steps);
            keys.push(take("queue-key-choose"));
            for (at, chord) in ["1", "2", "3", "4", "5"].into_iter().enumerate() {
                keys.push(Key::in_place(chord, "queue-key-choose", on(SheetInput::TakeAt(at))));
            }
        }
    }
    keys
}

/// What is filled in beside the line of a new ticket: these keys work while it is typed.
fn form_keys(sheet: &NewSheet) -> Vec<Key<Message>> {
    let mut keys = vec![
        Key::in_place("Alt +", "queue-key-more-people", on(SheetInput::People(sheet.people + 1))),
        Key::in_place("Alt -", "queue-key-fewer-people", on(SheetInput::People(sheet.people.saturating_sub(1)))),
        Key::in_place("Alt P", "queue-private-room", on(SheetInput::PrivateRoom)),
    ];
    for (at, chord) in ["Alt 1", "Alt 2", "Alt 3", "Alt 4", "Alt 5"].into_iter().enumerate() {
        let triage = TRIAGE.get(at).copied();
        let message = on(SheetInput::Triage(triage.filter(|_| sheet.triage != triage)));
        keys.push(Key::in_place(chord, "queue-key-sort", message));
    }
    if sheet.open.is_some() {
        keys.push(Key::in_place("Alt H", "queue-key-hers", on(SheetInput::Hers)));
    }
    keys
}

/// The page with what is laid over it.
pub(super) fn over<'a>(scene: Scene<'a>, page: &'a CounterPage, under: Element<'a, Message>) -> Element<'a, Message> {
    let look = scene.look;
    let Some(open) = &page.open else { return modal(look, under, None, None) };
    let (title, inside) = match &open.sheet {
        CounterSheet::Call { ticket, reason } => call(scene, page, open, (*ticket, reason)),
        CounterSheet::SendOff { ticket, card } => send_off(scene, page, open, (*ticket, card)),
        CounterSheet::Help { with } => help(look, open, with),
        CounterSheet::Transfer(sheet) => transfer(scene, page, open, sheet),
        CounterSheet::New(sheet) => new(scene, page, open, sheet),
        CounterSheet::CheckIn { query, at } => check_in(scene, page, open, (query, *at)),
        CounterSheet::Staff { at } => staff(scene, page, *at),
        CounterSheet::Availability { at } => availability(scene, page, open, *at),
        CounterSheet::Sort { ticket, at } => sort(scene, page, open, (*ticket, *at)),
    };
    // Something may be typed: a click beside it must not lose it, nor close what is being written.
    modal(look, under, Some(framed(look, title, inside)), None)
}

type Lines<'a> = Column<'a, Message, crate::widget::Theme, crate::widget::Renderer>;

fn framed<'a>(look: &Look<'_>, title: String, inside: Lines<'a>) -> Element<'a, Message> {
    let t = look.tokens;
    let body =
        column![look.section(title.clone())].push(inside.width(Length::Fill)).spacing(space::S10).width(Length::Fill);
    let face = container(body)
        .padding([14.0, space::S16])
        .width(WIDE.max(width::DIALOG).min(look.width - 2.0 * space::S24))
        .max_height((look.height - 120.0).max(260.0))
        .style(move |_| raised(&t, t.edge, radius::DIALOG));
    control(look, ID, Role::Dialog, title, lift(look, radius::DIALOG, face)).ring(Ring::Hidden).into()
}

fn number(page: &CounterPage, id: TicketId) -> String {
    page.ticket(id).map(|ticket| ticket.number.clone()).unwrap_or_default()
}

fn titled(look: &Look<'_>, page: &CounterPage, id: &str, ticket: TicketId) -> String {
    look.with(id, &[("number", number(page, ticket).into())])
}

/// The sentence that keeps it from being sent, and the buttons.
fn buttons<'a>(look: &Look<'_>, open: &Open, verb: &str) -> Lines<'a> {
    let mut all = Column::new().spacing(space::S8);
    if let Some(trouble) = &open.trouble {
        all = all.push(field_error(look, words::trouble(look.texts, trouble)));
    }
    let verb = primary(look, ID.child("verb"), look.t(verb))
        .key("Ctrl ↵")
        .busy(open.sending)
        .on_press(on(SheetInput::Confirm));
    all.push(row![Element::from(verb), cancel(look)].spacing(space::S8))
}

fn cancel<'a>(look: &Look<'_>) -> Element<'a, Message> {
    quiet(look, ID.child("close"), look.t("overlay-close")).key("Esc").on_press(on(SheetInput::Close)).into()
}

fn text<'a>(look: &'a Look<'a>, label: &str, hint: &str, value: &str) -> Element<'a, Message> {
    let line = field(look, TEXT, look.t(label), value.to_owned())
        .labelled()
        .hint(look.t(hint))
        .on_input(|typed| on(SheetInput::Text(typed)))
        .on_submit(on(SheetInput::Confirm))
        .build();
    container(line).padding([0.0, stroke::FOCUS]).into()
}

fn search<'a>(look: &'a Look<'a>, label: &str, hint: &str, value: &str) -> Element<'a, Message> {
    let line = field(look, QUERY, look.t(label), value.to_owned())
        .labelled()
        .hint(look.t(hint))
        .icon(Icon::Search)
        .on_input(|typed| on(SheetInput::Query(typed)))
        .on_submit(on(SheetInput::Take))
        .build();
    container(line).padding([0.0, stroke::FOCUS]).into()
}

/// One of the rows that are offered.
fn offered<'a>(
    look: &Look<'_>,
    (at, active): (usize, usize),
    name: String,
    inside: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let t = look.tokens;
    let state = if at == active { RowState::Selected } else { RowState::Rest };
    control(look, LIST.child(at), Role::ListItem, name, container(inside).center_y(Length::Fill))
        .padding([0.0, space::S10])
        .height(ROW)
        .width(Length::Fill)
        .ring(Ring::Row(radius::TAG))
        .state(ControlState::new().selected(at == active))
        .on_press(on(SheetInput::TakeAt(at)))
        .style(move |status| row_ground(&t, state, status))
        .into()
}

fn rows<'a>(look: &Look<'_>, all: Vec<Element<'a, Message>>) -> Element<'a, Message> {
    let inside = container(Column::with_children(all)).padding(stroke::FOCUS).width(Length::Fill);
    let list = scroll(look, LIST.child("scroll").widget(), inside).height(Length::Shrink);
    container(list).max_height(f32::from(ROWS) * ROW + 2.0 * stroke::FOCUS).into()
}

/// A name, and what stands at the right of it.
fn pair<'a>(look: &Look<'_>, name: String, second: String) -> Element<'a, Message> {
    let t = look.tokens;
    row![
        ellipsis(name, Type::TITLE).color(t.ink).width(Length::Fill),
        look.colored(second, Type::CELL, t.ink2).wrapping(iced::widget::text::Wrapping::None),
    ]
    .spacing(space::S10)
    .align_y(Alignment::Center)
    .into()
}

fn call<'a>(
    scene: Scene<'a>,
    page: &CounterPage,
    open: &Open,
    (ticket, reason): (TicketId, &str),
) -> (String, Lines<'a>) {
    let look = scene.look;
    let mut inside = Column::new().spacing(space::S10);
    if let Some(known) = page.ticket(ticket) {
        let said = format!("{} · {}", words::reason(scene, known), words::papers(scene, known));
        inside = inside.push(look.colored(said, Type::CELL, look.tokens.ink2));
    }
    inside = inside.push(text(look, "queue-call-why", "queue-call-why-hint", reason));
    (titled(look, page, "queue-call-title", ticket), inside.push(buttons(look, open, "queue-verb-call")))
}

fn send_off<'a>(
    scene: Scene<'a>,
    page: &CounterPage,
    open: &Open,
    (ticket, card): (TicketId, &str),
) -> (String, Lines<'a>) {
    let look = scene.look;
    let inside = column![
        look.colored(look.t("queue-send-off-then"), Type::CELL, look.tokens.ink2),
        text(look, "queue-send-off-card", "queue-send-off-hint", card),
        buttons(look, open, "queue-verb-send-off"),
    ];
    (titled(look, page, "queue-send-off-title", ticket), inside.spacing(space::S10))
}

fn help<'a>(look: &'a Look<'a>, open: &Open, with: &str) -> (String, Lines<'a>) {
    let inside = column![
        look.colored(look.t("queue-help-then"), Type::CELL, look.tokens.ink2),
        text(look, "queue-help-with", "queue-help-hint", with),
        buttons(look, open, "queue-verb-help"),
    ];
    (look.t("queue-help-title"), inside.spacing(space::S10))
}

fn target(scene: Scene<'_>, target: &Target) -> (String, String) {
    let look = scene.look;
    match target {
        Target::Counter(_, name) => (pick(look.texts, name).to_owned(), look.t("queue-target-counter")),
        Target::Colleague(id, name) => {
            let at_work = scene.desk.counter.as_ref().and_then(|page| page.at_work(*id));
            let second = at_work.map_or("queue-target-elsewhere", |one| words::availability_word(one.availability));
            (name.clone(), look.t(second))
        }
        Target::Unit(department, name) => {
            let tag = scene.desk.session.tag(department);
            (pick(look.texts, name).to_owned(), look.with("queue-target-unit", &[("tag", tag.to_owned().into())]))
        }
    }
}

fn transfer<'a>(scene: Scene<'a>, page: &CounterPage, open: &Open, sheet: &TransferSheet) -> (String, Lines<'a>) {
    let look = scene.look;
    let mut inside =
        column![look.colored(look.t("queue-transfer-then"), Type::CELL, look.tokens.ink2)].spacing(space::S10);
    match &sheet.to {
        Some(to) => {
            let (name, second) = target(scene, to);
            let another = quiet(look, ID.child("another"), look.t("queue-key-another"))
                .size(ButtonSize::Small)
                .key("Ctrl R")
                .on_press(on(SheetInput::Another));
            inside = inside.push(
                row![container(pair(look, name, second)).width(Length::Fill), Element::from(another)]
                    .spacing(space::S10)
                    .align_y(Alignment::Center),
            );
            inside = inside.push(text(look, "queue-transfer-card", "queue-transfer-card-hint", &sheet.card));
        }
        None => {
            inside = inside.push(search(look, "queue-transfer-to", "queue-transfer-hint", &sheet.query));
            let targets = page.targets(sheet, &scene.desk.session);
            let none = targets.is_empty();
            let all = targets.iter().enumerate().map(|(at, one)| {
                let (name, second) = target(scene, one);
                offered(look, (at, sheet.at), format!("{name}, {second}"), pair(look, name, second))
            });
            inside = inside.push(rows(look, all.collect()));
            if none {
                let said = if sheet.colleagues.is_waiting() { "cases-assign-looking" } else { "queue-nobody-found" };
                inside = inside.push(look.colored(look.t(said), Type::CELL, look.tokens.ink2));
            }
        }
    }
    (titled(look, page, "queue-transfer-title", sheet.ticket), inside.push(buttons(look, open, "queue-verb-transfer")))
}

fn new<'a>(scene: Scene<'a>, page: &CounterPage, open: &Open, sheet: &NewSheet) -> (String, Lines<'a>) {
    let look = scene.look;
    let mut inside = Column::new().spacing(space::S10);
    match &sheet.reason {
        None => {
            inside = inside.push(search(look, "queue-new-reason", "queue-new-reason-hint", &sheet.query));
            let found = reasons(sheet, &scene.desk.session);
            if found.is_empty() {
                inside = inside.push(look.colored(look.t("queue-nothing-found"), Type::CELL, look.tokens.ink2));
            }
            let all = found.iter().enumerate().map(|(at, (_, title))| {
                let title = pick(look.texts, title).to_owned();
                let inside = ellipsis(title.clone(), Type::TITLE).color(look.tokens.ink).width(Length::Fill);
                offered(look, (at, sheet.at), title, inside)
            });
            inside = inside.push(rows(look, all.collect()));
        }
        Some((_, title)) => inside = inside.push(form(scene, page, sheet, pick(look.texts, title))),
    }
    (look.t("queue-new-title"), inside.push(buttons(look, open, "queue-verb-give")))
}

fn labelled<'a>(look: &Look<'_>, label: String, inside: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    column![look.label(label), inside.into()].spacing(space::S4).into()
}

fn form<'a>(scene: Scene<'a>, page: &CounterPage, sheet: &NewSheet, title: &str) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let another = quiet(look, ID.child("another"), look.t("queue-key-another"))
        .size(ButtonSize::Small)
        .key("Ctrl R")
        .on_press(on(SheetInput::Another));
    let reason =
        row![ellipsis(title.to_owned(), Type::STRONG).color(t.ink).width(Length::Fill), Element::from(another)]
            .spacing(space::S10)
            .align_y(Alignment::Center);
    let step = |part: &str, sign: &str, key: &str, word: &str, people: u16, off: bool| -> Element<'a, Message> {
        normal(look, ID.child(part), sign.to_owned())
            .name(look.t(word))
            .key(key.to_owned())
            .size(ButtonSize::Small)
            .disabled(off.then(|| look.t("queue-people-end")))
            .on_press(on(SheetInput::People(people)))
            .into()
    };
    let people = row![
        step("fewer", "−", "Alt -", "queue-key-fewer-people", sheet.people.saturating_sub(1), sheet.people <= 1),
        look.colored(look.texts.number(i64::from(sheet.people)), Type::STRONG, t.ink),
        step("more", "+", "Alt +", "queue-key-more-people", sheet.people + 1, sheet.people >= MOST_PEOPLE),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    let languages = NewSheet::languages(page.site(&scene.desk.session));
    let mut both = row![labelled(look, look.t("queue-new-people"), people)].spacing(space::S24);
    if !languages.is_empty() {
        let at = sheet.language.as_ref().and_then(|one| languages.iter().position(|other| other == one));
        let none = Segment { label: look.t("queue-no-interpreter"), on_press: on(SheetInput::Language(None)) };
        let some = languages.iter().map(|one| Segment {
            label: words::language(look.texts, one),
            on_press: on(SheetInput::Language(Some(one.clone()))),
        });
        let parts = segmented(look, ID.child("language"), at.map_or(0, |at| at + 1), std::iter::once(none).chain(some));
        both = both.push(labelled(look, look.t("queue-new-language"), parts));
    }
    let triage = TRIAGE.iter().map(|one| -> Element<'a, Message> {
        let chosen = sheet.triage == Some(*one);
        let state = if chosen { ChipState::On } else { ChipState::Off };
        chip(look, ID.child(words::triage_word(*one)), look.t(words::triage_short(*one)), state)
            .on_press(on(SheetInput::Triage((!chosen).then_some(*one))))
            .into()
    });
    let mut more = Row::new().spacing(space::S16).push(Element::from(
        crate::widget::check_box(look, ID.child("room"), look.t("queue-private-room"), sheet.private_room)
            .on_press(on(SheetInput::PrivateRoom)),
    ));
    if let Some((_, name)) = &sheet.open {
        let said = look.with("queue-new-hers", &[("name", name.clone().into())]);
        more = more.push(Element::from(
            crate::widget::check_box(look, ID.child("hers"), said, sheet.hers).on_press(on(SheetInput::Hers)),
        ));
    }
    column![
        reason,
        text(look, "queue-new-note", "queue-new-note-hint", &sheet.text),
        both.wrap(),
        labelled(look, look.t("queue-new-papers"), Row::with_children(triage).spacing(space::S6).wrap()),
        more.wrap(),
    ]
    .spacing(space::S12)
    .into()
}

fn check_in<'a>(
    scene: Scene<'a>,
    page: &CounterPage,
    open: &Open,
    (query, active): (&str, usize),
) -> (String, Lines<'a>) {
    let look = scene.look;
    let now = look.now.timestamp();
    let found = page.arrivals(query);
    let mut inside = column![search(look, "queue-check-in-who", "queue-check-in-hint", query)].spacing(space::S10);
    if found.is_empty() {
        inside = inside.push(look.colored(look.t("queue-check-in-none"), Type::CELL, look.tokens.ink2));
    }
    let all = found.iter().enumerate().map(|(at, one)| {
        let time = look.texts.time(one.start.to_zoned(scene.desk.tz().clone()).time());
        let late = now.duration_since(one.start).as_mins();
        let (id, minutes) = match late {
            0 => ("queue-on-time", 0),
            late if late > 0 => ("queue-late", late),
            early => ("queue-early", -early),
        };
        let when = look.with(id, &[("minutes", minutes.into())]);
        let title = one.title.as_ref().map(|title| pick(look.texts, title).to_owned()).unwrap_or_default();
        let name = format!("{time} {}", one.citizen_short);
        let second = if title.is_empty() { when } else { format!("{title} · {when}") };
        offered(look, (at, active), format!("{name}, {second}"), pair(look, name, second))
    });
    inside = inside.push(rows(look, all.collect()));
    (look.t("queue-check-in-title"), inside.push(buttons(look, open, "queue-verb-check-in")))
}

fn staff<'a>(scene: Scene<'a>, page: &CounterPage, active: usize) -> (String, Lines<'a>) {
    let look = scene.look;
    let t = look.tokens;
    let all = page.staff().iter().enumerate().map(|(at, one)| {
        let (shape, tone) = words::availability_mark(one.availability);
        let place = one.counter.as_ref().and_then(|id| {
            let site = page.site(&scene.desk.session)?;
            let counter = site.counters.iter().find(|counter| counter.id == *id)?;
            Some(pick(look.texts, &counter.name).to_owned())
        });
        let state = look.t(words::availability_word(one.availability));
        let since = look.texts.time(one.since.to_zoned(scene.desk.tz().clone()).time());
        let state = look.with("queue-since", &[("state", state.into()), ("time", since.into())]);
        let second = match (&one.wants_help, &one.helper) {
            (Some(_), Some(helper)) => look.with("queue-helped", &[("name", helper.name.clone().into())]),
            (Some(with), None) if with.trim().is_empty() => look.t("queue-wants-help"),
            (Some(with), None) => look.with("queue-wants-help-with", &[("with", with.clone().into())]),
            (None, _) => place.unwrap_or_default(),
        };
        let color = tone.color(&t);
        let inside = row![
            glyph(shape, 14.0, color),
            ellipsis(one.staff.name.clone(), Type::TITLE).color(t.ink).width(Length::FillPortion(3)),
            ellipsis(second.clone(), Type::CELL).color(t.ink2).width(Length::FillPortion(4)),
            look.colored(state.clone(), Type::CELL_MEDIUM, color).wrapping(iced::widget::text::Wrapping::None),
        ]
        .spacing(space::S8)
        .align_y(Alignment::Center);
        offered(look, (at, active), format!("{}, {state}, {second}", one.staff.name), inside)
    });
    let all: Vec<_> = all.collect();
    let mut inside = Column::new().spacing(space::S10);
    if all.is_empty() {
        inside = inside.push(look.colored(look.t("queue-nobody-works"), Type::CELL, t.ink2));
    }
    inside = inside.push(rows(look, all));
    let asks = page
        .colleague_at(active)
        .filter(|one| one.wants_help.is_some() && one.helper.is_none())
        .filter(|one| Some(one.staff.id) != scene.desk.person());
    let mut buttons = Row::new().spacing(space::S8);
    if asks.is_some() {
        buttons = buttons.push(Element::from(
            primary(look, ID.child("verb"), look.t("queue-come")).key("↵").on_press(on(SheetInput::Take)),
        ));
    }
    (look.t("queue-staff-title"), inside.push(buttons.push(cancel(look))))
}

fn availability<'a>(scene: Scene<'a>, page: &CounterPage, open: &Open, active: usize) -> (String, Lines<'a>) {
    let look = scene.look;
    let t = look.tokens;
    let mine = scene.desk.person().and_then(|me| page.availability(me));
    let all = AVAILABILITY.iter().enumerate().map(|(at, one)| {
        let (shape, tone) = words::availability_mark(*one);
        let said = look.t(words::availability_word(*one));
        let now = if mine == Some(*one) { look.t("queue-now") } else { String::new() };
        let inside = row![glyph(shape, 14.0, tone.color(&t)), pair(look, said.clone(), now)]
            .spacing(space::S8)
            .align_y(Alignment::Center);
        offered(look, (at, active), said, inside)
    });
    let inside = column![rows(look, all.collect())].spacing(space::S10);
    (look.t("queue-availability-title"), inside.push(buttons(look, open, "queue-key-choose")))
}

fn sort<'a>(
    scene: Scene<'a>,
    page: &CounterPage,
    open: &Open,
    (ticket, active): (TicketId, usize),
) -> (String, Lines<'a>) {
    let look = scene.look;
    let t = look.tokens;
    let all = TRIAGE.iter().enumerate().map(|(at, one)| {
        let (shape, tone) = words::triage_mark(*one);
        let color = tone.color(&t);
        let mark: Element<'a, Message> = match shape {
            words::Mark::Glyph(shape) => glyph(shape, 14.0, color),
            words::Mark::Icon(shape) => crate::widget::icon(shape, 14.0, color),
        };
        let said = look.t(words::triage_word(*one));
        let inside = row![mark, pair(look, said.clone(), String::new())].spacing(space::S8).align_y(Alignment::Center);
        offered(look, (at, active), said, inside)
    });
    let inside = column![rows(look, all.collect())].spacing(space::S10);
    (titled(look, page, "queue-sort-title", ticket), inside.push(buttons(look, open, "queue-key-choose")))
}

/// Where the keyboard goes while something is laid over the queue that is in sight.
pub(super) fn begins_on(desk: &Desk) -> Option<(FocusId, Role)> {
    begins(desk.counter.as_ref().filter(|_| desk.place() == skranke_desk::Place::Queue)?)
}
