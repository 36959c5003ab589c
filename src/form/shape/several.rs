//! Shapes made of others.

use std::marker::PhantomData;

use super::Shape;
use crate::form::{Context, Identity, Kind, Reader, Written};
use crate::source::Spanned;
use crate::syntax::{Content, Node};

/// A list. A repeated value is kept once, and reported.
#[derive(Debug)]
pub struct List<S>(PhantomData<fn() -> S>);

impl<S: Shape<C>, C: Context> Shape<C> for List<S> {
    type Value = Vec<Spanned<S::Value>>;

    fn kind() -> Kind {
        Kind::ListOf(Box::new(S::kind()))
    }

    /// An item that cannot be read is left out; its defect is recorded.
    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<Self::Value> {
        let Content::Sequence(sequence) = node.content() else {
            return reader.wrong_type(node, Self::kind());
        };
        if sequence.is_empty() {
            return reader.wrong_type(node, Self::kind());
        }
        let context = reader.context;
        let read = |item| Some((item, S::read(item, reader).into_value()?));
        let items: Vec<_> = sequence.items().filter_map(read).collect();
        let identities = items.iter().map(|(item, value)| S::identity(*item, value, context));
        let places = reader.distinct(identities);
        let values = items.into_iter().zip(places);
        let kept = values.filter_map(|((_, value), place)| Some(Spanned::new(value, place?)));
        Written::given(kept.collect(), node.span())
    }
}

/// One value, or a list of values.
#[derive(Debug)]
pub struct OneOrMore<S>(PhantomData<fn() -> S>);

impl<S: Shape<C>, C: Context> Shape<C> for OneOrMore<S> {
    type Value = Vec<Spanned<S::Value>>;

    fn kind() -> Kind {
        S::kind().or(List::<S>::kind())
    }

    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<Self::Value> {
        match node.content() {
            Content::Sequence(_) => List::<S>::read(node, reader),
            _ => S::read(node, reader).and_then(|one| Written::given(vec![one], node.span())),
        }
    }
}

/// A value in its short form, or as a mapping. `From` turns the short form into the other.
#[derive(Debug)]
pub struct Either<Short, Long>(PhantomData<fn() -> (Short, Long)>);

impl<Short, Long, C: Context> Shape<C> for Either<Short, Long>
where
    Short: Shape<C>,
    Long: Shape<C>,
    Long::Value: From<Spanned<Short::Value>>,
{
    type Value = Long::Value;

    fn kind() -> Kind {
        Short::kind().or(Long::kind())
    }

    fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<Self::Value> {
        match node.content() {
            Content::Mapping(_) => Long::read(node, reader),
            Content::Sequence(_) => reader.wrong_type(node, Self::kind()),
            Content::Scalar(_) => {
                let short = Short::read(node, reader);
                short.and_then(|short| Written::given(short.into(), node.span()))
            }
        }
    }

    fn identity<'i>(node: Node<'i>, value: &'i Self::Value, context: &'i C) -> Identity<'i> {
        Long::identity(node, value, context)
    }
}
