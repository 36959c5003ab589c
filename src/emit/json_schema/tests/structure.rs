//! What a JSON Schema can tell of what `check` finds.

use std::collections::BTreeMap;
use std::fmt::Debug;

use crate::dataset::{self, Dataset, Selection};
use crate::emit::json_schema::{FileKind, json_schema, resolve_plain};
use crate::form::{Defect, FileDefect, FileDefects, FormDefect, InvalidValue};
use crate::record::{RecordDefect, Referent};
use crate::rules::{Rule, allowable};
use crate::schema::{self, Codebook, CodebookFault, Role, SchemaDefect};
use crate::source::{Files, Memory, Spanned};
use crate::table;
use crate::value::{ActorCode, CoordinateError, Format, Identifier, NumberError, RangeError};
use jsonschema::Validator;

use super::yaml::{Node, parse};

/// Whether a JSON Schema refuses what has a defect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    /// It does not look at such things.
    No,
    /// It depends on what only `check` sees: mostly on how a number is written.
    Perhaps,
    /// It does.
    Yes,
}

/// What becomes of defects in a schema: the one place that says which findings are structural.
trait Structural {
    /// Whether a schema refuses what has the defect.
    fn told(&self, file: FileKind, codebook: &Codebook) -> Told;
}

impl<Own: Structural> Structural for Defect<Own> {
    fn told(&self, file: FileKind, codebook: &Codebook) -> Told {
        match self {
            // The text is not a record's YAML: editors have findings of their own about it.
            Self::Syntax(_) => Told::Perhaps,
            Self::File(FileDefect::ExtraDocument | FileDefect::Empty { .. }) => Told::Perhaps,
            // The name of a file, not what is in it.
            Self::File(
                FileDefect::Unread(_) | FileDefect::Unreadable(_) | FileDefect::StaleSchema(_),
            ) => Told::No,
            Self::Form(defect) => defect.told(file, codebook),
            // Counted over the whole of a file or project.
            Self::Limit(_) => Told::No,
            Self::Own(defect) => defect.told(file, codebook),
        }
    }
}

impl Structural for FormDefect {
    fn told(&self, file: FileKind, codebook: &Codebook) -> Told {
        match self {
            // The field may be one whose declaration was lost.
            Self::UnknownKey(key) if key.form.name == "event" && codebook.lacks_fields => Told::No,
            // A code list declares the columns of its codes itself, so a schema lets any key pass;
            // but the key that is needed may be missing for it, which is not told twice.
            Self::UnknownKey(key) if key.form.name == "code" => Told::Perhaps,
            // A code of a list that is extended needs no label, and a schema cannot know which is.
            Self::MissingKey { form, .. } if form.name == "code" => Told::Perhaps,
            Self::WrongType { .. } if file == FileKind::CodeList => Told::Perhaps,
            Self::UnknownKey(_)
            | Self::MissingKey { .. }
            | Self::WrongType { .. }
            | Self::UnquotedSet { .. } => Told::Yes,
            // Declared by another key's value, `type: code`.
            Self::MissingCompanion { key, .. } if *key == "type: code" => Told::No,
            Self::MissingCompanion { .. } => Told::Yes,
            Self::InvalidValue(value) => value_told(value, file),
            // A schema knows the keys of today alone.
            Self::FormerKey { .. } => Told::Yes,
            // What a comma cut off is a key without a value. That of a code list may be a column.
            Self::FlowComma { .. } if file == FileKind::CodeList => Told::Perhaps,
            Self::FlowComma { .. } => Told::Yes,
            // An id may be any text to a schema, a code and a key may not.
            Self::LookAlike { .. } => Told::Perhaps,
            // Editors know only what is read.
            Self::ChangedText(_) => Told::No,
            // A text that is a number to others passes as one.
            Self::AmbiguousScalar { .. } => Told::No,
            // Two values are compared, also where they are written otherwise.
            Self::DuplicateValue { .. } => Told::No,
            // EDTF is not regular, and knows a calendar.
            Self::InvalidDate { .. } => Told::Perhaps,
            // `True` is a truth value to YAML readers.
            Self::UnknownWord { written, .. } => unless_read_otherwise(written),
        }
    }
}

impl Structural for SchemaDefect {
    fn told(&self, file: FileKind, _: &Codebook) -> Told {
        match self {
            // The links of a code list and the conditions of a policy are looked up by `check`
            // alone.
            Self::UnknownCode { .. } if file == FileKind::CodeList => Told::No,
            Self::UnknownCode { .. } => Told::Perhaps,
            // A list may be added at any time.
            Self::UnknownList { .. } => Told::No,
            // To the schema these are keys that are none.
            Self::Fault(
                CodebookFault::LevelOfNothing { .. } | CodebookFault::FormerCondition { .. },
            ) => Told::Yes,
            // An empty list is one that a schema refuses, and an empty mapping is not.
            Self::Fault(CodebookFault::NoCodes | CodebookFault::NoAlternative) => Told::Perhaps,
            // A schema is of today's form.
            Self::FormerPolicy { .. } => Told::Yes,
            // Two entries are compared.
            Self::Fault(_) => Told::No,
        }
    }
}

