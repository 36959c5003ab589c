//! Suggestions of what was probably meant.

pub(super) use crate::schema::{code_known_as, codes_meant, only_code_meant};

use crate::dataset::Registry;
use crate::diagnostic::Fix;
use crate::record::{Actor, Referent};
use crate::schema::{Code, CodeList};
use crate::source::Location;
use crate::value::Identifier;
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

/// How to add a missing entry to the registry of a dataset: an entry to paste and, for a name, an id
/// made from it. `None` if no id can be made.
pub(super) fn new_entry(dataset: &str, referent: Referent, written: &str) -> Option<String> {
    let (file, entry) = match referent {
        Referent::Actor => ("actors.yaml", "{name: NAME, kind: organisation}"),
        Referent::Place => ("places.yaml", "{name: NAME, country: XXX, precision: near}"),
        Referent::Source => ("sources.yaml", "{publisher: NAME, date: YYYY-MM-DD}"),
        Referent::Event | Referent::Subject => return None,
    };
    let is_id = Identifier::parse(written).is_ok();
    let id = if is_id { written.to_owned() } else { Identifier::suggest(written)? };
    let name = if is_id { "...".into() } else { syntax::text_scalar(written) };
    let entry = entry.replacen("NAME", &name, 1);
    let also = if is_id { String::new() } else { format!(", and write `{id}` here") };
    Some(format!("add it to `datasets/{dataset}/{file}`: `{id}: {entry}`{also}"))
}

/// A word with its article.
pub(super) fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}
