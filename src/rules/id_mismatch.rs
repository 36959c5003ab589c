//! A file or folder that does not have the name of its event or dataset.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::gathered::Gathered;
use crate::dataset::{Binding, EventSummary, split_coder};
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::Location;
use crate::value::Identifier;
use crate::{spelling, syntax};

rule!(
    "id-mismatch",
    Error,
    Registries(check_names),
    across(check_coders, "the id {} ends in the name of a coder")
);

fn check_names(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let dataset = binding.dataset;
    if let (Some(id), Some(file)) = (&dataset.description.dataset, dataset.description_file)
        && id.value.as_str() != dataset.name
    {
        let place = Location::new(file, id.span);
        let message = format!("the dataset `{}` is in the folder `{}`", id.value, dataset.name);
        let found_here = Diagnostic::new(RULE.name, place, message).label("not the folder's name");
        found.push(renamed(found_here, id.value.as_str(), &dataset.name, "folder", place));
    }
    for filed in dataset.events.iter().filter(|filed| !filed.id().is_empty()) {
        // A copied file with its old id is reported as a duplicate.
        let is_only = |_: &Diagnostic| {
            let alike =
                dataset.events_of(filed.id()).filter(|other| other.coder() == filed.coder());
            alike.take(2).count() == 1
        };
        found.extend(misnamed(filed).filter(is_only));
        found.extend(of_another_coder(filed));
        found.extend(own_coder(filed).map(|coder| with_coder_in_id(filed, coder)));
    }
}

fn check_coders(binding: Binding<'_>, _: &Gathered<'_>, found: &mut Vec<Diagnostic>) {
    let dataset = binding.dataset;
    let coders: BTreeSet<_> = dataset.events.iter().flat_map(EventSummary::coders).collect();
    for filed in dataset.events.iter().filter(|filed| own_coder(filed).is_none()) {
        let is_known = |coder: &(&str, &str)| {
            let (id, coder) = *coder;
            coders.contains(coder) || dataset.event(id).is_some()
        };
        let coder = split_coder(filed.id()).filter(is_known);
        found.extend(coder.map(|coder| with_coder_in_id(filed, coder)));
    }
}

/// The only event of a file with another name.
fn misnamed(filed: &EventSummary) -> Option<Diagnostic> {
    let stem = filed.stem()?;
    if filed.coder().is_some() {
        return None;
    }
    let message = format!("the event `{}` is in a file named `{stem}`", filed.id());
    let found = Diagnostic::new(RULE.name, filed.location(), message).label("not the file's name");
    Some(renamed(found, filed.id(), stem, "file", filed.location()))
}

/// Either the id or the name of the file or folder is wrong. Only the id can be fixed here, and only if
/// one is a slip of the other.
fn renamed(found: Diagnostic, id: &str, name: &str, what: &str, place: Location) -> Diagnostic {
    let found = found.help(format!("rename the {what}, or change the id if that is the slip"));
    if Identifier::parse(name).is_err() || !spelling::is_slip(id, name) {
        return found;
    }
    found.fix(
        Fix::guess(format!("did you mean `{name}`?")).replace(place, syntax::text_scalar(name)),
    )
}

/// A second coder's record whose `coding` names another coder or none.
fn of_another_coder(filed: &EventSummary) -> Option<Diagnostic> {
    let coder = filed.coder()?;
    let by = filed.coded_by.as_ref();
    let message = format!("the file's name says that `{coder}` coded `{}`", filed.id());
    let found = |place| Diagnostic::new(RULE.name, place, message);
    let help = format!(
        "write `coding: {{by: {coder}}}`, or name the file `{}.<coder>.yaml` after its coder",
        filed.id()
    );
    match by {
        Some(by) if by.value.nfc().eq(coder.chars()) => None,
        Some(by) => {
            let place = Location::new(filed.file, by.span);
            Some(found(place).label("another coder").help(help))
        }
        None if !filed.intact => None,
        None => Some(found(filed.location()).label("`coding` names no coder").help(help)),
    }
}

/// The event and its own coder, where both stand in the id of a record.
fn own_coder(filed: &EventSummary) -> Option<(&str, &str)> {
    let by = filed.coded_by.as_ref()?;
    let id = filed.id().strip_suffix(&*by.value)?.strip_suffix('.')?;
    Some((id, &by.value))
}

/// A record whose id is the name of a coder's file: its own coder ends it, or one that the dataset has,
/// or what stands before is another event.
fn with_coder_in_id(filed: &EventSummary, (id, coder): (&str, &str)) -> Diagnostic {
    let message = format!("the id `{}` ends in the name of a coder", filed.id());
    let found = Diagnostic::new(RULE.name, filed.location(), message).label("another event");
    found.help(format!("write `id: {id}`: only the file is named `{id}.{coder}.yaml`"))
}
