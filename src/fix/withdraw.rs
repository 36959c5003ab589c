//! Withdraws every fix that could do harm, before anybody sees it.

use std::collections::BTreeMap;

use super::choice::Choice;
use super::edited::Edited;
use super::nodes::Nodes;
use super::proof;
use crate::diagnostic::{Diagnostic, Edit, Findings, Fix};
use crate::source::{FileId, Files, ReadError, SourceText, Span, Spanned, World};
use crate::syntax::{self, Content, Node, Stream, SyntaxDefect};
use crate::value;

/// Bytes that may be parsed again to prove what is offered in one file. A record has a few thousand, and
/// is read once for each of its syntax errors.
const PROOF_BYTES: usize = 4 * 1024 * 1024;

/// What the project knows about the texts that fixes replace.
pub struct KnownNames<'k> {
    /// The rule whose findings are of text that is not YAML.
    pub syntax_rule: &'static str,
    /// Whether there is a project as it was before a change.
    pub has_before: bool,
    /// Whether a change renamed or removed this id, so that writing it is not a misspelling.
    pub is_gone: &'k dyn Fn(&str) -> bool,
    /// Whether two texts both name something of one kind, so that replacing one by the other would
    /// change what a record says.
    pub both_mean: &'k dyn Fn(&str, &str) -> bool,
}

/// Takes back the fixes that break a rule of `docs/fixes.md`: those of syntax errors that are not
/// proven to leave all else as it was, and those that put a value in the place of another that means
/// something, or make two entries of a list equal.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn withdraw(
    findings: &mut Findings,
    files: &Files,
    world: &dyn World,
    known: &KnownNames<'_>,
) -> Result<(), ReadError> {
    let mut by_file: BTreeMap<FileId, Vec<&mut Diagnostic>> = BTreeMap::new();
    let is_concerned = |finding: &Diagnostic| finding.fix.is_some() || known.has_before;
    for finding in findings.iter_mut().filter(|finding| is_concerned(finding)) {
        by_file.entry(finding.location.file).or_default().push(finding);
    }
    for (file, found) in by_file {
        let Some(bytes) = world.read(files.path(file))? else { continue };
        let text = SourceText::decode(bytes).text;
        in_file(&text, file, found, known);
    }
    Ok(())
}

fn in_file(text: &str, file: FileId, mut found: Vec<&mut Diagnostic>, known: &KnownNames<'_>) {
    found.retain_mut(|finding| !tells_gone(text, finding, known));
    let (of_syntax, of_values): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|finding| finding.rule == known.syntax_rule);
    // A text is read once more for each error in it.
    let cost = text.len() * (of_syntax.len() + 1);
    let stream = if cost <= PROOF_BYTES { Some(syntax::parse(text)) } else { None };
    let provable = PROOF_BYTES.saturating_sub(cost) / cost.max(1);
    let with_fix = of_syntax.into_iter().filter(|finding| finding.fix.is_some());
    for (at, finding) in with_fix.enumerate() {
        let Some(fix) = finding.fix.take() else { continue };
        let was = stream.as_ref().filter(|_| at < provable);
        if was.is_some_and(|was| is_proven(text, was, file, &fix, finding.location.span)) {
            finding.fix = Some(fix);
        } else {
            finding.help.push(fix.title);
        }
    }
    let is_unread = |defect: &Spanned<SyntaxDefect>| {
        matches!(defect.value, SyntaxDefect::Yaml(_) | SyntaxDefect::BlankIndentation { .. })
    };
    let unread = stream.as_ref().is_none_or(|stream| stream.defects.iter().any(is_unread));
    let lists = stream.as_ref().map(|stream| Lists::of(&Nodes::of(stream), &of_values, file));
    for finding in of_values {
        let Some(fix) = &finding.fix else { continue };
        let edit = value_of(fix).filter(|edit| edit.location.file == file);
        let refusal = match (&lists, edit) {
            (None, _) => Some(Refusal::Harm),
            _ if unread && adds_only(fix) => Some(Refusal::Unclear),
            (Some(lists), Some(edit)) => refusal(text, edit, lists, known),
            (Some(_), None) => None,
        };
        let title = match refusal {
            None => continue,
            Some(Refusal::Double(value)) => format!("`{value}` stands in the list already").into(),
            Some(Refusal::Unclear) => fix.title.clone(),
            Some(Refusal::Harm) => {
                finding.fix = None;
                continue;
            }
        };
        finding.fix = None;
        finding.help.push(title);
    }
}

/// Bytes of the longest id, in quotes.
const LONGEST_ID: usize = 102;

