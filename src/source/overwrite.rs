//! Writing generated files, whatever stands there.

use std::fs::{self, File};
use std::io::Write;

use super::create::CreateError;
use super::disk::Disk;
use super::staging::beside;

impl Disk {
    /// Writes files, replacing those that are there: the path of each, and its text. A reader sees the
    /// old text or the new one, never a part. The root and folders are created as needed, and no link
    /// is followed below the root.
    ///
    /// # Errors
    /// When the file system refuses, or a link leads elsewhere.
    pub fn overwrite(&self, files: &[(&str, &str)]) -> Result<(), CreateError> {
        files.iter().try_for_each(|(path, text)| {
            self.find(path).map_err(CreateError::Unknown)?;
            let path = self.root.join(path);
            let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
                let staged = beside(&path, |builder, folder| {
                    builder.make_in(folder, |path| File::create_new(path))
                })?;
                staged.as_file().write_all(text.as_bytes())?;
                staged.persist(&path).map_err(|refused| refused.error)?;
                Ok(())
            });
            written.map_err(|error| CreateError::Io { path, error })
        })
    }
}
