//! Why an output could not be written.

use std::io;
use std::path::{Path, PathBuf};

/// Why an output could not be written: never a finding, and the text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The target has no name of its own, like `/` or `..`.
    #[error("`{}` names no folder; choose one with `--out`", target.display())]
    NoName {
        /// The target.
        target: PathBuf,
    },
    /// The target is a symbolic link.
    #[error("`{}` is a symbolic link; choose a folder with `--out`", target.display())]
    Link {
        /// The target.
        target: PathBuf,
    },
    /// The target exists and is not a folder.
    #[error("`{}` is no folder; choose one with `--out`", target.display())]
    NotAFolder {
        /// The target.
        target: PathBuf,
    },
    /// The target is a folder that eventc did not write.
    #[error(
        "`{}` holds {found:?} and is no output of eventc, so it is left alone; choose an empty or \
         new folder with `--out`", target.display()
    )]
    Foreign {
        /// The target.
        target: PathBuf,
        /// The name of something in it that eventc does not write.
        found: String,
    },
    /// A file name that is not of the form `[A-Za-z0-9._-]+`: a defect of the tool.
    #[error("{name:?} cannot name an output file; this is a defect of eventc")]
    FileName {
        /// The name.
        name: String,
    },
    /// The output has no manifest, so it could never be replaced: a defect of the tool.
    #[error("the output for `{}` has no manifest; this is a defect of eventc", target.display())]
    Unmarked {
        /// The target.
        target: PathBuf,
    },
    /// The file system refused.
    #[error("cannot {action} `{}`: {error}", path.display())]
    Io {
        /// What was tried, as in `cannot <action>`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        #[source]
        error: io::Error,
    },
    /// The earlier output was moved aside and could not be moved back.
    #[error(
        "cannot replace `{}`: {error}; the earlier output is at `{}`, move it back by hand",
        target.display(), aside.display()
    )]
    Stranded {
        /// Where it belongs.
        target: PathBuf,
        /// Where it is.
        aside: PathBuf,
        /// Why the new output could not take its place.
        #[source]
        error: io::Error,
    },
    /// The new output is in place; the earlier one could not be removed.
    #[error(
        "`{}` is complete, but the earlier output at `{}` could not be removed: {error}; remove it \
         by hand", target.display(), aside.display()
    )]
    Leftover {
        /// Where the new output is.
        target: PathBuf,
        /// Where the earlier one is.
        aside: PathBuf,
        /// The system's error.
        #[source]
        error: io::Error,
    },
}

impl OutputError {
    /// Names what was tried and where, for `map_err`.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::Io { action, path, error }
    }
}
