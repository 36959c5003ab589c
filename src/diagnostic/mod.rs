//! What eventc says about a project, and how it is printed.
//!
//! Does: hold findings as places and words ([`Diagnostic`]), collect, sort and count them
//! ([`Sink`], [`Findings`]), and print them in the format that was asked for ([`render`]).
//!
//! Must never: know YAML or a rule, or print a text that is not a [`Printable`].

mod comparison;
mod finding;
mod fingerprint;
mod printable;
pub mod render;
mod sink;

pub use comparison::{Changes, Comparison};
pub use finding::{Diagnostic, Edit, Fix, Level};
pub use fingerprint::Fingerprint;
pub use printable::Printable;
pub use sink::{Findings, Sink};
