//! An entry of the outbox: what was done and for whom, how far it got, what stands at the server instead, what can be done about it. What
//! does not live here: doing it.

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Length};
use serde::Deserialize;
use skranke_api::Problem;
use skranke_api::cases::ItemView;
use skranke_client::outbox::{Deed, Entry, EntryState, Label, Rest};
use skranke_desk::session::Line;
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::{CounterId, Localized};

use super::{FIRST, Message, cannot_discard, cannot_edit, cannot_retry, entry_id};
use crate::assets::Glyph;
use crate::focus::{ControlState, Role};
use crate::screens::Scene;
use crate::screens::case::words::{shown_item, verb};
use crate::screens::sentence::problem as refusal;
use crate::screens::words::{moment, pick};
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::list::RowState;
use crate::widget::panel::plate;
use crate::widget::{Element, Ring, Tone, control, danger, ellipsis, glyph, lead_tail, normal, quiet, row_ground};

/// How an entry stands in the list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    /// Its place in the order of sending, counted from 1.
    pub number: usize,
    /// The keys act on it.
    pub active: bool,
    /// It is asked whether it is to be thrown away.
    pub asked: bool,
}

/// What was done, in one line.
pub(in crate::screens) fn title(scene: Scene<'_>, entry: &Entry) -> String {
    let look = scene.look;
    match &entry.draft.label {
        Label::Item { item, action, .. } => look.with(
            "outbox-item",
            &[("verb", look.t(verb(*action)).into()), ("item", pick(look.texts, item).to_owned().into())],
        ),
        Label::Booking { start, minutes, .. } => {
            let end = start.checked_add(jiff::Span::new().minutes(i64::from(*minutes))).unwrap_or(*start);
            let (start, end) = (start.to_zoned(scene.desk.tz().clone()), end.to_zoned(scene.desk.tz().clone()));
            look.with(
                "outbox-booking",
                &[
                    ("day", look.texts.weekday_day_month(start.date()).into()),
                    ("time", look.texts.time_span(start.time(), end.time()).into()),
                ],
            )
        }
        Label::Appointment { start, status, moved_to, .. } => {
            let start = moved_to.as_ref().map_or(*start, |(to, _)| *to).to_zoned(scene.desk.tz().clone());
            let verb = match status {
                Some(AppointmentStatus::Cancelled) => "outbox-appointment-cancelled",
                Some(AppointmentStatus::Arrived) => "outbox-appointment-arrived",
                Some(AppointmentStatus::Fulfilled) => "outbox-appointment-fulfilled",
                Some(AppointmentStatus::Noshow) => "outbox-appointment-noshow",
                Some(AppointmentStatus::Proposed | AppointmentStatus::Booked) => "outbox-appointment-booked",
                None => "outbox-appointment-moved",
            };
            look.with(
                verb,
                &[
                    ("day", look.texts.weekday_day_month(start.date()).into()),
                    ("time", look.texts.time(start.time()).into()),
                ],
            )
        }
        Label::Deed { deed, about, .. } => {
            let about = about.as_ref().map(|about| pick(look.texts, about).to_owned());
            [Some(look.t(deed_word(*deed))), about].into_iter().flatten().collect::<Vec<_>>().join(": ")
        }
    }
}

/// The words for what was done about a citizen.
pub(in crate::screens) const fn deed_word(deed: Deed) -> &'static str {
    match deed {
        Deed::NoteWritten => "deed-note-written",
        Deed::NoteChanged => "deed-note-changed",
        Deed::PromiseGiven => "deed-promise-given",
        Deed::PromiseSettled => "deed-promise-settled",
        Deed::SituationOpened => "deed-situation-opened",
        Deed::SituationDeclined => "deed-situation-declined",
        Deed::SituationChanged => "deed-situation-changed",
        Deed::CaseStarted => "deed-case-started",
        Deed::ChangeReported => "deed-change-reported",
        Deed::PapersAsked => "deed-papers-asked",
        Deed::ContactRegistered => "deed-contact-registered",
        Deed::HandedOver => "deed-handed-over",
        Deed::HandoverChanged => "deed-handover-changed",
        Deed::CaseAssigned => "deed-case-assigned",
        Deed::CourseChanged => "deed-course-changed",
        Deed::FactsSaid => "deed-facts-said",
        Deed::CasesRelated => "deed-cases-related",
        Deed::DecisionProposed => "deed-decision-proposed",
        Deed::DecisionChanged => "deed-decision-changed",
        Deed::ColleagueAsked => "deed-colleague-asked",
        Deed::AskChanged => "deed-ask-changed",
        Deed::CaseNoteWritten => "deed-case-note-written",
        Deed::DocumentChanged => "deed-document-changed",
        Deed::RequestChanged => "deed-request-changed",
        Deed::ApplicationFinished => "deed-application-finished",
        Deed::EarlierTimeWished => "deed-earlier-time-wished",
        Deed::EarlierTimeEnded => "deed-earlier-time-ended",
    }
}

