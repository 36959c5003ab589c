//! Lines and columns of a text.

use std::ops::Range;

use memchr::memchr_iter;

/// A place as people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in Unicode scalar values.
    pub column: u32,
}

/// Where the lines of a text start. A line ends at `\n`, `\r\n` or a lone `\r`, as in YAML.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// Places inside long lines whose column is known, so that finding a column takes no longer at
    /// the end of a line of megabytes.
    marks: Vec<Mark>,
}

/// The start of a character, and how many characters stand before it in its line.
#[derive(Clone, Copy, Debug)]
struct Mark {
    offset: u32,
    characters: u32,
}

/// Bytes of a line from one mark to the next, or to a few bytes more.
const STRIDE: usize = 4096;

impl LineIndex {
    /// Reads the line starts of `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut starts, mut marks) = (vec![0], Vec::new());
        let (mut characters, mut last) = (0, 0);
        for (at, byte) in bytes.iter().enumerate() {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends_line {
                starts.push(offset(at + 1));
                (characters, last) = (0, at + 1);
                continue;
            }
            let starts_character = byte & 0b1100_0000 != 0b1000_0000;
            if starts_character && at - last >= STRIDE {
                marks.push(Mark { offset: offset(at), characters });
                last = at;
            }
            characters += u32::from(starts_character);
        }
        Self { starts, marks }
    }

    /// The line that holds `offset`, from 1. An offset past the end is on the last line.
    pub fn line(&self, offset: u32) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    /// The line and column of `offset` in `text`, which must be the text of this index.
    ///
    /// An offset past the end, or inside a character, is moved back to a character's start.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.start(line) as usize;
        let end = text.floor_char_boundary(offset as usize).max(start);
        let Mark { offset: known, characters } = self.mark_before(end, start);
        let more = text[known as usize..end].chars().count();
        let column = u32::try_from(more).unwrap_or(u32::MAX).saturating_add(characters);
        Position { line, column: column.saturating_add(1) }
    }

    /// The last place before `end`, in the line that begins at `start`, whose column is known.
    fn mark_before(&self, end: usize, start: usize) -> Mark {
        let behind = self.marks.partition_point(|mark| mark.offset as usize <= end);
        let mark = behind.checked_sub(1).map(|at| self.marks[at]);
        mark.filter(|mark| mark.offset as usize >= start)
            .unwrap_or(Mark { offset: offset(start), characters: 0 })
    }

    /// Offset of the first byte of a line counted from 1; the text's end for a line past the last.
    pub fn start(&self, line: u32) -> u32 {
        let last = *self.starts.last().expect("a text has at least one line");
        self.starts.get(line.saturating_sub(1) as usize).copied().unwrap_or(last)
    }

    /// How many lines there are; at least 1.
    pub fn lines(&self) -> u32 {
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }
}

/// The line that holds each of some offsets of one text, from 1.
///
/// An index costs as much as its text is long. Who asks for places in the order of the text, or near
/// it, pays for the stretch between two of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct LineCount {
    at: usize,
    breaks: usize,
}

impl LineCount {
    /// The line of `offset` in `text`, which must be the same each time. An offset past the end is on
    /// the last line.
    pub fn line(&mut self, text: &str, offset: u32) -> u32 {
        let bytes = text.as_bytes();
        let to = (offset as usize).min(bytes.len());
        if to < self.at {
            self.breaks -= breaks(bytes, to..self.at);
        } else {
            self.breaks += breaks(bytes, self.at..to);
        }
        self.at = to;
        u32::try_from(self.breaks).unwrap_or(u32::MAX).saturating_add(1)
    }
}

/// How many lines end in a stretch.
fn breaks(bytes: &[u8], stretch: Range<usize>) -> usize {
    let feeds = memchr_iter(b'\n', &bytes[stretch.clone()]).count();
    let returns = memchr_iter(b'\r', &bytes[stretch.clone()]);
    let lone = returns.filter(|at| bytes.get(stretch.start + at + 1) != Some(&b'\n'));
    feeds + lone.count()
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_long_line_are_those_that_counting_gives() {
        let text =
            format!("é\n{}\n{}x\r{}", "aéش😀".repeat(3000), "é".repeat(5000), "b".repeat(9000));
        let index = LineIndex::new(&text);
        assert!(index.marks.len() > 8, "{}", index.marks.len());
        let (mut line, mut column) = (1, 1);
        for (at, c) in text.char_indices() {
            assert_eq!(index.position(&text, offset(at)), Position { line, column }, "{at}");
            let breaks = matches!(c, '\n' | '\r');
            (line, column) = if breaks { (line + 1, 1) } else { (line, column + 1) };
        }
    }

    #[test]
    fn lines_counted_on_the_way_are_those_of_the_index() {
        let text = "a\r\nbé\rcd\n\r\r\n\n";
        let (index, end) = (LineIndex::new(text), offset(text.len()));
        for from in 0..=end + 1 {
            for to in 0..=end + 1 {
                let mut count = LineCount::default();
                let lines = [from, to].map(|at| count.line(text, at));
                assert_eq!(lines, [from, to].map(|at| index.line(at)), "{from} {to}");
            }
        }
    }

    #[test]
    fn columns_count_characters_and_lines_end_in_all_three_ways() {
        let text = "a\r\nbé\rcd\n";
        let index = LineIndex::new(text);
        let at = |offset| {
            let Position { line, column } = index.position(text, offset);
            (line, column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (2, 1));
        assert_eq!(at(5), (2, 2), "inside é: moved back to its start");
        assert_eq!(at(6), (2, 3));
        assert_eq!(at(7), (3, 1));
        assert_eq!(at(10), (4, 1));
        assert_eq!(at(99), (4, 1), "past the end");
        assert_eq!(index.lines(), 4);
    }
}
