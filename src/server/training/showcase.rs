//! The citizen who is always there: Kalina Testrup Wrona with her family. What lives here: exactly who they are. What does not:
//! everybody else (`people`, `matters`), and the citizen with very many cases (`heavy`).

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use skranke_api::cases::HistoryKind;
use skranke_domain::authority::Role;
use skranke_domain::checklist::ItemState;
use skranke_domain::citizen::{
    DigitalAbility, GroundOfStay, LanguageCode, Protection, RelationKind, Representation, RepresentationKind, age_on,
};
use skranke_domain::contact::{Channel, Outcome};
use skranke_domain::cpr::Sex;
use skranke_domain::procedure::{FactValue, Facts};
use skranke_domain::{CitizenId, ContactId, Localized, SituationId};
use uuid::Uuid;

use super::calendar::{Kept, showcase_day};
use super::load::Contact;
use super::matters::{Brief, Case, Clerkwork, Line, Mood, Situation};
use super::names::{self, FOREIGN};
use super::people::{Citizen, Family, Household, Link, Maker};
use super::rng::{Ids, Rng};
use crate::auth::persona_name;
use crate::clock::instant;

/// Everything about the showcase citizens.
#[derive(Default)]
pub struct Showcase {
    /// The people.
    pub home: Household,
    /// Their situations.
    pub situations: Vec<Situation>,
    /// Their cases.
    pub cases: Vec<Case>,
    /// Their contacts.
    pub contacts: Vec<Contact>,
    /// The times kept for them.
    pub kept: Vec<Kept>,
}

/// So many days from a day.
pub(super) fn days(today: Date, offset: i64) -> Date {
    today.checked_add(offset.days()).unwrap_or(today)
}

/// The first day of the month after next: when Kalina moves.
fn moving_day(today: Date) -> Date {
    let first = today.first_of_month();
    first.checked_add(2.months()).unwrap_or(first)
}

/// When Kalina was born.
pub const KALINA_BORN: Date = Date::constant(1990, 11, 12);