impl Structural for RecordDefect {
    fn told(&self, _: FileKind, codebook: &Codebook) -> Told {
        match self {
            // The field may be one whose declaration was lost.
            Self::UnknownComponent { .. } if codebook.lacks_fields => Told::No,
            Self::UnknownIdScheme { .. } if codebook.lacks_id_schemes => Told::No,
            Self::UnknownComponent { .. }
            | Self::UnknownIdScheme { .. }
            | Self::MisplacedValue { .. }
            | Self::MissingField { .. }
            | Self::EmptyClaim
            | Self::SourcelessClaims { .. }
            | Self::NoClaims => Told::Yes,
            // `10` for `010` is the same number to YAML readers.
            Self::UnknownCode { written, .. } => unless_read_otherwise(written),
            // Kept for those who read old records; the schema says in words what to write.
            Self::RetiredCode { .. } => Told::No,
            // The list may have lost the code.
            Self::CodeOfDamagedList => Told::No,
            // An entry without them is a good one, of which more could be known.
            Self::NoPublisher | Self::NoGazetteer => Told::No,
            // A schema that wanted a mapping here would suggest no actors where one begins to
            // write.
            Self::MissingActorCertainty { .. } => Told::No,
        }
    }
}

fn unless_read_otherwise(written: &str) -> Told {
    if resolve_plain(written).is_string() { Told::Yes } else { Told::Perhaps }
}

fn value_told(value: &InvalidValue, file: FileKind) -> Told {
    match value {
        // The column of a code list is not known to the schema.
        _ if file == FileKind::CodeList => Told::Perhaps,
        InvalidValue::Time(_) => Told::Yes,
        // `+5` is a number to YAML readers.
        InvalidValue::Identifier { .. } => Told::Perhaps,
        // An address that no page can have passes if it begins like one.
        InvalidValue::Format(_) => Told::Perhaps,
        // A negative count is refused, `999` could be one.
        InvalidValue::Placeholder { .. } => Told::Perhaps,
        // A text to the schema.
        InvalidValue::Unfilled => Told::Perhaps,
        InvalidValue::Number { error, .. } => number_told(error),
        InvalidValue::Coordinate(error) => match error {
            CoordinateError::DecimalComma { .. } | CoordinateError::DegreeSigns { .. } => Told::Yes,
            CoordinateError::NotANumber { error, .. } => number_told(error),
            // Seen of a number, and not of one in quotes.
            CoordinateError::OutOfRange { .. } => Told::Perhaps,
            CoordinateError::TooManyDecimals { .. } => Told::No,
        },
        // Seen of a number, and not of one in quotes.
        InvalidValue::ExchangedCoordinates { .. } => Told::Perhaps,
        InvalidValue::Range(error) => match error {
            RangeError::Empty | RangeError::About { .. } => Told::Yes,
            RangeError::NotANumber { error, .. } => number_told(error),
            RangeError::Negative { .. } => Told::Perhaps,
            RangeError::LowAboveHigh { .. } | RangeError::BestOutside { .. } => Told::No,
        },
        // Judged by what becomes of it in the tables, or by patterns of another dialect.
        InvalidValue::Years { .. }
        | InvalidValue::ListText(_)
        | InvalidValue::Pattern(_)
        | InvalidValue::NoMatch { .. } => Told::No,
        // Seen of a number, and not of a range or of one in quotes.
        InvalidValue::Bounds { .. } => Told::Perhaps,
    }
}

fn number_told(error: &NumberError) -> Told {
    match error {
        NumberError::Empty
        | NumberError::Underscore
        | NumberError::Separator { .. }
        | NumberError::NotANumber { .. } => Told::Yes,
        // How a number is written is gone when a YAML reader has read it.
        NumberError::LeadingZero
        | NumberError::PlusSign
        | NumberError::Exponent
        | NumberError::Radix
        | NumberError::BarePoint
        | NumberError::NotFinite
        | NumberError::NotWhole
        | NumberError::TooLarge
        | NumberError::TooLong => Told::Perhaps,
    }
}

/// A project's codebook, with the schemas made of it.
pub(super) struct Judge {
    world: Memory,
    codebook: Codebook,
    schemas: BTreeMap<&'static str, Validator>,
}

/// How a file fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    BothAccept,
    BothRefuse,
    /// What was found is not for a schema to tell.
    NotComparable,
}

impl Judge {
    /// A judge of files of a project, of which the world holds at least the schema.
    pub(super) fn new(world: Memory) -> Self {
        let loaded = table::without_clashes(schema::load(&world, &mut Files::default()).unwrap());
        let rules = allowable();
        let schema = |file: FileKind| {
            let schema = json_schema(file, &loaded.codebook, &rules);
            let schema = serde_json::from_str(&schema).unwrap();
            (file.name(), jsonschema::draft7::new(&schema).unwrap())
        };
        let schemas = FileKind::ALL.map(schema).into();
        Self { world, codebook: loaded.codebook, schemas }
    }

