//! The appointment follows its ticket: she is here, it is done, she did not come. What does not live here: booking and moving.

use skranke_api::events::EventKind;
use skranke_api::paths;
use skranke_domain::AppointmentId;
use skranke_domain::appointment::AppointmentStatus;

use super::Turn;
use crate::problem::Answer;
use crate::store::events::{self, News};
use crate::store::{Tx, cases, expected, items};

/// Takes an appointment as far as its ticket came; one that is over already stays as it is.
pub(super) async fn follow(turn: &Turn<'_>, tx: &mut Tx, id: AppointmentId, status: AppointmentStatus) -> Answer<()> {
    use AppointmentStatus::{Arrived, Booked, Fulfilled, Noshow};
    let Some(booked) = expected::booked(tx, id).await? else { return Ok(()) };
    if !matches!((booked.status, status), (Booked, Arrived | Fulfilled | Noshow) | (Arrived, Fulfilled | Noshow)) {
        return Ok(());
    }
    let etag = expected::set_status(tx, booked.no, status, turn.now).await?;
    for no in &booked.cases {
        if let Some(case) = cases::by_no(tx, &turn.app.procedures, *no).await? {
            items::recompute(tx, case.no, case.row.phase, &case.procedure).await?;
        }
    }
    let news = News {
        etag: Some(etag),
        citizen: Some(booked.citizen),
        ..turn.news(EventKind::AppointmentChanged, paths::appointment(id))
    };
    Ok(events::add(tx, turn.now, &news).await?)
}
