//! Code lists as people read them.

use std::io::{self, Write};

use super::lists::{Answer, Lists, Meant};
use super::names::Explained;
use crate::cli::layout;
use crate::diagnostic::cells;
use crate::schema::{CodeEntry, CodeList, CodeRef, ColumnValue, Found};

/// Most codes that are shown in full; if more are found, only the best are.
const FEW: usize = 3;

/// Characters of a line reserved for the definition, before a list's own columns.
const DEFINITION: usize = 44;

/// Widest column of a list's own that is shown in a table.
const WIDEST_COLUMN: usize = 24;

/// Writes what was asked for.
pub(super) fn write(
    out: &mut dyn Write,
    width: usize,
    lists: &Lists,
    answer: &Answer<'_>,
) -> io::Result<()> {
    match answer {
        Answer::Lists => layout::table(out, width, &rows_of_lists(lists)),
        Answer::List(list) => layout::table(out, width, &rows_of_codes(list, width)),
        Answer::Found(meant) => write_meant(out, width, lists, meant),
    }
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

fn rows_of_lists(lists: &Lists) -> Vec<Vec<String>> {
    let mut rows = vec![row(["list", "version", "codes", "used for", "extends", "from"])];
    for list in lists.all() {
        let uses = lists.uses(list).join(", ");
        rows.push(row([
            &list.name,
            if list.version.is_empty() { "-" } else { &list.version },
            &list.entries().len().to_string(),
            if uses.is_empty() { "-" } else { &uses },
            list.extends.as_deref().unwrap_or("-"),
            lists.own_file(list).unwrap_or("shipped"),
        ]));
    }
    rows
}

/// The codes of a list: code, label, the parent unless the code shows it, the list's own columns if
/// they fit, and the definition.
fn rows_of_codes(list: &CodeList, width: usize) -> Vec<Vec<String>> {
    let codes: Vec<_> = list.codes().map(|code| CodeRef { list, code }).collect();
    let mut columns = vec![column("code", codes.iter().map(|code| code.entry().code.to_string()))];
    if list.has_labels() {
        columns.push(column("label", codes.iter().map(|code| code.entry().label.to_string())));
    }
    let mut left = width.saturating_sub(DEFINITION);
    left = columns.iter().fold(left, |left, column| left.saturating_sub(width_of(column)));
    let parents =
        column("parent", codes.iter().map(|code| hidden_parent(*code).unwrap_or_default()));
    let own = list.columns.iter().enumerate().map(|(position, own)| {
        let value = |code: &CodeRef<'_>| code.entry().values.get(position)?.as_ref().map(text_of);
        column(&own.name, codes.iter().map(|code| value(code).unwrap_or_default()))
    });
    for more in std::iter::once(parents).chain(own) {
        let needed = width_of(&more);
        let is_empty = more.iter().skip(1).all(String::is_empty);
        if !is_empty && needed <= WIDEST_COLUMN && needed <= left {
            left -= needed;
            columns.push(more);
        }
    }
    columns.push(column("definition", codes.iter().map(|code| definition(code.entry()))));
    (0..=codes.len()).map(|at| columns.iter().map(|column| column[at].clone()).collect()).collect()
}

fn column(head: &str, cells: impl Iterator<Item = String>) -> Vec<String> {
    std::iter::once(head.to_owned()).chain(cells).collect()
}

/// The width of a column, including the gap after it.
fn width_of(column: &[String]) -> usize {
    column.iter().map(|cell| cells(cell)).max().unwrap_or(0) + 2
}

/// The parent of a code, if the code does not begin with it.
fn hidden_parent(code: CodeRef<'_>) -> Option<String> {
    let parent = &code.list.entry(code.entry().parent?).code;
    (!code.entry().code.starts_with(&**parent)).then(|| parent.to_string())
}

/// The definition, after any limit on using the code.
fn definition(entry: &CodeEntry) -> String {
    let replaced = entry.replaced_by.as_ref().map(|code| format!("Replaced by {code}."));
    let valid = entry.valid.as_ref().map(|valid| format!("Valid {}.", valid.as_str()));
    let parts = [replaced, valid, entry.doc.as_ref().map(ToString::to_string)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Writes a composite code, then the codes of lists, then the entries of registries.
fn write_meant(
    out: &mut dyn Write,
    width: usize,
    lists: &Lists,
    meant: &Meant<'_>,
) -> io::Result<()> {
    let Meant { composite, codes, entries } = meant;
    if let Some(Explained { code, name, groups }) = composite {
        let group = |(group, code): &(String, Option<CodeRef<'_>>)| {
            let says = match code {
                Some(code) => format!("{} ({})", code.entry().label, code.list.name),
                None => "in no list; it stays as it is".to_owned(),
            };
            (group.clone(), says)
        };
        layout::entry(out, width, (code, name), &groups.iter().map(group).collect::<Vec<_>>())?;
    }
    if !codes.is_empty() {
        if composite.is_some() {
            writeln!(out)?;
        }
        write_found(out, width, lists, codes)?;
    }
    if entries.is_empty() {
        return Ok(());
    }
    if composite.is_some() || !codes.is_empty() {
        writeln!(out)?;
    }
    let mut rows = vec![row(["id", "name", "other names", "entry"])];
    rows.extend(entries.iter().map(|entry| {
        let (name, others) =
            entry.names.split_first().map_or(("", &[][..]), |(one, others)| (one, others));
        let place = format!("{} in {}:{}", entry.kind, entry.path, entry.line);
        row([&entry.id, name, &others.join(", "), &place])
    }));
    layout::table(out, width, &rows)
}

fn write_found(
    out: &mut dyn Write,
    width: usize,
    lists: &Lists,
    found: &[Found<'_>],
) -> io::Result<()> {
    let whole = found.iter().take_while(|found| found.fit.is_whole()).count();
    let told = match (found.len(), whole) {
        (..=FEW, _) => found.len(),
        (_, ..=FEW) => whole,
        _ => 0,
    };
    let (best, others) = found.split_at(told);
    for (position, found) in best.iter().enumerate() {
        if position > 0 {
            writeln!(out)?;
        }
        let entry = found.code.entry();
        let fields = fields(lists, found.code);
        layout::entry(out, width, (&entry.code, &entry.label), &fields)?;
    }
    if others.is_empty() {
        return Ok(());
    }
    if told > 0 {
        writeln!(out)?;
    }
    let heads = row([if told > 0 { "also" } else { "code" }, "label", "list", "definition"]);
    let rows = others.iter().map(|found| {
        let entry = found.code.entry();
        row([&entry.code, &entry.label, &found.code.list.name, &definition(entry)])
    });
    layout::table(out, width, &std::iter::once(heads).chain(rows).collect::<Vec<_>>())
}

/// All that is known of a code beside its label.
fn fields(lists: &Lists, code: CodeRef<'_>) -> Vec<(String, String)> {
    let (list, entry) = (code.list, code.entry());
    let mut fields = vec![("list".to_owned(), origin(lists, code))];
    let mut push = |name: &str, text: Option<String>| {
        fields.extend(text.filter(|text| !text.is_empty()).map(|text| (name.to_owned(), text)));
    };
    push("replaced by", entry.replaced_by.as_ref().map(|by| by.to_string()));
    push("valid", entry.valid.as_ref().map(|valid| valid.as_str().to_owned()));
    push("definition", entry.doc.as_ref().map(ToString::to_string));
    push("other names", Some(entry.aliases.join(", ")));
    let name = |code| {
        let entry = list.entry(code);
        format!("{} ({})", entry.code, entry.label)
    };
    push("broader", entry.parent.map(name));
    let narrower = list.codes().filter(|other| list.entry(*other).parent == Some(code.code));
    push("narrower", Some(narrower.map(name).collect::<Vec<_>>().join(", ")));
    push("unknown", entry.unknown.then(|| "stands for \"not known\"".to_owned()));
    push("agentless", entry.agentless.then(|| "says that nobody did it on purpose".to_owned()));
    push(
        "undirected",
        entry.undirected.then(|| "of two sides, none did it to the other".to_owned()),
    );
    for (column, value) in list.columns.iter().zip(&entry.values) {
        push(&column.name, value.as_ref().map(text_of));
    }
    fields
}

/// The list that a code is in, and the list it was taken over from.
fn origin(lists: &Lists, code: CodeRef<'_>) -> String {
    let written = code.entry().location.file;
    let bases = std::iter::successors(lists.base(code.list), |base| lists.base(base));
    // Lists that extend each other in a circle are reported elsewhere; the search must only end.
    let mut bases = bases.take(lists.codebook.lists.len());
    match bases.find(|base| base.file == written) {
        Some(base) => format!("{}, from {}", code.list.title(), base.title()),
        None => code.list.title(),
    }
}

fn text_of(value: &ColumnValue) -> String {
    match value {
        ColumnValue::Text(text) => text.to_string(),
        ColumnValue::Integer(number) => number.to_string(),
        ColumnValue::Number(number) => number.to_string(),
        ColumnValue::Boolean(yes) => yes.to_string(),
        ColumnValue::TextList(texts) => texts.join(" "),
    }
}