/// Whom and what it is about.
fn about(scene: Scene<'_>, label: &Label) -> String {
    let look = scene.look;
    let counter = |id: &CounterId| {
        let all = scene.desk.session.sites.iter().flat_map(|site| &site.counters);
        all.clone().find(|c| c.id == *id).map_or_else(|| id.to_string(), |c| pick(look.texts, &c.name).to_owned())
    };
    let title = |title: &Option<Localized>| title.as_ref().map(|title| pick(look.texts, title).to_owned());
    let parts = match label {
        Label::Item { citizen_name, case_number, .. } => [Some(citizen_name.clone()), Some(case_number.clone()), None],
        Label::Booking { citizen_name, title: what, counter: place, .. } => {
            [Some(citizen_name.clone()), title(what), Some(counter(place))]
        }
        Label::Appointment { citizen_name, .. } | Label::Deed { citizen_name, .. } => {
            [Some(citizen_name.clone()), None, None]
        }
    };
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What was typed, where anything was.
pub(super) fn words(label: &Label) -> Option<&str> {
    match label {
        Label::Item { reason, .. } | Label::Appointment { reason, .. } => {
            reason.as_deref().filter(|r| !r.trim().is_empty())
        }
        Label::Deed { text, .. } => Some(text.as_str()).filter(|text| !text.trim().is_empty()),
        Label::Booking { .. } => None,
    }
}

/// How far it got, with its shape and colour.
fn state(scene: Scene<'_>, entry: &Entry) -> (Glyph, Tone, String) {
    let look = scene.look;
    let down = matches!(scene.desk.session.line, Line::Down { .. });
    if entry.attempts == 0 && entry.draft.hold.is_some() {
        let rest = entry.draft.hold.and_then(|hold| hold.rests(look.now.timestamp()));
        match rest {
            Some(Rest::Open) => return (Glyph::Waiting, Tone::Wait, look.t("wrap-up-waits-outcome")),
            Some(Rest::For(left)) => {
                let left = left.as_secs().max(0);
                let time = format!("{}:{:02}", left / 60, left % 60);
                return (Glyph::Unsent, Tone::Accent, look.with("wrap-up-saves-in", &[("time", time.into())]));
            }
            None => {}
        }
    }
    let (shape, tone, word) = match (&entry.state, down) {
        (EntryState::Queued, true) => (Glyph::Unsent, Tone::Accent, "outbox-state-waits-line"),
        (EntryState::Queued, false) => (Glyph::Unsent, Tone::Accent, "outbox-state-waits"),
        (EntryState::Attempted, true) => (Glyph::Waiting, Tone::Wait, "outbox-state-unknown"),
        (EntryState::Attempted, false) => (Glyph::InProgress, Tone::Accent, "outbox-state-sending"),
        (EntryState::Refused { .. }, _) => (Glyph::Rejected, Tone::Alert, "outbox-state-refused"),
        (EntryState::Held, _) => (Glyph::Waiting, Tone::Wait, "outbox-state-held"),
    };
    (shape, tone, look.t(word))
}

/// What stands at the server, where the refusal tells.
pub(super) fn standing_now(scene: Scene<'_>, problem: &Problem) -> Option<String> {
    let look = scene.look;
    let item = ItemView::deserialize(problem.current.as_ref()?).ok()?;
    let state = look.t(shown_item(item.state).word_key());
    let at = item.changed_at.map(|at| moment(look.texts, at, scene.desk.tz(), look.now.date()));
    Some(match (item.changed_by, at) {
        (Some(by), Some(at)) => {
            look.with("outbox-now-by", &[("state", state.into()), ("by", by.into()), ("at", at.into())])
        }
        _ => look.with("outbox-now", &[("state", state.into())]),
    })
}

/// How old it is, how often it was tried, and for which other it waits.
fn course(scene: Scene<'_>, entry: &Entry) -> Option<String> {
    let Scene { look, desk } = scene;
    // A clock that was set back makes nothing younger than new.
    let minutes = look.now.timestamp().duration_since(entry.created_at).as_mins().max(0);
    let age = match minutes {
        0 => None,
        1..60 => Some(look.with("outbox-age-minutes", &[("count", minutes.into())])),
        60..1440 => Some(look.with("outbox-age-hours", &[("count", (minutes / 60).into())])),
        _ => Some(look.with("outbox-age-days", &[("count", (minutes / 1440).into())])),
    };
    let tried = (entry.attempts > 0).then(|| {
        let at = entry.last_attempt.unwrap_or(entry.created_at);
        let at = moment(look.texts, at, desk.tz(), look.now.date());
        look.with("outbox-tried", &[("count", i64::from(entry.attempts).into()), ("at", at.into())])
    });
    let waits = desk
        .pending
        .waits_for(entry)
        .map(|at| look.with("outbox-follows", &[("number", i64::try_from(at + 1).unwrap_or(i64::MAX).into())]));
    let parts: Vec<String> = [age, tried, waits].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The entry.
pub(super) fn view<'a>(scene: Scene<'a>, entry: &'a Entry, standing: Standing) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let said = title(scene, entry);
    let about = about(scene, &entry.draft.label);
    let (shape, tone, word) = state(scene, entry);
    let color = tone.color(&t);
    let made = moment(look.texts, entry.created_at, desk.tz(), look.now.date());
    let name = [said.clone(), about.clone(), word.clone()].join(", ");
    let numbered = look.with(
        "outbox-numbered",
        &[("number", i64::try_from(standing.number).unwrap_or(0).into()), ("title", said.into())],
    );
    let first = lead_tail(
        ellipsis(numbered, Type::STRONG).color(t.ink),
        row![look.label(made)].align_y(Alignment::Center),
        space::S8,
    );
    let mark = row![glyph(shape, 14.0, color), look.colored(word, Type::CELL_MEDIUM, color)]
        .spacing(space::S6)
        .align_y(Alignment::Center);
    let mut lines = column![
        row![container(first).width(Length::Fill), mark].spacing(space::S16).align_y(Alignment::Center),
        look.colored(about, Type::CELL, t.ink2),
    ]
    .spacing(space::S2)
    .width(Length::Fill);
    if let Some(reason) = words(&entry.draft.label) {
        lines = lines.push(look.colored(look.with("outbox-reason", &[("reason", reason.into())]), Type::CELL, t.ink));
    }
    if let Some(said) = course(scene, entry) {
        lines = lines.push(look.label(said));
    }
    if matches!(entry.state, EntryState::Attempted) && standing.active {
        lines = lines.push(look.colored(look.t("outbox-under-way"), Type::CELL, t.ink2));
    }
    if let Some(problem) = entry.state.problem() {
        lines = lines.push(gap().height(space::S4)).push(refused(scene, problem));
    }
    let wants_her = entry.state.problem().is_some() || standing.active;
    if standing.asked {
        lines = lines.push(gap().height(space::S6)).push(question(scene, entry));
    } else if wants_her {
        lines = lines.push(gap().height(space::S6)).push(deeds(look, entry, standing.active));
    }
    let ground = if standing.active { RowState::Selected } else { RowState::Rest };
    let id = entry.id;
    control(look, entry_id(id), Role::Row, name, lines)
        .padding([space::S12, space::S16])
        .width(Length::Fill)
        .ring(Ring::Row(radius::TAG))
        // The list is the stop of the keyboard; its active entry wears the ring.
        .ringed(standing.active && look.focused(&FIRST))
        .state(ControlState::new().selected(standing.active))
        .on_press(Message::Select(id))
        .style(move |status| row_ground(&t, ground, status))
        .into()
}

fn refused<'a>(scene: Scene<'_>, problem: &Problem) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let mut words = Column::new().spacing(space::S2).width(Length::Fill).push(look.colored(
        refusal(look, problem),
        Type::CELL,
        t.ink,
    ));
    if let Some(now) = standing_now(scene, problem) {
        words = words.push(look.colored(now, Type::CELL_MEDIUM, t.ink));
    }
    container(words)
        .padding([space::S8, space::S12])
        .width(Length::Fill)
        .style(move |_| plate(t.alert_soft, t.alert_soft, radius::CONTROL))
        .into()
}

