//! A YAML file that no part of a project is read from.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::form::Folder;

pub(super) static RULE: Rule = Rule {
    name: "unread-file",
    level: Level::Warning,
    page: include_str!("unread_file.md"),
    check: Check::Defect,
};

pub(super) fn words(within: Folder, place: DefectPlace<'_>) -> Diagnostic {
    let help = match within {
        Folder::Schema => {
            "a codebook is `schema/codebook.yaml`, and a code list is \
             `schema/codes/<list>.yaml`; rename the file, or move it elsewhere"
        }
        Folder::Dataset => {
            "a dataset has `dataset.yaml`, `actors.yaml`, `places.yaml` and `sources.yaml`, and its \
             events in `events/`; rename the file, or move it elsewhere"
        }
    };
    let found = place.finding(&RULE, "nothing is read from this file");
    found.label("not checked, and in no table").help(help)
}
