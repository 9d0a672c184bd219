//! The decision in the right column: who proposed, who approves, what keeps it locked, and beneath it what else is done on a case. What does
//! not live here: the sheets that do it.

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Length};
use jiff::civil::Date;
use skranke_api::casework::{AskState, AskView, DecisionView};
use skranke_desk::Desk;
use skranke_desk::case::CasePage;
use skranke_desk::case::conflict::ConflictInput;
use skranke_desk::case::work::step::may;
use skranke_desk::case::work::{CaseFacing, WorkInput, WorkKind};
use skranke_desk::session::Line;
use skranke_domain::authority::Level;
use skranke_domain::decision::{DecisionState, DecisionStep, Eyes};

use super::work::{channel_word, facing, kind_word, outcome_word, refusal_word, step_words};
use super::{Message, words};
use crate::assets::{Glyph, Icon};
use crate::focus::FocusId;
use crate::i18n::Texts;
use crate::screens::need::why::{Right, may_not};
use crate::screens::words::moment;
use crate::screens::{Key, Scene};
use crate::theme::Type;
use crate::theme::scale::space;
use crate::widget::button::ButtonSize;
use crate::widget::panel::surface;
use crate::widget::{Element, Tone, glyph, hline, icon, normal, primary, quiet, tone_badge};

const PANEL: FocusId = FocusId::new("case/decision");

const fn open(kind: WorkKind) -> Message {
    Message::Work(WorkInput::Open(kind))
}

/// The keys of the decision and of what else is done on a case.
pub(super) fn keys(desk: &Desk, texts: &Texts, today: Option<Date>) -> Vec<Key<Message>> {
    let Some(page) = desk.case() else { return Vec::new() };
    let Some(view) = page.view.value() else { return Vec::new() };
    let may = view.value.may;
    let why = |has: bool, right: Right| (!has).then(|| may_not(desk, texts, (&view.value, right), today));
    let mut keys = vec![
        Key::in_place("Q", "case-key-ask-colleague", open(WorkKind::Ask)).disabled(why(may.work, Right::Work)),
        Key::in_place("E", "case-key-course", open(WorkKind::Course)).disabled(why(may.steer, Right::Steer)),
        Key::in_place("F", "case-key-facts", open(WorkKind::Facts)).disabled(why(may.work, Right::Work)),
        Key::in_place("L", "case-key-relate", open(WorkKind::Relate)).disabled(why(may.work, Right::Work)),
    ];
    let decided = match &view.value.decision {
        None => Some(WorkKind::Decide),
        Some(decision) => match decision.state {
            DecisionState::SentBack => Some(WorkKind::Decide),
            DecisionState::Proposed => Some(WorkKind::Step(DecisionStep::Approve)),
            DecisionState::Approved => Some(WorkKind::Step(DecisionStep::Issue)),
            DecisionState::Issued => None,
        },
    };
    keys.extend(decided.map(|kind| {
        let why = match kind {
            WorkKind::Step(step) => step_refused(desk, page, step, texts),
            _ => why(may.decide, Right::Decide).or_else(|| offline(desk, texts)),
        };
        Key::in_place("G", "case-key-decision", open(kind)).disabled(why)
    }));
    keys
}

fn offline(desk: &Desk, texts: &Texts) -> Option<String> {
    matches!(desk.session.line, Line::Down { .. }).then(|| texts.t("work-line-down"))
}

/// Why a step cannot be taken now.
fn step_refused(desk: &Desk, page: &CasePage, step: DecisionStep, texts: &Texts) -> Option<String> {
    // Whether something may be done does not hang on the hour.
    let facing = facing(desk, jiff::Timestamp::UNIX_EPOCH, page)?;
    let decision = facing.view.value.decision.as_ref()?;
    let refused = may(step, decision, &facing).err().map(|refusal| texts.t(refusal_word(refusal)));
    refused.or_else(|| offline(desk, texts))
}

pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CasePage) -> Element<'a, Message> {
    let look = scene.look;
    let Some(facing) = facing(scene.desk, look.now.timestamp(), page) else { return column![].into() };
    let case = &facing.view.value;
    let inside = match &case.decision {
        None => before(scene, facing),
        Some(decision) => after(scene, facing, decision),
    };
    let mut all = column![].push(waiting(scene, page)).push(padded(inside));
    let open: Vec<&AskView> = case.asks.iter().filter(|ask| ask.state != AskState::TakenBack).take(4).collect();
    all = all.push(hline(look)).push(padded(else_done(scene, facing, &open)));
    all.into()
}

/// What was left for later: fields that two people changed wait for a choice.
fn waiting<'a>(scene: Scene<'a>, page: &'a CasePage) -> Option<Element<'a, Message>> {
    let look = scene.look;
    let count = page.differing(&scene.desk.pending);
    if count == 0 || page.conflict.is_some() {
        return None;
    }
    let words = look.with("conflict-waits", &[("count", i64::try_from(count).unwrap_or(i64::MAX).into())]);
    let choose = normal(look, PANEL.child("settle"), look.t("conflict-settle"))
        .size(ButtonSize::Small)
        .on_press(Message::Conflict(ConflictInput::Open));
    let line = row![
        glyph(Glyph::Overdue, 14.0, look.tokens.alert),
        look.colored(words, Type::CELL_MEDIUM, look.tokens.alert).width(Length::Fill),
        Element::from(choose),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    Some(surface(look.tokens.alert_soft, container(line).padding([space::S8, space::S16])).width(Length::Fill).into())
}

fn padded<'a>(inside: Column<'a, Message>) -> Element<'a, Message> {
    container(inside.spacing(space::S8).width(Length::Fill))
        .padding([space::S12, space::S16])
        .width(Length::Fill)
        .into()
}

fn head<'a>(scene: Scene<'a>, badge: Option<Element<'a, Message>>) -> Element<'a, Message> {
    let look = scene.look;
    row![look.section(look.t("decision-title")), gap().width(Length::Fill)]
        .push(badge)
        .spacing(space::S8)
        .align_y(Alignment::Center)
        .into()
}

/// A line of who does what: a circle until it is done.
fn line<'a>(scene: Scene<'a>, done: Option<Glyph>, what: &str, who: String) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let (shape, color) = match done {
        Some(Glyph::Rejected) => (Glyph::Rejected, t.alert),
        Some(shape) => (shape, t.ok),
        None => (Glyph::Missing, t.idle),
    };
    row![
        glyph(shape, 14.0, color),
        look.colored(look.t(what), Type::CELL, t.ink),
        gap().width(Length::Fill),
        look.colored(who, Type::CELL, t.ink2),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center)
    .into()
}

