//! What was found wrong while reading, as typed facts.

use super::{Form, Found, Kind, Limit};
use crate::source::{FileId, Obstacle, Span, Spanned};
use crate::spelling::LookAlike;
use crate::syntax::{OtherReading, SyntaxDefect};
use crate::value::{
    CoordinateError, DateError, Figure, FormatError, Identifier, IdentifierError, ListTextError,
    NumberError, PatternError, RangeError, Reading, TimeError, is_placeholder,
};

/// A file and what was found wrong in it. `Own` are the defects of the stage that read it.
#[derive(Clone, Debug)]
pub struct FileDefects<Own> {
    /// The file.
    pub file: FileId,
    /// What was found wrong: first in the text, then in what it says.
    pub defects: Vec<Spanned<Defect<Own>>>,
}

impl<Own> FileDefects<Own> {
    /// A file with one defect, of the file as a whole.
    pub fn of_file(file: FileId, defect: FileDefect) -> Self {
        Self { file, defects: vec![Spanned::new(Defect::File(defect), Span::at(0))] }
    }
}

/// A defect, by the stage that finds it. A rule makes a message of it.
#[derive(Clone, Debug)]
pub enum Defect<Own> {
    /// The text is not the YAML that a record may use.
    Syntax(SyntaxDefect),
    /// The file as a whole is not what its place calls for.
    File(FileDefect),
    /// A mapping or value does not fit its form.
    Form(FormDefect),
    /// A limit that was exceeded.
    Limit(Limit),
    /// A defect of the stage that reads by these forms, such as a code that no list has.
    Own(Own),
}

impl<Own> From<FileDefect> for Defect<Own> {
    fn from(defect: FileDefect) -> Self {
        Self::File(defect)
    }
}

impl<Own> From<Limit> for Defect<Own> {
    fn from(limit: Limit) -> Self {
        Self::Limit(limit)
    }
}

impl<Own> From<FormDefect> for Defect<Own> {
    fn from(defect: FormDefect) -> Self {
        Self::Form(defect)
    }
}

impl<Own> From<InvalidValue> for Defect<Own> {
    fn from(invalid: InvalidValue) -> Self {
        Self::Form(FormDefect::InvalidValue(invalid))
    }
}

/// A file that is not what its place calls for.
#[derive(Clone, Debug)]
pub enum FileDefect {
    /// A file with nothing in it.
    Empty {
        /// What it should hold: `event`, `codebook`.
        what: &'static str,
    },
    /// A file that nothing is read from.
    Unread(Unread),
    /// A path that cannot be read.
    Unreadable(Obstacle),
    /// A second document in a file that holds one.
    ExtraDocument,
    /// A JSON Schema for editors that is not what the codebook gives. It has the names of all such files
    /// of its folder.
    StaleSchema(Vec<String>),
}

impl From<Obstacle> for FileDefect {
    /// What is hidden or ignored could be read, and is not; the rest cannot be.
    fn from(obstacle: Obstacle) -> Self {
        match obstacle {
            Obstacle::Hidden => Self::Unread(Unread::Hidden),
            Obstacle::Ignored => Self::Unread(Unread::Ignored),
            other => Self::Unreadable(other),
        }
    }
}

