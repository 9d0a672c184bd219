//! Who lives in another municipality: International House serves the newcomers of some thirty. What does not live here: which they are (the
//! catalogue).

use skranke_domain::municipality::Municipality;

use super::people::{HOME, Household};
use super::rng::Rng;

/// Of a thousand households of newcomers, so many live elsewhere.
const ELSEWHERE: usize = 350;

/// The other municipalities, for one seed.
#[derive(Clone, Copy, Debug)]
pub struct Elsewhere<'a> {
    seed: u64,
    served: &'a [Municipality],
}

impl<'a> Elsewhere<'a> {
    /// The municipalities that are served.
    #[must_use]
    pub const fn new(seed: u64, served: &'a [Municipality]) -> Self {
        Self { seed, served }
    }

    /// Lets some newcomers live elsewhere, the whole household in one place.
    pub fn settle(&self, home: &mut Household) {
        let Some(first) = home.people.first().filter(|_| home.family.newcomer) else { return };
        let others: Vec<&Municipality> = self.served.iter().filter(|served| served.id.as_str() != HOME).collect();
        let mut rng = Rng::of(self.seed, "municipality", first.no.unsigned_abs());
        if others.is_empty() || !rng.permille(ELSEWHERE) {
            return;
        }
        let there = *rng.pick(&others);
        for person in &mut home.people {
            person.municipality = there.id.to_string();
            person.profile.municipality.clone_from(&there.name);
            if let Some(address) = &mut person.address {
                address.postcode.clone_from(&there.postcode);
                address.district.clone_from(&there.town);
            }
        }
    }
}
