//! What an account holds.

mod hostile;

use std::collections::BTreeSet;

use super::account::{Account, Findings};
use super::component::{Origin, Standing, Stated};
use super::phrase::Block;
use super::{page, text};
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

/// Checks a project with one record, and takes its account.
fn with_account<T>(record: &str, take: impl FnOnce(Account<'_>) -> T) -> T {
    let mut world = Memory::new();
    for (stem, text) in REGISTRIES {
        world.write(format!("datasets/test/{stem}.yaml"), text);
    }
    world.write("datasets/test/events/e.yaml", record);
    let checked = crate::check::check(&world, &Selection::default()).unwrap();
    let dataset = &checked.datasets[0];
    let binding = Binding { codebook: &checked.codebook, dataset };
    take(Account::of(&checked, BoundEvent { binding, filed: &dataset.events[0] }))
}

/// Origins in one line: `Associated Press: witnesses? 1 ASSAULT.drone`.
fn line(origins: &[Origin<'_>]) -> String {
    let origin = |origin: &Origin<'_>| {
        let claimants = origin.claimants.iter().map(|claimant| {
            let voices = claimant.claims.iter().map(|voice| {
                let values = voice.said.iter().filter_map(|said| said.value.as_ref());
                let values: String = values.map(|value| format!(" {}", value.value)).collect();
                format!(" {}{values}", voice.claim)
            });
            let anonymous = if claimant.who.anonymous { "?" } else { "" };
            format!("{}{anonymous}{}", claimant.who.claimant, voices.collect::<String>())
        });
        format!("{}: {}", origin.origin, claimants.collect::<Vec<_>>().join(", "))
    };
    origins.iter().map(origin).collect::<Vec<_>>().join("; ")
}

/// Who stands where, a line each.
fn standings(account: &Account<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut push = |what: String, origins: &[Origin<'_>]| {
        if !origins.is_empty() {
            lines.push(format!("{what} | {}", line(origins)));
        }
    };
    for component in &account.components {
        for coded in &component.coded {
            let value = coded.value.as_ref().map_or("", |value| &*value.value);
            push(format!("{} {value} supported", component.name), &coded.supporting);
            push(format!("{} {value} opposed", component.name), &coded.opposing);
        }
        let stated = |stated: &Stated<'_>| {
            let value = stated.value.as_ref().map_or("", |value| &*value.value);
            let about = stated.about.as_ref().map(|about| format!(" about {}", about.about));
            let withdrawn = if stated.withdrawn { " withdrawn" } else { "" };
            let stance = stated.stance.as_str();
            format!("{} {stance} {value}{}{withdrawn}", component.name, about.unwrap_or_default())
        };
        for one in component.besides.iter().chain(&component.not_counted) {
            push(stated(one), &one.origins);
        }
    }
    lines
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

#[test]
fn every_claim_stands_where_the_weighing_puts_it() {
    let expected = [
        "event  supported | Associated Press: witnesses? 1 9, United States (Government) 2, \
         Iraq (Military) 4; Radio: Radio 10",
        "date 2020-01-02 supported | Radio: Radio 10 2020-01-02",
        "actor ISR supported | Associated Press: witnesses? 1 ISR 9 ISR",
        "actor ISR opposed | Associated Press: United States (Government) 2 USA, \
         Iraq (Military) 4 ACCIDENT.storage",
        "actor declines  | Associated Press: Israel (Government) 3",
        "actor says IRN about series | Associated Press: an analyst 6",
        "actor denies ISR about series | Associated Press: an analyst 6",
        "action ASSAULT supported | Associated Press: witnesses? 1 ASSAULT.drone",
        "action ASSAULT opposed | Associated Press: Iraq (Military) 4 ACCIDENT.storage",
        "action denies ACCIDENT.fire | Radio: a deputy 11",
        "target pmf opposed | Associated Press: Popular Mobilization Forces 5 pmf",
        "target says UNK | Radio: Radio 10",
        "fatalities 1..3 supported | Associated Press: witnesses? 1 2",
        "fatalities says 1.. | Radio: Radio 10",
        "fatalities says 9 withdrawn | Associated Press: an aide 7",
        "target_affiliation says IRN about pmf | Associated Press: a neighbour 8",
        "partner declines  | Associated Press: Israel (Government) 3",
        "series_ordinal says 4 | Radio: Radio 10",
    ];
    with_account(DISPUTED, |account| {
        assert_eq!(standings(&account), expected);
        assert_eq!(account.contested, ["actor", "action", "target"]);
        let counts = &account.counts;
        assert_eq!((counts.claims, counts.counted, counts.origins), (11, 8, 2));
    });
}

/// The level that claims carry for a component, where the coded one stands to it, what is lacking,
/// and the coder's reason.
fn judgement(account: &Account<'_>, component: &str) -> (String, Option<Standing>, Vec<String>) {
    let component = account.components.iter().find(|one| one.name == component).unwrap();
    let level = component.coded[0].carried.as_ref().unwrap();
    let lacking = level.lacking.iter();
    let lacking = lacking.map(|one| format!("{}: {}", one.level.code, one.needs));
    (level.level.unwrap().code.to_owned(), level.coded, lacking.collect())
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
    with_account(record, |account| {
        let anonymous = "probable: a supporter with a name".to_owned();
        let alleged = |level, own| {
            format!("{level}: the actor's own word, or an investigation, or {own} (0 found)")
        };
        let accused = format!(
            "{}, or 2 voices (1 found) and a supporter with a name",
            alleged("probable", "1 publisher in its own voice")
        );
        let single = alleged("confirmed", "2 publishers in their own voice");
        let carried = |standing, lacking| ("possible".to_owned(), Some(standing), lacking);
        let above = carried(Standing::Above, vec![accused.clone(), single]);
        assert_eq!(judgement(&account, "actor"), above);
        let same = carried(Standing::Same, vec![anonymous]);
        assert_eq!(judgement(&account, "event"), same);
        assert_eq!(judgement(&account, "action"), carried(Standing::Below, vec![accused]));
        let actor = account.components.iter().find(|one| one.name == "actor").unwrap();
        assert_eq!(actor.coded[0].because, Some("A friend told me."));
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
    with_account(record, |account| {
        let actor = "actor ISR supported | Associated Press: a guard 1 ISR, Digest 2 ISR";
        assert!(standings(&account).iter().any(|line| line == actor), "{:?}", standings(&account));
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
    with_account(record, |account| {
        let actor = account.components.iter().find(|one| one.name == "actor").unwrap();
        assert!(actor.contested && actor.coded[0].carried.is_none());
        assert_eq!(actor.coded[0].attribution.unwrap().as_str(), "unattributed");
        let of_actor = standings(&account).into_iter().filter(|one| one.starts_with("actor"));
        assert_eq!(
            of_actor.collect::<Vec<_>>(),
            [
                "actor says ISR | Associated Press: United States (Government) 1; Radio: a minister 3",
                "actor says USA | Associated Press: Israel (Government) 2",
            ]
        );
    });
}

#[test]
fn what_can_be_read_of_a_broken_record_is_shown_with_its_findings() {
    let record = "id: e\ndate: 2020-02-30\naction: ASSUALT\ncertainty: possible\nclaims:\n  \
                  nowhere: [{by: a guard, says: {actor: USA}, note: He saw it.}]\n";
    with_account(record, |account| {
        assert_eq!(account.findings, Findings { errors: 3, warnings: 0, infos: 0 });
        assert!(!account.intact);
        assert_eq!(
            standings(&account),
            ["event  supported | nowhere: a guard 1", "actor says USA | nowhere: a guard 1"]
        );
        let shown = squeezed(&plain(&page::of(&account), 80));
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
        for filed in &dataset.events {
            let account = Account::of(&checked, BoundEvent { binding, filed });
            let said = filed.event.claims.iter().enumerate().flat_map(|(at, claim)| {
                let of = move |one: &crate::record::Statement| {
                    (at + 1, binding.codebook.component_name(one.component))
                };
                claim.statements.iter().map(of)
            });
            let told = account
                .components
                .iter()
                .flat_map(|component| component.claims().map(move |claim| (claim, component.name)));
            let (said, told): (BTreeSet<_>, BTreeSet<_>) = (said.collect(), told.collect());
            assert!(told.is_superset(&said), "{}: {said:?}", filed.id());
            let shown = squeezed(&plain(&page::of(&account), 60));
            for prose in prose(&filed.event) {
                assert!(shown.contains(&squeezed(prose)), "{}: {prose}\n{shown}", filed.id());
            }
        }
    }
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
