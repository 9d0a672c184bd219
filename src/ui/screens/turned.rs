//! The turned screen (`F8`): a plain large page that faces the citizen, in her language. What lives here: what she reads. What must never be
//! here: another person, a note, a number, an address, a deadline of the authority, the search.

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Length, Padding};
use skranke_api::overview::CaseRow;
use skranke_desk::citizen::CitizenPage;
use skranke_desk::turned::{Turned, WRITTEN};
use skranke_desk::{Desk, Input};
use skranke_domain::CitizenText;
use skranke_domain::case::{Column as Board, NextStep};
use skranke_domain::checklist::Due;
use skranke_domain::paper::OpenPaper;

use super::{Key, Scene};
use crate::assets::{Glyph, Icon};
use crate::focus::FocusId;
use crate::i18n::{Arg, CitizenTexts};
use crate::theme::scale::{Weight, space};
use crate::theme::{Look, Type};
use crate::widget::bar::slab_pill;
use crate::widget::panel::surface;
use crate::widget::{Element, KeyGround, Tone, glyph, hline, icon, key_cap, mark, scroll};

/// Where the keyboard is while the screen is turned.
pub const BACK: FocusId = FocusId::new("turned/back");

/// How wide the page is at most.
const MIDDLE: f32 = 1000.0;
/// How many things are named.
const SHOWN: usize = 6;
/// How many papers are named of one thing.
const PAPERS: usize = 3;

const GREETING: Type = Type { size: 34.0, line: 42.0, weight: Weight::Semibold };
const THING: Type = Type { size: 20.0, line: 28.0, weight: Weight::Medium };
const INTRO: Type = Type { size: 18.0, line: 26.0, weight: Weight::Regular };
const SENTENCE: Type = Type { size: 16.0, line: 24.0, weight: Weight::Regular };

/// The keys that work while it is turned: nothing else does.
pub fn keys() -> Vec<Key<Input>> {
    vec![
        Key::in_place("F8", "key-turn-back", Input::Turn),
        Key::in_place("Esc", "key-turn-back", Input::Turn),
        Key::in_place("T", "key-turn-language", Input::TurnLanguage),
        Key::in_place("Ctrl L", "key-lock", Input::Lock),
    ]
}

/// The two languages of the page: hers, and the clerk's beneath it where that is another.
#[derive(Clone, Copy)]
struct Speech {
    hers: &'static CitizenTexts,
    ours: Option<&'static CitizenTexts>,
}

impl Speech {
    fn new(look: &Look<'_>, turned: &Turned) -> Self {
        let hers = CitizenTexts::of(turned.written());
        let ours = look.texts.language().code();
        Self { hers, ours: (ours != hers.code()).then(|| CitizenTexts::of(ours)) }
    }

    /// The same sentence in both.
    fn say(self, sentence: impl Fn(&CitizenTexts) -> String) -> String {
        match self.ours {
            Some(ours) => format!("{}  ·  {}", sentence(self.hers), sentence(ours)),
            None => sentence(self.hers),
        }
    }
}

/// The page, when the screen is turned.
pub fn view<'a>(scene: Scene<'a>) -> Option<Element<'a, Input>> {
    let Scene { look, desk } = scene;
    let turned = desk.turned.as_ref()?;
    // While the screen faces her nothing else is drawn, whatever happens to the stand meanwhile.
    let page = desk.page_at(turned.stand);
    let t = look.tokens;
    let speech = Speech::new(look, turned);
    let mut inside = column![].spacing(space::S6);
    if let Some(known) = page.and_then(|page| page.identity.value()) {
        let name = first_name(&known.given_name).to_owned();
        inside = inside
            .push(look.colored(speech.hers.with("turned-greeting", &[("name", name.into())]), GREETING, t.ink))
            .push(look.colored(speech.say(|texts| texts.t("turned-intro")), INTRO, t.ink2));
    }
    if turned.falls_back() {
        inside = inside.push(look.colored(speech.hers.t("turned-fallback"), SENTENCE, t.ink2));
    }
    inside = inside.push(gap().height(space::S24)).extend(page.map(|page| things(scene, page, speech)));
    let body = container(inside).max_width(MIDDLE).padding(Padding { top: 44.0, bottom: space::S24, ..Padding::ZERO });
    let middle = container(body).center_x(Length::Fill).padding([0.0, space::S24]);
    let body = scroll(look, FocusId::new("turned/scroll").widget(), middle);
    let whole = column![
        top(look, turned, speech),
        container(body).height(Length::Fill).width(Length::Fill),
        hline(look),
        bottom(look, speech)
    ];
    Some(surface(t.surface, whole).width(Length::Fill).height(Length::Fill).into())
}

