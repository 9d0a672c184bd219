//! The sheet for a note. What lives here: how it looks and its keys. What does not: what was typed and what comes of it (the desk's sheet).

use iced::widget::{column, row, space as gap};
use iced::{Alignment, Length};
use jiff::civil::Date;
use skranke_desk::Input;
use skranke_desk::citizen::CitizenPage;
use skranke_desk::dates::DateProblem;
use skranke_desk::sheets::note::NoteProblem;
use skranke_desk::sheets::{NoteInput, NoteSheet, SheetInput};
use skranke_domain::note::{NOTE_CHARS, NoteKind};

use super::{Begins, frame, input};
use crate::assets::Icon;
use crate::focus::{FocusId, Role};
use crate::i18n::Texts;
use crate::screens::{Key, Scene};
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::segmented::{Segment, segmented};
use crate::widget::{Element, KeyGround, Prose, field, field::field_error, icon, key_cap, normal, prose};

const FIELD: FocusId = FocusId::new("citizen/sheet/note/text");
const KIND: FocusId = FocusId::new("citizen/sheet/note/kind");
const EXPIRES: FocusId = FocusId::new("citizen/sheet/note/expires");
const END: FocusId = FocusId::new("citizen/sheet/note/end");

/// The width of a field for a day, in logical pixels.
pub(super) const DAY: f32 = 180.0;

/// Where the keyboard begins.
pub(super) const BEGINS: Begins = Begins(FIELD, Role::TextField);

fn note(what: NoteInput) -> Input {
    input(SheetInput::Note(what))
}

/// Its own keys beside `Esc` and `Ctrl ↵`.
pub(super) fn keys(_page: &CitizenPage, sheet: &NoteSheet, _texts: &Texts) -> Vec<Key<Input>> {
    let mut keys = vec![Key::in_place("Alt A", "key-note-kind", note(NoteInput::OtherKind))];
    if sheet.note.is_some() {
        keys.push(Key::in_place("Alt E", "key-note-end", note(NoteInput::EndNow)));
    }
    keys
}

/// The sheet.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CitizenPage, sheet: &'a NoteSheet) -> Element<'a, Input> {
    let look = scene.look;
    let today = look.now.date();
    let (title, verb) = match sheet.note {
        None => ("sheet-note", "sheet-note-verb"),
        Some(_) => ("sheet-note-change", "sheet-note-change-verb"),
    };
    let wrong = match sheet.problem {
        Some(NoteProblem::NoText) => Some(look.t("sheet-note-no-text")),
        Some(NoteProblem::TooLong) => Some(look.with("sheet-too-long", &[("most", most(NOTE_CHARS))])),
        _ => None,
    };
    let text = prose(
        look,
        Prose {
            id: FIELD,
            name: look.t("sheet-note-field"),
            hint: look.t("sheet-note-hint"),
            value: sheet.text.clone(),
            error: wrong,
            lines: 4,
            on_input: Box::new(|text| note(NoteInput::Typed(text))),
        },
    );
    let wrong = match sheet.problem {
        Some(NoteProblem::Day(problem)) => day_problem(look, problem),
        Some(NoteProblem::PastDay) => Some(look.t("sheet-day-past")),
        _ => None,
    };
    let expires: Element<'a, Input> = field(look, EXPIRES, look.t("sheet-note-expires"), sheet.expires.clone())
        .labelled()
        .hint(look.t("sheet-day-hint"))
        .width(DAY)
        .error(wrong)
        .on_input(|day| note(NoteInput::Expires(day)))
        .build();
    let understood = match sheet.last_day(today) {
        Ok(None) => look.t("sheet-note-until-ended"),
        Ok(Some(day)) if day < today => look.t("sheet-note-ends"),
        Ok(Some(day)) => look.with("sheet-note-through", &[("day", whole_day(look, day).into())]),
        Err(_) => String::new(),
    };
    let mut last = row![expires, understood_beside(look, understood)].spacing(space::S12).align_y(Alignment::Start);
    if sheet.note.is_some() && sheet.can_end(today) {
        let end = normal(look, END, look.t("key-note-end")).key("Alt E").on_press(note(NoteInput::EndNow));
        last = last.push(gap().width(Length::Fill)).push(column![gap().height(LABEL), Element::from(end)]);
    }
    let mut body = column![kind(look, sheet), text, last].spacing(space::S12).width(Length::Fill);
    if sheet.problem == Some(NoteProblem::Refused) {
        body = body.push(field_error(look, look.t("sheet-based-on-refused")));
    }
    let quiet = row![icon(Icon::EyeOff, 14.0, look.tokens.ink3), look.label(look.t("sheet-note-seen-by"))]
        .spacing(space::S6)
        .align_y(Alignment::Center);
    frame(scene, page, look.t(title), look.t(verb), body.push(quiet))
}

/// The height of a field's label with its gap, so that what stands beside the field stands on its line.
pub(super) const LABEL: f32 = 18.0;

fn kind<'a>(look: &Look<'_>, sheet: &NoteSheet) -> Element<'a, Input> {
    let both = [(NoteKind::Attention, "note-kind-attention"), (NoteKind::Plain, "note-kind-plain")];
    let chosen = both.iter().position(|(kind, _)| *kind == sheet.kind).unwrap_or(0);
    let segments =
        both.into_iter().map(|(kind, word)| Segment { label: look.t(word), on_press: note(NoteInput::Kind(kind)) });
    let means = match sheet.kind {
        NoteKind::Attention => "note-kind-attention-means",
        NoteKind::Plain => "note-kind-plain-means",
    };
    row![
        segmented(look, KIND, chosen, segments),
        key_cap(look, "Alt A", KeyGround::Paper),
        look.colored(look.t(means), Type::CELL, look.tokens.ink2),
    ]
    .spacing(space::S10)
    .align_y(Alignment::Center)
    .into()
}

/// What was understood of a typed day, beside its field.
pub(super) fn understood_beside<'a>(look: &Look<'_>, said: String) -> Element<'a, Input> {
    let words = look.colored(said, Type::CELL, look.tokens.ink2);
    let line = iced::widget::container(words).center_y(crate::theme::scale::height::CONTROL);
    column![gap().height(LABEL), line].into()
}

/// A day with its weekday, and with its year when it is another one.
pub(super) fn whole_day(look: &Look<'_>, day: Date) -> String {
    if day.year() == look.now.date().year() {
        look.texts.weekday_day_month(day)
    } else {
        format!("{} {}", look.texts.weekday(day), look.texts.day_month_year(day))
    }
}

/// The sentence for a day that was not understood.
pub(super) fn day_problem(look: &Look<'_>, problem: DateProblem) -> Option<String> {
    Some(look.t(match problem {
        DateProblem::Empty => "sheet-day-missing",
        DateProblem::NotADate => "sheet-day-not-understood",
        DateProblem::NoSuchDay => "sheet-day-none-such",
    }))
}

pub(super) fn most(chars: usize) -> crate::i18n::Arg<'static> {
    i64::try_from(chars).unwrap_or(i64::MAX).into()
}
