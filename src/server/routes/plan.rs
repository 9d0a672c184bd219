//! What a visit would need, asked before it is booked: what to bring, what would make it wasted, who is told in which words. What does not
//! live here: the rules (`skranke_domain::visit`), keeping and sending the messages (`messages`).

use std::sync::LazyLock;

use axum::extract::State;
use axum::response::Response;
use jiff::{Timestamp, ToSpan};
use skranke_api::ProblemKind;
use skranke_api::appointments::Appointment;
use skranke_api::audit::AuditAction;
use skranke_api::visits::{Bring, Guard, MessageText, NeedNot, PlanRequest, VisitPlan};
use skranke_domain::appointment::{AppointmentStatus, MessageChannel};
use skranke_domain::authority::Role;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::letter::LetterLanguage;
use skranke_domain::visit::message::{self, Things, Word};
use skranke_domain::visit::{self, Held, Line, Needs};
use skranke_domain::{CaseId, CitizenId};

use super::messages::{Receiver, Where, receivers};
use super::opening::check_minutes;
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::clock::local;
use crate::extract::Json;
use crate::policy;
use crate::problem::{Answer, Refusal, json};
use crate::store::appointments::{self, Cases};
use crate::store::items::Item;
use crate::store::visits::{self, Whom};
use crate::store::{Conn, cases, citizens, items};

/// The most other cases that a plan proposes for the same visit.
const MOST_PROPOSED: usize = 3;
/// How many of her cases are looked at for that.
const LOOKED_AT: u16 = 50;

/// Departments that no message names: a screen may be read by others, and so may a mailbox.
pub(super) static UNNAMED: LazyLock<&'static [&'static str]> = LazyLock::new(|| policy::withheld(Role::Clerk));

/// A citizen with the cases of a visit.
pub(super) struct Visit {
    /// Who comes.
    pub whom: Whom,
    /// The cases with their checklists.
    pub cases: Vec<(cases::Stored, Vec<Item>)>,
    held: Vec<Held>,
}

/// Whose papers are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// Of every case.
    All,
    /// Not of cases that no message names.
    InMessages,
}

impl Visit {
    /// Reads what a visit for some cases is planned from.
    pub async fn read(
        conn: &mut Conn,
        app: &App,
        citizen: i64,
        for_cases: Vec<cases::Stored>,
        withheld: &[&str],
    ) -> Answer<Self> {
        let whom = visits::whom(conn, citizen).await?.ok_or(ProblemKind::NotFound)?;
        let ids: Vec<CaseId> = for_cases.iter().map(|case| case.row.id).collect();
        let held = visits::held(conn, &app.procedures, citizen, (&ids, withheld)).await?;
        let mut cases = Vec::with_capacity(for_cases.len());
        for case in for_cases {
            let items = items::of_case(conn, case.no).await?;
            cases.push((case, items));
        }
        Ok(Self { whom, cases, held })
    }

    /// The lines of the cases' checklists.
    pub fn lines(&self, named: Named) -> Vec<Line<'_>> {
        let shown = |case: &&(cases::Stored, Vec<Item>)| {
            named == Named::All || !UNNAMED.contains(&case.0.row.department.as_str())
        };
        self.cases.iter().filter(shown).flat_map(|(case, items)| lines_of(case, items)).collect()
    }

    /// What is to be brought on a day.
    pub fn needs<'a>(&self, lines: &'a [Line<'a>], on: Timestamp) -> Needs<'a> {
        visit::needs(lines, &self.held, local(on).date())
    }

    /// The cases for which nobody has to come.
    pub fn needless(&self) -> impl Iterator<Item = &cases::Stored> {
        let is_needless = |(case, items): &&(cases::Stored, Vec<Item>)| {
            visit::is_needless(case.row.phase, &case.procedure, &lines_of(case, items))
        };
        self.cases.iter().filter(is_needless).map(|(case, _)| case)
    }

    /// The language of what is sent: the one that was said, else hers.
    pub fn language(&self, said: Option<&LanguageCode>) -> LetterLanguage {
        match said {
            Some(code) => LetterLanguage::of_code(code).unwrap_or(LetterLanguage::English),
            None => LetterLanguage::for_speaker(&self.whom.profile.languages),
        }
    }
}

