//! How a dataset is cited.

use crate::record::DatasetFile;

/// The citation that the dataset gives, or one from what it says of itself.
pub fn citation(dataset: &DatasetFile) -> String {
    if let Some(citation) = &dataset.citation {
        return citation.trim().to_owned();
    }
    let people: Vec<_> = dataset.people.iter().map(|person| &*person.name).collect();
    let authors = match people.split_last() {
        None => String::new(),
        Some((only, [])) => format!("{only}. "),
        Some((last, others)) => format!("{} and {last}. ", others.join(", ")),
    };
    let year = dataset.released.as_deref().and_then(|day| day.split('-').next());
    let year = year.map(|year| format!("{year}. ")).unwrap_or_default();
    let url = dataset.url.as_ref().map(|url| format!(" {url}")).unwrap_or_default();
    format!("{authors}{year}{}. Dataset, version {}.{url}", dataset.title, dataset.version)
}
