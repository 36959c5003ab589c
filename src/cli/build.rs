//! `eventc build`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::restricted::{self, RestrictedParts};
use super::{Failure, Outcome, Settings, print, project};
use crate::dataset::{Dataset, Selection};
use crate::diagnostic::Level;
use crate::diagnostic::render::Format;
use crate::emit::csv::SPREADSHEET;
use crate::emit::{DEFAULT_FORMATS, FORMATS, TableFormat};

/// Check the datasets and write their tables.
///
///   eventc build iraq-depot-strikes-2019
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Build {
    /// Names of datasets [default: all].
    datasets: Vec<String>,
    /// Folder to write to; each dataset gets a folder in it [default: `dist` in the project].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Formats of the tables, separated by commas.
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_parser = formats())]
    #[arg(default_values = DEFAULT_FORMATS.iter().map(|format| format.name))]
    emit: Vec<&'static TableFormat>,
    /// Write the format `spreadsheet` too.
    #[arg(long)]
    spreadsheet: bool,
    #[command(flatten)]
    restricted: RestrictedParts,
}

impl Build {
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        let disk = project::find()?;
        let mut checked =
            crate::check::check(&disk, &Selection { datasets: self.datasets.clone() })?;
        project::require_named(&checked, &self.datasets, &disk)?;
        let files = project::files(&checked, |_| true);
        checked.findings.show_from(settings.shown_from(Level::Warning));
        print::findings(&checked, files, &disk, Format::TEXT, settings)?;
        project::require_records(&checked)?;
        let has_drafts_alone = |dataset: &mut Dataset| {
            dataset.drafts() > 0 && dataset.tabulated().is_empty() && dataset.codings().is_empty()
        };
        // Such a dataset keeps no other from being built, and replaces no earlier build of itself.
        for dataset in checked.datasets.extract_if(.., has_drafts_alone) {
            let name = &dataset.name;
            print::line(
                &format!("did not build `{name}`: it has only drafts, which no table has"),
                settings,
            )?;
        }
        if checked.datasets.is_empty() {
            return Err(Failure("nothing was built: there are only drafts".to_owned()));
        }
        let Some(built) = crate::check::build(
            &checked,
            &project::output_folder(&disk, self.out.as_ref()),
            self.restricted.publish(),
            &crate::check::commit_of(&disk, &checked.files),
            &print::teller(settings),
            &self.formats(),
        )?
        else {
            print::line("nothing was built; fix the errors first", settings)?;
            return Ok(Outcome::Findings);
        };
        for built in built {
            let tables: Vec<_> =
                built.tables.iter().map(|(name, rows)| format!("{name} {rows}")).collect();
            let drafts = match built.drafts {
                0 => String::new(),
                1 => "; left out 1 draft".to_owned(),
                drafts => format!("; left out {drafts} drafts"),
            };
            let (folder, tables) = (built.folder.display(), tables.join(", "));
            let line = format!("built {folder} (rows: {tables}){drafts}");
            print::line(&line, settings)?;
            restricted::tell(built.restricted, settings)?;
            let mut datasets = checked.datasets.iter();
            let dataset = datasets.find(|dataset| dataset.name == built.dataset);
            match dataset.map_or(0, |dataset| dataset.unadjudicated().len()) {
                0 => {}
                1 => print::line("1 event is not adjudicated, and only in `codings`", settings)?,
                number => {
                    let line =
                        format!("{number} events are not adjudicated, and only in `codings`");
                    print::line(&line, settings)?;
                }
            }
        }
        Ok(Outcome::Clean)
    }

    /// The formats to write, each once.
    fn formats(&self) -> Vec<&'static TableFormat> {
        let is_chosen = |format: &&&TableFormat| {
            let by_name = self.emit.iter().any(|chosen| chosen.name == format.name);
            by_name || self.spreadsheet && format.name == SPREADSHEET.name
        };
        FORMATS.iter().filter(is_chosen).copied().collect()
    }
}

/// Reads the name of a format.
fn formats() -> impl TypedValueParser<Value = &'static TableFormat> {
    let names = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.doc));
    PossibleValuesParser::new(names).map(|name| {
        let mut formats = FORMATS.iter();
        *formats.find(|format| format.name == name).expect("the parser takes only names of formats")
    })
}
