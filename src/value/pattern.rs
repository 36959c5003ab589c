//! Patterns of texts.

use regex::{Regex, RegexBuilder};
use thiserror::Error;

/// Largest compiled pattern, in bytes (256 KiB): `(\\w{1000}){1000}` would take gigabytes.
const MAX_COMPILED_BYTES: usize = 256 << 10;

/// A regular expression that a text must match whole. Matching takes time linear in the text.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: Box<str>,
    compiled: Regex,
}

/// Why a text is not a [`Pattern`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PatternError {
    /// Not a regular expression.
    #[error("{reason}")]
    NotAPattern {
        /// What is wrong with it.
        reason: Box<str>,
    },
    /// Too large when compiled.
    #[error("it would take too much memory")]
    TooLarge,
}

impl Pattern {
    /// Reads a pattern in the syntax of the crate `regex`: no look-around, no back-references.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        // Alone first, so that an unbalanced bracket cannot pair with one of the frame's.
        compile(text)?;
        let compiled = compile(&format!("^(?:{text})$"))?;
        Ok(Self { text: text.into(), compiled })
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it matches all of a text.
    pub fn matches(&self, text: &str) -> bool {
        self.compiled.is_match(text)
    }
}

fn compile(text: &str) -> Result<Regex, PatternError> {
    let mut builder = RegexBuilder::new(text);
    builder.size_limit(MAX_COMPILED_BYTES).build().map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => PatternError::TooLarge,
        error => {
            // The last line says it in words; those before draw the pattern.
            let text = error.to_string();
            let last = text.lines().last().unwrap_or_default();
            let reason = last.strip_prefix("error: ").unwrap_or(last);
            PatternError::NotAPattern { reason: reason.into() }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_whole_texts() {
        let pattern = Pattern::parse("[A-Z]{2}|x").unwrap();
        assert!(pattern.matches("AB") && pattern.matches("x"));
        assert!(!pattern.matches("ABC") && !pattern.matches("AB\n") && !pattern.matches("xy"));
    }

    #[test]
    fn what_is_no_pattern_says_why() {
        let reason = |text| match Pattern::parse(text).unwrap_err() {
            PatternError::NotAPattern { reason } => reason.into_string(),
            PatternError::TooLarge => "too large".to_owned(),
        };
        assert_eq!(reason("[A-Z"), "unclosed character class");
        assert_eq!(reason("a)|(b"), "unopened group");
        assert_eq!(reason("(\\w{1000}){1000}"), "too large");
    }
}
