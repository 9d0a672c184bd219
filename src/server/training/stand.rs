//! The citizen at a stand of the training municipality: what she has typed at a moment. What lives here: a script, and where it stands. What
//! does not: the ticket, who watches.
//!
//! Where she is follows from when she began, from the clock, and from when a clerk pointed at the field she hesitates at. Nothing is stored
//! and nothing is drawn by chance, so a picture of a moment is always the same picture.

use jiff::{SignedDuration, Timestamp};
use skranke_api::tickets::{StandField, StandSession, StandStep, StandStepState};
use skranke_domain::catalogue::Catalogue;
use skranke_domain::{Localized, ProcedureId};

use crate::store::stands::Session;

/// After so many milliseconds she has signed in with MitID.
const SIGNED_IN_MS: i64 = 33_000;
/// So long she looks at a field before she types, in milliseconds.
const LOOKS_MS: i64 = 1_500;
/// So long a character takes her, in milliseconds.
const KEY_MS: i64 = 650;
/// So long she needs to read a page and go on, in milliseconds.
const TURNS_MS: i64 = 17_850;
/// So soon she goes on after a clerk pointed at the field, in milliseconds.
const HELPED_MS: i64 = 3_000;

/// What she types into a field.
struct Typed {
    id: &'static str,
    label: (&'static str, &'static str),
    hint: Option<(&'static str, &'static str)>,
    text: &'static str,
    /// After so many characters she hesitates so many milliseconds, unless somebody points at the field.
    hesitates: Option<(usize, i64)>,
}

/// A page of the form.
struct Page {
    heading: (&'static str, &'static str),
    fields: &'static [Typed],
}

const fn typed(id: &'static str, label: (&'static str, &'static str), text: &'static str) -> Typed {
    Typed { id, label, hint: None, text, hesitates: None }
}

/// The notification of a move. The street is invented.
const PAGES: &[Page] = &[
    Page {
        heading: ("Hvem flytter?", "Who moves?"),
        fields: &[typed("people", ("Antal personer", "How many people"), "1")],
    },
    Page {
        heading: ("Hvor flytter du hen?", "Where do you move to?"),
        fields: &[
            Typed {
                id: "street",
                label: ("Vej og nummer", "Street and number"),
                hint: None,
                text: "Tangstien 14, 2. tv.",
                hesitates: Some((11, 110_000)),
            },
            Typed {
                id: "move-in",
                label: ("Indflytningsdato", "Move-in date"),
                hint: Some(("dd-mm-åååå", "dd-mm-yyyy")),
                text: "01-07-2026",
                hesitates: None,
            },
        ],
    },
    Page {
        heading: ("Hvordan bor du der?", "How do you live there?"),
        fields: &[
            typed("tenure", ("Lejer, ejer eller logerende", "Tenant, owner or lodger"), "Lejer"),
            Typed {
                id: "landlord",
                label: ("Udlejer", "Landlord"),
                hint: None,
                text: "Boligforeningen Tangen",
                hesitates: Some((0, 25_000)),
            },
        ],
    },
    Page {
        heading: ("Send", "Send"),
        fields: &[typed("confirm", ("Skriv dine initialer", "Write your initials"), "LT")],
    },
];

/// A field as far as it came.
#[derive(Clone, Copy)]
struct At {
    page: usize,
    field: usize,
    characters: usize,
    since: i64,
    over: bool,
}

/// Where the script stands so many milliseconds after she began.
fn place(elapsed: i64, pointed: Option<(&str, i64)>) -> At {
    let mut clock = SIGNED_IN_MS;
    let mut at = At { page: 0, field: 0, characters: 0, since: 0, over: false };
    for (page, form) in PAGES.iter().enumerate() {
        clock += if page == 0 { 0 } else { TURNS_MS };
        for (field, typed) in form.fields.iter().enumerate() {
            let begins = clock;
            if elapsed < begins && (page, field) != (0, 0) {
                return at;
            }
            at = At { page, field, characters: 0, since: begins.min(elapsed.max(0)), over: false };
            clock += LOOKS_MS;
            let length = typed.text.chars().count();
            for character in 0..length {
                if let Some((_, waits)) = typed.hesitates.filter(|(after, _)| *after == character) {
                    // Pointing helps from the moment it is seen; it cannot help before she hesitates.
                    let helped = pointed.filter(|(id, when)| *id == typed.id && *when < clock + waits);
                    clock = helped.map_or(clock + waits, |(_, when)| when.max(clock) + HELPED_MS);
                }
                clock += KEY_MS;
                if elapsed < clock {
                    return at;
                }
                at.characters = character + 1;
            }
        }
    }
    clock += TURNS_MS;
    At { over: elapsed >= clock, ..at }
}

fn milliseconds(session: &Session, now: Timestamp) -> (i64, Option<(&str, i64)>) {
    let after = |at: Timestamp| at.as_millisecond() - session.began.as_millisecond();
    (after(now), session.pointed.as_ref().map(|(id, at)| (id.as_str(), after(*at))))
}

/// Whether she has sent the form.
#[must_use]
pub fn is_over(session: &Session, now: Timestamp) -> bool {
    let (elapsed, pointed) = milliseconds(session, now);
    place(elapsed, pointed).over
}

fn both((da, en): (&str, &str)) -> Localized {
    Localized::new(da, en)
}

