//! Why an output could not be written.

use std::io;
use std::path::{Path, PathBuf};

/// Why an output could not be written: never a finding, and the text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The target, or a folder above it, is a symbolic link.
    #[error(
        "`{}` is a symbolic link, which could lead anywhere; choose a folder with `--out`",
        target.display()
    )]
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
    /// The file system refused where another folder may do.
    #[error("cannot {action} `{}`: {error}; choose another folder with `--out`", path.display())]
    Refused {
        /// What was tried, as in `cannot <action>`.
        action: &'static str,
        /// The folder.
        path: PathBuf,
        /// The system's error.
        #[source]
        error: io::Error,
    },
    /// Not all outputs could be put in their places, and one that was could not be taken back.
    #[error(
        "{cause}; the earlier output at `{}`, already replaced, could not be put back: {error}; \
         build again", target.display()
    )]
    Stranded {
        /// Why not all were put in their places.
        cause: Box<Self>,
        /// The place of the one that stayed.
        target: PathBuf,
        /// Why it stayed.
        #[source]
        error: io::Error,
    },
}

impl OutputError {
    /// Names what was tried and where, for `map_err`.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |error| Self::Io { action, path, error }
    }

    /// The same, where another folder may do.
    pub(super) fn refused(
        action: &'static str,
        path: &Path,
    ) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |error| Self::Refused { action, path, error }
    }
}
