//! The values a record is made of, one file a type.
//!
//! Does: read one value from its source text and say, in a typed error, why a text is not one and
//! what was probably meant; compare values (same, inside, overlapping). A value keeps what was
//! written: nothing is padded, rounded or filled in.
//!
//! Must never: know YAML, spans, the codebook or a code list; read the clock or a time zone.
//!
//! Offsets (`at`) in errors are bytes of the text handed in, at a character's start, and at most
//! its length. Readings in errors are texts that parse; several mean that the text is ambiguous,
//! and no tool may choose among them.

mod actor_code;
mod coordinate;
mod date;
mod date_diagnosis;
mod date_digits;
mod date_edtf;
mod date_error;
mod date_kind;
mod date_reading;
mod date_time;
mod figure;
mod format;
mod identifier;
mod list_text;
mod name_key;
mod number;
mod pattern;
mod placeholder;
mod qualifier;
mod range;
mod reading;
mod slip;
#[cfg(test)]
mod tests;
mod time;
mod url_key;

pub use actor_code::{ActorCode, ActorCodeError};
pub use coordinate::{CoordinateError, Latitude, Longitude};
pub use date::{Date, TABLE_YEARS, is_in_tables};
pub use date_error::DateError;
pub use date_kind::{DateKind, DatePrecision};
pub use date_time::DateTime;
pub use figure::Figure;
pub use format::{Format, FormatError};
pub use identifier::{Identifier, IdentifierError};
pub use list_text::{LIST_SEPARATOR, ListText, ListTextError};
pub use name_key::{holds_name, look_alike_key, name_key};
pub use number::{
    DECIMAL_PATTERN, INTEGER_PATTERN, NumberError, number_reading, parse_decimal, parse_integer,
};
pub use pattern::{Pattern, PatternError};
pub use placeholder::{is_nines, is_placeholder, is_unfilled};
pub use qualifier::Qualifier;
pub use range::{Range, RangeError};
pub use reading::Reading;
pub use slip::may_be_another;
pub use time::{Time, TimeError};
pub use url_key::{url_host, url_key, url_site};
