//! JSON Schemas of the files that a curator writes, so that editors can complete and check them.
//!
//! They are derived from the codebook and the forms of records, in draft-07, which the YAML
//! language server reads best. They accept a file if `check` finds no structural fault in it. A
//! schema sees a value as a YAML 1.2 reader passes it on: it accepts the number 2019 for a date,
//! and cannot see how it was written.

mod codes;
mod form;
mod kind;
mod plain;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value, json};

use crate::form::{Form, Kind};
use crate::record::{Actor, DatasetFile, Event, Place, SourceEntry};
use crate::schema::{Codebook, CodebookFile, ListFile};

pub use plain::resolve_plain;

/// A kind of file that a curator writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Records of events.
    Event,
    /// `dataset.yaml`.
    Dataset,
    /// `actors.yaml`, or a file in `actors/`.
    Actors,
    /// `places.yaml`, or a file in `places/`.
    Places,
    /// `sources.yaml`, or a file in `sources/`.
    Sources,
    /// `codebook.yaml`.
    Codebook,
    /// A code list.
    CodeList,
}

/// The folder in which the editor settings of a project look for schemas.
pub const EDITOR_FOLDER: &str = "schema/json";

/// A rule that a record may allow: its name, and what it finds.
pub type AllowableRule<'r> = (&'r str, String);

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Event,
        Self::Dataset,
        Self::Actors,
        Self::Places,
        Self::Sources,
        Self::Codebook,
        Self::CodeList,
    ];

    /// Its name, which is also that of its schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Dataset => "dataset",
            Self::Actors => "actors",
            Self::Places => "places",
            Self::Sources => "sources",
            Self::Codebook => "codebook",
            Self::CodeList => "code-list",
        }
    }

    /// The form of the whole file, or of the entries of a registry.
    fn form(self) -> &'static Form {
        match self {
            Self::Event => Event::FORM,
            Self::Dataset => DatasetFile::FORM,
            Self::Actors => Actor::FORM,
            Self::Places => Place::FORM,
            Self::Sources => SourceEntry::FORM,
            Self::Codebook => CodebookFile::FORM,
            Self::CodeList => ListFile::FORM,
        }
    }

    /// The name of the file that holds its schema.
    pub fn file_name(self) -> String {
        format!("{}.json", self.name())
    }

    const fn is_registry(self) -> bool {
        matches!(self, Self::Actors | Self::Places | Self::Sources)
    }
}

/// The schema of a kind of file, as text.
pub fn json_schema(file: FileKind, codebook: &Codebook, rules: &[AllowableRule<'_>]) -> String {
    let mut builder = Builder { codebook, rules, definitions: Map::new() };
    let mut schema = if file.is_registry() {
        let entries = Box::new(Kind::Form(file.form()));
        let mut registry = builder.kind(&Kind::MapOf(Box::new(Kind::Identifier), entries));
        // A registry that has no entries yet is an empty file.
        registry["type"] = json!(["object", "null"]);
        registry
    } else {
        builder.object(file.form())
    };
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["$comment"] = json!(format!(
        "Written by eventc {} from {}; do not edit.",
        env!("CARGO_PKG_VERSION"),
        format!("the codebook {} {}", codebook.name, codebook.version).trim_end()
    ));
    schema["definitions"] = Value::Object(builder.definitions);
    format!("{schema:#}\n")
}

/// Makes schemas of kinds, and collects those that have a name.
struct Builder<'c> {
    codebook: &'c Codebook,
    rules: &'c [AllowableRule<'c>],
    definitions: Map<String, Value>,
}

impl Builder<'_> {
    /// A reference to a definition, which is made if it is not there yet.
    fn defined(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.definitions.contains_key(name) {
            let schema = make(self);
            self.definitions.insert(name.to_owned(), schema);
        }
        json!({ "$ref": format!("#/definitions/{name}") })
    }
}

/// The schema of a value with its key and what that means. Beside a `$ref` draft-07 ignores both,
/// and editors show them.
fn described(name: &str, doc: &str, mut schema: Value) -> Value {
    schema["title"] = json!(name);
    let doc = doc.trim();
    if !doc.is_empty() {
        schema["description"] = json!(doc);
        // Only Markdown shows code as code; other text is shown as it is, whatever is in it.
        if doc.contains('`') {
            schema["markdownDescription"] = json!(super::markdown::prose(doc));
        }
    }
    schema
}
