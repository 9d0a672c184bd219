//! The questions that verify a caller. What lives here: choosing them from what we know, best first. What does not: whether the caller's
//! answers fit; the clerk hears that.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use skranke_api::ProblemKind;
use skranke_api::appointments::Appointment;
use skranke_api::audit::AuditAction;
use skranke_api::cases::ContactView;
use skranke_api::citizens::{AddressView, CitizenView, Verification, VerifyRequest, VerifyingKind, VerifyingQuestion};
use skranke_api::page::DEFAULT_LIMIT;
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::citizen::RelationKind;
use skranke_domain::contact::Channel;
use skranke_domain::{CitizenId, Localized};

use super::citizens::check_purpose;
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::clock::local;
use crate::extract::{Json, Path};
use crate::problem::{Answer, json};
use crate::store::appointments::{self, Cases};
use crate::store::{Conn, cases, citizens, contacts};

/// The fewest minutes since a contact that is asked about: what is younger is this very visit.
const THIS_VISIT: i64 = 30;
/// How many contacts are looked through for the last one.
const CONTACTS: u16 = 20;
/// How many words of a contact tell what it was about.
const WORDS: usize = 8;
/// How many open cases an answer names: any of them will do.
const OPEN_CASES: usize = 3;

/// What a caller is asked to show that she is who she says. The answers are there to be compared, never to be told.
#[utoipa::path(post, path = "/v1/citizens/{citizen}/verification", operation_id = "verifyCaller", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen")),
    request_body = VerifyRequest, responses((status = 200, body = Verification)))]
pub async fn questions(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CitizenId>,
    Json(request): Json<VerifyRequest>,
) -> Answer<Response> {
    check_purpose(&request.purpose)?;
    let now = app.clock.now();
    let withheld = person.withheld();
    let known = {
        let mut conn = app.store.read().await?;
        let citizen = citizens::view(&mut conn, id, local(now).date()).await?.ok_or(ProblemKind::NotFound)?;
        let no = citizens::number(&mut conn, id).await?.ok_or(ProblemKind::NotFound)?;
        Known {
            contacts: contacts::of_citizen(&mut conn, (no, id), withheld, None, CONTACTS).await?,
            cases: open_cases(&mut conn, &app, no, withheld).await?,
            appointments: appointments::of_citizen(&mut conn, &app.procedures, no, Cases::Except(withheld)).await?,
            citizen,
        }
    };
    app.auditor.record(Entry::new(&person, AuditAction::VerifyCaller).citizen(id).purpose(request.purpose)).await?;
    json(&Verification { questions: known.questions(now) })
}

/// What her open cases are called that this person may see, the most urgent first.
async fn open_cases(conn: &mut Conn, app: &App, no: i64, withheld: &'static [&'static str]) -> Answer<Vec<Localized>> {
    let filter = cases::Filter { citizen: Some(no), withheld, ..cases::Filter::default() };
    let all = cases::list(conn, &app.procedures, &filter, DEFAULT_LIMIT).await?;
    let mut titles: Vec<Localized> = Vec::new();
    for case in all.into_iter().filter(|c| cases::is_open(c.row.phase)) {
        if titles.len() < OPEN_CASES && !titles.contains(&case.row.title) {
            titles.push(case.row.title);
        }
    }
    Ok(titles)
}

/// What we know of her.
struct Known {
    citizen: CitizenView,
    contacts: Vec<(i64, ContactView)>,
    cases: Vec<Localized>,
    appointments: Vec<Appointment>,
}

impl Known {
    /// Every question we know an answer to, those first that a stranger answers hardest.
    fn questions(&self, now: Timestamp) -> Vec<VerifyingQuestion> {
        [
            (VerifyingKind::LastContact, self.last_contact(now)),
            (VerifyingKind::OpenCase, self.open_case()),
            (VerifyingKind::Children, self.children()),
            (VerifyingKind::Address, self.road()),
            (VerifyingKind::NextAppointment, self.next_appointment(now)),
            (VerifyingKind::Phone, self.phone()),
        ]
        .into_iter()
        .filter_map(|(question, answer)| Some(VerifyingQuestion { question, answer: answer? }))
        .collect()
    }

