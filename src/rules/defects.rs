//! Which rule puts a defect into words.
//!
//! Each `match` names every defect, so that none can vanish: one that no rule speaks of has an arm
//! that says why.

use super::{
    DefectPlace, Rule, ambiguous_scalar, codebook_fault, duplicate_key, duplicate_value,
    empty_claim, flow_comma, forbidden_yaml, garbled_text, invalid_date, invalid_value,
    limit_exceeded, look_alike_character, merge_conflict, missing_actor_certainty, missing_key,
    retired_code, truncated_text, unknown_code, unknown_key, unread_file, unreadable_file,
    unsafe_character, wrong_type, yaml_syntax,
};
use crate::diagnostic::Diagnostic;
use crate::form::{ChangedText, Defect, FileDefect, FormDefect};
use crate::record::{EVENT, RecordDefect};
use crate::schema::SchemaDefect;
use crate::source::Obstacle;
use crate::syntax::SyntaxDefect;

/// A finding and its rule.
pub(super) type Worded = (&'static Rule, Diagnostic);

/// The defects that a stage adds to those of text and forms.
pub(super) trait Words {
    /// The finding; `None` where another one says it all.
    fn words(&self, place: DefectPlace<'_>) -> Option<Worded>;
}

impl<Own: Words> Words for Defect<Own> {
    fn words(&self, place: DefectPlace<'_>) -> Option<Worded> {
        match self {
            Self::Syntax(defect) => defect.words(place),
            Self::File(defect) => defect.words(place),
            Self::Form(defect) => defect.words(place),
            Self::Limit(limit) => {
                Some((&limit_exceeded::RULE, limit_exceeded::words(*limit, place)))
            }
            Self::Own(defect) => defect.words(place),
        }
    }
}

impl Words for SyntaxDefect {
    fn words(&self, place: DefectPlace<'_>) -> Option<Worded> {
        Some(match self {
            Self::Yaml(error) => (&yaml_syntax::RULE, yaml_syntax::words(error, place)),
            Self::MergeConflict { .. } => (&merge_conflict::RULE, merge_conflict::words(place)),
            Self::DuplicateKey { key, first, removal } => {
                (&duplicate_key::RULE, duplicate_key::words(key, *first, *removal, place))
            }
            Self::Forbidden(forbidden) => {
                (&forbidden_yaml::RULE, forbidden_yaml::words(forbidden, place))
            }
            Self::UnsafeCharacter { character, literal: Some(literal), .. } => {
                (&unsafe_character::RULE, unsafe_character::of_escape(*character, literal, place))
            }
            Self::UnsafeCharacter { character, escaped, .. } => {
                (&unsafe_character::RULE, unsafe_character::of_text(*character, *escaped, place))
            }
            Self::BlankIndentation { character, columns } => (
                &look_alike_character::RULE,
                look_alike_character::of_indentation(*character, *columns, place),
            ),
            Self::InvalidUtf8 => (&unsafe_character::RULE, unsafe_character::of_bytes(place)),
            Self::WideEncoding => (&unsafe_character::RULE, unsafe_character::of_encoding(place)),
            Self::Limit(limit) => (&limit_exceeded::RULE, limit_exceeded::of_text(limit, place)),
        })
    }
}

impl Words for FileDefect {
    fn words(&self, place: DefectPlace<'_>) -> Option<Worded> {
        Some(match self {
            Self::Empty { what } => (&missing_key::RULE, missing_key::of_file(what, place)),
            Self::Unread(unread) => (&unread_file::RULE, unread_file::words(*unread, place)),
            Self::Unreadable(Obstacle::TooDeep) => {
                (&limit_exceeded::RULE, limit_exceeded::of_folders(place))
            }
            Self::Unreadable(obstacle) => {
                (&unreadable_file::RULE, unreadable_file::words(obstacle, place))
            }
            Self::ExtraDocument => (&forbidden_yaml::RULE, forbidden_yaml::extra_document(place)),
        })
    }
}

impl Words for FormDefect {
    fn words(&self, place: DefectPlace<'_>) -> Option<Worded> {
        Some(match self {
            // The key may be that of a field whose declaration was lost.
            Self::UnknownKey(unknown)
                if place.codebook.lacks_fields
                    && unknown.form.name == EVENT.name
                    && unknown.meant.is_none() =>
            {
                return None;
            }
            Self::UnknownKey(unknown) => (&unknown_key::RULE, unknown_key::words(unknown, place)),
            Self::FlowComma { wanted, whole } => {
                (&flow_comma::RULE, flow_comma::words(wanted.as_ref(), whole.as_deref(), place))
            }
            Self::LookAlike { written, seen } => match seen.seems {
                Some(seems) => (
                    &look_alike_character::RULE,
                    look_alike_character::words(written, seen, seems, place),
                ),
                None => (&unsafe_character::RULE, unsafe_character::of_name(written, seen, place)),
            },
            Self::AmbiguousScalar { written, reading } => {
                (&ambiguous_scalar::RULE, ambiguous_scalar::words(written, *reading, place))
            }
            Self::ChangedText(ChangedText::Truncated { read, whole }) => {
                (&truncated_text::RULE, truncated_text::words(read, whole, place))
            }
            Self::ChangedText(ChangedText::ControlEscape { character, read, literal }) => {
                let words = garbled_text::of_escape(*character, read, literal.as_ref(), place);
                (&garbled_text::RULE, words)
            }
            Self::ChangedText(ChangedText::WrongEncoding { encoding, text, source }) => {
                let words = garbled_text::of_encoding(encoding, text, source.as_deref(), place);
                (&garbled_text::RULE, words)
            }
            Self::ChangedText(ChangedText::LostCharacter) => {
                (&garbled_text::RULE, garbled_text::of_lost_character(place))
            }
            Self::MissingKey { form, key } => {
                (&missing_key::RULE, missing_key::of_key(form, key, place))
            }
            Self::MissingCompanion { key, companion } => {
                (&missing_key::RULE, missing_key::of_companion(key, companion, place))
            }
            Self::DuplicateValue { written, first } => {
                (&duplicate_value::RULE, duplicate_value::words(written.as_deref(), *first, place))
            }
            Self::WrongType { expected, found } => {
                (&wrong_type::RULE, wrong_type::words(expected, *found, place))
            }
            Self::UnquotedSet { written } => {
                (&wrong_type::RULE, wrong_type::unquoted_set(written, place))
            }
            Self::InvalidValue(value) => (&invalid_value::RULE, invalid_value::words(value, place)),
            Self::UnknownWord { words, written } => {
                (&invalid_value::RULE, invalid_value::of_word(words, written, place))
            }
            Self::InvalidDate { written, error } => {
                (&invalid_date::RULE, invalid_date::words(written, error, place))
            }
        })
    }
}

impl Words for SchemaDefect {
    fn words(&self, place: DefectPlace<'_>) -> Option<Worded> {
        Some(match self {
            Self::UnknownCode { list, written } => {
                (&unknown_code::RULE, unknown_code::of_code(list, written, place))
            }
            Self::UnknownList { written } => {
                (&unknown_code::RULE, unknown_code::of_list(written, place))
            }
            Self::FormerPolicy { text } => {
                (&retired_code::RULE, retired_code::of_policy(text, place))
            }
            Self::Fault(fault) => (&codebook_fault::RULE, codebook_fault::words(fault, place)),
        })
    }
}

impl Words for RecordDefect {
    fn words(&self, place: DefectPlace<'_>) -> Option<Worded> {
        Some(match self {
            Self::UnknownCode { list, written } => {
                (&unknown_code::RULE, unknown_code::of_code(list, written, place))
            }
            // What is wrong is said where the list is.
            Self::CodeOfDamagedList => return None,
            Self::RetiredCode { retired, written, at } => {
                (&retired_code::RULE, retired_code::words(retired, written, *at, place))
            }
            // It may be a field whose declaration was lost.
            Self::UnknownComponent { .. } if place.codebook.lacks_fields => return None,
            Self::UnknownComponent { written } => {
                (&unknown_code::RULE, unknown_code::of_component(written, place))
            }
            Self::MisplacedValue { component, belongs } => {
                (&wrong_type::RULE, wrong_type::misplaced(component, belongs, place))
            }
            Self::MissingActorCertainty { actor, place: after } => (
                &missing_actor_certainty::RULE,
                missing_actor_certainty::words(actor, *after, place),
            ),
            Self::MissingField { field, doc, declared } => {
                (&missing_key::RULE, missing_key::of_field(field, doc, *declared, place))
            }
            Self::EmptyClaim => (&empty_claim::RULE, empty_claim::of_claim(place)),
            Self::NoClaims => (&empty_claim::RULE, empty_claim::of_source(place)),
        })
    }
}
