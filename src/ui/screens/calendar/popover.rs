//! What lies beside the chosen appointment: who, what, how ready, whom it told, what can be done; and while it is moved, who will be told. What
//! does not live here: where it lies (see `grid`).

use iced::widget::{Column, column, container, row};
use iced::{Alignment, Length};
use skranke_api::appointments::Appointment;
use skranke_desk::calendar::moving::{Interprets, MoveInput, Moving, Stage, Verdict, end_of};
use skranke_desk::calendar::standing::{Unsent, standing};
use skranke_desk::calendar::{CalendarInput, CalendarPage};
use skranke_desk::offline::WaitsForLine;
use skranke_domain::appointment::{AppointmentReadiness, AppointmentStatus};

use super::event::{interprets_word, state, verdict_word};
use super::header::counter_name;
use super::told::{self, Words};
use super::{Message, can_end, keys, visit};
use crate::assets::Glyph;
use crate::focus::{FocusId, Role};
use crate::screens::Scene;
use crate::screens::words::pick;
use crate::theme::scale::{height, radius, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::panel::raised;
use crate::widget::{Element, KeyGround, Ring, control, ellipsis, glyph, key_cap, lift, normal, primary, quiet};

/// How wide it is.
pub(super) const WIDE: f32 = 348.0;
/// So many are named whom an appointment told.
const TOLD: usize = 3;

const ID: FocusId = FocusId::new("calendar/popover");

/// What lies over the sheet, and how tall it is about.
pub(super) struct Above<'a> {
    pub element: Element<'a, Message>,
    pub tall: f32,
}

/// What lies beside the chosen appointment, or beside the one being moved.
pub(super) fn above<'a>(scene: Scene<'a>, page: &'a CalendarPage, moving: bool) -> Option<Above<'a>> {
    match &page.moving {
        Some(held) if moving => Some(held_above(scene, page, held)),
        Some(_) => None,
        None if page.booking.is_some() => None,
        None => Some(chosen(scene, page, page.chosen()?)),
    }
}

fn framed<'a>(look: &Look<'_>, name: String, inside: Column<'a, Message>, tall: f32) -> Above<'a> {
    let t = look.tokens;
    let face = container(inside.width(Length::Fill))
        .padding([space::S12, 14.0])
        .width(WIDE)
        .style(move |_| raised(&t, t.line, radius::PANEL));
    let element = control(look, ID, Role::Group, name, lift(look, radius::PANEL, face)).ring(Ring::Hidden).into();
    Above { element, tall: tall + 2.0 * space::S12 }
}

fn title<'a>(look: &Look<'_>, words: String) -> Element<'a, Message> {
    row![
        ellipsis(words, Type::STRONG).color(look.tokens.ink).width(Length::Fill),
        key_cap(look, "Esc", KeyGround::Paper)
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center)
    .height(height::KEY + 4.0)
    .into()
}

/// The appointment that is being moved: to where, whether it can, who is told.
fn held_above<'a>(scene: Scene<'a>, page: &'a CalendarPage, moving: &'a Moving) -> Above<'a> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let now = look.now.timestamp();
    let local = |at: jiff::Timestamp| at.to_zoned(page.tz().clone());
    let (start, end) = (local(moving.to.start), local(end_of(&moving.to)));
    let who = moving.appointment.citizen_short.clone();
    let words = look.with("calendar-move-title", &[("who", who.into())]);
    let place = look.with(
        "calendar-move-to",
        &[
            ("day", look.texts.weekday_day_month(start.date()).into()),
            ("time", look.texts.time_span(start.time(), end.time()).into()),
            ("place", counter_name(look, desk, &moving.to.counter).into()),
        ],
    );
    let (verdict, interprets) = (page.verdict(moving, now), page.interprets(moving));
    let mut all =
        column![title(look, words.clone()), ellipsis(place.clone(), Type::CELL).color(t.ink2)].spacing(space::S6);
    let mut tall = 56.0;
    let wrong = verdict_word(verdict).or(interprets_word(interprets).filter(|_| interprets == Interprets::Busy));
    if let Some(wrong) = wrong {
        all = all.push(readiness(look, Glyph::Overdue, t.alert, look.t(wrong)));
        tall += 26.0;
    }
    match moving.stage {
        Stage::Choosing => {
            all = all.push(look.colored(look.t("calendar-move-how"), Type::LABEL, t.ink3).width(Length::Fill));
            let off = cannot_move(look.texts, verdict, interprets);
            let ask = primary(look, ID.child("ask"), look.t("calendar-move-ask"))
                .key("↵")
                .size(ButtonSize::Small)
                .disabled(off)
                .on_press(Message::Move(MoveKey::Ask));
            all = all.push(row![Element::from(ask.build())]);
            tall += 78.0;
        }
        Stage::Asking => {
            all = all.push(told::plan(look, &moving.plan, Words::when(moving.words)));
            tall += told::lines(&moving.plan) as f32 * told::LINE + 30.0;
            if moving.words {
                tall += told::WORDS;
            }
            let go = primary(look, ID.child("move"), look.t("calendar-key-move"))
                .key("Ctrl ↵")
                .size(ButtonSize::Small)
                .disabled(moving.plan.is_waiting().then(|| look.t("calendar-told-asking")))
                .on_press(Message::Move(MoveKey::Confirm));
            let words = normal(look, ID.child("words"), look.t("calendar-key-words"))
                .key("T")
                .size(ButtonSize::Small)
                .on_press(Message::Move(MoveKey::Words));
            all = all.push(row![Element::from(go.build()), Element::from(words.build())].spacing(space::S8));
            tall += 40.0;
        }
    }
    framed(look, format!("{words} {place}"), all, tall)
}

