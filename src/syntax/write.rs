//! How a text is written as a scalar.

use std::borrow::Cow;

use super::plain::other_reading;

/// `text` as a scalar that reads back as it in block and in flow: without quotes where no mark of
/// YAML stands in the way.
pub fn scalar(text: &str) -> Cow<'_, str> {
    if is_plain(text) { Cow::Borrowed(text) } else { Cow::Owned(in_quotes(text)) }
}

/// Like [`scalar`], but also in quotes where another YAML reader would not take `text` for a text.
pub fn text_scalar(text: &str) -> Cow<'_, str> {
    if other_reading(text).is_some() { Cow::Owned(in_quotes(text)) } else { scalar(text) }
}

/// `text` in quotes: in single ones where a quote or backslash in it would need an escape in double
/// ones, unless it has a character that only an escape can write.
pub fn in_quotes(text: &str) -> String {
    let needs_escape = text.contains(|c: char| c.is_control());
    if text.contains(['"', '\\']) && !needs_escape {
        return in_single_quotes(text);
    }
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

pub(super) fn in_single_quotes(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Whether a text reads back as itself without quotes (YAML 1.2.2, 7.3.3), in brackets too.
fn is_plain(text: &str) -> bool {
    let starts = |c: char| !c.is_whitespace() && !"-?:,[]{}#&*!|>'\"%@`".contains(c);
    let ends = |c: char| !c.is_whitespace() && c != ':';
    text.starts_with(starts)
        && text.ends_with(ends)
        && !text.contains(|c: char| c.is_control() || ",[]{}".contains(c))
        && !text.contains(": ")
        && !text.contains(" #")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::syntax::{Content, Style, parse};

    fn value_in(text: &str) -> Option<(String, Style)> {
        let stream = parse(text);
        let mapping = match stream.documents.first()?.root()?.content() {
            Content::Mapping(mapping) => mapping,
            _ => return None,
        };
        match mapping.get("a")?.content() {
            Content::Scalar(scalar) if stream.defects.is_empty() && mapping.len() == 1 => {
                Some((scalar.text.to_owned(), scalar.style))
            }
            _ => None,
        }
    }

    #[test]
    fn quotes_stand_where_they_must() {
        let cases = [
            ("two words", "two words"),
            ("2019-08-20", "\"2019-08-20\""),
            ("[2019..2020]", "\"[2019..2020]\""),
            ("it's", "it's"),
            ("Fire, then: smoke", "\"Fire, then: smoke\""),
            ("- \"so\", it's said", "'- \"so\", it''s said'"),
            ("", "\"\""),
        ];
        for (text, written) in cases {
            assert_eq!(text_scalar(text), written);
        }
        assert_eq!(scalar("2019-08-20"), "2019-08-20");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(text in "[^\\p{Cc}]{0,12}|[-?:,#&*!|>'\" a\\\\\\[\\]{}\n\t]{0,8}") {
            prop_assume!(crate::syntax::parse(&text).defects.iter().all(|defect| {
                !matches!(defect.value, crate::syntax::SyntaxDefect::UnsafeCharacter { .. })
            }));
            for written in [scalar(&text), text_scalar(&text), in_quotes(&text).into()] {
                for record in [format!("a: {written}\n"), format!("{{a: {written}}}\n")] {
                    let read = value_in(&record).map(|(text, _)| text);
                    prop_assert_eq!(read.as_deref(), Some(text.as_str()), "{}", record);
                }
            }
        }
    }
}
