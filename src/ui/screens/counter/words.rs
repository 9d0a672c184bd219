//! What the queue says: about papers, waiting, booked times, who calls, what was done. What does not live here: how it is laid out.

use skranke_api::tickets::{AtWork, Expected, Ticket, TicketChange};
use skranke_desk::Desk;
use skranke_desk::counter::{Group, NoCall, Said, Trouble};
use skranke_domain::authority::Role;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::queue::{Availability, CallReason, TicketState, Triage};

use crate::assets::{Glyph, Icon};
use crate::i18n::{Arg, Texts};
use crate::screens::Scene;
use crate::screens::sentence::spoken;
use crate::screens::words::pick;
use crate::theme::Look;
use crate::widget::Tone;

/// A shape before words.
pub(super) enum Mark {
    Glyph(Glyph),
    Icon(Icon),
}

/// How many papers are named before the rest is counted.
const NAMED: usize = 2;

fn count(n: usize) -> Arg<'static> {
    i64::try_from(n).unwrap_or(i64::MAX).into()
}

pub(super) fn minutes(look: &Look<'_>, minutes: i64) -> String {
    look.with("queue-minutes", &[("minutes", minutes.into())])
}

/// Shape and colour of what was found out about papers.
pub(super) const fn triage_mark(triage: Triage) -> (Mark, Tone) {
    match triage {
        Triage::AllHere | Triage::Stand => (Mark::Glyph(Glyph::Approved), Tone::Ok),
        Triage::Missing => (Mark::Glyph(Glyph::Missing), Tone::Alert),
        Triage::Elsewhere => (Mark::Icon(Icon::ArrowRight), Tone::Accent),
        Triage::Unknown => (Mark::Glyph(Glyph::NotNeeded), Tone::Idle),
    }
}

pub(super) const fn triage_word(triage: Triage) -> &'static str {
    match triage {
        Triage::AllHere => "queue-papers-here",
        Triage::Missing => "queue-papers-missing",
        Triage::Stand => "queue-papers-stand",
        Triage::Elsewhere => "queue-papers-elsewhere",
        Triage::Unknown => "queue-papers-unknown",
    }
}

/// The same in one or two words, for a chip.
pub(super) const fn triage_short(triage: Triage) -> &'static str {
    match triage {
        Triage::AllHere => "queue-short-here",
        Triage::Missing => "queue-short-missing",
        Triage::Stand => "queue-short-stand",
        Triage::Elsewhere => "queue-short-elsewhere",
        Triage::Unknown => "queue-short-unknown",
    }
}

/// The papers of a ticket by name, the first two of them.
pub(super) fn named(texts: &Texts, ticket: &Ticket) -> Option<String> {
    let names: Vec<&str> = ticket.papers.iter().take(NAMED).map(|paper| pick(texts, paper)).collect();
    let more = ticket.papers.len().saturating_sub(NAMED);
    match (names.is_empty(), more) {
        (true, _) => None,
        (false, 0) => Some(names.join(", ")),
        (false, more) => {
            Some(texts.with("queue-and-more", &[("names", names.join(", ").into()), ("count", count(more))]))
        }
    }
}

/// What was found out about papers, as a line says it.
pub(super) fn papers(scene: Scene<'_>, ticket: &Ticket) -> String {
    let look = scene.look;
    let host = scene.desk.session.me.value().is_some_and(|me| me.role == Role::Host);
    match (ticket.triage, named(look.texts, ticket)) {
        (Triage::Missing, Some(papers)) => {
            let id = if host { "queue-missing-scan" } else { "queue-missing-host" };
            look.with(id, &[("papers", papers.into())])
        }
        (Triage::Missing, None) if !host => look.t("queue-missing-some-host"),
        (Triage::Elsewhere, Some(where_)) => look.with("queue-elsewhere-named", &[("where", where_.into())]),
        (triage, _) => look.t(triage_word(triage)),
    }
}

/// What it is for, and for how many.
pub(super) fn reason(scene: Scene<'_>, ticket: &Ticket) -> String {
    let look = scene.look;
    let reason = pick(look.texts, &ticket.reason).to_owned();
    if ticket.people > 1 {
        let args = [("reason", reason.into()), ("people", i64::from(ticket.people).into())];
        look.with("queue-reason-people", &args)
    } else {
        reason
    }
}

fn time(scene: Scene<'_>, at: jiff::Timestamp) -> String {
    scene.look.texts.time(at.to_zoned(scene.desk.tz().clone()).time())
}

/// "10:20 booked, 4 min early".
pub(super) fn booked(scene: Scene<'_>, ticket: &Ticket) -> Option<String> {
    let booked = ticket.booked?;
    let late = ticket.came.duration_since(booked).as_mins();
    let (id, minutes) = match late {
        0 => ("queue-booked-on-time", 0),
        late if late > 0 => ("queue-booked-late", late),
        early => ("queue-booked-early", -early),
    };
    Some(scene.look.with(id, &[("time", time(scene, booked).into()), ("minutes", minutes.into())]))
}

