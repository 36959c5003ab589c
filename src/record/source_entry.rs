//! A source's entry in `sources.yaml`.

use super::code::{ActorReference, SourceReliabilityCode};
use crate::form::{Language, List, ListText, SourceName, Text, Url, form, words};
use crate::schema::{Code, Codebook};
use crate::source::Spanned;
use crate::value::Date;

form! {
    /// A published report.
    #[derive(Clone, Debug, PartialEq)]
    pub struct SourceEntry: "source" in Codebook {
        /// Who published it.
        required publisher: Box<str> = ListText,
        /// The actor whose word it is, as that of its press office: it accuses or admits, and reports
        /// nothing.
        optional of: Option<Spanned<Box<str>>> = ActorReference,
        /// `investigation` for the findings of a court, an inquiry or forensic work.
        optional kind: Option<SourceKind> = SourceKind,
        /// Its title.
        optional title: Option<Box<str>> = Text,
        /// When it was published.
        optional date: Option<Spanned<Date>> = Date,
        /// Its address.
        optional url: Option<Box<str>> = Url,
        /// The address of an archived copy.
        optional archived: Option<Box<str>> = Url,
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
        optional note: Option<Box<str>> = Text,
    }
}

words! {
    /// What a source rests on.
    pub enum SourceKind {
        /// An investigation of its own: a court's, an inquiry's, or forensic work.
        Investigation = "investigation",
    }
}
