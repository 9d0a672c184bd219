//! The identity strip: name, number, protection and who speaks or acts for her; beneath it what is wrong, and all facts on request.
//! What does not live here: the one-line strip of narrow windows (see `narrow`).

use iced::widget::{Row, column, container, row, space as gap, text::Wrapping};
use iced::{Alignment, Length};
use skranke_api::citizens::{AddressView, CitizenView, HiddenField, Hit};
use skranke_api::overview::Benefit;
use skranke_client::ClientError;
use skranke_desk::Load;
use skranke_desk::citizen::{CitizenPage, Reveal};
use skranke_domain::citizen::{Protection, Relation, Status};
use skranke_domain::contact::Verified;

use super::{CitizenScreen, Message, narrow, say, unknown};
use crate::assets::{Glyph, Icon};
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::words::{moment, pick};
use crate::screens::{Scene, sentence};
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::control::{Ring, Status as Pointer, Style, control};
use crate::widget::panel::{plate, surface};
use crate::widget::{
    Element, KeyGround, Tone, ellipsis, ellipsis::text_width, glyph, hline, icon, key_cap, link, normal, scroll,
    skeleton_line, tone_badge, vline,
};

/// The widest the name gets, and what stands beneath it, in logical pixels.
const NAME: f32 = 330.0;
const WHO: f32 = 372.0;
/// Below this width the clock of the visit stands without its words, as it does in the slab.
const ROOMY: f32 = 1600.0;
/// The room round a fact, in logical pixels.
const ROUND: f32 = 2.0 * space::S12 + stroke::LINE;
/// A button beside a hidden field with its gap.
const BESIDE: f32 = 74.0;
/// What a fact that ends in an ellipsis needs to say something.
const FLEXIBLE: f32 = 152.0;
/// How many others who may be the same person are named.
const DUPLICATES: usize = 2;
/// The height of a button inside the strip.
const SHOW: f32 = 22.0;
/// The width of a fact where all are unfolded.
const FACT: f32 = 216.0;
/// How much of the window's height all facts take at most.
const FACTS_SHARE: f32 = 0.45;

/// The strip.
pub(super) fn strip<'a>(screen: &CitizenScreen, scene: Scene<'_>, page: &CitizenPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let tall = narrow::strip_height(look);
    let inside: Element<'a, Message> = match &page.identity {
        Load::Known { value, .. } if look.is_wide() => wide(scene, page, value),
        Load::Known { value, .. } => narrow::strip(screen, scene, page, value),
        Load::Waiting { since } if say::is_slow(look, *since) => awaited(look),
        Load::Waiting { .. } | Load::Idle => gap().into(),
        Load::Failed { error, .. } => not_known(look, error),
    };
    let ground = surface(t.surface, container(inside).padding([0.0, space::S16]).center_y(Length::Fill));
    column![ground.width(Length::Fill).height(tall - stroke::LINE), hline(look)].into()
}

/// The full name.
pub(super) fn name(known: &CitizenView) -> String {
    format!("{} {}", known.given_name, known.surname)
}

fn awaited<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let bars = |wide: f32| {
        column![skeleton_line(look, 0.4, 8.0), skeleton_line(look, 0.9, 12.0)].spacing(space::S8).width(wide)
    };
    let name = container(skeleton_line(look, 1.0, 20.0)).width(NAME - 100.0);
    row![name, bars(140.0), bars(60.0), bars(120.0), bars(150.0), gap().width(Length::Fill)]
        .spacing(space::S24)
        .align_y(Alignment::Center)
        .into()
}

fn not_known<'a>(look: &Look<'_>, error: &ClientError) -> Element<'a, Message> {
    let t = look.tokens;
    let words = column![
        look.colored(look.t("citizen-identity-unknown"), Type::STRONG, t.ink),
        look.colored(sentence::sentence(look, error), Type::CELL, t.ink2),
    ];
    row![icon(Icon::TriangleAlert, 18.0, t.wait), words.width(Length::Fill), ask_again(look, "citizen/identity/again")]
        .spacing(space::S12)
        .align_y(Alignment::Center)
        .into()
}

