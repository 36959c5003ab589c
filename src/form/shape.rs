//! The shapes that values take, and how each is read.

mod several;
mod texts;
mod values;

use super::doubles::identity;
use super::{Context, Defect, Identity, Kind, Reader, Written};
use crate::syntax::Node;

pub use several::{Either, List, OneOrMore};
pub use texts::{
    ActorName, Day, EventName, Language, ListName, ListText, OutsideId, PlaceName, RuleName,
    SourceName, Text, Url, Wikidata, source_name,
};
pub use values::read_date;

/// What a value may be in a record, and how it is read with `C` to look things up in.
///
/// A type that can be written in one way only is its own shape: a date, a closed choice of words, a
/// record. Where a text may be several things, such as a name or an address, a type without values
/// stands for each.
pub trait Shape<C: Context> {
    /// What reading yields.
    type Value;

    /// What a value must be.
    fn kind() -> Kind;

    /// Reads a node; leaves a defect for what does not fit.
    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<Self::Value>;

    /// What tells a value from the others of its list, and where that is written: two of the same are
    /// one written twice.
    fn identity<'i>(node: Node<'i>, _value: &'i Self::Value, _context: &'i C) -> Identity<'i> {
        identity(node)
    }
}

/// Reads a scalar by a function that says what is invalid.
fn parsed<C: Context, T, E: Into<Defect<C::Defect>>>(
    node: Node<'_>,
    kind: Kind,
    reader: &mut Reader<'_, C>,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Written<T> {
    let Some(text) = reader.scalar(node, kind) else {
        return Written::Invalid;
    };
    match parse(text) {
        Ok(value) => Written::given(value, node.span()),
        Err(defect) => reader.invalid(node.span(), defect),
    }
}
