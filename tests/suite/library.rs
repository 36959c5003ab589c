//! What a Rust program gets of a project.

use std::fs;
use std::path::Path;

use eventc::Project;

#[test]
fn tables_in_memory_have_the_columns_and_rows_of_those_that_are_built() {
    let check = Project::open(env!("CARGO_MANIFEST_DIR")).check().unwrap();
    let folder = tempfile::tempdir().unwrap();
    assert!(check.build(folder.path()).unwrap());
    let all = check.tables().unwrap();
    assert_eq!(all.keys().collect::<Vec<_>>(), [&"iraq-depot-strikes-2019"]);
    for (dataset, tables) in all {
        assert_eq!(tables.len(), 11);
        for (name, table) in tables {
            let path = folder.path().join(dataset).join(format!("{name}.csv"));
            let mut csv = csv::Reader::from_path(path).unwrap();
            let schema = table.schema();
            let columns = schema.fields().iter().map(|field| field.name().as_str());
            assert!(columns.eq(csv.headers().unwrap()), "{name}");
            assert_eq!(table.num_rows(), csv.records().map(Result::unwrap).count(), "{name}");
        }
    }
}

#[test]
fn a_project_with_errors_has_findings_and_tables_but_is_not_built() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/project/datasets/example");
    let event = "events/2019-08-20-balad.yaml";
    let files = ["dataset.yaml", "actors.yaml", "places.yaml", "sources.yaml", event];
    let files = files.map(|name| {
        let text = fs::read_to_string(root.join(name)).unwrap();
        (
            format!("datasets/example/{name}"),
            text.replace("\ndate: 2019-08-20", "\ndate: 2019-08-32"),
        )
    });
    let check = Project::in_memory(files).check().unwrap();
    let rules: Vec<_> = check.findings().iter().map(|finding| finding.rule).collect();
    assert!(check.has_errors() && rules.contains(&"invalid-date"), "{rules:?}");
    assert_eq!(check.tables().unwrap()["example"]["events"].num_rows(), 1);
    let folder = tempfile::tempdir().unwrap();
    assert!(!check.build(folder.path().join("dist")).unwrap());
    assert!(!folder.path().join("dist").exists());
}
