//! Breaking text into lines.

use textwrap::{Options, WordSeparator, WordSplitter};

/// The cells of a terminal that a text fills. Terminal sequences fill none.
pub fn cells(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// Breaks a text at spaces into lines of at most `width` cells; longer words are kept whole. The first
/// line begins with `head`, the others with `indent` spaces.
///
/// A word that a log could obey at the start of a line stays in its line.
pub fn wrapped(head: &str, indent: usize, text: &str, width: usize) -> Vec<String> {
    if text.is_empty() {
        return vec![head.to_owned()];
    }
    let indent = " ".repeat(indent);
    let options = Options::new(width)
        .initial_indent(head)
        .subsequent_indent(&indent)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    let mut lines: Vec<String> = Vec::new();
    for line in textwrap::wrap(text, options) {
        match lines.last_mut() {
            Some(last) if line.trim_start().starts_with("::") => {
                last.push(' ');
                last.push_str(line.trim_start());
            }
            _ => lines.push(line.into_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_broken() {
        assert_eq!(
            wrapped("", 0, "a bc d well-known/path e", 4),
            ["a bc", "d", "well-known/path", "e"]
        );
        assert_eq!(
            wrapped("- ", 4, "a bc incomprehensible", 0),
            ["- a", "    bc", "    incomprehensible"]
        );
        assert_eq!(wrapped("- ", 4, "", 4), ["- "]);
    }

    #[test]
    fn characters_count_by_the_cells_that_they_fill() {
        assert_eq!(wrapped("", 0, "戦争 戦争", 8), ["戦争", "戦争"]);
        assert_eq!(
            wrapped("", 0, "\x1b[1mab\x1b[0m e\u{301}e\u{301}", 5),
            ["\x1b[1mab\x1b[0m e\u{301}e\u{301}"]
        );
    }
}
