//! The panel that asks for what is missing, in the right column, beneath the requests that were sent. What does not live here: its state
//! (the desk's), the phrases of the letter (the domain's).

use iced::widget::{Column, Row, column, container, row, space as gap, text::Wrapping};
use iced::{Alignment, Length, Padding};
use skranke_api::cases::CaseView;
use skranke_client::outbox::{Deed, EntryState};
use skranke_desk::case::CasePage;
use skranke_desk::case::request::{Asking, RequestInput, RequestPaper};
use skranke_domain::ItemId;
use skranke_domain::contact::Channel;
use skranke_domain::letter::LetterLanguage;

use super::{Message, sent, words};
use crate::assets::Glyph;
use crate::focus::{ControlState, FocusId};
use crate::screens::letters::{is_of_deadline, language_word, words_of};
use crate::screens::need::why::{Right, may_not};
use crate::screens::{Scene, sentence};
use crate::theme::scale::{space, stroke};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::field::field_error;
use crate::widget::prose::{Prose, prose};
use crate::widget::{
    Element, KeyGround, Tone, check_box, field, glyph, key_cap, normal, primary, quiet, radio, scroll, tab,
};

/// The papers that can be asked for.
pub const PAPERS: FocusId = FocusId::new("case/request/papers");
/// The text.
pub const TEXT: FocusId = FocusId::new("case/request/text");
const DEADLINE: FocusId = FocusId::new("case/request/deadline");
const LANGUAGE: FocusId = FocusId::new("case/request/language");
const CHANNEL: FocusId = FocusId::new("case/request/channel");

/// How tall the text is, in lines; where the window is low it is less.
const LINES: u8 = 8;
const FEWER_LINES: u8 = 6;
const LOW: f32 = 860.0;
/// So many papers are shown at once, and how tall one is.
const SHOWN: usize = 4;
const PAPER: f32 = 24.0;
/// The field of the last day.
const DAY: f32 = 112.0;

/// How it is sent, in the order of the control.
const CHANNELS: [(Channel, &str); 3] = [
    (Channel::DigitalPost, "citizen-channel-digital-post"),
    (Channel::Letter, "citizen-channel-letter"),
    (Channel::Counter, "request-channel-counter"),
];

const fn input(of: RequestInput) -> Message {
    Message::Request(of)
}

/// The control of a paper.
pub(super) fn paper_id(item: &ItemId) -> FocusId {
    PAPERS.child(item)
}

pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CasePage, view: &'a CaseView) -> Element<'a, Message> {
    let look = scene.look;
    let head = row![look.section(look.t("request-title")).width(Length::Fill), key_cap(look, "D", KeyGround::Paper)]
        .align_y(Alignment::Center);
    let mut inside = column![head].spacing(space::S8).extend(sent::view(scene, page, view)).extend(unsent(scene, page));
    let quietly_said = |said: String| look.colored(said, Type::CELL, look.tokens.ink2).width(Length::Fill);
    let quietly = |id: &str| quietly_said(look.t(id));
    let today = Some(look.now.date());
    inside = match &page.request.letter {
        _ if !view.may.work => inside.push(quietly_said(may_not(scene.desk, look.texts, (view, Right::Work), today))),
        None if page.request.is_sending() => inside.push(quietly("request-sending")),
        None => inside,
        Some(letter) if letter.papers.is_empty() => inside.push(quietly("request-nothing")),
        Some(letter) => inside.push(asking(look, letter)),
    };
    container(inside).padding(Padding::from([space::S12, space::S16])).into()
}

fn asking<'a>(look: &'a Look<'a>, letter: &'a Asking) -> Element<'a, Message> {
    let mut parts = column![papers(look, letter), languages(look, letter), text(look, letter)].spacing(space::S8);
    parts = parts.extend(notes(look, letter)).push(deadline(look, letter)).push(channels(look, letter));
    if let Some(problem) = letter.problem.filter(|problem| !is_of_deadline(*problem)) {
        parts = parts.push(field_error(look, words_of(look, problem)));
    }
    parts.push(buttons(look, letter)).into()
}