fn lines_of<'a>(case: &'a cases::Stored, items: &'a [Item]) -> Vec<Line<'a>> {
    let line = |item: &'a Item| {
        let template = case.procedure.items.iter().find(|template| template.id == item.id)?;
        Some(Line {
            case: case.row.id,
            department: &case.row.department,
            template,
            state: item.state,
            changed: item.changed_at.map(|at| local(at).date()),
        })
    };
    items.iter().filter_map(line).collect()
}

/// What a visit would need. Nothing is written by asking.
#[utoipa::path(post, path = "/v1/appointments/plan", operation_id = "planVisit", tag = "appointments",
    request_body = PlanRequest, responses((status = 200, body = VisitPlan)))]
pub async fn plan(State(app): State<App>, person: Person, Json(request): Json<PlanRequest>) -> Answer<Response> {
    check(&request)?;
    let plan = {
        let mut conn = app.store.read().await?;
        answer(&mut conn, &app, &person, &request).await?
    };
    app.auditor
        .record(Entry::new(&person, AuditAction::ReadAppointments).citizen(request.citizen).note("plan of a visit"))
        .await?;
    json(&plan)
}

fn check(request: &PlanRequest) -> Answer<()> {
    if !(1..=10).contains(&request.cases.len()) {
        return Err(Refusal::field("/cases", "range", "one to ten cases"));
    }
    if !(1..=20).contains(&request.people) {
        return Err(Refusal::field("/people", "range", "one to twenty people"));
    }
    if let Some(language) = &request.language
        && !(2..=3).contains(&language.0.len())
    {
        return Err(Refusal::field("/language", "word", "a language code of two or three letters was expected"));
    }
    request.time.as_ref().map_or(Ok(()), |time| check_minutes(time.minutes, "/time/minutes"))
}

/// The cases that somebody comes for, as this person may see them. A withheld case and one of somebody else are refused in the same words
/// as one that does not exist.
pub(super) async fn cases_of(
    conn: &mut Conn,
    app: &App,
    person: &Person,
    ids: &[CaseId],
    citizen: CitizenId,
) -> Answer<Vec<cases::Stored>> {
    let mut found: Vec<cases::Stored> = Vec::with_capacity(ids.len());
    for (at, id) in ids.iter().enumerate() {
        let pointer = format!("/cases/{at}");
        let case = cases::one(conn, &app.procedures, *id).await?;
        let hers =
            |case: &cases::Stored| case.row.citizen == citizen && !person.is_withheld(case.row.department.as_str());
        let case = case.filter(hers);
        let case = case.ok_or_else(|| Refusal::field(&pointer, "unknown", "this citizen has no such case"))?;
        if found.iter().any(|known| known.no == case.no) {
            return Err(Refusal::field(pointer, "duplicate", "this case stands twice"));
        }
        found.push(case);
    }
    Ok(found)
}

