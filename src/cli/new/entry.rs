//! `eventc new actor`, `new place` and `new source`.

use clap::{Args, Subcommand};

use crate::cli::{Failure, Outcome, Settings, print, project};
use crate::dataset::{self, Dataset, Proposal, Registry, RegistryEntry, SERIES, Selection};
use crate::diagnostic::{Diagnostic, Level};
use crate::record::{Actor, Place, SourceEntry};
use crate::schema::{self, Codebook, Composite, Role};
use crate::source::{Change, Disk, Files, LineIndex, Memory, SourceText, World};
use crate::value::{Identifier, holds_name, look_alike_key, name_key, url_key};
use crate::{check, fix, spelling, table};

/// What to add to a registry.
#[derive(Debug, Subcommand)]
pub(super) enum Entry {
    /// Add an actor to its registry, under an id made from its name or one of your own.
    ///
    ///   eventc new actor "Government of Syria"
    ///   eventc new actor pmf --name "Popular Mobilization Forces"
    #[command(verbatim_doc_comment, arg_required_else_help = true)]
    Actor(NewNamed),
    /// Add a place to its registry, under an id made from its name or one of your own.
    ///
    ///   eventc new place "Balad air base"
    ///   eventc new place balad-syria --name Balad
    #[command(verbatim_doc_comment, arg_required_else_help = true)]
    Place(NewNamed),
    /// Add a source to its registry, under an id made from its address or one of your own.
    ///
    ///   eventc new source ADDRESS-OF-A-REPORT
    ///   eventc new source bbc-2019-08-26
    #[command(verbatim_doc_comment, arg_required_else_help = true)]
    Source(Published),
}

/// An actor or a place.
#[derive(Args, Debug)]
pub(super) struct NewNamed {
    /// Its name, or its id.
    #[arg(value_name = "NAME-OR-ID", required = true)]
    what: Vec<String>,
    /// Its name, where an id is given.
    #[arg(long)]
    name: Option<String>,
}

/// A source.
#[derive(Args, Debug)]
pub(super) struct Published {
    /// Its address, or its id.
    #[arg(value_name = "URL-OR-ID")]
    what: String,
    /// Its address, where an id is given.
    #[arg(long)]
    url: Option<String>,
}

/// The id and name of an actor or place, and what is to be said of them.
struct Named {
    id: String,
    name: String,
    notes: Vec<String>,
}

/// A dataset on disk that an entry is added to.
struct Target<'t> {
    disk: &'t Disk,
    files: &'t Files,
    codebook: &'t Codebook,
    dataset: &'t Dataset,
}

/// An entry to write, and what is to be said beside it.
struct Addition {
    entry: Proposal,
    /// Keys that such an entry should have, if they are known.
    wanted: &'static [&'static str],
    /// Whether its id stands in place of its name.
    is_unnamed: bool,
    notes: Vec<String>,
}

impl Entry {
    /// Adds the entry to a dataset, and prints it.
    pub(super) fn run(
        &self,
        disk: &Disk,
        dataset: &str,
        settings: Settings,
    ) -> Result<Outcome, Failure> {
        let mut files = Files::default();
        let codebook = table::without_clashes(schema::load(disk, &mut files)?).codebook;
        let selection = Selection::of_dataset(dataset);
        let loaded = dataset::load_registries(disk, &codebook, &selection, &mut files)?;
        let Some(dataset) = loaded.first() else {
            return Err(Failure(format!("the dataset `{dataset}` has no `dataset.yaml`")));
        };
        let target = Target { disk, files: &files, codebook: &codebook, dataset };
        let addition = match self {
            Self::Actor(actor) => target.actor(actor)?,
            Self::Place(place) => target.place(place)?,
            Self::Source(source) => target.source(source)?,
        };
        target.write(&addition, settings)?;
        Ok(Outcome::Clean)
    }
}

