//! What stands between brackets, and the one slip that explains why it does not match.

use std::iter;
use std::ops::Range;

/// A piece of a text in brackets.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

/// What a piece is. A bracket is named by the character that closes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Open(char),
    Close(char),
    Comma,
    Colon,
    /// A scalar, with or without quotes.
    Scalar,
    Comment,
    /// A quote that is not closed. It is the last piece, for nothing is known of what follows.
    OpenQuote,
}

/// The pieces of `text` at `range`.
pub(super) fn tokens(text: &str, range: Range<usize>) -> impl Iterator<Item = Token> {
    let bytes = &text.as_bytes()[..range.end];
    let mut at = range.start;
    iter::from_fn(move || {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let (kind, end) = token(bytes, at)?;
        let range = at..end;
        at = if kind == Kind::OpenQuote { bytes.len() } else { end };
        Some(Token { kind, range })
    })
}

/// The piece that starts at an offset, and its end.
fn token(bytes: &[u8], at: usize) -> Option<(Kind, usize)> {
    let mark = match bytes.get(at)? {
        b'#' if starts_comment(bytes, at) => {
            let length = bytes[at..].iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            return Some((Kind::Comment, length.map_or(bytes.len(), |length| at + length)));
        }
        b'"' | b'\'' => {
            let end = closing_quote(bytes, at).map(|end| (Kind::Scalar, end + 1));
            return Some(end.unwrap_or((Kind::OpenQuote, at + 1)));
        }
        _ => mark(bytes, at),
    };
    if let Some(mark) = mark {
        return Some((mark, at + 1));
    }
    let is_end = |at: &usize| self::mark(bytes, *at).is_some() || starts_comment(bytes, *at);
    let end = (at..bytes.len()).find(is_end).unwrap_or(bytes.len());
    Some((Kind::Scalar, at + bytes[at..end].trim_ascii_end().len()))
}

fn mark(bytes: &[u8], at: usize) -> Option<Kind> {
    Some(match bytes[at] {
        b'[' => Kind::Open(']'),
        b'{' => Kind::Open('}'),
        b']' => Kind::Close(']'),
        b'}' => Kind::Close('}'),
        b',' => Kind::Comma,
        b':' if bytes.get(at + 1).is_none_or(|next| b" \t\n\r[{\"'".contains(next)) => Kind::Colon,
        _ => return None,
    })
}

