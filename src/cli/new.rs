//! `eventc new`.

mod skeleton;

use std::collections::BTreeSet;

use clap::Args;

use super::{Failure, Outcome, Settings, did_you_mean, print, project};
use crate::dataset::{self, Selection};
use crate::schema::{self, Codebook};
use crate::source::{Disk, Files, World};
use crate::value::Identifier;
use crate::{spelling, table};

/// Write the skeleton of a record, with every key and what it means.
///
///   eventc new 2019-08-20-balad --dataset iraq-depot-strikes-2019
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct New {
    /// Id of the event; by convention its date and place.
    #[arg(value_name = "EVENT-ID")]
    id: String,
    /// Name of the dataset [default: the only one, or the one that the working directory lies in].
    #[arg(long, value_name = "NAME")]
    dataset: Option<String>,
}

impl New {
    pub(super) fn run(&self, settings: Settings) -> Result<Outcome, Failure> {
        let id = identifier(&self.id)?;
        let disk = project::find()?;
        let dataset = self.dataset(&disk)?;
        let mut files = Files::default();
        let codebook = table::without_clashes(schema::load(&disk, &mut files)?).codebook;
        refuse_second(&id, &dataset, &disk, &codebook, &mut files)?;
        let path = format!("datasets/{dataset}/events/{id}.yaml");
        disk.create_new(&[(&path, &skeleton::of(&id, &codebook))])?;
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

/// Reads the event's id; says what is wrong with it and what to write instead.
fn identifier(written: &str) -> Result<Identifier, Failure> {
    Identifier::parse(written).map_err(|error| {
        let near = Identifier::suggest(written).map(|near| format!("; write `{near}`"));
        Failure(format!("`{written}` cannot be an event's id: {error}{}", near.unwrap_or_default()))
    })
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

/// Refuses an id that the dataset has already, whatever the name of the file.
fn refuse_second(
    id: &Identifier,
    dataset: &str,
    disk: &Disk,
    codebook: &Codebook,
    files: &mut Files,
) -> Result<(), Failure> {
    let selection = Selection { datasets: vec![dataset.to_owned()] };
    let loaded = dataset::load(disk, codebook, &selection, files)?;
    let mut events = loaded.datasets.iter().flat_map(|dataset| &dataset.events);
    match events.find(|filed| filed.id() == id.as_str()) {
        Some(filed) => {
            let path = files.path(filed.file);
            Err(Failure(format!("there is an event `{id}` already, in `{path}`")))
        }
        None => Ok(()),
    }
}
