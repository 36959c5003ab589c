//! A file that no part of a project is read from.

use super::{Check, DefectPlace, Rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::form::Unread;

pub(super) static RULE: Rule = Rule {
    name: "unread-file",
    level: Level::Warning,
    page: include_str!("unread_file.md"),
    check: Check::Defect,
};

pub(super) fn diagnostic(unread: Unread, place: DefectPlace<'_>) -> Diagnostic {
    let (message, help) = words_of(unread);
    place.finding(&RULE, message).label("not checked, and in no table").help(help)
}

const fn words_of(unread: Unread) -> (&'static str, &'static str) {
    match unread {
        Unread::SchemaFile => (
            "nothing is read from this file",
            "a codebook is `schema/codebook.yaml`, and a code list is \
             `schema/codes/<list>.yaml`; rename the file, or move it elsewhere",
        ),
        Unread::DatasetFile => (
            "nothing is read from this file",
            "a dataset has `dataset.yaml`, `actors.yaml`, `places.yaml` and `sources.yaml`, and its \
             events in `events/`; rename the file, or move it elsewhere",
        ),
        Unread::Ending => (
            "nothing is read from this file, for its name does not end in `.yaml` or `.yml`",
            "rename it so that it ends in `.yaml`, in lower case and with nothing after it",
        ),
        Unread::Format => (
            "nothing is read from this file, for it is not YAML",
            "write its records as YAML in `events/`; what is no record goes outside `datasets/`",
        ),
        Unread::Hidden => (
            "nothing is read from this path, for it is hidden",
            "remove the dot at the beginning of its name, or move it outside the project's folders",
        ),
        Unread::Ignored => (
            "nothing is read from this path, for git ignores it",
            "take its pattern out of `.gitignore`, or move it outside `datasets/` and `schema/`",
        ),
        Unread::Outside => (
            "nothing is read from this folder",
            "records stand in `datasets/<dataset>/events/`; move them there",
        ),
    }
}
