//! How much is read before reading stops, and why.

/// Levels of nested mappings and sequences in a document. The record format needs six; hostile
/// input nests thousands.
pub const DEPTH: usize = 64;

/// Bytes of one scalar as written. A note of a curator has some thousand; what is longer is a
/// pasted article, which a record must not hold.
pub const SCALAR: usize = 64 * 1024;

/// Bytes of one file. A stream of 100,000 events has half as many; it is read in parts, and its text is held whole.
/// Offsets must fit [`Span`].
///
/// [`Span`]: crate::source::Span
pub const FILE: usize = crate::source::MAX_FILE_BYTES;

/// Nodes that are read at a time, those of a document or of a part of a stream: scalars, lists and mappings. Two bytes of
/// text can make one, which takes twenty-eight. A registry of 300,000 sources in one file has three million.
pub const NODES: usize = 4_000_000;

/// Documents of one file: as many records as fit in the longest one.
pub const DOCUMENTS: usize = 200_000;

/// How often one document is skipped and parsed again. Who makes more mistakes in a record has
/// given us something that is no record, and a message for each would not help.
pub const RECOVERY_PASSES: usize = 64;

/// Bytes that all skips of one file may parse again: about a second of work, and no less than four times the file. It
/// binds only where large documents are broken in many places.
pub const RECOVERY_BYTES: usize = 128 * 1024 * 1024;

/// Defects kept of one file, or of a part of a long one. Nobody reads more, and four bytes of text can make one.
pub const DEFECTS: usize = 10_000;

/// Bytes of an anchored node that are kept to say what an alias stands for.
pub const ALIAS_TEXT: usize = 200;

/// Edits of one proposed fix. A fix of more is no longer one that a person checks at a glance.
pub const FIX_EDITS: usize = 16;
