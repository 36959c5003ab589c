//! Which files went on under another path.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Files, ReadError, World};

/// Most pairs of a file that is gone and one that is new that are looked at, and most bytes of theirs
/// whose lines are compared: a fraction of a second's work. Beyond them, only files that moved
/// unchanged are recognised.
const MAX_PAIRS: usize = 250_000;
const MAX_BYTES: usize = 250_000_000;

/// The files of a project before a change, under the paths that they have after it.
///
/// A file that is gone is taken for a new one that has the same bytes, or else for the new one that
/// shares most with it: at least half of the longer one, counted in whole lines.
///
/// # Errors
/// When a file that is gone or new cannot be read.
pub fn renamed(
    before: (&dyn World, &Files),
    after: (&dyn World, &Files),
) -> Result<Files, ReadError> {
    let (old, new): (BTreeSet<_>, BTreeSet<_>) =
        (before.1.paths().iter().collect(), after.1.paths().iter().collect());
    if old.is_subset(&new) || new.is_subset(&old) {
        return Ok(before.1.clone());
    }
    let mut gone = read(before.0, old.difference(&new))?;
    let mut come = read(after.0, new.difference(&old))?;
    let mut pairs = unchanged(&mut gone, &mut come);
    pairs.extend(similar(&gone, &come));
    Ok(before.1.renamed(&pairs))
}

/// Bytes by path.
type Contents = BTreeMap<String, Vec<u8>>;

/// New path by old path.
type Pairs = BTreeMap<String, String>;

fn read<'p>(
    world: &dyn World,
    paths: impl Iterator<Item = &'p &'p str>,
) -> Result<Contents, ReadError> {
    let read = |path: &&str| Ok(((*path).to_owned(), world.read(path)?.unwrap_or_default()));
    let contents: Result<Contents, _> = paths.map(read).collect();
    // Nothing can be told of an empty file, nor of one that is no part of the project: a shipped list.
    contents.map(|contents| contents.into_iter().filter(|(_, bytes)| !bytes.is_empty()).collect())
}

/// Takes out the files that have the same bytes, in pairs.
fn unchanged(gone: &mut Contents, come: &mut Contents) -> Pairs {
    let mut by_bytes: BTreeMap<&[u8], Vec<&String>> = BTreeMap::new();
    for (path, bytes) in come.iter().rev() {
        by_bytes.entry(bytes).or_default().push(path);
    }
    let mut take = |bytes: &[u8]| by_bytes.get_mut(bytes).and_then(Vec::pop).cloned();
    let pairs: Pairs =
        gone.iter().filter_map(|(path, bytes)| Some((path.clone(), take(bytes)?))).collect();
    gone.retain(|path, _| !pairs.contains_key(path));
    for new in pairs.values() {
        come.remove(new);
    }
    pairs
}

/// Pairs the files that share most, the most alike first.
fn similar(gone: &Contents, come: &Contents) -> Pairs {
    if gone.len().saturating_mul(come.len()) > MAX_PAIRS {
        return Pairs::new();
    }
    let new: Vec<_> = come.iter().map(|(path, bytes)| (path, lines(bytes))).collect();
    let mut candidates = Vec::new();
    let mut compared = 0;
    for (path, bytes) in gone {
        let lines = lines(bytes);
        for (new, new_lines) in &new {
            let (one, other) = (bytes.len(), come[*new].len());
            let longer = one.max(other);
            // They cannot share half of the longer one.
            if one.min(other) * 2 < longer {
                continue;
            }
            compared += one + other;
            if compared > MAX_BYTES {
                return Pairs::new();
            }
            let shared = shared(&lines, new_lines);
            if shared > 0 && shared * 2 >= longer {
                candidates.push((Reverse(shared * 1000 / longer), path, *new));
            }
        }
    }
    candidates.sort_unstable();
    let (mut pairs, mut taken) = (Pairs::new(), BTreeSet::new());
    for (_, old, new) in candidates {
        if !pairs.contains_key(old) && taken.insert(new) {
            pairs.insert(old.clone(), new.clone());
        }
    }
    pairs
}

/// How often each line stands in a file.
fn lines(bytes: &[u8]) -> HashMap<&[u8], usize> {
    let mut lines = HashMap::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        *lines.entry(line).or_default() += 1;
    }
    lines
}

/// How many bytes two files share in whole lines, wherever the lines stand.
fn shared(one: &HashMap<&[u8], usize>, other: &HashMap<&[u8], usize>) -> usize {
    let shared = |(line, count): (&&[u8], &usize)| {
        line.len() * other.get(line).map_or(0, |there| *count.min(there))
    };
    one.iter().map(shared).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Memory;

    /// The paths of the files before a change, as they are after it.
    fn after(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<String> {
        let project = |laid: &[(&str, &str)]| {
            let (mut world, mut files) = (Memory::new(), Files::default());
            for (path, text) in laid {
                world.write(*path, *text);
                files.add(*path);
            }
            (world, files)
        };
        let (was, is) = (project(before), project(after));
        let files = renamed((&was.0, &was.1), (&is.0, &is.1)).unwrap();
        before.iter().zip(files.ids()).map(|(_, file)| files.path(file).to_owned()).collect()
    }

    #[test]
    fn a_file_is_found_again_by_what_is_in_it() {
        let was = [("a", "1\n2\n3\n4\n"), ("b", "5\n6\n7\n8\n"), ("c", "9\n"), ("d", "kept\n")];
        // `a` moved unchanged beside a copy, `b` moved and half of it changed, `c` became another.
        let is = [
            ("x", "5\n6\nx\ny\n"),
            ("y", "1\n2\n3\n4\n"),
            ("z", "1\n2\n3\n4\n"),
            ("c2", "10\n"),
            ("d", "kept\n"),
        ];
        assert_eq!(after(&was, &is), ["y", "x", "c", "d"]);
    }

    #[test]
    fn a_file_that_stays_is_itself_and_a_new_one_is_taken_once() {
        let text = "1\n2\n3\n";
        assert_eq!(after(&[("a", text)], &[("a", "other\n"), ("b", text)]), ["a"]);
        assert_eq!(after(&[("a", text), ("b", text)], &[("c", text)]), ["c", "b"]);
        let best = [("x", "1\n2\n5\n"), ("y", "1\n2\n3\n4\n")];
        assert_eq!(after(&[("a", text)], &best), ["y"]);
    }

    #[test]
    fn many_files_that_moved_unchanged_are_found() {
        let files = |folder: &str| -> Vec<(String, String)> {
            (0..1000).map(|at| (format!("{folder}/{at}"), format!("{}\n", at / 2))).collect()
        };
        let (was, is) = (files("a"), files("b"));
        fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
        }
        let expected: Vec<_> = is.iter().map(|(path, _)| path.clone()).collect();
        assert_eq!(after(&borrowed(&was), &borrowed(&is)), expected);
    }
}
