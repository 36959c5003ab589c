//! The table `traits`: what of a record is compared with others.

use std::borrow::Cow;

use super::column::Table;
use super::columns::columns;
use crate::likeness::Traits;
use crate::schema::Codebook;

/// Something that a value of a record is, or lies in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraitRow<'p> {
    event_id: &'p str,
    part: Cow<'p, str>,
    ordinal: usize,
    value: &'p str,
    within: Option<&'p str>,
}

/// The rows of a record.
pub fn trait_rows<'p>(
    event_id: &'p str,
    traits: &'p Traits<'p>,
    codebook: &'p Codebook,
) -> impl Iterator<Item = TraitRow<'p>> {
    let values = traits.parts.iter().flat_map(move |(part, values)| {
        let part = part.name(codebook);
        values.iter().enumerate().map(move |(at, value)| (part.clone(), at + 1, value))
    });
    values.flat_map(move |(part, ordinal, value)| {
        // What is not known lies in nothing, but is a value.
        let nothing = value.within.is_empty().then_some(None);
        let within = value.within.iter().map(|within| Some(&**within)).chain(nothing);
        let value = value.value;
        within.map(move |within| TraitRow { event_id, part: part.clone(), ordinal, value, within })
    })
}

/// The table `traits`.
pub fn traits<'p>() -> Table<'p, TraitRow<'p>> {
    let columns = columns! { |row: TraitRow<'p>|
        when true;
        /// Id of the event.
        event_id: Text = row.event_id;
        /// Part of the event: `action`, `actor`, `target`, `side` of one without direction, `place`, `source`, or `field`
        /// with the name of an extra field.
        part: Category = &*row.part;
        /// Position of the value, from 1.
        ordinal: Int32 = row.ordinal;
        /// The value.
        value: Text = row.value;
        /// Something that the value is or lies in; missing for what is not known.
        within: Text = row.within;
    };
    Table::new(
        "traits",
        "Something that a value of a record is or lies in, as records are compared.",
        &["event_id", "part", "ordinal", "within"],
        columns,
    )
}
