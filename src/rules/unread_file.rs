//! A file in the project that eventc does not read.

use super::DefectPlace;
use crate::diagnostic::Diagnostic;
use crate::form::Unread;

rule!("unread-file", Warning, Defect);

pub(super) fn diagnostic(unread: Unread, place: DefectPlace<'_>) -> Diagnostic {
    let (message, help) = words_of(unread);
    place.finding(&RULE, message).label("not checked and not in the tables").help(help)
}

const fn words_of(unread: Unread) -> (&'static str, &'static str) {
    match unread {
        Unread::SchemaFile => (
            "this file is not read",
            "a codebook is `schema/codebook.yaml`, and a code list is \
             `schema/codes/<list>.yaml`; rename the file, or move it elsewhere",
        ),
        Unread::DatasetFile => (
            "this file is not read",
            "a dataset has `dataset.yaml`, `actors.yaml`, `places.yaml` and `sources.yaml`, or folders \
             `actors/`, `places/` and `sources/`, and its events in `events/`; rename the file, or \
             move it elsewhere",
        ),
        Unread::Ending => (
            "this file is not read, because its name does not end in `.yaml` or `.yml`",
            "rename it so that it ends in `.yaml`, in lower case and with nothing after it",
        ),
        Unread::Format => (
            "this file is not read, because it is not YAML",
            "write records as YAML, and move other files out of `datasets/`",
        ),
        Unread::Hidden => (
            "this path is not read, because it is hidden",
            "remove the dot at the beginning of its name, or move it out of the project's folders",
        ),
        Unread::Ignored => (
            "this path is not read, because git ignores it",
            "remove its pattern from `.gitignore`, or move it out of `datasets/` and `schema/`",
        ),
        Unread::Outside => {
            ("this folder is not read", "move its records to `datasets/<dataset>/events/`")
        }
    }
}
