//! `eventc build`.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, Outcome, Settings, print, project};
use crate::dataset::Selection;
use crate::diagnostic::Level;
use crate::diagnostic::render::Format;

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
}

impl Build {
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        let disk = project::find()?;
        let mut checked =
            crate::check::check(&disk, &Selection { datasets: self.datasets.clone() })?;
        if let Some(missing) = self
            .datasets
            .iter()
            .find(|name| checked.datasets.iter().all(|known| known.name != **name))
        {
            return Err(Failure(format!(
                "there is no dataset `{missing}` in `{}`",
                disk.root().join("datasets").display()
            )));
        }
        let files = project::files(&checked, |_| true);
        checked.findings.show_from(settings.shown_from(Level::Warning));
        print::findings(&checked, files, &disk, Format::TEXT, settings)?;
        project::require_records(&checked)?;
        if let Some(dataset) = checked.datasets.iter().find(|it| it.tabulated().is_empty()) {
            return Err(Failure(format!(
                "nothing was built: the dataset `{}` has only records of single coders, and none \
                 that is adjudicated: `events/<id>.yaml`",
                dataset.name
            )));
        }
        let Some(built) =
            crate::check::build(&checked, &project::output_folder(&disk, self.out.as_ref()))?
        else {
            print::line("nothing was built; fix the errors first", settings)?;
            return Ok(Outcome::Findings);
        };
        for built in built {
            let tables: Vec<_> =
                built.tables.iter().map(|(name, rows)| format!("{name} {rows}")).collect();
            let line = format!("built {} (rows: {})", built.folder.display(), tables.join(", "));
            print::line(&line, settings)?;
        }
        Ok(Outcome::Clean)
    }
}
