//! One slip in a valid record, and what the fixes make of it: the record means what it meant, or the
//! place is as the slip left it. Never anything else.

use std::collections::BTreeMap;

use crate::dataset::Selection;
use crate::diagnostic::Level;
use crate::fix::Wanted;
use crate::source::{Memory, Overlay, World};
use crate::syntax::{Content, Node, parse};
use rayon::prelude::*;
use regex::Regex;

use crate::tests::project::{DATASET, repository, repository_without_events};

/// A kind of slip: its name, where it can be made (the first group of a pattern), and what stands
/// there then.
type Slip = (&'static str, &'static str, fn(&str) -> String);

const BRACKET: &str = r"[\w\]}]([\]}])";
const INDENTATION: &str = r"(?m)^( +)[\w-]";
const KEY: &str = r"(?m)^ *(?:- )?([a-z_]{4,}):";
const CODE: &str = r"(?:code|action): ([A-Z]{5,}[.a-z]*)";
const ACTOR: &str = r"(?m)^ +[^\n]*?(?:by|about|actor|code): ([a-z]+-[a-z-]+)";
const COUNTRY: &str = r"(?:actor|code|by): ([A-Z]{3})\b";
const PLACE: &str = r"place: ([a-z][a-z-]{3,})";
const SOURCE: &str = r"(?m)^  ([a-z]{4,})-[a-z0-9-]*\d:";
const ARTICLE: &str = r"(?m)^  ([a-z][a-z0-9-]*\d):";
const DATE: &str = r"(?m)^(?:date|  on): (\d{4}-\d\d-\d\d)";
const WORD: &str = r"(?:affirms|denies|declines): \[([a-z]{4,})";
const LEVEL: &str = r"certainty: ([a-z]+)";

