//! The queue of the training municipality: who waits when the office opens its eyes, and how it lives on: people come, colleagues at the
//! other counters call them and are done with them. What does not live here: the rule of who is next, what is typed at a stand (`stand`).
//!
//! Chance follows from the seed and from how many beats there were; only when a beat comes is the clock's. With a clock that stands still
//! nothing happens by itself.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use skranke_api::appointments::{Site, StaffRef};
use skranke_api::paths;
use skranke_api::tickets::{CallNextRequest, Ticket, TicketChange, TicketRequest};
use skranke_domain::appointment::{AppointmentStatus, CounterKind};
use skranke_domain::authority::Role;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::contact::Outcome;
use skranke_domain::queue::{Availability, TicketDeed, TicketOrigin, TicketState, Triage};
use skranke_domain::{
    AppointmentId, CitizenId, CommandId, CounterId, LifeSituationId, Localized, ProcedureId, SiteId, StaffId, TicketId,
};

use super::always::{Queueing, in_the_queue};
use super::rng::{Ids, Rng};
use super::staff::colleague_id;
use super::{TrainingError, is_generated, stand};
use crate::auth::{Person, colleague, persona_id, persona_name, self_service};
use crate::clock::local;
use crate::problem::Refusal;
use crate::routes::tickets::{calling, change, giving, papers};
use crate::store::tickets::{Line, Stored};
use crate::store::{
    Conn, Read, StoreError, Tx, at_work, cases, citizens, events, expected, items, meta, stands, tickets,
};
use crate::{App, Service};

/// How often something happens in the queue.
pub const EVERY: Duration = Duration::from_secs(40);
/// How often what is typed at a stand is told of, at most.
const LOOK: Duration = Duration::from_secs(2);
/// A queue in which nothing happened for so long is yesterday's: it begins anew.
const STALE_MINUTES: i64 = 45;
/// How many beats there were.
const META_BEATS: &str = "training queue";
/// The site.
const SITE: &str = "norrebro";
/// The number before the first of the opening.
const BEFORE: i64 = 40;
/// The last number of the opening.
const LAST: i64 = 54;

/// Who works at which counter beside the personas, and how she can be reached at the opening.
const AT_WORK: &[(&str, Option<&str>, Availability)] = &[
    ("Nina Krogh", Some("counter-1"), Availability::Busy),
    ("Omar Hjelm", Some("counter-2"), Availability::Busy),
    ("Sara Nygaard", Some("room-a"), Availability::Available),
    ("Jonas Bækgaard", Some("phone-1"), Availability::OnHold),
    ("Anders Ellebo", None, Availability::Lunch),
];
/// Those who call by themselves.
const CALLING: usize = 2;

/// Somebody of the opening.
struct Sketch {
    number: i64,
    /// Minutes since she came.
    came: i64,
    reason: (&'static str, &'static str),
    procedure: &'static str,
    situation: Option<&'static str>,
    people: u16,
    minutes: u16,
    triage: Triage,
    papers: &'static [(&'static str, &'static str)],
    who: Option<Queueing>,
}

const fn waits(number: i64, came: i64, reason: (&'static str, &'static str), procedure: &'static str) -> Sketch {
    Sketch {
        number,
        came,
        reason,
        procedure,
        situation: None,
        people: 1,
        minutes: 10,
        triage: Triage::Unknown,
        papers: &[],
        who: None,
    }
}

/// Who waits at the opening.
const WAITING: [Sketch; 7] = [
    Sketch {
        situation: Some("divorce"),
        minutes: 25,
        triage: Triage::AllHere,
        who: Some(Queueing::Esther),
        ..waits(47, 21, ("Skilsmisse, ny adresse", "Divorce, new address"), "move-domestic")
    },
    Sketch {
        triage: Triage::Missing,
        papers: &[("Ansættelseskontrakt", "Employment contract")],
        minutes: 20,
        who: Some(Queueing::Crina),
        ..waits(49, 16, ("EU-papirer", "EU papers"), "eu-residence-certificate")
    },
    Sketch {
        triage: Triage::Missing,
        papers: &[("Samtykke fra den anden forælder", "The other parent's consent")],
        people: 2,
        ..waits(50, 14, ("Pas, barn", "Passport, child"), "passport")
    },
    Sketch {
        triage: Triage::Stand,
        ..waits(51, 11, ("Sundhedskort mistet", "Health card lost"), "health-card-doctor")
    },
    Sketch {
        situation: Some("third-age"),
        ..waits(52, 7, ("Pension, seniorliv", "Pension, third age"), "old-age-pension")
    },
    Sketch {
        triage: Triage::Missing,
        papers: &[("Lejekontrakt", "Tenancy contract")],
        people: 4,
        minutes: 25,
        situation: Some("moving"),
        ..waits(53, 5, ("Flytning", "Moving"), "move-domestic")
    },
    Sketch { triage: Triage::Stand, ..waits(54, 1, ("MitID spærret", "MitID locked"), "mitid") },
];

