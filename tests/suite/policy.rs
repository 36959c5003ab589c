//! What each condition of a policy asks for, on a scale that is not the shipped one.

use eventc::dataset::{self, Binding, BoundEvent, Selection};
use eventc::evidence::weigh;
use eventc::schema::{Component, Role};
use eventc::source::{Files, Memory};

use crate::project::findings;
use crate::weighing::with_policy;

const SOURCES: &str = "
ap: {publisher: AP, reliability: B}
tv: {publisher: TV, reliability: C}
blog: {publisher: Blog}
mirror: {publisher: Mirror, reliability: A, cites: [tv]}
";

/// The level that the claims for the first actor carry, under a policy for words of ICD 203.
fn carried(policy: &str, claims: &str) -> String {
    let codebook = with_policy("icd203", policy);
    let mut world = Memory::new();
    let actors = "[{code: ISRMIL, certainty: likely}, {code: USA, certainty: likely}]";
    let event = format!(
        "id: e\ndate: 2019-08-20\nactor: {actors}\naction: ASSAULT\ncertainty: likely\nclaims:\n{claims}\n"
    );
    world.write("datasets/d/events/e.yaml", event.as_bytes());
    world.write("datasets/d/sources.yaml", SOURCES);
    let loaded =
        dataset::load(&world, &codebook, &Selection::default(), &mut Files::default()).unwrap();
    let [dataset] = &*loaded.datasets else { panic!("one dataset") };
    let filed = &dataset.events[0];
    assert!(filed.event.intact, "{event}");
    let evidence = weigh(BoundEvent { binding: Binding { codebook: &codebook, dataset }, filed });
    let mut components = evidence.components.iter();
    let actor = components.find(|weighed| weighed.component == Component::Actor).unwrap();
    let level = actor.carried.as_ref().unwrap().level;
    let scale = codebook.list(Role::Certainty);
    level.map_or("nothing".to_owned(), |level| scale.entry(level).code.to_string())
}

#[test]
fn each_condition_fails_without_what_it_asks_for() {
    let says = "says: {actor: ISRMIL}";
    for (condition, without, with) in [
        (
            "origins: 2",
            format!("  ap: [{{by: IRQ, {says}}}, {{by: IRN, {says}}}]"),
            format!("  ap: [{{by: IRQ, {says}}}]\n  tv: [{{by: IRQ, {says}}}]"),
        ),
        (
            "claimants: 2",
            format!("  ap: [{{by: IRQ, {says}}}]\n  tv: [{{by: IRQ, {says}}}]"),
            format!("  ap: [{{by: IRQ, {says}}}, {{by: IRN, {says}}}]"),
        ),
        (
            "named: true",
            format!("  ap: [{{by: officials, anonymous: true, {says}}}]"),
            format!("  ap: [{{{says}}}]"),
        ),
        (
            "reliability: B",
            format!(
                "  tv: [{{{says}}}]\n  blog: [{{{says}}}, {{via: ap, {says}}}]\n  mirror: [{{{says}}}]"
            ),
            format!("  tv: [{{{says}}}]\n  ap: [{{{says}}}]"),
        ),
        (
            "admitted: true",
            format!(
                "  ap: [{{by: USA, {says}}}, {{by: ISRGOV, {says}}}, {{by: ISR, anonymous: true, {says}}}]"
            ),
            format!("  ap: [{{by: ISR, {says}}}]"),
        ),
        (
            "unopposed: true",
            format!("  ap: [{{{says}}}, {{by: IRQ, denies: {{actor: ISR}}}}]"),
            format!("  ap: [{{{says}}}, {{by: IRQ, withdrawn: true, denies: {{actor: ISR}}}}]"),
        ),
    ] {
        let policy = format!("{{almost-certain: {{{condition}}}}}");
        assert_eq!(carried(&policy, &without), "very-likely", "{condition} without");
        assert_eq!(carried(&policy, &with), "almost-certain", "{condition} with");
    }
}

#[test]
fn a_level_needs_the_conditions_of_every_weaker_one() {
    let policy = "{almost-certain: {named: true}, unlikely: {origins: 2}}";
    let one = "  ap: [{says: {actor: ISRMIL}}]";
    assert_eq!(carried(policy, one), "very-unlikely");
    let two = "  ap: [{says: {actor: ISRMIL}}]\n  tv: [{says: {actor: ISRMIL}}]";
    assert_eq!(carried(policy, two), "almost-certain");
    assert_eq!(carried("{almost-no-chance: {origins: 1}}", "  ap: [{note: Words.}]"), "nothing");
}

#[test]
fn how_far_below_a_level_is_does_not_depend_on_the_numbers_of_its_ranks() {
    let scale = "list: admiralty\nversion: \"1\"\norigin: Our own\nordered: true\ncolumns: {rank: integer}\n\
        codes: {sure: {label: Sure, rank: 90}, likely: {label: Likely, rank: 60}, open: {label: Open, rank: 10}}\n";
    let mut world = Memory::new();
    world.write("schema/codes/admiralty.yaml", scale);
    world.write(
        "schema/codebook.yaml",
        "codebook: c\nversion: \"1\"\npolicy: {sure: {origins: 1}}\n",
    );
    world.write(
        "datasets/d/dataset.yaml",
        "dataset: d\ntitle: D\nversion: \"1\"\nlicence: CC0-1.0\n",
    );
    world.write("datasets/d/sources.yaml", "ap: {publisher: AP}\n");
    for (certainty, expected) in [("likely", None), ("open", Some("info: understated-certainty"))] {
        let event = format!(
            "id: e\ndate: 2019-08-20\naction: {{code: ASSAULT, certainty: {certainty}}}\ncertainty: sure\nclaims: {{ap: [affirms: [action]]}}\n"
        );
        world.write("datasets/d/events/e.yaml", event);
        let found: Vec<_> = findings(&world).into_iter().map(|(_, _, found)| found).collect();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
    }
}
