//! What was probably meant.

use crate::diagnostic::Fix;
use crate::schema::{Code, CodeEntry, CodeList, ColumnValue};
use crate::source::Location;
use crate::spelling;

/// The code that was probably meant: one that is known by what was written, or the nearest.
pub(super) fn closest_code(list: &CodeList, written: &str) -> Option<Code> {
    code_known_as(list, written)
        .or_else(|| nearest_code(list, written))
        .or_else(|| nearest_name(list, written))
}

/// The code that is known by exactly what was written, whatever the case: by its code, by a name
/// or slip that the list knows, by its label, or by one of the list's own columns, such as a
/// two-letter country code or the code of another scheme.
pub(super) fn code_known_as(list: &CodeList, written: &str) -> Option<Code> {
    let exactly = |text: &str| text.eq_ignore_ascii_case(written);
    let found =
        |matches: &dyn Fn(&CodeEntry) -> bool| list.codes().find(|code| matches(list.entry(*code)));
    found(&|entry| exactly(&entry.code))
        .or_else(|| found(&|entry| entry.aliases.iter().any(|alias| exactly(alias))))
        .or_else(|| found(&|entry| exactly(&entry.label)))
        .or_else(|| {
            found(&|entry| entry.values.iter().flatten().any(|value| is_text(value, &exactly)))
        })
}

/// A code of so few letters has neighbours everywhere; only swapped letters tell which was meant.
const SHORT_CODE: usize = 3;

fn nearest_code(list: &CodeList, written: &str) -> Option<Code> {
    let letters = |text: &str| {
        let mut letters: Vec<_> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    let near = spelling::closest(written, list.entries().iter().map(|entry| &*entry.code))?;
    let short = written.chars().count() <= SHORT_CODE;
    (!short || letters(near) == letters(written)).then(|| list.find(near))?
}

fn is_text(value: &ColumnValue, exactly: &dyn Fn(&str) -> bool) -> bool {
    match value {
        ColumnValue::Text(text) => exactly(text),
        ColumnValue::TextList(texts) => texts.iter().any(|text| exactly(text)),
        _ => false,
    }
}

fn nearest_name(list: &CodeList, written: &str) -> Option<Code> {
    let names = |code| {
        let entry = list.entry(code);
        std::iter::once(&*entry.label).chain(entry.aliases.iter().map(|alias| &**alias))
    };
    let near = spelling::closest(written, list.codes().flat_map(names))?;
    list.codes().find(|code| names(*code).any(|name| name == near))
}

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
