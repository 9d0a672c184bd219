//! The panel of a stand at the counter: who stands there, since when, what she came for, what is here and what is missing, and what to mind.
//! What lives here: head, foot and the states of a panel. What does not: papers (`matters`), the form at a self-service stand (`mirror`).

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Border, Length, Padding};
use skranke_api::tickets::Ticket;
use skranke_desk::counter::CounterInput;
use skranke_desk::counter::serving::{NotFinished, ServingInput, StandTrouble};
use skranke_desk::{Desk, Input, StandId};
use skranke_domain::queue::TicketState;

use super::{matters, mirror, wrap_up};
use crate::assets::{Glyph, Icon};
use crate::focus::{FocusId, Role};
use crate::i18n::Texts;
use crate::screens::words::{moment, pick};
use crate::screens::{Action, Key, Scene, citizen, sentence};
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::{Element, KeyGround, button, ellipsis, glyph, hline, icon, key_cap, normal, scroll, surface};

/// What happens at the stands and on the wrap-up.
#[derive(Clone, Debug)]
pub enum Act {
    /// Something for the desk.
    Desk(Box<Input>),
    /// The keyboard goes to a control.
    Focus(FocusId, Role),
}

impl Act {
    /// What the parent is to do.
    #[must_use]
    pub fn action<M>(self) -> Action<M> {
        match self {
            Self::Desk(input) => Action::Desk(*input),
            Self::Focus(id, role) => Action::Focus(None, id, role),
        }
    }

    pub(super) fn serving(input: ServingInput) -> Self {
        Self::Desk(Box::new(Input::Serving(input)))
    }
}

/// Where the stands begin for the keyboard.
const AREA: FocusId = FocusId::new("counter/stand");

/// Both stands side by side, or the one whose form is enlarged, with the wrap-up beneath.
#[must_use]
pub fn area<'a>(scene: Scene<'a>) -> Element<'a, Act> {
    let enlarged = scene.desk.serving.enlarged;
    let mut stands = row![].spacing(space::S12).height(Length::Fill);
    for stand in StandId::BOTH.into_iter().filter(|stand| enlarged.is_none_or(|one| one == *stand)) {
        stands = stands.push(view(scene, stand));
    }
    let mut all = column![stands].spacing(space::S12).height(Length::Fill);
    all = all.extend(wrap_up::view(scene));
    container(all).padding([space::S12, space::S16]).width(Length::Fill).height(Length::Fill).into()
}

/// The panel of a stand.
#[must_use]
pub fn view<'a>(scene: Scene<'a>, stand: StandId) -> Element<'a, Act> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let front = desk.stands.front() == stand;
    let inside = match (desk.ticket_at(stand), desk.page_at(stand)) {
        (None, None) => nobody(scene, stand),
        (ticket, _) => column![
            head(scene, stand, ticket),
            hline(look),
            container(body(scene, stand, ticket)).height(Length::Fill),
            hline(look),
            foot(scene, stand, ticket),
        ]
        .into(),
    };
    // In front: the accent's edge, two pixels, and the words beside the key say the same.
    let (edge, wide) = if front { (t.accent, stroke::STRONG) } else { (t.line, stroke::LINE) };
    let ground = t.surface;
    container(inside)
        .width(Length::FillPortion(1))
        .height(Length::Fill)
        .padding(stroke::STRONG)
        .clip(true)
        .style(move |_| container::Style {
            background: Some(ground.into()),
            border: Border { color: edge, width: wide, radius: radius::PANEL.into() },
            ..container::Style::default()
        })
        .into()
}

/// "Stand A · counter 4", and whether the keys act here.
fn above<'a>(scene: Scene<'a>, stand: StandId, place: Option<String>) -> Element<'a, Act> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let front = desk.stands.front() == stand;
    let letter = stand.letter();
    let title = match place {
        Some(place) => look.with("stand-at", &[("stand", letter.into()), ("counter", place.into())]),
        None => look.with("stand-panel", &[("stand", letter.into())]),
    };
    let color = if front { t.accent } else { t.ink2 };
    let keys = look.t(if front { "stand-keys-here" } else { "stand-switch" });
    row![
        container(ellipsis(title, Type::STRONG).color(color)).width(Length::Fill),
        look.label(keys),
        key_cap(look, "F6", KeyGround::Paper),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center)
    .into()
}

/// Where a ticket is served, as it stands inside a sentence.
fn place(scene: Scene<'_>, ticket: &Ticket) -> Option<String> {
    let counter = scene.desk.counter_named(ticket.counter.as_ref()?)?;
    let name = pick(scene.look.texts, &counter.name);
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect())
}

