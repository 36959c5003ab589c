//! What a build is named by.

use crate::dataset::Dataset;
use crate::source::Files;

/// Which eventc wrote a build.
pub const GENERATOR: &str = concat!("eventc ", env!("CARGO_PKG_VERSION"));

/// Bytes of a digest that a build is named by: enough that two builds of one project never share one.
const ID_BYTES: usize = 8;

/// A name of what a dataset is built from: every file that it was read from, this eventc, and whether
/// what is restricted is in it.
pub fn build_id(dataset: &Dataset, files: &Files, restricted_included: bool) -> String {
    digest_of(files, &[u8::from(restricted_included)], &dataset.folders())
}

/// A name of this eventc, of `what`, and of every file that was read under some folders.
pub(super) fn digest_of(files: &Files, what: &[u8], folders: &[String]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |part: &[u8]| {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    };
    add(GENERATOR.as_bytes());
    add(what);
    for folder in folders {
        for (path, digest) in files.read_under(folder) {
            add(path.as_bytes());
            add(digest.as_bytes());
        }
    }
    let digest = hasher.finalize();
    digest.as_bytes()[..ID_BYTES].iter().map(|byte| format!("{byte:02x}")).collect()
}
