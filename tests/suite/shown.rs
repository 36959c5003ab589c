//! Pages that show what eventc really prints.
//!
//! What a page shows stands in a fenced block whose info string names it, such as `text check`, or
//! between the comments `<!-- rules -->` and `<!-- /rules -->`. A test prints it and holds the page
//! against it; `EVENTC_UPDATE=1 cargo test` writes it anew.

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
        &self.text[self.between(&format!("```{info}\n"), "```\n")]
    }

    /// The info strings of the blocks that show what a command prints: `text eventc show ID`.
    pub(crate) fn commands(&self) -> Vec<String> {
        let infos = self.text.lines().filter_map(|line| line.strip_prefix("```"));
        infos.filter(|info| info.starts_with("text eventc ")).map(str::to_owned).collect()
    }

    /// What stands in the part of a name.
    pub(crate) fn part(&self, name: &str) -> &str {
        &self.text[self.between(&opening(name), &closing(name))]
    }

    /// Holds the block of an info string against what was printed, or writes it anew.
    pub(crate) fn hold(&mut self, info: &str, printed: &str) {
        self.replace(self.between(&format!("```{info}\n"), "```\n"), printed);
    }

    /// Holds the part of a name against what was printed, or writes it anew.
    pub(crate) fn hold_part(&mut self, name: &str, printed: &str) {
        self.replace(self.between(&opening(name), &closing(name)), printed);
    }

    fn replace(&mut self, shown: Range<usize>, printed: &str) {
        if std::env::var_os("EVENTC_UPDATE").is_some() {
            self.text.replace_range(shown, printed);
            fs::write(&self.path, &self.text).unwrap();
            return;
        }
        let page = self.path.display();
        assert_eq!(&self.text[shown], printed, "{page}: EVENTC_UPDATE=1 cargo test writes it anew");
    }

    fn between(&self, open: &str, close: &str) -> Range<usize> {
        let page = self.path.display();
        let start = self.text.find(open).unwrap_or_else(|| panic!("{page} has no {open}"));
        let start = start + open.len();
        let length = self.text[start..].find(close).unwrap_or_else(|| panic!("{page}: {open}"));
        start..start + length
    }
}

fn opening(name: &str) -> String {
    format!("<!-- {name} -->\n")
}

fn closing(name: &str) -> String {
    format!("<!-- /{name} -->\n")
}
