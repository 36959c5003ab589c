//! A record to be filled in.

use crate::cli::markup::text::styled;
use crate::diagnostic::wrapped;
use crate::form::{Form, Key, Kind};
use crate::record::{Event, field_kind};
use crate::schema::{CodeList, Codebook, Field, FieldOn, Role};
use crate::value::{Date, Identifier};

/// Writes a record with every key that an event may have, each under a comment that explains it.
/// Core keys come in the order of the form; the codebook's fields come before the claims. Known
/// values are filled in, required keys are left empty, and all other keys are commented out. One that
/// says who codes it, or that it is adjudicated, begins with nothing but that `coding` and its id.
pub(super) fn of(id: &Identifier, coding: Option<&str>, codebook: &Codebook) -> String {
    let mut skeleton = Skeleton { id, coding, codebook, text: String::new() };
    skeleton.comment(HEAD, 0);
    if coding.is_some_and(|coding| coding.starts_with("by: ")) {
        skeleton.comment(APART, 0);
    }
    for key in Event::FORM.keys {
        let kind = (key.kind)();
        if matches!(&kind, Kind::MapOf(scheme, _) if matches!(**scheme, Kind::IdScheme))
            && codebook.id_schemes.is_empty()
        {
            continue;
        }
        if let ("claims", Kind::MapOf(_, claims)) = (key.name, &kind) {
            skeleton.fields();
            skeleton.key(key, &kind);
            skeleton.claims(claims);
        } else {
            skeleton.key(key, &kind);
        }
    }
    skeleton.text
}

const HEAD: &str = "A new record. Fill in what you know, remove the `# ` before the keys you need, and \
    delete the rest. `eventc check` says what is still missing. Leave out what is not known, or code \
    it as unknown; never guess.";

const APART: &str = "Code from the reports alone: two records of one event show how well coders agree \
    only if neither coder has seen the other's.";

/// Examples of claims; their content is made up.
const CLAIMS: &[&str] = &[
    "  herald-2019-08-21:                   # an id of sources.yaml, then what that source holds",
    "    - {affirms: [event, date]}         # the source in its own voice: agrees with what is coded",
    "    - {by: police, says: {date: 2019-08-20}, note: What else they say in your own words.}",
    "    - {by: residents, anonymous: true, denies: [action]}",
];

/// Longest line of the skeleton, in characters.
const WIDTH: usize = 98;

/// Most codes that are listed one by one.
const SHORT_LIST: usize = 12;

struct Skeleton<'c> {
    id: &'c Identifier,
    coding: Option<&'c str>,
    codebook: &'c Codebook,
    text: String,
}