impl Target<'_> {
    fn actor(&self, named: &NewNamed) -> Result<Addition, Failure> {
        let what = named.what.join(" ");
        let composite = Composite::decode(&what, self.codebook).ok();
        if let Some(code) = composite.filter(|_| named.name.is_none()) {
            let name = code.name(self.codebook);
            return Err(Failure(format!("`{what}` is a code and needs no entry: {name}")));
        }
        let actors = &self.dataset.actors;
        let names = |actor: &'_ Actor| actor.names().map(str::to_owned).collect();
        let Named { id, name, mut notes } = self.named("actor", actors, named, &names)?;
        self.refuse_other(&id, "place", &self.dataset.places)?;
        let countries = self.codebook.list(Role::Country);
        if let Some(code) = schema::code_known_as(countries, &name) {
            let code = &countries.entry(code).code;
            notes.push(format!("the country itself needs no entry: it is `{code}`"));
        }
        let is_unnamed = id == name;
        let entry = Proposal::actor(actors, id, Some(&name));
        Ok(Addition { entry, wanted: &["name", "country", "sector"], is_unnamed, notes })
    }

    fn place(&self, named: &NewNamed) -> Result<Addition, Failure> {
        let places = &self.dataset.places;
        let names = |place: &'_ Place| place.names().map(str::to_owned).collect();
        let Named { id, name, notes } = self.named("place", places, named, &names)?;
        self.refuse_other(&id, "actor", &self.dataset.actors)?;
        let is_unnamed = id == name;
        let entry = Proposal::place(places, id, Some(&name));
        let wanted = &["name", "country", "latitude", "longitude", "gazetteer"];
        Ok(Addition { entry, wanted, is_unnamed, notes })
    }

    fn source(&self, published: &Published) -> Result<Addition, Failure> {
        let (sources, what) = (&self.dataset.sources, &published.what);
        let parsed = Identifier::parse(what);
        let (id, url) = match &published.url {
            Some(url) => (identifier(what)?, Some(url)),
            None if parsed.is_ok() && !what.starts_with("www.") => (what.clone(), None),
            None => {
                let id = dataset::source_id(sources, what).filter(|_| what.contains("://"));
                let neither = || {
                    let words = "is neither an id nor an address, such as `https://example.org/a`";
                    Failure(format!("`{what}` {words}"))
                };
                (id.ok_or_else(neither)?, Some(what))
            }
        };
        self.free("source", sources, &id, |source| source.publisher.as_deref().map(str::to_owned))?;
        let mut notes: Vec<_> = self.like(&id, sources).into_iter().collect();
        let is_page = |url: &String, other: &RegistryEntry<SourceEntry>| {
            other.entry.url.as_deref().is_some_and(|other| url_key(other) == url_key(url))
        };
        let same = url.and_then(|url| sources.entries().iter().find(|one| is_page(url, one)));
        if let Some(same) = same {
            let known =
                format!("`{}` has this address, in `{}`", same.id.value, self.place_of(same));
            if published.url.is_none() {
                let way = "eventc new source ID --url URL";
                return Err(Failure(format!("{known}; if it is another, give it an id: `{way}`")));
            }
            notes.push(format!("{known}; {}", distinct(&same.id.value)));
        }
        let entry = Proposal::source(sources, id, url.map(String::as_str), None);
        let wanted = match url {
            Some(_) => &["date", "title"][..],
            None => &["publisher", "url", "date", "title"],
        };
        Ok(Addition { entry, wanted, is_unnamed: false, notes })
    }

    /// The id and name that are asked for, and what is to be said of them.
    fn named<T>(
        &self,
        kind: &str,
        registry: &Registry<T>,
        asked: &NewNamed,
        names: &dyn Fn(&T) -> Vec<String>,
    ) -> Result<Named, Failure> {
        let what = asked.what.join(" ");
        let (id, name) = match &asked.name {
            Some(name) => (identifier(&what)?, name.clone()),
            None if Identifier::parse(&what).is_ok() => (what.clone(), what),
            None => match Identifier::suggest(&what) {
                Some(id) => (id, what),
                None => {
                    let way = format!("eventc new {kind} ID --name NAME");
                    return Err(Failure(format!("no id can be made of `{what}`: use `{way}`")));
                }
            },
        };
        let first = |entry: &T| names(entry).into_iter().next();
        self.free(kind, registry, &id, first)?;
        let mut notes = Vec::new();
        let keys = |name: &str| [name_key(name), look_alike_key(name)];
        let [key, looks] = keys(&name);
        let is_same = |other: &String| {
            let [other_key, other_looks] = keys(other);
            other_key == key || other_looks == looks
        };
        let mut entries = registry.entries().iter();
        if let Some(same) = entries.find(|entry| names(&entry.entry).iter().any(is_same)) {
            let known = format!("`{}` has this name, in `{}`", same.id.value, self.place_of(same));
            if asked.name.is_none() {
                let way = format!("eventc new {kind} ID --name NAME");
                return Err(Failure(format!("{known}; if it is another, give it an id: `{way}`")));
            }
            notes.push(format!("{known}; {}", distinct(&same.id.value)));
        } else {
            let known: Vec<_> = registry
                .entries()
                .iter()
                .flat_map(|entry| names(&entry.entry).into_iter().map(move |name| (name, entry)))
                .collect();
            let near = spelling::closest(&name, known.iter().map(|(name, _)| name.as_str()));
            let near = known.iter().find(|(name, _)| Some(name.as_str()) == near);
            let near = near.or_else(|| known.iter().find(|(known, _)| holds_name(known, &name)));
            let near = near.map(|(name, entry)| {
                let (id, place) = (&entry.id.value, self.place_of(entry));
                format!("`{id}` has a name like it, `{name}`, in `{place}`: is it the same?")
            });
            notes.extend(near.or_else(|| self.like(&id, registry)));
        }
        Ok(Named { id, name, notes })
    }

    /// Refuses an id that a registry has, or may have in text that cannot be read.
    fn free<T>(
        &self,
        kind: &str,
        registry: &Registry<T>,
        id: &str,
        name: impl Fn(&T) -> Option<String>,
    ) -> Result<(), Failure> {
        if registry.damaged {
            let unread = format!("some text of the {kind}s cannot be read, and may have `{id}`");
            return Err(Failure(format!("{unread}: `eventc check` says what is wrong there")));
        }
        if id == SERIES {
            return Err(Failure(format!("the id `{id}` is reserved for the series of an event")));
        }
        if let Some(entry) = registry.get(id) {
            let name = name(&entry.entry).map(|name| format!(" ({name})"));
            let (name, place) = (name.unwrap_or_default(), self.place_of(entry));
            return Err(Failure(format!("there is the {kind} `{id}` already{name}, in `{place}`")));
        }
        Ok(())
    }

    /// Tells of an id that is like a new one.
    fn like<T>(&self, id: &str, registry: &Registry<T>) -> Option<String> {
        let near = registry.get(spelling::closest(id, registry.near(id))?)?;
        let place = self.place_of(near);
        Some(format!("the id is like `{}`, in `{place}`: is it the same?", near.id.value))
    }

    /// Refuses an id of the other registry whose ids claims may be about.
    fn refuse_other<T>(&self, id: &str, kind: &str, other: &Registry<T>) -> Result<(), Failure> {
        let Some(entry) = other.get(id) else { return Ok(()) };
        let place = self.place_of(entry);
        Err(Failure(format!("`{id}` is the id of a {kind}, in `{place}`: choose another id")))
    }

    /// The path and line of an entry.
    fn place_of<T>(&self, entry: &RegistryEntry<T>) -> String {
        let path = self.files.path(entry.file);
        let text = schema::text_of(self.disk, path).unwrap_or_default();
        format!("{path}:{}", LineIndex::new(&text).line(entry.id.span.start))
    }

    /// Writes an entry to its file, and prints it with what is to be said of it.
    fn write(&self, addition: &Addition, settings: Settings) -> Result<(), Failure> {
        let Addition { entry, wanted, is_unnamed, notes } = addition;
        let (path, lines) = (&entry.path, entry.lines());
        let alone = lines.join("\n") + "\n";
        refuse_wrong(path, &alone)?;
        let (line, written) = match self.disk.read(path)? {
            None => {
                self.disk.create_new(&[(path, &alone)])?;
                (1, alone)
            }
            Some(old) => self.append(entry, &lines, old)?,
        };
        let shown = project::from_here(&self.disk.root().join(path))?;
        print::output_line(&format!("{}:{line}", shown.display()))?;
        written.lines().try_for_each(print::output_line)?;
        for note in notes {
            print::line(&format!("note: {note}"), settings)?;
        }
        if *is_unnamed {
            print::line("next: write the name in common use as its `name`", settings)?;
        }
        let known: Vec<_> = entry.known().collect();
        let missing = wanted.iter().filter(|key| !known.contains(key));
        let missing: Vec<_> = missing.map(|key| format!("`{key}`")).collect();
        if !missing.is_empty() {
            print::line(&format!("next: add what is known of {}", missing.join(", ")), settings)?;
        }
        Ok(())
    }

    /// Adds an entry to a file that is there; the answer is its line, and it as written.
    fn append(
        &self,
        entry: &Proposal,
        lines: &[String],
        old: Vec<u8>,
    ) -> Result<(u32, String), Failure> {
        let source = SourceText::decode(old.clone());
        let (path, line) = (&entry.path, entry.line());
        let added = fix::append(&source, fix::Entry { flow: &line, block: lines });
        let Some(fix::Appended { text, entry }) = added else {
            let words = "its text has errors, or nothing can be added safely; `eventc check` tells";
            return Err(Failure(format!("cannot add to `{path}`: {words}. The entry is `{line}`")));
        };
        let new = [&old[..source.bom as usize], text.as_bytes()].concat();
        self.disk.stage(&[Change { path, old: &old, new: &new }])?.commit()?;
        let line = LineIndex::new(&text).line(u32::try_from(entry.start).unwrap_or(u32::MAX));
        Ok((line, text[entry].to_owned()))
    }
}

/// What to do where two entries are alike.
fn distinct(id: &str) -> String {
    format!("if they are two, write `distinct_from: [{id}]` in the new one")
}

fn identifier(written: &str) -> Result<String, Failure> {
    super::id::identifier(written, "an id").map(|id| id.to_string())
}

/// Refuses an entry in which a check by itself finds something wrong.
fn refuse_wrong(path: &str, text: &str) -> Result<(), Failure> {
    let mut world = Memory::new();
    world.write(path.to_owned(), text);
    let checked = check::check(&world, &Selection::default())?;
    let own = |found: &&Diagnostic| {
        found.level != Level::Info && checked.files.path(found.location.file) == path
    };
    match checked.findings.iter().find(own) {
        Some(found) => {
            Err(Failure(format!("this cannot be an entry: {}; nothing was written", found.message)))
        }
        None => Ok(()),
    }
}