const SLIPS: &[Slip] = &[
    ("closing bracket missing", BRACKET, |_| String::new()),
    ("closing bracket of the wrong sort", BRACKET, |it| exchanged(it)),
    ("closing bracket twice", BRACKET, |it| it.repeat(2)),
    ("opening bracket missing", r"[:,-] ([\[{])", |_| String::new()),
    ("opening bracket of the wrong sort", r"[:,-] ([\[{])", |it| exchanged(it)),
    ("comma missing", r"[\w\]}](,) [a-z]+: ", |_| String::new()),
    ("comma twice", r"\[[\w-]+(,) ", |it| it.repeat(2)),
    ("comment within brackets", r"[\[{][^\n\]}]*\w(,) ", |_| " #".to_owned()),
    ("no space after `:`", r"(?m)^ *(?:- )?[a-z_]+:( )\S", |_| String::new()),
    ("no `:` after a key", r"(?m)^ *(?:- )?[a-z_]+(:)(?: |$)", |_| String::new()),
    ("no space after `-`", r"(?m)^ +-( )\S", |_| String::new()),
    ("closing quote missing", r#"(?m)[^\n"](")[}\]]*$"#, |_| String::new()),
    ("opening quote missing", r#": (")"#, |_| String::new()),
    ("two keys on a line", r"(?m): (\{[a-z_]+: [^{}\[\],\n]+\})$", |it| trimmed(it)),
    ("a tab for two spaces", INDENTATION, |it| "\t".repeat(it.len() / 2)),
    ("a tab for four spaces", INDENTATION, |it| "\t".repeat(it.len().div_ceil(4))),
    ("no-break spaces as indentation", INDENTATION, |it| "\u{a0}".repeat(it.len())),
    ("one space more", INDENTATION, |it| format!("{it} ")),
    ("one space less", INDENTATION, |it| it[1..].to_owned()),
    ("a Cyrillic letter", CODE, |it| it.replacen('A', "А", 1)),
    ("key: letters swapped", KEY, swapped),
    ("key: letter missing", KEY, dropped),
    ("key: letter twice", KEY, doubled),
    ("key: wrong letter", KEY, wrong),
    ("code: letters swapped", CODE, swapped),
    ("code: letter missing", CODE, dropped),
    ("code: wrong letter", CODE, wrong),
    ("code: small letters", CODE, |it| it.to_lowercase()),
    ("country: letters swapped", COUNTRY, swapped),
    ("country: letter missing", COUNTRY, dropped),
    ("country: wrong letter", COUNTRY, wrong),
    ("actor: letters swapped", ACTOR, swapped),
    ("actor: letter missing", ACTOR, dropped),
    ("actor: wrong letter", ACTOR, wrong),
    ("actor: capitals", ACTOR, |it| it.to_uppercase()),
    ("place: letter missing", PLACE, dropped),
    ("place: letter twice", PLACE, doubled),
    ("place: other separator", PLACE, |it| it.replace('-', "_")),
    ("source: letter missing", SOURCE, dropped),
    ("source: other digit", ARTICLE, |it| other_digit(it)),
    ("component: letter missing", WORD, dropped),
    ("component: letters swapped", WORD, swapped),
    ("level: letter missing", LEVEL, dropped),
    ("level: letters swapped", LEVEL, swapped),
    ("date: slashes", DATE, |it| it.replace('-', "/")),
    ("date: no zeros", DATE, |it| it.replace("-0", "-")),
    ("date: digit missing", DATE, |it| it[..it.len() - 1].to_owned()),
    ("date: digits swapped", DATE, |it| swapped(it)),
    ("date: a zero missing", DATE, |it| it.replacen("-0", "-", 1)),
];

fn exchanged(bracket: &str) -> String {
    let other = match bracket {
        "[" => "{",
        "{" => "[",
        "]" => "}",
        _ => "]",
    };
    other.to_owned()
}

fn trimmed(text: &str) -> String {
    text[1..text.len() - 1].to_owned()
}

fn swapped(word: &str) -> String {
    let (at, mut letters) = (word.len() / 2, word.as_bytes().to_vec());
    letters.swap(at - 1, at);
    String::from_utf8(letters).unwrap()
}

fn dropped(word: &str) -> String {
    let at = word.len() / 2;
    format!("{}{}", &word[..at], &word[at + 1..])
}

fn doubled(word: &str) -> String {
    let at = word.len() / 2;
    format!("{}{}", &word[..=at], &word[at..])
}

fn wrong(word: &str) -> String {
    let at = word.len() / 2;
    let other = if word.starts_with(char::is_uppercase) { "X" } else { "x" };
    format!("{}{other}{}", &word[..at], &word[at + 1..])
}

fn other_digit(id: &str) -> String {
    let last = if id.ends_with('1') { "2" } else { "1" };
    format!("{}{last}", &id[..id.len() - 1])
}

/// What a text says, however it is written.
fn meaning(text: &str) -> String {
    fn of(node: Node<'_>, said: &mut String) {
        match node.content() {
            Content::Scalar(scalar) => said.push_str(&format!("{:?}", scalar.text)),
            Content::Sequence(items) => {
                said.push('[');
                items.items().for_each(|item| of(item, said));
                said.push(']');
            }
            Content::Mapping(mapping) => {
                said.push('{');
                for entry in mapping.entries() {
                    of(entry.key, said);
                    of(entry.value, said);
                }
                said.push('}');
            }
        }
    }
    let stream = parse(text);
    let mut said = format!("{} wrong, ", stream.defects.len());
    stream.documents.iter().filter_map(|document| document.root()).for_each(|it| of(it, &mut said));
    said
}

/// The record after the fixes of the project that holds it, and whether anything else changed.
fn fixed(world: &Memory, path: &str, unsafe_fixes: bool) -> (String, usize) {
    let wanted = Wanted { unsafe_fixes, level: Level::Info, may_change: &|_| true };
    let mut overlay = Overlay::new(world);
    crate::check::fix(None, &mut overlay, &Selection::default(), &wanted).unwrap();
    let text = String::from_utf8(overlay.read(path).unwrap().unwrap()).unwrap();
    let elsewhere = overlay.changes().iter().filter(|change| change.path != path).count();
    (text, elsewhere)
}

/// Slips of one kind that are made, each in another record.
const OF_A_KIND: usize = 3;

/// A slip in a record.
struct Made<'r> {
    kind: &'static str,
    path: &'r str,
    right: &'r str,
    slipped: String,
}

/// The slips of each kind in the records, given as path and text.
fn made(records: &[(String, String)]) -> Vec<Made<'_>> {
    let of_kind = |(kind, slip): (usize, &Slip)| {
        let pattern = Regex::new(slip.1).unwrap();
        let turned = records.iter().cycle().skip(kind).take(records.len()).enumerate();
        let made = turned.filter_map(|(at, (path, right))| {
            let places: Vec<_> =
                pattern.captures_iter(right).filter_map(|found| found.get(1)).collect();
            let place = places.get((at * 7 + kind) % places.len().max(1))?;
            let mut slipped = right.clone();
            slipped.replace_range(place.range(), &slip.2(place.as_str()));
            let is_slip = meaning(&slipped) != meaning(right);
            is_slip.then_some(Made { kind: slip.0, path, right, slipped })
        });
        made.take(OF_A_KIND).collect::<Vec<_>>()
    };
    SLIPS.iter().enumerate().flat_map(of_kind).collect()
}

