//! `eventc build`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::command::NoCache;
use super::progress::{self, Telling};
use super::restricted::{self, RestrictedParts};
use super::{Failure, Outcome, Settings, print, project};
use crate::check::{Cache, Counts, Verdict};
use crate::dataset::{Selection, Shard};
use crate::diagnostic::Level;
use crate::diagnostic::render::Format;
use crate::emit::csv::SPREADSHEET;
use crate::emit::parquet::FORMAT as PARQUET;
use crate::emit::{Built, DEFAULT_FORMATS, FORMATS, TableFormat};
use crate::source::Progress;
use crate::source::{Disk, Revision};

/// Check the datasets and write their tables.
///
///   eventc build iraq-depot-strikes-2019
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Build {
    /// Names of datasets [default: all].
    datasets: Vec<String>,
    /// Folder to write to; each dataset gets a folder in it [default: `dist` in the project].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Compile one of several parts of each dataset, such as `1/8`, as Parquet.
    #[arg(long, value_name = "I/N", requires = "out", conflicts_with_all = ["emit", "spreadsheet"])]
    shard: Option<Shard>,
    /// Take the rows of events from the shards in these folders.
    #[arg(long, value_name = "DIR", num_args = 1.., requires = "out", conflicts_with = "shard")]
    merge: Vec<PathBuf>,
    /// Formats of the tables, separated by commas.
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_parser = formats())]
    #[arg(default_values = DEFAULT_FORMATS.iter().map(|format| format.name))]
    emit: Vec<&'static TableFormat>,
    /// Write the format `spreadsheet` too.
    #[arg(long)]
    spreadsheet: bool,
    /// Print how long each stage took.
    #[arg(long)]
    timings: bool,
    #[command(flatten)]
    restricted: RestrictedParts,
    #[command(flatten)]
    cache: NoCache,
}

