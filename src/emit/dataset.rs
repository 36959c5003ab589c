//! A dataset's output folder.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::codebook::codebook_page;
use super::error::BuildError;
use super::release::{
    CITATION, DATAPACKAGE, Digests, LICENSE, LOAD_R, README, SUMS, ShardLabel, Written,
    citation_file, datapackage, describe, license_text, load_r, manifest, readme,
};
use super::shards::Shards;
use super::sink::TableFormat;
use super::tabulate::{Open, tabulate, tabulate_agreement};
use super::{DEFAULT_FORMATS, csv};
use crate::agreement::compare;
use crate::dataset::{Published, Restricted, Shard};
use crate::source::{Disk, Files, OutputDirectory, Outputs, World};
use crate::table::TableDescription;

/// A dataset's folder, complete but not yet in its place.
#[derive(Debug)]
pub struct Staged {
    directory: OutputDirectory,
    built: Built,
}

/// A dataset that was built.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Built {
    /// Its name.
    pub dataset: String,
    /// The folder that was written.
    pub folder: PathBuf,
    /// The tables, each with how many rows it has.
    pub tables: Vec<(String, u64)>,
    /// How many events are drafts, which no table has.
    pub drafts: usize,
    /// What is restricted, and whether it is in the tables.
    pub restricted: Restricted,
}

/// Puts folders in their places.
///
/// # Errors
/// When a folder that is there cannot be replaced. Every place is then as it was.
pub fn commit(
    outputs: Outputs,
    staged: Vec<Staged>,
    tell: &dyn Fn(&str),
) -> Result<Vec<Built>, BuildError> {
    let folders = staged.into_iter().map(|staged| (staged.directory, staged.built));
    let (directories, built): (Vec<_>, _) = folders.unzip();
    outputs.commit(&directories, tell)?;
    Ok(built)
}

/// The codebook's file.
const CODEBOOK: &str = "codebook.md";

