//! `eventc show`.

mod json;
mod page;
mod shown;
#[cfg(test)]
mod tests;
mod value;
mod words;

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use super::markup::{markdown, text};
use super::{Failure, Outcome, Settings, did_you_mean, layout, print, project};
use crate::check::Checked;
use crate::dataset::{Binding, BoundEvent, Dataset, EventSummary, Selection};
use crate::schema::{Codebook, Component};
use crate::spelling;
use shown::Shown;

/// Show an event: what is coded, who says what, and what that supports.
///
///   eventc show 2019-08-20-balad
///   eventc show 2019-08-20-balad --only actor,injuries
///   eventc show 2019-08-20-balad --format markdown
///
/// Each coded value comes with the claims that support or
/// oppose it, grouped by origin. Below it comes what else
/// claims say. What they say about the whole series or about
/// others does not count for this event. Numbers in brackets
/// are positions of claims in the record.
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Show {
    /// Id of the event.
    #[arg(value_name = "EVENT-ID")]
    id: String,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
    /// Show only these components, and the claims that mention them.
    #[arg(long, value_name = "COMPONENT", value_delimiter = ',')]
    only: Vec<String>,
    /// Leave out the last part, the claims in full.
    #[arg(long)]
    brief: bool,
    /// Name of the dataset, if several have the event [default: all].
    #[arg(long, value_name = "NAME")]
    dataset: Option<String>,
    /// Coder of the record, if several coded the event [default: all].
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
}

/// How an event is printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum OutputFormat {
    /// For people.
    Text,
    /// For a document, an issue or a wiki.
    Markdown,
    /// One JSON object; `docs/show.md` describes it.
    Json,
}

impl Show {
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        let disk = project::find()?;
        let checked = crate::check::check(&disk, &Selection::default())?;
        let only = components(&checked.codebook, &self.only)?;
        let records = self.records(&checked);
        checked.datasets.iter().find_map(Dataset::lost_records).map_or(Ok(()), Err)?;
        let records = records?.into_iter();
        let shown: Vec<_> =
            records.map(|bound| Shown::of(&checked, bound, &only, self.brief)).collect();
        match self.format {
            OutputFormat::Json => print::json(&json::of(&shown))?,
            format => print::pages(settings, |out, width| write(out, format, &shown, width))?,
        }
        Ok(Outcome::Clean)
    }

    /// The records of the event, narrowed by `--dataset` and `--coder`.
    fn records<'c>(&self, checked: &'c Checked) -> Result<Vec<BoundEvent<'c>>, Failure> {
        let all = checked.datasets.iter().flat_map(|dataset| {
            let binding = Binding { codebook: &checked.codebook, dataset };
            dataset.filed().map(move |filed| BoundEvent { binding, filed })
        });
        let all: Vec<_> = all.collect();
        let called: Vec<_> =
            all.iter().copied().filter(|bound| is_called(bound.filed.summary, &self.id)).collect();
        if called.is_empty() {
            return Err(unknown_event(&self.id, &all));
        }
        let is_meant = |bound: &BoundEvent<'_>| {
            let dataset = self.dataset.as_deref();
            dataset.is_none_or(|name| bound.binding.dataset.name == name)
                && self
                    .coder
                    .as_deref()
                    .is_none_or(|coder| bound.filed.coders().any(|known| known == coder))
        };
        let meant: Vec<_> = called.iter().copied().filter(is_meant).collect();
        if meant.is_empty() { Err(unmeant(&self.id, &called)) } else { Ok(meant) }
    }
}

/// An event weighed, as `--format json` writes it.
pub(crate) fn json_of(checked: &Checked, bound: BoundEvent<'_>) -> serde_json::Value {
    json::event(&Shown::of(checked, bound, &[], false))
}

/// Writes the pages of records for people.
fn write(
    out: &mut dyn Write,
    format: OutputFormat,
    events: &[Shown<'_>],
    width: usize,
) -> io::Result<()> {
    for (at, shown) in events.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let page = page::of(shown);
        match format {
            OutputFormat::Markdown => markdown::write(out, &page)?,
            _ => text::write(out, &page, width.min(layout::LONGEST_LINE))?,
        }
    }
    Ok(())
}

/// Whether a record is of an event. If its id could not be read, the name of its file tells.
fn is_called(filed: &EventSummary, id: &str) -> bool {
    filed.id() == id || filed.id().is_empty() && filed.stem() == Some(id)
}

/// Most ids that are suggested for an unknown one.
const FEW: usize = 5;

/// No event has the id. Suggests the ids that contain it, or else the nearest one.
fn unknown_event(id: &str, all: &[BoundEvent<'_>]) -> Failure {
    let mut ids: Vec<_> = all.iter().map(|bound| bound.filed.id()).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut near: Vec<_> =
        ids.iter().copied().filter(|known| !id.is_empty() && known.contains(id)).collect();
    if near.is_empty() {
        near.extend(spelling::closest(id, ids.iter().copied()));
    }
    let named: Vec<_> = near.iter().take(FEW).map(|near| format!("`{near}`")).collect();
    let more = if near.len() > FEW { " or another" } else { "" };
    Failure(match (named.is_empty(), all.len()) {
        (false, _) => {
            format!("there is no event `{id}`; did you mean {}{more}?", named.join(" or "))
        }
        (true, 0) => format!("there is no event `{id}`, nor any other in this project"),
        (true, _) => format!("there is no event `{id}`"),
    })
}

/// The event has records, but none of the dataset or coder asked for.
fn unmeant(id: &str, called: &[BoundEvent<'_>]) -> Failure {
    let name = |bound: &BoundEvent<'_>| {
        let by =
            bound.filed.coders().next().map(|coder| format!(" by `{coder}`")).unwrap_or_default();
        format!("in `{}`{by}", bound.binding.dataset.name)
    };
    let known: Vec<_> = called.iter().map(name).collect();
    Failure(format!("there is no such record of `{id}`; there is one {}", known.join(", one ")))
}

/// The components that are named.
fn components(codebook: &Codebook, names: &[String]) -> Result<Vec<Component>, Failure> {
    let known = |name: &String| {
        codebook.component(name).ok_or_else(|| {
            let near = did_you_mean("", codebook.closest_component(name));
            Failure(format!("`{name}` is not a component of an event{near}"))
        })
    };
    names.iter().map(known).collect()
}
