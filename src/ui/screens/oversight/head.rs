//! The line over the table: the three tabs, which records; and the line beneath it: how many, what became of a file or a lock. What does not live here:
//! the tables.

use iced::widget::{Row, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_client::ClientError;
use skranke_desk::figures::Exported;
use skranke_desk::oversight::{FilterChange, OversightInput, OversightPage, Span, Standing, Tab};

use super::{Message, words};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::sentence::sentence;
use crate::theme::scale::{height, radius, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::panel::surface;
use crate::widget::{Control, Element, KeyGround, Ring, Status, Style, control, icon, key_cap, normal};

const LINE: f32 = 50.0;
const FOOT: f32 = 36.0;
const PAD: f32 = 11.0;

fn pill<'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    (word, key): (String, &'static str),
    (on, role): (bool, Role),
    message: Message,
) -> Control<'a, Message> {
    let t = look.tokens;
    let face = row![
        look.text(word.clone(), if on { Type::CELL_STRONG } else { Type::CELL })
            .wrapping(iced::widget::text::Wrapping::None),
        key_cap(look, key, KeyGround::Paper)
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center);
    let state = ControlState { key: Some(key.to_owned()), ..ControlState::new() }.checked(on);
    control(look, id, role, word, container(face).center_y(Length::Fill))
        .padding([0.0, PAD])
        .height(height::SMALL)
        .ring(Ring::Around(radius::CHIP))
        .state(state)
        .on_press(message)
        .style(move |status| {
            let touched = matches!(status, Status::Hovered | Status::Pressed);
            if on {
                Style::ground(t.accent_soft, radius::CHIP).edge(t.accent).ink(t.accent)
            } else {
                Style::ground(if touched { t.bg } else { t.surface }, radius::CHIP)
                    .edge(if touched { t.edge } else { t.line })
                    .ink(t.ink2)
            }
        })
}

/// The line over the table.
pub(super) fn head<'a>(scene: Scene<'a>, page: &'a OversightPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let waiting = page.unreviewed();
    let emergencies = match i64::try_from(waiting).unwrap_or(i64::MAX) {
        0 => look.t("oversight-tab-emergencies"),
        count => look.with("oversight-tab-emergencies-count", &[("count", count.into())]),
    };
    let tabs = [
        (Tab::Log, "oversight/tab/log", look.t("oversight-tab-log"), "1"),
        (Tab::Emergencies, "oversight/tab/emergencies", emergencies, "2"),
        (Tab::Rights, "oversight/tab/rights", look.t("oversight-tab-rights"), "3"),
    ];
    let tabs = tabs.into_iter().map(|(tab, id, word, key)| {
        let message = Message::Do(OversightInput::Tab(tab));
        pill(look, FocusId::new(id), (word, key), (page.tab == tab, Role::Radio), message).into()
    });
    let tabs: Row<'a, Message, _, _> = Row::with_children(tabs).spacing(space::S6);
    let mut line = row![look.section(look.t("oversight-title")), tabs].spacing(space::S16).align_y(Alignment::Center);
    line = line.push(gap().width(Length::Fill));
    if page.tab == Tab::Log && page.log.filter.citizen.is_some() {
        let writing = page.exported == Some(Exported::Writing);
        let word = look.t(if writing { "oversight-export-writing" } else { "oversight-export" });
        let save = normal(look, "oversight/export", word).key("Ctrl E").icon(Icon::FileText).size(ButtonSize::Small);
        line = line.push(Element::from(save.on_press(Message::Do(OversightInput::Export))));
    }
    let line = surface(t.surface, container(line).padding([0.0, space::S16]).center_y(LINE).width(Length::Fill));
    let second = (page.tab == Tab::Log).then(|| {
        let chips = container(filters(scene, page)).padding([space::S6, space::S16]).width(Length::Fill);
        Element::from(surface(t.surface, chips))
    });
    iced::widget::column![line].extend(second).into()
}

/// Which records, as chips that their keys switch.
fn filters<'a>(scene: Scene<'a>, page: &'a OversightPage) -> Element<'a, Message> {
    let look = scene.look;
    let filter = &page.log.filter;
    let named = |id: &str, name: String| look.with(id, &[("name", name.into())]);
    let chips = [
        ("span", "T", look.t(words::span(filter.span)), filter.span != Span::All, FilterChange::Span),
        (
            "citizen",
            "C",
            filter.citizen.map_or_else(
                || look.t("oversight-filter-citizen"),
                |id| named("oversight-filter-citizen-is", words::whom(scene, id)),
            ),
            filter.citizen.is_some(),
            FilterChange::Citizen,
        ),
        (
            "staff",
            "K",
            filter.staff.map_or_else(
                || look.t("oversight-filter-colleague"),
                |id| named("oversight-filter-colleague-is", words::colleague(page, id)),
            ),
            filter.staff.is_some(),
            FilterChange::Staff,
        ),
        (
            "action",
            "A",
            filter.action.map_or_else(|| look.t("oversight-filter-action"), |action| look.t(words::action(action))),
            filter.action.is_some(),
            FilterChange::Action,
        ),
        ("refused", "R", look.t("oversight-filter-refused"), filter.outcome.is_some(), FilterChange::Refused),
        (
            "context",
            "X",
            look.t("oversight-filter-out-of-context"),
            filter.context.is_some(),
            FilterChange::OutOfContext,
        ),
    ];
    let chips = chips.into_iter().map(|(id, key, word, on, change)| {
        let message = Message::Do(OversightInput::Filter(change));
        pill(look, FocusId::new("oversight/filter").child(id), (word, key), (on, Role::CheckBox), message).into()
    });
    let mut chips: Vec<Element<'a, Message>> = chips.collect();
    if filter.narrows() {
        let message = Message::Do(OversightInput::Filter(FilterChange::Nothing));
        let word = look.t("oversight-key-all");
        chips.push(pill(look, "oversight/filter/all", (word, "Z"), (false, Role::Button), message).into());
    }
    Row::with_children(chips).spacing(space::S6).wrap().vertical_spacing(space::S6).into()
}

