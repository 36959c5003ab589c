//! `eventc check --watch`.

use super::super::{Failure, Outcome, Settings, print};
use super::{checked, files, since};
use crate::Checked;
use crate::diagnostic::render::Format;
use crate::diagnostic::{Comparison, Findings, Level};
use crate::source::{Disk, Watch};

/// A check, and all that it found; `checked` keeps only what was new in it.
struct Round {
    checked: Checked,
    found: Findings,
}

/// Checks a project whenever one of its files is saved, and says what changed since the check
/// before: first all that is found, then what is new and what is mended.
///
/// It ends when the person ends it, or no one reads any more.
pub(super) fn run(disk: &Disk, paths: &[String], settings: Settings) -> Result<Outcome, Failure> {
    let mut watch = Watch::new(disk);
    let mut last = None;
    loop {
        match next(disk, paths, last.as_ref()) {
            Ok(now) => {
                let round = compare(last.take(), now, settings)?;
                let files = files(&round.checked, paths)?;
                if !print::findings(&round.checked, files, disk, Format::TEXT, settings)? {
                    return Ok(outcome(&round.found));
                }
                last = Some(round);
            }
            // Files are away for a moment while a branch is changed, or forbidden by mistake.
            Err(Failure(obstacle)) => {
                let line = format!("{obstacle}; checking again when that is mended");
                print::line(&line, Settings { quiet: false, ..settings })?;
            }
        }
        print::line("watching; Ctrl-C ends", settings)?;
        watch.wait();
        print::line("", settings)?;
    }
}

/// Checks once more. That everything is gone is an obstacle too: what was found is not mended by it.
fn next(disk: &Disk, paths: &[String], last: Option<&Round>) -> Result<Checked, Failure> {
    let now = checked(disk, paths)?;
    files(&now, paths)?;
    if now.datasets.is_empty() && last.is_some_and(|last| !last.checked.datasets.is_empty()) {
        let folder = disk.root().join("datasets");
        return Err(Failure(format!("there is no dataset in `{}`", folder.display())));
    }
    Ok(now)
}

/// Says what is mended since the last check, and keeps what is new.
fn compare(last: Option<Round>, now: Checked, settings: Settings) -> Result<Round, Failure> {
    let found = now.findings.clone();
    let Some(last) = last else { return Ok(Round { checked: now, found }) };
    let compared = Comparison::new(last.found, now.findings);
    let changes = Some(compared.counts());
    since::print_mended(&compared.mended, &last.checked.files, settings)?;
    Ok(Round { checked: Checked { findings: compared.new, changes, ..now }, found })
}

fn outcome(found: &Findings) -> Outcome {
    if found.count(Level::Error) > 0 { Outcome::Findings } else { Outcome::Clean }
}
