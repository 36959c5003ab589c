//! What is restricted is in nothing that a build writes.

use std::fs;

use ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use arrow::util::display::array_value_to_string;
use regex::Regex;
use tempfile::TempDir;

use crate::check::{Checked, build};
use crate::dataset::{Binding, Published};
use crate::emit::{FORMATS, commit, stage_agreement};
use crate::source::Progress;
use crate::source::{Memory, Outputs};
use crate::tests::project::checked;

const CODEBOOK: &str = "
codebook: secrets
version: '1'
fields:
  weather: {type: text, doc: Open.}
  xqfield01: {type: text, restricted: true, doc: Xqdoc02 of a field., unit: xqunit03}
  xqrange04: {type: range, restricted: true, doc: Xqdoc43.}
  xqdate05: {type: date, restricted: true, doc: A day.}
  xqcode06: {type: code, codes: [xqlist07, open], restricted: true, doc: A code.}
  xqnumber08: {type: number, list: true, restricted: true, doc: Numbers.}
  witness: {type: actor, doc: Who saw it.}
  total: {type: integer, doc: All.}
  xqpart09: {type: integer, part_of: total, restricted: true, doc: Some.}
  xqshare10: {type: text, on: participant, restricted: true, doc: Of a side.}
  helper: {type: actor, on: participant, doc: Who helped.}
  xqphone11: {type: text, on: actor, restricted: true, doc: Xqdoc42.}
  friend: {type: actor, on: actor, doc: A friend.}
  rooms: {type: text, on: place, doc: Rooms.}
  paper: {type: text, on: source, doc: Paper.}
  page: {type: url, doc: A page.}
  xqleak46: {type: source, restricted: true, doc: Xqdoc47.}
";

const ACTORS: &str = "
army: {name: The army, country: IRQ, sector: MIL, friend: xqid12, xqphone11: xqnumber13, distinct_from: [xqid12]}
xqid12: {name: Xqname14, aliases: [Xqalias15], country: IRQ, sector: CVL, kind: person, wikidata: Q987654321, note: xqnote16, restricted: true, friend: army, valid: 1987-03/.., xqphone11: xqnumber17}
xqid18: {name: Xqname19, country: IRQ, restricted: true, member_of: [{actor: xqid12}]}
cell: {name: A cell, member_of: [{actor: xqid18, from: 2010}]}
";

const PLACES: &str = "
town: {name: Town, country: IRQ, admin1: Anbar, latitude: 33.5, longitude: 43.25, gazetteer: GeoNames}
xqplace20: {name: Xqhouse21, aliases: [Xqhut22], within: town, admin2: Xqdistrict23, latitude: 33.512345, longitude: 43.254321, gazetteer: xqgazetteer24, precision: exact, radius: 7531864, note: xqnote25, rooms: xqrooms26, restricted: true}
xqroom27: {name: Xqcellar28, within: xqplace20, restricted: true, distinct_from: [xqplace20]}
orchard: {name: A orchard, country: IRQ, admin1: Basra, latitude: 30.77777, longitude: 47.66666}
street: {name: A street, within: xqplace20, distinct_from: [xqroom27]}
";

