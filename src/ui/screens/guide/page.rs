//! One entry of the guide: how the task is solved, who decides, what to say, what it costs, where to send somebody. What is not written yet
//! says so: a gap never looks like "nothing to do". What does not live here: finding it.

use iced::widget::{Column, column, container, row};
use iced::{Alignment, Length};
use skranke_desk::guide::Entry;
use skranke_domain::authority::Level;
use skranke_domain::decision::Eyes;
use skranke_domain::guide::{GuideLink, Reach, YesNo};
use skranke_domain::procedure::{Fee, Procedure, Standing};
use skranke_domain::{CitizenText, Localized};

use super::{Message, standing_badge};
use crate::assets::{Glyph, Icon};
use crate::screens::Scene;
use crate::screens::case::words;
use crate::screens::words::pick;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::panel::plate;
use crate::widget::{Element, Tone, department, icon, normal, panel, tone_badge};

/// The widest a text gets, in logical pixels.
const WIDEST: f32 = 720.0;
/// The width of what stands beside the text.
const SIDE: f32 = 300.0;

pub(super) fn view<'a>(scene: Scene<'a>, one: Entry<'a>) -> Element<'a, Message> {
    let look = scene.look;
    let main = main(scene, one).width(Length::Fill).max_width(WIDEST);
    let side = side(look, one);
    // Where there is little room, what stands beside comes beneath.
    if look.is_wide() {
        row![main, container(side).width(SIDE)].spacing(space::S24).into()
    } else {
        column![main, side].spacing(space::S16).into()
    }
}

/// The same where there is room for one column alone: beside a case.
pub(in crate::screens) fn narrow<'a>(scene: Scene<'a>, one: Entry<'a>) -> Element<'a, Message> {
    column![main(scene, one).width(Length::Fill), side(scene.look, one)].spacing(space::S16).into()
}

