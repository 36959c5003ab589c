//! Judging a change by the rules that held before it, so that it cannot weaken its own check.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Caused, Checked, Compared, LevelsOf, caused, lines};
use crate::dataset::Selection;
use crate::diagnostic::{Comparison, Diagnostic, Findings};
use crate::schema;
use crate::source::{FileId, Files, Listed, ReadError, World};

/// Says why a finding is made that the project itself would not have.
const WHY: &str = "this is judged by the codebook, lists and `levels` as they were before this change; \
                   if they should change, merge that first";

/// Compares as [`super::compare`] does, and adds what the change would cause under the codebook, the lists and
/// the `levels` of the project as it was, if there was one.
///
/// # Errors
/// When a file or folder of either cannot be read.
pub fn compare_by_base(
    before: &dyn World,
    after: &dyn World,
    selection: &Selection,
) -> Result<Compared, ReadError> {
    let was = super::check(before, selection)?;
    let mut own = caused((before, &was), after, selection, LevelsOf::After)?;
    let had_project = !(before.files("datasets")?.is_empty() && before.files("schema")?.is_empty());
    if had_project {
        let world = WithSchemaOf { schema: before, records: after };
        let by_base = caused((before, &was), &world, selection, LevelsOf::Before)?.after;
        add_worse((&mut own.after, after), (by_base, &world));
    }
    let Caused { resolved, after, unchanged } = own;
    Ok(Compared { before: Checked { findings: resolved, ..was }, after, unchanged })
}

/// Adds to the findings of a project those that are worse, or made only, under the base.
fn add_worse((own, world): (&mut Checked, &dyn World), (by_base, base): (Checked, &dyn World)) {
    let files = &by_base.files;
    let Comparison { new: worse, .. } = Comparison::new(own.findings.clone(), by_base.findings)
        .by_place(&mut lines(world, &own.files, &own.files), &mut lines(base, files, files));
    let worse = known_in(worse, files, &own.files);
    let prints: BTreeSet<_> = worse.fingerprinted().map(|(print, _)| print).collect();
    own.findings.retain(|print, _| !prints.contains(&print));
    own.findings = std::mem::take(&mut own.findings).with(worse, &own.files);
}

/// A project whose codebook and lists are those of another.
struct WithSchemaOf<'w> {
    schema: &'w dyn World,
    records: &'w dyn World,
}

impl WithSchemaOf<'_> {
    fn of(&self, path: &str) -> &dyn World {
        if is_of_schema(path) { self.schema } else { self.records }
    }
}

/// Whether a path is the folder of the codebook and its lists, or in it.
fn is_of_schema(path: &str) -> bool {
    path.split('/').next() == Some("schema")
}

impl World for WithSchemaOf<'_> {
    fn list(&self, folder: &str) -> Result<Vec<Listed>, ReadError> {
        self.of(folder).list(folder)
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.of(path).read(path)
    }

    fn today(&self) -> NaiveDate {
        self.records.today()
    }
}

/// The findings of a run in the files of another, which has the same records. What a finding says of
/// the schema is left out, because the other run has its own.
fn known_in(mut findings: Findings, files: &Files, other: &Files) -> Findings {
    let ids: BTreeMap<_, _> = other.ids().map(|file| (other.path(file), file)).collect();
    let known = |file: &mut FileId| {
        let path = files.path(*file);
        let id = ids.get(path).filter(|_| !schema::is_shipped(path) && !is_of_schema(path));
        *file = *id.unwrap_or(file);
        id.is_some()
    };
    findings.retain(|_, finding| known(&mut finding.location.file.clone()));
    for finding in findings.iter_mut() {
        let Diagnostic { location, labels, help, fix, .. } = finding;
        known(&mut location.file);
        labels.retain_mut(|label| known(&mut label.location.file));
        let edits = fix.iter_mut().flat_map(|fix| &mut fix.edits);
        if !edits.map(|edit| &mut edit.location.file).all(known) {
            *fix = None;
        }
        help.push(WHY.into());
    }
    findings
}
