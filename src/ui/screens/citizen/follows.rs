//! What usually follows from a life situation and has no case: chips beneath its cases, one stop, started with `+` and dismissed with `-`. What
//! does not live here: what follows for whom (the desk's `follow`), the whole of it (the situation's sheet).

use std::collections::BTreeSet;

use iced::keyboard::{Key, key::Named};
use iced::widget::{Row, container, row, text::Wrapping};
use iced::{Alignment, Length};
use skranke_desk::citizen::follow::{Following, Standing};
use skranke_desk::citizen::{CitizenInput, CitizenPage, FollowInput, Group, Step};
use skranke_desk::sheets::{Opening, SheetInput, SituationInput, Target};
use skranke_domain::life_situation::Fit;
use skranke_domain::{FollowOnId, SituationId};

use super::Message;
use super::plan::AFFECTED;
use super::unknown::{self, Why};
use crate::assets::{Glyph, Icon};
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::words::pick;
use crate::theme::scale::{height, radius, space};
use crate::theme::{Look, Type};
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::dashed::dashed_top;
use crate::widget::{Element, dashed, glyph, icon};

/// So many chips are shown; the others are in the situation's sheet.
const SHOWN: usize = 7;

/// What is also affected in one life situation.
pub(super) fn line<'a>(scene: Scene<'_>, page: &CitizenPage, group: &Group<'_>) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let situation = group.situation.filter(|situation| !situation.closed)?;
    let kind = desk.session.situations.get(situation.kind)?;
    if kind.follows.is_empty() {
        return None;
    }
    let mut open = page.following(situation.id, kind, &page.started(), &desk.pending);
    open.retain(|one| !matches!(one.standing, Standing::Started(_) | Standing::Dismissed(_) | Standing::Withheld));
    if open.is_empty() {
        return None;
    }
    let (ending, ink) = ending(scene, page, &open);
    // What follows for sure stands before what may.
    open.sort_by_key(|one| (rank(&one.standing), one.fit != Fit::Follows));
    let hidden = open.len().saturating_sub(SHOWN);
    open.truncate(SHOWN);
    let id = FocusId::new("citizen/follows").child(situation.id);
    let chosen = page.follow.as_ref().filter(|(of, _)| *of == situation.id).map(|(_, follow)| follow);
    let at = open.iter().position(|one| Some(&one.follow.id) == chosen).unwrap_or(0);
    let focused = look.focused(&id);
    let spoken = name(scene, &open[at]);
    let mut chips: Vec<Element<'a, Message>> = open
        .iter()
        .enumerate()
        .map(|(n, one)| chip(scene, page, (&id, situation.id), one, focused && n == at))
        .collect();
    if hidden > 0 {
        let more = look.with("citizen-follows-more", &[("count", i64::try_from(hidden).unwrap_or(i64::MAX).into())]);
        chips.push(
            crate::widget::link(look, id.child("more"), more, Type::CELL)
                .on_press(Message::Sheet(all(situation.id)))
                .into(),
        );
    }
    let keys = Acts::of(situation.id, &open, at);
    let chips =
        Row::with_children(chips).spacing(space::S8).align_y(Alignment::Center).wrap().vertical_spacing(space::S6);
    let chips = control(look, id, Role::List, look.t("citizen-also-affected"), chips)
        .ring(Ring::Hidden)
        .width(Length::Fill)
        .state(ControlState::new().active(Some(spoken)))
        .on_key(move |key, modifiers| keys.on(key, modifiers));
    let label = row![
        icon(Icon::Enter, 14.0, t.ink2),
        look.colored(look.t("citizen-also-affected"), Type::CELL, t.ink2).wrapping(Wrapping::None)
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    let line = row![
        container(label).center_y(height::SMALL),
        chips,
        container(look.colored(ending, Type::LABEL, ink).wrapping(Wrapping::None)).center_y(height::SMALL),
    ]
    .spacing(space::S8);
    let pad = (AFFECTED - height::SMALL) / 2.0;
    Some(dashed_top(t.edge, container(line).padding([pad, space::S12]).width(Length::Fill)).width(Length::Fill).into())
}

const fn rank(standing: &Standing<'_>) -> u8 {
    match standing {
        Standing::Refused(_) => 0,
        Standing::Starting => 1,
        Standing::Elsewhere => 3,
        _ => 2,
    }
}

/// The sheet with all that follows.
const fn all(situation: SituationId) -> Opening {
    Opening::Situation(Target::Open(situation))
}

/// What is said of all of it: that there is no case, or who must answer before that is known.
fn ending(scene: Scene<'_>, page: &CitizenPage, open: &[Following<'_>]) -> (String, iced::Color) {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let concerns =
        |department: &skranke_domain::DepartmentId| open.iter().any(|one| one.follow.department == *department);
    let silent: BTreeSet<&str> = unknown::all(page)
        .filter(|(source, why)| *why != Why::Waiting && concerns(&source.department))
        .map(|(source, _)| desk.session.tag(&source.department))
        .collect();
    if open.iter().all(|one| unknown::is_known(page, &one.follow.department)) {
        (look.t("citizen-no-case-yet"), t.ink3)
    } else if silent.is_empty() {
        (look.t("citizen-affected-awaited"), t.ink3)
    } else {
        let count = i64::try_from(silent.len()).unwrap_or(i64::MAX);
        let tags = silent.into_iter().collect::<Vec<_>>().join(", ");
        (look.with("citizen-affected-unknown", &[("tags", tags.into()), ("count", count.into())]), t.wait)
    }
}

