//! Which rule reports a defect.
//!
//! Each `match` names every defect, so none can get lost. An arm for a defect that no rule reports
//! says why.

use super::{
    DefectPlace, Rule, ambiguous_scalar, codebook_fault, duplicate_key, duplicate_value,
    empty_claim, flow_comma, forbidden_yaml, garbled_text, invalid_date, invalid_value,
    limit_exceeded, look_alike_character, merge_conflict, missing_actor_certainty, missing_key,
    missing_provenance, retired_code, stale_schema, truncated_text, unknown_code, unknown_key,
    unread_file, unreadable_file, unsafe_character, wrong_type, yaml_syntax,
};
use crate::diagnostic::Diagnostic;
use crate::form::{ChangedText, Defect, FileDefect, FormDefect};
use crate::record::{Event, RecordDefect};
use crate::schema::SchemaDefect;
use crate::source::Obstacle;
use crate::syntax::SyntaxDefect;

/// A finding of a rule, and the rule.
macro_rules! by {
    ($rule:ident::$find:ident($($with:expr),*)) => {
        (&$rule::RULE, $rule::$find($($with),*))
    };
}

/// A finding and its rule.
pub(super) type RuleFinding = (&'static Rule, Diagnostic);

/// The defects that a stage adds to those of text and forms.
pub(super) trait Diagnose {
    /// The finding; `None` if another finding covers the defect.
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding>;
}

impl<Own: Diagnose> Diagnose for Defect<Own> {
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding> {
        match self {
            Self::Syntax(defect) => defect.diagnostic(place),
            Self::File(defect) => defect.diagnostic(place),
            Self::Form(defect) => defect.diagnostic(place),
            Self::Limit(limit) => {
                Some((&limit_exceeded::RULE, limit_exceeded::diagnostic(*limit, place)))
            }
            Self::Own(defect) => defect.diagnostic(place),
        }
    }
}

impl Diagnose for SyntaxDefect {
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding> {
        Some(match self {
            Self::Yaml(error) => by!(yaml_syntax::diagnostic(error, place)),
            Self::MergeConflict { .. } => by!(merge_conflict::diagnostic(place)),
            Self::DuplicateKey { key, first, removal } => {
                by!(duplicate_key::diagnostic(key, *first, *removal, place))
            }
            Self::Forbidden(forbidden) => by!(forbidden_yaml::diagnostic(forbidden, place)),
            Self::UnsafeCharacter { character, literal: Some(literal), .. } => {
                by!(unsafe_character::of_escape(*character, literal, place))
            }
            Self::UnsafeCharacter { character, escaped, .. } => {
                by!(unsafe_character::of_text(*character, *escaped, place))
            }
            Self::BlankIndentation { character, columns } => {
                by!(look_alike_character::of_indentation(*character, *columns, place))
            }
            Self::InvalidUtf8 => by!(unsafe_character::of_bytes(place)),
            Self::WideEncoding => by!(unsafe_character::of_encoding(place)),
            Self::Limit(limit) => by!(limit_exceeded::of_text(limit, place)),
        })
    }
}

impl Diagnose for FileDefect {
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding> {
        Some(match self {
            Self::Empty { what } => by!(missing_key::of_file(what, place)),
            Self::Unread(unread) => by!(unread_file::diagnostic(*unread, place)),
            Self::Unreadable(Obstacle::TooDeep) => by!(limit_exceeded::of_folders(place)),
            Self::Unreadable(obstacle) => by!(unreadable_file::diagnostic(obstacle, place)),
            Self::ExtraDocument => by!(forbidden_yaml::extra_document(place)),
            Self::StaleSchema(names) => by!(stale_schema::diagnostic(names, place)),
        })
    }
}

impl Diagnose for FormDefect {
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding> {
        Some(match self {
            // The key may belong to a field whose declaration could not be read.
            Self::UnknownKey(unknown)
                if place.codebook.lacks_fields
                    && unknown.form.name == Event::FORM.name
                    && unknown.meant.is_none() =>
            {
                return None;
            }
            Self::UnknownKey(unknown) => by!(unknown_key::diagnostic(unknown, place)),
            Self::FormerKey { former, key } => by!(retired_code::of_key(former, key, place)),
            Self::FlowComma { wanted, whole } => {
                by!(flow_comma::diagnostic(wanted.as_ref(), whole.as_deref(), place))
            }
            Self::LookAlike { written, seen } => match seen.seems {
                Some(seems) => by!(look_alike_character::diagnostic(written, seen, seems, place)),
                None => by!(unsafe_character::of_name(written, seen, place)),
            },
            Self::AmbiguousScalar { written, reading } => {
                by!(ambiguous_scalar::diagnostic(written, *reading, place))
            }
            Self::ChangedText(changed) => return changed.diagnostic(place),
            Self::MissingKey { form, key } => by!(missing_key::of_key(form, key, place)),
            Self::MissingCompanion { key, companion } => {
                by!(missing_key::of_companion(key, companion, place))
            }
            Self::DuplicateValue { written, first } => {
                by!(duplicate_value::diagnostic(written.as_deref(), *first, place))
            }
            Self::WrongType { expected, found } => {
                by!(wrong_type::diagnostic(expected, *found, place))
            }
            Self::UnquotedSet { written } => by!(wrong_type::unquoted_set(written, place)),
            Self::InvalidValue(value) => by!(invalid_value::diagnostic(value, place)),
            Self::UnknownWord { words, written } => {
                by!(invalid_value::of_word(words, written, place))
            }
            Self::InvalidDate { written, error, needed } => {
                by!(invalid_date::diagnostic(written, error, *needed, place))
            }
        })
    }
}

impl Diagnose for ChangedText {
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding> {
        Some(match self {
            Self::Truncated { read, whole } => by!(truncated_text::diagnostic(read, whole, place)),
            Self::ControlEscape { character, read, literal } => {
                let found = garbled_text::of_escape(*character, read, literal.as_ref(), place);
                (&garbled_text::RULE, found)
            }
            Self::WrongEncoding { encoding, text, source } => {
                let found = garbled_text::of_encoding(encoding, text, source.as_deref(), place);
                (&garbled_text::RULE, found)
            }
            Self::LostCharacter => by!(garbled_text::of_lost_character(place)),
        })
    }
}

impl Diagnose for SchemaDefect {
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding> {
        Some(match self {
            Self::UnknownCode { list, written } => by!(unknown_code::of_code(list, written, place)),
            Self::UnknownList { written, takes_codes } => {
                by!(unknown_code::of_list(written, *takes_codes, place))
            }
            Self::FormerPolicy { text } => by!(retired_code::of_policy(text, place)),
            Self::Fault(fault) => by!(codebook_fault::diagnostic(fault, place)),
        })
    }
}

impl Diagnose for RecordDefect {
    fn diagnostic(&self, place: DefectPlace<'_>) -> Option<RuleFinding> {
        Some(match self {
            Self::UnknownCode { list, written } => by!(unknown_code::of_code(list, written, place)),
            // The list itself is reported.
            Self::CodeOfDamagedList => return None,
            Self::RetiredCode { retired, written, at } => {
                by!(retired_code::diagnostic(retired, written, *at, place))
            }
            // It may be a field whose declaration could not be read.
            Self::UnknownComponent { .. } if place.codebook.lacks_fields => return None,
            Self::UnknownComponent { written, value } => {
                by!(unknown_key::of_component(written, value.as_ref(), place))
            }
            Self::UnknownIdScheme { .. } if place.codebook.lacks_id_schemes => return None,
            Self::UnknownIdScheme { written } => by!(unknown_key::of_id_scheme(written, place)),
            Self::MisplacedValue { component, belongs } => {
                by!(wrong_type::misplaced(component, belongs, place))
            }
            Self::MissingActorCertainty { actor, place: after, is_one_of_several } => {
                by!(missing_actor_certainty::diagnostic(actor, *after, *is_one_of_several, place))
            }
            Self::MissingField { on, short, field, doc, declared } => {
                let of = (on.as_str(), short.as_deref());
                by!(missing_key::of_field(of, (field, doc), *declared, place))
            }
            Self::NoPublisher => by!(missing_provenance::of_source(place)),
            Self::NoGazetteer => by!(missing_provenance::of_coordinates(place)),
            Self::EmptyClaim => by!(empty_claim::of_claim(place)),
            Self::SourcelessClaims { source, text } => {
                by!(wrong_type::sourceless(source.as_deref(), text.as_deref(), place))
            }
            Self::NoClaims => by!(empty_claim::of_source(place)),
        })
    }
}
