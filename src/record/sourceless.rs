//! Claims that name their source, instead of standing under it: `claims: [{source: rudaw, …}]`.

use super::defect::RecordDefect;
use crate::form::Form;
use crate::syntax::{self, Content, Mapping, Node};

/// What people call the source within a claim.
const SOURCE: &str = "source";

/// Columns by which what stands under `claims` is indented at least.
const INDENT: usize = 2;

/// The defect of a list of claims, or of a single one, in place of a mapping from sources to claims.
pub(super) fn sourceless(claims: Node<'_>, of_claim: &Form) -> Option<RecordDefect> {
    let claims_in: Vec<_> = match claims.content() {
        Content::Sequence(items) => items.items().collect(),
        Content::Mapping(mapping) if is_claim(mapping, of_claim) => vec![claims],
        _ => return None,
    };
    let mappings: Option<Vec<_>> = claims_in.iter().map(|claim| mapping(*claim)).collect();
    let mappings = mappings.filter(|mappings| !mappings.is_empty() && !claims.damaged())?;
    let source = mappings.iter().find_map(|mapping| source_of(*mapping)).map(str::to_owned);
    let text = rewritten(claims, &mappings);
    Some(RecordDefect::SourcelessClaims { source, text })
}

fn mapping(node: Node<'_>) -> Option<Mapping<'_>> {
    match node.content() {
        Content::Mapping(mapping) => Some(mapping),
        _ => None,
    }
}

fn text_of(node: Node<'_>) -> &str {
    match node.content() {
        Content::Scalar(scalar) => scalar.text,
        _ => "",
    }
}

/// Whether a mapping has the keys of a claim, and no sources.
fn is_claim(mapping: Mapping<'_>, of_claim: &Form) -> bool {
    let mut keys = mapping.entries().map(|entry| text_of(entry.key));
    keys.all(|key| key == SOURCE || of_claim.position(key).is_some())
        && mapping.entries().next().is_some()
}

fn source_of(mapping: Mapping<'_>) -> Option<&str> {
    let entry = mapping.entries().find(|entry| text_of(entry.key) == SOURCE)?;
    Some(text_of(entry.value).trim()).filter(|source| !source.is_empty())
}

/// The claims under their sources, in the order in which these come first. `None` where a claim names no
/// source, or where something would be lost: a comment, or a value over several lines.
fn rewritten(claims: Node<'_>, mappings: &[Mapping<'_>]) -> Option<String> {
    if claims.source().contains(" #") {
        return None;
    }
    let mut sources: Vec<(&str, String)> = Vec::new();
    let line = claims.text()[..claims.span().start as usize].rsplit('\n').next()?;
    let is_block = line.trim().is_empty();
    let column = if is_block { line.len().max(INDENT) } else { INDENT };
    let indent = " ".repeat(column);
    for mapping in mappings {
        let source = source_of(*mapping)?;
        let entries: Vec<_> =
            mapping.entries().filter(|entry| text_of(entry.key) != SOURCE).collect();
        let mut text = String::new();
        for (at, entry) in entries.iter().enumerate() {
            let (key, value) = (entry.key.source(), entry.value.source());
            if key.is_empty() || value.is_empty() || value.contains('\n') {
                return None;
            }
            let mark = if at == 0 { "- " } else { "  " };
            text.push_str(&format!("\n{indent}  {mark}{key}: {value}"));
        }
        if text.is_empty() {
            return None;
        }
        match sources.iter_mut().find(|(known, _)| *known == source) {
            Some((_, claims)) => claims.push_str(&text),
            None => sources.push((source, text)),
        }
    }
    let of_source =
        |(source, claims): &(&str, String)| format!("{}:{claims}", syntax::text_scalar(source));
    let texts: Vec<_> = sources.iter().map(of_source).collect();
    let before = if is_block { indent[line.len()..].to_owned() } else { format!("\n{indent}") };
    Some(format!("{before}{}", texts.join(&format!("\n{indent}"))))
}
