//! eventc compiles hand-curated event data.
//!
//! Curators write records of political and conflict events in YAML: who did what to whom, where
//! and when, how sure the coder is, and who says so. eventc checks them against a codebook and
//! compiles them to CSV and Parquet. The coder's judgement and the evidence for it are written
//! apart, checked against each other, and published both.
//!
//! This page is the map of the code. The modules stand in the order in which data flows:
//!
//! ```text
//! bytes -> Document -> Record -> Dataset -> Tables -> csv | parquet
//!   read     parse      model     resolve   tabulate    emit
//!                          \_________\__ defects -> rules -> diagnostics
//! ```
//!
//! Imports run one way, from a later stage to an earlier one; a test holds it. Each module says
//! what it does and what it must never do.
//!
//! Three things hold everywhere:
//!
//! - **Findings never stop anything.** A stage leaves typed defects in what it returns and goes
//!   on; a rule puts each into words. Only the tool's own failures, such as a file that cannot be
//!   read, are an `Err`.
//! - **One definition each.** A key, a column, a rule, a code list, a limit is written in one
//!   place, and everything else derives from it.
//! - **Same input, same bytes.** No clock, environment or hash-map order reaches an output.

pub mod source;
pub mod spelling;
pub mod syntax;
pub mod value;
pub mod form;
pub mod schema;
pub mod record;
pub mod dataset;
