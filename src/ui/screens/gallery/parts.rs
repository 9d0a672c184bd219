//! The gallery's sections, one function each: a heading and the component in every state it has.

use iced::widget::{Column, Row, column, container, row, space as gap};
use iced::{Alignment, Length};
use jiff::civil::time;

use super::{Message, State};
use crate::assets::{Glyph, Icon};
use crate::focus::FocusId;
use crate::theme::scale::{height, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::chip::ChipState;
use crate::widget::control::Status;
use crate::widget::list::{HeadCell, Sorted, title_cell, unsent_mark};
use crate::widget::panel::{plate, raised};
use crate::widget::person::AvatarSize;
use crate::widget::segmented::Segment;
use crate::widget::{
    ActionKey, Button, ButtonKind, ChecklistItem, Dialog, Element, EventKind, Found, KeyGround, MenuEntry, RowState,
    ShownState, SourceState, TextArea, Toast, ToastSign, Tone, action_bar, affected_chip, avatar, badge, button, cell,
    check_box, checklist_item, chip, department, dialog, event, field, hline, key_cap, lift, link, list_row, menu,
    palette_row, panel, radio, readiness_meter, segmented, skeleton_line, skeleton_row, source_cell, stale_mark,
    status, tab, table_head, text_area, toast, tone_badge,
};

fn section<'a>(look: &Look<'_>, heading: String, content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    column![look.strong(heading), content.into()].spacing(space::S6).width(Length::Fill).into()
}

fn wrapped<'a>(parts: impl IntoIterator<Item = Element<'a, Message>>) -> Element<'a, Message> {
    Row::with_children(parts).spacing(space::S12).align_y(Alignment::Center).wrap().vertical_spacing(space::S8).into()
}

fn pressed(name: &str) -> Message {
    Message::Pressed(name.to_owned())
}

pub(super) fn buttons<'a>(look: &Look<'_>, ids: &FocusId) -> Element<'a, Message> {
    let make = |part: &str, kind: ButtonKind, label: String, shown: Option<Status>| -> Element<'a, Message> {
        let mut made: Button<'_, Message> =
            button(look, ids.child(part), kind, label.clone()).on_press(pressed(&label));
        if let Some(status) = shown {
            made = made.shown(status);
        }
        made.into()
    };
    let first = [
        make("primary", ButtonKind::Primary, look.t("gallery-primary"), None),
        make("hover", ButtonKind::Primary, look.t("gallery-hover"), Some(Status::Hovered)),
        make("focus", ButtonKind::Primary, look.t("gallery-focus"), Some(Status::Focused)),
    ];
    let second = [
        make("normal", ButtonKind::Normal, look.t("gallery-normal"), None),
        make("pressed", ButtonKind::Normal, look.t("gallery-pressed"), Some(Status::Pressed)),
        make("quiet", ButtonKind::Quiet, look.t("gallery-quiet"), None),
        make("delete", ButtonKind::Danger, look.t("gallery-delete"), None),
        button(look, ids.child("disabled"), ButtonKind::Normal, look.t("gallery-disabled"))
            .disabled(Some(look.t("gallery-disabled-why")))
            .on_press(pressed("disabled"))
            .into(),
    ];
    let third = [
        button(look, ids.child("busy"), ButtonKind::Normal, look.t("gallery-busy"))
            .busy(true)
            .on_press(pressed("busy"))
            .into(),
        button(look, ids.child("small"), ButtonKind::Normal, look.t("gallery-show"))
            .size(ButtonSize::Small)
            .key("V")
            .on_press(pressed("small"))
            .into(),
        button(look, ids.child("send"), ButtonKind::Primary, look.t("gallery-send"))
            .key("Ctrl ↵")
            .on_press(pressed("send"))
            .into(),
        button(look, ids.child("counter"), ButtonKind::Normal, look.t("gallery-counter"))
            .size(ButtonSize::Counter)
            .icon(Icon::Counter)
            .on_press(pressed("counter"))
            .into(),
    ];
    section(
        look,
        look.t("gallery-button"),
        column![wrapped(first), wrapped(second), wrapped(third)].spacing(space::S10),
    )
}

