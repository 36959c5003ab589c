//! `eventc schema`.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Args, Subcommand, ValueEnum};

use super::{Failure, Outcome, Settings, did_you_mean, print, project};
use crate::emit::codebook::codebook_page;
pub(super) use crate::emit::json_schema::EDITOR_FOLDER;
use crate::emit::json_schema::{FileKind, json_schema};
use crate::rules::{RULES, allowable};
use crate::schema::{self, Codebook};
use crate::source::{Disk, Files, World};
use crate::spelling;
use crate::table;

/// Export the codebook for editors and people, and the rules that compare events as SQL.
///
///   eventc schema json-schema --out schema/json    a schema for each kind of file
///   eventc schema markdown                         what tables, records and codes mean
///   eventc schema sql                              the rules that compare events
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
    Sql(Sql),
}

/// Export the keys and codes of records and codebook as JSON Schema, for editors.
///
///   eventc schema json-schema --out schema/json
///   eventc schema json-schema --check
///   eventc schema json-schema --update
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
    /// Write nothing: name the files that are stale or missing in the folder [default: `schema/json`
    /// in the project]. The exit status is 1 if there are any.
    #[arg(long, conflicts_with = "file")]
    check: bool,
    /// Write the files anew if the folder has any of them [default: `schema/json` in the project].
    #[arg(long, conflicts_with_all = ["file", "check"])]
    update: bool,
}

/// Print the codebook for people: every column, key and code. A build writes what its readers need of it.
///
///   eventc schema markdown > codebook.md
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
struct Markdown {}

/// Print the rules that compare events as one query in SQL, for DuckDB and Spark: rule, event, file and line of each
/// finding. It reads tables that only shards have, those of all shards of a dataset.
///
///   eventc schema sql > rules.sql
///   eventc schema sql duplicate-id
///   eventc schema sql --out sql
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
struct Sql {
    /// Name of a rule [default: all of them].
    rule: Option<String>,
    /// Write a file for each rule to this folder, instead of printing.
    #[arg(long, value_name = "DIR", conflicts_with = "rule")]
    out: Option<PathBuf>,
}

impl Sql {
    fn run(&self, settings: Settings) -> Result<(), Failure> {
        let across = RULES.iter().filter_map(|rule| Some((rule.name, rule.across?.query)));
        let across: Vec<_> = across.collect();
        if let Some(folder) = &self.out {
            let file = |(name, sql): &(&str, &str)| (format!("{name}.sql"), (*sql).to_owned());
            return write(folder, &across.iter().map(file).collect::<Vec<_>>(), settings);
        }
        let Some(name) = &self.rule else {
            let query = |(name, sql): &(&str, &str)| {
                format!("select * from (\n{sql}) as {}\n", name.replace('-', "_"))
            };
            let queries: Vec<_> = across.iter().map(query).collect();
            return print::text(&queries.join("union all\n"));
        };
        match across.iter().find(|(of, _)| of == name) {
            Some((_, sql)) => print::text(sql),
            None => {
                let near = spelling::closest(name, across.iter().map(|(name, _)| *name));
                let near = did_you_mean("", near);
                Err(Failure(format!("no rule `{name}` compares events in SQL{near}")))
            }
        }
    }
}

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
        if let Format::Sql(sql) = &self.format {
            sql.run(settings)?;
            return Ok(Outcome::Clean);
        }
        let codebook = load(settings)?;
        match &self.format {
            Format::Sql(_) => {}
            Format::Markdown(_) => print::text(&codebook_page(&codebook, None))?,
            Format::JsonSchema(JsonSchema { check: true, out, .. }) => {
                return compare(&kept_in(out.as_ref())?, &editor_files(&codebook), settings);
            }
            Format::JsonSchema(JsonSchema { update: true, out, .. }) => {
                update(&kept_in(out.as_ref())?, &editor_files(&codebook), settings)?;
            }
            Format::JsonSchema(JsonSchema { out: None, file, .. }) => {
                print::json_text(&json_schema(*file, &codebook, &allowable()))?;
            }
            Format::JsonSchema(JsonSchema { out: Some(folder), .. }) => {
                write(folder, &editor_files(&codebook), settings)?;
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

/// The folder that keeps the schemas: the chosen one, or that of the project.
fn kept_in(chosen: Option<&PathBuf>) -> Result<PathBuf, Failure> {
    match chosen {
        Some(folder) => Ok(folder.clone()),
        None => project::from_here(&project::find()?.root().join(EDITOR_FOLDER)),
    }
}

fn write(folder: &Path, files: &[(String, String)], settings: Settings) -> Result<(), Failure> {
    let texts: Vec<_> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
    Disk::new(folder.to_owned()).overwrite(&texts)?;
    print::line(&format!("wrote {} files to `{}`", files.len(), folder.display()), settings)
}

/// Writes the files of a folder that has some of them. One that has none is left alone, because nobody
/// asked for them there.
fn update(folder: &Path, files: &[(String, String)], settings: Settings) -> Result<(), Failure> {
    let disk = Disk::new(folder.to_owned());
    for (name, _) in files {
        if disk.read(name)?.is_some() {
            return write(folder, files, settings);
        }
    }
    let folder = folder.display();
    let line = format!("no schemas in `{folder}`: `eventc schema json-schema --out` writes them");
    print::line(&line, settings)
}

/// Names the files of a folder that are not as they would be written.
fn compare(
    folder: &Path,
    files: &[(String, String)],
    settings: Settings,
) -> Result<Outcome, Failure> {
    let disk = Disk::new(folder.to_owned());
    let mut wrong = 0;
    for (name, text) in files {
        let what = match disk.read(name)? {
            Some(kept) if kept == text.as_bytes() => continue,
            Some(_) => "stale",
            None => "missing",
        };
        wrong += 1;
        print::output_line(&format!("{}: {what}", folder.join(name).display()))?;
    }
    let (all, folder) = (files.len(), folder.display());
    if wrong == 0 {
        print::line(&format!("all {all} files in `{folder}` are up to date"), settings)?;
        return Ok(Outcome::Clean);
    }
    let write = format!("`eventc schema json-schema --out {folder}` writes them");
    let are = if wrong == 1 { "is" } else { "are" };
    print::line(&format!("{wrong} of {all} files {are} stale or missing; {write}"), settings)?;
    Ok(Outcome::Findings)
}

/// The schemas of all kinds of files, by file name.
pub(super) fn editor_files(codebook: &Codebook) -> Vec<(String, String)> {
    let rules = allowable();
    let file = |file: FileKind| (file.file_name(), json_schema(file, codebook, &rules));
    FileKind::ALL.map(file).into()
}
