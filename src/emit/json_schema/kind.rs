//! The schema of a value.

use serde_json::{Map, Value, json};

use super::codes::{meaning, role_named};
use super::{Builder, described};
use crate::form::Kind;
use crate::record::{Event, Figures, field_kind, stated_kind};
use crate::schema::{Codebook, Component, Field, FieldOn, FieldType};
use crate::value::{
    ActorCode, DECIMAL_PATTERN, Date, Figure, Format, INTEGER_PATTERN, Identifier, Range, Time,
};

impl Builder<'_> {
    pub(super) fn kind(&mut self, kind: &Kind) -> Value {
        match kind {
            Kind::Text | Kind::OutsideId => {
                json!({ "type": ["string", "number"], "pattern": "\\S" })
            }
            Kind::Identifier | Kind::Place | Kind::Event => {
                identifier(Identifier::PATTERN, "an id: a to z, 0 to 9, `.`, `_` and `-`")
            }
            Kind::Source => identifier(&source_pattern(), SOURCE),
            Kind::Actor => identifier(
                &format!("{}|{}", Identifier::PATTERN, ActorCode::PATTERN),
                "an id of actors.yaml, or a composite code such as IRQMIL",
            ),
            Kind::Integer => number("integer", INTEGER_PATTERN, None, None),
            Kind::IntegerBetween(min, max) => {
                number("integer", INTEGER_PATTERN, Some(json!(min)), Some(json!(max)))
            }
            Kind::Number => number("number", DECIMAL_PATTERN, None, None),
            Kind::Latitude => number("number", DECIMAL_PATTERN, Some(json!(-90)), Some(json!(90))),
            Kind::Longitude => {
                number("number", DECIMAL_PATTERN, Some(json!(-180)), Some(json!(180)))
            }
            Kind::Boolean => {
                json!({ "type": ["boolean", "string"], "pattern": "^(true|false)$" })
            }
            Kind::Date => patterned(
                number("integer", Date::PATTERN, Some(json!(-9999)), Some(json!(9999))),
                "an EDTF date such as 2019-08-20, 2019-08, 2019-08-20~ or \"[2019-08-19..2019-08-21]\"",
            ),
            Kind::Time => patterned(
                json!({ "type": "string", "pattern": Time::PATTERN }),
                "a local time of day such as 17:45, 17:45~ or 17:30/18:00",
            ),
            Kind::Range => json!({ "anyOf": [count(), self.some_figure()] }),
            Kind::Format(format) => patterned(
                json!({ "type": "string", "pattern": format.pattern() }),
                &format!("{} such as {}", format.what(), format.example()),
            ),
            Kind::Word(words) => word(words),
            Kind::Code(role) => self.role(role),
            Kind::CodeList => self.code_list_name(),
            Kind::Rule => {
                let rules = self.rules.iter();
                choice(rules.map(|(name, finds)| (*name, finds.as_str())))
            }
            Kind::IdScheme if self.codebook.lacks_id_schemes => self.kind(&Kind::Text),
            Kind::IdScheme => choice(self.id_schemes()),
            Kind::Component if self.codebook.lacks_fields => self.kind(&Kind::Text),
            Kind::Component => self.component_name(),
            Kind::Components => self.defined("components", Self::components),
            Kind::Form(form) => {
                self.defined(&form.name.replace(' ', "-"), |builder| builder.object(form))
            }
            Kind::MapOf(key, value) => self.mapping(key, value),
            Kind::ListOf(item) => list(&self.kind(item)),
            Kind::AnyOf(kinds) => {
                json!({ "anyOf": kinds.iter().map(|kind| self.kind(kind)).collect::<Vec<_>>() })
            }
        }
    }

    fn mapping(&mut self, key: &Kind, value: &Kind) -> Value {
        let mut schema = json!({ "type": "object", "additionalProperties": self.kind(value) });
        match key {
            Kind::Code(role) => {
                let list = role_named(role).map(|role| self.codebook.list(role));
                // A list that lost text may lack a code through no fault of its user.
                if let Some(list) = list.filter(|list| !list.damaged) {
                    let codes = list.entries().iter();
                    return closed(codes.map(|entry| (&*entry.code, meaning(entry))), &schema);
                }
            }
            Kind::Rule => {
                let rules = self.rules.iter();
                return closed(rules.map(|(name, finds)| (*name, finds.clone())), &schema);
            }
            Kind::IdScheme if !self.codebook.lacks_id_schemes => {
                let schemes = self.id_schemes();
                return closed(schemes.map(|(name, doc)| (name, doc.to_owned())), &schema);
            }
            Kind::Identifier => {
                schema["propertyNames"] = json!({ "title": "id", "pattern": Identifier::PATTERN });
            }
            Kind::Source => {
                schema["propertyNames"] = json!({ "title": "source", "pattern": source_pattern() });
            }
            _ => {}
        }
        if let (Kind::Source, Kind::ListOf(_)) = (key, value) {
            // A source without claims says nothing.
            schema["additionalProperties"]["minItems"] = json!(1);
        }
        schema
    }

    /// A count in its long form, which gives at least one figure.
    fn some_figure(&mut self) -> Value {
        self.defined("count", |builder| {
            let mut schema = builder.object(Figures::FORM);
            schema["minProperties"] = json!(1);
            schema
        })
    }

    /// A value for each of some components.
    fn components(&mut self) -> Value {
        let mut properties = Map::new();
        for component in Component::CORE {
            if let (Some(name), Some(kind)) =
                (component.core_name(), stated_kind(component, self.codebook))
            {
                let doc = component_doc(name, self.codebook);
                properties.insert(name.to_owned(), described(name, doc, self.kind(&kind)));
            }
        }
        properties.extend(self.fields(FieldOn::Event));
        let lacks_fields = self.codebook.lacks_fields;
        json!({ "type": "object", "properties": properties, "additionalProperties": lacks_fields })
    }

    /// The extra fields of something, as keys.
    pub(super) fn fields(&mut self, on: FieldOn) -> Vec<(String, Value)> {
        let codebook = self.codebook;
        let unreadable = codebook.unreadable_fields.iter().map(|name| (name.clone(), json!({})));
        let fields: Vec<_> = codebook
            .fields(on)
            .iter()
            .map(|field| {
                let doc = match &field.pattern {
                    // In another dialect of patterns than JSON Schema's, so it is told in words.
                    Some(pattern) => {
                        format!("{} Must match {}.", field.doc.trim(), pattern.as_str())
                    }
                    None => field.doc.to_string(),
                };
                (field.name.clone(), described(&field.name, &doc, self.field(field)))
            })
            .collect();
        fields.into_iter().chain(unreadable).collect()
    }

    fn field(&mut self, field: &Field) -> Value {
        let mut one = match (field_kind(field), self.codebook.field_list(field)) {
            (Some(kind), _) => self.kind(&kind),
            (None, Some(list)) => self.codes(&format!("codes-of-{}", field.name), list),
            // The codebook names no list; that is no fault of the record.
            (None, None) => return json!({}),
        };
        if field.field_type.has_bounds() && field.field_type != FieldType::Range {
            for (keyword, bound) in [("minimum", field.min), ("maximum", field.max)] {
                if let Some(bound) = bound {
                    one[keyword] = match bound {
                        Figure::Whole(bound) => json!(bound),
                        Figure::Decimal(bound) => json!(bound),
                    };
                }
            }
        }
        if field.list {
            return json!({ "anyOf": [one, list(&one)] });
        }
        one
    }

    fn id_schemes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.codebook.id_schemes.iter().map(|scheme| (&*scheme.name, &*scheme.doc))
    }

    fn component_name(&self) -> Value {
        let codebook = self.codebook;
        let readable = codebook.component_names().map(|name| (name, component_doc(name, codebook)));
        let unreadable = codebook.unreadable_fields.iter().map(|name| (name.as_str(), ""));
        choice(readable.chain(unreadable))
    }
}

