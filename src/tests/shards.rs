//! Shards: what each says of its records, and that together they are the whole build.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::check::{Checked, build, check, merge};
use crate::dataset::{Published, Selection, Shard};
use crate::diagnostic::{Diagnostic, Findings, Level};
use crate::emit::{FORMATS, TableFormat};
use crate::rules::Rule;
use crate::source::{Memory, Progress, World};
use crate::tests::project::{DATASET, repository_with_schema, repository_without_events};
use crate::tests::records::{cases, pages};

/// The bytes of each file of the only dataset that was built.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut datasets = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let dataset = datasets.find(|path| path.join("manifest.json").exists()).unwrap();
    let files = fs::read_dir(dataset).unwrap().map(|file| file.unwrap().path());
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read(path).unwrap())
    };
    files.map(read).collect()
}

fn checked(world: &Memory, shard: Option<Shard>) -> Checked {
    check(world, &Selection { datasets: Vec::new(), shard }).unwrap()
}

/// Builds a project to a folder.
fn write(
    checked: &Checked,
    with_restricted: bool,
    formats: &[&'static TableFormat],
    folder: &Path,
) {
    let publish = match with_restricted {
        true => Published::with_restricted,
        false => Published::without_restricted,
    };
    let commits = || vec![Some("c0ffee".to_owned()); checked.datasets.len()];
    let telling: (&dyn Fn(&str), _) = (&|_| {}, &Progress::default());
    build(checked, folder, publish, commits, telling, formats).unwrap().unwrap();
}

/// Builds every shard of a project, of so many.
fn shards(world: &Memory, of: u32, with_restricted: bool, folder: &Path) -> Vec<PathBuf> {
    let shard = |number| {
        let folder = folder.join(format!("{number} of {of}"));
        let checked = checked(world, Shard::new(number, of));
        write(&checked, with_restricted, &[&crate::emit::parquet::FORMAT], &folder);
        folder
    };
    (1..=of).map(shard).collect()
}

/// Puts shards together.
fn merged(world: &Memory, folders: &[PathBuf], with_restricted: bool) -> Result<Checked, String> {
    let mut checked = checked(world, None);
    merge(&mut checked, folders, with_restricted).map_err(|error| error.to_string())?;
    Ok(checked)
}

/// Holds what shards of a project come to against the project itself.
fn hold(world: &Memory, counts: &[u32], with_restricted: bool) {
    let folder = TempDir::new().unwrap();
    write(&checked(world, None), with_restricted, FORMATS, &folder.path().join("whole"));
    for of in counts {
        let shards = shards(world, *of, with_restricted, folder.path());
        let merged = merged(world, &shards, with_restricted).unwrap();
        let together = folder.path().join(format!("together {of}"));
        write(&merged, with_restricted, FORMATS, &together);
        let (whole, together) = (contents(&folder.path().join("whole")), contents(&together));
        assert_eq!(whole.keys().collect::<Vec<_>>(), together.keys().collect::<Vec<_>>());
        for (path, bytes) in whole {
            assert!(together[&path] == bytes, "{path} of {of} shards");
        }
    }
}

#[test]
fn shards_of_the_example_give_the_bytes_of_a_plain_build() {
    for with_restricted in [false, true] {
        let counts: &[u32] = if with_restricted { &[3] } else { &[1, 7, 64] };
        hold(&repository_with_schema(), counts, with_restricted);
    }
}

#[test]
fn shards_of_what_has_no_errors_give_the_bytes_of_a_plain_build() {
    let mut held = 0;
    for case in
        pages("tests/records").iter().flat_map(|page| cases(&fs::read_to_string(page).unwrap()))
    {
        let has_errors = case.files.iter().any(|(_, text)| text.contains("# error: ["));
        // One event has one shard.
        if has_errors || case.files.iter().filter(|(path, _)| path.contains("/events/")).count() < 2
        {
            continue;
        }
        let mut world = repository_without_events();
        for (path, text) in case.files {
            world.write(path, text.into_bytes());
        }
        if checked(&world, None).findings.count(Level::Error) == 0 {
            hold(&world, &[2], held % 2 == 0);
            held += 1;
        }
    }
    assert!(held > 6, "{held}");
}

/// Events of one file that name pages in several spellings, the first in another shard; ids that only a parser can read;
/// a draft; a file of another event.
#[test]
fn what_a_page_is_called_does_not_rest_on_shards() {
    let mut world = Memory::new();
    let dataset = "dataset: d\ntitle: D\nversion: '1'\nlicense: CC0-1.0\n";
    world.write("datasets/d/dataset.yaml", dataset);
    world.write("datasets/d/sources.yaml", "s: {publisher: S, url: \"https://s.example/1\"}\n");
    let spellings =
        ["https://p.example/1", "http://www.p.example/1/", "https://P.example/1?utm_source=x"];
    let mut stream = String::new();
    for number in 0..24 {
        let id = match number % 4 {
            0 => format!("id: e-{number}\n"),
            1 => format!("id: \"e-{number}\"   # an id\n"),
            2 => format!("# before\n\nid: 'e-{number}'\n"),
            _ => String::new(),
        };
        let later = if number % 4 == 3 { format!("id: e-{number}\n") } else { String::new() };
        let source = match number % 3 {
            0 => "s",
            _ => spellings[number as usize / 2 % 3],
        };
        let draft = if number == 5 { "coding: {status: draft}\n" } else { "" };
        stream.push_str(&format!(
            "---\n{id}date: 2020-01-{:02}\naction: ASSAULT\ncertainty: possible\n{later}\
             sources: [{source:?}]\n{draft}",
            24 - number
        ));
    }
    world.write("datasets/d/events/stream.yaml", stream);
    world.write(
        "datasets/d/events/z.yaml",
        "id: z\ndate: 2020\naction: ASSAULT\ncertainty: possible\n\
         related: [{event: e-1, as: follows}, {event: e-2, as: follows}]\n",
    );
    // The address is the first of its page, and hidden from whoever only looks at the text.
    world.write(
        "datasets/d/events/a.yaml",
        "id: a\ndate: 2020\naction: ASSAULT\ncertainty: possible\n\
         sources: [\"https:\\/\\/www.p.example\\/1\"]\n",
    );
    // What is wrong with the text of a draft is no error, nor one of another shard.
    world.write(
        "datasets/d/events/y.yaml",
        "id: y\ndate: 2020\naction: ASSAULT\ncertainty: possible\n\
         summary: GO\u{200b}V\ncoding: {status: draft}\n",
    );
    hold(&world, &[1, 2, 5], false);
}

/// Whether a finding may be of what shards leave to those who see all events.
fn compares(found: &Diagnostic) -> bool {
    Rule::named(found.rule).is_some_and(|rule| rule.across.is_some())
}

fn told(findings: &Findings, checked: &Checked) -> BTreeSet<String> {
    let told = findings.iter().filter(|found| !compares(found));
    told.map(|found| {
        let path = checked.files.path(found.location.file);
        let (level, span) = (found.level.name(), found.location.span);
        format!("{path} {span:?} {level} {} {}", found.rule, found.message)
    })
    .collect()
}

#[test]
fn a_defect_of_a_record_is_told_with_its_shard() {
    let mut told_of = 0;
    for page in pages("tests/records") {
        for case in cases(&fs::read_to_string(page).unwrap()) {
            let mut world = repository_without_events();
            for (path, text) in &case.files {
                world.write(path, text.clone().into_bytes());
            }
            let whole = checked(&world, None);
            let whole = told(&whole.findings, &whole);
            let mut of_shards = BTreeSet::new();
            for number in 1..=2 {
                let shard = checked(&world, Shard::new(number, 2));
                of_shards.extend(told(&shard.findings, &shard));
            }
            assert_eq!(of_shards, whole, "{}", case.title);
            told_of += whole.len();
        }
    }
    assert!(told_of > 300, "{told_of}");
}

#[test]
fn only_all_shards_of_one_build_are_put_together() {
    let folder = TempDir::new().unwrap();
    let plain = false;
    let world = repository_with_schema();
    let codebook = world.read("schema/codebook.yaml").unwrap().unwrap();
    let codebook = String::from_utf8(codebook).unwrap();
    let event = format!("{DATASET}/events/2019-08-20-balad.yaml");
    let of_two = shards(&world, 2, plain, &folder.path().join("a"));
    let of_three = shards(&world, 3, plain, &folder.path().join("a"));
    let open = shards(&world, 2, true, &folder.path().join("open"));
    let mut changed = repository_with_schema();
    let mut text = changed.read(&event).unwrap().unwrap();
    text.extend(b"# a comment\n");
    changed.write(event, text);
    let of_other = shards(&changed, 2, plain, &folder.path().join("b"));
    let mut coded_otherwise = repository_with_schema();
    coded_otherwise.write("schema/codebook.yaml", format!("{codebook}# a comment\n"));
    let of_other_codebook = shards(&coded_otherwise, 2, plain, &folder.path().join("c"));
    let whole = folder.path().join("whole");
    write(&checked(&world, None), plain, FORMATS, &whole);
    let damaged = shards(&world, 2, plain, &folder.path().join("d"));
    let claims = damaged[1].join("iraq-depot-strikes-2019/claims.parquet");
    fs::write(claims, "PAR1").unwrap();

    let pick = |from: &[&PathBuf]| from.iter().map(|one| (*one).clone()).collect::<Vec<_>>();
    let told = |folders: Vec<PathBuf>| merged(&world, &folders, plain).unwrap_err();
    let refused = [
        (pick(&[&of_two[0]]), "are missing: 2/2"),
        (pick(&[&of_two[0], &of_two[0]]), "are both shard 1/2"),
        (pick(&[&of_two[0], &of_three[1]]), "one is of 2 shards, the other of 3"),
        (pick(&[&of_two[0], &of_other[1]]), "the files of the dataset differ"),
        (of_other, "the project is not as it was"),
        (pick(&[&of_two[0], &of_other_codebook[1]]), "their codebooks differ"),
        (of_other_codebook, "its codebook, or eventc, is another"),
        (pick(&[&of_two[0], &open[1]]), "only one has what is restricted"),
        (open, "must be given for all shards and for the merge"),
        (vec![whole], "`build --shard` did not write it"),
        (damaged, "claims.parquet: has other bytes"),
        (vec![folder.path().join("none")], "is no shard"),
    ];
    for (folders, why) in refused {
        let told = told(folders);
        assert!(told.contains(why), "{why}: {told}");
    }
    merged(&world, &of_two, plain).unwrap();
    merged(&world, &[of_three[2].clone(), of_three[0].clone(), of_three[1].clone()], plain)
        .unwrap();
}
