//! Building the datasets of a checked project.

use std::path::Path;

use super::Checked;
use crate::dataset::{Binding, Dataset, Published, Selection};
use crate::diagnostic::Level;
use crate::emit::{self, BuildError, Built, TableFormat};
use crate::source::{
    self, Disk, Files, OutputError, Outputs, Progress, ReadError, Revision, World,
};

/// Tells of each dataset the commit that is checked out in the repository of its project, if every file
/// that it was read from is an unchanged part of it.
pub fn commits_of<'d>(
    disk: &Disk,
    files: &Files,
    datasets: impl Iterator<Item = &'d Dataset>,
) -> Vec<Option<String>> {
    let head = Revision::open(disk, "HEAD").ok().filter(|head| !head.commit().is_empty());
    let commit = |dataset: &Dataset| {
        let head = head.as_ref()?;
        let is_unchanged = |folder: &String| head.holds(folder, disk, files);
        dataset.folders().iter().all(is_unchanged).then(|| head.commit().to_owned())
    };
    datasets.map(commit).collect()
}

/// Builds a dataset again as it was in a commit, to a folder of its name in `output`, as a release of it was
/// built: whatever the rules find today. Returns it with how many errors they find; `None` where the commit
/// has no such dataset.
///
/// # Errors
/// When a file of the project cannot be read, or one of the release not written.
pub fn rebuild(
    world: &Revision,
    dataset: &str,
    with_restricted: bool,
    formats: &[&'static TableFormat],
    output: &Path,
) -> Result<Option<(Built, usize)>, RebuildError> {
    // A file that a repository in parts does not have is no fault of the release.
    for folder in ["schema".to_owned(), format!("datasets/{dataset}")] {
        let files = world.files(&folder)?.into_iter().filter(|path| source::is_source(path));
        files.into_iter().try_for_each(|path| world.read(&path).map(drop))?;
    }
    let checked = super::check(world, &Selection::of_dataset(dataset))?;
    let Some(binding) = checked.bindings().next() else { return Ok(None) };
    let published = match with_restricted {
        true => Published::with_restricted(binding),
        false => Published::without_restricted(binding),
    };
    let commit = Some(world.commit().to_owned());
    let outputs = Outputs::open(output, &|_| {})?;
    let staged = emit::stage(&published, (&checked.files, None), commit, &outputs, formats)?;
    let built = emit::commit(outputs, vec![staged], &|_| {})?.into_iter().next();
    Ok(built.map(|built| (built, checked.findings.count(Level::Error))))
}

/// Why a release could not be built again: the tool's own failure.
#[derive(Debug, thiserror::Error)]
pub enum RebuildError {
    /// A file of the project could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A file of the release could not be written.
    #[error(transparent)]
    Build(#[from] BuildError),
}

impl From<OutputError> for RebuildError {
    fn from(error: OutputError) -> Self {
        Self::Build(error.into())
    }
}

/// Writes the tables of every dataset of a checked project to `output/<dataset>/`, in some formats.
/// `publish` says whether what is restricted is in them, and `commits` of which commit each dataset is, in
/// their order.
///
/// Every dataset is written complete beside its place before the first one is put there, so that
/// nothing is replaced unless all of them could be written. A project with a finding of level
/// error is not built: the answer is `None`. `tell` is told of waiting, and of what the file system
/// cannot do; `progress` how far it is.
///
/// # Errors
/// When a table cannot be written or a folder not replaced.
pub fn build<'c>(
    checked: &'c Checked,
    output: &Path,
    publish: fn(Binding<'c>) -> Published<'c>,
    commits: impl FnOnce() -> Vec<Option<String>>,
    (tell, progress): (&dyn Fn(&str), &Progress),
    formats: &[&'static TableFormat],
) -> Result<Option<Vec<Built>>, BuildError> {
    if checked.findings.count(Level::Error) > 0 {
        return Ok(None);
    }
    let outputs = Outputs::open(output, tell)?;
    let mut staged = Vec::new();
    progress.enter("finding the commit");
    let commits = commits();
    progress.enter("writing the tables");
    for (at, dataset) in checked.datasets.iter().enumerate() {
        let binding = Binding { codebook: &checked.codebook, dataset };
        let (published, commit) = (publish(binding), commits.get(at).cloned().flatten());
        let read = (&checked.files, checked.shards.get(&dataset.name));
        staged.push(emit::stage(&published, read, commit, &outputs, formats)?);
    }
    progress.enter("putting them in place");
    emit::commit(outputs, staged, tell).map(Some)
}
