//! What a stand's panel says of her matters: every paper of her cases once, with what is done about it, and what whoever serves her must
//! mind. What does not live here: judging papers (the case), what is asked for.

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Length, Padding};
use skranke_api::citizens::AddressView;
use skranke_api::tickets::Ticket;
use skranke_desk::citizen::CitizenPage;
use skranke_desk::{Desk, StandId};
use skranke_domain::checklist::ItemState;
use skranke_domain::note::NoteKind;
use skranke_domain::paper::AtCounter;
use skranke_domain::procedure::Supplier;
use skranke_domain::{CaseId, ItemId, PaperId};

use super::stand::Act;
use crate::assets::Icon;
use crate::screens::case::words::shown_item;
use crate::screens::words::pick;
use crate::screens::{Scene, citizen};
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::{Element, Tone, ellipsis, glyph, hline, icon};

/// How many papers are named.
const SHOWN: usize = 8;
/// How many notes are shown, and how many who may act for her.
const NOTES: usize = 3;
const ACTS: usize = 2;
/// A paper's row.
const ROW: f32 = 35.0;

/// A paper as the panel shows it.
struct Paper {
    label: String,
    state: ItemState,
    kind: Option<PaperId>,
    ours: bool,
}

/// Two items are one paper when they are of one kind; what has no kind is its own.
#[derive(PartialEq)]
enum Same {
    Kind(PaperId),
    Own(CaseId, ItemId),
}

/// The papers of what she came for; where nobody named cases, of all her open cases.
fn all(scene: Scene<'_>, stand: StandId, ticket: &Ticket) -> Vec<Paper> {
    let Scene { look, desk } = scene;
    let mut papers: Vec<(Same, Paper)> = Vec::new();
    let mut add = |same: Same, paper: Paper| match papers.iter_mut().find(|(known, _)| *known == same) {
        // Of several items the one that calls for most counts.
        Some((_, known)) if rank(paper.state) > rank(known.state) => *known = paper,
        Some(_) => {}
        None => papers.push((same, paper)),
    };
    let of = |kind: &Option<PaperId>, case: CaseId, item: &ItemId| match kind {
        Some(kind) => Same::Kind(kind.clone()),
        None => Same::Own(case, item.clone()),
    };
    let mut whole: Vec<CaseId> = Vec::new();
    for view in desk.matters_at(stand) {
        whole.push(view.row.id);
        for item in &view.items {
            let label = pick(look.texts, &item.label).to_owned();
            let paper = Paper { label, state: item.state, kind: item.paper.clone(), ours: ours(item.supplied_by) };
            add(of(&item.paper, view.row.id, &item.id), paper);
        }
    }
    let open = desk.page_at(stand).into_iter().flat_map(CitizenPage::papers).map(|view| &view.paper);
    let meant = |case: &CaseId| ticket.cases.is_empty() || ticket.cases.contains(case);
    for paper in open.filter(|paper| meant(&paper.case) && !whole.contains(&paper.case)) {
        let label = pick(look.texts, &paper.label).to_owned();
        let shown = Paper { label, state: paper.state, kind: paper.paper.clone(), ours: ours(paper.supplied_by) };
        add(of(&paper.paper, paper.case, &paper.item), shown);
    }
    let mut papers: Vec<Paper> = papers
        .into_iter()
        .map(|(_, paper)| paper)
        .filter(|paper| !matches!(paper.state, ItemState::Waived | ItemState::NotApplicable))
        .collect();
    papers.sort_by_key(|paper| rank(paper.state));
    papers
}

const fn ours(supplier: Supplier) -> bool {
    supplier.is_office()
}

/// What is settled stands first, what calls for her last: the order in which they are looked at.
const fn rank(state: ItemState) -> u8 {
    match state {
        ItemState::Waived | ItemState::NotApplicable => 0,
        ItemState::Approved => 1,
        ItemState::Received => 2,
        ItemState::Requested => 3,
        ItemState::Missing => 4,
        ItemState::Rejected => 5,
    }
}

/// What is done about a paper, in a word.
fn word(look: &Look<'_>, desk: &Desk, paper: &Paper) -> (String, Tone) {
    let kind = || paper.kind.as_ref().and_then(|id| desk.session.rules.papers.iter().find(|kind| kind.id == *id));
    match paper.state {
        ItemState::Missing if paper.ours => (look.t("stand-word-ours"), Tone::Accent),
        ItemState::Missing => {
            let id = match kind().and_then(|kind| kind.at_counter) {
                Some(AtCounter::Sign) => "stand-word-sign",
                Some(AtCounter::Choose) => "stand-word-choose",
                Some(AtCounter::Answer) => "stand-word-answer",
                Some(AtCounter::Scan) => "stand-word-scan",
                Some(AtCounter::LookUp) => "stand-word-look-up",
                None => "stand-word-ask",
            };
            (look.t(id), Tone::Alert)
        }
        ItemState::Requested => (look.t("stand-word-asked"), Tone::Wait),
        state => {
            let shown = shown_item(state);
            (look.t(shown.word_key()), shown.tone())
        }
    }
}

