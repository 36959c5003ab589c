//! What a change of a project gives up is told once, at the place of the change.

use crate::check::{Compared, compare, compare_by_base};
use crate::dataset::Selection;
use crate::source::{Memory, World};

use crate::tests::project::{
    DATASET, Found, found, new_findings, repository, repository_with_schema,
};

/// The text of a file of a project.
fn text(world: &Memory, path: &str) -> String {
    String::from_utf8(world.read(path).unwrap().unwrap()).unwrap()
}

/// A project in which some texts, each of which stands there once, are replaced: path, old, new.
fn changed(before: &Memory, changes: &[(&str, &str, &str)]) -> Memory {
    let mut after = before.clone();
    for (path, from, to) in changes {
        let old = text(&after, path);
        assert_eq!(old.matches(from).count(), 1, "{path}: {from}");
        after.write(*path, old.replacen(from, to, 1));
    }
    after
}

/// What is found after a change of the repository: path, level and rule, without lines.
fn caused(changes: &[(&str, &str, &str)]) -> Vec<(String, String)> {
    let before = repository_with_schema();
    paths(new_findings(&before, &changed(&before, changes)))
}

fn paths(found: Vec<Found>) -> Vec<(String, String)> {
    found.into_iter().map(|(path, _, found)| (path, found)).collect()
}

fn one(path: &str, found: &str) -> Vec<(String, String)> {
    vec![(path.to_owned(), found.to_owned())]
}

fn of_dataset(file: &str) -> String {
    format!("{DATASET}/{file}")
}

const CODEBOOK: &str = "schema/codebook.yaml";
const BALAD: &str = "events/2019-08-20-balad.yaml";

#[test]
fn a_weaker_check_is_one_warning_where_it_is_weakened() {
    let (dataset, sources, balad) =
        (of_dataset("dataset.yaml"), of_dataset("sources.yaml"), of_dataset(BALAD));
    let policy = policy();
    let cases: &[(&str, &str, &str)] = &[
        (CODEBOOK, "    probable: {named: true}\n", "    probable: {voices: 1}\n"),
        (
            CODEBOOK,
            "  action:\n    confirmed: [{admitted: true, uncontested: true}",
            "  action:\n    confirmed: [{admitted: true}",
        ),
        (CODEBOOK, &policy, "\n"),
        (CODEBOOK, "    min: 1\n", ""),
        (&dataset, "codebook: coded-events\n", "levels: {outside-validity: info}\n"),
        (&balad, "until: 2027-11", "until: 2028-01"),
        (&balad, "allow:\n", "allow:\n  - {rule: unclaimed-value, because: Lost., until: 2027}\n"),
        (&sources, "  cites: [al-alam-2019-07-19]\n", ""),
        ("schema/codes/admiralty.yaml", "    rank: 5\n", "    rank: 7\n"),
    ];
    for (path, from, to) in cases {
        let found = caused(&[(path, from, to)]);
        let told: Vec<_> =
            found.into_iter().filter(|(_, found)| !found.starts_with("info")).collect();
        assert_eq!(told, one(path, "warning: weakened-check"), "{from:?} {to:?}");
    }
    assert_eq!(caused(&[(&balad, "until: 2027-11", "until: 2027-10")]), []);
    assert_eq!(
        caused(&[(&balad, "until: 2027-11", "until: 2029-01")]),
        [
            (balad.clone(), "warning: weakened-check".to_owned()),
            (balad.clone(), "error: invalid-allow".to_owned()),
        ]
    );
}

#[test]
fn a_list_in_the_place_of_a_shipped_one_is_told() {
    let before = repository();
    let mut after = before.clone();
    let path = "schema/codes/country.yaml";
    after.write(
        path,
        text(&repository_with_schema(), path).replace("label: Israel", "label: Not it"),
    );
    assert_eq!(paths(new_findings(&before, &after)), one(path, "warning: weakened-check"));
}