/// What people come for as time passes.
const REASONS: &[(&str, &str, Triage)] = &[
    ("passport", "Har foto med", Triage::AllHere),
    ("move-domestic", "Mangler lejekontrakten", Triage::Missing),
    ("health-card-doctor", "", Triage::Stand),
    ("mitid", "Ny telefon", Triage::Stand),
    ("residence-certificate", "", Triage::AllHere),
    ("daycare-place", "", Triage::Unknown),
    ("driving-licence-exchange", "Kørekort fra udlandet", Triage::Unknown),
    ("nemkonto", "", Triage::Stand),
];

fn slug() -> TrainingError {
    TrainingError::Store(StoreError::Value("slug"))
}

fn before(now: Timestamp, seconds: i64) -> Timestamp {
    now - SignedDuration::from_secs(seconds)
}

/// Opens the queue of a training municipality: seven wait, one is served at the clerk's counter, one fills in a form at a stand, one left and
/// is not wrapped up. Does nothing while the queue is alive; one that nothing happened in for a while begins anew.
///
/// # Errors
/// [`TrainingError`].
pub async fn begin(service: &Service) -> Result<(), TrainingError> {
    let app = service.app();
    let Some(generated) = is_generated(service).await? else { return Ok(()) };
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    let site_id = SiteId::parse(SITE).map_err(|_| slug())?;
    let Some(site) = meta::sites(&mut tx).await?.into_iter().find(|site| site.id == site_id) else { return Ok(()) };
    let open = tickets::open_at(&mut tx, &site.id).await?;
    let fresh = |stored: &Stored| now.duration_since(stored.view.since) < SignedDuration::from_mins(STALE_MINUTES);
    if open.iter().any(fresh) {
        return Ok(());
    }
    let mut opening = Opening { app, site: &site, ids: Ids::new(generated.seed), now, base: 0 };
    opening.clear(&mut tx, &open).await?;
    opening.base = tickets::numbers_from(&mut tx, &site.id, local(now).date(), BEFORE, LAST - BEFORE).await?;
    opening.people(&mut tx).await?;
    for sketch in &WAITING {
        opening.waiting(&mut tx, sketch).await?;
    }
    opening.served(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// The opening under way.
struct Opening<'a> {
    app: &'a App,
    site: &'a Site,
    ids: Ids,
    now: Timestamp,
    base: i64,
}

impl Opening<'_> {
    /// Ends what is left of an older queue. The wrap-up that belongs to the opening is not left over twice; a clerk's own is never lost.
    async fn clear(&self, tx: &mut Tx, open: &[Stored]) -> Result<(), TrainingError> {
        let jo = in_the_queue(self.ids, Queueing::Jo);
        for stored in open {
            if !stored.view.state.is_over() {
                tickets::end(tx, stored.no, stored.view.state, self.now).await?;
            }
            if stored.view.citizen == Some(jo) || !stored.view.state.is_over() {
                let mut over = tickets::one(tx, stored.view.id).await?.ok_or_else(slug)?;
                over.view.unwrapped = false;
                tickets::save(tx, &over).await?;
            }
            stands::end(tx, stored.view.id).await?;
        }
        Ok(())
    }

    fn counter(&self, id: &str) -> Option<CounterId> {
        self.site.counters.iter().find(|counter| counter.id.as_str() == id).map(|counter| counter.id.clone())
    }

    async fn people(&self, tx: &mut Tx) -> Result<(), TrainingError> {
        let at = |id: &str| self.counter(id);
        let clerk = (persona_id(Role::Clerk), persona_name(Role::Clerk));
        let since = before(self.now, 252);
        at_work::put(tx, clerk, (&self.site.id, at("counter-4").as_ref()), Availability::Busy, since).await?;
        for (place, (name, counter, state)) in (1_i64..).zip(AT_WORK) {
            let Some(id) = colleague_id(self.ids, name) else { continue };
            let since = before(self.now, place * 410);
            let counter = counter.and_then(at);
            at_work::put(tx, (id, name), (&self.site.id, counter.as_ref()), *state, since).await?;
        }
        Ok(())
    }

    /// A ticket of the opening, with a number of its own.
    fn ticket(&self, number: i64, came: Timestamp, reason: (&str, &str)) -> Ticket {
        let number = self.base + number - BEFORE;
        let day = self.now.as_second().div_euclid(86_400);
        let id = TicketId(self.ids.get("ticket", day * 100_000 + number));
        Ticket {
            number: giving::called(0, number),
            reason: Localized::new(reason.0, reason.1),
            ..giving::blank(id, &self.site.id, TicketOrigin::Host, came)
        }
    }

    fn about(&self, ticket: &mut Ticket, procedure: &str, situation: Option<&str>) {
        let procedure = ProcedureId::parse(procedure).ok().and_then(|id| self.app.catalogue.procedure(&id));
        ticket.procedure = procedure.map(|p| p.id.clone());
        ticket.department = procedure.map(|p| p.department.clone());
        ticket.situation = situation.and_then(|slug| LifeSituationId::parse(slug).ok());
    }

    async fn add(
        &self,
        tx: &mut Tx,
        ticket: &mut Ticket,
        who: Option<CitizenId>,
        hers: &[cases::Stored],
    ) -> Result<i64, TrainingError> {
        let citizen = match who {
            Some(id) => citizens::number(tx, id).await?,
            None => None,
        };
        let nos: Vec<i64> = hers.iter().map(|case| case.no).collect();
        let no = tickets::add(tx, local(ticket.came).date(), ticket, citizen, &nos).await?;
        let deed = match ticket.state {
            TicketState::Waiting => TicketDeed::Give,
            TicketState::Finished => TicketDeed::Finish,
            _ => TicketDeed::Start,
        };
        let line = Line { at: ticket.since, deed, by: None, said: None, command: None };
        tickets::add_line(tx, no, (ticket.state, ticket.counter.as_ref()), &line).await?;
        Ok(no)
    }

    /// Her open case of the procedure that her ticket names.
    async fn case(&self, tx: &mut Tx, who: CitizenId, ticket: &Ticket) -> Result<Vec<cases::Stored>, TrainingError> {
        let (Some(no), Some(procedure)) = (citizens::number(tx, who).await?, &ticket.procedure) else {
            return Ok(Vec::new());
        };
        Ok(cases::open_of_procedure(tx, &self.app.procedures, no, procedure).await?.into_iter().collect())
    }

    async fn waiting(&self, tx: &mut Tx, sketch: &Sketch) -> Result<(), TrainingError> {
        let mut ticket = self.ticket(sketch.number, before(self.now, sketch.came * 60 + 20), sketch.reason);
        self.about(&mut ticket, sketch.procedure, sketch.situation);
        ticket.people = sketch.people;
        ticket.minutes = sketch.minutes;
        ticket.triage = sketch.triage;
        ticket.papers = sketch.papers.iter().map(|(da, en)| Localized::new(*da, *en)).collect();
        let who = sketch.who.map(|who| in_the_queue(self.ids, who));
        let hers = match who {
            Some(who) => self.case(tx, who, &ticket).await?,
            None => Vec::new(),
        };
        self.add(tx, &mut ticket, who, &hers).await?;
        Ok(())
    }

    /// A ticket that is served: since when, at which counter, by whom.
    fn serve(&self, ticket: &mut Ticket, seconds: i64, counter: CounterId, staff: (StaffId, &str)) {
        ticket.state = TicketState::Serving;
        ticket.called = Some(before(self.now, seconds + 28));
        ticket.calls = 1;
        ticket.began = Some(before(self.now, seconds));
        ticket.since = before(self.now, seconds);
        ticket.counter = Some(counter);
        ticket.staff = Some(StaffRef { id: staff.0, name: staff.1.to_owned() });
    }

    /// Those who are served, fill in a form, or left without a wrap-up.
    async fn served(&self, tx: &mut Tx) -> Result<(), TrainingError> {
        let clerk = (persona_id(Role::Clerk), persona_name(Role::Clerk));
        if let Some(own) = self.counter("counter-4") {
            let mut jo = self.ticket(41, before(self.now, 29 * 60), ("Pas udleveret", "Passport handed out"));
            self.about(&mut jo, "passport", None);
            self.serve(&mut jo, 5 * 60 + 440, own.clone(), clerk);
            (jo.state, jo.unwrapped, jo.triage) = (TicketState::Finished, true, Triage::AllHere);
            jo.ended = Some(before(self.now, 5 * 60));
            jo.since = before(self.now, 5 * 60);
            self.add(tx, &mut jo, Some(in_the_queue(self.ids, Queueing::Jo)), &[]).await?;
            self.kalina(tx, own, clerk).await?;
        }
        for (place, (number, name, reason, procedure)) in [
            (43, "Nina Krogh", ("Kørekort", "Driving licence"), "driving-licence-exchange"),
            (46, "Omar Hjelm", ("Attest", "Certificate"), "residence-certificate"),
        ]
        .into_iter()
        .enumerate()
        {
            let counter = AT_WORK.get(place).and_then(|(_, counter, _)| *counter).and_then(|id| self.counter(id));
            let (Some(counter), Some(id)) = (counter, colleague_id(self.ids, name)) else { continue };
            let seconds = if place == 0 { 410 } else { 130 };
            let mut ticket = self.ticket(number, before(self.now, seconds + 600), reason);
            self.about(&mut ticket, procedure, None);
            ticket.triage = Triage::AllHere;
            self.serve(&mut ticket, seconds, counter, (id, name));
            self.add(tx, &mut ticket, None, &[]).await?;
        }
        let stand = self.site.counters.iter().filter(|c| c.kind == CounterKind::Stand).nth(1);
        if let Some(stand) = stand {
            let mut lauge =
                self.ticket(45, before(self.now, 9 * 60), ("Flytning, 1 person", "Change of address, 1 person"));
            self.about(&mut lauge, "move-domestic", Some("moving"));
            self.serve(&mut lauge, 93, stand.id.clone(), clerk);
            lauge.triage = Triage::Stand;
            let who = in_the_queue(self.ids, Queueing::Lauge);
            let hers = self.case(tx, who, &lauge).await?;
            self.add(tx, &mut lauge, Some(who), &hers).await?;
            stands::begin(tx, &stand.id, lauge.id, before(self.now, 93)).await?;
        }
        Ok(())
    }

    /// The showcase citizen is at the clerk's own counter; where her time is near, she came for it.
    async fn kalina(&self, tx: &mut Tx, own: CounterId, clerk: (StaffId, &str)) -> Result<(), TrainingError> {
        let reason = ("Indrejse, dagtilbud, EU-papirer", "Registration of entry, daycare, EU papers");
        let mut ticket = self.ticket(42, before(self.now, 5 * 60), reason);
        self.about(&mut ticket, "cpr-eu-employee", Some("arrival-eu-worker"));
        self.serve(&mut ticket, 252, own, clerk);
        ticket.people = 3;
        ticket.minutes = 12;
        ticket.language = Some(LanguageCode("pl".to_owned()));
        let row = sqlx::query("SELECT id FROM citizen WHERE no = 1").fetch_optional(&mut **tx).await?;
        let Some(kalina) = row.map(|row| row.id(0)).transpose()?.map(CitizenId) else { return Ok(()) };
        let mut hers = Vec::new();
        for procedure in ["cpr-eu-employee", "daycare-place", "eu-residence-certificate"] {
            let procedure = ProcedureId::parse(procedure).map_err(|_| slug())?;
            hers.extend(cases::open_of_procedure(tx, &self.app.procedures, 1, &procedure).await?);
        }
        let sorted = papers::sorted(tx, self.app, self.site, &hers).await;
        (ticket.triage, ticket.papers) = sorted.map_err(|refusal| refused(&refusal))?;
        if let Some(booked) = self.near(tx).await? {
            ticket.origin = TicketOrigin::CheckIn;
            ticket.appointment = Some(booked.0);
            ticket.booked = Some(booked.1.start);
            expected::set_status(tx, booked.1.no, AppointmentStatus::Arrived, ticket.came).await?;
            for no in &booked.1.cases {
                if let Some(case) = cases::by_no(tx, &self.app.procedures, *no).await? {
                    items::recompute(tx, case.no, case.row.phase, &case.procedure).await?;
                }
            }
        }
        self.add(tx, &mut ticket, Some(kalina), &hers).await?;
        Ok(())
    }

    /// The showcase citizen's booked time, where it is within the hour.
    async fn near(&self, tx: &mut Tx) -> Result<Option<(AppointmentId, expected::Booked)>, TrainingError> {
        let hour = SignedDuration::from_mins(60);
        let row = sqlx::query(
            "SELECT id FROM appointment WHERE citizen = 1 AND status = 'booked' AND start_at BETWEEN $1 AND $2 ORDER BY start_at LIMIT 1",
        )
        .bind((self.now - hour).as_microsecond())
        .bind((self.now + hour).as_microsecond())
        .fetch_optional(&mut **tx)
        .await?;
        let Some(id) = row.map(|row| row.id(0)).transpose()?.map(AppointmentId) else { return Ok(None) };
        Ok(expected::booked(tx, id).await?.map(|booked| (id, booked)))
    }
}