/// The papers, each with its mark and what is done about it.
pub(super) fn papers<'a>(scene: Scene<'a>, stand: StandId, ticket: &Ticket) -> Element<'a, Act> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    if !desk.session.may_see_cases() {
        return look.colored(look.t("stand-not-allowed"), Type::CELL, t.ink2).into();
    }
    let all = all(scene, stand, ticket);
    let mut list = Column::new();
    // Where not all fit, those that call for somebody do: what is settled is counted.
    let settled = all.len().saturating_sub(SHOWN);
    if settled > 0 {
        let count = i64::try_from(settled).unwrap_or(i64::MAX);
        let in_order = all.iter().take(settled).all(|paper| paper.state == ItemState::Approved);
        let words = if in_order { "stand-papers-settled" } else { "stand-papers-more" };
        let more = look.with(words, &[("count", count.into())]);
        list = list.push(container(look.second(more)).padding([space::S6, 0.0])).push(hline(look));
    }
    for paper in all.iter().skip(settled) {
        let shown = shown_item(paper.state);
        let (word, tone) = word(look, desk, paper);
        let ink = if paper.state == ItemState::Approved { t.ink2 } else { t.ink };
        let line = row![
            glyph(shown.glyph(), 15.0, shown.tone().color(&t)),
            container(ellipsis(paper.label.clone(), Type::BODY).color(ink)).width(Length::Fill),
            look.colored(word, Type::CELL_MEDIUM, tone.color(&t)).wrapping(iced::widget::text::Wrapping::None),
        ]
        .spacing(space::S8)
        .align_y(Alignment::Center);
        list = list.push(container(line).center_y(ROW).width(Length::Fill)).push(hline(look));
    }
    let page = desk.page_at(stand);
    let asking = page.is_none_or(|page| page.sources.is_empty() || page.sources.iter().any(|source| source.waiting));
    let silent = page.is_some_and(|page| page.sources.iter().any(|source| source.lost));
    let line = match (asking, silent, all.is_empty()) {
        (true, ..) => Some("stand-papers-asking"),
        // What is not known never looks like nothing.
        (false, true, _) => Some("stand-papers-unknown"),
        (false, false, true) => Some("stand-papers-none"),
        (false, false, false) => None,
    };
    if let Some(line) = line.filter(|_| !asking || all.is_empty()) {
        list = list.push(container(look.second(look.t(line))).padding([space::S6, 0.0]));
    }
    list.into()
}

/// What whoever serves her must mind: a protected address, what colleagues noted, who may act for her, what the queue said.
pub(super) fn mind<'a>(scene: Scene<'a>, stand: StandId, ticket: Option<&Ticket>) -> Option<Element<'a, Act>> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let page = desk.page_at(stand);
    let known = page.and_then(|page| page.identity.value());
    let mut lines: Vec<Element<'a, Act>> = Vec::new();
    if known.is_some_and(|known| matches!(known.address, AddressView::Protected)) {
        let words = row![
            look.colored(look.t("stand-address-protected"), Type::STRONG, t.alert),
            look.colored(look.t("stand-address-aloud"), Type::BODY, t.alert),
        ]
        .spacing(space::S4);
        lines.push(line(icon(Icon::Lock, 15.0, t.alert), words.into()));
    }
    let plain = |picture: Icon, words: String| {
        line(icon(picture, 15.0, t.ink2), look.colored(words, Type::BODY, t.ink).width(Length::Fill).into())
    };
    let notes = page.and_then(|page| page.notes.value()).into_iter().flatten();
    for note in notes.filter(|note| note.kind == NoteKind::Attention).take(NOTES) {
        lines.push(plain(Icon::Note, note.text.clone()));
    }
    for acts in known.into_iter().flat_map(|known| &known.representations).take(ACTS) {
        let what = citizen::representation(look, acts);
        let words = look.with("stand-acts", &[("name", acts.name.clone().into()), ("what", what.into())]);
        lines.push(plain(Icon::UserCheck, words));
    }
    if let Some(ticket) = ticket {
        if ticket.private_room {
            lines.push(plain(Icon::House, look.t("stand-private-room")));
        }
        let said = [ticket.card.as_ref(), ticket.text.as_ref()].into_iter().flatten();
        for said in said.filter(|said| !said.trim().is_empty()) {
            lines.push(plain(Icon::Message, said.clone()));
        }
    }
    if lines.is_empty() {
        return None;
    }
    let title = look.colored(look.t("stand-mind"), Type::STRONG, t.ink);
    let all = column![gap().height(space::S16), title].spacing(space::S6).extend(lines);
    Some(all.into())
}

fn line<'a>(mark: Element<'a, Act>, words: Element<'a, Act>) -> Element<'a, Act> {
    row![container(mark).padding(Padding::ZERO.top(2.0)), words].spacing(space::S8).into()
}
