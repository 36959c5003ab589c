//! `codebook.md`: what a user and a coder of the data must know, as one page.

mod lists;
mod records;

use super::markdown::{cell, code, prose, write_table};
use crate::schema::{Codebook, Condition, Role};
use crate::table::{TableDescription, descriptions};

/// The codebook as a page of Markdown: the tables, what a record may hold, what a level of
/// certainty must rest on, and what every code means.
pub fn codebook_page(codebook: &Codebook) -> String {
    let mut page = format!("# Codebook {} {}\n", prose(&codebook.name), prose(&codebook.version));
    page.push_str(&paragraph(codebook.doc.as_deref().unwrap_or_default()));
    page.push_str(&paragraph(&format!(
        "Written by eventc {} from the codebook and the code lists; not to be edited.",
        env!("CARGO_PKG_VERSION")
    )));
    page.push_str("\n- [Tables](#tables): what each column means\n");
    page.push_str("- [Records](#records): what a curator writes\n");
    page.push_str("- [Certainty](#certainty): what a level must rest on\n");
    page.push_str("- [Code lists](#code-lists): what each code means\n");
    write_tables(&mut page, codebook);
    records::write(&mut page, codebook);
    write_policy(&mut page, codebook);
    lists::write(&mut page, codebook);
    page
}

/// A text between empty lines; nothing for an empty one.
fn paragraph(text: &str) -> String {
    let text = prose(text);
    if text.is_empty() { text } else { format!("\n{text}\n") }
}

fn write_tables(page: &mut String, codebook: &Codebook) {
    page.push_str("\n## Tables\n");
    page.push_str(
        "\nEach is a file `.csv` and a file `.parquet` with the same columns. A missing value is \
         missing, never 0 or a word; a category is a text of few values; lists are joined with `|` \
         in CSV, and a text with line breaks stands there in quotes, over several lines (Spark reads \
         them with `multiLine`).\n",
    );
    for TableDescription { name, doc, columns, key, .. } in descriptions(codebook) {
        let key: Vec<_> = key.iter().map(|name| code(name)).collect();
        page.push_str(&format!(
            "\n### {name}\n\nA row is {} Its key is {}.\n\n",
            lower(doc),
            key.join(", ")
        ));
        let rows = columns.iter().map(|column| {
            vec![code(&column.name), column.kind.name().into_owned(), cell(&column.doc)]
        });
        write_table(page, &["column", "type", "meaning"], rows);
    }
}

/// A sentence as it goes on behind other words.
fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn write_policy(page: &mut String, codebook: &Codebook) {
    let list = codebook.list(Role::Certainty);
    page.push_str("\n## Certainty\n");
    page.push_str(&paragraph(
        "Where the evidence carries less than the coder's level, `check` reports it, unless the \
         coder gives the reason as `because`. A level needs what the weaker ones need, too.",
    ));
    page.push('\n');
    let rows = list.entries().iter().zip(list.codes()).map(|(entry, level)| {
        let policy = codebook.policy.levels.iter().find(|known| known.certainty == level);
        let conditions = policy.map_or(&[][..], |policy| &policy.conditions);
        let needs: Vec<_> = conditions.iter().map(|needed| condition(*needed, codebook)).collect();
        vec![code(&entry.code), cell(&entry.label), needs.join("; ")]
    });
    write_table(page, &["level", "label", "needs"], rows);
}

fn condition(condition: Condition, codebook: &Codebook) -> String {
    match condition {
        Condition::Origins(1) => "an origin that supports it".to_owned(),
        Condition::Origins(n) => format!("{n} independent origins that support it"),
        Condition::Claimants(1) => "a claimant who supports it".to_owned(),
        Condition::Claimants(n) => format!("{n} claimants who support it"),
        Condition::Named => "a supporter who is not anonymous".to_owned(),
        Condition::Reliability(at_least) => {
            let entry = codebook.list(Role::SourceReliability).entry(at_least);
            format!("a supporting source of reliability {} or better", code(&entry.code))
        }
        Condition::Admitted => "the actor itself supports it".to_owned(),
        Condition::Unopposed => "nobody opposes it".to_owned(),
    }
}
