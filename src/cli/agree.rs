//! `eventc agree`.

mod json;
mod page;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::restricted::{self, RestrictedParts};
use super::{Failure, Outcome, Settings, layout, print, project};
use crate::agreement::{Agreement, compare};
use crate::check::Checked;
use crate::dataset::{Published, Selection};
use crate::emit;
use crate::source::Outputs;

/// Show how well coders agree: percent agreement, Krippendorff's alpha, and where they differ.
///
///   eventc agree
///   eventc agree iraq-depot-strikes-2019 --out agreement
///
/// It compares the records of the events that at least two
/// coders coded: `<id>.<coder>.yaml`, or `<id>.yaml` and one
/// such. A value that a coder left out is missing: neither
/// agreement nor disagreement. The largest difference stands
/// first. `docs/agreement.md` says how to read the figures.
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Agree {
    /// Names of datasets [default: all].
    datasets: Vec<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
    /// Folder to write the tables `agreement` and `disagreements` to; each dataset gets a folder in it.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    restricted: RestrictedParts,
}

/// How agreement is printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum OutputFormat {
    /// For people.
    Text,
    /// One JSON object; `docs/agreement.md` describes it.
    Json,
}

impl Agree {
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        let disk = project::find()?;
        let selection = Selection::of_datasets(self.datasets.clone());
        let checked = crate::check::check(&disk, &selection)?;
        project::require_named(&checked.verdict(), &self.datasets, &disk)?;
        let all: Vec<_> = checked.bindings().map(self.restricted.publish()).collect();
        let compared = all.iter().map(|published| (published, compare(published.binding())));
        let compared = compared.filter(|(_, agreement)| agreement.events > 0);
        let (published, compared): (Vec<&Published<'_>>, Vec<_>) = compared.unzip();
        all.iter().find_map(Published::lost_records).map_or(Ok(()), Err)?;
        if compared.is_empty() {
            return Err(nothing(&checked));
        }
        match self.format {
            OutputFormat::Json => print::json(&json::of(&compared))?,
            OutputFormat::Text => {
                print::pages(settings, |out, width| write(out, &compared, width))?
            }
        }
        let damaged: usize = compared.iter().map(|agreement| agreement.damaged).sum();
        if damaged > 0 {
            let line = format!(
                "left out {damaged} records that could not be read whole; `eventc check` says why"
            );
            print::line(&line, settings)?;
        }
        for published in &published {
            restricted::tell(published.restricted, settings)?;
        }
        if let Some(out) = &self.out {
            let tell = print::teller(settings);
            let outputs = Outputs::open(out, &tell)?;
            let datasets = published.iter().map(|published| published.binding().dataset);
            let commits = crate::check::commits_of(&disk, &checked.files, datasets);
            let staged = published.iter().zip(commits).map(|(published, commit)| {
                emit::stage_agreement(published, &checked.files, commit, &outputs)
            });
            let staged = staged.collect::<Result<_, _>>()?;
            for built in emit::commit(outputs, staged, &tell)? {
                print::line(&format!("wrote {}", built.folder.display()), settings)?;
            }
        }
        Ok(Outcome::Clean)
    }
}

/// No event was coded twice. One coder's record beside one that names no coder may be meant to be.
fn nothing(checked: &Checked) -> Failure {
    let codings = checked.datasets.iter().flat_map(|dataset| {
        let plain = |id| dataset.event(id).filter(|filed| filed.coder().is_none());
        dataset.codings().into_iter().filter_map(move |one| plain(one.event.id()))
    });
    let mut unnamed = codings.filter(|plain| plain.coded_by.as_ref().is_none());
    Failure(match unnamed.next() {
        Some(plain) => format!(
            "nothing to compare: `{}` does not say who coded it; write `coding: {{by: NAME}}`",
            checked.files.path(plain.file)
        ),
        None => {
            "nothing to compare: no event was coded by two coders; `eventc new ID --coder NAME` \
                 begins a second coder's record"
                .to_owned()
        }
    })
}

/// Writes what was compared for people.
fn write(out: &mut dyn Write, compared: &[Agreement<'_>], width: usize) -> io::Result<()> {
    let prose = width.min(layout::LONGEST_LINE);
    for (at, agreement) in compared.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        super::markup::text::write(out, &page::head(agreement), prose)?;
        writeln!(out)?;
        layout::table(out, width, &page::measured(agreement))?;
        let rest = page::rest(agreement);
        if !rest.is_empty() {
            writeln!(out)?;
            super::markup::text::write(out, &rest, prose)?;
        }
    }
    Ok(())
}
