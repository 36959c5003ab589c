//! The footer of a Parquet file, before a reader believes it.
//!
//! A reader sets memory aside for as many things as a footer says that it lists, and follows its schema
//! by recursion. A few bytes could ask for more than any machine has, and that ends the program, which
//! no caller can catch.

use std::io::{Read, Seek, SeekFrom};

use crate::source::OpenFile;

/// Longest footer, in bytes (16 MiB): a thousand columns in a hundred row groups.
const MAX_FOOTER: u64 = 16 << 20;

/// How deep structures lie in each other at most. Those of the format need six.
const MAX_DEPTH: usize = 12;

/// Most elements of a schema: a column is one, a list three.
pub(super) const MAX_ELEMENTS: usize = 10_000;

/// How deep columns lie in each other at most: the root, a list, its entries, their items.
const MAX_LEVELS: usize = 8;

/// The end of a Parquet file: the length of the footer, and this.
const MAGIC: &[u8] = b"PAR1";

/// Refuses a footer that claims more than it holds.
pub(super) fn check(file: &mut OpenFile) -> Result<(), String> {
    let unreadable = |error: std::io::Error| error.to_string();
    let mut end = [0; 8];
    file.seek(SeekFrom::End(-8)).map_err(|_| "it is too short")?;
    file.read_exact(&mut end).map_err(unreadable)?;
    let (length, magic) = end.split_at(4);
    let length = u64::from(u32::from_le_bytes(length.try_into().unwrap_or_default()));
    if magic != MAGIC {
        return Err("it does not end as Parquet does".to_owned());
    }
    if length > MAX_FOOTER {
        return Err("its footer is larger than 16 MiB".to_owned());
    }
    let back = i64::try_from(length + 8).map_err(|_| "it is too short")?;
    file.seek(SeekFrom::End(-back)).map_err(|_| "it is too short")?;
    let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
    file.read_exact(&mut bytes).map_err(unreadable)?;
    let mut footer = Footer { rest: &bytes, elements: 0, children: Vec::new() };
    let sound = footer.structure(0, false).is_some() && is_shallow(&footer.children);
    sound.then_some(()).ok_or_else(|| "its footer is damaged".to_owned())
}

/// Whether a schema, as the numbers of the children of its elements in depth-first order, is no deeper
/// than ours are.
fn is_shallow(children: &[i64]) -> bool {
    let mut open: Vec<i64> = Vec::new();
    for of_element in children {
        while open.last() == Some(&0) {
            open.pop();
        }
        if let Some(left) = open.last_mut() {
            *left -= 1;
        }
        open.push((*of_element).max(0));
        if open.len() > MAX_LEVELS || *of_element > children.len() as i64 {
            return false;
        }
    }
    true
}

/// A structure in Thrift's compact form, walked without keeping anything but the shape of the schema.
struct Footer<'b> {
    rest: &'b [u8],
    elements: usize,
    children: Vec<i64>,
}

/// The types of the compact form.
mod kind {
    pub(super) const STOP: u8 = 0;
    pub(super) const TRUE: u8 = 1;
    pub(super) const FALSE: u8 = 2;
    pub(super) const BYTE: u8 = 3;
    pub(super) const I16: u8 = 4;
    pub(super) const I32: u8 = 5;
    pub(super) const I64: u8 = 6;
    pub(super) const DOUBLE: u8 = 7;
    pub(super) const BINARY: u8 = 8;
    pub(super) const LIST: u8 = 9;
    pub(super) const SET: u8 = 10;
    pub(super) const MAP: u8 = 11;
    pub(super) const STRUCT: u8 = 12;
}

/// The field of the file's metadata that lists the schema, and that of one element for its children.
const SCHEMA: i64 = 2;
const NUM_CHILDREN: i64 = 5;

impl Footer<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn skip(&mut self, length: u64) -> Option<()> {
        self.rest = self.rest.get(usize::try_from(length).ok()?..)?;
        Some(())
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// A signed number, whose sign is its last bit.
    fn number(&mut self) -> Option<i64> {
        let value = self.varint()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// A structure; `is_element` says whether it is an element of the schema.
    fn structure(&mut self, depth: usize, is_element: bool) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        let (mut field, mut children) = (0, 0);
        loop {
            let head = self.byte()?;
            if head == kind::STOP {
                break;
            }
            field = match i64::from(head >> 4) {
                0 => self.number()?,
                step => field + step,
            };
            let value = head & 0x0F;
            if is_element && field == NUM_CHILDREN && value == kind::I32 {
                children = self.number()?;
            } else if value != kind::TRUE && value != kind::FALSE {
                self.value(value, depth, depth == 0 && field == SCHEMA)?;
            }
        }
        if is_element {
            self.elements += 1;
            self.children.push(children);
        }
        (self.elements <= MAX_ELEMENTS).then_some(())
    }

    /// A value that is not a flag of a structure; `is_schema` says whether it lists the schema.
    fn value(&mut self, of: u8, depth: usize, is_schema: bool) -> Option<()> {
        match of {
            kind::TRUE | kind::FALSE | kind::BYTE => self.skip(1),
            kind::I16 | kind::I32 | kind::I64 => self.varint().map(drop),
            kind::DOUBLE => self.skip(8),
            kind::BINARY => {
                let length = self.varint()?;
                self.skip(length)
            }
            kind::LIST | kind::SET => {
                let head = self.byte()?;
                let length = match head >> 4 {
                    15 => self.varint()?,
                    short => u64::from(short),
                };
                self.values(length, &[head & 0x0F], depth, is_schema)
            }
            kind::MAP => match self.varint()? {
                0 => Some(()),
                length => {
                    let kinds = self.byte()?;
                    self.values(length, &[kinds >> 4, kinds & 0x0F], depth, false)
                }
            },
            kind::STRUCT => self.structure(depth + 1, is_schema),
            _ => None,
        }
    }

    /// As many values as are said to follow, of which each takes at least one byte.
    fn values(&mut self, count: u64, of: &[u8], depth: usize, is_schema: bool) -> Option<()> {
        if depth > MAX_DEPTH || count > self.rest.len() as u64 {
            return None;
        }
        for _ in 0..count {
            for one in of {
                let depth = if *one == kind::STRUCT { depth } else { depth + 1 };
                self.value(*one, depth, is_schema)?;
            }
        }
        Some(())
    }
}