fn ask_again<'a>(look: &Look<'_>, id: &'static str) -> Element<'a, Message> {
    normal(look, id, look.t("citizen-key-ask-again"))
        .size(ButtonSize::Small)
        .key("F5")
        .on_press(Message::AskAgain)
        .into()
}

fn wide<'a>(scene: Scene<'_>, page: &CitizenPage, known: &CitizenView) -> Element<'a, Message> {
    let look = scene.look;
    let mut facts = vec![
        fact(look, look.t("citizen-cpr"), cpr(look, page, known), under_cpr(look, page, known)).into(),
        fact(look, look.t("citizen-age"), plain(look, known.age.to_string()), None).into(),
        address(look, page, known),
    ];
    if !known.languages.is_empty() {
        let languages = say::languages(look.texts, &known.languages);
        facts.push(fact(look, look.t("citizen-speaks"), plain(look, languages), None).into());
    }
    if let Some(interpreter) = interpreter(look, known) {
        facts.push(
            fact(
                look,
                look.t("citizen-interpreter"),
                interpreter,
                Some(second(look, look.t("citizen-interpreter-needed"))),
            )
            .into(),
        );
    }
    // Those that end in an ellipsis share what is left, the most telling first; all of it stands under "All facts".
    let room = ((look.width - fixed_width(look, known)) / FLEXIBLE).floor().clamp(1.0, 4.0) as usize;
    let flexible = [
        (acts_for(look, known), 3),
        (known.adviser.as_ref().map(|who| adviser(look, who)), 2),
        (household(look, known), 2),
        (benefits(scene, page), 2),
    ];
    let flexible = flexible.into_iter().filter_map(|(one, share)| Some((one?, share))).take(room);
    facts.extend(flexible.map(|(one, share)| one.width(Length::FillPortion(share)).into()));
    let separated = facts.into_iter().flat_map(|one| [vline(look, Length::Fill), one]);
    row![
        container(who(look, page, known)).padding(iced::Padding::ZERO.right(space::S16)),
        Row::with_children(separated).width(Length::Fill)
    ]
    .align_y(Alignment::Center)
    .height(height::IDENTITY - stroke::LINE - 2.0 * space::S12)
    .into()
}

/// About how wide everything in the strip is that is not cut.
fn fixed_width(look: &Look<'_>, known: &CitizenView) -> f32 {
    let wide = |words: &str| text_width(words, Type::TITLE);
    let named = text_width(&name(known), Type::NAME).min(NAME);
    let who = named.max(text_width(&beneath_name(look, known), Type::CELL) + 90.0).min(WHO);
    let address = match &known.address {
        AddressView::Shown(address) => wide(&address.street),
        AddressView::Protected => 96.0 + BESIDE,
        AddressView::Unknown => wide(&look.t("citizen-no-address")),
    };
    let speaks = wide(&say::languages(look.texts, &known.languages));
    let interpreter =
        known.interpreter.as_ref().map_or(0.0, |code| ROUND + 24.0 + wide(&say::language(look.texts, code)));
    let status = say::status(known.status).map_or(0.0, |(id, _)| 40.0 + wide(&look.t(id)));
    let facts = wide(&known.cpr_masked) + BESIDE + 26.0 + address + speaks + interpreter;
    2.0 * space::S16 + space::S16 + who + status + 4.0 * ROUND + facts
}

/// Who acts for her, for what and until when; what is over or ends soon says so in a tone.
fn acts_for<'a>(look: &Look<'_>, known: &CitizenView) -> Option<iced::widget::Container<'a, Message>> {
    let first = known.representations.first()?;
    let more = known.representations.len() - 1;
    let who = if more > 0 { with_more(look, &first.name, more) } else { first.name.clone() };
    let how = say::representation(look, first);
    let beneath = match say::acts_tone(look, first) {
        Some(tone) => warned(look, how, tone),
        None => second(look, how),
    };
    Some(fact(look, look.t("citizen-acts"), plain(look, who), Some(beneath)))
}

