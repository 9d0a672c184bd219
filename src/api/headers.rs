//! The headers that the contract adds to HTTP's own.

/// The command id of an unsafe request (UUIDv7).
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Says that an answer was stored before and is given again.
pub const IDEMPOTENT_REPLAYED: &str = "idempotent-replayed";
/// Why something is searched or opened: see [`crate::purpose`].
pub const PURPOSE: &str = "skranke-purpose";
/// The words or the reference that go with a purpose, percent-encoded UTF-8.
pub const PURPOSE_NOTE: &str = "skranke-purpose-note";
/// The legal basis on which other departments' data are fetched, one of [`skranke_domain::access::LegalBasis`]'s words.
pub const LEGAL_BASIS: &str = "skranke-legal-basis";
/// `yes`: the warning that somebody near is opened was seen.
pub const ACKNOWLEDGED: &str = "skranke-acknowledged";
/// The media type of problems.
pub const PROBLEM_JSON: &str = "application/problem+json";
/// The media type of the streamed overview.
pub const NDJSON: &str = "application/x-ndjson";
/// The first byte of a piece of an upload, counted from 0.
pub const UPLOAD_OFFSET: &str = "upload-offset";