fn starts_comment(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b'#' && at > 0 && bytes[at - 1].is_ascii_whitespace()
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
    Slip(Range<usize>, &'static str),
    /// It is sound, or no slip or several would explain it.
    Unclear,
}

/// Pieces that are looked at: each is tried as the slip. A person writes some dozens between two
/// brackets, and a fix that nobody can check at a glance is none.
const TOKENS: usize = 400;

/// Looks for the slip in `text` at `range`.
pub(super) fn find(text: &str, range: Range<usize>) -> Brackets {
    let tokens: Vec<_> = tokens(text, range).take(TOKENS + 1).collect();
    if tokens.len() > TOKENS || tokens.last().is_some_and(|last| last.kind == Kind::OpenQuote) {
        return Brackets::Unclear;
    }
    let (comments, tokens): (Vec<_>, Vec<_>) =
        tokens.into_iter().partition(|token| token.kind == Kind::Comment);
    let opening = tokens.iter().filter(|token| matches!(token.kind, Kind::Open(_))).count();
    let closing = tokens.iter().filter(|token| matches!(token.kind, Kind::Close(_))).count();
    let is_doubtful =
        |token: &&Token| text[token.range.clone()].contains(['[', ']', '{', '}', ',', '"']);
    if let Some(Token { range, .. }) =
        comments.iter().find(is_doubtful).filter(|_| opening != closing)
    {
        let count = |marks: [char; 2]| text[range.clone()].matches(marks).count();
        let hides = count([']', '}']) > count(['[', '{']);
        return if hides { Brackets::Hidden(range.start) } else { Brackets::Unclear };
    }
    let mut slips = slips(&tokens, opening, closing);
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
    new: &'static str,
    /// The pieces after it.
    result: Vec<Kind>,
}

/// Every slip that explains what is wrong with some pieces: a bracket of the wrong sort or a comma
/// twice, a bracket that is missing, or one too many.
fn slips(tokens: &[Token], opening: usize, closing: usize) -> Vec<Slip> {
    let kinds: Vec<_> = tokens.iter().map(|token| token.kind).collect();
    let mut slips = Vec::new();
    if is_sound(&kinds) {
        return slips;
    }
    // Behind what is whole, a bracket closes nothing.
    if let Some((last, whole)) = tokens.split_last()
        && matches!(last.kind, Kind::Close(_))
        && is_sound(&kinds[..whole.len()])
    {
        let result = kinds[..whole.len()].to_vec();
        return vec![Slip { range: last.range.clone(), new: "", result }];
    }
    let mut attempt = |at: usize, removed: usize, added: Option<Kind>, range: Range<usize>| {
        let result = [&kinds[..at], added.as_slice(), &kinds[at + removed..]].concat();
        if is_sound(&result) {
            slips.push(Slip { range, new: added.map_or("", written), result });
        }
    };
    for (at, Token { kind, range }) in tokens.iter().enumerate() {
        let (start, end) = (range.start, range.end);
        match kind {
            Kind::Open(closer) if opening == closing => {
                attempt(at, 1, Some(Kind::Open(other(*closer))), start..end);
            }
            Kind::Close(closer) if opening == closing => {
                attempt(at, 1, Some(Kind::Close(other(*closer))), start..end);
            }
            Kind::Comma if opening == closing => attempt(at, 1, None, start..end),
            Kind::Close(_) if opening < closing => attempt(at, 1, None, start..end),
            _ => {}
        }
        for closer in [']', '}'] {
            if opening < closing {
                attempt(at, 0, Some(Kind::Open(closer)), start..start);
            } else if opening > closing {
                attempt(at + 1, 0, Some(Kind::Close(closer)), end..end);
            }
        }
    }
    slips
}

const fn other(closer: char) -> char {
    if closer == ']' { '}' } else { ']' }
}

const fn written(bracket: Kind) -> &'static str {
    match bracket {
        Kind::Open(']') => "[",
        Kind::Open(_) => "{",
        Kind::Close(']') => "]",
        _ => "}",
    }
}

/// An open bracket, and what was read of the entry in it that is not yet whole.
struct Level {
    closer: char,
    has_key: bool,
    has_value: bool,
}

impl Level {
    const fn new(closer: char) -> Self {
        Self { closer, has_key: false, has_value: false }
    }

    /// Whether a bracket may open here. No record has a list in a list.
    const fn takes(&self, closer: char) -> bool {
        !self.has_value && if self.closer == '}' { self.has_key } else { closer == '}' }
    }

    /// Whether an entry is whole: every one of a mapping has a key, and none of a list.
    const fn is_whole(&self) -> bool {
        if self.closer == '}' { self.has_key } else { self.has_value }
    }
}

/// Whether some pieces are one list or mapping as records have them.
fn is_sound(kinds: &[Kind]) -> bool {
    let mut open: Vec<Level> = Vec::new();
    for (at, kind) in kinds.iter().enumerate() {
        let Some(level) = open.last_mut() else {
            let (0, Kind::Open(closer)) = (at, kind) else { return false };
            open.push(Level::new(*closer));
            continue;
        };
        match kind {
            Kind::Scalar if !level.has_value => level.has_value = true,
            Kind::Open(closer) if level.takes(*closer) => {
                level.has_value = true;
                open.push(Level::new(*closer));
            }
            Kind::Colon if level.closer == '}' && level.has_value && !level.has_key => {
                (level.has_key, level.has_value) = (true, false);
            }
            Kind::Comma if level.is_whole() => *level = Level::new(level.closer),
            Kind::Close(closer)
                if *closer == level.closer && (level.is_whole() || !level.has_value) =>
            {
                open.pop();
            }
            _ => return false,
        }
    }
    open.is_empty() && !kinds.is_empty()
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
                text.replace_range(range, new);
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
