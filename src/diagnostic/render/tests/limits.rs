//! What services take, and what is printed where there is more.

use serde_json::Value;

use super::*;

/// So many findings of each level, a line each, the best levels first.
fn many(infos: u32, warnings: u32, errors: u32) -> Project {
    let all = infos + warnings + errors;
    let mut project = Project::new(&[("a.yaml", &"x\n".repeat(all as usize))]);
    let file = project.file("a.yaml");
    for at in 0..all {
        let level = match at {
            at if at < infos => Level::Info,
            at if at < infos + warnings => Level::Warning,
            _ => Level::Error,
        };
        let location = Location::new(file, Span::at(at * 2));
        project.sink.push(level, Diagnostic::new("code", location, format!("finding {at}")));
    }
    project
}

#[test]
fn github_gets_ten_annotations_of_a_kind_the_worst_first_and_how_many_more_there_are() {
    let log = many(3, 25, 12).print("github");
    let names: Vec<_> = runner::commands(&log).into_iter().map(|command| command.name).collect();
    let expected = [["error"; 10].as_slice(), &["warning"; 10], &["notice"; 3]].concat();
    assert_eq!(names, expected);
    let rest: Vec<_> = log.lines().filter(|line| !line.starts_with("::")).collect();
    assert_eq!(rest, ["... and 17 more: GitHub shows 10 annotations of a kind"]);
}

#[test]
fn an_annotation_has_columns_only_within_one_line() {
    let mut project = Project::new(&[("a.yaml", "a: b\nc: d\n")]);
    let (one, two) = (project.at("a.yaml", "b"), project.at("a.yaml", "b\nc"));
    project.sink.push(Level::Error, Diagnostic::new("code", one, "x"));
    project.sink.push(Level::Error, Diagnostic::new("code", two, "y"));
    let found = runner::commands(&project.print("github"));
    let place = |at: usize| {
        ["line", "col", "endLine", "endColumn"]
            .map(|key| found[at].properties.get(key).map(|at| &**at))
    };
    assert_eq!(place(0), [Some("1"), Some("4"), Some("1"), Some("5")]);
    assert_eq!(place(1), [Some("1"), None, Some("2"), None]);
}

#[test]
fn sarif_has_the_worst_results_that_github_takes_and_says_what_is_left_out() {
    let sarif: Value = serde_json::from_str(&many(20_000, 4_000, 3_000).print("sarif")).unwrap();
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().unwrap();
    let count = |level: &str| results.iter().filter(|result| result["level"] == level).count();
    assert_eq!(["error", "warning", "note"].map(count), [3_000, 4_000, 18_000]);
    assert_eq!(results[0]["message"]["text"], "finding 24000");
    let notes = &run["invocations"][0]["toolExecutionNotifications"];
    assert!(
        notes[0]["message"]["text"].as_str().unwrap().starts_with("3000 errors, 4000 warnings")
    );
    assert_eq!(notes[1]["message"]["text"], "2000 results beyond the limit of 25000 are left out");
}

#[test]
fn a_message_of_sarif_has_no_link() {
    let mut project = Project::new(&[("a.yaml", "x")]);
    let at = project.at("a.yaml", "x");
    project.sink.push(Level::Error, Diagnostic::new("code", at, "`[a..b]` [x](https://x.example)"));
    let sarif: Value = serde_json::from_str(&project.print("sarif")).unwrap();
    let message = &sarif["runs"][0]["results"][0]["message"]["text"];
    assert_eq!(message, r"`[a..b]` [x]\(https://x.example)");
}

#[test]
fn a_page_is_never_longer_than_its_room_and_counts_what_does_not_fit() {
    let page = many(0, 2_000, 1).print("markdown");
    assert!((59_000..=60_000).contains(&page.len()), "{} bytes", page.len());
    let shown = page.matches("[code]: finding").count();
    assert!(page.contains("error[code]: finding 2000"), "{page}");
    let more = format!("\n... and {} more; `eventc check", 2_001 - shown);
    assert!(page.contains(&more), "{shown} shown: {page}");
    assert!(page.starts_with("### eventc\n\n1 error, 2000 warnings in 1 file\n"), "{page}");
}

#[test]
fn junit_counts_a_clean_file_and_fails_only_for_errors() {
    let mut project = Project::new(&[("c.yaml", "x"), ("a.yaml", "x"), ("b.yaml", "x")]);
    let (warned, wrong) = (project.at("a.yaml", "x"), project.at("b.yaml", "x"));
    project.sink.push(Level::Warning, Diagnostic::new("first", warned, "maybe"));
    project.sink.push(Level::Warning, Diagnostic::new("first", wrong, "maybe"));
    project.sink.push(Level::Error, Diagnostic::new("second", wrong, "<no>"));
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="eventc" tests="4" failures="1" errors="0" skipped="0">
<testsuite name="a.yaml" tests="1" failures="0" errors="0" skipped="0">
<testcase name="first" classname="a.yaml" file="a.yaml"><system-out>
1:1: warning: maybe
</system-out></testcase>
</testsuite>
<testsuite name="b.yaml" tests="2" failures="1" errors="0" skipped="0">
<testcase name="first" classname="b.yaml" file="b.yaml"><system-out>
1:1: warning: maybe
</system-out></testcase>
<testcase name="second" classname="b.yaml" file="b.yaml"><failure type="error" message="&lt;no&gt;">
1:1: error: &lt;no&gt;
</failure></testcase>
</testsuite>
<testsuite name="c.yaml" tests="1" failures="0" errors="0" skipped="0">
<testcase name="every-rule" classname="c.yaml" file="c.yaml"/>
</testsuite>
</testsuites>
"#;
    assert_eq!(project.print("junit"), expected);
}

#[test]
fn reviewdog_gets_columns_in_bytes_and_the_edits_of_the_file() {
    let mut project = Project::new(&[("a.yaml", "é: GOV\n")]);
    let at = project.at("a.yaml", "GOV");
    let fix = Fix::guess("did you mean `REB`?").replace(at, "REB");
    let diagnostic = Diagnostic::new("code", at, "x").label("here").fix(fix);
    project.sink.push(Level::Error, diagnostic);
    let line: Value = serde_json::from_str(&project.print("rdjsonl")).unwrap();
    let range = |start: u32, end: u32| {
        let point = |column| serde_json::json!({"line": 1, "column": column});
        serde_json::json!({"start": point(start), "end": point(end)})
    };
    let expected = serde_json::json!({
        "message": "```text\nx\nhere\nhelp: did you mean `REB`?\n```",
        "location": {"path": "a.yaml", "range": range(5, 8)},
        "severity": "ERROR",
        "source": {"name": "eventc"},
        "code": {"value": "code"},
        "suggestions": [{"range": range(5, 8), "text": "REB"}],
    });
    assert_eq!(line, expected);
}
