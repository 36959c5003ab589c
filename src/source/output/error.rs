//! Why an output could not be written.

use std::path::{Path, PathBuf};
use std::{fmt, io};

/// Why an output could not be written: never a finding, and the text says what to do.
#[derive(Debug)]
pub enum OutputError {
    /// The target has no name of its own, like `/` or `..`.
    NoName {
        /// The target.
        target: PathBuf,
    },
    /// The target is a symbolic link.
    Link {
        /// The target.
        target: PathBuf,
    },
    /// The target is there and no folder.
    NotAFolder {
        /// The target.
        target: PathBuf,
    },
    /// The target is a folder that eventc did not write.
    Foreign {
        /// The target.
        target: PathBuf,
        /// Something in it that shows this.
        found: String,
    },
    /// A file name that is not of the form `[a-z0-9._-]+`: a defect of the tool.
    FileName {
        /// The name.
        name: String,
    },
    /// The output has no manifest, so it could never be replaced: a defect of the tool.
    Unmarked {
        /// The target.
        target: PathBuf,
    },
    /// The file system refused.
    Io {
        /// What was tried, as in `cannot <action>`.
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
    /// The earlier output was moved aside and could not be moved back.
    Stranded {
        /// Where it belongs.
        target: PathBuf,
        /// Where it is.
        aside: PathBuf,
        /// Why the new output could not take its place.
        error: io::Error,
    },
    /// The new output is in place; the earlier one could not be removed.
    Leftover {
        /// Where the new output is.
        target: PathBuf,
        /// Where the earlier one is.
        aside: PathBuf,
        /// What the file system said.
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

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName { target } => refuse(f, target, "names no folder; choose one"),
            Self::Link { target } => refuse(f, target, "is a symbolic link; choose a folder"),
            Self::NotAFolder { target } => refuse(f, target, "is no folder; choose one"),
            Self::Foreign { target, found } => {
                write!(f, "`{}` holds {found:?} and is no output of eventc, ", target.display())?;
                f.write_str("so it is left alone; choose an empty or new folder with `--out`")
            }
            Self::FileName { name } => {
                write!(f, "{name:?} cannot name an output file; this is a defect of eventc")
            }
            Self::Unmarked { target } => {
                let target = target.display();
                write!(f, "the output for `{target}` has no manifest; this is a defect of eventc")
            }
            Self::Io { action, path, error } => {
                write!(f, "cannot {action} `{}`: {error}", path.display())
            }
            Self::Stranded { target, aside, error } => {
                let (target, aside) = (target.display(), aside.display());
                write!(f, "cannot replace `{target}`: {error}; ")?;
                write!(f, "the earlier output is at `{aside}`, move it back by hand")
            }
            Self::Leftover { target, aside, error } => {
                let (target, aside) = (target.display(), aside.display());
                write!(f, "`{target}` is complete, but the earlier output at `{aside}` ")?;
                write!(f, "could not be removed: {error}; remove it by hand")
            }
        }
    }
}

fn refuse(f: &mut fmt::Formatter<'_>, target: &Path, why: &str) -> fmt::Result {
    write!(f, "`{}` {why} with `--out`", target.display())
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. }
            | Self::Stranded { error, .. }
            | Self::Leftover { error, .. } => Some(error),
            _ => None,
        }
    }
}