/// Nothing was proposed yet.
fn before<'a>(scene: Scene<'a>, facing: CaseFacing<'a>) -> Column<'a, Message> {
    let Scene { look, desk } = scene;
    let case = &facing.view.value;
    let page = facing.page;
    let me = desk.person();
    let sum = page.readiness(&desk.pending).unwrap_or(case.row.readiness);
    let open_items = i64::from(sum.open_before_visit) + i64::from(sum.open_at_visit);
    let no_right = (!case.may.decide).then(|| look.t("decision-refused-level")).or_else(|| offline(desk, look.texts));
    if case.level == Level::Guidance {
        // The other authority decides; we help her there.
        let guided = look.with("decision-guided", &[("name", department_name(scene, facing).into())]);
        let pass = primary(look, PANEL.child("propose"), look.t("decision-pass-on"))
            .key("G")
            .disabled(no_right)
            .on_press(open(WorkKind::Decide));
        return column![head(scene, None), look.colored(guided, Type::CELL, look.tokens.ink2), Element::from(pass)];
    }
    let locked = open_items > 0;
    let badge: Option<Element<'a, Message>> = locked.then(|| {
        tone_badge(look, Tone::Idle, Glyph::NoAccess, look.with("decision-locked", &[("count", open_items.into())]))
    });
    let mut inside = column![head(scene, badge)];
    let four = case.rule.as_ref().is_some_and(|rule| rule.eyes == Eyes::Four);
    inside = inside.push(line(scene, None, "decision-proposed-by", look.t("work-you")));
    let seconds = page.seconds(me).count();
    if four {
        let count = i64::try_from(seconds).unwrap_or(i64::MAX);
        // Unknown is not nobody.
        let who = match page.work.seconds.value() {
            Some(_) => look.with("decision-pick-from", &[("count", count.into())]),
            None => look.t("decision-not-you"),
        };
        inside = inside.push(line(scene, None, "decision-approved-by", who));
    } else {
        inside = inside.push(look.second(look.t("decision-one-person")));
    }
    inside = inside.push(look.second(level_line(scene, facing)));
    let why =
        no_right.clone().or_else(|| locked.then(|| look.with("decision-items-open", &[("count", open_items.into())])));
    let verb = if four { "decision-propose" } else { "decision-decide" };
    let mut propose = primary(look, PANEL.child("propose"), look.t(verb)).key("G").on_press(open(WorkKind::Decide));
    if why.is_some() {
        propose = normal(look, PANEL.child("propose"), look.t(verb)).icon(Icon::Lock).disabled(why);
    }
    let mut buttons = row![Element::from(propose)].spacing(space::S8).align_y(Alignment::Center);
    if locked {
        // A refusal or a withdrawal rests on no paper.
        let other = quiet(look, PANEL.child("other"), look.t("decision-otherwise"))
            .size(ButtonSize::Small)
            .key("G")
            .disabled(no_right)
            .on_press(open(WorkKind::Decide));
        buttons = buttons.push(Element::from(other));
    }
    inside = inside.push(buttons);
    let second = page.seconds(me).next().filter(|_| four && case.may.work);
    if let Some(second) = second {
        let words = look.with("decision-ask-second", &[("name", short(&second.name).into())]);
        let ask = quiet(look, PANEL.child("second"), words)
            .size(ButtonSize::Small)
            .on_press(Message::Work(WorkInput::AskSecond(second.id)));
        inside = inside.push(Element::from(ask));
    }
    inside
}

