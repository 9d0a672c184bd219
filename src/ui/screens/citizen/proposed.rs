//! Life situations that what happened proposes, and those that were opened here and are not confirmed: slim panels above the cases. What does
//! not live here: what proposes what (the desk's `follow`).

use iced::widget::{Column, Row, container, row, space as gap, text::Wrapping};
use iced::{Alignment, Length};
use jiff::civil::Date;
use skranke_api::intake::HalfFinished;
use skranke_client::outbox::EntryState;
use skranke_desk::citizen::follow::{Opening, Proposal};
use skranke_desk::citizen::{CitizenInput, CitizenPage};
use skranke_desk::sheets::{self, SheetInput, SituationInput, Target};
use skranke_domain::LifeSituationId;
use skranke_domain::life_situation::Happening;

use super::{Message, say};
use crate::assets::{Glyph, Icon};
use crate::focus::FocusId;
use crate::screens::Scene;
use crate::screens::words::pick;
use crate::theme::scale::{height, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::{Element, ellipsis, glyph, icon, list::ruled, normal, panel, quiet};

const HALF: FocusId = FocusId::new("citizen/half-finished");
const PROPOSED: FocusId = FocusId::new("citizen/proposed");

/// What happened, in a sentence.
pub(crate) fn happened(look: &Look<'_>, happening: Happening, on: Date) -> String {
    let id = match happening {
        Happening::Moved => "proposed-moved",
        Happening::ChildBorn => "proposed-child-born",
        Happening::SchoolAge => "proposed-school-age",
        Happening::Divorced => "proposed-divorced",
        Happening::Married => "proposed-married",
        Happening::NewJob => "proposed-new-job",
        Happening::JobEnded => "proposed-job-ended",
        Happening::Turned65 => "proposed-turned-65",
        Happening::Arrived => "proposed-arrived",
        Happening::Departed => "proposed-departed",
        Happening::Bereaved => "proposed-bereaved",
        Happening::DocumentExpired => "proposed-document-expired",
    };
    look.with(id, &[("day", say::day_within(look, on).into())])
}

/// The panel above the cases; none when nothing is proposed or on its way.
pub(super) fn panel_of<'a>(scene: Scene<'_>, page: &CitizenPage) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let opening = page.opening(&desk.session, &desk.pending);
    let proposals = page.proposals(&desk.session, &desk.pending);
    let mut rows: Vec<Element<'a, Message>> = opening.iter().map(|one| unsent(look, one)).collect();
    let half = page.half_finished.value().map(Vec::as_slice).unwrap_or_default();
    rows.extend(half.iter().enumerate().map(|(n, one)| half_finished(scene, n, one)));
    rows.extend(proposals.iter().enumerate().map(|(n, one)| proposal(scene, n, one)));
    if rows.is_empty() {
        return None;
    }
    Some(panel(look, ruled(look, rows)).padding(stroke::LINE).width(Length::Fill).into())
}

/// An application that she began and did not send: it can be finished on her behalf.
fn half_finished<'a>(scene: Scene<'_>, n: usize, one: &HalfFinished) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let title =
        desk.session.procedures.get(&one.procedure).map(|procedure| pick(look.texts, &procedure.title).to_owned());
    let title = title.unwrap_or_else(|| one.procedure.to_string());
    let day = say::day_within(look, one.at.to_zoned(desk.tz().clone()).date());
    let papers = i64::try_from(one.documents.len()).unwrap_or(0);
    let what = look.with("half-finished-since", &[("day", day.into()), ("papers", papers.into())]);
    let open = Message::Sheet(sheets::Opening::Application(one.case));
    let named = look.with("half-finished-continue-name", &[("title", title.clone().into())]);
    row![
        icon(Icon::Pencil, 18.0, t.accent),
        look.colored(look.with("half-finished", &[("title", title.into())]), Type::STRONG, t.ink)
            .wrapping(Wrapping::None),
        ellipsis(what, Type::CELL).color(t.ink2).width(Length::Fill),
        Element::from(
            normal(look, HALF.child(n), look.t("half-finished-continue"))
                .name(named)
                .size(ButtonSize::Small)
                .on_press(open)
        ),
    ]
    .spacing(space::S10)
    .align_y(Alignment::Center)
    .height(height::SITUATION)
    .padding([0.0, space::S12])
    .into()
}

