//! The least number of publishers or claimants that account for some claims.

use std::collections::{BTreeMap, BTreeSet};

/// Largest connected group of sets solved exactly, in at most 2^12 steps; a larger one counts as
/// one. An event of real reports has one or two claims whose origin is open.
const SEARCHED: usize = 12;

/// A smallest choice of members such that every set has one of them. Ignores empty sets.
///
/// Each set lists who may stand behind one claim: its possible publishers, or its possible
/// claimants. Ten reposts of one story have one origin; a paper that repeats two agencies adds none
/// to them. The size depends on the sets alone and never falls when a set is added. Ties are broken
/// by the order of the members, in which they are returned.
///
/// A connected group of more than [`SEARCHED`] open sets counts as one: too few rather than too
/// many.
pub(super) fn minimum_hitting_set<'s, T: Ord>(
    sets: impl IntoIterator<Item = &'s [T]>,
) -> Vec<&'s T> {
    let (mut chosen, mut open) = (Vec::new(), Vec::new());
    for set in sets {
        match set {
            [] => {}
            [only] => chosen.push(only),
            several => open.push(several),
        }
    }
    chosen.sort_unstable();
    chosen.dedup();
    open.retain(|set| set.iter().all(|member| chosen.binary_search(&member).is_err()));
    match &open[..] {
        // Most claims have one publisher and one claimant.
        [] => return chosen,
        [only] => chosen.extend(only.iter().min()),
        several => chosen.extend(smallest_choice(several)),
    }
    chosen.sort_unstable();
    chosen
}

/// A smallest choice of members such that every set, which has several, has one of them.
fn smallest_choice<'s, T: Ord>(open: &[&'s [T]]) -> Vec<&'s T> {
    let mut open: Vec<BTreeSet<&T>> = open.iter().map(|set| set.iter().collect()).collect();
    open.sort_unstable();
    open.dedup();
    let mut chosen = Vec::new();
    for group in connected(open).into_iter().flat_map(without_wider) {
        match group.len() {
            ..=SEARCHED => chosen.extend(search(&group)),
            _ => chosen.extend(group.iter().flatten().min().copied()),
        }
    }
    chosen
}

/// Largest connected group whose sets are compared in pairs, to drop those that contain others. A
/// larger group is kept as it is, and counts as one.
const COMPARED: usize = 100;

/// The connected groups that remain of a group without the sets that contain others.
fn without_wider<T: Ord>(group: Vec<BTreeSet<&T>>) -> Vec<Vec<BTreeSet<&T>>> {
    if group.len() > COMPARED { vec![group] } else { connected(narrowest(group)) }
}

/// The connected groups of some sets: two sets are connected if they share a member. Takes time
/// that grows with the number of members.
fn connected<T: Ord>(sets: Vec<BTreeSet<&T>>) -> Vec<Vec<BTreeSet<&T>>> {
    let mut first_with: BTreeMap<&T, usize> = BTreeMap::new();
    // For each set, one that is nearer to the first set of its group.
    let mut ahead: Vec<usize> = (0..sets.len()).collect();
    let end_of = |ahead: &mut Vec<usize>, mut at: usize| {
        while ahead[at] != at {
            ahead[at] = ahead[ahead[at]];
            at = ahead[at];
        }
        at
    };
    for (at, set) in sets.iter().enumerate() {
        for member in set {
            let other = *first_with.entry(member).or_insert(at);
            let (one, other) = (end_of(&mut ahead, at), end_of(&mut ahead, other));
            ahead[one.max(other)] = one.min(other);
        }
    }
    let mut groups: BTreeMap<usize, Vec<BTreeSet<&T>>> = BTreeMap::new();
    for (at, set) in sets.into_iter().enumerate() {
        groups.entry(end_of(&mut ahead, at)).or_default().push(set);
    }
    groups.into_values().collect()
}

/// The sets that contain no other: whoever accounts for those accounts for all.
fn narrowest<T: Ord>(mut sets: Vec<BTreeSet<&T>>) -> Vec<BTreeSet<&T>> {
    sets.sort_by(|one, other| one.len().cmp(&other.len()).then_with(|| one.cmp(other)));
    let mut narrowest: Vec<BTreeSet<&T>> = Vec::new();
    for set in sets {
        if !narrowest.iter().any(|known| known.is_subset(&set)) {
            narrowest.push(set);
        }
    }
    narrowest
}

