//! Text that is not YAML.

use super::{Check, DefectPlace, Rule, nested_key};
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::syntax::{Cause, YamlError};

/// The name of the rule.
pub const NAME: &str = "yaml-syntax";

pub(super) static RULE: Rule = Rule {
    name: NAME,
    level: Level::Error,
    page: include_str!("yaml-syntax.md"),
    check: Check::Defect,
    across: None,
};

pub(super) fn diagnostic(error: &YamlError, place: DefectPlace<'_>) -> Diagnostic {
    let Some((message, label, help)) = words_of(error.cause) else {
        return in_the_parsers_words(error, place);
    };
    let mut found = place.finding(&RULE, message).label(label);
    if let (Cause::HiddenBracket(_), Some(comment)) = (error.cause, error.labels.first()) {
        found = found.also(place.elsewhere(comment.span), "a comment, to the end of the line");
    }
    let fix = fix(error, help, place).or_else(|| nested_key::fix(error, place));
    match fix {
        Some(fix) => found.fix(fix),
        None => found.help(help),
    }
}

/// Message, label and help for a common mistake.
#[expect(clippy::too_many_lines, reason = "an arm for each cause, its words side by side")]
const fn words_of(cause: Cause) -> Option<(&'static str, &'static str, &'static str)> {
    Some(match cause {
        Cause::OpenQuote => {
            ("this quote is never closed", "opened here", "close it on the same line")
        }
        Cause::OpenBracket => {
            ("this bracket is never closed", "opened here", "close it before the next key or item")
        }
        Cause::HiddenBracket(_) => (
            "a `#` hides the bracket that closes this one",
            "opened here",
            "quote text that contains ` #`, and put comments after the last bracket",
        ),
        Cause::NestedKey => (
            "a second key on the line",
            "a key in place of the value of the first",
            "write the mapping in brackets: `{key: value}`, or put the text in quotes",
        ),
        Cause::Tab => (
            "a tab in the indentation",
            "a tab",
            "indent with spaces; YAML does not accept tabs here",
        ),
        Cause::Indentation => (
            "the indentation of this line matches no line above",
            "not aligned with the keys or items above",
            "align it with the lines that it belongs to",
        ),
        Cause::MissingColon => ("a key without a `:`", "no `:` here", "write `key: value`"),
        Cause::GluedColon => {
            ("a `:` without a space after it", "no space after the `:`", "write `key: value`")
        }
        Cause::GluedDash => {
            ("a `-` without a space after it", "no space after the `-`", "write `- item`")
        }
        Cause::ColonInText => (
            "text without quotes that contains `: `",
            "read as a key and a value",
            "put the text in quotes",
        ),
        Cause::TextBeforeBlock => (
            "text with a block of lines below it",
            "read as one text with the lines below",
            "write the key that the lines below belong to, or remove the text",
        ),
        Cause::LoneMark => (
            "a `?` by itself",
            "in YAML this begins a key",
            "leave out what is not known; of a date, write at least the year, such as `2023`",
        ),
        Cause::BlockMark => (
            "a text that begins with `>` or `|`",
            "YAML reads these as marks of a text over several lines",
            "put the text in quotes; a count is written `6..` for at least 6, `7..` for more than 6",
        ),
        Cause::Escape => (
            "YAML does not have this escape",
            "not an escape",
            "write `\\` for a backslash, or use single quotes, where nothing is an escape",
        ),
        Cause::InBrackets | Cause::Other => return None,
    })
}

fn in_the_parsers_words(error: &YamlError, place: DefectPlace<'_>) -> Diagnostic {
    let mut found = place.finding(&RULE, lower_first(&error.message)).label("not YAML from here");
    for label in error.labels.iter().filter(|label| !label.value.is_empty()) {
        found = found.also(place.elsewhere(label.span), lower_first(&label.value));
    }
    if let Some(help) = &error.help {
        found = found.help(lower_first(help));
    }
    let title = error.fix.as_ref().map(|fix| lower_first(&fix.title));
    match title.and_then(|title| fix(error, &title, place)) {
        Some(fix) => found.fix(fix),
        None => found,
    }
}

/// The edits that the parser proposes, with a title.
fn fix(error: &YamlError, title: &str, place: DefectPlace<'_>) -> Option<Fix> {
    let proposed = error.fix.as_ref()?;
    let fix = if proposed.sure { Fix::safe(title) } else { Fix::guess(title) };
    let edits = proposed.edits.iter();
    Some(edits.fold(fix, |fix, edit| fix.replace(place.elsewhere(edit.span), edit.value.clone())))
}

/// The parser's message in the style of the other rules: a phrase that begins in lower case.
fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    if words.chars().nth(1).is_some_and(char::is_uppercase) {
        return words.to_owned();
    }
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}
