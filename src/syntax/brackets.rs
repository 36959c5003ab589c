//! Which single bracket makes those of a stretch of text match, if only one can.

use std::ops::Range;

/// What is wrong with the brackets of a stretch.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Brackets {
    /// A comment hides the bracket that closes, from the offset of its `#` on.
    Hidden(usize),
    /// They match after these edits, and no other single slip explains what stands there.
    Slip(Vec<(Range<usize>, String)>),
    /// They match, or several slips would explain them.
    Unclear,
}

/// A mark of the stretch that is neither in quotes nor in a comment.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    byte: u8,
}

/// Marks of a stretch that are looked at. A person writes some dozens between two brackets, and a fix
/// that nobody can check at a glance is none.
const MARKS: usize = 1000;

/// Looks for the slip in the brackets of `text` at `range`, which begins with one that opens.
pub(super) fn find(text: &str, range: Range<usize>) -> Brackets {
    let scan = Scan::new(text, range).filter(|scan| scan.marks.len() <= MARKS);
    let Some(scan) = scan else { return Brackets::Unclear };
    let count =
        |marks: [u8; 2]| scan.marks.iter().filter(|mark| marks.contains(&mark.byte)).count();
    let (opening, closing) = (count([b'[', b'{']), count([b']', b'}']));
    if let Some(comment) = scan.comment.filter(|_| opening != closing) {
        let hides =
            |line: &str| line.matches([']', '}']).count() > line.matches(['[', '{']).count();
        let line = text[comment..].split(['\n', '\r']).next().unwrap_or_default();
        return if hides(line) { Brackets::Hidden(comment) } else { Brackets::Unclear };
    }
    let edits = match opening.checked_sub(closing) {
        Some(1) => scan.missing_close(),
        Some(0) => scan.exchanged().or_else(|| scan.doubled_comma()),
        None if opening + 1 == closing => scan.extra_close(),
        _ => None,
    };
    edits.map_or(Brackets::Unclear, Brackets::Slip)
}

struct Scan<'t> {
    text: &'t str,
    marks: Vec<Mark>,
    /// Where the first comment starts that may be the rest of what stands before it.
    comment: Option<usize>,
    /// After the last text that is no comment.
    end: usize,
}

type Edits = Vec<(Range<usize>, String)>;

impl<'t> Scan<'t> {
    /// `None` where a quote is open, so that nothing can be told.
    fn new(text: &'t str, range: Range<usize>) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut scan = Self { text, marks: Vec::new(), comment: None, end: range.start };
        let (mut at, mut before) = (range.start, b' ');
        while at < range.end {
            let byte = bytes[at];
            match byte {
                b'#' if at > 0 && bytes[at - 1].is_ascii_whitespace() => {
                    let line = text[at..range.end].split(['\n', '\r']).next().unwrap_or_default();
                    let is_doubtful = line.contains(['[', ']', '{', '}', ',', '"']);
                    scan.comment = scan.comment.or(is_doubtful.then_some(at));
                    at += line.len();
                    continue;
                }
                b'"' | b'\'' if matches!(before, b'[' | b'{' | b',' | b':') => {
                    at = closing_quote(bytes, at).filter(|end| *end < range.end)?;
                }
                b'[' | b']' | b'{' | b'}' | b',' => scan.marks.push(Mark { at, byte }),
                b':' if bytes.get(at + 1).is_none_or(|next| b" \t\n\r[{\"'".contains(next)) => {
                    scan.marks.push(Mark { at, byte });
                }
                _ => {}
            }
            if !bytes[at].is_ascii_whitespace() {
                before = bytes[at];
                scan.end = at + 1;
            }
            at += 1;
        }
        Some(scan)
    }

    /// The place for the one closing bracket that is missing.
    fn missing_close(&self) -> Option<Edits> {
        let mut open: Vec<usize> = Vec::new();
        let mut unclosed = None;
        for (position, mark) in self.marks.iter().enumerate() {
            match mark.byte {
                b'[' | b'{' => open.push(position),
                b']' | b'}' => {
                    let top = open.pop()?;
                    if closer(self.marks[top].byte) != mark.byte {
                        let outer = open.pop().filter(|_| unclosed.is_none())?;
                        (closer(self.marks[outer].byte) == mark.byte).then_some(())?;
                        unclosed = Some((top, position, mark.at));
                    }
                }
                _ => {}
            }
        }
        let (opening, until, end) = match (unclosed, &open[..]) {
            (Some(unclosed), []) => unclosed,
            (None, &[outermost]) => {
                let same = |mark: &&Mark| mark.byte == self.marks[outermost].byte;
                // A bracket within that is of the same sort may have ended earlier.
                let inner = self.marks.iter().enumerate().skip(outermost + 1);
                let mut inner = inner.filter(|(_, mark)| same(mark));
                if inner.any(|(position, _)| self.holds_comma(position)) {
                    return None;
                }
                (outermost, self.marks.len(), self.end)
            }
            _ => return None,
        };
        let at = self.end_of(opening, until, end)?;
        Some(vec![(at..at, char::from(closer(self.marks[opening].byte)).to_string())])
    }

    /// Where what the bracket at a position opens must end, whose text cannot go on behind `end`.
    fn end_of(&self, opening: usize, until: usize, end: usize) -> Option<usize> {
        let level: Vec<_> = self.level(opening, until).collect();
        let end = self.text[..end].trim_end().len();
        if self.marks[opening].byte == b'[' {
            let Some(colon) = level.iter().position(|mark| mark.byte == b':') else {
                return Some(end);
            };
            // A list has no keys: it ends before the first one.
            let comma = level[..colon].iter().rfind(|mark| mark.byte == b',')?;
            return Some(self.text[..comma.at].trim_end().len());
        }
        let outer = opening.checked_sub(1).map(|_| self.outer(opening));
        let commas = level.iter().filter(|mark| mark.byte == b',').count();
        match outer {
            // Every entry may be one of the mapping around it.
            Some(Some(b'{')) if commas > 0 => None,
            _ => {
                let mut parts = level.split(|mark| mark.byte == b',').skip(1);
                parts.all(|part| part.iter().any(|mark| mark.byte == b':')).then_some(end)
            }
        }
    }

