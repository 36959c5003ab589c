//! `eventc new`.

mod entry;
mod id;
mod skeleton;

use std::collections::BTreeSet;

use clap::Args;

use self::entry::Entry;
use self::id::identifier;
use super::{Failure, Outcome, Settings, did_you_mean, print, project};
use crate::dataset::{self, Dataset, EventSummary, Selection, split_coder};
use crate::schema;
use crate::source::{Disk, Files, World};
use crate::value::Identifier;
use crate::{spelling, syntax, table};

/// Write the skeleton of a record, with every key and what it means; or add an entry to a registry.
///
///   eventc new 2019-08-20-balad --dataset iraq-depot-strikes-2019
///   eventc new 2019-08-20-balad --coder b
///   eventc new actor "Government of Syria"
///   eventc new source ADDRESS-OF-A-REPORT
#[derive(Args, Debug)]
#[command(verbatim_doc_comment, subcommand_negates_reqs = true, disable_help_subcommand = true)]
pub(super) struct New {
    /// Id of the event; by convention its date and place.
    #[arg(value_name = "EVENT-ID", required = true)]
    id: Option<String>,
    /// Name of the dataset [default: the only one, or the one that the working directory lies in].
    #[arg(long, value_name = "NAME", global = true)]
    dataset: Option<String>,
    /// Name of a further coder: writes `<EVENT-ID>.<NAME>.yaml`, beside the first record if there is one.
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
    /// An entry of a registry.
    #[command(subcommand)]
    entry: Option<Entry>,
}

impl New {
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        match (&self.id, &self.entry) {
            (Some(id), None) => self.event(&identifier(id, "an event's id")?, settings),
            (None, Some(entry)) if self.coder.is_none() => {
                let disk = project::find()?;
                entry.run(&disk, &self.dataset(&disk)?, settings)
            }
            _ => Err(Failure("give the id of an event, or an entry to add, not both".to_owned())),
        }
    }

    /// Writes the skeleton of an event.
    fn event(&self, id: &Identifier, settings: Settings) -> Result<Outcome, Failure> {
        let coder = self.coder.as_deref().map(|coder| identifier(coder, "a coder's name"));
        let coder = coder.transpose()?;
        let disk = project::find()?;
        let dataset = self.dataset(&disk)?;
        let mut files = Files::default();
        let codebook = table::without_clashes(schema::load(&disk, &mut files)?).codebook;
        let selection = Selection::of_dataset(&dataset);
        let loaded = dataset::load(&disk, &codebook, &selection, &mut files)?;
        let known = loaded.datasets.first();
        refuse_second(id, coder.as_ref(), known, &files)?;
        let coded = known.and_then(|known| known.event(id.as_str()));
        let folder = folder(&dataset, coded, &files);
        let path = match &coder {
            Some(coder) => format!("{folder}/{id}.{coder}.yaml"),
            None => format!("{folder}/{id}.yaml"),
        };
        let coding = match &coder {
            Some(coder) => Some(format!("by: {}", syntax::text_scalar(coder.as_str()))),
            None => coded.map(|_| "status: adjudicated".to_owned()),
        };
        disk.create_new(&[(&path, &skeleton::of(id, coding.as_deref(), &codebook))])?;
        let path = project::from_here(&disk.root().join(path))?;
        let path = path.display().to_string();
        print::output_line(&path)?;
        let next = format!("next: fill it in; `eventc check {path}` says what is missing");
        print::line(&next, settings)?;
        Ok(Outcome::Clean)
    }

    /// The named dataset; without a name, the only one possible.
    fn dataset(&self, disk: &Disk) -> Result<String, Failure> {
        let known = datasets(disk)?;
        let folder = disk.root().join("datasets");
        let folder = folder.display();
        if let Some(name) = &self.dataset {
            if known.contains(name) {
                return Ok(name.clone());
            }
            let near = spelling::closest(name, known.iter().map(String::as_str));
            let near = did_you_mean("", near);
            return Err(Failure(format!("there is no dataset `{name}` in `{folder}`{near}")));
        }
        let here = project::relative(disk, &std::env::current_dir()?)?;
        let here = here.strip_prefix("datasets/").and_then(|inside| inside.split('/').next());
        let here = here.filter(|name| known.contains(*name)).map(str::to_owned);
        let only = || known.first().filter(|_| known.len() == 1).cloned();
        here.or_else(only).ok_or_else(|| match known.len() {
            0 => Failure(format!("there is no dataset in `{folder}`; `eventc init` writes one")),
            _ => {
                let known: Vec<_> = known.iter().map(String::as_str).collect();
                Failure(format!("choose a dataset with `--dataset`: {}", known.join(", ")))
            }
        })
    }
}

/// The names of the folders of `datasets/` that hold a file.
fn datasets(disk: &Disk) -> Result<BTreeSet<String>, Failure> {
    let paths = disk.files("datasets")?;
    let names = paths.iter().filter_map(|path| {
        let (name, _) = path.strip_prefix("datasets/")?.split_once('/')?;
        Some(name.to_owned())
    });
    Ok(names.collect())
}

/// The folder of a new record: that of the record of the event that there is.
fn folder(dataset: &str, coded: Option<&EventSummary>, files: &Files) -> String {
    let beside = coded.and_then(|filed| Some(files.path(filed.file).rsplit_once('/')?.0));
    beside.map_or_else(|| format!("datasets/{dataset}/events"), str::to_owned)
}

/// Refuses an id that the dataset has already in other records than those of single coders, or that this coder has coded already, whatever the name
/// of the file. Refuses an id that is meant as the name of a coder's file, too.
fn refuse_second(
    id: &Identifier,
    coder: Option<&Identifier>,
    known: Option<&Dataset>,
    files: &Files,
) -> Result<(), Failure> {
    let Some(known) = known else { return Ok(()) };
    let of_coder = |filed: &&EventSummary| match coder {
        Some(coder) => filed.coders().any(|known| known == coder.as_str()),
        None => filed.coder().is_none(),
    };
    let mut records = known.events.iter().filter(|filed| filed.id() == id.as_str());
    if let Some(filed) = records.find(of_coder) {
        let path = files.path(filed.file);
        return Err(Failure(match coder {
            Some(coder) => format!("`{coder}` has coded `{id}` already, in `{path}`"),
            None => format!(
                "there is an event `{id}` already, in `{path}`; to code it a second time, write \
                 `eventc new {id} --coder NAME`"
            ),
        }));
    }
    let mut parts = id.as_str().rmatch_indices('.').map(|(at, _)| id.as_str().split_at(at));
    match parts.find(|(event, _)| known.event(event).is_some()) {
        Some((event, name)) if coder.is_none() => Err(Failure(format!(
            "`{id}` would be another event than `{event}`; to code `{event}` a second time, write \
             `eventc new {event} --coder {}`",
            &name[1..]
        ))),
        _ => refuse_coder(id, coder, known),
    }
}

/// Refuses an id that ends as if in a coder's name, unless ids of the dataset do so.
fn refuse_coder(
    id: &Identifier,
    coder: Option<&Identifier>,
    known: &Dataset,
) -> Result<(), Failure> {
    let is_usual = || known.events.iter().any(|filed| split_coder(filed.id()).is_some());
    match split_coder(id.as_str()) {
        Some((event, name)) if coder.is_none() && !is_usual() => Err(Failure(format!(
            "`{id}` would be an event of its own; for the record of a coder, write \
             `eventc new {event} --coder {name}`"
        ))),
        _ => Ok(()),
    }
}
