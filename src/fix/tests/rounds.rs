//! Which fixes are made, and in which round.

use std::collections::BTreeMap;

use super::span;
use crate::diagnostic::{Diagnostic, Findings, Fix, Level, Sink};
use crate::fix::{Fixer, Reason, Wanted};
use crate::source::{FileId, Files, Location, Memory, SourceText, World};

/// A project, and what is found in it.
#[derive(Default)]
struct Found {
    world: Memory,
    files: Files,
    ids: Vec<FileId>,
    sink: Sink,
}

/// An edit: the file, what stands there once, and what is to stand there. A `^` alone inserts at the
/// start.
type Edit<'a> = (usize, &'a str, &'a str);

impl Found {
    fn new(texts: &[&str]) -> Self {
        let mut found = Self::default();
        for (at, text) in texts.iter().enumerate() {
            let path = format!("{at}.yaml");
            found.world.write(path.clone(), *text);
            found.ids.push(found.files.add(path));
        }
        found
    }

    fn location(&self, file: usize, old: &str) -> Location {
        let file = self.ids[file];
        let bytes = self.world.read(self.files.path(file)).unwrap().unwrap_or_default();
        let text = SourceText::decode(bytes).text;
        let start = text.find(old).unwrap_or(0);
        Location::new(file, span(start, start + if old == "^" { 0 } else { old.len() }))
    }

