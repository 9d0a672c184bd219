//! The head of the case page: the trail back to the citizen, who else is here, the case's name, state and deadline, and its five steps.

use iced::widget::{Row, column, container, row, space as gap, text::Wrapping};
use iced::{Alignment, Length};
use skranke_api::cases::{CaseView, FactSaid};
use skranke_api::casework::{Doing, PresenceView};
use skranke_client::http::Tagged;
use skranke_desk::case::CasePage;
use skranke_desk::case::work::{WorkInput, WorkKind};
use skranke_domain::case::Phase;
use skranke_domain::decision::Eyes;
use skranke_domain::procedure::FactValue;
use skranke_domain::readiness::Readiness;

use super::{Message, Side, words};
use crate::assets::{Glyph, Icon};
use crate::screens::Scene;
use crate::theme::scale::{space, stroke};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::panel::{plate, surface};
use crate::widget::person::{AvatarSize, avatar};
use crate::widget::{Element, Tone, badge, check::link, ellipsis, glyph, icon, quiet, tone_badge};

/// How many of the others are named; the rest are counted.
const NAMED: usize = 2;
/// The disc of a step, and the line between two.
const DISC: f32 = 22.0;
const LINE: f32 = 16.0;
/// The name of a case is cut where the facts beside it need the room.
const TITLE: f32 = 440.0;

pub(super) fn view<'a>(
    scene: Scene<'a>,
    side: Side,
    page: &'a CasePage,
    view: &'a Tagged<CaseView>,
) -> Element<'a, Message> {
    let look = scene.look;
    let case = &view.value;
    let sum = page.readiness(&scene.desk.pending).unwrap_or(case.row.readiness);
    let mut lines = column![trail(scene, page, case)].spacing(space::S8);
    let title = ellipsis(words::say(look.texts, &case.row.title).to_owned(), Type::NAME).color(look.tokens.ink);
    let title = container(title).max_width(TITLE);
    let mut first = row![title].extend(badges(scene, case, sum)).spacing(space::S12).align_y(Alignment::Center);
    if look.is_wide() {
        first = first.push(container(facts(scene, case)).width(Length::Fill).clip(true)).push(steps(scene, case, sum));
        lines = lines.push(first);
    } else {
        let label = look.t(if side.is_open() { "case-side-close" } else { "case-side-open" });
        let side = quiet(look, "case/side", label).size(ButtonSize::Small).key("Y").on_press(Message::Side);
        lines = lines.push(first.push(gap().width(Length::Fill)).push(Element::from(side))).push(
            row![container(facts(scene, case)).width(Length::Fill).clip(true), steps(scene, case, sum)]
                .spacing(space::S12)
                .align_y(Alignment::Center),
        );
    }
    surface(look.tokens.surface, container(lines).padding([space::S10, space::S16])).width(Length::Fill).into()
}

/// The way back to the citizen, and at its end who else is here.
fn trail<'a>(scene: Scene<'a>, page: &'a CasePage, case: &'a CaseView) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let arrow = || icon(Icon::ChevronRight, 13.0, t.ink2);
    let name = link(look, "case/citizen", case.citizen_name.clone(), Type::CELL_MEDIUM).on_press(Message::Citizen);
    let mut trail = row![name, arrow()].spacing(space::S6).align_y(Alignment::Center);
    if let Some(kind) = case.situation_kind.as_ref().and_then(|id| desk.session.situations.get(id)) {
        let kind = words::say(look.texts, &kind.title).to_owned();
        trail = trail.push(look.colored(kind, Type::CELL_MEDIUM, t.ink2).wrapping(Wrapping::None)).push(arrow());
    }
    trail
        .push(look.colored(case.row.number.clone(), Type::CELL, t.ink2).wrapping(Wrapping::None))
        .push(gap().width(Length::Fill))
        .extend(age(scene, page))
        .push(others(look, &page.presence.others))
        .height(24.0)
        .into()
}

/// How old what is shown is, when asking again failed.
fn age<'a>(scene: Scene<'a>, page: &'a CasePage) -> Option<Element<'a, Message>> {
    let look = scene.look;
    page.view.trouble()?;
    let time = look.texts.time(page.view.as_of()?.to_zoned(scene.desk.tz().clone()).time());
    let words = look.with("case-shown-as-at", &[("time", time.into())]);
    let mark = glyph(Glyph::NotAnswering, 14.0, look.tokens.wait);
    let words = look.colored(words, Type::LABEL_MEDIUM, look.tokens.wait);
    Some(row![mark, words].spacing(space::S6).align_y(Alignment::Center).into())
}

