//! What the visit needs, in the right column: what she must bring and need not, what would make it wasted, the messages word for word, the
//! script to read aloud. What does not live here: working any of it out (the server), accepting a warning (the desk's booking).

use iced::widget::{Column, column, container, row, text::Wrapping};
use iced::{Alignment, Color, Length};
use skranke_api::visits::{Guard, MessageText, VisitPlan};
use skranke_desk::calendar::booking::{BookingInput, Unfolded, must_be_accepted, rank};
use skranke_desk::calendar::{Booking, CalendarPage};
use skranke_desk::load::Load;
use skranke_domain::appointment::{MessageChannel, MessageTo};

use super::Message;
use super::header::{counter_name, is_slow};
use super::visit::{self, step};
use crate::assets::{Glyph, Icon};
use crate::focus::FocusId;
use crate::screens::Scene;
use crate::screens::citizen::language;
use crate::screens::sentence::sentence;
use crate::screens::words::pick;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::panel::plate;
use crate::widget::{Element, glyph, icon, normal, quiet, skeleton_line};

/// How a box calls for attention: its ground, the ink of its first line, its shape.
#[derive(Clone, Copy)]
pub(super) struct Tint {
    ground: Color,
    ink: Color,
    shape: Glyph,
}

impl Tint {
    pub(super) const fn good(look: &Look<'_>) -> Self {
        Self { ground: look.tokens.ok_soft, ink: look.tokens.ok, shape: Glyph::Approved }
    }

    pub(super) const fn wait(look: &Look<'_>) -> Self {
        Self { ground: look.tokens.wait_soft, ink: look.tokens.wait, shape: Glyph::Waiting }
    }

    pub(super) const fn warn(look: &Look<'_>) -> Self {
        Self { ground: look.tokens.wait_soft, ink: look.tokens.wait, shape: Glyph::Missing }
    }

    const fn plain(look: &Look<'_>) -> Self {
        Self { ground: look.tokens.accent_soft, ink: look.tokens.accent, shape: Glyph::Ready }
    }
}

/// A box that says something, why, and what to do.
pub(super) fn said_box<'a>(
    look: &Look<'_>,
    tint: Tint,
    said: String,
    why: Option<String>,
    deeds: Vec<Element<'a, Message>>,
) -> Element<'a, Message> {
    let t = look.tokens;
    let mut words = column![look.colored(said, Type::STRONG, tint.ink).width(Length::Fill)].width(Length::Fill);
    if let Some(why) = why {
        words = words.push(look.colored(why, Type::CELL, t.ink).width(Length::Fill));
    }
    if !deeds.is_empty() {
        let deeds = iced::widget::Row::with_children(deeds).spacing(space::S6).wrap().vertical_spacing(space::S6);
        words = words.push(container(deeds).padding(iced::Padding { top: space::S6, ..iced::Padding::ZERO }));
    }
    let inside = row![container(glyph(tint.shape, 14.0, tint.ink)).padding([3.0, 0.0]), words].spacing(space::S8);
    container(inside)
        .padding([space::S8, space::S12])
        .width(Length::Fill)
        .style(move |_| plate(tint.ground, tint.ground, radius::PANEL))
        .into()
}

/// What she needs, as far as it is known.
pub(super) fn needs<'a>(scene: Scene<'a>, page: &'a CalendarPage, booking: &'a Booking) -> Column<'a, Message> {
    let look = scene.look;
    let mut all = Column::new().spacing(space::S12).width(Length::Fill);
    match &booking.plan {
        Load::Idle => {}
        Load::Waiting { .. } if is_slow(&booking.plan, look) => {
            all = all.push(look.strong(look.t("booking-must-bring")));
            all = all.extend([0.8, 0.6, 0.7].map(|share| skeleton_line(look, share, 12.0)));
        }
        Load::Waiting { .. } => {}
        Load::Failed { error, .. } => all = all.push(no_list(look, booking, sentence(look, error))),
        Load::Known { value, trouble, .. } => {
            if let Some(error) = trouble {
                all = all.push(no_list(look, booking, sentence(look, error)));
            }
            all = all.extend(guards(scene, page, booking, value, is_to_do));
            all = match booking.unfolded {
                Unfolded::List => list(scene, booking, value, all),
                Unfolded::Texts => texts(look, booking, value, all),
                Unfolded::Script => script(look, value, all),
            };
            all = all.extend(guards(scene, page, booking, value, is_good));
            all = all.push(folds(look, booking));
        }
    }
    all
}

