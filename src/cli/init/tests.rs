//! What `init` writes for each way to get eventc.

use super::template::{Way, fill, values};
use super::{FILES, warning};
use crate::cli::release::{self, VERSION};

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// The files of a project, one after another, as written with a public address.
fn written(way: Way) -> String {
    let mut values = values();
    for (mark, value) in &mut values {
        match *mark {
            "@repository@" => *value = "https://github.com/owner/name".to_owned(),
            "@revision@" => *value = COMMIT.to_owned(),
            "@action@" => {
                *value = super::template::action("https://github.com/owner/name", Some(COMMIT));
            }
            _ => (),
        }
    }
    FILES.iter().map(|(_, text)| fill(text, way, &values)).collect()
}

#[test]
fn a_release_is_installed_by_its_version_and_its_action_pinned_by_its_commit() {
    let text = written(Way::Release);
    assert!(text.contains(&format!("      - uses: owner/name@{COMMIT} # v{VERSION}\n")), "{text}");
    let installed = text.matches(&format!("eventc=={VERSION}")).count();
    assert_eq!(installed, text.matches("eventc==").count());
    assert!(installed >= 3, "GitLab, the hook and the README install it: {installed}");
    for absent in ["cargo", "EVENTC_", "release yet"] {
        assert!(!text.contains(absent), "{absent}");
    }
}

/// Until there is a release, a package of the name is somebody else's.
#[test]
fn without_a_release_nothing_is_installed_and_every_file_says_so() {
    let text = written(Way::Unreleased);
    assert!(!text.contains("eventc=="), "{text}");
    for line in text.lines().filter(|line| line.contains("pip install")) {
        assert!(!line.contains("eventc"), "{line}");
    }
    let said = text.matches("release yet").count();
    assert_eq!(said, 3, "the workflow, the GitLab job and the README");
    assert!(warning(Way::Unreleased).is_some_and(|line| line.contains("--from git")));
}

#[test]
fn from_git_the_address_and_commit_are_written_where_they_are_known() {
    let text = written(Way::Git);
    let known = [
        "EVENTC_REPOSITORY: \"https://github.com/owner/name\"".to_owned(),
        format!("EVENTC_REVISION: \"{COMMIT}\""),
    ];
    for line in known {
        assert_eq!(text.matches(&line).count(), 2, "{line}");
    }
    for absent in ["eventc==", "owner/name@", "release yet"] {
        assert!(!text.contains(absent), "{absent}");
    }
    assert_eq!(warning(Way::Git).is_none(), release::is_public() && release::COMMIT.is_some());
}

#[test]
fn no_mark_is_left() {
    for way in [Way::Release, Way::Unreleased, Way::Git] {
        let left = written(way);
        let left = left.lines().find(|line| {
            line.starts_with('@') || values().iter().any(|(mark, _)| line.contains(mark))
        });
        assert_eq!(left, None, "{way:?}");
    }
}
