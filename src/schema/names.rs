//! What the codes of a list are called, made ready to be looked up.

use std::collections::BTreeMap;

use super::code::{Code, CodeEntry, ColumnValue, Entries};
use crate::spelling::Index;
use crate::value::name_key;

/// What in a code fits the words that were looked for, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The words are the code.
    Code,
    /// They are its label.
    Label,
    /// They are one of its other names.
    Alias,
    /// They are a value in one of the list's own columns, such as the code of another scheme.
    Crosswalk,
    /// They stand in the code.
    InCode,
    /// They stand in one of its other names.
    InAlias,
    /// They stand in its label.
    InLabel,
    /// They stand in a value of one of the list's own columns.
    InCrosswalk,
    /// They stand in its definition, or some there and some in its names.
    InDefinition,
    /// They are near one of its names, and nothing fits any code better.
    Spelling,
}

impl Fit {
    /// Whether the code is known by exactly these words.
    pub fn is_whole(self) -> bool {
        self <= Self::Crosswalk
    }

    /// Where the words were found, as JSON names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Code | Self::InCode => "code",
            Self::Alias | Self::InAlias => "alias",
            Self::Label | Self::InLabel => "label",
            Self::Crosswalk | Self::InCrosswalk => "crosswalk",
            Self::InDefinition => "definition",
            Self::Spelling => "spelling",
        }
    }
}

/// What the codes of a list are called.
#[derive(Debug)]
pub(super) struct Names {
    /// The codes that are known by a text, as names are compared, each with how well that fits.
    known: BTreeMap<String, Vec<(Fit, Code)>>,
    /// The codes themselves, in their order.
    pub codes: Index,
    /// Labels and aliases.
    pub labels: Index,
    /// The code of each label or alias, and its number: 0 for the label, then the aliases.
    of_label: Vec<(Code, usize)>,
}

impl Names {
    pub(super) fn of(entries: &Entries) -> Self {
        let mut known: BTreeMap<String, Vec<(Fit, Code)>> = BTreeMap::new();
        let mut of_label = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            let code = Code::at(at);
            for (fit, name) in whole_names(entry) {
                let codes = known.entry(name_key(name)).or_default();
                if codes.last().is_none_or(|(_, last)| *last != code) {
                    codes.push((fit, code));
                }
            }
            of_label.extend((0..=entry.aliases.len()).map(|at| (code, at)));
        }
        Self {
            known,
            codes: Index::new(entries.iter().map(|entry| &*entry.code)),
            labels: Index::new(of_label.iter().map(|(code, at)| label(entries, *code, *at))),
            of_label,
        }
    }

    /// Whether more was searched for than the limit allows.
    pub(super) fn is_spent(&self) -> bool {
        self.codes.is_spent() || self.labels.is_spent()
    }

    /// The codes that are known by exactly what was written, each with how well that fits.
    pub(super) fn known_as(&self, written: &str) -> &[(Fit, Code)] {
        self.known.get(&name_key(written)).map_or(&[], Vec::as_slice)
    }

    /// The labels and aliases that may be near what was written, with their codes.
    pub(super) fn near_labels<'l>(
        &self,
        entries: &'l Entries,
        written: &str,
    ) -> impl Iterator<Item = (&'l str, Code)> {
        let near = self.labels.near(written).into_iter().map(|at| self.of_label[at]);
        near.map(|(code, at)| (label(entries, code, at), code))
    }
}

/// A text that a code is called by: its label, or an alias, by number from 1.
fn label(entries: &Entries, code: Code, at: usize) -> &str {
    let entry = &entries[code.0 as usize];
    at.checked_sub(1).map_or(&entry.label, |alias| &entry.aliases[alias])
}

/// All that a code is known by, best first.
pub(super) fn whole_names(entry: &CodeEntry) -> impl Iterator<Item = (Fit, &str)> {
    let aliases = entry.aliases.iter().map(|alias| (Fit::Alias, &**alias));
    let names = [(Fit::Code, &*entry.code), (Fit::Label, &*entry.label)].into_iter();
    names.chain(aliases).chain(crosswalk(entry).map(|text| (Fit::Crosswalk, text)))
}

/// The texts in the list's own columns.
pub(super) fn crosswalk(entry: &CodeEntry) -> impl Iterator<Item = &str> {
    entry.values.iter().flatten().flat_map(|value| {
        let texts = match value {
            ColumnValue::Text(text) => std::slice::from_ref(text),
            ColumnValue::TextList(texts) => texts.as_slice(),
            ColumnValue::Integer(_) | ColumnValue::Number(_) | ColumnValue::Boolean(_) => &[],
        };
        texts.iter().map(|text| &**text)
    })
}
