//! What a file was and what it became, as a patch.

use thiserror::Error;

use similar::TextDiff;

use crate::diagnostic::Printable;

/// A patch, proven to hold nothing that a terminal or a CI runner would obey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch(String);

impl Patch {
    /// The patch, exactly as `git apply` wants it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A patch was not written, because what it holds could be obeyed by a terminal or a CI runner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a line of it holds what a terminal or a CI runner could obey")]
pub struct Unprintable;

/// Writes what makes `new` of `old` as a unified diff that `git apply` and `patch -p1` take,
/// exactly: a line that cannot be printed as it is makes it [`Unprintable`].
///
/// There is no `diff --git` line: with one, `git apply` would look for the file from the root of
/// the repository instead of the working directory, and do nothing where it does not find it.
///
/// # Errors
/// When a line of it, or the path, holds something that would be obeyed.
pub fn unified_diff(path: &str, old: &str, new: &str) -> Result<Patch, Unprintable> {
    let (old, new) = (lines(old), lines(new));
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    let patch = diff.unified_diff().header(&name("a", path), &name("b", path)).to_string();
    let is_printable = patch.split_terminator('\n').all(is_printable);
    if is_printable && Printable::keeps(path) { Ok(Patch(patch)) } else { Err(Unprintable) }
}

/// Lines as git counts them: only a line feed ends one.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// A tab, and the carriage return of a line that ends as on Windows, do nothing by themselves.
fn is_printable(line: &str) -> bool {
    let line = line.strip_suffix('\r').unwrap_or(line);
    Printable::keeps(&line.replace('\t', " "))
}

/// A path as a patch names it, quoted where it must be.
fn name(side: &str, path: &str) -> String {
    if path.contains(['"', '\\']) {
        return format!("\"{side}/{}\"", path.replace('\\', "\\\\").replace('"', "\\\""));
    }
    // Behind a tab there may be a time; without one, a name would end at its first space.
    let end = if path.contains(' ') { "\t" } else { "" };
    format!("{side}/{path}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_obeyed_makes_no_patch() {
        let old = "a: 1\nb: 2\nc: 3\n";
        for (new, printable) in [
            ("a: 1\nb: \u{1b}[31m\nc: 3\n", false),
            ("a: 1\nb: \u{202e}\nc: 3\n", false),
            ("a: 1\nb: x\rc\nc: 3\n", false),
            ("a: 1\nb: ##[error]x\nc: 3\n", false),
            ("a: 1\n::error::x\nc: 3\n", true),
            ("a: 1\n\tb: ::error::x\r\nc: 3\n", true),
        ] {
            for (old, new) in [(old, new), (new, old)] {
                assert_eq!(unified_diff("a.yaml", old, new).is_ok(), printable, "{new:?}");
            }
            let same = |text: &str| format!("{text}d: 1\n");
            let around = unified_diff("a.yaml", &same(new), &format!("{new}d: 2\n"));
            let is_command = new.contains("\n::");
            assert_eq!(around.is_ok(), printable && !is_command, "as context: {new:?}");
        }
        assert_eq!(unified_diff("##[error].yaml", old, "x\n"), Err(Unprintable));
    }
}
