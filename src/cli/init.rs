//! `eventc init`.

mod template;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use clap::Args;

use self::template::{Way, fill, values};
use super::schema::{EDITOR_FOLDER, editor_files};
use super::{Failure, Outcome, Settings, print, release};
use crate::schema::{self, SHIPPED};
use crate::source::{Disk, Files, Memory, World};
use crate::table;

/// Write a small working project: a codebook, a dataset with one event, and checks for services.
///
///   eventc init my-events
///   eventc init --minimal       five small files, for those who keep a spreadsheet
///   eventc init --editor        in a project: add what editors need
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Init {
    /// Folder to write to; created if missing [default: the working directory].
    #[arg(default_value = ".", hide_default_value = true, value_name = "DIR")]
    folder: PathBuf,
    /// Write five small files: a codebook without policy, and one event without claims.
    #[arg(long)]
    minimal: bool,
    /// Write what editors need: JSON Schemas, and settings for Visual Studio Code. In a project,
    /// write only that.
    #[arg(long)]
    editor: bool,
    /// Where the checks get eventc.
    #[arg(long, value_enum, default_value_t, value_name = "WHERE")]
    from: Way,
}

/// The files of a template: path and text of each.
macro_rules! template {
    ($folder:literal: $($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../templates/", $folder, "/", $path)))),+]
    };
}

/// The files of a project. The codebook is missing: it is the shipped one.
const FILES: &[(&str, &str)] = template![
    "project":
    ".editorconfig",
    ".gitattributes",
    ".github/ISSUE_TEMPLATE/event.yml",
    ".github/dependabot.yml",
    ".github/pull_request_template.md",
    ".github/workflows/eventc.yml",
    ".gitignore",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    "README.md",
    "datasets/example/actors.yaml",
    "datasets/example/dataset.yaml",
    "datasets/example/events/2019-08-20-balad.yaml",
    "datasets/example/places.yaml",
    "datasets/example/sources.yaml",
];

/// The settings of editors. The schemas are missing: they are derived from the codebook.
const EDITOR_FILES: &[(&str, &str)] =
    template!["project": ".vscode/extensions.json", ".vscode/settings.json"];

/// The files of a minimal project, whose codebook is its own.
const MINIMAL_FILES: &[(&str, &str)] = template![
    "minimal":
    ".gitignore",
    "README.md",
    "datasets/incidents/dataset.yaml",
    "datasets/incidents/events/2023-04-03-djibo.yaml",
    "schema/codebook.yaml",
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
        let disk = Disk::new(self.folder.clone());
        let mark = ["datasets", "schema"].into_iter().find(|mark| self.folder.join(mark).exists());
        let files = match mark {
            None => self.project()?,
            Some(_) if self.editor => for_editors(&disk)?,
            Some(mark) => return Err(self.refused(mark)),
        };
        let files: Vec<_> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
        let advice = match mark {
            None => "Name a new folder, and move from there what you need: eventc init NAME",
            Some(_) => "To write only the schemas: eventc schema json-schema --out schema/json",
        };
        disk.create_new(&files).map_err(|error| Failure(format!("{error}. {advice}")))?;
        let folder = self.folder.display();
        print::line(&format!("wrote {} files to `{folder}`", files.len()), settings)?;
        if mark.is_some() {
            return Ok(Outcome::Clean);
        }
        if let Some(warning) = warning(self.way()).filter(|_| !self.minimal) {
            print::line(&warning, settings)?;
        }
        let there = if self.folder == Path::new(".") { "" } else { " there" };
        let next = format!("next: run `eventc check`{there}, and read README.md");
        print::line(&next, settings)?;
        Ok(Outcome::Clean)
    }

    /// The files of a new project.
    fn project(&self) -> Result<Vec<(String, String)>, Failure> {
        let values = values();
        let filled =
            |(path, text): &(&str, &str)| ((*path).to_owned(), fill(text, self.way(), &values));
        let mut files: Vec<_> = match self.minimal {
            true => MINIMAL_FILES.iter().map(filled).collect(),
            false => FILES.iter().map(filled).chain([(CODEBOOK.to_owned(), codebook())]).collect(),
        };
        if self.editor {
            let mut world = Memory::new();
            let codebook = files.iter().find(|(path, _)| path == CODEBOOK);
            world.write(CODEBOOK, codebook.map_or("", |(_, text)| text).as_bytes());
            files.extend(for_editors(&world)?);
        }
        Ok(files)
    }

    fn way(&self) -> Way {
        match self.from {
            Way::Release if !release::is_public() => Way::Unreleased,
            way => way,
        }
    }

    /// Refuses a folder that is a project already.
    fn refused(&self, mark: &str) -> Failure {
        let folder = self.folder.display();
        Failure(format!("`{folder}` is a project already: it has `{mark}/`; nothing was written"))
    }
}

/// What cannot work yet of what was written, and the way out.
fn warning(way: Way) -> Option<String> {
    match way {
        Way::Release => None,
        Way::Unreleased => Some(
            "eventc has no release yet: the checks on GitHub and GitLab fail until there is one, and \
             the pre-commit hook runs the eventc that is installed; `eventc init --from git` writes \
             checks that compile eventc"
                .to_owned(),
        ),
        Way::Git if release::is_public() && release::COMMIT.is_some() => None,
        Way::Git => Some(
            "write the address of a repository of eventc, and the full hash of a commit, into \
             EVENTC_REPOSITORY and EVENTC_REVISION of `.github/workflows/eventc.yml` or \
             `.gitlab-ci.yml`: until then these checks fail"
                .to_owned(),
        ),
    }
}

/// The settings of editors, and the schemas of a project.
fn for_editors(world: &dyn World) -> Result<Vec<(String, String)>, Failure> {
    let loaded = table::without_clashes(schema::load(world, &mut Files::default())?);
    let settings = EDITOR_FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let schemas = editor_files(&loaded.codebook).into_iter();
    let schemas = schemas.map(|(name, schema)| (format!("{EDITOR_FOLDER}/{name}"), schema));
    Ok(settings.chain(schemas).collect())
}

/// The shipped codebook with the project's own head.
fn codebook() -> String {
    let shipped = SHIPPED.iter().find(|(path, _)| *path == "codebook.yaml");
    let (_, text) = shipped.expect("a codebook is shipped");
    let body = text.lines().skip_while(|line| line.starts_with('#'));
    let body: String = body.map(|line| format!("{line}\n")).collect();
    format!("{CODEBOOK_HEAD}{body}")
}
