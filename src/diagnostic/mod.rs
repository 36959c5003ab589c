//! Findings about a project, and how they are printed.
//!
//! Does: hold findings as places and text ([`Diagnostic`]), collect, sort and count them ([`Sink`],
//! [`Findings`]), and print them in a chosen format ([`render`]).
//!
//! Must never: know YAML or a rule, or print text that is not a [`Printable`].

mod comparison;
mod finding;
mod fingerprint;
mod printable;
pub mod render;
mod sink;
mod wrap;

pub use comparison::{Changes, Comparison};
pub use finding::{Diagnostic, Edit, Fix, Level};
pub use fingerprint::Fingerprint;
pub use printable::Printable;
pub use sink::{Findings, Sink};
pub use wrap::{cells, wrapped};