fn main<'a>(scene: Scene<'a>, one: Entry<'a>) -> Column<'a, Message> {
    let look = scene.look;
    let mut all = column![head(look, one)].spacing(space::S16);
    if one.standing() == Some(Standing::MovedToState) {
        all = all.push(moved(look, one));
    }
    let guides: Vec<_> = one.guides().collect();
    let first = |part: fn(&'a skranke_domain::guide::Guide) -> Option<&'a Localized>| {
        guides.iter().find_map(|guide| part(guide))
    };
    match first(|guide| guide.summary.as_ref()) {
        Some(summary) => {
            let lead = Type { size: 16.0, line: 24.0, ..Type::BODY };
            all = all.push(look.colored(pick(look.texts, summary).to_owned(), lead, look.tokens.ink));
        }
        None if one.standing().is_some() => {
            all = all.push(look.colored(look.t("guide-not-written"), Type::BODY, look.tokens.ink2));
        }
        None => {}
    }
    let guide_steps = guides.iter().find(|guide| !guide.steps.is_empty()).map(|guide| guide.steps.as_slice());
    let steps = guide_steps.or_else(|| one.procedure.map(|p| p.steps.as_slice())).unwrap_or_default();
    if !steps.is_empty() {
        all = all.push(section(look, "guide-steps", numbered(look, steps)));
    }
    if let Some(phone) = first(|guide| guide.phone.as_ref()) {
        all = all.push(section(look, "guide-phone", quote(look, pick(look.texts, phone))));
    }
    if let Some(procedure) = one.procedure {
        all = all.push(section(look, "guide-papers", papers(look, procedure)));
        if !procedure.clerk_checks.is_empty() {
            all = all.push(section(look, "guide-checks", bullets(look, &procedure.clerk_checks)));
        }
    }
    if let Some(follow) = first(|guide| guide.follow_up.as_ref()) {
        all = all.push(section(look, "guide-follow-up", plain(look, pick(look.texts, follow))));
    }
    let links: Vec<&GuideLink> = guides.iter().flat_map(|guide| &guide.links).collect();
    if !links.is_empty() {
        all = all.push(section(look, "guide-links", addresses(look, "guide/link", &links)));
    }
    let forms: Vec<&GuideLink> = guides.iter().flat_map(|guide| &guide.forms).collect();
    if !forms.is_empty() {
        all = all.push(section(look, "guide-forms", addresses(look, "guide/form", &forms)));
    }
    let complaint = first(|guide| guide.complaint.as_ref()).map(|text| pick(look.texts, text).to_owned());
    let rule = one.procedure.and_then(|p| p.decision.as_ref()).and_then(|rule| rule.complaint.as_ref());
    let complaint = complaint.or_else(|| rule.map(|text| citizen_text(look, text)));
    if let Some(complaint) = complaint.or_else(|| {
        let reach = one.reach().filter(|_| one.standing().is_none());
        reach.and_then(|reach| reach.complaint.as_ref()).map(|text| pick(look.texts, text).to_owned())
    }) {
        all = all.push(section(look, "guide-complaint", plain(look, &complaint)));
    }
    if let Some(source) = source(look, one) {
        all = all.push(source);
    }
    all
}

fn head<'a>(look: &Look<'_>, one: Entry<'a>) -> Element<'a, Message> {
    let title = one.title().map(|title| pick(look.texts, title).to_owned()).unwrap_or_default();
    let mut marks = row![].spacing(space::S8).align_y(Alignment::Center);
    if let Some(whose) = one.department {
        marks = marks.push(department(look, whose.tag.clone()));
        if one.standing().is_some() {
            marks = marks.push(look.second(pick(look.texts, &whose.name).to_owned()));
        }
    }
    if let Some(badge) = one.standing().and_then(|standing| standing_badge(look, standing)) {
        marks = marks.push(badge);
    }
    column![look.name(title), marks].spacing(space::S6).into()
}

fn moved<'a>(look: &Look<'_>, one: Entry<'a>) -> Element<'a, Message> {
    let t = look.tokens;
    let to = one.task.and_then(|task| task.moved_to.as_ref()).map(|to| pick(look.texts, to).to_owned());
    let words = match to {
        Some(to) => look.with("guide-moved-to-long", &[("to", to.into())]),
        None => look.t("guide-moved-somewhere"),
    };
    let inside = row![icon(Icon::ArrowRight, 16.0, t.wait), look.colored(words, Type::BODY, t.ink).width(Length::Fill)]
        .spacing(space::S8)
        .align_y(Alignment::Center);
    container(inside)
        .padding([space::S10, space::S12])
        .width(Length::Fill)
        .style(move |_| plate(t.wait_soft, t.wait_soft, radius::CONTROL))
        .into()
}

fn section<'a>(look: &Look<'_>, heading: &str, inside: Element<'a, Message>) -> Element<'a, Message> {
    column![look.section(look.t(heading)), inside].spacing(space::S6).into()
}

fn plain<'a>(look: &Look<'_>, words: &str) -> Element<'a, Message> {
    look.colored(words.to_owned(), Type::BODY, look.tokens.ink).width(Length::Fill).into()
}

fn quote<'a>(look: &Look<'_>, words: &str) -> Element<'a, Message> {
    let t = look.tokens;
    let inside = row![
        icon(Icon::Phone, 16.0, t.accent),
        look.colored(format!("“{words}”"), Type::BODY, t.ink).width(Length::Fill)
    ]
    .spacing(space::S10);
    container(inside)
        .padding([space::S10, space::S12])
        .width(Length::Fill)
        .style(move |_| plate(t.accent_soft, t.accent_soft, radius::CONTROL))
        .into()
}

fn numbered<'a>(look: &Look<'_>, steps: &[Localized]) -> Element<'a, Message> {
    let rows = steps.iter().enumerate().map(|(at, step)| {
        let number = container(look.colored((at + 1).to_string(), Type::STRONG, look.tokens.accent)).width(20.0);
        row![number, look.colored(pick(look.texts, step).to_owned(), Type::BODY, look.tokens.ink).width(Length::Fill)]
            .spacing(space::S6)
            .into()
    });
    Column::with_children(rows).spacing(space::S4).into()
}

fn bullets<'a>(look: &Look<'_>, lines: &[Localized]) -> Element<'a, Message> {
    let rows = lines.iter().map(|line| {
        let dot = container(look.colored("·", Type::STRONG, look.tokens.ink3)).width(12.0);
        row![dot, look.colored(pick(look.texts, line).to_owned(), Type::BODY, look.tokens.ink).width(Length::Fill)]
            .into()
    });
    Column::with_children(rows).spacing(space::S2).into()
}

