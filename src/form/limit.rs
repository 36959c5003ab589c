//! How much is read beyond the text itself, and why. Limits of the text are those of
//! [`crate::syntax::limits`].

/// A limit on how much is read. What is beyond it is left out, and that is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Findings of one file. Nobody reads more, and four bytes of text can make one.
    Findings,
    /// Letters that are compared to guess what unknown keys of a file mean, beyond a hundred for
    /// each of its bytes. A record written by people has few unknown keys.
    KeyGuesses,
    /// Searches for the name nearest to a misspelled one, in lengths of the list that is searched:
    /// see [`crate::spelling::Index`]. More misspellings are not slips of the hand.
    NameGuesses,
    /// Bytes of a code, or of the name of a field or column: as many as an id may have. They become
    /// columns and file names, and all may be compared with each other to guess what was meant.
    Name,
    /// Extra fields of a codebook. The widest event datasets have some 150 variables, and every
    /// field is a column of every event.
    Fields,
    /// Fields with a pattern. A compiled pattern takes up to a quarter of a megabyte, and some
    /// milliseconds.
    Patterns,
    /// Columns of a code list. Every code of a list that extends it has them too.
    Columns,
    /// Codes that an ordered list without ranks of its own may have. A rank is a whole number of 8
    /// bits, and no scale of sureness has more than eleven.
    Ranks,
    /// Lists that a list may extend, each extending the next. A lookup goes through all of them.
    ListLevels,
    /// Codes that the lists of a project inherit from others, in total. Every list that inherits a
    /// code checks it again.
    InheritedCodes,
    /// Actors of an event, and likewise its targets and actions. The largest coalitions have some 90 members.
    /// Every claim is compared with each.
    Participants,
    /// Triples of an actor, an action and a target of an event. Each is a row of `dyads`.
    Dyads,
    /// Claims of an event. The fullest record written by people has about a hundred, and any two
    /// may contradict each other.
    Claims,
    /// Values that an event is coded with, and values that its claims state or deny. Any two may
    /// exclude each other.
    Values,
    /// Values that the claims of an event bear on: those that they state, and each coded one where
    /// they affirm or deny what is coded. Each is a row of `claims`.
    Statements,
    /// Memberships that are followed from an actor through the organisations it belongs to. Real
    /// actors have at most ten, and they are followed for each actor of each claim.
    Memberships,
    /// Citations that are followed from a source to its origins. A report repeats one or two
    /// others, and they are followed for each claim.
    Citations,
    /// Places that lie within one another. A street, its town, district, province, country and
    /// continent are six.
    Places,
}

impl Limit {
    /// The largest number that is read.
    pub const fn most(self) -> usize {
        match self {
            Self::Findings => crate::syntax::limits::DEFECTS,
            Self::KeyGuesses => 1_000_000,
            Self::NameGuesses => 100,
            Self::Name => 100,
            Self::Fields => 500,
            Self::Patterns => 100,
            Self::Columns => 50,
            Self::Ranks => 127,
            Self::ListLevels => 8,
            Self::InheritedCodes => 200_000,
            Self::Participants => 200,
            Self::Dyads => 2_000,
            Self::Claims => 1_000,
            Self::Values => 500,
            Self::Statements => 100_000,
            Self::Memberships | Self::Citations => 64,
            Self::Places => 16,
        }
    }
}
