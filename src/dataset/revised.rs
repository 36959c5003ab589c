//! A record before and after a change.

use std::collections::BTreeMap;

use super::{Binding, BoundEvent, FiledEvent};

/// An event that was there before a change of the project and still is, on a visit.
#[derive(Clone, Copy, Debug)]
pub struct RevisedEvent<'p> {
    /// The event as it was, bound to what its names referred to then.
    pub before: BoundEvent<'p>,
    /// The event as it is.
    pub after: BoundEvent<'p>,
}

/// The events of a dataset that stood in it before, in its order. An event is known by its id and,
/// where several people coded it, its coder.
pub fn revised<'p>(before: Binding<'p>, after: Binding<'p>) -> Vec<RevisedEvent<'p>> {
    let key = |filed: &'p FiledEvent| (filed.id(), filed.coder.as_deref());
    let earlier: BTreeMap<_, _> =
        before.dataset.events.iter().map(|filed| (key(filed), filed)).collect();
    let pair = |filed: &'p FiledEvent| {
        let was = earlier.get(&key(filed)).filter(|was| !was.id().is_empty())?;
        Some(RevisedEvent {
            before: BoundEvent { binding: before, filed: was },
            after: BoundEvent { binding: after, filed },
        })
    };
    after.dataset.events.iter().filter_map(pair).collect()
}
