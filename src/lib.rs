#![doc = include_str!("../README.md")]
//!
//! # In a Rust program
//!
//! [`Project`] names the files, [`Project::check`] reads and checks them, and [`Check`] has the
//! [findings](Check::findings), the [events](Check::events) and the [tables](Check::tables).
//!
//! ```
//! let project = eventc::Project::in_memory([
//!     ("datasets/example/dataset.yaml", "dataset: example\ntitle: An example\nversion: '1'\nlicense: CC0-1.0\n"),
//!     ("datasets/example/events/2019-08-20-balad.yaml", "id: 2019-08-20-balad\ndate: 2019-02-30\naction: ASSAULT\ncertainty: probable\n"),
//! ]);
//! let check = project.check()?;
//! let finding = &check.findings()[0];
//! assert_eq!((finding.rule, finding.line), ("invalid-date", 2));
//! assert_eq!(finding.message, "`2019-02-30` is not a day of the calendar");
//! # Ok::<(), eventc::Error>(())
//! ```
//!
//! An event is read with the claims behind each coded value:
//!
//! ```
//! let check = eventc::Project::open(".").check()?;
//! let balad = check.events()?.find(|event| event.id() == "2019-08-20-balad").unwrap();
//! let balad = balad.to_json();
//! let actor = balad["components"].as_array().unwrap().iter().find(|one| one["name"] == "actor");
//! let coded = &actor.unwrap()["coded"][0];
//! assert_eq!((&coded["value"]["value"], &coded["certainty"]["code"]), (&"ISR".into(), &"possible".into()));
//! assert_eq!(coded["supporting"]["voices"], 1);
//! # Ok::<(), eventc::Error>(())
//! ```

// This page is the map of the code. The modules stand in the order in which data flows:
//
//     bytes -> Document -> Record -> Dataset -> Evidence -> Tables -> release -> verify
//       read     parse      model     resolve     weigh     tabulate    emit    read back
//                              \__________\__________\__ defects -> rules -> diagnostics -> fixes
//
// Imports between stages run one way, from a later one to an earlier one; a test holds it. Each module says what
// it does and what it must never do. `check` runs the stages; `project` is what other programs see.
//
// Three things hold everywhere:
//
// - Findings never stop anything. A stage leaves typed defects in what it returns and goes on; a rule
//   puts each into words. Only the tool's own failures, such as a file that cannot be read, are an
//   `Err`.
// - One definition each. A key, a column, a rule, a code list, a limit is written in one place, and
//   everything else derives from it.
// - Same input, same bytes. No clock, environment or hash-map order reaches an output.

mod source;
mod spelling;

mod syntax;
mod value;

mod form;
mod schema;

mod record;

mod dataset;

mod evidence;
mod likeness;

mod agreement;

mod diagnostic;
mod rules;

mod fix;

mod table;

mod emit;

mod verify;

mod check;
mod project;

#[doc(hidden)]
pub mod cli;

#[cfg(test)]
mod tests;

pub use diagnostic::Level;
pub use project::{Check, Error, Event, Finding, Project};

/// Single stages, for the benchmarks. No part of the interface: it changes at any time.
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod internals {
    pub use crate::check::{Checked, build, check};
    pub use crate::dataset::{
        Binding, Dataset, LoadedDatasets, Project, Published, Reading, Selection,
        load_visiting as load_datasets,
    };
    pub use crate::diagnostic::render::{Format, Report, Scope, Terminal, Texts};
    pub use crate::emit::{DEFAULT_FORMATS, stage as stage_dataset};
    pub use crate::form::FileDefects;
    pub use crate::record::{Reader, read_event};
    pub use crate::rules::{Reports, run as run_rules};
    pub use crate::schema::{Codebook, Role, SchemaDefect, load as load_schema, text_of};
    pub use crate::source::{Files, Memory, Outputs, Progress, SourceText, World};
    pub use crate::spelling::closest;
    pub use crate::syntax::{parse, parse_source};
    pub use crate::table::without_clashes;
    pub use crate::value::Date;
}
