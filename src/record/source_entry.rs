//! A source's entry in `sources.yaml`.

use super::Reader;
use super::code::{CodeOf, SourceReliability, report_retired_groups};
use crate::form::shape::{
    self, Boolean, Choice, Formed, List, ListText, OfForm, Reference, Text, Word,
};
use crate::form::{Form, Key, Opened};
use crate::schema::{Code, Codebook};
use crate::source::Spanned;
use crate::value::Date;

/// A published report.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceEntry {
    /// Who published it.
    pub publisher: Box<str>,
    /// Its title.
    pub title: Option<Box<str>>,
    /// The actor whose word it is, as that of a press office: what it says, the actor says.
    pub of: Option<Spanned<Box<str>>>,
    /// What it rests on.
    pub kind: Option<SourceKind>,
    /// When it was published.
    pub date: Option<Spanned<Date>>,
    /// Its address.
    pub url: Option<Box<str>>,
    /// Where it is archived.
    pub archived: Option<Box<str>>,
    /// Its language.
    pub language: Option<Box<str>>,
    /// How reliable it is.
    pub reliability: Option<Code>,
    /// The sources that it repeats whole.
    pub cites: Vec<Spanned<Box<str>>>,
    /// Whether the curator knows it only through others.
    pub unseen: bool,
    /// Other entries that look like this one and are something else.
    pub distinct_from: Vec<Spanned<Box<str>>>,
    /// Anything else.
    pub note: Option<Box<str>>,
}

/// What a source rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// An investigation of its own: a court's, an inquiry's, or forensic work.
    Investigation,
}

impl Choice for SourceKind {
    const WORDS: &'static [&'static str] = &["investigation"];
    const MEANINGS: &'static [Self] = &[Self::Investigation];
}

impl SourceKind {
    /// The word in registries and tables.
    pub fn as_str(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

/// A source's entry.
static SOURCE: Form = Form {
    name: "source",
    keys: &[
        PUBLISHER.info(),
        OF.info(),
        KIND.info(),
        TITLE.info(),
        DATE.info(),
        URL.info(),
        ARCHIVED.info(),
        LANGUAGE.info(),
        RELIABILITY.info(),
        CITES.info(),
        UNSEEN.info(),
        DISTINCT_FROM.info(),
        NOTE.info(),
    ],
};

const PUBLISHER: Key<ListText> = Key::required("publisher", "Who published it.");
const OF: Key<Reference<shape::Actor>> = Key::optional(
    "of",
    "The actor whose word it is, as that of its press office: it accuses or admits, and reports nothing.",
);
const KIND: Key<Word<SourceKind>> = Key::optional(
    "kind",
    "`investigation` for the findings of a court, an inquiry or forensic work.",
);
const TITLE: Key<Text> = Key::optional("title", "Its title.");
const DATE: Key<shape::Date> = Key::optional("date", "When it was published.");
const URL: Key<shape::Url> = Key::optional("url", "Its address.");
const ARCHIVED: Key<shape::Url> = Key::optional("archived", "The address of an archived copy.");
const LANGUAGE: Key<shape::Language> =
    Key::optional("language", "Its language, as a BCP 47 tag such as `en` or `pt-BR`.");
const RELIABILITY: Key<CodeOf<SourceReliability>> =
    Key::optional("reliability", "How reliable it is.");
const CITES: Key<List<Reference<shape::Source>>> =
    Key::optional("cites", "The sources that it repeats whole.");
const UNSEEN: Key<Boolean> =
    Key::optional("unseen", "Whether the curator knows it only through others.");
const DISTINCT_FROM: Key<List<Reference<shape::Source>>> =
    Key::optional("distinct_from", "Other entries that look like this one and are something else.");
const NOTE: Key<Text> = Key::optional("note", "Anything else.");

impl OfForm for SourceEntry {
    const FORM: &'static Form = &SOURCE;
}

impl Formed<Codebook> for SourceEntry {
    fn read(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self {
            publisher: opened.get(&PUBLISHER, reader).into_value().unwrap_or_default(),
            of: {
                if let Some(of) = opened.node_of(&OF) {
                    report_retired_groups(of, reader);
                }
                opened.get(&OF, reader).into_spanned()
            },
            kind: opened.get(&KIND, reader).into_value(),
            title: opened.get(&TITLE, reader).into_value(),
            date: opened.get(&DATE, reader).into_spanned(),
            url: opened.get(&URL, reader).into_value(),
            archived: opened.get(&ARCHIVED, reader).into_value(),
            language: opened.get(&LANGUAGE, reader).into_value(),
            reliability: opened.get(&RELIABILITY, reader).into_value(),
            cites: opened.get(&CITES, reader).into_value().unwrap_or_default(),
            unseen: opened.get(&UNSEEN, reader).into_value().unwrap_or(false),
            distinct_from: opened.get(&DISTINCT_FROM, reader).into_value().unwrap_or_default(),
            note: opened.get(&NOTE, reader).into_value(),
        })
    }
}
