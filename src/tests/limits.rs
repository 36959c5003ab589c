//! What is read of a project that was written to cost much: as far as the limits, and each that is
//! met is said once. How long it takes, `cargo bench --bench hostile` tells.

use std::fmt::Write as _;

use crate::check::check;
use crate::dataset::Selection;
use crate::diagnostic::Level;
use crate::source::Memory;

/// The `limit-exceeded` findings of a project, as `path: message`, and how many others there are.
fn limits(files: &[(&str, &str)]) -> (Vec<String>, usize) {
    let mut world = Memory::new();
    for (path, text) in files {
        world.write(*path, *text);
    }
    let checked = check(&world, &Selection::default()).unwrap();
    let (limits, others): (Vec<_>, Vec<_>) =
        checked.findings.iter().partition(|finding| finding.rule == "limit-exceeded");
    assert!(limits.iter().all(|finding| finding.level == Level::Error));
    let said = limits.iter().map(|finding| {
        let path = checked.files.path(finding.location.file);
        format!("{}: {}", path.rsplit('/').next().unwrap(), finding.message)
    });
    (said.collect(), others.len())
}

fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).map(line).collect()
}

fn event(more: &str) -> String {
    format!("id: e\ndate: 2019-08-20\naction: ASSAULT\ncertainty: possible\n{more}")
}

const EVENT: &str = "datasets/d/events/e.yaml";
const ACTORS: &str = "datasets/d/actors.yaml";
const PLACES: &str = "datasets/d/places.yaml";
const SOURCES: &str = "datasets/d/sources.yaml";

fn coded(n: usize) -> String {
    (0..n).map(|at| format!("{{code: a{at}, certainty: possible}}")).collect::<Vec<_>>().join(", ")
}

fn actors(n: usize) -> String {
    lines(n, |at| format!("a{at}: {{name: x{at}, kind: organisation}}\n"))
}

#[test]
fn an_event_is_read_as_far_as_its_limits() {
    let of = |more: &str| {
        limits(&[(EVENT, &event(more)), (ACTORS, &actors(300)), (SOURCES, "s: {publisher: p}\n")]).0
    };
    assert_eq!(of(&format!("actor: [{}]\n", coded(200))), [""; 0]);
    assert_eq!(
        of(&format!("actor: [{}]\n", coded(201))),
        ["e.yaml: more than 200 actors, actions or targets are coded"]
    );
    let pairs = |targets| format!("actor: [{}]\ntarget: [{}]\n", coded(100), coded(targets));
    assert_eq!(of(&pairs(20)), [""; 0]);
    assert_eq!(
        of(&pairs(21)),
        ["e.yaml: the actors, actions and targets form more than 2000 triples"]
    );
    let claims = |n, claim: &str| {
        format!("claims:\n  s:\n{}", lines(n, |at| format!("  - {{by: person {at}, {claim}}}\n")))
    };
    assert_eq!(of(&claims(1_000, "note: x")), [""; 0]);
    assert_eq!(of(&claims(1_001, "note: x")), ["e.yaml: the event has more than 1000 claims"]);
    assert_eq!(
        of(&claims(251, "says: {action: ASSAULT, date: 2019}")),
        ["e.yaml: the event has more than 500 values, coded or stated in claims"]
    );
    let affirmed = format!("actor: [{}]\n{}", coded(200), claims(501, "affirms: [actor]"));
    assert_eq!(of(&affirmed), ["e.yaml: the claims of the event concern more than 100000 values"]);
}

#[test]
fn a_file_shows_as_many_findings_as_anyone_reads() {
    let keys = event(&lines(20_000, |at| format!("unknown_{at}: x\n")));
    let (said, others) = limits(&[(EVENT, &keys)]);
    assert_eq!(said, ["e.yaml: the file has more than 10000 findings"]);
    assert!(others <= 10_000, "{others}");
    // What is not said must not be taken for sound.
    let broken = format!("{}---\n{}", "---\n{}\n".repeat(11_000), event("actor: UNK\n"));
    let (said, others) = limits(&[(EVENT, &broken)]);
    assert_eq!(said, ["e.yaml: the file has more than 10000 findings"]);
    assert!(others <= 10_000, "{others}");
    let unknown = event("target: nobody\n");
    let many =
        lines(10_001, |at| format!("---\n{}", unknown.replace("id: e", &format!("id: e{at}"))));
    let (said, others) = limits(&[(EVENT, &many)]);
    assert_eq!(
        (said, others),
        (vec!["e.yaml: the file has more than 10000 findings".to_owned()], 10_000)
    );
}

#[test]
fn what_was_meant_is_looked_for_as_often_as_a_hand_slips() {
    // Letters alone, and all alike.
    let name = |at: usize| {
        let letter =
            |place: u32| char::from(b'a' + u8::try_from(at / 26_usize.pow(place) % 26).unwrap());
        format!("the-name-of-some-place-{}{}{}", letter(2), letter(1), letter(0))
    };
    let places = lines(3_000, |at| format!("{0}: {{name: {0}, within: {0}-q}}\n", name(at)));
    let (said, others) = limits(&[(PLACES, &places)]);
    assert_eq!(
        said,
        ["places.yaml: more words are misspelled than eventc compares with these names"]
    );
    assert_eq!(others, 3_000, "each is unknown all the same");
    let fields = lines(300, |at| format!("  f{at:a>90}: {{type: text, doc: x}}\n"));
    let codebook = format!("codebook: own\nversion: '1'\nfields:\n{fields}");
    let keys = event(&lines(300, |at| format!("f{at:b>90}: x\n")));
    let (said, others) = limits(&[("schema/codebook.yaml", &codebook), (EVENT, &keys)]);
    assert_eq!(
        said,
        ["e.yaml: the file has more unknown keys than eventc looks up suggestions for"]
    );
    assert_eq!(others, 300);
}

