//! Lines and columns of a text.

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
}

impl LineIndex {
    /// Reads the line starts of `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends_line {
                starts.push(offset(at + 1));
            }
        }
        Self { starts }
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
        let end = floor_char_boundary(text, offset as usize).max(start);
        let column = text[start..end].chars().count() + 1;
        Position { line, column: u32::try_from(column).unwrap_or(u32::MAX) }
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

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

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
