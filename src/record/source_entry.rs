//! A source's entry in `sources.yaml`.

use serde::{Deserialize, Serialize};

use super::Reader;
use super::code::{ActorReference, SourceReliabilityCode};
use super::defect::RecordDefect;
use super::fields::{FieldValues, read_fields};
use crate::form::{Language, List, ListText, Opened, SourceName, Text, Url, form, words};
use crate::schema::{Code, Codebook, FieldOn};
use crate::source::Spanned;
use crate::value::{Date, url_host};

form! {
    /// A published report.
    #[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
    pub struct SourceEntry: "source" in Codebook, then take_host {
        /// Who published it; without it, the host of its address.
        optional publisher called ["outlet", "newspaper", "media", "author"]: Option<Box<str>> = ListText,
        /// The actor whose word it is, as that of its press office: it accuses or admits, and reports
        /// nothing.
        optional of: Option<Spanned<Box<str>>> = ActorReference,
        /// `investigation` for the findings of a court, an inquiry or forensic work.
        optional kind: Option<SourceKind> = SourceKind,
        /// Its title.
        optional title called ["headline"]: Option<Box<str>> = Text,
        /// When it was published.
        optional date called ["published", "publication_date"]: Option<Spanned<Date>> = Date,
        /// Its address.
        optional url called ["link", "address"]: Option<Box<str>> = Url,
        /// The address of an archived copy.
        optional archived called ["archive", "archive_url"]: Option<Box<str>> = Url,
        /// Its language, as a BCP 47 tag such as `en` or `pt-BR`.
        optional language: Option<Box<str>> = Language,
        /// How reliable it is.
        optional reliability: Option<Code> = SourceReliabilityCode,
        /// The sources that it repeats whole.
        optional cites: Vec<Spanned<Box<str>>> = List<SourceName>,
        /// Whether the curator knows it only through others.
        optional unseen: bool = bool,
        /// Other entries that look like this one and are something else.
        optional distinct_from: Vec<Spanned<Box<str>>> = List<SourceName>,
        /// Anything else.
        optional note called ["notes", "comment"]: Option<Box<str>> = Text,
        /// Whether a build leaves it out, unless told otherwise: the tables have a stand-in.
        optional restricted: bool = bool,
    }
    made from (opened, reader) {
        /// The extra fields.
        pub fields: FieldValues = read_fields(opened, FieldOn::Source, reader),
    }
}

words! {
    /// What a source rests on.
    #[derive(Deserialize, Serialize)]
    pub enum SourceKind {
        /// An investigation of its own: a court's, an inquiry's, or forensic work.
        Investigation = "investigation",
    }
}

impl SourceEntry {
    /// A page of which only the address is known: its host is its publisher.
    pub fn of_page(address: &str) -> Self {
        let publisher = url_host(address).map(Box::from);
        Self { publisher, url: Some(address.into()), ..Self::default() }
    }
}

/// Where nobody is named as its publisher, the host of its address is.
fn take_host(source: &mut SourceEntry, opened: &Opened<'_>, reader: &mut Reader<'_>) {
    let is_written = |key| opened.key_span(key).is_some();
    if !is_written("publisher") {
        source.publisher = source.url.as_deref().and_then(url_host).map(Box::from);
        if !is_written("url") && !opened.incomplete() {
            reader.report(opened.span(), RecordDefect::NoPublisher);
        }
    }
}
