//! Voices: who speaks in a claim, and how many speak that share neither claimant nor publisher.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{ClaimantKey, Speaker, WeighedClaim};
use super::origin::{ends, source_chain};
use super::relation::Comparer;
use super::unnamed::unnamed;
use crate::record::{Claim, SourceEntry, SourceKind};
use crate::schema::MOST_VOICES;
use crate::value::name_key;

/// Who speaks in a claim.
pub(super) fn speaker<'p>(comparer: Comparer<'p>, claim: &'p Claim) -> Speaker<'p> {
    let binding = comparer.binding();
    let anonymous = claim.anonymous.unwrap_or_else(|| unnamed(binding, claim).is_some());
    let source = binding.source(&claim.source.value);
    let start = passed_on_from(comparer, claim);
    let by = claim.by.as_ref().map(|by| &*by.code.value);
    let is_publisher = |by: &str| source.is_some_and(|source| publishes(by, source));
    let in_own_name = !anonymous && by.is_none_or(is_publisher);
    let of_source = || {
        let via = claim.via.as_ref().filter(|_| by.is_none());
        let from = &via.unwrap_or(&claim.source).value;
        let mut actors = ends(binding, from).into_iter().map(|end| binding.speaks_for(&end.entry));
        // Where a source repeats several, it is an actor's word only if it is the same actor's.
        let first = actors.next()??;
        actors.all(|actor| actor == Some(first)).then_some(first)
    };
    let actor = match by {
        _ if anonymous => None,
        Some(by) if binding.actor(by).is_some() => Some(by),
        Some(by) if !is_publisher(by) => None,
        _ => of_source(),
    };
    let any_of_actor =
        || ends(binding, start).into_iter().any(|end| binding.speaks_for(&end.entry).is_some());
    let own_voice = in_own_name
        && claim.via.is_none()
        && actor.is_none()
        && source.is_some_and(|source| !source.unseen)
        && !any_of_actor();
    Speaker { anonymous, actor, own_voice, start }
}

/// Whether a name is that of a source's publisher.
fn publishes(name: &str, source: &SourceEntry) -> bool {
    source.publisher.as_deref().is_some_and(|publisher| name_key(name) == name_key(publisher))
}

/// The source that a claim was passed on from: its `via`, or its own source where `via` is the
/// claimant's own, since a claimant's word weighs the same wherever it was read.
fn passed_on_from<'p>(comparer: Comparer<'p>, claim: &'p Claim) -> &'p str {
    let Some(via) = &claim.via else { return &claim.source.value };
    let binding = comparer.binding();
    let Some(entry) = binding.source(&via.value) else { return &via.value };
    let actor = binding.speaks_for(entry);
    let is_own = match &claim.by {
        // What an actor's source says without `by` is that actor's word.
        None => actor.is_some(),
        Some(by) => {
            publishes(&by.code.value, entry)
                || actor.is_some_and(|actor| comparer.speak_alike(&by.code.value, actor))
        }
    };
    if is_own { &claim.source.value } else { &via.value }
}

/// Whether a claim is the finding of an investigation that speaks for no party of the event.
pub(super) fn is_finding<'p>(
    comparer: Comparer<'p>,
    claim: &'p Claim,
    speaker: &Speaker<'p>,
) -> bool {
    let binding = comparer.binding();
    let is_party = |actor: &str| comparer.is_party(actor);
    let investigates = |source: &SourceEntry| {
        source.kind == Some(SourceKind::Investigation)
            && !binding.speaks_for(source).is_some_and(is_party)
    };
    !speaker.actor.is_some_and(is_party)
        && source_chain(binding, claim).into_iter().any(investigates)
}

/// Most combinations tried for claims that may go back to several publishers. With more, such
/// claims add nothing: too few voices rather than too many.
const CHOICES: usize = 1 << 12;

