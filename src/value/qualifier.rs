//! How sure a curator is of a date or a time.

use serde::{Deserialize, Serialize};

/// The qualifier of a date or time, as EDTF writes it (ISO 8601-2:2019, 8).
#[derive(Clone, Copy, Debug, Deserialize, Default, PartialEq, Eq, Hash, Serialize)]
pub enum Qualifier {
    /// None is written: the value is meant exactly.
    #[default]
    Exact,
    /// `?`: the source is doubtful.
    Uncertain,
    /// `~`: an estimate, about then.
    Approximate,
    /// `%`: both; also where one component is `?` and another `~`.
    UncertainAndApproximate,
}

impl Qualifier {
    /// The qualifier of a character.
    pub fn from_char(written: char) -> Option<Self> {
        match written {
            '?' => Some(Self::Uncertain),
            '~' => Some(Self::Approximate),
            '%' => Some(Self::UncertainAndApproximate),
            _ => None,
        }
    }

    /// The qualifier with these two properties.
    pub fn from_flags(uncertain: bool, approximate: bool) -> Self {
        match (uncertain, approximate) {
            (false, false) => Self::Exact,
            (true, false) => Self::Uncertain,
            (false, true) => Self::Approximate,
            (true, true) => Self::UncertainAndApproximate,
        }
    }

    /// The qualifier of two values together.
    pub fn and(self, other: Self) -> Self {
        Self::from_flags(
            self.is_uncertain() || other.is_uncertain(),
            self.is_approximate() || other.is_approximate(),
        )
    }

    /// Whether the source is doubtful: `?` or `%`.
    pub fn is_uncertain(self) -> bool {
        matches!(self, Self::Uncertain | Self::UncertainAndApproximate)
    }

    /// Whether it is an estimate: `~` or `%`.
    pub fn is_approximate(self) -> bool {
        matches!(self, Self::Approximate | Self::UncertainAndApproximate)
    }

    /// The word of the column `date_qualifier`; none for an exact value, whose cell is missing.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Exact => None,
            Self::Uncertain => Some("uncertain"),
            Self::Approximate => Some("approximate"),
            Self::UncertainAndApproximate => Some("uncertain_and_approximate"),
        }
    }
}
