//! What code lists are chosen for.

use crate::form::words;

words! {
    /// What a code list codes. The codebook's `lists` chooses one for each role.
    pub enum Role {
        /// What was done.
        Action = "action",
        /// How sure the coder is of an event or of a part of it.
        Certainty = "certainty",
        /// How well a place is known.
        LocationPrecision = "location_precision",
        /// How reliable a source is.
        SourceReliability = "source_reliability",
        /// How two events are related.
        Relation = "relation",
        /// Countries and the international kinds of actors: the first group of an actor code.
        Country = "country",
        /// The sectors of society: the second group of an actor code.
        Sector = "sector",
    }
}

impl Role {
    /// Whether its codes stand from strongest to weakest.
    pub(super) const fn is_scale(self) -> bool {
        matches!(self, Self::Certainty | Self::LocationPrecision | Self::SourceReliability)
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