fn refused(refusal: &Refusal) -> TrainingError {
    TrainingError::Refused(refusal.problem().known().map_or("internal", |kind| kind.slug()))
}

/// What happened in a beat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beat {
    /// So many came.
    pub came: usize,
    /// So many were called.
    pub called: usize,
    /// So many were finished with.
    pub finished: usize,
}

/// Lets the queue live until the service ends. With a clock that stands still nothing happens by itself.
pub fn start(service: &Service) {
    let app = service.app().clone();
    if !app.clock.runs() {
        return;
    }
    let service = service.clone();
    tokio::spawn(async move {
        let (mut beats, mut looks) = (tokio::time::interval(EVERY), tokio::time::interval(LOOK));
        beats.tick().await;
        loop {
            let done = tokio::select! {
                () = app.stop.cancelled() => return,
                _ = beats.tick() => beat(&service).await.map(|_| ()),
                _ = looks.tick() => look(&service).await,
            };
            if let Err(error) = done {
                tracing::warn!(%error, "the training queue missed a beat");
            }
        }
    });
}

/// One beat: colleagues who are done finish and call the next, and somebody may come.
///
/// # Errors
/// [`TrainingError`].
pub async fn beat(service: &Service) -> Result<Beat, TrainingError> {
    let app = service.app();
    let Some(generated) = is_generated(service).await? else { return Ok(Beat::default()) };
    let ids = Ids::new(generated.seed);
    let number = next(app).await?;
    let mut hand =
        Hand { app, ids, number, used: 0, rng: Rng::of(generated.seed, "queue beat", number.unsigned_abs()) };
    let mut beat = Beat::default();
    for (name, counter, _) in AT_WORK.iter().take(CALLING) {
        let (Some(id), Some(Ok(counter))) = (colleague_id(ids, name), counter.map(CounterId::parse)) else { continue };
        hand.works(&colleague(id, name), counter, &mut beat).await?;
    }
    hand.arrival(&mut beat).await?;
    Ok(beat)
}

