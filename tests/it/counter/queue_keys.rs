//! The queue by keyboard: calling, asking first, asking the host, parking, handing over, coming back, and the host who checks somebody in.

use iced::Program;
use skranke::api::tickets::{Ticket, TicketRequest};
use skranke::desk::StandId;
use skranke::desk::counter::{CounterSheet, Said};
use skranke::domain::authority::Role;
use skranke::domain::queue::{CallReason, TicketOrigin, TicketState, Triage};
use skranke::domain::{ProcedureId, TicketId};
use skranke::ui::App;

use super::{at_the_queue, counter, give, given, queue, ticket};
use crate::support::town::{Town, now};
use crate::support::window::{Clerk, english, launch, sit_down};

const CARD: &str = "Har vist pas, mangler kun underskriften";

fn comes(town: &Town, triage: Triage) -> Ticket {
    let procedure = Some(ProcedureId::parse("passport").unwrap());
    given(town, &TicketRequest { procedure, triage: Some(triage), ..give(TicketOrigin::Host) })
}

fn said<P: Program<State = App> + 'static>(clerk: &Clerk<P>) -> Option<&Said> {
    clerk.desk().counter.as_ref().and_then(|page| page.said.as_ref())
}

/// Waits until the window knows a ticket so.
#[track_caller]
fn shows<P: Program<State = App> + 'static>(clerk: &mut Clerk<P>, id: TicketId, state: TicketState) {
    clerk.until(&format!("it is {state:?}"), |desk| {
        let page = desk.counter.as_ref().unwrap();
        page.ticket(id).is_some_and(|one| one.state == state) && !page.is_busy(id)
    });
}

/// Chooses a line with the arrow keys.
#[track_caller]
fn chooses<P: Program<State = App> + 'static>(clerk: &mut Clerk<P>, id: TicketId) {
    for key in ["Down", "Up"] {
        for _ in 0..12 {
            if clerk.desk().counter.as_ref().unwrap().selected == Some(id) {
                return;
            }
            clerk.press(&[key]);
        }
    }
    panic!("the line is not reached by keys");
}

#[test]
fn she_is_asked_before_somebody_without_her_paper_is_called_and_asks_the_host_with_one_key() {
    let town = Town::quiet();
    let first = comes(&town, Triage::Missing);
    let second = comes(&town, Triage::AllHere);
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    at_the_queue(&mut ida);
    ida.press(&["Space"]);
    assert_eq!(said(&ida), Some(&Said::AskFirst(first.id)));
    let asks = ida.sentence("queue-ask-first-some", &[("number", first.number.clone().into())]);
    ida.read(&asks);
    assert_eq!(ticket(&town, first.id).state, TicketState::Waiting, "nobody was called yet");
    ida.press(&["h"]).arrives("the host is asked", || {
        queue(&town).staff.iter().any(|one| one.wants_help.as_ref().is_some_and(|with| with.contains(&first.number)))
    });

    // Called all the same, called again, and she does not come.
    ida.press(&["Space", "Space"]);
    shows(&mut ida, first.id, TicketState::Called);
    assert_eq!(ida.desk().stands.get(StandId::A).ticket, Some(first.id));
    ida.press(&["r"]).arrives("called again", || ticket(&town, first.id).calls == 2);
    ida.until("the window knows", |desk| {
        desk.counter.as_ref().unwrap().ticket(first.id).is_some_and(|one| one.calls == 2)
    });
    ida.press(&["o"]).arrives("she did not come", || ticket(&town, first.id).state == TicketState::Noshow);
    ida.until("nobody stands there", |desk| desk.stands.get(StandId::A).ticket.is_none());

    // The next one has everything: no question.
    ida.press(&["Space"]);
    shows(&mut ida, second.id, TicketState::Called);
    ida.press(&["Enter"]);
    shows(&mut ida, second.id, TicketState::Serving);
    assert_eq!(ticket(&town, second.id).counter, Some(counter("counter-4")));
}

