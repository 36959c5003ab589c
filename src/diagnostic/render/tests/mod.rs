//! What the formats look like.

mod drawing;
mod limits;
mod patch;
mod properties;
mod runner;

use super::*;
use crate::diagnostic::{Diagnostic, Fix, Level, Sink};
use crate::source::{FileId, Files, Location, Span};

/// Files in memory, and the findings in them.
#[derive(Default)]
pub(super) struct Project {
    pub(super) files: Files,
    texts: Vec<(FileId, String)>,
    pub(super) sink: Sink,
}

impl Project {
    pub(super) fn new(texts: &[(&str, &str)]) -> Self {
        let mut project = Self::default();
        for (path, text) in texts {
            let file = project.files.add(*path);
            project.texts.push((file, (*text).to_owned()));
        }
        project
    }

    pub(super) fn file(&self, path: &str) -> FileId {
        let files = self.texts.iter().map(|(file, _)| *file);
        files.into_iter().find(|file| self.files.path(*file) == path).unwrap()
    }

    /// The first `text` in the file at `path`.
    pub(super) fn at(&self, path: &str, text: &str) -> Location {
        let file = self.file(path);
        let start = read(&self.texts, file).unwrap().find(text).unwrap();
        let offset = |at| u32::try_from(at).unwrap();
        Location::new(file, Span::new(offset(start), offset(start + text.len())))
    }

    /// What a format prints, without colour.
    pub(super) fn print(self, format: &str) -> String {
        self.print_in(format, Terminal::NONE)
    }

    fn print_in(self, format: &str, terminal: Terminal) -> String {
        let findings = self.sink.finish(&self.files);
        let scope = Scope { files: self.files.ids().collect(), ..Default::default() };
        let mut texts = Texts::new(&self.files, |file| read(&self.texts, file));
        let mut out = Vec::new();
        let format = Format::named(format).unwrap();
        format.write(&mut out, terminal, &Report::new(&findings, scope), &mut texts).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The finding as `text` shows it.
    fn block(mut self, diagnostic: Diagnostic) -> String {
        self.sink.push(Level::Error, diagnostic);
        self.print("text").strip_suffix('\n').unwrap().to_owned()
    }
}

fn read(texts: &[(FileId, String)], file: FileId) -> Option<String> {
    texts.iter().find(|(of, _)| *of == file).map(|(_, text)| text.clone())
}

#[test]
fn the_worst_hundred_are_shown_and_the_rest_counted() {
    let mut project = Project::new(&[("a.yaml", &"x\n".repeat(103))]);
    let file = project.file("a.yaml");
    for at in 0..103 {
        let level = if at < 101 { Level::Info } else { Level::Error };
        let location = Location::new(file, Span::at(at * 2));
        project.sink.push(level, Diagnostic::new("code", location, format!("x{at}")));
    }
    let shown = project.print("text");
    assert!(shown.starts_with("error[code]: x101\n   --> a.yaml:102:1\n"), "{shown}");
    assert_eq!(shown.matches("error[code]").count(), 2);
    assert_eq!(shown.matches("info[code]").count(), 98);
    let expected = "\n... and 3 more; `--format short` lists them all\n";
    assert!(shown.ends_with(expected), "{shown}");
}

#[test]
fn short_is_a_line_each() {
    let mut project = Project::new(&[("b.yaml", "é: GOV\n"), ("a.yaml", "")]);
    let at = project.at("b.yaml", "GOV");
    let first = Location::new(project.file("a.yaml"), Span::at(0));
    let gone = Location::new(project.files.add("c.yaml"), Span::at(7));
    project.sink.push(Level::Warning, Diagnostic::new("code", at, "`GOV` is\nno code"));
    project.sink.push(Level::Error, Diagnostic::new("empty-file", first, "nothing in it"));
    project.sink.push(Level::Info, Diagnostic::new("missing-file", gone, "not there"));
    let expected = "\
a.yaml:1:1: error[empty-file]: nothing in it
b.yaml:1:4: warning[code]: `GOV` is\\u{a}no code
c.yaml: info[missing-file]: not there
";
    assert_eq!(project.print("short"), expected);
}

#[test]
fn colour_adds_terminal_sequences_and_changes_nothing_else() {
    let project = || {
        let mut project = Project::new(&[("a.yaml", "a: GOV\n")]);
        let at = project.at("a.yaml", "GOV");
        let fix = Fix::guess("write `REB`").replace(at, "REB");
        project.sink.push(Level::Warning, Diagnostic::new("code", at, "x").label("y").fix(fix));
        project
    };
    let styled = project().print_in("text", Terminal { coloured: true, ..Terminal::NONE });
    let stripped: String = styled
        .split('\u{1b}')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('m').unwrap().1 })
        .collect();
    assert!(styled.contains("\u{1b}["));
    assert_eq!(stripped, project().print("text"));
}

#[test]
fn hostile_words_are_shown_and_not_obeyed() {
    let path = "a\u{1b}[2J\n::error::##[x].yaml";
    let project = Project::new(&[(path, "actor: \u{9b}31m##[error]G\u{200b}OV\u{7}\n")]);
    let at = project.at(path, "G\u{200b}OV");
    let hostile = "::error::x\n\u{1b}]8;;x\u{7} ##[error]\u{202e}";
    let fix = Fix::guess(hostile).replace(at, "GOV\n::error::x\t##[x]\u{1b}[0m");
    let diagnostic = Diagnostic::new("code", at, hostile).label(hostile).help(hostile).fix(fix);
    let words = r"\u{3a}:error::x\u{a}\u{1b}]8;;x\u{7} ##\u{5b}error]\u{202e}";
    let expected = format!(
        "\
error[code]: {words}
 --> a\\u{{1b}}[2J\\u{{a}}::error::##\\u{{5b}}x].yaml:1:21
  |
1 | actor: �31m##�error]G�OV␇
  |                     ^^^^ {words}
  |
help: {words}
  |
1 - actor: �31m##�error]G�OV␇
1 + actor: �31m##�error]GOV
2 + ::error::x→##�x]␛[0m␇
  |
help: {words}
"
    );
    assert_eq!(project.block(diagnostic), expected);
}