pub(super) fn fields<'a>(state: &'a State, look: &Look<'_>, ids: &FocusId) -> Element<'a, Message> {
    let empty = field(look, ids.child("empty"), look.t("gallery-field-empty"), state.typed.clone())
        .hint(look.t("gallery-field-hint"))
        .on_input(Message::Typed);
    let typing = field(look, ids.child("typing"), look.t("gallery-field-typing"), look.t("gallery-field-typed"))
        .on_input(Message::Typed)
        .shown_focused();
    let wrong = field(look, ids.child("wrong"), look.t("gallery-field-cpr"), "721190-12")
        .error(Some(look.t("gallery-field-error")))
        .on_input(Message::Typed);
    let locked = field(look, ids.child("locked"), look.t("gallery-field-locked"), look.t("gallery-field-locked"))
        .locked(Some(look.t("gallery-field-locked-why")));
    let labelled = field(look, ids.child("note"), look.t("gallery-field-note"), "")
        .labelled()
        .hint(look.t("gallery-field-note-hint"))
        .icon(Icon::Note)
        .key("N")
        .on_input(Message::Typed);
    let all = column![
        Element::from(empty),
        Element::from(typing),
        Element::from(wrong),
        Element::from(locked),
        Element::from(labelled)
    ];
    section(look, look.t("gallery-field"), all.spacing(9.0))
}

pub(super) fn chips<'a>(state: &'a State, look: &Look<'_>, ids: &FocusId) -> Element<'a, Message> {
    let filter = if state.filtered { ChipState::Removable } else { ChipState::Off };
    let all = [
        chip(look, ids.child("chip-off"), look.t("gallery-chip-off"), ChipState::Off).on_press(pressed("off")).into(),
        chip(look, ids.child("chip-on"), look.t("gallery-chip-on"), ChipState::On).on_press(pressed("on")).into(),
        chip(look, ids.child("chip-focus"), look.t("gallery-focus"), ChipState::Off)
            .on_press(pressed("focus"))
            .shown_focused()
            .into(),
        chip(look, ids.child("chip-filter"), look.t("gallery-chip-filter"), filter).on_press(Message::Filtered).into(),
    ];
    let suggestion =
        affected_chip(look, ids.child("affected"), look.t("gallery-affected"), look.t("gallery-affected-why"));
    section(
        look,
        look.t("gallery-chip"),
        column![wrapped(all), suggestion.on_press(pressed("affected"))].spacing(space::S8),
    )
}

pub(super) fn states<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let lines = ShownState::ALL.chunks(2).map(|pair| {
        Row::with_children(
            pair.iter().map(|state| container(status(look, *state, None)).width(Length::FillPortion(1)).into()),
        )
        .spacing(space::S12)
        .into()
    });
    section(look, look.t("gallery-status"), Column::with_children(lines).spacing(space::S4))
}

pub(super) fn badges<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let all = [
        badge(look, ShownState::Approved, None),
        badge(look, ShownState::AwaitingCitizen, Some(look.t("gallery-awaiting"))),
        badge(look, ShownState::PastDeadline, Some(look.t("gallery-late"))),
        badge(look, ShownState::InProgress, None),
        badge(look, ShownState::NotNeeded, None),
        tone_badge(look, Tone::Alert, Glyph::NoAccess, look.t("gallery-protected")),
    ];
    section(look, look.t("gallery-badge"), wrapped(all))
}

pub(super) fn keys<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let all = ["K", "Ctrl K", "↵", "F8"]
        .map(|key| key_cap(look, key, KeyGround::Paper))
        .into_iter()
        .chain([department(look, "SIRI"), avatar(look, "IM", AvatarSize::Page)]);
    section(look, look.t("gallery-keys"), wrapped(all))
}

pub(super) fn skeletons<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let lines = column![
        skeleton_line(look, 0.7, 12.0),
        skeleton_line(look, 0.45, 9.0),
        skeleton_line(look, 0.6, 12.0),
        skeleton_line(look, 0.38, 9.0),
    ]
    .spacing(space::S8);
    section(look, look.t("gallery-skeleton"), lines)
}

pub(super) fn choices<'a>(state: &'a State, look: &Look<'_>, ids: &FocusId) -> Element<'a, Message> {
    let boxes = [
        check_box(look, ids.child("check"), look.t("gallery-check"), state.ticked).on_press(Message::Ticked).into(),
        check_box(look, ids.child("uncheck"), look.t("gallery-uncheck"), !state.ticked)
            .on_press(Message::Ticked)
            .into(),
    ];
    let words = [look.t("gallery-choice-post"), look.t("gallery-choice-letter"), look.t("gallery-choice-print")];
    let radios = words
        .iter()
        .enumerate()
        .map(|(n, word)| {
            radio(look, ids.child(format_args!("radio-{n}")), word.clone(), state.chosen == n)
                .on_press(Message::Chosen(n))
                .into()
        })
        .collect::<Vec<_>>();
    let tabs = ["Dansk", "English"].into_iter().enumerate().map(|(n, word)| {
        tab(look, ids.child(format_args!("tab-{n}")), word, state.chosen.min(1) == n)
            .on_press(Message::Chosen(n))
            .into()
    });
    let segments = words.into_iter().enumerate().map(|(n, label)| Segment { label, on_press: Message::Chosen(n) });
    let all = column![
        wrapped(boxes),
        wrapped(radios),
        row![
            Row::with_children(tabs),
            link(look, ids.child("link"), look.t("gallery-link"), Type::CELL_MEDIUM).on_press(pressed("link")),
        ]
        .spacing(space::S12)
        .align_y(Alignment::Center),
        segmented(look, ids.child("segmented"), state.chosen, segments),
    ];
    section(look, look.t("gallery-choices"), all.spacing(space::S8))
}

