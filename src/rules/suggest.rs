//! What was probably meant.

pub(super) use crate::schema::{code_known_as, codes_meant, only_code_meant};

use crate::dataset::Registry;
use crate::diagnostic::Fix;
use crate::record::{Actor, Referent};
use crate::schema::{Code, CodeList};
use crate::source::Location;
use crate::value::Identifier;
use crate::{spelling, syntax};

/// A guess that puts a code in the place of what was written.
pub(super) fn code_fix(list: &CodeList, code: Code, place: Location) -> Fix {
    let entry = list.entry(code);
    Fix::guess(format!("did you mean `{}` ({})?", entry.code, entry.label))
        .replace(place, syntax::text_scalar(&entry.code))
}

/// A guess that puts one name in the place of another.
pub(super) fn word_fix(word: &str, place: Location) -> Fix {
    Fix::guess(format!("did you mean `{word}`?")).replace(place, syntax::text_scalar(word))
}

/// Puts one word of a closed set, such as the keys of a form, in the place of another. It is safe
/// where what was written is one slip from this word and from no other: a word outside of the set
/// means nothing, so it cannot have been meant as it stands. Of a name or code this is never known,
/// for it may be one that is yet to be entered.
pub(super) fn closed_word_fix<'k>(
    written: &str,
    meant: &str,
    known: impl IntoIterator<Item = &'k str>,
    place: Location,
) -> Fix {
    closed_fix(meant, spelling::only_slip(written, known) == Some(meant), place)
}

/// The same, where it is known whether `meant` is one slip away and no other word is.
pub(super) fn closed_fix(meant: &str, is_slip: bool, place: Location) -> Fix {
    let title = format!("did you mean `{meant}`?");
    let fix = if is_slip { Fix::safe(title) } else { Fix::guess(title) };
    fix.replace(place, syntax::scalar(meant))
}

/// Puts a value in the spelling that is read in the place of another spelling.
pub(super) fn reading_fix(meant: &str, sure: bool, place: Location) -> Fix {
    let fix = if sure {
        Fix::safe(format!("write `{meant}`"))
    } else {
        Fix::guess(format!("did you mean `{meant}`?"))
    };
    fix.replace(place, syntax::scalar(meant))
}

/// The id of the actor that has a name, or an id that differs only in case and separators.
pub(super) fn actor_named<'p>(actors: &'p Registry<Actor>, written: &str) -> Option<&'p str> {
    actors.named(written).map(|actor| &*actor.id.value)
}

/// What to write where a registry lacks an entry: the entry, and the id that stands for it, made from
/// the name where one is written. `None` where no id can be made.
pub(super) fn new_entry(referent: Referent, written: &str) -> Option<String> {
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
    Some(format!("add it to `{file}` as `{id}: {entry}`{also}"))
}

/// A word with its article.
pub(super) fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}
