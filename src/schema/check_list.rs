//! What must hold of a code list as a whole.

use std::collections::BTreeMap;

use super::Reader;
use super::code::{Code, ListColumnType};
use super::code_list::{CodeList, RANK};
use super::defect::CodebookFault;
use crate::source::Span;
use crate::value::LIST_SEPARATOR;

/// Checks a list as a whole. `ordered` is where the list says that it is ordered.
pub(super) fn check_list(list: &CodeList, ordered: Option<Span>, reader: &mut Reader<'_>) {
    check_case(list, reader);
    if let Some(ordered) = ordered.filter(|_| list.ordered) {
        check_ranks(list, ordered, reader);
    }
}

/// Whether a text can be a code: it stands for itself in every table, and in a list of codes.
pub(super) fn is_code(text: &str) -> bool {
    !text.is_empty()
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == LIST_SEPARATOR)
}

/// Codes that differ only in case are one code to many databases, and to people.
fn check_case(list: &CodeList, reader: &mut Reader<'_>) {
    let mut seen: BTreeMap<String, Code> = BTreeMap::new();
    for code in list.codes() {
        let entry = list.entry(code);
        let first = *seen.entry(entry.code.to_lowercase()).or_insert(code);
        if first != code && !list.inherits(code) {
            let fault = CodebookFault::CaseOnly { first: list.entry(first).location };
            reader.report(entry.location.span, fault);
        }
    }
}

/// An ordered list goes from strongest to weakest, so each rank is less than the one before it.
fn check_ranks(list: &CodeList, ordered: Span, reader: &mut Reader<'_>) {
    let mut ranks = list.columns.iter().filter(|column| column.name == RANK);
    if !ranks.any(|column| column.column_type == ListColumnType::Integer) {
        reader.report(ordered, CodebookFault::NoRanks);
        return;
    }
    let ranked: Vec<_> = list.codes().filter_map(|code| Some((code, list.rank(code)?))).collect();
    for pair in ranked.windows(2) {
        let [(before, higher), (code, rank)] = pair else { continue };
        if rank >= higher && !list.inherits(*code) {
            let fault = CodebookFault::RankOrder { before: list.entry(*before).location };
            reader.report(list.entry(*code).location.span, fault);
        }
    }
}
