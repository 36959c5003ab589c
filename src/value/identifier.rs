//! Identifiers of records and registry entries.

use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt;
use thiserror::Error;

use super::ActorCode;

/// Longest identifier, in bytes. It becomes a cell, and a file name, which most file systems limit
/// to 255 bytes.
const LONGEST: usize = 100;

/// The name of an event, actor, place or source: `2019-08-20-balad`, `pmf`, `ap-2019-08-21`.
///
/// It consists of lower-case letters `a` to `z`, digits, `.`, `_` and `-`, starts with a letter or
/// digit, and is not a device name of Windows, so that it is a file name on every system. It is
/// none of the words that readers of CSV take for a missing value. A list of identifiers joined by
/// `|` can be split again. None can be mistaken for a composite actor code, which is all capitals.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Identifier(Box<str>);

/// Why a text is not an [`Identifier`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum IdentifierError {
    /// Nothing is written.
    #[error("no identifier is written")]
    Empty,
    /// More than 100 bytes.
    #[error("{bytes} bytes long; an identifier has at most {LONGEST}")]
    TooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// It has the shape of a composite actor code.
    #[error("an identifier does not look like a composite actor code")]
    ActorCode,
    /// It does not start with a lower-case letter or a digit.
    #[error("an identifier starts with a to z or 0 to 9, not {found:?}")]
    FirstCharacter {
        /// What it starts with.
        found: char,
    },
    /// It is a name that some file system keeps for itself, such as `con`, `nul.2019` or one that
    /// ends with a dot.
    #[error("no file can have this name on Windows")]
    NoFileName,
    /// It is a word that readers of CSV take for a missing value, a truth value or a number.
    #[error("readers of CSV take this word for a missing value, not for a text")]
    NoText,
    /// A character is not allowed.
    #[error("an identifier has a to z, 0 to 9, '.', '_' and '-', not {found:?}")]
    Character {
        /// Where the first such is.
        at: usize,
        /// The character.
        found: char,
    },
}