    /// The bracket in which the one at a position stands.
    fn outer(&self, position: usize) -> Option<u8> {
        let mut depth = 0_usize;
        for mark in self.marks[..position].iter().rev() {
            match mark.byte {
                b']' | b'}' => depth += 1,
                b'[' | b'{' if depth == 0 => return Some(mark.byte),
                b'[' | b'{' => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// The commas and colons directly in the bracket at a position.
    fn level(&self, opening: usize, until: usize) -> impl Iterator<Item = Mark> + '_ {
        let mut depth = 0_usize;
        let mut is_over = false;
        self.marks[opening + 1..until].iter().copied().filter(move |mark| {
            match mark.byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' if depth == 0 => is_over = true,
                b']' | b'}' => depth -= 1,
                _ => return depth == 0 && !is_over,
            }
            false
        })
    }

    fn holds_comma(&self, opening: usize) -> bool {
        self.level(opening, self.marks.len()).any(|mark| mark.byte == b',')
    }

    /// The one bracket of the wrong sort.
    fn exchanged(&self) -> Option<Edits> {
        let mut open: Vec<usize> = Vec::new();
        let mut wrong = None;
        for (position, mark) in self.marks.iter().enumerate() {
            match mark.byte {
                b'[' | b'{' => open.push(position),
                b']' | b'}' => {
                    let top = open.pop()?;
                    if closer(self.marks[top].byte) != mark.byte {
                        wrong.is_none().then_some(())?;
                        wrong = Some((top, position));
                    }
                }
                _ => {}
            }
        }
        let (opening, closing) = wrong?;
        let mut level = self.level(opening, closing);
        let is_mapping = level.any(|mark| mark.byte == b':');
        let is_brace = |position: usize| matches!(self.marks[position].byte, b'{' | b'}');
        let (position, right) = match (is_brace(opening) == is_mapping, is_mapping) {
            (true, true) => (closing, "}"),
            (true, false) => (closing, "]"),
            (false, true) => (opening, "{"),
            (false, false) => (opening, "["),
        };
        let at = self.marks[position].at;
        Some(vec![(at..at + 1, right.to_owned())])
    }

    /// A second comma directly behind another.
    fn doubled_comma(&self) -> Option<Edits> {
        let is_double = |pair: &&[Mark]| {
            pair.iter().all(|mark| mark.byte == b',') && pair[0].at + 1 == pair[1].at
        };
        let second = self.marks.windows(2).find(is_double)?[1].at;
        Some(vec![(second..second + 1, String::new())])
    }

    /// The closing bracket too many, where it is a second one right behind its like; or the place
    /// for the one that opens it, where only one key can want the list.
    fn extra_close(&self) -> Option<Edits> {
        let mut open: Vec<usize> = Vec::new();
        for (position, mark) in self.marks.iter().enumerate() {
            match mark.byte {
                b'[' | b'{' => open.push(position),
                b']' | b'}' => {
                    let matches =
                        open.last().is_some_and(|top| closer(self.marks[*top].byte) == mark.byte);
                    if matches {
                        open.pop();
                        continue;
                    }
                    let before = position.checked_sub(1).map(|before| self.marks[before]);
                    let (at, is_double) = (
                        mark.at,
                        before.is_some_and(|it| it.byte == mark.byte && it.at + 1 == mark.at),
                    );
                    let edit = if is_double || open.is_empty() && at + 1 == self.end {
                        (at..at + 1, String::new())
                    } else {
                        let place = self.opening_before(*open.last()?, position)?;
                        (place..place, "[".to_owned())
                    };
                    return self.matches_without(position).then(|| vec![edit]);
                }
                _ => {}
            }
        }
        None
    }

    /// Where the list begins that ends at a `]`: at the value of the key before it.
    fn opening_before(&self, mapping: usize, closing: usize) -> Option<usize> {
        let level: Vec<_> = self.level(mapping, closing).collect();
        let key = level.iter().rfind(|mark| mark.byte == b':')?;
        let is_list = self.marks[mapping].byte == b'{' && self.marks[closing].byte == b']';
        let after = &self.text[key.at + 1..];
        is_list.then(|| key.at + 1 + after.len() - after.trim_start().len())
    }

    /// Whether the rest matches once the bracket at `position` is taken out, or opened.
    fn matches_without(&self, position: usize) -> bool {
        let mut open = Vec::new();
        let rest = self.marks.iter().enumerate().filter(|(at, _)| *at != position);
        for (_, mark) in rest {
            match mark.byte {
                b'[' | b'{' => open.push(closer(mark.byte)),
                b']' | b'}' if open.pop() != Some(mark.byte) => return false,
                _ => {}
            }
        }
        open.is_empty()
    }
}

const fn closer(opening: u8) -> u8 {
    if opening == b'[' { b']' } else { b'}' }
}

/// The offset of the quote that closes the one at `start`.
pub(super) fn closing_quote(bytes: &[u8], start: usize) -> Option<usize> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> String {
        match find(text, 0..text.len()) {
            Brackets::Hidden(at) => format!("hidden from {at}"),
            Brackets::Unclear => "unclear".to_owned(),
            Brackets::Slip(edits) => {
                let mut text = text.to_owned();
                for (range, new) in edits.into_iter().rev() {
                    text.replace_range(range, &new);
                }
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