/// The checklist: what is asked for always, and what only sometimes.
fn papers<'a>(look: &Look<'_>, procedure: &Procedure) -> Element<'a, Message> {
    let t = look.tokens;
    let rows = procedure.items.iter().map(|item| {
        let mut line = row![
            crate::widget::glyph(Glyph::Missing, 14.0, t.ink3),
            look.colored(pick(look.texts, &item.label).to_owned(), Type::BODY, t.ink)
        ]
        .spacing(space::S8)
        .align_y(Alignment::Center);
        if item.when.trim() != "always" {
            line = line.push(look.label(look.t("guide-sometimes")));
        }
        line.into()
    });
    Column::with_children(rows).spacing(space::S4).into()
}

fn addresses<'a>(look: &Look<'_>, id: &'static str, links: &[&'a GuideLink]) -> Element<'a, Message> {
    let t = look.tokens;
    let rows = links.iter().enumerate().map(|(at, link)| {
        let title = pick(look.texts, &link.title).to_owned();
        let mut words = column![look.colored(title, Type::TITLE, t.ink)];
        let Some(address) = &link.address else { return words.into() };
        words = words.push(look.second(address.clone()));
        let copy = normal(look, crate::focus::FocusId::new(id).child(at), look.t("guide-copy"))
            .size(ButtonSize::Small)
            .on_press(Message::Copy(address.clone()));
        row![icon(Icon::ExternalLink, 14.0, t.ink3), words.width(Length::Fill), Element::from(copy)]
            .spacing(space::S8)
            .align_y(Alignment::Center)
            .into()
    });
    Column::with_children(rows).spacing(space::S8).into()
}

/// What stands beside: who decides, what it costs, how long it takes, how to reach them.
fn side<'a>(look: &Look<'_>, one: Entry<'a>) -> Element<'a, Message> {
    let mut facts = column![].spacing(space::S12).width(Length::Fill);
    let levels: Vec<Level> = match (one.procedure, one.task) {
        (Some(procedure), _) => vec![procedure.level],
        (None, Some(task)) => task.levels.clone(),
        (None, None) => Vec::new(),
    };
    if !levels.is_empty() {
        let words = levels.iter().map(|level| look.t(level_word(*level))).collect::<Vec<_>>().join("\n");
        facts = facts.push(fact(look, "guide-level", words));
    }
    if let Some(procedure) = one.procedure {
        facts = of_procedure(look, facts, procedure);
    }
    let guides: Vec<_> = one.guides().collect();
    for (label, value) in [
        ("guide-taxable", guides.iter().find_map(|guide| guide.taxable)),
        ("guide-income", guides.iter().find_map(|guide| guide.income_dependent)),
    ] {
        if let Some(value) = value.filter(|value| *value != YesNo::NotApplicable) {
            facts = facts.push(fact(look, label, look.t(yes_no(value))));
        }
    }
    if let Some(note) = guides.iter().find_map(|guide| guide.money_note.as_ref()) {
        facts = facts.push(look.second(pick(look.texts, note).to_owned()).width(Length::Fill));
    }
    let mut all = column![].spacing(space::S16);
    if one.standing().is_some() {
        all = all.push(panel(look, container(facts).padding(space::S16)).width(Length::Fill));
    }
    if let Some(reach) = one.reach() {
        all = all.push(panel(look, container(reached(look, one, reach)).padding(space::S16)).width(Length::Fill));
    }
    all.into()
}

