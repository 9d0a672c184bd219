//! Contacts on all channels. What lives here: what was said, in both languages. What does not: who the people are.

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use skranke_domain::contact::{Channel, Outcome};
use skranke_domain::{ContactId, Localized};

use super::load::Contact;
use super::matters::Case;
use super::names::COLLEAGUES;
use super::rng::{Ids, Rng};
use crate::clock::instant;

type Saying = (Channel, &'static str, &'static str, Option<Outcome>);

const SAYINGS: &[Saying] = &[
    (Channel::Counter, "Afleverede papirer ved skranken", "Handed in papers at the counter", Some(Outcome::Settled)),
    (
        Channel::Counter,
        "Spurgte til sagen; det næste skridt forklaret",
        "Asked about the case; the next step explained",
        Some(Outcome::Settled),
    ),
    (Channel::Counter, "Mangler stadig et bilag", "One paper is still missing", Some(Outcome::MustSendPapers)),
    (
        Channel::Phone,
        "Spurgte, hvilke papirer der mangler",
        "Asked which papers are missing",
        Some(Outcome::MustSendPapers),
    ),
    (Channel::Phone, "Ønskede en anden tid", "Wanted another time", Some(Outcome::NewTime)),
    (Channel::Phone, "Stillet videre til sagsbehandleren", "Passed on to the caseworker", Some(Outcome::PassedOn)),
    (
        Channel::Phone,
        "Henvist til Udbetaling Danmark",
        "Referred to Udbetaling Danmark",
        Some(Outcome::ReferredElsewhere),
    ),
    (Channel::DigitalPost, "Kvittering for modtaget ansøgning", "Receipt for the application", None),
    (Channel::DigitalPost, "Anmodning om manglende oplysninger", "Request for missing information", None),
    (Channel::SelfService, "Ansøgning sendt", "Application sent", None),
    (Channel::SelfService, "Bilag sendt", "Paper sent", None),
    (Channel::Letter, "Brev om den videre behandling", "Letter about the further steps", None),
    (Channel::Email, "Spørgsmål om åbningstider", "Question about opening hours", Some(Outcome::Settled)),
    (Channel::Sms, "Påmindelse om tid", "Reminder of an appointment", None),
];

/// The contacts of somebody with cases, or now and then of somebody without.
pub fn of(seed: u64, ids: Ids, citizen: i64, cases: &[Case], today: Date) -> Vec<Contact> {
    let mut rng = Rng::of(seed, "contacts", citizen.unsigned_abs());
    let count = match cases.len() {
        0 => usize::from(rng.permille(120)),
        some => 1 + rng.below(2 + some),
    };
    (0..count)
        .map(|at| {
            let (channel, da, en, outcome) = *rng.pick(SAYINGS);
            let case = if cases.is_empty() || rng.permille(250) { None } else { Some(rng.pick(cases).no) };
            let day = today.checked_sub(rng.between(1, 120).days()).unwrap_or(today);
            let hour = i8::try_from(rng.between(9, 15)).unwrap_or(9);
            let minute = i8::try_from(rng.between(0, 59)).unwrap_or(0);
            let spoken = matches!(channel, Channel::Counter | Channel::Phone);
            Contact {
                id: ContactId(ids.get("contact", citizen * 16 + i64::try_from(at).unwrap_or(0))),
                citizen,
                case,
                channel,
                at: instant(day, Time::constant(hour, minute, 0, 0)),
                minutes: if spoken { u16::try_from(rng.between(2, 25)).ok() } else { None },
                text: Localized::new(da, en),
                by: spoken.then(|| (*rng.pick(COLLEAGUES)).to_owned()),
                outcome,
            }
        })
        .collect()
}
