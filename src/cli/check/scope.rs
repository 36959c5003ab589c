//! What of a project is checked: all of it, or the files in some paths.

use std::path::Path;
use std::sync::Arc;

use super::super::progress::Telling;
use super::super::{Failure, Outcome, Settings, print, project};
use crate::check::{Cache, Verdict};
use crate::dataset::Selection;
use crate::diagnostic::render::Format;
use crate::diagnostic::{Findings, Level};
use crate::source::{Disk, FileId, Files, OpenFile, World};

/// Prints the findings of a check in some paths.
pub(super) fn print(
    verdict: &Verdict,
    paths: &[String],
    world: &dyn World,
    format: &Format,
    settings: Settings,
) -> Result<Outcome, Failure> {
    let files = files(verdict, paths)?;
    print::findings(verdict, files, world, format, settings)?;
    project::require_records(verdict)?;
    Ok(outcome(verdict))
}

/// Prints findings that SQL made in some paths.
pub(super) fn print_findings(
    verdict: &Verdict,
    paths: &[String],
    world: &dyn World,
    format: &Format,
    settings: Settings,
) -> Result<Outcome, Failure> {
    let files = project::files(verdict, |file| is_wanted(file, paths));
    print::findings(verdict, files, world, format, settings)?;
    Ok(outcome(verdict))
}

fn outcome(verdict: &Verdict) -> Outcome {
    let failed = verdict.findings.count(Level::Error) > 0;
    if failed { Outcome::Findings } else { Outcome::Clean }
}

/// What SQL found in some paths, from a CSV file, or `-` for standard input; and how many rows that has.
pub(super) fn from_sql(
    disk: &Disk,
    result: &Path,
    paths: &[String],
) -> Result<(Verdict, usize), Failure> {
    let failed = |why: &dyn std::fmt::Display| Failure(format!("`{}`: {why}", result.display()));
    let rows = match result == Path::new("-") {
        true => crate::check::rows(std::io::stdin()),
        false => crate::check::rows(open(result)?),
    };
    let rows = rows.map_err(|error| failed(&error))?;
    let mut verdict = crate::check::from_sql(disk, &rows).map_err(|error| failed(&error))?;
    show_only(paths, &mut verdict.findings, &verdict.files);
    Ok((verdict, rows.len()))
}

/// Opens a file anywhere.
fn open(file: &Path) -> Result<OpenFile, Failure> {
    let folder = file.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or_else(|| Path::new("."));
    let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let opened = Disk::new(folder.to_owned()).open_file(&name)?;
    opened.ok_or_else(|| Failure(format!("there is no file `{}`", file.display())))
}

/// Checks a project, unless `cache` knows what that would say. Keeps only the findings in some paths.
pub(super) fn verdict(
    paths: &[String],
    cache: &Cache<'_>,
    settings: Settings,
) -> Result<Verdict, Failure> {
    let progress = Arc::default();
    let telling = Telling::of(&progress, settings);
    progress.enter("looking for changes");
    let selection = selection(paths);
    let mut verdict = crate::check::verdict(&selection, &progress, cache)?;
    drop(telling);
    show_only(paths, &mut verdict.findings, &verdict.files);
    Ok(verdict)
}

/// The files in some paths. Refuses paths without any: CI would take that for a pass.
pub(super) fn files(verdict: &Verdict, paths: &[String]) -> Result<Vec<FileId>, Failure> {
    let files = project::files(verdict, |file| is_wanted(file, paths));
    if files.is_empty() {
        let place = match paths {
            [] => "the project".to_owned(),
            paths => format!("`{}`", paths.join("`, `")),
        };
        return Err(Failure(format!(
            "nothing was checked: {place} has no record, registry or codebook"
        )));
    }
    Ok(files)
}

/// The datasets that some paths lie in; all datasets if a path lies in none.
pub(super) fn selection(paths: &[String]) -> Selection {
    let dataset =
        |path: &String| Some(path.strip_prefix("datasets/")?.split('/').next()?.to_owned());
    let datasets: Option<Vec<_>> = paths.iter().map(dataset).collect();
    Selection::of_datasets(datasets.unwrap_or_default())
}

/// Drops the findings outside some paths.
pub(super) fn show_only(paths: &[String], findings: &mut Findings, files: &Files) {
    findings.retain(|_, finding| is_wanted(files.path(finding.location.file), paths));
}

/// Whether a file lies in one of some paths; true without paths.
pub(super) fn is_wanted(file: &str, paths: &[String]) -> bool {
    paths.is_empty() || paths.iter().any(|path| is_within(file, path))
}

fn is_within(file: &str, path: &str) -> bool {
    path.is_empty()
        || file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
