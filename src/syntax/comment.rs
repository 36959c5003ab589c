//! Comments that nobody meant: `Channel #7` without quotes is the text `Channel`.

use crate::source::{Span, Spanned};

use super::document::{Content, Node, Style};
use super::line::Line;

/// The end of an unquoted text that YAML reads as a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truncation {
    /// The part that is a comment.
    pub comment: Span,
    /// The text with that part, and where both stand.
    pub whole: Spanned<String>,
}

impl Node<'_> {
    /// The comment after this text, if it was probably meant as a part of the text: its `#` is followed
    /// by a word, not by a space. `None` also if it hides a closing bracket.
    pub fn truncation(self) -> Option<Truncation> {
        let Content::Scalar(scalar) = self.content() else { return None };
        if scalar.style != Style::Plain {
            return None;
        }
        let (text, end) = (self.text(), self.span().end as usize);
        if !text[end..].trim_start_matches([' ', '\t']).starts_with('#') {
            return None;
        }
        let rest = text[end..].split(['\n', '\r']).next().unwrap_or_default();
        let comment = rest.trim_start_matches([' ', '\t']);
        let gap = &rest[..rest.len() - comment.len()];
        let first = comment.strip_prefix('#')?.split([' ', '\t']).next().unwrap_or_default();
        if gap.is_empty() || !first.contains(char::is_alphanumeric) {
            return None;
        }
        // A comment that was meant may follow.
        let lost = comment.find(" # ").map_or(comment, |at| &comment[..at]);
        let lost = if self.in_brackets() { before_comma(lost)? } else { lost }.trim_end();
        let start = end + gap.len();
        let read = if scalar.is_absent() { "" } else { &text[end..start] };
        let mut whole = format!("{}{read}{lost}", scalar.text);
        let mut last = start + lost.len();
        if !self.in_brackets() && last == end + rest.trim_end().len() {
            last = self.add_lines_below(&mut whole, last);
        }
        let first = if scalar.is_absent() { start } else { self.span().start as usize };
        let span = Span::of(first..last);
        let comment = Span::of(start..start + lost.len());
        Some(Truncation { comment, whole: Spanned::new(whole, span) })
    }

    /// Appends to `whole` the lines that would continue the text without the comment. Returns where
    /// the last of them ends.
    fn add_lines_below(self, whole: &mut String, end: usize) -> usize {
        let (text, start) = (self.text(), self.span().start as usize);
        let own = Line::at(text, start);
        let lead = &text[own.start..start];
        let is_first = lead.trim_matches([' ', '-']).is_empty();
        let column = if is_first { lead.len() } else { indentation(own.text) + 1 };
        let mut last = end;
        for line in Line::from(text, Line::at(text, end).next) {
            let words = line.text.trim();
            let is_entry = words.contains(": ") || words.ends_with(':') || words.starts_with("- ");
            if words.is_empty() || words.starts_with('#') || is_entry {
                break;
            }
            if indentation(line.text) < column {
                break;
            }
            whole.push(' ');
            whole.push_str(words);
            last = line.start + line.text.trim_end().len();
        }
        last
    }
}

/// The number of spaces and dashes at the start of a line.
fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '-']).len()
}

/// The part of a comment before its first comma; `None` if it holds a closing bracket.
fn before_comma(comment: &str) -> Option<&str> {
    (!comment.contains([']', '}'])).then(|| comment.split(',').next().unwrap_or(comment))
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Content, Truncation, parse};

    /// What a comment took of the value of `a`, as the comment and the whole text.
    fn truncation(text: &str) -> Option<(String, String, String)> {
        let stream = parse(text);
        let Content::Mapping(root) = stream.documents[0].root()?.content() else { return None };
        let mut node = root.get("a")?;
        if let Content::Sequence(items) = node.content() {
            node = items.items().next()?;
        }
        let Truncation { comment, whole } = node.truncation()?;
        let at = |span: crate::source::Span| text[span.range()].to_owned();
        Some((at(comment), whole.value, at(whole.span)))
    }

    #[test]
    fn a_comment_without_a_space_takes_the_end_of_a_text() {
        let cases = [
            ("a: Strike #2 near Balad\n", "#2 near Balad", "Strike #2 near Balad"),
            ("a: Strike\t#Iraq\n", "#Iraq", "Strike\t#Iraq"),
            ("a: كتيبة #٧ هنا\r\nb: 1\r\n", "#٧ هنا", "كتيبة #٧ هنا"),
            ("a: Strike #(2)  # really\n  two\n", "#(2)", "Strike #(2)"),
            ("a:\n  - Channel #7\n  - b\n", "#7", "Channel #7"),
            ("a: [\n  Channel #7, b\n  ]\n", "#7", "Channel #7"),
            ("a: #2 is gone\n", "#2 is gone", "#2 is gone"),
            ("a:\n  one\n  two #3 three\nb: x\n", "#3 three", "one two #3 three"),
            ("a: one #2 two\n  three\n  four\n\nb: x\n", "#2 two", "one #2 two three four"),
        ];
        for (text, comment, whole) in cases {
            let found = truncation(text).map(|(comment, whole, _)| (comment, whole));
            assert_eq!(found, Some((comment.to_owned(), whole.to_owned())), "{text}");
        }
        let (_, _, stretch) = truncation("a: one #2\n  two\nb: x\n").unwrap();
        assert_eq!(stretch, "one #2\n  two");
    }

    #[test]
    fn a_comment_that_was_meant_takes_nothing() {
        for text in [
            "a: Strike # 2 near Balad\n",
            "a: Strike  # a comment\n",
            "a: Strike #\n",
            "a: Strike ## a heading #2\n",
            "a: Strike #----- x\n",
            "a: Strike#2\n",
            "a: 'Strike' #2\n",
            "a: |  #2\n  Strike #2\n",
            "a: [Strike #2 x], b]\n",
            "a:\n",
            "a: x\n#2\n",
        ] {
            assert_eq!(truncation(text), None, "{text}");
        }
    }
}