/// A second line that must be seen.
fn warned<'a>(look: &Look<'_>, words: String, tone: Tone) -> Element<'a, Message> {
    let color = tone.color(&look.tokens);
    let shape = if tone == Tone::Alert { Glyph::Overdue } else { Glyph::Waiting };
    row![glyph(shape, 12.0, color), ellipsis(words, Type::LABEL_MEDIUM).color(color)]
        .spacing(space::S4)
        .align_y(Alignment::Center)
        .into()
}

/// Her personal adviser, who comes before any queue.
fn adviser<'a>(look: &Look<'_>, who: &str) -> iced::widget::Container<'a, Message> {
    let first = warned_less(look, look.t("citizen-adviser-first"));
    fact(look, look.t("citizen-adviser"), plain(look, who.to_owned()), Some(first))
}

fn warned_less<'a>(look: &Look<'_>, words: String) -> Element<'a, Message> {
    ellipsis(words, Type::LABEL_MEDIUM).color(look.tokens.accent).into()
}

fn household<'a>(look: &Look<'_>, known: &CitizenView) -> Option<iced::widget::Container<'a, Message>> {
    let home: Vec<&Relation> = known.relations.iter().filter(|one| one.same_household).collect();
    if home.is_empty() {
        return None;
    }
    let who = plain(look, say::people(home.iter().copied()));
    let how = second(look, say::relation_kinds(look, home.iter().copied()));
    Some(fact(look, look.t("citizen-household"), who, Some(how)))
}

/// What departments pay her, as far as they said so; what a changed income touches is counted.
fn benefits<'a>(scene: Scene<'_>, page: &CitizenPage) -> Option<iced::widget::Container<'a, Message>> {
    let look = scene.look;
    let all: Vec<&Benefit> = page.benefits().map(|(_, benefit)| benefit).collect();
    if all.is_empty() {
        return None;
    }
    let names: Vec<&str> = all.iter().map(|one| pick(look.texts, &one.title)).collect();
    let income = i64::try_from(all.iter().filter(|one| one.income_dependent).count()).unwrap_or(i64::MAX);
    let beneath =
        (income > 0).then(|| second(look, look.with("citizen-benefits-count-income", &[("count", income.into())])));
    Some(fact(look, look.t("citizen-benefits"), plain(look, names.join(", ")), beneath))
}

fn with_more(look: &Look<'_>, first: &str, more: usize) -> String {
    look.with(
        "citizen-and-more",
        &[("first", first.to_owned().into()), ("count", i64::try_from(more).unwrap_or(i64::MAX).into())],
    )
}

/// Name, status, and beneath them how long she has been served, where she belongs and on what ground.
fn who<'a>(look: &Look<'_>, page: &CitizenPage, known: &CitizenView) -> Element<'a, Message> {
    let t = look.tokens;
    let mut first = row![container(ellipsis(name(known), Type::NAME).color(t.ink)).max_width(NAME)]
        .spacing(space::S10)
        .align_y(Alignment::Center);
    first = first.extend(status(look, known));
    let seconds = u64::try_from(page.visit.seconds(look.now.timestamp())).unwrap_or_default();
    let mut beneath = row![icon(Icon::Timer, 14.0, t.ink2)].spacing(space::S6).align_y(Alignment::Center);
    if look.width >= ROOMY {
        beneath = beneath.push(look.colored(look.t("citizen-serving"), Type::CELL, t.ink2).wrapping(Wrapping::None));
    }
    beneath =
        beneath.push(look.colored(look.texts.elapsed(seconds), Type::CELL_STRONG, t.ink).wrapping(Wrapping::None));
    if known.exempt_from_digital_post {
        beneath = beneath
            .push(look.colored("·", Type::CELL, t.ink2))
            .push(icon(Icon::Mailbox, 14.0, t.wait))
            .push(look.colored(look.t("citizen-letters-short"), Type::CELL_MEDIUM, t.wait).wrapping(Wrapping::None));
    }
    beneath = beneath.push(ellipsis(format!("· {}", beneath_name(look, known)), Type::CELL).color(t.ink2));
    column![first, container(beneath).max_width(WHO)].spacing(stroke::FOCUS).into()
}