/// Somebody proposed: how far it is.
fn after<'a>(scene: Scene<'a>, facing: CaseFacing<'a>, decision: &'a DecisionView) -> Column<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let page = facing.page;
    let me = desk.person();
    let (tone, shape, word) = match decision.state {
        DecisionState::Proposed => (Tone::Accent, Glyph::InProgress, "decision-state-proposed"),
        DecisionState::SentBack => (Tone::Alert, Glyph::Rejected, "decision-state-sent-back"),
        DecisionState::Approved => (Tone::Ok, Glyph::Approved, "decision-state-approved"),
        DecisionState::Issued => (Tone::Idle, Glyph::Closed, "decision-state-issued"),
    };
    let mut inside = column![head(scene, Some(tone_badge(look, tone, shape, look.t(word))))];
    inside = inside.push(look.strong(look.t(outcome_word(decision.outcome))));
    let at = |at| moment(look.texts, at, desk.tz(), look.now.date());
    let proposer =
        if me == Some(decision.proposed_by) { look.t("work-you") } else { decision.proposed_by_name.clone() };
    let who = format!("{proposer} · {}", at(decision.proposed_at));
    inside = inside.push(line(scene, Some(Glyph::Approved), "decision-proposed-by", who));
    match (&decision.looked_by, decision.state) {
        (Some(name), _) => {
            let shape = if decision.state == DecisionState::SentBack { Glyph::Rejected } else { Glyph::Approved };
            let when = decision.looked_at.map(|looked| format!(" · {}", at(looked))).unwrap_or_default();
            inside = inside.push(line(scene, Some(shape), "decision-approved-by", format!("{name}{when}")));
        }
        (None, DecisionState::Proposed) => {
            let asked = decision.second.and_then(|id| page.seconds(None).find(|one| one.id == id));
            let who = match asked {
                Some(one) if me == Some(one.id) => look.t("work-you"),
                Some(one) => one.name.clone(),
                None if me == Some(decision.proposed_by) => look.t("decision-not-you"),
                None => look.t("decision-whoever-may"),
            };
            inside = inside.push(line(scene, None, "decision-approved-by", who));
        }
        (None, _) => {}
    }
    inside = inside.push(look.second(level_line(scene, facing)));
    if let Some(why) = decision.sent_back.as_ref().filter(|_| decision.state == DecisionState::SentBack) {
        let why = look.with("work-quoted", &[("text", why.clone().into())]);
        inside = inside.push(look.colored(why, Type::CELL, t.ink));
    }
    if let (Some(issued), Some(channel)) = (decision.issued_at, decision.channel) {
        let args = [("when", at(issued).into()), ("channel", look.t(channel_word(channel)).into())];
        inside = inside.push(look.second(look.with("decision-told", &args)));
    }
    let button = |step: DecisionStep, main: bool| -> Element<'a, Message> {
        let [_, verb, _] = step_words(step);
        let id = PANEL.child(verb);
        let why = step_refused(desk, page, step, look.texts);
        let button = if main { primary(look, id, look.t(verb)).key("G") } else { normal(look, id, look.t(verb)) };
        button.disabled(why).on_press(open(WorkKind::Step(step))).into()
    };
    let buttons: Vec<Element<'a, Message>> = match decision.state {
        DecisionState::Proposed if me == Some(decision.proposed_by) => {
            vec![button(DecisionStep::Withdraw, false), button(DecisionStep::Approve, false)]
        }
        DecisionState::Proposed => vec![button(DecisionStep::Approve, true), button(DecisionStep::SendBack, false)],
        DecisionState::SentBack => {
            let again = primary(look, PANEL.child("propose"), look.t("decision-again"))
                .key("G")
                .disabled((!facing.view.value.may.decide).then(|| look.t("decision-refused-level")))
                .on_press(open(WorkKind::Decide));
            vec![again.into(), button(DecisionStep::Withdraw, false)]
        }
        DecisionState::Approved => vec![button(DecisionStep::Issue, true)],
        DecisionState::Issued => Vec::new(),
    };
    if !buttons.is_empty() {
        inside = inside.push(iced::widget::Row::with_children(buttons).spacing(space::S8).wrap());
    }
    inside
}

fn department_name(scene: Scene<'_>, facing: CaseFacing<'_>) -> String {
    let id = facing.view.value.decision.as_ref().map_or(&facing.view.value.row.department, |one| &one.authority);
    let known = scene.desk.session.departments.get(id);
    known.map_or_else(
        || scene.desk.session.tag(id).to_owned(),
        |health| words::say(scene.look.texts, &health.department.name).to_owned(),
    )
}

/// Who decides, and how deep.
fn level_line(scene: Scene<'_>, facing: CaseFacing<'_>) -> String {
    let id = match facing.view.value.level {
        Level::Guidance => "decision-level-guidance",
        Level::RuleBased => "decision-level-rules",
        Level::Judgement => "decision-level-judgement",
    };
    scene.look.with(id, &[("name", department_name(scene, facing).into())])
}

/// "Jonas Bækgaard" as "Jonas B.".
fn short(name: &str) -> String {
    let mut parts = name.split_whitespace();
    let first = parts.next().unwrap_or_default().to_owned();
    match parts.next_back().and_then(|last| last.chars().next()) {
        Some(letter) => format!("{first} {letter}."),
        None => first,
    }
}