/// A smallest choice of members such that every set has one; of several, the first in order.
fn search<'s, T: Ord>(sets: &[BTreeSet<&'s T>]) -> Vec<&'s T> {
    let members: BTreeSet<&T> = sets.iter().flatten().copied().collect();
    // For each member, the sets that it leaves open: a bit each.
    let spares = |member: &T| {
        let left = sets.iter().enumerate().filter(|(_, set)| !set.contains(member));
        left.fold(0_usize, |left, (at, _)| left | 1 << at)
    };
    let members: Vec<(&T, usize)> =
        members.into_iter().map(|member| (member, spares(member))).collect();
    // How many members each choice of open sets needs, from none open to all.
    let mut needed = vec![0_usize; 1 << sets.len()];
    for open in 1..needed.len() {
        let first = 1 << open.trailing_zeros();
        let closing = members.iter().filter(|(_, spared)| spared & first == 0);
        needed[open] = 1 + closing.map(|(_, spared)| needed[open & spared]).min().unwrap_or(0);
    }
    let mut open = needed.len() - 1;
    let mut chosen = Vec::new();
    for (member, spared) in members {
        if needed[open & spared] < needed[open] {
            open &= spared;
            chosen.push(member);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(sets: &[&str]) -> String {
        let sets: Vec<Vec<char>> = sets.iter().map(|set| set.chars().collect()).collect();
        minimum_hitting_set(sets.iter().map(Vec::as_slice)).into_iter().collect()
    }

    #[test]
    fn a_claim_that_may_go_back_to_several_adds_none_to_them() {
        assert_eq!(of(&["a", "ar", "r"]), "ar");
        assert_eq!(of(&["ar"]), "a");
        assert_eq!(of(&["ab", "bc"]), "b");
        assert_eq!(of(&["ab", "cd"]), "ac");
        assert_eq!(of(&["ab", "bc", "ca"]), "ab");
        assert_eq!(of(&["", "a"]), "a");
        assert_eq!(of(&[]), "");
    }

    #[test]
    fn too_many_that_hang_together_are_one_and_the_rest_is_not() {
        let chain: Vec<String> =
            ('a'..='z').zip('b'..='z').map(|(one, other)| format!("{one}{other}")).collect();
        let chain: Vec<&str> = chain.iter().map(String::as_str).collect();
        assert_eq!(of(&chain[..SEARCHED]), "bdfhjl");
        assert_eq!(of(&chain[..=SEARCHED]), "a");
        assert_eq!(of(&[&chain[..], &["1", "23"]].concat()), "12a");
    }

    /// The size of the smallest choice, found by trying every choice.
    fn by_trying(sets: &[Vec<u8>]) -> u32 {
        let holds = |choice: u32, set: &Vec<u8>| {
            set.is_empty() || set.iter().any(|member| choice & 1 << member != 0)
        };
        let choices = (0..1_u32 << 8).filter(|choice| sets.iter().all(|set| holds(*choice, set)));
        choices.map(u32::count_ones).min().unwrap()
    }

    proptest! {
        #[test]
        fn no_choice_of_fewer_accounts_for_all(
            mut sets in prop::collection::vec(prop::collection::vec(0_u8..8, 0..4), 0..9),
            added in prop::collection::vec(0_u8..9, 1..4),
        ) {
            let count = |sets: &[Vec<u8>]| minimum_hitting_set(sets.iter().map(Vec::as_slice)).len();
            let chosen = minimum_hitting_set(sets.iter().map(Vec::as_slice));
            prop_assert!(sets.iter().all(|set| set.is_empty() || set.iter().any(|one| chosen.contains(&one))));
            prop_assert_eq!(u32::try_from(chosen.len()).unwrap(), by_trying(&sets));
            let before = count(&sets);
            sets.push(added);
            prop_assert!((before..=before + 1).contains(&count(&sets)), "one more set, at most one more");
            let middle = sets.len() / 2;
            sets.rotate_left(middle);
            let turned = count(&sets);
            sets.reverse();
            prop_assert_eq!(count(&sets), turned);
        }
    }
}
