//! What is shown of an event.

mod hostile;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::shown::Shown;
use super::{json, page};
use crate::cli::markup::{Block, text};
use crate::dataset::{Binding, BoundEvent, Selection};
use crate::source::{Disk, Memory, World};

const REGISTRIES: [(&str, &str); 3] = [
    ("actors", "pmf: {name: Popular Mobilization Forces, country: IRQ, sector: PRM}\n"),
    ("places", "balad: {name: Balad, country: IRQ, admin1: Salah ad-Din}\n"),
    (
        "sources",
        "ap: {publisher: Associated Press, date: 2020-01-03}\n\
         repost: {publisher: Repost Daily, cites: [ap]}\n\
         radio: {publisher: Radio}\n\
         digest: {publisher: Digest, cites: [radio, ap]}\n",
    ),
];

/// Checks a project with one record, and shows it.
fn with_shown<T>(record: &str, take: impl FnOnce(Shown<'_>) -> T) -> T {
    let mut world = Memory::new();
    for (stem, text) in REGISTRIES {
        world.write(format!("datasets/test/{stem}.yaml"), text);
    }
    world.write("datasets/test/events/e.yaml", record);
    let checked = crate::check::check(&world, &Selection::default()).unwrap();
    let dataset = &checked.datasets[0];
    let binding = Binding { codebook: &checked.codebook, dataset };
    take(Shown::of(
        &checked,
        BoundEvent { binding, filed: dataset.filed().next().unwrap() },
        &[],
        false,
    ))
}

/// What is coded and on whose word, as text.
fn standings(shown: &Shown<'_>) -> String {
    let page = plain(&page::of(shown), 100);
    let (_, coded) = page.split_once("whose word").unwrap();
    let (coded, _) = coded.split_once("── the claims").unwrap();
    format!("{}\n", coded.trim_matches([' ', '─', '\n']))
}

/// An event as programs read it.
fn as_json(shown: Shown<'_>) -> Value {
    json::of(&[shown])["events"][0].take()
}

/// The first coded value of a component in JSON.
fn coded(event: &Value, component: &str) -> Value {
    let components = event["components"].as_array().unwrap();
    components.iter().find(|one| one["name"] == component).unwrap()["coded"][0].clone()
}

const DISPUTED: &str = "\
id: e
date: 2020-01-02
actor: {code: ISR, certainty: possible}
action: ASSAULT
target: pmf
certainty: probable
fatalities: 1..3
claims:
  ap:
    - {by: witnesses, anonymous: true, says: {actor: ISR, action: ASSAULT.drone, fatalities: 2}}
    - {by: USAGOV, says: {actor: USA}}
    - {by: ISRGOV, declines: [actor, partner]}
    - {by: IRQMIL, says: {action: ACCIDENT.storage}}
    - {by: pmf, denies: [target]}
    - {by: an analyst, about: series, says: {actor: IRN}, denies: {actor: ISR}}
    - {by: an aide, withdrawn: 2020-02, says: {fatalities: 9}}
    - {by: a neighbour, about: pmf, says: {target_affiliation: IRN}}
  repost:
    - {by: witnesses, anonymous: true, says: {actor: ISR}}
  radio:
    - {affirms: [event, date], says: {fatalities: 1.., target: UNK, series_ordinal: 4}}
    - {by: a deputy, certainty: probable, denies: {action: ACCIDENT.fire}}
";

const STANDINGS: &str = "\
event: that something happened, there and then, probable
  supported confirmed, more than coded, by 2 voices (2 origins, 4 claimants)
  supports  Associated Press    witnesses, anonymous [1], in Repost Daily [9]; United States
                                (Government) [2]; Iraq (Military) [4]
            Radio               itself [10]

date: 2 January 2020 (2020-01-02)
  supports  Radio               itself [10]

actor: Israel (ISR), possible, attribution contested
  supported possible, by 1 voice (1 origin, 1 claimant); probable needs the actor's own word, or an
            investigation, or 1 publisher in its own voice (0 found), or 2 voices (1 found) and a
            supporter with a name
  supports  Associated Press    witnesses, anonymous [1], in Repost Daily [9]
  opposes   Associated Press    United States (Government) [2]: United States (USA); Iraq (Military)
                                [4]: action Storage accident (ACCIDENT.storage)
  declines  Associated Press    Israel (Government) [3]
  series    Iran (IRN)
              Associated Press  an analyst [6]
            denies Israel (ISR)
              Associated Press  an analyst [6]

action: Assault (ASSAULT), probable, contested
  supported possible, less than coded, by 1 voice (1 origin, 1 claimant); probable needs the actor's
            own word, or an investigation, or 1 publisher in its own voice (0 found), or 2 voices (1
            found) and a supporter with a name
  because   no reason is given
  supports  Associated Press    witnesses, anonymous [1]: Drone attack (ASSAULT.drone)
  opposes   Associated Press    Iraq (Military) [4]: Storage accident (ACCIDENT.storage)
  denies    Accidental fire (ACCIDENT.fire)
              Radio             a deputy, who calls it probable [11]

target: Popular Mobilization Forces (pmf), probable, contested
  supported no level, less than coded, by 0 voices (0 origins, 0 claimants); probable needs a claim
            that supports it
  because   no reason is given
  opposes   Associated Press    Popular Mobilization Forces [5]: denies it
  says      Unknown (UNK)
              Radio             itself [10]

fatalities (people): 1 to 3
  supports  Associated Press    witnesses, anonymous [1]: 2
  says      at least 1, broader
              Radio             itself [10]
  withdrawn 9
              Associated Press  an aide [7]

target_affiliation: nothing is coded
  about     Popular Mobilization Forces: Iran (IRN)
              Associated Press  a neighbour [8]

partner: nothing is coded
  declines  Associated Press    Israel (Government) [3]

series_ordinal: nothing is coded
  says      4
              Radio             itself [10]
";

#[test]
fn every_claim_stands_where_the_weighing_puts_it() {
    with_shown(DISPUTED, |shown| {
        assert_eq!(standings(&shown), STANDINGS);
        let event = as_json(shown);
        assert_eq!(event["contested"], json!(["actor", "action", "target"]));
        let counts = ["claims", "counted", "origins"].map(|key| event["counts"][key].clone());
        assert_eq!(counts, [11, 8, 2]);
        let actor = coded(&event, "actor");
        assert_eq!(actor["supporting"]["claims"], json!([1, 9]));
        assert_eq!(actor["supporting"]["origins"], json!(["Associated Press"]));
        assert_eq!(actor["opposing"]["claims"], json!([2, 4]));
        assert_eq!(coded(&event, "target")["denying"], json!([]));
    });
}

/// The level that claims support for a component, how far above it the coded one stands, and what is
/// lacking.
fn judgement(event: &Value, component: &str) -> (String, Value, Vec<String>) {
    let supported = &coded(event, component)["supported"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let lacking = supported["lacking"].as_array().unwrap().iter();
    let lacking =
        lacking.map(|one| format!("{}: {}", text(&one["level"]["code"]), text(&one["needs"])));
    (text(&supported["level"]["code"]), supported["excess"].clone(), lacking.collect())
}

#[test]
fn a_level_says_what_the_coded_one_needs() {
    let record = "\
id: e
date: 2020-01-02
actor: {code: ISR, certainty: confirmed, because: A friend told me.}
action: {code: ASSAULT, certainty: doubtful}
certainty: possible
claims:
  ap: [{by: witnesses, anonymous: true, says: {actor: ISR, action: ASSAULT}}]
";
    with_shown(record, |shown| {
        let event = as_json(shown);
        let anonymous = "probable: a supporter with a name".to_owned();
        let alleged = |level, own| {
            format!("{level}: the actor's own word, or an investigation, or {own} (0 found)")
        };
        let accused = format!(
            "{}, or 2 voices (1 found) and a supporter with a name",
            alleged("probable", "1 publisher in its own voice")
        );
        let single = alleged("confirmed", "2 publishers in their own voice");
        let supported = |excess: i64, lacking| ("possible".to_owned(), json!(excess), lacking);
        let above = supported(2, vec![accused.clone(), single]);
        assert_eq!(judgement(&event, "actor"), above);
        let same = supported(0, vec![anonymous]);
        assert_eq!(judgement(&event, "event"), same);
        assert_eq!(judgement(&event, "action"), supported(-1, vec![accused]));
        assert_eq!(coded(&event, "actor")["because"], "A friend told me.");
    });
}

#[test]
fn what_may_go_back_to_two_origins_stands_under_the_one_that_is_there() {
    let record = "\
id: e
actor: {code: ISR, certainty: possible}
action: ASSAULT
claims:
  ap: [{by: a guard, says: {actor: ISR}}]
  digest: [{says: {actor: ISR, action: ASSAULT}}]
  radio: [{by: a guard, says: {action: ASSAULT}}]
";
    with_shown(record, |shown| {
        let standings = standings(&shown);
        let actor = "attribution reported\n  supported probable, more than coded, by 1 voice";
        assert!(standings.contains(actor), "{standings}");
        let actor = "\n  supports  Associated Press  a guard [1]; Digest [2]\n\naction";
        assert!(standings.contains(actor), "{standings}");
    });
}

#[test]
fn an_unknown_actor_has_alternatives_and_no_level() {
    let record = "\
id: e
date: 2020-01-02
actor: UNK
action: ASSAULT
certainty: possible
claims:
  ap: [{by: USAGOV, says: {actor: ISR}}, {by: ISRGOV, says: {actor: USA}}]
  radio: [{by: a minister, says: {actor: ISR}}]
";
    with_shown(record, |shown| {
        let standings = standings(&shown);
        let of_actor = "\
actor: Unknown (UNK), unattributed, contested
  says      Israel (ISR)
              Associated Press  United States (Government) [1]
              Radio             a minister [3]
            United States (USA)
              Associated Press  Israel (Government) [2]
";
        assert!(standings.contains(of_actor), "{standings}");
        assert!(coded(&as_json(shown), "actor")["supported"].is_null());
    });
}

#[test]
fn what_can_be_read_of_a_broken_record_is_shown_with_its_findings() {
    let record = "id: e\ndate: 2020-02-30\naction: ASSUALT\ncertainty: possible\nclaims:\n  \
                  nowhere: [{by: a guard, says: {actor: USA}, note: He saw it.}]\n";
    with_shown(record, |shown| {
        assert_eq!(shown.findings, [3, 0, 0]);
        let standings = standings(&shown);
        assert!(standings.contains("\n  supports  nowhere    a guard [1]\n"), "{standings}");
        let actor = "actor: nothing is coded\n  says      United States (USA)\n";
        assert!(standings.contains(actor), "{standings}");
        let shown = squeezed(&plain(&page::of(&shown), 80));
        assert!(shown.contains("3 findings in it: 3 errors"), "{shown}");
        assert!(shown.contains("could not be read"), "{shown}");
        assert!(shown.contains("He saw it."), "{shown}");
    });
}

#[test]
fn nothing_of_the_example_records_is_absent() {
    let disk = Disk::new(env!("CARGO_MANIFEST_DIR").into());
    assert!(!disk.list("datasets").unwrap().is_empty());
    let checked = crate::check::check(&disk, &Selection::default()).unwrap();
    for dataset in &checked.datasets {
        let binding = Binding { codebook: &checked.codebook, dataset };
        for filed in dataset.filed() {
            let shown = Shown::of(&checked, BoundEvent { binding, filed }, &[], false);
            let all: BTreeSet<_> = (1..=filed.event.claims.len()).collect();
            let page = plain(&page::of(&shown), 60);
            let (told, whole) = page.split_once("── the claims").unwrap_or((&page, ""));
            assert!(references(whole).is_superset(&all), "{}: {whole}", filed.id());
            let speaks = |at: &usize| !filed.event.claims[at - 1].statements.is_empty();
            let said: BTreeSet<_> = all.into_iter().filter(speaks).collect();
            assert!(references(told).is_superset(&said), "{}: {told}", filed.id());
            let shown = squeezed(&page);
            for prose in prose(filed.event) {
                assert!(shown.contains(&squeezed(prose)), "{}: {prose}\n{shown}", filed.id());
            }
        }
    }
}

/// The positions of claims that a text refers to.
fn references(text: &str) -> BTreeSet<usize> {
    let brackets = text.split('[').skip(1).filter_map(|rest| rest.split_once(']'));
    brackets.filter_map(|(position, _)| position.parse().ok()).collect()
}

/// All that a record says in prose.
fn prose(event: &crate::record::Event) -> Vec<&str> {
    let coded = event.all_coded().iter().filter_map(|coded| coded.because.as_deref());
    let claims = event.claims.iter().flat_map(|claim| {
        let by = claim.by.as_ref().and_then(|by| by.described_as.as_deref());
        [claim.note.as_deref(), by].into_iter().flatten()
    });
    let allow = event.allow.iter().map(|allow| &*allow.because);
    let head = [event.title.as_deref(), event.summary.as_deref(), event.because.as_deref()];
    head.into_iter().flatten().chain(coded).chain(claims).chain(allow).collect()
}

/// The words of a text, with one space between them.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page as text, without colours.
fn plain(page: &[Block], width: usize) -> String {
    let mut out = anstream::StripStream::new(Vec::new());
    text::write(&mut out, page, width).unwrap();
    String::from_utf8(out.into_inner()).unwrap()
}
