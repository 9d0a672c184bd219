//! Chance that is the same every time: SplitMix64 (Steele, Lea and Flood, 2014), written out because a library may change its stream
//! between versions and the training municipality may not. What does not live here: secrets; those come from the operating system.

use uuid::Uuid;

/// A stream of chance.
#[derive(Clone, Debug)]
pub struct Rng(u64);

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Rng {
    /// The stream of a thing: the same seed, name and number give the same stream, whatever is drawn elsewhere.
    #[must_use]
    pub fn of(seed: u64, name: &str, number: u64) -> Self {
        let named = name.bytes().fold(mix(seed ^ 0x5ca5_5ca5), |state, byte| mix(state ^ u64::from(byte)));
        Self(mix(named ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }

    /// 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number below a bound (0 for a bound of 0).
    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 {
            return 0;
        }
        let wide = u128::from(self.bits()) * (bound as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from one bound to another, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high.saturating_sub(low).saturating_add(1)).unwrap_or(1);
        low + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// True in so many of a thousand cases.
    pub fn permille(&mut self, share: usize) -> bool {
        self.below(1000) < share
    }

    /// One of a few words.
    pub fn word(&mut self, from: &[&'static str]) -> &'static str {
        self.pick::<&'static str>(from)
    }

    /// One of a few.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        // invariant: only called with lists that have something in them; an empty one is a mistake that every test run would meet.
        &from[self.below(from.len())]
    }
}

/// Identifiers that follow from the seed alone: shaped like UUIDv7, in the order of their numbers, independent of the day.
#[derive(Clone, Copy, Debug)]
pub struct Ids {
    seed: u64,
}

/// 1 January 2024, in milliseconds since 1970: where invented identifiers begin.
const BASE_MS: u64 = 1_704_067_200_000;

impl Ids {
    /// Identifiers of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The identifier of a thing of a kind by its number.
    #[must_use]
    pub fn get(&self, kind: &str, number: i64) -> Uuid {
        let number = number.unsigned_abs();
        let mut rng = Rng::of(self.seed, kind, number);
        let ms = u128::from((BASE_MS + number) & 0xffff_ffff_ffff);
        let (a, b) = (u128::from(rng.bits() & 0xfff), u128::from(rng.bits() & 0x3fff_ffff_ffff_ffff));
        Uuid::from_u128(ms << 80 | 7 << 76 | a << 64 | 0b10 << 62 | b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_the_same_every_time() {
        let mut rng = Rng::of(7, "household", 3);
        let first: Vec<u64> = (0..3).map(|_| rng.bits()).collect();
        let mut again = Rng::of(7, "household", 3);
        assert_eq!(first, (0..3).map(|_| again.bits()).collect::<Vec<_>>());
        assert_ne!(first[0], Rng::of(8, "household", 3).bits());
        assert_ne!(first[0], Rng::of(7, "household", 4).bits());
        assert!((0..1000).all(|_| (3..=5).contains(&rng.between(3, 5))));
    }

    #[test]
    fn identifiers_look_like_the_real_ones() {
        let ids = Ids::new(7);
        let id = ids.get("citizen", 1);
        assert_eq!((id.get_version_num(), id.get_variant()), (7, uuid::Variant::RFC4122));
        assert_eq!(id, ids.get("citizen", 1));
        assert_ne!(id, ids.get("case", 1));
        assert!(ids.get("citizen", 2) > id);
    }
}
