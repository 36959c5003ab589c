//! How a dataset is cited, for people and in the Citation File Format.

use std::collections::BTreeSet;

use serde_json::json;

use super::license::spdx_id;
use crate::dataset::Dataset;
use crate::diagnostic::Printable;
use crate::record::DatasetFile;

/// The file that reference managers and repositories read.
pub const CITATION: &str = "CITATION.cff";

/// Where DOIs are resolved.
const DOI: &str = "https://doi.org/";

/// The citation that the dataset gives, or one from what it says of itself.
pub fn citation(dataset: &DatasetFile) -> String {
    if let Some(citation) = &dataset.citation {
        return on_one_line(citation);
    }
    let people = names(dataset);
    let authors = match people.split_last() {
        None => String::new(),
        Some((only, [])) => format!("{only}. "),
        Some((last, others)) => format!("{} and {last}. ", others.join(", ")),
    };
    let year = dataset.released.as_deref().and_then(|day| day.split('-').next());
    let year = year.map(|year| format!("{year}. ")).unwrap_or_default();
    let url = dataset.url.as_ref().map(|url| format!(" {url}")).unwrap_or_default();
    on_one_line(&format!(
        "{authors}{year}{}. Dataset, version {}.{url}",
        dataset.title, dataset.version
    ))
}

/// The people's names, each once: one may have several roles.
fn names(dataset: &DatasetFile) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let names = dataset.people.iter().map(|person| &*person.name);
    names.filter(|name| seen.insert(*name)).collect()
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The citation in the Citation File Format 1.2.0, which is YAML. A name is not split into given and
/// family name, so each is that of an `entity`; a work must have an author.
pub fn citation_file(dataset: &Dataset) -> String {
    let description = &dataset.description;
    let mut file = String::from("cff-version: 1.2.0\ntype: dataset\n");
    let mut line = |key: &str, text: &str| file.push_str(&format!("{key}: {}\n", scalar(text)));
    line("message", &format!("Please cite this dataset as: {}", citation(description)));
    line("title", &description.title);
    line("version", &description.version);
    let released = description.released.as_deref();
    released.into_iter().for_each(|day| line("date-released", day));
    let url = description.url.as_deref();
    match url.and_then(doi) {
        Some(doi) => line("doi", doi),
        None => url.into_iter().for_each(|url| line("url", url)),
    }
    description.repository.iter().for_each(|repository| line("repository-code", repository));
    spdx_id(&description.license).into_iter().for_each(|id| line("license", id));
    description.description.iter().for_each(|text| line("abstract", text));
    file.push_str("authors:\n");
    let unnamed = format!("Contributors to {}", description.title);
    let mut people = names(description);
    if people.is_empty() {
        people.push(&unnamed);
    }
    for name in people {
        file.push_str(&format!("  - name: {}\n", scalar(name)));
    }
    file
}

/// The DOI in an address, where it has the letters that the format admits.
fn doi(url: &str) -> Option<&str> {
    let doi = url.strip_prefix(DOI)?;
    let (prefix, suffix) = doi.split_once('/')?;
    let registrant = prefix.strip_prefix("10.")?;
    let digits = registrant.bytes().all(|byte| byte.is_ascii_digit());
    let plain = |c: char| c.is_ascii_alphanumeric() || ":/_;-.()[]\\".contains(c);
    let known = (4..=9).contains(&registrant.len()) && digits && !suffix.is_empty();
    (known && suffix.chars().all(plain)).then_some(doi)
}

/// A text on one line in the quotes of JSON, which are YAML's too, of characters that every reader takes.
fn scalar(text: &str) -> String {
    json!(Printable::whole(&on_one_line(text)).as_str()).to_string()
}
