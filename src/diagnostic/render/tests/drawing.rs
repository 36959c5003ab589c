//! Places in snippets.

use super::*;

const RECORD: &str = "datasets/iraq/events/2019-08-20-balad.yaml";
const CODEBOOK: &str = "schema/codebook.yaml";

#[test]
fn labels_in_the_same_file_and_in_another() {
    let text = "\
id: 2019-08-20-balad
actor: {code: ISRMIL, certainty: confirmed}
date: 2019-08-20
claims:
  - by: The New York Times
    at: https://example.org
    quoting: anonymous
    says: {actor: ISRMIL}
  - {by: IRQMIL, says: {action: ACCIDENT.storage}}
";
    let codebook =
        "name: eventc\nlevels:\n  confirmed: {origins: 2, claimants: 2, unopposed: true}\n";
    let project = Project::new(&[(RECORD, text), (CODEBOOK, codebook)]);
    let [at, support, opposition] = ["confirmed", "{actor: ISRMIL}", "{action: ACCIDENT.storage}"]
        .map(|text| project.at(RECORD, text));
    let policy = project.at(CODEBOOK, "confirmed: {origins: 2, claimants: 2, unopposed: true}");
    let diagnostic = Diagnostic::new(
        "unsupported-certainty",
        at,
        "actor `ISRMIL` is coded `confirmed`, but its claims support only `possible`",
    )
    .label("needs 2 origins, 2 claimants and no opposition")
    .also(support, "1 origin (The New York Times), anonymous")
    .also(opposition, "opposes every actor")
    .also(policy, "the policy")
    .help("code `possible`, add the claims that confirm it, or give the reason as `because:`");
    let expected = "\
error[unsupported-certainty]: actor `ISRMIL` is coded `confirmed`, but its claims support only `possible`
 --> datasets/iraq/events/2019-08-20-balad.yaml:2:34
  |
2 | actor: {code: ISRMIL, certainty: confirmed}
  |                                  ^^^^^^^^^ needs 2 origins, 2 claimants and no opposition
...
8 |     says: {actor: ISRMIL}
  |           --------------- 1 origin (The New York Times), anonymous
9 |   - {by: IRQMIL, says: {action: ACCIDENT.storage}}
  |                        -------------------------- opposes every actor
  |
 ::: schema/codebook.yaml:3:3
  |
3 |   confirmed: {origins: 2, claimants: 2, unopposed: true}
  |   ------------------------------------------------------ the policy
help: code `possible`, add the claims that confirm it, or give the reason as `because:`
";
    assert_eq!(project.block(diagnostic), expected);
}

#[test]
fn places_far_apart_are_drawn_one_below_the_other_and_gutters_line_up() {
    let sources = format!("{}- id: nyt\n{}- id: nyt\n", "\n".repeat(6), "- id: x\n".repeat(2000));
    let project = Project::new(&[(CODEBOOK, &sources)]);
    let first = project.at(CODEBOOK, "nyt");
    let second = Location::new(first.file, Span::new(16_022, 16_025));
    let fix =
        Fix::safe("remove one").replace(Location::new(first.file, Span::new(16_016, 16_026)), "");
    let diagnostic = Diagnostic::new("duplicate-id", first, "`nyt` is twice in the register")
        .also(second, "again")
        .fix(fix);
    let expected = "\
error[duplicate-id]: `nyt` is twice in the register
    --> schema/codebook.yaml:7:7
     |
   7 | - id: nyt
     |       ^^^
     |
    ::: schema/codebook.yaml:2008:7
     |
2008 | - id: nyt
     |       --- again
     |
help: remove one
     |
2008 - - id: nyt
     |
";
    assert_eq!(project.block(diagnostic), expected);
}

#[test]
fn places_at_the_edge_of_a_text() {
    let cases = [
        ("a: 1", (9, 20), "1:5\n  |\n1 | a: 1\n  |     ^ here"),
        ("a: 1", (4, 4), "1:5\n  |\n1 | a: 1\n  |     ^ here"),
        ("a: 1\n", (5, 5), "2:1\n  |\n2 |\n  | ^ here"),
        ("a: 1\n", (4, 5), "1:5\n  |\n1 | a: 1\n  |     ^ here"),
        ("a: 1\r\nb: 2\r\n", (0, 6), "1:1\n  |\n1 | a: 1\n  | ^^^^ here"),
        (
            "a: 1\r\nb: 2\r\n",
            (3, 10),
            "1:4\n  |\n1 |   a: 1\n  |  ____^\n2 | | b: 2\n  | |____^ here",
        ),
        ("", (0, 0), "1:1\n  |\n1 |\n  | ^ here"),
        ("", (3, 7), "1:1\n  |\n1 |\n  | ^ here"),
        ("é: 1", (1, 1), "1:1\n  |\n1 | é: 1\n  | ^ here"),
        ("a: 1", (3, 1), "1:4\n  |\n1 | a: 1\n  |    ^ here"),
    ];
    for (text, (start, end), expected) in cases {
        let project = Project::new(&[("a.yaml", text)]);
        let at = Location::new(project.file("a.yaml"), Span::new(start, end));
        let shown = project.block(Diagnostic::new("edge", at, "x").label("here"));
        assert_eq!(
            shown,
            format!("error[edge]: x\n --> a.yaml:{expected}\n"),
            "{text:?} {start}..{end}"
        );
    }
}