/// The line beneath the table.
pub(super) fn foot<'a>(scene: Scene<'a>, page: &'a OversightPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let mut line: Row<'a, Message, _, _> = Row::new().spacing(space::S16).align_y(Alignment::Center);
    for words in counts(look, page) {
        line = line.push(look.colored(words, Type::CELL, t.ink2));
    }
    for (picture, ink, words) in told(look, page) {
        let both = row![icon(picture, 13.0, ink), look.colored(words, Type::LABEL_MEDIUM, ink)];
        line = line.push(both.spacing(space::S6).align_y(Alignment::Center));
    }
    let line = container(line).padding([0.0, space::S16]).center_y(FOOT).width(Length::Fill).clip(true);
    surface(t.bg, line).into()
}

fn number(count: usize) -> crate::i18n::Arg<'static> {
    i64::try_from(count).unwrap_or(i64::MAX).into()
}

fn counts(look: &Look<'_>, page: &OversightPage) -> Vec<String> {
    match page.tab {
        Tab::Log => {
            let Some(all) = page.log.records.value() else { return Vec::new() };
            let id = if page.log.next.is_some() { "oversight-count-so-far" } else { "oversight-count" };
            vec![look.with(id, &[("count", number(all.len()))]), look.t("oversight-log-kept")]
        }
        Tab::Emergencies => {
            let Some(all) = page.glasses.value() else { return Vec::new() };
            let waiting = look.with("oversight-unreviewed", &[("count", number(page.unreviewed()))]);
            vec![look.with("oversight-glass-count", &[("count", number(all.len()))]), waiting]
        }
        Tab::Rights => {
            let lines = page.right_lines(look.now.date());
            let of = |is: fn(Standing) -> bool| number(lines.iter().filter(|line| is(line.standing)).count());
            let staff = page.rights.value().map_or(&[][..], Vec::as_slice);
            if staff.is_empty() {
                return Vec::new();
            }
            let several = staff.iter().filter(|one| one.roles.len() > 1).count();
            vec![
                look.with("oversight-staff-count", &[("count", number(staff.len()))]),
                look.with("oversight-ends-count", &[("count", of(|one| matches!(one, Standing::Ends(_))))]),
                look.with("oversight-expired-count", &[("count", of(|one| matches!(one, Standing::Expired(_))))]),
                look.with("oversight-several-count", &[("count", number(several))]),
            ]
        }
    }
}

/// What became of what she did, and what is old.
fn told(look: &Look<'_>, page: &OversightPage) -> Vec<(Icon, iced::Color, String)> {
    let t = look.tokens;
    let wrong = |words: String| (Icon::TriangleAlert, t.alert, words);
    let mut all = Vec::new();
    let old = |error: &ClientError| (Icon::TriangleAlert, t.wait, sentence(look, error));
    let trouble = match page.tab {
        Tab::Log => page.log.records.value().and(page.log.records.trouble()).or(page.log.more_trouble.as_ref()),
        Tab::Emergencies => page.glasses.value().and(page.glasses.trouble()),
        Tab::Rights => page.rights.value().and(page.rights.trouble()),
    };
    all.extend(trouble.map(old));
    if page.tab == Tab::Log {
        let failed = |why: String| look.with("oversight-export-failed", &[("why", why.into())]);
        match &page.exported {
            Some(Exported::Written(name)) => {
                all.push((Icon::Check, t.ok, look.with("oversight-exported", &[("name", name.clone().into())])));
            }
            Some(Exported::NotFetched(error)) => all.push(wrong(failed(sentence(look, error)))),
            Some(Exported::NotWritten(_)) => all.push(wrong(failed(look.t("oversight-not-written")))),
            Some(Exported::Writing | Exported::Left) | None => {}
        }
    }
    if let (Tab::Rights, Some(staff)) = (page.tab, page.locked) {
        let name = words::colleague(page, staff);
        all.push((Icon::Lock, t.ok, look.with("oversight-locked", &[("name", name.into())])));
    }
    all
}
