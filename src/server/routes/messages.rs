//! What visits tell, and to whom: the words of each message, and which are kept when a time is booked, moved or cancelled; the guard of the
//! day before; what runs out. What does not live here: sending (`crate::outbound`), the phrases (`skranke_domain::visit::message`).

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};
use skranke_api::appointments::{Appointment, Site};
use skranke_api::audit::AuditAction;
use skranke_api::cases::HistoryKind;
use skranke_api::events::EventKind;
use skranke_api::{ProblemKind, paths};
use skranke_domain::appointment::{AppointmentStatus, MessageChannel, MessageKind, MessageTo};
use skranke_domain::checklist::ItemState;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::letter::LetterLanguage;
use skranke_domain::visit::EXPIRY_DAYS;
use skranke_domain::visit::message::{self, Place, Things, Word};
use skranke_domain::{CommandId, CounterId, InterpreterId, ItemId, Localized, StaffId};

use super::acting::Act;
use super::plan::{Named, UNNAMED, Visit};
use crate::App;
use crate::audit::Entry;
use crate::auth::self_service;
use crate::clock::{instant, local};
use crate::problem::Answer;
use crate::store::appointments::{self, Cases};
use crate::store::events::News;
use crate::store::outbound::{self, NewMessage, Stored};
use crate::store::visits::{self, Way, Whom};
use crate::store::waiting::{self, Taken};
use crate::store::{Conn, Tx, cases, events, meta, word};

/// A message waits so long, so that undo takes it back.
const UNDO_SECONDS: i64 = 60;
/// Two days before, at ten, she is reminded.
const REMINDER: (i64, Time) = (2, Time::constant(10, 0, 0, 0));
/// The day before, at two, the guard looks again.
const GUARD: (i64, Time) = (1, Time::constant(14, 0, 0, 0));
/// How many visits or expiries are looked at in one write.
const AT_ONCE: u16 = 50;

/// Somebody who is told.
#[derive(Clone, Debug)]
pub(super) struct Receiver {
    /// In which part.
    pub to: MessageTo,
    /// Which interpreter or caseworker.
    pub to_id: String,
    /// How.
    pub channel: MessageChannel,
    /// Where to.
    pub address: String,
    /// In which language.
    pub language: LetterLanguage,
}

impl Receiver {
    /// What this one is told: the subject, where there is one, and the text.
    pub fn words(&self, word: Word, place: &Place<'_>, things: &Things, initials: &str) -> (Option<String>, String) {
        let mail = match (self.to, self.channel) {
            (MessageTo::Citizen, MessageChannel::Sms) => {
                return (None, message::sms(word, place, things, self.language));
            }
            (MessageTo::Citizen, MessageChannel::Email) => message::mail(word, place, things, self.language),
            (MessageTo::Interpreter, _) => message::colleague(word, place, None),
            (MessageTo::Caseworker, _) => message::colleague(word, place, Some(initials)),
        };
        (Some(mail.subject), mail.text)
    }
}

/// Where somebody can be reached. Who is exempt from Digital Post gets no e-mail either: she reads none.
fn channels(whom: &Whom, language: LetterLanguage) -> Vec<Receiver> {
    let profile = &whom.profile;
    let citizen = |channel, address: &str| Receiver {
        to: MessageTo::Citizen,
        to_id: String::new(),
        channel,
        address: address.to_owned(),
        language,
    };
    let email = profile.email.as_deref().filter(|_| !profile.exempt_from_digital_post);
    let email = email.map(|address| citizen(MessageChannel::Email, address));
    let phone = profile.phone.as_deref().map(|number| citizen(MessageChannel::Sms, number));
    email.into_iter().chain(phone).collect()
}

/// Everybody who is told of a visit: the citizen by e-mail and text message, an interpreter and a caseworker by e-mail.
pub(super) async fn receivers(
    conn: &mut Conn,
    whom: &Whom,
    language: LetterLanguage,
    (interpreter, with): (Option<&InterpreterId>, Option<StaffId>),
) -> Answer<Vec<Receiver>> {
    let mut all = channels(whom, language);
    let others = [
        interpreter.map(|id| (MessageTo::Interpreter, id.to_string())),
        with.map(|id| (MessageTo::Caseworker, id.to_string())),
    ];
    for (to, to_id) in others.into_iter().flatten() {
        if let Some(address) = visits::reach(conn, to, &to_id).await? {
            let (channel, language) = (MessageChannel::Email, LetterLanguage::Danish);
            all.push(Receiver { to, to_id, channel, address, language });
        }
    }
    Ok(all)
}

