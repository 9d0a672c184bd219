//! The wire contract between client and server. What lives here: paths, headers, request and response types, problems, events, ETags
//! and cursors as both sides see them. What does not: HTTP itself, storage, rules (see `skranke-domain`).

pub mod access;
pub mod appointments;
pub mod audit;
pub mod board;
pub mod cases;
pub mod casework;
pub mod changes;
pub mod citizens;
pub mod contacts;
pub mod documents;
pub mod etag;
pub mod events;
pub mod handovers;
pub mod headers;
pub mod intake;
pub mod me;
pub mod notes;
pub mod opening;
pub mod overview;
pub mod page;
pub mod paths;
pub mod problem;
pub mod purpose;
pub mod situations;
pub mod statistics;
pub mod tickets;
pub mod visits;

pub use etag::ETag;
pub use page::{Cursor, Page};
pub use problem::{FieldError, Problem, ProblemKind};
pub use purpose::Purpose;
