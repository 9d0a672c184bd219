//! The left column: readiness as a meter with its sentence, and the checklist in its groups.

use iced::Length;
use iced::widget::{Column, column, container, row, space as gap};
use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::cases::{CaseView, FactSaid};
use skranke_api::casework::{RequestState, RequestView};
use skranke_desk::case::{CasePage, ItemShown};
use skranke_domain::checklist::{ItemGroup, ItemState};
use skranke_domain::document::DocumentSource;
use skranke_domain::readiness::Readiness;

use super::{CHECKLIST, Message, item_id, words};
use crate::focus::{ControlState, Role};
use crate::screens::Scene;
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::list::RowState;
use crate::widget::{
    ChecklistItem, Element, KeyGround, Ring, checklist_item, control, hline, key_caps, readiness_meter, scroll,
};

pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CasePage, view: &'a CaseView) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let items = page.items(&desk.pending);
    let sum = page.readiness(&desk.pending).unwrap_or_default();
    let (title, color) = if sum.ready_for_decision() {
        ("case-ready-decision", t.ok)
    } else if sum.ready_for_attendance() {
        ("case-ready", t.ok)
    } else {
        ("case-not-ready", t.ink)
    };
    let count = look
        .with("case-settled", &[("settled", i64::from(sum.settled).into()), ("all", i64::from(sum.applicable).into())]);
    let mut states = items
        .iter()
        .filter(|i| i.state != ItemState::NotApplicable)
        .map(|i| words::shown_item(i.state))
        .collect::<Vec<_>>();
    // What is done comes first: the meter fills from the left.
    states.sort_by_key(|state| words::METER.iter().position(|one| one == state));
    let head = column![
        row![
            look.colored(look.t(title), Type::SECTION, color).width(Length::Fill),
            look.colored(count.clone(), Type::CELL, t.ink2)
        ]
        .align_y(iced::Alignment::Center),
        readiness_meter(look, "case/meter", count, states),
        look.colored(readiness(scene, view, sum), Type::CELL, t.ink2),
    ]
    .spacing(space::S8);
    let mut list = Column::new();
    for group in ItemGroup::ALL {
        list = self::group(list, scene, page, &items, *group);
    }
    let active = page.selected_item().map(|item| words::say(look.texts, &item.label).to_owned());
    let list = control(look, CHECKLIST, Role::List, look.t("case-checklist"), list.width(Length::Fill))
        .state(ControlState::new().active(active))
        .width(Length::Fill)
        .ring(Ring::Hidden);
    let list = scroll(look, "case/checklist/scroll", container(list).padding([space::S4, space::S8]));
    column![container(head).padding(space::S16), hline(look), list.height(Length::Fill), hline(look), keys(look)].into()
}

/// What the sum means for the attendance and the decision.
fn readiness(scene: Scene<'_>, view: &CaseView, sum: Readiness) -> String {
    let look = scene.look;
    if sum.ready_for_decision() {
        return look.t("case-ready-decision-why");
    }
    let open = i64::from(sum.open_before_visit);
    match (sum.ready_for_attendance(), view.row.attendance, view.attendance_minutes) {
        (true, Some(at), _) => {
            let left = i64::from(sum.open_at_visit);
            look.with("case-attendance-stands", &[("when", day_and_time(scene, at).into()), ("left", left.into())])
        }
        (true, None, Some(minutes)) => look.with("case-ready-not-booked", &[("minutes", i64::from(minutes).into())]),
        (true, None, None) => look.with("case-ready-why", &[("left", i64::from(sum.open_at_visit).into())]),
        (false, Some(at), _) => {
            let local = at.to_zoned(scene.desk.tz().clone()).date();
            // By the case's deadline, and never later than the visit itself.
            let by = view.row.deadline.filter(|day| *day < local).unwrap_or(local);
            let id = if by < look.now.date() { "case-attendance-in-doubt" } else { "case-attendance-if" };
            let args = [
                ("when", day_and_time(scene, at).into()),
                ("by", look.texts.day_month(by).into()),
                ("open", open.into()),
            ];
            look.with(id, &args)
        }
        (false, None, Some(_)) => look.with("case-not-ready-not-booked", &[("open", open.into())]),
        (false, None, None) => look.with("case-not-ready-nobody", &[("open", open.into())]),
    }
}

fn day_and_time(scene: Scene<'_>, at: Timestamp) -> String {
    let local = at.to_zoned(scene.desk.tz().clone());
    let texts = scene.look.texts;
    format!("{} {}", texts.day_month(local.date()), texts.time(local.time()))
}

