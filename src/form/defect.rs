//! What was found wrong while reading, as typed facts.

use super::{Form, Kind};
use crate::source::{FileId, Location, Span, Spanned};
use crate::spelling::LookAlike;
use crate::syntax::{Insertion, OtherReading, SyntaxDefect};
use crate::value::{
    CoordinateError, DateError, Identifier, IdentifierError, ListTextError, NumberError,
    PatternError, RangeError, Reading, TimeError,
};

/// A file and what was found wrong in it.
#[derive(Clone, Debug)]
pub struct FileDefects {
    /// The file.
    pub file: FileId,
    /// What was found wrong: first in the text, then in what it says.
    pub defects: Vec<Spanned<Defect>>,
}

impl FileDefects {
    /// A file that is wrong as a whole.
    pub fn of_file(file: FileId, defect: Defect) -> Self {
        Self { file, defects: vec![Spanned::new(defect, Span::at(0))] }
    }
}

/// Something that does not fit. The rule of that name puts it into words.
#[derive(Clone, Debug)]
pub enum Defect {
    /// The text is not the YAML that a record may use.
    Syntax(SyntaxDefect),
    /// A key that the form does not have.
    UnknownKey {
        /// The form.
        form: &'static Form,
        /// The key as written.
        key: String,
        /// The key that was probably meant.
        meant: Option<String>,
        /// The keys that the mapping may have beside those of the form.
        extra: Vec<String>,
        /// The key right before it, if that has no value: it probably belongs under it.
        under: Option<Spanned<String>>,
    },
    /// A text without quotes, inside `{}`, that a comma ended: what follows it is read as keys. The
    /// defect stands at the text and all that it lost.
    FlowComma {
        /// What the key wants, if it is one of the form's.
        wanted: Option<Kind>,
        /// The text and all that it lost, as written but on one line; `None` where a comment stands
        /// within it.
        whole: Option<String>,
    },
    /// An id, code or key with characters that look like Latin ones. It is read as if it had these.
    LookAlike {
        /// The text as written.
        written: String,
        /// How it reads to the eye.
        seen: LookAlike,
    },
    /// An id, code or text without quotes that other readers of YAML take for something else.
    AmbiguousScalar {
        /// The text.
        written: String,
        /// What they take it for.
        reading: OtherReading,
    },
    /// A required key is not there. The defect stands at the form's first key, or at its bracket.
    MissingKey {
        /// The form.
        form: &'static Form,
        /// The missing key.
        key: &'static str,
    },
    /// The value is of another kind than the key wants.
    WrongType {
        /// What the key wants.
        expected: Kind,
        /// What stands there.
        found: Found,
    },
    /// The value is of the right kind and still cannot be.
    InvalidValue(InvalidValue),
    /// The value is no EDTF date, or an impossible one.
    InvalidDate {
        /// The text as written.
        written: String,
        /// Why.
        error: DateError,
    },
    /// A set of dates that YAML reads as a list, because it is not in quotes.
    UnquotedSet {
        /// The set, without white space.
        written: String,
    },
    /// A word that is none of a closed choice.
    UnknownWord {
        /// The choice.
        words: &'static [&'static str],
        /// The word as written.
        written: String,
    },
    /// A code that its list does not have.
    UnknownCode {
        /// The list's name.
        list: String,
        /// The code as written.
        written: String,
    },
    /// A code that its list does not have, perhaps only because text of the list was lost: no rule
    /// speaks of it, for what is wrong is said where the list is.
    CodeOfDamagedList,
    /// A code that its list has replaced by another.
    RetiredCode {
        /// The list's name.
        list: String,
        /// The code.
        code: String,
        /// What is written: the code, or an actor code that holds it.
        written: String,
        /// Where the code begins in what is written, in bytes.
        at: usize,
    },
    /// A name that stands for no code list.
    UnknownList {
        /// The name as written.
        written: String,
    },
    /// A name that is neither a component of an event nor an extra field of the codebook.
    UnknownComponent {
        /// The name as written.
        written: String,
    },
    /// A certainty, a `because` or a value that the component cannot have in this place.
    MisplacedValue {
        /// The component.
        component: String,
        /// Where it would belong, as the key to write.
        belongs: &'static str,
    },
    /// An actor other than unknown is coded without saying how surely.
    MissingActorCertainty {
        /// The actor as written.
        actor: String,
        /// Where a certainty can be added; `None` where the actor is written by itself.
        place: Option<Insertion>,
    },
    /// A key that means nothing without another.
    MissingCompanion {
        /// The key that is there.
        key: &'static str,
        /// The key that must stand beside it.
        companion: &'static str,
    },
    /// A claim that says nothing.
    EmptyClaim,
    /// A source without claims.
    NoClaims,
    /// An event with more values, coded and claimed, than are read.
    TooManyValues {
        /// How many are read.
        most: usize,
    },
    /// A file with nothing in it.
    EmptyFile {
        /// What it should hold: `event`, `codebook`.
        what: &'static str,
    },
    /// A YAML file that no part of a project is read from.
    UnreadFile {
        /// Where it stands.
        within: Folder,
    },
    /// A second thing with an id or code that is taken in the same file.
    DuplicateEntry {
        /// What it is: `code`, `field`.
        what: &'static str,
        /// The id or code.
        id: String,
        /// Where the first one stands.
        first: Location,
    },
    /// An extra field that the codebook requires is not there.
    MissingField {
        /// The field.
        field: String,
    },
    /// A second document in a file that holds one.
    ExtraDocument,
    /// Something of the codebook that contradicts itself.
    CodebookFault(CodebookFault),
}

