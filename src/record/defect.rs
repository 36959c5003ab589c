//! What may be wrong with a record, as facts.

use crate::form::{Defect, Sample};
use crate::schema::FieldOn;
use crate::source::Location;
use crate::syntax::Insertion;

/// Something in a record that does not fit, beyond its form.
#[derive(Clone, Debug)]
pub enum RecordDefect {
    /// A code that its list does not have.
    UnknownCode {
        /// The list's name.
        list: String,
        /// The code as written.
        written: String,
    },
    /// A code that its list does not have, perhaps only because text of the list was lost. No rule
    /// reports it, because the list itself is reported.
    CodeOfDamagedList,
    /// A code that its list has replaced by another.
    RetiredCode {
        /// The code and what replaces it.
        retired: RetiredCode,
        /// What is written: the code, or an actor code that holds it.
        written: String,
        /// Where the code begins in what is written, in bytes.
        at: usize,
    },
    /// A name that is neither a component of an event nor an extra field of the codebook.
    UnknownComponent {
        /// The name as written.
        written: String,
        /// Its value, where it has one.
        value: Option<Sample>,
    },
    /// An id of a scheme that the codebook does not have.
    UnknownIdScheme {
        /// The scheme as written.
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
        /// Whether others are coded beside it.
        is_one_of_several: bool,
    },
    /// An extra field that the codebook requires is not there.
    MissingField {
        /// What lacks it.
        on: FieldOn,
        /// What is written in place of a mapping that could have it.
        short: Option<String>,
        /// The field.
        field: String,
        /// What the codebook says of it.
        doc: String,
        /// Where the codebook requires it.
        declared: Location,
    },
    /// A source that names neither a publisher nor an address.
    NoPublisher,
    /// Coordinates that do not say where they come from.
    NoGazetteer,
    /// A claim that says nothing.
    EmptyClaim,
    /// A source without claims.
    NoClaims,
    /// Claims that do not stand under their sources.
    SourcelessClaims {
        /// A source that one of them names.
        source: Option<String>,
        /// The claims under their sources, if all that they say can be written so.
        text: Option<String>,
    },
}

/// A code that its list has replaced by another.
#[derive(Clone, Debug)]
pub struct RetiredCode {
    /// The list's name.
    pub list: String,
    /// The code.
    pub code: String,
    /// The code that replaces it.
    pub successor: String,
    /// The name of that code.
    pub label: String,
    /// Where the list has the retired one.
    pub declared: Location,
}

impl From<RecordDefect> for Defect<RecordDefect> {
    fn from(defect: RecordDefect) -> Self {
        Self::Own(defect)
    }
}

impl Defect<RecordDefect> {
    /// Whether the value was read in spite of the defect.
    pub const fn leaves_value(&self) -> bool {
        match self {
            Self::Form(defect) => defect.leaves_value(),
            defect => matches!(
                defect,
                Self::Own(
                    RecordDefect::RetiredCode { .. }
                        | RecordDefect::NoPublisher
                        | RecordDefect::NoGazetteer
                )
            ),
        }
    }
}