/// Where she belongs, and on what ground.
fn beneath_name(look: &Look<'_>, known: &CitizenView) -> String {
    format!("{} · {}", known.municipality, look.t(say::ground(known.ground_of_stay)))
}

/// A badge where the status is not the plain one; a changed number leads to the current one.
pub(super) fn status<'a>(look: &Look<'_>, known: &CitizenView) -> Option<Element<'a, Message>> {
    let (id, tone) = say::status(known.status)?;
    let color = tone.color(&look.tokens);
    let soft = tone.soft(&look.tokens);
    let inside = row![
        icon(Icon::CircleAlert, 13.0, color),
        look.colored(look.t(id), Type::LABEL_MEDIUM, color).wrapping(Wrapping::None)
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center);
    let badge = container(inside)
        .padding([space::S2, space::S6])
        .style(move |_| plate(soft, iced::Color::TRANSPARENT, radius::BADGE));
    Some(match (known.status, known.current) {
        (Status::ChangedNumber, Some(current)) => row![
            badge,
            link(look, "citizen/current", look.t("citizen-open-current"), Type::CELL_MEDIUM)
                .on_press(Message::OpenCitizen(current)),
        ]
        .spacing(space::S6)
        .align_y(Alignment::Center)
        .into(),
        _ => badge.into(),
    })
}

/// A label, its value, and a second line.
fn fact<'a>(
    look: &Look<'_>,
    label: String,
    value: impl Into<Element<'a, Message>>,
    second: Option<Element<'a, Message>>,
) -> iced::widget::Container<'a, Message> {
    let label = ellipsis(label, Type::LABEL).color(look.tokens.ink3);
    let mut lines = column![label, value.into()].spacing(space::S2);
    lines = lines.extend(second);
    container(lines).padding([0.0, space::S12]).center_y(Length::Fill)
}

fn plain<'a>(look: &Look<'_>, value: String) -> Element<'a, Message> {
    ellipsis(value, Type::BODY).color(look.tokens.ink).into()
}

fn second<'a>(look: &Look<'_>, words: String) -> Element<'a, Message> {
    ellipsis(words, Type::LABEL).color(look.tokens.ink2).into()
}

/// How a hidden field stands.
pub(super) enum Shown<'r> {
    Hidden,
    Fetching,
    Open(&'r str),
}

pub(super) fn shown(page: &CitizenPage, field: HiddenField) -> Shown<'_> {
    match &page.reveal {
        Reveal::Fetching(one) if *one == field => Shown::Fetching,
        Reveal::Shown(one) if one.field == field => Shown::Open(&one.value),
        _ => Shown::Hidden,
    }
}

/// The number, masked or for a moment in full.
pub(super) fn cpr_digits<'a>(look: &Look<'_>, page: &CitizenPage, known: &CitizenView) -> Element<'a, Message> {
    let digits = match shown(page, HiddenField::Cpr) {
        Shown::Open(value) => value.to_owned(),
        _ => known.cpr_masked.clone(),
    };
    look.colored(digits, Type::TITLE, look.tokens.ink).wrapping(Wrapping::None).into()
}

fn cpr<'a>(look: &Look<'_>, page: &CitizenPage, known: &CitizenView) -> Element<'a, Message> {
    row![cpr_digits(look, page, known), show(look, page, HiddenField::Cpr)]
        .spacing(space::S6)
        .align_y(Alignment::Center)
        .into()
}