fn of_procedure<'a>(look: &Look<'_>, mut facts: Column<'a, Message>, procedure: &Procedure) -> Column<'a, Message> {
    if let Some(rule) = &procedure.decision {
        let eyes = match rule.eyes {
            Eyes::Two => "guide-eyes-two",
            Eyes::Four => "guide-eyes-four",
        };
        facts = facts.push(fact(look, "guide-decision", look.t(eyes)));
        if let Some(issues) = &rule.issues {
            facts = facts.push(fact(look, "guide-issues", citizen_text(look, issues)));
        }
    }
    if let Some(deadline) = &procedure.deadline {
        facts = facts.push(fact(look, "guide-deadline", pick(look.texts, &deadline.text).to_owned()));
    }
    if !procedure.fees.is_empty() {
        let fees = procedure.fees.iter().map(|one| fee(look, one)).collect::<Vec<_>>().join("\n");
        facts = facts.push(fact(look, "guide-fee", fees));
    }
    let attendance = &procedure.attendance;
    let words = if attendance.required {
        let who = attendance.who.as_ref().map(|who| pick(look.texts, who).to_owned()).unwrap_or_default();
        look.with("guide-attends", &[("who", who.into()), ("minutes", i64::from(attendance.minutes).into())])
    } else {
        look.t("case-nobody-attends")
    };
    facts = facts.push(fact(look, "guide-attendance", words));
    facts.push(fact(look, "guide-version", procedure.version.to_string()))
}

fn reached<'a>(look: &Look<'_>, one: Entry<'a>, reach: &Reach) -> Element<'a, Message> {
    let name = one.department.map(|department| pick(look.texts, &department.name).to_owned()).unwrap_or_default();
    let mut all = column![look.strong(name)].spacing(space::S10).width(Length::Fill);
    let localized = |text: &Option<Localized>| text.as_ref().map(|text| pick(look.texts, text).to_owned());
    for (label, words) in [
        ("guide-reach-phone", reach.phone.clone()),
        ("guide-reach-phone-hours", localized(&reach.phone_hours)),
        ("guide-reach-hours", localized(&reach.hours)),
        ("guide-reach-place", localized(&reach.place)),
        ("guide-reach-page", reach.page.clone()),
        ("guide-complaint", localized(&reach.complaint)),
    ] {
        if let Some(words) = words {
            all = all.push(fact(look, label, words));
        }
    }
    all.into()
}

fn fact<'a>(look: &Look<'_>, label: &str, words: String) -> Element<'a, Message> {
    column![look.label(look.t(label)), look.colored(words, Type::BODY, look.tokens.ink).width(Length::Fill)]
        .spacing(space::S2)
        .into()
}

/// An amount with its year: what it was is no promise of what it is.
fn fee(look: &Look<'_>, fee: &Fee) -> String {
    let amount = match fee.ore {
        Some(0) => look.t("guide-fee-free"),
        Some(ore) => {
            let (kroner, rest) = (i64::from(ore / 100), ore % 100);
            let kroner = look.texts.number(kroner);
            let comma = if look.texts.language() == crate::i18n::Language::Danish { ',' } else { '.' };
            if rest == 0 { format!("{kroner} kr.") } else { format!("{kroner}{comma}{rest:02} kr.") }
        }
        None => look.t("guide-fee-unknown"),
    };
    let label = fee.label.as_ref().map(|label| format!("{}: ", pick(look.texts, label))).unwrap_or_default();
    let year = fee.provenance.year.map(|year| format!(" ({year})")).unwrap_or_default();
    format!("{label}{amount}{year}")
}

fn source<'a>(look: &Look<'_>, one: Entry<'a>) -> Option<Element<'a, Message>> {
    let provenance = one.procedure.map(|p| &p.provenance).or_else(|| one.task.map(|task| &task.provenance))?;
    let mut said = look.t(words::certainty(provenance.certainty));
    if let Some(year) = provenance.year {
        said = format!("{said} · {year}");
    }
    let badge = tone_badge(look, Tone::Idle, Glyph::Closed, look.t("guide-source"));
    Some(row![badge, look.second(said)].spacing(space::S8).align_y(Alignment::Center).into())
}

fn citizen_text(look: &Look<'_>, text: &CitizenText) -> String {
    match look.texts.language() {
        crate::i18n::Language::Danish => text.da.clone(),
        crate::i18n::Language::English => text.en.clone(),
    }
}

const fn level_word(level: Level) -> &'static str {
    match level {
        Level::Guidance => "guide-level-1",
        Level::RuleBased => "guide-level-2",
        Level::Judgement => "guide-level-3",
    }
}

const fn yes_no(value: YesNo) -> &'static str {
    match value {
        YesNo::Yes => "guide-yes",
        YesNo::No => "guide-no",
        YesNo::Depends => "guide-depends",
        YesNo::NotApplicable => "guide-not-applicable",
    }
}
