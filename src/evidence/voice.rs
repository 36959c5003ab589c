//! Voices: who speaks in a claim, and how many speak that share neither claimant nor publisher.

use super::model::{ClaimantKey, Speaker, WeighedClaim};
use super::origin::{Route, Source, Start};
use super::relation::Comparer;
use super::unnamed::unnamed;
use crate::dataset::Binding;
use crate::record::{Claim, SourceKind};
use crate::schema::MOST_VOICES;
use crate::value::name_key;

/// Who speaks in a claim whose origin is counted from a source on its route.
pub(super) fn speaker<'p>(
    comparer: Comparer<'p>,
    claim: &'p Claim,
    route: &Route<'p>,
    start: Start,
) -> Speaker<'p> {
    let binding = comparer.binding();
    let anonymous = claim.anonymous.unwrap_or_else(|| unnamed(binding, claim).is_some());
    let by = claim.by.as_ref().map(|by| &*by.code.value);
    let named = by.filter(|by| !anonymous && binding.is_actor(by));
    let publishes = |by: &str| route.holder.is_some_and(|source| publishes(binding, by, source));
    let is_publisher = !anonymous && named.is_none() && by.is_none_or(publishes);
    let of_source = || {
        let from = if by.is_none() { Start::Via } else { Start::Source };
        let mut actors = route.ends(from).map(|end| binding.speaks_for(end));
        // Where a source repeats several, it is an actor's word only if it is the same actor's.
        let first = actors.next()??;
        actors.all(|actor| actor == Some(first)).then_some(first)
    };
    let actor = if is_publisher { of_source() } else { named };
    let is_of_actor = || route.ends(start).any(|end| binding.speaks_for(end).is_some());
    let own_voice = is_publisher
        && claim.via.is_none()
        && actor.is_none()
        && route.holder.is_some_and(|source| !source.entry.unseen)
        && !is_of_actor();
    Speaker { anonymous, actor, own_voice }
}

/// Whether a name is that of a source's publisher.
fn publishes(binding: Binding<'_>, name: &str, source: Source<'_>) -> bool {
    let publisher = binding.dataset.publisher(source);
    publisher.is_some_and(|publisher| name_key(name) == *publisher.key)
}

/// Where the origin of a claim is counted from: its `via`, or its own source where `via` is the
/// claimant's own, since a claimant's word weighs the same wherever it was read.
pub(super) fn passed_on_from<'p>(
    comparer: Comparer<'p>,
    claim: &'p Claim,
    route: &Route<'p>,
) -> Start {
    if claim.via.is_none() {
        return Start::Source;
    }
    let Some(via) = route.via() else { return Start::Via };
    let binding = comparer.binding();
    let actor = binding.speaks_for(via);
    let is_own = match &claim.by {
        // What an actor's source says without `by` is that actor's word.
        None => actor.is_some(),
        Some(by) => {
            publishes(binding, &by.code.value, via)
                || actor.is_some_and(|actor| comparer.speak_alike(&by.code.value, actor))
        }
    };
    if is_own { Start::Source } else { Start::Via }
}

/// Whether a claim is the finding of an investigation that speaks for no party of the event.
pub(super) fn is_finding<'p>(
    comparer: Comparer<'p>,
    route: &Route<'p>,
    speaker: &Speaker<'p>,
) -> bool {
    let is_party = |actor: &str| comparer.is_party(actor);
    let investigates = |source: Source<'p>| {
        source.entry.kind == Some(SourceKind::Investigation)
            && !comparer.binding().speaks_for(source).is_some_and(is_party)
    };
    route.sources().any(investigates) && !speaker.actor.is_some_and(is_party)
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
    let (mut certain, mut open) = (Vec::new(), Vec::new());
    for claim in claims {
        match (&*claim.origins, &*claim.claimants) {
            ([origin], [one]) => certain.push((*origin, one)),
            (origins, claimants) => {
                // Whoever is anonymous is known by the publisher alone.
                let known = claimants.iter().filter(|_| !claim.speaker.anonymous);
                let publishers = origins.iter().copied().map(Key::Publisher);
                let keys = sorted(publishers.chain(known.map(Key::Claimant)));
                // A source that is not known has none, and adds nothing.
                if !keys.is_empty() {
                    open.push(keys);
                }
            }
        }
    }
    let (certain, mut open) = (sorted(certain), sorted(open));
    let choices = open
        .iter()
        .try_fold(1_usize, |all, keys| all.checked_mul(keys.len()).filter(|all| *all <= CHOICES));
    if choices.is_none() {
        open.clear();
    }
    minimum_vertex_cover(&certain, &open, &mut Vec::new())
}

