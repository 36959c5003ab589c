//! The files of a project as `templates/` holds them, and what is filled in.
//!
//! A line such as `@release unreleased` begins lines for these ways to get eventc alone, and `@end`
//! ends them. `@version@` and its like stand for a value.

use clap::ValueEnum;

use super::super::release::{self, ADDRESS, COMMIT, RUST, VERSION};

/// How the checks that `init` writes get eventc.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Way {
    /// They install the release of this version.
    #[default]
    Release,
    /// They compile it from its git repository, which takes minutes.
    Git,
    /// As `release`, before there is one: what is written says so, and installs nothing.
    #[value(skip)]
    Unreleased,
}

impl Way {
    const fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Unreleased => "unreleased",
            Self::Git => "git",
        }
    }
}

/// What stands for each mark: the values of this eventc.
pub(super) fn values() -> Vec<(&'static str, String)> {
    let repository = if release::is_public() { ADDRESS } else { "" };
    vec![
        ("@version@", VERSION.to_owned()),
        ("@rust@", RUST.to_owned()),
        ("@repository@", repository.to_owned()),
        ("@revision@", COMMIT.unwrap_or_default().to_owned()),
        ("@action@", action(ADDRESS, COMMIT)),
    ]
}

/// The action in a repository, as a workflow names it: by its commit if that is known.
pub(super) fn action(address: &str, commit: Option<&str>) -> String {
    let name = address.trim_start_matches("https://github.com/");
    match commit {
        Some(commit) => format!("{name}@{commit} # v{VERSION}"),
        None => format!("{name}@v{VERSION}"),
    }
}

/// Fills a template: keeps the lines for a way to get eventc, and replaces each mark by its value.
pub(super) fn fill(template: &str, way: Way, values: &[(&str, String)]) -> String {
    let mut text = String::new();
    let mut wanted = true;
    for line in template.split_inclusive('\n') {
        match line.strip_prefix('@') {
            Some(ways) => {
                wanted = ways.split_whitespace().any(|word| word == "end" || word == way.name());
            }
            None if wanted => text.push_str(line),
            None => (),
        }
    }
    values.iter().fold(text, |text, (mark, value)| text.replace(mark, value))
}
