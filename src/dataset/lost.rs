//! What of a file was not read.

use crate::form::{Defect, Limit};
use crate::record::RecordDefect;
use crate::source::{Span, Spanned};
use crate::syntax::{self, SyntaxDefect};

/// The spans of a file that were not read whole, in order.
pub(super) struct Lost {
    starts: Vec<u32>,
    /// The largest end up to each.
    ends: Vec<u32>,
}

impl Lost {
    pub(super) fn of(defects: &[Spanned<Defect<RecordDefect>>]) -> Self {
        let lost = defects.iter().filter(|defect| !defect.value.leaves_value());
        let mut spans: Vec<_> = lost
            .map(|defect| match defect.value {
                // What else is wrong from here on is not known.
                Defect::Limit(Limit::Findings)
                | Defect::Syntax(SyntaxDefect::Limit(syntax::Limit::Defects(_))) => {
                    Span::new(defect.span.start, u32::MAX)
                }
                _ => defect.span,
            })
            .collect();
        spans.sort_unstable();
        let mut last = 0;
        let ends = spans.iter().map(|span| {
            last = span.end.max(last);
            last
        });
        Self { ends: ends.collect(), starts: spans.iter().map(|span| span.start).collect() }
    }

    /// Whether one of them touches a span, as [`Span::touches`] defines it.
    pub(super) fn touches(&self, span: Span) -> bool {
        let before = self.starts.partition_point(|start| *start <= span.end);
        before > 0 && span.start <= self.ends[before - 1]
    }
}
