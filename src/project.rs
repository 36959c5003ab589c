//! What a Rust program sees: a project, what is found in it, its events and its tables.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use arrow::array::RecordBatch;

use crate::check::{Checked, commits_of};
use crate::dataset::{Binding, BoundEvent, Published, Selection};
use crate::diagnostic::render::Texts;
use crate::diagnostic::{Level, Printable};
use crate::emit::DEFAULT_FORMATS;
use crate::schema;
use crate::source::Progress;
use crate::source::{Disk, Memory, World};

/// The files of a project: datasets and, if it has one, a codebook of its own.
pub struct Project {
    world: Box<dyn World>,
    /// The same, if it is on disk.
    disk: Option<Disk>,
}

/// A project that was checked.
#[derive(Debug)]
pub struct Check {
    checked: Checked,
    findings: Vec<Finding>,
    disk: Option<Disk>,
}

/// Something that is wrong in a file, or worth knowing. Findings order by place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The path of the file in the project, with `/`.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, in characters from 1.
    pub column: u32,
    /// How much it weighs.
    pub level: Level,
    /// The name of the rule that found it.
    pub rule: &'static str,
    /// What is wrong, with values in backticks. Safe to print.
    pub message: String,
    /// What to write instead, a phrase each.
    pub help: Vec<String>,
}

/// An event as it was coded.
#[derive(Clone, Copy, Debug)]
pub struct Event<'c> {
    checked: &'c Checked,
    bound: BoundEvent<'c>,
}

/// Why eventc could not do its work: a file that cannot be read or written. What is wrong in the
/// files is a [`Finding`] instead.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<dyn std::error::Error + Send + Sync>);

impl Project {
    /// The project in a folder. Nothing is read yet, and no link is ever followed out of it.
    pub fn open(folder: impl Into<PathBuf>) -> Self {
        let disk = Disk::new(folder.into());
        Self { world: Box::new(disk.clone()), disk: Some(disk) }
    }

    /// A project of texts by their paths, such as `datasets/example/dataset.yaml`.
    pub fn in_memory<P, T>(files: impl IntoIterator<Item = (P, T)>) -> Self
    where
        P: Into<String>,
        T: Into<Vec<u8>>,
    {
        let mut memory = Memory::new();
        memory.set_today(Disk::new(PathBuf::new()).today());
        for (path, text) in files {
            memory.write(path, text);
        }
        Self { world: Box::new(memory), disk: None }
    }

    /// Reads every dataset and runs every rule over it.
    ///
    /// # Errors
    /// When a file or folder of the project cannot be read.
    pub fn check(&self) -> Result<Check, Error> {
        let world = &*self.world;
        let checked = crate::check::check(world, &Selection::default())?;
        let findings = findings(&checked, world);
        Ok(Check { checked, findings, disk: self.disk.clone() })
    }
}

impl Check {
    /// What was found, by file and line.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether a finding is an error; such a project is not built.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Error)
    }

    /// The events of every dataset, each record of an event that several coders coded.
    ///
    /// # Errors
    /// When a record cannot be read back that was put aside in a temporary file.
    pub fn events<'c>(&'c self) -> Result<impl Iterator<Item = Event<'c>>, Error> {
        let checked = &self.checked;
        let of_dataset = |binding: Binding<'c>| {
            let bound = move |filed| BoundEvent { binding, filed };
            let events = binding.dataset.filed();
            let events = events.map(move |filed| Event { checked, bound: bound(filed) });
            binding.dataset.lost_records().map_or(Ok(events), Err)
        };
        let of_datasets: Result<Vec<_>, _> = checked.bindings().map(of_dataset).collect();
        Ok(of_datasets?.into_iter().flatten())
    }

    /// The tables of each dataset by their names, as Arrow record batches: the same columns and
    /// values as in its Parquet files. A value that could not be read is missing.
    ///
    /// # Errors
    /// When a row does not fit its table, which is a defect of eventc.
    pub fn tables(&self) -> Result<BTreeMap<&str, BTreeMap<&'static str, RecordBatch>>, Error> {
        let tables = self.checked.bindings().map(|binding| {
            let tables =
                crate::emit::batches(&Published::without_restricted(binding), &self.checked.files)?;
            Ok((binding.dataset.name.as_str(), tables))
        });
        tables.collect()
    }

    /// Writes the tables of each dataset as CSV, Parquet and GeoParquet to a folder in `output`, which has the
    /// dataset's name. What is restricted is left out. A project with errors is not built: the answer is
    /// `false`. While another process writes to `output`, it waits.
    ///
    /// # Errors
    /// When a file cannot be written. Nothing is replaced then.
    pub fn build(&self, output: impl AsRef<Path>) -> Result<bool, Error> {
        let publish = Published::without_restricted;
        let (checked, output) = (&self.checked, output.as_ref());
        let commits = || match &self.disk {
            Some(disk) => commits_of(disk, &checked.files, checked.datasets.iter()),
            None => Vec::new(),
        };
        let built = crate::check::build(
            checked,
            output,
            publish,
            commits,
            (&|_| {}, &Progress::default()),
            DEFAULT_FORMATS,
        )?;
        Ok(built.is_some())
    }
}

/// The findings as they stand in the texts of a world.
fn findings(checked: &Checked, world: &dyn World) -> Vec<Finding> {
    let read = |file| schema::text_of(world, checked.files.path(file));
    let mut texts = Texts::new(&checked.files, read);
    let findings = checked.findings.iter().map(|found| {
        let place = texts.positions(found.location).map(|(start, _)| start);
        Finding {
            path: checked.files.path(found.location.file).to_owned(),
            line: place.map_or(1, |place| place.line),
            column: place.map_or(1, |place| place.column),
            level: found.level,
            rule: found.rule,
            message: found.message.to_string(),
            help: found.all_help().map(ToString::to_string).collect(),
        }
    });
    let mut findings: Vec<_> = findings.collect();
    findings.sort();
    findings
}

impl<'c> Event<'c> {
    /// Its id; empty where it could not be read.
    pub fn id(&self) -> &'c str {
        self.bound.filed.summary.id()
    }

    /// Its title, if it has one.
    pub fn title(&self) -> Option<&'c str> {
        self.bound.filed.event.title.as_deref()
    }

    /// The dataset that it belongs to.
    pub fn dataset(&self) -> &'c str {
        &self.bound.binding.dataset.name
    }

    /// The event with its claims weighed: what is coded, who supports and opposes it, and which level
    /// of certainty they support. `docs/show.md` describes the keys.
    pub fn to_json(&self) -> serde_json::Value {
        crate::cli::show::json_of(self.checked, self.bound)
    }
}

impl fmt::Debug for Project {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Project").finish_non_exhaustive()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, column, level, rule, message, .. } = self;
        let path = Printable::new(path);
        write!(f, "{path}:{line}:{column}: {}[{rule}]: {message}", level.name())
    }
}

impl From<crate::source::ReadError> for Error {
    fn from(error: crate::source::ReadError) -> Self {
        Self(error.into())
    }
}

impl From<crate::emit::BuildError> for Error {
    fn from(error: crate::emit::BuildError) -> Self {
        Self(error.into())
    }
}
