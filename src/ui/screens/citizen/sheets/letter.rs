//! The sheet for one letter that asks for what is missing. What lives here: how it looks and its keys. What does not: what was typed and
//! chosen, and what comes of it (the desk's sheet).

use iced::widget::{Column, column, container, row, space as gap, text::Wrapping};
use iced::{Alignment, Length, Padding};
use skranke_desk::Input;
use skranke_desk::citizen::{CitizenPage, Step};
use skranke_desk::sheets::letter::LetterPaper;
use skranke_desk::sheets::{LetterInput, LetterSheet, SheetInput};
use skranke_domain::contact::Channel;
use skranke_domain::letter::LetterLanguage;

use super::{Begins, input, row_style, wide_frame};
use crate::assets::{Glyph, Icon};
use crate::focus::{ControlState, FocusId, Role};
use crate::i18n::Texts;
use crate::screens::citizen::{say, settle, unknown};
use crate::screens::letters::{is_of_deadline, language_word, words_of};
use crate::screens::words::pick;
use crate::screens::{Key, Scene};
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::check::tick;
use crate::widget::control::{Ring, control};
use crate::widget::field::field_error;
use crate::widget::panel::plate;
use crate::widget::prose::{Prose, prose};
use crate::widget::segmented::{Segment, segmented};
use crate::widget::{Element, KeyGround, Tone, ellipsis, field, glyph, icon, key_caps, quiet, scroll};

/// The list of papers.
const PAPERS: FocusId = FocusId::new("citizen/sheet/letter/papers");
const LANGUAGE: FocusId = FocusId::new("citizen/sheet/letter/language");
const CHANNEL: FocusId = FocusId::new("citizen/sheet/letter/channel");
const DEADLINE: FocusId = FocusId::new("citizen/sheet/letter/deadline");
const TEXT: FocusId = FocusId::new("citizen/sheet/letter/text");
const ANEW: FocusId = FocusId::new("citizen/sheet/letter/anew");

/// Where the keyboard begins.
pub(super) const BEGINS: Begins = Begins(PAPERS, Role::List);

/// How tall the text is, in lines; where the window is low it is less.
const LINES: u8 = 14;
const FEWER_LINES: u8 = 10;
const LOW: f32 = 800.0;
/// How tall a paper's row is, and so many are shown at once.
const ROW: f32 = 42.0;
const SHOWN: u8 = 5;
/// How wide what stands beside the papers is.
const SETTINGS: f32 = 330.0;

/// How it is sent, in the order of the control.
const CHANNELS: [(Channel, &str); 2] =
    [(Channel::DigitalPost, "citizen-channel-digital-post"), (Channel::Letter, "citizen-channel-letter")];

const fn letter(of: LetterInput) -> Input {
    input(SheetInput::Letter(of))
}

/// Its own keys beside `Esc` and `Ctrl ↵`.
pub(super) fn keys(_page: &CitizenPage, sheet: &LetterSheet, texts: &Texts) -> Vec<Key<Input>> {
    let none = sheet.papers.is_empty().then(|| texts.t("citizen-nothing-to-ask"));
    let other = if sheet.channel == Channel::DigitalPost { Channel::Letter } else { Channel::DigitalPost };
    vec![
        Key::in_place("↓", "sheet-letter-key-down", letter(LetterInput::Step(Step::Next))),
        Key::in_place("↑", "sheet-letter-key-up", letter(LetterInput::Step(Step::Previous))),
        Key::in_place("Space", "sheet-letter-key-tick", letter(LetterInput::ToggleActive)).disabled(none.clone()),
        Key::in_place("A", "sheet-letter-key-all", letter(LetterInput::All)).disabled(none),
        Key::in_place("G", "sheet-letter-key-language", letter(LetterInput::Language(sheet.language.next()))),
        Key::in_place("K", "sheet-letter-key-channel", letter(LetterInput::Channel(other)))
            .disabled(sheet.exempt.then(|| texts.t("sheet-letter-exempt"))),
        Key::in_place("R", "sheet-letter-key-anew", letter(LetterInput::Anew))
            .disabled((!sheet.edited).then(|| texts.t("sheet-letter-not-edited"))),
    ]
}