/// The papers, each with its box.
fn papers<'a>(look: &'a Look<'a>, letter: &'a Asking) -> Element<'a, Message> {
    let boxes = letter.papers.iter().map(|paper| {
        check_box(look, paper_id(&paper.item), paper_words(look, paper), paper.on)
            .width(Length::Fill)
            .on_press(input(RequestInput::Toggle(paper.item.clone())))
            .into()
    });
    let boxes = Column::with_children(boxes.collect::<Vec<_>>()).spacing(space::S2);
    if letter.papers.len() <= SHOWN {
        return boxes.into();
    }
    let shown = f32::from(u8::try_from(SHOWN).unwrap_or(u8::MAX)) + 0.5;
    let boxes = scroll(look, PAPERS.child("scroll").widget(), container(boxes).padding(stroke::FOCUS));
    container(boxes.height(Length::Shrink)).max_height(PAPER * shown).into()
}

fn paper_words(look: &Look<'_>, paper: &RequestPaper) -> String {
    let label = words::say(look.texts, &paper.label).to_owned();
    if paper.rejected { look.with("request-paper-rejected", &[("paper", label.into())]) } else { label }
}

/// The languages it can be written in; what is shown is what is sent.
fn languages<'a>(look: &'a Look<'a>, letter: &'a Asking) -> Element<'a, Message> {
    let tabs = LetterLanguage::ALL.iter().map(|language| {
        tab(look, LANGUAGE.child(language.code()), own_name(*language), *language == letter.language)
            .on_press(input(RequestInput::Language(*language)))
            .into()
    });
    let count = i64::try_from(letter.words()).unwrap_or(i64::MAX);
    row![
        Row::with_children(tabs.collect::<Vec<_>>()).spacing(space::S2),
        gap().width(Length::Fill),
        look.label(look.with("request-words", &[("count", count.into())])),
    ]
    .align_y(Alignment::Center)
    .into()
}

/// A language by its own name, which is the same whatever the window speaks.
const fn own_name(language: LetterLanguage) -> &'static str {
    match language {
        LetterLanguage::Danish => "Dansk",
        LetterLanguage::English => "English",
        LetterLanguage::German => "Deutsch",
        LetterLanguage::Polish => "Polski",
    }
}

fn text<'a>(look: &'a Look<'a>, letter: &'a Asking) -> Element<'a, Message> {
    let language = look.t(language_word(letter.language));
    prose(
        look,
        Prose {
            id: TEXT,
            name: look.with("sheet-letter-text", &[("language", language.into())]),
            hint: look.t("sheet-letter-text-hint"),
            value: letter.text.clone(),
            error: None,
            lines: if look.height < LOW { FEWER_LINES } else { LINES },
            on_input: Box::new(|text| input(RequestInput::Typed(text))),
        },
    )
}

/// What the clerk should know of the text: not her language, or changed by hand.
fn notes<'a>(look: &'a Look<'a>, letter: &'a Asking) -> Vec<Element<'a, Message>> {
    let mut notes = Vec::new();
    let speaks = |code: &skranke_domain::citizen::LanguageCode| crate::screens::citizen::language(look.texts, code);
    match &letter.unwritten {
        Some(code) => {
            let words = look.with("request-unwritten", &[("language", speaks(code).into())]);
            notes.push(note(look, Glyph::NotAnswering, Tone::Wait, words));
        }
        None if letter.language != letter.hers => {
            let hers = look.t(language_word(letter.hers));
            let words = look.with("request-not-hers", &[("language", hers.into())]);
            notes.push(note(look, Glyph::NotAnswering, Tone::Wait, words));
        }
        None => {}
    }
    if letter.is_edited() {
        let words = note(look, Glyph::InProgress, Tone::Accent, look.t("request-edited"));
        let anew = quiet(look, TEXT.child("anew"), look.t("sheet-letter-anew"))
            .size(ButtonSize::Small)
            .on_press(input(RequestInput::Anew));
        let line = row![container(words).width(Length::Fill), Element::from(anew)].spacing(space::S8);
        notes.push(line.align_y(Alignment::Center).into());
    }
    notes
}

