//! What an earlier run knew of single files of events and of registries.
//!
//! What is found in a file of events depends on its bytes, on the codebook and the registries, and on nothing in other
//! files of events but how these call the pages that it names. Where only some of these changed, the others need not be
//! read.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::checked::{Checked, Kept};
use super::last_run::LastRun;
use crate::dataset::{Dataset, EventSummary, FindKnown};
use crate::rules::{FileReport, Reports};
use crate::source::{Digest, FileId, Files, Paths, PutAside};

/// What an earlier run knew of files of events and of registries, as far as they are the same today.
#[derive(Debug)]
pub struct KnownFiles {
    bytes: Arc<Vec<u8>>,
    head: Head,
    /// What is known of each file of the earlier run, by its position, if it is the same.
    files: Vec<Option<KnownFile>>,
    /// When one of so many files had to be read, all is kept anew.
    share: usize,
}

/// What is known of a file, as stretches of all that is known.
#[derive(Clone, Debug)]
struct KnownFile {
    digest: Digest,
    contents: Range<usize>,
    report: Range<usize>,
}

/// What is known of a file of a run.
pub struct KnownOfRun {
    /// The file.
    pub file: FileId,
    /// A digest of its bytes.
    pub digest: Digest,
    /// What was found in its events; `None` for a file without any.
    pub report: Option<PutAside>,
}

/// Events of files that are written together.
const TOGETHER: usize = 1024;

/// What stands behind all that is known of single files.
#[derive(Debug, Deserialize, Serialize)]
struct Head {
    /// The path of each file of the run, in its order.
    paths: Paths,
    /// A digest of what the run asked of the codebook.
    of_codebook: Digest,
    /// A digest of what else the run asked than files of events, on which all rests.
    beside: Digest,
    /// Each file of events or of a registry: its position among the paths, and the lengths of what is known of what it
    /// holds and of what was found in its events.
    files: Vec<(usize, usize, usize)>,
    /// A digest of the bytes of each of these, which all have one.
    #[serde(with = "crate::source::packed")]
    digests: Vec<Option<Digest>>,
}

impl KnownFiles {
    /// What was kept of the files that the last run read as well, and that are the same today.
    pub fn read(bytes: Vec<u8>, last: &LastRun, share: usize) -> Option<Self> {
        let (trace, compared) = last.answers();
        let mut unchanged = trace.unchanged(compared);
        let (rest, length) = bytes.split_last_chunk()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (parts, head) = rest.split_at_checked(rest.len().checked_sub(length)?)?;
        let head: Head = postcard::from_bytes(head).ok()?;
        let mut at = 0_usize;
        let mut files = vec![None; head.paths.len()];
        for ((file, contents, report), digest) in head.files.iter().zip(&head.digests) {
            let (begins, middle) = (at, at.checked_add(*contents)?);
            at = middle.checked_add(*report)?;
            let (path, known) = (head.paths.get(*file)?, files.get_mut(*file)?);
            if at <= parts.len() && unchanged(path) == *digest {
                let (contents, report) = (begins..middle, middle..at);
                *known = digest.map(|digest| KnownFile { digest, contents, report });
            }
        }
        Some(Self { head, files, share, bytes: Arc::new(bytes) })
    }

