//! Splits a file into its documents, so that an error in one leaves the others readable.

use std::ops::Range;

use crate::source::Span;

use super::defect::{Defects, Forbidden, Limit, SyntaxDefect};
use super::limits;
use super::line::Line;

/// Where the documents of `text` stand, each from its `---`, or the end of the document before
/// it, to its end.
///
/// A line that begins with `---` or `...`, alone or before white space, is never content (YAML
/// 1.2.2, 9.1.2), so this needs no parser. A document of only comments before the first `---`
/// is none. `may_be_several` says whether a line [may separate](may_separate) two.
pub(super) fn documents(
    text: &str,
    may_be_several: bool,
    defects: &mut Defects,
) -> Vec<Range<usize>> {
    let mut split = Split { found: Vec::new(), start: 0, is_document: false };
    if !may_be_several {
        split.is_document = Line::from(text, 0).any(|line| !line.is_silent());
        split.end(text.len());
        return split.found;
    }
    for line in Line::from(text, 0) {
        if is_marker(line.text, "---") {
            split.end(line.start);
            split.is_document = true;
        } else if is_marker(line.text, "...") {
            split.end(line.next);
        } else if line.text.starts_with('%') && !split.is_document {
            let text = line.text.trim_end().to_owned();
            let span = Span::of(line.start..line.start + text.len());
            defects.add(SyntaxDefect::Forbidden(Forbidden::Directive { text }), span);
            split.start = line.next;
        } else if !split.is_document && !line.is_silent() {
            split.is_document = true;
        }
        if split.found.len() > limits::DOCUMENTS {
            break;
        }
    }
    split.end(text.len());
    if let Some(first) = split.found.get(limits::DOCUMENTS) {
        let limit = Limit::Documents(limits::DOCUMENTS);
        let line = Line::at(text, first.start);
        defects.add(SyntaxDefect::Limit(limit), Span::of(line.start..line.end()));
        split.found.truncate(limits::DOCUMENTS);
    }
    split.found
}

/// Whether a line begins as one does that ends a document or begins one.
pub(super) fn may_separate(line: &str) -> bool {
    ["---", "...", "%"].iter().any(|marker| line.starts_with(marker))
}

struct Split {
    found: Vec<Range<usize>>,
    start: usize,
    /// Whether there is a marker or content since `start`.
    is_document: bool,
}

impl Split {
    fn end(&mut self, at: usize) {
        if self.is_document {
            self.found.push(self.start..at);
        }
        self.start = at;
        self.is_document = false;
    }
}

fn is_marker(line: &str, marker: &str) -> bool {
    line.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let found = documents(text, true, &mut Defects::default());
        found.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn markers_separate_documents() {
        assert_eq!(split("# only a comment\n\n"), [""; 0]);
        assert_eq!(split("a: 1\n"), ["a: 1\n"]);
        assert_eq!(split("# c\n---\na: 1\n---\n---\nb\n"), ["---\na: 1\n", "---\n", "---\nb\n"]);
        assert_eq!(split("a\n...\n# c\n...\nb\n"), ["a\n...\n", "b\n"]);
        assert_eq!(split("a: |\n  ---\n----\n--- b"), ["a: |\n  ---\n----\n", "--- b"]);
    }

    #[test]
    fn directives_are_reported_and_left_out() {
        let text = "%YAML 1.1\n%TAG ! x\n---\na: 1\n%not one\n";
        let mut defects = Defects::default();
        assert_eq!(documents(text, true, &mut defects), vec![19..37]);
        let directives: Vec<_> = defects.into_sorted().iter().map(|d| d.span).collect();
        assert_eq!(directives, [Span::new(0, 9), Span::new(10, 18)]);
    }
}
