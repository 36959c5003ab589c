//! Texts that can stand in a list.

use thiserror::Error;

/// Separates the texts of a list in CSV, so no text of a list may contain it.
pub const LIST_SEPARATOR: char = '|';

/// A text that can stand in a list: it does not contain [`LIST_SEPARATOR`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListText(Box<str>);

/// Why a text cannot stand in a list.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{LIST_SEPARATOR}` stands between the texts of a list in CSV")]
pub struct ListTextError {
    /// Where the separator is.
    pub at: usize,
}

impl ListText {
    /// Reads a text.
    pub fn parse(text: &str) -> Result<Self, ListTextError> {
        match text.find(LIST_SEPARATOR) {
            Some(at) => Err(ListTextError { at }),
            None => Ok(Self(text.into())),
        }
    }

    /// The text.
    pub fn into_text(self) -> Box<str> {
        self.0
    }
}
