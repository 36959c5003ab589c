//! YAML as an editor reads it: by another parser, with the core schema of YAML 1.2.

use crate::emit::json_schema::resolve_plain;
use granit_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

/// A node of a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// A text, and whether it stands without quotes.
    Scalar(String, bool),
    List(Vec<Node>),
    Mapping(Vec<(String, Node)>),
}

/// The documents of a text; `None` where it is not the YAML of a record: no YAML at all, or with
/// keys that are no texts, or twice the same one.
pub(super) fn parse(text: &str) -> Option<Vec<Node>> {
    let options = granit_parser::options! { strict_indentation: true };
    let events = Parser::new_from_str_with_options(text, options);
    let events: Result<Vec<_>, _> = events.map(|event| event.map(|(event, _)| event)).collect();
    let is_comment = |event: &Event<'_>| matches!(event, Event::Comment(..));
    let mut events = events.ok()?.into_iter().filter(|event| !is_comment(event));
    let mut documents = Vec::new();
    while let Some(event) = events.next() {
        if matches!(event, Event::DocumentStart(..)) {
            documents.push(node(events.next()?, &mut events)?);
        }
    }
    Some(documents)
}

fn node<'t>(event: Event<'t>, events: &mut dyn Iterator<Item = Event<'t>>) -> Option<Node> {
    match event {
        Event::Scalar(text, style, ..) => {
            Some(Node::Scalar(text.to_string(), style == ScalarStyle::Plain))
        }
        Event::SequenceStart(..) => {
            let mut items = Vec::new();
            loop {
                match events.next()? {
                    Event::SequenceEnd => return Some(Node::List(items)),
                    item => items.push(node(item, events)?),
                }
            }
        }
        Event::MappingStart(..) => {
            let mut entries: Vec<(String, Node)> = Vec::new();
            loop {
                let key = match events.next()? {
                    Event::MappingEnd => return Some(Node::Mapping(entries)),
                    Event::Scalar(text, ..) => text.to_string(),
                    _ => return None,
                };
                if entries.iter().any(|(known, _)| *known == key) {
                    return None;
                }
                let value = events.next()?;
                entries.push((key, node(value, events)?));
            }
        }
        _ => None,
    }
}

impl Node {
    /// What a JSON Schema is held against.
    pub(super) fn json(&self) -> Value {
        match self {
            Self::Scalar(text, true) => resolve_plain(text),
            Self::Scalar(text, false) => Value::from(text.as_str()),
            Self::List(items) => items.iter().map(Self::json).collect(),
            Self::Mapping(entries) => {
                let entries = entries.iter().map(|(key, value)| (key.clone(), value.json()));
                Value::Object(entries.collect::<Map<_, _>>())
            }
        }
    }

    /// The same with every word in quotes that an editor would take for a truth value or nothing.
    pub(super) fn with_words_quoted(&self) -> Self {
        let quoted = |node: &Self| node.with_words_quoted();
        match self {
            Self::Scalar(text, true) => {
                let value = resolve_plain(text);
                Self::Scalar(
                    text.clone(),
                    text.is_empty() || value.is_string() || value.is_number(),
                )
            }
            Self::Scalar(..) => self.clone(),
            Self::List(items) => Self::List(items.iter().map(quoted).collect()),
            Self::Mapping(entries) => {
                let quoted = |(key, value): &(String, Self)| (key.clone(), quoted(value));
                Self::Mapping(entries.iter().map(quoted).collect())
            }
        }
    }

    /// As YAML: a mapping with a line for each key, what is in it in brackets.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Mapping(entries) if !entries.is_empty() => {
                let line = |(key, value): &(String, Self)| {
                    format!("{}: {}\n", word(key, true, false), value.flow(false))
                };
                entries.iter().map(line).collect()
            }
            other => format!("{}\n", other.flow(true)),
        }
    }

    fn flow(&self, in_list: bool) -> String {
        match self {
            Self::Scalar(text, plain) => word(text, *plain, in_list),
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(|item| item.flow(true)).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Mapping(entries) => {
                let entry = |(key, value): &(String, Self)| {
                    format!("{}: {}", word(key, true, true), value.flow(false))
                };
                let entries: Vec<_> = entries.iter().map(entry).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }
}

/// A scalar, in quotes unless it may stand without.
fn word(text: &str, plain: bool, in_list: bool) -> String {
    let safe =
        |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '~' | '?' | '/' | '+');
    let inner = |c: char| safe(c) || c == ':';
    let is_safe = text.starts_with(|c| safe(c) && !matches!(c, '-' | '?'))
        && text
            .split(' ')
            .all(|word| word.starts_with(safe) && word.ends_with(safe) && word.chars().all(inner))
        || text.strip_prefix('-').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit()) && rest.chars().all(safe)
        });
    if plain && (is_safe || text.is_empty() && !in_list) {
        text.to_owned()
    } else {
        Value::from(text).to_string()
    }
}
