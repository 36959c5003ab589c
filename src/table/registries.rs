//! The tables `actors`, `places` and `sources`: every key of an entry as a column.

use super::cell::Cell;
use super::column::{Column, ColumnType, Table};
use super::scale::{code, scale_columns};
use crate::dataset::RegistryEntry;
use crate::record::{Actor, Membership, Place, SourceEntry, SourceKind};
use crate::schema::{Codebook, Role};
use crate::source::Spanned;
use crate::value::Date;

type Entry<T> = RegistryEntry<T>;

/// A text column of a registry.
fn text<'p, T: 'p>(
    name: &'static str,
    doc: &'static str,
    of: impl Fn(&T) -> Option<&str> + Send + Sync + 'p,
) -> Column<'p, Entry<T>> {
    Column::new(name, ColumnType::Text, doc, move |row: &Entry<T>| of(&row.entry).into())
}

/// The column of the ids of a registry.
fn id_column<'p, T: 'p>(name: &'static str, doc: &'static str) -> Column<'p, Entry<T>> {
    Column::new(name, ColumnType::Text, doc, |row: &Entry<T>| (&*row.id.value).into())
}

/// A column that lists texts.
fn texts<'p, T: 'p>(
    name: &'static str,
    doc: &'static str,
    of: impl Fn(&T) -> Cell<'_> + Send + Sync + 'p,
) -> Column<'p, Entry<T>> {
    Column::new(name, ColumnType::TEXTS, doc, move |row: &Entry<T>| of(&row.entry))
}

/// The column of the entries that this one is easily mistaken for.
fn distinct_from<'p, T: 'p>(
    of: impl Fn(&T) -> &[Spanned<Box<str>>] + Send + Sync + 'p,
) -> Column<'p, Entry<T>> {
    let doc = "Other entries that look like this one and are something else.";
    texts("distinct_from", doc, move |entry: &T| {
        of(entry).iter().map(|other| &*other.value).collect::<Vec<_>>().into()
    })
}

/// The table `actors`.
pub fn actors(codebook: &Codebook) -> Table<'_, Entry<Actor>> {
    let countries = codebook.list(Role::Country);
    let sectors = codebook.list(Role::Sector);
    let columns = vec![
        id_column("actor", "Id of the actor."),
        text("name", "Name in common use.", |actor: &Actor| Some(&actor.name)),
        Column::new(
            "kind",
            ColumnType::Category,
            "`organisation` or `person`.",
            |row: &Entry<Actor>| row.entry.kind.map(|kind| kind.as_str()).into(),
        ),
        texts("aliases", "Other names.", |actor: &Actor| actor.aliases.as_slice().into()),
        Column::looked_up("country", ColumnType::Text, "Country.", |row: &Entry<Actor>| {
            code(countries, row.entry.country)
        }),
        Column::looked_up(
            "sector",
            ColumnType::Text,
            "Sector of society.",
            |row: &Entry<Actor>| code(sectors, row.entry.sector),
        ),
        text("valid", "When it existed or held this role, in EDTF as written.", |actor: &Actor| {
            actor.valid.as_ref().map(|valid| valid.value.as_str())
        }),
        texts("member_of", "Organisations it is a part of.", |actor: &Actor| {
            actor
                .member_of
                .iter()
                .map(|membership| &*membership.actor.value)
                .collect::<Vec<_>>()
                .into()
        }),
        texts(
            "member_of_dates",
            "When it is a part of each of them, as EDTF intervals in the order of `member_of`.",
            |actor: &Actor| actor.member_of.iter().map(interval).collect::<Vec<_>>().into(),
        ),
        text("wikidata", "Item in Wikidata.", |actor: &Actor| actor.wikidata.as_deref()),
        distinct_from(|actor: &Actor| &actor.distinct_from),
        text("note", "Anything else.", |actor: &Actor| actor.note.as_deref()),
    ];
    Table {
        name: "actors",
        doc: "An actor of the registry.",
        columns,
        key: &["actor"],
        sorted_by: &[],
    }
}

fn interval(membership: &Membership) -> String {
    let end = |date: &Option<Spanned<Date>>| {
        date.as_ref().map_or("..", |date| date.value.as_str()).to_owned()
    };
    format!("{}/{}", end(&membership.from), end(&membership.to))
}

