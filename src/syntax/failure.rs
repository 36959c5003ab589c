//! Where the parser stopped.

use std::ops::Range;

use oneyaml_core::Diagnostic;

use super::line::Line;

/// The parser's first error, and what was open there. Offsets are those of the parsed text.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) diagnostic: Diagnostic,
    /// Where the text begins that the parser could not use.
    pub(super) at: usize,
    /// The collections that were open, outermost first.
    pub(super) open: Vec<OpenCollection>,
    /// The last scalar before the error, if it is quoted.
    pub(super) last_quoted: Option<Range<usize>>,
}

impl Failure {
    /// Where the outermost open bracket stands.
    pub(super) fn outermost_bracket(&self) -> Option<usize> {
        Some(self.open.iter().find(|open| open.layout == Layout::Flow)?.start)
    }

    /// The column of the innermost open block collection: lines of its values are indented more.
    pub(super) fn parent_column(&self, text: &str) -> Option<usize> {
        let parent = self.open.iter().rfind(|open| open.layout == Layout::Block)?;
        Some(parent.start - Line::at(text, parent.start).start)
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct OpenCollection {
    pub(super) start: usize,
    pub(super) layout: Layout,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Block,
    /// In brackets.
    Flow,
    /// A single `key: value` inside `[]`.
    Pair,
}