/// What the keys do with an appointment that is being moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveKey {
    /// Begin.
    Begin,
    /// Show who is told.
    Ask,
    /// The messages word for word.
    Words,
    /// Do it.
    Confirm,
    /// One step back.
    Cancel,
    /// So many minutes earlier or later.
    Minutes(i16),
}

impl MoveKey {
    /// What it means for the calendar.
    pub(super) fn input(self) -> CalendarInput {
        CalendarInput::Move(match self {
            Self::Begin => MoveInput::Begin,
            Self::Ask => MoveInput::Ask,
            Self::Words => MoveInput::Words,
            Self::Confirm => MoveInput::Confirm,
            Self::Cancel => MoveInput::Cancel,
            Self::Minutes(by) => MoveInput::Minutes(by),
        })
    }
}

/// Why it cannot be moved there, if so.
pub(super) fn cannot_move(texts: &crate::i18n::Texts, verdict: Verdict, interprets: Interprets) -> Option<String> {
    match (verdict, interprets) {
        (Verdict::Same, _) => Some(texts.t("calendar-move-same")),
        (Verdict::Free, Interprets::Busy) => Some(texts.t("calendar-move-interpreter-busy")),
        (verdict, _) => verdict_word(verdict).map(|word| texts.t(word)),
    }
}

fn readiness<'a>(look: &Look<'_>, shape: Glyph, color: iced::Color, said: String) -> Element<'a, Message> {
    row![glyph(shape, 13.0, color), look.colored(said, Type::CELL_MEDIUM, color).width(Length::Fill)]
        .spacing(space::S8)
        .align_y(Alignment::Center)
        .into()
}

/// How ready it is, in a sentence.
fn ready(look: &Look<'_>, appointment: &Appointment) -> (Glyph, iced::Color, String) {
    let t = look.tokens;
    let (due, open) = (appointment.papers.due, appointment.papers.open);
    let args = [("due", due.into()), ("open", open.into()), ("done", due.saturating_sub(open).into())];
    match appointment.readiness {
        AppointmentReadiness::Needless => (Glyph::Closed, t.wait, look.t("calendar-ready-needless")),
        AppointmentReadiness::Blocked if open > 0 => {
            (Glyph::Missing, t.alert, look.with("calendar-ready-blocked", &args))
        }
        _ if open > 0 => (Glyph::Missing, t.wait, look.with("calendar-ready-missing", &args)),
        _ if due == 0 => (Glyph::Ready, t.ok, look.t("calendar-ready-nothing-due")),
        _ => (Glyph::Ready, t.ok, look.with("calendar-ready", &args)),
    }
}

