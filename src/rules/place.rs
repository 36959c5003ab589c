//! The place of a defect.

use crate::diagnostic::{Diagnostic, Printable};
use crate::schema::Codebook;
use crate::source::{FileId, Location, Span};

/// The place of a defect, with the codebook for its message.
#[derive(Clone, Copy, Debug)]
pub struct DefectPlace<'p> {
    /// The codebook.
    pub codebook: &'p Codebook,
    /// The file.
    pub file: FileId,
    /// The part of the file.
    pub span: Span,
}

impl DefectPlace<'_> {
    /// The place itself.
    pub const fn location(self) -> Location {
        Location::new(self.file, self.span)
    }

    /// Another place in the same file.
    pub const fn elsewhere(self, span: Span) -> Location {
        Location::new(self.file, span)
    }

    /// A finding of a rule at this place.
    pub fn finding(self, rule: &super::Rule, message: impl Into<Printable>) -> Diagnostic {
        Diagnostic::new(rule.name, self.location(), message)
    }
}