#[test]
fn what_is_gone_is_told_once_with_what_follows() {
    let (actors, sources) = (of_dataset("actors.yaml"), of_dataset("sources.yaml"));
    let error = "error: removed-id";
    assert_eq!(caused(&[(&actors, "\npmf:\n", "\nhashd:\n")]), one(&actors, error));
    assert_eq!(caused(&[(&sources, "tv7-2019-08-21:\n", "tv7:\n")]), one(&sources, error));
    let ordinal = "  series_ordinal:\n    type: integer\n    min: 1\n    doc: Which of its series this event is, counted from 1.\n";
    assert_eq!(caused(&[(CODEBOOK, ordinal, "")]), one(CODEBOOK, error));

    let before = repository_with_schema();
    let Compared { before: was, after, .. } = compare(
        &before,
        &changed(&before, &[(&actors, "\npmf:\n", "\nhashd:\n")]),
        &Selection::default(),
    )
    .unwrap();
    let [told] = &after.findings.iter().collect::<Vec<_>>()[..] else { panic!() };
    let message = told.message.as_str();
    let begins = "actor `pmf` was renamed to `hashd`, which causes ";
    assert!(message.starts_with(begins) && message.ends_with(" findings elsewhere"));
    assert!(was.findings.is_empty(), "{:?}", was.findings);
}

#[test]
fn an_event_that_is_renamed_or_deleted_is_told() {
    let before = repository_with_schema();
    let warning = "warning: removed-id";
    let (old, new) =
        (of_dataset("events/2019-08-15-flight-ban.yaml"), of_dataset("events/ban.yaml"));
    let without = |kept: &dyn Fn(&str) -> bool| {
        let mut world = Memory::new();
        world.set_today(before.today());
        for folder in ["schema", "datasets"] {
            let paths = before.files(folder).unwrap().into_iter();
            for path in paths.filter(|path| kept(path)) {
                world.write(path.clone(), text(&before, &path));
            }
        }
        world
    };
    let mut renamed = without(&|path| path != old);
    assert_eq!(
        paths(new_findings(&before, &renamed)),
        one(&of_dataset("dataset.yaml"), warning),
        "an event that others do not refer to is told all the same"
    );
    renamed.write(new.clone(), text(&before, &old).replace("id: 2019-08-15-flight-ban", "id: ban"));
    assert_eq!(paths(new_findings(&before, &renamed)), one(&new, warning));
}

#[test]
fn a_recoded_component_is_told_whatever_claims_say() {
    let balad = of_dataset(BALAD);
    for (from, to, expected) in [
        ("date: 2019-08-20\n", "date: 2019-08-19\n", &["recoded"][..]),
        ("  code: ISR\n", "  code: USA\n", &["recoded", "stale-reason"]),
        ("fatalities: 0..2\n", "fatalities: 4..6\n", &["recoded"]),
        ("ISR\n  certainty: possible\n", "ISR\n  certainty: doubtful\n", &["stale-reason"]),
        (
            "[military-base, headquarters, weapons-depot]",
            "[headquarters, weapons-depot, military-base]",
            &[],
        ),
    ] {
        let found = caused(&[(&balad, from, to)]);
        let of_change = found.iter().filter_map(|(path, found)| {
            let rule = found.strip_prefix("warning: ")?;
            (*path == balad && ["recoded", "stale-reason"].contains(&rule)).then_some(rule)
        });
        assert_eq!(of_change.collect::<Vec<_>>(), expected, "{to}");
    }
}

/// What is found after a change that is also judged by what it is compared with: path, level and rule.
fn caused_by_base(before: &Memory, after: &Memory) -> Vec<(String, String)> {
    let compared = compare_by_base(before, after, &Selection::default()).unwrap();
    paths(found(&compared.after, after))
}

/// Adds a code to the list of actions.
const MAGIC: (&str, &str, &str) = (
    "schema/codes/plover-events.yaml",
    "codes:\n",
    "codes:\n  MAGIC:\n    label: Magic\n    doc: By magic.\n",
);

/// A project with another folder for its dataset.
fn in_folder(project: &Memory, folder: &str) -> Memory {
    let mut moved = Memory::new();
    moved.set_today(project.today());
    for path in ["schema", "datasets"].map(|of| project.files(of).unwrap()).concat() {
        moved.write(path.replace(DATASET, folder), text(project, &path));
    }
    moved
}

