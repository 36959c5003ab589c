//! What an earlier run knew of single files of events.
//!
//! What is found in a file of events depends on its bytes, on the codebook and the registries, and on nothing in other
//! files of events. Where only some of these changed, the others need not be read.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::checked::Checked;
use crate::dataset::{KnownEvents, is_of_event};
use crate::rules::FileReport;
use crate::source::{Compared, Digest, FileId, Files, Look, Trace};

/// What an earlier run knew of a project, held against the project as it stands.
#[derive(Debug)]
pub struct KnownFiles {
    head: Head,
    compared: Compared,
    /// What is known of single files, once that is opened.
    bytes: Vec<u8>,
    /// What is known of each file of events that is the same, as stretches of `bytes`.
    files: HashMap<Arc<str>, KnownFile, RandomState>,
}

#[derive(Debug)]
struct KnownFile {
    digest: Digest,
    events: Range<usize>,
    report: Range<usize>,
}

/// One of so many files.
const SHARE: usize = 50;

/// What is kept of a run as a whole.
#[derive(Debug, Deserialize, Serialize)]
struct Head {
    trace: Trace,
    paths: Vec<Arc<str>>,
    /// A digest of what else the run asked, on which all rests.
    beside: Bytes,
    /// Each file of events, by its position among the paths, with the lengths of what is known of its events and of what
    /// was found in them.
    files: Vec<(usize, usize, usize)>,
}

type Bytes = [u8; blake3::OUT_LEN];

impl KnownFiles {
    /// What was kept of a run as a whole.
    pub fn read(head: &[u8], look: &Look<'_>) -> Option<Self> {
        let head: Head = postcard::from_bytes(head).ok()?;
        let compared = head.trace.compared(look);
        Some(Self { head, compared, bytes: Vec::new(), files: HashMap::default() })
    }

    /// The same with what was kept of single files.
    pub fn open(self, bytes: Vec<u8>) -> Option<Self> {
        let Head { trace, paths, files: kept, .. } = &self.head;
        let unchanged = trace.unchanged(&self.compared);
        let mut files = HashMap::with_capacity_and_hasher(kept.len(), RandomState::default());
        let of = bytes.get(..blake3::OUT_LEN)?;
        if of != trace.digest().as_bytes() {
            return None;
        }
        let mut at = of.len();
        for (path, events, report) in kept {
            let (begins, middle) = (at, at.checked_add(*events)?);
            at = middle.checked_add(*report)?;
            let path = paths.get(*path)?;
            if let Some(digest) = unchanged.get(&**path).filter(|_| at <= bytes.len()) {
                let (digest, events, report) = (*digest, begins..middle, middle..at);
                files.insert(Arc::clone(path), KnownFile { digest, events, report });
            }
        }
        Some(Self { bytes, files, ..self })
    }

    /// The [digest](Trace::digest) of all that a run would ask and be told, if that is known.
    pub const fn today(&self) -> Option<Digest> {
        self.compared.today
    }

    /// The path of each file of the earlier run, in its order.
    pub fn paths(&self) -> &[Arc<str>] {
        &self.head.paths
    }

    /// What to keep of the run as a whole, if files had to be compared by their bytes, which a later run need not do
    /// again.
    pub fn renewed(&self, look: &Look<'_>) -> Option<Vec<u8>> {
        if self.compared.by_bytes == 0 {
            return None;
        }
        let Head { trace, paths, beside, files } = &self.head;
        postcard::to_stdvec(&(trace.clone().with_stamps(look), paths, beside, files)).ok()
    }

