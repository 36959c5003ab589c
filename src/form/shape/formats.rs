//! Shapes of texts in a form that others have defined.

use super::{Described, Shape, parsed};
use crate::form::{Context, FormDefect, InvalidValue, Kind, Reader, Written};
use crate::syntax::Node;
use crate::value;

macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl Described for $name {
            fn kind() -> Kind {
                Kind::Format(value::Format::$name)
            }
        }

        impl<C: Context> Shape<C> for $name {
            type Value = Box<str>;

            fn read(node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<Box<str>> {
                parsed::<Self, C, _>(node, reader, |text| {
                    let text = text.trim();
                    let checked = value::Format::$name.check(text);
                    let invalid = |error| FormDefect::InvalidValue(InvalidValue::Format(error));
                    checked.map(|()| text.into()).map_err(invalid)
                })
            }
        }
    )+};
}

formats! {
    /// An item of Wikidata.
    Wikidata,
    /// The address of a page on the web.
    Url,
    /// A language.
    Language,
}
