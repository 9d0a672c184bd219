//! Beneath the page: what its checks found, and what is done with the paper. Where a check failed, approving is not the main button. What does
//! not live here: what approving means (the desk's case page).

use iced::widget::{column, container, row};
use iced::{Alignment, Padding};
use skranke_api::documents::{DocumentCheck, DocumentView};
use skranke_desk::case::{CasePage, ItemShown};
use skranke_domain::checklist::ItemAction;

use super::Message;
use crate::assets::Glyph;
use crate::screens::Scene;
use crate::screens::case::{detail, words};
use crate::screens::need::why::{Right, may_not};
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::field::field_error;
use crate::widget::{ButtonKind, Element, button, glyph, normal, primary};

pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CasePage, paper: &'a DocumentView) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let mut inside = column![].spacing(space::S10);
    if !paper.checks.is_empty() {
        let found = paper.checks.iter().map(|check| finding(look, check));
        inside = inside.push(row(found).spacing(space::S16).wrap().vertical_spacing(space::S4));
    }
    let shown = page.items(&desk.pending).into_iter().find(|shown| Some(&shown.item.id) == page.selected.as_ref());
    if let Some(shown) = shown {
        if let Some(note) = detail::pending_note(scene, &shown) {
            inside = inside.push(note);
        }
        if let Some((at, refusal)) = &page.refusal
            && *at == shown.item.id
        {
            inside = inside.push(field_error(look, words::refusal(look.texts, refusal)));
        }
        inside = inside.push(actions(scene, page, paper, &shown));
    }
    container(inside).padding(Padding { top: space::S10, ..Padding::from([space::S12, space::S16]) }).into()
}

fn finding<'a>(look: &Look<'a>, check: &'a DocumentCheck) -> Element<'a, Message> {
    let t = look.tokens;
    let (shape, color) = if check.passed { (Glyph::Approved, t.ok) } else { (Glyph::Overdue, t.alert) };
    let said = words::say(look.texts, &check.what).to_owned();
    row![glyph(shape, 14.0, color), look.colored(said, Type::CELL_MEDIUM, color)]
        .spacing(space::S6)
        .align_y(Alignment::Center)
        .into()
}

fn actions<'a>(scene: Scene<'a>, page: &CasePage, paper: &DocumentView, shown: &ItemShown<'_>) -> Element<'a, Message> {
    let look = scene.look;
    let may = page.view.value().map(|view| view.value.may);
    let refused = |right: Right, word: &str| match page.view.value() {
        Some(view) => may_not(scene.desk, look.texts, (&view.value, right), Some(look.now.date())),
        None => look.t(word),
    };
    let no_right = may.is_none_or(|may| !may.judge_items).then(|| refused(Right::Judge, "case-may-not-judge"));
    let no_work = may.is_none_or(|may| !may.work).then(|| refused(Right::Bring, "pane-may-not-bring"));
    let from = match &shown.pending {
        Some(pending) if pending.is_refused() => shown.item.state,
        _ => shown.state,
    };
    let why_not = |action: ItemAction| {
        let rule = from.after(action, Some("…")).err().map(|refusal| words::refusal(look.texts, &refusal));
        no_right.clone().or(rule)
    };
    let judge = |id: &'static str, kind: ButtonKind, label: &str, key: &str, action: ItemAction| {
        Element::from(
            button(look, id, kind, look.t(label)).key(key).disabled(why_not(action)).on_press(Message::Judge(action)),
        )
    };
    // A failed check speaks while nobody has settled the paper.
    let failed = paper.checks.iter().any(|check| !check.passed) && !from.is_settled();
    let mut line = row![].spacing(space::S8);
    if failed {
        let ask = primary(look, "case/ask", look.t("pane-ask-new")).key("D").disabled(no_work);
        line = line
            .push(Element::from(ask.on_press(Message::Ask)))
            .push(judge("case/reject", ButtonKind::Normal, "case-key-reject", "X", ItemAction::Reject))
            .push(judge("case/approve", ButtonKind::Normal, "pane-approve-anyway", "A", ItemAction::Approve));
    } else {
        line = line
            .push(judge("case/approve", ButtonKind::Primary, "case-key-approve", "A", ItemAction::Approve))
            .push(judge("case/reject", ButtonKind::Normal, "case-key-reject", "X", ItemAction::Reject));
        let ask = normal(look, "case/ask", look.t("pane-ask-new")).key("D").disabled(no_work);
        line = line.push(Element::from(ask.on_press(Message::Ask)));
    }
    line.wrap().vertical_spacing(space::S8).into()
}