fn head<'a>(scene: Scene<'a>, stand: StandId, ticket: Option<&'a Ticket>) -> Element<'a, Act> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let front = desk.stands.front() == stand;
    let clock = desk.seconds_at(stand, look.now.timestamp()).map(|seconds| look.texts.elapsed(seconds));
    let name = column![
        ellipsis(name(scene, stand, ticket), Type::NAME).color(t.ink),
        ellipsis(second(scene, ticket), Type::CELL).color(t.ink2),
    ];
    let mut line = row![container(name).width(Length::Fill)].spacing(space::S12).align_y(Alignment::Center);
    if let Some(clock) = clock {
        line = line.push(look.colored(clock, Type::TIMER, if front { t.ink } else { t.ink2 }));
    }
    let all = column![above(scene, stand, ticket.and_then(|ticket| place(scene, ticket))), line].spacing(space::S4);
    container(all).padding(Padding { top: space::S10, bottom: space::S10, left: space::S16, right: space::S16 }).into()
}

/// Who it is, as far as it is known.
pub(super) fn name(scene: Scene<'_>, stand: StandId, ticket: Option<&Ticket>) -> String {
    let Scene { look, desk } = scene;
    let full = desk.page_at(stand).map(|page| page.full_name()).filter(|name| !name.is_empty());
    let short = || ticket.and_then(|ticket| ticket.citizen_short.clone());
    full.or_else(short).unwrap_or_else(|| match ticket {
        Some(ticket) if ticket.citizen.is_none() => look.t("stand-who"),
        _ => "…".to_owned(),
    })
}

fn second(scene: Scene<'_>, ticket: Option<&Ticket>) -> String {
    let Scene { look, desk } = scene;
    let Some(ticket) = ticket else { return look.t("stand-no-ticket") };
    let number = ticket.number.clone();
    if desk.is_self_service(ticket) {
        return look.with("stand-self-service", &[("number", number.into())]);
    }
    match &ticket.language {
        Some(code) => {
            let language = citizen::language(look.texts, code);
            look.with("stand-number-interpreter", &[("number", number.into()), ("language", language.into())])
        }
        None if ticket.people > 1 => {
            format!("{number} · {}", look.with("stand-people", &[("count", i64::from(ticket.people).into())]))
        }
        None => number,
    }
}

fn body<'a>(scene: Scene<'a>, stand: StandId, ticket: Option<&'a Ticket>) -> Element<'a, Act> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let mut all = Column::new().width(Length::Fill);
    if let Some(trouble) = desk.serving.trouble.as_ref().filter(|(at, _)| *at == stand).map(|(_, why)| why) {
        all = all.push(said(look, trouble)).push(gap().height(space::S8));
    }
    match ticket {
        Some(ticket) if desk.is_self_service(ticket) => {
            return framed(look, stand, all.push(mirror::view(scene, stand, ticket)));
        }
        Some(ticket) => {
            all =
                all.push(container(look.colored(reason(look, ticket), Type::STRONG, t.ink)).padding([space::S2, 0.0]));
            if ticket.state == TicketState::Called {
                all = all.push(gap().height(space::S6)).push(called(scene, ticket)).push(gap().height(space::S6));
            }
            if ticket.citizen.is_none() {
                all = all.push(gap().height(space::S6)).push(look.colored(look.t("stand-who-why"), Type::CELL, t.ink2));
            } else {
                all = all.push(matters::papers(scene, stand, ticket));
            }
        }
        None => all = all.push(look.colored(look.t("stand-no-ticket-why"), Type::CELL, t.ink2)),
    }
    all = all.extend(matters::mind(scene, stand, ticket));
    if let Some(ticket) = ticket.filter(|ticket| ticket.state == TicketState::Serving) {
        all = all.push(gap().height(space::S12)).push(usually(scene, stand, ticket));
    }
    framed(look, stand, all)
}

fn framed<'a>(look: &Look<'_>, stand: StandId, all: Column<'a, Act, iced::Theme, iced::Renderer>) -> Element<'a, Act> {
    let inside = container(all).padding([space::S12, space::S16]).width(Length::Fill);
    scroll(look, AREA.child(stand.letter()).child("scroll").widget(), inside).into()
}

/// What she came for: all that the ticket names.
pub(super) fn reason(look: &Look<'_>, ticket: &Ticket) -> String {
    pick(look.texts, &ticket.reason).to_owned()
}

fn called<'a>(scene: Scene<'a>, ticket: &Ticket) -> Element<'a, Act> {
    let Scene { look, desk } = scene;
    let at = moment(look.texts, ticket.since, desk.tz(), look.now.date());
    let words = if ticket.calls > 1 {
        look.with("stand-called-again", &[("count", i64::from(ticket.calls).into()), ("time", at.into())])
    } else {
        look.with("stand-called", &[("time", at.into())])
    };
    let wait = look.tokens.wait;
    row![glyph(Glyph::Waiting, 14.0, wait), look.colored(words, Type::CELL_MEDIUM, wait)]
        .spacing(space::S8)
        .align_y(Alignment::Center)
        .into()
}

