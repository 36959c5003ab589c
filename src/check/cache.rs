//! What an earlier run said of the same files.
//!
//! A check is a function of what it asks of its project. Where every answer would be the same, so is what it says. Where
//! only files of events differ, what is known of the others is not asked again.
//!
//! The cache has four entries for each selection of datasets:
//!
//! | entry   | what stands in it                                             | who reads it     |
//! |---------|---------------------------------------------------------------|------------------|
//! | `trace` | what a run asked and was told                                 | [`LastRun`]      |
//! | `check` | what the last run said, and where it was told otherwise       | [`LastRun`]      |
//! | `files` | what was read in single files, and found in their events      | [`KnownFiles`]   |
//! | `build` | the build that was made of the same, and how its files stood  | [`Cache::build`] |

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::checked::Checked;
use super::known_files::KnownFiles;
use super::last_run::{LastRun, Leave};
use super::verdict::{Counts, Verdict};
use crate::dataset::Selection;
use crate::emit::Built;
use crate::source::{CacheFolder, Disk, Look, Trace};

/// What earlier runs over a project said.
#[derive(Debug)]
pub struct Cache<'d> {
    look: Look<'d>,
    folder: Option<CacheFolder>,
    worth: Worth,
}

/// What keeping saves time for.
#[derive(Clone, Copy, Debug)]
pub struct Worth {
    /// Fewer files, and fewer bytes, are read again before it is found out that they are the same.
    pub files: usize,
    /// Bytes.
    pub bytes: usize,
    /// What is known of single files is kept anew when more than one of so many had to be read, and what was asked when more
    /// than one was told otherwise or had to be compared by its bytes.
    pub share: usize,
}

const WORTH: Worth = Worth { files: 1000, bytes: 1 << 20, share: 50 };

/// A build that was made of what a verdict is about.
#[derive(Deserialize, Serialize)]
struct KeptBuild {
    /// What it was made of, and how.
    of: String,
    built: Vec<Built>,
    trace: Trace,
}

impl<'d> Cache<'d> {
    /// The cache of a project for the program that stands at a path.
    pub fn of(disk: &'d Disk, program: Option<PathBuf>) -> Self {
        let folder = program.and_then(|program| CacheFolder::of(disk, program));
        Self { look: Look::at(disk), folder, worth: WORTH }
    }

    /// One that knows nothing and keeps nothing.
    pub fn none(disk: &'d Disk) -> Self {
        Self { look: Look::at(disk), folder: None, worth: WORTH }
    }

    /// One in a folder, with another opinion of what is worth it.
    #[cfg(test)]
    pub const fn within(look: Look<'d>, folder: Option<CacheFolder>, worth: Worth) -> Self {
        Self { look, folder, worth }
    }

    /// The last run.
    pub fn last(&self, selection: &Selection) -> Option<LastRun> {
        let folder = self.folder.as_ref()?;
        let read = |what| folder.read(&name_of(what, selection));
        LastRun::read(&read("trace")?, read("check"), &self.look)
    }

    /// What earlier runs knew of files of events and of registries.
    pub fn known(&self, selection: &Selection, last: &LastRun) -> Option<KnownFiles> {
        let bytes = self.folder.as_ref()?.read(&name_of("files", selection))?;
        KnownFiles::read(bytes, last, self.worth.share)
    }

    /// What the last run said, and a name of what it was about; `None` where another would not be told the same.
    pub fn verdict(&self, selection: &Selection, last: &LastRun) -> Option<(Verdict, String)> {
        let (verdict, of) = last.verdict()?;
        if let Some(renewed) = last.renewed(&self.look, self.worth.share) {
            self.leave(selection, &renewed);
        }
        Some((verdict, of.to_hex().to_string()))
    }

    /// The project, as the cache looks at it.
    pub const fn look(&self) -> &Look<'d> {
        &self.look
    }

    /// Whether it keeps anything.
    pub fn is_open(&self) -> bool {
        self.folder.is_some()
    }

    /// Keeps what a check said, where that saves time, and what it found in single files, if it tells. `last` is the run
    /// before it.
    pub fn keep(
        &self,
        selection: &Selection,
        (checked, counts): (&Checked, &[Counts]),
        last: Option<&LastRun>,
    ) {
        let Some(folder) = &self.folder else { return };
        let trace = &checked.trace;
        if !checked.knew && trace.files() < self.worth.files && trace.bytes() < self.worth.bytes {
            return;
        }
        if let Some(kept) = &checked.kept {
            let name = name_of("files", selection);
            folder.write_parts(&name, |entry| KnownFiles::write(checked, kept, entry));
        }
        if let Some(leave) = LastRun::leave((checked, counts), last, &self.look, self.worth.share) {
            self.leave(selection, &leave);
        }
    }

    fn leave(&self, selection: &Selection, leave: &Leave) {
        let Some(folder) = &self.folder else { return };
        if let Some(asked) = &leave.asked {
            folder.write(&name_of("trace", selection), asked);
        }
        folder.write(&name_of("check", selection), &leave.said);
    }

    /// The build that was made of the same files in the same way, if it still stands there unchanged.
    pub fn build(&self, selection: &Selection, of: &str, output: &Path) -> Option<Vec<Built>> {
        let folder = self.folder.as_ref()?;
        let name = name_of("build", selection);
        let kept: KeptBuild = postcard::from_bytes(&folder.read(&name)?).ok()?;
        if kept.of != of {
            return None;
        }
        let disk = Disk::new(output.to_owned());
        let look = Look::at(&disk);
        let compared = kept.trace.compared(&look);
        if !compared.is_same {
            return None;
        }
        if compared.is_worth_keeping(&kept.trace, self.worth.share) {
            let trace = kept.trace.with_stamps(&look);
            write(folder, &name, &(&kept.of, &kept.built, trace));
        }
        Some(kept.built)
    }

    /// Keeps that a build was made. `of` names what it was made of, and how.
    pub fn keep_build(&self, selection: &Selection, of: String, output: &Path, built: &[Built]) {
        let Some(folder) = &self.folder else { return };
        let folders: Vec<_> = built.iter().map(|built| built.dataset.clone()).collect();
        let disk = Disk::new(output.to_owned());
        if let Ok(trace) = Trace::of_folders(&Look::at(&disk), &folders) {
            let kept = KeptBuild { of, built: built.to_vec(), trace };
            write(folder, &name_of("build", selection), &kept);
        }
    }
}

fn name_of(what: &str, selection: &Selection) -> String {
    let mut hasher = blake3::Hasher::new();
    for name in &selection.datasets {
        hasher.update(name.as_bytes()).update(&[0]);
    }
    format!("{what}-{}", &hasher.finalize().to_hex()[..16])
}

fn write(folder: &CacheFolder, name: &str, kept: &impl Serialize) {
    if let Ok(bytes) = postcard::to_stdvec(kept) {
        folder.write(name, &bytes);
    }
}
