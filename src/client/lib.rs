//! How Skranke talks to a case API
