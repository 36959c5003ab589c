//! A level that the claims do not support, as `check` tells of it.

use tempfile::TempDir;

use crate::cli::{edit, eventc, status, stdout};

/// What `eventc check` finds of an event in the example dataset, after some edits of its record.
fn check_edited(id: &str, edits: &[(&str, &str)]) -> (i32, String) {
    let project = crate::cli::project();
    let path = crate::cli::event_path(&project, id);
    edits.iter().for_each(|(from, to)| edit(&path, from, to));
    check(&project)
}

fn check(project: &TempDir) -> (i32, String) {
    let output = eventc(project.path(), &["check", "--color", "never"]);
    (status(&output), stdout(&output))
}

#[test]
fn a_claim_of_a_source_without_publisher_says_so() {
    let project = crate::cli::project();
    let event = crate::cli::event_path(&project, "2019-07-28-camp-ashraf");
    let sources = event.ancestors().nth(2).unwrap().join("sources.yaml");
    edit(&event, "{code: ISR, certainty: possible}", "{code: ISR, certainty: confirmed}");
    for date in ["2019-07-22", "2019-07-30"] {
        let entry = format!("asharq-{date}:\n");
        edit(&sources, &format!("{entry}  publisher: Asharq al-Awsat\n"), &entry);
    }
    let (_, printed) = check(&project);
    assert!(printed.contains("--- supports it (no publisher, anonymous)"), "{printed}");
}

#[test]
fn a_level_that_the_claims_do_not_support_fails_until_they_do() {
    let camp = "2019-07-28-camp-ashraf";
    let raised =
        ("actor: {code: ISR, certainty: possible}", "actor: {code: ISR, certainty: confirmed}");
    let (status, printed) = check_edited(camp, &[raised]);
    assert_eq!(status, 1, "{printed}");
    for words in [
        "error[unsupported-certainty]: actor `ISR` is coded `confirmed`, but its claims support only `possible`",
        "^^^^^^^^^ `probable` needs the actor's own word, or an investigation, or 1 publisher in its own voice (0 found)",
        "--- supports it (Asharq al-Awsat, anonymous)",
        "probable: [{admitted: true}, {investigation: true}, {own_voice: 1}, {voices: 2, named: true}]",
        "--- the policy",
    ] {
        assert!(printed.contains(words), "no `{words}` in\n{printed}");
    }
    assert_eq!(printed.matches("supports it (Asharq al-Awsat, anonymous)").count(), 2, "{printed}");

    let added = |claims: &str| ("claims:\n", format!("claims:\n{claims}"));
    let accused = added("  talos-2019-08:\n    - {by: alaiwi, says: {actor: ISR}}\n");
    let (status, printed) = check_edited(camp, &[raised, (accused.0, &accused.1)]);
    assert_eq!(status, 1, "a second accuser, with a name, confirms nothing\n{printed}");
    assert!(printed.contains("its claims support only `probable`"), "{printed}");

    let admission = "  talos-2019-08:\n    - {by: ISRGOV, says: {actor: ISR}}\n";
    let admitted = added(admission);
    let (status, printed) = check_edited(camp, &[raised, (admitted.0, &admitted.1)]);
    assert_eq!(status, 0, "an admission is enough\n{printed}");

    let contradicted = format!("{admission}    - {{by: alaiwi, says: {{actor: IRN}}}}\n");
    let contradicted = added(&contradicted);
    let (status, printed) = check_edited(camp, &[raised, (contradicted.0, &contradicted.1)]);
    assert_eq!(status, 1, "{printed}");
    for words in ["`confirmed` needs no opposition (1 opposing)", "--- opposes it (Talos)"] {
        assert!(printed.contains(words), "no `{words}` in\n{printed}");
    }
}
