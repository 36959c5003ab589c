//! Where an event was, as far as that is compared.

use crate::dataset::BoundEvent;
use crate::record::Value;
use crate::schema::{Code, Component};

/// Side of a cell in degrees, about two kilometres: how far gazetteers differ on one place.
pub const CELL: f64 = 0.02;

/// Where an event was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Site<'p> {
    /// Whether a location is coded.
    pub is_coded: bool,
    /// The place of the registry that it names.
    pub place: Option<&'p str>,
    /// Latitude and longitude in decimal degrees, WGS 84, where both are known.
    pub point: Option<(f64, f64)>,
    /// The country.
    pub country: Option<Code>,
    /// The name of the first-order administrative division.
    pub admin1: Option<&'p str>,
}

impl<'p> Site<'p> {
    /// Where an event was; of several locations, the first.
    pub fn of(bound: BoundEvent<'p>) -> Self {
        let coded = bound.filed.event.coded(Component::Location).first();
        let Some(Value::Location(location)) = coded.map(|coded| &coded.value.value) else {
            return Self::default();
        };
        let identity = bound.binding.place(location);
        Self {
            is_coded: true,
            place: location.place.as_ref().map(|place| &*place.value),
            point: identity.latitude.zip(identity.longitude),
            country: identity.country,
            admin1: identity.admin1,
        }
    }
}
