//! Life situations and cases for people. What lives here: which procedures somebody has, the facts, and how far each case has come. What
//! does not: the checklist's rules (the domain adds everything up), the showcase citizens (`showcase`).

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};
use skranke_api::cases::HistoryKind;
use skranke_domain::authority::Role;
use skranke_domain::case::Phase;
use skranke_domain::catalogue::Catalogue;
use skranke_domain::checklist::{Due, ItemState};
use skranke_domain::citizen::{CitizenshipGroup, CivilStatus, GroundOfStay, age_on};
use skranke_domain::holidays::add_days_inclusive;
use skranke_domain::procedure::condition::Verdict;
use skranke_domain::procedure::{FactValue, Facts, Procedure};
use skranke_domain::{ItemId, LifeSituationId, SituationId};
use uuid::Uuid;

use super::names;
use super::people::{Citizen, Family};
use super::rng::{Ids, Rng};
use crate::auth::{persona_id, persona_name};
use crate::clock::instant;

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Nothing came yet.
    Fresh,
    /// Some papers are there, some are asked for.
    Awaiting,
    /// A paper came and awaits a look.
    ToCheck,
    /// A paper was turned down.
    Rejected,
    /// Everything due before the visit is in order.
    Ready,
    /// It is decided and not yet issued.
    Decided,
    /// It is over.
    Closed,
}

/// An item of a case to be.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its slug.
    pub id: ItemId,
    /// When it is due.
    pub due: Due,
    /// Its state.
    pub state: ItemState,
    /// Why.
    pub reason: Option<String>,
    /// Who changed it last.
    pub by: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
    /// Facts that nobody knows.
    pub unknown: Vec<String>,
}

/// A life situation to be.
#[derive(Clone, Debug)]
pub struct Situation {
    /// Its identifier.
    pub id: SituationId,
    /// Whose.
    pub citizen: i64,
    /// Its kind.
    pub kind: LifeSituationId,
    /// Since when.
    pub since: Date,
    /// Who holds it together.
    pub coordinator: Option<String>,
}

/// A line of a case's history to be.
#[derive(Clone, Debug)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// Who; none for the system.
    pub by: Option<String>,
    /// What.
    pub kind: HistoryKind,
    /// The item.
    pub item: Option<ItemId>,
    /// The state it reached.
    pub state: Option<ItemState>,
    /// The reason.
    pub reason: Option<String>,
}

/// A case to be.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its number inside the database.
    pub no: i64,
    /// Its identifier.
    pub id: Uuid,
    /// Its number for people.
    pub number: String,
    /// Whose.
    pub citizen: i64,
    /// The citizen's municipality.
    pub municipality: String,
    /// The procedure's place in the catalogue.
    pub procedure: usize,
    /// The situation.
    pub situation: Option<SituationId>,
    /// Its phase.
    pub phase: Phase,
    /// The caseworker.
    pub responsible: String,
    /// Whether that is the persona of a role.
    pub responsible_role: Option<Role>,
    /// When it was received.
    pub received: Timestamp,
    /// Its deadline.
    pub deadline: Option<Date>,
    /// The facts.
    pub facts: Facts,
    /// The checklist.
    pub items: Vec<Item>,
    /// The history, oldest first.
    pub history: Vec<Line>,
}

/// Makes cases.
pub struct Clerkwork<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    seed: u64,
    ids: Ids,
    today: Date,
    next_case: i64,
    next_situation: i64,
    /// Kinds that have procedures of departments that are asked, with those procedures' places.
    kinds: Vec<(LifeSituationId, Vec<usize>)>,
}

/// Procedures that came to the catalogue after the training municipality: only people drawn by hand have cases of them, so that everybody
/// else's cases and times stay as they were.
const BY_HAND: &[&str] = &[
    "child-allowance",
    "child-maintenance",
    "fee-reduction",
    "funeral-assistance",
    "housing-benefit",
    "instalment-review",
    "nemkonto",
    "old-age-pension",
    "personal-supplement",
];

/// Whether chance hands out cases of a procedure: those of departments that are asked.
pub(super) fn is_by_chance(procedure: &Procedure) -> bool {
    crate::routes::overview::ASKED.contains(&procedure.department.as_str()) && !BY_HAND.contains(&procedure.id.as_str())
}