fn said<'a>(look: &Look<'_>, trouble: &StandTrouble) -> Element<'a, Act> {
    let words = match trouble {
        StandTrouble::Line => look.t("stand-trouble-line"),
        StandTrouble::Changed => look.t("stand-trouble-changed"),
        StandTrouble::Unsaved => look.t("stand-trouble-unsaved"),
        StandTrouble::Refused(error) => sentence::sentence(look, error),
    };
    let wait = look.tokens.wait;
    row![
        container(glyph(Glyph::Overdue, 14.0, wait)).padding(Padding::ZERO.top(2.0)),
        look.colored(words, Type::CELL_MEDIUM, wait).width(Length::Fill)
    ]
    .spacing(space::S8)
    .into()
}

/// How long it takes usually, and what of it is left.
fn usually<'a>(scene: Scene<'a>, stand: StandId, ticket: &Ticket) -> Element<'a, Act> {
    const TALL: f32 = 6.0;
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let seconds = desk.seconds_at(stand, look.now.timestamp()).unwrap_or(0);
    let usual = u64::from(ticket.minutes.max(1)) * 60;
    let minutes = |seconds: u64| i64::try_from(seconds.div_ceil(60)).unwrap_or(i64::MAX);
    let (word, color) = if seconds <= usual {
        (look.with("stand-left", &[("minutes", minutes(usual - seconds).into())]), t.ink2)
    } else {
        (look.with("stand-over", &[("minutes", minutes(seconds - usual).into())]), t.wait)
    };
    let share = u16::try_from((seconds.min(usual) * 1000) / usual).unwrap_or(1000);
    let fill = if seconds <= usual { t.accent } else { t.wait };
    let part = |portion: u16, color: iced::Color| {
        let inside = gap().width(Length::Fill).height(TALL);
        container(inside).width(Length::FillPortion(portion)).style(move |_| container::Style {
            background: Some(color.into()),
            border: Border { radius: (TALL / 2.0).into(), ..Border::default() },
            ..container::Style::default()
        })
    };
    let mut bar = row![].width(Length::Fill);
    if share > 0 {
        bar = bar.push(part(share, fill));
    }
    if share < 1000 {
        bar = bar.push(part(1000 - share, t.sunken));
    }
    let words = look.with("stand-usually", &[("minutes", i64::from(ticket.minutes).into())]);
    row![look.colored(words, Type::CELL, t.ink2), bar, look.colored(word, Type::CELL, color)]
        .spacing(space::S8)
        .align_y(Alignment::Center)
        .into()
}

/// Nobody stands here: what can be done.
fn nobody<'a>(scene: Scene<'a>, stand: StandId) -> Element<'a, Act> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let mut words = column![
        icon(Icon::UserRound, 28.0, t.ink3),
        look.colored(look.t("stand-nobody"), Type::STRONG, t.ink),
        look.colored(look.t("stand-nobody-why"), Type::CELL, t.ink2).align_x(Alignment::Center),
    ]
    .spacing(space::S8)
    .align_x(Alignment::Center);
    // The first free stand is the one that somebody who is called comes to.
    if desk.free_stand() == Some(stand) && desk.caller().is_ok() {
        let call = normal(look, AREA.child(stand.letter()).child("call"), look.t("stand-call-next"))
            .key("Space")
            .on_press(Act::Desk(Box::new(Input::Counter(CounterInput::CallNext))));
        words = words.push(gap().height(space::S4)).push(Element::from(call));
    }
    let head = container(above(scene, stand, None)).padding([space::S10, space::S16]);
    let middle = container(words).padding([0.0, space::S16]).center_x(Length::Fill).center_y(Length::Fill);
    column![head, middle].into()
}

/// Why somebody cannot be finished, in words.
fn why_not(texts: &Texts, why: NotFinished) -> String {
    texts.t(match why {
        NotFinished::Nobody => "stand-finish-nobody",
        NotFinished::OnHerWay => "stand-finish-called",
        NotFinished::FormGoesOn => "stand-finish-form",
    })
}