/// Writes every table of a dataset in some formats, and the files that describe them, to a folder that is not
/// yet in its place. `commit` is the one of which all that was read is an unchanged part. What events say is taken from
/// `shards`, if there are some. A shard itself has its tables and its manifest, and nothing for readers.
///
/// # Errors
/// When a file cannot be written, or a shard not read.
pub fn stage(
    published: &Published<'_>,
    (files, shards): (&Files, Option<&Shards>),
    commit: Option<String>,
    outputs: &Outputs,
    formats: &[&'static TableFormat],
) -> Result<Staged, BuildError> {
    let binding = published.binding();
    let directory = outputs.stage(&binding.dataset.name)?;
    require_same_shard(directory.target(), binding.dataset.shard)?;
    let description = describe(published, files);
    let tabulate = |open: Open<'_, '_>| tabulate(published, files, shards, open);
    let mut folder = Folder::stage(description, directory, formats, tabulate)?;
    if binding.dataset.shard.is_some() {
        return folder.finish(published, (commit, files));
    }
    // First, because the package is of all files that are there by now: those of the tables.
    folder.page(DATAPACKAGE, datapackage(published, &folder.tables, &folder.digests))?;
    folder.page(CODEBOOK, codebook_page(binding.codebook, Some(&binding.dataset.description)))?;
    folder.page(README, readme(published, &folder.tables, &folder.formats))?;
    folder.page(LICENSE, license_text(binding.dataset))?;
    folder.page(CITATION, citation_file(binding.dataset))?;
    if folder.formats.contains(&csv::FORMAT.name) {
        folder.page(LOAD_R, load_r(&folder.tables))?;
    }
    folder.finish(published, (commit, files))
}

/// Refuses to replace a shard by another or by a release, and a release by a shard: a loop that forgets to name a folder
/// for each shard would leave only the last.
fn require_same_shard(target: &Path, made: Option<Shard>) -> Result<(), BuildError> {
    let bytes = Disk::new(target.to_owned()).read(OutputDirectory::MANIFEST);
    let Some(bytes) = bytes.ok().flatten() else { return Ok(()) };
    let manifest: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let found: Option<ShardLabel> = serde_json::from_value(manifest["shard"].clone()).ok();
    let found = found.and_then(|label| Shard::new(label.number, label.of));
    if found == made {
        return Ok(());
    }
    let name = |shard: Option<Shard>| match shard {
        Some(shard) => format!("shard {shard}"),
        None => "no shard".to_owned(),
    };
    let (found, made) = (name(found), name(made));
    Err(BuildError::OtherShard { target: target.to_owned(), found, made })
}

/// Writes how well the coders of a dataset agree, and the manifest, to a folder that is not yet in its
/// place.
///
/// # Errors
/// When a file cannot be written.
pub fn stage_agreement(
    published: &Published<'_>,
    files: &Files,
    commit: Option<String>,
    outputs: &Outputs,
) -> Result<Staged, BuildError> {
    let agreement = compare(published.binding());
    let directory = outputs.stage(&published.binding().dataset.name)?;
    let description = describe(published, files);
    let tabulate = |open: Open<'_, '_>| tabulate_agreement(&agreement, open);
    let folder = Folder::stage(description, directory, DEFAULT_FORMATS, tabulate)?;
    folder.finish(published, (commit, files))
}

/// A folder while it is written.
struct Folder {
    directory: OutputDirectory,
    description: Value,
    digests: Digests,
    tables: Vec<Written>,
    /// The names of the formats.
    formats: Vec<&'static str>,
}

impl Folder {
    /// Writes tables in some formats.
    fn stage(
        description: Value,
        directory: OutputDirectory,
        formats: &[&'static TableFormat],
        tabulate: impl FnOnce(Open<'_, '_>) -> Result<Vec<(&'static str, u64)>, BuildError>,
    ) -> Result<Self, BuildError> {
        let text = description.to_string();
        let digests = Digests::default();
        let names = formats.iter().map(|format| format.name).collect();
        let mut folder =
            Self { directory, description, digests, tables: Vec::new(), formats: names };
        let mut tables = Vec::new();
        let rows = tabulate(&mut |table| {
            tables.push(table.clone());
            let mut sinks = Vec::new();
            for format in formats.iter().filter(|format| (format.takes)(table)) {
                let out = folder.create(&format.file_name(table))?;
                sinks.push(format.begin(out, table, &text)?);
            }
            Ok(sinks)
        })?;
        let rows_of =
            |name| rows.iter().find(|(table, _)| *table == name).map_or(0, |(_, rows)| *rows);
        let with_rows = |table: TableDescription| {
            let rows = rows_of(table.name);
            (table, rows)
        };
        folder.tables = tables.into_iter().map(with_rows).collect();
        Ok(folder)
    }

    /// Completes the folder with its manifest, which marks it as one that a build may replace, and with
    /// the checksums of all its files.
    fn finish(
        mut self,
        published: &Published<'_>,
        built_from: (Option<String>, &Files),
    ) -> Result<Staged, BuildError> {
        let description = std::mem::take(&mut self.description);
        let manifest = manifest(description, published, built_from, &self.tables, &self.formats);
        self.page(OutputDirectory::MANIFEST, manifest)?;
        let sums = self.digests.sums();
        self.page(SUMS, sums)?;
        let dataset = published.binding().dataset;
        let built = Built {
            dataset: dataset.name.clone(),
            folder: self.directory.target().to_owned(),
            tables: self
                .tables
                .into_iter()
                .map(|(table, rows)| (table.name.to_owned(), rows))
                .collect(),
            drafts: dataset.drafts(),
            restricted: published.restricted,
        };
        Ok(Staged { directory: self.directory, built })
    }

    /// Creates a file whose bytes are digested.
    fn create(&mut self, name: &str) -> Result<impl Write + Send + use<>, BuildError> {
        Ok(self.digests.follow(name, self.directory.create(name)?))
    }

    /// Writes a file that is one text.
    fn page(&mut self, name: &'static str, text: impl AsRef<[u8]>) -> Result<(), BuildError> {
        let mut file = self.create(name)?;
        let written = file.write_all(text.as_ref()).and_then(|()| file.flush());
        written.map_err(|error| BuildError::Page(name, error))
    }
}
