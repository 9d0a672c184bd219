//! The middle: the chosen item in full: what it is, why it is asked for, what the citizen reads, who judged it and why.

use iced::widget::{column, container, row};
use iced::{Alignment, Length};
use skranke_api::cases::CaseView;
use skranke_client::http::Tagged;
use skranke_desk::case::request::can_be_asked;
use skranke_desk::case::{CasePage, ItemShown};
use skranke_domain::Localized;
use skranke_domain::checklist::{Due, ItemAction, ItemState};

use super::checklist::{facts, when};
use super::{Message, words};
use crate::assets::{Glyph, Icon};
use crate::screens::need::why::{Right, may_not};
use crate::screens::{Scene, sentence};
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::field::field_error;
use crate::widget::panel::plate;
use crate::widget::{ButtonKind, Element, Tone, badge, button, glyph, hline, icon, normal, panel, quiet, tone_badge};

pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CasePage, view: &'a Tagged<CaseView>) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let items = page.items(&desk.pending);
    let Some(shown) = items.into_iter().find(|i| Some(&i.item.id) == page.selected.as_ref()) else {
        return look.second(look.t("case-choose-item")).into();
    };
    let t = look.tokens;
    let item = shown.item;
    let say = |text| words::say(look.texts, text).to_owned();
    let head = row![
        icon(Icon::FileText, 18.0, t.ink2),
        look.section(say(&item.label)).width(Length::Fill),
        badge(look, words::shown_item(shown.state), None),
    ]
    .spacing(space::S10)
    .align_y(Alignment::Center);
    let mut parts = column![].spacing(space::S12);
    if let Some(cannot) = page.cannot_get(&item.id) {
        parts = parts.push(cannot_get(look, &cannot.why));
    }
    if let Some(evidence) = &item.evidence {
        parts = parts.push(fact(look, "case-evidence", say(evidence)));
    }
    if let Some(text) = &item.citizen_text {
        parts = parts.push(fact(look, "case-citizen-text", say(text)));
    }
    parts = parts.push(fact(look, "case-why", why(look, &shown)));
    let due = match item.due {
        Due::BeforeVisit => "case-due-before-long",
        Due::AtVisit => "case-due-at-long",
    };
    parts = parts.push(
        row![
            container(fact(look, "case-due", look.t(due))).width(Length::FillPortion(1)),
            container(fact(look, "case-supplied-by", look.t(words::supplier(item.supplied_by))))
                .width(Length::FillPortion(1)),
        ]
        .spacing(space::S16),
    );
    if let Some(reason) = shown.reason.filter(|r| !r.is_empty()) {
        parts = parts.push(fact(look, "case-reason", reason.to_owned()));
    }
    if let (Some(at), None) = (item.changed_at, &shown.pending) {
        let by = item.changed_by.clone().unwrap_or_else(|| look.t("case-by-system"));
        parts = parts.push(fact(look, "case-changed", format!("{by} · {}", when(look, scene, at, look.now.date()))));
    }
    parts = parts.push(source(look, &shown));
    let mut inside = column![head, hline(look), parts].spacing(space::S12);
    if let Some(note) = pending_note(scene, &shown) {
        inside = inside.push(hline(look)).push(note);
    }
    if let Some((at, refusal)) = &page.refusal
        && *at == item.id
    {
        inside = inside.push(field_error(look, words::refusal(look.texts, refusal)));
    }
    inside = inside.push(hline(look)).push(actions(scene, page, view, &shown));
    panel(look, container(inside).padding(space::S16)).width(Length::Fill).max_width(720.0).into()
}

fn fact<'a>(look: &Look<'_>, label: &str, words: String) -> Element<'a, Message> {
    column![look.label(look.t(label)), look.colored(words, Type::BODY, look.tokens.ink).width(Length::Fill)]
        .spacing(space::S2)
        .into()
}

/// Why the item stands on this checklist: the facts that its condition asks, each with what is known of it.
fn why(look: &Look<'_>, shown: &ItemShown<'_>) -> String {
    let list =
        |facts: &[Localized]| facts.iter().map(|fact| words::say(look.texts, fact)).collect::<Vec<_>>().join(", ");
    let item = shown.item;
    let asked = list(&item.because_facts);
    if item.because.is_none() || asked.is_empty() {
        return look.t("case-why-always");
    }
    let said = facts(look, &item.because_said);
    let said = if said.is_empty() { asked } else { said };
    if item.unknown_facts.is_empty() {
        look.with("case-why-condition", &[("facts", said.into())])
    } else {
        look.with("case-why-unknown", &[("facts", said.into()), ("unknown", list(&item.unknown_facts).into())])
    }
}

fn source<'a>(look: &Look<'_>, shown: &ItemShown<'_>) -> Element<'a, Message> {
    let provenance = &shown.item.provenance;
    let mut words = look.t(words::certainty(provenance.certainty));
    if !provenance.source.is_empty() {
        words = format!("{words} · {}", provenance.source.join(", "));
    }
    if let Some(year) = provenance.year {
        words = format!("{words} · {year}");
    }
    row![look.label(look.t("case-source")), look.second(words)].spacing(space::S8).into()
}

