//! Pages that show what eventc really prints.
//!
//! What a page shows stands in a fenced block whose info string names it, such as
//! `text check`. A test prints it and holds the page against it; `EVENTC_UPDATE=1 cargo test`
//! writes the blocks anew.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A page of this repository.
#[derive(Debug)]
pub(crate) struct Page {
    path: PathBuf,
    text: String,
}

impl Page {
    /// Reads the page at a path relative to the repository.
    pub(crate) fn read(path: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let text = fs::read_to_string(&path).unwrap();
        Self { path, text }
    }

    /// What stands in the block of an info string.
    pub(crate) fn block(&self, info: &str) -> &str {
        &self.text[self.range(info)]
    }

    /// Holds the block of an info string against what was printed, or writes it anew.
    pub(crate) fn hold(&mut self, info: &str, printed: &str) {
        let shown = self.range(info);
        if std::env::var_os("EVENTC_UPDATE").is_some() {
            self.text.replace_range(shown, printed);
            fs::write(&self.path, &self.text).unwrap();
            return;
        }
        let page = self.path.display();
        assert_eq!(
            &self.text[shown], printed,
            "`{info}` of {page}: run with EVENTC_UPDATE=1 to write it anew"
        );
    }

    fn range(&self, info: &str) -> Range<usize> {
        let page = self.path.display();
        let fence = format!("```{info}\n");
        let start = self.text.find(&fence).unwrap_or_else(|| panic!("{page} has no block {info}"));
        let start = start + fence.len();
        start..start + self.text[start..].find("```\n").expect("a block is closed")
    }
}