impl Build {
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        let progress = Arc::default();
        let outcome = self.run_telling(&progress, settings);
        if self.timings {
            progress::times(&progress, settings)?;
        }
        outcome
    }

    fn run_telling(
        &self,
        progress: &Arc<Progress>,
        settings: Settings,
    ) -> Result<Outcome, Failure> {
        let telling = Telling::of(progress, settings);
        progress.enter("looking for changes");
        let disk = project::find()?;
        let selection = Selection { datasets: self.datasets.clone(), shard: self.shard };
        let output = project::output_folder(&disk, self.out.as_ref());
        // What is kept is of whole projects, read from their records.
        let cache = match self.shard.is_none() && self.merge.is_empty() {
            true => self.cache.open(&disk),
            false => Cache::none(&disk),
        };
        let last = cache.last(&selection);
        if let Some((verdict, of)) = last.and_then(|last| cache.verdict(&selection, &last)) {
            let standing = cache.build(&selection, &self.way(&of, &disk, &output), &output);
            if let Some(built) = standing {
                drop(telling);
                let counts = verdict.datasets.clone();
                self.report(verdict, &disk, settings)?;
                return tell(&built, &counts, "up to date:", settings);
            }
        }
        let mut checked = crate::check::check_keeping(&selection, progress, &cache)?;
        drop(telling);
        progress.enter("printing");
        let verdict = checked.verdict();
        let counts = verdict.datasets.clone();
        self.report(verdict, &disk, settings)?;
        // What was printed need not be held any longer.
        checked.findings.show_from(Level::Error);
        // Such a dataset keeps no other from being built, and replaces no earlier build of itself.
        checked.datasets.retain(|dataset| {
            let of_drafts = |counts: &Counts| self.shard.is_none() && counts.is_of_drafts_alone();
            counts.iter().any(|counts| counts.dataset == dataset.name && !of_drafts(counts))
        });
        let telling = Telling::of(progress, settings);
        if !self.merge.is_empty() && checked.findings.count(Level::Error) == 0 {
            progress.enter("verifying the shards");
            crate::check::merge(&mut checked, &self.merge, self.restricted.are_included())?;
        }
        let commits = || crate::check::commits_of(&disk, &checked.files, checked.datasets.iter());
        let Some(built) = crate::check::build(
            &checked,
            &output,
            self.restricted.publish(),
            commits,
            (&print::teller(settings), progress),
            &self.formats(),
        )?
        else {
            drop(telling);
            print::line("nothing was built; fix the errors first", settings)?;
            return Ok(Outcome::Findings);
        };
        progress.enter("keeping what was built");
        let of = checked.trace.digest().to_hex();
        cache.keep_build(&selection, self.way(&of, &disk, &output), &output, &built);
        drop(telling);
        tell(&built, &counts, "built", settings)
    }

    /// Prints what a check says before a build. Refuses to build nothing.
    fn report(&self, mut verdict: Verdict, disk: &Disk, settings: Settings) -> Result<(), Failure> {
        project::require_named(&verdict, &self.datasets, disk)?;
        let files = project::files(&verdict, |_| true);
        verdict.findings.show_from(settings.shown_from(Level::Warning));
        print::findings(&verdict, files, disk, Format::TEXT, settings)?;
        project::require_records(&verdict)?;
        // An empty shard is one too.
        if self.shard.is_some() {
            return Ok(());
        }
        let (drafts, others): (Vec<_>, Vec<_>) =
            verdict.datasets.iter().partition(|counts| counts.is_of_drafts_alone());
        for Counts { dataset, .. } in drafts {
            let line = format!("did not build `{dataset}`: it has only drafts, which no table has");
            print::line(&line, settings)?;
        }
        if others.is_empty() {
            return Err(Failure("nothing was built: there are only drafts".to_owned()));
        }
        Ok(())
    }

    /// Names what a build is made of, and how: two builds of one name are the same, byte for byte.
    fn way(&self, of: &str, disk: &Disk, output: &Path) -> String {
        let commit = Revision::head(disk).unwrap_or_default();
        let formats: Vec<_> = self.formats().iter().map(|format| format.name).collect();
        let output = output.canonicalize().unwrap_or_default();
        format!("{of} {commit} {formats:?} {:?} {}", self.restricted, output.display())
    }

    /// The formats to write, each once.
    fn formats(&self) -> Vec<&'static TableFormat> {
        if self.shard.is_some() {
            return vec![&PARQUET];
        }
        let is_chosen = |format: &&&TableFormat| {
            let by_name = self.emit.iter().any(|chosen| chosen.name == format.name);
            by_name || self.spreadsheet && format.name == SPREADSHEET.name
        };
        FORMATS.iter().filter(is_chosen).copied().collect()
    }
}

/// Tells what stands where, and what a build left out.
fn tell(
    all: &[Built],
    counts: &[Counts],
    what: &str,
    settings: Settings,
) -> Result<Outcome, Failure> {
    for built in all {
        let tables: Vec<_> =
            built.tables.iter().map(|(name, rows)| format!("{name} {rows}")).collect();
        let drafts = match built.drafts {
            0 => String::new(),
            1 => "; left out 1 draft".to_owned(),
            drafts => format!("; left out {drafts} drafts"),
        };
        let (folder, tables) = (built.folder.display(), tables.join(", "));
        print::line(&format!("{what} {folder} (rows: {tables}){drafts}"), settings)?;
        restricted::tell(built.restricted, settings)?;
        let of_dataset = counts.iter().find(|counts| counts.dataset == built.dataset);
        match of_dataset.map_or(0, |counts| counts.unadjudicated) {
            0 => {}
            1 => print::line("1 event is not adjudicated, and only in `codings`", settings)?,
            number => {
                let line = format!("{number} events are not adjudicated, and only in `codings`");
                print::line(&line, settings)?;
            }
        }
    }
    Ok(Outcome::Clean)
}

/// Reads the name of a format.
fn formats() -> impl TypedValueParser<Value = &'static TableFormat> {
    let names = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.doc));
    PossibleValuesParser::new(names).map(|name| {
        let mut formats = FORMATS.iter();
        *formats.find(|format| format.name == name).expect("the parser takes only names of formats")
    })
}