/// The list could not be fetched: nobody books without it unaware.
fn no_list<'a>(look: &'a Look<'_>, booking: &Booking, mut why: String) -> Element<'a, Message> {
    // What her page knew is better than nothing, and says that it is not the list.
    if !booking.what.open_papers.is_empty() {
        let papers: Vec<&str> = booking.what.open_papers.iter().map(|paper| pick(look.texts, paper)).collect();
        why = format!("{why} {}", look.with("booking-known-missing", &[("papers", papers.join(", ").into())]));
    }
    let (said, deeds) = if booking.lacks_list() {
        let on = normal(look, "calendar/accept/list", look.t("booking-without-list"))
            .size(ButtonSize::Small)
            .key("Y")
            .on_press(step(BookingInput::Accept(None)));
        let again = quiet(look, "calendar/list-again", look.t("calendar-key-ask-again"))
            .size(ButtonSize::Small)
            .key("F5")
            .on_press(Message::AskAgain);
        (look.t("booking-list-unknown"), vec![on.into(), again.into()])
    } else {
        (look.t("booking-goes-without-list"), Vec::new())
    };
    said_box(look, Tint::wait(look), said, Some(why), deeds)
}

/// It is good to know, and nothing is to be done about it.
const fn is_good(guard: &Guard) -> bool {
    matches!(guard, Guard::Covers { .. })
}

const fn is_to_do(guard: &Guard) -> bool {
    !is_good(guard)
}

/// What the guard says, of one sort, what stops a booking first.
fn guards<'a>(
    scene: Scene<'a>,
    page: &'a CalendarPage,
    booking: &'a Booking,
    plan: &'a VisitPlan,
    sort: fn(&Guard) -> bool,
) -> impl Iterator<Item = Element<'a, Message>> {
    let mut all: Vec<(usize, &Guard)> = plan.guards.iter().enumerate().filter(|(_, one)| sort(one)).collect();
    // It is switched on already: the time that has one is still to be taken.
    let comes = page.finder.language.is_some() && booking.slot.is_none();
    all.retain(|(_, one)| !(comes && matches!(one, Guard::NoInterpreter { .. })));
    all.sort_by_key(|(_, guard)| rank(guard));
    all.into_iter().map(move |one| guard(scene, page, booking, one))
}

fn guard<'a>(
    scene: Scene<'a>,
    page: &CalendarPage,
    booking: &Booking,
    (at, guard): (usize, &Guard),
) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let accepted = must_be_accepted(guard) && booking.accepts(guard);
    let deed = |key: &'static str, word: &'static str, message: Message| -> Element<'a, Message> {
        normal(look, FocusId::new("calendar/guard").child(at).child(key), look.t(word))
            .size(ButtonSize::Small)
            .key(key)
            .on_press(message)
            .into()
    };
    let first = booking.warnings().first().is_some_and(|first| *first == guard);
    let accept = || -> Element<'a, Message> {
        let id = FocusId::new("calendar/guard").child(at).child("Y");
        let verb = normal(look, id, look.t("booking-key-accept")).size(ButtonSize::Small);
        let verb = verb.on_press(step(BookingInput::Accept(Some(guard.clone()))));
        // The key takes them one by one.
        if first { verb.key("Y").into() } else { verb.into() }
    };
    let because = |words: String| match accepted {
        true => look.with("booking-accepted", &[("why", words.into())]),
        false => words,
    };
    match guard {
        Guard::MissingPaper { papers } => {
            let names: Vec<&str> = papers.iter().map(|paper| pick(look.texts, paper)).collect();
            let why = look.with("booking-missing-why", &[("papers", names.join(", ").into())]);
            let mut deeds = vec![];
            if !accepted {
                let ask = Message::Visit(visit::Message::AskPapers(booking.what.citizen));
                deeds = vec![
                    deed("A", "booking-key-ask-papers", ask),
                    deed("4", "booking-key-later-time", step(BookingInput::Later)),
                    accept(),
                ];
            }
            said_box(look, Tint::warn(look), look.t("booking-missing"), Some(because(why)), deeds)
        }
        Guard::Needless { title, .. } => {
            let why = look.with("booking-needless-why", &[("title", pick(look.texts, title).into())]);
            let deeds = match accepted {
                true => Vec::new(),
                false => vec![deed("Esc", "booking-do-not-book", step(BookingInput::Discard)), accept()],
            };
            said_box(look, Tint::warn(look), look.t("booking-needless"), Some(because(why)), deeds)
        }
        Guard::NoInterpreter { language: code } => {
            let spoken = language(look.texts, code);
            let why = look.with("booking-no-interpreter-why", &[("language", spoken.into())]);
            let deeds = match accepted {
                true => Vec::new(),
                false if booking.slot.is_none() => {
                    vec![deed("G", "booking-key-interpreter", step(BookingInput::Interpreter))]
                }
                false => vec![deed("G", "booking-key-interpreter", step(BookingInput::Interpreter)), accept()],
            };
            said_box(look, Tint::warn(look), look.t("booking-no-interpreter"), Some(because(why)), deeds)
        }
        Guard::Joins { start, counter, .. } => {
            let start = start.to_zoned(page.tz().clone());
            let why = look.with(
                "booking-joins-why",
                &[
                    ("day", look.texts.weekday_day_month(start.date()).into()),
                    ("time", look.texts.time(start.time()).into()),
                    ("place", counter_name(look, desk, counter).into()),
                ],
            );
            let deeds = match page.finder.day {
                Some(_) => Vec::new(),
                None => vec![deed("J", "booking-key-join", step(BookingInput::Join))],
            };
            said_box(look, Tint::plain(look), look.t("booking-joins"), Some(why), deeds)
        }
        Guard::CouldCover { case, title } => {
            let why = look.with("booking-could-cover-why", &[("title", pick(look.texts, title).into())]);
            let deeds = match booking.what.cases.contains(case) {
                true => Vec::new(),
                false => vec![deed("K", "booking-key-cover", step(BookingInput::Cover))],
            };
            said_box(look, Tint::plain(look), look.t("booking-could-cover"), Some(why), deeds)
        }
        Guard::Covers { titles } => {
            let names: Vec<&str> = titles.iter().map(|title| pick(look.texts, title)).collect();
            let said = look.with("booking-covers", &[("count", titles.len().into())]);
            let why = look.with("booking-covers-why", &[("titles", names.join(", ").into())]);
            said_box(look, Tint::good(look), said, Some(why), Vec::new())
        }
    }
}