/// How it was made sure who she is, and that her number is a replacement.
fn under_cpr<'a>(look: &Look<'_>, page: &CitizenPage, known: &CitizenView) -> Option<Element<'a, Message>> {
    if page.visit.verified != Verified::Not {
        let how = look.t(super::timeline::verified(page.visit.verified));
        let ok = look.tokens.ok;
        let words = ellipsis(look.with("citizen-verified", &[("how", how.into())]), Type::LABEL_MEDIUM).color(ok);
        let shape = glyph(Glyph::Approved, 12.0, ok);
        return Some(row![shape, words].spacing(space::S4).align_y(Alignment::Center).into());
    }
    known.cpr_replacement.then(|| second(look, look.t("citizen-replacement-number")))
}

/// The small button beside a hidden field, with its key.
pub(super) fn show<'a>(look: &Look<'_>, page: &CitizenPage, field: HiddenField) -> Element<'a, Message> {
    let t = look.tokens;
    let (id, key, name) = match field {
        HiddenField::Cpr => ("citizen/show-cpr", "V", "citizen-key-cpr"),
        HiddenField::Address => ("citizen/show-address", "A", "citizen-key-address"),
    };
    let shown = shown(page, field);
    let word = match shown {
        Shown::Hidden => look.t("citizen-show"),
        Shown::Fetching => look.t("citizen-fetching"),
        Shown::Open(_) => look.t("citizen-hide"),
    };
    let inside = row![
        look.colored(word, Type::LABEL_MEDIUM, t.ink).wrapping(Wrapping::None),
        key_cap(look, key, KeyGround::Button)
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center);
    let state =
        ControlState { key: Some(key.to_owned()), busy: matches!(shown, Shown::Fetching), ..ControlState::new() }
            .checked(matches!(shown, Shown::Open(_)));
    control(look, id, Role::Button, look.t(name), container(inside).center_y(Length::Fill))
        .height(SHOW)
        .padding(iced::Padding { top: 0.0, right: stroke::STRONG, bottom: 0.0, left: space::S6 })
        .ring(Ring::Around(radius::CONTROL))
        .state(state)
        .on_press(Message::Reveal(field))
        .style(move |status| {
            let ground = match status {
                Pointer::Hovered => t.bg,
                Pointer::Pressed => t.sunken,
                _ => t.surface,
            };
            Style::ground(ground, radius::CONTROL).edge(t.edge)
        })
        .into()
}

fn address<'a>(look: &Look<'_>, page: &CitizenPage, known: &CitizenView) -> Element<'a, Message> {
    let t = look.tokens;
    let label = look.t("citizen-address");
    match &known.address {
        AddressView::Shown(address) => {
            let beneath = second(look, format!("{} {}", address.postcode, address.district));
            fact(look, label, plain(look, address.street.clone()), Some(beneath)).into()
        }
        AddressView::Protected => {
            let value: Element<'a, Message> = match shown(page, HiddenField::Address) {
                Shown::Open(value) => container(ellipsis(value, Type::TITLE).color(t.alert)).max_width(240.0).into(),
                _ => protected(look),
            };
            let value =
                row![value, show(look, page, HiddenField::Address)].spacing(space::S6).align_y(Alignment::Center);
            let quiet = look.colored(look.t("citizen-not-aloud"), Type::LABEL_MEDIUM, t.alert).wrapping(Wrapping::None);
            fact(look, label, value, Some(quiet.into())).into()
        }
        AddressView::Unknown => {
            fact(look, label, ellipsis(look.t("citizen-no-address"), Type::BODY).color(t.ink2), None).into()
        }
    }
}

pub(super) fn protected<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let id = if look.is_wide() { "citizen-protected" } else { "citizen-address-protected" };
    tone_badge(look, Tone::Alert, Glyph::NoAccess, look.t(id))
}

pub(super) fn interpreter<'a>(look: &Look<'_>, known: &CitizenView) -> Option<Element<'a, Message>> {
    let language = say::capital(&say::language(look.texts, known.interpreter.as_ref()?));
    let accent = look.tokens.accent;
    let inside =
        row![icon(Icon::Languages, 15.0, accent), look.colored(language, Type::TITLE, accent).wrapping(Wrapping::None)];
    Some(inside.spacing(space::S6).align_y(Alignment::Center).into())
}

