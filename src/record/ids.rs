//! The ids that other datasets give to an event.

use serde::{Deserialize, Serialize};

use super::Reader;
use super::defect::RecordDefect;
use crate::form::{InvalidValue, Kind, OutsideId, Shape, Written, shape};
use crate::schema::Codebook;
use crate::source::Spanned;
use crate::syntax::Node;

/// An id that another dataset gives to an event.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SchemeId {
    /// The position, in [`Codebook::id_schemes`], of its scheme.
    pub scheme: usize,
    /// The id as written.
    pub id: Box<str>,
}

shape! {
    /// The ids of an event, by scheme.
    pub(super) struct SchemeIds in Codebook => Vec<Spanned<SchemeId>>:
    Kind::MapOf(Box::new(Kind::IdScheme), Box::new(Kind::OutsideId)), |node, reader| {
        let mut ids = Vec::new();
        for (scheme, value) in reader.entries(node, Self::kind()) {
            ids.extend(read_id(scheme, value, reader));
        }
        Written::given(ids, node.span())
    };
}

fn read_id(
    scheme: Spanned<&str>,
    node: Node<'_>,
    reader: &mut Reader<'_>,
) -> Option<Spanned<SchemeId>> {
    let schemes = &reader.context.id_schemes;
    let at = |name: &str| schemes.iter().position(|scheme| scheme.name == name);
    let Some(position) = reader.look_up(scheme, at) else {
        let written = scheme.value.to_owned();
        reader.report(scheme.span, RecordDefect::UnknownIdScheme { written });
        return None;
    };
    let id = OutsideId::read(node, reader).into_spanned()?;
    let pattern = schemes[position].pattern.as_ref();
    if let Some(pattern) = pattern.filter(|pattern| !pattern.matches(&id.value)) {
        let pattern = pattern.as_str().to_owned();
        reader.report(node.span(), InvalidValue::NoMatch { pattern });
        return None;
    }
    Some(id.map(|id| SchemeId { scheme: position, id }))
}
