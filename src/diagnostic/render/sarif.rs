//! SARIF 2.1.0, for GitHub's code scanning and most editors and services.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Edit, Fingerprint, Fix, Level};
use crate::source::{FileId, Location};

use super::json_writer::{Streamed, write_json};
use super::{Format, Printer, Report, RulePage, Texts};

pub(super) const FORMAT: Format = Format {
    name: "sarif",
    doc: "SARIF 2.1.0 for code scanning, with fingerprints and fixes",
    printer: Printer::Output(write),
};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Most results of a run. GitHub refuses a file with more.
const RESULTS: usize = 25_000;

/// Most places of a result. GitHub keeps this many, and refuses a file with ten times as many.
const PLACES: usize = 100;

#[derive(Serialize)]
struct Log<R: Serialize> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [R; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<R: Serialize> {
    tool: Value,
    invocations: [Value; 1],
    column_kind: &'static str,
    results: R,
}

/// Prints the results, the worst level first.
fn write(out: &mut dyn Write, report: &Report<'_>, texts: &mut Texts<'_>) -> io::Result<()> {
    let worst_first = report.worst_first();
    let shown = worst_first.iter().take(RESULTS);
    let left_out = worst_first.len() - shown.len();
    let scope = report.scope();
    let rules = scope.rules;
    let run = Run {
        tool: tool(rules, scope.address),
        invocations: [invocation(&report.summary_line(), left_out)],
        column_kind: "unicodeCodePoints",
        results: Streamed::new(shown.map(|(name, each)| result(*name, each, rules, texts))),
    };
    write_json(out, &Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
}

fn tool(rules: &[RulePage], address: Option<&str>) -> Value {
    let rule = |rule: &RulePage| {
        json!({
            "id": rule.name,
            "shortDescription": {"text": rule.summary},
            "help": {"text": rule.page, "markdown": rule.page},
            "defaultConfiguration": {"level": level(rule.level)},
        })
    };
    let version = env!("CARGO_PKG_VERSION");
    let mut driver = json!({
        "name": "eventc",
        "version": version,
        "semanticVersion": version,
        "rules": rules.iter().map(rule).collect::<Vec<_>>(),
    });
    if let Some(address) = address {
        driver["informationUri"] = address.into();
    }
    json!({"driver": driver})
}

/// The invocation: what was checked, and what was left out.
fn invocation(summary: &str, left_out: usize) -> Value {
    let note = |level: &str, text: &str| json!({"level": level, "message": {"text": text}});
    let mut notes = vec![note("note", summary)];
    if left_out > 0 {
        let text = format!("{left_out} results beyond the limit of {RESULTS} are left out");
        notes.push(note("warning", &text));
    }
    json!({"executionSuccessful": true, "toolExecutionNotifications": notes})
}

fn result(
    fingerprint: Fingerprint,
    diagnostic: &Diagnostic,
    rules: &[RulePage],
    texts: &mut Texts<'_>,
) -> Value {
    let mut result = json!({
        "ruleId": diagnostic.rule,
        "level": level(diagnostic.level),
        "message": message(&words(diagnostic)),
        "locations": [{"physicalLocation": place(diagnostic.location, texts)}],
        "partialFingerprints": {"eventcFingerprint/v1": fingerprint.to_string()},
    });
    if let Some(index) = rules.iter().position(|rule| rule.name == diagnostic.rule) {
        result["ruleIndex"] = index.into();
    }
    let related = (1..=PLACES).zip(&diagnostic.labels).map(|(id, label)| {
        json!({
            "id": id,
            "message": message(label.message.as_str()),
            "physicalLocation": place(label.location, texts),
        })
    });
    let related: Vec<_> = related.collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    if let Some(fix) = diagnostic.fix.as_ref().and_then(|fix| fixed(fix, texts)) {
        result["fixes"] = json!([fix]);
    }
    result
}

/// The message, the label and the help, one line each.
fn words(diagnostic: &Diagnostic) -> String {
    let mut words = diagnostic.message.to_string();
    if let Some(label) = &diagnostic.label {
        words.push_str(&format!("\n{label}"));
    }
    for help in diagnostic.all_help() {
        words.push_str(&format!("\nhelp: {help}"));
    }
    words
}

/// A message without links, because SARIF reads `[text](target)` as one.
fn message(text: &str) -> Value {
    json!({"text": text.replace("](", "]\\(")})
}

/// A fix, if it changes something and its files can be read.
fn fixed(fix: &Fix, texts: &mut Texts<'_>) -> Option<Value> {
    let mut files: Vec<FileId> = Vec::new();
    for edit in &fix.edits {
        if !files.contains(&edit.location.file) {
            files.push(edit.location.file);
        }
    }
    let change = |file: FileId| {
        let edits = fix.edits.iter().filter(|edit| edit.location.file == file);
        let replacement = |Edit { location, text }: &Edit| {
            let deleted = region(*location, texts)?;
            Some(json!({"deletedRegion": deleted, "insertedContent": {"text": text}}))
        };
        let replacements: Vec<_> = edits.map(replacement).collect::<Option<_>>()?;
        Some(json!({"artifactLocation": artifact(file, texts), "replacements": replacements}))
    };
    let changes: Vec<_> = files.into_iter().map(change).collect::<Option<_>>()?;
    let fix = json!({"description": message(fix.title.as_str()), "artifactChanges": changes});
    (!changes.is_empty()).then_some(fix)
}

fn place(location: Location, texts: &mut Texts<'_>) -> Value {
    let mut place = json!({"artifactLocation": artifact(location.file, texts)});
    if let Some(region) = region(location, texts) {
        place["region"] = region;
    }
    place
}

fn artifact(file: FileId, texts: &Texts<'_>) -> Value {
    json!({"uri": texts.path_in_repository(file).percent_encoded()})
}

fn region(location: Location, texts: &mut Texts<'_>) -> Option<Value> {
    let (start, end) = texts.positions(location)?;
    Some(json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }))
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}