/// If a finding is about an id that a change renamed or removed, replaces its fix and help by that
/// fact. Returns whether it did.
fn tells_gone(text: &str, finding: &mut Diagnostic, known: &KnownNames<'_>) -> bool {
    let written = text.get(finding.location.span.range());
    let written = written.filter(|written| known.has_before && written.len() <= LONGEST_ID);
    let Some(id) = written.map(read_as).filter(|id| (known.is_gone)(id)) else { return false };
    let help = "was there in the compared revision; this change renamed or removed it";
    finding.fix = None;
    finding.help = vec![format!("`{id}` {help}").into()];
    true
}

enum Refusal {
    /// The value would stand in a list twice.
    Double(String),
    /// What was written may be another date or time with one slip in it, or what is missing stands
    /// where the file could not be read.
    Unclear,
    /// It would change what is said.
    Harm,
}

fn refusal(text: &str, edit: &Edit, lists: &Lists, known: &KnownNames<'_>) -> Option<Refusal> {
    let (old, new) = (read_as(text.get(edit.location.span.range())?), read_as(&edit.text));
    if value::may_be_another(&old, &new) {
        return Some(Refusal::Unclear);
    }
    if lists.would_double(edit.location.span, &old, &new) {
        return Some(Refusal::Double(new));
    }
    (known.both_mean)(&old, &new).then_some(Refusal::Harm)
}

/// The one edit of a fix that puts a value in the place of another.
fn value_of(fix: &Fix) -> Option<&Edit> {
    match &fix.edits[..] {
        [edit] if !edit.text.is_empty() && !edit.location.span.is_empty() => Some(edit),
        _ => None,
    }
}

/// Whether a fix adds what is not there.
fn adds_only(fix: &Fix) -> bool {
    matches!(&fix.edits[..], [edit] if edit.location.span.is_empty())
}

/// What a scalar says.
fn read_as(written: &str) -> String {
    let stream = syntax::parse(written);
    let root = stream.documents.first().and_then(|document| document.root());
    match root.map(Node::content) {
        Some(Content::Scalar(scalar)) if stream.defects.is_empty() => scalar.text.to_owned(),
        _ => written.to_owned(),
    }
}

/// Whether the edits of a fix leave all else as it was, and the error is gone from its line.
fn is_proven(text: &str, was: &Stream<'_>, file: FileId, fix: &Fix, error: Span) -> bool {
    let mut choice = Choice::default();
    if !choice.add(fix) || fix.edits.iter().any(|edit| edit.location.file != file) {
        return false;
    }
    let Some(edited) = Edited::new(text, &choice.of_file(file)) else { return false };
    let is = syntax::parse(&edited.text);
    proof::fixes(was, &is, &edited, error) && proof::holds_between(was, &is, &edited)
}

/// The lists of a file, and what would be in them after all that is offered: of an item that is a
/// mapping, its `code`.
struct Lists {
    of_item: BTreeMap<Span, usize>,
    /// How often each name stands in a list, and how often it is offered for one.
    names: BTreeMap<(usize, String), (usize, usize)>,
}

impl Lists {
    fn of(nodes: &Nodes<'_>, offered: &[&mut Diagnostic], file: FileId) -> Self {
        let mut lists = Self { of_item: BTreeMap::new(), names: BTreeMap::new() };
        for (list, placed) in nodes.iter() {
            let Content::Sequence(items) = placed.node.content() else { continue };
            for named in items.items().filter_map(name_of) {
                let Content::Scalar(scalar) = named.content() else { continue };
                lists.of_item.insert(named.span(), list);
                lists.names.entry((list, scalar.text.to_owned())).or_default().0 += 1;
            }
        }
        for finding in offered {
            let edit = finding.fix.as_ref().and_then(value_of);
            let Some(edit) = edit.filter(|edit| edit.location.file == file) else { continue };
            if let Some(list) = lists.of_item.get(&edit.location.span) {
                lists.names.entry((*list, read_as(&edit.text))).or_default().1 += 1;
            }
        }
        lists
    }

    /// Whether a list would hold a value twice once `new` stands at `span` in the place of `old`.
    fn would_double(&self, span: Span, old: &str, new: &str) -> bool {
        let Some(list) = self.of_item.get(&span) else { return false };
        let counts = self.names.get(&(*list, new.to_owned())).copied();
        let (there, offered) = counts.unwrap_or_default();
        there > usize::from(old == new) || offered > 1
    }
}

/// What names an item of a list: itself, or its `code`.
fn name_of(item: Node<'_>) -> Option<Node<'_>> {
    match item.content() {
        Content::Scalar(_) => Some(item),
        Content::Mapping(mapping) => mapping.get("code"),
        Content::Sequence(_) => None,
    }
}
