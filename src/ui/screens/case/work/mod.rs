//! The sheets of the case page as they look: one file each. What lives here: which view goes with which, their keys, and the sentences that say
//! what is missing. What does not: their state and rules (the desk's).

mod course;
mod decide;
mod facts;
mod lift;
mod note;
mod people;
mod relate;
mod seek;
mod step;

use iced::Length;
use iced::widget::{Column, Row, column};
use skranke_desk::case::CasePage;
use skranke_desk::case::work::{CaseFacing, CaseSheet, Trouble, WorkInput};
use skranke_desk::{Acting, Desk};
use skranke_domain::contact::Channel;
use skranke_domain::decision::{DecisionOutcome, DecisionRefusal};

use super::Message;
use crate::focus::{FocusId, Role};
use crate::i18n::Texts;
use crate::screens::citizen::sheets::{Laid, WIDTHS, lay};
use crate::screens::{Key, Scene};
use crate::theme::Look;
use crate::theme::scale::space;
use crate::widget::field::field_error;
use crate::widget::{Element, radio};

pub(super) use decide::outcome_word;
pub(crate) use people::kind_word;
pub(super) use step::words as step_words;

/// The open sheet.
pub(super) const SHEET: FocusId = FocusId::new("case/sheet");

const fn of(input: WorkInput) -> Message {
    Message::Work(input)
}

/// What a sheet sees of the case, as the desk shows it now.
pub(super) fn facing<'a>(desk: &'a Desk, now: jiff::Timestamp, page: &'a CasePage) -> Option<CaseFacing<'a>> {
    let acting =
        Acting { pending: &desk.pending, session: &desk.session, tz: desk.tz(), language: desk.settings.language, now };
    Some(CaseFacing { page, view: page.view.value()?, acting })
}

/// Where the keyboard is when a sheet opens.
pub(super) fn begins(sheet: &CaseSheet) -> (FocusId, Role) {
    match sheet {
        CaseSheet::Assign(sheet) => seek::begins(&sheet.seeker, SHEET.child("verb")),
        CaseSheet::Ask(sheet) => match seek::begins(&sheet.seeker, people::TEXT) {
            (id, _) if id == people::TEXT => (id, Role::TextField),
            other => other,
        },
        CaseSheet::Course(_) => (course::REASON, Role::TextField),
        CaseSheet::Answer(_) => people::answer_begins(sheet),
        CaseSheet::Note(_) => (note::TEXT, Role::TextField),
        CaseSheet::Facts(_) => (facts::LIST, Role::List),
        // The safe button: what is lifted, approved or told stays so.
        CaseSheet::Lift(_) => (SHEET.child("leave"), Role::Button),
        CaseSheet::Relate(_) => (relate::QUERY, Role::TextField),
        CaseSheet::Decide(_) => (decide::OUTCOMES, Role::List),
        CaseSheet::Step(sheet) => step::begins(sheet),
    }
}

/// The keys of the open sheet beside `Esc` and `Ctrl ↵`.
pub(super) fn keys(page: &CasePage, _desk: &Desk, _texts: &Texts) -> Vec<Key<Message>> {
    match &page.work.sheet {
        None => Vec::new(),
        Some(CaseSheet::Assign(sheet)) => people::assign_keys(sheet),
        Some(CaseSheet::Ask(sheet)) => people::ask_keys(sheet),
        Some(CaseSheet::Course(_)) => course::keys(),
        Some(CaseSheet::Note(_)) => note::keys(),
        Some(CaseSheet::Facts(_)) => facts::keys(),
        Some(CaseSheet::Lift(_)) => vec![Key::in_place("F5", "case-key-ask-again", of(WorkInput::LiftAgain))],
        Some(CaseSheet::Relate(_)) => relate::keys(),
        Some(CaseSheet::Decide(sheet)) => decide::keys(sheet),
        Some(CaseSheet::Step(sheet)) => step::keys(sheet),
        Some(CaseSheet::Answer(_)) => Vec::new(),
    }
}

/// The open sheet, if one is.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CasePage) -> Option<Element<'a, Message>> {
    let sheet = page.work.sheet.as_ref()?;
    let facing = facing(scene.desk, scene.look.now.timestamp(), page)?;
    let look = scene.look;
    let (title, verb, body) = match sheet {
        CaseSheet::Assign(sheet) => people::assign(scene, facing, sheet),
        CaseSheet::Course(sheet) => course::view(scene, facing, sheet),
        CaseSheet::Ask(sheet) => people::ask(scene, facing, sheet),
        CaseSheet::Answer(sheet) => people::answer(scene, facing, sheet),
        CaseSheet::Note(sheet) => note::view(scene, page, sheet),
        CaseSheet::Facts(sheet) => facts::view(scene, page, sheet),
        CaseSheet::Lift(sheet) => lift::view(scene, sheet),
        CaseSheet::Relate(sheet) => relate::view(scene, facing, sheet),
        CaseSheet::Decide(sheet) => decide::view(scene, facing, sheet),
        CaseSheet::Step(sheet) => step::view(scene, facing, sheet),
    };
    let mut inside = column![body].spacing(space::S12).width(Length::Fill);
    if let Some(trouble) = page.work.trouble.filter(|trouble| !is_in_place(sheet, *trouble)) {
        inside = inside.push(field_error(look, trouble_words(look.texts, trouble)));
    }
    let case = &facing.view.value;
    let stand = scene.desk.stands.front().letter();
    let whom = look.with(
        "work-to",
        &[
            ("stand", stand.into()),
            ("name", case.citizen_name.clone().into()),
            ("number", case.row.number.clone().into()),
        ],
    );
    let wide = WIDTHS[usize::from(matches!(sheet, CaseSheet::Decide(_)))];
    let verb = (verb, of(WorkInput::Confirm));
    Some(lay(look, Laid { id: SHEET, title, whom, verb, leave: of(WorkInput::Close), wide }, inside))
}

