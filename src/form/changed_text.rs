//! Texts that did not arrive as they were typed or copied.

use super::{Context, FormDefect, Reader};
use crate::source::{Span, Spanned};
use crate::spelling::{self, Garbled};
use crate::syntax::{ControlEscape, Node, Truncation};

/// How a text differs from what was probably typed. It is read as it stands.
#[derive(Clone, Debug)]
pub enum ChangedText {
    /// A comment cut it off. The defect stands at the comment.
    Truncated {
        /// The text as read.
        read: String,
        /// The text with the comment, and where both stand.
        whole: Spanned<String>,
    },
    /// An escape for a control character was meant as a backslash and a letter.
    ControlEscape {
        /// The character that is read.
        character: char,
        /// The text as read.
        read: String,
        /// The scalar with its backslashes meant, and where it stands.
        literal: Option<Spanned<String>>,
    },
    /// It was saved as UTF-8 and opened in another encoding.
    WrongEncoding {
        /// That encoding.
        encoding: &'static str,
        /// The text as it was before.
        text: String,
        /// The same as it would be written; `None` where it is written with escapes.
        source: Option<String>,
    },
    /// U+FFFD stands for a character that was lost.
    LostCharacter,
}

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