/// What a clerk sees of a form at a stand.
#[must_use]
pub fn at(catalogue: &Catalogue, session: &Session, now: Timestamp) -> StandSession {
    let (elapsed, pointed) = milliseconds(session, now);
    let at = place(elapsed, pointed);
    let moment = |ms: i64| session.began + SignedDuration::from_millis(ms);
    let (number, count) = (at.page + 1, PAGES.len());
    let signed_in = elapsed >= SIGNED_IN_MS;
    let step = |label: Localized, state: StandStepState| StandStep { label, state, at: None };
    let form = match (signed_in, at.over) {
        (_, true) => StandStepState::Done,
        (true, false) => StandStepState::Going,
        (false, false) => StandStepState::Open,
    };
    let steps = vec![
        StandStep {
            at: signed_in.then(|| moment(SIGNED_IN_MS)),
            ..step(
                Localized::new("Logget ind med MitID", "Logged in with MitID"),
                if signed_in { StandStepState::Done } else { StandStepState::Going },
            )
        },
        step(
            Localized::new(format!("Formular, side {number} af {count}"), format!("Form, page {number} of {count}")),
            form,
        ),
        step(
            Localized::new("Lejekontrakt", "Tenancy contract"),
            if at.over { StandStepState::Done } else { StandStepState::Open },
        ),
        step(Localized::new("Lægen følger adressen", "Doctor follows the address"), StandStepState::Automatic),
    ];
    // invariant: the script never stands beside its own pages.
    let page = PAGES.get(at.page).unwrap_or(&PAGES[0]);
    let fields = page.fields.iter().enumerate().map(|(place, typed)| {
        let shown = match place.cmp(&at.field) {
            std::cmp::Ordering::Less => usize::MAX,
            std::cmp::Ordering::Equal => at.characters,
            std::cmp::Ordering::Greater => 0,
        };
        StandField {
            id: typed.id.to_owned(),
            label: both(typed.label),
            value: typed.text.chars().take(shown).collect(),
            hint: typed.hint.map(both),
            active: signed_in && !at.over && place == at.field,
        }
    });
    let active = page.fields.get(at.field).map(|typed| typed.id);
    StandSession {
        ticket: session.ticket,
        title: title(catalogue),
        page: u16::try_from(number).unwrap_or(1),
        pages: u16::try_from(count).unwrap_or(1),
        steps,
        heading: both(page.heading),
        fields: fields.collect(),
        on_field_since: moment(at.since),
        // She has seen it and gone on: then nobody points any more.
        pointed: session.pointed.as_ref().map(|(id, _)| id.clone()).filter(|id| active == Some(id.as_str())),
    }
}

fn title(catalogue: &Catalogue) -> Localized {
    let moving = ProcedureId::parse("move-domestic").ok();
    let known = moving.and_then(|id| catalogue.procedure(&id));
    known.map_or_else(|| Localized::new("Flytning", "Change of address"), |procedure| procedure.title.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use skranke_domain::{CounterId, TicketId};

    fn session(pointed: Option<(&str, i64)>) -> Session {
        let began: Timestamp = "2026-06-09T08:04:27Z".parse().unwrap();
        Session {
            counter: CounterId::parse("stand-2").unwrap(),
            ticket: TicketId::new(),
            began,
            pointed: pointed.map(|(id, after)| (id.to_owned(), began + SignedDuration::from_secs(after))),
        }
    }

    fn look(session: &Session, seconds: i64) -> StandSession {
        let catalogue = Catalogue::builtin().unwrap();
        at(&catalogue, session, session.began + SignedDuration::from_secs(seconds))
    }

    #[test]
    fn he_signs_in_types_a_character_at_a_time_and_hesitates_at_the_number_of_the_house() {
        let session = session(None);
        assert_eq!(look(&session, 10).steps[0].state, StandStepState::Going);
        let view = look(&session, 93);
        assert_eq!((view.page, view.pages, view.heading.en.as_str()), (2, 4, "Where do you move to?"));
        assert_eq!(view.steps[0].at, Some("2026-06-09T08:05:00Z".parse().unwrap()));
        assert_eq!(view.fields[0].value, "Tangstien 1");
        assert!(view.fields[0].active && view.fields[1].value.is_empty() && view.fields[1].hint.is_some());
        let lengths: Vec<usize> = (53..68).map(|s| look(&session, s).fields[0].value.chars().count()).collect();
        assert!(lengths.windows(2).all(|pair| pair[1] == pair[0] || pair[1] <= pair[0] + 2), "{lengths:?}");
        assert!(
            look(&session, 600).steps[1].state == StandStepState::Done
                && is_over(&session, session.began + SignedDuration::from_secs(600))
        );
        assert!(!is_over(&session, session.began + SignedDuration::from_secs(120)));
    }

    #[test]
    fn he_goes_on_soon_after_somebody_points_at_the_field() {
        let alone = look(&session(None), 103);
        let helped = session(Some(("street", 94)));
        assert_eq!(look(&helped, 95).pointed.as_deref(), Some("street"));
        assert!(look(&helped, 103).fields[0].value.len() > alone.fields[0].value.len());
        let later = look(&helped, 112);
        assert_eq!((later.pointed.as_deref(), later.fields[1].active), (None, true));
        let other = session(Some(("move-in", 94)));
        assert_eq!(look(&other, 103).fields[0].value, alone.fields[0].value, "pointing at another field does not help");
    }
}