fn list<'a>(
    scene: Scene<'a>,
    booking: &'a Booking,
    plan: &'a VisitPlan,
    mut all: Column<'a, Message>,
) -> Column<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let mut head = row![look.strong(look.t("booking-must-bring")).width(Length::Fill)].align_y(Alignment::Center);
    if booking.what.cases.len() > 1 {
        head = head.push(look.label(look.with("booking-from-cases", &[("count", booking.what.cases.len().into())])));
    }
    let lines = plan.bring.iter().map(|one| {
        let ink = if one.blocking { t.alert } else { t.wait };
        row![
            container(glyph(Glyph::Missing, 13.0, ink)).padding([3.0, 0.0]),
            look.colored(pick(look.texts, &one.label).to_owned(), Type::CELL_MEDIUM, t.ink).width(Length::Fill),
            look.label(desk.session.tag(&one.department).to_owned()).wrapping(Wrapping::None),
        ]
        .spacing(space::S8)
        .into()
    });
    let mut must = column![head].spacing(space::S6).width(Length::Fill);
    must = match plan.bring.is_empty() {
        true => must.push(look.colored(look.t("booking-brings-nothing"), Type::CELL, t.ink2).width(Length::Fill)),
        false => must.extend(lines),
    };
    all = all.push(must);
    if !plan.need_not.is_empty() {
        let lines = plan.need_not.iter().map(|one| {
            let label = pick(look.texts, &one.label).to_owned();
            let said = match one.approved {
                Some(day) => {
                    look.with("booking-approved", &[("paper", label.into()), ("day", look.texts.day_month(day).into())])
                }
                None => label,
            };
            row![
                container(glyph(Glyph::Approved, 13.0, t.ok)).padding([3.0, 0.0]),
                look.colored(said, Type::CELL, t.ink2).width(Length::Fill),
            ]
            .spacing(space::S8)
            .into()
        });
        let head = look.strong(look.t("booking-need-not")).into();
        let lines: Vec<Element<'a, Message>> = std::iter::once(head).chain(lines).collect();
        all = all.push(Column::with_children(lines).spacing(space::S6).width(Length::Fill));
    }
    all
}

/// To whom and how: "To her by e-mail · k•••@•••.pl".
fn receiver(look: &Look<'_>, message: &MessageText) -> String {
    let to = look.t(match message.to {
        MessageTo::Citizen => "booking-to-citizen",
        MessageTo::Interpreter => "booking-to-interpreter",
        MessageTo::Caseworker => "booking-to-caseworker",
    });
    let how = look.t(match message.channel {
        MessageChannel::Email => "booking-by-email",
        MessageChannel::Sms => "booking-by-sms",
    });
    look.with(
        "booking-receiver",
        &[("to", to.into()), ("how", how.into()), ("address", message.address_masked.clone().into())],
    )
}

