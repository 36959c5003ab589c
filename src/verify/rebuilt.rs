//! A release against the same one, built again.

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Read};

use super::finding::Report;
use super::sums::Verified;
use crate::emit::SUMS;
use crate::source::{Disk, EntryKind, ReadError};

/// Compares the files of a release, as far as their checksums are right, with those that were built again.
///
/// # Errors
/// When the folder that was built again cannot be read.
pub(super) fn compare(
    verified: &Verified,
    rebuilt: &Disk,
    report: &mut Report,
) -> Result<(), ReadError> {
    let entries = rebuilt.top()?.into_iter().filter(|entry| entry.kind == EntryKind::File);
    let rebuilt_names: BTreeSet<_> = entries.map(|entry| entry.name).collect();
    for name in &rebuilt_names {
        let Some(again) = rebuilt.open_file(name)? else { continue };
        match verified.open(name).map(|own| first_difference(own, again)) {
            Ok(Ok(None)) => {}
            Ok(Ok(Some(place))) => {
                report.file(name, format!("differs from the one built again {place}"))
            }
            Ok(Err(error)) | Err(error) if verified.has(name) => {
                report.file(name, format!("cannot be read: {error}"));
            }
            // The checksums themselves are of files that were compared.
            _ if name == SUMS => {}
            _ if verified.listed(name).is_none() => {
                report.file(name, "is missing; the one built again has it")
            }
            // What is listed, and missing or otherwise, is told as that.
            _ => {}
        }
    }
    for name in verified.names().filter(|name| !rebuilt_names.contains(*name)) {
        report.file(name, "is not among the files that were built again");
    }
    Ok(())
}

/// Where two files begin to differ.
fn first_difference(one: impl Read, other: impl Read) -> io::Result<Option<String>> {
    let (mut one, mut other) = (BufReader::new(one), BufReader::new(other));
    let (mut line, mut byte, mut is_text) = (1_u64, 0_u64, true);
    loop {
        let (here, there) = (one.fill_buf()?, other.fill_buf()?);
        let length = here.len().min(there.len());
        let same = here.iter().zip(there).take_while(|(one, other)| one == other).count();
        is_text &= !here[..same].contains(&0);
        line += here[..same].iter().filter(|byte| **byte == b'\n').count() as u64;
        byte += same as u64;
        if same < length || length == 0 {
            let is_end = here.is_empty() && there.is_empty();
            let place = if is_text {
                format!("from line {line} on")
            } else {
                format!("from byte {byte} on")
            };
            return Ok((!is_end).then_some(place));
        }
        one.consume(length);
        other.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_told_by_line_or_byte() {
        let long = "x".repeat(20_000);
        let cases: [(&[u8], &[u8], Option<&str>); 6] = [
            (b"", b"", None),
            (b"a\nb\n", b"a\nb\n", None),
            (b"a\nb\n", b"a\nc\n", Some("from line 2 on")),
            (b"a\nb", b"a\n", Some("from line 2 on")),
            (b"PAR1\0\x01", b"PAR1\0\x02", Some("from byte 5 on")),
            (long.as_bytes(), &long.as_bytes()[1..], Some("from line 1 on")),
        ];
        for (one, other, place) in cases {
            assert_eq!(first_difference(one, other).unwrap().as_deref(), place);
            assert_eq!(first_difference(other, one).unwrap().as_deref(), place);
        }
    }
}
