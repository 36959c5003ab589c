//! `eventc check`.

mod fix;
mod scope;
mod since;
mod watch;

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::command::NoCache;
use super::{Failure, Outcome, Settings, print, project};
use crate::diagnostic::Level;
use crate::diagnostic::render::{FORMATS, Format};

/// Check records and codebook, and report everything wrong with them.
///
///   eventc check datasets/iraq-depot-strikes-2019
///   eventc check --fix
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Check {
    /// Files or folders whose findings to show or fix [default: all].
    paths: Vec<PathBuf>,
    /// How to print the findings.
    #[arg(long, value_parser = formats(), default_value = Format::TEXT.name)]
    format: &'static Format,
    /// Least level of findings to show or fix.
    #[arg(long, value_enum, default_value_t = Level::Warning)]
    level: Level,
    /// Show or fix only what changed since this git revision, or since the merge base with it.
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// Judge a change also by the codebook, lists and `levels` that it is compared with, so that it
    /// cannot weaken its own check.
    #[arg(long, requires = "changed_since", conflicts_with = "fixing")]
    base_codebook: bool,
    /// Instead of checking, print as findings the rows that the query of `schema sql` gave: a CSV file with a
    /// header, or `-` for standard input.
    #[arg(long, value_name = "RESULT", conflicts_with_all = ["changed_since", "watch", "fixing"])]
    from_sql: Option<PathBuf>,
    /// Check again whenever a file is saved, and report what changed.
    #[arg(long, conflicts_with_all = ["changed_since", "format", "fixing"])]
    watch: bool,
    #[command(flatten)]
    cache: NoCache,
    #[command(flatten)]
    fixing: fix::Fixing,
}

impl Check {
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        let disk = project::find()?;
        let paths: Result<Vec<_>, _> =
            self.paths.iter().map(|path| project::relative(&disk, path)).collect();
        let paths = paths?;
        let revision = self.changed_since.as_deref();
        if self.watch {
            return watch::run(&disk, &paths, self.level, settings);
        }
        if self.fixing.is_asked() {
            let (format, level) = (self.format, self.level);
            return self.fixing.run(revision, (format, level), &disk, &paths, settings);
        }
        if let Some(result) = &self.from_sql {
            let (mut verdict, rows) = scope::from_sql(&disk, result, &paths)?;
            verdict.findings.show_from(settings.shown_from(self.level));
            let outcome = scope::print_findings(&verdict, &paths, &disk, self.format, settings)?;
            print::line(&format!("read {rows} rows of `{}`", result.display()), settings)?;
            return Ok(outcome);
        }
        let (mut verdict, before) = match revision {
            None => (scope::verdict(&paths, &self.cache.open(&disk), settings)?, None),
            Some(revision) => {
                let (verdict, before) =
                    since::checked(&disk, (revision, self.base_codebook), &paths, settings)?;
                (verdict, Some(before))
            }
        };
        let least = settings.shown_from(self.level);
        verdict.findings.show_from(least);
        let outcome = scope::print(&verdict, &paths, &disk, self.format, settings)?;
        if let Some(mut before) = before {
            before.findings.show_from(least);
            since::print_no_longer_reported(&before.findings, &before.files, settings)?;
        }
        if let Some(offer) = fix::offer(&verdict) {
            print::line(&offer, settings)?;
        }
        Ok(outcome)
    }
}

/// Reads the name of a format.
fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let names = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.doc));
    PossibleValuesParser::new(names)
        .map(|name| Format::named(&name).expect("the parser takes only names of formats"))
}