#[test]
fn who_is_parked_and_handed_over_comes_with_her_card_to_the_colleague_and_is_first_there() {
    let town = Town::quiet();
    let one = comes(&town, Triage::AllHere);
    let (hers, his) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut ida = sit_down(launch(&town, hers.path(), Role::Clerk, english()));
    at_the_queue(&mut ida);
    ida.press(&["Space"]);
    shows(&mut ida, one.id, TicketState::Called);
    ida.press(&["Enter"]);
    shows(&mut ida, one.id, TicketState::Serving);
    ida.press(&["p"]);
    shows(&mut ida, one.id, TicketState::Parked);
    chooses(&mut ida, one.id);
    ida.press(&["p"]);
    shows(&mut ida, one.id, TicketState::Serving);

    let before = comes(&town, Triage::AllHere);
    ida.press(&["x"]).until("to whom", |desk| {
        let open = desk.counter.as_ref().and_then(|page| page.open.as_ref());
        matches!(open.map(|open| &open.sheet), Some(CounterSheet::Transfer(_)))
    });
    ida.type_text("mette br").offered("Mette Brunsgaard").press(&["Enter"]).until("she is chosen", |desk| {
        let open = desk.counter.as_ref().and_then(|page| page.open.as_ref());
        matches!(open.map(|open| &open.sheet), Some(CounterSheet::Transfer(sheet)) if sheet.to.is_some())
    });
    ida.type_text(CARD).press(&["Ctrl+Enter"]).arrives("she goes on", || ticket(&town, one.id).card.is_some());
    let waits = ticket(&town, one.id);
    assert_eq!((waits.state, waits.came), (TicketState::Waiting, one.came), "her waiting counts on");
    assert_eq!(waits.card.as_deref(), Some(CARD));
    assert_eq!(waits.staff.map(|staff| staff.name).as_deref(), Some("Mette Brunsgaard"));

    let mut mette = sit_down(launch(&town, his.path(), Role::Caseworker, english()));
    at_the_queue(&mut mette);
    mette.offered(CARD).press(&["Space"]);
    shows(&mut mette, one.id, TicketState::Called);
    assert_eq!(said(&mette), Some(&Said::Called(one.number.clone(), CallReason::Returned)));
    assert_eq!(ticket(&town, before.id).state, TicketState::Waiting);
}

#[test]
fn who_fetches_a_paper_is_called_before_those_who_came_meanwhile() {
    let town = Town::quiet();
    let first = comes(&town, Triage::AllHere);
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    at_the_queue(&mut ida);
    ida.press(&["Space"]);
    shows(&mut ida, first.id, TicketState::Called);
    ida.press(&["Enter"]);
    shows(&mut ida, first.id, TicketState::Serving);
    ida.press(&["b"]).until("what she fetches", |desk| {
        let open = desk.counter.as_ref().and_then(|page| page.open.as_ref());
        matches!(open.map(|open| &open.sheet), Some(CounterSheet::SendOff { .. }))
    });
    ida.type_text("Lejekontrakten").press(&["Ctrl+Enter"]);
    shows(&mut ida, first.id, TicketState::Returning);
    // Others come while she is away, and wait longer than she will.
    let other = comes(&town, Triage::AllHere);
    town.service.move_clock(now() + jiff::SignedDuration::from_mins(12));
    shows(&mut ida, other.id, TicketState::Waiting);
    chooses(&mut ida, first.id);
    ida.press(&["b"]);
    shows(&mut ida, first.id, TicketState::Waiting);
    ida.press(&["Space"]);
    shows(&mut ida, first.id, TicketState::Called);
    assert_eq!(said(&ida), Some(&Said::Called(first.number.clone(), CallReason::Returned)));
    assert_eq!(ticket(&town, other.id).state, TicketState::Waiting);
}

#[test]
fn the_host_checks_somebody_in_by_her_name_and_the_clerk_calls_her_with_her_page() {
    let town = Town::quiet();
    let kalina = town.run(town.showcase());
    let (hosts, hers) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut host = sit_down(launch(&town, hosts.path(), Role::Host, english()));
    let mut ida = sit_down(launch(&town, hers.path(), Role::Clerk, english()));
    at_the_queue(&mut ida);
    at_the_queue(&mut host);
    let expected = queue(&town).expected;
    let hers = expected.iter().find(|one| one.citizen == kalina).expect("she is booked today").appointment;
    host.press(&["k"]).type_text("wrona").until("she is found", |desk| {
        let page = desk.counter.as_ref().unwrap();
        matches!(page.open.as_ref().map(|open| &open.sheet), Some(CounterSheet::CheckIn { query, .. }) if query == "wrona")
    });
    host.press(&["Enter"])
        .arrives("she is here", || queue(&town).tickets.iter().any(|one| one.appointment == Some(hers)));
    let one = queue(&town).tickets.into_iter().find(|one| one.appointment == Some(hers)).unwrap();
    assert_eq!((one.origin, one.citizen), (TicketOrigin::CheckIn, Some(kalina)));
    assert!(queue(&town).expected.iter().all(|one| one.appointment != hers));
    shows(&mut ida, one.id, TicketState::Waiting);
    ida.press(&["Space"]);
    if one.triage == Triage::Missing {
        assert_eq!(said(&ida), Some(&Said::AskFirst(one.id)));
        ida.press(&["Space"]);
    }
    shows(&mut ida, one.id, TicketState::Called);
    ida.until("her page is at the stand", |desk| desk.page_at(StandId::A).is_some_and(|page| page.id == kalina));
}
