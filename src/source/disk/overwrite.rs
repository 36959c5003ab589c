//! Writing generated files, whatever stands there.

use std::fs::{self, File};
use std::io::Write;

use super::Disk;
use crate::source::CreateError;
use crate::source::staging::create_sibling;

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
            let created = create_sibling(&path, |beside| File::create_new(beside));
            let (beside, mut file) = created.map_err(|(_, error)| refused(error))?;
            let written = file.write_all(text.as_bytes()).and_then(|()| fs::rename(&beside, &path));
            written.map_err(|error| {
                let _ = fs::remove_file(&beside);
                refused(error)
            })
        })
    }
}