impl Skeleton<'_> {
    fn key(&mut self, key: &Key, kind: &Kind) {
        self.text.push('\n');
        self.comment(key.doc, 0);
        if let Some(hint) = self.hint(kind) {
            self.comment(&sentence(&hint), 0);
        }
        if let (Some(coding), true) = (self.coding, key.name == "coding") {
            return self.line(key.name, true, &format!("{{{coding}}}"));
        }
        let mut required = key.required;
        for value in self.values(kind) {
            self.line(key.name, required, &value);
            required = false;
        }
    }

    /// The values to start from, one for each way to write the key; empty if the coder must decide.
    fn values(&self, kind: &Kind) -> Vec<String> {
        let mut values = match kind {
            Kind::Identifier => vec![self.id.to_string()],
            Kind::Date => {
                let date = date_of(self.id.as_str()).filter(|_| self.coding.is_none());
                vec![date.map(|date| date.as_str().to_owned()).unwrap_or_default()]
            }
            Kind::Form(form) => vec![self.mapping(form)],
            Kind::ListOf(item) => match &**item {
                Kind::Form(form) => vec![format!("[{}]", self.mapping(form))],
                _ => vec![String::new()],
            },
            Kind::AnyOf(ways) => {
                let single = ways.iter().filter(|way| !matches!(way, Kind::ListOf(_)));
                single.flat_map(|way| self.values(way)).collect()
            }
            _ => vec![String::new()],
        };
        values.dedup();
        values
    }

    /// An empty mapping of a form, on one line.
    fn mapping(&self, form: &Form) -> String {
        let fields = FieldOn::of_form(form).map_or(&[][..], |on| self.codebook.fields(on));
        let fields = fields.iter().map(|field| field.name.as_str());
        let keys = form.keys.iter().map(|key| key.name).chain(fields);
        let keys: Vec<_> = keys.map(|key| format!("{key}: ")).collect();
        format!("{{{}}}", keys.join(", "))
    }

    fn fields(&mut self) {
        for field in self.codebook.fields(FieldOn::Event) {
            self.text.push('\n');
            self.comment(&field.doc, 0);
            if let Some(hint) = self.field_hint(field) {
                self.comment(&sentence(&hint), 0);
            }
            self.line(&field.name, field.required, "");
        }
    }

    /// Adds examples of claims and the keys that a claim may have.
    fn claims(&mut self, claims: &Kind) {
        for line in CLAIMS {
            self.text.push_str(&format!("# {line}\n"));
        }
        if let Kind::ListOf(claim) = claims
            && let Kind::Form(form) = &**claim
        {
            self.text.push_str(&format!("# The keys of a {}:\n", form.name));
            for key in form.keys {
                self.comment(&format!("{}: {}", key.name, key.doc), 2);
            }
        }
    }

    fn line(&mut self, name: &str, required: bool, value: &str) {
        let line = format!("{}{name}: {value}", if required { "" } else { "# " });
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// Adds a comment, indented by some spaces, and by twice as many from its second line on.
    fn comment(&mut self, text: &str, indent: usize) {
        let lines = wrapped("", 0, &styled(&text.into()), WIDTH - 2 - 2 * indent);
        for (position, line) in lines.iter().enumerate() {
            let indent = if position == 0 { indent } else { 2 * indent };
            self.text.push_str(&format!("# {}{line}\n", " ".repeat(indent)));
        }
    }

    fn field_hint(&self, field: &Field) -> Option<String> {
        let one = match field_kind(field) {
            Some(kind) => self.hint(&kind),
            None => self.codebook.field_list(field).map(codes),
        };
        one.map(|one| if field.list { format!("{one}, or a list of these") } else { one })
    }

    /// What to write for a kind of value, unless the key's own description says so.
    fn hint(&self, kind: &Kind) -> Option<String> {
        Some(match kind {
            Kind::Text
            | Kind::OutsideId
            | Kind::Format(_)
            | Kind::Identifier
            | Kind::Date
            | Kind::Time
            | Kind::CodeList
            | Kind::Rule
            | Kind::Component
            | Kind::Components
            | Kind::Form(_)
            | Kind::MapOf(..) => return None,
            Kind::IdScheme => "an id scheme of the codebook".to_owned(),
            Kind::Code(name) => codes(self.codebook.list(role(name)?)),
            Kind::Actor => match self.codebook.composite_example() {
                Some(code) => format!("an id of actors.yaml, or a composite code such as {code}"),
                None => "an id of actors.yaml".to_owned(),
            },
            Kind::Place => "an id of places.yaml".to_owned(),
            Kind::Source => "an id of sources.yaml or the address of a page".to_owned(),
            Kind::Event => "the id of another event".to_owned(),
            Kind::ListOf(item) => format!("a list, each {}", self.hint(item)?),
            Kind::AnyOf(kinds) => {
                let several = kinds.iter().any(|kind| matches!(kind, Kind::ListOf(_)));
                let one = kinds.iter().filter(|kind| !matches!(kind, Kind::ListOf(_)));
                let mut ways: Vec<_> = one.filter_map(|kind| self.hint(kind)).collect();
                ways.extend(several.then(|| "a list of these".to_owned()));
                ways.join(", or ")
            }
            Kind::Integer
            | Kind::IntegerBetween(..)
            | Kind::Number
            | Kind::Boolean
            | Kind::Range
            | Kind::Latitude
            | Kind::Longitude
            | Kind::Word(_) => kind.to_string(),
        })
    }
}

fn role(name: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.as_str() == name)
}

fn codes(list: &CodeList) -> String {
    let name = &list.name;
    if list.entries().len() > SHORT_LIST {
        return format!("a code that `eventc codes {name}` lists");
    }
    let codes: Vec<_> = list.entries().iter().map(|entry| format!("`{}`", entry.code)).collect();
    format!("one of {} (`eventc codes {name}`)", codes.join(", "))
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

/// The day, month or year that an id begins with, if the calendar has it.
fn date_of(id: &str) -> Option<Date> {
    let shape: String = id.chars().map(|c| if c.is_ascii_digit() { 'd' } else { c }).collect();
    // A number after a year or month is a month or day in another notation.
    let ends = |length: usize| {
        let rest = &shape[length..];
        rest.is_empty() || rest.starts_with('-') && !rest.starts_with("-d")
    };
    let length = if shape.starts_with("dddd-dd-dd") && !shape[10..].starts_with('d') {
        10
    } else if shape.starts_with("dddd-dd") && ends(7) {
        7
    } else if shape.starts_with("dddd") && ends(4) {
        4
    } else {
        return None;
    };
    // An EDTF month above 12 is a season, which an id hardly means.
    let season = length > 4 && &id[5..7] > "12";
    Date::parse(&id[..length]).ok().filter(|_| !season)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_the_one_that_the_id_begins_with() {
        let cases = [
            ("2019-08-20-balad", Some("2019-08-20")),
            ("2019-08-20", Some("2019-08-20")),
            ("2019-08-20b", Some("2019-08-20")),
            ("2019-08-al-qaim-2", Some("2019-08")),
            ("2019-coup", Some("2019")),
            ("2019-02-30-x", None),
            ("2019-21-x", None),
            ("2019_08_20", None),
            ("2019-8-20-x", None),
            ("45th-brigade", None),
            ("balad-2019", None),
            ("20190820-balad", None),
        ];
        for (id, date) in cases {
            assert_eq!(date_of(id).as_ref().map(Date::as_str), date, "{id}");
        }
    }
}
