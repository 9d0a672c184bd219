//! Two people at the stands at once; the wrap-up of the one who left is half written when the window ends, and is registered once.

use skranke::api::tickets::TicketRequest;
use skranke::desk::{Desk, Place, StandId};
use skranke::domain::authority::Role;
use skranke::domain::contact::Outcome;
use skranke::domain::queue::{TicketOrigin, TicketState, Triage};
use skranke::domain::{ContactId, ProcedureId};

use super::{at_the_queue, give, given, ticket};
use crate::support::town::Town;
use crate::support::window::{english, launch, sit_down};
use crate::support::{DIVORCED, PENSIONER};

const HALF: &str = "Vil selv sende sin års";
const WHOLE: &str = "Vil selv sende sin årsopgørelse";

fn line(desk: &Desk) -> Option<&str> {
    desk.serving.wrap_up().map(|one| one.text.as_str())
}

#[test]
fn somebody_else_at_the_stand_leaves_the_keyboard_in_the_line_that_is_being_written() {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    town.run(skranke::server::training::queue::begin(&town.service)).unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.press(&["Ctrl+1"]).until("a visit that is not wrapped up, and somebody at both stands", |desk| {
        desk.serving.wrap_up().is_some() && desk.free_stand().is_none() && desk.citizen().is_some()
    });
    let before = ida.desk().citizen().map(|page| page.id);
    ida.press(&["j"]).type_text("Passet er udleveret, ").press(&["F6"]);
    assert_ne!(ida.desk().citizen().map(|page| page.id), before, "the other stand is in front");
    ida.type_text("det gamle er klippet");
    assert_eq!(line(ida.desk()), Some("Passet er udleveret, det gamle er klippet"));
}

#[test]
fn a_half_written_wrap_up_is_there_after_the_window_ended_and_is_registered_once() {
    let town = Town::quiet();
    let come = |name: &str| {
        let request = TicketRequest {
            procedure: Some(ProcedureId::parse("passport").unwrap()),
            citizen: Some(town.run(town.named(name))),
            triage: Some(Triage::AllHere),
            ..give(TicketOrigin::Host)
        };
        given(&town, &request)
    };
    let (verner, signe) = (come(PENSIONER), come(DIVORCED));
    let citizen = verner.citizen.unwrap();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    at_the_queue(&mut ida);
    for (one, stand) in [(&verner, StandId::A), (&signe, StandId::B)] {
        // Where the host could still fetch a paper the first press asks.
        for _ in 0..2 {
            if ida.desk().stands.get(stand).ticket.is_none() {
                let asked = ida.desk().counter.as_ref().unwrap().said.is_none();
                ida.press(&["Space"]).until("she is called, or it is asked first", |desk| {
                    let page = desk.counter.as_ref().unwrap();
                    desk.stands.get(stand).ticket.is_some() || (asked && page.said.is_some() && !page.is_calling())
                });
            }
        }
        ida.until("she comes to the stand", |desk| {
            desk.stands.get(stand).ticket == Some(one.id)
                && desk.stands.front() == stand
                && desk.place() == Place::Queue
        });
        ida.press(&["Enter"]).until("she is served", |desk| {
            desk.ticket_at(stand).is_some_and(|ticket| ticket.state == TicketState::Serving)
        });
    }

    // The first leaves; one line is half typed when everything ends.
    ida.press(&["F6"]).until("the first in front", |desk| desk.stands.front() == StandId::A);
    at_the_queue(&mut ida);
    ida.press(&["w"]).until("the wrap-up", |desk| desk.serving.wrap_up().is_some_and(|one| one.ticket == verner.id));
    ida.press(&["j"])
        .type_text(HALF)
        .until("it lies on the disk", |desk| desk.pending.entries.iter().any(|entry| entry.draft.body["text"] == HALF));
    assert_eq!(ida.desk().serving.wrap_up().unwrap().outcome, None, "nothing is said for her");
    ida.until("he has left", |_| ticket(&town, verner.id).state == TicketState::Finished);
    ida.driver.close();
    assert!(ticket(&town, verner.id).unwrapped);
    let contact = |role| {
        let all = town.run(town.contacts_of(citizen, role));
        all.into_iter().filter(|one| one.id == ContactId(verner.id.0)).collect::<Vec<_>>()
    };
    assert_eq!(contact(Role::Clerk).len(), 0);

    // Another window on the same profile: the other one is still served, the line is as far as it was.
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    at_the_queue(&mut ida);
    ida.until("everything is there again", |desk| {
        let stands = StandId::BOTH.into_iter().any(|at| desk.stands.get(at).ticket == Some(signe.id));
        stands && line(desk) == Some(HALF)
    });
    ida.press(&["j"]).type_text("opgørelse");
    assert_eq!(line(ida.desk()), Some(WHOLE));
    // Nothing is missing any more: it registers itself, and the rest of that is long over where the window's clock stands still.
    ida.tab_to("counter/wrap-up/outcome/1")
        .press(&["Space"])
        .arrives("it is registered", || !ticket(&town, verner.id).unwrapped);
    let all = contact(Role::Clerk);
    assert_eq!(all.len(), 1, "once");
    assert_eq!((all[0].text.da.as_str(), all[0].outcome), (WHOLE, Some(Outcome::Settled)));
    ida.until("no wrap-up is left", |desk| desk.serving.waiting() == 0);
    assert_eq!(ticket(&town, signe.id).state, TicketState::Serving, "the other one is not touched");
}
