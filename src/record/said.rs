//! What a claim says of components.

use super::Reader;
use super::defect::RecordDefect;
use super::value::{Value, read_values};
use crate::form::{Kind, List, Sample, Written, shape};
use crate::schema::{Codebook, Component};
use crate::source::Spanned;
use crate::syntax::{Content, Node};

/// A component that a claim speaks of, and the values that it names; none where it speaks of the
/// coded value.
pub(super) struct Said {
    pub(super) component: Spanned<Component>,
    pub(super) values: Vec<Spanned<Value>>,
}

shape! {
    /// The name of a component.
    pub(super) struct ComponentName in Codebook => Component: Kind::Component,
    |node, reader| match reader.scalar(node, Kind::Component) {
        Some(written) => component_named(Spanned::new(written, node.span()), None, reader),
        None => Written::Invalid,
    };
}

shape! {
    /// A value for each of some components, or several.
    pub(super) struct ComponentValues in Codebook => Vec<Said>: Kind::Components, |node, reader| {
        let mut said = Vec::new();
        for (name, value) in reader.entries(node, Kind::Components) {
            let Written::Given(component) = component_named(name, Some(value), reader) else { continue };
            let values = read_values(component.value, value, reader);
            if !values.is_empty() {
                said.push(Said { component, values });
            }
        }
        Written::given(said, node.span())
    };
}

shape! {
    /// Components, or values for some.
    pub(super) struct NamesOrValues in Codebook => Vec<Said>:
    List::<ComponentName>::kind().or(ComponentValues::kind()),
    |node, reader| match node.content() {
        Content::Mapping(_) => ComponentValues::read(node, reader),
        Content::Scalar(_) | Content::Sequence(_) => {
            List::<ComponentName>::read(node, reader).map(named)
        }
    };
}

/// Components whose coded value a claim speaks of.
pub(super) fn named(components: Vec<Spanned<Component>>) -> Vec<Said> {
    components.into_iter().map(|component| Said { component, values: Vec::new() }).collect()
}

/// The component of a name. A field that the codebook declares and that could not be read is no
/// fault of the record.
fn component_named(
    name: Spanned<&str>,
    value: Option<Node<'_>>,
    reader: &mut Reader<'_>,
) -> Written<Component> {
    let codebook = reader.context;
    match reader.look_up(name, |name| codebook.component(name)) {
        Some(component) => Written::given(component, name.span),
        None if codebook.is_unreadable(name.value) => Written::Invalid,
        None => {
            let (written, value) = (name.value.to_owned(), value.and_then(Sample::of));
            reader.invalid(name.span, RecordDefect::UnknownComponent { written, value })
        }
    }
}
