//! The last of what happened to a case, newest first: three lines beneath the right column, or all of them in its place.

use iced::widget::{Column, column, container, row, text::Wrapping};
use iced::{Alignment, Length};
use skranke_api::cases::{CaseView, HistoryKind, HistoryLine};

use super::checklist::when_within;
use super::{Message, words};
use crate::focus::FocusId;
use crate::screens::Scene;
use crate::theme::Type;
use crate::theme::scale::space;
use crate::widget::check::link;
use crate::widget::{Element, KeyGround, ellipsis, key_cap, scroll};

/// What opens and closes all lines.
pub const ALL: FocusId = FocusId::new("case/latest/all");

/// How many lines stand beneath the right column.
const FEW: usize = 3;
/// The column of times.
const TIME: f32 = 52.0;

/// The last lines.
pub(super) fn few<'a>(scene: Scene<'a>, view: &'a CaseView) -> Element<'a, Message> {
    let look = scene.look;
    let lines = view.history.iter().take(FEW).map(|line| {
        let words = ellipsis(sentence(scene, line), Type::CELL).color(look.tokens.ink).width(Length::Fill);
        row![stamp(scene, line), words].spacing(space::S8).into()
    });
    let count = i64::try_from(view.history.len()).unwrap_or(i64::MAX);
    let all = look.with("case-latest-all", &[("count", count.into())]);
    container(column![head(scene, all), Column::with_children(lines).spacing(space::S4)].spacing(space::S4))
        .padding(iced::Padding { top: space::S10, right: space::S16, bottom: space::S12, left: space::S16 })
        .into()
}

/// All lines, with who and why.
pub(super) fn all<'a>(scene: Scene<'a>, view: &'a CaseView) -> Element<'a, Message> {
    let look = scene.look;
    let lines = view.history.iter().map(|line| {
        let t = look.tokens;
        let mut said = column![look.colored(what(scene, line), Type::CELL, t.ink)];
        if let Some(reason) = line.reason.as_deref().filter(|r| !r.is_empty()) {
            said = said.push(look.colored(format!("“{reason}”"), Type::LABEL, t.ink2));
        }
        let by = line.by.clone().unwrap_or_else(|| look.t("case-by-system"));
        said = said.push(look.label(by));
        row![stamp(scene, line), said.width(Length::Fill)].spacing(space::S8).into()
    });
    let head = container(head(scene, look.t("case-latest-fewer"))).padding([space::S10, space::S16]);
    let lines = container(Column::with_children(lines).spacing(space::S10)).padding([space::S2, space::S16]);
    column![head, scroll(look, "case/latest", lines).height(Length::Fill)].height(Length::Fill).into()
}

fn head<'a>(scene: Scene<'a>, more: String) -> Element<'a, Message> {
    let look = scene.look;
    row![
        look.strong(look.t("case-latest")).width(Length::Fill),
        link(look, ALL, more, Type::LABEL_MEDIUM).on_press(Message::History),
        key_cap(look, "Y", KeyGround::Paper),
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center)
    .into()
}

fn stamp<'a>(scene: Scene<'a>, line: &HistoryLine) -> Element<'a, Message> {
    let look = scene.look;
    let words = when_within(look, scene, line.at);
    container(look.colored(words, Type::CELL, look.tokens.ink3).wrapping(Wrapping::None)).width(TIME).clip(true).into()
}

/// Who did what, on one line.
fn sentence(scene: Scene<'_>, line: &HistoryLine) -> String {
    let look = scene.look;
    let what = what(scene, line);
    match (&line.by, line.by_id) {
        (_, Some(id)) if Some(id) == scene.desk.person() => look.with("case-latest-you", &[("what", what.into())]),
        (Some(by), _) => look.with("case-latest-by", &[("what", what.into()), ("by", by.clone().into())]),
        (None, _) => what,
    }
}

fn what(scene: Scene<'_>, line: &HistoryLine) -> String {
    let look = scene.look;
    let item = line.item.as_ref().map(|i| words::say(look.texts, i).to_owned()).unwrap_or_default();
    let id = match (line.kind, line.state) {
        (HistoryKind::Item, Some(state)) => {
            let state = look.t(words::shown_item(state).word_key()).to_lowercase();
            return look.with("history-item", &[("item", item.into()), ("state", state.into())]);
        }
        (HistoryKind::Item, None) => return item,
        (HistoryKind::DocumentCame, _) if !item.is_empty() => {
            return look.with("history-document-came-for", &[("item", item.into())]);
        }
        (kind, _) => kind_word(kind),
    };
    look.t(id)
}

const fn kind_word(kind: HistoryKind) -> &'static str {
    match kind {
        HistoryKind::Item | HistoryKind::Received => "history-received",
        HistoryKind::Booked => "history-booked",
        HistoryKind::Cancelled => "history-cancelled",
        HistoryKind::Moved => "history-moved",
        HistoryKind::Decided => "history-decided",
        HistoryKind::Closed => "history-closed",
        HistoryKind::Asked => "history-asked",
        HistoryKind::ChangeReported => "history-change-reported",
        HistoryKind::DocumentCame => "history-document-came",
        HistoryKind::DocumentMoved => "history-document-moved",
        HistoryKind::Replied => "history-replied",
        HistoryKind::Reminded => "history-reminded",
        HistoryKind::RequestChanged => "history-request-changed",
        HistoryKind::Assigned => "history-assigned",
        HistoryKind::Suspended => "history-suspended",
        HistoryKind::Resumed => "history-resumed",
        HistoryKind::Extended => "history-extended",
        HistoryKind::FactsSaid => "history-facts-said",
        HistoryKind::Lifted => "history-lifted",
        HistoryKind::Related => "history-related",
        HistoryKind::Proposed => "history-proposed",
        HistoryKind::SentBack => "history-sent-back",
        HistoryKind::TakenBack => "history-taken-back",
        HistoryKind::Issued => "history-issued",
        HistoryKind::AskedColleague => "history-asked-colleague",
        HistoryKind::ColleagueAnswered => "history-colleague-answered",
        HistoryKind::Noted => "history-noted",
        HistoryKind::AuthorityAnswered => "history-authority-answered",
        HistoryKind::OnBehalf => "history-on-behalf",
    }
}
