//! Adding to a file that another program gathers.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

/// Adds text to the end of a file, which is made if it is not there. `text` is told how many bytes
/// the file has.
///
/// # Errors
/// When the file cannot be opened or written.
pub fn append(path: &Path, text: impl FnOnce(u64) -> String) -> io::Result<()> {
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    let length = file.metadata()?.len();
    file.write_all(text(length).as_bytes())
}