impl Defect {
    /// Whether what it stands at was read all the same, so that the record lacks nothing.
    pub const fn leaves_value(&self) -> bool {
        matches!(
            self,
            Self::RetiredCode { .. } | Self::LookAlike { .. } | Self::AmbiguousScalar { .. }
        )
    }
}

/// A codebook or code list that cannot mean anything.
#[derive(Clone, Debug)]
pub enum CodebookFault {
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
    CodeName,
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
    /// A minimum above the maximum.
    MinimumAboveMaximum,
}

/// A folder of a project whose files have fixed names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    /// `schema/`
    Schema,
    /// A folder of `datasets/`.
    Dataset,
}

/// What stood where something else was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing, or an empty text.
    Nothing,
    /// A text, number or other scalar, on one line.
    Scalar,
    /// A text over several lines.
    Block,
    /// A list.
    List,
    /// A mapping.
    Mapping,
}

/// A value of the right kind that cannot be.
#[derive(Clone, Debug)]
pub enum InvalidValue {
    /// Not an id.
    Identifier {
        /// Why.
        error: IdentifierError,
        /// An id close to it.
        reading: Option<String>,
    },
    /// Not a time of day.
    Time(TimeError),
    /// Not a count.
    Range(RangeError),
    /// Not a latitude or longitude.
    Coordinate(CoordinateError),
    /// A latitude that only a longitude can be, beside a longitude that can be a latitude. The
    /// defect stands at the latitude.
    ExchangedCoordinates {
        /// The latitude as written.
        latitude: String,
        /// The longitude as written, and where.
        longitude: Spanned<String>,
    },
    /// Not a number.
    Number {
        /// Why.
        error: NumberError,
        /// The number that was probably meant.
        reading: Option<Reading>,
    },
    /// A date with days in other years than the tables hold.
    Years {
        /// The first year that they hold.
        first: i32,
        /// The last.
        last: i32,
    },
    /// A text that cannot stand in a list.
    ListText(ListTextError),
    /// Not a pattern.
    Pattern(PatternError),
    /// A text that its field's pattern does not match.
    NoMatch {
        /// The pattern.
        pattern: String,
    },
    /// Below the field's minimum or above its maximum.
    Bounds {
        /// The smallest value allowed.
        min: Option<f64>,
        /// The largest value allowed.
        max: Option<f64>,
    },
}

impl InvalidValue {
    /// A text that is no id, and why.
    pub fn id(written: &str, error: IdentifierError) -> Self {
        Self::Identifier { error, reading: Identifier::suggest(written) }
    }
}
