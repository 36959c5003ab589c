//! `eventc check --changed-since`.

use super::super::{Failure, Settings, print};
use super::scope::{selection, show_only};
use crate::check::{Compared, Verdict, compare, compare_by_base};
use crate::diagnostic::{Changes, Findings};
use crate::source::{Disk, Files, Revision};

/// Most findings no longer reported that are listed; the summary counts all.
const NAMED: usize = 20;

/// Checks the project as it is and as it was at a revision, by whose codebook it may be judged as well.
/// Returns the findings that are new, and those that are no longer reported.
pub(super) fn checked(
    disk: &Disk,
    (revision, base_codebook): (&str, bool),
    paths: &[String],
    settings: Settings,
) -> Result<(Verdict, Verdict), Failure> {
    let world = open(disk, revision, settings)?;
    let compare = if base_codebook { compare_by_base } else { compare };
    let Compared { before, after, mut unchanged } = compare(&world, disk, &selection(paths))?;
    let (mut before, mut after) = (before.verdict(), after.verdict());
    show_only(paths, &mut before.findings, &before.files);
    show_only(paths, &mut after.findings, &after.files);
    show_only(paths, &mut unchanged, &after.files);
    let changes = Changes {
        new: after.findings.len(),
        no_longer_reported: before.findings.len(),
        unchanged: unchanged.len(),
    };
    Ok((Verdict { changes: Some(changes), ..after }, before))
}

/// Opens the project as it was at a revision, and prints which commit that is.
pub(super) fn open(disk: &Disk, revision: &str, settings: Settings) -> Result<Revision, Failure> {
    let world = Revision::open(disk, revision)
        .map_err(|error| Failure(format!("cannot compare with `{revision}`: {error}")))?;
    print::line(&compared_with(&world, revision), settings)?;
    Ok(world)
}

fn compared_with(world: &Revision, revision: &str) -> String {
    let commit = world.short_commit();
    if commit.is_empty() {
        return "compared with an empty project, because there is no commit yet".to_owned();
    }
    match world.is_merge_base() {
        true => format!("compared with {commit}, where this work left `{revision}`"),
        false => format!("compared with {commit} (`{revision}`)"),
    }
}

/// Prints the findings that are no longer reported, one a line.
pub(super) fn print_no_longer_reported(
    gone: &Findings,
    files: &Files,
    settings: Settings,
) -> Result<(), Failure> {
    for finding in gone.iter().take(NAMED) {
        let (path, level) = (files.path(finding.location.file), finding.level.name());
        let (rule, message) = (finding.rule, &finding.message);
        let line = format!("no longer reported: {path}: {level}[{rule}]: {message}");
        print::line(&line, settings)?;
    }
    if let Some(more @ 1..) = gone.len().checked_sub(NAMED) {
        print::line(&format!("no longer reported: and {more} more"), settings)?;
    }
    Ok(())
}
