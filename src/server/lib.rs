//! The reference case API
