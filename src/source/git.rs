//! The `git` program, run so that nothing in a repository can make it run anything else.
//!
//! A repository that came as a folder brings its own configuration, which can name programs. Only
//! commands that read commits, trees and blobs are run here: no hook, filter, pager, text
//! conversion or file-system monitor has a part in them. That a missing object may be fetched, by
//! a transport that is a program, is forbidden; and a folder that only looks like a repository's
//! inside is not taken for one.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// What holds whatever the repository says.
const OVERRIDES: &[&str] = &[
    "--no-pager",
    "--no-replace-objects",
    "-c",
    "safe.bareRepository=explicit",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
];

/// No question is asked, nothing is fetched, nothing is written, and words are those we know.
const ENVIRONMENT: &[(&str, &str)] = &[
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("LC_ALL", "C"),
];

/// What a hook's environment says of another repository, or of parts of this one.
const ELSEWHERE: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_PREFIX",
];

/// Longest listing that is read, in bytes (128 MiB, about a million files): a few trees nested in
/// each other can name more files than any disk holds.
const MAX_LISTING_BYTES: u64 = 128 << 20;

/// Longest line before an object (a name, a type and a size), in bytes.
const MAX_HEADER_BYTES: u64 = 256;

/// Why a revision could not be read.
#[derive(Debug, thiserror::Error)]
pub enum RevisionError {
    /// The `git` program could not be run.
    #[error("{}", no_git(_0))]
    NoGit(io::Error),
    /// The project lies in no git repository, or git does not trust it: its words.
    #[error("git has no repository here to compare with: {0}")]
    NoRepository(String),
    /// No revision has the name that was given.
    #[error("git knows no revision of this name{}", fetch(*shallow))]
    Unknown {
        /// Whether the repository holds only the last part of its history.
        shallow: bool,
    },
    /// The revision and what is checked out have no commit in common.
    #[error("it has no commit in common with what is checked out{}", fetch(*shallow))]
    NoCommonCommit {
        /// Whether the repository holds only the last part of its history.
        shallow: bool,
    },
    /// The revision names more files than are read.
    #[error("the revision has more files than are read")]
    TooLarge,
    /// Git failed in another way: its words.
    #[error("git failed: {0}")]
    Failed(String),
}

fn no_git(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => {
            "the program `git` is needed to compare, and is not installed".to_owned()
        }
        _ => format!("the program `git` cannot be run: {error}"),
    }
}

/// What to do where only a part of the history is there.
const fn fetch(shallow: bool) -> &'static str {
    if !shallow {
        return "";
    }
    "; only the last part of the history is here: fetch the rest by `git fetch --unshallow`, in \
     GitHub Actions by `fetch-depth: 0`, in GitLab by `GIT_DEPTH: 0`"
}

/// Runs git in a folder.
#[derive(Debug)]
pub(super) struct Git {
    folder: PathBuf,
}

impl Git {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        for name in ELSEWHERE {
            command.env_remove(name);
        }
        command.envs(ENVIRONMENT.iter().copied()).current_dir(&self.folder);
        command.args(OVERRIDES).args(arguments).stdin(Stdio::null());
        command
    }

    /// Runs a command whose answer is short: what it writes, or what it says when it fails.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<Result<String, String>, RevisionError> {
        let output = self.command(arguments).output().map_err(RevisionError::NoGit)?;
        if output.status.success() {
            return Ok(Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned()));
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let words: Vec<_> = said.split_whitespace().skip_while(|word| *word == "fatal:").collect();
        Ok(Err(words.join(" ")))
    }

    /// Every file in a tree: `mode SP type SP name SP size TAB path NUL` each.
    pub(super) fn list(&self, tree: &str) -> Result<Vec<u8>, RevisionError> {
        let mut command = self.command(&["ls-tree", "-r", "-z", "-l", "--full-tree", tree]);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().map_err(RevisionError::NoGit)?;
        let mut listing = Vec::new();
        let answer = process.stdout.take().map(|answer| answer.take(MAX_LISTING_BYTES + 1));
        let read = answer.map(|mut answer| answer.read_to_end(&mut listing)).transpose();
        let fits = listing.len() as u64 <= MAX_LISTING_BYTES;
        if read.is_err() || !fits {
            let _ = process.kill();
        }
        let ended = process.wait();
        match read.and(ended) {
            _ if !fits => Err(RevisionError::TooLarge),
            Ok(status) if status.success() => Ok(listing),
            Ok(_) => Err(RevisionError::Failed("it cannot list the files".to_owned())),
            Err(error) => Err(RevisionError::Failed(error.to_string())),
        }
    }

    /// Starts the process that gives objects.
    pub(super) fn objects(&self) -> Result<Objects, RevisionError> {
        let mut command = self.command(&["cat-file", "--batch"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().map_err(RevisionError::NoGit)?;
        let pipes = process.stdin.take().zip(process.stdout.take());
        let (requests, answers) = pipes.expect("both streams are pipes");
        Ok(Objects { process, requests: Some(requests), answers: BufReader::new(answers) })
    }
}

/// The objects of a repository, one request at a time.
#[derive(Debug)]
pub(super) struct Objects {
    process: Child,
    /// `None` once the process is told to end.
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Objects {
    /// The bytes of a blob of `size` bytes.
    ///
    /// # Errors
    /// When the object is missing or damaged, or is not of that size.
    pub(super) fn blob(&mut self, name: &str, size: u64) -> io::Result<Vec<u8>> {
        let requests = self.requests.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        writeln!(requests, "{name}")?;
        requests.flush()?;
        let mut header = String::new();
        self.answers.by_ref().take(MAX_HEADER_BYTES).read_line(&mut header)?;
        if header != format!("{name} blob {size}\n") {
            // What follows such a line is not known, so nothing more is asked.
            self.requests = None;
            return Err(io::Error::other("git has no such object; the repository is incomplete"));
        }
        let mut bytes = Vec::new();
        self.answers.by_ref().take(size + 1).read_to_end(&mut bytes)?;
        if bytes.pop() != Some(b'\n') || bytes.len() as u64 != size {
            self.requests = None;
            return Err(io::Error::other("git broke off in the middle of it"));
        }
        Ok(bytes)
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        self.requests = None;
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
