//! Numbers that only look random: the same seed gives the same ones on every machine.

/// A SplitMix64 generator (Steele, Lea and Flood, 2014). Small, and good enough to vary records.
#[derive(Clone, Debug)]
pub(super) struct Random {
    state: u64,
}

impl Random {
    /// A generator for one thing of many: `stream` tells apart those that share a seed, so that
    /// each can be made without the others.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut random = Self { state: seed };
        random.state = random.next() ^ stream.wrapping_mul(0xD1B5_4A32_D192_ED03);
        random
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `end`, without `end`; 0 if `end` is 0.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        let high = (u128::from(self.next()) * u128::from(end)) >> 64;
        u32::try_from(high).expect("the product's high half is less than `end`")
    }

    /// As [`Random::below`], the lower the likelier: a few actors are in most events.
    pub(super) fn skewed(&mut self, end: u32) -> u32 {
        let limit = self.below(end) + 1;
        self.below(limit)
    }

    /// True in so many of a hundred cases.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of some things.
    pub(super) fn pick<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(u32::try_from(things.len()).expect("few things")) as usize]
    }

    /// A position, each as likely as its weight; the weights sum to 100.
    pub(super) fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(100);
        for (position, weight) in weights.iter().enumerate() {
            if left < *weight {
                return position;
            }
            left -= weight;
        }
        0
    }
}
