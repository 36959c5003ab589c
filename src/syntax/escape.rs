//! Escapes that nobody meant: `"C:\new"` is `C:`, a line break and `ew`.

use crate::source::{Span, Spanned};

use super::document::{Content, Node, Style};

/// An escape that makes a control character of a backslash and a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlEscape {
    /// Where it stands.
    pub span: Span,
    /// The character that is read.
    pub character: char,
    /// The scalar as it would be written if its backslashes were meant; `None` where it goes over
    /// several lines.
    pub literal: Option<Spanned<String>>,
}

impl Node<'_> {
    /// The first escape for a tab, a carriage return or a line break that probably was none. A line
    /// break that ends a sentence or a line, or stands beside another one, was meant.
    pub fn control_escape(self) -> Option<ControlEscape> {
        let Content::Scalar(scalar) = self.content() else { return None };
        let source = self.source();
        if scalar.style != Style::DoubleQuoted {
            return None;
        }
        let (at, letter) = escapes(source).find(|(at, letter)| {
            let (before, after) = (&source[1..*at], &source[at + 2..source.len() - 1]);
            match letter {
                't' => true,
                'r' => !after.starts_with("\\n"),
                'n' => !is_line_break(before, after),
                _ => false,
            }
        })?;
        let start = self.span().start as usize + at;
        let character = match letter {
            't' => '\t',
            'r' => '\r',
            _ => '\n',
        };
        let literal = literal(source).map(|literal| Spanned::new(literal, self.span()));
        Some(ControlEscape { span: Span::of(start..start + 2), character, literal })
    }
}

/// The escapes of a double-quoted scalar: where each backslash stands, and what follows it.
pub(super) fn escapes(source: &str) -> impl Iterator<Item = (usize, char)> {
    let mut is_escaped = false;
    source.char_indices().filter_map(move |(at, character)| {
        let escape = is_escaped.then(|| (at - 1, character));
        is_escaped = !is_escaped && character == '\\';
        escape
    })
}

/// Whether an escape `\n` between two stretches of source was meant as a line break.
fn is_line_break(before: &str, after: &str) -> bool {
    let before = before.strip_suffix("\\r").unwrap_or(before).trim_end();
    let after = after.trim_start_matches(' ');
    let ends_line = after.is_empty() || after.starts_with(['\n', '\r', '\\', '-', '*', '•']);
    let ends_sentence = before.ends_with(|c: char| ".!?…;,؟۔।。！？\"'”’»)]".contains(c));
    let goes_on = after.starts_with(|c: char| c.is_lowercase());
    ends_line && !after.starts_with("\\\\") || before.ends_with("\\n") || ends_sentence && !goes_on
}

/// A double-quoted scalar on one line in single quotes, its backslashes as they stand but where one
/// escapes a quote or another backslash inside the text.
pub(super) fn literal(source: &str) -> Option<String> {
    let inner = source.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains(['\n', '\r']) {
        return None;
    }
    // Two backslashes at the start are those of a network path.
    let (start, rest) = inner.split_at(if inner.starts_with("\\\\") { 2 } else { 0 });
    let rest = rest.replace("\\\"", "\"").replace("\\\\", "\\");
    Some(format!("'{}{}'", start, rest.replace('\'', "''")))
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Content, parse};

    fn escape(value: &str) -> Option<(String, Option<String>)> {
        let text = format!("a: {value}\n");
        let stream = parse(&text);
        let Content::Mapping(root) = stream.documents[0].root()?.content() else { return None };
        let found = root.get("a")?.control_escape()?;
        let literal = found.literal.map(|literal| literal.value);
        Some((text[found.span.range()].to_owned(), literal))
    }

    #[test]
    fn an_escape_within_a_line_was_a_backslash() {
        let cases = [
            (r#""C:\new\reports\temp""#, r"\n", r"'C:\new\reports\temp'"),
            (r#""\\server\reports""#, r"\r", r"'\\server\reports'"),
            (r#""data\\raw\table 'a'""#, r"\t", r"'data\raw\table ''a'''"),
            (r#""Killed: 3\nWounded: 5""#, r"\n", r"'Killed: 3\nWounded: 5'"),
            (r#""said \"so\" in D:\reports""#, r"\r", r#"'said "so" in D:\reports'"#),
        ];
        for (value, found, literal) in cases {
            assert_eq!(
                escape(value),
                Some((found.to_owned(), Some(literal.to_owned()))),
                "{value}"
            );
        }
        assert_eq!(escape("\"one\\ttwo\n  three\""), Some((r"\t".to_owned(), None)));
    }

    #[test]
    fn a_line_break_between_sentences_and_lines_was_meant() {
        for value in [
            r#""One.\n\nTwo.""#,
            r#""One\n\ntwo\n""#,
            r#""One.\r\nTwo""#,
            r#""He said:\n- one,\n- two""#,
            r#""اول؟\nدوم""#,
            "\"one\\n\\\n  two\"",
            r#""C:\\new""#,
            r#""caf\u00e9 \x41""#,
            r"'C:\new'",
            r"C:\new",
        ] {
            assert_eq!(escape(value), None, "{value}");
        }
    }
}
