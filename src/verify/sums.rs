//! The files of a release against its checksums.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek};

use sha2::{Digest, Sha256};

use super::finding::Report;
use crate::emit::SUMS;
use crate::source::{Disk, EntryKind, OpenFile, ReadError};

/// Longest file of checksums, in bytes (1 MiB).
const MAX_SUMS: u64 = 1 << 20;

/// Most files of a release. Each stays open until all was read, and a process may often open no more
/// than a thousand.
const MAX_FILES: usize = 500;

/// Largest file that is read (64 GiB): a hundred times the tables of a million events. A sparse file of
/// any size costs its maker nothing.
const MAX_BYTES: u64 = 64 << 30;

/// The files of a release whose checksums are right, by name.
#[derive(Debug, Default)]
pub(super) struct Verified {
    files: BTreeMap<String, OpenFile>,
    /// The digest that each name should have.
    listed: BTreeMap<String, String>,
}

impl Verified {
    /// Whether a file is there and has the right checksum.
    pub(super) fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// The digest that a file should have, in hexadecimal digits.
    pub(super) fn listed(&self, name: &str) -> Option<&str> {
        self.listed.get(name).map(String::as_str)
    }

    /// The names, sorted.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// A file from its beginning: the very one whose checksum was right.
    pub(super) fn open(&self, name: &str) -> io::Result<OpenFile> {
        let mut file = self.files.get(name).ok_or(io::ErrorKind::NotFound)?.try_clone()?;
        file.rewind()?;
        Ok(file)
    }

    /// The bytes of a file of at most `limit` bytes.
    pub(super) fn read(&self, name: &str, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(name)?.take(limit + 1).read_to_end(&mut bytes)?;
        match bytes.len() as u64 > limit {
            true => Err(io::Error::other(format!("it is longer than {limit} bytes"))),
            false => Ok(bytes),
        }
    }
}

/// Compares every file of a folder with its checksum.
///
/// # Errors
/// When the folder cannot be listed.
pub(super) fn check(folder: &Disk, report: &mut Report) -> Result<Verified, ReadError> {
    let mut entries: BTreeMap<String, EntryKind> =
        folder.top()?.into_iter().map(|entry| (entry.name, entry.kind)).collect();
    let mut verified = Verified::default();
    let Some(listed) = listed(folder, report)? else { return Ok(verified) };
    entries.remove(SUMS);
    verified.listed.clone_from(&listed);
    for (name, expected) in listed {
        match entries.remove(&name) {
            None => report.file(&name, format!("is missing; {SUMS} lists it")),
            Some(EntryKind::File) => match digest(folder, &name) {
                Ok((digest, file)) if digest == expected => {
                    verified.files.insert(name, file);
                    report.files += 1;
                }
                Ok(_) => report.file(&name, format!("has other bytes than {SUMS} says")),
                Err(reason) => report.file(&name, format!("cannot be read: {reason}")),
            },
            Some(_) => report.file(&name, "is no file, but a link, a folder or a device"),
        }
    }
    for name in entries.into_keys() {
        report.file(&name, format!("is not listed in {SUMS}"));
    }
    Ok(verified)
}

/// The names and checksums that the file of checksums lists; `None` where it cannot be read.
fn listed(
    folder: &Disk,
    report: &mut Report,
) -> Result<Option<BTreeMap<String, String>>, ReadError> {
    let bytes = match folder.open_file(SUMS) {
        Ok(Some(file)) => {
            let mut bytes = Vec::new();
            let read = file.take(MAX_SUMS + 1).read_to_end(&mut bytes);
            read.map(|_| bytes).map_err(|error| error.to_string())
        }
        Ok(None) => Err("is missing, so nothing can be verified".to_owned()),
        Err(error) => Err(format!("cannot be read: {}", error.reason)),
    };
    let text = bytes.and_then(|bytes| match bytes.len() as u64 > MAX_SUMS {
        true => Err("is longer than a list of checksums is".to_owned()),
        false => String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned()),
    });
    let text = match text {
        Ok(text) => text,
        Err(message) => {
            report.file(SUMS, message);
            return Ok(None);
        }
    };
    if text.lines().count() > MAX_FILES {
        report.file(SUMS, format!("lists more than {MAX_FILES} files, so nothing was verified"));
        return Ok(None);
    }
    let mut listed = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        match entry(line) {
            None => report.file(SUMS, format!("line {number} is no checksum and file name")),
            Some((_, name)) if !is_plain(name) => {
                report.file(SUMS, format!("line {number} names {name:?}, no file of this folder"));
            }
            Some((digest, name)) => {
                if listed.insert(name.to_owned(), digest.to_owned()).is_some() {
                    report.file(SUMS, format!("line {number} lists `{name}` again"));
                }
            }
        }
    }
    Ok(Some(listed))
}

/// A line as `sha256sum` writes it.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (digest, name) = line.split_once("  ")?;
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    (digest.len() == 64 && digest.bytes().all(is_digit) && !name.is_empty())
        .then_some((digest, name))
}

/// Whether a name is that of something directly in a folder, and not of the checksums.
fn is_plain(name: &str) -> bool {
    !name.contains(['/', '\\', '\0']) && !matches!(name, "." | ".." | SUMS)
}

/// The SHA-256 digest of a file, in hexadecimal digits.
fn digest(folder: &Disk, name: &str) -> Result<(String, OpenFile), String> {
    let file = folder.open_file(name).map_err(|error| error.reason)?;
    let mut file = file.ok_or("it has vanished")?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    let mut read = 0;
    loop {
        let length = file.read(&mut buffer).map_err(|error| error.to_string())?;
        if length == 0 {
            break;
        }
        read += length as u64;
        if read > MAX_BYTES {
            return Err("it is larger than 64 GiB".to_owned());
        }
        hasher.update(&buffer[..length]);
    }
    let digits = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((digits, file))
}
