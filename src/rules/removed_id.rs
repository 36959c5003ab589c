//! A published id, code or field that was removed or renamed.

use super::Rule;
use super::cause::{Cause, Effects};
use crate::dataset::{Change, GoneId, RevisedDataset};
use crate::diagnostic::Diagnostic;
use crate::record::Referent;
use crate::schema::{self, CodeList, Role};
use crate::source::{Location, Span};

rule!("removed-id", Warning, Change(check));

fn check(change: &Change<'_>, _: &[&Rule], causes: &mut Vec<Cause>) {
    for dataset in &change.datasets {
        causes.extend(dataset.gone.iter().filter_map(|gone| of_id(dataset, gone)));
    }
    let gone = change.before.datasets.iter();
    let gone = gone.filter(|dataset| change.after.dataset(&dataset.name).is_none());
    for dataset in gone {
        let Some(place) = somewhere(change) else { return };
        let message =
            format!("dataset `{}` with {} events was removed", dataset.name, dataset.events.len());
        let finding = Diagnostic::new(RULE.name, place, message);
        causes.push(Cause { finding: finding.help(KEEP), effects: Effects::None });
    }
    for role in Role::ALL {
        let (was, is) = (change.before.codebook.list(role), change.after.codebook.list(role));
        // A list that has two roles is reported once.
        let first = Role::ALL.into_iter().find(|other| {
            change.after.codebook.list(*other).name == is.name
                && change.before.codebook.list(*other).name == was.name
        });
        if first == Some(role) {
            of_list(change, was, is, causes);
        }
    }
    of_fields(change, causes);
}

/// Most removed codes of a list with a finding each; more have one cause and one finding.
const APART: usize = 10;

const KEEP: &str = "keep what was published, because others refer to it";

/// The finding about an id of a registry or an event.
fn of_id(dataset: &RevisedDataset<'_>, gone: &GoneId<'_>) -> Option<Cause> {
    let GoneId { referent, id, successor, is_draft, place } = *gone;
    let (what, rules): (_, &[_]) = match referent {
        Referent::Actor => {
            ("actor", &["misspelled-claimant", "unknown-actor", "unknown-reference"])
        }
        Referent::Place => ("place", &["unknown-reference"]),
        Referent::Source => ("source", &["unknown-reference"]),
        Referent::Event => ("event", &["unknown-reference"]),
        Referent::Subject => return None,
    };
    let finding = match successor {
        Some(successor) => {
            let message = format!("{what} `{id}` was renamed to `{successor}`");
            let finding = Diagnostic::new(RULE.name, place?, message).label(format!("was `{id}`"));
            finding.help(format!(
                "keep `{id}`, because others may refer to it; if it must go, write `{successor}` \
                 everywhere"
            ))
        }
        None if is_draft => {
            let message =
                format!("{what} `{id}` is a draft again, so the tables no longer have it");
            Diagnostic::new(RULE.name, place?, message).label("was finished").help(
                "keep what was published until the new record is finished, or say in the changelog \
                 of the dataset why it is withdrawn",
            )
        }
        None => {
            let message = format!("{what} `{id}` was removed");
            let label = format!("`{id}` was in this file or dataset");
            Diagnostic::new(RULE.name, place?, message).label(label).help(KEEP)
        }
    };
    let dataset = Some(dataset.after.dataset.name.clone());
    Some(Cause { finding, effects: Effects::Names { names: vec![id.to_owned()], dataset, rules } })
}

/// Adds findings about codes that a list no longer has.
fn of_list(change: &Change<'_>, was: &CodeList, is: &CodeList, causes: &mut Vec<Cause>) {
    if was.damaged || is.damaged {
        return;
    }
    let any = || somewhere(change);
    let mut nearest = own_place(change, is, is.location()).or_else(any);
    let mut gone = Vec::new();
    for entry in was.entries() {
        match is.find(&entry.code) {
            Some(left) => {
                nearest = own_place(change, is, is.entry(left).location).or_else(any);
            }
            None => gone.extend(nearest.map(|place| (entry.code.to_string(), place))),
        }
    }
    let together = if gone.len() > APART { gone.len() } else { 1 };
    for codes in gone.chunks(together) {
        let names: Vec<_> = codes.iter().map(|(code, _)| code.clone()).collect();
        let message = match &*names {
            [code] => format!("code `{code}` of `{}` was removed", was.name),
            [first, ..] => {
                format!(
                    "{} codes of `{}` were removed; the first is `{first}`",
                    names.len(),
                    was.name
                )
            }
            [] => continue,
        };
        let finding = Diagnostic::new(RULE.name, codes[0].1, message).help(
            "keep the code and add `replaced_by` or `valid`, because records elsewhere use it",
        );
        let rules = &["unknown-actor", "unknown-code"];
        causes.push(Cause { finding, effects: Effects::Names { names, dataset: None, rules } });
    }
}

/// Adds findings about fields that a codebook no longer declares.
fn of_fields(change: &Change<'_>, causes: &mut Vec<Cause>) {
    let (was, is) = (change.before.codebook, change.after.codebook);
    if is.lacks_fields {
        return;
    }
    let mut nearest = None;
    for field in was.all_fields() {
        if let Some(left) = is.fields(field.on).iter().find(|left| left.name == field.name) {
            nearest = Some(left.location);
            continue;
        }
        let place = nearest.or_else(|| codebook(change)).or_else(|| somewhere(change));
        let Some(place) = place.filter(|_| !is.is_unreadable(&field.name)) else { continue };
        let message = format!("field `{}` was removed", field.name);
        let finding = Diagnostic::new(RULE.name, place, message).help(
            "keep the field, because its column was published and records have values for it",
        );
        let rules = &["unknown-code", "unknown-key"];
        let effects = Effects::Names { names: vec![field.name.clone()], dataset: None, rules };
        causes.push(Cause { finding, effects });
    }
}

/// The place itself, if it is in a file of the project; else the beginning of the list, or of the
/// codebook.
pub(super) fn own_place(change: &Change<'_>, list: &CodeList, place: Location) -> Option<Location> {
    let is_own = |place: &Location| !schema::is_shipped(change.after.files.path(place.file));
    let or_start = || Some(list.location()).filter(is_own);
    Some(place).filter(is_own).or_else(or_start).or_else(|| codebook(change))
}

/// Where the project's codebook begins, if it has one.
pub(super) fn codebook(change: &Change<'_>) -> Option<Location> {
    let files = change.after.files;
    let file = files.ids().find(|file| files.path(*file) == "schema/codebook.yaml")?;
    Some(Location::new(file, Span::at(0)))
}

/// The beginning of some file of the project, for findings without a place of their own.
pub(super) fn somewhere(change: &Change<'_>) -> Option<Location> {
    let files = change.after.files;
    let described = change.after.datasets.iter().find_map(|dataset| dataset.description_file);
    let any = || files.ids().find(|file| !schema::is_shipped(files.path(*file)));
    let file = described.or_else(any).or_else(|| files.ids().next())?;
    Some(codebook(change).unwrap_or(Location::new(file, Span::at(0))))
}
