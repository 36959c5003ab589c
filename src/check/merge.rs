//! Putting the shards of datasets together.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::checked::Checked;
use crate::dataset::{Dataset, Shard};
use crate::emit::{ShardLabel, Shards};
use crate::source::{Disk, Files, ReadError};
use crate::verify::{Manifest, Release};

/// Why shards cannot be put together.
#[derive(Debug, Error)]
pub enum MergeError {
    /// A folder is no shard.
    #[error("`{0}` is no shard of the dataset `{1}`: {2}")]
    NoShard(String, String, String),
    /// Two shards are not of one build.
    #[error("`{one}` and `{other}` are shards of two builds: {why}")]
    TwoBuilds {
        /// A shard.
        one: String,
        /// Another.
        other: String,
        /// What differs.
        why: String,
    },
    /// Two folders are the same shard.
    #[error("`{0}` and `{1}` are both shard {2} of the dataset `{3}`")]
    Doubled(String, String, Shard, String),
    /// Some shards are not there.
    #[error("these shards of the dataset `{0}` are missing: {1}")]
    Missing(String, String),
    /// The project is not the one that the shards were built from.
    #[error("the project is not as it was when `{0}` was built: {1}")]
    OtherProject(String, &'static str),
}

/// A shard that was verified.
struct Verified {
    folder: PathBuf,
    label: ShardLabel,
    commit: Option<String>,
}

impl Verified {
    fn shown(&self) -> String {
        self.folder.display().to_string()
    }

    /// What another shard has otherwise that is of the same build.
    fn other(&self, other: &Self) -> Option<String> {
        let (one, two) = (&self.label, &other.label);
        let commit = |of: &Self| of.commit.clone().unwrap_or_else(|| "none".to_owned());
        if one.of != two.of {
            Some(format!("one is of {} shards, the other of {}", one.of, two.of))
        } else if one.codebook != two.codebook {
            Some("their codebooks differ".to_owned())
        } else if one.records != two.records {
            Some("the files of the dataset differ".to_owned())
        } else if one.with_restricted != two.with_restricted {
            Some("only one has what is restricted".to_owned())
        } else if self.commit != other.commit {
            Some(format!("their commits are {} and {}", commit(self), commit(other)))
        } else {
            None
        }
    }
}

/// Finds, for each dataset of a checked project, its shards in some folders, of which a build takes what events say.
///
/// # Errors
/// When they are not all shards of one build of the project, each once.
pub fn merge(
    checked: &mut Checked,
    folders: &[PathBuf],
    with_restricted: bool,
) -> Result<(), MergeError> {
    let Checked { datasets, files, shards, .. } = checked;
    for dataset in datasets {
        let verified = verified(&dataset.name, folders)?;
        let of = require_all(dataset, &verified)?;
        require_project(dataset, files, &verified[&1], with_restricted)?;
        let folders: Vec<_> = verified.into_values().map(|shard| Disk::new(shard.folder)).collect();
        let open = move |number: u32, name: &str| {
            let disk = folders.get(number as usize - 1).ok_or(io::ErrorKind::NotFound)?;
            let file = disk.open_file(name).map_err(io::Error::other)?;
            file.ok_or_else(|| io::ErrorKind::NotFound.into())
        };
        shards.insert(dataset.name.clone(), Shards::new(of, open));
    }
    Ok(())
}

/// The shards of a dataset in some folders, by number: all of one build.
fn verified(dataset: &str, folders: &[PathBuf]) -> Result<BTreeMap<u32, Verified>, MergeError> {
    let mut all: BTreeMap<u32, Verified> = BTreeMap::new();
    for folder in folders {
        let shard = verify(&folder.join(dataset), dataset)?;
        if let Some(first) = all.values().next()
            && let Some(why) = first.other(&shard)
        {
            let (one, other) = (first.shown(), shard.shown());
            return Err(MergeError::TwoBuilds { one, other, why });
        }
        let (number, of) = (shard.label.number, shard.label.of);
        if let Some(first) = all.get(&number) {
            let (one, two) = (first.shown(), shard.shown());
            return Err(MergeError::Doubled(one, two, Shard { number, of }, dataset.to_owned()));
        }
        all.insert(number, shard);
    }
    Ok(all)
}

/// The shard in a folder, if it is whole.
fn verify(folder: &Path, dataset: &str) -> Result<Verified, MergeError> {
    let no_shard =
        |why: String| MergeError::NoShard(folder.display().to_string(), dataset.to_owned(), why);
    let release = Release::verify(&Disk::new(folder.to_owned()));
    let Release { manifest, report, .. } =
        release.map_err(|ReadError { path, reason }| no_shard(format!("{path}: {reason}")))?;
    if !report.is_clean() {
        return Err(no_shard(report.lines().next().unwrap_or_default()));
    }
    let Manifest { shard, commit, .. } = manifest;
    let label = shard.ok_or_else(|| no_shard("`build --shard` did not write it".to_owned()))?;
    if Shard::new(label.number, label.of).is_none() {
        return Err(no_shard(format!("there is no shard {}/{}", label.number, label.of)));
    }
    Ok(Verified { folder: folder.to_owned(), label, commit })
}

/// Most numbers of missing shards that a message lists.
const SHOWN: usize = 8;

/// How many shards there are, if none is missing.
fn require_all(dataset: &Dataset, shards: &BTreeMap<u32, Verified>) -> Result<u32, MergeError> {
    let of = shards.values().next().map_or(1, |shard| shard.label.of);
    let missing: Vec<_> = (1..=of).filter(|number| !shards.contains_key(number)).collect();
    if missing.is_empty() {
        return Ok(of);
    }
    let mut listed: Vec<_> =
        missing.iter().take(SHOWN).map(|number| format!("{number}/{of}")).collect();
    if let more @ 1.. = missing.len().saturating_sub(SHOWN) {
        listed.push(format!("and {more} others"));
    }
    Err(MergeError::Missing(dataset.name.clone(), listed.join(", ")))
}

/// Refuses a project that is not the one that a shard was built from.
fn require_project(
    dataset: &Dataset,
    files: &Files,
    shard: &Verified,
    with_restricted: bool,
) -> Result<(), MergeError> {
    let ShardLabel { number, of, .. } = shard.label;
    let own = ShardLabel::new(Shard { number, of }, dataset, files, with_restricted);
    let why = if own.codebook != shard.label.codebook {
        "its codebook, or eventc, is another"
    } else if own.records != shard.label.records {
        "the files of the dataset differ"
    } else if own.with_restricted != shard.label.with_restricted {
        "`--with-restricted` must be given for all shards and for the merge, or for none"
    } else {
        return Ok(());
    };
    Err(MergeError::OtherProject(shard.shown(), why))
}