/// A language by its name, or by its code where it has none.
pub(super) fn language(texts: &Texts, language: &LanguageCode) -> String {
    let id = format!("language-{}", language.0);
    if texts.has(&id) { texts.t(&id) } else { language.0.to_uppercase() }
}

/// What else must be known before she is called.
pub(super) fn more(scene: Scene<'_>, ticket: &Ticket) -> Vec<(Icon, String)> {
    let look = scene.look;
    let mut all = Vec::new();
    if let Some(booked) = booked(scene, ticket) {
        all.push((Icon::Clock, booked));
    }
    if let Some(language) = &ticket.language {
        let language = self::language(look.texts, language);
        all.push((Icon::Languages, look.with("queue-interpreter", &[("language", language.into())])));
    }
    if ticket.private_room {
        all.push((Icon::Lock, look.t("queue-private-room")));
    }
    let now = look.now.timestamp();
    if let Some(until) = ticket.not_before.filter(|until| *until > now) {
        all.push((Icon::Timer, look.with("queue-not-before", &[("time", time(scene, until).into())])));
    }
    if let Some(card) = ticket.card.as_deref().filter(|card| !card.trim().is_empty()) {
        all.push((Icon::Message, card.to_owned()));
    } else if let Some(text) = ticket.text.as_deref().filter(|text| !text.trim().is_empty()) {
        all.push((Icon::Note, text.to_owned()));
    }
    all
}

/// What a screen reader says of a line.
pub(super) fn name(scene: Scene<'_>, ticket: &Ticket) -> String {
    let look = scene.look;
    let waited = skranke_desk::counter::minutes_waited(ticket, look.now.timestamp());
    let said = match Group::of(ticket.state) {
        Some(Group::Waiting) => papers(scene, ticket),
        _ => standing(scene, ticket).0,
    };
    let args = [
        ("number", ticket.number.clone().into()),
        ("minutes", waited.into()),
        ("reason", reason(scene, ticket).into()),
        ("papers", said.into()),
    ];
    let mut name = look.with("queue-row-name", &args);
    for (_, more) in more(scene, ticket) {
        name.push_str(", ");
        name.push_str(&more);
    }
    name
}

/// Where somebody stands who does not wait in the queue, and since when.
pub(super) fn standing(scene: Scene<'_>, ticket: &Ticket) -> (String, String) {
    let look = scene.look;
    let since = look.now.timestamp().duration_since(ticket.since).as_mins().max(0);
    let place = ticket.counter.as_ref().and_then(|id| {
        let all = scene.desk.session.sites.iter().flat_map(|site| &site.counters);
        all.into_iter().find(|counter| counter.id == *id).map(|counter| pick(look.texts, &counter.name).to_owned())
    });
    let card = ticket.card.clone().filter(|card| !card.trim().is_empty());
    let said = match ticket.state {
        TicketState::Called => match (place, ticket.calls) {
            (Some(place), 0 | 1) => place,
            (Some(place), calls) => {
                look.with("queue-called-again", &[("place", place.into()), ("calls", i64::from(calls).into())])
            }
            (None, _) => reason(scene, ticket),
        },
        _ => card.unwrap_or_else(|| reason(scene, ticket)),
    };
    (said, minutes(look, since))
}

pub(super) fn group(look: &Look<'_>, group: Group, n: usize) -> String {
    let id = match group {
        Group::Waiting => "queue-waiting",
        Group::Called => "queue-group-called",
        Group::Parked => "queue-group-parked",
        Group::Returning => "queue-group-returning",
    };
    look.with(id, &[("count", count(n))])
}

pub(super) fn open_papers(look: &Look<'_>, one: &Expected) -> String {
    if one.papers.open == 0 {
        look.t("queue-papers-here")
    } else {
        look.with("queue-expected-open", &[("count", i64::from(one.papers.open).into())])
    }
}

pub(super) const fn availability_word(availability: Availability) -> &'static str {
    match availability {
        Availability::Available => "queue-available",
        Availability::Busy => "queue-busy",
        Availability::OnHold => "queue-on-hold",
        Availability::Lunch => "queue-lunch",
        Availability::Away => "queue-away",
    }
}

pub(super) const fn availability_mark(availability: Availability) -> (Glyph, Tone) {
    match availability {
        Availability::Available => (Glyph::Live, Tone::Ok),
        Availability::Busy => (Glyph::InProgress, Tone::Accent),
        Availability::OnHold => (Glyph::Waiting, Tone::Wait),
        Availability::Lunch | Availability::Away => (Glyph::NotNeeded, Tone::Idle),
    }
}

