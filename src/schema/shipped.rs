//! The codebook and code lists that eventc ships.

use crate::source::{SourceText, World};

/// The shipped files: path under `schema/`, and text.
///
/// They are embedded so that a dataset without a `schema/` beside it works anywhere.
pub const SHIPPED: &[(&str, &str)] = &[
    ("codebook.yaml", include_str!("../../schema/codebook.yaml")),
    ("codes/admiralty.yaml", include_str!("../../schema/codes/admiralty.yaml")),
    ("codes/cameo.yaml", include_str!("../../schema/codes/cameo.yaml")),
    ("codes/country.yaml", include_str!("../../schema/codes/country.yaml")),
    ("codes/date-precision.yaml", include_str!("../../schema/codes/date-precision.yaml")),
    ("codes/facility.yaml", include_str!("../../schema/codes/facility.yaml")),
    ("codes/icd203.yaml", include_str!("../../schema/codes/icd203.yaml")),
    ("codes/location-precision.yaml", include_str!("../../schema/codes/location-precision.yaml")),
    ("codes/plover-events.yaml", include_str!("../../schema/codes/plover-events.yaml")),
    ("codes/plover.yaml", include_str!("../../schema/codes/plover.yaml")),
    ("codes/relation.yaml", include_str!("../../schema/codes/relation.yaml")),
    ("codes/sector.yaml", include_str!("../../schema/codes/sector.yaml")),
    ("codes/source-reliability.yaml", include_str!("../../schema/codes/source-reliability.yaml")),
];

/// Where the shipped files stand among the files of a run. No project can have such a folder,
/// because the paths of a project's files do not begin with `<`.
const FOLDER: &str = "<eventc>/schema/";

/// The path under which a shipped file is named in messages.
pub(super) fn shipped_path(name: &str) -> String {
    format!("{FOLDER}{name}")
}

/// Whether a file of a run is a shipped one: by the path that messages give it.
pub fn is_shipped(path: &str) -> bool {
    path.starts_with(FOLDER)
}

/// The names of the shipped code lists.
pub fn shipped_lists() -> impl Iterator<Item = &'static str> {
    let lists = SHIPPED.iter().filter_map(|(path, _)| path.strip_prefix("codes/"));
    lists.filter_map(|name| name.strip_suffix(".yaml"))
}

/// The text of a file of a run, shipped or of the project, by the path that messages give it;
/// `None` where it cannot be read any more.
pub fn text_of(world: &dyn World, path: &str) -> Option<String> {
    if let Some(name) = path.strip_prefix(FOLDER) {
        return shipped(name).map(str::to_owned);
    }
    Some(SourceText::decode(world.read(path).ok()??).text)
}

/// The text of a shipped file: by its path under `schema/`.
pub(super) fn shipped(name: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Disk;

    #[test]
    fn every_file_of_the_schema_folder_is_shipped() {
        let on_disk = Disk::new(env!("CARGO_MANIFEST_DIR").into()).files("schema").unwrap();
        let shipped: Vec<_> = SHIPPED.iter().map(|(name, _)| format!("schema/{name}")).collect();
        assert_eq!(on_disk, shipped);
    }
}
