//! The components of an event.

/// A part of an event that is judged and that claims speak of.
///
/// The six core components and the codebook's extra fields meet here: claims, evidence, rules and
/// tables name either in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Component {
    /// That something happened, there and then, whatever it was.
    Event,
    /// When.
    Date,
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
    pub const CORE: [Self; 6] =
        [Self::Event, Self::Date, Self::Actor, Self::Action, Self::Target, Self::Location];

    /// The name of a core component; `None` for an extra field, whose name the codebook knows.
    pub const fn core_name(self) -> Option<&'static str> {
        match self {
            Self::Event => Some("event"),
            Self::Date => Some("date"),
            Self::Actor => Some("actor"),
            Self::Action => Some("action"),
            Self::Target => Some("target"),
            Self::Location => Some("location"),
            Self::Field(_) => None,
        }
    }
}