/// Kalina Testrup Wrona: a newcomer with two children, a protected address and cases at seven departments.
pub fn kalina(maker: &mut Maker, work: &mut Clerkwork<'_>, seed: u64) -> Option<Showcase> {
    let today = maker.today();
    let polish = &FOREIGN[0];
    let mut kalina = maker.person(polish, "Wrona".to_owned(), KALINA_BORN, Sex::Female)?;
    let mut leon = maker.person(polish, "Wrona".to_owned(), today.checked_sub(3.years().days(120)).ok()?, Sex::Male)?;
    let mut maja =
        maker.person(polish, "Wrona".to_owned(), today.checked_sub(7.years().days(60)).ok()?, Sex::Female)?;
    let mut danuta = maker.person(polish, "Wrona".to_owned(), Date::constant(1987, 3, 4), Sex::Female)?;
    for (person, given, surname) in [
        (&mut kalina, "Kalina", "Testrup Wrona"),
        (&mut leon, "Leon", "Wrona"),
        (&mut maja, "Maja", "Wrona"),
        (&mut danuta, "Danuta", "Wrona"),
    ] {
        person.given = given.to_owned();
        person.surname = surname.to_owned();
        person.profile.email = person.profile.email.as_ref().map(|_| names::email(given, surname, person.no));
    }
    // The department that is down remembers its last answer about those whose identifier is even: it does about her.
    let mut id = *kalina.id.0.as_bytes();
    id[15] &= 0xfe;
    kalina.id = CitizenId(Uuid::from_bytes(id));
    let address = names::address(&mut Rng::of(seed, "showcase", 1));
    for person in [&mut kalina, &mut leon, &mut maja] {
        person.address = Some(address.clone());
        person.protected = true;
        person.profile.protections = vec![Protection::NameAndAddress];
    }
    danuta.address = Some(names::address(&mut Rng::of(seed, "showcase", 2)));
    danuta.ground = GroundOfStay::EuWorker;
    kalina.ground = GroundOfStay::EuWorker;
    kalina.profile.languages = vec![LanguageCode("pl".to_owned()), LanguageCode("en".to_owned())];
    kalina.profile.interpreter = Some(LanguageCode("pl".to_owned()));
    kalina.profile.adviser = Some(persona_name(Role::Caseworker).to_owned());
    kalina.profile.digital_ability = DigitalAbility::Able;
    kalina.profile.exempt_from_digital_post = false;
    kalina.profile.email = Some(names::email("Kalina", "Wrona", kalina.no));
    kalina.profile.representations = vec![Representation {
        citizen: Some(danuta.id),
        name: "Danuta Wrona".to_owned(),
        kind: RepresentationKind::PowerOfAttorney,
        scope: None,
        until: Date::new(today.year(), 12, 31).ok(),
    }];
    for child in [&mut leon, &mut maja] {
        child.ground = GroundOfStay::Family;
        child.profile.representations = vec![Representation {
            citizen: Some(kalina.id),
            name: "Kalina Testrup Wrona".to_owned(),
            kind: RepresentationKind::Parent,
            scope: None,
            until: None,
        }];
    }
    let mut all = Showcase::default();
    let both = |a: i64, b: i64, ab: RelationKind, ba: RelationKind, same_household: bool| {
        [
            Link { citizen: a, other: b, kind: ab, same_household },
            Link { citizen: b, other: a, kind: ba, same_household },
        ]
    };
    use RelationKind::{Child, Parent, Sibling};
    all.home.links.extend(both(kalina.no, leon.no, Child, Parent, true));
    all.home.links.extend(both(kalina.no, maja.no, Child, Parent, true));
    all.home.links.extend(both(leon.no, maja.no, Sibling, Sibling, true));
    all.home.links.extend(both(kalina.no, danuta.no, Sibling, Sibling, false));
    all.home.family = Family { couple: false, children: 2, newcomer: true };
    kalina_cases(&mut all, work, &kalina, today)?;
    all.contacts = kalina_contacts(maker.ids, &all.cases, kalina.no, today);
    all.home.people = vec![kalina, leon, maja, danuta];
    Some(all)
}

/// The facts of Kalina's cases. Whether her certificates are in a language that is read here, nobody has asked.
fn kalina_facts(age: u16) -> Facts {
    let word = |text: &str| FactValue::Word(text.to_owned());
    let flag = FactValue::Flag;
    [
        ("person.age", FactValue::Number(age.into())),
        ("person.citizenship_group", word("eu")),
        ("person.has_cpr", flag(false)),
        ("person.has_admin_cpr", flag(false)),
        ("person.previously_registered_dk", flag(false)),
        ("person.guardian", flag(false)),
        ("person.civil_status", word("unmarried")),
        ("stay.ground", word("eu_worker")),
        ("stay.from_country_group", word("eu")),
        ("stay.months", FactValue::Number(1)),
        ("stay.moved_in", flag(true)),
        ("family.accompanying_children", flag(true)),
        ("family.accompanying_spouse", flag(false)),
        ("family.child_with_one_parent", flag(true)),
        ("family.parents_married", flag(false)),
        ("family.shared_custody", flag(false)),
        ("document.legalisation", word("none")),
        ("free_card_reason", flag(true)),
        ("residence_in_doubt", flag(false)),
        ("wants_fee_reduction", flag(true)),
        ("moved_to_copenhagen_within_3_months", flag(true)),
        ("has_foreign_or_self_employed_income", flag(false)),
        ("on_behalf_of_other", flag(false)),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

/// A case drawn by hand.
pub(super) struct Sketch<'a> {
    /// The procedure.
    pub procedure: &'a str,
    /// The situation.
    pub situation: Option<SituationId>,
    /// The caseworker.
    pub by: &'a str,
    /// Whether that is the persona of a role.
    pub role: Option<Role>,
    /// Days to the deadline; none without one.
    pub due_in: Option<i64>,
    /// How far it has come.
    pub mood: Mood,
    /// How far each item has come.
    pub items: &'a [(&'a str, ItemState)],
}