/// The keys that act on the chosen item.
fn keys<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let hint = |caps: &[&str], word: &str| {
        let word = look.t(word).to_lowercase();
        let word = look.label(word).wrapping(iced::widget::text::Wrapping::None);
        row![key_caps(look, caps, KeyGround::Paper), word].spacing(5.0).align_y(iced::Alignment::Center)
    };
    let hints = row![
        hint(&["↑", "↓"], "case-key-item"),
        hint(&["A"], "case-key-approve"),
        hint(&["X"], "case-key-reject"),
        hint(&["U"], "case-key-not-needed"),
    ]
    .spacing(space::S12);
    container(hints).padding([space::S8, space::S16]).clip(true).into()
}

/// The Fluent id of a group.
const fn group_word(group: ItemGroup) -> &'static str {
    match group {
        ItemGroup::Identity => "group-identity",
        ItemGroup::Ground => "group-ground",
        ItemGroup::Home => "group-home",
        ItemGroup::Household => "group-household",
        ItemGroup::Other => "group-other",
        ItemGroup::Visit => "group-visit",
    }
}

fn group<'a>(
    mut list: Column<'a, Message>,
    scene: Scene<'a>,
    page: &'a CasePage,
    items: &[ItemShown<'a>],
    group: ItemGroup,
) -> Column<'a, Message> {
    let look = scene.look;
    let mine: Vec<&ItemShown<'a>> = items.iter().filter(|i| i.item.group == group).collect();
    if mine.is_empty() {
        return list;
    }
    let counted = mine.iter().filter(|i| i.state != ItemState::NotApplicable);
    let (settled, all) =
        counted.fold((0_i64, 0_i64), |(settled, all), i| (settled + i64::from(i.state.is_settled()), all + 1));
    let mut heading = row![look.strong(look.t(group_word(group)))].spacing(space::S8).align_y(iced::Alignment::Center);
    if all > 0 {
        heading = heading.push(look.label(look.with("case-of", &[("settled", settled.into()), ("all", all.into())])));
    }
    let heading = heading.push(gap().width(Length::Fill));
    list = list.push(container(heading).padding(iced::Padding {
        top: space::S10,
        left: space::S8,
        bottom: space::S4,
        right: space::S8,
    }));
    for shown in mine {
        let selected = page.selected.as_ref() == Some(&shown.item.id);
        let id = item_id(&shown.item.id);
        let row = ChecklistItem {
            title: words::say(look.texts, &shown.item.label).to_owned(),
            state: words::shown_item(shown.state),
            word: None,
            second: second_line(scene, page, shown),
            unsent: shown.asked || shown.pending.as_ref().is_some_and(|p| !p.is_refused()),
            row: if selected { RowState::Selected } else { RowState::Rest },
        };
        let mut built = checklist_item(look, id, row).on_press(Message::Select(shown.item.id.clone()));
        if selected && look.focused(&CHECKLIST) {
            built = built.shown_focused();
        }
        list = list.push(built);
    }
    list
}

/// Who, when and from where; what it waits for; or which fact made it appear.
fn second_line(scene: Scene<'_>, page: &CasePage, shown: &ItemShown<'_>) -> Option<String> {
    let look = scene.look;
    if let Some(pending) = &shown.pending {
        let id = if pending.is_refused() { "case-item-refused" } else { "case-item-unsent" };
        return Some(look.t(id));
    }
    let item = shown.item;
    if let Some(cannot) = page.cannot_get(&item.id) {
        return Some(look.with("case-item-cannot", &[("why", one_line(&cannot.why).into())]));
    }
    let reason = shown.reason.map(one_line).filter(|reason| !reason.is_empty());
    match shown.state {
        ItemState::Received => Some(came(scene, page, shown)),
        ItemState::Requested if shown.asked => Some(look.t("case-item-unsent")),
        ItemState::Requested => match page.request_for(&item.id) {
            Some(request) => Some(asked(look, scene, request)),
            None => changed(scene, shown),
        },
        ItemState::Rejected | ItemState::Waived => reason.or_else(|| changed(scene, shown)),
        ItemState::Approved => match (reason, changed(scene, shown)) {
            (Some(reason), _) => Some(reason),
            (None, who) => who,
        },
        ItemState::Missing => Some(because(look, &item.because_said).unwrap_or_else(|| not_asked(look, shown))),
        ItemState::NotApplicable => reason.or_else(|| {
            let said = facts(look, &item.because_said);
            if said.is_empty() {
                item.because.as_ref().map(|_| look.t("case-item-condition-not-met"))
            } else {
                Some(said)
            }
        }),
    }
}

