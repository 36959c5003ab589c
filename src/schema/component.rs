//! The components of an event.

use serde::{Deserialize, Serialize};

/// A part of an event that is judged and that claims speak of.
///
/// The seven core components and the codebook's extra fields meet here: claims, evidence, rules and
/// tables name either in the same way.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Component {
    /// That something happened, there and then, whatever it was.
    Event,
    /// On which day.
    Date,
    /// At what local time of day.
    Time,
    /// Who did it.
    Actor,
    /// What was done.
    Action,
    /// To whom or what.
    Target,
    /// Where.
    Location,
    /// An extra field: its position in the codebook.
    Field(u16),
}

impl Component {
    /// The core components, in the order of the tables.
    pub const CORE: [Self; 7] = [
        Self::Event,
        Self::Date,
        Self::Time,
        Self::Actor,
        Self::Action,
        Self::Target,
        Self::Location,
    ];

    /// The name of a core component; `None` for an extra field, whose name the codebook knows.
    pub const fn core_name(self) -> Option<&'static str> {
        match self {
            Self::Event => Some("event"),
            Self::Date => Some("date"),
            Self::Time => Some("time"),
            Self::Actor => Some("actor"),
            Self::Action => Some("action"),
            Self::Target => Some("target"),
            Self::Location => Some("location"),
            Self::Field(_) => None,
        }
    }
}
