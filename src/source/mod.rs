//! Files, spans and the world outside.
//!
//! Does: name files and places in them, decode bytes to text, read a project, change its files, and
//! write a finished output directory. [`World`] is the only door to the file system.
//!
//! Must never: know YAML, or decide what a file means.

mod append;
mod at_offset;
mod by_path;
mod cache_folder;
mod create;
mod digests;
mod disk;
mod file;
mod git;
mod line_index;
mod look;
mod memory;
mod output;
mod overlay;
mod overwrite;
pub mod packed;
mod paths;
mod progress;
mod recorder;
mod rename;
mod replace;
mod revision;
mod span;
mod spill;
mod staging;
mod stamp;
mod text;
mod trace;
mod walk;
mod watch;
mod world;

pub use append::append;
pub use cache_folder::CacheFolder;
pub use digests::Digest;
pub use disk::{Disk, OpenFile};
pub use file::{FileId, Files};
pub use line_index::{LineCount, LineIndex, Position};
pub use look::Look;
pub use memory::Memory;
pub use output::{OutputDirectory, OutputError, Outputs};
pub use overlay::Overlay;
pub use paths::Paths;
pub use progress::Progress;
pub use recorder::Recorder;
pub use rename::renamed;
pub use replace::Change;
pub use revision::Revision;
pub use span::{Location, Span, Spanned};
pub use spill::{Lent, PutAside, Spill};
pub use text::{Encoding, SourceText};
pub use trace::{Compared, Trace, TraceChange};
pub use walk::{Kind as EntryKind, MAX_FOLDERS};
pub use watch::Watch;
pub use world::{Listed, MAX_FILE_BYTES, Obstacle, ReadError, World, is_source, is_yaml};