/// What is wrong with what the strip shows, each on a line of its own.
pub(super) fn notices<'a>(screen: &CitizenScreen, scene: Scene<'_>, page: &CitizenPage) -> Vec<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let mut all = Vec::new();
    if let Load::Known { at, trouble: Some(error), .. } = &page.identity {
        let at = moment(look.texts, *at, desk.tz(), look.now.date());
        let why = sentence::sentence(look, error);
        all.push(notice(look, look.with("citizen-identity-old", &[("time", at.into()), ("why", why.into())])));
    }
    if let Some(known) = page.identity.value() {
        all.extend(known.duplicates.iter().take(DUPLICATES).map(|other| duplicate(look, other)));
    }
    if let Reveal::Failed(error) = &page.reveal {
        let id = match screen.asked {
            Some(HiddenField::Address) => "citizen-address-not-shown",
            _ => "citizen-cpr-not-shown",
        };
        all.push(notice(look, look.with(id, &[("why", sentence::sentence(look, error).into())])));
    }
    all
}

/// Somebody who may be the same person, and the way to her.
fn duplicate<'a>(look: &Look<'_>, other: &Hit) -> Element<'a, Message> {
    let t = look.tokens;
    let who = format!("{} {}", other.given_name, other.surname);
    let args =
        [("name", who.clone().into()), ("cpr", other.cpr_masked.clone().into()), ("age", i64::from(other.age).into())];
    let words = look.with("citizen-duplicate-open-name", &[("name", who.into())]);
    let open = link(look, FocusId::new("citizen/duplicate").child(other.citizen), words, Type::CELL_MEDIUM)
        .padding([space::S4, space::S2])
        .on_press(Message::OpenCitizen(other.citizen));
    let inside = row![
        icon(Icon::Users, 15.0, t.wait),
        ellipsis(look.with("citizen-duplicate", &args), Type::CELL).color(t.ink),
        Element::from(open),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    column![surface(t.wait_soft, container(inside).padding([space::S2, space::S16])).width(Length::Fill), hline(look)]
        .into()
}

/// A sentence across the page.
fn notice<'a>(look: &Look<'_>, said: String) -> Element<'a, Message> {
    let t = look.tokens;
    let inside =
        row![icon(Icon::TriangleAlert, 15.0, t.wait), look.colored(said, Type::CELL, t.ink).width(Length::Fill)]
            .spacing(space::S8)
            .align_y(Alignment::Center);
    column![surface(t.wait_soft, container(inside).padding([space::S6, space::S16])).width(Length::Fill), hline(look)]
        .into()
}

/// Everything that is known of her, in cells that wrap.
pub(super) fn all_facts<'a>(scene: Scene<'_>, page: &CitizenPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let inside: Element<'a, Message> = match page.identity.value() {
        None => look.colored(look.t("citizen-facts-unknown"), Type::CELL, t.ink2).into(),
        Some(known) => {
            let cells = facts(scene, page, known).into_iter().map(|(label, values)| {
                let lines =
                    values.into_iter().map(|value| look.colored(value, Type::CELL, t.ink).width(Length::Fill).into());
                column![look.label(look.t(label))].extend(lines).spacing(space::S2).width(FACT).into()
            });
            let protections = known.protections.iter().map(|one| {
                let tone = if *one == Protection::NameAndAddress { Tone::Alert } else { Tone::Idle };
                tone_badge(look, tone, Glyph::NoAccess, look.t(say::protection(*one)))
            });
            let protections = Row::with_children(protections).spacing(space::S6);
            let mut all = column![].spacing(space::S12);
            if !known.protections.is_empty() {
                all = all.push(protections.wrap());
            }
            all.push(Row::with_children(cells).spacing(space::S24).wrap().vertical_spacing(space::S12)).into()
        }
    };
    // In a low window the cases keep the larger part.
    let inside = container(inside).padding([space::S12, space::S16]).width(Length::Fill);
    let inside = scroll(look, "citizen/facts/scroll", inside).height(Length::Shrink);
    let ground = surface(t.surface, inside).width(Length::Fill).max_height(look.height * FACTS_SHARE);
    column![ground, hline(look)].into()
}

