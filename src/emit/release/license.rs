//! The license of a dataset.

use std::borrow::Cow;

use serde_json::{Value, json};

use crate::dataset::Dataset;
use crate::diagnostic::Printable;

/// The file with the license.
pub const LICENSE: &str = "LICENSE";

/// The texts of the licenses that open data has, by SPDX identifier. Others are too many to carry along:
/// a dataset with one of them brings its text.
static TEXTS: [(&str, &str); 8] = [
    ("CC-BY-4.0", include_str!("../../../templates/licenses/CC-BY-4.0.txt")),
    ("CC-BY-NC-4.0", include_str!("../../../templates/licenses/CC-BY-NC-4.0.txt")),
    ("CC-BY-NC-SA-4.0", include_str!("../../../templates/licenses/CC-BY-NC-SA-4.0.txt")),
    ("CC-BY-SA-4.0", include_str!("../../../templates/licenses/CC-BY-SA-4.0.txt")),
    ("CC0-1.0", include_str!("../../../templates/licenses/CC0-1.0.txt")),
    ("ODC-By-1.0", include_str!("../../../templates/licenses/ODC-By-1.0.txt")),
    ("ODbL-1.0", include_str!("../../../templates/licenses/ODbL-1.0.txt")),
    ("PDDL-1.0", include_str!("../../../templates/licenses/PDDL-1.0.txt")),
];

/// The text of the license: the file `LICENSE` of the dataset's own folder, the text of a license that
/// is known here, or else what the dataset calls it, and where that can be read.
pub fn license_text(dataset: &Dataset) -> Cow<'_, [u8]> {
    if let Some(own) = &dataset.license {
        return Cow::Borrowed(own);
    }
    let license = &dataset.description.license;
    if let Some((_, text)) = TEXTS.iter().find(|(id, _)| *id == &**license) {
        return Cow::Borrowed(text.as_bytes());
    }
    let name = Printable::new(license);
    let text = match spdx::license_id(license) {
        Some(known) => format!("{name}: {}\n{}\n", known.full_name, address(known)),
        None => format!("{name}\n"),
    };
    Cow::Owned(text.into_bytes())
}

/// The license as a data package names it: by its SPDX identifier, else by what `LICENSE` says.
pub fn licenses(license: &str) -> Value {
    match spdx::license_id(license) {
        Some(known) => json!([{
            "name": known.name,
            "title": known.full_name,
            "path": address(known),
        }]),
        None => json!([{ "title": license, "path": LICENSE }]),
    }
}

/// The license in Markdown that escapes nothing: its SPDX identifier, where it has one.
pub fn spdx_id(license: &str) -> Option<&'static str> {
    spdx::license_id(license).map(|known| known.name)
}

/// Where a license can be read.
fn address(license: spdx::LicenseId) -> String {
    format!("https://spdx.org/licenses/{}.html", license.name)
}
