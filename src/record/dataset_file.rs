//! What `dataset.yaml` says of a dataset.

use super::Reader;
use crate::form::shape::{Choice, Formed, Identifier, List, Mapping, OfForm, Shape, Text, Word};
use crate::form::{Described, Form, Key, Kind, Opened, Written};
use crate::schema::Codebook;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::value;

/// What a dataset says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DatasetFile {
    /// Its id, which is also its folder's name.
    pub dataset: Option<Spanned<value::Identifier>>,
    /// Its title.
    pub title: Box<str>,
    /// Its version.
    pub version: Box<str>,
    /// Its license, as an SPDX identifier.
    pub license: Box<str>,
    /// What it holds.
    pub description: Option<Box<str>>,
    /// The codebook that it is coded with.
    pub codebook: Option<Spanned<Box<str>>>,
    /// Who made it.
    pub people: Vec<Person>,
    /// How to cite it.
    pub citation: Option<Box<str>>,
    /// The rules whose level it changes.
    pub levels: Vec<LevelOf>,
}

/// A rule whose level a dataset changes.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelOf {
    /// The rule's name.
    pub rule: Spanned<Box<str>>,
    /// Its level in this dataset.
    pub level: LevelChoice,
}

/// The levels that a dataset may choose for a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelChoice {
    /// The record is wrong.
    Error,
    /// The record may be wrong.
    Warning,
    /// Worth knowing.
    Info,
}

impl Choice for LevelChoice {
    const WORDS: &'static [&'static str] = &["error", "warning", "info"];
    const MEANINGS: &'static [Self] = &[Self::Error, Self::Warning, Self::Info];
}

/// Someone who made a dataset.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The name of a person or group.
    pub name: Box<str>,
    /// What they did.
    pub role: Option<Box<str>>,
}

/// What `dataset.yaml` says.
static DATASET: Form = Form {
    name: "dataset",
    keys: &[
        ID.info(),
        TITLE.info(),
        VERSION.info(),
        LICENSE.info(),
        DESCRIPTION.info(),
        CODEBOOK.info(),
        PEOPLE.info(),
        CITATION.info(),
        LEVELS.info(),
    ],
};

const ID: Key<Identifier> = Key::required("dataset", "Its id, which is also its folder's name.");
const TITLE: Key<Text> = Key::required("title", "Its title.");
const VERSION: Key<Text> = Key::required("version", "Its version.");
const LICENSE: Key<Text> =
    Key::required("license", "Its license, as an SPDX identifier such as `CC-BY-4.0`.")
        .formerly("licence");
const DESCRIPTION: Key<Text> = Key::optional("description", "What it holds.");
const CODEBOOK: Key<Text> = Key::optional("codebook", "The codebook that it is coded with.");
const PEOPLE: Key<List<Mapping<Person>>> = Key::optional("people", "Who made it.");
const CITATION: Key<Text> = Key::optional("citation", "How to cite it.");

const LEVELS: Key<Levels> =
    Key::optional("levels", "Rules whose level the dataset raises or lowers.");

/// A level for each of some rules.
#[derive(Debug)]
struct Levels;

impl Described for Levels {
    fn kind() -> Kind {
        Kind::MapOf(Box::new(Kind::Rule), Box::new(Word::<LevelChoice>::kind()))
    }
}

impl Shape<Codebook> for Levels {
    type Value = Vec<LevelOf>;

    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Written<Vec<LevelOf>> {
        let entries = reader.entries(node, Self::kind());
        let level = |(rule, value): (Spanned<&str>, _)| {
            let level = Word::<LevelChoice>::read(value, reader).into_value()?;
            Some(LevelOf { rule: rule.map(Box::from), level })
        };
        Written::given(entries.into_iter().filter_map(level).collect(), node.span())
    }
}

/// Someone who made a dataset.
static PERSON: Form = Form { name: "person", keys: &[NAME.info(), ROLE.info()] };

const NAME: Key<Text> = Key::required("name", "The name of a person or group.");
const ROLE: Key<Text> = Key::optional("role", "What they did.");

impl OfForm for DatasetFile {
    const FORM: &'static Form = &DATASET;
}

impl Formed<Codebook> for DatasetFile {
    fn read(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let people = opened.get(&PEOPLE, reader).into_value().unwrap_or_default();
        Some(Self {
            dataset: opened.get(&ID, reader).into_spanned(),
            title: opened.get(&TITLE, reader).into_value().unwrap_or_default(),
            version: opened.get(&VERSION, reader).into_value().unwrap_or_default(),
            license: opened.get(&LICENSE, reader).into_value().unwrap_or_default(),
            description: opened.get(&DESCRIPTION, reader).into_value(),
            codebook: opened.get(&CODEBOOK, reader).into_spanned(),
            people: people.into_iter().map(|person| person.value).collect(),
            citation: opened.get(&CITATION, reader).into_value(),
            levels: opened.get(&LEVELS, reader).into_value().unwrap_or_default(),
        })
    }
}

impl OfForm for Person {
    const FORM: &'static Form = &PERSON;
}

impl Formed<Codebook> for Person {
    fn read(opened: &Opened<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let role = opened.get(&ROLE, reader).into_value();
        Some(Self { name: opened.get(&NAME, reader).into_value()?, role })
    }
}
