//! What was probably meant.

pub(super) use crate::schema::{closest_code, code_known_as};

use crate::diagnostic::Fix;
use crate::schema::{Code, CodeList};
use crate::source::Location;

/// A guess that puts a code in the place of what was written.
pub(super) fn code_fix(list: &CodeList, code: Code, place: Location) -> Fix {
    let entry = list.entry(code);
    Fix::guess(format!("did you mean `{}` ({})?", entry.code, entry.label))
        .replace(place, &*entry.code)
}

/// A guess that puts one word in the place of another.
pub(super) fn word_fix(word: &str, place: Location) -> Fix {
    Fix::guess(format!("did you mean `{word}`?")).replace(place, word)
}

/// A word with its article.
pub(super) fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}
