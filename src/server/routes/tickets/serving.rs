//! Busy and available follow serving by themselves. What does not live here: what people say of themselves (`availability`).

use skranke_api::appointments::Site;
use skranke_domain::appointment::CounterKind;
use skranke_domain::queue::Availability;
use skranke_domain::{CounterId, StaffId};

use super::Turn;
use crate::problem::Answer;
use crate::store::{Tx, at_work, tickets};

fn is_stand(site: &Site, id: &CounterId) -> bool {
    site.counters.iter().any(|counter| counter.id == *id && counter.kind == CounterKind::Stand)
}

/// Somebody begins to serve at a counter. Whoever is followed at a stand leaves her free.
pub(super) async fn begins(turn: &Turn<'_>, tx: &mut Tx, site: &Site, counter: &CounterId) -> Answer<()> {
    let Some(by) = turn.person.signature().filter(|_| !is_stand(site, counter)) else { return Ok(()) };
    let before = at_work::of(tx, by.0).await?;
    let same = |stored: &at_work::Stored| {
        stored.site == site.id
            && stored.view.counter.as_ref() == Some(counter)
            && stored.view.availability == Availability::Busy
    };
    if before.as_ref().is_some_and(same) {
        return Ok(());
    }
    at_work::put(tx, by, (&site.id, Some(counter)), Availability::Busy, turn.now).await?;
    turn.tell_at_work(tx, &site.id).await
}

/// Somebody no longer serves one whom she served: she is available, unless she serves another or said otherwise.
pub(super) async fn ends(turn: &Turn<'_>, tx: &mut Tx, site: &Site, staff: Option<StaffId>) -> Answer<()> {
    let Some(staff) = staff else { return Ok(()) };
    let Some(stored) = at_work::of(tx, staff).await? else { return Ok(()) };
    let serves = tickets::serves_at(tx, &site.id, staff).await?;
    if stored.view.availability != Availability::Busy || serves.iter().any(|counter| !is_stand(site, counter)) {
        return Ok(());
    }
    let who = (staff, stored.view.staff.name.as_str());
    at_work::put(tx, who, (&stored.site, stored.view.counter.as_ref()), Availability::Available, turn.now).await?;
    turn.tell_at_work(tx, &site.id).await
}