fn kalina_cases(all: &mut Showcase, work: &mut Clerkwork<'_>, kalina: &Citizen, today: Date) -> Option<()> {
    use ItemState::{Approved, Missing, Received, Rejected, Requested};
    let coordinator = format!("{}, KFF", persona_name(Role::Caseworker));
    let arriving = work.situation(kalina.no, "arrival-eu-worker", days(today, -22), Some(&coordinator))?;
    let moving = work.situation(kalina.no, "moving", moving_day(today), None)?;
    let illness = work.situation(kalina.no, "illness", days(today, -12), None)?;
    let divorce = work.situation(kalina.no, "divorce", days(today, -30), None)?;
    let clerk = persona_name(Role::Clerk);
    let moving_in = i64::from(today.until(moving_day(today)).map_or(50, |s| s.get_days()));
    let sketches = [
        Sketch {
            procedure: "daycare-place",
            situation: Some(arriving.id),
            by: "Per Ravnkilde",
            role: None,
            due_in: Some(1),
            mood: Mood::Awaiting,
            items: &[
                ("child-cpr", Approved),
                ("address-in-copenhagen", Approved),
                ("need-date", Requested),
                ("income-for-free-place", Approved),
                ("mover-reserved-place", Approved),
            ],
        },
        Sketch {
            procedure: "eu-residence-certificate",
            situation: Some(arriving.id),
            by: "SIRI, team 3",
            role: None,
            due_in: Some(9),
            mood: Mood::Awaiting,
            items: &[
                ("id-document", Approved),
                ("application-od1", Approved),
                ("employment", Requested),
                ("employer-confirmed", Approved),
                ("proof-of-pay", Missing),
                ("family-ties", Rejected),
            ],
        },
        Sketch {
            procedure: "cpr-eu-employee",
            situation: Some(arriving.id),
            by: clerk,
            role: Some(Role::Clerk),
            due_in: Some(0),
            mood: Mood::Ready,
            items: &[
                ("id-document", Approved),
                ("eu-residence-document", Approved),
                ("employment", Approved),
                ("proof-of-address", Received),
                ("child-birth-certificate", Approved),
                ("custody", Approved),
                ("translation", Missing),
                ("health-insurance-country", Approved),
                ("doctor-choice", Approved),
            ],
        },
        Sketch {
            procedure: "health-card-doctor",
            situation: Some(arriving.id),
            by: clerk,
            role: Some(Role::Clerk),
            due_in: Some(14),
            mood: Mood::Awaiting,
            items: &[("reason", Approved), ("identity", Approved), ("doctor-choice", Requested)],
        },
        Sketch {
            procedure: "danish-lessons",
            situation: Some(arriving.id),
            by: "Tove Hjortlund",
            role: None,
            due_in: Some(21),
            mood: Mood::ToCheck,
            items: &[("registered-address", Approved), ("application", Approved), ("schooling", Received)],
        },
        Sketch {
            procedure: "tax-card",
            situation: Some(arriving.id),
            by: "Skat",
            role: None,
            due_in: None,
            mood: Mood::Closed,
            items: &[],
        },
        Sketch {
            procedure: "deposit-loan",
            situation: Some(moving.id),
            by: "Signe Aabo",
            role: None,
            due_in: Some(17),
            mood: Mood::ToCheck,
            items: &[("lease", Approved), ("income", Approved), ("signatures", Received)],
        },
        Sketch {
            procedure: "move-domestic",
            situation: Some(moving.id),
            by: clerk,
            role: Some(Role::Clerk),
            due_in: Some(moving_in + 4),
            mood: Mood::Awaiting,
            items: &[
                ("identity", Approved),
                ("new-address", Requested),
                ("doctor-choice", Approved),
                ("protection", Approved),
            ],
        },
        Sketch {
            procedure: "resident-parking",
            situation: Some(moving.id),
            by: "TMF, parkering",
            role: None,
            due_in: Some(moving_in),
            mood: Mood::ToCheck,
            items: &[("registered-address", Received), ("vehicle", Approved), ("payment", Approved)],
        },
        Sketch {
            procedure: "assistive-aids",
            situation: Some(illness.id),
            by: "Grethe Lyngholm",
            role: None,
            due_in: Some(25),
            mood: Mood::Awaiting,
            items: &[],
        },
        Sketch {
            procedure: "social-support",
            situation: Some(divorce.id),
            by: "Dorthe Skærbæk",
            role: None,
            due_in: Some(5),
            mood: Mood::Awaiting,
            items: &[],
        },
    ];
    for sketch in sketches {
        let case = sketched(work, kalina, &sketch, kalina_facts(age_on(kalina.born, today)), today)?;
        if sketch.procedure == "cpr-eu-employee" {
            all.kept.push(Kept {
                day: showcase_day(today),
                counter: "counter-4",
                from: Time::constant(10, 20, 0, 0),
                minutes: 30,
                citizen: kalina.no,
                cases: vec![case.no],
                people: 3,
            });
        }
        all.cases.push(case);
    }
    all.situations.extend([arriving, moving, illness, divorce]);
    Some(())
}

