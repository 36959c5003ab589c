//! What an earlier run knew of single files of events.
//!
//! What is found in a file of events depends on its bytes, on the codebook and the registries, and on nothing in other
//! files of events but how these call the pages that it names. Where only some of these changed, the others need not be
//! read.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::checked::Checked;
use super::last_run::LastRun;
use crate::dataset::{Dataset, EventSummary, KnownEvents, is_of_event};
use crate::rules::{FileReport, Reports};
use crate::source::{Digest, FileId, Files, PutAside};

/// What an earlier run knew of files of events, as far as they are the same today.
#[derive(Debug)]
pub struct KnownFiles {
    bytes: Arc<Vec<u8>>,
    head: Head,
    /// What is known of each file that is the same, as stretches of `bytes`.
    files: HashMap<Arc<str>, KnownFile, RandomState>,
    /// How many files had to be compared by their bytes.
    compared: usize,
    /// When one of so many files had to be read, all is kept anew.
    share: usize,
}

#[derive(Debug)]
struct KnownFile {
    digest: Digest,
    events: Range<usize>,
    report: Range<usize>,
}

/// Events of files that are written together.
const TOGETHER: usize = 1024;

/// What stands behind all that is known of single files.
#[derive(Debug, Deserialize, Serialize)]
struct Head {
    /// The path of each file of the run, in its order.
    paths: Vec<Arc<str>>,
    /// A digest of what else the run asked, on which all rests.
    beside: Bytes,
    /// Each file of events: its position among the paths, a digest of its bytes, and the lengths of what is known of its
    /// events and of what was found in them.
    files: Vec<(usize, Bytes, usize, usize)>,
}

type Bytes = [u8; blake3::OUT_LEN];

impl KnownFiles {
    /// What was kept of the files that the last run read as well, and that are the same today.
    pub fn read(bytes: Vec<u8>, last: &LastRun, share: usize) -> Option<Self> {
        let (trace, compared) = last.answers();
        let unchanged = trace.unchanged(compared);
        let (rest, length) = bytes.split_last_chunk()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (parts, head) = rest.split_at_checked(rest.len().checked_sub(length)?)?;
        let head: Head = postcard::from_bytes(head).ok()?;
        let mut at = 0_usize;
        let mut files = HashMap::with_capacity_and_hasher(head.files.len(), RandomState::default());
        for (path, digest, events, report) in &head.files {
            let (begins, middle) = (at, at.checked_add(*events)?);
            at = middle.checked_add(*report)?;
            let (path, digest) = (head.paths.get(*path)?, Digest::from(*digest));
            if unchanged.get(&**path) == Some(&digest) && at <= parts.len() {
                let (events, report) = (begins..middle, middle..at);
                files.insert(Arc::clone(path), KnownFile { digest, events, report });
            }
        }
        Some(Self { head, files, compared: compared.by_bytes, share, bytes: Arc::new(bytes) })
    }

    /// Writes what is to be kept of the files of a check, where it tells.
    ///
    /// # Errors
    /// When it does not tell, or cannot be written.
    pub fn write(checked: &Checked, entry: &mut impl Write) -> io::Result<()> {
        let kept = checked.kept.as_ref().ok_or(io::ErrorKind::Unsupported)?;
        let files = &checked.files;
        let of_files: Vec<_> = checked.datasets.iter().flat_map(of_files).collect();
        let mut head = Head {
            paths: files.shared_paths().to_vec(),
            beside: *kept.beside.as_bytes(),
            files: Vec::with_capacity(of_files.len()),
        };
        let mut rest = &*of_files;
        while !rest.is_empty() {
            let mut events = 0;
            let fits = |(_, of_file): &&(&Dataset, &[EventSummary])| {
                let before = events;
                events += of_file.len();
                before < TOGETHER
            };
            let (together, after) = rest.split_at(rest.iter().take_while(fits).count());
            rest = after;
            let of_file = |(dataset, events): &(&Dataset, &[EventSummary])| {
                let file = events[0].file;
                let digest = *files.digest(file)?.as_bytes();
                let (events, report) = (dataset.known_events(events)?, kept.reports.bytes(file)?);
                let lengths = (events.len(), report.len());
                Some(((file.position(), digest, lengths.0, lengths.1), [events, report].concat()))
            };
            let (of_files, written): (Vec<_>, Vec<_>) =
                together.par_iter().filter_map(of_file).unzip();
            head.files.extend(of_files);
            entry.write_all(&written.concat())?;
        }
        let head = postcard::to_stdvec(&head).map_err(io::Error::other)?;
        entry.write_all(&head)?;
        entry.write_all(&(head.len() as u64).to_le_bytes())
    }

