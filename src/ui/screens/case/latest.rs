//! The right column: the attendance, and the last of what happened, newest first.

use iced::Length;
use iced::widget::{Column, column, container, row};
use skranke_api::cases::{CaseView, HistoryKind, HistoryLine};
use skranke_client::http::Tagged;

use super::checklist::when;
use super::{Message, words};
use crate::assets::Glyph;
use crate::screens::Scene;
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::{Element, glyph, hline, normal};

pub(super) fn view<'a>(scene: Scene<'a>, view: &'a Tagged<CaseView>) -> Element<'a, Message> {
    let look = scene.look;
    let lines = view.value.history.iter().map(|line| history(scene, line));
    column![
        container(attendance(scene, view)).padding(space::S16),
        hline(look),
        container(
            column![look.strong(look.t("case-latest")), Column::with_children(lines).spacing(space::S8)]
                .spacing(space::S10)
        )
        .padding(space::S16),
    ]
    .width(Length::Fill)
    .into()
}

fn attendance<'a>(scene: Scene<'a>, view: &'a Tagged<CaseView>) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let case = &view.value;
    let mut inside = column![look.label(look.t("case-attendance"))].spacing(space::S4);
    match (case.row.attendance, case.attendance_minutes) {
        (Some(at), _) => {
            let local = at.to_zoned(scene.desk.tz().clone());
            let words = look.with(
                "case-attendance-at",
                &[
                    ("day", look.texts.weekday_day_month(local.date()).into()),
                    ("time", look.texts.time(local.time()).into()),
                ],
            );
            inside = inside.push(look.section(words));
            let open = case.row.readiness.open_before_visit;
            inside = inside.push(if open == 0 {
                row![
                    glyph(Glyph::Ready, 14.0, t.ok),
                    look.colored(look.t("case-papers-ready"), Type::CELL_MEDIUM, t.ok)
                ]
                .spacing(space::S6)
            } else {
                let words = look.with("case-papers-open", &[("open", i64::from(open).into())]);
                row![glyph(Glyph::Missing, 14.0, t.wait), look.colored(words, Type::CELL_MEDIUM, t.wait)]
                    .spacing(space::S6)
            });
        }
        (None, Some(minutes)) => {
            inside = inside
                .push(look.colored(
                    look.with("case-not-booked", &[("minutes", i64::from(minutes).into())]),
                    Type::BODY,
                    t.ink,
                ))
                .push(Element::from(
                    normal(look, "case/book", look.t("case-key-book"))
                        .key("B")
                        .disabled((!case.may.book).then(|| look.t("case-may-not-book")))
                        .on_press(Message::Book),
                ));
        }
        (None, None) => inside = inside.push(look.colored(look.t("case-nobody-attends"), Type::BODY, t.ink2)),
    }
    inside.into()
}

fn history<'a>(scene: Scene<'a>, line: &'a HistoryLine) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let item = line.item.as_ref().map(|i| words::say(look.texts, i).to_owned()).unwrap_or_default();
    let what = match (line.kind, line.state) {
        (HistoryKind::Item, Some(state)) => {
            let state = look.t(words::shown_item(state).word_key()).to_lowercase();
            look.with("history-item", &[("item", item.into()), ("state", state.into())])
        }
        (HistoryKind::Item, None) => item,
        (HistoryKind::Received, _) => look.t("history-received"),
        (HistoryKind::Booked, _) => look.t("history-booked"),
        (HistoryKind::Cancelled, _) => look.t("history-cancelled"),
        (HistoryKind::Decided, _) => look.t("history-decided"),
        (HistoryKind::Closed, _) => look.t("history-closed"),
        (HistoryKind::Asked, _) => look.t("history-asked"),
        (HistoryKind::ChangeReported, _) => look.t("history-change-reported"),
        (HistoryKind::DocumentCame, _) => look.t("history-document-came"),
        (HistoryKind::DocumentMoved, _) => look.t("history-document-moved"),
        (HistoryKind::Replied, _) => look.t("history-replied"),
        (HistoryKind::Reminded, _) => look.t("history-reminded"),
        (HistoryKind::RequestChanged, _) => look.t("history-request-changed"),
        (HistoryKind::Assigned, _) => look.t("history-assigned"),
        (HistoryKind::Suspended, _) => look.t("history-suspended"),
        (HistoryKind::Resumed, _) => look.t("history-resumed"),
        (HistoryKind::Extended, _) => look.t("history-extended"),
        (HistoryKind::FactsSaid, _) => look.t("history-facts-said"),
        (HistoryKind::Lifted, _) => look.t("history-lifted"),
        (HistoryKind::Related, _) => look.t("history-related"),
        (HistoryKind::Proposed, _) => look.t("history-proposed"),
        (HistoryKind::SentBack, _) => look.t("history-sent-back"),
        (HistoryKind::TakenBack, _) => look.t("history-taken-back"),
        (HistoryKind::Issued, _) => look.t("history-issued"),
        (HistoryKind::AskedColleague, _) => look.t("history-asked-colleague"),
        (HistoryKind::ColleagueAnswered, _) => look.t("history-colleague-answered"),
        (HistoryKind::Noted, _) => look.t("history-noted"),
        (HistoryKind::AuthorityAnswered, _) => look.t("history-authority-answered"),
        (HistoryKind::OnBehalf, _) => look.t("history-on-behalf"),
    };
    let mut lines = column![look.colored(what, Type::CELL, t.ink)];
    if let Some(reason) = line.reason.as_deref().filter(|r| !r.is_empty()) {
        lines = lines.push(look.colored(format!("“{reason}”"), Type::LABEL, t.ink2));
    }
    let by = line.by.clone().unwrap_or_else(|| look.t("case-by-system"));
    lines = lines.push(look.label(by));
    row![container(stamp(look, when(look, scene, line.at, look.now.date()))).width(76.0), lines.width(Length::Fill)]
        .spacing(space::S8)
        .into()
}

fn stamp<'a>(look: &Look<'_>, words: String) -> Element<'a, Message> {
    look.colored(words, Type::CELL, look.tokens.ink2).into()
}
