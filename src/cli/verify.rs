//! `eventc verify`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, Outcome, Settings, print, project};
use crate::check::rebuild;
use crate::emit::{FORMATS, TableFormat};
use crate::source::{Disk, EntryKind, Revision};
use crate::verify::{MANIFEST, Manifest, Release};

/// Verify a release: the files of a dataset that a build wrote.
///
/// Holds every file against its checksum, the tables against what describes them, CSV against Parquet,
/// and the tables against each other.
///
///   eventc verify dist/iraq-depot-strikes-2019
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Verify {
    /// Folder of a release, or one with several of them, such as `dist`.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Also compile the commit that the release names, and compare every byte: run it in a clone of the
    /// repository.
    #[arg(long)]
    rebuild: bool,
}

impl Verify {
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        let mut outcome = Outcome::Clean;
        let mut failed = Vec::new();
        for folder in releases(&self.folder)? {
            let mut release = match Release::verify(&Disk::new(folder.clone())) {
                Ok(release) => release,
                Err(error) => {
                    failed.push(format!("`{}`: {error}", folder.display()));
                    continue;
                }
            };
            let rebuilt = if self.rebuild { rebuilt(&mut release).map(Some) } else { Ok(None) };
            print_report(&folder, &release, settings)?;
            match rebuilt {
                Ok(Some(commit)) if release.report.is_clean() => {
                    print::line(&format!("commit {commit} gives the same bytes"), settings)?;
                }
                Ok(_) => {}
                Err(Failure(why)) => {
                    failed.push(format!("`{}` was not built again: {why}", folder.display()));
                }
            }
            if !release.report.is_clean() {
                outcome = Outcome::Findings;
            }
        }
        if failed.is_empty() { Ok(outcome) } else { Err(Failure(failed.join("; "))) }
    }
}

/// The folder, if it is a release; else the folders in it, which must be releases.
fn releases(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = Disk::new(folder.to_owned()).top()?;
    let is_release = entries.iter().any(|entry| entry.name == MANIFEST);
    let inner = entries.iter().filter(|entry| entry.kind == EntryKind::Folder);
    let mut inner: Vec<_> = inner.filter(|entry| !entry.name.starts_with('.')).collect();
    if is_release || inner.is_empty() {
        return Ok(vec![folder.to_owned()]);
    }
    inner.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    Ok(inner.into_iter().map(|entry| folder.join(&entry.name)).collect())
}

/// Builds the commit that a release names again, and compares the two. Returns the commit.
fn rebuilt(release: &mut Release) -> Result<String, Failure> {
    let Manifest { generator, dataset, commit, restricted_included, emit, shard, .. } =
        &release.manifest;
    let (Some(generator), Some(dataset)) = (generator, dataset) else {
        return Err(Failure(format!("its `{MANIFEST}` does not say what it is of")));
    };
    if generator != crate::emit::GENERATOR {
        return Err(Failure(format!(
            "`{generator}` wrote it, and this is `{}`: only the same version gives the same bytes",
            crate::emit::GENERATOR
        )));
    }
    if shard.is_some() {
        return Err(Failure("it is a shard, not a release".to_owned()));
    }
    let Some(commit) = commit.clone() else {
        return Err(Failure(
            "it names no commit, because it was built from files that were not committed"
                .to_owned(),
        ));
    };
    let disk = project::find().map_err(|Failure(why)| {
        Failure(format!("run this in a clone of the repository of its records; {why}"))
    })?;
    let world = Revision::at(&disk, &commit).map_err(|error| {
        Failure(format!("the commit `{commit}`: {error}; `git fetch origin {commit}` may bring it"))
    })?;
    let temporary = tempfile::tempdir()?;
    let is_emitted = |format: &&&TableFormat| emit.iter().any(|name| name == format.name);
    let formats: Vec<_> = FORMATS.iter().filter(is_emitted).copied().collect();
    match rebuild(&world, dataset, *restricted_included, &formats, temporary.path())? {
        Some((built, errors)) => {
            if errors > 0 {
                let what =
                    format!("the records of the commit have {errors} errors by today's rules");
                release.report.unchecked(what);
            }
            release.compare(&Disk::new(built.folder))?;
        }
        None => {
            let what = format!("names the commit `{commit}`, which has no dataset `{dataset}`");
            release.report.file(MANIFEST, what);
        }
    }
    Ok(commit)
}

fn print_report(folder: &Path, release: &Release, settings: Settings) -> Result<(), Failure> {
    let (folder, report) = (folder.display(), &release.report);
    report.lines().try_for_each(|line| print::output_line(&format!("{folder}/{line}")))?;
    let mut told = BTreeSet::new();
    for what in report.unchecked.iter().filter(|what| told.insert(*what)) {
        print::line(&format!("not checked: {what}"), settings)?;
    }
    let files = match report.files {
        1 => "1 file".to_owned(),
        files => format!("{files} files"),
    };
    let verdict = match report.count() {
        0 => format!("verified {folder} ({files}, {} rows)", report.rows),
        1 => format!("not verified: {folder} has 1 fault"),
        count => format!("not verified: {folder} has {count} faults"),
    };
    print::line(&verdict, settings)
}
