//! One round of fixes.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Findings, Fix, Level, Printable};
use crate::source::{Encoding, FileId, Files, ReadError, SourceText, Span, World};

use super::choice::{Choice, files_of};
use super::edited::Edited;
use super::proof;

/// Bytes that proofs which fail may parse for the fixes of one file: some seconds of work. It binds
/// only where hundreds of fixes of a large file cannot be made.
const FAILED_BYTES: usize = 128 * 1024 * 1024;

/// Why a fix was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A file that it edits is gone, or is not UTF-8 everywhere.
    Undecoded,
    /// It is not proven that it changes nothing else.
    Unproven,
    /// The finding is still made after it.
    StillFound,
    /// There is another error where it writes.
    Wrong,
}

/// One round of fixes, made in memory.
pub struct Round<'f> {
    findings: &'f Findings,
    files: &'f Files,
    /// The text of every file that a fix would edit; `None` where it cannot be edited.
    sources: BTreeMap<FileId, Option<SourceText>>,
    choice: Choice<'f>,
    edited: BTreeMap<FileId, Edited>,
    /// How many bytes may still be parsed for proofs that fail.
    budget: usize,
    /// The findings whose fixes were made.
    pub made: Vec<&'f Diagnostic>,
    /// The findings whose fixes could not be made.
    pub left_out: Vec<(&'f Diagnostic, Reason)>,
}

impl<'f> Round<'f> {
    pub(super) fn new(findings: &'f Findings, files: &'f Files) -> Self {
        Self {
            findings,
            files,
            sources: BTreeMap::new(),
            choice: Choice::default(),
            edited: BTreeMap::new(),
            budget: 0,
            made: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// Makes the fixes of some findings, as far as they can be made.
    ///
    /// A fix that conflicts with an earlier one waits for the next round.
    pub(super) fn run(
        &mut self,
        candidates: &[&'f Diagnostic],
        world: &dyn World,
    ) -> Result<(), ReadError> {
        let mut together = Choice::default();
        let mut by_files: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for finding in candidates {
            let Some(fix) = &finding.fix else { continue };
            if !self.can_edit(fix, world)? {
                self.left_out.push((finding, Reason::Undecoded));
            } else if together.add(fix) {
                by_files.entry(files_of(fix)).or_default().push((*finding, fix));
            }
        }
        for fixes in by_files.values() {
            self.budget = FAILED_BYTES;
            self.make(fixes);
        }
        Ok(())
    }

    /// The files after the round.
    pub fn texts(&self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.edited.iter().map(|(file, edited)| {
            let bom = self.source(*file).map_or(0, |source| source.bom);
            let mark = if bom == 0 { "" } else { "\u{feff}" };
            (self.files.path(*file).to_owned(), [mark, &edited.text].concat().into_bytes())
        })
    }

    /// The fixes made that failed: their finding is still made as often as before, or there is a new
    /// error at or next to what they wrote.
    pub(super) fn failed(&self, after: &Findings, files: &Files) -> Vec<(&'f Diagnostic, Reason)> {
        let before = count(self.findings.iter(), self.files);
        let made = count(self.made.iter().copied(), self.files);
        let now = count(after.iter(), files);
        let is_still_found = |finding: &Diagnostic| {
            let kind = kind(finding, self.files);
            times(&now, &kind) + times(&made, &kind) > times(&before, &kind)
        };
        let mut new_errors: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        for finding in after.iter().filter(|finding| finding.level == Level::Error) {
            let kind = kind(finding, files);
            if times(&now, &kind) > times(&before, &kind) {
                new_errors.entry(kind.0).or_default().push(finding.location.span);
            }
        }
        let is_wrong = |finding: &Diagnostic| {
            let mut edits = finding.fix.iter().flat_map(|fix| &fix.edits);
            edits.any(|edit| {
                let errors = new_errors.get(self.files.path(edit.location.file));
                let edited = self.edited.get(&edit.location.file);
                let written = edited.map(|edited| edited.grown(edit.location.span));
                let is_at = |written: Span| {
                    errors.into_iter().flatten().any(|error| error.touches(written))
                };
                written.is_some_and(is_at)
            })
        };
        let made = || self.made.iter().copied();
        let still_found = made().filter(|made| is_still_found(made));
        let wrong = made().filter(|made| is_wrong(made)).map(|made| (made, Reason::Wrong));
        still_found.map(|made| (made, Reason::StillFound)).chain(wrong).collect()
    }

    /// Makes the edits of fixes that go together and edit the same files, those of as many as are
    /// proved: all at once, or else those of each half.
    fn make(&mut self, fixes: &[(&'f Diagnostic, &'f Fix)]) {
        let Some((_, fix)) = fixes.first() else { return };
        let files = files_of(fix);
        let mut choice = self.choice.of_files(&files);
        let together = fixes.iter().all(|(_, fix)| choice.add(fix));
        if let Some(edited) = self.proved(&files, &choice).filter(|_| together) {
            self.choice.extend(choice);
            self.edited.extend(edited);
            self.made.extend(fixes.iter().map(|(finding, _)| *finding));
        } else if let [(finding, _)] = fixes {
            self.left_out.push((finding, Reason::Unproven));
        } else {
            let (first, second) = fixes.split_at(fixes.len() / 2);
            self.make(first);
            self.make(second);
        }
    }

    /// Some files with the edits that are chosen, if that is proved to leave the rest as it is.
    fn proved(
        &mut self,
        files: &BTreeSet<FileId>,
        choice: &Choice<'f>,
    ) -> Option<BTreeMap<FileId, Edited>> {
        let mut proved = BTreeMap::new();
        let mut cost = 0;
        for file in files {
            let text = &self.source(*file)?.text;
            let edited = Edited::new(text, &choice.of_file(*file))?;
            cost += text.len() + edited.text.len();
            if self.budget < cost {
                return None;
            }
            if !proof::holds(text, &edited) {
                self.budget -= cost;
                return None;
            }
            proved.insert(*file, edited);
        }
        Some(proved)
    }

    fn source(&self, file: FileId) -> Option<&SourceText> {
        self.sources.get(&file)?.as_ref()
    }

    fn can_edit(&mut self, fix: &Fix, world: &dyn World) -> Result<bool, ReadError> {
        for file in files_of(fix) {
            if !self.sources.contains_key(&file) {
                let bytes = world.read(self.files.path(file))?;
                let is_whole = |source: &SourceText| {
                    source.encoding == Encoding::Utf8 && source.invalid.is_empty()
                };
                self.sources.insert(file, bytes.map(SourceText::decode).filter(is_whole));
            }
        }
        Ok(files_of(fix).iter().all(|file| self.source(*file).is_some()))
    }
}

/// What findings must have in common to be told apart by their places only.
type Kind<'k> = (&'k str, &'static str, &'k Printable);

fn kind<'k>(finding: &'k Diagnostic, files: &'k Files) -> Kind<'k> {
    (files.path(finding.location.file), finding.rule, &finding.message)
}

fn count<'k>(
    findings: impl Iterator<Item = &'k Diagnostic>,
    files: &'k Files,
) -> BTreeMap<Kind<'k>, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(kind(finding, files)).or_default() += 1;
    }
    counts
}

fn times<'k>(counts: &BTreeMap<Kind<'k>, usize>, kind: &Kind<'k>) -> usize {
    counts.get(kind).copied().unwrap_or(0)
}