/// Questions to colleagues, and the other sheets.
fn else_done<'a>(scene: Scene<'a>, facing: CaseFacing<'a>, asks: &[&'a AskView]) -> Column<'a, Message> {
    let Scene { look, desk } = scene;
    let may = facing.view.value.may;
    let mut inside = column![look.strong(look.t("work-title"))];
    for ask in asks {
        inside = inside.push(asked(scene, ask));
    }
    let refused = |right| may_not(desk, look.texts, (&facing.view.value, right), Some(look.now.date()));
    let no_work = || (!may.work).then(|| refused(Right::Work));
    let no_steer = || (!may.steer).then(|| refused(Right::Steer));
    let button = |word: &str, key: &str, kind: WorkKind, why: Option<String>| -> Element<'a, Message> {
        quiet(look, PANEL.child(word), look.t(word))
            .size(ButtonSize::Small)
            .key(key)
            .disabled(why)
            .on_press(open(kind))
            .into()
    };
    let buttons = vec![
        button("case-key-ask-colleague", "Q", WorkKind::Ask, no_work()),
        button("case-key-course", "E", WorkKind::Course, no_steer()),
        button("case-key-facts", "F", WorkKind::Facts, no_work()),
        button("case-key-relate", "L", WorkKind::Relate, no_work()),
    ];
    inside = inside.push(iced::widget::Row::with_children(buttons).spacing(space::S4).wrap());
    let related = &facing.view.value.related;
    if !related.is_empty() {
        let names: Vec<String> = related
            .iter()
            .map(|case| format!("{} {}", desk.session.tag(&case.department), words::say(look.texts, &case.title)))
            .collect();
        inside = inside.push(look.second(look.with("work-related", &[("cases", names.join(" · ").into())])));
    }
    for note in facing.view.value.notes.iter().take(2) {
        let when = moment(look.texts, note.at, desk.tz(), look.now.date());
        let openness = match note.openness {
            skranke_domain::document::Openness::File => "work-note-file",
            skranke_domain::document::Openness::Internal => "work-note-internal",
        };
        let by = format!("{} · {when} · {}", note.by, look.t(openness));
        let text = look.colored(note.text.clone(), Type::CELL, look.tokens.ink).width(Length::Fill);
        inside = inside.push(column![text, look.label(by)].spacing(space::S2));
    }
    inside
}

fn asked<'a>(scene: Scene<'a>, ask: &'a AskView) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let mine = desk.person() == Some(ask.from);
    let who = if mine {
        look.with("work-ask-of", &[("name", ask.to_name.clone().into())])
    } else {
        look.with("work-ask-from", &[("name", ask.from_name.clone().into())])
    };
    let head = format!("{} · {who}", look.t(kind_word(ask.kind)));
    let said = column![look.label(head), look.colored(ask.text.clone(), Type::CELL, t.ink).width(Length::Fill)];
    let said = said.push(ask.reply.as_ref().map(|reply| {
        let by = ask.replied_by.clone().unwrap_or_default();
        look.colored(
            look.with("work-replied", &[("name", by.into()), ("text", reply.clone().into())]),
            Type::CELL,
            t.ink2,
        )
        .width(Length::Fill)
    }));
    let mut line = row![icon(Icon::Message, 14.0, t.ink3), said.width(Length::Fill)].spacing(space::S8);
    if ask.state == AskState::Open {
        let verb = if mine { "work-take-back-verb" } else { "work-answer-verb" };
        let button = quiet(look, PANEL.child("ask").child(ask.id), look.t(verb))
            .name(format!("{}: {}", look.t(verb), ask.text))
            .size(ButtonSize::Small)
            .on_press(open(WorkKind::Answer(ask.id)));
        line = line.push(Element::from(button));
    } else {
        line = line.push(glyph(Glyph::Approved, 14.0, t.ok));
    }
    line.align_y(Alignment::Start).into()
}