#[test]
fn a_place_behind_the_last_line_break_stands_on_a_line_of_its_own() {
    let project = Project::new(&[("a.yaml", "\n\n\n\n\n\n\n\nactor: {\n")]);
    let end = Location::new(project.file("a.yaml"), Span::at(17));
    let diagnostic = Diagnostic::new("yaml-syntax", end, "a mapping is not closed");
    let expected = "\
error[yaml-syntax]: a mapping is not closed
  --> a.yaml:10:1
   |
 9 | actor: {
   |        - it opens here
10 |
   | ^ and the file ends
";
    let opening = project.at("a.yaml", "{");
    let diagnostic = diagnostic.label("and the file ends").also(opening, "it opens here");
    assert_eq!(project.block(diagnostic), expected);
}

#[test]
fn underlines_meet_what_they_underline_in_any_script_and_behind_tabs() {
    let cases = [
        ("地点: 巴拉德 GOV", "1:9", "地点: 巴拉德 GOV", "             ^^^"),
        ("مكان: بلد GOV", "1:11", "مكان: بلد GOV", "          ^^^"),
        ("\ta:\tGOV", "1:5", "→a:→GOV", "    ^^^"),
        ("a: \u{1b}[31m\u{202e}GOV", "1:10", "a: ␛[31m�GOV", "         ^^^"),
        ("a: ##[error]GOV", "1:13", "a: ##�error]GOV", "            ^^^"),
    ];
    for (text, position, line, underline) in cases {
        let project = Project::new(&[("a.yaml", text)]);
        let at = project.at("a.yaml", "GOV");
        let expected =
            format!("error[code]: x\n --> a.yaml:{position}\n  |\n1 | {line}\n  | {underline}\n");
        assert_eq!(project.block(Diagnostic::new("code", at, "x")), expected);
    }
}

#[test]
fn long_lines_and_long_places_are_cut() {
    let text = format!("{}GOV{}", "x".repeat(5_000), "y".repeat(50_000));
    let project = Project::new(&[("a.yaml", &text)]);
    let at = project.at("a.yaml", "GOV");
    let rest = Location::new(at.file, Span::new(5_003, 55_003));
    let fix = Fix::guess("did you mean `REB`?").replace(at, "REB");
    let shown = project.block(Diagnostic::new("code", at, "x").also(rest, "rest").fix(fix));
    assert!(shown.lines().all(|line| line.chars().count() <= 142), "{shown}");
    for expected in ["a.yaml:1:5001\n", "xxxGOVyyy", "xxxREByyy", "^^^-----", "- rest"] {
        assert!(shown.contains(expected), "{expected} in\n{shown}");
    }
}

#[test]
fn places_far_to_the_right_are_named_and_not_drawn() {
    let text = format!("a\n{}GOV", "x".repeat(50_000));
    let project = Project::new(&[("a.yaml", &text)]);
    let (first, far) = (project.at("a.yaml", "a"), project.at("a.yaml", "GOV"));
    let expected = "\
error[code]: x
 --> a.yaml:2:50001
  |
 ::: a.yaml:1:1
  |
1 | a
  | - first
  |
  = note: here
  = note: a.yaml:2:50001: again
";
    let diagnostic = Diagnostic::new("code", far, "x").label("here").also(first, "first");
    assert_eq!(project.block(diagnostic.also(far, "again")), expected);
}

#[test]
fn a_file_that_is_gone_is_named_without_a_line() {
    let mut project = Project::new(&[("a.yaml", "a: 1\n")]);
    let gone = Location::new(project.files.add("gone.yaml"), Span::new(3, 5));
    let here = project.at("a.yaml", "a");
    let diagnostic =
        Diagnostic::new("missing-file", gone, "x").label("not there").also(here, "named here");
    let expected = "\
error[missing-file]: x
 --> gone.yaml
  |
 ::: a.yaml:1:1
  |
1 | a: 1
  | - named here
  |
  = note: not there
";
    assert_eq!(project.block(diagnostic), expected);

    let mut project = Project::new(&[("a.yaml", "a: 1\n")]);
    let gone = Location::new(project.files.add("gone.yaml"), Span::new(3, 5));
    let here = project.at("a.yaml", "a");
    let fix = Fix::safe("write it").replace(gone, "x");
    project.sink.push(Level::Error, Diagnostic::new("x", here, "y").also(gone, "z").fix(fix));
    project.sink.push(Level::Info, Diagnostic::new("x", gone, "y"));
    let expected = "\
error[x]: y
 --> a.yaml:1:1
  |
1 | a: 1
  | ^
  |
  = note: gone.yaml: z
help: write it

info[x]: y
 --> gone.yaml

";
    assert_eq!(project.print("text"), expected);
}
