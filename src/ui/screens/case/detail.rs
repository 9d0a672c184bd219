//! The middle: the chosen item in full: what it is, why it is asked for, what the citizen reads, who judged it and why.

use iced::widget::{column, container, row};
use iced::{Alignment, Length};
use skranke_api::cases::CaseView;
use skranke_client::http::Tagged;
use skranke_desk::case::{CasePage, ItemShown};
use skranke_domain::Localized;
use skranke_domain::checklist::{Due, ItemAction};

use super::checklist::when;
use super::{Message, words};
use crate::assets::{Glyph, Icon};
use crate::screens::{Scene, sentence};
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::field::field_error;
use crate::widget::{
    ButtonKind, Element, Tone, badge, button, glyph, hline, icon, normal, panel, primary, quiet, tone_badge,
};

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
    let mut facts = column![].spacing(space::S12);
    if let Some(evidence) = &item.evidence {
        facts = facts.push(fact(look, "case-evidence", say(evidence)));
    }
    if let Some(text) = &item.citizen_text {
        facts = facts.push(fact(look, "case-citizen-text", say(text)));
    }
    facts = facts.push(fact(look, "case-why", why(look, &shown)));
    let due = match item.due {
        Due::BeforeVisit => "case-due-before-long",
        Due::AtVisit => "case-due-at-long",
    };
    facts = facts.push(
        row![
            container(fact(look, "case-due", look.t(due))).width(Length::FillPortion(1)),
            container(fact(look, "case-supplied-by", look.t(words::supplier(item.supplied_by))))
                .width(Length::FillPortion(1)),
        ]
        .spacing(space::S16),
    );
    if let Some(reason) = shown.reason.filter(|r| !r.is_empty()) {
        facts = facts.push(fact(look, "case-reason", reason.to_owned()));
    }
    if let (Some(at), None) = (item.changed_at, &shown.pending) {
        let by = item.changed_by.clone().unwrap_or_else(|| look.t("case-by-system"));
        facts = facts.push(fact(look, "case-changed", format!("{by} · {}", when(look, scene, at, look.now.date()))));
    }
    facts = facts.push(source(look, &shown));
    let mut inside = column![head, hline(look), facts].spacing(space::S12);
    if let Some(note) = pending_note(scene, &shown) {
        inside = inside.push(hline(look)).push(note);
    }
    if let Some((at, refusal)) = &page.refusal
        && *at == item.id
    {
        inside = inside.push(field_error(look, words::refusal(look.texts, refusal)));
    }
    inside = inside.push(hline(look)).push(actions(look, view, &shown));
    panel(look, container(inside).padding(space::S16)).width(Length::Fill).max_width(720.0).into()
}

fn fact<'a>(look: &Look<'_>, label: &str, words: String) -> Element<'a, Message> {
    column![look.label(look.t(label)), look.colored(words, Type::BODY, look.tokens.ink).width(Length::Fill)]
        .spacing(space::S2)
        .into()
}

/// Why the item stands on this checklist.
fn why(look: &Look<'_>, shown: &ItemShown<'_>) -> String {
    let list =
        |facts: &[Localized]| facts.iter().map(|fact| words::say(look.texts, fact)).collect::<Vec<_>>().join(", ");
    let item = shown.item;
    let asked = list(&item.because_facts);
    if item.because.is_none() || asked.is_empty() {
        look.t("case-why-always")
    } else if item.unknown_facts.is_empty() {
        look.with("case-why-condition", &[("facts", asked.into())])
    } else {
        look.with("case-why-unknown", &[("facts", asked.into()), ("unknown", list(&item.unknown_facts).into())])
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
fn pending_note<'a>(scene: Scene<'a>, shown: &ItemShown<'a>) -> Option<Element<'a, Message>> {
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

fn actions<'a>(look: &'a Look<'a>, view: &Tagged<CaseView>, shown: &ItemShown<'_>) -> Element<'a, Message> {
    let no_right = (!view.value.may.judge_items).then(|| look.t("case-may-not-judge"));
    let from = match &shown.pending {
        Some(pending) if pending.is_refused() => shown.item.state,
        _ => shown.state,
    };
    let why_not = |action: ItemAction| {
        let rule = from.after(action, Some("…")).err().map(|refusal| words::refusal(look.texts, &refusal));
        no_right.clone().or(rule)
    };
    let approve = primary(look, "case/approve", look.t("case-key-approve"))
        .key("A")
        .disabled(why_not(ItemAction::Approve))
        .on_press(Message::Judge(ItemAction::Approve));
    let other = |id: &'static str, label: &str, key: &str, action: ItemAction| {
        button(look, id, ButtonKind::Normal, look.t(label))
            .key(key)
            .disabled(why_not(action))
            .on_press(Message::Judge(action))
    };
    row![
        Element::from(approve),
        Element::from(other("case/reject", "case-key-reject", "X", ItemAction::Reject)),
        Element::from(other("case/not-needed", "case-key-not-needed", "U", ItemAction::NotApplicable)),
        Element::from(other("case/waive", "case-key-waive", "I", ItemAction::Waive)),
    ]
    .spacing(space::S8)
    .into()
}
