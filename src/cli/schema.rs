//! `eventc schema`.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Subcommand, ValueEnum};

use super::{Failure, Outcome, Settings, print, project};
use crate::check::Checked;
use crate::emit::codebook::codebook_page;
use crate::emit::json_schema::{AllowableRule, FileKind, json_schema};
use crate::rules::RULES;
use crate::schema::{self, Codebook};
use crate::source::{Disk, Files, World};
use crate::table;

/// Export the codebook: for editors as JSON Schema, for people as Markdown.
///
///   eventc schema json-schema --out schema/json    a schema for each kind of file
///   eventc schema markdown                         what tables, records and codes mean
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Schema {
    #[command(subcommand)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Format {
    JsonSchema(JsonSchema),
    Markdown(Markdown),
}

/// Export the keys and codes of records and codebook as JSON Schema, for editors.
///
///   eventc schema json-schema --out schema/json
///   eventc schema json-schema places
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
struct JsonSchema {
    /// Kind of file whose schema to print.
    #[arg(value_enum, default_value_t = FileKind::Event, value_name = "KIND")]
    file: FileKind,
    /// Write the schemas of all kinds of files to this folder, instead of printing one.
    #[arg(long, value_name = "DIR", conflicts_with = "file")]
    out: Option<PathBuf>,
}

/// Print the codebook for people, as every build writes it to `codebook.md`.
///
///   eventc schema markdown > codebook.md
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
struct Markdown {}

impl ValueEnum for FileKind {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

impl Schema {
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        let codebook = load(settings)?;
        match &self.format {
            Format::Markdown(_) => print::text(&codebook_page(&codebook))?,
            Format::JsonSchema(JsonSchema { out: None, file }) => {
                print::json_text(&json_schema(*file, &codebook, &allowable_rules()))?;
            }
            Format::JsonSchema(JsonSchema { out: Some(folder), .. }) => {
                let files = editor_files(&codebook);
                let texts: Vec<_> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
                Disk::new(folder.clone()).overwrite(&texts)?;
                let line = format!("wrote {} files to `{}`", files.len(), folder.display());
                print::line(&line, settings)?;
            }
        }
        Ok(Outcome::Clean)
    }
}

/// The codebook of the project that the working directory lies in, or the shipped one.
fn load(settings: Settings) -> Result<Codebook, Failure> {
    let world = project::find_or_none()?;
    let loaded = schema::load(&*world, &mut Files::default())?;
    let loaded = table::without_clashes(loaded);
    if loaded.files.iter().any(|file| !file.defects.is_empty()) {
        let line = "the codebook has findings; `eventc check` shows them";
        print::line(line, settings)?;
    }
    Ok(loaded.codebook)
}

/// The folder in which the editor settings of a project look for schemas.
pub(super) const EDITOR_FOLDER: &str = "schema/json";

/// The schemas of all kinds of files, by file name.
pub(super) fn editor_files(codebook: &Codebook) -> Vec<(String, String)> {
    let rules = allowable_rules();
    let file =
        |file: FileKind| (format!("{}.json", file.name()), json_schema(file, codebook, &rules));
    FileKind::ALL.map(file).into()
}

fn allowable_rules() -> Vec<AllowableRule<'static>> {
    let rules = RULES.iter().filter(|rule| rule.is_allowable());
    rules.map(|rule| (rule.name, rule.summary().replace('\n', " "))).collect()
}

/// Prints a line if a project's schemas for editors no longer match its codebook.
pub(super) fn print_if_stale(
    checked: &Checked,
    disk: &Disk,
    settings: Settings,
) -> Result<(), Failure> {
    if checked.schema.iter().any(|file| !file.defects.is_empty()) {
        return Ok(());
    }
    let rules = allowable_rules();
    for file in FileKind::ALL {
        let path = format!("{EDITOR_FOLDER}/{}.json", file.name());
        let Some(kept) = disk.read(&path)? else { continue };
        if kept != json_schema(file, &checked.codebook, &rules).as_bytes() {
            let folder = disk.root().join(EDITOR_FOLDER);
            let here = std::env::current_dir()?.canonicalize()?;
            let folder = folder.strip_prefix(here).unwrap_or(&folder).display();
            let line = format!(
                "`{path}` is not what this eventc makes of the codebook, so editors may mislead: \
                 run `eventc schema json-schema --out {folder}`"
            );
            return print::line(&line, settings);
        }
    }
    Ok(())
}
