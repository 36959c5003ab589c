//! The tables `actors`, `places` and `sources`: every key of an entry as a column.

use super::column::Table;
use super::columns::columns;
use super::extra_fields::field_columns;
use crate::dataset::RegistryEntry;
use crate::record::{Actor, Membership, Place, SourceEntry, SourceKind};
use crate::schema::{Codebook, FieldOn, Role};
use crate::source::Spanned;
use crate::value::Date;

type Entry<T> = RegistryEntry<T>;

/// The table `actors`.
pub fn actors(codebook: &Codebook) -> Table<'_, Entry<Actor>> {
    let countries = codebook.list(Role::Country);
    let sectors = codebook.list(Role::Sector);
    let columns = columns! { |row: Entry<Actor>|
        when true;
        /// Id of the actor.
        actor: Text = &*row.id.value;
        /// Name in common use.
        name: Text = &*row.entry.name;
        /// `organisation` or `person`.
        kind: Category = row.entry.kind.map(|kind| kind.as_str());
        /// Other names.
        aliases: TEXTS = row.entry.aliases.as_slice();
        /// Country.
        country: code(countries) = row.entry.country;
        /// Sector of society.
        sector: code(sectors) = row.entry.sector;
        /// When it existed or held this role, in EDTF as written.
        valid: Text = row.entry.valid.as_ref().map(|valid| valid.value.as_str());
        /// Organisations it is a part of.
        member_of: TEXTS = each(&row.entry.member_of, |membership| &*membership.actor.value);
        /// When it is a part of each of them, as EDTF intervals in the order of `member_of`.
        member_of_dates: TEXTS = each(&row.entry.member_of, interval);
        /// Item in Wikidata.
        wikidata: Text = row.entry.wikidata.as_deref();
        /// Other entries that look like this one and are something else.
        distinct_from: TEXTS = each(&row.entry.distinct_from, |other| &*other.value);
        /// Anything else.
        note: Text = row.entry.note.as_deref();
        /// Whether it is restricted. A build writes a stand-in for it, unless told otherwise.
        restricted: Boolean = row.entry.restricted;
        ..field_columns(codebook, FieldOn::Actor, |row: &Entry<Actor>, at| row.entry.fields.values(at));
    };
    Table::new("actors", "An actor of the registry.", &["actor"], columns)
}

/// A text of each of some entries.
fn each<'t, T, R>(all: &'t [T], text: impl Fn(&'t T) -> R) -> Vec<R> {
    all.iter().map(text).collect()
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
    let columns = columns! { |row: Entry<Place>|
        when true;
        /// Id of the place.
        place: Text = &*row.id.value;
        /// Name in common use.
        name: Text = &*row.entry.name;
        /// Other names and spellings.
        aliases: TEXTS = row.entry.aliases.as_slice();
        /// Latitude in decimal degrees, WGS 84.
        latitude: Number = row.entry.latitude.map(|latitude| latitude.degrees());
        /// Longitude in decimal degrees, WGS 84.
        longitude: Number = row.entry.longitude.map(|longitude| longitude.degrees());
        /// Country.
        country: code(countries) = row.entry.country;
        /// First-order administrative division.
        admin1: Text = row.entry.admin1.as_deref();
        /// Second-order administrative division.
        admin2: Text = row.entry.admin2.as_deref();
        /// The place that it lies in.
        within: Text = row.entry.within.as_ref().map(|within| &*within.value);
        /// How well the coordinates stand for the place.
        precision: scale(codebook.list(Role::LocationPrecision)) = row.entry.precision;
        /// Radius in metres of a circle around the coordinates that surely holds the place.
        radius_m: Int32 = row.entry.radius;
        /// Where the coordinates come from.
        gazetteer: Text = row.entry.gazetteer.as_deref();
        /// Other entries that look like this one and are something else.
        distinct_from: TEXTS = each(&row.entry.distinct_from, |other| &*other.value);
        /// Anything else.
        note: Text = row.entry.note.as_deref();
        /// Whether it is restricted. A build writes a stand-in for it, unless told otherwise.
        restricted: Boolean = row.entry.restricted;
        ..field_columns(codebook, FieldOn::Place, |row: &Entry<Place>, at| row.entry.fields.values(at));
    };
    Table::new("places", "A place of the registry.", &["place"], columns)
        .references(&[("within", "places")])
}

/// The table `sources`.
pub fn sources(codebook: &Codebook) -> Table<'_, Entry<SourceEntry>> {
    let columns = columns! { |row: Entry<SourceEntry>|
        when true;
        /// Id of the source; of a page without an entry its address.
        source: Text = &*row.id.value;
        /// Who published it; the host of its address where nobody is named.
        publisher: Text = row.entry.publisher.as_deref();
        /// The actor whose word it is, as it is told.
        of: Text = row.entry.of.as_ref().map(|of| &*of.value);
        /// `investigation`, or missing.
        kind: Category = row.entry.kind.map(SourceKind::as_str);
        /// Title.
        title: Text = row.entry.title.as_deref();
        /// When it was published, in EDTF as written.
        date: Text = row.entry.date.as_ref().map(|date| date.value.as_str());
        /// Address.
        url: Text = row.entry.url.as_deref();
        /// Address of an archived copy.
        archived: Text = row.entry.archived.as_deref();
        /// Language.
        language: Text = row.entry.language.as_deref();
        /// How reliable it is.
        reliability: scale(codebook.list(Role::SourceReliability)) = row.entry.reliability;
        /// The sources that it repeats whole.
        cites: TEXTS = each(&row.entry.cites, |cited| &*cited.value);
        /// Whether the curator knows it only through others.
        unseen: Boolean = row.entry.unseen;
        /// Other entries that look like this one and are something else.
        distinct_from: TEXTS = each(&row.entry.distinct_from, |other| &*other.value);
        /// Anything else.
        note: Text = row.entry.note.as_deref();
        /// Whether it is restricted. A build writes a stand-in for it, unless told otherwise.
        restricted: Boolean = row.entry.restricted;
        ..field_columns(codebook, FieldOn::Source, |row: &Entry<SourceEntry>, at| row.entry.fields.values(at));
    };
    Table::new(
        "sources",
        "A source of the registry, or a page that a record names by its address.",
        &["source"],
        columns,
    )
}
