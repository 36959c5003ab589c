//! Origins: whose reporting a claim goes back to.

use crate::dataset::{Binding, RegistryEntry};
use crate::record::{Claim, SourceEntry};

/// An entry of the registry of sources.
pub(super) type Source<'p> = &'p RegistryEntry<SourceEntry>;

/// The registered sources that a claim came through, found once for all that is asked of them.
pub(super) struct Route<'p> {
    /// The source that holds it.
    pub(super) holder: Option<Source<'p>>,
    /// That source, and all that it goes back to through `cites`.
    of_source: Vec<Source<'p>>,
    /// Its `via`, and all that this goes back to.
    of_via: Option<Vec<Source<'p>>>,
}

impl<'p> Route<'p> {
    pub(super) fn of(binding: Binding<'p>, claim: &'p Claim) -> Self {
        let of_source = binding.goes_back_to(&claim.source.value);
        Self {
            holder: of_source.first().copied(),
            of_source,
            of_via: claim.via.as_ref().map(|via| binding.goes_back_to(&via.value)),
        }
    }

    /// The source that only this statement was passed on from.
    pub(super) fn via(&self) -> Option<Source<'p>> {
        self.of_via.as_ref()?.first().copied()
    }

    /// The sources that it came through: the one that holds it, and those from which it was passed on.
    /// What else the source cites has nothing to do with a statement that has a `via` of its own.
    pub(super) fn sources(&self) -> impl Iterator<Item = Source<'p>> {
        let holder = self.holder.filter(|_| self.of_via.is_some());
        holder.into_iter().chain(self.of_via.as_ref().unwrap_or(&self.of_source).iter().copied())
    }

    /// The sources that it goes back to from its own, or from its `via`.
    pub(super) fn ends(&self, start: Start) -> impl Iterator<Item = Source<'p>> {
        let of_via = self.of_via.as_ref().filter(|_| start == Start::Via);
        ends(of_via.unwrap_or(&self.of_source))
    }
}

/// Where the way to an origin begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// At the source that holds the claim.
    Source,
    /// At the `via` of the claim.
    Via,
}

/// Of sources that one goes back to, those that cite nothing. Where all citations lead in a circle, any
/// source in it may be the origin.
fn ends<'r, 'p>(reached: &'r [Source<'p>]) -> impl Iterator<Item = Source<'p>> + use<'r, 'p> {
    let circular = !reached.iter().any(|source| source.entry.cites.is_empty());
    reached.iter().copied().filter(move |source| circular || source.entry.cites.is_empty())
}

/// The publishers that a claim may go back to: the keys of their names, sorted, each with the name as
/// written. Exactly one is the true origin; nothing tells which, where a source repeats several. A
/// source whose publisher is not known adds none.
pub(super) fn origins<'p>(
    binding: Binding<'p>,
    ends: impl Iterator<Item = Source<'p>>,
) -> Vec<(&'p str, &'p str)> {
    let publishers = ends.filter_map(|source| binding.dataset.counted_publisher(source));
    let mut origins: Vec<_> =
        publishers.map(|publisher| (&*publisher.key, &*publisher.name)).collect();
    // Of several spellings the same is taken in any order of the sources.
    origins.sort_unstable();
    origins.dedup_by_key(|(key, _)| *key);
    origins
}
