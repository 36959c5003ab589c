//! What an earlier run knew of single files of events.
//!
//! What is found in a file of events depends on its bytes, on the codebook and the registries, and on nothing in other
//! files of events. Where only some of these changed, the others need not be read.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::checked::Checked;
use crate::dataset::{KnownEvents, is_of_event};
use crate::rules::FileReport;
use crate::source::{Begun, Digest, Disk, FileId, Files, Trace, Unchanged};

/// What an earlier run knew of files of events that are the same today.
#[derive(Debug)]
pub struct KnownFiles {
    bytes: Vec<u8>,
    /// What is known of each file, as stretches of `bytes`.
    files: HashMap<Arc<str>, KnownFile>,
    /// The path of each file of the earlier run.
    paths: Vec<String>,
    beside: [u8; blake3::OUT_LEN],
    /// How many of the files had to be compared by their bytes, and how many that were known have changed.
    compared: usize,
    changed: usize,
    /// When they were begun to be compared.
    pub begun: Begun,
}

#[derive(Debug)]
struct KnownFile {
    digest: Digest,
    events: Range<usize>,
    report: Range<usize>,
}

/// One of so many files.
const SHARE: usize = 50;

/// What stands before all that is known of single files.
#[derive(Deserialize, Serialize)]
struct Head {
    trace: Trace,
    paths: Vec<String>,
    /// A digest of what else the run asked, on which all rests.
    beside: [u8; blake3::OUT_LEN],
    /// Each file, by its position among the paths, with the lengths of what is known of its events and of what was
    /// found in them.
    files: Vec<(usize, usize, usize)>,
}

impl KnownFiles {
    /// What was kept, of the files that are the same on a disk.
    pub fn read(bytes: Vec<u8>, disk: &Disk) -> Option<Self> {
        let (head, rest) = postcard::take_from_bytes::<Head>(&bytes).ok()?;
        let mut at = bytes.len() - rest.len();
        let Unchanged { files: unchanged, compared, begun } = head.trace.unchanged(disk);
        let kept = head.files.len();
        let mut files = HashMap::with_capacity(kept);
        for (path, events, report) in head.files {
            let (begins, middle) = (at, at.checked_add(events)?);
            at = middle.checked_add(report)?;
            let known = unchanged.get_key_value(&**head.paths.get(path)?);
            if let Some((path, digest)) = known.filter(|_| at <= bytes.len()) {
                let (digest, events, report) = (*digest, begins..middle, middle..at);
                files.insert(Arc::clone(path), KnownFile { digest, events, report });
            }
        }
        let changed = kept - files.len();
        Some(Self {
            files,
            paths: head.paths,
            beside: head.beside,
            compared,
            changed,
            begun,
            bytes,
        })
    }

    /// What is to be kept of a check; `None` where it does not tell.
    pub fn write(checked: &Checked, trace: &Trace) -> Option<Vec<u8>> {
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
        let head = Head {
            trace: trace.clone(),
            paths: files.ids().map(|file| files.path(file).to_owned()).collect(),
            beside: *kept.beside.as_bytes(),
            files: written
                .iter()
                .map(|(file, events, report)| (file.position(), events.len(), report.len()))
                .collect(),
        };
        let mut bytes = postcard::to_stdvec(&head).ok()?;
        bytes.reserve_exact(head.files.iter().map(|(_, events, report)| events + report).sum());
        for (_, events, report) in written {
            bytes.extend(events);
            bytes.extend(report);
        }
        Some(bytes)
    }

    /// Whether all else that a run asked, whose digest is `beside`, is as it was.
    pub fn rest_on(&self, beside: Digest) -> bool {
        self.beside == *beside.as_bytes()
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
        let were: HashSet<&str> = self.paths.iter().map(|path| &**path).collect();
        let is_new = |path: &str| is_of_event(path) && !were.contains(path);
        let new = files.ids().filter(|file| is_new(files.path(*file))).count();
        (new + self.changed + self.compared) * SHARE > self.files.len()
    }

    /// What was found in the known files of a run, which are numbered as it numbers them.
    pub fn reports(&self, files: &Files) -> Option<BTreeMap<FileId, FileReport>> {
        let today: HashMap<&str, FileId> = files.ids().map(|id| (files.path(id), id)).collect();
        let numbers: Vec<_> = self.paths.iter().map(|path| today.get(&**path).copied()).collect();
        let report = |file: FileId| {
            let known = self.files.get(files.path(file))?;
            let report = self.bytes.get(known.report.clone())?;
            let mut report: FileReport = postcard::from_bytes(report).ok()?;
            // What a finding points at is this file, or one that all rests on.
            report.renumber(&|was: FileId| {
                numbers.get(was.position()).copied().flatten().unwrap_or(file)
            });
            Some((file, report))
        };
        let known: Vec<_> =
            files.ids().filter(|file| self.files.contains_key(files.path(*file))).collect();
        known.into_par_iter().map(report).collect()
    }
}
