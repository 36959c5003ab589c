//! What an earlier run said is said again only where a new one would say the same.
//!
//! `PROPTEST_CASES=4000 cargo test --release --lib cache` tries a thousand edit scripts.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use tempfile::TempDir;

use crate::check::{Cache, Verdict, Worth, check, verdict};
use crate::dataset::Selection;
use crate::diagnostic::render::{Format, Report, Scope, Terminal, Texts};
use crate::schema;
use crate::source::{CacheFolder, Disk, Look, Progress, World};

/// A project of two datasets on disk, and the cache of it.
struct Trial {
    project: TempDir,
    cache: TempDir,
    /// When one of so many files was read, what is known of all is kept anew.
    share: usize,
    /// Whether files are told apart by what the file system says of them, or by their bytes alone.
    settles: bool,
}

const FILES: &[(&str, &str)] = &[
    ("datasets/a/dataset.yaml", "dataset: a\ntitle: A\nversion: '1'\nlicense: CC0-1.0\n"),
    ("datasets/a/actors.yaml", "x: {name: X, country: XQZ}\n"),
    ("datasets/a/places/1.yaml", PLACE),
    ("datasets/a/places/2.yaml", "q: {name: Q, country: IRQ}\n"),
    ("schema/codes/country.yaml", COUNTRIES),
    ("datasets/a/sources.yaml", "s: {publisher: P}\n"),
    ("datasets/a/events/1.yaml", EVENT),
    ("datasets/a/events/6.yaml", SECOND),
    ("datasets/a/events/6.c.yaml", CODED),
    ("datasets/a/events/7.yaml", THIRD),
    ("datasets/a/events/8.yaml", SPELLED),
    ("datasets/a/events/9.yaml", STREAM),
    ("datasets/a/events/2.yaml", "id: '2'\ndate: 2019-02-30\naction: ASSAULT\ncertainty: sure\n"),
    ("datasets/a/events/3.yaml", "id: '4'\nactor: {code: nobody\n"),
    (
        "datasets/b/events/1.yaml",
        "id: '1'\nallow: [{rule: missing-key, because: x, until: 2020}]\n",
    ),
];

const EVENT: &str = "id: '1'\ndate: 2019-02-03\nactor: {code: x, certainty: probable}\n\
                     action: ASSAULT\ncertainty: probable\nsources: [\"https://a.example/1\"]\n";

/// Two events that may be one; each rests on the registries and on the other.
const SECOND: &str = "id: '6'\ndate: 2019-02-03\nactor: {code: x, certainty: probable}\n\
                      action: ASSAULT\ncertainty: probable\n\
                      related: [{event: '7', as: follows}]\n\
                      claims: {s: [{by: X-, affirms: [event]}]}\n";
const THIRD: &str = "id: '7'\ndate: 2019-02-03\nactor: {code: x, certainty: probable}\n\
                     action: ASSAULT\ncertainty: confirmed\nlocation: {place: somewhere}\n\
                     claims: {s: [{by: spokesman, affirms: [event], date: 2018}]}\n";

/// A single coder's record, which names another coder.
const CODED: &str = "id: '6'\ndate: 2019-02-03\nactor: {code: x, certainty: probable}\n\
                     action: ASSAULT\ncertainty: probable\ncoding: {by: d}\n";

/// An event that spells the page of another in its own way.
const SPELLED: &str = "id: '5'\ndate: 2019-02-04\nactor: {code: x, certainty: probable}\n\
                       action: ASSAULT\ncertainty: confirmed\n\
                       sources: [\"https://A.example/1/?utm_source=x\"]\n";

/// A stream of events, of which only some wait until pages have names, and one may be another.
const STREAM: &str = "id: '9'\ndate: 2019-02-03\nactor: {code: x, certainty: probable}\n\
                      action: ASSAULT\ncertainty: probable\n\
                      ---\nid: '10'\ndate: 2019-02-03\nactor: {code: x, certainty: probable}\n\
                      action: ASSAULT\ncertainty: probable\n\
                      sources: [\"https://a.example/1#y\", \"https://b.example/2\"]\n\
                      ---\nid: '11'\ndate: 2019-02-04\nactor: {code: x, certainty: probable}\n\
                      action: ASSAULT\ncertainty: probable\nrelated: [{event: '6', as: precedes}]\n";

