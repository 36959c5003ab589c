//! How much is read beyond the text itself, and why. Limits of the text are those of
//! [`crate::syntax::limits`].

/// More of something than is read. What is beyond a limit is left out, and said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Findings of one file. Nobody reads more, and four bytes of text can make one.
    Findings,
    /// Letters that the keys of a file which no form has are held against, beside
    /// a hundred for each byte of it: a record of people has a few such keys.
    KeyGuesses,
    /// Words that are looked for among names near them: as often as [`crate::spelling::Index`] lets a
    /// list be searched through, in list lengths. More misspelled words are no slips of a hand.
    NameGuesses,
    /// Bytes of a code, or of the name of a field or column: what identifiers may have. They become
    /// columns and file names, and each may be held against each to see what was meant.
    Name,
    /// Extra fields of a codebook. The widest event datasets have some 150 variables, and every
    /// field is a column of every event.
    Fields,
    /// Fields with a pattern. A compiled pattern takes up to a quarter of a megabyte, and some
    /// milliseconds.
    Patterns,
    /// Columns of a code list. Every code of a list that extends it has them too.
    Columns,
    /// Lists that a list may extend, one through the other. A lookup goes through all of them.
    ListLevels,
    /// Codes that the lists of a project take over from others, all taken together. Each is looked
    /// at again in every list that has it.
    InheritedCodes,
    /// Actors of an event, and targets. The largest coalitions have some 90 members. Claims are held
    /// against each of them.
    Participants,
    /// Pairs of an actor and a target of an event. Each is a row of `dyads`.
    Dyads,
    /// Claims of an event. The fullest record of people has some hundred, and each may contradict
    /// each.
    Claims,
    /// Values that an event is coded with, and values that its claims state or deny. Each may exclude
    /// each.
    Values,
    /// Values that the claims of an event bear on: those that they state, and each coded one where
    /// they affirm or deny what is coded. Each is a row of `claims`.
    Statements,
    /// Memberships that are followed from an actor through the organisations it belongs to. Real
    /// ones are part of ten at most, and they are followed for each actor of each claim.
    Memberships,
    /// Citations that are followed from a source to what it goes back to. A report repeats one or
    /// two others, and they are followed for each claim.
    Citations,
    /// Places that lie in one another: a street, its town, district, province, country and
    /// continent are six.
    Places,
}

impl Limit {
    /// How many are read.
    pub const fn most(self) -> usize {
        match self {
            Self::Findings => crate::syntax::limits::DEFECTS,
            Self::KeyGuesses => 1_000_000,
            Self::NameGuesses => 100,
            Self::Name => 100,
            Self::Fields => 500,
            Self::Patterns => 100,
            Self::Columns => 50,
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
