//! The codebook: what may be written and how it is coded.
//!
//! Does: read `codebook.yaml` and the code lists, the project's own or the shipped ones, as
//! strictly as records; look up codes and extra fields.
//!
//! Must never: know an event, or use a list that was not named.

mod check_list;
mod chosen_lists;
mod circle;
mod clash;
mod code;
mod code_list;
mod codebook;
mod component;
mod composite;
mod defect;
mod field;
mod former_policy;
mod id_scheme;
mod load;
mod names;
mod policy;
mod policy_change;
mod read_codebook;
mod read_columns;
mod read_list;
mod read_policy;
pub mod relation;
mod role;
mod search;
mod shipped;
mod sides;
#[cfg(test)]
mod tests;

pub use clash::Clash;
pub use code::{Code, CodeEntry, ColumnValue, ListColumn, ListColumnType};
pub use code_list::{CodeList, CodeRef};
pub use codebook::Codebook;
pub use component::Component;
pub use composite::{Composite, CompositeError};
pub use defect::{CodebookFault, SchemaDefect};
pub use field::{Field, FieldOn, FieldType};
pub use id_scheme::IdScheme;
pub use load::{LoadedCodebook, load, load_with_shipped};
pub use names::Fit;
pub use policy::{Condition, Level, MOST_VOICES, Policy};
pub use policy_change::{Weakened, weakened};
pub use read_codebook::{CodebookFile, LISTS};
pub use read_list::ListFile;
pub use role::Role;
pub use search::{
    Found, Sought, code_known_as, codes_known_as, codes_meant, column_known_as, only_code_meant,
    search,
};
pub use shipped::{SHIPPED, is_shipped, shipped_lists, text_of};
pub use sides::Sides;

use crate::form::Context;

/// The files of a codebook are read without looking anything up.
impl Context for () {
    type Defect = SchemaDefect;
}

/// Reads the files of a codebook.
type Reader<'c> = crate::form::Reader<'c, ()>;
