//! What a person may see of a ticket. Who waits is seen by everybody who works in the room; what for is not always. What does not live
//! here: which departments are withheld from whom (`policy`).

use skranke_api::tickets::Ticket;
use skranke_domain::Localized;
use skranke_domain::queue::{TicketOrigin, TicketState, Triage};

use crate::auth::Person;
use crate::policy;
use crate::store::tickets::Stored;

/// A ticket as a person may see it.
///
/// Of a withheld department nothing is told but that somebody waits. A host sees what was said at the door and which papers lack, so that
/// she can scan one now, but no case, no card that colleagues wrote to each other, and not what a booked time is for.
pub(in crate::routes) fn shown(person: &Person, stored: &Stored) -> Ticket {
    let role = person.role();
    let withheld = |department: &skranke_domain::DepartmentId| policy::is_withheld(role, department.as_str());
    let mut view = stored.view.clone();
    view.cases = stored.cases.iter().filter(|(_, _, department)| !withheld(department)).map(|(_, id, _)| *id).collect();
    if view.department.as_ref().is_some_and(withheld) {
        view.reason = Localized::new("Samtale", "Meeting");
        view.triage = Triage::Unknown;
        view.papers.clear();
        (view.procedure, view.situation, view.department) = (None, None, None);
        (view.text, view.card) = (None, None);
    }
    if !policy::sees_cases(role) {
        view.cases.clear();
        if view.origin == TicketOrigin::CheckIn {
            view.reason = Localized::new("Bestilt tid", "Booked time");
            (view.procedure, view.situation) = (None, None);
        }
        // What she fetches is for whoever meets her at the door.
        if view.state != TicketState::Returning {
            view.card = None;
        }
    }
    view
}