fn not_asked(look: &Look<'_>, shown: &ItemShown<'_>) -> String {
    if shown.item.supplied_by.is_office() || shown.item.group == ItemGroup::Visit {
        look.with("case-item-supplier", &[("who", look.t(words::supplier(shown.item.supplied_by)).into())])
    } else {
        look.t("case-item-not-asked")
    }
}

/// How and when its paper came, while nobody has looked at it.
fn came(scene: Scene<'_>, page: &CasePage, shown: &ItemShown<'_>) -> String {
    let look = scene.look;
    let Some(document) = page.document_of(&shown.item.id) else {
        return changed(scene, shown).unwrap_or_else(|| look.t("case-item-to-check"));
    };
    let id = match document.source {
        DocumentSource::Scanner => "case-item-scanned",
        DocumentSource::Upload => "case-item-uploaded",
        DocumentSource::SelfService => "case-item-sent",
        DocumentSource::Authority => "case-item-from-authority",
        DocumentSource::Office => "case-item-from-office",
    };
    let came = look.with(id, &[("when", just_now(scene, document.at).into())]);
    if document.version > 1 {
        let version = look.with("case-item-version", &[("version", i64::from(document.version).into())]);
        format!("{came}, {version} · {}", look.t("case-item-to-check"))
    } else {
        format!("{came} · {}", look.t("case-item-to-check"))
    }
}

/// When she was asked, and what comes next.
fn asked(look: &Look<'_>, scene: Scene<'_>, request: &RequestView) -> String {
    let local = request.sent.to_zoned(scene.desk.tz().clone()).date();
    let sent = look.texts.day_month(local);
    let by = look.texts.day_month(request.deadline);
    match (request.state, request.reminder.filter(|_| !request.reminded)) {
        (RequestState::Overdue, _) => look.with("case-item-overdue", &[("sent", sent.into()), ("by", by.into())]),
        (_, Some(reminder)) => {
            let reminder = look.texts.day_month(reminder);
            look.with("case-item-asked-reminder", &[("sent", sent.into()), ("reminder", reminder.into())])
        }
        _ => look.with("case-item-asked", &[("sent", sent.into()), ("by", by.into())]),
    }
}

fn because(look: &Look<'_>, said: &[FactSaid]) -> Option<String> {
    let facts = facts(look, said);
    (!facts.is_empty()).then(|| look.with("case-item-because", &[("facts", facts.into())]))
}

/// Facts with what is known of them: "Ground of stay = EU, worker".
pub(super) fn facts(look: &Look<'_>, said: &[FactSaid]) -> String {
    let say = |text| words::say(look.texts, text);
    let known = said.iter().filter_map(|fact| Some(format!("{} = {}", say(&fact.title), say(fact.value.as_ref()?))));
    known.collect::<Vec<_>>().join(", ")
}

fn changed(scene: Scene<'_>, shown: &ItemShown<'_>) -> Option<String> {
    let look = scene.look;
    let at = when(look, scene, shown.item.changed_at?, look.now.date());
    Some(match &shown.item.changed_by {
        Some(by) => format!("{at}, {by}"),
        None => at,
    })
}

/// "now" for what came in the last two minutes, else when.
fn just_now(scene: Scene<'_>, at: Timestamp) -> String {
    let look = scene.look;
    let age = look.now.timestamp().duration_since(at).as_secs();
    if (0..120).contains(&age) { look.t("case-now") } else { when_within(look, scene, at) }
}

/// When, as short as it can be said: "10:05", "8 Jun".
pub(super) fn when_within(look: &Look<'_>, scene: Scene<'_>, at: Timestamp) -> String {
    let local = at.to_zoned(scene.desk.tz().clone());
    if local.date() == look.now.date() { look.texts.time(local.time()) } else { look.texts.day_month(local.date()) }
}

/// What somebody wrote over several lines, on one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn when(look: &Look<'_>, scene: Scene<'_>, at: Timestamp, today: Date) -> String {
    let local = at.to_zoned(scene.desk.tz().clone());
    if local.date() == today { look.texts.time(local.time()) } else { look.texts.near_day(local.date(), today) }
}