const SOURCES: &str = "
daily: {publisher: A daily, date: 2013-05-03, cites: [xqsource29], distinct_from: [xqsource29]}
xqsource29: {publisher: Xqpublisher30, title: Xqtitle31, date: 2013-05-19, url: \"https://xqhost32.example/x\", archived: \"https://xqarchive33.example/x\", language: gsw, note: xqnote34, paper: xqpaper35, of: xqid12, restricted: true}
xqsource36: {publisher: Xqname14, restricted: true}
xqsource37: {publisher: Xqpublisher30, restricted: true}
";

const EVENT: &str = "
id: attack
date: 2013-05-02
action: ASSAULT
certainty: possible
title: Open title
actor: {code: xqid12, certainty: possible, xqshare10: xqshare38, helper: xqid18}
target: [xqid18, army]
location: {place: xqplace20, latitude: 33.598765, longitude: 43.256789, precision: exact, radius: 4242864}
weather: fair
witness: xqid12
total: 5
xqfield01: xqvalue39
xqrange04: 77123864..77456864
xqdate05: 1988-11-23
xqcode06: xqlist07
xqnumber08: [0.987123]
xqpart09: 4
page: \"https://www.xqhost32.example/x#xqpart45\"
xqleak46: \"https://xqhost48.example/1\"
claims:
  xqsource29:
    - {by: xqid12, says: {actor: xqid18, target: xqid12, location: xqroom27, xqfield01: xqvalue40, witness: xqid18}, denies: {xqrange04: 88123864}}
    - {by: Xqname14, affirms: [xqfield01], about: xqid12}
    - {by: xqpublisher30, says: {xqfield01: xqvalue41}}
    - {by: xqsource36, affirms: [event]}
    - {by: Xqplace20, affirms: [event]}
    - {by: Xqhut22, affirms: [event]}
    - {by: {code: xqid12, as: xqwords46}, affirms: [actor]}
    - {by: {code: army, as: xqname19}, affirms: [actor]}
  \"https://xqarchive33.example/x#xqpart47\":
    - affirms: [event]
  daily:
    - {via: xqsource36, says: {location: {latitude: 33.524680, longitude: 43.213579}}, about: xqplace20}
    - {declines: [xqrange04], says: {location: xqplace20}}
    - {by: cell, affirms: [actor]}
---
id: other
date: 2013-06-02
action: ASSAULT
certainty: possible
location: {latitude: 33.546801, longitude: 43.297531, country: IRQ, precision: exact, restricted: true}
claims: {daily: [affirms: [event]]}
---
id: third
date: 2013-07-02
action: ASSAULT
certainty: possible
location: {place: orchard, restricted: true}
claims: {daily: [says: {location: orchard}]}
";

/// Records of coders, of whom one restricts the location that the others tell.
const CODERS: [(&str, &str); 6] = [
    ("fourth", "adjudicated: {country: IRQ, latitude: 33.600001, longitude: 43.600001}"),
    ("fourth", "bo: {latitude: 33.600002, longitude: 43.600002, restricted: true}"),
    ("fourth", "cy: {latitude: 33.600003, longitude: 43.600003}"),
    ("fifth", "bo: xqplace20"),
    ("fifth", "cy: {latitude: 33.600005, longitude: 43.600005}"),
    ("fifth", "di: orchard"),
];

/// Restricted values that do not begin with the mark of the others: numbers too long to stand in a digest by
/// chance.
const OTHERS: [&str; 25] = [
    "987654321",
    "1987-03",
    "33.512345",
    "43.254321",
    "7531864",
    "2013-05-19",
    "gsw",
    "33.598765",
    "43.256789",
    "4242864",
    "77123864",
    "77456864",
    "1988-11-23",
    "0.987123",
    "88123864",
    "33.52468",
    "43.213579",
    "33.546801",
    "43.297531",
    "33.600001",
    "33.600002",
    "33.600003",
    "43.600005",
    "33.710001",
    "43.710001",
];

fn world() -> Memory {
    let mut world = Memory::new();
    world.write("schema/codebook.yaml", CODEBOOK);
    let file = |name: &str| format!("datasets/secrets/{name}");
    world.write(
        file("dataset.yaml"),
        "dataset: secrets\ntitle: A title\nversion: '1'\nlicense: CC0-1.0\ncodebook: secrets\n",
    );
    world.write(file("actors.yaml"), ACTORS);
    world.write(file("places.yaml"), PLACES);
    world.write(file("sources.yaml"), SOURCES);
    world.write(file("events/2013.yaml"), EVENT);
    for (id, coded) in CODERS {
        let (coder, location) = coded.split_once(": ").unwrap();
        let name = match coder {
            "adjudicated" => id.to_owned(),
            _ => format!("{id}.{coder}"),
        };
        let record = format!(
            "id: {id}\ndate: 2013-08-02\naction: ASSAULT\ncertainty: possible\n\
             location: {location}\ncoding: {{by: {coder}}}\n\
             claims: {{daily: [says: {{location: {{latitude: 33.710001, longitude: 43.710001}}}}]}}\n"
        );
        world.write(file(&format!("events/{name}.yaml")), record);
    }
    world
}

/// Every text in the files of a build, and of the tables on the agreement of coders, whose names begin
/// with one of `names`, in lower case: the bytes of each file, and what a reader of Parquet sees.
fn written<'c>(
    checked: &'c Checked,
    publish: fn(Binding<'c>) -> Published<'c>,
    names: &[&str],
) -> String {
    let folder = TempDir::new().unwrap();
    let built =
        build(checked, folder.path(), publish, Vec::new, (&|_| {}, &Progress::default()), FORMATS)
            .unwrap();
    let built = built.expect("the project is sound");
    let published = publish(checked.bindings().next().unwrap());
    let outputs = Outputs::open(&folder.path().join("agreement"), &|_| {}).unwrap();
    let agreement = stage_agreement(&published, &checked.files, None, &outputs).unwrap();
    let agreement = commit(outputs, vec![agreement], &|_| {}).unwrap();
    let mut all = String::new();
    let files =
        [&built[0].folder, &agreement[0].folder].map(|folder| fs::read_dir(folder).unwrap());
    for file in files.into_iter().flatten() {
        let path = file.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        if !names.iter().any(|begin| name.starts_with(begin)) {
            continue;
        }
        all.push_str(&name);
        all.push_str(&without_digests(&String::from_utf8_lossy(&bytes)));
        if path.extension().is_some_and(|extension| extension == "parquet") {
            let reader = ParquetRecordBatchReaderBuilder::try_new(fs::File::open(&path).unwrap());
            let reader = reader.unwrap();
            all.push_str(&format!("{:?}{:?}", reader.schema(), reader.metadata()));
            for batch in reader.build().unwrap() {
                let batch = batch.unwrap();
                for column in batch.columns() {
                    for row in 0..batch.num_rows() {
                        all.push_str(&array_value_to_string(column, row).unwrap());
                        all.push('\n');
                    }
                }
            }
        }
    }
    all.to_lowercase()
}

/// A text without digests in hexadecimal, which hold any short number by chance.
fn without_digests(text: &str) -> String {
    let digest = Regex::new(r"\b([0-9a-f]{64}|[0-9a-f]{16})\b").unwrap();
    digest.replace_all(text, "").into_owned()
}

/// The marks `xq…` in the files of the project, and the other restricted values.
fn canaries() -> Vec<String> {
    let texts = [CODEBOOK, ACTORS, PLACES, SOURCES, EVENT].concat().to_lowercase();
    let words = texts.split(|letter: char| !letter.is_ascii_alphanumeric());
    let mut marks: Vec<String> =
        words.filter(|word| word.starts_with("xq")).map(str::to_owned).collect();
    marks.extend(OTHERS.map(str::to_lowercase));
    marks.sort();
    marks.dedup();
    assert!(marks.len() > 60);
    marks
}

#[test]
fn nothing_restricted_is_in_what_a_build_writes_unless_it_is_asked_for() {
    let checked = checked(&world());
    let errors: Vec<_> = checked.findings.iter().map(|found| found.message.to_string()).collect();
    assert!(checked.findings.count(crate::diagnostic::Level::Error) == 0, "{errors:#?}");
    let (open, whole) = (
        written(&checked, Published::without_restricted, &[""]),
        written(&checked, Published::with_restricted, &[""]),
    );
    let canaries = canaries();
    let leaks: Vec<_> = canaries.iter().filter(|canary| open.contains(*canary)).collect();
    assert!(leaks.is_empty(), "written: {leaks:?}");
    let missing: Vec<_> = canaries.iter().filter(|canary| !whole.contains(*canary)).collect();
    assert!(missing.is_empty(), "not written with all that is restricted: {missing:?}");
    for open_value in ["fair", "anbar", "restricted-actor-1", "open title"] {
        assert!(open.contains(open_value), "{open_value}");
    }
    assert!(whole.contains("\"restricted_included\": true"));
    assert!(open.contains("\"restricted_included\": false"));
}

#[test]
fn an_open_place_is_in_no_table_of_events_where_their_location_is_restricted() {
    let checked = checked(&world());
    let tables = [
        "events",
        "dyads",
        "participants",
        "claims",
        "positions",
        "codings",
        "relations",
        "disagreements",
    ];
    let open = written(&checked, Published::without_restricted, &tables);
    let whole = written(&checked, Published::with_restricted, &tables);
    for told in ["orchard", "30.77777", "47.66666"] {
        assert!(!open.contains(told) && whole.contains(told), "{told}");
    }
    assert!(open.contains("basra"), "the area of the place stays");
}
