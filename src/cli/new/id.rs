//! The id that a command is given.

use crate::cli::Failure;
use crate::value::Identifier;

/// Reads an identifier of a kind; says what is wrong with it and what to write instead.
pub(super) fn identifier(written: &str, kind: &str) -> Result<Identifier, Failure> {
    Identifier::parse(written).map_err(|error| {
        let near = Identifier::suggest(written).map(|near| format!("; write `{near}`"));
        Failure(format!("`{written}` cannot be {kind}: {error}{}", near.unwrap_or_default()))
    })
}
