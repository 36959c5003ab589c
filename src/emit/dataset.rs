//! A dataset's output folder.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::FORMATS;
use super::codebook::codebook_page;
use super::error::BuildError;
use super::tabulate::{Open, tabulate, tabulate_agreement};
use crate::agreement::compare;
use crate::dataset::{Binding, Dataset, Published, Restricted};
use crate::record::Scope;
use crate::schema::{Codebook, Role};
use crate::source::{Files, OutputDirectory};

/// A dataset's folder, complete but not yet in its place.
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
    /// How many events are drafts, which no table has.
    pub drafts: usize,
    /// What is restricted, and whether it is in the tables.
    pub restricted: Restricted,
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
pub fn stage(
    published: &Published<'_>,
    files: &Files,
    target: &Path,
) -> Result<Staged, BuildError> {
    let binding = published.binding();
    let mut folder = Folder::stage(published, target, |open| tabulate(published, files, open))?;
    let scope = binding.dataset.description.scope.as_ref();
    folder.page(CODEBOOK, &codebook_page(binding.codebook, scope))?;
    folder.finish(published, target)
}

/// Writes how well the coders of a dataset agree, and the manifest, to a folder beside `target`.
///
/// # Errors
/// When a file cannot be written.
pub fn stage_agreement(published: &Published<'_>, target: &Path) -> Result<Staged, BuildError> {
    let agreement = compare(published.binding());
    let folder = Folder::stage(published, target, |open| tabulate_agreement(&agreement, open))?;
    folder.finish(published, target)
}

/// A folder while it is written.
struct Folder {
    directory: OutputDirectory,
    tables: Vec<(&'static str, u64)>,
}

impl Folder {
    /// Writes tables in every format.
    fn stage(
        published: &Published<'_>,
        target: &Path,
        tabulate: impl FnOnce(Open<'_, '_>) -> Result<Vec<(&'static str, u64)>, BuildError>,
    ) -> Result<Self, BuildError> {
        let mut directory = OutputDirectory::stage(target)?;
        let description = describe(published).to_string();
        let tables = tabulate(&mut |table| {
            let mut sinks = Vec::new();
            for format in FORMATS {
                let out = directory.create(&format.file_name(table))?;
                sinks.push(format.begin(out, table, &description)?);
            }
            Ok(sinks)
        })?;
        Ok(Self { directory, tables })
    }

    /// Completes the folder with its manifest.
    fn finish(mut self, published: &Published<'_>, target: &Path) -> Result<Staged, BuildError> {
        self.manifest(published)?;
        let Dataset { name, .. } = published.binding().dataset;
        let built = Built {
            dataset: name.clone(),
            folder: target.to_owned(),
            tables: self.tables,
            drafts: published.binding().dataset.drafts(),
            restricted: published.restricted,
        };
        Ok(Staged { directory: self.directory, built })
    }

    /// Writes the manifest, which marks the folder as one that a build may replace.
    fn manifest(&mut self, published: &Published<'_>) -> Result<(), BuildError> {
        let mut manifest = describe(published);
        let rows: Map<String, Value> =
            self.tables.iter().map(|(name, rows)| ((*name).to_owned(), json!(rows))).collect();
        manifest["rows"] = Value::Object(rows);
        manifest["drafts"] = json!(published.binding().dataset.drafts());
        self.page(OutputDirectory::MANIFEST, &format!("{manifest:#}\n"))
    }

    /// Writes a file that is one text.
    fn page(&mut self, name: &'static str, text: &str) -> Result<(), BuildError> {
        let mut file = self.directory.create(name)?;
        let written = file.write_all(text.as_bytes()).and_then(|()| file.flush());
        written.map_err(|error| BuildError::Page(name, error))
    }
}

/// The description of the dataset that its files carry.
fn describe(published: &Published<'_>) -> Value {
    let Binding { codebook, dataset } = published.binding();
    let Restricted { included, .. } = published.restricted;
    let written = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let lists = codebook.lists_in_use();
    let lists: Map<String, Value> =
        lists.map(|list| (list.name.clone(), json!(written(&list.version)))).collect();
    json!({
        "generator": format!("eventc {}", env!("CARGO_PKG_VERSION")),
        "dataset": dataset.name,
        "title": dataset.description.title,
        "version": dataset.description.version,
        "license": dataset.description.license,
        "scope": dataset.description.scope.as_ref().map(|scope| self::scope(scope, codebook)),
        "citation": dataset.description.citation,
        "codebook": written(&codebook.name),
        "codebook_version": written(&codebook.version),
        "code_lists": lists,
        "restricted_included": included && published.restricted.is_any(),
    })
}

/// What the dataset covers, by the keys of a record.
fn scope(scope: &Scope, codebook: &Codebook) -> Value {
    let list = codebook.list(Role::Country);
    let countries = scope.countries.iter().map(|country| &*list.entry(country.value).code);
    json!({
        "included": scope.included,
        "period": scope.period.as_ref().map(|period| period.value.as_str()),
        "countries": countries.collect::<Vec<_>>(),
        "searched": scope.searched,
    })
}
