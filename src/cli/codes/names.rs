//! What words mean beside the codes of lists: entries of registries, and composite actor codes.

use serde_json::{Value, json};

use crate::dataset::{Dataset, Registry, RegistryEntry, Selection, load_registries};
use crate::schema::{self, CodeRef, Codebook, Composite, Role, Sought};
use crate::source::{Files, LineIndex, Location, World};
use crate::spelling;
use crate::value::ActorCode;

/// An entry of a registry.
pub(super) struct Entry {
    /// What it is: an actor, a place or a source.
    pub(super) kind: &'static str,
    pub(super) id: String,
    /// Its names, the first one that it goes by; a source's publisher and title.
    pub(super) names: Vec<String>,
    /// The path and line that it stands in.
    pub(super) path: String,
    pub(super) line: u32,
}

/// A composite actor code that is looked for, or that words mean.
pub(super) struct Explained<'l> {
    pub(super) code: String,
    pub(super) name: String,
    /// Each group with the code that it is; `None` where no list has it.
    pub(super) groups: Vec<(String, Option<CodeRef<'l>>)>,
}

/// The entries of all registries whose id or names have every word; without one, those with a name
/// near the words. None where the project cannot be read.
pub(super) fn entries(codebook: &Codebook, world: &dyn World, words: &str) -> Vec<Entry> {
    let mut files = Files::default();
    let all = Selection::default();
    let datasets = load_registries(world, codebook, &all, &mut files);
    let datasets = datasets.unwrap_or_default();
    let mut entries: Vec<_> =
        datasets.iter().flat_map(|dataset| entries_of(dataset, &files, world)).collect();
    let sought = Sought::new(words);
    let texts =
        |entry: &Entry| -> Vec<String> { entry.names.iter().chain([&entry.id]).cloned().collect() };
    let fits = |entry: &Entry| sought.are_in(texts(entry).iter().map(String::as_str));
    if entries.iter().any(&fits) {
        entries.retain(fits);
        return entries;
    }
    let known: Vec<_> = entries.iter().flat_map(texts).collect();
    let near = spelling::closest(words, known.iter().map(String::as_str));
    entries.retain(|entry| near.is_some_and(|near| texts(entry).iter().any(|one| one == near)));
    entries
}

/// What a composite code of several groups says; or the one of a country and a sector, if the words
/// are the names of both.
pub(super) fn explain<'l>(codebook: &'l Codebook, words: &str) -> Option<Explained<'l>> {
    let code = match Composite::decode(words, codebook) {
        Ok(_) => words.to_owned(),
        Err(_) => compose(codebook, words)?,
    };
    let composite = Composite::decode(&code, codebook).ok()?;
    let groups: Vec<_> = ActorCode::parse(&code).ok()?.groups().map(str::to_owned).collect();
    if groups.len() < 2 {
        return None;
    }
    let of_role = |role, code| CodeRef { list: codebook.list(role), code };
    let country = Some(of_role(Role::Country, composite.country));
    let sector = composite.sector.map(|code| of_role(Role::Sector, code));
    let known = [country].into_iter().chain(sector.map(Some)).chain(std::iter::repeat(None));
    let groups = groups.into_iter().zip(known).collect();
    Some(Explained { name: composite.name(codebook), groups, code })
}

/// The composite code of words such as `Syrian army` or `government of Syria`.
fn compose(codebook: &Codebook, words: &str) -> Option<String> {
    let words: Vec<_> =
        words.split_whitespace().filter(|word| !matches!(*word, "of" | "the")).collect();
    let (countries, sectors) = (codebook.list(Role::Country), codebook.list(Role::Sector));
    let pair = |country: &[&str], sector: &[&str]| {
        let country = schema::only_code_meant(countries, &country.join(" "))?;
        let sector = schema::code_known_as(sectors, &sector.join(" "))?;
        let (country, sector) = (countries.entry(country), sectors.entry(sector));
        Some(format!("{}{}", country.code, sector.code))
    };
    (1..words.len().min(MOST_WORDS)).find_map(|at| {
        let (first, second) = words.split_at(at);
        pair(first, second).or_else(|| pair(second, first))
    })
}

/// Most words that are taken apart: no country and sector have more.
const MOST_WORDS: usize = 10;

fn entries_of(dataset: &Dataset, files: &Files, world: &dyn World) -> Vec<Entry> {
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    let mut all =
        of_registry("actor", &dataset.actors, files, world, |actor| owned(actor.names().collect()));
    all.extend(of_registry("place", &dataset.places, files, world, |place| {
        owned(place.names().collect())
    }));
    all.extend(of_registry("source", &dataset.sources, files, world, |source| {
        owned(source.publisher.iter().chain(&source.title).map(|text| &**text).collect())
    }));
    all
}

fn of_registry<T>(
    kind: &'static str,
    registry: &Registry<T>,
    files: &Files,
    world: &dyn World,
    names: impl Fn(&T) -> Vec<String>,
) -> Vec<Entry> {
    let mut last = None;
    let mut line_of = |place: Location| {
        let path = files.path(place.file).to_owned();
        if last.as_ref().is_none_or(|(file, _)| *file != place.file) {
            let text = schema::text_of(world, &path).unwrap_or_default();
            last = Some((place.file, LineIndex::new(&text)));
        }
        let line = last.as_ref().map_or(1, |(_, lines)| lines.line(place.span.start));
        (path, line)
    };
    let entry = |of: &RegistryEntry<T>| {
        let (path, line) = line_of(of.location());
        Entry { kind, id: of.id.value.to_string(), names: names(&of.entry), path, line }
    };
    registry.entries().iter().map(entry).collect()
}

/// An entry as programs read it.
pub(super) fn json_of_entry(entry: &Entry) -> Value {
    json!({
        "kind": entry.kind,
        "id": entry.id,
        "names": entry.names,
        "file": entry.path,
        "line": entry.line,
    })
}

/// A composite code as programs read it.
pub(super) fn json_of_composite(explained: &Explained<'_>) -> Value {
    let groups = explained.groups.iter().map(|(group, code)| {
        json!({
            "code": group,
            "label": code.map(|code| &code.entry().label),
            "list": code.map(|code| &code.list.name),
        })
    });
    json!({
        "code": explained.code,
        "label": explained.name,
        "groups": groups.collect::<Vec<_>>(),
    })
}
