//! Composite codes of actors.

use std::fmt;
use thiserror::Error;

/// Most groups of a code: TABARI's limit of 15 characters.
const MOST_GROUPS: usize = 5;

/// A composite actor code of the CAMEO kind: one to five groups of three capitals, from general to
/// specific. `ISRMIL` is Israel's military.
///
/// It knows no code lists: they say whether the first group is a country or an international kind,
/// and what the others mean.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorCode {
    letters: [u8; ActorCode::GROUP * MOST_GROUPS],
    length: u8,
}

/// Why a text is not an [`ActorCode`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ActorCodeError {
    /// Nothing is written.
    #[error("no code is written")]
    Empty,
    /// A character is not one of A to Z.
    #[error("a composite code has the letters A to Z only, not {found:?}")]
    NotCapital {
        /// Where it is.
        at: usize,
        /// The character.
        found: char,
    },
    /// The letters do not make groups of three.
    #[error("{letters} letters do not make groups of three")]
    UnevenGroups {
        /// How many letters there are.
        letters: usize,
    },
    /// More than five groups.
    #[error("{groups} groups; a composite code has at most {MOST_GROUPS}")]
    TooManyGroups {
        /// How many there are.
        groups: usize,
    },
}

impl ActorCode {
    /// Letters of one group.
    pub const GROUP: usize = 3;

    /// A regular expression (ECMA 262) that a composite code matches, and nothing else.
    pub const PATTERN: &'static str = "^([A-Z]{3}){1,5}$";

    /// Reads a composite code.
    pub fn parse(text: &str) -> Result<Self, ActorCodeError> {
        if text.is_empty() {
            return Err(ActorCodeError::Empty);
        }
        if let Some((at, found)) = text.char_indices().find(|(_, c)| !c.is_ascii_uppercase()) {
            return Err(ActorCodeError::NotCapital { at, found });
        }
        if !text.len().is_multiple_of(Self::GROUP) {
            return Err(ActorCodeError::UnevenGroups { letters: text.len() });
        }
        let mut letters = [0; Self::GROUP * MOST_GROUPS];
        let too_many = || ActorCodeError::TooManyGroups { groups: text.len() / Self::GROUP };
        letters.get_mut(..text.len()).ok_or_else(too_many)?.copy_from_slice(text.as_bytes());
        Ok(Self { letters, length: u8::try_from(text.len()).map_err(|_| too_many())? })
    }

    /// The code as written.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.letters[..usize::from(self.length)]).expect("letters are ASCII")
    }

    /// Its groups, from general to specific.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        let text = self.as_str();
        (0..text.len()).step_by(Self::GROUP).map(move |at| &text[at..at + Self::GROUP])
    }
}

impl fmt::Display for ActorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ActorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ActorCode").field(&self.as_str()).finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_falls_into_groups() {
        let code = ActorCode::parse("IGOUNOREFHCR").unwrap();
        assert_eq!(code.groups().collect::<Vec<_>>(), ["IGO", "UNO", "REF", "HCR"]);
        assert_eq!(size_of::<ActorCode>(), 16);
    }

    #[test]
    fn what_is_not_a_code_says_why() {
        let cases = [
            ("", ActorCodeError::Empty),
            ("isr", ActorCodeError::NotCapital { at: 0, found: 'i' }),
            ("ISRMİL", ActorCodeError::NotCapital { at: 4, found: 'İ' }),
            ("ISRMI", ActorCodeError::UnevenGroups { letters: 5 }),
            ("IGOUNOREFHCRAAABBB", ActorCodeError::TooManyGroups { groups: 6 }),
        ];
        for (text, error) in cases {
            assert_eq!(ActorCode::parse(text), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_code_reads_back(text in "([A-Z]{3}){1,5}") {
            let code = ActorCode::parse(&text).unwrap();
            prop_assert_eq!(code.to_string(), &text[..]);
        }

        #[test]
        fn a_code_is_what_the_grammar_says(text in "\\PC{0,18}|[A-Z]{0,40}|[A-Za-z]{3}") {
            let whole = text.bytes().all(|byte| byte.is_ascii_uppercase());
            let expected = whole && matches!(text.len(), 3 | 6 | 9 | 12 | 15);
            prop_assert_eq!(ActorCode::parse(&text).is_ok(), expected);
        }
    }
}
