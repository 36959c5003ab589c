//! `eventc check --fix` and `--diff`.

use clap::Args;

use super::scope::{self, is_wanted, selection, show_only};
use super::since;
use crate::check::Verdict;
use crate::cli::{Failure, Outcome, Settings, print};
use crate::diagnostic::Level;
use crate::diagnostic::render::{Format, Texts};
use crate::fix::{Fixed, LeftOut, Reason, Wanted, unified_diff};
use crate::schema;
use crate::source::{Change, Disk, Overlay, World};

/// Most rejected fixes that are listed one by one.
const NAMED: usize = 10;

/// Options that fix findings.
#[derive(Args, Debug)]
pub(super) struct Fixing {
    /// Apply the fixes that have only one meaning, and report what is left.
    #[arg(long, group = "fixing")]
    fix: bool,
    /// Also apply suggestions, which may be wrong; needs `--fix` or `--diff`.
    #[arg(long, requires = "fixing")]
    unsafe_fixes: bool,
    /// Print what `--fix` would change, as a patch, and change nothing. The exit status is 1 if
    /// there is anything to change.
    #[arg(long, group = "fixing", conflicts_with = "format")]
    diff: bool,
}

impl Fixing {
    /// Whether `--fix` or `--diff` is given.
    pub(super) const fn is_asked(&self) -> bool {
        self.fix || self.diff
    }

    /// Fixes what is found in `paths`, or since a revision, and prints what is left or what would
    /// be changed.
    pub(super) fn run(
        &self,
        revision: Option<&str>,
        (format, level): (&Format, Level),
        disk: &Disk,
        paths: &[String],
        settings: Settings,
    ) -> Result<Outcome, Failure> {
        let may_change = |path: &str| !schema::is_shipped(path) && is_wanted(path, paths);
        let wanted = Wanted { unsafe_fixes: self.unsafe_fixes, level, may_change: &may_change };
        let mut overlay = Overlay::new(disk);
        let before = revision.map(|revision| since::open(disk, revision, settings)).transpose()?;
        let before = before.as_ref().map(|before| before as &dyn World);
        let (checked, fixed) = crate::check::fix(before, &mut overlay, &selection(paths), &wanted)?;
        let mut checked = checked.verdict();
        show_only(paths, &mut checked.findings, &checked.files);
        checked.findings.show_from(settings.shown_from(level));
        let outcome = if self.diff {
            print_patches(&overlay.changes(), settings)?
        } else {
            disk.stage(&overlay.changes())?.commit()?;
            scope::print(&checked, paths, &overlay, format, settings)?
        };
        for line in lines(&checked, &fixed, self.diff, &overlay) {
            print::line(&line, settings)?;
        }
        Ok(outcome)
    }
}

/// Says how many findings of a check can be fixed, and how; `None` if none can.
pub(super) fn offer(verdict: &Verdict) -> Option<String> {
    let fixes = verdict.findings.iter().filter_map(|finding| finding.fix.as_ref());
    let (safe, guesses): (Vec<_>, Vec<_>) = fixes.partition(|fix| fix.safe);
    let (safe, guesses) = (safe.len(), guesses.len());
    let (more, option) =
        if safe > 0 { (" more", "--unsafe-fixes") } else { ("", "--fix --unsafe-fixes") };
    let (have, each) = if guesses == 1 { ("has", "it") } else { ("have", "each") };
    let safe = (safe > 0).then(|| format!("{safe} can be fixed with `--fix`"));
    let guesses = (guesses > 0).then(|| {
        format!(
            "{guesses}{more} {have} a suggestion that may be wrong: read {each} before applying it \
             with `{option}`"
        )
    });
    let parts: Vec<_> = safe.into_iter().chain(guesses).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Prints changes as patches, byte for byte. One that a terminal or log could obey is left out.
fn print_patches(changes: &[Change<'_>], settings: Settings) -> Result<Outcome, Failure> {
    for Change { path, old, new } in changes {
        let texts = std::str::from_utf8(old).and_then(|old| Ok((old, std::str::from_utf8(new)?)));
        let (old, new) = texts?;
        match unified_diff(path, old, new) {
            Ok(patch) => print::patch(&patch)?,
            Err(error) => {
                let line =
                    format!("left out the patch of `{path}`: {error}; `--fix` can change it");
                print::line(&line, settings)?;
            }
        }
    }
    Ok(if changes.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// The lines about fixes, printed after the findings.
fn lines(checked: &Verdict, fixed: &Fixed, would: bool, overlay: &Overlay<'_>) -> Vec<String> {
    let mut texts =
        Texts::new(&checked.files, |file| schema::text_of(overlay, checked.files.path(file)));
    let shown = fixed.left_out.iter().take(NAMED);
    let mut lines: Vec<_> = shown.map(|left_out| left_out_line(left_out, &mut texts)).collect();
    if let Some(more @ 1..) = fixed.left_out.len().checked_sub(NAMED) {
        lines.push(format!("... and {more} more fixes left out"));
    }
    if !fixed.finished {
        lines.push("there may be more to fix; run the command again".to_owned());
    }
    let verb = if would { "would be fixed" } else { "fixed" };
    let guesses = match fixed.guesses {
        0 => String::new(),
        guesses => format!(" ({guesses} more with `--unsafe-fixes`)"),
    };
    lines.push(format!("{} {verb}, {} left{guesses}", fixed.count, checked.findings.len()));
    lines
}

fn left_out_line(left_out: &LeftOut, texts: &mut Texts<'_>) -> String {
    let LeftOut { rule, location, reason } = *left_out;
    let position = texts.positions(location).map(|(start, _)| start);
    let place = position.map(|start| format!(":{}:{}", start.line, start.column));
    let reason = match reason {
        Reason::Undecoded => "a file that it edits is not UTF-8 everywhere, or is gone",
        Reason::Unproven => "the rest of the file might then read differently",
        Reason::StillFound => "the finding would remain",
        Reason::Wrong => "it would cause another finding",
    };
    let (path, place) = (texts.shown_path(location.file), place.unwrap_or_default());
    format!("left out the fix of {rule} at {path}{place}: {reason}")
}
