//! Digests of files, made while they are written, so that nothing is read again.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

/// The file of checksums, in the form that `sha256sum -c` reads.
pub const SUMS: &str = "SHA256SUMS";

/// The digests of the files of a folder, by name.
#[derive(Debug, Default)]
pub struct Digests(BTreeMap<String, Arc<Mutex<Digest>>>);

/// What is known of the bytes that a file has so far.
#[derive(Clone, Debug, Default)]
struct Digest {
    sha256: Sha256,
    bytes: u64,
}

/// A file that was written.
#[derive(Clone, Debug)]
pub struct Digested<'d> {
    /// Its name.
    pub name: &'d str,
    /// Its SHA-256 digest, in hexadecimal digits.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
}

impl Digests {
    /// The stream of a file whose bytes are digested on their way.
    pub fn follow<W: Write>(&mut self, name: &str, out: W) -> Followed<W> {
        let digest = Arc::default();
        self.0.insert(name.to_owned(), Arc::clone(&digest));
        Followed { out, digest }
    }

    /// The files, sorted by name.
    pub fn files(&self) -> impl Iterator<Item = Digested<'_>> {
        self.0.iter().map(|(name, digest)| {
            let Digest { sha256, bytes } = locked(digest).clone();
            let digits = sha256.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            Digested { name, sha256: digits, bytes }
        })
    }

    /// The lines of [`SUMS`].
    pub fn sums(&self) -> String {
        self.files().map(|file| format!("{}  {}\n", file.sha256, file.name)).collect()
    }
}

/// A stream whose bytes are digested on their way.
#[derive(Debug)]
pub struct Followed<W> {
    out: W,
    digest: Arc<Mutex<Digest>>,
}

impl<W: Write> Write for Followed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        let mut digest = locked(&self.digest);
        digest.sha256.update(&bytes[..written]);
        digest.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A digest is whole between any two of its bytes, so a thread that died with it harms nothing.
fn locked(digest: &Mutex<Digest>) -> std::sync::MutexGuard<'_, Digest> {
    digest.lock().unwrap_or_else(PoisonError::into_inner)
}
