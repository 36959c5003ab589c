//! Nodes laid out as YAML, in the many ways in which people lay them out.

use std::fmt::Write;

use super::random::Random;

/// What is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// A code, number, date or id: quoted only where it must be.
    Word(String),
    /// Prose: plain, quoted or folded.
    Text(String),
    /// Written as it stands, however wrong.
    Raw(&'static str),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key and its value.
pub(super) type Entry = (String, Node);

impl Node {
    pub(super) fn word(word: impl ToString) -> Self {
        Self::Word(word.to_string())
    }

    pub(super) fn words<W: ToString>(words: impl IntoIterator<Item = W>) -> Self {
        Self::List(words.into_iter().map(Self::word).collect())
    }
}

/// An entry of a mapping.
pub(super) fn entry(key: impl ToString, value: Node) -> Entry {
    (key.to_string(), value)
}

/// Longest line that a flow collection makes, in bytes.
const FLOW_WIDTH: usize = 100;

/// Prose longer than this may be folded over lines.
const FOLD_FROM: usize = 90;

/// Lays out a mapping as a document in block style.
pub(super) fn document(entries: &[Entry], random: &mut Random) -> String {
    let habits = Habits {
        flow: 35 + random.below(60),
        spaced: random.chance(15),
        indented: random.chance(70),
        quotes: if random.chance(15) { 60 } else { 2 },
        comments: if random.chance(25) { 8 } else { 0 },
    };
    let mut layout = Layout { habits, random, out: String::new() };
    layout.block_map(entries, 0, false);
    layout.out
}

/// How one curator writes; what is in percent is how often.
struct Habits {
    flow: u32,
    /// `{ a: b }` and not `{a: b}`.
    spaced: bool,
    /// Lists stand further in than their key.
    indented: bool,
    quotes: u32,
    comments: u32,
}

struct Layout<'r> {
    habits: Habits,
    random: &'r mut Random,
    out: String,
}

impl Layout<'_> {
    /// Writes a mapping; `begun` says that its first line has been begun by a `- `.
    fn block_map(&mut self, entries: &[Entry], indent: usize, begun: bool) {
        for (position, (key, value)) in entries.iter().enumerate() {
            if position > 0 || !begun {
                self.comment(indent);
                self.spaces(indent);
            }
            self.out.push_str(key);
            self.out.push(':');
            self.value(value, indent);
        }
    }

    /// Writes what follows a key or a dash, and ends the line. `indent` is that of the key.
    fn value(&mut self, value: &Node, indent: usize) {
        let width = FLOW_WIDTH.saturating_sub(indent);
        match value {
            Node::List(items) if !self.fits_flow(value, width) => {
                self.out.push('\n');
                let indent = indent + if self.habits.indented { 2 } else { 0 };
                items.iter().for_each(|item| self.item(item, indent));
            }
            Node::Map(entries) if !self.fits_flow(value, width) => {
                self.out.push('\n');
                self.block_map(entries, indent + 2, false);
            }
            Node::Text(text) if text.len() > FOLD_FROM && self.random.chance(50) => {
                self.folded(text, indent + 2)
            }
            _ => {
                self.out.push(' ');
                self.inline(value, false);
                if self.random.chance(self.habits.comments) {
                    self.out.push_str("   # as coded, not as reported");
                }
                self.out.push('\n');
            }
        }
    }

    fn item(&mut self, item: &Node, indent: usize) {
        self.comment(indent);
        self.spaces(indent);
        self.out.push('-');
        match item {
            Node::Map(entries) if !self.fits_flow(item, FLOW_WIDTH.saturating_sub(indent)) => {
                self.out.push(' ');
                self.block_map(entries, indent + 2, true);
            }
            _ => self.value(item, indent),
        }
    }

    /// Whether a collection is to be written in brackets.
    fn fits_flow(&mut self, node: &Node, width: usize) -> bool {
        let (flow, is_nested) = match node {
            Node::List(items) => {
                (95, items.iter().any(|item| matches!(item, Node::Map(_) | Node::List(_))))
            }
            Node::Map(entries) => {
                (self.habits.flow, entries.iter().any(|(_, value)| matches!(value, Node::List(_))))
            }
            _ => return true,
        };
        size(node) <= width
            && self.random.chance(if is_nested { self.habits.flow / 2 } else { flow })
    }

    fn inline(&mut self, node: &Node, in_flow: bool) {
        let pad = if self.habits.spaced { " " } else { "" };
        match node {
            Node::Raw(text) => self.out.push_str(text),
            Node::Word(word) => self.scalar(word, in_flow, 0),
            Node::Text(text) => self.scalar(text, in_flow, self.habits.quotes),
            Node::List(items) => {
                self.out.push('[');
                for (position, item) in items.iter().enumerate() {
                    self.out.push_str(if position > 0 { ", " } else { "" });
                    self.inline(item, true);
                }
                self.out.push(']');
            }
            Node::Map(entries) => {
                self.out.push('{');
                self.out.push_str(pad);
                for (position, (key, value)) in entries.iter().enumerate() {
                    self.out.push_str(if position > 0 { ", " } else { "" });
                    self.out.push_str(key);
                    self.out.push_str(": ");
                    self.inline(value, true);
                }
                self.out.push_str(pad);
                self.out.push('}');
            }
        }
    }

    fn scalar(&mut self, text: &str, in_flow: bool, quotes: u32) {
        if is_plain(text, in_flow) && !self.random.chance(quotes) {
            self.out.push_str(text);
        } else if text.contains(['\'', '\\']) || self.random.chance(70) {
            let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
            let _ = write!(self.out, "\"{escaped}\"");
        } else {
            let _ = write!(self.out, "'{text}'");
        }
    }

    fn folded(&mut self, text: &str, indent: usize) {
        self.out.push_str(self.random.pick(&[" >", " >", " >-", " |"]));
        let mut column = usize::MAX;
        for word in text.split(' ') {
            if column.saturating_add(word.len()) > FLOW_WIDTH {
                self.out.push('\n');
                self.spaces(indent);
                column = indent;
            } else {
                self.out.push(' ');
                column += 1;
            }
            self.out.push_str(word);
            column += word.len();
        }
        self.out.push('\n');
    }

    fn comment(&mut self, indent: usize) {
        if self.random.chance(self.habits.comments) {
            self.spaces(indent);
            self.out.push_str("# The wire copy has this too; compare its second paragraph.\n");
        }
    }

    fn spaces(&mut self, count: usize) {
        self.out.extend(std::iter::repeat_n(' ', count));
    }
}

/// About how many bytes a node takes in flow style.
fn size(node: &Node) -> usize {
    match node {
        Node::Raw(text) => text.len(),
        Node::Word(text) | Node::Text(text) => text.len() + 2,
        Node::List(items) => items.iter().map(|item| size(item) + 2).sum::<usize>() + 2,
        Node::Map(entries) => {
            entries.iter().map(|(key, value)| key.len() + size(value) + 4).sum::<usize>() + 4
        }
    }
}

/// Whether a text may stand unquoted.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let starts = !text.starts_with([
        '[', '{', '\'', '"', '#', '&', '*', '!', '|', '>', '%', '@', '`', '?', '-', ',',
    ]);
    let middle = !text.contains(": ") && !text.contains(" #") && !text.ends_with(':');
    starts && middle && !(in_flow && text.contains(['[', ']', '{', '}', ',']))
}