fn texts<'a>(
    look: &Look<'_>,
    booking: &Booking,
    plan: &'a VisitPlan,
    mut all: Column<'a, Message>,
) -> Column<'a, Message> {
    let timed = booking.slot.is_some();
    let t = look.tokens;
    all = all.push(look.strong(look.t("booking-texts")));
    if plan.messages.is_empty() {
        let why = look.t(if timed { "booking-nothing-sent" } else { "booking-no-time" });
        all = all.push(look.colored(why, Type::CELL, t.ink).width(Length::Fill));
    }
    for message in &plan.messages {
        let picture = match message.channel {
            MessageChannel::Email => Icon::Mail,
            MessageChannel::Sms => Icon::Message,
        };
        let head = row![
            container(icon(picture, 14.0, t.ink3)).padding([2.0, 0.0]),
            look.colored(receiver(look, message), Type::LABEL, t.ink2).width(Length::Fill),
        ]
        .spacing(space::S6);
        let mut words = Column::new().spacing(space::S4).width(Length::Fill);
        words = words.extend(
            message
                .subject
                .as_deref()
                .map(|subject| look.colored(subject, Type::CELL_STRONG, t.ink).width(Length::Fill).into()),
        );
        words = words.push(look.colored(message.text.as_str(), Type::CELL, t.ink).width(Length::Fill));
        let paper = container(words)
            .padding([space::S8, space::S10])
            .width(Length::Fill)
            .style(move |_| plate(t.sunken, t.line, radius::CONTROL));
        all = all.push(column![head, paper].spacing(space::S4).width(Length::Fill));
    }
    all
}

fn script<'a>(look: &Look<'_>, plan: &'a VisitPlan, mut all: Column<'a, Message>) -> Column<'a, Message> {
    let t = look.tokens;
    let spoken = language(look.texts, &plan.language);
    all = all.push(look.strong(look.with("booking-script", &[("language", spoken.into())])));
    // Read aloud from an arm's length, with the receiver in the other hand.
    let lines =
        plan.script.iter().map(|line| look.colored(line.as_str(), Type::LEAD, t.ink).width(Length::Fill).into());
    all.push(Column::with_children(lines).spacing(space::S10).width(Length::Fill))
}

/// What else can be laid open, and the language of what is sent.
fn folds<'a>(look: &'a Look<'_>, booking: &'a Booking) -> Element<'a, Message> {
    let fold =
        |id: &'static str, key: &'static str, what: Unfolded, (open, shut): (&str, &str)| -> Element<'a, Message> {
            let word = look.t(if booking.unfolded == what { shut } else { open });
            quiet(look, id, word).size(ButtonSize::Small).key(key).on_press(step(BookingInput::Unfold(what))).into()
        };
    let texts = ("booking-key-texts", "booking-key-list");
    let script = ("booking-key-script", "booking-key-list");
    let mut all = vec![
        fold("calendar/texts", "X", Unfolded::Texts, texts),
        fold("calendar/script", "P", Unfolded::Script, script),
    ];
    if let Some(plan) = booking.plan.value() {
        let spoken = language(look.texts, &plan.language);
        let word = look.with("booking-in-language", &[("language", spoken.into())]);
        all.push(
            quiet(look, "calendar/language", word)
                .size(ButtonSize::Small)
                .icon(Icon::Languages)
                .key("U")
                .on_press(step(BookingInput::Language))
                .into(),
        );
    }
    iced::widget::Row::with_children(all).spacing(space::S4).wrap().vertical_spacing(space::S4).into()
}

/// What is sent when, in a sentence.
pub(super) fn sent_when<'a>(look: &Look<'_>, booking: &Booking) -> Option<Element<'a, Message>> {
    let plan = booking.list()?;
    let told = |channel| plan.messages.iter().any(|one| one.to == MessageTo::Citizen && one.channel == channel);
    let how = match (told(MessageChannel::Email), told(MessageChannel::Sms)) {
        (true, true) => "booking-sent-both",
        (true, false) => "booking-sent-email",
        (false, true) => "booking-sent-sms",
        (false, false) => "booking-nothing-sent",
    };
    let spoken = language(look.texts, &plan.language);
    let mut said = look.with(how, &[("language", spoken.into())]);
    if let Some(day) = plan.reminder.filter(|_| how != "booking-nothing-sent") {
        let again = look.with("booking-reminder", &[("day", look.texts.weekday_day_month(day).into())]);
        said = format!("{said} {again}");
    }
    Some(look.colored(said, Type::CELL, look.tokens.ink2).width(Length::Fill).wrapping(Wrapping::WordOrGlyph).into())
}
