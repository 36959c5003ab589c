//! What may be wrong with a codebook or code list, as facts.

use crate::form::Defect;
use crate::source::Location;

/// Something in a codebook or code list that does not fit, beyond its form.
#[derive(Clone, Debug)]
pub enum SchemaDefect {
    /// A code that its list does not have.
    UnknownCode {
        /// The list's name.
        list: String,
        /// The code as written.
        written: String,
    },
    /// A name that stands for no code list.
    UnknownList {
        /// The name as written.
        written: String,
        /// Whether the codes themselves may stand in its place.
        takes_codes: bool,
    },
    /// A policy in its former form. It is read all the same.
    FormerPolicy {
        /// How it is written today.
        text: String,
    },
    /// Something that contradicts itself.
    Fault(CodebookFault),
}

impl From<SchemaDefect> for Defect<SchemaDefect> {
    fn from(defect: SchemaDefect) -> Self {
        Self::Own(defect)
    }
}

impl From<CodebookFault> for Defect<SchemaDefect> {
    fn from(fault: CodebookFault) -> Self {
        Self::Own(SchemaDefect::Fault(fault))
    }
}

/// A codebook or code list that cannot mean anything.
#[derive(Clone, Debug)]
pub enum CodebookFault {
    /// A second thing with an id or code that is taken in the same file.
    Duplicate {
        /// What it is: `code`, `column`.
        what: &'static str,
        /// The id or code.
        id: String,
        /// Where the first one stands.
        first: Location,
    },
    /// A name that a table column cannot have.
    ColumnName,
    /// A code list's own column with the name of a key of every code.
    TakenName,
    /// Two columns of a table would have the same name.
    ColumnClash {
        /// The name.
        name: String,
        /// Where the first one is declared; `None` for a key or column that eventc has itself.
        first: Option<Location>,
    },
    /// A text that cannot be a code.
    CodeName {
        /// The text.
        written: String,
    },
    /// The codebook itself lists codes under a name that another list has.
    TakenList {
        /// The name.
        name: String,
        /// Where the other list begins.
        first: Location,
    },
    /// A field of which only the type `code` is written.
    CodeOfNothing,
    /// A list of codes that is the name of a type.
    TypeAsCode {
        /// The type.
        word: &'static str,
    },
    /// Two codes that differ only in case.
    CaseOnly {
        /// The first one.
        first: Location,
    },
    /// A list without codes.
    NoCodes,
    /// An ordered list has no whole numbers as ranks.
    NoRanks,
    /// A code of an ordered list that is not ranked below the one before it.
    RankOrder {
        /// The one before it.
        before: Location,
    },
    /// The list chosen for certainty has no ranks.
    UnrankedScale,
    /// A policy asks for a code that its list does not rank.
    UnrankedCode,
    /// A policy has a level that is for no component.
    LevelOfNothing {
        /// The level.
        level: String,
    },
    /// A level of a policy with no alternative that it may rest on.
    NoAlternative,
    /// A condition of a policy that is asked for otherwise today.
    FormerCondition {
        /// The condition as written.
        written: &'static str,
        /// What says the same, where one condition does.
        successor: Option<&'static str>,
    },
    /// A list extends the shipped one of its own name, which it takes the place of.
    ExtendsOwnName {
        /// The name.
        name: String,
        /// The key of the codebook's `lists` that chooses a list of this name, where there is one.
        key: Option<&'static str>,
    },
    /// A list extends itself, directly or through others.
    CircularList,
    /// A code's parents lead back to it.
    CircularParent,
    /// A code is replaced by one that the list does not have.
    UnknownSuccessor {
        /// The successor as written.
        written: String,
    },
    /// The codes that replace a code lead back to it.
    CircularSuccessor,
    /// The `list:` of a file is not the file's own name.
    ListName {
        /// The name the file calls for.
        expected: String,
    },
    /// A key that means nothing for a field or column of this type.
    NotForType {
        /// The key.
        key: &'static str,
        /// The type.
        field_type: &'static str,
    },
    /// A field is a part of one that the codebook does not have.
    UnknownWhole {
        /// The whole as written.
        written: String,
    },
    /// A field is a part of one that something else has.
    WholeElsewhere {
        /// What has the whole.
        on: &'static str,
    },
    /// A field is a part of one that is no figure.
    UncountedWhole,
    /// A field is a part of itself, directly or through others.
    CircularPart,
    /// A minimum above the maximum.
    MinimumAboveMaximum,
}