fn chosen<'a>(scene: Scene<'a>, page: &'a CalendarPage, appointment: &'a Appointment) -> Above<'a> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let stands = standing(appointment, &desk.pending);
    let appointment = stands.appointment.as_ref();
    let local = |at: jiff::Timestamp| at.to_zoned(page.tz().clone());
    let start = local(appointment.start);
    let words = look.with(
        "calendar-chosen-title",
        &[("time", look.texts.time(start.time()).into()), ("who", appointment.citizen_short.clone().into())],
    );
    // An appointment takes three hours at most.
    let minutes = (appointment.end.as_second() - appointment.start.as_second()) / 60;
    let since = appointment
        .arrived
        .map(|at| look.with("calendar-here-since", &[("time", look.texts.time(local(at).time()).into())]));
    let facts = [
        appointment.title.as_ref().map(|title| pick(look.texts, title).to_owned()),
        Some(look.with("calendar-minutes", &[("minutes", minutes.into())])),
        (appointment.people > 1).then(|| look.with("calendar-chosen-people", &[("people", appointment.people.into())])),
        appointment.interpreter.as_ref().map(|one| one.name.clone()),
        since.or_else(|| state(look, appointment.status)),
    ];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let mut all =
        column![title(look, words.clone()), look.colored(facts.clone(), Type::CELL, t.ink2).width(Length::Fill)]
            .spacing(space::S6);
    let mut tall = 24.0 + space::S6 + if facts.chars().count() > 46 { 36.0 } else { 18.0 };
    let ends = matches!(
        appointment.status,
        AppointmentStatus::Fulfilled | AppointmentStatus::Noshow | AppointmentStatus::Cancelled
    );
    let (shape, color, said) = ready(look, appointment);
    if !ends {
        tall += 24.0 + if said.chars().count() > 42 { 18.0 } else { 0.0 };
        all = all.push(readiness(look, shape, color, said.clone()));
    }
    if appointment.conflict {
        all = all.push(readiness(look, Glyph::Overdue, t.alert, look.t("calendar-conflict")));
        tall += 42.0;
    }
    if let Some(Unsent::Refused(entry)) = stands.unsent {
        let why = entry.state.problem().map(|problem| crate::screens::sentence::problem(look, problem));
        let said = look.with("calendar-change-refused", &[("why", why.unwrap_or_default().into())]);
        all = all.push(look.colored(said, Type::LABEL_MEDIUM, t.alert).width(Length::Fill));
        tall += 54.0;
    }
    if let Some(detail) = page.detail.value().filter(|detail| detail.id == appointment.id && !detail.told.is_empty()) {
        all = all.push(Column::with_children(told::told(look, &detail.told, TOLD)));
        tall += detail.told.len().min(TOLD) as f32 * told::LINE + space::S6;
    }
    let small = ButtonSize::Small;
    let today = start.date() == look.now.date();
    let label = if !ends && today { "calendar-serve" } else { "calendar-key-open" };
    let mut deeds = row![Element::from(
        primary(look, ID.child("open"), look.t(label))
            .key("↵")
            .size(small)
            .on_press(Message::Open(appointment.citizen))
            .build()
    )]
    .spacing(space::S8);
    if appointment.status == AppointmentStatus::Noshow {
        let again = normal(look, ID.child("again"), look.t("calendar-key-again")).key("R").size(small);
        deeds = deeds.push(Element::from(again.on_press(Message::Again(appointment.id)).build()));
    } else if CalendarPage::can_move(appointment) {
        let move_it = normal(look, ID.child("move"), look.t("calendar-key-move")).key("M").size(small);
        let move_it = move_it.disabled(visit::waits_for_line(desk, look.texts, WaitsForLine::Move));
        deeds = deeds.push(Element::from(move_it.on_press(Message::Move(MoveKey::Begin)).build()));
    }
    if let Some(case) = appointment.cases.first() {
        let case = normal(look, ID.child("case"), look.t("calendar-key-open-case"))
            .key("O")
            .size(small)
            .on_press(Message::OpenCase(*case));
        deeds = deeds.push(Element::from(case.build()));
    }
    all = all.push(container(deeds.wrap().vertical_spacing(space::S6)).padding(iced::padding::top(2.0)));
    tall += 34.0 + space::S6;
    if can_end(appointment) {
        let too_early = keys::too_early(look.texts, appointment, look.now.timestamp());
        let small_key = |part: &str, label: &str, key: &str, off: Option<String>, message: Message| {
            let button = quiet(look, ID.child(part), look.t(label)).key(key).size(small).disabled(off);
            Element::from(button.on_press(message).build())
        };
        let mut second = row![].spacing(space::S2);
        if appointment.status == AppointmentStatus::Booked {
            second = second.push(small_key("arrived", "calendar-key-arrived", "A", None, Message::Arrived));
            second = second.push(small_key("missed", "calendar-key-missed", "N", too_early, Message::Missed));
        }
        second = second.push(small_key("cancel", "calendar-key-cancel", "Del", None, Message::Cancel));
        all = all.push(second.wrap());
        tall += 32.0;
    }
    framed(look, format!("{words}, {facts}, {said}"), all, tall)
}