/// Who else is here: initials and words, in amber only when somebody edits.
fn others<'a>(look: &Look<'_>, others: &[PresenceView]) -> Element<'a, Message> {
    let t = look.tokens;
    // Whoever edits is named first: hers is what one could run into.
    let (edits, reads): (Vec<_>, Vec<_>) = others.iter().partition(|one| one.doing == Doing::Editing);
    let mut line = Row::new().spacing(space::S6).align_y(Alignment::Center);
    for one in edits.iter().chain(&reads).take(NAMED) {
        let name = one.name.clone();
        let (words, style, ink) = match (one.doing, &one.item) {
            (Doing::Editing, Some(item)) => {
                let item = words::say(look.texts, item).to_owned();
                let words = look.with("case-edits-item", &[("name", name.into()), ("item", item.into())]);
                (words, Type::CELL_STRONG, t.wait)
            }
            (Doing::Editing, None) => (look.with("case-edits", &[("name", name.into())]), Type::CELL_STRONG, t.wait),
            _ => (look.with("case-reads", &[("name", name.into())]), Type::CELL, t.ink2),
        };
        line = line
            .push(avatar(look, one.initials.clone(), AvatarSize::Page))
            .push(look.colored(words, style, ink).wrapping(Wrapping::None));
    }
    let more = others.len().saturating_sub(NAMED);
    if more > 0 {
        let count = i64::try_from(more).unwrap_or(i64::MAX);
        line = line.push(look.colored(look.with("case-others-more", &[("count", count.into())]), Type::CELL, t.ink2));
    }
    line.into()
}

/// Its state, whether it rests, whether a newer checklist is there.
fn badges<'a>(scene: Scene<'a>, case: &'a CaseView, sum: Readiness) -> Vec<Element<'a, Message>> {
    let look = scene.look;
    let mut badges = vec![badge(look, words::shown_column(sum.column(case.row.phase)), None)];
    if let Some(rests) = &case.suspension {
        let words = match rests.until {
            Some(day) => look.with("case-rests-until", &[("day", look.texts.day_month(day).into())]),
            None => look.t("case-rests"),
        };
        badges.push(tone_badge(look, Tone::Idle, Glyph::Waiting, words));
    }
    let open = case.row.phase != Phase::Closed;
    if open && case.procedure_newest > case.procedure_version {
        let version = i64::from(case.procedure_newest);
        let words = look.with("case-newer-checklist", &[("version", version.into())]);
        let lift = quiet(look, "case/lift", words).size(ButtonSize::Small).icon(Icon::Info);
        badges.push(lift.on_press(Message::Work(WorkInput::Open(WorkKind::Lift))).into());
    }
    badges
}

/// Deadline, who prepares it, and the facts that it rests on, in words.
fn facts<'a>(scene: Scene<'a>, case: &'a CaseView) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let responsible = match (&case.row.responsible, case.responsible_id) {
        (_, Some(id)) if Some(id) == desk.person() => look.t("case-prepared-by-you"),
        (Some(name), _) => look.with("case-prepared-by", &[("name", name.clone().into())]),
        (None, _) => look.t("case-prepared-by-nobody"),
    };
    let deadline = match case.row.deadline {
        Some(date) => {
            let days = i64::from((date - look.now.date()).get_days());
            let id = if days < 0 { "case-deadline-was" } else { "case-deadline-is" };
            look.with(id, &[("date", look.texts.day_month(date).into()), ("days", days.abs().into())])
        }
        None => look.t("case-no-deadline-set"),
    };
    let said = said_facts(case).into_iter().map(|fact| words::say(look.texts, fact).to_owned());
    let all: Vec<String> = [deadline, responsible].into_iter().chain(said).collect();
    emphasised(look, &all.join(" · "))
}

/// The facts that are words rather than numbers or yes and no: those stand for themselves.
fn said_facts(case: &CaseView) -> Vec<&skranke_domain::Localized> {
    let is_word = |fact: &FactSaid| matches!(case.facts.get(&fact.name), Some(FactValue::Word(_)));
    let mut seen: Vec<&str> = Vec::new();
    let mut said = Vec::new();
    for fact in case.items.iter().flat_map(|item| &item.because_said).filter(|fact| is_word(fact)) {
        if let Some(value) = fact.value.as_ref().filter(|_| !seen.contains(&fact.name.as_str())) {
            seen.push(&fact.name);
            said.push((fact.name != "stay.ground", value));
        }
    }
    said.sort_by_key(|(later, _)| *later);
    said.into_iter().map(|(_, value)| value).take(1).collect()
}