/// The case that a sketch stands for.
pub(super) fn sketched(
    work: &mut Clerkwork<'_>,
    citizen: &Citizen,
    sketch: &Sketch<'_>,
    facts: Facts,
    today: Date,
) -> Option<Case> {
    let procedure = work.place(sketch.procedure)?;
    let brief = Brief {
        citizen,
        procedure,
        situation: sketch.situation,
        mood: sketch.mood,
        facts,
        due_in: sketch.due_in.unwrap_or(0),
    };
    let mut case = work.case(brief)?;
    case.responsible = sketch.by.to_owned();
    case.responsible_role = sketch.role;
    case.received = instant(days(today, -14), Time::constant(9, 40, 0, 0));
    case.deadline = sketch.due_in.map(|due| days(today, due));
    let seen = instant(days(today, -14), Time::constant(10, 5, 0, 0));
    let later = instant(days(today, -7), Time::constant(11, 30, 0, 0));
    for item in &mut case.items {
        if let Some((_, state)) = sketch.items.iter().find(|(slug, _)| *slug == item.id.as_str()) {
            if item.state == ItemState::NotApplicable {
                continue;
            }
            item.state = *state;
            item.reason = (*state == ItemState::Rejected).then(|| "Maja står ikke på attesten".to_owned());
            item.by = matches!(state, ItemState::Approved | ItemState::Rejected).then(|| "Nina Krogh".to_owned());
            item.at =
                (*state != ItemState::Missing).then_some(if *state == ItemState::Approved { seen } else { later });
        }
    }
    // Such cases tell the whole story, not only its last lines.
    let line = |at, kind| Line { at, by: None, kind, item: None, state: None, reason: None };
    let mut lines = vec![line(case.received, HistoryKind::Received)];
    for item in &case.items {
        if let Some(at) = item.at {
            lines.push(Line {
                at,
                by: item.by.clone(),
                kind: HistoryKind::Item,
                item: Some(item.id.clone()),
                state: Some(item.state),
                reason: item.reason.clone(),
            });
        }
    }
    lines.sort_by_key(|l| l.at);
    if sketch.mood == Mood::Closed {
        lines.push(line(instant(days(today, -5), Time::constant(7, 10, 0, 0)), HistoryKind::Closed));
    }
    case.history = lines;
    Some(case)
}