/// Every fact with its label's Fluent id, in the order of the strip.
fn facts(scene: Scene<'_>, page: &CitizenPage, known: &CitizenView) -> Vec<(&'static str, Vec<String>)> {
    let look = scene.look;
    let unknown = || look.t("citizen-not-known");
    let or_unknown = |value: Option<&String>| vec![value.cloned().unwrap_or_else(unknown)];
    let none = || look.t("citizen-none");
    let list = |values: Vec<String>| if values.is_empty() { vec![none()] } else { values };
    let born = look.texts.day_month_year(known.born);
    let status = say::status(known.status).map_or("citizen-status-resident", |(id, _)| id);
    let relation = |one: &Relation| {
        let kinds = say::relation_kinds(look, [one]);
        let home = if one.same_household { "citizen-relation-here" } else { "citizen-relation-elsewhere" };
        format!("{}, {} · {kinds}, {}", one.given_name, one.age, look.t(home))
    };
    let acts = known.representations.iter().map(|one| format!("{} · {}", one.name, say::representation(look, one)));
    let speaks = if known.languages.is_empty() { unknown() } else { say::languages(look.texts, &known.languages) };
    let interpreter = match &known.interpreter {
        Some(code) => say::capital(&say::language(look.texts, code)),
        None => look.t("citizen-interpreter-not-needed"),
    };
    let looked = page.last_looked.map_or_else(
        || look.t("citizen-last-looked-never"),
        |at| say::capital(&say::moment_within(look, at, scene.desk.tz())),
    );
    let post = if known.exempt_from_digital_post { "citizen-letters-only" } else { "citizen-digital-post" };
    vec![
        ("citizen-born", vec![born]),
        ("citizen-status", vec![look.t(status)]),
        ("citizen-municipality", vec![known.municipality.clone()]),
        ("citizen-ground", vec![look.t(say::ground(known.ground_of_stay))]),
        ("citizen-civil-status", vec![look.t(say::civil_status(known.civil_status))]),
        ("citizen-speaks", vec![speaks]),
        ("citizen-interpreter", vec![interpreter]),
        ("citizen-post", vec![look.t(post), look.t(say::ability(known.digital_ability))]),
        ("citizen-phone", or_unknown(known.phone.as_ref())),
        ("citizen-email", or_unknown(known.email.as_ref())),
        ("citizen-adviser", vec![known.adviser.clone().unwrap_or_else(none)]),
        ("citizen-relations", list(known.relations.iter().map(relation).collect())),
        ("citizen-acts", list(acts.collect())),
        ("citizen-benefits", said_benefits(scene, page)),
        ("citizen-last-looked", vec![looked]),
    ]
}

/// What departments pay her, each with what it depends on; that nothing is known is not that there is nothing.
fn said_benefits(scene: Scene<'_>, page: &CitizenPage) -> Vec<String> {
    let Scene { look, desk } = scene;
    let mut all: Vec<String> = page
        .benefits()
        .map(|(department, one)| {
            let mut said = format!("{}, {}", pick(look.texts, &one.title), desk.session.tag(department));
            if let Some(day) = one.until {
                let args = [("what", said.into()), ("day", look.texts.day_month_year(day).into())];
                said = look.with("citizen-benefits-until", &args);
            }
            if one.income_dependent {
                said = format!("{said} · {}", look.t("citizen-benefits-income"));
            }
            said
        })
        .collect();
    if let Some(tags) = unknown::silent(scene, page) {
        all.push(look.with("citizen-tags-unknown", &[("tags", tags.into())]));
    } else if all.is_empty() {
        let awaited = page.sources.is_empty() || page.sources.iter().any(|source| source.waiting);
        all.push(look.t(if awaited { "citizen-benefits-unknown" } else { "citizen-none" }));
    }
    all
}
