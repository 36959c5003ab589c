//! Origins: whose reporting a claim goes back to.

use std::collections::BTreeSet;

use crate::dataset::Binding;
use crate::record::Claim;

/// The publishers that a claim goes back to, folded and sorted: those reached from its `via`, else
/// from its source, through `cites`, at sources that cite nothing.
///
/// A circle of citations leads nowhere; then the publisher it was entered at is taken.
pub(super) fn origins(binding: Binding<'_>, claim: &Claim) -> Vec<String> {
    let start = claim.via.as_ref().map_or(&*claim.source.value, |via| &*via.value);
    let mut seen = BTreeSet::from([start]);
    let mut waiting = vec![start];
    let mut origins = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        let Some(source) = binding.source(id) else { continue };
        if source.cites.is_empty() {
            origins.insert(folded(&source.publisher));
        }
        waiting.extend(
            source.cites.iter().map(|cited| &*cited.value).filter(|cited| seen.insert(cited)),
        );
    }
    if origins.is_empty() {
        origins.extend(binding.source(start).map(|source| folded(&source.publisher)));
    }
    origins.into_iter().collect()
}

/// An origin as its publisher is written, in the first source of it.
pub(super) fn publisher<'p>(binding: Binding<'p>, origin: &str) -> Option<&'p str> {
    let mut publishers =
        binding.dataset.sources.entries().iter().map(|source| &*source.entry.publisher);
    publishers.find(|publisher| folded(publisher) == origin)
}

fn folded(publisher: &str) -> String {
    publisher.trim().to_lowercase()
}

/// Most origins for which the fewest that account for all claims are searched for exactly.
const EXACT: usize = 16;

/// The origin that accounts for each claim: for every set of origins one of its members, such that
/// the members chosen are as few as can be. Ten reposts of one story have one origin; a paper that
/// repeats two agencies adds none to them.
///
/// Among equally small choices the first in alphabetical order is taken, so that neither the order
/// of the claims nor that of the files matters. A claim without an origin has none.
pub(super) fn accounting(sets: &[Vec<String>]) -> Vec<Option<String>> {
    let mut chosen: BTreeSet<&str> = BTreeSet::new();
    chosen.extend(sets.iter().filter(|set| set.len() == 1).map(|set| &*set[0]));
    let open: Vec<&Vec<String>> = sets
        .iter()
        .filter(|set| set.len() > 1 && !set.iter().any(|origin| chosen.contains(&**origin)))
        .collect();
    chosen.extend(fewest(&open));
    let of = |set: &Vec<String>| set.iter().find(|origin| chosen.contains(&***origin)).cloned();
    sets.iter().map(of).collect()
}

/// The fewest members that every set shares one of.
fn fewest<'s>(sets: &[&'s Vec<String>]) -> Vec<&'s str> {
    let members: BTreeSet<&str> =
        sets.iter().flat_map(|set| set.iter().map(String::as_str)).collect();
    let members: Vec<_> = members.into_iter().collect();
    if members.len() > EXACT {
        return greedily(sets);
    }
    let holds = |choice: u32, set: &Vec<String>| {
        set.iter()
            .any(|origin| members.binary_search(&&**origin).is_ok_and(|at| choice & (1 << at) != 0))
    };
    let choices =
        (0..1_u32 << members.len()).filter(|choice| sets.iter().all(|set| holds(*choice, set)));
    // Reversed bits order equally small choices alphabetically.
    let best = choices
        .min_by_key(|choice| (choice.count_ones(), std::cmp::Reverse(choice.reverse_bits())));
    let best = best.unwrap_or(0);
    (0..members.len()).filter(|at| best & (1 << at) != 0).map(|at| members[at]).collect()
}

/// One member for each set that shares none with the sets before it, in alphabetical order.
fn greedily<'s>(sets: &[&'s Vec<String>]) -> Vec<&'s str> {
    let mut sorted = sets.to_vec();
    sorted.sort();
    let mut chosen: Vec<&str> = Vec::new();
    for set in sorted {
        if !set.iter().any(|origin| chosen.contains(&&**origin)) {
            chosen.extend(set.first().map(String::as_str));
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accounted(sets: &[&[&str]]) -> Vec<String> {
        let sets: Vec<Vec<String>> =
            sets.iter().map(|set| set.iter().map(|&origin| origin.to_owned()).collect()).collect();
        accounting(&sets).into_iter().map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn a_claim_that_repeats_two_origins_adds_none_to_them() {
        assert_eq!(
            accounted(&[&["ap"], &["ap", "reuters"], &["reuters"]]),
            ["ap", "ap", "reuters"]
        );
        assert_eq!(accounted(&[&["ap", "reuters"]]), ["ap"]);
        assert_eq!(accounted(&[&["a", "b"], &["b", "c"]]), ["b", "b"]);
        assert_eq!(accounted(&[&["b", "c"], &["a", "b"]]), ["b", "b"], "in any order");
        assert_eq!(accounted(&[&[], &["a"]]), ["", "a"]);
    }

    #[test]
    fn where_origins_are_many_the_choice_is_still_one_that_accounts_for_all() {
        let names: Vec<String> = (0..40).map(|at| format!("o{at:02}")).collect();
        let sets: Vec<Vec<String>> = names.chunks(2).map(<[String]>::to_vec).collect();
        let chosen = accounting(&sets);
        assert!(
            chosen.iter().zip(&sets).all(|(origin, set)| set.contains(origin.as_ref().unwrap()))
        );
        assert_eq!(chosen.into_iter().collect::<BTreeSet<_>>().len(), 20);
    }
}