/// A mapping or value that does not fit its form.
#[derive(Clone, Debug)]
pub enum FormDefect {
    /// A key that the form does not have.
    UnknownKey(Box<UnknownKey>),
    /// A key under the name that it had in an earlier version of the format. It is read.
    FormerKey {
        /// The former name, as written.
        former: &'static str,
        /// The name of today.
        key: &'static str,
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
    /// A text that is probably not what was typed.
    ChangedText(ChangedText),
    /// A required key is not there. The defect stands at the form's first key, or at its bracket.
    MissingKey {
        /// The form.
        form: &'static Form,
        /// The missing key.
        key: &'static str,
    },
    /// A key that means nothing without another.
    MissingCompanion {
        /// The key that is there.
        key: &'static str,
        /// The key that must stand beside it.
        companion: &'static str,
    },
    /// A value, or a claim, that stands in its list already.
    DuplicateValue {
        /// The value, if it is one word.
        written: Option<String>,
        /// Where it stands first.
        first: Span,
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
        /// Whether it is the date of an event, which cannot be left out.
        needed: bool,
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
}

/// A key that a form does not have.
#[derive(Clone, Debug)]
pub struct UnknownKey {
    /// The form.
    pub form: &'static Form,
    /// The key as written.
    pub key: String,
    /// The key that was probably meant.
    pub meant: Option<String>,
    /// Whether it is one slip from that key and from no other.
    pub is_slip: bool,
    /// The keys that the mapping may have beside those of the form, where none was meant; at most as
    /// many as a message names.
    pub extra: Vec<String>,
    /// How many more it may have.
    pub more: usize,
    /// The key right before it, if that has no value: it probably belongs under it.
    pub under: Option<Spanned<String>>,
    /// The key that people also call so, where it is there already.
    pub taken: Option<String>,
    /// The key of the form whose mapping has such a key, and what that is called.
    pub around: Option<(&'static str, &'static str)>,
    /// What is written for it, where no key was meant.
    pub value: Option<Sample>,
}

/// A value that tells of what type a key is.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The value, or the first of its list.
    pub text: String,
    /// Whether it is of a list.
    pub is_list: bool,
}

/// Why nothing is read from a file that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// A YAML file under `schema/` with a name that nothing is looked for under.
    SchemaFile,
    /// A YAML file under `datasets/` with a name that nothing is looked for under.
    DatasetFile,
    /// The ending says YAML, in another spelling than `.yaml` or `.yml`.
    Ending,
    /// Something else than YAML among the records.
    Format,
    /// It, or a folder around it, is hidden: the name begins with a dot.
    Hidden,
    /// It, or a folder around it, is ignored by a `.gitignore` of the project.
    Ignored,
    /// A record outside `datasets/`.
    Outside,
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
    /// Not in the form that others have defined for it.
    Format(FormatError),
    /// Not a number.
    Number {
        /// Why.
        error: NumberError,
        /// The number that was probably meant.
        reading: Option<Reading>,
    },
    /// What other data sets write for a figure that is not known.
    Placeholder {
        /// The text as written.
        written: String,
        /// Whether it could as well be a figure.
        is_figure: bool,
    },
    /// What stands in an example for what is still to be written.
    Unfilled,
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
        min: Option<Figure>,
        /// The largest value allowed.
        max: Option<Figure>,
    },
}

/// How a text differs from what was probably typed. It is read as it stands.
#[derive(Clone, Debug)]
pub enum ChangedText {
    /// A comment cut it off. The defect stands at the comment.
    Truncated {
        /// The text as read.
        read: String,
        /// The text with the comment, and where both stand.
        whole: Spanned<String>,
    },
    /// An escape for a control character was meant as a backslash and a letter.
    ControlEscape {
        /// The character that is read.
        character: char,
        /// The text as read.
        read: String,
        /// The scalar with its backslashes meant, and where it stands.
        literal: Option<Spanned<String>>,
    },
    /// It was saved as UTF-8 and opened in another encoding.
    WrongEncoding {
        /// That encoding.
        encoding: &'static str,
        /// The text as it was before.
        text: String,
        /// The same as it would be written; `None` where it is written with escapes.
        source: Option<String>,
    },
    /// U+FFFD stands for a character that was lost.
    LostCharacter,
}

impl FormDefect {
    /// Whether the value was read in spite of the defect.
    pub const fn leaves_value(&self) -> bool {
        match self {
            Self::FormerKey { .. }
            | Self::LookAlike { .. }
            | Self::AmbiguousScalar { .. }
            | Self::ChangedText(_)
            | Self::DuplicateValue { .. } => true,
            Self::UnknownKey(_)
            | Self::FlowComma { .. }
            | Self::MissingKey { .. }
            | Self::MissingCompanion { .. }
            | Self::WrongType { .. }
            | Self::UnquotedSet { .. }
            | Self::InvalidValue(_)
            | Self::InvalidDate { .. }
            | Self::UnknownWord { .. } => false,
        }
    }
}

impl InvalidValue {
    /// Returns [`Self::Placeholder`] if the text is a usual stand-in for an unknown figure, and
    /// itself otherwise.
    pub fn unless_placeholder(self, written: &str) -> Self {
        if is_placeholder(written) {
            return Self::Placeholder { written: written.to_owned(), is_figure: false };
        }
        self
    }

    /// A text that is no id, and why.
    pub fn id(written: &str, error: IdentifierError) -> Self {
        Self::Identifier { error, reading: Identifier::suggest(written) }
    }
}
