//! `eventc check`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::{Failure, Outcome, Settings, print, project, schema};
use crate::dataset::Selection;
use crate::diagnostic::Level;
use crate::diagnostic::render::{FORMATS, Format};

/// Check records and codebook, and say all that is wrong with them.
///
///   eventc check datasets/iraq-depot-strikes-2019
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Check {
    /// Files or folders whose findings to show; all where none is named.
    paths: Vec<PathBuf>,
    /// How to print the findings.
    #[arg(long, value_parser = formats(), default_value = Format::TEXT.name)]
    format: &'static Format,
}

impl Check {
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        let disk = project::find()?;
        let paths: Result<Vec<_>, _> =
            self.paths.iter().map(|path| project::relative(&disk, path)).collect();
        let paths = paths?;
        let mut checked = crate::check(&disk, &selection(&paths))?;
        let is_wanted =
            |file: &str| paths.is_empty() || paths.iter().any(|path| is_within(file, path));
        let files = project::files(&checked, is_wanted);
        if files.is_empty() {
            return Err(self.nothing_to_check());
        }
        let all = &checked.files;
        checked.findings.retain(|_, finding| is_wanted(all.path(finding.location.file)));
        print::findings(&checked, files, &disk, self.format, settings)?;
        schema::print_if_stale(&checked, &disk, settings)?;
        let failed = checked.findings.count(Level::Error) > 0;
        Ok(if failed { Outcome::Findings } else { Outcome::Clean })
    }

    /// That nothing is wrong where nothing was read would be a lie that CI believes.
    fn nothing_to_check(&self) -> Failure {
        let paths: Vec<_> = self.paths.iter().map(|path| path.display().to_string()).collect();
        let place = match &*paths {
            [] => "the project".to_owned(),
            paths => format!("`{}`", paths.join("`, `")),
        };
        Failure(format!("nothing was checked: {place} has no record, registry or codebook"))
    }
}

/// Reads the name of a format.
fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let names = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.doc));
    PossibleValuesParser::new(names)
        .map(|name| Format::named(&name).expect("the parser takes only names of formats"))
}

/// The datasets that some paths lie in; all if one of them lies in none.
fn selection(paths: &[String]) -> Selection {
    let dataset =
        |path: &String| Some(path.strip_prefix("datasets/")?.split('/').next()?.to_owned());
    let datasets: Option<Vec<_>> = paths.iter().map(dataset).collect();
    Selection { datasets: datasets.unwrap_or_default() }
}

fn is_within(file: &str, path: &str) -> bool {
    path.is_empty()
        || file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
