//! Writing generated files, whatever stands there.

use std::fs::{self, File};
use std::io::Write;

use super::Disk;
use crate::source::CreateError;

impl Disk {
    /// Writes files, replacing those that are there: the path of each, and its text. Each is
    /// written beside its place first, so that a reader sees the old text or the new one. The root
    /// and folders are created as needed, and no link is followed below the root.
    ///
    /// # Errors
    /// When the file system refuses, or a link leads elsewhere.
    pub fn overwrite(&self, files: &[(&str, &str)]) -> Result<(), CreateError> {
        files.iter().try_for_each(|(path, text)| {
            self.find(path).map_err(CreateError::Unknown)?;
            let path = self.root.join(path);
            let refused = |error| CreateError::Io { path: path.clone(), error };
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(refused)?;
            }
            let mut name = path.file_name().unwrap_or_default().to_owned();
            name.push(".new");
            let beside = path.with_file_name(name);
            // What an earlier run left there, or a link; where it cannot go, creating it fails.
            let _ = fs::remove_file(&beside);
            let written = File::create_new(&beside)
                .and_then(|mut file| file.write_all(text.as_bytes()))
                .and_then(|()| fs::rename(&beside, &path));
            written.map_err(|error| {
                let _ = fs::remove_file(&beside);
                refused(error)
            })
        })
    }
}
