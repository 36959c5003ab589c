//! What GitHub's runner and its kin find in a log, written anew from how the runner is described:
//! a command is `::name properties::message` at the start of a line after white space, or
//! `##[name properties]message` anywhere in it.

use std::collections::BTreeMap;

/// A command that was found in a log.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Command {
    pub(crate) name: String,
    pub(crate) properties: BTreeMap<String, String>,
    pub(crate) message: String,
}

/// The commands in a log, of whatever name: a runner takes only those it knows, but which these are
/// is not ours to guess. Only a name that begins with `:` is none; the path of a second file stands
/// behind ` ::: `.
pub(crate) fn commands(log: &str) -> Vec<Command> {
    log.split(['\n', '\r']).filter_map(|line| new_form(line).or_else(|| old_form(line))).collect()
}

fn new_form(line: &str) -> Option<Command> {
    let (head, message) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    (!name.starts_with(':')).then(|| command(name, properties, ',', message))
}

/// Other runners have other names in the old form: `##vso[task.complete]`, `##teamcity[...]`.
fn old_form(line: &str) -> Option<Command> {
    line.match_indices("##").find_map(|(at, _)| {
        let rest = line[at..].trim_start_matches('#');
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let (head, message) = rest.strip_prefix('[')?.split_once(']')?;
        let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
        Some(command(name, properties, ';', message))
    })
}

fn command(name: &str, properties: &str, between: char, message: &str) -> Command {
    let properties = properties.split(between).filter_map(|property| property.split_once('='));
    let decoded = |text: &str| {
        let text = text.replace("%0D", "\r").replace("%0A", "\n");
        text.replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
    };
    Command {
        name: name.to_lowercase(),
        properties: properties
            .map(|(key, value)| (key.trim().to_owned(), decoded(value)))
            .collect(),
        message: message.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%"),
    }
}

#[test]
fn both_forms_are_found() {
    let names =
        |log: &str| commands(log).into_iter().map(|command| command.name).collect::<Vec<_>>();
    assert_eq!(names(" \u{3000}::Error file=a::x"), ["error"]);
    assert_eq!(names("12 | x ##[group]y\n###vso[task.complete]"), ["group", "task.complete"]);
    assert_eq!(names("x ::error::y\n #[error]\n:error::x"), [""; 0]);
    let found = &commands("::error file=a%2Cb,line=1::x%0A%25")[0];
    assert_eq!((&*found.properties["file"], &*found.message), ("a,b", "x\n%"));
}