    fn find(mut self, level: Level, message: &str, fix: Fix, edits: &[Edit<'_>]) -> Self {
        let fix = edits
            .iter()
            .fold(fix, |fix, (file, old, new)| fix.replace(self.location(*file, old), *new));
        let (file, old, _) = edits[0];
        let found = Diagnostic::new("rule", self.location(file, old), message).fix(fix);
        self.sink.push(level, found);
        self
    }

    fn safe(self, message: &str, edits: &[Edit<'_>]) -> Self {
        self.find(Level::Error, message, Fix::safe("do it"), edits)
    }

    fn finish(self) -> (Memory, Files, Findings) {
        let findings = self.sink.finish(&self.files);
        (self.world, self.files, findings)
    }

    /// The files after one round of safe fixes, and those fixes that were left out.
    fn round(self) -> (Vec<String>, Vec<(String, Reason)>) {
        let (world, files, findings) = self.finish();
        let wanted = Wanted {
            unsafe_fixes: false,
            level: Level::Info,
            may_change: &|path| path != "9.yaml",
        };
        let mut fixer = Fixer::new(&wanted);
        let mut texts: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        if let Some(round) = fixer.round(&findings, &files, &world).unwrap() {
            texts.extend(round.texts());
        }
        let text = |at| {
            let path = format!("{at}.yaml");
            let bytes = texts.get(&path).cloned().or_else(|| world.read(&path).unwrap());
            String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
        };
        let left_out = fixer.finish(&findings, &files).left_out;
        let message = |location| {
            let mut all = findings.iter();
            all.find(|finding| finding.location == location).unwrap().message.to_string()
        };
        let left_out = left_out.iter().map(|left| (message(left.location), left.reason)).collect();
        ((0..files.len()).map(text).collect(), left_out)
    }
}

#[test]
fn fixes_that_get_in_each_others_way_wait_and_the_worst_goes_first() {
    let found = Found::new(&["a: old\nb: old text\n"])
        .find(Level::Info, "overlaps", Fix::safe("x"), &[(0, "old text", "new")])
        .safe("one", &[(0, "d\nb", "d\nc")])
        .safe("the same", &[(0, "d\nb", "d\nc"), (0, "text", "words")])
        .find(Level::Warning, "in the way", Fix::safe("x"), &[(0, "a: old", "a: new")]);
    let (texts, left_out) = found.round();
    assert_eq!(texts, ["a: old\nc: old words\n"]);
    assert_eq!(left_out, [], "what waits is not left out");

    let found = Found::new(&["a: x\n"]);
    let found = found.safe("1", &[(0, "^", "c: 1\n")]).safe("2", &[(0, "^", "d: 1\n")]);
    let found = found.safe("3", &[(0, "^", "c: 1\n")]).safe("4", &[(0, "a", "b")]);
    assert_eq!(found.round().0, ["c: 1\na: x\n"], "two inserts at one point have no order");
}

#[test]
fn a_fix_is_made_whole_or_not_at_all() {
    let found = Found::new(&["a: x\n", "b: y\n"]);
    let found = found.safe("good", &[(0, "x", "z"), (1, "y", "z")]);
    assert_eq!(found.round().0, ["a: z\n", "b: z\n"]);
    let found = Found::new(&["a: x\nc: 1\n", "b: y\n"]);
    let found = found.safe("bad", &[(1, "y", "z"), (0, "x", "[")]);
    let (texts, left_out) = found.round();
    assert_eq!(texts, ["a: x\nc: 1\n", "b: y\n"]);
    assert_eq!(left_out, [("bad".to_owned(), Reason::Unproven)]);
}

#[test]
fn one_that_cannot_be_made_does_not_stop_the_others() {
    let text: String = (0..60).map(|at| format!("k{at}e: v{at}e\n")).collect();
    let mut found = Found::new(&[&text]);
    for at in 0..60 {
        let (old, bad) = (format!("v{at}e"), at % 7 == 3);
        found = found.safe(&old, &[(0, &old, if bad { "{" } else { "new" })]);
    }
    let (texts, left_out) = found.round();
    let expected: String = (0..60)
        .map(|at| if at % 7 == 3 { format!("k{at}e: v{at}e\n") } else { format!("k{at}e: new\n") })
        .collect();
    assert_eq!(texts, [expected]);
    assert_eq!(left_out.len(), 9);
}

#[test]
fn byte_order_marks_and_line_ends_stay() {
    let found = Found::new(&["\u{feff}a: x  \r\n# c\r\nb: é"]);
    let found = found.safe("é", &[(0, "é", "e")]).safe("x", &[(0, "x", "y")]);
    assert_eq!(found.round().0, ["\u{feff}a: y  \r\n# c\r\nb: e"]);
}

#[test]
fn what_must_not_be_edited_is_not() {
    let mut found = Found::new(&["a: x\n"; 3]);
    found.world.write("1.yaml", b"a: x\xff\n".to_vec());
    for gone_or_closed in ["8.yaml", "9.yaml"] {
        found.ids.push(found.files.add(gone_or_closed));
    }
    found.world.write("9.yaml", "a: x\n");
    let found = found
        .safe("no UTF-8", &[(1, "a", "b")])
        .safe("gone", &[(3, "a", "b")])
        .safe("closed", &[(4, "a", "b")])
        .safe("also closed", &[(0, "a", "b"), (4, "a", "b")])
        .safe("beyond the end", &[(0, "something longer", "b")])
        .find(Level::Error, "a guess", Fix::guess("x"), &[(2, "x", "y")]);
    let (texts, left_out) = found.round();
    assert_eq!([&texts[0], &texts[2]], ["a: x\n"; 2]);
    let reasons: Vec<_> = left_out.iter().map(|(name, reason)| (name.as_str(), *reason)).collect();
    let expected = [
        ("beyond the end", Reason::Unproven),
        ("no UTF-8", Reason::Undecoded),
        ("gone", Reason::Undecoded),
    ];
    assert_eq!(reasons, expected);
}

#[test]
fn a_fix_that_fixes_nothing_is_undone_and_left_out() {
    let found = Found::new(&["a: x\nb: y\n"]);
    let found = found.safe("stays", &[(0, "x", "z")]).safe("goes", &[(0, "y", "z")]);
    let (world, files, findings) = found.finish();
    let again = Found::new(&["a: z\nb: z\n"]).safe("stays", &[(0, "z", "z")]).finish().2;
    let wanted = Wanted { unsafe_fixes: false, level: Level::Info, may_change: &|_| true };
    let mut fixer = Fixer::new(&wanted);
    let round = fixer.round(&findings, &files, &world).unwrap().unwrap();
    assert!(!fixer.accept(&round, &again, &files));
    let round = fixer.round(&findings, &files, &world).unwrap().unwrap();
    let texts: Vec<_> = round.texts().collect();
    assert_eq!(texts, [("0.yaml".to_owned(), b"a: x\nb: z\n".to_vec())]);
    let left = Found::new(&["a: x\nb: z\n"]).safe("stays", &[(0, "x", "z")]).finish().2;
    assert!(fixer.accept(&round, &left, &files));
    // What was left out is tried again, in the other text, and does not fix there either.
    let round = fixer.round(&left, &files, &world).unwrap().unwrap();
    assert!(!fixer.accept(&round, &left, &files));
    assert!(fixer.round(&left, &files, &world).unwrap().is_none());
    let fixed = fixer.finish(&left, &files);
    assert_eq!((fixed.count, fixed.finished, fixed.left_out.len()), (1, true, 1));
    assert_eq!(fixed.left_out[0].reason, Reason::StillFound);
}
