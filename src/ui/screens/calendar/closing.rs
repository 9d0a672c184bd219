//! The sheet that closes time at counters: where, when, what for, whom it would meet; and what is closed that day. What does not live here:
//! what was typed, and the rules (the desk's).

use iced::widget::{Column, Row, column, container, row};
use iced::{Alignment, Length};
use skranke_api::appointments::Block;
use skranke_desk::calendar::closing::{ClosingInput, ClosingProblem, ClosingSheet, KINDS};
use skranke_desk::calendar::{CalendarInput, CalendarPage};
use skranke_desk::load::Load;

use super::Message;
use super::grid::block_word;
use super::header::{counter_name, counters};
use crate::assets::{Glyph, Icon};
use crate::focus::{FocusId, Role};
use crate::screens::Scene;
use crate::screens::sentence::sentence;
use crate::screens::words::pick;
use crate::theme::Type;
use crate::theme::scale::{radius, space};
use crate::widget::button::ButtonSize;
use crate::widget::chip::ChipState;
use crate::widget::field::field_error;
use crate::widget::panel::{plate, raised};
use crate::widget::segmented::{Segment, segmented};
use crate::widget::{Element, Ring, chip, control, ellipsis, field, glyph, lift, normal, primary, quiet, scroll};

const SHEET: FocusId = FocusId::new("calendar/closing");
/// Where the keyboard begins.
pub(super) const FROM: FocusId = FocusId::new("calendar/closing/from");
const WIDE: f32 = 520.0;

const fn input(input: ClosingInput) -> Message {
    Message::Do(CalendarInput::Closing(input))
}

/// The sheet.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CalendarPage, sheet: &'a ClosingSheet) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let title = look.t("calendar-close-title");
    let step = |part: &str, picture: Icon, word: &str, by: i8| {
        normal(look, SHEET.child(part), "")
            .icon(picture)
            .size(ButtonSize::Small)
            .name(look.t(word))
            .on_press(input(ClosingInput::Day(by)))
            .build()
    };
    let day = row![
        step("day-before", Icon::ChevronLeft, "calendar-key-day-before", -1),
        look.colored(look.texts.weekday_day_month(sheet.day), Type::TITLE, t.ink),
        step("day-after", Icon::ChevronRight, "calendar-key-day-after", 1),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    let places = counters(desk, &page.lane).iter().map(|counter| {
        let on = if sheet.counters.contains(&counter.id) { ChipState::On } else { ChipState::Off };
        chip(look, SHEET.child(format_args!("at/{}", counter.id)), pick(look.texts, &counter.name), on)
            .on_press(input(ClosingInput::Toggle(counter.id.clone())))
            .into()
    });
    let places = Row::with_children(places).spacing(space::S6).wrap().vertical_spacing(space::S6);
    let problem = sheet.problem.as_ref();
    let wrong = |at: &str| match (problem, at) {
        (Some(ClosingProblem::From), "from") | (Some(ClosingProblem::To), "to") => {
            Some(look.t("calendar-close-no-time"))
        }
        (Some(ClosingProblem::Order), "to") => Some(look.t("calendar-close-order")),
        _ => None,
    };
    let times = row![
        field(look, FROM, look.t("calendar-close-from"), sheet.from.clone())
            .labelled()
            .hint("09:00")
            .error(wrong("from"))
            .on_input(|text| input(ClosingInput::From(text)))
            .on_submit(input(ClosingInput::Save))
            .build(),
        field(look, SHEET.child("to"), look.t("calendar-close-to"), sheet.to.clone())
            .labelled()
            .hint("10:00")
            .error(wrong("to"))
            .on_input(|text| input(ClosingInput::To(text)))
            .on_submit(input(ClosingInput::Save))
            .build(),
    ]
    .spacing(space::S8);
    let kinds = segmented(
        look,
        SHEET.child("kind"),
        KINDS.iter().position(|kind| *kind == sheet.kind).unwrap_or(0),
        KINDS
            .into_iter()
            .map(|kind| Segment { label: look.t(block_word(kind)), on_press: input(ClosingInput::Kind(kind)) }),
    );
    let text = field(look, SHEET.child("text"), look.t("calendar-close-text"), sheet.text.clone())
        .labelled()
        .hint(look.t("calendar-close-hint"))
        .on_input(|text| input(ClosingInput::Text(text)))
        .on_submit(input(ClosingInput::Save))
        .build();
    let mut all = column![look.section(title.clone()), day, places].spacing(space::S10).width(Length::Fill);
    if matches!(problem, Some(ClosingProblem::NoCounter)) {
        all = all.push(field_error(look, look.t("calendar-close-nowhere")));
    }
    all = all.push(times).push(kinds).push(text).push(met(scene, page, sheet));
    let said = match problem {
        Some(ClosingProblem::NotSeen) => Some(look.t("calendar-close-not-seen")),
        Some(ClosingProblem::MetMeanwhile) => Some(look.t("calendar-close-met-meanwhile")),
        Some(ClosingProblem::Refused(error)) => Some(sentence(look, error)),
        _ => None,
    };
    if let Some(said) = said {
        all = all.push(field_error(look, said));
    }
    let busy = sheet.saving.then(|| look.t("calendar-close-saving"));
    all = all.push(
        row![
            Element::from(
                primary(look, SHEET.child("save"), look.t("calendar-key-close-time"))
                    .key("Ctrl ↵")
                    .disabled(busy)
                    .on_press(input(ClosingInput::Save))
                    .build()
            ),
            Element::from(
                quiet(look, SHEET.child("close"), look.t("calendar-close-leave"))
                    .key("Esc")
                    .on_press(input(ClosingInput::Close))
                    .build()
            ),
        ]
        .spacing(space::S8),
    );
    let closed: Vec<&Block> = page.closures(sheet.day).collect();
    if !closed.is_empty() {
        all = all.push(look.strong(look.t("calendar-closed-that-day")));
        let rows = closed.into_iter().map(|block| closed_row(scene, page, block));
        let list = scroll(look, SHEET.child("closed").widget(), Column::with_children(rows)).height(Length::Shrink);
        all = all.push(container(list).max_height(130.0));
    }
    let face = container(all)
        .padding([14.0, space::S16])
        .width(WIDE.min(look.width - 2.0 * space::S24))
        .style(move |_| raised(&t, t.edge, radius::DIALOG));
    control(look, SHEET, Role::Dialog, title, lift(look, radius::DIALOG, face)).ring(Ring::Hidden).into()
}