/// A counter with its house.
pub(super) struct Where {
    site: Site,
    counter: Localized,
    way: Option<Way>,
}

impl Where {
    /// Reads where a counter is; none where there is no such counter.
    pub async fn read(conn: &mut Conn, counter: &CounterId) -> Answer<Option<Self>> {
        let sites = meta::sites(conn).await?;
        let Some(site) = appointments::site_of(&sites, counter).cloned() else { return Ok(None) };
        let Some(name) = site.counters.iter().find(|c| c.id == *counter).map(|c| c.name.clone()) else {
            return Ok(None);
        };
        let way = visits::way(conn, &site.id).await?;
        Ok(Some(Self { site, counter: name, way }))
    }

    /// A time there.
    pub fn at(&self, (start, minutes): (Timestamp, u16), people: u16, interpreter: bool) -> Place<'_> {
        Place {
            at: local(start),
            minutes,
            site: &self.site.name,
            counter: &self.counter,
            address: self.way.as_ref().map(|way| way.address.as_str()),
            way: self.way.as_ref().and_then(|way| way.way.as_ref()),
            people,
            interpreter,
        }
    }
}

/// How long an appointment takes, in minutes.
pub(super) fn minutes_of(view: &Appointment) -> u16 {
    u16::try_from(view.end.duration_since(view.start).as_mins()).unwrap_or(0)
}

/// When she is reminded of a time: two days before, unless that is past already.
pub(super) fn reminder_at(start: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    before(start?, REMINDER, now)
}

fn before(start: Timestamp, (days, time): (i64, Time), now: Timestamp) -> Option<Timestamp> {
    let day = local(start).date().checked_sub(days.days()).ok()?;
    Some(instant(day, time)).filter(|at| *at > now)
}

/// A visit with everything that its messages are written from.
struct Told {
    stored: appointments::Stored,
    visit: Visit,
    place: Where,
    language: LetterLanguage,
}

impl Told {
    async fn read(conn: &mut Conn, app: &App, appointment_no: i64) -> Answer<Option<Self>> {
        let Some((id, language)) = visits::appointment(conn, appointment_no).await? else { return Ok(None) };
        let found = appointments::one(conn, &app.procedures, id, Cases::Hidden).await?;
        let Some(stored) = found else { return Ok(None) };
        let mut for_cases = Vec::with_capacity(stored.case_nos.len());
        for no in &stored.case_nos {
            for_cases.extend(cases::by_no(conn, &app.procedures, *no).await?);
        }
        let visit = Visit::read(conn, app, stored.citizen_no, for_cases, &UNNAMED).await?;
        let Some(place) = Where::read(conn, &stored.view.counter).await? else { return Ok(None) };
        let language = visit.language(language.map(LanguageCode).as_ref());
        Ok(Some(Self { stored, visit, place, language }))
    }

    fn view(&self) -> &Appointment {
        &self.stored.view
    }

    fn stands(&self) -> bool {
        self.view().status == AppointmentStatus::Booked
    }

    fn things(&self, app: &App, language: LetterLanguage) -> Things {
        let lines = self.visit.lines(Named::InMessages);
        let needs = self.visit.needs(&lines, self.view().start);
        Things::of(&needs, language, |paper| app.catalogue.paper(paper).map(|kind| &kind.title))
    }

    fn words(&self, app: &App, receiver: &Receiver, word: Word) -> (Option<String>, String) {
        let view = self.view();
        let place = self.place.at((view.start, minutes_of(view)), view.people, view.interpreter.is_some());
        let things = self.things(app, receiver.language);
        receiver.words(word, &place, &things, &self.visit.whom.initials)
    }

    async fn receivers(&self, conn: &mut Conn) -> Answer<Vec<Receiver>> {
        let view = self.view();
        let interpreter = view.interpreter.as_ref().map(|interpreter| &interpreter.id);
        receivers(conn, &self.visit.whom, self.language, (interpreter, view.with.as_ref().map(|w| w.id))).await
    }

    /// The time that is told.
    fn about(&self) -> String {
        if !self.stands() {
            return String::new();
        }
        format!("{} {}", self.view().start.as_microsecond(), self.view().counter)
    }
}