    /// Whether all else that a run asked, whose digest is `beside`, is as it was.
    pub fn rest_on(&self, beside: Digest) -> bool {
        self.head.beside == *beside.as_bytes()
    }

    /// All that is known.
    pub fn bytes(&self) -> Arc<Vec<u8>> {
        Arc::clone(&self.bytes)
    }

    /// What is known of the events of a file.
    pub fn events(&self, path: &str) -> Option<KnownEvents> {
        let known = self.files.get(path)?;
        KnownEvents::read(&self.bytes, known.events.clone())
    }

    /// Files of a run that are known, with the digests of their bytes.
    pub fn of_run<'k>(
        &'k self,
        files: &'k Files,
        known: &'k [FileId],
    ) -> impl Iterator<Item = (Arc<str>, Digest)> + 'k {
        known.iter().filter_map(|file| {
            let (path, known) = self.files.get_key_value(files.path(*file))?;
            Some((Arc::clone(path), known.digest))
        })
    }

    /// The digest of the bytes of a file, if it is known.
    pub fn digest(&self, path: &str) -> Option<Digest> {
        self.files.get(path).map(|known| known.digest)
    }

    /// Whether so many files of a run, other than those `known`, were read, or compared by their bytes, that what is known
    /// of all of them is to be kept anew: a later run would do the same again.
    pub fn is_stale(&self, files: &Files, known: &[FileId]) -> bool {
        let new = match files.shared_paths() == self.head.paths {
            true => 0,
            false => {
                let were: HashSet<&str, RandomState> =
                    self.head.paths.iter().map(|path| &**path).collect();
                let is_new = |path: &str| is_of_event(path) && !were.contains(path);
                files.ids().filter(|file| is_new(files.path(*file))).count()
            }
        };
        let changed = self.head.files.len().saturating_sub(known.len());
        (new + changed + self.compared) * self.share > self.head.files.len()
    }

    /// What was found in files of a run that are `known`, as parts of `reports`.
    pub fn reports(
        &self,
        reports: &Reports,
        files: &Files,
        known: &[FileId],
    ) -> Option<Vec<(FileId, PutAside)>> {
        let lent = reports.lend(Arc::clone(&self.bytes));
        let is_same = files.shared_paths() == self.head.paths;
        let numbers = if is_same { Vec::new() } else { self.numbers(files) };
        let report = |file: &FileId| {
            let Range { start, end } = self.files.get(files.path(*file))?.report;
            if is_same {
                return Some((*file, lent.part(start, u32::try_from(end - start).ok()?)?));
            }
            let mut report = FileReport::read(self.bytes.get(start..end)?)?;
            // What a finding points at is this file, or one that all rests on.
            report.renumber(&|was: FileId| {
                numbers.get(was.position()).copied().flatten().unwrap_or(*file)
            });
            Some((*file, reports.put(&report)))
        };
        known.par_iter().map(report).collect()
    }

    /// The number that each file of the earlier run has now.
    fn numbers(&self, files: &Files) -> Vec<Option<FileId>> {
        let today: HashMap<&str, FileId, RandomState> =
            files.ids().map(|id| (files.path(id), id)).collect();
        self.head.paths.iter().map(|path| today.get(&**path).copied()).collect()
    }
}

/// The files of events of a dataset that could be read whole, each with its events.
fn of_files(dataset: &Dataset) -> impl Iterator<Item = (&Dataset, &[EventSummary])> {
    let broken = dataset.files.iter();
    let broken: BTreeSet<_> = broken
        .filter(|file| file.defects.iter().any(|defect| !defect.value.leaves_value()))
        .map(|file| file.file)
        .collect();
    let of_files = dataset.events.chunk_by(|one, next| one.file == next.file);
    let whole = of_files.filter(move |events| !broken.contains(&events[0].file));
    whole.map(move |events| (dataset, events))
}
