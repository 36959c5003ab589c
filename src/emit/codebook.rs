//! `codebook.md`: what users and coders of the data must know, on one page.

mod lists;
mod records;
pub(super) mod scope;
#[cfg(test)]
mod tests;

use super::markdown::{cell, code, paragraph, prose, write_table};
use crate::record::DatasetFile;
use crate::schema::{CodeList, Codebook, Condition, Level as PolicyLevel, Policy, Role};
use crate::table::{ColumnDescription, TableDescription, descriptions};

/// The codebook as a page of Markdown: the tables, what a level of certainty must rest on, what every
/// code means, and what a record may hold. Of a dataset that is published it says what that covers, and
/// leaves out what its readers do not need: how records are written, and codes that are only labels.
pub fn codebook_page(codebook: &Codebook, published: Option<&DatasetFile>) -> String {
    let scope = published.and_then(|dataset| dataset.scope.as_ref());
    let title = format!("# Codebook {} {}", prose(&codebook.name), prose(&codebook.version));
    let mut page = format!("{}\n", title.trim_end());
    page.push_str(&paragraph(codebook.doc.as_deref().unwrap_or_default()));
    page.push_str(&paragraph(&format!(
        "Written by eventc {} from the codebook and the code lists; not to be edited.",
        env!("CARGO_PKG_VERSION")
    )));
    page.push('\n');
    if scope.is_some() {
        page.push_str("- [Scope](#scope): what the dataset covers\n");
    }
    page.push_str("- [Tables](#tables): what each column means\n");
    if codebook.weighs() {
        page.push_str("- [Certainty](#certainty): what a level must rest on\n");
    }
    page.push_str("- [Code lists](#code-lists): what each code means\n");
    if published.is_none() {
        page.push_str("- [Records](#records): what a curator writes\n");
    }
    scope.into_iter().for_each(|scope| scope::write(&mut page, scope, codebook));
    write_tables(&mut page, codebook);
    if codebook.weighs() {
        write_policy(&mut page, codebook);
    }
    lists::write(&mut page, codebook, published.is_some());
    if published.is_none() {
        records::write(&mut page, codebook);
    }
    page
}

fn write_tables(page: &mut String, codebook: &Codebook) {
    page.push_str("\n## Tables\n");
    page.push_str(
        "\nA table has the same columns in every format. A missing value is missing, never 0 or a word; a category is a text of few values; lists are joined with `|` \
         in CSV, and a text with line breaks stands there in quotes, over several lines (Spark reads \
         them with `multiLine`).\n",
    );
    for TableDescription { name, doc, columns, key, references, .. } in descriptions(codebook) {
        let key: Vec<_> = key.iter().map(|name| code(name)).collect();
        page.push_str(&format!(
            "\n### {name}\n\nA row is {} Its key is {}.",
            lower(doc),
            key.join(", ")
        ));
        for (column, other) in references {
            page.push_str(&format!(" {} is a key of [{other}](#{other}).", code(column)));
        }
        page.push_str("\n\n");
        let rows = columns.iter().map(|column| {
            vec![code(&column.name), column.kind.name().into_owned(), meaning(column, codebook)]
        });
        write_table(page, &["column", "type", "meaning"], rows);
    }
}

/// What a column means, and the codes that it may hold: those of a scale with their ranks, else the name
/// of their list.
fn meaning(column: &ColumnDescription, codebook: &Codebook) -> String {
    let doc = cell(&column.doc);
    let list = column
        .list
        .as_deref()
        .and_then(|name| codebook.lists_in_use().find(|list| list.name == name));
    match list {
        Some(list) if list.is_ranked() => format!("{doc} From the weakest: {}.", scale(list)),
        Some(list) => format!("{doc} A code of {}.", code(&list.name)),
        None if column.codes.is_empty() => doc,
        None => {
            let codes = column.codes.iter().zip(1..);
            let codes: Vec<_> =
                codes.map(|(one, rank)| format!("{} ({rank})", code(one))).collect();
            format!("{doc} From the weakest: {}.", codes.join(", "))
        }
    }
}

/// The codes of a scale from the weakest, each with its rank.
pub(super) fn scale(list: &CodeList) -> String {
    let mut codes: Vec<_> = list.codes().collect();
    codes.sort_by_key(|one| list.rank(*one));
    let one = |of| {
        let rank = list.rank(of).map_or("no rank".to_owned(), |rank| rank.to_string());
        format!("{} ({rank})", code(&list.entry(of).code))
    };
    codes.into_iter().map(one).collect::<Vec<_>>().join(", ")
}

/// A sentence with a lower-case first letter, to continue another.
fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn write_policy(page: &mut String, codebook: &Codebook) {
    let list = codebook.list(Role::Certainty);
    page.push_str("\n## Certainty\n");
    page.push_str(&paragraph(
        "`check` reports a level that is higher than the claims support, unless the coder gives a \
         reason as `because`. A level needs any one of its alternatives here. Claims that support a \
         level support the weaker ones too. A level that is not listed is not weighed.",
    ));
    page.push('\n');
    let rows = list.entries().iter().zip(list.codes()).map(|(entry, level)| {
        let of_component = Policy::COMPONENTS.map(|component| {
            let levels = codebook.policy.levels(component);
            let level = levels.iter().find(|known| known.certainty == level);
            level.map(|level| alternatives(level, codebook)).unwrap_or_default()
        });
        [vec![code(&entry.code), cell(&entry.label)], of_component.to_vec()].concat()
    });
    let names = Policy::COMPONENTS.map(|component| component.core_name().unwrap_or_default());
    write_table(page, &[&["level", "label"][..], &names].concat(), rows);
}

fn alternatives(level: &PolicyLevel, codebook: &Codebook) -> String {
    let conditions = |conditions: &Vec<Condition>| {
        let needs: Vec<_> = conditions.iter().map(|one| condition(*one, codebook)).collect();
        if needs.is_empty() { "a claim that supports it".to_owned() } else { needs.join("; ") }
    };
    let alternatives: Vec<_> = level.alternatives.iter().map(conditions).collect();
    alternatives.join(", *or* ")
}

fn condition(condition: Condition, codebook: &Codebook) -> String {
    match condition {
        Condition::Voices(1) => "a voice that supports it".to_owned(),
        Condition::Voices(n) => {
            format!("{n} supporters that share neither claimant nor publisher")
        }
        Condition::Named => "a supporter who is not anonymous".to_owned(),
        Condition::OwnVoice(1) => "a publisher says so itself".to_owned(),
        Condition::OwnVoice(n) => format!("{n} publishers say so themselves"),
        Condition::Admitted => "the actor itself says so".to_owned(),
        Condition::Investigation => "an investigation says so".to_owned(),
        Condition::Reliability(at_least) => {
            let entry = codebook.list(Role::SourceReliability).entry(at_least);
            format!("a supporting source of reliability {} or better", code(&entry.code))
        }
        Condition::Uncontested => "nobody else says otherwise".to_owned(),
    }
}
