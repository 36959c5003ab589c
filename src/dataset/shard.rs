//! Parts of a dataset that are compiled apart.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// One of several parts of a dataset. Which events are in it is told by their ids alone, so it can be compiled without
/// the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// Which one it is, from 1.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

impl Shard {
    /// Most shards of a dataset. Who merges them opens a file of each at a time, and a process may often open no more
    /// than a thousand.
    pub const MOST: u32 = 512;

    /// A shard by its number, from 1, and how many there are. `None` where there is no such.
    pub fn new(number: u32, of: u32) -> Option<Self> {
        let is_one = (1..=of).contains(&number) && of <= Self::MOST;
        is_one.then_some(Self { number, of })
    }

    /// Whether it has the event of an id.
    pub fn holds(self, id: &str) -> bool {
        self.number == Self::number_of(id, self.of)
    }

    /// The number of the shard, of so many, that has the event of an id.
    pub fn number_of(id: &str, of: u32) -> u32 {
        let [a, b, c, d, ..] = *blake3::hash(id.as_bytes()).as_bytes();
        u32::from_le_bytes([a, b, c, d]) % of + 1
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// A text that names no shard.
#[derive(Debug, Error)]
#[error("write a number and how many shards there are, such as `1/8`; {} at most", Shard::MOST)]
pub struct NoShard;

impl FromStr for Shard {
    type Err = NoShard;

    fn from_str(text: &str) -> Result<Self, NoShard> {
        let (number, of) = text.split_once('/').ok_or(NoShard)?;
        let read = |text: &str| text.parse().map_err(|_| NoShard);
        Self::new(read(number)?, read(of)?).ok_or(NoShard)
    }
}

/// The id of the record in a document, where its first line says it plainly: a record of another shard need not be
/// parsed. Every other document is.
pub(super) fn written_id(document: &str) -> Option<&str> {
    let is_silent = |line: &&str| {
        let line = line.trim_end();
        line.is_empty() || line.starts_with('#') || line == "---"
    };
    let mut lines = document.lines().skip_while(is_silent);
    let value = lines.next()?.strip_prefix("id:")?.strip_prefix(' ')?.trim();
    let quoted = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    let id = quoted('"').or_else(|| quoted('\'')).unwrap_or(value);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    // What is indented goes on with the value.
    let next = lines.find(|line| !line.trim().is_empty());
    let ends = next.is_none_or(|line| !line.starts_with([' ', '\t']));
    (ends && !id.is_empty() && id.chars().all(is_plain)).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_in_one_shard_of_so_many() {
        for of in [1, 7, 64] {
            let shards: Vec<_> = (1..=of).filter_map(|number| Shard::new(number, of)).collect();
            assert_eq!(shards.len(), of as usize);
            for id in (0..200).map(|number| format!("event-{number}")) {
                let holds = shards.iter().filter(|shard| shard.holds(&id));
                assert_eq!(holds.count(), 1, "{id}");
            }
        }
    }

    #[test]
    fn a_shard_is_read_as_it_is_written() {
        assert_eq!("3/7".parse::<Shard>().unwrap().to_string(), "3/7");
        for text in ["", "3", "0/7", "8/7", "1/0", "1/513", "a/7", "-1/7", "1/7/9", "1 /7"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_id_is_taken_from_a_first_line_that_says_nothing_else() {
        let told = [
            ("id: a-1\ntitle: A\n", "a-1"),
            ("---\n# of\n\nid: \"a.b\"\n\ntitle: A\n", "a.b"),
            ("id: 'a'\r\n", "a"),
            ("id: 2019\n# then\n", "2019"),
        ];
        for (document, id) in told {
            assert_eq!(written_id(document), Some(id), "{document}");
        }
        let untold = [
            "",
            "title: A\nid: a\n",
            "{id: a}\n",
            "id: a # b\n",
            "id: a\n  b\n",
            "id: a\n\n\tb\n",
            "id:\n  a\n",
            "id: &a b\n",
            "id: é\n",
            " id: a\n",
        ];
        for document in untold {
            assert_eq!(written_id(document), None, "{document}");
        }
    }
}