/// Items in order, each once.
pub(super) fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort_unstable();
    items.dedup();
    items
}

/// A publisher or a claimant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'k> {
    Claimant(&'k ClaimantKey<'k>),
    Publisher(&'k str),
}

/// The publisher and the claimant of a claim.
type Pair<'k> = (&'k str, &'k ClaimantKey<'k>);

/// The size of the smallest cover that includes what is `chosen`. Tries each key of the first open
/// claim.
fn minimum_vertex_cover<'k>(
    certain: &[Pair<'k>],
    open: &[Vec<Key<'k>>],
    chosen: &mut Vec<Key<'k>>,
) -> usize {
    let Some((first, rest)) = open.split_first() else {
        if chosen.is_empty() {
            return matched(certain, &claimants_of(certain));
        }
        let is_left = |(publisher, claimant): &&Pair<'k>| {
            !chosen.contains(&Key::Publisher(publisher))
                && !chosen.contains(&Key::Claimant(claimant))
        };
        let left: Vec<_> = certain.iter().filter(is_left).copied().collect();
        return chosen.len() + matched(&left, &claimants_of(&left));
    };
    if first.iter().any(|key| chosen.contains(key)) {
        return minimum_vertex_cover(certain, rest, chosen);
    }
    let mut least = usize::MAX;
    for key in first {
        chosen.push(*key);
        least = least.min(minimum_vertex_cover(certain, rest, chosen));
        chosen.pop();
    }
    least
}

fn claimants_of<'k>(pairs: &[Pair<'k>]) -> Vec<&'k ClaimantKey<'k>> {
    sorted(pairs.iter().map(|(_, claimant)| *claimant))
}

/// The size of a maximum matching of the publishers and claimants of some pairs, up to [`MOST_VOICES`]. The
/// pairs and the claimants are sorted.
pub(super) fn matched<'k>(pairs: &[Pair<'k>], claimants: &[&'k ClaimantKey<'k>]) -> usize {
    let of_publisher = || pairs.chunk_by(|(one, _), (next, _)| one == next);
    let fewer = claimants.len().min(of_publisher().count());
    // Nearly always one of them has all pairs, or each pair has its own of both.
    if fewer < 2 || fewer == pairs.len() {
        return fewer.min(MOST_VOICES as usize);
    }
    let position = |(_, claimant): &Pair<'_>| claimants.binary_search(claimant).unwrap_or_default();
    let sought: Vec<Vec<usize>> =
        of_publisher().map(|pairs| pairs.iter().map(position).collect()).collect();
    let mut publisher_of = vec![None; claimants.len()];
    // Claimants that lead to no free one until a pair is added.
    let mut seen = vec![false; claimants.len()];
    let mut found = 0;
    for publisher in 0..sought.len() {
        if found == MOST_VOICES as usize {
            break;
        }
        if pair(publisher, &sought, &mut publisher_of, &mut seen) {
            found += 1;
            seen.fill(false);
        }
    }
    found
}

/// Pairs a publisher with a claimant, moving the claimant's publisher to another (Kuhn's
/// algorithm). Answers whether it could.
fn pair(
    publisher: usize,
    claimants_of: &[Vec<usize>],
    publisher_of: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    for claimant in &claimants_of[publisher] {
        if !std::mem::replace(&mut seen[*claimant], true)
            && publisher_of[*claimant]
                .is_none_or(|other| pair(other, claimants_of, publisher_of, seen))
        {
            publisher_of[*claimant] = Some(publisher);
            return true;
        }
    }
    false
}
