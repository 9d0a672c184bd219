//! Municipalities whose citizens are served here. What does not live here: their list (`assets/catalogue/municipalities.toml`).

use serde::{Deserialize, Serialize};

use crate::MunicipalityId;

/// A municipality whose citizens are served here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Municipality {
    /// Its slug: `koebenhavn`.
    pub id: MunicipalityId,
    /// Its number in the registers, four digits: `0101`.
    pub code: String,
    /// Its name; the same in every language.
    pub name: String,
    /// A postcode within it.
    pub postcode: String,
    /// The town of that postcode.
    pub town: String,
}
