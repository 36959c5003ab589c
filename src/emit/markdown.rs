//! Markdown that shows a project's text and never interprets it.

use std::fmt::Write as _;

use crate::diagnostic::Printable;

/// A text as a paragraph: what stands between backticks is code, and every other character is
/// shown as it is. Line breaks and other white space become single spaces.
pub fn prose(text: &str) -> String {
    with_code(text, false)
}

/// A text between empty lines; nothing for an empty one.
pub(super) fn paragraph(text: &str) -> String {
    let text = prose(text);
    if text.is_empty() { text } else { format!("\n{text}\n") }
}

/// A text as a cell of a table; otherwise as [`prose`].
pub fn cell(text: &str) -> String {
    with_code(text, true)
}

/// A name as code; one that code cannot hold as text.
pub fn code(name: &str) -> String {
    let plain = !name.is_empty() && !name.contains(['`', '|']);
    if plain { format!("`{}`", visible(name)) } else { cell(name) }
}

/// Writes a table: its header and its rows.
pub fn write_table(out: &mut String, header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
    let mut line = |cells: &[String]| {
        out.push('|');
        for cell in cells {
            let _ = write!(out, " {cell} |");
        }
        out.push('\n');
    };
    line(&header.iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
    line(&vec!["---".to_owned(); header.len()]);
    for row in rows {
        line(&row);
    }
}

fn with_code(text: &str, in_table: bool) -> String {
    let text = visible(text);
    let mut rest = text.as_str();
    let mut markdown = String::new();
    while let Some((before, from)) = rest.split_once('`') {
        markdown.push_str(&escaped(before));
        rest = match from.split_once('`').filter(|(code, _)| !code.is_empty()) {
            // Behind a backslash, `|` ends a cell even where another escapes it.
            Some((code, after)) if in_table && code.contains("\\|") => {
                let _ = write!(markdown, "\\`{}\\`", escaped(code));
                after
            }
            Some((code, after)) => {
                let code = if in_table { code.replace('|', "\\|") } else { code.to_owned() };
                let _ = write!(markdown, "`{code}`");
                after
            }
            None => {
                markdown.push_str("\\`");
                from
            }
        };
    }
    markdown + &escaped(rest)
}

/// Text that is no Markdown and no HTML, wherever in a line it stands.
///
/// What CommonMark or GitHub's extensions would read as a mark is escaped, and so are addresses,
/// which would become links. An empty comment behind `@`, `#` and `GH-` keeps GitHub from calling
/// someone or linking an issue.
pub fn escaped(text: &str) -> String {
    // Only what opens a line can be a bullet or a number of a list.
    let mut opens = true;
    let words = text.split(' ').map(|word| {
        let escaped = escaped_word(word, opens);
        opens &= word.is_empty();
        escaped
    });
    words.collect::<Vec<_>>().join(" ")
}

fn escaped_word(word: &str, opens: bool) -> String {
    let is_bullet = opens && !word.is_empty() && word.chars().all(|c| matches!(c, '-' | '+' | '='));
    let digits = word.trim_end_matches(['.', ')']);
    let is_number = opens
        && !digits.is_empty()
        && digits.len() + 1 == word.len()
        && digits.bytes().all(|b| b.is_ascii_digit());
    let mut escaped = String::new();
    for (at, c) in word.char_indices() {
        let (before, behind) = (&word[..at], &word[at + c.len_utf8()..]);
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '@' => escaped.push_str("@<!-- -->"),
            '#' if behind.starts_with(char::is_alphanumeric) => escaped.push_str("\\#<!-- -->"),
            '-' if before.to_ascii_lowercase().ends_with("gh") => escaped.push_str("-<!-- -->"),
            '_' if is_inside(before, behind) => escaped.push(c),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '|' | '$' | '{' | '}' | '^' => {
                escaped.extend(['\\', c]);
            }
            '-' | '+' | '=' if is_bullet && at == 0 => escaped.extend(['\\', c]),
            '.' | ')' if is_number && behind.is_empty() => escaped.extend(['\\', c]),
            ':' if behind.starts_with("//") => escaped.extend(['\\', c]),
            '.' if before.to_ascii_lowercase().ends_with("www") => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Whether letters or digits stand on both sides.
fn is_inside(before: &str, behind: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && behind.starts_with(char::is_alphanumeric)
}

/// A text on one line in which everything can be seen.
fn visible(text: &str) -> String {
    let word = |word: &str| {
        if word.is_ascii() && !word.contains(|c: char| c.is_ascii_control()) {
            word.to_owned()
        } else {
            Printable::new(word).as_str().to_owned()
        }
    };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_between_backticks_is_obeyed() {
        let cases = [
            ("plain in where_prec, from 1.", "plain in where_prec, from 1."),
            ("1. - 2.", "1\\. - 2."),
            ("`a|b` | `c", "`a|b` \\| \\`c"),
            ("``", "\\`\\`"),
            ("``a`", "\\``a`"),
            ("*b* <i> `*c*`", "\\*b\\* &lt;i&gt; `*c*`"),
            ("a\n\n  b\tc", "a b c"),
            ("النجف and \u{202e}x", "النجف and \\\\u\\{202e\\}x"),
        ];
        for (text, markdown) in cases {
            assert_eq!(prose(text), markdown);
        }
        assert_eq!(cell("`a|b`"), "`a\\|b`");
        assert_eq!(cell(r"`a\|<b>`"), r"\`a\\\|&lt;b&gt;\`");
        assert_eq!(code("a|b"), "a\\|b");
    }
}
