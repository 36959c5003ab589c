//! Suggestions of what was probably meant.

pub(super) use crate::schema::{code_known_as, codes_meant, only_code_meant};

use crate::dataset::{Binding, Proposal, Registry};
use crate::diagnostic::{Diagnostic, Fix};
use crate::record::{Actor, Referent};
use crate::schema::{Code, CodeList, Codebook, Composite, FieldOn, Role};
use crate::source::Location;
use crate::value::is_placeholder;
use crate::{spelling, syntax};

/// A guess that replaces the written text by a code.
pub(super) fn code_fix(list: &CodeList, code: Code, place: Location) -> Fix {
    let entry = list.entry(code);
    Fix::guess(format!("did you mean {}?", entry.titled()))
        .replace(place, syntax::text_scalar(&entry.code))
}

/// A guess that replaces one name by another.
pub(super) fn word_fix(word: &str, place: Location) -> Fix {
    Fix::guess(format!("did you mean `{word}`?")).replace(place, syntax::text_scalar(word))
}

/// Replaces a word by one of a closed set, such as the keys of a form. The fix is safe if the written
/// word is one slip away from this word and from no other. A word outside the set means nothing, so it
/// cannot have been intended. Names and codes never get such a fix, because an unknown one may only be
/// missing from its registry or list.
pub(super) fn closed_word_fix<'k>(
    written: &str,
    meant: &str,
    known: impl IntoIterator<Item = &'k str>,
    place: Location,
) -> Fix {
    closed_fix(meant, spelling::only_slip(written, known) == Some(meant), place)
}

/// The same, if it is known whether `meant` is the only word one slip away.
pub(super) fn closed_fix(meant: &str, is_slip: bool, place: Location) -> Fix {
    let title = format!("did you mean `{meant}`?");
    let fix = if is_slip { Fix::safe(title) } else { Fix::guess(title) };
    fix.replace(place, syntax::scalar(meant))
}

/// Replaces another notation of a value by the one that eventc reads.
pub(super) fn reading_fix(meant: &str, sure: bool, place: Location) -> Fix {
    let fix = if sure {
        Fix::safe(format!("write `{meant}`"))
    } else {
        Fix::guess(format!("did you mean `{meant}`?"))
    };
    fix.replace(place, syntax::scalar(meant))
}

/// The id of the actor with this name, or with an id that differs only in case and separators.
pub(super) fn actor_named<'p>(actors: &'p Registry<Actor>, written: &str) -> Option<&'p str> {
    actors.named(written).map(|actor| &*actor.id.value)
}

/// How to add a missing entry to its registry: the entry to paste, the file that it goes to and, for a
/// name, the id that is made from it. `None` if no id can be made.
pub(super) fn new_entry(binding: Binding<'_>, referent: Referent, written: &str) -> Option<String> {
    if let Some(help) = not_known(binding, referent, written) {
        return Some(help);
    }
    let entry = Proposal::of(binding, referent, written)?;
    let also = match entry.id == written {
        true => String::new(),
        false => format!(", and write `{}` here", entry.id),
    };
    Some(format!("add it to `{}`: `{}`{also}", entry.path, entry.to_fill_in()))
}

/// What to write in place of a text that says only that somebody or something is not known: `n/a`,
/// `unknown gunmen`.
pub(super) fn not_known(binding: Binding<'_>, referent: Referent, written: &str) -> Option<String> {
    const WORDS: [&str; 4] = ["unknown", "unidentified", "unspecified", "unnamed"];
    let first = written.split([' ', '-', '_']).next().unwrap_or_default().to_lowercase();
    if !is_placeholder(written) && !WORDS.contains(&&*first) {
        return None;
    }
    let codebook = binding.codebook;
    let unknown = codebook.unknown(Role::Country).filter(|_| referent == Referent::Actor);
    let code = unknown.map(|code| &codebook.list(Role::Country).entry(code).code);
    let code = code.filter(|code| Composite::decode(code, codebook).is_ok());
    let or = code
        .map(|code| format!(", or write `{}`, the code of the unknown", syntax::text_scalar(code)));
    Some(format!("leave out what is not known{}", or.unwrap_or_default()))
}

/// Adds where an extra field belongs that was written where it is not declared; `None` if no field has
/// the name.
pub(super) fn field_elsewhere(
    found: &Diagnostic,
    name: &str,
    codebook: &Codebook,
) -> Option<Diagnostic> {
    let field = codebook.field_named(name)?;
    let where_to = match field.on {
        FieldOn::Event => format!("write `{name}:` as a key of the event"),
        FieldOn::Participant => {
            format!("write it beside the code of the actor or target: `{{code: ..., {name}: ...}}`")
        }
        FieldOn::Actor => format!("write `{name}:` in an entry of `actors.yaml`"),
        FieldOn::Place => format!("write `{name}:` in an entry of `places.yaml`"),
        FieldOn::Source => format!("write `{name}:` in an entry of `sources.yaml`"),
    };
    let declared = format!("declared `on: {}`", field.on.as_str());
    Some(found.clone().also(field.location, declared).help(where_to))
}

/// A word with its article.
pub(super) fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}