fn kalina_contacts(ids: Ids, cases: &[Case], citizen: i64, today: Date) -> Vec<Contact> {
    use Channel::{Counter, DigitalPost, Email, Letter, Phone, SelfService, Sms};
    // Day, hour, minute, channel, minutes, the case's place in the list of her cases, Danish, English, who, how it ended.
    type Said = (
        i64,
        i8,
        i8,
        Channel,
        Option<u16>,
        Option<usize>,
        &'static str,
        &'static str,
        Option<&'static str>,
        Option<Outcome>,
    );
    let said: [Said; 12] = [
        (
            0,
            10,
            2,
            Counter,
            None,
            None,
            "Trak nummer: »EU-papirer, dagtilbud«",
            "Took ticket: “EU papers, daycare”",
            None,
            None,
        ),
        (
            -1,
            13,
            20,
            Phone,
            Some(6),
            Some(1),
            "Spurgte, hvilken kontrakt SIRI vil have. Svar: underskrevet af begge.",
            "Asked which contract SIRI wants. Told: signed by both sides.",
            Some("Nina Krogh"),
            Some(Outcome::MustSendPapers),
        ),
        (
            -4,
            9,
            0,
            DigitalPost,
            None,
            Some(0),
            "Tilbud om plads, Børnehuset Tangloppen. Ikke åbnet",
            "Daycare offer, Børnehuset Tangloppen. Not opened",
            None,
            None,
        ),
        (
            -5,
            7,
            10,
            SelfService,
            None,
            Some(5),
            "Skattekort bestilt og udstedt",
            "Tax card ordered and issued",
            None,
            None,
        ),
        (
            -7,
            12,
            0,
            Letter,
            None,
            Some(1),
            "Anmodning om ansættelseskontrakt (SIRI), på polsk",
            "Request for employment contract (SIRI), in Polish",
            None,
            None,
        ),
        (
            -9,
            11,
            15,
            Counter,
            Some(12),
            Some(10),
            "Samtale om støtte i hverdagen",
            "Conversation about support in everyday life",
            Some("Dorthe Skærbæk"),
            Some(Outcome::PassedOn),
        ),
        (
            -14,
            10,
            0,
            Counter,
            Some(18),
            Some(2),
            "Indrejse registreret. Pas og fødselsattester set",
            "Entry registered. Passport, birth certificates seen",
            Some("Nina Krogh"),
            Some(Outcome::NewTime),
        ),
        (
            -15,
            8,
            30,
            Sms,
            None,
            Some(2),
            "Påmindelse om tid i morgen",
            "Reminder of tomorrow's appointment",
            None,
            None,
        ),
        (
            -16,
            14,
            5,
            Email,
            None,
            None,
            "Spurgte om åbningstider",
            "Asked about opening hours",
            None,
            Some(Outcome::Settled),
        ),
        (
            -18,
            10,
            45,
            Phone,
            Some(9),
            Some(4),
            "Danskuddannelse: niveautest forklaret",
            "Danish lessons: placement test explained",
            Some("Tove Hjortlund"),
            Some(Outcome::Settled),
        ),
        (
            -20,
            16,
            20,
            SelfService,
            None,
            Some(2),
            "Ansøgning om CPR-nummer sendt",
            "Application for a CPR number sent",
            None,
            None,
        ),
        (
            -22,
            9,
            30,
            Counter,
            Some(15),
            None,
            "Første besøg. Vejledt om papirerne",
            "First visit. Guided on the papers",
            Some("Rikke Stenlev"),
            Some(Outcome::MustSendPapers),
        ),
    ];
    (0_i64..)
        .zip(said)
        .map(|(at, (day, hour, minute, channel, minutes, case, da, en, by, outcome))| Contact {
            id: ContactId(ids.get("showcase contact", at + 1)),
            citizen,
            case: case.and_then(|place| cases.get(place)).map(|c| c.no),
            channel,
            at: instant(days(today, day), Time::constant(hour, minute, 0, 0)),
            minutes,
            text: Localized::new(da, en),
            by: by.map(str::to_owned),
            outcome,
        })
        .collect()
}
