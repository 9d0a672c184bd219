//! Reading ahead: the citizens who are booked today, so that they can be read when the line breaks. One quiet pass, one citizen at a time,
//! logged as any look with the appointment as its reason. What does not live here: when it is done, keeping.

use std::collections::BTreeSet;

use futures::StreamExt;
use jiff::civil::Date;
use skranke_api::Purpose;
use skranke_api::purpose::PurposeKind;
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::{CitizenId, CounterId};

use super::Asked;
use crate::error::ClientError;
use crate::http::CaseApi;

/// Reads the citizens who have an appointment at a counter on a day and were not read here before. Gives how many were read; the first
/// error of the line ends it.
///
/// # Errors
/// [`ClientError`] where the line is broken.
pub async fn read_ahead(api: CaseApi, counter: CounterId, day: Date) -> Result<usize, ClientError> {
    let calendar = api.calendar(&counter, day, day).await?;
    let still = |status| matches!(status, AppointmentStatus::Booked | AppointmentStatus::Arrived);
    let booked = calendar.items.iter().filter(|one| still(one.status)).map(|one| one.citizen);
    let booked: BTreeSet<CitizenId> = booked.collect();
    let purpose = Purpose::plain(PurposeKind::Appointment);
    let mut read = 0;
    for citizen in booked {
        let known = Asked::of(&skranke_api::paths::citizen(citizen), &[]);
        if known.is_some_and(|asked| api.keeps(&asked)) {
            continue;
        }
        match one(&api, citizen, &purpose).await {
            Ok(()) => read += 1,
            Err(error) if error.is_line_down() || error == ClientError::SignedOut => return Err(error),
            // Who takes a reason is not read behind anybody's back.
            Err(error) => tracing::debug!(%error, "somebody booked today was not read ahead"),
        }
    }
    Ok(read)
}

async fn one(api: &CaseApi, citizen: CitizenId, purpose: &Purpose) -> Result<(), ClientError> {
    api.citizen(citizen, purpose).await?;
    let mut lines = api.overview_stream(citizen, purpose).await?;
    while let Some(line) = lines.next().await {
        line?;
    }
    Ok(())
}
