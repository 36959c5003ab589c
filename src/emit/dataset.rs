//! A dataset's output folder.

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::codebook::codebook_page;
use super::writer::{TableWriter, WriteError};
use crate::dataset::{Binding, BoundEvent};
use crate::evidence::weigh;
use crate::source::{Files, OutputDirectory, OutputError};
use crate::table::column::Table;
use crate::table::{
    EventRow, actors, claim_rows, claims, code_rows, codes, dyad_rows, dyads, events,
    participant_rows, participants, places, relation_rows, relations, sources,
};

/// A dataset's folder, written complete and not yet in its place.
#[derive(Debug)]
pub struct Staged {
    directory: OutputDirectory,
    built: Built,
}

/// A dataset that was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// Its name.
    pub dataset: String,
    /// The folder that was written.
    pub folder: PathBuf,
    /// The tables, each with how many rows it has.
    pub tables: Vec<(&'static str, u64)>,
}

/// Why a dataset could not be built: the tool's own failure, never a finding.
#[derive(Debug)]
pub enum BuildError {
    /// A table could not be written.
    Write(WriteError),
    /// The folder could not be written or put in its place.
    Output(OutputError),
    /// The codebook or the manifest could not be written.
    Page(&'static str, std::io::Error),
}

impl Staged {
    /// Puts the folder in its place.
    ///
    /// # Errors
    /// When the folder that is there cannot be replaced.
    pub fn commit(self) -> Result<Built, BuildError> {
        self.directory.commit()?;
        Ok(self.built)
    }
}

/// The codebook's file.
const CODEBOOK: &str = "codebook.md";

/// Writes every table of a dataset, the codebook and the manifest, to a folder beside `target`.
///
/// # Errors
/// When a file cannot be written.
pub fn stage(binding: Binding<'_>, files: &Files, target: &Path) -> Result<Staged, BuildError> {
    let directory = OutputDirectory::stage(target)?;
    let mut folder =
        Folder { directory, description: describe(binding).to_string(), tables: Vec::new() };
    write_tables(binding, files, &mut folder)?;
    folder.page(CODEBOOK, &codebook_page(binding.codebook))?;
    folder.manifest(binding)?;
    let built = Built {
        dataset: binding.dataset.name.clone(),
        folder: target.to_owned(),
        tables: folder.tables,
    };
    Ok(Staged { directory: folder.directory, built })
}

fn write_tables(
    binding: Binding<'_>,
    files: &Files,
    folder: &mut Folder,
) -> Result<(), BuildError> {
    let Binding { codebook, dataset } = binding;
    write_events(binding, files, folder)?;
    folder.write(&relations(), relation_rows(binding, &dataset.tabulated()))?;
    folder.write(&actors(codebook), dataset.actors.entries())?;
    folder.write(&places(codebook), dataset.places.entries())?;
    folder.write(&sources(codebook), dataset.sources.entries())?;
    folder.write(&codes(codebook), code_rows(codebook))
}

/// Events weighed at a time: enough for all cores, few enough to hold in memory.
const CHUNK: usize = 4096;

/// Writes the tables that have rows for events, each event weighed once for all of them.
fn write_events(
    binding: Binding<'_>,
    files: &Files,
    folder: &mut Folder,
) -> Result<(), BuildError> {
    let codebook = binding.codebook;
    let tables = (events(codebook), participants(codebook), dyads(codebook), claims(codebook));
    let mut of_events = folder.open(&tables.0)?;
    let mut of_participants = folder.open(&tables.1)?;
    let mut of_dyads = folder.open(&tables.2)?;
    let mut of_claims = folder.open(&tables.3)?;
    for chunk in binding.dataset.tabulated().chunks(CHUNK) {
        let weighed: Vec<_> =
            chunk.par_iter().map(|filed| Arc::new(weigh(BoundEvent { binding, filed }))).collect();
        for evidence in weighed {
            of_events.push(&EventRow::new(&evidence, files))?;
            of_participants.extend(participant_rows(&evidence))?;
            of_dyads.extend(dyad_rows(binding, evidence.bound.filed))?;
            of_claims.extend(claim_rows(&evidence, files))?;
        }
    }
    folder.tables.push((tables.0.name, of_events.finish()?));
    folder.tables.push((tables.1.name, of_participants.finish()?));
    folder.tables.push((tables.2.name, of_dyads.finish()?));
    folder.tables.push((tables.3.name, of_claims.finish()?));
    Ok(())
}

/// A folder while it is written.
struct Folder {
    directory: OutputDirectory,
    /// What every file says of the dataset, as JSON.
    description: String,
    tables: Vec<(&'static str, u64)>,
}

impl Folder {
    fn write<R>(
        &mut self,
        table: &Table<'_, R>,
        rows: impl IntoIterator<Item: std::borrow::Borrow<R>>,
    ) -> Result<(), BuildError> {
        let mut writer = self.open(table)?;
        writer.extend(rows)?;
        self.tables.push((table.name, writer.finish()?));
        Ok(())
    }

    /// Opens the files of a table.
    fn open<'w, 'p, R>(
        &mut self,
        table: &'w Table<'p, R>,
    ) -> Result<TableWriter<'w, 'p, R>, BuildError> {
        let csv = self.directory.create(&format!("{}.csv", table.name))?;
        let parquet = self.directory.create(&format!("{}.parquet", table.name))?;
        Ok(TableWriter::new(table).csv(csv)?.parquet(parquet, &self.description)?)
    }

    /// Writes the manifest: the mark of a folder that a build may replace.
    fn manifest(&mut self, binding: Binding<'_>) -> Result<(), BuildError> {
        let mut manifest = describe(binding);
        let rows: Map<String, Value> =
            self.tables.iter().map(|(name, rows)| ((*name).to_owned(), json!(rows))).collect();
        manifest["rows"] = Value::Object(rows);
        self.page(OutputDirectory::MANIFEST, &format!("{manifest:#}\n"))
    }

    /// Writes a file that is one text.
    fn page(&mut self, name: &'static str, text: &str) -> Result<(), BuildError> {
        let mut file = self.directory.create(name)?;
        let written = file.write_all(text.as_bytes()).and_then(|()| file.flush());
        written.map_err(|error| BuildError::Page(name, error))
    }
}

/// What the files say of the dataset they belong to.
fn describe(binding: Binding<'_>) -> Value {
    let Binding { codebook, dataset } = binding;
    let lists: Map<String, Value> =
        codebook.lists_in_use().map(|list| (list.name.clone(), json!(list.version))).collect();
    json!({
        "generator": format!("eventc {}", env!("CARGO_PKG_VERSION")),
        "dataset": dataset.name,
        "title": dataset.description.title,
        "version": dataset.description.version,
        "license": dataset.description.license,
        "citation": dataset.description.citation,
        "codebook": codebook.name,
        "codebook_version": codebook.version,
        "code_lists": lists,
    })
}

impl From<WriteError> for BuildError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl From<OutputError> for BuildError {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write(error) => error.fmt(f),
            Self::Output(error) => error.fmt(f),
            Self::Page(name, error) => write!(f, "cannot write `{name}`: {error}"),
        }
    }
}

impl std::error::Error for BuildError {}