    fn children(&self) -> Option<Localized> {
        let names: Vec<&str> = self
            .citizen
            .relations
            .iter()
            .filter(|r| r.kind == RelationKind::Child)
            .map(|r| r.given_name.as_str())
            .collect();
        let (last, first) = names.split_last()?;
        let list = |and: &str| match first {
            [] => (*last).to_owned(),
            _ => format!("{} {and} {last}", first.join(", ")),
        };
        Some(Localized::new(list("og"), list("and")))
    }

    /// The road and the number, without floor and door. A protected address is in no question.
    fn road(&self) -> Option<Localized> {
        let AddressView::Shown(address) = &self.citizen.address else { return None };
        let road = address.street.split(',').next()?.trim();
        Some(Localized::new(road, road))
    }

    fn last_contact(&self, now: Timestamp) -> Option<Localized> {
        let before = now.checked_sub(THIS_VISIT.minutes()).ok()?;
        let (_, last) = self.contacts.iter().find(|(_, c)| c.at <= before && is_by_her(c.channel))?;
        let (da, en) = channel(last.channel);
        let day = local(last.at).date();
        let said = |channel: &str, day: String, text: &str| {
            let words = first_words(text);
            if words.is_empty() { format!("{channel}, {day}") } else { format!("{channel}, {day}: {words}") }
        };
        Some(Localized::new(said(da, day_da(day), &last.text.da), said(en, day_en(day), &last.text.en)))
    }

    fn open_case(&self) -> Option<Localized> {
        let join = |text: fn(&Localized) -> &str| self.cases.iter().map(text).collect::<Vec<_>>().join("; ");
        (!self.cases.is_empty()).then(|| Localized::new(join(|t| &t.da), join(|t| &t.en)))
    }

    fn next_appointment(&self, now: Timestamp) -> Option<Localized> {
        let next = self.appointments.iter().find(|a| a.start > now && a.status == AppointmentStatus::Booked)?;
        let day = local(next.start).date();
        Some(Localized::new(day_da(day), day_en(day)))
    }

    fn phone(&self) -> Option<Localized> {
        let digits: Vec<char> = self.citizen.phone.as_ref()?.chars().filter(char::is_ascii_digit).collect();
        let last: String = digits.get(digits.len().checked_sub(3)?..)?.iter().collect();
        Some(Localized::new(last.as_str(), last.as_str()))
    }
}

/// Whether she was in touch herself; what is sent to her she may not have read.
const fn is_by_her(channel: Channel) -> bool {
    matches!(channel, Channel::Counter | Channel::Phone | Channel::SelfService | Channel::Email)
}

fn first_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.get(..WORDS) {
        Some(first) if words.len() > WORDS => format!("{} …", first.join(" ")),
        _ => words.join(" "),
    }
}

const fn channel(channel: Channel) -> (&'static str, &'static str) {
    match channel {
        Channel::Counter => ("Skranke", "Counter"),
        Channel::Phone => ("Telefon", "Phone"),
        Channel::DigitalPost => ("Digital Post", "Digital Post"),
        Channel::SelfService => ("Selvbetjening", "Self-service"),
        Channel::Letter => ("Brev", "Letter"),
        Channel::Email => ("E-mail", "E-mail"),
        Channel::Sms => ("Sms", "Text message"),
    }
}

const MONTHS: [(&str, &str); 12] = [
    ("januar", "January"),
    ("februar", "February"),
    ("marts", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("august", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

fn month(day: Date) -> (&'static str, &'static str) {
    usize::try_from(day.month() - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default()
}

fn day_da(day: Date) -> String {
    format!("{}. {}", day.day(), month(day).0)
}

fn day_en(day: Date) -> String {
    format!("{} {}", day.day(), month(day).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_said_as_people_say_it() {
        let day = Date::constant(2026, 12, 1);
        assert_eq!((day_da(day).as_str(), day_en(day).as_str()), ("1. december", "1 December"));
    }

    #[test]
    fn the_first_words_are_enough() {
        assert_eq!(first_words("Spurgte om  åbningstider"), "Spurgte om åbningstider");
        assert_eq!(first_words("a b c d e f g h i"), "a b c d e f g h …");
        assert_eq!(first_words(""), "");
    }
}