pub(super) fn sources<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let all = [
        source_cell(look, "KFF", SourceState::Live { took: 240 }),
        source_cell(look, "BUF", SourceState::Waiting),
        source_cell(look, "SUF", SourceState::NotAnswering),
        source_cell(look, "BIF", SourceState::Stale { at: time(9, 12, 0, 0) }),
        source_cell(look, "TMF", SourceState::Kept { at: time(10, 2, 0, 0) }),
        source_cell(look, "SOF", SourceState::NoAccess),
    ];
    section(look, look.t("gallery-source"), Row::with_children(all).wrap().vertical_spacing(space::S4))
}

pub(super) fn texts<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let t = look.tokens;
    let sample = |style: Type, key: &str| look.colored(look.t(key), style, t.ink);
    let all = column![
        look.colored(look.texts.elapsed(252), Type::TIMER, t.ink),
        sample(Type::NAME, "gallery-type-name"),
        sample(Type::LEAD, "gallery-type-lead"),
        sample(Type::SECTION, "gallery-type-section"),
        sample(Type::BODY, "gallery-type-body"),
        sample(Type::CELL, "gallery-type-cell"),
        look.label(look.t("gallery-type-label")),
    ];
    section(look, look.t("gallery-type"), all.spacing(space::S4))
}

fn sample_row<'a>(look: &Look<'_>, word: String, mark: Option<Element<'a, Message>>) -> Element<'a, Message> {
    let title = row![title_cell(look, word, None)]
        .extend(mark)
        .spacing(space::S8)
        .align_y(Alignment::Center)
        .width(Length::Fill);
    row![department(look, "KFF"), title, status(look, ShownState::InProgress, None)]
        .spacing(space::S12)
        .align_y(Alignment::Center)
        .into()
}

pub(super) fn rows<'a>(look: &Look<'_>, ids: &FocusId) -> Element<'a, Message> {
    let make = |part: &str, word: String, stands: RowState, mark: Option<Element<'a, Message>>| {
        list_row(look, ids.child(part), word.clone(), stands, sample_row(look, word.clone(), mark))
            .on_press(pressed(&word))
    };
    let all = column![
        make("row-rest", look.t("gallery-row-rest"), RowState::Rest, None),
        hline(look),
        make("row-hover", look.t("gallery-row-hover"), RowState::Rest, None).style(hovered(look)),
        hline(look),
        make("row-selected", look.t("gallery-row-selected"), RowState::Selected, None),
        container(make("row-focus", look.t("gallery-row-focus"), RowState::Rest, None).shown_focused())
            .padding([6.0, 4.0]),
        hline(look),
        make("row-stale", look.t("gallery-row-stale"), RowState::Rest, Some(stale_mark(look, time(9, 12, 0, 0)))),
        hline(look),
        make("row-unsent", look.t("gallery-row-unsent"), RowState::Rest, Some(unsent_mark(look))),
        hline(look),
        skeleton_row(look, 0),
    ];
    section(look, look.t("gallery-row"), panel(look, all).padding(1.0))
}

fn hovered(look: &Look<'_>) -> impl Fn(Status) -> crate::widget::Style + 'static {
    let tokens = look.tokens;
    move |_| crate::widget::row_ground(&tokens, RowState::Rest, Status::Hovered)
}

pub(super) fn checklist<'a>(look: &Look<'_>, ids: &FocusId) -> Element<'a, Message> {
    let june = look.texts.day_month(jiff::civil::date(2026, 6, 2));
    let samples = [
        ("gallery-paper-tenancy", ShownState::Missing, None, None),
        (
            "gallery-paper-birth",
            ShownState::Requested,
            Some(look.with("gallery-requested-on", &[("day", june.into())])),
            None,
        ),
        ("gallery-paper-employment", ShownState::Received, None, Some("gallery-paper-employment-second")),
        ("gallery-paper-passport", ShownState::Approved, None, Some("gallery-paper-passport-second")),
        ("gallery-paper-photo", ShownState::Rejected, None, Some("gallery-paper-photo-second")),
        ("gallery-paper-reference", ShownState::Waived, None, Some("gallery-paper-reference-second")),
        ("gallery-paper-means", ShownState::NotNeeded, None, None),
    ];
    let mut all = column![];
    for (n, (title, state, word, second)) in samples.into_iter().enumerate() {
        let item = ChecklistItem {
            title: look.t(title),
            state,
            word,
            second: second.map(|key| look.t(key)),
            unsent: state == ShownState::Received,
            row: if state == ShownState::Approved { RowState::Selected } else { RowState::Rest },
        };
        all = all
            .push(hline(look))
            .push(checklist_item(look, ids.child(format_args!("item-{n}")), item).on_press(pressed(title)));
    }
    section(look, look.t("gallery-checklist"), all)
}

