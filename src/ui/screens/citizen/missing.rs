//! What is missing over all her cases, each paper once: for which cases, by when, and whether somebody was asked. What does not live here:
//! asking for it (the letter's sheet).

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Length, Padding};
use jiff::civil::Date;
use skranke_client::outbox::{Deed, EntryState};
use skranke_desk::citizen::{CitizenInput, CitizenPage, OpenPapers, Source};
use skranke_desk::sheets::Opening;
use skranke_domain::checklist::ItemState;
use skranke_domain::paper::MissingPaper;

use super::unknown::{self, Why};
use super::{Message, say, settle};
use crate::assets::Glyph;
use crate::focus::{ControlState, FocusId};
use crate::screens::Scene;
use crate::screens::words::{moment, pick};
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::check::link;
use crate::widget::list::unsent_mark;
use crate::widget::{Element, ShownState, Tone, ellipsis, glyph, lead_tail, quiet};

/// The panel's controls.
const MISSING: FocusId = FocusId::new("citizen/missing");
/// So many papers are shown before the rest is asked for.
const FIRST: usize = 5;
/// More are never drawn at once: a letter takes no more either.
const MOST: usize = 60;
/// The column of glyphs.
const SHAPE: f32 = 14.0;

/// The panel in the right column.
pub(super) fn panel<'a>(scene: Scene<'_>, page: &CitizenPage) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let open = page.open_papers(&desk.pending);
    let papers = open.missing();
    let count = i64::try_from(papers.len()).unwrap_or(i64::MAX);
    let mut head = row![look.strong(look.t("citizen-missing"))].spacing(space::S8).align_y(Alignment::Center);
    if count > 0 {
        head = head.push(look.second(look.with("citizen-missing-count", &[("count", count.into())])));
    }
    head = head.push(gap().width(Length::Fill));
    if open.is_to_ask(None) {
        let ask = quiet(look, MISSING.child("letter"), look.t("citizen-missing-ask"))
            .name(look.t("sheet-letter"))
            .size(ButtonSize::Small)
            .key("L")
            .on_press(Message::Sheet(Opening::Letter(None)));
        head = head.push(Element::from(ask));
    }
    let mut lines = column![head].spacing(space::S4);
    lines = lines.extend(letters(scene, page));
    let shown = if page.all_missing { MOST } else { FIRST };
    let rows = papers.iter().take(shown).map(|paper| line(scene, &open, paper));
    let rows = Column::with_children(rows).spacing(space::S6);
    if !papers.is_empty() {
        lines = lines.push(rows);
    }
    if papers.is_empty() && !page.sources.is_empty() {
        let known = |source: &Source| !unknown::is_old(source) && !unknown::is_withheld(page, &source.department);
        let id = if unknown::all(page).next().is_some() {
            "citizen-missing-so-far"
        } else if page.sources.iter().all(known) {
            "citizen-missing-none"
        } else {
            "citizen-missing-none-known"
        };
        lines = lines.push(look.colored(look.t(id), Type::CELL, t.ink2));
    }
    if papers.len() > FIRST {
        lines = lines.push(unfold(look, page, papers.len()));
    }
    lines.extend(not_known(scene, page)).into()
}

/// The line that shows all of them, or the first again.
fn unfold<'a>(look: &Look<'_>, page: &CitizenPage, count: usize) -> Element<'a, Message> {
    let number = i64::try_from(count).unwrap_or(i64::MAX);
    let words = match page.all_missing {
        true => look.with("citizen-missing-fewer", &[("count", i64::try_from(FIRST).unwrap_or_default().into())]),
        false => look.with("citizen-missing-all", &[("count", number.into())]),
    };
    let more = link(look, MISSING.child("all"), words, Type::CELL_MEDIUM)
        .state(ControlState::new().expanded(page.all_missing))
        .on_press(Message::Page(CitizenInput::UnfoldMissing));
    let hidden = count.saturating_sub(MOST);
    if page.all_missing && hidden > 0 {
        let hidden = i64::try_from(hidden).unwrap_or(i64::MAX);
        let said = look.second(look.with("citizen-missing-hidden", &[("count", hidden.into())]));
        return row![more, said].spacing(space::S8).align_y(Alignment::Center).into();
    }
    more.into()
}

/// A paper: its state and name, its deadline, and beneath for whom it is.
fn line<'a>(scene: Scene<'_>, open: &OpenPapers<'_>, paper: &MissingPaper<'_>) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let state = state(paper);
    let tone = state.tone().color(&t);
    let name = ellipsis(pick(look.texts, &paper.first().label).to_owned(), Type::CELL_MEDIUM).color(t.ink);
    let first: Element<'a, Message> = match paper.deadline() {
        Some(day) => {
            let (words, ink, style) = deadline(look, day);
            let day = look.colored(words, style, ink).wrapping(iced::widget::text::Wrapping::None);
            row![container(name).width(Length::Fill), day].spacing(space::S8).align_y(Alignment::Center).into()
        }
        None => name.into(),
    };
    let second = ellipsis(second(scene, paper, state), Type::LABEL).color(t.ink2);
    let second: Element<'a, Message> =
        if open.is_unsent(paper) { lead_tail(second, unsent_mark(look), space::S8).into() } else { second.into() };
    let shape = container(glyph(state.glyph(), SHAPE, tone)).padding(Padding::ZERO.top(space::S2));
    row![shape, column![first, second].width(Length::Fill)].spacing(space::S8).into()
}

