//! The columns of `events` that hold the coder's judgements.

use super::attribution::attribution_column;
use super::column::{Column, ColumnType};
use super::columns::columns;
use super::event_row::{EventColumn, EventRow};
use super::scale::{code, own_cell, own_columns, own_position, scale_columns};
use crate::dataset::ActorIdentity;
use crate::schema::{Codebook, Component, Role};

pub(super) fn action_columns(codebook: &Codebook) -> Vec<EventColumn<'_>> {
    let list = codebook.list(Role::Action);
    let mut columns = columns! { |row: EventRow<'_>|
        when true;
        /// What was done, the first action: a code of the action list.
        action: code(list) = row.action();
        when list.has_labels();
        /// Label of the first action.
        action_label: Text = row.action().map(|code| &*list.entry(code).label);
        when list.has_parents();
        /// Broadest code that the first action is a kind of.
        action_root: code(list) = row.action().map(|code| list.root(code));
    };
    columns.extend(own_columns(list, EventRow::action));
    columns.extend(certainty_columns(codebook, Component::Action));
    columns.extend(columns! { |row: EventRow<'_>|
        when true;
        /// Every coded action, in the order of the record.
        actions: CODES = row.actions();
        /// Whether all coded actions are undirected: actors and targets are two sides, of which none did
        /// it to the other.
        undirected: Boolean = row.bound().is_undirected();
    });
    columns
}

/// The columns of the first actor or target; `who` says in a phrase who that is.
pub(super) fn actor_columns<'p>(
    codebook: &'p Codebook,
    component: Component,
    who: &str,
    of: for<'r> fn(&'r EventRow<'p>) -> Option<&'r ActorIdentity<'p>>,
) -> Vec<EventColumn<'p>> {
    let role = component.core_name().unwrap_or_default();
    let country = codebook.list(Role::Country);
    let sector = codebook.list(Role::Sector);
    let column = |suffix| format!("{role}{suffix}");
    let mut columns = vec![
        Column::new(
            column(""),
            ColumnType::Text,
            format!("{who}: id or composite code."),
            move |row| of(row).map(|actor| actor.code).into(),
        ),
        Column::new(
            column("_name"),
            ColumnType::Text,
            format!("Name of the first {role}."),
            move |row| of(row).map(|actor| &*actor.name).into(),
        ),
        Column::new(
            column("_country"),
            ColumnType::Code,
            format!("Country of the first {role}."),
            move |row| code(country, of(row).and_then(|actor| actor.country)),
        )
        .of_list(country),
        Column::new(
            column("_sector"),
            ColumnType::Code,
            format!("Sector of the first {role}."),
            move |row| code(sector, of(row).and_then(|actor| actor.sector)),
        )
        .of_list(sector),
    ];
    columns.extend(certainty_columns(codebook, component));
    if component == Component::Actor {
        let attribution = attribution_column("the first actor", "", EventRow::attribution);
        columns.push(attribution.when(codebook.weighs()));
    }
    columns
}

/// How sure the coder is of the first value of a component.
fn certainty_columns(codebook: &Codebook, component: Component) -> [EventColumn<'_>; 2] {
    let name = component.core_name().unwrap_or_default();
    let doc = format!("How sure the coder is of the {name}.");
    scale_columns(
        format!("{name}_certainty"),
        doc,
        codebook.list(Role::Certainty),
        move |row: &EventRow<'_>| row.certainty(component),
    )
}

pub(super) fn location_columns(codebook: &Codebook) -> Vec<EventColumn<'_>> {
    let countries = codebook.list(Role::Country);
    let precisions = codebook.list(Role::LocationPrecision);
    let region = own_position(countries, "region", ColumnType::Text);
    columns! { |row: EventRow<'_>|
        when true;
        /// Where it happened: id of the place.
        place: Text = row.place.id;
        /// Name of the place.
        place_name: Text = row.place.name;
        /// Country of the place.
        country: code(countries) = row.place.country;
        when countries.has_labels();
        /// Name of that country.
        country_name: Text = row.place.country.map(|code| &*countries.entry(code).label);
        when region.is_some();
        /// Region of that country.
        region: Text = region.map(|at| own_cell(countries, row.place.country, at));
        when true;
        /// First-order administrative division of the place.
        admin1: Text = row.place.admin1;
        /// Second-order administrative division of the place.
        admin2: Text = row.place.admin2;
        /// Latitude in decimal degrees, WGS 84; read it with `location_precision`.
        latitude: Number = row.place.latitude;
        /// Longitude in decimal degrees, WGS 84; read it with `location_precision`.
        longitude: Number = row.place.longitude;
        /// Radius in metres of a circle that surely holds the place: as stated, or by its
        /// precision.
        radius_m: Int32 = row.radius();
        /// How well the place is known.
        location_precision: scale(precisions) = row.place.precision;
        ..certainty_columns(codebook, Component::Location);
        ..area_columns();
    }
}

/// The columns by which an event is drawn on a map though only its province or country is known.
fn area_columns<'p>() -> Vec<EventColumn<'p>> {
    columns! { |row: EventRow<'p>|
        when true;
        /// Latitude of the middle of the narrowest known area with a point that holds the event, WGS 84;
        /// `area_kind` says what the area is.
        area_latitude: Number = row.area.map(|area| area.latitude);
        /// Longitude of the middle of that area, WGS 84.
        area_longitude: Number = row.area.map(|area| area.longitude);
        /// Radius in metres of a circle around that middle which surely holds the whole area; missing
        /// where nothing bounds it.
        area_radius_m: Int32 = row.area.and_then(|area| area.radius);
        /// `location`: the event's own coordinates; `place`: those of a place that it lies in; `admin1`:
        /// those of its first-order division; `country`: the middle of its country.
        area_kind: Category = row.area.map(|area| area.kind.as_str());
    }
}

pub(super) fn event_certainty_columns(codebook: &Codebook) -> Vec<EventColumn<'_>> {
    let certainty = codebook.list(Role::Certainty);
    columns! { |row: EventRow<'_>|
        when true;
        /// How sure the coder is that something happened at that place and time, whatever it was.
        certainty: scale(certainty) = row.event().certainty.value().copied();
        when certainty.is_ranked();
        /// The weakest certainty among the event, its first action, its first actor and its first target.
        weakest_certainty: scale(certainty) = row.weakest;
    }
}
