//! Texts that did not arrive as they were typed or copied.

use super::{ChangedText, Context, FormDefect, Reader};
use crate::source::Span;
use crate::spelling::{self, Garbled};
use crate::syntax::{ControlEscape, Node, Truncation};

impl<C: Context> Reader<'_, C> {
    /// Records how a text, read as `read`, differs from what was probably typed.
    pub(super) fn report_changes(&mut self, node: Node<'_>, read: &str) {
        if let Some(Truncation { comment, whole }) = node.truncation() {
            self.changed(comment, ChangedText::Truncated { read: read.to_owned(), whole });
        }
        if let Some(ControlEscape { span, character, literal }) = node.control_escape() {
            let read = read.to_owned();
            self.changed(span, ChangedText::ControlEscape { character, read, literal });
        }
        if read.is_ascii() {
            return;
        }
        let lost = char::REPLACEMENT_CHARACTER;
        match spelling::garbled(read) {
            Some(Garbled { encoding, text }) if !text.contains(lost) => {
                let source = spelling::garbled(node.source()).map(|source| source.text);
                let change = ChangedText::WrongEncoding { encoding, text, source };
                self.changed(node.span(), change);
            }
            None if !read.contains(lost) => {}
            _ => self.changed(first(node, lost), ChangedText::LostCharacter),
        }
    }

    fn changed(&mut self, span: Span, change: ChangedText) {
        self.report(span, FormDefect::ChangedText(change));
    }
}

/// Where a character stands first in a scalar; the scalar if it is not written there as itself.
fn first(node: Node<'_>, character: char) -> Span {
    let Some(at) = node.source().find(character) else { return node.span() };
    let to = |at: usize| u32::try_from(node.span().start as usize + at).unwrap_or(u32::MAX);
    Span::new(to(at), to(at + character.len_utf8()))
}