/// Whether the field itself says what is wrong.
const fn is_in_place(sheet: &CaseSheet, trouble: Trouble) -> bool {
    match sheet {
        CaseSheet::Assign(_) => matches!(trouble, Trouble::NoReceiver),
        CaseSheet::Ask(_) => matches!(trouble, Trouble::NoReceiver | Trouble::Empty | Trouble::TooLong(_)),
        CaseSheet::Course(_) => {
            matches!(trouble, Trouble::Empty | Trouble::TooLong(_) | Trouble::Day(_) | Trouble::TooEarly)
        }
        CaseSheet::Note(_) | CaseSheet::Answer(_) | CaseSheet::Step(_) | CaseSheet::Decide(_) => {
            matches!(trouble, Trouble::Empty | Trouble::TooLong(_))
        }
        CaseSheet::Facts(_) | CaseSheet::Lift(_) | CaseSheet::Relate(_) => false,
    }
}

/// What is wrong with a text, where the field itself says so.
fn text_error(look: &Look<'_>, page: &CasePage) -> Option<String> {
    match page.work.trouble {
        Some(trouble @ (Trouble::Empty | Trouble::TooLong(_))) => Some(trouble_words(look.texts, trouble)),
        _ => None,
    }
}

/// Why it does not send yet, as a sentence.
pub(super) fn trouble_words(texts: &Texts, trouble: Trouble) -> String {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let id = match trouble {
        Trouble::TooLong(by) => return texts.with("work-too-long", &[("by", count(by).into())]),
        Trouble::ItemsOpen(open) => return texts.with("decision-items-open", &[("count", count(open).into())]),
        Trouble::Rule(refusal) => return texts.t(refusal_word(refusal)),
        Trouble::Empty => "work-empty",
        Trouble::NoReceiver => "work-no-receiver",
        Trouble::AlreadyHers => "work-already-hers",
        Trouble::NothingChosen => "work-nothing-chosen",
        Trouble::Day(problem) => match problem {
            skranke_desk::dates::DateProblem::Empty => "sheet-day-missing",
            skranke_desk::dates::DateProblem::NotADate => "sheet-day-not-understood",
            skranke_desk::dates::DateProblem::NoSuchDay => "sheet-day-none-such",
        },
        Trouble::TooEarly => "work-too-early",
        Trouble::NotANumber => "work-not-a-number",
        Trouble::NotNow => "work-not-now",
        Trouble::NotHereYet => "work-not-here-yet",
        Trouble::NothingDiffers => "work-nothing-differs",
        Trouble::Unsent => "work-unsent",
        Trouble::LineDown => "work-line-down",
        Trouble::NoAuthority => "work-no-authority",
        Trouble::MayNot => "work-may-not",
        Trouble::NobodySignedIn => "sheet-nobody-signed-in",
        Trouble::NotKept => "sheet-not-kept",
    };
    texts.t(id)
}

/// Why the rules of decisions say no.
pub(super) const fn refusal_word(refusal: DecisionRefusal) -> &'static str {
    match refusal {
        DecisionRefusal::ItemsOpen => "decision-refused-items",
        DecisionRefusal::AlreadyProposed => "decision-refused-already",
        DecisionRefusal::SamePerson => "decision-refused-same",
        DecisionRefusal::Level => "decision-refused-level",
        DecisionRefusal::NotHers => "decision-refused-not-hers",
        DecisionRefusal::NotNow(_) => "decision-refused-not-now",
        DecisionRefusal::NeedsReason => "decision-refused-reason",
        DecisionRefusal::OnlyGuided => "decision-refused-guided",
    }
}

/// The word of a way to tell somebody.
pub(super) const fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Counter => "citizen-channel-counter",
        Channel::Phone => "citizen-channel-phone",
        Channel::DigitalPost => "citizen-channel-digital-post",
        Channel::SelfService => "citizen-channel-self-service",
        Channel::Letter => "citizen-channel-letter",
        Channel::Email => "citizen-channel-email",
        Channel::Sms => "citizen-channel-sms",
    }
}

/// Whether somebody is granted something.
const fn is_good(outcome: DecisionOutcome) -> bool {
    matches!(outcome, DecisionOutcome::Granted | DecisionOutcome::PartlyGranted)
}

/// One of a few, all in sight, with what they mean beneath.
fn radios<'a>(
    look: &Look<'_>,
    (id, label): (FocusId, String),
    all: impl IntoIterator<Item = (String, bool, Message)>,
) -> Element<'a, Message> {
    let all: Row<'a, Message> = Row::with_children(
        all.into_iter()
            .enumerate()
            .map(|(at, (word, on, message))| radio(look, id.child(at), word, on).on_press(message).into()),
    );
    column![look.label(label), all.spacing(space::S12).wrap()].spacing(space::S4).into()
}

fn stack<'a>(parts: Vec<Element<'a, Message>>) -> Element<'a, Message> {
    Column::with_children(parts).spacing(space::S12).width(Length::Fill).into()
}

/// A sheet's title, what its button says, and what is filled in.
type Parts<'a> = (String, String, Element<'a, Message>);