pub(super) fn events<'a>(look: &Look<'_>, ids: &FocusId) -> Element<'a, Message> {
    let texts = look.texts;
    let at = |hour: i8, minute: i8| texts.time(time(hour, minute, 0, 0));
    let samples: [(EventKind, String, String); 9] = [
        (EventKind::Ready, look.with("gallery-event-ready", &[("time", at(10, 20).into())]), "K. Wrona".to_owned()),
        (
            EventKind::Missing,
            look.with("gallery-event-missing", &[("time", at(9, 15).into()), ("n", 2.into())]),
            "A. Rindom".to_owned(),
        ),
        (EventKind::Moving, texts.time_span(time(14, 0, 0, 0), time(14, 45, 0, 0)), look.t("gallery-event-moving")),
        (EventKind::Origin, at(14, 0), look.t("gallery-event-origin")),
        (EventKind::Free { key: Some("1".to_owned()) }, at(11, 0), look.t("gallery-event-free")),
        (EventKind::Blocked, at(12, 0), look.t("gallery-event-blocked")),
        (EventKind::Yours, at(10, 20), look.t("gallery-event-yours")),
        (EventKind::Conflict, at(13, 0), look.t("gallery-event-conflict")),
        (EventKind::Other, at(13, 30), "O. Sandvad".to_owned()),
    ];
    let mut made = samples.into_iter().enumerate().map(|(n, (kind, first, second))| {
        container(
            event(look, ids.child(format_args!("event-{n}")), kind, first.clone(), second)
                .on_press(Message::Pressed(first)),
        )
        .width(Length::FillPortion(1))
        .height(56.0)
        .into()
    });
    let mut lines = column![].spacing(space::S12);
    loop {
        let mut pair: Vec<Element<'a, Message>> = made.by_ref().take(2).collect();
        match pair.len() {
            0 => break,
            1 => pair.push(gap().width(Length::FillPortion(1)).into()),
            _ => {}
        }
        lines = lines.push(Row::with_children(pair).spacing(space::S12));
    }
    section(look, look.t("gallery-event"), lines)
}

pub(super) fn dialogs<'a>(look: &Look<'_>, ids: &FocusId) -> Element<'a, Message> {
    let asked = Dialog {
        id: ids.child("dialog"),
        title: look.t("gallery-dialog-title"),
        consequence: look.t("gallery-dialog-consequence"),
        body: None,
        verb: (look.t("gallery-dialog-verb"), pressed("reject")),
        verb_disabled: None,
        kind: ButtonKind::Danger,
        safe: (look.t("gallery-dialog-safe"), pressed("keep")),
    };
    section(look, look.t("gallery-dialog"), dialog(look, asked).width(Length::Fill))
}

pub(super) fn toasts<'a>(look: &Look<'_>, ids: &FocusId) -> Element<'a, Message> {
    let day = look.texts.weekday_day_month(jiff::civil::date(2026, 6, 11));
    let at = look.texts.time(time(14, 0, 0, 0));
    let said = look.with("gallery-toast-said", &[("day", day.into()), ("time", at.into())]);
    section(
        look,
        look.t("gallery-toast"),
        toast(look, ids.child("undo"), Toast { sign: ToastSign::Done, said, undo: Some(pressed("undo")) }),
    )
}

pub(super) fn meter<'a>(look: &Look<'_>, ids: &FocusId) -> Element<'a, Message> {
    use ShownState as S;
    let states = [S::Approved, S::Approved, S::Approved, S::Waived, S::Received, S::Requested, S::Rejected, S::Missing];
    let name = look.with("gallery-meter-name", &[("done", 4.into()), ("all", 8.into())]);
    let all =
        column![readiness_meter(look, ids.child("meter"), name.clone(), states), look.second(name)].spacing(space::S6);
    section(look, look.t("gallery-meter"), all)
}

