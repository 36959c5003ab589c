//! A finding of the rule `dates-out-of-order`.

use crate::diagnostic::{Diagnostic, Printable};
use crate::source::Location;

pub(super) const NAME: &str = "dates-out-of-order";

pub(super) fn finding(place: Location, message: impl Into<Printable>) -> Diagnostic {
    Diagnostic::new(NAME, place, message)
}