/// The table `places`.
pub fn places(codebook: &Codebook) -> Table<'_, Entry<Place>> {
    let countries = codebook.list(Role::Country);
    let mut columns = vec![
        id_column("place", "Id of the place."),
        text("name", "Name in common use.", |place: &Place| Some(&place.name)),
        texts("aliases", "Other names and spellings.", |place: &Place| {
            place.aliases.as_slice().into()
        }),
        Column::new(
            "latitude",
            ColumnType::Number,
            "Latitude in decimal degrees, WGS 84.",
            |row: &Entry<Place>| row.entry.latitude.map(|latitude| latitude.degrees()).into(),
        ),
        Column::new(
            "longitude",
            ColumnType::Number,
            "Longitude in decimal degrees, WGS 84.",
            |row: &Entry<Place>| row.entry.longitude.map(|longitude| longitude.degrees()).into(),
        ),
        Column::looked_up("country", ColumnType::Text, "Country.", |row: &Entry<Place>| {
            code(countries, row.entry.country)
        }),
        text("admin1", "First-order administrative division.", |place: &Place| {
            place.admin1.as_deref()
        }),
        text("admin2", "Second-order administrative division.", |place: &Place| {
            place.admin2.as_deref()
        }),
        text("within", "The place that it lies in.", |place: &Place| {
            place.within.as_ref().map(|within| &*within.value)
        }),
    ];
    columns.extend(scale_columns(
        "precision",
        "How well the coordinates stand for the place.",
        codebook.list(Role::LocationPrecision),
        |row: &Entry<Place>| row.entry.precision,
    ));
    columns.push(Column::new(
        "radius_m",
        ColumnType::Int32,
        "Radius in metres of a circle around the coordinates that surely holds the place.",
        |row: &Entry<Place>| row.entry.radius.into(),
    ));
    columns.push(text("gazetteer", "Where the coordinates come from.", |place: &Place| {
        place.gazetteer.as_deref()
    }));
    columns.push(distinct_from(|place: &Place| &place.distinct_from));
    columns.push(text("note", "Anything else.", |place: &Place| place.note.as_deref()));
    Table {
        name: "places",
        doc: "A place of the registry.",
        columns,
        key: &["place"],
        sorted_by: &[],
    }
}

/// The table `sources`.
pub fn sources(codebook: &Codebook) -> Table<'_, Entry<SourceEntry>> {
    let reliability = codebook.list(Role::SourceReliability);
    let mut columns = vec![
        id_column("source", "Id of the source."),
        text("publisher", "Who published it.", |source: &SourceEntry| Some(&source.publisher)),
        text("of", "The actor whose word it is, as it is told.", |source: &SourceEntry| {
            source.of.as_ref().map(|of| &*of.value)
        }),
        text("kind", "`investigation`, or missing.", |source: &SourceEntry| {
            source.kind.map(SourceKind::as_str)
        }),
        text("title", "Title.", |source: &SourceEntry| source.title.as_deref()),
        text("date", "When it was published, in EDTF as written.", |source: &SourceEntry| {
            source.date.as_ref().map(|date| date.value.as_str())
        }),
        text("url", "Address.", |source: &SourceEntry| source.url.as_deref()),
        text("archived", "Address of an archived copy.", |source: &SourceEntry| {
            source.archived.as_deref()
        }),
        text("language", "Language.", |source: &SourceEntry| source.language.as_deref()),
    ];
    columns.extend(scale_columns(
        "reliability",
        "How reliable it is.",
        reliability,
        |row: &Entry<SourceEntry>| row.entry.reliability,
    ));
    columns.push(texts("cites", "The sources that it repeats whole.", |source: &SourceEntry| {
        source.cites.iter().map(|cited| &*cited.value).collect::<Vec<_>>().into()
    }));
    columns.push(Column::new(
        "unseen",
        ColumnType::Boolean,
        "Whether the curator knows it only through others.",
        |row: &Entry<SourceEntry>| row.entry.unseen.into(),
    ));
    columns.push(distinct_from(|source: &SourceEntry| &source.distinct_from));
    columns.push(text("note", "Anything else.", |source: &SourceEntry| source.note.as_deref()));
    Table {
        name: "sources",
        doc: "A source of the registry.",
        columns,
        key: &["source"],
        sorted_by: &[],
    }
}