    /// Whether `check` and the schema agree on a file; else what each says.
    pub(super) fn agree(
        &self,
        file: FileKind,
        path: &str,
        text: &str,
    ) -> Result<Agreement, String> {
        let Some(documents) = parse(text) else { return Ok(Agreement::NotComparable) };
        let (defects, otherwise) = self.defects(file, path, text);
        let worst = defects.iter().map(|(told, _)| *told).max().unwrap_or(Told::No);
        let refused = self.refused(file, documents.iter().map(Node::json));
        match (worst, refused) {
            (Told::Yes, None) => Err(format!("{text}\nonly check refuses it: {defects:#?}")),
            (Told::Yes, Some(_)) => Ok(Agreement::BothRefuse),
            (Told::Perhaps, _) => Ok(Agreement::NotComparable),
            (Told::No, None) => Ok(Agreement::BothAccept),
            (Told::No, Some(_)) if otherwise => Ok(Agreement::NotComparable),
            (Told::No, Some(_)) => {
                // A text such as `true` is one to `check`, and only in quotes to an editor.
                let quoted = documents.iter().map(|node| node.with_words_quoted().json());
                self.refused(file, quoted).map_or(Ok(Agreement::NotComparable), |refusal| {
                    Err(format!("{text}\nonly the schema refuses it: {refusal}\n{defects:#?}"))
                })
            }
        }
    }

    fn refused(
        &self,
        file: FileKind,
        documents: impl Iterator<Item = serde_json::Value>,
    ) -> Option<String> {
        let schema = &self.schemas[file.name()];
        let refusal = |document: serde_json::Value| {
            let refusal = schema.iter_errors(&document).next()?;
            Some(format!("{refusal} at {}", refusal.instance_path()))
        };
        documents.into_iter().find_map(refusal)
    }

    /// The defects of a file, each with what a schema tells of it, and whether a name in it cannot be one that the rules would find, or
    /// another codebook is chosen than the one that the schemas are of.
    fn defects(&self, file: FileKind, path: &str, text: &str) -> (Vec<(Told, String)>, bool) {
        let mut world = self.world.clone();
        world.write(path, text.as_bytes());
        let mut files = Files::default();
        if matches!(file, FileKind::Codebook | FileKind::CodeList) {
            let loaded = table::without_clashes(schema::load(&world, &mut files).unwrap());
            let list = |codebook: &Codebook| codebook.list(Role::Certainty).name.clone();
            let otherwise = list(&loaded.codebook) != list(&self.codebook);
            let own = loaded.files.into_iter().filter(|of_file| files.path(of_file.file) == path);
            (own.flat_map(|own| self.all_told(own, file)).collect(), otherwise)
        } else {
            let selection = Selection::default();
            let loaded = dataset::load(&world, &self.codebook, &selection, &mut files).unwrap();
            let datasets = loaded.datasets;
            let odd = datasets.iter().any(has_odd_name);
            let all = datasets.into_iter().flat_map(|dataset| dataset.files);
            let own = all.filter(|of_file| files.path(of_file.file) == path);
            (own.flat_map(|own| self.all_told(own, file)).collect(), odd)
        }
    }

    fn all_told<Own: Structural + Debug>(
        &self,
        own: FileDefects<Own>,
        file: FileKind,
    ) -> Vec<(Told, String)> {
        let told = |defect: Spanned<Defect<Own>>| {
            (defect.value.told(file, &self.codebook), format!("{:?}", defect.value))
        };
        own.defects.into_iter().map(told).collect()
    }
}

/// Whether a name can be that of nothing, which `check` finds once it looks for it.
fn has_odd_name(dataset: &Dataset) -> bool {
    let is_id = |name: &str| Identifier::parse(name).is_ok();
    let is_source = |name: &str| is_id(name) || Format::Url.accepts(name);
    let is_actor = |name: &str| is_id(name) || ActorCode::parse(name).is_ok();
    let events = || dataset.filed().map(|filed| filed.event);
    let references = events().flat_map(|event| event.references());
    let mut odd = references.map(|reference| match reference.referent {
        Referent::Actor => !is_actor(reference.name),
        Referent::Subject => false,
        Referent::Source => !is_source(reference.name),
        Referent::Place | Referent::Event => !is_id(reference.name),
    });
    let rules = events().flat_map(|event| event.allow.iter().map(|allow| &allow.rule));
    let levels = dataset.description.levels.iter().map(|level| &level.rule);
    let is_allowable = |name: &str| Rule::named(name).is_some_and(Rule::is_allowable);
    let actors = dataset.actors.entries().iter().flat_map(|entry| &entry.entry.member_of);
    let places = dataset.places.entries().iter().filter_map(|entry| entry.entry.within.as_ref());
    let sources = dataset.sources.entries().iter().flat_map(|entry| &entry.entry.cites);
    odd.any(|odd| odd)
        || rules.chain(levels).any(|rule| !is_allowable(&rule.value))
        || actors.into_iter().any(|membership| !is_actor(&membership.actor.value))
        || places.into_iter().any(|name| !is_id(&name.value))
        || sources.into_iter().any(|name| !is_source(&name.value))
}