/// Keeps what a time that was booked, moved or cancelled tells. What was kept and not sent before is taken back, and nobody is told what she
/// knows already: booked and cancelled within a minute tells nobody, moved there and back neither.
pub(crate) async fn tell(tx: &mut Conn, app: &App, appointment_no: i64, now: Timestamp) -> Answer<()> {
    let Some(told) = Told::read(tx, app, appointment_no).await? else { return Ok(()) };
    outbound::withdraw(tx, appointment_no).await?;
    let about = told.about();
    let soon = now.checked_add(UNDO_SECONDS.seconds()).unwrap_or(now);
    for receiver in told.receivers(tx).await? {
        let last = outbound::last_told(tx, appointment_no, (receiver.to, &receiver.to_id), receiver.channel).await?;
        let kind = match last.as_deref() {
            Some(known) if known == about => continue,
            None if !told.stands() => continue,
            Some(_) if !told.stands() => MessageKind::Cancelled,
            None | Some("") => MessageKind::Confirmation,
            Some(_) => MessageKind::Moved,
        };
        let word = Word::of(kind).unwrap_or(Word::Confirmed);
        let words = told.words(app, &receiver, word);
        keep(tx, &told, (&receiver, kind), Some(words), soon).await?;
    }
    let start = Some(told.view().start).filter(|_| told.stands());
    if let Some(at) = reminder_at(start, now) {
        for receiver in channels(&told.visit.whom, told.language) {
            keep(tx, &told, (&receiver, MessageKind::Reminder), None, at).await?;
        }
    }
    visits::set_guard(tx, appointment_no, start.and_then(|start| before(start, GUARD, now))).await?;
    if told.stands() {
        meet_wishes(tx, &told, now).await?;
    }
    Ok(())
}

async fn keep(
    tx: &mut Conn,
    told: &Told,
    (receiver, kind): (&Receiver, MessageKind),
    words: Option<(Option<String>, String)>,
    not_before: Timestamp,
) -> Answer<()> {
    let (subject, body) = words.map_or((None, None), |(subject, body)| (subject, Some(body)));
    let new = NewMessage {
        appointment: Some(told.stored.no),
        citizen: told.stored.citizen_no,
        to: (receiver.to, &receiver.to_id),
        kind,
        channel: (receiver.channel, &receiver.address),
        language: receiver.language.code(),
        subject,
        body,
        about: &told.about(),
        not_before,
    };
    Ok(outbound::add(tx, &new).await?)
}

/// Ends the wishes for an earlier time that this time meets.
async fn meet_wishes(tx: &mut Conn, told: &Told, now: Timestamp) -> Answer<()> {
    let view = told.view();
    let stands_for: Vec<_> = [Some(view.id), view.replaces].into_iter().flatten().collect();
    let taken = Taken {
        citizen: told.stored.citizen_no,
        stands_for: &stands_for,
        cases: &told.stored.case_nos,
        day: local(view.start).date(),
    };
    for (wish, etag) in waiting::taken(tx, &taken).await? {
        let news = News {
            kind: EventKind::WaitingListChanged,
            subject: paths::waiting(wish),
            etag: Some(etag),
            actor: None,
            command: None,
            citizen: Some(view.citizen),
            case: None,
            department: told.visit.cases.first().map(|(case, _)| case.row.department.clone()),
        };
        events::add(tx, now, &news).await?;
    }
    Ok(())
}

/// The words that a message goes with; none where it has become pointless. What was written when it was kept goes word for word.
pub(crate) async fn words(
    tx: &mut Tx,
    app: &App,
    one: &Stored,
    now: Timestamp,
) -> Answer<Option<(Option<String>, String)>> {
    if let Some(body) = &one.body {
        return Ok(Some((one.subject.clone(), body.clone())));
    }
    let (Some(appointment), Some(word)) = (one.appointment, Word::of(one.kind)) else { return Ok(None) };
    let told = Told::read(tx, app, appointment).await?;
    let Some(told) = told.filter(|told| told.stands() && told.view().start > now) else { return Ok(None) };
    let receiver = Receiver {
        to: MessageTo::Citizen,
        to_id: String::new(),
        channel: one.channel,
        address: one.address.clone(),
        language: LetterLanguage::of_code(&one.language).unwrap_or(told.language),
    };
    Ok(Some(told.words(app, &receiver, word)))
}

/// Tells whoever has the appointment on her screen that a message did not go.
pub(crate) async fn tell_of_failure(tx: &mut Tx, app: &App, one: &Stored, now: Timestamp) -> Answer<()> {
    let Some(appointment) = one.appointment else { return Ok(()) };
    let Some((id, _)) = visits::appointment(tx, appointment).await? else { return Ok(()) };
    let Some(found) = appointments::one(tx, &app.procedures, id, Cases::Hidden).await? else { return Ok(()) };
    let news = News {
        kind: EventKind::AppointmentChanged,
        subject: paths::appointment(id),
        etag: Some(found.view.etag),
        actor: None,
        command: None,
        citizen: Some(found.view.citizen),
        case: None,
        department: None,
    };
    Ok(events::add(tx, now, &news).await?)
}