/// Whom it would meet: seen before it is saved.
fn met<'a>(scene: Scene<'a>, page: &CalendarPage, sheet: &'a ClosingSheet) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let plain = |said: String| look.colored(said, Type::CELL, t.ink2).width(Length::Fill).into();
    match &sheet.conflicts {
        Load::Idle => plain(look.t("calendar-close-say-when")),
        Load::Waiting { .. } => plain(look.t("calendar-close-asking")),
        Load::Failed { error, .. } => field_error(look, sentence(look, error)),
        Load::Known { value, .. } if value.appointments.is_empty() => {
            let said = look.colored(look.t("calendar-close-meets-nobody"), Type::CELL_MEDIUM, t.ok);
            row![glyph(Glyph::Approved, 13.0, t.ok), said].spacing(space::S6).align_y(Alignment::Center).into()
        }
        Load::Known { value, .. } => {
            let count = i64::try_from(value.appointments.len()).unwrap_or(i64::MAX);
            let head = look.with("calendar-close-meets", &[("count", count.into())]);
            let lines = value.appointments.iter().map(|one| {
                let (start, end) = (one.start.to_zoned(page.tz().clone()), one.end.to_zoned(page.tz().clone()));
                let args = [
                    ("time", look.texts.time_span(start.time(), end.time()).into()),
                    ("who", one.citizen_short.clone().into()),
                    ("place", counter_name(look, desk, &one.counter).into()),
                ];
                ellipsis(look.with("calendar-close-meets-one", &args), Type::CELL).color(t.ink).into()
            });
            let list = scroll(look, SHEET.child("meets").widget(), Column::with_children(lines)).height(Length::Shrink);
            let first = row![
                glyph(Glyph::Overdue, 13.0, t.wait),
                look.colored(head, Type::STRONG, t.wait).width(Length::Fill),
            ]
            .spacing(space::S6)
            .align_y(Alignment::Center);
            container(column![first, container(list).max_height(110.0)].spacing(space::S4))
                .padding([space::S8, space::S12])
                .width(Length::Fill)
                .style(move |_| plate(t.wait_soft, t.line, radius::PANEL))
                .into()
        }
    }
}

fn closed_row<'a>(scene: Scene<'a>, page: &CalendarPage, block: &Block) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let (start, end) = (block.start.to_zoned(page.tz().clone()), block.end.to_zoned(page.tz().clone()));
    let why = block.text.clone().filter(|text| !text.is_empty()).unwrap_or_else(|| look.t(block_word(block.kind)));
    let args = [
        ("time", look.texts.time_span(start.time(), end.time()).into()),
        ("who", why.into()),
        ("place", counter_name(look, desk, &block.counter).into()),
    ];
    let said = look.with("calendar-close-meets-one", &args);
    let mut line = row![ellipsis(said.clone(), Type::CELL).color(t.ink).width(Length::Fill)]
        .spacing(space::S8)
        .align_y(Alignment::Center);
    if let (Some(id), Some(etag)) = (block.id, &block.etag) {
        let name = look.with("calendar-open-again-name", &[("what", said.into())]);
        let part = SHEET.child(format_args!("open/{id}/{}", block.counter));
        line = line.push(
            normal(look, part, look.t("calendar-open-again"))
                .size(ButtonSize::Small)
                .name(name)
                .on_press(input(ClosingInput::Reopen(id, etag.clone(), block.counter.clone())))
                .build(),
        );
    }
    // Room for the scroll bar.
    container(line)
        .padding(iced::Padding { top: 2.0, right: space::S12, bottom: 2.0, left: 0.0 })
        .width(Length::Fill)
        .into()
}
