//! Forms: which keys a mapping may have, and reading one.
//!
//! Does: describe every mapping that a curator may write as a [`Form`] of typed [`Key`]s, and read
//! a node by its form into typed values, leaving a typed [`FormDefect`] for whatever does not fit. One
//! key is one constant; reading, suggestions and generated documentation all follow from it.
//!
//! Must never: write prose, stop at a defect, or know what an event is.

mod changed_text;
mod defect;
mod doubles;
mod flow_comma;
mod key;
mod kind;
mod limit;
mod opened;
mod reader;
pub mod shape;
mod strange;
mod written;

pub use changed_text::ChangedText;
pub use defect::{
    Defect, FileDefect, FileDefects, FormDefect, Found, InvalidValue, UnknownKey, Unread,
};
pub use doubles::{MARK, identity};
pub use key::{Form, Key, KeyInfo};
pub use kind::Kind;
pub use limit::Limit;
pub use opened::Opened;
pub use reader::{Context, Reader};
pub use shape::{Described, Shape};
pub use written::Written;