/// What a case is made from.
pub struct Brief<'a> {
    /// Whose.
    pub citizen: &'a Citizen,
    /// Its procedure's place in the catalogue.
    pub procedure: usize,
    /// Its situation.
    pub situation: Option<SituationId>,
    /// How far it has come.
    pub mood: Mood,
    /// The facts.
    pub facts: Facts,
    /// Days from today to its deadline.
    pub due_in: i64,
}

impl<'a> Clerkwork<'a> {
    /// A maker of cases for a seed and a day.
    #[must_use]
    pub fn new(catalogue: &'a Catalogue, seed: u64, today: Date) -> Self {
        let kinds = catalogue
            .life_situations
            .iter()
            .map(|kind| {
                let places = catalogue
                    .procedures
                    .iter()
                    .enumerate()
                    .filter(|(_, p)| is_by_chance(p) && p.life_situations.contains(&kind.id));
                (kind.id.clone(), places.map(|(at, _)| at).collect::<Vec<_>>())
            })
            .filter(|(_, places)| !places.is_empty())
            .collect();
        Self { catalogue, seed, ids: Ids::new(seed), today, next_case: 1, next_situation: 1, kinds }
    }

    /// How many cases there are.
    #[must_use]
    pub fn made(&self) -> i64 {
        self.next_case - 1
    }

    /// A procedure's place in the catalogue.
    #[must_use]
    pub fn place(&self, slug: &str) -> Option<usize> {
        self.catalogue.procedures.iter().position(|p| p.id.as_str() == slug)
    }

    /// A situation of a citizen.
    pub fn situation(&mut self, citizen: i64, kind: &str, since: Date, coordinator: Option<&str>) -> Option<Situation> {
        let kind = LifeSituationId::parse(kind).ok()?;
        let no = self.next_situation;
        self.next_situation += 1;
        let id = SituationId(self.ids.get("situation", no));
        Some(Situation { id, citizen, kind, since, coordinator: coordinator.map(str::to_owned) })
    }

    /// The situations and cases of somebody, as chance has it: newcomers nearly always, others sometimes, children hardly ever.
    pub fn of(&mut self, citizen: &Citizen, family: Family) -> (Vec<Situation>, Vec<Case>) {
        let mut rng = Rng::of(self.seed, "matters", citizen.no.unsigned_abs());
        let age = age_on(citizen.born, self.today);
        let share = match (citizen.address.is_some(), family.newcomer, age) {
            (false, ..) | (_, _, 0..18) => 0,
            (_, true, _) => 900,
            _ => 290,
        };
        let (mut situations, mut cases) = (Vec::new(), Vec::new());
        if !rng.permille(share) {
            return (situations, cases);
        }
        let times = 1 + usize::from(rng.permille(220));
        for time in 0..times {
            let Some(at) = self.kind_for(citizen, family, age, time, &mut rng) else { continue };
            let (kind, places) = self.kinds[at].clone();
            let since = self.today.checked_sub(rng.between(3, 150).days()).unwrap_or(self.today);
            let coordinator = rng.permille(300).then(|| format!("{}, KFF", rng.pick(names::COLLEAGUES)));
            let Some(situation) = self.situation(citizen.no, kind.as_str(), since, coordinator.as_deref()) else {
                continue;
            };
            let mut wanted = 1 + rng.below(places.len().min(4));
            for place in places {
                if wanted == 0 {
                    break;
                }
                if !self.fits(place, citizen) || rng.permille(250) {
                    continue;
                }
                wanted -= 1;
                let mood = mood(&mut rng);
                let due_in = if rng.permille(110) { rng.between(-21, -1) } else { rng.between(0, 45) };
                let facts = facts(citizen, family, self.today, &mut rng);
                let brief = Brief { citizen, procedure: place, situation: Some(situation.id), mood, facts, due_in };
                cases.extend(self.case(brief));
            }
            situations.push(situation);
        }
        situations.retain(|s| cases.iter().any(|c| c.situation == Some(s.id)));
        (situations, cases)
    }

