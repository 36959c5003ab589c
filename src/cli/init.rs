//! `eventc init`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::schema::{EDITOR_FOLDER, editor_files};
use super::{Failure, Outcome, Settings, print};
use crate::schema::{self, Codebook, SHIPPED};
use crate::source::{Disk, Files, Memory};
use crate::table;

/// Write a small working project: a codebook, a dataset with one event, CI and editor settings.
///
///   eventc init my-events
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Init {
    /// Folder to write to; created if missing [default: the working directory].
    #[arg(default_value = ".", hide_default_value = true, value_name = "DIR")]
    folder: PathBuf,
}

/// A file of the template: its path and its text.
macro_rules! template {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../templates/project/", $path)))),+]
    };
}

/// The files of a project. The codebook is missing: it is the shipped one. So are the schemas for
/// editors, which are derived from it.
const FILES: &[(&str, &str)] = template![
    ".editorconfig",
    ".github/workflows/eventc.yml",
    ".gitignore",
    ".gitlab-ci.yml",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    "README.md",
    "datasets/example/actors.yaml",
    "datasets/example/dataset.yaml",
    "datasets/example/events/2019-08-20-balad.yaml",
    "datasets/example/places.yaml",
    "datasets/example/sources.yaml",
];

/// Path of the codebook.
const CODEBOOK: &str = "schema/codebook.yaml";

/// Comment at the top of a project's own copy of the codebook.
const CODEBOOK_HEAD: &str = "\
# The codebook of this project: what is coded, and what a level of certainty rests on. It was copied
# from the one that eventc ships and is yours to change; give it a name and version of its own then.
# Code lists are not copied: a name below is looked up in schema/codes, then among the shipped lists,
# which `eventc codes` shows.
";

impl Init {
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        refuse_project(&self.folder)?;
        let (text, codebook) = codebook()?;
        let mut files: Vec<(String, String)> =
            FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        let schemas = editor_files(&codebook).into_iter();
        files.extend(schemas.map(|(name, schema)| (format!("{EDITOR_FOLDER}/{name}"), schema)));
        files.push((CODEBOOK.to_owned(), text));
        let files: Vec<_> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
        Disk::new(self.folder.clone())
            .create_new(&files)
            .map_err(|error| Failure(format!("{error}. Name a new folder: eventc init NAME")))?;
        let folder = self.folder.display();
        let count = files.len();
        print::line(&format!("wrote {count} files to `{folder}`"), settings)?;
        let there =
            if self.folder == Path::new(".") { String::new() } else { format!("cd {folder}; ") };
        let next = format!("next: {there}eventc check, and read README.md");
        print::line(&next, settings)?;
        Ok(Outcome::Clean)
    }
}

/// Refuses a folder that is a project already.
fn refuse_project(folder: &Path) -> Result<(), Failure> {
    let mark = ["datasets", "schema"].into_iter().find(|mark| folder.join(mark).exists());
    mark.map_or(Ok(()), |mark| {
        let folder = folder.display();
        Err(Failure(format!(
            "`{folder}` is a project already: it has `{mark}/`; nothing was written"
        )))
    })
}

/// The shipped codebook with the project's own head: its text, and the codebook read from it.
fn codebook() -> Result<(String, Codebook), Failure> {
    let shipped = SHIPPED.iter().find(|(path, _)| *path == "codebook.yaml");
    let (_, text) = shipped.expect("a codebook is shipped");
    let body = text.lines().skip_while(|line| line.starts_with('#'));
    let body: String = body.map(|line| format!("{line}\n")).collect();
    let text = format!("{CODEBOOK_HEAD}{body}");
    let mut world = Memory::new();
    world.write(CODEBOOK, text.as_bytes());
    let loaded = table::without_clashes(schema::load(&world, &mut Files::default())?);
    Ok((text, loaded.codebook))
}
