//! The life situations as panels, each with its cases over all departments and what is also affected. Departments of which nothing is
//! known stand in the first open panel, in their place among the others.

use iced::keyboard::{Key, key::Named};
use iced::widget::{Column, column, container, keyed_column, row, space as gap, text::Wrapping};
use iced::{Alignment, Length, Padding};
use skranke_client::ClientError;
use skranke_desk::citizen::{CitizenPage, Group};
use skranke_domain::case::Column as Board;

use super::case_row::{self, Standing};
use super::plan::{Line, Part, Plan, Sight};
use super::unknown::{self, Why};
use super::{CASES, Message, follows, proposed, say};
use crate::assets::{Glyph, Icon};
use crate::focus::{ControlState, Role};
use crate::screens::case::words::shown_column;
use crate::screens::words::pick;
use crate::screens::{Scene, sentence};
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::{Element, ShownState, ellipsis, glyph, hline, icon, panel, scroll};

/// What the rows are drawn by.
#[derive(Clone, Copy)]
struct Drawn {
    /// What of the list is in sight.
    sight: Sight,
    /// The keyboard is at the list.
    focused: bool,
}

/// The list of cases, in its panels; of the rows only those in sight.
pub(super) fn list<'a>(scene: Scene<'_>, page: &CitizenPage, sight: Sight) -> Element<'a, Message> {
    let look = scene.look;
    let sight = sight.of(page.id);
    let plan = Plan::of(page, look.density);
    let drawn = Drawn { sight, focused: look.focused(&CASES) };
    let chosen = page.selected_row();
    let active = chosen.map(|row| {
        let state = look.t(shown_column(row.case.column).word_key());
        format!("{}, {}, {state}", scene.desk.session.tag(&row.case.department), pick(look.texts, &row.case.title))
    });
    // The ring is round the chosen row; while none can be seen it is round the whole list.
    let seen = chosen.is_some_and(|row| plan.is_built(row.case.id, sight));
    let ring = if seen { Ring::Hidden } else { Ring::Row(radius::TAG) };
    let panels = Column::with_children(panels(scene, page, &plan, drawn)).spacing(space::S8);
    // The list clips; what stands at its edge keeps room for its ring.
    let room = stroke::FOCUS;
    let padding =
        Padding { top: space::S10 - room, right: space::S12 - room, bottom: space::S10, left: space::S16 - room };
    let id = page.id;
    let inside = scroll(look, CASES.child("scroll").widget(), container(panels).padding(padding).width(Length::Fill))
        .on_scroll(move |viewport| Message::Scrolled(Sight::new(id, viewport)));
    let list = control(look, CASES, Role::List, look.t("citizen-cases"), inside)
        .state(ControlState::new().active(active))
        .width(Length::Fill)
        .height(Length::Fill)
        .ring(ring)
        .on_key(|key, modifiers| {
            let enter = matches!(key, Key::Named(Named::Enter));
            (enter && modifiers.is_empty()).then_some(Message::OpenSelected)
        });
    // Another citizen's list is another list: it begins at its top.
    let list = keyed_column([(id, container(list).padding(Padding { bottom: 0.0, ..Padding::from(room) }).into())]);
    list.width(Length::Fill).height(Length::Fill).into()
}

fn panels<'a>(scene: Scene<'_>, page: &CitizenPage, plan: &Plan<'_>, drawn: Drawn) -> Vec<Element<'a, Message>> {
    let look = scene.look;
    let mut all = Vec::new();
    if let Some(error) = &page.overview_trouble {
        all.push(trouble(look, page, error));
    }
    if page.sources.is_empty() {
        if page.overview_trouble.is_none() {
            all.extend(unknown::first_moments(scene, page));
        }
        return all;
    }
    all.extend(proposed::panel_of(scene, page));
    all.extend(plan.parts.iter().map(|part| one(scene, page, (plan, part), drawn)));
    if !plan.has_host() {
        all.extend(not_yet_known(scene, page));
    }
    if page.rows().next().is_none() && unknown::all(page).next().is_none() {
        all.push(no_cases(scene, page));
    }
    all
}

/// The sentence for an overview that could not be had, or broke off.
fn trouble<'a>(look: &Look<'_>, page: &CitizenPage, error: &ClientError) -> Element<'a, Message> {
    let heading = if page.sources.is_empty() { "citizen-overview-unknown" } else { "citizen-overview-broke-off" };
    unknown::panel(look, look.t(heading), sentence::sentence(look, error))
}

/// Departments of which nothing is known, while no panel is open to take them.
fn not_yet_known<'a>(scene: Scene<'_>, page: &CitizenPage) -> Option<Element<'a, Message>> {
    let look = scene.look;
    let rows: Vec<Element<'a, Message>> =
        unknown::all(page).enumerate().map(|(n, (source, why))| unknown::in_place(scene, source, why, n)).collect();
    if rows.is_empty() {
        return None;
    }
    let id = if unknown::silent(scene, page).is_some() { "citizen-not-known" } else { "citizen-still-asked" };
    let head = container(look.section(look.t(id))).padding([0.0, space::S12]).center_y(height::SITUATION);
    let rows = rows.into_iter().flat_map(|row| [hline(look), row]);
    Some(panel(look, column![head].extend(rows)).padding(stroke::LINE).width(Length::Fill).into())
}