/// What became of the slips of one kind.
#[derive(Clone, Copy, Debug, Default)]
struct Outcome {
    made: usize,
    restored_safely: usize,
    restored: usize,
    untouched: usize,
}

/// What the fixes make of a slip in a project of `others`, and what harm they do.
fn outcome(slip: &Made<'_>, others: &Memory) -> (Outcome, String) {
    let mut world = others.clone();
    world.write(slip.path, slip.slipped.as_str());
    let mut outcome = Outcome { made: 1, ..Outcome::default() };
    let mut harm = String::new();
    for unsafe_fixes in [false, true] {
        let (after, elsewhere) = fixed(&world, slip.path, unsafe_fixes);
        let restored = meaning(&after) == meaning(slip.right);
        outcome.restored_safely += usize::from(restored && !unsafe_fixes);
        outcome.restored += usize::from(restored && unsafe_fixes);
        outcome.untouched += usize::from(after == slip.slipped && unsafe_fixes);
        if elsewhere > 0 || !restored && after != slip.slipped {
            let diff = |old: &str, new: &str| {
                let patch = crate::fix::unified_diff(slip.path, old, new);
                patch.map_or_else(|error| error.to_string(), |patch| patch.as_str().to_owned())
            };
            let (slipped, kind) = (&slip.slipped, slip.kind);
            harm = format!("{kind}\n{}\n{}\n", diff(slip.right, slipped), diff(slipped, &after));
        }
    }
    (outcome, harm)
}

#[test]
fn after_a_slip_a_record_means_what_it_meant_or_the_place_is_untouched() {
    let (whole, mut others) = (repository(), repository_without_events());
    let paths = whole.files(&format!("{DATASET}/events")).unwrap();
    let records: Vec<_> = paths
        .into_iter()
        .map(|path| (path.clone(), String::from_utf8(whole.read(&path).unwrap().unwrap()).unwrap()))
        .collect();
    // The other records, as short as they can be referred to.
    for (path, _) in &records {
        let id = path.rsplit('/').next().unwrap().trim_end_matches(".yaml");
        let stub = format!("id: {id}\ndate: 2019-08\naction: ASSAULT\ncertainty: possible\n");
        others.write(path.clone(), stub);
    }
    let slips = made(&records);
    let ran: Vec<_> = slips.par_iter().map(|slip| outcome(slip, &others)).collect();
    let mut kinds: BTreeMap<&str, Outcome> = BTreeMap::new();
    let mut all = Outcome::default();
    for (slip, (outcome, _)) in slips.iter().zip(&ran) {
        for sum in [kinds.entry(slip.kind).or_default(), &mut all] {
            sum.made += outcome.made;
            sum.restored_safely += outcome.restored_safely;
            sum.restored += outcome.restored;
            sum.untouched += outcome.untouched;
        }
    }
    let harms: String = ran.iter().map(|(_, harm)| harm.as_str()).collect();
    assert!(harms.is_empty(), "\n{harms}");
    let unmade: Vec<_> = SLIPS.iter().filter(|slip| !kinds.contains_key(slip.0)).collect();
    assert!(unmade.is_empty(), "{unmade:?}");
    assert!(all.restored * 10 >= all.made * 6, "{all:?} of {kinds:#?}");
}