const PLACE: &str = "somewhere: {name: P, country: XQZ}\n";

/// A list of the project's own, of which a code is used that another one lacks.
const COUNTRIES: &str = "list: country\nversion: '1'\norigin: O\ncodes:\n  IRQ: {label: Iraq}\n  \
                         XQZ: {label: X}\n";
const FEWER: &str = "list: country\nversion: '1'\norigin: O\ncodes:\n  IRQ: {label: Iraq}\n";

/// Texts that a file may get.
const TEXTS: &[&str] = &[
    EVENT,
    STREAM,
    SPELLED,
    "s: {publisher: P, cites: [\"https://A.example/1#x\"]}\n",
    "s: {publisher: P, url: \"https://a.example/1\"}\n",
    SECOND,
    THIRD,
    "",
    "id: '2'\n",
    "y: {name: Y}\n",
    PLACE,
    COUNTRIES,
    FEWER,
    "\"https://a.example/1\": {publisher: P, archived: \"https://archive.example/1\"}\n",
    "t: {publisher: Q, cites: [\"https://archive.example/1\"]}\n",
    "- \u{202e}",
    "[",
    "*\n",
    "1.yaml\n8.yaml\n",
    "!1.yaml\n",
];

/// Paths that a file may get a text at.
const PATHS: &[&str] = &[
    "datasets/a/events/0.yaml",
    "datasets/a/events/8.yaml",
    "datasets/a/events/1.yaml",
    "datasets/a/events/5.yaml",
    "datasets/a/events/6.yaml",
    "datasets/a/events/7.yaml",
    "datasets/a/events/9.yaml",
    "datasets/a/actors.yaml",
    "datasets/a/sources.yaml",
    "datasets/a/Actors.yaml",
    "datasets/a/sources/1.yaml",
    "datasets/a/sources/2.yaml",
    "datasets/a/places/2.yaml",
    "schema/codes/country.yaml",
    "datasets/a/.gitignore",
    "datasets/b/dataset.yaml",
    "datasets/c/events/1.yaml",
    "schema/codebook.yaml",
    "schema/json/event.json",
    "schema/json/actors.json",
    ".gitignore",
    "events/1.yaml",
];

#[derive(Clone, Debug)]
enum Edit {
    Write(usize, usize),
    Remove(usize),
    Swap(usize, usize),
    Flip(usize, usize),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let (path, text) = (0..PATHS.len(), 0..TEXTS.len());
    let edit = prop_oneof![
        (path.clone(), text).prop_map(|(path, text)| Edit::Write(path, text)),
        path.clone().prop_map(Edit::Remove),
        (path.clone(), path.clone()).prop_map(|(one, other)| Edit::Swap(one, other)),
        (path, any::<usize>()).prop_map(|(path, at)| Edit::Flip(path, at)),
    ];
    proptest::collection::vec(edit, 0..4)
}

impl Edit {
    /// Makes the edit, if what it needs is there.
    fn make(&self, root: &Path) {
        let path = |at: usize| root.join(PATHS[at]);
        match *self {
            Self::Write(at, text) => {
                fs::create_dir_all(path(at).parent().unwrap()).unwrap();
                fs::write(path(at), TEXTS[text]).unwrap();
            }
            Self::Remove(at) => drop(fs::remove_file(path(at))),
            Self::Swap(one, other) => {
                let (is, was) = (fs::read(path(one)), fs::read(path(other)));
                if let (Ok(is), Ok(was)) = (is, was) {
                    fs::write(path(one), was).unwrap();
                    fs::write(path(other), is).unwrap();
                }
            }
            Self::Flip(at, byte) => {
                if let Ok(mut bytes) = fs::read(path(at))
                    && !bytes.is_empty()
                {
                    let byte = byte % bytes.len();
                    bytes[byte] ^= 1;
                    fs::write(path(at), bytes).unwrap();
                }
            }
        }
    }
}

