//! What `dataset.yaml` says of a dataset.

use super::code::CountryCode;
use crate::form::{Day, Kind, List, Shape, Text, Url, Written, form, shape, words};
use crate::schema::{Code, Codebook};
use crate::source::Spanned;
use crate::value::{Date, Identifier};

form! {
    /// What a dataset says of itself.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct DatasetFile: "dataset" in Codebook {
        /// Its id, which is also its folder's name.
        required dataset: Option<Spanned<Identifier>> = Identifier,
        /// Its title.
        required title: Box<str> = Text,
        /// Its version.
        required version: Box<str> = Text,
        /// Its license, as an SPDX identifier such as `CC-BY-4.0`.
        required license formerly "licence": Box<str> = Text,
        /// What it holds.
        optional description: Option<Box<str>> = Text,
        /// What it covers, so that a reader knows what a missing event means.
        optional scope: Option<Scope> = Scope,
        /// The codebook that it is coded with.
        optional codebook: Option<Spanned<Box<str>>> = Text,
        /// Who made it.
        optional people: Vec<Person> = List<Person>,
        /// The day on which this version is published.
        optional released: Option<Box<str>> = Day,
        /// Where it is published: the address of its page, or its DOI as an address.
        optional url: Option<Box<str>> = Url,
        /// The address of the git repository that holds the records.
        optional repository: Option<Box<str>> = Url,
        /// How to cite it; without this, a build makes a citation from the other keys.
        optional citation: Option<Box<str>> = Text,
        /// Rules that have another level in this dataset, or are `off`.
        optional levels: Vec<LevelOf> = Levels,
    }
}

form! {
    /// What a dataset covers: whatever lies outside was not looked for.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Scope: "scope" in Codebook {
        /// What counts as an event here, and what does not.
        optional included: Option<Box<str>> = Text,
        /// The days that it covers, as an EDTF interval such as `2019-07/2021-10` or `2019-07/..`.
        optional period: Option<Spanned<Date>> = Date,
        /// The countries that it covers; all of them where none is named.
        optional countries: Vec<Spanned<Code>> = List<CountryCode>,
        /// What was searched for events, how, and until when.
        optional searched: Option<Box<str>> = Text,
    }
}

form! {
    /// Someone who made a dataset.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Person: "person" in Codebook {
        /// The name of a person or group.
        essential name: Box<str> = Text,
        /// What they did.
        optional role: Option<Box<str>> = Text,
    }
}

/// A rule whose level a dataset changes.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelOf {
    /// The rule's name.
    pub rule: Spanned<Box<str>>,
    /// Its level in this dataset.
    pub level: LevelChoice,
}

words! {
    /// The levels that a dataset may choose for a rule.
    pub enum LevelChoice {
        /// The record is wrong.
        Error = "error",
        /// The record may be wrong.
        Warning = "warning",
        /// Worth knowing.
        Info = "info",
        /// The rule finds nothing.
        Off = "off",
    }
}

shape! {
    /// A level for each of some rules.
    struct Levels in Codebook => Vec<Spanned<LevelOf>>: Kind::MapOf(Box::new(Kind::Rule), Box::new(<LevelChoice as Shape<Codebook>>::kind())), |node, reader| {
        let entries = reader.entries(node, Self::kind());
        let level = |(rule, value): (Spanned<&str>, _)| {
            let level = LevelChoice::read(value, reader).into_value()?;
            Some(Spanned::new(LevelOf { rule: rule.map(Box::from), level }, rule.span))
        };
        Written::given(entries.into_iter().filter_map(level).collect(), node.span())
    };
}