    /// What is to be kept of a check as a whole, and of single files; `None` where it does not tell.
    pub fn write(checked: &Checked, look: &Look<'_>) -> Option<(Vec<u8>, Vec<u8>)> {
        let (files, kept) = (&checked.files, checked.kept.as_ref()?);
        let of_files = checked.datasets.iter().flat_map(|dataset| {
            let broken = dataset.files.iter();
            let broken: BTreeSet<_> = broken
                .filter(|file| file.defects.iter().any(|defect| !defect.value.leaves_value()))
                .map(|file| file.file)
                .collect();
            let of_files = dataset.events.chunk_by(|one, next| one.file == next.file);
            let whole = of_files.filter(move |events| !broken.contains(&events[0].file));
            whole.map(move |events| (dataset, events))
        });
        let of_files: Vec<_> = of_files.collect();
        let written = of_files.par_iter().filter_map(|(dataset, events)| {
            let file = events[0].file;
            let report = postcard::to_stdvec(kept.reports.get(&file)?).ok()?;
            let events = postcard::to_stdvec(&dataset.known_events(events)?).ok()?;
            Some((file, events, report))
        });
        let written: Vec<_> = written.collect();
        let length = |(file, events, report): &(FileId, Vec<u8>, Vec<u8>)| {
            (file.position(), events.len(), report.len())
        };
        let head = Head {
            trace: checked.trace.clone().with_stamps(look),
            paths: files.shared_paths().to_vec(),
            beside: *kept.beside.as_bytes(),
            files: written.iter().map(length).collect(),
        };
        let lengths = head.files.iter().map(|(_, events, report)| events + report);
        let mut bytes = Vec::with_capacity(blake3::OUT_LEN + lengths.sum::<usize>());
        bytes.extend(head.trace.digest().as_bytes());
        for (_, events, report) in written {
            bytes.extend(events);
            bytes.extend(report);
        }
        Some((postcard::to_stdvec(&head).ok()?, bytes))
    }

    /// Whether all else that a run asked, whose digest is `beside`, is as it was.
    pub fn rest_on(&self, beside: Digest) -> bool {
        self.head.beside == *beside.as_bytes()
    }

    /// What is known of the events of a file.
    pub fn events(&self, path: &str) -> Option<KnownEvents> {
        let known = self.files.get(path)?;
        postcard::from_bytes(self.bytes.get(known.events.clone())?).ok()
    }

    /// The files of a run that are known, with the digests of their bytes.
    pub fn of_run<'k>(&'k self, files: &'k Files) -> impl Iterator<Item = (Arc<str>, Digest)> + 'k {
        files.ids().filter_map(|file| {
            let (path, known) = self.files.get_key_value(files.path(file))?;
            Some((Arc::clone(path), known.digest))
        })
    }

    /// Whether so many files of a run were read, or compared by their bytes, that what is known of all of them is to be
    /// kept anew: a later run would do the same again. Files that are read each time do not count.
    pub fn is_stale(&self, files: &Files) -> bool {
        let new = match files.shared_paths() == self.paths() {
            true => 0,
            false => {
                let were: HashSet<&str, RandomState> =
                    self.paths().iter().map(|path| &**path).collect();
                let is_new = |path: &str| is_of_event(path) && !were.contains(path);
                files.ids().filter(|file| is_new(files.path(*file))).count()
            }
        };
        let changed = self.head.files.len() - self.files.len();
        (new + changed + self.compared.by_bytes) * SHARE > self.files.len()
    }

    /// What was found in the known files of a run that were not read all the same, numbered as it numbers them.
    pub fn reports(
        &self,
        files: &Files,
        is_read: impl Fn(FileId) -> bool,
    ) -> Option<Vec<(FileId, FileReport)>> {
        let is_same = files.shared_paths() == self.paths();
        let numbers = if is_same { Vec::new() } else { self.numbers(files) };
        let report = |file: FileId| {
            let known = self.files.get(files.path(file))?;
            let report = self.bytes.get(known.report.clone())?;
            let mut report: FileReport = postcard::from_bytes(report).ok()?;
            if !is_same {
                // What a finding points at is this file, or one that all rests on.
                report.renumber(&|was: FileId| {
                    numbers.get(was.position()).copied().flatten().unwrap_or(file)
                });
            }
            Some((file, report))
        };
        let is_known =
            |file: &FileId| self.files.contains_key(files.path(*file)) && !is_read(*file);
        let known: Vec<_> = files.ids().filter(is_known).collect();
        known.into_par_iter().map(report).collect()
    }

    /// The number that each file of the earlier run has now.
    fn numbers(&self, files: &Files) -> Vec<Option<FileId>> {
        let today: HashMap<&str, FileId, RandomState> =
            files.ids().map(|id| (files.path(id), id)).collect();
        self.paths().iter().map(|path| today.get(&**path).copied()).collect()
    }
}
