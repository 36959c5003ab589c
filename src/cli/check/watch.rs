//! `eventc check --watch`.

use super::super::{Failure, Outcome, Settings, print};
use super::scope::{files, verdict};
use super::since;
use crate::check::{Cache, Verdict};
use crate::diagnostic::render::Format;
use crate::diagnostic::{Comparison, Findings, Level};
use crate::source::{Disk, Files, Watch};

/// A check. `found` holds all its findings, `verdict` only the new ones.
struct Round {
    verdict: Verdict,
    found: Findings,
}

/// Checks a project whenever one of its files is saved. Prints all findings first; later, those
/// that are new and those that are no longer reported.
///
/// Ends when it is interrupted, or when nobody reads its output any more.
pub(super) fn run(
    disk: &Disk,
    paths: &[String],
    level: Level,
    settings: Settings,
) -> Result<Outcome, Failure> {
    let least = settings.shown_from(level);
    let mut watch = Watch::new(disk);
    let mut last = None;
    loop {
        match next(disk, paths, last.as_ref(), settings) {
            Ok(now) => {
                let (mut round, gone) = compare(last.take(), now);
                round.verdict.findings.show_from(least);
                let files = files(&round.verdict, paths)?;
                if !print::findings(&round.verdict, files, disk, Format::TEXT, settings)? {
                    return Ok(outcome(&round.found));
                }
                if let Some((mut gone, files)) = gone {
                    gone.show_from(least);
                    since::print_no_longer_reported(&gone, &files, settings)?;
                }
                last = Some(round);
            }
            // Files vanish for a moment while a branch is switched, or lose their permissions.
            Err(Failure(obstacle)) => {
                let line = format!("{obstacle}; checking again when that is fixed");
                print::line(&line, Settings { quiet: false, ..settings })?;
            }
        }
        print::line("watching; Ctrl-C ends", settings)?;
        watch.wait();
        print::line("", settings)?;
    }
}

/// Checks again. Fails if every dataset is gone, because that resolves no finding.
fn next(
    disk: &Disk,
    paths: &[String],
    last: Option<&Round>,
    settings: Settings,
) -> Result<Verdict, Failure> {
    let now = verdict(paths, &Cache::none(disk), settings)?;
    files(&now, paths)?;
    if now.datasets.is_empty() && last.is_some_and(|last| !last.verdict.datasets.is_empty()) {
        let folder = disk.root().join("datasets");
        return Err(Failure(format!("there is no dataset in `{}`", folder.display())));
    }
    Ok(now)
}

/// Keeps the findings that are new since the last check. Returns those that are no longer reported,
/// to be printed after them.
fn compare(last: Option<Round>, now: Verdict) -> (Round, Option<(Findings, Files)>) {
    let found = now.findings.clone();
    let Some(last) = last else { return (Round { verdict: now, found }, None) };
    let compared = Comparison::new(last.found, now.findings);
    let changes = Some(compared.counts());
    let round = Round { verdict: Verdict { findings: compared.new, changes, ..now }, found };
    (round, Some((compared.no_longer_reported, last.verdict.files)))
}

fn outcome(found: &Findings) -> Outcome {
    if found.count(Level::Error) > 0 { Outcome::Findings } else { Outcome::Clean }
}