    fn kind_for(&self, citizen: &Citizen, family: Family, age: u16, time: usize, rng: &mut Rng) -> Option<usize> {
        let named = |slug: &str| self.kinds.iter().position(|(kind, _)| kind.as_str() == slug);
        if family.newcomer && time == 0 {
            return match (citizen.ground, citizen.group) {
                (GroundOfStay::Family, _) => named("arrival-family"),
                (GroundOfStay::EuStudent, _) => named("arrival-eu-student"),
                (_, CitizenshipGroup::NonEu) => named("arrival-non-eu"),
                _ => named("arrival-eu-worker"),
            };
        }
        let usual: &[&'static str] = match age {
            66.. => &["third-age", "third-age", "illness", "moving", "death-in-family", "lost-id"],
            _ if family.children > 0 => &[
                "moving",
                "new-child",
                "school-start",
                "divorce",
                "new-job",
                "unemployment",
                "lost-id",
                "illness",
                "debt",
                "departure",
            ],
            _ => &[
                "moving",
                "moving",
                "marriage",
                "new-job",
                "unemployment",
                "start-of-education",
                "lost-id",
                "reentry",
                "small-business",
                "debt",
                "illness",
            ],
        };
        named(rng.word(usual))
    }

    /// Whether a procedure makes sense for somebody at all.
    fn fits(&self, place: usize, citizen: &Citizen) -> bool {
        match self.catalogue.procedures[place].id.as_str() {
            "cpr-nordic" => citizen.group == CitizenshipGroup::Nordic,
            "cpr-eu-employee" | "cpr-eu-student" | "eu-residence-certificate" => citizen.group == CitizenshipGroup::Eu,
            "cpr-non-eu-permit" => citizen.group == CitizenshipGroup::NonEu,
            "reentry-danish-citizen" | "passport" => citizen.group == CitizenshipGroup::Danish,
            _ => true,
        }
    }

    /// A case.
    pub fn case(&mut self, brief: Brief<'_>) -> Option<Case> {
        let catalogue = self.catalogue;
        let procedure = catalogue.procedures.get(brief.procedure)?;
        let no = self.next_case;
        self.next_case += 1;
        let mut rng = Rng::of(self.seed, "case", no.unsigned_abs());
        let days = procedure.deadline.as_ref().and_then(|d| d.days).unwrap_or(28).clamp(5, 60);
        let due_in = brief.due_in;
        let received_day = self.today.checked_sub((i64::from(days) - due_in).clamp(1, 90).days()).ok()?;
        let received = at_work(received_day, &mut rng);
        let deadline = (brief.mood != Mood::Closed).then(|| match due_in {
            // The deadline as the procedure counts it, where it falls out as wanted; otherwise the day that was wanted.
            0.. if i64::from(days) - due_in >= 1 => add_days_inclusive(received_day, days),
            _ => self.today.checked_add(due_in.days()).unwrap_or(self.today),
        });
        let (responsible, responsible_role) = self.responsible(procedure, &mut rng);
        let phase = match brief.mood {
            Mood::Closed => Phase::Closed,
            Mood::Decided => Phase::Decided,
            _ => Phase::Received,
        };
        let items = self.items(procedure, &brief.facts, brief.mood, received, &mut rng);
        let tag = catalogue.department(&procedure.department).map_or("SAG", |d| d.tag.as_str()).to_uppercase();
        let history = history(&items, received, phase, &mut rng);
        Some(Case {
            no,
            id: self.ids.get("case", no),
            number: format!("{tag}-{}-{:06}", received_day.year(), 100_000 + no),
            citizen: brief.citizen.no,
            municipality: brief.citizen.municipality.clone(),
            procedure: brief.procedure,
            situation: brief.situation,
            phase,
            responsible,
            responsible_role,
            received,
            deadline,
            facts: brief.facts,
            items,
            history,
        })
    }

    fn responsible(&self, procedure: &Procedure, rng: &mut Rng) -> (String, Option<Role>) {
        if procedure.department.as_str() == "kff" {
            let role = match rng.below(1000) {
                0..40 => Some(Role::Clerk),
                40..200 => Some(Role::Caseworker),
                _ => None,
            };
            if let Some(role) = role {
                return (persona_name(role).to_owned(), Some(role));
            }
        }
        (names::responsible(rng, procedure.department.as_str()).to_owned(), None)
    }

