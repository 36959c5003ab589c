//! Pages that a reader follows from top to bottom, followed in an empty folder.
//!
//! A block `sh` holds commands, `yaml PATH` a file and `diff PATH` a change of one. A block `text output` shows what the last
//! command printed, and `text fails` what it printed when it found an error. Between
//! `<!-- PATH -->` and `<!-- /PATH -->` stands a table with some columns of a CSV file.
//! `EVENTC_UPDATE=1 cargo test` writes what is shown anew.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::cli::terminal;

#[test]
fn the_quick_start_does_what_it_says() {
    assert!(follow("docs/quickstart.md") > 8);
}

#[test]
fn every_type_of_field_has_the_columns_that_its_page_shows() {
    assert!(follow("docs/fields.md") > 1);
}

/// Follows a page, and returns how many commands were run.
fn follow(path: &str) -> usize {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let page = fs::read_to_string(&path).unwrap();
    let mut reader = Reader::new();
    let mut followed = String::new();
    let mut lines = page.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        followed.push_str(line);
        let (shown, end) = if let Some(info) = line.strip_prefix("```") {
            let text: String =
                std::iter::from_fn(|| lines.next_if(|line| *line != "```\n")).collect();
            (reader.block(info.trim_end(), text), "```\n".to_owned())
        } else if let Some(name) = marked(line) {
            let end = format!("<!-- /{name} -->\n");
            let table: String = std::iter::from_fn(|| lines.next_if(|line| *line != end)).collect();
            (reader.columns(name, &table), end)
        } else {
            continue;
        };
        assert_eq!(lines.next(), Some(&*end), "what begins with {line} does not end");
        followed.push_str(&shown);
        followed.push_str(&end);
    }
    if std::env::var_os("EVENTC_UPDATE").is_some() {
        fs::write(&path, &followed).unwrap();
    } else {
        let page_name = path.display();
        assert_eq!(page, followed, "{page_name}: EVENTC_UPDATE=1 cargo test writes it anew");
    }
    reader.commands
}

/// The name of the part that a comment begins.
fn marked(line: &str) -> Option<&str> {
    line.strip_prefix("<!-- ")?.strip_suffix(" -->\n").filter(|name| name.ends_with(".csv"))
}

/// Who follows a page.
struct Reader {
    /// Where the page begins.
    root: TempDir,
    /// The working directory.
    folder: PathBuf,
    /// What the last command printed, and its status.
    printed: (i32, String),
    commands: usize,
}

impl Reader {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().to_owned();
        Self { root, folder, printed: (0, String::new()), commands: 0 }
    }

    /// Does what a block says, and returns what it should hold.
    fn block(&mut self, info: &str, text: String) -> String {
        match info.split_once(' ').unwrap_or((info, "")) {
            ("sh", "") => text.lines().for_each(|line| self.run(line)),
            ("yaml", path) if !path.is_empty() => {
                let path = self.folder.join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, &text).unwrap();
            }
            ("diff", path) if !path.is_empty() => self.edit(path, &text),
            ("text", "output") => return self.shown(0),
            ("text", "fails") => return self.shown(1),
            _ => {}
        }
        text
    }

    /// Replaces the lines of a file that begin with `-` by those that begin with `+`.
    fn edit(&self, path: &str, diff: &str) {
        let lines = |sign: char| -> String {
            diff.split_inclusive('\n').filter_map(|line| line.strip_prefix(sign)).collect()
        };
        let path = self.folder.join(path);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(&lines('-')).count(), 1, "{diff}");
        fs::write(&path, text.replace(&lines('-'), &lines('+'))).unwrap();
    }

    fn run(&mut self, line: &str) {
        let command = line.split(" #").next().unwrap().trim_end();
        let words: Vec<_> = command
            .split('"')
            .enumerate()
            .flat_map(|(at, part)| match at % 2 {
                0 => part.split_whitespace().collect(),
                _ => vec![part],
            })
            .collect();
        match words[..] {
            ["cd", folder] => self.folder.push(folder),
            ["eventc", ref arguments @ ..] => {
                self.printed = terminal(&self.folder, arguments);
                self.commands += 1;
            }
            _ => panic!("a reader cannot run `{line}`"),
        }
    }

    /// What the last command printed, without the folder that it ran in.
    fn shown(&self, status: i32) -> String {
        assert_eq!(self.printed.0, status, "{}", self.printed.1);
        self.printed.1.replace(&format!("{}/", self.root.path().display()), "")
    }

    /// The columns of a CSV file that the header of a table names.
    fn columns(&self, path: &str, table: &str) -> String {
        let mut csv = csv::Reader::from_path(self.folder.join(path)).unwrap();
        let header = csv.headers().unwrap().clone();
        let (names, ruler) = (table.lines().next().unwrap(), table.lines().nth(1).unwrap());
        let named = names.trim_matches('|').split('|').map(|name| name.trim().trim_matches('`'));
        let at: Vec<_> =
            named.map(|name| header.iter().position(|known| known == name).expect(name)).collect();
        let rows = csv.records().map(|row| {
            let row = row.unwrap();
            let cells: Vec<_> = at.iter().map(|at| row[*at].replace('|', "\\|")).collect();
            format!("| {} |\n", cells.join(" | "))
        });
        format!("{names}\n{ruler}\n{}", rows.collect::<String>())
    }
}
