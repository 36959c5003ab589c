//! What code lists are chosen for.

/// What a code list codes. The codebook's `lists` chooses one for each role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// What was done.
    Action,
    /// How sure the coder is of an event or of a part of it.
    Certainty,
    /// How well a place is known.
    LocationPrecision,
    /// How reliable a source is.
    SourceReliability,
    /// How two events are related.
    Relation,
    /// Countries and the international kinds of actors: the first group of an actor code.
    Country,
    /// The sectors of society: the second group of an actor code.
    Sector,
}

impl Role {
    /// Every role, in the order a codebook lists them.
    pub const ALL: [Self; 7] = [
        Self::Action,
        Self::Certainty,
        Self::LocationPrecision,
        Self::SourceReliability,
        Self::Relation,
        Self::Country,
        Self::Sector,
    ];

    /// The key under `lists` in `codebook.yaml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::Certainty => "certainty",
            Self::LocationPrecision => "location_precision",
            Self::SourceReliability => "source_reliability",
            Self::Relation => "relation",
            Self::Country => "country",
            Self::Sector => "sector",
        }
    }

    /// The shipped list that codes this where a codebook names none.
    pub const fn default_list(self) -> &'static str {
        match self {
            Self::Action => "plover-events",
            Self::Certainty => "admiralty",
            Self::LocationPrecision => "location-precision",
            Self::SourceReliability => "source-reliability",
            Self::Relation => "relation",
            Self::Country => "country",
            Self::Sector => "sector",
        }
    }
}
