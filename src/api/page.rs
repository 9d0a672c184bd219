//! Paging: opaque cursors, bounded limits.

use serde::{Deserialize, Serialize};

/// The most items on one page.
pub const MAX_LIMIT: u16 = 200;
/// Items on a page when nobody says.
pub const DEFAULT_LIMIT: u16 = 50;

/// Where the next page begins. Sealed by the server: opaque, and valid only for the same person and list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Cursor(pub String);

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Where the next page begins; none at the end.
    pub next_cursor: Option<Cursor>,
}