    fn items(&self, procedure: &Procedure, facts: &Facts, mood: Mood, received: Timestamp, rng: &mut Rng) -> Vec<Item> {
        let verdicts = self.catalogue.instantiate(procedure, facts);
        let mut items = Vec::with_capacity(verdicts.len());
        let mut before = 0;
        let end = instant(self.today, Time::constant(8, 0, 0, 0));
        let end = if mood == Mood::Closed { closed_before(received, end) } else { end };
        for ((id, verdict), template) in verdicts.into_iter().zip(&procedure.items) {
            let (state, unknown) = match verdict {
                Verdict::DoesNotApply { .. } => (ItemState::NotApplicable, Vec::new()),
                // Unknown is neither yes nor no: the paper stands open until somebody asks. In a finished case somebody has asked.
                Verdict::Unknown { .. } if matches!(mood, Mood::Closed | Mood::Decided) => {
                    (ItemState::NotApplicable, Vec::new())
                }
                Verdict::Unknown { fact } if matches!(mood, Mood::Ready) => (ItemState::Waived, vec![fact]),
                Verdict::Unknown { fact } => (ItemState::Missing, vec![fact]),
                Verdict::Applies { .. } => {
                    if template.due == Due::BeforeVisit {
                        before += 1;
                    }
                    (applying(mood, template.due, before, rng), Vec::new())
                }
            };
            let touched = !matches!(state, ItemState::Missing | ItemState::NotApplicable);
            let by = (touched && !matches!(state, ItemState::Requested | ItemState::Received))
                .then(|| (*rng.pick(names::COLLEAGUES)).to_owned());
            let at = touched.then(|| between(received, end, rng));
            let reason = match state {
                ItemState::Rejected => Some(
                    (*rng.pick(&["For mørkt, kan ikke læses", "Underskrift mangler", "Perioden er udløbet"]))
                        .to_owned(),
                ),
                ItemState::Waived => Some("Vist ved skranken".to_owned()),
                _ => None,
            };
            items.push(Item { id, due: template.due, state, reason, by, at, unknown });
        }
        items
    }
}

/// A moment on a day when people work.
fn at_work(day: Date, rng: &mut Rng) -> Timestamp {
    let minutes = i8::try_from(rng.between(0, 59)).unwrap_or(0);
    let hour = i8::try_from(rng.between(8, 15)).unwrap_or(9);
    instant(day, Time::constant(hour, minutes, 0, 0))
}

/// What is over was over some time ago, the one sooner, the other later: the minute it was received tells.
fn closed_before(received: Timestamp, end: Timestamp) -> Timestamp {
    let share = received.as_second() / 60 % 17 + 1;
    crate::clock::from_micros(
        (received.as_second() + (end.as_second() - received.as_second()) * share / 18) * 1_000_000,
    )
}

fn between(from: Timestamp, to: Timestamp, rng: &mut Rng) -> Timestamp {
    crate::clock::from_micros(rng.between(from.as_second(), to.as_second().max(from.as_second())) * 1_000_000)
}

fn mood(rng: &mut Rng) -> Mood {
    match rng.below(100) {
        0..=9 => Mood::Fresh,
        10..=33 => Mood::Awaiting,
        34..=45 => Mood::ToCheck,
        46..=53 => Mood::Rejected,
        54..=77 => Mood::Ready,
        78..=83 => Mood::Decided,
        _ => Mood::Closed,
    }
}

/// The state of an item that applies, the so-maniest due before the visit.
fn applying(mood: Mood, due: Due, nth: usize, rng: &mut Rng) -> ItemState {
    match (mood, due) {
        (Mood::Closed | Mood::Decided, _) => ItemState::Approved,
        (_, Due::AtVisit) => ItemState::Missing,
        (Mood::Fresh, _) => {
            if nth == 1 && rng.permille(400) {
                ItemState::Requested
            } else {
                ItemState::Missing
            }
        }
        (Mood::Ready, _) => {
            if rng.permille(40) {
                ItemState::Waived
            } else {
                ItemState::Approved
            }
        }
        (Mood::ToCheck, _) if nth == 1 => ItemState::Received,
        (Mood::Rejected, _) if nth == 1 => ItemState::Rejected,
        (Mood::Awaiting, _) if nth == 1 => ItemState::Requested,
        _ => match rng.below(10) {
            0..=5 => ItemState::Approved,
            6 => ItemState::Requested,
            7 => ItemState::Missing,
            8 => {
                if mood == Mood::Awaiting {
                    ItemState::Requested
                } else {
                    ItemState::Received
                }
            }
            _ => ItemState::Waived,
        },
    }
}