/// What became of her own judgement that is not confirmed: on its way, or refused with what stands now.
pub(super) fn pending_note<'a>(scene: Scene<'a>, shown: &ItemShown<'a>) -> Option<Element<'a, Message>> {
    let look = scene.look;
    let pending = shown.pending.as_ref()?;
    let t = look.tokens;
    let Some(problem) = pending.problem() else {
        return Some(
            row![
                glyph(Glyph::Unsent, 16.0, t.accent),
                look.colored(look.t("case-unsent-safe"), Type::CELL_MEDIUM, t.accent)
            ]
            .spacing(space::S8)
            .align_y(Alignment::Center)
            .into(),
        );
    };
    let now = words::shown_item(shown.item.state);
    let mine = words::shown_item(shown.state);
    let stands = row![
        look.label(look.t("case-refused-theirs")),
        badge(look, now, None),
        look.label(look.t("case-refused-mine")),
        badge(look, mine, None),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    let id = pending.entry.id;
    let buttons = row![
        Element::from(normal(look, "case/retry", look.t("case-refused-retry")).on_press(Message::Retry(id))),
        Element::from(quiet(look, "case/discard", look.t("case-refused-discard")).on_press(Message::Discard(id))),
    ]
    .spacing(space::S8);
    Some(
        column![
            tone_badge(look, Tone::Alert, Glyph::Rejected, look.t("case-refused")),
            look.colored(sentence::problem(look, problem), Type::BODY, t.ink),
            stands,
            buttons
        ]
        .spacing(space::S8)
        .into(),
    )
}

/// What she says of a paper that she cannot get, and what may be done about it.
fn cannot_get<'a>(look: &Look<'_>, why: &str) -> Element<'a, Message> {
    let t = look.tokens;
    let mark =
        row![glyph(Glyph::Overdue, 14.0, t.wait), look.colored(look.t("case-cannot"), Type::CELL_MEDIUM, t.wait)]
            .spacing(space::S6)
            .align_y(Alignment::Center);
    let said = look.colored(format!("“{}”", why.trim()), Type::BODY, t.ink).width(Length::Fill);
    let inside = column![mark, said, look.second(look.t("case-cannot-then")).width(Length::Fill)].spacing(space::S4);
    container(inside)
        .padding([space::S8, space::S12])
        .width(Length::Fill)
        .style(move |_| plate(t.wait_soft, t.wait_soft, radius::CONTROL))
        .into()
}

fn actions<'a>(
    scene: Scene<'a>,
    page: &CasePage,
    view: &Tagged<CaseView>,
    shown: &ItemShown<'_>,
) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let refused = |right| may_not(desk, look.texts, (&view.value, right), Some(look.now.date()));
    let no_right = (!view.value.may.judge_items).then(|| refused(Right::Judge));
    let from = match &shown.pending {
        Some(pending) if pending.is_refused() => shown.item.state,
        _ => shown.state,
    };
    let why_not = |action: ItemAction| {
        let rule = from.after(action, Some("…")).err().map(|refusal| words::refusal(look.texts, &refusal));
        no_right.clone().or(rule)
    };
    // What speaks against a paper takes the main button from approving it.
    let doubtful = page.approval_needs_reason(&shown.item.id) && !from.is_settled();
    let (kind, word) = if doubtful {
        (ButtonKind::Normal, "case-key-approve-anyway")
    } else {
        (ButtonKind::Primary, "case-key-approve")
    };
    let approve = button(look, "case/approve", kind, look.t(word))
        .key("A")
        .disabled(why_not(ItemAction::Approve))
        .on_press(Message::Judge(ItemAction::Approve));
    let can_ask = can_be_asked(shown) || from == ItemState::Received;
    let ask = can_ask.then(|| {
        let may_not = (!view.value.may.work).then(|| refused(Right::Work));
        let kind = if doubtful { ButtonKind::Primary } else { ButtonKind::Normal };
        let ask = button(look, "case/ask", kind, look.t("case-key-ask")).key("D").disabled(may_not);
        Element::from(ask.on_press(Message::Ask))
    });
    let other = |id: &'static str, label: &str, key: &str, action: ItemAction| {
        button(look, id, ButtonKind::Normal, look.t(label))
            .key(key)
            .disabled(why_not(action))
            .on_press(Message::Judge(action))
    };
    let (first, last) = if doubtful { (ask, None) } else { (None, ask) };
    row![]
        .extend(first)
        .push(Element::from(approve))
        .push(Element::from(other("case/reject", "case-key-reject", "X", ItemAction::Reject)))
        .push(Element::from(other("case/not-needed", "case-key-not-needed", "U", ItemAction::NotApplicable)))
        .push(Element::from(other("case/waive", "case-key-waive", "I", ItemAction::Waive)))
        .extend(last)
        .spacing(space::S8)
        .wrap()
        .vertical_spacing(space::S8)
        .into()
}
