//! Coordinates far outside the country of a place, or coordinates that mean "not found".

use crate::dataset::{Binding, BoundEvent, PlaceIdentity};
use crate::diagnostic::Diagnostic;
use crate::record::{Location as Place, Value};
use crate::schema::{Code, CodeList, Role, Sides};
use crate::source::{Location, Spanned};

rule!("coordinates-outside-country", Warning, Records(check_event, check_places));

/// How far beyond its box a country still extends, in degrees; one degree is about 110 km. This
/// allows for coastal waters, rough gazetteers and disputed borders.
const MARGIN: f64 = 1.0;

fn check_event(bound: BoundEvent<'_>, found: &mut Vec<Diagnostic>) {
    let event = &bound.filed.event;
    let coded = event.all_coded().iter().map(|coded| &coded.value);
    let statements = event.claims.iter().flat_map(|claim| &claim.statements);
    let said = statements.flat_map(|statement| &statement.values);
    for Spanned { value, span } in coded.chain(said) {
        // A registered place is checked once, at its entry.
        if let Value::Location(place) = value
            && (place.latitude.is_some() || place.country.is_some())
        {
            let at = Location::new(bound.filed.file, *span);
            found.extend(finding(bound.binding, bound.binding.place(place), at));
        }
    }
}

fn check_places(binding: Binding<'_>, found: &mut Vec<Diagnostic>) {
    let places = &binding.dataset.places;
    for place in places.entries().iter().filter(|place| place.entry.latitude.is_some()) {
        let alone = Place { place: Some(place.id.clone()), ..Place::default() };
        found.extend(finding(binding, binding.place(&alone), place.location()));
    }
}

fn finding(binding: Binding<'_>, place: PlaceIdentity<'_>, at: Location) -> Option<Diagnostic> {
    let (latitude, longitude) = place.latitude.zip(place.longitude)?;
    if latitude == 0.0 && longitude == 0.0 {
        let message = "the coordinates 0, 0 usually mean that a place was not found";
        let found = Diagnostic::new(RULE.name, at, message).label("in the sea south of Ghana");
        return Some(found.help("leave the coordinates out if they are not known"));
    }
    let countries = binding.codebook.list(Role::Country);
    let country = place.country?;
    let sides = Sides::of(countries, country)?;
    if sides.hold(latitude, longitude, MARGIN) {
        return None;
    }
    let entry = countries.entry(country);
    let message = format!("the coordinates {latitude}, {longitude} are not in `{}`", entry.code);
    let label = format!("far outside {}", entry.label);
    let slips = [
        ("latitude and longitude swapped", longitude, latitude),
        ("the sign of the latitude changed", -latitude, longitude),
        ("the sign of the longitude changed", latitude, -longitude),
    ];
    let meant = slips
        .into_iter()
        .find(|(_, latitude, longitude)| sides.hold(*latitude, *longitude, MARGIN));
    let help = match meant {
        Some((slip, latitude, longitude)) => {
            format!("with {slip} they fit: latitude {latitude}, longitude {longitude}")
        }
        None => match lying_at(countries, latitude, longitude) {
            Some(codes) => {
                format!("the point may be in {codes}; correct the coordinates or the country")
            }
            None => {
                "correct the coordinates or the country; a place at sea has no country".to_owned()
            }
        },
    };
    Some(Diagnostic::new(RULE.name, at, message).label(label).help(help))
}

/// Most countries and territories that a help names.
const NAMED: usize = 3;

/// The countries and territories whose boxes contain a point, smallest box first. Overseas parts of a
/// state have their own codes.
fn lying_at(countries: &CodeList, latitude: f64, longitude: f64) -> Option<String> {
    let mut fits: Vec<_> = countries
        .codes()
        .filter_map(|code| Some((Sides::of(countries, code)?, code)))
        .filter(|(sides, _)| sides.hold(latitude, longitude, MARGIN))
        .collect();
    fits.sort_by(|(one, _), (other, _)| one.area().total_cmp(&other.area()));
    let name = |(_, code): &(Sides, Code)| {
        let entry = countries.entry(*code);
        format!("`{}` ({})", entry.code, entry.label)
    };
    let names: Vec<_> = fits.iter().take(NAMED).map(name).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