fn history(items: &[Item], received: Timestamp, phase: Phase, rng: &mut Rng) -> Vec<Line> {
    let line = |at, kind| Line { at, by: None, kind, item: None, state: None, reason: None };
    let mut lines = vec![line(received, HistoryKind::Received)];
    // The last two judgements are enough for a general case; the rest of its past is not invented.
    let mut touched: Vec<&Item> = items.iter().filter(|i| i.at.is_some()).collect();
    touched.sort_by_key(|i| i.at);
    for item in touched.iter().rev().take(2).rev() {
        let at = item.at.unwrap_or(received);
        lines.push(Line {
            at,
            by: item.by.clone(),
            kind: HistoryKind::Item,
            item: Some(item.id.clone()),
            state: Some(item.state),
            reason: item.reason.clone(),
        });
    }
    let last = lines.last().map_or(received, |l| l.at);
    let later = crate::clock::from_micros(last.as_microsecond() + rng.between(60, 3600) * 1_000_000);
    match phase {
        Phase::Decided => lines.push(line(later, HistoryKind::Decided)),
        Phase::Closed => lines.push(line(later, HistoryKind::Closed)),
        _ => {}
    }
    lines
}

/// What is known of somebody, as conditions ask it. What a clerk would have to ask is left out for some: unknown.
pub fn facts(citizen: &Citizen, family: Family, today: Date, rng: &mut Rng) -> Facts {
    let mut facts = Facts::new();
    let mut know = |name: &str, value: FactValue| {
        facts.insert(name.to_owned(), value);
    };
    let word = |text: &str| FactValue::Word(text.to_owned());
    let flag = FactValue::Flag;
    let newcomer = family.newcomer;
    know("person.age", FactValue::Number(age_on(citizen.born, today).into()));
    know("person.citizenship_group", word(&crate::store::word(&citizen.group)));
    know("person.has_cpr", flag(!newcomer));
    know("person.civil_status", word(&crate::store::word(&citizen.civil)));
    know("person.guardian", flag(false));
    know("stay.ground", word(&crate::store::word(&citizen.ground)));
    know("stay.from_country_group", word(&crate::store::word(&citizen.group)));
    know("family.accompanying_children", flag(family.children > 0));
    know("family.accompanying_spouse", flag(family.couple));
    know("family.parents_married", flag(citizen.civil == CivilStatus::Married));
    know("family.child_with_one_parent", flag(family.children > 0 && !family.couple));
    know("stay.moved_in", flag(true));
    let asked = |rng: &mut Rng| rng.permille(780);
    if newcomer {
        know("stay.months", FactValue::Number(rng.between(0, 5)));
        know("person.previously_registered_dk", flag(rng.permille(120)));
    } else {
        know("person.previously_registered_dk", flag(true));
        know("person.has_admin_cpr", flag(false));
        know("person.has_mitid", flag(true));
    }
    if newcomer && asked(rng) {
        know("person.has_admin_cpr", flag(rng.permille(250)));
    }
    if !newcomer || asked(rng) {
        know("document.language_ok", flag(!newcomer || rng.permille(700)));
    }
    if !newcomer || asked(rng) {
        let legalised = if newcomer && citizen.group == CitizenshipGroup::NonEu {
            *rng.pick(&["apostille", "legalisation", "none"])
        } else {
            "none"
        };
        know("document.legalisation", word(legalised));
    }
    for (name, share) in [
        ("family.shared_custody", 300),
        ("residence_in_doubt", 40),
        ("both_qualify_for_municipal_check", 600),
        ("born_abroad", 120),
        ("last_passport_shown", 850),
        ("custody_not_in_cpr", 60),
        ("new_danish_citizen", 30),
        ("passport_stolen", 60),
        ("free_card_reason", 500),
        ("on_behalf_of_other", 60),
        ("for_use_abroad", 200),
        ("wants_fee_reduction", 350),
        ("moved_to_copenhagen_within_3_months", 150),
        ("has_foreign_or_self_employed_income", 150),
        ("licence.expires_soon", 200),
    ] {
        if rng.permille(880) {
            know(name, flag(rng.permille(share)));
        }
    }
    let licence = if citizen.group == CitizenshipGroup::Eu { "eu" } else { *rng.pick(&["group1", "non_eu"]) };
    know("licence.issuer_group", word(licence));
    know("licence.script", word(if rng.permille(750) { "latin" } else { "other" }));
    facts
}

/// The persona's identifier, where a case is a persona's.
#[must_use]
pub fn responsible_id(role: Option<Role>) -> Option<Uuid> {
    role.map(|role| persona_id(role).0)
}
