//! Forms: which keys a mapping may have, and reading one.
//!
//! Does: describe every mapping that a curator may write as a [`Form`], and read a node by it into
//! typed values, leaving a typed [`FormDefect`] for whatever does not fit. A record is one statement
//! of the macro `form!`: its Rust fields, its keys and how each is read. Reading, suggestions and
//! generated documentation all follow from it.
//!
//! A [`Kind`] says in data what a value must be, and a [`Shape`] reads it.
//!
//! Must never: write prose, stop at a defect, or depend on what an event is. Kinds and limits only
//! name what other stages look up or count.

mod changed_text;
mod declared;
mod defect;
mod doubles;
mod flow_comma;
mod found;
mod kind;
mod limit;
mod opened;
mod opening;
mod reader;
mod shape;
mod strange;
mod words;
mod written;

pub(crate) use declared::{form, joined, shape};
pub use defect::{
    ChangedText, Defect, FileDefect, FileDefects, FormDefect, InvalidValue, Sample, UnknownKey,
    Unread,
};
pub use doubles::{Identity, MARK};
pub use found::Found;
pub use kind::{Form, Key, Kind, common_name};
pub use limit::Limit;
pub use opened::Opened;
pub use reader::{Context, Reader};
pub use shape::{
    ActorName, Day, Either, EventName, Language, List, ListName, ListText, OneOrMore, OutsideId,
    PlaceName, RuleName, Shape, SourceName, Text, Url, Wikidata, read_date, source_name,
};
pub(crate) use words::words;
pub use written::Written;