/// What stands where every source answered and none has a case.
fn no_cases<'a>(scene: Scene<'_>, page: &CitizenPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let session = &scene.desk.session;
    let withheld: Vec<&str> = page
        .sources
        .iter()
        .filter(|source| unknown::is_withheld(page, &source.department))
        .map(|source| session.tag(&source.department))
        .collect();
    let beneath = if withheld.is_empty() {
        look.t("citizen-no-cases-all")
    } else {
        look.with("citizen-no-cases-withheld", &[("tags", withheld.join(", ").into())])
    };
    let words =
        column![look.section(look.t("citizen-no-cases")), look.colored(beneath, Type::CELL, t.ink2)].spacing(space::S2);
    let inside = row![icon(Icon::FileText, 18.0, t.ink3), words].spacing(space::S12).align_y(Alignment::Center);
    panel(look, container(inside).padding(space::S16)).width(Length::Fill).into()
}

/// A life situation.
fn one<'a>(
    scene: Scene<'_>,
    page: &CitizenPage,
    (plan, part): (&Plan<'_>, &Part<'_>),
    drawn: Drawn,
) -> Element<'a, Message> {
    let look = scene.look;
    let mut lines = column![head(scene, page, part)];
    if !part.folded {
        if part.host && look.is_wide() {
            lines = lines.push(case_row::head(look));
        }
        let affected = follows::line(scene, page, &part.group);
        lines = lines.push(rows(scene, page, (plan, part), drawn, affected.is_none()));
        lines = lines.extend(affected);
    }
    panel(look, lines).padding(stroke::LINE).width(Length::Fill).into()
}

/// The rows in sight, with a rule above each, and room for the others.
fn rows<'a>(
    scene: Scene<'_>,
    page: &CitizenPage,
    (plan, part): (&Plan<'_>, &Part<'_>),
    drawn: Drawn,
    ends: bool,
) -> Element<'a, Message> {
    let look = scene.look;
    if part.lines.is_empty() {
        let none = look.colored(look.t("citizen-no-case-here"), Type::CELL, look.tokens.ink3);
        let none = container(none).padding([0.0, space::S12]).center_y(look.density.row_height());
        return column![hline(look), none].into();
    }
    let count = part.lines.len();
    let built = plan.built(part, drawn.sight);
    let room =
        |lines: &[Line<'_>]| -> Element<'a, Message> { gap().width(Length::Fill).height(plan.tall(lines)).into() };
    let first = built.start;
    let each = part.lines[built.clone()].iter().enumerate().map(|(n, line)| {
        let n = first + n;
        let row = match *line {
            Line::Unknown(source, why) => unknown::in_place(scene, source, why, n),
            Line::Kept(source) => unknown::kept(scene, source),
            Line::Case(case, source) => {
                let selected = page.selected == Some(case.case.id);
                let standing = Standing { selected, focused: selected && drawn.focused, last: ends && n + 1 == count };
                // A department that was asked again in vain still shows what it said before, with its age.
                let since = case
                    .stale_since
                    .or_else(|| source.section.as_ref().filter(|_| source.lost).and_then(|section| section.as_of));
                case_row::view(scene, page, case.case, since, standing)
            }
        };
        (n, column![hline(look), row].into())
    });
    // A row keeps what it remembers, wherever in the window it is drawn.
    let each = keyed_column(each).width(Length::Fill);
    column![room(&part.lines[..built.start]), each, room(&part.lines[built.end..])].width(Length::Fill).into()
}

/// The head of a panel: what it is, how its cases stand, since when and who holds it together.
fn head<'a>(scene: Scene<'_>, page: &CitizenPage, part: &Part<'_>) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let Part { group, folded, host, .. } = part;
    let (folded, host) = (*folded, *host);
    let kind = group.situation.and_then(|situation| scene.desk.session.situations.get(situation.kind));
    let title = match (group.situation, kind) {
        (None, _) => look.t("citizen-other-cases"),
        (Some(_), Some(kind)) => pick(look.texts, &kind.title).to_owned(),
        (Some(_), None) => look.t("citizen-life-situation"),
    };
    let picture = kind.and_then(|kind| Icon::named(&kind.icon)).unwrap_or(if group.situation.is_some() {
        Icon::Users
    } else {
        Icon::FileText
    });
    let chevron: Element<'a, Message> = match (group.situation, folded) {
        (None, _) => gap().width(16.0).into(),
        (Some(_), true) => icon(Icon::ChevronRight, 16.0, t.ink3),
        (Some(_), false) => icon(Icon::ChevronDown, 16.0, t.ink3),
    };
    let left = row![
        chevron,
        icon(picture, 18.0, t.accent),
        look.section(title.clone()).wrapping(Wrapping::None),
        counts(look, group, folded),
        awaited(scene, page, host),
    ]
    .spacing(space::S10)
    .align_y(Alignment::Center);
    let right = held(scene, group, folded).map(|words| ellipsis(words, Type::CELL).color(t.ink2));
    let mut inside = row![left, gap().width(Length::Fill)].spacing(space::S12).align_y(Alignment::Center);
    if let Some(right) = right {
        inside = inside.push(right);
    }
    let inside = container(inside).center_y(Length::Fill).width(Length::Fill);
    let Some(situation) = group.situation else {
        return container(inside).padding([0.0, space::S12]).height(height::SITUATION).into();
    };
    let corner = radius::PANEL - stroke::LINE;
    control(look, CASES.child("fold").child(situation.id), Role::Button, title, inside)
        .padding([0.0, space::S12])
        .height(height::SITUATION)
        .width(Length::Fill)
        .ring(Ring::Row(corner))
        .state(ControlState::new().expanded(!folded))
        .on_press(Message::Fold(situation.id))
        .style(move |status| {
            let ground = match status {
                Status::Hovered | Status::Pressed => t.bg,
                _ => t.surface,
            };
            let style = Style::ground(ground, corner);
            if folded {
                return style;
            }
            Style { border: iced::Border { radius: iced::border::top(corner), ..style.border }, ..style }
        })
        .into()
}

