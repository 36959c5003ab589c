//! Patches.

use super::Project;
use crate::diagnostic::{Diagnostic, Fix};
use crate::source::{Location, Span};

const RECORD: &str = "datasets/iraq/events/2019-08-20-balad.yaml";
const CODEBOOK: &str = "schema/codebook.yaml";

#[test]
fn a_finding_with_a_patch() {
    let text = "id: 2019-08-20-balad\n\naction: ASSUALT.aerial # sic\n";
    let project = Project::new(&[(RECORD, text)]);
    let at = project.at(RECORD, "ASSUALT.aerial");
    let fix = Fix::guess("did you mean `ASSAULT.aerial` (an attack from the air)?");
    let diagnostic =
        Diagnostic::new("unknown-code", at, "`ASSUALT.aerial` is not an action of plover 2.0")
            .label("not in the list")
            .fix(fix.replace(at, "ASSAULT.aerial"))
            .help("`eventc codes plover` lists the actions");
    let expected = "\
error[unknown-code]: `ASSUALT.aerial` is not an action of plover 2.0
 --> datasets/iraq/events/2019-08-20-balad.yaml:3:9
  |
3 | action: ASSUALT.aerial # sic
  |         ^^^^^^^^^^^^^^ not in the list
  |
help: did you mean `ASSAULT.aerial` (an attack from the air)?
  |
3 - action: ASSUALT.aerial # sic
3 + action: ASSAULT.aerial # sic
  |
help: `eventc codes plover` lists the actions
";
    assert_eq!(project.block(diagnostic), expected);
}

#[test]
fn patches_of_several_lines_and_files_show_only_the_lines_that_change() {
    let text = "a: 1\r\nb: 2\r\nc: 3\r\n";
    let project = Project::new(&[(RECORD, text), (CODEBOOK, "x: 1")]);
    let point = |path, at| Location::new(project.file(path), Span::at(at));
    let at = project.at(RECORD, "b: 2");
    let fix = Fix::safe("sort them")
        .replace(project.at(RECORD, "a: 1\r\n"), "")
        .replace(point(RECORD, 12), "a: 10\r\n")
        .replace(point(RECORD, 18), "d: 4\n")
        .replace(point(CODEBOOK, 99), "\ny: 2\n");
    let expected = "\
error[order]: keys are not in order
 --> datasets/iraq/events/2019-08-20-balad.yaml:2:1
  |
2 | b: 2
  | ^^^^
  |
help: sort them
  |
1 - a: 1
3 + a: 10
4 + d: 4
  |
 --> schema/codebook.yaml:1:5
  |
2 + y: 2
  |
";
    assert_eq!(
        project.block(Diagnostic::new("order", at, "keys are not in order").fix(fix)),
        expected
    );
}

#[test]
fn of_edits_that_overlap_the_first_is_shown() {
    let project = Project::new(&[("a.yaml", "actor: GOV\n")]);
    let at = |start, end| Location::new(project.file("a.yaml"), Span::new(start, end));
    let fix = Fix::safe("write it").replace(at(8, 9), "x").replace(at(7, 10), "REB");
    let diagnostic = Diagnostic::new("code", at(7, 10), "x").fix(fix);
    let shown = project.block(diagnostic);
    assert!(shown.ends_with("1 - actor: GOV\n1 + actor: REB\n  |\n"), "{shown}");
}
