//! The release that this eventc is of: its version, commit and public address.

/// Version of eventc.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Address of the repository. Cargo.toml holds the only copy.
pub(super) const ADDRESS: &str = env!("CARGO_PKG_REPOSITORY");

/// The oldest Rust that compiles eventc.
pub(super) const RUST: &str = env!("CARGO_PKG_RUST_VERSION");

/// The commit that this eventc was built from, if the build was told: its full hash.
pub(super) const COMMIT: Option<&str> = option_env!("EVENTC_COMMIT");

/// An owner of repositories that nobody can be: it stands in the address until there is one.
const NOBODY: &str = "/__no_address_yet__/";

/// Whether eventc can be had from [`ADDRESS`] and from package registries. Until then, what is written
/// with the address or with an install command must say that it cannot work yet.
pub(super) fn is_public() -> bool {
    !ADDRESS.contains(NOBODY)
}

/// What `--version` prints, with more lines if asked for `verbose`.
pub(super) fn version(verbose: bool) -> String {
    let first = format!("eventc {VERSION}");
    if !verbose {
        return first;
    }
    let address = if is_public() { ADDRESS } else { "none yet" };
    let commit = COMMIT.unwrap_or("unknown");
    let (os, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    format!("{first}\nrepository: {address}\ncommit: {commit}\nsystem: {os} {machine}")
}