/// What the keys of the list do, while one chip is active.
struct Acts {
    before: Option<Message>,
    after: Option<Message>,
    start: Option<Message>,
    dismiss: Message,
    sheet: Message,
}

impl Acts {
    fn of(situation: SituationId, open: &[Following<'_>], at: usize) -> Self {
        let select = |step: Step| {
            let to = step.from(Some(at), open.len()).filter(|to| *to != at)?;
            let follow = open[to].follow.id.clone();
            Some(Message::Page(CitizenInput::Follow(FollowInput::Select(situation, follow))))
        };
        let active = &open[at];
        Self {
            before: select(Step::Previous),
            after: select(Step::Next),
            start: start(situation, active),
            dismiss: dismiss(situation, active.follow.id.clone()),
            sheet: Message::Sheet(all(situation)),
        }
    }

    fn on(&self, key: &Key, modifiers: iced::keyboard::Modifiers) -> Option<Message> {
        if modifiers.control() || modifiers.alt() || modifiers.logo() {
            return None;
        }
        match key {
            Key::Named(Named::ArrowLeft) => self.before.clone(),
            Key::Named(Named::ArrowRight) => self.after.clone(),
            Key::Named(Named::Enter) => Some(self.sheet.clone()),
            Key::Named(Named::Delete) => Some(self.dismiss.clone()),
            Key::Character(typed) if typed == "+" => self.start.clone(),
            Key::Character(typed) if typed == "-" => Some(self.dismiss.clone()),
            _ => None,
        }
    }
}

fn start(situation: SituationId, one: &Following<'_>) -> Option<Message> {
    matches!(one.standing, Standing::Open | Standing::Refused(_))
        .then(|| Message::Page(CitizenInput::Follow(FollowInput::Start(situation, one.follow.id.clone()))))
}

/// The sheet, at the words why it does not follow.
fn dismiss(situation: SituationId, follow: FollowOnId) -> Message {
    Message::Pages(vec![
        CitizenInput::Sheet(SheetInput::Open(all(situation))),
        CitizenInput::Sheet(SheetInput::Situation(SituationInput::DismissOf(follow))),
    ])
}

fn name(scene: Scene<'_>, one: &Following<'_>) -> String {
    let look = scene.look;
    let title = pick(look.texts, &one.follow.title).to_owned();
    let state = match (one.standing, one.fit) {
        (Standing::Starting, _) => look.t("situation-being-started"),
        (Standing::Refused(_), _) => look.t("situation-start-refused"),
        (Standing::Elsewhere, _) => look
            .with("situation-elsewhere", &[("who", scene.desk.session.tag(&one.follow.department).to_owned().into())]),
        (_, Fit::Perhaps) => look.t("citizen-follows-perhaps"),
        _ => look.t("citizen-follows-start"),
    };
    format!("{title}, {state}")
}

fn chip<'a>(
    scene: Scene<'_>,
    page: &CitizenPage,
    (list, situation): (&FocusId, SituationId),
    one: &Following<'_>,
    ringed: bool,
) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let known = unknown::is_known(page, &one.follow.department);
    let tag = desk.session.tag(&one.follow.department).to_owned();
    let tag = if known { (tag, t.ink3) } else { (look.with("citizen-tag-unknown", &[("tag", tag.into())]), t.wait) };
    let (mark, ink, (reason, reason_ink)): (Element<'a, Message>, _, _) = match (one.standing, one.fit) {
        (Standing::Starting, _) => {
            (glyph(Glyph::Unsent, 13.0, t.accent), t.ink, (look.t("situation-being-started"), t.accent))
        }
        (Standing::Refused(_), _) => {
            (glyph(Glyph::Rejected, 13.0, t.alert), t.ink, (look.t("situation-start-refused"), t.alert))
        }
        (Standing::Elsewhere, _) => (icon(Icon::Building, 13.0, t.ink2), t.ink, tag),
        (_, Fit::Perhaps) => (icon(Icon::Help, 13.0, t.ink3), t.ink2, tag),
        _ => (icon(Icon::Plus, 13.0, t.ink2), t.ink, tag),
    };
    let inside = row![
        mark,
        look.colored(pick(look.texts, &one.follow.title).to_owned(), Type::CELL_MEDIUM, ink).wrapping(Wrapping::None),
        look.colored(reason, Type::CELL, reason_ink).wrapping(Wrapping::None)
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center);
    let face = dashed(t.edge, radius::BADGE, container(inside).padding([0.0, 9.0]).center_y(Length::Fill))
        .height(height::SMALL);
    // What cannot be started is pointed at in the sheet, which says whose it is.
    let press = start(situation, one).unwrap_or_else(|| Message::Sheet(all(situation)));
    control(look, list.child(&one.follow.id), Role::ListItem, name(scene, one), face)
        .height(height::SMALL)
        .ring(Ring::Around(radius::BADGE))
        .ringed(ringed)
        .on_press(press)
        .tip(tip(look, scene, one))
        .style(move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(t.bg, radius::BADGE),
            _ => Style::bare(),
        })
        .into()
}

fn tip<'a>(look: &Look<'_>, scene: Scene<'_>, one: &Following<'_>) -> Element<'a, Message> {
    crate::widget::tip_text(look, name(scene, one))
}
