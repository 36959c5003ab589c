//! Columns that would have the same name.

use std::collections::BTreeMap;

use super::codes::codes;
use super::events::events;
use super::extra_fields::column_names;
use super::participants::participants;
use super::position_text::position_column;
use super::registries::{actors, places, sources};
use crate::record::{Actor, CodedActor, Event, Place, SourceEntry};
use crate::schema::{Clash, Codebook, FieldOn, LoadedCodebook, Role};
use crate::source::Location;

/// A codebook with a defect for each column that it asks for and that no table can have, and without
/// the fields that ask for one.
pub fn without_clashes(mut loaded: LoadedCodebook) -> LoadedCodebook {
    let clashes = clashes(&loaded.codebook);
    loaded.withdraw(clashes);
    loaded
}

/// The columns that a codebook asks for and no table can have, because the name is taken by a
/// built-in key or column, or by another column of the codebook.
fn clashes(codebook: &Codebook) -> Vec<Clash> {
    let plain = Codebook::default();
    let mut clashes = Vec::new();
    let of_codes = codes(&plain);
    for column in codebook.lists.iter().flat_map(|list| list.own_columns()) {
        if of_codes.reserves(&column.name) {
            clashes.push(Clash { name: column.name.clone(), place: column.location, first: None });
        }
    }
    for on in FieldOn::ALL {
        of_fields(on, codebook, &plain, &mut clashes);
    }
    clashes
}

/// Adds the clashes of the extra fields that something has.
fn of_fields(on: FieldOn, codebook: &Codebook, plain: &Codebook, clashes: &mut Vec<Clash>) {
    let (form, own_columns) = match on {
        FieldOn::Event => (Event::FORM, events(plain).own_names()),
        FieldOn::Participant => (CodedActor::FORM, participants(plain).own_names()),
        FieldOn::Actor => (Actor::FORM, actors(plain).own_names()),
        FieldOn::Place => (Place::FORM, places(plain).own_names()),
        FieldOn::Source => (SourceEntry::FORM, sources(plain).own_names()),
    };
    let is_event = on == FieldOn::Event;
    let is_own = |name: &str| {
        let is_component = || is_event && plain.component(name).is_some();
        form.position(name).is_some() || own_columns.iter().any(|own| own == name) || is_component()
    };
    let mut taken: BTreeMap<String, Location> = BTreeMap::new();
    let mut claim = |name: String, place: Location| {
        let first = taken.get(&name).copied();
        if first.is_some() || is_own(&name) {
            clashes.push(Clash { name, place, first });
        } else {
            taken.insert(name, place);
        }
    };
    for scheme in codebook.id_schemes.iter().filter(|_| is_event) {
        claim(scheme.column(), scheme.location);
    }
    for column in codebook.list(Role::Action).columns.iter().filter(|_| is_event) {
        claim(column.name.clone(), column.location);
    }
    for field in codebook.fields(on) {
        if is_own(&field.name) {
            claim(field.name.clone(), field.location);
        } else {
            let positions = is_event.then(|| position_column(&field.name));
            let names = column_names(field).into_iter().chain(positions);
            names.for_each(|name| claim(name, field.location));
        }
    }
}