/// The number of the next beat; it is never given twice.
async fn next(app: &App) -> Result<i64, TrainingError> {
    let mut tx = app.store.begin().await?;
    let beats: i64 = meta::get(&mut tx, META_BEATS).await?.and_then(|n| n.parse().ok()).unwrap_or(0);
    meta::set(&mut tx, META_BEATS, &(beats + 1).to_string()).await?;
    tx.commit().await?;
    Ok(beats + 1)
}

async fn open(app: &App) -> Result<Vec<Stored>, TrainingError> {
    let site = SiteId::parse(SITE).map_err(|_| slug())?;
    let mut conn = app.store.read().await?;
    Ok(tickets::open_at(&mut conn, &site).await?)
}

fn waiting(all: &[Stored]) -> usize {
    all.iter().filter(|stored| stored.view.state == TicketState::Waiting).count()
}

/// What colleagues do in a beat.
struct Hand<'a> {
    app: &'a App,
    ids: Ids,
    number: i64,
    used: i64,
    rng: Rng,
}

impl Hand<'_> {
    fn key(&mut self) -> CommandId {
        self.used += 1;
        CommandId(self.ids.get("queue command", self.number * 100 + self.used))
    }

    async fn deed(&mut self, person: &Person, id: TicketId, change: &TicketChange) -> Result<(), TrainingError> {
        let key = self.key();
        change::carry_out(self.app, person, (key, id), None, change).await.map_err(|refusal| refused(&refusal))?;
        Ok(())
    }

    async fn works(&mut self, person: &Person, counter: CounterId, beat: &mut Beat) -> Result<(), TrainingError> {
        let now = self.app.clock.now();
        let all = open(self.app).await?;
        let hers = |stored: &&Stored| stored.view.staff.as_ref().is_some_and(|staff| staff.id == person.id());
        let busy = all.iter().filter(hers).find(|s| matches!(s.view.state, TicketState::Called | TicketState::Serving));
        match busy.map(|stored| (stored.view.id, stored.view.state, stored)) {
            Some((id, TicketState::Called, _)) => self.deed(person, id, &TicketChange::Start).await?,
            Some((id, _, stored)) => {
                // The one takes a little less than usual, the other a little more.
                let share = self.rng.between(60, 120);
                let usual = i64::from(stored.view.minutes) * share * 60 / 100;
                if now.duration_since(stored.view.began.unwrap_or(now)).as_secs() >= usual {
                    self.deed(person, id, &TicketChange::Finish { outcome: Some(Outcome::Settled) }).await?;
                    self.deed(person, id, &TicketChange::Wrapped).await?;
                    beat.finished += 1;
                }
            }
            // A few are always left for who sits at the window.
            None if waiting(&all) >= 5 && self.rng.permille(600) => {
                let key = self.key();
                let request = CallNextRequest { counter };
                calling::next_one(self.app, person, key, &request).await.map_err(|refusal| refused(&refusal))?;
                beat.called += 1;
            }
            None => {}
        }
        Ok(())
    }

    async fn arrival(&mut self, beat: &mut Beat) -> Result<(), TrainingError> {
        let count = waiting(&open(self.app).await?);
        let chance = match count {
            0..=4 => 950,
            5..=8 => 400,
            _ => 60,
        };
        if !self.rng.permille(chance) {
            return Ok(());
        }
        let (procedure, text, triage) = *self.rng.pick(REASONS);
        let request = TicketRequest {
            id: TicketId(self.ids.get("queue ticket", self.number)),
            site: SiteId::parse(SITE).map_err(|_| slug())?,
            origin: TicketOrigin::Host,
            procedure: Some(ProcedureId::parse(procedure).map_err(|_| slug())?),
            situation: None,
            text: text.to_owned(),
            people: u16::try_from(1 + self.rng.below(10).saturating_sub(7)).unwrap_or(1),
            language: None,
            citizen: None,
            cases: Vec::new(),
            triage: Some(triage),
            private_room: false,
        };
        let host = colleague(persona_id(Role::Host), persona_name(Role::Host));
        let key = self.key();
        giving::give_out(self.app, &host, key, &request).await.map_err(|refusal| refused(&refusal))?;
        beat.came += 1;
        Ok(())
    }
}