impl Trial {
    fn new((share, settles): (usize, bool)) -> Self {
        let (project, cache) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let trial = Self { project, cache, share, settles };
        for (path, text) in FILES {
            let path = trial.project.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        trial
    }

    fn disk(&self) -> Disk {
        Disk::new(self.project.path().to_owned())
    }

    fn cache<'d>(&self, disk: &'d Disk) -> Cache<'d> {
        let program = std::env::current_exe().unwrap();
        let folder = CacheFolder::within(self.cache.path().to_owned(), disk, program);
        // Files that were written just now count as left alone for a while, or not.
        let begun = SystemTime::now() + Duration::from_secs(if self.settles { 60 } else { 0 });
        let worth = Worth { files: 0, bytes: 0, share: self.share };
        Cache::within(Look::begun_at(disk, begun), folder, worth)
    }

    /// What is printed with and without what the cache knows, and whether it knew all of it.
    fn both(&self) -> (String, String, bool) {
        let disk = self.disk();
        let (cache, selection) = (self.cache(&disk), Selection::default());
        let last = cache.last(&selection);
        let is_known = last.is_some_and(|last| cache.verdict(&selection, &last).is_some());
        let cache = self.cache(&disk);
        let warm = verdict(&selection, &Progress::default(), &cache).unwrap();
        let cold = check(&disk, &selection).unwrap().verdict();
        (printed(&warm, &disk), printed(&cold, &disk), is_known)
    }
}

fn printed(verdict: &Verdict, disk: &dyn World) -> String {
    let scope = Scope { files: verdict.files.ids().collect(), ..Scope::default() };
    let report = Report::new(&verdict.findings, scope);
    let text = |file| schema::text_of(disk, verdict.files.path(file));
    let mut texts = Texts::new(&verdict.files, text);
    let mut out = Vec::new();
    Format::named("json").unwrap().write(&mut out, Terminal::NONE, &report, &mut texts).unwrap();
    format!("{}{:?}", String::from_utf8(out).unwrap(), verdict.datasets)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 4))]

    #[test]
    fn after_any_edits_the_same_is_said_with_a_cache_and_without(
        rounds in proptest::collection::vec(edits(), 2..5),
        keeping in (prop_oneof![Just(0), Just(2), Just(50)], any::<bool>()),
    ) {
        let trial = Trial::new(keeping);
        for (round, edits) in rounds.iter().enumerate() {
            edits.iter().for_each(|edit| edit.make(trial.project.path()));
            // The clock of a file system ticks every few milliseconds.
            sleep(Duration::from_millis(10));
            let (warm, cold, is_known) = trial.both();
            prop_assert_eq!(warm, cold, "round {}", round);
            let may_be_known = round > 0;
            prop_assert!(!is_known || may_be_known);
            prop_assert!(is_known || !may_be_known || !edits.is_empty());
            sleep(Duration::from_millis(10));
        }
    }
}

#[test]
fn a_damaged_or_foreign_cache_is_none() {
    let trial = Trial::new((50, true));
    let (_, cold, _) = trial.both();
    let disk = trial.disk();
    let known = || {
        let (cache, selection) = (trial.cache(&disk), Selection::default());
        let last = cache.last(&selection)?;
        let said = cache.verdict(&selection, &last)?;
        cache.known(&selection, &last).map(|_| said)
    };
    assert_eq!(printed(&known().unwrap().0, &disk), cold);
    let folder = fs::read_dir(trial.cache.path()).unwrap().next().unwrap().unwrap().path();
    let files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 3);
    for file in files {
        let whole = fs::read(&file).unwrap();
        for at in (0..whole.len()).step_by(whole.len() / 200) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            fs::write(&file, &bytes).unwrap();
            assert!(known().is_none(), "byte {at} of {}", file.display());
            fs::write(&file, &whole[..at]).unwrap();
            assert!(known().is_none(), "{at} bytes of {}", file.display());
        }
        fs::write(&file, &whole).unwrap();
        assert!(known().is_some());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let set = |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            set(0o666);
            assert!(known().is_none(), "anyone can have written it");
            set(0o600);
        }
    }
}
