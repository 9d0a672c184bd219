//! How one talks to a case API. What lives here: finding the server, typed HTTP requests, the event stream, the sealed outbox and the
//! loop that sends it. What does not: what the clerk sees and does (`skranke-desk`), windows, the wire types (`skranke-api`).

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that cannot go on may panic"))]

pub mod endpoint;
pub mod error;
pub mod events;
#[cfg(fuzzing)]
pub mod fuzzing;
pub mod http;
pub mod keyring;
pub mod keys;
pub mod outbox;
pub mod pin;
pub mod replica;
pub mod scanner;
pub mod sign_in;
#[cfg(test)]
mod testing;
pub mod tls;
pub mod uploads;

pub use endpoint::{Doorway, DoorwayError, Endpoint, EndpointError, Fixed, Secret};
pub use error::ClientError;
pub use events::{Live, LivePace, events, events_at};
pub use http::{
    AuditQuery, CaseApi, CaseQuery, Kept, Limits, OutboxRequest, OverviewStream, Responsible, Sent, Tagged,
};
pub use keys::{KeyError, KeyPlace, keyring_works};
pub use outbox::{
    Author, Basis, Draft, Entry, EntryState, FieldKey, Label, Method, Opened, Outbox, OutboxError, OutboxEvent, Pace,
    Sender, Subject,
};
pub use replica::{OpenedReplica, Replica, ReplicaError};
pub use tls::{Trust, TrustError, Untrusted};