/// The first of the given names: what she is called by.
fn first_name(given: &str) -> &str {
    given.split_whitespace().next().unwrap_or(given)
}

fn top<'a>(look: &Look<'_>, turned: &Turned, speech: Speech) -> Element<'a, Input> {
    let t = look.tokens;
    let faces = row![
        icon(Icon::Monitor, 15.0, t.slab_ink2),
        look.colored(format!("{} ·", speech.ours.unwrap_or(speech.hers).t("turned-faces")), Type::CELL, t.slab_ink2),
        key_cap(look, "F8", KeyGround::Slab),
        look.colored(speech.ours.unwrap_or(speech.hers).t("turned-back"), Type::CELL, t.slab_ink2),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    let back =
        slab_pill(look, BACK, speech.ours.unwrap_or(speech.hers).t("turned-back"), false, faces).on_press(Input::Turn);
    let languages = WRITTEN.into_iter().map(|code| {
        let texts = CitizenTexts::of(code);
        let on = turned.written() == code;
        let word = look.text(code.to_uppercase(), Type::LABEL_STRONG);
        let name = format!("{}: {}", texts.t("turned-language"), code.to_uppercase());
        let pill = slab_pill(look, FocusId::new("turned/language").child(code), name, on, word);
        Element::from(pill.on_press(Input::TurnTo(code)))
    });
    let inside = row![mark(22.0), look.colored(look.t("app-name"), Type::MARK, t.slab_ink), gap().width(Length::Fill)]
        .extend(languages)
        .push(gap().width(space::S16))
        .push(Element::from(back))
        .spacing(space::S8)
        .align_y(Alignment::Center);
    let slab = container(inside).padding([0.0, space::S16]).center_y(crate::theme::scale::height::SLAB);
    surface(t.slab, slab).width(Length::Fill).into()
}

fn bottom<'a>(look: &Look<'_>, speech: Speech) -> Element<'a, Input> {
    let t = look.tokens;
    let hidden = speech.ours.unwrap_or(speech.hers).t("turned-hidden");
    let inside = row![icon(Icon::EyeOff, 16.0, t.ink3), look.colored(hidden, Type::BODY, t.ink2)]
        .spacing(space::S8)
        .align_y(Alignment::Center);
    container(inside).padding([space::S16, space::S24]).into()
}

/// What is open, each thing with one sentence; closed cases are over and not named.
fn things<'a>(scene: Scene<'a>, page: &CitizenPage, speech: Speech) -> Element<'a, Input> {
    let look = scene.look;
    let t = look.tokens;
    let open: Vec<&CaseRow> = page
        .groups()
        .iter()
        .flat_map(|group| group.rows.iter().map(|row| row.case))
        .filter(|case| case.column != Board::Closed)
        .collect();
    let mut list = Column::new();
    for case in open.iter().take(SHOWN) {
        list = list.push(hline(look)).push(thing(scene, case, speech));
    }
    if open.len() > SHOWN {
        let count = i64::try_from(open.len() - SHOWN).unwrap_or(i64::MAX);
        let more = speech.say(|texts| texts.with("turned-more", &[("count", count.into())]));
        list = list.push(hline(look)).push(container(look.colored(more, SENTENCE, t.ink2)).padding([space::S12, 0.0]));
    }
    let known = page.live_sources();
    let silent = page.sources.iter().any(|source| {
        source.waiting
            || source.lost
            || !matches!(
                source.section.as_ref().map(|section| &section.answer),
                Some(skranke_api::overview::Answer::Answered { .. } | skranke_api::overview::Answer::Withheld)
            )
    });
    if silent || known.1 == 0 {
        let words = look.colored(speech.say(|texts| texts.t("turned-unknown")), SENTENCE, t.ink2);
        list = list.push(hline(look)).push(container(words).padding([space::S12, 0.0]));
    } else if open.is_empty() {
        let words = look.colored(speech.say(|texts| texts.t("turned-nothing")), THING, t.ink);
        list = list.push(hline(look)).push(container(words).padding([space::S16, 0.0]));
    }
    list.into()
}