/// A situation that was opened here and has not arrived.
fn unsent<'a>(look: &Look<'_>, one: &Opening<'_>) -> Element<'a, Message> {
    let t = look.tokens;
    let refused = matches!(one.entry.state, EntryState::Refused { .. });
    let (shape, ink, id) = if refused {
        (Glyph::Rejected, t.alert, "proposed-refused")
    } else {
        (Glyph::Unsent, t.accent, "proposed-unsent")
    };
    let title = one.title.map_or_else(|| look.t("citizen-life-situation"), |title| pick(look.texts, title).to_owned());
    let mut inside = row![
        glyph(shape, 16.0, ink),
        look.colored(title, Type::STRONG, t.ink).wrapping(Wrapping::None),
        look.colored(look.t(id), Type::CELL_MEDIUM, ink).wrapping(Wrapping::None),
    ]
    .spacing(space::S10)
    .align_y(Alignment::Center);
    if !one.starting.is_empty() {
        let names: Vec<&str> = one.starting.iter().map(|title| pick(look.texts, title)).collect();
        let starts = look.with("proposed-starting", &[("names", names.join(", ").into())]);
        inside = inside.push(ellipsis(starts, Type::CELL).color(t.ink2).width(Length::Fill));
    }
    container(inside).padding([0.0, space::S12]).center_y(height::SITUATION).width(Length::Fill).into()
}

/// One thing that happened, with the kinds of situation it may be.
fn proposal<'a>(scene: Scene<'_>, n: usize, one: &Proposal<'_>) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let title = |kind: &LifeSituationId| match desk.session.situations.get(kind) {
        Some(known) => pick(look.texts, &known.title).to_owned(),
        None => look.t("citizen-life-situation"),
    };
    let target = |kind: &LifeSituationId| Target::Proposed(kind.clone(), one.happening, one.on);
    let open = |kind: &LifeSituationId| Message::Sheet(sheets::Opening::Situation(target(kind)));
    let id = PROPOSED.child(n);
    let single = one.kinds.len() == 1;
    let picture = one.kinds.first().and_then(|kind| desk.session.situations.get(*kind));
    let picture = picture.and_then(|kind| Icon::named(&kind.icon)).unwrap_or(Icon::Bell);
    let mut heading = row![icon(picture, 18.0, t.accent)].spacing(space::S10).align_y(Alignment::Center);
    if let Some(kind) = one.kinds.first().filter(|_| single) {
        let words = look.with("proposed-one", &[("title", title(kind).into())]);
        heading = heading.push(look.colored(words, Type::STRONG, t.ink).wrapping(Wrapping::None));
    }
    let what = happened(look, one.happening, one.on);
    let what = if single { what } else { format!("{what} {}", look.t("proposed-which")) };
    heading = heading.push(ellipsis(what.clone(), Type::CELL).color(t.ink2).width(Length::Fill));
    let opens = one.kinds.iter().map(|kind| {
        let word = if single { look.t("proposed-open") } else { title(kind) };
        let named = look.with("proposed-open-name", &[("title", title(kind).into())]);
        Element::from(normal(look, id.child(kind), word).name(named).size(ButtonSize::Small).on_press(open(kind)))
    });
    let declined = one.kinds.first().map(|kind| {
        let word = if single { look.t("proposed-decline") } else { look.t("proposed-none") };
        let decline = Message::Pages(vec![
            CitizenInput::Sheet(SheetInput::Open(sheets::Opening::Situation(target(kind)))),
            CitizenInput::Sheet(SheetInput::Situation(SituationInput::Decline)),
        ]);
        let named = look.with("proposed-decline-name", &[("what", what.into())]);
        Element::from(quiet(look, id.child("decline"), word).name(named).size(ButtonSize::Small).on_press(decline))
    });
    if single {
        let all = heading.extend(opens).extend(declined);
        return container(all).padding([0.0, space::S12]).center_y(height::SITUATION).width(Length::Fill).into();
    }
    let buttons = Row::with_children(opens.chain(declined)).spacing(space::S6).wrap().vertical_spacing(space::S6);
    let indent = row![gap().width(18.0 + space::S10), container(buttons).width(Length::Fill)];
    let both = Column::new().push(container(heading).center_y(28.0)).push(indent).spacing(space::S2);
    container(both).padding([space::S6, space::S12]).width(Length::Fill).into()
}
