//! A time is booked while a paper is missing: the guard warns, the bring list names it, and the calendar turns green by itself once it came.

use serde_json::json;
use skranke::api::visits::Guard;
use skranke::desk::Place;
use skranke::desk::calendar::booking::{Booking, CannotBook};
use skranke::desk::calendar::holding::Hold;
use skranke::domain::appointment::{AppointmentReadiness, AppointmentStatus};
use skranke::domain::authority::Role;
use skranke::domain::checklist::ItemState;

use super::{appointment, calendar};
use crate::casework::{SISTER, applies, delivered, item, paper, reply};
use crate::support::town::{Town, now};
use crate::support::window::{english, launch, sit_down};

const PROCEDURE: &str = "cpr-eu-employee";
const MISSING: &str = "employment";

fn booking(desk: &skranke::desk::Desk) -> Option<&Booking> {
    desk.calendar.as_ref()?.booking.as_ref()
}

#[test]
fn a_time_with_a_missing_paper_is_warned_of_and_turns_green_when_the_paper_is_approved() {
    let town = Town::quiet();
    let danuta = town.run(town.named(SISTER));
    let facts = json!({
        "person.citizenship_group": "eu", "person.civil_status": "unmarried", "stay.ground": "eu_worker",
        "stay.from_country_group": "eu", "family.accompanying_children": false, "document.legalisation": "none",
        "document.language_ok": true
    });
    let case = applies(&town, danuta, PROCEDURE, &facts, |case| {
        let came =
            ["id-document", "eu-residence-document", "proof-of-address", "health-insurance-country", "doctor-choice"];
        came.iter().map(|one| paper(&format!("{one}.pdf"), &[(case, one)])).collect()
    });
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.opens(SISTER, PROCEDURE);
    let request = ida.asks_for(MISSING);
    ida.approves_what_came();

    // A time, by keys: it is kept while she writes.
    ida.press(&["b"]).until("the calendar", |desk| desk.place() == Place::Calendar && booking(desk).is_some());
    ida.until("the earliest times", |desk| {
        let page = desk.calendar.as_ref().unwrap();
        !page.free.is_waiting() && page.free.value().is_some_and(|free| !free.is_empty())
    });
    ida.press(&["1"]).until("it is kept and its list is known", |desk| {
        booking(desk).is_some_and(|one| matches!(one.hold, Hold::Kept { .. }) && one.list().is_some())
    });
    let one = booking(ida.desk()).unwrap();
    let (id, start) = (one.id, one.slot.as_ref().unwrap().start);
    assert_eq!(appointment(&town, id).status, AppointmentStatus::Proposed, "nobody else gets it meanwhile");
    let bring = &one.list().unwrap().bring;
    let named = bring.iter().find(|one| one.item.as_str() == MISSING).expect("the paper is on the list");
    assert!(named.blocking);
    let label = named.label.en.clone();
    assert!(one.warnings().iter().any(|guard| matches!(guard, Guard::MissingPaper { .. })), "{:?}", one.warnings());
    assert_eq!(one.cannot_book(now()), Some(CannotBook::Warned));

    // She has to say that it is to be made all the same.
    ida.read_word("booking-missing").offered(&label);
    ida.press(&["Ctrl+Enter"]);
    assert!(booking(ida.desk()).is_some(), "it is not booked over a warning");
    assert_eq!(ida.desk().pending.count(), 0);
    for _ in 0..booking(ida.desk()).unwrap().warnings().len() {
        ida.press(&["y"]);
    }
    ida.press(&["Ctrl+Enter"]).until("the booking is written", |desk| booking(desk).is_none()).everything_sent();

    // It stands in the calendar, amber: the paper is not there.
    let stands = |desk: &skranke::desk::Desk, ready: AppointmentReadiness| {
        let found = desk.calendar.as_ref().and_then(|page| page.find_appointment(id));
        found.is_some_and(|one| one.status == AppointmentStatus::Booked && one.readiness == ready)
    };
    ida.until("it is amber", |desk| stands(desk, AppointmentReadiness::Blocked));
    let shown = calendar(&ida).find_appointment(id).unwrap().clone();
    assert_eq!((shown.start, shown.papers.open), (start, 1));
    assert_eq!(shown.cases, [case]);

    // The paper comes, is approved at another desk, and the open calendar is green without anybody asking.
    delivered(&town, &reply(danuta, request, vec![paper("kontrakt.pdf", &[(case, MISSING)])]));
    let hers = tempfile::tempdir().unwrap();
    let mut mette = sit_down(launch(&town, hers.path(), Role::Caseworker, english()));
    mette.opens(SISTER, PROCEDURE).item_becomes(&item(MISSING), ItemState::Received);
    mette.approves(MISSING).everything_sent();
    ida.until("it is green", |desk| stands(desk, AppointmentReadiness::Ready));
    assert_eq!(ida.desk().place(), Place::Calendar);
    assert_eq!(calendar(&ida).find_appointment(id).unwrap().papers.open, 0);
    let named = skranke::ui::focus::FocusId::new("calendar/appointment").child(id);
    let control = ida.controls().into_iter().find(|one| one.id == named).expect("it is in the calendar");
    assert!(control.name.contains(&ida.word("calendar-papers-approved")), "{}", control.name);
}