fn thing<'a>(scene: Scene<'a>, case: &CaseRow, speech: Speech) -> Element<'a, Input> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let owes = !papers(scene, case, speech.hers.code()).is_empty();
    let (shape, tone) = if owes { (Glyph::Missing, Tone::Alert) } else { shape(case) };
    let title = desk
        .session
        .procedures
        .get(&case.procedure)
        .and_then(|procedure| procedure.citizen_title.clone())
        .unwrap_or_else(|| CitizenText::from(&case.title));
    let title = title.written_in(speech.hers.code()).unwrap_or(&title.en).to_owned();
    let mut words = column![
        look.colored(title, THING, t.ink),
        look.colored(speech.say(|texts| sentence(scene, case, texts)), SENTENCE, t.ink2),
    ]
    .spacing(space::S2);
    if let Some(at) = case.attendance.filter(|at| *at > look.now.timestamp()) {
        let at = at.to_zoned(desk.tz().clone());
        let time = at.time().strftime("%H:%M").to_string();
        let said = speech.say(|texts| {
            let args: [(&str, Arg<'_>); 2] = [("day", texts.day(at.date()).into()), ("time", time.clone().into())];
            texts.with("turned-appointment", &args)
        });
        words = words.push(look.colored(said, SENTENCE, t.ink));
    }
    row![container(glyph(shape, 24.0, tone.color(&t))).padding(Padding::ZERO.top(2.0)), words.width(Length::Fill)]
        .spacing(space::S16)
        .padding([space::S16, 0.0])
        .into()
}

const fn shape(case: &CaseRow) -> (Glyph, Tone) {
    match case.column {
        Board::ReadyForAttendance => (Glyph::Approved, Tone::Ok),
        Board::AwaitingCitizen => (Glyph::Missing, Tone::Alert),
        Board::InProgress => (Glyph::InProgress, Tone::Accent),
        Board::Closed => (Glyph::Closed, Tone::Idle),
    }
}

/// One sentence of what is next, in one of the languages.
fn sentence(scene: Scene<'_>, case: &CaseRow, texts: &CitizenTexts) -> String {
    // What she still owes is said first, whatever else goes on in the case.
    let papers = papers(scene, case, texts.code());
    if !papers.is_empty() {
        let shown = papers.iter().take(PAPERS).cloned().collect::<Vec<_>>().join(", ");
        let more = i64::try_from(papers.len().saturating_sub(PAPERS)).unwrap_or(0);
        let args: [(&str, Arg<'_>); 2] = [("papers", shown.into()), ("more", more.into())];
        return texts.with(if more > 0 { "turned-missing-more" } else { "turned-missing" }, &args);
    }
    match case.column {
        Board::ReadyForAttendance => texts.t("turned-ready"),
        Board::Closed => texts.t("turned-closed"),
        Board::InProgress if case.next_step == NextStep::CheckPapers => texts.t("turned-checking"),
        Board::InProgress | Board::AwaitingCitizen => texts.t("turned-in-progress"),
    }
}

/// The papers a case waits for, as the citizen calls them in a language.
fn papers(scene: Scene<'_>, case: &CaseRow, code: &str) -> Vec<String> {
    let desk = scene.desk;
    let Some(page) = desk.turned.as_ref().and_then(|turned| desk.page_at(turned.stand)) else {
        return Vec::new();
    };
    let owed = |paper: &&OpenPaper| {
        paper.case == case.id
            && paper.due == Due::BeforeVisit
            && paper.state.awaits_citizen()
            && !paper.supplied_by.is_office()
    };
    let hers = page.papers().map(|view| &view.paper).filter(owed);
    hers.map(|paper| {
        let kind = paper.paper.as_ref().and_then(|id| desk.session.rules.papers.iter().find(|kind| kind.id == *id));
        let title = kind.map_or_else(|| CitizenText::from(&paper.label), |kind| kind.title.clone());
        title.written_in(code).unwrap_or(&title.en).to_owned()
    })
    .collect()
}

/// Whether a page can be turned: somebody is open and known.
#[must_use]
pub fn can_turn(desk: &Desk) -> bool {
    desk.page_at(desk.stands.front()).is_some_and(|page| page.identity.value().is_some())
}
