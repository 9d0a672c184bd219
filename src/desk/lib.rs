//! The workspace without pixels
