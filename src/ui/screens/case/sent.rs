//! Requests that were sent, above the one that is written: how far each is, and what can be done about it. What does not live here: their
//! state (the server's), what is typed to change one (the desk's).

use iced::widget::{Row, column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::cases::CaseView;
use skranke_api::casework::{RequestState, RequestView};
use skranke_desk::case::CasePage;
use skranke_desk::case::request::{ChangeKind, ChangeProblem, Changing, RequestInput, is_open};

use super::{Message, words};
use crate::assets::Glyph;
use crate::focus::FocusId;
use crate::screens::Scene;
use crate::screens::letters::words_of;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::panel::plate;
use crate::widget::{Element, Tone, ellipsis, field, glyph, primary, quiet};

const SENT: FocusId = FocusId::new("case/request/sent");
/// Where a day or reason is typed.
pub const TYPED: FocusId = FocusId::new("case/request/sent/typed");

/// How many that are answered are still named; the rest stands in the history.
const ANSWERED: usize = 1;

const fn input(of: RequestInput) -> Message {
    Message::Request(of)
}

/// The requests that await her, overdue ones first, and the last that was answered.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CasePage, view: &'a CaseView) -> Vec<Element<'a, Message>> {
    let of = |state: RequestState| view.requests.iter().filter(move |request| request.state == state);
    let shown =
        of(RequestState::Overdue).chain(of(RequestState::Open)).chain(of(RequestState::Answered).take(ANSWERED));
    shown.map(|request| one(scene, page, view, request)).collect()
}

fn one<'a>(scene: Scene<'a>, page: &'a CasePage, view: &'a CaseView, request: &'a RequestView) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let (shape, tone) = match request.state {
        RequestState::Open => (Glyph::Waiting, Tone::Wait),
        RequestState::Overdue => (Glyph::Overdue, Tone::Alert),
        RequestState::Answered => (Glyph::Received, Tone::Accent),
        RequestState::Closed => (Glyph::Closed, Tone::Idle),
    };
    let names: Vec<&str> = view
        .items
        .iter()
        .filter(|item| request.items.contains(&item.id))
        .map(|item| words::say(look.texts, &item.label))
        .collect();
    let title = ellipsis(names.join(", "), Type::CELL_MEDIUM).color(t.ink).width(Length::Fill);
    let second = look.colored(state(scene, request), Type::LABEL, tone.color(&t)).width(Length::Fill);
    let mut lines = column![title, second].spacing(space::S2).width(Length::Fill);
    if let Some(said) = request.replied.as_deref().filter(|said| !said.trim().is_empty()) {
        lines = lines.push(look.second(format!("“{}”", said.trim())).width(Length::Fill));
    }
    if is_open(request) && view.may.work {
        lines = lines.push(match page.request.changing.as_ref().filter(|changing| changing.letter == request.id) {
            Some(changing) => form(look, changing),
            None => buttons(look, request),
        });
    }
    let inside = row![glyph(shape, 14.0, tone.color(&t)), lines].spacing(space::S8);
    container(inside)
        .padding([space::S6, space::S8])
        .width(Length::Fill)
        .style(move |_| plate(t.bg, t.line, radius::CONTROL))
        .into()
}

/// When it was sent, until when she has, what comes next.
fn state(scene: Scene<'_>, request: &RequestView) -> String {
    let look = scene.look;
    let sent = look.texts.day_month(request.sent.to_zoned(scene.desk.tz().clone()).date());
    let by = look.texts.day_month(request.deadline);
    let args = |more: Option<(&'static str, String)>| {
        let mut all = vec![("sent", sent.clone().into()), ("by", by.clone().into())];
        all.extend(more.map(|(name, value)| (name, value.into())));
        all
    };
    match (request.state, request.reminder) {
        (RequestState::Overdue, _) => {
            let days = i64::from((look.now.date() - request.deadline).get_days());
            let mut all = args(None);
            all.push(("days", days.into()));
            look.with("request-state-overdue", &all)
        }
        (RequestState::Answered, _) => look.with("request-state-answered", &args(None)),
        (RequestState::Closed, _) => look.with("request-state-closed", &args(None)),
        (RequestState::Open, _) if request.reminded => look.with("request-state-reminded", &args(None)),
        (RequestState::Open, Some(day)) => {
            look.with("request-state-reminder", &args(Some(("reminder", look.texts.day_month(day)))))
        }
        (RequestState::Open, None) => look.with("request-state-open", &args(None)),
    }
}

fn buttons<'a>(look: &'a Look<'a>, request: &RequestView) -> Element<'a, Message> {
    let id = SENT.child(request.id);
    let small = |part: &str, word: &str, press: RequestInput| {
        Element::from(quiet(look, id.child(part), look.t(word)).size(ButtonSize::Small).on_press(input(press)))
    };
    Row::with_children([
        small("longer", "request-longer", RequestInput::Change(request.id, ChangeKind::Extend)),
        small("remind", "request-remind", RequestInput::RemindNow(request.id)),
        small("close", "request-close", RequestInput::Change(request.id, ChangeKind::Close)),
    ])
    .spacing(space::S4)
    .into()
}

/// A day or a reason, typed beneath the request.
fn form<'a>(look: &'a Look<'a>, changing: &Changing) -> Element<'a, Message> {
    let (label, verb) = match changing.what {
        ChangeKind::Extend => ("request-longer-until", "request-longer"),
        ChangeKind::Close => ("request-close-why", "request-close"),
    };
    let error = changing.problem.map(|problem| match problem {
        ChangeProblem::Day(problem) => words_of(look, problem),
        ChangeProblem::NotLater => look.t("request-not-later"),
        ChangeProblem::NoReason => look.t("refusal-needs-reason"),
        ChangeProblem::ReasonTooLong => look.with(
            "refusal-too-long",
            &[("most", i64::try_from(skranke_domain::checklist::REASON_CHARS).unwrap_or(0).into())],
        ),
    });
    let typed = field(look, TYPED, look.t(label), changing.typed.clone())
        .labelled()
        .error(error)
        .width(Length::Fill)
        .on_input(|typed| input(RequestInput::ChangeTyped(typed)))
        .on_submit(input(RequestInput::ChangeConfirm))
        .build();
    let buttons = row![
        Element::from(
            primary(look, TYPED.child("do"), look.t(verb))
                .size(ButtonSize::Small)
                .on_press(input(RequestInput::ChangeConfirm))
        ),
        Element::from(
            quiet(look, TYPED.child("leave"), look.t("dialog-keep"))
                .size(ButtonSize::Small)
                .on_press(input(RequestInput::ChangeCancel))
        ),
        gap().width(Length::Fill),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    column![typed, buttons].spacing(space::S6).into()
}
