//! An actor's entry in `actors.yaml`.

use super::Reader;
use super::code::{CodeOf, Country, Sector, report_retired_groups};
use crate::form::shape::{
    self, Choice, Formed, List, ListText, Mapping, OfForm, Reference, Text, Word,
};
use crate::form::{Form, Key, Opened};
use crate::schema::{Code, Codebook};
use crate::source::Spanned;
use crate::value::Date;

/// A person or an organisation that acts, is acted on, or says something.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// The name in common use.
    pub name: Box<str>,
    /// Whether it is a person or an organisation.
    pub kind: Option<ActorKind>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// The country it belongs to.
    pub country: Option<Code>,
    /// The sector of society it belongs to.
    pub sector: Option<Code>,
    /// When it existed, or held the role it is coded for.
    pub valid: Option<Spanned<Date>>,
    /// The organisations it is a part of.
    pub member_of: Vec<Membership>,
    /// Its item in Wikidata.
    pub wikidata: Option<Box<str>>,
    /// Other entries that look like this one and are something else.
    pub distinct_from: Vec<Spanned<Box<str>>>,
    /// Anything else.
    pub note: Option<Box<str>>,
}

impl Actor {
    /// Its name, and its other names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(|name| &**name)
    }
}

/// Whether an actor is one person or an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorKind {
    /// An organisation.
    Organisation,
    /// A person.
    Person,
}

impl Choice for ActorKind {
    const WORDS: &'static [&'static str] = &["organisation", "person"];
    const MEANINGS: &'static [Self] = &[Self::Organisation, Self::Person];
}

impl ActorKind {
    /// The word in registries and tables.
    pub fn as_str(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

/// An organisation that an actor is a part of, and since when. Organisational membership, not
/// sponsorship.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    /// The organisation.
    pub actor: Spanned<Box<str>>,
    /// The first day, as far as it is known.
    pub from: Option<Spanned<Date>>,
    /// The last day, as far as it is known.
    pub to: Option<Spanned<Date>>,
}

/// An actor's entry.
static ACTOR: Form = Form {
    name: "actor",
    keys: &[
        NAME.info(),
        KIND.info(),
        ALIASES.info(),
        COUNTRY.info(),
        SECTOR.info(),
        VALID.info(),
        MEMBER_OF.info(),
        WIKIDATA.info(),
        DISTINCT_FROM.info(),
        NOTE.info(),
    ],
};

const NAME: Key<Text> = Key::required("name", "The name in common use.");
const KIND: Key<Word<ActorKind>> =
    Key::optional("kind", "Whether it is an organisation or a person.");
const ALIASES: Key<List<ListText>> = Key::optional("aliases", "Other names.");
const COUNTRY: Key<CodeOf<Country>> = Key::optional("country", "The country it belongs to.");
const SECTOR: Key<CodeOf<Sector>> = Key::optional("sector", "The sector of society it belongs to.");
const VALID: Key<shape::Date> = Key::optional(
    "valid",
    "When it existed or held this role, as an EDTF interval such as `2014-06/..`.",
);
const MEMBER_OF: Key<List<Mapping<Membership>>> =
    Key::optional("member_of", "The organisations it is a part of; membership, not sponsorship.");
const WIKIDATA: Key<shape::Wikidata> =
    Key::optional("wikidata", "Its item in Wikidata, such as `Q16971226`.");
const DISTINCT_FROM: Key<List<Reference<shape::Actor>>> =
    Key::optional("distinct_from", "Other entries that look like this one and are something else.");
const NOTE: Key<Text> = Key::optional("note", "Anything else.");

/// A membership.
static MEMBERSHIP: Form =
    Form { name: "membership", keys: &[WHOSE.info(), FROM.info(), TO.info()] };

const WHOSE: Key<Reference<shape::Actor>> = Key::required("actor", "The organisation.");
const FROM: Key<shape::Date> = Key::optional("from", "Since when.");
const TO: Key<shape::Date> = Key::optional("to", "Until when.");

impl OfForm for Actor {
    const FORM: &'static Form = &ACTOR;
}

impl Formed<Codebook> for Actor {
    fn read(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let aliases = opened.get(&ALIASES, reader).into_value().unwrap_or_default();
        let member_of = opened.get(&MEMBER_OF, reader).into_value().unwrap_or_default();
        Some(Self {
            name: opened.get(&NAME, reader).into_value().unwrap_or_default(),
            kind: opened.get(&KIND, reader).into_value(),
            aliases: aliases.into_iter().map(|alias| alias.value).collect(),
            country: opened.get(&COUNTRY, reader).into_value(),
            sector: opened.get(&SECTOR, reader).into_value(),
            valid: opened.get(&VALID, reader).into_spanned(),
            member_of: member_of.into_iter().map(|membership| membership.value).collect(),
            wikidata: opened.get(&WIKIDATA, reader).into_value(),
            distinct_from: opened.get(&DISTINCT_FROM, reader).into_value().unwrap_or_default(),
            note: opened.get(&NOTE, reader).into_value(),
        })
    }
}

impl OfForm for Membership {
    const FORM: &'static Form = &MEMBERSHIP;
}

impl Formed<Codebook> for Membership {
    fn read(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let from = opened.get(&FROM, reader).into_spanned();
        let to = opened.get(&TO, reader).into_spanned();
        if let Some(whose) = opened.node_of(&WHOSE) {
            report_retired_groups(whose, reader);
        }
        Some(Self { actor: opened.get(&WHOSE, reader).into_spanned()?, from, to })
    }
}
