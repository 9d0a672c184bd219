//! The catalogue: departments, life situations, tasks and procedures, read from TOML and checked. What does not live here: opening files.