/// How many cases stand how, shape before number; how many are late; and in a folded panel whether anything is missing.
fn counts<'a>(look: &Look<'_>, group: &Group<'_>, folded: bool) -> Element<'a, Message> {
    const ORDER: [Board; 4] = [Board::AwaitingCitizen, Board::InProgress, Board::ReadyForAttendance, Board::Closed];
    let t = look.tokens;
    let mut all = row![].spacing(space::S10).align_y(Alignment::Center);
    let late = group.rows.iter().filter(|row| say::is_late(look, row.case)).count();
    let one = |state: ShownState, count: usize| {
        let color = state.tone().color(&t);
        let number = look.texts.number(i64::try_from(count).unwrap_or(i64::MAX));
        row![glyph(state.glyph(), 14.0, color), look.colored(number, Type::CELL_MEDIUM, color)]
            .spacing(space::S4)
            .align_y(Alignment::Center)
    };
    for board in ORDER {
        let count = group.rows.iter().filter(|row| row.case.column == board).count();
        if count > 0 {
            all = all.push(one(shown_column(board), count));
        }
    }
    if late > 0 {
        let words = look.with("citizen-late-count", &[("count", i64::try_from(late).unwrap_or(i64::MAX).into())]);
        all = all.push(
            row![
                glyph(Glyph::Overdue, 14.0, t.alert),
                look.colored(words, Type::CELL_MEDIUM, t.alert).wrapping(Wrapping::None)
            ]
            .spacing(space::S4)
            .align_y(Alignment::Center),
        );
    }
    if folded {
        let open: i64 = group.rows.iter().map(|row| i64::from(say::missing_papers(row.case))).sum();
        let words = if open == 0 {
            look.t("citizen-nothing-missing")
        } else {
            look.with("citizen-papers-missing", &[("count", open.into())])
        };
        all = all.push(look.colored(words, Type::CELL, t.ink2).wrapping(Wrapping::None));
    }
    all.into()
}

/// What the first open panel says of departments that have not answered.
fn awaited<'a>(scene: Scene<'_>, page: &CitizenPage, host: bool) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    if !host {
        return gap().into();
    }
    let waiting = unknown::all(page).filter(|(_, why)| *why == Why::Waiting).count();
    let mut words = row![].spacing(space::S10);
    if let Some(tags) = unknown::silent(scene, page) {
        let words_for = look.with("citizen-tags-unknown", &[("tags", tags.into())]);
        words = words.push(look.colored(words_for, Type::CELL_MEDIUM, t.wait).wrapping(Wrapping::None));
    }
    if waiting > 0 {
        let waiting = i64::try_from(waiting).unwrap_or(i64::MAX);
        let still = look.with("citizen-still-answering", &[("count", waiting.into())]);
        words = words.push(look.colored(still, Type::CELL, t.ink2).wrapping(Wrapping::None));
    }
    words.into()
}

/// Since when, who holds it together; in a folded panel its next deadline.
fn held(scene: Scene<'_>, group: &Group<'_>, folded: bool) -> Option<String> {
    let look = scene.look;
    let situation = group.situation?;
    let today = look.now.date();
    let id = if situation.since > today { "citizen-planned" } else { "citizen-since" };
    let mut said = vec![look.with(id, &[("day", say::day_within(look, situation.since).into())])];
    if folded {
        let open = group.rows.iter().filter(|row| row.case.column != Board::Closed);
        if let Some((day, case)) =
            open.filter_map(|row| Some((row.case.deadline?, row.case))).min_by_key(|(day, _)| *day)
        {
            let tag = scene.desk.session.tag(&case.department).to_owned();
            said.push(
                look.with("citizen-next-deadline", &[("day", say::day_within(look, day).into()), ("tag", tag.into())]),
            );
        }
    } else if let Some(who) = situation.coordinator.filter(|_| look.is_wide()) {
        said.push(look.with("citizen-held-together", &[("who", who.to_owned().into())]));
    }
    Some(said.join(" · "))
}
