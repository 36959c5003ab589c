//! What stands between brackets, and the one slip that explains why it does not match.

use std::cmp::Ordering;
use std::iter;
use std::ops::Range;

/// A piece of a text in brackets.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// A bracket, `,` or `:`; [`SCALAR`], [`COMMENT`] or [`OPEN_QUOTE`].
    pub(super) mark: char,
    pub(super) range: Range<usize>,
}

/// A scalar, with or without quotes.
const SCALAR: char = 'a';

const COMMENT: char = '#';

/// A quote that is not closed. It is the last piece, for nothing is known of what follows.
const OPEN_QUOTE: char = '"';

/// The pieces of `text` at `range`.
pub(super) fn tokens(text: &str, range: Range<usize>) -> impl Iterator<Item = Token> {
    let bytes = &text.as_bytes()[..range.end.max(range.start)];
    let (mut at, mut before) = (range.start, ',');
    iter::from_fn(move || {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let (mark, end) = token(bytes, at, before)?;
        let range = at..end;
        before = mark;
        at = if mark == OPEN_QUOTE { bytes.len() } else { end };
        Some(Token { mark, range })
    })
}

/// The mark of the piece that starts at an offset, after another, and its end.
fn token(bytes: &[u8], at: usize, before: char) -> Option<(char, usize)> {
    let end = |stops: &dyn Fn(usize) -> bool| {
        (at..bytes.len()).find(|at| stops(*at)).unwrap_or(bytes.len())
    };
    Some(match (bytes.get(at)?, mark(bytes, at)) {
        (b'"' | b'\'', _) if !matches!(before, ']' | '}') => match closing_quote(bytes, at) {
            Some(end) => (SCALAR, end + 1),
            None => (OPEN_QUOTE, at + 1),
        },
        (_, Some(COMMENT)) => (COMMENT, end(&|at| matches!(bytes[at], b'\n' | b'\r'))),
        (_, Some(mark)) => (mark, at + 1),
        (_, None) => {
            let text = &bytes[at..end(&|at| mark(bytes, at).is_some())];
            (SCALAR, at + text.trim_ascii_end().len())
        }
    })
}

fn mark(bytes: &[u8], at: usize) -> Option<char> {
    let is_mark = match bytes[at] {
        b'#' => at > 0 && bytes[at - 1].is_ascii_whitespace(),
        b':' => bytes.get(at + 1).is_none_or(|next| b" \t\n\r[{\"'".contains(next)),
        byte => b"[]{},".contains(&byte),
    };
    is_mark.then(|| char::from(bytes[at]))
}

/// The offset of the quote that closes the one at `start`.
fn closing_quote(bytes: &[u8], start: usize) -> Option<usize> {
    let quote = bytes[start];
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'\\' if quote == b'"' => at += 1,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 1,
            byte if *byte == quote => return Some(at),
            _ => {}
        }
        at += 1;
    }
}

/// What is wrong with a text in brackets.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Brackets {
    /// A comment hides the bracket that closes, from the offset of its `#` on.
    Hidden(usize),
    /// This edit makes it sound, and no other of one mark does.
    Slip(Range<usize>, String),
    /// It is sound, or no slip or several would explain it.
    Unclear,
}

/// Pieces that are looked at: each is tried as the slip. A person writes some dozens between two
/// brackets, and a fix that nobody can check at a glance is none.
const TOKENS: usize = 150;

/// Looks for the slip in `text` at `range`.
pub(super) fn find(text: &str, range: Range<usize>) -> Brackets {
    let tokens: Vec<_> = tokens(text, range).take(TOKENS + 1).collect();
    if tokens.len() > TOKENS || tokens.last().is_some_and(|last| last.mark == OPEN_QUOTE) {
        return Brackets::Unclear;
    }
    let (comments, tokens): (Vec<_>, Vec<_>) =
        tokens.into_iter().partition(|token| token.mark == COMMENT);
    let marks: String = tokens.iter().map(|token| token.mark).collect();
    let (opening, closing) = (marks.matches(['[', '{']).count(), marks.matches([']', '}']).count());
    let mut comments = comments.into_iter().map(|comment| comment.range);
    let doubtful = comments.find(|at| text[at.clone()].contains(['[', ']', '{', '}', ',', '"']));
    if let Some(comment) = doubtful.filter(|_| opening != closing) {
        let count = |marks: [char; 2]| text[comment.clone()].matches(marks).count();
        let hides = count([']', '}']) > count(['[', '{']);
        return if hides { Brackets::Hidden(comment.start) } else { Brackets::Unclear };
    }
    if opening.abs_diff(closing) > 1 {
        return Brackets::Unclear;
    }
    let mut slips = slips(&tokens, &marks, opening.cmp(&closing));
    // Different edits may come to the same, as where one of two equal brackets is removed.
    match slips.pop() {
        Some(last) if slips.iter().all(|slip| slip.result == last.result) => {
            Brackets::Slip(last.range, last.new)
        }
        _ => Brackets::Unclear,
    }
}

/// An edit of one mark after which a text in brackets is sound.
struct Slip {
    range: Range<usize>,
    new: String,
    /// The marks after it.
    result: String,
}

