//! `eventc check --changed-since`.

use super::super::{Failure, Settings, print};
use super::{selection, show_only};
use crate::diagnostic::{Changes, Findings};
use crate::source::{Disk, Files, Revision};
use crate::{Checked, Compared};

/// Most mended findings that are named; the summary counts them all.
const NAMED: usize = 20;

/// Checks the project as it is and as it was at a revision, and says what the change mended; what
/// it caused are the findings of the answer.
pub(super) fn checked(
    disk: &Disk,
    revision: &str,
    paths: &[String],
    settings: Settings,
) -> Result<Checked, Failure> {
    let world = open(disk, revision, settings)?;
    let Compared { mut before, mut after, mut unchanged } =
        crate::compare(&world, disk, &selection(paths))?;
    show_only(paths, &mut before.findings, &before.files);
    show_only(paths, &mut after.findings, &after.files);
    show_only(paths, &mut unchanged, &after.files);
    let changes = Changes {
        new: after.findings.len(),
        mended: before.findings.len(),
        unchanged: unchanged.len(),
    };
    print_mended(&before.findings, &before.files, settings)?;
    Ok(Checked { changes: Some(changes), ..after })
}

/// Opens the project as it was at a revision, and says with which commit it is compared.
pub(super) fn open(disk: &Disk, revision: &str, settings: Settings) -> Result<Revision, Failure> {
    let world = Revision::open(disk, revision)
        .map_err(|error| Failure(format!("cannot compare with `{revision}`: {error}")))?;
    print::line(&compared_with(&world, revision), settings)?;
    Ok(world)
}

fn compared_with(world: &Revision, revision: &str) -> String {
    let commit = world.commit();
    match world.is_merge_base() {
        true => format!("compared with {commit}, where this work left `{revision}`"),
        false => format!("compared with {commit} (`{revision}`)"),
    }
}

/// Prints what is mended, a line each: where it was, and what.
pub(super) fn print_mended(
    mended: &Findings,
    files: &Files,
    settings: Settings,
) -> Result<(), Failure> {
    for finding in mended.iter().take(NAMED) {
        let (path, level) = (files.path(finding.location.file), finding.level.name());
        let line = format!("mended: {path}: {level}[{}]: {}", finding.rule, finding.message);
        print::line(&line, settings)?;
    }
    if let Some(more @ 1..) = mended.len().checked_sub(NAMED) {
        print::line(&format!("mended: and {more} more"), settings)?;
    }
    if mended.is_empty() { Ok(()) } else { print::line("", settings) }
}