fn deeds<'a>(look: &Look<'_>, entry: &Entry, active: bool) -> Element<'a, Message> {
    let id = entry.id;
    let key = |key: &'static str| if active { Some(key) } else { None };
    let mut retry = normal(look, entry_id(id).child("retry"), look.t("outbox-key-retry"))
        .size(ButtonSize::Small)
        .disabled(cannot_retry(entry, look.texts))
        .on_press(Message::Retry(id));
    let mut discard = quiet(look, entry_id(id).child("discard"), look.t("outbox-discard-ask"))
        .size(ButtonSize::Small)
        .disabled(cannot_discard(entry, look.texts))
        .on_press(Message::Ask(id));
    if let Some(key) = key("R") {
        retry = retry.key(key);
    }
    if let Some(key) = key("Del") {
        discard = discard.key(key);
    }
    let mut all = row![].spacing(space::S8);
    if cannot_edit(entry, look.texts).is_none() {
        let mut edit = normal(look, entry_id(id).child("edit"), look.t("outbox-key-edit"))
            .size(ButtonSize::Small)
            .on_press(Message::Edit(id));
        if let Some(key) = key("E") {
            edit = edit.key(key);
        }
        all = all.push(edit);
    }
    if cannot_retry(entry, look.texts).is_none() {
        all = all.push(retry);
    }
    all = all.push(discard);
    if entry.draft.subject.case.is_some() {
        let mut open = quiet(look, entry_id(id).child("open"), look.t("outbox-key-open-case"))
            .size(ButtonSize::Small)
            .on_press(Message::OpenCase(id));
        if let Some(key) = key("↵") {
            open = open.key(key);
        }
        all = all.push(open);
    }
    all.into()
}

