//! Shapes of which there may be several.

use std::marker::PhantomData;

use super::{Described, Shape, parsed, typed};
use crate::form::{Context, FormDefect, InvalidValue, Kind, Reader, Written, identity};
use crate::source::Spanned;
use crate::syntax::{Content, Node};
use crate::value;

/// A text of which there may be several.
#[derive(Debug)]
pub struct ListText;

impl Described for ListText {
    fn kind() -> Kind {
        Kind::Text
    }
}

impl<C: Context> Shape<C> for ListText {
    type Value = Box<str>;

    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<Box<str>> {
        parsed::<Self, C, _>(node, reader, |text| {
            let text = value::ListText::parse(typed(node, text));
            text.map(value::ListText::into_text)
                .map_err(|error| FormDefect::InvalidValue(InvalidValue::ListText(error)))
        })
    }
}

/// A list.
#[derive(Debug)]
pub struct List<S>(PhantomData<fn() -> S>);

impl<S: Described> Described for List<S> {
    fn kind() -> Kind {
        Kind::ListOf(Box::new(S::kind()))
    }
}

impl<S: Shape<C>, C: Context> Shape<C> for List<S> {
    type Value = Vec<Spanned<S::Value>>;

    /// An item that cannot be read is left out; its defect is recorded.
    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<Self::Value> {
        let Content::Sequence(sequence) = node.content() else {
            return reader.wrong_type(node, Self::kind());
        };
        let read = |item| Some((identity(item), S::read(item, reader).into_spanned()?));
        let items: Vec<_> = sequence.items().filter_map(read).collect();
        Written::given(reader.distinct(items), node.span())
    }
}

/// One value, or a list of values.
#[derive(Debug)]
pub struct OneOrMore<S>(PhantomData<fn() -> S>);

impl<S: Described> Described for OneOrMore<S> {
    fn kind() -> Kind {
        Kind::AnyOf(vec![S::kind(), Kind::ListOf(Box::new(S::kind()))])
    }
}

impl<S: Shape<C>, C: Context> Shape<C> for OneOrMore<S> {
    type Value = Vec<Spanned<S::Value>>;

    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<Self::Value> {
        if matches!(node.content(), Content::Sequence(_)) {
            return List::<S>::read(node, reader);
        }
        match S::read(node, reader) {
            Written::Absent => Written::Absent,
            Written::Invalid => Written::Invalid,
            Written::Given(item) => Written::given(vec![item], node.span()),
        }
    }
}