/// The row that the keys act on.
pub(super) fn active(sheet: &LetterSheet) -> Option<FocusId> {
    (!sheet.papers.is_empty()).then(|| PAPERS.child(sheet.active))
}

/// The sheet.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CitizenPage, sheet: &'a LetterSheet) -> Element<'a, Input> {
    let look = scene.look;
    let title = match sheet.case.and_then(|case| page.rows().find(|row| row.case.id == case)) {
        Some(row) => {
            let case = pick(look.texts, &row.case.title).to_owned();
            look.with("sheet-letter-of", &[("case", case.into())])
        }
        None => look.t("sheet-letter"),
    };
    let top = row![
        container(papers(scene, page, sheet)).width(Length::Fill),
        container(settings(look, sheet)).width(SETTINGS)
    ]
    .spacing(space::S24);
    let mut body = column![].spacing(space::S12);
    if let Some(problem) = sheet.problem.filter(|problem| !is_of_deadline(*problem)) {
        body = body.push(field_error(look, words_of(look, problem)));
    }
    body = body.push(top).push(texts(look, sheet));
    // The ring of a control at the edge needs its room.
    let body = container(body).padding([stroke::FOCUS + stroke::STRONG, stroke::FOCUS + stroke::STRONG]);
    wide_frame(scene, page, (title, look.t("sheet-letter-verb")), body)
}

/// The papers, each once.
fn papers<'a>(scene: Scene<'a>, page: &CitizenPage, sheet: &'a LetterSheet) -> Element<'a, Input> {
    let look = scene.look;
    let t = look.tokens;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let (ticked, all) = (count(sheet.ticked().count()), count(sheet.papers.len()));
    let head = look.with("sheet-letter-papers", &[("ticked", ticked.into()), ("all", all.into())]);
    let head = labelled(look, head, &["Space", "A"]);
    if sheet.papers.is_empty() {
        let none = look.colored(look.t("citizen-nothing-to-ask"), Type::BODY, t.ink2);
        return column![head, none].extend(not_known(scene, page)).spacing(space::S6).into();
    }
    let focused = look.focused(&PAPERS);
    let rows = sheet.papers.iter().enumerate().map(|(n, paper)| paper_row(scene, sheet, n, paper, focused));
    let list = container(Column::with_children(rows)).padding(stroke::FOCUS).width(Length::Fill);
    let tall = ROW * f32::from(SHOWN) + ROW / 2.0;
    let list = container(scroll(look, PAPERS.child("scroll").widget(), list).height(Length::Shrink)).max_height(tall);
    let active = sheet.papers.get(sheet.active).map(|paper| pick(look.texts, &paper.label).to_owned());
    let list = control(look, PAPERS, Role::List, look.t("sheet-letter-papers-name"), list)
        .state(ControlState::new().active(active))
        .width(Length::Fill)
        .ring(Ring::Hidden)
        .style(move |_| crate::widget::Style::ground(t.surface, radius::CONTROL).edge(t.line));
    column![head, list].extend(not_known(scene, page)).spacing(space::S4).into()
}

/// A paper with its tick, and for whom it is.
fn paper_row<'a>(
    scene: Scene<'a>,
    sheet: &LetterSheet,
    n: usize,
    paper: &'a LetterPaper,
    focused: bool,
) -> Element<'a, Input> {
    let look = scene.look;
    let t = look.tokens;
    let label = pick(look.texts, &paper.label).to_owned();
    let mut said = vec![settle::tags(scene, paper.uses.iter().map(|used| &used.department))];
    let unlocked: Vec<&str> =
        paper.uses.iter().filter(|used| used.unlocks).map(|used| pick(look.texts, &used.title)).collect();
    if unlocked.is_empty() {
        let mut cases: Vec<&str> = paper.uses.iter().map(|used| pick(look.texts, &used.title)).collect();
        cases.dedup();
        said.push(cases.join(", "));
    } else {
        said.push(look.with("citizen-missing-unlocks", &[("cases", unlocked.join(", ").into())]));
    }
    if let Some(day) = paper.uses.iter().filter_map(|used| used.deadline).min() {
        said.push(look.with("sheet-letter-paper-due", &[("day", say::day_within(look, day).into())]));
    }
    if paper.rejected {
        said.push(look.t("citizen-missing-rejected"));
    }
    let second = said.join(" · ");
    let name = format!("{label}, {second}");
    let words = column![ellipsis(label, Type::CELL_MEDIUM).color(t.ink), ellipsis(second, Type::LABEL).color(t.ink2)];
    let inside = row![tick(look, paper.on), words.width(Length::Fill)].spacing(space::S10).align_y(Alignment::Center);
    let selected = sheet.active == n;
    let built = control(look, PAPERS.child(n), Role::ListItem, name, container(inside).center_y(Length::Fill))
        .padding([0.0, space::S10])
        .width(Length::Fill)
        .height(ROW)
        .ring(Ring::Row(radius::TAG))
        .state(ControlState::new().selected(selected).checked(paper.on))
        .on_press(letter(LetterInput::Toggle(n)))
        .style(row_style(t, selected));
    if selected && focused { built.shown_focused().into() } else { built.into() }
}