#[test]
fn a_dataset_under_another_name_keeps_its_levels() {
    let dataset = of_dataset("dataset.yaml");
    let strict = (&*dataset, "codebook: coded-events\n", "levels: {actor-is-target: error}\n");
    let before = changed(&repository_with_schema(), &[strict]);
    let own = "id: new\ndate: 2019-08-20\naction: ASSAULT\nactor: pmf\ntarget: pmf\n\
               certainty: unjudged\n";
    let mut after = in_folder(&repository_with_schema(), "datasets/renamed");
    after.write("datasets/renamed/events/new.yaml", own);
    let found = caused_by_base(&before, &after);
    let is_found = |path: &str, finding: &str| {
        found.contains(&(format!("datasets/renamed/{path}"), finding.to_owned()))
    };
    assert!(is_found("events/new.yaml", "error: actor-is-target"), "{found:?}");
    assert!(is_found("dataset.yaml", "warning: weakened-check"), "{found:?}");
}

#[test]
fn a_codebook_without_records_judges_the_first_ones() {
    let mut before = Memory::new();
    let after = with_record("ASSAULT", &[(CODEBOOK, &policy(), "\n")]);
    before.set_today(after.today());
    for path in repository_with_schema().files("schema").unwrap() {
        before.write(path.clone(), text(&repository_with_schema(), &path));
    }
    let error = (of_dataset("events/new.yaml"), "error: unsupported-certainty".to_owned());
    assert!(!paths(new_findings(&before, &after)).contains(&error));
    assert!(caused_by_base(&before, &after).contains(&error));
}

/// The policy of the codebook, to its end.
fn policy() -> String {
    let codebook = text(&repository_with_schema(), CODEBOOK);
    codebook[codebook.find("\npolicy:").unwrap()..].to_owned()
}

/// A record whose certainty is a guess, with the action given.
fn record(action: &str) -> String {
    format!("id: new\ndate: 2019-08-20\naction: {action}\ncertainty: confirmed\n")
}

/// A change of the repository that adds a record and, where asked, replaces a text.
fn with_record(action: &str, changes: &[(&str, &str, &str)]) -> Memory {
    let mut after = changed(&repository_with_schema(), changes);
    after.write(of_dataset("events/new.yaml"), record(action));
    after
}

#[test]
fn a_change_cannot_weaken_its_own_check() {
    let before = repository_with_schema();
    let (new, dataset) = (of_dataset("events/new.yaml"), of_dataset("dataset.yaml"));
    let policy = policy();
    let lowered = "levels: {unsupported-certainty: info}\n";
    let cases = [
        ("ASSAULT", (CODEBOOK, &*policy, "\n"), "unsupported-certainty"),
        ("ASSAULT", (&*dataset, "codebook: coded-events\n", lowered), "unsupported-certainty"),
        ("MAGIC", MAGIC, "unknown-code"),
    ];
    for (action, weakening, rule) in cases {
        let after = with_record(action, &[weakening]);
        let own = paths(new_findings(&before, &after));
        let all = caused_by_base(&before, &after);
        let error = (new.clone(), format!("error: {rule}"));
        assert!(!own.contains(&error) && all.contains(&error), "{weakening:?} {own:?} {all:?}");
        for found in own.iter().filter(|(_, found)| !found.ends_with(rule)) {
            assert!(all.contains(found), "what the project itself finds is told too: {found:?}");
        }
    }
}

#[test]
fn a_change_that_weakens_nothing_is_judged_alike_by_both() {
    let before = repository_with_schema();
    let stricter = (CODEBOOK, "    probable: {named: true}\n", "    probable: {voices: 9}\n");
    for changes in [&[][..], &[stricter]] {
        let after = with_record("ASSUALT", changes);
        let own = paths(new_findings(&before, &after));
        assert!(own.iter().any(|(_, found)| found == "error: unknown-code"), "{own:?}");
        assert_eq!(caused_by_base(&before, &after), own, "{changes:?}");
    }
    let first = caused_by_base(&Memory::new(), &with_record("MAGIC", &[MAGIC]));
    assert!(!first.iter().any(|(_, found)| found.ends_with("unknown-code")), "{first:?}");
}
