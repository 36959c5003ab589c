//! The license of a dataset.

use serde_json::{Value, json};

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

/// The file with the license.
pub const LICENSE: &str = "LICENSE";

/// Where a license can be read.
fn address(license: spdx::LicenseId) -> String {
    format!("https://spdx.org/licenses/{}.html", license.name)
}