/// A choice of words, each with what it means.
fn choice<'w>(words: impl Iterator<Item = (&'w str, &'w str)>) -> Value {
    let one = |(word, doc)| described(word, doc, json!({ "const": word }));
    json!({ "anyOf": words.map(one).collect::<Vec<_>>() })
}

/// The mapping of `open`, with no keys but some.
fn closed<'k>(keys: impl Iterator<Item = (&'k str, String)>, open: &Value) -> Value {
    let value = &open["additionalProperties"];
    let properties: Map<String, Value> =
        keys.map(|(key, doc)| (key.to_owned(), described(key, &doc, value.clone()))).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// A closed choice of words. Readers of YAML 1.1 pass `off` on as `false`.
fn word(words: &[&str]) -> Value {
    let read = words.contains(&"off").then_some(json!(false));
    let words = words.iter().map(|word| json!(word));
    json!({ "enum": words.chain(read).collect::<Vec<_>>() })
}

fn component_doc<'d>(name: &str, codebook: &'d Codebook) -> &'d str {
    let key = Event::FORM.keys.iter().find(|key| key.name == name).map(|key| key.doc);
    let field = || {
        codebook
            .fields(FieldOn::Event)
            .iter()
            .find(|field| field.name == name)
            .map(|field| &*field.doc)
    };
    key.or_else(field).unwrap_or("That something happened, there and then, whatever it was.")
}

/// A list. Its title keeps editors from taking it for another alternative.
fn list(item: &Value) -> Value {
    json!({ "title": "list", "type": "array", "minItems": 1, "items": item })
}

/// What a source may be called.
const SOURCE: &str = "an id of sources.yaml, or an address such as https://www.example.org/report";

fn source_pattern() -> String {
    format!("{}|{}", Identifier::PATTERN, Format::Url.pattern())
}

/// An id. YAML readers take some for numbers.
fn identifier(pattern: &str, what: &str) -> Value {
    patterned(json!({ "type": ["string", "number"], "minimum": 0, "pattern": pattern }), what)
}

/// A number, quoted or not.
fn number(json_type: &str, pattern: &str, min: Option<Value>, max: Option<Value>) -> Value {
    // The text comes first, or editors suggest 0 for what is not known.
    let mut schema = json!({ "type": ["string", json_type], "pattern": pattern });
    for (keyword, bound) in [("minimum", min), ("maximum", max)] {
        if let Some(bound) = bound {
            schema[keyword] = bound;
        }
    }
    schema
}

/// A count in its short form.
fn count() -> Value {
    let most = json!(i64::MAX);
    let what = "a count such as 3, 0..5, 1.. or ..30";
    patterned(number("integer", Range::PATTERN, Some(json!(0)), Some(most)), what)
}

/// Adds the message that editors show for a text that does not match the pattern.
fn patterned(mut schema: Value, what: &str) -> Value {
    schema["patternErrorMessage"] = json!(format!("This is not {what}."));
    schema
}
