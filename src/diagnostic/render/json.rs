//! One JSON object, for programs. Values are exact.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Edit, Fix, Printable};
use crate::source::{Location, Position};

use super::json_writer::{Streamed, write_json};
use super::{Format, Printer, Report, Summary, Texts, Untrusted};

pub(super) const FORMAT: Format =
    Format { name: "json", doc: "One JSON object, for programs", printer: Printer::Output(write) };

#[derive(Serialize)]
struct Output<'a, D: Serialize> {
    tool: &'static str,
    version: &'static str,
    summary: &'a Summary,
    diagnostics: D,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'static str,
    level: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    /// The label at the finding's own place comes first.
    labels: Vec<Labelled<'a>>,
    /// The title of the fix comes first.
    help: Vec<&'a str>,
    fix: Option<Edits<'a>>,
}

#[derive(Serialize)]
struct Labelled<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Edits<'a> {
    safe: bool,
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
struct Replacement<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

/// Lines and columns are null if the file has no text, because it is missing or was removed.
#[derive(Serialize)]
struct Place<'a> {
    file: Untrusted<'a>,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
}

fn write(out: &mut dyn Write, report: &Report<'_>, texts: &mut Texts<'_>) -> io::Result<()> {
    let findings = report.findings().iter();
    let output = Output {
        tool: "eventc",
        version: env!("CARGO_PKG_VERSION"),
        summary: report.summary(),
        diagnostics: Streamed::new(findings.map(|each| finding(each, texts))),
    };
    write_json(out, &output)
}

fn finding<'a, 't: 'a>(diagnostic: &'a Diagnostic, texts: &mut Texts<'t>) -> Finding<'a> {
    let own = diagnostic.label.iter().map(|message| (diagnostic.location, message));
    let others = diagnostic.labels.iter().map(|label| (label.location, &label.message));
    let labels = own.chain(others).map(|(location, message)| Labelled {
        message: message.as_str(),
        place: place(location, texts),
    });
    let labels = labels.collect();
    Finding {
        rule: diagnostic.rule,
        level: diagnostic.level.name(),
        message: diagnostic.message.as_str(),
        place: place(diagnostic.location, texts),
        labels,
        help: diagnostic.all_help().map(Printable::as_str).collect(),
        fix: diagnostic.fix.as_ref().map(|fix| edits(fix, texts)),
    }
}

fn edits<'a, 't: 'a>(fix: &'a Fix, texts: &mut Texts<'t>) -> Edits<'a> {
    let replacement =
        |Edit { location, text }: &'a Edit| Replacement { place: place(*location, texts), text };
    Edits { safe: fix.safe, edits: fix.edits.iter().map(replacement).collect() }
}

fn place<'a>(location: Location, texts: &mut Texts<'a>) -> Place<'a> {
    let file = texts.path(location.file);
    let (start, end) = texts.positions(location).unzip();
    let line = |position: Option<Position>| position.map(|position| position.line);
    let column = |position: Option<Position>| position.map(|position| position.column);
    Place {
        file,
        line: line(start),
        column: column(start),
        end_line: line(end),
        end_column: column(end),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::tests::Project;
    use crate::diagnostic::{Diagnostic, Fix, Level};
    use crate::source::{Location, Span};

    fn printed(project: Project) -> Value {
        serde_json::from_str(&project.print("json")).unwrap()
    }

    #[test]
    fn the_object_has_the_documented_shape() {
        let mut project = Project::new(&[("a.yaml", "é: GOV\n"), ("b.yaml", "- REB\n- REB\n")]);
        let (at, code) = (project.at("a.yaml", "GOV"), project.at("b.yaml", "REB"));
        let gone = Location::new(project.files.add("c.yaml"), Span::new(3, 4));
        let fix = Fix::guess("did you mean `REB`?").replace(at, "REB\n\u{1b}");
        let diagnostic = Diagnostic::new("unknown-code", at, "`GOV` is no code");
        let diagnostic = diagnostic.label("here").also(code, "the list").fix(fix).help("see it");
        project.sink.push(Level::Warning, diagnostic);
        project.sink.push(Level::Error, Diagnostic::new("missing-file", gone, "not there"));
        let own = json!({"file": "a.yaml", "line": 1, "column": 4, "end_line": 1, "end_column": 7});
        let with = |place: &Value, more: Value| {
            let mut all = more;
            let members = place.as_object().unwrap().clone();
            all.as_object_mut().unwrap().extend(members);
            all
        };
        let list =
            json!({"file": "b.yaml", "line": 1, "column": 3, "end_line": 1, "end_column": 6});
        let expected = json!({
            "tool": "eventc",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": {
                "datasets": 0, "files": 3, "events": 0, "drafts": 0, "claims": 0, "rules": 0,
                "errors": 1, "warnings": 1, "infos": 0, "allowed": 0,
            },
            "diagnostics": [
                with(&own, json!({
                    "rule": "unknown-code",
                    "level": "warning",
                    "message": "`GOV` is no code",
                    "labels": [
                        with(&own, json!({"message": "here"})),
                        with(&list, json!({"message": "the list"})),
                    ],
                    "help": ["did you mean `REB`?", "see it"],
                    "fix": {"safe": false, "edits": [with(&own, json!({"text": "REB\n\u{1b}"}))]},
                })),
                {
                    "rule": "missing-file",
                    "level": "error",
                    "message": "not there",
                    "file": "c.yaml", "line": null, "column": null, "end_line": null, "end_column": null,
                    "labels": [],
                    "help": [],
                    "fix": null,
                },
            ],
        });
        assert_eq!(printed(project), expected);
    }

    #[test]
    fn hostile_values_are_exact_and_their_bytes_harmless() {
        let path = "##[error]\u{9b}\u{202e}\u{e0041}\\.yaml";
        let mut project = Project::new(&[(path, "x")]);
        let at = project.at(path, "x");
        project.sink.push(Level::Error, Diagnostic::new("x", at, "y"));
        let json = project.print("json");
        let written = r###""##\u005berror]\u009b\u202e\udb40\udc41\\.yaml""###;
        assert!(json.contains(written), "{json}");
        let value: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["diagnostics"][0]["file"], path);
    }
}