fn foot<'a>(scene: Scene<'a>, stand: StandId, ticket: Option<&Ticket>) -> Element<'a, Act> {
    let Scene { look, desk } = scene;
    let front = desk.stands.front() == stand;
    let id = |name: &'static str| AREA.child(stand.letter()).child(name);
    // A key is printed where it works: the letters act on the stand in front.
    let keyed = |made: crate::widget::Button<'_, Act>, key: &'static str| -> Element<'a, Act> {
        if front { made.key(key).into() } else { made.into() }
    };
    let act = |input| Act::serving(input);
    let mut line = row![].spacing(space::S8).align_y(Alignment::Center);
    match ticket {
        Some(ticket) if ticket.state == TicketState::Called => {
            let kind = if front { button::ButtonKind::Primary } else { button::ButtonKind::Normal };
            let start =
                button(look, id("start"), kind, look.t("stand-start")).on_press(act(ServingInput::Start(stand)));
            let recall = normal(look, id("recall"), look.t("stand-recall")).on_press(act(ServingInput::Recall(stand)));
            let gone = normal(look, id("noshow"), look.t("stand-noshow")).on_press(act(ServingInput::Noshow(stand)));
            line = line
                .push(keyed(start, "↵"))
                .push(keyed(recall, "R"))
                .push(gap().width(Length::Fill))
                .push(keyed(gone, "O"));
        }
        Some(ticket) => {
            if desk.is_self_service(ticket) {
                line = line.extend(mirror::deeds(scene, stand));
            } else if ticket.citizen.is_none() {
                let kind = if front { button::ButtonKind::Primary } else { button::ButtonKind::Normal };
                let find = button(look, id("find"), kind, look.t("stand-find"))
                    .on_press(Act::Desk(Box::new(Input::Counter(CounterInput::Identify(ticket.id)))));
                line = line.push(keyed(find, "I"));
            } else {
                line = line.push(keyed(open(look, stand, front), "↵"));
            }
            if !desk.is_self_service(ticket) {
                let hold = normal(look, id("hold"), look.t("stand-hold")).on_press(act(ServingInput::Hold(stand)));
                line = line.push(keyed(hold, "P"));
            }
            let why = desk.not_finished(stand).map(|why| why_not(look.texts, why));
            let finish = normal(look, id("finish"), look.t("stand-finish"))
                .disabled(why)
                .on_press(act(ServingInput::Finish(stand)));
            line = line.push(gap().width(Length::Fill)).push(keyed(finish, "W"));
        }
        None => line = line.push(keyed(open(look, stand, front), "↵")),
    }
    container(line).padding([space::S10, space::S16]).width(Length::Fill).into()
}

/// Opens her page: the main action where the keys act.
fn open<'l>(look: &'l Look<'l>, stand: StandId, front: bool) -> crate::widget::Button<'l, Act> {
    let kind = if front { button::ButtonKind::Primary } else { button::ButtonKind::Normal };
    let id = AREA.child(stand.letter()).child("open");
    button(look, id, kind, look.t("stand-open-all")).on_press(Act::serving(ServingInput::Open(stand)))
}

/// The keys of the stand in front, of a form that is followed, and of the wrap-up.
#[must_use]
pub fn keys(desk: &Desk, texts: &Texts) -> Vec<Key<Act>> {
    let stand = desk.stands.front();
    let act = Act::serving;
    let mut keys = Vec::new();
    match desk.ticket_at(stand) {
        Some(ticket) if ticket.state == TicketState::Called => {
            keys.push(Key::in_place("↵", "stand-key-start", act(ServingInput::Start(stand))));
            keys.push(Key::in_place("R", "stand-key-recall", act(ServingInput::Recall(stand))));
            keys.push(Key::bar("O", "stand-key-noshow", act(ServingInput::Noshow(stand))));
        }
        Some(ticket) => {
            if desk.is_self_service(ticket) {
                // Her form has keys of its own, whichever stand is in front.
            } else {
                if ticket.citizen.is_some() {
                    keys.push(Key::in_place("↵", "stand-key-open", act(ServingInput::Open(stand))));
                }
                keys.push(Key::bar("P", "stand-key-hold", act(ServingInput::Hold(stand))));
            }
            let why = desk.not_finished(stand).map(|why| why_not(texts, why));
            keys.push(Key::in_place("W", "stand-key-finish", act(ServingInput::Finish(stand))).disabled(why));
        }
        None if desk.page_at(stand).is_some() => {
            keys.push(Key::in_place("↵", "stand-key-open", act(ServingInput::Open(stand))));
        }
        None => {}
    }
    keys.extend(mirror::keys(desk));
    keys.extend(wrap_up::keys(desk));
    keys
}

/// A ground for what is only looked at.
pub(super) fn sunken<'a>(look: &Look<'_>, inside: impl Into<Element<'a, Act>>) -> Element<'a, Act> {
    let t = look.tokens;
    let ground = surface(t.bg, container(inside).padding(space::S16).width(Length::Fill)).width(Length::Fill);
    container(ground)
        .style(move |_| container::Style {
            border: Border { color: t.line, width: stroke::LINE, radius: radius::CONTROL.into() },
            ..container::Style::default()
        })
        .padding(stroke::LINE)
        .into()
}