impl Identifier {
    /// A regular expression (ECMA 262) that an identifier matches, and nothing else.
    pub const PATTERN: &'static str = concat!(
        "^(?!(con|prn|aux|nul|com[0-9]|lpt[0-9])([.]|$))",
        "(?!(null|nil|nan|na|none|true|false|inf|infinity)$)",
        "[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9_-])?$",
    );

    /// Reads an identifier.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let Some(first) = text.chars().next() else {
            return Err(IdentifierError::Empty);
        };
        if ActorCode::parse(text).is_ok() {
            return Err(IdentifierError::ActorCode);
        }
        if !starts(first) {
            return Err(IdentifierError::FirstCharacter { found: first });
        }
        if let Some((at, found)) = text.char_indices().find(|(_, c)| !continues(*c)) {
            return Err(IdentifierError::Character { at, found });
        }
        if text.len() > LONGEST {
            return Err(IdentifierError::TooLong { bytes: text.len() });
        }
        if text.ends_with('.') || is_device(text) {
            return Err(IdentifierError::NoFileName);
        }
        if NO_TEXTS.contains(&text) {
            return Err(IdentifierError::NoText);
        }
        Ok(Self(text.into()))
    }

    /// An identifier close to `text`, such as `al-qaim` for `Al Qāʾim`.
    ///
    /// Letters are lower-cased and stripped of accents; each run of other characters becomes one
    /// `-`. None where letters of another script would be lost, or nothing is left.
    pub fn suggest(text: &str) -> Option<String> {
        let mut suggestion = String::new();
        for character in text.chars().flat_map(char::to_lowercase) {
            match character {
                c if starts(c) || matches!(c, '.' | '_') && !suggestion.is_empty() => {
                    suggestion.push(c);
                }
                c if is_silent(c) => {}
                c if c.is_alphanumeric() => suggestion.push_str(without_accent(c)?),
                _ if suggestion.is_empty() || suggestion.ends_with('-') => {}
                _ => suggestion.push('-'),
            }
        }
        suggestion.truncate(LONGEST);
        suggestion.truncate(suggestion.trim_end_matches(['-', '.', '_']).len());
        Self::parse(&suggestion).is_ok().then_some(suggestion)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Identifier {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Words that pandas, R, DuckDB or spreadsheets read as a missing value, a truth value or a number,
/// in any case.
const NO_TEXTS: [&str; 9] =
    ["null", "nil", "nan", "na", "none", "true", "false", "inf", "infinity"];

/// Whether a file of this name would be a device to Windows, whatever its extension.
fn is_device(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or(text);
    let is_numbered = |port: &str| {
        stem.strip_prefix(port).is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
    };
    matches!(stem, "con" | "prn" | "aux" | "nul") || is_numbered("com") || is_numbered("lpt")
}

fn starts(character: char) -> bool {
    character.is_ascii_lowercase() || character.is_ascii_digit()
}

fn continues(character: char) -> bool {
    starts(character) || matches!(character, '.' | '_' | '-')
}

/// Apostrophes, the marks of transliterated Arabic and Hebrew, and combining accents.
fn is_silent(character: char) -> bool {
    matches!(character, '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{2bb}'..='\u{2bf}')
        || matches!(character, '\u{300}'..='\u{36f}')
}

/// The base letters of an accented Latin letter, where they are beyond doubt.
fn without_accent(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ạ' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ḍ' => "d",
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ġ' | 'ģ' => "g",
        'ḥ' | 'ḫ' => "h",
        'ì'..='ï' | 'ī' | 'į' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'ṣ' => "s",
        'ţ' | 'ť' | 'ț' | 'ṭ' => "t",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' | 'ẓ' => "z",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_error_names_the_character() {
        let long = "a".repeat(101);
        let cases = [
            ("", IdentifierError::Empty),
            ("ISRMIL", IdentifierError::ActorCode),
            ("Balad", IdentifierError::FirstCharacter { found: 'B' }),
            (".hidden", IdentifierError::FirstCharacter { found: '.' }),
            ("al saqr", IdentifierError::Character { at: 2, found: ' ' }),
            ("al-qāim", IdentifierError::Character { at: 4, found: 'ā' }),
            ("a|b", IdentifierError::Character { at: 1, found: '|' }),
            (&long, IdentifierError::TooLong { bytes: 101 }),
        ];
        for (text, error) in cases {
            assert_eq!(Identifier::parse(text), Err(error), "{text}");
        }
        assert!(Identifier::parse(&long[1..]).is_ok());
    }

    #[test]
    fn a_suggestion_keeps_every_letter_or_is_none() {
        let cases = [
            ("Al Qāʾim", Some("al-qaim")),
            ("al-Hashd ash-Sha'abi", Some("al-hashd-ash-shaabi")),
            ("Kata'ib  Hezbollah (Iraq)", Some("kataib-hezbollah-iraq")),
            ("Straße/Weg", Some("strasse-weg")),
            ("İzmir", Some("izmir")),
            ("الحشد الشعبي", None),
            ("---", None),
            ("_x.", Some("x")),
        ];
        for (text, suggestion) in cases {
            assert_eq!(Identifier::suggest(text).as_deref(), suggestion, "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_identifier_reads_back_and_suggests_itself(text in "[a-z0-9]([a-z0-9._-]{0,40}[a-z0-9])?") {
            let identifier = Identifier::parse(&text).unwrap();
            prop_assert_eq!(identifier.as_str(), &text);
            prop_assume!(!text.contains("--"));
            prop_assert_eq!(Identifier::suggest(&text), Some(text));
        }

        #[test]
        fn every_suggestion_is_an_identifier(text in "\\PC{0,120}") {
            if let Some(suggestion) = Identifier::suggest(&text) {
                prop_assert!(Identifier::parse(&suggestion).is_ok(), "{}", suggestion);
            }
        }
    }
}
