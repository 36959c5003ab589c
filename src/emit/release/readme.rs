//! `README.md`: what a release is, on one page.

use super::super::FORMATS;
use super::super::codebook::{scale, scope};
use super::super::markdown::{cell, code, paragraph, prose, write_table};
use super::Written;
use super::build_id::GENERATOR;
use super::citation::citation;
use super::license::spdx_id;
use crate::dataset::{Binding, Published};
use crate::record::{DatasetFile, Person};
use crate::schema::{CodeList, Codebook, Role};
use crate::table::TableDescription;

/// The name of the file.
pub const README: &str = "README.md";

/// The page of a release, whose tables have some formats.
pub fn readme(published: &Published<'_>, tables: &[Written], formats: &[&str]) -> String {
    let Binding { codebook, dataset } = published.binding();
    let description = &dataset.description;
    let mut page = format!("# {}\n", prose(&description.title));
    let version = prose(&description.version);
    let released = description.released.as_deref();
    let released = released.map(|day| format!(", released on {day}")).unwrap_or_default();
    page.push_str(&format!("\nVersion {version}{released}.\n"));
    page.push_str(&paragraph(description.description.as_deref().unwrap_or_default()));
    match &description.scope {
        Some(scope) => scope::write(&mut page, scope, codebook),
        None => page.push_str(NO_SCOPE),
    }
    write_files(&mut page, published, tables, formats);
    write_loading(&mut page, formats);
    write_scales(&mut page, codebook);
    page.push_str(&format!("\n## Verify\n\n{GENERATOR} wrote this folder.\n{VERIFY}"));
    write_terms(&mut page, description);
    page
}

const NO_SCOPE: &str = "\n## Scope\n\nThe dataset does not say what it covers. That an event is missing \
    says nothing about whether it happened.\n";

const VERIFY: &str = "\n```sh\nsha256sum -c SHA256SUMS    # every file is as it was written\n\
    eventc verify .            # and the tables agree with each other\n```\n";

fn write_files(page: &mut String, published: &Published<'_>, tables: &[Written], formats: &[&str]) {
    page.push_str("\n## Files\n\n");
    for format in FORMATS.iter().filter(|format| formats.contains(&format.name)) {
        page.push_str(&format!("- {}\n", format.doc));
    }
    page.push_str(
        "\nA missing value is an empty cell in CSV and null elsewhere, never 0 or a word.\n\n",
    );
    let chosen = |table: &TableDescription| {
        FORMATS.iter().any(|format| formats.contains(&format.name) && (format.takes)(table))
    };
    let row = |(table, rows): &Written| vec![code(table.name), rows.to_string(), cell(table.doc)];
    let tables = tables.iter().filter(|(table, _)| chosen(table));
    write_table(page, &["table", "rows", "a row is"], tables.map(row));
    page.push_str(
        "\n- `codebook.md`: what each column and code means; `datapackage.json` tells programs that of CSV\n\
         - `manifest.json`: versions, counts, and the commit of the records\n",
    );
    match published.binding().dataset.drafts() {
        0 => {}
        1 => page.push_str("\n1 draft is left out.\n"),
        drafts => page.push_str(&format!("\n{drafts} drafts are left out.\n")),
    }
    let restricted = published.restricted;
    if restricted.is_any() {
        page.push_str(match restricted.included {
            true => "\n**Restricted parts are included: this folder is not for publication.**\n",
            false => "\nRestricted parts are left out; a stand-in keeps their rows and keys.\n",
        });
    }
}

fn write_loading(page: &mut String, formats: &[&str]) {
    if formats.iter().any(|format| ["csv", "parquet"].contains(format)) {
        page.push_str("\n## Load\n");
    }
    if formats.contains(&"parquet") {
        page.push_str(
            "\n```python\nimport pandas    # with pyarrow\nevents = pandas.read_parquet(\"events.parquet\")\n```\n\
             \n```sql\n-- DuckDB\nselect * from 'events.parquet';\n```\n",
        );
    }
    if formats.contains(&"csv") {
        page.push_str(
            "\n```r\nsource(\"load.R\")    # base R, no packages\ntables <- load_tables()\n\
             events <- tables$events\n```\n",
        );
    }
}

fn write_scales(page: &mut String, codebook: &Codebook) {
    let ranked: Vec<_> = codebook.lists_in_use().filter(|list| list.is_ranked()).collect();
    if ranked.is_empty() {
        return;
    }
    page.push_str(
        "\n## Scales\n\nCodes on a scale are texts, and most programs compare texts by their letters: use the column \
         `_rank` beside them.",
    );
    let certainty = codebook.list(Role::Certainty);
    let middle = certainty.codes().filter_map(|code| Some((certainty.rank(code)?, code))).nth(1);
    if let Some((rank, middle)) = middle {
        let middle = &certainty.entry(middle).code;
        page.push_str(&format!(
            " {}, not {}.",
            code(&format!("certainty_rank >= {rank}")),
            code(&format!("certainty >= '{middle}'"))
        ));
    }
    page.push_str("\n\n");
    let row = |list: &&CodeList| vec![code(&list.name), scale(list)];
    write_table(
        page,
        &["list", "codes from the weakest, with their ranks"],
        ranked.iter().map(row),
    );
}

fn write_terms(page: &mut String, description: &DatasetFile) {
    let license = match spdx_id(&description.license) {
        Some(id) => code(id),
        None => prose(&description.license),
    };
    page.push_str(&format!("\n## License\n\n{license}; see [LICENSE](LICENSE).\n"));
    page.push_str(&format!(
        "\n## Citation\n\n> {}\n\n`CITATION.cff` has it for reference managers.\n",
        prose(&citation(description))
    ));
    if description.people.is_empty() {
        return;
    }
    page.push_str("\n## People\n\n");
    for Person { name, role } in &description.people {
        let role = role.as_ref().map(|role| format!(", {}", prose(role))).unwrap_or_default();
        page.push_str(&format!("- {}{role}\n", prose(name)));
    }
}
