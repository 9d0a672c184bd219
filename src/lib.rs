//! Skranke.