async fn answer(conn: &mut Conn, app: &App, person: &Person, request: &PlanRequest) -> Answer<VisitPlan> {
    let citizen = citizens::number(conn, request.citizen).await?;
    let citizen = citizen.ok_or_else(|| Refusal::field("/citizen", "unknown", "there is no such citizen"))?;
    let for_cases = cases_of(conn, app, person, &request.cases, request.citizen).await?;
    let booked = booked(conn, app, request).await?;
    let withheld = person.withheld();
    let visit = Visit::read(conn, app, citizen, for_cases, withheld).await?;
    let now = app.clock.now();
    let on = request.time.as_ref().map(|time| time.start).or(booked.as_ref().map(|b| b.start));
    let lines = visit.lines(Named::All);
    let needs = visit.needs(&lines, on.unwrap_or(now));
    let language = visit.language(request.language.as_ref());
    let title = |paper: &_| app.catalogue.paper(paper).map(|kind| &kind.title);
    let things = Things::of(&needs, language, title);
    let minutes = visit::minutes(visit.cases.iter().map(|(case, _)| &*case.procedure), request.people);

    let word = match (&booked, &request.time) {
        (Some(_), None) => Word::Cancelled,
        (Some(before), Some(time)) if (before.start, &before.counter) != (time.start, &time.counter) => Word::Moved,
        _ => Word::Confirmed,
    };
    let told = Told { request, booked: booked.as_ref(), language };
    let place = told.place(conn).await?;
    let interpreter = request.interpreter.is_some() || booked.as_ref().is_some_and(|b| b.interpreter.is_some());
    let shown = place.as_ref().zip(told.time()).map(|(place, (start, minutes))| {
        let people = booked.as_ref().map_or(request.people, |b| b.people);
        place.at((start, minutes), people, interpreter)
    });
    let messages = match &shown {
        None => Vec::new(),
        Some(shown) => {
            let lines = visit.lines(Named::InMessages);
            let things = Things::of(&visit.needs(&lines, on.unwrap_or(now)), language, title);
            let all = told.receivers(conn, &visit).await?;
            all.iter().map(|receiver| text(receiver, word, shown, &things, &visit.whom.initials)).collect()
        }
    };
    let reminder = super::messages::reminder_at(on.filter(|_| word != Word::Cancelled), now);
    Ok(VisitPlan {
        minutes,
        guards: guards(conn, app, (person, request), &visit, &needs).await?,
        bring: needs
            .bring
            .iter()
            .map(|need| Bring {
                label: need.line.template.label.clone(),
                department: need.line.department.clone(),
                case: need.line.case,
                item: need.line.template.id.clone(),
                blocking: need.blocking,
            })
            .collect(),
        need_not: needs
            .need_not
            .iter()
            .map(|spared| NeedNot { label: spared.template.label.clone(), approved: spared.approved })
            .collect(),
        reminder: reminder.filter(|_| !messages.is_empty()).map(|at| local(at).date()),
        messages,
        script: message::script(word, shown.as_ref(), &things, language),
        language: LanguageCode(language.code().to_owned()),
    })
}

/// The appointment that is moved or cancelled.
async fn booked(conn: &mut Conn, app: &App, request: &PlanRequest) -> Answer<Option<Appointment>> {
    let Some(id) = request.appointment else { return Ok(None) };
    let found = appointments::one(conn, &app.procedures, id, Cases::Hidden).await?;
    let found = found.filter(|found| found.view.citizen == request.citizen);
    let unknown = || Refusal::field("/appointment", "unknown", "this citizen has no such appointment");
    Ok(Some(found.ok_or_else(unknown)?.view))
}

/// Whom a plan would tell what.
struct Told<'a> {
    request: &'a PlanRequest,
    booked: Option<&'a Appointment>,
    language: LetterLanguage,
}

impl Told<'_> {
    /// The time that is told: its start and its minutes.
    fn time(&self) -> Option<(Timestamp, u16)> {
        let of_booked = |b: &Appointment| (b.start, super::messages::minutes_of(b));
        self.request.time.as_ref().map(|time| (time.start, time.minutes)).or(self.booked.map(of_booked))
    }

    async fn place(&self, conn: &mut Conn) -> Answer<Option<Where>> {
        let counter = self.request.time.as_ref().map(|time| &time.counter);
        let Some(counter) = counter.or(self.booked.map(|b| &b.counter)) else { return Ok(None) };
        let place = Where::read(conn, counter).await?;
        let unknown = || Refusal::field("/time/counter", "unknown", "there is no such counter");
        Ok(Some(place.ok_or_else(unknown)?))
    }

    async fn receivers(&self, conn: &mut Conn, visit: &Visit) -> Answer<Vec<Receiver>> {
        let of_booked = self.booked.and_then(|b| b.interpreter.as_ref()).map(|interpreter| &interpreter.id);
        let interpreter = self.request.interpreter.as_ref().or(of_booked);
        let with = self.booked.and_then(|b| b.with.as_ref()).map(|with| with.id);
        receivers(conn, &visit.whom, self.language, (interpreter, with)).await
    }
}

