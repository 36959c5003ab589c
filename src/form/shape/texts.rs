//! Texts, by what they stand for.

use super::parsed;
use crate::form::{Context, InvalidValue, Kind, Reader, Written, shape};
use crate::source::Spanned;
use crate::syntax::{Content, Node, Scalar, Style};
use crate::value::{self, Format};

shape! {
    /// Any text, as typed.
    pub struct Text => Box<str>: Kind::Text, |node, reader| {
        parsed(node, Kind::Text, reader, |text| Ok::<_, InvalidValue>(typed(node, text).into()))
    };
    /// A text that can stand in a list.
    pub struct ListText => Box<str>: Kind::Text, |node, reader| {
        parsed(node, Kind::Text, reader, |text| {
            let text = value::ListText::parse(typed(node, text));
            text.map(value::ListText::into_text).map_err(InvalidValue::ListText)
        })
    };
    /// An id that another dataset gives, as written: `007` is no number, whatever it looks like.
    pub struct OutsideId => Box<str>: Kind::OutsideId, |node, reader| {
        if !node.source().starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) {
            reader.report_ambiguous(node);
        }
        parsed(node, Kind::OutsideId, reader, |text| Ok::<_, InvalidValue>(text.trim().into()))
    };
    /// An item of Wikidata.
    pub struct Wikidata => Box<str>: Kind::Format(Format::Wikidata),
    |node, reader| formatted(Format::Wikidata, node, reader);
    /// The address of a page on the web.
    pub struct Url => Box<str>: Kind::Format(Format::Url),
    |node, reader| formatted(Format::Url, node, reader);
    /// A day of the calendar.
    pub struct Day => Box<str>: Kind::Format(Format::Day),
    |node, reader| formatted(Format::Day, node, reader);
    /// A language.
    pub struct Language => Box<str>: Kind::Format(Format::Language),
    |node, reader| formatted(Format::Language, node, reader);
    /// An id of `actors.yaml`, or a composite actor code.
    pub struct ActorName => Box<str>: Kind::Actor, |node, reader| name(Kind::Actor, node, reader);
    /// An id of `places.yaml`.
    pub struct PlaceName => Box<str>: Kind::Place, |node, reader| name(Kind::Place, node, reader);
    /// An id of `sources.yaml`, or the address of a page.
    pub struct SourceName => Box<str>: Kind::Source, |node, reader| {
        match reader.scalar(node, Kind::Source) {
            Some(text) => source_name(Spanned::new(text, node.span()), reader),
            None => Written::Invalid,
        }
    };
    /// The id of another event.
    pub struct EventName => Box<str>: Kind::Event, |node, reader| name(Kind::Event, node, reader);
    /// The name of a code list.
    pub struct ListName => Box<str>: Kind::CodeList, |node, reader| name(Kind::CodeList, node, reader);
    /// The name of a rule.
    pub struct RuleName => Box<str>: Kind::Rule, |node, reader| name(Kind::Rule, node, reader);
}

/// A text as typed: blanks in quotes are kept. The line breaks that end a block are its layout.
fn typed<'t>(node: Node<'_>, text: &'t str) -> &'t str {
    match node.content() {
        Content::Scalar(Scalar { style: Style::Literal | Style::Folded, .. }) => {
            text.trim_end_matches(['\n', '\r'])
        }
        _ => text,
    }
}

/// Reads a text in a form that others have defined.
fn formatted<C: Context>(
    format: Format,
    node: Node<'_>,
    reader: &mut Reader<'_, C>,
) -> Written<Box<str>> {
    parsed(node, Kind::Format(format), reader, |text| {
        let text = text.trim();
        format.check(text).map(|()| text.into()).map_err(InvalidValue::Format)
    })
}

/// Reads the name of something that is looked up later.
fn name<C: Context>(kind: Kind, node: Node<'_>, reader: &mut Reader<'_, C>) -> Written<Box<str>> {
    match reader.scalar(node, kind) {
        Some(text) => {
            Written::given(reader.name(Spanned::new(text, node.span())).into(), node.span())
        }
        None => Written::Invalid,
    }
}

/// Reads the name of a source, from a value or a key: an id, or an address.
pub fn source_name<C: Context>(
    written: Spanned<&str>,
    reader: &mut Reader<'_, C>,
) -> Written<Box<str>> {
    let text = written.value.trim();
    // No id has these characters. A text with blanks is neither, and is reported as unknown.
    let is_address =
        text.contains("://") || text.contains([':', '/']) && !text.contains(char::is_whitespace);
    if !is_address {
        return Written::given(reader.name(written).into(), written.span);
    }
    let checked = Format::Url.check(text).map_err(InvalidValue::Format);
    let listable = || value::ListText::parse(text).map_err(InvalidValue::ListText);
    match checked.and_then(|()| listable()) {
        Ok(address) => Written::given(address.into_text(), written.span),
        Err(invalid) => reader.invalid(written.span, invalid),
    }
}
