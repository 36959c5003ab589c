//! Choosing edits that do not get in each other's way.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Fix;
use crate::source::{FileId, Location, Span};

use super::edited::Replacement;

/// Edits of which none overlaps another.
///
/// An edit that stands twice, the same text in the same place, is made once. Two that insert at
/// one point, or one at an end of what another replaces, have no order and do not go together.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice<'f> {
    edits: BTreeMap<Location, &'f str>,
}

impl<'f> Choice<'f> {
    /// Adds the edits of a fix, unless one of them gets in the way of another.
    pub(super) fn add(&mut self, fix: &'f Fix) -> bool {
        let mut added = Vec::new();
        for edit in &fix.edits {
            if self.edits.get(&edit.location) == Some(&edit.text.as_str()) {
                continue;
            }
            if self.is_hindered(edit.location) {
                for location in added {
                    self.edits.remove(&location);
                }
                return false;
            }
            self.edits.insert(edit.location, &edit.text);
            added.push(edit.location);
        }
        true
    }

    fn is_hindered(&self, location: Location) -> bool {
        let before = self.edits.range(..location).next_back();
        let from = self.edits.range(location..).next();
        before.into_iter().chain(from).any(|(other, _)| hinders(*other, location))
    }

    /// The edits of one file, in order.
    pub(super) fn of_file(&self, file: FileId) -> Vec<Replacement<'f>> {
        let edits = self.range(file);
        edits.map(|(location, text)| Replacement { span: location.span, text }).collect()
    }

    /// The choice as far as it concerns some files.
    pub(super) fn of_files(&self, files: &BTreeSet<FileId>) -> Self {
        let edits = files.iter().flat_map(|file| self.range(*file));
        Self { edits: edits.map(|(location, text)| (*location, *text)).collect() }
    }

    /// Adds the edits of another choice, which do not get in the way of these.
    pub(super) fn extend(&mut self, other: Self) {
        self.edits.extend(other.edits);
    }

    fn range(&self, file: FileId) -> impl Iterator<Item = (&Location, &&'f str)> {
        let last = Span::new(u32::MAX, u32::MAX);
        self.edits.range(Location::new(file, Span::at(0))..=Location::new(file, last))
    }
}

/// The files that a fix edits.
pub(super) fn files_of(fix: &Fix) -> BTreeSet<FileId> {
    fix.edits.iter().map(|edit| edit.location.file).collect()
}

fn hinders(one: Location, other: Location) -> bool {
    let (a, b) = (one.span, other.span);
    let overlap = a.start < b.end && b.start < a.end;
    one.file == other.file && (overlap || (a.is_empty() || b.is_empty()) && a.touches(b))
}