fn text(receiver: &Receiver, word: Word, place: &message::Place<'_>, things: &Things, initials: &str) -> MessageText {
    let (subject, text) = receiver.words(word, place, things, initials);
    let masked = match receiver.channel {
        MessageChannel::Email => message::masked_email(&receiver.address),
        MessageChannel::Sms => message::masked_phone(&receiver.address),
    };
    MessageText { to: receiver.to, channel: receiver.channel, address_masked: masked, subject, text }
}

/// What would make the visit wasted, or spare another.
async fn guards(
    conn: &mut Conn,
    app: &App,
    (person, request): (&Person, &PlanRequest),
    visit: &Visit,
    needs: &Needs<'_>,
) -> Answer<Vec<Guard>> {
    let mut guards = Vec::new();
    if needs.is_blocked() {
        let papers = needs.bring.iter().filter(|need| need.blocking).map(|need| need.line.template.label.clone());
        guards.push(Guard::MissingPaper { papers: papers.collect() });
    }
    guards.extend(visit.needless().map(|case| Guard::Needless { case: case.row.id, title: case.row.title.clone() }));
    let profile = &visit.whom.profile;
    if let (Some(language), None) = (&profile.interpreter, &request.interpreter)
        && request.appointment.is_none()
    {
        guards.push(Guard::NoInterpreter { language: language.clone() });
    }
    if let [_, _, ..] = visit.cases.as_slice() {
        guards.push(Guard::Covers { titles: visit.cases.iter().map(|(case, _)| case.row.title.clone()).collect() });
    }
    let Some(citizen) = citizens::number(conn, request.citizen).await? else { return Ok(guards) };
    if let Some(time) = &request.time {
        let week = local(time.start).date();
        let others = appointments::of_citizen(conn, &app.procedures, citizen, Cases::Hidden).await?;
        let joins = others.into_iter().find(|other| {
            other.status == AppointmentStatus::Booked
                && Some(other.id) != request.appointment
                && other.end > app.clock.now()
                && visit::same_week(local(other.start).date(), week)
        });
        guards.extend(joins.map(|other| Guard::Joins {
            appointment: other.id,
            start: other.start,
            counter: other.counter,
        }));
    }
    if request.appointment.is_none() {
        let filter = cases::Filter { citizen: Some(citizen), withheld: person.withheld(), ..cases::Filter::default() };
        let hers = cases::list(conn, &app.procedures, &filter, LOOKED_AT).await?;
        let here =
            |case: &cases::Stored| visit.cases.iter().any(|(known, _)| known.row.department == case.row.department);
        let could = hers.into_iter().filter(|case| {
            let sum = &case.row.readiness;
            !request.cases.contains(&case.row.id)
                && cases::is_open(case.row.phase)
                && case.procedure.attendance.required
                && case.row.attendance.is_none()
                && sum.ready_for_attendance()
                && sum.open_at_visit > 0
                && here(case)
        });
        guards.extend(
            could.take(MOST_PROPOSED).map(|case| Guard::CouldCover { case: case.row.id, title: case.row.title }),
        );
    }
    Ok(guards)
}

/// The end of a time.
pub(super) fn end_of(start: Timestamp, minutes: u16) -> Timestamp {
    start.checked_add(i64::from(minutes).minutes()).unwrap_or(start)
}