/// Looks at the stands: tells who watches what was typed, and lets go whoever has sent the form.
///
/// # Errors
/// [`TrainingError`].
pub async fn look(service: &Service) -> Result<(), TrainingError> {
    let app = service.app();
    let now = app.clock.now();
    let sessions = stands::all(&mut *app.store.read().await?).await?;
    for session in sessions.iter().filter(|session| stand::is_over(session, now)) {
        let key = CommandId(Ids::new(7).get("stand command", session.began.as_microsecond()));
        let change = TicketChange::Finish { outcome: Some(Outcome::Settled) };
        let done = change::carry_out(app, &self_service(), (key, session.ticket), None, &change).await;
        done.map_err(|refusal| refused(&refusal))?;
    }
    let typed = |counter: &CounterId| {
        let session = sessions.iter().find(|s| s.counter == *counter && !stand::is_over(s, now))?;
        Some(stand::at(&app.catalogue, session, now))
    };
    let changed = app.stands.news(now, typed);
    if changed.is_empty() {
        return Ok(());
    }
    let mut tx = app.store.begin().await?;
    for counter in &changed {
        tell(&mut tx, now, counter).await?;
    }
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}

async fn tell(conn: &mut Conn, now: Timestamp, counter: &CounterId) -> Result<(), TrainingError> {
    let news = events::News {
        kind: skranke_api::events::EventKind::StandChanged,
        subject: paths::stand(counter),
        etag: None,
        actor: None,
        command: None,
        citizen: None,
        case: None,
        department: None,
    };
    Ok(events::add(conn, now, &news).await?)
}
