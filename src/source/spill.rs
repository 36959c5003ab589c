//! Bytes that are put aside, in memory up to a limit and then in a temporary file.

use std::fs::File;
use std::io;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::ReadError;
use super::at_offset::{read_at, write_at};

/// Bytes that are put aside and read back in any order, by several threads.
///
/// Most projects fit in memory. Where there is no room for a temporary file, all stays in memory.
#[derive(Debug)]
pub struct Spill {
    blocks: RwLock<Blocks>,
    failure: OnceLock<String>,
}

/// Where bytes were put.
#[derive(Clone, Copy, Debug, Default)]
pub struct PutAside {
    block: u32,
    start: u32,
    length: u32,
}

/// Bytes of another, among which parts may be read as if they had been put aside.
#[derive(Clone, Copy, Debug)]
pub struct Lent {
    block: u32,
}

impl Lent {
    /// So many bytes of it from some place on.
    pub fn part(self, start: usize, length: u32) -> Option<PutAside> {
        Some(PutAside { block: self.block, start: u32::try_from(start).ok()?, length })
    }
}

#[derive(Debug, Default)]
struct Blocks {
    all: Vec<Block>,
    /// Bytes of the blocks in memory, and how many they may be.
    held: usize,
    most: usize,
    file: Option<File>,
    /// Bytes of the file.
    written: u64,
    /// Whether the file cannot be written.
    is_full: bool,
}

#[derive(Debug)]
enum Block {
    Memory(Vec<u8>),
    Lent(Arc<Vec<u8>>),
    /// It begins there in the file.
    File(u64),
}

/// Bytes of a block (256 KiB): so many are written to the file at once.
const BLOCK: usize = 256 << 10;

impl Spill {
    /// One that holds so many bytes in memory.
    pub fn holding(most: usize) -> Self {
        let blocks = RwLock::new(Blocks { most, ..Blocks::default() });
        Self { blocks, failure: OnceLock::new() }
    }

    /// Puts bytes aside.
    pub fn put(&self, bytes: &[u8]) -> PutAside {
        self.blocks.write().unwrap_or_else(PoisonError::into_inner).put(bytes)
    }

    /// Takes over bytes of another, without copying them.
    pub fn lend(&self, bytes: Arc<Vec<u8>>) -> Lent {
        let mut blocks = self.blocks.write().unwrap_or_else(PoisonError::into_inner);
        blocks.end_block();
        blocks.all.push(Block::Lent(bytes));
        Lent { block: u32::try_from(blocks.all.len() - 1).unwrap_or(u32::MAX) }
    }

    /// What is made of bytes that were put aside; `None` where they cannot be read back, which
    /// [`Spill::failure`] then tells.
    pub fn read<T>(&self, place: PutAside, make: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
        let read = self.blocks.read().unwrap_or_else(PoisonError::into_inner).read(place, make);
        match read {
            Ok(Some(made)) => return Some(made),
            Ok(None) => _ = self.failure.set("they are not those that were written".to_owned()),
            Err(error) => _ = self.failure.set(error.to_string()),
        }
        None
    }

    /// What kept bytes from being read back, if anything did. Whatever was made meanwhile lacks something.
    pub fn failure(&self) -> Option<ReadError> {
        Some(ReadError::new("a temporary file of records", self.failure.get()?))
    }
}

impl Blocks {
    fn put(&mut self, bytes: &[u8]) -> PutAside {
        let fits = |block: &Block| match block {
            Block::Memory(block) => block.len() + bytes.len() <= BLOCK,
            Block::Lent(_) | Block::File(_) => false,
        };
        if !self.all.last().is_some_and(fits) {
            self.end_block();
            self.all.push(Block::Memory(Vec::with_capacity(bytes.len().max(BLOCK))));
        }
        let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let block = number(self.all.len() - 1);
        let start = match self.all.last_mut() {
            Some(Block::Memory(last)) => {
                last.extend_from_slice(bytes);
                last.len() - bytes.len()
            }
            _ => 0,
        };
        PutAside { block, start: number(start), length: number(bytes.len()) }
    }

    /// Writes the last block to the file, if memory holds enough.
    fn end_block(&mut self) {
        let Some(Block::Memory(last)) = self.all.last() else { return };
        if self.held < self.most || self.is_full {
            self.held += last.len();
            return;
        }
        match write(&mut self.file, last, self.written) {
            Ok(()) => {
                let length = last.len() as u64;
                self.all.pop();
                self.all.push(Block::File(self.written));
                self.written += length;
            }
            Err(_) => self.is_full = true,
        }
    }

    fn read<T>(
        &self,
        place: PutAside,
        make: impl FnOnce(&[u8]) -> Option<T>,
    ) -> io::Result<Option<T>> {
        let (start, length) = (place.start as usize, place.length as usize);
        match (self.all.get(place.block as usize), &self.file) {
            (Some(Block::Memory(block)), _) => Ok(block.get(start..start + length).and_then(make)),
            (Some(Block::Lent(block)), _) => Ok(block.get(start..start + length).and_then(make)),
            (Some(Block::File(begin)), Some(file)) => {
                let mut bytes = vec![0; length];
                read_at(file, &mut bytes, begin + u64::from(place.start))?;
                Ok(make(&bytes))
            }
            _ => Ok(None),
        }
    }
}

/// Writes bytes at a place of the file, which nobody else can open and which is gone when it is closed.
fn write(file: &mut Option<File>, bytes: &[u8], at: u64) -> io::Result<()> {
    let file = match file {
        Some(file) => file,
        None => file.insert(tempfile::tempfile()?),
    };
    write_at(file, bytes, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_aside_is_read_back_from_memory_and_from_the_file() {
        let spill = Spill::holding(4 * BLOCK);
        let part = |number: usize| vec![(number % 251) as u8; 1 + number * 37 % (3 * BLOCK)];
        let mut bytes = 0;
        let parts: Vec<_> = (0..)
            .map(|number| {
                let part = part(number);
                bytes += part.len();
                (number, spill.put(&part), bytes)
            })
            .take_while(|(.., bytes)| *bytes < 64 * BLOCK)
            .collect();
        assert!(spill.blocks.read().unwrap().written > 0, "nothing was spilled");
        for (number, place, _) in parts.into_iter().rev() {
            assert!(spill.read(place, |bytes| Some(bytes == part(number))).unwrap());
        }
        assert!(spill.failure().is_none());
    }

    #[test]
    fn what_cannot_be_read_back_is_told() {
        let spill = Spill::holding(BLOCK);
        let place = spill.put(b"bytes");
        assert_eq!(spill.read(place, |_| None::<()>), None);
        assert!(spill.failure().is_some());
    }
}