/// The last day as it was typed and as it was understood, and the reminder before it.
fn deadline<'a>(look: &'a Look<'a>, letter: &'a Asking) -> Element<'a, Message> {
    let by = letter.answer_by();
    let day = field(look, DEADLINE, look.t("sheet-letter-deadline"), letter.deadline.clone())
        .error(by.err().map(|problem| words_of(look, problem)))
        .width(if by.is_ok() { Length::Fixed(DAY) } else { Length::Fill })
        .on_input(|typed| input(RequestInput::Deadline(typed)))
        .build();
    let mut line = row![look.colored(look.t("sheet-letter-deadline"), Type::CELL, look.tokens.ink2), day]
        .spacing(space::S8)
        .align_y(Alignment::Center);
    if let Ok(by) = by {
        let said = if by.day == by.typed {
            look.texts.weekday(by.day)
        } else {
            let day = look.texts.weekday_day_month(by.day);
            let typed = look.texts.weekday_day_month(by.typed);
            look.with("request-day-moved", &[("day", day.into()), ("typed", typed.into())])
        };
        line = line.push(look.second(said).width(Length::Fill));
    }
    line.into()
}

fn channels<'a>(look: &'a Look<'a>, letter: &'a Asking) -> Element<'a, Message> {
    let choices = CHANNELS.map(|(channel, word)| {
        let on = channel == letter.channel;
        let why = (channel == Channel::DigitalPost && letter.exempt).then(|| look.t("sheet-letter-exempt"));
        radio(look, CHANNEL.child(word), look.t(word), on)
            .state(ControlState::new().checked(on).disabled(why))
            .on_press(input(RequestInput::Channel(channel)))
            .into()
    });
    let label = look.colored(look.t("request-send-by"), Type::CELL, look.tokens.ink2).wrapping(Wrapping::None);
    row![label].extend(choices).spacing(space::S6).align_y(Alignment::Center).into()
}

/// Sending it, and the reminder that goes with it.
fn buttons<'a>(look: &'a Look<'a>, letter: &'a Asking) -> Element<'a, Message> {
    let none = letter.ticked().next().is_none().then(|| look.t("sheet-letter-nothing-ticked"));
    let send = primary(look, "case/request/send", look.t("request-send"))
        .key("Ctrl ↵")
        .disabled(none)
        .on_press(input(RequestInput::Send));
    let mut line = row![Element::from(send), gap().width(Length::Fill)].spacing(space::S8).align_y(Alignment::Center);
    line = match letter.reminder() {
        Some(day) => {
            let words = look.with("request-reminder", &[("day", look.texts.day_month(day).into())]);
            line.push(
                check_box(look, "case/request/reminder", words, letter.reminds).on_press(input(RequestInput::Remind)),
            )
        }
        None => line.push(look.second(look.t("request-no-reminder"))),
    };
    line.into()
}

/// Letters and changes of letters that are not confirmed.
fn unsent<'a>(scene: Scene<'a>, page: &'a CasePage) -> Vec<Element<'a, Message>> {
    let look = scene.look;
    let deeds = scene.desk.pending.case_deeds(page.id);
    let ours = deeds.filter(|(deed, _)| matches!(deed, Deed::PapersAsked | Deed::RequestChanged));
    ours.map(|(_, entry)| match entry.state.problem() {
        Some(problem) => {
            let id = entry.id;
            let row_id = FocusId::new("case/request/refused").child(id);
            let again = normal(look, row_id.child("again"), look.t("request-refused-again")).size(ButtonSize::Small);
            let away = quiet(look, row_id.child("away"), look.t("request-refused-away")).size(ButtonSize::Small);
            let buttons = row![
                Element::from(again.on_press(Message::Retry(id))),
                Element::from(away.on_press(Message::Discard(id)))
            ];
            column![
                note(look, Glyph::Rejected, Tone::Alert, look.t("request-refused")),
                look.colored(sentence::problem(look, problem), Type::CELL, look.tokens.ink),
                buttons.spacing(space::S8),
            ]
            .spacing(space::S4)
            .into()
        }
        None => {
            let held = matches!(entry.state, EntryState::Held);
            let words = look.t(if held { "request-held" } else { "request-unsent" });
            note(look, Glyph::Unsent, Tone::Accent, words)
        }
    })
    .collect()
}

pub(super) fn note<'a>(look: &Look<'_>, shape: Glyph, tone: Tone, words: String) -> Element<'a, Message> {
    let color = tone.color(&look.tokens);
    row![
        container(glyph(shape, 12.0, color)).padding(Padding::ZERO.top(space::S2)),
        look.colored(words, Type::LABEL_MEDIUM, color).width(Length::Fill).wrapping(Wrapping::Word)
    ]
    .spacing(space::S6)
    .into()
}
