//! Records: typed, owned, unbound.
//!
//! Does: read a document by the forms of events, claims and registry entries into typed values,
//! each with its span; leave a defect for what does not fit.
//!
//! Must never: look outside the record. What a name refers to is found out when it is bound.

mod actor;
mod allow;
mod claim;
mod code;
mod coded;
mod count;
mod dataset_file;
mod defect;
mod event;
mod event_limits;
mod fields;
mod ids;
mod location;
mod place;
mod redacted_entry;
mod redaction;
mod reference;
mod said;
mod source_entry;
mod sourceless;
mod value;

pub use actor::{Actor, ActorKind, Membership};
pub use allow::Allow;
pub use claim::{Claim, Claimant, Stance, Statement};
pub use code::current_actor;
pub use coded::{Coded, CodedActor};
pub use count::Figures;
pub use dataset_file::{DatasetFile, LevelChoice, LevelOf, Person, Scope};
pub use defect::{RecordDefect, RetiredCode};
pub use event::{Coding, CodingStatus, Event, RelatedEvent};
pub use event_limits::read_event;
pub use fields::FieldValues;
pub use ids::SchemeId;
pub use location::{Location, MAX_RADIUS};
pub use place::Place;
pub use redacted_entry::SourceStandIn;
pub use redaction::{Redaction, page_key};
pub use reference::{Reference, Referent};
pub use source_entry::{SourceEntry, SourceKind};
pub use value::{Value, field_kind, stated_kind};

use crate::schema::{Codebook, FieldOn};

/// Records are read with the codebook at hand.
impl crate::form::Context for Codebook {
    type Defect = RecordDefect;

    fn called(&self, written: &str) -> Option<&str> {
        self.field_called(written)
    }

    fn extra_keys(&self, form: &'static crate::form::Form) -> Vec<&str> {
        FieldOn::of_form(form).map(|on| self.field_keys(on)).unwrap_or_default()
    }
}

/// Reads records with the codebook at hand.
pub type Reader<'c> = crate::form::Reader<'c, Codebook>;
