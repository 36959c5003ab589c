//! What each condition of a policy asks for, on a scale that is not the shipped one.

use crate::dataset::{self, Binding, BoundEvent, Selection};
use crate::evidence::weigh;
use crate::schema::{Component, Role};
use crate::source::{Files, Memory};

use super::weighing::with_policy;
use crate::tests::project::findings;

const SOURCES: &str = "
ap: {publisher: AP, reliability: B}
tv: {publisher: TV, reliability: C}
blog: {publisher: Blog}
mirror: {publisher: Mirror, reliability: A, cites: [tv]}
office: {publisher: Press office, of: ISRMIL}
court: {publisher: The court, kind: investigation}
inquest: {publisher: Army inquiry, kind: investigation, of: ISR}
rumour: {publisher: Rumour, unseen: true}
both: {publisher: Both, cites: [ap, tv]}
";

/// The level that the claims for the first actor support, under a policy for words of ICD 203.
fn supported(policy: &str, claims: &str) -> String {
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
    let filed = dataset.filed().next().unwrap();
    assert!(filed.event.intact, "{event}");
    let evidence = weigh(BoundEvent { binding: Binding { codebook: &codebook, dataset }, filed });
    let mut components = evidence.components.iter();
    let actor = components.find(|weighed| weighed.component == Component::Actor).unwrap();
    let Some(supported) = &actor.supported else { return "not weighed".to_owned() };
    let level = supported.level;
    let scale = codebook.list(Role::Certainty);
    level.map_or("nothing".to_owned(), |level| scale.entry(level).code.to_string())
}

#[test]
fn each_condition_fails_without_what_it_asks_for() {
    let says = "says: {actor: ISRMIL}";
    for (condition, without, with) in [
        (
            "voices: 2",
            format!(
                "  ap: [{{by: IRQ, {says}}}, {{by: IRN, {says}}}]\n  both: [{{by: IRQ, {says}}}]"
            ),
            format!("  ap: [{{by: IRQ, {says}}}]\n  tv: [{{by: IRN, {says}}}]"),
        ),
        (
            "own_voice: 1",
            format!(
                "  ap: [{{by: IRQ, {says}}}, {{via: tv, {says}}}]\n  office: [{{{says}}}]\n  rumour: [{{{says}}}]"
            ),
            format!("  ap: [{{by: AP, {says}}}]"),
        ),
        (
            "own_voice: 2",
            format!("  tv: [{{{says}}}]\n  mirror: [{{{says}}}]\n  both: [{{{says}}}]"),
            format!("  tv: [{{{says}}}]\n  ap: [{{{says}}}]"),
        ),
        (
            "investigation: true",
            format!("  inquest: [{{{says}}}]\n  court: [{{by: ISRMIL, {says}}}]"),
            format!("  tv: [{{via: court, {says}}}]"),
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
            format!("  office: [{{{says}}}]"),
        ),
        (
            "uncontested: true",
            format!("  ap: [{{{says}}}, {{by: IRQ, denies: {{actor: ISR}}}}]"),
            format!(
                "  ap: [{{{says}}}, {{by: IRQ, withdrawn: true, denies: {{actor: ISR}}}}, {{by: ISRMIL, denies: [actor]}}, {{by: ISR, says: {{action: ACCIDENT}}}}]"
            ),
        ),
    ] {
        let policy = format!("{{default: {{almost-certain: {{{condition}}}}}}}");
        assert_eq!(supported(&policy, &without), "very-likely", "{condition} without");
        assert_eq!(supported(&policy, &with), "almost-certain", "{condition} with");
    }
}

#[test]
fn a_level_rests_on_any_of_its_alternatives_and_carries_the_weaker_ones() {
    let policy =
        "{default: {almost-certain: [{admitted: true}, {voices: 2}], unlikely: {named: true}}}";
    let one = "  ap: [{says: {actor: ISRMIL}}]";
    assert_eq!(supported(policy, one), "very-likely", "unnamed levels rest on the next weaker one");
    let two = "  ap: [{says: {actor: ISRMIL}}]\n  tv: [{says: {actor: ISRMIL}}]";
    assert_eq!(supported(policy, two), "almost-certain");
    let nameless = "{by: officials, anonymous: true, says: {actor: ISRMIL}}";
    let nameless = format!("  ap: [{nameless}]\n  tv: [{nameless}]");
    assert_eq!(
        supported(policy, &nameless),
        "almost-certain",
        "though a weaker level does not hold"
    );
    assert_eq!(supported(policy, "  ap: [{note: Words.}]"), "nothing");
    let anyone = "{default: {almost-certain: {voices: 9}, unlikely: {}}}";
    assert_eq!(supported(anyone, "  ap: [{note: Words.}]"), "nothing", "nothing supports nothing");
}

#[test]
fn a_component_has_the_policy_that_is_given_for_it() {
    let policy = "{default: {almost-certain: {voices: 2}}, actor: {likely: {voices: 1}}}";
    assert_eq!(supported(policy, "  ap: [{says: {actor: ISRMIL}}]"), "almost-certain");
    let of_others = "{action: {almost-certain: {voices: 1}}}";
    assert_eq!(supported(of_others, "  ap: [{says: {actor: ISRMIL}}]"), "not weighed");
}

#[test]
fn how_far_below_a_level_is_does_not_depend_on_the_numbers_of_its_ranks() {
    let scale = "list: admiralty\nversion: \"1\"\norigin: Our own\nordered: true\ncolumns: {rank: integer}\n\
        codes: {sure: {label: Sure, rank: 90}, likely: {label: Likely, rank: 60}, open: {label: Open, rank: 10}}\n";
    let mut world = Memory::new();
    world.write("schema/codes/admiralty.yaml", scale);
    world.write(
        "schema/codebook.yaml",
        "codebook: c\nversion: \"1\"\npolicy: {default: {sure: {voices: 1}}}\n",
    );
    world.write(
        "datasets/d/dataset.yaml",
        "dataset: d\ntitle: D\nversion: \"1\"\nlicense: CC0-1.0\n",
    );
    world.write("datasets/d/sources.yaml", "ap: {publisher: AP}\n");
    for (certainty, expected) in [("likely", None), ("open", Some("info: understated-certainty"))] {
        let event = format!(
            "id: e\ndate: 2019-08-20\naction: ASSAULT\ntarget: {{code: IRQ, certainty: {certainty}}}\ncertainty: sure\nclaims: {{ap: [affirms: [action, target]]}}\n"
        );
        world.write("datasets/d/events/e.yaml", event);
        let found: Vec<_> = findings(&world).into_iter().map(|(_, _, found)| found).collect();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
    }
}
