//! What the codes of a list are called, made ready to be looked up.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::search::{Fit, whole_names};
use super::{Code, CodeList};
use crate::spelling::Index;
use crate::value::name_key;

/// What the codes of a list are called.
#[derive(Debug)]
pub(super) struct Names {
    /// The codes that are known by a text, as names are compared, each with how well that fits.
    known: BTreeMap<String, Vec<(Fit, Code)>>,
    /// The codes themselves, in their order.
    pub codes: Index,
    /// Labels and aliases.
    pub labels: Index,
    /// The code of each label or alias, and the text.
    of_label: Vec<(Code, usize)>,
}

/// The names of a list, once they were asked for. A copy asks anew, for it may be changed.
#[derive(Debug, Default)]
pub(super) struct NamesCell(OnceLock<Names>);

impl Clone for NamesCell {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl NamesCell {
    pub(super) fn of(&self, list: &CodeList) -> &Names {
        self.0.get_or_init(|| Names::of(list))
    }

    /// Whether more was searched for than is.
    pub(super) fn is_spent(&self) -> bool {
        self.0.get().is_some_and(|names| names.codes.is_spent() || names.labels.is_spent())
    }
}

impl Names {
    fn of(list: &CodeList) -> Self {
        let mut known: BTreeMap<String, Vec<(Fit, Code)>> = BTreeMap::new();
        for code in list.codes() {
            for (fit, name) in whole_names(list.entry(code)) {
                let codes = known.entry(name_key(name)).or_default();
                if codes.last().is_none_or(|(_, last)| *last != code) {
                    codes.push((fit, code));
                }
            }
        }
        let of_label: Vec<_> = list.codes().flat_map(|code| labels(list, code)).collect();
        let labels = of_label.iter().map(|(code, at)| label(list, *code, *at));
        Self {
            known,
            codes: Index::new(list.entries().iter().map(|entry| &*entry.code)),
            labels: Index::new(labels),
            of_label,
        }
    }

    /// The codes that are known by exactly what was written, each with how well that fits.
    pub(super) fn known_as(&self, written: &str) -> &[(Fit, Code)] {
        self.known.get(&name_key(written)).map_or(&[], Vec::as_slice)
    }

    /// The labels and aliases that may be near what was written, with their codes.
    pub(super) fn near_labels<'l>(
        &self,
        list: &'l CodeList,
        written: &str,
    ) -> impl Iterator<Item = (&'l str, Code)> {
        let near = self.labels.near(written).into_iter().map(|at| self.of_label[at]);
        near.map(|(code, at)| (label(list, code, at), code))
    }
}

/// A code with the number of each text that it is called by: its label, then its aliases.
fn labels(list: &CodeList, code: Code) -> impl Iterator<Item = (Code, usize)> {
    (0..=list.entry(code).aliases.len()).map(move |at| (code, at))
}

fn label(list: &CodeList, code: Code, at: usize) -> &str {
    let entry = list.entry(code);
    at.checked_sub(1).map_or(&entry.label, |alias| &entry.aliases[alias])
}