/// "Ida Mellemgaard asks for help: …".
pub(super) fn asks_for_help(look: &Look<'_>, one: &AtWork) -> String {
    let with = one.wants_help.clone().unwrap_or_default();
    let id = if with.trim().is_empty() { "queue-help-asked" } else { "queue-help-asked-with" };
    look.with(id, &[("name", one.staff.name.clone().into()), ("with", with.into())])
}

/// Why nobody can be called now.
pub(super) fn no_call(texts: &Texts, why: NoCall) -> String {
    texts.t(match why {
        NoCall::Line => "queue-no-line",
        NoCall::NotKnown => "queue-not-known",
        NoCall::Role => "queue-no-call-role",
        NoCall::NoCounter => "queue-no-call-counter",
        NoCall::StandsTaken => "queue-no-call-stands",
    })
}

const fn call_reason(reason: CallReason) -> &'static str {
    match reason {
        CallReason::BookedTime => "queue-why-booked",
        CallReason::Returned => "queue-why-returned",
        CallReason::WaitedTooLong => "queue-why-too-long",
        CallReason::LongestWait => "queue-why-longest",
        CallReason::Chosen => "queue-why-chosen",
    }
}

const fn deed(change: &TicketChange) -> &'static str {
    match change {
        TicketChange::Call { .. } => "queue-did-call",
        TicketChange::Recall => "queue-did-recall",
        TicketChange::Start => "queue-did-start",
        TicketChange::Park { .. } => "queue-did-park",
        TicketChange::Resume { .. } => "queue-did-resume",
        TicketChange::Transfer { .. } => "queue-did-transfer",
        TicketChange::Finish { .. } | TicketChange::Wrapped => "queue-did-finish",
        TicketChange::Noshow => "queue-did-noshow",
        TicketChange::Later { .. } => "queue-did-later",
        TicketChange::SendOff { .. } => "queue-did-send-off",
        TicketChange::Back => "queue-did-back",
        TicketChange::Identify { .. } => "queue-did-identify",
        TicketChange::Sort { .. } => "queue-did-sort",
        TicketChange::Room { private_room: true } => "queue-did-room",
        TicketChange::Room { private_room: false } => "queue-did-no-room",
    }
}

/// What was done last, or why it was not, with its tone.
pub(super) fn said(texts: &Texts, desk: &Desk, said: &Said) -> (Tone, String) {
    let with = |id: &str, number: &str| texts.with(id, &[("number", number.to_owned().into())]);
    match said {
        Said::Called(number, reason) => (Tone::Ok, with(call_reason(*reason), number)),
        Said::Nobody => (Tone::Idle, texts.t("queue-nobody-for-you")),
        Said::AskFirst(id) => {
            let ticket = desk.counter.as_ref().and_then(|page| page.ticket(*id));
            let number = ticket.map(|ticket| ticket.number.clone()).unwrap_or_default();
            let papers = ticket.and_then(|ticket| named(texts, ticket));
            let id = if papers.is_some() { "queue-ask-first" } else { "queue-ask-first-some" };
            (Tone::Wait, texts.with(id, &[("number", number.into()), ("papers", papers.unwrap_or_default().into())]))
        }
        Said::Newer(number) => (Tone::Wait, with("queue-newer", number)),
        Said::Failed(number, error) => {
            let why = spoken(texts, error);
            let said = match number {
                Some(number) => texts.with("queue-failed", &[("number", number.clone().into()), ("why", why.into())]),
                None => why,
            };
            (Tone::Alert, said)
        }
        Said::Unsure(_) => (Tone::Wait, texts.t("queue-unsure")),
        Said::Done(number, change) => (Tone::Ok, with(deed(change), number)),
        Said::Given(number) => (Tone::Ok, with("queue-given", number)),
        Said::CheckedIn(number) => (Tone::Ok, with("queue-checked-in", number)),
        Said::HelpAsked => (Tone::Accent, texts.t("queue-help-sent")),
        Said::NoStand => (Tone::Wait, texts.t("queue-no-stand")),
        Said::NoLine => (Tone::Wait, texts.t("queue-no-line")),
    }
}

pub(super) const fn tone_mark(tone: Tone) -> Glyph {
    match tone {
        Tone::Ok => Glyph::Approved,
        Tone::Accent => Glyph::InProgress,
        Tone::Wait => Glyph::Overdue,
        Tone::Alert => Glyph::Rejected,
        Tone::Idle => Glyph::NotNeeded,
    }
}

/// What keeps a sheet from being sent.
pub(super) fn trouble(texts: &Texts, trouble: &Trouble) -> String {
    match trouble {
        Trouble::NothingSaid => texts.t("queue-trouble-nothing-said"),
        Trouble::TooLong => texts.t("queue-trouble-too-long"),
        Trouble::NotChosen => texts.t("queue-trouble-not-chosen"),
        Trouble::Gone => texts.t("queue-trouble-gone"),
        Trouble::Refused(error) if error.is_line_down() => texts.t("queue-unsure"),
        Trouble::Refused(error) => spoken(texts, error),
    }
}