/// Whether it is really to be thrown away; what is lost is said.
fn question<'a>(scene: Scene<'_>, entry: &Entry) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let id = entry.id;
    let mut buttons = row![
        normal(look, entry_id(id).child("keep"), look.t("outbox-key-keep"))
            .size(ButtonSize::Small)
            .key("Esc")
            .on_press(Message::Keep),
    ]
    .spacing(space::S8);
    if words(&entry.draft.label).is_some() {
        buttons = buttons.push(
            normal(look, entry_id(id).child("copy"), look.t("outbox-key-copy"))
                .size(ButtonSize::Small)
                .key("Ctrl C")
                .on_press(Message::Copy(id)),
        );
    }
    let buttons = buttons.push(
        danger(look, entry_id(id).child("really"), look.t("outbox-key-discard"))
            .size(ButtonSize::Small)
            .key("Ctrl ↵")
            .on_press(Message::Discard(id)),
    );
    let mut said = column![look.colored(look.t("outbox-discard-question"), Type::CELL, t.ink).width(Length::Fill)]
        .spacing(space::S4);
    let along: Vec<String> = scene.desk.pending.goes_along(id).map(|one| title(scene, one)).collect();
    if !along.is_empty() {
        let count = i64::try_from(along.len()).unwrap_or(i64::MAX);
        said = said.push(look.colored(
            look.with("outbox-goes-along", &[("count", count.into())]),
            Type::CELL_MEDIUM,
            t.ink,
        ));
        for one in along {
            said = said.push(ellipsis(format!("– {one}"), Type::CELL).color(t.ink));
        }
    }
    let buttons = row![gap().width(Length::Fill), buttons];
    let inside = said.push(gap().height(space::S2)).push(buttons);
    container(inside)
        .padding([space::S8, space::S12])
        .width(Length::Fill)
        .style(move |_| plate(t.surface, t.alert, radius::CONTROL))
        .into()
}