/// Departments of which it is not known what they miss.
fn not_known<'a>(scene: Scene<'a>, page: &CitizenPage) -> Option<Element<'a, Input>> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let old = page.sources.iter().filter(|source| unknown::why(source).is_some() || unknown::is_old(source));
    let tags: Vec<&str> = old.map(|source| desk.session.tag(&source.department)).collect();
    if tags.is_empty() {
        return None;
    }
    let words = look.with("citizen-missing-unknown", &[("tags", tags.join(", ").into())]);
    Some(
        row![glyph(Glyph::NotAnswering, 13.0, t.wait), look.colored(words, Type::LABEL_MEDIUM, t.wait)]
            .spacing(space::S6)
            .align_y(Alignment::Center)
            .into(),
    )
}

/// Language, way and deadline.
fn settings<'a>(look: &Look<'_>, sheet: &LetterSheet) -> Element<'a, Input> {
    let t = look.tokens;
    let languages = LetterLanguage::ALL.iter().map(|language| Segment {
        label: look.t(language_word(*language)),
        on_press: letter(LetterInput::Language(*language)),
    });
    let at = LetterLanguage::ALL.iter().position(|language| *language == sheet.language).unwrap_or_default();
    let mut language =
        column![labelled(look, look.t("sheet-letter-language"), &["G"]), segmented(look, LANGUAGE, at, languages)]
            .spacing(space::S2);
    if let Some(code) = &sheet.unwritten {
        let hers = say::language(look.texts, code);
        let words = look.with("sheet-letter-unwritten", &[("language", hers.into())]);
        language = language.push(note(look, Glyph::NotAnswering, Tone::Wait, words));
    }
    let channel: Element<'a, Input> = if sheet.exempt {
        look.colored(look.t("sheet-letter-exempt"), Type::CELL, t.ink).into()
    } else {
        let segments = CHANNELS
            .map(|(channel, word)| Segment { label: look.t(word), on_press: letter(LetterInput::Channel(channel)) });
        let at = CHANNELS.iter().position(|(channel, _)| *channel == sheet.channel).unwrap_or_default();
        segmented(look, CHANNEL, at, segments)
    };
    let keys: &[&str] = if sheet.exempt { &[] } else { &["K"] };
    let channel = column![labelled(look, look.t("sheet-letter-channel"), keys), channel].spacing(space::S2);
    column![language, channel, deadline(look, sheet)].spacing(space::S12).into()
}

/// A label, and at its end the keys that act on what it names.
fn labelled<'a>(look: &Look<'_>, words: String, keys: &[&str]) -> Element<'a, Input> {
    row![look.label(words).width(Length::Fill), key_caps(look, keys, KeyGround::Paper)]
        .align_y(Alignment::Center)
        .height(height::KEY)
        .into()
}