/// The state of a paper that several cases wait for: the one that calls for somebody most.
fn state(paper: &MissingPaper<'_>) -> ShownState {
    let any = |state: ItemState| paper.uses.iter().any(|used| used.state == state);
    if any(ItemState::Rejected) {
        ShownState::Rejected
    } else if any(ItemState::Missing) {
        ShownState::Missing
    } else {
        ShownState::Requested
    }
}

fn deadline(look: &Look<'_>, day: Date) -> (String, iced::Color, Type) {
    let (t, today) = (look.tokens, look.now.date());
    let words = look.texts.near_day(day, today);
    if day < today {
        let late = look.with("citizen-settle-past", &[("day", say::day_within(look, day).into())]);
        (late, t.alert, Type::CELL_STRONG)
    } else if today.tomorrow().is_ok_and(|tomorrow| day <= tomorrow) {
        (words, t.alert, Type::CELL_STRONG)
    } else {
        (words, t.ink, Type::CELL)
    }
}

/// For whom, what comes of it, and since when she was asked: "SIRI, KFF · unlocks Health card · asked for 2 Jun".
fn second(scene: Scene<'_>, paper: &MissingPaper<'_>, state: ShownState) -> String {
    let look = scene.look;
    let mut said = vec![settle::tags(scene, paper.uses.iter().map(|used| &used.department))];
    if state == ShownState::Rejected {
        said.push(look.t("citizen-missing-rejected"));
    }
    if state == ShownState::Requested
        && let Some(day) = paper.uses.iter().filter_map(|used| used.requested).min()
    {
        said.push(look.with("citizen-missing-asked", &[("day", say::day_within(look, day).into())]));
    }
    let unlocked: Vec<&str> = paper.unlocked().map(|used| pick(look.texts, &used.case_title)).collect();
    match unlocked.as_slice() {
        [] => {
            let mut cases: Vec<&str> = paper.uses.iter().map(|used| pick(look.texts, &used.case_title)).collect();
            cases.dedup();
            said.push(cases.join(", "));
        }
        cases => said.push(look.with("citizen-missing-unlocks", &[("cases", cases.join(", ").into())])),
    }
    said.join(" · ")
}

/// Letters that are not confirmed.
fn letters<'a>(scene: Scene<'_>, page: &CitizenPage) -> Vec<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let mine = desk.pending.deeds(page.id).filter(|(deed, _)| *deed == Deed::PapersAsked);
    let lines = mine.map(|(_, entry)| {
        let (shape, tone, id) = match entry.state {
            EntryState::Refused { .. } => (Glyph::Overdue, Tone::Alert, "citizen-letter-refused"),
            _ => (Glyph::Unsent, Tone::Accent, "citizen-letter-unsent"),
        };
        sentence(look, shape, tone.color(&t), look.t(id))
    });
    lines.collect()
}

/// What is not known: departments that have not answered, and those whose answer is old.
fn not_known<'a>(scene: Scene<'_>, page: &CitizenPage) -> Vec<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let mut lines = Vec::new();
    if let Some(tags) = unknown::silent(scene, page) {
        let words = look.with("citizen-missing-unknown", &[("tags", tags.into())]);
        lines.push(sentence(look, Glyph::NotAnswering, t.wait, words));
    }
    let waiting = unknown::all(page).filter(|(_, why)| *why == Why::Waiting).count();
    if waiting > 0 {
        let waiting = i64::try_from(waiting).unwrap_or(i64::MAX);
        let words = look.with("citizen-still-answering", &[("count", waiting.into())]);
        lines.push(look.second(words).into());
    }
    for source in &page.sources {
        if let (true, Some(at)) = (unknown::is_old(source), source.section.as_ref().and_then(|s| s.as_of)) {
            let at = moment(look.texts, at, desk.tz(), look.now.date());
            let tag = desk.session.tag(&source.department).to_owned();
            let words = look.with("citizen-missing-old", &[("tag", tag.into()), ("time", at.into())]);
            lines.push(sentence(look, Glyph::NotAnswering, t.wait, words));
        }
    }
    lines
}

fn sentence<'a>(look: &Look<'_>, shape: Glyph, color: iced::Color, words: String) -> Element<'a, Message> {
    row![
        container(glyph(shape, 13.0, color)).padding(Padding::ZERO.top(1.0)),
        look.colored(words, Type::LABEL_MEDIUM, color).width(Length::Fill)
    ]
    .spacing(space::S8)
    .into()
}