/// The number of voices in some claims, up to [`MOST_VOICES`]: how many claims there are of which
/// no two share a claimant or a publisher. That is the least number of publishers and claimants
/// such that each claim has one of them.
///
/// Where each claim has one publisher and one claimant, König's theorem makes the two numbers
/// equal: a maximum matching of a bipartite graph and its minimum vertex cover. Where a claim may
/// have several, the choice with the smallest cover counts.
pub(super) fn voices<'c, 'p: 'c>(claims: impl Iterator<Item = &'c WeighedClaim<'p>>) -> usize {
    let mut certain: BTreeSet<(Key, Key)> = BTreeSet::new();
    let mut open: BTreeSet<BTreeSet<Key>> = BTreeSet::new();
    for claim in claims {
        let publisher = |origin: &String| (true, origin.clone());
        let claimant = |claimant: &ClaimantKey| (false, claimant.to_string());
        match (&*claim.origins, &*claim.claimants) {
            ([origin], [one]) => _ = certain.insert((publisher(origin), claimant(one))),
            (origins, claimants) => {
                // Whoever is anonymous is known by the publisher alone.
                let known = claimants.iter().filter(|_| !claim.speaker.anonymous);
                let keys: BTreeSet<_> =
                    origins.iter().map(publisher).chain(known.map(claimant)).collect();
                // A source that is not known has none, and adds nothing.
                if !keys.is_empty() {
                    open.insert(keys);
                }
            }
        }
    }
    let choices = open
        .iter()
        .try_fold(1_usize, |all, keys| all.checked_mul(keys.len()).filter(|all| *all <= CHOICES));
    if choices.is_none() {
        open.clear();
    }
    let open: Vec<_> = open.into_iter().collect();
    minimum_vertex_cover(&certain, &open, &mut BTreeSet::new())
}

/// A publisher (`true`) or a claimant.
type Key = (bool, String);

/// The size of the smallest cover that includes what is `chosen`. Tries each key of the first open
/// claim.
fn minimum_vertex_cover<'k>(
    certain: &BTreeSet<(Key, Key)>,
    open: &'k [BTreeSet<Key>],
    chosen: &mut BTreeSet<&'k Key>,
) -> usize {
    let Some((first, rest)) = open.split_first() else {
        let left = certain.iter().filter(|(publisher, claimant)| {
            !chosen.contains(publisher) && !chosen.contains(claimant)
        });
        return chosen.len() + pairs(left);
    };
    if first.iter().any(|key| chosen.contains(key)) {
        return minimum_vertex_cover(certain, rest, chosen);
    }
    let mut least = usize::MAX;
    for key in first {
        chosen.insert(key);
        least = least.min(minimum_vertex_cover(certain, rest, chosen));
        chosen.remove(key);
    }
    least
}

/// The size of a maximum matching of publishers and claimants, up to [`MOST_VOICES`].
fn pairs<'k>(edges: impl Iterator<Item = &'k (Key, Key)>) -> usize {
    let mut claimants = Claimants::new();
    for ((_, publisher), (_, claimant)) in edges {
        claimants.entry(publisher).or_default().push(claimant);
    }
    let mut publisher_of = BTreeMap::new();
    // Claimants that lead to no free one until a pair is added.
    let mut seen = BTreeSet::new();
    for publisher in claimants.keys() {
        if publisher_of.len() == MOST_VOICES as usize {
            break;
        }
        if pair(publisher, &claimants, &mut publisher_of, &mut seen) {
            seen.clear();
        }
    }
    publisher_of.len()
}

/// The claimants of each publisher.
type Claimants<'k> = BTreeMap<&'k str, Vec<&'k str>>;

/// Pairs a publisher with a claimant, moving the claimant's publisher to another (Kuhn's
/// algorithm). Answers whether it could.
fn pair<'k>(
    publisher: &'k str,
    claimants: &Claimants<'k>,
    publisher_of: &mut BTreeMap<&'k str, &'k str>,
    seen: &mut BTreeSet<&'k str>,
) -> bool {
    for claimant in &claimants[publisher] {
        if seen.insert(claimant)
            && publisher_of
                .get(claimant)
                .copied()
                .is_none_or(|other| pair(other, claimants, publisher_of, seen))
        {
            publisher_of.insert(claimant, publisher);
            return true;
        }
    }
    false
}
