//! What an earlier run said of the same files.
//!
//! A check is a function of what it asks of its project. Where every answer would be the same, so is
//! what it says; where one would differ, all is asked again.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::checked::Checked;
use super::known_files::KnownFiles;
use super::verdict::{Counts, Verdict};
use crate::dataset::Selection;
use crate::diagnostic::{Diagnostic, Findings};
use crate::emit::Built;
use crate::rules::{RULES, Rule};
use crate::source::{CacheFolder, Disk, Files, Trace};

/// What earlier runs over a project said.
#[derive(Debug)]
pub struct Cache<'d> {
    disk: &'d Disk,
    folder: Option<CacheFolder>,
    /// Fewer files and bytes are read again before it is found out that they are the same.
    worth: (usize, usize),
}

/// Files and bytes for which keeping a verdict saves time.
const WORTH: (usize, usize) = (1000, 1 << 20);

/// What is kept of a verdict, behind its trace.
#[derive(Deserialize, Serialize)]
struct Kept {
    paths: Vec<String>,
    datasets: Vec<Counts>,
    findings: Findings,
    /// The rule of each finding, by its position among all rules.
    rules: Vec<usize>,
}

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
        Self { disk, folder, worth: WORTH }
    }

    /// One that knows nothing and keeps nothing.
    pub fn none(disk: &'d Disk) -> Self {
        Self { disk, folder: None, worth: WORTH }
    }

    /// One in a folder, for projects of any size.
    #[cfg(test)]
    pub fn within(disk: &'d Disk, folder: Option<CacheFolder>) -> Self {
        Self { disk, folder, worth: (0, 0) }
    }

    /// What a check of the same files said, and a name of what it was about; `None` where it is not known.
    pub fn verdict(&self, selection: &Selection) -> Option<(Verdict, String)> {
        let folder = self.folder.as_ref()?;
        let name = name_of("check", selection);
        let bytes = folder.read(&name)?;
        let (trace, kept) = postcard::take_from_bytes::<Trace>(&bytes).ok()?;
        let (confirmed, kept) =
            rayon::join(|| trace.confirmed(self.disk), || postcard::from_bytes::<Kept>(kept).ok());
        let ((trace, is_new), kept) = confirmed.zip(kept)?;
        if is_new {
            write(folder, &name, &(&trace, &kept));
        }
        let of = trace.digest().to_hex().to_string();
        Some((kept.verdict()?, of))
    }

    /// Whether it keeps anything.
    pub fn is_open(&self) -> bool {
        self.folder.is_some()
    }

    /// What an earlier run knew of files of events that are the same today.
    pub fn known_files(&self, selection: &Selection) -> Option<KnownFiles> {
        KnownFiles::read(self.folder.as_ref()?.read(&name_of("files", selection))?, self.disk)
    }

    /// Keeps what a check said, where that saves time, and what it found in single files, if it tells.
    pub fn keep(&self, selection: &Selection, checked: &Checked) {
        let Some(folder) = &self.folder else { return };
        let trace = &checked.trace;
        if !checked.knew && trace.files() < self.worth.0 && trace.bytes() < self.worth.1 {
            return;
        }
        let trace = trace.clone().with_stamps(self.disk);
        if let Some(known) = KnownFiles::write(checked, &trace) {
            folder.write(&name_of("files", selection), &known);
        }
        write(folder, &name_of("check", selection), &(trace, Kept::of(checked)));
    }

    /// The build that was made of the same files in the same way, if it still stands there unchanged.
    pub fn build(&self, selection: &Selection, of: &str, output: &Path) -> Option<Vec<Built>> {
        let folder = self.folder.as_ref()?;
        let name = name_of("build", selection);
        let kept: KeptBuild = postcard::from_bytes(&folder.read(&name)?).ok()?;
        if kept.of != of {
            return None;
        }
        let (trace, is_new) = kept.trace.confirmed(&Disk::new(output.to_owned()))?;
        let kept = KeptBuild { trace, ..kept };
        if is_new {
            write(folder, &name, &kept);
        }
        Some(kept.built)
    }

    /// Keeps that a build was made. `of` names what it was made of, and how.
    pub fn keep_build(&self, selection: &Selection, of: String, output: &Path, built: &[Built]) {
        let Some(folder) = &self.folder else { return };
        let folders: Vec<_> = built.iter().map(|built| built.dataset.clone()).collect();
        if let Ok(trace) = Trace::of_folders(&Disk::new(output.to_owned()), &folders) {
            let kept = KeptBuild { of, built: built.to_vec(), trace };
            write(folder, &name_of("build", selection), &kept);
        }
    }
}

impl Kept {
    fn of(checked: &Checked) -> Self {
        let Verdict { files, datasets, findings, .. } = checked.verdict();
        let position = |finding: &Diagnostic| {
            RULES.iter().position(|rule| rule.name == finding.rule).unwrap_or(RULES.len())
        };
        Self {
            paths: files.ids().map(|file| files.path(file).to_owned()).collect(),
            datasets,
            rules: findings.iter().map(position).collect(),
            findings,
        }
    }

    /// The verdict; `None` where it is not one of this eventc.
    fn verdict(self) -> Option<Verdict> {
        let mut files = Files::default();
        for path in self.paths {
            files.add(path);
        }
        let mut findings = self.findings;
        for (finding, rule) in findings.iter_mut().zip(self.rules) {
            finding.rule = RULES.get(rule)?.name;
        }
        let rules = Rule::of_run(false);
        Some(Verdict { files, datasets: self.datasets, rules, findings, changes: None })
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