/// Every slip that explains what is wrong with some pieces: a bracket of the wrong sort or a comma
/// twice where as many brackets close as open, else a bracket that is missing or one too many.
fn slips(tokens: &[Token], marks: &str, balance: Ordering) -> Vec<Slip> {
    let mut slips = Vec::new();
    if is_sound(marks) {
        return slips;
    }
    let mut attempt = |at: usize, removed: usize, new: &str, range: Range<usize>| {
        let result = [&marks[..at], new, &marks[at + removed..]].concat();
        if is_sound(&result) {
            slips.push(Slip { range, new: new.to_owned(), result });
        }
        !slips.is_empty()
    };
    // Behind what is whole, a bracket closes nothing.
    if let Some((Token { mark: ']' | '}', range }, whole)) = tokens.split_last()
        && attempt(whole.len(), 1, "", range.clone())
    {
        return slips;
    }
    for (at, Token { mark, range }) in tokens.iter().enumerate() {
        let other = match mark {
            '[' => "{",
            '{' => "[",
            ']' => "}",
            '}' => "]",
            _ => "",
        };
        match balance {
            Ordering::Equal if *mark != SCALAR => {
                attempt(at, 1, other, range.clone());
            }
            Ordering::Less => {
                attempt(at, 0, "[", range.start..range.start);
                attempt(at, 0, "{", range.start..range.start);
                if matches!(mark, ']' | '}') {
                    attempt(at, 1, "", range.clone());
                }
            }
            Ordering::Greater => {
                attempt(at + 1, 0, "]", range.end..range.end);
                attempt(at + 1, 0, "}", range.end..range.end);
            }
            Ordering::Equal => {}
        }
    }
    slips
}

/// Whether some marks are those of one list or mapping as records have them: every entry of a mapping
/// has a key, none of a list has one, and no list stands in a list.
fn is_sound(marks: &str) -> bool {
    // What is open: brackets, and of the entry that is not yet whole its key, its `:` and its value.
    let mut open: Vec<char> = Vec::new();
    for mark in marks.chars() {
        let (done, next) = match (mark, &open[..]) {
            ('[', [] | [.., ':']) | ('{', [] | [.., '[' | ':']) => (0, Some(mark)),
            (SCALAR, [.., '[' | ':']) => (0, Some('v')),
            (SCALAR, [.., '{']) => (0, Some('k')),
            (':', [.., 'k']) => (0, Some(':')),
            (',', [.., '[', 'v']) => (1, None),
            (',', [.., 'k', ':']) => (2, None),
            (',', [.., 'k', ':', 'v']) => (3, None),
            (']', [.., '[']) | ('}', [.., '{']) => (1, Some('v')),
            (']', [.., '[', 'v']) => (2, Some('v')),
            ('}', [.., 'k', ':']) => (3, Some('v')),
            ('}', [.., 'k', ':', 'v']) => (4, Some('v')),
            _ => return false,
        };
        open.truncate(open.len() - done);
        open.extend(next);
    }
    open == ['v']
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> String {
        match find(text, 0..text.len()) {
            Brackets::Hidden(at) => format!("hidden from {at}"),
            Brackets::Unclear => "unclear".to_owned(),
            Brackets::Slip(range, new) => {
                let mut text = text.to_owned();
                text.replace_range(range, &new);
                text
            }
        }
    }

    #[test]
    fn a_slip_that_only_one_bracket_explains_is_found() {
        for (text, right) in [
            ("[ISR, USA", "[ISR, USA]"),
            ("[ISR, USA   # both of them", "[ISR, USA]   # both of them"),
            ("{by: x, affirms: [event, date}", "{by: x, affirms: [event, date]}"),
            ("{affirms: [event, date, by: x}", "{affirms: [event, date], by: x}"),
            ("{by: x, says: {injuries: 3}", "{by: x, says: {injuries: 3}}"),
            ("[{code: USA, certainty: probable]", "[{code: USA, certainty: probable}]"),
            ("{by: x, affirms: [event, date}}", "{by: x, affirms: [event, date]}"),
            ("{by: x, affirms: {event, date]}", "{by: x, affirms: [event, date]}"),
            ("[by: x, affirms: [event]}", "{by: x, affirms: [event]}"),
            ("{by: x, affirms: [event]]}", "{by: x, affirms: [event]}"),
            ("{by: x, affirms: [event]}}", "{by: x, affirms: [event]}"),
            ("{affirms: event, date], by: x}", "{affirms: [event, date], by: x}"),
            ("[ISR,, USA]", "[ISR, USA]"),
            ("{note: \"a [b\", affirms: [event}", "{note: \"a [b\", affirms: [event]}"),
        ] {
            assert_eq!(fixed(text), right, "{text}");
        }
    }

    #[test]
    fn what_several_slips_explain_is_left_alone() {
        for text in [
            "[ISR, USA]",
            "{by: {code: x, as: y, affirms: [event]}",
            "{says: {injuries: 3, fatalities: 2}",
            "{affirms: [event: x}",
            "[[a}, {b]]",
            "{note: \"a, affirms: [event}",
            "{{a: [b",
            "[ISR, USA # see [1]",
            "[ISR, USA # both, they say",
        ] {
            assert_eq!(fixed(text), "unclear", "{text}");
        }
    }

    #[test]
    fn a_comment_that_hides_a_bracket_is_the_cause() {
        assert_eq!(fixed("[ISR, USA #both said so, IRN]"), "hidden from 10");
        assert_eq!(fixed("{note: Report #4 of it}"), "hidden from 14");
    }
}