pub(super) fn results<'a>(state: &'a State, look: &Look<'_>, ids: &FocusId) -> Element<'a, Message> {
    let t = look.tokens;
    let query = if state.typed.is_empty() { "wron 4" } else { state.typed.as_str() };
    let make = |n: usize, title: &str, second: String, side: String, key: &str| {
        let found = Found {
            icon: Icon::User,
            title: title.to_owned(),
            second,
            side,
            key: Some(key.to_owned()),
            active: n == 0,
        };
        palette_row(look, ids.child(format_args!("found-{n}")), query, found).on_press(pressed(title))
    };
    let all = column![
        make(0, "Wrona, Kalina Testrup", look.t("gallery-found-protected"), look.t("gallery-found-open"), "↵"),
        make(1, "Wrona, Danuta", "Tanglænken 4".to_owned(), look.t("gallery-found-none"), "Alt 2"),
    ];
    let face = container(all).padding(space::S8).width(Length::Fill).style(move |_| raised(&t, t.line, 8.0));
    section(look, look.t("gallery-palette"), lift(look, 8.0, face))
}

pub(super) fn table<'a>(look: &Look<'_>, ids: &FocusId) -> Element<'a, Message> {
    let mut dense = look.clone();
    dense.density = crate::theme::Density::Dense;
    let look = &dense;
    let t = look.tokens;
    let head = [
        ("gallery-table-case", Length::Fill, Sorted::No),
        ("gallery-table-deadline", Length::Fixed(110.0), Sorted::Up),
    ]
    .map(|(key, width, sorted)| HeadCell { label: look.t(key), width, sorted });
    let line = |n: usize, title: String, day: jiff::civil::Date, stands: RowState| {
        let cells = row![
            container(title_cell(look, title.clone(), None)).width(Length::Fill),
            cell(look.texts.day_month(day), t.ink, 110.0),
        ]
        .spacing(space::S12)
        .align_y(Alignment::Center);
        list_row(look, ids.child(format_args!("table-{n}")), title.clone(), stands, cells).on_press(pressed(&title))
    };
    let all = column![
        table_head(look, head),
        hline(look),
        line(0, look.t("gallery-table-long"), jiff::civil::date(2026, 6, 18), RowState::Rest),
        hline(look),
        line(1, look.t("gallery-paper-passport"), jiff::civil::date(2026, 6, 23), RowState::Selected),
    ];
    section(look, look.t("gallery-table"), container(all).style(move |_| plate(t.surface, t.line, 6.0)).padding(1.0))
}

pub(super) fn letter<'a>(state: &'a State, look: &Look<'_>, ids: &FocusId) -> Element<'a, Message> {
    let area = TextArea {
        id: ids.child("letter"),
        name: look.t("gallery-letter-name"),
        hint: look.t("gallery-letter-hint"),
        content: &state.letter,
        error: Some(look.t("gallery-letter-error")),
        lines: 3,
        on_action: Box::new(Message::Edited),
    };
    section(look, look.t("gallery-letter"), text_area(look, area))
}

pub(super) fn menus<'a>(look: &Look<'_>, ids: &FocusId) -> Element<'a, Message> {
    let entries = [("gallery-menu-clerk", true), ("gallery-menu-host", false)].map(|(key, chosen)| MenuEntry {
        label: look.t(key),
        second: Some(look.t("gallery-menu-second")),
        chosen,
        on_press: pressed(key),
    });
    section(look, look.t("gallery-menu"), menu(look, ids.child("menu"), look.t("gallery-menu"), 240.0, entries))
}

pub(super) fn bars<'a>(look: &Look<'_>, ids: &FocusId) -> Element<'a, Message> {
    let t = look.tokens;
    let key = |part: &str, key: &str, label: String, why: Option<String>| ActionKey {
        id: ids.child(part),
        key: key.to_owned(),
        on_press: Message::Pressed(label.clone()),
        label,
        disabled: why,
    };
    let left = [
        key("bar-book", "B", look.t("gallery-book"), None),
        key("bar-note", "N", look.t("gallery-field-note"), Some(look.t("gallery-disabled-why"))),
    ];
    let right: [Element<'a, Message>; 1] =
        [button(look, ids.child("bar-finish"), ButtonKind::Primary, look.t("gallery-finish"))
            .key("W")
            .on_press(pressed("finish"))
            .into()];
    let bar = container(action_bar(look, left, right))
        .height(height::ACTION_BAR)
        .style(move |_| plate(t.surface, t.line, 0.0));
    section(look, look.t("gallery-bar"), bar)
}