    /// Writes what is to be kept of the files of a check, which found what is `kept`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(checked: &Checked, kept: &Kept, entry: &mut impl Write) -> io::Result<()> {
        let files = &checked.files;
        let mut head = Head {
            paths: files.paths().clone(),
            of_codebook: kept.of_codebook,
            beside: kept.beside,
            files: Vec::new(),
            digests: Vec::new(),
        };
        for dataset in &checked.datasets {
            let defects = dataset.files.iter().filter(|file| !file.defects.is_empty());
            let defects: BTreeSet<_> = defects.map(|of| of.file).collect();
            let registries = dataset.known_registries();
            let registries = registries.filter(|(file, _)| !defects.contains(file));
            let known = |(file, contents)| Stretch { file, contents, report: Vec::new() };
            head.add(registries.map(known).collect(), files, entry)?;
            let of_files = of_files(dataset);
            let mut rest = &*of_files;
            while !rest.is_empty() {
                let (together, after) = rest.split_at(how_many_together(rest));
                rest = after;
                let known = |events: &&[EventSummary]| {
                    let (file, contents) = (events[0].file, dataset.known_events(events)?);
                    Some(Stretch { file, contents, report: kept.reports.bytes(file)? })
                };
                head.add(together.par_iter().filter_map(known).collect(), files, entry)?;
            }
        }
        let head = postcard::to_stdvec(&head).map_err(io::Error::other)?;
        entry.write_all(&head)?;
        entry.write_all(&(head.len() as u64).to_le_bytes())
    }

    /// Whether the codebook is as it was, by a digest of what a run asked of it.
    pub fn is_of_codebook(&self, read: Digest) -> bool {
        self.head.of_codebook == read
    }

    /// Whether all else that a run asked, whose digest is `beside`, is as it was.
    pub fn rest_on(&self, beside: Digest) -> bool {
        self.head.beside == beside
    }

    /// All that is known.
    pub const fn bytes(&self) -> &Arc<Vec<u8>> {
        &self.bytes
    }

    /// Tells what is known of files, by their paths, which are mostly asked for in the order of the earlier run.
    fn finder<'k>(&'k self) -> impl FnMut(&str) -> Option<&'k KnownFile> {
        let mut find = self.head.paths.finder();
        move |path| self.files.get(find(path)?)?.as_ref()
    }

    /// Tells the digests of the bytes of files that are known.
    pub fn digests(&self) -> impl FnMut(&str) -> Option<Digest> {
        let mut find = self.finder();
        move |path| find(path).map(|known| known.digest)
    }

    /// Whether so many files had to be read that could be known that what is known of all of them is to be kept anew: a
    /// later run would read them again.
    pub fn is_stale(&self, new: usize) -> bool {
        new * self.share > self.head.files.len()
    }

    /// What is known of files of a run, of which `reports` takes over what was found in them.
    pub fn of_run(
        &self,
        reports: &Reports,
        files: &Files,
        known: &[FileId],
    ) -> Option<Vec<KnownOfRun>> {
        let lent = reports.lend(Arc::clone(&self.bytes));
        let is_same = *files.paths() == self.head.paths;
        let numbers = if is_same { Vec::new() } else { self.numbers(files) };
        let mut find = self.finder();
        let known: Vec<_> = known.iter().map(|file| (*file, find(files.path(*file)))).collect();
        let of_file = |(file, known): &(FileId, Option<&KnownFile>)| {
            let KnownFile { digest, report: Range { start, end }, .. } = *(*known)?;
            let report = if start == end {
                None
            } else if is_same {
                Some(lent.part(start, u32::try_from(end - start).ok()?)?)
            } else {
                let mut report = FileReport::read(self.bytes.get(start..end)?)?;
                // What a finding points at is this file, or one that all rests on.
                report.renumber(&|was: FileId| {
                    numbers.get(was.position()).copied().flatten().unwrap_or(*file)
                });
                Some(reports.put(&report))
            };
            Some(KnownOfRun { file: *file, digest, report })
        };
        known.par_iter().map(of_file).collect()
    }

    /// The number that each file of the earlier run has now.
    fn numbers(&self, files: &Files) -> Vec<Option<FileId>> {
        let mut find = files.paths().finder();
        let ids: Vec<_> = files.ids().collect();
        self.head.paths.iter().map(|path| ids.get(find(path)?).copied()).collect()
    }
}

impl FindKnown for KnownFiles {
    fn find(&self, paths: &[&str]) -> Vec<Option<Range<usize>>> {
        let mut find = self.finder();
        paths.iter().map(|path| find(path).map(|known| known.contents.clone())).collect()
    }
}

/// What is known of a file, while it is written.
struct Stretch {
    file: FileId,
    contents: Vec<u8>,
    report: Vec<u8>,
}

impl Head {
    /// Writes what is known of some files.
    fn add(
        &mut self,
        known: Vec<Stretch>,
        files: &Files,
        entry: &mut impl Write,
    ) -> io::Result<()> {
        let mut together = Vec::new();
        for Stretch { file, contents, report } in known {
            let Some(digest) = files.digest(file) else { continue };
            self.files.push((file.position(), contents.len(), report.len()));
            self.digests.push(Some(digest));
            together.extend(contents);
            together.extend(report);
        }
        entry.write_all(&together)
    }
}

/// How many of some files of events are written together, so that few of the events are held at a time.
fn how_many_together(files: &[&[EventSummary]]) -> usize {
    let mut events = 0;
    let fits = |of_file: &&&[EventSummary]| {
        let before = events;
        events += of_file.len();
        before < TOGETHER
    };
    files.iter().take_while(fits).count()
}

/// The events of the files of a dataset that could be read whole.
fn of_files(dataset: &Dataset) -> Vec<&[EventSummary]> {
    let broken: BTreeSet<_> = dataset.broken_files().collect();
    let of_files = dataset.events.chunk_by(|one, next| one.file == next.file);
    of_files.filter(|events| !broken.contains(&events[0].file)).collect()
}
