//! Time that is not for citizens, and how full days are. What does not live here: appointments.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_domain::appointment::BlockKind;
use skranke_domain::citizen::GroundOfStay;
use skranke_domain::{AppointmentId, BlockId, CounterId};

use crate::ETag;
use crate::appointments::{Appointment, Block, DayLoad};

/// Closes time at counters (`POST /v1/blocks`), or asks what that would meet (`POST /v1/blocks/conflicts`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BlockRequest {
    /// The identifier that the client made.
    pub id: BlockId,
    /// Where (1 to 40 counters).
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 40))]
    pub counters: Vec<CounterId>,
    /// From: on a five-minute mark.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub start: Timestamp,
    /// To, exclusive; on a five-minute mark, at most 24 hours later.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub end: Timestamp,
    /// What.
    pub kind: BlockKind,
    /// Why, in words; may be empty.
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub text: String,
    /// The appointments that were seen to lie there. One that lies there and was not seen refuses the change.
    #[cfg_attr(feature = "schema", schema(max_items = 500))]
    pub seen: Vec<AppointmentId>,
}

/// What a closure would meet: the appointments that would have to be moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BlockConflicts {
    /// In order of time.
    pub appointments: Vec<Appointment>,
}

/// How full days are, and when people of each ground of stay come (`GET /v1/load`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LoadView {
    /// The days asked for: share of the open time that is taken over all counters of the site; closed days are left out.
    pub days: Vec<DayLoad>,
    /// The year to the last day asked for, by ground of stay; only grounds that people come with.
    pub grounds: Vec<GroundLoad>,
}

/// When people of a ground of stay come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct GroundLoad {
    /// The ground.
    pub ground: GroundOfStay,
    /// Visits a month, January first.
    pub months: [u32; 12],
}

/// Opens closed time again (`PATCH /v1/blocks/{block}`), at one counter or at all that it closes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BlockChange {
    /// The counters that open again (1 to 40).
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 40))]
    pub opens: Vec<CounterId>,
}

/// Closed time as it stands, one entry for each counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BlockView {
    /// Its identifier.
    pub id: BlockId,
    /// One for each counter; empty when all opened again.
    pub blocks: Vec<Block>,
    /// Appointments that lie there and have to be moved.
    pub conflicts: Vec<Appointment>,
    /// Its own version.
    pub etag: ETag,
}
