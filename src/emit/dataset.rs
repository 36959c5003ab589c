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

/// Which eventc wrote a build.
pub const GENERATOR: &str = concat!("eventc ", env!("CARGO_PKG_VERSION"));

/// The codebook's file.
const CODEBOOK: &str = "codebook.md";

/// Writes every table of a dataset, the codebook and the manifest, to a folder beside `target`. `commit`
/// is the one of which all that was read is an unchanged part.
///
/// # Errors
/// When a file cannot be written.
pub fn stage(
    published: &Published<'_>,
    files: &Files,
    commit: Option<String>,
    target: &Path,
) -> Result<Staged, BuildError> {
    let binding = published.binding();
    let description = describe(published, files);
    let tabulate = |open: Open<'_, '_>| tabulate(published, files, open);
    let mut folder = Folder::stage(description, target, tabulate)?;
    let scope = binding.dataset.description.scope.as_ref();
    folder.page(CODEBOOK, &codebook_page(binding.codebook, scope))?;
    folder.finish(published, commit, target)
}

/// Writes how well the coders of a dataset agree, and the manifest, to a folder beside `target`.
///
/// # Errors
/// When a file cannot be written.
pub fn stage_agreement(
    published: &Published<'_>,
    files: &Files,
    commit: Option<String>,
    target: &Path,
) -> Result<Staged, BuildError> {
    let agreement = compare(published.binding());
    let description = describe(published, files);
    let folder = Folder::stage(description, target, |open| tabulate_agreement(&agreement, open))?;
    folder.finish(published, commit, target)
}

/// A folder while it is written.
struct Folder {
    directory: OutputDirectory,
    description: Value,
    tables: Vec<(&'static str, u64)>,
}

impl Folder {
    /// Writes tables in every format.
    fn stage(
        description: Value,
        target: &Path,
        tabulate: impl FnOnce(Open<'_, '_>) -> Result<Vec<(&'static str, u64)>, BuildError>,
    ) -> Result<Self, BuildError> {
        let mut directory = OutputDirectory::stage(target)?;
        let text = description.to_string();
        let tables = tabulate(&mut |table| {
            let mut sinks = Vec::new();
            for format in FORMATS {
                let out = directory.create(&format.file_name(table))?;
                sinks.push(format.begin(out, table, &text)?);
            }
            Ok(sinks)
        })?;
        Ok(Self { directory, description, tables })
    }

    /// Completes the folder with its manifest.
    fn finish(
        mut self,
        published: &Published<'_>,
        commit: Option<String>,
        target: &Path,
    ) -> Result<Staged, BuildError> {
        self.manifest(published, commit)?;
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
    fn manifest(
        &mut self,
        published: &Published<'_>,
        commit: Option<String>,
    ) -> Result<(), BuildError> {
        let mut manifest = std::mem::take(&mut self.description);
        manifest["source"] = json!({ "commit": commit });
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
fn describe(published: &Published<'_>, files: &Files) -> Value {
    let Binding { codebook, dataset } = published.binding();
    let Restricted { included, .. } = published.restricted;
    let restricted_included = included && published.restricted.is_any();
    let written = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let lists = codebook.lists_in_use();
    let lists: Map<String, Value> =
        lists.map(|list| (list.name.clone(), json!(written(&list.version)))).collect();
    json!({
        "generator": GENERATOR,
        "build_id": build_id(dataset, files, restricted_included),
        "dataset": dataset.name,
        "title": dataset.description.title,
        "version": dataset.description.version,
        "license": dataset.description.license,
        "scope": dataset.description.scope.as_ref().map(|scope| self::scope(scope, codebook)),
        "citation": dataset.description.citation,
        "codebook": written(&codebook.name),
        "codebook_version": written(&codebook.version),
        "code_lists": lists,
        "restricted_included": restricted_included,
    })
}

/// Bytes of a digest that a build is named by: enough that two builds of one project never share one.
const ID_BYTES: usize = 8;

/// A name of what a dataset is built from: every file that it was read from, this eventc, and whether
/// what is restricted is in it.
fn build_id(dataset: &Dataset, files: &Files, restricted_included: bool) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |part: &[u8]| {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    };
    add(GENERATOR.as_bytes());
    add(&[u8::from(restricted_included)]);
    for folder in dataset.folders() {
        for (path, digest) in files.read_under(&folder) {
            add(path.as_bytes());
            add(digest.as_bytes());
        }
    }
    let digest = hasher.finalize();
    digest.as_bytes()[..ID_BYTES].iter().map(|byte| format!("{byte:02x}")).collect()
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