/// The deadline as it was typed, and beneath it as it was understood.
fn deadline<'a>(look: &Look<'_>, sheet: &LetterSheet) -> Element<'a, Input> {
    let by = sheet.answer_by();
    let error = by.err().map(|problem| words_of(look, problem));
    let mut lines = column![
        field(look, DEADLINE, look.t("sheet-letter-deadline"), sheet.deadline.clone())
            .labelled()
            .error(error)
            .width(Length::Fill)
            .on_input(|typed| letter(LetterInput::Deadline(typed)))
            .build()
    ]
    .spacing(space::S4);
    if let Ok(by) = by {
        let day = format!("{} {}", look.texts.weekday_long(by.day), look.texts.day_month_year(by.day));
        let words = if by.day == by.typed {
            day
        } else {
            let typed = look.texts.weekday_day_month(by.typed);
            look.with("sheet-letter-deadline-moved", &[("day", day.into()), ("typed", typed.into())])
        };
        lines = lines.push(look.second(words));
        let uses = sheet.ticked().flat_map(|paper| &paper.uses);
        let first = uses.filter_map(|used| Some((used.deadline?, used))).min_by_key(|(day, _)| *day);
        if let Some((day, used)) = first.filter(|(day, _)| *day < by.day) {
            let case = pick(look.texts, &used.title).to_owned();
            let args = [("case", case.into()), ("day", say::day_within(look, day).into())];
            lines = lines.push(note(look, Glyph::Waiting, Tone::Wait, look.with("sheet-letter-due-before", &args)));
        }
    }
    lines.into()
}

/// The text in her language, and the Danish one beside it where that is another.
fn texts<'a>(look: &Look<'_>, sheet: &LetterSheet) -> Element<'a, Input> {
    let lines = if look.height < LOW { FEWER_LINES } else { LINES };
    let language = look.t(language_word(sheet.language));
    let name = look.with("sheet-letter-text", &[("language", language.into())]);
    let own: Element<'a, Input> = prose(
        look,
        Prose {
            id: TEXT,
            name,
            hint: look.t("sheet-letter-text-hint"),
            value: sheet.text.clone(),
            error: None,
            lines,
            on_input: Box::new(|text| letter(LetterInput::Typed(text))),
        },
    );
    let mut all = column![].spacing(space::S6);
    if sheet.language == LetterLanguage::Danish {
        all = all.push(own);
    } else {
        all = all.push(row![own, danish(look, sheet, lines)].spacing(space::S16));
    }
    if sheet.edited {
        let words = note(look, Glyph::InProgress, Tone::Accent, look.t("sheet-letter-edited"));
        let anew = quiet(look, ANEW, look.t("sheet-letter-anew"))
            .size(ButtonSize::Small)
            .key("R")
            .on_press(letter(LetterInput::Anew));
        all = all.push(
            row![container(words).width(Length::Fill), Element::from(anew)]
                .spacing(space::S12)
                .align_y(Alignment::Center),
        );
    }
    all.into()
}

/// The Danish text, to be read.
fn danish<'a>(look: &Look<'_>, sheet: &LetterSheet, lines: u8) -> Element<'a, Input> {
    let t = look.tokens;
    let id = if sheet.edited { "sheet-letter-danish-as-made" } else { "sheet-letter-danish" };
    let tall = f32::from(lines) * Type::BODY.line + 2.0 * space::S6;
    let words = look.colored(sheet.written(LetterLanguage::Danish), Type::BODY, t.ink2).width(Length::Fill);
    let words = container(words).padding([space::S6, space::S10]).width(Length::Fill);
    let words = scroll(look, TEXT.child("danish").widget(), words).height(Length::Fill);
    let face = container(words).height(tall).style(move |_| plate(t.sunken, t.line, radius::CONTROL));
    let label = row![look.label(look.t(id)), gap().width(Length::Fill), icon(Icon::Lock, 12.0, t.ink3)]
        .align_y(Alignment::Center);
    column![label, face].spacing(space::S2).width(Length::Fill).into()
}

fn note<'a>(look: &Look<'_>, shape: Glyph, tone: Tone, words: String) -> Element<'a, Input> {
    let color = tone.color(&look.tokens);
    row![
        container(glyph(shape, 12.0, color)).padding(Padding::ZERO.top(space::S2)),
        look.colored(words, Type::LABEL_MEDIUM, color).width(Length::Fill).wrapping(Wrapping::Word)
    ]
    .spacing(space::S6)
    .into()
}