#[test]
fn a_help_names_no_more_keys_than_one_can_choose_from() {
    let mut world = Memory::new();
    let fields = lines(300, |at| format!("  field_{at}: {{type: text, doc: x}}\n"));
    world.write("schema/codebook.yaml", format!("codebook: own\nversion: '1'\nfields:\n{fields}"));
    world.write(EVENT, event("quite_another: x\n"));
    let checked = check(&world, &Selection::default()).unwrap();
    let finding = checked.findings.iter().find(|finding| finding.rule == "unknown-key").unwrap();
    let help = finding.help.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    assert!(help.contains("`field_1`, `field_2` and 297 more"), "{help}");
}

#[test]
fn a_codebook_is_read_as_far_as_its_limits() {
    let list = |name: &str, more: &str, codes: &str| {
        let head = format!("list: {name}\nversion: '1'\norigin: x\n");
        (format!("schema/codes/{name}.yaml"), format!("{head}{more}codes:\n{codes}"))
    };
    let of = |files: &[(String, String)]| {
        let files: Vec<_> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
        let (said, others) = limits(&files);
        assert_eq!(others, 0);
        said
    };
    let codebook = |fields: String| {
        vec![(
            "schema/codebook.yaml".to_owned(),
            format!("codebook: own\nversion: '1'\nfields:\n{fields}"),
        )]
    };
    let field = |at| format!("  f{at}: {{type: text, doc: x}}\n");
    assert_eq!(of(&codebook(lines(500, field))), [""; 0]);
    assert_eq!(
        of(&codebook(lines(501, field))),
        ["codebook.yaml: the codebook has more than 500 extra fields"]
    );
    let matched = |at| format!("  f{at}: {{type: text, doc: x, pattern: 'x'}}\n");
    assert_eq!(
        of(&codebook(lines(101, matched)))[..1],
        ["codebook.yaml: more than 100 fields have a pattern"]
    );
    let long = "l".repeat(101);
    assert_eq!(
        of(&codebook(format!("  {long}: {{type: text, doc: x}}\n"))),
        ["codebook.yaml: this name is longer than 100 bytes"]
    );
    assert_eq!(
        of(&[list("own", "", &format!("  {long}: {{label: x}}\n"))]),
        ["own.yaml: this name is longer than 100 bytes"]
    );
    let columns = lines(51, |at| format!("  c{at}: text\n"));
    assert_eq!(
        of(&[list("own", &format!("columns:\n{columns}"), "  A: {label: x}\n")]),
        ["own.yaml: the list has more than 50 columns"]
    );
    let chain: Vec<_> = (0..11)
        .map(|at| {
            let extends = if at == 0 { String::new() } else { format!("extends: l{}\n", at - 1) };
            list(&format!("l{at}"), &extends, &format!("  X{at}: {{label: x}}\n"))
        })
        .collect();
    assert_eq!(of(&chain[..9]), [""; 0]);
    let level = "the list extends others through more than 8 levels";
    assert_eq!(of(&chain), [format!("l9.yaml: {level}")]);
    let base = list("base", "", &lines(1_000, |at| format!("  C{at}: {{label: x}}\n")));
    let wide = (0..201)
        .map(|at| list(&format!("l{at}"), "extends: base\n", &format!("  X{at}: {{label: x}}\n")));
    let said = of(&wide.chain([base]).collect::<Vec<_>>());
    let codes = "the lists inherit more than 200000 codes from others";
    assert!(!said.is_empty() && said.iter().all(|said| said.ends_with(codes)), "{said:?}");
}

#[test]
fn registries_are_followed_as_far_as_their_limits() {
    let chain = |n: usize, of: fn(usize) -> String| {
        lines(n, |at| if at == 0 { "x0: {name: x0, publisher: x0}\n".into() } else { of(at) })
    };
    let member = |at: usize| {
        format!("x{at}: {{name: x{at}, kind: organisation, member_of: [{{actor: x{}}}]}}\n", at - 1)
    };
    let within = |at: usize| format!("x{at}: {{name: x{at}, within: x{}}}\n", at - 1);
    let cites = |at: usize| format!("x{at}: {{publisher: p, cites: [x{}]}}\n", at - 1);
    let of = |path: &str, text: &str| limits(&[(path, text)]).0;
    assert_eq!(of(ACTORS, &chain(65, member)), [""; 0]);
    assert_eq!(
        of(ACTORS, &chain(1_000, member)),
        ["actors.yaml: this actor belongs to others through more than 64 memberships"]
    );
    assert_eq!(of(PLACES, &chain(16, within)), [""; 0]);
    assert_eq!(
        of(PLACES, &chain(1_000, within)),
        ["places.yaml: this place is nested in more than 16 others"]
    );
    assert_eq!(of(SOURCES, &chain(65, cites)), [""; 0]);
    assert_eq!(
        of(SOURCES, &chain(1_000, cites)),
        ["sources.yaml: this source goes back to others through more than 64 citations"]
    );
}

#[test]
fn circles_end_and_weigh_as_one_round() {
    let mut registry = String::new();
    for at in 0..3 {
        let next = (at + 1) % 3;
        writeln!(
            registry,
            "a{at}: {{name: x{at}, kind: organisation, member_of: [{{actor: a{next}}}]}}"
        )
        .unwrap();
    }
    let coded =
        "actor: {code: a0, certainty: possible}\nclaims:\n  s:\n  - {by: a2, says: {actor: a0}}\n";
    let (said, _) = limits(&[
        (EVENT, &event(coded)),
        (ACTORS, &registry),
        (SOURCES, "s: {publisher: p, cites: [s]}\n"),
    ]);
    assert_eq!(said, [""; 0]);
}
