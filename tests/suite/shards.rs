//! Shards, as a person or a scheduler builds them.

use std::collections::BTreeSet;
use std::path::Path;

use crate::cli::{contents, eventc, project, status, stderr, stdout};

const DATASET: &str = "iraq-depot-strikes-2019";

fn build(project: &Path, arguments: &[&str]) -> (i32, String) {
    let built = eventc(project, &[&["build"], arguments].concat());
    (status(&built), stdout(&built) + &stderr(&built))
}

#[test]
fn shards_are_built_apart_and_put_together() {
    let project = project();
    let folder = project.path();
    assert_eq!(build(folder, &[]).0, 0);
    let of = 24;
    let mut merge = vec!["--out".to_owned(), "together".to_owned(), "--merge".to_owned()];
    let mut empty = 0;
    for number in 1..=of {
        let out = format!("shards/{number}");
        let (code, told) = build(folder, &["--shard", &format!("{number}/{of}"), "--out", &out]);
        assert_eq!(code, 0, "{told}");
        empty += usize::from(told.contains("(rows: events 0,"));
        merge.push(out);
    }
    assert!(empty > 0, "no shard is empty");
    let merge: Vec<&str> = merge.iter().map(|word| &**word).collect();
    let (code, told) = build(folder, &merge);
    assert_eq!(code, 0, "{told}");
    let [whole, together] =
        ["dist", "together"].map(|out| contents(&folder.join(out).join(DATASET)));
    assert!(whole == together);
    let (code, told) = build(folder, &merge[..merge.len() - 1]);
    assert_eq!(code, 2, "{told}");
    assert!(told.contains("are missing: 24/24"), "{told}");
    assert!(contents(&folder.join("together").join(DATASET)) == together, "the last one stays");
    let replaced = [
        (&["--shard", "1/24", "--out", "dist"][..], "is no shard, and this is shard 1/24"),
        (&["--shard", "2/24", "--out", "shards/1"], "is shard 1/24, and this is shard 2/24"),
        (&["--out", "shards/1"], "is shard 1/24, and this is no shard"),
    ];
    for (arguments, why) in replaced {
        let (code, told) = build(folder, arguments);
        assert!(code == 2 && told.contains(why), "{told}");
    }
    assert_eq!(build(folder, &["--shard", "1/24", "--out", "shards/1"]).0, 0, "the same again");
}

#[test]
fn an_error_stops_the_shard_that_has_its_record() {
    let project = project();
    let folder = project.path();
    let event = folder.join(format!("datasets/{DATASET}/events/2019-08-20-balad.yaml"));
    let text = std::fs::read_to_string(&event).unwrap();
    std::fs::write(&event, text.replace("\ndate: 2019-08-20", "\ndate: 2019-02-30")).unwrap();
    let codes = ["1/2", "2/2"].map(|shard| build(folder, &["--shard", shard, "--out", "x"]).0);
    assert!(codes == [0, 1] || codes == [1, 0], "{codes:?}");
}

#[test]
fn the_page_names_each_rule_that_has_sql() {
    let project = project();
    let folder = project.path();
    let written = eventc(folder, &["schema", "sql", "--out", "sql"]);
    assert_eq!(status(&written), 0, "{}", stderr(&written));
    let files = std::fs::read_dir(folder.join("sql")).unwrap();
    let names: BTreeSet<_> = files
        .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scale.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (_, page) = page.split_once("## Rules that compare events").unwrap();
    let (page, _) = page.split_once("`eventc schema sql`").unwrap();
    let named = page.split("](../src/rules/").skip(1);
    let named: BTreeSet<_> =
        named.map(|rest| rest.split_once(".md").unwrap().0.to_owned()).collect();
    assert_eq!(named, names);
    let all = stdout(&eventc(folder, &["schema", "sql"]));
    for name in &names {
        let one = eventc(folder, &["schema", "sql", name]);
        assert!(all.contains(&stdout(&one)) && stdout(&one).contains(&format!("'{name}' as rule")));
    }
    let none = eventc(folder, &["schema", "sql", "duplicate-ids"]);
    assert_eq!(status(&none), 2);
    assert!(stderr(&none).contains("did you mean `duplicate-id`"), "{}", stderr(&none));
}

#[test]
fn rows_of_sql_are_printed_as_findings() {
    let project = project();
    let folder = project.path();
    let check = |rows: &str, more: &[&str]| {
        std::fs::write(folder.join("found.csv"), format!("rule,event,file,line\n{rows}")).unwrap();
        let checked = eventc(folder, &[&["check", "--from-sql", "found.csv"], more].concat());
        (status(&checked), stdout(&checked) + &stderr(&checked))
    };
    let file = format!("datasets/{DATASET}/events/2019-08-20-balad.yaml");
    let text = std::fs::read_to_string(folder.join(&file)).unwrap();
    let line = 1 + text.lines().position(|line| line.starts_with("id:")).unwrap();
    let row = |rule: &str, event: &str| format!("{rule},{event},{file},{line}\n");
    let (code, told) = check(&row("duplicate-id", "2019-08-20-balad"), &[]);
    assert_eq!(code, 1, "{told}");
    for part in [
        "error[duplicate-id]: the id `2019-08-20-balad` is already used",
        &format!("balad.yaml:{line}:5"),
    ] {
        assert!(told.contains(part), "{told}");
    }
    let (code, told) =
        check(&row("unadjudicated-event", "2019-08-20-balad"), &["--format", "json"]);
    assert!(code == 0 && told.contains("\"level\":\"warning\""), "{told}");
    let (code, told) = check("", &[]);
    assert_eq!((code, &*told), (0, "no problems in 1 file\nread 0 rows of `found.csv`\n"));
    // A line may end at a lone carriage return, so the next one is none of its.
    std::fs::write(folder.join(&file), text.replace('\n', "\r")).unwrap();
    let (_, told) = check(&row("duplicate-id", "2019-08-20-balad"), &["--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(told.lines().next().unwrap()).unwrap();
    let place = &told["diagnostics"][0];
    assert!(place["line"] == line && place["end_line"] == line, "{told}");
    std::fs::write(folder.join(&file), &text).unwrap();
    let refused = [
        (format!("duplicate-id,a,{file},100000\n"), "there is no `a` in line 100000"),
        ("duplicate-id,a,../x.yaml,1\n".to_owned(), "in line 1 of `../x.yaml`"),
        ("duplicate-id,a,/dev/zero,1\n".to_owned(), "in line 1 of `/dev/zero`"),
        (row("duplicate-id", "another"), "there is no `another` in line"),
        (format!("duplicate-id,2019-08-20-balad,{file},0\n"), "in line 0"),
        (row("wrong-type", "a"), "no rule `wrong-type` compares events in SQL"),
        ("duplicate-id\n".to_owned(), "is no CSV"),
    ];
    for (rows, why) in refused {
        let (code, told) = check(&rows, &[]);
        assert!(code == 2 && told.contains(why), "{told}");
    }
    for text in ["", "x\n", "duplicate-id,a,x.yaml,1\n"] {
        std::fs::write(folder.join("none.csv"), text).unwrap();
        let checked = eventc(folder, &["check", "--from-sql", "none.csv"]);
        assert_eq!(status(&checked), 2, "{text:?}: {}", stdout(&checked));
    }
}