/// A line whose words between asterisks are strong.
fn emphasised<'a>(look: &Look<'_>, words: &str) -> Element<'a, Message> {
    let t = look.tokens;
    let parts = words.split('*').enumerate().filter(|(_, part)| !part.is_empty()).map(|(n, part)| {
        let (style, ink) = if n % 2 == 1 { (Type::CELL_STRONG, t.ink) } else { (Type::CELL, t.ink2) };
        // What has no room is cut at its end, not in the middle of a word.
        ellipsis(part, style).color(ink).into()
    });
    Row::with_children(parts.collect::<Vec<_>>()).into()
}

/// A step of the course.
struct Stage {
    word: &'static str,
    second: String,
    done: bool,
}

/// Received, documents, attendance, decision, issued.
fn stages(scene: Scene<'_>, case: &CaseView, sum: Readiness) -> Vec<Stage> {
    let look = scene.look;
    let decided = matches!(case.row.phase, Phase::Decided | Phase::Executed | Phase::Closed);
    let issued = matches!(case.row.phase, Phase::Executed | Phase::Closed);
    let local = |at: jiff::Timestamp| at.to_zoned(scene.desk.tz().clone()).date();
    let day = |at: jiff::Timestamp| look.texts.day_month(local(at));
    let stage = |word, second, done| Stage { word, second, done };
    let count = [("settled", i64::from(sum.settled).into()), ("all", i64::from(sum.applicable).into())];
    let mut stages = vec![
        stage("step-received", day(case.received), true),
        stage("step-documents", look.with("case-of", &count), decided || sum.ready_for_attendance()),
    ];
    if case.attendance_minutes.is_some() {
        let at = case.row.attendance;
        let second = at.map_or_else(|| look.t("step-attendance-none"), day);
        let held = at.is_some_and(|at| at < look.now.timestamp()) && sum.ready_for_decision();
        stages.push(stage("step-attendance", second, decided || held));
    }
    let four = case.rule.as_ref().is_some_and(|rule| rule.eyes == Eyes::Four);
    let eyes = look.t(if four { "step-decision-four" } else { "step-decision-two" });
    stages.push(stage("step-decision", eyes, decided));
    let told = case.decision.as_ref().and_then(|decision| decision.issued_at).map(day).unwrap_or_default();
    stages.push(stage("step-issued", told, issued));
    stages
}

fn steps<'a>(scene: Scene<'_>, case: &CaseView, sum: Readiness) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let stages = stages(scene, case, sum);
    let current = stages.iter().position(|stage| !stage.done);
    let mut line = row![].spacing(space::S8).align_y(Alignment::Center);
    for (at, stage) in stages.into_iter().enumerate() {
        let is_current = current == Some(at);
        if at > 0 {
            // The line that leads to a step is walked when the step before it is done.
            let walked = current.is_none_or(|current| at <= current);
            let color = if walked { t.ok } else { t.line };
            line = line.push(surface(color, gap().width(LINE).height(stroke::STRONG)));
        }
        let (ground, edge, ink) = match (stage.done, is_current) {
            (true, _) => (t.ok, t.ok, t.surface),
            (false, true) => (t.accent, t.accent, t.on_accent),
            (false, false) => (t.surface, t.edge, t.ink3),
        };
        let inside: Element<'a, Message> = if stage.done {
            icon(Icon::Check, 13.0, ink)
        } else {
            look.colored((at + 1).to_string(), Type::LABEL_STRONG, ink).into()
        };
        let mark = container(inside).center(DISC).style(move |_| plate(ground, edge, DISC / 2.0));
        let ink = if is_current {
            t.ink
        } else if stage.done {
            t.ink2
        } else {
            t.ink3
        };
        let mut lines = column![
            look.colored(look.t(stage.word), Type { line: 17.0, ..Type::CELL_MEDIUM }, ink).wrapping(Wrapping::None)
        ];
        if !stage.second.is_empty() {
            lines = lines
                .push(look.colored(stage.second, Type { line: 14.0, ..Type::LABEL }, ink).wrapping(Wrapping::None));
        }
        line = line.push(row![mark, lines].spacing(space::S8).align_y(Alignment::Center));
    }
    line.into()
}