/// Looks again at visits of the day after: where something without which nothing can be settled is still missing, or nobody has to come, she
/// is told, and so is whoever has the case. Gives how many were told.
pub(crate) async fn guard_due(app: &App, now: Timestamp) -> Answer<usize> {
    let mut warned = 0;
    loop {
        let mut tx = app.store.begin().await?;
        let due = visits::guards_due(&mut tx, now, AT_ONCE).await?;
        if due.is_empty() {
            break;
        }
        for appointment in &due {
            visits::set_guard(&mut tx, *appointment, None).await?;
            warned += usize::from(guard(&mut tx, app, *appointment, now).await?);
        }
        tx.commit().await?;
    }
    if warned > 0 {
        app.bell.ring();
    }
    Ok(warned)
}

async fn guard(tx: &mut Tx, app: &App, appointment: i64, now: Timestamp) -> Answer<bool> {
    let told = Told::read(tx, app, appointment).await?;
    let Some(told) = told.filter(|told| told.stands() && told.view().start > now) else { return Ok(false) };
    let lines = told.visit.lines(Named::All);
    let needs = told.visit.needs(&lines, told.view().start);
    let needless = !told.visit.cases.is_empty() && told.visit.needless().count() == told.visit.cases.len();
    let word = match (needless, needs.is_blocked()) {
        (true, _) => Word::Needless,
        (false, true) => Word::Missing,
        (false, false) => return Ok(false),
    };
    for receiver in channels(&told.visit.whom, told.language) {
        let words = told.words(app, &receiver, word);
        keep(tx, &told, (&receiver, MessageKind::Guard), Some(words), now).await?;
    }
    let service = self_service();
    let act = Act { app, person: &service, key: CommandId::new(), now };
    let mut entries = Vec::new();
    for (case, items) in &told.visit.cases {
        // The history names what blocks.
        let blocking = needs.bring.iter().find(|need| need.blocking && need.line.case == case.row.id);
        let item: Option<(&ItemId, ItemState)> = blocking
            .and_then(|need| items.iter().find(|item| item.id == need.line.template.id))
            .map(|item| (&item.id, item.state));
        act.note(tx, case.no, HistoryKind::Reminded, item, None).await?;
        act.add_up(tx, case).await?;
        let entry = Entry::new(&service, AuditAction::ChangeAppointment).citizen(told.view().citizen);
        entries.push(entry.case(case.row.id).command(act.key).note("guard of the day before"));
    }
    app.chain.append(tx, &entries).await?;
    Ok(true)
}

/// Tells everybody, once, whose licence, passport, protection or permit runs out within a month. Gives how many things were told.
pub(crate) async fn expiry_due(app: &App, today: Date) -> Answer<usize> {
    let last = today.checked_add(EXPIRY_DAYS.days()).unwrap_or(today);
    let mut all = 0;
    loop {
        let mut tx = app.store.begin().await?;
        let now = app.clock.now();
        let due = visits::expiring(&mut tx, (today, last), AT_ONCE).await?;
        if due.is_empty() {
            return Ok(all);
        }
        for one in &due {
            visits::told_expiry(&mut tx, one, now).await?;
            let whom = visits::whom(&mut tx, one.citizen).await?.ok_or(ProblemKind::Internal)?;
            let language = LetterLanguage::for_speaker(&whom.profile.languages);
            for receiver in channels(&whom, language) {
                let (subject, body) = match receiver.channel {
                    MessageChannel::Email => {
                        let mail = message::expiry(one.what, one.until, language);
                        (Some(mail.subject), mail.text)
                    }
                    MessageChannel::Sms => match message::expiry_sms(one.what, one.until, language) {
                        Some(text) => (None, text),
                        None => continue,
                    },
                };
                let new = NewMessage {
                    appointment: None,
                    citizen: one.citizen,
                    to: (receiver.to, ""),
                    kind: MessageKind::Expiry,
                    channel: (receiver.channel, &receiver.address),
                    language: language.code(),
                    subject,
                    body: Some(body),
                    about: &word(&one.what),
                    not_before: now,
                };
                outbound::add(&mut tx, &new).await?;
            }
            all += 1;
        }
        tx.commit().await?;
    }
}
